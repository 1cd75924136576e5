//! Every format through the readers that people use: pyreadstat, pandas, openpyxl, R with haven, PSPP.
//!
//! Needs a Python with pyreadstat, pandas and openpyxl, named by `RELATA_TEST_PYTHON` (`.ci/run` makes one under `target/`). R
//! and PSPP are used where they are installed. Missing ones are reported.

use std::path::Path;
use std::process::Command;

use relata::import::sav;

use super::study::keep;
use crate::journeys::support::Place;

fn python() -> Option<String> {
    let named = std::env::var("RELATA_TEST_PYTHON").ok().or_else(|| {
        let made = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/export-tests/bin/python");
        made.exists().then(|| made.display().to_string())
    })?;
    let has_all = Command::new(&named).args(["-c", "import pyreadstat, pandas, openpyxl"]).output().ok()?;
    has_all.status.success().then_some(named)
}

fn read_back(place: &Place) -> Option<String> {
    let formats = "csv,xlsx,sav,dta,r,jsonl,ddi";
    place.run(&["export", "--format", formats, "--out", "out", "--lang", "en"]).ok();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/export/read_back.py");
    let output = Command::new(python()?).arg(script).arg(place.path("out")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    Some(said)
}

#[expect(clippy::print_stderr, reason = "a comparison that was left out has to say so")]
fn say(read: Option<String>) {
    match read {
        Some(said) => {
            for line in said.lines().filter(|line| line.starts_with("NOT")) {
                eprintln!("{line}");
            }
        }
        None => eprintln!("NOT READ BACK: no Python with pyreadstat, pandas and openpyxl was found"),
    }
}

#[test]
fn awkward_answers_come_back_from_every_reader() {
    let place = Place::new();
    keep(&place);
    say(read_back(&place));
}

#[test]
fn the_three_questionnaires_come_back_from_every_reader() {
    let place = Place::new();
    for (seed, name) in ["account-self-assessment", "customer-interview", "workshop-pulse"].iter().enumerate()
    {
        let seed = (seed + 1).to_string();
        place.run(&["simulate", name, "--n", "8", "--seed", &seed]).ok();
    }
    say(read_back(&place));
}

/// Files that another program writes for SPSS, in each of the three compressions.
#[test]
fn files_that_others_write_for_spss_are_read_as_they_were_meant() {
    let place = Place::new();
    let Some(python) = python() else { return say(None) };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/export/write_sav.py");
    let output = Command::new(python).arg(script).arg(place.path("")).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let meant: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let texts = |value: &serde_json::Value| -> Vec<String> {
        value.as_array().unwrap().iter().map(|text| text.as_str().unwrap().to_owned()).collect()
    };
    for name in ["plain.sav", "rows.sav", "whole.zsav"] {
        let table = sav::read(&std::fs::read(place.path(name)).unwrap()).unwrap();
        let names: Vec<&String> = table.columns.iter().map(|column| &column.name).collect();
        let labels: Vec<&String> = table.columns.iter().map(|column| &column.label).collect();
        assert_eq!(
            (names, labels),
            (texts(&meant["names"]).iter().collect(), texts(&meant["labels"]).iter().collect())
        );
        let rows: Vec<Vec<String>> = meant["rows"].as_array().unwrap().iter().map(texts).collect();
        assert_eq!(table.rows, rows, "{name}");
        for (column, values) in table.columns.iter().zip(meant["values"].as_array().unwrap()) {
            let found: Vec<String> =
                column.values.iter().flat_map(|(value, label)| [value, label]).cloned().collect();
            assert_eq!(found, texts(values), "{name}: {}", column.name);
        }
        assert_eq!(table.columns[0].declared_missing.get("99"), Some(&1), "{name}");
    }
}
