//! Reports from the command line: of a study and of a session, in every form.

use relata::instrument::kinds::{Datum, Key};
use relata::instrument::{Feedback, Instrument, Language, Text, shipped};
use serde_json::Value;

use super::support::Place;

fn simulated(instrument: &str, n: &str) -> Place {
    let place = Place::new();
    place.run(&["simulate", instrument, "--n", n, "--seed", "4"]).ok();
    place
}

/// A code has the answers of both sides of a relation; whoever wants the own side says which questionnaire it was.
#[test]
fn the_report_of_a_code_is_of_the_questionnaire_that_is_named() {
    let place = simulated("account-self-assessment", "1");
    place.run(&["simulate", "client-view", "--n", "1", "--seed", "5"]).ok();
    let sessions = place.run(&["sessions", "--format", "json"]).json();
    let theirs = sessions.as_array().unwrap().iter().find(|one| one["respondent"] == "S5-001").unwrap();
    place.run(&["rename", theirs["session"].as_str().unwrap(), "S4-001", "--yes"]).ok();
    let report = |more: &[&str]| {
        place.run(&[&["report", "--respondent", "S4-001", "--format", "json"], more].concat())
    };
    let named = |name: &str| report(&["--instrument", name]).json()["instrument"]["name"].clone();
    for name in ["account-self-assessment", "client-view"] {
        assert_eq!(named(name), name);
    }
    assert!(report(&[]).err.contains("--instrument NAME"), "{}", report(&[]).err);
    let none = report(&["--instrument", "building-blocks"]).refused();
    assert!(none.contains("`S4-001` has no session of building-blocks"), "{none}");
}

/// The structure of a value, without the contents.
fn shape(value: &Value) -> Value {
    match value {
        Value::Array(items) => items.iter().map(shape).collect(),
        Value::Object(fields) => fields.iter().map(|(name, inside)| (name.clone(), shape(inside))).collect(),
        _ => Value::Null,
    }
}

#[test]
fn a_study_is_told_alike_in_both_languages_and_says_that_it_is_simulated() {
    let place = simulated("customer-interview", "60");
    let [en, nl] = ["en", "nl"]
        .map(|lang| place.run(&["report", "--format", "json", "--lang", lang]).json()["report"].clone());
    assert_eq!(shape(&en), shape(&nl));
    assert_ne!(en["sections"], nl["sections"]);
    // A mark and a feeling that Dutch has one word for are two rows with two names.
    let dutch = nl.to_string();
    assert!(dutch.contains("Tevredenheid (gevoel)") && !en.to_string().contains("(feeling)"), "{dutch}");
    for (lang, word) in [("en", "Simulated"), ("nl", "Gesimuleerd")] {
        let markdown = place.run(&["report", "--format", "md", "--lang", lang]).ok();
        assert!(markdown.contains(&format!("> **{word}")), "{markdown}");
        // What is not there is not counted, and names of commands stand in no marks that Markdown would obey.
        for nothing in ["In 0 ", "; 0 have", "; 0 hebben", "\\`"] {
            assert!(!markdown.contains(nothing), "{nothing}: {markdown}");
        }
        let (rows, minutes, lacks) = match lang {
            "en" => (
                "20,000 simulated sessions",
                "| minutes: median (quartiles) |",
                "Not so: the estimated shares",
            ),
            _ => (
                "20.000 gesimuleerde sessies",
                "| minuten: mediaan (kwartielen) |",
                "geldt niet voor de geschatte",
            ),
        };
        for said in [rows, minutes, lacks] {
            assert!(markdown.contains(said), "{said}: {markdown}");
        }
        // The interview has no scales of a lens, and nobody answered for the other side.
        for (are, not) in [("Not so", "lenses"), ("geldt niet voor", "lenzen")] {
            assert!(!markdown.lines().any(|line| line.contains(are) && line.contains(not)), "{markdown}");
        }
    }
}

/// The line of an item in the appendix.
fn row<'a>(markdown: &'a str, item: &str) -> &'a str {
    let begins = format!("| {item} |");
    markdown.lines().rfind(|line| line.starts_with(&begins)).unwrap_or_else(|| panic!("no {item}"))
}

fn holds_the_whole_questionnaire(place: &Place, instrument: &Instrument) {
    let name = &instrument.name;
    let language = Language::new("nl");
    let plain = |text: &Text| text.raw(&language);
    let markdown = place.run(&["report", "--format", "md", "--lang", "nl"]).ok().replace('\\', "");
    assert!(markdown.contains(&instrument.hash) && markdown.contains(&instrument.version));
    let drawn = markdown.lines().find(|line| line.starts_with("Binnen een vraag")).unwrap();
    for item in &instrument.items {
        let row = row(&markdown, &item.name);
        for text in [Some(&item.label), item.hint.as_ref(), item.guidance.as_ref()].into_iter().flatten() {
            assert!(row.contains(&plain(text)), "{name}, {}: {}", item.name, plain(text));
        }
        for probe in &item.probes {
            assert!(row.contains(&plain(probe)), "{name}, {}: {}", item.name, plain(probe));
        }
        for condition in [&item.relevant, &item.constraint].into_iter().flatten() {
            assert!(row.replace("&lt;", "<").replace("&gt;", ">").contains(condition.source()), "{row}");
        }
        let mut after = 0;
        for column in item.question.columns() {
            for (value, label) in column.values {
                let label = plain(&label);
                assert!(markdown.contains(&label), "{name}, {}: {label}", item.name);
                // Options are in the order shown, or in the order of the file where that is drawn.
                if let Datum::Text(option) = value
                    && item.kind != "best_worst"
                {
                    let at = row.find(&format!("{option} = {label}")).unwrap_or_else(|| panic!("{row}"));
                    assert!(at > after, "{name}, {}: {row}", item.name);
                    after = at;
                }
            }
        }
        let said = drawn.split(['(', ')', ',', ' ']).any(|word| word == item.name);
        assert_eq!(said, item.question.drawn().is_some(), "{name}, {}: {drawn}", item.name);
        for feed in item.question.feeds() {
            let feeds = row.trim_end_matches(" |").rsplit(" | ").next().unwrap();
            assert!(feeds.contains(&instrument.scales[feed.scale].name), "{row}");
            let reversed = matches!(feed.key, Key::Points { reverse: true, .. });
            assert!(!reversed || feeds.contains("omgekeerd"), "{row}");
            for (option, model) in feed.key.models() {
                assert!(feeds.contains(&format!("{option} = {model}")), "{row}");
            }
        }
    }
    for scale in &instrument.scales {
        assert!(markdown.contains(&format!("| {} |", scale.name)), "{name}: {}", scale.name);
    }
}

#[test]
fn the_appendix_holds_the_whole_questionnaire() {
    for name in shipped::NAMES {
        let place = simulated(name, "12");
        holds_the_whole_questionnaire(&place, &shipped::read(name).unwrap().instrument.unwrap());
    }
    let place = Place::new();
    let text = include_str!("../instruments/valid/every-kind.toml");
    place.write("every-kind.toml", text);
    place.run(&["simulate", "every-kind.toml", "--n", "12", "--seed", "4"]).ok();
    let instrument = Instrument::read_stored(text).instrument.unwrap();
    holds_the_whole_questionnaire(&place, &instrument);
    // The second questions of items that have two.
    let markdown = place.run(&["report", "--format", "md", "--lang", "nl"]).ok();
    for interval in ["een aandeel van sessies", "NPS", "Cronbach α", "een correlatie", "wat één sessie zegt"]
    {
        assert!(markdown.lines().any(|line| line.starts_with(&format!("| {interval}"))), "{interval}");
    }
    for second in ["Wat past het minst bij", "Geef ze een plek."] {
        assert!(markdown.contains(second), "{second}");
    }
}

#[test]
fn a_study_of_few_shows_who_was_asked_and_nothing_of_what_they_said() {
    let place = simulated("customer-interview", "9");
    let report = place.run(&["report", "--format", "json"]).json();
    assert_eq!(report["findings"]["sample"]["complete"], 9);
    for table in ["emotions", "paradoxes", "words", "missing", "scales"] {
        assert_eq!(report["findings"][table].as_array().unwrap().len(), 0, "{table}");
    }
    let markdown = place.run(&["report", "--format", "md"]).ok();
    assert!(markdown.contains("Findings are shown from 10 on"), "{markdown}");
    let more = place.run(&["report", "--format", "md", "--smallest-group", "5"]).ok();
    assert!(more.contains("Held back: figures of groups below 5 people"), "{more}");
    let fewer = place.run(&["report", "--format", "md", "--smallest-group", "4"]);
    assert!(fewer.err.contains("at least 5 people"), "nobody can go below five: {}", fewer.err);
}

#[test]
fn a_report_goes_where_it_is_sent_and_to_whom_it_may() {
    let place = simulated("customer-interview", "2");
    let out = place.path("r.html");
    let args = ["report", "--respondent", "S4-001", "--format", "html", "--out", out.to_str().unwrap()];
    assert_eq!(place.run(&args).ok(), "");
    let html = std::fs::read_to_string(&out).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.ends_with("</html>\n"));
    let refused = place.run(&["report", "--respondent", "S4-001", "--reader", "respondent"]).refused();
    assert!(refused.contains("gives respondents no result"), "{refused}");
    let refused = place.run(&["report", "--reader", "respondent"]).refused();
    assert!(refused.contains("about one session"), "{refused}");
}

#[test]
fn a_report_takes_the_place_of_no_file_unasked_and_of_no_study_at_all() {
    let place = simulated("workshop-pulse", "2");
    let out = place.path("r.md");
    std::fs::write(&out, "kept").unwrap();
    let to = |path: &std::path::Path, more: &[&str]| {
        let path = path.to_str().unwrap().to_owned();
        place.run(&[&["report", "--respondent", "S4-001", "--out", &path], more].concat())
    };
    assert!(to(&out, &[]).refused().contains("is there already"));
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "kept");
    to(&out, &["--force"]).ok();
    assert_ne!(std::fs::read_to_string(&out).unwrap(), "kept");
    let before = std::fs::read(place.study()).unwrap();
    assert!(to(&place.study(), &["--force"]).refused().contains("is a study"));
    assert_eq!(std::fs::read(place.study()).unwrap(), before);
}

#[test]
fn a_respondent_s_own_result_speaks_to_them_without_the_numbers_of_the_method() {
    let place = Place::new();
    for name in shipped::NAMES {
        if shipped::read(name).unwrap().instrument.unwrap().feedback == Feedback::None {
            continue;
        }
        let study = format!("{name}.relata");
        place.run(&["simulate", name, "--n", "1", "--seed", "6", "--study", &study]).ok();
        let page = |lang: &str, reader: &str| {
            let of = ["report", "--respondent", "S6-001", "--study", &study, "--format", "html"];
            place.run(&[of.as_slice(), &["--lang", lang, "--reader", reader]].concat()).ok()
        };
        for (lang, yours, foreign) in [
            ("en", "Your own way", ["The client’s own way", "estimate of us", "who answered)", "log odds"]),
            ("nl", "Uw eigen manier", ["manier van de klant", "klant ons", "die antwoordde)", "log-odds"]),
        ] {
            let own = page(lang, "respondent");
            let told: Vec<&str> =
                foreign.into_iter().chain(["± SE"]).filter(|part| own.contains(part)).collect();
            assert!(told.is_empty(), "{name} {lang}: {told:?}\n{own}");
            if *name == "client-view" {
                assert!(own.contains(yours), "{own}");
                let kept = page(lang, "interviewer");
                let missing: Vec<&str> = foreign.into_iter().filter(|part| !kept.contains(part)).collect();
                assert!(missing.is_empty() && kept.contains("± SE"), "{lang}: {missing:?}\n{kept}");
            }
        }
    }
}
