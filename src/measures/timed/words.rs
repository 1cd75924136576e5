//! Why a timed task gives no score, in words.

use super::Exclusion;
use crate::instrument::Language;
use crate::text;

impl Exclusion {
    /// Why the timed task gives no score although it was done.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::TooManyErrors { errors, of, most_percent, .. } => {
                text!(language, "measures-words-too-many-mistakes-timed", errors, of, most_percent)
            }
            Self::TooFewCorrect { correct, needed, .. } => {
                text!(language, "measures-words-too-many-mistakes-timed-sorting", correct, needed)
            }
            Self::TooFewRetained { retained, of, unanswered, fast, below_ms, .. } => text!(
                language,
                "measures-words-too-few-usable-answers",
                retained,
                of,
                unanswered,
                fast,
                below_ms
            ),
            Self::TooFast { .. }
            | Self::MissingBlock { .. }
            | Self::NothingLeft { .. }
            | Self::ShortBlock { .. }
            | Self::FewLeft { .. }
            | Self::NoSpread { .. }
            | Self::OneAnswer { .. } => text!(language, "measures-words-timed-sorting-done-way"),
        }
    }
}
