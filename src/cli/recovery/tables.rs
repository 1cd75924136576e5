//! What is recovered, as tables.

use serde_json::Value;

use crate::analysis::recovery as findings;
use crate::analysis::relation::recovery::Line as RelationLine;
use crate::classify::metrics::Metric;
use crate::classify::recovery::{Criterion, ModelPerformance, Predictor, formats, shares, strengths};
use crate::cli::table::Listing;
use crate::instrument::Language;
use crate::psychometrics::Interval;

pub(super) fn models(rows: Vec<ModelPerformance>) -> Listing {
    let mut table = Listing::new(&[
        "world",
        "against",
        "predictor",
        "accuracy",
        "accuracy_low",
        "accuracy_high",
        "balanced_accuracy",
        "macro_f1",
        "log_loss",
        "brier",
        "ece",
    ]);
    for row in rows {
        let of = |estimate: &Metric| estimate.value.map_or(Value::Null, Value::from);
        let end = |pick: fn(Interval) -> f64| row.evaluation.accuracy.interval.map(pick).into();
        table.push(vec![
            row.world.name().into(),
            against(row.against).into(),
            predictor(row.predictor).into(),
            of(&row.evaluation.accuracy),
            end(|interval| interval.low),
            end(|interval| interval.high),
            of(&row.evaluation.balanced_accuracy),
            of(&row.evaluation.macro_f1),
            of(&row.evaluation.log_loss),
            of(&row.evaluation.brier),
            of(&row.evaluation.calibration_error),
        ]);
    }
    table
}

/// Both sides of relations, and relations over time.
pub(super) fn relations(lines: Vec<RelationLine>) -> Listing {
    let mut table = Listing::new(&["world", "what", "n", "coverage_95", "false_alarms", "found"]);
    for line in lines {
        table.push(vec![
            line.world.into(),
            line.what.into(),
            line.n.into(),
            line.coverage.into(),
            line.false_alarms.into(),
            line.found.into(),
        ]);
    }
    table
}

pub(super) fn shares(lines: Vec<shares::SharePerformance>) -> Listing {
    let mut table = Listing::new(&[
        "world",
        "model",
        "truth",
        "estimated",
        "furthest",
        "coverage",
        "width",
        "holds",
        "called",
        "balanced_before",
        "balanced_after",
    ]);
    for line in lines {
        table.push(vec![
            line.world.into(),
            line.model.abbreviation().into(),
            line.truth.into(),
            line.estimated.into(),
            line.furthest.into(),
            line.coverage.into(),
            line.width.into(),
            line.steady.into(),
            line.called.into(),
            line.before.into(),
            line.after.into(),
        ]);
    }
    table
}

pub(super) fn strengths(lines: Vec<strengths::StrengthCoverage>) -> Listing {
    let mut table = Listing::new(&["world", "cs", "ar", "em", "mp", "all", "half_width"]);
    for line in lines {
        let mut row: Vec<Value> = vec![line.world.name().into()];
        row.extend(line.coverage.map(Value::from));
        row.extend([(line.coverage.iter().sum::<f64>() / 4.0).into(), line.half_width.into()]);
        table.push(row);
    }
    table
}

pub(super) fn formats(lines: Vec<formats::FormatPerformance>) -> Listing {
    let mut table = Listing::new(&[
        "world",
        "ratings",
        "situations",
        "points",
        "sets",
        "seconds",
        "balanced_accuracy",
        "log_loss",
        "coverage",
        "half_width",
    ]);
    for line in lines {
        table.push(vec![
            line.world.name().into(),
            (4 * line.format.ratings).into(),
            line.format.situations.into(),
            line.format.points.into(),
            line.format.sets.into(),
            (line.seconds.round() as u64).into(),
            line.balanced_accuracy.into(),
            line.log_loss.into(),
            line.coverage.into(),
            line.half_width.into(),
        ]);
    }
    table
}

pub(super) fn study(lines: Vec<findings::OutcomePerformance>) -> Listing {
    let mut table = Listing::new(&[
        "outcome",
        "of",
        "truth",
        "estimated",
        "bias",
        "bias_share",
        "coverage",
        "width",
        "cannot_be_told",
        "worth",
        "likeliest",
    ]);
    for line in lines {
        let share = line.bias.filter(|_| line.of == findings::DIFFERENCE).map(|bias| bias / line.truth.abs());
        table.push(vec![
            line.outcome.into(),
            line.of.into(),
            line.truth.into(),
            line.estimated.into(),
            line.bias.into(),
            share.into(),
            line.coverage.into(),
            line.width.into(),
            line.untold.into(),
            line.worth.into(),
            line.likeliest.into(),
        ]);
    }
    table
}

/// Every figure of a report.
pub(super) fn figures(lines: Vec<findings::study::FigurePerformance>, language: &Language) -> Listing {
    let mut table = Listing::new(&["figure", "truth", "estimated", "bias", "coverage", "width", "studies"]);
    for line in lines {
        table.push(vec![
            line.figure.name(language).into(),
            line.truth.into(),
            line.estimated.into(),
            line.estimated.map(|estimated| estimated - line.truth).into(),
            line.coverage.into(),
            line.width.into(),
            line.told.into(),
        ]);
    }
    table
}

fn against(against: Criterion) -> &'static str {
    match against {
        Criterion::Truth => "truth",
        Criterion::Code => "code",
    }
}

fn predictor(predictor: Predictor) -> &'static str {
    match predictor {
        Predictor::ReferenceModel => "reference model",
        Predictor::Learnt => "reference model, told by the answers",
        Predictor::Answers => "the answers alone",
        Predictor::Ceiling => "ceiling: the generator",
        Predictor::Prior => "baseline: prior",
        Predictor::HighestScale => "baseline: highest mean",
    }
}
