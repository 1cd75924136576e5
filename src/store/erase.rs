//! Erasing: a session is deleted with everything that came from it, and no byte of it stays in the file, in its free pages or
//! in the write-ahead log. Owns the tombstones; refuses to call a session erased while another program may still read it.
//!
//! Earlier writes may survive below the file, in blocks that the file system or the drive has released; no program can promise
//! more than its own file.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::error::{Problem, StoreError};
use super::key::RawId;
use super::session::{self, SessionId};
use super::settings::is_day;
use super::{Study, chain, digest, fitted, roll, rows, seal, series};
use crate::interview::Instant;

impl Study {
    /// Erases a session; only a tombstone with its id and the day of `at` (in UTC) remains. Returns the number of sessions
    /// erased: 1, or 0 if there is none with that id. `id` is the raw id, so that a session can be erased whatever is wrong
    /// with it, and also leftover rows without a header.
    pub fn erase_session<'a, T>(&mut self, id: &'a T, at: Instant) -> Result<usize, StoreError>
    where
        RawId: From<&'a T>,
    {
        let id = RawId::from(id);
        self.erase(at, |_| Ok(vec![id]))
    }

    /// Erases all sessions of a respondent; see [`Study::erase_session`].
    pub fn erase_respondent(&mut self, code: &str, at: Instant) -> Result<usize, StoreError> {
        self.erase(at, |connection| session::ids_of(connection, code))
    }

    /// The day on which each session was erased, `YYYY-MM-DD`.
    pub fn tombstones(&self) -> Result<Vec<(SessionId, String)>, StoreError> {
        let found = self.read(tombstones)?;
        Ok(found.into_iter().filter_map(|laid| Some((laid.session.parse().ok()?, laid.on))).collect())
    }

    /// The day on which a session was erased, `YYYY-MM-DD`.
    pub fn erased_on(&self, session: &SessionId) -> Result<Option<String>, StoreError> {
        self.read(|connection| erased_on(connection, &session.to_string()))
    }

    fn erase(
        &mut self,
        at: Instant,
        which: impl FnOnce(&Connection) -> Result<Vec<RawId>, Problem>,
    ) -> Result<usize, StoreError> {
        self.still_there()?;
        // A reader of an older state keeps the erased pages in the log, so this is checked before anything is deleted.
        self.read(empty_log)?;
        let count = self.write(|transaction| {
            let day: String =
                transaction.query_row("SELECT date(?1 / 1000, 'unixepoch')", [at], |row| row.get(0))?;
            let mut count = 0;
            let given = series::given(transaction)?;
            for id in which(transaction)? {
                // Table by table, because rows without a header don't go with a session row.
                let mut gone = 0;
                roll::take(transaction, &id)?;
                for table in chain::OF_SESSIONS {
                    gone += transaction.execute(&format!("DELETE FROM {table} WHERE session = ?1"), [&id])?;
                }
                gone += transaction.execute("DELETE FROM sheets WHERE session = ?1", [&id])?;
                gone += transaction.execute("DELETE FROM advised WHERE other_session = ?1", [&id])?;
                digest::forget(transaction, &id.to_string())?;
                gone += transaction.execute("DELETE FROM sessions WHERE id = ?1", [&id])?;
                if gone > 0 {
                    count += 1;
                    // An invalid id is in no other file, and no merge would accept it, so it needs no tombstone.
                    if let Some(session) = id.session() {
                        lay_tombstone(transaction, &session.to_string(), &day)?;
                    }
                }
            }
            if count > 0 {
                // All existing series are recorded, so that the record doesn't reveal the erased one.
                series::keep(transaction, &given)?;
                drop_unused_instruments(transaction)?;
                fitted::forget(transaction)?;
                ask_to_clean(transaction)?;
            }
            Ok(count)
        })?;
        self.clean()?;
        Ok(count)
    }

    /// Wipes what erased sessions left in free pages and in the log. The mark that requests this is removed last, so that an
    /// interrupted cleaning is repeated.
    pub(super) fn clean(&self) -> Result<(), StoreError> {
        let clean = |connection: &Connection| {
            if !is_to_be_cleaned(connection)? {
                return Ok(());
            }
            // On a disk without room for a second copy of the file, deleted content is already overwritten in place and the log
            // can still be emptied. The mark stays, and the rest is done when there is room.
            let whole = connection.execute_batch("VACUUM").map_err(Problem::from);
            empty_log(connection)?;
            whole?;
            connection.execute("DELETE FROM meta WHERE key = 'to_clean'", [])?;
            Ok(())
        };
        self.read(|connection| {
            clean(connection).map_err(|problem: Problem| Problem::NotYetClean(problem.cause()))
        })
    }
}

/// The record that a session was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tombstone {
    pub session: String,
    /// The day; any other content where the tombstone was changed.
    pub on: String,
    /// Whether its seal fits. One that doesn't is reported and kept, because it may be all that is left of an erasing, but it
    /// deletes nothing by itself, because anyone could have written it.
    pub sound: bool,
}

/// Tombstones of sessions.
pub(super) fn tombstones(connection: &Connection) -> Result<Vec<Tombstone>, Problem> {
    let rows = rows::all(connection, "SELECT session, erased_on, seal FROM tombstones ORDER BY session", [])?;
    Ok(rows.iter().filter_map(|row| tombstone(row)).collect())
}

/// The day on which a session was erased here, from a tombstone whose seal fits.
pub(super) fn erased_on(connection: &Connection, session: &str) -> Result<Option<String>, Problem> {
    let select = "SELECT session, erased_on, seal FROM tombstones WHERE session = ?1";
    let rows = rows::all(connection, select, [session])?;
    Ok(rows.iter().find_map(|row| tombstone(row)).filter(|laid| laid.sound).map(|laid| laid.on))
}

fn tombstone(row: &[Value]) -> Option<Tombstone> {
    let [Value::Text(session), on, _] = row else { return None };
    let on = rows::shown(on);
    let sound = seal::fits("tombstones", row) && is_day(&on);
    session.parse::<SessionId>().is_ok().then(|| Tombstone { session: session.clone(), on, sound })
}

/// Copies a changed tombstone as it lies, so that it is reported here too; a sound one stays.
pub(super) fn lay_changed(connection: &Connection, session: &str, on: &str) -> Result<(), Problem> {
    let put = "INSERT OR IGNORE INTO tombstones (session, erased_on) VALUES (?1, ?2)";
    connection.prepare_cached(put)?.execute([session, on])?;
    Ok(())
}

/// Writes the tombstone of a session. Where there is a sound one, the earlier day stays.
pub(super) fn lay_tombstone(connection: &Connection, session: &str, day: &str) -> Result<(), Problem> {
    let select = "SELECT session, erased_on, seal FROM tombstones WHERE session = ?1";
    let before = rows::all(connection, select, [session])?.pop();
    let Some(before) = before else { return lay(connection, session, day) };
    roll::replace(connection, "tombstones", &before.last().map(rows::shown).unwrap_or_default())?;
    let sound = tombstone(&before).filter(|before| before.sound).map(|before| before.on);
    lay(connection, session, &sound.map_or(day.to_owned(), |before| before.min(day.to_owned())))
}

fn lay(connection: &Connection, session: &str, day: &str) -> Result<(), Problem> {
    let row = vec![Value::Text(session.to_owned()), Value::Text(day.to_owned())];
    seal::put(connection, "INSERT OR REPLACE", "tombstones", row)?;
    Ok(())
}

/// Sets the mark that requests [`Study::clean`].
pub(super) fn ask_to_clean(connection: &Connection) -> Result<(), Problem> {
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('to_clean', 'yes')", [])?;
    Ok(())
}

/// Whether the mark for [`Study::clean`] is set.
pub(super) fn is_to_be_cleaned(connection: &Connection) -> Result<bool, Problem> {
    Ok(connection.prepare_cached("SELECT 1 FROM meta WHERE key = 'to_clean'")?.exists([])?)
}

/// Instruments are not secret, but a tombstone must not reveal that the erased session was one of this instrument.
pub(super) fn drop_unused_instruments(connection: &Connection) -> Result<(), Problem> {
    connection.execute("DELETE FROM instruments WHERE hash NOT IN (SELECT instrument FROM sessions)", [])?;
    Ok(())
}

/// Moves the write-ahead log into the file and truncates it.
pub(super) fn empty_log(connection: &Connection) -> Result<(), Problem> {
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(Problem::Locked) } else { Ok(()) }
}
