//! Estimates with their intervals, in the form that the findings carry. Owns no formula: it calls `psychometrics`.

use serde::Serialize;

use super::ShownCount;
use crate::psychometrics::bounded::bounded_mean;
use crate::psychometrics::correlation::pearson;
use crate::psychometrics::descriptive::correlation;
use crate::psychometrics::proportion::{wilson, wilson_of};
use crate::psychometrics::{Interval, LEVEL, Uncomputable};

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IntervalEstimate {
    /// The number.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl IntervalEstimate {
    /// A value with its interval.
    pub fn of(value: f64, interval: Interval) -> Self {
        Self { value, low: interval.low, high: interval.high }
    }

    /// To so many decimals, for readers who must not work out what lies behind it.
    pub(super) fn rounded(self, decimals: i32) -> Self {
        let unit = 10_f64.powi(decimals);
        let round = |value: f64| (value * unit).round() / unit + 0.0;
        Self { value: round(self.value), low: round(self.low), high: round(self.high) }
    }
}

/// A share with Wilson's interval; none for n = 0.
pub(super) fn share(hits: usize, n: usize) -> Option<IntervalEstimate> {
    let interval = wilson(hits, n, LEVEL).ok()?;
    Some(IntervalEstimate::of(hits as f64 / n as f64, interval))
}

/// An estimated share on a scale with these ends, no surer than if `n` people had been counted without error: where all answer alike,
/// nothing scatters, and yet nothing is certain.
pub(super) fn no_surer_than_counted(found: IntervalEstimate, n: f64, ends: (f64, f64)) -> IntervalEstimate {
    let width = ends.1 - ends.0;
    match wilson_of(((found.value - ends.0) / width).clamp(0.0, 1.0), n, LEVEL) {
        Ok(counted) => IntervalEstimate {
            low: found.low.min(ends.0 + width * counted.low),
            high: found.high.max(ends.0 + width * counted.high),
            ..found
        },
        Err(_) => found,
    }
}

/// A mean of values on a scale from `ends.0` to `ends.1`; none of fewer than two.
pub(super) fn mean(values: &[f64], ends: (f64, f64)) -> Option<IntervalEstimate> {
    let values: Vec<(f64, f64)> = values.iter().map(|value| (*value, 1.0)).collect();
    let (value, interval) = bounded_mean(&values, ends, LEVEL).ok()?;
    Some(IntervalEstimate::of(value, interval))
}

/// A mean of measured values on a scale from `ends.0` to `ends.1`, each with its own interval. No end lies nearer than the errors of
/// measurement alone leave it, √Σ(value − end)²/n (the MOVER of Zou and Donner 2008): people who answer alike have no
/// spread, and are no better measured for it.
pub(super) fn mean_of_measured(values: &[IntervalEstimate], ends: (f64, f64)) -> Option<IntervalEstimate> {
    let found = mean(&values.iter().map(|found| found.value).collect::<Vec<_>>(), ends)?;
    let off = |far: fn(&IntervalEstimate) -> f64| {
        values.iter().map(|value| far(value).powi(2)).sum::<f64>().sqrt() / values.len() as f64
    };
    let low = found.low.min(found.value - off(|value| value.value - value.low));
    let high = found.high.max(found.value + off(|value| value.high - value.value));
    Some(IntervalEstimate::of(found.value, Interval { low, high }))
}

/// A mean of shares.
pub(super) fn mean_share(values: &[f64]) -> Option<IntervalEstimate> {
    mean(values, (0.0, 1.0))
}

/// Pearson's correlation with Fisher's interval; none below four pairs.
pub(super) fn fisher(x: &[f64], y: &[f64]) -> Option<IntervalEstimate> {
    let some = |values: &[f64]| values.iter().copied().map(Some).collect::<Vec<_>>();
    let found = pearson(&some(x), &some(y), LEVEL).ok()?;
    Some(IntervalEstimate::of(found.value, found.interval?))
}

/// Why two columns have no correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Uncorrelated {
    /// Fewer than four cases.
    TooFew,
    /// The first is the same in all of them.
    FirstConstant,
    /// The second is the same in all of them.
    SecondConstant,
    /// Both are.
    BothConstant,
    /// All lie on one line, where Fisher's interval has no ends.
    OnOneLine,
}

impl Uncorrelated {
    /// Why [`fisher`] finds nothing for these; none where it does.
    pub(super) fn of(x: &[f64], y: &[f64]) -> Option<Self> {
        if fisher(x, y).is_some() {
            return None;
        }
        let flat = |values: &[f64]| matches!(correlation(values, values), Err(Uncomputable::NoVariance));
        Some(match (x.len() < 4, flat(x), flat(y)) {
            (true, ..) => Self::TooFew,
            (_, true, true) => Self::BothConstant,
            (_, true, false) => Self::FirstConstant,
            (_, false, true) => Self::SecondConstant,
            (_, false, false) => Self::OnOneLine,
        })
    }

    /// Whether one of the two is the same in all cases.
    pub(super) fn is_constant(self) -> bool {
        matches!(self, Self::FirstConstant | Self::SecondConstant | Self::BothConstant)
    }
}

/// A count that may be shown.
pub(super) fn cell(count: usize) -> ShownCount {
    ShownCount::Count(count)
}
