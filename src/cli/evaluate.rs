//! `relata evaluate`: how good a way of training is on a table or on the coded sessions of a study, on rows that no fit has
//! seen.

pub(super) mod show;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::coded::{LearnArgs, field};
use super::columns::{say_alike, text};
use super::labelled::{TrainingArgs, counts};
use super::table::pretty_json;
use super::train::{study_training, write_whole};
use super::{Failure, StudyArg, list, plural, print, print_for_people, remark};
use crate::classify::dataset::Dataset;
use crate::classify::evaluate::curve::{LearningCurve, learning_curve};
use crate::classify::evaluate::{DividedBy, Division, EvaluateError, Judgement, judge_beside};
use crate::classify::metrics::Predictions;
use crate::classify::metrics::are_clustered;
use crate::classify::pooling::divide as divide_people;
use crate::classify::train::Training;

/// Arguments of `evaluate`.
#[derive(Debug, Args)]
pub(super) struct EvaluateArgs {
    #[command(flatten)]
    from: LearnArgs,

    #[command(flatten)]
    training: TrainingArgs,

    /// Stratified folds
    #[arg(long, default_value_t = 10, conflicts_with_all = ["group", "fold"], value_parser = clap::value_parser!(u32).range(2..=1000))]
    folds: u32,

    /// Leave out one group at a time: a column of the table, or a field of the start form (such as `organisation`)
    #[arg(long, value_name = "COLUMN|FIELD", conflicts_with = "fold", allow_hyphen_values = true, value_parser = text)]
    group: Option<String>,

    /// With --input: take the folds from a column
    #[arg(long, value_name = "COLUMN", requires = "input", allow_hyphen_values = true, value_parser = text)]
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
    #[arg(long, value_enum, default_value_t = EvaluationFormat::Table)]
    format: EvaluationFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum EvaluationFormat {
    /// For people, with the confusion matrix and a reliability diagram
    Table,
    /// Everything, full precision
    Json,
}

/// What is printed as JSON.
#[derive(Serialize)]
struct Printed<'a> {
    learner: &'a str,
    basis: &'a str,
    features: &'a [String],
    #[serde(flatten)]
    judgement: &'a Judgement,
    #[serde(skip_serializing_if = "Option::is_none")]
    learning_curve: Option<&'a LearningCurve>,
}

/// What is evaluated: a table or a study, in one form.
struct Matter {
    /// The rows that are held out and scored.
    data: Dataset,
    /// Rows that only train.
    beside: Option<Dataset>,
    how: Training,
    /// What each row is called in the file of predictions, under the heading that comes first.
    heading: &'static str,
    names: Vec<String>,
    /// The group or fold of each row, where one was asked for.
    given: Option<Vec<String>>,
    /// The respondent of each row, where that is known.
    respondents: Option<Vec<String>>,
    /// How messages call it.
    shown: String,
}

impl Matter {
    fn read(study: &StudyArg, args: &EvaluateArgs) -> Result<Self, Failure> {
        let column = args.group.as_ref().or(args.fold.as_ref());
        let Some(table) = args.from.table(study)? else {
            let coded = args.from.study(study)?;
            return Ok(Self {
                how: study_training(&args.training, &coded.pooled),
                heading: "session",
                names: coded.headers.iter().map(|header| header.id.to_string()).collect(),
                given: column.map(|name| field(&coded, name)).transpose()?,
                respondents: Some(coded.respondents()),
                shown: "the coded sessions".into(),
                data: coded.pooled.coded,
                beside: coded.pooled.beside,
            });
        };
        if let Some(predictions) = &args.predictions {
            super::train::refuse_input(predictions, [table.input.as_path()])?;
        }
        let extra: Vec<&str> = column.into_iter().map(String::as_str).collect();
        let read = table.read(&extra)?;
        let given = read.extra.into_iter().next();
        let (parts, part) = if args.group.is_some() { ("groups", "a group") } else { ("folds", "a fold") };
        say_alike(parts, part, given.iter().flatten().map(String::as_str));
        if let (Some(given), Some(column)) = (&given, column) {
            let empty: Vec<String> = (0..given.len())
                .filter(|&row| given[row].is_empty())
                .map(|row| read.lines[row].to_string())
                .collect();
            if !empty.is_empty() {
                let empty = list(&empty).replace('`', "");
                let message =
                    format!("{}: column `{column}` is empty in line {empty}", table.input.display());
                return Err(Failure::refused(message)
                    .help("every row has to be in some part; leave the others out of the table"));
            }
        }
        Ok(Self {
            data: read.data,
            beside: None,
            how: args.training.training("own table".into()),
            heading: "row",
            names: read.rows.iter().map(usize::to_string).collect(),
            given,
            respondents: None,
            shown: table.input.display().to_string(),
        })
    }

    /// How rows are divided, and which of them intervals draw together.
    fn divide(&self, args: &EvaluateArgs) -> Result<(Division, Option<Vec<usize>>), EvaluateError> {
        if let Some(given) = &self.given {
            let by = if args.group.is_some() { DividedBy::Group } else { DividedBy::Given };
            let division = Division::named(by, given)?;
            let clusters = (by == DividedBy::Group).then(|| division.part.clone());
            return Ok((division, clusters));
        }
        let wanted = args.folds as usize;
        let (division, clusters) = match &self.respondents {
            None => (Division::stratified(&self.data, wanted, args.training.seed)?, None),
            Some(people) => {
                let alone = self.beside.is_none();
                let division = divide_people(people, self.data.labels(), wanted, args.training.seed, alone)?;
                (division, Some(Division::named(DividedBy::Group, people)?.part))
            }
        };
        let folds = division.names.len();
        if folds < wanted {
            remark(&format!(
                "{folds} folds instead of {wanted}: there are too few rows of some label for more"
            ));
        }
        Ok((division, clusters))
    }
}

pub(super) fn run(study: &StudyArg, args: EvaluateArgs) -> Result<ExitCode, Failure> {
    if let Some(path) = &args.predictions {
        super::train::refuse_existing(path, args.force)?;
    }
    let matter = Matter::read(study, &args)?;
    let how = &matter.how;
    let refused = |why: EvaluateError| Failure::refused(format!("{}: {why}", matter.shown));
    let (division, clusters) = matter.divide(&args).map_err(refused)?;
    let resamples = args.resamples as usize;
    let beside = matter.beside.as_ref();
    if beside.is_none() {
        unlearnt(&matter.data, &division);
    }
    let curve = if args.learning_curve {
        let curve = learning_curve(&matter.data, beside, &division, how, resamples, args.more);
        Some(curve.map_err(refused)?)
    } else {
        None
    };
    let part = division.part.clone();
    let (judgement, predictions) =
        judge_beside(&matter.data, beside, division, clusters.as_deref(), how, resamples).map_err(refused)?;
    if let Some(path) = &args.predictions {
        let text = rows(&matter, &judgement, &part, &predictions)
            .map_err(|why| Failure::refused(format!("no CSV could be made: {why}")))?;
        write_whole(path, &text, args.force)?;
    }
    args.training.say_prior(&matter.data.classes());
    match args.format {
        EvaluationFormat::Json => {
            let result = Printed {
                learner: &how.learner,
                basis: &how.basis,
                features: matter.data.names(),
                judgement: &judgement,
                learning_curve: curve.as_ref(),
            };
            print(&pretty_json(&result)?)?;
        }
        EvaluationFormat::Table => {
            remark(&format!(
                "{} ({}){}, {}, {}, seed {}; every number out of fold, the baselines too; 95 % intervals: {}",
                plural(matter.data.len(), "row"),
                counts(&matter.data),
                beside.map_or_else(String::new, |beside| format!(
                    ", {} simulated ones beside them in every training and in no test",
                    beside.len()
                )),
                plural(matter.data.names().len(), "feature"),
                show::divided(&judgement.division),
                how.seed,
                match clusters.as_deref().is_some_and(are_clustered) {
                    true => format!(
                        "from {resamples} resamples of what belongs together, for shares joined with Wilson’s over as many cases"
                    ),
                    false => format!("Wilson for shares, else from {resamples} resamples"),
                }
            ));
            print_for_people(&show::judgement(&judgement, curve.as_ref()))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Remarks on labels that occur in one part alone: they cannot be learnt while it is held out, so that its rows are always wrong.
fn unlearnt(data: &Dataset, division: &Division) {
    for (part, name) in division.names.iter().enumerate() {
        let inside = |row: &usize| division.part[*row] != part;
        let known = |label| (0..data.len()).filter(inside).any(|row| data.labels()[row] == label);
        let lost: Vec<String> = data
            .classes()
            .into_iter()
            .filter(|class| !known(*class))
            .map(|class| {
                let rows = data.labels().iter().filter(|label| **label == class).count();
                format!("{class} ({})", plural(rows, "row"))
            })
            .collect();
        if !lost.is_empty() {
            remark(&format!("without `{name}` no row is left to learn {} from", lost.join(", ")));
        }
    }
}

/// The out-of-fold prediction of every row; rows of a table are counted in the file from 1, sessions have their ids.
fn rows(
    matter: &Matter,
    judgement: &Judgement,
    part: &[usize],
    predictions: &Predictions,
) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([matter.heading, "part", "label", "called", "p_cs", "p_ar", "p_em", "p_mp"])?;
    let names = &judgement.division.names;
    for (at, name) in matter.names.iter().enumerate() {
        let shares =
            predictions.probabilities.as_ref().and_then(|all| all.get(at)).copied().unwrap_or_default();
        let mut record = vec![
            name.clone(),
            names.get(part[at]).cloned().unwrap_or_default(),
            predictions.truth[at].to_string(),
            predictions.called[at].to_string(),
        ];
        record.extend(shares.iter().map(f64::to_string));
        writer.write_record(record)?;
    }
    Ok(writer.into_inner()?)
}
