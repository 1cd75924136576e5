//! What can be wrong with a study file, each as one sentence that names the file and says what to do. Owns the
//! translation of the database's codes; refuses to let its jargon through where the cause is known.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::session::{SessionId, State};
use crate::interview::NotKept;

/// A request that a study could not fulfil. The file is then as it was before.
#[derive(Debug, thiserror::Error)]
#[error("`{}` {problem}", path.display())]
pub struct StoreError {
    /// The study's file.
    pub path: PathBuf,
    /// What is wrong; reads on from the file's name.
    pub problem: Problem,
}

/// What is wrong with a study, as the rest of a sentence that begins with the name of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// There is no such file.
    #[error("does not exist; check the name, or begin an interview to create it")]
    Missing,
    /// Its log lies there without it.
    #[error(
        "is not there or is empty, but its log is there (`{0}`), and may hold what was entered last; put the file back beside its \
         log, or move the log away to begin anew"
    )]
    LogAlone(String),
    /// A folder has that name.
    #[error("is a folder; name a file in it, such as `study.relata`")]
    Folder,
    /// The folder that it should be in cannot be made.
    #[error("cannot be created, because its folder cannot be made ({0}); choose another place")]
    NoPlace(String),
    /// Some other file.
    #[error(
        "is not a relata study, or its first bytes are damaged; it was left as it is: choose another file"
    )]
    NotAStudy,
    /// A file version that this program does not know.
    #[error(
        "was written by a newer relata (file version {found}, this one reads up to {known}); it was left as it is: \
         update relata to open it"
    )]
    Newer {
        /// The file's version.
        found: usize,
        /// The newest that is known here.
        known: usize,
    },
    /// An older file version, opened without the right to change it.
    #[error(
        "was written by an older relata and must be brought up to date first; open it once where it can be written"
    )]
    Older,
    /// The content contradicts itself.
    #[error("is damaged ({0}); it was left as it is: keep a copy and go back to your last backup")]
    Damaged(String),
    /// What cannot be read of it would be missing from whatever it is merged into.
    #[error(
        "is damaged ({0}) and no merge takes it in, because answers, codes and erasings that cannot be read would be missing \
         without a word; it was left as it is: merge a backup of it instead; `relata sessions` and `relata export` show what can \
         still be read"
    )]
    NotWhole(String),
    /// A log lies beside it that is not its own.
    #[error(
        "has the log of another file beside it (`{0}`), as when a file is restored or synchronised without its log; both were left \
         as they are, and the file itself may well be sound: move that log to another folder and open the file again"
    )]
    OthersLog(String),
    /// An event does not fit its link.
    #[error(
        "has session `{session}` with an event that was changed outside relata (event {event}, counted from 0, or the session's \
         header); what it says is not to be trusted: take the session from a backup or a copy, or erase it"
    )]
    Changed {
        /// The session.
        session: String,
        /// The event, from 0.
        event: usize,
    },
    /// Something that relata did not make is in it.
    #[error(
        "holds something that relata did not put there ({0}), which could change answers or keep what was erased; it was left \
         as it is: take a backup, or remove that with the program that made it"
    )]
    Foreign(String),
    /// The file went away while it was open.
    #[error(
        "is not there any more: it was deleted or moved while relata had it open; put it back, or save elsewhere"
    )]
    Gone,
    /// Another file has taken its place, or somebody cut it or wrote into it.
    #[error(
        "is not the file any more that relata opened ({0}), as after a restore or a synchronisation; nothing is written into \
         it: save elsewhere"
    )]
    Replaced(String),
    /// Somebody else holds it.
    #[error("is held by another program; close that program, or wait until it is done, and try again")]
    Locked,
    /// No right to write.
    #[error(
        "cannot be written, because the file or its folder is read-only; allow writing or copy it elsewhere"
    )]
    ReadOnly,
    /// No right to read.
    #[error("cannot be opened; check that you may read the file and write in its folder")]
    NoAccess,
    /// No space.
    #[error(
        "could not be written, because the disk is full; what was kept before is safe: free some space and try again"
    )]
    Full,
    /// The disk or the system failed.
    #[error("could not be read or written ({0}); check the disk and try again")]
    Disk(String),
    /// No session is called that.
    #[error("holds no session `{0}`; check the id")]
    NoSession(String),
    /// More than one session could be meant.
    #[error("holds {count} sessions that `{wanted}` could mean; give more of the id")]
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// How many sessions fit.
        count: usize,
    },
    /// The session was there once.
    #[error("holds nothing of session `{session}` any more, because it was erased on {on}")]
    Erased {
        /// The session.
        session: String,
        /// The day, `YYYY-MM-DD` in UTC.
        on: String,
    },
    /// What was lost is to be saved where it was erased.
    #[error(
        "has erased session `{session}` (on {on}) and takes nothing of it back, because the next merge would take it away again; \
         nothing is lost: name another file"
    )]
    ErasedThere {
        /// The session.
        session: String,
        /// The day, `YYYY-MM-DD` in UTC.
        on: String,
    },
    /// Somebody erased a session that is open here.
    #[error(
        "has session `{session}` no more: it was erased on {on}, by another program, while it was open here; nothing of it is kept, \
         here or in another file"
    )]
    ErasedMeanwhile {
        /// The session.
        session: String,
        /// The day, `YYYY-MM-DD` in UTC.
        on: String,
    },
    /// The id is taken.
    #[error("already holds a session `{0}`; begin the session with another id")]
    Exists(SessionId),
    /// The session takes no more events.
    #[error(
        "takes nothing more into session `{session}`, because it is {state}; begin a new session instead"
    )]
    Over {
        /// The session.
        session: SessionId,
        /// How it ended.
        state: State,
    },
    /// The journal has other events than the writer believes.
    #[error(
        "has other events of session `{session}` ({kept}) than were expected ({expected}), because it was continued elsewhere; \
         leave it here and resume it to go on from there"
    )]
    Overtaken {
        /// The session.
        session: SessionId,
        /// Events in the file.
        kept: usize,
        /// Events that the writer knows.
        expected: usize,
    },
    /// No instrument has that content hash.
    #[error("holds no instrument with the content hash `{0}`; check the hash")]
    NoInstrument(String),
    /// The value would not come back as it is.
    #[error("cannot keep this, because it would not read back the same ({0}); enter it in another way")]
    Unkeepable(String),
    /// Erased, but a copy may be left in the write-ahead log or in free pages; the sentence says why.
    #[error(
        "is rid of the sessions, but their last traces could not be cleaned away, because {0}; the next command that opens the \
         study tries again"
    )]
    NotYetClean(String),
    /// A merge was to be written over it.
    #[error(
        "is there already; name a file that is not, or name this one among the files to merge as well, so that it \
         takes the others in"
    )]
    Taken,
    /// One file was to be merged with itself.
    #[error("is named twice; name every file once")]
    NamedTwice,
    /// The interview cannot be saved where its file was lost.
    #[error("is the file that was lost; name another one")]
    SamePlace,
    /// More sessions would go than anybody said that they should.
    #[error(
        "would lose {0} sessions that other files have erased; if that is meant, merge with --accept-erasures {0}"
    )]
    ManyErasures(usize),
    /// Two different sessions have one id.
    #[error(
        "holds another session `{0}` than the files before it, which no two interviews can; simulated sessions of one \
         seed do: leave one of the files out, or simulate with another seed"
    )]
    OtherSession(String),
    /// The words of the file make a question of relata go on and on.
    #[error("is damaged or was made to do harm (reading it does not come to an end); it was left as it is")]
    Endless,
    /// Anything that should not happen.
    #[error("could not be used, for a reason that relata does not know ({0}); please report this")]
    Unexpected(String),
}

impl Problem {
    /// The cause alone, where the rest of the sentence would be out of place.
    pub fn cause(&self) -> String {
        match self {
            Self::Damaged(what) | Self::NotWhole(what) | Self::Disk(what) | Self::Unexpected(what) => {
                what.clone()
            }
            Self::Changed { event, .. } => {
                format!("event {event} of it (counted from 0) or its header was changed outside relata")
            }
            Self::Full => "the disk is full".into(),
            Self::OthersLog(_) => "the log of another file lies beside it".into(),
            Self::Locked => "another program has it open".into(),
            Self::NotAStudy => "it is no study any more".into(),
            other => other.to_string(),
        }
    }

    /// Whether the place itself is gone, so that trying again there is of no use.
    pub fn place_is_gone(&self) -> bool {
        matches!(self, Self::Gone | Self::Replaced(_))
    }
}

impl From<StoreError> for NotKept {
    fn from(error: StoreError) -> Self {
        let erased = matches!(error.problem, Problem::ErasedMeanwhile { .. });
        Self { place_is_gone: error.problem.place_is_gone(), erased, sentence: error.to_string() }
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sql;
        let text = error.to_string();
        match error {
            Sql::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked,
                ErrorCode::ReadOnly => Self::ReadOnly,
                ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::NoAccess,
                // "Unknown" is what the database says of a file whose layout it does not understand.
                ErrorCode::DatabaseCorrupt | ErrorCode::Unknown => Self::Damaged(text),
                ErrorCode::NotADatabase => Self::NotAStudy,
                ErrorCode::DiskFull => Self::Full,
                // The index of the log is made longer by its size alone, and that is all that this can come to.
                ErrorCode::SystemIoFailure
                    if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE =>
                {
                    Self::Full
                }
                ErrorCode::OperationInterrupted => Self::Endless,
                ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed => Self::Disk(text),
                _ => Self::Unexpected(text),
            },
            // The statements are fixed and tested: where they do not fit, a table is not as relata made it.
            Sql::SqlInputError { msg, .. } => Self::Damaged(msg),
            // The schema fixes every column's type, so a value of another type was not written by relata.
            Sql::FromSqlConversionFailure(..)
            | Sql::InvalidColumnType(..)
            | Sql::IntegralValueOutOfRange(..)
            | Sql::Utf8Error(..) => Self::Damaged(text),
            _ => Self::Unexpected(text),
        }
    }
}
