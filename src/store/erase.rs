//! Erasing: a session goes with everything that came from it, and no byte of it stays in the file, in its free pages or
//! in the write-ahead log. Owns the tombstones; refuses to call something erased that somebody may still read.
//!
//! What was written to the disk before may survive below the file, in blocks that the file system or the drive has given
//! back: no program can promise more than its file.

use rusqlite::Connection;

use super::Study;
use super::error::{Problem, StoreError};
use super::rename::RESPONDENT;
use super::session::SessionId;
use crate::interview::Instant;

impl Study {
    /// Erases a session. Its id and the day of `at` (in UTC) stay as a tombstone, nothing else. Returns the number of
    /// sessions erased: 1, or 0 if there is none of that id. `id` is the id as it lies in the file, so that a session can go
    /// whatever is wrong with it.
    pub fn erase_session(&mut self, id: &impl ToString, at: Instant) -> Result<usize, StoreError> {
        self.erase("id = ?1", &id.to_string(), at)
    }

    /// Erases all sessions of a respondent; see [`Study::erase_session`].
    pub fn erase_respondent(&mut self, code: &str, at: Instant) -> Result<usize, StoreError> {
        self.erase(&format!("{RESPONDENT} = ?1"), code, at)
    }

    /// Days by session of everything that was erased, `YYYY-MM-DD`.
    pub fn tombstones(&self) -> Result<Vec<(SessionId, String)>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT session, erased_on FROM tombstones ORDER BY session")?;
            let mut rows = statement.query([])?;
            let mut found = Vec::new();
            while let Some(row) = rows.next()? {
                let id: String = row.get(0)?;
                // The tombstone of a session whose id could not be read says nothing to anybody.
                if let Ok(id) = id.parse() {
                    found.push((id, row.get(1)?));
                }
            }
            Ok(found)
        })
    }

    fn erase(&mut self, condition: &str, value: &str, at: Instant) -> Result<usize, StoreError> {
        // Whoever reads an older state of the file would keep it alive in the log; better to find that out first.
        self.read(empty_log)?;
        let count = self.write(|transaction| {
            transaction.execute(
                &format!(
                    "INSERT INTO tombstones (session, erased_on)
                     SELECT id, date(?2 / 1000, 'unixepoch') FROM sessions AS s WHERE {condition}
                     ON CONFLICT (session) DO UPDATE SET erased_on = min(erased_on, excluded.erased_on)"
                ),
                (value, at),
            )?;
            let count =
                transaction.execute(&format!("DELETE FROM sessions AS s WHERE {condition}"), [value])?;
            if count > 0 {
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

/// Leaves the mark that asks for [`Study::clean`].
pub(super) fn ask_to_clean(connection: &Connection) -> Result<(), Problem> {
    connection.execute("INSERT OR REPLACE INTO meta VALUES ('to_clean', 'yes')", [])?;
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
