//! `relata stats icc`: the six intraclass correlations.

use std::process::ExitCode;

use clap::Args;

use super::input::InputArgs;
use super::output::StatisticsOutput;
use crate::cli::Failure;
use crate::cli::table::Format;
use crate::psychometrics::icc::icc;
use crate::psychometrics::{LEVEL, Uncomputable};

const EXAMPLES: &str = "Examples:
  relata stats icc --input ratings.csv --ignore unit
  relata stats icc --input ratings.csv --ignore unit --format json

Rows are units, columns are raters. icc1: every unit has raters of its own; icc2: the same raters, a sample (agreement);
icc3: these raters only (consistency). With k: the mean of all raters instead of a single one.";

/// Arguments of `stats icc`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct IccArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Confidence of the intervals
    #[arg(long, default_value_t = LEVEL, value_name = "SHARE", value_parser = super::confidence)]
    confidence: f64,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Why a form has a value and no interval.
const NO_ERROR: &str = "no interval: where nothing is left over between units and raters, F has nothing to estimate an error from";

const NO_UNITS: &str =
    "no interval: the means of the units do not differ, so that F is 0 and leaves no room below";

const NO_PLACE: &str = "no interval: the ends that its formula gives lie outside what a correlation can be";

pub(super) fn run(args: IccArgs) -> Result<ExitCode, Failure> {
    let data = args.input.numbers(|_, value| Ok(value))?;
    args.input.remark_on_labels(&data, "rater");
    let found = icc(&data.rows, args.confidence);
    let mut findings = StatisticsOutput::default();
    for (name, form) in [
        ("icc1", found.and_then(|found| found.icc1)),
        ("icc2", found.and_then(|found| found.icc2)),
        ("icc3", found.and_then(|found| found.icc3)),
        ("icc1k", found.and_then(|found| found.icc1k)),
        ("icc2k", found.and_then(|found| found.icc2k)),
        ("icc3k", found.and_then(|found| found.icc3k)),
    ] {
        // The ratings do vary, and "no variance" would contradict the table.
        let reason = match (&found, form) {
            (Ok(found), Err(Uncomputable::NoVariance)) => {
                Some(match name {
                    "icc2k" => "its formula divides by nothing: units and raters differ by no more than what is left over".to_owned(),
                    _ => format!("the means of the {} complete units do not differ", found.units),
                })
            }
            (Ok(_), Err(Uncomputable::OutOfRange)) => {
                Some("its formula leaves what a correlation can be: raters run against each other".to_owned())
            }
            (Err(Uncomputable::NoVariance), _) => {
                Some("all ratings of the complete units are equal".to_owned())
            }
            // At their least value, F is 0, which no other F is a multiple of.
            (Ok(found), Ok(_)) if [found.icc3, found.icc1].into_iter().flatten().any(|least| least.value <= 1e-12 - 1.0 / (found.raters as f64 - 1.0)) => {
                Some(NO_UNITS.to_owned())
            }
            // Only of forms that have a value.
            _ => form.is_ok().then(|| {
                let consistent = found.ok().and_then(|found| found.icc3.ok()).is_some_and(|icc3| icc3.value >= 1.0);
                let leaves = name.starts_with("icc2") && !consistent;
                if leaves { NO_PLACE } else { NO_ERROR }.to_owned()
            }),
        };
        findings.estimate_because(name, form, reason);
    }
    findings.fact("rows", data.rows.len());
    findings.fact("complete_units", data.rows.iter().filter(|row| row.iter().all(Option::is_some)).count());
    findings.fact("raters", data.names.len());
    findings.fact("interval", "F, as Shrout and Fleiss 1979");
    findings.fact("confidence", args.confidence);
    findings.print(args.format)?;
    Ok(ExitCode::SUCCESS)
}
