//! Coded sessions of a study as a table: what `train` and `evaluate` learn from without `--input`.
//!
//! Owns which sessions are taken and says aloud which are not, and why.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::features::{ColumnArgs, list, text};
use super::input;
use super::labelled::TableArgs;
use super::{Failure, StudyArg, plural, remark};
use crate::classify::pooling::{CodedSession, Pool, Pooled};
use crate::classify::reference::FeaturePlan;
use crate::coding::labels::CodersVerdict;
use crate::instrument::{Perspective, RelationalModel};
use crate::store::{SessionHeader, Study};
use crate::study::codes::{coded, standings, teaches};
use crate::study::digests;

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
    #[arg(long, value_enum, default_value_t = PoolArg::Auto, conflicts_with = "input")]
    pool: PoolArg,

    /// With a study: which questionnaire, by name; without it, the one with the most coded sessions
    #[arg(long, value_name = "NAME", conflicts_with = "input")]
    questionnaire: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PoolArg {
    Auto,
    Always,
    Never,
}

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
        let pool = match self.pool {
            PoolArg::Auto => Pool::Auto,
            PoolArg::Always => Pool::Always,
            PoolArg::Never => Pool::Never,
        };
        CodedStudy::read(study, self.questionnaire.as_deref(), pool)
    }
}

/// Coded sessions, ready to learn from.
pub(super) struct CodedStudy {
    /// The sessions, in the order of time: the rows of the table.
    pub headers: Vec<SessionHeader>,
    /// What is trained on.
    pub pooled: Pooled,
}

struct CodedMember {
    header: SessionHeader,
    coded: CodedSession,
    plan: FeaturePlan,
}

impl CodedStudy {
    fn read(study: &StudyArg, questionnaire: Option<&str>, pool: Pool) -> Result<Self, Failure> {
        let study = study.look()?;
        let shown = study.path().display().to_string();
        if standings(&study)?.is_empty() {
            return Err(Failure::refused(format!("nobody has coded a session of {shown}")).help(
                "code one with `relata code SESSION`, or bring codes in with `relata code import F.csv`",
            ));
        }
        let (found, out, simulated) = Self::gather(&study, questionnaire, None, pool)?;
        out.say();
        let Some(found) = found else {
            return Err(Failure::refused(format!("{shown} has no coded session to learn from"))
                .help("sessions teach when they are finished, coded, and settled or agreed on by most of their coders"));
        };
        if simulated {
            remark(
                "every respondent here is simulated: the model shows how relata works, and nothing about people",
            );
        }
        if found.pooled.beside.is_some() && pool == Pool::Auto {
            remark(
                "the codes alone do not predict held-out codes better: the simulated reference sample is pooled in",
            );
        }
        Ok(found)
    }

    /// What the codes of a questionnaire teach about its real or its simulated respondents, as a model of the study learns it.
    pub fn of(study: &Study, questionnaire: &str, simulated: bool) -> Result<Option<Self>, Failure> {
        let (found, ..) = Self::gather(study, Some(questionnaire), Some(simulated), Pool::Auto)?;
        Ok(found)
    }

    /// The sessions that teach, what was left out, and whether respondents are simulated; where that is not asked for, the real
    /// ones count unless there are none.
    fn gather(
        study: &Study,
        questionnaire: Option<&str>,
        simulated: Option<bool>,
        pool: Pool,
    ) -> Result<(Option<Self>, ExclusionCounts, bool), Failure> {
        let standings = standings(study)?;
        let mut out = ExclusionCounts::default();
        let mut labelled = Vec::new();
        for header in input::sessions(study)? {
            match standings.get(&header.id).map(|standing| standing.verdict()) {
                None | Some(CodersVerdict::Uncoded) => {}
                Some(CodersVerdict::Disputed) => out
                    .add("on which coders disagree and no consensus stands (`relata agreement` lists them)"),
                Some(_) if header.test => out.add("of rehearsals"),
                Some(_) if !teaches(&header) => out.add("of unfinished interviews"),
                Some(CodersVerdict::Consensus(label) | CodersVerdict::Majority { model: label, .. }) => {
                    labelled.push((header, label));
                }
            }
        }
        // Real respondents are what a study is about; simulated ones teach only where nobody else does.
        let simulated = simulated.unwrap_or_else(|| labelled.iter().all(|(header, _)| header.simulated()));
        out.keep(&mut labelled, |(header, _)| header.simulated() == simulated, "of simulated respondents");
        let name = match questionnaire {
            Some(name) => name.to_owned(),
            None => most_frequent(labelled.iter().map(|(header, _)| header.instrument.name.clone()))
                .unwrap_or_default(),
        };
        out.keep(&mut labelled, |(header, _)| header.instrument.name == name, "of other questionnaires");
        let (headers, labels): (Vec<SessionHeader>, Vec<RelationalModel>) = labelled.into_iter().unzip();
        let labels: BTreeMap<_, _> = headers.iter().map(|header| header.id).zip(labels).collect();
        let mut taken = Vec::new();
        for (header, digest) in digests::of(study, headers, &input::hear)?.sessions {
            if digest.refused {
                out.add("in which consent was refused");
                continue;
            }
            match digest.evidence_for(Perspective::Own).zip(labels.get(&header.id)) {
                Some((evidence, label)) => {
                    let coded = coded(&header, evidence.features.clone(), *label);
                    taken.push(CodedMember { header, coded, plan: evidence.plan.clone() });
                }
                None => out.add("with too few answers for any feature"),
            }
        }
        let names = most_frequent(taken.iter().map(|taken| taken.coded.features.names())).unwrap_or_default();
        let has_all = |taken: &CodedMember| names.iter().all(|name| taken.coded.features.get(name).is_some());
        out.keep(&mut taken, has_all, "without features that most have");
        let plan = taken.iter().find(|taken| taken.coded.features.names() == names).map(|taken| &taken.plan);
        let Some(plan) = plan else { return Ok((None, out, simulated)) };
        let coded: Vec<&CodedSession> = taken.iter().map(|taken| &taken.coded).collect();
        let pooled = Pooled::of(&coded, plan, &names, pool, simulated)
            .map_err(|why| Failure::refused(format!("{}: {why}", study.path().display())))?;
        let headers = taken.into_iter().map(|taken| taken.header).collect();
        Ok((Some(Self { headers, pooled }), out, simulated))
    }

    /// The respondents of the rows.
    pub fn respondents(&self) -> Vec<String> {
        self.headers.iter().map(|header| header.respondent.clone()).collect()
    }

    /// What a field of the start form holds in each row; `respondent` and `interviewer` are fields too.
    pub fn field(&self, name: &str) -> Result<Vec<String>, Failure> {
        let value = |header: &SessionHeader| match name {
            "respondent" => Some(header.respondent.clone()),
            "interviewer" => header.interviewer.clone(),
            field => header.start.fields.get(field).cloned(),
        };
        let values: Vec<String> =
            self.headers.iter().map(|header| value(header).unwrap_or_default().trim().to_owned()).collect();
        if values.iter().all(String::is_empty) {
            let known = self.headers.iter().flat_map(|header| header.start.fields.keys().cloned());
            let mut known: Vec<String> = known.chain(["respondent".to_owned()]).collect();
            known.sort();
            known.dedup();
            return Err(Failure::refused(format!("no coded session has anything in the field `{name}`"))
                .help(format!("fields are {}", list(&known))));
        }
        let empty: Vec<String> = self
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
}

/// The value that occurs most often; the first of those that tie.
fn most_frequent<T: PartialEq + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: Vec<(T, usize)> = Vec::new();
    for value in values {
        match counts.iter_mut().find(|(known, _)| *known == value) {
            Some((_, count)) => *count += 1,
            None => counts.push((value, 1)),
        }
    }
    let most = counts.iter().map(|(_, count)| *count).max()?;
    counts.into_iter().find(|(_, count)| *count == most).map(|(value, _)| value)
}

/// What was not taken, and why.
#[derive(Default)]
struct ExclusionCounts(BTreeMap<&'static str, usize>);

impl ExclusionCounts {
    fn add(&mut self, why: &'static str) {
        *self.0.entry(why).or_default() += 1;
    }

    fn keep<T>(&mut self, rows: &mut Vec<T>, wanted: impl Fn(&T) -> bool, why: &'static str) {
        let before = rows.len();
        rows.retain(|row| wanted(row));
        if rows.len() < before {
            *self.0.entry(why).or_default() += before - rows.len();
        }
    }

    fn say(&self) {
        for (why, count) in &self.0 {
            remark(&format!("left out: {} {why}", plural(*count, "coded session")));
        }
    }
}
