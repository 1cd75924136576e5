//! Sheets of paper become sessions: each is entered twice, each time by somebody who does not see what was entered before, and what differs
//! is decided before anything counts.
//!
//! Owns which entry comes next and when a sheet is a session. Refuses to decide a difference, and to show one before both entries are whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::StudyError;
use crate::instrument::prompt::{Input, Invalid, Reply, Typed, Unread, day};
use crate::instrument::{Instrument, hash_bytes};
use crate::interview::{self, Instant, Notice, Refusal};
use crate::paper::{Entry, Merged, Mistyped, Next, Number, Sheet, Slot, Walk, Walked};
use crate::store::{Mode, NewSession, SessionId, SheetEntry, Study, Whole};

/// The name of what was decided between entries.
const DECIDED: &str = "decided";

/// Entries that a sheet needs.
const NEEDED: usize = 2;

/// When something is entered, and what makes an entry unlike any other.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The instant.
    pub at: Instant,
    /// Minutes that the clock on the wall is ahead of UTC then.
    pub offset: i32,
    /// Random bits.
    pub bits: [u8; 10],
}

/// A sheet on the table.
#[derive(Debug)]
pub struct Desk {
    instrument: Arc<Instrument>,
    sheet: Sheet,
    slots: Vec<Slot>,
    number: Number,
    session: SessionId,
    moment: Moment,
    by: String,
    /// The entry that is being made; none while differences are decided.
    own: Option<SheetEntry>,
    merged: Merged,
    begun: Instant,
}

/// What there is to do with a sheet.
#[derive(Debug)]
pub enum Opened {
    /// To enter it, or to decide what differs.
    Desk(Box<Desk>),
    /// It is a session.
    Done(SessionId),
    /// It was erased on this day.
    Erased(String),
}

/// What came of a sheet that was entered whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Closed {
    /// It has to be entered once more.
    Once,
    /// The entries differ at this many places.
    Differ(usize),
    /// It is a session.
    Session {
        /// Its id.
        id: SessionId,
        /// The respondent's code.
        respondent: String,
        /// Codes of places where something stands that was not asked.
        not_asked: Vec<String>,
        /// Whether consent was refused, so that nothing else of the sheet was kept.
        refused: bool,
    },
}

/// How far a sheet is that is no session yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Its number.
    pub sheet: String,
    /// Entries that are whole.
    pub whole: usize,
    /// Entries that were begun.
    pub begun: usize,
    /// Who entered it.
    pub by: Vec<String>,
    /// Places at which whole entries differ.
    pub differ: usize,
}

/// The session that a sheet becomes, in every study alike.
fn session_of(instrument: &Instrument, number: &Number) -> SessionId {
    let hash = hash_bytes(&[b"sheet\n", instrument.hash.as_bytes(), b"\n", number.to_string().as_bytes()]);
    let mut bits = [0; 10];
    bits.iter_mut().zip(hash).for_each(|(bit, byte)| *bit = byte);
    SessionId::new(0, bits)
}

/// Reads the number of a sheet.
///
/// # Errors
/// What is wrong with it, and what to do.
pub fn number(text: &str, instrument: &Instrument, before: Option<&Number>) -> Result<Number, StudyError> {
    Number::read(text, instrument, before).map_err(|why| {
        let text = text.trim();
        match why {
            Mistyped::Form => StudyError::new(format!("`{text}` is not the number of a sheet"))
                .help("it stands on every page, such as NL-7KQ4-012-M; of the next sheets of a batch the end is enough, such as 13K"),
            Mistyped::Check => StudyError::new(format!("`{text}` is no sheet of {}", instrument.name)).help(
                "a character is wrong, or the sheet was printed from another version: compare what stands at the foot of the page with \
                 `relata instruments show`, or enter it with the file that it was printed from",
            ),
            Mistyped::OtherText(hash) => {
                StudyError::new(format!("the sheet was printed from another text, {hash}…"))
                    .help("enter it with the file that it was printed from")
            }
            Mistyped::NothingBefore => StudyError::new(format!("`{text}` is the end of a number only"))
                .help("type the first number of a batch whole, such as NL-7KQ4-012-M"),
        }
    })
}

/// Under what the study keeps of what it told on printed sheets, by their batch.
const PRINTED: &str = "printed.";

/// What the study tells before consent, to be printed on the sheets of a batch; it is kept, because what somebody agrees to is what stands
/// on their sheet, whatever the study says by the time it is entered.
///
/// # Errors
/// It cannot be kept.
pub fn print_notice(study: &mut Study, batch: &str, at: Instant) -> Result<Notice, StudyError> {
    let before = printed_notice(study, batch)?;
    // More sheets of a printing say what those before say.
    let notice = if before.is_empty() { super::interviews::notice(study)? } else { before };
    if !notice.is_empty() {
        let written = serde_json::to_string(&notice).map_err(|why| StudyError::new(why.to_string()))?;
        study.settle(&format!("{PRINTED}{batch}"), Some(&written), at)?;
    }
    Ok(notice)
}

/// What stands on the sheets of a batch before the question for consent.
fn printed_notice(study: &Study, batch: &str) -> Result<Notice, StudyError> {
    let kept = study.settled(PRINTED)?;
    Ok(kept.get(batch).and_then(|written| serde_json::from_str(written).ok()).unwrap_or_default())
}

/// Lays a sheet on the table: the entry that `by` has begun, else a new one; where two are whole, what differs between them.
///
/// # Errors
/// A study that cannot be read.
pub fn open(
    study: &Study,
    instrument: &Arc<Instrument>,
    number: &Number,
    given: &BTreeMap<String, String>,
    by: &str,
    moment: Moment,
) -> Result<Opened, StudyError> {
    let session = session_of(instrument, number);
    if let Some(day) = study.erased_on(&session)? {
        return Ok(Opened::Erased(day));
    }
    if study.holds(&session)? {
        return Ok(Opened::Done(session));
    }
    let notice = printed_notice(study, &number.batch)?;
    let sheet = Sheet::of(instrument, &number.language, given).told(instrument, notice);
    let slots = sheet.slots();
    let entries = study.entries_of(&session)?;
    let begun = entries.iter().map(|entry| entry.begun).min().unwrap_or(moment.at);
    let mut desk = Desk {
        instrument: instrument.clone(),
        slots,
        number: number.clone(),
        session,
        moment,
        by: by.to_owned(),
        own: None,
        merged: merged(&entries),
        begun,
        sheet,
    };
    if desk.merged.entries.len() >= NEEDED {
        return Ok(Opened::Desk(Box::new(desk)));
    }
    let mine = entries.iter().find(|kept| kept.id != DECIDED && !kept.entry.done && kept.entry.by == by);
    let own = mine.cloned().unwrap_or_else(|| SheetEntry {
        session,
        id: SessionId::new(moment.at, moment.bits).to_string(),
        begun: moment.at,
        at: moment.at,
        instrument: instrument.hash.clone(),
        sheet: number.to_string(),
        respondent: number.respondent(),
        entry: Entry { by: by.to_owned(), ..Entry::default() },
    });
    desk.own = Some(own);
    // What is printed on the sheet already was not written by anybody.
    desk.take_printed(given);
    Ok(Opened::Desk(Box::new(desk)))
}

/// The whole entries of a sheet laid beside each other.
fn merged(entries: &[SheetEntry]) -> Merged {
    let whole = entries.iter().filter(|kept| kept.id != DECIDED && kept.entry.done);
    let decided = entries.iter().find(|kept| kept.id == DECIDED);
    Merged {
        entries: whole.map(|kept| kept.entry.clone()).collect(),
        decided: decided.map(|kept| kept.entry.marks.clone()).unwrap_or_default(),
        remarks: decided.map(|kept| kept.entry.notes.clone()).unwrap_or_default(),
    }
}

/// Every sheet of an instrument that is no session yet.
///
/// # Errors
/// A study that cannot be read.
pub fn standings(study: &Study, instrument: &Arc<Instrument>) -> Result<Vec<Standing>, StudyError> {
    let mut by_sheet: BTreeMap<String, Vec<SheetEntry>> = BTreeMap::new();
    for entry in study.sheet_entries()? {
        if entry.instrument == instrument.hash {
            by_sheet.entry(entry.sheet.clone()).or_default().push(entry);
        }
    }
    let standing = |(sheet, entries): (String, Vec<SheetEntry>)| {
        let merged = merged(&entries);
        let codes: std::collections::BTreeSet<&String> =
            merged.entries.iter().flat_map(|entry| entry.marks.keys()).collect();
        let own = || entries.iter().filter(|kept| kept.id != DECIDED);
        Standing {
            whole: merged.entries.len(),
            begun: own().count() - merged.entries.len(),
            by: own().map(|kept| kept.entry.by.clone()).filter(|by| !by.is_empty()).collect(),
            differ: if merged.entries.len() >= NEEDED {
                codes.iter().filter(|code| merged.is_open(code)).count()
            } else {
                0
            },
            sheet,
        }
    };
    Ok(by_sheet.into_iter().map(standing).collect())
}

/// Takes away what was entered of a sheet that is no session; how many entries there were.
///
/// # Errors
/// A study that cannot be written.
pub fn discard(study: &mut Study, instrument: &Instrument, number: &Number) -> Result<usize, StudyError> {
    Ok(study.drop_sheet(&session_of(instrument, number))?)
}

impl Desk {
    /// The number of the sheet.
    pub fn number(&self) -> &Number {
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

    /// What stands at a place, as far as it was entered or decided here.
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

    fn take_printed(&mut self, given: &BTreeMap<String, String>) {
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
        let sheet = interview::Sheet {
            number: self.number.to_string(),
            entered_by: entries.iter().map(|entry| entry.by.clone()).collect(),
            decided: self.merged.decided.keys().cloned().collect(),
            not_asked: Vec::new(),
        };
        let walk = Walk {
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

    /// What comes next: in the order of the sheet, past what is not asked.
    pub fn next(&self, now: Instant) -> Next {
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
        if !slot.takes(&mark) {
            return Err(if slot.required { NotSet::Needed } else { NotSet::NoCode });
        }
        let given = matches!(mark, Reply::Given(_));
        let at = self.slots.iter().position(|slot| slot.code == code);
        let walked = self
            .walk(&|other| if other == code { Some(mark.clone()) } else { self.mark(other).cloned() }, now);
        if let Next::Refused(place, refusal) = walked.next
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

    /// How many places are blank, illegible and ticked twice.
    pub fn unread(&self) -> [usize; 3] {
        let reasons = [Unread::Blank, Unread::Illegible, Unread::TwoTicked];
        reasons.map(|reason| {
            let marks = self.slots.iter().filter_map(|slot| self.mark(&slot.code));
            marks.filter(|mark| **mark == Reply::Unread(reason)).count()
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
        if walked.next != Next::End {
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

    /// Places at which the entries differ and nobody has decided.
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
