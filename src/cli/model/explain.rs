//! `relata model explain`: a model for a paper: coefficients with bootstrap intervals, and the importance of each group of features on
//! held-out rows.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::{FileArgs, read_model};
use crate::classify::dataset::Dataset;
use crate::classify::explain::coefficients::Coefficients;
use crate::classify::explain::importance::Importance;
use crate::classify::explain::together::{Rest, together};
use crate::classify::explain::{ExplainError, ExplainOptions, Explanation, explain};
use crate::classify::model::Model;
use crate::cli::coded::{LearnArgs, field};
use crate::cli::evaluate::show::divided;
use crate::cli::table::{Format, Listing, pretty_json};
use crate::cli::train::write_whole;
use crate::cli::{Failure, StudyArg, list, print, print_for_people, remark};
use crate::import::table::texts;

const EXAMPLES: &str = "Examples:
  relata model explain model.json --input features.csv --label code
  relata model explain model.json --input features.csv --label code --together price=fair,cheap --group organisation
  relata model explain model.json --study mine.relata
  relata model explain model.json --input features.csv --label code --keep && relata model card model.json > CARD.md";

/// Arguments of `model explain`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(in crate::cli) struct ExplainArgs {
    #[command(flatten)]
    file: FileArgs,

    #[command(flatten)]
    from: LearnArgs,

    /// Rows of a respondent or an organisation are drawn and left out together
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, value_parser = crate::cli::columns::text)]
    group: Option<String>,

    /// Features that are permuted together (several: repeat); relata's own blocks need no naming
    #[arg(long, value_name = "NAME=COLUMN,COLUMN", value_parser = named)]
    together: Vec<(String, Vec<String>)>,

    /// Features whose names begin alike, up to the first `_`, `.` or `-`, are permuted together
    #[arg(long)]
    by_prefix: bool,

    /// Refits behind the intervals of coefficients, resamples behind those of importance
    #[arg(long, default_value_t = 500, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    resamples: u32,

    /// Stratified folds of the importance
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=1000), conflicts_with = "group")]
    folds: u32,

    /// Permutations of each group of features
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=10_000))]
    repeats: u32,

    /// Equal seeds give equal results
    #[arg(long, default_value_t = 1)]
    seed: u64,

    /// Write the explanation into the model file too, so that its card shows it
    #[arg(long)]
    keep: bool,

    /// How the result is printed; CSV is one tidy table
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

/// A group of features as it is typed.
fn named(text: &str) -> Result<(String, Vec<String>), String> {
    let (name, columns) = text.split_once('=').unwrap_or_default();
    let columns = texts(columns).map_err(|why| Failure::from(why).sentence())?;
    if name.trim().is_empty() || columns.iter().any(String::is_empty) {
        return Err("write NAME=COLUMN,COLUMN, such as price=fair,cheap".into());
    }
    Ok((name.trim().to_owned(), columns))
}

pub(super) fn run(study: &StudyArg, args: &ExplainArgs) -> Result<ExitCode, Failure> {
    let path: &PathBuf = &args.file.file;
    let mut model = read_model(path)?;
    let (data, groups) = taught(args, study, &model)?;
    let refused = |why: ExplainError| {
        match why {
        ExplainError::NoFeature(_) => {
            Failure::refused(why.to_string()).help(format!("its features are {}", list(&model.feature_names)))
        }
        ExplainError::OtherTable { .. } => Failure::refused(why.to_string())
            .help("give the table, label and --missing texts, or the study, that `relata train` was given; codes added since make another table"),
        why => Failure::refused(why.to_string()),
    }
    };
    let rest = if args.by_prefix { Rest::Prefix } else { Rest::Blocks };
    let plan = ExplainOptions {
        together: together(&model.feature_names, &args.together, rest).map_err(refused)?,
        groups: groups.as_deref(),
        resamples: args.resamples as usize,
        folds: args.folds as usize,
        repeats: args.repeats as usize,
        seed: args.seed,
    };
    let found = explain(&data, &model, &plan).map_err(refused)?;
    match args.format {
        Format::Table => print_for_people(&tables(&found))?,
        Format::Csv => print(&tidy(&found).to_text(Format::Csv)?)?,
        Format::Json => {
            #[derive(Serialize)]
            struct Printed<'a> {
                fingerprint: &'a str,
                learner: &'a str,
                alpha: Option<f64>,
                temperature: f64,
                #[serde(flatten)]
                found: &'a Explanation,
            }
            let printed = Printed {
                fingerprint: &model.fingerprint,
                learner: &model.learner,
                alpha: model.alpha,
                temperature: model.temperature,
                found: &found,
            };
            print(&pretty_json(&printed)?)?;
        }
    }
    if args.keep {
        model.explanation = Some(Box::new(found));
        let text = model.write().map_err(|why| Failure::refused(why.to_string()))?;
        write_whole(path, text.as_bytes(), true)?;
        remark(&format!("kept in {}", path.display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The training rows of the model, and the group of each, if any: sessions of one respondent always form a group.
fn taught(
    args: &ExplainArgs,
    study: &StudyArg,
    model: &Model,
) -> Result<(Dataset, Option<Vec<String>>), Failure> {
    if let Some(table) = args.from.table(study)? {
        let extra: Vec<&str> = args.group.iter().map(String::as_str).collect();
        let read = table.read_of(&extra, Some(&model.feature_names))?;
        return Ok((read.data, read.extra.into_iter().next()));
    }
    let coded = args.from.study(study)?;
    if coded.pooled.beside.is_some() {
        return Err(Failure::refused(
            "this study's model also learns from the simulated reference sample, and an explanation would speak of that",
        )
        .help("a study has a model of its own once its codes alone predict held-out codes better, or with --pool never"));
    }
    let respondents = coded.respondents();
    let several = respondents.iter().collect::<BTreeSet<_>>().len() < respondents.len();
    let groups = match &args.group {
        Some(name) => Some(field(&coded, name)?),
        None => several.then_some(respondents),
    };
    Ok((coded.pooled.coded, groups))
}

/// Both parts for people, each under a sentence that says how it was made.
fn tables(found: &Explanation) -> String {
    let mut text = worth(&found.importance);
    match &found.coefficients {
        Some(coefficients) => text += &terms(coefficients),
        None => text += "\nThis learner has no coefficients.\n",
    }
    text
}

fn worth(importance: &Importance) -> String {
    let table = Listing::of(
        &importance.groups,
        &[
            ("features", &|group| group.group.clone().into()),
            ("columns", &|group| group.columns.len().into()),
            ("log_loss_lost", &|group| group.change.value.into()),
            ("low", &|group| group.change.interval.map(|ends| ends.low).into()),
            ("high", &|group| group.change.interval.map(|ends| ends.high).into()),
        ],
    );
    let mut text = String::new();
    let _ = writeln!(
        text,
        "What groups of features are worth: log loss lost when they are permuted together, {}, {} permutations; 95 % intervals from {} resamples; \
         log loss with all of them {:.3}\n",
        divided(&importance.division),
        importance.repeats,
        importance.resamples,
        importance.log_loss
    );
    text + &table.for_people()
}

fn terms(coefficients: &Coefficients) -> String {
    let mut table = Listing::new(&["class", "column", "log_odds_per_sd", "low", "high", "same_sign"]);
    for term in &coefficients.terms {
        table.push(vec![
            term.class.abbreviation().into(),
            term.column.clone().into(),
            term.log_odds.value.into(),
            term.log_odds.interval.map(|ends| ends.low).into(),
            term.log_odds.interval.map(|ends| ends.high).into(),
            term.same_sign.into(),
        ]);
    }
    let drawn = if coefficients.by_group { "whole groups drawn" } else { "rows drawn within each label" };
    let mut text = String::new();
    let _ = writeln!(
        text,
        "\nCoefficients: log-odds for each SD of a column, against the average of the classes; 95 % percentile intervals from {} refits at \
         the model's strength, {drawn} ({} asked for). They are penalised: intervals show how far they move from sample to sample, not \
         where an unpenalised one lies\n",
        coefficients.fitted, coefficients.resamples
    );
    text + &table.for_people()
}

/// Everything in one table: one line for each number.
fn tidy(found: &Explanation) -> Listing {
    let mut table = Listing::new(&["what", "class", "name", "value", "low", "high", "same_sign"]);
    for group in &found.importance.groups {
        table.push(vec![
            "log_loss_lost".into(),
            None::<&str>.into(),
            group.group.clone().into(),
            group.change.value.into(),
            group.change.interval.map(|ends| ends.low).into(),
            group.change.interval.map(|ends| ends.high).into(),
            None::<f64>.into(),
        ]);
    }
    for term in found.coefficients.iter().flat_map(|coefficients| &coefficients.terms) {
        table.push(vec![
            "log_odds_per_sd".into(),
            term.class.abbreviation().into(),
            term.column.clone().into(),
            term.log_odds.value.into(),
            term.log_odds.interval.map(|ends| ends.low).into(),
            term.log_odds.interval.map(|ends| ends.high).into(),
            term.same_sign.into(),
        ]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_as_they_are_typed() {
        assert_eq!(named("price = fair, cheap"), Ok(("price".into(), vec!["fair".into(), "cheap".into()])));
        for text in ["", "price", "=a", "price=", "price=a,,b"] {
            assert!(named(text).is_err(), "{text}");
        }
    }
}
