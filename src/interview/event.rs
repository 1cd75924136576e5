//! The events of an interview, its fixed settings, and the reasons for a refusal. These types define the journal: a change here
//! changes the format of every study file.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use super::Notice;
use crate::instrument::code::is_new_code;
use crate::instrument::prompt::{Invalid, Reply};
use crate::instrument::{Audience, Instrument, Language, StartField};

/// Milliseconds since 1970 in UTC.
pub type Instant = i64;

/// What is fixed when a session begins.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Start {
    /// Seed of every random order.
    pub seed: u64,
    /// The language to begin in.
    pub language: Language,
    /// The values of the start form.
    pub fields: BTreeMap<String, String>,
    /// When it began.
    pub at: Instant,
    /// Offset of the local clock from UTC in minutes at that time; `None` if not recorded, as in older versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offset: Option<i32>,
}

impl Start {
    /// Who the session is about: the first field of the start form.
    pub fn about(&self, instrument: &Instrument) -> Option<&str> {
        self.fields.get(&instrument.fields.first()?.name).map(String::as_str)
    }
}

/// Whether a field of a start form accepts `value`; a field for a person's code accepts only codes, never names.
pub fn is_fit(value: &str, field: &StartField, instrument: &Instrument) -> bool {
    let asks_code = instrument.field_of_person().is_some_and(|person| person.name == field.name);
    !asks_code || value.trim().is_empty() || is_new_code(value.trim())
}

/// The source of a session whose answers another program collected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The program, as far as its file says.
    pub platform: String,
    /// The name of the file, without its folder.
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub hash: String,
    /// Row number in the file, counted as in a spreadsheet.
    pub row: u64,
    /// The program's identifier of this response, if it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// SHA-256 of everything in the row that belongs to this session, to detect rows that changed.
    pub content: String,
}

/// A sheet of paper whose answers were entered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetRecord {
    /// The number printed on it.
    pub number: String,
    /// The people who entered it independently; empty if unknown.
    pub entered_by: Vec<String>,
    /// The codes of places where the entries differed, so that a decision was made.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decided: Vec<String>,
    /// The codes of places with marks that were not asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub not_asked: Vec<String>,
}

/// Something that happened. Appended to the journal and never edited; uses names instead of positions, so that a journal can be
/// read without the program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// The following answers were collected by another program. Must come first; required answers are not enforced, because that
    /// was up to the other program.
    Imported(Origin),
    /// The following answers were given on paper, in the order of the file. Must come first.
    Sheet(SheetRecord),
    /// The notice shown before consent is asked for; must precede that answer, and the last one counts.
    Told(Notice),
    /// A prompt got a reply.
    Answered {
        /// The item's name.
        item: String,
        /// Which of its prompts, from 0.
        step: usize,
        /// What was entered.
        reply: Reply,
    },
    /// To the prompt before.
    Back,
    /// To the next prompt without a new reply.
    Forward,
    /// To the first item of a group.
    Jumped {
        /// The group's name.
        group: String,
    },
    /// From the review to an item, to return when it is done.
    Opened {
        /// The item's name.
        item: String,
    },
    /// A note was written or changed; an empty text takes it away.
    Noted {
        /// The item's name.
        item: String,
        /// The whole note.
        text: String,
    },
    /// A field of the start form was corrected.
    Field {
        /// The field's name.
        name: String,
        /// Its new value.
        value: String,
    },
    /// The language changed.
    Language {
        /// Its tag.
        language: Language,
    },
    /// The clock of the interview stopped.
    Paused,
    /// The clock runs again; also the first event after a session was resumed.
    Resumed,
    /// The keyboard changed hands.
    HandedOver {
        /// Who has it now.
        to: Audience,
    },
    /// The respondent withdrew.
    Withdrawn,
    /// All is answered and reviewed.
    Finished,
}

impl Event {
    /// Whether the event is worth keeping: an answer, a note, a correction, or an end. A session without any such event is
    /// considered unused; reading a text and moving around do not count.
    pub fn touches(&self) -> bool {
        match self {
            Self::Answered { reply, .. } => *reply != super::seen(),
            Self::Noted { .. } | Self::Field { .. } | Self::Withdrawn | Self::Finished => true,
            Self::Imported(_)
            | Self::Sheet(_)
            | Self::Told(_)
            | Self::Back
            | Self::Forward
            | Self::Jumped { .. }
            | Self::Opened { .. }
            | Self::Language { .. }
            | Self::Paused
            | Self::Resumed
            | Self::HandedOver { .. } => false,
        }
    }
}

/// The state of a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SessionState {
    /// It can be resumed.
    Open,
    /// It was completed.
    Finished,
    /// The respondent withdrew.
    Withdrawn,
}

impl SessionState {
    /// The state after `event`. Nothing follows an end, so the last event determines it.
    pub fn after(event: &Event) -> Self {
        match event {
            Event::Finished => Self::Finished,
            Event::Withdrawn => Self::Withdrawn,
            _ => Self::Open,
        }
    }

    /// Whether it can be resumed.
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}

impl fmt::Display for SessionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Open => "open",
            Self::Finished => "finished",
            Self::Withdrawn => "withdrawn",
        })
    }
}

/// An event with its instant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stamped {
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub event: Event,
}

/// Why an event was refused. Nothing has changed then.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Refusal {
    /// The reply does not answer the prompt.
    #[error("this reply does not answer the prompt")]
    Invalid(Invalid),
    /// The reply violates the item's constraint; the text is the item's own message, if it has one.
    #[error("this answer is not possible here")]
    Constraint(Option<String>),
    /// A word that was given before, in this place of the list.
    #[error("this word was given before")]
    WordAgain(usize),
    /// The event refers to another prompt than the current one.
    #[error("`{0}` is not what is being asked")]
    NotAsked(String),
    /// The item must have a reply first.
    #[error("this question needs an answer, or `declined` or `don't know`")]
    NeedsReply,
    /// These items still need a reply.
    #[error("some questions are still open, the first is `{0}`")]
    Unanswered(String),
    /// There is nothing before this.
    #[error("this is the beginning")]
    AtStart,
    /// There is nothing after this.
    #[error("this is the end")]
    AtEnd,
    /// No item, group, field or language of that name can be reached.
    #[error("there is nothing called `{0}` to go to")]
    Unknown(String),
    /// The source of the answers can only be recorded before the first of them.
    #[error("that answers come from elsewhere is said before the first of them")]
    NotFirst,
    /// Only the interviewer may do this, and the respondent has the keyboard.
    #[error("only the interviewer can do this")]
    NotYours,
    /// Waiting for the keyboard to change hands.
    #[error("the keyboard has to change hands first")]
    HandOverFirst,
    /// The interview is paused.
    #[error("the interview is paused")]
    Paused,
    /// The interview is over.
    #[error("the interview is over")]
    Over,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::code::is_code;

    #[test]
    fn a_new_code_is_no_flag_and_no_folder() {
        for code in ["R017", "K4P-001", "7_b.c", "é1"] {
            assert!(is_new_code(code) && is_code(code), "{code}");
        }
        for code in ["-Z", "..", ".", "--yes", "_x", ".hidden"] {
            assert!(!is_new_code(code) && is_code(code), "{code}");
        }
        assert!(!is_new_code("Anna B") && !is_new_code(""));
    }
}
