//! Tables as commands name them: the file, its columns, and what its cells mean.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use clap::Args;

use super::choice::{Choices, one_of};
use super::{Failure, files, list, remark};
use crate::import::table::TableSource;
use crate::instrument::numeral::{Numeral, Sign, numeral};

/// How flags that take columns are explained.
pub(super) const NAMING: &str = "several: repeat, or separate by commas; a name with a comma in it in double quotes or by place, such as #2";

/// Remarks on names in cells that count as different and may be meant as one, such as `1` and `1.0`; `name` is what one of `names` is.
pub(super) fn say_alike<'a>(names: &str, name: &str, cells: impl IntoIterator<Item = &'a str>) {
    let key = |cell: &str| match numeral(cell) {
        Some(read @ Numeral::Sure { value, .. }) if read.keeps(cell) => format!("{value}"),
        _ => cell.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" "),
    };
    let mut same: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let different: BTreeSet<&str> = cells.into_iter().collect();
    different.into_iter().for_each(|cell| same.entry(key(cell)).or_default().push(cell.to_owned()));
    for alike in same.values().filter(|alike| alike.len() > 1) {
        remark(&format!("different {names}, because {name} is a name: {}", list(alike)));
    }
}

/// What of a file is a feature.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct ColumnArgs {
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true, value_parser = text, help = format!("Columns that are no features ({NAMING})"))]
    pub ignore: Vec<String>,

    #[command(flatten)]
    pub cells: CellArgs,
}

/// What the cells of a table mean.
#[derive(Debug, Clone, Default, Args)]
pub(super) struct CellArgs {
    /// Texts that mean "missing", besides the empty cell, such as -9 (several: repeat, or separate by commas; one with a comma in it in
    /// double quotes)
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = text)]
    pub missing: Vec<String>,

    /// The sign that begins the decimals, for columns in which 1.204 or 1,204 could be a thousand; by default each column shows it
    #[arg(long, value_parser = one_of(DECIMALS), value_name = "SIGN")]
    pub decimal: Option<Sign>,
}

pub(super) const DECIMALS: Choices<Sign> = &[
    ("point", "812.5, and 1,204 is a thousand", Sign::Point),
    ("comma", "812,5, and 1.204 is a thousand", Sign::Comma),
];

/// Opens a table, `-` being standard input, and reads its header.
pub(super) fn open(path: &Path) -> Result<TableSource, Failure> {
    let input: Box<dyn Read + Send> = match path == Path::new("-") {
        true => Box::new(std::io::stdin()),
        false => Box::new(files::stream(path)?),
    };
    Ok(TableSource::read(path, input, remark)?)
}

/// A text that may begin with a hyphen, such as `-9`; not one that is a flag whose value was forgotten.
pub(super) fn text(typed: &str) -> Result<String, String> {
    let flag =
        typed.strip_prefix("--").is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()));
    match flag {
        true => Err(format!("it looks like a flag; in quotes it is a text: '\"{typed}\"'")),
        false => Ok(typed.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn a_flag_is_no_text() {
        assert!(
            text("-9").is_ok() && text("--").is_ok() && text("\"--x\"").is_ok() && text("--format").is_err()
        );
    }
}
