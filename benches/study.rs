//! How long it takes to look at ten thousand long interviews: the study screen from the start of the program to its first
//! findings, a filter, and the same without digests. `cargo bench --bench study`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use relata::store::Study;
use tempfile::TempDir;

#[path = "../tests/journeys/terminal.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod terminal;

use terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");
const SESSIONS: &str = "10000";
const ROUNDS: usize = 7;
const SIZE: (u16, u16) = (120, 40);

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let folder = TempDir::new().unwrap();
    let start = Instant::now();
    let file = folder.path().join("study.relata");
    let simulated = Command::new(PROGRAM)
        .args(["simulate", "customer-interview", "--n", SESSIONS, "--seed", "1", "--study"])
        .arg(&file)
        .status()
        .unwrap();
    assert!(simulated.success());
    println!("simulating {SESSIONS} interviews     {:>8.0} ms", start.elapsed().as_secs_f64() * 1e3);
    let mut opened: Vec<Duration> = (0..ROUNDS).map(|_| open(folder.path(), &file)).collect();
    report("study screen, digests there", &mut opened);
    forget(&file);
    report("study screen, nothing there", &mut [open(folder.path(), &file)]);
}

/// From the start of the program to the findings on the screen.
fn open(folder: &Path, file: &Path) -> Duration {
    let start = Instant::now();
    let shown = file.display().to_string();
    let mut terminal = Terminal::start(PROGRAM, &["demo", "--study", &shown], folder, SIZE);
    let seen = terminal.wait_for("What this study found");
    terminal.kill();
    seen - start
}

/// Puts the digests under a form that the program does not ask for.
fn forget(file: &Path) {
    let mut study = Study::open_existing(file).unwrap();
    let form = format!("{}/{}", env!("CARGO_PKG_VERSION"), relata::analysis::digest::FORM);
    let digests: Vec<_> = study.digests(&form).unwrap().into_iter().collect();
    study.keep_digests("forgotten", &digests).unwrap();
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort();
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    let middle = times[times.len() / 2];
    println!(
        "{what:<30} {:>8.0} ms  (least {:.0}, most {:.0})",
        ms(middle),
        ms(times[0]),
        ms(times[times.len() - 1])
    );
}
