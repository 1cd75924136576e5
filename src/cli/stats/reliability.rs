//! `relata stats reliability`: the items of one scale.

use std::process::ExitCode;

use clap::Args;

use super::DrawArgs;
use super::input::InputArgs;
use super::output::{Findings, cell};
use crate::cli::table::{Format, Table};
use crate::cli::{Failure, print, remark};
use crate::psychometrics::reliability::{OMEGA_KIND, Plan, Reliability, reliability};

const EXAMPLES: &str = "Examples:
  relata stats reliability --input items.csv --ignore id
  relata stats reliability --input items.csv --items a,b,c --reverse a,c --min 1 --max 6 --format json";

/// Arguments of `stats reliability`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct ReliabilityArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Items to turn round: x becomes min + max − x
    #[arg(long, value_name = "COLUMN", value_delimiter = ',', requires = "min", requires = "max")]
    reverse: Vec<String>,

    /// Lowest answer of the items; a lower one is refused
    #[arg(long, allow_negative_numbers = true, value_name = "X")]
    min: Option<f64>,

    /// Highest answer of the items; a higher one is refused
    #[arg(long, allow_negative_numbers = true, value_name = "X")]
    max: Option<f64>,

    /// Resamples for the interval of omega, each of which is a factor analysis; 0 for none
    #[arg(long, default_value_t = 1_000, value_name = "N")]
    omega_resamples: usize,

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
    for name in &args.reverse {
        let Some(at) = data.names.iter().position(|known| known == name.trim()) else {
            return Err(Failure::refused(format!("`{name}` is to be reversed and is none of the items"))
                .help(format!("the items are {}", crate::cli::features::list(&data.names))));
        };
        let cells = data.rows.iter_mut().filter_map(|row| row.get_mut(at));
        cells.flatten().for_each(|value| *value = low + high - *value);
    }
    let plan = Plan {
        resamples: args.draw.resamples(10_000, data.rows.len()),
        omega_resamples: args.omega_resamples.min(args.draw.resamples(10_000, data.rows.len() * 10)),
        level: args.draw.confidence,
        seed: args.draw.seed,
        ..Plan::default()
    };
    let found = reliability(&data.rows, &plan).map_err(|why| Failure::refused(why.to_string()))?;
    print(&findings(&data.names, &args.reverse, &found, &plan).to_text(args.format)?)?;
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
        let names = crate::cli::features::list(&backwards);
        remark(&format!("{names}: runs against the other items; should it be in --reverse?"));
    }
    Ok(ExitCode::SUCCESS)
}

fn findings(names: &[String], reversed: &[String], found: &Reliability, plan: &Plan) -> Findings {
    let mut findings = Findings::default();
    findings.estimate("alpha", found.alpha);
    findings.number("alpha_standardized", found.alpha_standardized);
    findings.estimate("omega_total", found.omega_total);
    findings.number("split_half", found.split_half);
    findings.number("split_half_random", found.split_half_random);
    findings.number("mean_correlation", found.mean_correlation);
    let mut items = Table::new(&[
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
    for (name, item) in names.iter().zip(&found.items) {
        items.push(vec![
            name.as_str().into(),
            item.n.into(),
            item.missing.into(),
            cell(item.mean),
            cell(item.sd),
            cell(item.skew),
            cell(item.item_rest),
            cell(item.alpha_if_dropped),
            reversed.iter().any(|reversed| reversed.trim() == name).into(),
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
        format!("mean of {} random halves, each Spearman-Brown", plan.splits),
    );
    findings.fact("skew_kind", "G1, adjusted Fisher-Pearson, as SPSS, SAS and Excel print");
    findings.fact("item_rest_kind", "corrected: with the sum of the other items, complete cases");
    findings.fact("confidence", plan.level);
    findings.fact("seed", plan.seed);
    findings
}
