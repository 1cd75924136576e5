//! What can be wrong with a study file, each as one sentence that names the file and says what to do. Owns the
//! translation of the database's codes; refuses to let its jargon through where the cause is known.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::session::{SessionId, State};

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
    /// Erased, but a copy may be left in the write-ahead log or in free pages.
    #[error(
        "is rid of the sessions, but another program keeps their last traces from being cleaned away; close that \
         program and open the study again"
    )]
    NotYetClean,
    /// A merge was to be written over it.
    #[error(
        "is there already; name a file that is not, or name this one among the files to merge as well, so that it \
         takes the others in"
    )]
    Taken,
    /// One file was to be merged with itself.
    #[error("is named twice; name every file once")]
    NamedTwice,
    /// Another merge writes it, or was cut short while it did.
    #[error(
        "cannot be written, because another merge into it is going on or was cut short; if none is, delete `{0}` and \
         every file whose name begins so"
    )]
    HalfMerged(String),
    /// Two different sessions have one id.
    #[error(
        "holds another session `{0}` than the files before it, which no two interviews can; simulated sessions of one \
         seed do: leave one of the files out, or simulate with another seed"
    )]
    OtherSession(String),
    /// Anything that should not happen.
    #[error("could not be used, for a reason that relata does not know ({0}); please report this")]
    Unexpected(String),
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
