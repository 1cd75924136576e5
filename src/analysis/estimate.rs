//! Estimates with their intervals, in the form that the findings carry. Owns no formula: it calls `psychometrics`.

use super::{Cell, Estimate};
use crate::psychometrics::Interval;
use crate::psychometrics::bounded::{bounded_mean, worth};
use crate::psychometrics::correlation::pearson;
use crate::psychometrics::proportion::{difference_of, wilson, wilson_of};

/// The level of every interval in the findings.
pub(super) const LEVEL: f64 = 0.95;

/// A share with Wilson's interval; none of nobody.
pub(super) fn share(hits: usize, n: usize) -> Option<Estimate> {
    let interval = wilson(hits, n, LEVEL).ok()?;
    Some(Estimate::of(hits as f64 / n as f64, interval))
}

/// A mean of values on a scale from `ends.0` to `ends.1`; none of fewer than two.
pub(super) fn mean(values: &[f64], ends: (f64, f64)) -> Option<Estimate> {
    weighted_mean(&values.iter().map(|value| (*value, 1.0)).collect::<Vec<_>>(), ends)
}

/// A mean of measured values on a scale from `ends.0` to `ends.1`, each with its own interval. No end lies nearer than the errors of
/// measurement alone leave it, √Σ(value − end)²/n (the MOVER of Zou and Donner 2008): people who answer alike have no
/// spread, and are no better measured for it.
pub(super) fn mean_of_measured(values: &[Estimate], ends: (f64, f64)) -> Option<Estimate> {
    let found = mean(&values.iter().map(|found| found.value).collect::<Vec<_>>(), ends)?;
    let off = |far: fn(&Estimate) -> f64| {
        values.iter().map(|value| far(value).powi(2)).sum::<f64>().sqrt() / values.len() as f64
    };
    let low = found.low.min(found.value - off(|value| value.value - value.low));
    let high = found.high.max(found.value + off(|value| value.high - value.value));
    Some(Estimate::of(found.value, Interval { low, high }))
}

/// Whether weights come to enough people to speak of: two.
fn enough(weights: impl Iterator<Item = f64>) -> bool {
    weights.sum::<f64>() >= 2.0
}

/// A share in which every case counts with a weight, with Wilson's interval for as many cases as they are worth.
pub(super) fn weighted_share(cases: &[(bool, f64)]) -> Option<Estimate> {
    let weights = || cases.iter().map(|(_, weight)| *weight);
    let n = enough(weights()).then(|| worth(weights()))?;
    let total: f64 = cases.iter().map(|(_, weight)| weight).sum();
    let hits: f64 = cases.iter().filter(|(hit, _)| *hit).map(|(_, weight)| weight).sum();
    // A sum in another order can be a unit off in its last place.
    let share = (hits / total).min(1.0);
    Some(Estimate::of(share, wilson_of(share, n, LEVEL).ok()?))
}

/// A share less another of the same cases, each with a weight, with the score interval for as many cases as they are worth. What
/// counts for the first is positive, what counts for the second negative.
pub(super) fn weighted_balance(cases: &[(f64, f64)]) -> Option<Estimate> {
    let weights = || cases.iter().map(|(_, weight)| *weight);
    let n = enough(weights()).then(|| worth(weights()))?;
    let total: f64 = cases.iter().map(|(_, weight)| weight).sum();
    let share = |sign: f64| -> f64 {
        cases.iter().filter(|(side, _)| side * sign > 0.0).map(|(_, weight)| weight / total).sum()
    };
    let (more, less) = (share(1.0), share(-1.0));
    Some(Estimate::of(more - less, difference_of(more, less, n, LEVEL).ok()?))
}

/// A mean in which every value counts with a weight, Σwv/Σw, on a scale from `ends.0` to `ends.1`; none where the weights come to less
/// than two.
pub(super) fn weighted_mean(values: &[(f64, f64)], ends: (f64, f64)) -> Option<Estimate> {
    if !enough(values.iter().map(|(_, weight)| *weight)) {
        return None;
    }
    let (value, interval) = bounded_mean(values, ends, LEVEL).ok()?;
    Some(Estimate::of(value, interval))
}

/// The difference of two means of the same values under two weights, `(value, first, second)` each, with the interval that the two
/// intervals give: d − √(a² + b² − 2rab), a and b being how far the ends that matter are from their means and r how the two means
/// move together, the correlation of w₁(v − mean₁)/Σw₁ with w₂(v − mean₂)/Σw₂ (Zou 2007, Zou and Donner 2008). None where either
/// weight comes to less than two.
pub(super) fn weighted_difference(values: &[(f64, f64, f64)], ends: (f64, f64)) -> Option<Estimate> {
    let under = |weight: fn(&(f64, f64, f64)) -> f64| {
        let pairs: Vec<(f64, f64)> = values.iter().map(|v| (v.0, weight(v))).collect();
        let found = weighted_mean(&pairs, ends)?;
        let pulls: Vec<f64> = pairs.iter().map(|(value, weight)| weight * (value - found.value)).collect();
        Some((found, pulls))
    };
    let (one, ones) = under(|v| v.1)?;
    let (other, others) = under(|v| v.2)?;
    let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let size = (product(&ones, &ones) * product(&others, &others)).sqrt();
    // What answers that agree pull by is rounding.
    let rounding = (1e-9 * (ends.1 - ends.0)).powi(2);
    let together = if size > rounding { product(&ones, &others) / size } else { 0.0 };
    let far = |a: f64, b: f64| (a * a + b * b - 2.0 * together * a * b).max(0.0).sqrt();
    let value = one.value - other.value;
    let low = value - far(one.value - one.low, other.high - other.value);
    let high = value + far(one.high - one.value, other.value - other.low);
    Some(Estimate::of(value, Interval { low, high }))
}

/// A mean of shares.
pub(super) fn mean_share(values: &[f64]) -> Option<Estimate> {
    mean(values, (0.0, 1.0))
}

/// Pearson's correlation with Fisher's interval; none below four pairs.
pub(super) fn fisher(x: &[f64], y: &[f64]) -> Option<Estimate> {
    let some = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let found = pearson(&some(x), &some(y), LEVEL).ok()?;
    Some(Estimate::of(found.value, found.interval?))
}

/// A count that may be shown.
pub(super) fn cell(count: usize) -> Cell {
    Cell::Count(count)
}
