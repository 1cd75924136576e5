//! What a coder is shown of an interview. Owns the words for it in files; refuses to know what an interview holds of each.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// What a coder is shown, the less before the more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seen {
    /// What was told in words alone: open answers, associations, notes.
    Narrative,
    /// Every answer: ratings, choices, points and ranks, too. Never a score.
    Whole,
}

impl Seen {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Narrative, Self::Whole];

    /// The word in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Narrative => "narrative",
            Self::Whole => "whole",
        }
    }
}

impl fmt::Display for Seen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Seen {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|seen| seen.name() == text.trim().to_lowercase());
        found.ok_or_else(|| format!("`{text}` is neither `narrative` nor `whole`"))
    }
}
