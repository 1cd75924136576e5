//! Builds the report of a session from its interview.

use super::advice::{AdviceInputs, chosen_advice, left_open};
use super::evidence::evidence_lines;
use super::{InWords, InstrumentLine, Loyalty, ProfileLine, Report, ScaleScore, StrengthsLine};
use super::{indirect, said};
use crate::analysis::lens::{Lens, LensScore};
use crate::analysis::{self, Standards};
use crate::classify::model::Profile;
use crate::classify::pooling::{self, TrainingBasis as Rests};
use crate::classify::session::{self, Evidence, left_out, strengths};
use crate::gap;
use crate::instrument::{Construct, Instrument, Language, Method, Party, Perspective, Reads};
use crate::interview::Interview;
use crate::measures::{self, Basis, Norms, Outcome};
use crate::report::document::Reader;
use crate::text;
use crate::texts::timestamp;

/// Facts of a session that are not in its interview.
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

impl Report {
    /// The report of an interview as it stands, in its language.
    pub fn build(interview: &Interview, facts: &SessionFacts, standards: &mut Standards) -> Self {
        let instrument = interview.instrument();
        let language = interview.language();
        let voice = interview.voice();
        let profiles = standards.profiles(interview);
        let (gap, reason) = gap::compare(interview, standards.norms());
        let fields = instrument.fields.iter().filter_map(|field| {
            let value = interview.fields().get(&field.name).filter(|value| !value.is_empty())?;
            Some((voice.text(&field.label), value.clone()))
        });
        let lines: Vec<ProfileLine> =
            profiles.iter().map(|(evidence, profile)| profile_line(evidence, profile, interview)).collect();
        let scales = scale_lines(interview, standards.norms());
        let lenses = Lens::all(scales.iter().filter_map(|line| Some((&line.construct, reading(line)?))));
        let standing = standing(instrument, &scales);
        let mark = analysis::satisfaction(instrument).and_then(|scale| instrument.scales.get(scale));
        let mark = mark.and_then(|mark| scales.iter().find(|line| line.name == mark.name)?.value);
        let open = left_open(interview);
        let seen = AdviceInputs { lenses: &lenses, open: &open, standing: standing.as_ref(), mark };
        let advice = chosen_advice(interview, &profiles, &gap, standards.norms(), seen);
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
            imported: interview.origin().map(|from| {
                let (file, row) = (from.file.clone(), from.row.to_string());
                text!(language, "report-session-imported-row", file, row)
            }),
            sheet: interview.sheet().map(|sheet| sheet.number.clone()),
            begun: timestamp(interview.start().at),
            language: language.to_string(),
            minutes: interview.elapsed(interview.last_event_at()) as f64 / 60_000.0,
            complete: interview.is_finished(),
            refused: interview.is_refused(),
            simulated: facts.simulated,
            no_profile: no_profile(interview, &lines),
            strengths: strengths_alone(interview, &lines),
            profiles: lines,
            lenses,
            standing,
            scales,
            gap_words: gap.verdict.in_words(reason, language),
            gap_measures: indirect::measures(interview, &gap, language),
            small_print: small_print(standards.norms(), rests_on(&profiles), facts, language),
            notes: interview.notes(),
            led: instrument.has_interviewer(),
            indirect_print: indirect::print(interview, &gap, language),
            gap,
            advice,
            feedback: instrument.feedback,
        }
    }
}

fn perspective_title(perspective: Perspective, instrument: &Instrument, language: &Language) -> InWords {
    InWords::each(|reader| title_to(reader, perspective, instrument, language))
}

fn title_to(
    reader: Reader,
    perspective: Perspective,
    instrument: &Instrument,
    language: &Language,
) -> String {
    let (told, address) = (reader == Reader::Respondent, instrument.address);
    match (perspective, instrument.respondents) {
        (Perspective::Own, _) if !instrument.asks_norms(Perspective::Other) => {
            text!(language, "report-build-way-relating")
        }
        (Perspective::Own, party) if told || party == Party::Organisation => {
            text!(language, "report-build-your-own-way", address)
        }
        // The account manager reads what a client answered.
        (Perspective::Own, _) => text!(language, "report-build-clients-own-way"),
        (Perspective::Other, Party::Organisation) => {
            text!(language, "report-build-your-estimate-client", address)
        }
        (Perspective::Other, Party::Customer) if told => {
            text!(language, "report-build-your-estimate-other", address)
        }
        (Perspective::Other, Party::Customer) => text!(language, "report-build-estimate-us"),
    }
}

fn profile_line(evidence: &Evidence, profile: &Profile, interview: &Interview) -> ProfileLine {
    let language = interview.language();
    let perspective = evidence.perspective;
    let left_out = left_out(interview.instrument(), &interview.fed_by_scale(), perspective);
    ProfileLine {
        perspective,
        title: perspective_title(perspective, interview.instrument(), language),
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
        engagement: profile.engagement.map(|engagement| engagement.name()),
        hardly_engaged: profile.engagement.and_then(|engagement| said::hardly_engaged(engagement, language)),
        parted: evidence
            .against(profile.answers.dominant)
            .filter(|_| profile.answers.tell_apart())
            .map(|against| said::point_apart(profile.answers.dominant, against, language)),
        random: (evidence.random == Some(true)).then(|| text!(language, "report-said-random")),
        left_out: left_out.iter().map(|what| said::left_out(what, language)).collect(),
        basis: profile.basis.clone(),
        learnt: profile.learnt,
        evidence: evidence_lines(perspective, profile, interview),
    }
}

/// Sides that were asked about and have no profile.
fn without(instrument: &Instrument, profiles: &[ProfileLine]) -> Vec<Perspective> {
    let lacks = |perspective: &Perspective| {
        instrument.asks_norms(*perspective)
            && profiles.iter().all(|profile| profile.perspective != *perspective)
    };
    Perspective::ALL.into_iter().filter(lacks).collect()
}

/// Strengths of sides without a profile.
fn strengths_alone(interview: &Interview, profiles: &[ProfileLine]) -> Vec<StrengthsLine> {
    let (instrument, language) = (interview.instrument(), interview.language());
    let fed = interview.fed_by_scale();
    let known = without(instrument, profiles).into_iter().filter_map(|perspective| {
        let strengths = session::strengths(instrument, &fed, perspective)?;
        let title = perspective_title(perspective, instrument, language);
        Some(StrengthsLine { perspective, title, strengths })
    });
    known.collect()
}

/// Sides that were asked about and have no profile, with the reason.
fn no_profile(interview: &Interview, profiles: &[ProfileLine]) -> Option<InWords> {
    let (instrument, language) = (interview.instrument(), interview.language());
    if !Perspective::ALL.iter().any(|side| instrument.asks_norms(*side)) {
        return Some(text!(language, "report-build-models-not-asked").into());
    }
    let fed = interview.fed_by_scale();
    let why = |perspective: Perspective| {
        let title = perspective_title(perspective, instrument, language);
        let few = text!(language, "report-build-too-few-answers-profile");
        // Where nothing at all was answered, nothing is left out.
        let left_out = left_out(instrument, &fed, perspective);
        let any = left_out.iter().any(|what| what.given() > 0)
            || session::strengths(instrument, &fed, perspective).is_some();
        let left_out = left_out.iter().filter(|_| any).map(|what| said::left_out(what, language));
        let left_out: String = left_out.map(|sentence| format!(" {sentence}")).collect();
        (title, format!("{few}{left_out}"), any)
    };
    let why: Vec<(InWords, String, bool)> = without(instrument, profiles).into_iter().map(why).collect();
    if profiles.is_empty() && why.iter().all(|(.., any)| !any) {
        return Some(text!(language, "report-build-too-few-answers-about").into());
    }
    let to = |reader| {
        let each = why.iter().map(|(title, why, _)| format!("{}: {why}", title.to(reader)));
        each.collect::<Vec<_>>().join(" ")
    };
    (!why.is_empty()).then(|| InWords::each(to))
}

fn scale_lines(interview: &Interview, norms: &Norms) -> Vec<ScaleScore> {
    let mut lines = Vec::new();
    let language = interview.language();
    let not_sorted = |reason: crate::gap::GapReason| reason.in_words(language);
    let fed = interview.fed_by_scale();
    let held = [Perspective::Own, Perspective::Other]
        .map(|side| (side, strengths(interview.instrument(), &fed, side)));
    for (index, scale) in interview.instrument().scales.iter().enumerate() {
        let title = scale.label.as_ref().map(|label| interview.voice().text(label));
        for score in measures::score(interview, index, norms) {
            let title = title.clone().unwrap_or_else(|| scale.name.clone());
            let label = match score.model.filter(|_| scale.method.by_model()) {
                Some(model) => format!("{title}: {}", model.plainly(language)),
                None => title,
            };
            let (value, se, n, reason) = match score.outcome {
                Outcome::Scored { value, se, n } => (Some(value), se, n, None),
                Outcome::TooFew { valid, needed } if scale.method.reads() == Reads::Sorting => {
                    (None, None, valid, Some(not_sorted(gap::GapReason::NotSorted { blocks: valid, needed })))
                }
                Outcome::TooFew { valid, needed } => {
                    (None, None, valid, Some(too_few(valid, needed, language)))
                }
                Outcome::Excluded(why) => (None, None, 0, Some(not_sorted(gap::GapReason::Excluded(why)))),
                Outcome::NotTimed => (None, None, 0, Some(not_sorted(gap::GapReason::NotTimed))),
            };
            // A norm has one error on a page: the one that its interval and its profile go by.
            let norm = match (&scale.construct, scale.method) {
                (Construct::Model(model), Method::Mean) => Some(*model),
                _ => None,
            };
            let strength = norm.and_then(|model| {
                held.iter().find(|(side, _)| *side == scale.perspective)?.1.as_ref()?.norm(model)
            });
            lines.push(ScaleScore {
                name: score.name,
                label,
                construct: scale.construct.clone(),
                perspective: scale.perspective,
                value,
                se: strength.map_or(se, |strength| Some(strength.se)),
                n,
                range: score.range,
                reason,
            });
        }
    }
    lines
}

/// A scale that has a score.
fn reading(line: &ScaleScore) -> Option<LensScore> {
    let member = match &line.construct {
        Construct::Family(_, member) => member.clone(),
        _ => String::new(),
    };
    Some(LensScore {
        name: line.name.clone(),
        label: line.label.clone(),
        member,
        value: line.value?,
        se: line.se,
        range: line.range,
    })
}

fn standing(instrument: &Instrument, lines: &[ScaleScore]) -> Option<Loyalty> {
    let of = |scale: Option<usize>| {
        let name = &instrument.scales.get(scale?)?.name;
        lines.iter().find(|line| line.name == *name).and_then(reading)
    };
    let (mark, wish) = (analysis::satisfaction(instrument), analysis::intention(instrument));
    Some(Loyalty { satisfaction: of(mark)?, staying: of(wish)?, party: instrument.respondents })
}

fn too_few(valid: usize, needed: usize, language: &Language) -> String {
    text!(language, "report-build-too-few-valid-answers", valid, needed)
}

/// What the probabilities rest on, where there are any.
fn rests_on(profiles: &[(Evidence, Profile)]) -> Option<Rests> {
    let (_, profile) = profiles.first()?;
    Some(Rests::parse(&profile.basis).unwrap_or(Rests::Reference))
}

fn small_print(
    norms: &Norms,
    basis: Option<Rests>,
    facts: &SessionFacts,
    language: &Language,
) -> Vec<String> {
    let mut lines = Vec::new();
    if facts.test {
        lines.push(text!(language, "report-build-rehearsal-these-answers-given"));
    }
    if facts.simulated {
        lines.push(text!(language, "report-build-simulated-nobody-gave-these"));
    }
    lines.extend(basis.map(|basis| match basis {
        Rests::Reference => text!(language, "report-build-probabilities-rest-reference-model"),
        Rests::Pooled { coded, .. } => text!(
            language,
            "report-build-probabilities-rest-coded-sessions",
            coded,
            weight = crate::texts::number(pooling::CODE_COUNTS, language)
        ),
        Rests::Own { coded, .. } => text!(language, "report-build-probabilities-rest-coded-coded", coded),
    }));
    lines.push(match norms.basis {
        Basis::Study(n) => text!(language, "report-build-measurement-errors-comparisons-come", n),
        Basis::Reference | Basis::None => {
            text!(language, "report-build-measurement-errors-comparisons-come-simulated")
        }
    });
    lines.push(text!(language, "report-build-no-decision-about-person"));
    lines
}
