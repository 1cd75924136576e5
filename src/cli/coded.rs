//! What `train`, `evaluate` and `model explain` learn from: a table, or the coded sessions of a study. Remarks on sessions that are left
//! out.

use std::path::PathBuf;

use clap::Args;

use super::choice::{Choices, one_of};
use super::columns::{ColumnArgs, text};
use super::input;
use super::labelled::TableArgs;
use super::{Failure, StudyArg, list, plural, remark};
use crate::classify::pooling::Pool;
use crate::store::SessionHeader;
use crate::study::codes::standings;
use crate::study::learning::{CodedStudy, gather};

/// A table or a study: what to learn from.
#[derive(Debug, Clone, Args)]
pub(super) struct LearnArgs {
    /// CSV file with a header; an empty cell is missing; `-` reads standard input. Without it, the coded sessions of the study
    #[arg(long, value_name = "FILE", requires = "label")]
    input: Option<PathBuf>,

    /// With --input: the column with the labels: CS, AR, EM, MP or their full names, in any case
    #[arg(long, value_name = "COLUMN", requires = "input", allow_hyphen_values = true, value_parser = text)]
    label: Option<String>,

    #[command(flatten)]
    columns: ColumnArgs,

    /// With a study: train beside the simulated reference sample unless the codes alone predict held-out codes better (auto), always
    /// (always), or on the study's own codes alone (never)
    #[arg(long, default_value = "auto", value_parser = one_of(POOL), conflicts_with = "input")]
    pool: Pool,

    /// With a study: which questionnaire, by name; without it, the one with the most coded sessions
    #[arg(long, value_name = "NAME", conflicts_with = "input")]
    questionnaire: Option<String>,
}

const POOL: Choices<Pool> =
    &[("auto", "", Pool::Auto), ("always", "", Pool::Always), ("never", "", Pool::Never)];

impl LearnArgs {
    /// The table that was asked for; none where it is the study.
    ///
    /// # Errors
    /// Both a table and a study.
    pub fn table(&self, study: &StudyArg) -> Result<Option<TableArgs>, Failure> {
        let (Some(input), Some(label)) = (&self.input, &self.label) else {
            // Columns belong to a table; a study has features, and they are those of `classify`.
            let cells = &self.columns.cells;
            if !self.columns.ignore.is_empty() || !cells.missing.is_empty() || cells.decimal.is_some() {
                return Err(Failure::Usage("--ignore, --missing and --decimal belong to --input".into()));
            }
            return Ok(None);
        };
        if study.study.is_some() {
            return Err(Failure::Usage("learn from --input or from --study, not from both".into()));
        }
        Ok(Some(TableArgs { input: input.clone(), label: label.clone(), columns: self.columns.clone() }))
    }

    /// The coded sessions of the study.
    pub fn study(&self, study: &StudyArg) -> Result<CodedStudy, Failure> {
        let study = study.look()?;
        let shown = study.path().display().to_string();
        if standings(&study)?.is_empty() {
            return Err(Failure::refused(format!("nobody has coded a session of {shown}")).help(
                "code one with `relata code SESSION`, or bring codes in with `relata code import F.csv`",
            ));
        }
        let gathered = gather(&study, &input::hear, self.questionnaire.as_deref(), None, self.pool)?;
        for (why, count) in &gathered.left_out {
            remark(&format!("left out: {} {why}", plural(*count, "coded session")));
        }
        let Some(found) = gathered.found else {
            return Err(Failure::refused(format!("{shown} has no coded session to learn from"))
                .help("sessions teach when they are finished, coded, and settled or agreed on by most of their coders"));
        };
        if gathered.simulated {
            remark(
                "every respondent here is simulated: the model shows how relata works, and nothing about people",
            );
        }
        if found.pooled.beside.is_some() && self.pool == Pool::Auto {
            remark(
                "the codes alone do not predict held-out codes better: the simulated reference sample is pooled in",
            );
        }
        Ok(found)
    }
}

/// What a field of the start form holds in each row; `respondent` and `interviewer` are fields too.
pub(super) fn field(coded: &CodedStudy, name: &str) -> Result<Vec<String>, Failure> {
    let value = |header: &SessionHeader| match name {
        "respondent" => Some(header.respondent.clone()),
        "interviewer" => header.interviewer.clone(),
        field => header.start.fields.get(field).cloned(),
    };
    let values: Vec<String> =
        coded.headers.iter().map(|header| value(header).unwrap_or_default().trim().to_owned()).collect();
    if values.iter().all(String::is_empty) {
        let known = coded.headers.iter().flat_map(|header| header.start.fields.keys().cloned());
        let mut known: Vec<String> = known.chain(["respondent".to_owned()]).collect();
        known.sort();
        known.dedup();
        return Err(Failure::refused(format!("no coded session has anything in the field `{name}`"))
            .help(format!("fields are {}", list(&known))));
    }
    let empty: Vec<String> = coded
        .headers
        .iter()
        .zip(&values)
        .filter(|(_, value)| value.is_empty())
        .map(|(header, _)| header.id.short())
        .collect();
    if !empty.is_empty() {
        return Err(Failure::refused(format!("the field `{name}` is empty in session {}", list(&empty))));
    }
    Ok(values)
}
