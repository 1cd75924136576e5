//! Correlations of two variables with intervals, over the cases that have both.

use super::descriptive::{correlation, ranks};
use super::{Interval, Uncomputable, distribution, normal};

/// A correlation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Correlation {
    /// The coefficient.
    pub value: f64,
    /// Its interval; none with fewer than four cases, and none at ±1, where Fisher's z has no value.
    pub interval: Option<Interval>,
    /// Two-sided p by Student's t with n − 2 degrees of freedom; of ranks, up to [`EXACT`] cases, the exact one.
    pub p: f64,
    /// Cases with both values.
    pub cases: usize,
}

/// Up to so many cases the p of a rank correlation is taken over all orders (362,880 of them for nine); beyond, t comes close enough.
pub const EXACT: usize = 9;

/// Pearson's r with Fisher's interval: z ± z_crit/√(n − 3), turned back (Fisher 1921).
///
/// # Errors
/// Variables of different length, fewer than three cases with both values, a value that is not finite, or no variance.
pub fn pearson(x: &[Option<f64>], y: &[Option<f64>], level: f64) -> Result<Correlation, Uncomputable> {
    let (x, y) = both(x, y)?;
    with_interval(correlation(&x, &y)?, x.len(), 1.0, level)
}

/// Spearman's ρ, Pearson's r of mid-ranks, with the interval of Bonett and Wright 2000: as Fisher's, but with a standard error of
/// √((1 + ρ²/2)/(n − 3)), because Fisher's is too narrow for ranks. Up to [`EXACT`] cases p is the share of all orders of the ranks, ties
/// included, whose ρ is as far from 0: where only 24 orders are possible, no p is smaller than 1/24.
///
/// # Errors
/// As [`pearson`].
pub fn spearman(x: &[Option<f64>], y: &[Option<f64>], level: f64) -> Result<Correlation, Uncomputable> {
    let (x, y) = both(x, y)?;
    let (x, y) = (ranks(&x), ranks(&y));
    let value = correlation(&x, &y)?;
    let found = with_interval(value, x.len(), 1.0 + value * value / 2.0, level)?;
    Ok(if x.len() <= EXACT { Correlation { p: exact(&x, y), ..found } } else { found })
}

/// The share of all orders of `y` whose products with `x` are as far from their mean as those of the order that was found.
fn exact(x: &[f64], mut y: Vec<f64>) -> f64 {
    let n = x.len();
    let mean = x.iter().sum::<f64>() * y.iter().sum::<f64>() / n as f64;
    let away = |y: &[f64]| (x.iter().zip(y).map(|(x, y)| x * y).sum::<f64>() - mean).abs();
    // Ranks are halves of whole numbers, so that all of this is exact but the mean.
    let found = away(&y) - 1e-9;
    let (mut all, mut as_far) = (1_u32, 1_u32);
    // Heap's algorithm: each order differs from the one before by one exchange.
    let mut turns = vec![0; n];
    let mut at = 1;
    while at < n {
        if turns[at] < at {
            let other = if at % 2 == 0 { 0 } else { turns[at] };
            y.swap(other, at);
            all += 1;
            as_far += u32::from(away(&y) >= found);
            turns[at] += 1;
            at = 1;
        } else {
            turns[at] = 0;
            at += 1;
        }
    }
    f64::from(as_far) / f64::from(all)
}

/// The cases that have both values.
fn both(x: &[Option<f64>], y: &[Option<f64>]) -> Result<(Vec<f64>, Vec<f64>), Uncomputable> {
    if x.len() != y.len() {
        return Err(Uncomputable::Ragged);
    }
    let (x, y): (Vec<f64>, Vec<f64>) = x.iter().zip(y).filter_map(|(x, y)| (*x).zip(*y)).unzip();
    if x.iter().chain(&y).any(|value| !value.is_finite()) {
        return Err(Uncomputable::NotFinite);
    }
    match x.len() {
        0..3 => Err(Uncomputable::TooFewCases { needed: 3, found: x.len() }),
        _ => Ok((x, y)),
    }
}

fn with_interval(value: f64, cases: usize, inflation: f64, level: f64) -> Result<Correlation, Uncomputable> {
    let value = super::finite(value)?;
    let n = cases as f64;
    let half = normal::critical(level) * (inflation / (n - 3.0)).sqrt();
    let end = |z: f64| z.tanh();
    let interval = match cases > 3 {
        true => Interval::between(end(value.atanh() - half), end(value.atanh() + half)),
        false => None,
    };
    let left = 1.0 - value * value;
    let p = match left > 0.0 {
        true => distribution::t_two_sided(value * ((n - 2.0) / left).sqrt(), n - 2.0),
        false => Some(0.0),
    };
    Ok(Correlation { value, interval, p: p.ok_or(Uncomputable::NotFinite)?, cases })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn only_cases_with_both_count() {
        let x = [Some(1.0), Some(2.0), None, Some(4.0), Some(5.0)];
        let y = [Some(2.0), Some(1.0), Some(9.0), Some(5.0), None];
        let found = pearson(&x, &y, 0.95).unwrap();
        assert_eq!((found.cases, found.interval), (3, None));
    }

    #[test]
    fn ranks_ignore_how_far_apart_values_are() {
        let x = given(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        let y = given(&[1.0, 4.0, 9.0, 16.0, 2_500.0]);
        let found = spearman(&x, &y, 0.95).unwrap();
        // All in one order: Fisher's z is infinite there, which says nothing of how sure the one is.
        assert!(found.value > 1.0 - 1e-12 && found.interval.is_none(), "{found:?}");
        assert!((found.p - 2.0 / 120.0).abs() < 1e-12, "{found:?}");
        assert!(pearson(&x, &y, 0.95).unwrap().value < 0.8);
    }

    #[test]
    fn the_p_of_a_few_ranks_is_exact() {
        // Perfect order: 2/n!. The others were counted over the permutations of another language.
        for (x, y, p) in [
            (&[1.0, 2.0, 3.0][..], &[1.0, 2.0, 3.0][..], 2.0 / 6.0),
            (&[1.0, 2.0, 3.0, 4.0], &[4.0, 3.0, 2.0, 1.0], 2.0 / 24.0),
            (&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 4.0, 3.0], 8.0 / 24.0),
            (&[1.0, 1.0, 2.0], &[1.0, 2.0, 3.0], 4.0 / 6.0),
        ] {
            let found = spearman(&given(x), &given(y), 0.95).unwrap();
            assert!((found.p - p).abs() < 1e-12, "{x:?} {y:?}: {found:?}");
        }
        let nine: Vec<f64> = (1..=9).map(f64::from).collect();
        assert!((spearman(&given(&nine), &given(&nine), 0.95).unwrap().p - 2.0 / 362_880.0).abs() < 1e-15);
        let ten: Vec<f64> = (1..=10).map(f64::from).collect();
        assert!(spearman(&given(&ten), &given(&ten), 0.95).unwrap().p < 1e-12);
    }

    #[test]
    fn what_does_not_vary_does_not_correlate() {
        let x = given(&[1.0, 1.0, 1.0]);
        assert_eq!(spearman(&x, &given(&[1.0, 2.0, 3.0]), 0.95), Err(Uncomputable::NoVariance));
        assert_eq!(pearson(&x, &given(&[1.0]), 0.95), Err(Uncomputable::Ragged));
        assert_eq!(pearson(&x[..2], &x[..2], 0.95), Err(Uncomputable::TooFewCases { needed: 3, found: 2 }));
    }
}
