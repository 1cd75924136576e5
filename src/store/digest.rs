//! Digests: what a session comes to before it is compared with others, cached so that viewing a study does not replay thousands
//! of sessions.
//!
//! This is the one place where something derived is kept, and no part of the file's format: the table is created with the first
//! digest, and deleting it costs only time. A digest counts only while its seal (over its text and the journal that it was made
//! from) fits and the program asks for the same form. It goes with its session, and erasing wipes it like everything else.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::error::{Problem, StoreError};
use super::session::SessionId;
use super::{Study, rows};
use crate::instrument::content_hash;

/// Created when first needed.
const TABLE: &str = "CREATE TABLE IF NOT EXISTS digests (
    session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    form    TEXT NOT NULL,
    seal    TEXT NOT NULL,
    digest  TEXT NOT NULL
) STRICT, WITHOUT ROWID";

/// The table up to file version 5; version 6 drops it.
const FORMER: &str = "CREATE TABLE digests (
    session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    form    TEXT NOT NULL,
    events  INTEGER NOT NULL,
    digest  TEXT NOT NULL
) STRICT, WITHOUT ROWID";

/// Whether an entry of the schema is the table of digests.
pub(super) fn is_table(name: &str, sql: &str) -> bool {
    // SQLite drops `IF NOT EXISTS` from the statement that it stores.
    name == "digests" && (sql == FORMER || sql == TABLE.replacen("IF NOT EXISTS ", "", 1))
}

/// A digest with its seal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptDigest {
    /// Hash of the text and of the journal that it was made from.
    seal: String,
    /// The digest, in the form that its maker chose.
    pub text: String,
}

impl KeptDigest {
    /// A digest of the journal with this hash; see [`super::SessionHeader::journal`].
    pub fn of(journal: &str, text: String) -> Self {
        Self { seal: seal(journal, &text), text }
    }

    /// Whether it was made from the journal with this hash, and is unchanged since.
    pub fn is_of(&self, journal: &str) -> bool {
        self.seal == seal(journal, &self.text)
    }
}

fn seal(journal: &str, text: &str) -> String {
    content_hash(&format!("{journal} {text}"))
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
                connection.prepare_cached("SELECT session, seal, digest FROM digests WHERE form = ?1")?;
            let mut rows = statement.query([form])?;
            while let Some(row) = rows.next()? {
                let id = row.get_ref(0)?.as_str().ok().and_then(|id| id.parse().ok());
                let digest = KeptDigest { seal: rows::text(row, 1)?, text: rows::text(row, 2)? };
                // An unreadable row counts as missing, and the digest is made again.
                found.extend(id.map(|id| (id, digest)));
            }
            Ok(found)
        })
    }

    /// Keeps digests in place of earlier ones; sessions that no longer exist are skipped.
    pub fn keep_digests(&mut self, form: &str, batch: &[(SessionId, KeptDigest)]) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute_batch(TABLE)?;
            let mut statement = transaction.prepare_cached(
                "INSERT OR REPLACE INTO digests (session, form, seal, digest)
                 SELECT id, ?2, ?3, ?4 FROM sessions WHERE id = ?1",
            )?;
            for (id, digest) in batch {
                statement.execute(params![id.to_string(), form, digest.seal, digest.text])?;
            }
            Ok(())
        })
    }
}

/// Drops the digest of a session whose journal was replaced.
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
