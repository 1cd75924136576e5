//! From a table to a model: standardising, the strength of the penalty, the temperature, the fit.
//!
//! Owns the order of these steps. Whatever is chosen from the data is chosen on predictions for rows that a fit has not
//! seen. Refuses to evaluate: a number that was used to choose is not a number to report (`evaluate` nests all of this).

use super::dataset::Dataset;
use super::features::CLOSENESS;
use super::folds;
use super::learner::{FitError, LEARNERS};
use super::model::{Model, Recipe};
use super::solver::{self, Sample};
use super::temperature::Logits;
use crate::dice::Dice;
use crate::psychometrics::descriptive::quantile;

/// Strengths tried, from the weakest allowed in steps of ten. Between steps the loss is flat.
const ALPHAS: [f64; 5] = [0.1, 1.0, 10.0, 100.0, 1_000.0];
/// The tolerance of the fits that only choose between strengths: at this gradient held-out probabilities are right to
/// four or five digits, which is more than strengths ten times apart ask for, and half of the time is saved.
const CHOOSING_TOLERANCE: f64 = 1e-5;
/// The strength when there are too few rows to choose.
const DEFAULT_ALPHA: f64 = 1.0;
/// Folds for choosing strength and temperature.
const FOLDS: usize = 5;
/// The share of the training rows that counts as little engaged: about one SD below the mean of closeness. (assumed)
const LOW_ENGAGEMENT_SHARE: f64 = 0.16;

/// How to train.
#[derive(Debug, Clone, PartialEq)]
pub struct Training {
    /// Which learner, by id.
    pub learner: String,
    /// Decides the folds.
    pub seed: u64,
    /// What the model rests on; carried into the model.
    pub basis: String,
}

impl Default for Training {
    fn default() -> Self {
        Self {
            learner: LEARNERS.first().map_or("", |first| first.id()).to_owned(),
            seed: 1,
            basis: "own table".to_owned(),
        }
    }
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
}

/// Trains a model on a table.
///
/// # Errors
/// An unknown learner, or a table that cannot be fitted.
pub fn train(data: &Dataset, how: &Training) -> Result<Model, TrainError> {
    let learner =
        super::learner::find(&how.learner).ok_or_else(|| TrainError::UnknownLearner(how.learner.clone()))?;
    let classes = data.classes();
    let labels = class_indices(data);
    let (alpha, temperature) = choose(data, &labels, classes.len(), how.seed);
    let standard = Standardised::of(data);
    let x = standard.apply(data, 0..data.len());
    let sample = Sample {
        x: &x,
        features: data.names().len(),
        labels: &labels,
        classes: classes.len(),
        weights: data.weights(),
    };
    let fit = learner.fit(&sample, alpha)?;
    Ok(Model::assemble(Recipe {
        learner: learner.id().to_owned(),
        feature_names: data.names().to_vec(),
        means: standard.means,
        scales: standard.scales,
        classes,
        margins: sample.margins(),
        fit,
        alpha,
        temperature,
        rows: data.len(),
        fingerprint: data.fingerprint(),
        basis: how.basis.clone(),
        low_engagement: low_engagement(data),
    }))
}

/// Means and SDs (n − 1) of the features, from which a row is standardised.
struct Standardised {
    means: Vec<f64>,
    scales: Vec<f64>,
}

impl Standardised {
    fn of(data: &Dataset) -> Self {
        Self::of_rows(data, &(0..data.len()).collect::<Vec<_>>())
    }

    /// A feature without spread keeps its unit: standardised it is 0 everywhere and earns no coefficient.
    fn of_rows(data: &Dataset, rows: &[usize]) -> Self {
        let width = data.names().len();
        let n = rows.len() as f64;
        let mut means = vec![0.0; width];
        for &row in rows {
            for (mean, value) in means.iter_mut().zip(data.row(row)) {
                *mean += value / n;
            }
        }
        let mut squares = vec![0.0; width];
        for &row in rows {
            for ((square, mean), value) in squares.iter_mut().zip(&means).zip(data.row(row)) {
                *square += (value - mean) * (value - mean);
            }
        }
        let scales = squares
            .iter()
            .zip(&means)
            .map(|(square, mean)| {
                let sd = (square / (n - 1.0).max(1.0)).sqrt();
                // The mean of equal values is off by rounding, and dividing by that rounding would blow it up to ±1.
                if sd > 1e-12 * (1.0 + mean.abs()) { sd } else { 1.0 }
            })
            .collect();
        Self { means, scales }
    }

    fn apply(&self, data: &Dataset, rows: impl Iterator<Item = usize>) -> Vec<f64> {
        let mut x = Vec::new();
        for row in rows {
            let values = data.row(row).iter().zip(self.means.iter().zip(&self.scales));
            x.extend(values.map(|(value, (mean, scale))| (value - mean) / scale));
        }
        x
    }
}

fn class_indices(data: &Dataset) -> Vec<usize> {
    let classes = data.classes();
    let place = |label| classes.iter().position(|class| class == label);
    // Every label is among the classes, which were read off the labels.
    data.labels().iter().filter_map(place).collect()
}

/// Strength and temperature, from predictions for held-out rows.
fn choose(data: &Dataset, labels: &[usize], classes: usize, seed: u64) -> (f64, f64) {
    let smallest =
        (0..classes).map(|class| labels.iter().filter(|&&label| label == class).count()).min().unwrap_or(0);
    // Every training part needs every class, so a class of two rows allows two folds.
    let folds = FOLDS.min(smallest);
    if classes < 2 || folds < 2 {
        return (DEFAULT_ALPHA, 1.0);
    }
    let fold = folds::stratified(labels, folds, &mut Dice::for_purpose(seed, "folds of training"));
    let mut held_out: Vec<Vec<f64>> = vec![vec![0.0; data.len() * classes]; ALPHAS.len()];
    for part in 0..folds {
        let (inside, outside): (Vec<usize>, Vec<usize>) = (0..data.len()).partition(|&row| fold[row] != part);
        let standard = Standardised::of_rows(data, &inside);
        let x = standard.apply(data, inside.iter().copied());
        let inside_labels: Vec<usize> = inside.iter().map(|&row| labels[row]).collect();
        let weights: Option<Vec<f64>> =
            data.weights().map(|weights| inside.iter().map(|&row| weights[row]).collect());
        let sample = Sample {
            x: &x,
            features: data.names().len(),
            labels: &inside_labels,
            classes,
            weights: weights.as_deref(),
        };
        let tested = standard.apply(data, outside.iter().copied());
        let mut theta = sample.null_model();
        // From the strongest penalty to the weakest: each optimum is a good start for the next. Our own solver does
        // this part alone, for the optimum is the same whichever solver finds it.
        for (place, &alpha) in ALPHAS.iter().enumerate().rev() {
            match solver::minimise(&sample, alpha, theta.clone(), CHOOSING_TOLERANCE) {
                Ok(end) => theta = end.theta,
                // A strength that can't be fitted can't be chosen.
                Err(_) => {
                    held_out[place].fill(f64::NAN);
                    continue;
                }
            }
            for (row, values) in outside.iter().zip(tested.chunks_exact(data.names().len())) {
                let slots = &mut held_out[place][row * classes..(row + 1) * classes];
                score(&theta, values, slots);
            }
        }
    }
    let mut best = (f64::INFINITY, DEFAULT_ALPHA, None);
    for (place, &alpha) in ALPHAS.iter().enumerate() {
        let logits = Logits { values: &held_out[place], classes, labels, weights: data.weights() };
        let loss = logits.loss(|_| true, 1.0);
        if loss < best.0 {
            best = (loss, alpha, Some(logits));
        }
    }
    let temperature = best.2.map_or(1.0, |logits| logits.temperature(&fold, folds));
    (best.1, temperature)
}

/// Linear scores of one standardised row.
fn score(theta: &[f64], values: &[f64], out: &mut [f64]) {
    let classes = out.len();
    out.copy_from_slice(&theta[values.len() * classes..]);
    for (value, coefficients) in values.iter().zip(theta.chunks_exact(classes)) {
        for (slot, coefficient) in out.iter_mut().zip(coefficients) {
            *slot += value * coefficient;
        }
    }
}

fn low_engagement(data: &Dataset) -> Option<f64> {
    let column = data.names().iter().position(|name| name == CLOSENESS)?;
    let values: Vec<f64> = (0..data.len()).map(|row| data.row(row)[column]).collect();
    quantile(&values, LOW_ENGAGEMENT_SHARE).ok()
}

#[cfg(test)]
mod tests;
