//! The chain of a session: every event carries a hash of itself and of the one before it, the first one of the session's header.
//! Owns what goes into a link; refuses to give out an event whose link does not fit.
//!
//! A changed letter in a header or an event is found, and named, when it is read. This is no signature: a program written to
//! forge a study can forge its links too.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::error::{Problem, StoreError};
use super::key::RawId;
use super::rows::{self, HeaderRow};
use super::{Study, Unreadable, seal, tip};
use crate::instrument::{content_hash, content_hash_of};
use crate::interview::Instant;

/// Hexadecimal digits of a link: 128 bits of SHA-256, half the room in the file.
const DIGITS: usize = 32;

/// What the first event of a session is linked to.
pub(super) fn root(header: &HeaderRow) -> String {
    shortened(content_hash(&written(header)))
}

/// The hash of a row of a table.
pub(super) fn sealed(table: &str, row: &[Value]) -> String {
    shortened(content_hash_of(&[table, " ", &written(row)]))
}

/// A row in one line, with the lengths of texts, so that no two different rows are written alike. An empty last column is left
/// out: the header's last column is younger than seals and chains, and older hashes must stay valid.
fn written(row: &[Value]) -> String {
    let row = match row.split_last() {
        Some((Value::Null, before)) => before,
        _ => row,
    };
    let parts = row.iter().map(|value| match value {
        Value::Text(text) => format!("{}:{text}", text.len()),
        Value::Integer(number) => format!("#{number}"),
        Value::Blob(bytes) => format!("~{}:{}", bytes.len(), String::from_utf8_lossy(bytes)),
        _ => "-".to_owned(),
    });
    parts.collect::<Vec<_>>().join(" ")
}

/// The link of an event that follows the link `before`.
pub(super) fn link(before: &str, at: Instant, event: &str) -> String {
    shortened(content_hash_of(&[before, " ", &at.to_string(), " ", event]))
}

fn shortened(mut hash: String) -> String {
    hash.truncate(DIGITS);
    hash
}

/// Walks a chain from its root.
pub(super) struct ChainReader<'a> {
    session: &'a str,
    before: String,
    seq: usize,
}

impl<'a> ChainReader<'a> {
    /// At the root of a session's journals; `None` where the session does not exist.
    pub fn of(connection: &Connection, session: &'a str) -> Result<Option<Self>, Problem> {
        let header = rows::header(connection, session)?;
        Ok(header.map(|header| Self { session, before: root(&header), seq: 0 }))
    }

    /// Checks the next event as the file has it: its number, instant, text and link.
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

    /// Fails unless the events taken are the whole journal that counts.
    pub fn end(&self, connection: &Connection) -> Result<(), Problem> {
        tip::check(connection, self.session, self.seq, &self.before)
    }
}

impl Study {
    /// Sessions with a header or an event that was changed outside relata or cannot be read, and rows of sessions that have no
    /// header. Walks every journal.
    pub fn changed(&self) -> Result<Vec<Unreadable>, StoreError> {
        let damaged = self.damage.is_some();
        self.read(|connection| {
            let _snapshot = rows::snapshot(connection)?;
            let mut changed = Vec::new();
            let mut sessions =
                connection.prepare_cached(&format!("SELECT {}, seal FROM sessions", rows::HEADER))?;
            let mut main = connection
                .prepare_cached("SELECT seq, at, event, link FROM events WHERE session = ?1 ORDER BY seq")?;
            let mut headers = sessions.query([])?;
            while let Some(row) = headers.next()? {
                let mut header = rows::values(row)?;
                let (id, respondent): (RawId, String) = (row.get(0)?, rows::text(row, 2)?);
                let session = id.to_string();
                let as_sealed = seal::fits("sessions", &header);
                header.pop();
                let mut chain = ChainReader { session: &session, before: root(&header), seq: 0 };
                let mut go_through = || -> Result<(), Problem> {
                    if !as_sealed {
                        return Err(Problem::Changed { session: session.clone(), event: 0 });
                    }
                    let mut rows = main.query([&id])?;
                    while let Some(row) = rows.next()? {
                        let text = |column| row.get_ref(column).ok().and_then(|text| text.as_str().ok());
                        let (event, link) = (text(2).unwrap_or_default(), text(3).unwrap_or_default());
                        chain.take(row.get(0)?, row.get(1)?, event, link)?;
                    }
                    chain.end(connection)
                };
                match go_through() {
                    Ok(()) => {}
                    Err(problem) if problem.is_of_a_session() => {
                        changed.push(Unreadable { session, respondent, problem, damaged });
                    }
                    Err(other) => return Err(other),
                }
            }
            let nobodys = |(id, rows): (RawId, usize)| Unreadable {
                session: id.to_string(),
                respondent: String::new(),
                problem: Problem::Damaged(format!(
                    "the header of it is missing, and {rows} rows of it are there"
                )),
                damaged,
            };
            changed.extend(orphans(connection)?.into_iter().map(nobodys));
            Ok(changed)
        })
    }

    /// Rows of sessions that have no header: the id and the number of rows.
    pub fn orphans(&self) -> Result<Vec<(RawId, usize)>, StoreError> {
        self.read(orphans)
    }
}

/// Tables whose rows are erased with their session.
pub(super) const OF_SESSIONS: [&str; 10] = [
    "events",
    "branches",
    "truths",
    "codes",
    "code_drafts",
    "answer_drafts",
    "renames",
    "tips",
    "transcripts",
    "advised",
];

/// See [`Study::orphans`].
pub(super) fn orphans(connection: &Connection) -> Result<Vec<(RawId, usize)>, Problem> {
    let mut found: BTreeMap<RawId, usize> = BTreeMap::new();
    for table in OF_SESSIONS {
        // Reads every row, because an index look-up would miss an id with a wrong letter.
        let mut statement = connection.prepare_cached(&format!(
            "SELECT session, count(*) FROM {table} GROUP BY session HAVING session NOT IN (SELECT id FROM sessions)"
        ))?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            *found.entry(row.get(0)?).or_default() += row.get::<_, u32>(1)? as usize;
        }
    }
    Ok(found.into_iter().collect())
}

/// Links every journal of an older file that has no links yet.
pub(super) fn link_all(connection: &Connection) -> Result<(), Problem> {
    let mut sessions = connection.prepare(&format!("SELECT {} FROM sessions", rows::FORMER_HEADER))?;
    let mut headers = sessions.query([])?;
    let mut put = connection.prepare("UPDATE events SET link = ?3 WHERE session = ?1 AND seq = ?2")?;
    let mut put_beside = connection
        .prepare("UPDATE branches SET link = ?4 WHERE session = ?1 AND branch = ?2 AND seq = ?3")?;
    while let Some(row) = headers.next()? {
        let header = rows::values(row)?;
        let session: RawId = row.get(0)?;
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

fn entries(
    connection: &Connection,
    table: &str,
    session: &RawId,
    branch: &str,
) -> Result<Vec<Entry>, Problem> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT seq, at, {branch}, event FROM {table} WHERE session = ?1 ORDER BY {branch}, seq"
    ))?;
    let rows = statement.query_map([session], |row| {
        Ok((row.get(0)?, row.get(1)?, (rows::text(row, 2)?, rows::text(row, 3)?)))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
