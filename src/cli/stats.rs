//! `relata stats`: the statistics of `psychometrics` on any CSV file. Each statistic is one file; `input` reads, `output` prints.
//!
//! A number that can't be computed is printed with its reason and keeps no other one from being printed. A broken file is refused.

mod agreement;
mod correlate;
mod factors;
mod icc;
mod input;
mod nps;
mod output;
mod reliability;

use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::Failure;
use crate::psychometrics::LEVEL;

/// The statistics.
#[derive(Debug, Subcommand)]
pub(super) enum StatsCommand {
    /// Items of a scale: alpha, omega, split-half, item–rest correlations
    Reliability(reliability::ReliabilityArgs),
    /// Codes of several coders: rows are units, columns are coders
    Agreement(agreement::StatsAgreementArgs),
    /// Ratings of several raters: the six intraclass correlations of Shrout and Fleiss
    Icc(icc::IccArgs),
    /// Net Promoter Score of answers from 0 to 10
    Nps(nps::NpsArgs),
    /// Pearson and Spearman correlations of all pairs of columns
    Correlate(correlate::CorrelateArgs),
    /// Factor analysis: how many factors, and how the items load on them
    Factors(factors::FactorsArgs),
}

pub(super) fn run(command: StatsCommand) -> Result<ExitCode, Failure> {
    match command {
        StatsCommand::Reliability(args) => reliability::run(args),
        StatsCommand::Agreement(args) => agreement::run(args),
        StatsCommand::Icc(args) => icc::run(args),
        StatsCommand::Nps(args) => nps::run(args),
        StatsCommand::Correlate(args) => correlate::run(args),
        StatsCommand::Factors(args) => factors::run(args),
    }
}

/// What is drawn by lot, and how sure an interval is.
#[derive(Debug, Args)]
struct DrawArgs {
    /// Bootstrap resamples; 10,000 up to 20,000 rows, fewer for more
    #[arg(long, value_name = "N")]
    resamples: Option<usize>,

    /// Seed of everything that is drawn
    #[arg(long, default_value_t = 1, value_name = "SEED")]
    seed: u64,

    /// Confidence of the intervals
    #[arg(long, default_value_t = LEVEL, value_name = "SHARE", value_parser = confidence)]
    confidence: f64,
}

/// Draws that a bootstrap may cost unless it is told otherwise: a second or two.
const DRAWS: usize = 200_000_000;
/// Fewer resamples have no tails to speak of.
const LEAST_RESAMPLES: usize = 200;

impl DrawArgs {
    /// As many resamples as were asked for; else `usual`, and fewer when the table is long.
    fn resamples(&self, usual: usize, rows: usize) -> usize {
        self.resamples.unwrap_or_else(|| (DRAWS / rows.max(1)).clamp(LEAST_RESAMPLES, usual))
    }
}

fn confidence(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if share > 0.0 && share < 1.0 => Ok(share),
        _ => Err("a share between 0 and 1, such as 0.95".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_tables_get_fewer_resamples_unless_asked() {
        let mut args = DrawArgs { resamples: None, seed: 1, confidence: 0.95 };
        assert_eq!(args.resamples(10_000, 275), 10_000);
        assert_eq!(args.resamples(10_000, 100_000), 2_000);
        assert_eq!(args.resamples(10_000, 10_000_000), LEAST_RESAMPLES);
        args.resamples = Some(5);
        assert_eq!(args.resamples(10_000, 10_000_000), 5);
    }

    #[test]
    fn a_confidence_is_a_share() {
        assert_eq!(confidence("0.9"), Ok(0.9));
        assert!(["0", "1", "95", "NaN", "x"].iter().all(|text| confidence(text).is_err()));
    }
}
