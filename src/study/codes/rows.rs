//! Checks rows of a table of codes against the study: whether the session can be coded, the spelling of the coder, and whether marked words
//! are in the session. Finds all faults at once. Reading the table is not its business.

use std::collections::BTreeMap;

use super::{FileCode, Spellings};
use crate::coding::row::CodeRow;
use crate::coding::{CodeFault, Coding, Seen};
use crate::instrument::Language;
use crate::store::SessionId;
use crate::study::blind::Blinding;
use crate::study::coding::{said::SessionWords, to_code};
use crate::study::{Loader, StudyError};
use crate::text;

/// A table of codes after the check against the study.
#[derive(Debug, Default)]
pub struct CheckedRows {
    /// The codes in the order in which they were given, each once.
    pub codes: Vec<FileCode>,
    /// Marks on what the session no longer has.
    pub left_out: Vec<String>,
    /// What is wrong with the table; with one fault, nothing of it is taken over.
    pub faults: Vec<String>,
}

/// A row without faults.
struct CheckedRow {
    line: u64,
    at: Option<i64>,
    code: FileCode,
}

/// State while rows are checked: what was looked up, and the rows so far.
struct RowCheck<'a> {
    loader: Loader<'a>,
    blinding: Blinding,
    spellings: Spellings,
    /// Faults of rows speak English, as the command does.
    language: Language,
    sessions: BTreeMap<String, Result<SessionId, String>>,
    words: BTreeMap<SessionId, SessionWords>,
    rows: Vec<CheckedRow>,
    left_out: Vec<String>,
}

/// Holds the rows of a table against the study; `consensus` says that every row settles its session.
///
/// # Errors
/// A study that cannot be read.
pub fn check(
    loader: Loader<'_>,
    rows: Vec<Result<CodeRow, String>>,
    consensus: bool,
) -> Result<CheckedRows, StudyError> {
    let study = loader.study();
    let mut check = RowCheck {
        blinding: Blinding::of(study)?,
        spellings: Spellings::of(study)?,
        loader,
        language: Language::new("en"),
        sessions: BTreeMap::new(),
        words: BTreeMap::new(),
        rows: Vec::new(),
        left_out: Vec::new(),
    };
    let mut faults = Vec::new();
    for row in rows {
        match row {
            Ok(row) => faults.extend(check.row(row, consensus)),
            Err(broken) => faults.push(broken),
        }
    }
    let RowCheck { mut rows, left_out, .. } = check;
    rows.sort_by_key(|row| row.at);
    Ok(CheckedRows { codes: rows.into_iter().map(|row| row.code).collect(), left_out, faults })
}

impl RowCheck<'_> {
    /// Takes a row in, and returns what is wrong with it.
    fn row(&mut self, row: CodeRow, consensus: bool) -> Vec<String> {
        let CodeRow { line, session: wanted, dominant, second, confidence, note, seen, blind, at, .. } = row;
        let mut faults = row.faults;
        let consensus = row.consensus || consensus;
        let session = faults.keep("session", self.session(&wanted));
        let coder = row.coder.and_then(|coder| {
            let taken = self.spellings.take(&coder);
            let taken = taken.map_err(|known| {
                let coder = coder.as_str();
                let why = text!(&self.language, "study-coding-other-case", coder, known);
                format!("`{coder}`: {why}")
            });
            faults.keep("coder", taken).map(|()| coder)
        });
        let (mut evidence, mut passages) = (Vec::new(), Vec::new());
        if let Some(session) = session {
            let said = self
                .words
                .entry(session)
                .or_insert_with(|| SessionWords::of(&mut self.loader, &self.blinding, session));
            let everything = seen == Some(Seen::Whole);
            let mut gone = Vec::new();
            let marks = said.marks(&row.evidence, everything, &mut gone);
            evidence = faults.keep("evidence", marks).unwrap_or_default();
            let marked = said.passages(&row.passages, everything, &mut gone);
            passages = faults.keep("passages", marked).unwrap_or_default();
            self.left_out.extend(gone.into_iter().map(|what| format!("line {line}: {what}")));
        }
        if let (Some(session), Some(coder), Some(dominant)) = (session, coder, dominant) {
            let coding = Coding { dominant, second, confidence, evidence, note, passages, seen, blind };
            // Every other fault of a code was found column by column.
            if let Err(why @ CodeFault::MarkedTwice { .. }) = coding.check() {
                faults.add("evidence", why.to_string());
            }
            let code = FileCode { session, coder, consensus, coding, marks_all: false };
            if let Err(why) = self.take(CheckedRow { line, at, code }) {
                faults.add("session", why);
            }
        }
        faults.in_words(line)
    }

    fn session(&mut self, wanted: &str) -> Result<SessionId, String> {
        if wanted.is_empty() {
            return Err("is empty".into());
        }
        let known = self.sessions.entry(wanted.to_owned()).or_insert_with(|| {
            to_code(&mut self.loader, wanted).map(|header| header.id).map_err(|why| why.message)
        });
        known.clone()
    }

    /// Takes a code that no earlier row has. A consensus belongs to the session, regardless of the coder.
    fn take(&mut self, row: CheckedRow) -> Result<(), String> {
        let same = |known: &&CheckedRow| {
            let (known, code) = (&known.code, &row.code);
            known.session == code.session
                && known.consensus == code.consensus
                && (code.consensus || known.coder == code.coder)
        };
        match self.rows.iter().rev().find(same) {
            Some(known) if known.code.coding == row.code.coding && known.at == row.at => Ok(()),
            Some(known) if known.at.is_none() || row.at.is_none() => Err(format!(
                "this coder has another code for it in line {}; codes that follow each other say when they were given, in a column `at`",
                known.line
            )),
            _ => {
                self.rows.push(row);
                Ok(())
            }
        }
    }
}
