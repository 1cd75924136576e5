//! Sessions in groups: of one respondent, of one organisation, of one interviewer. Owns which groups there are, and widens intervals where they require it;
//! the formulas are those of [`crate::psychometrics::clusters`].
//!
//! A figure of the findings that is a mean, or behaves like one, passes here on its way into the report: a counted share, a Net Promoter
//! Score, a mean by model, a correlation. Shares that are estimated, the paradox, lenses and pairs do not. What it gets is the widest of four intervals: that of interviews one by one, and those
//! that lean on respondents (where one has several sessions), on organisations and on interviewers alone, each where there are six or more.
//! Lenses lean on respondents only, and so do, in their own way, shares that are estimated.

use std::collections::BTreeMap;

use serde::Serialize;

use super::estimate::{mean, no_surer_than_counted};
use super::measured::Member;
use super::{IntervalEstimate, words};
use crate::instrument::{Language, RelationalModel};
use crate::psychometrics::LEVEL;
use crate::psychometrics::clusters::{self, ClusterSum, FEWEST};
use crate::text;

/// How sessions come in groups.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Clusters {
    /// By who answered; none where nobody has more than one session.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub respondents: Option<Grouping>,
    /// By the first field of the start form, mostly the organisation.
    pub organisations: Grouping,
    /// By who asked.
    pub interviewers: Grouping,
    /// How alike sessions of one group are.
    pub alike: Vec<AlikeLine>,
    /// Whether organisations or interviewers widen the interval of a norm's strength by a tenth or more. The intervals of shares of models, which do not account
    /// for these, are too narrow then.
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
    Respondent,
    Organisation,
    Interviewer,
}

impl By {
    const ALL: [Self; 3] = [Self::Respondent, Self::Organisation, Self::Interviewer];
    /// What several respondents share.
    const SHARED: [Self; 2] = [Self::Organisation, Self::Interviewer];

    fn of(self, member: &Member) -> Option<&str> {
        let name = match self {
            Self::Respondent => Some(member.facts.respondent.as_str()),
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
    robust_by(&By::ALL, found, &cases.collect::<Vec<_>>(), ends)
}

/// [`robust`] for an unweighted mean that leans on nothing but respondents.
pub(super) fn of_respondents(
    found: Option<IntervalEstimate>,
    cases: &[(&Member, f64)],
    ends: (f64, f64),
) -> Option<IntervalEstimate> {
    Some(robust_by(&[By::Respondent], found?, &once_each(cases), ends))
}

fn once_each<'a>(cases: &[(&'a Member, f64)]) -> Vec<(&'a Member, f64, f64)> {
    cases.iter().map(|(member, value)| (*member, *value, 1.0)).collect()
}

fn robust_by(
    levels: &[By],
    found: IntervalEstimate,
    cases: &[(&Member, f64, f64)],
    ends: (f64, f64),
) -> IntervalEstimate {
    levels.iter().fold(found, |found, by| {
        // A session without a group is a group of its own; only named ones count towards the minimum.
        let mut named: BTreeMap<&str, ClusterSum> = BTreeMap::new();
        let mut alone = Vec::new();
        for (member, value, weight) in cases {
            match by.of(member) {
                Some(name) => named.entry(name).or_default().add(*value, *weight),
                None => {
                    let mut one = ClusterSum::default();
                    one.add(*value, *weight);
                    alone.push(one);
                }
            }
        }
        // Respondents with one session each are no groups.
        let are_groups = !matches!(by, By::Respondent) || named.len() < cases.len();
        if named.len() < FEWEST || !are_groups {
            return found;
        }
        let groups: Vec<ClusterSum> = named.into_values().chain(alone).collect();
        match clusters::clustered(&groups, ends, LEVEL) {
            Ok(own) => {
                IntervalEstimate { low: found.low.min(own.low), high: found.high.max(own.high), ..found }
            }
            // Where all answer alike nothing is known of how people differ: as many are counted as they are.
            Err(_) if matches!(by, By::Respondent) && is_counted(found, ends) => {
                no_surer_than_counted(found, groups.len() as f64, ends)
            }
            Err(_) => found,
        }
    })
}

/// Whether it is a share of all or of none, with the interval of a count.
fn is_counted(found: IntervalEstimate, ends: (f64, f64)) -> bool {
    found.high > found.low && (found.value <= ends.0 || found.value >= ends.1)
}

/// [`robust`] for an unweighted mean.
pub(super) fn robust_mean(
    found: Option<IntervalEstimate>,
    cases: &[(&Member, f64)],
    ends: (f64, f64),
) -> Option<IntervalEstimate> {
    Some(robust_by(&By::ALL, found?, &once_each(cases), ends))
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
        n: cases.iter().filter(|(member, _)| By::SHARED.iter().any(|by| by.of(member).is_some())).count(),
        interviewers: alike(By::Interviewer, &cases),
        organisations: alike(By::Organisation, &cases),
    };
    let mut alike: Vec<AlikeLine> = all.into_iter().map(line).collect();
    alike.retain(|line| line.interviewers.is_some() || line.organisations.is_some());
    let (organisations, interviewers) = (grouping(By::Organisation), grouping(By::Interviewer));
    let respondents = Some(grouping(By::Respondent)).filter(|found| found.groups < complete.len());
    Clusters { respondents, organisations, interviewers, alike, widen_norms }
}

/// Whether organisations or interviewers make the interval of a mean wider by a tenth and more.
fn is_widened(cases: &[(&Member, f64)]) -> bool {
    let values: Vec<f64> = cases.iter().map(|(_, value)| *value).collect();
    let ends = values
        .iter()
        .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (value.min(low), value.max(high)));
    let plain = mean(&values, ends);
    let width = |found: IntervalEstimate| found.high - found.low;
    plain.is_some_and(|plain| {
        width(robust_by(&By::SHARED, plain, &once_each(cases), ends)) > 1.1 * width(plain)
    })
}
