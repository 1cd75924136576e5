//! Reports as people read them: word for word, in both languages, for both readers; and what a respondent must not see.
//! To accept new words: `INSTA_UPDATE=always cargo test scores::reports`, then read them.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata::analysis::Standards;
use relata::classify::reference::Generator;
use relata::instrument::{Audience, Feedback, Instrument, Language, shipped};
use relata::interview::{Interview, Start, simulate};
use relata::report::{Report, SessionFacts};
use relata::rng::Rng;

use super::support::{Replies, fixture, instrument, interview, typed};
use crate::journeys::support::Place;

/// The kit with another feedback, and without advice, which leans on the gap.
fn kit(feedback: &str) -> String {
    let kit = fixture("kit.toml");
    let questions = kit.split("[[advice]]").next().unwrap();
    questions.replace("feedback  = \"full\"", &format!("feedback  = \"{feedback}\""))
}

fn replies(session: &str) -> Replies {
    let mut sessions: BTreeMap<String, Replies> = serde_json::from_str(&fixture("sessions.json")).unwrap();
    sessions.remove(session).unwrap()
}

fn facts(simulated: bool) -> SessionFacts {
    SessionFacts { id: "0001".into(), respondent: "R001".into(), simulated, test: false }
}

/// A shipped instrument, walked by a simulated respondent with a fixed seed, in `lang`.
fn walked(instrument: &Arc<Instrument>, seed: u64) -> Interview {
    let fields: BTreeMap<String, String> =
        instrument.fields.iter().map(|field| (field.name.clone(), "Acme".to_owned())).collect();
    let (persona, _) = Generator::default().persona(&mut Rng::new(seed));
    // 1 March 2026, 10:00 in UTC.
    let start = Start { seed, language: Language::new("en"), fields, at: 1_772_359_200_000, offset: None };
    simulate::walk(instrument.clone(), start, &persona).unwrap().interview
}

fn snapshots(name: &str, seed: u64) {
    let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
    let mut interview = walked(&instrument, seed);
    let mut standards = Standards::of_parts(&instrument, &[]);
    for lang in ["en", "nl"] {
        let language = Language::new(lang);
        interview.speak(&language);
        let mut report = Report::build(&interview, &facts(true), &mut standards);
        // A comma in a question would change the hash and with it every report; the hash has tests of its own.
        report.instrument.hash = "0123456789abcdef".into();
        // Without feedback there would be no words to compare.
        if report.feedback == Feedback::None {
            report.feedback = Feedback::Said;
        }
        for (reader, who) in [(Audience::Interviewer, "interviewer"), (Audience::Respondent, "respondent")] {
            insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
                insta::assert_snapshot!(format!("{name}-{lang}-{who}"), report.to_markdown(reader));
            });
        }
    }
}

#[test]
fn the_self_assessment_reads_as_it_stands() {
    snapshots("account-self-assessment", 7);
}

#[test]
fn the_customer_interview_reads_as_it_stands() {
    snapshots("customer-interview", 7);
}

/// Words that only the indirect measure brings into a report, and its score in every notation.
const INDIRECT: &[&str] = &[
    "associat",
    "associër",
    "unconscious",
    "onbewust",
    "spontan",
    "| words |",
    "gap between",
    "kloof",
    "-0.79",
    "−0.79",
    "-0,79",
    "−0,79",
];

/// The report for a respondent whose instrument gives back stated results: in English and in Dutch.
fn respondents_reports() -> [String; 2] {
    respondents(|report, reader| report.to_markdown(reader))
}

/// The same in a form that `draw` gives it.
fn respondents(draw: impl Fn(&Report, Audience) -> String) -> [String; 2] {
    let instrument = instrument(&kit("said"));
    let mut interview = interview(&instrument, &replies("masked"));
    let mut standards = Standards::of_parts(&instrument, &[]);
    ["en", "nl"].map(|lang| {
        let language = Language::new(lang);
        interview.speak(&language);
        let report = Report::build(&interview, &facts(false), &mut standards);
        let whole = draw(&report, Audience::Interviewer);
        let score = if lang == "nl" { "−0,79" } else { "−0.79" };
        assert!(whole.contains(score), "the interviewer's report should show what is withheld: {whole}");
        draw(&report, Audience::Respondent)
    })
}

#[test]
fn what_was_said_comes_without_the_score_of_what_came_to_mind() {
    for markdown in respondents_reports() {
        let (results, _) = markdown.rsplit_once("\n## ").unwrap();
        for word in INDIRECT {
            assert!(!results.to_lowercase().contains(word), "{word}:\n{results}");
        }
        assert!(results.contains("| satisfaction |"), "{results}");
    }
}

#[test]
fn the_page_for_a_respondent_holds_no_more_than_the_text() {
    for html in respondents(|report, reader| report.to_html(reader)) {
        for word in INDIRECT {
            assert!(!html.to_lowercase().contains(word), "{word}:\n{html}");
        }
        assert!(html.contains(">satisfaction</th>"), "{html}");
    }
}

#[test]
fn what_was_said_comes_without_a_word_on_what_came_to_mind() {
    for markdown in respondents_reports() {
        for word in INDIRECT {
            assert!(!markdown.to_lowercase().contains(word), "{word}:\n{markdown}");
        }
    }
}

/// The program's output after the last answer, for a respondent without an interviewer.
fn after_the_last_answer(feedback: &str) -> (String, String) {
    let place = Place::new();
    let text = kit(feedback);
    place.write("kit.toml", &text);
    let input = typed(&instrument(&text), &replies("masked"));
    let args = [
        "interview",
        "kit.toml",
        "--plain",
        "--lang",
        "en",
        "--respondent",
        "R1",
        "--seed",
        "1",
        "--set",
        "organisation=Acme",
    ];
    let ran = place.feed(&args, &input);
    assert_eq!(ran.code, 0, "{}\n{}", ran.out, ran.err);
    let (_, after) = ran.out.rsplit_once("And next year?").unwrap();
    (after.to_owned(), ran.err)
}

#[test]
fn without_feedback_the_program_thanks_and_prints_no_result() {
    let (out, err) = after_the_last_answer("none");
    assert!(err.contains("Thank you. All answers are kept."), "{err}");
    for trace in ["# Scores kit", "## ", "| score |", "Evidence for", "±", "95 %", "reference"] {
        assert!(!out.contains(trace) && !err.contains(trace), "{trace}:\n{out}\n{err}");
    }
}

#[test]
fn with_said_the_program_prints_the_result_and_no_gap() {
    let (out, _) = after_the_last_answer("said");
    let (_, report) = out.split_once("# Scores kit").expect("a report");
    let (results, _) = report.rsplit_once("\n## ").unwrap();
    for word in INDIRECT {
        assert!(!results.to_lowercase().contains(word), "{word}:\n{results}");
    }
}

#[test]
fn without_feedback_no_form_of_the_report_says_anything_to_a_respondent() {
    let instrument = instrument(&kit("none"));
    let interview = interview(&instrument, &replies("masked"));
    let mut standards = Standards::of_parts(&instrument, &[]);
    let report = Report::build(&interview, &facts(false), &mut standards);
    assert!(report.to_markdown(Audience::Interviewer).contains("satisfaction"));
    for told in [report.to_markdown(Audience::Respondent), report.to_html(Audience::Respondent)] {
        assert!(!told.contains("R001") && !told.contains("satisfaction"), "{told}");
    }
}
