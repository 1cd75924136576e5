//! `relata model`: look at a model file, write its card, carry it to another engine.

mod explain;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand, ValueEnum};

use super::choice::{Choices, one_of};
use super::table::{Format, Listing};
use super::train::{refuse_input, write_whole};
use super::{Failure, StudyArg, files, print, print_for_people, remark};
use crate::classify::card::card;
use crate::classify::export::{Dialect, onnx, sql};
use crate::classify::form::{Discriminant, Tree};
use crate::classify::model::Model;

/// Subcommands of `model`.
#[derive(Debug, Subcommand)]
pub(super) enum ModelCommand {
    /// The model card in Markdown: trained on what, for whom, how good, where not to use it
    Card(FileArgs),
    /// The fitted numbers, column by column, or node by node of a tree
    Show(ModelShowArgs),
    /// What it rests on: coefficients with bootstrap intervals, and what each group of features is worth
    Explain(Box<explain::ExplainArgs>),
    /// The model for another engine: a SQL query or an ONNX file
    Export(ModelExportArgs),
}

/// Arguments of `model export`.
#[derive(Debug, Args)]
pub(super) struct ModelExportArgs {
    #[command(flatten)]
    file: FileArgs,

    /// `sql` prints one SELECT; `onnx` needs --out
    #[arg(long, value_enum)]
    format: Target,

    /// Whose SQL
    #[arg(long, value_parser = one_of(DIALECTS), required_if_eq("format", "sql"))]
    dialect: Option<Dialect>,

    /// The table with the feature columns
    #[arg(long, default_value = "features", value_name = "NAME")]
    table: String,

    /// Where it goes; without it, SQL goes to standard output
    #[arg(long, value_name = "FILE", required_if_eq("format", "onnx"))]
    out: Option<PathBuf>,

    /// Write over a file that is there already
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Target {
    Sql,
    Onnx,
}

const DIALECTS: Choices<Dialect> =
    &[("duckdb", "", Dialect::DuckDb), ("postgres", "", Dialect::Postgres), ("spark", "", Dialect::Spark)];

/// A model file.
#[derive(Debug, Args)]
pub(super) struct FileArgs {
    /// Model file, as `relata train` wrote it
    #[arg(value_name = "MODEL")]
    file: PathBuf,
}

/// Arguments of `model show`.
#[derive(Debug, Args)]
pub(super) struct ModelShowArgs {
    #[command(flatten)]
    file: FileArgs,

    /// How the table is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(study: &StudyArg, command: ModelCommand) -> Result<ExitCode, Failure> {
    match command {
        ModelCommand::Card(args) => print_for_people(&card(&read_model(&args.file)?))?,
        ModelCommand::Show(args) => show(&args)?,
        ModelCommand::Explain(args) => return explain::run(study, &args),
        ModelCommand::Export(args) => export(&args)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn export(args: &ModelExportArgs) -> Result<(), Failure> {
    let model = read_model(&args.file.file)?;
    let dialect = args.dialect.unwrap_or(Dialect::DuckDb);
    let made = match args.format {
        Target::Sql => sql(&model, dialect, &args.table).map(String::into_bytes),
        Target::Onnx => onnx(&model),
    };
    let bytes = made.map_err(|why| Failure::refused(why.to_string()))?;
    match &args.out {
        Some(path) => {
            refuse_input(path, [args.file.file.as_path()])?;
            write_whole(path, &bytes, args.force)
        }
        None => print(&String::from_utf8_lossy(&bytes)),
    }
}

/// Reads and checks a model file.
pub(super) fn read_model(path: &Path) -> Result<Model, Failure> {
    let shown = path.display();
    let unreadable = |why: String| Failure::refused(format!("{shown} could not be read: {why}"));
    let bytes = files::whole(path, files::MODEL).map_err(unreadable)?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("it is not UTF-8 text".into()))?;
    Model::read(&text).map_err(|why| {
        Failure::refused(format!("{shown}: {why}")).help("a model file is what `relata train --out` writes")
    })
}

/// One line for each class and column: what the column adds to the class's score where it is one SD above the mean.
fn show(args: &ModelShowArgs) -> Result<(), Failure> {
    let model = read_model(&args.file.file)?;
    if let Discriminant::Trees { trees } = &model.form {
        return show_trees(&model, trees, args.format);
    }
    let mut table = Listing::new(&["class", "column", "mean", "sd", "per_sd"]);
    let names = model.encoding.names(&model.feature_names);
    for (class, label) in model.classes.iter().enumerate() {
        for (column, name) in names.iter().enumerate() {
            let indicator = column.checked_sub(model.feature_names.len());
            let (mean, sd) = match indicator.and_then(|at| model.encoding.indicators.get(at)) {
                Some(indicator) => (indicator.mean, indicator.scale),
                None => (model.encoding.means[column], model.encoding.scales[column]),
            };
            let mut row = vec![0.0; names.len()];
            if let Some(z) = row.get_mut(column) {
                *z = 1.0;
            }
            let part = model.form.part(class, column, &row) / model.temperature;
            table.push(vec![
                label.abbreviation().into(),
                name.clone().into(),
                mean.into(),
                sd.into(),
                part.into(),
            ]);
        }
    }
    remark(&format!(
        "{}, {}, {} rows; per_sd: log-odds that a column adds to a class where it lies one SD above its mean",
        model.learner, model.basis, model.rows
    ));
    print(&table.to_text(args.format)?)
}

/// One line for each node, the root of each class first.
fn show_trees(model: &Model, trees: &[Tree], format: Format) -> Result<(), Failure> {
    let mut table = Listing::new(&["class", "node", "share", "column", "at_most", "then", "else"]);
    let names = model.encoding.names(&model.feature_names);
    for (label, tree) in model.classes.iter().zip(trees) {
        for (place, node) in tree.nodes.iter().enumerate() {
            // In the unit of the feature; whether a value is missing is asked as 0 or 1.
            let raw = node.split.map(|split| {
                let indicator = split.column.checked_sub(model.feature_names.len());
                match indicator.and_then(|at| model.encoding.indicators.get(at)) {
                    Some(indicator) => split.threshold * indicator.scale + indicator.mean,
                    None => {
                        split.threshold * model.encoding.scales[split.column]
                            + model.encoding.means[split.column]
                    }
                }
            });
            table.push(vec![
                label.abbreviation().into(),
                place.into(),
                node.log_share.exp().into(),
                node.split.and_then(|split| names.get(split.column).cloned()).into(),
                raw.into(),
                node.split.map(|split| split.below).into(),
                node.split.map(|split| split.above).into(),
            ]);
        }
    }
    remark(&format!(
        "{}, {}, {} rows; share: of the class among the training rows that came to the node, smoothed; `then` and `else` are the nodes that \
         follow",
        model.learner, model.basis, model.rows
    ));
    print(&table.to_text(format)?)
}
