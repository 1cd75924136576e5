//! The table with the answers, CSV or SPSS, read to its end: which program wrote it, which of its rows are headers, and what
//! its numbers are. Owns what both kinds of file have in common; refuses to interpret answers.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::path::Path;
use std::sync::Arc;

use super::{ImportPlan, Map, Platform, Row, TableHead};
use crate::import::sav::{self, SpssColumn, SpssFile};
use crate::import::table::{OnRemark, TableError, TableSource};
use crate::instrument::Instrument;
use crate::instrument::numeral::{Numeral, Sign, numeral};
use crate::texts::remarks::plural;

/// A table of answers and what is known of it beforehand.
pub struct AnswerTable<'a> {
    /// The file's name in messages.
    pub path: &'a Path,
    /// The questionnaire that was asked.
    pub instrument: &'a Arc<Instrument>,
    /// What the columns and values stand for.
    pub map: &'a Map,
    /// Fields of the start form that are the same in every row.
    pub set: &'a BTreeMap<String, String>,
    /// Texts that mean "missing".
    pub missing: &'a [String],
    /// The sign that begins the decimals.
    pub decimal: Option<Sign>,
    /// Receives remarks on how the table is read.
    pub on_remark: OnRemark,
}

/// A table as it was read, matched with a questionnaire.
pub struct AnswerRows {
    /// What each column answers.
    pub plan: ImportPlan,
    /// The responses, with their numbers written as programs write them.
    pub rows: Vec<Row>,
    /// Cells that are no numbers where numbers should be.
    pub faults: Vec<String>,
    /// The map, with the labels that the file itself has.
    pub map: Map,
}

impl AnswerTable<'_> {
    /// Reads a table to its end.
    ///
    /// # Errors
    /// What is no table with a header, and no file of SPSS.
    pub fn read(&self, bytes: Vec<u8>) -> Result<AnswerRows, TableError> {
        let spss = sav::is_sav(&bytes).then(|| spss(self.path, &bytes)).transpose()?;
        let text = spss.as_ref().map(as_csv).transpose()?.unwrap_or(bytes);
        let mut source = TableSource::read(self.path, Box::new(Cursor::new(text)), self.on_remark)?;
        let names: Vec<String> =
            (0..source.header.count()).map(|at| source.header.raw(at).to_owned()).collect();
        let mut number = 1;
        let mut next = |source: &mut TableSource| -> Result<Option<Row>, TableError> {
            if !source.advance()? {
                return Ok(None);
            }
            number += 1;
            let cells = (0..names.len()).map(|at| source.cell(at).to_owned()).collect();
            // A file without lines counts its cases from 1.
            let (row, line) = if spss.is_some() { (number - 1, number - 1) } else { (number, source.line()) };
            Ok(Some(Row { row, line, cells }))
        };
        let first: Vec<Row> = [next(&mut source)?, next(&mut source)?].into_iter().flatten().collect();
        let named = self.map.platform.as_deref().and_then(Platform::named);
        let platform =
            named.unwrap_or_else(|| Platform::of(&names, first.get(1).map(|row| row.cells.as_slice())));
        // Qualtrics writes two more header rows: the questions, and its own ids of them.
        let below = platform == Platform::Qualtrics
            && first.get(1).is_some_and(|row| row.cells.iter().any(|cell| cell.starts_with("{\"ImportId\"")));
        let texts = match &spss {
            Some(spss) => spss.columns.iter().map(|column| column.label.clone()).collect(),
            None if below => first[0].cells.clone(),
            None => Vec::new(),
        };
        let head = TableHead { names: names.clone(), texts };
        let mut plan = ImportPlan::new(self.instrument, head, platform, self.map, self.set);
        let labels: Vec<_> =
            spss.iter().flat_map(|spss| &spss.columns).map(|column| column.values.clone()).collect();
        let map = plan.with_labels(self.map, &labels);
        for (at, column) in spss.iter().flat_map(|spss| &spss.columns).enumerate() {
            if plan.is_answer(at) && !column.declared_missing.is_empty() {
                (self.on_remark)(&declared_missing(column));
            }
        }
        let columns = plan.numbers();
        let codes = [&map.missing.not_answered, &map.missing.declined, &map.missing.dont_know];
        let codes =
            codes.into_iter().flatten().map(|code| format!("\"{}\"", code.text().replace('"', "\"\"")));
        let missing: Vec<String> = self.missing.iter().cloned().chain(codes).collect();
        let decimal = if spss.is_some() { Some(Sign::Point) } else { self.decimal };
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
            // A point such as 1.204 could be a thousand or have decimals; `decimal` settles which.
            for column in points.iter().copied() {
                if plan.is_mapped(&map, column, &row.cells[column]) {
                    continue;
                }
                let read = (numeral(&row.cells[column]), decimal);
                if let (Some(Numeral::Either { sign, decimal, grouped }), Some(settled)) = read {
                    row.cells[column] = if sign == settled { decimal } else { grouped }.to_string();
                }
            }
            rows.push(row);
        }
        source.remark_on_format(Some(&numbers))?;
        Ok(AnswerRows { plan, rows, faults, map })
    }
}

/// A table of texts as the one reader of all tables reads it.
fn as_csv(table: &SpssFile) -> Result<Vec<u8>, TableError> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let written = out.write_record(table.columns.iter().map(|column| &column.name));
    let written =
        table.rows.iter().fold(written, |written, row| written.and_then(|()| out.write_record(row)));
    let refused = |why: String| TableError::new(format!("the table could not be read: {why}"));
    written.map_err(|why| refused(why.to_string()))?;
    out.into_inner().map_err(|why| refused(why.to_string()))
}

/// The table in a file of SPSS. Instants in relata's own exports are UTC; in other files the time zone is unknown.
fn spss(path: &Path, bytes: &[u8]) -> Result<SpssFile, TableError> {
    let mut table = sav::read(bytes).map_err(|why| TableError::new(format!("{} {why}", path.display())))?;
    let names: Vec<String> = table.columns.iter().map(|column| column.name.clone()).collect();
    if Platform::of(&names, None) == Platform::Relata {
        for row in &mut table.rows {
            let instants = row.iter_mut().zip(&table.columns).filter(|(_, column)| column.is_instant);
            instants.filter(|(cell, _)| !cell.is_empty()).for_each(|(cell, _)| cell.push('Z'));
        }
    }
    Ok(table)
}

/// Which values a file declares missing, as a sentence.
fn declared_missing(column: &SpssColumn) -> String {
    let values = column.declared_missing.iter().map(|(value, cells)| {
        let label = column.values.get(value).map(|label| format!(" “{label}”")).unwrap_or_default();
        format!("{value}{label} in {}", plural(*cells, "case"))
    });
    format!(
        "column `{}`: the file declares these values missing, and so they are not answered: {}",
        column.name,
        values.collect::<Vec<_>>().join(", ")
    )
}
