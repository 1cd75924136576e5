//! How exactly a latency is recorded: a timed block through a real pseudo-terminal, with a key written at a known instant
//! after every stimulus, and the latency in the study file against the one that was injected. Beside it, in the same run and on
//! the same machine, the simplest loop there is: draw, read, look at the clock.
//!
//! The injected latency runs from the instant at which the bytes of the stimulus could be read on the other side of the terminal
//! to the instant before the key was written. What a keyboard, a window and a screen add is not in it.
//! `cargo bench --bench timing`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crossterm::event::{Event, KeyCode, read};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use ratatui::text::Line;
use relata::dice::Dice;
use relata::instrument::prompt::{Input, Reply};
use relata::store::Study;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");
const SIZE: (u16, u16) = (120, 40);
/// What the simplest loop is told to be.
const SIMPLEST: &str = "--simplest-loop";
/// How often frames are drawn anew where they are to be drawn all the while.
const STIR: Duration = Duration::from_millis(10);
/// Stimuli of the simplest loop: as many as a long task has.
const STIMULI: usize = 192;

const TASK: &str = "format = 1\nname = \"timing\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Timing\"\nminutes = 5\n\
    [[groups]]\nname = \"g\"\nlabel = \"G\"\n[[groups.items]]\nname = \"s\"\nkind = \"sc_iat\"\nlabel = \"Sort.\"\n\
    organisation = [\"Acme\", \"Acme Ltd\"]\ngood = [\"joy\", \"love\", \"honest\"]\nbad = [\"war\", \"hate\", \"poison\"]\n";

/// A program in a terminal, and when its bytes could be read.
struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    keys: Box<dyn Write + Send>,
    bytes: Receiver<(Instant, Vec<u8>)>,
    parser: vt100::Parser,
    /// Whether frames are to be drawn all the while.
    busy: bool,
    wide: bool,
}

impl Terminal {
    fn start(program: &Path, args: &[&str], folder: &Path) -> Self {
        let (columns, rows) = SIZE;
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 })
            .unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.cwd(folder);
        command.env_clear();
        command.env("HOME", folder);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "en_GB.UTF-8");
        command.env("RELATA_STUDY", folder.join("study.relata"));
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (sender, bytes) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 65_536];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                    return;
                }
            }
        });
        let keys = pair.master.take_writer().unwrap();
        let cells = |count: u16| count.try_into().unwrap();
        let parser = vt100::Parser::new(cells(rows), cells(columns), 0);
        Self { child, master: pair.master, keys, bytes, parser, busy: false, wide: false }
    }

    /// Waits until `shown` holds; when the bytes that made it hold could be read.
    fn wait(&mut self, shown: impl Fn(&str) -> bool) -> Instant {
        loop {
            let (at, bytes) = self
                .bytes
                .recv_timeout(Duration::from_secs(20))
                .unwrap_or_else(|why| panic!("nothing comes ({why}):\n{}", self.parser.screen().contents()));
            self.parser.process(&bytes);
            if shown(&self.parser.screen().contents()) {
                return at;
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
        self.keys.flush().unwrap();
    }

    /// Presses a key so long after `onset`; how long it really was.
    fn press_after(&mut self, onset: Instant, wait: Duration, key: &str) -> f64 {
        let due = onset + wait;
        while self.busy && due.saturating_duration_since(Instant::now()) > STIR {
            // Each change of the size draws the whole frame anew.
            self.wide = !self.wide;
            let (columns, rows) = (SIZE.0 + u16::from(self.wide), SIZE.1);
            self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
            self.parser.screen_mut().set_size(rows.try_into().unwrap(), columns.try_into().unwrap());
            std::thread::sleep(STIR);
        }
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        let pressed = Instant::now();
        self.press(key);
        (pressed - onset).as_secs_f64() * 1e3
    }

    fn middle(screen: &str) -> String {
        let framed = screen.lines().filter_map(|line| line.split('│').nth(1)).map(str::trim);
        framed.filter(|words| !words.is_empty()).collect()
    }
}

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    if std::env::args().any(|arg| arg == SIMPLEST) {
        return simplest_loop();
    }
    let folder = TempDir::new().unwrap();
    println!("error of a recorded latency, in milliseconds (recorded − injected)");
    for (what, busy) in [("relata", false), ("relata, drawing", true)] {
        let folder = TempDir::new().unwrap();
        report(what, &mut task(folder.path(), busy));
    }
    report("the simplest loop", &mut simplest(folder.path()));
}

/// A whole task: the errors of its latencies.
fn task(folder: &Path, busy: bool) -> Vec<f64> {
    std::fs::write(folder.join("timing.toml"), TASK).unwrap();
    let mut terminal =
        Terminal::start(Path::new(PROGRAM), &["interview", "timing.toml", "--seed", "1"], folder);
    terminal.busy = busy;
    terminal.wait(|screen| screen.contains("Begin"));
    for _ in 0..3 {
        terminal.press("\r");
    }
    let mut dice = Dice::new(1);
    let mut injected = Vec::new();
    for block in 1..=4 {
        terminal.wait(|screen| screen.contains(&format!("Round {block} of 4")) && screen.contains("Enter"));
        terminal.press("\r");
        let trials = if block % 2 == 0 { 72 } else { 24 };
        for _ in 0..trials {
            // Right and wrong have signs of their own; whatever else stands in the frame is a stimulus.
            let onset = terminal.wait(|screen| {
                let middle = Terminal::middle(screen);
                !middle.is_empty() && !middle.contains(['○', '✗', '»']) && !screen.contains("Round")
            });
            let wait = Duration::from_secs_f64(0.2 + 0.2 * dice.uniform());
            injected.push(terminal.press_after(onset, wait, if dice.chance(0.5) { "e" } else { "i" }));
            terminal.wait(|screen| Terminal::middle(screen).contains(['○', '✗']));
        }
    }
    terminal.wait(|screen| !Terminal::middle(screen).contains(['○', '✗']));
    terminal.child.kill().unwrap();
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
    recorded.iter().zip(injected).map(|(recorded, injected)| recorded - injected).collect()
}

/// The same with this very program as the simplest loop.
fn simplest(folder: &Path) -> Vec<f64> {
    let own = std::env::current_exe().unwrap();
    let mut terminal = Terminal::start(&own, &[SIMPLEST], folder);
    let mut dice = Dice::new(2);
    let mut errors = Vec::new();
    for number in 0..STIMULI {
        let onset = terminal.wait(|screen| screen.contains(&format!("word {number}.")));
        let wait = Duration::from_secs_f64(0.2 + 0.2 * dice.uniform());
        let injected = terminal.press_after(onset, wait, "e");
        let mut recorded = 0.0;
        terminal.wait(|screen| screen.contains(&format!("took {number}.")));
        let screen = terminal.parser.screen().contents();
        if let Some(ms) = screen.split("took ").nth(1).and_then(|rest| rest.split_whitespace().nth(1)) {
            recorded = ms.parse().unwrap();
        }
        errors.push(recorded - injected);
    }
    terminal.child.kill().unwrap();
    errors
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

fn report(what: &str, errors: &mut [f64]) {
    errors.sort_by(f64::total_cmp);
    let at = |values: &[f64], share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    let mut sizes: Vec<f64> = errors.iter().map(|error| error.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    println!(
        "{what:<22} |error| {:>7.3} median {:>7.3} p99 {:>7.3} max; error {:>7.3} least {:>7.3} p25 {:>7.3} median {:>7.3} p75 {:>7.3} most  (n = {})",
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
}
