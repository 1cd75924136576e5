//! What taking over 10,000 rows of answers costs: reading, matching, replaying and keeping, and the same again when nothing is new. Run
//! with `cargo bench --bench import`.

#![allow(clippy::print_stdout, reason = "a bench is read on standard output")]
#![allow(clippy::unwrap_used, reason = "a bench stops at a fault")]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use relata::classify::reference::Generator;
use relata::instrument::kinds::Datum;
use relata::instrument::shipped;
use relata::interview::Start;
use relata::interview::simulate::walk;
use relata::rng::Rng;
use tempfile::TempDir;

const ROWS: usize = 10_000;
const REPEATS: usize = 5;
const INSTRUMENT: &str = "account-self-assessment";

/// A table of answers, under the names that relata gives them. Every hundredth row says the same, under another id.
fn table() -> String {
    let instrument = Arc::new(shipped::read(INSTRUMENT).unwrap().instrument.unwrap());
    let items: Vec<usize> =
        (0..instrument.items.len()).filter(|at| instrument.items[*at].kind != "sc_iat").collect();
    let mut text = String::from("id");
    for item in &items {
        instrument.items[*item]
            .question
            .columns()
            .iter()
            .for_each(|column| write!(text, ",{}", column.name).unwrap());
    }
    let (generator, mut rng) = (Generator::default(), Rng::new(1));
    let rows: Vec<String> = (0..100)
        .map(|seed| {
            let (persona, _) = generator.persona(&mut rng);
            let fields = BTreeMap::from([("organisation".to_owned(), "Acme".to_owned())]);
            let start = Start { seed, language: instrument.language(None), fields, at: 0, offset: None };
            let interview = walk(instrument.clone(), start, &persona).unwrap().interview;
            let mut row = String::new();
            for datum in items.iter().flat_map(|item| interview.data(*item)) {
                match datum {
                    Datum::Number(number) => write!(row, ",{number}").unwrap(),
                    Datum::Text(text) => write!(row, ",\"{text}\"").unwrap(),
                    Datum::Missing(_) => row.push(','),
                }
            }
            row
        })
        .collect();
    text.push('\n');
    (0..ROWS).for_each(|row| writeln!(text, "row-{row:05}{}", rows[row % rows.len()]).unwrap());
    text
}

fn import(place: &Path) -> f64 {
    let start = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_relata"))
        .current_dir(place)
        .args(["import", "answers.csv", "--instrument", INSTRUMENT, "--set", "organisation=Acme"])
        .args(["--map", "map.toml", "--study", "study.relata"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    start.elapsed().as_secs_f64()
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let (mut first, mut again) = (Vec::new(), Vec::new());
    let table = table();
    for _ in 0..REPEATS {
        let place = TempDir::new().unwrap();
        std::fs::write(place.path().join("answers.csv"), &table).unwrap();
        std::fs::write(place.path().join("map.toml"), "[row]\nid = \"id\"\n").unwrap();
        first.push(import(place.path()));
        again.push(import(place.path()));
    }
    println!("{ROWS} rows of {INSTRUMENT}, {:.1} MB, median of {REPEATS}", table.len() as f64 / 1e6);
    println!("taken over   {:>8.2} s", median(first));
    println!("nothing new  {:>8.2} s", median(again));
}
