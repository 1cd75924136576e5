//! The learners, and the trait and registry for them.
//!
//! Owns the trait, the registry and the errors of a fit. A learner gets standardised columns and returns a form that scores
//! each class; a sample that cannot be fitted is an error, and so is a fit that did not reach its optimum.

use serde::{Deserialize, Serialize};

use super::form::Discriminant;
use super::gaussian::Gaussian;
use super::softmax::Softmax;
use super::solver::TrainingSet;
use super::tree::DecisionTrees;

/// The least strength: below it linfa was seen to stop at wrong models, and near-separable small tables have optima so
/// far out that their probabilities mean nothing.
pub const MIN_ALPHA: f64 = 0.1;

/// A way to fit. Equal samples give equal fits, to the bit.
pub trait Learner: Sync {
    /// The name in files and commands.
    fn id(&self) -> &'static str;
    /// What it is, its formula, cautions and reference, for people.
    fn about(&self) -> &'static str;
    /// The strengths worth trying, from the weakest; empty for a learner that has nothing to choose.
    fn strengths(&self) -> &'static [f64];
    /// Forms for several strengths, good enough to choose between them; `None` where there is no fit.
    fn path(&self, sample: &TrainingSet<'_>, strengths: &[f64]) -> Vec<Option<Discriminant>> {
        strengths.iter().map(|&alpha| self.fit(sample, alpha).ok().map(|fit| fit.form)).collect()
    }
    /// What a strength means to this learner, for people.
    fn strength(&self, alpha: f64) -> String {
        format!("{alpha} (in scikit-learn 1/C, with two classes 2/C)")
    }
    /// Fits scores for the classes; `alpha` is the strength: of the L2 penalty, in scikit-learn's terms 1/C and with two classes 2/C, where
    /// [`Learner::strength`] says nothing else.
    ///
    /// # Errors
    /// A sample that cannot be fitted, or an optimum that was not reached.
    fn fit(&self, sample: &TrainingSet<'_>, alpha: f64) -> Result<LearnerFit, FitError>;
}

/// Every learner; the first is the default.
pub static LEARNERS: &[&dyn Learner] = &[&Softmax, &Gaussian, &DecisionTrees];

/// The learner called `id`.
pub fn find(id: &str) -> Option<&'static dyn Learner> {
    LEARNERS.iter().copied().find(|learner| learner.id() == id)
}

/// Scores by class, and how they were found.
#[derive(Debug, Clone, PartialEq)]
pub struct LearnerFit {
    /// What was fitted.
    pub form: Discriminant,
    /// How the optimum was reached.
    pub report: FitReport,
}

/// How an optimum was reached.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FitReport {
    /// Which solver took the last step.
    pub solver: Solver,
    /// Steps of our own solver; 0 if linfa's result was already the optimum. linfa does not report its own.
    pub iterations: usize,
    /// Largest entry of the gradient divided by the sum of weights, recomputed by us.
    pub gradient: f64,
    /// The objective: weighted negative log-likelihood plus penalty.
    pub loss: f64,
    /// Always true in an existing model; written for readers of the file.
    pub converged: bool,
}

/// Which solver finished a fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Solver {
    /// linfa reached the optimum, or found every split of a tree, which has none to reach.
    Linfa,
    /// linfa came near; ours went on from there.
    LinfaThenOwn,
    /// Ours alone: weights, a large table, or linfa failed.
    Own,
}

/// Why there is no fit.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum FitError {
    /// No rows or no features.
    #[error("there is nothing to fit: rows {rows}, features {features}")]
    Empty {
        /// Rows found.
        rows: usize,
        /// Features found.
        features: usize,
    },
    /// Lengths of features, labels and weights disagree.
    #[error("features, labels and weights differ in length")]
    Length,
    /// Only one class.
    #[error("all rows have the same label, so there is nothing to tell apart")]
    OneClass,
    /// More classes than there are relational models.
    #[error("{0} classes; at most four can be told apart")]
    TooManyClasses(usize),
    /// A class without rows, or a label beyond the classes.
    #[error("class {0} has no rows")]
    EmptyClass(usize),
    /// A feature value is not finite.
    #[error("a value in row {row} is not a finite number")]
    NotFinite {
        /// Counted from 1.
        row: usize,
    },
    /// A weight is not a positive finite number.
    #[error("the weight of row {row} is not a positive number")]
    Weight {
        /// Counted from 1.
        row: usize,
    },
    /// Too weak a penalty.
    #[error("the strength {0} is below {MIN_ALPHA} or not a number")]
    Alpha(f64),
    /// The optimum was not reached.
    #[error("the fit stopped after {iterations} steps with a gradient of {gradient:e}; it was not kept")]
    NotConverged {
        /// Steps done.
        iterations: usize,
        /// Gradient left.
        gradient: f64,
    },
}

/// What every learner asks of a sample.
///
/// # Errors
/// The first fault found.
pub fn check(sample: &TrainingSet<'_>, alpha: f64) -> Result<(), FitError> {
    let rows = sample.labels.len();
    let features = sample.features;
    if rows == 0 || features == 0 {
        return Err(FitError::Empty { rows, features });
    }
    if sample.x.len() != rows * features || sample.weights.is_some_and(|w| w.len() != rows) {
        return Err(FitError::Length);
    }
    if !alpha.is_finite() || alpha < MIN_ALPHA {
        return Err(FitError::Alpha(alpha));
    }
    if sample.classes < 2 {
        return Err(FitError::OneClass);
    }
    if sample.classes > 4 {
        return Err(FitError::TooManyClasses(sample.classes));
    }
    if let Some(&label) = sample.labels.iter().find(|&&l| l >= sample.classes) {
        return Err(FitError::EmptyClass(label));
    }
    if let Some(class) = (0..sample.classes).find(|class| !sample.labels.contains(class)) {
        return Err(FitError::EmptyClass(class));
    }
    if let Some(place) = sample.x.iter().position(|value| !value.is_finite()) {
        let row = place / features + 1;
        return Err(FitError::NotFinite { row });
    }
    let unsound = |weight: &f64| !weight.is_finite() || *weight <= 0.0;
    if let Some(row) = sample.weights.and_then(|w| w.iter().position(unsound)) {
        return Err(FitError::Weight { row: row + 1 });
    }
    Ok(())
}

/// Weighted negative log-likelihood of the labels.
pub(super) fn loss(form: &Discriminant, sample: &TrainingSet<'_>) -> f64 {
    let row = |row: usize| {
        let scores: Vec<f64> = (0..sample.classes).map(|class| form.score(class, sample.row(row))).collect();
        let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = scores.iter().map(|score| (score - highest).exp()).sum();
        sample.weight(row) * (highest + sum.ln() - scores[sample.labels[row]])
    };
    (0..sample.labels.len()).map(row).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn learners_are_documented_and_distinct() {
        for (place, learner) in LEARNERS.iter().enumerate() {
            assert!(learner.about().len() > 80, "{}", learner.id());
            assert!(LEARNERS[..place].iter().all(|l| l.id() != learner.id()));
            assert_eq!(find(learner.id()).map(Learner::id), Some(learner.id()));
        }
        assert!(find("oracle").is_none());
    }

    #[test]
    fn every_learner_refuses_what_cannot_be_fitted() {
        let x = [0.0, 1.0, 2.0, 3.0];
        let good = TrainingSet { x: &x, features: 1, labels: &[0, 1, 0, 1], classes: 2, weights: None };
        let nan = [0.0, f64::NAN, 2.0, 3.0];
        let cases: [(TrainingSet<'_>, f64, FitError); 9] = [
            (TrainingSet { x: &[], labels: &[], ..good }, 1.0, FitError::Empty { rows: 0, features: 1 }),
            (TrainingSet { x: &x[..3], ..good }, 1.0, FitError::Length),
            (good, 0.01, FitError::Alpha(0.01)),
            (TrainingSet { labels: &[0; 4], classes: 1, ..good }, 1.0, FitError::OneClass),
            (TrainingSet { labels: &[0, 1, 2, 4], classes: 5, ..good }, 1.0, FitError::TooManyClasses(5)),
            (TrainingSet { labels: &[0; 4], ..good }, 1.0, FitError::EmptyClass(1)),
            (TrainingSet { labels: &[0, 1, 2, 1], ..good }, 1.0, FitError::EmptyClass(2)),
            (TrainingSet { x: &nan, ..good }, 1.0, FitError::NotFinite { row: 2 }),
            (TrainingSet { weights: Some(&[1.0, 1.0, 0.0, 1.0]), ..good }, 1.0, FitError::Weight { row: 3 }),
        ];
        for learner in LEARNERS {
            for (sample, alpha, expected) in &cases {
                assert_eq!(learner.fit(sample, *alpha).unwrap_err(), *expected);
            }
            assert!(learner.fit(&good, 1.0).is_ok());
        }
    }
}
