//! The plain mode from the first line to the report.

use std::collections::BTreeMap;
use std::sync::Arc;

use relata::classify::reference::Generator;
use relata::instrument::prompt::{Ask, Input, Reply, ScaleReply};
use relata::instrument::{Audience, Instrument, Language, Perspective, shipped};
use relata::interview::{Event, Interview, Stage, Start, simulate};
use relata::rng::Rng;
use relata::store::Study;

use super::support::{Place, counted_items};

/// The lines that a person types to answer like this simulated session, prompt by prompt.
fn typed(instrument: &Arc<Instrument>, start: &Start, events: &[Event]) -> String {
    let mut interview = Interview::new(instrument.clone(), start.clone());
    let mut lines: Vec<String> = Vec::new();
    for event in events {
        let stage = interview.view().stage;
        match (event, stage) {
            (Event::HandedOver { to: Audience::Respondent }, _) => lines.push(String::new()),
            (Event::HandedOver { to: Audience::Interviewer }, _) => lines.push("interviewer".into()),
            (Event::Answered { reply: Reply::Given(input), .. }, Stage::Ask(asked)) => {
                match (input, &asked.prompt.ask) {
                    (Input::Seen, _) => lines.push(String::new()),
                    (Input::Picked(names) | Input::Ranked(names), _) if names.is_empty() => {
                        lines.push(":declined".into())
                    }
                    (Input::Picked(names) | Input::Ranked(names), _) => lines.push(names.join(" ")),
                    (Input::Rated(cells), Ask::Scale(scale)) => {
                        lines.extend(scale.shown().into_iter().map(|row| match cells[row] {
                            ScaleReply::Point(point) => format!("{point:+}"),
                            ScaleReply::Missing(_) => ":declined".into(),
                        }));
                    }
                    (Input::Number(number), _) => lines.push(number.to_string()),
                    (Input::Text(typed), _) => lines.push(typed.text.clone()),
                    (Input::Allocated(points), Ask::Allocate { parts, .. }) => {
                        lines.extend(parts.iter().map(|part| points[&part.name].to_string()));
                    }
                    // Nothing can be timed in a pipe: one Enter leaves the whole task out.
                    (Input::Sorted(_), _) => lines.extend((asked.step == 0).then(String::new)),
                    other => panic!("{other:?}"),
                }
            }
            (Event::Answered { .. }, _) => lines.push(":declined".into()),
            (Event::Finished, _) => lines.push(String::new()),
            other => panic!("{other:?}"),
        }
        interview.apply(0, event.clone()).unwrap();
    }
    lines.join("\n") + "\n"
}

/// Replies without their times, which a line does not have. A timed task becomes "left out".
fn replies(events: &[Event]) -> Vec<(String, usize, String)> {
    let answered = events.iter().filter_map(|event| match event {
        Event::Answered { item, step, reply } => Some((item, step, reply)),
        _ => None,
    });
    let timed = |reply: &Reply| matches!(reply, Reply::Given(Input::Sorted(_)));
    answered
        .filter(|(_, step, reply)| !timed(reply) || **step == 0)
        .map(|(item, step, reply)| {
            let reply = match reply {
                Reply::Given(Input::Text(typed)) => typed.text.clone(),
                Reply::Given(Input::Picked(names)) if names.is_empty() => "Declined".into(),
                Reply::Given(Input::Sorted(_)) => format!("{:?}", Reply::Given(Input::NotTimed)),
                other => format!("{other:?}"),
            };
            (item.clone(), *step, reply)
        })
        .collect()
}

#[test]
fn every_shipped_instrument_can_be_answered_line_by_line_in_both_languages() {
    for (name, lang) in shipped::NAMES.iter().flat_map(|name| [(name, "en"), (name, "nl")]) {
        let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
        let fields: BTreeMap<String, String> =
            instrument.fields.iter().map(|field| (field.name.clone(), "Acme".to_owned())).collect();
        let start = Start { seed: 5, language: Language::new(lang), fields, at: 0, offset: None };
        let (persona, _) = Generator::default().persona(&mut Rng::new(11));
        let walk = simulate::walk(instrument.clone(), start.clone(), &persona).unwrap();
        let events: Vec<Event> = walk.events.into_iter().map(|stamped| stamped.event).collect();
        let place = Place::new();
        let mut args =
            vec!["interview", name, "--plain", "--lang", lang, "--respondent", "R1", "--seed", "5"];
        let set: Vec<String> = instrument.fields.iter().map(|field| format!("{}=Acme", field.name)).collect();
        set.iter().for_each(|field| args.extend(["--set", field]));
        let ran = place.feed(&args, &typed(&instrument, &start, &events));
        assert_eq!(
            ran.code,
            0,
            "{name} {lang}: {}{}",
            ran.err,
            &ran.out[ran.out.len().saturating_sub(1500)..]
        );
        let study = Study::open(&place.study()).unwrap();
        let kept: Vec<Event> = study
            .events(&study.sessions().unwrap()[0].id)
            .unwrap()
            .into_iter()
            .map(|stamped| stamped.event)
            .collect();
        assert_eq!(replies(&kept), replies(&events), "{name} {lang}");
        // Reports take a second each here; one form for each language covers both.
        if lang == "nl" {
            let markdown = place.run(&["report", "--respondent", "R1"]).ok();
            assert!(markdown.contains("De kloof tussen wat gezegd"), "{markdown}");
            continue;
        }
        let report = place.run(&["report", "--respondent", "R1", "--format", "json"]).json();
        assert_eq!(report["complete"], true);
        let expected = Perspective::ALL.iter().filter(|side| instrument.asks_norms(**side)).count();
        assert_eq!(report["profiles"].as_array().unwrap().len(), expected, "{name}");
        for profile in report["profiles"].as_array().unwrap() {
            let p = profile["probabilities"].as_array().unwrap();
            assert!((p.iter().map(|p| p.as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 1e-12);
            assert_eq!(profile["basis"], "reference model, simulated");
        }
    }
}

#[test]
fn the_end_of_the_input_saves_and_says_how_to_resume() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(3));
    let left = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "2\n");
    assert_eq!(left.code, 1);
    assert!(left.out.contains("Question number 2."));
    assert!(left.err.contains("relata resume "), "{}", left.err);
    // The printed command works in any folder and shell.
    assert!(left.err.contains(&format!("--study {}", place.study().display())), "{}", left.err);
    let resumed = place.feed(&["resume", "--plain"], "3\n3\n\n");
    assert_eq!(resumed.code, 0, "{}{}", resumed.out, resumed.err);
    assert!(!resumed.out.contains("Question number 1.\n  1 no"), "an answered question was asked again");
}

#[test]
fn a_wrong_line_of_a_file_is_said_once_with_its_reason_and_nothing_more_is_read() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(2));
    let ran = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "2\n9\n2\n");
    assert_eq!(ran.code, 1);
    assert_eq!(ran.out.matches("! Give a number between 1 and 3.").count(), 1);
    // The following lines of a file would answer the wrong questions.
    assert!(ran.out.contains("! Line 2 of the input was read at question `q2`"), "{}", ran.out);
    assert_eq!(ran.out.matches("Question number 2.").count(), 1);
    let resumed = place.feed(&["resume", "--plain"], "2\n\n").ok();
    assert!(resumed.contains("Question number 2."), "{resumed}");
}

#[test]
fn a_label_that_is_typed_in_full_is_the_answer_that_it_stands_for() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(2));
    let ran = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "YES\nso so\n\n");
    assert_eq!(ran.code, 0, "{}", ran.out);
    assert!(ran.out.contains("1 Question number 1.: 3 · yes"), "{}", ran.out);
    assert!(ran.out.contains("2 Question number 2.: 2 · so so"), "{}", ran.out);
}

#[test]
fn going_back_shows_the_answer_and_enter_keeps_it() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(2));
    let ran = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "3\n:back\n\n1\n\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("[answered before, Enter keeps it: 3]"));
    assert!(ran.out.contains("1 Question number 1.: 3 · yes"));
}

#[test]
fn declining_and_not_knowing_are_answers_of_their_own() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(2));
    let ran = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], ":geen\n:dontknow\n\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.contains("1 Question number 1.: [declined]"), "{}", ran.out);
    assert!(ran.out.contains("2 Question number 2.: [don't know]"));
}

#[test]
fn withdrawing_with_erasure_leaves_nothing_but_a_tombstone() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(2));
    let ran = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "3\n:withdraw\nERASE\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert_eq!(place.run(&["sessions", "--format", "json"]).json().as_array().unwrap().len(), 0);
}

#[test]
fn groups_that_are_not_relevant_are_never_shown() {
    let place = Place::new();
    let mut text = counted_items(2);
    text += "\n[[groups]]\nname = \"hidden\"\nlabel = \"Hidden section\"\nrelevant = \"q1 = 1\"\n\
             [[groups.items]]\nname = \"h\"\nkind = \"text\"\nlabel = \"Hidden question\"\n";
    place.write("counted.toml", &text);
    let ran = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "3\n3\n\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(!ran.out.contains("Hidden"));
    let shown = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "1\n3\n");
    assert!(shown.out.contains("Hidden question"));
}

#[test]
fn a_line_that_is_no_text_is_refused_and_an_escape_is_no_part_of_an_answer() {
    let place = Place::new();
    place.write(
        "counted.toml",
        &counted_items(1).replace("kind = \"likert\"\nchoices = \"agree\"", "kind = \"text\""),
    );
    let mut talk = place.talk(&["interview", "counted.toml", "--plain"]);
    talk.say(b"caf\xe9\n");
    let out = talk.end().out;
    assert!(out.contains("not UTF-8"), "{out}");
    let out = place.feed(&["interview", "counted.toml", "--plain"], "ca\x1b[31mfé\n\n").ok();
    assert!(out.contains("1 Question number 1.: ca[31mfé"), "{out}");
}

#[test]
fn a_number_is_kept_as_it_was_asked_for_and_equal_words_are_noticed() {
    let place = Place::new();
    let begin = [
        "interview",
        "account-self-assessment",
        "--plain",
        "--lang",
        "en",
        "--set",
        "organisation=Acme B.V.",
    ];
    let ran = place.feed(&begin, ":dontknow\n");
    assert!(ran.out.contains("! This takes a yes or a no"), "{}", ran.out);
    let ran = place.feed(&begin, "1\nwarm\nWARM\n");
    assert!(ran.out.contains("! That is word 1 already."), "{}", ran.out);
    assert!(ran.out.contains("about Acme B.V. We ask"), "{}", ran.out);
    let ran = place.feed(&["resume", "--plain"], "slow\n\n2\n-2\n:back\n");
    assert!(ran.out.contains("[a number from −3 to +3; without a sign it is above zero]"), "{}", ran.out);
    assert!(ran.out.contains("= −2\n") && ran.out.contains("= +2\n"), "{}", ran.out);
    assert!(ran.out.contains("warm [+2] >"), "{}", ran.out);
    let sessions = place.run(&["sessions", "--format", "csv"]).ok();
    assert!(sessions.contains("Acme B.V."), "{sessions}");
}

#[test]
fn refused_consent_is_one_sentence_everywhere() {
    let place = Place::new();
    let begin = [
        "interview",
        "account-self-assessment",
        "--plain",
        "--lang",
        "en",
        "--set",
        "organisation=Acme",
        "--respondent",
        "R001",
    ];
    let ran = place.feed(&begin, "2\n\n");
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(
        ran.err.contains("No consent was given") && !ran.out.contains("profile"),
        "{}\n{}",
        ran.out,
        ran.err
    );
    for format in ["md", "html"] {
        let report = place.run(&["report", "--respondent", "R001", "--format", format]).ok();
        assert!(report.contains("No consent was given") && !report.contains("No profile"), "{report}");
    }
    // Leaving before the last Enter refuses it as well.
    let begin = begin.map(|word| if word == "R001" { "R002" } else { word });
    assert_eq!(place.feed(&begin, "2\n").code, 1);
    assert_eq!(place.run(&["sessions"]).ok().matches("consent refused").count(), 2);
    let ran = place.run(&["export", "--format", "csv", "--stopped", "--out", "out"]);
    assert!(ran.code == 0 && ran.err.contains("2 sessions exported"), "{}", ran.err);
    assert!(!ran.err.contains("not finished"), "{}", ran.err);
}

#[test]
fn a_questionnaire_that_cannot_be_read_is_said_where_its_sessions_are_listed() {
    let place = Place::new();
    place.run(&["simulate", "workshop-pulse", "--n", "3"]).ok();
    let database = rusqlite::Connection::open(place.study()).unwrap();
    database.execute_batch("UPDATE instruments SET text = text || '#'").unwrap();
    drop(database);
    let ran = place.run(&["sessions"]);
    assert_eq!(ran.out.matches("unreadable").count(), 3, "{}", ran.out);
    assert!(ran.err.contains("the questionnaire workshop-pulse of 3 sessions cannot be read"), "{}", ran.err);
}

#[test]
fn what_coders_said_of_whoever_refused_consent_counts_nowhere() {
    use relata::coding::Coding;
    use relata::instrument::RelationalModel::{CommunalSharing, MarketPricing};
    use relata::store::{Code, CodeId, Study};

    let place = Place::new();
    let begin = |code: &str, answers: &str| {
        let flags = [
            "interview",
            "workshop-pulse",
            "--plain",
            "--lang",
            "en",
            "--set",
            "organisation=Acme",
            "--respondent",
            code,
        ];
        place.feed(&flags, answers)
    };
    begin("R001", "2\n\n");
    begin("R002", "1\n:stop\n");
    let mut study = Study::open(&place.study()).unwrap();
    let sessions = study.sessions().unwrap();
    assert_eq!(sessions.len(), 2);
    for (at, header) in sessions.iter().enumerate() {
        for (coder, model) in [("C1", MarketPricing), ("C2", CommunalSharing)] {
            let id = CodeId::new(1, [at as u8, coder.as_bytes()[1], 0, 0, 0, 0, 0, 0, 0, 0]);
            let (session, coding) = (header.id, Coding::of(model));
            study
                .add_code(&Code { id, session, coder: coder.into(), at: 1, consensus: false, coding })
                .unwrap();
        }
    }
    drop(study);
    let listed = place.run(&["code", "list", "--format", "csv"]);
    assert!(listed.err.contains("consent was refused: 1 coded session"), "{}", listed.err);
    assert!(!listed.out.contains("R001") && listed.ok().contains("R002"));
    let agreement = place.run(&["agreement", "--part", "discuss", "--format", "csv"]);
    assert!(agreement.err.contains("consent was refused: 1 coded session"), "{}", agreement.err);
    assert!(!agreement.out.contains("R001") && agreement.out.contains("R002"), "{}", agreement.out);
    let codes = &place.run(&["study", "info", "--format", "json"]).json()["codes"];
    assert_eq!((codes["coded_sessions"].as_u64(), codes["refused_sessions"].as_u64()), (Some(1), Some(1)));
    assert_eq!((codes["codes"].as_u64(), codes["coders"]["C1"].as_u64()), (Some(2), Some(1)));
}

#[test]
fn what_nobody_touched_leaves_no_session_and_what_was_answered_does() {
    let place = Place::new();
    let begin =
        ["interview", "account-self-assessment", "--plain", "--lang", "nl", "--set", "organisation=Acme"];
    let ran = place.feed(&begin, ":taal en\n:stop\n");
    assert!(ran.err.contains("Nothing was answered, so nothing was kept."), "{}", ran.err);
    assert_eq!(place.run(&["sessions", "--format", "csv"]).ok().lines().count(), 1);
    let ran = place.feed(&begin, "1\n:stop\n");
    assert!(ran.err.contains("relata resume"), "{}", ran.err);
    assert_eq!(place.run(&["sessions", "--format", "csv"]).ok().lines().count(), 2);
}

/// Two notes around two questions.
const NOTED: &str = "format = 1\nname = \"noted\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Noted\"\nminutes = 1\n\
    [choices.agree]\nlabels = [\"no\", \"so so\", \"yes\"]\n[[groups]]\nname = \"g\"\nlabel = \"G\"\n\
    [[groups.items]]\nname = \"welcome\"\nkind = \"note\"\nlabel = \"Welcome.\"\n\
    [[groups.items]]\nname = \"q1\"\nkind = \"likert\"\nchoices = \"agree\"\nlabel = \"First?\"\n\
    [[groups.items]]\nname = \"between\"\nkind = \"note\"\nlabel = \"Half way.\"\n\
    [[groups.items]]\nname = \"q2\"\nkind = \"likert\"\nchoices = \"agree\"\nlabel = \"Second?\"\n";

#[test]
fn a_file_with_an_answer_at_a_note_is_read_no_further() {
    let place = Place::new();
    place.write("noted.toml", NOTED);
    let run = ["interview", "noted.toml", "--plain", "--respondent", "P1"];
    // The line for the second note is missing.
    let ran = place.feed(&run, "\n3\n1\n\n");
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(ran.out.contains("! Nothing is answered here, so “1” is not kept."), "{}", ran.out);
    assert!(!ran.out.contains("Second?"), "{}", ran.out);
    assert!(ran.err.contains("Every answer is kept.\nGo on with:\n  relata resume"), "{}", ran.err);
    // The answer before it is kept, and the interview resumes at the note; a pause doesn't accept a text either.
    let ran = place.feed(&["resume", "--plain"], "\n:pause\n2\n");
    assert_eq!(ran.code, 1);
    assert!(ran.out.contains("Half way.") && ran.out.contains("so “2” is not kept"), "{}", ran.out);
    let done = place.feed(&["resume", "--plain"], "2\n\n").ok();
    assert!(done.contains("Second?"), "{done}");
}

#[test]
fn the_command_to_go_on_can_be_typed_into_a_shell() {
    let place = Place::new();
    place.write("noted.toml", NOTED);
    let name = "it's a $(touch owned) study.relata";
    let ran = place.feed(&["interview", "noted.toml", "--plain", "--study", name], "\n3\n");
    let command = ran.err.split("Go on with:\n  relata ").nth(1).unwrap().trim().to_owned();
    let mut shell = std::process::Command::new("bash");
    let script = format!("{} {command} --plain < /dev/null", env!("CARGO_BIN_EXE_relata"));
    let said = shell.current_dir(place.path("")).args(["-c", &script]).output().unwrap();
    let out = String::from_utf8(said.stdout).unwrap();
    assert!(out.contains("Half way."), "{command}: {out}{}", String::from_utf8_lossy(&said.stderr));
    assert!(!place.path("owned").exists());
}

#[test]
fn two_studies_begun_apart_call_nobody_by_one_code() {
    let codes = |place: &Place, study: &str| -> Vec<String> {
        let list = place.run(&["sessions", "--study", study, "--format", "json"]).json();
        list.as_array().unwrap().iter().map(|one| one["respondent"].as_str().unwrap().to_owned()).collect()
    };
    let place = Place::new();
    place.write("noted.toml", NOTED);
    for study in ["laptop-a.relata", "laptop-b.relata"] {
        for _ in 0..2 {
            assert_eq!(
                place.feed(&["interview", "noted.toml", "--plain", "--study", study], "\n3\n").code,
                1
            );
        }
    }
    let (a, b) = (codes(&place, "laptop-a.relata"), codes(&place, "laptop-b.relata"));
    assert!(a[0].ends_with("-001") && a[1].ends_with("-002") && a[0][..4] == a[1][..4], "{a:?}");
    // Prefixes are shared with a probability of 1 in 3,200; should the two studies of this test share theirs, it proves
    // nothing.
    assert!(a[0][..4] == b[0][..4] || a.iter().all(|code| !b.contains(code)), "{a:?} {b:?}");
    // A series numbered by hand is continued.
    let run = ["interview", "noted.toml", "--plain", "--study", "hand.relata"];
    place.feed(&[&run[..], &["--respondent", "R017"]].concat(), "\n3\n");
    place.feed(&run, "\n3\n");
    assert_eq!(codes(&place, "hand.relata"), ["R017", "R018"]);
}

#[test]
fn who_was_given_a_code_of_somebody_else_gets_another_one_and_who_stopped_is_exported_when_asked_for() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(2));
    for (respondent, lines) in [("R1", "3\n3\n\n"), ("R2", "3\n:withdraw\nSTOP\n")] {
        place.feed(&["interview", "counted.toml", "--plain", "--respondent", respondent], lines).ok();
    }
    let id = place.run(&["sessions", "--format", "json"]).json()[0]["session"].as_str().unwrap().to_owned();
    assert!(place.run(&["rename", &id, "K9"]).refused().contains("--yes"));
    assert!(place.run(&["rename", &id, "a name", "--yes"]).refused().contains("is not a code"));
    place.run(&["rename", &id, "K9", "--why", "two laptops", "--yes"]).ok();
    let audit = place.run(&["audit", "--respondent", "R1", "--format", "csv"]).ok();
    assert!(audit.contains("renamed,respondent,R1,K9,two laptops"), "{audit}");
    let table =
        |folder: &str| std::fs::read_to_string(place.path(folder).join("sessions-counted.csv")).unwrap();
    let ran = place.run(&["export", "--format", "csv", "--out", "finished"]);
    assert!(ran.err.contains("1 stopped by the respondent"), "{}", ran.err);
    place.run(&["export", "--format", "csv", "--out", "all", "--stopped"]).ok();
    assert!(table("finished").contains(",K9,") && !table("finished").contains(",R2,"));
    assert!(table("all").contains(",R2,") && table("all").contains(",withdrawn,"));
}

/// One process waits at the first question; another one asks to resume the last interview.
#[test]
fn resuming_does_not_take_a_session_away_from_under_another_process() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(3));
    let begin = ["interview", "counted.toml", "--plain", "--lang", "en"];
    let sitting = || {
        let mut talk = place.talk(&begin);
        talk.hear("Question number 1.");
        talk
    };
    let first = sitting();
    // The only open session could be left by a killed process, so it is offered; it is not removed.
    let resumed = place.feed(&["resume", "--plain"], "");
    assert!(resumed.err.contains("relata resume "), "{}", resumed.err);
    first.kill();

    let mut second = sitting();
    let named = place.feed(&["resume", "--plain"], "").refused();
    assert!(named.contains("nothing was answered in any of the 2 open sessions"), "{named}");
    let id = named.split("go on with: ").nth(1).unwrap().split(',').next().unwrap().trim().to_owned();
    place.feed(&["resume", &id, "--plain"], "2\n");
    // From now on the answered one counts as the last one left, though another was begun later.
    let resumed = place.feed(&["resume", "--plain"], "");
    assert!(resumed.out.contains("Question number 2."), "{}{}", resumed.out, resumed.err);
    second.say("3\n3\n3\n\n");
    let ran = second.end();
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let states = place.run(&["sessions", "--format", "csv"]).ok();
    assert_eq!((states.matches(",finished,").count(), states.matches(",open,").count()), (1, 1), "{states}");
}

#[test]
fn a_byte_order_mark_before_piped_answers_is_no_part_of_the_first() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(1));
    let ran = place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "\u{feff}1\n\n");
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
}

#[test]
fn nobody_gets_a_code_that_reads_as_a_flag() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(1));
    let begin = |code: &str| {
        let code = format!("--respondent={code}");
        place.feed(&["interview", "counted.toml", "--plain", "--lang", "en", &code], "1\n\n")
    };
    for code in ["-Z", ".."] {
        assert!(begin(code).refused().contains("with a letter or digit first"), "{code}");
    }
    begin("R1").ok();
    let listed = place.run(&["sessions", "--format", "csv"]).ok();
    let id = listed.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let renamed = place.run(&["rename", &id, "--yes", "--", ".."]).refused();
    assert!(renamed.contains("`..` is not a code"), "{renamed}");
    place.run(&["rename", &id, "R2", "--yes"]).ok();
}

#[test]
fn the_start_form_takes_commands_for_what_they_are() {
    let place = Place::new();
    let pulse = ["interview", "workshop-pulse", "--plain", "--lang", "en"];
    let ran = place.feed(&pulse, ":help\n:quit\n");
    assert!(ran.out.contains(":withdraw"), "{}", ran.out);
    assert!(ran.refused().contains("ended before the interview began; nothing was kept"));
    let ran = place.feed(&pulse, ":back\n");
    assert!(ran.out.contains("No command but :help and :quit works here"), "{}", ran.out);
    assert_eq!(place.run(&["sessions", "--format", "csv"]).ok().lines().count(), 1);
    place.feed(&pulse, "::ly\n1\n");
    let listed = place.run(&["sessions", "--format", "json"]).ok();
    assert!(listed.contains("\":ly\""), "{listed}");
}

#[test]
fn the_code_of_somebody_who_was_erased_is_given_with_a_question() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(1));
    for code in ["R1", "R2"] {
        let begin = ["interview", "counted.toml", "--plain", "--lang", "en", "--respondent", code];
        place.feed(&begin, "1\n\n").ok();
    }
    place.run(&["erase", "--respondent", "R2", "--yes"]).ok();
    let listed = place.run(&["sessions", "--format", "csv"]).ok();
    let id = listed.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let asked = place.run(&["rename", &id, "R2"]).refused();
    assert!(asked.contains("R2 may have been the code of somebody who was erased"), "{asked}");
    let ran = place.run(&["rename", &id, "R2", "--yes"]);
    assert!(ran.err.contains("is it the same person?"), "{}", ran.err);
    ran.ok();
    assert!(!place.run(&["rename", &id, "R3"]).refused().contains("erased"));
}
