//! Krippendorff's α for any number of coders, any level of measurement and missing codes (Krippendorff 2004, chapter 11).
//!
//! α = 1 − D_o/D_e over the pairable codes, those of units with at least two. Differences of ranks, of measurements and of the
//! categories' midpoints are all squared distances on some line, so their sums come from moments; only ratios need every pair
//! of values.

use super::Units;
use crate::psychometrics::bootstrap::percentile_interval;
use crate::psychometrics::{Interval, Uncomputable, finite};
use crate::rng::Rng;

/// The level of measurement, which says what the distance of two codes is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ScaleType {
    /// Names: equal or not.
    Nominal,
    /// Ranks: how many codes lie between.
    Ordinal,
    /// Measurements: the difference.
    Interval,
    /// Measurements with a true zero: the difference against the sum.
    Ratio,
}

/// Ratios compare every value with every other one; more of them would take minutes.
const MOST_RATIO_VALUES: usize = 5_000;

/// Krippendorff's α.
///
/// # Errors
/// All pairable codes equal; for ratios a negative value or more than 5,000 different ones.
pub fn krippendorff_alpha(units: &Units, level: ScaleType) -> Result<f64, Uncomputable> {
    Pairable::new(units, level)?.alpha(None).ok_or(Uncomputable::NoVariance).and_then(finite)
}

/// Percentile bootstrap interval of [`krippendorff_alpha`], from resamples of whole units with replacement; expected
/// disagreement is computed anew on every resample. (Krippendorff's own procedure draws deviations and keeps expected
/// disagreement; it gives somewhat narrower intervals.)
///
/// # Errors
/// As [`krippendorff_alpha`]; and `NoVariance` when on most resamples all codes are equal, or when all resamples agree to a point.
pub fn krippendorff_interval(
    units: &Units,
    level: ScaleType,
    confidence: f64,
    resamples: usize,
    rng: &mut Rng,
) -> Result<Interval, Uncomputable> {
    let pairable = Pairable::new(units, level)?;
    let n = pairable.units.len();
    let mut times = vec![0.0; n];
    let statistic = |drawn: &[usize]| {
        times.fill(0.0);
        drawn.iter().for_each(|unit| times[*unit] += 1.0);
        pairable.alpha(Some(&times))
    };
    let interval =
        percentile_interval(n, resamples, confidence, rng, statistic).ok_or(Uncomputable::NoVariance)?;
    // Where all codes agree, every resample says so too: a point says nothing of how sure that is.
    if interval.high - interval.low < 1e-12 { Err(Uncomputable::NoVariance) } else { Ok(interval) }
}

/// The units with at least two codes.
struct Pairable {
    level: ScaleType,
    /// Value of each category, moved so that their mean is zero where only differences count.
    values: Vec<f64>,
    units: Vec<Vec<usize>>,
    /// What a unit adds to observed disagreement, where that does not hang on the other units.
    own: Option<Vec<f64>>,
}

impl Pairable {
    fn new(units: &Units, level: ScaleType) -> Result<Self, Uncomputable> {
        let codes: Vec<Vec<usize>> =
            units.rows.iter().map(|row| row.iter().copied().flatten().collect()).collect();
        let paired: Vec<Vec<usize>> =
            codes.into_iter().filter(|codes: &Vec<usize>| codes.len() >= 2).collect();
        let mut values = units.values.clone();
        if level == ScaleType::Ratio {
            if values.iter().any(|value| *value < 0.0) {
                return Err(Uncomputable::OutOfRange);
            }
            if values.len() > MOST_RATIO_VALUES {
                return Err(Uncomputable::TooManyCategories { most: MOST_RATIO_VALUES, found: values.len() });
            }
        } else {
            let centre = values.iter().sum::<f64>() / values.len() as f64;
            values.iter_mut().for_each(|value| *value -= centre);
        }
        let mut pairable = Self { level, values, units: paired, own: None };
        if level != ScaleType::Ordinal {
            let own = pairable.units.iter().map(|codes| pairable.disagreement(codes, &pairable.values));
            pairable.own = Some(own.collect());
        }
        Ok(pairable)
    }

    /// α when unit u counts `times[u]` times, once each by default; `None` when all codes are equal.
    fn alpha(&self, times: Option<&[f64]>) -> Option<f64> {
        let often = |unit: usize| times.map_or(1.0, |times| times[unit]);
        let mut counts = vec![0.0; self.values.len()];
        for (unit, codes) in self.units.iter().enumerate() {
            let often = often(unit);
            codes.iter().for_each(|code| counts[*code] += often);
        }
        let n: f64 = counts.iter().sum();
        let line = if self.level == ScaleType::Ordinal { midranks(&counts) } else { self.values.clone() };
        let expected = self.expected(&counts, &line, n);
        let largest = line.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
        let rounding = match self.level {
            ScaleType::Ordinal | ScaleType::Interval => 1e-14 * n * n * largest * largest,
            ScaleType::Nominal | ScaleType::Ratio => 0.0,
        };
        if expected <= rounding {
            return None;
        }
        let observed: f64 = match &self.own {
            Some(own) => own.iter().enumerate().map(|(unit, own)| often(unit) * own).sum(),
            None => self
                .units
                .iter()
                .enumerate()
                .filter(|(unit, _)| often(*unit) > 0.0)
                .map(|(unit, codes)| often(unit) * self.disagreement(codes, &line))
                .sum(),
        };
        Some(1.0 - (n - 1.0) * observed / expected)
    }

    /// Squared distances over all ordered pairs of a unit's codes, by the number of codes less one.
    fn disagreement(&self, codes: &[usize], line: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (at, one) in codes.iter().enumerate() {
            for other in &codes[at + 1..] {
                sum += 2.0 * self.squared(line[*one], line[*other]);
            }
        }
        sum / (codes.len() as f64 - 1.0)
    }

    fn squared(&self, one: f64, other: f64) -> f64 {
        match self.level {
            ScaleType::Nominal => f64::from(u8::from(one != other)),
            ScaleType::Ordinal | ScaleType::Interval => (one - other).powi(2),
            // Two zeros are equal, although their sum cannot divide.
            ScaleType::Ratio if one == other => 0.0,
            ScaleType::Ratio => ((one - other) / (one + other)).powi(2),
        }
    }

    /// Squared distances over all ordered pairs of codes, whatever their unit.
    fn expected(&self, counts: &[f64], line: &[f64], n: f64) -> f64 {
        let used = || counts.iter().zip(line).filter(|(count, _)| **count > 0.0);
        match self.level {
            ScaleType::Nominal => n * n - used().map(|(count, _)| count * count).sum::<f64>(),
            ScaleType::Ordinal | ScaleType::Interval => {
                let centre = used().map(|(count, value)| count * value).sum::<f64>() / n;
                2.0 * n * used().map(|(count, value)| count * (value - centre).powi(2)).sum::<f64>()
            }
            ScaleType::Ratio => used()
                .map(|(count, one)| {
                    let others = used().map(|(other, value)| other * self.squared(*one, *value));
                    count * others.sum::<f64>()
                })
                .sum(),
        }
    }
}

/// The mean rank of each category: Krippendorff's ordinal distance of two categories, half of both and all that lies
/// between, is the difference of these.
fn midranks(counts: &[f64]) -> Vec<f64> {
    let mut before = 0.0;
    let rank = |count: &f64| {
        let rank = before + count / 2.0;
        before += count;
        rank
    };
    counts.iter().map(rank).collect()
}
