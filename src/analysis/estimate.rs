//! Estimates with their intervals, in the form that the findings carry. Owns no formula: it calls `psychometrics`.

use super::{Cell, Estimate};
use crate::psychometrics::correlation::pearson;
use crate::psychometrics::proportion::{difference_of, wilson, wilson_of};
use crate::psychometrics::student::mean_interval;
use crate::psychometrics::{Interval, normal};

/// The level of every interval in the findings.
pub(super) const LEVEL: f64 = 0.95;

/// A share with Wilson's interval; none of nobody.
pub(super) fn share(hits: usize, n: usize) -> Option<Estimate> {
    let interval = wilson(hits, n, LEVEL).ok()?;
    Some(Estimate::of(hits as f64 / n as f64, interval))
}

/// A mean of values on a scale from `ends.0` to `ends.1` with Student's interval, which ends there too; none of fewer than two.
pub(super) fn mean(values: &[f64], ends: (f64, f64)) -> Option<Estimate> {
    let (value, interval) = mean_interval(values, LEVEL).ok()?;
    Some(within(ends, Estimate::of(value, interval)))
}

/// The interval without what its scale does not have.
fn within((lowest, highest): (f64, f64), found: Estimate) -> Estimate {
    Estimate { low: found.low.max(lowest), high: found.high.min(highest), ..found }
}

/// How many cases of equal weight are worth as much, (Σw)²/Σw² (Kish 1965); none where the weights come to less than two.
fn worth(weights: impl Iterator<Item = f64> + Clone) -> Option<f64> {
    let total: f64 = weights.clone().sum();
    let squares: f64 = weights.map(|weight| weight * weight).sum();
    (total >= 2.0).then(|| total * total / squares)
}

/// A share in which every case counts with a weight, with Wilson's interval for as many cases as they are worth.
pub(super) fn weighted_share(cases: &[(bool, f64)]) -> Option<Estimate> {
    let n = worth(cases.iter().map(|(_, weight)| *weight))?;
    let total: f64 = cases.iter().map(|(_, weight)| weight).sum();
    let hits: f64 = cases.iter().filter(|(hit, _)| *hit).map(|(_, weight)| weight).sum();
    // A sum in another order can be a unit off in its last place.
    let share = (hits / total).min(1.0);
    Some(Estimate::of(share, wilson_of(share, n, LEVEL).ok()?))
}

/// A share less another of the same cases, each with a weight, with the score interval for as many cases as they are worth. What
/// counts for the first is positive, what counts for the second negative.
pub(super) fn weighted_balance(cases: &[(f64, f64)]) -> Option<Estimate> {
    let n = worth(cases.iter().map(|(_, weight)| *weight))?;
    let total: f64 = cases.iter().map(|(_, weight)| weight).sum();
    let share = |sign: f64| -> f64 {
        cases.iter().filter(|(side, _)| side * sign > 0.0).map(|(_, weight)| weight / total).sum()
    };
    let (more, less) = (share(1.0), share(-1.0));
    Some(Estimate::of(more - less, difference_of(more, less, n, LEVEL).ok()?))
}

/// A mean in which every value counts with a weight, Σwv/Σw, with the interval of its linearised error
/// √(Σw²(v − mean)²)/Σw, which ends where the scale of the values does; none where the weights come to less than two.
pub(super) fn weighted_mean(values: &[(f64, f64)], ends: (f64, f64)) -> Option<Estimate> {
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    if total < 2.0 {
        return None;
    }
    let value = values.iter().map(|(value, weight)| value * weight).sum::<f64>() / total;
    let squares: f64 = values.iter().map(|(own, weight)| (weight * (own - value)).powi(2)).sum();
    let half = normal::critical(LEVEL) * squares.sqrt() / total;
    Some(within(ends, Estimate::of(value, Interval { low: value - half, high: value + half })))
}

/// The difference of two means of the same values under two weights, `(value, first, second)` each, with the interval of its
/// linearised error √Σ(w₁(v − mean₁)/Σw₁ − w₂(v − mean₂)/Σw₂)², which no two values of their scale differ by more than; none where
/// either weight comes to less than two.
pub(super) fn weighted_difference(values: &[(f64, f64, f64)], ends: (f64, f64)) -> Option<Estimate> {
    let total = |weight: fn(&(f64, f64, f64)) -> f64| values.iter().map(weight).sum::<f64>();
    let (first, second) = (total(|v| v.1), total(|v| v.2));
    if first < 2.0 || second < 2.0 {
        return None;
    }
    let (one, other) = (total(|v| v.0 * v.1) / first, total(|v| v.0 * v.2) / second);
    let pull = |(value, a, b): &(f64, f64, f64)| a * (value - one) / first - b * (value - other) / second;
    let half = normal::critical(LEVEL) * values.iter().map(|v| pull(v).powi(2)).sum::<f64>().sqrt();
    let (value, widest) = (one - other, ends.1 - ends.0);
    Some(within((-widest, widest), Estimate::of(value, Interval { low: value - half, high: value + half })))
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
