//! Student's t, F and χ², by statrs, and the noncentral χ², as the mixture of those that it is. Owns the guard around their arguments: statrs panics where this room has a reason.

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

/// The share of noncentral χ² with `df` degrees of freedom and this noncentrality below `value`: the central ones with df + 2j degrees of
/// freedom, weighted by a Poisson distribution of j with half of the noncentrality as its mean.
pub fn noncentral_below(value: f64, df: f64, noncentrality: f64) -> Option<f64> {
    let mean = noncentrality / 2.0;
    if !(value.is_finite() && mean.is_finite() && mean >= 0.0 && df > 0.0) {
        return None;
    }
    if mean == 0.0 {
        return ChiSquared::new(df).ok().map(|chi| chi.cdf(value));
    }
    let term = |j: f64| -> Option<f64> {
        let weight = (j * mean.ln() - mean - statrs::function::gamma::ln_gamma(j + 1.0)).exp();
        Some(weight * ChiSquared::new(df + 2.0 * j).ok()?.cdf(value))
    };
    // From the likeliest j outward; the weights fall off like those of a normal distribution.
    let middle = mean.floor();
    let reach = 12.0 * mean.sqrt() + 40.0;
    let (first, last) = ((middle - reach).max(0.0) as u64, (middle + reach) as u64);
    let sum = (first..=last).map(|j| term(j as f64)).sum::<Option<f64>>()?;
    Some(sum.clamp(0.0, 1.0))
}

/// The noncentrality with which the share `below` of χ² lies below `value`; zero where less than that lies there without any.
pub fn noncentrality(value: f64, df: f64, below: f64) -> Option<f64> {
    inside(below)?;
    if noncentral_below(value, df, 0.0)? <= below {
        return Some(0.0);
    }
    let (mut low, mut high) = (0.0, value.max(1.0));
    while noncentral_below(value, df, high)? > below {
        (low, high) = (high, 2.0 * high);
    }
    for _ in 0..200 {
        let middle = f64::midpoint(low, high);
        if high - low <= 1e-12 * high {
            break;
        }
        if noncentral_below(value, df, middle)? > below { low = middle } else { high = middle }
    }
    Some(f64::midpoint(low, high))
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
    fn noncentral_values_of_another_implementation() {
        // scipy.stats.ncx2.cdf(x, df, noncentrality), by tests/fixtures/validity/expect.py.
        let expected: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/fixtures/validity/expected.json")).unwrap();
        for case in expected["noncentral"].as_array().unwrap() {
            let [x, df, ncp, below] = [0, 1, 2, 3].map(|at| case[at].as_f64().unwrap());
            let found = noncentral_below(x, df, ncp).unwrap();
            assert!((found - below).abs() < 1e-8, "{found} {below}");
            assert!((noncentrality(x, df, found).unwrap() - ncp).abs() < 1e-5 * ncp.max(1.0));
        }
        assert_eq!(noncentrality(10.0, 24.0, 0.95), Some(0.0));
        assert_eq!(noncentral_below(10.0, 24.0, f64::NAN), None);
    }

    #[test]
    fn outside_there_is_nothing() {
        assert_eq!(t_quantile(0.0, 3.0), None);
        assert_eq!(t_quantile(0.5, 0.0), None);
        assert_eq!(f_quantile(1.0, 1.0, 1.0), None);
        assert_eq!(chi_squared_above(f64::NAN, 2.0), None);
    }
}
