//! What somebody has begun to enter at a prompt. Owns its form in the study file; refuses to be an answer: nothing scores,
//! exports or shows it as one, and it goes when the prompt is answered or the interview is over.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Event;
use crate::instrument::prompt::ScaleReply;

/// What has been entered at a prompt and not answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Begun {
    /// Letters or digits in a box.
    Typed(String),
    /// Names of options, in the order of choosing.
    Chosen(Vec<String>),
    /// One cell a row; none where nothing is entered yet.
    Rated(Vec<Option<ScaleReply>>),
    /// Points by part, as far as they are given.
    Allocated(BTreeMap<String, i64>),
}

impl Event {
    /// Whether this event makes an end of what was begun at a prompt: its answer, or one to an earlier prompt of the item,
    /// after which it may be another prompt; and the end of the interview.
    pub fn settles(&self, item: &str, step: usize) -> bool {
        match self {
            Self::Answered { item: answered, step: at, .. } => answered == item && *at <= step,
            Self::Finished | Self::Withdrawn => true,
            _ => false,
        }
    }
}
