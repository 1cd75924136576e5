//! Journals of one session that was continued in two places. Owns which of them counts and keeps the others; neither is lost.
//! Refuses to combine them, because events of two machines make no interview.
//!
//! A session's journals are a set in which none is the beginning of another: the longer of two absorbs the shorter. The join of
//! two such sets is again one, in any order, and that is all that merging does to journals.

use rusqlite::{Connection, params};
use serde::Serialize;

use super::error::{Problem, StoreError};
use super::session::SessionId;
use super::{Study, chain, digest, rows, tip};
use crate::instrument::content_hash;
use crate::interview::{Instant, SessionState, Stamped};

/// A journal of a session that doesn't count, because another one does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Branch {
    /// The session.
    pub session: SessionId,
    /// Distinguishes it from the session's other journals: SHA-256 of its events.
    pub hash: String,
    /// How many events it has.
    pub events: usize,
    /// How many of these, from the first on, the counting journal shares.
    pub shared: usize,
}

impl Branch {
    /// The first eight digits: enough for a person to identify a branch.
    pub fn short(&self) -> &str {
        self.hash.get(..8).unwrap_or(&self.hash)
    }
}

impl Study {
    /// All branches, by session.
    pub fn branches(&self) -> Result<Vec<Branch>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT session, branch, count(*) FROM branches GROUP BY session, branch ORDER BY session, branch",
            )?;
            let mut rows = statement.query([])?;
            let mut branches = Vec::new();
            while let Some(row) = rows.next()? {
                let (session, hash) = (rows::text(row, 0)?, rows::text(row, 1)?);
                // An unreadable branch is reported where its session is read; it must not hide the other sessions.
                let Ok(shared) = shared(connection, &session, &hash) else { continue };
                let Ok(session) = session.parse() else { continue };
                let events = row.get::<_, u32>(2)? as usize;
                branches.push(Branch { session, hash, events, shared });
            }
            Ok(branches)
        })
    }

    /// The events of a branch, in order.
    pub fn branch_events(&self, branch: &Branch) -> Result<Vec<Stamped>, StoreError> {
        self.read(|connection| {
            let session = branch.session.to_string();
            read(connection, BRANCH, &session, &branch.hash)?.events(&session)
        })
    }
}

const MAIN: &str = "SELECT seq, at, event, link FROM events WHERE session = ?1 AND ?2 = '' ORDER BY seq";
const BRANCH: &str =
    "SELECT seq, at, event, link FROM branches WHERE session = ?1 AND branch = ?2 ORDER BY seq";

/// A raw journal: instant and text of each event. Texts are compared and copied unchanged, so that another relata that writes
/// the same event differently can't split one journal into two.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Log(Vec<(Instant, String)>);

impl Log {
    /// Appends an event, as it is in the file.
    pub fn push(&mut self, at: Instant, text: String) {
        self.0.push((at, text));
    }

    /// The parsed events; `session` is named in an error.
    pub fn events(&self, session: &str) -> Result<Vec<Stamped>, Problem> {
        let one = |(seq, (at, text)): (usize, &(Instant, String))| {
            let event = serde_json::from_str(text).map_err(|_| unreadable(seq, session))?;
            Ok(Stamped { at: *at, event })
        };
        self.0.iter().enumerate().map(one).collect()
    }

    fn begins(&self, other: &Self) -> bool {
        other.0.starts_with(&self.0)
    }

    fn hash(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(|(at, text)| format!("{at} {text}")).collect();
        content_hash(&lines.join("\n"))
    }

    /// The greatest counts. A withdrawal outweighs everything else, because a respondent who withdrew must not come back
    /// through a merge; then more events; then the hash, which only has to be the same everywhere.
    fn rank(&self) -> (bool, usize, String) {
        let last = self.0.last().and_then(|(_, text)| serde_json::from_str(text).ok());
        let withdrawn = last.is_some_and(|event| SessionState::after(&event) == SessionState::Withdrawn);
        (withdrawn, self.0.len(), self.hash())
    }
}

/// The error for an event that this relata doesn't know.
pub(super) fn unreadable(seq: usize, session: &str) -> Problem {
    Problem::Damaged(format!("event {seq} of session {session} cannot be read"))
}

/// The `logs` that are not the beginning of another one; the one that counts first.
pub(super) fn maximal(logs: Vec<Log>) -> Vec<Log> {
    let mut kept: Vec<Log> = Vec::new();
    for log in logs {
        if !kept.iter().any(|other| log.begins(other)) {
            kept.retain(|other| !other.begins(&log));
            kept.push(log);
        }
    }
    if kept.len() > 1 {
        kept.sort_by_cached_key(|log| std::cmp::Reverse(log.rank()));
    }
    kept
}

/// The journal of a session that counts.
pub(super) fn journal(connection: &Connection, session: &str) -> Result<Log, Problem> {
    read(connection, MAIN, session, "")
}

/// All journals of a session, the one that counts first.
pub(super) fn logs(connection: &Connection, session: &str) -> Result<Vec<Log>, Problem> {
    let mut logs = vec![journal(connection, session)?];
    let mut statement = connection
        .prepare_cached("SELECT DISTINCT branch FROM branches WHERE session = ?1 ORDER BY branch")?;
    let mut rows = statement.query([session])?;
    while let Some(row) = rows.next()? {
        logs.push(read(connection, BRANCH, session, &row.get::<_, String>(0)?)?);
    }
    Ok(logs)
}

/// Replaces the journals of a session by these; the first is the one that counts.
pub(super) fn replace(connection: &Connection, session: &str, logs: &[Log]) -> Result<(), Problem> {
    for table in ["events", "branches"] {
        connection.prepare_cached(&format!("DELETE FROM {table} WHERE session = ?1"))?.execute([session])?;
    }
    // The digest may have been made from a journal of the same length.
    digest::forget(connection, session)?;
    let Some((main, others)) = logs.split_first() else { return Ok(()) };
    let Some(header) = rows::header(connection, session)? else { return Ok(()) };
    let root = chain::root(&header);
    let mut insert = connection
        .prepare_cached("INSERT INTO events (session, seq, at, event, link) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut link = root.clone();
    for (seq, (at, event)) in main.0.iter().enumerate() {
        link = chain::link(&link, *at, event);
        insert.execute(params![session, seq as i64, at, event, link])?;
    }
    tip::set(connection, &session.into(), main.0.len(), &link)?;
    for branch in others {
        let hash = branch.hash();
        let mut insert = connection.prepare_cached(
            "INSERT INTO branches (session, branch, seq, at, event, link) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?;
        let mut link = root.clone();
        for (seq, (at, event)) in branch.0.iter().enumerate() {
            link = chain::link(&link, *at, event);
            insert.execute(params![session, hash, seq as i64, at, event, link])?;
        }
    }
    Ok(())
}

fn read(connection: &Connection, statement: &str, session: &str, branch: &str) -> Result<Log, Problem> {
    let mut log = Log::default();
    let _snapshot = rows::snapshot(connection)?;
    let Some(mut chain) = chain::ChainReader::of(connection, session)? else { return Ok(log) };
    let mut statement = connection.prepare_cached(statement)?;
    let mut rows = statement.query([session, branch])?;
    while let Some(row) = rows.next()? {
        let (at, text): (Instant, String) = (row.get(1)?, row.get(2)?);
        chain.take(row.get(0)?, at, &text, row.get_ref(3)?.as_str().unwrap_or_default())?;
        log.push(at, text);
    }
    match branch {
        "" => chain.end(connection)?,
        // A branch is named by the hash of its events.
        name if name == log.hash() => {}
        _ => {
            let what = format!(
                "a journal of session {session} that does not count was changed or cut outside relata"
            );
            return Err(Problem::Damaged(what));
        }
    }
    Ok(log)
}

/// Number of events at the beginning that the branch and the counting journal share.
fn shared(connection: &Connection, session: &str, branch: &str) -> Result<usize, Problem> {
    let main = read(connection, MAIN, session, "")?;
    let branch = read(connection, BRANCH, session, branch)?;
    Ok(main.0.iter().zip(&branch.0).take_while(|(one, other)| one == other).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(events: &[&str]) -> Log {
        Log(events.iter().enumerate().map(|(at, text)| (at as Instant, (*text).to_owned())).collect())
    }

    #[test]
    fn the_longer_takes_the_shorter_in_and_what_parted_stays() {
        let (short, long) = (log(&["a"]), log(&["a", "b"]));
        assert_eq!(maximal(vec![short.clone(), long.clone(), log(&[])]), vec![long.clone()]);
        let other = log(&["a", "c", "d"]);
        assert_eq!(maximal(vec![long.clone(), other.clone(), short]), [other, long]);
        assert_eq!(maximal(vec![log(&[]), log(&[])]), [log(&[])]);
    }

    #[test]
    fn a_withdrawal_outweighs_more_events() {
        let (withdrawn, longer) = (log(&["\"back\"", "\"withdrawn\""]), log(&["\"back\"", "b", "c"]));
        assert_eq!(maximal(vec![longer.clone(), withdrawn.clone()]), [withdrawn, longer]);
    }
}
