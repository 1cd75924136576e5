//! `relata score`: trial data of other programs in, one line for each respondent out. This file owns the flags; what they ask for
//! is `task`, scoring and printing is `output`. Refuses to guess a column, a block or a variant of D.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

mod output;
mod task;

use super::choice::{Choices, one_of};
use super::columns::{self, DECIMALS, text};
use super::table::Format;
use super::{Failure, list, plural, remark};
use crate::import::trials::{
    self,
    units::{self, Unit},
};
use crate::instrument::numeral::Sign;
use crate::measures::timed::SPLITS;
use crate::measures::timed::iat::{IatAlgorithm, PenaltyFrom, SdTaken};

/// Arguments of `score`.
#[derive(Debug, Args)]
pub(super) struct ScoreArgs {
    #[command(subcommand)]
    measure: Measure,
}

#[derive(Debug, Subcommand)]
enum Measure {
    /// Single-category implicit association test: two test blocks
    #[command(name = "sc-iat")]
    ScIat(ScIatArgs),
    /// Implicit association test: two practice and two test blocks, D1 to D6
    Iat(IatArgs),
    /// Brief implicit association test: consecutive pairs of blocks
    Biat(BiatArgs),
    /// Affect misattribution procedure: pleasant after a prime against a neutral one
    Amp(AmpArgs),
}

/// What every measure asks for.
#[derive(Debug, Args)]
struct Common {
    /// Trials, one a row, with a header: CSV, also with semicolons or tabs; `-` reads standard input
    #[arg(long, value_name = "FILE")]
    input: PathBuf,

    /// Column that says whose trial it is
    #[arg(long, value_name = "COLUMN")]
    respondent: String,

    /// Texts that mean that there was no answer: in the latency column, or of an AMP in the column of the answer (several: repeat, or
    /// separate by commas; '' is the empty cell)
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = text)]
    missing: Vec<String>,

    /// The sign that begins the decimals, where 1.204 or 1,204 could be a thousand; by default the column shows it
    #[arg(long, value_parser = one_of(DECIMALS), value_name = "SIGN")]
    decimal: Option<Sign>,

    /// How the standard error is computed
    #[arg(long, value_enum, default_value_t = Se::Analytic)]
    se: Se,

    /// Bootstrap samples behind a standard error
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    resamples: u32,

    /// Say the split-half reliability of the sample: random halves, Spearman–Brown
    #[arg(long)]
    split_half: bool,

    /// Random splits behind the split-half reliability
    #[arg(long, default_value_t = SPLITS as u32, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    splits: u32,

    /// Equal seeds give equal bootstrap errors and splits
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Give D of excluded respondents, too, where the formula has a value
    #[arg(long)]
    excluded_too: bool,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Columns of a task with latencies.
#[derive(Debug, Args)]
struct Trials {
    /// Column that says which block a trial belongs to
    #[arg(long, value_name = "COLUMN")]
    block: String,

    /// Column of the latency
    #[arg(long, value_name = "COLUMN")]
    latency: String,

    /// What the latency is counted in
    #[arg(long, default_value = "ms", value_parser = one_of(UNITS))]
    latency_unit: Unit,

    #[command(flatten)]
    answer: Answer,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
struct Answer {
    /// Column that says whether the answer was right: 1/0, true/false, yes/no, or as a Dutch program writes them
    #[arg(long, value_name = "COLUMN")]
    correct: Option<String>,

    /// Column that says the opposite: whether it was wrong, or how many wrong keys came before the right one (1, 2 … count as wrong)
    #[arg(long, value_name = "COLUMN")]
    error: Option<String>,
}

/// How a file marks a trial without an answer.
#[derive(Debug, Args)]
struct NoResponse {
    /// Column of the response, to find trials without one
    #[arg(long, value_name = "COLUMN", requires = "no_response")]
    response: Option<String>,

    /// What that column holds when there was no answer
    #[arg(long, value_name = "VALUE", requires = "response", allow_hyphen_values = true, value_parser = text)]
    no_response: Option<String>,
}

/// What every task with latencies asks for.
#[derive(Debug, Args)]
struct TimedArgs {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    trials: Trials,
    #[command(flatten)]
    no_response: NoResponse,
}

#[derive(Debug, Args)]
struct ScIatArgs {
    #[command(flatten)]
    timed: TimedArgs,

    /// Test block whose mean is subtracted, for example organisation with good
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, value_parser = text)]
    a: String,

    /// Test block that it is subtracted from, for example organisation with bad
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, value_parser = text)]
    b: String,
}

#[derive(Debug, Args)]
struct IatArgs {
    #[command(flatten)]
    timed: TimedArgs,

    /// Practice block of the first pairing
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, value_parser = text)]
    practice_a: String,

    /// Practice block of the second pairing
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, value_parser = text)]
    practice_b: String,

    /// Test block of the first pairing
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, value_parser = text)]
    test_a: String,

    /// Test block of the second pairing
    #[arg(long, value_name = "CODE", allow_hyphen_values = true, value_parser = text)]
    test_b: String,

    /// d1 and d2 for latencies that run until the right key, d3 to d6 for those that run until the first
    #[arg(long, value_parser = one_of(METHODS))]
    method: IatAlgorithm,

    /// Whether the SD is taken after or before errors are replaced (d3 to d6)
    #[arg(long, default_value = "after", value_parser = one_of(SDS))]
    sd: SdTaken,

    /// What replaces an error is computed after or before latencies under 400 ms are deleted (d5 and d6)
    #[arg(long, default_value = "after-deletion", value_parser = one_of(PENALTIES))]
    penalty: PenaltyFrom,
}

#[derive(Debug, Args)]
struct BiatArgs {
    #[command(flatten)]
    timed: TimedArgs,

    /// Blocks whose means are subtracted: codes with commas between them (quote a code that holds one)
    #[arg(long, value_name = "CODES", required = true, allow_hyphen_values = true, value_parser = text)]
    a: Vec<String>,

    /// Blocks that they are subtracted from; the first done is compared with the first done of A, and so on
    #[arg(long, value_name = "CODES", required = true, allow_hyphen_values = true, value_parser = text)]
    b: Vec<String>,
}

#[derive(Debug, Args)]
struct AmpArgs {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    no_response: NoResponse,

    /// Column that says which prime was shown
    #[arg(long, value_name = "COLUMN", visible_alias = "block")]
    prime: String,

    /// Column that says whether the figure was called pleasant: 1/0, true/false or yes/no
    #[arg(long, value_name = "COLUMN", visible_alias = "correct")]
    pleasant: String,

    /// The prime of interest
    #[arg(long, value_name = "CODE", visible_alias = "b", allow_hyphen_values = true, value_parser = text)]
    prime_a: String,

    /// The neutral prime
    #[arg(long, value_name = "CODE", visible_alias = "a", allow_hyphen_values = true, value_parser = text)]
    neutral: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Se {
    /// Delta method
    Analytic,
    /// Resampled trials within blocks
    Bootstrap,
    /// No standard error
    None,
}

const UNITS: Choices<Unit> = &[
    (units::MILLISECONDS.flag, "Milliseconds", units::MILLISECONDS),
    (units::SECONDS.flag, "Seconds", units::SECONDS),
    (units::MICROSECONDS.flag, "Microseconds", units::MICROSECONDS),
];

const METHODS: Choices<IatAlgorithm> = &[
    ("d1", "As recorded", IatAlgorithm::D1),
    ("d2", "As recorded, < 400 ms deleted", IatAlgorithm::D2),
    ("d3", "Errors: mean of correct + 2 SD", IatAlgorithm::D3),
    ("d4", "Errors: mean of correct + 600 ms", IatAlgorithm::D4),
    ("d5", "As d3, < 400 ms deleted", IatAlgorithm::D5),
    ("d6", "As d4, < 400 ms deleted", IatAlgorithm::D6),
];

const SDS: Choices<SdTaken> = &[
    ("after", "After errors are replaced", SdTaken::After),
    ("before", "Before: of latencies as recorded", SdTaken::Before),
];

const PENALTIES: Choices<PenaltyFrom> = &[
    ("after-deletion", "From the correct trials that are left", PenaltyFrom::AfterDeletion),
    ("before-deletion", "From all correct trials up to 10,000 ms", PenaltyFrom::BeforeDeletion),
];

pub(super) fn run(args: ScoreArgs) -> Result<ExitCode, Failure> {
    let (task, common) = match args.measure {
        Measure::ScIat(args) => (task::sc_iat(&args), args.timed.common),
        Measure::Iat(args) => (task::iat(&args), args.timed.common),
        Measure::Biat(args) => (task::biat(&args)?, args.timed.common),
        Measure::Amp(args) => (task::amp(&args), args.common),
    };
    task.check()?;
    let mut scores = output::ScoreTable::new(&task, &common);
    let (path, open) = (common.input.as_path(), || columns::open(&common.input));
    // A pipe is read once.
    let twice = path != Path::new("-") && path.metadata().is_ok_and(|file| file.is_file());
    let facts = trials::read(path, twice, open, &task.wanted, &mut scores)?;
    scores.check_unit(&task.wanted)?;
    for missing in &facts.unseen {
        let code = &task.wanted.codes[*missing].code;
        remark(&format!("no row has `{code}` in the column `{}`", task.wanted.block));
    }
    if !facts.others.is_empty() {
        let rows: usize = facts.others.values().sum();
        let blocks: Vec<String> = facts.others.keys().cloned().collect();
        remark(&format!(
            "left out: {} of other blocks in the column `{}`: {}",
            plural(rows, "row"),
            task.wanted.block,
            list(&blocks)
        ));
    }
    if facts.scattered {
        remark("the rows are not sorted by respondent: all trials were held in memory, sixteen bytes each");
    }
    scores.print()?;
    Ok(ExitCode::SUCCESS)
}
