//! Coefficients with bootstrap intervals. Owns the draws and the refits; the strength of the penalty is the model's.
//!
//! Rows are drawn with replacement within each label, so that no resample loses a class; where rows belong to groups, whole
//! groups are drawn. Means and SDs stay those of the whole table, so that every refit uses the same units. The interval is not
//! a confidence interval of the true coefficient: it shows how far the penalised one varies from sample to sample, and a
//! penalty always pulls towards zero.

use serde::{Deserialize, Serialize};

use super::ExplainOptions;
use crate::classify::dataset::Dataset;
use crate::classify::metrics::Metric;
use crate::classify::model::Model;
use crate::classify::parallel;
use crate::classify::train::{Training, refit};
use crate::instrument::construct::RelationalModel;
use crate::psychometrics::Interval;
use crate::psychometrics::descriptive::quantile;
use crate::rng::Rng;

/// Coefficients and their uncertainty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Coefficients {
    /// Resamples asked for.
    pub resamples: usize,
    /// Resamples that had a fit; the others lacked a class.
    pub fitted: usize,
    /// Whether whole groups of rows were drawn.
    pub by_group: bool,
    /// By class and column.
    pub terms: Vec<Term>,
}

/// One coefficient.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Term {
    /// The class whose score it moves.
    pub class: RelationalModel,
    /// The column: a feature, or "… is missing".
    pub column: String,
    /// Log-odds for each SD of the column, against the average of the classes; divided by the model's temperature. With a
    /// 95 % percentile interval; none if fewer than half of the resamples had a fit.
    #[serde(flatten)]
    pub log_odds: Metric,
    /// Share of the refits in which it has the sign that it has in the model.
    pub same_sign: Option<f64>,
}

/// The coefficients of a linear model; `None` for another form. `clusters` is the group of each row.
pub(super) fn coefficients(
    data: &Dataset,
    model: &Model,
    how: &Training,
    clusters: Option<&[usize]>,
    plan: &ExplainOptions<'_>,
) -> Option<Coefficients> {
    let own = per_sd(model.form.linear()?.0, model.temperature);
    let strata = strata(data, clusters);
    let refits = parallel::map((0..plan.resamples).collect(), |resample: usize| {
        let mut rng = Rng::for_purpose(plan.seed, &format!("coefficients, resample {resample}"));
        let times = draw(&strata, clusters.is_some(), data.len(), &mut rng);
        let form = refit(data, model, how, &times).ok()?;
        Some(per_sd(form.linear()?.0, model.temperature))
    });
    let refits: Vec<Vec<f64>> = refits.into_iter().flatten().collect();
    let enough = !refits.is_empty() && refits.len() * 2 >= plan.resamples;
    let columns = model.encoding.names(&model.feature_names);
    let places = model.classes.iter().flat_map(|class| columns.iter().map(move |column| (*class, column)));
    let terms = places.zip(&own).enumerate().map(|(place, ((class, column), &value))| {
        let drawn: Vec<f64> = refits.iter().filter_map(|refit| refit.get(place).copied()).collect();
        let same = drawn.iter().filter(|other| **other * value > 0.0 || **other == value).count();
        Term {
            class,
            column: column.clone(),
            log_odds: Metric { value: Some(value), interval: if enough { interval(&drawn) } else { None } },
            same_sign: enough.then(|| same as f64 / drawn.len() as f64),
        }
    });
    Some(Coefficients {
        resamples: plan.resamples,
        fitted: refits.len(),
        by_group: clusters.is_some(),
        terms: terms.collect(),
    })
}

/// By class and column: coefficients less their mean over the classes, divided by the temperature. The penalty makes that mean zero;
/// taking it out removes what a fit leaves of it.
fn per_sd(coefficients: &[Vec<f64>], temperature: f64) -> Vec<f64> {
    let classes = coefficients.len() as f64;
    let columns = coefficients.first().map_or(0, Vec::len);
    let means: Vec<f64> = (0..columns)
        .map(|column| coefficients.iter().filter_map(|own| own.get(column)).sum::<f64>() / classes)
        .collect();
    let centred = |own: &Vec<f64>| -> Vec<f64> {
        own.iter().zip(&means).map(|(coefficient, mean)| (coefficient - mean) / temperature).collect()
    };
    coefficients.iter().flat_map(centred).collect()
}

fn interval(drawn: &[f64]) -> Option<Interval> {
    Interval::between(quantile(drawn, 0.025).ok()?, quantile(drawn, 0.975).ok()?)
}

/// What is drawn from: the rows of each label, or the rows of each group.
fn strata(data: &Dataset, clusters: Option<&[usize]>) -> Vec<Vec<usize>> {
    let of_row = |row: usize| match clusters {
        Some(clusters) => clusters.get(row).copied().unwrap_or(0),
        None => data.labels()[row].index(),
    };
    let mut strata = vec![Vec::new(); (0..data.len()).map(of_row).max().map_or(0, |last| last + 1)];
    (0..data.len()).for_each(|row| strata[of_row(row)].push(row));
    strata
}

/// How often each row is in a resample.
fn draw(strata: &[Vec<usize>], by_group: bool, rows: usize, rng: &mut Rng) -> Vec<u32> {
    let mut times = vec![0; rows];
    for stratum in strata {
        if by_group {
            // As many groups as there are; each with all its rows.
            strata[rng.below(strata.len())].iter().for_each(|&row| times[row] += 1);
        } else {
            (0..stratum.len()).for_each(|_| times[stratum[rng.below(stratum.len())]] += 1);
        }
    }
    times
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_keep_every_label_and_groups_whole() {
        let strata = vec![vec![0, 2, 4], vec![1, 3]];
        let mut rng = Rng::new(1);
        for _ in 0..50 {
            let times = draw(&strata, false, 5, &mut rng);
            assert_eq!((times[0] + times[2] + times[4], times[1] + times[3]), (3, 2));
            let times = draw(&strata, true, 5, &mut rng);
            assert!(times[0] == times[2] && times[2] == times[4] && times[1] == times[3]);
            assert_eq!(times[0] + times[1], 2);
        }
    }
}
