//! The sources of the methods section beside the sessions: codes, the model that learns from them, and how well the reference model
//! recovers known codes.

use super::agreement::code_table;
use super::codes::{CodeCounts, SessionCodes, independent, standings, teaches, without_refused};
use super::learning::CodedStudy;
use super::{Hear, Loader, StudyError};
use crate::analysis::Respondents;
use crate::classify::evaluate::Judgement;
use crate::classify::model::MissingPolicy;
use crate::classify::recovery::{ModelPerformance, RecoveryExtent, STUDY, recovery};
use crate::classify::reference::World;
use crate::classify::session::evidence;
use crate::classify::train::Training;
use crate::coding::agreement::Statistic;
use crate::instrument::{Perspective, RelationalModel};
use crate::report::methods::{CoderStatistic, CodingFacts, TeachingFacts};
use crate::store::{SessionHeader, Study};

/// Seed of the table that shows how well the reference model recovers simulated codes; any would do.
pub const RECOVERY_SEED: u64 = 1;
/// Bootstrap samples behind its intervals.
const RESAMPLES: usize = 200;

/// Folds, seed and bootstrap samples of the study's own evaluation: those of `relata evaluate`, so that the two print the same.
const FOLDS: usize = 10;
const EVALUATION_SEED: u64 = 1;
const EVALUATION_RESAMPLES: usize = 1000;

/// What coders said of the sessions of this questionnaire, and what that teaches.
///
/// # Errors
/// A study that cannot be read.
pub fn coded(
    study: &Study,
    hear: Hear,
    headers: &[SessionHeader],
    (name, simulated): (&str, bool),
) -> Result<Option<CodingFacts>, StudyError> {
    let mut standings = standings(study)?;
    without_refused(study, headers, &mut standings)?;
    let counts = |header: &&SessionHeader| {
        header.instrument.name == name && header.simulated() == simulated && teaches(header)
    };
    let rows: Vec<&SessionHeader> = headers
        .iter()
        .filter(counts)
        .filter(|header| standings.get(&header.id).is_some_and(SessionCodes::is_coded))
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let mut first = independent(study)?;
    without_refused(study, headers, &mut first)?;
    let compared = rows.iter().filter_map(|header| first.get(&header.id));
    let table = code_table(compared.clone());
    let made = CodeCounts::of(compared.flat_map(|standing| &standing.coders));
    // One coder, or no session that two of them coded, is no agreement and no fault.
    let agreement = table.agreement(EVALUATION_RESAMPLES, EVALUATION_SEED).ok();
    let statistic = |found: &Statistic| CoderStatistic {
        name: found.name,
        value: found.value,
        interval: found.low.zip(found.high),
        sessions: found.sessions,
    };
    let taught = match CodedStudy::of(study, hear, name, simulated)? {
        Some(found) => Some(TeachingFacts {
            basis: found.pooled.basis,
            worth: found.worth,
            labels: labels(&found),
            judgement: judged(&found),
        }),
        None => None,
    };
    Ok(Some(CodingFacts {
        coders: table.coders.len(),
        sessions: rows.len(),
        respondents: Respondents::of(rows.iter().map(|header| &header.respondent)),
        made: [made.narrative, made.whole, made.not_kept],
        blind: made.blind,
        compared: agreement.as_ref().map_or(0, |found| found.compared),
        agreement: agreement.map_or_else(Vec::new, |found| found.statistics.iter().map(statistic).collect()),
        taught,
    }))
}

/// How many sessions have each label.
fn labels(coded: &CodedStudy) -> [usize; 4] {
    let all = coded.pooled.coded.labels();
    RelationalModel::ALL.map(|model| all.iter().filter(|label| **label == model).count())
}

/// The result of `relata evaluate --study` with default options; none where the reference sample is pooled in or a label has too few
/// respondents to be held out.
fn judged(coded: &CodedStudy) -> Option<Judgement> {
    let how = Training {
        basis: coded.pooled.basis.to_string(),
        seed: EVALUATION_SEED,
        missing: MissingPolicy::Refuse,
        ..Training::default()
    };
    let alone = coded.pooled.beside.is_none();
    alone.then(|| coded.judge(FOLDS, &how, EVALUATION_RESAMPLES).ok()).flatten()
}

/// How well the reference model recovers simulated codes from the blocks that this session has. A questionnaire without such
/// blocks has no such table.
///
/// # Errors
/// A session that cannot be read.
pub fn recovered(
    study: &Study,
    hear: Hear,
    header: &SessionHeader,
) -> Result<Vec<ModelPerformance>, StudyError> {
    let (interview, _) = Loader::new(study, hear).interview(header)?;
    let Some(evidence) = evidence(&interview, Perspective::Own) else { return Ok(Vec::new()) };
    let extent =
        RecoveryExtent { worlds: &[World::Reference], sessions: STUDY, drawn: 0, resamples: RESAMPLES };
    Ok(recovery(&evidence.plan, extent, RECOVERY_SEED).unwrap_or_default())
}
