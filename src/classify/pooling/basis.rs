//! The data that a study's model was trained on, as a value and as the text in a model file and beside a result.
//!
//! A model file contains the text, so that a reader needs no key; only this file writes and parses it.

use std::fmt;

use serde::Serialize;

use crate::classify::reference::REFERENCE_BASIS;
use crate::instrument::Language;
use crate::text;

/// What a model rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TrainingBasis {
    /// The simulated reference sample alone.
    Reference,
    /// Coded sessions of a study together with the reference sample.
    Pooled {
        /// How many coded sessions.
        coded: usize,
        /// Whether their respondents are simulated.
        simulated: bool,
    },
    /// Coded sessions of a study alone.
    Own {
        /// How many coded sessions.
        coded: usize,
        /// Whether their respondents are simulated.
        simulated: bool,
    },
}

const POOLED: &str = "pooled with the reference model, simulated";
const OWN: &str = "the study's own";
const SIMULATED: &str = "coded sessions of simulated respondents";
const REAL: &str = "coded sessions";

impl TrainingBasis {
    /// What a model was trained on, for a reader.
    pub fn in_words(text: &str, language: &Language) -> String {
        let sessions = |coded: usize, simulated: bool| match simulated {
            false => text!(language, "classify-basis-coded-sessions", coded),
            true => text!(language, "classify-basis-coded-sessions-simulated", coded),
        };
        match Self::parse(text) {
            None => text.to_owned(),
            Some(Self::Reference) => text!(language, "classify-basis-reference"),
            Some(Self::Pooled { coded, simulated }) => {
                text!(language, "classify-basis-pooled", sessions = sessions(coded, simulated))
            }
            Some(Self::Own { coded, simulated }) => {
                text!(language, "classify-basis-own", sessions = sessions(coded, simulated))
            }
        }
    }

    /// The basis of so many coded sessions.
    pub fn of(coded: usize, pooled: bool, simulated: bool) -> Self {
        match pooled {
            true => Self::Pooled { coded, simulated },
            false => Self::Own { coded, simulated },
        }
    }

    /// The basis that these words name; none for words of another origin, such as "own table".
    pub fn parse(text: &str) -> Option<Self> {
        if text == REFERENCE_BASIS {
            return Some(Self::Reference);
        }
        let (head, rest) = text.split_once(": ")?;
        let (count, kind) = rest.split_once(' ')?;
        let coded = count.parse().ok()?;
        let simulated = match kind {
            SIMULATED => true,
            REAL => false,
            _ => return None,
        };
        match head {
            POOLED => Some(Self::Pooled { coded, simulated }),
            OWN => Some(Self::Own { coded, simulated }),
            _ => None,
        }
    }
}

impl fmt::Display for TrainingBasis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (head, coded, simulated) = match *self {
            Self::Reference => return f.write_str(REFERENCE_BASIS),
            Self::Pooled { coded, simulated } => (POOLED, coded, simulated),
            Self::Own { coded, simulated } => (OWN, coded, simulated),
        };
        write!(f, "{head}: {coded} {}", if simulated { SIMULATED } else { REAL })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_back() {
        let all = [
            TrainingBasis::Reference,
            TrainingBasis::of(14, true, false),
            TrainingBasis::of(14, true, true),
            TrainingBasis::of(86, false, false),
            TrainingBasis::of(86, false, true),
        ];
        for basis in all {
            assert_eq!(TrainingBasis::parse(&basis.to_string()), Some(basis));
        }
        assert_eq!(all[1].to_string(), "pooled with the reference model, simulated: 14 coded sessions");
        assert_eq!(TrainingBasis::parse("own table"), None);
        assert_eq!(TrainingBasis::parse("the study's own: many coded sessions"), None);
    }
}
