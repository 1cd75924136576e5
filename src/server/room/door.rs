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

/// Length of what tells one form of the door from another.
const ONCE: usize = 32;

/// Who asks to be let in.
#[derive(Debug, Clone)]
pub(in crate::server) struct Entrant<'a> {
    pub language: Option<&'a str>,
    /// The link that they came by.
    pub link: Option<&'a str>,
    /// The code of the person at the customer.
    pub person: Option<String>,
    /// The client's address.
    pub from: IpAddr,
    /// What no other form has; see [`Room::once`].
    pub once: &'a str,
}

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

    /// Lets a participant join, through a link if links are used. A form of the door that let somebody in, and is sent again, gives the same
    /// seat.
    pub async fn join(&self, entrant: Entrant<'_>) -> Result<Arc<Seat>, Shut> {
        let Entrant { language, link, person, from, once } = entrant;
        // Also where nobody else is let in any more.
        if let Some(seat) = by_form(&self.state, &self.seats, once).filter(|_| link.is_none()) {
            return Ok(seat);
        }
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
        let seat = self.begin(language, number, person, once).await?;
        self.moved();
        Ok(seat)
    }

    /// A text that no other form has; none where there is no randomness: such a form is not known again.
    pub fn once(&self) -> String {
        let random = self.world.random().unwrap_or_default();
        match random.iter().any(|byte| *byte > 0) {
            true => random[..ONCE / 2].iter().map(|byte| format!("{byte:02x}")).collect(),
            false => String::new(),
        }
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
        once: &str,
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
            once: once.to_owned(),
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

/// The seat that this form of the door gave, as long as nothing is answered from it.
fn by_form(
    state: &Mutex<RoomState>,
    seats: &Mutex<BTreeMap<SessionId, Arc<Seat>>>,
    once: &str,
) -> Option<Arc<Seat>> {
    let session = held(state).forms.get(once).copied()?;
    held(seats).get(&session).filter(|seat| seat.phase() == Phase::Joined).cloned()
}

/// What joining needs on the writer's thread, where one joins after the other.
struct Entry {
    state: Arc<Mutex<RoomState>>,
    seats: Arc<Mutex<BTreeMap<SessionId, Arc<Seat>>>>,
    keys: Keys,
    whom: OpenedFor,
    instrument: Arc<Instrument>,
    once: String,
}

impl Entry {
    /// Begins a session and gives it a seat, in the place of an untouched one that the same link began before. Of a form that is sent twice
    /// in the same moment, the second one gets the seat of the first.
    fn let_in(
        self,
        ledger: &mut Ledger,
        number: Option<usize>,
        form: &StartForm,
        moment: StartMoment,
    ) -> Result<Arc<Seat>, Shut> {
        if let Some(seat) = by_form(&self.state, &self.seats, &self.once).filter(|_| number.is_none()) {
            return Ok(seat);
        }
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
        if number.is_none() && self.once.len() == ONCE {
            held(&self.state).forms.insert(self.once, id);
        }
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
mod tests;
