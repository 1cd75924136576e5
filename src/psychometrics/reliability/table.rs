//! Everything that is asked of a scale at once: one call from answers to the whole table. Every number stands for itself: one
//! that can't be computed carries its reason and takes no other one with it.

use super::resample::one_factor;
use super::{alpha_from_covariance, alpha_interval, odd_even, omega_interval, random_halves};
use crate::psychometrics::descriptive::{correlations, covariance_matrix, mean, sd, skewness};
use crate::psychometrics::factor::{FactorSolution, omega_total};
use crate::psychometrics::{Estimate, LEVEL, Uncomputable, finite};
use crate::rng::Rng;

/// How much is drawn, and from which seed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Resampling {
    /// Resamples for the interval of α; none for no interval.
    pub resamples: usize,
    /// Resamples for the interval of ω, each of which is a factor analysis.
    pub omega_resamples: usize,
    /// Random halves, where there are too many items for all of them.
    pub splits: usize,
    /// For example .95.
    pub level: f64,
    /// Equal seeds give equal tables.
    pub seed: u64,
}

impl Default for Resampling {
    fn default() -> Self {
        Self { resamples: 10_000, omega_resamples: 1_000, splits: 1_000, level: LEVEL, seed: 1 }
    }
}

/// One item. Count, mean, spread and skewness are over all who answered it; the rest is over complete cases.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemStatistics {
    /// Answers.
    pub n: usize,
    /// Missing answers.
    pub missing: usize,
    /// Mean.
    pub mean: Result<f64, Uncomputable>,
    /// Standard deviation, n − 1.
    pub sd: Result<f64, Uncomputable>,
    /// Skewness, G1.
    pub skew: Result<f64, Uncomputable>,
    /// Corrected item–rest correlation: with the sum of the other items.
    pub item_rest: Result<f64, Uncomputable>,
    /// α of the other items.
    pub alpha_if_dropped: Result<f64, Uncomputable>,
}

/// A scale.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaleReliability {
    /// Rows in all.
    pub rows: usize,
    /// Rows with an answer to every item: α and all that is like it rest on these.
    pub cases: usize,
    /// The items in their order.
    pub items: Vec<ItemStatistics>,
    /// Cronbach's α of the sum of the items, with a percentile bootstrap interval.
    pub alpha: Result<Estimate, Uncomputable>,
    /// α of standardised items, from their mean correlation.
    pub alpha_standardized: Result<f64, Uncomputable>,
    /// Mean correlation between items.
    pub mean_correlation: Result<f64, Uncomputable>,
    /// ω_total of standardised items from a one-factor minimum residual solution, with a percentile bootstrap interval.
    pub omega_total: Result<Estimate, Uncomputable>,
    /// Items whose uniqueness ended at its lower bound: with any of these, ω is not to be trusted.
    pub heywood: usize,
    /// Odd against even items, Spearman–Brown.
    pub split_half: Result<f64, Uncomputable>,
    /// Mean of all halves, or of random ones where there are too many, Spearman–Brown.
    pub split_half_random: Result<f64, Uncomputable>,
    /// How many halves that is a mean of.
    pub halves: usize,
}

/// What ω is here, in words for a table's foot.
pub const OMEGA_KIND: &str = "omega total: one factor, minimum residuals, correlation matrix (standardised items), (sum of loadings)^2 / \
     ((sum of loadings)^2 + sum of uniquenesses)";

type OfMatrix<'a> = &'a dyn Fn(&[Vec<f64>]) -> Result<f64, Uncomputable>;

/// The whole table of a scale.
///
/// `rows`: one respondent each, one entry per item in the keyed direction, `None` where an answer is missing.
///
/// # Errors
/// Rows of unequal length or a value that is not finite. Whatever else fails, fails for itself inside.
pub fn reliability(rows: &[Vec<Option<f64>>], plan: &Resampling) -> Result<ScaleReliability, Uncomputable> {
    let items = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != items) {
        return Err(Uncomputable::Ragged);
    }
    if rows.iter().flatten().flatten().any(|value| !value.is_finite()) {
        return Err(Uncomputable::NotFinite);
    }
    let complete: Vec<Vec<f64>> = rows.iter().filter_map(|row| row.iter().copied().collect()).collect();
    let covariance = match items {
        0 => Err(Uncomputable::TooFewItems { needed: 2, found: 0 }),
        _ if complete.len() < 2 => Err(Uncomputable::TooFewCases { needed: 2, found: complete.len() }),
        _ => covariance_matrix(&complete),
    };
    let whole = |of: OfMatrix| covariance.as_ref().map_err(|why| *why).and_then(|matrix| of(matrix));
    let item = |at: usize| {
        let given: Vec<f64> = rows.iter().filter_map(|row| row[at]).collect();
        ItemStatistics {
            n: given.len(),
            missing: rows.len() - given.len(),
            mean: mean(&given).and_then(finite),
            sd: sd(&given).and_then(finite),
            skew: skewness(&given),
            item_rest: whole(&|matrix| item_rest(matrix, at)),
            alpha_if_dropped: whole(&|matrix| alpha_from_covariance(&without(matrix, at))),
        }
    };
    let correlation = |of: OfMatrix| whole(&|matrix| correlations(matrix).and_then(|matrix| of(&matrix)));
    let alpha = whole(&alpha_from_covariance).map(|value| {
        let interval = match plan.resamples {
            0 => None,
            resamples => alpha_interval(&complete, resamples, plan.level, plan.seed).ok(),
        };
        Estimate { value, se: None, interval }
    });
    let solution = covariance.as_ref().map_err(|why| *why).and_then(|_| one_factor(&complete));
    let omega = solution.as_ref().map_err(|why| *why).and_then(|solution| omega(&complete, solution, plan));
    let halves = covariance
        .as_ref()
        .map_err(|why| *why)
        .and_then(|matrix| random_halves(matrix, plan.splits, &mut Rng::for_purpose(plan.seed, "halves")));
    Ok(ScaleReliability {
        rows: rows.len(),
        cases: complete.len(),
        items: (0..items).map(item).collect(),
        alpha,
        alpha_standardized: correlation(&alpha_from_covariance),
        mean_correlation: correlation(&mean_off_diagonal),
        omega_total: omega,
        heywood: solution.map_or(0, |solution| solution.heywood),
        split_half: whole(&odd_even),
        split_half_random: halves.map(|(mean, _)| mean),
        halves: halves.map_or(0, |(_, count)| count),
    })
}

fn omega(
    complete: &[Vec<f64>],
    solution: &FactorSolution,
    plan: &Resampling,
) -> Result<Estimate, Uncomputable> {
    let loadings: Vec<f64> = solution.loadings.iter().flatten().copied().collect();
    let value = finite(omega_total(&loadings, &solution.uniqueness))?;
    let interval = match plan.omega_resamples {
        0 => None,
        resamples => omega_interval(complete, solution, resamples, plan.level, plan.seed).ok(),
    };
    Ok(Estimate { value, se: None, interval })
}

/// Correlation of an item with the sum of the others, from their covariances.
fn item_rest(covariance: &[Vec<f64>], at: usize) -> Result<f64, Uncomputable> {
    let items = covariance.len();
    if items < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: items });
    }
    let others = || (0..items).filter(|other| *other != at);
    let with_rest: f64 = others().map(|other| covariance[at][other]).sum();
    let rest: f64 = others().flat_map(|i| others().map(move |j| covariance[i][j])).sum();
    let own: f64 = others().map(|i| covariance[i][i]).sum();
    if covariance[at][at] <= 0.0 || rest <= f64::EPSILON * own || own <= 0.0 {
        return Err(Uncomputable::NoVariance);
    }
    finite((with_rest / (covariance[at][at] * rest).sqrt()).clamp(-1.0, 1.0))
}

/// The matrix without one of its items.
fn without(matrix: &[Vec<f64>], at: usize) -> Vec<Vec<f64>> {
    let keep = |row: &Vec<f64>| row.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, x)| *x).collect();
    matrix.iter().enumerate().filter(|(i, _)| *i != at).map(|(_, row)| keep(row)).collect()
}

fn mean_off_diagonal(correlation: &[Vec<f64>]) -> Result<f64, Uncomputable> {
    let items = correlation.len();
    if items < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: items });
    }
    let sum: f64 = correlation.iter().flatten().sum();
    Ok((sum - items as f64) / (items * (items - 1)) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quick() -> Resampling {
        Resampling { resamples: 50, omega_resamples: 5, splits: 5, ..Resampling::default() }
    }

    #[test]
    fn a_constant_item_spoils_only_what_needs_its_variance() {
        let rows: Vec<Vec<Option<f64>>> =
            [[1.0, 2.0, 1.5], [2.0, 2.0, 3.0], [3.0, 2.0, 2.0], [5.0, 2.0, 6.0]]
                .iter()
                .map(|row| row.iter().copied().map(Some).collect())
                .collect();
        let found = reliability(&rows, &quick()).unwrap();
        assert!(found.alpha.is_ok());
        assert_eq!(found.split_half, Err(Uncomputable::NoVariance), "the even half is the constant item");
        assert_eq!(found.omega_total, Err(Uncomputable::NoVariance));
        assert_eq!(found.items[1].skew, Err(Uncomputable::NoVariance));
        assert_eq!(found.items[1].item_rest, Err(Uncomputable::NoVariance));
        assert_eq!(found.items[1].mean, Ok(2.0));
        assert!(found.items[0].item_rest.is_ok());
    }

    #[test]
    fn nothing_at_all_has_reasons_and_no_numbers() {
        let empty = reliability(&[], &quick()).unwrap();
        assert_eq!(empty.alpha, Err(Uncomputable::TooFewItems { needed: 2, found: 0 }));
        let missing = reliability(&vec![vec![None, None, Some(1.0)]; 9], &quick()).unwrap();
        assert_eq!((missing.rows, missing.cases), (9, 0));
        assert_eq!(missing.alpha, Err(Uncomputable::TooFewCases { needed: 2, found: 0 }));
        assert_eq!(missing.items[0].mean, Err(Uncomputable::TooFewCases { needed: 1, found: 0 }));
        assert_eq!(missing.items[2].sd, Ok(0.0));
        assert_eq!(reliability(&[vec![Some(f64::INFINITY)]], &quick()), Err(Uncomputable::NotFinite));
        assert_eq!(reliability(&[vec![None], vec![]], &quick()), Err(Uncomputable::Ragged));
    }
}
