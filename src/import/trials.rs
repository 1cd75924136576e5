//! Reading trials from a file: columns found by name, cells checked, one respondent at a time. Owns every error about a file;
//! refuses to score, and to skip a broken row.
//!
//! While the rows are sorted by respondent, a respondent is passed on and forgotten when the next one begins. When a respondent
//! comes back, reading starts anew and keeps all trials, sixteen bytes each. Input that can't be read twice, such as a pipe, is
//! kept from the start. Latency and answer are only read in rows of the wanted blocks, because instructions and breaks leave
//! those cells empty.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

pub mod units;

use super::table::{BrokenCells, ColumnNames, Numbers, TableError, TableSource, count, yes_or_no};
use crate::instrument::numeral::{Numeral, Sign, looks_missing, numeral};
use units::{Unit, median};

/// Milliseconds; larger numbers are not latencies.
const LONGEST_MS: f64 = 1e9;
/// Number of latencies from which the file's unit is inferred.
const SAMPLE: usize = 10_000;

/// One trial of a wanted block.
#[derive(Debug, Clone, Copy)]
pub struct RawTrial {
    /// Milliseconds; NaN when there was no answer or no latency is wanted.
    pub latency: f64,
    respondent: u32,
    /// Index of the block's code.
    pub code: u8,
    /// The answer: right, or pleasant.
    pub yes: bool,
    /// Whether there was an answer.
    pub answered: bool,
}

/// A block that is wanted.
#[derive(Debug)]
pub struct BlockCode {
    /// What the block column holds.
    pub code: String,
    /// The flag that named it, for error messages.
    pub flag: &'static str,
}

/// The columns and blocks that a measure asks for.
#[derive(Debug)]
pub struct WantedColumns {
    /// The column with the respondent.
    pub respondent: String,
    /// The column of the block.
    pub block: String,
    /// The blocks.
    pub codes: Vec<BlockCode>,
    /// The column of the latency, where one is scored.
    pub latency: Option<String>,
    /// The yes-or-no column, and whether yes stands for an error.
    pub answer: (String, bool),
    /// The response column and what it holds when there was no answer.
    pub no_response: Option<(String, String)>,
    /// What the latency column is counted in.
    pub unit: Unit,
    /// Texts that mean that there was no answer.
    pub missing: Vec<String>,
    /// The decimal sign of latencies; `None` to infer it from the column.
    pub decimal: Option<Sign>,
}

/// Receives respondents one by one.
pub trait Sink {
    /// Discards everything, because reading starts anew.
    fn reset(&mut self);
    /// The trials of the wanted blocks of one respondent in the order of the file, none if there are none.
    fn respondent(&mut self, name: &str, entries: &[RawTrial]);
}

/// Observations beside the trials.
#[derive(Debug)]
pub struct FileRemarks {
    /// Whether a respondent's rows were scattered, so that all trials had to be held at once.
    pub scattered: bool,
    /// Codes, by index, that no row has.
    pub unseen: Vec<usize>,
    /// Blocks that were not asked for, with their rows.
    pub others: BTreeMap<String, usize>,
}

/// What the rows of a file had beside their trials.
struct FileContents {
    codes: Vec<bool>,
    others: BTreeMap<String, usize>,
}

/// Reads the file at `path` into a sink; `open` opens it, `twice` says that it can be opened twice.
///
/// # Errors
/// What cannot be read, and cells that are broken.
pub fn read<E: From<TableError>>(
    path: &Path,
    twice: bool,
    open: impl Fn() -> Result<TableSource, E>,
    wanted: &WantedColumns,
    sink: &mut dyn Sink,
) -> Result<FileRemarks, E> {
    if twice && let Some(seen) = stream(TrialRows::new(path, open()?, wanted)?, sink)? {
        return Ok(facts(path, false, seen, wanted)?);
    }
    sink.reset();
    let seen = gather(TrialRows::new(path, open()?, wanted)?, sink)?;
    Ok(facts(path, twice, seen, wanted)?)
}

fn facts(
    path: &Path,
    scattered: bool,
    seen: FileContents,
    wanted: &WantedColumns,
) -> Result<FileRemarks, TableError> {
    let FileContents { codes: seen, others } = seen;
    if !seen.contains(&true) {
        let codes: Vec<String> = wanted.codes.iter().map(|code| format!("`{}`", code.code)).collect();
        let message =
            format!("{}: no row has {} in the column `{}`", path.display(), codes.join(" or "), wanted.block);
        return Err(TableError::new(message).help("codes have to be written as they stand in the file"));
    }
    let unseen = seen.iter().enumerate().filter(|(_, seen)| !**seen).map(|(index, _)| index).collect();
    Ok(FileRemarks { scattered, unseen, others })
}

/// One respondent at a time; `None` when a respondent comes back.
fn stream(mut rows: TrialRows<'_>, sink: &mut dyn Sink) -> Result<Option<FileContents>, TableError> {
    let mut known: HashSet<Box<str>> = HashSet::new();
    let mut current = String::new();
    let mut entries: Vec<RawTrial> = Vec::new();
    while rows.next()? {
        let name = rows.respondent();
        if name != current {
            if !known.insert(name.into()) {
                return Ok(None);
            }
            if !current.is_empty() {
                sink.respondent(&current, &entries);
            }
            name.clone_into(&mut current);
            entries.clear();
        }
        entries.extend(rows.entry());
    }
    if !current.is_empty() {
        sink.respondent(&current, &entries);
    }
    rows.finish().map(Some)
}

/// All trials first, then respondent after respondent in the order of their first row.
fn gather(mut rows: TrialRows<'_>, sink: &mut dyn Sink) -> Result<FileContents, TableError> {
    let mut known: HashMap<Box<str>, u32> = HashMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut entries: Vec<RawTrial> = Vec::new();
    while rows.next()? {
        let name = rows.respondent();
        let respondent = match known.get(name) {
            Some(&known) => known,
            None => {
                let next = names.len() as u32;
                names.push(name.to_owned());
                known.insert(name.into(), next);
                next
            }
        };
        entries.extend(rows.entry().map(|entry| RawTrial { respondent, ..entry }));
    }
    let seen = rows.finish()?;
    // Stable, so that the trials of a respondent keep their order.
    entries.sort_by_key(|entry| entry.respondent);
    let mut rest = entries.as_slice();
    for (index, name) in names.iter().enumerate() {
        let count = rest.partition_point(|entry| entry.respondent as usize <= index);
        let (own, after) = rest.split_at(count);
        sink.respondent(name, own);
        rest = after;
    }
    Ok(seen)
}

/// The positions of the wanted columns.
#[derive(Debug, Clone, Copy)]
struct Columns {
    respondent: usize,
    block: usize,
    latency: Option<usize>,
    answer: usize,
    response: Option<usize>,
}

struct TrialRows<'a> {
    path: &'a Path,
    wanted: &'a WantedColumns,
    columns: Columns,
    source: TableSource,
    latencies: Numbers,
    seen: Vec<bool>,
    others: BTreeMap<String, usize>,
    any: bool,
    broken: BrokenCells,
    /// Whether a broken cell may be a trial without an answer.
    silent: bool,
    /// Whether any cell has the value that --no-response names.
    none_found: bool,
    /// The first latencies as they stand in the file.
    sample: Vec<f64>,
}

impl<'a> TrialRows<'a> {
    fn new(path: &'a Path, source: TableSource, wanted: &'a WantedColumns) -> Result<Self, TableError> {
        let columns = Columns::find(&source.header, wanted)?;
        let latencies = source.numbers(columns.latency.as_slice(), &wanted.missing, wanted.decimal)?;
        Ok(Self {
            path,
            wanted,
            columns,
            source,
            latencies,
            seen: vec![false; wanted.codes.len()],
            others: BTreeMap::new(),
            any: false,
            broken: BrokenCells::default(),
            silent: false,
            none_found: false,
            sample: Vec::new(),
        })
    }

    /// Moves to the next row that names a respondent.
    fn next(&mut self) -> Result<bool, TableError> {
        while self.source.advance()? {
            self.any = true;
            let name = self.respondent();
            if !name.is_empty() && !looks_missing(name) {
                return Ok(true);
            }
            let what = format!("{}, and whose trial it is has to be known", is(name));
            self.fault(&self.wanted.respondent, &what);
        }
        Ok(false)
    }

    fn respondent(&self) -> &str {
        self.source.cell(self.columns.respondent)
    }

    /// The trial of this row, if its block is wanted and its cells are sound.
    fn entry(&mut self) -> Option<RawTrial> {
        let block = self.source.cell(self.columns.block);
        let Some(code) = self.wanted.codes.iter().position(|wanted| wanted.code == block) else {
            match self.others.get_mut(block) {
                Some(count) => *count += 1,
                None => {
                    self.others.insert(block.to_owned(), 1);
                }
            }
            return None;
        };
        if let Some(seen) = self.seen.get_mut(code) {
            *seen = true;
        }
        let code = u8::try_from(code).ok()?;
        let unanswered = RawTrial { latency: f64::NAN, respondent: 0, code, yes: false, answered: false };
        if let (Some(column), Some((_, none))) = (self.columns.response, &self.wanted.no_response)
            && says(self.source.cell(column), none.trim())
        {
            self.none_found = true;
            return Some(unanswered);
        }
        let latency = match (self.columns.latency, &self.wanted.latency) {
            (Some(column), Some(name)) => {
                let cell = self.source.cell(column);
                if self.latencies.missing.names(cell) {
                    return Some(unanswered);
                }
                let read = self.latencies.read(0, cell, self.source.line());
                if let (Ok(Some(value)), true) = (&read, self.sample.len() < SAMPLE) {
                    self.sample.push(*value);
                }
                match read.map(|value| value.map(|value| value * self.wanted.unit.milliseconds)) {
                    Ok(Some(latency)) if (0.0..=LONGEST_MS).contains(&latency) => Some(latency),
                    found => {
                        let why = match found {
                            Err(why) if why.contains("may be") || why.contains("says") => why,
                            _ => format!("{}, which is no latency in {}", shown(cell), self.wanted.unit.name),
                        };
                        self.silent |= cell.is_empty() || looks_missing(cell);
                        self.fault(name, &why);
                        None
                    }
                }
            }
            _ if self.latencies.missing.names(self.source.cell(self.columns.answer)) => {
                return Some(unanswered);
            }
            _ => Some(f64::NAN),
        };
        let (name, inverted) = &self.wanted.answer;
        let answer = self.source.cell(self.columns.answer);
        let yes = if *inverted { wrong(answer) } else { yes_or_no(answer) };
        if yes.is_none() {
            let counts = if *inverted { ", a number of errors" } else { "" };
            let why = format!(
                "{}, which is none of 1, 0{counts}, true, false, yes, no, waar, onwaar, ja and nee",
                shown(answer)
            );
            self.silent |= answer.is_empty() || looks_missing(answer);
            self.fault(name, &why);
        }
        Some(RawTrial { latency: latency?, respondent: 0, code, yes: yes? != *inverted, answered: true })
    }

    fn fault(&mut self, column: &str, what: &str) {
        self.broken.add(self.source.line(), column, what);
    }

    /// The observations, or all errors in the file.
    fn finish(mut self) -> Result<FileContents, TableError> {
        if let Some(failure) = self.broken.refused(self.path) {
            let doubt = || {
                self.wanted.unit.doubt(self.wanted.latency.as_ref()?, median(self.sample.iter().copied())?)
            };
            return Err(match (self.silent, doubt()) {
                (_, Some(doubt)) => failure.help(doubt.help),
                (true, None) => failure.help(
                    "a trial without an answer is named by what stands in its cell (--missing null, --missing '' for an empty one), or by \
                     --response COLUMN --no-response VALUE",
                ),
                (false, None) => failure,
            });
        }
        if !self.any {
            return Err(TableError::new(format!("{} has a header and no rows", self.path.display())));
        }
        self.source.remark_on_whole(Some(&self.latencies), &[])?;
        if let Some((column, none)) = self.wanted.no_response.as_ref().filter(|_| !self.none_found) {
            self.source
                .remark(&format!("no cell of `{column}` that was read holds `{none}` of --no-response"));
        }
        Ok(FileContents { codes: self.seen, others: self.others })
    }
}

/// Whether a cell has the value that the user named, also where a program wrote the number differently.
fn says(cell: &str, named: &str) -> bool {
    let number = |text| match numeral(text) {
        Some(read @ Numeral::Sure { value, .. }) if read.keeps(text) => Some(value),
        _ => None,
    };
    cell == named || number(cell).is_some_and(|value| number(named) == Some(value))
}

impl Columns {
    fn find(header: &ColumnNames, wanted: &WantedColumns) -> Result<Self, TableError> {
        Ok(Self {
            respondent: header.column(&wanted.respondent)?,
            block: header.column(&wanted.block)?,
            latency: wanted.latency.as_ref().map(|name| header.column(name)).transpose()?,
            answer: header.column(&wanted.answer.0)?,
            response: wanted.no_response.as_ref().map(|(column, _)| header.column(column)).transpose()?,
        })
    }
}

/// Whether a trial was wrong: yes or no, or how many keys were wrong before the right one.
fn wrong(cell: &str) -> Option<bool> {
    yes_or_no(cell).or_else(|| count(cell).map(|count| count > 0))
}

fn shown(cell: &str) -> String {
    if cell.is_empty() { "nothing".into() } else { format!("`{cell}`") }
}

fn is(cell: &str) -> String {
    if cell.is_empty() { "is empty".into() } else { format!("is `{cell}`") }
}
