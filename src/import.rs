//! Files of other programs, taken over: tables of numbers and labels, trials of timed tasks, questionnaires as XLSForm, answers, transcripts, projects of
//! qualitative analysis. Owns what may be read of an untrusted file, and that
//! nothing is lost in silence: whatever could not come over whole is a [`Loss`] with its place, its reason and what stands
//! there instead. Refuses to touch the disk, to print, and to keep anything.

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

/// One thing that could not come over whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// The sheet that it stands in.
    pub sheet: &'static str,
    /// Its row, as the spreadsheet counts.
    pub row: usize,
    /// Its name in the form, where it has one.
    pub name: String,
    /// Why it could not.
    pub reason: String,
    /// What stands in its place.
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
