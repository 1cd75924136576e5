//! `relata simulate`: respondents who do not exist answer a questionnaire, through the real interview.

use std::process::ExitCode;

use clap::Args;

use super::{Failure, StudyArg, input, plural, remark};
use crate::study::crowd::{self, Crowd};

const EXAMPLES: &str = "Examples:
  relata simulate customer-interview --n 275 --seed 1 --study demo.relata
  relata simulate my-questionnaire.toml --n 40 --lang nl";

/// Arguments of `simulate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct SimulateArgs {
    /// A questionnaire that comes with relata, or a file
    instrument: String,

    /// How many respondents
    #[arg(long, short, default_value_t = 275, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    n: u32,

    /// Equal seeds give equal sessions
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Language of the sessions
    #[arg(long)]
    lang: Option<String>,
}

pub(super) fn run(study: &StudyArg, args: SimulateArgs) -> Result<ExitCode, Failure> {
    let instrument = input::instrument(&args.instrument)?;
    crate::study::check_language(&instrument, args.lang.as_deref())?;
    let people =
        Crowd { n: args.n, seed: args.seed, lang: args.lang.as_deref(), interviewers: &["simulated"] };
    let mut study = study.open()?;
    crowd::keep(&mut study, &instrument, &people)
        .map_err(|why| why.help("equal seeds give equal sessions: take another --seed or another --study"))?;
    remark(&format!(
        "{} of {} in {}",
        plural(args.n as usize, "simulated session"),
        instrument.name,
        study.path().display()
    ));
    Ok(ExitCode::SUCCESS)
}
