//! From a table to a model: class weights, encoding, the strength of the penalty, the temperature, the fit, the prior.
//!
//! Owns the order of these steps. Whatever is chosen from the data is chosen on predictions for rows that a fit has not
//! seen. Refuses to evaluate: a number that was used to choose is not a number to report (`evaluate` nests all of this).

use serde::{Deserialize, Serialize};

use super::dataset::{Dataset, DatasetError};
use super::encoding::Encoding;
use super::folds;
use super::form::Discriminant;
use super::learner::{FitError, LEARNERS, Learner};
use super::model::{MissingPolicy, Model, ModelError, Recipe};
use super::solver::TrainingSet;
use super::temperature::Logits;
use crate::rng::Rng;

/// The strength when there are too few rows to choose.
const DEFAULT_ALPHA: f64 = 1.0;
/// Folds for choosing strength and temperature.
const FOLDS: usize = 5;

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Which learner, by id.
    pub learner: String,
    /// Decides the folds.
    pub seed: u64,
    /// What the model rests on; carried into the model.
    pub basis: String,
    /// Strength of the penalty; chosen on held-out rows when absent.
    pub alpha: Option<f64>,
    /// How much each class counts.
    pub class_weights: ClassWeights,
    /// Whether scores are divided by a temperature.
    pub calibrate: Calibrate,
    /// The shares of the classes that predictions assume.
    pub prior: Prior,
    /// What the model does about a row that lacks a feature.
    pub missing: MissingPolicy,
}

impl Default for Training {
    fn default() -> Self {
        Self {
            learner: LEARNERS.first().map_or("", |first| first.id()).to_owned(),
            seed: 1,
            basis: "own table".to_owned(),
            alpha: None,
            class_weights: ClassWeights::None,
            calibrate: Calibrate::Auto,
            prior: Prior::AsTrained,
            missing: MissingPolicy::Mean,
        }
    }
}

/// How much each class counts in training.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClassWeights {
    /// Every row counts alike.
    None,
    /// Every class counts alike: a row of class c has weight rows/(classes·rows of c), as in scikit-learn.
    Balanced,
}

/// Whether scores are divided by a temperature that is read from held-out predictions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Calibrate {
    /// Always.
    On,
    /// Never.
    Off,
    /// Where it wins on folds that it was not read from.
    Auto,
}

/// The shares of the classes that predictions assume.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Prior {
    /// Those that the fit saw: the table's, or even ones under balanced class weights.
    AsTrained,
    /// The table's, whatever the class weights.
    Table,
    /// These of CS, AR, EM, MP.
    Shares([f64; 4]),
}

/// Why there is no model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TrainError {
    /// No such learner.
    #[error("there is no learner called `{0}`")]
    UnknownLearner(String),
    /// The fit failed.
    #[error(transparent)]
    Fit(#[from] FitError),
    /// The table could not be weighted.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The prior was refused.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Trains a model on a table.
///
/// # Errors
/// An unknown learner, a table that cannot be fitted, or a prior without a share for one of its classes.
pub fn train(data: &Dataset, how: &Training) -> Result<Model, TrainError> {
    let learner =
        super::learner::find(&how.learner).ok_or_else(|| TrainError::UnknownLearner(how.learner.clone()))?;
    let classes = data.classes();
    let labels = class_indices(data);
    let class_rows: Vec<usize> =
        (0..classes.len()).map(|class| labels.iter().filter(|&&label| label == class).count()).collect();
    let weights = weights(data, &labels, &class_rows, how.class_weights);
    let task =
        Task { data, labels: &labels, classes: classes.len(), weights: weights.as_deref(), learner, how };
    let (alpha, temperature) = task.choose(&class_rows);
    let rows: Vec<usize> = (0..data.len()).collect();
    let (encoding, fit, margins) = task.on(&rows, |sample| learner.fit(sample, alpha));
    let model = Model::assemble(Recipe {
        learner: learner.id().to_owned(),
        feature_names: data.names().to_vec(),
        encoding,
        missing: how.missing,
        classes,
        margins,
        fit: fit?,
        alpha: (!learner.strengths().is_empty()).then_some(alpha),
        class_weights: how.class_weights,
        temperature,
        missing_values: data.missing(),
        fingerprint: data.fingerprint(),
        seed: how.seed,
        basis: how.basis.clone(),
        class_rows: class_rows.clone(),
    });
    match how.prior {
        Prior::AsTrained => Ok(model),
        Prior::Table => {
            let mut shares = [0.0; 4];
            for (class, count) in model.classes.iter().zip(class_rows) {
                shares[class.index()] = count as f64;
            }
            Ok(model.with_prior(shares)?)
        }
        Prior::Shares(shares) => Ok(model.with_prior(shares)?),
    }
}

/// The form that a learner finds where each row of a table counts so many times, in the model's own encoding and at its strength.
///
/// # Errors
/// A class of which no row is left, or an optimum that was not reached.
pub(super) fn refit(
    data: &Dataset,
    model: &Model,
    how: &Training,
    times: &[u32],
) -> Result<Discriminant, FitError> {
    let learner = super::learner::find(&how.learner)
        .ok_or(FitError::Empty { rows: 0, features: data.names().len() })?;
    let kept: Vec<usize> = (0..data.len()).filter(|&row| times.get(row).is_some_and(|&n| n > 0)).collect();
    let all = class_indices(data);
    let labels: Vec<usize> = kept.iter().map(|&row| all[row]).collect();
    let mut class_rows = vec![0; model.classes.len()];
    kept.iter().for_each(|&row| class_rows[all[row]] += times[row] as usize);
    if let Some(class) = class_rows.iter().position(|&rows| rows == 0) {
        return Err(FitError::EmptyClass(class));
    }
    let rows: usize = class_rows.iter().sum();
    let weight = |&row: &usize| {
        let own = data.weights().map_or(1.0, |weights| weights[row]) * f64::from(times[row]);
        match how.class_weights {
            ClassWeights::None => own,
            ClassWeights::Balanced => own * rows as f64 / (class_rows.len() * class_rows[all[row]]) as f64,
        }
    };
    let weights: Vec<f64> = kept.iter().map(weight).collect();
    let x = model.encoding.table(kept.iter().map(|&row| data.row(row)));
    let sample = TrainingSet {
        x: &x,
        features: model.encoding.width(),
        labels: &labels,
        classes: class_rows.len(),
        weights: Some(&weights),
    };
    Ok(learner.fit(&sample, how.alpha.unwrap_or(DEFAULT_ALPHA))?.form)
}

/// The weights of the rows: their own times those of their class; none if all are 1.
fn weights(data: &Dataset, labels: &[usize], class_rows: &[usize], how: ClassWeights) -> Option<Vec<f64>> {
    let own = data.weights();
    match how {
        ClassWeights::None => own.map(<[f64]>::to_vec),
        ClassWeights::Balanced => {
            let weight = |&label: &usize| data.len() as f64 / (class_rows.len() * class_rows[label]) as f64;
            let balanced = labels.iter().map(weight);
            Some(match own {
                Some(own) => balanced.zip(own).map(|(weight, own)| weight * own).collect(),
                None => balanced.collect(),
            })
        }
    }
}

fn class_indices(data: &Dataset) -> Vec<usize> {
    let classes = data.classes();
    let place = |label| classes.iter().position(|class| class == label);
    // Every label is among the classes, which were read off the labels.
    data.labels().iter().filter_map(place).collect()
}

/// What is to be fitted, whole or in parts.
struct Task<'a> {
    data: &'a Dataset,
    labels: &'a [usize],
    classes: usize,
    weights: Option<&'a [f64]>,
    learner: &'static dyn Learner,
    how: &'a Training,
}

impl Task<'_> {
    /// Encodes some rows, by what they alone teach, and hands them to a fit; with the encoding and the weighted class shares.
    fn on<R>(&self, rows: &[usize], fit: impl FnOnce(&TrainingSet<'_>) -> R) -> (Encoding, R, Vec<f64>) {
        let encoding = Encoding::learn(self.data, rows);
        let x = encoding.table(rows.iter().map(|&row| self.data.row(row)));
        let labels: Vec<usize> = rows.iter().map(|&row| self.labels[row]).collect();
        let weights: Option<Vec<f64>> =
            self.weights.map(|weights| rows.iter().map(|&row| weights[row]).collect());
        let sample = TrainingSet {
            x: &x,
            features: encoding.width(),
            labels: &labels,
            classes: self.classes,
            weights: weights.as_deref(),
        };
        let fitted = fit(&sample);
        (encoding, fitted, sample.margins())
    }

    /// Strength and temperature, from predictions for held-out rows.
    fn choose(&self, class_rows: &[usize]) -> (f64, f64) {
        let tried: Vec<f64> = match self.how.alpha {
            Some(alpha) => vec![alpha],
            None if self.learner.strengths().is_empty() => vec![DEFAULT_ALPHA],
            None => self.learner.strengths().to_vec(),
        };
        let first = tried.first().copied().unwrap_or(DEFAULT_ALPHA);
        let fallback = if tried.len() == 1 { first } else { DEFAULT_ALPHA };
        // Every training part needs every class, so a class of two rows allows two folds.
        let folds = FOLDS.min(class_rows.iter().copied().min().unwrap_or(0));
        let nothing_to_choose = tried.len() == 1 && self.how.calibrate == Calibrate::Off;
        if nothing_to_choose || self.classes < 2 || folds < 2 {
            return (fallback, 1.0);
        }
        let fold =
            folds::stratified(self.labels, folds, &mut Rng::for_purpose(self.how.seed, "folds of training"));
        let mut held_out = vec![vec![0.0; self.labels.len() * self.classes]; tried.len()];
        for part in 0..folds {
            self.hold_out(&tried, &fold, part, &mut held_out);
        }
        let mut best = (f64::INFINITY, fallback, None);
        for (values, &alpha) in held_out.iter().zip(&tried) {
            let logits = Logits { values, classes: self.classes, labels: self.labels, weights: self.weights };
            let loss = logits.loss(|_| true, 1.0);
            if loss < best.0 {
                best = (loss, alpha, Some(logits));
            }
        }
        let temperature = best.2.map_or(1.0, |logits| match self.how.calibrate {
            Calibrate::Off => 1.0,
            Calibrate::On => logits.best_temperature(),
            Calibrate::Auto => logits.temperature(&fold, folds),
        });
        (best.1, temperature)
    }

    /// Scores of the rows of one fold under every strength, from fits on the other folds. A strength that cannot be fitted gets
    /// NaN and so cannot be chosen.
    fn hold_out(&self, tried: &[f64], fold: &[usize], part: usize, held_out: &mut [Vec<f64>]) {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..self.labels.len()).partition(|&row| fold[row] != part);
        let (encoding, forms, _) = self.on(&inside, |sample| self.learner.path(sample, tried));
        let mut columns = Vec::with_capacity(encoding.width());
        for row in outside {
            encoding.encode(self.data.row(row), &mut columns);
            for (form, scores) in forms.iter().zip(held_out.iter_mut()) {
                for class in 0..self.classes {
                    scores[row * self.classes + class] =
                        form.as_ref().map_or(f64::NAN, |form| form.score(class, &columns));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
