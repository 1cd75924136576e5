//! Reading trials from a file: columns found by name, cells checked, one respondent at a time. Owns every complaint about a file;
//! refuses to score, and to skip a broken row.
//!
//! While the rows are sorted by respondent, a respondent is handed on and forgotten when the next one begins. When somebody comes
//! back, reading starts anew and keeps all trials, sixteen bytes each. What cannot be read twice, a pipe, is kept from the start.
//! Only rows of the wanted blocks have their latency and answer read: instructions and breaks leave those cells empty.

use std::collections::{HashMap, HashSet};
use std::io::{Chain, Cursor, Read};
use std::path::Path;

use csv::ByteRecord;

use crate::cli::features::{self, behind};
use crate::cli::{Failure, files};
use crate::instrument::finding::did_you_mean;

/// Complaints that are spelt out; a file with one broken column has as many as rows.
const MOST_FAULTS: usize = 10;
/// What is read after the end of a file: lines without a cell, which are no rows. In a cell they say that its quote was never closed.
const END: &[u8] = b"


";
/// Latencies from here on are something else, in milliseconds.
const LONGEST_MS: f64 = 1e9;

/// One trial of a wanted block.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
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
pub struct Code {
    /// What the block column holds.
    pub code: String,
    /// The flag that named it, for complaints.
    pub flag: &'static str,
}

/// The columns and blocks that a measure asks for.
#[derive(Debug)]
pub struct Wanted {
    pub respondent: String,
    pub block: String,
    pub codes: Vec<Code>,
    pub latency: Option<String>,
    /// The yes-or-no column, and whether yes stands for an error.
    pub answer: (String, bool),
    /// The response column and what it holds when there was no answer.
    pub no_response: Option<(String, String)>,
}

/// Takes respondents one by one.
pub trait Sink {
    /// Forgets everybody: reading starts anew.
    fn reset(&mut self);
    /// The trials of the wanted blocks of one respondent in the order of the file, none if there are none.
    fn respondent(&mut self, name: &str, entries: &[Entry]);
}

/// What was noticed beside the trials.
#[derive(Debug)]
pub struct Facts {
    /// Whether a respondent's rows did not stand together, so that all trials had to be held at once.
    pub scattered: bool,
    /// Codes, by index, that no row has.
    pub unseen: Vec<usize>,
}

/// Reads a file into a sink.
pub fn read(path: &Path, wanted: &Wanted, sink: &mut dyn Sink) -> Result<Facts, Failure> {
    let unreadable =
        |why: std::io::Error| Failure::refused(format!("{} could not be read: {why}", path.display()));
    let can_read_twice = std::fs::metadata(path).map_err(unreadable)?.is_file();
    if can_read_twice && let Some(seen) = stream(path, files::stream(path)?, wanted, sink)? {
        return facts(path, false, &seen, wanted);
    }
    sink.reset();
    let seen = gather(path, files::stream(path)?, wanted, sink)?;
    facts(path, can_read_twice, &seen, wanted)
}

fn facts(path: &Path, scattered: bool, seen: &[bool], wanted: &Wanted) -> Result<Facts, Failure> {
    if !seen.contains(&true) {
        let codes: Vec<String> = wanted.codes.iter().map(|code| format!("`{}`", code.code)).collect();
        let message =
            format!("{}: no row has {} in the column `{}`", path.display(), codes.join(" or "), wanted.block);
        return Err(Failure::refused(message).help("codes have to be written as they stand in the file"));
    }
    let unseen = seen.iter().enumerate().filter(|(_, seen)| !**seen).map(|(index, _)| index).collect();
    Ok(Facts { scattered, unseen })
}

/// One respondent at a time; `None` when somebody comes back.
fn stream(
    path: &Path,
    file: impl Read,
    wanted: &Wanted,
    sink: &mut dyn Sink,
) -> Result<Option<Vec<bool>>, Failure> {
    let mut rows = Rows::open(path, file, wanted)?;
    let mut known: HashSet<Box<[u8]>> = HashSet::new();
    let mut current: Vec<u8> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    while rows.next()? {
        let name = rows.cell(rows.columns.respondent);
        if name != current.as_slice() {
            if !known.insert(name.into()) {
                return Ok(None);
            }
            if !current.is_empty() {
                sink.respondent(&String::from_utf8_lossy(&current), &entries);
            }
            current = name.to_vec();
            entries.clear();
        }
        entries.extend(rows.entry());
    }
    if !current.is_empty() {
        sink.respondent(&String::from_utf8_lossy(&current), &entries);
    }
    rows.finish().map(Some)
}

/// All trials first, then respondent after respondent in the order of their first row.
fn gather(path: &Path, file: impl Read, wanted: &Wanted, sink: &mut dyn Sink) -> Result<Vec<bool>, Failure> {
    let mut rows = Rows::open(path, file, wanted)?;
    let mut known: HashMap<Box<[u8]>, u32> = HashMap::new();
    let mut names: Vec<String> = Vec::new();
    let mut entries: Vec<Entry> = Vec::new();
    while rows.next()? {
        let name = rows.cell(rows.columns.respondent);
        let respondent = match known.get(name) {
            Some(&known) => known,
            None => {
                let next = names.len() as u32;
                names.push(String::from_utf8_lossy(name).into_owned());
                known.insert(name.into(), next);
                next
            }
        };
        entries.extend(rows.entry().map(|entry| Entry { respondent, ..entry }));
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

/// Where the wanted columns stand.
#[derive(Debug, Clone, Copy)]
struct Columns {
    respondent: usize,
    block: usize,
    latency: Option<usize>,
    answer: usize,
    response: Option<usize>,
}

/// The head of a file, and what follows it.
type Whole<R> = Chain<Cursor<Vec<u8>>, R>;

struct Rows<'a, R> {
    path: &'a Path,
    wanted: &'a Wanted,
    columns: Columns,
    reader: csv::Reader<Chain<Whole<R>, &'static [u8]>>,
    /// The name of the last column.
    last: String,
    record: ByteRecord,
    /// Lines that the reader is behind.
    behind: u64,
    seen: Vec<bool>,
    any: bool,
    faults: Vec<String>,
    count: usize,
}

impl<'a, R: Read> Rows<'a, R> {
    fn open(path: &'a Path, mut file: R, wanted: &'a Wanted) -> Result<Self, Failure> {
        let (head, delimiter) = features::head(path, &mut file)?;
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .buffer_capacity(1 << 16)
            .from_reader(Cursor::new(head).chain(file).chain(END));
        let header = reader.byte_headers().map_err(|why| broken(path, &why, 0))?.clone();
        if header.is_empty() {
            return Err(Failure::refused(format!("{} is empty", path.display())));
        }
        let last = String::from_utf8_lossy(last_cell(&header)).trim().to_owned();
        let columns = Columns::find(path, &header, wanted)?;
        let behind = behind(&reader, &header);
        let seen = vec![false; wanted.codes.len()];
        let record = ByteRecord::new();
        Ok(Self {
            path,
            wanted,
            columns,
            reader,
            last,
            record,
            behind,
            seen,
            any: false,
            faults: Vec::new(),
            count: 0,
        })
    }

    /// Goes to the next row that says whose it is.
    fn next(&mut self) -> Result<bool, Failure> {
        while self
            .reader
            .read_byte_record(&mut self.record)
            .map_err(|why| broken(self.path, &why, self.behind))?
        {
            self.any = true;
            // Such a cell has every row that follows in it, and where nobody asks for its column nothing else would say so.
            if last_cell(&self.record).ends_with(END) {
                let column = self.last.clone();
                self.fault(&column, "its quote is never closed, so that the rest of the file is in it");
            }
            if !self.cell(self.columns.respondent).is_empty() {
                return Ok(true);
            }
            self.fault(&self.wanted.respondent, "is empty, and whose trial it is has to be known");
        }
        Ok(false)
    }

    fn cell(&self, column: usize) -> &[u8] {
        self.record.get(column).unwrap_or_default().trim_ascii()
    }

    /// The trial of this row, if its block is wanted and its cells are sound.
    fn entry(&mut self) -> Option<Entry> {
        let block = self.cell(self.columns.block);
        let code = self.wanted.codes.iter().position(|wanted| wanted.code.as_bytes() == block)?;
        if let Some(seen) = self.seen.get_mut(code) {
            *seen = true;
        }
        let code = u8::try_from(code).ok()?;
        if let (Some(column), Some((_, none))) = (self.columns.response, &self.wanted.no_response)
            && self.cell(column) == none.trim().as_bytes()
        {
            let latency = f64::NAN;
            return Some(Entry { latency, respondent: 0, code, yes: false, answered: false });
        }
        let latency = match (self.columns.latency, &self.wanted.latency) {
            (Some(column), Some(name)) => match milliseconds(self.cell(column)) {
                Some(latency) => Some(latency),
                None => {
                    let shown = shown(self.cell(column));
                    self.fault(name, &format!("{shown}, which is no latency in milliseconds"));
                    None
                }
            },
            _ => Some(f64::NAN),
        };
        let (name, inverted) = &self.wanted.answer;
        let answer = yes_or_no(self.cell(self.columns.answer));
        if answer.is_none() {
            let shown = shown(self.cell(self.columns.answer));
            self.fault(name, &format!("{shown}, which is none of 1, 0, true, false, yes and no"));
        }
        Some(Entry { latency: latency?, respondent: 0, code, yes: answer? != *inverted, answered: true })
    }

    fn fault(&mut self, column: &str, what: &str) {
        self.count += 1;
        if self.faults.len() < MOST_FAULTS {
            let line = self.record.position().map_or(0, csv::Position::line) + self.behind;
            self.faults.push(format!("line {line}, column `{column}`: {what}"));
        }
    }

    /// Which codes were seen, or everything that is wrong with the file.
    fn finish(self) -> Result<Vec<bool>, Failure> {
        let path = self.path.display();
        if self.count > 0 {
            let more = self.count - self.faults.len();
            let mut text = format!("{path} has {} broken cell", self.count);
            text += if self.count == 1 { "" } else { "s" };
            for fault in &self.faults {
                text += &format!("\n  {fault}");
            }
            if more > 0 {
                text += &format!("\n  and {more} more");
            }
            return Err(Failure::refused(text));
        }
        if !self.any {
            return Err(Failure::refused(format!("{path} has a header and no rows")));
        }
        Ok(self.seen)
    }
}

impl Columns {
    fn find(path: &Path, header: &ByteRecord, wanted: &Wanted) -> Result<Self, Failure> {
        let names: Vec<String> =
            header.iter().map(|name| String::from_utf8_lossy(name).trim().to_owned()).collect();
        let find = |name: &String| {
            let mut found = names.iter().enumerate().filter(|(_, known)| *known == name.trim());
            match (found.next(), found.next()) {
                (Some((index, _)), None) => Ok(index),
                (Some(_), Some(_)) => {
                    Err(Failure::refused(format!("{} has the column `{name}` twice", path.display())))
                }
                (None, _) => {
                    let help = did_you_mean(name, names.iter().map(String::as_str))
                        .unwrap_or_else(|| format!("its columns are {}", names.join(", ")));
                    Err(Failure::refused(format!("{} has no column `{name}`", path.display())).help(help))
                }
            }
        };
        Ok(Self {
            respondent: find(&wanted.respondent)?,
            block: find(&wanted.block)?,
            latency: wanted.latency.as_ref().map(find).transpose()?,
            answer: find(&wanted.answer.0)?,
            response: wanted.no_response.as_ref().map(|(column, _)| find(column)).transpose()?,
        })
    }
}

fn broken(path: &Path, why: &csv::Error, behind: u64) -> Failure {
    let path = path.display();
    match why.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line) + behind;
            Failure::refused(format!("{path}, line {line}: {len} cells, but the header has {expected_len}"))
        }
        _ => Failure::refused(format!("{path} could not be read: {why}")),
    }
}

fn last_cell(record: &ByteRecord) -> &[u8] {
    record.iter().next_back().unwrap_or_default()
}

fn milliseconds(cell: &[u8]) -> Option<f64> {
    // Words such as "nan" and "inf" parse as numbers; the range refuses both.
    let latency: f64 = std::str::from_utf8(cell).ok()?.parse().ok()?;
    (0.0..=LONGEST_MS).contains(&latency).then_some(latency)
}

fn yes_or_no(cell: &[u8]) -> Option<bool> {
    match cell {
        b"1" => return Some(true),
        b"0" => return Some(false),
        _ => {}
    }
    let is = |word: &str| cell.eq_ignore_ascii_case(word.as_bytes());
    if is("true") || is("yes") {
        Some(true)
    } else if is("false") || is("no") {
        Some(false)
    } else {
        None
    }
}

fn shown(cell: &[u8]) -> String {
    if cell.is_empty() { "nothing".into() } else { format!("`{}`", String::from_utf8_lossy(cell)) }
}
