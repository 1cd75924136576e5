//! An evaluation in text: the numbers beside their baselines, the confusion matrix, the reliability diagram, the learning curve.

use std::fmt::Write as _;

use crate::classify::draw::{confusion, reliability};
use crate::classify::evaluate::curve::LearningCurve;
use crate::classify::evaluate::{DividedBy, Division, Judgement};
use crate::classify::metrics::{Evaluation, Metric};

/// How rows were divided, in a few words.
pub(in crate::cli) fn divided(division: &Division) -> String {
    let n = division.names.len();
    match division.by {
        DividedBy::Folds => format!("{n} stratified folds"),
        DividedBy::Group => format!("{n} groups left out one at a time"),
        DividedBy::Given => format!("{n} given folds"),
    }
}

/// Everything, as text.
pub(super) fn judgement(judged: &Judgement, curve: Option<&LearningCurve>) -> String {
    let mut text = numbers(judged);
    text += "\nConfusion (rows: label, columns: called, in brackets the share of the row)\n";
    text += &confusion(&judged.evaluation);
    text += "\nBy class\n";
    text += &classes(&judged.evaluation);
    text += "\nReliability: confidence of the call against the share that is right\n";
    text += &reliability(&judged.reliability);
    if let Some(curve) = curve {
        text += "\nLearning curve\n";
        text += &learning(curve);
    }
    text
}

/// A number, or a dash where it has no value.
fn number(value: Option<f64>) -> String {
    value.map_or("–".into(), |value| format!("{value:.3}"))
}

fn with_interval(estimate: &Metric) -> String {
    match estimate.interval {
        Some(ends) => format!("{} [{:.3}, {:.3}]", number(estimate.value), ends.low, ends.high),
        None => number(estimate.value),
    }
}

fn numbers(judged: &Judgement) -> String {
    let scale = judged.baselines.highest_scale.as_ref();
    let evaluations = [Some(&judged.evaluation), Some(&judged.baselines.prior), scale];
    let bare = |estimate: &Metric| estimate.value.is_some() && estimate.interval.is_none();
    let bare = evaluations
        .into_iter()
        .flatten()
        .any(|evaluation| Evaluation::NAMED.iter().any(|(_, pick)| bare(pick(evaluation))));
    let mut text = format!("{:<18} {:<24} {:<24}", "", "classifier", "baseline: prior");
    text += if scale.is_some() { " baseline: highest mean\n" } else { "\n" };
    for (name, pick) in Evaluation::NAMED {
        let own = with_interval(pick(&judged.evaluation));
        let prior = with_interval(pick(&judged.baselines.prior));
        let line = format!("{name:<18} {own:<24} {prior:<24}");
        let highest =
            scale.map(|evaluation| format!(" {}", with_interval(pick(evaluation)))).unwrap_or_default();
        let _ = writeln!(text, "{}", (line + &highest).trim_end());
    }
    if bare {
        text += "A number without brackets has no interval: it is the same on every resample, which says nothing of its error.\n";
    }
    if let Some(chance) = judged.evaluation.calibration_error_by_chance {
        let _ = writeln!(
            text,
            "The calibration error is biased upward: by chance alone it would be about {chance:.3} if every confidence were right."
        );
    }
    text
}

fn classes(evaluation: &Evaluation) -> String {
    let mut text = format!("{:<6}{:>8}  {:<24} {:<24} {}\n", "", "rows", "precision", "recall", "F1");
    for class in &evaluation.classes {
        let line = format!(
            "{:<6}{:>8}  {:<24} {:<24} {}",
            class.class.abbreviation(),
            class.support,
            with_interval(&class.precision),
            with_interval(&class.recall),
            with_interval(&class.f1)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}

fn learning(curve: &LearningCurve) -> String {
    let mut text = format!("{:>8}  {:<24} {:<24} {}\n", "rows", "log loss", "accuracy", "balanced accuracy");
    for point in &curve.points {
        let line = format!(
            "{:>8.0}  {:<24} {:<24} {}",
            point.rows,
            with_interval(&point.log_loss),
            with_interval(&point.accuracy),
            with_interval(&point.balanced_accuracy)
        );
        let _ = writeln!(text, "{}", line.trim_end());
    }
    let change = with_signs(&curve.expected_change);
    match curve.expected_log_loss.value {
        Some(_) => {
            let _ = writeln!(
                text,
                "{} more rows: log loss about {}, a change of {change}, if it goes on falling as one over the rows; \
                 a line through these points, not a promise",
                curve.more,
                with_interval(&curve.expected_log_loss),
            );
        }
        _ => {
            let _ = writeln!(
                text,
                "The log loss does not fall with the rows, so nothing can be said about {} more of them (change {change}).",
                curve.more
            );
        }
    }
    text
}

fn with_signs(estimate: &Metric) -> String {
    let signed = |value: f64| format!("{value:+.3}");
    match estimate.interval {
        Some(ends) => format!(
            "{} [{}, {}]",
            estimate.value.map_or("–".into(), signed),
            signed(ends.low),
            signed(ends.high)
        ),
        None => estimate.value.map_or("–".into(), signed),
    }
}
