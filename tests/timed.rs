//! Scores of trial files, through the program: against values computed independently from the rules (`fixtures/timed`, with the
//! scripts that made them), against a real IAT where its data is available, and on faulty files.

use std::collections::HashMap;
use std::io::Write;
use std::path::PathBuf;

use crate::journeys::support::Place;

type Row = HashMap<String, String>;

const SC_IAT: &[&str] = &[
    "--respondent",
    "id",
    "--block",
    "stage",
    "--latency",
    "rt",
    "--correct",
    "right",
    "--response",
    "key",
    "--no-response",
    "none",
    "--a",
    "warm",
    "--b",
    "cold",
];
const IAT: &[&str] = &[
    "--respondent",
    "participant",
    "--block",
    "blockcode",
    "--latency",
    "latency",
    "--correct",
    "correct",
    "--practice-a",
    "p1",
    "--practice-b",
    "p2",
    "--test-a",
    "t1",
    "--test-b",
    "t2",
];
const BIAT: &[&str] = &[
    "--respondent",
    "id",
    "--block",
    "block",
    "--latency",
    "latency",
    "--correct",
    "correct",
    "--a",
    "a1,a2",
    "--b",
    "b1,b2",
];
const AMP: &[&str] = &[
    "--respondent",
    "id",
    "--prime",
    "prime",
    "--pleasant",
    "pleasant",
    "--prime-a",
    "brand",
    "--neutral",
    "grey",
];

fn fixture(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/timed");
    folder.join(name).display().to_string()
}

fn rows(text: &str) -> Vec<Row> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn expected(name: &str) -> Vec<Row> {
    rows(&std::fs::read_to_string(fixture(name)).unwrap())
}

/// `relata score MEASURE --input FILE …`, as rows.
fn score(place: &Place, measure: &str, input: &str, flags: &[&str], more: &[&str]) -> Vec<Row> {
    rows(&place.run(&line(measure, input, flags, more)).ok())
}

fn line<'a>(measure: &'a str, input: &'a str, flags: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    let begin = ["score", measure, "--input", input, "--format", "csv"];
    begin.iter().chain(flags).chain(more).copied().collect()
}

fn number(row: &Row, column: &str) -> Option<f64> {
    let cell = &row[column];
    (!cell.is_empty()).then(|| cell.parse().unwrap())
}

/// Every number to 1e-12, every reason by its first words.
fn agree(found: &[Row], expected: &[&Row], numbers: &[&str]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert_eq!(found["respondent"], expected["respondent"]);
        for column in numbers {
            let (a, b) = (number(found, column), number(expected, column));
            let close = match (a, b) {
                (Some(a), Some(b)) => (a - b).abs() <= 1e-12,
                (a, b) => a == b,
            };
            assert!(close, "{column}: {a:?} is not {b:?}\n{found:?}\n{expected:?}");
        }
        let (reason, begins) = (&found["reason"], &expected["reason"]);
        assert_eq!(found["excluded"], (!begins.is_empty()).to_string(), "{found:?}");
        assert!(reason.starts_with(begins.as_str()) && reason.is_empty() == begins.is_empty(), "{reason}");
    }
}

const NUMBERS: &[&str] = &["d", "se", "n_trials", "error_rate", "fast_rate"];

#[test]
fn every_variant_of_the_iat_equals_an_independent_computation() {
    let place = Place::new();
    let all = expected("iat.expected.csv");
    let numbers: Vec<&str> = NUMBERS.iter().copied().chain(["d_practice", "d_test"]).collect();
    let input = fixture("iat.csv");
    for method in ["d1", "d2", "d3", "d4", "d5", "d6"] {
        for sd in ["after", "before"] {
            for penalty in ["after-deletion", "before-deletion"] {
                let flags = ["--method", method, "--sd", sd, "--penalty", penalty];
                let found = score(&place, "iat", &input, IAT, &flags);
                let wanted: Vec<&Row> = all
                    .iter()
                    .filter(|row| row["method"] == method && row["sd"] == sd && row["penalty"] == penalty)
                    .collect();
                assert_eq!(wanted.len(), 20);
                agree(&found, &wanted, &numbers);
            }
        }
    }
}

#[test]
fn the_others_equal_an_independent_computation() {
    let place = Place::new();
    for (measure, name, flags) in [("sc-iat", "sc_iat", SC_IAT), ("biat", "biat", BIAT), ("amp", "amp", AMP)]
    {
        let wanted = expected(&format!("{name}.expected.csv"));
        let found = score(&place, measure, &fixture(&format!("{name}.csv")), flags, &[]);
        agree(&found, &wanted.iter().collect::<Vec<_>>(), NUMBERS);
    }
}

#[test]
fn the_first_of_each_option_is_the_default() {
    let place = Place::new();
    let input = fixture("iat.csv");
    let named = ["--method", "d6", "--sd", "after", "--penalty", "after-deletion", "--se", "analytic"];
    assert_eq!(
        place.run(&line("iat", &input, IAT, &["--method", "d6"])).ok(),
        place.run(&line("iat", &input, IAT, &named)).ok()
    );
}

#[test]
fn what_a_number_means_and_which_options_were_in_force_stand_beside_it() {
    let place = Place::new();
    let input = fixture("iat.csv");
    let flags = ["--method", "d5", "--sd", "before", "--penalty", "before-deletion", "--split-half"];
    let said = place.run(&line("iat", &input, IAT, &flags)).err;
    for part in [
        "D > 0: slower in B (`p2` and `t2`) than in A (`p1` and `t1`)",
        "SD of both blocks taken before errors are replaced",
        "computed before the deletion",
        "< 400 ms deleted",
        "Respondents: 14 scored, 6 excluded",
        "Split-half: 0.",
        ", 95 % interval ",
        "Fisher's z over respondents",
        "Spearman–Brown",
        "14 respondents, 100 splits",
        "about .5",
        "patent",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

#[test]
fn rows_in_any_order_of_respondents_give_the_same_scores() {
    let place = Place::new();
    let text = std::fs::read_to_string(fixture("sc_iat.csv")).unwrap();
    let (header, body) = text.split_once('\n').unwrap();
    // Dealt like cards: each respondent's rows are scattered and keep their order.
    let lines: Vec<&str> = body.lines().collect();
    let scattered: Vec<&str> = (0..7).flat_map(|hand| lines.iter().skip(hand).step_by(7).copied()).collect();
    let path = place.write("scattered.csv", &format!("{header}\n{}\n", scattered.join("\n")));
    let ran = place.run(&line("sc-iat", &path.display().to_string(), SC_IAT, &[]));
    assert!(ran.err.contains("not sorted by respondent"), "{}", ran.err);
    let by_name = |rows: Vec<Row>| -> Vec<(String, String, Option<f64>)> {
        let mut all: Vec<_> = rows
            .into_iter()
            .map(|row| (row["respondent"].clone(), row["reason"].clone(), number(&row, "d")))
            .collect();
        all.sort_by(|a, b| a.0.cmp(&b.0));
        all
    };
    let sorted = place.run(&line("sc-iat", &fixture("sc_iat.csv"), SC_IAT, &[]));
    assert!(!sorted.err.contains("not sorted"), "{}", sorted.err);
    let (found, wanted) = (by_name(rows(&ran.ok())), by_name(rows(&sorted.ok())));
    assert_eq!(found.len(), wanted.len());
    for (found, wanted) in found.iter().zip(&wanted) {
        assert_eq!((&found.0, &found.1), (&wanted.0, &wanted.1));
        // Sums in another order differ in their last digits.
        let close = found.2.zip(wanted.2).map_or(found.2 == wanted.2, |(a, b)| (a - b).abs() < 1e-12);
        assert!(close, "{found:?} {wanted:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_is_read_once_and_gives_the_same_scores() {
    let place = Place::new();
    let text = std::fs::read_to_string(fixture("sc_iat.csv")).unwrap();
    let piped = place.feed(&line("sc-iat", "/dev/stdin", SC_IAT, &[]), &text);
    assert!(!piped.err.contains("not sorted"), "{}", piped.err);
    assert_eq!(piped.ok(), place.run(&line("sc-iat", &fixture("sc_iat.csv"), SC_IAT, &[])).ok());
}

const SMALL: &str = "id,stage,rt,key,right\n\
    r1,warm,500,f,1\nr1,warm,620,f,yes\nr1,warm,560,f,TRUE\n\
    r1,cold,700,f,1\nr1,cold,640,f,0\nr1,cold,690,f,1\nr1,cold,650,f,1\n";

#[test]
fn a_small_score_by_hand() {
    let place = Place::new();
    let path = place.write("small.csv", SMALL).display().to_string();
    let found = score(&place, "sc-iat", &path, SC_IAT, &[]);
    // Warm 560. Cold: all 2680/4 = 670, the error becomes 1,070, mean (700 + 690 + 650 + 1070)/4 = 777.5.
    let correct = [500.0, 620.0, 560.0, 700.0, 690.0, 650.0_f64];
    let mean = correct.iter().sum::<f64>() / 6.0;
    let sd = (correct.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 5.0).sqrt();
    assert!((number(&found[0], "d").unwrap() - 217.5 / sd).abs() < 1e-12);
}

#[test]
fn other_signs_between_cells_and_a_byte_order_mark_are_read() {
    let place = Place::new();
    let plain = place.write("small.csv", SMALL).display().to_string();
    let wanted = place.run(&line("sc-iat", &plain, SC_IAT, &[])).ok();
    for (name, sign) in [("semicolons.csv", ";"), ("tabs.csv", "\t")] {
        let text = format!("\u{feff}{}", SMALL.replace(',', sign).replace('\n', "\r\n"));
        let path = place.write(name, &text).display().to_string();
        assert_eq!(place.run(&line("sc-iat", &path, SC_IAT, &[])).ok(), wanted, "{name}");
    }
}

#[test]
fn a_broken_row_is_named_by_line_and_column() {
    let place = Place::new();
    let refused = |from: &str, to: &str| {
        let path = place.write("broken.csv", &SMALL.replacen(from, to, 1)).display().to_string();
        let ran = place.run(&line("sc-iat", &path, SC_IAT, &[]));
        assert_eq!(ran.out, "");
        ran.refused()
    };
    for (from, to, what) in [
        ("warm,620,", "warm,fast,", "line 3, column `rt`: `fast`, which is no latency"),
        ("warm,620,", "warm,-3,", "line 3, column `rt`: `-3`"),
        ("warm,620,", "warm,nan,", "line 3, column `rt`: `nan`"),
        ("warm,620,", "warm,,", "line 3, column `rt`: nothing"),
        ("f,TRUE", "f,maybe", "line 4, column `right`: `maybe`"),
        ("r1,cold,700", ",cold,700", "line 5, column `id`: is empty"),
        ("r1,cold,700,f,1", "r1,cold,700,f", "line 5: 4 cells, but the header names 5"),
        ("id,stage,rt", "id,stages,rt", "did you mean `stages`?"),
        ("id,stage,rt", "id,stage,stage", "two columns called `stage`"),
        // A normal answer, except that the rest of the file is in its cell.
        (
            SMALL,
            "id,stage,rt,key,right,note\nr1,cold,500,f,1,\"well\nr1,warm,600,f,1,\n",
            "line 2, column `note`: its quote",
        ),
        (SMALL, "", "broken.csv has no header"),
    ] {
        let said = refused(from, to);
        assert!(said.contains(what), "{said}");
    }
}

#[test]
fn rows_of_other_blocks_and_without_an_answer_may_have_empty_cells() {
    let place = Place::new();
    let text = format!("{SMALL}r1,instructions,,,\nr1,cold,,none,\nr2,instructions,,,\n");
    let path = place.write("breaks.csv", &text).display().to_string();
    let found = score(&place, "sc-iat", &path, SC_IAT, &[]);
    assert_eq!((found[0]["n_trials"].as_str(), found[0]["excluded"].as_str()), ("7", "false"));
    // A respondent without any trial is in the table, with the reason.
    assert_eq!(found[1]["reason"], "missing block: block `warm` has no trials");
    assert_eq!(found[1]["d"], "");
}

#[test]
fn a_block_that_nobody_has_is_said_and_a_file_without_any_is_refused() {
    let place = Place::new();
    let path = place.write("small.csv", SMALL).display().to_string();
    let flags: Vec<&str> = SC_IAT.iter().map(|&flag| if flag == "cold" { "Cold" } else { flag }).collect();
    let ran = place.run(&line("sc-iat", &path, &flags, &[]));
    assert!(ran.err.contains("no row has `Cold` in the column `stage`"), "{}", ran.err);
    assert_eq!(rows(&ran.ok())[0]["reason"], "missing block: block `Cold` has no trials");
    let flags: Vec<&str> = flags.iter().map(|&flag| if flag == "warm" { "Warm" } else { flag }).collect();
    let said = place.run(&line("sc-iat", &path, &flags, &[])).refused();
    assert!(said.contains("no row has `Warm` or `Cold`"), "{said}");
    let twice: Vec<&str> = SC_IAT.iter().map(|&flag| if flag == "cold" { "warm" } else { flag }).collect();
    assert_eq!(place.run(&line("sc-iat", &path, &twice, &[])).code, 2);
}

#[test]
fn a_bootstrap_error_repeats_and_is_near_the_analytic_one() {
    let place = Place::new();
    let input = fixture("sc_iat.csv");
    let run = |more: &[&str]| score(&place, "sc-iat", &input, SC_IAT, more);
    let analytic = run(&[]);
    let bootstrap = run(&["--se", "bootstrap", "--resamples", "2000"]);
    assert_eq!(bootstrap, run(&["--se", "bootstrap", "--resamples", "2000"]));
    let mut compared = 0;
    for (analytic, bootstrap) in analytic.iter().zip(&bootstrap) {
        if let (Some(a), Some(b)) = (number(analytic, "se"), number(bootstrap, "se")) {
            assert!((a / b - 1.0).abs() < 0.15, "{a} {b} {}", analytic["respondent"]);
            compared += 1;
        }
    }
    assert!(compared > 8);
    assert!(run(&["--se", "none"]).iter().all(|row| row["se"].is_empty()));
}

#[test]
fn json_has_the_columns_in_their_order() {
    let place = Place::new();
    let path = place.write("small.csv", SMALL).display().to_string();
    let args = line("sc-iat", &path, SC_IAT, &[]);
    let args: Vec<&str> = args.iter().map(|&arg| if arg == "csv" { "json" } else { arg }).collect();
    let ran = place.run(&args);
    let mut last = 0;
    for column in ["respondent", "d", "se", "n_trials", "error_rate", "fast_rate", "excluded", "reason"] {
        let at = ran.out.find(&format!("\"{column}\":")).unwrap();
        assert!(at > last);
        last = at;
    }
    assert_eq!(ran.json()[0]["excluded"], false);
}

/// A real IAT that is not ours to publish: D1, D2, D4 and D6 of 88 students as the R package IAT gives them.
#[test]
fn a_real_iat_scores_as_elsewhere() {
    let Some(folder) = std::env::var_os("RELATA_REAL_DATA").map(PathBuf::from) else {
        // Written past the test harness, which would hold back what a passing test prints.
        let _ = writeln!(std::io::stderr(), "not run: RELATA_REAL_DATA names no folder with the real IAT");
        return;
    };
    let place = Place::new();
    let input = folder.join("gender_math_iat_trials.csv").display().to_string();
    let wanted = rows(&std::fs::read_to_string(folder.join("gender_math_iat_scores.csv")).unwrap());
    let flags = [
        "--respondent",
        "SESSION_ID",
        "--block",
        "BLOCK_NAME_S",
        "--latency",
        "TRIAL_LATENCY",
        "--error",
        "TRIAL_ERROR",
        "--practice-a",
        "BLOCK2",
        "--practice-b",
        "BLOCK5",
        "--test-a",
        "BLOCK3",
        "--test-b",
        "BLOCK6",
        "--excluded-too",
    ];
    for (method, column) in [("d1", "e1x1s1"), ("d2", "e1x2s1"), ("d4", "e2x1s1"), ("d6", "e2x2s1")] {
        let found = score(&place, "iat", &input, &flags, &["--method", method]);
        let by_name: HashMap<&str, &Row> =
            found.iter().map(|row| (row["respondent"].as_str(), row)).collect();
        assert_eq!((by_name.len(), wanted.len()), (88, 88));
        for wanted in &wanted {
            let found = by_name[wanted["SESSION_ID"].as_str()];
            let (a, b) = (number(found, "d").unwrap(), number(wanted, &format!("D_{column}")).unwrap());
            // The published scores have fifteen digits.
            assert!((a - b).abs() < 1e-12, "{method} {found:?}: {b}");
            let excluded = wanted[&format!("SUBEXCL_{column}")] == "1";
            assert_eq!(found["excluded"], excluded.to_string(), "{found:?}");
        }
    }
}
