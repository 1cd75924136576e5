//! Timed sorting by keys, on a simulated clock.

use super::*;
use crate::instrument::prompt::{Connection, Input, Reply, SortBlock, SortKey, SortTrial, Sorted, WINDOW_MS};
use crate::measures::timed::Exclusion;
use crate::measures::{self, Norms, Outcome};

const SECOND: Duration = Duration::from_secs(1);

fn milliseconds(ms: f64) -> Duration {
    Duration::from_secs_f64(ms / 1e3)
}

impl Person {
    /// Runs the block on the card; `press` gives the key and its latency in milliseconds.
    pub(super) fn sort(
        &mut self,
        block: &SortBlock,
        press: impl Fn(usize, &SortTrial) -> Option<(SortKey, f64)>,
    ) -> &mut Self {
        self.press("Enter");
        for (at, trial) in block.trials.iter().enumerate() {
            let onset = self.onset();
            assert!(self.sees(&trial.stimulus), "{} is not there:\n{}", trial.stimulus, self.screen());
            if let Some((side, ms)) = press(at, trial) {
                assert!(self.key_at(side, onset + milliseconds(ms)), "the key counted for nothing");
            }
            // Waits for the feedback, right or wrong or "faster". A missed stimulus times out first.
            self.pass();
            if press(at, trial).is_none() {
                self.pass();
            }
        }
        self
    }

    /// When the stimulus became visible.
    fn onset(&self) -> Clock {
        self.app.deadline().expect("a stimulus waits") - milliseconds(WINDOW_MS)
    }

    /// Presses a key at an instant; returns whether anything changed.
    fn key_at(&mut self, side: SortKey, at: Clock) -> bool {
        let name = if side == SortKey::Left { "e" } else { "i" };
        let flow = self.app.on(Pressed::Key(key(name)), at, &mut self.backend);
        if flow == Flow::Changed {
            self.look_at(at);
        }
        flow == Flow::Changed
    }

    /// Waits until the display changes on its own.
    fn pass(&mut self) {
        let due = self.app.deadline().expect("something passes");
        assert_eq!(self.app.pass(due, &mut self.backend), Flow::Changed);
        self.look_at(due);
    }

    fn block(&self) -> SortBlock {
        match self.view().stage {
            crate::interview::Stage::Ask(asked) => match asked.prompt.ask {
                crate::instrument::prompt::Ask::Sort(block) => block,
                other => panic!("{other:?}"),
            },
            other => panic!("{other:?}"),
        }
    }

    fn sorted(&self) -> Option<Sorted> {
        match self.last_event()? {
            Event::Answered { reply: Reply::Given(Input::Sorted(sorted)), .. } => Some(sorted),
            _ => None,
        }
    }
}

const ITEM: &str = "[[groups.items]]\nname = \"s\"\nkind = \"sc_iat\"\nform = \"short\"\nlabel = \"Four rounds.\"\n\
    organisation = [\"Acme\", \"Acme Ltd\"]\ngood = [\"joy\", \"sunshine\"]\nbad = [\"war\", \"disaster\"]\n";

fn before_a_block(size: (u16, u16)) -> Person {
    Person::asked(ITEM, size)
}

#[test]
fn a_block_is_explained_run_and_kept_as_one_reply() {
    let mut person = before_a_block(SMALL);
    assert_screen!("sort_card", person);
    let block = person.block();
    person.sort(&block, |at, trial| match at {
        3 => None,
        4 => Some((trial.key.other(), 700.0)),
        _ => Some((trial.key, 512.5)),
    });
    let done = person.sorted().unwrap();
    assert_eq!(block.check(&done), Ok(()));
    assert_eq!(done.trials[3].key, None);
    assert!(!done.trials[4].correct());
    assert!((done.trials[0].ms.unwrap() - 512.5).abs() < 1e-3, "{:?}", done.trials[0].ms);
    assert_eq!((done.early, done.repeats), (0, 0));
    assert_eq!(done.timing.flush_us, Some(300.0));
    assert!(done.timing.wake_us.is_some());
    assert!(matches!(
        done.timing.connection,
        Connection::Local | Connection::Remote | Connection::Multiplexed
    ));
    assert_eq!(person.backend.events().len(), 1, "something was written during the block");
    assert!(person.sees("now it counts"), "{}", person.screen());
    let test = person.block();
    person.sort(&test, |_, trial| Some((trial.key, 600.0)));
    assert!(person.sees("the sides are different now"), "{}", person.screen());
}

#[test]
fn nothing_but_the_word_and_the_two_keys_is_on_the_screen() {
    let mut person = before_a_block(SMALL);
    let block = person.block();
    person.press("Enter");
    assert_screen!("sort_stimulus", person);
    let onset = person.onset();
    assert!(person.key_at(block.trials[0].key, onset + SECOND / 2));
    assert!(person.sees("○ correct"), "{}", person.screen());
    person.pass();
    let onset = person.onset();
    assert!(person.key_at(block.trials[1].key.other(), onset + SECOND / 2));
    assert!(person.sees("✗ wrong"));
    person.pass();
    person.pass();
    assert_screen!("sort_faster", person);
}

#[test]
fn keys_that_count_for_nothing_draw_nothing() {
    let mut person = before_a_block(SMALL);
    person.press("Enter");
    let onset = person.onset();
    // Read after the frame but stamped before it.
    assert!(!person.key_at(SortKey::Left, onset - milliseconds(0.1)));
    for name in ["x", "Enter", "d", "?", "Left", "Space", "F5", "F7"] {
        let pressed = Pressed::Key(key(name));
        assert_eq!(person.app.on(pressed, onset + SECOND / 2, &mut person.backend), Flow::Same, "{name}");
    }
    assert!(person.backend.events().is_empty());
}

#[test]
fn escape_ends_the_round_which_then_begins_again_as_a_whole() {
    let mut person = before_a_block(SMALL);
    let block = person.block();
    person.press("Enter");
    let onset = person.onset();
    person.key_at(block.trials[0].key, onset + SECOND / 2);
    person.press("Esc");
    assert!(person.sees("begins again"), "{}", person.screen());
    assert!(person.app.deadline().is_none());
    assert_eq!(person.block(), block);
    person.sort(&block, |_, trial| Some((trial.key, 500.0)));
    assert_eq!(person.sorted().unwrap().trials.len(), 24);
}

#[test]
fn being_put_aside_and_a_window_too_small_end_the_round_too() {
    let mut person = before_a_block(SMALL);
    person.press("Enter");
    person.app.interrupted();
    person.look();
    assert!(person.sees("begins again"));
    person.press("Enter");
    person.resize((40, 10));
    person.resize(SMALL);
    assert!(person.sees("begins again"), "{}", person.screen());
    // A window that only changes its size changes nothing else.
    person.press("Enter");
    let onset = person.onset();
    person.resize(LARGE);
    assert_eq!(person.onset(), onset);
}

#[test]
fn a_round_left_by_closing_begins_with_its_card_again() {
    let mut person = before_a_block(SMALL);
    let block = person.block();
    person.sort(&block, |_, trial| Some((trial.key, 500.0)));
    person.press("Enter Ctrl+Q");
    assert_eq!(person.ended, Some(super::ScreensEnd::LeftOpen { session: "s-1".into(), unkept: None }));
    let Person { mut backend, .. } = person;
    let (id, live) = backend.resume("s-1").unwrap();
    let screen = Box::new(crate::tui::screens::session::SessionScreen::new(id, live));
    let again = Person::showing(screen, backend, SMALL);
    assert!(again.sees("now it counts") && again.sees("Enter begins."), "{}", again.screen());
}

#[test]
fn a_round_that_is_done_is_not_done_again() {
    let mut person = before_a_block(SMALL);
    let block = person.block();
    person.sort(&block, |_, trial| Some((trial.key, 500.0)));
    person.press("Left");
    assert!(person.sees("✓ This round is done."), "{}", person.screen());
    person.press("Enter");
    assert_eq!(person.last_event(), Some(Event::Forward));
}

/// The timed score of the saved session, read back as a journal is.
fn scored(person: &Person) -> Outcome {
    let (instrument, start) = person.backend.begun.clone().unwrap();
    let reread = |stamped: &Stamped| -> Stamped {
        let text = serde_json::to_string(&stamped.event).unwrap();
        Stamped { at: stamped.at, event: serde_json::from_str(&text).unwrap() }
    };
    let events: Vec<Stamped> = person.backend.kept.borrow().iter().map(reread).collect();
    let interview = Interview::replay(instrument, start, events).unwrap();
    measures::score(&interview, 0, &Norms::none()).remove(0).outcome
}

const SCALE: &str =
    "\n[scales.timed]\nlabel = \"Timed\"\nconstruct = \"indirect_sentiment\"\nmethod = \"sc_iat\"\n";

fn before_a_scored_task() -> Person {
    let item = ITEM.replace("form =", "scale = \"timed\"\nform =");
    Person::asked(&format!("{item}{SCALE}"), SMALL)
}

/// A whole task, four blocks.
fn sorted_by(press: impl Fn(usize, &SortTrial) -> Option<(SortKey, f64)> + Copy) -> Outcome {
    let mut person = before_a_scored_task();
    for _ in 0..4 {
        let block = person.block();
        person.sort(&block, press);
        assert_eq!(block.check(&person.sorted().unwrap()), Ok(()));
    }
    scored(&person)
}

#[test]
fn who_does_not_sort_is_excluded_with_the_right_reason() {
    let pace = |at: usize| 500.0 + (at * 37 % 300) as f64;
    let honest = sorted_by(|at, trial| Some((trial.key, pace(at))));
    assert!(matches!(honest, Outcome::Scored { n: 96, .. }), "{honest:?}");
    let one_key = sorted_by(|at, _| Some((SortKey::Left, pace(at))));
    assert!(matches!(one_key, Outcome::Excluded(Exclusion::TooManyErrors { of: 48, .. })), "{one_key:?}");
    let never = sorted_by(|_, _| None);
    assert!(
        matches!(never, Outcome::Excluded(Exclusion::TooFewRetained { retained: 0, unanswered: 48, .. })),
        "{never:?}"
    );
    let at_once = sorted_by(|_, trial| Some((trial.key, 150.0)));
    assert!(
        matches!(at_once, Outcome::Excluded(Exclusion::TooFewRetained { retained: 0, fast: 48, .. })),
        "{at_once:?}"
    );
}

#[test]
fn a_key_held_down_is_counted_and_excluded() {
    let mut person = before_a_scored_task();
    for _ in 0..4 {
        let block = person.block();
        person.press("Enter");
        let mut at = person.onset() + SECOND / 2;
        // A keyboard waits before it repeats a key, and then repeats it until the end.
        let mut pause = milliseconds(450.0);
        let events = person.backend.events().len();
        while person.backend.events().len() == events {
            while let Some(due) = person.app.deadline().filter(|due| *due <= at) {
                assert_eq!(person.app.pass(due, &mut person.backend), Flow::Changed);
                person.look_at(due);
            }
            if person.app.deadline().is_some() {
                person.key_at(SortKey::Left, at);
            }
            at += std::mem::replace(&mut pause, milliseconds(33.0));
        }
        let done = person.sorted().unwrap();
        assert_eq!(done.trials.iter().filter(|trial| trial.key.is_some()).count(), 1);
        assert!(done.repeats > 500, "{}", done.repeats);
        assert_eq!(block.check(&done), Ok(()));
    }
    let held = scored(&person);
    assert!(matches!(held, Outcome::Excluded(Exclusion::TooFewRetained { unanswered: 47, .. })), "{held:?}");
}

#[test]
fn nobody_sorts_by_a_rule_that_cannot_be_read() {
    let name = "United Waterways, Dykes and Energy Works of the North-Eastern Provinces Ltd";
    let long = |letters: usize| name.repeat(3).chars().take(letters).collect::<String>();
    let unbroken = "Waterways".repeat(18);
    for name in [name.to_owned(), long(160), long(200), unbroken] {
        let instrument = shipped_instrument("account-self-assessment");
        let fields = [("organisation".to_owned(), name.clone())].into();
        let form = FormEntries { respondent: "R-1".into(), fields, ..FormEntries::default() };
        let mut person = Person::at(FakeBackend::new(), Open::New { instrument, form }, SMALL);
        person.press("Enter 1").type_text("warm").press("Enter Enter 3 1");
        // Compared without spaces, because names are wrapped, and without the lines above the card.
        let dense = |text: &str| {
            text.chars().filter(|c| !c.is_whitespace() && !"│▴▾".contains(*c)).collect::<String>()
        };
        let body =
            |person: &Person| -> Vec<String> { person.screen().lines().skip(5).map(str::to_owned).collect() };
        let whole = |lines: &[String], width: usize| {
            let part = |from: usize, to: usize| -> String {
                lines
                    .iter()
                    .map(|line| dense(&line.chars().skip(from).take(to - from).collect::<String>()))
                    .collect()
            };
            let half = width / 2;
            let said = [part(0, half - 1), part(half, width), part(0, width)];
            let all = lines.join(" ");
            assert!(
                said.iter().any(|said| said.contains(&dense(&name))) && !all.contains('…'),
                "{}",
                lines.join("\n")
            );
            let words: Vec<&str> = all.split_whitespace().collect();
            assert!(["Good", "or", "Bad"].iter().all(|word| words.contains(word)), "{}", lines.join("\n"));
        };
        for size in [(80, 22), SMALL] {
            person.resize(size);
            assert!(person.sees("E  left") && person.sees("Enter begins."), "{}", person.screen());
            // Content that does not fit is scrolled to line by line, while what to do next stays visible.
            let mut seen = body(&person);
            for _ in 0..12 {
                person.press("PgDn");
                assert!(person.sees("Enter begins."), "{}", person.screen());
                let more: Vec<String> =
                    body(&person).into_iter().filter(|line| !seen.contains(line)).collect();
                seen.extend(more);
            }
            // The frame and the lines below it are not names.
            seen.retain(|line| line.starts_with('│') && !line.contains("Enter begins."));
            whole(&seen, usize::from(size.0));
            person.press("PgUp PgUp PgUp PgUp");
        }
        person.resize(SMALL);
        person.press("Enter");
        person.app.answered(None);
        person.look();
        assert!(!person.sees("E  left"), "{}", person.screen());
        // Nothing else is on the screen during the block.
        whole(&person.screen().lines().map(str::to_owned).collect::<Vec<_>>(), 80);
    }
}
