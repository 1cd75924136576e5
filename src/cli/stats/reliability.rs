//! `relata stats reliability`: the items of one scale.

use std::process::ExitCode;

use clap::Args;

use super::DrawArgs;
use super::input::InputArgs;
use super::output::{StatisticsOutput, cell};
use crate::cli::columns::{NAMING, text};
use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, list, remark};
use crate::psychometrics::reliability::{
    MOST_ENUMERATED, OMEGA_KIND, Resampling, ScaleReliability, reliability,
};
use crate::psychometrics::{Estimate, Uncomputable};

const EXAMPLES: &str = "Examples:
  relata stats reliability --input items.csv --ignore id
  relata stats reliability --input items.csv --items a,b,c --reverse a,c --min 1 --max 6 --format json";

/// Arguments of `stats reliability`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct ReliabilityArgs {
    #[command(flatten)]
    input: InputArgs,

    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, value_parser = text, requires = "min", requires = "max", help = format!("Items to turn round: x becomes min + max − x ({NAMING})"))]
    reverse: Vec<String>,

    /// Lowest answer of the items; a lower one is refused
    #[arg(long, allow_negative_numbers = true, value_name = "X")]
    min: Option<f64>,

    /// Highest answer of the items; a higher one is refused
    #[arg(long, allow_negative_numbers = true, value_name = "X")]
    max: Option<f64>,

    /// Resamples for the interval of omega, each of which is a factor analysis, 0 for none; 1,000 up to 20,000 rows, fewer for
    /// more, none from 200,000 rows on
    #[arg(long, value_name = "N")]
    omega_resamples: Option<usize>,

    #[command(flatten)]
    draw: DrawArgs,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(args: ReliabilityArgs) -> Result<ExitCode, Failure> {
    let (low, high) = (args.min.unwrap_or(f64::NEG_INFINITY), args.max.unwrap_or(f64::INFINITY));
    if low.is_nan() || high.is_nan() || low >= high {
        return Err(Failure::Usage("--min has to be below --max".into()));
    }
    let mut data = args.input.numbers(|_, value| match (low..=high).contains(&value) {
        true => Ok(value),
        false => Err(format!("{value} is outside of {low} to {high}")),
    })?;
    let reversed = data.which(&args.reverse)?;
    for &at in &reversed {
        let cells = data.rows.iter_mut().filter_map(|row| row.get_mut(at));
        cells.flatten().for_each(|value| *value = low + high - *value);
    }
    let plan = Resampling {
        resamples: args.draw.resamples(10_000, data.rows.len()),
        omega_resamples: args.omega_resamples.unwrap_or_else(|| omega_resamples(data.rows.len())),
        level: args.draw.confidence,
        seed: args.draw.seed,
        ..Resampling::default()
    };
    let constant = same_when_complete(&data.rows, &data.names);
    let found = reliability(&data.rows, &plan).map_err(|why| Failure::refused(why.to_string()))?;
    findings(&data.names, &reversed, &found, &constant, &plan).print(args.format)?;
    if !constant.is_empty() {
        remark(&format!(
            "{}: the same in all {} complete cases, on which alpha and all that is like it rest; mean and SD are over everybody who answered",
            list(&constant),
            found.cases
        ));
    }
    if found.heywood > 0 {
        remark(
            "omega rests on a Heywood case (an item without variance of its own) and is not to be trusted",
        );
    }
    let backwards: Vec<String> = data
        .names
        .iter()
        .zip(&found.items)
        .filter(|(_, item)| item.item_rest.is_ok_and(|r| r < 0.0))
        .map(|(name, _)| name.clone())
        .collect();
    if !backwards.is_empty() {
        let names = list(&backwards);
        remark(&format!("{names}: runs against the other items; should it be in --reverse?"));
    }
    Ok(ExitCode::SUCCESS)
}

/// The items that do not vary among the rows that have them all.
pub(super) fn same_when_complete(rows: &[Vec<Option<f64>>], names: &[String]) -> Vec<String> {
    let complete = || rows.iter().filter(|row| row.iter().all(Option::is_some));
    let Some(first) = complete().next().filter(|_| complete().nth(1).is_some()) else { return Vec::new() };
    let same = |at: &usize| complete().all(|row| row.get(*at) == first.get(*at));
    (0..names.len()).filter(same).map(|at| names[at].clone()).collect()
}

/// How many factor analyses to spend on a table of this size by default: some seconds.
fn omega_resamples(rows: usize) -> usize {
    match rows {
        0..200_000 => (20_000_000 / rows.max(1)).min(1_000),
        _ => 0,
    }
}

fn findings(
    names: &[String],
    reversed: &[usize],
    found: &ScaleReliability,
    constant: &[String],
    plan: &Resampling,
) -> StatisticsOutput {
    let because = |why: Option<&Uncomputable>| {
        (why == Some(&Uncomputable::NoVariance) && !constant.is_empty())
            .then(|| {
                let vary = if constant.len() == 1 { "does not vary" } else { "do not vary" };
                format!("{} {vary} among the {} complete cases", list(constant), found.cases)
            })
            .or_else(|| {
                (why == Some(&Uncomputable::OutOfRange)).then(|| {
                    "its formula leaves what a correlation can be, -1 to 1: halves run against each other"
                        .to_owned()
                })
            })
    };
    let or_interval = |estimate: &Result<Estimate, Uncomputable>, resamples: usize| {
        let lacking = match resamples {
            0 => "no interval: no resamples were drawn",
            _ => "no interval: the resamples all give one value, or most of them none",
        };
        because(estimate.as_ref().err()).or_else(|| estimate.is_ok().then(|| lacking.to_owned()))
    };
    let mut findings = StatisticsOutput::default();
    findings.estimate_because("alpha", found.alpha, or_interval(&found.alpha, plan.resamples));
    let standardized = found.alpha_standardized;
    findings.number_because("alpha_standardized", standardized, because(standardized.as_ref().err()));
    let omega = found.omega_total;
    findings.estimate_because("omega_total", omega, or_interval(&omega, plan.omega_resamples));
    for (name, value) in [
        ("split_half", found.split_half),
        ("split_half_random", found.split_half_random),
        ("mean_correlation", found.mean_correlation),
    ] {
        findings.number_because(name, value, because(value.as_ref().err()));
    }
    let mut items = Listing::new(&[
        "item",
        "n",
        "missing",
        "mean",
        "sd",
        "skew",
        "item_rest",
        "alpha_if_dropped",
        "reversed",
    ]);
    for (at, (name, item)) in names.iter().zip(&found.items).enumerate() {
        items.push(vec![
            name.as_str().into(),
            item.n.into(),
            item.missing.into(),
            cell(item.mean),
            cell(item.sd),
            cell(item.skew),
            cell(item.item_rest),
            cell(item.alpha_if_dropped),
            reversed.contains(&at).into(),
        ]);
    }
    findings.table("items", items);
    findings.fact("rows", found.rows);
    findings.fact("complete_cases", found.cases);
    findings
        .fact("alpha_interval", format!("percentile bootstrap, {} resamples of respondents", plan.resamples));
    findings.fact("omega_kind", OMEGA_KIND);
    if found.heywood > 0 {
        findings.fact("heywood_cases", found.heywood);
    }
    findings.fact(
        "omega_interval",
        format!("percentile bootstrap, {} resamples of respondents", plan.omega_resamples),
    );
    findings.fact("split_half_kind", "odd against even items in their order, Spearman-Brown");
    findings.fact(
        "split_half_random_kind",
        match names.len() {
            _ if found.halves == 0 => "none: see its reason".to_owned(),
            0..=MOST_ENUMERATED => format!("mean of all {} halves, each Spearman-Brown", found.halves),
            _ => format!("mean of {} random halves, each Spearman-Brown", plan.splits),
        },
    );
    findings.fact("skew_kind", "G1, adjusted Fisher-Pearson, as SPSS, SAS and Excel print");
    findings.fact("item_rest_kind", "corrected: with the sum of the other items, complete cases");
    findings.fact("confidence", plan.level);
    findings.fact("seed", plan.seed);
    findings
}
