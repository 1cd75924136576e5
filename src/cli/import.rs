//! `relata import`: answers that another program collected become sessions of the study.
//!
//! A table is looked through whole before anything is kept: where one value has no counterpart, nothing comes in, and the study
//! stays as it was, byte for byte.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use clap::Args;

use super::columns::CellArgs;
use super::table::Format;
use super::{Failure, StudyArg, files, input, plural, remark};
use crate::import::answers::{ImportFile, ImportPlan, ImportedRows, Map, Platform, Row, TableHead, take};
use crate::import::sav;
use crate::import::table::{TableSource, all_texts};
use crate::instrument::numeral::{Numeral, Sign, numeral};
use crate::instrument::{Instrument, hash_of};
use crate::store::{Mode, NewSession, SessionId, Study, Whole};
use crate::study::imports;

mod show;

const EXAMPLES: &str = "Examples:
  relata import answers.csv --instrument account-self-assessment --dry-run
  relata import answers.csv --instrument account-self-assessment --set organisation=Acme --write-map map.toml
  relata import answers.csv --instrument account-self-assessment --map map.toml --study team.relata

A map says what the table does not tell by itself; --write-map writes one with what was found, to be
edited. See docs/import.md for one worked example of each program.";

/// Arguments of `import`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct ImportArgs {
    /// The table as the program exported it (CSV, or `.sav` and `.zsav` of SPSS; `-` reads standard input)
    #[arg(value_name = "ANSWERS")]
    file: PathBuf,

    /// The questionnaire that was asked: one that comes with relata, or a file
    #[arg(long, short, value_name = "INSTRUMENT")]
    instrument: String,

    /// What the columns and values of the table stand for
    #[arg(long, value_name = "MAP.toml")]
    map: Option<PathBuf>,

    /// Writes a map with what was found, to be edited, and takes nothing over
    #[arg(long, value_name = "MAP.toml")]
    write_map: Option<PathBuf>,

    /// Shows what would come in, and takes nothing over
    #[arg(long)]
    dry_run: bool,

    /// A field of the start form that is the same in every row, such as organisation="Acme Ltd"
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = super::interview::field)]
    fields: Vec<(String, String)>,

    /// The language of rows that name none
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,

    #[command(flatten)]
    cells: CellArgs,

    /// Take rows over that say what rows of another file, or earlier ones, said: they are answers of their own
    #[arg(long)]
    again: bool,

    /// How what was found is printed
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
}

pub(super) fn run(study: &StudyArg, args: &ImportArgs) -> Result<ExitCode, Failure> {
    let instrument = input::instrument(&args.instrument)?;
    super::interview::check_fields(&args.fields, &instrument)?;
    crate::study::check_language(&instrument, args.lang.as_deref())?;
    let map = args.map.as_deref().map(read_map).transpose()?.unwrap_or_default();
    let bytes = read(&args.file)?;
    let file = ImportFile {
        name: args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        hash: hash_of(&[&bytes]),
        now: input::now(),
        language: args.lang.clone(),
        missing: all_texts(&args.cells.missing)?,
    };
    let set: BTreeMap<String, String> = args.fields.iter().cloned().collect();
    let Looked { plan, rows, faults, map } = table(&args.file, bytes, &instrument, &map, &set, &args.cells)?;
    let mut taken = take(&instrument, &plan, &map, &file, &rows);
    taken.faults.splice(..0, faults);
    if let Some(place) = &args.write_map {
        return write_map(place, &plan, &taken, &map, args);
    }
    let there = study.path()?.exists().then(|| study.look()).transpose()?;
    let sorted = imports::sort(there.as_ref(), &instrument, wholes(&mut taken))?;
    drop(there);
    if args.dry_run {
        show::lines(&plan, &taken, args.format)?;
    }
    show::told(&plan, &taken);
    let refusal = show::refusal(&args.file, &plan, &taken, &sorted, args.again);
    if let Some(refusal) = refusal {
        if !args.dry_run {
            show::lines_with_faults(&plan, &taken, args.format)?;
        }
        return Err(refusal);
    }
    let fresh = sorted.fresh.len();
    show::sorted(&sorted);
    if args.dry_run {
        remark(&format!("{} would come in; nothing was taken over", plural(fresh, "session")));
        return Ok(ExitCode::SUCCESS);
    }
    // What changes nothing does not open the study to be written either.
    if fresh == 0 {
        remark("nothing is new: the study is as it was");
        return Ok(ExitCode::SUCCESS);
    }
    let mut opened: Study = study.open()?;
    imports::keep(&mut opened, &instrument, sorted.fresh)?;
    remark(&format!(
        "{} taken over from {} into {}; they have norms of their own and are never pooled with what was asked here",
        plural(fresh, "session"),
        args.file.display(),
        study.path()?.display()
    ));
    Ok(ExitCode::SUCCESS)
}

/// The bytes of the table.
fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(files::ANSWERS)
            .read_to_end(&mut bytes)
            .map_err(|why| Failure::refused(format!("standard input could not be read: {why}")))?;
        return Ok(bytes);
    }
    let refused = |why: String| Failure::refused(format!("{} could not be read: {why}", path.display()));
    files::whole(path, files::ANSWERS).map_err(refused)
}

/// What somebody says of a table.
fn read_map(path: &Path) -> Result<Map, Failure> {
    let refused = |why: String| {
        Failure::refused(format!("{} could not be read: {why}", path.display()))
            .help("--write-map writes a map that can be edited")
    };
    let bytes = files::whole(path, files::QUESTIONNAIRE).map_err(refused)?;
    let text = String::from_utf8(bytes).map_err(|_| refused("it is not UTF-8 text".into()))?;
    let map: Map = toml::from_str(&text).map_err(|why| {
        let line = why.span().map(|span| text[..span.start].matches('\n').count() + 1);
        let place = line.map(|line| format!("line {line}: ")).unwrap_or_default();
        refused(format!("{place}{}", why.message()))
    })?;
    if let Some(platform) = map.platform.as_deref().filter(|name| Platform::named(name).is_none()) {
        let known: Vec<&str> = Platform::ALL.iter().map(|(_, name)| *name).collect();
        return Err(refused(format!("there is no platform `{platform}`; they are {}", known.join(", "))));
    }
    Ok(map)
}

/// What a table holds of a questionnaire.
struct Looked {
    plan: ImportPlan,
    rows: Vec<Row>,
    /// Cells that are no numbers where numbers should be.
    faults: Vec<String>,
    /// What was said of the table, and what it says itself.
    map: Map,
}

fn table(
    path: &Path,
    bytes: Vec<u8>,
    instrument: &Arc<Instrument>,
    map: &Map,
    set: &BTreeMap<String, String>,
    cells: &CellArgs,
) -> Result<Looked, Failure> {
    let spss = sav::is_sav(&bytes).then(|| spss(path, &bytes)).transpose()?;
    let text = spss.as_ref().map(as_csv).transpose()?.unwrap_or(bytes);
    let mut source = TableSource::read(path, Box::new(std::io::Cursor::new(text)), remark)?;
    let names: Vec<String> = (0..source.header.count()).map(|at| source.header.raw(at).to_owned()).collect();
    let mut number = 1;
    let mut next = |source: &mut TableSource| -> Result<Option<Row>, Failure> {
        if !source.advance()? {
            return Ok(None);
        }
        number += 1;
        let cells = (0..names.len()).map(|at| source.cell(at).to_owned()).collect();
        // A file without lines counts its cases, the first as 1.
        let (row, line) = if spss.is_some() { (number - 1, number - 1) } else { (number, source.line()) };
        Ok(Some(Row { row, line, cells }))
    };
    let first: Vec<Row> = [next(&mut source)?, next(&mut source)?].into_iter().flatten().collect();
    let told = map.platform.as_deref().and_then(Platform::named);
    let platform = told.unwrap_or_else(|| Platform::of(&names, first.get(1).map(|row| row.cells.as_slice())));
    // Two more header rows: the questions, and what the program calls them inside.
    let below = platform == Platform::Qualtrics
        && first.get(1).is_some_and(|row| row.cells.iter().any(|cell| cell.starts_with("{\"ImportId\"")));
    let texts = match &spss {
        Some(spss) => spss.columns.iter().map(|column| column.label.clone()).collect(),
        None if below => first[0].cells.clone(),
        None => Vec::new(),
    };
    let mut plan = ImportPlan::new(instrument, TableHead { names: names.clone(), texts }, platform, map, set);
    let labels: Vec<_> =
        spss.iter().flat_map(|spss| &spss.columns).map(|column| column.values.clone()).collect();
    let map = plan.with_labels(map, &labels);
    let columns = spss.iter().flat_map(|spss| &spss.columns).enumerate();
    columns
        .filter(|(at, column)| plan.is_answer(*at) && !column.declared_missing.is_empty())
        .for_each(|(_, column)| say_declared(column));
    let columns = plan.numbers();
    let codes = [&map.missing.not_answered, &map.missing.declined, &map.missing.dont_know];
    let codes = codes.into_iter().flatten().map(|code| format!("\"{}\"", code.text().replace('"', "\"\"")));
    let missing: Vec<String> = cells.missing.iter().cloned().chain(codes).collect();
    let decimal = if spss.is_some() { Some(Sign::Point) } else { cells.decimal };
    let points: Vec<usize> = (0..names.len()).filter(|column| plan.is_points(*column)).collect();
    let mut numbers = source.numbers(&columns, &missing, decimal)?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut ahead = if below { Vec::new() } else { first }.into_iter();
    while let Some(mut row) = ahead.next().map_or_else(|| next(&mut source), |row| Ok(Some(row)))? {
        for (at, column) in columns.iter().enumerate() {
            let cell = &row.cells[*column];
            if plan.is_mapped(&map, *column, cell) {
                continue;
            }
            match numbers.read(at, cell, row.line) {
                Ok(Some(value)) => row.cells[*column] = value.to_string(),
                Ok(None) => {}
                Err(why) => {
                    faults.push(format!("line {}, column `{}`: {why}", row.line, names[*column]));
                    row.cells[*column].clear();
                }
            }
        }
        // Points that could be a thousand or one with decimals are what somebody said that signs mean.
        for column in points.iter().copied() {
            if plan.is_mapped(&map, column, &row.cells[column]) {
                continue;
            }
            let read = (numeral(&row.cells[column]), decimal);
            if let (Some(Numeral::Either { sign, decimal, grouped }), Some(told)) = read {
                row.cells[column] = if sign == told { decimal } else { grouped }.to_string();
            }
        }
        rows.push(row);
    }
    source.tell(Some(&numbers))?;
    Ok(Looked { plan, rows, faults, map })
}

/// A table of texts as the one reader of all tables reads it.
fn as_csv(table: &sav::SpssFile) -> Result<Vec<u8>, Failure> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let written = out.write_record(table.columns.iter().map(|column| &column.name));
    let written =
        table.rows.iter().fold(written, |written, row| written.and_then(|()| out.write_record(row)));
    let refused = |why: String| Failure::refused(format!("the table could not be read: {why}"));
    written.map_err(|why| refused(why.to_string()))?;
    out.into_inner().map_err(|why| refused(why.to_string()))
}

/// The table in a file of SPSS. What relata exported has the clock of UTC; of other instants nobody knows which clock it was.
fn spss(path: &Path, bytes: &[u8]) -> Result<sav::SpssFile, Failure> {
    let mut table = sav::read(bytes).map_err(|why| Failure::refused(format!("{} {why}", path.display())))?;
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    if Platform::of(&names, None) == Platform::Relata {
        for row in &mut table.rows {
            let instants = row.iter_mut().zip(&table.columns).filter(|(_, column)| column.is_instant);
            instants.filter(|(cell, _)| !cell.is_empty()).for_each(|(cell, _)| cell.push('Z'));
        }
    }
    Ok(table)
}

/// Says which values a file declares missing.
fn say_declared(column: &sav::SpssColumn) {
    let values = column.declared_missing.iter().map(|(value, cells)| {
        let label = column.values.get(value).map(|label| format!(" “{label}”")).unwrap_or_default();
        format!("{value}{label} in {}", plural(*cells, "case"))
    });
    remark(&format!(
        "column `{}`: the file declares these values missing, and so they are not answered: {}",
        column.name,
        values.collect::<Vec<_>>().join(", ")
    ));
}

/// Whole sessions, as a study keeps them.
fn wholes(taken: &mut ImportedRows) -> Vec<Whole> {
    let whole = |session: crate::import::answers::ImportedSession| {
        // What says when it was answered sorts by that; what does not is called alike whenever it comes in.
        let at = if session.dated { session.start.at } else { 0 };
        let new = NewSession {
            id: SessionId::new(at, session.bits),
            start: session.start,
            respondent: session.respondent,
            interviewer: None,
            mode: Mode::Imported,
            test: false,
        };
        Whole { session: new, events: session.events, truth: None }
    };
    std::mem::take(&mut taken.sessions).into_iter().map(whole).collect()
}

fn write_map(
    place: &Path,
    plan: &ImportPlan,
    taken: &ImportedRows,
    map: &Map,
    args: &ImportArgs,
) -> Result<ExitCode, Failure> {
    let written = crate::files::create_new(place)
        .and_then(|mut file| file.write_all(plan.map_text(taken, map).as_bytes()));
    written.map_err(|why| {
        Failure::refused(format!("{} could not be written: {why}", place.display()))
            .help("a map that is there is never written over")
    })?;
    show::lines(plan, taken, args.format)?;
    show::told(plan, taken);
    let again = format!(
        "relata import {} --instrument {} --map {} --dry-run",
        args.file.display(),
        args.instrument,
        place.display()
    );
    remark(&format!("written to {}; edit it, then see what it does with `{again}`", place.display()));
    Ok(ExitCode::SUCCESS)
}
