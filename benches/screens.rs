//! What a person waits for: the first frame, and the frame after a key. Through a real pseudo-terminal, with the release
//! program and its journal on a real disk. `cargo bench --bench screens`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::TempDir;

#[path = "../tests/journeys/terminal.rs"]
#[allow(dead_code, reason = "the tests use more of it")]
mod terminal;

use terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");
const STARTS: usize = 30;
const ITEMS: usize = 200;
const SIZE: (u16, u16) = (120, 40);

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let folder = TempDir::new().unwrap();
    println!(
        "size of the program          {:>9.1} MB",
        std::fs::metadata(PROGRAM).unwrap().len() as f64 / 1e6
    );
    report("start to first frame", &mut first_frames(folder.path()));
    keys_to_frames(folder.path());
}

fn first_frames(folder: &Path) -> Vec<Duration> {
    (0..STARTS)
        .map(|_| {
            let start = Instant::now();
            let mut terminal = Terminal::start(PROGRAM, &[], folder, SIZE);
            let shown = terminal.wait_for("Account self-assessment");
            terminal.kill();
            shown - start
        })
        .collect()
}

fn keys_to_frames(folder: &Path) {
    let mut text = String::from(
        "format = 1\nname = \"long\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Long\"\nminutes = 60\n\
         [choices.agree]\nlabels = [\"not at all\", \"a little\", \"somewhat\", \"fairly\", \"much\", \"very much\", \"entirely\"]\n\
         [[groups]]\nname = \"all\"\nlabel = \"All\"\n",
    );
    for number in 1..=ITEMS {
        text += &format!(
            "[[groups.items]]\nname = \"q{number}\"\nkind = \"likert\"\nchoices = \"agree\"\nlabel = \"Question number {number}. It is as long as questions are, so that there is something to wrap and to draw.\"\n"
        );
    }
    std::fs::write(folder.join("long.toml"), text).unwrap();
    let mut terminal = Terminal::start(PROGRAM, &["interview", "long.toml"], folder, SIZE);
    terminal.wait_for("Begin");
    for _ in 0..3 {
        terminal.type_keys("\r");
    }
    terminal.wait_for("Question number 1.");
    let mut times = Vec::new();
    for number in 2..=ITEMS {
        // A person's pace, so that nothing is answered out of a queue.
        std::thread::sleep(Duration::from_millis(15));
        let pressed = Instant::now();
        terminal.type_keys("4");
        let shown = terminal.wait_for(&format!("Question number {number}."));
        times.push(shown - pressed);
    }
    report("key to next question", &mut times);
    if let Some(peak) = peak_memory(terminal.process()) {
        println!("peak memory after {ITEMS} items  {peak:>9.1} MB");
    }
    terminal.kill();
}

/// Peak resident memory in megabytes, where the system tells it.
fn peak_memory(process: u32) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    let kilobytes: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024.0 / 1e6)
}

fn report(what: &str, times: &mut [Duration]) {
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    println!(
        "{what:<28} {:>9.2} ms median  {:>7.2} ms p99  {:>7.2} ms max  (n = {})",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
}
