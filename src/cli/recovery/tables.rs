//! What is recovered, as tables.

use crate::analysis::recovery::{
    self as findings,
    timed::{SESSIONS, TimedPerformance},
};
use crate::analysis::relation::recovery::Line as RelationLine;
use crate::classify::recovery::{Criterion, ModelPerformance, Predictor, formats, shares, strengths};
use crate::cli::table::Listing;
use crate::instrument::{Instrument, Language};
use crate::psychometrics::Interval;

pub(super) fn models(rows: &[ModelPerformance]) -> Listing {
    let end =
        |row: &ModelPerformance, pick: fn(Interval) -> f64| row.evaluation.accuracy.interval.map(pick).into();
    Listing::of(
        rows,
        &[
            ("world", &|row| row.world.name().into()),
            ("against", &|row| against(row.against).into()),
            ("predictor", &|row| predictor(row.predictor).into()),
            ("accuracy", &|row| row.evaluation.accuracy.value.into()),
            ("accuracy_low", &|row| end(row, |interval| interval.low)),
            ("accuracy_high", &|row| end(row, |interval| interval.high)),
            ("balanced_accuracy", &|row| row.evaluation.balanced_accuracy.value.into()),
            ("macro_f1", &|row| row.evaluation.macro_f1.value.into()),
            ("log_loss", &|row| row.evaluation.log_loss.value.into()),
            ("brier", &|row| row.evaluation.brier.value.into()),
            ("ece", &|row| row.evaluation.calibration_error.value.into()),
        ],
    )
}

/// Both sides of relations, and relations over time.
pub(super) fn relations(lines: &[RelationLine]) -> Listing {
    Listing::of(
        lines,
        &[
            ("world", &|line| line.world.into()),
            ("what", &|line| line.what.into()),
            ("n", &|line| line.n.into()),
            ("coverage_95", &|line| line.coverage.into()),
            ("false_alarms", &|line| line.false_alarms.into()),
            ("found", &|line| line.found.into()),
        ],
    )
}

/// Timed sorting.
pub(super) fn timed(instrument: &Instrument, found: &TimedPerformance) -> Listing {
    Listing::of(
        std::slice::from_ref(found),
        &[
            ("instrument", &|_| instrument.name.clone().into()),
            ("sessions", &|_| SESSIONS.into()),
            ("scored", &|found| found.scored.into()),
            ("excluded", &|found| found.excluded.into()),
            ("not_done", &|found| found.not_done.into()),
            ("correlation", &|found| found.correlation.into()),
            ("reliability", &|found| found.reliability.into()),
            ("mean_se", &|found| found.mean_se.into()),
            ("coverage_95", &|found| found.coverage.into()),
        ],
    )
}

pub(super) fn shares(lines: &[shares::SharePerformance]) -> Listing {
    Listing::of(
        lines,
        &[
            ("world", &|line| line.world.clone().into()),
            ("model", &|line| line.model.abbreviation().into()),
            ("truth", &|line| line.truth.into()),
            ("estimated", &|line| line.estimated.into()),
            ("furthest", &|line| line.furthest.into()),
            ("coverage", &|line| line.coverage.into()),
            ("width", &|line| line.width.into()),
            ("holds", &|line| line.steady.into()),
            ("called", &|line| line.called.into()),
            ("balanced_before", &|line| line.before.into()),
            ("balanced_after", &|line| line.after.into()),
        ],
    )
}

pub(super) fn strengths(lines: &[strengths::StrengthCoverage]) -> Listing {
    Listing::of(
        lines,
        &[
            ("world", &|line| line.world.name().into()),
            ("cs", &|line| line.coverage[0].into()),
            ("ar", &|line| line.coverage[1].into()),
            ("em", &|line| line.coverage[2].into()),
            ("mp", &|line| line.coverage[3].into()),
            ("all", &|line| (line.coverage.iter().sum::<f64>() / 4.0).into()),
            ("half_width", &|line| line.half_width.into()),
        ],
    )
}

pub(super) fn formats(lines: &[formats::FormatPerformance]) -> Listing {
    Listing::of(
        lines,
        &[
            ("world", &|line| line.world.name().into()),
            ("ratings", &|line| (4 * line.format.ratings).into()),
            ("situations", &|line| line.format.situations.into()),
            ("points", &|line| line.format.points.into()),
            ("sets", &|line| line.format.sets.into()),
            ("seconds", &|line| (line.seconds.round() as u64).into()),
            ("balanced_accuracy", &|line| line.balanced_accuracy.into()),
            ("log_loss", &|line| line.log_loss.into()),
            ("coverage", &|line| line.coverage.into()),
            ("half_width", &|line| line.half_width.into()),
        ],
    )
}

pub(super) fn study(lines: &[findings::OutcomePerformance]) -> Listing {
    let share = |line: &findings::OutcomePerformance| {
        line.bias.filter(|_| line.of == findings::DIFFERENCE).map(|bias| bias / line.truth.abs())
    };
    Listing::of(
        lines,
        &[
            ("outcome", &|line| line.outcome.clone().into()),
            ("of", &|line| line.of.clone().into()),
            ("truth", &|line| line.truth.into()),
            ("estimated", &|line| line.estimated.into()),
            ("bias", &|line| line.bias.into()),
            ("bias_share", &|line| share(line).into()),
            ("coverage", &|line| line.coverage.into()),
            ("width", &|line| line.width.into()),
            ("cannot_be_told", &|line| line.untold.into()),
            ("worth", &|line| line.worth.into()),
            ("likeliest", &|line| line.likeliest.into()),
        ],
    )
}

/// Every figure of a report.
pub(super) fn figures(lines: &[findings::study::FigurePerformance], language: &Language) -> Listing {
    Listing::of(
        lines,
        &[
            ("figure", &|line| line.figure.name(language).into()),
            ("truth", &|line| line.truth.into()),
            ("estimated", &|line| line.estimated.into()),
            ("bias", &|line| line.estimated.map(|estimated| estimated - line.truth).into()),
            ("coverage", &|line| line.coverage.into()),
            ("width", &|line| line.width.into()),
            ("studies", &|line| line.told.into()),
        ],
    )
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
