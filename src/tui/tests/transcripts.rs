//! The transcript beside the answers: read, searched and marked.

use super::*;
use crate::coding::Seen;
use crate::coding::transcript::turn_name;

fn line(item: String, question: &str, words: &str) -> ReviewLine {
    ReviewLine {
        item,
        section: "Transcript".into(),
        question: question.into(),
        answer: words.into(),
        missing: None,
        open: false,
        note: None,
        words: Some(words.into()),
        withheld: false,
    }
}

fn reading(turns: &[(&str, &str)]) -> CodingMaterial {
    let answer = line("price".into(), "What about the price?", "I compare prices before I sign.");
    let turns =
        (1..).zip(turns).map(|(number, (who, words))| line(turn_name("3f9a2c1b", number), who, words));
    CodingMaterial {
        session: "c".into(),
        respondent: "R-003".into(),
        about: "Acme".into(),
        simulated: false,
        answers: vec![ReviewLine { section: "Money".into(), ..answer }],
        turns: turns.collect(),
        held_back: 0,
        seen: Seen::Whole,
        draft: None,
        saved: None,
    }
}

fn opened(reading: CodingMaterial) -> Person {
    let backend = FakeBackend { reading: Some(reading), ..FakeBackend::new() };
    Person::at(backend, Open::Code { session: "c".into(), coder: Some("C1".into()) }, SMALL)
}

const SAID: [(&str, &str); 3] = [
    ("Interviewer · 0:01", "And when the price goes up, what do you do?"),
    ("Respondent · 0:04", "Then we talk.\nThey help us, we help them; nobody counts the price."),
    ("Interviewer · 0:31", "Nobody?"),
];

#[test]
fn turns_are_marked_like_answers() {
    let mut person = opened(reading(&SAID));
    person.press("Tab Down c c p Right Right Right Space Right Right m");
    let draft = person.backend.drafts.last().unwrap().1.clone();
    let marked: Vec<String> = draft
        .evidence
        .iter()
        .map(ToString::to_string)
        .chain(draft.passages.iter().map(ToString::to_string))
        .collect();
    assert_eq!(marked, ["3f9a2c1b#2=CS:2", "3f9a2c1b#2@14-27=MP"]);
    assert_eq!(draft.passages[0].quote, "They help us,");
    person.press("Esc");
    assert!(person.sees("▸ Respondent · 0:04") && person.sees("“They help us,”"), "{}", person.screen());
    assert!(person.sees("And when the price goes up"), "{}", person.screen());
    // The same keys on the answers, which kept their place.
    person.press("BackTab m");
    assert_eq!(person.backend.drafts.last().unwrap().1.marks("price").len(), 1);
}

#[test]
fn a_word_is_found_in_answers_and_turns_and_marked_where_it_stands() {
    let mut person = opened(reading(&SAID));
    person.press("/");
    person.type_text("PRICE");
    assert!(
        person.sees("It stands in 3 places.") && person.sees("▸ What about the price?"),
        "{}",
        person.screen()
    );
    assert!(
        person.sees("Respondent · 0:04") && person.sees("nobody counts the price."),
        "{}",
        person.screen()
    );
    person.press("Down Down Enter");
    assert!(person.sees("‹price.›"), "{}", person.screen());
    person.press("m");
    let draft = person.backend.drafts.last().unwrap().1.clone();
    assert_eq!(draft.passages[0].to_string(), "3f9a2c1b#2@60-66=MP");
    // Typed words of the search are not read as keys, and a word without occurrences leads nowhere.
    person.press("/");
    person.press("Backspace Backspace Backspace Backspace Backspace");
    person.type_text("meca?");
    assert!(person.sees("It stands nowhere."), "{}", person.screen());
    person.press("Enter Esc");
    assert_eq!(person.backend.drafts.last().unwrap().1, draft);
}

#[test]
fn a_transcript_that_is_not_shown_is_said_to_be_there() {
    let held = CodingMaterial { held_back: 1, ..reading(&[]) };
    let mut person = opened(held);
    person.press("Tab");
    assert!(person.sees("A transcript is not shown"), "{}", person.screen());
    // A session without a transcript has no page for it.
    let mut person = opened(reading(&[]));
    assert!(!person.sees("Transcript"), "{}", person.screen());
    person.press("Tab");
    assert!(person.sees("Dominant model"), "{}", person.screen());
}

#[test]
fn a_long_transcript_is_read_to_its_end() {
    let turns: Vec<(String, String)> =
        (0..400).map(|n| (format!("Speaker {n}"), format!("Turn {n} says something. "))).collect();
    let turns: Vec<(&str, &str)> = turns.iter().map(|(who, words)| (who.as_str(), words.as_str())).collect();
    let mut person = opened(reading(&turns));
    person.press("Tab");
    for _ in 0..399 {
        person.press("Down");
    }
    assert!(person.sees("▸ Speaker 399") && person.sees("Turn 398"), "{}", person.screen());
    person.press("m");
    assert_eq!(person.backend.drafts.last().unwrap().1.evidence[0].item, "3f9a2c1b#400");
}
