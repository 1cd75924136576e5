//! A study that gets a passphrase, another one, or none any more; and one that has a passphrase from its first byte on. Owns that the
//! old file is there until a copy was found to say the same, row by row, and that no byte of the old one lies beside the new one
//! afterwards. Refuses while anybody else has the study open.

use std::fs::{self, OpenOptions};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};

use rusqlite::Connection;

use super::anchor::{Anchor, Found, put_aside_for};
use super::error::{Problem, StoreError};
use super::salvage::SalvagedTable;
use super::schema::{self, APPLICATION_ID, MIGRATIONS};
use super::{Passphrase, Study, cipher, erase, open, rows};
use crate::files::{self, Beside};

/// Begins a study at `path`, where there is nothing yet or an empty file, that is locked with `passphrase`.
pub fn begin_locked(path: &Path, passphrase: &Passphrase) -> Result<(), StoreError> {
    let begun = || {
        let file = cipher::place(path)?;
        let log = open::beside(&file, "-wal");
        if open::has_content(&log) {
            return Err(Problem::LogAlone(log.display().to_string()));
        }
        let empty = file.is_file() && open::size(&file) == 0;
        files::folder(files::folder_of(&file)).map_err(|why| Problem::NoPlace(files::in_words(&why)))?;
        let mut nothing = Connection::open_in_memory()?;
        schema::migrate(&mut nothing, MIGRATIONS)?;
        let beside = Beside::begin(&file).map_err(|why| open::disk(&why))?;
        copy(&nothing, beside.path(), Some(passphrase))?;
        beside.finish(empty).map_err(|why| open::disk(&why))?;
        cipher::know(&file, passphrase.text())
    };
    begun().map_err(|problem| StoreError { path: path.to_owned(), problem })
}

/// Writes the study at `path` anew, locked with `passphrase` or, without one, readable by everybody, and puts that in its place.
/// Returns logs beside it that may hold what the old one held: those of programs that died.
pub fn relock(path: &Path, passphrase: Option<&Passphrase>) -> Result<Vec<PathBuf>, StoreError> {
    let study = Study::open_existing(path)?;
    let wrong = |problem| StoreError { path: path.to_owned(), problem };
    study.look_through()?;
    let faults = faults(&study)?;
    let file = study.file.clone();
    let taken = |study: &Study| {
        has_one_name(&file)?;
        take_alone(&study.connection)?;
        Anchor::drop_at(&study.path, &file, None)
    };
    let anchor = taken(&study).map_err(wrong)?;
    let beside = Beside::begin(&file).map_err(|why| wrong(open::disk(&why)))?;
    let written = || {
        copy(&study.connection, beside.path(), passphrase)?;
        let place = cipher::place(beside.path())?;
        let said = match passphrase {
            Some(passphrase) => cipher::know(&place, passphrase.text()),
            None => Ok(()),
        };
        let compared = said.and_then(|()| {
            let anew = Study::open_read_only(&place).map_err(|error| error.problem)?;
            let whole: String =
                anew.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
            let same = whole == "ok"
                && say_the_same(&study.connection, &anew.connection)?
                && self::faults(&anew).map_err(|error| error.problem)? == faults;
            same.then_some(()).ok_or_else(|| Problem::Unexpected("its copy does not say the same".into()))
        });
        cipher::forget(&place);
        compared?;
        let rights = fs::metadata(&file).map(|found| found.permissions());
        rights.and_then(|rights| fs::set_permissions(&place, rights)).map_err(|why| open::disk(&why))?;
        if anchor.look()? != Found::Same {
            return Err(Problem::Locked);
        }
        Ok(())
    };
    written().map_err(wrong)?;
    // On Windows no file is replaced that is open; and nobody replaces one that somebody else has opened in between.
    let old = OpenOptions::new().write(true).open(&file).map_err(|why| wrong(open::disk(&why)))?;
    let held = cfg!(unix).then_some((study, old));
    beside.finish(true).map_err(|why| wrong(open::disk(&why)))?;
    if let Some((study, old)) = held {
        // Whoever waits for the old file finds nothing to write into, and on a disk that writes in place nobody finds anything.
        let _ = wipe(old);
        drop(study);
    }
    match passphrase {
        Some(passphrase) => cipher::know(&file, passphrase.text()).map_err(wrong)?,
        None => cipher::forget(&file),
    }
    Ok(put_aside_for(&file)
        .into_iter()
        .chain(["-wal", "-shm", "-journal"].map(|ending| open::beside(&file, ending)))
        .filter(|file| file.exists())
        .collect())
}

/// Takes the file from everybody else until the connection is closed, and its log away.
fn take_alone(connection: &Connection) -> Result<(), Problem> {
    erase::empty_log(connection)?;
    // Refused while anybody else has the file open, if only to look.
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    connection.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
    // Somebody may have come in between, and have turned the log on again.
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode == "delete" { Ok(()) } else { Err(Problem::Locked) }
}

/// Under another name the old content would stay.
pub(super) fn has_one_name(file: &Path) -> Result<(), Problem> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let names = fs::metadata(file).map_err(|why| open::disk(&why))?.nlink();
        if names > 1 {
            return Err(Problem::OtherNames(names - 1));
        }
    }
    let _ = file;
    Ok(())
}

/// Writes everything that `connection` says into the empty file at `place`.
fn copy(connection: &Connection, place: &Path, passphrase: Option<&Passphrase>) -> Result<(), Problem> {
    if !cipher::can_lock() {
        return Err(Problem::CannotLock);
    }
    let name = place.to_str().ok_or(Problem::NoAccess)?;
    connection.execute("ATTACH ?1 AS anew KEY ?2", [name, passphrase.map_or("", Passphrase::text)])?;
    // The file counts when it is whole; a journal of it would be one more file to lose.
    connection.pragma_update_and_check(Some("anew"), "journal_mode", "MEMORY", |_| Ok(()))?;
    connection.pragma_update(Some("anew"), "synchronous", "FULL")?;
    let transaction = connection.unchecked_transaction()?;
    transaction.query_row("SELECT sqlcipher_export('anew')", [], |_| Ok(()))?;
    transaction.pragma_update(Some("anew"), "application_id", APPLICATION_ID)?;
    transaction.pragma_update(Some("anew"), "user_version", MIGRATIONS.len() as i64)?;
    transaction.commit()?;
    connection.execute_batch("DETACH anew")?;
    Ok(())
}

/// Whether every row of every table is in both, in one order.
fn say_the_same(one: &Connection, other: &Connection) -> Result<bool, Problem> {
    let tables = SalvagedTable::all(one)?;
    if tables.len() != SalvagedTable::all(other)?.len() {
        return Ok(false);
    }
    for table in tables {
        let select = table.in_order();
        let (mut one, mut other) = (one.prepare(&select)?, other.prepare(&select)?);
        let (mut one, mut other) = (one.query([])?, other.query([])?);
        loop {
            match (one.next()?, other.next()?) {
                (None, None) => break,
                (Some(one), Some(other)) if rows::values(one)? == rows::values(other)? => {}
                _ => return Ok(false),
            }
        }
    }
    Ok(true)
}

/// Whatever does not hang together in a study, in words: every journal is gone through link by link.
fn faults(study: &Study) -> Result<String, StoreError> {
    Ok(format!("{:?} {:?} {:?}", study.changed()?, study.unsound()?, study.lost()?))
}

pub(super) fn wipe(mut file: fs::File) -> io::Result<()> {
    let mut left = file.metadata()?.len();
    file.rewind()?;
    let nothing = vec![0; 1 << 20];
    while left > 0 {
        let block = left.min(nothing.len() as u64);
        file.write_all(nothing.get(..block as usize).unwrap_or_default())?;
        left -= block;
    }
    file.sync_all()
}
