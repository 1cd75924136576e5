//! Two profiles over the same scales: how near one person's picture comes to another's.
//!
//! Owns what one pair says, and what many pairs say together. The formulas are those of Cronbach and Gleser 1953, McCrae 2008, Lin 1991
//! and West and Kenny 2011; `n` is the number of scales wherever a variance is meant.

use nalgebra::{DMatrix, DVector};

use super::distribution::{t_critical, t_two_sided};
use super::{Interval, LEVEL, Uncomputable};

/// How near two profiles are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nearness {
    /// Sum of the squared differences: the three parts together.
    pub squared: f64,
    /// The part that comes from one profile being higher throughout.
    pub elevation: f64,
    /// The part that comes from one profile being more pronounced.
    pub scatter: f64,
    /// The part that comes from peaks in other places.
    pub shape: f64,
    /// Intraclass correlation of the pairs entered both ways round, −1…+1.
    pub icc: f64,
    /// Product-moment correlation; none where a profile is flat.
    pub correlation: Option<f64>,
}

/// How near `x` and `y` are, over at least two scales.
///
/// # Errors
/// Profiles of different lengths, fewer than two scales, or two flat profiles at the same height, between which nothing varies.
pub fn nearness(x: &[f64], y: &[f64]) -> Result<Nearness, Uncomputable> {
    let found = x.len().min(y.len());
    if x.len() != y.len() || found < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found });
    }
    let k = found as f64;
    let mean = |values: &[f64]| values.iter().sum::<f64>() / k;
    let (mx, my) = (mean(x), mean(y));
    let products = |a: &[f64], ma: f64, b: &[f64], mb: f64| {
        a.iter().zip(b).map(|(a, b)| (a - ma) * (b - mb)).sum::<f64>() / k
    };
    let (vx, vy, cov) = (products(x, mx, x, mx), products(y, my, y, my), products(x, mx, y, my));
    let (sx, sy) = (vx.sqrt(), vy.sqrt());
    let half = (mx - my).powi(2) / 2.0;
    let total = vx + vy + half;
    if total <= 0.0 {
        return Err(Uncomputable::NoVariance);
    }
    let correlation = (sx > 0.0 && sy > 0.0).then(|| (cov / (sx * sy)).clamp(-1.0, 1.0));
    let elevation = k * (mx - my).powi(2);
    let scatter = k * (sx - sy).powi(2);
    Ok(Nearness {
        squared: x.iter().zip(y).map(|(x, y)| (x - y).powi(2)).sum(),
        elevation,
        scatter,
        shape: 2.0 * k * (sx * sy - cov),
        icc: (2.0 * cov - half) / total,
        correlation,
    })
}

/// Jensen–Shannon distance of two distributions over the same classes: the root of the divergence in bits, 0 (the same) to 1 (nothing in
/// common).
pub fn jensen_shannon(p: &[f64], q: &[f64]) -> f64 {
    let term = |share: f64| if share > 0.0 { -share * share.log2() } else { 0.0 };
    let entropy = |shares: &mut dyn Iterator<Item = f64>| shares.map(term).sum::<f64>();
    let middle = entropy(&mut p.iter().zip(q).map(|(p, q)| f64::midpoint(*p, *q)));
    let own = (entropy(&mut p.iter().copied()) + entropy(&mut q.iter().copied())) / 2.0;
    (middle - own).max(0.0).sqrt()
}

/// What the judgements of many pairs rest on (the truth and bias model).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TruthAndBias {
    /// How much higher judgements are than the truth, on average.
    pub bias: Coefficient,
    /// How far judgements follow the truth.
    pub truth: Coefficient,
    /// How far they follow the judge's own position: assumed similarity.
    pub own: Coefficient,
    /// Pairs behind them.
    pub n: usize,
}

/// A regression coefficient.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coefficient {
    /// The value.
    pub value: f64,
    /// Its standard error.
    pub se: f64,
    /// The 95 % interval, by t.
    pub interval: Interval,
    /// Two-sided p.
    pub p: f64,
}

/// Fewest pairs that say more than a description of each.
pub const FEWEST_PAIRS: usize = 20;

/// Regresses judgements on the truth and on the judges' own position, all less the mean of the truth.
///
/// # Errors
/// Fewer than [`FEWEST_PAIRS`] pairs, or a truth and own positions that cannot be told apart.
pub fn truth_and_bias(judged: &[f64], truth: &[f64], own: &[f64]) -> Result<TruthAndBias, Uncomputable> {
    let n = judged.len().min(truth.len()).min(own.len());
    if n < FEWEST_PAIRS {
        return Err(Uncomputable::TooFewCases { needed: FEWEST_PAIRS, found: n });
    }
    let centre = truth[..n].iter().sum::<f64>() / n as f64;
    let design = DMatrix::from_fn(n, 3, |row, column| match column {
        0 => 1.0,
        1 => truth[row] - centre,
        _ => own[row] - centre,
    });
    let outcome = DVector::from_fn(n, |row, _| judged[row] - centre);
    let cross = design.tr_mul(&design);
    let inverse = cross.try_inverse().ok_or(Uncomputable::NoVariance)?;
    let values = &inverse * design.tr_mul(&outcome);
    if values.iter().any(|value| !value.is_finite()) {
        return Err(Uncomputable::NoVariance);
    }
    let freedom = (n - 3) as f64;
    let left = (&outcome - &design * &values).norm_squared() / freedom;
    let of = |at: usize| {
        let se = (left * inverse[(at, at)]).max(0.0).sqrt();
        coefficient(values[at], se, freedom).ok_or(Uncomputable::NoVariance)
    };
    Ok(TruthAndBias { bias: of(0)?, truth: of(1)?, own: of(2)?, n })
}

fn coefficient(value: f64, se: f64, freedom: f64) -> Option<Coefficient> {
    let reach = t_critical(LEVEL, freedom)? * se;
    let p = if se > 0.0 { t_two_sided(value / se, freedom)? } else { f64::from(value == 0.0) };
    Some(Coefficient { value, se, interval: Interval { low: value - reach, high: value + reach }, p })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: f64, wanted: f64) {
        assert!((found - wanted).abs() < 1e-8, "{found} instead of {wanted}");
    }

    #[test]
    fn the_parts_add_up_and_equal_an_independent_computation() {
        // numpy: the intraclass correlation as the correlation of the eight values entered both ways round.
        let found = nearness(&[6.2, 3.0, 4.4, 5.0], &[5.0, 3.8, 4.0, 2.2]).unwrap();
        near(found.squared, 10.08);
        near(found.elevation, 3.24);
        near(found.scatter, 0.088_124_514_456_541_92);
        near(found.shape, 6.751_875_485_543_457);
        near(found.elevation + found.scatter + found.shape, found.squared);
        near(found.correlation.unwrap(), 0.270_215_482_677_688_7);
        near(found.icc, 0.080_291_970_802_919_75);
        let same = nearness(&[1.0, 2.0, 4.0], &[1.0, 2.0, 4.0]).unwrap();
        assert_eq!((same.squared, same.icc), (0.0, 1.0));
        let flat = nearness(&[3.0, 3.0], &[5.0, 5.0]).unwrap();
        assert_eq!((flat.correlation, flat.icc), (None, -1.0));
        assert_eq!(nearness(&[3.0, 3.0], &[3.0, 3.0]), Err(Uncomputable::NoVariance));
        assert!(nearness(&[3.0], &[3.0]).is_err() && nearness(&[3.0, 1.0], &[3.0]).is_err());
    }

    #[test]
    fn jensen_shannon_equals_scipy() {
        near(jensen_shannon(&[0.5, 0.3, 0.2, 0.0], &[0.1, 0.2, 0.3, 0.4]), 0.565_259_211_581_871_9);
        assert_eq!(jensen_shannon(&[0.25; 4], &[0.25; 4]), 0.0);
        near(jensen_shannon(&[1.0, 0.0], &[0.0, 1.0]), 1.0);
    }

    #[test]
    fn truth_and_bias_equal_numpy() {
        let truth = [
            6.04, 1.44, 4.42, 3.43, 3.55, 3.78, 1.98, 3.77, 3.13, 7.32, 4.23, 3.65, 3.72, 3.33, 2.94, 3.61,
            4.48, 3.76, 4.96, 3.8, 4.02, 5.55, 4.55, 3.49,
        ];
        let own = [
            4.35, 4.93, 6.05, 4.28, 4.31, 5.3, 3.79, 4.27, 5.21, 4.96, 4.57, 5.04, 2.24, 5.32, 3.73, 3.17,
            4.72, 5.06, 4.14, 3.64, 4.52, 4.46, 5.62, 5.1,
        ];
        let judged = [
            5.52, 3.33, 4.99, 3.49, 4.17, 4.66, 2.73, 3.74, 4.09, 5.43, 4.71, 4.45, 2.66, 4.18, 2.98, 3.88,
            3.83, 3.96, 5.01, 4.32, 3.43, 4.99, 5.13, 3.94,
        ];
        let found = truth_and_bias(&judged, &truth, &own).unwrap();
        let values = [found.bias, found.truth, found.own].map(|found| found.value);
        let errors = [found.bias, found.truth, found.own].map(|found| found.se);
        let wanted = [-0.047_393_971_334_173_05, 0.473_956_581_448_770_45, 0.419_917_231_527_126_1];
        values.into_iter().zip(wanted).for_each(|(found, wanted)| near(found, wanted));
        let wanted = [0.101_776_804_013_857_37, 0.070_655_093_586_537_72, 0.102_704_189_609_503_38];
        errors.into_iter().zip(wanted).for_each(|(found, wanted)| near(found, wanted));
        near(found.own.p, 0.000_525_709_868_288_673_6);
        near(found.truth.interval.high, wanted_end());
        assert!(truth_and_bias(&judged[..19], &truth[..19], &own[..19]).is_err());
        assert!(truth_and_bias(&judged, &truth, &truth).is_err());
    }

    fn wanted_end() -> f64 {
        0.473_956_581_448_770_45 + 2.079_613_844_727_679_5 * 0.070_655_093_586_537_72
    }
}
