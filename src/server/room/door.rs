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
            // Marked as used before the session exists, so that two simultaneous requests are not both let in.
            if let Some(number) = number
                && state.record.links.insert(number, String::new()).is_some()
            {
                return Err(Shut::NoLink);
            }
            state.joins.note(now, from);
        }
        let seat = self.begin(language, number, person).await;
        if let (Err(_), Some(number)) = (&seat, number) {
            self.state().record.links.remove(&number);
        }
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
        let (instrument, whom) = (self.settings.instrument.clone(), self.whom.clone());
        let id = SessionId::new(moment.at, moment.bits);
        let record = number.map(|number| {
            let mut state = self.state();
            state.record.links.insert(number, id.to_string());
            state.record.clone()
        });
        let begun = self.work(move |ledger| {
            // Store the link as used before it lets anybody in.
            if let Some(record) = record {
                rooms::keep(ledger.study(), &record, &whom)?;
            }
            rooms::join(ledger, &instrument, &form, moment)
        });
        let closed = || Shut::Failed(self.closed_sentence(&self.settings.language));
        let seated = begun.await.ok_or_else(closed)?.map_err(|why| Shut::Failed(why.to_string()))?;
        let seat = Arc::new(Seat::of(seated, &self.keys, false));
        held(&self.seats).insert(seat.id, seat.clone());
        self.moved();
        Ok(seat)
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
