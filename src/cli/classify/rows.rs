//! The rows of a table under a trained model, in their order.
//!
//! Streams: a block of rows is read, scored and written before the next one, so that a file larger than memory
//! works. Columns that are no features (codes, labels) are handed through in front, so that results can be joined.

use std::io::{BufWriter, Stdout, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use crate::classify::features::FeatureSet;
use crate::classify::model::{Missing, Model, Scorer};
use crate::cli::features::{ColumnArgs, NUMBER_HELP, Source, list};
use crate::cli::model::read_model;
use crate::cli::output::{self, Defused};
use crate::cli::table::{Format, Row};
use crate::cli::{Failure, remark};

/// Rows read before they are scored together.
const BLOCK: usize = 8_192;
/// The columns that relata adds.
const ADDED: [&str; 8] = ["p_cs", "p_ar", "p_em", "p_mp", "dominant", "second", "margin", "uncertain"];

pub(super) fn run(
    input: &Path,
    model: &Path,
    columns: &ColumnArgs,
    contributions: usize,
    format: Format,
) -> Result<ExitCode, Failure> {
    let model = read_model(model)?;
    let refused = |why: crate::classify::model::ModelError| Failure::refused(why.to_string());
    let scorer = Scorer::new(&model).map_err(refused)?;
    let mut source = Source::open(input)?;
    let places = feature_columns(&source, &model)?;
    let ignored = source.header.columns(&columns.ignore)?;
    let (through, replaced): (Vec<usize>, Vec<usize>) = (0..source.header.len())
        .filter(|at| !places.contains(at) && !ignored.contains(at))
        .partition(|at| !taken(&source.header.name(*at)));
    if !replaced.is_empty() {
        let names: Vec<String> = replaced.iter().map(|at| source.header.name(*at)).collect();
        remark(&format!("columns of the table that the result has itself are left out: {}", list(&names)));
    }
    let mut header: Vec<String> = through.iter().map(|&at| source.header.name(at)).collect();
    header.extend(ADDED.map(str::to_owned));
    for place in 1..=contributions.min(model.encoding.width()) {
        header.extend([format!("because_{place}"), format!("because_{place}_weight")]);
    }
    let mut out = Out::new(format, header)?;
    let mut block = Block::default();
    let mut numbers = source.numbers(&places, &columns.cells)?;
    loop {
        block.clear();
        while block.handed.len() < BLOCK {
            if !source.advance()? {
                break;
            }
            for (place, (&at, name)) in places.iter().zip(&model.feature_names).enumerate() {
                match numbers.read(place, source.cell(at), source.line()) {
                    Ok(None) if model.missing == Missing::Refuse => {
                        return Err(
                            source.fault(&format!("`{name}` is missing, which this model does not accept"))
                        );
                    }
                    Ok(value) => block.values.push(value.unwrap_or(f64::NAN)),
                    Err(why) => {
                        return Err(source.fault(&format!("column `{name}`: {why}")).help(NUMBER_HELP));
                    }
                }
            }
            block.handed.push(through.iter().map(|&at| source.raw(at).to_owned()).collect());
        }
        if block.handed.is_empty() {
            break;
        }
        block.shares.resize(block.handed.len(), [0.0; 4]);
        scorer.table(&block.values, &mut block.shares).map_err(refused)?;
        let width = model.feature_names.len();
        for (place, handed) in block.handed.iter().enumerate() {
            let mut cells: Vec<Value> = handed.iter().map(|text| Value::from(text.as_str())).collect();
            let shares = &block.shares[place];
            let call = model.call(shares);
            cells.extend(shares.map(Value::from));
            cells.push(call.dominant.abbreviation().into());
            cells.push(call.second.abbreviation().into());
            cells.push(call.margin.into());
            cells.push(call.uncertain.into());
            if contributions > 0 {
                let values = block.values[place * width..(place + 1) * width].iter().copied();
                let set = FeatureSet { values: model.feature_names.iter().cloned().zip(values).collect() };
                let profile = model.predict(&set).map_err(refused)?;
                for found in profile.contributions.into_iter().take(contributions) {
                    cells.extend([Value::from(found.feature), Value::from(found.weight)]);
                }
            }
            out.row(cells)?;
        }
    }
    out.end()?;
    source.say(Some(&numbers), &[])?;
    Ok(ExitCode::SUCCESS)
}

fn taken(name: &str) -> bool {
    ADDED.contains(&name) || name.starts_with("because_")
}

/// The column of each feature of the model.
fn feature_columns(source: &Source, model: &Model) -> Result<Vec<usize>, Failure> {
    let found = model.feature_names.iter().map(|name| source.header.exactly(name));
    let found = found.collect::<Result<Vec<_>, _>>()?;
    let absent: Vec<String> = model
        .feature_names
        .iter()
        .zip(&found)
        .filter(|(_, at)| at.is_none())
        .map(|(name, _)| name.clone())
        .collect();
    if !absent.is_empty() {
        return Err(Failure::refused(format!(
            "the table lacks columns that the model needs: {}",
            list(&absent)
        ))
        .help("a missing value is an empty cell; a missing column is taken for a mistake"));
    }
    Ok(found.into_iter().flatten().collect())
}

#[derive(Default)]
struct Block {
    values: Vec<f64>,
    handed: Vec<Vec<String>>,
    shares: Vec<[f64; 4]>,
}

impl Block {
    fn clear(&mut self) {
        self.values.clear();
        self.handed.clear();
        self.shares.clear();
    }
}

/// Writes rows as they come, in each of the three forms.
struct Out {
    header: Vec<String>,
    sink: Sink,
    rows: usize,
}

/// Standard output in large pieces.
type Rows = BufWriter<Defused<Stdout>>;

enum Sink {
    Csv(Box<csv::Writer<Rows>>),
    Json(Rows),
    Table(Rows),
}

impl Out {
    fn new(format: Format, header: Vec<String>) -> Result<Self, Failure> {
        let mut out = BufWriter::with_capacity(1 << 18, output::stdout());
        let sink = match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(out);
                writer.write_record(&header).map_err(unwritten)?;
                Sink::Csv(Box::new(writer))
            }
            Format::Json => {
                out.write_all(b"[")?;
                Sink::Json(out)
            }
            Format::Table => {
                let cells: Vec<String> = header.iter().map(|name| padded(name)).collect();
                writeln!(out, "{}", cells.join("  ").trim_end())?;
                Sink::Table(out)
            }
        };
        Ok(Self { header, sink, rows: 0 })
    }

    fn row(&mut self, cells: Vec<Value>) -> Result<(), Failure> {
        self.rows += 1;
        match &mut self.sink {
            Sink::Csv(writer) => writer.write_record(cells.iter().map(plain)).map_err(unwritten),
            Sink::Json(out) => {
                let text = serde_json::to_string(&Row(&self.header, &cells))
                    .map_err(|why| Failure::refused(format!("no JSON could be made: {why}")))?;
                Ok(write!(out, "{}\n  {text}", if self.rows > 1 { "," } else { "" })?)
            }
            // Widths are fixed, because the widest cell is not known before the last row is.
            Sink::Table(out) => {
                let texts: Vec<String> = cells.iter().map(|cell| padded(&rounded(cell))).collect();
                Ok(writeln!(out, "{}", texts.join("  ").trim_end())?)
            }
        }
    }

    fn end(self) -> Result<(), Failure> {
        match self.sink {
            Sink::Csv(mut writer) => Ok(writer.flush()?),
            Sink::Json(mut out) => {
                out.write_all(if self.rows > 0 { b"\n]\n" } else { b"]\n" })?;
                Ok(out.flush()?)
            }
            Sink::Table(mut out) => Ok(out.flush()?),
        }
    }
}

/// A pipe that was closed has had enough; anything else is a failure.
fn unwritten(why: csv::Error) -> Failure {
    let sentence = format!("no CSV could be made: {why}");
    match why.into_kind() {
        csv::ErrorKind::Io(why) => why.into(),
        _ => Failure::refused(sentence),
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn rounded(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => format!("{:.3}", number.as_f64().unwrap_or_default()),
        Value::Bool(open) => (if *open { "yes" } else { "no" }).into(),
        other => plain(other),
    }
}

fn padded(text: &str) -> String {
    format!("{text:<9}")
}
