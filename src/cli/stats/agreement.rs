//! `relata stats agreement`: the codes of several coders.

use std::process::ExitCode;

use clap::Args;

use super::DrawArgs;
use super::input::{Data, InputArgs};
use super::output::{StatisticsOutput, cell};
use crate::cli::choice::{Choices, one_of};
use crate::cli::columns::{say_alike, text};
use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, list, remark};
use crate::import::table::all_texts;
use crate::psychometrics::agreement::{
    ScaleType, Spacing, Units, Weights, cohen_kappa, fleiss_kappa, gwet_ac1, krippendorff_alpha,
    krippendorff_interval, raw_agreement,
};
use crate::psychometrics::{Estimate, LEVEL, Uncomputable};
use crate::rng::Rng;

const EXAMPLES: &str = "Examples:
  relata stats agreement --input codes.csv --level nominal --ignore session
  relata stats agreement --input codes.csv --level nominal --ignore session --categories CS,AR,EM,MP --format json
  relata stats agreement --input ratings.csv --level ordinal --ignore unit

Rows are units, columns are coders (--ignore leaves out one that says which unit it is), an empty cell is a code that was not given. Nominal codes may be words.";

/// Arguments of `stats agreement`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct StatsAgreementArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Level of measurement of the codes
    #[arg(long, value_parser = one_of(LEVELS))]
    level: ScaleType,

    /// All categories that there were to choose from, used or not (nominal; AC1 depends on their number), separated by commas, one
    /// with a comma in it in double quotes
    #[arg(long, value_name = "NAME", allow_hyphen_values = true, value_parser = text)]
    categories: Vec<String>,

    #[command(flatten)]
    draw: DrawArgs,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

const LEVELS: Choices<ScaleType> = &[
    ("nominal", "Names", ScaleType::Nominal),
    ("ordinal", "Ranks", ScaleType::Ordinal),
    ("interval", "Measurements", ScaleType::Interval),
    ("ratio", "Measurements with a true zero", ScaleType::Ratio),
];

pub(super) fn run(args: StatsAgreementArgs) -> Result<ExitCode, Failure> {
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
    findings(&args, &names, rows, &units, resamples).print(args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// The coders, the number of rows, and the codes.
type Codes = (Vec<String>, usize, Result<Units, Uncomputable>);

fn read(args: &StatsAgreementArgs) -> Result<Codes, Failure> {
    if args.level == ScaleType::Nominal {
        let mut categories = all_texts(&args.categories)?;
        let mut data = args.input.names(&categories)?;
        args.input.remark_on_labels(&data, "coder");
        without_point(&mut data, &mut categories);
        alike(&data);
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
    let ratio = args.level == ScaleType::Ratio;
    let data = args.input.numbers(|_, value| match ratio && value < 0.0 {
        true => Err(format!("{value} is below zero, which no ratio scale has")),
        false => Ok(value),
    })?;
    args.input.remark_on_labels(&data, "coder");
    Ok((data.names, data.rows.len(), Units::new(&data.rows)))
}

/// A whole number without the decimals that say so, with either sign.
fn whole(text: &str) -> Option<&str> {
    text.strip_suffix(".0").or_else(|| text.strip_suffix(",0")).filter(|text| digits(text))
}

fn digits(text: &str) -> bool {
    let text = text.strip_prefix(['-', '\u{2212}']).unwrap_or(text);
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Programs write a column of whole numbers with `.0`, or `,0`, as soon as a value is missing in it. Where all of one coder's codes are
/// written so and all others are whole numbers, `1.0` becomes `1`, with a remark. Otherwise codes are names: `1.1` and `1.10` differ.
fn without_point(data: &mut Data<String>, categories: &mut [String]) {
    let of = |at: usize| data.rows.iter().filter_map(move |row| row.get(at)?.as_deref());
    let columns = 0..data.names.len();
    let written: Vec<bool> = columns
        .clone()
        .map(|at| of(at).next().is_some() && of(at).all(|code| whole(code).is_some()))
        .collect();
    let sound = columns.clone().all(|at| written[at] || of(at).all(digits));
    let mixed = written.contains(&true) && columns.clone().any(|at| !written[at] && of(at).next().is_some());
    // Coders' programs may write different decimal signs for the same number.
    let signs =
        |sign: char| columns.clone().filter(|at| written[*at]).flat_map(of).any(|code| code.contains(sign));
    let differ = signs('.') && signs(',');
    if !sound || !(mixed || differ || (written.contains(&true) && !categories.is_empty())) {
        return;
    }
    let names: Vec<String> =
        columns.clone().filter(|at| written[*at]).map(|at| data.names[at].clone()).collect();
    let shown =
        columns.filter(|at| written[*at]).flat_map(of).find_map(|code| Some((code.to_owned(), whole(code)?)));
    if let Some((code, whole)) = shown {
        remark(&format!("codes such as `{code}` in {} are read as `{whole}`", list(&names)));
    }
    let cut = |text: &mut String| {
        if let Some(whole) = whole(text).map(str::to_owned) {
            *text = whole;
        }
    };
    data.rows.iter_mut().flatten().flatten().for_each(cut);
    categories.iter_mut().for_each(cut);
}

/// Remarks on codes that count as different and may be meant as one.
fn alike(data: &Data<String>) {
    say_alike("codes", "a code", data.rows.iter().flatten().flatten().map(String::as_str));
}

fn findings(
    args: &StatsAgreementArgs,
    names: &[String],
    rows: usize,
    units: &Units,
    resamples: usize,
) -> StatisticsOutput {
    let (level, confidence) = (args.level, args.draw.confidence);
    let spacing = match args.level {
        ScaleType::Nominal | ScaleType::Ordinal => Spacing::Places,
        ScaleType::Interval | ScaleType::Ratio => Spacing::Values,
    };
    let kappa = |units: &Units, weights| cohen_kappa(units, weights, spacing, confidence);
    let mut findings = StatisticsOutput::default();
    let mut estimate = |name, found: Result<Estimate, Uncomputable>| {
        let one = found.as_ref().err() == Some(&Uncomputable::NoVariance);
        let reason = one.then(|| {
            format!(
                "all codes of the {} units with two codes are equal, so that chance agrees as well",
                units.paired()
            )
        });
        findings.estimate_because(name, found, reason);
    };
    estimate("agreement", Ok(raw_agreement(units, confidence)));
    estimate("cohen_kappa", kappa(units, Weights::Equal));
    if args.level != ScaleType::Nominal {
        estimate("cohen_kappa_linear", kappa(units, Weights::Linear));
        estimate("cohen_kappa_quadratic", kappa(units, Weights::Quadratic));
    }
    estimate("fleiss_kappa", fleiss_kappa(units, confidence));
    estimate("ac1", gwet_ac1(units, confidence));
    let alpha = krippendorff_alpha(units, level).map(|value| {
        let mut rng = Rng::for_purpose(args.draw.seed, "krippendorff");
        let interval = krippendorff_interval(units, level, confidence, resamples, &mut rng).ok();
        Estimate { value, se: None, interval }
    });
    estimate("krippendorff_alpha", alpha);
    if units.coders() > 2 {
        findings.table("pairs", pairs(names, units, &kappa));
    }
    findings
        .fact("level", LEVELS.iter().find(|(.., level)| *level == args.level).map_or("", |(word, ..)| *word));
    findings.fact("rows", rows);
    findings.fact("units_with_two_codes", units.paired());
    findings.fact("coders", units.coders());
    findings.fact("categories", units.categories());
    findings.fact("agreement_interval", "Wilson, units as cases");
    findings.fact("cohen_kappa_interval", "normal, variance of Fleiss, Cohen and Everitt 1969");
    if args.level != ScaleType::Nominal {
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
) -> Listing {
    let mut table = Listing::new(&["coder", "other", "units", "agreement", "cohen_kappa"]);
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
                number(&|pair| Ok(raw_agreement(pair, LEVEL).value)),
                number(&|pair| kappa(pair, Weights::Equal).map(|found| found.value)),
            ]);
        }
    }
    table
}
