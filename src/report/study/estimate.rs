//! Estimates with their intervals, in the form that the findings carry. Owns no formula: it calls `psychometrics`.

use super::{Cell, Estimate};
use crate::psychometrics::descriptive::correlation;
use crate::psychometrics::proportion::wilson;
use crate::psychometrics::student::mean_interval;
use crate::psychometrics::{Interval, normal};

/// The level of every interval in the findings.
const LEVEL: f64 = 0.95;

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

/// A mean of shares: its interval cannot leave 0…1.
pub(super) fn mean_share(values: &[f64]) -> Option<Estimate> {
    mean(values).map(|found| Estimate { low: found.low.max(0.0), high: found.high.min(1.0), ..found })
}

/// Pearson's correlation with Fisher's interval, tanh(atanh r ± z/√(n − 3)) (Fisher 1921); none below four pairs.
pub(super) fn fisher(x: &[f64], y: &[f64]) -> Option<Estimate> {
    let r = correlation(x, y).ok().filter(|_| x.len() > 3)?;
    let half = normal::critical(LEVEL) / (x.len() as f64 - 3.0).sqrt();
    // A perfect correlation has an infinite z, and its interval is the point itself.
    let interval = if r.abs() < 1.0 {
        Interval { low: (r.atanh() - half).tanh(), high: (r.atanh() + half).tanh() }
    } else {
        Interval { low: r, high: r }
    };
    Some(Estimate::of(r, interval))
}

/// A count that may be shown.
pub(super) fn cell(count: usize) -> Cell {
    Cell::Count(count)
}
