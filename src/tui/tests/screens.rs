//! The screens around the questions.

use super::*;
use crate::interview::SessionState;

fn sessions() -> Vec<SessionLine> {
    let line = |id: &str, respondent: &str, about: &str, state, simulated| SessionLine {
        id: id.into(),
        respondent: respondent.into(),
        about: about.into(),
        customer: String::new(),
        instrument: "Account self-assessment".into(),
        begun: "2026-11-21 20:15".into(),
        state,
        refused: false,
        progress: (12, 37),
        interviewer: String::new(),
        simulated,
        test: false,
        alone: false,
    };
    vec![
        line("c", "R-003", "Acme", SessionState::Finished, false),
        line("b", "R-002", "Vereinigte Donaudampfschifffahrt", SessionState::Open, false),
        line("a", "R-001", "", SessionState::Withdrawn, true),
    ]
}

#[test]
fn home_says_what_to_do_first() {
    assert_screen!("home_empty", Person::at(FakeBackend::new(), Open::Home, SMALL));
    let mut backend = FakeBackend::new();
    backend.language = Language::new("nl");
    assert_screen!("home_empty_nl_large", Person::at(backend, Open::Home, LARGE));
}

#[test]
fn home_lists_what_can_be_continued_first() {
    let mut backend = FakeBackend::new();
    backend.sessions = sessions();
    let mut person = Person::at(backend, Open::Home, SMALL);
    assert_screen!("home", person);
    // An instrument that cannot be opened is reported, and home is still there.
    person.press("Enter");
    assert!(person.sees("There is no session `b`."));
    person.press("Enter");
    assert!(person.sees("▸ R-002"));
    person.press("q");
    assert_eq!(person.ended, Some(ScreensEnd::Closed));
}

#[test]
fn home_says_once_what_the_row_of_a_session_holds() {
    let mut backend = FakeBackend::new();
    let mut session = sessions().remove(0);
    session.state = SessionState::Open;
    backend.sessions = vec![session];
    let person = Person::at(backend, Open::Home, SMALL);
    assert_eq!(person.screen().matches("Acme").count(), 1, "{}", person.screen());
}

#[test]
fn where_a_code_of_a_person_belongs_no_name_is_taken() {
    for (language, label, why) in [
        ("en", "Code of the person at the client", "! Without spaces"),
        ("nl", "Code van degene die bij de klant", "! Zonder spaties"),
    ] {
        let instrument = shipped_instrument("client-view");
        let fields = [("organisation".to_owned(), "Us".to_owned())].into();
        let form = FormEntries {
            respondent: "R-1".into(),
            fields,
            language: Some(Language::new(language)),
            ..FormEntries::default()
        };
        let mut person = Person::at(FakeBackend::new(), Open::New { instrument, form }, (100, 40));
        assert!(person.sees(label), "{}", person.screen());
        let up = if person.sees("Nederlands") { "Up Up Up" } else { "Up Up" };
        person.press(up).type_text("Anna Bakker").press("Down Down Down Enter");
        assert!(person.backend.begun.is_none() && person.sees(why), "{}", person.screen());
        person.press(&["Backspace"; 11].join(" ")).type_text("P1").press("Down Down Down Enter");
        assert_eq!(
            person.backend.begun.as_ref().map(|(_, start)| start.fields["person"].clone()),
            Some("P1".into())
        );
    }
}

#[test]
fn a_study_that_cannot_be_read_is_said_and_not_fatal() {
    let mut backend = FakeBackend::new();
    backend.refusal = Some("The study is locked by another program.".into());
    let mut person = Person::at(backend, Open::Home, SMALL);
    assert!(person.sees("! The study is locked by another program."));
    person.press("Enter").type_text("Acme").press("Enter Enter Enter Enter");
    assert!(person.sees("! That did not work"), "{}", person.screen());
}

#[test]
fn the_form_says_what_is_missing() {
    let mut person = Person::at(FakeBackend::new(), Open::Home, SMALL);
    person.press("Enter");
    assert_screen!("form", person);
    person.press("Down").type_text(" Jansen").press("Down Down Enter");
    assert!(person.sees("! Please fill this in."));
    assert!(person.sees("! Without spaces"));
    assert!(person.backend.begun.is_none());
}

#[test]
fn a_client_who_is_named_brings_the_code_from_before() {
    let named = |client: &str| {
        let instrument = shipped_instrument("account-self-assessment");
        let form =
            FormEntries { respondent: "R-9".into(), free: Some("R-9".into()), ..FormEntries::default() };
        let mut person = Person::at(FakeBackend::new(), Open::New { instrument, form }, LARGE);
        person.type_text(client).press("Enter");
        person
    };
    let known = named("Globex");
    assert!(known.sees("K-7") && known.sees("such as R-9"), "{}", known.screen());
    let new = named("Initech");
    assert!(new.sees("R-9") && !new.sees("K-7"), "{}", new.screen());
    // A code typed by the user is kept.
    let mut typed = named("Initech");
    typed.type_text("x").press("Up").type_text("!").press("Down");
    assert!(typed.sees("R-9x"), "{}", typed.screen());
}

#[test]
fn the_form_of_a_led_interview_asks_for_the_interviewer() {
    let mut backend = FakeBackend::new();
    backend.language = Language::new("nl");
    let instrument = shipped_instrument("customer-interview");
    let open =
        Open::New { instrument, form: FormEntries { respondent: "K-7".into(), ..FormEntries::default() } };
    assert_screen!("form_led_nl", Person::at(backend, open, LARGE));
}

#[test]
fn help_shows_what_works_now_first() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("?");
    assert_screen!("help", person);
    person.press("Esc 1 F1");
    // While text is typed, no letter is listed as a key.
    assert!(person.sees("F3  "));
    assert!(!person.sees("d, F3"));
    person.press("Esc");
    assert_eq!(person.backend.events().len(), 1);
}

#[test]
fn a_small_window_is_asked_to_grow_and_comes_back() {
    let mut person = Person::interviewed("account-self-assessment", "en", (60, 15));
    assert_screen!("too_small", person);
    person.press("1");
    assert!(person.backend.events().is_empty());
    person.resize(SMALL);
    assert!(person.sees("Shall we begin?"));
}

#[test]
fn no_size_is_too_small_to_draw() {
    for size in [(1, 1), (2, 30), (200, 1), (79, 24), (80, 22), (300, 100)] {
        for name in shipped::NAMES {
            Person::interviewed(name, "nl", size);
        }
        let mut person = results::result(results::report(), size);
        for tab in ["1", "2", "3", "4", "5"] {
            person.press(tab);
        }
    }
}

#[test]
fn hand_over_and_the_interviewers_side() {
    let mut person = Person::interviewed("customer-interview", "en", SMALL);
    assert_screen!("hand_over", person);
    person.press("Enter 1 F3 F3 F3 F3 F3 F3 D D F3 F3 F3 F3 F3 F8 Enter");
    person.type_text("1968").press("Enter Tab");
    assert_screen!("interviewer", person);
    person.resize(LARGE);
    assert_screen!("interviewer_large", person);
    person.press("F6");
    assert_screen!("sections", person);
}

#[test]
fn a_rehearsal_is_said_to_be_one_all_along() {
    let mut backend = FakeBackend::new();
    backend.sessions = sessions();
    backend.sessions[1].test = true;
    backend.sessions[1].interviewer = "ANNA".into();
    backend.reminder = Some("This study may be kept until today.".into());
    let mut person = Person::at(backend, Open::Home, LARGE);
    assert!(person.sees("! This study may be kept until today."));
    assert!(person.sees("rehearsal · Vereinigte") && person.sees("ANNA"), "{}", person.screen());
    person.press("Down Enter").type_text("Acme").press("F8");
    assert!(person.sees("Rehearsal: kept, marked, and left out of every result."));
    person.press("F8");
    assert!(!person.sees("left out of every result"));
    person.press("F8 Enter Enter Enter Enter");
    assert!(person.backend.begun.is_some() && person.backend.rehearsal);
    assert!(person.sees("REHEARSAL · Account self-assessment"), "{}", person.screen());
    person.press("F7");
    assert!(person.sees("REHEARSAL"), "{}", person.screen());
    // And after it was left and picked up again.
    let backend = person.backend;
    let person = Person::at(backend, Open::Resume { session: "s-1".into() }, SMALL);
    assert!(person.sees("REHEARSAL · Account"), "{}", person.screen());
}

#[test]
fn what_is_no_rehearsal_has_no_mark() {
    let person = Person::interviewed("account-self-assessment", "en", SMALL);
    assert!(!person.sees("REHEARSAL"));
}
