//! What a model's predictions are based on, as a paper reports it: coefficients with bootstrap intervals, and the importance of
//! each group of features.
//!
//! Owns the order of the work and what is kept of it. Requires the very table that the model was trained on, because intervals
//! from other rows would belong to another model. Makes no causal claims: a feature that adds nothing to its neighbours may
//! matter much without them.

pub mod coefficients;
pub mod importance;
pub mod together;

use serde::{Deserialize, Serialize};

use super::dataset::Dataset;
use super::evaluate::{DividedBy, Division, EvaluateError};
use super::model::Model;
use super::train::{Calibrate, Prior, Training};
use coefficients::{Coefficients, coefficients};
use importance::{Importance, importance};
use together::FeatureGroup;

/// How to explain.
#[derive(Debug, Clone)]
pub struct ExplainOptions<'a> {
    /// Which features are permuted together.
    pub together: Vec<FeatureGroup>,
    /// The group of each row (a respondent, an organisation), from 0 without gaps; rows of a group are drawn and left out together.
    pub groups: Option<&'a [String]>,
    /// Refits behind the intervals of the coefficients, and resamples behind those of the importance.
    pub resamples: usize,
    /// Stratified folds of the importance, where there are no groups.
    pub folds: usize,
    /// Permutations of each group of features.
    pub repeats: usize,
    /// Decides draws, folds and permutations.
    pub seed: u64,
}

/// What a model rests on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Explanation {
    /// Rows of the training table.
    pub rows: usize,
    /// Seed of draws, folds and permutations.
    pub seed: u64,
    /// Absent for a model whose form has no coefficients.
    pub coefficients: Option<Coefficients>,
    /// What each group of features is worth on rows that a fit has not seen.
    pub importance: Importance,
}

/// Why there is no explanation.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ExplainError {
    /// Another table.
    #[error(
        "this is not the table that the model was trained on: its SHA-256 is {found}, the model's {wanted}"
    )]
    OtherTable {
        /// Fingerprint of the table given.
        found: String,
        /// Fingerprint in the model.
        wanted: String,
    },
    /// A column that is to be permuted and is no feature.
    #[error("`{0}` is no feature of the model")]
    NoFeature(String),
    /// A feature in two groups.
    #[error("`{0}` is in two groups")]
    Twice(String),
    /// Rows that cannot be divided, or a part that cannot be fitted.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
}

/// Explains a model with its training table. Strength, class weights, prior and whether there is a temperature are the model's;
/// nothing is chosen anew.
///
/// # Errors
/// Another table, or rows that cannot be divided into training and held-out parts.
pub fn explain(
    data: &Dataset,
    model: &Model,
    plan: &ExplainOptions<'_>,
) -> Result<Explanation, ExplainError> {
    let found = data.fingerprint();
    if found != model.fingerprint {
        return Err(ExplainError::OtherTable { found, wanted: model.fingerprint.clone() });
    }
    let how = training(model, plan.seed);
    let division = match plan.groups {
        Some(of_row) => Division::named(DividedBy::Group, of_row)?,
        None => Division::stratified(data, plan.folds, plan.seed)?,
    };
    let clusters = plan.groups.map(|_| division.part.clone());
    let clusters = clusters.as_deref();
    Ok(Explanation {
        rows: data.len(),
        seed: plan.seed,
        coefficients: coefficients(data, model, &how, clusters, plan),
        importance: importance(data, &how, division, plan)?,
    })
}

/// How the model was trained, with what was chosen then.
fn training(model: &Model, seed: u64) -> Training {
    let mut shares = [0.0; 4];
    for (class, share) in model.classes.iter().zip(&model.prior) {
        shares[class.index()] = *share;
    }
    Training {
        learner: model.learner.clone(),
        seed,
        basis: model.basis.clone(),
        alpha: model.alpha,
        class_weights: model.class_weights,
        calibrate: if model.temperature == 1.0 { Calibrate::Off } else { Calibrate::On },
        prior: Prior::Shares(shares),
        missing: model.missing,
    }
}

#[cfg(test)]
mod tests;
