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
    Change::of(to.value - from.value, from.se.hypot(to.se))
}

impl Change {
    fn of(value: f64, error: f64) -> Option<Self> {
        if !(error > 0.0 && error.is_finite()) {
            return None;
        }
        let (index, detectable) = (value / error, normal::critical(super::LEVEL) * error);
        let interval = Interval { low: value - detectable, high: value + detectable };
        Some(Self { value, index, detectable, p: 2.0 * normal::cdf(-index.abs()), interval })
    }
}

/// A straight line through several measurements.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trend {
    /// How much it rises in a unit of time, with its standard error.
    pub slope: (f64, f64),
    /// Where it stands at the first measurement, and at the last.
    pub ends: (f64, f64),
    /// From the one to the other.
    pub change: Change,
}

/// Fewest measurements that have a slope.
pub const FEWEST_FOR_SLOPE: usize = 3;

/// The line over time, each measurement weighted by its precision; none through fewer than three, without errors, or at one instant.
pub fn line(measured: &[Measurement]) -> Option<Trend> {
    if measured.len() < FEWEST_FOR_SLOPE || measured.iter().any(|m| !(m.se > 0.0 && m.se.is_finite())) {
        return None;
    }
    let weight = |m: &Measurement| 1.0 / (m.se * m.se);
    let total: f64 = measured.iter().map(weight).sum();
    let middle = measured.iter().map(|m| weight(m) * m.at).sum::<f64>() / total;
    let spread: f64 = measured.iter().map(|m| weight(m) * (m.at - middle).powi(2)).sum();
    let with: f64 = measured.iter().map(|m| weight(m) * (m.at - middle) * m.value).sum();
    if spread <= 0.0 {
        return None;
    }
    let height = measured.iter().map(|m| weight(m) * m.value).sum::<f64>() / total;
    let (slope, se) = (with / spread, 1.0 / spread.sqrt());
    let times = || measured.iter().map(|m| m.at);
    let (first, last) = (times().fold(f64::INFINITY, f64::min), times().fold(f64::NEG_INFINITY, f64::max));
    let at = |time: f64| height + slope * (time - middle);
    let change = Change::of(slope * (last - first), se * (last - first))?;
    Some(Trend { slope: (slope, se), ends: (at(first), at(last)), change })
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
        let found = line(&[at(0.0, 3.0, 0.3), at(0.5, 3.8, 0.4), at(1.2, 4.4, 0.35)]).unwrap();
        let (slope, se) = found.slope;
        assert!(
            (slope - 1.165_424_006_554_691_2).abs() < 1e-8 && (se - 0.384_138_613_518_270_83).abs() < 1e-8
        );
        assert!((found.ends.1 - found.ends.0 - 1.2 * slope).abs() < 1e-12);
        assert!((found.change.index - slope / se).abs() < 1e-12);
    }

    #[test]
    fn three_small_steps_one_way_are_a_change() {
        let steps = [at(0.0, 6.4, 0.52), at(0.5, 5.0, 0.52), at(1.0, 4.0, 0.52)];
        assert!(change(steps[1], steps[2]).unwrap().p > 0.05);
        // b = −2.4, SE = .52/√.5 = .7354; p = 2Φ(−3.2636).
        let found = line(&steps).unwrap();
        assert!((found.slope.0 + 2.4).abs() < 1e-12 && (found.change.p - 0.001_100_3).abs() < 1e-5);
    }

    #[test]
    fn without_an_error_nothing_is_called_change() {
        assert_eq!(change(at(0.0, 3.0, 0.0), at(1.0, 5.0, 0.0)), None);
        assert_eq!(line(&[at(0.0, 3.0, 0.3), at(1.0, 3.0, 0.3)]), None);
        assert_eq!(line(&[at(1.0, 3.0, 0.3); 3]), None);
        assert!((expected(6.0, 4.0, 0.75) - 5.5).abs() < 1e-12);
    }
}
