//! The findings of a study on the screen.

use std::collections::BTreeMap;

use super::*;
use crate::analysis::Standards;
use crate::analysis::{Digest, Facts, Measured};
use crate::classify::reference::Generator;
use crate::interview::SessionState;
use crate::interview::simulate::walk;
use crate::rng::Rng;

/// Simulated customers of three organisations, of whom the last `open` have not finished.
fn study(finished: usize, open: usize, simulated: bool) -> Measured {
    let instrument = shipped_instrument("customer-interview");
    let generator = Generator::default();
    let mut rng = Rng::for_purpose(5, "a study on the screen");
    let mut sessions = Vec::new();
    for number in 0..finished + open {
        let (persona, _) = generator.persona(&mut rng);
        let name = format!("Organisation {}", ["A", "B", "C"][number % 3]);
        let at = 1_767_600_000_000 + number as i64 * 86_400_000 / 2;
        let fields = BTreeMap::from([("organisation".to_owned(), name)]);
        let start = Start { seed: rng.bits(), language: Language::new("en"), fields, at, offset: None };
        let walk = walk(instrument.clone(), start, &persona).unwrap();
        let facts = Facts {
            id: format!("s-{number}"),
            respondent: format!("R-{number:03}"),
            interviewer: Some(["I1", "I2"][number % 2].to_owned()),
            instrument: instrument.name.clone(),
            version: instrument.version.clone(),
            hash: instrument.hash.clone(),
            seed: walk.interview.start().seed,
            begun: at,
            language: "en".into(),
            mode: if simulated { "simulated" } else { "screen" }.into(),
            state: if number < finished { SessionState::Finished } else { SessionState::Open },
            test: false,
            simulated,
            imported_from: None,
        };
        sessions.push((facts, Digest::of(&walk.interview, &walk.events)));
    }
    let instruments = BTreeMap::from([(instrument.hash.clone(), instrument)]);
    Measured::of(sessions, instruments, &mut |instrument, _, parts| Standards::of_parts(instrument, parts))
}

fn backend(measured: Measured) -> FakeBackend {
    FakeBackend { measured: Some(measured), ..FakeBackend::new() }
}

#[test]
fn every_page_of_a_study() {
    let mut person = Person::at(backend(study(60, 3, true)), Open::Study, SMALL);
    for (key, name) in [
        ("1", "study_short"),
        ("2", "study_who"),
        ("3", "study_models"),
        ("4", "study_feelings"),
        ("5", "study_loyalty"),
        ("6", "study_gap"),
        ("7", "study_paradox"),
        ("8", "study_quality"),
    ] {
        person.press(key);
        assert_screen!(name, person);
        // Every page says that the answers are simulated.
        assert!(person.sees("! SIMULATED"), "{name}");
    }
    person.press("1 l");
    assert_screen!("study_short_nl", person);
}

#[test]
fn a_large_window_shows_more() {
    let mut person = Person::at(backend(study(60, 0, false)), Open::Study, LARGE);
    person.press("3");
    assert_screen!("study_models_large", person);
    assert!(!person.sees("SIMULATED"));
    person.press("6");
    assert_screen!("study_gap_large", person);
}

#[test]
fn a_filter_shows_how_many_pass_while_it_is_changed() {
    let mut person = Person::at(backend(study(60, 0, false)), Open::Study, SMALL);
    person.press("f Right Right Down Right");
    assert_screen!("study_filter", person);
    person.press("Enter");
    assert!(person.sees("filter: Organisation B, I1 · 10 of 60"), "{}", person.screen());
    // Leaving the panel discards its changes; clearing it removes every filter.
    person.press("f Right Esc");
    assert!(person.sees("filter: Organisation B, I1 · 10 of 60"), "{}", person.screen());
    person.press("f c Enter");
    assert!(person.sees("all 60 complete interviews"), "{}", person.screen());
    person.press("f Down Down Right Enter");
    assert!(person.sees("filter: from 2026-01-12"), "{}", person.screen());
}

#[test]
fn a_study_in_which_nobody_is_ready_says_so() {
    assert_screen!("study_only_open", Person::at(backend(study(0, 2, false)), Open::Study, SMALL));
    let mut person = Person::at(backend(study(0, 0, false)), Open::Study, SMALL);
    person.press("2");
    assert!(person.sees("0 complete · 0 open"), "{}", person.screen());
    person.press("f c Enter Right Right Right Right Right Right");
    assert!(person.sees("There is no complete interview here yet"), "{}", person.screen());
}

#[test]
fn one_interview_is_no_finding() {
    let mut person = Person::at(backend(study(1, 0, false)), Open::Study, SMALL);
    assert_screen!("study_one", person);
    for page in ["2", "3", "4", "5", "6", "7", "8"] {
        person.press(page);
        assert!(person.sees("the one complete interview"), "{}", person.screen());
    }
}

#[test]
fn a_study_that_cannot_be_read_is_a_sentence() {
    let mut person = Person::at(FakeBackend::new(), Open::Study, SMALL);
    assert!(person.sees("There is no study to look at."), "{}", person.screen());
    person.press("Esc");
    assert!(person.ended.is_some());
}
