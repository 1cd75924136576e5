//! Sheets of paper while they are entered. Owns what each person read off them, one row an entry, overwritten with every line as a draft is:
//! nothing counts it. Refuses entries of a sheet that is a session by now, or was erased.
//!
//! The session that a sheet becomes has its id from the first line on, made from the sheet's number: so a tombstone holds for the sheet,
//! and in two files it is one session.

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
    /// Tells the entries of a sheet apart; what was decided between them has a name of its own.
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
    /// Keeps an entry in place of what was kept of it before. Durable on return.
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

    /// Every entry of a sheet that is no session yet, the earliest first. One that cannot be read is left out: the sheet is still there, and
    /// is entered again.
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

    /// The entries of one sheet, likewise.
    pub fn entries_of(&self, session: &SessionId) -> Result<Vec<SheetEntry>, StoreError> {
        self.read(|connection| {
            let select = format!("{SELECT} WHERE session = ?1 ORDER BY begun, id");
            let found = rows::all(connection, &select, [session.to_string()])?;
            Ok(found.iter().filter_map(|row| read(row)).collect())
        })
    }

    /// Takes away what was entered of a sheet. Returns how many entries there were.
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

    /// Keeps the session of a sheet, and takes its entries away: both or neither. Durable on return.
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

/// An entry as it lies in the file; none where it cannot be one.
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

/// Takes the entries of another file over: of each the latest. What is a session by now, or was erased, has none any more.
pub(super) fn join(out: &Connection, from: &[Vec<Value>]) -> Result<(), Problem> {
    for row in from {
        // What was erased anywhere does not even come near the file.
        let Some(entry) = read(row) else { continue };
        if erase::erased_on(out, &entry.session.to_string())?.is_some() {
            continue;
        }
        out.prepare_cached(&format!("{PUT}{OVER}{IF_LATER}"))?
            .execute(rusqlite::params_from_iter(row.iter().cloned()))?;
    }
    Ok(())
}

/// All rows, as they lie in the file.
pub(super) fn all(connection: &Connection) -> Result<Vec<Vec<Value>>, Problem> {
    rows::all(connection, SELECT, [])
}

/// Entries of sheets that are sessions or were erased go: the rest of a merge.
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
