//! The standard normal distribution, by statrs.

use statrs::distribution::{ContinuousCDF, Normal};

/// Share of the standard normal distribution below `z`.
pub fn cdf(z: f64) -> f64 {
    Normal::standard().cdf(z)
}

/// Density of the standard normal distribution.
pub fn density(z: f64) -> f64 {
    (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt()
}

/// The z below which the share `p` lies; infinite at 0 and 1, `None` outside.
pub fn quantile(p: f64) -> Option<f64> {
    (0.0..=1.0).contains(&p).then(|| Normal::standard().inverse_cdf(p))
}

/// The half-width in standard errors of a two-sided normal interval: 1.959964 for a `level` of .95.
pub fn critical(level: f64) -> f64 {
    Normal::standard().inverse_cdf(0.5 + level.clamp(0.0, 1.0) / 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabled_values() {
        // statrs carries the error function to about ten digits.
        assert!((cdf(1.0) - 0.841_344_746_068_543).abs() < 1e-9);
        assert!((quantile(0.975).unwrap() - 1.959_963_984_540_054).abs() < 1e-9);
        assert!((critical(0.95) - 1.959_963_984_540_054).abs() < 1e-9);
        assert_eq!(quantile(1.5), None);
    }
}
