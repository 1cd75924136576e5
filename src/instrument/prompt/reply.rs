//! Replies: what a front-end hands back. They are stored in the journal as they are, so a change here changes the format of
//! every study; whether a reply answers its prompt is for the prompt to check.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Sorted;

/// What was entered at a prompt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// An answer.
    Given(Input),
    /// The respondent would rather not say.
    Declined,
    /// The respondent does not know.
    DontKnow,
    /// What a sheet of paper shows in place of an answer.
    Unread(Unread),
}

/// What stands on a sheet of paper in place of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unread {
    /// Nothing.
    Blank,
    /// Illegible, or no answer to the question.
    Illegible,
    /// More ticks than may be set.
    TwoTicked,
}

impl Reply {
    /// The answer, if it is one.
    pub fn input(&self) -> Option<&Input> {
        match self {
            Self::Given(input) => Some(input),
            Self::Declined | Self::DontKnow | Self::Unread(_) => None,
        }
    }

    /// Whether the two differ only in their times.
    pub fn says_the_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Given(Input::Text(one)), Self::Given(Input::Text(other))) => one.text == other.text,
            _ => self == other,
        }
    }
}

/// An answer, in the form of its prompt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Input {
    /// A note was read.
    Seen,
    /// Names of the options chosen, in the order of choosing.
    Picked(Vec<String>),
    /// One cell a row, in the order of the rows.
    Rated(Vec<ScaleReply>),
    /// A number.
    Number(f64),
    /// Words.
    Text(Typed),
    /// Names, first place first.
    Ranked(Vec<String>),
    /// Points by part.
    Allocated(BTreeMap<String, i64>),
    /// A block of timed sorting, trial by trial.
    Sorted(Sorted),
    /// A timed block that this front-end cannot time, so that it was left out.
    NotTimed,
}

/// A row of a scale: a point, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ScaleReply {
    /// The point chosen.
    Point(i64),
    /// Why there is none.
    Missing(Missing),
}

impl ScaleReply {
    /// The point, if one was chosen.
    pub fn point(self) -> Option<i64> {
        match self {
            Self::Point(point) => Some(point),
            Self::Missing(_) => None,
        }
    }
}

/// Why a respondent gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Missing {
    /// Would rather not say.
    Declined,
    /// Does not know.
    DontKnow,
    /// Skipped on paper or in another program; relata's own screens require an answer or one of the above for each row.
    NotAnswered,
    /// On paper: nobody can read it.
    Illegible,
    /// On paper: more than one point is ticked.
    TwoTicked,
}

/// Words and when they came.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Typed {
    /// The text as it was entered.
    pub text: String,
    /// Milliseconds from the prompt's appearance to the first key; none where the front-end cannot time it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_key_ms: Option<u64>,
    /// Milliseconds from the prompt's appearance to Enter; none where the front-end cannot time it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enter_ms: Option<u64>,
}
