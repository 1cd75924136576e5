//! Codes as rows of a table: what a row says before its session has been looked up. Owns the columns and what is wrong with a cell; refuses
//! to read a file and to know a study.

use super::Seen;
use crate::instrument::RelationalModel;

/// The columns of a table of codes; the first three have to be there.
pub const COLUMNS: [&str; 12] = [
    "session",
    "coder",
    "dominant",
    "second",
    "confidence",
    "consensus",
    "note",
    "evidence",
    "passages",
    "seen",
    "blind",
    "at",
];

/// A row of a table of codes. A cell that is empty or has a fault is none.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CodeRow {
    /// Its line, as an editor counts.
    pub line: u64,
    /// Its session as somebody wrote it.
    pub session: String,
    /// Who gave the code.
    pub coder: Option<String>,
    /// The dominant model.
    pub dominant: Option<RelationalModel>,
    /// The model after it.
    pub second: Option<RelationalModel>,
    /// How sure the coder was.
    pub confidence: Option<u8>,
    /// Whether it settles its session.
    pub consensus: bool,
    /// In the coder's words.
    pub note: String,
    /// Marks on answers, as they are written.
    pub evidence: String,
    /// Marked passages, as they are written.
    pub passages: String,
    /// What the coder was shown.
    pub seen: Option<Seen>,
    /// Whether the coder had seen no other judgement of the session.
    pub blind: Option<bool>,
    /// When it was given, in milliseconds.
    pub at: Option<i64>,
    /// What is wrong with its cells.
    pub faults: CellFaults,
}

/// What is wrong with the cells of a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CellFaults(Vec<(&'static str, String)>);

impl CellFaults {
    /// One more.
    pub fn add(&mut self, column: &'static str, what: impl Into<String>) {
        self.0.push((column, what.into()));
    }

    /// Keeps the value of a cell, or why there is none.
    pub fn keep<T>(&mut self, column: &'static str, read: Result<T, String>) -> Option<T> {
        read.map_err(|why| self.add(column, why)).ok()
    }

    /// Each as a sentence, in the order of the columns.
    pub fn in_words(mut self, line: u64) -> Vec<String> {
        let place = |column: &str| COLUMNS.iter().position(|known| *known == column);
        self.0.sort_by_key(|(column, _)| place(column));
        self.0.into_iter().map(|(column, what)| format!("line {line}, column `{column}`: {what}")).collect()
    }
}
