//! How exactly a latency is recorded: timed blocks through a real pseudo-terminal, with a key written at a known instant after
//! every stimulus, and the latency in the study file against the one that was injected. Beside it, in turns and on the same
//! machine, the simplest loop there is: draw, read, look at the clock.
//!
//! The injected latency runs from the instant at which the bytes of the stimulus could be read on the other side of the terminal
//! to the instant before the key was written. What a keyboard, a window and a screen add is not in it; what this side's own
//! threads wait for a core is. `cargo bench --bench timing`, or `cargo bench --bench timing -- ROUNDS`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, read};
use ratatui::text::Line;
use relata::instrument::prompt::{Input, Reply};
use relata::rng::Rng;
use relata::store::Study;
use tempfile::TempDir;

#[path = "../tests/journeys/terminal.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod terminal;

use terminal::{Sizes, Terminal};

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");
const SIZE: (u16, u16) = (120, 40);
/// What the simplest loop is told to be.
const SIMPLEST: &str = "--simplest-loop";
/// How often frames are drawn anew where they are to be drawn all the while: a change of the size draws all of a frame.
const STIR: Duration = Duration::from_millis(10);
/// Latencies that are injected, in seconds: from the shortest, so much more at most. Short, so that there are many.
const WAIT: (f64, f64) = (0.06, 0.12);
/// Trials of a long task, and stimuli of the simplest loop.
const STIMULI: usize = 192;
/// Writing a key takes some twenty microseconds, and a thread that has a processor waits for none. Where it took longer than this, this
/// side was put aside in between.
const SURE: Duration = Duration::from_micros(200);
/// An error above this is asked for its cause, in milliseconds.
const LARGE_MS: f64 = 1.0;
/// How often each condition has its turn, unless told otherwise.
const ROUNDS: usize = 4;

const TASK: &str = "format = 1\nname = \"timing\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Timing\"\nminutes = 5\n\
    [[groups]]\nname = \"g\"\nlabel = \"G\"\n[[groups.items]]\nname = \"s\"\nkind = \"sc_iat\"\nlabel = \"Sort.\"\n\
    organisation = [\"Acme\", \"Acme Ltd\"]\ngood = [\"joy\", \"love\", \"honest\"]\nbad = [\"war\", \"hate\", \"poison\"]\n";

/// Changes the size of a terminal again and again, at no fixed distance from any key.
struct Stirring {
    on: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Stirring {
    fn begin(sizes: Sizes) -> Self {
        let on = Arc::new(AtomicBool::new(true));
        let still = on.clone();
        let thread = std::thread::spawn(move || {
            let mut wide = false;
            while still.load(Ordering::Relaxed) {
                wide = !wide;
                sizes.set(SIZE.0 - u16::from(wide), SIZE.1);
                std::thread::sleep(STIR);
            }
        });
        Self { on, thread: Some(thread) }
    }
}

impl Drop for Stirring {
    fn drop(&mut self) {
        self.on.store(false, Ordering::Relaxed);
        self.thread.take().map(JoinHandle::join);
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    // `cargo test --benches` runs this too, and wants no measurement.
    if arguments.iter().any(|arg| arg == "--test") {
        return;
    }
    if arguments.iter().any(|arg| arg == SIMPLEST) {
        return simplest_loop();
    }
    let rounds = arguments.iter().find_map(|arg| arg.parse().ok()).unwrap_or(ROUNDS);
    let own = std::env::current_exe().unwrap();
    let mut errors: [Errors; 4] = Default::default();
    for round in 0..rounds {
        for (condition, errors) in errors.iter_mut().enumerate() {
            let folder = TempDir::new().unwrap();
            let mut rng = Rng::new((round * 4 + condition) as u64);
            let stirred = condition % 2 == 1;
            match condition {
                0 | 1 => task(folder.path(), stirred, &mut rng, errors),
                _ => simplest(&own, folder.path(), stirred, &mut rng, errors),
            }
        }
    }
    println!("error of a recorded latency, in milliseconds (recorded − injected)");
    println!(
        "not judged: this side waited for a processor itself when a stimulus came or a key went. Other programs lengthen the tails of all four alike."
    );
    println!(
        "Where none of our threads waited, the kernel's own did, which carries bytes through the terminal."
    );
    for (what, errors) in
        ["relata", "relata, drawing", "the simplest loop", "the simplest, drawing"].iter().zip(&mut errors)
    {
        report(what, errors);
    }
}

/// Who may have waited for a processor: the program's thread that reads keys, and its others.
const WAITERS: [&str; 2] = ["the thread that reads keys", "other threads of the program"];

/// How long each of them has waited so far while it could have run, in milliseconds. Linux keeps count; elsewhere nothing is known.
fn waits(program: u32) -> [f64; 2] {
    let mut waits = [0.0; 2];
    let threads = std::fs::read_dir(format!("/proc/{program}/task"));
    for thread in threads.into_iter().flatten().flatten().map(|thread| thread.path()) {
        let name = std::fs::read_to_string(thread.join("comm")).unwrap_or_default();
        let counts = std::fs::read_to_string(thread.join("schedstat")).unwrap_or_default();
        let waited = counts.split_whitespace().nth(1).and_then(|ns| ns.parse::<f64>().ok());
        waits[usize::from(name.trim() != "keys")] += waited.unwrap_or_default() / 1e6;
    }
    waits
}

/// A latency as it was injected.
struct Injected {
    ms: f64,
    /// Whether this side had a processor when the stimulus came, and kept it while the key went out; else nobody knows when
    /// they did.
    sure: bool,
    /// Who waited how long during this trial.
    waits: [f64; 2],
}

/// Errors of latencies, and how many could not be judged.
#[derive(Default)]
struct Errors {
    ms: Vec<f64>,
    unsure: usize,
    /// Large errors by who waited for most of one; the last for nobody.
    because: [usize; 3],
}

impl Errors {
    fn add(&mut self, recorded: f64, injected: &Injected) {
        if !injected.sure {
            self.unsure += 1;
            return;
        }
        let error = recorded - injected.ms;
        self.ms.push(error);
        if error.abs() > LARGE_MS {
            let longest = (0..2).max_by(|&a, &b| injected.waits[a].total_cmp(&injected.waits[b]));
            let waiter = longest.filter(|&waiter| injected.waits[waiter] > error.abs() / 2.0);
            self.because[waiter.unwrap_or(2)] += 1;
        }
    }
}

/// Presses a key so long after `onset`.
fn press_after(terminal: &mut Terminal, onset: Instant, rng: &mut Rng, key: &str) -> Injected {
    let in_time = terminal.late() < SURE;
    let due = onset + Duration::from_secs_f64(WAIT.0 + WAIT.1 * rng.uniform());
    std::thread::sleep(due.saturating_duration_since(Instant::now()));
    let pressed = Instant::now();
    terminal.type_keys(key);
    let sure = in_time && pressed.elapsed() < SURE;
    Injected { ms: (pressed - onset).as_secs_f64() * 1e3, sure, waits: [0.0; 2] }
}

fn since(before: [f64; 2], now: [f64; 2]) -> [f64; 2] {
    std::array::from_fn(|waiter| now[waiter] - before[waiter])
}

fn middle(screen: &str) -> String {
    let framed = screen.lines().filter_map(|line| line.split('│').nth(1)).map(str::trim);
    framed.filter(|words| !words.is_empty()).collect()
}

/// A whole task.
fn task(folder: &Path, stirred: bool, rng: &mut Rng, errors: &mut Errors) {
    std::fs::write(folder.join("timing.toml"), TASK).unwrap();
    let mut terminal = Terminal::start(PROGRAM, &["interview", "timing.toml", "--seed", "1"], folder, SIZE);
    terminal.wait_for("Begin");
    terminal.type_keys("\r\r\r");
    let mut injected = Vec::new();
    for block in 1..=4 {
        terminal.wait_until("a card", |screen| {
            screen.contains(&format!("Round {block} of 4")) && screen.contains("Enter")
        });
        let mut stirring = None;
        terminal.type_keys("\r");
        let trials = if block % 2 == 0 { 72 } else { 24 };
        for _ in 0..trials {
            // Right and wrong have signs of their own; whatever else stands in the frame is a stimulus.
            let before = waits(terminal.process());
            let onset = terminal.wait_until("a stimulus", |screen| {
                let middle = middle(screen);
                !middle.is_empty() && !middle.contains(['○', '✗', '»']) && !screen.contains("Round")
            });
            // Not before: half a frame of the card could be taken for a stimulus.
            stirring = stirring.or_else(|| stirred.then(|| Stirring::begin(terminal.sizes())));
            let key = if rng.chance(0.5) { "e" } else { "i" };
            let mut latency = press_after(&mut terminal, onset, rng, key);
            terminal.wait_until("right or wrong", |screen| middle(screen).contains(['○', '✗']));
            latency.waits = since(before, waits(terminal.process()));
            injected.push(latency);
        }
        drop(stirring);
    }
    terminal.wait_until("the end", |screen| !middle(screen).contains(['○', '✗']));
    terminal.kill();
    let study = Study::open(&folder.join("study.relata")).unwrap();
    let events = study.events(&study.sessions().unwrap()[0].id).unwrap();
    let recorded = events.iter().filter_map(|stamped| match &stamped.event {
        relata::interview::Event::Answered { reply: Reply::Given(Input::Sorted(sorted)), .. } => {
            Some(sorted.trials.iter().map(|trial| trial.ms.unwrap()))
        }
        _ => None,
    });
    let recorded: Vec<f64> = recorded.flatten().collect();
    assert_eq!(recorded.len(), injected.len());
    recorded.into_iter().zip(&injected).for_each(|(recorded, injected)| errors.add(recorded, injected));
}

/// The same with this very program as the simplest loop.
fn simplest(own: &Path, folder: &Path, stirred: bool, rng: &mut Rng, errors: &mut Errors) {
    let mut terminal = Terminal::start(&own.display().to_string(), &[SIMPLEST], folder, SIZE);
    let stirring = stirred.then(|| Stirring::begin(terminal.sizes()));
    for number in 0..STIMULI {
        let before = waits(terminal.process());
        let onset = terminal.wait_for(&format!("word {number}."));
        let mut injected = press_after(&mut terminal, onset, rng, "e");
        terminal.wait_until("a time", |screen| {
            screen.contains(&format!("took {number}.")) && screen.contains(" ms")
        });
        injected.waits = since(before, waits(terminal.process()));
        let screen = terminal.screen();
        let recorded = screen.split("took ").nth(1).and_then(|rest| rest.split_whitespace().nth(1)).unwrap();
        errors.add(recorded.parse().unwrap(), &injected);
    }
    drop(stirring);
    terminal.kill();
}

/// Draws sixty frames a second, looks for a key in between, and stamps both in the same loop.
fn simplest_loop() {
    let mut terminal = ratatui::init();
    for number in 0..STIMULI {
        let mut onset = None;
        let mut frame_number = 0_u64;
        let took = loop {
            terminal
                .draw(|frame| {
                    let area = frame.area();
                    frame.buffer_mut().set_line(0, 0, &Line::raw(format!("word {number}.")), area.width);
                    // Something that moves, as a clock or a progress bar does.
                    frame.buffer_mut().set_line(0, 3, &Line::raw(frame_number.to_string()), area.width);
                })
                .unwrap();
            frame_number += 1;
            let onset = *onset.get_or_insert_with(Instant::now);
            if crossterm::event::poll(Duration::from_micros(16_667)).unwrap()
                && let Event::Key(key) = read().unwrap()
                && key.code == KeyCode::Char('e')
            {
                break onset.elapsed();
            }
        };
        terminal
            .draw(|frame| {
                let area = frame.area();
                let text = format!("took {number}. {:.6} ms", took.as_secs_f64() * 1e3);
                frame.buffer_mut().set_line(0, 1, &Line::raw(text), area.width);
            })
            .unwrap();
        std::thread::sleep(Duration::from_millis(50));
    }
    std::thread::sleep(Duration::from_secs(5));
    ratatui::restore();
}

fn report(what: &str, Errors { ms: errors, unsure, because }: &mut Errors) {
    errors.sort_by(f64::total_cmp);
    let at = |values: &[f64], share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    println!(
        "{what:<22} |error| {:>7.3} median {:>7.3} p99 {:>7.3} max; error {:>7.3} least {:>7.3} p25 {:>7.3} median {:>7.3} p75 {:>7.3} most  (n = {}, not judged {unsure})",
        at(&sizes, 0.5),
        at(&sizes, 0.99),
        at(&sizes, 1.0),
        at(errors, 0.0),
        at(errors, 0.25),
        at(errors, 0.5),
        at(errors, 0.75),
        at(errors, 1.0),
        errors.len()
    );
    let large: usize = because.iter().sum();
    if large > 0 {
        let waited: String =
            WAITERS.iter().zip(*because).map(|(waiter, count)| format!("{waiter} {count}, ")).collect();
        println!(
            "{:<22} {large} above {LARGE_MS} ms; waited for a processor: {waited}none of them {}",
            "", because[2]
        );
    }
}
