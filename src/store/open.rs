//! Opening a study file. Owns the checks that come before anything may be changed, and the settings of a connection.
//! Refuses to let the database near a file that is not a study: opening some other program's database would already
//! change it.

use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use super::error::Problem;
use super::schema::{self, APPLICATION_ID, MIGRATIONS};

/// How long another program's lock is waited for: longer than any write of ours takes, short enough to sit through.
const PATIENCE: Duration = Duration::from_secs(3);
/// Bytes of a SQLite file's header.
const HEADER: usize = 100;

/// What a file is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// To write, and to begin it if it is not there.
    Create,
    /// To write.
    Write,
    /// To write beside a connection that this process already has to the same file. The file is not looked into from
    /// outside the database then: on POSIX systems, closing any other handle of a file takes away every lock that
    /// the process holds on it, and the next program to come would believe itself alone and delete the log.
    Again,
    /// To look.
    Read,
}

/// A connection to the study at `path`, checked, up to date and with every setting made.
pub(super) fn connect(path: &Path, access: Access) -> Result<Connection, Problem> {
    if access != Access::Again {
        inspect(path, access)?;
    }
    if access == Access::Read {
        return connect_to_look(path);
    }
    let mut flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    flags.set(OpenFlags::SQLITE_OPEN_CREATE, access == Access::Create);
    let mut connection = Connection::open_with_flags(path, flags)?;
    // Until the file is known to be in order, closing it must not move a write-ahead log into it.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    settings(&connection)?;
    verify(&connection)?;
    // The database falls back to reading by itself where it may not write.
    if connection.is_readonly("main")? {
        return Err(Problem::ReadOnly);
    }
    schema::migrate(&mut connection, MIGRATIONS)?;
    log_ahead(&connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

/// A connection that writes nothing. It still opens for writing where it may, because only then are the side files
/// tidied away when it closes; on a write-protected disk, where no side file can be made, it reads the file as it lies.
fn connect_to_look(path: &Path) -> Result<Connection, Problem> {
    let look = |name: &Path, flags| -> Result<Connection, Problem> {
        let connection = Connection::open_with_flags(name, flags)?;
        // A log that was left behind is read, but stays where it is.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_content(&beside(path, "-wal")))?;
        settings(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        verify(&connection)?;
        if schema::version(&connection)? < MIGRATIONS.len() {
            return Err(Problem::Older);
        }
        Ok(connection)
    };
    match look(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX) {
        // With a log lying beside it, the file alone is not the whole truth.
        Err(Problem::NoAccess | Problem::ReadOnly) if !has_content(&beside(path, "-wal")) => look(
            &immutable(path)?,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI,
        ),
        outcome => outcome,
    }
}

/// The name under which SQLite reads a file without side files and locks.
fn immutable(path: &Path) -> Result<PathBuf, Problem> {
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
    Ok(PathBuf::from(name + "?immutable=1"))
}

/// What can be said without the database: it is not asked about files that are not its own.
fn inspect(path: &Path, access: Access) -> Result<(), Problem> {
    let disk = |why: std::io::Error| match why.kind() {
        ErrorKind::PermissionDenied => Problem::NoAccess,
        _ => Problem::Disk(why.to_string()),
    };
    let size = match fs::metadata(path) {
        Ok(found) if found.is_dir() => return Err(Problem::Folder),
        Ok(found) if !found.is_file() => return Err(Problem::NotAStudy),
        Ok(found) => found.len(),
        Err(why) if why.kind() == ErrorKind::NotFound && access == Access::Create => {
            return match path.parent() {
                Some(folder) => fs::create_dir_all(folder).map_err(|why| Problem::NoPlace(why.to_string())),
                None => Ok(()),
            };
        }
        Err(why) if matches!(why.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(if access == Access::Create {
                Problem::NoPlace(why.to_string())
            } else {
                Problem::Missing
            });
        }
        Err(why) => return Err(disk(why)),
    };
    // An empty file is one that was just begun, or was cut off in the first moment of its life; a rollback journal
    // beside a study is left by a first moment that was cut off a little later, and the database knows how to mend that.
    if size == 0 && access == Access::Create || has_content(&beside(path, "-journal")) {
        return Ok(());
    }
    let mut header = Vec::with_capacity(HEADER);
    File::open(path).and_then(|file| file.take(HEADER as u64).read_to_end(&mut header)).map_err(disk)?;
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

/// The same again as the database sees it, with its log: the header on the disk may be behind.
fn verify(connection: &Connection) -> Result<(), Problem> {
    // One transaction, so that all three numbers are of one moment even while another relata begins this very study.
    let snapshot = connection.unchecked_transaction()?;
    let (found, known) = (schema::version(&snapshot)?, MIGRATIONS.len());
    if found > known {
        return Err(Problem::Newer { found, known });
    }
    let application: u32 = snapshot.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let pages: u32 = snapshot.pragma_query_value(None, "page_count", |row| row.get(0))?;
    if application != APPLICATION_ID && pages > 0 {
        return Err(Problem::NotAStudy);
    }
    Ok(())
}

fn settings(connection: &Connection) -> Result<(), Problem> {
    connection.busy_timeout(PATIENCE)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // A commit returns when the disk has it; the second line is what that takes on macOS.
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    // What is deleted is overwritten, and nothing of it goes into temporary files.
    connection.pragma_update(None, "secure_delete", true)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    Ok(())
}

/// Turns the write-ahead log on, so that one relata can read while another writes. This needs the file alone for a
/// moment, and the database does not wait for that by itself.
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

/// The study's id.
pub(super) fn study_id(connection: &Connection) -> Result<String, Problem> {
    connection.query_row("SELECT value FROM meta WHERE key = 'study'", [], |row| row.get(0)).map_err(
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

fn has_content(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| found.len() > 0)
}
