//! Temperature scaling: one number that makes held-out probabilities neither over- nor underconfident.
//!
//! Owns the choice of the number, and whether to use one at all. Refuses scores of rows that the fit has seen.

/// Temperatures stay within these inverse bounds: beyond them a model is wrong, not merely over- or underconfident.
const SHARPNESS: (f64, f64) = (0.2, 5.0);
/// Prior SD of the sharpness 1/T around 1 (assumed). Otherwise a table with nearly every held-out row right would be sharpened
/// without end, and heavily penalised at the first wrong row; with thousands of rows the prior has no weight.
const PRIOR_SD: f64 = 0.25;

/// Scores of held-out rows, from which a temperature is read (Guo et al. 2017: p ∝ exp(score/T)).
pub(super) struct Logits<'a> {
    /// Row after row, one score for each class.
    pub values: &'a [f64],
    pub classes: usize,
    pub labels: &'a [usize],
    pub weights: Option<&'a [f64]>,
}

impl Logits<'_> {
    fn rows(&self) -> impl Iterator<Item = (usize, &[f64], usize, f64)> {
        let scored = self.values.chunks_exact(self.classes).zip(self.labels);
        scored.enumerate().map(|(row, (scores, &label))| {
            let weight = self.weights.map_or(1.0, |weights| weights[row]);
            (row, scores, label, weight)
        })
    }

    /// Log loss of the rows wanted, scores multiplied by `sharpness` (1/T).
    pub fn loss(&self, wanted: impl Fn(usize) -> bool, sharpness: f64) -> f64 {
        self.rows()
            .filter(|(row, ..)| wanted(*row))
            .map(|(_, scores, label, weight)| {
                let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let sum: f64 = scores.iter().map(|s| (sharpness * (s - highest)).exp()).sum();
                weight * (sum.ln() - sharpness * (scores[label] - highest))
            })
            .sum()
    }

    /// The most probable sharpness given the rows wanted. Loss and prior are convex in it: Newton, held within bounds.
    fn sharpness(&self, wanted: impl Fn(usize) -> bool) -> f64 {
        let mut sharpness = 1.0;
        for _ in 0..25 {
            let (mut slope, mut curvature): (f64, f64) =
                ((sharpness - 1.0) / PRIOR_SD.powi(2), 1.0 / PRIOR_SD.powi(2));
            for (_, scores, label, weight) in self.rows().filter(|(row, ..)| wanted(*row)) {
                let highest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                let (mut sum, mut first, mut second) = (0.0, 0.0, 0.0);
                for score in scores {
                    let gap = score - highest;
                    let share = (sharpness * gap).exp();
                    sum += share;
                    first += share * gap;
                    second += share * gap * gap;
                }
                let mean = first / sum;
                slope += weight * (mean - (scores[label] - highest));
                curvature += weight * (second / sum - mean * mean);
            }
            if !slope.is_finite() || !curvature.is_finite() {
                return 1.0;
            }
            let next = (sharpness - slope / curvature).clamp(SHARPNESS.0, SHARPNESS.1);
            let change = (next - sharpness).abs();
            sharpness = next;
            if change < 1e-9 {
                break;
            }
        }
        sharpness
    }

    /// The temperature, or 1 where scaling loses: for every fold the sharpness is read from the other folds, and only if
    /// the loss under these beats the loss without is the one from all folds used.
    pub fn temperature(&self, fold: &[usize], folds: usize) -> f64 {
        let crossed: f64 = (0..folds)
            .map(|part| {
                let sharpness = self.sharpness(|row| fold[row] != part);
                self.loss(|row| fold[row] == part, sharpness)
            })
            .sum();
        if crossed < self.loss(|_| true, 1.0) { self.best_temperature() } else { 1.0 }
    }

    /// The most probable temperature given these very rows, whether or not it would win on others.
    pub fn best_temperature(&self) -> f64 {
        1.0 / self.sharpness(|_| true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    /// Labels drawn with the probabilities that `values` stand for, after which scores are multiplied by `blow_up`.
    fn drawn(blow_up: f64) -> (Vec<f64>, Vec<usize>, Vec<usize>) {
        let mut rng = Rng::new(6);
        let (mut values, mut labels) = (Vec::new(), Vec::new());
        for _ in 0..4_000 {
            let scores: [f64; 3] = std::array::from_fn(|_| rng.normal());
            labels.push(rng.weighted(&scores.map(f64::exp)));
            values.extend(scores.map(|score| score * blow_up));
        }
        let fold = (0..4_000).map(|row| row % 5).collect();
        (values, labels, fold)
    }

    fn temperature(blow_up: f64) -> f64 {
        let (values, labels, fold) = drawn(blow_up);
        let logits = Logits { values: &values, classes: 3, labels: &labels, weights: None };
        logits.temperature(&fold, 5)
    }

    #[test]
    fn overconfidence_is_cooled_and_underconfidence_warmed() {
        assert!((temperature(3.0) - 3.0).abs() < 0.2);
        assert!((temperature(0.5) - 0.5).abs() < 0.04);
    }

    #[test]
    fn right_confidence_is_left_alone() {
        assert!((temperature(1.0) - 1.0).abs() < 0.05);
    }

    #[test]
    fn a_scaling_that_loses_out_of_fold_is_off() {
        // Two folds that disagree: in one the scores are right, in the other they mislead.
        let values = [2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0];
        let logits = Logits { values: &values, classes: 2, labels: &[0, 0, 1, 1], weights: None };
        assert_eq!(logits.temperature(&[0, 0, 1, 1], 2), 1.0);
    }

    #[test]
    fn scores_that_are_all_equal_have_no_temperature() {
        let logits = Logits { values: &[0.0; 8], classes: 2, labels: &[0, 1, 0, 1], weights: None };
        assert_eq!(logits.temperature(&[0, 0, 1, 1], 2), 1.0);
    }
}
