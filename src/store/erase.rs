//! Erasing: a session goes with everything that came from it, and no byte of it stays in the file, in its free pages or
//! in the write-ahead log. Owns the tombstones; refuses to call something erased that somebody may still read.
//!
//! What was written to the disk before may survive below the file, in blocks that the file system or the drive has given
//! back: no program can promise more than its file.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::error::{Problem, StoreError};
use super::key::RawId;
use super::session::{self, SessionId};
use super::settings::is_day;
use super::{Study, chain, digest, roll, rows, seal, series};
use crate::interview::Instant;

impl Study {
    /// Erases a session. Its id and the day of `at` (in UTC) stay as a tombstone, nothing else. Returns the number of
    /// sessions erased: 1, or 0 if there is none of that id. `id` is the id as it lies in the file, so that a session can go
    /// whatever is wrong with it, and what is there of one that has no header too.
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

    /// Days by session of everything that was erased, `YYYY-MM-DD`.
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
        // Whoever reads an older state of the file would keep it alive in the log; better to find that out first.
        self.read(empty_log)?;
        let count = self.write(|transaction| {
            let day: String =
                transaction.query_row("SELECT date(?1 / 1000, 'unixepoch')", [at], |row| row.get(0))?;
            let mut count = 0;
            let given = series::given(transaction)?;
            for id in which(transaction)? {
                // SalvagedTable by table: what has no header goes with nobody.
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
                    // What is no id is in no other file either, and no merge lets it in.
                    if let Some(session) = id.session() {
                        lay_tombstone(transaction, &session.to_string(), &day)?;
                    }
                }
            }
            if count > 0 {
                // All series that are there, so that nothing points to the one that went.
                series::keep(transaction, &given)?;
                drop_unused_instruments(transaction)?;
                ask_to_clean(transaction)?;
            }
            Ok(count)
        })?;
        self.clean()?;
        Ok(count)
    }

    /// Wipes what erased sessions left in free pages and in the log. The mark that asks for it goes last, so that a
    /// cleaning that was cut short is done again.
    pub(super) fn clean(&self) -> Result<(), StoreError> {
        let clean = |connection: &Connection| {
            if !is_to_be_cleaned(connection)? {
                return Ok(());
            }
            // A disk without room for the file a second time: what was deleted is overwritten where it lay, and the log at least
            // can be emptied. The mark stays, and the rest is done when there is room.
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

/// That a session was erased.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tombstone {
    pub session: String,
    /// The day; whatever lies in its place where the tombstone was changed.
    pub on: String,
    /// Whether it is as it was laid. One that is not is named and kept, because it may be all that is left of an erasing; but it takes
    /// nothing away by itself, because anybody could have written it.
    pub sound: bool,
}

/// Tombstones of sessions.
pub(super) fn tombstones(connection: &Connection) -> Result<Vec<Tombstone>, Problem> {
    let rows = rows::all(connection, "SELECT session, erased_on, seal FROM tombstones ORDER BY session", [])?;
    Ok(rows.iter().filter_map(|row| tombstone(row)).collect())
}

/// The day on which a session was erased here, if it was and the tombstone is as it was laid.
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

/// Takes a changed tombstone over as it lies, so that it is named here too; a sound one is not touched.
pub(super) fn lay_changed(connection: &Connection, session: &str, on: &str) -> Result<(), Problem> {
    let put = "INSERT OR IGNORE INTO tombstones (session, erased_on) VALUES (?1, ?2)";
    connection.prepare_cached(put)?.execute([session, on])?;
    Ok(())
}

/// Lays the tombstone of a session. Where there is a sound one, the earlier day stays.
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

/// Leaves the mark that asks for [`Study::clean`].
pub(super) fn ask_to_clean(connection: &Connection) -> Result<(), Problem> {
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES ('to_clean', 'yes')", [])?;
    Ok(())
}

/// Whether that mark is there.
pub(super) fn is_to_be_cleaned(connection: &Connection) -> Result<bool, Problem> {
    Ok(connection.prepare_cached("SELECT 1 FROM meta WHERE key = 'to_clean'")?.exists([])?)
}

/// An instrument is nobody's secret; but that a session which is gone was one of this instrument is more than its
/// tombstone may tell.
pub(super) fn drop_unused_instruments(connection: &Connection) -> Result<(), Problem> {
    connection.execute("DELETE FROM instruments WHERE hash NOT IN (SELECT instrument FROM sessions)", [])?;
    Ok(())
}

/// Moves the write-ahead log into the file and cuts it to nothing.
pub(super) fn empty_log(connection: &Connection) -> Result<(), Problem> {
    let busy: bool = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy { Err(Problem::Locked) } else { Ok(()) }
}
