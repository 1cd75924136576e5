//! The rows of a table under a trained model, in their order.
//!
//! Streams: rows are read, scored and written in batches, on all cores, so that a file larger than memory
//! works. Columns that are no features (codes, labels) are handed through in front, so that results can be joined.

use std::io::{BufWriter, Seek, Stdout, Write};
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use crate::classify::features::FeatureSet;
use crate::classify::model::{MissingPolicy, Model, Scorer};
use crate::cli::columns::{self, ColumnArgs};
use crate::cli::filled::Filled;
use crate::cli::model::read_model;
use crate::cli::output::{self, Defused};
use crate::cli::table::{Format, ListingRow, no_json, plain, rounded, streamed, streamed_names};
use crate::cli::{Failure, list, remark};
use crate::files::{self, Spool};
use crate::import::table::{FeatureColumns, TableSource};

/// How many features were missing, in whose place the means of the training stand.
pub(super) const IMPUTED: &str = "imputed";
/// The columns that relata adds.
const ADDED: [&str; 9] =
    ["p_cs", "p_ar", "p_em", "p_mp", "dominant", "second", "margin", "uncertain", IMPUTED];

pub(super) fn run(
    input: &Path,
    model: &Path,
    args: &ColumnArgs,
    contributions: usize,
    format: Format,
) -> Result<ExitCode, Failure> {
    let model = read_model(model)?;
    let refused = |why: crate::classify::model::ModelError| Failure::refused(why.to_string());
    let scorer = Scorer::new(&model).map_err(refused)?;
    super::say_prior(super::OWN, &super::by_class(&model));
    let mut source = columns::open(input)?;
    let places = feature_columns(&source, &model)?;
    let ignored = source.header.columns(&args.ignore)?;
    if let Some(feature) = places.iter().find(|at| ignored.contains(at)) {
        let name = source.header.name(*feature);
        return Err(Failure::refused(format!(
            "`{name}` is a feature of the model, so that no row can be classified without it"
        ))
        .help("leave it out of --ignore, or train a model without it: `relata train --ignore`"));
    }
    let (through, replaced): (Vec<usize>, Vec<usize>) = (0..source.header.count())
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
    let mut out = Out::new(format, &header);
    let mut numbers = source.numbers(&places, &args.cells.missing, args.cells.decimal)?;
    let width = model.feature_names.len();
    let row = |record: &csv::StringRecord, values: &[f64], shares: &[f64; 4]| {
        let mut cells: Vec<Value> =
            through.iter().map(|&at| record.get(at).unwrap_or_default().into()).collect();
        let call = model.call(shares);
        cells.extend(shares.map(Value::from));
        cells.push(call.dominant.abbreviation().into());
        cells.push(call.second.abbreviation().into());
        cells.push(call.margin.into());
        cells.push(call.uncertain.into());
        cells.push(values.iter().filter(|value| value.is_nan()).count().into());
        if contributions > 0 {
            let values = model.feature_names.iter().cloned().zip(values.iter().copied()).collect();
            let profile = model.predict(&FeatureSet { values }).map_err(refused)?;
            for found in profile.contributions.into_iter().take(contributions) {
                cells.extend([Value::from(found.feature), Value::from(found.weight)]);
            }
        }
        Ok(cells)
    };
    let features = FeatureColumns {
        places: &places,
        names: &model.feature_names,
        missing: (model.missing == MissingPolicy::Refuse).then_some(not_accepted),
    };
    let mut filled = Filled::default();
    features.read(
        &mut source,
        &mut numbers,
        |part| {
            let mut shares = vec![[0.0; 4]; part.records.len()];
            scorer.table(&part.values, &mut shares).map_err(refused)?;
            let mut filled = Filled::default();
            for row in part.values.chunks_exact(width) {
                filled.see(row);
            }
            let values = part.values.chunks_exact(width);
            let rows = part.records.iter().zip(values).zip(&shares);
            let text =
                text(format, &header, rows.map(|((record, values), shares)| row(record, values, shares)))?;
            Ok((text, filled))
        },
        |(text, more), settled| {
            filled.add(&more);
            out.pass(&text, settled)
        },
    )?;
    source.remark_on_whole(Some(&numbers), &[])?;
    out.end()?;
    filled.say("row", &model.feature_names);
    Ok(ExitCode::SUCCESS)
}

fn not_accepted(name: &str) -> String {
    format!("`{name}` is missing, which this model does not accept")
}

fn taken(name: &str) -> bool {
    ADDED.contains(&name) || name.starts_with("because_")
}

/// The column of each feature of the model.
fn feature_columns(source: &TableSource, model: &Model) -> Result<Vec<usize>, Failure> {
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

/// Rows in the requested format. In JSON every row but the first begins with its comma.
fn text(
    format: Format,
    header: &[String],
    rows: impl Iterator<Item = Result<Vec<Value>, Failure>>,
) -> Result<Vec<u8>, Failure> {
    let mut text = Vec::new();
    match format {
        Format::Csv => {
            let mut writer = csv::Writer::from_writer(text);
            for cells in rows {
                writer.write_record(cells?.iter().map(plain)).map_err(unwritten)?;
            }
            text = writer.into_inner().map_err(|why| unwritten(why.into_error().into()))?;
        }
        Format::Json => {
            for cells in rows {
                text.extend(b",\n  ");
                serde_json::to_writer(&mut text, &ListingRow(header, &cells?)).map_err(no_json)?;
            }
        }
        // Widths are fixed, because the widest cell is not known before the last row is.
        Format::Table => {
            let room = output::columns();
            for cells in rows {
                let texts: Vec<String> = cells?.iter().map(rounded).collect();
                text.extend(streamed(header, &texts, room).bytes());
            }
        }
    }
    Ok(text)
}

/// Writes what frames the rows. Rows that may still turn out wrong are held back.
struct Out<'a> {
    format: Format,
    header: &'a [String],
    sink: BufWriter<Defused<Stdout>>,
    /// Whether the header is written, and whether a row is.
    begun: (bool, bool),
    held: Option<Spool>,
}

impl<'a> Out<'a> {
    fn new(format: Format, header: &'a [String]) -> Self {
        let sink = BufWriter::with_capacity(1 << 18, output::stdout());
        Self { format, header, sink, begun: (false, false), held: None }
    }

    fn begin(&mut self) -> Result<(), Failure> {
        if std::mem::replace(&mut self.begun.0, true) {
            return Ok(());
        }
        let Self { header, sink, .. } = self;
        match self.format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(sink);
                writer.write_record(*header).map_err(unwritten)?;
                writer.flush()?;
            }
            Format::Json => sink.write_all(b"[")?,
            Format::Table => sink.write_all(streamed_names(header, output::columns()).as_bytes())?,
        }
        Ok(())
    }

    /// `settled` says that nothing of these rows, and of those before, can turn out otherwise.
    fn pass(&mut self, rows: &[u8], settled: bool) -> Result<(), Failure> {
        let after = usize::from(self.format == Format::Json && !self.begun.1);
        self.begun.1 |= !rows.is_empty();
        let rows = rows.get(after..).unwrap_or_default();
        if !settled {
            return Ok(self.held.get_or_insert_with(files::spool).write_all(rows)?);
        }
        self.release()?;
        Ok(self.sink.write_all(rows)?)
    }

    /// Writes the rows that were held back.
    fn release(&mut self) -> Result<(), Failure> {
        self.begin()?;
        if let Some(mut held) = self.held.take() {
            held.rewind()?;
            std::io::copy(&mut held, &mut self.sink)?;
        }
        Ok(())
    }

    fn end(mut self) -> Result<(), Failure> {
        self.release()?;
        if self.format == Format::Json {
            self.sink.write_all(if self.begun.1 { b"\n]\n" } else { b"]\n" })?;
        }
        Ok(self.sink.flush()?)
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
