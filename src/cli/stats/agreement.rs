//! `relata stats agreement`: the codes of several coders.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use super::DrawArgs;
use super::input::InputArgs;
use super::output::{Findings, cell};
use crate::cli::table::{Format, Table};
use crate::cli::{Failure, print};
use crate::dice::Dice;
use crate::psychometrics::agreement::{
    Level, Spacing, Units, Weights, cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha,
    krippendorff_interval, raw_agreement,
};
use crate::psychometrics::{Estimate, Uncomputable};

const EXAMPLES: &str = "Examples:
  relata stats agreement --input codes.csv --level nominal --ignore session
  relata stats agreement --input codes.csv --level nominal --categories CS,AR,EM,MP --format json
  relata stats agreement --input ratings.csv --level ordinal

Rows are units, columns are coders, an empty cell is a code that was not given. Nominal codes may be words.";

/// Arguments of `stats agreement`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct AgreementArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Level of measurement of the codes
    #[arg(long, value_enum)]
    level: LevelArg,

    /// All categories that there were to choose from, used or not (nominal; AC1 depends on their number)
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    categories: Vec<String>,

    #[command(flatten)]
    draw: DrawArgs,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LevelArg {
    /// Names
    Nominal,
    /// Ranks
    Ordinal,
    /// Measurements
    Interval,
    /// Measurements with a true zero
    Ratio,
}

impl LevelArg {
    fn level(self) -> Level {
        match self {
            Self::Nominal => Level::Nominal,
            Self::Ordinal => Level::Ordinal,
            Self::Interval => Level::Interval,
            Self::Ratio => Level::Ratio,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Nominal => "nominal",
            Self::Ordinal => "ordinal",
            Self::Interval => "interval",
            Self::Ratio => "ratio",
        }
    }
}

pub(super) fn run(args: AgreementArgs) -> Result<ExitCode, Failure> {
    let (names, rows, units) = read(&args)?;
    let units = units.map_err(|why| {
        let why = match why {
            Uncomputable::TooFewCases { .. } => "no row has codes of two coders".to_owned(),
            other => other.to_string(),
        };
        Failure::refused(format!("{}: {why}", args.input.input.display()))
            .help("rows are units and columns are coders")
    })?;
    let resamples = args.draw.resamples(2_000, rows.saturating_mul(10));
    print(&findings(&args, &names, rows, &units, resamples).to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The coders, the number of rows, and the codes.
type Codes = (Vec<String>, usize, Result<Units, Uncomputable>);

fn read(args: &AgreementArgs) -> Result<Codes, Failure> {
    if args.level == LevelArg::Nominal {
        let data = args.input.names()?;
        let categories: Vec<String> = args.categories.iter().map(|name| name.trim().to_owned()).collect();
        if let Some(known) = (!categories.is_empty()).then_some(&categories)
            && let Some(strange) = data.rows.iter().flatten().flatten().find(|code| !known.contains(code))
        {
            return Err(Failure::refused(format!("the code `{strange}` is none of --categories")));
        }
        return Ok((data.names, data.rows.len(), Units::nominal(&data.rows, &categories)));
    }
    if !args.categories.is_empty() {
        return Err(Failure::Usage("--categories goes with --level nominal".into()));
    }
    let ratio = args.level == LevelArg::Ratio;
    let data = args.input.numbers(|_, value| match ratio && value < 0.0 {
        true => Err(format!("{value} is below zero, which no ratio scale has")),
        false => Ok(value),
    })?;
    Ok((data.names, data.rows.len(), Units::new(&data.rows)))
}

fn findings(
    args: &AgreementArgs,
    names: &[String],
    rows: usize,
    units: &Units,
    resamples: usize,
) -> Findings {
    let (level, confidence) = (args.level.level(), args.draw.confidence);
    let spacing = match args.level {
        LevelArg::Nominal | LevelArg::Ordinal => Spacing::Places,
        LevelArg::Interval | LevelArg::Ratio => Spacing::Values,
    };
    let kappa = |units: &Units, weights| cohen_kappa(units, weights, spacing, confidence);
    let mut findings = Findings::default();
    findings.estimate("agreement", Ok(raw_agreement(units, confidence)));
    findings.estimate("cohen_kappa", kappa(units, Weights::Equal));
    if args.level != LevelArg::Nominal {
        findings.estimate("cohen_kappa_linear", kappa(units, Weights::Linear));
        findings.estimate("cohen_kappa_quadratic", kappa(units, Weights::Quadratic));
    }
    findings.estimate("fleiss_kappa", fleiss_kappa(units, confidence));
    findings.estimate("ac1", gwet_ac1(units, confidence));
    let alpha = krippendorff_alpha(units, level).map(|value| {
        let mut dice = Dice::for_purpose(args.draw.seed, "krippendorff");
        let interval = krippendorff_interval(units, level, confidence, resamples, &mut dice).ok();
        Estimate { value, se: None, interval }
    });
    findings.estimate("krippendorff_alpha", alpha);
    if units.coders() > 2 {
        findings.table("pairs", pairs(names, units, &kappa));
    }
    findings.fact("level", args.level.name());
    findings.fact("rows", rows);
    findings.fact("units_with_two_codes", units.paired());
    findings.fact("coders", units.coders());
    findings.fact("categories", units.categories());
    findings.fact("agreement_interval", "Wilson, units as cases");
    findings.fact("cohen_kappa_interval", "normal, variance of Fleiss, Cohen and Everitt 1969");
    if args.level != LevelArg::Nominal {
        let by =
            if spacing == Spacing::Places { "places among the codes used" } else { "values of the codes" };
        findings.fact("cohen_kappa_distance", by);
    }
    findings.fact("fleiss_kappa_interval", "Student's t, Gwet's variance over units, missing codes allowed");
    findings.fact("ac1_interval", "Student's t, Gwet's variance over units, missing codes allowed");
    findings
        .fact("krippendorff_alpha_interval", format!("percentile bootstrap, {resamples} resamples of units"));
    findings.fact("confidence", confidence);
    findings.fact("seed", args.draw.seed);
    findings
}

/// Every two coders by themselves: who reads the codebook differently.
fn pairs(
    names: &[String],
    units: &Units,
    kappa: &dyn Fn(&Units, Weights) -> Result<Estimate, Uncomputable>,
) -> Table {
    let mut table = Table::new(&["coder", "other", "units", "agreement", "cohen_kappa"]);
    for (first, one) in names.iter().enumerate() {
        for (second, other) in names.iter().enumerate().skip(first + 1) {
            let pair = units.pair(first, second);
            let number = |of: &dyn Fn(&Units) -> Result<f64, Uncomputable>| match &pair {
                Some(pair) => cell(of(pair)),
                None => serde_json::Value::Null,
            };
            table.push(vec![
                one.as_str().into(),
                other.as_str().into(),
                pair.as_ref().map_or(0, Units::paired).into(),
                number(&|pair| Ok(raw_agreement(pair, 0.95).value)),
                number(&|pair| kappa(pair, Weights::Equal).map(|found| found.value)),
            ]);
        }
    }
    table
}
