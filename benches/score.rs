//! What scoring a file of trials costs, through the program as it is run: seconds for 1,000,000 trials with analytic errors and
//! the most memory that the program held. Run with `cargo bench --bench score`.
//!
//! The file is read once before, so that it is in the memory of the system and the disk is not measured. A second file ten times
//! as long, sorted by respondent as well, shows that memory does not grow with the number of trials but with the table of results.

#![allow(clippy::print_stdout, reason = "a bench is read on standard output")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use relata::rng::Rng;

/// Trials of a respondent in each of the four blocks.
const BLOCKS: [(&str, usize); 4] = [("p1", 20), ("t1", 40), ("p2", 20), ("t2", 40)];

/// A file with so many trials; scattered, the respondents take turns.
fn file(path: &Path, trials: usize, scattered: bool) {
    let mut rng = Rng::new(1);
    let of_one: usize = BLOCKS.iter().map(|(_, n)| n).sum();
    let respondents = trials.div_ceil(of_one);
    let codes: Vec<&str> = BLOCKS.iter().flat_map(|(code, n)| std::iter::repeat_n(*code, *n)).collect();
    let mut text = String::from("participant,blockcode,trial,stimulus,latency,correct\n");
    for row in 0..trials {
        let (who, at) =
            if scattered { (row % respondents, row / respondents) } else { (row / of_one, row % of_one) };
        let latency = 650.0 + 120.0 * rng.normal() - 180.0 * (1.0 - rng.uniform()).ln();
        let correct = u8::from(!rng.chance(0.07));
        let _ = writeln!(text, "r{who:06},{},{at},reliable,{:.3},{correct}", codes[at], latency.max(210.0));
    }
    std::fs::write(path, text).unwrap();
}

/// Wall time of a run, and the most memory it held in MiB where the system tells.
fn run(path: &Path, measure: &[&str], more: &[&str]) -> (Duration, Option<f64>) {
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
        .args(["score", measure[0], "--input"])
        .arg(path)
        .args(["--respondent", "participant", "--block", "blockcode", "--latency", "latency"])
        .args(["--correct", "correct", "--format", "csv"])
        .args(&measure[1..])
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    let ended = loop {
        if let Some(ended) = child.try_wait().unwrap() {
            break ended;
        }
        // Only Linux has this file, and it loses its figures when the program ends.
        if let Ok(text) = std::fs::read_to_string(&status) {
            let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
            most = peak.and_then(|kib| kib.parse::<f64>().ok()).map(|kib| kib / 1024.0).or(most);
        }
        std::thread::sleep(Duration::from_millis(1));
    };
    assert!(ended.success(), "relata score {measure:?}: {ended}");
    (start.elapsed(), most)
}

fn median(name: &str, path: &Path, measure: &[&str], more: &[&str]) {
    let mut times = Vec::new();
    let mut most: Option<f64> = None;
    for _ in 0..7 {
        let (time, memory) = run(path, measure, more);
        times.push(time.as_secs_f64());
        most = most.into_iter().chain(memory).reduce(f64::max);
    }
    times.sort_by(f64::total_cmp);
    let memory = most.map_or("?".into(), |mib| format!("{mib:.1}"));
    println!("{name:<58} {:>7.3} s   {memory:>6} MiB", times[times.len() / 2]);
}

fn main() {
    let iat = [
        "iat",
        "--practice-a",
        "p1",
        "--practice-b",
        "p2",
        "--test-a",
        "t1",
        "--test-b",
        "t2",
        "--method",
        "d6",
    ];
    let sc_iat = ["sc-iat", "--a", "t1", "--b", "t2"];
    let folder = tempfile::tempdir().unwrap();
    let sorted = folder.path().join("sorted.csv");
    let scattered = folder.path().join("scattered.csv");
    let long = folder.path().join("long.csv");
    file(&sorted, 1_000_000, false);
    file(&scattered, 1_000_000, true);
    file(&long, 10_000_000, false);
    median("iat D6, 1,000,000 trials, sorted, no error", &sorted, &iat, &["--se", "none"]);
    median("iat D6, 1,000,000 trials, sorted, analytic error", &sorted, &iat, &[]);
    median("sc-iat, 1,000,000 trials, sorted, analytic error", &sorted, &sc_iat, &[]);
    median("iat D6, 1,000,000 trials, scattered, analytic error", &scattered, &iat, &[]);
    median("iat D6, 10,000,000 trials, sorted, analytic error", &long, &iat, &[]);
}
