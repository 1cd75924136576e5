//! The learning curve: performance with fewer rows, and the expected gain from more.
//!
//! Owns the thinning of training parts and the extrapolation. Makes no promises: a value beyond the table comes from a line
//! through the measured points, is labelled as such, and has an interval.

use serde::{Deserialize, Serialize};

use super::{DividedBy, Division, EvaluateError, from_parts};
use crate::classify::dataset::Dataset;
use crate::classify::metrics::{LEAST_PROBABILITY, Metric, Predictions, evaluate_clusters};
use crate::classify::train::Training;
use crate::psychometrics::LEVEL;
use crate::psychometrics::bootstrap::percentile_intervals;
use crate::rng::Rng;

/// Shares of the training rows.
const SHARES: [f64; 5] = [0.2, 0.4, 0.6, 0.8, 1.0];
/// Thinnings at each share below all: which rows remain is chance, and a single draw could look like a feature of the curve.
const THINNINGS: usize = 3;

/// A learning curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningCurve {
    /// From the fewest rows to all.
    pub points: Vec<CurvePoint>,
    /// How many further rows were asked about.
    pub more: usize,
    /// Expected log loss with them, from loss = a + b/rows through the points. No value where the points do not fall, because
    /// then nothing can be concluded. The interval redraws held-out rows (or groups) and thinnings and continues each resampled
    /// curve; it takes the form of the curve as given.
    pub expected_log_loss: Metric,
    /// Its change against all rows, below zero where they help; the interval is there even without a value.
    pub expected_change: Metric,
}

/// One point of the curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CurvePoint {
    /// Mean number of rows that the fits saw.
    pub rows: f64,
    /// Thinnings that the numbers are means over.
    pub thinnings: usize,
    /// Out-of-fold log loss.
    pub log_loss: Metric,
    /// Out-of-fold accuracy.
    pub accuracy: Metric,
    /// Out-of-fold balanced accuracy.
    pub balanced_accuracy: Metric,
}

/// A point with what its interval and the extrapolation's are made from.
struct Measured {
    point: CurvePoint,
    /// By thinning and row.
    losses: Vec<Vec<f64>>,
}

/// The curve of a table. The held-out rows are the same at every point; training parts are thinned by label, at least two
/// rows of each class staying; rows `beside` the table train at every point and are not counted. A share at which some part
/// cannot be fitted is left out.
///
/// # Errors
/// The whole training parts cannot be fitted.
pub fn learning_curve(
    data: &Dataset,
    beside: Option<&Dataset>,
    division: &Division,
    how: &Training,
    resamples: usize,
    more: usize,
) -> Result<LearningCurve, EvaluateError> {
    // What is drawn together: the rows of a group, else single rows.
    let clusters: Vec<usize> =
        if division.by == DividedBy::Group { division.part.clone() } else { (0..data.len()).collect() };
    let mut measured = Vec::new();
    for share in SHARES {
        match measure((data, beside), division, how, share, resamples, &clusters) {
            Ok(found) => measured.push(found),
            Err(why) if share == 1.0 => return Err(why),
            Err(_) => {}
        }
    }
    let (expected_log_loss, expected_change) =
        expected(&measured, &clusters, more as f64, resamples, how.seed);
    let points = measured.into_iter().map(|found| found.point).collect();
    Ok(LearningCurve { points, more, expected_log_loss, expected_change })
}

fn measure(
    (data, beside): (&Dataset, Option<&Dataset>),
    division: &Division,
    how: &Training,
    share: f64,
    resamples: usize,
    clusters: &[usize],
) -> Result<Measured, EvaluateError> {
    let thinnings = if share < 1.0 { THINNINGS } else { 1 };
    let parts = division.names.len().max(1);
    let (mut seen, mut losses) = (0, Vec::new());
    let mut all = Predictions { truth: Vec::new(), called: Vec::new(), probabilities: Some(Vec::new()) };
    for thinning in 0..thinnings {
        let keep = |inside: Vec<usize>| thin(data, inside, share, how.seed, thinning);
        for part in 0..division.names.len() {
            seen += keep((0..data.len()).filter(|&row| division.part[row] != part).collect()).len();
        }
        let found = from_parts(data, beside, division, how, keep)?;
        losses.push(losses_of(&found));
        all.truth.extend(&found.truth);
        all.called.extend(&found.called);
        all.probabilities.iter_mut().for_each(|all| all.extend(found.probabilities.iter().flatten()));
    }
    let mut rng = Rng::for_purpose(how.seed, "intervals of the learning curve");
    let found = evaluate_clusters(&all, Some(&clusters.repeat(thinnings)), resamples, &mut rng);
    let point = CurvePoint {
        rows: seen as f64 / (parts * thinnings) as f64,
        thinnings,
        log_loss: found.log_loss,
        accuracy: found.accuracy,
        balanced_accuracy: found.balanced_accuracy,
    };
    Ok(Measured { point, losses })
}

fn losses_of(predictions: &Predictions) -> Vec<f64> {
    let shares = predictions.probabilities.iter().flatten();
    let loss = |(truth, shares): (&crate::instrument::RelationalModel, &[f64; 4])| {
        -shares[truth.index()].clamp(LEAST_PROBABILITY, 1.0).ln()
    };
    predictions.truth.iter().zip(shares).map(loss).collect()
}

/// The log loss that more rows would lead to, and its change against the last point.
fn expected(
    measured: &[Measured],
    clusters: &[usize],
    more: f64,
    resamples: usize,
    seed: u64,
) -> (Metric, Metric) {
    let mut members = vec![Vec::new(); clusters.iter().max().map_or(0, |last| last + 1)];
    clusters.iter().enumerate().for_each(|(row, &cluster)| members[cluster].push(row));
    let rows: Vec<f64> = measured.iter().map(|found| found.point.rows).collect();
    let means: Vec<f64> = measured.iter().filter_map(|found| found.point.log_loss.value).collect();
    let value = extrapolate(&rows, &means, more).filter(|found| found.slope > 0.0);
    let mut rng = Rng::for_purpose(seed, "intervals of what more rows would buy");
    let mut luck = Rng::for_purpose(seed, "thinnings of what more rows would buy");
    let [loss, change] = percentile_intervals(members.len(), resamples, LEVEL, &mut rng, |drawn| {
        let n: usize = drawn.iter().map(|&cluster| members[cluster].len()).sum();
        let means: Vec<f64> = measured
            .iter()
            .map(|found| {
                let losses = &found.losses[luck.below(found.losses.len())];
                let of_cluster =
                    |&cluster: &usize| members[cluster].iter().map(|&row| losses[row]).sum::<f64>();
                drawn.iter().map(of_cluster).sum::<f64>() / n.max(1) as f64
            })
            .collect();
        let found = extrapolate(&rows, &means, more);
        [found.map(|found| found.loss), found.map(|found| found.change)]
    });
    (
        Metric { value: value.map(|found| found.loss), interval: loss },
        Metric { value: value.map(|found| found.change), interval: change },
    )
}

/// A share of some rows, stratified by label.
fn thin(data: &Dataset, rows: Vec<usize>, share: f64, seed: u64, thinning: usize) -> Vec<usize> {
    if share >= 1.0 {
        return rows;
    }
    let mut kept = Vec::new();
    for class in data.classes() {
        let members: Vec<usize> = rows.iter().copied().filter(|&row| data.labels()[row] == class).collect();
        let wanted = ((members.len() as f64 * share).round() as usize).max(2);
        // The same order for all shares, so that the larger sample contains the smaller one.
        let order =
            Rng::for_purpose(seed, &format!("learning curve, thinning {thinning}")).order(members.len());
        kept.extend(order.into_iter().take(wanted).map(|place| members[place]));
    }
    kept.sort_unstable();
    kept
}

/// A curve continued.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Continued {
    /// Of the loss on 1/rows.
    slope: f64,
    loss: f64,
    /// Relative to the fitted line at the last point, so that its noise is not taken for a change.
    change: f64,
}

/// Least squares of loss on 1/rows, taken at the last point plus `more` rows: the loss of a parametric model falls with
/// one over the rows once there are enough of them.
fn extrapolate(rows: &[f64], losses: &[f64], more: f64) -> Option<Continued> {
    if losses.len() < 3 || losses.len() != rows.len() {
        return None;
    }
    let n = losses.len() as f64;
    let inverse: Vec<f64> = rows.iter().map(|rows| 1.0 / rows).collect();
    let (x, y) = (inverse.iter().sum::<f64>() / n, losses.iter().sum::<f64>() / n);
    let spread: f64 = inverse.iter().map(|at| (at - x).powi(2)).sum();
    let slope = inverse.iter().zip(losses).map(|(at, loss)| (at - x) * (loss - y)).sum::<f64>() / spread;
    let last = *rows.last()?;
    let change = slope * (1.0 / (last + more) - 1.0 / last);
    slope.is_finite().then(|| Continued { slope, loss: y + slope * (1.0 / (last + more) - x), change })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::RelationalModel::{CommunalSharing, MarketPricing};

    const ROWS: [f64; 3] = [50.0, 100.0, 200.0];

    #[test]
    fn a_curve_of_the_assumed_form_is_continued_exactly() {
        let found = extrapolate(&ROWS, &ROWS.map(|rows| 0.6 + 10.0 / rows), 50.0).unwrap();
        assert!((found.loss - 0.64).abs() < 1e-12 && (found.change + 0.01).abs() < 1e-12);
        assert!((found.slope - 10.0).abs() < 1e-9);
    }

    #[test]
    fn a_curve_that_rises_promises_nothing() {
        let found = |losses: [f64; 3]| {
            let measured: Vec<Measured> =
                ROWS.iter().zip(losses).map(|(&rows, loss)| flat(rows, loss)).collect();
            expected(&measured, &[0, 1, 2], 50.0, 20, 1)
        };
        let (loss, change) = found([0.5, 0.6, 0.7]);
        assert_eq!((loss.value, change.value), (None, None));
        assert_eq!(change.interval, None);
        let (loss, change) = found([0.8, 0.7, 0.65]);
        assert!(loss.value.unwrap() < 0.65 && change.value.unwrap() < 0.0);
        // All rows lose alike, so every resample says the same, which is no interval.
        assert_eq!((loss.interval, change.interval), (None, None));
        assert_eq!(extrapolate(&ROWS[..2], &[0.5, 0.4], 50.0), None);
    }

    /// A point whose three rows lose the same.
    fn flat(rows: f64, loss: f64) -> Measured {
        let estimate = |value| Metric { value: Some(value), interval: None };
        let point = CurvePoint {
            rows,
            thinnings: 1,
            log_loss: estimate(loss),
            accuracy: estimate(0.5),
            balanced_accuracy: estimate(0.5),
        };
        Measured { point, losses: vec![vec![loss; 3]] }
    }

    #[test]
    fn more_rows_of_a_learnable_table_help_and_the_interval_says_how_surely() {
        let mut rng = Rng::new(2);
        let mut values = Vec::new();
        let mut labels = Vec::new();
        for _ in 0..120 {
            let label = rng.below(2);
            values.push(rng.normal() + 1.5 * label as f64);
            values.extend((0..14).map(|_| rng.normal()));
            labels.push([CommunalSharing, MarketPricing][label]);
        }
        let names = (0..15).map(|place| format!("f{place}")).collect();
        let data = Dataset::from_table(names, values, labels, None).unwrap();
        let how = Training { alpha: Some(0.1), ..Training::default() };
        let division = Division::stratified(&data, 4, 1).unwrap();
        let curve = learning_curve(&data, None, &division, &how, 100, 50).unwrap();
        assert_eq!(curve.points.iter().map(|point| point.thinnings).collect::<Vec<_>>(), [3, 3, 3, 3, 1]);
        let (change, loss) = (curve.expected_change, curve.expected_log_loss);
        let (ends, value) = (change.interval.unwrap(), change.value.unwrap());
        assert!(ends.low < value && value < ends.high && ends.high < 0.02, "{change:?}");
        assert!(loss.value.unwrap() < curve.points[0].log_loss.value.unwrap());
        assert_eq!(curve, learning_curve(&data, None, &division, &how, 100, 50).unwrap());
    }
}
