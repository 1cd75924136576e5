//! Journeys over the screens, through a real pseudo-terminal.

use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;

use relata::interview::Event;
use relata::rng::Rng;
use relata::store::Study;

use super::support::{Place, counted_items, last_question};
use super::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");

fn begin(place: &Place, args: &[&str], size: (u16, u16)) -> Terminal {
    Terminal::start(PROGRAM, args, place.study().parent().unwrap(), size)
}

/// The counted questionnaire past its start form.
fn counted(place: &Place, n: usize) -> Terminal {
    place.write("counted.toml", &counted_items(n));
    let mut terminal = begin(place, &["interview", "counted.toml"], (80, 24));
    terminal.wait_for("Begin");
    // Code, language, begin.
    for _ in 0..3 {
        terminal.type_keys("\r");
    }
    terminal.wait_for("Question number 1.");
    terminal
}

fn answers_kept(place: &Place) -> usize {
    let study = Study::open(&place.study()).unwrap();
    let header = study.sessions().unwrap().pop().unwrap();
    let events = study.events(&header.id).unwrap();
    events.iter().filter(|stamped| matches!(stamped.event, Event::Answered { .. })).count()
}

/// The most frames that may wait to be drawn.
const FRAMES: usize = 32;

#[test]
fn a_key_is_read_even_when_the_window_changes_at_the_same_moment() {
    let place = Place::new();
    let mut terminal = counted(&place, 60);
    let sizes = terminal.sizes();
    let (done, until) = channel::<()>();
    // So often that the reader of keys is always busy with one change when the next comes, and a key with it.
    let resizing = std::thread::spawn(move || {
        let mut wide = 0;
        while until.recv_timeout(Duration::from_micros(100)) == Err(RecvTimeoutError::Timeout) {
            // No more than the screen can show: otherwise it falls further and further behind, and the awaited text is
            // overwritten.
            if sizes.behind() < FRAMES {
                wide = 1 - wide;
                sizes.set(80 + wide, 24);
            }
        }
    });
    for number in 2..=60 {
        terminal.type_keys("3");
        terminal.wait_for(&format!("Question number {number}."));
    }
    drop(done);
    resizing.join().unwrap();
}

#[test]
fn an_interview_is_begun_answered_reviewed_and_finished() {
    let place = Place::new();
    let mut terminal = counted(&place, 3);
    assert!(terminal.is_alternate());
    terminal.type_keys("3");
    terminal.wait_for("Question number 2.");
    terminal.type_keys("d");
    terminal.wait_for("Question number 3.");
    terminal.type_keys("1");
    terminal.wait_for("rather not say");
    terminal.wait_until("the review", |screen| screen.contains("1.") && screen.contains("3."));
    terminal.type_keys("f");
    terminal.wait_for("Thank you");
    terminal.type_keys("\r");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(!terminal.is_alternate(), "the terminal was not given back");
    assert_eq!(answers_kept(&place), 3);
}

#[test]
fn leaving_keeps_everything_and_says_how_to_go_on() {
    let place = Place::new();
    let mut terminal = counted(&place, 3);
    terminal.type_keys("2");
    terminal.wait_for("Question number 2.");
    terminal.type_keys("\u{11}");
    terminal.wait_for("Enter leaves");
    terminal.type_keys("\r");
    terminal.wait_for_end();
    assert!(!terminal.is_alternate());
    assert!(terminal.screen().contains("relata resume "), "{}", terminal.screen());
    let mut resumed = begin(&place, &["resume"], (80, 24));
    resumed.wait_for("Question number 2.");
    resumed.kill();
}

#[test]
fn a_kill_on_the_screens_loses_nothing_acknowledged() {
    let mut rng = Rng::new(3);
    for _ in 0..6 {
        let place = Place::new();
        let mut terminal = counted(&place, 40);
        let stop = 2 + rng.below(30);
        for number in 1..=stop {
            terminal.type_keys("2");
            if number % 3 == 0 {
                terminal.wait_until("a later question", |screen| last_question(screen) > Some(number));
            }
        }
        std::thread::sleep(Duration::from_micros(rng.below(8_000) as u64));
        let shown = last_question(&terminal.screen()).unwrap();
        terminal.kill();
        let kept = answers_kept(&place);
        assert!(kept + 1 >= shown, "question {shown} was shown and {kept} answers are kept");
        let mut resumed = begin(&place, &["resume"], (80, 24));
        resumed.wait_for(&format!("Question number {}.", kept + 1));
        resumed.kill();
    }
}

#[test]
fn a_terminal_too_small_is_asked_to_grow_and_the_question_comes_back() {
    let place = Place::new();
    let mut terminal = counted(&place, 2);
    terminal.resize(40, 10);
    terminal.wait_until("the request", |screen| screen.contains("40") && !screen.contains("Question number"));
    terminal.resize(120, 40);
    terminal.wait_for("Question number 1.");
    terminal.type_keys("2");
    terminal.wait_for("Question number 2.");
    terminal.kill();
}

#[test]
fn the_language_changes_at_any_moment() {
    let place = Place::new();
    let args = ["interview", "account-self-assessment", "--lang", "en", "--set", "organisation=Acme"];
    let mut terminal = begin(&place, &args, (80, 24));
    terminal.wait_for("Client");
    terminal.type_keys("\u{1b}[15~");
    terminal.wait_for("Klant");
    terminal.kill();
}

#[test]
fn home_opens_in_an_empty_study_and_quits() {
    let place = Place::new();
    let mut terminal = begin(&place, &[], (120, 40));
    terminal.wait_for("Account self-assessment");
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(!terminal.is_alternate());
}
