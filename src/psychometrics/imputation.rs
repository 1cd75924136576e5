//! Multiple imputation by chained equations (van Buuren 2018), and Rubin's rules for what comes of it.
//!
//! Each column with gaps is drawn in turn from a Bayesian linear regression on other columns as they stand, by predictive mean matching:
//! the value of one of the five cases whose prediction is nearest (Little 1988; type 1 matching of van Buuren), so that nothing is imputed
//! that nobody answered. The caller says which gaps may be filled and which columns may speak for which; nothing else is touched.

use nalgebra::{DMatrix, DVector};
use serde::Serialize;

use super::descriptive::{correlation, mean, variance};
use super::distribution::t_critical;
use super::{Interval, Uncomputable, finite};
use crate::rng::Rng;

/// Imputations. Twenty are enough for intervals that do not change with the seed as long as a fifth is missing (White, Royston and Wood 2011).
pub const IMPUTATIONS: usize = 20;
/// Rounds over all columns before an imputation is taken.
const ROUNDS: usize = 5;
/// Cases that a value is drawn from.
const DONORS: usize = 5;
/// A predictor needs so many cases, or the regression learns them by heart.
const CASES_A_PREDICTOR: usize = 5;
/// What is added to the diagonal, as a share of it, so that columns that nearly follow from each other do no harm.
const RIDGE: f64 = 1e-5;
/// Fewest observed values that others are drawn from.
pub const FEWEST: usize = 10;

/// A column with what may be done to it.
#[derive(Debug, Clone, PartialEq)]
pub struct IncompleteVariable {
    /// Values by case.
    pub values: Vec<Option<f64>>,
    /// Cases whose gap is to be filled. A gap that is not among them stays.
    pub gaps: Vec<usize>,
    /// The scale that it belongs to; other columns of it speak for it one by one, those of other scales through their mean.
    pub scale: usize,
}

/// One imputation, the one of this number: by column, by case.
///
/// Equal seeds and numbers give equal values. A column with fewer than [`FEWEST`] observed values keeps its gaps.
pub fn impute(columns: &[IncompleteVariable], number: usize, seed: u64) -> Vec<Vec<Option<f64>>> {
    let rng = &mut Rng::for_purpose(seed, &format!("imputation {number}"));
    let mut now: Vec<Vec<Option<f64>>> = columns.iter().map(|column| column.values.clone()).collect();
    let open: Vec<(usize, Vec<usize>)> = columns
        .iter()
        .enumerate()
        .filter_map(|(at, column)| {
            let observed: Vec<usize> =
                (0..column.values.len()).filter(|case| column.values[*case].is_some()).collect();
            (!column.gaps.is_empty() && observed.len() >= FEWEST).then_some((at, observed))
        })
        .collect();
    // Any observed value is where a gap begins.
    for (at, observed) in &open {
        for case in &columns[*at].gaps {
            now[*at][*case] = now[*at][observed[rng.below(observed.len())]];
        }
    }
    for _ in 0..ROUNDS {
        for (at, observed) in &open {
            let filled = draw(columns, &now, *at, observed, rng);
            for (case, value) in columns[*at].gaps.iter().zip(filled) {
                now[*at][*case] = Some(value);
            }
        }
    }
    now
}

/// Values for the gaps of a column, from the others as they stand.
fn draw(
    columns: &[IncompleteVariable],
    now: &[Vec<Option<f64>>],
    at: usize,
    observed: &[usize],
    rng: &mut Rng,
) -> Vec<f64> {
    let column = &columns[at];
    let answers: Vec<f64> = observed.iter().filter_map(|case| column.values[*case]).collect();
    let predictors = predictors(columns, now, at, observed, &answers);
    let row = |case: usize| -> Vec<f64> { predictors.iter().map(|values| values[case]).collect() };
    let Some(regression) = Regression::of(observed.iter().map(|case| row(*case)).collect(), &answers) else {
        return column.gaps.iter().map(|_| answers[rng.below(answers.len())]).collect();
    };
    let (slopes, level) = regression.drawn(rng);
    let donors: Vec<(f64, f64)> =
        observed.iter().zip(&answers).map(|(case, value)| (regression.says(&row(*case)), *value)).collect();
    let of_gap = |case: &usize| {
        let wanted = Regression::by(&slopes, level, &regression.centre, &row(*case));
        let mut nearest: Vec<(f64, f64)> =
            donors.iter().map(|(says, value)| ((says - wanted).abs(), *value)).collect();
        let last = DONORS.min(nearest.len()) - 1;
        nearest.select_nth_unstable_by(last, |one, other| one.0.total_cmp(&other.0));
        nearest[rng.below(last + 1)].1
    };
    column.gaps.iter().map(of_gap).collect()
}

/// What speaks for a column: other columns of its scale and the means of other scales, each known of every case that is in question, and no
/// more of them than there are cases for, those that go with it most.
fn predictors(
    columns: &[IncompleteVariable],
    now: &[Vec<Option<f64>>],
    at: usize,
    observed: &[usize],
    answers: &[f64],
) -> Vec<Vec<f64>> {
    let own = columns[at].scale;
    let mut wanted: Vec<usize> = observed.iter().chain(&columns[at].gaps).copied().collect();
    wanted.sort_unstable();
    let cases = columns[at].values.len();
    let whole = |of: &dyn Fn(usize) -> Option<f64>| -> Option<Vec<f64>> {
        let mut values = vec![0.0; cases];
        for case in &wanted {
            values[*case] = of(*case)?;
        }
        Some(values)
    };
    let mut found: Vec<Vec<f64>> = Vec::new();
    let mut scales: Vec<usize> = columns.iter().map(|column| column.scale).collect();
    scales.sort_unstable();
    scales.dedup();
    for scale in scales {
        let members: Vec<usize> =
            (0..columns.len()).filter(|other| *other != at && columns[*other].scale == scale).collect();
        if scale == own {
            found.extend(members.iter().filter_map(|other| whole(&|case| now[*other][case])));
        } else {
            found.extend(whole(&|case| {
                let known: Vec<f64> = members.iter().filter_map(|other| now[*other][case]).collect();
                mean(&known).ok()
            }));
        }
    }
    let goes_with = |values: &Vec<f64>| {
        let of_observed: Vec<f64> = observed.iter().map(|case| values[*case]).collect();
        correlation(&of_observed, answers).map_or(-1.0, f64::abs)
    };
    let mut ranked: Vec<(f64, Vec<f64>)> =
        found.into_iter().map(|values| (goes_with(&values), values)).filter(|(r, _)| *r >= 0.0).collect();
    ranked.sort_by(|one, other| other.0.total_cmp(&one.0));
    ranked.truncate((observed.len() / CASES_A_PREDICTOR).max(1));
    ranked.into_iter().map(|(_, values)| values).collect()
}

/// A linear regression with what it takes to draw another one that the data would allow as well.
struct Regression {
    /// Means of the predictors, and the mean of what is predicted.
    centre: Vec<f64>,
    slopes: DVector<f64>,
    level: f64,
    /// Sum of squared residuals and its degrees of freedom.
    residual: (f64, f64),
    cases: f64,
    /// The root of the inverse of X'X.
    root: DMatrix<f64>,
}

impl Regression {
    fn of(rows: Vec<Vec<f64>>, answers: &[f64]) -> Option<Self> {
        let (n, k) = (rows.len(), rows.first()?.len());
        if k == 0 || n < k + 2 {
            return None;
        }
        let centre: Vec<f64> =
            (0..k).map(|j| rows.iter().map(|row| row[j]).sum::<f64>() / n as f64).collect();
        let level = mean(answers).ok()?;
        let x = DMatrix::from_fn(n, k, |i, j| rows[i][j] - centre[j]);
        let y = DVector::from_iterator(n, answers.iter().map(|value| value - level));
        let mut products = x.tr_mul(&x);
        (0..k).for_each(|j| products[(j, j)] *= 1.0 + RIDGE);
        let factored = products.cholesky()?;
        let slopes = factored.solve(&x.tr_mul(&y));
        let left = &y - &x * &slopes;
        let root = factored.l().transpose().try_inverse()?;
        let residual = (left.norm_squared(), (n - k - 1) as f64);
        Some(Self { centre, slopes, level, residual, cases: n as f64, root })
    }

    /// What the estimated one says.
    fn says(&self, row: &[f64]) -> f64 {
        Self::by(&self.slopes, self.level, &self.centre, row)
    }

    /// Another one from the posterior under a flat prior: σ² from its inverse χ², then level and slopes.
    fn drawn(&self, rng: &mut Rng) -> (DVector<f64>, f64) {
        let (sum, df) = self.residual;
        let chi: f64 = (0..df as usize).map(|_| rng.normal().powi(2)).sum();
        let sigma = (sum / chi.max(f64::MIN_POSITIVE)).sqrt();
        let noise = DVector::from_fn(self.slopes.len(), |_, _| rng.normal());
        let slopes = &self.slopes + &self.root * noise * sigma;
        (slopes, self.level + sigma * rng.normal() / self.cases.sqrt())
    }

    fn by(slopes: &DVector<f64>, level: f64, centre: &[f64], row: &[f64]) -> f64 {
        let each = slopes.iter().zip(row.iter().zip(centre));
        level + each.map(|(slope, (value, mean))| slope * (value - mean)).sum::<f64>()
    }
}

/// What imputations come to together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PooledEstimate {
    /// The mean of the estimates.
    pub value: f64,
    /// Variance within imputations.
    pub within: f64,
    /// Variance between imputations.
    pub between: f64,
    /// Both together.
    pub total: f64,
    /// Degrees of freedom.
    pub df: f64,
    /// The fraction of information that is missing.
    pub missing: f64,
    /// The interval.
    pub interval: Option<Interval>,
}

/// Rubin's rules (1987) for estimates with their squared standard errors: T = W̄ + (1 + 1/m)·B, with the degrees of freedom of Barnard and Rubin
/// (1999) for a complete sample of `complete` of them, and the fraction of missing information (r + 2/(ν + 3))/(r + 1), r = (1 + 1/m)·B/W̄, and
/// none where all estimates are the same.
///
/// # Errors
/// Fewer than two imputations, or values that are not finite.
pub fn pool(estimates: &[(f64, f64)], complete: f64, level: f64) -> Result<PooledEstimate, Uncomputable> {
    let m = estimates.len();
    if m < 2 {
        return Err(Uncomputable::TooFewCases { needed: 2, found: m });
    }
    let values: Vec<f64> = estimates.iter().map(|(value, _)| *value).collect();
    let value = finite(mean(&values)?)?;
    let within = finite(estimates.iter().map(|(_, variance)| variance).sum::<f64>() / m as f64)?;
    let between = variance(&values)?;
    let added = (1.0 + 1.0 / m as f64) * between;
    let total = within + added;
    if total <= 0.0 {
        return Ok(PooledEstimate {
            value,
            within,
            between,
            total,
            df: complete,
            missing: 0.0,
            interval: None,
        });
    }
    let share = added / total;
    let observed = (complete + 1.0) / (complete + 3.0) * complete * (1.0 - share);
    let df = match share > 0.0 {
        true => {
            let old = (m as f64 - 1.0) / (share * share);
            old * observed / (old + observed)
        }
        false => observed,
    };
    let r = added / within;
    // Where imputations agree nothing is missing; the correction for few of them would make a percent of it.
    let missing = match r {
        r if r < 1e-12 => 0.0,
        r if r.is_finite() => (r + 2.0 / (df + 3.0)) / (r + 1.0),
        _ => 1.0,
    };
    let half = t_critical(level, df).map(|t| t * total.sqrt());
    let interval = half.and_then(|half| Interval::between(value - half, value + half));
    Ok(PooledEstimate { value, within, between, total, df, missing, interval })
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPECTED: &str = include_str!("../../tests/fixtures/validity/expected.json");

    #[test]
    fn rubins_rules_equal_an_independent_computation() {
        let expected: serde_json::Value = serde_json::from_str(EXPECTED).unwrap();
        for case in expected["rubin"].as_array().unwrap() {
            let list = |name: &str| -> Vec<f64> {
                case[name].as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
            };
            let pairs: Vec<(f64, f64)> = list("estimates").into_iter().zip(list("variances")).collect();
            let number = |name: &str| case[name].as_f64().unwrap();
            let found = pool(&pairs, number("complete"), 0.95).unwrap();
            let ends = found.interval.unwrap();
            let all = [
                (found.value, "mean"),
                (found.within, "within"),
                (found.between, "between"),
                (found.total, "total"),
                (found.df, "df"),
                (found.missing, "fmi"),
                (ends.low, "low"),
                (ends.high, "high"),
            ];
            for (value, name) in all {
                let wanted = number(name);
                assert!((value - wanted).abs() < 1e-10 * wanted.abs().max(1.0), "{name}: {value} {wanted}");
            }
        }
        assert!(pool(&[(1.0, 0.1)], 10.0, 0.95).is_err());
        // What everybody answered was imputed nowhere: nothing of it is missing, whatever (r + 2/(ν + 3))/(r + 1) comes to.
        let complete = pool(&[(7.3, 0.02); 20], 99.0, 0.95).unwrap();
        assert_eq!(complete.missing, 0.0);
    }

    /// Cases of three columns that go together; the first of them is missing more often the higher the others are.
    fn columns(n: usize, rng: &mut Rng) -> (Vec<IncompleteVariable>, Vec<f64>) {
        let (mut first, mut other, mut third) = (Vec::new(), Vec::new(), Vec::new());
        let (mut whole, mut gaps) = (Vec::new(), Vec::new());
        let point = |value: f64| (4.0 + 1.4 * value).round().clamp(1.0, 7.0);
        for case in 0..n {
            let common = rng.normal();
            let values: [f64; 3] = std::array::from_fn(|_| point(0.8 * common + 0.6 * rng.normal()));
            let gone = rng.chance(1.0 / (1.0 + (-1.2 * (values[1] - 4.0)).exp()) * 0.7);
            whole.push(values[0]);
            first.push((!gone).then_some(values[0]));
            if gone {
                gaps.push(case);
            }
            other.push(Some(values[1]));
            third.push(Some(values[2]));
        }
        let known = |values, scale| IncompleteVariable { values, gaps: Vec::new(), scale };
        (vec![IncompleteVariable { values: first, gaps, scale: 0 }, known(other, 0), known(third, 1)], whole)
    }

    #[test]
    fn only_gaps_that_were_named_are_filled_and_only_with_answers() {
        let (mut columns, _) = columns(60, &mut Rng::new(3));
        let kept = columns[0].gaps.pop().unwrap();
        let imputed: Vec<_> = (0..3).map(|at| impute(&columns, at, 7)).collect();
        assert_eq!(imputed[2], impute(&columns, 2, 7));
        assert_ne!(imputed[2], impute(&columns, 2, 8));
        assert_ne!(imputed[2], imputed[1]);
        let answers: Vec<f64> = columns[0].values.iter().copied().flatten().collect();
        for set in &imputed {
            assert_eq!(set[0][kept], None);
            assert_eq!((&set[1], &set[2]), (&columns[1].values, &columns[2].values));
            for (case, value) in columns[0].values.iter().enumerate() {
                if value.is_some() {
                    assert_eq!(set[0][case], *value);
                } else if case != kept {
                    assert!(answers.contains(&set[0][case].unwrap()));
                }
            }
        }
    }

    #[test]
    fn a_column_with_next_to_nothing_keeps_its_gaps() {
        let values: Vec<Option<f64>> = (0..30).map(|case| (case < 9).then_some(f64::from(case))).collect();
        let columns = [
            IncompleteVariable { gaps: (9..30).collect(), values, scale: 0 },
            IncompleteVariable {
                values: (0..30).map(|case| Some(f64::from(case))).collect(),
                gaps: Vec::new(),
                scale: 1,
            },
        ];
        assert_eq!(impute(&columns, 0, 1)[0], columns[0].values);
    }

    /// Where what is missing hangs on what is known, intervals after imputation hold the truth and those of complete cases do not.
    #[test]
    fn intervals_hold_the_truth_where_what_is_missing_hangs_on_what_is_known() {
        let mut rng = Rng::new(1987);
        let (studies, n, truth) = (200, 120, 4.0);
        let (mut held, mut held_complete) = (0, 0);
        for study in 0..studies {
            let (columns, _) = columns(n, &mut rng);
            let of =
                |values: &[f64]| (mean(values).unwrap(), variance(values).unwrap() / values.len() as f64);
            let estimates: Vec<(f64, f64)> = (0..10)
                .map(|at| impute(&columns, at, study))
                .map(|set| of(&set[0].iter().copied().flatten().collect::<Vec<_>>()))
                .collect();
            let pooled = pool(&estimates, n as f64 - 1.0, 0.95).unwrap();
            let interval = pooled.interval.unwrap();
            held += usize::from((interval.low..=interval.high).contains(&truth));
            let complete: Vec<f64> = columns[0].values.iter().copied().flatten().collect();
            let (value, variance) = of(&complete);
            held_complete += usize::from((value - truth).abs() <= 1.98 * variance.sqrt());
        }
        let share = |held: usize| held as f64 / studies as f64;
        assert!((0.90..=0.99).contains(&share(held)), "{}", share(held));
        assert!(share(held_complete) < 0.7, "{}", share(held_complete));
    }
}
