//! The verdict on a gap in words.

use super::{GapReason, IndirectMeasure, Verdict};
use crate::instrument::Language;
use crate::text;

impl Verdict {
    /// The verdict on a gap as a title and a sentence.
    pub fn in_words(self, reason: Option<GapReason>, language: &Language) -> (String, String) {
        let (title, sentence) = match self {
            Self::Masked => (
                text!(language, "shared-says-warm-associates-cold"),
                text!(language, "gap-words-what-said-clearly-positive"),
            ),
            Self::Latent => (
                text!(language, "shared-says-cold-associates-warm"),
                text!(language, "gap-words-what-said-clearly-negative"),
            ),
            Self::LeaningMasked => {
                (text!(language, "gap-words-leans-masked"), text!(language, "gap-words-leans-why"))
            }
            Self::LeaningLatent => {
                (text!(language, "gap-words-leans-latent"), text!(language, "gap-words-leans-why"))
            }
            Self::AlignedPositive => (
                text!(language, "gap-words-no-gap-warm-both"),
                text!(language, "gap-words-what-said-what-associated"),
            ),
            Self::AlignedNegative => (
                text!(language, "gap-words-no-gap-cold-both"),
                text!(language, "gap-words-what-said-what-associated-both"),
            ),
            Self::Indeterminate => (text!(language, "gap-words-open-answers-do-not"), String::new()),
            Self::NoVerdict => (text!(language, "gap-words-no-verdict"), String::new()),
        };
        let why = reason.map(|reason| reason.in_words(language)).unwrap_or_default();
        (title, if sentence.is_empty() { why } else { sentence })
    }
}

impl IndirectMeasure {
    /// The name of an indirect measure.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::ScIat => text!(language, "gap-words-timed-sorting"),
            Self::Association => text!(language, "gap-words-free-association"),
        }
    }
}

impl GapReason {
    /// Why an indirect measure or the gap has no value.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::TooFewSaid { valid, needed } => {
                text!(language, "gap-words-too-few-answers-about", valid, needed)
            }
            Self::TooFewAssociations { valid, needed } => {
                text!(language, "gap-words-too-few-rated-associations", valid, needed)
            }
            Self::NoIndirectMeasure => text!(language, "gap-words-questionnaire-no-indirect-measure"),
            Self::NotTimed => text!(language, "gap-words-timed-sorting-left-out"),
            Self::NotSorted { blocks, needed } => {
                text!(language, "gap-words-timed-sorting-not-done", blocks, needed)
            }
            Self::Excluded(why) => why.in_words(language),
            Self::NoNorms => text!(language, "gap-words-nothing-estimate-measurement-error"),
            Self::SaidHoldsZero => text!(language, "gap-words-what-said-may-positive"),
            Self::AssociatedHoldsZero => text!(language, "gap-words-what-associated-may-positive"),
            Self::BothHoldZero => text!(language, "gap-words-both-may-positive-negative"),
        }
    }
}
