//! The chain of a session: every event carries a hash of itself and of the one before it, the first one of the session's header.
//! Owns what goes into a link; refuses to give out an event whose link does not fit.
//!
//! A changed letter anywhere in a header or an event is found, and named, when it is read. It is no signature: whoever writes
//! a program to forge a study can forge its links too.

use rusqlite::Connection;
use rusqlite::types::Value;

use super::error::{Problem, StoreError};
use super::rows::{self, Header};
use super::{Study, Unreadable};
use crate::instrument::{content_hash, content_hash_of};
use crate::interview::Instant;

/// Hexadecimal digits of a link: 128 bits of SHA-256, half the room in the file.
const DIGITS: usize = 32;

/// What the first event of a session is linked to.
pub(super) fn root(header: &Header) -> String {
    // With their lengths, so that no two headers are written alike.
    // The last column is younger than the chain: a session of before has nothing there, and its links stay what they were.
    let header = match header.split_last() {
        Some((Value::Null, before)) => before,
        _ => header.as_slice(),
    };
    let parts = header.iter().map(|value| match value {
        Value::Text(text) => format!("{}:{text}", text.len()),
        Value::Integer(number) => format!("#{number}"),
        _ => "-".to_owned(),
    });
    shortened(content_hash(&parts.collect::<Vec<_>>().join(" ")))
}

/// The link of an event behind `before`.
pub(super) fn link(before: &str, at: Instant, event: &str) -> String {
    shortened(content_hash_of(&[before, " ", &at.to_string(), " ", event]))
}

fn shortened(mut hash: String) -> String {
    hash.truncate(DIGITS);
    hash
}

/// Reads a chain from its root on.
pub(super) struct Reader<'a> {
    session: &'a str,
    before: String,
    seq: usize,
}

impl<'a> Reader<'a> {
    /// At the root of a session's journals; none where the session is not there.
    pub fn of(connection: &Connection, session: &'a str) -> Result<Option<Self>, Problem> {
        let header = rows::header(connection, session)?;
        Ok(header.map(|header| Self { session, before: root(&header), seq: 0 }))
    }

    /// Takes the next event as it lies in the file: its number, instant, text and link.
    pub fn take(&mut self, seq: i64, at: Instant, event: &str, found: &str) -> Result<(), Problem> {
        if seq != self.seq as i64 {
            return Err(Problem::Damaged(format!(
                "event {} of session {} is missing",
                self.seq, self.session
            )));
        }
        if link(&self.before, at, event) != found {
            return Err(Problem::Changed { session: self.session.to_owned(), event: self.seq });
        }
        self.before.clear();
        self.before.push_str(found);
        self.seq += 1;
        Ok(())
    }
}

impl Study {
    /// Sessions of which a header or an event was changed outside relata, or cannot be read: every journal is gone through.
    pub fn changed(&self) -> Result<Vec<Unreadable>, StoreError> {
        self.read(|connection| {
            let mut changed = Vec::new();
            let mut sessions =
                connection.prepare_cached(&format!("SELECT {} FROM sessions", rows::HEADER))?;
            let mut main = connection
                .prepare_cached("SELECT seq, at, event, link FROM events WHERE session = ?1 ORDER BY seq")?;
            let mut headers = sessions.query([])?;
            while let Some(row) = headers.next()? {
                let header = rows::values(row)?;
                let (session, respondent): (String, String) = (row.get(0)?, row.get(2)?);
                let mut chain = Reader { session: &session, before: root(&header), seq: 0 };
                let mut go_through = || -> Result<(), Problem> {
                    let mut rows = main.query([&session])?;
                    while let Some(row) = rows.next()? {
                        let text = |column| row.get_ref(column).ok().and_then(|text| text.as_str().ok());
                        let (event, link) = (text(2).unwrap_or_default(), text(3).unwrap_or_default());
                        chain.take(row.get(0)?, row.get(1)?, event, link)?;
                    }
                    Ok(())
                };
                match go_through() {
                    Ok(()) => {}
                    Err(problem @ (Problem::Damaged(_) | Problem::Changed { .. })) => {
                        changed.push(Unreadable { session, respondent, problem });
                    }
                    Err(other) => return Err(other),
                }
            }
            Ok(changed)
        })
    }
}

/// Links every journal of a study that has none: those of an older file, when it is brought up to date.
pub(super) fn link_all(connection: &Connection) -> Result<(), Problem> {
    let mut sessions = connection.prepare(&format!("SELECT {} FROM sessions", rows::FORMER_HEADER))?;
    let mut headers = sessions.query([])?;
    let mut put = connection.prepare("UPDATE events SET link = ?3 WHERE session = ?1 AND seq = ?2")?;
    let mut put_beside = connection
        .prepare("UPDATE branches SET link = ?4 WHERE session = ?1 AND branch = ?2 AND seq = ?3")?;
    while let Some(row) = headers.next()? {
        let header = rows::values(row)?;
        let session: String = row.get(0)?;
        let root = root(&header);
        let mut before = root.clone();
        for (seq, at, event) in entries(connection, "events", &session, "''")? {
            before = link(&before, at, &event.1);
            put.execute((&session, seq, &before))?;
        }
        let mut branch = None;
        for (seq, at, (name, event)) in entries(connection, "branches", &session, "branch")? {
            if branch.as_ref() != Some(&name) {
                before.clone_from(&root);
                branch = Some(name.clone());
            }
            before = link(&before, at, &event);
            put_beside.execute((&session, &name, seq, &before))?;
        }
    }
    Ok(())
}

type Entry = (i64, Instant, (String, String));

fn entries(connection: &Connection, table: &str, session: &str, branch: &str) -> Result<Vec<Entry>, Problem> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT seq, at, {branch}, event FROM {table} WHERE session = ?1 ORDER BY {branch}, seq"
    ))?;
    let rows =
        statement.query_map([session], |row| Ok((row.get(0)?, row.get(1)?, (row.get(2)?, row.get(3)?))))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
