//! Digests: what a session comes to before it is compared with others, kept so that thousands of them need not be replayed
//! to look at a study.
//!
//! The one place where something derived is kept, and no part of the file's format: the table comes into being when the first
//! digest is kept, an older program does not see it, and whoever deletes it loses time and nothing else. A digest counts
//! only while the session has as many events as it had then and while the program that asks makes digests of the same form;
//! it goes with its session, and erasing wipes it like everything else.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::Study;
use super::error::{Problem, StoreError};
use super::session::SessionId;

/// The table, made when it is first needed.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS digests (
    session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    form    TEXT NOT NULL,
    events  INTEGER NOT NULL,
    digest  TEXT NOT NULL
) STRICT, WITHOUT ROWID";

/// A digest as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDigest {
    /// Events that the session had then.
    pub events: usize,
    /// The digest, in whatever form its maker chose.
    pub text: String,
}

impl Study {
    /// All digests of a form.
    pub fn digests(&self, form: &str) -> Result<BTreeMap<SessionId, KeptDigest>, StoreError> {
        self.read(|connection| {
            let mut found = BTreeMap::new();
            if !is_there(connection)? {
                return Ok(found);
            }
            let mut statement =
                connection.prepare_cached("SELECT session, events, digest FROM digests WHERE form = ?1")?;
            let mut rows = statement.query([form])?;
            while let Some(row) = rows.next()? {
                let id = row.get_ref(0)?.as_str().ok().and_then(|id| id.parse().ok());
                let digest = KeptDigest { events: row.get::<_, u32>(1)? as usize, text: row.get(2)? };
                // A row that cannot be read is as good as none: it is made again.
                found.extend(id.map(|id| (id, digest)));
            }
            Ok(found)
        })
    }

    /// Keeps digests, in the place of those that were there. Sessions that are gone by now are passed over.
    pub fn keep_digests(&mut self, form: &str, batch: &[(SessionId, KeptDigest)]) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute_batch(TABLE)?;
            let mut statement = transaction.prepare_cached(
                "INSERT OR REPLACE INTO digests (session, form, events, digest)
                 SELECT id, ?2, ?3, ?4 FROM sessions WHERE id = ?1",
            )?;
            for (id, digest) in batch {
                statement.execute(params![id.to_string(), form, digest.events as i64, digest.text])?;
            }
            Ok(())
        })
    }
}

/// Drops the digest of a session whose journal gave way to another one.
pub(super) fn forget(connection: &Connection, session: &str) -> Result<(), Problem> {
    if is_there(connection)? {
        connection.prepare_cached("DELETE FROM digests WHERE session = ?1")?.execute([session])?;
    }
    Ok(())
}

fn is_there(connection: &Connection) -> Result<bool, Problem> {
    let asked = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'digests'";
    Ok(connection.prepare_cached(asked)?.exists([])?)
}
