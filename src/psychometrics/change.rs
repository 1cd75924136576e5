//! The same person at several times: what of a difference is more than measurement error.
//!
//! Owns the reliable change (Jacobson and Truax 1991, with the errors of both measurements as in Maassen 2004), the least change that can be
//! detected, and the slope from three measurements on. An error from internal consistency covers the choice of items and not the weeks between,
//! so that every verdict here is a lenient one.

use super::{Interval, normal};

/// A measurement with its standard error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement {
    /// When, in any unit.
    pub at: f64,
    /// The value.
    pub value: f64,
    /// Its standard error of measurement.
    pub se: f64,
}

/// A difference between two measurements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The later value less the earlier one.
    pub value: f64,
    /// The difference in units of its error.
    pub index: f64,
    /// The least difference that is more than error, at 95 %.
    pub detectable: f64,
    /// Two-sided p.
    pub p: f64,
    /// The 95 % interval.
    pub interval: Interval,
}

/// The change from one measurement to another; none where neither has an error, because then nothing says what is more than error.
pub fn change(from: Measurement, to: Measurement) -> Option<Change> {
    let error = from.se.hypot(to.se);
    if !(error > 0.0 && error.is_finite()) {
        return None;
    }
    let (value, detectable) = (to.value - from.value, normal::critical(0.95) * error);
    let index = value / error;
    let interval = Interval { low: value - detectable, high: value + detectable };
    Some(Change { value, index, detectable, p: 2.0 * normal::cdf(-index.abs()), interval })
}

/// Fewest measurements that have a slope.
pub const FEWEST_FOR_SLOPE: usize = 3;

/// The slope over time with its standard error, each measurement weighted by its precision; none from fewer than three, without errors, or at
/// one instant.
pub fn slope(measured: &[Measurement]) -> Option<(f64, f64)> {
    if measured.len() < FEWEST_FOR_SLOPE || measured.iter().any(|m| !(m.se > 0.0 && m.se.is_finite())) {
        return None;
    }
    let weight = |m: &Measurement| 1.0 / (m.se * m.se);
    let total: f64 = measured.iter().map(weight).sum();
    let middle = measured.iter().map(|m| weight(m) * m.at).sum::<f64>() / total;
    let spread: f64 = measured.iter().map(|m| weight(m) * (m.at - middle).powi(2)).sum();
    let with: f64 = measured.iter().map(|m| weight(m) * (m.at - middle) * m.value).sum();
    (spread > 0.0).then(|| (with / spread, 1.0 / spread.sqrt()))
}

/// Where a true value is expected the next time: nearer to the mean of others, the less reliable it was.
pub fn expected(value: f64, mean: f64, reliability: f64) -> f64 {
    mean + reliability * (value - mean)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(at: f64, value: f64, se: f64) -> Measurement {
        Measurement { at, value, se }
    }

    #[test]
    fn reliable_change_and_slope_equal_numpy() {
        let found = change(at(0.0, 3.0, 0.3), at(1.2, 4.4, 0.35)).unwrap();
        assert!((found.index - 3.037_026_409_461_187_6).abs() < 1e-8);
        assert!((found.detectable - 0.903_498_754_507_996_8).abs() < 1e-8);
        assert!((found.p - 0.002_389_245_217_274_469).abs() < 1e-8);
        let (slope, se) = slope(&[at(0.0, 3.0, 0.3), at(0.5, 3.8, 0.4), at(1.2, 4.4, 0.35)]).unwrap();
        assert!(
            (slope - 1.165_424_006_554_691_2).abs() < 1e-8 && (se - 0.384_138_613_518_270_83).abs() < 1e-8
        );
    }

    #[test]
    fn without_an_error_nothing_is_called_change() {
        assert_eq!(change(at(0.0, 3.0, 0.0), at(1.0, 5.0, 0.0)), None);
        assert_eq!(slope(&[at(0.0, 3.0, 0.3), at(1.0, 3.0, 0.3)]), None);
        assert_eq!(slope(&[at(1.0, 3.0, 0.3); 3]), None);
        assert!((expected(6.0, 4.0, 0.75) - 5.5).abs() < 1e-12);
    }
}
