//! How a column lies in a Stata file: its type, its display format, and its cells as bytes.

use std::io::{self, Write};

use super::date_format;
use crate::export::{DataCell, DataTable, ValueType, Why};

/// Longest text that has its place in the row, in bytes.
const LONGEST_SHORT: usize = 2_045;
/// Days and milliseconds from 1960 to 1970.
const DAYS: f64 = 3_653.0;
const MILLISECONDS: f64 = DAYS * 86_400_000.0;
/// What `.` is among doubles, and how far one reason is from the next.
const MISSING: u64 = 0x7fe0_0000_0000_0000;
const NEXT_MISSING: u64 = 1 << 40;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stored {
    /// −127 … 100.
    Byte,
    /// −32,767 … 32,740.
    Int,
    /// −2,147,483,647 … 2,147,483,620.
    Long,
    Double,
    /// A text of at most so many bytes.
    Short(usize),
    /// A text elsewhere in the file.
    LongText,
}

pub(super) struct StoredColumn {
    stored: Stored,
    date: Option<&'static str>,
    reasons: Vec<Why>,
}

impl StoredColumn {
    pub fn of(table: &DataTable, at: usize) -> Self {
        let cells = || table.rows.iter().filter_map(|row| row.get(at));
        let variable = &table.variables[at];
        let date = date_format(variable);
        let stored = match variable.kind {
            ValueType::Text => {
                let bytes = |cell: &DataCell| if let DataCell::Text(text) = cell { text.len() } else { 0 };
                match cells().map(bytes).max().unwrap_or(0) {
                    long if long > LONGEST_SHORT => Stored::LongText,
                    short => Stored::Short(short.max(1)),
                }
            }
            _ => smallest(cells().filter_map(number)),
        };
        Self { stored, date, reasons: table.reasons(at) }
    }

    /// The number of its type.
    pub fn kind(&self) -> u16 {
        match self.stored {
            Stored::Short(width) => width as u16,
            Stored::LongText => 32_768,
            Stored::Double => 65_526,
            Stored::Long => 65_528,
            Stored::Int => 65_529,
            Stored::Byte => 65_530,
        }
    }

    /// Bytes in a row.
    pub fn width(&self) -> usize {
        match self.stored {
            Stored::Byte => 1,
            Stored::Int => 2,
            Stored::Long => 4,
            Stored::Double | Stored::LongText => 8,
            Stored::Short(width) => width,
        }
    }

    pub fn format(&self) -> String {
        match (self.date, self.stored) {
            (Some(date), _) => date.to_owned(),
            (None, Stored::Byte | Stored::Int) => "%8.0g".into(),
            (None, Stored::Long) => "%12.0g".into(),
            (None, Stored::Double) => "%10.0g".into(),
            (None, Stored::Short(width)) => format!("%-{}s", width.clamp(9, 60)),
            (None, Stored::LongText) => "%-60s".into(),
        }
    }

    pub fn is_long(&self) -> bool {
        self.stored == Stored::LongText
    }

    pub fn reasons(&self) -> &[Why] {
        &self.reasons
    }

    /// Writes a cell at `place`: column and row, from 0.
    pub fn put(&self, out: &mut impl Write, cell: &DataCell, place: (usize, usize)) -> io::Result<()> {
        let text = if let DataCell::Text(text) = cell { text.as_bytes() } else { &[] };
        match self.stored {
            Stored::Short(width) => {
                out.write_all(text)?;
                let zeros = width.saturating_sub(text.len()) as u64;
                io::copy(&mut io::Read::take(io::repeat(0), zeros), out).map(|_| ())
            }
            Stored::LongText if text.is_empty() => out.write_all(&[0; 8]),
            Stored::LongText => {
                out.write_all(&(place.0 as u16 + 1).to_le_bytes())?;
                out.write_all(&(place.1 as u64 + 1).to_le_bytes()[..6])
            }
            _ => self.put_number(out, cell),
        }
    }

    fn put_number(&self, out: &mut impl Write, cell: &DataCell) -> io::Result<()> {
        // `.` is the first that is no number, `.a` the next.
        let missing = match cell {
            DataCell::Missing(why) => Some(1 + why.index() as u8),
            DataCell::Text(_) => Some(0),
            _ => None,
        };
        let number = number(cell).unwrap_or(0.0);
        match (self.stored, missing) {
            (Stored::Byte, None) => out.write_all(&(number as i8).to_le_bytes()),
            (Stored::Byte, Some(place)) => out.write_all(&(101 + place as i8).to_le_bytes()),
            (Stored::Int, None) => out.write_all(&(number as i16).to_le_bytes()),
            (Stored::Int, Some(place)) => out.write_all(&(32_741 + i16::from(place)).to_le_bytes()),
            (Stored::Long, None) => out.write_all(&(number as i32).to_le_bytes()),
            (Stored::Long, Some(place)) => out.write_all(&(2_147_483_621 + i32::from(place)).to_le_bytes()),
            (_, None) => out.write_all(&number.to_le_bytes()),
            (_, Some(place)) => out.write_all(&(MISSING + u64::from(place) * NEXT_MISSING).to_le_bytes()),
        }
    }
}

fn number(cell: &DataCell) -> Option<f64> {
    match cell {
        DataCell::Number(number) => Some(*number),
        DataCell::Day(day) => Some(f64::from(*day) + DAYS),
        DataCell::Instant(at) => Some(*at as f64 + MILLISECONDS),
        DataCell::Text(_) | DataCell::Missing(_) => None,
    }
}

fn smallest(numbers: impl Iterator<Item = f64>) -> Stored {
    let (mut low, mut high) = (0.0_f64, 0.0_f64);
    for number in numbers {
        if number.fract() != 0.0 {
            return Stored::Double;
        }
        (low, high) = (low.min(number), high.max(number));
    }
    let within = |least: f64, most: f64| least <= low && high <= most;
    if within(-127.0, 100.0) {
        Stored::Byte
    } else if within(-32_767.0, 32_740.0) {
        Stored::Int
    } else if within(-2_147_483_647.0, 2_147_483_620.0) {
        Stored::Long
    } else {
        Stored::Double
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_type_that_holds_the_column() {
        assert_eq!(smallest([1.0, 100.0].into_iter()), Stored::Byte);
        assert_eq!(smallest([1.0, 101.0].into_iter()), Stored::Int);
        assert_eq!(smallest([-32_768.0].into_iter()), Stored::Long);
        assert_eq!(smallest([3e9].into_iter()), Stored::Double);
        assert_eq!(smallest([0.5].into_iter()), Stored::Double);
    }

    #[test]
    fn the_largest_double_that_stata_takes_for_a_number_is_below_its_missing_values() {
        assert!(8.9e307 < f64::from_bits(MISSING));
        assert!(f64::from_bits(MISSING) < f64::from_bits(MISSING + NEXT_MISSING));
    }
}
