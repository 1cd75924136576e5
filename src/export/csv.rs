//! CSV: UTF-8 with a byte order mark (without one, spreadsheets take it for another encoding), commas, quotes where needed.
//!
//! Numbers and dates as they are, options by the names that the questionnaire gives them. A missing value is an empty
//! cell; why it is missing stands in a second file of the same shape. A text that a spreadsheet would run as a formula gets an
//! apostrophe in front.

use std::borrow::Cow;
use std::io::{self, Write};

use super::folder::put;
use super::{DataCell, DataTable, Export, Exporter, Folder, NotWritten, Variable, Why};
use crate::defuse::spreadsheet;

pub(super) struct Csv;

/// What the second file of a table is called: its name with this.
pub(super) const REASONS: &str = "-missing";
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

impl Exporter for Csv {
    fn id(&self) -> &'static str {
        "csv"
    }

    fn about(&self) -> &'static str {
        "comma-separated values, UTF-8, with a second file that says why values are missing"
    }

    fn missing(&self, table: &DataTable, why: Why) -> String {
        format!("an empty cell; `{}` in {}{REASONS}.csv", why.name(), table.name)
    }

    fn names_options(&self) -> bool {
        true
    }

    fn write(&self, export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
        for table in &export.tables {
            let names = self.names(table);
            folder.file(&format!("{}.csv", table.name), |out| {
                put(out, BYTE_ORDER_MARK)?;
                values(out, table, &names)
            })?;
            folder.file(&format!("{}{REASONS}.csv", table.name), |out| {
                put(out, BYTE_ORDER_MARK)?;
                reasons(out, table, &names)
            })?;
        }
        Ok(())
    }
}

/// Writes what the cells hold.
pub(super) fn values(out: &mut impl Write, table: &DataTable, names: &[String]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(names)?;
    for row in &table.rows {
        for (cell, variable) in row.iter().zip(&table.variables) {
            writer.write_field(shown(cell, variable).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

/// Writes why cells are empty: the word of the reason where one is, nothing elsewhere.
pub(super) fn reasons(out: &mut impl Write, table: &DataTable, names: &[String]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(names)?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| match cell {
            DataCell::Missing(why) => why.name(),
            _ => "",
        }))?;
    }
    writer.flush()
}

fn shown<'a>(cell: &'a DataCell, variable: &'a Variable) -> Cow<'a, str> {
    match cell {
        DataCell::Number(number) => {
            match variable.label_of(*number).and_then(|value| value.name.as_deref()) {
                Some(name) => Cow::Borrowed(name),
                None => Cow::Owned(number.to_string()),
            }
        }
        DataCell::Text(text) => spreadsheet::guarded(text),
        DataCell::Day(day) => Cow::Owned(iso_day(*day)),
        DataCell::Instant(at) => Cow::Owned(iso_instant(*at)),
        DataCell::Missing(_) => Cow::Borrowed(""),
    }
}

/// `2026-01-31`.
pub(super) fn iso_day(day: i32) -> String {
    use jiff::ToSpan;
    jiff::civil::date(1970, 1, 1).checked_add(day.days()).map(|day| day.to_string()).unwrap_or_default()
}

/// `2026-01-31T09:30:00.250Z`; the milliseconds only where there are some.
pub(super) fn iso_instant(at: i64) -> String {
    let format = if at % 1_000 == 0 { "%Y-%m-%dT%H:%M:%SZ" } else { "%Y-%m-%dT%H:%M:%S.%3fZ" };
    jiff::Timestamp::from_millisecond(at).map(|at| at.strftime(format).to_string()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_instants_are_iso() {
        assert_eq!(iso_day(0), "1970-01-01");
        assert_eq!(iso_day(-719_162), "0001-01-01");
        assert_eq!(iso_instant(1_767_600_000_000), "2026-01-05T08:00:00Z");
        assert_eq!(iso_instant(1_767_600_000_250), "2026-01-05T08:00:00.250Z");
    }
}
