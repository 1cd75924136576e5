//! Reasons why texts are missing, for formats whose texts have no missing values of their own: a column beside the text
//! that says whether there is one, and if not, why.

use super::{DataCell, DataTable, Export, ValueLabel, ValueType, Variable, Why};
use crate::instrument::Language;
use crate::instrument::kinds::Level;
use crate::text;

/// What the new column is called: the name of its text with this.
const ENDING: &str = "_missing";

/// All tables of an export, each with its columns of reasons.
pub(super) fn beside_all_texts(export: &Export) -> Export {
    let tables = export.tables.iter().map(|table| beside_texts(table, &export.language)).collect();
    Export {
        tables,
        title: export.title.clone(),
        about: export.about.clone(),
        language: export.language.clone(),
        metadata: export.metadata.clone(),
        made: export.made,
    }
}

/// The table with a column of reasons beside every text that is missing somewhere. Its numbers are 0 = there is a text,
/// and from 1 on the reasons in the order of [`Why::ALL`].
fn beside_texts(table: &DataTable, language: &Language) -> DataTable {
    let wanted: Vec<bool> = table
        .variables
        .iter()
        .enumerate()
        .map(|(at, variable)| variable.kind == ValueType::Text && !table.reasons(at).is_empty())
        .collect();
    if !wanted.contains(&true) {
        return table.clone();
    }
    let spread = |variable: &Variable, wanted: bool| {
        let beside = wanted.then(|| reason_of(variable, language));
        [Some(variable.clone()), beside].into_iter().flatten()
    };
    let variables =
        table.variables.iter().zip(&wanted).flat_map(|(variable, wanted)| spread(variable, *wanted));
    let cells = |row: &Vec<DataCell>| {
        let mut cells = Vec::with_capacity(row.len() + wanted.len());
        for (cell, wanted) in row.iter().zip(&wanted) {
            cells.push(cell.clone());
            if *wanted {
                cells.push(DataCell::Number(match cell {
                    DataCell::Missing(why) => code(*why),
                    _ => 0.0,
                }));
            }
        }
        cells
    };
    DataTable {
        name: table.name.clone(),
        label: table.label.clone(),
        variables: variables.collect(),
        rows: table.rows.iter().map(cells).collect(),
    }
}

fn code(why: Why) -> f64 {
    (why.index() + 1) as f64
}

fn reason_of(variable: &Variable, language: &Language) -> Variable {
    let label = text!(language, "export-reasons-why-no-text") + &variable.label;
    let given = ValueLabel {
        code: 0.0,
        name: Some("given".into()),
        label: text!(language, "export-reasons-there-is-one"),
    };
    let reason =
        |why: Why| ValueLabel { code: code(why), name: Some(why.name().into()), label: why.label(language) };
    Variable {
        name: format!("{}{ENDING}", variable.name),
        label,
        level: Level::Nominal,
        kind: ValueType::Number,
        values: std::iter::once(given).chain(Why::ALL.map(reason)).collect(),
        free: false,
        section: variable.section,
        origin: variable.origin.clone(),
    }
}

/// Numbers that stand for the reasons, in the order of [`Why::ALL`]: −999 … −991, or as many nines more as it takes to lie
/// below every number of the table.
pub(super) fn codes(table: &DataTable) -> [f64; Why::ALL.len()] {
    let number = |cell: &DataCell| match cell {
        DataCell::Number(number) => *number,
        // As SPSS counts days and instants: only before 1583 can they be negative.
        DataCell::Day(day) => (f64::from(*day) + DAYS_TO_1970) * SECONDS_A_DAY,
        DataCell::Instant(at) => *at as f64 / 1000.0 + DAYS_TO_1970 * SECONDS_A_DAY,
        DataCell::Text(_) | DataCell::Missing(_) => 0.0,
    };
    let lowest = table.rows.iter().flatten().map(number).fold(0.0, f64::min);
    let mut power = 1_000.0;
    while lowest <= 10.0 - power {
        power *= 10.0;
    }
    std::array::from_fn(|at| 1.0 - power + at as f64)
}

/// Days from 1582-10-14, where SPSS begins to count, to 1970-01-01.
pub(super) const DAYS_TO_1970: f64 = 141_428.0;
pub(super) const SECONDS_A_DAY: f64 = 86_400.0;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::VariableGroup;

    fn table(cells: Vec<DataCell>) -> DataTable {
        let variable = Variable::new("x", "X", ValueType::Text, VariableGroup::Answers);
        let rows = cells.into_iter().map(|cell| vec![cell]).collect();
        DataTable { name: "t".into(), label: "T".into(), variables: vec![variable], rows }
    }

    #[test]
    fn codes_lie_below_every_number() {
        let of = |number: f64| codes(&table(vec![DataCell::Number(number)]));
        assert_eq!(of(3.0), [-999.0, -998.0, -997.0, -996.0, -995.0, -994.0, -993.0, -992.0, -991.0]);
        assert_eq!(of(-989.0)[0], -999.0);
        assert_eq!(of(-990.0)[0], -9_999.0);
        assert_eq!(of(-1e6)[5], -9_999_994.0);
    }

    #[test]
    fn a_text_gets_a_column_of_reasons_only_where_one_is_missing() {
        let english = Language::new("en");
        let whole = beside_texts(&table(vec![DataCell::text("a")]), &english);
        assert_eq!(whole.variables.len(), 1);
        let table = table(vec![DataCell::text("a"), DataCell::Missing(Why::Declined)]);
        let beside = beside_texts(&table, &english);
        assert_eq!(beside.variables[1].name, "x_missing");
        assert_eq!(beside.rows[0][1], DataCell::Number(0.0));
        let DataCell::Number(code) = beside.rows[1][1] else { panic!("{:?}", beside.rows) };
        assert_eq!(beside.variables[1].label_of(code).unwrap().label, "declined");
    }
}
