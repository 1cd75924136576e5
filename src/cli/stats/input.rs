//! Reading a table of numbers or names for `stats`. Owns which columns count and every complaint about cells, by line and column;
//! refuses to take a broken cell for a missing one.

use std::path::PathBuf;

use clap::Args;

use crate::cli::Failure;
use crate::cli::features::{NUMBER_HELP, Source, list, number};

/// Complaints that are spelt out; a file with one broken column has as many as rows.
const MOST_FAULTS: usize = 10;

/// The file, and what of it counts.
#[derive(Debug, Clone, Args)]
pub(super) struct InputArgs {
    /// CSV file with a header, separated by commas, semicolons or tabs; `-` reads standard input
    #[arg(long, short, value_name = "FILE")]
    pub input: PathBuf,

    /// Columns to use, all by default (several: separate by commas)
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub items: Vec<String>,

    /// Columns to leave out, such as an id
    #[arg(long, value_name = "COLUMN", value_delimiter = ',')]
    pub ignore: Vec<String>,

    /// Texts that mean "missing", besides the empty cell
    #[arg(long, value_name = "TEXT", value_delimiter = ',')]
    pub missing: Vec<String>,
}

/// A table without its header.
#[derive(Debug)]
pub(super) struct Data<T> {
    pub names: Vec<String>,
    pub rows: Vec<Vec<Option<T>>>,
}

impl<T: Copy> Data<T> {
    /// One column from top to bottom.
    pub fn column(&self, at: usize) -> Vec<Option<T>> {
        self.rows.iter().map(|row| row.get(at).copied().flatten()).collect()
    }
}

impl InputArgs {
    /// The table as numbers. `check` sees the place of the column and the value and says what is wrong with it.
    pub fn numbers(
        &self,
        check: impl FnMut(usize, f64) -> Result<f64, String>,
    ) -> Result<Data<f64>, Failure> {
        self.numbers_of(Source::open_any(&self.input)?, check)
    }

    fn numbers_of(
        &self,
        source: Source,
        mut check: impl FnMut(usize, f64) -> Result<f64, String>,
    ) -> Result<Data<f64>, Failure> {
        self.read(source, |column, cell, commas| {
            let value = match commas && cell.matches(',').count() == 1 && !cell.contains('.') {
                true => number(&cell.replace(',', "."), &[])
                    .map_err(|_| format!("`{cell}` is not a finite number")),
                false => number(cell, &[]),
            }?;
            check(column, value)
        })
    }

    /// One column of numbers: the one that was asked for, the only one, or the one called `usual`. `flag` asks for another.
    pub fn one_of_many(
        &self,
        usual: &str,
        flag: &str,
        mut check: impl FnMut(f64) -> Result<f64, String>,
    ) -> Result<Data<f64>, Failure> {
        if !self.items.is_empty() {
            return self.numbers(|_, value| check(value));
        }
        let source = Source::open_any(&self.input)?;
        let items = match source.header.as_slice() {
            [only] => vec![only.clone()],
            several if several.iter().any(|name| name == usual) => vec![usual.to_owned()],
            several => {
                return Err(Failure::refused(format!("name the column with {flag}"))
                    .help(format!("the columns are {}", list(several))));
            }
        };
        Self { items, ..self.clone() }.numbers_of(source, |_, value| check(value))
    }

    /// The table as names.
    pub fn names(&self) -> Result<Data<String>, Failure> {
        self.read(Source::open_any(&self.input)?, |_, cell, _| Ok(cell.to_owned()))
    }

    fn read<T>(
        &self,
        mut source: Source,
        mut cell: impl FnMut(usize, &str, bool) -> Result<T, String>,
    ) -> Result<Data<T>, Failure> {
        let columns = self.columns(&source)?;
        let commas = source.has_decimal_commas();
        let names: Vec<String> = columns.iter().map(|column| source.header[*column].clone()).collect();
        let shown = self.input.display();
        let (mut rows, mut faults, mut count) = (Vec::new(), Vec::new(), 0);
        loop {
            let mut broken = Vec::new();
            let Some(record) = source.next()? else { break };
            let mut row = Vec::with_capacity(columns.len());
            for (place, column) in columns.iter().enumerate() {
                let text = record.get(*column).unwrap_or_default().trim();
                if text.is_empty() || self.missing.iter().any(|missing| missing == text) {
                    row.push(None);
                    continue;
                }
                match cell(place, text, commas) {
                    Ok(value) => row.push(Some(value)),
                    Err(what) => broken.push((place, what)),
                }
            }
            count += broken.len();
            let line = source.line();
            let room = MOST_FAULTS - faults.len();
            let told =
                |(place, what): (usize, String)| format!("line {line}, column `{}`: {what}", names[place]);
            faults.extend(broken.into_iter().take(room).map(told));
            rows.push(row);
        }
        if count > 0 {
            let mut text = format!("{shown} has {count} broken cell{}", if count == 1 { "" } else { "s" });
            faults.iter().for_each(|fault| text += &format!("\n  {fault}"));
            if count > faults.len() {
                text += &format!("\n  and {} more", count - faults.len());
            }
            return Err(Failure::refused(text).help(NUMBER_HELP));
        }
        if rows.is_empty() {
            return Err(Failure::refused(format!("{shown} has a header and no rows")));
        }
        Ok(Data { names, rows })
    }

    fn columns(&self, source: &Source) -> Result<Vec<usize>, Failure> {
        let find = |names: &[String]| -> Result<Vec<usize>, Failure> {
            names.iter().map(|name| source.column(name.trim())).collect()
        };
        let ignored = find(&self.ignore)?;
        let wanted: Vec<usize> = match self.items.is_empty() {
            true => (0..source.header.len()).collect(),
            false => find(&self.items)?,
        };
        for (at, column) in wanted.iter().enumerate() {
            if wanted[..at].contains(column) {
                return Err(Failure::Usage(format!("`{}` is named twice", source.header[*column])));
            }
        }
        let left: Vec<usize> = wanted.into_iter().filter(|column| !ignored.contains(column)).collect();
        if left.is_empty() {
            let help = format!("its columns are {}", list(&source.header));
            return Err(Failure::refused("no column is left").help(help));
        }
        Ok(left)
    }
}
