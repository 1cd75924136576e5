//! The use cases of a study, for commands, screens and lines alike: reading sessions, measuring them against each other, taking codes in.
//!
//! Front-ends parse, call this room and show what it returns. Owns the one way to a session (its journal replayed, or the digest of that
//! very journal), and reports each bad session once without failing the others. Never prints, reads a clock or draws random numbers.

use std::fmt;

use crate::store::{LostRows, StoreError, Unreadable, Unsound};

pub mod advised;
pub mod agreement;
pub mod blind;
pub mod codes;
pub mod coding;
pub mod crowd;
pub mod digests;
pub mod erasing;
pub mod freezing;
pub mod imports;
pub mod info;
pub mod interviews;
pub mod learning;
pub mod loading;
pub mod measuring;
pub mod paper;
pub mod projects;
pub mod relations;
pub mod retention;
pub mod rooms;
pub mod sources;
pub mod tables;
pub mod transcripts;
pub mod writer;

/// What a front-end has to name of the file to ask for something: files are never its business otherwise.
pub use crate::store::{Ledger, LedgerEntry, SessionId, Study};
pub use loading::{Loader, check_language, sessions};
pub use measuring::{Preparation, Sessions};

/// Why something was not done: a sentence, and what helps.
#[derive(Debug, thiserror::Error)]
#[error("{message}")]
pub struct StudyError {
    /// What is wrong, and where.
    pub message: String,
    /// What to do about it, where that is known.
    pub help: Option<String>,
}

impl StudyError {
    /// A refusal without advice.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    /// Adds what to do about it.
    pub fn help(self, text: impl Into<String>) -> Self {
        Self { help: Some(text.into()), ..self }
    }
}

impl From<StoreError> for StudyError {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string())
    }
}

/// A part of a study that cannot be used.
#[derive(Debug)]
pub enum UnusablePart {
    /// A session that is left out.
    Session(Unreadable),
    /// A code, a tombstone or a setting that counts nowhere.
    Row(Unsound),
    /// Rows that were taken away whole.
    Lost(LostRows),
}

impl UnusablePart {
    /// The id of the bad part, by which a caller recognises one that it has reported already.
    pub fn about(&self) -> &str {
        match self {
            Self::Session(unreadable) => &unreadable.session,
            Self::Row(row) => &row.name,
            Self::Lost(lost) => lost.table,
        }
    }
}

/// What helps where pages of a file are damaged, which nothing is erased from or merged with.
const OF_A_BACKUP: &str = "take it from a backup or a copy that was made before the damage";

impl fmt::Display for UnusablePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Session(Unreadable { session, respondent, problem, damaged: true }) => write!(
                f,
                "session {session}{} is left out: {}\n  help: {OF_A_BACKUP}",
                if respondent.is_empty() { String::new() } else { format!(" of {respondent}") },
                problem.cause()
            ),
            Self::Session(Unreadable { session, respondent, problem, .. }) if respondent.is_empty() => {
                write!(
                    f,
                    "session {session} is left out: {}\n  help: `relata erase --session {session}`, or a backup",
                    problem.cause()
                )
            }
            Self::Session(Unreadable { session, respondent, problem, .. }) => write!(
                f,
                "session {session} of {respondent} is left out: {}\n  help: merge this file with a good copy into a new one, which takes \
                 the good one over, or `relata erase --session {session}`",
                problem.cause()
            ),
            Self::Row(Unsound { what, name, counts: true }) => write!(
                f,
                "{what} {name} was changed outside relata, so that a merge takes no session out of another file for it\n  help: merge \
                 this file with a good copy, whose tombstone is taken over"
            ),
            Self::Row(Unsound { what, name, counts: false }) => write!(
                f,
                "{what} {name} was changed outside relata or cannot be read, and counts nowhere\n  help: take it from a backup or a copy"
            ),
            Self::Lost(lost) if lost.damaged => write!(f, "{lost}\n  help: {OF_A_BACKUP}"),
            Self::Lost(lost) => write!(
                f,
                "{lost}\n  help: merge this file with a backup or a copy into a new one, which brings back what that holds; merged \
                 with any other study, it goes on without"
            ),
        }
    }
}

/// Where notices go.
pub type Hear<'a> = &'a dyn Fn(&UnusablePart);
