//! Codes from a table: every row, with what is wrong with its cells. Owns how models, confidence, yes and no and instants are
//! written; refuses to know a study, so the caller checks whether a session exists.

use super::table::{Numbers, TableError, TableSource, yes_or_no};
use crate::coding::row::{COLUMNS, CellFaults, CodeRow};
use crate::coding::{self, SUREST};
use crate::instrument::RelationalModel;
use crate::instrument::numeral::{Sign, looks_missing};

/// Columns that have to be there.
const NEEDED: usize = 3;

/// A table of codes, read to its end.
pub struct CodeRows {
    /// Its rows in their order, or what keeps one from being a row.
    pub rows: Vec<Result<CodeRow, String>>,
    source: TableSource,
    numbers: Numbers,
}

/// Where the columns are that the table has.
struct CodeColumns([Option<usize>; COLUMNS.len()]);

impl CodeRows {
    /// Reads all rows; `missing` are texts that mean that a cell is empty.
    ///
    /// # Errors
    /// A table without the columns that a code needs, or with one of them twice.
    pub fn read(
        mut source: TableSource,
        missing: &[String],
        decimal: Option<Sign>,
    ) -> Result<Self, TableError> {
        let columns = CodeColumns::find(&source)?;
        let others: Vec<String> =
            source.header.shown().into_iter().filter(|name| !COLUMNS.contains(&name.as_str())).collect();
        if !others.is_empty() {
            source.remark(&format!("columns that no code has are left alone: {}", others.join(", ")));
        }
        let mut numbers = source.numbers(columns.at("confidence").as_slice(), missing, decimal)?;
        let mut rows: Vec<Result<CodeRow, String>> = Vec::new();
        loop {
            match source.next_row() {
                Ok(None) => break,
                Ok(Some(record)) => {
                    let row = columns.row(record, &mut numbers);
                    rows.push(Ok(row));
                }
                Err(why) => {
                    // A row of another length is one fault among others, but a read error would repeat for ever.
                    let broken = Err(why.to_string());
                    if rows.contains(&broken) {
                        break;
                    }
                    rows.push(broken);
                }
            }
        }
        Ok(Self { rows, source, numbers })
    }

    /// Reports how the file was read.
    ///
    /// # Errors
    /// A column whose decimal sign contradicts the rest of the file.
    pub fn remark_on_whole(&mut self) -> Result<(), TableError> {
        self.source.remark_on_whole(Some(&self.numbers), &[])
    }
}

impl CodeColumns {
    fn find(source: &TableSource) -> Result<Self, TableError> {
        let mut found = [None; COLUMNS.len()];
        for (place, (at, name)) in found.iter_mut().zip(COLUMNS).enumerate() {
            *at = match place < NEEDED {
                true => Some(source.header.column(name)?),
                false => source.header.exactly(name)?,
            };
        }
        Ok(Self(found))
    }

    fn at(&self, name: &str) -> Option<usize> {
        COLUMNS.iter().position(|known| *known == name).and_then(|place| self.0[place])
    }

    fn row(&self, record: &csv::StringRecord, numbers: &mut Numbers) -> CodeRow {
        let line = record.position().map_or(0, csv::Position::line);
        let cell =
            |name: &str| self.at(name).and_then(|at| record.get(at)).map(str::trim).unwrap_or_default();
        let cells = COLUMNS.map(|name| {
            let cell = cell(name);
            if numbers.missing.is(cell) { "" } else { cell }
        });
        let [session, coder, dominant, second, typed, consensus, note, evidence, passages, seen, blind, at] =
            cells;
        let mut faults = CellFaults::default();
        let coder = faults.keep("coder", person(coder));
        if dominant.is_empty() {
            faults.add("dominant", "is empty; a code needs a dominant model");
        }
        let dominant = faults.keep("dominant", model(dominant)).flatten();
        let named = faults.keep("second", model(second)).flatten();
        if named.is_some() && named == dominant {
            faults.add("second", format!("is `{second}`, which is the dominant model already"));
        }
        let sure = numbers.read(0, typed, line).and_then(|sure| confidence(sure, typed));
        let seen = (!seen.is_empty()).then(|| seen.parse::<coding::Seen>());
        CodeRow {
            line,
            session: session.to_owned(),
            coder,
            dominant,
            second: named,
            confidence: faults.keep("confidence", sure).flatten(),
            consensus: faults.keep("consensus", yes(consensus)).flatten() == Some(true),
            note: note.to_owned(),
            evidence: evidence.to_owned(),
            passages: passages.to_owned(),
            seen: faults.keep("seen", seen.transpose()).flatten(),
            blind: faults.keep("blind", yes(blind)).flatten(),
            at: faults.keep("at", instant(at)).flatten(),
            faults,
        }
    }
}

fn person(cell: &str) -> Result<String, String> {
    if cell.is_empty() {
        return Err("is empty".into());
    }
    if looks_missing(cell) {
        return Err(format!(
            "`{cell}`: is what programs write for a missing value; --missing says that it is none"
        ));
    }
    coding::coder(cell).map_err(|why| format!("`{cell}`: {why}"))
}

fn model(cell: &str) -> Result<Option<RelationalModel>, String> {
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

fn yes(cell: &str) -> Result<Option<bool>, String> {
    if cell.is_empty() {
        return Ok(None);
    }
    yes_or_no(cell).map(Some).ok_or_else(|| format!("`{cell}` is neither yes nor no"))
}
