//! The write-ahead log beside a study: which file it belongs to, how much lies in it, and when it is moved into the file.
//! Refuses to apply another file's log.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;

use super::budget::Budget;
use super::error::{self, Problem, StoreError};
use super::open::{Access, beside, has_content, look_through, size};
use super::{Study, cipher, erase};

/// Bytes from which on a log is moved into its file; SQLite's own default is about as long.
const LONG_LOG: u64 = 4 << 20;

/// Moves a long log into its file; returns whether there was anything to move.
pub(super) fn move_long_log(connection: &Connection, file: &Path) -> Result<bool, Problem> {
    let long = size(&beside(file, "-wal")) >= LONG_LOG;
    if long {
        move_log(connection)?;
    }
    Ok(long)
}

/// Moves as much of the log into the file as no reader still needs.
pub(super) fn move_log(connection: &Connection) -> Result<(), Problem> {
    Ok(connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()))?)
}

/// A log beside a file: from a running relata, a crashed one, or another file that was restored over or synchronised under this
/// name. Only in the last case do log and file not fit together.
pub(super) struct LeftLog {
    file: PathBuf,
    log: PathBuf,
}

impl LeftLog {
    pub fn beside(path: &Path, access: Access) -> Option<Self> {
        let log = beside(path, "-wal");
        (access != Access::Again && has_content(&log)).then(|| {
            let file = path.to_owned();
            Self { file, log }
        })
    }

    pub fn belongs_to(&self, connection: &Connection) -> Result<(), Problem> {
        let another = || Problem::OthersLog(self.log.display().to_string());
        // Another relata may be moving the log into the file right now and starting it anew, so this is tried again for 200 ms.
        let mut tries = 0;
        while self.is_anothers(connection) {
            tries += 1;
            if tries == 10 {
                return Err(another());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let said: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
        match said.as_str() {
            "ok" => Ok(()),
            _ => Err(Problem::Damaged(error::one_line(&format!("{said}, with the log beside it")))),
        }
    }

    /// The problem as it is: a sound file with the log of another one beside it reads as damaged.
    pub fn blamed(&self, problem: Problem) -> Problem {
        let is_sound = || alone(&self.file).and_then(|(alone, _)| look_through(&alone)).is_ok();
        match problem {
            Problem::Damaged(_) if is_sound() => Problem::OthersLog(self.log.display().to_string()),
            other => other,
        }
    }

    fn is_anothers(&self, connection: &Connection) -> bool {
        // Where the file alone doesn't identify itself yet, the log is the only source.
        let Ok(alone) = whose_alone(&self.file) else { return false };
        let Ok(whole) = whose(connection) else { return true };
        // An earlier state of the same file lacks what was moved into it before this log began, so the log's transactions do
        // not cover the whole gap between the two write counts.
        let missed = transactions(&self.log).is_ok_and(|count| alone.writes + count < whole.writes);
        missed || alone.file != whole.file || alone.writes > whole.writes
    }
}

impl Study {
    /// Moves the log into the file and empties it.
    ///
    /// # Errors
    /// Another program that reads or writes the file at this moment.
    pub fn empty_log(&self) -> Result<(), StoreError> {
        self.read(erase::empty_log)
    }
}

/// A file's identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whose {
    /// Bytes that distinguish it from every other file.
    pub file: Vec<u8>,
    /// The number of writes so far.
    pub writes: i64,
}

pub(super) fn whose(connection: &Connection) -> Result<Whose, Problem> {
    let value = "SELECT f.value, CAST(w.value AS INTEGER) FROM meta AS f, meta AS w WHERE f.key = 'file' AND w.key = 'writes'";
    Ok(connection.query_row(value, [], |row| {
        Ok(Whose { file: row.get_ref(0)?.as_bytes().unwrap_or_default().to_vec(), writes: row.get(1)? })
    })?)
}

/// Opens a file as if there were no log. This goes through SQLite, which knows what this process has open: closing any other
/// handle would drop the process's locks on the file.
fn alone(path: &Path) -> Result<(Connection, Budget), Problem> {
    let mut connection = cipher::alone(path)?;
    let budget = Budget::of(&mut connection, size(path))?;
    Ok((connection, budget))
}

/// The file's identity, read without its log.
pub(super) fn whose_alone(path: &Path) -> Result<Whose, Problem> {
    let (connection, _budget) = alone(path)?;
    whose(&connection)
}

/// Counts the transactions in a log by reading the log itself: frames follow each other, and the last frame of a transaction
/// gives the file's size after it. Pages are not read, because they may be encrypted. SQLite holds no lock on a log, so opening
/// and closing it here is safe.
fn transactions(log: &Path) -> std::io::Result<i64> {
    const HEAD: usize = 32;
    const FRAME: usize = 24;
    let mut log = BufReader::new(File::open(log)?);
    let mut head = [0; HEAD];
    log.read_exact(&mut head)?;
    let page = i64::from(u32::from_be_bytes([head[8], head[9], head[10], head[11]]));
    let (mut frame, mut count) = ([0; FRAME], 0);
    // A frame left over from an earlier round of the log has another salt.
    while log.read_exact(&mut frame).is_ok() && frame[8..16] == head[16..24] {
        count += i64::from(frame[4..8] != [0; 4]);
        log.seek_relative(page)?;
    }
    Ok(count)
}

/// Counts a write, inside its transaction.
pub(super) fn count_write(connection: &Connection) -> Result<(), Problem> {
    let more = "UPDATE meta SET value = CAST(value AS INTEGER) + 1 WHERE key = 'writes'";
    connection.prepare_cached(more)?.execute([])?;
    Ok(())
}
