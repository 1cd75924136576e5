//! A shared machine.

use super::*;

fn machine(size: (u16, u16)) -> Person {
    let instrument = shipped_instrument("workshop-pulse");
    let form =
        FormEntries { respondent: "R-001".into(), free: Some("R-002".into()), ..FormEntries::default() };
    let backend = FakeBackend { form, ..FakeBackend::new() };
    Person::at(backend, Open::Kiosk { instrument, code: "123456".into(), test: false }, size)
}

#[test]
fn after_the_last_answer_comes_the_card_for_the_next_person_and_nothing_else() {
    let mut person = machine(SMALL);
    assert!(person.sees("123456") && person.sees("not shown again"), "{}", person.screen());
    person.press("Enter");
    assert!(!person.sees("123456") && person.sees("Enter begins"), "{}", person.screen());
    // Nothing to be kept stands on it.
    assert!(
        person.sees("Ctrl+Q stop, with the code") && !person.sees("save and leave"),
        "{}",
        person.screen()
    );
    person.press("F5");
    assert!(person.sees("Enter begint"), "{}", person.screen());
    person.press("F5 Enter");
    assert_eq!(person.backend.form.free.as_deref(), Some("R-002"));
    person.backend.report = Some(results::report());
    for _ in 0..60 {
        if person.sees("next person") {
            break;
        }
        person.answer();
    }
    // Elsewhere the questionnaire would show a result here.
    assert!(person.sees("Thank you") && person.sees("Please hand the"), "{}", person.screen());
    person.press("Enter");
    assert!(person.sees("Enter begins") && person.ended.is_none(), "{}", person.screen());
    assert!(!person.sees("Acme") || person.sees("one organisation"), "{}", person.screen());
}

#[test]
fn nobody_leaves_it_without_the_code() {
    let mut person = machine(SMALL);
    person.press("Enter Enter");
    assert!(person.backend.begun.is_some());
    // Stopping leaves the machine to the next person, and the answers are kept.
    person.press("1 Ctrl+Q");
    assert!(person.sees("Whoever looks after this machine"), "{}", person.screen());
    person.press("Enter");
    assert!(person.sees("Enter begins") && person.ended.is_none(), "{}", person.screen());
    // Nor by what ends programs elsewhere: a window that is too small, an error, a key that suspends.
    person.resize((60, 10));
    person.press("Ctrl+C Ctrl+Q");
    let suspended = person.app.on(
        Pressed::Key(KeyEvent::new(KeyCode::Char('z'), KeyModifiers::CONTROL)),
        Clock::now(),
        &mut person.backend,
    );
    assert_eq!((person.ended.clone(), suspended), (None, Flow::Same));
    person.resize(SMALL);
    person.backend.refusal = Some("The disk is full.".into());
    person.press("Enter Ctrl+C Ctrl+Q");
    assert!(person.sees("The disk is full.") && person.ended.is_none(), "{}", person.screen());
    person.press("Enter Ctrl+Q").type_text("000000").press("Enter");
    assert!(person.sees("not the code") && person.ended.is_none(), "{}", person.screen());
    person.press("Esc");
    assert!(person.sees("Enter begins"), "{}", person.screen());
    person.press("Ctrl+C").type_text("123456").press("Enter");
    assert_eq!(person.ended, Some(ScreensEnd::Closed));
}
