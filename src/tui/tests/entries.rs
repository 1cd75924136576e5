//! Every prompt: how it looks, and what its keys send.

use super::*;
use crate::instrument::prompt::{Cell, Input, Missing, Reply};

const LIKERT: &str = "[[groups.items]]\nname = \"q\"\nkind = \"likert\"\nchoices = \"agree7\"\nlabel = \"I can count on them.\"\n";
const MATRIX: &str = "[[groups.items]]\nname = \"q\"\nkind = \"matrix\"\nchoices = \"agree7\"\nlabel = \"They help first.\"\n\
    rows = [ { name = \"own\", label = \"Me\" }, { name = \"other\", label = \"Acme, as I know them and have known them for years\" } ]\n";

fn answered(person: &Person) -> Option<Reply> {
    person.desk.events().into_iter().rev().find_map(|event| match event {
        Event::Answered { reply, .. } => Some(reply),
        _ => None,
    })
}

fn rated(points: &[i64]) -> Option<Reply> {
    Some(Reply::Given(Input::Rated(points.iter().map(|point| Cell::Point(*point)).collect())))
}

#[test]
fn a_digit_answers_a_short_scale_at_once() {
    let mut person = Person::asked(LIKERT, SMALL);
    assert_screen!("likert", person);
    person.press("5");
    assert_eq!(answered(&person), rated(&[5]));
}

#[test]
fn arrows_and_enter_answer_it_too_and_nothing_is_marked_before() {
    let mut person = Person::asked(LIKERT, SMALL);
    person.press("Enter");
    assert!(person.sees("! Choose an answer first."));
    person.press("Down Down + Enter");
    assert_eq!(answered(&person), rated(&[3]));
}

#[test]
fn rows_are_answered_one_after_the_other_and_then_taken() {
    let mut person = Person::asked(MATRIX, SMALL);
    person.press("6");
    assert_screen!("matrix", person);
    person.press("Enter");
    assert!(person.sees("! This row has no answer yet."));
    person.press("d Enter");
    let cells = vec![Cell::Point(6), Cell::Missing(Missing::Declined)];
    assert_eq!(answered(&person), Some(Reply::Given(Input::Rated(cells))));
}
