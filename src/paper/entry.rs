//! What was read off a sheet by one person, several of these laid beside each other, and the interview that they make.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::number::SheetNumber;
use super::sheet::{DAY, INTERVIEWER, OmissionReason, RESPONDENT, Sheet};
use super::slots::Slot;
use crate::instrument::Instrument;
use crate::instrument::prompt::{Input, Missing, Reply, ScaleReply, Typed, Unread, noon};
use crate::interview::{
    self, Event, Instant, Interview, Refusal, Stamped, Start, Waits, is_fit, is_new_code, seen,
};

/// What one person read off a sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Who, where they said.
    pub by: String,
    /// What stands at each place, by its code.
    pub marks: BTreeMap<String, Reply>,
    /// Notes, by the code of their place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, String>,
    /// Whether the whole sheet was entered.
    pub done: bool,
}

/// Whether two marks say the same. Spaces in texts make no difference.
pub fn same(one: &Reply, other: &Reply) -> bool {
    match (one, other) {
        (Reply::Given(Input::Text(one)), Reply::Given(Input::Text(other))) => {
            one.text.split_whitespace().eq(other.text.split_whitespace())
        }
        _ => one == other,
    }
}

/// Entries laid beside each other: where they agree, and what was decided where they do not.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MergedEntries {
    /// Each by one person, the earliest first.
    pub entries: Vec<Entry>,
    /// What somebody decided.
    pub decided: BTreeMap<String, Reply>,
    /// What was noted meanwhile, by place.
    pub remarks: BTreeMap<String, String>,
}

impl MergedEntries {
    /// What stands at a place, if all agree or somebody decided.
    pub fn mark(&self, code: &str) -> Option<&Reply> {
        if let Some(decided) = self.decided.get(code) {
            return Some(decided);
        }
        let mark = self.entries.first()?.marks.get(code)?;
        (!self.differs(code)).then_some(mark)
    }

    /// Whether the entries differ at a place and nobody has decided.
    pub fn is_open(&self, code: &str) -> bool {
        self.differs(code) && !self.decided.contains_key(code)
    }

    /// Whether the entries differ at a place.
    pub fn differs(&self, code: &str) -> bool {
        let mut marks = self.entries.iter().map(|entry| entry.marks.get(code));
        let Some(first) = marks.next() else { return false };
        !marks.all(|mark| match (first, mark) {
            (Some(one), Some(other)) => same(one, other),
            (one, other) => one == other,
        })
    }

    /// The notes of all entries by place, and of whoever decided.
    pub fn notes(&self) -> BTreeMap<String, String> {
        let mut notes: BTreeMap<String, String> = BTreeMap::new();
        for (code, note) in self.entries.iter().flat_map(|entry| &entry.notes).chain(&self.remarks) {
            match notes.get_mut(code) {
                Some(known) if known == note => {}
                Some(known) => *known = format!("{known}; {note}"),
                None => {
                    notes.insert(code.clone(), note.clone());
                }
            }
        }
        notes
    }
}

/// What comes next on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetNext {
    /// Nothing has been entered at this place yet, by its index.
    Slot(usize),
    /// What was entered at this place cannot be.
    Refused(usize, Refusal),
    /// All that is asked is there.
    End,
}

/// A sheet on its way through the interview that a respondent here goes through.
#[derive(Debug)]
pub struct SheetReplay<'a> {
    /// What was asked.
    pub instrument: &'a Arc<Instrument>,
    /// What stands on paper.
    pub sheet: &'a Sheet,
    /// Its places.
    pub slots: &'a [Slot],
    /// Which sheet it is.
    pub number: &'a SheetNumber,
    /// When it was entered first.
    pub begun: Instant,
    /// Now.
    pub now: Instant,
    /// Minutes that the clock on the wall is ahead of UTC.
    pub offset: i32,
}

/// How far it came.
#[derive(Debug)]
pub struct Walked {
    /// What comes next.
    pub next: SheetNext,
    /// What was fixed when the session began.
    pub start: Start,
    /// The respondent's code.
    pub respondent: String,
    /// The interviewer's code.
    pub interviewer: Option<String>,
    /// Everything that happened so far.
    pub events: Vec<Stamped>,
    /// Codes of places where something stands that was not asked.
    pub not_asked: Vec<String>,
    /// Whether consent was refused, so that nothing else of the sheet is kept.
    pub refused: bool,
}

/// What a mark of the head says.
fn word(mark: Option<&Reply>) -> Option<String> {
    match mark?.input()? {
        Input::Text(typed) => Some(typed.text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

impl SheetReplay<'_> {
    /// As far as the marks go; `mark` gives what stands at a place.
    pub fn go<'m>(
        &self,
        mark: &dyn Fn(&str) -> Option<&'m Reply>,
        sheet: interview::SheetRecord,
        notes: &BTreeMap<String, String>,
    ) -> Walked {
        let head = |holds: &str| {
            let slot = self.slots.iter().find(|slot| slot.head.as_deref() == Some(holds))?;
            word(mark(&slot.code))
        };
        let start = self.start(&head);
        let respondent = head(RESPONDENT).unwrap_or_else(|| self.number.respondent());
        let mut walked = Walked {
            next: SheetNext::End,
            respondent,
            interviewer: head(INTERVIEWER),
            events: Vec::new(),
            not_asked: Vec::new(),
            refused: false,
            start,
        };
        let lacks = |slot: &Slot| {
            let mark = mark(&slot.code);
            mark.is_none() || slot.required && word(mark).is_none()
        };
        if let Some(at) = self.slots.iter().position(|slot| slot.head.is_some() && lacks(slot)) {
            walked.next = SheetNext::Slot(at);
            return walked;
        }
        let mut interview = Interview::new(self.instrument.clone(), walked.start.clone());
        let mut asked = BTreeSet::new();
        let mut next = Event::Sheet(sheet);
        let mut place = 0;
        loop {
            let stamped = Stamped { at: self.now, event: next };
            let taken = interview
                .admits(self.now, &stamped.event)
                .and_then(|()| interview.apply(self.now, stamped.event.clone()));
            if let Err(refusal) = taken {
                walked.next = SheetNext::Refused(place, refusal);
                return walked;
            }
            walked.events.push(stamped);
            // What stood on the sheet before the question for consent, in the words of that time.
            if walked.events.len() == 1 && !self.sheet.notice.is_empty() && interview.can_be_told() {
                next = Event::Told(self.sheet.notice.clone());
                continue;
            }
            next = match interview.waits_for() {
                Waits::Nothing => break,
                Waits::HandOver(to) => Event::HandedOver { to },
                Waits::Finish => match self.note(&interview, notes) {
                    Some(note) => note,
                    None => Event::Finished,
                },
                Waits::Reply { item, step } => {
                    asked.insert(item);
                    let name = self.instrument.items[item].name.clone();
                    let slots: Vec<usize> =
                        (0..self.slots.len()).filter(|at| self.slots[*at].item == Some(item)).collect();
                    let left_out = self.sheet.left_out.iter().find(|left| left.item == name);
                    let reply = match (slots.first(), left_out.map(|left| left.why)) {
                        (None, Some(OmissionReason::Timed)) => Reply::Given(Input::NotTimed),
                        (None, None) => seen(),
                        (None, Some(_)) if self.instrument.items[item].question.columns().is_empty() => {
                            seen()
                        }
                        // Nobody was asked on paper.
                        (None, Some(_)) => Reply::Unread(Unread::Blank),
                        (Some(first), _) => {
                            place = *first;
                            match self.replies(&slots, mark) {
                                Err(at) => {
                                    walked.next = SheetNext::Slot(at);
                                    return walked;
                                }
                                Ok(replies) => {
                                    let Some((at, reply)) = replies.into_iter().nth(step) else {
                                        walked.next = SheetNext::Slot(place);
                                        return walked;
                                    };
                                    place = at;
                                    reply
                                }
                            }
                        }
                    };
                    Event::Answered { item: name, step, reply }
                }
            };
        }
        walked.refused = interview.is_refused();
        let stands = |slot: &&Slot| {
            slot.item.is_some_and(|item| !asked.contains(&item))
                && mark(&slot.code).is_some_and(|mark| *mark != Reply::Unread(Unread::Blank))
        };
        if !walked.refused {
            walked.not_asked = self.slots.iter().filter(stands).map(|slot| slot.code.clone()).collect();
        }
        if let Some(Stamped { event: Event::Sheet(sheet), .. }) = walked.events.first_mut() {
            sheet.not_asked.clone_from(&walked.not_asked);
        }
        walked
    }

    /// A note that the interview does not have yet. Notes of the head go to the first question that was asked.
    fn note(&self, interview: &Interview, notes: &BTreeMap<String, String>) -> Option<Event> {
        let (_, (item, text)) = self
            .noted(notes)
            .into_iter()
            .enumerate()
            .find(|(_, (item, text))| interview.note_of(item) != Some(text.as_str()))?;
        Some(Event::Noted { item, text })
    }

    fn noted(&self, notes: &BTreeMap<String, String>) -> BTreeMap<String, String> {
        let mut by_item: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        for slot in self.slots {
            let Some(note) = notes.get(&slot.code) else { continue };
            let first = || self.slots.iter().find_map(|slot| slot.item);
            let Some(item) = slot.item.or_else(first) else { continue };
            by_item.entry(self.instrument.items[item].name.clone()).or_default().push(note);
        }
        by_item.into_iter().map(|(item, notes)| (item, notes.join("; "))).collect()
    }

    /// The session begins on the day that stands on the sheet, at noon: nobody knows the hour.
    fn start(&self, head: &dyn Fn(&str) -> Option<String>) -> Start {
        let noon = |day: String| noon(day.parse().ok()?, self.offset);
        let at = head(DAY).and_then(noon).map_or(self.begun, |noon| noon.min(self.begun));
        let fields = self.sheet.head.iter().filter(|line| !line.holds.starts_with('.'));
        let fields = fields.map(|line| (line.holds.clone(), head(&line.holds).unwrap_or_default()));
        Start {
            // Nothing is drawn on paper.
            seed: 0,
            language: self.number.language.clone(),
            fields: fields.collect(),
            at,
            offset: Some(self.offset),
        }
    }

    /// The replies of an item with the place of each, or the first place where something is missing.
    fn replies<'m>(
        &self,
        slots: &[usize],
        mark: &dyn Fn(&str) -> Option<&'m Reply>,
    ) -> Result<Vec<(usize, Reply)>, usize> {
        let at = |slot: usize| mark(&self.slots[slot].code).cloned().ok_or(slot);
        let [first, rest @ ..] = slots else { return Ok(Vec::new()) };
        let block = self.sheet.parts.iter().flat_map(|part| &part.blocks);
        let block = block.into_iter().find(|block| Some(block.item) == self.slots[*first].item);
        let Some(block) = block else { return Ok(Vec::new()) };
        match &block.form {
            super::ResponseFormat::Note => Ok(Vec::new()),
            super::ResponseFormat::One(_) => Ok(vec![(*first, at(*first)?)]),
            super::ResponseFormat::Grid(_) => {
                let marks = slots.iter().map(|slot| at(*slot)).collect::<Result<Vec<_>, _>>()?;
                let alike =
                    marks.first().filter(|one| one.input().is_none() && marks.iter().all(|m| m == *one));
                let reply = match alike {
                    Some(reason) => reason.clone(),
                    None => Reply::Given(Input::Rated(marks.iter().map(cell).collect())),
                };
                Ok(vec![(*first, reply)])
            }
            super::ResponseFormat::MostLeast { .. } => {
                let most = at(*first)?;
                let mut replies = vec![(*first, most.clone())];
                if most.input().is_some()
                    && let Some(second) = rest.first()
                {
                    replies.push((*second, at(*second)?));
                }
                Ok(replies)
            }
            super::ResponseFormat::Words { most, .. } => {
                let mut replies = Vec::new();
                let mut cells = Vec::new();
                let mut reason = None;
                for pair in slots.chunks(2) {
                    let [word, feels] = pair else { continue };
                    match at(*word)? {
                        Reply::Given(input) => {
                            replies.push((*word, Reply::Given(input)));
                            cells.push(cell(&at(*feels)?));
                        }
                        // A word that nobody can read is no end of them.
                        Reply::Unread(unread @ (Unread::Illegible | Unread::TwoTicked)) => {
                            reason.get_or_insert((*word, Reply::Unread(unread)));
                        }
                        other => {
                            reason.get_or_insert((*word, other));
                            break;
                        }
                    }
                }
                if replies.is_empty() {
                    return Ok(reason.into_iter().collect());
                }
                if replies.len() < *most {
                    replies.push((*first, Reply::Given(Input::Text(Typed::default()))));
                }
                replies.push((*first, Reply::Given(Input::Rated(cells))));
                Ok(replies)
            }
        }
    }
}

/// A row of a scale.
fn cell(mark: &Reply) -> ScaleReply {
    match mark {
        Reply::Given(Input::Rated(cells)) => {
            cells.first().copied().unwrap_or(ScaleReply::Missing(Missing::NotAnswered))
        }
        Reply::Declined => ScaleReply::Missing(Missing::Declined),
        Reply::DontKnow => ScaleReply::Missing(Missing::DontKnow),
        Reply::Unread(Unread::Illegible) => ScaleReply::Missing(Missing::Illegible),
        Reply::Unread(Unread::TwoTicked) => ScaleReply::Missing(Missing::TwoTicked),
        Reply::Given(_) | Reply::Unread(Unread::Blank) => ScaleReply::Missing(Missing::NotAnswered),
    }
}

impl Slot {
    /// Whether a mark can stand in the head: a code that is one, and a day that is one.
    pub fn takes(&self, mark: &Reply, instrument: &Instrument) -> bool {
        let word = word(Some(mark));
        match self.head.as_deref() {
            Some(RESPONDENT | INTERVIEWER) => word.is_none_or(|code| is_new_code(&code)),
            Some(name) if !self.required => {
                let field = instrument.fields.iter().find(|field| field.name == name);
                field.zip(word).is_none_or(|(field, word)| is_fit(&word, field, instrument))
            }
            _ => !self.required || word.is_some(),
        }
    }
}
