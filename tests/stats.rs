//! `relata stats` against other programs (tests/fixtures/stats), and on unusual files.

use std::collections::HashMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::Value;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/stats")
}

/// Runs `relata stats` with the words of `line`; `text` is standard input.
fn stats(line: &str, text: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
        .arg("stats")
        .args(line.split_whitespace())
        .current_dir(folder())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut pipe = child.stdin.take().unwrap();
    let text = text.to_owned();
    // A program that does not read its input closes the pipe, which is not a failure.
    let writer = std::thread::spawn(move || drop(pipe.write_all(text.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
}

fn json(line: &str, text: &str) -> Value {
    let output = stats(&format!("{line} --format json"), text);
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8(output.stdout).unwrap();
    assert!(!printed.contains("NaN") && !printed.contains("inf"), "{printed}");
    serde_json::from_str(&printed).unwrap()
}

fn refused(line: &str, text: &str) -> String {
    let output = stats(line, text);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{line}: {said}");
    assert!(output.stdout.is_empty(), "{line}");
    said
}

/// Compares every line of a file of expectations; gives how many there were.
fn compare(file: &str) -> usize {
    let text = std::fs::read_to_string(folder().join(file)).unwrap();
    let mut found: HashMap<(String, String), Value> = HashMap::new();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [input, arguments, place, value, tolerance, program] = cells[..] else { panic!("{line}") };
        let key = (input.to_owned(), arguments.to_owned());
        let printed = found.entry(key).or_insert_with(|| json(&format!("{arguments} --input {input}"), ""));
        let (value, tolerance): (f64, f64) = (value.parse().unwrap(), tolerance.parse().unwrap());
        let ours = printed.pointer(place).and_then(Value::as_f64);
        if ours.is_none_or(|ours| (ours - value).abs() > tolerance) {
            wrong.push(format!("{input} {arguments} {place}: {ours:?}, but {program} says {value}"));
        }
        count += 1;
    }
    assert!(wrong.is_empty(), "{} of {count}:\n{}", wrong.len(), wrong.join("\n"));
    count
}

#[test]
fn every_statistic_equals_that_of_python_programs() {
    assert!(compare("expected-python.tsv") > 900);
}

#[test]
fn every_statistic_equals_that_of_r_programs() {
    assert!(compare("expected-r.tsv") > 500);
}

#[test]
fn published_examples_come_back_from_the_command() {
    let near = |found: &Value, published: f64, digits: i32| {
        let found = found.as_f64().unwrap();
        assert!((found - published).abs() <= 0.5001 * 10_f64.powi(-digits), "{found} is not {published}");
    };
    for (level, alpha) in [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)] {
        let found = json(&format!("agreement --input krippendorff-2011.csv --level {level}"), "");
        near(&found["krippendorff_alpha"]["value"], alpha, 3);
    }
    near(&json("agreement --input fleiss-1971.csv --level nominal", "")["fleiss_kappa"]["value"], 0.430, 3);
    near(&json("agreement --input cohen-1960.csv --level nominal", "")["cohen_kappa"]["value"], 0.492, 3);
    let two = "a,b\n".to_owned() + &"y,y\n".repeat(8) + "n,n\ny,n\n";
    near(&json("agreement --input - --level nominal", &two)["ac1"]["value"], 0.8658, 4);
    let icc = json("icc --input shrout-fleiss-1979.csv", "");
    for (name, value) in
        ["icc1", "icc2", "icc3", "icc1k", "icc2k", "icc3k"].iter().zip([0.17, 0.29, 0.71, 0.44, 0.62, 0.91])
    {
        near(&icc[name]["value"], value, 2);
    }
    let answers = "nps\n".to_owned() + &"10\n".repeat(162) + &"3\n".repeat(54) + &"8\n".repeat(108);
    let nps = json("nps --input -", &answers);
    near(&nps["nps"]["value"], 33.3, 1);
    // ±8.1 by the normal approximation; the score interval leans towards the middle.
    near(&Value::from(nps["nps"]["high"].as_f64().unwrap() - nps["nps"]["value"].as_f64().unwrap()), 7.83, 2);
}

#[test]
fn separators_decimal_commas_and_byte_order_marks() {
    let comma = json("correlate --input -", "a,b\n1.5,2\n2.5,1\n3.5,4\n");
    let semicolon = json("correlate --input -", "\u{feff}a;b\r\n1,5;2\r\n2,5;1\r\n3,5;4\r\n");
    let tab = json("correlate --input -", "a\tb\n1.5\t2\n2.5\t1\n3.5\t4\n");
    assert_eq!(comma, semicolon);
    assert_eq!(comma, tab);
}

#[test]
fn a_point_that_another_program_added_makes_no_new_category() {
    let found = json("agreement --level nominal --input -", "a,b\n1.0,1\n2.0,2\n,1\n1.0,2\n");
    assert_eq!(found["categories"], 2);
    assert_eq!(found["units_with_two_codes"], 3);
    // Both decimal signs are accepted, quoted or not, and mixed.
    for text in [
        "a,b\n\"1,0\",1\n\"2,0\",2\n,1\n\"1,0\",2\n",
        "a;b\n1,0;1\n2,0;2\n;1\n1,0;2\n",
        "a;b\n1,0;1.0\n2,0;2.0\n;1.0\n1,0;2.0\n",
    ] {
        assert_eq!(json("agreement --level nominal --input -", text), found, "{text}");
    }
    let words = json("agreement --level nominal --input -", "a,b\n1.0,1\nx,x\n");
    assert_eq!(words["categories"], 3, "among words, every spelling is a name");
}

#[test]
fn items_are_reversed_around_the_middle_of_the_scale() {
    let straight = "a,b,c\n1,6,2\n2,5,1\n5,2,6\n6,1,4\n";
    let turned = json("reliability --input - --reverse b --min 1 --max 6", straight);
    let by_hand = json("reliability --input -", "a,b,c\n1,1,2\n2,2,1\n5,5,6\n6,6,4\n");
    assert_eq!(turned["alpha"], by_hand["alpha"]);
    assert_eq!(turned["items"][1]["reversed"], true);
    let backwards = stats("reliability --input -", straight);
    assert!(String::from_utf8(backwards.stderr).unwrap().contains("`b`: runs against the other items"));
}

#[test]
fn broken_files_are_refused_by_line_and_column() {
    assert!(refused("reliability --input -", "").contains("has no header"));
    assert!(refused("reliability --input -", "a,b\n").contains("a header and no rows"));
    let said = refused("icc --input -", "a,b\n1,2\n3,four\nfive,6\n");
    assert!(said.contains("2 broken cells"), "{said}");
    assert!(said.contains("line 3, column `b`: `four` is not a finite number"), "{said}");
    assert!(said.contains("line 4, column `a`: `five` is not a finite number"), "{said}");
    assert!(refused("icc --input -", "a,b\n1,NaN\n").contains("line 2, column `b`"));
    let said = refused("reliability --input - --reverse a --min 1 --max 6", "a,b\n1,2\n7,2\n");
    assert!(said.contains("line 3, column `a`: 7 is outside of 1 to 6"), "{said}");
    assert!(refused("nps --input -", "nps\n9\n11\n").contains("line 3, column `nps`: 11 is no whole number"));
    assert!(refused("nps --input -", "a,b\n9,9\n").contains("name the column with --column"));
    assert!(refused("icc --input -", "a,b\n1,2,3\n").contains("line 2: 3 cells"));
    assert!(refused("reliability --items a,x --input -", "a,b\n1,2\n").contains("no column called `x`"));
    assert!(
        refused("agreement --level nominal --input -", "a,b\nx,\n,y\n")
            .contains("no row has codes of two coders")
    );
    assert!(refused("agreement --level ratio --input -", "a,b\n1,-2\n").contains("below zero"));
    assert!(
        refused("agreement --level nominal --categories x,y --input -", "a,b\nx,z\n").contains("`z` is none")
    );
    assert!(
        refused("factors --input -", "a,b,c\n1,2,1\n1,3,1\n1,4,2\n")
            .contains("`a` has the same value in all 3 complete cases")
    );
    let many = "a\n".to_owned() + &"x\n".repeat(30);
    assert!(refused("correlate --input -", &many).contains("and 20 more"));
}

#[test]
fn what_cannot_be_computed_says_why_and_spoils_nothing_else() {
    let one = json("reliability --input -", "a,b,c\n1,2,3\n");
    assert_eq!(one["alpha"]["reason"], "1 usable case, but at least 2 are needed");
    assert_eq!(one["items"][0]["mean"], 1.0);
    assert_eq!(one["items"][0]["sd"], Value::Null);
    let missing = json("reliability --input -", "a,b,c\n,,\n,,\n");
    assert_eq!(
        (&missing["complete_cases"], &missing["items"][0]["missing"]),
        (&Value::from(0), &Value::from(2))
    );
    let constant = json("reliability --input -", "a,b,c\n3,1,2\n3,2,4\n3,4,5\n3,5,5\n");
    assert!(constant["alpha"]["value"].is_f64());
    assert_eq!(constant["omega_total"]["reason"], "`a` does not vary among the 4 complete cases");
    let pair = json("reliability --input -", "a,b\n1,2\n2,2\n4,5\n");
    assert_eq!(pair["omega_total"]["reason"], "2 items, but at least 3 are needed");
    let same = json("agreement --level nominal --input -", "a,b\nx,x\nx,x\n");
    assert_eq!(same["agreement"]["value"], 1.0);
    for name in ["cohen_kappa", "fleiss_kappa", "ac1", "krippendorff_alpha"] {
        let reason = same[name]["reason"].as_str().unwrap();
        assert!(reason.starts_with("all codes of the 2 units with two codes are equal"), "{name}: {reason}");
    }
    let three = json("agreement --level nominal --input -", "a,b,c\nx,x,y\ny,y,y\n");
    assert_eq!(three["cohen_kappa"]["reason"], "3 coders, but 2 are needed");
    assert_eq!(three["pairs"][0]["cohen_kappa"], 1.0);
    let flat = json("correlate --input -", "a,b\n1,2\n1,3\n1,4\n");
    assert_eq!(flat["pearson"]["reason"], "`a` is the same in all 3 rows that have both");
    assert_eq!(
        json("nps --input -", "nps,x\n,1\n,2\n")["nps"]["reason"],
        "0 usable cases, but at least 1 is needed"
    );
    let doubled = json("factors --input -", "a,b,c\n1,1,2\n2,2,1\n3,3,5\n4,4,3\n5,5,4\n");
    assert!(doubled["kmo"]["reason"].as_str().unwrap().contains("cannot be inverted"), "{doubled}");
    assert!(json("icc --input -", "a,b\n1,1\n2,2\n3,3\n")["icc3"]["value"] == 1.0);
}

/// A number of the row that counts as a coder spoils every statistic, and looks like a result.
#[test]
fn a_column_that_says_which_row_it_is_is_remarked_on() {
    let table = "unit,a,b\n1,3,3\n2,4,4\n";
    for line in
        ["agreement --level ordinal --input -", "agreement --level nominal --input -", "icc --input -"]
    {
        let said = |more: &str| String::from_utf8(stats(&format!("{line}{more}"), table).stderr).unwrap();
        assert!(said("").contains("leave it out (--ignore unit)"), "{line}: {}", said(""));
        assert!(!said(" --ignore unit").contains("leave it out"), "{line}");
        assert!(!said(" --items unit,a").contains("leave it out"), "{line}: it was asked for");
    }
}

#[test]
fn equal_seeds_print_equal_bytes() {
    for line in [
        "reliability --input items.csv --omega-resamples 20",
        "agreement --level nominal --input codes-gaps.csv",
    ] {
        let run = |seed: u32| stats(&format!("{line} --seed {seed} --format csv"), "").stdout;
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }
}

/// Where a method would give a point, it found no error to estimate; that is reported instead of printed as certainty.
#[test]
fn no_interval_is_a_point() {
    let line = "a,b\n1,2\n2,4\n3,6\n4,8\n";
    let found = json("correlate --input -", line);
    for name in ["pearson", "spearman"] {
        assert_eq!((&found[name]["low"], &found[name]["high"]), (&Value::Null, &Value::Null), "{found}");
        let reason = found[name]["reason"].as_str().unwrap();
        assert!(reason.starts_with("no interval: Fisher's z has no value at"), "{reason}");
    }
    let three = json("correlate --input -", "a,b\n1,2\n2,5\n3,4\n");
    assert_eq!(three["pearson"]["reason"], "no interval: Fisher's z takes 4 rows that have both");
    // Every resample of proportional items says 8/9, and every one of two cases 1 or nothing.
    for text in [line, "a,b\n1,1\n4,4\n"] {
        let found = json("reliability --input -", text);
        assert!(
            found["alpha"]["value"].as_f64().unwrap() > 0.88 && found["alpha"]["low"].is_null(),
            "{found}"
        );
        for name in ["alpha", "omega_total"] {
            let (value, reason) = (&found[name]["value"], found[name]["reason"].as_str());
            assert!(reason.is_some() && found[name]["low"].is_null(), "{name}: {found}");
            assert!(value.is_null() || reason.unwrap().starts_with("no interval: the resamples"), "{found}");
        }
    }
    let shown = String::from_utf8(stats("reliability --input -", line).stdout).unwrap();
    assert!(shown.contains("no interval: the resamples all give one value"), "{shown}");
}
