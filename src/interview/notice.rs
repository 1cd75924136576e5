//! What whoever is asked for consent is told by the study beside the questionnaire's own words: who answers for the data, whom to ask,
//! what for, for how long, and what is published.
//!
//! Owns how it reads and what it is called for good. Refuses to be told afterwards: what somebody agreed to is what stood there when
//! they answered, and the journal holds those very words.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Interview, Refusal};
use crate::instrument::{Language, hash_of};
use crate::text;

/// A part of what is told, in the order in which it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// Who answers for the data.
    Controller,
    /// Whom to ask, and to take consent back from.
    Contact,
    /// What the data are for.
    Purpose,
    /// How long they are kept.
    Retention,
    /// What is published of them.
    Publication,
}

impl Promise {
    /// All, in their order.
    pub const ALL: [Self; 5] =
        [Self::Controller, Self::Contact, Self::Purpose, Self::Retention, Self::Publication];

    /// The word in files.
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

/// What is told. Nothing of it is translated: a study says it in the words that were approved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Notice(BTreeMap<Promise, String>);

impl Notice {
    /// Whether nothing is told.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The parts that are told, with their words.
    pub fn iter(&self) -> impl Iterator<Item = (Promise, &str)> {
        self.0.iter().map(|(promise, said)| (*promise, said.as_str()))
    }

    /// SHA-256 of what was told, hexadecimal: two sessions with the same one were told the same.
    pub fn hash(&self) -> String {
        let parts: Vec<&[u8]> =
            self.iter().flat_map(|(promise, said)| [promise.name().as_bytes(), said.as_bytes()]).collect();
        hash_of(&parts)
    }

    /// As it stands before a question for consent, a paragraph for each part.
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
    /// What is told before the question for consent.
    pub fn notice(&self) -> &Notice {
        &self.notice
    }

    /// Whether another notice can still be told: consent is asked for, and nobody has answered that yet.
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
