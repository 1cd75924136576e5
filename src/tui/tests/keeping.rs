//! Unfinished entries are saved while they are typed and restored; and what can be done when their file is lost.

use super::*;
use crate::instrument::prompt::{Input, Reply, ScaleReply};

fn asked(kind: &str, more: &str) -> Person {
    Person::asked(
        &format!(
            "[[groups.items]]\nname = \"q\"\nkind = \"{kind}\"\nlabel = \"How do you see Acme?\"\n{more}"
        ),
        SMALL,
    )
}

/// Waits until the pause is over after which typing is saved.
fn pause(person: &mut Person) {
    let due = person.app.deadline().expect("something waits to be kept");
    assert!(due < Clock::now() + Duration::from_secs(2));
    person.app.pass(due, &mut person.backend);
    assert_eq!(person.app.deadline(), None);
    person.look();
}

/// The same interview after the program was killed.
fn resumed(person: Person) -> Person {
    Person::at(person.backend, Open::Resume { session: "s-1".into() }, SMALL)
}

fn begun(person: &Person) -> Vec<Begun> {
    person.backend.beginnings.borrow().values().cloned().collect()
}

#[test]
fn whatever_is_begun_at_a_prompt_survives_the_program() {
    let channels = "choices = \"channel\"\n";
    let matrix = "choices = \"agree7\"\nrows = [{ name = \"a\", label = \"Fair\" }, { name = \"b\", label = \"Firm\" }]\n";
    let text = |text: &str| Begun::Typed(text.to_owned());
    let names = |names: &[&str]| Begun::Chosen(names.iter().map(|name| (*name).to_owned()).collect());
    let cases: Vec<(&str, &str, &str, Begun, &str, Reply)> = vec![
        ("text", "", "h a l f", text("half"), "Enter", reply_text("half")),
        (
            "text",
            "multiline = true\n",
            "o n e Enter t w o",
            text("one\ntwo"),
            "Ctrl+S",
            reply_text("one\ntwo"),
        ),
        ("integer", "", "1 2", text("12"), "3 Enter", Reply::Given(Input::Number(123.0))),
        ("date", "future = true\n", "2 0 2 6 - 0", text("2026-0"), "1 - 3 1 Enter", reply_text("2026-01-31")),
        (
            "select_multiple",
            channels,
            "3 1",
            names(&["letter", "phone"]),
            "Enter",
            Reply::Given(Input::Picked(vec!["letter".into(), "phone".into()])),
        ),
        (
            "rank",
            "choices = \"channel\"\ntop = 2\n",
            // The order shown depends on this session's seed.
            "4 2",
            names(&["phone", "mail"]),
            "Enter",
            Reply::Given(Input::Ranked(vec!["phone".into(), "mail".into()])),
        ),
        (
            "matrix",
            matrix,
            "6",
            Begun::Rated(vec![Some(ScaleReply::Point(6)), None]),
            "2 Enter",
            Reply::Given(Input::Rated(vec![ScaleReply::Point(6), ScaleReply::Point(2)])),
        ),
    ];
    for (kind, more, keys, expected, rest, reply) in cases {
        let mut person = asked(kind, more);
        person.press(keys);
        assert!(begun(&person).is_empty(), "{kind}");
        pause(&mut person);
        assert_eq!(begun(&person), [expected], "{kind}");
        assert!(person.backend.events().is_empty(), "{kind}: a beginning is no answer");
        let mut person = resumed(person);
        person.press(rest);
        let answers: Vec<Reply> = person
            .backend
            .events()
            .into_iter()
            .filter_map(|event| match event {
                Event::Answered { reply, .. } => Some(reply),
                _ => None,
            })
            .collect();
        assert_eq!(answers, [reply], "{kind}\n{}", person.screen());
        // Answering removes the unfinished entry.
        assert!(begun(&person).is_empty(), "{kind}");
    }
}

fn reply_text(text: &str) -> Reply {
    Reply::Given(Input::Text(crate::instrument::prompt::Typed { text: text.into(), ..Default::default() }))
}

#[test]
fn leaving_in_the_middle_of_a_word_keeps_it() {
    for leave in ["Ctrl+Q", "F7", "F1"] {
        let mut person = asked("text", "multiline = true\n");
        person.type_text("a long story");
        person.press(leave);
        assert_eq!(begun(&person), [Begun::Typed("a long story".into())], "{leave}");
    }
    // A signal, or a terminal that is gone.
    let mut person = asked("text", "multiline = true\n");
    person.type_text("a long story");
    person.app.put_down(&mut person.backend);
    assert!(resumed(person).sees("a long story"));
}

#[test]
fn an_emptied_box_stays_empty() {
    let mut person = asked("text", "");
    person.type_text("ab");
    pause(&mut person);
    person.press("Backspace Backspace");
    pause(&mut person);
    assert_eq!(begun(&person), [Begun::Typed(String::new())]);
    assert!(!resumed(person).sees("ab "));
}

#[test]
fn a_file_that_is_gone_is_said_aloud_and_another_one_goes_on() {
    let mut person = asked("text", "");
    person.type_text("half");
    *person.backend.gone.borrow_mut() = true;
    pause(&mut person);
    assert!(person.sees("The file is not there any more. F12 saves everything"), "{}", person.screen());
    // Further typing goes into the answer, and no pane takes the letters.
    person.type_text(" a word");
    pause(&mut person);
    assert!(person.sees("half a word") && person.sees("The file is not there"), "{}", person.screen());
    for _ in 0..7 {
        person.press("Backspace");
    }
    pause(&mut person);
    person.press("F12");
    assert!(person.sees("Save in another file") && person.sees("study-s1.relata"), "{}", person.screen());
    assert_screen!("elsewhere", person);
    // Nothing is accepted meanwhile.
    person.press("Esc Enter");
    assert!(person.backend.events().is_empty());
    assert!(person.sees("Save in another file"), "{}", person.screen());
    // Keys typed ahead are not taken as a file name.
    person.type_text("12").press("Enter");
    assert!(person.sees("study-s1.relata") && !person.sees("study-s1.relata12"), "{}", person.screen());
    // An impossible path is reported; the next one is accepted, and what was typed is saved there.
    person.reads().type_text("/nowhere").press("Enter");
    assert!(person.sees("There is no such folder."), "{}", person.screen());
    for _ in 0.."/nowhere".len() {
        person.press("Backspace");
    }
    person.press("Enter");
    assert_eq!(person.backend.followed, ["study-s1.relata"]);
    assert!(person.sees("The whole interview is saved in study-s1.relata"), "{}", person.screen());
    assert!(person.sees("sessions of the study could not be taken along"), "{}", person.screen());
    assert_eq!(begun(&person), [Begun::Typed("half".into())]);
    person.press("Enter");
    assert_eq!(person.backend.events().len(), 1);
}

#[test]
fn nobody_is_told_that_everything_is_kept_in_a_file_that_is_gone() {
    let mut person = asked("text", "");
    person.type_text("half");
    *person.backend.gone.borrow_mut() = true;
    person.press("Ctrl+Q");
    assert!(!person.sees("Everything is kept") && person.sees("Save in another file"), "{}", person.screen());
    assert_eq!(person.ended, None);
    // A caller that cannot wait for an answer, such as a signal, saves it in the suggested file.
    person.app.put_down(&mut person.backend);
    assert_eq!(person.backend.followed, ["study-s1.relata"]);
    // Including what was typed since the old file was lost.
    assert_eq!(begun(&person), [Begun::Typed("half".into())]);
}

#[test]
fn nobody_is_told_that_everything_is_kept_when_what_was_typed_is_not() {
    let mut person = asked("text", "");
    *person.backend.full.borrow_mut() = true;
    person.type_text("half").press("Ctrl+Q");
    assert!(person.sees("The disk is full") && person.sees("If you stop now"), "{}", person.screen());
    // Back at the question, saving works again.
    *person.backend.full.borrow_mut() = false;
    person.press("Esc").type_text(" a word").press("Ctrl+Q");
    assert!(person.sees("Everything is kept"), "{}", person.screen());
    assert_eq!(begun(&person), [Begun::Typed("half a word".into())]);
    *person.backend.full.borrow_mut() = true;
    person.press("Esc").type_text("!").press("Ctrl+Q Enter");
    let Some(ScreensEnd::LeftOpen { unkept: Some(why), .. }) = &person.ended else {
        panic!("{:?}", person.ended)
    };
    assert!(why.contains("The disk is full"), "{why}");
    // A note is shown with the problem before anything ends.
    let mut person = Person::asked(
        "audience = \"interviewer\"\n[[groups.items]]\nname = \"q\"\nkind = \"text\"\nlabel = \"How?\"\n",
        SMALL,
    );
    *person.backend.full.borrow_mut() = true;
    person.press("F2").type_text("They paused").press("Ctrl+Q");
    assert!(person.ended.is_none() && person.sees("They paused"), "{}", person.screen());
    assert!(person.sees("The disk is full"), "{}", person.screen());
    person.press("Ctrl+Q");
    assert!(
        matches!(&person.ended, Some(ScreensEnd::LeftOpen { unkept: Some(_), .. })),
        "{:?}",
        person.ended
    );
    // If another program holds the file, the interview goes to a file beside it, as when the file is gone.
    let mut person = asked("text", "");
    *person.backend.busy.borrow_mut() = true;
    person.type_text("half").press("Ctrl+Q");
    assert!(person.sees("Another program holds the file"), "{}", person.screen());
    person.app.put_down(&mut person.backend);
    assert!(matches!(person.app.left(), ScreensEnd::LeftOpen { unkept: None, .. }));
    assert_eq!(person.backend.followed, ["study-s1.relata"]);
    assert_eq!(begun(&person), [Begun::Typed("half".into())]);
    // The same for a signal, and for a note.
    for keys in ["a b c", "F2 a b c"] {
        let mut person = Person::asked(
            "audience = \"interviewer\"\n[[groups.items]]\nname = \"q\"\nkind = \"text\"\nlabel = \"How?\"\n",
            SMALL,
        );
        *person.backend.full.borrow_mut() = true;
        person.press(keys);
        person.app.put_down(&mut person.backend);
        assert!(matches!(person.app.left(), ScreensEnd::LeftOpen { unkept: Some(_), .. }), "{keys}");
    }
}

#[test]
fn a_note_survives_the_change_of_file() {
    let mut person = Person::asked(
        "audience = \"interviewer\"\n[[groups.items]]\nname = \"q\"\nkind = \"text\"\nlabel = \"How?\"\n",
        SMALL,
    );
    person.press("F2").type_text("They paused");
    *person.backend.gone.borrow_mut() = true;
    pause(&mut person);
    assert!(person.sees("They paused") && person.sees("F12"), "{}", person.screen());
    person.press("F12");
    assert!(person.sees("study-s1.relata"), "{}", person.screen());
    person.press("Enter");
    assert!(person.sees("They paused"), "{}", person.screen());
    person.press("Esc");
    assert!(matches!(person.last_event(), Some(Event::Noted { text, .. }) if text == "They paused"));
}

#[test]
fn an_interview_that_somebody_erased_meanwhile_is_over_and_offers_no_other_file() {
    for keys in ["h a l f Enter", "Ctrl+Q"] {
        let mut person = asked("text", "");
        *person.backend.wiped.borrow_mut() = true;
        person.press(keys);
        let screen = person.screen();
        assert!(screen.contains("erased by another program") && !screen.contains("another file"), "{screen}");
        person.press("Enter");
        let sentence = "It was erased by another program.".to_owned();
        assert_eq!(person.ended, Some(ScreensEnd::Erased { sentence }));
    }
}
