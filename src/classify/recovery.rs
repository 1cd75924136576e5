//! Recovery: does the shipped reference model find what the simulation put in?
//!
//! Owns the experiment, not its printing. It shows recovery, not validity: that the arithmetic can find a model in answers
//! made by our own assumptions, and how it fares where they fail. Nothing is repaired where it loses.

use serde::{Deserialize, Serialize};

use super::evaluate::{held_out, highest_scale_baseline, prior_baseline};
use super::metrics::{Evaluation, evaluate};
use super::model::ModelError;
use super::reference::{FeaturePlan, Generator, ReferenceError, reference_model, simulate};
use crate::dice::Dice;

/// Sessions in each world: the size of the published study.
pub const SESSIONS: usize = 275;
/// Separations of the norms, in SD; the middle one is what the reference model was fitted at.
pub const SEPARATIONS: [f64; 3] = [0.5, 0.8, 1.2];

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The world that made the answers.
    pub world: World,
    /// Separation of the norms in that world, in SD.
    pub separation: f64,
    /// Against what.
    pub against: Against,
    /// Who predicts.
    pub predictor: Predictor,
    /// How well.
    pub evaluation: Evaluation,
}

/// How answers were made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum World {
    /// By the response model of the reference sample.
    Reference,
    /// By other loadings, without general factor and yes-saying.
    Misspecified,
}

/// Which label predictions are held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Against {
    /// The model that the simulated respondent uses.
    Truth,
    /// The model that the simulated coder named.
    Code,
}

/// Who predicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Predictor {
    /// The shipped reference model under its prior, the published base rates.
    ReferenceModel,
    /// The same model under an even prior: what the answers say by themselves. Better where classes count alike, worse
    /// where sessions do.
    EvenPrior,
    /// The most frequent label, with the shares of the labels as probabilities.
    Prior,
    /// The highest centred scale mean; only where the plan has scales.
    HighestScale,
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RecoveryError {
    /// The plan gives no reference model.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// A session could not be predicted.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// The table for a plan: [`SESSIONS`] sessions in each world, every predictor against truth and against code.
/// `resamples` bootstrap samples make the intervals. Equal arguments give equal tables.
///
/// # Errors
/// A plan for which there is no reference model.
pub fn recovery(plan: &FeaturePlan, seed: u64, resamples: usize) -> Result<Vec<Row>, RecoveryError> {
    let model = reference_model(plan)?;
    let even = model.with_prior([0.25; 4])?;
    let worlds = SEPARATIONS
        .map(|separation| (World::Reference, Generator::with_separation(separation)))
        .into_iter()
        .chain([(World::Misspecified, Generator::misspecified())]);
    let mut table = Vec::new();
    for (world, generator) in worlds {
        // The same people's dice in every world: rows differ by the world, not by luck.
        let sample = simulate(plan, &generator, SESSIONS, seed)?;
        for (against, labels) in [(Against::Truth, &sample.truth), (Against::Code, &sample.coded)] {
            let predictions = [
                Some((Predictor::ReferenceModel, held_out(&model, &sample.features, labels)?)),
                Some((Predictor::EvenPrior, held_out(&even, &sample.features, labels)?)),
                Some((Predictor::Prior, prior_baseline(labels))),
                highest_scale_baseline(&sample.features, labels)
                    .map(|called| (Predictor::HighestScale, called)),
            ];
            for (predictor, predicted) in predictions.into_iter().flatten() {
                let mut dice = Dice::for_purpose(seed, "intervals of recovery");
                table.push(Row {
                    world,
                    separation: generator.separation,
                    against,
                    predictor,
                    evaluation: evaluate(&predicted, resamples, &mut dice),
                });
            }
        }
    }
    Ok(table)
}

#[cfg(test)]
mod tests;
