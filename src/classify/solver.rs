//! Our own solver of the softmax objective. Owns the loss, its gradient and the descent to the optimum; refuses to return
//! anything that is not the optimum.
//!
//! Objective: Σᵢ wᵢ·(lseₖ(zᵢₖ) − zᵢ,yᵢ) + α/2·Σ‖βₖ‖², zᵢₖ = bₖ + xᵢ·βₖ, intercepts unpenalised. It is convex, and with α > 0
//! its optimum is unique up to a constant in all intercepts, which is fixed by keeping their sum where it starts. linfa
//! and scikit-learn (α = 1/C) minimise the same function.
//!
//! Method: L-BFGS (Liu and Nocedal 1989) that starts from the exact curvature at the intercept-only model. That curvature
//! is a Kronecker product of the class covariance and XᵀX, one cheap pass over the data, and is so close to the curvature at the
//! optimum that few iterations are left. Plain Newton would need a pass that costs p times more; plain L-BFGS needs many
//! more iterations. Sums run in row order on one thread, so a fit repeats to the bit.

use std::collections::VecDeque;

/// Convergence: the largest entry of the gradient, divided by the sum of weights, is at most this. Coefficients are then
/// good to some eight digits, far beyond what is printed.
pub const TOLERANCE: f64 = 1e-9;
/// Iterations before giving up. Hard problems (separated classes at α = .1) take some tens.
const MAX_ITERATIONS: usize = 500;
/// Pairs of steps that L-BFGS remembers; ten is the usual choice.
const MEMORY: usize = 10;
/// Share of the promised decrease that a step must keep (Armijo's rule).
const SUFFICIENT: f64 = 1e-4;
/// Near the optimum the decrease drowns in the rounding of the loss: a step that loses no more than this share passes.
const ROUNDING: f64 = 1e-13;
/// Halvings of a step before giving up.
const MAX_HALVINGS: usize = 50;

/// Rows to fit. What stands here was checked by the learner: lengths agree, values are finite, each class occurs.
#[derive(Debug, Clone, Copy)]
pub struct Sample<'a> {
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
pub struct Optimum {
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
pub struct StoppedShort {
    /// Iterations done.
    pub iterations: usize,
    /// What was left of the gradient, in the measure of [`TOLERANCE`].
    pub gradient: f64,
}

impl Sample<'_> {
    /// Number of parameters.
    pub fn parameters(&self) -> usize {
        (self.features + 1) * self.classes
    }

    /// Sum of the weights.
    pub fn total_weight(&self) -> f64 {
        self.weights.map_or(self.labels.len() as f64, |weights| weights.iter().sum())
    }

    fn weight(&self, row: usize) -> f64 {
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

/// The objective at `theta`; `gradient` is overwritten.
pub fn objective(sample: &Sample<'_>, alpha: f64, theta: &[f64], gradient: &mut [f64]) -> f64 {
    // A fixed number of classes lets the compiler keep the inner loops in registers: about three times faster.
    match sample.classes {
        2 => objective_of::<2>(sample, alpha, theta, gradient),
        3 => objective_of::<3>(sample, alpha, theta, gradient),
        _ => objective_of::<4>(sample, alpha, theta, gradient),
    }
}

fn objective_of<const K: usize>(sample: &Sample<'_>, alpha: f64, theta: &[f64], gradient: &mut [f64]) -> f64 {
    gradient.fill(0.0);
    let penalised = sample.features * K;
    let mut intercepts = [0.0; K];
    intercepts.copy_from_slice(&theta[penalised..penalised + K]);
    let mut intercept_gradient = [0.0; K];
    let mut loss = 0.0;
    for (row, &label) in sample.labels.iter().enumerate() {
        let values = &sample.x[row * sample.features..(row + 1) * sample.features];
        let mut z = intercepts;
        for (value, coefficients) in values.iter().zip(theta.chunks_exact(K)) {
            for k in 0..K {
                z[k] += value * coefficients[k];
            }
        }
        // The row's own maximum: subtracting one maximum of all rows is the fault in linfa that the guard is there for.
        let highest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let exponentials = z.map(|logit| (logit - highest).exp());
        let sum: f64 = exponentials.iter().sum();
        let weight = sample.weight(row);
        loss += weight * (highest + sum.ln() - z[label]);
        let mut residual = exponentials.map(|e| weight * e / sum);
        residual[label] -= weight;
        for (value, slots) in values.iter().zip(gradient.chunks_exact_mut(K)) {
            for k in 0..K {
                slots[k] += value * residual[k];
            }
        }
        for k in 0..K {
            intercept_gradient[k] += residual[k];
        }
    }
    gradient[penalised..penalised + K].copy_from_slice(&intercept_gradient);
    let coefficients = &theta[..penalised];
    for (slot, coefficient) in gradient.iter_mut().zip(coefficients) {
        *slot += alpha * coefficient;
    }
    loss + alpha / 2.0 * dot(coefficients, coefficients)
}

/// Descends from `start` to the optimum.
///
/// # Errors
/// The gradient did not come below [`TOLERANCE`].
pub fn minimise(sample: &Sample<'_>, alpha: f64, start: Vec<f64>) -> Result<Optimum, StoppedShort> {
    let size = sample.parameters();
    let total = sample.total_weight();
    let mut theta = start;
    let mut gradient = vec![0.0; size];
    let mut loss = objective(sample, alpha, &theta, &mut gradient);
    let mut curvature: Option<Cholesky> = None;
    let mut memory: VecDeque<Pair> = VecDeque::with_capacity(MEMORY);
    let mut trial = vec![0.0; size];
    let mut trial_gradient = vec![0.0; size];
    for iterations in 0..MAX_ITERATIONS {
        let left = max_norm(&gradient) / total;
        if left <= TOLERANCE {
            return Ok(Optimum { theta, iterations, gradient: left, loss });
        }
        let stopped = StoppedShort { iterations, gradient: left };
        if curvature.is_none() {
            curvature = Some(null_curvature(sample, alpha).ok_or(stopped)?);
        }
        let Some(factor) = &curvature else {
            return Err(stopped);
        };
        let mut direction = descent(&gradient, &memory, factor);
        let mut slope = dot(&direction, &gradient);
        if slope >= 0.0 || !slope.is_finite() {
            memory.clear();
            direction = descent(&gradient, &memory, factor);
            slope = dot(&direction, &gradient);
        }
        let mut step = 1.0;
        let mut halvings = 0;
        let trial_loss = loop {
            for (slot, (old, change)) in trial.iter_mut().zip(theta.iter().zip(&direction)) {
                *slot = old + step * change;
            }
            let value = objective(sample, alpha, &trial, &mut trial_gradient);
            if value <= loss + SUFFICIENT * step * slope + ROUNDING * loss.abs() {
                break value;
            }
            halvings += 1;
            if halvings > MAX_HALVINGS {
                return Err(stopped);
            }
            step /= 2.0;
        };
        let moved: Vec<f64> = direction.iter().map(|change| step * change).collect();
        let turned: Vec<f64> = trial_gradient.iter().zip(&gradient).map(|(new, old)| new - old).collect();
        let product = dot(&moved, &turned);
        // Convexity makes the product positive; only rounding at the very end can spoil it.
        if product > f64::EPSILON * dot(&turned, &turned).sqrt() * dot(&moved, &moved).sqrt() {
            if memory.len() == MEMORY {
                memory.pop_front();
            }
            memory.push_back(Pair { moved, turned, product });
        }
        std::mem::swap(&mut theta, &mut trial);
        std::mem::swap(&mut gradient, &mut trial_gradient);
        loss = trial_loss;
    }
    Err(StoppedShort { iterations: MAX_ITERATIONS, gradient: max_norm(&gradient) / total })
}

/// A step taken and what it did to the gradient.
struct Pair {
    moved: Vec<f64>,
    turned: Vec<f64>,
    product: f64,
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

/// The factorised curvature at the intercept-only model: (diag(π) − ππᵀ) ⊗ X̃ᵀWX̃ + α on coefficients. The intercepts'
/// common constant has no curvature; it gets some, which no gradient ever points at, so that the matrix can be factorised.
fn null_curvature(sample: &Sample<'_>, alpha: f64) -> Option<Cholesky> {
    let (width, classes) = (sample.features + 1, sample.classes);
    let margins = sample.margins();
    let mut gram = vec![0.0; width * width];
    for row in 0..sample.labels.len() {
        let values = &sample.x[row * sample.features..(row + 1) * sample.features];
        let weight = sample.weight(row);
        for (i, value) in values.iter().enumerate() {
            let scaled = weight * value;
            for (slot, other) in gram[i * width..].iter_mut().zip(&values[..=i]) {
                *slot += scaled * other;
            }
        }
        let last = &mut gram[sample.features * width..];
        for (slot, value) in last.iter_mut().zip(values) {
            *slot += weight * value;
        }
        last[sample.features] += weight;
    }
    let size = width * classes;
    let mut matrix = vec![0.0; size * size];
    for i in 0..width {
        for j in 0..=i {
            let product = gram[i * width + j];
            for a in 0..classes {
                for b in 0..classes {
                    let own = if a == b { margins[a] } else { 0.0 };
                    let covariance = own - margins[a] * margins[b];
                    matrix[(i * classes + a) * size + j * classes + b] = covariance * product;
                }
            }
        }
    }
    for diagonal in 0..sample.features * classes {
        matrix[diagonal * size + diagonal] += alpha;
    }
    let constant = sample.total_weight() / classes as f64;
    for a in size - classes..size {
        for b in size - classes..size {
            matrix[a * size + b] += constant;
        }
    }
    Cholesky::of(matrix, size)
}

/// The lower triangle L of a positive definite matrix A = LLᵀ.
struct Cholesky {
    lower: Vec<f64>,
    size: usize,
}

impl Cholesky {
    /// Factorises a matrix of which the lower triangle is read; `None` if it is not positive definite.
    fn of(mut matrix: Vec<f64>, size: usize) -> Option<Self> {
        for i in 0..size {
            for j in 0..=i {
                let (head, tail) = matrix.split_at(i * size);
                let other = if j < i { &head[j * size..] } else { tail };
                let rest = tail[j] - dot(&tail[..j], &other[..j]);
                matrix[i * size + j] = if i > j {
                    rest / matrix[j * size + j]
                } else if rest > 0.0 {
                    rest.sqrt()
                } else {
                    return None;
                };
            }
        }
        Some(Self { lower: matrix, size })
    }

    /// Replaces b by the solution of A·x = b.
    fn solve(&self, b: &mut [f64]) {
        let size = self.size;
        for i in 0..size {
            let row = &self.lower[i * size..i * size + i];
            b[i] = (b[i] - dot(row, &b[..i])) / self.lower[i * size + i];
        }
        for i in (0..size).rev() {
            b[i] /= self.lower[i * size + i];
            let value = b[i];
            let row = &self.lower[i * size..i * size + i];
            add(&mut b[..i], -value, row);
        }
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
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
mod tests {
    use super::*;
    use crate::dice::Dice;

    /// Random rows with classes that depend on the first features.
    pub(crate) fn random(n: usize, features: usize, classes: usize, seed: u64) -> (Vec<f64>, Vec<usize>) {
        let mut dice = Dice::new(seed);
        let mut x = Vec::new();
        let mut labels = Vec::new();
        for row in 0..n {
            let values: Vec<f64> = (0..features).map(|_| dice.normal()).collect();
            let scores: Vec<f64> = (0..classes)
                .map(|k| values[k % features] + if k == 0 { 1.0 } else { 0.0 } + dice.normal())
                .collect();
            let best = (0..classes).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
            labels.push(if row < classes { row } else { best.unwrap() });
            x.extend(values);
        }
        (x, labels)
    }

    #[test]
    fn the_gradient_is_the_slope_of_the_loss() {
        for classes in [2, 3, 4] {
            let (x, labels) = random(40, 3, classes, 1);
            let weights: Vec<f64> = (0..40).map(|row| 0.5 + f64::from(row % 3)).collect();
            let sample = Sample { x: &x, features: 3, labels: &labels, classes, weights: Some(&weights) };
            let mut dice = Dice::new(2);
            let theta: Vec<f64> = (0..sample.parameters()).map(|_| dice.normal()).collect();
            let mut gradient = vec![0.0; theta.len()];
            objective(&sample, 0.7, &theta, &mut gradient);
            let mut scratch = vec![0.0; theta.len()];
            for place in 0..theta.len() {
                let mut at = |change: f64| {
                    let mut moved = theta.clone();
                    moved[place] += change;
                    objective(&sample, 0.7, &moved, &mut scratch)
                };
                let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
                assert!((slope - gradient[place]).abs() < 1e-6);
            }
        }
    }

    #[test]
    fn the_start_does_not_matter() {
        let (x, labels) = random(300, 5, 4, 3);
        let sample = Sample { x: &x, features: 5, labels: &labels, classes: 4, weights: None };
        let near = minimise(&sample, 1.0, sample.null_model()).unwrap();
        let mut dice = Dice::new(4);
        let mut far: Vec<f64> = (0..sample.parameters()).map(|_| 3.0 * dice.normal()).collect();
        // The sum of the intercepts is the one thing that the start decides.
        let centre = far[20..].iter().sum::<f64>() / 4.0;
        far[20..].iter_mut().for_each(|b| *b -= centre);
        let other = minimise(&sample, 1.0, far).unwrap();
        assert!(near.iterations < 40, "{}", near.iterations);
        for (a, b) in near.theta.iter().zip(&other.theta) {
            assert!((a - b).abs() < 1e-6);
        }
    }

    #[test]
    fn a_weight_of_two_is_a_row_twice() {
        let (x, labels) = random(60, 2, 3, 5);
        let weights: Vec<f64> = (0..60).map(|row| if row < 20 { 2.0 } else { 1.0 }).collect();
        let weighted = Sample { x: &x, features: 2, labels: &labels, classes: 3, weights: Some(&weights) };
        let long_x = [&x[..], &x[..40]].concat();
        let long_labels = [&labels[..], &labels[..20]].concat();
        let doubled = Sample { x: &long_x, labels: &long_labels, weights: None, ..weighted };
        let a = minimise(&weighted, 0.5, weighted.null_model()).unwrap();
        let b = minimise(&doubled, 0.5, doubled.null_model()).unwrap();
        for (left, right) in a.theta.iter().zip(&b.theta) {
            assert!((left - right).abs() < 1e-6);
        }
    }

    #[test]
    fn cholesky_solves_and_refuses() {
        let factor = Cholesky::of(vec![4.0, 0.0, 2.0, 3.0], 2).unwrap();
        let mut b = vec![8.0, 7.0];
        factor.solve(&mut b);
        // 4x + 2y = 8, 2x + 3y = 7.
        assert!((b[0] - 1.25).abs() < 1e-15 && (b[1] - 1.5).abs() < 1e-15);
        assert!(Cholesky::of(vec![1.0, 0.0, 2.0, 1.0], 2).is_none());
    }
}
