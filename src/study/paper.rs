//! Sheets of paper become sessions by double entry: the second person does not see the first entry, and differences are decided before
//! anything counts.
//!
//! Owns which entry comes next and when a sheet is a session. Refuses to decide a difference, and to show one before both entries are whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::StudyError;
use crate::instrument::{Instrument, Language, hash_bytes};
use crate::interview::{Instant, Notice};
use crate::paper::{Entry, MergedEntries, Mistyped, Sheet, SheetNumber, Slot};
use crate::store::{SessionId, SheetEntry, Study};
use crate::text;

mod entering;

pub use entering::NotSet;

/// The name of what was decided between entries.
const DECIDED: &str = "decided";

/// Entries that a sheet needs.
const NEEDED: usize = 2;

/// When something is entered, and what makes an entry unlike any other.
#[derive(Debug, Clone, Copy)]
pub struct EntryMoment {
    /// The instant.
    pub at: Instant,
    /// Minutes that the clock on the wall is ahead of UTC then.
    pub offset: i32,
    /// Random bits.
    pub bits: [u8; 10],
}

/// A sheet that is being entered.
#[derive(Debug)]
pub struct SheetEntering {
    instrument: Arc<Instrument>,
    sheet: Sheet,
    slots: Vec<Slot>,
    number: SheetNumber,
    session: SessionId,
    moment: EntryMoment,
    by: String,
    /// The entry that is being made; none while differences are decided.
    own: Option<SheetEntry>,
    merged: MergedEntries,
    begun: Instant,
}

/// What there is to do with a sheet.
#[derive(Debug)]
pub enum Opened {
    /// To enter it, or to decide what differs.
    Entering(Box<SheetEntering>),
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
pub struct SheetProgress {
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
fn session_of(instrument: &Instrument, number: &SheetNumber) -> SessionId {
    let hash = hash_bytes(&[b"sheet\n", instrument.hash.as_bytes(), b"\n", number.to_string().as_bytes()]);
    let mut bits = [0; 10];
    bits.iter_mut().zip(hash).for_each(|(bit, byte)| *bit = byte);
    SessionId::new(0, bits)
}

/// Reads the number of a sheet.
///
/// # Errors
/// What is wrong with it, and what to do, in `language`.
pub fn number(
    text: &str,
    instrument: &Instrument,
    before: Option<&SheetNumber>,
    language: &Language,
) -> Result<SheetNumber, StudyError> {
    SheetNumber::read(text, instrument, before).map_err(|why| {
        let text = text.trim();
        let (message, help) = match why {
            Mistyped::Form => (
                text!(language, "study-paper-no-number", text),
                text!(language, "study-paper-no-number-help"),
            ),
            Mistyped::Check => (
                text!(language, "study-paper-no-sheet", text, questionnaire = &instrument.name),
                text!(language, "study-paper-no-sheet-help"),
            ),
            Mistyped::OtherText(hash) => {
                (text!(language, "study-paper-other", hash), text!(language, "study-paper-other-help"))
            }
            Mistyped::NothingBefore => {
                (text!(language, "study-paper-end", text), text!(language, "study-paper-end-help"))
            }
        };
        StudyError::new(message).help(help)
    })
}

/// Prefix of the settings that hold what printed sheets told respondents, by batch.
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
    number: &SheetNumber,
    given: &BTreeMap<String, String>,
    by: &str,
    moment: EntryMoment,
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
    let mut entering = SheetEntering {
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
    if entering.merged.entries.len() >= NEEDED {
        return Ok(Opened::Entering(Box::new(entering)));
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
    entering.own = Some(own);
    // Printed values were not written by the respondent.
    entering.take_printed(given);
    Ok(Opened::Entering(Box::new(entering)))
}

/// The whole entries of a sheet laid beside each other.
fn merged(entries: &[SheetEntry]) -> MergedEntries {
    let whole = entries.iter().filter(|kept| kept.id != DECIDED && kept.entry.done);
    let decided = entries.iter().find(|kept| kept.id == DECIDED);
    MergedEntries {
        entries: whole.map(|kept| kept.entry.clone()).collect(),
        decided: decided.map(|kept| kept.entry.marks.clone()).unwrap_or_default(),
        remarks: decided.map(|kept| kept.entry.notes.clone()).unwrap_or_default(),
    }
}

/// Every sheet of an instrument that is no session yet.
///
/// # Errors
/// A study that cannot be read.
pub fn standings(study: &Study, instrument: &Arc<Instrument>) -> Result<Vec<SheetProgress>, StudyError> {
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
        SheetProgress {
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
pub fn discard(
    study: &mut Study,
    instrument: &Instrument,
    number: &SheetNumber,
) -> Result<usize, StudyError> {
    Ok(study.drop_sheet(&session_of(instrument, number))?)
}
