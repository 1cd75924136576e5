//! Tables from CSV files: the one reader behind `train`, `evaluate`, `classify --input` and `stats`.
//!
//! An empty cell is missing. Everything else in a feature column has to be a finite number: a text that is taken for missing
//! is a mistake that nobody sees again, so `NA`, `NaN` and the like are refused unless `--missing` names them. Faults carry the
//! line of the file, as an editor counts.

use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, files};
use crate::instrument::RelationalModel;

/// Enough of a file to see its header.
const HEAD: u64 = 1 << 16;

/// What of a file is a feature.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ColumnArgs {
    /// Columns that are no features (several: repeat, or separate by commas)
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Texts that mean "missing", besides the empty cell
    #[arg(long, value_name = "TEXT", value_delimiter = ',')]
    pub missing: Vec<String>,
}

/// A CSV file whose header has been read.
pub(super) struct Source {
    path: PathBuf,
    reader: csv::Reader<Box<dyn Read>>,
    record: csv::StringRecord,
    delimiter: u8,
    /// Lines that the reader is behind.
    behind: u64,
    /// Names of the columns.
    pub header: Vec<String>,
}

impl Source {
    /// Opens a file separated by commas, `-` being standard input, and reads its header.
    pub fn open(path: &Path) -> Result<Self, Failure> {
        Self::read(path, input(path)?, b',')
    }

    /// As [`Self::open`], but commas, semicolons and tabs are told apart by the header.
    pub fn open_any(path: &Path) -> Result<Self, Failure> {
        let mut input = input(path)?;
        let (head, delimiter) = head(path, &mut input)?;
        Self::read(path, Box::new(Cursor::new(head).chain(input)), delimiter)
    }

    fn read(path: &Path, input: Box<dyn Read>, delimiter: u8) -> Result<Self, Failure> {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(delimiter).buffer_capacity(1 << 18).from_reader(input);
        let first = reader.headers().map_err(|why| unreadable(path, &why, 0))?;
        let bytes = first.as_byte_record().clone();
        let mut header: Vec<String> = first.iter().map(|name| name.trim().to_owned()).collect();
        if let Some(name) = header.first_mut() {
            // Spreadsheets like to put a byte-order mark before the first name.
            *name = name.trim_start_matches('\u{feff}').to_owned();
        }
        let shown = path.display();
        if header.iter().all(String::is_empty) {
            return Err(Failure::refused(format!("{shown} has no header"))
                .help("the first line has to name the columns, separated by commas"));
        }
        if header.len() == 1 && header[0].contains([';', '\t']) {
            return Err(Failure::refused(format!("{shown} is not separated by commas"))
                .help("save it as CSV with commas between columns and points in numbers"));
        }
        for (place, name) in header.iter().enumerate() {
            if header[..place].contains(name) {
                return Err(Failure::refused(format!("{shown} has two columns called `{name}`")));
            }
        }
        let record = csv::StringRecord::new();
        let behind = behind(&reader, &bytes);
        Ok(Self { path: path.to_owned(), reader, record, delimiter, behind, header })
    }

    /// Whether commas are free to stand in numbers, because something else separates the columns.
    pub fn has_decimal_commas(&self) -> bool {
        self.delimiter != b','
    }

    /// The line of the row that was read last, as an editor counts.
    pub fn line(&self) -> u64 {
        self.record.position().map_or(0, csv::Position::line)
    }

    /// The place of a column.
    pub fn column(&self, name: &str) -> Result<usize, Failure> {
        self.header.iter().position(|known| known == name).ok_or_else(|| {
            let failure = Failure::refused(format!("{} has no column called `{name}`", self.path.display()));
            let near = self
                .header
                .iter()
                .map(|known| (strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase()), known))
                .max_by(|a, b| a.0.total_cmp(&b.0));
            match near {
                Some((likeness, known)) if likeness > 0.8 => failure.help(format!("did you mean `{known}`?")),
                _ => failure.help(format!("its columns are {}", list(&self.header))),
            }
        })
    }

    /// The next row; none at the end.
    pub fn next(&mut self) -> Result<Option<&csv::StringRecord>, Failure> {
        match self.reader.read_record(&mut self.record) {
            Ok(true) => {
                if let Some(mut position) = self.record.position().cloned() {
                    position.set_line(position.line() + self.behind);
                    self.record.set_position(Some(position));
                }
                Ok(Some(&self.record))
            }
            Ok(false) => Ok(None),
            Err(why) => Err(unreadable(&self.path, &why, self.behind)),
        }
    }

    /// A fault in the row that was read last.
    pub fn fault(&self, what: &str) -> Failure {
        Failure::refused(format!("{}, line {}: {what}", self.path.display(), self.line()))
    }
}

/// The input behind a path, `-` being standard input.
fn input(path: &Path) -> Result<Box<dyn Read>, Failure> {
    if path == Path::new("-") {
        return Ok(Box::new(std::io::stdin()));
    }
    Ok(Box::new(files::stream(path)?))
}

/// A number, or NaN where it is missing.
pub(super) fn number(cell: &str, missing: &[String]) -> Result<f64, String> {
    let cell = cell.trim();
    if cell.is_empty() || missing.iter().any(|text| text == cell) {
        return Ok(f64::NAN);
    }
    match cell.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => Err(format!("`{cell}` is not a finite number")),
    }
}

/// How to mend a cell that is no number.
pub(super) const NUMBER_HELP: &str = "leave a cell empty where a value is missing, name the text with --missing, \
     or leave the column out with --ignore";

/// The relational model that a label names: CS, AR, EM, MP or a full name, in any case.
pub(super) fn label(text: &str) -> Option<RelationalModel> {
    let plain = text.trim().to_lowercase().replace([' ', '-'], "_");
    RelationalModel::ALL
        .into_iter()
        .find(|model| model.name() == plain || model.abbreviation().eq_ignore_ascii_case(&plain))
}

/// The first bytes of a table, and what separates its cells.
///
/// # Errors
/// What cannot be read, and text in UTF-16, which looks to every reader of bytes as if it were full of zeros.
pub(super) fn head(path: &Path, file: impl Read) -> Result<(Vec<u8>, u8), Failure> {
    let mut head = Vec::new();
    file.take(HEAD)
        .read_to_end(&mut head)
        .map_err(|why| Failure::refused(format!("{} could not be read: {why}", path.display())))?;
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(Failure::refused(format!("{} is UTF-16 text", path.display()))
            .help("save the file as UTF-8 in the program that wrote it"));
    }
    let delimiter = delimiter(&head);
    Ok((head, delimiter))
}

/// What separates the cells of the header: the sign that it has most of outside of quotes, a comma in doubt.
fn delimiter(head: &[u8]) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0_usize), (b';', 0), (b'\t', 0)];
    for &byte in head.iter().take_while(|byte| **byte != b'\n') {
        quoted ^= byte == b'"';
        let count = counts.iter_mut().find(|(sign, _)| *sign == byte && !quoted);
        count.into_iter().for_each(|(_, count)| *count += 1);
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most).map_or(b',', |(sign, _)| *sign)
}

/// Names in a sentence, shortened.
pub(super) fn list(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown = names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    match names.len().checked_sub(SHOWN) {
        Some(more @ 1..) => format!("{shown} and {more} more"),
        _ => shown,
    }
}

/// How many lines the reader of a file is behind what an editor shows. Where lines end in a carriage return and a line feed, as
/// spreadsheets on Windows write them, it ends a row at the first and counts the second with the next row.
pub(super) fn behind<R: Read>(reader: &csv::Reader<R>, header: &csv::ByteRecord) -> u64 {
    let first = header.position().map_or(1, csv::Position::line);
    let inside = header.iter().flatten().filter(|byte| **byte == b'\n').count() as u64;
    (first + inside + 1).saturating_sub(reader.position().line())
}

fn unreadable(path: &Path, why: &csv::Error, behind: u64) -> Failure {
    let shown = path.display();
    match why.kind() {
        csv::ErrorKind::UnequalLengths { pos, expected_len, len } => {
            let line = pos.as_ref().map_or(0, csv::Position::line) + behind;
            Failure::refused(format!(
                "{shown}, line {line}: {len} cells, but the header names {expected_len}"
            ))
        }
        csv::ErrorKind::Utf8 { pos, .. } => {
            let line = pos.as_ref().map_or(0, csv::Position::line) + behind;
            Failure::refused(format!("{shown}, line {line}: this is not UTF-8 text"))
                .help("save the file as UTF-8")
        }
        csv::ErrorKind::Io(why) => Failure::refused(format!("{shown} could not be read: {why}")),
        _ => Failure::refused(format!("{shown} could not be read: {why}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationalModel::{CommunalSharing, MarketPricing};

    #[test]
    fn lines_are_those_of_an_editor_however_they_end() {
        for text in ["a,b\n1,2\n3,4\n5\n", "a,b\r\n1,2\r\n3,4\r\n5\r\n", "\"a\r\nz\",b\r\n1,2\r\n5\r\n"] {
            let input = Box::new(Cursor::new(text.as_bytes().to_vec()));
            let mut source = Source::read(Path::new("t.csv"), input, b',').unwrap();
            let first = if text.starts_with('"') { 3 } else { 2 };
            source.next().unwrap();
            assert_eq!(source.line(), first, "{text:?}");
            let failure = (0..2).find_map(|_| source.next().err()).unwrap();
            let last = text.lines().count();
            assert!(failure.sentence().contains(&format!("line {last}: 1 cells")), "{}", failure.sentence());
        }
    }

    #[test]
    fn labels_in_any_case_and_spelling() {
        for text in ["MP", "mp", "market_pricing", "Market Pricing", " market-pricing "] {
            assert_eq!(label(text), Some(MarketPricing), "{text}");
        }
        assert_eq!(label("Communal Sharing"), Some(CommunalSharing));
        assert_eq!(label("MPP"), None);
    }

    #[test]
    fn only_what_is_named_is_missing() {
        let na = ["NA".to_owned()];
        assert!(number(" ", &[]).unwrap().is_nan() && number("NA", &na).unwrap().is_nan());
        assert_eq!(number(" 1e-3", &[]), Ok(0.001));
        for text in ["NA", "NaN", "inf", "-Infinity", "1,5", "1e999", "yes"] {
            assert!(number(text, &[]).is_err(), "{text}");
        }
    }
}
