//! The consents of a session: the answer, the version of the text, and its instrument.

use serde::Serialize;

use super::Interview;
use crate::instrument::Item;
use crate::instrument::kinds::Datum;
use crate::instrument::prompt::Reply;

/// One consent of a session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Consent {
    /// The instrument's name.
    pub instrument: String,
    /// Its version.
    pub instrument_version: String,
    /// Its content hash, with which the exact text can be looked up.
    pub instrument_hash: String,
    /// The item that asked.
    pub item: String,
    /// The version of the consent text, as given by the item.
    pub version: String,
    /// Hash of the study's notice; `None` if there was none. The notice itself is in the journal.
    pub notice: Option<String>,
    /// The answer.
    pub answer: ConsentAnswer,
}

/// An answer to the question for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentAnswer {
    /// Yes.
    Given,
    /// No.
    Refused,
    /// Declined, not known, or not asked yet.
    None,
}

impl ConsentAnswer {
    /// The name used in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Refused => "refused",
            Self::None => "none",
        }
    }
}

impl Interview {
    /// Whether the instrument requires a consent that this session does not have, because it was refused, taken back or not asked
    /// yet.
    pub fn lacks_consent(&self) -> bool {
        let needed =
            |item: &Item| item.question.consent().is_some() && item.question.ends(&[Reply::Declined]);
        let given =
            |index: usize| matches!(self.data(index).first(), Some(Datum::Number(yes)) if *yes == 1.0);
        let items = self.instrument.items.iter().enumerate();
        items
            .filter(|(_, item)| needed(item))
            .any(|(index, _)| self.replies(index).is_some() && !given(index))
    }

    /// Every consent that the instrument asks for, with its answer in this session.
    pub fn consents(&self) -> Vec<Consent> {
        let instrument = &self.instrument;
        let items = instrument.items.iter().enumerate();
        let consents = items.filter_map(|(index, item)| Some((index, item, item.question.consent()?)));
        consents
            .map(|(index, item, version)| Consent {
                instrument: instrument.name.clone(),
                instrument_version: instrument.version.clone(),
                instrument_hash: instrument.hash.clone(),
                item: item.name.clone(),
                version: version.to_owned(),
                notice: (!self.notice.is_empty()).then(|| self.notice.hash()),
                answer: match self.data(index).first() {
                    Some(Datum::Number(yes)) if *yes == 1.0 => ConsentAnswer::Given,
                    Some(Datum::Number(_)) => ConsentAnswer::Refused,
                    _ => ConsentAnswer::None,
                },
            })
            .collect()
    }
}
