//! The tables of a study file, and how an older file becomes one of today. Owns the file version; refuses to change a
//! migration that was ever released: a new shape is a new entry.
//!
//! A new variant of an event, a mode or a reply needs a new entry as well, be it an empty one: an older relata must say
//! that the file is newer, and not that it is damaged.

use rusqlite::{Connection, TransactionBehavior};

use super::error::Problem;

/// Marks a file as a study: "rlta" in ASCII, in the place that SQLite keeps for this.
pub(super) const APPLICATION_ID: u32 = 0x726c_7461;

/// Entry *n* turns file version *n* into *n* + 1; version 0 is an empty file.
pub(super) const MIGRATIONS: &[&str] = &[FIRST, TIMED_SORTING, CODES, BRANCHES];

/// Seeds are text because they use all 64 bits, and SQLite's integers have a sign. The study's id comes from SQLite's
/// own dice: it only has to differ from every other one, and no result depends on it.
///
/// The journal guards itself: an update of a session or an event is refused by the file, whoever attempts it. Rows go
/// only when a session is erased.
const FIRST: &str = "
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('study', lower(hex(randomblob(16))));

CREATE TABLE instruments (
    hash    TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    version TEXT NOT NULL,
    text    TEXT NOT NULL
) STRICT;

CREATE TABLE sessions (
    id          TEXT PRIMARY KEY,
    instrument  TEXT NOT NULL REFERENCES instruments (hash),
    respondent  TEXT NOT NULL,
    interviewer TEXT,
    begun_at    INTEGER NOT NULL,
    seed        TEXT NOT NULL,
    language    TEXT NOT NULL,
    fields      TEXT NOT NULL,
    mode        TEXT NOT NULL,
    test        INTEGER NOT NULL,
    relata      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX sessions_by_respondent ON sessions (respondent);

CREATE TABLE events (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    event   TEXT NOT NULL,
    PRIMARY KEY (session, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE truths (
    session     TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    model       TEXT NOT NULL,
    other_model TEXT NOT NULL,
    code        TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstones (
    session   TEXT PRIMARY KEY,
    erased_on TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER sessions_stay BEFORE UPDATE ON sessions
BEGIN SELECT raise(ABORT, 'a session header is never edited'); END;
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'an event is never edited'); END;
";

/// Timed sorting brought the replies `sorted` and `not_timed`.
const TIMED_SORTING: &str = "";

/// Coders' codes, which are never edited, and what coders have entered and not yet saved, which is.
const CODES: &str = "
CREATE TABLE codes (
    id        TEXT PRIMARY KEY,
    session   TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    coder     TEXT NOT NULL,
    at        INTEGER NOT NULL,
    consensus INTEGER NOT NULL,
    code      TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX codes_by_session ON codes (session);

CREATE TABLE code_drafts (
    session   TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    coder     TEXT NOT NULL,
    consensus INTEGER NOT NULL,
    at        INTEGER NOT NULL,
    draft     TEXT NOT NULL,
    PRIMARY KEY (session, coder, consensus)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER codes_stay BEFORE UPDATE ON codes
BEGIN SELECT raise(ABORT, 'a code is never edited'); END;
";

/// Journals of sessions that were continued in two places, whole, beside the one that counts.
const BRANCHES: &str = "
CREATE TABLE branches (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    branch  TEXT NOT NULL,
    seq     INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    event   TEXT NOT NULL,
    PRIMARY KEY (session, branch, seq)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER branches_stay BEFORE UPDATE ON branches
BEGIN SELECT raise(ABORT, 'an event is never edited'); END;
";

/// The version of the file, 0 where nothing is in it yet.
pub(super) fn version(connection: &Connection) -> Result<usize, Problem> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| Problem::NotAStudy)
}

/// Applies what the file lacks of `migrations`, all or nothing.
pub(super) fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), Problem> {
    let known = migrations.len();
    if version(connection)? == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Asked again under the lock: another relata may have done it in between.
    let found = version(&transaction)?;
    let lacking = migrations.get(found..).ok_or(Problem::Newer { found, known })?;
    for migration in lacking {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known as i64)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A study as today's relata begins one.
    fn first() -> Connection {
        let mut connection = Connection::open_in_memory().unwrap();
        migrate(&mut connection, MIGRATIONS).unwrap();
        connection
    }

    fn study_id(connection: &Connection) -> String {
        connection.query_row("SELECT value FROM meta WHERE key = 'study'", [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn a_migration_is_applied_once_and_keeps_what_is_there() {
        let next = [MIGRATIONS, &["CREATE TABLE later (x); INSERT INTO later VALUES (1)"]].concat();
        let mut connection = first();
        let id = study_id(&connection);
        for _ in 0..2 {
            migrate(&mut connection, &next).unwrap();
        }
        let rows: i64 = connection.query_row("SELECT count(*) FROM later", [], |row| row.get(0)).unwrap();
        assert_eq!((rows, version(&connection).unwrap()), (1, next.len()));
        assert_eq!(study_id(&connection), id);
        // And then it is too new for a program that lacks the last one.
        let (found, known) = (next.len(), MIGRATIONS.len());
        assert_eq!(migrate(&mut connection, MIGRATIONS), Err(Problem::Newer { found, known }));
    }

    #[test]
    fn a_migration_that_fails_leaves_nothing_behind() {
        let next = [MIGRATIONS, &["CREATE TABLE later (x)", "INSERT INTO nowhere VALUES (1)"]].concat();
        let mut connection = first();
        assert!(migrate(&mut connection, &next).is_err());
        assert_eq!(version(&connection).unwrap(), MIGRATIONS.len());
        assert!(connection.prepare("SELECT * FROM later").is_err());
    }

    #[test]
    fn two_studies_have_different_ids() {
        assert_ne!(study_id(&first()), study_id(&first()));
        assert_eq!(study_id(&first()).len(), 32);
    }
}
