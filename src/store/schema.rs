//! The tables of a study file, and how an older file becomes one of today. Owns the file version; refuses to change a
//! migration that was ever released: a new shape is a new entry.
//!
//! A new variant of an event, a mode or a reply needs a new entry as well, be it an empty one: an older relata must say
//! that the file is newer, and not that it is damaged.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use rusqlite::{Connection, TransactionBehavior};

use super::error::{Problem, Takeover};
use super::{chain, digest, roll, seal, tip};

/// Marks a file as a study: "rlta" in ASCII, in the place that SQLite keeps for this.
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

/// The file version whose making links the journals, which SQL alone cannot.
const LINKED: usize = 6;
/// The file version whose making seals the rows beside them.
const SEALED: usize = 7;
/// The file version whose making counts what is there.
const COUNTED: usize = 9;

/// Seeds are text because they use all 64 bits, and SQLite's integers have a sign. The study's id comes from SQLite's
/// own random numbers: it only has to differ from every other one, and no result depends on it.
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

/// What has been entered at a prompt and not answered: overwritten as long as somebody types, and gone with the answer.
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

/// A hash in every event of itself and of the one before it. And, because a log may be left beside a file that it is not the log
/// of: what tells this very file from every other one, whatever is merged into it, and a count of its writes. Both lie in the
/// page that every write changes, so that every log says whose it is. Digests of before are dropped: they know how many events there
/// were, and not which.
const LINKS: &str = "
DROP TRIGGER events_stay;
DROP TRIGGER branches_stay;
ALTER TABLE events ADD COLUMN link TEXT NOT NULL DEFAULT '';
ALTER TABLE branches ADD COLUMN link TEXT NOT NULL DEFAULT '';
DROP TABLE IF EXISTS digests;
INSERT INTO meta VALUES ('file', lower(hex(randomblob(16)))), ('writes', '0');
";

/// The guards that stood aside while the journals were linked.
const GUARDS: &str = "
CREATE TRIGGER events_stay BEFORE UPDATE ON events
BEGIN SELECT raise(ABORT, 'an event is never edited'); END;
CREATE TRIGGER branches_stay BEFORE UPDATE ON branches
BEGIN SELECT raise(ABORT, 'an event is never edited'); END;
";

/// A hash in every row that stands by itself; see [`super::seal`]. And no index any more beside the tables themselves: an index is
/// a copy that nothing vouches for, and what is asked by respondent or by session is a short list.
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

/// The guards that stood aside while the rows were sealed.
const GUARDS_OF_ROWS: &str = "
CREATE TRIGGER sessions_stay BEFORE UPDATE ON sessions
BEGIN SELECT raise(ABORT, 'a session header is never edited'); END;
CREATE TRIGGER codes_stay BEFORE UPDATE ON codes
BEGIN SELECT raise(ABORT, 'a code is never edited'); END;
";

/// Other codes of respondents, and how far the clock on the wall was ahead of UTC when a session began.
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

/// How long every journal is, see [`super::tip`]; and with it the roll, see [`super::roll`]. From this version on sessions also come from
/// browsers, paper and other programs.
const TIPS: &str = "
CREATE TABLE tips (
    session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    events  INTEGER NOT NULL,
    link    TEXT NOT NULL,
    seal    TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// Answers that were given elsewhere brought the event `imported` and rows of a grid that were passed over.
const IMPORTS: &str = "";

/// Sheets of paper: what each person read off one, until it becomes a session, which has its id already. Answers from paper brought the
/// event `sheet` and the replies `unread`.
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

/// What a study says of itself, which is overwritten, and what was decided beforehand, which is not; see [`super::about`].
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

/// What a coder may be shown is settled among the fields, codes say what their coders were shown and which passages are evidence, and
/// events which words for consent were shown: an older relata would show a coder what this study hides.
const BLIND_CODING: &str = "";

/// What was said aloud, turn by turn, which is overwritten as a field is; see [`super::transcripts`].
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

/// Advice as it was shown, which is appended; see [`super::advised`].
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

/// The version of the file, 0 where nothing is in it yet.
pub(super) fn version(connection: &Connection) -> Result<usize, Problem> {
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    usize::try_from(version).map_err(|_| Problem::NotAStudy)
}

/// How often the layout of the file was changed.
pub(super) fn layout(connection: &Connection) -> Result<i64, Problem> {
    Ok(connection.pragma_query_value(None, "schema_version", |row| row.get(0))?)
}

/// Refuses where the layout was changed since by somebody else than relata; `known` is then what it is now.
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

/// What a database says of one of its tables, indices, triggers or views: type, name, table, and how it was made.
type Entry = (String, String, String, String);

fn entries(connection: &Connection) -> Result<BTreeSet<Entry>, Problem> {
    let mut statement = connection
        .prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema WHERE type <> 'view'")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// What a file of this version holds, made anew in memory.
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
        // Another thread may have been first; it says the same.
        let _ = TODAY.set(known.clone());
    }
    Ok(known)
}

/// Refuses a file that holds anything else than relata puts into it: a trigger could rewrite answers, a view can stand in a
/// table's place and never come to an end, and what lies in a table of somebody else survives every erasing.
pub(super) fn compare(connection: &Connection) -> Result<(), Problem> {
    // Asked first: a view may have the name of anything.
    let view = "SELECT name FROM sqlite_schema WHERE type = 'view' LIMIT 1";
    if let Some(row) = connection.prepare(view)?.query([])?.next()? {
        return Err(Problem::Foreign(format!("the view `{}`", row.get::<_, String>(0)?)));
    }
    let (expected, found) = (expected(version(connection)?)?, entries(connection)?);
    let known = |entry: &&Entry| expected.contains(*entry) || digest::is_table(&entry.1, &entry.3);
    if let Some((kind, name, ..)) = found.iter().find(|entry| !known(entry)) {
        // Nobody is to remove a table of ours because a column of somebody else's stands in it.
        let is_ours = expected.iter().any(|entry| (&entry.0, &entry.1) == (kind, name));
        let what = if is_ours { "a change to the" } else { "the" };
        return Err(Problem::Foreign(format!("{what} {kind} `{name}`")));
    }
    match expected.difference(&found).next() {
        Some((kind, name, ..)) => Err(Problem::Damaged(format!("the {kind} `{name}` is missing"))),
        None => Ok(()),
    }
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
