//! From a study file to its findings: the demo, the table, the screen, and the digests beside the journal.

use std::path::Path;

use relata::analysis::digest::FORM;
use relata::store::Study;
use serde_json::Value;

use super::support::Place;
use super::terminal::Terminal;

fn findings(place: &Place, args: &[&str]) -> Value {
    let ran = place.run(&[&["study", "--format", "json"], args].concat());
    assert_eq!(ran.code, 0, "{}", ran.err);
    serde_json::from_str(&ran.out).unwrap()
}

/// The word under which digests are kept: it follows the form, so that raising the form doesn't look like losing digests.
fn form() -> String {
    format!("{}/{FORM}", env!("CARGO_PKG_VERSION"))
}

fn simulate(place: &Place, n: &str, seed: &str) {
    let ran = place.run(&["simulate", "customer-interview", "--n", n, "--seed", seed]);
    assert_eq!(ran.code, 0, "{}", ran.err);
}

#[test]
fn the_demo_is_made_once_and_says_that_it_is_simulated() {
    let place = Place::new();
    let file = place.path("look.relata");
    let shown = file.display().to_string();
    let ran = place.run(&["demo", "--study", &shown]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("SIMULATED") && ran.err.contains(&shown), "{}", ran.err);
    let sessions = Study::open_read_only(&file).unwrap().sessions().unwrap();
    assert_eq!(sessions.len(), 275);
    assert!(sessions.iter().all(|session| session.simulated()));
    let again = place.run(&["demo", "--study", &shown]);
    assert!(again.err.contains("from before"), "{}", again.err);
    assert_eq!(Study::open_read_only(&file).unwrap().sessions().unwrap(), sessions);

    // In a terminal it opens the screens, and every page has its title.
    let folder = file.parent().unwrap().to_owned();
    let mut terminal =
        Terminal::start(env!("CARGO_BIN_EXE_relata"), &["demo", "--study", &shown], &folder, (100, 30));
    terminal.wait_for("What this study found");
    for page in ["2", "3", "4", "5", "6", "7", "8"] {
        terminal.type_keys(page);
        terminal.wait_for(&format!("▸{page}"));
        assert!(terminal.screen().contains("! SIMULATED"), "{}", terminal.screen());
    }
    terminal.type_keys("f\u{1b}[C\r");
    terminal.wait_for("filter: Organisation A");
    terminal.type_keys("q");
    assert_eq!(terminal.wait_for_end(), 0);
    assert!(terminal.screen().contains("The simulated study lies in"), "{}", terminal.screen());
}

#[test]
fn a_demo_never_touches_real_answers() {
    let place = Place::new();
    let ran = place.feed(
        &["interview", "workshop-pulse", "--plain", "--respondent", "R1", "--set", "organisation=Acme"],
        "1\n",
    );
    assert!(!ran.err.is_empty());
    let study = place.study().display().to_string();
    assert!(Path::new(&study).exists());
    let ran = place.run(&["demo", "--study", &study]);
    assert_eq!(ran.code, 1, "{}", ran.err);
    assert!(ran.err.contains("is no demo"), "{}", ran.err);
}

#[test]
fn findings_are_the_same_with_and_without_digests() {
    let place = Place::new();
    simulate(&place, "40", "4");
    let kept = findings(&place, &[]);
    assert_eq!(kept["sample"]["complete"], 40);
    // Digests of an unknown form are ignored: everything is replayed, with the same result.
    let mut study = Study::open_existing(&place.study()).unwrap();
    let form = form();
    let digests: Vec<_> = study.digests(&form).unwrap().into_iter().collect();
    assert_eq!(digests.len(), 40);
    study.keep_digests("another form", &digests).unwrap();
    assert!(study.digests(&form).unwrap().is_empty());
    drop(study);
    assert_eq!(findings(&place, &[]), kept);
    // The digests are kept again for the next time.
    assert_eq!(Study::open_read_only(&place.study()).unwrap().digests(&form).unwrap().len(), 40);
}

#[test]
fn filters_and_what_cannot_be_filtered() {
    let place = Place::new();
    simulate(&place, "40", "4");
    let all = findings(&place, &[]);
    let counts = all["sample"]["organisations"].as_array().unwrap();
    let first = &counts[0];
    let name = first["name"].as_str().unwrap();
    let some = findings(&place, &["--where", &format!("organisation={name}")]);
    assert_eq!(some["sample"]["complete"], first["complete"]);
    assert_eq!(some["sample"]["filtered_out"].as_u64(), Some(40 - first["complete"].as_u64().unwrap()));
    for (args, what) in [
        (["--where", "organisation=Nobody"], "no session has"),
        (["--where", "colour=red"], "no field `colour`"),
        (["--interviewer", "I9"], "no interviewer `I9`"),
        (["--instrument", "another"], "no sessions of `another`"),
    ] {
        let ran = place.run(&[&["study"], args.as_slice()].concat());
        assert_eq!(ran.code, 1, "{args:?}");
        assert!(ran.err.contains(what), "{}", ran.err);
    }
}

#[test]
fn what_is_public_holds_no_code_of_a_person() {
    let place = Place::new();
    simulate(&place, "40", "4");
    let ran = place.run(&["study", "--format", "json"]);
    assert!(ran.out.contains("S4-001"));
    let ran = place.run(&["study", "--format", "json", "--public"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.out.contains("S4-"), "a code is published");
    let public: Value = serde_json::from_str(&ran.out).unwrap();
    assert_eq!(public["least"], 10);
    // The report suppresses the same cells: two different suppressions, compared, would reveal what each one hides.
    let report = place.run(&["report", "--format", "json"]);
    let report: Value = serde_json::from_str(&report.out).unwrap();
    assert_eq!(report["findings"], public);
    let table = place.run(&["study", "--public", "--format", "csv"]);
    assert!(table.out.starts_with("table,row,what,n,value,low,high,note\n"), "{}", table.out);
}

#[test]
fn erasing_takes_the_digest_along() {
    let place = Place::new();
    simulate(&place, "12", "4");
    let form = form();
    let study = Study::open_read_only(&place.study()).unwrap();
    let session = study.by_respondent("S4-003").unwrap().remove(0);
    assert!(study.digests(&form).unwrap().contains_key(&session.id));
    drop(study);
    assert_eq!(place.run(&["erase", "--respondent", "S4-003", "--yes"]).code, 0);
    let study = Study::open_read_only(&place.study()).unwrap();
    assert!(!study.digests(&form).unwrap().contains_key(&session.id));
    assert_eq!(study.digests(&form).unwrap().len(), 11);
    assert_eq!(findings(&place, &[])["sample"]["complete"], 11);
}
