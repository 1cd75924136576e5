//! Where each variable of a table lies in a case, how wide it is and how it is shown. Owns the splitting of long texts into
//! places of 255 bytes; refuses to write.

use super::LONGEST_TEXT;
use crate::export::{DataCell, DataTable, ValueType, Why};

/// One variable record: a number, or (a part of) a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct VariableRecord {
    /// A name of at most eight letters, in no other place.
    pub short: String,
    /// Bytes of a text; 0 for a number.
    pub width: usize,
    /// How it is shown: kind, width and decimals.
    pub format: i32,
    /// Why numbers are missing in it.
    pub reasons: Vec<Why>,
}

/// All places.
pub(super) struct SavLayout {
    /// One or more for each variable.
    pub places: Vec<Vec<VariableRecord>>,
    /// Eight-byte elements of a case.
    pub elements: i32,
    /// Bytes of the longest text of each variable.
    longest: Vec<usize>,
    /// Element at which each variable begins, from 1.
    begins: Vec<i32>,
}

const TEXT: i32 = 1;
const NUMBER: i32 = 5;
const DATE: i32 = 20;
const DATE_TIME: i32 = 22;
/// The widest place, and what of it counts where others follow.
const WIDEST: usize = 255;
const COUNTS: usize = 252;

/// What a text keeps.
pub(super) fn cut(text: &str) -> &str {
    let mut end = text.len().min(LONGEST_TEXT);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

impl SavLayout {
    pub fn of(table: &DataTable) -> Self {
        let mut layout = Self { places: Vec::new(), elements: 0, longest: Vec::new(), begins: Vec::new() };
        for (at, variable) in table.variables.iter().enumerate() {
            let column = || table.rows.iter().filter_map(move |row| row.get(at));
            let short = short_name(at);
            let longest = column().map(bytes).max().unwrap_or(0);
            let places = match variable.kind {
                ValueType::Text => text_places(&short, longest.clamp(1, LONGEST_TEXT)),
                kind => {
                    let format = match kind {
                        ValueType::Day => (DATE << 16) | (11 << 8),
                        ValueType::Instant => (DATE_TIME << 16) | (20 << 8),
                        _ => number_format(column()),
                    };
                    vec![VariableRecord { short, width: 0, format, reasons: table.reasons(at) }]
                }
            };
            layout.begins.push(layout.elements + 1);
            layout.elements += places.iter().map(|place| place.width.div_ceil(8).max(1) as i32).sum::<i32>();
            layout.longest.push(longest);
            layout.places.push(places);
        }
        layout
    }

    /// Bytes of the longest text of a variable, before cutting.
    pub fn longest(&self, at: usize) -> usize {
        self.longest.get(at).copied().unwrap_or(0)
    }

    /// Width of a text, all its places together.
    pub fn width(&self, at: usize) -> usize {
        self.longest(at).clamp(1, LONGEST_TEXT)
    }

    /// The element at which a variable begins, from 1.
    pub fn index_of(&self, at: usize) -> i32 {
        self.begins.get(at).copied().unwrap_or(0)
    }
}

fn bytes(cell: &DataCell) -> usize {
    match cell {
        DataCell::Text(text) => text.len(),
        _ => 0,
    }
}

fn text_places(short: &str, width: usize) -> Vec<VariableRecord> {
    let place = |short: String, width: usize| VariableRecord {
        short,
        width,
        format: (TEXT << 16) | ((width as i32) << 8),
        reasons: Vec::new(),
    };
    if width <= WIDEST {
        return vec![place(short.to_owned(), width)];
    }
    let segments = width.div_ceil(COUNTS);
    let width_of = |segment| if segment + 1 < segments { WIDEST } else { width - segment * COUNTS };
    (0..segments)
        .map(|segment| {
            let short = match segment {
                0 => short.to_owned(),
                // Up to 131 of them, in three digits.
                _ => format!("{short}{segment:03}"),
            };
            place(short, width_of(segment))
        })
        .collect()
}

/// `V` and four digits in base 36: room for 1.6 million variables.
fn short_name(at: usize) -> String {
    let mut digits = [b'0'; 4];
    let mut rest = at;
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[rest % 36];
        rest /= 36;
    }
    digits.iter().fold(String::from("V"), |name, digit| name + char::from(*digit).encode_utf8(&mut [0; 4]))
}

/// Whole numbers without decimals, others with three; as wide as the widest. A reason takes four places.
fn number_format<'a>(cells: impl Iterator<Item = &'a DataCell>) -> i32 {
    let (mut largest, mut negative, mut whole) = (0.0_f64, false, true);
    for cell in cells {
        if let DataCell::Number(number) = cell {
            largest = largest.max(number.abs());
            negative |= *number < 0.0;
            whole &= number.fract() == 0.0;
        }
    }
    let digits = if largest < 1.0 { 1 } else { largest.log10() as i32 + 1 };
    let decimals = if whole { 0 } else { 3 };
    let width = digits + i32::from(negative) + if whole { 0 } else { decimals + 1 };
    (NUMBER << 16) | (width.clamp(4, 40) << 8) | decimals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_takes_places_of_255() {
        let widths = |width| text_places("V0000", width).iter().map(|place| place.width).collect::<Vec<_>>();
        assert_eq!(widths(255), [255]);
        assert_eq!(widths(256), [255, 4]);
        assert_eq!(widths(600), [255, 255, 96]);
        assert_eq!(text_places("V0000", 32_767).len(), 131);
        assert_eq!(text_places("V0000", 600)[2].short, "V0000002");
    }

    #[test]
    fn short_names_differ() {
        assert_eq!([short_name(0), short_name(35), short_name(36)], ["V0000", "V000Z", "V0010"]);
    }

    #[test]
    fn numbers_are_shown_as_wide_as_they_are() {
        let of = |numbers: &[f64]| {
            let cells: Vec<DataCell> = numbers.iter().map(|number| DataCell::Number(*number)).collect();
            let format = number_format(cells.iter());
            ((format >> 8) & 255, format & 255)
        };
        assert_eq!(of(&[1.0, 7.0]), (4, 0));
        assert_eq!(of(&[-12.25, 3.0]), (7, 3));
        assert_eq!(of(&[1e12]), (13, 0));
    }
}
