//! Exported models against relata's own probabilities, in the engines themselves.
//!
//! Needs a Python with numpy, duckdb and onnxruntime, named by `RELATA_TEST_PYTHON` (`.ci/run` makes one under `target/`).
//! Without it the comparison reports that it did not run.

use std::path::Path;
use std::process::Command;

use super::support::{Place, python_with};

/// What nine agreeing digits mean.
const TOLERANCE: f64 = 1e-9;

/// A labelled table whose features lean on the label, with gaps in two of three.
fn training() -> String {
    let mut rng = relata::rng::Rng::new(5);
    let mut text = String::from("a,b,c,code\n");
    for row in 0..400 {
        let label = rng.weighted(&[0.16, 0.07, 0.07, 0.70]);
        let mut value = |place: usize, centre: f64, scale: f64| {
            let lean = if place == label { 1.0 } else { 0.0 };
            (centre + scale * (rng.normal() + lean)).to_string()
        };
        let (a, b, c) = (value(0, 0.5, 3.0), value(1, -1.0, 0.2), value(2, 400.0, 50.0));
        let a = if row % 10 == 3 { "" } else { &a };
        let b = if row % 17 == 5 { "" } else { &b };
        text += &format!("{a},{b},{c},{}\n", ["CS", "AR", "EM", "MP"][label]);
    }
    text
}

#[test]
#[expect(clippy::print_stderr, reason = "a comparison that was left out has to say so")]
fn duckdb_and_onnx_runtime_agree_to_nine_digits_on_ten_thousand_rows() {
    let place = Place::new();
    place.write("t.csv", &training());
    let run = |args: &[&str]| {
        let ran = place.run(args);
        assert_eq!(ran.code, 0, "{args:?}: {}", ran.err);
        ran.out
    };
    let variants: [&[&str]; 5] = [
        &["--learner", "softmax"],
        &["--learner", "softmax", "--class-weights", "balanced", "--prior", "study", "--calibrate", "on"],
        &["--learner", "gaussian"],
        &["--learner", "tree", "--alpha", "0.5", "--prior", "study", "--calibrate", "on"],
        // Nothing but roots: no split leaves 10,000 rows.
        &["--learner", "tree", "--alpha", "1000", "--class-weights", "balanced"],
    ];
    let python = python_with("numpy, duckdb, onnxruntime");
    for variant in variants {
        let train =
            ["train", "--input", "t.csv", "--label", "code", "--out", "m.json", "--folds", "0", "--force"];
        run(&[&train[..], variant].concat());
        let query = run(&["model", "export", "m.json", "--format", "sql", "--dialect", "duckdb"]);
        place.write("q.sql", &query);
        run(&["model", "export", "m.json", "--format", "onnx", "--out", "m.onnx", "--force"]);
        for dialect in ["postgres", "spark"] {
            let query = run(&["model", "export", "m.json", "--format", "sql", "--dialect", dialect]);
            assert!(query.contains("AS p_mp") && query.matches("SELECT").count() == 2, "{query}");
        }
        let Some(python) = &python else { continue };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/classify/export.py");
        let ask = |args: &[&str]| {
            let path = |name: &str| place.path(name).display().to_string();
            let args = args.iter().map(|arg| if arg.contains('.') { path(arg) } else { (*arg).to_owned() });
            let output = Command::new(python).arg(&script).args(args).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8(output.stdout).unwrap().trim().to_owned()
        };
        ask(&["make", "rows.csv", "10000", "3"]);
        let scored = run(&["classify", "--input", "rows.csv", "--model", "m.json", "--format", "csv"]);
        place.write("scored.csv", &scored);
        for (engine, exported) in [("duckdb", "q.sql"), ("onnx", "m.onnx")] {
            let apart: f64 = ask(&["check", "rows.csv", "scored.csv", engine, exported]).parse().unwrap();
            assert!(apart < TOLERANCE, "{variant:?}: {engine} differs by {apart:e}");
        }
        // The same model, told to refuse gaps: no probability for a row with one, in either engine.
        let model = std::fs::read_to_string(place.path("m.json")).unwrap();
        let refusing = model.replace("\"missing\": \"mean\"", "\"missing\": \"refuse\"");
        assert_ne!(refusing, model);
        place.write("r.json", &refusing);
        let all = std::fs::read_to_string(place.path("rows.csv")).unwrap();
        let whole: Vec<&str> =
            all.lines().filter(|line| line.split(',').all(|cell| !cell.is_empty())).collect();
        place.write("whole.csv", &(whole.join("\n") + "\n"));
        let gap = place.run(&["classify", "--input", "rows.csv", "--model", "r.json", "--format", "csv"]);
        assert!(
            gap.code == 1 && gap.err.contains("is missing, which this model does not accept"),
            "{}",
            gap.err
        );
        place.write(
            "scored.csv",
            &run(&["classify", "--input", "whole.csv", "--model", "r.json", "--format", "csv"]),
        );
        place.write("q.sql", &run(&["model", "export", "r.json", "--format", "sql", "--dialect", "duckdb"]));
        run(&["model", "export", "r.json", "--format", "onnx", "--out", "m.onnx", "--force"]);
        for (engine, exported) in [("duckdb", "q.sql"), ("onnx", "m.onnx")] {
            let apart: f64 = ask(&["refused", "rows.csv", "scored.csv", engine, exported]).parse().unwrap();
            assert!(apart < TOLERANCE, "refusing, {variant:?}: {engine} differs by {apart:e}");
        }
    }
    if python.is_none() {
        eprintln!(
            "NOT COMPARED with DuckDB and ONNX Runtime: no Python with numpy, duckdb and onnxruntime was found"
        );
    }
}
