//! The tip of a session: a sealed row with the number of events in its journal and the link of the last one. A chain reveals
//! changed events and gaps between two events, but not a missing end: the tip does.
//!
//! Written in the same transaction as the events; refuses to adjust itself to what it finds.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::error::Problem;
use super::key::RawId;
use super::{chain, rows, seal};

const TABLE: &str = "tips";

/// Records how many events a session's journal has, and the link of the last one; before the first event, the link of the
/// header.
pub(super) fn set(
    connection: &Connection,
    session: &RawId,
    events: usize,
    link: &str,
) -> Result<(), Problem> {
    let row = [Value::Text(session.to_string()), Value::Integer(events as i64), Value::Text(link.to_owned())];
    connection
        .prepare_cached(
            "INSERT INTO tips (session, events, link, seal) VALUES (?1, ?2, ?3, ?4) ON CONFLICT (session)
             DO UPDATE SET events = excluded.events, link = excluded.link, seal = excluded.seal",
        )?
        .execute(params![session, events as i64, link, seal::of(TABLE, &row)])?;
    Ok(())
}

/// Fails unless the `there` linked events, ending with `link`, are the whole journal that was kept.
pub(super) fn check(connection: &Connection, session: &str, there: usize, link: &str) -> Result<(), Problem> {
    let damaged = |what: &str| Problem::Damaged(format!("how many events session {session} has {what}"));
    let row = connection
        .prepare_cached("SELECT session, events, link, seal FROM tips WHERE session = ?1")?
        .query_row([session], rows::values)
        .optional()?
        .ok_or_else(|| damaged("is not said any more"))?;
    let [_, Value::Integer(kept), Value::Text(tip), _] = row.as_slice() else {
        return Err(damaged("cannot be read"));
    };
    if !seal::fits(TABLE, &row) {
        return Err(damaged("was changed outside relata"));
    }
    let kept = usize::try_from(*kept).unwrap_or_default();
    match (kept == there, tip == link) {
        (true, true) => Ok(()),
        (true, false) => {
            Err(Problem::Changed { session: session.to_owned(), event: there.saturating_sub(1) })
        }
        (false, _) => Err(Problem::Cut { session: session.to_owned(), kept, there }),
    }
}

/// Sets the tip of every session without one from the journal in the file, when an older file is brought up to date.
pub(super) fn set_missing(connection: &Connection) -> Result<(), Problem> {
    let without = format!("SELECT {} FROM sessions WHERE id NOT IN (SELECT session FROM tips)", rows::HEADER);
    let mut sessions = connection.prepare(&without)?;
    let mut last =
        connection.prepare("SELECT seq, link FROM events WHERE session = ?1 ORDER BY seq DESC LIMIT 1")?;
    let mut headers = sessions.query([])?;
    let mut tips = Vec::new();
    while let Some(row) = headers.next()? {
        let session: RawId = row.get(0)?;
        let end =
            last.query_row([&session], |row| Ok((row.get::<_, i64>(0)?, rows::text(row, 1)?))).optional()?;
        tips.push(match end {
            Some((seq, link)) => (session, usize::try_from(seq).unwrap_or_default() + 1, link),
            None => (session, 0, chain::root(&rows::values(row)?)),
        });
    }
    tips.iter().try_for_each(|(session, events, link)| set(connection, session, *events, link))
}
