//! Complete journeys through the screens, by keys.

use super::*;
use crate::instrument::Audience;
use crate::instrument::prompt::{Ask, Input, Reply, TextForm};
use crate::interview::{Stage, View};

impl Person {
    /// The current view, computed from what was saved and not from the screen.
    pub(super) fn view(&self) -> View {
        let (instrument, start) = self.backend.begun.clone().unwrap();
        Interview::replay(instrument, start, self.backend.kept.borrow().clone()).unwrap().view()
    }

    /// Answers whatever is asked, as a person would.
    pub(super) fn answer(&mut self) {
        match self.view().stage {
            Stage::HandOver { to: Audience::Respondent, .. } => self.press("Enter"),
            Stage::HandOver { to: Audience::Interviewer, .. } => self.press("Enter F8"),
            Stage::Review(_) => self.press("f"),
            Stage::Paused => self.press("Enter"),
            Stage::Finished | Stage::Withdrawn => self,
            Stage::Ask(asked) => {
                assert!(
                    self.sees(asked.prompt.text.split_whitespace().next().unwrap()),
                    "{} is not on the screen:\n{}",
                    asked.prompt.text,
                    self.screen()
                );
                match asked.prompt.ask {
                    Ask::Note => self.press("Enter"),
                    Ask::Pick { max: 1, .. } => self.press("1"),
                    Ask::Pick { .. } => self.press("2 1 Enter"),
                    Ask::Scale(scale) if !scale.takes_digit() => self.press("7 Enter"),
                    Ask::Scale(scale) if scale.rows.len() > 1 => {
                        for _ in &scale.rows {
                            self.press("3");
                        }
                        self
                    }
                    Ask::Scale(_) => self.press("3"),
                    Ask::Number { min, .. } => {
                        self.type_text(&(min.unwrap_or(0.0) + 50.0).to_string()).press("Enter")
                    }
                    Ask::Text(ask) => match ask.form {
                        TextForm::Paragraph => self.type_text("A long story?").press("Enter x Ctrl+S"),
                        TextForm::Date { .. } => self.type_text("2026-01-31").press("Enter"),
                        TextForm::Line => self.type_text("fair").press("Enter"),
                        TextForm::Timed => {
                            let word = format!("fair {}", asked.step + 1);
                            self.type_text(&word).press("Enter")
                        }
                    },
                    Ask::Rank { places, .. } => {
                        for place in 1..=places {
                            self.press(&place.to_string());
                        }
                        self.press("Enter")
                    }
                    Ask::Allocate { .. } => self.press("4 0 Down r Enter"),
                    Ask::Sort(block) => self.sort(&block, |_, trial| Some((trial.key, 600.0))),
                }
            }
        };
    }
}

#[test]
fn every_shipped_instrument_is_walked_by_keys_in_both_languages() {
    for name in shipped::NAMES {
        for language in ["en", "nl"] {
            let mut person = Person::interviewed(name, language, SMALL);
            person.backend.report = Some(results::report());
            // Later than the date that is typed.
            person.backend.now = 1_772_359_200_000;
            for _ in 0..200 {
                person.answer();
            }
            assert!(matches!(person.view().stage, Stage::Finished), "{}", person.screen());
            // These instruments show the result after the last card.
            if shipped_instrument(name).feedback == crate::instrument::Feedback::Said {
                continue;
            }
            // Closing the last card returns the outcome.
            person.press("Esc");
            assert_eq!(person.ended, Some(ScreensEnd::Finished { session: "s-1".into() }));
        }
    }
}

#[test]
fn what_was_answered_stands_there_again_after_going_back() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("1").type_text("warm").press("Enter").type_text("slow").press("BackTab");
    assert!(person.sees("▎ warm"));
    // Moving on again without typing is not a new answer, so the word keeps its times.
    person.press("Enter");
    assert_eq!(person.last_event(), Some(Event::Forward));
}

#[test]
fn a_word_more_is_no_place_for_the_valences_put_aside_at_that_step() {
    let item = "[[groups.items]]\nname = \"q\"\nkind = \"association\"\nlabel = \"What comes to mind?\"\n";
    let mut person = Person::asked(item, SMALL);
    person.type_text("warm").press("Enter").type_text("slow").press("Enter Enter");
    // After one word is rated, a third and a fourth are added.
    person.press("3 BackTab").type_text("fair").press("Enter");
    person.type_text("old").press("Enter");
    let Some(Event::Answered { step: 3, reply: Reply::Given(Input::Text(typed)), .. }) = person.last_event()
    else {
        panic!("{}", person.screen())
    };
    assert_eq!(typed.text, "old");
}

#[test]
fn a_word_that_changes_does_not_keep_the_valence_that_was_put_aside() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("1").type_text("warm").press("Enter").type_text("slow").press("Enter Enter");
    person.press("3 BackTab BackTab BackTab").type_text("er").press("Enter Tab Tab");
    let Stage::Ask(asked) = person.view().stage else { panic!("{}", person.screen()) };
    assert!(matches!(asked.prompt.ask, Ask::Scale(_)) && person.sees("warmer"), "{}", person.screen());
    assert!(!person.sees("●"), "{}", person.screen());
    // Going back and forth without another word leaves the rating as it is.
    person.press("3 BackTab Tab");
    assert!(person.sees("●"), "{}", person.screen());
}

#[test]
fn words_record_when_they_came() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("1").type_text("warm").press("Enter");
    let Some(Event::Answered { reply: Reply::Given(Input::Text(typed)), .. }) = person.last_event() else {
        panic!("{:?}", person.last_event());
    };
    assert_eq!(typed.text, "warm");
    assert!(typed.first_key_ms.unwrap() <= typed.enter_ms.unwrap());
    // Help was open in between, so the time would include reading it.
    person.press("F1 Esc").type_text("slow").press("Enter");
    let Some(Event::Answered { reply: Reply::Given(Input::Text(typed)), .. }) = person.last_event() else {
        panic!("{:?}", person.last_event());
    };
    assert_eq!((typed.first_key_ms, typed.enter_ms), (None, None));
}

#[test]
fn keys_from_before_a_word_was_asked_for_are_not_its_answer() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    let before = Clock::now();
    person.press("1");
    let early = Pressed::Key(key("x"));
    person.app.on(early, before, &mut person.backend);
    person.type_text("y");
    assert!(person.sees("▎ y"), "{}", person.screen());
    // Typing word after word loses no letter, but words typed ahead have no times. Enter alone is no answer yet.
    person.press("Enter");
    for early in ["Enter", "g", "o", "Enter"] {
        person.app.on(Pressed::Key(key(early)), before, &mut person.backend);
    }
    let Some(Event::Answered { reply: Reply::Given(Input::Text(typed)), .. }) = person.last_event() else {
        panic!("{:?}", person.last_event());
    };
    assert_eq!((typed.text.as_str(), typed.first_key_ms, typed.enter_ms), ("go", None, None));
}

#[test]
fn the_language_changes_at_any_moment_and_nothing_typed_is_lost() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("1").type_text("warm").press("F5");
    assert!(person.sees("Waar denk je aan bij Acme?"));
    assert!(person.sees("▎ warm"));
    assert!(person.sees("Nederlands") != person.sees("English"));
}

#[test]
fn a_note_is_kept_when_it_closes_and_hidden_from_the_respondent() {
    let mut person = Person::interviewed("customer-interview", "en", SMALL);
    person.press("Enter F2");
    assert!(!person.sees("Note with this question"));
    while !matches!(person.view().stage, Stage::HandOver { to: Audience::Interviewer, .. }) {
        person.answer();
    }
    person.press("F8 n").type_text("She hesitated? q").press("Esc");
    assert!(matches!(person.last_event(), Some(Event::Noted { text, .. }) if text == "She hesitated? q"));
    assert!(person.sees("Note: She hesitated? q"));
}

#[test]
fn whoever_has_been_further_on_goes_forward_past_a_question_that_needs_an_answer() {
    let mut person = Person::interviewed("customer-interview", "en", SMALL);
    person.press("Enter");
    while !matches!(person.view().stage, Stage::HandOver { to: Audience::Interviewer, .. }) {
        person.answer();
    }
    person.press("F8 Enter Tab");
    assert!(person.sees("Since which year"), "nothing later is done yet");
    person.press("F6 Down Enter 1 F6 Up Enter Right");
    assert!(person.sees("Since which year") && person.sees("Tab go on"), "{}", person.screen());
    person.press("Tab Tab");
    assert!(person.sees("How did it begin"), "{}", person.screen());
}

#[test]
fn enter_does_not_open_the_interviewers_side() {
    let mut person = Person::interviewed("customer-interview", "en", SMALL);
    person.press("Enter");
    while !matches!(person.view().stage, Stage::HandOver { to: Audience::Interviewer, .. }) {
        person.answer();
    }
    assert_screen!("hand_back", person);
    person.press("Enter Space Esc Left 1");
    assert!(matches!(person.view().stage, Stage::HandOver { .. }));
    assert!(person.sees("! Only the interviewer goes on from here"));
}

#[test]
fn withdrawing_asks_for_a_word_and_can_erase() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("F9 Enter");
    assert!(person.sees("! Type `stop` or `erase`"));
    person.type_text("erase").press("Enter");
    assert_eq!(person.backend.erased, ["s-1"]);
    person.press("Enter");
    assert_eq!(person.ended, Some(ScreensEnd::Withdrawn { session: "s-1".into(), erased: true }));
}

#[test]
fn leaving_says_how_to_come_back_and_coming_back_is_at_the_same_question() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("1").type_text("warm").press("Enter Ctrl+C");
    assert!(person.sees("relata resume"));
    person.press("Enter");
    assert_eq!(person.ended, Some(ScreensEnd::LeftOpen { session: "s-1".into(), unkept: None }));
    let again = Person::at(person.backend, Open::Resume { session: "s-1".into() }, SMALL);
    assert!(again.sees("1 warm"));
    assert_eq!(again.last_event(), Some(Event::Resumed));
}

#[test]
fn a_pause_hides_the_question() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("p");
    assert_screen!("paused", person);
    assert!(!person.sees("You answer for yourself"));
    person.press("Enter");
    assert!(person.sees("You answer for yourself"));
}

#[test]
fn what_cannot_be_kept_is_said_and_the_question_stays() {
    struct FullDisk;
    impl Journal for FullDisk {
        fn keep(&mut self, _: Instant, _: &Event) -> Result<(), NotKept> {
            Err("The disk is full, so nothing was kept.".to_owned().into())
        }

        fn keep_begun(&mut self, _: Instant, _: &str, _: usize, _: &Begun) -> Result<(), NotKept> {
            Err("The disk is full, so nothing was kept.".to_owned().into())
        }

        fn check(&mut self) -> Result<(), NotKept> {
            Ok(())
        }

        fn suggested_place(&self) -> String {
            "elsewhere.relata".into()
        }

        fn save_elsewhere(&mut self, _: &str) -> Result<SavedElsewhere, NotKept> {
            Err("There is no room there either.".to_owned().into())
        }
    }
    let start = Start {
        seed: 1,
        language: Language::new("en"),
        fields: Default::default(),
        at: 1_000_000,
        offset: None,
    };
    let interview = Interview::new(shipped_instrument("account-self-assessment"), start);
    let live = Live::new(interview, Box::new(FullDisk));
    let mut person = Person::showing(screen_of(live), FakeBackend::new(), SMALL);
    person.press("1");
    assert!(person.sees("! The disk is full, so nothing was kept."), "{}", person.screen());
    assert!(person.sees("Shall we begin?"));
}

#[test]
fn the_review_marks_what_is_open_and_opens_it() {
    let mut person = Person::interviewed("workshop-pulse", "en", SMALL);
    for _ in 0..100 {
        if matches!(person.view().stage, Stage::Review(_)) {
            break;
        }
        person.answer();
    }
    assert_screen!("review", person);
    person.press("Down Down Enter");
    assert!(matches!(person.last_event(), Some(Event::Opened { .. })));
    assert!(matches!(person.view().stage, Stage::Ask(_)));
}

#[test]
fn a_click_answers_like_its_key() {
    use crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    let screen = person.screen();
    let (row, line) = screen.lines().enumerate().find(|(_, line)| line.contains("○ Yes")).unwrap();
    let column = line.chars().position(|c| c == '○').unwrap() as u16;
    let mouse = MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column,
        row: row as u16,
        modifiers: KeyModifiers::NONE,
    };
    person.event(Pressed::Mouse(mouse));
    assert!(matches!(person.last_event(), Some(Event::Answered { .. })));
}

#[test]
fn no_key_does_harm_anywhere() {
    const KEYS: &[&str] = &[
        "1",
        "2",
        "5",
        "9",
        "0",
        "Enter",
        "Enter",
        "Enter",
        "Up",
        "Down",
        "Left",
        "Right",
        "Tab",
        "BackTab",
        "Space",
        "+",
        "-",
        "r",
        "d",
        "k",
        "D",
        "n",
        "s",
        "l",
        "p",
        "f",
        "e",
        "é",
        "日",
        "Backspace",
        "Esc",
        "PgUp",
        "PgDn",
        "F1",
        "F2",
        "F3",
        "F4",
        "F5",
        "F6",
        "F7",
        "F8",
        "F9",
        "F10",
        "Ctrl+S",
        "Ctrl+G",
        "Ctrl+T",
        "Ctrl+U",
        "Ctrl+W",
        "Alt+Enter",
        "?",
    ];
    let sizes = [SMALL, (80, 22), LARGE, (200, 60)];
    for (seed, name) in shipped::NAMES.iter().enumerate() {
        let mut rng = crate::rng::Rng::new(seed as u64);
        let mut person = Person::interviewed(name, "en", SMALL);
        person.backend.report = Some(results::report());
        // Without consent the interview would be over at once.
        while person.backend.events().len() < 3 {
            person.answer();
        }
        for turn in 0..3_000 {
            if person.ended.is_some() {
                break;
            }
            if turn % 500 == 0 {
                person.resize(sizes[turn / 500 % sizes.len()]);
            }
            let key = KEYS[rng.below(KEYS.len())];
            person.press(key);
            // Now and then the interview is continued properly, so that the keys are tried everywhere.
            if turn % 25 == 0 && person.ended.is_none() {
                person.press("Esc");
                if person.app.left() == (ScreensEnd::LeftOpen { session: "s-1".into(), unkept: None }) {
                    person.press("F8 Enter");
                }
            }
        }
        // What was saved can be resumed as a session.
        person.view();
        assert!(person.backend.events().len() > 20, "{name}: {}", person.backend.events().len());
    }
}

#[test]
fn the_review_says_what_is_still_open() {
    let mut person = Person::interviewed("account-self-assessment", "nl", SMALL);
    person.press("1 F6 Down Down Down Down Down Down Down Enter");
    for _ in 0..20 {
        if matches!(person.view().stage, Stage::Review(_)) {
            break;
        }
        person.answer();
    }
    person.press("f");
    assert_screen!("review_open_nl", person);
    assert!(!matches!(person.view().stage, Stage::Finished));
    // Enter opens the first open one, and the way leads from there through the other open ones.
    person.press("Enter");
    assert!(person.sees("Waar denk je aan bij Acme?"));
}

/// In front of the interviewer's first question, with the note box open.
fn at_a_note() -> Person {
    let mut person = Person::interviewed("customer-interview", "en", SMALL);
    person.press("Enter");
    while !matches!(person.view().stage, Stage::HandOver { to: Audience::Interviewer, .. }) {
        person.answer();
    }
    person.press("F8 n");
    person
}

#[test]
fn a_note_is_kept_while_it_is_being_typed() {
    let mut person = at_a_note();
    let noted = |person: &Person| {
        let events = person.backend.events();
        events
            .into_iter()
            .filter_map(|event| match event {
                Event::Noted { text, .. } => Some(text),
                _ => None,
            })
            .collect::<Vec<_>>()
    };
    let before = Clock::now();
    person.type_text("They paused");
    let due = person.app.deadline().unwrap();
    assert!(due > before && due < Clock::now() + Duration::from_secs(2));
    assert_eq!(person.app.pass(due - Duration::from_millis(1), &mut person.backend), Flow::Same);
    assert!(noted(&person).is_empty());
    person.app.pass(due, &mut person.backend);
    assert_eq!(noted(&person), ["They paused"]);
    assert_eq!(person.app.deadline(), None);
    // A note still being typed is saved when the program ends.
    person.type_text(" for long").press("Ctrl+Q");
    assert!(matches!(person.ended, Some(ScreensEnd::LeftOpen { .. })));
    assert_eq!(noted(&person), ["They paused", "They paused for long"]);
}

#[test]
fn a_note_that_somebody_types_without_a_pause_is_kept_all_the_same() {
    let mut person = at_a_note();
    let before = person.backend.events().len();
    let begun = Clock::now();
    for letter in 0..100_u64 {
        let at = begun + Duration::from_millis(letter * 50);
        let key = KeyEvent::new(KeyCode::Char('x'), KeyModifiers::NONE);
        if person.app.deadline().is_some_and(|due| due <= at) {
            person.app.pass(at, &mut person.backend);
        }
        person.app.on(Pressed::Key(key), at, &mut person.backend);
    }
    // Five seconds of typing are saved every second and a half.
    assert_eq!(person.backend.events().len() - before, 3);
}
