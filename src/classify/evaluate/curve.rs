//! The learning curve: how good would it be with fewer rows, and what would more of them buy?
//!
//! Owns the thinning of training parts and the extrapolation. Refuses to promise: what lies beyond the table is a line drawn
//! through the points measured, and says so.

use serde::{Deserialize, Serialize};

use super::{Division, EvaluateError, from_parts};
use crate::classify::dataset::Dataset;
use crate::classify::metrics::{Estimate, evaluate};
use crate::classify::train::Training;
use crate::dice::Dice;

/// Shares of the training rows.
const SHARES: [f64; 5] = [0.2, 0.4, 0.6, 0.8, 1.0];

/// A learning curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Curve {
    /// From the fewest rows to all.
    pub points: Vec<Point>,
    /// Log loss that a further `more` rows would lead to, from loss = a + b/rows through the points; absent if
    /// the points do not fall, for then nothing can be said.
    pub expected_log_loss: Option<f64>,
    /// How many further rows were asked about.
    pub more: usize,
}

/// One point of the curve.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Mean number of rows that the fits saw.
    pub rows: f64,
    /// Out-of-fold log loss.
    pub log_loss: Estimate,
    /// Out-of-fold accuracy.
    pub accuracy: Estimate,
    /// Out-of-fold balanced accuracy.
    pub balanced_accuracy: Estimate,
}

/// The curve of a table. The held-out rows are the same at every point; training parts are thinned by label, at least two
/// rows of each class staying; rows `beside` the table train at every point and are not counted. A share at which some part cannot be fitted is left out.
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
) -> Result<Curve, EvaluateError> {
    let mut points = Vec::new();
    for share in SHARES {
        let keep = |inside: Vec<usize>| thin(data, inside, share, how.seed);
        let parts = 0..division.names.len();
        let seen: usize = parts
            .map(|part| {
                let inside = (0..data.len()).filter(|&row| division.part[row] != part).collect();
                keep(inside).len()
            })
            .sum();
        let predictions = match from_parts(data, beside, division, how, keep) {
            Ok(predictions) => predictions,
            Err(why) if share == 1.0 => return Err(why),
            Err(_) => continue,
        };
        let mut dice = Dice::for_purpose(how.seed, "intervals of the learning curve");
        let found = evaluate(&predictions, resamples, &mut dice);
        points.push(Point {
            rows: seen as f64 / division.names.len().max(1) as f64,
            log_loss: found.log_loss,
            accuracy: found.accuracy,
            balanced_accuracy: found.balanced_accuracy,
        });
    }
    let expected_log_loss = extrapolate(&points, more as f64);
    Ok(Curve { points, expected_log_loss, more })
}

/// A share of some rows, stratified by label.
fn thin(data: &Dataset, rows: Vec<usize>, share: f64, seed: u64) -> Vec<usize> {
    if share >= 1.0 {
        return rows;
    }
    let mut kept = Vec::new();
    for class in data.classes() {
        let members: Vec<usize> = rows.iter().copied().filter(|&row| data.labels()[row] == class).collect();
        let wanted = ((members.len() as f64 * share).round() as usize).max(2);
        // One order for all shares: the larger sample holds the smaller one.
        let order = Dice::for_purpose(seed, "learning curve").order(members.len());
        kept.extend(order.into_iter().take(wanted).map(|place| members[place]));
    }
    kept.sort_unstable();
    kept
}

/// Least squares of loss on 1/rows, taken at the last point plus `more` rows: the loss of a parametric model falls with
/// one over the rows once there are enough of them.
fn extrapolate(points: &[Point], more: f64) -> Option<f64> {
    let known: Vec<(f64, f64)> =
        points.iter().filter_map(|point| Some((1.0 / point.rows, point.log_loss.value?))).collect();
    if known.len() < 3 {
        return None;
    }
    let n = known.len() as f64;
    let (x, y) = known.iter().fold((0.0, 0.0), |(x, y), point| (x + point.0 / n, y + point.1 / n));
    let spread: f64 = known.iter().map(|point| (point.0 - x).powi(2)).sum();
    let slope = known.iter().map(|point| (point.0 - x) * (point.1 - y)).sum::<f64>() / spread;
    let last = points.last()?.rows;
    (slope.is_finite() && slope > 0.0).then(|| y + slope * (1.0 / (last + more) - x))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(rows: f64, loss: f64) -> Point {
        let estimate = |value| Estimate { value: Some(value), interval: None };
        Point { rows, log_loss: estimate(loss), accuracy: estimate(0.5), balanced_accuracy: estimate(0.5) }
    }

    #[test]
    fn a_curve_of_the_assumed_form_is_continued_exactly() {
        let points: Vec<Point> = [50.0, 100.0, 200.0].map(|rows| point(rows, 0.6 + 10.0 / rows)).to_vec();
        assert!((extrapolate(&points, 50.0).unwrap() - 0.64).abs() < 1e-12);
    }

    #[test]
    fn a_curve_that_rises_promises_nothing() {
        let points: Vec<Point> = [50.0, 100.0, 200.0].map(|rows| point(rows, rows)).to_vec();
        assert_eq!(extrapolate(&points, 50.0), None);
        assert_eq!(extrapolate(&points[..2], 50.0), None);
    }
}
