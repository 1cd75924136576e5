//! A table that grows while sessions are read: columns appear when they are first needed, and rows are sparse. Two versions of a
//! questionnaire share a column only if its values mean the same.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::{
    DataCell, DataTable, ValueLabel, ValueType, Variable, VariableGroup, VariableOrigin, Why,
};

/// A table in the making.
#[derive(Debug, Default)]
pub(super) struct Builder {
    variables: Vec<Variable>,
    /// Columns by section and the name that was wanted for them.
    wanted: BTreeMap<(VariableGroup, String), Vec<usize>>,
    /// In small letters: programs that do not tell them apart must not find one name twice.
    names: BTreeSet<String>,
    /// Plain numbers by section and name, so that most cells find their column without making its label anew.
    numbers: BTreeMap<VariableGroup, BTreeMap<String, usize>>,
    /// How columns to come came about, by section and the name that will be wanted for them.
    origins: BTreeMap<(VariableGroup, String), VariableOrigin>,
    rows: Vec<Vec<Option<DataCell>>>,
    /// Why a row lacks what was never said of it.
    lacking: Vec<Why>,
}

impl Builder {
    /// The column for this variable: an existing one with the same meaning, or a new one, numbered where its name is taken.
    pub fn column(&mut self, mut variable: Variable) -> usize {
        let key = (variable.section, variable.name.clone());
        let answered = variable.section == VariableGroup::Answers;
        if let Some(origin) = self.origins.get(&key) {
            variable.origin = origin.clone();
        }
        for &at in self.wanted.get(&key).into_iter().flatten() {
            if let Some(known) = self.variables.get_mut(at)
                && agree(known, &variable)
            {
                if answered {
                    known.origin.meets(&variable.origin);
                }
                return at;
            }
        }
        let stem = variable.name.clone();
        let mut number = 2;
        while !self.names.insert(variable.name.to_lowercase()) {
            variable.name = format!("{stem}_{number}");
            number += 1;
        }
        self.variables.push(variable);
        self.wanted.entry(key).or_default().push(self.variables.len() - 1);
        self.variables.len() - 1
    }

    /// Records the origin of a column before it appears; of several versions the first is kept, and a difference is marked.
    pub fn tell(&mut self, section: VariableGroup, name: String, origin: VariableOrigin) {
        self.origins.entry((section, name)).and_modify(|known| known.meets(&origin)).or_insert(origin);
    }

    /// The variable of a column.
    pub fn variable(&self, column: usize) -> Option<&Variable> {
        self.variables.get(column)
    }

    /// Begins a row.
    pub fn begin(&mut self) {
        self.rows.push(vec![None; self.variables.len()]);
        self.lacking.push(Why::NotAsked);
    }

    /// Whatever is not filled in of the last row is missing for this reason.
    pub fn lacks(&mut self, why: Why) {
        self.lacking.pop();
        self.lacking.push(why);
    }

    /// Fills a cell of the last row.
    pub fn set(&mut self, column: usize, cell: DataCell) {
        let width = self.variables.len();
        if let Some(row) = self.rows.last_mut() {
            row.resize(width.max(row.len()), None);
            if let Some(place) = row.get_mut(column) {
                *place = Some(cell);
            }
        }
    }

    /// Fills the cell of a variable that is the same wherever it occurs.
    pub fn put(&mut self, variable: Variable, cell: DataCell) {
        let column = self.column(variable);
        self.set(column, cell);
    }

    /// Fills the cell of a number without labelled values; `label` is asked for its label when it occurs first.
    pub fn put_number(
        &mut self,
        section: VariableGroup,
        name: &str,
        label: impl FnOnce() -> String,
        cell: DataCell,
    ) {
        let known = self.numbers.get(&section).and_then(|of_section| of_section.get(name)).copied();
        let column = known.unwrap_or_else(|| {
            let column = self.column(number(name, label(), section));
            self.numbers.entry(section).or_default().insert(name.to_owned(), column);
            column
        });
        self.set(column, cell);
    }

    /// The table, section by section. What was never said does not apply: not asked, unless the row says otherwise.
    pub fn finish(self, name: &str, label: &str) -> DataTable {
        let mut order: Vec<usize> = (0..self.variables.len()).collect();
        order.sort_by_key(|at| self.variables[*at].section);
        let cell = |row: &mut Vec<Option<DataCell>>, at: usize, why: Why| {
            row.get_mut(at).and_then(Option::take).unwrap_or(DataCell::Missing(why))
        };
        let rows = self.rows.into_iter().zip(self.lacking);
        let rows =
            rows.map(|(mut row, why)| order.iter().map(|&at| cell(&mut row, at, why)).collect()).collect();
        let variables = order.iter().filter_map(|&at| self.variables.get(at).cloned()).collect();
        DataTable { name: name.to_owned(), label: label.to_owned(), variables, rows }
    }
}

/// Whether a column can hold what another version of it records; options that it lacks are added to it then.
fn agree(known: &mut Variable, other: &Variable) -> bool {
    if known.kind != other.kind || known.level != other.level {
        return false;
    }
    if known.values == other.values {
        return true;
    }
    let named = |variable: &Variable| {
        !variable.values.is_empty() && variable.values.iter().all(|value| value.name.is_some())
    };
    if named(known) && named(other) {
        for value in &other.values {
            if known.values.iter().all(|there| there.name != value.name) {
                let code = known.values.iter().map(|there| there.code).fold(0.0, f64::max) + 1.0;
                known.values.push(ValueLabel { code, ..value.clone() });
            }
        }
        return true;
    }
    // Points keep their numbers; other words for the same points are the same points.
    let codes = |variable: &Variable| variable.values.iter().map(|value| value.code).collect::<Vec<_>>();
    !named(known) && !named(other) && codes(known) == codes(other)
}

/// A number without labelled values.
pub(super) fn number(name: impl Into<String>, label: impl Into<String>, section: VariableGroup) -> Variable {
    Variable::new(name, label, ValueType::Number, section)
}

/// A text that is no free text.
pub(super) fn text(name: impl Into<String>, label: impl Into<String>, section: VariableGroup) -> Variable {
    Variable::new(name, label, ValueType::Text, section)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::kinds::Level;

    fn options(names: &[&str]) -> Variable {
        let value = |(at, name): (usize, &&str)| ValueLabel {
            code: at as f64 + 1.0,
            name: Some((*name).into()),
            label: (*name).into(),
        };
        let values = names.iter().enumerate().map(value).collect();
        Variable { values, level: Level::Nominal, ..number("why", "Why?", VariableGroup::Answers) }
    }

    fn points(codes: &[f64]) -> Variable {
        let value = |code: &f64| ValueLabel { code: *code, name: None, label: format!("point {code}") };
        Variable {
            values: codes.iter().map(value).collect(),
            level: Level::Ordinal,
            ..number("q", "Q", VariableGroup::Answers)
        }
    }

    #[test]
    fn versions_share_a_column_while_its_values_mean_the_same() {
        let mut builder = Builder::default();
        let first = builder.column(options(&["price", "speed"]));
        assert_eq!(builder.column(options(&["people", "speed"])), first);
        let variable = builder.variable(first).unwrap();
        assert_eq!(variable.code_of("speed"), Some(2.0));
        assert_eq!(variable.code_of("people"), Some(3.0));
        let five = builder.column(points(&[1.0, 2.0, 3.0, 4.0, 5.0]));
        let seven = builder.column(points(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]));
        assert_ne!(five, seven);
        assert_eq!(builder.variable(seven).unwrap().name, "q_2");
    }

    #[test]
    fn sections_stand_together_and_rows_are_whole() {
        let mut builder = Builder::default();
        builder.begin();
        builder.put(number("minutes", "", VariableGroup::Paradata), DataCell::Number(3.0));
        builder.begin();
        builder.put(text("session", "", VariableGroup::Identity), DataCell::text("b"));
        builder.put(number("Minutes", "", VariableGroup::Answers), DataCell::Number(4.0));
        let table = builder.finish("t", "T");
        let names: Vec<&str> = table.variables.iter().map(|variable| variable.name.as_str()).collect();
        assert_eq!(names, ["session", "Minutes_2", "minutes"]);
        let missing = DataCell::Missing(Why::NotAsked);
        assert_eq!(table.rows[0], [missing.clone(), missing.clone(), DataCell::Number(3.0)]);
        assert_eq!(table.rows[1], [DataCell::text("b"), DataCell::Number(4.0), missing]);
    }
}
