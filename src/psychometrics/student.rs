//! Student's t distribution, by statrs, and the interval of a mean that it gives.

use statrs::distribution::{ContinuousCDF, StudentsT};

use super::descriptive::{mean, sd};
use super::{Interval, Uncomputable};

/// The half-width in standard errors of a two-sided interval with `freedom` degrees of freedom: 2.262 for a `level` of .95
/// and 9. `None` without freedom.
pub fn critical(level: f64, freedom: f64) -> Option<f64> {
    let student = StudentsT::new(0.0, 1.0, freedom).ok()?;
    Some(student.inverse_cdf(0.5 + level.clamp(0.0, 1.0) / 2.0))
}

/// The mean with its interval, mean ± t·SD/√n with n − 1 degrees of freedom (Student 1908).
///
/// # Errors
/// Fewer than two values, or one that is not finite.
pub fn mean_interval(values: &[f64], level: f64) -> Result<(f64, Interval), Uncomputable> {
    let (centre, spread) = (mean(values)?, sd(values)?);
    let n = values.len() as f64;
    let t = critical(level, n - 1.0).ok_or(Uncomputable::TooFewCases { needed: 2, found: values.len() })?;
    let half = t * spread / n.sqrt();
    Ok((centre, Interval { low: centre - half, high: centre + half }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn critical_values_of_the_printed_tables() {
        // Tables of Student's t, two-sided 5 %: 9 degrees 2.262, 1 degree 12.706, 120 degrees 1.980.
        for (freedom, printed) in [(9.0, 2.262), (1.0, 12.706), (120.0, 1.980)] {
            assert!((critical(0.95, freedom).unwrap() - printed).abs() < 5e-4, "{freedom}");
        }
        assert_eq!(critical(0.95, 0.0), None);
    }

    #[test]
    fn the_interval_of_one_to_five() {
        // Mean 3, SD √2.5, SE √.5, t(4) 2.776445: 3 ± 1.963243.
        let (mean, interval) = mean_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95).unwrap();
        assert_eq!(mean, 3.0);
        assert!((interval.high - 4.963_243).abs() < 1e-5 && (interval.low - 1.036_757).abs() < 1e-5);
        assert!(mean_interval(&[1.0], 0.95).is_err());
    }
}
