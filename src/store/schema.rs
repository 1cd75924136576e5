//! The tables of a study file, and the migrations that bring an older file up to date. Owns the file version; refuses to change
//! a released migration: a new shape is a new entry.
//!
//! A new variant of an event, a mode or a reply needs a new entry as well, even an empty one, so that an older relata reports a
//! newer file and not a damaged one.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Problem, Takeover};
use super::{chain, digest, fitted, roll, seal, tip};

/// Marks a file as a study: "rlta" in ASCII, in SQLite's header field for this.
pub(super) const APPLICATION_ID: u32 = 0x726c_7461;

/// Entry *n* turns file version *n* into *n* + 1; version 0 is an empty file.
pub(super) const MIGRATIONS: &[&str] = &[
    FIRST,
    TIMED_SORTING,
    CODES,
    BRANCHES,
    ANSWER_DRAFTS,
    LINKS,
    SEALS,
    RENAMES,
    TIPS,
    IMPORTS,
    SHEETS,
    ABOUT,
    BLIND_CODING,
    TRANSCRIPTS,
    ADVISED,
];

/// The file version in which journals get their links, which SQL alone can't compute.
const LINKED: usize = 6;
/// The file version in which the rows beside the journals get their seals.
const SEALED: usize = 7;
/// The file version in which the roll begins.
const COUNTED: usize = 9;

/// Seeds are text because they use all 64 bits, and SQLite's integers are signed. The study's id comes from SQLite's own random
/// numbers: it only has to be unique, and no result depends on it.
///
/// Triggers in the file itself refuse every update of a session or an event. Rows are deleted only when a session is erased.
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

/// Timed sorting added the replies `sorted` and `not_timed`.
const TIMED_SORTING: &str = "";

/// Coders' codes, which are never edited, and their drafts, which are overwritten.
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

/// Whole journals of sessions that were continued in two places, apart from the one that counts.
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

/// Unanswered entries at a prompt: overwritten while the respondent types, and deleted with the answer.
const ANSWER_DRAFTS: &str = "
CREATE TABLE answer_drafts (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    item    TEXT NOT NULL,
    step    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    draft   TEXT NOT NULL,
    PRIMARY KEY (session, item, step)
) STRICT, WITHOUT ROWID;
";

/// Every event gets a hash of itself and of the one before it. And, because a log may be left beside a file that it does not
/// belong to, the file gets an id of its own, which no merge changes, and a count of its writes. Both lie in the page that
/// every write changes, so that every log identifies its file. Earlier digests are dropped: they record the number of events,
/// and not which.
const LINKS: &str = "
DROP TRIGGER events_stay;
DROP TRIGGER branches_stay;
ALTER TABLE events ADD COLUMN link TEXT NOT NULL DEFAULT '';
ALTER TABLE branches ADD COLUMN link TEXT NOT NULL DEFAULT '';
DROP TABLE IF EXISTS digests;
INSERT INTO meta VALUES ('file', lower(hex(randomblob(16)))), ('writes', '0');
";

/// The triggers that were removed while the journals were linked.
const GUARDS: &str = "
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'an event is never edited'); END;
CREATE TRIGGER branches_stay BEFORE UPDATE ON branches
BEGIN SELECT raise(ABORT, 'an event is never edited'); END;
";

/// A hash in every independent row; see [`super::seal`]. The indexes beside the tables are dropped: an index is a copy that no
/// seal covers, and the lists looked up by respondent or session are short.
const SEALS: &str = "
DROP INDEX sessions_by_respondent;
DROP INDEX codes_by_session;
DROP TRIGGER sessions_stay;
DROP TRIGGER codes_stay;
ALTER TABLE meta ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE instruments ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE truths ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE tombstones ADD COLUMN seal TEXT NOT NULL DEFAULT '';
ALTER TABLE codes ADD COLUMN seal TEXT NOT NULL DEFAULT '';
";

/// The triggers that were removed while the rows were sealed.
const GUARDS_OF_ROWS: &str = "
CREATE TRIGGER sessions_stay BEFORE UPDATE ON sessions
BEGIN SELECT raise(ABORT, 'a session header is never edited'); END;
CREATE TRIGGER codes_stay BEFORE UPDATE ON codes
BEGIN SELECT raise(ABORT, 'a code is never edited'); END;
";

/// Renamings of respondents, and the offset of local time from UTC, in minutes, when a session began.
const RENAMES: &str = "
CREATE TABLE renames (
    session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    at      INTEGER NOT NULL,
    id      TEXT NOT NULL,
    code    TEXT NOT NULL,
    why     TEXT NOT NULL,
    PRIMARY KEY (session, at, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER renames_stay BEFORE UPDATE ON renames
BEGIN SELECT raise(ABORT, 'a renaming is never edited'); END;

ALTER TABLE sessions ADD COLUMN utc_offset INTEGER;
";

/// The length of every journal, see [`super::tip`], and the roll, see [`super::roll`]. From this version on sessions also come
/// from browsers, paper and other programs.
const TIPS: &str = "
CREATE TABLE tips (
    session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    events  INTEGER NOT NULL,
    link    TEXT NOT NULL,
    seal    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Imported answers added the event `imported` and skipped rows of a grid.
const IMPORTS: &str = "";

/// Paper sheets: what each person read off one until it becomes a session, whose id it already has. Answers from paper added
/// the event `sheet` and the reply `unread`.
const SHEETS: &str = "
CREATE TABLE sheets (
    session    TEXT NOT NULL,
    id         TEXT NOT NULL,
    begun      INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    instrument TEXT NOT NULL,
    sheet      TEXT NOT NULL,
    respondent TEXT NOT NULL,
    entry      TEXT NOT NULL,
    PRIMARY KEY (session, id)
) STRICT, WITHOUT ROWID;
";

/// The study's fields, which are overwritten, and frozen plans, which are not; see [`super::about`].
const ABOUT: &str = "
CREATE TABLE fields (
    field TEXT PRIMARY KEY,
    at    INTEGER NOT NULL,
    value TEXT NOT NULL,
    seal  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE plans (
    id   TEXT PRIMARY KEY,
    at   INTEGER NOT NULL,
    plan TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER plans_stay BEFORE UPDATE ON plans
BEGIN SELECT raise(ABORT, 'a plan is never edited'); END;
CREATE TRIGGER plans_remain BEFORE DELETE ON plans
BEGIN SELECT raise(ABORT, 'a plan is never taken away'); END;
";

/// Coders' permissions are fields, codes record what the coder was shown and which passages are evidence, and events record the
/// consent wording: an older relata would show a coder what this study hides.
const BLIND_CODING: &str = "";

/// Transcripts, turn by turn, overwritten like fields; see [`super::transcripts`].
const TRANSCRIPTS: &str = "
CREATE TABLE transcripts (
    session    TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    id         TEXT NOT NULL,
    at         INTEGER NOT NULL,
    transcript TEXT NOT NULL,
    seal       TEXT NOT NULL,
    PRIMARY KEY (session, id)
) STRICT, WITHOUT ROWID;
";

/// Advice as it was shown, append-only; see [`super::advised`].
const ADVISED: &str = "
CREATE TABLE advised (
    session       TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    other_session TEXT REFERENCES sessions (id) ON DELETE CASCADE,
    id            TEXT NOT NULL,
    at            INTEGER NOT NULL,
    advice        TEXT NOT NULL,
    PRIMARY KEY (session, id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER advised_stay BEFORE UPDATE ON advised
BEGIN SELECT raise(ABORT, 'an advice that was shown is never edited'); END;
";

/// The version of the file, 0 for an empty one.
pub(super) fn version(connection: &Connection) -> Result<usize, Problem> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| Problem::NotAStudy)
}

/// SQLite's count of layout changes.
pub(super) fn layout(connection: &Connection) -> Result<i64, Problem> {
    Ok(connection.pragma_query_value(None, "schema_version", |row| row.get(0))?)
}

/// Fails where another program than relata changed the layout; else updates `known`.
pub(super) fn still_ours(connection: &Connection, known: &mut i64) -> Result<(), Problem> {
    let (now, version) = (layout(connection)?, version(connection)?);
    if version > MIGRATIONS.len() {
        return Err(Problem::Newer { found: version, known: MIGRATIONS.len() });
    }
    if now != *known {
        compare(connection).map_err(|problem| match problem {
            Problem::Foreign(what) => {
                let what = what.trim_start_matches("the ").to_owned();
                Problem::Replaced { how: Takeover::Foreign(what), aside: None }
            }
            other => other,
        })?;
        *known = now;
    }
    Ok(())
}

/// A table, index, trigger or view in SQLite's schema: type, name, table, and the statement that made it.
type Entry = (String, String, String, String);

fn entries(connection: &Connection) -> Result<BTreeSet<Entry>, Problem> {
    let mut statement = connection
        .prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE type <> 'view'")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The schema of a file of this version, built afresh in memory.
fn expected(version: usize) -> Result<BTreeSet<Entry>, Problem> {
    static TODAY: OnceLock<BTreeSet<Entry>> = OnceLock::new();
    if let Some(known) = TODAY.get().filter(|_| version == MIGRATIONS.len()) {
        return Ok(known.clone());
    }
    let mut fresh = Connection::open_in_memory()?;
    if version > 0 {
        migrate(&mut fresh, MIGRATIONS.get(..version).unwrap_or(MIGRATIONS))?;
    }
    let known = entries(&fresh)?;
    if version == MIGRATIONS.len() {
        // Another thread may have set it first, to the same value.
        let _ = TODAY.set(known.clone());
    }
    Ok(known)
}

/// Whether an entry is a table of what can be worked out again.
fn is_cache(name: &str, sql: &str) -> bool {
    digest::is_table(name, sql) || fitted::is_table(name, sql)
}

/// Refuses a file with anything that relata did not create: a trigger could rewrite answers, a view could replace a table and
/// never finish, and a foreign table's rows would survive every erasing.
pub(super) fn compare(connection: &Connection) -> Result<(), Problem> {
    // Views first, because a view may have any name.
    let view = "SELECT name FROM sqlite_schema WHERE type = 'view' LIMIT 1";
    if let Some(row) = connection.prepare(view)?.query([])?.next()? {
        return Err(Problem::Foreign(format!("the view `{}`", row.get::<_, String>(0)?)));
    }
    let (expected, found) = (expected(version(connection)?)?, entries(connection)?);
    let known = |entry: &&Entry| expected.contains(*entry) || is_cache(&entry.1, &entry.3);
    if let Some((kind, name, ..)) = found.iter().find(|entry| !known(entry)) {
        // Reports a change to one of relata's own tables as such, so that nobody deletes the whole table because of a foreign
        // column.
        let is_ours = expected.iter().any(|entry| (&entry.0, &entry.1) == (kind, name));
        let what = if is_ours { "a change to the" } else { "the" };
        return Err(Problem::Foreign(format!("{what} {kind} `{name}`")));
    }
    match expected.difference(&found).next() {
        Some((kind, name, ..)) => Err(Problem::Damaged(format!("the {kind} `{name}` is missing"))),
        None => Ok(()),
    }
}

/// Applies the missing entries of `migrations`, all or none.
pub(super) fn migrate(connection: &mut Connection, migrations: &[&str]) -> Result<(), Problem> {
    let known = migrations.len();
    if version(connection)? == known {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Checked again under the lock: another relata may have migrated the file in between.
    let found = version(&transaction)?;
    let lacking = migrations.get(found..).ok_or(Problem::Newer { found, known })?;
    for (version, migration) in (found + 1..).zip(lacking) {
        transaction.execute_batch(migration)?;
        if version == LINKED {
            chain::link_all(&transaction)?;
            transaction.execute_batch(GUARDS)?;
        }
        if version == SEALED {
            seal::seal_all(&transaction)?;
            transaction.execute_batch(GUARDS_OF_ROWS)?;
        }
        if version == COUNTED {
            tip::set_missing(&transaction)?;
            roll::begin(&transaction)?;
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known as i64)?;
    transaction.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A study as the current relata creates it.
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
        // The result is too new for a program that lacks the last migration.
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
