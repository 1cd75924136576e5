//! Reading a table of numbers or names for `stats`. Owns which columns count and every complaint about cells, by line and column;
//! refuses to take a broken cell for a missing one.

use std::collections::BTreeSet;
use std::path::PathBuf;

use clap::Args;

use crate::cli::columns::{self, CellArgs, NAMING, text};
use crate::cli::{Failure, list, remark};
use crate::import::table::{BrokenCells, ColumnNames, NUMBER_HELP, Numbers, TableSource};

/// How to mend a code that may be none.
const CODE_HELP: &str = "say that it is missing (--missing NA), or that it is a code by listing all of them (--categories NA,CS,AR)";

/// The file, and what of it counts.
#[derive(Debug, Clone, Args)]
pub(super) struct InputArgs {
    /// CSV file with a header, separated by commas, semicolons or tabs; `-` reads standard input
    #[arg(long, short, value_name = "FILE")]
    pub input: PathBuf,

    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, value_parser = text, help = format!("Columns to use, all that have a name by default ({NAMING})"))]
    pub items: Vec<String>,

    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, value_parser = text, help = format!("Columns to leave out, such as an id ({NAMING})"))]
    pub ignore: Vec<String>,

    #[command(flatten)]
    pub cells: CellArgs,
}

/// A table without its header.
#[derive(Debug)]
pub(super) struct Data<T> {
    pub names: Vec<String>,
    pub rows: Vec<Vec<Option<T>>>,
    header: ColumnNames,
    places: Vec<usize>,
}

impl<T: Copy> Data<T> {
    /// One column from top to bottom.
    pub fn column(&self, at: usize) -> Vec<Option<T>> {
        self.rows.iter().map(|row| row.get(at).copied().flatten()).collect()
    }
}

impl<T> Data<T> {
    /// The place of a named column among those that are used.
    pub fn which(&self, typed: &[String]) -> Result<Vec<usize>, Failure> {
        let found = self.header.columns(typed)?.into_iter().map(|at| {
            self.places.iter().position(|place| *place == at).ok_or_else(|| {
                Failure::refused(format!(
                    "`{}` is to be reversed and is none of the items",
                    self.header.name(at)
                ))
                .help(format!("the items are {}", list(&self.names)))
            })
        });
        found.collect()
    }
}

/// What columns are called that say which row it is.
const LABELS: [&str; 8] = ["id", "unit", "case", "row", "item", "subject", "respondent", "session"];
/// In fewer rows a rater may well give each another value.
const ROWS_TO_TELL: usize = 5;

impl<T: ToString> Data<T> {
    /// Columns that seem to say which row it is: by their name, or because no two of their words or whole numbers are alike where those
    /// of another column are.
    fn labels(&self) -> Vec<String> {
        let all_differ = |at: usize| {
            let values: Vec<String> =
                self.rows.iter().filter_map(|row| Some(row.get(at)?.as_ref()?.to_string())).collect();
            let different: BTreeSet<&String> = values.iter().collect();
            values.len() >= ROWS_TO_TELL
                && different.len() == values.len()
                && !values.iter().any(|value| value.contains(['.', ',']))
        };
        let differ: Vec<bool> = (0..self.names.len()).map(all_differ).collect();
        let some_repeat = differ.contains(&false);
        let named = |name: &str| LABELS.iter().any(|label| label.eq_ignore_ascii_case(name));
        let found =
            self.names.iter().zip(&differ).filter(|(name, differ)| named(name) || (**differ && some_repeat));
        found.map(|(name, _)| name.clone()).collect()
    }
}

/// Which columns are read, and which were passed over because they have no name.
struct Chosen {
    places: Vec<usize>,
    nameless: Vec<usize>,
}

impl InputArgs {
    /// The table as numbers. `check` sees the place of the column and the value and says what is wrong with it.
    pub fn numbers(
        &self,
        check: impl FnMut(usize, f64) -> Result<f64, String>,
    ) -> Result<Data<f64>, Failure> {
        self.numbers_of(columns::open(&self.input)?, check)
    }

    fn numbers_of(
        &self,
        source: TableSource,
        mut check: impl FnMut(usize, f64) -> Result<f64, String>,
    ) -> Result<Data<f64>, Failure> {
        self.read(source, NUMBER_HELP, |numbers, place, cell, line| {
            numbers.read(place, cell, line)?.map(|value| check(place, value)).transpose()
        })
    }

    /// One column of numbers: the one that was asked for, the only one, or the one called `usual`. `flag` asks for another.
    pub fn one_of_many(
        &self,
        usual: &str,
        flag: &str,
        mut check: impl FnMut(f64) -> Result<f64, String>,
    ) -> Result<Data<f64>, Failure> {
        let source = columns::open(&self.input)?;
        let place = match (self.items.first(), source.header.exactly(usual)?) {
            (Some(asked), _) => source.header.column(asked)?,
            (None, Some(usual)) => usual,
            (None, None) if source.header.count() == 1 => 0,
            (None, None) => {
                return Err(Failure::refused(format!("name the column with {flag}"))
                    .help(format!("the columns are {}", list(&source.header.shown()))));
            }
        };
        let items = vec![format!("#{}", place + 1)];
        Self { items, ..self.clone() }.numbers_of(source, |_, value| check(value))
    }

    /// The table as names. A text by which programs write that a value is missing is a name where it is one of `known` only.
    pub fn names(&self, known: &[String]) -> Result<Data<String>, Failure> {
        self.read(columns::open(&self.input)?, CODE_HELP, |numbers, _, cell, _| {
            Ok(numbers.missing.name(cell, known)?.map(str::to_owned))
        })
    }

    /// Remarks on columns that count as a `rater` and seem to say which row it is, unless all columns were named.
    pub fn remark_on_labels<T: ToString>(&self, data: &Data<T>, rater: &str) {
        for name in data.labels().iter().filter(|_| self.items.is_empty()) {
            remark(&format!(
                "`{name}` counts as a {rater}; if it only says which row it is, leave it out (--ignore {name})"
            ));
        }
    }

    fn read<T>(
        &self,
        mut source: TableSource,
        help: &str,
        mut cell: impl FnMut(&mut Numbers, usize, &str, u64) -> Result<Option<T>, String>,
    ) -> Result<Data<T>, Failure> {
        let Chosen { places, nameless } = self.columns(&source.header)?;
        let mut numbers = source.numbers(&places, &self.cells.missing, self.cells.decimal)?;
        let names = numbers.names().to_vec();
        let (mut rows, mut broken) = (Vec::new(), BrokenCells::default());
        while source.advance()? {
            let line = source.line();
            let mut row = Vec::with_capacity(places.len());
            for (place, column) in places.iter().enumerate() {
                match cell(&mut numbers, place, source.cell(*column), line) {
                    Ok(value) => row.push(value),
                    Err(what) => broken.add(line, &names[place], &what),
                }
            }
            rows.push(row);
        }
        if let Some(refused) = broken.refused(&self.input) {
            return Err(refused.help(help).into());
        }
        if rows.is_empty() {
            return Err(Failure::refused(format!("{} has a header and no rows", self.input.display())));
        }
        source.remark_on_whole(Some(&numbers), &nameless)?;
        Ok(Data { names, rows, header: source.header, places })
    }

    fn columns(&self, header: &ColumnNames) -> Result<Chosen, Failure> {
        let ignored = header.columns(&self.ignore)?;
        let (wanted, nameless) = match self.items.is_empty() {
            true => {
                let nameless = header.nameless().into_iter().filter(|at| !ignored.contains(at)).collect();
                (header.named(&ignored)?, nameless)
            }
            false => (header.columns(&self.items)?, Vec::new()),
        };
        for (at, column) in wanted.iter().enumerate() {
            if wanted[..at].contains(column) {
                return Err(Failure::Usage(format!("`{}` is named twice", header.name(*column))));
            }
        }
        let places: Vec<usize> = wanted.into_iter().filter(|column| !ignored.contains(column)).collect();
        if places.is_empty() {
            let help = format!("its columns are {}", list(&header.shown()));
            return Err(Failure::refused("no column is left").help(help));
        }
        Ok(Chosen { places, nameless })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(table: &str) -> Vec<String> {
        let path = PathBuf::from("-");
        let source =
            TableSource::read(&path, Box::new(std::io::Cursor::new(table.to_owned())), |_| ()).unwrap();
        let cells = CellArgs { missing: Vec::new(), decimal: None };
        let args = InputArgs { input: path, items: Vec::new(), ignore: Vec::new(), cells };
        args.numbers_of(source, |_, value| Ok(value)).unwrap().labels()
    }

    #[test]
    fn a_column_that_says_which_row_it_is_is_told_from_raters() {
        assert_eq!(labels("Unit,a,b\n3,1,1\n3,2,2\n"), ["Unit"], "by its name");
        assert_eq!(labels("n,a,b\n11,1,1\n12,2,2\n13,1,1\n14,2,1\n15,3,3\n"), ["n"], "by its values");
        assert!(labels("n,a,b\n1,1,1\n2,2,2\n3,1,1\n4,2,1\n").is_empty(), "four rows do not tell");
        assert!(labels("a,b\n1,1\n2,2\n3,3\n4,4\n5,5\n").is_empty(), "so does every other column");
        assert!(labels("a,b\n1.5,1\n2,2\n3,1\n4,2\n5,5\n").is_empty(), "measurements differ");
    }
}
