//! Predictions to judge: out of fold for a table, and the baselines that a classifier must beat.
//!
//! Owns which fit predicts which row. Refuses predictions for rows that the fit was trained on: weights, encoding, strength and
//! temperature are learnt and chosen anew inside every training part.

pub mod curve;

use serde::{Deserialize, Serialize};

use super::dataset::{Dataset, DatasetError};
use super::features::FeatureSet;
use super::folds;
use super::metrics::{self, Bin, Evaluation, Predictions};
use super::model::{Model, ModelError, Scorer};
use super::parallel;
use super::pooling::joined;
use super::train::{TrainError, Training, train};
use crate::instrument::construct::RelationalModel;
use crate::rng::Rng;

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
    /// Only one class.
    #[error("all rows have the same label, so there is nothing to tell apart")]
    OneClass,
    /// Groups or given folds that do not divide the rows.
    #[error("all rows are in one group or fold; at least two are needed")]
    OnePart,
    /// A training part could not be taken.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A training part could not be fitted.
    #[error("without {part}: {why}")]
    Part {
        /// Which part was left out, such as "fold 3".
        part: String,
        /// What went wrong.
        why: TrainError,
    },
    /// A row could not be predicted.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// How the rows of a table are divided for evaluation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Division {
    /// What decided it.
    pub by: DividedBy,
    /// The part of each row, from 0.
    #[serde(skip)]
    pub part: Vec<usize>,
    /// What the parts are called.
    pub names: Vec<String>,
}

/// What decides a division.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DividedBy {
    /// Chance, stratified by label.
    Folds,
    /// A group that is left out as a whole, such as an organisation; intervals draw whole groups too.
    Group,
    /// Folds given by the user.
    Given,
}

impl Division {
    /// Stratified folds decided by a seed. A class with fewer rows than `folds` lowers the number of folds to its size.
    ///
    /// # Errors
    /// One class, or fewer than two folds or two rows of a class.
    pub fn stratified(data: &Dataset, folds: usize, seed: u64) -> Result<Self, EvaluateError> {
        let labels: Vec<usize> = data.labels().iter().map(|label| label.index()).collect();
        let size = |class: &RelationalModel| labels.iter().filter(|&&l| l == class.index()).count();
        let sizes = data.classes().into_iter().map(|class| (size(&class), class));
        let (rarest, class) = sizes.min().ok_or(DatasetError::Empty)?;
        if rarest == data.len() {
            return Err(EvaluateError::OneClass);
        }
        let used = folds.min(rarest);
        if used < 2 {
            return Err(EvaluateError::TooFew { folds, rarest, class });
        }
        let part = folds::stratified(&labels, used, &mut Rng::for_purpose(seed, "folds of evaluation"));
        let names = (1..=used).map(|fold| format!("fold {fold}")).collect();
        Ok(Self { by: DividedBy::Folds, part, names })
    }

    /// Parts named by row, in the order in which the names occur.
    ///
    /// # Errors
    /// Fewer than two different names.
    pub fn named(by: DividedBy, of_row: &[String]) -> Result<Self, EvaluateError> {
        let mut names: Vec<String> = Vec::new();
        let mut known = std::collections::BTreeMap::new();
        let part = of_row
            .iter()
            .map(|name| {
                *known.entry(name.as_str()).or_insert_with(|| {
                    names.push(name.clone());
                    names.len() - 1
                })
            })
            .collect();
        if names.len() < 2 {
            return Err(EvaluateError::OnePart);
        }
        Ok(Self { by, part, names })
    }
}

/// The full evaluation of a way of training on a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Judgement {
    /// How rows were divided.
    pub division: Division,
    /// Seed of folds and intervals.
    pub seed: u64,
    /// Bootstrap samples behind the intervals.
    pub resamples: usize,
    /// The numbers, all out of fold.
    #[serde(flatten)]
    pub evaluation: Evaluation,
    /// Confidence against right calls.
    pub reliability: Vec<Bin>,
    /// What it must beat, out of fold like the classifier.
    pub baselines: Baselines,
}

/// The baselines.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Baselines {
    /// The most frequent label of each training part, with the shares of its labels as probabilities.
    pub prior: Evaluation,
    /// The highest centred scale mean; absent where a row has none.
    pub highest_scale: Option<Evaluation>,
}

/// Out-of-fold predictions of a table and their judgement.
///
/// # Errors
/// A training part that cannot be fitted.
pub fn judge(
    data: &Dataset,
    division: Division,
    how: &Training,
    resamples: usize,
) -> Result<(Judgement, Predictions), EvaluateError> {
    let clusters = (division.by == DividedBy::Group).then(|| division.part.clone());
    judge_beside(data, None, division, clusters.as_deref(), how, resamples)
}

/// As [`judge`], with rows `beside` the table that are part of every training and of no test, and intervals that draw whole
/// `clusters` of rows (such as the sessions of one respondent) where there are any.
///
/// # Errors
/// A training part that cannot be fitted.
pub fn judge_beside(
    data: &Dataset,
    beside: Option<&Dataset>,
    division: Division,
    clusters: Option<&[usize]>,
    how: &Training,
    resamples: usize,
) -> Result<(Judgement, Predictions), EvaluateError> {
    let predictions = from_parts(data, beside, &division, how, |inside| inside)?;
    let score = |predictions: &Predictions| {
        // The same resamples for classifier and baselines, so that they differ only by their predictions.
        let mut rng = Rng::for_purpose(how.seed, "intervals of evaluation");
        metrics::evaluate_clusters(predictions, clusters, resamples, &mut rng)
    };
    let rows: Vec<FeatureSet> = if data.names().iter().any(|name| name == "centred_cs") {
        (0..data.len()).map(|row| data.features(row)).collect()
    } else {
        Vec::new()
    };
    let whole = !rows.is_empty() && data.missing() == 0;
    let highest = if whole { highest_out_of_parts(&rows, data.labels(), &division) } else { None };
    let judgement = Judgement {
        seed: how.seed,
        resamples,
        evaluation: score(&predictions),
        reliability: metrics::reliability(&predictions),
        baselines: Baselines {
            prior: score(&prior_out_of_parts(data.labels(), &division)),
            highest_scale: highest.as_ref().map(score),
        },
        division,
    };
    Ok((judgement, predictions))
}

/// Out-of-fold predictions in stratified folds; see [`Division::stratified`].
///
/// # Errors
/// Fewer than two folds or two rows of a class; a training part that cannot be fitted.
pub fn out_of_fold(data: &Dataset, folds: usize, how: &Training) -> Result<Predictions, EvaluateError> {
    out_of_parts(data, &Division::stratified(data, folds, how.seed)?, how)
}

/// Predictions for the rows of each part by a model trained on the other parts.
///
/// # Errors
/// A training part that cannot be fitted.
pub fn out_of_parts(
    data: &Dataset,
    division: &Division,
    how: &Training,
) -> Result<Predictions, EvaluateError> {
    from_parts(data, None, division, how, |inside| inside)
}

/// As [`out_of_parts`], with only the rows that `keep` leaves of each training part, and all rows `beside`.
fn from_parts(
    data: &Dataset,
    beside: Option<&Dataset>,
    division: &Division,
    how: &Training,
    keep: impl Fn(Vec<usize>) -> Vec<usize> + Sync,
) -> Result<Predictions, EvaluateError> {
    let predicted = parallel::map((0..division.names.len()).collect(), |part: usize| {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..data.len()).partition(|&row| division.part[row] != part);
        let model = train(&joined(data, &keep(inside), beside)?, how).map_err(|why| {
            let part = division.names.get(part).cloned().unwrap_or_default();
            EvaluateError::Part { part, why }
        })?;
        let scorer = Scorer::new(&model)?;
        let predict = |row: usize| -> Result<_, EvaluateError> {
            let shares = scorer.probabilities(data.row(row))?;
            Ok((row, model.call(&shares).dominant, shares))
        };
        outside.into_iter().map(predict).collect::<Result<Vec<_>, EvaluateError>>()
    });
    let mut called = data.labels().to_vec();
    let mut probabilities = vec![[0.0; 4]; data.len()];
    for part in predicted {
        for (row, dominant, shares) in part? {
            called[row] = dominant;
            probabilities[row] = shares;
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

/// The baseline that knows nothing but how often each label occurs in `truth`: calls the most frequent, with the shares as
/// probabilities. Of equally frequent labels the first in the order CS, AR, EM, MP is called.
pub fn prior_baseline(truth: &[RelationalModel]) -> Predictions {
    let rows: Vec<usize> = (0..truth.len()).collect();
    told_by(truth, &[(rows, truth.to_vec())])
}

/// The same out of fold: each part is predicted from the labels of the other parts.
fn prior_out_of_parts(truth: &[RelationalModel], division: &Division) -> Predictions {
    told_by(truth, &parts(truth, division))
}

/// The rows of each part, and the labels of the rows outside it.
fn parts(truth: &[RelationalModel], division: &Division) -> Vec<(Vec<usize>, Vec<RelationalModel>)> {
    let part = |part: usize| {
        let (own, others): (Vec<usize>, Vec<usize>) =
            (0..truth.len()).partition(|&row| division.part.get(row) == Some(&part));
        (own, others.into_iter().map(|row| truth[row]).collect())
    };
    (0..division.names.len()).map(part).collect()
}

fn told_by(truth: &[RelationalModel], parts: &[(Vec<usize>, Vec<RelationalModel>)]) -> Predictions {
    let mut called = truth.to_vec();
    let mut probabilities = vec![[0.0; 4]; truth.len()];
    for (rows, known) in parts {
        let (most, shares) = (by_frequency(known)[0], shares(known));
        for &row in rows {
            called[row] = most;
            probabilities[row] = shares;
        }
    }
    Predictions { truth: truth.to_vec(), called, probabilities: Some(probabilities) }
}

/// [`highest_scale_baseline`] with ties that are broken by the labels of the other parts.
fn highest_out_of_parts(
    rows: &[FeatureSet],
    truth: &[RelationalModel],
    division: &Division,
) -> Option<Predictions> {
    let mut called = truth.to_vec();
    for (own, known) in parts(truth, division) {
        let order = by_frequency(&known);
        for row in own {
            called[row] = rows.get(row)?.highest_scale(&order)?;
        }
    }
    Some(Predictions { truth: truth.to_vec(), called, probabilities: None })
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
