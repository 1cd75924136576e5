//! Who is in the study and who is not: every session that is left out is counted.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::estimate::cell;
use super::filter::{Filter, Source, day};
use super::measured::{Measured, Member};
use super::privacy::SMALL;
use super::respondents::{Respondents, latest, people};
use super::{FieldChoices, FilterChoices, ShownCount};
use crate::instrument::{Instrument, Language};
use crate::interview::SessionState;

/// How many sessions have something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What they have.
    pub name: String,
    /// How many.
    pub n: ShownCount,
}

/// Who is in the study. All counts are of sessions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sample {
    /// The instrument that the findings are about: name, version of most sessions, and title.
    pub instrument: Option<(String, String, String)>,
    /// Finished sessions that pass the filter, of each person about each organisation the last: what all tables rest on.
    pub complete: usize,
    /// Finished sessions of people who later told of the same organisation again. They are in no table but those of change.
    pub earlier: usize,
    /// Sessions that pass the filter and are still open.
    pub open: usize,
    /// Sessions whose respondent withdrew. They are in no table.
    pub withdrawn: usize,
    /// Finished sessions in which consent was refused. They are in no table.
    pub refused: usize,
    /// Rehearsals. They are in no table.
    pub tests: usize,
    /// Sessions of the other kind, simulated beside real or real beside simulated. They are in no table.
    pub other_source: usize,
    /// Sessions of other instruments. They are in no table but the one that compares the two sides.
    pub other_instruments: usize,
    /// Sessions of this kind and instrument that the rest of the filter leaves out.
    pub filtered_out: usize,
    /// What the first field of the start form asks: mostly the organisation.
    pub grouped_by: Option<String>,
    /// Complete and open sessions by the first field.
    pub organisations: Vec<GroupCount>,
    /// Complete and open sessions by interviewer.
    pub interviewers: Vec<GroupCount>,
    /// Complete and open sessions by version of the instrument.
    pub versions: Vec<GroupCount>,
    /// First and last day on which a complete session began, UTC.
    pub days: Option<(String, String)>,
    /// Languages with the number of complete sessions.
    pub languages: Vec<Count>,
    /// How answers came in, with the number of complete sessions.
    pub modes: Vec<Count>,
    /// Files of other programs that complete sessions come from, with their number.
    pub imported: Vec<Count>,
    /// Whose the open sessions are.
    #[serde(skip)]
    pub(super) unfinished: Respondents,
}

impl Sample {
    /// Which complete sessions were asked here, and not by another program: `all`, `some` or `none`.
    pub fn asked_here(&self) -> &'static str {
        let imported = |mode: &Count| mode.name == "imported";
        match self.modes.iter().any(imported) {
            false => "all",
            true if self.modes.iter().all(imported) => "none",
            true => "some",
        }
    }
}

/// Sessions of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct GroupCount {
    /// Its name; empty where nothing was filled in.
    pub name: String,
    /// Complete ones.
    pub complete: ShownCount,
    /// Open ones.
    pub open: ShownCount,
    /// Fewer than a group should have to be spoken about.
    pub small: bool,
}

/// The sample of a filter whose source and instrument are settled.
pub(super) fn sample(
    measured: &Measured,
    filter: &Filter,
    (source, instrument): (Source, Option<&str>),
    (main, complete): (Option<&Instrument>, &[&Member]),
    language: &Language,
) -> Sample {
    let complete: BTreeSet<&str> = complete.iter().map(|member| member.facts.id.as_str()).collect();
    let mut sample = Sample {
        instrument: main.map(|main| (main.name.clone(), main.version.clone(), main.label.raw(language))),
        complete: 0,
        earlier: 0,
        open: 0,
        withdrawn: 0,
        refused: 0,
        tests: 0,
        other_source: 0,
        other_instruments: 0,
        filtered_out: 0,
        grouped_by: main.and_then(|main| main.fields.first()).map(|field| field.label.raw(language)),
        organisations: Vec::new(),
        interviewers: Vec::new(),
        versions: Vec::new(),
        days: None,
        languages: Vec::new(),
        modes: Vec::new(),
        imported: Vec::new(),
        unfinished: Respondents::default(),
    };
    let first_field = main.and_then(|main| main.fields.first()).map(|field| field.name.as_str());
    let (mut organisations, mut interviewers, mut versions) = (Groups::new(), Groups::new(), Groups::new());
    let (mut languages, mut modes, mut imported) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
    let mut days: Option<(String, String)> = None;
    let mut unfinished = Vec::new();
    for member in &measured.members {
        let facts = &member.facts;
        if facts.test {
            sample.tests += 1;
        } else if facts.source() != source {
            sample.other_source += 1;
        } else if Some(facts.instrument.as_str()) != instrument {
            sample.other_instruments += 1;
        } else if facts.state == SessionState::Withdrawn {
            sample.withdrawn += 1;
        } else if !filter.passes(facts, &member.digest.fields) {
            sample.filtered_out += 1;
        } else if member.digest.refused {
            sample.refused += 1;
        } else if member.counts() && !complete.contains(facts.id.as_str()) {
            sample.earlier += 1;
        } else {
            let complete = facts.state == SessionState::Finished;
            if complete {
                sample.complete += 1;
                let day = day(facts);
                days = Some(match days {
                    None => (day.clone(), day),
                    Some((first, last)) => (first.min(day.clone()), last.max(day)),
                });
                *languages.entry(facts.language.as_str()).or_insert(0) += 1;
                *modes.entry(facts.mode.as_str()).or_insert(0) += 1;
                if let Some(file) = &facts.imported_from {
                    *imported.entry(file.as_str()).or_insert(0) += 1;
                }
            } else {
                sample.open += 1;
                unfinished.push(member);
            }
            let organisation = first_field.and_then(|name| member.digest.fields.get(name));
            count(&mut organisations, organisation.map_or("", String::as_str), member, complete);
            count(&mut interviewers, facts.interviewer.as_deref().unwrap_or_default(), member, complete);
            count(&mut versions, &format!("{} ({})", facts.version, short(&facts.hash)), member, complete);
        }
    }
    sample.organisations = groups(organisations);
    sample.interviewers = groups(interviewers);
    sample.versions = groups(versions);
    sample.days = days;
    sample.languages = counts(languages);
    sample.modes = counts(modes);
    sample.imported = counts(imported);
    sample.unfinished = Respondents::of_members(&unfinished);
    sample
}

/// What a filter can be set to, over all sessions of the study that could ever count.
pub(super) fn choices(
    measured: &Measured,
    (source, instrument): (Source, Option<&str>),
    main: Option<&Instrument>,
    language: &Language,
) -> FilterChoices {
    let may_count =
        |m: &&Member| !m.facts.test && m.facts.state != SessionState::Withdrawn && !m.digest.refused;
    let counting: Vec<&Member> = measured.members.iter().filter(may_count).collect();
    let finished = |source| {
        let all = counting.iter().filter(|m| m.counts() && m.facts.source() == source);
        latest(&all.copied().collect::<Vec<_>>()).len()
    };
    let here: Vec<&&Member> = counting.iter().filter(|m| m.facts.source() == source).collect();
    let mut instruments = BTreeMap::new();
    here.iter().for_each(|m| *instruments.entry(m.facts.instrument.as_str()).or_insert(0) += 1);
    let here: Vec<&Member> =
        here.into_iter().filter(|m| Some(m.facts.instrument.as_str()) == instrument).copied().collect();
    let mut interviewers = BTreeMap::new();
    let mut days: Option<(String, String)> = None;
    for member in &here {
        if let Some(code) = &member.facts.interviewer {
            *interviewers.entry(code.as_str()).or_insert(0) += 1;
        }
        let day = day(&member.facts);
        days = Some(match days {
            None => (day.clone(), day),
            Some((first, last)) => (first.min(day.clone()), last.max(day)),
        });
    }
    let fields = main.map(|main| main.fields.as_slice()).unwrap_or_default().iter().map(|field| {
        let mut values = BTreeMap::new();
        for value in here.iter().filter_map(|m| m.digest.fields.get(&field.name)).filter(|v| !v.is_empty()) {
            *values.entry(value.as_str()).or_insert(0) += 1;
        }
        let mut values = counts(values);
        values.sort_by(|a, b| a.name.cmp(&b.name));
        FieldChoices { name: field.name.clone(), label: field.label.raw(language), values }
    });
    let mut interviewers = counts(interviewers);
    interviewers.sort_by(|a, b| a.name.cmp(&b.name));
    FilterChoices {
        instruments: counts(instruments),
        fields: fields.collect(),
        interviewers,
        days,
        finished: (finished(Source::Real), finished(Source::Simulated)),
    }
}

/// Complete sessions and the number of open ones by name.
type Groups<'a> = BTreeMap<String, (Vec<&'a Member>, usize)>;

fn count<'a>(groups: &mut Groups<'a>, name: &str, member: &'a Member, complete: bool) {
    let found = groups.entry(name.to_owned()).or_default();
    if complete {
        found.0.push(member);
    } else {
        found.1 += 1;
    }
}

fn groups(groups: Groups) -> Vec<GroupCount> {
    let group = |(name, (complete, open)): (String, (Vec<&Member>, usize))| GroupCount {
        name,
        complete: cell(complete.len()),
        open: cell(open),
        small: people(complete) < SMALL,
    };
    groups.into_iter().map(group).collect()
}

/// The most frequent first; equals by name.
pub(super) fn counts<S: Into<String>>(counted: BTreeMap<S, usize>) -> Vec<Count> {
    let mut counted: Vec<(String, usize)> = counted.into_iter().map(|(name, n)| (name.into(), n)).collect();
    counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counted.into_iter().map(|(name, n)| Count { name, n: cell(n) }).collect()
}

fn short(hash: &str) -> String {
    hash.chars().take(8).collect()
}
