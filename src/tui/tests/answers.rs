//! Answering, correcting, reviewing and revisiting questions.

use super::*;
use crate::instrument::prompt::{Input, Reply, Typed};
use crate::instrument::{Audience, Feedback};
use crate::interview::{SessionState, Stage};

const WORDS: &str =
    "[[groups.items]]\nname = \"q\"\nkind = \"association\"\nwords = 3\nlabel = \"What comes to mind?\"\n";

/// The words as last saved, one per place.
fn words(person: &Person) -> Vec<Typed> {
    let mut words: Vec<Typed> = Vec::new();
    for event in person.backend.events() {
        if let Event::Answered { step, reply: Reply::Given(Input::Text(typed)), .. } = event {
            words.truncate(words.len().max(step));
            match words.get_mut(step) {
                Some(word) => *word = typed,
                None => words.push(typed),
            }
        }
    }
    words
}

fn texts(person: &Person) -> Vec<String> {
    words(person).into_iter().map(|typed| typed.text).collect()
}

#[test]
fn an_earlier_word_is_mended_and_the_words_after_it_stay() {
    let mut person = Person::asked(WORDS, SMALL);
    assert!(person.sees("Word 1 of at most 3."), "{}", person.screen());
    person.type_text("wram").press("Enter").type_text("slow").press("Enter");
    // The unfinished third word is there again on return.
    person.type_text("exp").press("Up Up");
    assert!(person.sees("▎ wram") && person.sees("2 slow"), "{}", person.screen());
    person.press("Ctrl+U").type_text("warm").press("Enter Tab");
    assert!(person.sees("▎ exp") && person.sees("Word 3, the last one."), "{}", person.screen());
    person.type_text("ensive").press("Enter");
    assert_eq!(texts(&person), ["warm", "slow", "expensive"]);
    // A corrected word has no times: they would measure the correction.
    let timed: Vec<bool> = words(&person).iter().map(|typed| typed.enter_ms.is_some()).collect();
    assert_eq!(timed, [false, true, false]);
}

#[test]
fn a_word_that_is_there_already_is_noticed_wherever_it_stands() {
    let mut person = Person::asked(WORDS, SMALL);
    person.type_text("warm").press("Enter").type_text(" Warm ").press("Enter");
    assert!(person.sees("! That is word 1 already."), "{}", person.screen());
    // The next word is not appended to it.
    person.type_text("slow").press("Enter Up Up");
    person.press("Ctrl+U").type_text("SLOW").press("Enter");
    assert!(person.sees("! That is word 2 already."), "{}", person.screen());
    assert_eq!(texts(&person), ["warm", "slow"]);
}

#[test]
fn enter_goes_through_the_review_to_the_end_and_not_round_in_it() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.backend.report = Some(results::report());
    while !matches!(person.view().stage, Stage::Review(_)) {
        person.answer();
    }
    assert!(person.sees("▸ [ Show the result ]"), "{}", person.screen());
    // Reviewing an answer leads back to the end of the review.
    person.press("Down Enter 1");
    assert!(person.sees("▸ [ Show the result ]"), "{}", person.screen());
    person.press("Enter");
    assert!(matches!(person.view().stage, Stage::Finished));
    assert!(!person.sees("Show the result"), "{}", person.screen());
    let mut person = Person::interviewed("workshop-pulse", "nl", SMALL);
    while !matches!(person.view().stage, Stage::Review(_)) {
        person.answer();
    }
    assert!(person.sees("▸ ["), "{}", person.screen());
    let mut quiet = Person::asked(WORDS, SMALL);
    quiet.type_text("warm").press("Enter Enter 3");
    assert!(quiet.sees("▸ [ Finish ]"), "{}", quiet.screen());
}

#[test]
fn consent_is_a_yes_or_a_no_and_a_no_is_one_sentence() {
    for (language, sentence) in [("en", "No consent was given"), ("nl", "Er is geen toestemming gegeven")] {
        let mut person = Person::interviewed("account-self-assessment", language, SMALL);
        assert!(!person.sees("don't know") && !person.sees("weet niet"), "{}", person.screen());
        person.press("k F4");
        assert!(person.backend.events().is_empty());
        person.backend.report = Some(results::report());
        // A refusal can be taken back before it is final.
        person.press("2");
        assert!(person.sees("▸ [") && !person.sees("Show the result") && !person.sees("uitkomst tonen"));
        person.press("Enter");
        assert!(person.sees(sentence) && !person.sees("%"), "{}", person.screen());
        person.press("Enter");
        assert_eq!(person.ended, Some(ScreensEnd::Finished { session: "s-1".into() }));
    }
}

#[test]
fn nobody_consents_to_what_was_not_in_sight() {
    let long: String = (1..=30).map(|n| format!("Promise {n} is that we erase what you say. ")).collect();
    let item = format!(
        "[[groups.items]]\nname = \"q\"\nkind = \"consent\"\nversion = \"1\"\nlabel = \"{long}Shall we begin?\"\n"
    );
    let mut person = Person::asked(&item, SMALL);
    let agreed = |person: &Person| !person.backend.events().is_empty();
    let (mut presses, mut seen) = (0, false);
    while !agreed(&person) && presses < 9 {
        seen |= person.sees("Shall we begin?");
        person.reads().press("1");
        presses += 1;
    }
    assert!(agreed(&person) && seen && presses > 1, "{presses}: {}", person.screen());
    // A text that fits counts as read at once, and refusing needs no reading.
    let mut person = Person::asked(&item, SMALL);
    person.press("1 1 1 1 1 PageDown PageDown PageDown 1 1 1");
    assert!(!agreed(&person), "a key that is held down reads nothing: {}", person.screen());
    let mut person = Person::asked(&item, LARGE);
    person.press("1");
    assert!(agreed(&person), "what fits has been seen: {}", person.screen());
    let mut person = Person::asked(&item, SMALL);
    person.press("1");
    assert!(!agreed(&person) && !person.sees("Promise 1 "), "the next part is shown: {}", person.screen());
    person.press("2");
    assert!(agreed(&person), "{}", person.screen());
}

#[test]
fn an_interview_that_nobody_touched_leaves_nothing_behind() {
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("l p Enter Ctrl+Q");
    assert!(person.sees("Er is nog niets geantwoord"), "{}", person.screen());
    person.press("Enter");
    assert_eq!(person.ended, Some(ScreensEnd::Untouched));
    assert_eq!(person.backend.erased, ["s-1"]);
    // However it ends.
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("? Ctrl+Q");
    assert_eq!(person.ended, Some(ScreensEnd::Untouched));
    // A session with an answer, or text that was only typed, is kept.
    let mut person = Person::interviewed("account-self-assessment", "en", SMALL);
    person.press("1 Ctrl+Q");
    assert!(
        person.sees("Enter stop for now") && person.sees("Esc back to the question"),
        "{}",
        person.screen()
    );
    person.press("Enter");
    assert_eq!(person.ended, Some(ScreensEnd::LeftOpen { session: "s-1".into(), unkept: None }));
    let mut person = Person::asked(WORDS, SMALL);
    person.type_text("war").press("Ctrl+Q Enter");
    assert!(matches!(person.ended, Some(ScreensEnd::LeftOpen { .. })));
}

#[test]
fn a_questionnaire_that_says_je_is_never_interrupted_by_u() {
    let said = |screen: &str, word: &str| {
        screen.split(|c: char| !c.is_alphabetic()).any(|w| w.eq_ignore_ascii_case(word))
    };
    let mut person = Person::interviewed("account-self-assessment", "nl", SMALL);
    person.backend.report = Some(results::report());
    for _ in 0..80 {
        person.answer();
        let over = matches!(person.view().stage, Stage::Finished);
        for pane in ["Ctrl+Q", "F9", "F6", "F7"] {
            if over {
                break;
            }
            person.press(pane);
            assert!(!said(&person.screen(), "u") && !said(&person.screen(), "uw"), "{}", person.screen());
            person.press(if pane == "F7" { "Enter" } else { "Esc" });
        }
        assert!(!said(&person.screen(), "u") && !said(&person.screen(), "uw"), "{}", person.screen());
    }
    assert!(matches!(person.view().stage, Stage::Finished));
    let mut person = Person::interviewed("workshop-pulse", "nl", SMALL);
    person.press("1 Ctrl+Q");
    assert!(said(&person.screen(), "u") && !said(&person.screen(), "je"), "{}", person.screen());
}

fn finished(alone: bool) -> SessionLine {
    SessionLine {
        id: "done".into(),
        respondent: "R-001".into(),
        about: "Acme".into(),
        customer: String::new(),
        instrument: "Pulse".into(),
        begun: "2026-11-21 20:15".into(),
        state: SessionState::Finished,
        refused: false,
        progress: (1, 1),
        interviewer: String::new(),
        simulated: false,
        test: false,
        alone,
    }
}

#[test]
fn home_shows_of_a_finished_session_what_its_respondent_was_shown() {
    let opened = |alone, feedback, refused| {
        let report = Report { feedback, refused, ..results::report() };
        let backend =
            FakeBackend { sessions: vec![finished(alone)], report: Some(report), ..FakeBackend::new() };
        // Plus the line that opens further questionnaires.
        let questionnaires = backend.instruments.len() + 1;
        let mut person = Person::at(backend, Open::Home, SMALL);
        person.press(&format!("{}Enter", "Down ".repeat(questionnaires)));
        person
    };
    let person = opened(true, Feedback::None, false);
    assert!(person.sees("relata report --session done") && !person.sees("%"), "{}", person.screen());
    let person = opened(true, Feedback::Said, false);
    assert!(person.sees("1 Profile") && !person.sees("Said × associated"), "{}", person.screen());
    for (alone, feedback) in [(true, Feedback::Full), (false, Feedback::None), (false, Feedback::Said)] {
        let person = opened(alone, feedback, false);
        assert!(person.sees("Said × associated"), "{}", person.screen());
    }
    let person = opened(false, Feedback::None, true);
    assert!(person.sees("No consent was given"), "{}", person.screen());
}

#[test]
fn a_result_is_kept_as_a_page_where_somebody_says() {
    let backend = FakeBackend { report: Some(results::report()), ..FakeBackend::new() };
    let report = results::report();
    let language = Language::new("en");
    let screen =
        super::super::screens::result::ResultScreen::new(report, language, Some(Audience::Respondent));
    let mut person = Person::showing(Box::new(screen), backend, SMALL);
    assert!(person.sees("s save as a page"), "{}", person.screen());
    person.press("s");
    assert!(person.sees(".html"), "{}", person.screen());
    person.backend.refusal = Some("There is no folder there.".into());
    person.press("Enter");
    assert!(person.sees("! There is no folder there."), "{}", person.screen());
    person.backend.refusal = None;
    person.press("Ctrl+U").type_text("q.html").press("Enter");
    assert!(person.sees("✓ The page is in q.html"), "{}", person.screen());
    assert_eq!(person.backend.pages, ["q.html en Respondent"]);
    person.press("w Esc");
    assert!(person.sees("1 Profile") && person.ended.is_none());
}

#[test]
fn an_interview_begins_in_the_language_of_the_home_screen() {
    let mut backend = FakeBackend::new();
    backend.form.language = Some(Language::new("en"));
    let mut person = Person::at(backend, Open::Home, SMALL);
    person.press("l Enter");
    assert!(person.sees("De klant waar het over gaat"), "{}", person.screen());
}

#[test]
fn a_box_for_a_long_answer_grows_with_the_window() {
    let text = "[[groups.items]]\nname = \"q\"\nkind = \"text\"\nmultiline = true\nlabel = \"Tell me.\"\n";
    let lines = |person: &Person| person.screen().lines().filter(|line| line.contains('▎')).count();
    let mut person = Person::asked(text, SMALL);
    let small = lines(&person);
    person.resize((80, 60));
    assert!(lines(&person) > 2 * small, "{}", person.screen());
    person.press("F2");
    assert!(lines(&person) > 2 * small, "{}", person.screen());
    person.resize(SMALL);
    assert!(lines(&person) >= 8 && person.sees("Esc"), "{}", person.screen());
}

#[test]
fn the_keys_stand_under_the_card_in_every_window() {
    for size in [SMALL, LARGE, (200, 60)] {
        let mut person = Person::interviewed("customer-interview", "en", size);
        person.backend.report = Some(results::report());
        person.press("Enter");
        while !matches!(person.view().stage, Stage::HandOver { to: Audience::Interviewer, .. }) {
            person.answer();
        }
        person.press("F8");
        let screen = person.screen();
        let column = |line: &str| line.chars().take_while(|c| *c == ' ').count();
        let card = column(screen.lines().find(|line| line.contains("╭─")).unwrap());
        let keys = column(screen.lines().rev().filter(|line| !line.is_empty()).nth(1).unwrap());
        assert!(keys.abs_diff(card) <= 1, "{card} {keys}\n{screen}");
    }
}

#[test]
fn a_question_about_earlier_answers_shows_them() {
    for language in ["en", "nl"] {
        let mut person = Person::interviewed("customer-interview", language, SMALL);
        let (mut words, mut feelings) = (false, false);
        for _ in 0..200 {
            if let Stage::Ask(asked) = person.view().stage {
                let hint = asked.prompt.hint.unwrap_or_default();
                words |= asked.item == "why_words" && hint.contains("fair 1, fair 2") && !hint.contains('(');
                // Every feeling got the third of four points, so all of them are hinted at.
                let all = ["Joy", "Shame"].iter().all(|name| hint.contains(name))
                    || ["Blijdschap", "Schaamte"].iter().all(|name| hint.contains(name));
                feelings |= asked.item == "why_feeling" && all;
            }
            person.answer();
        }
        assert!(words && feelings, "{language}: {words} {feelings}");
    }
}

#[test]
fn a_point_between_two_poles_is_reviewed_with_them() {
    let item = "[[groups.items]]\nname = \"q\"\nkind = \"semantic_differential\"\nlabel = \"How is it?\"\n\
                left = \"cold\"\nright = \"warm\"\n";
    let mut person = Person::asked(item, SMALL);
    person.press("5");
    assert!(person.sees("5 (1 cold – 7 warm)"), "{}", person.screen());
}
