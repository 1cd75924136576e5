//! The report of a whole study: loads and measures its sessions, takes out what may not leave the researcher's backend, and
//! writes the rest in the form that was asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::agreement::code_table;
use super::super::coded::CodedStudy;
use super::super::input;
use super::super::relation::PageFormat;
use super::super::table::pretty_json;
use super::super::{Failure, remark};
use super::{ReportArgs, check_language};
use crate::analysis::validity::Validity;
use crate::analysis::{Privacy, StudyReport};
use crate::classify::evaluate::{DividedBy, Division, Judgement, judge_beside};
use crate::classify::model::MissingPolicy;
use crate::classify::pooling::divide;
use crate::classify::recovery::{ModelPerformance, RecoveryExtent, STUDY, recovery};
use crate::classify::reference::World;
use crate::classify::session::evidence;
use crate::classify::train::Training;
use crate::coding::Seen;
use crate::coding::agreement::Statistic;
use crate::instrument::{Language, Perspective, RelationalModel};
use crate::interview::SessionState;
use crate::report::document::{Shown, to_markdown};
use crate::report::findings;
use crate::report::html::to_html;
use crate::report::methods::{self, CoderStatistic, CodingFacts, Provenance, TeachingFacts};
use crate::store::{SessionHeader, Study};
use crate::study::blind::Blinding;
use crate::study::codes::{CodeCounts, SessionCodes, independent, standings, teaches, without_refused};

/// Seed of the table that shows how well the reference model recovers simulated codes; any would do.
const RECOVERY_SEED: u64 = 1;
/// Bootstrap samples behind its intervals.
const RESAMPLES: usize = 200;

/// Folds, seed and bootstrap samples of the study's own evaluation: those of `relata evaluate`, so that the two print the same.
const FOLDS: usize = 10;
const EVALUATION_SEED: u64 = 1;
const EVALUATION_RESAMPLES: usize = 1000;

/// What a program gets: the findings as data, and the methods in words.
#[derive(Serialize)]
struct Everything<'a> {
    findings: &'a StudyReport,
    report: &'a Shown,
}

/// The report of the study as a text.
pub(super) fn report(study: &Study, args: &ReportArgs) -> Result<String, Failure> {
    let headers = super::super::input::sessions(study)?;
    let measured = super::super::study::look(study)?;
    let filter = args.filter.filter();
    let english = Language::new("en");
    // The language of the report has to be one of the instrument's, and which that is follows from the sessions.
    let first = StudyReport::build(&measured, &filter, &english);
    super::super::study::unknown(&first, &filter)?;
    let Some((name, version, _)) = first.sample.instrument.clone() else {
        return Err(
            Failure::refused("the study has no sessions yet").help("begin one with `relata interview`")
        );
    };
    let of_report = |header: &&SessionHeader| {
        header.instrument.name == name
            && header.state == SessionState::Finished
            && !header.test
            && header.simulated() == first.simulated
    };
    let counted: Vec<&SessionHeader> = headers.iter().filter(of_report).collect();
    let of_version = |header: &&&SessionHeader| header.instrument.version == version;
    let example = counted.iter().find(of_version).copied();
    let any =
        headers.iter().find(|header| header.instrument.name == name && header.instrument.version == version);
    let Some(of_version) = example.or(any) else {
        return Err(Failure::refused(format!("the questionnaire {name} {version} is not in the study")));
    };
    let instrument = input::loader(study).instrument(of_version)?;
    check_language(&instrument, args.lang.as_deref())?;
    let language = instrument.language(args.lang.as_deref().or(most_spoken(&counted).as_deref()));
    let whole = if language == english { first } else { StudyReport::build(&measured, &filter, &language) };
    let shown = findings::publishable(&whole, Privacy::at_least(args.smallest_group));
    let provenance = Provenance {
        instrument: instrument.clone(),
        relata: versions(&counted),
        seeds: counted.iter().map(|header| header.start.seed).collect::<BTreeSet<_>>().len(),
        sessions: counted.len(),
        norms: measured.basis(&instrument.hash, shown.simulated),
        assumed: measured.assumed(),
        recovery: example.map(|header| recovered(study, header)).transpose()?.unwrap_or_default(),
        recovery_seed: RECOVERY_SEED,
        coded: coded(study, &headers, &name, shown.simulated)?,
        validity: Validity::of(&measured, &filter, &language, None),
    };
    if shown.sample.other_source > 0 {
        let left = shown.sample.other_source;
        let which = if shown.simulated { "real" } else { "simulated" };
        remark(&format!("{left} {which} sessions are left out: a report never mixes the two"));
    }
    let document = findings::document(&shown, methods::sections(&shown, &provenance));
    Ok(match args.format {
        PageFormat::Html => to_html(&document),
        PageFormat::Md => to_markdown(&document),
        PageFormat::Json => pretty_json(&Everything { findings: &shown, report: &document })?,
    })
}

/// What coders said of the sessions of this questionnaire, and what that teaches.
fn coded(
    study: &Study,
    headers: &[SessionHeader],
    name: &str,
    simulated: bool,
) -> Result<Option<CodingFacts>, Failure> {
    let mut standings = standings(study)?;
    without_refused(study, headers, &mut standings)?;
    let counts = |header: &&SessionHeader| {
        header.instrument.name == name && header.simulated() == simulated && teaches(header)
    };
    let rows: Vec<(&SessionHeader, &SessionCodes)> = headers
        .iter()
        .filter(counts)
        .filter_map(|header| Some((header, standings.get(&header.id)?)))
        .filter(|(_, standing)| !standing.coders.is_empty() || standing.consensus.is_some())
        .collect();
    if rows.is_empty() {
        return Ok(None);
    }
    let mut first = independent(study)?;
    without_refused(study, headers, &mut first)?;
    let compared: Vec<(&SessionHeader, &SessionCodes)> =
        rows.iter().filter_map(|(header, _)| Some((*header, first.get(&header.id)?))).collect();
    let table = code_table(&compared);
    let made = CodeCounts::of(compared.iter().flat_map(|(_, standing)| &standing.coders));
    // One coder, or no session that two of them coded, is no agreement and no fault.
    let agreement = table.agreement(EVALUATION_RESAMPLES, EVALUATION_SEED).ok();
    let statistic = |found: &Statistic| CoderStatistic {
        name: found.name,
        value: found.value,
        interval: found.low.zip(found.high),
        sessions: found.sessions,
    };
    let taught = match CodedStudy::of(study, name, simulated)? {
        Some(found) => Some(TeachingFacts {
            basis: found.pooled.basis,
            labels: labels(&found),
            judgement: judged(&found),
        }),
        None => None,
    };
    Ok(Some(CodingFacts {
        coders: table.coders.len(),
        sessions: rows.len(),
        made: [made.narrative, made.whole, made.not_kept],
        narrative: Blinding::of(study)?.seen == Seen::Narrative,
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

/// What `relata evaluate --study` says without further options; none where the reference sample is pooled in or a label has too
/// few respondents to be held out.
fn judged(coded: &CodedStudy) -> Option<Judgement> {
    let pooled = &coded.pooled;
    if pooled.beside.is_some() {
        return None;
    }
    let people = coded.respondents();
    let division = divide(&people, pooled.coded.labels(), FOLDS, EVALUATION_SEED, true).ok()?;
    let clusters = Division::named(DividedBy::Group, &people).ok()?.part;
    let how = Training {
        basis: pooled.basis.to_string(),
        seed: EVALUATION_SEED,
        missing: MissingPolicy::Refuse,
        ..Training::default()
    };
    let judged = judge_beside(&pooled.coded, None, division, Some(&clusters), &how, EVALUATION_RESAMPLES);
    judged.ok().map(|(judgement, _)| judgement)
}

/// The language in which most of these sessions began.
fn most_spoken(sessions: &[&SessionHeader]) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for header in sessions {
        *counts.entry(header.start.language.as_str()).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, count)| *count).map(|(language, _)| language.to_owned())
}

fn versions(sessions: &[&SessionHeader]) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for header in sessions {
        *counts.entry(&header.relata).or_default() += 1;
    }
    counts.into_iter().map(|(version, count)| (version.to_owned(), count)).collect()
}

/// How well the reference model recovers simulated codes from the blocks that this session has. A questionnaire without such
/// blocks has no such table.
fn recovered(study: &Study, header: &SessionHeader) -> Result<Vec<ModelPerformance>, Failure> {
    let (interview, _) = input::loader(study).interview(header)?;
    let Some(evidence) = evidence(&interview, Perspective::Own) else { return Ok(Vec::new()) };
    let extent =
        RecoveryExtent { worlds: &[World::Reference], sessions: STUDY, drawn: 0, resamples: RESAMPLES };
    Ok(recovery(&evidence.plan, extent, RECOVERY_SEED).unwrap_or_default())
}
