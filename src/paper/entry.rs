//! Entries of a sheet: one by each person who typed it in, their comparison, and the interview they result in.

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

/// One person's entry of a sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The code of that person, if given.
    pub by: String,
    /// The mark at each place, by its code.
    pub marks: BTreeMap<String, Reply>,
    /// Notes, by the code of their place.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, String>,
    /// Whether the entry is complete.
    pub done: bool,
}

/// Whether two marks mean the same, ignoring differences in spaces.
pub fn same(one: &Reply, other: &Reply) -> bool {
    match (one, other) {
        (Reply::Given(Input::Text(one)), Reply::Given(Input::Text(other))) => {
            one.text.split_whitespace().eq(other.text.split_whitespace())
        }
        _ => one == other,
    }
}

/// Several entries of a sheet, with the decisions where they differ.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct MergedEntries {
    /// One per person, earliest first.
    pub entries: Vec<Entry>,
    /// Decisions between differing entries.
    pub decided: BTreeMap<String, Reply>,
    /// Notes made while deciding, by place.
    pub remarks: BTreeMap<String, String>,
}

impl MergedEntries {
    /// The mark at a place, if all entries agree or it was decided.
    pub fn mark(&self, code: &str) -> Option<&Reply> {
        if let Some(decided) = self.decided.get(code) {
            return Some(decided);
        }
        let mark = self.entries.first()?.marks.get(code)?;
        (!self.differs(code)).then_some(mark)
    }

    /// Whether the entries differ at a place and it is not decided yet.
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

    /// The notes of all entries and those made while deciding, by place.
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

/// The next step on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub enum SheetNext {
    /// Nothing has been entered yet at the place with this index.
    Slot(usize),
    /// The interview refuses the mark at the place with this index.
    Refused(usize, Refusal),
    /// Everything asked has been entered.
    End,
}

/// Runs the marks of a sheet through the interview that a respondent on screen would go through.
#[derive(Debug)]
pub struct SheetReplay<'a> {
    /// The instrument.
    pub instrument: &'a Arc<Instrument>,
    /// The printed sheet.
    pub sheet: &'a Sheet,
    /// Its places.
    pub slots: &'a [Slot],
    /// Which sheet it is.
    pub number: &'a SheetNumber,
    /// When its first entry began.
    pub begun: Instant,
    /// The current instant.
    pub now: Instant,
    /// Offset of the local clock from UTC in minutes.
    pub offset: i32,
}

/// How far the marks lead.
#[derive(Debug)]
pub struct Walked {
    /// What comes next.
    pub next: SheetNext,
    /// The fixed settings of the session.
    pub start: Start,
    /// The respondent's code.
    pub respondent: String,
    /// The interviewer's code.
    pub interviewer: Option<String>,
    /// All events so far.
    pub events: Vec<Stamped>,
    /// Codes of places with marks that were not asked for.
    pub not_asked: Vec<String>,
    /// Whether consent was refused, so that nothing else on the sheet is kept.
    pub refused: bool,
}

/// The text of a mark in the head.
fn word(mark: Option<&Reply>) -> Option<String> {
    match mark?.input()? {
        Input::Text(typed) => Some(typed.text.trim().to_owned()).filter(|text| !text.is_empty()),
        _ => None,
    }
}

impl SheetReplay<'_> {
    /// Goes as far as the marks lead; `mark` returns the mark at a place.
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
            // The notice printed before the question for consent, in the wording of that time.
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
                        // The question was not asked on paper.
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

    /// A note that the interview does not have yet. Notes on the head go to the first question asked.
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

    /// The session begins on the date written on the sheet, at noon because the hour is unknown.
    fn start(&self, head: &dyn Fn(&str) -> Option<String>) -> Start {
        let noon = |day: String| noon(day.parse().ok()?, self.offset);
        let at = head(DAY).and_then(noon).map_or(self.begun, |noon| noon.min(self.begun));
        let fields = self.sheet.head.iter().filter(|line| !line.holds.starts_with('.'));
        let fields = fields.map(|line| (line.holds.clone(), head(&line.holds).unwrap_or_default()));
        Start {
            // Nothing on paper is in random order.
            seed: 0,
            language: self.number.language.clone(),
            fields: fields.collect(),
            at,
            offset: Some(self.offset),
        }
    }

    /// The replies of an item with their places, or the first place where something is missing.
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
                        // An illegible word does not end the list of words.
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
    /// Whether the head accepts a mark: a code or a date must be valid.
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
