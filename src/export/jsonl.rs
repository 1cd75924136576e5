//! JSON Lines: one object a row that explains itself, for programs. Values under the names of their variables, then
//! `labels` with the words of labelled values, and `missing` with the reason of everything that is missing.

use std::io::Write;

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::csv::{iso_day, iso_instant};
use super::{DataCell, DataTable, Export, Exporter, Folder, NotWritten, Variable, Why};

pub(super) struct Jsonl;

impl Exporter for Jsonl {
    fn id(&self) -> &'static str {
        "jsonl"
    }

    fn about(&self) -> &'static str {
        "JSON Lines: one self-describing object a row, for programs"
    }

    fn missing(&self, _: &DataTable, why: Why) -> String {
        format!("`\"missing\": {{…: \"{}\"}}`", why.name())
    }

    fn names_options(&self) -> bool {
        true
    }

    fn write(&self, export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
        for table in &export.tables {
            folder.file(&format!("{}.jsonl", table.name), |out| {
                for cells in &table.rows {
                    serde_json::to_writer(&mut *out, &JsonRecord { table, cells })?;
                    out.write_all(b"\n")?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}

struct JsonRecord<'a> {
    table: &'a DataTable,
    cells: &'a [DataCell],
}

impl JsonRecord<'_> {
    fn pairs(&self) -> impl Iterator<Item = (&Variable, &DataCell)> + Clone {
        self.table.variables.iter().zip(self.cells)
    }
}

impl Serialize for JsonRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("table", &self.table.name)?;
        map.serialize_entry("values", &Values(self))?;
        map.serialize_entry("labels", &Labels(self))?;
        map.serialize_entry("missing", &MissingReasons(self))?;
        map.end()
    }
}

struct Values<'a>(&'a JsonRecord<'a>);

impl Serialize for Values<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (variable, cell) in self.0.pairs() {
            match cell {
                DataCell::Number(number) => {
                    match variable.label_of(*number).and_then(|value| value.name.as_ref()) {
                        Some(name) => map.serialize_entry(&variable.name, name)?,
                        // A whole number is written as one.
                        None if number.fract() == 0.0 && number.abs() < 9e15 => {
                            map.serialize_entry(&variable.name, &(*number as i64))?;
                        }
                        None => map.serialize_entry(&variable.name, number)?,
                    }
                }
                DataCell::Text(text) => map.serialize_entry(&variable.name, text.as_ref())?,
                DataCell::Day(day) => map.serialize_entry(&variable.name, &iso_day(*day))?,
                DataCell::Instant(at) => map.serialize_entry(&variable.name, &iso_instant(*at))?,
                DataCell::Missing(_) => map.serialize_entry(&variable.name, &())?,
            }
        }
        map.end()
    }
}

struct Labels<'a>(&'a JsonRecord<'a>);

impl Serialize for Labels<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let label = |(variable, cell): (&Variable, &DataCell)| match cell {
            DataCell::Number(number) => {
                variable.label_of(*number).map(|value| (variable.name.clone(), value.label.clone()))
            }
            _ => None,
        };
        serializer.collect_map(self.0.pairs().filter_map(label))
    }
}

struct MissingReasons<'a>(&'a JsonRecord<'a>);

impl Serialize for MissingReasons<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.pairs().filter_map(|(variable, cell)| match cell {
            DataCell::Missing(why) => Some((&variable.name, why.name())),
            _ => None,
        }))
    }
}
