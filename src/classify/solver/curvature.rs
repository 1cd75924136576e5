//! The curvature that a descent starts with, factorised. Owns the matrix; refuses one that is not positive definite.

use super::{Sample, add, dot};
use crate::classify::parallel;

/// Added to the diagonal, as a share of its largest entry, so that a class that is certain everywhere, whose curvature
/// vanishes in the last digits, can still be factorised. It bends the direction of a step, never the optimum.
const JITTER: f64 = 1e-13;

/// The curvature at the intercept-only model: (diag(π) − ππᵀ) ⊗ X̃ᵀWX̃, π the margins, X̃ with a column of ones.
pub(super) fn of_null_model(sample: &Sample<'_>, alpha: f64) -> Option<Cholesky> {
    let (width, classes) = (sample.features + 1, sample.classes);
    let margins = sample.margins();
    let covariance = covariance(&margins);
    let blocks = parallel::map(sample.blocks(), |rows| {
        let mut gram = vec![0.0; width * width];
        let mut extended = vec![1.0; width];
        for row in rows {
            extended[..sample.features].copy_from_slice(sample.row(row));
            let weight = sample.weight(row);
            for (i, value) in extended.iter().enumerate() {
                add(&mut gram[i * width..], weight * value, &extended[..=i]);
            }
        }
        gram
    });
    let mut gram = vec![0.0; width * width];
    blocks.iter().for_each(|part| add(&mut gram, 1.0, part));
    let size = width * classes;
    let mut matrix = vec![0.0; size * size];
    for i in 0..width {
        for j in 0..=i {
            add_block(&mut matrix, (i, j), gram[i * width + j], &covariance, classes, size);
        }
    }
    factorise(matrix, sample, alpha)
}

/// The curvature at `theta`: Σ wᵢ·(diag(pᵢ) − pᵢpᵢᵀ) ⊗ x̃ᵢx̃ᵢᵀ, p the probabilities there.
pub(super) fn at(sample: &Sample<'_>, alpha: f64, theta: &[f64]) -> Option<Cholesky> {
    let (width, classes) = (sample.features + 1, sample.classes);
    let size = width * classes;
    let mut matrix = vec![0.0; size * size];
    let mut extended = vec![1.0; width];
    let mut shares = vec![0.0; classes];
    for row in 0..sample.labels.len() {
        extended[..sample.features].copy_from_slice(sample.row(row));
        shares.fill(0.0);
        for (value, coefficients) in extended.iter().zip(theta.chunks_exact(classes)) {
            add(&mut shares, *value, coefficients);
        }
        let highest = shares.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        shares.iter_mut().for_each(|z| *z = (*z - highest).exp());
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
        let covariance = covariance(&shares);
        let weight = sample.weight(row);
        for i in 0..width {
            for j in 0..=i {
                let product = weight * extended[i] * extended[j];
                add_block(&mut matrix, (i, j), product, &covariance, classes, size);
            }
        }
    }
    factorise(matrix, sample, alpha)
}

/// diag(p) − ppᵀ.
fn covariance(shares: &[f64]) -> Vec<f64> {
    let entry = |a: usize, b: usize| {
        let own = if a == b { shares[a] } else { 0.0 };
        own - shares[a] * shares[b]
    };
    let classes = shares.len();
    (0..classes * classes).map(|place| entry(place / classes, place % classes)).collect()
}

/// Adds `product` times the covariance to the block of two features.
fn add_block(
    matrix: &mut [f64],
    (i, j): (usize, usize),
    product: f64,
    covariance: &[f64],
    classes: usize,
    size: usize,
) {
    for (a, line) in covariance.chunks_exact(classes).enumerate() {
        add(&mut matrix[(i * classes + a) * size + j * classes..], product, line);
    }
}

/// Adds the penalty. The intercepts' common constant has no curvature; it gets some, which no gradient ever points at,
/// so that the matrix can be factorised.
fn factorise(mut matrix: Vec<f64>, sample: &Sample<'_>, alpha: f64) -> Option<Cholesky> {
    let classes = sample.classes;
    let size = sample.parameters();
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
