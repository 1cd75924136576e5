//! `relata stats nps`: the Net Promoter Score of a column.

use std::process::ExitCode;

use clap::Args;

use super::input::InputArgs;
use super::output::StatisticsOutput;
use crate::cli::columns::{CellArgs, text};
use crate::cli::table::Format;
use crate::cli::{Failure, list};
use crate::psychometrics::Estimate;
use crate::psychometrics::proportion::nps;

const EXAMPLES: &str = "Examples:
  relata stats nps --input answers.csv --column recommend
  cut -d, -f3 answers.csv | relata stats nps --input -";

/// Arguments of `stats nps`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct NpsArgs {
    /// CSV file with a header, separated by commas, semicolons or tabs; `-` reads standard input
    #[arg(long, short, value_name = "FILE")]
    input: std::path::PathBuf,

    /// The column of answers from 0 to 10; not needed when there is one column, or one called `nps`
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, value_parser = text)]
    column: Option<String>,

    #[command(flatten)]
    cells: CellArgs,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(args: NpsArgs) -> Result<ExitCode, Failure> {
    let wanted = |items: Vec<String>| InputArgs {
        input: args.input.clone(),
        items,
        ignore: Vec::new(),
        cells: args.cells.clone(),
    };
    let input = wanted(args.column.iter().cloned().collect());
    let data = input.one_of_many("nps", "--column", |value| {
        match value.fract() == 0.0 && (0.0..=10.0).contains(&value) {
            true => Ok(value),
            false => Err(format!("{value} is no whole number from 0 to 10")),
        }
    })?;
    let answers: Vec<u8> = data.rows.iter().flatten().flatten().map(|answer| *answer as u8).collect();
    let found = nps(&answers);
    let mut findings = StatisticsOutput::default();
    let estimate =
        found.map(|found| Estimate { value: found.score, se: None, interval: Some(found.interval) });
    findings.estimate("nps", estimate);
    findings.fact("column", list(&data.names).trim_matches('`'));
    findings.fact("n", answers.len());
    findings.fact("missing", data.rows.len() - answers.len());
    if let Ok(found) = found {
        findings.fact("promoters", found.promoters);
        findings.fact("passives", found.passives);
        findings.fact("detractors", found.detractors);
    }
    findings.fact(
        "interval",
        "score, 95 % (Tango 1998): differences of shares that the counts do not speak against",
    );
    findings.print(args.format)?;
    Ok(ExitCode::SUCCESS)
}
