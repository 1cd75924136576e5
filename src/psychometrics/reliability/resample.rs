//! Bootstrap of α and ω over respondents. Percentile intervals, resamples of complete cases with replacement.
//!
//! α of a resample needs no covariance matrix. The item variances enter only as a sum, and the sum over the items of Σx² is
//! a sum over respondents of a number that each of them carries along, as is the total score with its square. What is left for
//! every drawn respondent is one addition per item.

use std::collections::BTreeMap;

use nalgebra::DMatrix;

use crate::psychometrics::descriptive::{correlation_matrix, quantile};
use crate::psychometrics::factor::{self, FactorSolution};
use crate::psychometrics::{Interval, Uncomputable, parallel};
use crate::rng::Rng;

/// Resamples that one task does: each task has a random stream of its own, so that the number of threads changes nothing.
const SHARE: usize = 100;

/// Tables up to so many numbers are read in the order of the draws; for longer ones it is faster to count the draws first and to
/// read every row once, in order.
const FITS_IN_CACHE: usize = 1 << 17;

/// Percentile bootstrap interval of Cronbach's α over complete cases.
///
/// # Errors
/// Ragged rows, fewer than two items or cases, or resamples that all say one value, or most of which have no variance.
pub fn alpha_interval(
    rows: &[Vec<f64>],
    resamples: usize,
    level: f64,
    seed: u64,
) -> Result<Interval, Uncomputable> {
    alpha_interval_of(rows, &(0..rows.len()).collect::<Vec<_>>(), resamples, level, seed)
}

/// [`alpha_interval`] where a respondent may have several rows, which are drawn together; `respondents`: a number for each row.
///
/// # Errors
/// As [`alpha_interval`].
pub fn alpha_interval_of(
    rows: &[Vec<f64>],
    respondents: &[usize],
    resamples: usize,
    level: f64,
    seed: u64,
) -> Result<Interval, Uncomputable> {
    let (cases, items) = centred(rows)?;
    // By respondent: sums of the items, of squares, of squared totals, and the number of rows.
    let mut place: BTreeMap<usize, usize> = BTreeMap::new();
    let (mut flat, mut sums): (Vec<f64>, Vec<(f64, f64, f64)>) = (Vec::new(), Vec::new());
    for (row, respondent) in cases.chunks_exact(items).zip(respondents) {
        let at = *place.entry(*respondent).or_insert(sums.len());
        if at == sums.len() {
            flat.resize(flat.len() + items, 0.0);
            sums.push((0.0, 0.0, 0.0));
        }
        let total: f64 = row.iter().sum();
        let (squares, totals, count) = &mut sums[at];
        *squares += row.iter().map(|x| x * x).sum::<f64>();
        *totals += total * total;
        *count += 1.0;
        flat[at * items..(at + 1) * items].iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
    }
    let n = sums.len();
    let k = items as f64;
    let small = flat.len() <= FITS_IN_CACHE;
    let one = |rng: &mut Rng, item_sums: &mut [f64], times: &mut [u32]| {
        item_sums.fill(0.0);
        let (mut squares, mut totals, mut count) = (0.0, 0.0, 0.0);
        if small {
            for _ in 0..n {
                let drawn = rng.below(n);
                let (square, total, rows) = sums[drawn];
                squares += square;
                totals += total;
                count += rows;
                let row = &flat[drawn * items..(drawn + 1) * items];
                item_sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
            }
        } else {
            times.fill(0);
            (0..n).for_each(|_| times[rng.below(n)] += 1);
            for ((row, (square, total, rows)), &times) in flat.chunks_exact(items).zip(&sums).zip(&*times) {
                let times = f64::from(times);
                squares += times * square;
                totals += times * total;
                count += times * rows;
                item_sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += times * x);
            }
        }
        let own = squares - item_sums.iter().map(|sum| sum * sum).sum::<f64>() / count;
        let total = totals - item_sums.iter().sum::<f64>().powi(2) / count;
        (total > 1e-12 * totals && own > 1e-12 * squares).then(|| k / (k - 1.0) * (1.0 - own / total))
    };
    let share = |(task, count): (usize, usize)| {
        let mut rng = Rng::for_purpose(seed, &format!("alpha {task}"));
        let mut item_sums = vec![0.0; items];
        let mut times = vec![0; if small { 0 } else { n }];
        (0..count).filter_map(|_| one(&mut rng, &mut item_sums, &mut times)).collect::<Vec<f64>>()
    };
    percentiles(parallel::map(shares(resamples), share).concat(), resamples, level)
}

/// Percentile bootstrap interval of ω_total of one factor over complete cases; `solution` is that of all cases, from which each
/// search begins.
///
/// # Errors
/// As [`alpha_interval`], or resamples most of which have no solution.
pub fn omega_interval(
    rows: &[Vec<f64>],
    solution: &FactorSolution,
    resamples: usize,
    level: f64,
    seed: u64,
) -> Result<Interval, Uncomputable> {
    let (flat, items) = centred(rows)?;
    let n = rows.len();
    let start: Vec<f64> = solution.uniqueness.clone();
    let one = |rng: &mut Rng, drawn: &mut DMatrix<f64>| {
        // Respondents are columns, so that each is copied as one piece.
        for mut column in drawn.column_iter_mut() {
            let at = rng.below(n) * items;
            column.copy_from_slice(&flat[at..at + items]);
        }
        let mean = drawn.column_mean();
        let mut products = &*drawn * drawn.transpose();
        products -= &mean * mean.transpose() * n as f64;
        let spreads: Vec<f64> = (0..items).map(|i| products[(i, i)].sqrt()).collect();
        if !spreads.iter().all(|spread| *spread > 1e-9) {
            return None;
        }
        let correlation = DMatrix::from_fn(items, items, |i, j| {
            if i == j { 1.0 } else { products[(i, j)] / (spreads[i] * spreads[j]) }
        });
        let found = factor::search(&correlation, 1, &start).ok()?;
        let loadings: Vec<f64> = found.loadings.iter().flatten().copied().collect();
        Some(factor::omega_total(&loadings, &found.uniqueness)).filter(|omega| omega.is_finite())
    };
    let share = |(task, count): (usize, usize)| {
        let mut rng = Rng::for_purpose(seed, &format!("omega {task}"));
        let mut drawn = DMatrix::zeros(items, n);
        (0..count).filter_map(|_| one(&mut rng, &mut drawn)).collect::<Vec<f64>>()
    };
    percentiles(parallel::map(shares(resamples), share).concat(), resamples, level)
}

/// All rows in one piece, each column moved to a mean of zero so that sums of squares lose no digits.
fn centred(rows: &[Vec<f64>]) -> Result<(Vec<f64>, usize), Uncomputable> {
    let items = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != items) {
        return Err(Uncomputable::Ragged);
    }
    if rows.len() < 2 {
        return Err(Uncomputable::TooFewCases { needed: 2, found: rows.len() });
    }
    if items < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: items });
    }
    let n = rows.len() as f64;
    let means: Vec<f64> = (0..items).map(|item| rows.iter().map(|row| row[item]).sum::<f64>() / n).collect();
    let flat: Vec<f64> =
        rows.iter().flat_map(|row| row.iter().zip(&means).map(|(x, mean)| x - mean)).collect();
    if flat.iter().any(|x| !x.is_finite()) {
        return Err(Uncomputable::NotFinite);
    }
    Ok((flat, items))
}

/// The resamples in tasks of equal size: number and count of each.
fn shares(resamples: usize) -> Vec<(usize, usize)> {
    (0..resamples.div_ceil(SHARE)).map(|task| (task, SHARE.min(resamples - task * SHARE))).collect()
}

/// An interval from what the resamples gave; none when most of them gave nothing.
fn percentiles(kept: Vec<f64>, resamples: usize, level: f64) -> Result<Interval, Uncomputable> {
    if kept.len() * 2 < resamples || kept.is_empty() {
        return Err(Uncomputable::NoVariance);
    }
    let tail = (1.0 - level) / 2.0;
    Interval::between(quantile(&kept, tail)?, quantile(&kept, 1.0 - tail)?).ok_or(Uncomputable::NoVariance)
}

/// The correlation matrix and its one-factor solution.
pub(super) fn one_factor(rows: &[Vec<f64>]) -> Result<FactorSolution, Uncomputable> {
    factor::minres(&correlation_matrix(rows)?, 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::psychometrics::descriptive::covariance_matrix;
    use crate::psychometrics::reliability::alpha_from_covariance;

    fn answers(n: usize, items: usize) -> Vec<Vec<f64>> {
        let mut rng = Rng::new(9);
        let row = |_| {
            let trait_level = rng.normal();
            (0..items).map(|_| (4.0 + trait_level + 1.2 * rng.normal()).round()).collect()
        };
        (0..n).map(row).collect()
    }

    #[test]
    fn the_short_sums_are_those_of_the_covariance_matrix() {
        let rows = answers(60, 5);
        // The same draws as the first task, worked out in full.
        let mut rng = Rng::for_purpose(3, "alpha 0");
        let mut slow: Vec<f64> = (0..SHARE)
            .map(|_| {
                let drawn: Vec<Vec<f64>> = (0..60).map(|_| rows[rng.below(60)].clone()).collect();
                alpha_from_covariance(&covariance_matrix(&drawn).unwrap()).unwrap()
            })
            .collect();
        slow.sort_by(f64::total_cmp);
        let found = alpha_interval(&rows, SHARE, 0.95, 3).unwrap();
        assert!((found.low - quantile(&slow, 0.025).unwrap()).abs() < 1e-10);
        assert!((found.high - quantile(&slow, 0.975).unwrap()).abs() < 1e-10);
    }

    #[test]
    fn a_long_table_is_resampled_like_a_short_one() {
        let rows = answers(FITS_IN_CACHE / 8 + 1, 8);
        let value = alpha_from_covariance(&covariance_matrix(&rows).unwrap()).unwrap();
        let found = alpha_interval(&rows, 60, 0.95, 1).unwrap();
        assert!(found.low < value && value < found.high, "{found:?} around {value}");
        assert!(found.high - found.low < 0.02, "{found:?}");
    }

    #[test]
    fn alpha_and_omega_have_intervals_of_like_width() {
        let rows = answers(200, 6);
        let alpha = alpha_interval(&rows, 1_000, 0.95, 1).unwrap();
        let omega = omega_interval(&rows, &one_factor(&rows).unwrap(), 300, 0.95, 1).unwrap();
        let width = |interval: Interval| interval.high - interval.low;
        assert!((width(alpha) / width(omega) - 1.0).abs() < 0.3, "{alpha:?} {omega:?}");
        assert_eq!(alpha, alpha_interval(&rows, 1_000, 0.95, 1).unwrap());
        assert_ne!(alpha, alpha_interval(&rows, 1_000, 0.95, 2).unwrap());
    }

    #[test]
    fn rows_of_one_respondent_are_drawn_together() {
        let rows = answers(100, 6);
        let twice: Vec<Vec<f64>> = rows.iter().flat_map(|row| [row.clone(), row.clone()]).collect();
        let whose: Vec<usize> = (0..200).map(|at| at / 2).collect();
        let found = alpha_interval_of(&twice, &whose, 1_000, 0.95, 1).unwrap();
        // Everybody said the same again, so that nothing more is known than from once.
        let once = alpha_interval(&rows, 1_000, 0.95, 1).unwrap();
        assert!((found.low - once.low).abs() < 1e-9 && (found.high - once.high).abs() < 1e-9, "{found:?}");
        let alone = alpha_interval(&twice, 1_000, 0.95, 1).unwrap();
        assert!(alone.high - alone.low < 0.9 * (once.high - once.low), "{alone:?} {once:?}");
    }

    #[test]
    fn what_cannot_be_resampled_says_why() {
        let constant = vec![vec![1.0, 2.0]; 5];
        assert_eq!(alpha_interval(&constant, 100, 0.95, 1), Err(Uncomputable::NoVariance));
        // Whoever is drawn, the second item is twice the first: every resample says 8/9.
        let doubled: Vec<Vec<f64>> = (1..5).map(|n| vec![f64::from(n), f64::from(2 * n)]).collect();
        assert_eq!(alpha_interval(&doubled, 1_000, 0.95, 1), Err(Uncomputable::NoVariance));
        let two = [vec![1.0, 2.0, 1.0], vec![4.0, 4.0, 5.0]];
        assert_eq!(alpha_interval(&two, 1_000, 0.95, 1), Err(Uncomputable::NoVariance));
        assert!(matches!(alpha_interval(&[], 100, 0.95, 1), Err(Uncomputable::TooFewCases { .. })));
        assert_eq!(alpha_interval(&answers(9, 3), 0, 0.95, 1), Err(Uncomputable::NoVariance));
    }
}
