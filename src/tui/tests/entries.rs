//! Every kind of prompt: how it looks, and what its keys send.

use std::time::Duration;

use super::*;
use crate::instrument::prompt::{Ask, Input, Missing, Reply, ScaleReply, Typed};
use crate::interview::Stage;

fn item(kind: &str, more: &str) -> String {
    format!(
        "[[groups.items]]\nname = \"q\"\nkind = \"{kind}\"\nlabel = \"How do you see Acme as a partner of yours?\"\n{more}"
    )
}

const CHANNELS: &str = "choices = \"channel\"\n";

fn asked(kind: &str, more: &str) -> Person {
    Person::asked(&item(kind, more), SMALL)
}

fn answered(person: &Person) -> Option<Reply> {
    person.backend.events().into_iter().rev().find_map(|event| match event {
        Event::Answered { reply, .. } => Some(reply),
        _ => None,
    })
}

fn rated(points: &[i64]) -> Option<Reply> {
    Some(Reply::Given(Input::Rated(points.iter().map(|point| ScaleReply::Point(*point)).collect())))
}

fn names(names: &[&str]) -> Vec<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

#[test]
fn whatever_is_long_what_comes_next_is_in_sight() {
    let long = "A sentence that goes on and on. ".repeat(60);
    for (kind, more, next) in [
        ("note", "", "Read this, then press Enter."),
        ("rank", "choices = \"channel\"\n", "in order, the first one first"),
        ("select_multiple", "choices = \"channel\"\nmax_choices = 2\n", "Choose at most 2."),
        ("allocate", PARTS, "100 points left of 100"),
        ("slider", "min = 0\nmax = 100\n", "Your answer"),
    ] {
        let item = item(kind, more).replace("How do you", &format!("{long}How do you"));
        for size in [(80, 22), SMALL, LARGE] {
            let mut person = Person::asked(&item, size);
            assert!(person.sees(next), "{kind}\n{}", person.screen());
            person.press("PageDown PageDown PageDown PageDown PageDown");
            assert!(person.sees(next), "{kind}\n{}", person.screen());
        }
    }
}

fn likert() -> Person {
    asked("likert", "choices = \"agree7\"\n")
}

fn matrix() -> Person {
    asked(
        "matrix",
        "choices = \"agree7\"\nrows = [ { name = \"own\", label = \"Me\" }, { name = \"other\", label = \"Acme, as I \
         know them and have known them for years\" } ]\n",
    )
}

#[test]
fn a_digit_answers_a_short_scale_at_once() {
    let mut person = likert();
    assert_screen!("likert", person);
    person.press("5");
    assert_eq!(answered(&person), rated(&[5]));
}

#[test]
fn digits_count_that_need_shift_and_a_backspace_that_comes_as_ctrl_h() {
    let shifted = |digit| Pressed::Key(KeyEvent::new(KeyCode::Char(digit), KeyModifiers::SHIFT));
    let mut person = likert();
    person.event(shifted('5'));
    assert_eq!(answered(&person), rated(&[5]));
    let mut person = asked("integer", "");
    person.event(shifted('4'));
    person.press("2 Ctrl+H 1 Enter");
    assert_eq!(answered(&person), Some(Reply::Given(Input::Number(41.0))));
}

#[test]
fn a_double_click_does_not_answer_the_next_question_too() {
    use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
    let two = item("likert", "choices = \"agree7\"\n");
    let mut person = Person::asked(&format!("{two}{}", two.replace("\"q\"", "\"q2\"")), SMALL);
    let row = person.screen().lines().position(|line| line.contains("Hardly")).unwrap() as u16;
    let kind = MouseEventKind::Down(MouseButton::Left);
    let click = Pressed::Mouse(MouseEvent { kind, column: 8, row, modifiers: KeyModifiers::NONE });
    let now = Clock::now();
    person.app.on(click.clone(), now, &mut person.backend);
    person.look();
    person.app.on(click.clone(), now + Duration::from_millis(200), &mut person.backend);
    assert_eq!(person.backend.events().len(), 1);
    person.app.on(click, now + Duration::from_secs(1), &mut person.backend);
    assert_eq!(person.backend.events().len(), 2);
}

#[test]
fn arrows_and_enter_answer_it_too_and_nothing_is_marked_before() {
    let mut person = likert();
    person.press("Enter");
    assert!(person.sees("! Choose an answer first."));
    person.press("Down Down + Enter");
    assert_eq!(answered(&person), rated(&[3]));
}

#[test]
fn every_prompt_can_be_declined_or_not_known() {
    for (key, reply) in
        [("d", Reply::Declined), ("F3", Reply::Declined), ("k", Reply::DontKnow), ("F4", Reply::DontKnow)]
    {
        let mut person = likert();
        person.press(key);
        assert_eq!(answered(&person), Some(reply));
    }
    let mut person = asked("text", "");
    person.press("d k F4");
    assert_eq!(answered(&person), Some(Reply::DontKnow));
    let mut person = matrix();
    person.press("D");
    assert_eq!(answered(&person), Some(Reply::Declined));
}

#[test]
fn rows_are_answered_one_after_the_other_and_then_taken() {
    let mut person = matrix();
    person.press("6");
    assert_screen!("matrix", person);
    person.press("Enter");
    assert!(person.sees("! This row has no answer yet."));
    person.press("d");
    let cells = vec![ScaleReply::Point(6), ScaleReply::Missing(Missing::Declined)];
    assert_eq!(answered(&person), Some(Reply::Given(Input::Rated(cells))));
}

#[test]
fn rows_in_a_drawn_order_are_answered_as_shown_and_kept_as_written() {
    let names = ["calm", "fear", "joy", "love", "pride", "shame"];
    let rows: Vec<String> =
        names.iter().map(|name| format!("{{ name = \"{name}\", label = \"{name}\" }}")).collect();
    let more = format!("choices = \"agree7\"\nrandomize = true\nrows = [ {} ]\n", rows.join(", "));
    let mut person = asked("matrix", &more);
    let Stage::Ask(first) = person.view().stage else { panic!("no question") };
    let Ask::Scale(scale) = &first.prompt.ask else { panic!("no scale") };
    let order = scale.shown();
    assert_ne!(order, [0, 1, 2, 3, 4, 5], "an example that shows nothing");
    let screen = person.screen();
    let shown: Vec<usize> = order.iter().map(|row| screen.find(names[*row]).unwrap()).collect();
    assert!(shown.is_sorted(), "{screen}");
    // The third row shown is left for last; up and down follow the order shown.
    person.press("1 2 Down 4 5 6");
    assert!(answered(&person).is_none());
    person.press("3");
    let mut points = [0; 6];
    order.iter().zip(1..).for_each(|(row, point)| points[*row] = point);
    assert_eq!(answered(&person), rated(&points));
}

#[test]
fn a_row_can_be_answered_again() {
    let mut person = matrix();
    person.press("6 Up 1 2");
    assert_eq!(answered(&person), rated(&[1, 2]));
    // The last open row completes the answer; on return, Enter confirms it after a review.
    person.press("BackTab 4");
    assert_eq!(person.backend.events().len(), 2);
    person.press("Enter");
    assert_eq!(answered(&person), rated(&[4, 2]));
}

#[test]
fn left_and_right_move_along_a_line_and_shift_tab_goes_back() {
    let two = |kind: &str, rest: &str| {
        let before = item("likert", "choices = \"agree7\"\n").replace("\"q\"", "\"before\"");
        let mut person = Person::asked(&format!("{before}{}", item(kind, rest)), SMALL);
        person.press("3");
        person
    };
    let mut person = two("slider", "min = 0\nmax = 100\n");
    person.press("6 2 Left Left Right");
    assert!(
        person.sees("▎ 61") && person.sees("← → move") && person.sees("Shift+Tab back"),
        "{}",
        person.screen()
    );
    person.press("BackTab");
    assert!(person.sees("▸ 3  ● A little") && person.sees("→ go on"), "{}", person.screen());
    let mut person = two("matrix", "choices = \"agree7\"\nrows = [ { name = \"a\", label = \"A\" } ]\n");
    person.press("2 BackTab Tab Right");
    assert!(person.screen().contains("A little"), "{}", person.screen());
}

#[test]
fn what_is_typed_on_a_long_scale_reads_as_the_number_that_it_is() {
    let mut person = asked("nps", "");
    person.press("0 8");
    assert!(person.sees("▎ 8 ") && !person.sees("08"), "{}", person.screen());
    person.press("Ctrl+U");
    assert!(!person.sees("▎ 8 "), "{}", person.screen());
    person.press("0 Enter");
    assert_eq!(answered(&person), rated(&[0]));
}

#[test]
fn a_scale_with_two_sides_is_answered_by_place() {
    let mut person = asked("semantic_differential", "left = \"cold\"\nright = \"warm\"\n");
    assert_screen!("poles", person);
    person.press("1");
    assert!(answered(&person).is_some());
}

#[test]
fn a_long_scale_takes_typed_digits_and_enter() {
    let mut person = asked("nps", "low = \"Certainly not\"\nhigh = \"Certainly\"\n");
    person.press("1");
    assert!(answered(&person).is_none());
    person.press("0");
    assert_screen!("nps", person);
    person.press("Enter");
    assert_eq!(answered(&person), rated(&[10]));
    let mut person = asked("nps", "");
    person.press("1 0 8 Up Backspace 3 Enter");
    assert_eq!(answered(&person), rated(&[3]));
}

#[test]
fn a_line_of_a_hundred_points_is_drawn_as_a_line() {
    let mut person =
        asked("slider", "min = 0\nmax = 100\nlow = \"Not at all close\"\nhigh = \"As close as can be\"\n");
    person.press("6 2");
    assert_screen!("slider", person);
    person.press("+ Enter");
    assert_eq!(answered(&person), rated(&[63]));
}

#[test]
fn one_of_the_options_is_picked_by_digit_or_marker() {
    let mut person = asked("select_one", CHANNELS);
    person.press("Down Down");
    assert_screen!("pick_one", person);
    person.press("Enter");
    assert_eq!(answered(&person), Some(Reply::Given(Input::Picked(names(&["mail"])))));
    let mut person = asked("select_one", CHANNELS);
    person.press("4");
    assert_eq!(answered(&person), Some(Reply::Given(Input::Picked(names(&["person"])))));
}

#[test]
fn several_options_are_marked_and_then_taken() {
    let mut person = asked("select_multiple", &format!("{CHANNELS}\nmax_choices = 2\n"));
    person.press("1 Down Space 3 Space");
    assert_screen!("pick_several", person);
    person.press("3 4 Enter");
    assert!(person.sees("! "), "{}", person.screen());
    person.press("3 4 Enter");
    let picked = names(&["phone", "mail"]);
    assert_eq!(answered(&person), Some(Reply::Given(Input::Picked(picked))));
}

#[test]
fn a_key_too_many_says_nothing_of_options() {
    let mut person = asked("select_multiple", CHANNELS);
    person.press("Enter");
    assert!(person.sees("Enter again if none of these is meant"), "{}", person.screen());
    assert_eq!(answered(&person), None);
    // Whatever is pressed in between, it is asked anew.
    person.press("1 1 Enter");
    assert_eq!(answered(&person), None);
    person.press("Enter");
    assert_eq!(answered(&person), Some(Reply::Given(Input::Picked(Vec::new()))));
}

#[test]
fn options_are_put_in_order() {
    let mut person = asked("rank", &format!("{CHANNELS}\ntop = 2\n"));
    person.press("3");
    assert_screen!("rank", person);
    // One place is taken back and given to another option.
    person.press("1 Backspace 4 Enter");
    let Some(Reply::Given(Input::Ranked(order))) = answered(&person) else { panic!("{}", person.screen()) };
    assert_eq!(order.len(), 2);
}

const PARTS: &str = "parts = [ { name = \"a\", label = \"They care about me as a person\" }, { name = \"b\", label = \"It is \
    a good deal\" }, { name = \"c\", label = \"We have always helped each other out when one of us was in trouble\" } ]";

#[test]
fn points_are_divided_until_none_is_left() {
    let mut person = asked("allocate", PARTS);
    person.press("4 5 Down + +");
    assert_screen!("allocate", person);
    person.press("Enter");
    assert!(person.sees("! The points add up to 55; they should add up to 100."));
    assert!(answered(&person).is_none());
    person.press("Down r Enter");
    // The order of the parts is drawn from the seed.
    let Some(Reply::Given(Input::Allocated(points))) = answered(&person) else {
        panic!("{}", person.screen())
    };
    let mut points: Vec<i64> = points.into_values().collect();
    points.sort_unstable();
    assert_eq!(points, [10, 45, 45]);
}

#[test]
fn a_number_says_what_it_may_be() {
    let mut person = asked("integer", "min = 1900\nmax = 2100\nunit = \"A.D.\"\n");
    person.press("Enter");
    assert!(person.sees("! Type a number."));
    person.type_text("12dunno").press("Enter");
    assert!(person.sees("! Give a number between 1900 and 2100."));
    assert!(person.sees("▎ 12"));
    assert_screen!("number", person);
    person.press("Backspace Backspace").type_text("1998").press("Enter");
    assert_eq!(answered(&person), Some(Reply::Given(Input::Number(1998.0))));
    let mut person = asked("decimal", "");
    person.type_text("-2,5").press("Enter");
    assert_eq!(answered(&person), Some(Reply::Given(Input::Number(-2.5))));
}

#[test]
fn a_day_is_written_in_one_way_and_the_screen_says_which() {
    let mut person = asked("date", "min = \"2020-01-01\"\nfuture = true\n");
    person.type_text("31-1-2026").press("Enter");
    assert_screen!("date", person);
    for _ in 0..9 {
        person.press("Backspace");
    }
    person.type_text("2026-01-31").press("Enter");
    let typed = Typed { text: "2026-01-31".into(), ..Typed::default() };
    assert_eq!(answered(&person), Some(Reply::Given(Input::Text(typed))));
}

#[test]
fn in_text_every_letter_is_text() {
    let mut person = asked("text", "");
    person.type_text("dkq?l s1+").press("Enter");
    let typed = Typed { text: "dkq?l s1+".into(), ..Typed::default() };
    assert_eq!(answered(&person), Some(Reply::Given(Input::Text(typed))));
}

#[test]
fn a_long_text_has_lines() {
    let mut person = asked("text", "multiline = true\n");
    person.type_text("One.").press("Enter").type_text("日本語 two.");
    assert_screen!("paragraph", person);
    person.press("Alt+Enter");
    let typed = Typed { text: "One.\n日本語 two.".into(), ..Typed::default() };
    assert_eq!(answered(&person), Some(Reply::Given(Input::Text(typed))));
}

#[test]
fn an_optional_text_is_passed_over_with_enter() {
    let mut person = asked("text", "required = false\n");
    person.press("Enter");
    assert_eq!(person.last_event(), Some(Event::Forward));
}

#[test]
fn a_situation_shows_its_reactions() {
    let mut person = asked(
        "vignette",
        "reactions = [ { name = \"a\", label = \"I help at once.\", model = \"communal_sharing\" }, { name = \"b\", label = \
         \"I look up what has been agreed and what it would cost us to do more than that.\", model = \"market_pricing\" } ]",
    );
    assert_screen!("vignette", person);
    person.press("2");
    assert!(matches!(answered(&person), Some(Reply::Given(Input::Picked(_)))));
}

#[test]
fn a_note_is_read_and_left() {
    let mut person = asked("note", "");
    assert_screen!("note", person);
    person.press("Enter");
    assert_eq!(answered(&person), Some(Reply::Given(Input::Seen)));
}
