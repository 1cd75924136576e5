//! The codebook as Markdown: every variable with its label, level, values, and how many cells are there and how many are
//! not, and why. Also the words in which other formats say the same.

use std::fmt::Write as _;

use super::folder::put;
use super::{DataCell, DataTable, Export, Exporter, Folder, NotWritten, Variable, VariableGroup, Why};
use crate::defuse::markdown::escape;
use crate::instrument::Language;
use crate::instrument::kinds::Level;
use crate::text;

/// How many cells of a column are there, and how many are not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellCounts {
    /// There.
    pub valid: usize,
    /// Not there, by reason, in the order of [`Why::ALL`].
    pub missing: [usize; Why::ALL.len()],
}

impl CellCounts {
    pub fn of(table: &DataTable, column: usize) -> Self {
        let mut counts = Self { valid: 0, missing: [0; Why::ALL.len()] };
        for cell in table.rows.iter().filter_map(|row| row.get(column)) {
            match cell {
                DataCell::Missing(why) => counts.missing[why.index()] += 1,
                _ => counts.valid += 1,
            }
        }
        counts
    }

    /// `declined: 3, don't know: 1`.
    pub fn missing_in_words(&self, language: &Language) -> String {
        let reason = |why: Why| {
            let count = self.missing[why.index()];
            (count > 0).then(|| format!("{}: {count}", why.label(language)))
        };
        Why::ALL.into_iter().filter_map(reason).collect::<Vec<_>>().join(", ")
    }
}

/// The measurement level in words.
pub(super) fn level(variable: &Variable, language: &Language) -> String {
    match variable.level {
        Level::Nominal => text!(language, "export-codebook-nominal"),
        Level::Ordinal => text!(language, "export-codebook-ordinal"),
        Level::Scale if variable.kind == super::ValueType::Instant => {
            text!(language, "export-codebook-instant-utc")
        }
        Level::Scale => text!(language, "shared-scale"),
        Level::Text if variable.free => text!(language, "export-codebook-free-text"),
        Level::Text => text!(language, "export-codebook-text"),
        Level::Date => text!(language, "export-codebook-date"),
    }
}

/// `1 (price) = Price; 2 (speed) = Speed`.
pub(super) fn values(variable: &Variable) -> String {
    let value = |value: &super::ValueLabel| match &value.name {
        Some(name) => format!("{} ({name}) = {}", value.code, value.label),
        None => format!("{} = {}", value.code, value.label),
    };
    variable.values.iter().map(value).collect::<Vec<_>>().join("; ")
}

pub(super) fn write(exporter: &dyn Exporter, export: &Export, folder: &mut Folder) -> Result<(), NotWritten> {
    let text = markdown(exporter, export, folder.remarks());
    folder.file(&format!("codebook-{}.md", exporter.id()), |out| put(out, text.as_bytes()))
}

fn markdown(exporter: &dyn Exporter, export: &Export, remarks: &[String]) -> String {
    let language = &export.language;
    let mut text = format!("# {}\n\n", cell(&export.title));
    for sentence in export.about.iter().chain(remarks) {
        let _ = writeln!(text, "- {}", cell(sentence));
    }
    if exporter.names_options() {
        let sentence = text!(language, "export-codebook-options-stand-data-their");
        let _ = writeln!(text, "- {sentence}");
    }
    if exporter.needs_reasons_beside_texts() {
        let sentence = text!(language, "export-codebook-text-missing-empty-variable");
        let _ = writeln!(text, "- {sentence}");
    }
    for table in &export.tables {
        let names = exporter.names(table);
        let counted = text!(language, "export-codebook-rows");
        let _ =
            writeln!(text, "\n## {}\n\n{}. {} {counted}.", table.name, cell(&table.label), table.rows.len());
        let _ = writeln!(text, "\n{}\n", text!(language, "export-codebook-what-stands-missing-value"));
        for why in occurring(table) {
            let _ = writeln!(text, "- {}: {}", why.label(language), exporter.missing(table, why));
        }
        let heads = [
            text!(language, "shared-name"),
            text!(language, "export-codebook-label"),
            text!(language, "export-codebook-level"),
            text!(language, "export-codebook-values"),
            text!(language, "export-codebook-valid"),
            text!(language, "export-codebook-missing"),
            text!(language, "export-codebook-how-came-about"),
        ];
        let mut last: Option<VariableGroup> = None;
        for (at, variable) in table.variables.iter().enumerate() {
            if last != Some(variable.section) {
                let _ = writeln!(text, "\n### {}\n", variable.section.title(language));
                let _ = writeln!(text, "| {} |\n|{}", heads.join(" | "), "---|".repeat(heads.len()));
                last = Some(variable.section);
            }
            let counts = CellCounts::of(table, at);
            let mut label = variable.label.clone();
            if names[at] != variable.name {
                let _ = write!(
                    label,
                    " ({}: `{}`)",
                    text!(language, "export-codebook-in-the-questionnaire"),
                    variable.name
                );
            }
            let _ = writeln!(
                text,
                "| `{}` | {} | {} | {} | {} | {} | {} |",
                names[at],
                cell(&label),
                level(variable, language),
                cell(&values(variable)),
                counts.valid,
                counts.missing_in_words(language),
                cell(&variable.origin.in_words(language))
            );
        }
    }
    text
}

/// The reasons that occur anywhere in a table.
fn occurring(table: &DataTable) -> Vec<Why> {
    let there = |why: &Why| table.rows.iter().flatten().any(|cell| *cell == DataCell::Missing(*why));
    Why::ALL.into_iter().filter(there).collect()
}

/// A text inside a table: on one line, and nothing in it that Markdown would take for its own.
fn cell(text: &str) -> String {
    escape(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_cannot_break_the_table() {
        assert_eq!(cell("a|b\n<c> `d` *e*"), "a\\|b \\<c\\> \\`d\\` \\*e\\*");
    }
}
