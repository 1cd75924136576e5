//! How long a portfolio takes to open: a thousand relations with five sessions each, on the home screen and as a list, and one of them on its
//! page. `cargo bench --bench relation`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::collections::BTreeMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
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
const RELATIONS: usize = 1_000;
/// What each relation was asked: our side twice, their side, and two lenses.
const ASKED: [&str; 5] = [
    "account-self-assessment",
    "account-self-assessment",
    "client-view",
    "building-blocks-account",
    "success-factors",
];
const FIRST: i64 = 1_767_600_000_000;
const ROUNDS: usize = 5;

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let file = folder.path().join("portfolio.relata");
    made(&file);
    let shown = file.display().to_string();
    // The first look makes the digests.
    run(&["relations", "--study", &shown]);
    report("relata relations", || run(&["relations", "--study", &shown]));
    report("relata relation R0500", || run(&["relation", "R0500", "--study", &shown]));
    report("home screen with relations", || {
        let start = Instant::now();
        let mut terminal = Terminal::start(PROGRAM, &["--study", &shown], folder.path(), (120, 40));
        let seen = terminal.wait_for("R0");
        terminal.kill();
        seen - start
    });
}

/// The portfolio, answered by simulated people.
fn made(file: &Path) {
    let mut study = Study::open(file).unwrap();
    let generator = Generator::default();
    let mut rng = Rng::new(1);
    let mut by_instrument: BTreeMap<&str, (Arc<Instrument>, Vec<Whole>)> = BTreeMap::new();
    for (round, name) in ASKED.into_iter().enumerate() {
        let (instrument, batch) = by_instrument
            .entry(name)
            .or_insert_with(|| (Arc::new(shipped::read(name).unwrap().instrument.unwrap()), Vec::new()));
        for relation in 0..RELATIONS {
            let (persona, _) = generator.persona(&mut rng);
            let at = FIRST + ((round * RELATIONS + relation) * 60_000) as i64;
            let customer = format!("Customer {relation}");
            let fields =
                instrument.fields.iter().map(|field| (field.name.clone(), customer.clone())).collect();
            let language = instrument.language(None);
            let start = Start { seed: rng.bits(), language, fields, at, offset: None };
            let walk = simulate::walk(instrument.clone(), start.clone(), &persona).unwrap();
            let mut bits = [0; 10];
            bits.iter_mut().for_each(|byte| *byte = rng.bits() as u8);
            let session = NewSession {
                id: SessionId::new(at, bits),
                start,
                respondent: format!("R{relation:04}"),
                interviewer: None,
                mode: Mode::Simulated,
                test: false,
            };
            batch.push(Whole { session, events: walk.events, truth: None });
        }
    }
    for (instrument, batch) in by_instrument.into_values() {
        study.append_all(&instrument, batch).unwrap();
    }
}

fn run(args: &[&str]) -> Duration {
    let start = Instant::now();
    let done = Command::new(PROGRAM).args(args).stdout(Stdio::null()).status().unwrap();
    assert!(done.success());
    start.elapsed()
}

fn report(what: &str, mut measure: impl FnMut() -> Duration) {
    let mut times: Vec<Duration> = (0..ROUNDS).map(|_| measure()).collect();
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!(
        "{what:<30} {:>8.0} ms  (least {:.0}, most {:.0})",
        ms(times[ROUNDS / 2]),
        ms(times[0]),
        ms(times[ROUNDS - 1])
    );
}
