//! Relations on the home screen, one of them on its page, and its next assessment.

use super::*;
use crate::analysis::lens::{Lens, LensScore};
use crate::analysis::relation::{Due, Side, Visit};
use crate::instrument::{Family, Party};

/// A session that looked through the success factors.
pub(super) fn visit(party: Party) -> Visit {
    let reading = |(member, value): (&str, f64)| LensScore {
        name: member.into(),
        label: member.into(),
        member: member.into(),
        value,
        se: Some(0.4),
        range: (1.0, 7.0),
    };
    let readings = [("togetherness", 5.5), ("respect", 5.0), ("conflict", 2.0)].map(reading).into();
    Visit {
        session: "s-1".into(),
        begun: 1_767_600_000_000,
        party,
        person: None,
        instrument: "success-factors-account".into(),
        title: "Success factors".into(),
        led: false,
        pool: "terminal",
        test: false,
        own: Side::default(),
        other: Side::default(),
        lenses: vec![Lens { family: Family::SuccessFactor, readings }],
        satisfaction: None,
        staying: None,
        gap: None,
        declined: false,
        asked: std::sync::Arc::default(),
    }
}

fn line(due: Option<Due>) -> RelationLine {
    RelationLine {
        code: "K-014".into(),
        name: "Acme".into(),
        formerly: Vec::new(),
        last: "2026-01-05".into(),
        sessions: (2, 1),
        due,
        simulated: false,
    }
}

/// In front of the home screen with the relation marked, which comes after the questionnaires and the line for further ones.
fn marked(size: (u16, u16)) -> Person {
    let mut backend = FakeBackend::new();
    backend.relations = vec![line(Some(Due::TheirSide))];
    let downs = vec!["Down"; backend.instruments.len() + 1].join(" ");
    let mut person = Person::at(backend, Open::Home, size);
    person.press(&downs);
    person
}

#[test]
fn relations_stand_beside_sessions_with_what_they_wait_for() {
    for size in [SMALL, (120, 40)] {
        let person = marked(size);
        for part in
            ["Relations", "▸ K-014", "Acme", "2026-01-05", "ask their view", "on our side 2, on theirs 1"]
        {
            assert!(person.sees(part), "{part}: {}", person.screen());
        }
    }
}

#[test]
fn a_relation_opens_on_one_page_and_is_assessed_again_without_retyping() {
    let mut person = marked((120, 40));
    person.press("Enter");
    for part in ["Acme · K-014", "Success factors", "handling conflict (2.0)", "assess again"] {
        assert!(person.sees(part), "{part}: {}", person.screen());
    }
    person.press("w Enter");
    assert_eq!(person.backend.pages, ["K-014.html en K-014"]);
    person.press("l");
    assert!(person.sees("omgaan met conflict (2,0)"), "{}", person.screen());
    person.press("n");
    assert!(person.sees("Acme") && person.sees("K-014"), "{}", person.screen());
    // Everything is filled in, so Enter begins.
    person.press("Enter");
    let (instrument, start) = person.backend.begun.clone().unwrap();
    assert_eq!(instrument.name, "account-self-assessment");
    assert_eq!(start.fields["organisation"], "Acme");
}

#[test]
fn another_name_under_the_same_code_is_the_new_name_of_the_same_client() {
    let begun = |keys: &str| {
        let mut person = marked((120, 40));
        person.press("Enter n Up Up Up Up Up Down");
        person.type_text(" Nova");
        assert!(person.sees("New name of Acme, whose relation goes on under it"), "{}", person.screen());
        if !keys.is_empty() {
            person.press(keys);
        }
        person.press("Enter Enter Enter Enter");
        person.backend.begun.clone().unwrap().1.fields
    };
    let fields = begun("");
    assert_eq!((&*fields["organisation"], &*fields["formerly"]), ("Acme Nova", "Acme"));
    // With another code it is another client.
    let other = begun("Enter 9 Up");
    assert!(!other.contains_key("formerly"), "{other:?}");
}

#[test]
fn a_session_is_found_by_its_client_and_a_relation_by_its_former_name() {
    let mut backend = FakeBackend::new();
    backend.relations = vec![RelationLine { formerly: vec!["Initech".into()], ..line(None) }];
    backend.sessions = vec![SessionLine {
        id: "s-1".into(),
        respondent: "K-015".into(),
        about: "Us".into(),
        customer: "Globex".into(),
        instrument: "Client view".into(),
        begun: "2026-01-05 10:00".into(),
        state: SessionState::Open,
        refused: false,
        progress: (1, 9),
        interviewer: String::new(),
        simulated: false,
        test: false,
        alone: true,
    }];
    let mut person = Person::at(backend, Open::Home, SMALL);
    for (wanted, found) in [("globex", "K-015"), ("initech", "before: Initech")] {
        person.press("/");
        person.type_text(wanted);
        assert!(person.sees(found), "{wanted}: {}", person.screen());
        person.press("Esc");
    }
}

#[test]
fn the_next_assessment_says_by_whom_where_a_code_was_used() {
    for (code, shown) in [("", false), ("ANNA", true)] {
        let mut person = marked(SMALL);
        person.backend.form.interviewer = code.into();
        person.press("Enter n");
        assert_eq!(person.sees("Your own code") && person.sees("ANNA"), shown, "{}", person.screen());
    }
}

#[test]
fn the_next_assessment_says_which_it_is_and_may_be_another() {
    for size in [SMALL, (120, 40)] {
        let mut person = marked(size);
        person.press("Enter n Up Up Up Up Up Up");
        for part in ["Questionnaire", "‹ Account self-assessment", "1/2", "Acme"] {
            assert!(person.sees(part), "{part}: {}", person.screen());
        }
        person.press("Right");
        for part in ["‹ Building blocks", "2/2", "Acme", "K-014"] {
            assert!(person.sees(part), "{part}: {}", person.screen());
        }
        person.press("Right");
        assert!(person.sees("1/2"), "{}", person.screen());
        person.press("Left Enter Enter Enter Enter Enter Enter");
        let (instrument, start) = person.backend.begun.clone().unwrap();
        assert_eq!(instrument.name, "building-blocks-account");
        assert_eq!(start.fields["organisation"], "Acme");
    }
}

#[test]
fn what_is_looked_for_is_found_in_every_list() {
    for size in [SMALL, (120, 40)] {
        let mut backend = FakeBackend::new();
        backend.relations =
            (1..=40).map(|n| RelationLine { code: format!("K-{n:03}"), ..line(None) }).collect();
        let mut person = Person::at(backend, Open::Home, size);
        person.press("/");
        person.type_text("k-03 acme");
        assert!(
            person.sees("K-030") && !person.sees("K-029") && !person.sees("New interview"),
            "{}",
            person.screen()
        );
        person.press("Down Down Down Down Enter");
        assert!(person.sees("Acme · K-034"), "{}", person.screen());
        person.press("Esc Esc");
        assert!(person.sees("New interview"), "{}", person.screen());
        // A questionnaire that is not among the first.
        person.press("/");
        person.type_text("building");
        assert!(person.sees("Building blocks") && !person.sees("Relations"), "{}", person.screen());
        person.type_text(" nowhere");
        assert!(person.sees("Nothing here has that in it."), "{}", person.screen());
    }
}

#[test]
fn further_questionnaires_are_one_line_away() {
    let backend = FakeBackend::new();
    let downs = vec!["Down"; backend.instruments.len()].join(" ");
    let mut person = Person::at(backend, Open::Home, (120, 40));
    assert!(person.sees("More: building blocks") && !person.sees("Building blocks"), "{}", person.screen());
    person.press(&downs);
    person.press("Enter");
    assert!(person.sees("▸ Building blocks") && !person.sees("More: building"), "{}", person.screen());
    person.press("Enter");
    assert!(person.sees("Begin"), "{}", person.screen());
}

#[test]
fn a_relation_that_cannot_be_read_says_so() {
    let mut person = marked(SMALL);
    person.backend.refusal = Some("The file is damaged.".into());
    person.press("Enter");
    assert!(person.sees("The file is damaged."), "{}", person.screen());
}
