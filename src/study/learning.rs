//! Selects the coded sessions of a study that a model learns from, and counts by reason what is left out.
//!
//! Real respondents go before simulated ones, and one questionnaire is learnt at a time. Prints nothing.

use std::collections::BTreeMap;

use super::codes::{coded, standings, teaches};
use super::{Hear, StudyError, digests};
use crate::classify::evaluate::{DividedBy, Division, EvaluateError, Judgement, judge_beside};
use crate::classify::pooling::merit::{self, CodesWorth};
use crate::classify::pooling::{CodedSession, Pool, Pooled, divide};
use crate::classify::reference::FeaturePlan;
use crate::classify::train::Training;
use crate::coding::labels::CodersVerdict;
use crate::instrument::{Perspective, RelationalModel};
use crate::store::{SessionHeader, Study};

/// Coded sessions, ready to learn from.
#[derive(Debug)]
pub struct CodedStudy {
    /// The sessions, in the order of time: the rows of the table.
    pub headers: Vec<SessionHeader>,
    /// What is trained on.
    pub pooled: Pooled,
    /// What profiles rest on.
    pub worth: CodesWorth,
}

/// The request, and what was left out on the way.
#[derive(Debug)]
pub struct Teaching {
    /// The sessions that teach; none where there are too few to learn from.
    pub found: Option<CodedStudy>,
    /// How many coded sessions were left out, by why.
    pub left_out: BTreeMap<&'static str, usize>,
    /// Whether their respondents are simulated.
    pub simulated: bool,
}

struct CodedMember {
    header: SessionHeader,
    coded: CodedSession,
    plan: FeaturePlan,
}

impl CodedStudy {
    /// What the codes of a questionnaire teach about its real or its simulated respondents, as a model of the study learns it.
    ///
    /// # Errors
    /// A study that cannot be read, or features that do not go together.
    pub fn of(
        study: &Study,
        hear: Hear,
        questionnaire: &str,
        simulated: bool,
    ) -> Result<Option<Self>, StudyError> {
        Ok(gather(study, hear, Some(questionnaire), Some(simulated), Pool::Auto)?.found)
    }

    /// The respondents of the rows.
    pub fn respondents(&self) -> Vec<String> {
        self.headers.iter().map(|header| header.respondent.clone()).collect()
    }

    /// How well what they teach predicts held-out codes. Only they are held out and scored; the reference sample beside them, where it is pooled
    /// in, trains alone. Nobody's sessions are on both sides.
    ///
    /// # Errors
    /// A label with too few respondents to be held out; a part that cannot be fitted.
    pub fn judge(&self, folds: usize, how: &Training, resamples: usize) -> Result<Judgement, EvaluateError> {
        let respondents = self.respondents();
        let Pooled { coded, beside, .. } = &self.pooled;
        let division = divide(&respondents, coded.labels(), folds, how.seed, beside.is_none())?;
        let people = Division::named(DividedBy::Group, &respondents)?.part;
        let judged = judge_beside(coded, beside.as_ref(), division, Some(&people), how, resamples);
        judged.map(|(judgement, _)| judgement)
    }
}

/// The sessions that teach, what was left out, and whether respondents are simulated; where that is not asked for, the real
/// ones count unless there are none.
///
/// # Errors
/// A study that cannot be read, or features that do not go together.
pub fn gather(
    study: &Study,
    hear: Hear,
    questionnaire: Option<&str>,
    simulated: Option<bool>,
    pool: Pool,
) -> Result<Teaching, StudyError> {
    let standings = standings(study)?;
    let mut out = ExclusionCounts::default();
    let mut labelled = Vec::new();
    for header in super::sessions(study, hear)? {
        match standings.get(&header.id).map(|standing| standing.verdict()) {
            None | Some(CodersVerdict::Uncoded) => {}
            Some(CodersVerdict::Disputed) => {
                out.add("on which coders disagree and no consensus stands (`relata agreement` lists them)")
            }
            Some(_) if header.test => out.add("of rehearsals"),
            Some(_) if !teaches(&header) => out.add("of unfinished interviews"),
            Some(CodersVerdict::Consensus(label) | CodersVerdict::Majority { model: label, .. }) => {
                labelled.push((header, label));
            }
        }
    }
    // Simulated respondents teach only where there are no real ones.
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
    for (header, digest) in digests::of(study, headers, hear)?.sessions {
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
    let Some(plan) = plan else { return Ok(Teaching { found: None, left_out: out.0, simulated }) };
    let coded: Vec<&CodedSession> = taken.iter().map(|taken| &taken.coded).collect();
    let pooled = Pooled::of(&coded, plan, &names, pool, simulated)
        .map_err(|why| StudyError::new(format!("{}: {why}", study.path().display())))?;
    let worth = merit::worth(&coded, plan, &names, simulated);
    let headers = taken.into_iter().map(|taken| taken.header).collect();
    Ok(Teaching { found: Some(CodedStudy { headers, pooled, worth }), left_out: out.0, simulated })
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

/// Sessions that were left out, by reason.
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
}
