//! XLSForm out: an instrument as a workbook with the sheets `survey`, `choices` and `settings`, for programs that ask
//! questions on telephones and in browsers. Owns what each prompt becomes there; what has no counterpart is a [`Lost`].

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Cursor, Write};

use serde::Serialize;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::xlsx;
use super::xml::escaped;
use crate::instrument::expression::{Expression, Foreign};
use crate::instrument::kinds::Voice;
use crate::instrument::{Instrument, Item, Language, Text};
use crate::rng::Rng;

mod rows;

/// Something that has no counterpart in XLSForm.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Lost {
    /// The sheet of the workbook in which it would stand.
    pub sheet: &'static str,
    /// The row in which its question stands there; none for what concerns the whole.
    pub row: Option<usize>,
    /// Its name in the instrument.
    pub name: String,
    /// Why.
    pub reason: String,
    /// What stands in its place.
    pub instead: String,
}

/// A workbook, and what it lacks.
#[derive(Debug, Clone)]
pub struct XlsForm {
    /// The file.
    pub workbook: Vec<u8>,
    /// What has no counterpart.
    pub lost: Vec<Lost>,
    /// Rows that ask or show something.
    pub rows: usize,
}

/// The instrument as an XLSForm.
///
/// # Errors
/// When the container cannot be made, which memory alone can bring about.
pub fn form(instrument: &Instrument) -> io::Result<XlsForm> {
    let mut builder = Builder::new(instrument);
    builder.foresee();
    builder.survey();
    builder.remainder();
    let Builder { survey, choices, lost, asked, .. } = builder;
    let settings = vec![
        ["form_title", "form_id", "version", "default_language"].map(str::to_owned).to_vec(),
        vec![
            instrument.label.raw(&language_of(instrument)),
            instrument.name.replace('-', "_"),
            instrument.version.clone(),
            heading(&language_of(instrument)),
        ],
    ];
    let sheets = [("survey", survey), ("choices", choices), ("settings", settings)];
    Ok(XlsForm { workbook: workbook(&sheets)?, lost, rows: asked })
}

fn language_of(instrument: &Instrument) -> Language {
    instrument.languages.first().cloned().unwrap_or_else(Language::fallback)
}

/// How XLSForm names a language.
fn heading(language: &Language) -> String {
    let name = match language.as_str() {
        "en" => "English",
        "nl" => "Nederlands",
        "fr" => "Français",
        "de" => "Deutsch",
        "es" => "Español",
        "pt" => "Português",
        other => other,
    };
    format!("{name} ({})", language.as_str())
}

fn workbook(sheets: &[(&str, Vec<Vec<String>>)]) -> io::Result<Vec<u8>> {
    let titles: Vec<&str> = sheets.iter().map(|(title, _)| *title).collect();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let mut put = |name: &str, text: &str| -> io::Result<()> {
        zip.start_file(name, SimpleFileOptions::default()).map_err(io::Error::from)?;
        zip.write_all(text.as_bytes())
    };
    for (name, text) in xlsx::around(&titles) {
        put(&name, &text)?;
    }
    for (number, (_, rows)) in (1..).zip(sheets) {
        let mut data = String::new();
        for (row, cells) in (1..).zip(rows) {
            data.push_str(&format!("<row r=\"{row}\">"));
            for (column, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
                let place = format!("{}{row}", xlsx::letters(column));
                let text = escaped(cell);
                data.push_str(&format!(
                    "<c r=\"{place}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
                ));
            }
            data.push_str("</row>");
        }
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
        let sheet = format!("{head}<worksheet xmlns=\"{main}\"><sheetData>{data}</sheetData></worksheet>");
        put(&format!("xl/worksheets/sheet{number}.xml"), &sheet)?;
    }
    Ok(zip.finish().map_err(io::Error::from)?.into_inner())
}

/// Texts as they stand in the form, in one language: `${name}` for what is piped in.
struct Spoken<'a> {
    language: &'a Language,
    /// Names that are asked there.
    known: &'a BTreeSet<String>,
}

impl Voice for Spoken<'_> {
    fn say(&self, text: &Text) -> String {
        let there = |name: &str| {
            let name = name.replace('.', "_");
            self.known.contains(&name).then(|| format!("${{{name}}}"))
        };
        text.in_language(self.language).map(|template| template.fill(&there)).unwrap_or_default()
    }

    fn language(&self) -> &Language {
        self.language
    }

    fn rng(&self) -> Rng {
        Rng::new(0)
    }

    fn order(&self, n: usize) -> Vec<usize> {
        (0..n).collect()
    }
}

/// The columns of the survey before those with languages.
const PLAIN: [&str; 9] = [
    "type",
    "name",
    "required",
    "relevant",
    "constraint",
    "calculation",
    "default",
    "appearance",
    "parameters",
];
/// Those that stand once for each language.
const SPOKEN: [&str; 4] = ["label", "hint", "guidance_hint", "constraint_message"];

/// A row of the survey while it is made.
#[derive(Debug, Default, Clone)]
struct DraftRow {
    plain: BTreeMap<&'static str, String>,
    filter: String,
    /// One for each language, by column.
    spoken: BTreeMap<&'static str, Vec<String>>,
}

struct Builder<'a> {
    instrument: &'a Instrument,
    survey: Vec<Vec<String>>,
    choices: Vec<Vec<String>>,
    lost: Vec<Lost>,
    /// Names that have a value there.
    known: BTreeSet<String>,
    /// Names that are true or false here, with what says there that they hold, and what says that they do not.
    truths: BTreeMap<String, [String; 2]>,
    /// Calculations that stand there.
    calculated: BTreeSet<String>,
    asked: usize,
    lists: BTreeMap<String, String>,
}

impl Foreign for Builder<'_> {
    fn reference(&self, name: &str) -> Option<String> {
        if name == "." {
            return Some(name.to_owned());
        }
        let there = name.replace('.', "_");
        self.known.contains(&there).then(|| format!("${{{there}}}"))
    }

    fn holds(&self, name: &str) -> Option<String> {
        self.truths.get(name).map(|[holds, _]| holds.clone())
    }

    fn fails(&self, name: &str) -> Option<String> {
        self.truths.get(name).map(|[_, fails]| fails.clone())
    }
}

impl<'a> Builder<'a> {
    fn new(instrument: &'a Instrument) -> Self {
        let headings = |names: &[&str]| -> Vec<String> {
            let each = |name: &&str| -> Vec<String> {
                instrument.languages.iter().map(|language| format!("{name}::{}", heading(language))).collect()
            };
            names.iter().flat_map(each).collect()
        };
        let plain = PLAIN.iter().chain(["choice_filter"].iter()).map(|name| (*name).to_owned());
        let survey = plain.chain(headings(&SPOKEN)).collect();
        let labels = headings(&["label"]);
        let choices = ["list_name", "name", "offered"].map(str::to_owned).into_iter().chain(labels).collect();
        Self {
            instrument,
            survey: vec![survey],
            choices: vec![choices],
            lost: Vec::new(),
            known: BTreeSet::new(),
            truths: BTreeMap::new(),
            calculated: BTreeSet::new(),
            asked: 0,
            lists: BTreeMap::new(),
        }
    }

    fn say(&self, text: &Text) -> Vec<String> {
        let of = |language| Spoken { language, known: &self.known }.say(text);
        self.instrument.languages.iter().map(of).collect()
    }

    fn put(&mut self, row: DraftRow) {
        let languages = self.instrument.languages.len();
        let mut cells: Vec<String> =
            PLAIN.iter().map(|name| row.plain.get(name).cloned().unwrap_or_default()).collect();
        cells.push(row.filter);
        for name in SPOKEN {
            cells.extend(row.spoken.get(name).cloned().unwrap_or_else(|| vec![String::new(); languages]));
        }
        self.survey.push(cells);
    }

    /// What has no counterpart in the row that comes next.
    fn lose(&mut self, name: &str, reason: &str, instead: &str) {
        let row = Some(self.survey.len() + 1);
        self.lost.push(Lost {
            sheet: "survey",
            row,
            name: name.to_owned(),
            reason: reason.to_owned(),
            instead: instead.to_owned(),
        });
    }

    fn lose_whole(&mut self, name: &str, reason: &str) {
        let (reason, instead) = (reason.to_owned(), "it is left out".to_owned());
        self.lost.push(Lost { sheet: "settings", row: None, name: name.to_owned(), reason, instead });
    }

    /// A condition as XPath; a loss where there is none.
    fn condition(&mut self, name: &str, what: &str, expression: &Expression, instead: &str) -> String {
        match expression.to_xpath_condition(self) {
            Ok(xpath) => xpath,
            Err(why) => {
                self.lose(name, &format!("its {what} has no counterpart: {why}"), instead);
                String::new()
            }
        }
    }

    /// A form may speak of a calculation that stands further down: which of them there will be is known before the first row.
    fn foresee(&mut self) {
        let mut trial = Builder::new(self.instrument);
        trial.survey();
        trial.truths.retain(|name, _| trial.calculated.contains(name));
        self.known = trial.calculated;
        self.truths = trial.truths;
    }

    fn survey(&mut self) {
        if !self.instrument.fields.is_empty() {
            self.put(row("begin_group", "start_form", &[]));
            for field in &self.instrument.fields {
                let mut row = row("text", &field.name, &[("required", yes(field.required))]);
                row.plain.insert("default", field.default.clone().unwrap_or_default());
                row.spoken.insert("label", self.say(&field.label));
                if let Some(hint) = &field.hint {
                    row.spoken.insert("hint", self.say(hint));
                }
                self.known.insert(field.name.clone());
                self.asked += 1;
                self.put(row);
            }
            self.put(row("end_group", "", &[]));
        }
        let mut waiting: Vec<&(String, Expression)> = self.instrument.calculations.iter().collect();
        self.calculations(&mut waiting, false);
        for group in &self.instrument.groups {
            let taken = self.instrument.items.iter().any(|item| item.name == group.name);
            let name = if taken { format!("group_{}", group.name) } else { group.name.clone() };
            let mut begin = row("begin_group", &name, &[]);
            begin.spoken.insert("label", self.say(&group.label));
            if let Some(relevant) = &group.relevant {
                let relevant =
                    self.condition(&group.name, "`relevant`", relevant, "its questions are asked always");
                begin.plain.insert("relevant", relevant);
            }
            if group.randomize {
                self.lose(
                    &group.name,
                    "its questions come in an order drawn by chance",
                    "the order of the file",
                );
            }
            self.put(begin);
            let before = self.survey.len();
            for index in group.items.clone() {
                let item: &Item = &self.instrument.items[index];
                self.item(item);
            }
            // A group without questions is a fault there.
            if self.survey.len() == before {
                self.survey.pop();
            } else {
                self.put(row("end_group", "", &[]));
            }
            self.calculations(&mut waiting, false);
        }
        self.calculations(&mut waiting, true);
    }

    /// Calculations as soon as all that they need stands above them; at the end all that are left.
    fn calculations(&mut self, waiting: &mut Vec<&'a (String, Expression)>, last: bool) {
        loop {
            let before = waiting.len();
            for calculation in std::mem::take(waiting) {
                let mut used = calculation.1.references().into_iter();
                match used.all(|name| self.reference(name).is_some()) {
                    true => self.calculation(calculation),
                    false => waiting.push(calculation),
                }
            }
            if waiting.len() == before {
                break;
            }
        }
        if last {
            waiting.drain(..).for_each(|calculation| self.calculation(calculation));
        }
    }

    fn calculation(&mut self, (name, expression): &(String, Expression)) {
        match expression.to_xpath(self) {
            Ok(xpath) => {
                if xpath.is_truth {
                    let says = |truth| format!("${{{name}}} = '{truth}'");
                    self.truths.insert(name.clone(), [says(true), says(false)]);
                }
                self.known.insert(name.clone());
                self.calculated.insert(name.clone());
                self.put(row("calculate", name, &[("calculation", &xpath.text)]));
            }
            Err(why) => {
                self.lose(name, &format!("this calculation has no counterpart: {why}"), "it is left out");
            }
        }
    }

    /// What an instrument has and a form has not.
    fn remainder(&mut self) {
        for scale in &self.instrument.scales {
            self.lose_whole(&scale.name, "XLSForm knows no scales");
        }
        for advice in &self.instrument.advice {
            self.lose_whole(&advice.name, "XLSForm knows no advice");
        }
        if self.instrument.has_interviewer() {
            self.lose_whole("audience", "XLSForm does not say who reads and answers a group");
        }
        if self.instrument.about.is_some() {
            self.lose_whole("about", "XLSForm has no description");
        }
        self.lose_whole("minutes", "XLSForm plans no duration");
    }
}

fn row(kind: &str, name: &str, cells: &[(&'static str, &str)]) -> DraftRow {
    let mut plain: BTreeMap<&'static str, String> =
        cells.iter().map(|(column, cell)| (*column, (*cell).to_owned())).collect();
    plain.insert("type", kind.to_owned());
    plain.insert("name", name.to_owned());
    DraftRow { plain, ..DraftRow::default() }
}

fn yes(truth: bool) -> &'static str {
    if truth { "yes" } else { "" }
}
