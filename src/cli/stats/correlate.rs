//! `relata stats correlate`: all pairs of columns, each over the rows that have both.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::input::InputArgs;
use super::output::StatisticsOutput;
use super::reliability::same_when_complete;
use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, list};
use crate::psychometrics::correlation::{Correlation, EXACT, pearson, spearman};
use crate::psychometrics::{Estimate, LEVEL, Uncomputable};

const EXAMPLES: &str = "Examples:
  relata stats correlate --input scores.csv --items explicit,indirect
  relata stats correlate --input scores.csv --ignore id --format csv";

/// Arguments of `stats correlate`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct CorrelateArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Confidence of the intervals
    #[arg(long, default_value_t = LEVEL, value_name = "SHARE", value_parser = super::confidence)]
    confidence: f64,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(args: CorrelateArgs) -> Result<ExitCode, Failure> {
    let data = args.input.numbers(|_, value| Ok(value))?;
    if data.names.len() < 2 {
        return Err(Failure::refused("a correlation takes two columns, and there is one"));
    }
    let columns: Vec<Vec<Option<f64>>> = (0..data.names.len()).map(|at| data.column(at)).collect();
    let mut table = Listing::new(&[
        "x",
        "y",
        "n",
        "pearson",
        "pearson_low",
        "pearson_high",
        "pearson_p",
        "spearman",
        "spearman_low",
        "spearman_high",
        "spearman_p",
        "reason",
    ]);
    let mut findings = StatisticsOutput::default();
    for (first, x) in columns.iter().enumerate() {
        for (second, y) in columns.iter().enumerate().skip(first + 1) {
            let (r, rho) = (pearson(x, y, args.confidence), spearman(x, y, args.confidence));
            let pairs: Vec<Vec<Option<f64>>> = x
                .iter()
                .zip(y)
                .filter(|(x, y)| x.is_some() && y.is_some())
                .map(|(x, y)| vec![*x, *y])
                .collect();
            let both = pairs.len();
            let names = [data.names[first].clone(), data.names[second].clone()];
            let reason = |why: &Uncomputable| {
                let same = same_when_complete(&pairs, &names);
                let named = *why == Uncomputable::NoVariance && !same.is_empty();
                named.then(|| {
                    let are = if same.len() == 1 { "is" } else { "are each" };
                    format!("{} {are} the same in all {both} rows that have both", list(&same))
                })
            };
            // Fisher's z is not defined at ±1, nor is its error with three cases.
            let no_interval = |found: &Result<Correlation, Uncomputable>| match found {
                Ok(found) if found.interval.is_some() => None,
                Ok(found) if found.cases < 4 => Some("no interval: Fisher's z takes 4 rows that have both"),
                Ok(_) => Some("no interval: Fisher's z has no value at a correlation of 1 or -1"),
                Err(_) => None,
            };
            if columns.len() == 2 {
                let because = |found: &Result<Correlation, Uncomputable>| {
                    found.as_ref().err().and_then(reason).or_else(|| no_interval(found).map(str::to_owned))
                };
                let (of_r, of_rho) = (because(&r), because(&rho));
                findings.estimate_because("pearson", r.map(estimate), of_r);
                findings.estimate_because("spearman", rho.map(estimate), of_rho);
            }
            let mut row =
                vec![data.names[first].as_str().into(), data.names[second].as_str().into(), both.into()];
            row.extend(cells(&r));
            row.extend(cells(&rho));
            let said = |why: Uncomputable| reason(&why).unwrap_or_else(|| why.to_string());
            let lacking = no_interval(&r).or_else(|| no_interval(&rho)).map(str::to_owned);
            row.push(r.err().map(said).or(lacking).into());
            table.push(row);
        }
    }
    findings.table("pairs", table);
    findings.fact("rows", data.rows.len());
    findings.fact("pearson_interval", "Fisher's z");
    findings.fact("spearman_interval", "Fisher's z with the standard error of Bonett and Wright 2000");
    findings.fact("p_kind", "two-sided, Student's t with n - 2 degrees of freedom");
    findings.fact(
        "spearman_p_kind",
        format!("up to {EXACT} rows exact, over all orders of the ranks; beyond as p_kind"),
    );
    findings.fact("confidence", args.confidence);
    findings.print(args.format)?;
    Ok(ExitCode::SUCCESS)
}

fn estimate(found: Correlation) -> Estimate {
    Estimate { value: found.value, se: None, interval: found.interval }
}

fn cells(found: &Result<Correlation, Uncomputable>) -> Vec<Value> {
    let Ok(found) = found else { return vec![Value::Null; 4] };
    let interval = found.interval;
    vec![found.value.into(), interval.map(|i| i.low).into(), interval.map(|i| i.high).into(), found.p.into()]
}
