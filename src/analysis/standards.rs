//! The standards of sessions: norms of their peers or of the reference sample, and the models behind profiles.

use std::sync::Arc;

use crate::classify::misclassification::Assignment;
use crate::classify::model::{Answers, Profile};
use crate::classify::pooling::merit::CodesWorth;
use crate::classify::pooling::{self, StudyModels};
use crate::classify::population::Population;
use crate::classify::reference::{FeaturePlan, Generator};
use crate::classify::session::{Evidence, References, evidence};
use crate::gap::{self, Gap};
use crate::instrument::{Instrument, Perspective, Reads};
use crate::interview::{Instant, Interview, Start, simulate};
use crate::measures::norms::OWN_NORMS_FROM;
use crate::measures::{Basis, Norms, Parts};
use crate::psychometrics::parallel::Remembered;
use crate::rng::Rng;

/// Simulated respondents behind the reference norms. Enough that a reliability moves by less than .02 from seed to seed,
/// few enough to take no noticeable time.
const REFERENCE_SESSIONS: usize = 400;
/// Questionnaires whose reference norms are kept in mind.
const REMEMBERED: usize = 16;
/// Any number serves, as long as it stays.
const REFERENCE_SEED: u64 = 2012;

/// Norms and models for the sessions of one instrument.
#[derive(Debug)]
pub struct Standards {
    norms: Norms,
    profiler: Profiler,
}

/// The models for the sessions of one instrument. Reports, screens and commands all get profiles here, so that they agree.
#[derive(Debug, Default)]
pub struct Profiler {
    references: References,
    /// What the study's own codes teach, where it has any.
    own: StudyModels,
}

impl Profiler {
    /// Models that rest on the coded sessions of a questionnaire where there are any, else on the reference sample;
    /// `simulated` says whether the respondents of the coded sessions are.
    pub fn with_codes(coded: Vec<pooling::CodedSession>, simulated: bool) -> Self {
        Self { references: References::default(), own: StudyModels::new(coded, simulated) }
    }

    /// With another prior: shares of CS, AR, EM, MP.
    pub fn under_prior(self, shares: [f64; 4]) -> Self {
        Self { references: self.references.under(shares), own: self.own.under(shares) }
    }

    /// With what the unlabelled answers of a study tell about its population.
    pub fn learnt(self, sessions: &[&Evidence]) -> Self {
        Self { references: self.references.learnt(sessions), own: self.own }
    }

    /// The profiles of an interview, own perspective first. A perspective on which no model can be fitted has none. The own
    /// perspective rests on the study's codes where there are any; a coded session is classified without its own code.
    pub fn profiles(&mut self, interview: &Interview) -> Vec<(Evidence, Profile)> {
        let start = interview.start();
        let of = |perspective| {
            let evidence = evidence(interview, perspective)?;
            let profile = self.profile_of(&evidence, (start.seed, start.at))?;
            Some((evidence, profile))
        };
        Perspective::ALL.into_iter().filter_map(of).collect()
    }

    /// The profile that evidence leads to; none where no model can be fitted on it. `key` tells the session from the others of
    /// its study: its seed and the instant of its beginning.
    pub fn profile_of(&mut self, evidence: &Evidence, key: (u64, Instant)) -> Option<Profile> {
        let profile = self.own.profile(evidence, key).or_else(|| self.references.profile(evidence).ok());
        profile.map(|profile| profile.with_strengths(evidence.strengths))
    }

    /// The codes of the study that no profile rests on, as far as profiles were asked for.
    pub fn unused_codes(&self) -> Option<CodesWorth> {
        self.own.unused()
    }

    /// What the profile of [`Self::profile_of`] says of the answers alone.
    pub fn answers_of(&mut self, evidence: &Evidence, key: (u64, Instant)) -> Option<Answers> {
        let taught = self.own.profile(evidence, key).map(|profile| profile.answers);
        taught.or_else(|| self.references.answers(evidence).ok())
    }
}

impl Standards {
    /// What the study's own sessions of this instrument give from thirty on, before that the simulated reference sample: from the parts
    /// of finished sessions.
    pub fn of_parts(instrument: &Arc<Instrument>, finished: &[&Parts]) -> Self {
        let own = (finished.len() >= OWN_NORMS_FROM)
            .then(|| Norms::of_parts(instrument, finished, Basis::Study(finished.len())))
            .filter(|norms| can_serve(norms, instrument));
        let norms = own.unwrap_or_else(|| reference_norms(instrument));
        Self { norms, profiler: Profiler::default() }
    }

    /// What the models have learnt of a study's respondents.
    pub fn population(&self, perspective: Perspective) -> Option<&Population> {
        self.profiler.references.population(perspective)
    }

    /// As [`Profiler::profile_of`].
    pub fn profile_of(&mut self, evidence: &Evidence, key: (u64, Instant)) -> Option<Profile> {
        self.profiler.profile_of(evidence, key)
    }

    /// As [`Profiler::answers_of`].
    pub fn answers_of(&mut self, evidence: &Evidence, key: (u64, Instant)) -> Option<Answers> {
        self.profiler.answers_of(evidence, key)
    }

    /// As [`Profiler::unused_codes`].
    pub fn unused_codes(&self) -> Option<CodesWorth> {
        self.profiler.unused_codes()
    }

    /// Fits the reference of the answers alone for evidence like this ahead of time.
    pub fn prepare_answers(&self, evidence: &Evidence) {
        // The later request reports the error.
        let _ = self.profiler.references.answers(evidence);
    }

    /// The classification of a session by the reference models, with their error rates. Codes play no part, because the error rates of
    /// coders are unknown. None where no model can be fitted, and for careless respondents.
    pub fn assignment_of(&self, evidence: &Evidence) -> Option<Assignment> {
        if evidence.random == Some(true) { None } else { self.profiler.references.assignment(evidence).ok() }
    }

    /// With models under another prior: shares of CS, AR, EM, MP.
    pub fn under_prior(self, shares: [f64; 4]) -> Self {
        Self { profiler: self.profiler.under_prior(shares), ..self }
    }

    /// With these models.
    pub fn with_profiler(self, profiler: Profiler) -> Self {
        Self { profiler, ..self }
    }

    /// As [`Profiler::learnt`].
    pub fn learnt(self, sessions: &[&Evidence]) -> Self {
        Self { profiler: self.profiler.learnt(sessions), ..self }
    }

    /// Fits the models for these plans ahead of time.
    pub fn prepare(&self, plans: &[FeaturePlan]) {
        self.profiler.references.prepare(plans);
    }

    /// The norms.
    pub fn norms(&self) -> &Norms {
        &self.norms
    }

    /// The gap of an interview.
    pub fn gap(&self, interview: &Interview) -> Gap {
        gap::compare(interview, &self.norms).0
    }

    /// The profiles of an interview; see [`Profiler::profiles`].
    pub fn profiles(&mut self, interview: &Interview) -> Vec<(Evidence, Profile)> {
        self.profiler.profiles(interview)
    }
}

/// Whether a study's own norms have what the gap needs: thirty sessions that cannot be scored are no norm.
fn can_serve(norms: &Norms, instrument: &Instrument) -> bool {
    let associates = instrument.scales.iter().any(|scale| scale.method.reads() == Reads::Words);
    norms.explicit.is_some() && (!associates || norms.association.is_some())
}

pub(super) fn reference_norms(instrument: &Arc<Instrument>) -> Norms {
    static KNOWN: Remembered<String, Norms> = Remembered::new(REMEMBERED);
    let simulated = || {
        let generator = Generator::default();
        let mut rng = Rng::for_purpose(REFERENCE_SEED, "reference norms");
        let walks: Vec<Interview> = (0..REFERENCE_SESSIONS)
            .filter_map(|_| {
                let (persona, _) = generator.persona(&mut rng);
                let fields = Default::default();
                let start = Start {
                    seed: rng.bits(),
                    language: instrument.language(None),
                    fields,
                    at: 0,
                    offset: None,
                };
                simulate::walk(instrument.clone(), start, &persona).ok().map(|walk| walk.interview)
            })
            .collect();
        Norms::of(&walks, Basis::Reference)
    };
    KNOWN.get(|hash| *hash == instrument.hash, || instrument.hash.clone(), simulated)
}
