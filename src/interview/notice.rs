//! What the study tells respondents before asking for consent, in addition to the questionnaire's own text: who is responsible for
//! the data, whom to contact, the purpose, the retention period, and what is published.
//!
//! Owns how the notice reads and its stable names. A notice cannot be added afterwards: a respondent agreed to the text shown when
//! they answered, and the journal stores exactly that text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Interview, Refusal};
use crate::instrument::{Language, hash_of};
use crate::text;

/// A part of the notice; the variants are in the order of presentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// Who is responsible for the data.
    Controller,
    /// Whom to contact, also to withdraw consent.
    Contact,
    /// What the data are for.
    Purpose,
    /// How long they are kept.
    Retention,
    /// What is published of them.
    Publication,
}

impl Promise {
    /// All parts in order.
    pub const ALL: [Self; 5] =
        [Self::Controller, Self::Contact, Self::Purpose, Self::Retention, Self::Publication];

    /// The name used in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Controller => "controller",
            Self::Contact => "contact",
            Self::Purpose => "purpose",
            Self::Retention => "retention",
            Self::Publication => "publication",
        }
    }

    fn in_words(self, said: &str, language: &Language) -> String {
        match self {
            Self::Controller => text!(language, "interview-notice-controller", said),
            Self::Contact => text!(language, "interview-notice-contact", said),
            Self::Purpose => text!(language, "interview-notice-purpose", said),
            Self::Retention => text!(language, "interview-notice-retention", said),
            Self::Publication => text!(language, "interview-notice-publication", said),
        }
    }
}

/// The notice. It is not translated: a study uses the wording that was approved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notice(BTreeMap<Promise, String>);

impl Notice {
    /// Whether the notice is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts present, with their text.
    pub fn iter(&self) -> impl Iterator<Item = (Promise, &str)> {
        self.0.iter().map(|(promise, said)| (*promise, said.as_str()))
    }

    /// SHA-256 of the notice, hexadecimal; sessions with the same hash were told the same.
    pub fn hash(&self) -> String {
        let parts: Vec<&[u8]> =
            self.iter().flat_map(|(promise, said)| [promise.name().as_bytes(), said.as_bytes()]).collect();
        hash_of(&parts)
    }

    /// The notice followed by the question for consent, one paragraph for each part.
    pub fn before(&self, question: &str, language: &Language) -> String {
        let parts = self.iter().map(|(promise, said)| promise.in_words(said, language));
        parts.chain([question.to_owned()]).collect::<Vec<_>>().join("\n\n")
    }
}

impl FromIterator<(Promise, String)> for Notice {
    fn from_iter<T: IntoIterator<Item = (Promise, String)>>(parts: T) -> Self {
        Self(parts.into_iter().collect())
    }
}

impl Interview {
    /// The notice shown before the question for consent.
    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// Whether a notice can still be set: the instrument asks for consent, and that has not been answered yet.
    pub fn can_be_told(&self) -> bool {
        let items = || self.instrument.items.iter().enumerate();
        let asks = |index: usize| self.instrument.items[index].question.consent().is_some();
        items().any(|(index, _)| asks(index))
            && items().all(|(index, _)| !asks(index) || self.replies[index].is_empty())
    }

    pub(super) fn be_told(&mut self, notice: Notice) -> Result<(), Refusal> {
        if !self.can_be_told() {
            return Err(Refusal::NotFirst);
        }
        self.notice = notice;
        Ok(())
    }
}
