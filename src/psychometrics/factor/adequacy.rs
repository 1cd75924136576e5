//! Whether a correlation matrix is worth factoring: the Kaiser–Meyer–Olkin measure and Bartlett's test.

use super::{checked, factored};
use crate::psychometrics::distribution::chi_squared_above;
use crate::psychometrics::{Uncomputable, finite};

/// Sampling adequacy (Kaiser 1970; Kaiser and Rice 1974).
#[derive(Debug, Clone, PartialEq)]
pub struct Kmo {
    /// Over all items.
    pub overall: f64,
    /// For each item.
    pub items: Vec<f64>,
}

/// Squared correlations against squared correlations and squared partial correlations, 0–1: high when what two items share
/// is shared with others.
///
/// # Errors
/// No correlation matrix, fewer than two items, or a matrix without an inverse.
pub fn kmo(correlation: &[Vec<f64>]) -> Result<Kmo, Uncomputable> {
    let matrix = checked(correlation)?;
    let size = matrix.nrows();
    if size < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: size });
    }
    let inverse = factored(matrix.clone())?.inverse();
    let others = |i: usize| (0..size).filter(move |j| *j != i);
    let partial = |i: usize, j: usize| inverse[(i, j)].powi(2) / (inverse[(i, i)] * inverse[(j, j)]);
    let shared: Vec<f64> = (0..size).map(|i| others(i).map(|j| matrix[(i, j)].powi(2)).sum()).collect();
    let own: Vec<f64> = (0..size).map(|i| others(i).map(|j| partial(i, j)).sum()).collect();
    let share = |shared: f64, own: f64| match shared + own > 0.0 {
        true => finite(shared / (shared + own)),
        false => Err(Uncomputable::NoVariance),
    };
    let items = shared.iter().zip(&own).map(|(shared, own)| share(*shared, *own));
    Ok(Kmo {
        items: items.collect::<Result<_, _>>()?,
        overall: share(shared.iter().sum(), own.iter().sum())?,
    })
}

/// Bartlett's test that the items are uncorrelated (Bartlett 1951).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bartlett {
    /// −(n − 1 − (2p + 5)/6)·ln|R|.
    pub chi_squared: f64,
    /// p(p − 1)/2.
    pub df: usize,
    /// The chance of such a value when nothing correlates.
    pub p: f64,
}

/// Bartlett's test on a correlation matrix from `cases` cases.
///
/// # Errors
/// No correlation matrix, fewer than two items, fewer cases than the factor before the logarithm takes, or no inverse.
pub fn bartlett(correlation: &[Vec<f64>], cases: usize) -> Result<Bartlett, Uncomputable> {
    let matrix = checked(correlation)?;
    let items = matrix.nrows();
    if items < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: items });
    }
    let factor = cases as f64 - 1.0 - (2.0 * items as f64 + 5.0) / 6.0;
    if factor <= 0.0 {
        let needed = 2 + items.div_ceil(3);
        return Err(Uncomputable::TooFewCases { needed, found: cases });
    }
    let factored = factored(matrix)?;
    let log_determinant = 2.0 * factored.l_dirty().diagonal().iter().map(|pivot| pivot.ln()).sum::<f64>();
    // Rounding can lift the determinant of the identity a hair above one.
    let chi_squared = finite((-factor * log_determinant).max(0.0))?;
    let df = items * (items - 1) / 2;
    let p = chi_squared_above(chi_squared, df as f64).ok_or(Uncomputable::NotFinite)?;
    Ok(Bartlett { chi_squared, df, p })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn equal(items: usize, r: f64) -> Vec<Vec<f64>> {
        (0..items).map(|i| (0..items).map(|j| if i == j { 1.0 } else { r }).collect()).collect()
    }

    #[test]
    fn equal_correlations_by_hand() {
        // Three items correlating .5: the partial correlation is .5/1.5 = 1/3, so .25/(.25 + 1/9) = 9/13.
        let found = kmo(&equal(3, 0.5)).unwrap();
        assert!((found.overall - 9.0 / 13.0).abs() < 1e-14 && (found.items[2] - 9.0 / 13.0).abs() < 1e-14);
        // The determinant is .25 · 2 = .5, the factor before it 100 − 1 − 11/6.
        let test = bartlett(&equal(3, 0.5), 100).unwrap();
        assert!((test.chi_squared - (99.0 - 11.0 / 6.0) * 2.0_f64.ln()).abs() < 1e-12);
        assert!(test.df == 3 && test.p < 1e-10);
    }

    #[test]
    fn what_cannot_be_factored_says_why() {
        assert_eq!(kmo(&equal(3, 1.0)), Err(Uncomputable::Singular));
        assert_eq!(kmo(&equal(3, 0.0)), Err(Uncomputable::NoVariance));
        assert_eq!(kmo(&equal(1, 0.0)), Err(Uncomputable::TooFewItems { needed: 2, found: 1 }));
        assert_eq!(bartlett(&equal(4, 0.2), 3), Err(Uncomputable::TooFewCases { needed: 4, found: 3 }));
        assert_eq!(bartlett(&equal(3, 0.0), 9).unwrap().chi_squared, 0.0);
        assert_eq!(kmo(&[vec![1.0, 2.0], vec![2.0, 1.0]]), Err(Uncomputable::OutOfRange));
    }
}
