//! Predictions to judge: out of fold for a table, and the baselines that a classifier must beat.
//!
//! Owns who predicts what for which row. Refuses predictions for rows that the fit has seen: strength and temperature are
//! chosen anew inside every training part.

use super::dataset::{Dataset, DatasetError};
use super::features::FeatureSet;
use super::folds;
use super::metrics::Predictions;
use super::model::{Model, ModelError};
use super::train::{TrainError, Training, train};
use crate::dice::Dice;
use crate::instrument::construct::RelationalModel;

/// Why a table could not be evaluated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EvaluateError {
    /// Too few folds, or a class with fewer than two rows: it would be missing from the training or never be tested.
    #[error("{folds} folds with {rarest} rows of {class}: at least two of each are needed")]
    TooFew {
        /// Folds asked for.
        folds: usize,
        /// Rows of the rarest class.
        rarest: usize,
        /// The rarest class.
        class: RelationalModel,
    },
    /// A training part could not be taken.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A training part could not be fitted.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// A row could not be predicted.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Out-of-fold predictions for every row, in stratified folds decided by the seed of `how`. A class with fewer rows than
/// `folds` lowers the number of folds to its size.
///
/// # Errors
/// Fewer than two folds or two rows of a class; a training part that cannot be fitted.
pub fn out_of_fold(data: &Dataset, folds: usize, how: &Training) -> Result<Predictions, EvaluateError> {
    let labels: Vec<usize> = data.labels().iter().map(|label| label.index()).collect();
    let size = |class: &RelationalModel| labels.iter().filter(|&&l| l == class.index()).count();
    let sizes = data.classes().into_iter().map(|class| (size(&class), class));
    let (rarest, class) = sizes.min().ok_or(DatasetError::Empty)?;
    let used = folds.min(rarest);
    if used < 2 {
        return Err(EvaluateError::TooFew { folds, rarest, class });
    }
    let mut dice = Dice::for_purpose(how.seed, "folds of evaluation");
    let fold = folds::stratified(&labels, used, &mut dice);
    let mut called = data.labels().to_vec();
    let mut probabilities = vec![[0.0; 4]; data.len()];
    for part in 0..used {
        let (inside, outside): (Vec<usize>, Vec<usize>) = (0..data.len()).partition(|&row| fold[row] != part);
        let model = train(&data.subset(&inside)?, how)?;
        for row in outside {
            let profile = model.predict(&data.features(row))?;
            called[row] = profile.dominant;
            probabilities[row] = profile.probabilities;
        }
    }
    Ok(Predictions { truth: data.labels().to_vec(), called, probabilities: Some(probabilities) })
}

/// What a fitted model says of rows that it has not been trained on.
///
/// # Errors
/// A row that lacks a feature.
pub fn held_out(
    model: &Model,
    rows: &[FeatureSet],
    truth: &[RelationalModel],
) -> Result<Predictions, ModelError> {
    let mut called = Vec::with_capacity(rows.len());
    let mut probabilities = Vec::with_capacity(rows.len());
    for row in rows {
        let profile = model.predict(row)?;
        called.push(profile.dominant);
        probabilities.push(profile.probabilities);
    }
    Ok(Predictions { truth: truth.to_vec(), called, probabilities: Some(probabilities) })
}

/// The baseline that knows nothing but how often each label occurs among those evaluated: calls the most frequent, with
/// the shares as probabilities.
pub fn prior_baseline(truth: &[RelationalModel]) -> Predictions {
    let shares = shares(truth);
    let called = by_frequency(truth)[0];
    Predictions {
        truth: truth.to_vec(),
        called: vec![called; truth.len()],
        probabilities: Some(vec![shares; truth.len()]),
    }
}

/// The baseline that calls the highest centred scale mean; ties go to the more frequent label. `None` when a row has no
/// scales.
pub fn highest_scale_baseline(rows: &[FeatureSet], truth: &[RelationalModel]) -> Option<Predictions> {
    let order = by_frequency(truth);
    let called: Option<Vec<RelationalModel>> = rows.iter().map(|row| row.highest_scale(&order)).collect();
    Some(Predictions { truth: truth.to_vec(), called: called?, probabilities: None })
}

fn shares(truth: &[RelationalModel]) -> [f64; 4] {
    RelationalModel::ALL.map(|model| {
        let count = truth.iter().filter(|&&label| label == model).count();
        count as f64 / truth.len().max(1) as f64
    })
}

/// The models, the most frequent first.
fn by_frequency(truth: &[RelationalModel]) -> [RelationalModel; 4] {
    let shares = shares(truth);
    let mut order = RelationalModel::ALL;
    order.sort_by(|a, b| shares[b.index()].total_cmp(&shares[a.index()]));
    order
}

#[cfg(test)]
mod tests;
