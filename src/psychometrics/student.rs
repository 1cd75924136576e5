//! The interval of a mean.

use super::descriptive::{mean, sd};
use super::distribution::t_critical;
use super::{Interval, Uncomputable};

/// The mean with its interval, mean ± t·SD/√n with n − 1 degrees of freedom (Student 1908).
///
/// # Errors
/// Fewer than two values, or one that is not finite.
pub fn mean_interval(values: &[f64], level: f64) -> Result<(f64, Interval), Uncomputable> {
    let (centre, spread) = (mean(values)?, sd(values)?);
    let n = values.len() as f64;
    let t = t_critical(level, n - 1.0).ok_or(Uncomputable::TooFewCases { needed: 2, found: values.len() })?;
    let half = t * spread / n.sqrt();
    Ok((centre, Interval { low: centre - half, high: centre + half }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_one_to_five() {
        // Mean 3, SD √2.5, SE √.5, t(4) 2.776445: 3 ± 1.963243.
        let (mean, interval) = mean_interval(&[1.0, 2.0, 3.0, 4.0, 5.0], 0.95).unwrap();
        assert_eq!(mean, 3.0);
        assert!((interval.high - 4.963_243).abs() < 1e-5 && (interval.low - 1.036_757).abs() < 1e-5);
        assert!(mean_interval(&[1.0], 0.95).is_err());
    }
}
