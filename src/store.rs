//! The study: one `.relata` file that holds sessions, the instruments that they used and coders' codes, and nothing that can be
//! derived from these.
//!
//! Owns the file format and its migrations, durability (an acknowledged event survives a power cut), erasing, and the messages
//! for everything that can be wrong with a file. Refuses to understand an interview: it keeps events in order and returns them.
//! Refuses clocks and randomness: instants, seeds and the bits of an id are arguments.
//!
//! Derived values have one table, the digests, which may be dropped at any time ([`KeptDigest`]). What a list of sessions shows
//! (open or over, number of events, time of the last one) is read off each session's last event, one look-up per session, so
//! that nothing can become stale.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction, TransactionBehavior};

mod about;
mod advised;
mod anchor;
mod branch;
mod budget;
mod chain;
mod cipher;
mod code;
mod digest;
mod erase;
mod error;
mod fitted;
mod heard;
mod held;
mod journal;
mod key;
mod ledger;
mod log;
mod merge;
mod open;
mod origin;
mod raw;
mod relock;
mod rename;
mod roll;
mod rows;
mod salvage;
mod schema;
mod seal;
mod series;
mod session;
mod settings;
mod sheets;
mod tidy;
mod tip;
mod trace;
mod transcripts;
mod truth;
mod untouched;

pub use advised::{AdviceShown, Advised};
pub use branch::Branch;
pub use cipher::{Passphrase, SHORTEST, can_lock, is_locked, is_unlocked, unlock};
pub use code::{Code, CodeId};
pub use digest::KeptDigest;
pub use error::{Problem, StoreError, Takeover};
pub use held::Held;
pub use journal::{SessionJournal, Whole};
pub use key::RawId;
pub use ledger::{Ledger, LedgerEntry};
pub use merge::{FEW_ERASURES, MergeTerms, Merged, Surveys, merge};
pub use origin::{Imported, ResponseKey, copied_session, is_called_apart, tells_seconds};
pub use relock::{begin_locked, relock};
pub use rename::Rename;
pub use roll::LostRows;
pub use seal::Unsound;
pub use session::{InstrumentName, Mode, NewSession, SessionHeader, SessionId, Unreadable};
pub use sheets::SheetEntry;
pub use tidy::{Left, tidy};
pub use trace::{Searched, Traces};
pub use transcripts::Attached;
pub use truth::Truth;

use anchor::{Anchor, Found};
use budget::Budget;
use open::Access;
use rusqlite::config::DbConfig;

/// An open study file.
#[derive(Debug)]
pub struct Study {
    /// The path as the caller gave it.
    path: PathBuf,
    /// The same path with links followed.
    file: PathBuf,
    connection: Connection,
    budget: Budget,
    id: String,
    /// SQLite's count of layout changes when the layout was last found to be relata's own.
    layout: i64,
    /// Ties the study to its name on the disk; `None` where it is only looked at.
    anchor: Option<Anchor>,
    /// The last event of a running interview: if another program wrote into the file, at least this event must still be in it.
    witness: Option<Witness>,
    /// What is wrong with the pages, where the study is only looked at and its pages were checked.
    damage: Option<String>,
    /// The file's own version, where the rows are read from a salvaged copy.
    lies: Option<usize>,
    /// How many sessions were in it when that was last read: once the file is lost, nothing else says it.
    known: Cell<usize>,
    /// Sessions that were open here and are known to be erased, with the day.
    erased: RefCell<BTreeMap<String, String>>,
    /// The connection of [`Study::keep_advice`]. It is the last field, so that it is closed last and moves the log into the
    /// file.
    writer: RefCell<Option<Box<Study>>>,
}

/// An event that is known to be in the file: its session, number and link.
#[derive(Debug, Clone)]
struct Witness {
    session: String,
    seq: usize,
    link: String,
}

impl Study {
    /// Opens the study at `path`, or creates it and its folders where there is nothing yet. A file of an older relata is
    /// brought up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Create)
    }

    /// Opens the study at `path`, which must exist.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Write)
    }

    /// Opens the study at `path` once more in a process that already has it open. Only the database reads the file then,
    /// because closing any other handle would drop this process's locks on it.
    pub fn open_again(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Again)
    }

    /// Opens the study at `path` read-only, which works on a write-protected disk too. What [`Study::keep_advice`] keeps goes
    /// through another connection.
    pub fn open_read_only(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Read)
    }

    /// Opens the study read-only, as [`Study::open_read_only`] does; but where the file may be written, one of an older relata
    /// is brought up to date first, and an interrupted erasing is completed.
    pub fn look(path: &Path) -> Result<Self, StoreError> {
        match Self::open_read_only(path) {
            Err(StoreError { problem: Problem::Older, .. }) => match Self::open_existing(path) {
                Err(StoreError { path, problem: Problem::ReadOnly | Problem::NoAccess }) => {
                    Err(StoreError { path, problem: Problem::Older })
                }
                Err(error @ StoreError { problem: Problem::Damaged(_), .. }) => Self::salvage(path, error),
                Err(other) => Err(other),
                Ok(study) => {
                    drop(study);
                    Self::open_read_only(path)
                }
            },
            Err(error @ StoreError { problem: Problem::Damaged(_), .. }) => Self::salvage(path, error),
            // One unreadable page must not hide the others.
            Ok(study) => {
                let asked =
                    |connection: &_| salvage::is_needed(connection, &study.file, study.damage.is_some());
                match study.read(asked) {
                    Err(error @ StoreError { problem: Problem::Damaged(_) | Problem::Disk(_), .. }) => {
                        drop(study);
                        Self::salvage(path, error)
                    }
                    Err(error) => Err(error),
                    Ok(()) => Self::cleaned(study),
                }
            }
            outcome => outcome,
        }
    }

    /// Reopens the study after completing an interrupted erasing.
    fn cleaned(study: Self) -> Result<Self, StoreError> {
        let path = study.path.clone();
        if !study.read(erase::is_to_be_cleaned)? {
            return Ok(study);
        }
        drop(study);
        // Opening the study does the cleaning; if that fails, it can still be looked at.
        let _ = Self::open_existing(&path);
        Self::open_read_only(&path)
    }

    /// Reads what is left of a damaged file; returns `error` where nothing can be read.
    fn salvage(path: &Path, error: StoreError) -> Result<Self, StoreError> {
        let wrong = |problem| StoreError { path: path.to_owned(), problem };
        let path =
            std::path::absolute(path).map_err(|why| wrong(Problem::Disk(crate::files::in_words(&why))))?;
        let wrong = |problem| StoreError { path: path.clone(), problem };
        let file = anchor::resolved(&path);
        let salvage::Copy { connection, budget, damage, version } = match salvage::copy(&file) {
            Ok(copy) => copy,
            Err(Problem::Damaged(_)) => return Err(error),
            Err(other) => return Err(wrong(other)),
        };
        let id = open::study_id(&connection).map_err(wrong)?;
        let layout = schema::layout(&connection).map_err(wrong)?;
        let (anchor, witness, damage, erased) = (None, None, Some(damage), RefCell::default());
        let (lies, known, writer) = (Some(version), Cell::default(), RefCell::default());
        Ok(Self {
            path,
            file,
            connection,
            budget,
            id,
            layout,
            anchor,
            witness,
            damage,
            lies,
            known,
            erased,
            writer,
        })
    }

    /// Opens the study at `place` for what this one held, and says whether all of this one was copied there. If this one is
    /// locked, a new file gets its passphrase, and an existing unencrypted one is refused.
    fn open_for_this(&self, place: &Path) -> Result<(Self, bool), StoreError> {
        let wrong = |problem| StoreError { path: place.to_owned(), problem };
        cipher::keep_locked(&self.file, place).map_err(wrong)?;
        let whole = !cipher::has_key(&self.file) && self.copy_to(place);
        Ok((Self::open(place)?, whole))
    }

    /// Copies the whole study to a new file, where this one only lost its name: its other sessions are nowhere else. What cannot be copied is
    /// left out, because the caller saves its own session whatever became of the others. Whether that worked; without a copy the
    /// file begins empty, as any new one.
    fn copy_to(&self, place: &Path) -> bool {
        let copied = self.while_gone(|lost| {
            let name = place.to_str().ok_or(Problem::NoAccess)?;
            // Its folder may have been moved with it.
            let _ = crate::files::folder(crate::files::folder_of(place));
            crate::files::create_new(place).map_err(|why| Problem::Disk(crate::files::in_words(&why)))?;
            let written = lost.execute("VACUUM INTO ?1", [name]);
            if written.is_err() {
                let _ = std::fs::remove_file(place);
            }
            Ok(written.map(|_| ())?)
        });
        copied.is_some()
    }

    fn connect(path: &Path, access: Access) -> Result<Self, StoreError> {
        let wrong = |problem| StoreError { path: path.to_owned(), problem };
        // An absolute path, so that a later change of the working folder can't send a second connection to another file.
        let absolute =
            std::path::absolute(path).map_err(|why| wrong(Problem::Disk(crate::files::in_words(&why))))?;
        let wrong = |problem| StoreError { path: absolute.clone(), problem };
        let file = anchor::resolved(&absolute);
        let (connection, budget, damage) = open::connect(&file, access).map_err(wrong)?;
        let id = open::study_id(&connection).map_err(wrong)?;
        let anchor = match access {
            Access::Read => None,
            _ => Some(Anchor::drop_at(&absolute, &file, log::whose_alone(&file).ok()).map_err(wrong)?),
        };
        let layout = schema::layout(&connection).map_err(wrong)?;
        let study = Self {
            path: absolute,
            file,
            connection,
            budget,
            id,
            layout,
            anchor,
            witness: None,
            damage,
            lies: None,
            known: Cell::default(),
            erased: RefCell::default(),
            writer: RefCell::default(),
        };
        study.known.set(study.read(roll::sessions).unwrap_or_default());
        if access != Access::Read {
            // Completes an interrupted erasing. If that fails, the study is still usable: the mark stays and the next opening
            // tries again.
            let _ = study.clean();
        }
        Ok(study)
    }

    /// The file, as an absolute path.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The study's permanent id: 32 hexadecimal digits.
    pub fn study_id(&self) -> &str {
        &self.id
    }

    /// The version of the file's layout.
    pub fn file_version(&self) -> Result<usize, StoreError> {
        self.lies.map_or_else(|| self.read(schema::version), Ok)
    }

    /// Whether the file is encrypted with a passphrase.
    pub fn is_locked(&self) -> bool {
        cipher::has_key(&self.file)
    }

    /// Bytes on the disk, the write-ahead log included; 0 where that is unknown.
    pub fn size(&self) -> u64 {
        let files = [self.file.clone(), open::beside(&self.file, "-wal")];
        files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|found| found.len()).sum()
    }

    /// Checks every page of the file; takes about a second per few hundred megabytes.
    pub fn look_through(&self) -> Result<(), StoreError> {
        self.read(open::look_through)
    }

    /// What is wrong with the pages of a file opened read-only; what is read from such a file may be incomplete.
    pub fn damage(&self) -> Option<&str> {
        self.damage.as_deref()
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Result<T, StoreError> {
        self.budget.renew();
        work(&self.connection).map_err(|problem| self.error(problem))
    }

    /// Runs `work` in one transaction: all of it is kept durably, or none.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> Result<T, Problem>) -> Result<T, StoreError> {
        self.budget.renew();
        let Self { path, file, connection, layout, anchor, witness, known, .. } = self;
        let (anchor, witness) = (anchor.as_ref(), witness.as_ref());
        let written = || {
            still_there(anchor, file, witness)?;
            // Immediate, so that a writer waits for the lock at the start, where it can wait, and not after a first read.
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // Something foreign that was put into the file since, such as a trigger, must not run.
            schema::still_ours(&transaction, layout)?;
            let done = work(&transaction)?;
            log::count_write(&transaction)?;
            let sessions = roll::sessions(&transaction);
            // Checked again right before and right after the commit: what is acknowledged lies in the file that has the study's
            // name.
            still_there(anchor, file, witness)?;
            transaction.commit()?;
            still_there(anchor, file, witness)?;
            sessions.into_iter().for_each(|sessions| known.set(sessions));
            // A log that could not be moved doesn't undo the write; the next write tries again.
            if let (Some(anchor), Ok(true)) = (anchor, log::move_long_log(connection, file)) {
                anchor.renew(log::whose_alone(file).ok());
            }
            Ok(done)
        };
        written().map_err(|problem| StoreError { path: path.clone(), problem })
    }

    /// Fails where the file is no longer the one that was opened, or another program cut or changed it.
    pub fn still_there(&self) -> Result<(), StoreError> {
        still_there(self.anchor.as_ref(), &self.file, self.witness.as_ref())
            .map_err(|problem| self.error(problem))
    }

    /// Whether the name leads to no file any more, or to another one. Asks for metadata alone, and tells nothing of a file that was written
    /// over or cut short; see [`Study::still_there`].
    pub fn is_nameless(&self) -> bool {
        self.anchor.as_ref().is_some_and(|anchor| anchor.look().is_err())
    }

    /// Reads once more from a file that only lost its name, to rescue what another process wrote last. A file that was written
    /// over or cut short is not read, because its content can't be trusted.
    fn while_gone<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Option<T> {
        let gone = matches!(self.still_there(), Err(StoreError { problem: Problem::Gone, .. }));
        let elsewhere = gone || self.anchor.as_ref().is_some_and(Anchor::lies_elsewhere);
        if elsewhere { self.read(work).ok() } else { None }
    }

    fn error(&self, problem: Problem) -> StoreError {
        StoreError { path: self.path.clone(), problem }
    }
}

/// Fails where the file is no longer the one that was opened. A rewritten or smaller file may be another relata's work, so a
/// fresh connection checks that the file and its log are consistent.
fn still_there(anchor: Option<&Anchor>, file: &Path, witness: Option<&Witness>) -> Result<(), Problem> {
    let Some(anchor) = anchor else { return Ok(()) };
    if anchor.look()? == Found::Same {
        return Ok(());
    }
    // The file without its log first, because the log would hide what lies below it.
    let alone = log::whose_alone(file);
    let over = match &alone {
        Ok(alone) => !anchor.is_own(alone),
        Err(problem) => matches!(problem, Problem::NotAStudy | Problem::Damaged(_)),
    };
    if over {
        return Err(anchor.lose(Takeover::WrittenOver));
    }
    open::look_anew(file, witness).map_err(|problem| match problem {
        Problem::Locked => problem,
        other => Problem::Replaced { how: Takeover::Cut(other.cause()), aside: None },
    })?;
    anchor.renew(alone.ok());
    Ok(())
}

impl Drop for Study {
    /// Closing the last connection moves the log into the file of that name, so this is allowed only where the log is that
    /// file's own.
    fn drop(&mut self) {
        let own = match &self.anchor {
            Some(_) => self.still_there().is_ok(),
            None => !open::has_content(&open::beside(&self.file, "-wal")),
        };
        // Where the owner is unclear, the log stays beside the file; every opening can deal with that.
        let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !own);
    }
}
