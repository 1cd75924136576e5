//! The timed task in a terminal: what the terminal is asked and told, what is stored, and what survives a resize and a kill.

use std::time::Duration;

use relata::instrument::prompt::{Connection, Input, Reply, Sorted};
use relata::interview::Event;
use relata::store::Study;

use super::support::Place;
use super::terminal::{Kind, Terminal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");
const SIZE: (u16, u16) = (80, 24);
/// The delay between a stimulus and a key here: too long to be a repeat.
const PRESS: Duration = Duration::from_millis(30);

const TASK: &str = "format = 1\nname = \"task\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Task\"\nminutes = 5\n\
    [[groups]]\nname = \"g\"\nlabel = \"G\"\n[[groups.items]]\nname = \"s\"\nkind = \"sc_iat\"\nform = \"short\"\n\
    label = \"Sort.\"\norganisation = [\"Acme\", \"Acme Ltd\"]\ngood = [\"joy\", \"love\"]\nbad = [\"war\", \"hate\"]\n";

/// In front of the card of the first block.
fn at_the_card(place: &Place, kind: Kind) -> Terminal {
    place.write("task.toml", TASK);
    let folder = place.study();
    let mut terminal = Terminal::start_as(
        PROGRAM,
        &["interview", "task.toml", "--seed", "1"],
        folder.parent().unwrap(),
        kind,
    );
    terminal.wait_for("Begin");
    terminal.type_keys("\r\r\r");
    terminal.wait_for("Round 1 of 4");
    terminal
}

fn middle(screen: &str) -> String {
    let framed = screen.lines().filter_map(|line| line.split('│').nth(1)).map(str::trim);
    framed.filter(|words| !words.is_empty()).collect()
}

fn wait_for_stimulus(terminal: &mut Terminal) {
    terminal.wait_until("a stimulus", |screen| {
        let middle = middle(screen);
        !middle.is_empty() && !middle.contains(['○', '✗', '»']) && !screen.contains("Round")
    });
}

/// Presses keys at this many stimuli, alternating, and waits for the result: right, wrong, or too late on a busy machine.
fn press(terminal: &mut Terminal, times: usize) {
    for time in 0..times {
        wait_for_stimulus(terminal);
        std::thread::sleep(PRESS);
        terminal.type_keys(if time % 2 == 0 { "e" } else { "i" });
        terminal.wait_until("right or wrong", |screen| middle(screen).contains(['○', '✗', '»']));
    }
}

/// Presses keys to the end of the first round, however many stimuli pass unanswered.
fn press_to_the_end(terminal: &mut Terminal) {
    let over = |screen: &str| screen.contains("Round 2 of 4");
    for time in 0.. {
        terminal.wait_until("a stimulus or the end", |screen| {
            let middle = middle(screen);
            over(screen) || (!middle.is_empty() && !middle.contains(['○', '✗', '»']))
        });
        if over(&terminal.screen()) {
            return;
        }
        std::thread::sleep(PRESS);
        terminal.type_keys(if time % 2 == 0 { "e" } else { "i" });
        terminal.wait_until("what comes of it", |screen| {
            over(screen) || middle(screen).contains(['○', '✗', '»'])
        });
    }
}

/// Keys that came too late count as early for the next stimulus, and there are no more early ones than those.
fn no_more_early_than_late(block: &Sorted) -> bool {
    let late = block.trials.iter().filter(|trial| trial.key.is_none()).count();
    usize::try_from(block.early).unwrap() <= late
}

/// The blocks that are kept.
fn kept(place: &Place) -> Vec<Sorted> {
    let study = Study::open(&place.study()).unwrap();
    let events = study.events(&study.sessions().unwrap()[0].id).unwrap();
    let sorted = events.into_iter().filter_map(|stamped| match stamped.event {
        Event::Answered { reply: Reply::Given(Input::Sorted(sorted)), .. } => Some(sorted),
        _ => None,
    });
    sorted.collect()
}

/// The first block where the terminal takes `after` to answer.
fn answered_after(after: Duration) -> Sorted {
    let place = Place::new();
    let mut terminal = at_the_card(&place, Kind { answers: Some(after), ..Kind::of(SIZE) });
    terminal.type_keys("\r");
    press_to_the_end(&mut terminal);
    terminal.kill();
    kept(&place).remove(0)
}

#[test]
fn the_reply_time_is_kept_with_the_block() {
    // A busy machine may keep the answer for longer than the program waits; five times in a row it does not.
    let blocks = (0..5).map(|_| answered_after(Duration::from_millis(20)));
    let block = blocks.into_iter().find(|block| block.timing.reply_us.is_some()).expect("a reply time");
    let timing = block.timing;
    assert!(timing.reply_us >= Some(20e3), "{timing:?}");
    assert!(timing.flush_us.is_some() && timing.wake_us.is_some(), "{timing:?}");
    assert_eq!((timing.connection, block.repeats), (Connection::Local, 0));
    assert!(no_more_early_than_late(&block), "{block:?}");
}

#[test]
fn a_terminal_that_never_answers_delays_nothing_but_its_first_key() {
    let place = Place::new();
    let kind = Kind {
        answers: None,
        variables: &[("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22")],
        ..Kind::of(SIZE)
    };
    let mut terminal = at_the_card(&place, kind);
    // It was asked while the card was shown, so the card was not delayed.
    terminal.type_keys("\r");
    wait_for_stimulus(&mut terminal);
    assert!(terminal.asked_on().unwrap().contains("Round 1 of 4"), "{:?}", terminal.asked_on());
    press_to_the_end(&mut terminal);
    terminal.kill();
    let timing = kept(&place)[0].timing;
    assert_eq!((timing.reply_us, timing.connection), (None, Connection::Remote));
}

/// How long the program waits for the rest of an answer.
const WAITS: Duration = Duration::from_millis(50);

/// The first block where the terminal answers late and in two pieces; `None` if the pieces came too far apart.
fn answered_in_pieces() -> Option<Sorted> {
    let place = Place::new();
    let mut terminal = at_the_card(&place, Kind { answers: None, ..Kind::of(SIZE) });
    terminal.type_keys("\r");
    press(&mut terminal, 3);
    // Half of an Esc would end the round.
    wait_for_stimulus(&mut terminal);
    let begun = std::time::Instant::now();
    terminal.type_keys("\u{1b}");
    std::thread::sleep(Duration::from_millis(10));
    terminal.type_keys("[?62;22c");
    let gap = begun.elapsed();
    press_to_the_end(&mut terminal);
    terminal.kill();
    // If the rest came later than the program waits for it, the first byte counts as Esc.
    (gap < WAITS).then(|| kept(&place).remove(0))
}

#[test]
fn an_answer_that_comes_late_and_in_pieces_is_no_key() {
    let block = std::iter::repeat_with(answered_in_pieces).flatten().next().unwrap();
    assert_eq!(block.trials.len(), 24);
    assert!(no_more_early_than_late(&block), "{block:?}");
}

#[test]
fn a_terminal_that_can_say_that_a_key_is_held_is_told_to_while_a_block_runs() {
    let place = Place::new();
    let mut terminal = at_the_card(&place, Kind { reports: true, ..Kind::of(SIZE) });
    assert!(!terminal.reports_repeats());
    terminal.type_keys("\r");
    wait_for_stimulus(&mut terminal);
    assert!(terminal.reports_repeats());
    // Held since before: the terminal reports a repeat, so it is not an answer.
    terminal.type_keys("\u{1b}[101;1:2u");
    press_to_the_end(&mut terminal);
    assert!(!terminal.reports_repeats(), "told no longer");
    // Leaving a block by force restores the terminal.
    terminal.type_keys("\r");
    wait_for_stimulus(&mut terminal);
    assert!(terminal.reports_repeats());
    terminal.type_keys("\u{1b}[113;5u");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(!terminal.reports_repeats());
    assert_eq!(kept(&place)[0].repeats, 1);
}

#[test]
fn a_block_that_was_killed_begins_again_as_a_whole() {
    let place = Place::new();
    let mut terminal = at_the_card(&place, Kind::of(SIZE));
    terminal.type_keys("\r");
    press(&mut terminal, 5);
    terminal.kill();
    assert!(kept(&place).is_empty());
    let folder = place.study();
    let inside_tmux = Kind { variables: &[("TMUX", "/tmp/tmux-1000/default,1,0")], ..Kind::of(SIZE) };
    let mut terminal = Terminal::start_as(PROGRAM, &["resume"], folder.parent().unwrap(), inside_tmux);
    terminal.wait_for("Round 1 of 4");
    terminal.type_keys("\r");
    press(&mut terminal, 12);
    // Another size only changes the picture.
    terminal.resize(120, 40);
    press_to_the_end(&mut terminal);
    terminal.kill();
    let connections: Vec<Connection> = kept(&place).iter().map(|block| block.timing.connection).collect();
    assert_eq!(connections, [Connection::Multiplexed]);
}
