//! Joining a room, with or without a link, and resuming with a word. Owns the limits on both.

use std::net::IpAddr;
use std::sync::Arc;

use super::bounds::AttemptLimits;
use super::{Room, held};
use crate::instrument::{PERSON, StartField};
use crate::server::keys;
use crate::server::seat::Seat;
use crate::study::SessionId;
use crate::study::interviews::StartForm;
use crate::study::rooms;

/// Limits on wrong words; once they are reached, no word is accepted.
const WRONG_WORDS: AttemptLimits = AttemptLimits { each: (10, 20), together: (usize::MAX, 60) };
/// One address may make this fraction of all joins: a fourth.
const ONE_ADDRESS: usize = 4;
/// Random candidates tried to find a session whose word is not taken yet.
const TRIES: usize = 20;
/// Most people in a room; more would be abuse.
const PEOPLE: usize = 2_000;

/// Why a participant cannot join.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::server) enum Shut {
    Locked,
    Ended,
    Full,
    NoLink,
    Failed(String),
}

/// Why a participant cannot resume with a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum WordRefused {
    /// No participant has this word.
    Unknown,
    /// Too many wrong ones were tried.
    TooMany,
}

/// The state of a link that was handed out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum TicketState {
    /// Valid in this run, with its number.
    Here(usize),
    /// Handed out for another respondent or other fields, and not valid in this run.
    Elsewhere,
}

impl Room {
    /// Whether a participant could join now.
    pub fn is_open(&self) -> Result<(), Shut> {
        let state = self.state();
        if state.ended {
            return Err(Shut::Ended);
        }
        if state.record.locked { Err(Shut::Locked) } else { Ok(()) }
    }

    /// The start form's field for the person at the customer who answers, if it is not filled in for everybody.
    pub fn asks_person(&self) -> Option<&StartField> {
        let filled = self.settings.fields.get(PERSON).is_some_and(|code| !code.trim().is_empty());
        self.settings.instrument.field_of_person().filter(|_| !filled)
    }

    /// Lets a participant join, through a link if links are used. `person`: the code of the person at the customer; `from`: the
    /// client's address.
    pub async fn join(
        &self,
        language: Option<&str>,
        link: Option<&str>,
        person: Option<String>,
        from: IpAddr,
    ) -> Result<Arc<Seat>, Shut> {
        self.is_open()?;
        let number = match link {
            Some(link) => match self.link(link) {
                Some(TicketState::Here(number)) => Some(number),
                _ => return Err(Shut::NoLink),
            },
            None if self.settings.links > 0 => return Err(Shut::NoLink),
            None => None,
        };
        let now = self.world.now();
        {
            let mut state = self.state();
            if !state.joins.may(now, from, self.joins(from)) || held(&self.seats).len() >= PEOPLE {
                return Err(Shut::Full);
            }
            // Of two simultaneous requests one is let in. The record says so once the session exists.
            if let Some(number) = number
                && (state.record.links.contains_key(&number) || !state.coming.insert(number))
            {
                return Err(Shut::NoLink);
            }
            state.joins.note(now, from);
        }
        let seat = self.begin(language, number, person).await;
        number.into_iter().for_each(|number| _ = self.state().coming.remove(&number));
        seat
    }

    /// Limits on wrong words. Behind a proxy, one address stands for all devices.
    fn wrong_words(&self) -> AttemptLimits {
        match self.settings.public {
            Some(_) => AttemptLimits { each: WRONG_WORDS.together, ..WRONG_WORDS },
            None => WRONG_WORDS,
        }
    }

    /// Limits on joins from an address. A proxy, or a script on this machine, stands for many devices.
    fn joins(&self, from: IpAddr) -> AttemptLimits {
        let all = self.settings.a_minute;
        let for_many = from.is_loopback() || self.settings.public.is_some();
        let each = if for_many { all } else { all.div_ceil(ONE_ADDRESS) };
        AttemptLimits { each: (each, usize::MAX), together: (all, usize::MAX) }
    }

    async fn begin(
        &self,
        language: Option<&str>,
        number: Option<usize>,
        person: Option<String>,
    ) -> Result<Arc<Seat>, Shut> {
        let mut moment = self.world.moment().map_err(Shut::Failed)?;
        for _ in 0..TRIES {
            let word = self.keys.word(&SessionId::new(moment.at, moment.bits));
            if held(&self.seats).values().all(|seat| seat.word != word) {
                break;
            }
            moment.bits = self.world.moment().map_err(Shut::Failed)?.bits;
        }
        let mut fields = self.settings.fields.clone();
        let person = person.filter(|code| !code.is_empty());
        fields.extend(person.map(|code| (PERSON.to_owned(), code)));
        let form = StartForm {
            respondent: self.settings.respondent.clone().unwrap_or_default(),
            language: Some(language.unwrap_or(self.settings.language.as_str()).to_owned()),
            fields,
            test: self.settings.test,
            ..StartForm::default()
        };
        let instrument = self.settings.instrument.clone();
        let begun = self.work(move |ledger| rooms::join(ledger, &instrument, &form, moment));
        let closed = || Shut::Failed(self.closed_sentence(&self.settings.language));
        let seated = begun.await.ok_or_else(closed)?.map_err(|why| Shut::Failed(why.to_string()))?;
        if let Some(number) = number {
            self.use_up(number, seated.id).await?;
        }
        let seat = Arc::new(Seat::of(seated, &self.keys, false));
        held(&self.seats).insert(seat.id, seat.clone());
        self.moved();
        Ok(seat)
    }

    /// Keeps that a link began a session. The session goes again where that cannot be kept, because the link would let in once
    /// more; nobody was let in yet.
    async fn use_up(&self, number: usize, session: SessionId) -> Result<(), Shut> {
        let (whom, record) = {
            let mut state = self.state();
            state.record.links.insert(number, session.to_string());
            (self.whom.clone(), state.record.clone())
        };
        let kept = self.work(move |ledger| {
            let kept = rooms::keep(ledger.study(), &record, &whom);
            if kept.is_err() {
                // What cannot be taken away either holds nothing, and is listed and counted nowhere.
                let _ = rooms::forget(ledger, &session);
            }
            kept
        });
        let why = match kept.await {
            Some(Ok(())) => return Ok(()),
            Some(Err(why)) => why.to_string(),
            None => self.closed_sentence(&self.settings.language),
        };
        self.state().record.links.remove(&number);
        Err(Shut::Failed(why))
    }

    /// The state of a link; `None` if it was never handed out.
    pub fn link(&self, link: &str) -> Option<TicketState> {
        let number = link.split_once('-')?.0.parse().ok()?;
        let state = self.state();
        let (record, whom) = (&state.record, state.record.handed.get(&number)?);
        let own = self.whom.sign(&record.secret);
        // A link for one respondent is signed with a mark; links for any participant carry none.
        let marked = if self.whom.respondent.is_some() { whom.as_str() } else { "" };
        if !keys::same(&self.keys.link(number, marked), link) {
            return None;
        }
        Some(if *whom == own { TicketState::Here(number) } else { TicketState::Elsewhere })
    }

    /// Whether a link has been used to join, or was withdrawn.
    pub fn is_used(&self, number: usize) -> bool {
        self.state().record.links.contains_key(&number)
    }

    /// The session that a used link began.
    pub fn by_link(&self, number: usize) -> Option<Arc<Seat>> {
        let session = self.state().record.links.get(&number).cloned()?;
        self.seat(&session.parse().ok()?)
    }

    /// The seat of the participant who has this word.
    pub fn by_word(&self, word: &str, from: IpAddr) -> Result<Arc<Seat>, WordRefused> {
        let word: String = word.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_uppercase();
        let now = self.world.now();
        {
            let mut state = self.state();
            if !state.wrong.may(now, from, self.wrong_words()) {
                return Err(WordRefused::TooMany);
            }
            if state.ended {
                return Err(WordRefused::Unknown);
            }
        }
        let found = self.all().into_iter().find(|seat| keys::same(&seat.word, &word));
        if found.is_none() {
            self.state().wrong.note(now, from);
            if self.is_guessed() {
                self.moved();
            }
        }
        found.ok_or(WordRefused::Unknown)
    }

    /// Whether no word is accepted from any address until the facilitator has acted.
    pub fn is_guessed(&self) -> bool {
        self.state().wrong.at_all() >= WRONG_WORDS.together.1
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use super::*;
    use crate::analysis::Privacy;
    use crate::instrument::{Language, shipped};
    use crate::interview::Instant;
    use crate::server::{RoomHost, Settings};
    use crate::study::Study;
    use crate::study::interviews::StartMoment;

    /// A machine on which everything happens at once, so that a second session has the id of the first and cannot begin.
    struct Stopped;

    impl RoomHost for Stopped {
        fn now(&self) -> Instant {
            1_000
        }

        fn moment(&self) -> Result<StartMoment, String> {
            Ok(StartMoment { at: 1_000, offset: 0, bits: [7; 10], seed: 1 })
        }

        fn random(&self) -> Result<[u8; 32], String> {
            Ok([1; 32])
        }

        fn hear(&self, _: &str) {}
    }

    #[test]
    fn a_link_is_used_once_its_session_exists_and_not_where_joining_fails() {
        let folder = tempfile::TempDir::new().unwrap();
        let study = Study::open(&folder.path().join("study.relata")).unwrap();
        let settings = Settings {
            instrument: Arc::new(shipped::read("workshop-pulse").unwrap().instrument.unwrap()),
            language: Language::new("en"),
            fields: [("organisation".to_owned(), "Acme".to_owned())].into(),
            listen: SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0),
            public: None,
            privacy: Privacy::default(),
            kiosk: false,
            together: false,
            links: 2,
            respondent: None,
            test: false,
            anew: false,
            a_minute: 100,
        };
        let (room, writer) = Room::open(study, settings, Box::new(Stopped)).unwrap();
        let links: Vec<String> =
            room.links().iter().map(|(path, _)| path.trim_start_matches("/l/").to_owned()).collect();
        let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
        let join = |link: &str| {
            let from = Ipv4Addr::LOCALHOST.into();
            runtime.block_on(room.join(None, Some(link), None, from)).map(|seat| seat.id)
        };
        let first = join(&links[0]).unwrap();
        assert!(matches!(join(&links[1]), Err(Shut::Failed(_))));
        assert_eq!(join(&links[0]), Err(Shut::NoLink));
        assert!(room.is_used(1) && !room.is_used(2));
        let kept = room.work_here(|ledger| ledger.study().room()).unwrap().unwrap().unwrap();
        let kept: rooms::Record = serde_json::from_str(&kept).unwrap();
        assert_eq!(kept.links, [(1, first.to_string())].into());
        // Nor is it lost: it may be tried again.
        assert!(matches!(join(&links[1]), Err(Shut::Failed(_))));
        room.close();
        writer.join().unwrap();
    }
}
