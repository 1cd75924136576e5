//! How long somebody waits for a result: from the key that ends the review to the profile on the screen, in studies of more and more
//! sessions of real people. `cargo bench --bench result`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use relata::classify::reference::Generator;
use relata::instrument::{Instrument, shipped};
use relata::interview::{Start, simulate};
use relata::rng::Rng;
use relata::store::{Mode, NewSession, SessionId, Study, Whole};
use tempfile::TempDir;

#[path = "../tests/journeys/terminal.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod terminal;

use terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");
const SIZE: (u16, u16) = (80, 24);
const ROUNDS: usize = 3;
const FIRST: i64 = 1_767_600_000_000;
const HOUR: i64 = 3_600_000;
/// An interview takes minutes, in which what it is measured against is worked out; here it takes these.
const INTERVIEW: Duration = Duration::from_secs(8);

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    for name in ["account-self-assessment", "workshop-pulse"] {
        let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
        for finished in [33, 300, 3_000] {
            let folder = TempDir::new().unwrap();
            let file = folder.path().join("study.relata");
            let open = keep(&file, &instrument, finished);
            let mut times: Vec<Duration> = open.iter().map(|id| wait(folder.path(), &file, id)).collect();
            times.sort();
            let ms = |at: usize| times[at].as_secs_f64() * 1e3;
            println!(
                "{name:<24} {finished:>5} sessions  {:>6.0} ms  (least {:.0}, most {:.0})",
                ms(ROUNDS / 2),
                ms(0),
                ms(ROUNDS - 1)
            );
        }
    }
}

/// A study of so many finished sessions, as real people would have left them, and of some that wait for their last key.
fn keep(file: &Path, instrument: &Arc<Instrument>, finished: usize) -> Vec<String> {
    let generator = Generator::default();
    let mut people = Rng::for_purpose(1, "people");
    let mut open = Vec::new();
    let batch = (0..finished + ROUNDS).map(|number| {
        let (persona, _) = generator.persona(&mut people);
        let at = FIRST + HOUR * number as i64;
        let field = |name: &String| (name.clone(), "Acme".to_owned());
        let fields: BTreeMap<_, _> = instrument.fields.iter().map(|known| field(&known.name)).collect();
        let start =
            Start { seed: people.bits(), language: instrument.language(None), fields, at, offset: None };
        let mut events = simulate::walk(instrument.clone(), start.clone(), &persona).unwrap().events;
        let bits = std::array::from_fn(|_| people.bits() as u8);
        let session = NewSession {
            id: SessionId::new(at, bits),
            start,
            respondent: format!("R{number:04}"),
            interviewer: None,
            mode: Mode::Screen,
            test: false,
        };
        if number >= finished {
            events.pop();
            open.push(session.id.to_string());
        }
        Whole { session, events, truth: None }
    });
    let batch: Vec<Whole> = batch.collect();
    Study::open(file).unwrap().append_all(instrument, batch).unwrap();
    open
}

/// From the key that ends the review to the result.
fn wait(folder: &Path, file: &Path, id: &str) -> Duration {
    let shown = file.display().to_string();
    let mut terminal = Terminal::start(PROGRAM, &["resume", id, "--study", &shown], folder, SIZE);
    terminal.wait_for("Show the result");
    thread::sleep(INTERVIEW);
    let start = Instant::now();
    terminal.type_keys("\r");
    let seen = terminal.wait_for("How strongly each norm");
    terminal.kill();
    seen - start
}
