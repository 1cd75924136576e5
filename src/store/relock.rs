//! Sets, changes or removes a study's passphrase, and creates studies that are locked from the first byte on. Owns that the old
//! file stays until a copy was compared with it row by row, and that no byte of it remains beside the new one afterwards.
//! Refuses while another program has the study open.

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

/// Creates a study at `path`, where there is nothing yet or an empty file, locked with `passphrase`.
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

/// Rewrites the study at `path`, locked with `passphrase` or, without one, unencrypted, and replaces the old file. Returns logs
/// of crashed programs beside it that may hold content of the old one.
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
    // Windows replaces no open file: so these handles are kept on Unix only, and the rename fails on Windows where another
    // program has opened the file in between.
    let old = OpenOptions::new().write(true).open(&file).map_err(|why| wrong(open::disk(&why)))?;
    let held = cfg!(unix).then_some((study, old));
    beside.finish(true).map_err(|why| wrong(open::disk(&why)))?;
    if let Some((study, old)) = held {
        // A program still waiting for the old file finds nothing to write into; on a disk that writes in place, its content is
        // gone as well.
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

/// Gets exclusive access to the file until the connection closes, and removes its log.
fn take_alone(connection: &Connection) -> Result<(), Problem> {
    erase::empty_log(connection)?;
    // SQLite refuses this while any other program has the file open, even for reading.
    connection.pragma_update_and_check(None, "journal_mode", "DELETE", |_| Ok(()))?;
    connection.pragma_update_and_check(None, "locking_mode", "EXCLUSIVE", |_| Ok(()))?;
    connection.execute_batch("BEGIN EXCLUSIVE; COMMIT")?;
    // Another program may have turned the log on again in between.
    let mode: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if mode == "delete" { Ok(()) } else { Err(Problem::Locked) }
}

/// Refuses a file with hard links, because the old content would stay under the other name.
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

/// Copies everything in the database into the empty file at `place`.
fn copy(connection: &Connection, place: &Path, passphrase: Option<&Passphrase>) -> Result<(), Problem> {
    if !cipher::can_lock() {
        return Err(Problem::CannotLock);
    }
    let name = place.to_str().ok_or(Problem::NoAccess)?;
    connection.execute("ATTACH ?1 AS anew KEY ?2", [name, passphrase.map_or("", Passphrase::text)])?;
    // The copy counts only once it is complete, so a journal on the disk would only be one more file to clean up.
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

/// Whether both hold the same rows in every table, in the same order.
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

/// Every inconsistency in a study, in words; walks every journal link by link.
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
