//! Findings: what is wrong with an instrument, where, and how to fix it. Owns their shape; refuses to print, because the
//! command line draws them.

use std::ops::Range;

use serde::Serialize;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The instrument cannot be used.
    Error,
    /// It can be used, but will probably cause trouble.
    Warning,
}

/// One fault, placed in one of the files that the instrument was read from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable, for scripts and searches: `room.what`.
    pub code: &'static str,
    /// Error or warning.
    pub severity: Severity,
    /// Name of the file.
    pub file: String,
    /// First line is 1.
    pub line: usize,
    /// First column is 1, counted in characters.
    pub column: usize,
    /// Bytes of that file's text that are at fault.
    pub span: Range<usize>,
    /// One plain sentence.
    pub message: String,
    /// The likely mend.
    pub help: Option<String>,
}

/// A finding before its place has been traced back to a file.
#[derive(Debug, Clone)]
pub(crate) struct Fault {
    pub code: &'static str,
    pub severity: Severity,
    /// Bytes of the assembled text.
    pub span: Range<usize>,
    pub message: String,
    pub help: Option<String>,
}

impl Fault {
    pub fn error(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { code, severity: Severity::Error, span, message: message.into(), help: None }
    }

    pub fn warning(code: &'static str, span: Range<usize>, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, span, message) }
    }

    pub fn help(mut self, help: impl Into<Option<String>>) -> Self {
        self.help = help.into();
        self
    }
}

/// "Did you mean …?" where one of `known` is near to `word`.
pub(crate) fn did_you_mean<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(word, known).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// The one of `known` that `word` is probably a misspelling of.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A longer word is not a misspelt name, and the cost of comparing is the product of both lengths.
    const LONGEST: usize = 80;
    if word.len() > LONGEST {
        return None;
    }
    known
        .into_iter()
        .filter(|candidate| candidate.len() <= LONGEST)
        .map(|candidate| (strsim::damerau_levenshtein(word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}
