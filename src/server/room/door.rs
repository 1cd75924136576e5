//! Joining a room, with or without a link, and resuming with a word. Owns the limits on both.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use super::bounds::AttemptLimits;
use super::kept::{amend, current};
use super::{Phase, Room, RoomState, held};
use crate::instrument::{Instrument, Language, PERSON, StartField};
use crate::server::keys::{self, Keys};
use crate::server::seat::Seat;
use crate::study::interviews::{StartForm, StartMoment};
use crate::study::rooms::{self, OpenedFor};
use crate::study::{Ledger, SessionId, StudyError};
use crate::text;

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
    /// Why, for the facilitator alone.
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
        self.state().is_open()
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
        // Asked once more when it is let in by; but whoever tries one that is used up takes nobody's turn.
        if let Some(number) = number
            && !self.lets_in(number).await?
        {
            return Err(Shut::NoLink);
        }
        let now = self.world.now();
        {
            let mut state = self.state();
            if !state.joins.may(now, from, self.joins(from)) || held(&self.seats).len() >= PEOPLE {
                return Err(Shut::Full);
            }
            state.joins.note(now, from);
        }
        let seat = self.begin(language, number, person).await?;
        self.moved();
        Ok(seat)
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
        let entry = Entry {
            state: self.state.clone(),
            seats: self.seats.clone(),
            keys: self.keys.clone(),
            whom: self.whom.clone(),
            instrument: self.settings.instrument.clone(),
        };
        let seat = self.work(move |ledger| entry.let_in(ledger, number, &form, moment)).await;
        seat.unwrap_or_else(|| Err(Shut::Failed(self.closed_sentence(&self.settings.language))))
    }

    /// Whether a link lets somebody in; see [`rooms::Record::lets_in`].
    pub async fn lets_in(&self, number: usize) -> Result<bool, Shut> {
        let (state, seats, whom) = (self.state.clone(), self.seats.clone(), self.whom.clone());
        let lets_in = move |ledger: &mut Ledger| {
            current(&state, &seats, ledger, &whom)?.lets_in(ledger.study(), number)
        };
        let may = self.work(move |ledger| lets_in(ledger).map_err(failed)).await;
        may.unwrap_or_else(|| Err(Shut::Failed(self.closed_sentence(&self.settings.language))))
    }

    /// Whether a seat is still of whoever has it: until something is answered, another process may let somebody else in by the same link.
    /// A study that cannot be read takes nobody's seat.
    pub async fn is_still_seated(&self, seat: &Seat) -> bool {
        if self.whom.respondent.is_some() && seat.phase() == Phase::Joined {
            let (state, seats, whom) = (self.state.clone(), self.seats.clone(), self.whom.clone());
            self.work(move |ledger| current(&state, &seats, ledger, &whom).map(|_| ()).ok()).await;
        }
        self.seat(&seat.id).is_some()
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

    /// Whether the link that began a session began another one in its place.
    pub fn is_replaced(&self, session: &SessionId) -> bool {
        self.state().record.replaced.contains(&session.to_string())
    }

    /// Whether a session was erased; one that is not in the study at all is noted for the facilitator.
    async fn is_erased(&self, session: SessionId) -> bool {
        let found = self.work(move |ledger| ledger.study().erased_on(&session)).await;
        // Where it cannot be read, nothing is known to be missing.
        let is_erased = found.is_none_or(|found| found.is_ok_and(|day| day.is_some()));
        if !is_erased && self.state().missing.len() < PEOPLE && self.state().missing.insert(session) {
            self.moved();
        }
        is_erased
    }

    /// Why a session has no seat: a heading and a sentence.
    pub async fn seatless(&self, session: &SessionId, language: &Language) -> (String, String) {
        if self.is_replaced(session) {
            return (text!(language, "server-replaced"), text!(language, "server-replaced-what"));
        }
        let why = match self.is_erased(*session).await {
            true => text!(language, "server-removed-what"),
            false => text!(language, "server-missing-what"),
        };
        (text!(language, "server-removed"), why)
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

/// What joining needs on the writer's thread, where one joins after the other.
struct Entry {
    state: Arc<Mutex<RoomState>>,
    seats: Arc<Mutex<BTreeMap<SessionId, Arc<Seat>>>>,
    keys: Keys,
    whom: OpenedFor,
    instrument: Arc<Instrument>,
}

impl Entry {
    /// Begins a session and gives it a seat, in the place of an untouched one that the same link began before.
    fn let_in(
        self,
        ledger: &mut Ledger,
        number: Option<usize>,
        form: &StartForm,
        moment: StartMoment,
    ) -> Result<Arc<Seat>, Shut> {
        held(&self.state).is_open()?;
        let record = current(&self.state, &self.seats, ledger, &self.whom).map_err(failed)?;
        if let Some(number) = number
            && !record.lets_in(ledger.study(), number).map_err(failed)?
        {
            return Err(Shut::NoLink);
        }
        let seated = rooms::join(ledger, &self.instrument, form, moment).map_err(failed)?;
        let id = seated.id;
        let used =
            number.map(|number| amend(&self.state, ledger, &self.whom, |record| record.use_up(number, &id)));
        let before = match used.transpose() {
            Ok(before) => before.flatten(),
            Err(why) => {
                // The link would let in once more, and nobody was let in yet. What cannot be taken away either holds nothing, and is
                // listed and counted nowhere.
                let _ = rooms::forget(ledger, &id);
                return Err(failed(why));
            }
        };
        let seat = Arc::new(Seat::of(seated, &self.keys, false));
        held(&self.seats).insert(id, seat.clone());
        if let Some(before) = before {
            held(&self.seats).remove(&before);
            let _ = rooms::forget(ledger, &before);
        }
        Ok(seat)
    }
}

fn failed(why: StudyError) -> Shut {
    Shut::Failed(why.to_string())
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};
    use std::sync::atomic::{AtomicU8, Ordering};
    use std::thread::JoinHandle;

    use super::*;
    use crate::analysis::Privacy;
    use crate::instrument::shipped;
    use crate::interview::SavedElsewhere;
    use crate::interview::{Event, Instant};
    use crate::server::room::kept::Companion;
    use crate::server::{RoomHost, Settings};
    use crate::study::Study;

    /// A machine on which everything happens at once, and what makes ids of sessions differ: where it stands still, a session has the id
    /// of another and cannot begin.
    #[derive(Clone, Default)]
    struct Stopped {
        bits: Arc<AtomicU8>,
        stands_still: bool,
    }

    impl RoomHost for Stopped {
        fn now(&self) -> Instant {
            1_000
        }

        fn moment(&self) -> Result<StartMoment, String> {
            let bits = self.bits.fetch_add(u8::from(!self.stands_still), Ordering::Relaxed);
            Ok(StartMoment { at: 1_000, offset: 0, bits: [bits; 10], seed: 1 })
        }

        fn random(&self) -> Result<[u8; 32], String> {
            Ok([1; 32])
        }

        fn hear(&self, _: &str) {}
    }

    /// A room with so many links on this machine, its writer, and the folder of its study.
    fn room(links: usize, world: &Stopped) -> (Arc<Room>, JoinHandle<()>, tempfile::TempDir) {
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
            links,
            respondent: None,
            test: false,
            next_port: false,
            anew: false,
            a_minute: 100,
            refuge: None,
        };
        let (room, writer) = Room::open(study, settings, Box::new(world.clone())).unwrap();
        (Arc::new(room), writer, folder)
    }

    fn links(room: &Room) -> Vec<String> {
        room.links().iter().map(|(path, _)| path.trim_start_matches("/l/").to_owned()).collect()
    }

    async fn join(room: &Room, link: &str) -> Result<SessionId, Shut> {
        room.join(None, Some(link), None, Ipv4Addr::LOCALHOST.into()).await.map(|seat| seat.id)
    }

    /// What is in the file of what the room keeps.
    fn kept(room: &Room) -> rooms::Record {
        let kept = room.work_here(|ledger| ledger.study().room()).unwrap().unwrap().unwrap();
        serde_json::from_str(&kept).unwrap()
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread().build().unwrap()
    }

    #[test]
    fn a_link_is_used_once_its_session_exists_and_not_where_joining_fails() {
        let world = Stopped { stands_still: true, ..Stopped::default() };
        let (room, writer, _folder) = room(2, &world);
        let (links, runtime) = (links(&room), runtime());
        let join = |link: &str| runtime.block_on(join(&room, link));
        let first = join(&links[0]).unwrap();
        assert!(matches!(join(&links[1]), Err(Shut::Failed(_))));
        assert!(room.is_used(1) && !room.is_used(2));
        // Nor does whoever came in lose the place where another one fails to take it.
        assert!(matches!(join(&links[0]), Err(Shut::Failed(_))));
        assert_eq!(room.by_link(1).map(|seat| seat.id), Some(first));
        assert_eq!(kept(&room).links, [(1, first.to_string())].into());
        // Nor is the other one lost: it may be tried again.
        world.bits.store(9, Ordering::Relaxed);
        let second = join(&links[1]).unwrap();
        assert_eq!(kept(&room).links, [(1, first.to_string()), (2, second.to_string())].into());
        room.close();
        writer.join().unwrap();
    }

    #[test]
    fn the_last_who_opens_a_link_has_it_until_something_is_answered() {
        let (room, writer, _folder) = room(1, &Stopped::default());
        let (link, runtime) = (links(&room).remove(0), runtime());
        let join = || runtime.block_on(join(&room, &link));
        let (first, second) = (join().unwrap(), join().unwrap());
        assert!(first != second && room.seat(&first).is_none() && room.is_replaced(&first));
        assert_eq!((room.by_link(1).map(|seat| seat.id), room.counts().joined), (Some(second), 1));
        let (record, sessions) =
            (kept(&room), room.work_here(|ledger| ledger.study().sessions()).unwrap().unwrap());
        assert_eq!(
            (&record.links, &record.replaced),
            (&[(1, second.to_string())].into(), &[first.to_string()].into())
        );
        assert_eq!(sessions.iter().map(|header| header.id).collect::<Vec<_>>(), [second]);
        // Turning a page is no answer.
        let seat = room.seat(&second).unwrap();
        let apply = |event| {
            runtime.block_on(async { seat.apply(&room, &mut *seat.take().await, event).await }).unwrap();
        };
        apply(Event::Language { language: Language::new("nl") });
        assert_eq!(runtime.block_on(room.lets_in(1)), Ok(true));
        apply(Event::Noted { item: "consent".into(), text: "x".into() });
        assert_eq!(runtime.block_on(room.lets_in(1)), Ok(false));
        assert_eq!((join(), room.seat(&second).is_some()), (Err(Shut::NoLink), true));
        room.close();
        writer.join().unwrap();
    }

    #[test]
    fn a_room_whose_file_is_lost_twice_still_says_what_the_first_loss_left() {
        let (room, writer, folder) = room(0, &Stopped::default());
        let companion = Companion {
            saved: room.saved.clone(),
            claim: room._claim.clone(),
            state: room.state.clone(),
            whom: room.whom.clone(),
            world: room.world.clone(),
        };
        let go_on = |name: &str, left: usize| {
            let place = folder.path().join(name);
            let mut study = Study::open(&place).unwrap();
            let theirs = name.starts_with("claimed").then(|| rooms::claim(&study).unwrap());
            companion.goes_on_in(
                &mut study,
                &SavedElsewhere { place: place.display().to_string(), taken: 0, left },
            );
            drop(theirs);
            (room.counts().moved.unwrap().left, study.room().unwrap().is_some())
        };
        assert_eq!(go_on("first.relata", 5), (5, true));
        assert_eq!(go_on("second.relata", 0), (5, true));
        // Where somebody else has a room open in that file, it stays theirs.
        assert_eq!(go_on("claimed.relata", 2), (7, false));
        assert!(held(&room._claim).is_some());
        room.close();
        writer.join().unwrap();
    }

    #[test]
    fn what_is_in_the_file_is_what_changed_last() {
        let (room, writer, _folder) = room(40, &Stopped::default());
        let runtime = runtime();
        let joins: Vec<_> = links(&room)
            .into_iter()
            .map(|link| {
                let room = room.clone();
                runtime.spawn(async move { join(&room, &link).await })
            })
            .collect();
        let joined = joins.into_iter().map(|join| runtime.block_on(join).unwrap());
        assert_eq!(joined.filter(Result::is_ok).count(), 40);
        assert_eq!((kept(&room), kept(&room).links.len()), (room.record(), 40));
        room.lock(true).unwrap();
        assert!(kept(&room).locked);
        // What comes after the end is not kept: the room would be opened again.
        room.end().unwrap();
        assert!(room.lock(false).is_err());
        assert_eq!(room.work_here(|ledger| ledger.study().room()).unwrap().unwrap(), None);
        room.close();
        writer.join().unwrap();
    }
}
