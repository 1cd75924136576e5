//! `relata check`: every fault of questionnaire files, at once.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::{Failure, findings, input, output, print, remark};
use crate::instrument::Severity;

const EXAMPLES: &str = "Examples:
  relata check my-questionnaire.toml
  relata check *.toml --format json";

/// Arguments of `check`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct CheckArgs {
    /// Questionnaire files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,

    /// How findings are printed
    #[arg(long, value_enum, default_value_t = CheckFormat::Text)]
    format: CheckFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CheckFormat {
    /// For people
    Text,
    /// For editors and scripts
    Json,
}

pub(super) fn run(args: CheckArgs) -> Result<ExitCode, Failure> {
    let mut errors = 0;
    let mut all = Vec::new();
    for path in &args.files {
        let reading = input::read_file(path)?;
        let faults = reading.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
        errors += faults;
        if args.format == CheckFormat::Text {
            let colour = output::colour_wanted();
            output::print_drawn(&findings::render(&reading.findings, &reading.files, colour, width()))?;
            if reading.findings.is_empty() {
                remark(&format!("{}: no faults", path.display()));
            }
        }
        all.extend(reading.findings);
    }
    if args.format == CheckFormat::Json {
        print(&findings::to_json(&all))?;
    }
    Ok(ExitCode::from(u8::from(errors > 0)))
}

/// Columns of the terminal; a pipe gets what most terminals have.
fn width() -> usize {
    const USUAL: usize = 100;
    std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).unwrap_or(USUAL)
}
