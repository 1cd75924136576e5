//! Results, from reports made by hand.

use super::*;
use crate::classify::model::Answers;
use crate::classify::strength::{Strength, Strengths};
use crate::gap::{Gap, IndirectMeasure, Sentiment, Verdict};
use crate::instrument::{Audience, Construct, Feedback, Perspective, RelationalModel};
use crate::report::{AdviceLine, EvidenceLine, InstrumentLine, ProfileLine, ScaleScore};

pub(super) fn report() -> Report {
    let evidence = |words: &str, weight, answers: &[(&str, &str)]| EvidenceLine {
        feature: "f".into(),
        words: words.into(),
        weight,
        answers: answers.iter().map(|(q, a)| ((*q).to_owned(), (*a).to_owned())).collect(),
    };
    let strength =
        |value: f64| Strength { value, se: 0.5, low: (value - 1.0).max(1.0), high: (value + 1.0).min(7.0) };
    let strengths = Strengths { norms: [2.4, 1.6, 4.2, 6.2].map(strength).map(Some), range: (1.0, 7.0) };
    let alone = [0.12, 0.05, 0.09, 0.74];
    let profile = |perspective, title: &str, probabilities, dominant, second, uncertain| {
        ProfileLine {
        perspective,
        title: title.into(),
        headline: if uncertain {
            "The answers do not tell “as one of us” and “in balance” apart (1.2 to 1).".into()
        } else {
            "The answers speak 8 to 1 for “business-like” over “in balance”.".into()
        },
        strengths: Some(strengths),
        answers: Answers { probabilities: alone, dominant, second, ratio: if uncertain { 1.2 } else { 8.0 } },
        rates: uncertain.then(|| {
            "Only because it is the more common one does “business-like” lead once the published rates are counted in (48 %)."
                .to_owned()
        }),
        probabilities,
        dominant: if uncertain { RelationalModel::MarketPricing } else { dominant },
        second,
        margin: 0.41,
        uncertain,
        closeness: Some(0.2),
        engagement: Some("normal"),
        hardly_engaged: None,
        parted: None,
        random: None,
        left_out: Vec::new(),
        basis: "Reference model, simulated: 4000 sessions with seed 1.".into(),
        learnt: None,
        evidence: vec![
            evidence(
                "business-like is well above your average",
                1.31,
                &[
                    ("You compare what it costs with what it yields.", "Very much"),
                    ("If another offers more for the same money, you switch.", "Quite a bit"),
                    ("A deal is a deal.", "A lot"),
                ],
            ),
            evidence(
                "in situations you chose what pays off twice as often",
                0.62,
                &[("The invoice is wrong, to your advantage.", "I look at the contract")],
            ),
            evidence(
                "turn by turn is a little above your average",
                -0.24,
                &[("If they did something for you, you do something back.", "Quite a bit")],
            ),
            evidence("points for keeping the balance", -0.11, &[]),
        ],
    }
    };
    let scale = |name: &str, label: &str, construct, perspective, value: Option<f64>| ScaleScore {
        name: name.into(),
        label: label.into(),
        construct,
        perspective,
        value,
        se: value.map(|_| 0.31),
        n: if value.is_some() { 5 } else { 1 },
        range: (1.0, 7.0),
        reason: value.is_none().then(|| "Too few answers: 1 of at least 3.".to_owned()),
    };
    let model = |model| Construct::Model(model);
    Report {
        imported: None,
        sheet: None,
        instrument: InstrumentLine {
            name: "account-self-assessment".into(),
            version: "1.0.0".into(),
            hash: "0f3a5c7e9b1d2f4a6c8e".into(),
            label: "Account self-assessment".into(),
        },
        session: "0199-a".into(),
        respondent: "R-001".into(),
        fields: vec![("Client".into(), "Acme".into())],
        begun: "2026-11-21T20:15:00Z".into(),
        language: "en".into(),
        minutes: 7.6,
        complete: true,
        refused: false,
        simulated: false,
        profiles: vec![
            profile(
                Perspective::Own,
                "Your own answers",
                [0.08, 0.03, 0.24, 0.65],
                RelationalModel::MarketPricing,
                RelationalModel::EqualityMatching,
                false,
            ),
            profile(
                Perspective::Other,
                "Your estimate of the client",
                [0.39, 0.12, 0.36, 0.13],
                RelationalModel::CommunalSharing,
                RelationalModel::EqualityMatching,
                true,
            ),
        ],
        no_profile: None,
        strengths: Vec::new(),
        scales: vec![
            scale("cs", "As one of us", model(RelationalModel::CommunalSharing), Perspective::Own, Some(3.4)),
            scale("mp", "Business-like", model(RelationalModel::MarketPricing), Perspective::Own, Some(5.8)),
            scale("trust", "Trust", Construct::ExplicitSentiment, Perspective::Own, None),
            scale("assoc", "First associations", Construct::IndirectSentiment, Perspective::Own, Some(2.0)),
            scale(
                "o_cs",
                "As one of us: the client, as I know them",
                model(RelationalModel::CommunalSharing),
                Perspective::Other,
                Some(4.9),
            ),
        ],
        gap: Gap {
            explicit: Some(Sentiment { value: 0.52, se: 0.11 }),
            indirect: Some(Sentiment { value: -0.38, se: 0.17 }),
            indirect_measure: Some(IndirectMeasure::Association),
            beside: None,
            sign_conflict: true,
            leaning: false,
            p: Some(0.012),
            z_gap: Some(1.9),
            reliable: true,
            rare: false,
            relative_gap: None,
            norm: "the reference sample",
            verdict: Verdict::Masked,
            reason: None,
        },
        gap_measures: vec!["\"Associated\" comes from: free association.".into()],
        lenses: Vec::new(),
        standing: None,
        gap_words: (
            "Says warm, associates cold".into(),
            "What you say about Acme is positive; the words that came to mind first are not.".into(),
        ),
        advice: vec![
            AdviceLine {
                name: "a".into(),
                title: "You settle in money, they give without counting".into(),
                text: "Begin the next meeting with what went well between you, before the price comes up. Ask what \
                       they would like to hear first."
                    .into(),
                audience: None, priority: crate::instrument::Priority::Normal, act: None, guesses: Default::default(), quotes: false, unquoted: None, rests: Vec::new(), follows: Vec::new(), for_account: false,
            },
            AdviceLine {
                name: "b".into(),
                title: "Only for the interviewer".into(),
                text: "Look at the notes.".into(),
                audience: Some(Audience::Interviewer), priority: crate::instrument::Priority::Normal, act: None, guesses: Default::default(), quotes: false, unquoted: None, rests: Vec::new(), follows: Vec::new(), for_account: false,
            },
        ],
        notes: Vec::new(),
        led: false,
        small_print: vec!["The gap compares two measures of one moment; it is a question, not a finding.".into()],
        indirect_print: Vec::new(),
        feedback: Feedback::Full,
    }
}

pub(super) fn result(report: Report, size: (u16, u16)) -> Person {
    let mut backend = FakeBackend::new();
    backend.report = Some(report);
    Person::at(backend, Open::Result { session: "0199-a".into() }, size)
}

fn turned(report: Report, key: &str, size: (u16, u16)) -> Person {
    let mut person = result(report, size);
    person.press(key);
    person
}

#[test]
fn two_perspectives_stand_side_by_side() {
    assert_screen!("result", result(report(), SMALL));
    assert_screen!("result_large", result(report(), LARGE));
    let mut person = result(report(), LARGE);
    person.press("e PgDn PgDn");
    assert!(person.sees("points for keeping the balance"));
}

#[test]
fn the_gap_is_a_chart_with_its_verdict() {
    assert_screen!("result_gap", turned(report(), "2", SMALL));
    assert_screen!("result_gap_large", turned(report(), "2", LARGE));
    let mut missing = report();
    missing.gap.indirect = None;
    missing.gap.verdict = Verdict::NoVerdict;
    missing.gap_words = ("no verdict".into(), "No associations were given.".into());
    let person = turned(missing, "2", SMALL);
    assert!(person.sees("associated  not measured"), "{}", person.screen());
    assert!(!person.sees("said →"), "a chart of one side alone");
    assert!(person.sees("? No verdict."));
    assert!(person.sees("No associations were given."));
}

#[test]
fn a_point_in_a_corner_keeps_its_cross() {
    let mut far = report();
    far.gap.explicit = Some(Sentiment { value: -1.0, se: 0.18 });
    far.gap.indirect = Some(Sentiment { value: 0.99, se: 0.15 });
    for size in [SMALL, LARGE] {
        let person = turned(far.clone(), "2", size);
        assert!(person.sees("+1 ◆──"), "{}", person.screen());
        assert!(person.sees("cold on"));
    }
}

#[test]
fn the_other_pages() {
    assert_screen!("result_advice", turned(report(), "3", SMALL));
    assert_screen!("result_scales", turned(report(), "4", SMALL));
    assert_screen!("result_basis", turned(report(), "5", SMALL));
}

#[test]
fn one_perspective_that_is_uncertain_and_hardly_engaged() {
    let mut uncertain = report();
    uncertain.profiles.pop();
    uncertain.profiles[0].uncertain = true;
    uncertain.profiles[0].engagement = Some("low");
    uncertain.profiles[0].hardly_engaged =
        Some("Hardly a relation: none of the four reaches the middle of the scale.".into());
    uncertain.profiles[0].evidence.clear();
    assert_screen!("result_uncertain", result(uncertain, SMALL));
}

#[test]
fn no_profile_says_why() {
    let mut none = report();
    none.profiles.clear();
    none.no_profile = Some("Too few of the statements were answered: 2 of at least 12.".into());
    assert_screen!("result_no_profile", result(none, SMALL));
}

#[test]
fn a_respondent_sees_what_the_instrument_allows() {
    let mut said = report();
    said.feedback = Feedback::Said;
    let language = Language::new("en");
    let screen = super::super::screens::result::ResultScreen::new(said, language, Some(Audience::Respondent));
    let mut person = Person::showing(Box::new(screen), FakeBackend::new(), LARGE);
    assert!(!person.sees("associated"));
    person.press("2");
    assert!(person.sees("You settle in money"));
    assert!(!person.sees("Only for the interviewer"));
    person.press("3");
    assert!(person.sees("Business-like") && !person.sees("First associations"));
}

#[test]
fn a_respondent_without_feedback_is_thanked() {
    let text = crate::instrument::shipped::read("workshop-pulse").unwrap().instrument.unwrap().text.clone();
    let text = text
        .replace("feedback  = \"said\"", "feedback = \"none\"")
        .replace("feedback  = \"full\"", "feedback = \"none\"");
    let instrument = Arc::new(Instrument::read_stored(&text).instrument.unwrap());
    assert_eq!(instrument.feedback, Feedback::None);
    let mut person = Person::interviewed_with(instrument, "nl", SMALL);
    for _ in 0..100 {
        person.answer();
    }
    assert_screen!("thanks_nl", person);
}

#[test]
fn the_result_of_a_rehearsal_says_so_on_every_page() {
    let opened = |rehearsal: bool| {
        let backend = FakeBackend { report: Some(report()), rehearsal, ..FakeBackend::new() };
        let mut backend = backend;
        let language = Language::new("en");
        let screen = super::super::screens::result::ResultScreen::of(&mut backend, "0199-a", &language, None);
        Person::showing(Box::new(screen.unwrap()), backend, SMALL)
    };
    let mut person = opened(true);
    for _ in 0..3 {
        assert!(person.sees("REHEARSAL · Account self-assessment"), "{}", person.screen());
        person.press("Right");
    }
    assert!(!opened(false).sees("REHEARSAL"));
}
