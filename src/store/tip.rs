//! The tip of a session: a sealed row that says how many events its journal has and what the last one is linked as. A chain shows what
//! was changed in it and what is missing between two events, but not that its end was cut off: the tip does.
//!
//! Written in the transaction that writes the events; refuses to mend itself from what it finds.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params};

use super::error::Problem;
use super::key::RawId;
use super::{chain, rows, seal};

const TABLE: &str = "tips";

/// Says that the journal of a session has so many events, and the link of the last one; of the header, before the first.
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

/// Fails unless the journal of a session, whose `there` events hang together up to `link`, is all that was kept of it.
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

/// Sets the tip of every session that has none as its journal lies there: in an older file, when it is brought up to date.
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
