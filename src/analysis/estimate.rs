//! Estimates with their intervals, in the form that the findings carry. Owns no formula: it calls `psychometrics`.

use super::{Cell, Estimate};
use crate::psychometrics::correlation::pearson;
use crate::psychometrics::proportion::wilson;
use crate::psychometrics::student::mean_interval;
use crate::psychometrics::{Interval, normal};

/// The level of every interval in the findings.
pub(super) const LEVEL: f64 = 0.95;

/// A share with Wilson's interval; none of nobody.
pub(super) fn share(hits: usize, n: usize) -> Option<Estimate> {
    let interval = wilson(hits, n, LEVEL).ok()?;
    Some(Estimate::of(hits as f64 / n as f64, interval))
}

/// A mean with Student's interval; none of fewer than two.
pub(super) fn mean(values: &[f64]) -> Option<Estimate> {
    let (value, interval) = mean_interval(values, LEVEL).ok()?;
    Some(Estimate::of(value, interval))
}

/// A mean in which every value counts with a weight, Σwv/Σw, with the interval of its linearised error
/// √(Σw²(v − mean)²)/Σw; none where the weights come to less than two.
pub(super) fn weighted_mean(values: &[(f64, f64)]) -> Option<Estimate> {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    if total < 2.0 {
        return None;
    }
    let value = values.iter().map(|(value, weight)| value * weight).sum::<f64>() / total;
    let squares: f64 = values.iter().map(|(own, weight)| (weight * (own - value)).powi(2)).sum();
    let half = normal::critical(LEVEL) * squares.sqrt() / total;
    Some(Estimate::of(value, Interval { low: value - half, high: value + half }))
}

/// The difference of two means of the same values under two weights, `(value, first, second)` each, with the interval of its
/// linearised error √Σ(w₁(v − mean₁)/Σw₁ − w₂(v − mean₂)/Σw₂)²; none where either weight comes to less than two.
pub(super) fn weighted_difference(values: &[(f64, f64, f64)]) -> Option<Estimate> {
    let total = |weight: fn(&(f64, f64, f64)) -> f64| values.iter().map(weight).sum::<f64>();
    let (first, second) = (total(|v| v.1), total(|v| v.2));
    if first < 2.0 || second < 2.0 {
        return None;
    }
    let (one, other) = (total(|v| v.0 * v.1) / first, total(|v| v.0 * v.2) / second);
    let pull = |(value, a, b): &(f64, f64, f64)| a * (value - one) / first - b * (value - other) / second;
    let half = normal::critical(LEVEL) * values.iter().map(|v| pull(v).powi(2)).sum::<f64>().sqrt();
    let value = one - other;
    Some(Estimate::of(value, Interval { low: value - half, high: value + half }))
}

/// A mean of shares: its interval cannot leave 0…1.
pub(super) fn mean_share(values: &[f64]) -> Option<Estimate> {
    mean(values).map(|found| Estimate { low: found.low.max(0.0), high: found.high.min(1.0), ..found })
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
