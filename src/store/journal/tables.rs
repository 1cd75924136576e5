//! The tables of events and of unanswered entries: appends one row, and deletes what has been answered since.

use rusqlite::{Connection, OptionalExtension, params};

use super::Last;
use crate::interview::{Begun, Event, Instant, SessionState};
use crate::store::error::Problem;
use crate::store::session::{self, SessionId};
use crate::store::{branch, chain, rows, tip};

pub(in crate::store) fn is_there(connection: &Connection, id: &SessionId) -> Result<bool, Problem> {
    Ok(connection.prepare_cached("SELECT 1 FROM sessions WHERE id = ?1")?.exists([id.to_string()])?)
}

/// What the first event of a session is linked to.
pub(super) fn root(connection: &Connection, id: &SessionId) -> Result<String, Problem> {
    let header = rows::header(connection, &id.to_string())?;
    header.map(|header| chain::root(&header)).ok_or_else(|| session::absent(connection, id))
}

/// Fails unless the session exists, has `kept` events and is still open. Returns its last event.
pub(super) fn expect(connection: &Connection, id: &SessionId, kept: usize) -> Result<Last, Problem> {
    match last(connection, id)? {
        (there, last, SessionState::Open) => as_known(connection, id, kept, (there, last)),
        (.., state) => Err(Problem::Over { session: *id, state }),
    }
}

/// The same of a session that may be over.
pub(super) fn expect_any(connection: &Connection, id: &SessionId, kept: usize) -> Result<Last, Problem> {
    let (there, last, _) = last(connection, id)?;
    as_known(connection, id, kept, (there, last))
}

/// The number of events that a session has, the last one, and the state after it.
fn last(connection: &Connection, id: &SessionId) -> Result<(usize, Last, SessionState), Problem> {
    let last: Option<(u32, Last)> = connection
        .prepare_cached(
            "SELECT seq, at, event, link FROM events WHERE session = ?1 ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([id.to_string()], |row| {
            Ok((row.get(0)?, Last { at: row.get(1)?, text: row.get(2)?, link: row.get(3)? }))
        })
        .optional()?;
    let Some((seq, last)) = last else {
        let root = Last { at: 0, text: String::new(), link: root(connection, id)? };
        return Ok((0, root, SessionState::Open));
    };
    let event =
        serde_json::from_str(&last.text).map_err(|_| branch::unreadable(seq as usize, &id.to_string()))?;
    Ok((seq as usize + 1, last, SessionState::after(&event)))
}

/// Fails unless these are the `kept` events that the caller knows.
fn as_known(
    connection: &Connection,
    id: &SessionId,
    kept: usize,
    (there, last): (usize, Last),
) -> Result<Last, Problem> {
    // A journal whose end was cut off takes no more events.
    tip::check(connection, &id.to_string(), there, &last.link)?;
    if there != kept {
        return Err(Problem::Overtaken { session: *id, kept: there, expected: kept });
    }
    Ok(last)
}

/// Appends an event after `kept` others, and returns it as it is in the file.
pub(super) fn append(
    connection: &Connection,
    id: &SessionId,
    kept: usize,
    before: &str,
    at: Instant,
    event: &Event,
) -> Result<Last, Problem> {
    let last = insert(connection, id, kept, before, at, event)?;
    tip::set(connection, &id.into(), kept + 1, &last.link)?;
    Ok(last)
}

/// Returns the event as it is in the file.
pub(super) fn insert(
    connection: &Connection,
    id: &SessionId,
    seq: usize,
    before: &str,
    at: Instant,
    event: &Event,
) -> Result<Last, Problem> {
    let text = serde_json::to_string(event).map_err(|why| Problem::Unkeepable(why.to_string()))?;
    // JSON has no word for infinity, and an event that would not read back is better refused now.
    if serde_json::from_str::<Event>(&text).ok().as_ref() != Some(event) {
        return Err(Problem::Unkeepable("a number in it is not finite".into()));
    }
    let link = chain::link(before, at, &text);
    connection
        .prepare_cached("INSERT INTO events (session, seq, at, event, link) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![id.to_string(), seq as i64, at, &text, &link])?;
    Ok(Last { at, text, link })
}

pub(super) fn put_begun(
    connection: &Connection,
    id: &SessionId,
    item: &str,
    step: usize,
    at: Instant,
    begun: &Begun,
) -> Result<(), Problem> {
    let text = serde_json::to_string(begun).map_err(|why| Problem::Unkeepable(why.to_string()))?;
    connection
        .prepare_cached(
            "INSERT OR REPLACE INTO answer_drafts (session, item, step, at, draft)
             VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![id.to_string(), item, step as i64, at, text])?;
    Ok(())
}

/// Whether a raw row is a valid unanswered entry.
pub(in crate::store) fn is_begun(row: &[rusqlite::types::Value]) -> bool {
    matches!(row.get(4), Some(rusqlite::types::Value::Text(text)) if serde_json::from_str::<Begun>(text).is_ok())
}

/// Deletes unanswered entries that have been answered since, in any journal of their session.
pub(in crate::store) fn drop_settled(connection: &Connection) -> Result<(), Problem> {
    let drafts = rows::all(connection, "SELECT session, item, step, at FROM answer_drafts", [])?;
    for draft in drafts {
        use rusqlite::types::Value::{Integer, Text};
        let [Text(session), Text(item), Integer(step), Integer(at)] = draft.as_slice() else { continue };
        let mut statement = connection.prepare_cached(
            "SELECT at, event FROM events WHERE session = ?1
             UNION ALL SELECT at, event FROM branches WHERE session = ?1",
        )?;
        let mut rows = statement.query([session])?;
        let mut settled = false;
        while let Some(row) = rows.next()? {
            let event: Option<Event> =
                serde_json::from_str(row.get_ref(1)?.as_str().unwrap_or_default()).ok();
            settled |= event.is_some_and(|event| {
                let later = row.get::<_, Instant>(0).is_ok_and(|answered| answered >= *at);
                let over = SessionState::after(&event) != SessionState::Open;
                (later || over) && event.settles(item, usize::try_from(*step).unwrap_or(usize::MAX))
            });
        }
        if settled {
            connection
                .prepare_cached("DELETE FROM answer_drafts WHERE session = ?1 AND item = ?2 AND step = ?3")?
                .execute(params![session, item, step])?;
        }
    }
    Ok(())
}
