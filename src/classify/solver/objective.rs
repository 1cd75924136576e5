//! Loss and gradient of the softmax objective. Owns the order of the sums: rows within tiles, tiles within blocks, blocks in
//! their order, so that the bits depend on nothing but the table.
//!
//! Four rows go through the products together: each pass over the coefficients then serves four rows, and no addition waits for the
//! one before it.

use std::ops::Range;

use super::{TrainingSet, add, dot};
use crate::classify::{exponential::exp, parallel};

/// Rows whose scores are held before their exponentials are taken together.
const TILE: usize = 64;
/// Rows that go through the products together.
const ABREAST: usize = 4;

/// The objective at `theta`; `gradient` is overwritten.
pub(super) fn objective(sample: &TrainingSet<'_>, alpha: f64, theta: &[f64], gradient: &mut [f64]) -> f64 {
    // A fixed number of classes lets the compiler keep the inner loops in registers: about three times faster.
    match sample.classes {
        2 => of::<2>(sample, alpha, theta, gradient),
        3 => of::<3>(sample, alpha, theta, gradient),
        _ => of::<4>(sample, alpha, theta, gradient),
    }
}

fn of<const K: usize>(sample: &TrainingSet<'_>, alpha: f64, theta: &[f64], gradient: &mut [f64]) -> f64 {
    let penalised = sample.features * K;
    let blocks = parallel::map(sample.blocks(), |rows| block::<K>(sample, theta, rows));
    gradient.fill(0.0);
    let mut loss = 0.0;
    for (part, share) in blocks {
        loss += part;
        add(gradient, 1.0, share.as_flattened());
    }
    let coefficients = &theta[..penalised];
    for (slot, coefficient) in gradient.iter_mut().zip(coefficients) {
        *slot += alpha * coefficient;
    }
    loss + alpha / 2.0 * dot(coefficients, coefficients)
}

/// Loss and gradient of some rows, without the penalty.
fn block<const K: usize>(
    sample: &TrainingSet<'_>,
    theta: &[f64],
    rows: Range<usize>,
) -> (f64, Vec<[f64; K]>) {
    let (theta, _) = theta.as_chunks::<K>();
    let mut gradient = vec![[0.0; K]; theta.len()];
    let mut loss = 0.0;
    let mut scores = [[0.0; K]; TILE];
    for first in rows.clone().step_by(TILE) {
        let n = TILE.min(rows.end - first);
        let x = &sample.x[first * sample.features..(first + n) * sample.features];
        let scores = &mut scores[..n];
        products(x, theta, scores);
        loss += residuals(sample, first, scores);
        transposed(x, scores, &mut gradient);
    }
    (loss, gradient)
}

/// The scores of some rows: their values times the coefficients, plus the intercepts.
pub(super) fn products<const K: usize>(x: &[f64], theta: &[[f64; K]], scores: &mut [[f64; K]]) {
    let Some((intercepts, coefficients)) = theta.split_last() else { return };
    let width = coefficients.len();
    let (fours, rest) = scores.as_chunks_mut::<ABREAST>();
    let (x_fours, x_rest) = x.split_at(fours.len() * ABREAST * width);
    for (x, scores) in x_fours.chunks_exact(ABREAST * width).zip(fours) {
        let lines: [&[f64]; ABREAST] = std::array::from_fn(|row| &x[row * width..][..width]);
        let mut sums = [*intercepts; ABREAST];
        for (at, coefficients) in coefficients.iter().enumerate() {
            for (sums, line) in sums.iter_mut().zip(lines) {
                for k in 0..K {
                    sums[k] += line[at] * coefficients[k];
                }
            }
        }
        *scores = sums;
    }
    for (line, score) in x_rest.chunks_exact(width).zip(rest) {
        *score = *intercepts;
        for (value, coefficients) in line.iter().zip(coefficients) {
            for k in 0..K {
                score[k] += value * coefficients[k];
            }
        }
    }
}

/// Turns scores into the loss's slopes, weight·(share − hit), and returns the loss.
fn residuals<const K: usize>(sample: &TrainingSet<'_>, first: usize, scores: &mut [[f64; K]]) -> f64 {
    let mut loss = 0.0;
    let labels = &sample.labels[first..first + scores.len()];
    for (place, (score, &label)) in scores.iter_mut().zip(labels).enumerate() {
        // The row's own maximum: subtracting one maximum of all rows is the fault in linfa that the guard is there for.
        let highest = score.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        score.iter_mut().for_each(|score| *score -= highest);
        loss -= sample.weight(first + place) * score[label];
    }
    scores.as_flattened_mut().iter_mut().for_each(|score| *score = exp(*score));
    for (place, (share, &label)) in scores.iter_mut().zip(labels).enumerate() {
        let weight = sample.weight(first + place);
        let sum: f64 = share.iter().sum();
        loss += weight * sum.ln();
        let factor = weight / sum;
        share.iter_mut().for_each(|share| *share *= factor);
        share[label] -= weight;
    }
    loss
}

/// Adds to the gradient what some rows and their residuals give.
fn transposed<const K: usize>(x: &[f64], residuals: &[[f64; K]], gradient: &mut [[f64; K]]) {
    let Some((intercepts, coefficients)) = gradient.split_last_mut() else { return };
    let width = coefficients.len();
    let (fours, rest) = residuals.as_chunks::<ABREAST>();
    let (x_fours, x_rest) = x.split_at(fours.len() * ABREAST * width);
    for (x, residuals) in x_fours.chunks_exact(ABREAST * width).zip(fours) {
        let lines: [&[f64]; ABREAST] = std::array::from_fn(|row| &x[row * width..][..width]);
        for (at, slots) in coefficients.iter_mut().enumerate() {
            for (residual, line) in residuals.iter().zip(lines) {
                for k in 0..K {
                    slots[k] += line[at] * residual[k];
                }
            }
        }
    }
    for (line, residual) in x_rest.chunks_exact(width).zip(rest) {
        for (value, slots) in line.iter().zip(coefficients.iter_mut()) {
            for k in 0..K {
                slots[k] += value * residual[k];
            }
        }
    }
    for residual in residuals {
        for k in 0..K {
            intercepts[k] += residual[k];
        }
    }
}
