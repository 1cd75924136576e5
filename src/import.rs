//! Imports files of other programs: tables of numbers and labels, trials of timed tasks, questionnaires as XLSForm, answers,
//! transcripts, projects of qualitative analysis. Owns what may be read of an untrusted file, and that nothing is lost
//! silently: whatever could not be imported completely is a [`Loss`] with its place, its reason and its replacement. Refuses to
//! touch the disk, to print, and to keep anything.

use serde::Serialize;

pub mod answers;
mod book;
pub mod codes;
pub mod refi;
pub mod sav;
pub mod table;
pub mod transcript;
pub mod trials;
pub mod xlsform;
mod xml;

/// Something that could not be imported completely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// The sheet with it.
    pub sheet: &'static str,
    /// Its row, as the spreadsheet counts.
    pub row: usize,
    /// Its name in the form, where it has one.
    pub name: String,
    /// Why it could not.
    pub reason: String,
    /// What replaces it.
    pub instead: String,
}

/// A name that had to change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Renamed {
    /// What has the name: a question, a group, a list of choices, or a choice with its list.
    pub what: String,
    /// Its name in the form.
    pub from: String,
    /// Its name here.
    pub to: String,
}
