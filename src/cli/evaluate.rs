//! `relata evaluate`: how good a way of training is on a table, on rows that no fit has seen.

pub(super) mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::features::list;
use super::labelled::{Labelled, TableArgs, TrainingArgs, counts};
use super::train::write_whole;
use super::{Failure, print, remark};
use crate::classify::evaluate::curve::{Curve, learning_curve};
use crate::classify::evaluate::{DividedBy, Division, Judgement, judge};
use crate::classify::metrics::Predictions;

/// Arguments of `evaluate`.
#[derive(Debug, Args)]
pub(super) struct EvaluateArgs {
    #[command(flatten)]
    table: TableArgs,

    #[command(flatten)]
    training: TrainingArgs,

    /// Stratified folds
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=1000))]
    folds: u32,

    /// Leave out one group at a time: rows of a respondent or an organisation stay together
    #[arg(long, value_name = "COLUMN", conflicts_with = "fold")]
    group: Option<String>,

    /// Take the folds from a column
    #[arg(long, value_name = "COLUMN")]
    fold: Option<String>,

    /// Bootstrap samples behind the intervals
    #[arg(long, default_value_t = 1000, value_parser = clap::value_parser!(u32).range(0..=100_000))]
    resamples: u32,

    /// Write the out-of-fold prediction of every row to a CSV file
    #[arg(long, value_name = "FILE")]
    predictions: Option<PathBuf>,

    /// Write over a file of predictions that is there already
    #[arg(long)]
    force: bool,

    /// How good it would be with fewer rows, and with more
    #[arg(long)]
    learning_curve: bool,

    /// How many further rows the learning curve asks about
    #[arg(long, default_value_t = 50, value_name = "ROWS")]
    more: usize,

    /// How the result is printed
    #[arg(long, value_enum, default_value_t = Form::Table)]
    format: Form,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people, with the confusion matrix and a reliability diagram
    Table,
    /// Everything, full precision
    Json,
}

/// What is printed as JSON.
#[derive(Serialize)]
struct Printed<'a> {
    learner: &'a str,
    features: &'a [String],
    #[serde(flatten)]
    judgement: &'a Judgement,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_curve: Option<&'a Curve>,
}

pub(super) fn run(args: EvaluateArgs) -> Result<ExitCode, Failure> {
    if let Some(path) = &args.predictions {
        super::train::refuse_existing(path, args.force)?;
    }
    let extra: Vec<&str> = args.group.iter().chain(&args.fold).map(String::as_str).collect();
    let table = args.table.read(&extra)?;
    let how = args.training.training("own table".into());
    let shown = args.table.input.display();
    let refused = |why: crate::classify::evaluate::EvaluateError| Failure::refused(format!("{shown}: {why}"));
    let division = divide(&args, &table).map_err(|why| match why {
        Divided::Evaluate(why) => refused(why),
        Divided::Failure(why) => why,
    })?;
    let resamples = args.resamples as usize;
    let curve = if args.learning_curve {
        Some(learning_curve(&table.data, &division, &how, resamples, args.more).map_err(refused)?)
    } else {
        None
    };
    let part = division.part.clone();
    let (judgement, predictions) = judge(&table.data, division, &how, resamples).map_err(refused)?;
    if let Some(path) = &args.predictions {
        let text = rows(&table, &judgement, &part, &predictions)
            .map_err(|why| Failure::refused(format!("no CSV could be made: {why}")))?;
        write_whole(path, &text, args.force)?;
    }
    match args.format {
        Form::Json => {
            let result = Printed {
                learner: &how.learner,
                features: table.data.names(),
                judgement: &judgement,
                learning_curve: curve.as_ref(),
            };
            let text = serde_json::to_string_pretty(&result)
                .map_err(|why| Failure::refused(format!("no JSON could be made: {why}")))?;
            print(&(text + "\n"))?;
        }
        Form::Table => {
            remark(&format!(
                "{} rows ({}), {} features, {}, seed {}; every number out of fold, with a 95 % interval from {} resamples",
                table.data.len(),
                counts(&table.data),
                table.data.names().len(),
                show::divided(&judgement.division),
                how.seed,
                resamples
            ));
            print(&show::judgement(&judgement, curve.as_ref()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

enum Divided {
    Evaluate(crate::classify::evaluate::EvaluateError),
    Failure(Failure),
}

fn divide(args: &EvaluateArgs, table: &Labelled) -> Result<Division, Divided> {
    let by = if args.group.is_some() { DividedBy::Group } else { DividedBy::Given };
    match (args.group.as_ref().or(args.fold.as_ref()), table.extra.first()) {
        (Some(column), Some(of_row)) => {
            let empty: Vec<String> = (0..of_row.len())
                .filter(|&row| of_row[row].is_empty())
                .map(|row| table.rows[row].to_string())
                .collect();
            if !empty.is_empty() {
                let message = format!("column `{column}` is empty in row {}", list(&empty));
                return Err(Divided::Failure(Failure::refused(message)));
            }
            Division::named(by, of_row).map_err(Divided::Evaluate)
        }
        _ => {
            let wanted = args.folds as usize;
            let division =
                Division::stratified(&table.data, wanted, args.training.seed).map_err(Divided::Evaluate)?;
            if division.names.len() < wanted {
                let folds = division.names.len();
                remark(&format!("{folds} folds instead of {wanted}: the rarest label has {folds} rows"));
            }
            Ok(division)
        }
    }
}

/// The out-of-fold prediction of every row; rows are counted in the file from 1.
fn rows(
    table: &Labelled,
    judgement: &Judgement,
    part: &[usize],
    predictions: &Predictions,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(["row", "part", "label", "called", "p_cs", "p_ar", "p_em", "p_mp"])?;
    let names = &judgement.division.names;
    for (at, row) in table.rows.iter().enumerate() {
        let shares =
            predictions.probabilities.as_ref().and_then(|all| all.get(at)).copied().unwrap_or_default();
        let mut record = vec![
            row.to_string(),
            names.get(part[at]).cloned().unwrap_or_default(),
            predictions.truth[at].to_string(),
            predictions.called[at].to_string(),
        ];
        record.extend(shares.iter().map(f64::to_string));
        writer.write_record(record)?;
    }
    Ok(writer.into_inner()?)
}
