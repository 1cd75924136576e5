//! A plan that was frozen before the data were looked at, and whether it was kept to. Owns what a plan holds and how it is compared with a
//! study. Judges no words: hypotheses and exclusions that no program can check are printed as written.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::StudyReport;
use super::filter::Filter;
use super::measured::{Measured, Member};
use super::respondents::latest;
use crate::interview::Instant;

/// The decisions of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// Name of the questionnaire.
    pub instrument: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its text.
    pub hash: String,
    /// The version of relata, and with it of every formula.
    pub relata: String,
    /// What is expected, in words.
    pub hypotheses: Vec<String>,
    /// Scales that this rests on, by name.
    pub measures: Vec<String>,
    /// Who will be left out, in words.
    pub exclusions: Vec<String>,
    /// Finished sessions that were planned.
    pub sessions: Option<usize>,
    /// The selection that the findings will be about.
    pub selection: Filter,
}

/// A plan as it lies in a study: never changed, never taken away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Frozen {
    /// The hash of all that it says.
    pub id: String,
    /// When it was frozen.
    pub at: Instant,
    /// What it says.
    pub plan: Plan,
}

/// What a study has of plans, and what the one in force comes to.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Planned {
    /// Plans for this questionnaire in the order of time; the last is in force.
    pub plans: Vec<Dated>,
    /// The one in force against the study.
    pub checks: Vec<Checked>,
}

/// A part of the plan in force, and whether it was kept to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Checked {
    /// The part.
    #[serde(flatten)]
    pub check: Check,
    /// Whether it was kept to.
    pub kept: bool,
}

/// A plan with the sessions before it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Dated {
    /// The plan.
    pub frozen: Frozen,
    /// Finished sessions of its questionnaire and selection that had begun by then, and could have been seen when it was frozen.
    pub before: usize,
    /// What it changed of the plan before it.
    pub changed: Vec<PlanPart>,
}

/// A part of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanPart {
    /// The text of the questionnaire.
    Instrument,
    /// The version of relata.
    Relata,
    /// What is expected.
    Hypotheses,
    /// The scales.
    Measures,
    /// Who is left out, in words.
    Exclusions,
    /// How many sessions.
    Sessions,
    /// The selection.
    Selection,
}

/// A part of the plan in force against what was done. Sessions are those of its selection.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Check {
    /// Whether it was there before the first session.
    Beforehand {
        /// Finished sessions that had begun by then.
        before: usize,
        /// All finished sessions.
        all: usize,
    },
    /// Whether every session used the text of the questionnaire that was frozen.
    Instrument {
        /// Finished sessions with another text.
        other: usize,
        /// All.
        all: usize,
    },
    /// Whether this relata scores as the one of the plan.
    Relata {
        /// Then.
        planned: String,
        /// Now.
        now: String,
    },
    /// Whether there are as many sessions as were planned.
    Sessions {
        /// Planned.
        planned: usize,
        /// Found.
        found: usize,
    },
    /// Whether the findings are about what was to be looked at.
    Selection {
        /// Whether it is the same.
        same: bool,
        /// The one that was planned.
        planned: Box<Filter>,
        /// The one of the report.
        found: Box<Filter>,
    },
    /// Whether every scale was scored.
    Measures {
        /// Planned scales without any score.
        missing: Vec<String>,
        /// Scales of the report that were not planned.
        beyond: Vec<String>,
    },
}

impl Check {
    fn is_kept(&self) -> bool {
        match self {
            Self::Beforehand { before, .. } => *before == 0,
            Self::Instrument { other, .. } => *other == 0,
            Self::Relata { planned, now } => planned == now,
            Self::Sessions { planned, found } => found == planned,
            Self::Selection { same, .. } => *same,
            Self::Measures { missing, .. } => missing.is_empty(),
        }
    }
}

impl Plan {
    /// The parts in which two plans differ.
    fn differs(&self, other: &Self) -> Vec<PlanPart> {
        let parts = [
            (PlanPart::Instrument, self.hash != other.hash),
            (PlanPart::Relata, self.relata != other.relata),
            (PlanPart::Hypotheses, self.hypotheses != other.hypotheses),
            (PlanPart::Measures, set(&self.measures) != set(&other.measures)),
            (PlanPart::Exclusions, set(&self.exclusions) != set(&other.exclusions)),
            (PlanPart::Sessions, self.sessions != other.sessions),
            (PlanPart::Selection, self.selection != other.selection),
        ];
        parts.into_iter().filter_map(|(part, differs)| differs.then_some(part)).collect()
    }
}

fn set(names: &[String]) -> BTreeSet<&String> {
    names.iter().collect()
}

/// What was planned for the questionnaire of a report, against the report.
pub(super) fn planned(measured: &Measured, report: &StudyReport) -> Planned {
    let Some((name, ..)) = &report.sample.instrument else { return Planned::default() };
    let of_study = |member: &&Member| {
        member.counts() && member.facts.instrument == *name && member.facts.simulated == report.simulated
    };
    let finished: Vec<&Member> = measured.members.iter().filter(of_study).collect();
    // A plan is about the sessions that it selects: others are neither early nor too many.
    let selected = |plan: &Plan| -> Vec<&Member> {
        let is_meant = |member: &&&Member| plan.selection.passes(&member.facts, &member.digest.fields);
        latest(&finished.iter().filter(is_meant).copied().collect::<Vec<_>>())
    };
    let mut own: Vec<&Frozen> =
        measured.plans.iter().filter(|frozen| frozen.plan.instrument == *name).collect();
    own.sort_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    let mut plans: Vec<Dated> = Vec::new();
    for frozen in own {
        let before = selected(&frozen.plan).iter().filter(|member| member.facts.begun <= frozen.at).count();
        let last = plans.last().map(|dated| &dated.frozen.plan);
        let changed = last.map_or_else(Vec::new, |last| last.differs(&frozen.plan));
        plans.push(Dated { frozen: frozen.clone(), before, changed });
    }
    let Some(in_force) = plans.last() else { return Planned::default() };
    let plan = &in_force.frozen.plan;
    let finished = selected(plan);
    let scored: BTreeSet<&str> =
        report.scales.iter().filter(|scale| scale.n > 0).map(|scale| scale.name.as_str()).collect();
    let planned: BTreeSet<&str> = plan.measures.iter().map(String::as_str).collect();
    let names = |found: BTreeSet<&str>| found.into_iter().map(str::to_owned).collect();
    let mut checks = vec![
        Check::Beforehand { before: in_force.before, all: finished.len() },
        Check::Instrument {
            other: finished.iter().filter(|member| member.facts.hash != plan.hash).count(),
            all: finished.len(),
        },
        Check::Relata { planned: plan.relata.clone(), now: env!("CARGO_PKG_VERSION").to_owned() },
    ];
    checks.extend(plan.sessions.map(|planned| Check::Sessions { planned, found: finished.len() }));
    // Source and questionnaire default to what the study holds.
    let (source, instrument) = (report.filter.source, report.filter.instrument.clone());
    let selection = Filter { source, instrument, ..plan.selection.clone() };
    checks.push(Check::Selection {
        same: selection == report.filter,
        planned: Box::new(selection),
        found: Box::new(report.filter.clone()),
    });
    if !planned.is_empty() {
        checks.push(Check::Measures {
            missing: names(planned.difference(&scored).copied().collect()),
            beyond: names(scored.difference(&planned).copied().collect()),
        });
    }
    let checked = |check: Check| Checked { kept: check.is_kept(), check };
    Planned { plans, checks: checks.into_iter().map(checked).collect() }
}
