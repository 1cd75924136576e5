//! Recovery: does the shipped reference model find what the simulation put in?
//!
//! Owns the experiments, not their printing. They show recovery, not validity: that the arithmetic can find a model in answers
//! made by our own assumptions, and how it performs where these fail. Losses are reported and not repaired.

use serde::{Deserialize, Serialize};

use super::ceiling::ceiling;
use super::evaluate::{held_out, highest_scale_baseline, prior_baseline};
use super::metrics::{Evaluation, Predictions, evaluate};
use super::model::{Model, ModelError};
use super::population::Population;
use super::rates::in_order;
use super::reference::{
    BASE_RATES, EVEN, FeaturePlan, Generator, ReferenceError, SimulatedSample, World, fitted,
    fitted_together, simulate,
};
use crate::instrument::RelationalModel;
use crate::rng::Rng;

pub mod formats;
pub mod shares;
pub mod strengths;

/// The size of the published study.
pub const STUDY: usize = 275;
/// People that the ceiling is worked out from, where it is wanted.
pub const DRAWN: usize = 20_000;

/// How much of the table is made.
#[derive(Debug, Clone, Copy)]
pub struct RecoveryExtent<'a> {
    /// The worlds, in their order.
    pub worlds: &'a [World],
    /// Fresh sessions in each.
    pub sessions: usize,
    /// People that the ceiling is worked out from; no ceiling for 0.
    pub drawn: usize,
    /// Bootstrap samples behind the intervals.
    pub resamples: usize,
}

/// One line of the table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ModelPerformance {
    /// The world that made the answers.
    pub world: World,
    /// Against what.
    pub against: Criterion,
    /// Who predicts.
    pub predictor: Predictor,
    /// How well.
    pub evaluation: Evaluation,
}

/// The label that predictions are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Criterion {
    /// The model that the simulated respondent uses.
    Truth,
    /// The model that the simulated coder named.
    Code,
}

/// Who predicts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Predictor {
    /// The shipped reference model under the published base rates.
    ReferenceModel,
    /// The same, with the ease and spread learnt from the sessions' unlabelled answers.
    Learnt,
    /// The reference model from the answers alone, in which all models are equally common.
    Answers,
    /// The best possible prediction given the generator, see [`super::ceiling`].
    Ceiling,
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

/// The table for a plan: every predictor against truth and against code. Equal arguments give equal tables.
///
/// # Errors
/// A plan for which there is no reference model.
pub fn recovery(
    plan: &FeaturePlan,
    extent: RecoveryExtent<'_>,
    seed: u64,
) -> Result<Vec<ModelPerformance>, RecoveryError> {
    let RecoveryExtent { worlds, sessions, drawn, resamples } = extent;
    let mut table = Vec::new();
    for &world in worlds {
        let generator = world.generator();
        // The same people with the same random numbers in every world, so that rows differ only by the world.
        let sample = simulate(plan, &generator, sessions, seed)?;
        let features = sample.features();
        let learnt = learnt(plan, &sample).filter(Population::teaches);
        let model = |shares, learnt: Option<&Population>| {
            let reference = Generator::with_shares(shares);
            fitted(plan, &learnt.map_or(reference.clone(), |found| found.of(reference)))
        };
        // Fitted together here, because below they would be fitted one after the other.
        fitted_together(plan, [BASE_RATES, EVEN].map(Generator::with_shares));
        let known = (drawn > 0).then(|| ceiling(plan, &generator, &sample, drawn, seed));
        for (against, labels) in [(Criterion::Truth, &sample.truth), (Criterion::Code, &sample.coded)] {
            let shipped = |learnt: Option<&Population>| -> Result<_, RecoveryError> {
                let (under, alone) = (model(BASE_RATES, learnt)?, model(EVEN, learnt)?);
                let alone = held_out(&alone, &features, labels)?;
                Ok((as_shipped(&under, held_out(&under, &features, labels)?, &alone), alone))
            };
            let (reference, answers) = shipped(None)?;
            let mut predictions = vec![
                (Predictor::ReferenceModel, reference),
                (Predictor::Answers, answers),
                (Predictor::Prior, prior_baseline(labels)),
            ];
            if learnt.is_some() {
                predictions.insert(1, (Predictor::Learnt, shipped(learnt.as_ref())?.0));
            }
            if let Some(known) = &known {
                predictions
                    .push((Predictor::Ceiling, Predictions { truth: labels.clone(), ..known.clone() }));
            }
            let rule = highest_scale_baseline(&features, labels);
            predictions.extend(rule.map(|called| (Predictor::HighestScale, called)));
            for (predictor, predicted) in predictions {
                let mut rng = Rng::for_purpose(seed, "intervals of recovery");
                let evaluation = evaluate(&predicted, resamples, &mut rng);
                table.push(ModelPerformance { world, against, predictor, evaluation });
            }
        }
    }
    Ok(table)
}

/// What a session's profile says with the published rates, from what the two models say.
fn as_shipped(model: &Model, under: Predictions, alone: &Predictions) -> Predictions {
    let both = under.probabilities.iter().flatten().zip(alone.probabilities.iter().flatten());
    let probabilities: Vec<[f64; 4]> =
        both.map(|(under, alone)| in_order(BASE_RATES, *under, *alone)).collect();
    let called = probabilities.iter().map(|found| model.call(found).dominant).collect();
    Predictions { called, probabilities: Some(probabilities), ..under }
}

fn learnt(plan: &FeaturePlan, sample: &SimulatedSample) -> Option<Population> {
    let features = sample.features();
    Population::estimate(plan, &features.iter().collect::<Vec<_>>())
}

fn share(labels: &[RelationalModel], model: RelationalModel) -> f64 {
    labels.iter().filter(|label| **label == model).count() as f64 / labels.len().max(1) as f64
}

#[cfg(test)]
mod tests;
