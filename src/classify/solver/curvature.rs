//! The curvature that a descent is steered by, factorised. Owns the matrix; refuses one that is not positive definite.

use std::ops::Range;

use super::objective::products;
use super::{TrainingSet, add, dot};
use crate::classify::{exponential::exp, parallel};

/// Added to the diagonal, as a share of its largest entry, so that a class that is certain everywhere, whose curvature
/// vanishes in the last digits, can still be factorised. It bends the direction of a step, never the optimum.
const JITTER: f64 = 1e-13;
/// Rows whose weights are held together.
const TILE: usize = 64;
/// Rows that are added to a matrix together, so that its entries are fetched once for all of them.
const ABREAST: usize = 4;

/// The curvature at the intercept-only model: (diag(π) − ππᵀ) ⊗ X̃ᵀWX̃, π the margins, X̃ with a column of ones.
pub(super) fn of_null_model(sample: &TrainingSet<'_>, alpha: f64) -> Option<Cholesky> {
    let gram = squares(sample, 1, |row, weights| weights[0] = sample.weight(row));
    let margins = sample.margins();
    let grams: Vec<Vec<f64>> = covariance(&margins)
        .map(|factor| gram.iter().flatten().map(|square| factor * square).collect())
        .collect();
    factorise(&grams, sample, alpha)
}

/// The curvature at `theta`: Σ wᵢ·(diag(pᵢ) − pᵢpᵢᵀ) ⊗ x̃ᵢx̃ᵢᵀ, p the probabilities there.
pub(super) fn at(sample: &TrainingSet<'_>, alpha: f64, theta: &[f64]) -> Option<Cholesky> {
    match sample.classes {
        2 => at_of::<2>(sample, alpha, theta),
        3 => at_of::<3>(sample, alpha, theta),
        _ => at_of::<4>(sample, alpha, theta),
    }
}

fn at_of<const K: usize>(sample: &TrainingSet<'_>, alpha: f64, theta: &[f64]) -> Option<Cholesky> {
    let (theta, _) = theta.as_chunks::<K>();
    let grams = squares(sample, K * (K + 1) / 2, |row, weights| {
        let mut shares = [[0.0; K]];
        products(sample.row(row), theta, &mut shares);
        let [shares] = &mut shares;
        let highest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        *shares = shares.map(|score| exp(score - highest));
        let sum: f64 = shares.iter().sum();
        *shares = shares.map(|share| share / sum);
        for (slot, entry) in weights.iter_mut().zip(covariance(shares)) {
            *slot = sample.weight(row) * entry;
        }
    });
    factorise(&grams, sample, alpha)
}

/// The lower triangle of diag(p) − ppᵀ, row after row.
fn covariance(shares: &[f64]) -> impl Iterator<Item = f64> {
    (0..shares.len())
        .flat_map(move |a| (0..=a).map(move |b| if a == b { shares[a] } else { 0.0 } - shares[a] * shares[b]))
}

/// Σ weight·x̃ᵢx̃ᵢᵀ under several weights of each row at once, lower triangles.
fn squares(
    sample: &TrainingSet<'_>,
    kinds: usize,
    weigh: impl Fn(usize, &mut [f64]) + Sync,
) -> Vec<Vec<f64>> {
    let width = sample.features + 1;
    let of_block = |rows: Range<usize>| {
        let mut sums = vec![vec![0.0; width * width]; kinds];
        let mut weights = vec![[0.0; TILE]; kinds];
        let mut extended = vec![0.0; TILE * width];
        let mut of_row = vec![0.0; kinds];
        for first in rows.clone().step_by(TILE) {
            // Rows beyond the last keep a weight of nothing.
            weights.iter_mut().for_each(|weights| weights.fill(0.0));
            for place in 0..TILE.min(rows.end - first) {
                let line = &mut extended[place * width..(place + 1) * width];
                line[..sample.features].copy_from_slice(sample.row(first + place));
                line[sample.features] = 1.0;
                weigh(first + place, &mut of_row);
                weights.iter_mut().zip(&of_row).for_each(|(weights, weight)| weights[place] = *weight);
            }
            for (sum, weights) in sums.iter_mut().zip(&weights) {
                add_squares(&extended, weights, width, sum);
            }
        }
        sums
    };
    let mut whole = vec![vec![0.0; width * width]; kinds];
    for part in parallel::map(sample.blocks(), of_block) {
        whole.iter_mut().zip(&part).for_each(|(sum, part)| add(sum, 1.0, part));
    }
    whole
}

fn add_squares(x: &[f64], weights: &[f64; TILE], width: usize, sum: &mut [f64]) {
    let (weights, _) = weights.as_chunks::<ABREAST>();
    for (x, weights) in x.chunks_exact(ABREAST * width).zip(weights) {
        let lines: [&[f64]; ABREAST] = std::array::from_fn(|row| &x[row * width..][..width]);
        for i in 0..width {
            let factors: [f64; ABREAST] = std::array::from_fn(|row| weights[row] * lines[row][i]);
            let heads: [&[f64]; ABREAST] = lines.map(|line| &line[..=i]);
            for (j, slot) in sum[i * width..=i * width + i].iter_mut().enumerate() {
                *slot += (factors[0] * heads[0][j] + factors[1] * heads[1][j])
                    + (factors[2] * heads[2][j] + factors[3] * heads[3][j]);
            }
        }
    }
}

/// Puts the matrix together from the squares of each pair of classes and adds the penalty. The intercepts' common constant has no
/// curvature; it gets some, which no gradient ever points at, so that the matrix can be factorised.
fn factorise(squares: &[Vec<f64>], sample: &TrainingSet<'_>, alpha: f64) -> Option<Cholesky> {
    let (width, classes, size) = (sample.features + 1, sample.classes, sample.parameters());
    let mut matrix = vec![0.0; size * size];
    let pairs = (0..classes).flat_map(|a| (0..=a).map(move |b| (a, b)));
    for ((a, b), square) in pairs.zip(squares) {
        for i in 0..width {
            for j in 0..=i {
                let entry = square[i * width + j];
                matrix[(i * classes + a) * size + j * classes + b] = entry;
                matrix[(i * classes + b) * size + j * classes + a] = entry;
            }
        }
    }
    let constant = sample.total_weight() / classes as f64;
    for a in size - classes..size {
        for b in size - classes..size {
            matrix[a * size + b] += constant;
        }
    }
    for diagonal in 0..size - classes {
        matrix[diagonal * size + diagonal] += alpha;
    }
    let largest = (0..size).fold(0.0, |most: f64, d| most.max(matrix[d * size + d]));
    for diagonal in 0..size {
        matrix[diagonal * size + diagonal] += JITTER * largest;
    }
    Cholesky::of(matrix, size)
}
/// The lower triangle L of a positive definite matrix A = LLᵀ.
pub(super) struct Cholesky {
    lower: Vec<f64>,
    size: usize,
}

impl Cholesky {
    /// Factorises a matrix of which the lower triangle is read; `None` if it is not positive definite.
    pub(super) fn of(mut matrix: Vec<f64>, size: usize) -> Option<Self> {
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
    pub(super) fn solve(&self, b: &mut [f64]) {
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

#[cfg(test)]
mod tests {
    use super::*;

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
