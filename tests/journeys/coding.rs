//! Coding, agreement and training on a study, through the real program.

use std::collections::BTreeMap;

use relata::instrument::RelationalModel;
use relata::store::{SessionId, Study};
use serde_json::Value;

use super::support::{Place, Ran};
use super::terminal::Terminal;

const PROGRAM: &str = env!("CARGO_BIN_EXE_relata");

/// A place with this many simulated sessions, and their ids with the simulated coder's label: it stands in for people's codes,
/// and is imported from a file like theirs.
fn simulated(n: usize) -> (Place, Vec<(SessionId, RelationalModel)>) {
    let place = Place::new();
    let ran = place.run(&["simulate", "workshop-pulse", "--n", &n.to_string(), "--seed", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let truths = Study::open(&place.study()).unwrap().truths().unwrap();
    (place, truths.into_iter().map(|(id, truth)| (id, truth.code)).collect())
}

/// A file in which two coders agree except on every tenth session.
fn codes(sessions: &[(SessionId, RelationalModel)]) -> String {
    let mut text = String::from("session,coder,dominant,second,confidence\n");
    for (at, (id, label)) in sessions.iter().enumerate() {
        let other = RelationalModel::ALL[(label.index() + 1) % 4];
        let second = if at % 10 == 3 { other } else { *label };
        text += &format!("{id},C1,{label},{other},4\n{id},C2,{},,\n", second.name());
    }
    text
}

fn coded(n: usize, sessions: usize) -> (Place, Vec<(SessionId, RelationalModel)>) {
    let (place, labels) = simulated(n);
    place.write("codes.csv", &codes(&labels[..sessions]));
    let ran = place.run(&["code", "import", "codes.csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    (place, labels)
}

fn json(ran: &Ran) -> Value {
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The line of a respondent in what `classify --format csv` printed.
fn line_of(ran: &Ran, who: &str) -> String {
    ran.out.lines().find(|line| line.starts_with(&format!("{who},"))).unwrap().to_owned()
}

fn kept(place: &Place) -> usize {
    Study::open(&place.study()).unwrap().all_codes().unwrap().len()
}

#[test]
fn a_file_is_taken_over_once_and_its_faults_are_said_at_once() {
    let (place, labels) = simulated(4);
    let (one, two) = (labels[0].0, labels[1].0);
    place.write(
        "bad.csv",
        &format!(
            "session,coder,dominant,second,confidence\nnowhere,C1,MP,,\n{one},,XX,CS,9\n{one},C1,MP,MP,\n{two},C1,MP,,\n\
             {two},C1,CS,,\n{two},C2\n"
        ),
    );
    let ran = place.run(&["code", "import", "bad.csv"]);
    assert_eq!(ran.code, 1);
    for fault in [
        "7 faults",
        "line 2, column `session`",
        "line 3, column `coder`: is empty",
        "line 3, column `dominant`: `XX`",
        "line 3, column `confidence`: `9`",
        "line 4, column `second`: is `MP`",
        "line 6, column `session`: this coder has another code for it in line 5",
        "line 7: 2 cells, but the header names 5",
    ] {
        assert!(ran.err.contains(fault), "{fault}\n{}", ran.err);
    }
    assert_eq!(kept(&place), 0);
    place.write("good.csv", &codes(&labels));
    assert_eq!(place.run(&["code", "import", "good.csv"]).code, 0);
    assert_eq!(kept(&place), 8);
    let again = place.run(&["code", "import", "good.csv"]);
    assert!(again.err.contains("nothing changed: 8 codes there already"), "{}", again.err);
    assert_eq!(kept(&place), 8);

    // An old file does not undo a coder's later code.
    let label = labels[0].1;
    let other = RelationalModel::ALL[(label.index() + 2) % 4];
    place.write("later.csv", &format!("session,coder,dominant\n{one},C1,{other}\n"));
    assert_eq!(place.run(&["code", "import", "later.csv"]).code, 0);
    let old = place.run(&["code", "import", "good.csv"]);
    assert!(old.err.contains("left alone: 1 row"), "{}", old.err);
    assert_eq!(kept(&place), 9);
    let list = json(&place.run(&["code", "list", "--format", "json"]));
    let of_one = list
        .as_array()
        .unwrap()
        .iter()
        .find(|code| code["session"] == one.to_string().as_str() && code["coder"] == "C1");
    assert_eq!(of_one.unwrap()["dominant"], other.abbreviation());
    assert_eq!(place.run(&["code", "import", "good.csv", "--again"]).code, 0);
    assert_eq!(kept(&place), 10);
}

#[test]
fn a_list_of_all_codes_is_taken_over_with_their_order() {
    let place = Place::new();
    let ids = told(&place, 1);
    for model in ["MP", "CS", "MP"] {
        place.write("one.csv", &format!("session,coder,dominant,at\n{},C1,{model},\n", ids[0]));
        assert_eq!(place.run(&["code", "import", "one.csv", "--again"]).code, 0);
    }
    let listed = place.run(&["code", "list", "--all", "--format", "csv"]).out;
    place.write("all.csv", &listed);
    // Nothing in it is new to the study that it comes from.
    let again = place.run(&["code", "import", "all.csv"]);
    assert!(again.code == 0 && kept(&place) == 3, "{}", again.err);
    let dominant = |place: &Place| {
        let listed = json(&place.run(&["code", "list", "--all", "--format", "json"]));
        let codes =
            listed.as_array().unwrap().iter().map(|code| code["dominant"].as_str().unwrap().to_owned());
        codes.collect::<Vec<String>>()
    };
    assert_eq!(dominant(&place), ["MP", "CS", "MP"]);
    // Imported elsewhere, the last one counts there too.
    let other = Place::new();
    told(&other, 1);
    other.write("all.csv", &listed.replace(&ids[0], "R1"));
    let taken = other.run(&["code", "import", "all.csv"]);
    assert!(taken.code == 0 && taken.err.contains("3 codes of 3 rows"), "{}", taken.err);
    assert_eq!(dominant(&other), ["MP", "CS", "MP"]);
    let counts = json(&other.run(&["code", "list", "--format", "json"]));
    assert_eq!((counts.as_array().unwrap().len(), &counts[0]["dominant"]), (1, &"MP".into()));
    // Without instants, there is one code per coder.
    other.write(
        "bad.csv",
        "session,coder,dominant,at\nR1,C2,MP,\nR1,C2,CS,2026-01-31T14:00:00Z\nR1,C3,CS,noon\n",
    );
    let refused = other.run(&["code", "import", "bad.csv"]);
    assert!(refused.err.contains("line 3") && refused.err.contains("in a column `at`"), "{}", refused.err);
    assert!(refused.err.contains("line 4, column `at`: `noon`"), "{}", refused.err);
}

#[test]
fn agreement_lists_what_is_to_be_discussed_until_it_is_settled() {
    let (place, labels) = coded(40, 40);
    let found = json(&place.run(&["agreement", "--format", "json"]));
    assert_eq!((&found["sessions"], &found["compared"]), (&Value::from(40), &Value::from(40)));
    let names: BTreeMap<&str, &Value> = found["statistics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|statistic| (statistic["name"].as_str().unwrap(), statistic))
        .collect();
    assert!((names["raw_agreement"]["value"].as_f64().unwrap() - 0.9).abs() < 1e-12);
    for name in ["raw_agreement", "cohen_kappa", "krippendorff_alpha", "gwet_ac1"] {
        let statistic = names[name];
        let number = |key: &str| statistic[key].as_f64().unwrap();
        assert!(number("low") <= number("value") && number("value") <= number("high"), "{statistic}");
    }
    assert!(names["chance_agreement"]["value"].as_f64().unwrap() > 0.2);
    let discuss = found["discuss"].as_array().unwrap();
    assert_eq!(discuss.len(), 4);
    assert_eq!(discuss[0]["session"], labels[3].0.to_string().as_str());

    let nobody = place.run(&["code", "settle", &labels[3].0.to_string(), "XX", "--coder", "C1"]);
    assert_eq!(nobody.code, 2);
    for at in [3, 13, 23, 33] {
        let settled = place.run(&["code", "settle", &labels[at].0.to_string(), "MP", "--coder", "C1"]);
        assert_eq!(settled.code, 0, "{}", settled.err);
    }
    let found = json(&place.run(&["agreement", "--format", "json"]));
    assert_eq!((found["discuss"].as_array().unwrap().len(), &found["settled"]), (0, &Value::from(4)));
    // A consensus does not make the coders agree.
    let raw = found["statistics"][0]["value"].as_f64().unwrap();
    assert!((raw - 0.9).abs() < 1e-12);
    let table = place.run(&["agreement"]);
    assert!(table.out.contains("no session to discuss; settled: 4"), "{}", table.out);
}

#[test]
fn a_study_without_two_coders_has_no_agreement_and_one_without_codes_nothing_to_learn() {
    let (place, labels) = simulated(3);
    let none = place.run(&["train", "--out", "m.json"]);
    assert!(none.code == 1 && none.err.contains("nobody has coded a session"), "{}", none.err);
    assert_eq!(place.run(&["agreement"]).code, 1);
    place.write("one.csv", &format!("session,coder,dominant\n{},C1,MP\n", labels[0].0));
    assert_eq!(place.run(&["code", "import", "one.csv"]).code, 0);
    let ran = place.run(&["agreement"]);
    assert!(ran.code == 1 && ran.err.contains("no agreement to compute"), "{}", ran.err);
    // A single coded session can be pooled, but not used alone.
    let pooled = place.run(&["train", "--out", "m.json"]);
    assert!(pooled.code == 0 && pooled.err.contains("carries no evaluation"), "{}", pooled.err);
    let alone = place.run(&["train", "--pool", "never", "--out", "n.json"]);
    assert!(alone.code == 1 && alone.err.contains("the same label"), "{}", alone.err);
}

#[test]
fn a_study_trains_classifies_and_is_evaluated_on_its_coded_sessions_alone() {
    let (place, labels) = coded(45, 40);
    let train = ["train", "--out", "m.json", "--folds", "3", "--resamples", "10", "--alpha", "1"];
    let ran = place.run(&train);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("left out: 4 coded sessions on which coders disagree"), "{}", ran.err);
    assert!(ran.err.contains("every respondent here is simulated"), "{}", ran.err);
    let model: Value = serde_json::from_str(&std::fs::read_to_string(place.path("m.json")).unwrap()).unwrap();
    let basis = "pooled with the reference model, simulated: 36 coded sessions of simulated respondents";
    assert_eq!(model["basis"], basis);
    assert_eq!(model["rows"], 36 + 2750);

    let evaluate = ["evaluate", "--folds", "3", "--resamples", "10", "--alpha", "1", "--format", "json"];
    let judged = json(&place.run(&evaluate));
    assert_eq!(judged["basis"], basis);
    let rows: u64 = judged["confusion"]
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|row| row.as_array().unwrap())
        .map(|n| n.as_u64().unwrap())
        .sum();
    assert_eq!(rows, 36, "only coded sessions are scored");
    assert_eq!(judged["accuracy"], model["evaluation"]["accuracy"]);
    let predictions = place.run(&[&evaluate[..7], &["--predictions", "p.csv"]].concat());
    assert_eq!(predictions.code, 0, "{}", predictions.err);
    let written = std::fs::read_to_string(place.path("p.csv")).unwrap();
    assert!(written.starts_with("session,part,label,called") && written.lines().count() == 37, "{written}");
    assert!(written.contains(&labels[0].0.to_string()));

    // A file uses the given model. Profiles of the study use its codes only where these are shown to improve on the reference,
    // which describes these simulated people as well as possible.
    let file = place.run(&["classify", "--model", "m.json", "--format", "csv"]);
    assert!(file.code == 0 && file.out.lines().count() == 46, "{}", file.err);
    assert!(file.err.contains("its call is no test of it"), "{}", file.err);
    let own = place.run(&["classify", "--format", "csv"]);
    assert!(own.out.lines().skip(1).all(|line| line.contains("reference model, simulated")), "{}", own.out);
    assert!(own.err.contains("The codes are not used"), "{}", own.err);
    let first = own.out.lines().nth(1).unwrap();
    let report = json(&place.run(&["report", "--respondent", "S1-001", "--format", "json"]));
    let probability = report["profiles"][0]["probabilities"][0].as_f64().unwrap();
    let in_table: f64 = first.split(',').nth(3).unwrap().parse().unwrap();
    assert_eq!(probability, in_table, "report and classify agree");
    let reference = place.run(&["classify", "--reference", "--format", "csv"]);
    assert!(reference.out.lines().nth(1).unwrap().contains("reference model, simulated"));

    let both = place.run(&[
        "train",
        "--study",
        "study.relata",
        "--input",
        "x.csv",
        "--label",
        "y",
        "--out",
        "q.json",
    ]);
    assert_eq!(both.code, 2, "{}", both.err);
    let grouped = place.run(&["evaluate", "--group", "nonsense"]);
    assert!(grouped.code == 1 && grouped.err.contains("fields are"), "{}", grouped.err);
}

#[test]
fn every_model_coded_twenty_times_trains_a_model_of_its_own_on_which_no_profile_need_rest() {
    let (place, labels) = simulated(84);
    let mut text = String::from("session,coder,dominant,consensus\n");
    for (at, (id, _)) in labels.iter().enumerate() {
        text += &format!("{id},C1,{},\n{id},C2,MP,yes\n", RelationalModel::ALL[at % 4]);
    }
    // Where there is a consensus, the coders' individual codes do not count: here all of them would be MP.
    place.write("codes.csv", &text);
    assert_eq!(place.run(&["code", "import", "codes.csv"]).code, 0);
    let one = place.run(&["train", "--pool", "never", "--out", "one.json"]);
    assert!(one.code == 1 && one.err.contains("same label"), "{}", one.err);

    let (place, labels) = simulated(84);
    let rows = labels.iter().enumerate();
    let rows = rows.map(|(at, (id, _))| format!("{id},C1,{}\n", RelationalModel::ALL[at % 4]));
    place.write("codes.csv", &format!("session,coder,dominant\n{}", rows.collect::<String>()));
    assert_eq!(place.run(&["code", "import", "codes.csv"]).code, 0);
    let ran = place.run(&["train", "--out", "m.json", "--folds", "0", "--alpha", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let model: Value = serde_json::from_str(&std::fs::read_to_string(place.path("m.json")).unwrap()).unwrap();
    assert_eq!(model["basis"], "the study's own: 84 coded sessions of simulated respondents");
    assert_eq!(model["rows"], 84);
    let report = place.run(&["report", "--respondent", "S1-002", "--format", "md"]);
    // The models were named in turn, so these codes carry no information.
    assert!(!report.out.contains("coded sessions of this study"), "{}", report.out);
    let classified = place.run(&["classify", "--format", "csv"]);
    assert!(classified.err.contains("The codes are not used"), "{}", classified.err);
    let reference = place.run(&["classify", "--format", "csv", "--reference"]);
    assert!(!reference.err.contains("The codes are not used"), "{}", reference.err);
    assert_eq!(classified.out, reference.out);
    let one_coder = place.run(&["report", "--format", "md", "--lang", "en"]).ok();
    assert!(one_coder.contains("One coder coded 84 sessions"), "{one_coder}");
    for said in ["majority of their coders", "by consensus", "disputed"] {
        assert!(!one_coder.contains(said), "{said}: {one_coder}");
    }
    let explain = [
        "model",
        "explain",
        "m.json",
        "--resamples",
        "20",
        "--folds",
        "3",
        "--repeats",
        "2",
        "--format",
        "json",
    ];
    let found = json(&place.run(&explain));
    assert_eq!((&found["rows"], &found["fingerprint"]), (&84.into(), &model["fingerprint"]));
    assert!(found["importance"]["groups"].as_array().unwrap().iter().any(|group| group["group"] == "scales"));
    // With the reference sample, the model does not use the coded sessions alone.
    let pooled = place.run(&[&explain[..], &["--pool", "always"]].concat());
    assert!(pooled.code == 1 && pooled.err.contains("simulated reference sample"), "{}", pooled.err);
}

/// Codes that consistently mean something else than the reference are used for profiles.
#[test]
fn codes_that_are_shown_to_teach_become_the_study_s_own_teacher() {
    let (place, labels) = simulated(300);
    let other = |label: RelationalModel| RelationalModel::ALL[(label.index() + 1) % 4];
    let named: Vec<_> = labels[..240].iter().map(|(id, label)| (*id, other(*label))).collect();
    place.write("codes.csv", &codes(&named));
    place.run(&["code", "import", "codes.csv"]).ok();
    let classified = place.run(&["classify", "--format", "csv"]);
    assert!(!classified.err.contains("The codes are not used"), "{}", classified.err);
    let reference = place.run(&["classify", "--format", "csv", "--reference"]).ok();
    let rests = |text: &str| text.lines().filter(|line| line.contains("coded sessions")).count();
    assert_eq!((rests(&classified.out), rests(&reference)), (300, 0), "{}", classified.out);
    let report = place.run(&["report", "--respondent", "S1-299", "--format", "md", "--lang", "en"]).ok();
    assert!(report.contains("coded sessions of this study"), "{report}");
    let methods = place.run(&["report", "--format", "md", "--lang", "en"]).ok();
    let place_of = |text: &str| methods.find(text).unwrap_or(0);
    let section = &methods[place_of("## Methods: classifier")..place_of("## Methods: missing data")];
    for part in ["teach the classifier, by consensus or by a majority", "They are the whole training"] {
        assert!(section.contains(part), "{part}: {section}");
    }
    assert!(!section.contains("| reference model |"), "it plays no part: {section}");

    // Codes of real respondents do not affect simulated ones, and the reverse.
    let mut study = Study::open(&place.study()).unwrap();
    let ids: Vec<SessionId> = (1..=8).map(|n| real(&mut study, n)).collect();
    drop(study);
    let before = place.run(&["classify", "--format", "csv"]);
    let rows: String = ids.iter().map(|id| format!("{id},C1,MP\n")).collect();
    place.write("real.csv", &format!("session,coder,dominant\n{rows}"));
    place.run(&["code", "import", "real.csv"]).ok();
    let after = place.run(&["classify", "--format", "csv"]);
    let simulated = line_of(&after, "S1-299");
    assert!(simulated.contains("coded sessions of simulated respondents"), "{simulated}");
    assert_eq!(simulated, line_of(&before, "S1-299"));
    assert!(line_of(&after, "P1").ends_with("\"reference model, simulated\""), "{}", line_of(&after, "P1"));
}

/// The methods describe the coding as soon as there are codes, and no longer say that there are none.
#[test]
fn the_methods_of_a_coded_study_rest_on_its_codes_and_say_how_good_they_make_it() {
    let (place, labels) = simulated(600);
    let methods = |lang: &str| place.run(&["report", "--format", "md", "--lang", lang]).ok();
    assert!(methods("en").contains("No human coder has checked it"), "nobody has");
    place.write("few.csv", &codes(&labels[..30]));
    place.run(&["code", "import", "few.csv"]).ok();
    let pooled = methods("en");
    assert!(!pooled.contains("No human coder"), "{pooled}");
    assert!(pooled.contains("2 coders coded 30 sessions, 30 of them"), "{pooled}");
    assert!(pooled.contains("The codes are not used, and profiles rest on the reference model"), "{pooled}");
    // The codes come from a file that does not say how they were made, and the study's present settings do not answer that.
    assert!(pooled.contains("Of 60 of 60 first codes it is not known what their coders read"), "{pooled}");
    assert!(
        pooled.contains("Of 60 of 60 first codes it is not known whether their coders had seen"),
        "{pooled}"
    );
    for said in ["first codes were made from", "before the others could be seen", "call was not shown"] {
        assert!(!pooled.contains(said), "{said}: {pooled}");
    }
    assert!(pooled.contains("| Cohen κ |") && !pooled.contains("Confusion matrix"), "{pooled}");

    let mut even: BTreeMap<RelationalModel, usize> = BTreeMap::new();
    let enough: Vec<_> = labels
        .into_iter()
        .filter(|(_, label)| {
            let taken = even.entry(*label).or_default();
            *taken += 1;
            *taken <= 30
        })
        .collect();
    place.write("enough.csv", &codes(&enough));
    place.run(&["code", "import", "enough.csv"]).ok();
    let own = methods("en");
    let evaluation = json(&place.run(&["evaluate", "--format", "json"]));
    let accuracy = format!("| accuracy | {:.3} |", evaluation["accuracy"]["value"].as_f64().unwrap());
    assert!(own.contains(&accuracy), "{accuracy}\n{own}");
    for part in ["Krippendorff α", "The codes are not used", "onfusion matrix", "Reliability diagram"] {
        assert!(own.contains(part), "{part}\n{own}");
    }
    assert!(methods("nl").contains("Betrouwbaarheidsdiagram"));
}

#[test]
fn coding_on_the_screen_survives_being_killed_and_stays_blind() {
    let (place, labels) = coded(3, 1);
    let id = labels[0].0.to_string();
    let folder = place.study().parent().unwrap().to_owned();
    let start = || Terminal::start(PROGRAM, &["code", &id], &folder, (80, 24));
    let mut terminal = start();
    terminal.wait_for("Your code as coder");
    terminal.type_keys("C3\r");
    terminal.wait_for("coder C3");
    terminal.type_keys("m3");
    terminal.wait_for("MP 3 ●●●");
    terminal.type_keys("\t");
    terminal.wait_for("Dominant model");
    terminal.type_keys("m");
    terminal.wait_for("Dominant model      MP");
    terminal.kill();
    assert_eq!(kept(&place), 2);

    let mut terminal = start();
    terminal.wait_for("Your code as coder");
    terminal.type_keys("C3\r");
    terminal.wait_for("MP 3 ●●●");
    assert!(!terminal.screen().contains("C1"), "{}", terminal.screen());
    terminal.type_keys("\t");
    terminal.wait_for("Dominant model      MP");
    terminal.type_keys("\x13");
    terminal.wait_for("What was said of this interview");
    terminal.wait_for("C1");
    terminal.type_keys("\x1b");
    assert_eq!(terminal.wait_for_end(), 0);
    assert_eq!(kept(&place), 3);
    let study = Study::open(&place.study()).unwrap();
    let code = study.all_codes().unwrap().pop().unwrap();
    assert_eq!((code.coder.as_str(), code.coding.evidence.len()), ("C3", 1));
    assert_eq!(study.draft(&labels[0].0, "C3", false).unwrap(), None);
}

#[test]
fn coding_line_by_line() {
    let (place, labels) = simulated(1);
    let id = labels[0].0.to_string();
    let half = place.feed(&["code", &id, "--plain", "--coder", "C1"], "MP 2\n:quit\n");
    assert!(half.code == 0 && half.err.contains("what you entered is kept"), "{}", half.err);
    let ran = place.feed(&["code", &id, "--plain"], "C1\n:code\nMP\nCS\n3\nprice first\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("[MP 2]"), "{}", ran.out);
    let code = Study::open(&place.study()).unwrap().all_codes().unwrap().pop().unwrap();
    assert_eq!(code.coding.second, Some(RelationalModel::CommunalSharing));
    assert_eq!((code.coding.confidence, code.coding.evidence.len()), (Some(3), 1));
    let bad = place.feed(&["code", &id, "--plain", "--coder", "Jan Smit"], "");
    assert!(bad.code == 1 && bad.err.contains("never a name"), "{}", bad.err);
    assert_eq!(place.run(&["code"]).code, 2);
}

#[test]
fn codes_from_a_spreadsheet_say_what_is_missing_and_how_decimals_are_written() {
    let (place, labels) = simulated(3);
    let [one, two, three] = [0, 1, 2].map(|at| labels[at].0);
    place.write(
        "codes.csv",
        &format!(
            "session;coder;dominant;second;confidence;note\n{one};C1;MP;-9;3,0;\n{two};C1;CS;AR;-9,0;-9\n{three};C1;EM;;2;n.v.t.\n"
        ),
    );
    let import = |more: &[&str]| place.run(&[&["code", "import", "codes.csv"][..], more].concat());
    let ran = import(&[]);
    assert!(ran.err.contains("line 2, column `second`: `-9` names no relational model"), "{}", ran.err);
    assert!(
        ran.err.contains("line 3, column `confidence`: `-9,0` is no whole number from 1 to 5"),
        "{}",
        ran.err
    );
    let ran = import(&["--missing", "-9", "--decimal", "point"]);
    assert!(
        ran.code == 1
            && ran.err.contains("line 2, column `confidence`: `3,0` does not go with --decimal point"),
        "{}",
        ran.err
    );
    assert_eq!(kept(&place), 0);
    let ran = import(&["--missing", "-9", "--missing", "n.v.t.", "--missing", "-8", "--decimal", "comma"]);
    assert!(ran.code == 0 && ran.err.contains("3 codes of 3 rows taken over"), "{}", ran.err);
    assert!(ran.err.contains("no cell that was read holds `-8` of --missing"), "{}", ran.err);
    let codes = Study::open(&place.study()).unwrap().all_codes().unwrap();
    let of = |id: SessionId| codes.iter().find(|code| code.session == id).map(|code| &code.coding).unwrap();
    assert_eq!((of(one).second, of(one).confidence, of(one).note.as_str()), (None, Some(3), ""));
    assert_eq!(
        (of(two).second, of(two).confidence, of(two).note.as_str()),
        (Some(RelationalModel::AuthorityRanking), None, "")
    );
    assert_eq!((of(three).confidence, of(three).note.as_str()), (Some(2), ""));
    // Importing the same file again changes nothing.
    let again = import(&["--missing", "-9,n.v.t."]);
    assert!(again.err.contains("nothing changed: 3 codes there already"), "{}", again.err);
}

#[test]
fn a_study_that_goes_away_while_lines_are_coded_loses_nothing() {
    let (place, labels) = simulated(1);
    assert_eq!(place.run(&["study", "coding", "--blind", "whole"]).code, 0);
    let id = labels[0].0.to_string();
    let mut talk = place.talk(&["code", &id, "--plain", "--coder", "C1"]);
    talk.say("MP 2\n");
    // The mark is kept once the next answer is read out.
    talk.hear("> MP 2");
    talk.hear("\n\n");
    std::fs::rename(place.study(), place.path("away.relata")).unwrap();
    talk.say("CS 1\n:code\nMP\nCS\n3\nprice first\n");
    let Ran { code, out: said, err } = talk.end();
    assert_eq!(code, 0, "{said}\n{err}");
    assert!(err.contains("is saved in "), "{err}");
    assert_eq!(said.matches("Everything you entered is saved in ").count(), 1, "{said}");
    let saved = said.split("Everything you entered is saved in ").nth(1).unwrap().split(',').next().unwrap();
    let study = Study::open(std::path::Path::new(saved)).unwrap();
    let codes = study.all_codes().unwrap();
    let coding = &codes.last().unwrap().coding;
    assert_eq!((coding.note.as_str(), coding.confidence, coding.evidence.len()), ("price first", Some(3), 2));
    assert!(!place.study().exists());
}

/// A finished interview as a person would leave it: answered by a program here, kept as a person's.
fn real(study: &mut Study, n: u64) -> SessionId {
    use relata::instrument::{Language, shipped};
    use relata::interview::Start;
    use relata::store::{Mode, NewSession, Whole};
    let instrument = std::sync::Arc::new(shipped::read("workshop-pulse").unwrap().instrument.unwrap());
    let at = 1_760_000_000_000 + n as i64 * 1_000;
    let start = Start { seed: n, language: Language::new("en"), fields: BTreeMap::new(), at, offset: None };
    let (persona, _) =
        relata::classify::reference::Generator::default().persona(&mut relata::rng::Rng::new(n));
    let walk = relata::interview::simulate::walk(instrument.clone(), start.clone(), &persona).unwrap();
    let id = SessionId::new(at, [n as u8; 10]);
    let respondent = format!("P{n}");
    let session = NewSession { id, start, respondent, interviewer: None, mode: Mode::Screen, test: n == 9 };
    study.append_all(&instrument, [Whole { session, events: walk.events, truth: None }]).unwrap();
    id
}

#[test]
fn real_and_simulated_sessions_never_teach_together_and_rehearsals_never_teach() {
    let (place, _) = coded(12, 10);
    let mut study = Study::open(&place.study()).unwrap();
    let ids: Vec<SessionId> = (1..=9).map(|n| real(&mut study, n)).collect();
    drop(study);
    // Only simulated sessions are coded, so the real ones use the reference alone.
    let before = place.run(&["classify", "--format", "csv"]);
    let first = line_of(&before, "P1");
    assert!(first.ends_with("\"reference model, simulated\""), "{first}");
    assert!(before.err.contains("The codes are not used"), "{}", before.err);

    let rows: String = ids
        .iter()
        .enumerate()
        .map(|(at, id)| format!("{id},C1,{}\n", RelationalModel::ALL[at % 4]))
        .collect();
    place.write("real.csv", &format!("session,coder,dominant\n{rows}"));
    assert_eq!(place.run(&["code", "import", "real.csv"]).code, 0);
    let ran = place.run(&["train", "--out", "m.json", "--folds", "0", "--alpha", "1"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("left out: 9 coded sessions of simulated respondents"), "{}", ran.err);
    assert!(ran.err.contains("left out: 1 coded session of rehearsals"), "{}", ran.err);
    place.write("second.csv", &format!("session,coder,dominant\n{}", rows.replace(",C1,", ",C2,")));
    assert_eq!(place.run(&["code", "import", "second.csv"]).code, 0);
    let ran = place.run(&["agreement", "--respondents", "real", "--format", "json"]);
    assert_eq!(json(&ran)["sessions"], 8);
    assert!(ran.err.contains("1 rehearsal left out; --with-tests takes them in"), "{}", ran.err);
    let ran = place.run(&["agreement", "--respondents", "real", "--with-tests", "--format", "json"]);
    assert!(json(&ran)["sessions"] == 9 && ran.err.contains("1 rehearsal counted here"), "{}", ran.err);
    assert!(!ran.err.contains("every respondent here is simulated"), "{}", ran.err);
    let model = std::fs::read_to_string(place.path("m.json")).unwrap();
    assert!(model.contains("pooled with the reference model, simulated: 8 coded sessions\""), "{model}");
    let after = place.run(&["classify", "--format", "csv"]);
    assert!(after.err.contains("codes of 20 respondents"), "{}", after.err);
}

/// A small questionnaire with words, a rating, and words about the rating.
const TOLD: &str = r#"
format = 1
name = "told"
version = "1"
languages = ["en", "nl"]
label = { en = "Told", nl = "Verteld" }
minutes = 5

[fields.organisation]
label = { en = "About whom?", nl = "Over wie?" }

[[groups]]
name = "all"
label = { en = "All", nl = "Alles" }

[[groups.items]]
name = "consent"
kind = "consent"
version = "1"
label = { en = "Do you want to take part?", nl = "Wilt u meedoen?" }

[[groups.items]]
name = "nps"
kind = "nps"
label = { en = "How likely are you to recommend?", nl = "Hoe waarschijnlijk beveelt u aan?" }

[[groups.items]]
name = "why"
kind = "text"
label = { en = "You gave {nps}. Why?", nl = "U gaf {nps}. Waarom?" }
"#;

/// A place with the answers of this many respondents, and their sessions in the order of their codes R1, R2 …
pub(super) fn told(place: &Place, people: usize) -> Vec<String> {
    place.write("told.toml", TOLD);
    let questionnaire = place.path("told.toml").display().to_string();
    for person in 1..=people {
        let (code, answers) = (format!("R{person}"), format!("yes\n{}\nthey compare prices\n\n", person + 3));
        let begun = ["interview", &questionnaire, "--plain", "--lang", "en", "--respondent", &code];
        let set = ["--set", "organisation=Acme"];
        let ran = place.feed(&[&begun[..], &set].concat(), &answers);
        assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    }
    let listed = json(&place.run(&["sessions", "--format", "json"]));
    let id = |code: String| {
        let found = listed.as_array().unwrap().iter().find(|row| row["respondent"] == code.as_str());
        found.unwrap()["session"].as_str().unwrap().to_owned()
    };
    (1..=people).map(|person| id(format!("R{person}"))).collect()
}

#[test]
fn a_new_study_is_coded_from_words_and_each_code_says_so() {
    let place = Place::new();
    let ids = told(&place, 2);
    let read = place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], ":quit\n");
    assert!(
        read.out.contains("You gave …. Why?") && read.out.contains("they compare prices"),
        "{}",
        read.out
    );
    assert!(!read.out.contains("recommend") && !read.out.contains("gave 4"), "{}", read.out);
    let lines = "MP \"compare prices\"\n\nMP\n\n3\nprice\n";
    let ran = place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], lines);
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    let listed = json(&place.run(&["code", "list", "--format", "json"]));
    let code = &listed[0];
    assert_eq!(
        (&code["seen"], &code["blind"], &code["passages"]),
        (&"narrative".into(), &true.into(), &"why@5-19=MP".into())
    );
    // Everything is shown where that is chosen; the next code records this, and that it came after the first.
    assert_eq!(place.run(&["study", "coding", "--blind", "whole"]).code, 0);
    let again = place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], ":code\nCS\n\n\n\n");
    assert_eq!(again.code, 0, "{}", again.err);
    let whole = place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], "\n:quit\n");
    assert!(whole.out.contains("recommend") && whole.out.contains("gave 4"), "{}", whole.out);
    let listed = json(&place.run(&["code", "list", "--all", "--format", "json"]));
    assert_eq!((&listed[1]["seen"], &listed[1]["blind"]), (&"whole".into(), &false.into()));
    // A coder who saw everything once still counts as having seen it.
    assert_eq!(place.run(&["study", "coding", "--blind", "narrative"]).code, 0);
    assert_eq!(place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], ":code\nMP\n\n\n\n").code, 0);
    let listed = json(&place.run(&["code", "list", "--format", "json"]));
    assert_eq!(listed[0]["seen"], "whole");
    // Words entered as a respondent's are erased with the respondent.
    let erased = place.run(&["erase", "--respondent", "R1", "--yes"]);
    assert!(erased.code == 0 && erased.err.contains("none") | erased.out.contains("none"), "{}", erased.err);
    let bytes = std::fs::read(place.study()).unwrap();
    assert!(!bytes.windows(10).any(|piece| piece == b"why@5-19=M"), "nothing of it is written so");
    assert_eq!(json(&place.run(&["code", "list", "--all", "--format", "json"])), Value::Array(Vec::new()));
}

#[test]
fn coders_are_not_told_apart_by_upper_and_lower_case() {
    let place = Place::new();
    let ids = told(&place, 2);
    assert_eq!(place.feed(&["code", &ids[0], "--plain", "--coder", "C1"], ":code\nMP\n\n\n\n").code, 0);
    let typed = place.feed(&["code", &ids[1], "--plain", "--coder", "c1"], ":code\nMP\n\n\n\n");
    assert!(typed.code != 0 && typed.err.contains("`c1` differs from `C1`"), "{}", typed.err);
    place.write(
        "codes.csv",
        &format!("session,coder,dominant\n{0},C2,MP\n{1},c2,CS\n{1},C1,CS\n", ids[0], ids[1]),
    );
    let file = place.run(&["code", "import", "codes.csv"]);
    assert!(
        file.code != 0 && file.err.contains("line 3") && file.err.contains("`c2` differs"),
        "{}",
        file.err
    );
    let settled = place.run(&["code", "settle", &ids[0], "CS", "--coder", "c1"]);
    assert!(settled.code != 0 && settled.err.contains("`c1` differs from `C1`"), "{}", settled.err);
    assert_eq!(json(&place.run(&["code", "list", "--all", "--format", "json"])).as_array().unwrap().len(), 1);
}

#[test]
fn a_study_that_has_begun_goes_on_as_it_began() {
    use relata::coding::Seen;
    use relata::study::blind::Blinding;
    let place = Place::new();
    let ids = told(&place, 1);
    let seen = || Blinding::of(&Study::open(&place.study()).unwrap()).unwrap();
    assert_eq!((seen().seen, seen().settled), (Seen::Narrative, false));
    // A code from a file doesn't record what its coder read, and changes nothing for those who code here.
    place.write("codes.csv", &format!("session,coder,dominant\n{},C1,MP\n", ids[0]));
    assert_eq!(place.run(&["code", "import", "codes.csv"]).code, 0);
    assert_eq!((seen().seen, seen().settled), (Seen::Narrative, true));
    assert_eq!(json(&place.run(&["code", "list", "--format", "json"]))[0]["seen"], Value::Null);
    // A study coded with an older relata continues to show everything, and that becomes a setting with the next code.
    {
        let mut study = Study::open(&place.study()).unwrap();
        study.settle("coding.seen", None, 5).unwrap();
    }
    assert_eq!((seen().seen, seen().settled), (Seen::Whole, false));
    assert_eq!(place.feed(&["code", &ids[0], "--plain", "--coder", "C2"], ":quit\n").code, 0);
    assert_eq!((seen().seen, seen().settled), (Seen::Whole, true));
    // A setting chosen on one laptop is merged.
    assert_eq!(place.run(&["study", "coding", "--blind", "narrative"]).code, 0);
    let other = Place::new();
    told(&other, 1);
    let [one, two] = [&place, &other].map(|place| place.study().display().to_string());
    let out = place.path("both.relata").display().to_string();
    assert_eq!(place.run(&["merge", &two, &one, "--out", &out]).code, 0);
    let merged = Study::open(std::path::Path::new(&out)).unwrap();
    assert_eq!(Blinding::of(&merged).unwrap().seen, Seen::Narrative);
    assert_eq!(merged.all_codes().unwrap().len(), 1);
}

#[test]
fn a_merge_takes_blindness_away_from_nobody_without_a_word() {
    use relata::coding::Seen;
    use relata::study::blind::Blinding;
    let [words, whole] = [Place::new(), Place::new()];
    let ids = told(&words, 1);
    assert_eq!(words.feed(&["code", &ids[0], "--plain", "--coder", "C1"], ":code\nMP\n\n\n\n").code, 0);
    let ids = told(&whole, 1);
    // Everything is shown by default, as where an older relata was used, and not by choice.
    Study::open(&whole.study()).unwrap().settle("coding.seen", Some("whole"), 0).unwrap();
    assert_eq!(whole.feed(&["code", &ids[0], "--plain", "--coder", "C2"], ":code\nMP\n\n\n\n").code, 0);
    let merged = |out: &str| {
        let [one, two] = [&words, &whole].map(|place| place.study().display().to_string());
        let out = words.path(out).display().to_string();
        let ran = words.run(&["merge", &two, &one, "--out", &out]);
        assert_eq!(ran.code, 0, "{}", ran.err);
        (Blinding::of(&Study::open(std::path::Path::new(&out)).unwrap()).unwrap().seen, ran.err)
    };
    let (seen, said) = merged("begun.relata");
    assert!(seen == Seen::Narrative && !said.contains("coders"), "{said}");
    // Once chosen, it counts, and the merge reports it.
    assert_eq!(whole.run(&["study", "coding", "--blind", "whole"]).code, 0);
    let (seen, said) = merged("chosen.relata");
    assert!(
        seen == Seen::Whole && said.contains("coders of the merged study are shown every answer"),
        "{said}"
    );
}

#[test]
fn a_list_is_done_when_all_that_the_coder_was_to_code_is_coded() {
    use relata::study::Loader;
    use relata::study::blind::{Blinding, CodingProgress};
    let place = Place::new();
    let ids = told(&place, 3);
    // A rehearsal, another questionnaire and a simulated respondent are on no coder's list.
    let rehearsal = ["interview", "told.toml", "--plain", "--lang", "en", "--respondent", "T", "--test"];
    let ran = place.feed(&[&rehearsal[..], &["--set", "organisation=Acme"]].concat(), "yes\n3\nno\n\n");
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    assert_eq!(place.run(&["simulate", "workshop-pulse", "--n", "2", "--seed", "1"]).code, 0);
    let far = |coder: &str| {
        let study = Study::open(&place.study()).unwrap();
        let header = study.session(&ids[0]).unwrap();
        let (headers, hear) = (study.sessions().unwrap(), |_: &relata::study::UnusablePart| {});
        let mut loader = Loader::new(&study, &hear);
        Blinding::of(&study).unwrap().progress(&mut loader, &headers, coder, &header).unwrap()
    };
    assert_eq!(far("C1"), CodingProgress { coded: 0, of: 3 });
    for (at, id) in ids.iter().enumerate() {
        assert!(!far("C1").is_done(), "{at}");
        let coded = place.feed(&["code", id, "--plain", "--coder", "C1"], ":code\nMP\n\n\n\n");
        assert_eq!(coded.code, 0, "{}", coded.err);
    }
    assert!(far("C1").is_done() && !far("C2").is_done());
    // A consensus entered by C2 is not C2's own code; an explicit list is used as it is.
    assert_eq!(place.run(&["code", "settle", &ids[0], "CS", "--coder", "C2"]).code, 0);
    let given = place.run(&["study", "coding", "--coder", "C2", "--sessions", &ids[1]]);
    assert_eq!(given.code, 0, "{}", given.err);
    assert_eq!(far("C2"), CodingProgress { coded: 0, of: 1 });
    assert_eq!(place.feed(&["code", &ids[1], "--plain", "--coder", "C2"], ":code\nMP\n\n\n\n").code, 0);
    assert!(far("C2").is_done());
    let listed = json(&place.run(&["study", "coding", "--format", "json"]));
    assert_eq!((&listed[1]["coder"], &listed[1]["done"]), (&"C2".into(), &true.into()));
    assert_eq!(place.run(&["study", "coding", "--coder", "C2", "--all"]).code, 0);
    assert_eq!(far("C2"), CodingProgress { coded: 1, of: 3 });
    // Another interview makes a list undone.
    let more = ["interview", "told.toml", "--plain", "--lang", "en", "--respondent", "R9"];
    let ran = place.feed(&[&more[..], &["--set", "organisation=Acme"]].concat(), "yes\n3\nno\n\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(far("C1"), CodingProgress { coded: 3, of: 4 });
}

#[test]
fn agreement_compares_first_codes_and_says_how_they_were_made() {
    let (place, labels) = simulated(6);
    let rows = |coder: &str, seen: &str, model: &str| -> String {
        labels.iter().map(|(id, _)| format!("{id},{coder},{model},{seen}\n")).collect()
    };
    let take = |text: String| {
        place.write("codes.csv", &format!("session,coder,dominant,seen\n{text}"));
        let ran = place.run(&["code", "import", "codes.csv"]);
        assert_eq!(ran.code, 0, "{}", ran.err);
    };
    take(rows("C1", "narrative", "MP") + &rows("C2", "", "CS"));
    std::thread::sleep(std::time::Duration::from_millis(5));
    // C2 adopts C1's view in all but the last.
    take(rows("C2", "whole", "MP").lines().take(5).map(|line| format!("{line}\n")).collect());
    assert_eq!(place.run(&["code", "settle", &labels[0].0.to_string(), "MP", "--coder", "C2"]).code, 0);
    let found = json(&place.run(&["agreement", "--format", "json", "--resamples", "20"]));
    assert_eq!(found["statistics"][0]["value"], 0.0);
    assert_eq!((&found["compared_codes"], &found["not_compared"]), (&"first".into(), &6.into()));
    let made = &found["made"];
    assert_eq!((&made["narrative"], &made["whole"], &made["not_kept"]), (&6.into(), &0.into(), &6.into()));
    let said = place.run(&["agreement", "--resamples", "20"]).err;
    assert!(said.contains("first code of every coder") && said.contains("--seen"), "{said}");
    let latest = json(&place.run(&["agreement", "--latest", "--format", "json", "--resamples", "20"]));
    assert!((latest["statistics"][0]["value"].as_f64().unwrap() - 5.0 / 6.0).abs() < 1e-12, "{latest}");
    assert_eq!(latest["made"]["whole"], 5);
    let alone = place.run(&["agreement", "--seen", "narrative"]);
    assert!(alone.code == 1 && alone.err.contains("1 coder"), "{}", alone.err);
}

#[test]
fn evidence_in_a_file_is_held_against_what_was_said() {
    let place = Place::new();
    let ids = told(&place, 1);
    let write = |evidence: &str, passages: &str| {
        place.write(
            "codes.csv",
            &format!("session,coder,dominant,evidence,passages\n{},C1,MP,{evidence},{passages}\n", ids[0]),
        );
        place.run(&["code", "import", "codes.csv"])
    };
    for (evidence, passages, fault) in [
        ("why=MP:9", "", "not written"),
        ("whom=MP:1", "", "was not asked"),
        ("", "why@5-190=MP", "19 characters"),
        ("", "why!note@0-4=MP", "no note"),
        ("", "nps@0-1=MP", "no answer in words"),
        ("", "why", "not written"),
    ] {
        let ran = write(evidence, passages);
        assert!(ran.code == 1 && ran.err.contains(fault), "{fault}: {}", ran.err);
    }
    assert_eq!(write("why=MP:2", "why@5-19=MP").code, 0);
    let code = Study::open(&place.study()).unwrap().all_codes().unwrap().pop().unwrap();
    assert_eq!(code.coding.passages[0].quote, "compare prices");
    // The list can be imported, and contains nothing new.
    let listed = place.run(&["code", "list", "--format", "csv"]);
    place.write("back.csv", &listed.out);
    let back = place.run(&["code", "import", "back.csv"]);
    assert!(back.code == 0 && back.err.contains("1 code there already"), "{}", back.err);
    for (flag, words) in [(None, true), (Some("--without-text"), false)] {
        let folder = place.path(if words { "with" } else { "without" }).display().to_string();
        let arguments = ["export", "--format", "csv", "--out", &folder];
        assert_eq!(place.run(&[&arguments[..], flag.as_slice()].concat()).code, 0);
        let codes = std::fs::read_to_string(std::path::Path::new(&folder).join("codes.csv")).unwrap();
        assert!(codes.contains("why@5-19=MP") && codes.contains("compare prices") == words, "{codes}");
    }
}

#[test]
fn what_a_study_tells_before_consent_is_shown_and_kept() {
    let place = Place::new();
    let about = |what: &str| assert_eq!(place.run(&["study", "about", "--set", what]).code, 0);
    let info = || json(&place.run(&["study", "info", "--format", "json"]));
    told(&place, 1);
    // Without a notice in the study, none is shown.
    assert_eq!(info()["consents"][0]["notice"], Value::Null);
    about("controller=Acme Research, Utrecht");
    about("retention=Ten years");
    let begun =
        ["interview", "told.toml", "--plain", "--lang", "nl", "--set", "organisation=Acme", "--respondent"];
    let ran = place.feed(&[&begun[..], &["R2"]].concat(), "1\n3\nprijs\n\n");
    assert_eq!(ran.code, 0, "{} {}", ran.out, ran.err);
    let told = ran.out.find("Verantwoordelijk voor de gegevens: Acme Research, Utrecht").unwrap();
    let kept = ran.out.find("Hoe lang ze worden bewaard: Ten years").unwrap();
    assert!(told < kept && kept < ran.out.find("Wilt u meedoen?").unwrap(), "{}", ran.out);
    // Interrupted before consent, and resumed after the study's notice changed: the new notice is what the respondent agrees
    // to.
    assert_eq!(place.feed(&[&begun[..], &["R3"]].concat(), ":notitie even denken\n:stop\n").code, 0);
    about("retention=One year");
    let resumed = place.feed(&["resume", "--plain"], "1\n3\nprijs\n\n");
    assert!(resumed.out.contains("One year"), "{} {}", resumed.out, resumed.err);
    // Reworded since, it is another consent; and the exact words are in the journal and the audit.
    let found = info();
    let mut notices: Vec<String> =
        found["consents"].as_array().unwrap().iter().map(|row| row["notice"].to_string()).collect();
    notices.sort();
    notices.dedup();
    assert_eq!(notices.len(), 3, "{found}");
    let audit = place.run(&["audit", "--respondent", "R2", "--all"]);
    assert!(audit.out.contains("retention: Ten years"), "{}", audit.out);
    // Sheets keep the notice that they were printed with, whatever the study says when they are entered.
    let study = place.study().display().to_string();
    let page = place.path("sheet.html").display().to_string();
    let printed =
        place.run(&["instruments", "print", "told.toml", "--lang", "en", "--out", &page, "--study", &study]);
    assert_eq!(printed.code, 0, "{}", printed.err);
    assert!(std::fs::read_to_string(&page).unwrap().contains("How long they are kept: One year"));
    let kept = Study::open(&place.study()).unwrap().settled("printed.").unwrap();
    assert!(kept.len() == 1 && kept.values().all(|notice| notice.contains("One year")), "{kept:?}");
}
