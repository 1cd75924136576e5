//! Intraclass correlations: the six forms of Shrout and Fleiss 1979 with their intervals.
//!
//! 1 = every unit has raters of its own, 2 = the same raters, a sample of those there could be (agreement), 3 = these raters
//! and no others (consistency); `k` = the mean of all raters instead of a single one. Units with a missing rating are left out.

use super::distribution::f_quantile;
use super::{Estimate, Interval, Uncomputable, finite};

/// The six forms. A coefficient is negative when units differ less than chance would make them, and has no interval when raters agree,
/// or contradict each other, so well that F has nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Icc {
    /// Units with all ratings.
    pub units: usize,
    /// Units left out.
    pub dropped: usize,
    /// Raters.
    pub raters: usize,
    /// ICC(1,1): single rating, one-way.
    pub icc1: Result<Estimate, Uncomputable>,
    /// ICC(2,1): single rating, two-way random, absolute agreement.
    pub icc2: Result<Estimate, Uncomputable>,
    /// ICC(3,1): single rating, two-way mixed, consistency.
    pub icc3: Result<Estimate, Uncomputable>,
    /// ICC(1,k): mean of the raters, one-way.
    pub icc1k: Result<Estimate, Uncomputable>,
    /// ICC(2,k): mean of the raters, two-way random, absolute agreement.
    pub icc2k: Result<Estimate, Uncomputable>,
    /// ICC(3,k): mean of the raters, two-way mixed, consistency; equals Cronbach's α.
    pub icc3k: Result<Estimate, Uncomputable>,
}

/// The six forms of a table of units × raters. A form that would have to divide by nothing, or that its formula carries out of what an
/// intraclass correlation can be, has a reason of its own: where all units have the same mean, single ratings still have theirs.
///
/// # Errors
/// Ragged rows, fewer than two raters or two complete units, a value that is not finite, or ratings that are all equal.
pub fn icc(rows: &[Vec<Option<f64>>], level: f64) -> Result<Icc, Uncomputable> {
    let raters = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != raters) {
        return Err(Uncomputable::Ragged);
    }
    let complete: Vec<Vec<f64>> = rows.iter().filter_map(|row| row.iter().copied().collect()).collect();
    if raters < 2 && !rows.is_empty() {
        return Err(Uncomputable::WrongCoders { needed: 2, found: raters });
    }
    if complete.len() < 2 {
        return Err(Uncomputable::TooFewCases { needed: 2, found: complete.len() });
    }
    let squares = MeanSquares::of(&complete)?;
    let (n, k) = (complete.len() as f64, raters as f64);
    let MeanSquares { between, within, raters: judges, error } = squares;
    let tail = 0.5 + level / 2.0;
    // Terms that cancel out leave rounding, and a coefficient of any size.
    let sum = |terms: [f64; 3]| {
        let (sum, sizes) = (terms.iter().sum::<f64>(), terms.iter().map(|term| term.abs()).sum::<f64>());
        if sum.abs() <= 64.0 * f64::EPSILON * sizes { 0.0 } else { sum }
    };
    let form = |above: f64, below: f64, least: f64, interval: Option<Interval>| {
        let value = finite(above / below).map_err(|_| Uncomputable::NoVariance)?;
        let possible = (least - 1e-9..=1.0 + 1e-9).contains(&value);
        if possible { Ok(Estimate { value, se: None, interval }) } else { Err(Uncomputable::OutOfRange) }
    };
    let lowest = f64::NEG_INFINITY;

    // One-way and consistency rest on one F each.
    let by_f = |mean_square: f64, df2: f64| -> Option<(f64, f64)> {
        let f = Some(between / mean_square).filter(|f| f.is_finite())?;
        Some((f / f_quantile(tail, n - 1.0, df2)?, f * f_quantile(tail, df2, n - 1.0)?))
    };
    let one = |f: f64| (f - 1.0) / (f + k - 1.0);
    let mean = |f: f64| 1.0 - 1.0 / f;
    let ends = |f: Option<(f64, f64)>, of: &dyn Fn(f64) -> f64| {
        // Raters who agree, or contradict each other, without an exception leave F nothing to divide by, and no error to speak of.
        f.and_then(|(low, high)| Interval::between(of(low), of(high)))
    };
    let one_way = by_f(within, n * (k - 1.0));
    let consistent = by_f(error, (n - 1.0) * (k - 1.0));

    let agreement = (between - error, sum([between, (k - 1.0 - k / n) * error, k * judges / n]));
    let interval = agreement_interval(&squares, agreement.0 / agreement.1, n, k, tail);
    let stepped_up = |low: f64| k * low / (1.0 + (k - 1.0) * low);
    let mean_interval = interval.and_then(|i| Interval::between(stepped_up(i.low), stepped_up(i.high)));
    Ok(Icc {
        units: complete.len(),
        dropped: rows.len() - complete.len(),
        raters,
        icc1: form(between - within, between + (k - 1.0) * within, -1.0, ends(one_way, &one)),
        icc2: form(agreement.0, agreement.1, -1.0, interval),
        icc3: form(between - error, between + (k - 1.0) * error, -1.0, ends(consistent, &one)),
        icc1k: form(between - within, between, lowest, ends(one_way, &mean)),
        icc2k: form(between - error, sum([between, judges / n, -error / n]), lowest, mean_interval),
        icc3k: form(between - error, between, lowest, ends(consistent, &mean)),
    })
}

/// The interval of ICC(2,1), with Satterthwaite's degrees of freedom.
fn agreement_interval(squares: &MeanSquares, icc: f64, n: f64, k: f64, tail: f64) -> Option<Interval> {
    let MeanSquares { between, raters: judges, error, .. } = *squares;
    let f = judges / error;
    let rest = n * (1.0 + (k - 1.0) * icc) - k * icc;
    let df = (k - 1.0) * (n - 1.0) * (k * icc * f + rest).powi(2)
        / ((n - 1.0) * (k * icc * f).powi(2) + rest.powi(2));
    let (upper, lower) = (f_quantile(tail, n - 1.0, df)?, f_quantile(tail, df, n - 1.0)?);
    let shared = k * judges + (k * n - k - n) * error;
    let low = n * (between - upper * error) / (upper * shared + n * between);
    let high = n * (lower * between - error) / (shared + n * lower * between);
    Interval::between(low, high)
}

/// Mean squares of the two-way table.
#[derive(Clone, Copy)]
struct MeanSquares {
    between: f64,
    within: f64,
    raters: f64,
    error: f64,
}

impl MeanSquares {
    fn of(rows: &[Vec<f64>]) -> Result<Self, Uncomputable> {
        let (n, k) = (rows.len() as f64, rows.first().map_or(0, Vec::len) as f64);
        // Around their mean: what all values have in common must not cost the digits in which they differ.
        let common = rows.iter().flatten().sum::<f64>() / (n * k);
        let rows: Vec<Vec<f64>> =
            rows.iter().map(|row| row.iter().map(|value| value - common).collect()).collect();
        let grand = rows.iter().flatten().sum::<f64>() / (n * k);
        let unit: Vec<f64> = rows.iter().map(|row| row.iter().sum::<f64>() / k).collect();
        let rater: Vec<f64> =
            (0..k as usize).map(|j| rows.iter().map(|row| row[j]).sum::<f64>() / n).collect();
        let spread = |means: &[f64]| means.iter().map(|mean| (mean - grand).powi(2)).sum::<f64>();
        let cells =
            || rows.iter().zip(&unit).flat_map(|(row, mean)| row.iter().zip(&rater).map(move |c| (c, mean)));
        let inside: f64 = cells().map(|((x, _), mean)| (x - mean).powi(2)).sum();
        // Residuals one by one: a difference of sums would leave rounding where raters agree exactly.
        let left: f64 = cells().map(|((x, rater), mean)| (x - mean - rater + grand).powi(2)).sum();
        let between = finite(k * spread(&unit) / (n - 1.0))?;
        // What rounding leaves of a residual that is nothing, squared.
        let largest = rows.iter().flatten().fold(0.0_f64, |most, value| most.max(value.abs()));
        let tiny = (64.0 * f64::EPSILON * largest).powi(2);
        let cleaned = |value: f64| if value <= tiny { 0.0 } else { value };
        let found = Self {
            between: cleaned(between),
            within: cleaned(finite(inside / (n * (k - 1.0)))?),
            raters: cleaned(finite(n * spread(&rater) / (k - 1.0))?),
            error: cleaned(finite(left / ((n - 1.0) * (k - 1.0)))?),
        };
        if found.between + found.within <= 0.0 { Err(Uncomputable::NoVariance) } else { Ok(found) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[f64; 4]]) -> Vec<Vec<Option<f64>>> {
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect()
    }

    #[test]
    fn shrout_and_fleiss_table() {
        // Shrout and Fleiss 1979, tables 2 and 4: six targets, four judges.
        let rows = table(&[
            [9.0, 2.0, 5.0, 8.0],
            [6.0, 1.0, 3.0, 2.0],
            [8.0, 4.0, 6.0, 8.0],
            [7.0, 1.0, 2.0, 6.0],
            [10.0, 5.0, 6.0, 9.0],
            [6.0, 2.0, 4.0, 7.0],
        ]);
        let found = icc(&rows, 0.95).unwrap();
        let forms = [found.icc1, found.icc2, found.icc3, found.icc1k, found.icc2k, found.icc3k];
        for (form, published) in forms.map(Result::unwrap).iter().zip([0.17, 0.29, 0.71, 0.44, 0.62, 0.91]) {
            assert!((form.value - published).abs() < 0.005, "{form:?} {published}");
            let interval = form.interval.unwrap();
            assert!(interval.low < form.value && form.value < interval.high, "{form:?}");
        }
    }

    #[test]
    fn perfect_consistency_is_one_without_an_interval() {
        let rows = table(&[[1.0, 2.0, 3.0, 4.0], [2.0, 3.0, 4.0, 5.0], [4.1, 5.1, 6.1, 7.1]]);
        let found = icc(&rows, 0.95).unwrap();
        assert_eq!(found.icc3, Ok(Estimate { value: 1.0, se: None, interval: None }));
        assert!(found.icc2.unwrap().value < 1.0);
    }

    #[test]
    fn raters_who_run_exactly_against_each_other() {
        // Every unit has the same mean: no variance between units, all of it within.
        let rows: Vec<Vec<Option<f64>>> =
            [(1.0, 4.0), (2.0, 3.0), (3.0, 2.0), (4.0, 1.0)].map(|(a, b)| vec![Some(a), Some(b)]).to_vec();
        let found = icc(&rows, 0.95).unwrap();
        assert_eq!((found.icc1.unwrap().value, found.icc3.unwrap().value), (-1.0, -1.0));
        assert_eq!(
            (found.icc1k, found.icc3k),
            (Err(Uncomputable::NoVariance), Err(Uncomputable::NoVariance))
        );
        // (0 − e)/(0 − e/4) = 4 and −e/(e − e/2) = −2: no correlations.
        assert_eq!((found.icc2, found.icc2k), (Err(Uncomputable::OutOfRange), Err(Uncomputable::OutOfRange)));
    }

    #[test]
    fn terms_that_cancel_out_leave_no_coefficient() {
        // Of the first, MSB + (MSJ − MSE)/n = 5/9 − 20/36 = 0.
        for rows in [
            &[[1.0, 4.0, 2.0], [2.0, 3.0, 3.0], [3.0, 2.0, 1.0], [4.0, 1.0, 4.0]].map(Vec::from)[..],
            &[[4.0, 4.0], [3.0, 4.0], [2.0, 4.0], [4.0, 4.0], [5.0, 1.0]].map(Vec::from),
        ] {
            let rows: Vec<Vec<Option<f64>>> =
                rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
            assert_eq!(icc(&rows, 0.95).unwrap().icc2k, Err(Uncomputable::NoVariance));
        }
    }

    #[test]
    fn what_has_no_value_says_why() {
        assert_eq!(icc(&table(&[[3.0; 4], [3.0; 4]]), 0.95), Err(Uncomputable::NoVariance));
        assert_eq!(icc(&table(&[[1.0; 4]]), 0.95), Err(Uncomputable::TooFewCases { needed: 2, found: 1 }));
        let one = vec![vec![Some(1.0)], vec![Some(2.0)]];
        assert_eq!(icc(&one, 0.95), Err(Uncomputable::WrongCoders { needed: 2, found: 1 }));
        let missing = vec![vec![Some(1.0), None], vec![Some(2.0), Some(2.5)], vec![Some(4.0), Some(3.0)]];
        assert_eq!(icc(&missing, 0.95).unwrap().dropped, 1);
    }

    #[test]
    fn what_all_values_have_in_common_costs_no_digit() {
        let rows = |far: f64, both: f64| -> Vec<Vec<Option<f64>>> {
            let at = |n: i32| f64::from(n * 37 % 11) / 4.0;
            (0..20)
                .map(|n| vec![Some(at(n) + far + both), Some(at(n) + f64::from(n % 3) / 2.0 + both)])
                .collect()
        };
        let near = icc(&rows(0.0, 0.0), 0.95).unwrap().icc3.unwrap();
        for (far, both) in [(1e5, 0.0), (1e7, 0.0), (1e9, 0.0), (0.0, 1e9)] {
            let icc3 = icc(&rows(far, both), 0.95).unwrap().icc3.unwrap();
            assert!(
                (icc3.value - near.value).abs() < 1e-6 && icc3.interval.is_some(),
                "{far} {both}: {icc3:?}"
            );
        }
    }
}
