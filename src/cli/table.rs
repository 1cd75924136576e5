//! Listings of results: for people, within the width of their terminal; CSV and JSON for programs. One description, three forms. Owns no levels, labels or reasons of
//! values, which exported tables have, and no readers, which tables of documents have.

mod layout;

use clap::ValueEnum;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

pub(super) use layout::{markdown_table, streamed, streamed_names};

use super::{Failure, output};
use crate::defuse;
use crate::gap::{IndirectMeasure, Verdict};
use crate::instrument::{Language, RelationalModel};
use crate::store::SessionId;

/// How a table is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Aligned columns, numbers rounded; in a narrow terminal a list where columns have no room
    Table,
    /// Comma-separated values, full precision
    Csv,
    /// A list of objects, full precision
    Json,
}

impl Format {
    /// What a session is called: by the end of its id for people, whole for programs.
    pub fn session(self, id: &SessionId) -> String {
        match self {
            Self::Table => id.short(),
            Self::Csv | Self::Json => id.to_string(),
        }
    }

    /// What a model is called: in words for people, by its code for programs.
    pub fn model(self, model: RelationalModel) -> String {
        match self {
            Self::Table => model.plainly(&Language::fallback()),
            Self::Csv | Self::Json => model.name().to_owned(),
        }
    }

    /// What a verdict on the gap is called, likewise.
    pub fn verdict(self, verdict: Verdict) -> String {
        match self {
            Self::Table => verdict.in_words(None, &Language::fallback()).0,
            Self::Csv | Self::Json => verdict.name().to_owned(),
        }
    }

    /// What an indirect measure is called, likewise.
    pub fn measure(self, measure: IndirectMeasure) -> String {
        match self {
            Self::Table => measure.in_words(&Language::fallback()),
            Self::Csv | Self::Json => measure.name().to_owned(),
        }
    }
}

/// Rows under named columns.
#[derive(Debug)]
pub(super) struct Listing {
    columns: Vec<String>,
    rows: Vec<Vec<Value>>,
}

/// What a column is called, and what stands in it for a line.
pub type ListingColumn<'a, T> = (&'a str, &'a dyn Fn(&T) -> Value);

impl Listing {
    pub fn new(columns: &[&str]) -> Self {
        Self { columns: columns.iter().map(|name| (*name).to_owned()).collect(), rows: Vec::new() }
    }

    /// One row for each line: what each column is called, and what stands there.
    pub fn of<T>(lines: &[T], columns: &[ListingColumn<T>]) -> Self {
        let row = |line| columns.iter().map(|(_, value)| value(line)).collect();
        Self {
            columns: columns.iter().map(|(name, _)| (*name).to_owned()).collect(),
            rows: lines.iter().map(row).collect(),
        }
    }

    pub fn columns(&self) -> &[String] {
        &self.columns
    }

    pub fn rows(&self) -> &[Vec<Value>] {
        &self.rows
    }

    /// With one more column behind the others.
    pub fn and(mut self, column: &str) -> Self {
        self.columns.push(column.to_owned());
        self
    }

    /// Without this column.
    pub fn without(self, column: &str) -> Self {
        let kept: Vec<&str> =
            self.columns.iter().map(String::as_str).filter(|name| *name != column).collect();
        self.only(&kept)
    }

    /// With these columns alone, in this order.
    pub fn only(&self, names: &[&str]) -> Self {
        let places: Vec<usize> =
            names.iter().filter_map(|name| self.columns.iter().position(|known| known == name)).collect();
        let pick = |row: &Vec<Value>| places.iter().filter_map(|&at| row.get(at).cloned()).collect();
        let columns = places.iter().map(|&at| self.columns[at].clone()).collect();
        Self { columns, rows: self.rows.iter().map(pick).collect() }
    }

    /// Adds a row: one value for each column.
    pub fn push(&mut self, row: Vec<Value>) {
        debug_assert_eq!(row.len(), self.columns.len());
        self.rows.push(row);
    }

    pub fn to_text(&self, format: Format) -> Result<String, Failure> {
        match format {
            Format::Table => Ok(self.for_people()),
            Format::Csv => self.csv().map_err(|why| Failure::refused(format!("no CSV could be made: {why}"))),
            Format::Json => pretty_json(self),
        }
    }

    /// Aligned for people, within the width of their terminal.
    pub fn for_people(&self) -> String {
        layout::text(self, output::columns())
    }

    fn csv(&self) -> Result<String, Box<dyn std::error::Error>> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(plain))?;
        }
        Ok(String::from_utf8(writer.into_inner()?)?)
    }
}

/// What a command prints for programs.
pub(super) fn pretty_json(value: &impl Serialize) -> Result<String, Failure> {
    serde_json::to_string_pretty(value).map(|text| text + "\n").map_err(no_json)
}

pub(super) fn no_json(why: serde_json::Error) -> Failure {
    Failure::refused(format!("no JSON could be made: {why}"))
}

/// Keeps a text with line breaks on one row.
fn one_line(text: &str) -> String {
    defuse::line(text).into_owned()
}

pub(super) fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

pub(super) fn rounded(value: &Value) -> String {
    match value {
        Value::Number(number) if number.is_f64() => format!("{:.3}", number.as_f64().unwrap_or_default()),
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::Null => layout::NONE.into(),
        other => plain(other),
    }
}

/// One row as an object whose keys keep the order of the columns.
pub(super) struct ListingRow<'a, N>(pub &'a [N], pub &'a [Value]);

impl<N: AsRef<str>> Serialize for ListingRow<'_, N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (column, value) in self.0.iter().zip(self.1) {
            map.serialize_entry(column.as_ref(), value)?;
        }
        map.end()
    }
}

impl Serialize for Listing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.rows.len()))?;
        for row in &self.rows {
            list.serialize_element(&ListingRow(&self.columns, row))?;
        }
        list.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Listing {
        let mut table = Listing::new(&["who", "p", "open"]);
        table.push(vec!["Zoë".into(), 0.123_456_789.into(), true.into()]);
        table.push(vec!["a, b".into(), Value::Null, false.into()]);
        table
    }

    #[test]
    fn three_forms_of_one_table() {
        assert_eq!(
            table().to_text(Format::Table).unwrap(),
            "who       p  open\nZoë   0.123  yes\na, b      –  no\n"
        );
        assert_eq!(
            table().to_text(Format::Csv).unwrap(),
            "who,p,open\nZoë,0.123456789,true\n\"a, b\",,false\n"
        );
        let json = table().to_text(Format::Json).unwrap();
        assert!(json.find("\"who\"").unwrap() < json.find("\"p\"").unwrap());
        assert!(json.contains("\"p\": null"));
    }
}
