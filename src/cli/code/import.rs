//! Codes from a CSV file. All faults are said at once, with line and column; nothing is taken over while there is one.
//!
//! A row that says what the coder's code says already adds nothing, so that a file can be imported again. A row that says what
//! the coder said before and changed since adds nothing either, and that is said: an old file must not undo a later code.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::{shown, to_code};
use crate::cli::features::{CellArgs, Source, label, yes_or_no};
use crate::cli::{Failure, StudyArg, input, plural, remark};
use crate::coding::passage::{Part, Passage, Place};
use crate::coding::{self, CodeFault, Coding, Mark, SUREST};
use crate::instrument::numeral::looks_missing;
use crate::instrument::{Language, RelationalModel};
use crate::interview::ReviewLine;
use crate::store::{Code, CodeId, SessionHeader, SessionId, Study};
use crate::study::codes::Spellings;
use crate::study::{Loader, blind, transcripts};
use crate::text;

/// Arguments of `code import`.
#[derive(Debug, Args)]
pub(in crate::cli) struct ImportArgs {
    /// CSV file with the columns session, coder, dominant and, where there are any, second, confidence (1 to 5), consensus
    /// (yes or no), note, evidence (`item=MP:2`, several with spaces between), passages (`item@4-9=MP`: characters from 0, the last not
    /// counted; `item!note@4-9=MP` of a note), seen (narrative or whole) and blind (yes or no); `-` reads standard input
    file: PathBuf,

    /// Every row settles its session for all coders
    #[arg(long)]
    consensus: bool,

    /// Take rows over again that the coder has replaced since
    #[arg(long)]
    again: bool,

    #[command(flatten)]
    cells: CellArgs,
}

/// Columns that mean something; others are left alone.
const KNOWN: [&str; 11] = [
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
];

/// A row, checked.
struct Row {
    line: u64,
    session: SessionId,
    coder: String,
    consensus: bool,
    coding: Coding,
}

pub(super) fn run(study: &StudyArg, args: ImportArgs) -> Result<ExitCode, Failure> {
    let mut study = study.existing()?;
    let rows = read(&study, &args)?;
    let taken = rows.len();
    let (codes, same, replaced) = news(&study, rows, args.again)?;
    blind::begin(&mut study)?;
    study.add_codes(&codes)?;
    let consensus = codes.iter().filter(|code| code.consensus).count();
    remark(&format!(
        "{} of {} taken over{}; {same} there already",
        plural(codes.len(), "code"),
        plural(taken, "row"),
        if consensus > 0 { format!(" ({consensus} as consensus)") } else { String::new() }
    ));
    if replaced > 0 {
        remark(&format!(
            "left alone: {} that the coder gave before and has changed since (--again takes them over)",
            plural(replaced, "row")
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// The rows of the file, or every fault in it.
fn read(study: &Study, args: &ImportArgs) -> Result<Vec<Row>, Failure> {
    let mut source = Source::open(&args.file)?;
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
    let mut numbers = source.numbers(sure.as_slice(), &args.cells)?;
    let mut rows: Vec<Row> = Vec::new();
    let mut faults = Vec::new();
    let mut loader = input::loader(study);
    let mut read = BTreeMap::new();
    let mut spellings = Spellings::of(study)?;
    let language = Language::new("en");
    let mut known: BTreeMap<String, Result<SessionId, String>> = BTreeMap::new();
    loop {
        let record = match source.next() {
            Ok(None) => break,
            Ok(Some(record)) => record,
            Err(failure) => {
                // A row of another length is one fault among others; what fails the same way twice will go on failing.
                let sentence = failure.sentence();
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
                let alike = |known| text!(&language, "cli-code-other-case", coder = coder.as_str(), known);
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
        let [evidence, passages, seen, blind] = ["evidence", "passages", "seen", "blind"].map(&mut cell);
        let settles = match yes(&cell("consensus")) {
            Ok(settles) => settles || args.consensus,
            Err(why) => {
                fault("consensus", why);
                false
            }
        };
        let confidence = numbers.read(0, &typed, line).and_then(|sure| confidence(sure, &typed));
        let confidence = confidence.map_err(|why| fault("confidence", why)).ok().flatten();
        let said = session.as_ref().map(|session| said_in(&mut loader, &mut read, *session));
        let said = said.unwrap_or_default();
        let evidence = marks(&evidence, &said).map_err(|why| fault("evidence", why)).unwrap_or_default();
        let passages = marked(&passages, &said).map_err(|why| fault("passages", why));
        let seen = match seen.as_str() {
            "" => None,
            word => word.parse().map_err(|why| fault("seen", why)).ok(),
        };
        let blind = match blind.as_str() {
            "" => None,
            word => yes(word).map_err(|why| fault("blind", why)).ok(),
        };
        let (Some(session), Some(coder), Some(dominant)) = (session, coder, dominant) else { continue };
        let passages = passages.unwrap_or_default();
        let coding = Coding { second, confidence, note, evidence, passages, seen, blind, dominant };
        // The rest was said above, column by column.
        if let Err(why @ CodeFault::MarkedTwice { .. }) = coding.check() {
            fault("evidence", why.to_string());
        }
        let who = |row: &&Row| {
            row.session == session && row.consensus == settles && (settles || row.coder == coder)
        };
        match rows.iter().find(who) {
            Some(row) if row.coding == coding => {}
            Some(row) => {
                let first = row.line;
                fault("session", format!("this coder has another code for it in line {first}"));
            }
            None => rows.push(Row { line, session, coder, consensus: settles, coding }),
        }
    }
    if faults.is_empty() {
        source.say(Some(&numbers), &[])?;
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
    to_code(loader, wanted).map(|header: SessionHeader| header.id).map_err(|failure| match failure {
        Failure::Refused { message, .. } => message,
        other => other.to_string(),
    })
}

/// The answers and the transcripts of a session, for evidence to be held against; read once.
fn said_in(
    loader: &mut Loader,
    read: &mut BTreeMap<SessionId, Vec<ReviewLine>>,
    session: SessionId,
) -> Vec<ReviewLine> {
    let lines = read.entry(session).or_insert_with(|| {
        let header = loader.study().session(&session.to_string()).ok();
        let found = header.and_then(|header| loader.interview(&header).ok());
        let mut lines = found.map(|(interview, _)| interview.answers()).unwrap_or_default();
        let attached = loader.study().transcripts(&session).unwrap_or_default();
        lines.extend(transcripts::lines(transcripts::in_order(&attached), &Language::fallback()));
        lines
    });
    lines.clone()
}

/// Marks on answers: `item=MP:2 other=CS:1`.
fn marks(cell: &str, said: &[ReviewLine]) -> Result<Vec<Mark>, String> {
    let mark = |text: &str| {
        let mark: Mark = text.parse().map_err(|()| {
            format!("`{text}` is not written `item=MODEL:STRENGTH`, such as `story_high=MP:2`")
        })?;
        line_of(&mark.item, said).map(|_| mark)
    };
    cell.split_whitespace().map(mark).collect()
}

/// Passages of answers: `item@4-9=MP`.
fn marked(cell: &str, said: &[ReviewLine]) -> Result<Vec<Passage>, String> {
    let passage = |text: &str| {
        let place = Place::read(text).ok_or_else(|| {
            format!("`{text}` is not written `item@FROM-TO=MODEL`, such as `story_high@0-12=MP`")
        })?;
        let line = line_of(&place.item, said)?;
        let (words, what) = match place.part {
            Part::Answer => (line.words.as_deref(), "answer in words"),
            Part::Note => (line.note.as_deref(), "note"),
        };
        let words = words.ok_or_else(|| format!("`{}` has no {what} in this session", place.item))?;
        Passage::of(&place.item, place.part, words, place.range, place.model).ok_or_else(|| {
            let letters = words.chars().count();
            format!("`{text}`: the {what} has {letters} characters, and no words stand there")
        })
    };
    cell.split_whitespace().map(passage).collect()
}

fn line_of<'a>(item: &str, said: &'a [ReviewLine]) -> Result<&'a ReviewLine, String> {
    let line = said.iter().find(|line| line.item == item);
    line.ok_or_else(|| {
        format!("`{item}` was not asked in this session, and is no turn of a transcript of it")
    })
}

fn named(cell: &str) -> Result<Option<RelationalModel>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    label(cell).map(Some).ok_or_else(|| format!("`{cell}` names no relational model"))
}

fn confidence(sure: Option<f64>, cell: &str) -> Result<Option<u8>, String> {
    let Some(sure) = sure else { return Ok(None) };
    let found = (1..=SUREST).find(|known| f64::from(*known) == sure);
    found.map(Some).ok_or_else(|| format!("`{cell}` is no whole number from 1 to {SUREST}"))
}

fn yes(cell: &str) -> Result<bool, String> {
    if cell.is_empty() {
        return Ok(false);
    }
    yes_or_no(cell).ok_or_else(|| format!("`{cell}` is neither yes nor no"))
}

/// What is new in the rows; how many say what is there already, and how many what was there before and was changed.
fn news(study: &Study, rows: Vec<Row>, again: bool) -> Result<(Vec<Code>, usize, usize), Failure> {
    let mut kept: BTreeMap<(SessionId, bool, String), Vec<Coding>> = BTreeMap::new();
    let who = |session: SessionId, consensus: bool, coder: &str| {
        (session, consensus, if consensus { String::new() } else { coder.to_owned() })
    };
    for code in study.all_codes()? {
        kept.entry(who(code.session, code.consensus, &code.coder)).or_default().push(code.coding);
    }
    let (at, mut codes, mut same, mut replaced) = (input::now(), Vec::new(), 0, 0);
    for row in rows {
        let before = kept.get(&who(row.session, row.consensus, &row.coder)).map_or(&[][..], Vec::as_slice);
        // A file that says nothing of evidence is no reason to take a code over again on which something was marked on the screen.
        let equal = |coding: &Coding| {
            (coding.dominant, coding.second) == (row.coding.dominant, row.coding.second)
                && (row.coding.confidence.is_none() || coding.confidence == row.coding.confidence)
                && (row.coding.note.is_empty() || coding.note == row.coding.note)
                && (row.coding.evidence.is_empty() || coding.evidence == row.coding.evidence)
                && (row.coding.passages.is_empty() || coding.passages == row.coding.passages)
                && (row.coding.seen.is_none() || coding.seen == row.coding.seen)
                && (row.coding.blind.is_none() || coding.blind == row.coding.blind)
        };
        if before.last().is_some_and(equal) {
            same += 1;
        } else if before.iter().any(equal) && !again {
            replaced += 1;
        } else {
            codes.push(Code {
                id: CodeId::new(at, input::random()?),
                session: row.session,
                coder: row.coder,
                at,
                consensus: row.consensus,
                coding: row.coding,
            });
        }
    }
    Ok((codes, same, replaced))
}
