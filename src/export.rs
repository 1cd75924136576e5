//! Exports: tables with everything that is known of their variables, written in the formats of other programs.
//!
//! Owns the formats and what each of them allows: names, labels, missing values, dates. Takes tables as plain data, with
//! labels, measurement levels and the reason of every missing value, and hands all of that on in the format's own words.
//! Refuses to know a session or a study: whoever calls builds the tables. Refuses to lose something silently: what a
//! format cannot hold is cut, and said.

use std::sync::Arc;

use crate::analysis::Metadata;
use crate::instrument::Language;
use crate::instrument::kinds::{Level, WhyMissing};
use crate::text;

mod citation;
mod codebook;
mod csv;
mod ddi;
mod dta;
mod folder;
mod jsonl;
mod names;
mod r;
mod reasons;
pub mod refi;
mod sav;
pub mod xlsform;
mod xlsx;
mod xml;

pub use folder::{Folder, NotWritten};

/// Every format, in the order of the manual.
pub static EXPORTERS: &[&dyn Exporter] =
    &[&csv::Csv, &xlsx::Xlsx, &sav::Sav, &dta::Dta, &r::R, &jsonl::Jsonl, &ddi::Ddi];

/// Writes tables in one format.
pub trait Exporter: Sync {
    /// The word on the command line.
    fn id(&self) -> &'static str;

    /// What it writes, in one line.
    fn about(&self) -> &'static str;

    /// The ending of its files, without the dot.
    fn extension(&self) -> &'static str {
        self.id()
    }

    /// The name that each variable of a table has in this format, in their order.
    fn names(&self, table: &DataTable) -> Vec<String> {
        table.variables.iter().map(|variable| variable.name.clone()).collect()
    }

    /// What stands for a reason in this format, for the codebook.
    fn missing(&self, table: &DataTable, why: Why) -> String;

    /// Whether its texts have no missing values of their own, so that their reasons need a column beside them.
    fn needs_reasons_beside_texts(&self) -> bool {
        false
    }

    /// Whether options stand in its data by the names that the questionnaire gives them, and not by numbers.
    fn names_options(&self) -> bool {
        false
    }

    /// Writes the tables of `export` into `folder`. What could not be kept whole is added to the folder's remarks.
    fn write(&self, export: &Export, folder: &mut Folder) -> Result<(), NotWritten>;
}

/// The format called `id`.
pub fn exporter(id: &str) -> Option<&'static dyn Exporter> {
    EXPORTERS.iter().copied().find(|exporter| exporter.id() == id)
}

/// Writes `export` in these formats, each with its codebook, all or nothing.
///
/// # Errors
/// A file that is there already (unless the folder may replace files), and every failure of the disk; nothing is left
/// behind then.
pub fn write(
    exporters: &[&dyn Exporter],
    export: &Export,
    mut folder: Folder,
) -> Result<ExportedFiles, NotWritten> {
    let mut beside: Option<Export> = None;
    for exporter in exporters {
        let export = match exporter.needs_reasons_beside_texts() {
            true => &*beside.get_or_insert_with(|| reasons::beside_all_texts(export)),
            false => export,
        };
        exporter.write(export, &mut folder)?;
        codebook::write(*exporter, export, &mut folder)?;
        ddi::codebook(*exporter, export, &mut folder)?;
    }
    citation::write(export, &mut folder)?;
    folder.finish()
}

/// What came of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFiles {
    /// Names of the files.
    pub files: Vec<String>,
    /// What the format could not keep whole, one sentence each.
    pub remarks: Vec<String>,
}

/// Tables that belong together.
#[derive(Debug, Clone)]
pub struct Export {
    /// Title of the whole.
    pub title: String,
    /// What the study says of itself.
    pub metadata: Metadata,
    /// What must be known to read it, one sentence each.
    pub about: Vec<String>,
    /// The language of all labels.
    pub language: Language,
    /// When it was made: milliseconds since 1970, UTC.
    pub made: i64,
    /// The tables.
    pub tables: Vec<DataTable>,
}

/// Rows under variables.
#[derive(Debug, Clone)]
pub struct DataTable {
    /// Stem of its files.
    pub name: String,
    /// What a row is.
    pub label: String,
    /// Its columns.
    pub variables: Vec<Variable>,
    /// One cell for each variable.
    pub rows: Vec<Vec<DataCell>>,
}

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Variable {
    /// Name, unique in its table.
    pub name: String,
    /// What it holds, in words.
    pub label: String,
    /// Measurement level.
    pub level: Level,
    /// What its cells hold.
    pub kind: ValueType,
    /// Its labelled values; names of options become the numbers 1, 2, 3 … here.
    pub values: Vec<ValueLabel>,
    /// Whether somebody typed it freely, so that it may hold personal data.
    pub free: bool,
    /// The section of the codebook that it stands in.
    pub section: VariableGroup,
    /// How it came about.
    pub origin: VariableOrigin,
}

/// How a variable came about, in words; empty where there is nothing to say.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct VariableOrigin {
    /// The question as it was put.
    pub question: String,
    /// The help below it.
    pub hint: String,
    /// What the interviewer was told, and what to ask further.
    pub instruction: String,
    /// Who had the keyboard.
    pub audience: String,
    /// Who was asked.
    pub universe: String,
    /// The scales that it counts for: the name of each, and the name with how it counts.
    pub scales: Vec<(String, String)>,
    /// What an answer may be: its ends, its unit, and what it must satisfy.
    pub allowed: String,
    /// What it was worked out from.
    pub derivation: String,
    /// Whether all of this is that of the newest version of the questionnaire, and an older one differs.
    pub differs: bool,
}

impl VariableOrigin {
    /// The same variable in another version of the questionnaire: what is known stays, and a difference is marked.
    pub fn meets(&mut self, other: &Self) {
        self.differs |= Self { differs: false, ..self.clone() } != Self { differs: false, ..other.clone() };
    }

    /// Everything but the question, each part with its name.
    pub fn in_words(&self, language: &Language) -> String {
        let scales: Vec<&str> = self.scales.iter().map(|(_, how)| how.as_str()).collect();
        let scales = scales.join("; ");
        let parts = [
            (text!(language, "export-hint"), self.hint.as_str()),
            (text!(language, "shared-for-the-interviewer"), &self.instruction),
            (text!(language, "export-answered-by"), &self.audience),
            (text!(language, "export-asked"), &self.universe),
            (text!(language, "export-allowed"), &self.allowed),
            (text!(language, "export-counts-for"), &scales),
            (text!(language, "export-worked-out"), &self.derivation),
        ];
        let told = parts.iter().filter(|(_, text)| !text.is_empty());
        let mut told: Vec<String> = told.map(|(name, text)| format!("{name}: {text}")).collect();
        told.extend(self.differs.then(|| Self::other_versions(language)));
        told.join(" · ")
    }

    /// What is said where versions differ.
    pub fn other_versions(language: &Language) -> String {
        text!(language, "export-newest-version-questionnaire-older")
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueType {
    /// Numbers.
    Number,
    /// Words.
    Text,
    /// Days.
    Day,
    /// Instants.
    Instant,
}

/// Where a variable comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum VariableGroup {
    /// What the row is about.
    Identity,
    /// What was answered.
    Answers,
    /// What was scored.
    Scores,
    /// What coders said.
    Codes,
    /// How it went.
    Paradata,
}

impl VariableGroup {
    /// Heading in a codebook.
    pub fn title(self, language: &Language) -> String {
        match self {
            Self::Identity => text!(language, "export-what-row-about"),
            Self::Answers => text!(language, "export-answers"),
            Self::Scores => text!(language, "export-scores-profile-gap"),
            Self::Codes => text!(language, "export-codes-coders"),
            Self::Paradata => text!(language, "export-how-went"),
        }
    }
}

/// A labelled value.
#[derive(Debug, Clone, PartialEq)]
pub struct ValueLabel {
    /// The number.
    pub code: f64,
    /// The name that the questionnaire gives it, where it has one.
    pub name: Option<String>,
    /// What it means.
    pub label: String,
}

/// One cell. Texts are shared, because most of them are repeated.
#[derive(Debug, Clone, PartialEq)]
pub enum DataCell {
    /// A number; finite.
    Number(f64),
    /// Words.
    Text(Arc<str>),
    /// Days since 1970-01-01.
    Day(i32),
    /// Milliseconds since 1970, UTC.
    Instant(i64),
    /// Nothing, and why.
    Missing(Why),
}

impl DataCell {
    /// Words.
    pub fn text(text: &str) -> Self {
        Self::Text(text.into())
    }

    /// A number, or the reason why there is none. What is not finite is none.
    pub fn number(number: Option<f64>, why: Why) -> Self {
        number.filter(|number| number.is_finite()).map_or(Self::Missing(why), Self::Number)
    }
}

/// Why a cell is empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// Not asked, or it does not apply.
    NotAsked,
    /// The respondent would rather not say.
    Declined,
    /// The respondent does not know.
    DontKnow,
    /// Passed over, or not reached.
    NotAnswered,
    /// It has to be timed, and was not.
    NotTimed,
    /// Too few valid answers for a score, or a rule of scoring excludes it.
    NotScored,
    /// It was asked, and nothing of it is shown, because there is no consent.
    NoConsent,
    /// On paper: nobody can read it.
    Illegible,
    /// On paper: more is ticked than may be.
    TwoTicked,
}

impl Why {
    /// All, in the order of their codes.
    pub const ALL: [Self; 9] = [
        Self::NotAsked,
        Self::Declined,
        Self::DontKnow,
        Self::NotAnswered,
        Self::NotTimed,
        Self::NotScored,
        Self::NoConsent,
        Self::Illegible,
        Self::TwoTicked,
    ];

    /// Its place among all, from 0.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotAsked => "not_asked",
            Self::Declined => "declined",
            Self::DontKnow => "dont_know",
            Self::NotAnswered => "not_answered",
            Self::NotTimed => "not_timed",
            Self::NotScored => "not_scored",
            Self::NoConsent => "no_consent",
            Self::Illegible => "illegible",
            Self::TwoTicked => "two_ticked",
        }
    }

    /// Its label.
    pub fn label(self, language: &Language) -> String {
        match self {
            Self::NotAsked => text!(language, "export-not-asked"),
            Self::Declined => text!(language, "shared-declined"),
            Self::DontKnow => text!(language, "shared-dont-know"),
            Self::NotAnswered => text!(language, "export-not-answered-not-reached"),
            Self::NotTimed => text!(language, "export-not-timed"),
            Self::NotScored => text!(language, "export-no-score"),
            Self::NoConsent => text!(language, "export-no-consent"),
            Self::Illegible => text!(language, "shared-illegible"),
            Self::TwoTicked => text!(language, "shared-two-ticked"),
        }
    }
}

impl From<WhyMissing> for Why {
    fn from(why: WhyMissing) -> Self {
        match why {
            WhyMissing::Declined => Self::Declined,
            WhyMissing::DontKnow => Self::DontKnow,
            WhyMissing::NotAnswered => Self::NotAnswered,
            WhyMissing::NotAsked => Self::NotAsked,
            WhyMissing::NotTimed => Self::NotTimed,
            WhyMissing::Illegible => Self::Illegible,
            WhyMissing::TwoTicked => Self::TwoTicked,
        }
    }
}

impl Variable {
    /// A column without labelled values.
    pub fn new(
        name: impl Into<String>,
        label: impl Into<String>,
        kind: ValueType,
        section: VariableGroup,
    ) -> Self {
        let level = match kind {
            ValueType::Number | ValueType::Instant => Level::Scale,
            ValueType::Text => Level::Text,
            ValueType::Day => Level::Date,
        };
        let (name, label) = (name.into(), label.into());
        let origin = VariableOrigin::default();
        Self { name, label, level, kind, values: Vec::new(), free: false, section, origin }
    }

    /// The label of a number, where it has one.
    pub fn label_of(&self, number: f64) -> Option<&ValueLabel> {
        self.values.iter().find(|value| value.code == number)
    }

    /// The number of an option.
    pub fn code_of(&self, name: &str) -> Option<f64> {
        self.values.iter().find(|value| value.name.as_deref() == Some(name)).map(|value| value.code)
    }
}

impl DataTable {
    /// The reasons that occur in a column, in their order.
    pub fn reasons(&self, column: usize) -> Vec<Why> {
        let mut found = [false; Why::ALL.len()];
        for row in &self.rows {
            if let Some(DataCell::Missing(why)) = row.get(column) {
                found[why.index()] = true;
            }
        }
        Why::ALL.into_iter().filter(|why| found[why.index()]).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_name_of_its_own_and_says_what_it_is() {
        for (index, exporter) in EXPORTERS.iter().enumerate() {
            assert!(!exporter.about().is_empty(), "{}", exporter.id());
            assert!(EXPORTERS[..index].iter().all(|other| other.id() != exporter.id()));
        }
    }

    #[test]
    fn reasons_have_places_and_names_of_their_own() {
        for (index, why) in Why::ALL.into_iter().enumerate() {
            assert_eq!(why.index(), index);
            assert!(Why::ALL[..index].iter().all(|other| other.name() != why.name()));
        }
    }
}
