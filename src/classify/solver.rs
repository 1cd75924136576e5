//! Our own solver of the softmax objective. Owns the loss, its gradient and the descent to the optimum; refuses to return
//! anything that is not the optimum.
//!
//! Objective: Σᵢ wᵢ·(lseₖ(zᵢₖ) − zᵢ,yᵢ) + α/2·Σ‖βₖ‖², zᵢₖ = bₖ + xᵢ·βₖ, intercepts unpenalised. It is convex, and with α > 0
//! its optimum is unique up to a constant in all intercepts, which is fixed by keeping their sum where it starts. linfa
//! and scikit-learn (α = 1/C) minimise the same function; for two classes scikit-learn fits the difference of both sets, so that α = 2/C.
//!
//! Method: L-BFGS (Liu and Nocedal 1989) that starts from the exact curvature at the intercept-only model. That curvature
//! is a Kronecker product of the class covariance and XᵀX, one cheap pass over the data, and is so close to the curvature at the
//! optimum that few iterations are left. Plain Newton would need such a pass for every pair of classes in every iteration; plain L-BFGS needs many
//! more iterations. Of a large table some rows are fitted first (`thinned`): their optimum is the start and their curvature there steers.
//! Sums run in row order within blocks and over blocks in their order, so a fit repeats to
//! the bit on any number of threads.

mod curvature;
mod objective;
mod thinned;

use std::collections::VecDeque;
use std::ops::Range;

use curvature::Cholesky;
use objective::objective;
use thinned::Thinned;

/// Convergence: the largest entry of the gradient, divided by the sum of weights, is at most this. Coefficients are then
/// good to some eight digits, far beyond what is printed.
pub const TOLERANCE: f64 = 1e-9;
/// Iterations before giving up. Hard problems (separated classes at α = .1) take some tens.
const MAX_ITERATIONS: usize = 500;
/// Pairs of steps that L-BFGS remembers; ten is the usual choice.
const MEMORY: usize = 10;
/// Where classes are all but separated the curvature changes on the way; after this many iterations, which a fit of
/// thousands of rows hardly reaches, it is computed anew where the descent stands.
const REFRESH: usize = 20;
/// Share of the promised decrease that a step must keep (Armijo's rule).
const SUFFICIENT: f64 = 1e-4;
/// Near the optimum the decrease drowns in the rounding of the loss: a step that loses no more than this share passes.
const ROUNDING: f64 = 1e-13;
/// Rows that a thread takes at a time: enough to be worth the handing out.
const BLOCK: usize = 2_500;
/// Halvings of a step before giving up.
const MAX_HALVINGS: usize = 50;

/// Rows to fit. What stands here was checked by the learner: lengths agree, values are finite, each class occurs.
#[derive(Debug, Clone, Copy)]
pub struct TrainingSet<'a> {
    /// Features, standardised, row after row.
    pub x: &'a [f64],
    /// Number of features.
    pub features: usize,
    /// Class of each row, below `classes`.
    pub labels: &'a [usize],
    /// Number of classes.
    pub classes: usize,
    /// Weight of each row; 1 each when absent.
    pub weights: Option<&'a [f64]>,
}

/// Where a descent ended.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Optimum {
    /// Parameters: for each feature its coefficients by class, then the intercepts by class.
    pub theta: Vec<f64>,
    /// Iterations done.
    pub iterations: usize,
    /// Largest entry of the gradient divided by the sum of weights.
    pub gradient: f64,
    /// The objective.
    pub loss: f64,
}

/// The descent stopped short.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct StoppedShort {
    /// Iterations done.
    pub iterations: usize,
    /// What was left of the gradient, in the measure of [`TOLERANCE`].
    pub gradient: f64,
}

impl TrainingSet<'_> {
    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        (self.features + 1) * self.classes
    }

    /// Sum of the weights.
    pub fn total_weight(&self) -> f64 {
        self.weights.map_or(self.labels.len() as f64, |weights| weights.iter().sum())
    }

    /// The rows in blocks that depend on nothing but their number, so that sums over blocks have the same bits on any
    /// number of threads.
    fn blocks(&self) -> Vec<Range<usize>> {
        let rows = self.labels.len();
        (0..rows.div_ceil(BLOCK)).map(|block| block * BLOCK..rows.min((block + 1) * BLOCK)).collect()
    }

    pub(super) fn row(&self, row: usize) -> &[f64] {
        let at = row * self.features;
        self.x.get(at..at + self.features).unwrap_or_default()
    }

    pub(super) fn weight(&self, row: usize) -> f64 {
        self.weights.map_or(1.0, |weights| weights.get(row).copied().unwrap_or(0.0))
    }

    /// Weighted share of each class.
    pub fn margins(&self) -> Vec<f64> {
        let mut margins = vec![0.0; self.classes];
        for (row, &label) in self.labels.iter().enumerate() {
            margins[label] += self.weight(row);
        }
        let total = self.total_weight();
        margins.iter().map(|margin| margin / total).collect()
    }

    /// The intercept-only optimum: where a descent starts.
    pub fn null_model(&self) -> Vec<f64> {
        let logs: Vec<f64> = self.margins().iter().map(|m| m.ln()).collect();
        let centre = logs.iter().sum::<f64>() / logs.len() as f64;
        let mut theta = vec![0.0; self.parameters()];
        let at = self.features * self.classes;
        for (slot, log) in theta[at..].iter_mut().zip(logs) {
            *slot = log - centre;
        }
        theta
    }
}

/// Descends from `start` to the optimum; where there are many rows, from the optimum of some of them.
///
/// # Errors
/// The gradient did not come below `tolerance`, in the measure of [`TOLERANCE`].
pub(super) fn minimise(
    sample: &TrainingSet<'_>,
    alpha: f64,
    start: Vec<f64>,
    tolerance: f64,
) -> Result<Optimum, StoppedShort> {
    match Thinned::of(sample).and_then(|few| few.head_start(alpha, &start)) {
        Some((near, factor)) => descend(sample, alpha, near, Some(factor), tolerance),
        None => descend(sample, alpha, start, None, tolerance),
    }
}

/// Descends from `start`, steered by `factor` if there is one.
fn descend(
    sample: &TrainingSet<'_>,
    alpha: f64,
    start: Vec<f64>,
    mut factor: Option<Cholesky>,
    tolerance: f64,
) -> Result<Optimum, StoppedShort> {
    let total = sample.total_weight();
    let mut here = Iterate::at(sample, alpha, start);
    let mut there = here.clone();
    let mut memory: VecDeque<Pair> = VecDeque::with_capacity(MEMORY);
    for iterations in 0..=MAX_ITERATIONS {
        let gradient = max_norm(&here.gradient) / total;
        if gradient <= tolerance {
            return Ok(Optimum { theta: here.theta, iterations, gradient, loss: here.loss });
        }
        let stopped = StoppedShort { iterations, gradient };
        if iterations == 0 {
            factor = factor.or_else(|| curvature::of_null_model(sample, alpha));
        } else if iterations % REFRESH == 0 {
            factor = curvature::at(sample, alpha, &here.theta).or(factor);
            memory.clear();
        }
        let curvature = factor.as_ref().ok_or(stopped)?;
        if iterations == MAX_ITERATIONS || !gradient.is_finite() {
            return Err(stopped);
        }
        let direction = descent(&here.gradient, &memory, curvature);
        let step = search(sample, alpha, &here, &direction, &mut there).ok_or(stopped)?;
        remember(&mut memory, &here, &there, &direction, step);
        std::mem::swap(&mut here, &mut there);
    }
    Err(StoppedShort { iterations: MAX_ITERATIONS, gradient: max_norm(&here.gradient) / total })
}

/// Parameters with the objective and its gradient there.
#[derive(Clone)]
struct Iterate {
    theta: Vec<f64>,
    gradient: Vec<f64>,
    loss: f64,
}

impl Iterate {
    fn at(sample: &TrainingSet<'_>, alpha: f64, theta: Vec<f64>) -> Self {
        let mut gradient = vec![0.0; theta.len()];
        let loss = objective(sample, alpha, &theta, &mut gradient);
        Self { theta, gradient, loss }
    }
}

/// Halves the step along `direction` until it keeps its promise; leaves the point reached in `there`. `None` if no step
/// does.
fn search(
    sample: &TrainingSet<'_>,
    alpha: f64,
    here: &Iterate,
    direction: &[f64],
    there: &mut Iterate,
) -> Option<f64> {
    let slope = dot(direction, &here.gradient);
    let mut step = 1.0;
    for _ in 0..MAX_HALVINGS {
        there.theta.copy_from_slice(&here.theta);
        add(&mut there.theta, step, direction);
        there.loss = objective(sample, alpha, &there.theta, &mut there.gradient);
        let promised = here.loss + SUFFICIENT * step * slope;
        if there.loss <= promised + ROUNDING * here.loss.abs() {
            return Some(step);
        }
        step /= 2.0;
    }
    None
}

/// A step taken and what it did to the gradient.
struct Pair {
    moved: Vec<f64>,
    turned: Vec<f64>,
    product: f64,
}

fn remember(memory: &mut VecDeque<Pair>, here: &Iterate, there: &Iterate, direction: &[f64], step: f64) {
    let moved: Vec<f64> = direction.iter().map(|change| step * change).collect();
    let gradients = there.gradient.iter().zip(&here.gradient);
    let turned: Vec<f64> = gradients.map(|(new, old)| new - old).collect();
    let product = dot(&moved, &turned);
    // Convexity makes the product positive; only rounding at the very end can spoil it.
    if product > f64::EPSILON * (dot(&turned, &turned) * dot(&moved, &moved)).sqrt() {
        if memory.len() == MEMORY {
            memory.pop_front();
        }
        memory.push_back(Pair { moved, turned, product });
    }
}

/// The quasi-Newton direction (the two-loop recursion).
fn descent(gradient: &[f64], memory: &VecDeque<Pair>, factor: &Cholesky) -> Vec<f64> {
    let mut direction: Vec<f64> = gradient.iter().map(|g| -g).collect();
    let mut shares = Vec::with_capacity(memory.len());
    for pair in memory.iter().rev() {
        let share = dot(&pair.moved, &direction) / pair.product;
        add(&mut direction, -share, &pair.turned);
        shares.push(share);
    }
    factor.solve(&mut direction);
    for (pair, share) in memory.iter().zip(shares.into_iter().rev()) {
        let back = dot(&pair.turned, &direction) / pair.product;
        add(&mut direction, share - back, &pair.moved);
    }
    direction
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    // Eight sums, so that no addition waits for the one before it.
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let mut sums = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for k in 0..8 {
            sums[k] += a[k] * b[k];
        }
    }
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(x, y)| x * y).sum();
    ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7])) + rest
}

fn add(target: &mut [f64], factor: f64, other: &[f64]) {
    for (slot, value) in target.iter_mut().zip(other) {
        *slot += factor * value;
    }
}

fn max_norm(values: &[f64]) -> f64 {
    // `f64::max` would drop a NaN and call a broken gradient zero.
    values.iter().fold(
        0.0,
        |highest, value| {
            if value.abs() > highest || value.is_nan() { value.abs() } else { highest }
        },
    )
}

#[cfg(test)]
mod tests;
