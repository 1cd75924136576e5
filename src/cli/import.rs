//! `relata import`: answers that another program collected become sessions of the study.
//!
//! A table is checked as a whole before anything is kept: if one value has no counterpart, nothing comes in, and the study
//! stays as it was, byte for byte.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;

use super::columns::CellArgs;
use super::table::Format;
use super::{Failure, StudyArg, files, input, plural, remark};
use crate::import::answers::{
    AnswerRows, AnswerTable, ImportFile, ImportPlan, ImportedRows, Map, Platform, take,
};
use crate::import::table::all_texts;
use crate::instrument::hash_of;
use crate::store::{Mode, NewSession, SessionId, Study, Whole};
use crate::study::imports;

mod show;

const EXAMPLES: &str = "Examples:
  relata import answers.csv --instrument account-self-assessment --dry-run
  relata import answers.csv --instrument account-self-assessment --set organisation=Acme --write-map map.toml
  relata import answers.csv --instrument account-self-assessment --map map.toml --study team.relata

A map says what the table does not tell by itself; --write-map writes one with what was found, to be
edited. See docs/import.md for an example that runs, and for what each program writes.";

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
    let table = AnswerTable {
        path: &args.file,
        instrument: &instrument,
        map: &map,
        set: &set,
        missing: &args.cells.missing,
        decimal: args.cells.decimal,
        on_remark: remark,
    };
    let AnswerRows { plan, rows, faults, map } = table.read(bytes)?;
    let mut taken = take(&instrument, &plan, &map, &file, &rows);
    taken.faults.splice(..0, faults);
    if let Some(place) = &args.write_map {
        return write_map(place, &plan, &taken, &map, args);
    }
    let there = study.path()?.exists().then(|| study.look()).transpose()?;
    let sorted = imports::sort(there.as_ref(), &instrument, wholes(&mut taken, &instrument.name))?;
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
    if fresh == 0 && sorted.completed.is_empty() {
        remark("nothing is new: the study is as it was");
        return Ok(ExitCode::SUCCESS);
    }
    let mut opened: Study = study.open()?;
    imports::keep(&mut opened, &instrument, sorted)?;
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

/// Reads the map that describes a table.
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

/// Whole sessions, as a study keeps them.
fn wholes(taken: &mut ImportedRows, instrument: &str) -> Vec<Whole> {
    let whole = |session: crate::import::answers::ImportedSession| {
        // What says when it was answered sorts by that; what does not is called alike whenever it comes in.
        let at = if session.dated { session.start.at } else { 0 };
        let new = NewSession {
            id: SessionId::of_row(at, instrument, &session.name),
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
