//! The commands that print: their results, exit codes and error messages.

use relata::instrument::shipped;

use super::support::{Place, counted_items};

#[test]
fn simulated_sessions_are_classified_and_their_gaps_computed() {
    let place = Place::new();
    place.run(&["simulate", "customer-interview", "--n", "40", "--seed", "1"]).ok();
    let profiles = place.run(&["classify", "--format", "json"]).json();
    let profiles = profiles.as_array().unwrap();
    assert_eq!(profiles.len(), 40);
    for profile in profiles {
        let p = |name: &str| profile[name].as_f64().unwrap();
        assert!((p("p_cs") + p("p_ar") + p("p_em") + p("p_mp") - 1.0).abs() < 1e-12);
        assert_eq!(profile["basis"], "reference model, simulated");
        assert_eq!(profile["perspective"], "own");
    }
    let gaps = place.run(&["gaps", "--format", "json"]).json();
    let keys = [
        "respondent",
        "session",
        "explicit",
        "explicit_se",
        "indirect",
        "indirect_se",
        "indirect_measure",
        "sign_conflict",
        "p",
        "z_gap",
        "reliable",
        "rare",
        "relative_gap",
        "verdict",
        "reason",
    ];
    for gap in gaps.as_array().unwrap() {
        assert_eq!(gap.as_object().unwrap().len(), keys.len());
        assert!(keys.iter().all(|key| gap.get(key).is_some()));
    }
}

#[test]
fn equal_seeds_give_equal_sessions_and_a_second_time_is_refused() {
    let (a, b) = (Place::new(), Place::new());
    for place in [&a, &b] {
        place.run(&["simulate", "workshop-pulse", "--n", "5", "--seed", "3"]).ok();
    }
    let table = |place: &Place| place.run(&["classify", "--format", "csv"]).ok();
    assert_eq!(table(&a), table(&b));
    let again = a.run(&["simulate", "workshop-pulse", "--n", "5", "--seed", "3"]).refused();
    assert!(again.contains("take another --seed"), "{again}");
    assert_eq!(table(&a), table(&b));
}

#[test]
fn an_account_managers_session_has_two_perspectives() {
    let place = Place::new();
    place.run(&["simulate", "account-self-assessment", "--n", "3"]).ok();
    let profiles = place.run(&["classify", "--format", "json"]).json();
    let perspectives: Vec<_> =
        profiles.as_array().unwrap().iter().map(|p| p["perspective"].clone()).collect();
    assert_eq!(perspectives, ["own", "other", "own", "other", "own", "other"]);
}

#[test]
fn what_show_prints_is_self_contained_and_sound() {
    let place = Place::new();
    for name in shipped::NAMES {
        let text = place.run(&["instruments", "show", name]).ok();
        assert!(!text.contains("\ninclude"), "{name}");
        place.write("shown.toml", &text);
        place.run(&["check", "shown.toml"]).ok();
    }
    place.run(&["instruments", "copy", "workshop-pulse"]).ok();
    let again = place.run(&["instruments", "copy", "workshop-pulse"]).refused();
    assert!(again.contains("--to FILE"), "{again}");
}

#[test]
fn check_reports_all_faults_at_once_and_fails() {
    let place = Place::new();
    let text = counted_items(1)
        .replace("choices = \"agree\"", "choices = \"agre\"")
        .replace("minutes = 1", "minuts = 1");
    place.write("broken.toml", &text);
    let ran = place.run(&["check", "broken.toml"]);
    assert_eq!(ran.code, 1);
    assert!(
        ran.out.contains("did you mean `agree`?") && ran.out.contains("did you mean `minutes`?"),
        "{}",
        ran.out
    );
    let ran = place.run(&["check", "broken.toml", "--format", "json"]);
    assert_eq!(ran.code, 1);
    let findings: serde_json::Value = serde_json::from_str(&ran.out).unwrap();
    let lines: Vec<_> = findings.as_array().unwrap().iter().map(|finding| finding["line"].clone()).collect();
    assert!(lines.contains(&serde_json::json!(6)) && lines.contains(&serde_json::json!(18)), "{lines:?}");
}

#[test]
fn every_refusal_is_one_sentence_that_says_what_to_do() {
    let place = Place::new();
    place.write("notes.txt", "just a text");
    std::fs::create_dir(place.path("folder")).unwrap();
    for (args, code, words) in [
        (&["classify", "--study", "nowhere.relata"][..], 1, "there is no study at"),
        (&["classify", "--study", "notes.txt"], 1, "notes.txt"),
        (&["interview", "--plain", "--study", "folder"], 1, "folder"),
        (&["interview", "no-such-one", "--plain"], 1, "there is no questionnaire called `no-such-one`"),
        (&["interview", "missing.toml", "--plain"], 1, "missing.toml could not be read"),
        (&["interview", "--plain", "--set", "colour=red"], 1, "has no field `colour`"),
        (&["interview", "--plain", "--set", "colour"], 2, "FIELD=VALUE"),
        (&["resume", "--plain"], 1, "there is no study at"),
        (&["report", "--respondent", "R9"], 1, "there is no study at"),
        (&["simulate", "workshop-pulse", "--n", "0"], 2, "0 is not in"),
        (&["classify", "--format", "xml"], 2, "possible values"),
        (&["frobnicate"], 2, "unrecognized subcommand"),
        (&[], 2, "screens need a terminal"),
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, code, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
        assert!(!ran.err.contains("panicked"), "{args:?}: {}", ran.err);
        assert!(ran.out.is_empty(), "{args:?}: {}", ran.out);
    }
}

#[test]
fn help_completions_and_manual_are_there() {
    let place = Place::new();
    assert!(place.run(&["--help"]).ok().contains("Examples:"));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        assert!(place.run(&["completions", shell]).ok().contains("interview"));
    }
    assert!(place.run(&["measures"]).ok().contains("*Formula.*"));
    // The single-category IAT scores interviews and files, and is told once.
    assert_eq!(
        place.run(&["measures", "--format", "csv"]).ok().lines().count(),
        1 + relata::measures::MEASURES.len() + relata::measures::timed::abouts().len()
    );
    assert!(place.run(&["man"]).ok().starts_with(".ie"));
}

#[test]
fn erasing_asks_first_and_then_erases() {
    let place = Place::new();
    place.run(&["simulate", "workshop-pulse", "--n", "2"]).ok();
    let asked = place.run(&["erase", "--respondent", "S1-001"]).refused();
    assert!(asked.contains("--yes"), "{asked}");
    place.run(&["erase", "--respondent", "S1-001", "--yes"]).ok();
    assert_eq!(place.run(&["sessions", "--format", "json"]).json().as_array().unwrap().len(), 1);
    let gone = place.run(&["report", "--respondent", "S1-001"]).refused();
    assert!(gone.contains("no respondent"), "{gone}");
}

#[test]
fn the_recovery_table_repeats_and_says_what_it_is() {
    let place = Place::new();
    let args = ["recovery", "--resamples", "50", "--sessions", "100", "--people", "200", "--format", "csv"];
    let first = place.run(&args);
    assert!(first.err.contains("Recovery, not validity"), "{}", first.err);
    let first = first.ok();
    assert_eq!(first, place.run(&args).ok());
    // Six worlds, against truth and against code, six predictors each: a hundred sessions suffice to learn from their answers.
    assert_eq!(first.lines().count(), 1 + 6 * 2 * 6);
    let strengths = place.run(&["recovery", "--strengths", "--sessions", "100", "--format", "csv"]).ok();
    assert_eq!(strengths.lines().count(), 1 + 6);
    let other = place.run(&["recovery", "workshop-pulse", "--perspective", "other"]).refused();
    assert!(other.contains("no estimate of the other side"), "{other}");
}

#[test]
fn the_prior_can_be_changed_and_says_what_it_takes() {
    let place = Place::new();
    place.run(&["simulate", "workshop-pulse", "--n", "20"]).ok();
    let share = |args: &[&str]| -> f64 {
        let all = [&["classify", "--format", "json"], args].concat();
        let profiles = place.run(&all).json();
        let profiles = profiles.as_array().unwrap();
        profiles.iter().map(|profile| profile["p_mp"].as_f64().unwrap()).sum::<f64>() / profiles.len() as f64
    };
    let (study, even) = (share(&[]), share(&["--prior", "even"]));
    assert!(study > even + 0.05, "{study} {even}");
    assert!((share(&["--prior", "0.16,0.07,0.07,0.7"]) - study).abs() < 1e-12);
    // The printed prior is the one that is used.
    let said = place.run(&["classify", "--format", "csv", "--prior", "50,20,20,10"]);
    assert!(
        said.err.contains("as asked, brought to a sum of one: CS 0.500, AR 0.200, EM 0.200, MP 0.100"),
        "{}",
        said.err
    );
    assert!(said.out.contains("CS 0.500 AR 0.200 EM 0.200 MP 0.100"), "{}", said.out);
    let none = place.run(&["classify", "--prior", "1e-300,1,1,1"]);
    assert!(none.code == 2 && none.err.contains("leaves it no chance"), "{}", none.err);
    let wrong = place.run(&["classify", "--prior", "0.5,0.5"]);
    assert_eq!(wrong.code, 2);
    assert!(wrong.err.contains("four positive shares"), "{}", wrong.err);
}

#[test]
fn what_nobody_could_mean_is_refused() {
    let place = Place::new();
    for (args, words) in [
        (&["interview", "--plain", "--lang", "fr", "--set", "organisation=A"][..], "does not speak `fr`"),
        (&["simulate", "workshop-pulse", "--lang", "fr"], "does not speak `fr`"),
        (&["interview", "--plain", "--set", "organisation=A\u{1b}[2J"], "control character"),
        (&["interview", "--plain", "--set", "organisation=A", "--respondent", "Jan Jansen"], "is not a code"),
        (&["interview", "--plain", "--set", "organisation=A", "--respondent", "=a/b"], "is not a code"),
    ] {
        let ran = place.run(args);
        assert_eq!(ran.code, 1, "{args:?}: {}", ran.err);
        assert!(ran.err.contains(words), "{args:?}: {}", ran.err);
    }
}
