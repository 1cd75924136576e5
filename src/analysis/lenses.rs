//! A study through other frameworks than the four models: means of scales, the order of organisations, and correlations with
//! recommendation, satisfaction, staying and the norms of the same relation.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::clusters::of_respondents;
use super::estimate::{Uncorrelated, fisher, mean};
use super::experience::{StudyScale, intention, satisfaction};
use super::lens::Lens;
use super::measured::{Measured, Member};
use super::respondents::people;
use super::suppress::{self, Smallest};
use super::{IntervalEstimate, SMALL};
use crate::instrument::{Family, Instrument, Language, Method, Perspective, RelationalModel};

/// A framework over the sessions of a study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LensFindings {
    /// Which.
    pub family: Family,
    /// Sessions with a score on any of its scales.
    pub n: usize,
    /// Its scales, in the order of the instrument.
    pub scales: Vec<LensScale>,
    /// Which scale lies lowest on average, and whether below each other one by more than chance; none of fewer than two scales.
    pub lowest: Option<(String, bool)>,
    /// Organisations by the mean of all scales, the highest first.
    pub organisations: Vec<Ranked>,
    /// Organisations that are not shown.
    pub held: usize,
    /// What goes with what, each relation counted once with its latest session.
    pub related: Vec<Related>,
}

/// A scale over the sessions of a study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LensScale {
    /// The scale's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// What of its framework it measures.
    pub member: String,
    /// Sessions with a score.
    pub n: usize,
    /// Lowest and highest possible score.
    pub range: (f64, f64),
    /// The mean in points; none of fewer than two sessions.
    pub mean: Option<IntervalEstimate>,
}

/// An organisation in its place.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ranked {
    /// Its name.
    pub organisation: String,
    /// Sessions about it.
    pub n: usize,
    /// The mean of all scales of the framework, on 0–1; none of a single session.
    pub mean: Option<IntervalEstimate>,
    /// Fewer than a group should have to be spoken about.
    pub small: bool,
}

/// A correlation of a scale with something else in the same relation.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Related {
    /// The scale; none for all of the framework together.
    pub scale: Option<String>,
    /// With what.
    pub with: Correlate,
    /// Relations behind it.
    pub n: usize,
    /// Pearson's r with Fisher's interval; none where one of the two has no variance.
    pub r: Option<IntervalEstimate>,
}

/// What a scale is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Correlate {
    /// The recommendation answer.
    Recommendation,
    /// The mark for satisfaction.
    Satisfaction,
    /// The wish to stay.
    Staying,
    /// The strength of a norm, in this session or another one of the relation.
    Norm(RelationalModel),
}

/// The frameworks of these sessions. `everybody` has sessions of other instruments as well, which may hold the norms of the same relations.
pub(super) fn lenses(
    measured: &Measured,
    main: &Instrument,
    complete: &[&Member],
    everybody: &[&Member],
    language: &Language,
) -> Vec<LensFindings> {
    let of = |member: &&Member| {
        let instrument = measured.instruments.get(&member.facts.hash)?;
        let key = (member.facts.hash.clone(), member.facts.pool().to_owned());
        let norms = measured.norms.get(&key)?;
        Some(Lens::of_parts(instrument, &member.digest.parts, norms, language))
    };
    let sessions: Vec<(&Member, Vec<Lens>)> =
        complete.iter().filter_map(|member| Some((*member, of(member)?))).collect();
    let mut families: Vec<Family> = Vec::new();
    for lens in sessions.iter().flat_map(|(_, lenses)| lenses) {
        if !families.contains(&lens.family) {
            families.push(lens.family);
        }
    }
    let others = Others::of(measured, main, everybody, language);
    let family = |family: Family| {
        let seen: Vec<(&Member, &Lens)> = sessions
            .iter()
            .filter_map(|(member, lenses)| Some((*member, lenses.iter().find(|one| one.family == family)?)))
            .collect();
        findings(family, main, &seen, &others)
    };
    families.into_iter().map(family).collect()
}

fn findings(family: Family, main: &Instrument, seen: &[(&Member, &Lens)], others: &Others) -> LensFindings {
    // Every version may name its scales in another order; that of the first session is followed.
    let mut scales: Vec<LensScale> = Vec::new();
    for reading in seen.iter().flat_map(|(_, lens)| &lens.readings) {
        if scales.iter().all(|scale| scale.name != reading.name) {
            scales.push(LensScale {
                name: reading.name.clone(),
                label: reading.label.clone(),
                member: reading.member.clone(),
                n: 0,
                range: reading.range,
                mean: None,
            });
        }
    }
    let place = |name: &str| main.scales.iter().position(|scale| scale.name == name);
    scales.sort_by_key(|scale| place(&scale.name));
    for scale in &mut scales {
        let cases: Vec<(&Member, f64)> =
            seen.iter().filter_map(|(member, lens)| Some((*member, value(lens, &scale.name)?))).collect();
        (scale.n, scale.mean) = (cases.len(), mean_of(&cases, scale.range));
    }
    let organisations = ranking(main, seen);
    LensFindings {
        family,
        n: seen.len(),
        lowest: lowest(seen, &scales),
        related: related(seen, &scales, others),
        organisations,
        held: 0,
        scales,
    }
}

/// A mean over sessions, no surer than their respondents allow.
fn mean_of(cases: &[(&Member, f64)], ends: (f64, f64)) -> Option<IntervalEstimate> {
    let values: Vec<f64> = cases.iter().map(|(_, value)| *value).collect();
    of_respondents(mean(&values, ends), cases, ends)
}

fn value(lens: &Lens, scale: &str) -> Option<f64> {
    lens.readings.iter().find(|reading| reading.name == scale).map(|reading| reading.value)
}

/// The scale with the lowest mean, and whether its sessions put it below each of the others: every 95 % interval of a mean difference
/// within sessions lies on one side.
fn lowest(seen: &[(&Member, &Lens)], scales: &[LensScale]) -> Option<(String, bool)> {
    let (_, first) = seen.first()?;
    let compared: BTreeSet<&str> = first.compared().map(|reading| reading.name.as_str()).collect();
    let common = |lens: &Lens, name: &str| {
        lens.readings.iter().find(|reading| reading.name == name).map(|reading| reading.on_common_range())
    };
    let height = |scale: &LensScale| {
        let (low, high) = scale.range;
        scale.mean.map(|mean| (mean.value - low) / (high - low))
    };
    let known: Vec<(&LensScale, f64)> = scales
        .iter()
        .filter(|scale| compared.contains(scale.name.as_str()))
        .filter_map(|scale| Some((scale, height(scale)?)))
        .collect();
    let (lowest, _) = known.iter().min_by(|a, b| a.1.total_cmp(&b.1))?;
    let below = |other: &LensScale| {
        let differences: Vec<(&Member, f64)> = seen
            .iter()
            .filter_map(|(member, lens)| {
                Some((*member, common(lens, &other.name)? - common(lens, &lowest.name)?))
            })
            .collect();
        mean_of(&differences, (-1.0, 1.0)).is_some_and(|found| found.low > 0.0)
    };
    let others: Vec<&LensScale> =
        known.iter().map(|(scale, _)| *scale).filter(|scale| scale.name != lowest.name).collect();
    (!others.is_empty()).then(|| (lowest.name.clone(), others.into_iter().all(below)))
}

fn ranking(main: &Instrument, seen: &[(&Member, &Lens)]) -> Vec<Ranked> {
    let Some(field) = main.fields.first() else { return Vec::new() };
    let mut groups: BTreeMap<&str, Vec<(&Member, f64)>> = BTreeMap::new();
    for (member, lens) in seen {
        let name = member.digest.fields.get(&field.name).filter(|name| !name.is_empty());
        if let (Some(name), Some(all)) = (name, lens.mean()) {
            groups.entry(name).or_default().push((*member, all));
        }
    }
    let ranked = |(organisation, cases): (&str, Vec<(&Member, f64)>)| Ranked {
        organisation: organisation.to_owned(),
        n: cases.len(),
        mean: mean_of(&cases, (0.0, 1.0)),
        small: people(cases.iter().map(|(member, _)| *member)) < SMALL,
    };
    let mut ranked: Vec<Ranked> = groups.into_iter().map(ranked).collect();
    // A single session has no interval, and no place.
    let height = |one: &Ranked| one.mean.map_or(f64::NEG_INFINITY, |mean| mean.value);
    ranked.sort_by(|a, b| height(b).total_cmp(&height(a)));
    ranked
}

/// What else is known of the relations.
struct Others<'a> {
    recommendation: Option<StudyScale<'a>>,
    satisfaction: Option<StudyScale<'a>>,
    staying: Option<StudyScale<'a>>,
    /// By the code of the relation and the side that answered: how strongly norms are held, in the latest session that says so.
    norms: BTreeMap<(&'a str, bool), [Option<f64>; 4]>,
}

impl<'a> Others<'a> {
    fn of(measured: &'a Measured, main: &Instrument, everybody: &[&'a Member], language: &Language) -> Self {
        let found = |index: Option<usize>| StudyScale::of(measured, main, index?, language);
        let nps = main.scales.iter().position(|scale| scale.method == Method::Nps);
        let mut latest: BTreeMap<(&str, bool), &Member> = BTreeMap::new();
        for member in everybody {
            let strengths = |member: &Member| {
                member.digest.evidence_for(Perspective::Own).and_then(|evidence| evidence.strengths)
            };
            if strengths(member).is_some() {
                let known = latest.entry(member.person()).or_insert(member);
                if known.facts.begun <= member.facts.begun {
                    *known = member;
                }
            }
        }
        let norms = |member: &Member| {
            let strengths = member.digest.evidence_for(Perspective::Own)?.strengths?;
            Some(RelationalModel::ALL.map(|model| strengths.norm(model).map(|norm| norm.value)))
        };
        Self {
            recommendation: found(nps),
            satisfaction: found(satisfaction(main)),
            staying: found(intention(main)),
            norms: latest.into_iter().filter_map(|(key, member)| Some((key, norms(member)?))).collect(),
        }
    }

    fn value(&self, member: &Member, with: Correlate) -> Option<f64> {
        match with {
            Correlate::Recommendation => self.recommendation.as_ref()?.score(member),
            Correlate::Satisfaction => self.satisfaction.as_ref()?.score(member),
            Correlate::Staying => self.staying.as_ref()?.score(member),
            Correlate::Norm(model) => self.norms.get(&member.person())?[model.index()],
        }
    }
}

fn related(seen: &[(&Member, &Lens)], scales: &[LensScale], others: &Others) -> Vec<Related> {
    let mut latest: BTreeMap<(&str, bool), (&Member, &Lens)> = BTreeMap::new();
    for (member, lens) in seen {
        let known = latest.entry(member.person()).or_insert((*member, *lens));
        if known.0.facts.begun <= member.facts.begun {
            *known = (*member, *lens);
        }
    }
    let answers = [Correlate::Recommendation, Correlate::Satisfaction, Correlate::Staying];
    let norms = RelationalModel::ALL.map(Correlate::Norm);
    let mut found = Vec::new();
    for with in answers.into_iter().chain(norms) {
        // Norms are correlated with the total alone: four norms times every scale would be an unreadable table.
        let single = scales.iter().filter(|_| answers.contains(&with)).map(|scale| Some(scale.name.as_str()));
        for scale in std::iter::once(None).chain(single) {
            let pairs = latest.values().filter_map(|(member, lens)| {
                let own = match scale {
                    Some(name) => value(lens, name)?,
                    None => lens.mean()?,
                };
                Some((own, others.value(member, with)?))
            });
            let (own, other): (Vec<f64>, Vec<f64>) = pairs.unzip();
            let scale = scale.map(str::to_owned);
            // Of fewer than ten relations an interval reaches nearly from end to end.
            if own.len() < SMALL {
                continue;
            }
            let r = fisher(&own, &other);
            if r.is_some() || Uncorrelated::of(&own, &other).is_some_and(Uncorrelated::is_constant) {
                found.push(Related { scale, with, n: own.len(), r });
            }
        }
    }
    found
}

/// The findings as they may leave the researcher's desk.
pub(super) fn publishable(lenses: &mut Vec<LensFindings>, smallest: Smallest, least: usize) {
    lenses.retain(|lens| lens.n >= smallest.group);
    for lens in lenses {
        for scale in lens.scales.iter_mut().filter(|scale| scale.n < smallest.group) {
            (scale.n, scale.mean) = (0, None);
        }
        // The mean of all is shown, so that a single group that is left out could be worked out from the others.
        let sizes: Vec<usize> = lens.organisations.iter().map(|one| one.n).collect();
        let mut shown = suppress::groups(&sizes, &[], smallest.group).into_iter();
        let before = lens.organisations.len();
        lens.organisations.retain(|_| shown.next().unwrap_or(false));
        lens.held = before - lens.organisations.len();
        // Everybody counts once there.
        lens.related.retain(|found| found.n >= least);
    }
}
