//! A sheet during entry: its two entries, their differences, and when it becomes a session.

use std::collections::BTreeMap;

use super::{Closed, DECIDED, NEEDED, SheetEntering, merged};
use crate::instrument::prompt::{Input, Invalid, Reply, Typed, Unread, day};
use crate::interview::{self, Instant, Refusal};
use crate::paper::{Entry, SheetNext, SheetNumber, SheetReplay, Slot, Walked};
use crate::store::{Mode, NewSession, SheetEntry, Study, Whole};
use crate::study::StudyError;

impl SheetEntering {
    /// The number of the sheet.
    pub fn number(&self) -> &SheetNumber {
        &self.number
    }

    /// Its places.
    pub fn slots(&self) -> &[Slot] {
        &self.slots
    }

    /// Whether what differs is being decided, and nothing entered.
    pub fn decides(&self) -> bool {
        self.own.is_none()
    }

    /// Whether the entry has been gone on with.
    pub fn is_begun(&self) -> bool {
        self.own.as_ref().is_some_and(|own| !own.entry.marks.is_empty())
    }

    /// Which entry of the sheet it is, from 1.
    pub fn pass(&self) -> usize {
        self.merged.entries.len() + 1
    }

    /// Who entered what at a place, where whole entries lie beside each other.
    pub fn beside(&self, code: &str) -> Vec<(&str, Option<&Reply>)> {
        self.merged.entries.iter().map(|entry| (entry.by.as_str(), entry.marks.get(code))).collect()
    }

    /// The reply at a place, as entered or decided here.
    pub fn mark(&self, code: &str) -> Option<&Reply> {
        match &self.own {
            Some(own) => own.entry.marks.get(code),
            None => self.merged.mark(code),
        }
    }

    /// The place of this code, or of the item of this name.
    pub fn find(&self, code: &str) -> Option<&Slot> {
        let by_name = |slot: &&Slot| {
            slot.item.is_some_and(|item| self.instrument.items[item].name.eq_ignore_ascii_case(code))
                || slot
                    .head
                    .as_ref()
                    .is_some_and(|holds| holds.trim_start_matches('.').eq_ignore_ascii_case(code))
        };
        let by_code = self.slots.iter().find(|slot| slot.code.eq_ignore_ascii_case(code));
        by_code.or_else(|| self.slots.iter().find(by_name))
    }

    pub(super) fn take_printed(&mut self, given: &BTreeMap<String, String>) {
        let Some(own) = &mut self.own else { return };
        for slot in &self.slots {
            let value =
                slot.head.as_ref().and_then(|holds| given.get(holds)).filter(|value| !value.is_empty());
            if let Some(value) = value {
                own.entry.marks.entry(slot.code.clone()).or_insert_with(|| Reply::Given(text(value)));
            }
        }
    }

    fn walk(&self, marks: &dyn Fn(&str) -> Option<Reply>, now: Instant) -> Walked {
        let known: BTreeMap<String, Reply> =
            self.slots.iter().filter_map(|slot| Some((slot.code.clone(), marks(&slot.code)?))).collect();
        let entries = &self.merged.entries;
        let sheet = interview::SheetRecord {
            number: self.number.to_string(),
            entered_by: entries.iter().map(|entry| entry.by.clone()).collect(),
            decided: self.merged.decided.keys().cloned().collect(),
            not_asked: Vec::new(),
        };
        let walk = SheetReplay {
            instrument: &self.instrument,
            sheet: &self.sheet,
            slots: &self.slots,
            number: &self.number,
            begun: self.begun,
            now,
            offset: self.moment.offset,
        };
        let notes = if self.own.is_none() { self.merged.notes() } else { BTreeMap::new() };
        walk.go(&|code| known.get(code), sheet, &notes)
    }

    /// The next place in the order of the sheet, without those that are not asked.
    pub fn next(&self, now: Instant) -> SheetNext {
        self.walk(&|code| self.mark(code).cloned(), now).next
    }

    /// What stands at a place, kept before anything else happens; a day that has not come, or what the questionnaire does not allow, is
    /// refused.
    ///
    /// # Errors
    /// Why it cannot stand there, or why it could not be kept.
    pub fn set(&mut self, study: &mut Study, code: &str, mark: Reply, now: Instant) -> Result<(), NotSet> {
        let Some(slot) = self.find(code) else {
            return Err(NotSet::Refused(Refusal::Unknown(code.to_owned())));
        };
        let code = slot.code.clone();
        if let Reply::Given(input) = &mark {
            slot.ask.check(input).map_err(refused)?;
            if let Some(today) = day(now, Some(self.moment.offset)) {
                slot.ask.check_day(input, today).map_err(refused)?;
            }
        }
        if mark == Reply::DontKnow
            && slot.item.is_some_and(|item| !self.instrument.items[item].question.takes_dont_know())
        {
            return Err(NotSet::YesOrNo);
        }
        if !slot.takes(&mark, &self.instrument) {
            return Err(if slot.required { NotSet::Needed } else { NotSet::NoCode });
        }
        let given = matches!(mark, Reply::Given(_));
        let at = self.slots.iter().position(|slot| slot.code == code);
        let walked = self
            .walk(&|other| if other == code { Some(mark.clone()) } else { self.mark(other).cloned() }, now);
        if let SheetNext::Refused(place, refusal) = walked.next
            && given
            && Some(place) == at
        {
            return Err(NotSet::Refused(refusal));
        }
        let respondent = walked.respondent;
        match &mut self.own {
            Some(own) => {
                own.entry.marks.insert(code, mark);
                own.entry.done = false;
                (own.at, own.respondent) = (now, respondent);
                Ok(study.keep_entry(own).map_err(StudyError::from)?)
            }
            None => {
                self.merged.decided.insert(code, mark);
                Ok(self.keep_decided(study, respondent, now)?)
            }
        }
    }

    fn keep_decided(&self, study: &mut Study, respondent: String, now: Instant) -> Result<(), StudyError> {
        let decided = SheetEntry {
            session: self.session,
            id: DECIDED.to_owned(),
            begun: self.begun,
            at: now,
            instrument: self.instrument.hash.clone(),
            sheet: self.number.to_string(),
            respondent,
            entry: Entry {
                by: self.by.clone(),
                marks: self.merged.decided.clone(),
                notes: self.merged.remarks.clone(),
                done: false,
            },
        };
        Ok(study.keep_entry(&decided)?)
    }

    /// A note at a place.
    ///
    /// # Errors
    /// An unknown code, or a study that cannot be written.
    pub fn note(&mut self, study: &mut Study, code: &str, note: &str, now: Instant) -> Result<(), NotSet> {
        let Some(slot) = self.find(code) else {
            return Err(NotSet::Refused(Refusal::Unknown(code.to_owned())));
        };
        let code = slot.code.clone();
        let notes = match &mut self.own {
            Some(own) => &mut own.entry.notes,
            None => &mut self.merged.remarks,
        };
        notes.insert(code, note.trim().to_owned());
        notes.retain(|_, note| !note.is_empty());
        match &mut self.own {
            Some(own) => {
                own.at = now;
                Ok(study.keep_entry(own).map_err(StudyError::from)?)
            }
            None => {
                let walked = self.walk(&|code| self.merged.mark(code).cloned(), now);
                Ok(self.keep_decided(study, walked.respondent, now)?)
            }
        }
    }

    /// How many places are blank, not known, illegible and ticked twice.
    pub fn without_answer(&self) -> [usize; 4] {
        let unread = |reason| Reply::Unread(reason);
        let marks =
            [unread(Unread::Blank), Reply::DontKnow, unread(Unread::Illegible), unread(Unread::TwoTicked)];
        marks.map(|mark| {
            self.slots.iter().filter_map(|slot| self.mark(&slot.code)).filter(|known| **known == mark).count()
        })
    }

    /// Closes an entry that is whole, or what was decided; the sheet becomes a session where nothing differs any more.
    ///
    /// # Errors
    /// A study that cannot be read or written.
    pub fn close(&mut self, study: &mut Study, now: Instant) -> Result<Closed, StudyError> {
        if let Some(mut own) = self.own.take() {
            own.entry.done = true;
            own.at = now;
            if let Err(why) = study.keep_entry(&own) {
                own.entry.done = false;
                self.own = Some(own);
                return Err(why.into());
            }
            self.merged = merged(&study.entries_of(&self.session)?);
        }
        if self.merged.entries.len() < NEEDED {
            return Ok(Closed::Once);
        }
        let walked = self.walk(&|code| self.merged.mark(code).cloned(), now);
        if walked.next != SheetNext::End {
            return Ok(Closed::Differ(self.differing()));
        }
        let (respondent, refused) = (walked.respondent.clone(), walked.refused);
        let session = NewSession {
            id: self.session,
            start: walked.start,
            respondent: walked.respondent,
            interviewer: walked.interviewer,
            mode: Mode::Paper,
            test: false,
        };
        study.settle_sheet(&self.instrument, &Whole { session, events: walked.events, truth: None })?;
        Ok(Closed::Session { id: self.session, respondent, not_asked: walked.not_asked, refused })
    }

    /// Places with an undecided difference.
    fn differing(&self) -> usize {
        self.slots.iter().filter(|slot| self.merged.is_open(&slot.code)).count()
    }
}

fn text(value: &str) -> Input {
    Input::Text(Typed { text: value.to_owned(), ..Typed::default() })
}

/// Why nothing was set.
#[derive(Debug)]
pub enum NotSet {
    /// It cannot stand there.
    Refused(Refusal),
    /// It has to be filled in.
    Needed,
    /// Codes are no names.
    NoCode,
    /// Consent is a yes or a no.
    YesOrNo,
    /// It could not be kept.
    NotKept(StudyError),
}

fn refused(why: Invalid) -> NotSet {
    NotSet::Refused(Refusal::Invalid(why))
}

impl From<StudyError> for NotSet {
    fn from(why: StudyError) -> Self {
        Self::NotKept(why)
    }
}
