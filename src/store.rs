//! The study: one `.relata` file that holds sessions, the instruments that they used, coders' codes, and nothing that cannot be
//! derived again from these.
//!
//! Owns the file format and its migrations, durability (an event that was acknowledged survives a power cut), erasing,
//! and the sentences for everything that can be wrong with a file. Refuses to understand an interview: it keeps events,
//! in their order, and gives them back. Refuses clocks and dice: instants, seeds and the bits of an id are arguments.
//!
//! There is no table of derived values but one, of digests, which anybody may drop ([`KeptDigest`]). What a list of sessions
//! shows (open or over, how many events, when the last one was) is read off a session's last event, one look-up a session,
//! so that nothing can become stale.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

mod branch;
mod code;
mod digest;
mod erase;
mod error;
mod journal;
mod merge;
mod open;
mod schema;
mod session;
mod settings;
mod trace;
mod truth;
mod untouched;

pub use branch::Branch;
pub use code::{Code, CodeId};
pub use digest::KeptDigest;
pub use error::{Problem, StoreError};
pub use journal::{SessionJournal, Whole};
pub use merge::{Merged, merge};
pub use session::{InstrumentName, Mode, NewSession, SessionHeader, SessionId, State};
pub use trace::{Searched, Traces};
pub use truth::Truth;

use open::Access;

/// An open study file.
#[derive(Debug)]
pub struct Study {
    path: PathBuf,
    connection: Connection,
    id: String,
}

impl Study {
    /// Opens the study at `path`; begins one, with its folders, where there is nothing yet. A file of an older relata is
    /// brought up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Create)
    }

    /// Opens the study at `path`, which must exist.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Write)
    }

    /// Opens the study at `path` to look at it. Nothing is written, whatever is asked of it; works on a write-protected
    /// disk too.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Read)
    }

    /// Opens the study at `path` to look at it, as [`Study::open_read_only`] does; but where it may be written, a file of
    /// an older relata is brought up to date first, and an erasing that was cut short is completed.
    pub fn look(path: &Path) -> Result<Self, StoreError> {
        match Self::open_read_only(path) {
            Err(StoreError { problem: Problem::Older, .. }) => match Self::open_existing(path) {
                Err(StoreError { path, problem: Problem::ReadOnly | Problem::NoAccess }) => {
                    Err(StoreError { path, problem: Problem::Older })
                }
                Err(other) => Err(other),
                Ok(study) => {
                    drop(study);
                    Self::open_read_only(path)
                }
            },
            Ok(study) if study.read(erase::is_to_be_cleaned)? => {
                drop(study);
                // Opening it does the cleaning. If that cannot be now, looking is still possible.
                let _ = Self::open_existing(path);
                Self::open_read_only(path)
            }
            outcome => outcome,
        }
    }

    fn connect(path: &Path, access: Access) -> Result<Self, StoreError> {
        let wrong = |problem| StoreError { path: path.to_owned(), problem };
        // A later change of the working folder must not send a second connection to another file.
        let absolute = std::path::absolute(path).map_err(|why| wrong(Problem::Disk(why.to_string())))?;
        let wrong = |problem| StoreError { path: absolute.clone(), problem };
        let connection = open::connect(&absolute, access).map_err(wrong)?;
        let id = open::study_id(&connection).map_err(wrong)?;
        let study = Self { path: absolute, connection, id };
        if access != Access::Read {
            // An erasing that was cut short is completed. Whether that works is no condition for working with the
            // study: if it does not, the mark stays and the next opening tries again.
            let _ = study.clean();
        }
        Ok(study)
    }

    /// The file, as an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What tells this study from every other, for good: 32 hexadecimal digits.
    pub fn study_id(&self) -> &str {
        &self.id
    }

    /// The version of the file's layout.
    pub fn file_version(&self) -> Result<usize, StoreError> {
        self.read(schema::version)
    }

    /// Bytes on the disk, the write-ahead log included; 0 where that cannot be found out.
    pub fn size(&self) -> u64 {
        let files = [self.path.clone(), open::beside(&self.path, "-wal")];
        files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|found| found.len()).sum()
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Result<T, StoreError> {
        work(&self.connection).map_err(|problem| self.error(problem))
    }

    /// All of `work` happens, durably, or none of it.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> Result<T, Problem>) -> Result<T, StoreError> {
        let path = &self.path;
        // Immediate: who waits for the lock waits at the start, where waiting is possible, and not after a first read.
        let begin = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        begin
            .map_err(Problem::from)
            .and_then(|transaction| {
                let done = work(&transaction)?;
                transaction.commit()?;
                Ok(done)
            })
            .map_err(|problem| StoreError { path: path.clone(), problem })
    }

    fn error(&self, problem: Problem) -> StoreError {
        StoreError { path: self.path.clone(), problem }
    }
}
