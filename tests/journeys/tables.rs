//! Training, evaluating and classifying tables through the program, and everything odd that a table can hold.

use relata::rng::Rng;
use serde_json::Value;

use super::support::{Place, Ran};

const LABELS: [&str; 4] = ["CS", "AR", "EM", "MP"];

/// `n` rows of three features that lean on the label, with a code in front and every ninth `b` missing.
fn table(n: usize, seed: u64) -> String {
    let mut rng = Rng::new(seed);
    let mut text = String::from("id,a,b,c,code,org\n");
    for row in 0..n {
        let label = rng.weighted(&[0.3, 0.2, 0.2, 0.3]);
        let mut value = |place: usize| if place == label { 1.5 } else { 0.0 } + rng.normal();
        let (a, b, c) = (value(0), value(1), value(2));
        let b = if row % 9 == 4 { String::new() } else { b.to_string() };
        text += &format!("R{row},{a},{b},{c},{},org{}\n", LABELS[label], row % 4);
    }
    text
}

fn train(place: &Place, text: &str, more: &[&str]) -> Ran {
    place.write("t.csv", text);
    let mut args = vec!["train", "--input", "t.csv", "--label", "code", "--out", "m.json", "--force"];
    if !more.contains(&"--folds") {
        args.extend(["--folds", "0"]);
    }
    args.extend(more);
    place.run(&args)
}

fn evaluate(place: &Place, more: &[&str]) -> Ran {
    let mut args = vec!["evaluate", "--input", "t.csv", "--label", "code", "--ignore", "id,org"];
    args.extend(["--folds", "4", "--resamples", "50", "--alpha", "1"]);
    args.extend(more);
    place.run(&args)
}

fn rows(ran: &Ran) -> Vec<Vec<String>> {
    assert_eq!(ran.code, 0, "{}", ran.err);
    ran.out.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
}

#[test]
fn train_classify_and_card() {
    let place = Place::new();
    let text = table(120, 1);
    let ran =
        train(&place, &text, &["--ignore", "id,org", "--alpha", "1", "--folds", "3", "--resamples", "20"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.is_empty() && ran.err.contains("out of fold"), "{}", ran.err);
    let first = std::fs::read(place.path("m.json")).unwrap();
    let again =
        train(&place, &text, &["--ignore", "id,org", "--alpha", "1", "--folds", "3", "--resamples", "20"]);
    assert_eq!(again.code, 0);
    assert_eq!(std::fs::read(place.path("m.json")).unwrap(), first, "the same seed gives the same bits");
    assert_eq!(std::fs::read_dir(place.path("")).unwrap().count(), 2, "nothing is left beside the two files");

    let classified = place.run(&["classify", "--input", "t.csv", "--model", "m.json", "--format", "csv"]);
    let rows = rows(&classified);
    assert_eq!(rows[0].join(","), "id,code,org,p_cs,p_ar,p_em,p_mp,dominant,second,margin,uncertain,imputed");
    assert_eq!(rows.len(), 121);
    let mut right = 0;
    for (place, row) in rows[1..].iter().enumerate() {
        assert_eq!(row[0], format!("R{place}"), "the order of the input is kept");
        let sum: f64 = row[3..7].iter().map(|share| share.parse::<f64>().unwrap()).sum();
        assert!((sum - 1.0).abs() < 1e-9);
        right += usize::from(row[1] == row[7]);
    }
    assert!(right > 60, "{right}");
    let because = place.run(&[
        "classify",
        "--input",
        "t.csv",
        "--model",
        "m.json",
        "--format",
        "csv",
        "--contributions",
        "2",
    ]);
    assert!(
        because
            .out
            .lines()
            .next()
            .unwrap()
            .ends_with("because_1,because_1_weight,because_2,because_2_weight")
    );
    let json = place.run(&["classify", "--input", "t.csv", "--model", "m.json", "--format", "json"]);
    assert_eq!(serde_json::from_str::<Value>(&json.out).unwrap().as_array().unwrap().len(), 120);
    let places: Vec<Option<usize>> =
        rows[0].iter().map(|key| json.out.lines().nth(1).unwrap().find(&format!("\"{key}\":"))).collect();
    assert!(places.is_sorted() && places[0].is_some(), "keys stand in the order of the columns: {places:?}");

    let card = place.run(&["model", "card", "m.json"]);
    assert!(
        card.out.starts_with("# Model card") && card.out.contains("3-fold cross-validation"),
        "{}",
        card.out
    );
    let shown = place.run(&["model", "show", "m.json", "--format", "csv"]);
    assert!(shown.out.contains("CS,b is missing,"), "{}", shown.out);
}

#[test]
fn a_model_is_explained_with_its_own_table_only() {
    let place = Place::new();
    let text = table(120, 5);
    let trained = train(&place, &text, &["--ignore", "id,org", "--alpha", "1"]);
    assert_eq!(trained.code, 0, "{}", trained.err);
    let explain = |more: &[&str]| {
        let mut args = vec!["model", "explain", "m.json", "--input", "t.csv", "--label", "code"];
        args.extend(["--resamples", "40", "--repeats", "3"]);
        args.extend(more);
        place.run(&args)
    };
    // Columns that the model does not know need no --ignore.
    let json = explain(&["--format", "json", "--together", "pair=a,c"]);
    let found: Value = serde_json::from_str(&json.out).unwrap_or_else(|_| panic!("{}", json.err));
    let groups = found["importance"]["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 2);
    assert_eq!((&groups[0]["group"], &groups[0]["columns"][1]), (&"pair".into(), &"c".into()));
    assert!(groups[0]["low"].as_f64() > Some(0.0), "{}", groups[0]);
    let terms = found["coefficients"]["terms"].as_array().unwrap();
    assert_eq!(terms.len(), 4 * 4, "four classes; three features and one that says that b is missing");
    assert_eq!(
        (&found["coefficients"]["fitted"], &found["coefficients"]["resamples"]),
        (&40.into(), &40.into())
    );
    let own = terms.iter().find(|term| term["class"] == "CS" && term["column"] == "a").unwrap();
    assert!(own["low"].as_f64() > Some(0.0) && own["low"].as_f64() <= own["value"].as_f64(), "{own}");
    let csv = rows(&explain(&["--format", "csv"]));
    assert_eq!(csv[0].join(","), "what,class,name,value,low,high,same_sign");
    assert_eq!(csv.len(), 1 + 3 + 16);
    let shown = explain(&["--group", "org", "--keep"]);
    assert!(shown.out.contains("4 groups left out one at a time"), "{} {}", shown.out, shown.err);
    let card = place.run(&["model", "card", "m.json"]);
    assert!(
        card.out.contains("## What it rests on") && card.out.contains("whole groups of rows drawn"),
        "{}",
        card.out
    );
    // The kept columns change no probability.
    let scored = place.run(&["classify", "--input", "t.csv", "--model", "m.json", "--format", "csv"]);
    assert_eq!(scored.code, 0, "{}", scored.err);

    place.write("t.csv", &table(120, 6));
    let refused = explain(&[]);
    assert!(refused.code == 1 && refused.err.contains("not the table"), "{}", refused.err);
    let unknown = explain(&["--together", "x=age"]);
    assert!(unknown.code == 1 && unknown.err.contains("`age` is no feature"), "{}", unknown.err);
    assert_eq!(explain(&["--together", "x"]).code, 2);
}

#[test]
fn evaluation_has_every_number_beside_its_baselines() {
    let place = Place::new();
    place.write("t.csv", &table(120, 2));
    let ran = evaluate(&place, &["--format", "json", "--predictions", "p.csv", "--learning-curve"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    for key in ["accuracy", "balanced_accuracy", "macro_f1", "log_loss", "brier", "ece"] {
        for end in ["value", "low", "high"] {
            assert!(found[key][end].is_f64(), "{key}.{end}");
        }
        assert!(found["baselines"]["prior"][key]["value"].is_f64());
    }
    assert!(found["log_loss"]["value"].as_f64() < found["baselines"]["prior"]["log_loss"]["value"].as_f64());
    let curve = &found["learning_curve"];
    assert_eq!((curve["points"].as_array().unwrap().len(), &curve["more"]), (5, &50.into()));
    assert!(curve["expected_change"]["low"].as_f64() < curve["expected_change"]["high"].as_f64(), "{curve}");
    assert_eq!(found["reliability"].as_array().unwrap().len(), 10);
    let confusion = found["confusion"].as_array().unwrap();
    let total: u64 = confusion.iter().flat_map(|row| row.as_array().unwrap()).filter_map(Value::as_u64).sum();
    assert_eq!(total, 120);
    assert_eq!(evaluate(&place, &["--format", "json"]).out, evaluate(&place, &["--format", "json"]).out);
    let predictions = std::fs::read_to_string(place.path("p.csv")).unwrap();
    assert_eq!(predictions.lines().count(), 121);
    assert!(predictions.starts_with("row,part,label,called,p_cs"));
    let refused = evaluate(&place, &["--predictions", "p.csv"]);
    assert!(refused.code == 1 && refused.err.contains("is there already"), "{}", refused.err);
    let text = evaluate(&place, &[]);
    for part in ["Confusion", "By class", "Reliability", "baseline: prior"] {
        assert!(text.out.contains(part), "{}", text.out);
    }
}

#[test]
fn groups_and_given_folds_are_left_out_whole() {
    let place = Place::new();
    place.write("t.csv", &table(120, 3));
    let by_group = place.run(&[
        "evaluate",
        "--input",
        "t.csv",
        "--label",
        "code",
        "--ignore",
        "id",
        "--group",
        "org",
        "--alpha",
        "1",
        "--resamples",
        "20",
        "--format",
        "json",
        "--predictions",
        "p.csv",
    ]);
    assert_eq!(by_group.code, 0, "{}", by_group.err);
    let found: Value = serde_json::from_str(&by_group.out).unwrap();
    assert_eq!(found["division"]["by"], "group");
    let predictions = std::fs::read_to_string(place.path("p.csv")).unwrap();
    assert!(predictions.lines().nth(3).unwrap().starts_with("3,org2,"));
    // The same division, given as folds, predicts the same.
    let given = place.run(&[
        "evaluate",
        "--input",
        "t.csv",
        "--label",
        "code",
        "--ignore",
        "id",
        "--fold",
        "org",
        "--alpha",
        "1",
        "--resamples",
        "20",
        "--format",
        "json",
    ]);
    let given: Value = serde_json::from_str(&given.out).unwrap();
    assert_eq!(given["log_loss"]["value"], found["log_loss"]["value"]);
    assert_eq!(given["division"]["by"], "given");
}

#[test]
fn what_programs_write_for_nothing_is_no_group() {
    let place = Place::new();
    place.write("t.csv", &table(60, 3).replace(",org2\n", ",NA\n"));
    for by in ["--group", "--fold"] {
        let line = ["evaluate", "--input", "t.csv", "--label", "code", "--ignore", "id", by, "org"];
        let ran = place.run(&line);
        assert!(
            ran.code == 1
                && ran.err.contains("line 4: column `org`: `NA` is what programs write for a missing value"),
            "{by}: {}",
            ran.err
        );
        let told = place.run(&[&line[..], &["--missing", "NA"]].concat());
        assert!(told.code == 1 && told.err.contains("`org` is empty in line 4, 8"), "{by}: {}", told.err);
    }
}

#[test]
fn no_result_takes_the_place_of_what_it_was_made_of_or_of_a_device() {
    let place = Place::new();
    let text = table(60, 3);
    place.write("t.csv", &text);
    let learn = ["--input", "t.csv", "--label", "code", "--ignore", "id,org", "--alpha", "1", "--force"];
    let both = [["train", "--out", "./t.csv"], ["evaluate", "--predictions", "t.csv"]];
    for start in both {
        let ran = place.run(&[&start[..], &learn[..]].concat());
        assert!(ran.code == 1 && ran.err.contains("is what is read here"), "{}", ran.err);
    }
    assert_eq!(std::fs::read_to_string(place.path("t.csv")).unwrap(), text);
    #[cfg(unix)]
    {
        let made = std::process::Command::new("mkfifo").arg(place.path("pipe")).status().unwrap();
        assert!(made.success());
        place.run(&["simulate", "workshop-pulse", "--n", "2"]).ok();
        for out in ["pipe", "."] {
            let ran = place.run(&["report", "--out", out, "--force"]);
            assert!(ran.code == 1 && ran.err.contains("is a folder or a device, and no file"), "{}", ran.err);
        }
        let kind = std::fs::metadata(place.path("pipe")).unwrap().file_type();
        assert!(std::os::unix::fs::FileTypeExt::is_fifo(&kind));
    }
    // A file in place of a folder gets a plain error message.
    let ran = place.run(&["export", "--format", "csv", "--out", "t.csv"]);
    assert!(ran.err.contains("a part of its path is a file") && !ran.err.contains("os error"), "{}", ran.err);
}

#[test]
fn rows_are_held_back_as_long_as_their_numbers_could_be_others() {
    let place = Place::new();
    let rows: String = (0..40).map(|at| format!("{},{},{}\n", LABELS[at % 4], at % 4 * 2, at % 7)).collect();
    place.write("t.csv", &format!("code,x,y\n{rows}"));
    let learn = ["--input", "t.csv", "--label", "code", "--out", "m.json", "--folds", "0", "--alpha", "1"];
    place.run(&[&["train"], &learn[..]].concat()).ok();
    // More rows than are read together, of which the last alone says what the sign means.
    let many = "1.204,3\n".repeat(20_000);
    for format in ["csv", "json", "table"] {
        place.write("r.csv", &format!("x,y\n{many}\"812,5\",3\n"));
        let line = ["classify", "--input", "r.csv", "--model", "m.json", "--format", format];
        let ran = place.run(&line);
        assert!(ran.code == 1 && ran.err.contains("812,5"), "{format}: {}", ran.err);
        assert_eq!(ran.out, "", "{format}");
        for last in ["812.5,3\n", ""] {
            place.write("r.csv", &format!("x,y\n{many}{last}"));
            let ran = place.run(&line);
            assert_eq!(ran.code, 0, "{}", ran.err);
            let rows = 20_000 + usize::from(!last.is_empty());
            let found = match format {
                "json" => serde_json::from_str::<Value>(&ran.out).unwrap().as_array().unwrap().len(),
                _ => ran.out.lines().count() - 1,
            };
            assert_eq!(found, rows, "{format}");
        }
    }
}

#[test]
fn odd_tables_are_refused_with_their_reason() {
    let place = Place::new();
    let cases = [
        ("a,code\n1,CS\n2,CS\n", "the same label"),
        ("a,code\n1,CS\n2,MPP\n3,Sales\n", "`MPP`, `Sales`"),
        ("a,code\n1,CS\nNaN,MP\n", "line 3: column `a`: `NaN`"),
        ("a,code\n1,CS\n-inf,MP\n", "`-inf` is not a finite number"),
        ("a,a,code\n1,1,CS\n", "two columns called `a`"),
        ("a,code\n1,CS\n2\n", "line 3: 1 cell, but the header names 2"),
        ("a;code\n1;CS\n", "the same label"),
        ("a,kode\n1,CS\n", "did you mean `kode`?"),
        ("code\nCS\nMP\n", "no features"),
        ("a,code\n", "no rows"),
        ("", "no header"),
        ("name,code\nAnn,CS\n", "`Ann` is not a finite number"),
    ];
    for (text, reason) in cases {
        let ran = train(&place, text, &[]);
        assert!(ran.code == 1 && ran.err.contains(reason), "{text:?}: {} {}", ran.code, ran.err);
        assert!(!place.path("m.json").exists(), "{text:?}");
    }
    let few = place.write("t.csv", "a,code\n1,CS\n2,MP\n3,MP\n");
    assert!(few.exists());
    let ran = place.run(&["evaluate", "--input", "t.csv", "--label", "code"]);
    assert!(ran.code == 1 && ran.err.contains("at least two of each"), "{}", ran.err);
    let strength = train(&place, &table(40, 1), &["--ignore", "id,org", "--alpha", "0.01"]);
    assert!(strength.code == 1 && strength.err.contains("0.01"), "{}", strength.err);
    assert_eq!(train(&place, "", &["--prior", "flat"]).code, 2);
}

#[test]
fn odd_tables_that_have_a_sane_result() {
    let place = Place::new();
    let rows = |row: fn(usize) -> String| -> String { (0..20).map(row).collect() };
    let cases = [
        // Five rows; names of labels in words; a label that is absent.
        "a,code\n1,communal_sharing\n2,Market Pricing\n3,mp\n1.5,cs\n2.5,MP\n9,\n".to_owned(),
        // A constant feature, and one twice.
        "a,b,c,code\n".to_owned() + &rows(|r| format!("{r},{r},7,{}\n", ["CS", "MP"][r % 2])),
        // A feature that separates perfectly.
        "a,code\n".to_owned() + &rows(|r| format!("{},{}\n", r % 2, ["CS", "MP"][r % 2])),
        // A feature that nobody has.
        "a,b,code\n".to_owned() + &rows(|r| format!("{r},,{}\n", ["AR", "EM"][r % 2])),
        // A byte-order mark and Windows line ends.
        "\u{feff}a,code\r\n".to_owned() + &rows(|r| format!("{r},{}\r\n", ["AR", "EM", "MP"][r % 3])),
    ];
    // Perfectly separated rows are all classified correctly, and with two classes the other two have no share.
    let separates = |text: &String| *text == cases[2];
    for text in &cases {
        for learner in ["softmax", "gaussian", "tree"] {
            let ran = train(&place, text, &["--learner", learner]);
            assert_eq!(ran.code, 0, "{learner} {text:?}: {}", ran.err);
            let classified =
                place.run(&["classify", "--input", "t.csv", "--model", "m.json", "--format", "csv"]);
            assert_eq!(classified.code, 0, "{}", classified.err);
            assert!(!classified.out.contains("NaN") && !classified.out.contains("inf"), "{}", classified.out);
            if separates(text) {
                let wrong = classified.out.lines().skip(1).filter(|line| {
                    let cells: Vec<&str> = line.split(',').collect();
                    cells[0] != cells[5] || !cells[1..5].contains(&"0.0")
                });
                assert_eq!(wrong.count(), 0, "{learner}: {}", classified.out);
            }
        }
    }
}

/// Filling in the mean of every feature would silently give each session the same profile.
#[test]
fn a_study_that_has_nothing_of_what_a_model_was_trained_on_is_refused() {
    let place = Place::new();
    train(&place, &table(60, 1), &["--ignore", "id,org"]);
    place.run(&["simulate", "customer-interview", "--n", "3", "--seed", "1"]).ok();
    let ran = place.run(&["classify", "--model", "m.json", "--format", "csv"]);
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{}", ran.err);
    assert!(ran.err.contains("no session has features that the model needs"), "{}", ran.err);
}

#[test]
fn models_and_tables_that_do_not_fit_are_refused() {
    let place = Place::new();
    assert_eq!(train(&place, &table(60, 4), &["--ignore", "id,org"]).code, 0);
    let classify = |input: &str, model: &str| place.run(&["classify", "--input", input, "--model", model]);
    place.write("lacks.csv", "a,c\n1,2\n");
    assert!(classify("lacks.csv", "m.json").err.contains("lacks columns that the model needs: `b`"));
    place.write("odd.csv", "a,b,c\n1,2,3\n1,x,3\n");
    assert!(classify("odd.csv", "m.json").err.contains("line 3: column `b`: `x`"));
    let newer =
        std::fs::read_to_string(place.path("m.json")).unwrap().replace("\"schema\": 1", "\"schema\": 2");
    place.write("newer.json", &newer);
    assert!(classify("t.csv", "newer.json").err.contains("a newer relata made it"));
    place.write("cut.json", &newer[..newer.len() / 2]);
    assert!(classify("t.csv", "cut.json").err.contains("this is no model file"));
    assert_eq!(place.run(&["classify", "--input", "t.csv"]).code, 2);
    let there = place.run(&["train", "--input", "t.csv", "--label", "code", "--out", "m.json"]);
    assert!(there.code == 1 && there.err.contains("is there already"), "{}", there.err);
}

#[test]
fn rows_of_a_model_are_read_before_they_are_written_and_what_was_filled_in_is_counted() {
    let place = Place::new();
    let rows: String = (0..40)
        .map(|at| {
            format!(
                "{},{},{}\n",
                ["CS", "AR", "EM", "MP"][at % 4],
                at % 4 * 2,
                if at % 5 == 0 { "-9".into() } else { (at % 7).to_string() }
            )
        })
        .collect();
    place.write("t.csv", &format!("code,x,y\n{rows}"));
    let trained = place.run(&[
        "train",
        "--input",
        "t.csv",
        "--label",
        "code",
        "--out",
        "m.json",
        "--folds",
        "0",
        "--missing",
        "-9",
    ]);
    assert_eq!(trained.code, 0, "{}", trained.err);
    assert!(
        trained.err.contains(
            "the means of the training stand in for 8 missing values: in 8 rows and 1 column (`y`)"
        ),
        "{}",
        trained.err
    );
    place.write("r.csv", "code;x;y\na;0,5;-9\nb;2,5;1\nc;-9;-9\n");
    let classify = |more: &[&str]| {
        let line = ["classify", "--input", "r.csv", "--model", "m.json", "--missing", "-9"];
        place.run(&[&line[..], more].concat())
    };
    let ran = classify(&["--format", "json"]);
    let said = "the means of the training stand in for 3 missing values: in 2 rows and 2 columns (`x`, `y`)";
    assert!(ran.err.contains(said), "{}", ran.err);
    let clue = "r.csv is read with semicolons between cells; decimal commas in `x`";
    assert_eq!(ran.err.matches(clue).count(), 1, "{}", ran.err);
    let found: Value = serde_json::from_str(&ran.out).unwrap();
    let imputed: Vec<u64> =
        found.as_array().unwrap().iter().map(|row| row["imputed"].as_u64().unwrap()).collect();
    assert_eq!(imputed, [1, 0, 2]);
    let table = classify(&["--contributions", "1"]);
    let line = table.out.lines().next().unwrap();
    assert!(line.contains("uncertain  imputed    because_1"), "{line}");
    // On one stream: what the rows rest on comes first.
    let both = std::process::Command::new("sh")
        .args([
            "-c",
            "\"$0\" classify --input r.csv --model m.json --missing -9 2>&1",
            env!("CARGO_BIN_EXE_relata"),
        ])
        .current_dir(place.path(""))
        .output()
        .unwrap();
    let both = String::from_utf8(both.stdout).unwrap();
    let at = |text: &str| both.find(text).unwrap_or_else(|| panic!("{text}\n{both}"));
    assert!(at(clue) < at("p_cs") && at("p_cs") < at("stand in for 3"), "{both}");
}
