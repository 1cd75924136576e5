//! The contents of an export, compared with the answers.

use serde_json::{Value, json};

use super::study::{keep, long_story};
use crate::journeys::support::Place;

fn rows(place: &Place, name: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(place.path("out").join(name)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn answers_options_and_reasons_are_what_was_answered() {
    let place = Place::new();
    keep(&place);
    let ran = place.run(&["export", "--format", "jsonl", "--out", "out", "--lang", "nl"]);
    assert!(ran.err.contains("Sessions left out: 1 rehearsal."), "{}", ran.err);
    assert!(ran.err.contains("may hold personal data"), "{}", ran.err);
    ran.ok();
    let rows = rows(&place, "sessions-nasty.jsonl");
    assert_eq!(rows.len(), 3);
    let (values, labels, missing) = (&rows[0]["values"], &rows[0]["labels"], &rows[0]["missing"]);
    let expected = json!({
        "respondent": "R=1", "organisation": "+31 Bakkerij ’t Hoekje", "story": long_story(), "agree": 3, "temperature": -992.5,
        "day": "1899-12-31", "session_2": "an_option_name_of_thirty_tw_bye",
        "an_item_name_of_thirty_two_bytes_price": 1,
        "an_item_name_of_thirty_two_bytes_an_option_name_of_thirty_tw_byt": 0,
        "words_w1": "=cmd|' /C calc'!A0", "words_w2": "naïef 😀", "words_v1": -3, "words_v2": null, "words_v3": 3, "words_ms3": 2500,
        "hidden": -10, "begun": "2026-01-05T08:00:00Z", "minutes": 24.0 / 60.0, "simulated": 0, "mode": "plain",
        "state": "finished", "language": "en", "story_seconds": 2, "words_seconds": 8, "words_changes": 0,
        "instrument_version": "1.0.0", "seed": "0",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(&values[name], value, "{name}");
    }
    assert_eq!(labels["agree"], "Ja 😀");
    assert_eq!(labels["session_2"], "Zelfde");
    assert_eq!(labels["hidden"], "ver");
    assert_eq!(labels["state"], "af");
    assert_eq!(missing["words_v2"], "dont_know");
    assert_eq!(missing["interviewer"], "not_asked");
    assert!(missing.get("temperature").is_none());
    // The second: fewer words, one not known, one not asked.
    let (values, missing) = (&rows[1]["values"], &rows[1]["missing"]);
    assert_eq!(values["begun"], "2026-01-05T09:00:00.250Z");
    assert_eq!(values["day"], "2024-02-29");
    assert_eq!(values["session_2"], "price");
    assert_eq!(missing["temperature"], "dont_know");
    assert_eq!(missing["hidden"], "not_asked");
    assert_eq!(missing["hidden_seconds"], "not_answered");
    assert_eq!(missing["words_w2"], "not_answered");
    // The third declined everything.
    for name in ["story", "agree", "temperature", "day", "session_2", "words_w1", "words_v3"] {
        assert_eq!(rows[2]["missing"][name], "declined", "{name}");
        assert_eq!(rows[2]["values"][name], Value::Null, "{name}");
    }
}

#[test]
fn rehearsals_come_only_when_asked_for_and_then_a_column_says_so() {
    let place = Place::new();
    keep(&place);
    place.run(&["export", "--format", "jsonl", "--out", "out", "--with-tests", "--sessions-only"]).ok();
    let tests: Vec<Value> =
        rows(&place, "sessions-nasty.jsonl").iter().map(|row| row["values"]["test"].clone()).collect();
    assert_eq!(tests, [json!(0), json!(0), json!(0), json!(1)]);
    assert!(!place.path("out/events.jsonl").exists());
}

#[test]
fn without_text_nothing_that_was_typed_is_left_in_any_format() {
    let place = Place::new();
    keep(&place);
    let formats = "csv,sav,dta,r,jsonl,ddi";
    place.run(&["export", "--format", formats, "--out", "out", "--without-text"]).ok();
    let mut read = 0;
    for entry in std::fs::read_dir(place.path("out")).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for typed in ["na\u{ef}ef", "cmd|", "only one", "Two\\nlines", "carriage"] {
            let found = bytes.windows(typed.len()).any(|window| window == typed.as_bytes());
            assert!(!found, "`{typed}` stands in {}", path.display());
        }
        read += 1;
    }
    assert!(read > 15, "{read}");
}

#[test]
fn files_that_are_there_stay_and_nothing_half_written_is_left() {
    let place = Place::new();
    keep(&place);
    let export = ["export", "--format", "csv,sav", "--out", "out"];
    std::fs::create_dir(place.path("out")).unwrap();
    std::fs::write(place.path("out/events.sav"), "mine").unwrap();
    let refused = place.run(&export).refused();
    assert!(refused.contains("events.sav is there already"), "{refused}");
    assert!(refused.contains("--force"), "{refused}");
    let names: Vec<_> =
        std::fs::read_dir(place.path("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(names, ["events.sav"]);
    assert_eq!(std::fs::read_to_string(place.path("out/events.sav")).unwrap(), "mine");
    place.run(&[&export[..], &["--force"]].concat()).ok();
    assert!(std::fs::read(place.path("out/events.sav")).unwrap().starts_with(b"$FL2"));
}

#[test]
fn the_same_numbers_as_classify_and_gaps() {
    let place = Place::new();
    place.run(&["simulate", "account-self-assessment", "--n", "12", "--seed", "9"]).ok();
    place.run(&["export", "--format", "jsonl", "--out", "out"]).ok();
    let rows = rows(&place, "sessions-account-self-assessment.jsonl");
    let classified = place.run(&["classify", "--format", "json"]).json();
    let gaps = place.run(&["gaps", "--format", "json"]).json();
    let (mut profiles, mut verdicts) = (0, 0);
    for row in &rows {
        let values = &row["values"];
        let own = |table: &Value| -> Vec<Value> {
            let of_session = |line: &&Value| line["session"] == values["session"];
            table.as_array().unwrap().iter().filter(of_session).cloned().collect()
        };
        for profile in own(&classified) {
            let of =
                |what: &str| &values[format!("profile_{}_{what}", profile["perspective"].as_str().unwrap())];
            assert_eq!(of("mp"), &profile["p_mp"]);
            assert_eq!(of("dominant"), &profile["dominant"]);
            profiles += 1;
        }
        for gap in own(&gaps) {
            assert_eq!(values["gap_verdict"], gap["verdict"]);
            assert_eq!(values["gap_explicit"], gap["explicit"]);
            assert_eq!(values["gap_indirect"], gap["indirect"]);
            verdicts += 1;
        }
    }
    assert_eq!((rows.len(), profiles, verdicts), (12, 24, 12));
}

/// Answers of people and of programs stand in one table only where that is asked for.
#[test]
fn what_a_program_answered_stands_beside_people_only_when_asked_for() {
    let place = Place::new();
    keep(&place);
    place.run(&["simulate", "workshop-pulse", "--n", "2", "--seed", "1"]).ok();
    let export = |flags: &[&str], people: bool, programs: bool| {
        let folder = format!("of{}", flags.join(""));
        let ran = place.run(&[&["export", "--format", "jsonl", "--out", &folder], flags].concat());
        for (name, expected) in [("nasty", people), ("workshop-pulse", programs)] {
            assert_eq!(
                place.path(&folder).join(format!("sessions-{name}.jsonl")).exists(),
                expected,
                "{flags:?}"
            );
        }
        assert_eq!(ran.err.contains("SIMULATED"), programs, "{}", ran.err);
        ran.err
    };
    assert!(export(&[], true, false).contains("Sessions left out: 1 rehearsal, 2 simulated."));
    assert!(export(&["--source", "real"], true, false).contains("2 simulated."));
    assert!(export(&["--source", "simulated"], false, true).contains("1 rehearsal, 3 of people."));
    assert!(export(&["--source", "all"], true, true).contains("Sessions left out: 1 rehearsal."));
}

#[test]
fn an_empty_study_is_refused_with_what_helps() {
    let place = Place::new();
    assert!(place.run(&["export", "--format", "csv", "--out", "out"]).refused().contains("no study"));
    keep(&place);
    let ran = place.run(&["export", "--format", "pdf", "--out", "out"]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("xlsx"), "{}", ran.err);
}

#[test]
fn codes_of_coders_stand_beside_the_answers() {
    use relata::coding::Coding;
    use relata::instrument::RelationalModel::{CommunalSharing, MarketPricing};
    use relata::store::{Code, CodeId, Study};

    let place = Place::new();
    keep(&place);
    let mut study = Study::open(&place.study()).unwrap();
    let sessions = study.sessions().unwrap();
    let code = |session: usize, coder: &str, consensus, dominant| Code {
        id: CodeId::new(
            1_767_700_000_000,
            [session as u8 * 16 + coder.len() as u8 + u8::from(consensus); 10],
        ),
        session: sessions[session].id,
        coder: coder.into(),
        at: 1_767_700_000_000,
        consensus,
        coding: Coding { note: "she said =so".into(), ..Coding::of(dominant) },
    };
    let codes = [
        code(0, "A", false, MarketPricing),
        code(0, "BB", false, CommunalSharing),
        code(1, "A", false, MarketPricing),
        code(1, "BB", false, CommunalSharing),
        code(1, "CCC", true, CommunalSharing),
    ];
    study.add_codes(&codes).unwrap();
    drop(study);
    place.run(&["export", "--format", "jsonl", "--out", "out"]).ok();
    let rows_of_sessions = rows(&place, "sessions-nasty.jsonl");
    let of = |row: usize, name: &str| rows_of_sessions[row]["values"][name].clone();
    assert_eq!(
        (of(0, "code"), of(0, "code_basis"), of(0, "code_coders")),
        (Value::Null, json!("disputed"), json!(2))
    );
    assert_eq!(
        (of(1, "code"), of(1, "code_basis"), of(1, "code_coders")),
        (json!("CS"), json!("consensus"), json!(2))
    );
    assert_eq!(
        (of(2, "code"), of(2, "code_basis"), of(2, "code_coders")),
        (Value::Null, Value::Null, json!(0))
    );
    assert_eq!(rows_of_sessions[2]["missing"]["code"], "not_asked");
    let each = rows(&place, "codes.jsonl");
    assert_eq!(each.len(), 5);
    assert_eq!(each[0]["values"]["note"], "she said =so");
    place.run(&["export", "--format", "jsonl", "--out", "without", "--without-text"]).ok();
    let text = std::fs::read_to_string(place.path("without/codes.jsonl")).unwrap();
    assert!(!text.contains("she said"), "{text}");
}

/// A respondent withdraws consent after two answers. The answers before it are in no file, whatever is requested.
#[test]
fn what_was_said_before_consent_was_taken_back_is_exported_nowhere() {
    let place = Place::new();
    let pulse = ["interview", "workshop-pulse", "--plain", "--set", "organisation=Acme", "--lang", "en"];
    let begin = |code: &str, answers: &str| {
        let ran = place.feed(&[&pulse[..], &["--respondent", code]].concat(), answers);
        assert!(!ran.out.contains("There is no"), "{}{}", ran.out, ran.err);
    };
    begin("V1", "1\nvermilion\n\n2\n8\n:jump start\n2\n\n");
    // The second never pressed the last Enter; the third withdrew after that.
    begin("V2", "1\nvermilion\n\n2\n8\n:jump start\n2\n");
    begin("V3", "1\nvermilion\n\n2\n8\n:jump start\n2\n:withdraw\nSTOP\n");
    let states = |all: &str| all.matches("consent refused").count();
    let listed = place.run(&["sessions", "--format", "csv"]).ok();
    assert_eq!(states(&listed), 2, "{listed}");
    let export = |flags: &[&str]| {
        let whose = ["--source", "all"];
        place.run(&[&["export", "--format", "jsonl,csv", "--out", "out", "--force"], flags, &whose].concat())
    };
    let nothing = export(&[]).refused();
    assert!(nothing.contains("1 consent refused"), "{nothing}");

    // Together with a respondent who consented.
    place.run(&["simulate", "workshop-pulse", "--n", "1", "--seed", "1"]).ok();
    let ran = export(&[]);
    assert!(
        ran.err.contains("1 stopped by the respondent, 1 consent refused, 1 not finished"),
        "{}",
        ran.err
    );
    assert_eq!(rows(&place, "sessions-workshop-pulse.jsonl").len(), 1);
    assert!(export(&["--open"]).err.contains("2 consent refused"));

    export(&["--open", "--stopped"]).ok();
    let all = rows(&place, "sessions-workshop-pulse.jsonl");
    let state = |code: &str| {
        let row = all.iter().find(|row| row["values"]["respondent"] == code).unwrap();
        assert_eq!(row["values"]["organisation"], "Acme");
        for name in ["words_w1", "words_v1", "nps", "gap_explicit", "profile_own_mp", "words_seconds"] {
            assert!(row["values"].get(name).is_none_or(Value::is_null), "{code}: {name}: {row}");
        }
        // An answered question is not reported as unanswered.
        assert_eq!(row["missing"]["words_w1"], "no_consent", "{code}: {row}");
        assert_eq!(row["missing"]["gap_explicit"], "no_consent", "{code}: {row}");
        row["values"]["state"].as_str().unwrap().to_owned()
    };
    assert_eq!([state("V1"), state("V2"), state("V3")], ["refused", "refused", "withdrawn"]);
    for entry in std::fs::read_dir(place.path("out")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(!text.contains("vermilion"), "{}", path.display());
    }
    let coded = |session: &str| place.run(&["code", session, "--coder", "C1", "--plain"]).refused();
    let id = listed.lines().find(|line| line.contains("V1")).unwrap().split(',').next().unwrap();
    assert!(coded(id).contains("consent was refused in session"));
    place.write("codes.csv", &format!("session,coder,dominant\n{id},C1,MP\n"));
    let import = place.run(&["code", "import", "codes.csv"]).refused();
    assert!(import.contains("line 2, column `session`: consent was refused"), "{import}");
}

#[test]
fn what_was_said_before_consent_was_asked_for_is_exported_nowhere() {
    let place = Place::new();
    let questionnaire = r#"
format    = 1
name      = "late"
version   = "1"
languages = ["en"]
label     = "Late"
minutes   = 1
[[groups]]
name  = "g"
label = "G"
[[groups.items]]
name  = "before"
kind  = "text"
label = "Before?"
[[groups.items]]
name    = "agreed"
kind    = "consent"
version = "1"
label   = "May we?"
[[groups.items]]
name  = "after"
kind  = "integer"
label = "After?"
"#;
    place.write("late.toml", questionnaire);
    let begin = |code: &str, answers: &str| {
        place.feed(&["interview", "late.toml", "--plain", "--lang", "en", "--respondent", code], answers)
    };
    begin("V1", "vermilion\n");
    begin("V2", "vermilion\n:withdraw\nSTOP\n");
    begin("V3", "turquoise\n1\n3\n\n").ok();
    let ran = place.run(&["export", "--format", "jsonl,csv", "--out", "out", "--open", "--stopped"]);
    assert!(ran.err.contains("2 sessions have no consent and rows without answers"), "{}", ran.err);
    let all = rows(&place, "sessions-late.jsonl");
    let of = |code: &str| all.iter().find(|row| row["values"]["respondent"] == code).unwrap();
    for (code, state) in [("V1", "open"), ("V2", "withdrawn")] {
        let row = of(code);
        assert_eq!(row["values"]["state"], state, "{row}");
        assert_eq!(
            (&row["missing"]["before"], &row["missing"]["after"]),
            (&"no_consent".into(), &"not_asked".into())
        );
    }
    assert_eq!(
        (&of("V3")["values"]["before"], &of("V3")["values"]["after"]),
        (&"turquoise".into(), &3.into())
    );
    for entry in std::fs::read_dir(place.path("out")).unwrap() {
        let path = entry.unwrap().path();
        assert!(!std::fs::read_to_string(&path).unwrap().contains("vermilion"), "{}", path.display());
    }
}
