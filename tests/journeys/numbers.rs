//! No silently wrong results: tables as spreadsheets of other countries, other programs and tired people write them, and
//! numbers as people type them. Each either gives the right value or is refused with the reason.

use serde_json::Value;

use super::support::{Place, Ran};

/// `relata LINE --input t.csv`, words between spaces, in a place where that file holds `text`.
fn run(text: &str, line: &str) -> Ran {
    with(text, &line.split_whitespace().collect::<Vec<_>>())
}

fn with(text: &str, words: &[&str]) -> Ran {
    let place = Place::new();
    place.write("t.csv", text);
    let mut words = words.to_vec();
    words.extend(["--input", "t.csv"]);
    place.run(&words)
}

fn json(text: &str, line: &str) -> Value {
    run(text, &format!("{line} --format json")).json()
}

fn near(found: &Value, value: f64) {
    let found = found.as_f64().unwrap_or_else(|| panic!("{found} is not {value}"));
    assert!((found - value).abs() < 5e-4, "{found} is not {value}");
}

const DUTCH: &str = "code;jaaromzet;cijfer\n1;640,5;4\n2;1.980;8\n3;710,25;1\n4;3.125;9\n5;905,5;5\n";

#[test]
fn a_comma_beside_what_may_be_a_thousand_is_refused_until_somebody_says_what_it_is() {
    let line = "stats correlate --items jaaromzet,cijfer";
    let said = run(DUTCH, line).refused();
    assert!(said.contains("line 3, column `jaaromzet`: `1.980` may be 1980 or 1.98"), "{said}");
    assert!(said.contains("`640,5` in line 2") && said.contains("--decimal"), "{said}");
    let plain = "code,jaaromzet,cijfer\n1,640.5,4\n2,1980,8\n3,710.25,1\n4,3125,9\n5,905.5,5\n";
    assert_eq!(json(DUTCH, &format!("{line} --decimal comma")), json(plain, line));
    // One unambiguous number in the column is enough.
    let shown = DUTCH.replace("3.125;9", "3.125,00;9");
    assert_eq!(json(&shown, line), json(plain, line));
    let english = "code,jaaromzet,cijfer\n1,640.5,4\n2,\"1,980\",8\n3,710.25,1\n4,\"3,125\",9\n5,905.5,5\n";
    assert!(run(english, line).refused().contains("line 3, column `jaaromzet`: `1,980` may be"));
    assert_eq!(json(english, &format!("{line} --decimal point")), json(plain, line));
}

#[test]
fn what_was_inferred_is_said_in_one_line() {
    let ran = run("a;b\n1,5;2\n2,5;1\n3,5;4\n", "stats correlate");
    assert_eq!(
        ran.err.trim_end(),
        "t.csv is read with semicolons between cells; decimal commas in `a`",
        "{}",
        ran.err
    );
    assert_eq!(run("a,b\n1.5,2\n2.5,1\n3.5,4\n", "stats correlate").err, "");
    let told = "sep=;\r\nnaam;a;b\r\n1;0,5;1,5\r\n2;2,5;2,0\r\n3;4,0;4,5\r\n4;1,0;2,5\r\n";
    let ran = run(told, "stats correlate --items a,b");
    assert!(
        ran.err.contains("semicolons between cells, as its first line says; decimal commas"),
        "{}",
        ran.err
    );
    let plain = "naam,a,b\n1,0.5,1.5\n2,2.5,2.0\n3,4.0,4.5\n4,1.0,2.5\n";
    assert_eq!(json(told, "stats correlate --items a,b"), json(plain, "stats correlate --items a,b"));
    assert!(
        run(&told.replace("4,0;4,5", "x;4,5"), "stats correlate")
            .refused()
            .contains("line 5, column `a`: `x`")
    );
    let thousands = run("a,b\n1.125,2\n2.250,3\n3.375,1\n", "stats correlate");
    assert!(
        thousands.err.contains("`1.125` (`a`, line 2) and its like with a decimal point"),
        "{}",
        thousands.err
    );
    let headless = run("1,2\n3,4\n5,7\n", "stats correlate");
    assert!(headless.err.contains("every name in the header is a number"), "{}", headless.err);
}

/// Comma, semicolon with decimal commas, tab, a first line, a mark and Windows line ends: all of one table.
fn forms(plain: &str) -> Vec<String> {
    let semicolons = plain.replace(',', ";").replace('.', ",");
    vec![
        semicolons.clone(),
        plain.replace(',', "\t"),
        format!("sep=;\n{semicolons}"),
        format!("\u{feff}{}", semicolons.replace('\n', "\r\n")),
        format!("\u{feff}sep=,\r\n{}", plain.replace('\n', "\r\n")),
    ]
}

#[test]
fn every_command_reads_every_table_alike() {
    let row = |n: usize| {
        let (a, b) = ((n * 7 % 13) as f64 / 2.0 + 0.25, (n * 5 % 11) as f64 / 4.0 + (n % 2) as f64 + 0.1);
        format!("R{n},{},{a},{b},g{}\n", ["CS", "MP"][n % 2], n % 3)
    };
    let plain = "id,code,x1,x2,grp\n".to_owned() + &(0..30).map(row).collect::<String>();
    let all = |text: &str| -> Vec<String> {
        let place = Place::new();
        place.write("t.csv", text);
        let table = ["--input", "t.csv", "--label", "code", "--ignore", "id,grp", "--alpha", "1"];
        let run = |words: &[&str], more: &[&str]| {
            place.run(&words.iter().chain(more).copied().collect::<Vec<_>>()).ok()
        };
        run(&["train", "--out", "m.json", "--folds", "0"], &table);
        let evaluated = ["--ignore", "id", "--group", "grp", "--resamples", "20", "--format", "json"];
        vec![
            std::fs::read_to_string(place.path("m.json")).unwrap(),
            run(&["evaluate"], &[&table[..4], &evaluated[..], &table[6..]].concat()),
            run(&["model", "explain", "m.json", "--resamples", "5", "--format", "json"], &table[..4]),
            run(
                &["classify", "--model", "m.json", "--format", "json"],
                &["--input", "t.csv", "--ignore", "#1,#5"],
            ),
            run(&["stats", "reliability", "--input", "t.csv", "--items", "x1,x2", "--format", "json"], &[]),
            run(&["stats", "icc", "--input", "t.csv", "--ignore", "id,code,grp", "--format", "json"], &[]),
            run(&["stats", "correlate", "--input", "t.csv", "--items", "x1,x2", "--format", "json"], &[]),
            run(
                &["stats", "agreement", "--level", "nominal", "--input", "t.csv", "--items", "code,grp"],
                &[],
            ),
        ]
    };
    let expected = all(&plain);
    for text in forms(&plain) {
        for (found, expected) in all(&text).iter().zip(&expected) {
            assert_eq!(found, expected, "{}", &text[..40]);
        }
    }
}

#[test]
fn codes_are_names() {
    let codes = "u,a,b\n1,2.1,2.10\n2,2.2,2.2\n3,2.10,2.1\n4,3.1,3.1\n";
    let ran = run(codes, "stats agreement --ignore u --level nominal --format json");
    assert!(ran.err.contains("different codes, because a code is a name: `2.1`, `2.10`"), "{}", ran.err);
    let found = ran.json();
    assert_eq!(found["categories"], 4);
    near(&found["agreement"]["value"], 0.5);
    near(&found["cohen_kappa"]["value"], 1.0 / 3.0);
    near(&found["krippendorff_alpha"]["value"], 0.417);
    for two in ["01,1\n1,1\n", "CS,cs\nCS,CS\n", "1e1,10\n10,10\n"] {
        let found = json(&format!("a,b\n{two}"), "stats agreement --level nominal");
        assert_eq!(found["categories"], 2, "{two}");
    }
}

#[test]
fn what_programs_write_for_missing_is_no_category() {
    let codes = "unit,a,b\n1,CS,CS\n2,AR,CS\n3,AR,AR\n4,MP,MP\n5,CS,MP\n6,NA,NA\n7,EM,NA\n8,MP,AR\n";
    let line = "stats agreement --ignore unit --level nominal";
    let said = run(codes, line).refused();
    assert!(said.contains("line 7, column `a`: `NA` is what programs write for a missing value"), "{said}");
    let found = json(codes, &format!("{line} --missing NA"));
    assert_eq!(found["units_with_two_codes"], 6);
    near(&found["agreement"]["value"], 0.5);
    near(&found["cohen_kappa"]["value"], 0.25);
    // NA is only a code where the user declares it.
    assert_eq!(json(codes, &format!("{line} --categories CS,AR,EM,MP,NA"))["units_with_two_codes"], 8);
    for text in ["null", "N/A", "#N/A", "nan", "."] {
        assert!(run(&codes.replace("NA", text), line).refused().contains("missing value"), "{text}");
    }
    // The same holds for labels, groups and respondents.
    let table = "code,g,x\nCS,a,1\nMP,a,2\nCS,b,2\nMP,b,1\nNA,b,3\nCS,NA,3\n";
    let train = "train --label code --ignore g --out m.json --folds 0";
    assert!(run(table, train).refused().contains("`NA`"));
    let ran = run(table, &format!("{train} --missing NA"));
    assert!(ran.code == 0 && ran.err.contains("left out: 1 row without a label (line 6)"), "{}", ran.err);
    let said = run(table, "evaluate --label code --group g --missing NA").refused();
    assert!(said.contains("column `g` is empty in line 7"), "{said}");
}

#[test]
fn a_baseline_is_told_by_the_other_parts_only() {
    // Three of four in each group have the label that one of four has in the other: shares of ¼ and ¾, always the wrong way round.
    let rows = ["CS", "CS", "CS", "MP"].map(|label| format!("{label},one,")).to_vec();
    let others = ["MP", "MP", "MP", "CS"].map(|label| format!("{label},two,")).to_vec();
    let text: String =
        rows.iter().chain(&others).enumerate().map(|(at, row)| format!("{row}{}\n", at * 3 % 8)).collect();
    let found =
        json(&format!("code,grp,x\n{text}"), "evaluate --label code --group grp --alpha 1 --resamples 50");
    near(&found["baselines"]["prior"]["accuracy"]["value"], 0.25);
    // Two equal groups are no certainty.
    let ends = &found["baselines"]["prior"]["log_loss"];
    assert!(ends["high"].as_f64().unwrap() - ends["low"].as_f64().unwrap() > 0.3, "{ends}");
    assert!(found["ece_if_calibrated"].is_f64());
    near(&found["baselines"]["prior"]["log_loss"]["value"], 0.75 * 4_f64.ln() + 0.25 * (4.0 / 3.0_f64).ln());
}

#[test]
fn a_label_that_cannot_be_learnt_without_a_group_is_named() {
    let text = "code,grp,x\nCS,a,1\nAR,a,2\nCS,b,1\nAR,b,3\nMP,b,5\nMP,b,6\n";
    let ran = run(text, "evaluate --label code --group grp --alpha 1 --resamples 0");
    assert!(ran.err.contains("without `b` no row is left to learn MP (2 rows) from"), "{}", ran.err);
}

#[test]
fn a_model_says_what_it_assumes_before_any_answer() {
    let place = Place::new();
    place.run(&["simulate", "account-self-assessment", "--n", "6", "--seed", "1"]).ok();
    let text = "code,centred_cs,centred_ar,centred_em,centred_mp\nCS,2,0,-1,-1\nCS,1,0,0,-1\nMP,-1,0,0,1\nMP,-2,0,1,1\nCS,1,1,-1,-1\nCS,2,-1,0,-1\n";
    place.write("t.csv", text);
    place.run(&["train", "--input", "t.csv", "--label", "code", "--out", "m.json", "--folds", "0"]).ok();
    let classify =
        |more: &[&str]| place.run(&[&["classify", "--model", "m.json", "--format", "csv"], more].concat());
    let (own, study) = (classify(&[]), classify(&["--prior", "study"]));
    assert!(own.err.contains("prior, the model's own: CS 0.667, MP 0.333"), "{}", own.err);
    assert!(study.err.contains("prior, as asked: CS 0.186, MP 0.814"), "{}", study.err);
    assert_ne!(own.ok(), study.ok(), "the published base rates move every call");
    // Shares may be typed with any sum; the normalised ones are printed.
    for args in [&["train", "--out", "again.json"][..], &["evaluate", "--resamples", "0"]] {
        let of = ["--input", "t.csv", "--label", "code", "--folds", "2", "--prior", "3,0,0,1"];
        let said = place.run(&[args, &of].concat());
        let prior = "prior, as asked, as shares of one: CS 0.750, MP 0.250";
        assert!(said.code == 0 && said.err.contains(prior), "{}", said.err);
    }
}

#[test]
fn intervals_stay_within_what_is_possible_and_hold_their_value() {
    for answers in ["10\n9\n2\n", "10\n", "0\n0\n", "10\n10\n10\n10\n", "7\n8\n"] {
        let found = json(&format!("nps\n{answers}"), "stats nps")["nps"].clone();
        let of = |key: &str| found[key].as_f64().unwrap();
        assert!(-100.0 <= of("low") && of("low") <= of("value"), "{answers}: {found}");
        assert!(
            of("value") <= of("high") && of("high") <= 100.0 && of("high") - of("low") > 10.0,
            "{answers}: {found}"
        );
    }
}

#[test]
fn a_message_does_not_contradict_the_table() {
    // Item w only varies among respondents without q1.
    let rows = (0..12)
        .map(|n| format!("{},{},{},2\n", 1 + n % 5, 1 + n * 3 % 5, 1 + (n + n / 4) % 5))
        .collect::<String>();
    let text = format!("q1,q2,q3,w\n,3,2,1\n,4,4,5\n{rows}");
    let ran = run(&text, "stats reliability --omega-resamples 5 --resamples 20 --format json");
    assert!(ran.err.contains("`w`: the same in all 12 complete cases"), "{}", ran.err);
    let found = ran.json();
    assert!(found["items"][3]["sd"].as_f64().unwrap() > 0.5);
    let reason = found["omega_total"]["reason"].as_str().unwrap();
    assert_eq!(reason, "`w` does not vary among the 12 complete cases");
    let said = run(&text, "stats factors").refused();
    assert!(said.contains("`w` has the same value in all 12 complete cases"), "{said}");
    let pairs = json("a,b\n1,2\n1,3\n4,\n1,5\n", "stats correlate");
    assert_eq!(pairs["pearson"]["reason"], "`a` is the same in all 3 rows that have both");
    let against = json("a,b\n1,4\n2,3\n3,2\n4,1\n", "stats icc");
    assert_eq!((&against["icc1"]["value"], &against["icc3"]["value"]), (&(-1.0).into(), &(-1.0).into()));
    assert_eq!(against["icc1k"]["reason"], "the means of the 4 complete units do not differ");
}

const QUESTIONS: &str = "When,\"How sure are you, on the whole?\",\"Would you, if asked, return?\",They listen\n\
    d1,4,5,4\nd2,2,2,1\nd3,5,4,5\nd4,3,3,2\nd5,1,2,3\n";

#[test]
fn every_column_can_be_named() {
    let plain = "When,a,b,c\nd1,4,5,4\nd2,2,2,1\nd3,5,4,5\nd4,3,3,2\nd5,1,2,3\n";
    let quick = ["--resamples", "20", "--omega-resamples", "5", "--format", "json"];
    let alpha = |text: &str, words: &[&str]| {
        let words = [&["stats", "reliability"][..], words, &quick].concat();
        with(text, &words).json()["alpha"].clone()
    };
    let two = alpha(plain, &["--items", "a,c"]);
    for words in [
        &["--items", "\"How sure are you, on the whole?\",They listen"][..],
        &["--items", "How sure are you, on the whole?", "--items", "They listen"],
        &["--items", "#2,#4"],
        &["--ignore", "When", "--ignore", "Would you, if asked, return?"],
        &["--ignore", "When,\"Would you, if asked, return?\""],
    ] {
        assert_eq!(alpha(QUESTIONS, words), two, "{words:?}");
    }
    let turned = alpha(plain, &["--ignore", "When", "--reverse", "b", "--min", "1", "--max", "5"]);
    for name in ["Would you, if asked, return?", "\"Would you, if asked, return?\"", "#3"] {
        let words = ["--ignore", "#1", "--reverse", name, "--min", "1", "--max", "5"];
        assert_eq!(alpha(QUESTIONS, &words), turned, "{name}");
    }
    let said =
        with(QUESTIONS, &["stats", "reliability", "--items", "How sure are you, on the whole?,They listen"])
            .refused();
    assert!(said.contains("in double quotes"), "{said}");
    // Every help says how.
    let place = Place::new();
    for command in [
        "train",
        "evaluate",
        "classify",
        "stats reliability",
        "stats icc",
        "stats correlate",
        "stats factors",
    ] {
        let words: Vec<&str> = command.split(' ').chain(["--help"]).collect();
        let help = place.run(&words).ok();
        assert!(help.contains("double quotes") && help.contains("#2"), "{command}");
    }
}

#[test]
fn columns_without_a_name_or_with_a_shared_one() {
    let found = run(",a,b,\n0,1,2,\n1,2,3,\n2,4,4,\n", "stats correlate --format json");
    assert!(found.err.contains("columns without a name are left out: `#1`, `#4`"), "{}", found.err);
    assert_eq!(found.json()["pairs"].as_array().unwrap().len(), 1);
    let shared = "a,b,a\n1,2,3\n2,3,1\n4,4,2\n";
    assert!(run(shared, "stats correlate").refused().contains("two columns called `a`"));
    assert_eq!(json(shared, "stats correlate --ignore #3")["rows"], 3);
    assert_eq!(json(shared, "stats correlate --items #1,#3")["pairs"][0]["y"], "a #3");
    assert!(
        run("a,b\n1,2\n3\n", "stats correlate").refused().contains("line 3: 1 cell, but the header names 2")
    );
}

#[test]
fn minus_nine_is_missing_in_every_command() {
    let text = "a,b,c\n-3,2,1\n0,1,-1\n2,-2,-9\n3,-3,-2\n1,0,-9.0\n-1,1,2\n";
    let gaps = text.replace("-9.0", "").replace("-9", "");
    for line in [
        "stats reliability --omega-resamples 5 --resamples 20",
        "stats icc",
        "stats correlate",
        "stats agreement --level interval --resamples 20",
    ] {
        let expected = json(&gaps, line);
        for missing in ["--missing -9", "--missing=-9", "--missing NA,-9", "--missing -8,-9"] {
            assert_eq!(json(text, &format!("{line} {missing}")), expected, "{line} {missing}");
        }
    }
    assert_eq!(json("nps\n10\n-9\n0\n", "stats nps --missing -9")["missing"], 1);
    assert!(run(text, "stats factors --missing -9 --samples 20").code == 0);
    let labelled = "code,x\nCS,1\nMP,-9\nCS,2\nMP,4\nMP,5\nCS,0\n";
    let place = Place::new();
    place.write("t.csv", labelled);
    let words = |line: &str| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    for line in [
        "train --input t.csv --label code --out m.json --folds 0 --missing -9",
        "evaluate --input t.csv --label code --alpha 1 --folds 2 --resamples 0 --missing -9",
        "classify --input t.csv --model m.json --ignore code --missing -9",
        "model explain m.json --input t.csv --label code --resamples 0 --repeats 1 --folds 2 --missing -9",
    ] {
        let words = words(line);
        let ran = place.run(&words.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(ran.code, 0, "{line}: {}", ran.err);
        assert!(!ran.err.contains("no cell"), "{line}: {}", ran.err);
    }
    let idle = run(text, "stats icc --missing -7");
    assert!(idle.err.contains("no cell that was read holds `-7` of --missing"), "{}", idle.err);
    let forgotten = run(text, "stats icc --missing --format");
    assert!(forgotten.code == 2 && forgotten.err.contains("looks like a flag"), "{}", forgotten.err);
}

const BLOCKS: [&str; 4] = ["p1", "p2", "t1", "t2"];

/// Trials of an IAT: `n` a block, of respondent `id`, with latencies through `of`.
fn iat(id: &str, n: usize, of: impl Fn(usize, usize) -> String) -> String {
    let rows = BLOCKS.iter().enumerate().flat_map(|(block, name)| {
        let of = &of;
        (0..n).map(move |trial| format!("{id},{name},{}\n", of(block, trial)))
    });
    rows.collect()
}

fn honest(block: usize, trial: usize) -> f64 {
    600.0 + 40.0 * (block % 2) as f64 + ((trial * 37 + block * 11) % 200) as f64
}

fn score(text: &str, more: &[&str]) -> Ran {
    let mut words = vec!["score", "iat", "--respondent", "id", "--block", "block", "--latency", "rt"];
    words.extend(["--practice-a", "p1", "--practice-b", "p2", "--test-a", "t1", "--test-b", "t2"]);
    words.extend(["--method", "d4", "--format", "json"]);
    words.extend(more);
    with(text, &words)
}

#[test]
fn a_trial_without_an_answer_can_be_named_and_is_counted() {
    let head = "id,block,rt,key,correct\n";
    let cell = |block, trial| match (block, trial) {
        (0, 3) => "null,null,false".to_owned(),
        _ => format!("{},f,{}", honest(block, trial), trial % 9 != 1),
    };
    let text = head.to_owned() + &iat("F", 12, cell);
    let without: String =
        text.lines().filter(|line| !line.contains("null")).map(|line| format!("{line}\n")).collect();
    let expected = score(&without, &["--correct", "correct"]).json();
    let said = score(&text, &["--correct", "correct"]).refused();
    assert!(said.contains("line 5, column `rt`: `null`") && said.contains("--no-response"), "{said}");
    for more in [&["--missing", "null"][..], &["--response", "key", "--no-response", "null"]] {
        let ran = score(&text, &[&["--correct", "correct"], more].concat());
        assert!(ran.err.contains("left out: 1 trial without an answer, of `F (1)`"), "{}", ran.err);
        assert_eq!(ran.json(), expected, "{more:?}");
    }
    // A program that keeps numbers writes -9 as -9.0, and the other way round.
    for (cell, named) in [("-9", "-9"), ("-9.0", "-9"), ("-9", "-9.0"), ("-9.00", "-9.0")] {
        let text = text.replace("null,null", &format!("{cell},{cell}"));
        for more in [&["--missing", named][..], &["--response", "key", "--no-response", named]] {
            let ran = score(&text, &[&["--correct", "correct"], more].concat());
            assert!(ran.err.contains("left out: 1 trial without an answer, of `F (1)`"), "{}", ran.err);
            assert!(!ran.err.contains("no cell"), "{}", ran.err);
            assert_eq!(ran.json(), expected, "{cell} {more:?}");
        }
        assert!(score(&text, &["--correct", "correct"]).refused().contains("line 5, column `rt`"));
    }
    // Responses after ten seconds, and for some algorithms before 400 ms, are dropped as well, and counted.
    let cut = |more: &[&str]| {
        let slow = text.replace("null,null", "10000.5,1");
        score(&slow, &[&["--correct", "correct"], more].concat()).err
    };
    assert!(cut(&[]).contains("left out: 1 trial over 10000 ms, of `F (1)`"), "{}", cut(&[]));
    assert!(!cut(&[]).contains("trial under"), "{}", cut(&[]));
    let empty = text.replace("null,null", ",");
    assert!(score(&empty, &["--correct", "correct"]).refused().contains("nothing"));
    assert_eq!(score(&empty, &["--correct", "correct", "--missing", ""]).json(), expected);
    // Counts of wrong keys are errors, too.
    let counts = text.replace("false", "2").replace("true", "0");
    assert_eq!(score(&counts, &["--error", "correct", "--missing", "null"]).json(), expected);
    assert!(score(&counts, &["--correct", "correct", "--missing", "null"]).refused().contains("`2`"));
    let others = format!("{text}F,intro,,,\nF,intro,,,\nF,pause,,,\n");
    let ran = score(&others, &["--correct", "correct", "--missing", "null"]);
    assert!(
        ran.err.contains("left out: 3 rows of other blocks in the column `block`: `intro`, `pause`"),
        "{}",
        ran.err
    );
}

#[test]
fn a_block_that_was_broken_off_has_a_reason() {
    let cell = |block, trial| format!("{},1", honest(block, trial));
    let whole = iat("A", 20, cell);
    let cut = |keep: usize| -> String {
        let mut left = keep;
        let kept = iat("B", 20, cell);
        let kept = kept.lines().filter(|line| {
            let of_block = line.contains(",p1,");
            left -= usize::from(of_block && left > 0);
            !of_block || left > 0 || keep == 0
        });
        kept.map(|line| format!("{line}\n")).collect()
    };
    for (keep, trials) in [(2, 1), (8, 7)] {
        let found =
            score(&format!("id,block,rt,right\n{whole}{}", cut(keep)), &["--correct", "right"]).json();
        assert_eq!((&found[0]["excluded"], &found[1]["excluded"]), (&false.into(), &true.into()));
        let reason = found[1]["reason"].as_str().unwrap();
        let plural = if trials == 1 { "" } else { "s" };
        assert!(
            reason.starts_with(&format!(
                "short block: {trials} trial{plural} of block `p1` beside 20 of block `p2`"
            )),
            "{reason}"
        );
    }
    let mostly_slow =
        |block, trial| format!("{},1", if block == 2 && trial > 5 { 20_000.0 } else { honest(block, trial) });
    let found =
        score(&format!("id,block,rt,right\n{}", iat("C", 20, mostly_slow)), &["--correct", "right"]).json();
    assert!(found[0]["reason"].as_str().unwrap().contains("6 of 20 of block `t1`"), "{found}");
}

#[test]
fn seconds_are_no_milliseconds() {
    let table = |unit: f64| {
        let cell = |block, trial| format!("{},1", honest(block, trial) / unit);
        format!("id,block,rt,right\n{}{}", iat("A", 12, cell), iat("B", 12, cell))
    };
    let right = ["--correct", "right"];
    let expected = score(&table(1.0), &right).json();
    for (unit, name, flag) in [(1000.0, "seconds", "s"), (0.001, "microseconds", "us")] {
        let said = score(&table(unit), &right).refused();
        assert!(
            said.contains(&format!("`rt` looks like {name}")) && said.contains("--latency-unit"),
            "{said}"
        );
        let found = score(&table(unit), &[&right[..], &["--latency-unit", flag]].concat()).json();
        near(&found[0]["d"], expected[0]["d"].as_f64().unwrap());
    }
    // Whatever unit the user declares, the advice names the right one, and following it succeeds.
    for (unit, flag) in [(1.0, "ms"), (1000.0, "s"), (0.001, "us")] {
        for told in ["ms", "s", "us"].into_iter().filter(|told| *told != flag) {
            let said = score(&table(unit), &[&right[..], &["--latency-unit", told]].concat()).refused();
            assert!(said.contains(&format!("--latency-unit {flag}")), "{flag} told as {told}: {said}");
        }
    }
    // As written by Dutch programs.
    let dutch = table(1.0).replace(",1\n", ",WAAR\n");
    assert_eq!(score(&dutch, &right).json(), expected);
    // Two programs in one file: the second one's latencies are named.
    let of = |unit: f64| move |block, trial| format!("{},1", honest(block, trial) / unit);
    let mixed = format!("id,block,rt,right\n{}{}", iat("A", 12, of(1.0)), iat("B", 12, of(1000.0)));
    let ran = score(&mixed, &right);
    assert!(ran.err.contains("do not look like milliseconds for `B`"), "{}", ran.err);
}

const TYPED: &str = "format = 1\nname = \"typed\"\nversion = \"1\"\nlanguages = [\"LANG\"]\nlabel = \"T\"\nminutes = 1\n\n\
    [[groups]]\nname = \"g\"\nlabel = \"G\"\n\n[[groups.items]]\nname = \"n\"\nkind = \"KIND\"\nlabel = \"N\"\nmin = 0\nmax = 5000\n";

#[test]
fn typed_numbers_are_right_or_refused() {
    let asked = |kind: &str, language: &str, typed: &str| {
        let place = Place::new();
        place.write("q.toml", &TYPED.replace("LANG", language).replace("KIND", kind));
        let ran = place.feed(&["interview", "q.toml", "--plain"], &format!("{typed}\n\n\n\n"));
        place.run(&["export", "--format", "csv", "--out", "out"]);
        let text = std::fs::read_dir(place.path("out"))
            .map(|files| {
                let files = files.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok());
                files.collect::<Vec<_>>().join("\n")
            })
            .unwrap_or_default();
        (ran.out + &ran.err, text)
    };
    for (kind, language, typed, kept) in [
        ("integer", "nl", "1.200", "1200"),
        ("integer", "en", "1,200", "1200"),
        ("decimal", "nl", "812,5", "812.5"),
        ("decimal", "en", "812,5", "812.5"),
        ("decimal", "nl", "1.204,5", "1204.5"),
    ] {
        let (out, text) = asked(kind, language, typed);
        assert!(text.contains(kept), "{kind} {language} {typed}: {out}\n{text}");
    }
    for (kind, language, typed, says) in [
        ("integer", "en", "1.000", "`1.000` can be read in two ways. Type 1000 without a point or comma"),
        ("integer", "nl", "1,000", "`1,000` is op twee manieren te lezen. Typ 1000 zonder punt of komma"),
        ("decimal", "nl", "1.204", "`1.204` is op twee manieren te lezen. Typ 1204 of 1,2040."),
        ("decimal", "en", "1,204", "`1,204` can be read in two ways. Type 1204 or 1.2040."),
    ] {
        let (out, _) = asked(kind, language, typed);
        assert!(out.contains(says), "{kind} {language} {typed}: {out}");
    }
}
