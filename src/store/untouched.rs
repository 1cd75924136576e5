//! Sessions without any answer. Owns what counts as one, for every list and count: they are neither offered nor counted,
//! because a process that is killed at the first question leaves one behind. Also owns the one exception to the rule that a
//! session is either kept or erased: the process that began such a session may remove it, and no other, because that may be in
//! it right now. A process that finds its session removed puts it back, see `journal`.

use rusqlite::Connection;

use super::erase::drop_unused_instruments;
use super::error::{Problem, StoreError};
use super::{SessionId, Study, journal, roll};
use crate::interview::Event;

impl Study {
    /// Whether a session is there in which nothing was answered, begun, noted or corrected.
    pub fn is_untouched(&self, id: &SessionId) -> Result<bool, StoreError> {
        self.read(|connection| {
            Ok(journal::is_there(connection, id)? && !is_touched(connection, &id.to_string())?)
        })
    }

    /// Removes a session in which nothing was answered, begun, noted or corrected, without a tombstone, and returns whether it
    /// did. Only for the process that began it, and not where another one has resumed it since.
    pub fn forget_untouched(&mut self, id: &SessionId) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let session = id.to_string();
            if is_touched(transaction, &session)? || is_picked_up(transaction, &session)? {
                return Ok(false);
            }
            roll::take(transaction, &session.as_str().into())?;
            let taken = transaction.execute("DELETE FROM sessions WHERE id = ?1", [session])?;
            if taken > 0 {
                drop_unused_instruments(transaction)?;
            }
            Ok(taken > 0)
        })
    }
}

/// Whether another process has resumed a session that was not paused.
fn is_picked_up(connection: &Connection, session: &str) -> Result<bool, Problem> {
    let mut events = connection.prepare_cached("SELECT event FROM events WHERE session = ?1 ORDER BY seq")?;
    let mut rows = events.query([session])?;
    let mut paused = false;
    while let Some(row) = rows.next()? {
        let event: Option<Event> = serde_json::from_str(row.get_ref(0)?.as_str().unwrap_or_default()).ok();
        if event == Some(Event::Resumed) && !paused {
            return Ok(true);
        }
        paused = event == Some(Event::Paused);
    }
    Ok(false)
}

/// Whether anything was answered, begun, noted or corrected in a session, or it has ended. Unreadable data counts, because it
/// has to be reported and not hidden.
pub(super) fn is_touched(connection: &Connection, session: &str) -> Result<bool, Problem> {
    let mut events = connection.prepare_cached("SELECT event FROM events WHERE session = ?1 ORDER BY seq")?;
    let mut rows = events.query([session])?;
    while let Some(row) = rows.next()? {
        let event: Option<Event> =
            row.get_ref(0)?.as_str().ok().and_then(|text| serde_json::from_str(text).ok());
        if event.is_none_or(|event| event.touches()) {
            return Ok(true);
        }
    }
    let beside =
        "SELECT 1 FROM answer_drafts WHERE session = ?1 UNION ALL SELECT 1 FROM branches WHERE session = ?1";
    Ok(connection.prepare_cached(beside)?.exists([session])?)
}
