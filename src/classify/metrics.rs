//! Metrics for predictions. Owns their formulas (scikit-learn's conventions, except where noted); refuses to know where the
//! predictions come from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::instrument::construct::RelationalModel;
use crate::psychometrics::bootstrap::percentile_intervals;
use crate::psychometrics::proportion::wilson_of;
use crate::psychometrics::{Interval, LEVEL};
use crate::rng::Rng;

/// Bins of equal width for the calibration error.
const CALIBRATION_BINS: usize = 10;
/// A predicted probability of zero for the true class would make the log loss infinite, so it counts as this.
pub(super) const LEAST_PROBABILITY: f64 = 1e-15;
/// With fewer clusters, a bootstrap over them is unreliable on its own.
const FEW_CLUSTERS: usize = 10;
/// Draws for the calibration error that chance alone causes: a mean needs fewer draws than an interval.
const BY_CHANCE: usize = 200;

/// Predictions beside what was true, row by row.
#[derive(Debug, Clone, PartialEq)]
pub struct Predictions {
    /// The label of each row.
    pub truth: Vec<RelationalModel>,
    /// The model called.
    pub called: Vec<RelationalModel>,
    /// Probabilities of CS, AR, EM, MP; absent for a rule that only calls.
    pub probabilities: Option<Vec<[f64; 4]>>,
}

/// A number with its interval, written as `{value, low, high}`. `value` is absent where the formula divides by nothing or
/// needs probabilities.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "MetricRecord", into = "MetricRecord")]
pub struct Metric {
    /// The number.
    pub value: Option<f64>,
    /// 95 %. Of a share (accuracy, precision, recall, and F1 through the share of hits among rows that are or are called so): Wilson;
    /// of means of these: from theirs (Zou and Donner 2008); of log loss, Brier and calibration error: percentile bootstrap over rows. Where
    /// rows come in clusters, or classes share rows, the bootstrap over clusters is joined to it, so that it only widens. None of them is a
    /// point: where every row says the same there is none. All hold their own value.
    pub interval: Option<Interval>,
}

/// An [`Metric`] in a file.
#[derive(Serialize, Deserialize)]
struct MetricRecord {
    value: Option<f64>,
    low: Option<f64>,
    high: Option<f64>,
}

impl From<MetricRecord> for Metric {
    fn from(MetricRecord { value, low, high }: MetricRecord) -> Self {
        Self { value, interval: low.zip(high).map(|(low, high)| Interval { low, high }) }
    }
}

impl From<Metric> for MetricRecord {
    fn from(Metric { value, interval }: Metric) -> Self {
        Self { value, low: interval.map(|ends| ends.low), high: interval.map(|ends| ends.high) }
    }
}

/// One class against the rest.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ClassMetrics {
    /// The class.
    pub class: RelationalModel,
    /// Rows that have this label.
    pub support: usize,
    /// Of the rows called so, the share that is so; absent when none was called.
    pub precision: Metric,
    /// Of the rows that are so, the share called so; absent when there is none.
    pub recall: Metric,
    /// Harmonic mean of the two, 2·TP/(2·TP + FP + FN); absent when the class neither occurs nor is called.
    pub f1: Metric,
}

/// Everything about a set of predictions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evaluation {
    /// Rows.
    pub n: usize,
    /// Counts; rows are the truth, columns what was called, both in the order CS, AR, EM, MP.
    pub confusion: [[usize; 4]; 4],
    /// By class.
    pub classes: Vec<ClassMetrics>,
    /// Share called right.
    pub accuracy: Metric,
    /// Mean recall of the classes that occur.
    pub balanced_accuracy: Metric,
    /// Mean F1 of the classes that occur or are called.
    pub macro_f1: Metric,
    /// Mean −ln of the probability of what was true.
    pub log_loss: Metric,
    /// Mean squared distance of the four probabilities from what was true, summed over the four: 0 to 2.
    pub brier: Metric,
    /// Mean distance between confidence in the call and share of right calls, over ten bins of confidence (Guo et al. 2017). A mean of
    /// distances is never below zero, so chance alone makes it positive: it is biased upward, the more the fewer rows.
    #[serde(rename = "ece")]
    pub calibration_error: Metric,
    /// What it would be on average by chance alone, if every call were right as often as its confidence says.
    #[serde(rename = "ece_if_calibrated", default, skip_serializing_if = "Option::is_none")]
    pub calibration_error_by_chance: Option<f64>,
}

/// The name of a number of an evaluation, and the number.
pub type NamedMetric = (&'static str, fn(&Evaluation) -> &Metric);

impl Evaluation {
    /// Its numbers over all classes, with their names.
    pub const NAMED: [NamedMetric; 6] = [
        ("accuracy", |e| &e.accuracy),
        ("balanced accuracy", |e| &e.balanced_accuracy),
        ("macro F1", |e| &e.macro_f1),
        ("log loss", |e| &e.log_loss),
        ("Brier", |e| &e.brier),
        ("calibration error", |e| &e.calibration_error),
    ];
}

/// One bin of a reliability diagram: calls made with about the same confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// Lowest confidence of the bin.
    pub low: f64,
    /// Highest confidence of the bin.
    pub high: f64,
    /// Calls in it.
    pub n: usize,
    /// Their mean confidence; absent in an empty bin.
    pub confidence: Option<f64>,
    /// Share of them that is right; absent in an empty bin.
    pub accuracy: Option<f64>,
}

/// The six summary numbers followed by precision, recall and F1 of each class.
const NUMBERS: usize = 6 + 3 * 4;

/// Judges predictions; `resamples` bootstrap samples make the intervals, none if 0.
pub fn evaluate(predictions: &Predictions, resamples: usize, rng: &mut Rng) -> Evaluation {
    evaluate_clusters(predictions, None, resamples, rng)
}

/// Judges predictions whose rows come in clusters (a number for each row, from 0 without gaps): resamples draw whole clusters,
/// because the rows of one respondent or organisation are not independent.
pub fn evaluate_clusters(
    predictions: &Predictions,
    clusters: Option<&[usize]>,
    resamples: usize,
    rng: &mut Rng,
) -> Evaluation {
    let rows = rows(predictions);
    // Clusters of one row each are rows.
    let clusters = clusters.filter(|of_row| are_clustered(of_row));
    let all: Vec<usize> = (0..rows.len()).collect();
    let values = numbers(&rows, &all);
    let members: Vec<Vec<usize>> = match clusters {
        None => Vec::new(),
        Some(of_row) => {
            let mut members = vec![Vec::new(); of_row.iter().max().map_or(0, |last| last + 1)];
            of_row.iter().enumerate().for_each(|(row, &cluster)| members[cluster].push(row));
            members
        }
    };
    let units = if clusters.is_some() { members.len() } else { rows.len() };
    let intervals = percentile_intervals(units, resamples, LEVEL, rng, |drawn| match clusters {
        None => numbers(&rows, drawn),
        Some(_) => {
            let drawn: Vec<usize> = drawn.iter().flat_map(|&cluster| members[cluster].clone()).collect();
            numbers(&rows, &drawn)
        }
    });
    let intervals = match (resamples, clusters) {
        (0, _) => intervals,
        (_, Some(_)) if units < FEW_CLUSTERS => {
            // Clusters that happen to agree are no proof of certainty, so the interval is at least as wide as by single rows.
            let by_row =
                percentile_intervals(rows.len(), resamples, LEVEL, rng, |drawn| numbers(&rows, drawn));
            let both = std::array::from_fn(|place| joined(intervals[place], by_row[place]));
            bounded(&rows, clusters, &values, both)
        }
        _ => bounded(&rows, clusters, &values, intervals),
    };
    let estimate = |place: usize| Metric {
        value: values[place],
        // A metric without a value on the sample gets no interval, even if some resamples have a value.
        interval: values[place].and(intervals[place]),
    };
    let confusion = confusion(&rows, &all);
    let classes = RelationalModel::ALL.map(|class| {
        let at = 6 + 3 * class.index();
        ClassMetrics {
            class,
            support: confusion[class.index()].iter().sum(),
            precision: estimate(at),
            recall: estimate(at + 1),
            f1: estimate(at + 2),
        }
    });
    Evaluation {
        n: rows.len(),
        confusion,
        classes: classes.to_vec(),
        accuracy: estimate(0),
        balanced_accuracy: estimate(1),
        macro_f1: estimate(2),
        log_loss: estimate(3),
        brier: estimate(4),
        calibration_error: estimate(5),
        calibration_error_by_chance: if resamples > 0 { by_chance(&rows, resamples, rng) } else { None },
    }
}

/// Whether any rows belong together.
pub fn are_clustered(of_row: &[usize]) -> bool {
    of_row.iter().collect::<BTreeSet<_>>().len() < of_row.len()
}

/// Both intervals as one.
fn joined(one: Option<Interval>, other: Option<Interval>) -> Option<Interval> {
    match (one, other) {
        (Some(a), Some(b)) => Some(Interval { low: a.low.min(b.low), high: a.high.max(b.high) }),
        (a, b) => a.or(b),
    }
}

/// Widens the bootstrap's intervals, which collapse where all rows of a class are predicted alike, to those of
/// [`Metric::interval`]. Every interval contains its own value.
fn bounded(
    rows: &[RowScores],
    clusters: Option<&[usize]>,
    values: &[Option<f64>; NUMBERS],
    drawn: [Option<Interval>; NUMBERS],
) -> [Option<Interval>; NUMBERS] {
    // Rows of one cluster may repeat each other, so a share counts only as many cases as there are clusters.
    let cases = |counts: &dyn Fn(&RowScores) -> bool| -> f64 {
        let counted = rows.iter().enumerate().filter(|(_, row)| counts(row)).map(|(at, _)| at);
        match clusters {
            None => counted.count() as f64,
            Some(of) => counted.filter_map(|at| of.get(at)).collect::<BTreeSet<_>>().len() as f64,
        }
    };
    let share = |place: usize, counts: &dyn Fn(&RowScores) -> bool| {
        wilson_of(values[place]?, cases(counts), LEVEL).ok()
    };
    let with_clusters = |own: Option<Interval>, place: usize| {
        if clusters.is_some() { joined(own, drawn[place]) } else { own }
    };
    let mut found = drawn;
    found[0] = with_clusters(share(0, &|_| true), 0);
    let (mut recalls, mut f1s) = (Vec::new(), Vec::new());
    for class in 0..4 {
        let at = 6 + 3 * class;
        found[at] = with_clusters(share(at, &|row| row.called == class), at);
        found[at + 1] = with_clusters(share(at + 1, &|row| row.truth == class), at + 1);
        // F1 = 2J/(1 + J) with J the share of hits among rows that are so or are called so.
        let either = |row: &RowScores| row.truth == class || row.called == class;
        let f1 = values[at + 2].and_then(|f1| {
            let ends = wilson_of(f1 / (2.0 - f1), cases(&either), LEVEL).ok()?;
            let turned = |j: f64| 2.0 * j / (1.0 + j);
            Some(Interval { low: turned(ends.low).min(f1), high: turned(ends.high).max(f1) })
        });
        found[at + 2] = with_clusters(f1, at + 2);
        recalls.extend(values[at + 1].zip(found[at + 1]));
        f1s.extend(values[at + 2].zip(found[at + 2]));
    }
    found[1] = with_clusters(of_mean(&recalls), 1);
    // Classes share rows, so that their F1s are not independent.
    found[2] = joined(of_mean(&f1s), drawn[2]);
    for place in 3..6 {
        let own = values[place].map(|value| Interval { low: value, high: value });
        found[place] = drawn[place].and(joined(drawn[place], own));
    }
    found
}

/// The interval of a mean from the intervals of what it is a mean of (Zou and Donner 2008).
fn of_mean(parts: &[(f64, Interval)]) -> Option<Interval> {
    let n = parts.len() as f64;
    let mean = parts.iter().map(|(value, _)| value).sum::<f64>() / n;
    let away = |end: fn(&Interval) -> f64| {
        parts.iter().map(|(value, ends)| (value - end(ends)).powi(2)).sum::<f64>().sqrt() / n
    };
    (!parts.is_empty()).then(|| Interval {
        low: (mean - away(|ends| ends.low)).max(0.0),
        high: (mean + away(|ends| ends.high)).min(1.0),
    })
}

/// The mean calibration error of calls that are right as often as their confidence says.
fn by_chance(rows: &[RowScores], resamples: usize, rng: &mut Rng) -> Option<f64> {
    let scores: Option<Vec<Scores>> = rows.iter().map(|row| row.scores).collect();
    let scores = scores.filter(|scores| !scores.is_empty())?;
    let draws = resamples.min(BY_CHANCE);
    let mut sum = 0.0;
    for _ in 0..draws {
        let luck: Vec<(Scores, bool)> =
            scores.iter().map(|score| (*score, rng.uniform() < score.confidence)).collect();
        sum += calibration_error(&luck);
    }
    Some(sum / draws as f64)
}

/// The reliability diagram: calls by their confidence, in ten bins of equal width. Empty without probabilities.
pub fn reliability(predictions: &Predictions) -> Vec<Bin> {
    let rows = rows(predictions);
    if rows.iter().any(|row| row.scores.is_none()) {
        return Vec::new();
    }
    let bin = |place: usize| {
        let inside: Vec<(f64, bool)> = rows
            .iter()
            .filter_map(|row| Some((row.scores?.confidence, row.truth == row.called)))
            .filter(|(confidence, _)| bin_of(*confidence) == place)
            .collect();
        let mean = |sum: f64| (!inside.is_empty()).then(|| sum / inside.len() as f64);
        Bin {
            low: place as f64 / CALIBRATION_BINS as f64,
            high: (place + 1) as f64 / CALIBRATION_BINS as f64,
            n: inside.len(),
            confidence: mean(inside.iter().map(|(confidence, _)| confidence).sum()),
            accuracy: mean(inside.iter().filter(|(_, right)| *right).count() as f64),
        }
    };
    (0..CALIBRATION_BINS).map(bin).collect()
}

fn bin_of(confidence: f64) -> usize {
    ((confidence * CALIBRATION_BINS as f64) as usize).min(CALIBRATION_BINS - 1)
}

/// What a row contributes, computed once for all resamples.
struct RowScores {
    truth: usize,
    called: usize,
    scores: Option<Scores>,
}

#[derive(Clone, Copy)]
struct Scores {
    log_loss: f64,
    brier: f64,
    confidence: f64,
}

fn rows(predictions: &Predictions) -> Vec<RowScores> {
    let pairs = predictions.truth.iter().zip(&predictions.called);
    let scored = pairs.enumerate().map(|(place, (truth, called))| {
        let given = predictions.probabilities.as_ref();
        let scores = given.and_then(|all| all.get(place)).map(|shares| {
            let hit = |model: usize| f64::from(model == truth.index());
            let distance = |(model, share): (usize, &f64)| (share - hit(model)).powi(2);
            Scores {
                // Subtracted from zero, because the negative of ln 1 would be −0.
                log_loss: 0.0 - shares[truth.index()].clamp(LEAST_PROBABILITY, 1.0).ln(),
                brier: shares.iter().enumerate().map(distance).sum(),
                confidence: shares[called.index()],
            }
        });
        RowScores { truth: truth.index(), called: called.index(), scores }
    });
    scored.collect()
}

fn confusion(rows: &[RowScores], drawn: &[usize]) -> [[usize; 4]; 4] {
    let mut counts = [[0; 4]; 4];
    for row in drawn.iter().filter_map(|&index| rows.get(index)) {
        counts[row.truth][row.called] += 1;
    }
    counts
}

fn numbers(rows: &[RowScores], drawn: &[usize]) -> [Option<f64>; NUMBERS] {
    let mut found = [None; NUMBERS];
    if drawn.is_empty() {
        return found;
    }
    let n = drawn.len() as f64;
    let counts = confusion(rows, drawn);
    let right: usize = (0..4).map(|class| counts[class][class]).sum();
    found[0] = Some(right as f64 / n);
    let (mut recalls, mut f1s) = (Vec::new(), Vec::new());
    for class in 0..4 {
        let hits = counts[class][class];
        let support: usize = counts[class].iter().sum();
        let called: usize = counts.iter().map(|row| row[class]).sum();
        let share = |part: usize, whole: usize| (whole > 0).then(|| part as f64 / whole as f64);
        let at = 6 + 3 * class;
        found[at] = share(hits, called);
        found[at + 1] = share(hits, support);
        found[at + 2] = share(2 * hits, support + called);
        recalls.extend(found[at + 1]);
        f1s.extend(found[at + 2]);
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    found[1] = Some(mean(&recalls));
    found[2] = Some(mean(&f1s));
    let scores: Option<Vec<(Scores, bool)>> = drawn
        .iter()
        .map(|&index| {
            let row = rows.get(index)?;
            row.scores.map(|scores| (scores, row.truth == row.called))
        })
        .collect();
    if let Some(scores) = scores {
        found[3] = Some(scores.iter().map(|(s, _)| s.log_loss).sum::<f64>() / n);
        found[4] = Some(scores.iter().map(|(s, _)| s.brier).sum::<f64>() / n);
        found[5] = Some(calibration_error(&scores));
    }
    found
}

fn calibration_error(scores: &[(Scores, bool)]) -> f64 {
    // For each bin confidence minus hits, summed: its size is |mean confidence − share right| times the bin's count.
    let mut gaps = [0.0; CALIBRATION_BINS];
    for (score, right) in scores {
        gaps[bin_of(score.confidence)] += score.confidence - f64::from(*right);
    }
    gaps.iter().map(|gap: &f64| gap.abs()).sum::<f64>() / scores.len() as f64
}

#[cfg(test)]
mod tests;
