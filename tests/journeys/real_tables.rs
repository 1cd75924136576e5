//! relata against scikit-learn's cross-validated logistic regression on real tables, by the script that prints the table in the docs.
//!
//! Needs a Python with scikit-learn, named by `RELATA_TEST_PYTHON` (`.ci/run` makes one under `target/`). Without it the
//! comparison reports that it did not run.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::support::python_with;

#[test]
#[expect(clippy::print_stderr, reason = "a comparison that was left out has to say so")]
fn real_tables_are_told_apart_as_well_as_scikit_learn_does() {
    let Some(python) = python_with("numpy, sklearn") else {
        eprintln!("NOT COMPARED with scikit-learn on real tables: no Python with it was found");
        return;
    };
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/real_tables.py");
    let output = Command::new(python)
        .arg(script)
        .arg(env!("CARGO_BIN_EXE_relata"))
        .args(["--only", "iris,wine", "--folds", "5", "--json"])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<Value> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 4);
    for line in lines {
        assert_eq!(line["fine"], true, "{line}");
    }
}
