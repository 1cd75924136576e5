//! `relata stats factors`: whether items can be factored, into how many, and how they load.

use std::process::ExitCode;

use clap::Args;
use serde_json::Value;

use super::input::InputArgs;
use super::output::Findings;
use crate::cli::table::{Format, Table};
use crate::cli::{Failure, print};
use crate::psychometrics::Uncomputable;
use crate::psychometrics::descriptive::correlation_matrix;
use crate::psychometrics::factor::{
    Solution, bartlett, eigenvalues, kmo, minres, oblimin, omega_total, parallel_analysis, varimax,
};

const EXAMPLES: &str = "Examples:
  relata stats factors --input items.csv --ignore id
  relata stats factors --input items.csv --factors 2 --format json";

/// Arguments of `stats factors`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct FactorsArgs {
    #[command(flatten)]
    input: InputArgs,

    /// Number of factors; by default what parallel analysis suggests, at least one
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    factors: Option<u16>,

    /// Random samples of parallel analysis; fewer for long tables
    #[arg(long, default_value_t = 500, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    samples: u32,

    /// Seed of the random samples
    #[arg(long, default_value_t = 1, value_name = "SEED")]
    seed: u64,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// Normal draws that parallel analysis may cost unless the samples are few already: some seconds.
const DRAWS: usize = 100_000_000;
const LEAST_SAMPLES: usize = 20;

pub(super) fn run(args: FactorsArgs) -> Result<ExitCode, Failure> {
    let data = args.input.numbers(|_, value| Ok(value))?;
    let rows = data.rows.len();
    let complete: Vec<Vec<f64>> = data.rows.into_iter().filter_map(|row| row.into_iter().collect()).collect();
    let cases = complete.len();
    if cases < 3 {
        let message = format!("{cases} rows have all items, and at least 3 are needed");
        return Err(Failure::refused(message));
    }
    let refused = |why: Uncomputable| Failure::refused(format!("the items cannot be factored: {why}"));
    if let Some(constant) = constant(&data.names, &complete) {
        return Err(Failure::refused(format!("`{constant}` has the same value everywhere"))
            .help("leave it out with --ignore"));
    }
    let correlation = correlation_matrix(&complete).map_err(refused)?;
    drop(complete);

    let mut findings = Findings::default();
    let adequacy = kmo(&correlation);
    findings.number("kmo", adequacy.as_ref().map(|found| found.overall).map_err(|why| *why));
    let test = bartlett(&correlation, cases);
    findings.number("bartlett_chi_squared", test.map(|test| test.chi_squared));
    findings.number("bartlett_df", test.map(|test| test.df as f64));
    findings.number("bartlett_p", test.map(|test| test.p));

    let samples = (args.samples as usize).min((DRAWS / (cases * correlation.len())).max(LEAST_SAMPLES));
    let parallel = parallel_analysis(&correlation, cases, samples, args.seed);
    let factors = match (args.factors, &parallel) {
        (Some(asked), _) => usize::from(asked),
        (None, Ok(parallel)) => parallel.suggested.max(1),
        (None, Err(_)) => 1,
    };
    let one = minres(&correlation, 1);
    let several = if factors == 1 { one.clone() } else { minres(&correlation, factors) };
    findings.number("omega_total", one.as_ref().map(one_omega).map_err(|why| *why));
    findings.table(
        "items",
        items(&data.names, adequacy.as_ref().ok().map(|k| k.items.as_slice()), one.as_ref().ok()),
    );
    let mut eigen = Table::new(&["component", "eigenvalue", "random_mean", "random_95"]);
    for (at, value) in eigenvalues(&correlation).map_err(refused)?.into_iter().enumerate() {
        let chance = |of: fn(&crate::psychometrics::factor::ParallelAnalysis) -> &Vec<f64>| {
            parallel
                .as_ref()
                .ok()
                .and_then(|found| of(found).get(at).copied())
                .map_or(Value::Null, Value::from)
        };
        let (mean, high) = (chance(|found| &found.random_mean), chance(|found| &found.random_95));
        eigen.push(vec![(at + 1).to_string().into(), value.into(), mean, high]);
    }
    findings.table("eigenvalues", eigen);
    solution(&mut findings, &data.names, several, factors);
    findings.fact("rows", rows);
    findings.fact("complete_cases", cases);
    findings.fact("factors", factors);
    match &parallel {
        Ok(found) => findings.fact("suggested_factors", found.suggested),
        Err(why) => findings.fact("suggested_factors", format!("not computed: {why}")),
    }
    findings.fact("method", "minimum residuals on Pearson correlations, complete cases");
    findings.fact(
        "parallel_analysis",
        format!("principal components against the 95th percentile of {samples} samples of normal data"),
    );
    findings.fact("varimax_kind", "Kaiser normalisation");
    findings.fact("oblimin_kind", "gamma = 0, no normalisation");
    findings.fact("seed", args.seed);
    print(&findings.to_text(args.format)?)?;
    Ok(ExitCode::SUCCESS)
}

/// The first item whose values are all equal.
fn constant<'a>(names: &'a [String], rows: &[Vec<f64>]) -> Option<&'a str> {
    let first = rows.first()?;
    let same = |at: usize| rows.iter().all(|row| row.get(at) == first.get(at));
    names.iter().enumerate().find(|(at, _)| same(*at)).map(|(_, name)| name.as_str())
}

fn one_omega(solution: &Solution) -> f64 {
    let loadings: Vec<f64> = solution.loadings.iter().flatten().copied().collect();
    omega_total(&loadings, &solution.uniqueness)
}

fn items(names: &[String], adequacy: Option<&[f64]>, one: Option<&Solution>) -> Table {
    let mut table = Table::new(&["item", "msa", "one_factor_loading", "one_factor_uniqueness"]);
    let number = |value: Option<f64>| value.map_or(Value::Null, Value::from);
    for (at, name) in names.iter().enumerate() {
        table.push(vec![
            name.as_str().into(),
            number(adequacy.and_then(|msa| msa.get(at)).copied()),
            number(one.and_then(|one| one.loadings.get(at)?.first().copied())),
            number(one.and_then(|one| one.uniqueness.get(at)).copied()),
        ]);
    }
    table
}

/// The solution with its two rotations, or why there is none.
fn solution(
    findings: &mut Findings,
    names: &[String],
    found: Result<Solution, Uncomputable>,
    factors: usize,
) {
    let found = match found {
        Ok(found) => found,
        Err(why) => return findings.fact("solution", format!("not computed: {why}")),
    };
    findings.table("unrotated", loadings(names, &found.loadings, Some(&found.uniqueness)));
    if found.heywood > 0 {
        findings.fact("heywood_cases", found.heywood);
    }
    if factors < 2 {
        return;
    }
    match varimax(&found.loadings) {
        Ok(turned) => findings.table("varimax", loadings(names, &turned, None)),
        Err(why) => findings.fact("varimax", format!("not computed: {why}")),
    }
    match oblimin(&found.loadings) {
        Ok(turned) => {
            findings.table("oblimin", loadings(names, &turned.loadings, None));
            let factors: Vec<String> = (1..=factors).map(|factor| format!("factor_{factor}")).collect();
            findings.table("factor_correlations", square(&factors, &turned.factor_correlations));
        }
        Err(why) => findings.fact("oblimin", format!("not computed: {why}")),
    }
}

fn loadings(names: &[String], loadings: &[Vec<f64>], uniqueness: Option<&[f64]>) -> Table {
    let width = loadings.first().map_or(0, Vec::len);
    let factors: Vec<String> = (1..=width).map(|factor| format!("factor_{factor}")).collect();
    let mut columns = vec!["item"];
    columns.extend(factors.iter().map(String::as_str));
    columns.extend(uniqueness.map(|_| "uniqueness"));
    let mut table = Table::new(&columns);
    for (at, (name, row)) in names.iter().zip(loadings).enumerate() {
        let mut cells = vec![Value::from(name.as_str())];
        cells.extend(row.iter().map(|loading| Value::from(*loading)));
        cells.extend(uniqueness.and_then(|all| all.get(at)).map(|unique| Value::from(*unique)));
        table.push(cells);
    }
    table
}

fn square(names: &[String], matrix: &[Vec<f64>]) -> Table {
    loadings(names, matrix, None)
}
