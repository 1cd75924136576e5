//! Codes from a file: a project of qualitative analysis, or a CSV file. Of the latter all faults are said at once, with line and column; nothing is taken over while there is one.
//!
//! A row that says what the coder's code says already adds nothing, so that a file can be imported again. A row that says what
//! the coder said before and changed since adds nothing either, and that is said: an old file must not undo a later code.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{project, shown};
use crate::cli::columns::{self, CellArgs};
use crate::cli::{Failure, StudyArg, input, plural, remark};
use crate::coding::{self, CodeFault, Coding, SUREST, Seen};
use crate::import::table::yes_or_no;
use crate::instrument::numeral::looks_missing;
use crate::instrument::{Language, RelationalModel};
use crate::store::{SessionId, Study};
use crate::study::Loader;
use crate::study::blind::Blinding;
use crate::study::codes::{FileCode, Spellings, TakenOver, take_over};
use crate::study::coding::{said::SessionWords, to_code};
use crate::text;

/// Arguments of `code import`.
#[derive(Debug, Args)]
pub(in crate::cli) struct CodeImportArgs {
    /// CSV file with the columns session, coder, dominant and, where there are any, second, confidence (1 to 5), consensus
    /// (yes or no), note, evidence (`item=MP:2`, several with spaces between), passages (`item@4-9=MP`: characters from 0, the last not
    /// counted; `item!note@4-9=MP` of a note), seen (narrative or whole), blind (yes or no) and at (when a code was given, so that a
    /// coder may have several of one session, as in `code list --all --format csv`), `-` reads standard input; or a project of
    /// REFI-QDA (.qdpx)
    pub(super) file: PathBuf,

    /// Every row settles its session for all coders
    #[arg(long)]
    pub(super) consensus: bool,

    /// Take rows over again that the coder has replaced since
    #[arg(long)]
    pub(super) again: bool,

    #[command(flatten)]
    cells: CellArgs,

    #[command(flatten)]
    pub(super) project: project::ProjectArgs,
}

/// Columns that mean something; others are left alone.
const KNOWN: [&str; 12] = [
    "session",
    "coder",
    "dominant",
    "second",
    "confidence",
    "consensus",
    "note",
    "evidence",
    "passages",
    "seen",
    "blind",
    "at",
];

/// A row, checked.
struct CheckedRow {
    line: u64,
    /// When the code was given, in milliseconds, where the file says it.
    at: Option<i64>,
    given: FileCode,
}

pub(super) fn run(study: &StudyArg, args: CodeImportArgs) -> Result<ExitCode, Failure> {
    if let Some(bytes) = project::container(&args.file)? {
        return project::run(study, &args, &bytes);
    }
    if args.project != project::ProjectArgs::default() {
        return Err(Failure::Usage(format!(
            "--code, --user, --add-transcripts and --dry-run are for projects (.qdpx), and {} is none",
            shown(&args.file)
        )));
    }
    let mut study = study.existing()?;
    let rows = read(&study, &args)?;
    keep(&mut study, rows.into_iter().map(|row| row.given).collect(), "row", args.again)?;
    Ok(ExitCode::SUCCESS)
}

/// Keeps what is new of codes from a file, and says and returns how much that was; `one` is what the file calls a code.
pub(super) fn keep(
    study: &mut Study,
    given: Vec<FileCode>,
    one: &str,
    again: bool,
) -> Result<usize, Failure> {
    let taken = given.len();
    let TakenOver { fresh, settled, same, replaced } =
        take_over(study, given, again, input::now(), input::random::<10>)?;
    let settled = if settled > 0 { format!(" ({settled} as consensus)") } else { String::new() };
    remark(&match (fresh, same) {
        (0, same) if same == taken && taken > 0 => {
            format!("nothing changed: {} there already", plural(same, "code"))
        }
        (fresh, same) => {
            let (fresh, of) = (plural(fresh, "code"), plural(taken, one));
            format!("{fresh} of {of} taken over{settled}; {same} there already")
        }
    });
    if replaced > 0 {
        remark(&format!(
            "left alone: {} that the coder gave before and has changed since (--again takes them over)",
            plural(replaced, one)
        ));
    }
    Ok(fresh)
}

/// The rows of the file, or every fault in it.
fn read(study: &Study, args: &CodeImportArgs) -> Result<Vec<CheckedRow>, Failure> {
    let mut source = columns::open(&args.file)?;
    let mut columns = BTreeMap::new();
    for name in &KNOWN[..3] {
        columns.insert(*name, source.header.column(name)?);
    }
    for name in &KNOWN[3..] {
        if let Some(at) = source.header.exactly(name)? {
            columns.insert(*name, at);
        }
    }
    let others: Vec<String> =
        source.header.shown().into_iter().filter(|name| !KNOWN.contains(&name.as_str())).collect();
    if !others.is_empty() {
        remark(&format!("columns that no code has are left alone: {}", others.join(", ")));
    }
    let sure = columns.get("confidence").copied();
    let mut numbers = source.numbers(sure.as_slice(), &args.cells.missing, args.cells.decimal)?;
    let mut rows: Vec<CheckedRow> = Vec::new();
    let (mut faults, mut left_out) = (Vec::new(), Vec::new());
    let blinding = Blinding::of(study)?;
    let mut loader = input::loader(study);
    let mut read = BTreeMap::new();
    let mut spellings = Spellings::of(study)?;
    let language = Language::new("en");
    let mut known: BTreeMap<String, Result<SessionId, String>> = BTreeMap::new();
    loop {
        let record = match source.next_row() {
            Ok(None) => break,
            Ok(Some(record)) => record,
            Err(failure) => {
                // A row of another length is one fault among others; what fails the same way twice will go on failing.
                let sentence = failure.to_string();
                if faults.contains(&sentence) {
                    break;
                }
                faults.push(sentence);
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        let mut cell = |name: &str| {
            let cell = columns.get(name).and_then(|&at| record.get(at)).map(str::trim).unwrap_or_default();
            if numbers.missing.is(cell) { String::new() } else { cell.to_owned() }
        };
        let mut fault = |column: &str, what: String| {
            faults.push(format!("line {line}, column `{column}`: {what}"));
        };
        let wanted = cell("session");
        let session = known.entry(wanted.clone()).or_insert_with(|| session(&mut loader, &wanted)).clone();
        let session = session.map_err(|why| fault("session", why)).ok();
        let mut nameless = |name: String| match looks_missing(&name) {
            true => {
                Err("is what programs write for a missing value; --missing says that it is none".to_owned())
            }
            false => coding::coder(&name).map_err(|why| why.to_string()).and_then(|coder| {
                let alike =
                    |known| text!(&language, "study-coding-other-case", coder = coder.as_str(), known);
                spellings.take(&coder).map_err(alike)?;
                Ok(coder)
            }),
        };
        let coder = nameless(cell("coder"))
            .map_err(|why| {
                let found = cell("coder");
                let what = if found.is_empty() { "is empty".to_owned() } else { format!("`{found}`: {why}") };
                fault("coder", what);
            })
            .ok();
        let dominant = named(&cell("dominant")).map_err(|why| fault("dominant", why)).ok().flatten();
        if cell("dominant").is_empty() {
            fault("dominant", "is empty; a code needs a dominant model".into());
        }
        let second = named(&cell("second")).map_err(|why| fault("second", why)).ok().flatten();
        if second.is_some() && second == dominant {
            fault("second", format!("is `{}`, which is the dominant model already", cell("second")));
        }
        let (note, typed) = (cell("note"), cell("confidence"));
        let [evidence, passages, seen, blind, at] =
            ["evidence", "passages", "seen", "blind", "at"].map(&mut cell);
        let at = instant(&at).map_err(|why| fault("at", why)).ok().flatten();
        let settles = match yes(&cell("consensus")) {
            Ok(settles) => settles || args.consensus,
            Err(why) => {
                fault("consensus", why);
                false
            }
        };
        let confidence = numbers.read(0, &typed, line).and_then(|sure| confidence(sure, &typed));
        let confidence = confidence.map_err(|why| fault("confidence", why)).ok().flatten();
        let seen = match seen.as_str() {
            "" => None,
            word => word.parse().map_err(|why| fault("seen", why)).ok(),
        };
        let said = session.map(|session| {
            let said =
                read.entry(session).or_insert_with(|| SessionWords::of(&mut loader, &blinding, session));
            &*said
        });
        let everything = seen == Some(Seen::Whole);
        let mut gone = Vec::new();
        let evidence = said.map(|said| said.marks(&evidence, everything, &mut gone)).transpose();
        let evidence = evidence.map_err(|why| fault("evidence", why)).ok().flatten().unwrap_or_default();
        let passages = said.map(|said| said.passages(&passages, everything, &mut gone)).transpose();
        let passages = passages.map_err(|why| fault("passages", why));
        left_out.extend(gone.into_iter().map(|what| format!("line {line}: {what}")));
        let blind = match blind.as_str() {
            "" => None,
            word => yes(word).map_err(|why| fault("blind", why)).ok(),
        };
        let (Some(session), Some(coder), Some(dominant)) = (session, coder, dominant) else { continue };
        let passages = passages.ok().flatten().unwrap_or_default();
        let coding = Coding { second, confidence, note, evidence, passages, seen, blind, dominant };
        // The rest was said above, column by column.
        if let Err(why @ CodeFault::MarkedTwice { .. }) = coding.check() {
            fault("evidence", why.to_string());
        }
        let who = |row: &&CheckedRow| {
            let given = &row.given;
            given.session == session && given.consensus == settles && (settles || given.coder == coder)
        };
        match rows.iter().rev().find(who) {
            Some(row) if row.given.coding == coding && row.at == at => {}
            Some(row) if row.at.is_none() || at.is_none() => {
                let (first, when) =
                    (row.line, "codes that follow each other say when they were given, in a column `at`");
                fault("session", format!("this coder has another code for it in line {first}; {when}"));
            }
            _ => {
                let given = FileCode { session, coder, consensus: settles, coding, marks_all: false };
                rows.push(CheckedRow { line, at, given });
            }
        }
    }
    rows.sort_by_key(|row| row.at);
    if faults.is_empty() {
        source.say(Some(&numbers), &[])?;
        for what in left_out {
            remark(&format!("{what} is in no transcript of the session (removed?), and is left out"));
        }
        return Ok(rows);
    }
    let count = plural(faults.len(), "fault");
    Err(Failure::refused(format!(
        "{} has {count}, and nothing was taken over\n  {}",
        shown(&args.file),
        faults.join("\n  ")
    ))
    .help("models are CS, AR, EM, MP or their full names; `relata sessions --format csv` lists sessions"))
}

fn session(loader: &mut Loader, wanted: &str) -> Result<SessionId, String> {
    if wanted.is_empty() {
        return Err("is empty".into());
    }
    to_code(loader, wanted).map(|header| header.id).map_err(|why| why.message)
}

fn named(cell: &str) -> Result<Option<RelationalModel>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    RelationalModel::typed(cell).map(Some).ok_or_else(|| format!("`{cell}` names no relational model"))
}

fn confidence(sure: Option<f64>, cell: &str) -> Result<Option<u8>, String> {
    let Some(sure) = sure else { return Ok(None) };
    let found = (1..=SUREST).find(|known| f64::from(*known) == sure);
    found.map(Some).ok_or_else(|| format!("`{cell}` is no whole number from 1 to {SUREST}"))
}

fn instant(cell: &str) -> Result<Option<i64>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    let found = cell.parse::<jiff::Timestamp>().map(jiff::Timestamp::as_millisecond);
    found.map(Some).map_err(|_| format!("`{cell}` is no instant such as 2026-01-31T14:00:00Z"))
}

fn yes(cell: &str) -> Result<bool, String> {
    if cell.is_empty() {
        return Ok(false);
    }
    yes_or_no(cell).ok_or_else(|| format!("`{cell}` is neither yes nor no"))
}
