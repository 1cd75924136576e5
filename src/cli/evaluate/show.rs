//! An evaluation in text: the numbers beside their baselines, the confusion matrix, the reliability diagram, the learning curve.

use std::fmt::Write as _;

use serde_json::Value;

use crate::classify::draw::{confusion, reliability};
use crate::classify::evaluate::curve::LearningCurve;
use crate::classify::evaluate::{DividedBy, Division, Judgement};
use crate::classify::metrics::{Evaluation, Metric};
use crate::cli::table::Listing;

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
    let mut columns = vec!["", "classifier", "baseline: prior"];
    columns.extend(scale.map(|_| "baseline: highest mean"));
    let mut table = Listing::new(&columns);
    for (name, pick) in Evaluation::NAMED {
        let shown = evaluations.into_iter().flatten().map(|found| with_interval(pick(found)).into());
        table.push(std::iter::once(Value::from(name)).chain(shown).collect());
    }
    let mut text = table.for_people();
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
    let table = Listing::of(
        &evaluation.classes,
        &[
            ("", &|class| class.class.abbreviation().into()),
            ("rows", &|class| class.support.into()),
            ("precision", &|class| with_interval(&class.precision).into()),
            ("recall", &|class| with_interval(&class.recall).into()),
            ("F1", &|class| with_interval(&class.f1).into()),
        ],
    );
    table.for_people()
}

fn learning(curve: &LearningCurve) -> String {
    let table = Listing::of(
        &curve.points,
        &[
            ("rows", &|point| (point.rows.round() as u64).into()),
            ("log loss", &|point| with_interval(&point.log_loss).into()),
            ("accuracy", &|point| with_interval(&point.accuracy).into()),
            ("balanced accuracy", &|point| with_interval(&point.balanced_accuracy).into()),
        ],
    );
    let mut text = table.for_people();
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
