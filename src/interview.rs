//! The interview: a state folded from its events, so that resume, undo, audit and rescoring are replay.
//!
//! Owns what comes next, whether an answer is valid, who has the keyboard, and which answers count. Uses no clock, randomness or
//! disk: events carry their instants, the order of items comes from a seed, and the caller stores the events.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::instrument::expression::Value;
use crate::instrument::prompt::{Ask, Input, Invalid, Reply};
use crate::instrument::{Audience, Instrument, Item, Language};
use crate::rng::Rng;

pub mod audit;
mod begun;
mod consent;
mod event;
mod flow;
mod live;
mod lookup;
mod narrative;
mod notice;
mod offered;
pub mod phrases;
mod record;
pub mod simulate;
mod today;
mod view;

pub use crate::instrument::code::{is_code, is_new_code};
pub use begun::Begun;
pub use consent::{Consent, ConsentAnswer};
pub use event::{Event, Instant, Origin, Refusal, SessionState, SheetRecord, Stamped, Start, is_fit};
pub use live::{Beginnings, Journal, Live, NotDone, NotKept, SavedElsewhere};
pub use lookup::InterviewVoice;
pub use notice::{Notice, Promise};
pub use record::Fed;
pub use view::{Asked, Empty, Progress, ReviewLine, SectionProgress, Stage, View, Waits};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cursor {
    /// At a prompt: index in the order, and step of the item.
    At { place: usize, step: usize },
    /// At the review of all answers.
    Review,
    /// Over: finished.
    Finished,
    /// Over: withdrawn.
    Withdrawn,
}

/// One administration of one instrument.
#[derive(Debug, Clone)]
pub struct Interview {
    instrument: Arc<Instrument>,
    start: Start,
    /// Item indices in the order in which this session asks them.
    order: Vec<usize>,
    /// Replies by item index, one for each step.
    replies: Vec<Vec<Reply>>,
    /// Items passed over without a reply, by index.
    passed: Vec<bool>,
    /// Which items count, by index; derived from the replies.
    relevant: Vec<bool>,
    /// Values of the calculations; derived from the replies.
    calculated: BTreeMap<String, Value>,
    notes: BTreeMap<usize, String>,
    fields: BTreeMap<String, String>,
    language: Language,
    cursor: Cursor,
    /// Whether the review has been reached and an item was opened from it.
    from_review: bool,
    holder: Audience,
    paused: bool,
    /// Whether anything happened that would be a loss.
    touched: bool,
    /// The source of the answers, if another program collected them under rules of its own.
    origin: Option<Origin>,
    /// The sheet of paper on which the answers were given.
    sheet: Option<SheetRecord>,
    /// What the study tells the respondent before asking for consent.
    notice: Notice,
    /// Milliseconds spent, up to `last`.
    active: Instant,
    last: Instant,
}

impl Interview {
    /// A session at its first prompt.
    pub fn new(instrument: Arc<Instrument>, start: Start) -> Self {
        let order = flow::order(&instrument, start.seed);
        let items = instrument.items.len();
        let holder = if instrument.has_interviewer() { Audience::Interviewer } else { Audience::Respondent };
        let language = instrument.language(Some(start.language.as_str()));
        // A field that the instrument does not have must not shadow an item of the same name.
        let known = |name: &String| instrument.fields.iter().any(|field| field.name == *name);
        let fields = start.fields.iter().filter(|(name, _)| known(name));
        let fields = fields.map(|(name, value)| (name.clone(), value.clone())).collect();
        let mut interview = Self {
            fields,
            last: start.at,
            instrument,
            start,
            order,
            replies: vec![Vec::new(); items],
            passed: vec![false; items],
            relevant: vec![true; items],
            calculated: BTreeMap::new(),
            notes: BTreeMap::new(),
            language,
            cursor: Cursor::Review,
            from_review: false,
            holder,
            paused: false,
            touched: false,
            origin: None,
            sheet: None,
            notice: Notice::default(),
            active: 0,
        };
        interview.settle();
        interview.cursor =
            interview.first_place().map_or(Cursor::Review, |place| Cursor::At { place, step: 0 });
        interview
    }

    /// Rebuilds a session from its events. Stops at the first refused event, which a journal written through [`Interview::apply`]
    /// never contains.
    pub fn replay(
        instrument: Arc<Instrument>,
        start: Start,
        events: impl IntoIterator<Item = Stamped>,
    ) -> Result<Self, Refusal> {
        let mut interview = Self::new(instrument, start);
        for Stamped { at, event } in events {
            interview.apply(at, event)?;
        }
        Ok(interview)
    }

    /// Applies an event, or refuses it without changing anything.
    pub fn apply(&mut self, at: Instant, event: Event) -> Result<(), Refusal> {
        if matches!(self.cursor, Cursor::Finished | Cursor::Withdrawn) {
            return Err(Refusal::Over);
        }
        if self.paused && !matches!(event, Event::Resumed | Event::Withdrawn) {
            return Err(Refusal::Paused);
        }
        let counts = !self.paused && event != Event::Resumed;
        let touches = event.touches();
        match event {
            Event::Imported(_) | Event::Sheet(_)
                if self.origin.is_some() || self.sheet.is_some() || self.touched =>
            {
                return Err(Refusal::NotFirst);
            }
            Event::Imported(origin) => self.origin = Some(origin),
            Event::Sheet(sheet) => self.read_from(sheet),
            Event::Told(notice) => self.be_told(notice)?,
            Event::Answered { item, step, reply } => self.answer(&item, step, reply)?,
            Event::Back => self.back()?,
            Event::Forward => self.forward()?,
            Event::Jumped { group } => self.jump(&group)?,
            Event::Opened { item } => self.open(&item)?,
            Event::Noted { item, text } => self.note(&item, text)?,
            Event::Field { name, value } => self.correct_field(name, value)?,
            Event::Language { language } => {
                if !self.instrument.languages.contains(&language) {
                    return Err(Refusal::Unknown(language.to_string()));
                }
                self.language = language;
            }
            Event::Paused => self.paused = true,
            Event::Resumed => self.paused = false,
            Event::HandedOver { to } => {
                if self.hand_over() != Some(to) {
                    return Err(Refusal::NotYours);
                }
                self.holder = to;
            }
            Event::Withdrawn => self.cursor = Cursor::Withdrawn,
            Event::Finished => self.finish()?,
        }
        self.touched |= touches;
        // The time spent on a paper sheet is unknown.
        if counts && self.sheet.is_none() {
            self.active = self.active.saturating_add(at.saturating_sub(self.last).max(0));
        }
        self.last = self.last.max(at);
        Ok(())
    }

    /// The interview after an event entered at `at`, or why the event is refused. Changes nothing here, so that the caller can
    /// store the event first.
    pub fn after(&self, at: Instant, event: &Event) -> Result<Self, Refusal> {
        let mut next = self.clone();
        next.admits(at, event)?;
        next.apply(at, event.clone())?;
        Ok(next)
    }

    fn answer(&mut self, name: &str, step: usize, reply: Reply) -> Result<(), Refusal> {
        if self.hand_over().is_some() {
            return Err(Refusal::HandOverFirst);
        }
        let not_asked = || Refusal::NotAsked(name.to_owned());
        let Cursor::At { place, step: asked } = self.cursor else { return Err(not_asked()) };
        let index = self.order[place];
        if self.instrument.items[index].name != name || asked != step {
            return Err(not_asked());
        }
        let given = self.replies[index].get(..step).unwrap_or_default().to_vec();
        let ask = self.ask(index, &given).ok_or_else(not_asked)?;
        match &reply {
            Reply::Given(input) => ask.check(input).map_err(Refusal::Invalid)?,
            // Only a paper sheet can hold a mark that is neither an answer nor a refusal.
            Reply::Unread(_) if self.sheet.is_none() => return Err(Refusal::Invalid(Invalid::WrongForm)),
            Reply::Unread(_) | Reply::Declined | Reply::DontKnow => {}
        }
        let before = std::mem::take(&mut self.replies[index]);
        let now = self.keep_what_still_fits(index, &before, given, reply);
        self.replies[index] = now;
        if !self.meets_constraint(index) {
            self.replies[index] = before;
            let message = self.instrument.items[index].constraint_message.as_ref();
            return Err(Refusal::Constraint(message.map(|text| self.voice_of(index).text(text))));
        }
        self.passed[index] = false;
        self.settle();
        self.move_on(place, step);
        Ok(())
    }

    /// The item's replies with the one after `given` replaced. A later reply stays only if its prompt is unchanged (a changed word
    /// must not keep the valence of the old one) or if the item's kind says that it still answers the new prompt.
    fn keep_what_still_fits(
        &self,
        index: usize,
        before: &[Reply],
        given: Vec<Reply>,
        reply: Reply,
    ) -> Vec<Reply> {
        let mut now = given;
        now.push(reply);
        while let Some(later) = before.get(now.len()) {
            let (Some(asked_before), Some(asked)) =
                (self.ask(index, &before[..now.len()]), self.ask(index, &now))
            else {
                break;
            };
            if asked != asked_before && !self.instrument.items[index].question.keeps(&now, later) {
                break;
            }
            now.push(later.clone());
        }
        now
    }

    fn meets_constraint(&self, index: usize) -> bool {
        let item = &self.instrument.items[index];
        let Some(constraint) = &item.constraint else { return true };
        let answer = item.question.value(&self.replies[index]);
        // A declined answer has no value for a constraint to check.
        if answer == Value::Missing {
            return true;
        }
        constraint.evaluate(&self.with_answer(answer)) != Value::Bool(false)
    }

    fn note(&mut self, name: &str, text: String) -> Result<(), Refusal> {
        if self.locked() {
            return Err(Refusal::NotYours);
        }
        let index = self.instrument.item_index(name).ok_or_else(|| Refusal::Unknown(name.to_owned()))?;
        if text.trim().is_empty() {
            self.notes.remove(&index);
        } else {
            self.notes.insert(index, text);
        }
        Ok(())
    }

    fn correct_field(&mut self, name: String, value: String) -> Result<(), Refusal> {
        if self.locked() {
            return Err(Refusal::NotYours);
        }
        if !self.instrument.fields.iter().any(|field| field.name == name) {
            return Err(Refusal::Unknown(name));
        }
        self.fields.insert(name, value);
        self.settle();
        Ok(())
    }

    fn finish(&mut self) -> Result<(), Refusal> {
        if self.hand_over().is_some() {
            return Err(Refusal::HandOverFirst);
        }
        if self.cursor != Cursor::Review {
            return Err(Refusal::NeedsReply);
        }
        if let Some(place) = self.first_open() {
            return Err(Refusal::Unanswered(self.item_at(place).name.clone()));
        }
        // An optional question that was jumped over now counts as passed over.
        for place in 0..self.order.len() {
            if self.may_be_passed(place) {
                self.passed[self.order[place]] = true;
            }
        }
        self.cursor = Cursor::Finished;
        Ok(())
    }

    /// The prompt of an item that follows the replies `given`.
    fn ask(&self, index: usize, given: &[Reply]) -> Option<Ask> {
        let step = self.instrument.items[index].question.ask(given, &self.voice_of(index))?;
        Some(self.only_offered(index, step.ask))
    }

    fn item_at(&self, place: usize) -> &Item {
        &self.instrument.items[self.order[place]]
    }

    /// Whether the respondent has the keyboard in an interview with an interviewer.
    pub fn locked(&self) -> bool {
        self.instrument.has_interviewer() && self.holder == Audience::Respondent
    }

    /// The instrument.
    pub fn instrument(&self) -> &Arc<Instrument> {
        &self.instrument
    }

    /// The fixed settings from the beginning of the session.
    pub fn start(&self) -> &Start {
        &self.start
    }

    /// The source of the answers, if another program collected them.
    pub fn origin(&self) -> Option<&Origin> {
        self.origin.as_ref()
    }

    /// The paper sheet with the answers, if there is one.
    pub fn sheet(&self) -> Option<&SheetRecord> {
        self.sheet.as_ref()
    }

    /// Sheets are printed in the order of the file, all alike, so nothing is drawn at random.
    fn read_from(&mut self, sheet: SheetRecord) {
        self.sheet = Some(sheet);
        self.order = (0..self.instrument.items.len()).collect();
        self.settle();
        self.cursor = self.first_place().map_or(Cursor::Review, |place| Cursor::At { place, step: 0 });
    }

    /// The current language.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// Switches the language without an event; for reading a session, not for conducting it.
    pub fn speak(&mut self, language: &Language) {
        self.language = language.clone();
    }

    /// The current values of the start form.
    pub fn fields(&self) -> &BTreeMap<String, String> {
        &self.fields
    }

    /// The note of an item.
    pub fn note_of(&self, item: &str) -> Option<&str> {
        self.notes.get(&self.instrument.item_index(item)?).map(String::as_str)
    }

    /// The replies of an item by index; `None` if it is not relevant.
    pub fn replies(&self, index: usize) -> Option<&[Reply]> {
        let relevant = *self.relevant.get(index)?;
        self.replies.get(index).filter(|_| relevant).map(Vec::as_slice)
    }

    /// Whether the interview was completed.
    pub fn is_finished(&self) -> bool {
        self.cursor == Cursor::Finished
    }

    /// Whether an answer ended the interview, as a refused consent does.
    pub fn is_refused(&self) -> bool {
        let ends = |index: usize| {
            self.relevant[index] && self.instrument.items[index].question.ends(&self.replies[index])
        };
        (0..self.replies.len()).any(ends)
    }

    /// Whether the person who has the keyboard at the end will see a result.
    pub fn will_show_result(&self) -> bool {
        self.instrument.shows_result() && !self.is_refused()
    }

    /// Whether the session has no event to lose; see [`Event::touches`].
    pub fn is_untouched(&self) -> bool {
        !self.touched
    }

    /// Whether the respondent withdrew.
    pub fn is_withdrawn(&self) -> bool {
        self.cursor == Cursor::Withdrawn
    }

    /// Milliseconds spent up to `now`, without pauses.
    pub fn elapsed(&self, now: Instant) -> Instant {
        let over = matches!(self.cursor, Cursor::Finished | Cursor::Withdrawn);
        let since = if self.paused || over { 0 } else { now.saturating_sub(self.last).max(0) };
        self.active.saturating_add(since)
    }

    /// When the last event happened.
    pub fn last_event_at(&self) -> Instant {
        self.last
    }

    /// The random numbers of one item in this session.
    fn rng(&self, item: &Item) -> Rng {
        Rng::for_purpose(self.start.seed, &item.name)
    }
}

/// The reply that only says that a note was read.
pub fn seen() -> Reply {
    Reply::Given(Input::Seen)
}
