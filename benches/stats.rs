//! What the statistics cost: 10,000 bootstrap resamples of α for 275 × 20, ω, Krippendorff's α, and the whole command. Run with
//! `cargo bench --bench stats`.
//!
//! Beside them, where these are installed, what somebody would write instead: numpy (a loop over covariance matrices, and one big
//! product of counts), named by `RELATA_TEST_PYTHON`, and R with `psych::alpha` on every resample, as its own `n.iter` does. Both
//! read the same table; R does a fiftieth of the resamples and the time is multiplied.

#![allow(clippy::print_stdout, reason = "a bench is read on standard output")]
#![allow(clippy::unwrap_used, reason = "a bench that cannot go on has failed")]

use std::hint::black_box;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use relata::psychometrics::agreement::{ScaleType, Units, krippendorff_interval};
use relata::psychometrics::descriptive::correlation_matrix;
use relata::psychometrics::factor::minres;
use relata::psychometrics::reliability::{Resampling, alpha_interval, omega_interval, reliability};
use relata::rng::Rng;

const CASES: usize = 275;
const ITEMS: usize = 20;
const RESAMPLES: usize = 10_000;

fn main() {
    let rows = answers();
    println!("{CASES} x {ITEMS}, one factor; medians");
    time("alpha, 10,000 resamples", 15, || alpha_interval(&rows, RESAMPLES, 0.95, 1).unwrap());
    let solution = minres(&correlation_matrix(&rows).unwrap(), 1).unwrap();
    time("omega, 1,000 resamples", 7, || omega_interval(&rows, &solution, 1_000, 0.95, 1).unwrap());
    let given: Vec<Vec<Option<f64>>> =
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    time("the whole table of a scale, both intervals", 7, || {
        reliability(&given, &Resampling::default()).unwrap()
    });
    let codes: Vec<Vec<Option<f64>>> = given.iter().map(|row| row[..3].to_vec()).collect();
    let units = Units::new(&codes).unwrap();
    time("Krippendorff's alpha, ordinal, 3 coders, 2,000 resamples", 7, || {
        krippendorff_interval(&units, ScaleType::Ordinal, 0.95, 2_000, &mut Rng::new(1)).unwrap()
    });

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("items.csv");
    std::fs::write(&path, csv(&rows)).unwrap();
    time("relata stats reliability, the program from start to end", 7, || {
        let status = Command::new(env!("CARGO_BIN_EXE_relata"))
            .args(["stats", "reliability", "--input"])
            .arg(&path)
            .stdout(Stdio::null())
            .status();
        assert!(status.unwrap().success());
    });
    let python =
        std::env::var("RELATA_TEST_PYTHON").unwrap_or_else(|_| "target/export-tests/bin/python".into());
    other(Command::new(python).args(["-c", NUMPY]), &path, "numpy");
    other(Command::new("Rscript").args(["-e", R]), &path, "R with psych");
}

/// Simulated answers of six points on one trait.
fn answers() -> Vec<Vec<f64>> {
    let mut rng = Rng::new(1);
    let row = |_| {
        let trait_level = rng.normal();
        (0..ITEMS).map(|_| (3.5 + trait_level + rng.normal()).round().clamp(1.0, 6.0)).collect()
    };
    (0..CASES).map(row).collect()
}

fn csv(rows: &[Vec<f64>]) -> String {
    let names: Vec<String> = (0..ITEMS).map(|item| format!("q{item}")).collect();
    let line = |row: &Vec<f64>| row.iter().map(f64::to_string).collect::<Vec<_>>().join(",") + "\n";
    names.join(",") + "\n" + &rows.iter().map(line).collect::<String>()
}

fn time<T>(what: &str, repeats: usize, mut work: impl FnMut() -> T) {
    let mut times: Vec<f64> = (0..repeats)
        .map(|_| {
            let start = Instant::now();
            black_box(work());
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{:8.1} ms  {what} (fastest {:.1})", times[repeats / 2] * 1e3, times[0] * 1e3);
}

/// Another program's own timing of the same work, which it prints.
fn other(command: &mut Command, table: &Path, name: &str) {
    match command.env("TABLE", table).stderr(Stdio::null()).output() {
        Ok(output) if output.status.success() => print!("{}", String::from_utf8_lossy(&output.stdout)),
        _ => println!("       –     {name} is not here"),
    }
}

const NUMPY: &str = r#"
import os, time, numpy as np
x = np.loadtxt(os.environ["TABLE"], delimiter=",", skiprows=1)
n, k = x.shape
rng = np.random.default_rng(1)
def loop():
    found = np.empty(10_000)
    for b in range(10_000):
        c = np.cov(x[rng.integers(0, n, n)].T)
        found[b] = k / (k - 1) * (1 - np.trace(c) / c.sum())
    return np.quantile(found, [0.025, 0.975])
def product():
    counts = rng.multinomial(n, np.full(n, 1 / n), size=10_000).astype(float)
    y = x - x.mean(axis=0)
    sums, total = counts @ y, y.sum(axis=1)
    own = counts @ (y * y).sum(axis=1) - (sums**2).sum(axis=1) / n
    whole = counts @ total**2 - sums.sum(axis=1) ** 2 / n
    return np.quantile(k / (k - 1) * (1 - own / whole), [0.025, 0.975])
for work, name in ((loop, "a loop over np.cov"), (product, "one product of counts, the same sums as here")):
    times = []
    for _ in range(3):
        start = time.perf_counter(); work(); times.append(time.perf_counter() - start)
    print(f"{sorted(times)[1] * 1e3:8.1f} ms  numpy {np.__version__}: alpha, 10,000 resamples, {name}")
"#;

const R: &str = r#"
suppressMessages(library(psych))
x <- read.csv(Sys.getenv("TABLE")); n <- nrow(x)
took <- system.time(for (b in 1:200) psych::alpha(x[sample(n, n, TRUE), ], warnings = FALSE))[["elapsed"]]
cat(sprintf("%8.1f ms  psych %s: alpha, 10,000 resamples (200 measured, times 50)\n", took * 50 * 1000, packageVersion("psych")))
m <- as.matrix(x); k <- ncol(m)
took <- system.time(replicate(10000, { c <- cov(m[sample.int(n, n, TRUE), ]); k / (k - 1) * (1 - sum(diag(c)) / sum(c)) }))[["elapsed"]]
cat(sprintf("%8.1f ms  R %s: alpha, 10,000 resamples, a loop over cov\n", took * 1000, getRversion()))
"#;
