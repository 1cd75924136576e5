//! Tables from files: the one reader behind every command that takes one. `layout` detects the delimiter, `header` resolves
//! column names, `numbers` decides what a number is, `batch` reads a long table on all cores; this file puts the rows together.
//!
//! An empty cell is missing. Everything else in a column of numbers must be a finite number: a text that is silently taken for
//! missing is a mistake that goes unnoticed, so `NA`, `NaN` and the like are refused unless `--missing` names them. Errors give
//! the line of the file, as an editor counts. Everything inferred is reported in one line.

mod batch;
mod header;
pub mod labelled;
mod layout;
mod missing;
mod numbers;
mod utf16;

use std::io::{Chain, Cursor, Read};
use std::path::{Path, PathBuf};

pub use batch::{FeatureColumns, RowBatch};
pub use header::{ColumnNames, all_texts, texts};
use layout::FileLayout;
pub use missing::MissingTexts;
use numbers::UnitEvidence;
pub use numbers::{NUMBER_HELP, Numbers};

use crate::instrument::numeral::{Numeral, Sign, numeral};
use crate::texts::remarks::{list, plural};

/// Appended after the end of a file: empty lines, which are not rows. If they show up in a cell, its quote was never closed.
const END: &[u8] = b"\n\n\n";

/// Why a table cannot be read: what is wrong and where, and what helps.
#[derive(Debug, thiserror::Error)]
#[error("{message}{}", help.as_ref().map_or_else(String::new, |help| format!(" ({help})")))]
pub struct TableError {
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub help: Option<String>,
    /// Whether the fault is in the user's arguments and not in the table.
    pub typed: bool,
}

impl TableError {
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None, typed: false }
    }

    pub(crate) fn typed(message: impl Into<String>) -> Self {
        Self { typed: true, ..Self::new(message) }
    }

    pub(crate) fn help(self, text: impl Into<String>) -> Self {
        Self { help: Some(text.into()), ..self }
    }
}

/// Receives remarks on how a table is read.
pub type OnRemark = fn(&str);

/// Broken cells: a file with one broken column has as many as rows, so only some are listed.
#[derive(Debug, Default)]
pub struct BrokenCells {
    count: usize,
    spelt_out: Vec<String>,
}

impl BrokenCells {
    /// Records one more.
    pub fn add(&mut self, line: u64, column: &str, what: &str) {
        const MOST: usize = 10;
        self.count += 1;
        if self.count <= MOST {
            self.spelt_out.push(format!("line {line}, column `{column}`: {what}"));
        }
    }

    /// The error for a file with such cells, if there are any.
    pub fn refused(&self, path: &Path) -> Option<TableError> {
        let mut text = format!("{} has {}", path.display(), plural(self.count, "broken cell"));
        self.spelt_out.iter().for_each(|fault| text += &format!("\n  {fault}"));
        if self.count > self.spelt_out.len() {
            text += &format!("\n  and {} more", self.count - self.spelt_out.len());
        }
        (self.count > 0).then(|| TableError::new(text))
    }
}

/// The first bytes of a file, and what follows them.
type Whole = Chain<Cursor<Vec<u8>>, Box<dyn Read + Send>>;

/// A table whose header has been read.
pub struct TableSource {
    path: PathBuf,
    /// Names of the columns.
    pub header: ColumnNames,
    reader: csv::Reader<Chain<Whole, &'static [u8]>>,
    record: csv::StringRecord,
    delimiter: u8,
    /// Whether the first line of the file named the delimiter.
    named: bool,
    evidence: Vec<UnitEvidence>,
    /// Lines by which the reader's count is behind.
    behind: u64,
    /// Empty lines between rows, which are no rows.
    empty_lines: u64,
    /// Remarks already made.
    remarks: Vec<String>,
    on_remark: OnRemark,
}

impl TableSource {
    /// Reads the header of a table; `path` is its name in messages.
    ///
    /// # Errors
    /// A file that is not a table with a header.
    pub fn read(path: &Path, input: Box<dyn Read + Send>, on_remark: OnRemark) -> Result<Self, TableError> {
        let mut input = utf16::as_utf_8(input)
            .map_err(|why| TableError::new(format!("{} could not be read: {why}", path.display())))?;
        let layout = FileLayout::read(path, &mut input)?;
        let FileLayout { delimiter, named, .. } = layout;
        let head = layout.head.clone();
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .buffer_capacity(1 << 18)
            .from_reader(Cursor::new(head).chain(input).chain(layout.end()));
        let before = u64::from(named);
        let first = reader.headers().map_err(|why| unreadable(path, &why, 1 + before))?;
        let bytes = first.as_byte_record().clone();
        if first.iter().next_back().is_some_and(|last| last.as_bytes().ends_with(END)) {
            return Err(unclosed(path, 1 + before, first.iter().next_back().unwrap_or_default()));
        }
        let header =
            ColumnNames::new(path, first.iter().map(|name| name.trim().to_owned()).collect(), on_remark)?;
        if header.all_numbers() {
            on_remark(&format!(
                "{}: every name in the header is a number; if it is a row, put a line with names above it",
                path.display()
            ));
        }
        let behind = behind(&reader, &bytes) + before;
        let evidence = evidence(&layout, behind);
        let record = csv::StringRecord::new();
        let (path, remarks, empty_lines) = (path.to_owned(), Vec::new(), 0);
        Ok(Self {
            path,
            header,
            reader,
            record,
            delimiter,
            named,
            evidence,
            behind,
            empty_lines,
            remarks,
            on_remark,
        })
    }

    /// Columns of numbers, to be read cell by cell.
    pub fn numbers(
        &self,
        columns: &[usize],
        missing: &[String],
        decimal: Option<Sign>,
    ) -> Result<Numbers, TableError> {
        let commas = self.delimiter == b',';
        Numbers::new(&self.header, columns, &self.evidence, commas, decimal, missing)
    }

    /// Reports how the file was read: the remarks of [`TableSource::remark_on_format`], and those that need the whole file.
    /// `left_out` are columns without a name.
    ///
    /// # Errors
    /// A column whose decimal sign contradicts the rest of the file.
    pub fn remark_on_whole(
        &mut self,
        numbers: Option<&Numbers>,
        left_out: &[usize],
    ) -> Result<(), TableError> {
        self.remark_on_format(numbers)?;
        if let Some(numbers) = numbers {
            numbers.missing.idle().iter().for_each(|idle| self.remark(idle));
        }
        if !left_out.is_empty() {
            let places: Vec<String> = left_out.iter().map(|at| self.header.name(*at)).collect();
            self.remark(&format!("columns without a name are left out: {}", list(&places)));
        }
        Ok(())
    }

    /// Reports, in one line, the delimiter and the signs in numbers, where they are unusual and not yet reported.
    ///
    /// # Errors
    /// A column whose decimal sign contradicts what was read so far.
    pub fn remark_on_format(&mut self, numbers: Option<&Numbers>) -> Result<(), TableError> {
        let shown = self.path.display().to_string();
        let mut remarks = Vec::new();
        let between = match self.delimiter {
            b',' if self.named => Some("commas".to_owned()),
            b',' => None,
            b';' => Some("semicolons".to_owned()),
            b'\t' => Some("tabs".to_owned()),
            sign => Some(format!("`{}`", char::from(sign))),
        };
        if let Some(sign) = between {
            let named = if self.named { ", as its first line says" } else { "" };
            remarks.push(format!("{sign} between cells{named}"));
        }
        if let Some(numbers) = numbers {
            remarks.extend(numbers.inferred(&shown)?);
        }
        remarks.retain(|what| !self.remarks.contains(what));
        if !remarks.is_empty() {
            self.remark(&format!("{shown} is read with {}", remarks.join("; ")));
        }
        self.remarks.extend(remarks);
        Ok(())
    }

    /// Makes a remark.
    pub fn remark(&self, text: &str) {
        (self.on_remark)(text);
    }

    /// The line of the row that was read last, as an editor counts.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// Goes to the next row; false at the end.
    pub fn advance(&mut self) -> Result<bool, TableError> {
        self.next_row().map(|record| record.is_some())
    }

    /// A cell of the row that was read last, without the spaces around it.
    pub fn cell(&self, at: usize) -> &str {
        self.record.get(at).unwrap_or_default().trim()
    }

    /// The next row; none at the end.
    pub fn next_row(&mut self) -> Result<Option<&csv::StringRecord>, TableError> {
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {
                let line = line_of(&self.reader, self.record.iter(), self.behind);
                let searched = self.record.position().map_or(0, csv::Position::line) + self.behind;
                if let Some(mut position) = self.record.position().cloned() {
                    self.empty_lines += line.saturating_sub(searched);
                    position.set_line(line);
                    self.record.set_position(Some(position));
                }
                // Such a cell has swallowed every following row, which would go unnoticed where its column is not used.
                if self.record.iter().next_back().is_some_and(|last| last.as_bytes().ends_with(END)) {
                    let column = self.header.name(self.record.len().saturating_sub(1));
                    return Err(unclosed(&self.path, searched, &column));
                }
                Ok(Some(&self.record))
            }
            Ok(false) => {
                let empty = std::mem::take(&mut self.empty_lines);
                if empty > 0 && self.header.count() == 1 {
                    let lines = plural(empty as usize, "empty line");
                    self.remark(&format!(
                        "{}: {lines} between the rows left out, as no row has them; a value that is missing is written \"\"",
                        self.path.display()
                    ));
                }
                Ok(None)
            }
            Err(why) => {
                let line = line_of(&self.reader, self.record.iter(), self.behind);
                Err(unreadable(&self.path, &why, line))
            }
        }
    }

    /// A fault in the row that was read last.
    pub fn fault(&self, what: &str) -> TableError {
        self.fault_at(self.line(), what)
    }

    /// A fault in a line.
    fn fault_at(&self, line: u64, what: &str) -> TableError {
        TableError::new(format!("{}, line {line}: {what}", self.path.display()))
    }
}

/// The line on which the record begins that was read last, as an editor counts. The reader says where it began to look for one, which is before
/// any empty lines, and counts `behind` lines behind an editor.
fn line_of<'a, R: Read>(reader: &csv::Reader<R>, cells: impl Iterator<Item = &'a str>, behind: u64) -> u64 {
    let inside = cells.flat_map(str::bytes).filter(|byte| *byte == b'\n').count() as u64;
    (reader.position().line() + behind).saturating_sub(1 + inside)
}

/// What the first rows show about each column's numbers; the reader's count is `behind` lines behind an editor's.
fn evidence(layout: &FileLayout, behind: u64) -> Vec<UnitEvidence> {
    let mut found: Vec<UnitEvidence> = Vec::new();
    let (mut reader, mut record) = (layout.reader(), csv::StringRecord::new());
    while reader.read_record(&mut record).is_ok_and(|is_row| is_row) {
        found.resize_with(record.len(), UnitEvidence::default);
        let line = line_of(&reader, record.iter(), behind);
        for (evidence, cell) in found.iter_mut().zip(&record) {
            evidence.see(cell, line);
        }
    }
    found
}

/// The yes or no in a cell, in words or as 1 and 0; `None` for anything else.
pub fn yes_or_no(cell: &str) -> Option<bool> {
    said_yes_or_no(cell).or_else(|| match numeral(cell) {
        Some(Numeral::Sure { value: 1.0, .. }) => Some(true),
        Some(Numeral::Sure { value: 0.0, .. }) => Some(false),
        _ => None,
    })
}

/// A yes or no in the words that programs write, in English, Dutch and German. Numbers don't count: 1 is a yes in one file and
/// a no in another.
pub fn said_yes_or_no(cell: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| cell.eq_ignore_ascii_case(word));
    if is(&["true", "yes", "y", "waar", "ja", "j"]) {
        return Some(true);
    }
    is(&["false", "no", "n", "onwaar", "nee", "neen", "nein"]).then_some(false)
}

/// The count in a cell, also where programs append `.0` with any decimal sign.
pub fn count(cell: &str) -> Option<u32> {
    match numeral(cell) {
        Some(Numeral::Sure { value, .. })
            if value.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&value) =>
        {
            Some(value as u32)
        }
        _ => None,
    }
}

/// The number of lines by which the reader is behind an editor. With carriage return and line feed, as spreadsheets on Windows
/// write, it ends a row at the first and counts the second with the next row.
fn behind<R: Read>(reader: &csv::Reader<R>, header: &csv::ByteRecord) -> u64 {
    let first = header.position().map_or(1, csv::Position::line);
    let inside = header.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
    (first + inside + 1).saturating_sub(reader.position().line())
}

fn unclosed(path: &Path, line: u64, column: &str) -> TableError {
    let column: String = column.chars().take(40).take_while(|c| !c.is_control()).collect();
    TableError::new(format!(
        "{}, line {line}, column `{column}`: its quote is never closed, so that the rest of the file is in it",
        path.display()
    ))
}

fn unreadable(path: &Path, why: &csv::Error, line: u64) -> TableError {
    let shown = path.display();
    match why.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            TableError::new(format!(
                "{shown}, line {line}: {}, but the header names {expected_len}", plural(*len as usize, "cell")
            ))
            .help("a cell that holds the sign between cells needs double quotes around it, and a quote that opens has to close")
        }
        csv::ErrorKind::Utf8 { .. } => {
            TableError::new(format!(
                "{shown}, line {line}: this is not UTF-8 text, but one in an older encoding such as Windows-1252"
            ))
            .help("save the file as UTF-8 in the program that wrote it")
        }
        csv::ErrorKind::Io(why) => TableError::new(format!("{shown} could not be read: {why}")),
        _ => TableError::new(format!("{shown} could not be read: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_an_editor_however_they_end() {
        for (text, first) in [
            ("a,b\n1,2\n3,4\n5\n", 2),
            ("a,b\r\n1,2\r\n3,4\r\n5\r\n", 2),
            ("\"a\r\nz\",b\r\n1,2\r\n5\r\n", 3),
            ("sep=,\r\na,b\r\n1,2\r\n3\r\n", 3),
            ("a,b\n1,2\n\n\n5\n", 2),
            ("a,b\n\n\n\"1\nz\",2\n\n5", 4),
            ("a,b\r\n\r\n1,2\r\n\r\n\r\n5", 3),
            ("a,b\r\n1,2\r\n5", 2),
        ] {
            let input = Box::new(Cursor::new(text.as_bytes().to_vec()));
            let mut source = TableSource::read(Path::new("t.csv"), input, |_| ()).unwrap();
            source.next_row().unwrap();
            assert_eq!(source.line(), first, "{text:?}");
            let failure = (0..2).find_map(|_| source.next_row().err()).unwrap();
            let last = text.lines().count();
            assert!(
                failure.to_string().contains(&format!("line {last}: 1 cell,")),
                "{}",
                failure.to_string()
            );
        }
    }

    #[test]
    fn empty_lines_of_one_column_are_said_to_be_no_rows() {
        use std::sync::Mutex;
        static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());
        let read = |text: &str| {
            let input = Box::new(Cursor::new(text.as_bytes().to_vec()));
            let say: OnRemark = |what| SAID.lock().unwrap().push(what.to_owned());
            let mut source = TableSource::read(Path::new("t.csv"), input, say).unwrap();
            while source.advance().unwrap() {}
            std::mem::take(&mut *SAID.lock().unwrap())
        };
        assert!(read("nps\n9\n\n\n3\n")[0].contains("2 empty lines between the rows left out"));
        assert!(read("nps\n9\n\"\"\n3\n\n").is_empty());
        assert!(read("nps,x\n9,1\n\n3,2\n").is_empty());
    }

    #[test]
    fn what_a_column_showed_is_named_by_its_line_however_lines_end() {
        for end in ["\n", "\r\n"] {
            for first in ["", "sep=;"] {
                let lines = [first, "a;b", "x;1", "812,5;1", "1.204;1"].map(|line| format!("{line}{end}"));
                let text = lines[usize::from(first.is_empty())..].concat();
                let mut source =
                    TableSource::read(Path::new("t.csv"), Box::new(Cursor::new(text.into_bytes())), |_| ())
                        .unwrap();
                let mut numbers = source.numbers(&[0], &["x".into()], None).unwrap();
                let line = 3 + u64::from(!first.is_empty());
                let mut why = String::new();
                while source.advance().unwrap() {
                    why = numbers.read(0, source.cell(0), source.line()).err().unwrap_or(why);
                }
                assert!(why.contains(&format!("`812,5` in line {line} has a decimal comma")), "{why}");
            }
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_named() {
        let read = |text: &str| {
            TableSource::read(Path::new("t.csv"), Box::new(Cursor::new(text.as_bytes().to_vec())), |_| ())
        };
        let mut source = read("a,b\n1,\"x\n2,y\n").unwrap();
        let said = source.next_row().unwrap_err().to_string();
        assert!(said.contains("line 2, column `b`: its quote is never closed"), "{said}");
        assert!(read("a,\"b\n1,2\n").err().unwrap().to_string().contains("line 1, column `b`"));
        let mut sound = read("a,b\n1,\"x\ny\"\n").unwrap();
        assert!(sound.advance().unwrap() && sound.cell(1) == "x\ny" && !sound.advance().unwrap());
    }

    #[test]
    fn a_yes_is_a_yes_in_every_program() {
        for text in ["1", "1.0", "1,0", "TRUE", "True", "yes", "WAAR", "ja"] {
            assert_eq!(yes_or_no(text), Some(true), "{text}");
        }
        for text in ["0", "0.0", "0,00", "FALSE", "no", "ONWAAR", "nee"] {
            assert_eq!(yes_or_no(text), Some(false), "{text}");
        }
        for text in ["", "2", "NA", "perhaps", "0.5"] {
            assert_eq!(yes_or_no(text), None, "{text}");
        }
        assert_eq!(
            ["3", "2.0", "2,0", "1.5", "-1", "x"].map(count),
            [Some(3), Some(2), Some(2), None, None, None]
        );
    }
}
