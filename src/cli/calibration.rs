//! `relata calibration-study`: what calibrating does to studies of ordinary size.

use std::process::ExitCode;

use clap::Args;

use super::recovery::own_plan;
use super::table::{Format, Listing};
use super::{Failure, print, remark};
use crate::classify::calibration::{HELD_OUT, calibration};
use crate::classify::learner::LEARNERS;
use crate::classify::recovery::STUDY;
use crate::classify::train::Calibrate;

/// Arguments of `calibration`.
#[derive(Debug, Args)]
pub(super) struct CalibrationArgs {
    /// The questionnaire whose scales, situations and reasons the studies use
    #[arg(default_value = "customer-interview")]
    instrument: String,

    /// What learns
    #[arg(long, default_value = LEARNERS[0].id(), value_parser = clap::builder::PossibleValuesParser::new(LEARNERS.iter().map(|l| l.id())))]
    learner: String,

    /// Simulated studies
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    studies: u32,

    /// Equal seeds give equal tables
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const COLUMNS: &[&str] =
    &["calibrate", "log_loss", "change", "change_se", "worse_by_1_percent", "ece", "temperature", "scaled"];

pub(super) fn run(args: CalibrationArgs) -> Result<ExitCode, Failure> {
    let plan = own_plan(&args.instrument)?;
    let rows = calibration(&plan, &args.learner, args.studies as usize, args.seed)
        .map_err(|why| Failure::refused(format!("no calibration table could be made: {why}")))?;
    let mut table = Listing::new(COLUMNS);
    for row in rows {
        let name = match row.calibrate {
            Calibrate::Off => "off",
            Calibrate::Auto => "auto",
            Calibrate::On => "on",
        };
        // At three digits the compared values would look alike.
        let small = |value: f64| match args.format {
            Format::Table => format!("{value:+.5}").into(),
            _ => value.into(),
        };
        table.push(vec![
            name.into(),
            row.log_loss.into(),
            small(row.change),
            small(row.change_se),
            row.worse.into(),
            row.calibration_error.into(),
            row.temperature.into(),
            row.scaled.into(),
        ]);
    }
    remark(&format!(
        "{} simulated studies of {STUDY} sessions, each judged on {HELD_OUT} sessions that it never saw; seed {}.\n\
         change: held-out log loss against no calibration, below 0 is better.",
        args.studies, args.seed
    ));
    print(&table.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}
