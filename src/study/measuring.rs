//! Sessions measured against their peers in the study. Commands, reports, screens and findings all get profiles and gaps from here.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::codes::{self, TeachingSessions};
use super::digests::{self, Digested, Fresh, facts};
use super::{Hear, Loader, StudyError, loading, sessions};
use crate::analysis::{Digest, Facts, Measured};
use crate::analysis::{Profiler, Standards};
use crate::classify::model::{Answers, Model, Profile};
use crate::classify::pooling::merit::CodesWorth;
use crate::classify::reference::FeaturePlan;
use crate::classify::session::{Evidence, plans, plans_of};
use crate::gap::{self, Gap};
use crate::instrument::{Instrument, Perspective};
use crate::interview::{Interview, SessionState};
use crate::measures::Parts;
use crate::psychometrics::parallel;
use crate::report::Report;
use crate::store::{Mode, SessionHeader, Study};

/// Sessions of a study with what they are measured against.
#[derive(Debug)]
pub struct Sessions {
    /// Those that were picked, in the order of time, with what their own answers say.
    pub members: Vec<(SessionHeader, Digest)>,
    /// Shares of the four models that profiles assume; none for the published base rates.
    pub prior: Option<[f64; 4]>,
    /// Digests that had to be made, see [`digests::keep`].
    pub fresh: Fresh,
    /// Sessions behind the norms that were not picked.
    others: Vec<(SessionHeader, Digest)>,
    instruments: BTreeMap<String, Arc<Instrument>>,
    /// What coders settled on.
    coded: TeachingSessions,
    standards: BTreeMap<StandardsKey, Standards>,
}

impl Sessions {
    /// The sessions of a study that `wanted` picks, with everybody whom they are measured against. Withdrawn ones never count.
    ///
    /// # Errors
    /// A study that cannot be read at all.
    pub fn read(
        study: &Study,
        hear: Hear,
        wanted: impl Fn(&SessionHeader) -> bool,
    ) -> Result<Self, StudyError> {
        let wanted = |header: &SessionHeader| header.state != SessionState::Withdrawn && wanted(header);
        Self::among(study, sessions(study, hear)?, hear, wanted)
    }

    /// One session. Only its peers are looked at, and of them only those whose digests are not kept are replayed.
    ///
    /// # Errors
    /// A study that cannot be read at all, or a session that is not in it.
    pub fn one(study: &Study, hear: Hear, header: &SessionHeader) -> Result<Self, StudyError> {
        let found = Self::among(study, study.all_sessions()?.0, hear, |known| {
            known.id == header.id && known.state != SessionState::Withdrawn
        })?;
        match found.members.is_empty() {
            true => Err(StudyError::new(format!("session {} is gone", header.id))),
            false => Ok(found),
        }
    }

    /// As [`Sessions::read`], of `headers` that were found sound; withdrawn ones too, where `wanted` picks them.
    pub(super) fn among(
        study: &Study,
        mut headers: Vec<SessionHeader>,
        hear: Hear,
        wanted: impl Fn(&SessionHeader) -> bool,
    ) -> Result<Self, StudyError> {
        let standings = codes::standings(study)?;
        let (mut picked, mut hashes, mut names) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        for header in headers.iter().filter(|header| wanted(header)) {
            picked.insert(header.id);
            hashes.insert(header.instrument.hash.clone());
            names.insert(header.instrument.name.clone());
        }
        headers.retain(|header| {
            let is_peer = is_peer(header) && hashes.contains(&header.instrument.hash);
            let teaches = standings.contains_key(&header.id) && names.contains(&header.instrument.name);
            picked.contains(&header.id) || is_peer || (teaches && codes::teaches(header))
        });
        let Digested { sessions, instruments, fresh } = digests::of_all(study, headers, hear)?;
        let coded = codes::by_questionnaire(&standings, &sessions);
        let (members, others) = sessions.into_iter().partition(|(header, _)| picked.contains(&header.id));
        Ok(Self { members, prior: None, fresh, others, instruments, coded, standards: BTreeMap::new() })
    }

    /// Leaves coders' codes aside: every profile rests on the reference model.
    pub fn without_codes(&mut self) {
        self.coded.clear();
    }

    /// The standards of a session: finished sessions of the same instrument text and pool ([`crate::analysis::pool`]), without rehearsals
    /// and refusals.
    pub fn standards(&mut self, at: usize) -> &mut Standards {
        let header = &self.members[at].0;
        let (key, simulated) = (key_of(header), header.simulated());
        match self.standards.entry(key.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => {
                let (sessions, instrument) = ([&*self.members, &*self.others], &self.instruments[&key.0]);
                empty.insert(standards_among(
                    sessions,
                    (&key, simulated),
                    instrument,
                    &self.coded,
                    self.prior,
                ))
            }
        }
    }

    /// The instrument that a session used.
    pub fn instrument(&self, at: usize) -> &Arc<Instrument> {
        &self.instruments[&self.members[at].0.instrument.hash]
    }

    /// The profiles of a session, own perspective first. A perspective on which no model can be fitted has none.
    pub fn profiles(&mut self, at: usize) -> Vec<(Evidence, Profile)> {
        let (header, digest) = &self.members[at];
        let (key, evidence) = ((header.start.seed, header.start.at), digest.evidence.clone());
        let standards = self.standards(at);
        let of = |evidence: Evidence| Some((standards.profile_of(&evidence, key)?, evidence));
        evidence.into_iter().filter_map(of).map(|(profile, evidence)| (evidence, profile)).collect()
    }

    /// The profiles of a session by a trained model: of the respondent's own side alone, because codes are about that side.
    pub fn profiles_by(&self, model: &Model, at: usize) -> Vec<(Evidence, Profile)> {
        let evidence = self.members[at].1.evidence_for(Perspective::Own);
        let profile = |evidence: &Evidence| {
            let profile = model.predict(&evidence.features).ok()?;
            Some((evidence.clone(), profile.with_strengths(evidence.strengths)))
        };
        evidence.and_then(profile).into_iter().collect()
    }

    /// Features of a model that no session has. A model that imputes missing values would give every session the same result without them.
    pub fn lacking(&self, model: &Model) -> Vec<String> {
        let found = self.members.iter().filter_map(|(_, digest)| digest.evidence_for(Perspective::Own));
        let found: BTreeSet<String> = found.flat_map(|evidence| evidence.features.names()).collect();
        model.feature_names.iter().filter(|name| !found.contains(*name)).cloned().collect()
    }

    /// The codes that no profile rests on, as far as profiles were asked for.
    pub fn unused_codes(&self) -> Option<CodesWorth> {
        self.standards.values().find_map(Standards::unused_codes)
    }

    /// What the answers of a session say by themselves, by perspective, as its profiles do; of the evidence that is `wanted`.
    pub fn answers(&mut self, at: usize, wanted: impl Fn(&Evidence) -> bool) -> Vec<(Perspective, Answers)> {
        let (header, digest) = &self.members[at];
        let key = (header.start.seed, header.start.at);
        let evidence: Vec<Evidence> = digest.evidence.iter().filter(|one| wanted(one)).cloned().collect();
        let standards = self.standards(at);
        let of = |evidence: Evidence| Some((evidence.perspective, standards.answers_of(&evidence, key)?));
        evidence.into_iter().filter_map(of).collect()
    }

    /// Learns what the standards of all sessions need, and fits all models that [`Self::answers`] takes, on all cores.
    pub fn prepare_answers(&mut self, wanted: impl Fn(&Evidence) -> bool) {
        self.prepare_standards();
        let mut different: Vec<(StandardsKey, &Evidence)> = Vec::new();
        for (header, digest) in &self.members {
            for evidence in digest.evidence.iter().filter(|one| wanted(one)) {
                let is_known = |(known, of): &(StandardsKey, &Evidence)| {
                    (known.0 == header.instrument.hash && known.1 == header.mode.pool())
                        && of.fits_alike(evidence)
                };
                if !different.iter().any(is_known) {
                    different.push((key_of(header), evidence));
                }
            }
        }
        parallel::map(different, |(key, evidence)| self.standards[&key].prepare_answers(evidence));
    }

    /// The standards of all sessions, at once.
    fn prepare_standards(&mut self) {
        let mut lacking: BTreeMap<StandardsKey, bool> = BTreeMap::new();
        for (header, _) in &self.members {
            lacking.insert(key_of(header), header.simulated());
        }
        lacking.retain(|key, _| !self.standards.contains_key(key));
        let sessions = [&*self.members, &*self.others];
        let made = parallel::map(lacking.into_iter().collect(), |(key, simulated)| {
            let instrument = &self.instruments[&key.0];
            let made = standards_among(sessions, (&key, simulated), instrument, &self.coded, self.prior);
            (key, made)
        });
        self.standards.extend(made);
    }

    /// The gap of a session.
    pub fn gap(&mut self, at: usize) -> Gap {
        self.standards(at);
        let (header, digest) = &self.members[at];
        let norms = self.standards[&key_of(header)].norms();
        gap::of_parts(&self.instruments[&header.instrument.hash], &digest.parts, norms).0
    }
}

/// Sessions with equal keys share their standards: the text of the instrument, and the pool.
type StandardsKey = (String, &'static str);

fn key_of(header: &SessionHeader) -> StandardsKey {
    (header.instrument.hash.clone(), header.mode.pool())
}

/// The standards of the sessions with this key, simulated or not, among `sessions`.
fn standards_among(
    sessions: [&[(SessionHeader, Digest)]; 2],
    (key, simulated): (&StandardsKey, bool),
    instrument: &Arc<Instrument>,
    coded: &TeachingSessions,
    prior: Option<[f64; 4]>,
) -> Standards {
    let peers = sessions.into_iter().flatten().filter(|(header, _)| is_peer(header));
    let peers = peers.filter(|(peer, digest)| key_of(peer) == *key && !digest.refused);
    let mut peers: Vec<_> = peers.collect();
    peers.sort_by_key(|(header, _)| (header.start.at, header.id));
    let parts: Vec<_> = peers.iter().map(|(_, digest)| &digest.parts).collect();
    let evidence: Vec<_> = peers.iter().flat_map(|(_, digest)| &digest.evidence).collect();
    let standards = standards(instrument, simulated, &parts, coded).learnt(&evidence);
    match prior {
        Some(shares) => standards.under_prior(shares),
        None => standards,
    }
}

/// Whether a session can be what others are measured against.
fn is_peer(header: &SessionHeader) -> bool {
    header.state == SessionState::Finished && !header.test
}

fn standards(
    instrument: &Arc<Instrument>,
    simulated: bool,
    parts: &[&Parts],
    coded: &TeachingSessions,
) -> Standards {
    let taught = coded.get(&(instrument.name.clone(), simulated)).cloned().unwrap_or_default();
    Standards::of_parts(instrument, parts).with_profiler(Profiler::with_codes(taught, simulated))
}

/// Every session of a study, measured for the findings, with the digests that had to be made.
///
/// # Errors
/// A study that cannot be read at all.
pub fn measured(study: &Study, hear: Hear) -> Result<(Measured, Fresh), StudyError> {
    measured_of(study, hear, sessions(study, hear)?)
}

/// The same of these sessions alone, which were found sound: what anybody is measured against is among them.
///
/// # Errors
/// As [`measured`].
pub(super) fn measured_of(
    study: &Study,
    hear: Hear,
    headers: Vec<SessionHeader>,
) -> Result<(Measured, Fresh), StudyError> {
    let Digested { sessions, instruments, fresh } = digests::of(study, headers, hear)?;
    let coded = codes::by_questionnaire(&codes::standings(study)?, &sessions);
    let imported = sessions.iter().any(|(header, _)| header.mode == Mode::Imported);
    let imported = if imported { study.imported()? } else { Vec::new() };
    let files: BTreeMap<_, _> =
        imported.into_iter().map(|imported| (imported.session, imported.origin.file)).collect();
    let facts_of =
        |header: &SessionHeader| Facts { imported_from: files.get(&header.id).cloned(), ..facts(header) };
    let sessions = sessions.into_iter().map(|(header, digest)| (facts_of(&header), digest)).collect();
    let mut make = |instrument: &Arc<Instrument>, simulated, parts: &[&Parts]| {
        standards(instrument, simulated, parts, &coded)
    };
    let measured = Measured::of(sessions, instruments, &mut make);
    Ok((measured.described(study.metadata()?, study.plans()?), fresh))
}

/// The report of a session, measured against its peers in the study.
///
/// # Errors
/// A session that cannot be read.
pub fn report(
    study: &Study,
    hear: Hear,
    header: &SessionHeader,
    lang: Option<&str>,
) -> Result<Report, StudyError> {
    let (mut interview, _) = Loader::new(study, hear).interview(header)?;
    if let Some(lang) = lang {
        interview.speak(&interview.instrument().language(Some(lang)));
    }
    let mut sessions = Sessions::one(study, hear, header)?;
    Ok(Report::build(&interview, &loading::facts(header), sessions.standards(0)))
}

/// The standards for a running interview, computed in the background, so that its result is ready with the last answer.
#[derive(Debug, Clone)]
pub struct Preparation(Arc<Peers>);

#[derive(Debug)]
struct Peers {
    instrument: Arc<Instrument>,
    parts: Vec<Parts>,
    evidence: Vec<Evidence>,
}

impl Preparation {
    /// Begins to prepare the results of an instrument among the real sessions of a study. Digests that had to be made come along,
    /// to be kept.
    ///
    /// # Errors
    /// A study that cannot be read at all.
    pub fn begin(
        study: &Study,
        hear: Hear,
        instrument: &Arc<Instrument>,
        mode: Mode,
    ) -> Result<(Self, Fresh), StudyError> {
        let mut headers = study.all_sessions()?.0;
        let key = (instrument.hash.clone(), mode.pool());
        headers.retain(|header| is_peer(header) && key_of(header) == key);
        let Digested { sessions, fresh, .. } = digests::of(study, headers, hear)?;
        let digests = sessions.into_iter().map(|(_, digest)| digest).filter(|digest| !digest.refused);
        let (parts, evidence): (Vec<_>, Vec<_>) =
            digests.map(|digest| (digest.parts, digest.evidence)).unzip();
        let instrument = instrument.clone();
        let this = Self(Arc::new(Peers { instrument, parts, evidence: evidence.concat() }));
        let peers = this.0.clone();
        parallel::behind(move || peers.prepare(&plans(&peers.instrument)));
        Ok((this, fresh))
    }

    /// Prepares for just the questions that were answered, once all are.
    pub fn review(&self, interview: &Interview) {
        let (peers, plans) = (self.0.clone(), plans_of(interview));
        let own = Digest::of(interview, &[]);
        parallel::behind(move || peers.with(own).prepare(&plans));
    }
}

impl Peers {
    /// With one more session, the one that is about to finish.
    fn with(&self, own: Digest) -> Self {
        let mut all = Self {
            instrument: self.instrument.clone(),
            parts: self.parts.clone(),
            evidence: self.evidence.clone(),
        };
        all.parts.push(own.parts);
        all.evidence.extend(own.evidence);
        all
    }

    fn prepare(&self, plans: &[FeaturePlan]) {
        let parts: Vec<&Parts> = self.parts.iter().collect();
        let evidence: Vec<&Evidence> = self.evidence.iter().collect();
        Standards::of_parts(&self.instrument, &parts).learnt(&evidence).prepare(plans);
    }
}
