//! A form as its author wrote it: rows with their texts by language, choices, settings. Owns which sheet and which cell is
//! what; doesn't interpret them.

use std::collections::BTreeMap;

use super::columns::{self, ColumnField, SheetColumn};
use super::draft::LocalText;
use super::types::{self, QuestionType};
use crate::import::book::{BookRow, BookSheet};
use crate::instrument::Language;

/// A row of the survey.
#[derive(Debug, Clone)]
pub(super) struct SurveyRow {
    pub row: usize,
    pub kind: QuestionType,
    pub name: String,
    pub label: LocalText,
    pub hint: LocalText,
    pub guidance: LocalText,
    pub message: LocalText,
    pub required: String,
    pub required_message: LocalText,
    pub relevant: String,
    pub constraint: String,
    pub calculation: String,
    pub default: String,
    pub filter: String,
    pub appearance: String,
    pub parameters: String,
    pub trigger: String,
    pub read_only: bool,
    pub media: bool,
}

/// A row of the choices.
#[derive(Debug, Clone)]
pub(super) struct ListChoice {
    pub row: usize,
    pub name: String,
    pub label: LocalText,
    pub media: bool,
    /// Every cell by the heading of its column, for filters.
    pub columns: BTreeMap<String, String>,
}

/// A form.
#[derive(Debug)]
pub(super) struct Form {
    pub title: String,
    pub id: String,
    pub version: String,
    pub languages: Vec<Language>,
    pub entries: Vec<SurveyRow>,
    /// By the name of their list, in the order of the sheet.
    pub choices: BTreeMap<String, Vec<ListChoice>>,
    /// Incomplete rows that are neither a question nor a choice: sheet, row, name, and what is missing.
    pub nothing: Vec<(&'static str, usize, String, &'static str)>,
}

/// The most rows of a survey, far more than a respondent would answer.
const ROWS: usize = 5_000;

/// The sheets that are read.
pub(super) fn is_wanted(name: &str) -> bool {
    ["survey", "choices", "settings"].contains(&plain(name).as_str())
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase()
}

struct SheetTable<'a> {
    columns: Vec<SheetColumn>,
    rows: &'a [BookRow],
}

impl<'a> SheetTable<'a> {
    fn of(sheets: &'a [BookSheet], name: &str) -> Option<Self> {
        let sheet = sheets.iter().find(|sheet| plain(&sheet.name) == name)?;
        let (head, rows) = sheet.rows.split_first()?;
        let columns = head.cells.iter().map(|heading| columns::column(heading)).collect();
        Some(Self { columns, rows })
    }

    fn has(&self, field: ColumnField) -> bool {
        self.columns.iter().any(|column| column.field == field)
    }

    /// The cell of a field that has no languages.
    fn cell<'r>(&self, row: &'r BookRow, field: ColumnField) -> &'r str {
        let columns = self.columns.iter().enumerate().filter(|(_, column)| column.field == field);
        columns.map(|(at, _)| row.cell(at)).find(|cell| !cell.is_empty()).unwrap_or_default()
    }

    /// Whether a row is called something or says something.
    fn says(&self, row: &BookRow) -> bool {
        let mut columns = self.columns.iter().enumerate();
        columns.any(|(at, column)| {
            matches!(column.field, ColumnField::Name | ColumnField::Label) && !row.cell(at).is_empty()
        })
    }

    fn words(&self, row: &BookRow, field: ColumnField, bare: &Language) -> LocalText {
        let mut words: LocalText = Vec::new();
        for (at, column) in self.columns.iter().enumerate().filter(|(_, column)| column.field == field) {
            let cell = readable(row.cell(at));
            let language = column.language.as_deref().map_or_else(|| bare.clone(), columns::tag);
            if !cell.is_empty() && !words.iter().any(|(known, _)| *known == language) {
                words.push((language, cell));
            }
        }
        words
    }
}

impl Form {
    /// The form in these sheets; `bare` is the language of columns that name none, where the form does not say.
    pub fn read(sheets: &[BookSheet], bare: Option<&Language>) -> Result<Self, String> {
        let survey = SheetTable::of(sheets, "survey")
            .ok_or("it has no sheet `survey`, so it is no XLSForm".to_owned())?;
        if !survey.has(ColumnField::QuestionType)
            || !(survey.has(ColumnField::Name) || survey.has(ColumnField::Label))
        {
            return Err("its sheet `survey` has no columns `type` and `name`, so it is no XLSForm".into());
        }
        let setting = |names: &[&str]| -> String {
            let Some(sheet) = sheets.iter().find(|sheet| plain(&sheet.name) == "settings") else {
                return String::new();
            };
            let (Some(head), Some(row)) = (sheet.rows.first(), sheet.rows.get(1)) else {
                return String::new();
            };
            let at = head.cells.iter().position(|heading| names.contains(&plain(heading).as_str()));
            at.map(|at| row.cell(at).to_owned()).unwrap_or_default()
        };
        let bare = bare_language(&survey, &setting(&["default_language"]), bare);
        let default = Some(setting(&["default_language"])).filter(|name| !name.is_empty());
        let default = default.map(|name| columns::tag(&name));
        let entries: Vec<SurveyRow> =
            survey.rows.iter().filter_map(|row| entry(&survey, row, &bare)).collect();
        if entries.len() > ROWS {
            return Err(format!("its survey has more than {ROWS} rows, which is the most that is read"));
        }
        let untyped = survey.rows.iter().filter(|row| survey.cell(row, ColumnField::QuestionType).is_empty());
        let untyped = untyped.filter(|row| !is_yes(survey.cell(row, ColumnField::Disabled)));
        let untyped = untyped.filter(|row| survey.says(row));
        let mut nothing: Vec<_> = untyped
            .map(|row| ("survey", row.number, survey.cell(row, ColumnField::Name).to_owned(), "type"))
            .collect();
        let mut choices: BTreeMap<String, Vec<ListChoice>> = BTreeMap::new();
        if let Some(table) = SheetTable::of(sheets, "choices") {
            for row in table.rows {
                let list = table.cell(row, ColumnField::List).to_owned();
                let name = table.cell(row, ColumnField::Name).to_owned();
                if list.is_empty() || name.is_empty() {
                    let (called, lacks) = if list.is_empty() { (name, "list") } else { (list, "name") };
                    if table.says(row) {
                        nothing.push(("choices", row.number, called, lacks));
                    }
                    continue;
                }
                choices.entry(list).or_default().push(choice(&table, row, name, &bare));
            }
        }
        let languages = languages(&entries, &choices, default.unwrap_or_else(|| bare.clone()));
        Ok(Self {
            title: readable(&setting(&["form_title", "title", "set form title", "set_form_title"])),
            id: setting(&["form_id", "id_string", "set form id", "set_form_id"]),
            version: setting(&["version"]),
            languages,
            entries,
            choices,
            nothing,
        })
    }
}

/// The language of columns that name none.
fn bare_language(survey: &SheetTable, default: &str, given: Option<&Language>) -> Language {
    if let Some(given) = given {
        return given.clone();
    }
    if !default.is_empty() && default != "default" {
        return columns::tag(default);
    }
    let labels = || survey.columns.iter().filter(|column| column.field == ColumnField::Label);
    let named = labels().find_map(|column| column.language.as_deref());
    // Where labels name their languages, a hint without one is in the first of them.
    match named.filter(|_| labels().all(|column| column.language.is_some())) {
        Some(named) => columns::tag(named),
        None => Language::new("en"),
    }
}

/// The languages in which some question is put, the default first.
fn languages(
    entries: &[SurveyRow],
    choices: &BTreeMap<String, Vec<ListChoice>>,
    default: Language,
) -> Vec<Language> {
    let mut found: Vec<Language> = Vec::new();
    let labels = entries.iter().map(|entry| &entry.label);
    for (language, _) in labels.chain(choices.values().flatten().map(|choice| &choice.label)).flatten() {
        if !found.contains(language) {
            found.push(language.clone());
        }
    }
    found.sort_by_key(|language| *language != default);
    if found.is_empty() {
        found.push(default);
    }
    found
}

fn entry(table: &SheetTable, row: &BookRow, bare: &Language) -> Option<SurveyRow> {
    let kind = table.cell(row, ColumnField::QuestionType);
    let disabled = is_yes(table.cell(row, ColumnField::Disabled));
    // A heading that is repeated further down is not a row.
    if kind.is_empty() || kind.eq_ignore_ascii_case("type") || kind.starts_with('#') || disabled {
        return None;
    }
    let cell = |field| table.cell(row, field).to_owned();
    let appearance = cell(ColumnField::Appearance).to_lowercase();
    Some(SurveyRow {
        row: row.number,
        kind: types::read(kind).appearing(&appearance),
        name: cell(ColumnField::Name),
        label: table.words(row, ColumnField::Label, bare),
        hint: table.words(row, ColumnField::Hint, bare),
        guidance: table.words(row, ColumnField::Guidance, bare),
        message: table.words(row, ColumnField::ConstraintMessage, bare),
        required: cell(ColumnField::Required),
        required_message: table.words(row, ColumnField::RequiredMessage, bare),
        relevant: cell(ColumnField::Relevant),
        constraint: cell(ColumnField::Constraint),
        calculation: cell(ColumnField::Calculation),
        default: cell(ColumnField::Default),
        filter: cell(ColumnField::ChoiceFilter),
        appearance,
        parameters: cell(ColumnField::Parameters),
        trigger: cell(ColumnField::Trigger),
        read_only: is_yes(table.cell(row, ColumnField::ReadOnly)),
        media: !cell(ColumnField::Media).is_empty(),
    })
}

fn choice(table: &SheetTable, row: &BookRow, name: String, bare: &Language) -> ListChoice {
    let mut columns = BTreeMap::new();
    for (at, column) in table.columns.iter().enumerate() {
        columns.entry(column.heading.clone()).or_insert_with(|| row.cell(at).to_owned());
    }
    // Filters use this name, whatever the column's heading.
    columns.insert("name".to_owned(), name.clone());
    ListChoice {
        row: row.number,
        label: table.words(row, ColumnField::Label, bare),
        media: !table.cell(row, ColumnField::Media).is_empty(),
        name,
        columns,
    }
}

/// Whether a cell says yes.
pub(super) fn is_yes(cell: &str) -> bool {
    matches!(cell.trim().to_lowercase().as_str(), "yes" | "true" | "true()" | "1" | "y" | "oui" | "ja")
}

/// Whether a cell says no, or nothing.
pub(super) fn is_no(cell: &str) -> bool {
    matches!(cell.trim().to_lowercase().as_str(), "" | "no" | "false" | "false()" | "0" | "n" | "non" | "nee")
}

/// Text without mark-up: tags, entities, and stars for bold.
fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        let tail = &rest[at + 1..];
        let named = tail.strip_prefix('/').unwrap_or(tail);
        let end =
            tail.find('>').filter(|end| *end < 500 && named.starts_with(|c: char| c.is_ascii_alphabetic()));
        let Some(end) = end else {
            out.push('<');
            rest = tail;
            continue;
        };
        let tag = tail[..end].trim_start_matches('/').to_lowercase();
        let breaks = ["br", "p", "div", "li"];
        if breaks.contains(&tag.split([' ', '/']).next().unwrap_or_default()) && !out.ends_with('\n') {
            out.push('\n');
        }
        rest = &tail[end + 1..];
    }
    out.push_str(rest);
    let out = out.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let paired = out.matches("**").count().is_multiple_of(2);
    let out = if paired { out.replace("**", "") } else { out };
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_without_the_marks_of_a_page() {
        assert_eq!(readable("<span style=\"color:red\">Stop</span> **now**<br/>please"), "Stop now\nplease");
        assert_eq!(readable("a < b and c > d"), "a < b and c > d");
        assert_eq!(readable("2 ** 3 &amp; <"), "2 ** 3 & <");
    }
}
