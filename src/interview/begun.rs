//! Unfinished entries. Owns their form in the study file. An unfinished entry is never scored, exported or shown as an answer, and
//! is deleted when the prompt is answered or the interview ends.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Event;
use crate::instrument::prompt::ScaleReply;

/// What was entered at a prompt that is not answered yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begun {
    /// Text or digits in a field.
    Typed(String),
    /// Names of options, in the order chosen.
    Chosen(Vec<String>),
    /// One cell per row; `None` if nothing is entered yet.
    Rated(Vec<Option<ScaleReply>>),
    /// Points by part, as far as given.
    Allocated(BTreeMap<String, i64>),
}

impl Event {
    /// Whether this event makes the unfinished entry of a prompt obsolete: the prompt's answer, an answer to an earlier prompt of
    /// the item (which may change this prompt), or the end of the interview.
    pub fn settles(&self, item: &str, step: usize) -> bool {
        match self {
            Self::Answered { item: answered, step: at, .. } => answered == item && *at <= step,
            Self::Finished | Self::Withdrawn => true,
            _ => false,
        }
    }
}
