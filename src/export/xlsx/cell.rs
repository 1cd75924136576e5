//! One cell of a sheet.

use std::io::{self, Write};

use crate::defuse::spreadsheet::RUNS;
use crate::export::csv::iso_day;
use crate::export::xml::{allowed, escaped};
use crate::export::{DataCell, DataTable, Variable};
use crate::instrument::Language;

/// Longest text, as Excel counts: in units of UTF-16.
pub(super) const LONGEST: usize = 32_767;
/// Days from 1899-12-30, where spreadsheets begin to count, to 1970-01-01.
const DAYS_TO_1970: f64 = 25_569.0;
/// 1900-03-01; before it, spreadsheets have a day that never was.
const FIRST_DAY: i32 = -25_508;

/// What a cell shows.
pub(super) enum CellContent {
    Nothing,
    Heading(String),
    Text(String),
    Number(f64),
    /// Days since 1899-12-30.
    Day(f64),
    /// The same, with the time of the day.
    Instant(f64),
}

impl CellContent {
    /// A cell as a value, or in the words of a language.
    pub fn of(cell: &DataCell, variable: &Variable, words: Option<&Language>) -> Self {
        match cell {
            DataCell::Number(number) => match (variable.label_of(*number), words) {
                (Some(value), Some(_)) => Self::Text(value.label.clone()),
                (Some(value), None) => value.name.clone().map_or(Self::Number(*number), Self::Text),
                (None, _) => Self::Number(*number),
            },
            DataCell::Text(text) => Self::Text(text.to_string()),
            DataCell::Day(day) if *day >= FIRST_DAY => Self::Day(f64::from(*day) + DAYS_TO_1970),
            DataCell::Day(day) => Self::Text(iso_day(*day)),
            DataCell::Instant(at) => Self::Instant(*at as f64 / 86_400_000.0 + DAYS_TO_1970),
            DataCell::Missing(why) => words.map_or(Self::Nothing, |language| {
                // In brackets, so that nobody takes it for an answer.
                Self::Text(format!("[{}]", why.label(language)))
            }),
        }
    }

    pub fn write(&self, out: &mut impl Write, column: &str, row: usize) -> io::Result<()> {
        match self {
            Self::Nothing => Ok(()),
            Self::Number(number) => write!(out, "<c r=\"{column}{row}\"><v>{number}</v></c>"),
            Self::Day(day) => write!(out, "<c r=\"{column}{row}\" s=\"2\"><v>{day}</v></c>"),
            Self::Instant(at) => write!(out, "<c r=\"{column}{row}\" s=\"3\"><v>{at}</v></c>"),
            Self::Heading(text) => text_cell(out, column, row, text, 1),
            Self::Text(text) => text_cell(out, column, row, text, if runs(text) { 4 } else { 0 }),
        }
    }
}

fn runs(text: &str) -> bool {
    text.starts_with(RUNS) || text.starts_with('\'')
}

fn text_cell(out: &mut impl Write, column: &str, row: usize, text: &str, style: u8) -> io::Result<()> {
    let text = escaped(&spelled(cut(text)));
    write!(
        out,
        "<c r=\"{column}{row}\" t=\"inlineStr\" s=\"{style}\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
    )
}

fn cut(text: &str) -> &str {
    let mut units = 0;
    let end = text.char_indices().find_map(|(at, c)| {
        units += c.len_utf16();
        (units > LONGEST).then_some(at)
    });
    end.map_or(text, |end| &text[..end])
}

pub(super) fn some_are_cut(table: &DataTable) -> bool {
    table
        .rows
        .iter()
        .flatten()
        .any(|cell| matches!(cell, DataCell::Text(text) if cut(text).len() < text.len()))
}

/// Workbooks spell characters that XML lacks as `_x0001_`; a text that happens to hold such a spelling must be spelled
/// itself.
fn spelled(text: &str) -> String {
    let mut spelled = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if !allowed(c) || c == '\r' {
            spelled += &format!("_x{:04X}_", c as u32);
        } else if c == '_' && is_spelling(&text[at..]) {
            spelled += "_x005F_";
        } else {
            spelled.push(c);
        }
    }
    spelled
}

fn is_spelling(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes[2..6].iter().all(u8::is_ascii_hexdigit)
        && bytes[6] == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_lacks_is_spelled_and_spellings_are_too() {
        assert_eq!(spelled("a\u{1}b"), "a_x0001_b");
        assert_eq!(spelled("_x0041_"), "_x005F_x0041_");
        assert_eq!(spelled("_x_ é"), "_x_ é");
    }

    #[test]
    fn texts_are_cut_where_excel_counts() {
        let long = "😀".repeat(20_000);
        assert_eq!(cut(&long).chars().count(), LONGEST / 2);
        assert_eq!(cut("short"), "short");
    }
}
