//! Imports XLSForm: a workbook with the sheets `survey`, `choices` and `settings` becomes an instrument in our own format, with
//! a report of everything that could not be imported completely.
//!
//! The stages: `book` reads cells, `columns` and `types` interpret them, `form` assembles rows, `xpath` and `translate` convert
//! expressions, `build` makes items of rows, `draft` writes them, and `mend` reads the result as `relata check` does and
//! removes, with a loss, whatever is not accepted. So the result always passes the check.

use crate::instrument::Language;

use super::{Loss, Renamed, book};

mod build;
mod columns;
mod draft;
mod form;
mod mend;
mod names;
mod numbers;
mod translate;
mod types;
mod xpath;

/// The user's wishes for an import.
#[derive(Debug, Clone, Default)]
pub struct XlsFormOptions {
    /// The name of the instrument, where the form has no usable one.
    pub name: String,
    /// The language of columns that name none.
    pub language: Option<Language>,
    /// Scales, with the questions that feed them.
    pub scales: Vec<ScaleWish>,
}

/// A scale that is added to a form.
#[derive(Debug, Clone, Default)]
pub struct ScaleWish {
    /// Its name.
    pub name: String,
    /// The keys of its table, as TOML.
    pub keys: String,
    /// The questions that feed it, by their names in the form.
    pub items: Vec<String>,
    /// Those among them that are reverse-keyed.
    pub reversed: Vec<String>,
}

/// A form that was taken over.
#[derive(Debug, Clone)]
pub struct ImportedForm {
    /// The instrument's name.
    pub name: String,
    /// The instrument; it passes the check.
    pub text: String,
    /// How many rows of the survey ask or show something.
    pub rows: usize,
    /// How many of them came over whole.
    pub whole: usize,
    /// How many conditions and constraints there are on rows that came over, and how many of these came along.
    pub conditions: (usize, usize),
    /// Everything that was not imported completely, in the order of the form.
    pub losses: Vec<Loss>,
    /// Names that had to change.
    pub renamed: Vec<Renamed>,
    /// What was mended or filled in, in sentences.
    pub remarks: Vec<String>,
}

/// Imports a workbook. `source` is the name of the file, for the instrument's first line.
///
/// # Errors
/// A sentence, where the file is not a form or nothing of it remains to be asked.
pub fn import(bytes: &[u8], source: &str, wishes: &XlsFormOptions) -> Result<ImportedForm, String> {
    let sheets = book::read(bytes, &form::is_wanted)?;
    let form = form::Form::read(&sheets, wishes.language.as_ref())?;
    let built = build::build(&form, source, wishes)?;
    mend::mended(built)
}
