//! The study: one `.relata` file that holds sessions, the instruments that they used, coders' codes, and nothing that cannot be
//! derived again from these.
//!
//! Owns the file format and its migrations, durability (an event that was acknowledged survives a power cut), erasing,
//! and the sentences for everything that can be wrong with a file. Refuses to understand an interview: it keeps events,
//! in their order, and gives them back. Refuses clocks and randomness: instants, seeds and the bits of an id are arguments.
//!
//! There is no table of derived values but one, of digests, which anybody may drop ([`KeptDigest`]). What a list of sessions
//! shows (open or over, how many events, when the last one was) is read off a session's last event, one look-up a session,
//! so that nothing can become stale.

use std::cell::RefCell;
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
pub use merge::{FEW_ERASURES, Merged, merge};
pub use origin::Imported;
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
    /// The name that somebody gave.
    path: PathBuf,
    /// Where that leads, links followed.
    file: PathBuf,
    connection: Connection,
    budget: Budget,
    id: String,
    /// The number of changes of the layout, as it was when that was found to be relata's own.
    layout: i64,
    /// What ties it to its name; none where it is only looked at.
    anchor: Option<Anchor>,
    /// The last event of a running interview: if anybody wrote into the file, this at least must still be in it.
    witness: Option<Witness>,
    /// What is wrong with its pages, where it is only looked at and was looked through.
    damage: Option<String>,
    /// The version of the file as it lies, where what is read is a copy of it.
    lies: Option<usize>,
    /// Sessions that were open here and that somebody is known to have erased, with the day.
    erased: RefCell<BTreeMap<String, String>>,
    /// The connection of [`Study::keep_advice`]. The last one, so that it is closed last and moves the log into the file.
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
    /// Opens the study at `path`; begins one, with its folders, where there is nothing yet. A file of an older relata is
    /// brought up to date.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Create)
    }

    /// Opens the study at `path`, which must exist.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Write)
    }

    /// Opens the study at `path` once more in a process that has it open already: nothing but the database looks into the file then,
    /// because closing any other handle of it would take away this process's locks.
    pub fn open_again(path: &Path) -> Result<Self, StoreError> {
        Self::connect(path, Access::Again)
    }

    /// Opens the study at `path` to look at it. Nothing is written through it; works on a write-protected disk
    /// too. What [`Study::keep_advice`] keeps goes through another connection.
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
                Err(error @ StoreError { problem: Problem::Damaged(_), .. }) => Self::salvage(path, error),
                Err(other) => Err(other),
                Ok(study) => {
                    drop(study);
                    Self::open_read_only(path)
                }
            },
            Err(error @ StoreError { problem: Problem::Damaged(_), .. }) => Self::salvage(path, error),
            // One page that cannot be read must not hide what all others say.
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

    /// The study again once an erasing that was cut short is completed.
    fn cleaned(study: Self) -> Result<Self, StoreError> {
        let path = study.path.clone();
        if !study.read(erase::is_to_be_cleaned)? {
            return Ok(study);
        }
        drop(study);
        // Opening it does the cleaning. If that cannot be now, looking is still possible.
        let _ = Self::open_existing(&path);
        Self::open_read_only(&path)
    }

    /// What can be read of a damaged file; `error` where nothing can.
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
        let (lies, writer) = (Some(version), RefCell::default());
        Ok(Self { path, file, connection, budget, id, layout, anchor, witness, damage, lies, erased, writer })
    }

    /// Opens the study at `place` for what this one held: where this one is locked, one that is begun there gets its passphrase, and
    /// one that everybody can read is refused.
    fn open_for_this(&self, place: &Path) -> Result<Self, StoreError> {
        let wrong = |problem| StoreError { path: place.to_owned(), problem };
        cipher::keep_locked(&self.file, place).map_err(wrong)?;
        Self::open(place)
    }

    fn connect(path: &Path, access: Access) -> Result<Self, StoreError> {
        let wrong = |problem| StoreError { path: path.to_owned(), problem };
        // A later change of the working folder must not send a second connection to another file.
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
            erased: RefCell::default(),
            writer: RefCell::default(),
        };
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
        self.lies.map_or_else(|| self.read(schema::version), Ok)
    }

    /// Whether nobody reads it without its passphrase.
    pub fn is_locked(&self) -> bool {
        cipher::has_key(&self.file)
    }

    /// Bytes on the disk, the write-ahead log included; 0 where that cannot be found out.
    pub fn size(&self) -> u64 {
        let files = [self.file.clone(), open::beside(&self.file, "-wal")];
        files.iter().filter_map(|file| std::fs::metadata(file).ok()).map(|found| found.len()).sum()
    }

    /// Looks through every page of the file. Takes a second for some hundred megabytes.
    pub fn look_through(&self) -> Result<(), StoreError> {
        self.read(open::look_through)
    }

    /// What is wrong with the pages of a file that is only looked at: what is read of it may not be all of it.
    pub fn damage(&self) -> Option<&str> {
        self.damage.as_deref()
    }

    fn read<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Result<T, StoreError> {
        self.budget.renew();
        work(&self.connection).map_err(|problem| self.error(problem))
    }

    /// All of `work` happens, durably, or none of it.
    fn write<T>(&mut self, work: impl FnOnce(&Transaction) -> Result<T, Problem>) -> Result<T, StoreError> {
        self.budget.renew();
        let Self { path, file, connection, layout, anchor, witness, .. } = self;
        let (anchor, witness) = (anchor.as_ref(), witness.as_ref());
        let written = || {
            still_there(anchor, file, witness)?;
            // Immediate: who waits for the lock waits at the start, where waiting is possible, and not after a first read.
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            // What somebody put into the file since, such as a trigger, must not be obeyed.
            schema::still_ours(&transaction, layout)?;
            let done = work(&transaction)?;
            log::count_write(&transaction)?;
            // Once more right before and right after: what is acknowledged lies in the file that has the study's name.
            still_there(anchor, file, witness)?;
            transaction.commit()?;
            still_there(anchor, file, witness)?;
            // A log that could not be moved is no fault of what was kept: the next write tries again.
            if let (Some(anchor), Ok(true)) = (anchor, log::move_long_log(connection, file)) {
                anchor.renew(log::whose_alone(file).ok());
            }
            Ok(done)
        };
        written().map_err(|problem| StoreError { path: path.clone(), problem })
    }

    /// Fails where the file is not the one any more that was opened, or was cut short or written into by somebody else.
    pub fn still_there(&self) -> Result<(), StoreError> {
        still_there(self.anchor.as_ref(), &self.file, self.witness.as_ref())
            .map_err(|problem| self.error(problem))
    }

    /// Reads once more from a file that only lost its name, so that what another process wrote last is not lost with it. One that
    /// was written over or cut short is not touched: what was open of it may be anything by now.
    fn while_gone<T>(&self, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Option<T> {
        let gone = matches!(self.still_there(), Err(StoreError { problem: Problem::Gone, .. }));
        let elsewhere = gone || self.anchor.as_ref().is_some_and(Anchor::lies_elsewhere);
        if elsewhere { self.read(work).ok() } else { None }
    }

    fn error(&self, problem: Problem) -> StoreError {
        StoreError { path: self.path.clone(), problem }
    }
}

/// Refuses where the file is not the one any more that was opened. Where it was rewritten or is smaller, another relata may have
/// been at work; then what is on the disk has to hang together, with its log, for a connection that remembers nothing.
fn still_there(anchor: Option<&Anchor>, file: &Path, witness: Option<&Witness>) -> Result<(), Problem> {
    let Some(anchor) = anchor else { return Ok(()) };
    if anchor.look()? == Found::Same {
        return Ok(());
    }
    // First the file without its log, which would hide whatever lies below it.
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
    /// Closing the last connection moves the log into the file that has its name: only where that is the one that it is of.
    fn drop(&mut self) {
        let own = match &self.anchor {
            Some(_) => self.still_there().is_ok(),
            None => !open::has_content(&open::beside(&self.file, "-wal")),
        };
        // Where that cannot be said, the log stays beside the file, which every opening knows how to deal with.
        let _ = self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !own);
    }
}
