//! Reads many rows of a table at once. Only a reader from the beginning knows where a row ends, so rows are split one after the
//! other; their cells are parsed on all cores, while the next rows are split.
//!
//! Owns that the result and every error are the same as when reading cell by cell; refuses to hold more than two batches.

use super::{NUMBER_HELP, Numbers, TableError, TableSource};
use crate::psychometrics::parallel;

/// The most rows, and bytes, held together: a table may be very wide, and rows split by one thread should still be in the
/// processor's cache when another one parses them.
const ROWS: usize = 4_096;
const BYTES: usize = 4 << 20;
/// Rows parsed together: small enough that every core gets some.
const PART: usize = 256;

/// Rows as they stand in the file.
#[derive(Default)]
struct Batch {
    records: Vec<csv::StringRecord>,
    /// How many of them are filled.
    rows: usize,
    /// Why the next row can't be read.
    fault: Option<TableError>,
}

impl Batch {
    fn fill(&mut self, source: &mut TableSource) {
        (self.rows, self.fault) = (0, None);
        let mut bytes = 0;
        while self.rows < ROWS && bytes < BYTES {
            match source.advance() {
                Ok(true) => {}
                Ok(false) => return,
                Err(why) => {
                    self.fault = Some(why);
                    return;
                }
            }
            if self.rows == self.records.len() {
                self.records.push(csv::StringRecord::new());
            }
            std::mem::swap(&mut self.records[self.rows], &mut source.record);
            bytes += self.records[self.rows].as_slice().len();
            self.rows += 1;
        }
    }
}

/// Rows with the numbers in them.
pub struct RowBatch<'a> {
    /// As they stand in the file.
    pub records: &'a [csv::StringRecord],
    /// The numbers of each row, one row after the other, NaN being missing.
    pub values: Vec<f64>,
    /// Cells that may reveal something about their column: row and place.
    open: Vec<(usize, usize)>,
}

/// What is wrong with a cell.
struct Fault {
    line: u64,
    what: String,
    /// Whether it is no number.
    number: bool,
}

/// What one thread does.
enum Task<'next, 'rows> {
    Fill(&'next mut Batch, &'next mut TableSource),
    Read(&'rows [csv::StringRecord]),
}

/// The columns of a table that are read as numbers.
pub struct FeatureColumns<'a> {
    /// Their places.
    pub places: &'a [usize],
    /// Their names in error messages.
    pub names: &'a [String],
    /// The error for a row without a value; `None` where values may be missing.
    pub missing: Option<fn(&str) -> String>,
}

impl FeatureColumns<'_> {
    /// Reads a table to its end. The results of `work` on parts, on all cores, are passed to `then` in the order of the file,
    /// with whether later rows can still change how any number so far is read. Remarks on the format come before any result.
    ///
    /// # Errors
    /// The first cell or row that cannot be read, and what `work` and `then` refuse.
    pub fn read<R: Send, E: From<TableError> + Send>(
        &self,
        source: &mut TableSource,
        numbers: &mut Numbers,
        work: impl Fn(&RowBatch<'_>) -> Result<R, E> + Sync,
        mut then: impl FnMut(R, bool) -> Result<(), E>,
    ) -> Result<(), E> {
        let (mut batch, mut next) = (Batch::default(), Batch::default());
        batch.fill(source);
        let mut first = true;
        while batch.rows > 0 || batch.fault.is_some() {
            let mut tasks: Vec<Task<'_, '_>> = Vec::new();
            match batch.fault {
                Some(_) => (next.rows, next.fault) = (0, None),
                None => tasks.push(Task::Fill(&mut next, source)),
            }
            tasks.extend(batch.records[..batch.rows].chunks(PART).map(Task::Read));
            let known = &*numbers;
            let parts = parallel::map(tasks, |task| match task {
                Task::Fill(next, source) => {
                    next.fill(source);
                    None
                }
                Task::Read(records) => Some(self.known(known, records)),
            });
            let mut parts: Vec<RowBatch<'_>> = parts.into_iter().flatten().collect();
            for part in &mut parts {
                self.learn(part, numbers).map_err(|fault| {
                    let refused = source.fault_at(fault.line, &fault.what);
                    if fault.number { refused.help(NUMBER_HELP) } else { refused }
                })?;
            }
            let settled = numbers.are_settled();
            if std::mem::take(&mut first) {
                source.remark_on_format(Some(numbers))?;
            }
            if let Some(why) = batch.fault.take() {
                return Err(why.into());
            }
            for result in parallel::map(parts, |part| work(&part)) {
                then(result?, settled)?;
            }
            std::mem::swap(&mut batch, &mut next);
        }
        Ok(())
    }

    /// The numbers of some rows, as far as they are known without any order.
    fn known<'a>(&self, numbers: &Numbers, records: &'a [csv::StringRecord]) -> RowBatch<'a> {
        let mut part = RowBatch {
            records,
            values: Vec::with_capacity(records.len() * self.places.len()),
            open: Vec::new(),
        };
        for (row, record) in records.iter().enumerate() {
            for (place, &at) in self.places.iter().enumerate() {
                let value = match numbers.known(place, record.get(at).unwrap_or_default().trim()) {
                    Some(Some(value)) => value,
                    Some(None) if self.missing.is_none() => f64::NAN,
                    _ => {
                        part.open.push((row, place));
                        f64::NAN
                    }
                };
                part.values.push(value);
            }
        }
        part
    }

    /// Reads the undecided cells, one after the other.
    fn learn(&self, part: &mut RowBatch<'_>, numbers: &mut Numbers) -> Result<(), Fault> {
        for &(row, place) in &part.open {
            let record = &part.records[row];
            let line = record.position().map_or(0, csv::Position::line);
            let cell = record.get(self.places[place]).unwrap_or_default().trim();
            let name = &self.names[place];
            let value = match (numbers.read(place, cell, line), self.missing) {
                (Ok(None), Some(why)) => return Err(Fault { line, what: why(name), number: false }),
                (Ok(value), _) => value,
                (Err(why), _) => {
                    return Err(Fault { line, what: format!("column `{name}`: {why}"), number: true });
                }
            };
            part.values[row * self.places.len() + place] = value.unwrap_or(f64::NAN);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;
    use std::path::Path;

    use super::*;

    const NAMES: [&str; 2] = ["a", "b"];

    /// The numbers of a table that is longer than a batch, or what is wrong with it.
    fn read(text: String, missing: &[String], complete: bool) -> Result<Vec<f64>, String> {
        let mut source =
            TableSource::read(Path::new("t.csv"), Box::new(Cursor::new(text.into_bytes())), |_| ()).unwrap();
        let mut numbers = source.numbers(&[0, 1], missing, None).unwrap();
        let columns = FeatureColumns {
            places: &[0, 1],
            names: &NAMES.map(str::to_owned),
            missing: complete.then_some(|name: &str| format!("no {name}")),
        };
        let mut all = Vec::new();
        let then = |values, _| {
            all.extend::<Vec<f64>>(values);
            Ok(())
        };
        let done = columns.read(&mut source, &mut numbers, |part| Ok(part.values.clone()), then);
        done.map(|()| all).map_err(|why: TableError| why.to_string())
    }

    fn lines() -> Vec<String> {
        // Long enough that the head of the file, which is examined beforehand, ends in the first batch.
        let note = "n".repeat(80);
        let rows = (0..2 * ROWS + 100).map(|row| format!("{row},{}.25,{note}", row % 7));
        std::iter::once("a,b,c".to_owned()).chain(rows).collect()
    }

    fn with(changes: &[(usize, &str)]) -> String {
        let mut lines = lines();
        // As an editor counts.
        changes.iter().for_each(|(line, text)| (*text).clone_into(&mut lines[line - 1]));
        lines.join("\n")
    }

    #[test]
    fn every_row_is_read_in_its_place() {
        let all = read(with(&[(5, "-9,1.5,x"), (5_000, ",1,x")]), &[], false).unwrap();
        assert_eq!(all.len(), 2 * (2 * ROWS + 100));
        assert_eq!((all[6], all[7], all[2 * 4_998 + 1]), (-9.0, 1.5, 1.0));
        assert!(all[2 * 4_998].is_nan());
        for row in [0, PART - 1, PART, ROWS - 1, ROWS, 2 * ROWS + 99] {
            if row != 3 {
                assert_eq!(all[2 * row..][..2], [row as f64, (row % 7) as f64 + 0.25]);
            }
        }
        assert_eq!(read("a,b,c\n".into(), &[], false), Ok(Vec::new()));
    }

    #[test]
    fn the_first_fault_is_named_with_its_line() {
        for (changes, complete, what) in [
            (&[(5_000, "x,1,y"), (6_000, "z,1,y")][..], false, "line 5000: column `a`: `x` is not"),
            (&[(5_000, "x,1,y"), (4_999, "1,2")], false, "line 4999: 2 cells"),
            (&[(5_000, "x,1,y"), (5_001, "1,2")], false, "line 5000: column `a`: `x` is not"),
            (&[(2, "1,2,3,4")], false, "line 2: 4 cells"),
            (&[(4_500, "1,,y"), (4_501, "x,1,y")], true, "line 4500: no b"),
            // What is learnt in one batch holds in the next, and in the same one.
            (
                &[(4_300, "1.204.000,1,y"), (4_301, "812.5,1,y")],
                false,
                "line 4301: column `a`: `812.5` has a decimal point, and `1.204.000` in line 4300",
            ),
            (&[(300, "\"812,5\",1,y"), (8_200, "1.204,1,y")], false, "`812,5` in line 300"),
        ] {
            let why = read(with(changes), &[], complete).unwrap_err();
            assert!(why.contains(what), "{changes:?}: {why}");
        }
        let all = read(with(&[(5, "-9,1.5,x"), (5_000, "-9.0,1,x")]), &["-9".into()], false).unwrap();
        assert!(all[6].is_nan() && all[2 * 4_998].is_nan());
    }
}
