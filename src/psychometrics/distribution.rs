//! Student's t, F and χ², by statrs. Owns the guard around their arguments: statrs panics where this room has a reason.

use statrs::distribution::{ChiSquared, ContinuousCDF, FisherSnedecor, StudentsT};

/// The value below which the share `p` of Student's t with `df` degrees of freedom lies; `None` outside of 0 < p < 1.
pub fn t_quantile(p: f64, df: f64) -> Option<f64> {
    let t = StudentsT::new(0.0, 1.0, df).ok()?;
    inside(p)?;
    Some(polished(t.inverse_cdf(p), p, |x| t.cdf(x), |x| t_density(x, df))).filter(|value| value.is_finite())
}

/// The half-width in standard errors of a two-sided interval: 2.228 for a `level` of .95 and ten degrees of freedom.
pub fn t_critical(level: f64, df: f64) -> Option<f64> {
    t_quantile(0.5 + level / 2.0, df)
}

/// Two-sided p of a t value.
pub fn t_two_sided(t: f64, df: f64) -> Option<f64> {
    let distribution = StudentsT::new(0.0, 1.0, df).ok()?;
    t.is_finite().then(|| (2.0 * distribution.cdf(-t.abs())).min(1.0))
}

/// The value below which the share `p` of F with `df1` and `df2` degrees of freedom lies.
pub fn f_quantile(p: f64, df1: f64, df2: f64) -> Option<f64> {
    let f = FisherSnedecor::new(df1, df2).ok()?;
    inside(p)?;
    let density = |x: f64| statrs::distribution::Continuous::pdf(&f, x);
    Some(polished(f.inverse_cdf(p), p, |x| f.cdf(x), density)).filter(|value| value.is_finite())
}

/// The share of χ² with `df` degrees of freedom above `value`.
pub fn chi_squared_above(value: f64, df: f64) -> Option<f64> {
    let chi = ChiSquared::new(df).ok()?;
    (value >= 0.0 && value.is_finite()).then(|| chi.sf(value))
}

fn inside(p: f64) -> Option<()> {
    (p > 0.0 && p < 1.0).then_some(())
}

fn t_density(x: f64, df: f64) -> f64 {
    StudentsT::new(0.0, 1.0, df).map_or(f64::NAN, |t| statrs::distribution::Continuous::pdf(&t, x))
}

/// Two Newton steps: the inverse of the incomplete beta function stops at eight digits or so, and intervals want more.
fn polished(start: f64, p: f64, cdf: impl Fn(f64) -> f64, density: impl Fn(f64) -> f64) -> f64 {
    let mut x = start;
    for _ in 0..2 {
        let step = (cdf(x) - p) / density(x);
        // A step that is not small is the sign of a density near zero, where Newton does harm.
        if !step.is_finite() || step.abs() > 0.01 * x.abs() {
            break;
        }
        x -= step;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_of_another_implementation() {
        // scipy.stats 1.12: t.ppf(.975, 10), t.ppf(.975, 3), f.ppf(.975, 5, 15), f.ppf(.025, 4.5, 274), chi2.sf(20, 10).
        assert!((t_critical(0.95, 10.0).unwrap() - 2.2281388519649385).abs() < 1e-10);
        assert!((t_critical(0.95, 3.0).unwrap() - 3.182446305284263).abs() < 1e-10);
        assert!((f_quantile(0.975, 5.0, 15.0).unwrap() - 3.5764153492790607).abs() < 1e-9);
        assert!((f_quantile(0.025, 4.5, 274.0).unwrap() - 0.1438233453756388).abs() < 1e-9);
        assert!((chi_squared_above(20.0, 10.0).unwrap() - 0.029252688076961124).abs() < 1e-12);
        assert!((t_two_sided(2.5, 20.0).unwrap() - 0.021233545439132393).abs() < 1e-12);
    }

    #[test]
    fn outside_there_is_nothing() {
        assert_eq!(t_quantile(0.0, 3.0), None);
        assert_eq!(t_quantile(0.5, 0.0), None);
        assert_eq!(f_quantile(1.0, 1.0, 1.0), None);
        assert_eq!(chi_squared_above(f64::NAN, 2.0), None);
    }
}
