//! Mean and sum of a scale's points.
//!
//! # What it measures
//! Whatever the scale's construct is, on the points of its items.
//! # Formula
//! Mean: Σ keyed points / valid answers. Sum: mean × number of items, so that a missing item counts as the person's own
//! mean. SE = SD·√(1 − α) (for the sum times the number of items), with SD and α of the norms.
//! # Cautions
//! Scored when at least `min_valid` items are valid, by default half of them.
//! # Reference
//! Lord and Novick 1968, for the standard error of measurement.

use super::{About, Measure, Norms, Outcome, Score};
use crate::instrument::kinds::Key;
use crate::instrument::{Method, Scale};
use crate::interview::Fed;

/// Mean of the points.
#[derive(Debug)]
pub struct Mean;

/// Sum of the points.
#[derive(Debug)]
pub struct Sum;

impl Measure for Mean {
    fn id(&self) -> &'static str {
        "mean"
    }

    fn about(&self) -> About {
        About {
            name: "scale mean",
            measures: "the construct of the scale, in the units of its items",
            formula: "Σ keyed points / valid answers; SE = SD·√(1 − α), SD and α from the norms named beside the score",
            cautions: "needs min_valid answers (default: half of the items); one wording decides little, the mean of five a little more",
            reference: "Lord and Novick 1968 (standard error of measurement)",
        }
    }

    fn applies(&self, scale: &Scale) -> bool {
        scale.method == Method::Mean
    }

    fn score(&self, scale: &Scale, fed: &[Fed], norms: &Norms) -> Vec<Score> {
        vec![points(scale, fed, norms, 1.0)]
    }
}

impl Measure for Sum {
    fn id(&self) -> &'static str {
        "sum"
    }

    fn about(&self) -> About {
        About {
            name: "scale sum",
            measures: "the construct of the scale, summed over its items",
            formula: "k × mean of the valid keyed points, k items; SE = k·SD·√(1 − α) of the mean",
            cautions: "missing items are replaced by the person's own mean when at least min_valid are valid",
            reference: "Lord and Novick 1968 (standard error of measurement)",
        }
    }

    fn applies(&self, scale: &Scale) -> bool {
        scale.method == Method::Sum
    }

    fn score(&self, scale: &Scale, fed: &[Fed], norms: &Norms) -> Vec<Score> {
        vec![points(scale, fed, norms, fed.len() as f64)]
    }
}

/// The mean of the keyed points times `factor`.
fn points(scale: &Scale, fed: &[Fed], norms: &Norms, factor: f64) -> Score {
    let valid: Vec<f64> = fed.iter().filter_map(Fed::keyed).collect();
    let bounds = fed.iter().find_map(|fed| match fed.key {
        Key::Points { min, max, .. } => Some((min, max)),
        _ => None,
    });
    let (min, max) = bounds.unwrap_or((0.0, 0.0));
    let outcome = if scale.is_scored_by(valid.len()) {
        Outcome::Scored {
            value: factor * valid.iter().sum::<f64>() / valid.len() as f64,
            se: norms.scale_se(&scale.name).map(|se| se * factor),
            n: valid.len(),
        }
    } else {
        Outcome::TooFew { valid: valid.len(), needed: scale.min_valid }
    };
    Score { name: scale.name.clone(), model: None, range: (min * factor, max * factor), outcome }
}
