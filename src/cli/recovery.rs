//! `relata recovery`: the recovery table of the reference model.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::table::{Format, Table};
use super::{Failure, input, print, remark};
use crate::classify::metrics::Estimate;
use crate::classify::recovery::{Against, Predictor, SESSIONS, World, recovery};
use crate::classify::reference::{FeaturePlan, Generator};
use crate::classify::session::evidence;
use crate::dice::Dice;
use crate::instrument::Perspective;
use crate::interview::{Start, simulate};

const EXAMPLES: &str = "Examples:
  relata recovery
  relata recovery workshop-pulse --seed 7 --format csv";

mod timed;

/// Arguments of `recovery`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct RecoveryArgs {
    /// The questionnaire whose scales, situations and reasons are recovered from
    #[arg(default_value = "customer-interview")]
    instrument: String,

    /// Instead: how well timed sorting recovers a simulated association, and how often its intervals hold it
    #[arg(long)]
    timed: bool,

    /// Equal seeds give equal tables
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Bootstrap samples behind the intervals
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    resamples: u32,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const COLUMNS: &[&str] = &[
    "world",
    "separation",
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
];

pub(super) fn run(args: RecoveryArgs) -> Result<ExitCode, Failure> {
    if args.timed {
        let instrument = input::instrument(&args.instrument)?;
        let table = timed::table(&instrument, args.seed)?;
        remark(&format!(
            "Recovery, not validity: {} simulated respondents, seed {}; their latencies come from relata's own assumptions.",
            timed::SESSIONS,
            args.seed
        ));
        print(&table.to_text(args.format)?)?;
        return Ok(ExitCode::SUCCESS);
    }
    let plan = plan(&args.instrument, args.seed)?;
    let rows = recovery(&plan, args.seed, args.resamples as usize)
        .map_err(|why| Failure::refused(format!("no recovery table could be made: {why}")))?;
    let mut table = Table::new(COLUMNS);
    for row in rows {
        let of = |estimate: &Estimate| estimate.value.map_or(Value::Null, Value::from);
        let end = |pick: fn(crate::psychometrics::Interval) -> f64| {
            row.evaluation.accuracy.interval.map_or(Value::Null, |interval| pick(interval).into())
        };
        table.push(vec![
            world(row.world).into(),
            row.separation.into(),
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
    remark(&format!(
        "Recovery, not validity: {SESSIONS} simulated sessions a world, seed {}; the reference model is scored on answers\n\
         that relata's own assumptions made. Nothing is tuned to this table.",
        args.seed
    ));
    print(&table.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// What a questionnaire gives the classifier to see of somebody who answers all of it.
pub(super) fn plan(name: &str, seed: u64) -> Result<FeaturePlan, Failure> {
    let instrument = input::instrument(name)?;
    // Anybody's complete session shows which features the questionnaire gives.
    let (persona, _) = Generator::default().persona(&mut Dice::new(seed));
    let start = Start { seed, language: instrument.language(None), fields: Default::default(), at: 0 };
    let walk = simulate::walk(instrument, start, &persona)
        .map_err(|refusal| Failure::refused(format!("a simulated respondent got stuck: {refusal}")))?;
    evidence(&walk.interview, Perspective::Own)
        .map(|evidence| evidence.plan)
        .ok_or_else(|| Failure::refused(format!("{name} asks nothing about relational models")))
}

fn world(world: World) -> &'static str {
    match world {
        World::Reference => "reference",
        World::Misspecified => "misspecified",
    }
}

fn against(against: Against) -> &'static str {
    match against {
        Against::Truth => "truth",
        Against::Code => "code",
    }
}

fn predictor(predictor: Predictor) -> &'static str {
    match predictor {
        Predictor::ReferenceModel => "reference model",
        Predictor::EvenPrior => "reference model, even prior",
        Predictor::Prior => "baseline: prior",
        Predictor::HighestScale => "baseline: highest mean",
    }
}
