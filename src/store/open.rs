//! Opening a study file. Owns the checks that come before anything may be changed, and the settings of a connection. Refuses to
//! let the database near a file that is not a study, because opening another program's database would already change it.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::budget::Budget;
use super::error::{self, Problem};
use super::log::{LeftLog, move_log, whose_alone};
use super::rows;
use super::schema::{self, APPLICATION_ID, MIGRATIONS};
use super::{Witness, cipher};
use crate::files;

/// How long to wait for another program's lock: longer than any of our writes takes, short enough to sit through.
const PATIENCE: Duration = Duration::from_secs(3);
/// Bytes that remain of a log after it has been moved.
const KEPT_LOG: i64 = 1 << 20;
const HEADER: usize = 100;
/// Pages of room in the cache beside those of a file that is read at once.
const SPARE_PAGES: i64 = 64;

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// To write, and to begin it if it is not there.
    Create,
    /// To write.
    Write,
    /// To write beside a connection that this process already has to the same file. The file is then never opened outside the
    /// database: on POSIX systems, closing any other handle drops every lock that the process holds on the file, and the next
    /// program would believe itself alone and delete the log.
    Again,
    /// To read.
    Read,
}

/// Bytes. Every page of a file up to this size is checked whenever it is opened: 10,000 short interviews (79 MB) took 0.1 s. A
/// larger file is checked when a log lies beside it, or on request ([`super::Study::look_through`]).
pub(super) const LOOKED_THROUGH: u64 = 128 << 20;

/// A connection, its budget, and what is wrong with the pages that were checked.
type Looked = (Connection, Budget, Option<String>);

/// A connection to the study at `path`, checked, up to date and with every setting made. `path` must not be a link.
pub(super) fn connect(path: &Path, access: Access) -> Result<Looked, Problem> {
    if access != Access::Again {
        inspect(path, access)?;
    }
    if access == Access::Read {
        return connect_to_look(path);
    }
    if access == Access::Create {
        begin(path)?;
    }
    let size = size(path);
    let log = LeftLog::beside(path, access);
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_NOFOLLOW, true);
    let mut connection = cipher::connection(path, flags, path)?;
    let budget = Budget::of(&mut connection, size)?;
    // SQLite falls back to reading by itself where it may not write. Asked before anything is read; see `connect_to_look`.
    if connection.is_readonly("main")? {
        return Err(Problem::ReadOnly);
    }
    // Until the file is known to be in order, closing the connection must not move a write-ahead log into it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    let checked = settings(&connection).and_then(|()| verify(&connection)).and_then(|()| match &log {
        Some(log) => log.belongs_to(&connection),
        None if access != Access::Again && size <= LOOKED_THROUGH => look_through(&connection),
        None => Ok(()),
    });
    checked.map_err(|problem| blamed(log.as_ref(), problem))?;
    schema::migrate(&mut connection, MIGRATIONS)?;
    log_ahead(&connection)?;
    // The log is moved only right after it has been found to be the file's own; see `move_long_log`, and closing.
    connection.pragma_update_and_check(None, "wal_autocheckpoint", 0, |_| Ok(()))?;
    connection.pragma_update_and_check(None, "journal_size_limit", KEPT_LOG, |_| Ok(()))?;
    if whose_alone(path).is_err() {
        // While another relata reads an older state, not all of the log can be moved; the file then identifies itself later.
        move_log(&connection)?;
    }
    Ok((connection, budget, None))
}

fn blamed(log: Option<&LeftLog>, problem: Problem) -> Problem {
    match log {
        Some(log) => log.blamed(problem),
        None => problem,
    }
}

/// Creates the file, for this user alone, where there is none. It is closed before the database first opens it, so no lock of
/// this process can be lost by that.
fn begin(path: &Path) -> Result<(), Problem> {
    match files::create_new(path) {
        Err(why) if why.kind() != ErrorKind::AlreadyExists => Err(disk(&why)),
        _ => Ok(()),
    }
}

/// Checks every page for consistency.
pub(super) fn look_through(connection: &Connection) -> Result<(), Problem> {
    let said: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if said == "ok" {
        return Ok(());
    }
    // In one line, without the heading that names the database.
    let lines: Vec<&str> = said.lines().filter(|line| !line.starts_with("***")).collect();
    let said = if lines.is_empty() { said } else { lines.join("; ") };
    Err(Problem::Damaged(error::one_line(&said)))
}

/// Checks a file that this process has open, with a new connection that has nothing cached. The pages of a large file are not
/// all checked, because this may happen in the middle of an interview.
pub(super) fn look_anew(path: &Path, witness: Option<&Witness>) -> Result<(), Problem> {
    let size = size(path);
    // SQLite would take an empty file for a new one, and delete its log.
    if size < HEADER as u64 {
        return Err(Problem::NotAStudy);
    }
    let mut connection = to_write(path)?;
    let _budget = Budget::of(&mut connection, size)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    settings(&connection)?;
    verify(&connection)?;
    if size <= LOOKED_THROUGH {
        look_through(&connection)?;
    }
    let Some(Witness { session, seq, link }) = witness else { return Ok(()) };
    // A merge may have moved the event to a branch, and an erasing may have removed it: both have messages of their own.
    let there = connection
        .prepare(
            "SELECT 1 FROM events WHERE session = ?1 AND seq = ?2 AND link = ?3
             UNION ALL SELECT 1 FROM branches WHERE session = ?1 AND seq = ?2 AND link = ?3
             UNION ALL SELECT 1 FROM tombstones WHERE session = ?1",
        )?
        .exists((session, *seq as i64, link))?;
    if there { Ok(()) } else { Err(Problem::Damaged("answers that were in it are not there".into())) }
}

/// What the disk says, as a problem of a study.
pub(super) fn disk(why: &std::io::Error) -> Problem {
    match why.kind() {
        ErrorKind::PermissionDenied => Problem::NoAccess,
        ErrorKind::ReadOnlyFilesystem => Problem::ReadOnly,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => Problem::Full,
        _ => Problem::Disk(files::in_words(why)),
    }
}

pub(super) fn size(path: &Path) -> u64 {
    fs::metadata(path).map_or(0, |found| found.len())
}

/// How a file is read that is only looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    /// With a log and its index beside it. The file is opened for writing, because only then are the side files removed when it closes.
    Beside,
    /// With a log whose index stays in memory, on a full disk.
    IndexInMemory,
    /// As it lies, with the log beside it if there is one, all of it at once and before anything is told of it.
    AtOnce,
}

/// A connection that writes nothing. Whoever may not write the file leaves nothing beside it either: side files that a reader makes are the
/// reader's, stay where they are, and keep its owner from writing. Such a file is read at once, unless a log with an index lies beside it,
/// for which nothing more has to be made.
fn connect_to_look(path: &Path) -> Result<Looked, Problem> {
    let give_up = Instant::now() + PATIENCE;
    loop {
        let looked = match look(path, Reading::Beside) {
            // With a log beside it, the file alone is not complete.
            Err(Problem::NoAccess | Problem::ReadOnly | Problem::Full) if is_complete(path) => {
                look_at_once(path)
            }
            Err(Problem::ReadOnly) if lacks_index(path) => look_at_once(path),
            Err(Problem::Full) => look(path, Reading::IndexInMemory),
            outcome => outcome,
        };
        match looked {
            Err(Problem::Locked) if Instant::now() < give_up => std::thread::sleep(Duration::from_millis(10)),
            outcome => return outcome,
        }
    }
}

/// Whether the file is all there is.
fn is_complete(path: &Path) -> bool {
    ["-wal", "-journal"].iter().all(|ending| !has_content(&beside(path, ending)))
}

/// Whether a log lies beside the file and nothing else, as one does that was copied with it: no program is at work in it.
fn lacks_index(path: &Path) -> bool {
    has_content(&beside(path, "-wal"))
        && !beside(path, "-shm").exists()
        && !has_content(&beside(path, "-journal"))
}

/// Whether this connection may not write its file, and reading it would make a side file.
fn would_leave_traces(connection: &Connection, path: &Path) -> Result<bool, Problem> {
    Ok((is_complete(path) || lacks_index(path)) && connection.is_readonly("main")?)
}

/// Lets a connection to a file with a log keep the log's index to itself. Before anything is read, because reading makes the index.
pub(super) fn keep_index_in_memory(connection: &Connection) -> Result<(), Problem> {
    // With exclusive access no shared index is needed, and another program's write is waited for.
    connection.busy_timeout(PATIENCE)?;
    Ok(connection.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?)
}

/// Reads a file that nothing tells a writer of, and fails where it was written meanwhile. What is written later is not seen: all pages are
/// in the connection's cache, which nothing but a lock would make it read anew.
fn look_at_once(path: &Path) -> Result<Looked, Problem> {
    let log = beside(path, "-wal");
    let state = |path: &Path| fs::metadata(path).and_then(|found| Ok((found.len(), found.modified()?))).ok();
    let before = (state(path), state(&log));
    let looked = look(path, Reading::AtOnce);
    if before.0.is_some() && (state(path), state(&log)) == before { looked } else { Err(Problem::Locked) }
}

fn look(path: &Path, reading: Reading) -> Result<Looked, Problem> {
    let (size, log) = (size(path), LeftLog::beside(path, Access::Read));
    let looked = || -> Result<Looked, Problem> {
        let mut connection = match reading {
            Reading::AtOnce if log.is_some() => cipher::with_log(path)?,
            Reading::AtOnce => cipher::alone(path)?,
            Reading::Beside | Reading::IndexInMemory => to_write(path)?,
        };
        let budget = Budget::of(&mut connection, size)?;
        // Before anything is read, because reading makes side files.
        if reading == Reading::Beside && would_leave_traces(&connection, path)? {
            return Err(Problem::ReadOnly);
        }
        // A log that was left behind is read but stays where it is; an empty one that reading made is removed.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, log.is_some())?;
        if reading == Reading::IndexInMemory {
            keep_index_in_memory(&connection)?;
        }
        settings(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        if reading == Reading::AtOnce {
            let pages: i64 = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            connection.pragma_update(None, "cache_size", pages.saturating_add(SPARE_PAGES))?;
        }
        verify(&connection)?;
        if schema::version(&connection)? < MIGRATIONS.len() {
            return Err(Problem::Older);
        }
        // Any other damage hides only the rows it hits, but it is reported.
        let damage = match &log {
            Some(log) => {
                log.belongs_to(&connection)?;
                None
            }
            // The check reads every page.
            None if size <= LOOKED_THROUGH || reading == Reading::AtOnce => damage(&connection, path)?,
            None => None,
        };
        Ok((connection, budget, damage))
    };
    looked().map_err(|problem| blamed(log.as_ref(), problem))
}

/// A connection to write with; SQLite falls back to reading by itself where it may not.
fn to_write(path: &Path) -> Result<Connection, Problem> {
    cipher::connection(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX, path)
}

/// What is wrong with the pages of a file. Fails where this connection can read nothing more.
fn damage(connection: &Connection, path: &Path) -> Result<Option<String>, Problem> {
    match look_through(connection) {
        Err(problem) if cipher::has_key(path) => Err(problem),
        outcome => Ok(outcome.err().map(|problem| problem.cause())),
    }
}

/// A read-only connection to a file of any version, whatever the state of its pages, together with the log beside it.
pub(super) fn as_it_lies(path: &Path) -> Result<(Connection, Budget), Problem> {
    inspect(path, Access::Read)?;
    let log = LeftLog::beside(path, Access::Read);
    let mut connection = to_write(path)?;
    if would_leave_traces(&connection, path)? {
        connection = if log.is_some() { cipher::with_log(path)? } else { cipher::alone(path)? };
    }
    let budget = Budget::of(&mut connection, size(path))?;
    // A log that was left behind stays where it is; an empty one that reading made is removed.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, log.is_some())?;
    settings(&connection)?;
    connection.pragma_update(None, "query_only", true)?;
    verify(&connection)?;
    Ok((connection, budget))
}

/// The name under which SQLite reads a file in a way of its own.
pub(super) fn as_uri(path: &Path, how: &str) -> Result<PathBuf, Problem> {
    let path = path.to_str().ok_or(Problem::NoAccess)?;
    let mut name = String::from("file:");
    for byte in path.bytes() {
        match byte {
            b'/' | b'-' | b'.' | b'_' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => {
                name.push(char::from(byte))
            }
            _ => name.push_str(&format!("%{byte:02X}")),
        }
    }
    Ok(PathBuf::from(format!("{name}?{how}")))
}

/// Checks without the database, which must not open a file that is not a study.
fn inspect(path: &Path, access: Access) -> Result<(), Problem> {
    // SQLite would delete a log without a file, and with it everything not yet moved into the file.
    let empty =
        fs::metadata(path).map_or_else(|why| why.kind() == ErrorKind::NotFound, |found| found.len() == 0);
    if empty && access == Access::Create && has_content(&beside(path, "-wal")) {
        return Err(Problem::LogAlone(beside(path, "-wal").display().to_string()));
    }
    let size = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(Problem::Folder),
        Ok(found) if !found.is_file() => return Err(Problem::NotAStudy),
        Ok(found) => found.len(),
        Err(why) if why.kind() == ErrorKind::NotFound && access == Access::Create => {
            return match path.parent() {
                Some(folder) => files::folder(folder).map_err(|why| Problem::NoPlace(files::in_words(&why))),
                None => Ok(()),
            };
        }
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(if access == Access::Create {
                Problem::NoPlace(files::in_words(&why))
            } else {
                Problem::Missing
            });
        }
        Err(why) => return Err(disk(&why)),
    };
    // Only the database can look into an encrypted file.
    if cipher::has_key(path) {
        return Ok(());
    }
    let header = cipher::beginning(path).map_err(|why| disk(&why))?;
    cipher::needs_none(&header)?;
    // An empty file was just created or was interrupted at once; a rollback journal beside a study comes from an interruption a
    // little later, and SQLite can recover it.
    if size == 0 && access == Access::Create || has_content(&beside(path, "-journal")) {
        return Ok(());
    }
    let number = |at: usize| -> Option<u32> {
        let bytes = header.get(at..at + 4)?;
        Some(u32::from_be_bytes(bytes.try_into().ok()?))
    };
    if header.len() < HEADER
        || !header.starts_with(b"SQLite format 3\0")
        || number(68) != Some(APPLICATION_ID)
    {
        return Err(Problem::NotAStudy);
    }
    match number(60).map(|version| version as usize) {
        Some(found) if found > MIGRATIONS.len() => Err(Problem::Newer { found, known: MIGRATIONS.len() }),
        _ => Ok(()),
    }
}

/// The same checks through the database, with the log, because the header on the disk may be outdated; and that nothing but
/// relata's own tables lie in the file.
fn verify(connection: &Connection) -> Result<(), Problem> {
    // One transaction, so that every answer is of the same moment even while another relata creates this very study.
    let snapshot = connection.unchecked_transaction()?;
    let (found, known) = (schema::version(&snapshot)?, MIGRATIONS.len());
    if found > known {
        return Err(Problem::Newer { found, known });
    }
    let application: u32 = snapshot.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let pages: u32 = snapshot.pragma_query_value(None, "page_count", |row| row.get(0))?;
    // The search after an erasing compares bytes, so the encoding has to be known.
    let encoding: String = snapshot.pragma_query_value(None, "encoding", |row| row.get(0))?;
    if encoding != "UTF-8" {
        return Err(Problem::Foreign(format!("texts in the encoding {encoding}")));
    }
    if application != APPLICATION_ID && pages > 0 {
        return Err(Problem::NotAStudy);
    }
    schema::compare(&snapshot)
}

fn settings(connection: &Connection) -> Result<(), Problem> {
    connection.busy_timeout(PATIENCE)?;
    // The file's schema may not call functions and has no views, because a file is data and not instructions.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A commit returns once the data is on the disk; `fullfsync` is what that takes on macOS.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    // What is deleted is overwritten, and nothing of it goes into temporary files.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// Turns the write-ahead log on, so that one relata can read while another writes. This needs exclusive access for a moment,
/// which SQLite does not wait for by itself.
fn log_ahead(connection: &Connection) -> Result<(), Problem> {
    let give_up = Instant::now() + PATIENCE;
    loop {
        let turned = connection.pragma_update_and_check(None, "journal_mode", "WAL", |_| Ok(()));
        match turned.map_err(Problem::from) {
            Err(Problem::Locked) if Instant::now() < give_up => std::thread::sleep(Duration::from_millis(10)),
            outcome => return outcome,
        }
    }
}

pub(super) fn study_id(connection: &Connection) -> Result<String, Problem> {
    connection.query_row("SELECT value FROM meta WHERE key = 'study'", [], |row| rows::text(row, 0)).map_err(
        |error| match error {
            rusqlite::Error::QueryReturnedNoRows => Problem::Damaged("the study's id is missing".into()),
            error => error.into(),
        },
    )
}

pub(super) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

pub(super) fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Study, log};

    #[test]
    fn what_was_read_at_once_stays_as_it_was() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = fs::canonicalize(folder.path()).unwrap().join("study.relata");
        drop(Study::open(&path).unwrap());
        let (held, _budget, damage) = look_at_once(&path).unwrap();
        let before = log::whose(&held).unwrap();
        let other = Connection::open(&path).unwrap();
        other.execute("UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'writes'", []).unwrap();
        // Closing the last connection that locks moves the log into the file.
        drop(other);
        assert_eq!(log::whose_alone(&path).unwrap().writes, before.writes + 1);
        assert_eq!((log::whose(&held).unwrap(), damage), (before, None));
    }
}
