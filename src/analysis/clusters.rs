//! Sessions in groups: of one organisation, of one interviewer. Owns which groups there are, and widens intervals where they require it;
//! the formulas are those of [`crate::psychometrics::clusters`].
//!
//! A figure of the findings that is a mean, or behaves like one, passes here on its way into the report: a counted share, a Net Promoter
//! Score, a mean by model, a correlation. Shares that are estimated, the paradox, lenses and pairs do not. What it gets is the widest of three intervals: that of interviews one by one, and those
//! that lean on organisations and on interviewers alone, each where there are six or more.

use std::collections::BTreeMap;

use serde::Serialize;

use super::estimate::mean;
use super::measured::Member;
use super::{IntervalEstimate, words};
use crate::instrument::{Language, RelationalModel};
use crate::psychometrics::LEVEL;
use crate::psychometrics::clusters::{self, ClusterSum, FEWEST};
use crate::text;

/// How sessions come in groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Clusters {
    /// By the first field of the start form, mostly the organisation.
    pub organisations: Grouping,
    /// By who asked.
    pub interviewers: Grouping,
    /// How alike sessions of one group are.
    pub alike: Vec<AlikeLine>,
    /// Whether groups widen the interval of a norm's strength by a tenth or more. The intervals of shares of models, which do not account
    /// for groups, are too narrow then.
    pub widen_norms: bool,
}

/// Sessions by what they share.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Grouping {
    /// Groups with a name.
    pub groups: usize,
    /// Whether intervals lean on them: there are enough.
    pub robust: bool,
}

/// How alike the sessions of one group are in something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AlikeLine {
    /// In what.
    pub what: String,
    /// Sessions with it that are in a group.
    pub n: usize,
    /// The share of the variance that lies between interviewers.
    pub interviewers: Option<IntervalEstimate>,
    /// The share of the variance that lies between organisations.
    pub organisations: Option<IntervalEstimate>,
}

/// What sessions can share.
#[derive(Debug, Clone, Copy)]
enum By {
    Organisation,
    Interviewer,
}

impl By {
    const BOTH: [Self; 2] = [Self::Organisation, Self::Interviewer];

    fn of(self, member: &Member) -> Option<&str> {
        let name = match self {
            Self::Organisation => member.organisation.as_deref(),
            Self::Interviewer => member.facts.interviewer.as_deref(),
        };
        name.filter(|name| !name.is_empty())
    }
}

/// The interval of a mean Σwy/Σw of sessions, each with its y and w, on a scale with these ends: no narrower than groups allow.
pub(super) fn robust<'a>(
    found: IntervalEstimate,
    cases: impl Iterator<Item = (&'a Member, f64, f64)>,
    ends: (f64, f64),
) -> IntervalEstimate {
    let cases: Vec<(&Member, f64, f64)> = cases.collect();
    By::BOTH.into_iter().fold(found, |found, by| {
        // A session without a group is a group of its own; only named ones count towards the minimum.
        let mut named: BTreeMap<&str, ClusterSum> = BTreeMap::new();
        let mut alone = Vec::new();
        for (member, value, weight) in &cases {
            match by.of(member) {
                Some(name) => named.entry(name).or_default().add(*value, *weight),
                None => {
                    let mut one = ClusterSum::default();
                    one.add(*value, *weight);
                    alone.push(one);
                }
            }
        }
        if named.len() < FEWEST {
            return found;
        }
        let groups: Vec<ClusterSum> = named.into_values().chain(alone).collect();
        match clusters::clustered(&groups, ends, LEVEL) {
            Ok(own) => {
                IntervalEstimate { low: found.low.min(own.low), high: found.high.max(own.high), ..found }
            }
            Err(_) => found,
        }
    })
}

/// [`robust`] for an unweighted mean.
pub(super) fn robust_mean(
    found: Option<IntervalEstimate>,
    cases: &[(&Member, f64)],
    ends: (f64, f64),
) -> Option<IntervalEstimate> {
    Some(robust(found?, cases.iter().map(|(member, value)| (*member, *value, 1.0)), ends))
}

/// [`robust`] for a share.
pub(super) fn robust_share<'a>(
    found: Option<IntervalEstimate>,
    cases: impl Iterator<Item = (&'a Member, bool)>,
) -> Option<IntervalEstimate> {
    Some(robust(found?, cases.map(|(member, holds)| (member, f64::from(u8::from(holds)), 1.0)), (0.0, 1.0)))
}

/// [`robust`] for a correlation, which is the mean of zₓz_y / w weighted by w = (zₓ² + z_y²)/2.
pub(super) fn robust_correlation(
    found: Option<IntervalEstimate>,
    members: &[&Member],
    x: &[f64],
    y: &[f64],
) -> Option<IntervalEstimate> {
    let standardised = |values: &[f64]| -> Vec<f64> {
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let sd = (values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n).sqrt();
        values.iter().map(|value| (value - mean) / sd).collect()
    };
    let (x, y) = (standardised(x), standardised(y));
    let case = |at: usize| {
        let weight = f64::midpoint(x[at] * x[at], y[at] * y[at]);
        (weight > 0.0).then(|| (members[at], x[at] * y[at] / weight, weight))
    };
    Some(robust(found?, (0..members.len()).filter_map(case), (-1.0, 1.0)))
}

/// The groups of these sessions, and how alike their members are.
pub(super) fn clusters(
    scores: Vec<(String, Vec<(&Member, f64)>)>,
    complete: &[&Member],
    language: &Language,
) -> Clusters {
    let grouping = |by: By| {
        let mut names: Vec<&str> = complete.iter().filter_map(|member| by.of(member)).collect();
        names.sort_unstable();
        names.dedup();
        Grouping { groups: names.len(), robust: names.len() >= FEWEST }
    };
    let said = |pick: fn(&Member) -> Option<f64>| -> Vec<(&Member, f64)> {
        complete.iter().filter_map(|member| Some((*member, pick(member)?))).collect()
    };
    let minutes = said(|member| Some(member.digest.minutes).filter(|minutes| *minutes > 0.0));
    let mut all = scores;
    all.push((text!(language, "analysis-clusters-said"), said(|m| Some(m.gap.as_ref()?.0.explicit?.value))));
    all.push((
        text!(language, "analysis-clusters-associated"),
        said(|m| Some(m.gap.as_ref()?.0.indirect?.value)),
    ));
    let mut widen_norms = false;
    for model in RelationalModel::ALL {
        let held = complete.iter().filter_map(|member| {
            let evidence = member.digest.evidence_for(crate::instrument::Perspective::Own)?;
            Some((*member, evidence.strengths?.norm(model)?.value))
        });
        let norm = text!(language, "analysis-clusters-norm", model = words::model(model, language));
        let held: Vec<(&Member, f64)> = held.collect();
        widen_norms |= is_widened(&held);
        all.push((norm, held));
    }
    all.push((text!(language, "analysis-clusters-minutes"), minutes));
    let alike = |by: By, cases: &[(&Member, f64)]| {
        let mut groups: BTreeMap<&str, Vec<f64>> = BTreeMap::new();
        for (member, value) in cases {
            if let Some(name) = by.of(member) {
                groups.entry(name).or_default().push(*value);
            }
        }
        let found = clusters::alike(&groups.into_values().collect::<Vec<_>>(), LEVEL).ok()?;
        Some(IntervalEstimate::of(found.value, found.interval?))
    };
    let line = |(what, cases): (String, Vec<(&Member, f64)>)| AlikeLine {
        what,
        n: cases.iter().filter(|(member, _)| By::BOTH.iter().any(|by| by.of(member).is_some())).count(),
        interviewers: alike(By::Interviewer, &cases),
        organisations: alike(By::Organisation, &cases),
    };
    let mut alike: Vec<AlikeLine> = all.into_iter().map(line).collect();
    alike.retain(|line| line.interviewers.is_some() || line.organisations.is_some());
    let (organisations, interviewers) = (grouping(By::Organisation), grouping(By::Interviewer));
    Clusters { organisations, interviewers, alike, widen_norms }
}

/// Whether groups make the interval of a mean wider by a tenth and more.
fn is_widened(cases: &[(&Member, f64)]) -> bool {
    let values: Vec<f64> = cases.iter().map(|(_, value)| *value).collect();
    let ends = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
    let plain = mean(&values, ends);
    let width = |found: IntervalEstimate| found.high - found.low;
    let grouped = robust_mean(plain, cases, ends);
    plain.zip(grouped).is_some_and(|(plain, grouped)| width(grouped) > 1.1 * width(plain))
}
