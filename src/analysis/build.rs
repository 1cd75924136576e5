//! Builds the findings: selects the sessions, then makes every table over these.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::filter::{Filter, Source};
use super::measured::{Measured, Member};
use super::respondents::latest;
use super::{Experience, ExperienceLine, Respondents, StudyReport};
use super::{
    clusters, conflicts, experience, lenses, missing, models, pairs, paradox, plan, quality, reliability,
    sample,
};
use crate::instrument::{Instrument, Language, Perspective};

impl StudyReport {
    /// The findings under a filter, with labels in `language`. Nothing is held back in it: see
    /// [`StudyReport::publishable`].
    pub fn build(measured: &Measured, filter: &Filter, language: &Language) -> Self {
        let (source, instrument, everybody) = everybody(measured, filter);
        let name = instrument.as_deref();
        // The comparison of the two sides is the one table that several instruments may share.
        let once_each = latest(&everybody);
        let complete = of_instrument(&once_each, name);
        let main = main_instrument(measured, name, &complete);
        let main = main.as_deref();
        let profiled: Vec<&Member> =
            once_each.iter().copied().filter(|member| member.own.is_some()).collect();
        let settled = Filter { source: Some(source), instrument: instrument.clone(), ..filter.clone() };
        let nothing = || ExperienceLine { small: true, ..ExperienceLine::default() };
        let mut report = Self {
            language: language.to_string(),
            metadata: measured.metadata.clone(),
            planned: plan::Planned::default(),
            choices: sample::choices(measured, (source, name), main, language),
            simulated: source == Source::Simulated,
            sample: sample::sample(measured, filter, (source, name), (main, &complete), language),
            models: super::Models { asked: asks_norms(main), ..models::models(&complete) },
            emotions: main
                .map(|main| experience::emotions(measured, main, &complete, language))
                .unwrap_or_default(),
            experience: main.map_or_else(
                || Experience { all: nothing(), outcomes: Vec::new() },
                |main| experience::experience(measured, main, &complete, language),
            ),
            gaps: conflicts::gaps(&complete, language),
            paradoxes: if asks_norms(main) { paradox::paradoxes(&once_each) } else { Vec::new() },
            pairs: if asks_norms(main) { pairs::pairs(&everybody) } else { Vec::new() },
            lenses: main
                .map(|main| lenses::lenses(measured, main, &complete, &everybody, language))
                .unwrap_or_default(),
            leaving: main.and_then(|main| experience::leaving(measured, main, &complete, language)),
            scales: main
                .map(|main| reliability::scales(measured, main, &complete, language))
                .unwrap_or_default(),
            quality: quality::quality(main, &complete, language),
            clusters: clusters::clusters(
                main.map(|main| experience::scores(measured, main, &complete, language)).unwrap_or_default(),
                &complete,
                language,
            ),
            words: quality::words(&complete),
            words_valence: quality::words_valence(&complete),
            missing: main.map(|main| missing::lines(main, &complete, language)).unwrap_or_default(),
            respondents: Respondents::of_members(&complete),
            profiled: Respondents::of_members(&profiled),
            least: None,
            filter: settled,
        };
        report.planned = plan::planned(measured, &report);
        report
    }
}

/// Whether the study has tables by model; assumed while it has no sessions that tell the instrument.
fn asks_norms(main: Option<&Instrument>) -> bool {
    main.is_none_or(|main| Perspective::ALL.into_iter().any(|side| main.asks_norms(side)))
}

/// The source and the instrument that a filter selects, and all sessions that pass it, of any instrument.
fn everybody<'a>(measured: &'a Measured, filter: &Filter) -> (Source, Option<String>, Vec<&'a Member>) {
    let (source, instrument) = measured.settled(filter);
    let passes = |member: &&Member| {
        member.counts()
            && member.facts.source() == source
            && filter.passes(&member.facts, &member.digest.fields)
    };
    (source, instrument, measured.members.iter().filter(passes).collect())
}

fn of_instrument<'a>(members: &[&'a Member], name: Option<&str>) -> Vec<&'a Member> {
    members.iter().filter(|member| Some(member.facts.instrument.as_str()) == name).copied().collect()
}

/// With the sessions of that instrument alone: all that are finished, on the last of which for each person and organisation the tables rest.
pub(super) fn finished<'a>(
    measured: &'a Measured,
    filter: &Filter,
) -> (Source, Option<String>, Vec<&'a Member>) {
    let (source, instrument, everybody) = everybody(measured, filter);
    let finished = of_instrument(&everybody, instrument.as_deref());
    (source, instrument, finished)
}

impl Measured {
    /// The sessions that the tables of a report rest on, by their ids.
    pub fn rest_on(&self, filter: &Filter) -> BTreeSet<&str> {
        let (.., finished) = finished(self, filter);
        latest(&finished).into_iter().map(|member| member.facts.id.as_str()).collect()
    }
}

/// The version of the instrument that most of these sessions used; any, where none is finished.
pub(super) fn main_instrument(
    measured: &Measured,
    name: Option<&str>,
    complete: &[&Member],
) -> Option<Arc<Instrument>> {
    let mut versions: BTreeMap<&str, usize> = BTreeMap::new();
    for member in measured.members.iter().filter(|m| Some(m.facts.instrument.as_str()) == name) {
        versions.entry(&member.facts.hash).or_insert(0);
    }
    for member in complete {
        *versions.entry(&member.facts.hash).or_insert(0) += 1;
    }
    let (most, _) = versions.into_iter().max_by_key(|(_, count)| *count)?;
    measured.instruments.get(most).cloned()
}
