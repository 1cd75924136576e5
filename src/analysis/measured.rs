//! The sessions of a study, each measured against its peers: profiles and gaps, computed once for all filters.
//!
//! Owns who is compared with whom: finished sessions of the same instrument text that were answered in the same way (in a terminal, in
//! a browser, on paper, by a program), rehearsals never. A filter selects measured sessions and never changes their peers; else every
//! verdict would change with the filter.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::digest::{Digest, Facts};
use super::filter::{Filter, Source};
use super::metadata::Metadata;
use super::plan::Frozen;
use crate::analysis::Standards;
use crate::classify::misclassification::Assignment;
use crate::classify::model::{Engagement, Profile};
use crate::classify::reference::BASE_RATES;
use crate::classify::session::Evidence;
use crate::gap::{self, Gap, GapReason};
use crate::instrument::{Instrument, Party, Perspective, RelationalModel};
use crate::interview::SessionState;
use crate::measures::{Basis, Norms, Parts};

/// Makes what the sessions of one instrument text are measured against, from whether their respondents are simulated and
/// from their parts.
pub type Make<'a> = dyn FnMut(&Arc<Instrument>, bool, &[&Parts]) -> Standards + 'a;

/// A study that can be reported on under any filter.
#[derive(Debug, Clone)]
pub struct Measured {
    pub(super) instruments: BTreeMap<String, Arc<Instrument>>,
    pub(super) members: Vec<Member>,
    /// By content hash and by how was answered; see [`super::pool`].
    pub(super) norms: BTreeMap<(String, String), Norms>,
    /// Shares of CS, AR, EM, MP that all profiles assumed.
    pub(super) assumed: [f64; 4],
    pub(super) metadata: Metadata,
    pub(super) plans: Vec<Frozen>,
}

/// A session with what it comes to.
#[derive(Debug, Clone)]
pub(super) struct Member {
    pub facts: Facts,
    /// None of withdrawn sessions: their answers are not looked at.
    pub digest: Digest,
    pub own: Option<ModelCall>,
    pub other: Option<ModelCall>,
    /// What outcomes by model rest on: of the own perspective.
    pub assigned: Option<Assignment>,
    pub gap: Option<(Gap, Option<GapReason>)>,
    /// Which side of the relation its questionnaire asks, whatever was answered.
    pub party: Party,
    /// What the first field of its start form says: mostly the organisation.
    pub organisation: Option<String>,
}

/// What of a profile a study needs.
#[derive(Debug, Clone)]
pub(super) struct ModelCall {
    pub probabilities: [f64; 4],
    pub dominant: RelationalModel,
    /// The model that the answers alone speak for.
    pub answers: RelationalModel,
    pub uncertain: bool,
    /// Whether the probabilities with the published rates tell the first from the next.
    pub rates_tell: bool,
    /// Whether the answers do not tell any two of the four apart.
    pub nothing: bool,
    pub low: bool,
    /// Whether statements or choices put another model clearly above the one that the answers speak for.
    pub parted: bool,
    /// Whether it is read with an ease of the statements that the study's own answers taught.
    pub learnt: bool,
    pub basis: String,
}

impl ModelCall {
    /// The model that the answers support; none where they do not tell the first from the next, regardless of the published rates.
    pub fn speaks_for(&self) -> Option<RelationalModel> {
        (!self.uncertain).then_some(self.answers)
    }

    /// The model that leads under the published rates; none for a tie, whose order is an accident of the learner, and none where it would
    /// rest on the rates alone.
    pub fn leads(&self) -> Option<RelationalModel> {
        (!self.uncertain || !self.nothing && self.rates_tell).then_some(self.dominant)
    }

    /// The model that is in front in answers that do not tell it from the next.
    pub fn leans_to(&self) -> Option<RelationalModel> {
        (self.uncertain && !self.nothing).then_some(self.answers)
    }

    pub fn of(profile: Profile, evidence: &Evidence) -> Self {
        // Random answers tell no model apart, whichever they happen to put in front.
        let random = evidence.random == Some(true);
        Self {
            parted: !random && evidence.is_parted(&profile),
            probabilities: profile.probabilities,
            dominant: profile.dominant,
            answers: profile.answers.dominant,
            uncertain: random || profile.uncertain,
            rates_tell: profile.rates_tell(),
            nothing: random || profile.answers.tell_nothing(),
            low: !random && profile.engagement == Some(Engagement::Low),
            learnt: profile.learnt.is_some(),
            basis: profile.basis,
        }
    }
}

impl Member {
    /// Whether it can be in a table at all: finished, agreed to, and no rehearsal.
    pub fn counts(&self) -> bool {
        self.facts.state == SessionState::Finished && !self.facts.test && !self.digest.refused
    }
}

impl Measured {
    /// Measures sessions. `instruments` holds the instrument of every session by content hash; sessions without one are
    /// left out. Withdrawn sessions come with an empty digest. `standards` makes what a group of peers is measured against.
    pub fn of(
        sessions: Vec<(Facts, Digest)>,
        instruments: BTreeMap<String, Arc<Instrument>>,
        standards: &mut Make,
    ) -> Self {
        let plain = |(facts, digest): (Facts, Digest)| {
            let instrument = instruments.get(&facts.hash)?;
            let first = instrument.fields.first();
            let organisation = first.and_then(|field| digest.fields.get(&field.name)).cloned();
            let (own, other, assigned, gap) = (None, None, None, None);
            Some(Member {
                facts,
                digest,
                own,
                other,
                assigned,
                gap,
                party: instrument.respondents,
                organisation,
            })
        };
        let mut members: Vec<Member> = sessions.into_iter().filter_map(plain).collect();
        let mut peers: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        for (at, member) in members.iter().enumerate().filter(|(_, member)| member.counts()) {
            let key = (member.facts.hash.clone(), member.facts.pool().to_owned());
            peers.entry(key).or_default().push(at);
        }
        let mut norms = BTreeMap::new();
        for (key, group) in peers {
            let Some(instrument) = instruments.get(&key.0) else { continue };
            let parts: Vec<&Parts> = group.iter().map(|at| &members[*at].digest.parts).collect();
            let evidence: Vec<&Evidence> =
                group.iter().flat_map(|at| &members[*at].digest.evidence).collect();
            let simulated = group.iter().all(|at| members[*at].facts.simulated);
            let mut standards = standards(instrument, simulated, &parts).learnt(&evidence);
            for at in group {
                let member = &mut members[at];
                let gap = gap::of_parts(instrument, &member.digest.parts, standards.norms());
                member.gap = Some(gap);
                let mut call = |perspective| {
                    let evidence = member.digest.evidence_for(perspective)?;
                    standards
                        .profile_of(evidence, member.facts.key())
                        .map(|profile| ModelCall::of(profile, evidence))
                };
                (member.own, member.other) = (call(Perspective::Own), call(Perspective::Other));
                let own = member.digest.evidence_for(Perspective::Own);
                member.assigned = own.and_then(|evidence| standards.assignment_of(evidence));
            }
            norms.insert(key, standards.norms().clone());
        }
        let (metadata, plans) = (Metadata::default(), Vec::new());
        Self { instruments, members, norms, assumed: BASE_RATES, metadata, plans }
    }

    /// Where the measurement errors of the sessions of an instrument text come from: of those that were answered in the way that most were.
    pub fn basis(&self, hash: &str, simulated: bool) -> Basis {
        let of = |pool: &str| {
            let is = |member: &&Member| member.counts() && member.facts.hash == hash;
            self.members.iter().filter(is).filter(|member| member.facts.pool() == pool).count()
        };
        let norms = self
            .norms
            .iter()
            .filter(|((known, pool), _)| known == hash && (pool == "simulated") == simulated);
        norms.max_by_key(|((_, pool), _)| of(pool)).map_or(Basis::None, |(_, norms)| norms.basis)
    }

    /// Only these sessions, each still measured against the same peers.
    pub fn only(mut self, wanted: impl Fn(&Facts) -> bool) -> Self {
        self.members.retain(|member| wanted(&member.facts));
        self
    }

    /// With the study's metadata and frozen plans.
    pub fn described(self, metadata: Metadata, plans: Vec<Frozen>) -> Self {
        Self { metadata, plans, ..self }
    }

    /// Shares of CS, AR, EM, MP that all profiles assumed.
    pub fn assumed(&self) -> [f64; 4] {
        self.assumed
    }

    /// Notes that the profiles assumed these shares of CS, AR, EM, MP in place of the published base rates.
    pub fn under_prior(self, shares: [f64; 4]) -> Self {
        Self { assumed: shares, ..self }
    }

    /// The source and the instrument that a filter means where it does not say.
    pub(super) fn settled(&self, filter: &Filter) -> (Source, Option<String>) {
        let counting =
            |source: Source| self.members.iter().filter(move |m| m.counts() && m.facts.source() == source);
        let any = |source: Source| self.members.iter().any(|m| m.facts.source() == source);
        let source = filter.source.unwrap_or_else(|| {
            let real = counting(Source::Real).next().is_some()
                || (counting(Source::Simulated).next().is_none() && any(Source::Real));
            if real || !any(Source::Simulated) { Source::Real } else { Source::Simulated }
        });
        let instrument = filter.instrument.clone().or_else(|| {
            let mut by_name: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
            for member in self.members.iter().filter(|m| m.facts.source() == source && !m.facts.test) {
                let counts = by_name.entry(&member.facts.instrument).or_default();
                counts.0 += usize::from(member.counts());
                counts.1 += 1;
            }
            let most = by_name.into_iter().max_by_key(|(name, counts)| (*counts, std::cmp::Reverse(*name)));
            most.map(|(name, _)| name.to_owned())
        });
        (source, instrument)
    }
}
