//! Stata: a data file (`.dta`) of format 118, which Stata 14 and later read.
//!
//! Reasons for missing numbers are the extended missing values `.a` to `.g`, with labels; a text that is missing somewhere gets a
//! column of reasons beside it. Numbers take the smallest type that holds the whole column. Texts of more than 2,045 bytes
//! become `strL`. A label that is cut stands whole in the notes of its variable. Written after Stata's own description of the format.

use std::io::{self, Write};

use super::folder::put;
use super::names::{self, cut_chars, fitting};
use super::{DataCell, DataTable, Export, Exporter, Folder, NotWritten, ValueType, Variable, Why};

mod column;

use column::StoredColumn;

pub(super) struct Dta;

/// Longest label of a variable or the file, in characters.
const LONGEST_LABEL: usize = 80;
/// Most variables of format 118.
const MOST_VARIABLES: usize = 32_767;
/// Bytes of a name, a format and a label, their end included.
const NAME: usize = 129;
const FORMAT: usize = 57;
const LABEL: usize = 321;
/// `.a` as a labelled value; the others follow.
const FIRST_LABELLED_MISSING: i32 = 2_147_483_622;

impl Exporter for Dta {
    fn id(&self) -> &'static str {
        "dta"
    }

    fn about(&self) -> &'static str {
        "Stata 14 and later: labels, notes, extended missing values"
    }

    fn names(&self, table: &DataTable) -> Vec<String> {
        fitting(table.variables.iter().map(|variable| variable.name.as_str()), names::STATA)
    }

    fn missing(&self, _: &DataTable, why: Why) -> String {
        format!(".{}", letter(why))
    }

    fn needs_reasons_beside_texts(&self) -> bool {
        true
    }

    fn write(&self, export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
        for table in &export.tables {
            if table.variables.len() > MOST_VARIABLES {
                return Err(NotWritten::TooMuch(format!(
                    "{} has {} variables, and a Stata file of this format holds {MOST_VARIABLES}",
                    table.name,
                    table.variables.len()
                )));
            }
            let columns = (0..table.variables.len()).map(|at| StoredColumn::of(table, at)).collect();
            let file = DtaFile { table, names: self.names(table), columns, export };
            folder.file(&format!("{}.dta", table.name), |out| file.write(out))?;
        }
        Ok(())
    }
}

fn letter(why: Why) -> char {
    char::from(b'a' + why.index() as u8)
}

struct DtaFile<'a> {
    table: &'a DataTable,
    names: Vec<String>,
    columns: Vec<StoredColumn>,
    export: &'a Export,
}

impl DtaFile<'_> {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let head = self.header();
        // All but the data and the long texts is small; their sizes are known before they are written.
        let parts = [
            self.each("variable_types", |at| self.columns[at].kind().to_le_bytes().to_vec()),
            self.each("varnames", |at| fixed(&self.names[at], NAME)),
            element("sortlist", vec![0; 2 * (self.table.variables.len() + 1)]),
            self.each("formats", |at| fixed(&self.columns[at].format(), FORMAT)),
            self.each("value_label_names", |at| {
                fixed(if self.labels(at).is_empty() { "" } else { &self.names[at] }, NAME)
            }),
            self.each("variable_labels", |at| {
                fixed(&cut_chars(&one_line(&self.table.variables[at].label), LONGEST_LABEL), LABEL)
            }),
            element("characteristics", self.notes()),
        ];
        let long = self.long_texts();
        let width: usize = self.columns.iter().map(StoredColumn::width).sum();
        let data = "<data></data>".len() + width * self.table.rows.len();
        let labels = element("value_labels", self.value_labels());
        let map = "<map></map>".len() + 14 * 8;
        let mut offsets = vec![0, head.len()];
        let sizes =
            [map].into_iter().chain(parts.iter().map(Vec::len)).chain([data, long.len(), labels.len()]);
        for size in sizes {
            offsets.push(offsets.last().unwrap_or(&0) + size);
        }
        offsets.push(offsets.last().unwrap_or(&0) + END.len());
        put(out, &head)?;
        put(out, &element("map", offsets.iter().flat_map(|at| (*at as u64).to_le_bytes()).collect()))?;
        parts.iter().try_for_each(|part| put(out, part))?;
        put(out, b"<data>")?;
        for (row, cells) in self.table.rows.iter().enumerate() {
            for (at, column) in self.columns.iter().enumerate() {
                column.put(out, cells.get(at).unwrap_or(&DataCell::Missing(Why::NotAsked)), (at, row))?;
            }
        }
        put(out, b"</data>")?;
        put(out, &long)?;
        put(out, &labels)?;
        put(out, END)
    }

    fn header(&self) -> Vec<u8> {
        let mut head = b"<stata_dta><header><release>118</release><byteorder>LSF</byteorder>".to_vec();
        head.extend(element("K", (self.table.variables.len() as u16).to_le_bytes().to_vec()));
        head.extend(element("N", (self.table.rows.len() as u64).to_le_bytes().to_vec()));
        let label = cut_chars(&self.table.label, LONGEST_LABEL);
        head.extend(element("label", [&(label.len() as u16).to_le_bytes(), label.as_bytes()].concat()));
        let made = jiff::Timestamp::from_millisecond(self.export.made).unwrap_or_default();
        let made = made.strftime("%d %b %Y %H:%M").to_string();
        head.extend(element("timestamp", [&[made.len() as u8], made.as_bytes()].concat()));
        head.extend(b"</header>");
        head
    }

    fn each(&self, name: &str, of: impl Fn(usize) -> Vec<u8>) -> Vec<u8> {
        element(name, (0..self.table.variables.len()).flat_map(of).collect())
    }

    /// Labels of whole numbers, and of the reasons that occur. Stata labels no others.
    fn labels(&self, at: usize) -> Vec<(i32, String)> {
        let Some(variable) = self.table.variables.get(at).filter(|variable| variable.kind != ValueType::Text)
        else {
            return Vec::new();
        };
        let whole = |code: f64| (code.fract() == 0.0 && code.abs() < 2e9).then_some(code as i32);
        let own = variable.values.iter().filter_map(|value| Some((whole(value.code)?, value.label.clone())));
        let reason =
            |why: &Why| (FIRST_LABELLED_MISSING + why.index() as i32, why.label(&self.export.language));
        own.chain(self.columns[at].reasons().iter().map(reason)).collect()
    }

    fn value_labels(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for (at, name) in self.names.iter().enumerate() {
            let mut labels = self.labels(at);
            if labels.is_empty() {
                continue;
            }
            labels.sort_by_key(|(code, _)| *code);
            let (mut offsets, mut texts) = (Vec::new(), Vec::new());
            for (_, label) in &labels {
                offsets.push(texts.len() as u32);
                texts.extend(one_line(label).bytes());
                texts.push(0);
            }
            let mut body = Vec::new();
            body.extend((labels.len() as u32).to_le_bytes());
            body.extend((texts.len() as u32).to_le_bytes());
            body.extend(offsets.iter().flat_map(|offset| offset.to_le_bytes()));
            body.extend(labels.iter().flat_map(|(code, _)| code.to_le_bytes()));
            body.extend(texts);
            let mut label = (body.len() as u32).to_le_bytes().to_vec();
            label.extend(fixed(name, NAME));
            label.extend([0; 3]);
            label.extend(body);
            all.extend(element("lbl", label));
        }
        all
    }

    /// What must be known, as notes of the file; labels that were cut, as notes of their variables.
    fn notes(&self) -> Vec<u8> {
        let mut all = Vec::new();
        let mut note = |of: &str, number: usize, text: &str| {
            let mut body = fixed(of, NAME);
            body.extend(fixed(&format!("note{number}"), NAME));
            body.extend(text.bytes());
            body.push(0);
            all.extend(element("ch", [&(body.len() as u32).to_le_bytes()[..], &body].concat()));
        };
        for (at, sentence) in self.export.about.iter().enumerate() {
            note("_dta", at + 1, sentence);
        }
        if !self.export.about.is_empty() {
            note("_dta", 0, &self.export.about.len().to_string());
        }
        for (variable, name) in self.table.variables.iter().zip(&self.names) {
            if one_line(&variable.label).chars().count() > LONGEST_LABEL {
                note(name, 1, &variable.label);
                note(name, 0, "1");
            }
        }
        all
    }

    fn long_texts(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for (row, cells) in self.table.rows.iter().enumerate() {
            for (at, column) in self.columns.iter().enumerate() {
                if let (true, Some(DataCell::Text(text))) = (column.is_long(), cells.get(at))
                    && !text.is_empty()
                {
                    all.extend(b"GSO");
                    all.extend((at as u32 + 1).to_le_bytes());
                    all.extend((row as u64 + 1).to_le_bytes());
                    all.push(TEXT);
                    all.extend((text.len() as u32 + 1).to_le_bytes());
                    all.extend(text.bytes());
                    all.push(0);
                }
            }
        }
        element("strls", all)
    }
}

const END: &[u8] = b"</stata_dta>";
/// A long text that is text, and ends with a zero.
const TEXT: u8 = 130;

fn element(name: &str, body: Vec<u8>) -> Vec<u8> {
    [format!("<{name}>").into_bytes(), body, format!("</{name}>").into_bytes()].concat()
}

/// The bytes of `text`, with zeros up to `width`; at least one.
fn fixed(text: &str, width: usize) -> Vec<u8> {
    let mut bytes = names::cut_bytes(text, width - 1).into_bytes();
    bytes.resize(width, 0);
    bytes
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a variable is shown as a day or an instant.
fn date_format(variable: &Variable) -> Option<&'static str> {
    match variable.kind {
        ValueType::Day => Some("%td"),
        ValueType::Instant => Some("%tc"),
        ValueType::Number | ValueType::Text => None,
    }
}
