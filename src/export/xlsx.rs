//! Excel: a workbook (`.xlsx`) a table, with the values, the same in words, and a codebook.
//!
//! Numbers, days and instants are cells of their own kind. A text is always a text: it is never run as a formula, and one
//! that would be if somebody edited it or saved it as CSV is marked with the spreadsheet's own apostrophe, which is no
//! part of it. The container is made by `zip`; the sheets inside are these few elements.

use std::io::{self, BufWriter, Seek, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::folder::put;
use super::xml::escaped;
use super::{DataTable, Export, Exporter, Folder, NotWritten, Variable, Why};
use crate::instrument::Language;

mod cell;
mod parts;

use crate::text;
use cell::CellContent;
pub(super) use parts::around;

pub(super) struct Xlsx;

/// Rows of a sheet, the heading among them.
const MOST_ROWS: usize = 1_048_576;
/// Columns of a sheet.
const MOST_COLUMNS: usize = 16_384;

impl Exporter for Xlsx {
    fn id(&self) -> &'static str {
        "xlsx"
    }

    fn about(&self) -> &'static str {
        "Excel (also LibreOffice, Numbers): values, the same in words, and a codebook as sheets"
    }

    fn extension(&self) -> &'static str {
        "xlsx"
    }

    fn missing(&self, _: &DataTable, why: Why) -> String {
        format!("an empty cell; “{}” in the sheet with the words", why.label(&Language::new("en")))
    }

    fn names_options(&self) -> bool {
        true
    }

    fn write(&self, export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
        for table in &export.tables {
            if table.variables.len() > MOST_COLUMNS {
                return Err(NotWritten::TooMuch(format!(
                    "{} has {} variables, and a sheet holds {MOST_COLUMNS}",
                    table.name,
                    table.variables.len()
                )));
            }
            if cell::some_are_cut(table) {
                folder.remark(format!(
                    "{}: a cell of Excel holds {} characters; longer texts were cut",
                    table.name,
                    cell::LONGEST
                ));
            }
            folder.file(&format!("{}.xlsx", table.name), |out| workbook(out, table, export))?;
        }
        Ok(())
    }
}

/// A sheet: its title, and which rows of the table are in it.
struct Worksheet {
    title: String,
    what: WorksheetPart,
}

#[derive(Clone, Copy)]
enum WorksheetPart {
    Values(usize, usize),
    Words(usize, usize),
    Codebook,
}

fn workbook(out: &mut (impl Write + Seek), table: &DataTable, export: &Export) -> io::Result<()> {
    let language = &export.language;
    let sheets = sheets(table, language);
    let titles: Vec<&str> = sheets.iter().map(|sheet| sheet.title.as_str()).collect();
    let mut zip = ZipWriter::new(out);
    for (name, text) in parts::around(&titles) {
        begin(&mut zip, &name)?;
        put(&mut zip, text.as_bytes())?;
    }
    for (number, sheet) in sheets.iter().enumerate() {
        begin(&mut zip, &format!("xl/worksheets/sheet{}.xml", number + 1))?;
        // The compressor takes large pieces more gladly than many small ones.
        let mut sink = BufWriter::with_capacity(1 << 16, &mut zip);
        match sheet.what {
            WorksheetPart::Values(from, to) => rows(&mut sink, table, from..to, false, language)?,
            WorksheetPart::Words(from, to) => rows(&mut sink, table, from..to, true, language)?,
            WorksheetPart::Codebook => codebook(&mut sink, table, export)?,
        }
        sink.flush()?;
    }
    zip.finish().map(|_| ()).map_err(io::Error::from)
}

fn begin(zip: &mut ZipWriter<impl Write + Seek>, name: &str) -> io::Result<()> {
    // A sheet of a million rows can exceed four gigabytes before it is compressed.
    zip.start_file(name, SimpleFileOptions::default().large_file(true)).map_err(io::Error::from)
}

fn sheets(table: &DataTable, language: &Language) -> Vec<Worksheet> {
    let (data, words) = (text!(language, "export-xlsx-data"), text!(language, "export-xlsx-words"));
    let of = |title: &str, what: fn(usize, usize) -> WorksheetPart| -> Vec<Worksheet> {
        let many = MOST_ROWS - 1;
        let starts = (0..table.rows.len().max(1)).step_by(many);
        starts
            .enumerate()
            .map(|(at, from)| Worksheet {
                title: if at == 0 { title.to_owned() } else { format!("{title} {}", at + 1) },
                what: what(from, table.rows.len().min(from + many)),
            })
            .collect()
    };
    let mut sheets = of(&data, WorksheetPart::Values);
    sheets.extend(of(&words, WorksheetPart::Words));
    sheets.push(Worksheet { title: text!(language, "export-xlsx-codebook"), what: WorksheetPart::Codebook });
    sheets
}

fn rows(
    out: &mut impl Write,
    table: &DataTable,
    range: std::ops::Range<usize>,
    words: bool,
    language: &Language,
) -> io::Result<()> {
    let letters: Vec<String> = (0..table.variables.len()).map(letters).collect();
    let rows = table.rows.get(range).unwrap_or_default();
    parts::sheet_begins(out, table.variables.iter().map(|variable| width(variable, words)))?;
    let heading = |variable: &Variable| if words { variable.label.clone() } else { variable.name.clone() };
    let headings: Vec<CellContent> =
        table.variables.iter().map(|variable| CellContent::Heading(heading(variable))).collect();
    row(out, 1, headings.iter(), &letters)?;
    for (number, cells) in rows.iter().enumerate() {
        let shown: Vec<CellContent> = cells
            .iter()
            .zip(&table.variables)
            .map(|(cell, variable)| CellContent::of(cell, variable, words.then_some(language)))
            .collect();
        row(out, number + 2, shown.iter(), &letters)?;
    }
    parts::sheet_ends(out, letters.last().map(|last| format!("A1:{last}{}", rows.len() + 1)))
}

/// A width at which a column can be read, in characters.
fn width(variable: &Variable, words: bool) -> usize {
    use super::ValueType;
    match variable.kind {
        ValueType::Text => 24,
        ValueType::Day => 12,
        ValueType::Instant => 20,
        ValueType::Number if words && !variable.values.is_empty() => 20,
        ValueType::Number => variable.name.len().clamp(8, 24),
    }
}

fn codebook(out: &mut impl Write, table: &DataTable, export: &Export) -> io::Result<()> {
    let language = &export.language;
    let letters: Vec<String> = (0..7).map(letters).collect();
    parts::sheet_begins(out, [28, 70, 16, 60, 12, 50, 80].into_iter())?;
    let heads = [
        text!(language, "export-xlsx-variable"),
        text!(language, "export-xlsx-label"),
        text!(language, "export-xlsx-level"),
        text!(language, "export-xlsx-values"),
        text!(language, "export-xlsx-valid"),
        text!(language, "export-xlsx-missing"),
        text!(language, "export-xlsx-how-came-about"),
    ]
    .map(CellContent::Heading);
    row(out, 1, heads.iter(), &letters)?;
    for (at, variable) in table.variables.iter().enumerate() {
        let counts = super::codebook::CellCounts::of(table, at);
        let shown = [
            CellContent::Text(variable.name.clone()),
            CellContent::Text(variable.label.clone()),
            CellContent::Text(super::codebook::level(variable, language)),
            CellContent::Text(super::codebook::values(variable)),
            CellContent::Number(counts.valid as f64),
            CellContent::Text(counts.missing_in_words(language)),
            CellContent::Text(variable.origin.in_words(language)),
        ];
        row(out, at + 2, shown.iter(), &letters)?;
    }
    // What must be known stands below, because a table that begins lower down cannot be filtered.
    for (at, sentence) in export.about.iter().enumerate() {
        row(out, table.variables.len() + 3 + at, [CellContent::Text(sentence.clone())].iter(), &letters)?;
    }
    parts::sheet_ends(out, Some(format!("A1:G{}", table.variables.len() + 1)))
}

fn row<'a>(
    out: &mut impl Write,
    number: usize,
    cells: impl Iterator<Item = &'a CellContent>,
    letters: &[String],
) -> io::Result<()> {
    write!(out, "<row r=\"{number}\">")?;
    for (cell, letters) in cells.zip(letters) {
        cell.write(out, letters, number)?;
    }
    put(out, b"</row>")
}

/// `A`, `B` … `Z`, `AA` …
pub(super) fn letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|letter| char::from(*letter)).collect()
}

/// An attribute's value.
fn attribute(text: &str) -> String {
    escaped(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_lettered_as_spreadsheets_do() {
        assert_eq!(
            [letters(0), letters(25), letters(26), letters(701), letters(702), letters(16_383)],
            ["A", "Z", "AA", "ZZ", "AAA", "XFD"]
        );
    }
}
