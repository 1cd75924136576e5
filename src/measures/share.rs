//! Shares of choices (vignettes) or points (allocation) by relational model.
//!
//! # What it measures
//! Which norm a person acts on when situations force a choice.
//! # Formula
//! Vignettes: choices of a model / answered vignettes, SE = √(p(1 − p)/n) where some are of another model. Allocation: points of a model / points in all.
//! # Cautions
//! The four are compositional: what goes to one is taken from the others.
//! # Reference
//! Forced choice between models after Haslam and Fiske 1999; situations and reactions are our own.

use super::{About, Measure, Norms, Outcome, Score};
use crate::instrument::kinds::{Datum, Key};
use crate::instrument::{Method, RelationalModel, Scale};
use crate::interview::Fed;

/// See the head of this file.
#[derive(Debug)]
pub struct Share;

/// Counts by model out of a total, and how many answers they come from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChoiceCounts {
    /// CS, AR, EM, MP.
    pub by_model: [f64; 4],
    /// What they are shares of.
    pub total: f64,
    /// Items answered.
    pub answered: usize,
    /// Whether they count choices; points are not independent draws, so only choices have an error.
    pub choices: bool,
}

impl ChoiceCounts {
    /// What the data of a share scale come to; none while nothing is answered.
    pub fn of<'a>(fed: impl IntoIterator<Item = &'a Fed>) -> Option<Self> {
        let mut counts = Self { by_model: [0.0; 4], total: 0.0, answered: 0, choices: false };
        let mut allocated = Vec::new();
        for datum in fed {
            match (&datum.key, &datum.datum) {
                (Key::Reaction(tags), Datum::Text(chosen)) => {
                    counts.answered += 1;
                    counts.total += 1.0;
                    counts.choices = true;
                    let model = tags.iter().find(|(name, _)| name == chosen).and_then(|(_, model)| *model);
                    if let Some(model) = model {
                        counts.by_model[model.index()] += 1.0;
                    }
                }
                (Key::Part(model, total), Datum::Number(points)) => {
                    if !allocated.contains(&datum.item) {
                        allocated.push(datum.item);
                        counts.answered += 1;
                        counts.total += total;
                    }
                    if let Some(model) = model {
                        counts.by_model[model.index()] += points;
                    }
                }
                _ => {}
            }
        }
        (counts.answered > 0).then_some(counts)
    }
}

impl Measure for Share {
    fn id(&self) -> &'static str {
        "share"
    }

    fn about(&self) -> About {
        About {
            name: "shares by relational model",
            measures: "which norm is acted on when a choice is forced, or how points are divided",
            formula: "choices of a model / answered situations, SE = √(p(1 − p)/n); or points of a model / all points",
            cautions: "compositional: the shares are not independent of one another; no error where every choice says the same",
            reference: "forced choice after Haslam and Fiske 1999; wording our own",
        }
    }

    fn applies(&self, scale: &Scale) -> bool {
        scale.method == Method::Share
    }

    fn score(&self, scale: &Scale, fed: &[Fed], _: &Norms) -> Vec<Score> {
        let counts = ChoiceCounts::of(fed).filter(|counts| counts.answered >= scale.min_valid);
        let answered = ChoiceCounts::of(fed).map_or(0, |counts| counts.answered);
        let score = |model: RelationalModel| {
            let outcome = match counts {
                Some(counts) => {
                    let share = counts.by_model[model.index()] / counts.total;
                    let error = (share * (1.0 - share) / counts.answered as f64).sqrt();
                    // Who chose alike throughout is not known without an error: it cannot be told from these choices.
                    let se = (counts.choices && error > 0.0).then_some(error);
                    Outcome::Scored { value: share, se, n: counts.answered }
                }
                None => Outcome::TooFew { valid: answered, needed: scale.min_valid },
            };
            Score { name: scale.name_of(model), model: Some(model), range: (0.0, 1.0), outcome }
        };
        RelationalModel::ALL.map(score).into()
    }
}
