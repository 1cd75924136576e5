//! Failures on their way to a person: one sentence, what to do about it, and an exit code.

use std::fmt;
use std::io;

use crate::files;
use crate::import::table::TableError;
use crate::plain::PlainError;
use crate::store::StoreError;
use crate::study::StudyError;

/// Why a command did not do what was asked.
#[derive(Debug)]
pub(super) enum Failure {
    /// The request was refused, with the reason and what helps.
    Refused { message: String, help: Option<String> },
    /// The flags do not go together.
    Usage(String),
    /// The reader of our output went away.
    PipeClosed,
}

impl Failure {
    pub fn refused(message: impl Into<String>) -> Self {
        Self::Refused { message: message.into(), help: None }
    }

    pub fn help(self, text: impl Into<String>) -> Self {
        match self {
            Self::Refused { message, .. } => Self::Refused { message, help: Some(text.into()) },
            other => other,
        }
    }

    /// The failure as one line for a screen.
    pub fn sentence(&self) -> String {
        match self {
            Self::Refused { message, help } => match help {
                Some(help) => format!("{message} ({help})"),
                None => message.clone(),
            },
            other => other.to_string(),
        }
    }

    pub fn code(&self) -> u8 {
        match self {
            Self::Refused { .. } => 1,
            Self::Usage(_) => 2,
            // The reader has read enough.
            Self::PipeClosed => 0,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused { message, help } => {
                write!(f, "relata: {message}")?;
                help.iter().try_for_each(|help| write!(f, "\n  help: {help}"))
            }
            Self::Usage(message) => write!(f, "relata: {message}\n  help: see `relata --help`"),
            Self::PipeClosed => Ok(()),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        Self::refused(error.to_string())
    }
}

impl From<StudyError> for Failure {
    fn from(error: StudyError) -> Self {
        Self::Refused { message: error.message, help: error.help }
    }
}

impl From<TableError> for Failure {
    fn from(error: TableError) -> Self {
        match error.typed {
            true => Self::Usage(error.message),
            false => Self::Refused { message: error.message, help: error.help },
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::PipeClosed,
            _ => Self::refused(format!("output could not be written: {}", files::in_words(&error))),
        }
    }
}

impl From<PlainError> for Failure {
    fn from(error: PlainError) -> Self {
        match error {
            PlainError::Io(why) if why.kind() == io::ErrorKind::BrokenPipe => Self::PipeClosed,
            other => Self::refused(other.to_string()),
        }
    }
}
