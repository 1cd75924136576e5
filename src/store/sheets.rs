//! Paper sheets while they are entered. Owns what each person read off a sheet: one row per entry, overwritten with every line
//! like a draft, and not counted anywhere. Refuses entries of a sheet that has become a session or was erased.
//!
//! The future session's id is fixed from the first line on, made from the sheet's number: so a tombstone holds for the sheet,
//! and two files that hold the sheet make one session of it.

use rusqlite::types::Value;
use rusqlite::{Connection, params};

use super::error::{Problem, StoreError};
use super::session::{self, SessionId};
use super::{Study, Whole, erase, journal, rows};
use crate::instrument::Instrument;
use crate::interview::Instant;
use crate::paper;

/// An entry of a sheet, as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetEntry {
    /// The session that the sheet becomes.
    pub session: SessionId,
    /// Distinguishes the entries of a sheet; the decision between two of them has an id of its own.
    pub id: String,
    /// When it was begun.
    pub begun: Instant,
    /// When its last line was entered.
    pub at: Instant,
    /// The hash of the instrument's text.
    pub instrument: String,
    /// The number of the sheet.
    pub sheet: String,
    /// The respondent's code, as far as it was entered.
    pub respondent: String,
    /// What was read off it.
    pub entry: paper::Entry,
}

const PUT: &str = "INSERT INTO sheets (session, id, begun, at, instrument, sheet, respondent, entry)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
const OVER: &str = " ON CONFLICT (session, id) DO UPDATE SET begun = excluded.begun, at = excluded.at,
    instrument = excluded.instrument, sheet = excluded.sheet, respondent = excluded.respondent, entry = excluded.entry";
const IF_LATER: &str = " WHERE (excluded.at, excluded.entry, excluded.respondent) > (at, entry, respondent)";
const SELECT: &str = "SELECT session, id, begun, at, instrument, sheet, respondent, entry FROM sheets";

impl Study {
    /// Keeps an entry, replacing its earlier version. Durable on return.
    pub fn keep_entry(&mut self, entry: &SheetEntry) -> Result<(), StoreError> {
        self.write(|transaction| {
            match session::absent(transaction, &entry.session) {
                Problem::NoSession(_) => {}
                erased => return Err(erased),
            }
            if journal::is_there(transaction, &entry.session)? {
                return Err(Problem::Exists(entry.session));
            }
            let text =
                serde_json::to_string(&entry.entry).map_err(|why| Problem::Unkeepable(why.to_string()))?;
            transaction.prepare_cached(&format!("{PUT}{OVER}"))?.execute(params![
                entry.session.to_string(),
                entry.id,
                entry.begun,
                entry.at,
                entry.instrument,
                entry.sheet,
                entry.respondent,
                text
            ])?;
            Ok(())
        })
    }

    /// Every entry of a sheet that is not yet a session, earliest first. An unreadable one is left out, because the paper still
    /// exists and can be entered again.
    pub fn sheet_entries(&self) -> Result<Vec<SheetEntry>, StoreError> {
        self.read(|connection| {
            let found = rows::all(connection, &format!("{SELECT} ORDER BY sheet, begun, id"), [])?;
            Ok(found.iter().filter_map(|row| read(row)).collect())
        })
    }

    /// Whether a session is in the study.
    pub fn holds(&self, session: &SessionId) -> Result<bool, StoreError> {
        self.read(|connection| journal::is_there(connection, session))
    }

    /// The entries of one sheet, earliest first.
    pub fn entries_of(&self, session: &SessionId) -> Result<Vec<SheetEntry>, StoreError> {
        self.read(|connection| {
            let select = format!("{SELECT} WHERE session = ?1 ORDER BY begun, id");
            let found = rows::all(connection, &select, [session.to_string()])?;
            Ok(found.iter().filter_map(|row| read(row)).collect())
        })
    }

    /// Deletes the entries of a sheet, and returns how many there were.
    pub fn drop_sheet(&mut self, session: &SessionId) -> Result<usize, StoreError> {
        let gone = self.write(|transaction| {
            let gone = drop_of(transaction, &session.to_string())?;
            if gone > 0 {
                erase::ask_to_clean(transaction)?;
            }
            Ok(gone)
        })?;
        self.clean()?;
        Ok(gone)
    }

    /// Keeps the session of a sheet and deletes its entries, both or neither. Durable on return.
    pub fn settle_sheet(&mut self, instrument: &Instrument, whole: &Whole) -> Result<(), StoreError> {
        self.write(|transaction| {
            session::keep_instrument(transaction, instrument)?;
            journal::put_whole(transaction, instrument, whole)?;
            drop_of(transaction, &whole.session.id.to_string())?;
            Ok(())
        })
    }
}

fn drop_of(connection: &Connection, session: &str) -> Result<usize, Problem> {
    Ok(connection.prepare_cached("DELETE FROM sheets WHERE session = ?1")?.execute([session])?)
}

/// Parses a raw row; `None` where it can't be an entry.
fn read(row: &[Value]) -> Option<SheetEntry> {
    let [
        Value::Text(session),
        Value::Text(id),
        Value::Integer(begun),
        Value::Integer(at),
        Value::Text(instrument),
        Value::Text(sheet),
        Value::Text(respondent),
        Value::Text(entry),
    ] = row
    else {
        return None;
    };
    Some(SheetEntry {
        session: session.parse().ok()?,
        id: id.clone(),
        begun: *begun,
        at: *at,
        instrument: instrument.clone(),
        sheet: sheet.clone(),
        respondent: respondent.clone(),
        entry: serde_json::from_str(entry).ok()?,
    })
}

/// Takes over the entries of another file, the latest of each; sheets that are sessions by now, or were erased, get none.
pub(super) fn join(out: &Connection, from: &[Vec<Value>]) -> Result<(), Problem> {
    for row in from {
        // An entry of an erased sheet must not even be written to the file.
        let Some(entry) = read(row) else { continue };
        if erase::erased_on(out, &entry.session.to_string())?.is_some() {
            continue;
        }
        out.prepare_cached(&format!("{PUT}{OVER}{IF_LATER}"))?
            .execute(rusqlite::params_from_iter(row.iter().cloned()))?;
    }
    Ok(())
}

/// All raw rows.
pub(super) fn all(connection: &Connection) -> Result<Vec<Vec<Value>>, Problem> {
    rows::all(connection, SELECT, [])
}

/// Deletes entries of sheets that became sessions or were erased; the last step of a merge.
pub(super) fn drop_settled(connection: &Connection) -> Result<(), Problem> {
    connection.execute("DELETE FROM sheets WHERE session IN (SELECT id FROM sessions)", [])?;
    let entered: Vec<Vec<Value>> = all(connection)?;
    for row in entered {
        let session = row.first().map(rows::shown).unwrap_or_default();
        if erase::erased_on(connection, &session)?.is_some() {
            drop_of(connection, &session)?;
            erase::ask_to_clean(connection)?;
        }
    }
    Ok(())
}
