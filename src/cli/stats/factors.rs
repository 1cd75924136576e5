//! `relata stats factors`: whether items can be factored, into how many, and how they load.

use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde_json::Value;

use super::input::InputArgs;
use super::output::StatisticsOutput;
use crate::cli::table::{Format, Listing};
use crate::cli::{Failure, plural, remark};
use crate::psychometrics::Uncomputable;
use crate::psychometrics::descriptive::correlation_matrix;
use crate::psychometrics::factor::{
    Eigenvalues, FactorSolution, bartlett, eigenvalues, kmo, minres, oblimin, omega_total, parallel_analysis,
    varimax,
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

    /// Which parallel analysis suggests the number: both are printed
    #[arg(long, value_enum, default_value_t = Suggest::Components)]
    suggest: Suggest,

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

/// Which version of parallel analysis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Suggest {
    /// Principal components (Horn 1965): careful, and too few where factors correlate
    Components,
    /// Principal factors (Humphreys and Montanelli 1975): sees correlated factors, and now and then one too many
    Factors,
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
        return Err(Failure::refused(format!(
            "`{constant}` has the same value in all {cases} complete cases"
        ))
        .help("leave it out with --ignore"));
    }
    let correlation = correlation_matrix(&complete).map_err(refused)?;
    drop(complete);

    let mut findings = StatisticsOutput::default();
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
        (None, Ok(parallel)) => match (args.suggest, &parallel.factors) {
            (Suggest::Factors, Ok(factors)) => factors.suggested.max(1),
            _ => parallel.components.suggested.max(1),
        },
        (None, Err(_)) => 1,
    };
    let one = minres(&correlation, 1);
    let several = if factors == 1 { one.clone() } else { minres(&correlation, factors) };
    let extracted = several.clone().ok();
    findings.number("omega_total", one.as_ref().map(one_omega).map_err(|why| *why));
    findings.table(
        "items",
        items(&data.names, adequacy.as_ref().ok().map(|k| k.items.as_slice()), one.as_ref().ok()),
    );
    let components = parallel.as_ref().map(|found| &found.components);
    let in_factors =
        parallel.as_ref().map_err(|why| *why).and_then(|found| found.factors.as_ref().map_err(|why| *why));
    let observed = eigenvalues(&correlation).map_err(refused)?;
    findings.table("eigenvalues", beside_chance("component", &observed, components.ok()));
    if let Ok(found) = in_factors {
        findings.table("factor_eigenvalues", beside_chance("factor", &found.observed, Some(found)));
    }
    solution(&mut findings, &data.names, several, factors);
    findings.fact("rows", rows);
    findings.fact("complete_cases", cases);
    findings.fact("factors", factors);
    let told = |found: Result<&Eigenvalues, Uncomputable>| match found {
        Ok(found) => Value::from(found.suggested),
        Err(why) => format!("not computed: {why}").into(),
    };
    findings.fact("suggested_components", told(components.map_err(|why| *why)));
    findings.fact("suggested_factors", told(in_factors));
    let by = match (args.factors, args.suggest) {
        (Some(_), _) => "--factors",
        (None, Suggest::Factors) if in_factors.is_ok() => "parallel analysis of factors",
        (None, _) => "parallel analysis of components (--suggest factors takes the other)",
    };
    findings.fact("factors_decided_by", by);
    findings.fact("method", "minimum residuals on Pearson correlations, complete cases");
    findings.fact(
        "parallel_analysis",
        format!(
            "principal components, and principal factors (squared multiple correlations in the diagonal), each against the 95th percentile of \
             {samples} samples of normal data"
        ),
    );
    findings.fact("varimax_kind", "Kaiser normalisation");
    findings.fact("oblimin_kind", "gamma = 0, no normalisation");
    findings.fact("seed", args.seed);
    findings.print(args.format)?;
    let other = extracted.as_ref().filter(|_| factors > 1);
    heywood(&data.names, &[one.as_ref().ok(), other]);
    Ok(ExitCode::SUCCESS)
}

/// Eigenvalues, and those of chance where there are any.
fn beside_chance(what: &'static str, observed: &[f64], chance: Option<&Eigenvalues>) -> Listing {
    let mut table = Listing::new(&[what, "eigenvalue", "random_mean", "random_95"]);
    for (at, value) in observed.iter().enumerate() {
        let of = |all: fn(&Eigenvalues) -> &Vec<f64>| {
            chance.and_then(|found| all(found).get(at).copied()).map_or(Value::Null, Value::from)
        };
        let (mean, high) = (of(|found| &found.random_mean), of(|found| &found.random_95));
        table.push(vec![(at + 1).to_string().into(), (*value).into(), mean, high]);
    }
    table
}

/// Remarks on Heywood cases: items with a communality above 1.
fn heywood(names: &[String], solutions: &[Option<&FactorSolution>]) {
    for found in solutions.iter().flatten().filter(|found| found.heywood > 0) {
        let items = names.iter().zip(&found.loadings).zip(&found.uniqueness);
        let said: Vec<String> = items
            .map(|((name, row), unique)| (name, row.iter().map(|x| x * x).sum::<f64>(), unique))
            .filter(|(_, communality, unique)| communality + **unique > 1.0 + 1e-6)
            .map(|(name, communality, unique)| {
                format!("`{name}` (communality {communality:.3}, uniqueness held at {unique})")
            })
            .collect();
        let factors = found.loadings.first().map_or(0, Vec::len);
        let which = if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) };
        remark(&format!(
            "Heywood case with {}{which}; the loadings explain all of an item's variance or more, and the solution is not to be trusted",
            plural(factors, "factor")
        ));
    }
}

/// The first item whose values are all equal.
fn constant<'a>(names: &'a [String], rows: &[Vec<f64>]) -> Option<&'a str> {
    let first = rows.first()?;
    let same = |at: usize| rows.iter().all(|row| row.get(at) == first.get(at));
    names.iter().enumerate().find(|(at, _)| same(*at)).map(|(_, name)| name.as_str())
}

fn one_omega(solution: &FactorSolution) -> f64 {
    let loadings: Vec<f64> = solution.loadings.iter().flatten().copied().collect();
    omega_total(&loadings, &solution.uniqueness)
}

fn items(names: &[String], adequacy: Option<&[f64]>, one: Option<&FactorSolution>) -> Listing {
    let mut table = Listing::new(&["item", "msa", "one_factor_loading", "one_factor_uniqueness"]);
    for (at, name) in names.iter().enumerate() {
        table.push(vec![
            name.as_str().into(),
            adequacy.and_then(|msa| msa.get(at)).copied().into(),
            one.and_then(|one| one.loadings.get(at)?.first().copied()).into(),
            one.and_then(|one| one.uniqueness.get(at)).copied().into(),
        ]);
    }
    table
}

/// The solution with its two rotations, or why there is none.
fn solution(
    findings: &mut StatisticsOutput,
    names: &[String],
    found: Result<FactorSolution, Uncomputable>,
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

fn loadings(names: &[String], loadings: &[Vec<f64>], uniqueness: Option<&[f64]>) -> Listing {
    let width = loadings.first().map_or(0, Vec::len);
    let factors: Vec<String> = (1..=width).map(|factor| format!("factor_{factor}")).collect();
    let mut columns = vec!["item"];
    columns.extend(factors.iter().map(String::as_str));
    if uniqueness.is_some() {
        columns.extend(["communality", "uniqueness"]);
    }
    let mut table = Listing::new(&columns);
    for (at, (name, row)) in names.iter().zip(loadings).enumerate() {
        let mut cells = vec![Value::from(name.as_str())];
        cells.extend(row.iter().map(|loading| Value::from(*loading)));
        if let Some(unique) = uniqueness.and_then(|all| all.get(at)) {
            // Beside a uniqueness at its bound it can be more than what that leaves.
            cells.extend([row.iter().map(|x| x * x).sum::<f64>().into(), Value::from(*unique)]);
        }
        table.push(cells);
    }
    table
}

fn square(names: &[String], matrix: &[Vec<f64>]) -> Listing {
    loadings(names, matrix, None)
}
