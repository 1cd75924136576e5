//! Which sessions the findings are about. Owns the choice; a filter never mixes real and simulated sessions, nor two
//! instruments: where nothing is chosen, it takes real ones if there are any, and the instrument with most sessions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Count;
use super::digest::Facts;
use crate::texts::timestamp;

/// What a filter can be set to, over the whole study.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct FilterChoices {
    /// Instruments by name with the number of their sessions, the most frequent first.
    pub instruments: Vec<Count>,
    /// Fields of the start form, each with the values that occur.
    pub fields: Vec<FieldChoices>,
    /// Codes of interviewers.
    pub interviewers: Vec<Count>,
    /// First and last day, UTC, `YYYY-MM-DD`.
    pub days: Option<(String, String)>,
    /// Finished sessions of real and of simulated respondents, of each about each organisation the last.
    pub finished: (usize, usize),
}

/// The values of a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChoices {
    /// Its name in the instrument.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Values that occur.
    pub values: Vec<Count>,
}

/// Who gave the answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// People.
    Real,
    /// A program.
    Simulated,
}

/// What was chosen. Everything that is `None` or empty is open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Real or simulated sessions; never both.
    pub source: Option<Source>,
    /// The name of an instrument; never several.
    pub instrument: Option<String>,
    /// Values of fields of the start form.
    pub fields: BTreeMap<String, String>,
    /// The code of an interviewer.
    pub interviewer: Option<String>,
    /// The first day, UTC, `YYYY-MM-DD`.
    pub from: Option<String>,
    /// The last day, that day included.
    pub to: Option<String>,
    /// Ways of answering, as [`super::pool`] names them; all where none is named.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub ways: Vec<String>,
}

impl Filter {
    /// Whether anything but the source and the instrument is chosen.
    pub fn is_narrow(&self) -> bool {
        !self.fields.is_empty()
            || self.interviewer.is_some()
            || self.from.is_some()
            || self.to.is_some()
            || !self.ways.is_empty()
    }

    /// The day `days` after `day` (negative: before it); none for what is no day.
    pub fn day_after(day: &str, days: i64) -> Option<String> {
        let day: jiff::civil::Date = day.parse().ok()?;
        Some(day.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?.to_string())
    }

    /// Whether a session passes what is chosen beside source and instrument.
    pub fn passes(&self, facts: &Facts, fields: &BTreeMap<String, String>) -> bool {
        let day = day(facts);
        let has = |(name, value): (&String, &String)| fields.get(name).is_some_and(|own| own == value);
        self.fields.iter().all(has)
            && self.interviewer.as_ref().is_none_or(|code| facts.interviewer.as_ref() == Some(code))
            && self.from.as_ref().is_none_or(|from| day >= *from)
            && self.to.as_ref().is_none_or(|to| day <= *to)
            && (self.ways.is_empty() || self.ways.iter().any(|way| way == facts.pool()))
    }
}

/// The day on which a session began, UTC.
pub(super) fn day(facts: &Facts) -> String {
    timestamp(facts.begun).chars().take(10).collect()
}

impl Facts {
    /// Who gave the answers.
    pub fn source(&self) -> Source {
        if self.simulated { Source::Simulated } else { Source::Real }
    }
}
