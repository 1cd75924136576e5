//! A labelled table: what a classifier learns from.
//!
//! Reads the whole file, because every fit needs it. Rows without a label were not coded and are left out with a remark. All
//! misspelt labels are reported at once.

use std::collections::BTreeMap;

use super::{NUMBER_HELP, TableError, TableSource};
use crate::classify::dataset::Dataset;
use crate::instrument::RelationalModel;
use crate::instrument::numeral::Sign;
use crate::texts::remarks::{list, plural};

/// How to fix a group whose name looks like a missing value.
const GROUP_HELP: &str = "leave the row out of the table, or give the group another name";

/// The roles of a table's columns.
#[derive(Debug, Clone, Copy)]
pub struct LabelledColumns<'a> {
    /// The column with the labels.
    pub label: &'a str,
    /// Columns that are no features.
    pub ignore: &'a [String],
    /// Texts that mean "missing".
    pub missing: &'a [String],
    /// The decimal sign; `None` to infer it for each column.
    pub decimal: Option<Sign>,
    /// Columns that are not features and are returned as text.
    pub extra: &'a [&'a str],
    /// The features, in this order; `None` for all other columns.
    pub wanted: Option<&'a [String]>,
}

/// A table read.
pub struct Labelled {
    /// Features and labels.
    pub data: Dataset,
    /// Place of each row among the rows of the file, from 1.
    pub rows: Vec<usize>,
    /// Line of each row in the file, as an editor counts.
    pub lines: Vec<u64>,
    /// For each extra column that was asked for, its text in each row.
    pub extra: Vec<Vec<String>>,
}

impl LabelledColumns<'_> {
    /// Reads a table to its end.
    ///
    /// # Errors
    /// Cells that are none of numbers, labels that name no model, and what is no table to learn from.
    pub fn read(self, mut source: TableSource) -> Result<Labelled, TableError> {
        let label_at = source.header.column(self.label)?;
        let extra_at =
            self.extra.iter().map(|name| source.header.column(name)).collect::<Result<Vec<_>, _>>()?;
        let mut skipped = vec![label_at];
        skipped.extend(&extra_at);
        skipped.extend(source.header.columns(self.ignore)?);
        let mut nameless = Vec::new();
        let features: Vec<usize> = match self.wanted {
            Some(names) => names.iter().map(|name| source.header.column(name)).collect::<Result<_, _>>()?,
            None => {
                nameless = source.header.nameless();
                nameless.retain(|at| !skipped.contains(at));
                source.header.named(&skipped)?
            }
        };
        let mut numbers = source.numbers(&features, self.missing, self.decimal)?;
        let (mut values, mut labels, mut rows, mut lines) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut texts = vec![Vec::new(); self.extra.len()];
        let mut misspelt: BTreeMap<String, usize> = BTreeMap::new();
        let mut without = Vec::new();
        let mut count = 0;
        while source.advance()? {
            count += 1;
            let named = source.cell(label_at);
            if numbers.missing.is(named) {
                without.push(source.line().to_string());
                continue;
            }
            let Some(model) = RelationalModel::typed(named) else {
                *misspelt.entry(named.to_owned()).or_default() += 1;
                continue;
            };
            for (place, &at) in features.iter().enumerate() {
                match numbers.read(place, source.cell(at), source.line()) {
                    Ok(value) => values.push(value.unwrap_or(f64::NAN)),
                    Err(why) => {
                        let name = source.header.name(at);
                        return Err(source.fault(&format!("column `{name}`: {why}")).help(NUMBER_HELP));
                    }
                }
            }
            for (texts, &at) in texts.iter_mut().zip(&extra_at) {
                let name = numbers.missing.name(source.cell(at), &[]).map_err(|why| {
                    let fault = source.fault(&format!("column `{}`: {why}", source.header.name(at)));
                    fault.help(GROUP_HELP)
                })?;
                texts.push(name.unwrap_or_default().to_owned());
            }
            labels.push(model);
            rows.push(count);
            lines.push(source.line());
        }
        if !misspelt.is_empty() {
            let found: Vec<String> = misspelt.keys().cloned().collect();
            let all: usize = misspelt.values().sum();
            return Err(TableError::new(format!(
                "{} in column `{}` name no relational model: {}",
                plural(all, "label"),
                self.label,
                list(&found)
            ))
            .help("labels are CS, AR, EM, MP or communal_sharing, authority_ranking, equality_matching, market_pricing"));
        }
        source.remark_on_whole(Some(&numbers), &nameless)?;
        if !without.is_empty() {
            source.remark(&format!(
                "left out: {} without a label (line {})",
                plural(without.len(), "row"),
                list(&without).replace('`', "")
            ));
        }
        let names = numbers.names().to_vec();
        let data = Dataset::from_table(names, values, labels, None)
            .map_err(|why| TableError::new(format!("{}: {why}", source.path.display())))?;
        Ok(Labelled { data, rows, lines, extra: texts })
    }
}
