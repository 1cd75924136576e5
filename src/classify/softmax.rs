//! The default learner: linfa's multinomial logistic regression behind a guard.
//!
//! Owns the guard. linfa subtracts the maximum of the whole matrix in its log-sum-exp, does not say whether it converged
//! and returns wrong models as successes; on standardised features with α ≥ .1 it is right. So its end is only ever a
//! proposal: loss and gradient are recomputed here in a stable form, and where linfa stopped short our own solver walks the
//! rest of the way to the same, unique optimum. Refuses to return anything else.
//!
//! A fit repeats to the bit on one machine. Between machines it may differ in the tenth digit, because linfa's matrix products
//! use whatever instructions the processor has and the last steps start from there.

use std::panic::{AssertUnwindSafe, catch_unwind};

use linfa::Dataset;
use linfa::traits::Fit as _;
use linfa_logistic::MultiLogisticRegression;
use ndarray::{Array1, Array2};

use super::form::Discriminant;
use super::learner::{FitError, FitReport, Learner, LearnerFit, MIN_ALPHA, Solver, check};
use super::solver::{self, TOLERANCE, TrainingSet};

/// Above this many values linfa is not asked: it makes a fit take about twice as long as scikit-learn (5,000 × 60), and later
/// minutes where our solver takes a second.
const LINFA_MOST: usize = 400_000;
/// From this many rows on linfa starts near the optimum, which our solver finds in no time.
const LINFA_FROM_NEAR: usize = 3_000;
const EVERY: usize = 10;
/// The mean gradient at which linfa may stop. Its loss is too coarse to reach ours: below this it makes no progress, for three
/// times as long as it took to get there, while our solver needs some five more steps.
const LINFA_TOLERANCE: f64 = 1e-6;
/// linfa usually needs some thirty iterations; past this many it is going in circles and ours takes over.
const LINFA_ITERATIONS: u64 = 200;

/// Strengths tried, from the weakest allowed in steps of ten. Between steps the loss is flat.
const STRENGTHS: [f64; 5] = [0.1, 1.0, 10.0, 100.0, 1_000.0];
/// The tolerance of the fits that only choose between strengths: at this gradient held-out probabilities are right to
/// four or five digits, which is more than strengths ten times apart ask for, and half of the time is saved.
const CHOOSING_TOLERANCE: f64 = 1e-5;

/// Multinomial logistic regression with an L2 penalty, one set of coefficients for each class.
pub struct Softmax;

impl Learner for Softmax {
    fn id(&self) -> &'static str {
        "softmax"
    }

    fn about(&self) -> &'static str {
        "Multinomial logistic regression with an L2 penalty (linfa's, guarded). Minimises \
         the weighted sum of −ln p(label) + α/2·‖coefficients‖², intercepts unpenalised; α = 1/C \
         in scikit-learn, and 2/C with two classes, for which it fits one set of coefficients where two of half the size stand here. Linear in the features: it sees no interactions. Reference: Hastie, \
         Tibshirani and Friedman 2009, The Elements of Statistical Learning, section 4.4."
    }

    fn strengths(&self) -> &'static [f64] {
        &STRENGTHS
    }

    /// From the strongest penalty to the weakest, because each optimum is a good start for the next. Our own solver does
    /// this alone, for the optimum is the same whichever solver finds it.
    fn path(&self, sample: &TrainingSet<'_>, strengths: &[f64]) -> Vec<Option<Discriminant>> {
        let mut forms = vec![None; strengths.len()];
        if check(sample, 1.0).is_err() {
            return forms;
        }
        let mut theta = sample.null_model();
        for (slot, &alpha) in forms.iter_mut().zip(strengths).rev() {
            if let Ok(end) = solver::minimise(sample, alpha, theta.clone(), CHOOSING_TOLERANCE) {
                *slot = Some(unfold(sample, &end.theta));
                theta = end.theta;
            }
        }
        forms
    }

    fn fit(&self, sample: &TrainingSet<'_>, alpha: f64) -> Result<LearnerFit, FitError> {
        check(sample, alpha)?;
        // linfa accepts weights and ignores them, so weighted samples never go to it.
        let ask_linfa = sample.weights.is_none() && sample.x.len() <= LINFA_MOST;
        let proposal = if ask_linfa { linfa(sample, alpha) } else { None };
        finish(sample, alpha, proposal)
    }
}

/// Checks a proposal and completes the descent; `None` starts without linfa.
fn finish(sample: &TrainingSet<'_>, alpha: f64, proposal: Option<Vec<f64>>) -> Result<LearnerFit, FitError> {
    let proposed = proposal.is_some();
    let start = proposal.unwrap_or_else(|| sample.null_model());
    let (optimum, solver) = match solver::minimise(sample, alpha, start, TOLERANCE) {
        Ok(end) if proposed && end.iterations == 0 => (end, Solver::Linfa),
        Ok(end) if proposed => (end, Solver::LinfaThenOwn),
        Ok(end) => (end, Solver::Own),
        // A proposal can be so far out that the descent fails; from the intercept-only model it has never failed.
        Err(_) if proposed => {
            (solver::minimise(sample, alpha, sample.null_model(), TOLERANCE).map_err(stopped)?, Solver::Own)
        }
        Err(short) => return Err(stopped(short)),
    };
    Ok(LearnerFit {
        form: unfold(sample, &optimum.theta),
        report: FitReport {
            solver,
            iterations: optimum.iterations,
            gradient: optimum.gradient,
            loss: optimum.loss,
            converged: optimum.gradient <= TOLERANCE,
        },
    })
}

fn stopped(short: solver::StoppedShort) -> FitError {
    FitError::NotConverged { iterations: short.iterations, gradient: short.gradient }
}

/// Parameters by class. The common constant of the intercepts says nothing and is taken out.
fn unfold(sample: &TrainingSet<'_>, theta: &[f64]) -> Discriminant {
    let (features, classes) = (sample.features, sample.classes);
    let of_class = |class: usize| theta.iter().skip(class).step_by(classes).copied();
    let raw: Vec<f64> = (0..classes).filter_map(|class| of_class(class).nth(features)).collect();
    let centre = raw.iter().sum::<f64>() / classes as f64;
    Discriminant::Linear {
        coefficients: (0..classes).map(|class| of_class(class).take(features).collect()).collect(),
        intercepts: raw.iter().map(|intercept| intercept - centre).collect(),
    }
}

/// What linfa proposes, if it proposes anything usable.
fn linfa(sample: &TrainingSet<'_>, alpha: f64) -> Option<Vec<f64>> {
    let rows = sample.labels.len();
    let x = Array2::from_shape_vec((rows, sample.features), sample.x.to_vec()).ok()?;
    let dataset = Dataset::new(x, Array1::from(sample.labels.to_vec()));
    let mut params = MultiLogisticRegression::<f64>::default()
        .alpha(alpha)
        .with_intercept(true)
        .max_iterations(LINFA_ITERATIONS)
        // linfa compares the Euclidean norm of the summed gradient, we the largest entry of the mean one.
        .gradient_tolerance(LINFA_TOLERANCE * rows as f64);
    if let Some(near) = near(sample, alpha) {
        params =
            params.initial_params(Array2::from_shape_vec((sample.features + 1, sample.classes), near).ok()?);
    }
    // linfa has been seen to panic; nothing of ours is left half-changed, for it works on its own copy.
    let fitted = catch_unwind(AssertUnwindSafe(|| params.fit(&dataset))).ok()?.ok()?;
    if fitted.classes().len() != sample.classes {
        return None;
    }
    let mut theta: Vec<f64> = fitted.params().iter().copied().collect();
    theta.extend(fitted.intercept());
    let usable = theta.len() == sample.parameters() && theta.iter().all(|t| t.is_finite());
    usable.then_some(theta)
}

/// A start for linfa on a large sample: the optimum of every tenth row, at a tenth of the penalty, and from there most of the way over all
/// rows. linfa copies the whole table for every product, so that one of its steps costs what several of ours do.
fn near(sample: &TrainingSet<'_>, alpha: f64) -> Option<Vec<f64>> {
    if sample.labels.len() < LINFA_FROM_NEAR {
        return None;
    }
    let rows = || (0..sample.labels.len()).step_by(EVERY);
    let x: Vec<f64> = rows().flat_map(|row| sample.row(row).iter().copied()).collect();
    let labels: Vec<usize> = rows().map(|row| sample.labels[row]).collect();
    let few = TrainingSet { x: &x, labels: &labels, ..*sample };
    let less = alpha / EVERY as f64;
    check(&few, less.max(MIN_ALPHA)).ok()?;
    let start = solver::minimise(&few, less, few.null_model(), CHOOSING_TOLERANCE).ok()?.theta;
    Some(solver::minimise(sample, alpha, start, CHOOSING_TOLERANCE).ok()?.theta)
}

#[cfg(test)]
mod tests;
