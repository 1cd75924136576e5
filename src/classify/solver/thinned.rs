//! Some rows of a large table, fitted first. Owns which rows; can't affect the result: the descent over all rows continues
//! until their own gradient vanishes, so that a bad choice of rows only costs time.

use super::curvature::{self, Cholesky};
use super::{TrainingSet, descend};

/// About how many rows are fitted first. With fewer, their curvature steers less well; with more, they cost more than they save
/// (measured at 200,000 × 60: 4,000 rows leave 11 iterations, 16,000 leave 8, 32,000 leave 7).
const FEW: usize = 16_000;
/// Fewer rows than this many times [`FEW`] are not worth it.
const WORTH: usize = 3;
/// How well the few are fitted, in the measure of [`super::TOLERANCE`]: better than their distance from the whole would be wasted.
const TOLERANCE: f64 = 1e-3;

/// Rows at equal distances, with weights that sum to those of the whole.
pub(super) struct Thinned {
    x: Vec<f64>,
    features: usize,
    labels: Vec<usize>,
    classes: usize,
    weights: Vec<f64>,
}

impl Thinned {
    /// `None` for a table that is small enough, or of which a class would be lost.
    pub(super) fn of(sample: &TrainingSet<'_>) -> Option<Self> {
        let rows = sample.labels.len();
        if rows < WORTH * FEW {
            return None;
        }
        let kept = || (0..rows).step_by(rows / FEW);
        let labels: Vec<usize> = kept().map(|row| sample.labels[row]).collect();
        if (0..sample.classes).any(|class| !labels.contains(&class)) {
            return None;
        }
        let mut weights: Vec<f64> = kept().map(|row| sample.weight(row)).collect();
        let scale = sample.total_weight() / weights.iter().sum::<f64>();
        weights.iter_mut().for_each(|weight| *weight *= scale);
        let x = kept().flat_map(|row| sample.row(row)).copied().collect();
        Some(Self { x, features: sample.features, labels, classes: sample.classes, weights })
    }

    /// Nearly the optimum of these rows, with the curvature there; `None` if they have no fit.
    pub(super) fn head_start(&self, alpha: f64, start: &[f64]) -> Option<(Vec<f64>, Cholesky)> {
        let few = TrainingSet {
            x: &self.x,
            features: self.features,
            labels: &self.labels,
            classes: self.classes,
            weights: Some(&self.weights),
        };
        let near = descend(&few, alpha, start.to_vec(), None, TOLERANCE).ok()?.theta;
        let factor = curvature::at(&few, alpha, &near)?;
        Some((near, factor))
    }
}
