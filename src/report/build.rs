//! Builds the report of a session from its interview.

use std::sync::Arc;

use super::advice::chosen_advice;
use super::evidence::evidence_lines;
use super::{InstrumentLine, ProfileLine, Report, ScaleLine};
use super::{indirect, said};
use crate::classify::model::{Engagement, Profile};
use crate::classify::pooling::{self, Basis as Rests, StudyModels};
use crate::classify::population::Population;
use crate::classify::reference::Generator;
use crate::classify::session::{Evidence, References, evidence};
use crate::dice::Dice;
use crate::gap::{self, Gap};
use crate::instrument::{Address, Instrument, Language, Method, Perspective};
use crate::interview::{Instant, Interview, Start, simulate};
use crate::measures::norms::OWN_NORMS_FROM;
use crate::measures::{self, Basis, Norms, Outcome, Parts};
use crate::wording::{self, say};

/// Simulated respondents behind the reference norms. Enough that a reliability moves by less than .02 from seed to seed,
/// few enough that nobody waits for them.
const REFERENCE_SESSIONS: usize = 400;
/// Any number serves, as long as it stays.
const REFERENCE_SEED: u64 = 2012;

/// What is known of a session beside its interview.
#[derive(Debug, Clone, PartialEq)]
pub struct SessionFacts {
    /// The session's id.
    pub id: String,
    /// The respondent's code.
    pub respondent: String,
    /// Whether the answers come from a simulated respondent.
    pub simulated: bool,
    /// Whether it is a rehearsal that must not count.
    pub test: bool,
}

/// Norms and models for the sessions of one instrument.
#[derive(Debug)]
pub struct Yardstick {
    norms: Norms,
    profiler: Profiler,
}

/// The models for the sessions of one instrument: whoever asks for a profile, in a report, on a screen or on the command
/// line, asks here, so that all say the same.
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

    /// The same models under another prior: shares of CS, AR, EM, MP.
    pub fn under_prior(self, shares: [f64; 4]) -> Self {
        Self { references: self.references.under(shares), own: self.own.under(shares) }
    }

    /// The same models with what the answers of a study's sessions say of its respondents as a whole.
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
        self.own.profile(evidence, key).or_else(|| self.references.profile(evidence).ok())
    }
}

impl Yardstick {
    /// What the study's own sessions of this instrument give from thirty on, before that the simulated reference sample.
    pub fn new(instrument: &Arc<Instrument>, finished: &[&Interview]) -> Self {
        // Parts are taken only where they can serve: below thirty sessions nobody needs them.
        let enough = finished.len() >= OWN_NORMS_FROM;
        let parts: Vec<Parts> =
            finished.iter().filter(|_| enough).map(|session| Parts::of(session)).collect();
        Self::of_parts(instrument, &parts.iter().collect::<Vec<_>>())
    }

    /// The same from the parts of the sessions.
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

    /// The same yardstick with models under another prior: shares of CS, AR, EM, MP.
    pub fn under_prior(self, shares: [f64; 4]) -> Self {
        Self { profiler: self.profiler.under_prior(shares), ..self }
    }

    /// The same yardstick with these models.
    pub fn with_profiler(self, profiler: Profiler) -> Self {
        Self { profiler, ..self }
    }

    /// As [`Profiler::learnt`].
    pub fn learnt(self, sessions: &[&Evidence]) -> Self {
        Self { profiler: self.profiler.learnt(sessions), ..self }
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
    let associates = instrument.scales.iter().any(|scale| scale.method == Method::Association);
    norms.explicit.is_some() && (!associates || norms.association.is_some())
}

fn reference_norms(instrument: &Arc<Instrument>) -> Norms {
    let generator = Generator::default();
    let mut dice = Dice::for_purpose(REFERENCE_SEED, "reference norms");
    let walks: Vec<Interview> = (0..REFERENCE_SESSIONS)
        .filter_map(|_| {
            let (persona, _) = generator.persona(&mut dice);
            let fields = Default::default();
            let start =
                Start { seed: dice.bits(), language: instrument.language(None), fields, at: 0, offset: None };
            simulate::walk(instrument.clone(), start, &persona).ok().map(|walk| walk.interview)
        })
        .collect();
    Norms::of(&walks, Basis::Reference)
}

impl Report {
    /// The report of an interview as it stands, in its language.
    pub fn build(interview: &Interview, facts: &SessionFacts, yardstick: &mut Yardstick) -> Self {
        let instrument = interview.instrument();
        let language = interview.language();
        let voice = interview.voice();
        let profiles = yardstick.profiles(interview);
        let (gap, reason) = gap::compare(interview, &yardstick.norms);
        let advice = chosen_advice(interview, &profiles, &gap, &yardstick.norms);
        let fields = instrument.fields.iter().filter_map(|field| {
            let value = interview.fields().get(&field.name).filter(|value| !value.is_empty())?;
            Some((voice.text(&field.label), value.clone()))
        });
        let both = profiles.iter().any(|(evidence, _)| evidence.perspective == Perspective::Other);
        let lines: Vec<ProfileLine> = profiles
            .iter()
            .map(|(evidence, profile)| profile_line(evidence, profile, both, interview))
            .collect();
        Self {
            instrument: InstrumentLine {
                name: instrument.name.clone(),
                version: instrument.version.clone(),
                hash: instrument.hash.clone(),
                label: voice.text(&instrument.label),
            },
            session: facts.id.clone(),
            respondent: facts.respondent.clone(),
            fields: fields.collect(),
            begun: timestamp(interview.start().at),
            language: language.to_string(),
            minutes: interview.elapsed(interview.last_event_at()) as f64 / 60_000.0,
            complete: interview.is_finished(),
            refused: interview.is_refused(),
            simulated: facts.simulated,
            no_profile: lines.is_empty().then(|| no_profile(language)),
            profiles: lines,
            scales: scale_lines(interview, &yardstick.norms),
            gap_words: wording::verdict(gap.verdict, reason, language),
            gap_measures: indirect::measures(interview, &gap, language),
            small_print: small_print(&yardstick.norms, rests_on(&profiles), facts, language),
            indirect_print: indirect::print(interview, &gap, language),
            gap,
            advice,
            feedback: instrument.feedback,
        }
    }
}

/// UTC, to the second.
pub fn timestamp(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at)
        .map(|at| at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string())
        .unwrap_or_default()
}

fn perspective_title(perspective: Perspective, both: bool, address: Address, language: &Language) -> String {
    match (perspective, both) {
        (Perspective::Own, true) => say(language, "Your own way", "De eigen manier"),
        (Perspective::Own, false) => say(language, "The way of relating", "De manier van omgaan"),
        (Perspective::Other, _) => wording::say_to(
            language,
            address,
            "Your estimate of the client",
            "Uw inschatting van de klant",
            "Je inschatting van de klant",
        ),
    }
}

fn profile_line(evidence: &Evidence, profile: &Profile, both: bool, interview: &Interview) -> ProfileLine {
    let language = interview.language();
    let perspective = evidence.perspective;
    ProfileLine {
        perspective,
        title: perspective_title(perspective, both, interview.instrument().address, language),
        headline: said::headline(&profile.answers, language),
        strengths: evidence.strengths,
        answers: profile.answers,
        rates: said::rates(profile, language),
        probabilities: profile.probabilities,
        dominant: profile.dominant,
        second: profile.second,
        margin: profile.margin,
        uncertain: profile.uncertain,
        closeness: profile.closeness,
        engagement: profile.engagement.map(Engagement::name),
        hardly_engaged: (profile.engagement == Some(Engagement::Low)).then(|| said::hardly_engaged(language)),
        basis: profile.basis.clone(),
        evidence: evidence_lines(perspective, profile, interview),
    }
}

fn no_profile(language: &Language) -> String {
    say(
        language,
        "There are too few answers about norms, situations or reasons for a profile.",
        "Er zijn te weinig antwoorden over normen, situaties of redenen voor een profiel.",
    )
}

fn scale_lines(interview: &Interview, norms: &Norms) -> Vec<ScaleLine> {
    let mut lines = Vec::new();
    let language = interview.language();
    let not_sorted = |reason| wording::gap_reason(reason, language);
    for (index, scale) in interview.instrument().scales.iter().enumerate() {
        let title = scale.label.as_ref().map(|label| interview.voice().text(label));
        for score in measures::score(interview, index, norms) {
            let title = title.clone().unwrap_or_else(|| scale.name.clone());
            let label = match score.model.filter(|_| scale.method.by_model()) {
                Some(model) => format!("{title}: {}", wording::model_plainly(model, language)),
                None => title,
            };
            let (value, se, n, reason) = match score.outcome {
                Outcome::Scored { value, se, n } => (Some(value), se, n, None),
                Outcome::TooFew { valid, needed } if scale.method == Method::ScIat => {
                    (None, None, valid, Some(not_sorted(gap::Reason::NotSorted { blocks: valid, needed })))
                }
                Outcome::TooFew { valid, needed } => {
                    (None, None, valid, Some(too_few(valid, needed, language)))
                }
                Outcome::Excluded(why) => (None, None, 0, Some(not_sorted(gap::Reason::Excluded(why)))),
                Outcome::NotTimed => (None, None, 0, Some(not_sorted(gap::Reason::NotTimed))),
            };
            lines.push(ScaleLine {
                name: score.name,
                label,
                construct: scale.construct.clone(),
                perspective: scale.perspective,
                value,
                se,
                n,
                range: score.range,
                reason,
            });
        }
    }
    lines
}

fn too_few(valid: usize, needed: usize, language: &Language) -> String {
    say(
        language,
        &format!("too few valid answers: {valid} of at least {needed}"),
        &format!("te weinig geldige antwoorden: {valid} van ten minste {needed}"),
    )
}

/// What the first profile rests on; the reference model where there is none.
fn rests_on(profiles: &[(Evidence, Profile)]) -> Rests {
    let first = profiles.first().and_then(|(_, profile)| Rests::parse(&profile.basis));
    first.unwrap_or(Rests::Reference)
}

fn small_print(norms: &Norms, basis: Rests, facts: &SessionFacts, language: &Language) -> Vec<String> {
    let say = |en: &str, nl: &str| say(language, en, nl);
    let mut lines = Vec::new();
    if facts.test {
        lines.push(say(
            "REHEARSAL: these answers were given to try things out; they count nowhere.",
            "PROEFSESSIE: deze antwoorden zijn gegeven om iets uit te proberen; ze tellen nergens mee.",
        ));
    }
    if facts.simulated {
        lines.push(say(
            "SIMULATED: nobody gave these answers; a program did.",
            "GESIMULEERD: deze antwoorden komen van een programma, niet van een mens.",
        ));
    }
    lines.push(match basis {
        Rests::Reference => say(
            "Probabilities rest on the reference model, simulated: a population that relata made up from published rates, not on coded interviews.",
            "De kansen berusten op het referentiemodel, gesimuleerd: een populatie die relata maakte uit gepubliceerde cijfers, niet op gecodeerde interviews.",
        ),
        Rests::Pooled { coded, .. } => say(
            &format!(
                "Probabilities rest on coded sessions of this study ({coded}, each counted as {}) pooled with the reference model, simulated. A session's own code never counts in its own result.",
                pooling::CODE_COUNTS
            ),
            &format!(
                "De kansen berusten op gecodeerde sessies van dit onderzoek ({coded}, elk geteld als {}) samen met het referentiemodel, gesimuleerd. De code van een sessie telt nooit mee in haar eigen uitkomst.",
                pooling::CODE_COUNTS
            ),
        ),
        Rests::Own { coded, .. } => say(
            &format!("Probabilities rest on {coded} coded sessions of this study. A session's own code never counts in its own result."),
            &format!("De kansen berusten op {coded} gecodeerde sessies van dit onderzoek. De code van een sessie telt nooit mee in haar eigen uitkomst."),
        ),
    });
    lines.push(match norms.basis {
        Basis::Study(n) => say(
            &format!("Measurement errors and comparisons come from {n} sessions of this study."),
            &format!("Meetfouten en vergelijkingen komen uit {n} sessies van dit onderzoek."),
        ),
        Basis::Reference | Basis::None => say(
            "Measurement errors and comparisons come from the simulated reference sample, until the study has 30 sessions.",
            "Meetfouten en vergelijkingen komen uit de gesimuleerde referentiesteekproef, tot het onderzoek 30 sessies heeft.",
        ),
    });
    lines.push(say(
        "No decision about a person may rest on this.",
        "Op dit resultaat mag geen beslissing over een persoon berusten.",
    ));
    lines
}
