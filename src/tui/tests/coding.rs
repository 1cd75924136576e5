//! Coding: marks and codes by keystrokes, without losing anything or showing other codes too early.

use super::*;
use crate::coding::{Mark, Seen};
use crate::instrument::RelationalModel::{self, CommunalSharing, MarketPricing};
use crate::instrument::prompt::Reply;
use crate::interview::SessionState;

fn answer(item: &str, section: &str, question: &str, answer: &str) -> ReviewLine {
    ReviewLine {
        item: item.into(),
        section: section.into(),
        question: question.into(),
        answer: answer.into(),
        missing: None,
        open: false,
        note: None,
        words: None,
        withheld: false,
    }
}

fn backend() -> FakeBackend {
    let mut answers = vec![
        answer(
            "trouble",
            "How you two work together",
            "If Acme is in trouble, we help first and talk money later.",
            "Quite a bit",
        ),
        answer(
            "price",
            "How you two work together",
            "Before we agree, I compare what it costs with what it yields.",
            "Very much",
        ),
        answer(
            "words",
            "Associations",
            "What comes to mind when you think of Acme?",
            "expensive, quick, invoices",
        ),
        answer("rule", "Situations", "Acme applies a rule that hurts you. What do you do?", ""),
        answer(
            "open",
            "Situations",
            "What would you miss if Acme were gone?",
            "Not much.\nAnother one would do.",
        ),
    ];
    answers[1].note = Some("took out the contract and showed me".into());
    answers[3].missing = Some(Reply::Declined);
    let reading = CodingMaterial {
        session: "c".into(),
        respondent: "R-003".into(),
        about: "Acme".into(),
        simulated: true,
        answers,
        turns: Vec::new(),
        held_back: 0,
        seen: Seen::Whole,
        draft: None,
        saved: None,
    };
    FakeBackend { reading: Some(reading), ..FakeBackend::new() }
}

fn opened(coder: Option<&str>, size: (u16, u16)) -> Person {
    let open = Open::Code { session: "c".into(), coder: coder.map(str::to_owned) };
    Person::at(backend(), open, size)
}

fn given(coder: &str, dominant: RelationalModel) -> GivenCode {
    let mut coding = Coding::of(dominant);
    coding.evidence = vec![Mark { item: "trouble".into(), model: CommunalSharing, strength: 2 }];
    coding.note = "they help each other".into();
    GivenCode { coder: coder.into(), coding }
}

#[test]
fn who_codes_is_asked_first_and_a_name_is_refused() {
    let mut person = opened(None, SMALL);
    assert_screen!("coding_who", person);
    person.type_text("Jan Smit").press("Enter");
    assert!(person.sees("Without spaces"), "{}", person.screen());
    for _ in 0..8 {
        person.press("Backspace");
    }
    person.type_text("C1").press("Enter");
    assert!(person.sees("coder C1 · R-003 · Acme · simulated"), "{}", person.screen());
}

#[test]
fn evidence_is_marked_on_single_answers_and_kept_at_once() {
    let mut person = opened(Some("C1"), SMALL);
    // A strength without a model says what is missing.
    person.press("2");
    assert!(person.sees("! First a model"), "{}", person.screen());
    person.press("c Down m 3");
    assert_eq!(person.backend.drafts.len(), 3);
    let draft = person.backend.drafts.last().unwrap().1.clone();
    let marks: Vec<_> =
        draft.evidence.iter().map(|mark| (mark.item.as_str(), mark.model, mark.strength)).collect();
    assert_eq!(marks, [("trouble", CommunalSharing, 1), ("price", MarketPricing, 3)]);
    assert_screen!("coding_interview", person);
    // Repeating the letter raises the strength; Backspace removes the latest mark.
    person.press("Up c c c c");
    assert_eq!(person.backend.drafts.last().unwrap().1.marks("trouble")[0].strength, 3);
    person.press("Backspace");
    assert!(person.backend.drafts.last().unwrap().1.marks("trouble").is_empty());
    person.press("9 Down 4");
    assert_eq!(person.backend.drafts.last().unwrap().1.marks("price")[0].strength, 3);
}

#[test]
fn a_passage_is_marked_word_by_word_and_taken_back() {
    let mut backend = backend();
    let reading = backend.reading.as_mut().unwrap();
    reading.seen = Seen::Narrative;
    let said = "They help us out.\nWe never count.";
    reading.answers[0].words = Some(said.into());
    reading.answers[0].answer = said.into();
    reading.answers[0].note = Some("smiles at that".into());
    reading.answers[1].withheld = true;
    reading.answers[1].answer.clear();
    let open = Open::Code { session: "c".into(), coder: Some("C1".into()) };
    let mut person = Person::at(backend, open, SMALL);
    assert!(person.sees("words alone") && person.sees("(not shown to coders)"), "{}", person.screen());
    // Two words further, three words selected; and one word of the note.
    person.press("p Right Right Space Right Right");
    assert!(person.sees("They help ‹us out."), "{}", person.screen());
    assert!(person.sees("We›"), "{}", person.screen());
    person.press("c Tab Right m");
    let draft = person.backend.drafts.last().unwrap().1.clone();
    let marked: Vec<String> = draft.passages.iter().map(ToString::to_string).collect();
    assert_eq!(marked, ["trouble@10-20=CS", "trouble!note@7-9=MP"]);
    assert_eq!((draft.passages[0].quote.as_str(), draft.seen), ("us out.\nWe", Some(Seen::Narrative)));
    assert_screen!("coding_passage", person);
    // Backspace removes the passage at the current word; Esc leaves the selection and not the interview.
    person.press("Backspace Esc");
    assert_eq!(person.backend.drafts.last().unwrap().1.passages.len(), 1);
    person.press("Down Down p");
    assert!(person.sees("Nothing was told here in words"), "{}", person.screen());
}

#[test]
fn the_classifier_waits_for_the_whole_list() {
    let mut person = opened(Some("C1"), SMALL);
    person.backend.list = Some((3, 12));
    person.press("Tab m").press("Ctrl+s");
    assert!(person.sees("not before all of your list is coded (3 of 12)"), "{}", person.screen());
    assert!(!person.sees("uncertain") && !person.sees("%"), "{}", person.screen());
}

#[test]
fn a_code_in_a_few_keys_and_then_what_others_said() {
    let mut person = opened(Some("C1"), SMALL);
    person.backend.codes.push(given("C2", CommunalSharing));
    person.backend.profile = Some(Profile {
        probabilities: [0.3, 0.1, 0.1, 0.5],
        dominant: MarketPricing,
        second: CommunalSharing,
        margin: 0.2,
        uncertain: false,
        answers: crate::classify::model::Answers {
            probabilities: [0.1, 0.05, 0.05, 0.8],
            dominant: MarketPricing,
            second: CommunalSharing,
            ratio: 8.0,
        },
        closeness: None,
        engagement: None,
        contributions: Vec::new(),
        apart: Vec::new(),
        head_start: 0.0,
        basis: "pooled with the reference model, simulated: 14 coded sessions".into(),
        learnt: None,
    });
    person.press("Down m 3");
    assert!(!person.sees("C2") && !person.sees("they help each other") && !person.sees("30 %"));
    // Saving without a dominant model goes to the field that is missing.
    person.press("Ctrl+S");
    assert!(person.sees("! Choose the dominant model first"), "{}", person.screen());
    person.press("m Down m");
    assert!(person.sees("! MP is the dominant model already"), "{}", person.screen());
    person.press("c Down 4 Down Enter");
    person.type_text("compares prices, c a e m 1");
    assert_screen!("coding_code", person);
    person.press("Esc");
    let draft = person.backend.drafts.last().unwrap().1.clone();
    assert_eq!(
        (draft.dominant, draft.second, draft.confidence),
        (Some(MarketPricing), Some(CommunalSharing), Some(4))
    );
    assert!(!person.sees("C2"));
    person.press("F10");
    assert!(person.backend.drafts.is_empty(), "a saved code leaves no draft");
    assert_screen!("coding_compare", person);
    assert!(person.sees("! Coders differ"), "{}", person.screen());

    // And settle the session.
    person.press("s");
    assert_screen!("coding_settle", person);
    person.press("m Ctrl+S");
    assert_eq!(person.backend.consensus.as_ref().unwrap().coding.dominant, MarketPricing);
    assert!(person.sees("✓ Settled: MP"), "{}", person.screen());
    assert_eq!(person.backend.codes.len(), 2);
    person.press("Esc");
    assert_eq!(person.ended, Some(ScreensEnd::Closed));
}

#[test]
fn whoever_comes_back_goes_on_where_they_were() {
    let mut person = opened(Some("C1"), SMALL);
    person.press("Down m 2 Tab m Esc");
    assert_eq!(person.ended, Some(ScreensEnd::Closed));
    let backend = person.backend;
    let open = Open::Code { session: "c".into(), coder: Some("C1".into()) };
    let mut person = Person::at(backend, open, SMALL);
    person.press("Tab");
    assert!(person.sees("Dominant model      MP"), "{}", person.screen());
    person.press("Ctrl+S");
    // Reopened after saving: the comparison; coding again starts from the saved code.
    let open = Open::Code { session: "c".into(), coder: Some("C1".into()) };
    let mut person = Person::at(person.backend, open, SMALL);
    assert!(person.sees("C1 (you)"), "{}", person.screen());
    person.press("r Tab");
    assert!(person.sees("Dominant model      MP"), "{}", person.screen());
}

#[test]
fn what_cannot_be_kept_is_said_and_tried_again() {
    let mut person = opened(Some("C1"), SMALL);
    person.backend.refusal = Some("The disk is full.".into());
    person.press("m");
    assert!(person.sees("! The disk is full."), "{}", person.screen());
    assert!(person.sees("stays here meanwhile") && person.sees("▸MP 1"), "{}", person.screen());
    person.backend.refusal = None;
    person.press("2");
    assert!(!person.sees("The disk is full."), "{}", person.screen());
    assert_eq!(person.backend.drafts.last().unwrap().1.marks("trouble")[0].strength, 2);
}

#[test]
fn in_dutch_and_large() {
    let mut person = opened(Some("C1"), LARGE);
    person.press("l Down m 3 Tab");
    assert_screen!("coding_code_nl", person);
    person.press("Tab ?");
    assert!(person.sees("sterkte") || person.sees("Hoe sterk"), "{}", person.screen());
}

#[test]
fn a_finished_session_is_coded_from_home_and_an_open_one_is_not() {
    let mut backend = backend();
    let line = |id: &str, state| SessionLine {
        id: id.into(),
        respondent: id.into(),
        about: "Acme".into(),
        customer: String::new(),
        instrument: "Account self-assessment".into(),
        begun: "2026-11-21 20:15".into(),
        state,
        refused: false,
        progress: (1, 2),
        simulated: false,
        interviewer: String::new(),
        test: false,
        alone: false,
    };
    backend.sessions = vec![line("open", SessionState::Open), line("done", SessionState::Finished)];
    let mut person = Person::at(backend, Open::Home, SMALL);
    person.press("c");
    assert!(person.sees("▸ open"), "{}", person.screen());
    person.press("PgDn PgDn");
    assert!(person.sees("c code"), "{}", person.screen());
    person.press("c");
    assert!(person.sees("Your code as coder"), "{}", person.screen());
    person.press("Esc");
    assert!(person.sees("▸ done"), "{}", person.screen());
}

#[test]
fn it_fits_where_it_must_and_many_answers_scroll() {
    let mut backend = backend();
    let reading = backend.reading.as_mut().unwrap();
    for number in 0..60 {
        let question = format!("Question {number}: {}", "a long question that goes on and on ".repeat(4));
        reading.answers.push(answer(&format!("q{number}"), "Many", &question, "yes"));
    }
    let open = Open::Code { session: "c".into(), coder: Some("C1".into()) };
    let mut person = Person::at(backend, open, (80, 22));
    for _ in 0..80 {
        person.press("Down");
    }
    person.press("m");
    assert!(person.sees("Question 59"), "{}", person.screen());
    assert!(person.sees("MP 1 ●○○"), "{}", person.screen());
}

#[test]
fn a_long_answer_is_read_to_its_end() {
    for keys in ["Down", "PgDn"] {
        for size in [SMALL, LARGE] {
            let mut backend = backend();
            let reading = backend.reading.as_mut().unwrap();
            let sentence = "They said that it had been like this for years and that nobody had ever asked. ";
            reading.answers[0].answer = format!("{}THE END", sentence.repeat(38));
            let session = "c".to_owned();
            let mut person = Person::at(backend, Open::Code { session, coder: Some("C1".into()) }, size);
            for _ in 0..60 {
                if person.sees("THE END") {
                    break;
                }
                person.press(keys);
                assert!(!person.sees("▸ Before we agree"), "{}", person.screen());
            }
            assert!(person.sees("THE END"), "{}", person.screen());
            // It is marked while it is read; moving on leads to the next answer, and moving back to its beginning.
            person.press("m");
            assert!(person.sees("MP 1"), "{}", person.screen());
            for _ in 0..60 {
                if !person.sees("▸ Before we agree") {
                    person.press(keys);
                }
            }
            assert!(person.sees("▸ Before we agree"), "{}", person.screen());
            person.press(if keys == "Down" { "Up" } else { "PgUp" });
            assert!(person.sees("▸ If Acme is in trouble"), "{}", person.screen());
        }
    }
}

#[test]
fn what_cannot_be_kept_stays_is_said_and_can_be_saved_elsewhere() {
    let mut backend = backend();
    backend.refusal = Some("The study is not there any more.".into());
    let mut person =
        Person::at(backend, Open::Code { session: "c".into(), coder: Some("ANNA".into()) }, SMALL);
    person.press("c c Down m");
    assert!(person.sees("The study is not there any more.") && person.sees("F12"), "{}", person.screen());
    assert!(person.backend.drafts.is_empty());
    // The marks are all still there, and leaving gives a warning.
    person.press("Esc");
    assert!(person.sees("Esc again leaves without it"), "{}", person.screen());
    assert_eq!(person.ended, None);
    person.press("F12");
    assert!(person.sees("study-c.relata"), "{}", person.screen());
    person.press("Enter");
    assert_eq!(person.backend.followed, ["study-c.relata"]);
    let (_, draft) = person.backend.drafts.last().expect("the draft is kept in the other file");
    assert_eq!(draft.evidence.iter().map(|mark| mark.strength).collect::<Vec<_>>(), [2, 1]);
}
