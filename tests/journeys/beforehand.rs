//! The study's description and frozen plans: on the command line, in reports, in exports, after a merge.

use std::fs;

use serde_json::Value;

use super::support::Place;

fn simulate(place: &Place, n: &str) {
    place.run(&["simulate", "workshop-pulse", "--n", n, "--seed", "4"]).ok();
}

#[test]
fn what_a_study_says_of_itself_stands_in_its_report_and_its_exports() {
    let place = Place::new();
    let set = [
        "study",
        "about",
        "--set",
        "title=How customers relate",
        "--set",
        "authors=Carberry, Josiah (0000-0002-1825-0097); Acme Research",
        "--set",
        "universe=All customers <of a year> & more",
        "--set",
        "ethics=BMS 2027-014",
        "--set",
        "funding=The Acme Foundation",
        "--set",
        "contact=study@example.org",
    ];
    // A study may be described before the first interview.
    place.run(&set).ok();
    place.run(&["study", "about", "--unset", "funding"]).ok();
    let shown = place.run(&["study", "about", "--format", "json"]).json();
    let fields: Vec<&str> =
        shown.as_array().unwrap().iter().map(|row| row["field"].as_str().unwrap()).collect();
    assert_eq!(fields, ["title", "authors", "universe", "ethics", "contact"]);
    simulate(&place, "30");
    for (lang, heading, universe) in [
        ("en", "Methods: the study", "whom they stand for"),
        ("nl", "Verantwoording: het onderzoek", "wie zij vertegenwoordigen"),
    ] {
        let report = place.run(&["report", "--format", "md", "--lang", lang]).ok();
        assert!(report.contains("How customers relate\n"), "{report}");
        for expected in [heading, universe, "Josiah Carberry, Acme Research", "BMS 2027-014"] {
            assert!(report.contains(expected), "{expected}\n{report}");
        }
        assert!(!report.contains("Acme Foundation"));
    }
    let html = place.run(&["report", "--format", "html"]).ok();
    assert!(
        html.contains("All customers &lt;of a year&gt; &amp; more") && html.contains("<title>How customers")
    );
    place.run(&["export", "--format", "csv,ddi", "--out", "out"]).ok();
    let cited = fs::read_to_string(place.path("out").join("CITATION.cff")).unwrap();
    assert!(
        cited.contains("family-names: \"Carberry\"") && cited.contains("name: \"Acme Research\""),
        "{cited}"
    );
    let ddi = fs::read_to_string(place.path("out").join("codebook-ddi.xml")).unwrap();
    for expected in [
        "<titl>How customers relate</titl>",
        "<AuthEnty>Josiah Carberry</AuthEnty>",
        "<universe>All customers &lt;of a year&gt; &amp; more</universe>",
        "<authorizationStatement>BMS 2027-014</authorizationStatement>",
        "<contact>study@example.org</contact>",
    ] {
        assert!(ddi.contains(expected), "{expected}");
    }
    let codebook = fs::read_to_string(place.path("out").join("codebook-csv.md")).unwrap();
    assert!(codebook.contains("BMS 2027"), "{codebook}");
}

#[test]
fn a_field_that_cannot_be_is_refused_and_named() {
    let place = Place::new();
    for (set, what) in [
        ("titel=x", "there is no field `titel`"),
        ("title", "write FIELD=TEXT"),
        ("title=", "`title` would be empty"),
        ("authors=Carberry, Josiah (0000-0002-1825-0098)", "is no ORCID"),
        ("title=a\u{1b}b", "acts on a terminal"),
    ] {
        let ran = place.run(&["study", "about", "--set", set]);
        assert_eq!(ran.code, 2, "{set}");
        assert!(ran.err.contains(what), "{set}: {}", ran.err);
    }
    let twice = place.run(&["study", "about", "--set", "title=a", "--unset", "title"]);
    assert!(twice.code == 2 && twice.err.contains("changed twice"), "{}", twice.err);
    assert!(!place.study().exists());
}

#[test]
fn the_report_says_what_kept_to_the_plan() {
    let place = Place::new();
    let freeze = |more: &[&str]| {
        let plan = [
            "study",
            "freeze",
            "--instrument",
            "workshop-pulse",
            "--hypothesis",
            "Those who relate as one of us are more satisfied.",
        ];
        place.run(&[&plan[..], more].concat())
    };
    let planned = |place: &Place, more: &[&str]| -> Value {
        place.run(&[&["study", "--format", "json"], more].concat()).json()["planned"].clone()
    };
    let kept = |planned: &Value| -> Vec<(String, bool)> {
        let check =
            |check: &Value| (check["what"].as_str().unwrap().to_owned(), check["kept"].as_bool().unwrap());
        planned["checks"].as_array().unwrap().iter().map(check).collect()
    };
    // A dry run freezes nothing, and a misspelt measure is refused.
    freeze(&["--dry-run"]).ok();
    assert!(!place.study().exists());
    assert!(freeze(&["--measure", "satisfactoin"]).refused().contains("its scales are:"));
    assert!(place.run(&["study", "freeze", "--sessions", "5"]).refused().contains("--instrument"));
    freeze(&["--measure", "csat", "--sessions", "30", "--exclude", "those of less than a year"]).ok();
    // Simulated sessions begin in the past by their own clock, so they are older than any plan.
    simulate(&place, "30");
    let found = planned(&place, &[]);
    let expected = |before, sessions, selection| {
        [
            ("beforehand", before),
            ("instrument", true),
            ("relata", true),
            ("sessions", sessions),
            ("selection", selection),
            ("measures", true),
        ]
        .map(|(what, kept)| (what.to_owned(), kept))
    };
    let before = found["checks"][0]["before"].as_u64().unwrap();
    assert_eq!(before, 30, "{found}");
    assert_eq!(kept(&found), expected(false, true, true));
    assert!(found["checks"][5]["beyond"].as_array().unwrap().len() > 5);
    let narrow = planned(&place, &["--where", "organisation=Organisation A"]);
    assert_eq!(kept(&narrow)[4], ("selection".to_owned(), false));
    // Another plan comes after the first, and says what it changed.
    freeze(&["--measure", "csat", "--sessions", "60"]).ok();
    let report = place.run(&["report", "--format", "md"]).ok();
    for text in [
        "what was decided beforehand",
        "Hypothesis 1: Those who relate as one of us are more satisfied.",
        "It changed what was frozen before: exclusions, number of sessions.",
        "60 planned, 30 finished",
        "Not in the plan, and so exploratory",
    ] {
        assert!(report.contains(text), "{text}\n{report}");
    }
    let dutch = place.run(&["report", "--format", "md", "--lang", "nl"]).ok();
    assert!(dutch.contains("60 gepland, 30 afgerond") && dutch.contains("Hypothese 1: Those"), "{dutch}");
    // For a plan with a selection only the selected sessions count.
    let all = place.run(&["study", "--format", "json"]).json();
    let groups = all["sample"]["organisations"].as_array().unwrap();
    let meant = groups.iter().find(|group| group["name"] == "Organisation A").unwrap();
    let meant = meant["complete"].as_u64().unwrap();
    assert!(meant > 0 && meant < 30, "{groups:?}");
    let n = meant.to_string();
    let ran = freeze(&["--measure", "csat", "--sessions", &n, "--where", "organisation=Organisation A"]);
    assert!(
        ran.err.contains(&format!("{n} sessions of workshop-pulse in this selection had begun")),
        "{}",
        ran.err
    );
    for more in [&[][..], &["--where", "organisation=Organisation A"]] {
        let checks = planned(&place, more)["checks"].clone();
        assert_eq!((&checks[0]["before"], &checks[0]["all"]), (&meant.into(), &meant.into()), "{checks}");
        assert_eq!(checks[1]["all"], meant, "{checks}");
        assert_eq!((&checks[3]["found"], &checks[3]["kept"]), (&meant.into(), &true.into()), "{checks}");
        assert_eq!(checks[4]["kept"], !more.is_empty());
        assert_eq!(checks[4]["planned"]["fields"]["organisation"], "Organisation A", "{checks}");
    }
    // Whoever reads that it is another selection reads which.
    for format in ["md", "html"] {
        let report = place.run(&["report", "--format", format]).ok();
        for text in [
            "Only these sessions were to be looked at: organisation: Organisation A.",
            "planned: organisation: Organisation A; here: all sessions",
        ] {
            assert!(report.contains(text), "{text}\n{report}");
        }
    }
    let report = place.run(&["report", "--format", "md"]).ok();
    assert!(report.contains("counted within the selection"), "{report}");
    // It goes along with a merge.
    place.run(&["simulate", "workshop-pulse", "--n", "2", "--seed", "9", "--study", "other.relata"]).ok();
    let own = place.study().display().to_string();
    place.run(&["merge", "other.relata", &own, "--out", "both.relata"]).ok();
    let plans = place.run(&["study", "freeze", "--format", "json", "--study", "both.relata"]).json();
    assert_eq!(plans.as_array().unwrap().iter().filter(|row| row["part"] == "sessions").count(), 3);
}

#[test]
fn a_plan_of_interviews_is_a_table_a_page_and_a_sentence() {
    let place = Place::new();
    let plan = |more: &[&str]| {
        place.run(
            &[&["plan", "customer-interview", "--sizes", "40,20,40", "--studies", "2", "--lang", "en"], more]
                .concat(),
        )
    };
    let ran = plan(&["--width", "nps=1000", "--out", "plan.html"]);
    let (table, err) = (ran.out.clone(), ran.err.clone());
    ran.ok();
    let head: Vec<&str> = table.lines().next().unwrap().split_whitespace().collect();
    assert_eq!(head[head.len() - 2..], ["20", "40"], "{table}");
    assert!(err.contains("NPS: an interval of 1000 takes about 20 interviews"), "{err}");
    let page = fs::read_to_string(place.path("plan.html")).unwrap();
    assert!(
        page.contains("How many interviews") && page.contains("Simulated") && page.contains("<polyline"),
        "{page}"
    );
    // An existing page is not overwritten.
    assert!(plan(&["--out", "plan.html"]).refused().contains("plan.html"));
    let rows = plan(&["--format", "json"]).json();
    let widths: Vec<f64> = rows.as_array().unwrap().iter().filter_map(|row| row["width"].as_f64()).collect();
    assert!(widths.len() > 2 && widths.iter().all(|width| *width > 0.0), "{rows}");
    let unknown = plan(&["--width", "happiness=1"]).refused();
    assert!(unknown.contains("no figure called `happiness`") && unknown.contains("NPS"), "{unknown}");
    let dutch = place.run(&["plan", "client-view", "--sizes", "20", "--studies", "2", "--lang", "nl"]).ok();
    assert!(dutch.contains("Cohen κ van twee codeurs"), "{dutch}");
}
