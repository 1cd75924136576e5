//! What can be wrong with a study file, each as one sentence that names the file and says what to do. Owns the translation of
//! SQLite's error codes; refuses to show its jargon where the cause is known.

use std::path::PathBuf;

use rusqlite::ErrorCode;

use super::session::SessionId;
use crate::interview::{NotKept, SessionState};
use crate::text;
use crate::texts::Language;

/// A request that a study could not fulfil; the file is unchanged.
#[derive(Debug, thiserror::Error)]
#[error("`{}` {problem}", path.display())]
pub struct StoreError {
    /// The study's file.
    pub path: PathBuf,
    /// What is wrong, phrased to follow the file's name.
    pub problem: Problem,
}

/// What is wrong with a study, as the rest of a sentence that begins with the name of the file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// There is no such file.
    #[error("does not exist; check the name, or begin an interview to create it")]
    Missing,
    /// The file is missing or empty, but its log is there.
    #[error(
        "is not there or is empty, but its log is there (`{0}`), and may hold what was entered last; put the file back beside its \
         log, or move the log away to begin anew"
    )]
    LogAlone(String),
    /// The path is a folder.
    #[error("{}", told(self))]
    Folder,
    /// The parent folder can't be created.
    #[error("{}", told(self))]
    NoPlace(String),
    /// A file of some other program.
    #[error("{}", told(self))]
    NotAStudy,
    /// It is locked, and no passphrase was given.
    #[error("{}", told(self))]
    NoPassphrase,
    /// It is locked, and this program cannot open it.
    #[error("{}", told(self))]
    NoCipher,
    /// The given passphrase doesn't open it.
    #[error("{}", told(self))]
    WrongPassphrase,
    /// Data of a locked study would be written to a file that is not encrypted.
    #[error("{}", told(self))]
    PlainPlace,
    /// This build has no encryption.
    #[error(
        "can be neither locked nor unlocked by this relata, which was built without encryption; \
         `cargo build --release --features encryption` builds one that can (docs/encryption.md)"
    )]
    CannotLock,
    /// Hard links give its content other names, where the old content would stay.
    #[error(
        "goes by other names too (hard links: {0}), under which its old content would stay; delete those first"
    )]
    OtherNames(u64),
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
    /// SQLite found the content inconsistent.
    #[error("is damaged ({0}); it was left as it is: keep a copy and go back to your last backup")]
    Damaged(String),
    /// A damaged file can't be merged, because what is unreadable in it would be missing from the result.
    #[error(
        "is damaged ({0}) and no merge takes it in, because answers, codes and erasings that cannot be read would be missing \
         without a word; it was left as it is: merge a backup of it instead; `relata sessions` and `relata export` show what can \
         still be read"
    )]
    NotWhole(String),
    /// The log beside it belongs to another file.
    #[error(
        "has the log of another file beside it (`{0}`), as when a file is restored or synchronised without its log; both were left \
         as they are, and the file itself may well be sound: move that log to another folder and open the file again"
    )]
    OthersLog(String),
    /// An event doesn't fit its link in the chain.
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
    /// A journal has fewer events than were kept.
    #[error("{}", told(self))]
    Cut {
        /// The session.
        session: String,
        /// Events that were kept.
        kept: usize,
        /// Events that are there.
        there: usize,
    },
    /// It contains something that relata did not put there, such as a trigger.
    #[error(
        "holds something that relata did not put there ({0}), which could change answers or keep what was erased; it was left \
         as it is: take a backup, or remove that with the program that made it"
    )]
    Foreign(String),
    /// The file went away while it was open.
    #[error("{}", told(self))]
    Gone,
    /// Another file has taken its place, or another program cut it or wrote into it.
    #[error("{}", told(self))]
    Replaced {
        /// How the file was replaced.
        how: Takeover,
        /// Where the last writes to the former file were put aside.
        aside: Option<String>,
    },
    /// Another program has it locked.
    #[error("{}", told(self))]
    Locked,
    /// Writing is not permitted.
    #[error("{}", told(self))]
    ReadOnly,
    /// Reading is not permitted.
    #[error("{}", told(self))]
    NoAccess,
    /// The disk is full.
    #[error("{}", told(self))]
    Full,
    /// The disk or the system failed.
    #[error("{}", told(self))]
    Disk(String),
    /// No session has that id.
    #[error("holds no session `{0}`; check the id")]
    NoSession(String),
    /// More than one session matches.
    #[error("holds {count} sessions that `{wanted}` could mean; give more of the id")]
    Ambiguous {
        /// What was asked for.
        wanted: String,
        /// How many sessions fit.
        count: usize,
    },
    /// The session was erased.
    #[error("holds nothing of session `{session}` any more, because it was erased on {on}")]
    Erased {
        /// The session.
        session: String,
        /// The day, `YYYY-MM-DD` in UTC.
        on: String,
    },
    /// The session that was to be saved elsewhere has been erased there.
    #[error("{}", told(self))]
    ErasedThere {
        /// The session.
        session: String,
        /// The day, `YYYY-MM-DD` in UTC.
        on: String,
    },
    /// Another program erased a session that is open here.
    #[error("{}", told(self))]
    ErasedMeanwhile {
        /// The session.
        session: String,
        /// The day, `YYYY-MM-DD` in UTC.
        on: String,
    },
    /// A session with that id exists already.
    #[error("already holds a session `{0}`; begin the session with another id")]
    Exists(SessionId),
    /// The session is over and takes no more events.
    #[error("{}", told(self))]
    Over {
        /// The session.
        session: SessionId,
        /// How it ended.
        state: SessionState,
    },
    /// The journal in the file differs from what the writer knows.
    #[error("{}", told(self))]
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
    /// The value would not read back the same.
    #[error("cannot keep this, because it would not read back the same ({0}); enter it in another way")]
    Unkeepable(String),
    /// Erased, but traces may remain in the write-ahead log or in free pages; the text says why.
    #[error(
        "is rid of the sessions, but their last traces could not be cleaned away, because {0}; the next command that opens the \
         study tries again"
    )]
    NotYetClean(String),
    /// The output file of a merge exists and is not among its inputs.
    #[error(
        "is there already; name a file that is not, or name this one among the files to merge as well, so that it \
         takes the others in"
    )]
    Taken,
    /// An input file of a merge is named twice.
    #[error("is named twice; name every file once")]
    NamedTwice,
    /// An interview can't be saved under the name of the file that was lost.
    #[error("{}", told(self))]
    SamePlace,
    /// A merge would remove more sessions than the user allowed.
    #[error("would lose {0} sessions that other files have erased; if that is meant: --accept-erasures {0}")]
    ManyErasures(usize),
    /// So many imported responses of these tables would be taken for others by times, answers or running numbers alone, and nobody has said
    /// whether they are.
    #[error(
        "would have {0} imported response{s} of one file taken for {other} of another ({tables}), by times, answers or running numbers alone; \
         where the tables are downloads of one survey: --surveys one; where different people answered: --surveys apart",
        s = if *.0 == 1 { "" } else { "s" },
        other = if *.0 == 1 { "one" } else { "some" },
        tables = .1.join(", ")
    )]
    UnknownSurveys(usize, Vec<String>),
    /// Two different sessions have one id.
    #[error(
        "holds another session `{0}` than the files before it: simulated sessions of one seed do, and rows of two surveys that \
         count from 1: leave one file out, or make it anew with another seed, or with `survey = \"…\"` at the top of its map; where both are downloads of one survey: --surveys one"
    )]
    OtherSession(String),
    /// The session is one that the merged study has already, imported once more.
    #[error("it is the response of session `{0}`, which the merged study has")]
    Copy(String),
    /// The same, with other answers.
    #[error("it is the response of session `{0}`, which the merged study keeps with other answers")]
    Edited(String),
    /// The budget of steps ran out: the file is damaged, or was built to do harm.
    #[error("is damaged or was made to do harm (reading it does not come to an end); it was left as it is")]
    Endless,
    /// An error that should not occur.
    #[error("could not be used, for a reason that relata does not know ({0}); please report this")]
    Unexpected(String),
}

/// How a file stopped being the one that was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Takeover {
    /// Another file has its name.
    Renamed,
    /// Another file, or an earlier state, was written over it.
    WrittenOver,
    /// A file of its log, given by its suffix, is gone.
    LogDeleted(String),
    /// A file of its log, given by its suffix, is another one.
    LogReplaced(String),
    /// Its content is no longer consistent; says why.
    Cut(String),
    /// Something was added that relata did not put there.
    Foreign(String),
}

impl Takeover {
    fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Renamed => text!(language, "store-replaced-renamed"),
            Self::WrittenOver => text!(language, "store-replaced-over"),
            Self::LogDeleted(name) => text!(language, "store-replaced-log-deleted", name),
            Self::LogReplaced(name) => text!(language, "store-replaced-log", name),
            Self::Cut(why) => text!(language, "store-replaced-cut", why),
            Self::Foreign(what) => text!(language, "store-replaced-foreign", what),
        }
    }
}

/// See [`Problem::in_words`].
fn told(problem: &Problem) -> String {
    problem.told(&Language::fallback()).unwrap_or_default()
}

impl StoreError {
    /// The whole sentence, in the respondent's language where a respondent may read it.
    pub fn in_words(&self, language: &Language) -> String {
        format!("`{}` {}", self.path.display(), self.problem.in_words(language))
    }
}

impl Problem {
    /// The rest of the sentence. Errors that can occur while a respondent answers are translated; the others are in English.
    pub fn in_words(&self, language: &Language) -> String {
        self.told(language).unwrap_or_else(|| self.to_string())
    }

    fn told(&self, language: &Language) -> Option<String> {
        Some(match self {
            Self::Gone => text!(language, "store-gone"),
            Self::Replaced { how, aside } => {
                let kept = |log| text!(language, "store-replaced-aside", log);
                let aside = aside.as_deref().map(kept).unwrap_or_default();
                text!(language, "store-replaced", why = how.in_words(language) + &aside)
            }
            Self::Locked => text!(language, "store-locked"),
            Self::ReadOnly => text!(language, "store-read-only"),
            Self::NoAccess => text!(language, "store-no-access"),
            Self::Full => text!(language, "store-full"),
            Self::Disk(why) => text!(language, "store-disk", why),
            Self::Overtaken { session, kept, expected } => {
                text!(language, "store-overtaken", session = session.to_string(), kept, expected)
            }
            Self::Over { session, state } => {
                text!(language, "store-over", session = session.to_string(), state = state.to_string())
            }
            Self::ErasedThere { session, on } => text!(language, "store-erased-there", session, on),
            Self::ErasedMeanwhile { session, on } => {
                text!(language, "store-erased-meanwhile", session, on)
            }
            Self::SamePlace => text!(language, "store-same-place"),
            Self::Folder => text!(language, "store-folder"),
            Self::NoPlace(why) => text!(language, "store-no-place", why),
            Self::NotAStudy => text!(language, "store-not-a-study"),
            Self::NoPassphrase => text!(language, "store-no-passphrase"),
            Self::NoCipher => text!(language, "store-no-cipher"),
            Self::WrongPassphrase => text!(language, "store-wrong-passphrase"),
            Self::PlainPlace => text!(language, "store-plain-place"),
            Self::Cut { session, kept, there } => text!(language, "store-cut", session, kept, there),
            _ => return None,
        })
    }

    /// The cause alone, for use where the whole sentence would not fit.
    pub fn cause(&self) -> String {
        match self {
            Self::Damaged(what) | Self::NotWhole(what) | Self::Disk(what) | Self::Unexpected(what) => {
                what.clone()
            }
            Self::Changed { event, .. } => {
                format!("event {event} of it (counted from 0) or its header was changed outside relata")
            }
            Self::Cut { kept, there, .. } => {
                format!(
                    "it has {there} events where relata kept {kept}: somebody took the others away or put some in"
                )
            }
            Self::Full => "the disk is full".into(),
            Self::OthersLog(_) => "the log of another file lies beside it".into(),
            Self::Locked => "another program has it open".into(),
            Self::NotAStudy => "it is no study any more".into(),
            other => other.to_string(),
        }
    }

    /// Whether only one session is affected, and the others are not.
    pub fn is_of_a_session(&self) -> bool {
        matches!(self, Self::Damaged(_) | Self::Changed { .. } | Self::Cut { .. })
    }

    /// Whether retrying in this file is of no use, because the file is gone, or it or its copy of the session is not as relata
    /// kept it. A full disk, a lock and a missing permission can be mended.
    pub fn place_is_gone(&self) -> bool {
        match self {
            Self::Gone | Self::Replaced { .. } | Self::NotAStudy | Self::Newer { .. } | Self::Foreign(_) => {
                true
            }
            Self::OthersLog(_)
            | Self::LogAlone(_)
            | Self::NotWhole(_)
            | Self::Endless
            | Self::Unexpected(_) => true,
            other => other.is_of_a_session(),
        }
    }
}

/// SQLite's message on one line.
pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl From<StoreError> for NotKept {
    fn from(error: StoreError) -> Self {
        let erased = matches!(error.problem, Problem::ErasedMeanwhile { .. });
        let place_is_gone = error.problem.place_is_gone();
        let mut why = Self::new(place_is_gone, |language| error.in_words(language));
        why.erased = erased;
        why
    }
}

impl From<rusqlite::Error> for Problem {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::Error as Sql;
        let text = one_line(&error.to_string());
        match error {
            Sql::SqliteFailure(failure, _) => match failure.code {
                ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Self::Locked,
                ErrorCode::ReadOnly => Self::ReadOnly,
                ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Self::NoAccess,
                // SQLite says "unknown" of a file whose layout it doesn't understand.
                ErrorCode::DatabaseCorrupt | ErrorCode::Unknown => Self::Damaged(match text.as_str() {
                    "database disk image is malformed" => "a page of it cannot be read".into(),
                    _ => text,
                }),
                ErrorCode::NotADatabase => Self::NotAStudy,
                ErrorCode::DiskFull => Self::Full,
                // Only extending the log's index fails this way, so the cause is known.
                ErrorCode::SystemIoFailure
                    if failure.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE =>
                {
                    Self::Full
                }
                ErrorCode::OperationInterrupted => Self::Endless,
                // Relata's own writes satisfy the constraints, so a violation means that the file was changed.
                ErrorCode::ConstraintViolation => {
                    Self::Damaged("rows of it do not fit together any more".into())
                }
                ErrorCode::SystemIoFailure | ErrorCode::FileLockingProtocolFailed => Self::Disk(text),
                _ => Self::Unexpected(text),
            },
            // The statements are fixed and tested: if one doesn't fit, the table is not as relata made it.
            Sql::SqlInputError { msg, .. } => Self::Damaged(one_line(&msg)),
            // The schema fixes every column's type, so a value of another type was not written by relata.
            Sql::FromSqlConversionFailure(..) | Sql::InvalidColumnType(..) => {
                Self::Damaged("a value in it is of another kind than relata writes".into())
            }
            Sql::IntegralValueOutOfRange(_, number) => {
                Self::Damaged(format!("{number} stands in it where relata writes no such number"))
            }
            Sql::Utf8Error(..) => Self::Damaged("a text in it is no UTF-8".into()),
            _ => Self::Unexpected(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_come_up_while_somebody_answers_is_said_in_their_language() {
        let session = SessionId::new(0, [1; 10]);
        let cut = Takeover::Cut("x".into());
        let all = [
            Problem::Gone,
            Problem::Replaced { how: Takeover::WrittenOver, aside: Some("s.relata-wal-lost".into()) },
            Problem::Replaced { how: Takeover::Renamed, aside: None },
            Problem::Replaced { how: cut, aside: None },
            Problem::Locked,
            Problem::ReadOnly,
            Problem::NoAccess,
            Problem::Full,
            Problem::Disk("os error 5".into()),
            Problem::Overtaken { session, kept: 3, expected: 2 },
            Problem::Over { session, state: SessionState::Finished },
            Problem::Over { session, state: SessionState::Withdrawn },
            Problem::ErasedThere { session: session.to_string(), on: "2026-01-01".into() },
            Problem::SamePlace,
            Problem::Folder,
            Problem::NoPlace("no such folder".into()),
            Problem::NotAStudy,
            Problem::NoPassphrase,
            Problem::NoCipher,
            Problem::WrongPassphrase,
            Problem::PlainPlace,
            Problem::Cut { session: session.to_string(), kept: 3, there: 2 },
        ];
        for problem in all {
            let error = StoreError { path: "/tmp/s.relata".into(), problem };
            let kept = NotKept::from(StoreError { path: error.path.clone(), problem: error.problem.clone() });
            let [english, dutch] = ["en", "nl"].map(|tag| error.in_words(&Language::new(tag)));
            assert_eq!(english, error.to_string());
            let whole = |said: &str| said.trim_end_matches('.').to_owned() + ".";
            assert_eq!(
                (kept.to_string(), kept.in_words(&Language::new("nl"))),
                (whole(&english), &*whole(&dutch))
            );
            assert!(dutch.starts_with("`/tmp/s.relata` ") && dutch != english, "{dutch}");
            assert!(!english.contains('{') && !dutch.contains(" the "), "{english} {dutch}");
        }
        // An error that occurs only on the command line is in English.
        let error = StoreError { path: "s".into(), problem: Problem::Missing };
        assert_eq!(error.in_words(&Language::new("nl")), error.to_string());
    }

    #[test]
    fn what_the_database_says_is_one_line() {
        let said = "Tree 3 page 5:\n  wrong\n\tthing".to_owned();
        let failure = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_CORRUPT);
        let problem = Problem::from(rusqlite::Error::SqliteFailure(failure, Some(said)));
        assert_eq!(problem, Problem::Damaged("Tree 3 page 5: wrong thing".into()));
    }
}
