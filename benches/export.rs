//! What an export of 10,000 sessions × 120 variables costs, codebooks and the flush to disk included: medians over repeats. Run
//! with `cargo bench --bench export`.
//!
//! Where `target/export-tests` (or `RELATA_TEST_PYTHON`) has a Python with pyreadstat, that writes the very same .sav in the same
//! run, from the data frame and labels that it has just read.

#![allow(clippy::print_stdout, reason = "a bench is read on standard output")]
#![allow(clippy::unwrap_used, reason = "a bench stops at a fault")]

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use relata::export::{
    DataCell, DataTable, EXPORTERS, Export, Exporter, Folder, ValueLabel, ValueType, Variable, VariableGroup,
    Why, write,
};
use relata::instrument::Language;
use relata::instrument::kinds::Level;
use relata::rng::Rng;
use tempfile::TempDir;

const ROWS: usize = 10_000;
const VARIABLES: usize = 120;
const REPEATS: usize = 7;

/// A hundred labelled points, ten numbers with decimals, nine texts and an instant; one cell in ten is missing.
fn export() -> Export {
    let variable = |at: usize| {
        let (name, label) =
            (format!("variable_{at}"), format!("A question of the usual length, number {at}, isn’t it?"));
        match at {
            0 => Variable::new(name, label, ValueType::Instant, VariableGroup::Paradata),
            1..=9 => {
                Variable { free: true, ..Variable::new(name, label, ValueType::Text, VariableGroup::Answers) }
            }
            10..=19 => Variable::new(name, label, ValueType::Number, VariableGroup::Scores),
            _ => {
                let value =
                    |code: u8| ValueLabel { code: code.into(), name: None, label: format!("Point {code}") };
                let values = (1..=7).map(value).collect();
                Variable {
                    values,
                    level: Level::Ordinal,
                    ..Variable::new(name, label, ValueType::Number, VariableGroup::Answers)
                }
            }
        }
    };
    let mut rng = Rng::new(1);
    let mut cell = |at: usize| match at {
        0 => DataCell::Instant(1_767_600_000_000 + rng.below(1_000_000_000) as i64),
        _ if rng.chance(0.1) => DataCell::Missing(Why::ALL[rng.below(6)]),
        1..=9 => DataCell::text(&"words, and more; ".repeat(1 + rng.below(12))),
        10..=19 => DataCell::Number(rng.normal()),
        _ => DataCell::Number(1.0 + rng.below(7) as f64),
    };
    let rows = (0..ROWS).map(|_| (0..VARIABLES).map(&mut cell).collect()).collect();
    let variables = (0..VARIABLES).map(variable).collect();
    let table = DataTable { name: "sessions".into(), label: "made up".into(), variables, rows };
    Export {
        title: "A study that was made up".into(),
        metadata: relata::analysis::Metadata::default(),
        about: vec!["Nobody gave these answers.".into()],
        language: Language::new("en"),
        made: 1_767_600_000_000,
        tables: vec![table],
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn once(exporter: &dyn Exporter, export: &Export, place: &Path) -> f64 {
    let start = Instant::now();
    write(&[exporter], export, Folder::open(place, true).unwrap()).unwrap();
    start.elapsed().as_secs_f64()
}

const PYREADSTAT: &str = "
import statistics, sys, time, pyreadstat
frame, meta = pyreadstat.read_sav(sys.argv[1], user_missing=True, disable_datetime_conversion=True)
times = []
for _ in range(int(sys.argv[3])):
    start = time.perf_counter()
    pyreadstat.write_sav(frame, sys.argv[2], column_labels=meta.column_labels, variable_value_labels=meta.variable_value_labels,
                         missing_ranges=meta.missing_ranges, variable_measure=meta.variable_measure)
    times.append(time.perf_counter() - start)
print(statistics.median(times), pyreadstat.__version__, *frame.shape)
";

fn main() {
    let export = export();
    let place = TempDir::new().unwrap();
    println!("{ROWS} rows × {VARIABLES} variables, median of {REPEATS}");
    for exporter in EXPORTERS {
        let times = (0..REPEATS).map(|_| once(*exporter, &export, place.path())).collect();
        let file = place.path().join(format!("sessions.{}", exporter.extension()));
        let size = std::fs::metadata(file).map_or(0.0, |data| data.len() as f64 / 1e6);
        println!("{:<8} {:>8.3} s {size:>8.1} MB", exporter.id(), median(times));
    }
    let made = concat!(env!("CARGO_MANIFEST_DIR"), "/target/export-tests/bin/python");
    let python = std::env::var("RELATA_TEST_PYTHON").unwrap_or_else(|_| made.to_owned());
    let (from, to) = (place.path().join("sessions.sav"), place.path().join("theirs.sav"));
    let told =
        Command::new(python).args(["-c", PYREADSTAT]).arg(&from).arg(&to).arg(REPEATS.to_string()).output();
    match told {
        Ok(told) if told.status.success() => {
            println!(
                "pyreadstat.write_sav (seconds, version, rows, variables): {}",
                String::from_utf8_lossy(&told.stdout).trim()
            );
        }
        _ => println!("NOT COMPARED with pyreadstat: no Python that has it was found"),
    }
}
