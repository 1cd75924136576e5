//! Measures: from the data that feed a scale to an outcome. Never a NaN: what cannot be scored says why.
//!
//! Owns the formulas for said and associated sentiment, norms and shares, and the norms of comparison that their errors
//! need. Refuses to compare the two sides: that is `gap`'s.

use serde::Serialize;

use crate::instrument::{RelationalModel, Scale};
use crate::interview::{Fed, Interview};

pub mod association;
pub mod best_worst;
pub mod composite;
pub mod mean;
pub mod norms;
pub mod nps;
pub mod parts;
pub mod share;
pub mod sorted;
pub mod timed;

pub use norms::{Basis, Norms};
pub use parts::{Parts, Timed};

/// Every measure that scores a scale.
pub static MEASURES: &[&dyn Measure] = &[
    &mean::Mean,
    &mean::Sum,
    &nps::Recommendation,
    &share::Share,
    &best_worst::BestWorst,
    &association::Association,
    &sorted::ScIat,
];

/// What a measure tells about itself; `relata measures` prints it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct About {
    /// Its name.
    pub name: &'static str,
    /// What it measures.
    pub measures: &'static str,
    /// The formula.
    pub formula: &'static str,
    /// What to be careful about.
    pub cautions: &'static str,
    /// Where it comes from.
    pub reference: &'static str,
}

/// Scores the scales that it applies to.
pub trait Measure: Sync {
    /// Stable identifier.
    fn id(&self) -> &'static str;

    /// What it tells about itself.
    fn about(&self) -> About;

    /// Whether it scores this scale.
    fn applies(&self, scale: &Scale) -> bool;

    /// The scores of a scale: one, or one for each relational model.
    fn score(&self, scale: &Scale, fed: &[Fed], norms: &Norms) -> Vec<Score>;
}

/// The result of scoring.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// A score in the scale's own units.
    Scored {
        /// The score.
        value: f64,
        /// Its standard error, where one is known.
        se: Option<f64>,
        /// Valid answers behind it.
        n: usize,
    },
    /// Too few valid answers.
    TooFew {
        /// How many there are.
        valid: usize,
        /// How many it takes.
        needed: usize,
    },
    /// A rule of scoring excludes what was done, and says why.
    Excluded(timed::Exclusion),
    /// It has to be timed, and could not be.
    NotTimed,
}

impl Outcome {
    /// The score, if there is one.
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Scored { value, .. } => Some(*value),
            Self::TooFew { .. } | Self::Excluded(_) | Self::NotTimed => None,
        }
    }
}

/// A score with what it is a score of.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Score {
    /// The scale's name; shares add the model: `vignettes.cs`.
    pub name: String,
    /// The model that a share belongs to.
    pub model: Option<RelationalModel>,
    /// Lowest and highest possible value.
    pub range: (f64, f64),
    /// The outcome.
    pub outcome: Outcome,
}

/// The scores of one scale of an interview.
pub fn score(interview: &Interview, scale: usize, norms: &Norms) -> Vec<Score> {
    let Some(definition) = interview.instrument().scales.get(scale) else { return Vec::new() };
    score_fed(definition, &interview.fed(scale), norms)
}

/// The scores of a scale from what feeds it.
pub fn score_fed(scale: &Scale, fed: &[Fed], norms: &Norms) -> Vec<Score> {
    let measure = MEASURES.iter().find(|measure| measure.applies(scale));
    measure.map(|measure| measure.score(scale, fed, norms)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Method;
    use crate::instrument::construct::{Construct, Perspective};

    #[test]
    fn every_method_has_exactly_one_measure_and_every_measure_is_documented() {
        for (method, ..) in Method::ALL {
            let scale = Scale {
                name: "s".into(),
                label: None,
                construct: Construct::ExplicitSentiment,
                perspective: Perspective::Own,
                method,
                min_valid: 1,
                composite: true,
                positive: true,
                neutral: None,
                span: 0..0,
            };
            assert_eq!(MEASURES.iter().filter(|measure| measure.applies(&scale)).count(), 1);
        }
        for (index, measure) in MEASURES.iter().enumerate() {
            let about = measure.about();
            for text in [about.name, about.measures, about.formula, about.cautions, about.reference] {
                assert!(!text.is_empty(), "{}", measure.id());
            }
            assert!(MEASURES[..index].iter().all(|other| other.id() != measure.id()));
        }
    }
}
