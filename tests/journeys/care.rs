//! Working together and with care: merging, erasing, the audit, rehearsals, retention, and what happens when something is
//! wrong with a file.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use relata::interview::Event;
use relata::store::Study;

use super::support::{Place, counted_items};
use super::terminal::{PATIENCE, Terminal};

/// Notes, a filter and words, for the interviewer's hands.
const LED: &str = "format = 1
name = \"led\"
version = \"3\"
languages = [\"en\"]
label = \"Led\"
minutes = 1

[[groups]]
name = \"agreed\"
label = \"Agreed\"

[[groups.items]]
name = \"consent\"
kind = \"consent\"
version = \"2026-01\"
label = \"May we?\"

[[groups]]
name = \"own\"
label = \"Own\"
audience = \"interviewer\"

[[groups.items]]
name = \"years\"
kind = \"integer\"
label = \"How many years?\"

[[groups.items]]
name = \"story\"
kind = \"text\"
label = \"What happened?\"
";

fn files_of(place: &Place) -> Vec<(PathBuf, Vec<u8>)> {
    let folder = place.study();
    let entries = std::fs::read_dir(folder.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = entries
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), std::fs::read(path).unwrap()))
        .collect();
    files.sort();
    files
}

fn holds(place: &Place, text: &str) -> Vec<PathBuf> {
    let found = files_of(place)
        .into_iter()
        .filter(|(_, bytes)| bytes.windows(text.len()).any(|part| part == text.as_bytes()));
    found.map(|(path, _)| path).collect()
}

#[test]
fn two_laptops_become_one_study() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(3));
    let session = |study: &str, respondent: &str, answers: &str| {
        place.feed(
            &["interview", "counted.toml", "--plain", "--respondent", respondent, "--study", study],
            answers,
        );
    };
    session("anna.relata", "R1", "1\n2\n3\n\n");
    session("anna.relata", "R2", "1\n");
    std::fs::copy(place.path("anna.relata"), place.path("ben.relata")).unwrap();
    session("ben.relata", "R3", "3\n3\n3\n\n");
    // Both go on with R2.
    place.feed(&["resume", "--plain", "--study", "anna.relata"], "1\n");
    place.feed(&["resume", "--plain", "--study", "ben.relata"], "2\n2\n\n");
    place.run(&["study", "retention", "--until", "2031-05-01", "--study", "ben.relata"]).ok();

    let ran = place.run(&["merge", "anna.relata", "ben.relata", "--out", "team.relata", "--format", "csv"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.out.ends_with("anna.relata,2,2\n") || ran.out.contains("anna.relata,2,2\n"), "{}", ran.out);
    assert!(ran.out.contains("ben.relata,3,1\n"), "{}", ran.out);
    assert!(ran.err.contains("3 sessions in team.relata"), "{}", ran.err);
    assert!(ran.err.contains("was continued in two places"), "{}", ran.err);
    assert!(ran.err.contains("to be kept until 2031-05-01"), "{}", ran.err);

    let info = place.run(&["study", "info", "--study", "team.relata", "--format", "json"]).json();
    assert_eq!((&info["sessions"], &info["branches"].as_array().unwrap().len()), (&3.into(), &1));
    assert_eq!(info["keep_until"], "2031-05-01");
    let audit =
        place.run(&["audit", "--study", "team.relata", "--respondent", "R2", "--all", "--format", "json"]);
    assert!(audit.err.contains("1 journal beside the one that counts"), "{}", audit.err);
    let audit: serde_json::Value = serde_json::from_str(&audit.out).unwrap();
    let beside: Vec<_> = audit.as_array().unwrap().iter().filter(|line| line["journal"] != "").collect();
    let facts = place.run(&["study", "info", "--study", "team.relata"]).ok();
    assert!(facts.contains(&format!("from event {} on", beside[0]["event"])), "{facts}\n{beside:?}");
    assert!(beside.iter().any(|line| line["of"] == "q2" && line["new"] == "1 · no"), "{beside:?}");

    // Once more, the other way round, into one of them.
    place.run(&["merge", "ben.relata", "team.relata", "anna.relata", "--out", "ben.relata"]).ok();
    let again = place.run(&["study", "info", "--study", "ben.relata", "--format", "json"]).json();
    for same in ["study", "sessions", "branches", "instruments", "keep_until", "state"] {
        assert_eq!(again[same], info[same], "{same}");
    }
}

#[test]
fn erasing_says_what_it_searched_for_while_another_program_has_the_study_open() {
    const SECRET: &str = "zebrafinch and other birds";
    let place = Place::new();
    place.write("led.toml", LED);
    place.write("counted.toml", &counted_items(3));
    let led = "\n1\ninterviewer\n4\n:note \"zebrafinch and other birds\"\nzebrafinch and other birds\n\n";
    let begun = ["interview", "led.toml", "--plain", "--respondent", "R-secret", "--interviewer", "ANNA"];
    let ran = place.feed(&begun, led);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    place.run(&["classify"]);
    place.run(&["study"]);
    // An interview with somebody else goes on in another process, so that the write-ahead log is there.
    let mut other = place
        .command(&["interview", "counted.toml", "--plain", "--respondent", "R-other"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = other.stdin.take().unwrap();
    input.write_all(b"2\n").unwrap();
    input.flush().unwrap();
    let mut lines = BufReader::new(other.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.find(|line| line.contains("Question number 2.")).unwrap();
    assert!(!holds(&place, SECRET).is_empty());
    assert!(place.path("study.relata-wal").exists());

    assert!(place.run(&["erase", "--respondent", "R-secret"]).refused().contains("add --yes"));
    // Leftovers of an interrupted merge are found too, and named.
    std::fs::write(place.path("study.relata.merging"), format!("some bytes {SECRET} and more")).unwrap();
    let copy = Place::new();
    for name in ["study.relata", "study.relata-wal", "study.relata.merging"] {
        std::fs::copy(place.path(name), copy.path(name)).unwrap();
    }
    std::fs::remove_file(place.path("study.relata.merging")).unwrap();
    let refused = copy.run(&["erase", "--respondent", "R-secret", "--yes"]).refused();
    assert!(
        refused.contains("can still be read in") && refused.contains("study.relata.merging"),
        "{refused}"
    );
    let ran = place.run(&["erase", "--respondent", "R-secret", "--yes"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    assert!(ran.err.contains("texts of 1 session: none found in the file"), "{}", ran.err);
    let counted: usize = ran.err.lines().last().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!(counted > 5, "{}", ran.err);
    for text in [SECRET, "R-secret", "ANNA", "2026-01\""] {
        let found = holds(&place, text);
        assert!(found.iter().all(|path| path.ends_with("led.toml")), "{text} in {found:?}");
    }
    // The other interview was not disturbed.
    input.write_all(b"2\n2\n\n").unwrap();
    drop(input);
    lines.for_each(drop);
    assert!(other.wait().unwrap().success());
    let info = place.run(&["study", "info", "--format", "json"]).json();
    assert_eq!((&info["sessions"], &info["state"]["finished"]), (&1.into(), &1.into()));
    assert_eq!(info["erased"].as_object().unwrap().len(), 1);
    let audit = place.run(&["audit", "--format", "json"]).json();
    assert_eq!(audit.as_array().unwrap().iter().filter(|line| line["what"] == "erased").count(), 1);
}

#[test]
fn the_audit_tells_who_changed_what_and_why() {
    let place = Place::new();
    place.write("led.toml", LED);
    // Consent; years 4, then back with a note and 5; a story; review, opened, another story; finished.
    let lines = "\n1\ninterviewer\n4\n:back\n:note she counted again\n5\nit rained\n3\nit poured\n\n";
    let begun = ["interview", "led.toml", "--plain", "--respondent", "R1", "--interviewer", "ANNA"];
    let ran = place.feed(&begun, lines);
    assert_eq!(ran.code, 0, "{}{}", ran.out, ran.err);
    let audit = place.run(&["audit", "--respondent", "R1", "--format", "json"]).json();
    let told: Vec<String> = audit
        .as_array()
        .unwrap()
        .iter()
        .map(|line| {
            let text = |name: &str| line[name].as_str().unwrap().to_owned();
            [text("who"), text("what"), text("of"), text("old"), text("new"), text("why")].join("|")
        })
        .collect();
    assert_eq!(
        told,
        [
            "ANNA|keyboard||interviewer|respondent|",
            "R1|keyboard||respondent|interviewer|",
            "ANNA|note|years||she counted again|",
            "ANNA|answer changed|years|4|5|went back; note: she counted again",
            "ANNA|answer changed|story|it rained|it poured|opened from the review",
            "ANNA|finished||||",
        ]
    );
    let info = place.run(&["study", "info", "--format", "json"]).json();
    let consent = &info["consents"][0];
    assert_eq!((&consent["instrument_version"], &consent["version"]), (&"3".into(), &"2026-01".into()));
    assert_eq!((&consent["answer"], &consent["sessions"]), (&"given".into(), &1.into()));
    assert_eq!(consent["instrument_hash"].as_str().unwrap().len(), 64);
    assert!(place.run(&["audit", "--respondent", "nobody"]).refused().contains("no respondent"));

    // A spreadsheet that opens the list executes nothing in it.
    let begun = ["interview", "led.toml", "--plain", "--respondent", "R2"];
    assert_eq!(place.feed(&begun, "\n1\ninterviewer\n-4\n=1+1\n\n").code, 0);
    let csv = place.run(&["audit", "--respondent", "R2", "--all", "--format", "csv"]).ok();
    assert!(csv.contains(",−4,") && csv.contains(",'=1+1,"), "{csv}");
}

#[test]
fn rehearsals_count_nowhere_unless_they_are_asked_for() {
    let place = Place::new();
    let answers = "Acme\n1\n\n1\n";
    let begin = |respondent: &str, test: &[&str]| {
        let args = ["interview", "customer-interview", "--plain", "--respondent", respondent];
        place.feed(&[&args[..], test].concat(), answers).err
    };
    assert!(begin("R1", &["--test"]).contains("this is a rehearsal"));
    assert!(!begin("R2", &[]).contains("rehearsal"));
    let list = place.run(&["sessions", "--format", "json"]).json();
    let tests: Vec<_> =
        list.as_array().unwrap().iter().map(|line| (&line["respondent"], &line["test"])).collect();
    assert_eq!(tests, [(&"R1".into(), &true.into()), (&"R2".into(), &false.into())]);
    for command in ["classify", "gaps"] {
        let ran = place.run(&[command, "--open", "--format", "csv"]);
        assert!(ran.err.contains("1 rehearsal left out; --with-tests takes them in"), "{}", ran.err);
        assert!(!ran.out.contains("R1,") && !ran.out.contains(",test"), "{}", ran.out);
        let ran = place.run(&[command, "--open", "--with-tests", "--format", "csv"]);
        assert!(ran.err.contains("1 rehearsal counted here"), "{}", ran.err);
        assert!(ran.out.lines().next().unwrap().ends_with(",test"), "{}", ran.out);
    }
    let gaps = place.run(&["gaps", "--open", "--with-tests", "--format", "csv"]).ok();
    assert!(gaps.lines().any(|line| line.starts_with("R1,") && line.ends_with(",true")), "{gaps}");
    let refused = place.run(&["report", "--respondent", "R1"]).refused();
    assert!(refused.contains("rehearsals are all that the study has of `R1`"), "{refused}");
    let ran = place.run(&["report", "--respondent", "R1", "--with-tests"]);
    assert!(ran.code == 0 && ran.err.contains("is a rehearsal"), "{}", ran.err);
    assert!(
        ran.out.contains("REHEARSAL: ")
            && !place.run(&["report", "--respondent", "R2"]).out.contains("REHEARSAL")
    );
    let info = place.run(&["study", "info", "--format", "json"]).json();
    assert_eq!(info["rehearsals"], 1);
}

#[test]
fn the_day_until_which_a_study_may_be_kept_is_reminded_of_and_nothing_more() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(1));
    place.feed(&["interview", "counted.toml", "--plain"], "1\n\n");
    let retention = |args: &[&str]| place.run(&[&["study", "retention"], args].concat());
    assert_eq!(retention(&[]).ok(), "no day set\n");
    retention(&["--until", "2020-01-31"]).ok();
    let ran = place.run(&["sessions"]);
    assert!(ran.code == 0 && ran.err.contains("kept until 2020-01-31; that day is past"), "{}", ran.err);
    assert!(ran.out.contains("counted"));
    let mut terminal =
        Terminal::start(env!("CARGO_BIN_EXE_relata"), &[], place.study().parent().unwrap(), (80, 24));
    terminal.wait_for("kept until 2020-01-31");
    terminal.type_keys("q");
    terminal.wait_for_end();
    // Counted from today: far enough in the future that there is no reminder.
    retention(&["--months", "24"]).ok();
    assert_eq!(place.run(&["sessions"]).err, "");
    assert_eq!(retention(&["--until", "2020-02-30"]).code, 2);
    assert_eq!(retention(&["--months", "0"]).code, 2);
    assert_eq!(retention(&["--none", "--months", "3"]).code, 2);
    retention(&["--none"]).ok();
    assert_eq!(retention(&[]).ok(), "no day set\n");
}

/// Waits until the study's only session has an event that `wanted` accepts.
fn wait_for_event(path: &Path, wanted: impl Fn(&Event) -> bool) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        let study = Study::open_read_only(path).unwrap();
        let header = study.sessions().unwrap().pop().unwrap();
        if study.events(&header.id).unwrap().iter().any(|stamped| wanted(&stamped.event)) {
            return true;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    false
}

#[test]
fn a_note_that_is_being_typed_survives_a_kill() {
    let place = Place::new();
    let led = LED.replace("[[groups]]\nname = \"agreed\"\nlabel = \"Agreed\"\n\n[[groups.items]]\nname = \"consent\"\nkind = \"consent\"\nversion = \"2026-01\"\nlabel = \"May we?\"\n\n", "");
    place.write("led.toml", &led);
    let args = ["interview", "led.toml", "--respondent", "R1"];
    let mut terminal =
        Terminal::start(env!("CARGO_BIN_EXE_relata"), &args, place.study().parent().unwrap(), (80, 24));
    terminal.wait_for("Begin");
    terminal.type_keys("\r\r");
    terminal.wait_for("How many years?");
    terminal.type_keys("\u{1b}OQ");
    terminal.wait_for("Note");
    terminal.type_keys("She hesitated, and then");
    terminal.wait_for("and then");
    let kept = wait_for_event(
        &place.study(),
        |event| matches!(event, Event::Noted { text, .. } if text == "She hesitated, and then"),
    );
    terminal.kill();
    assert!(kept, "{}", terminal.screen());
    let mut resumed =
        Terminal::start(env!("CARGO_BIN_EXE_relata"), &["resume"], place.study().parent().unwrap(), (80, 24));
    resumed.wait_for("She hesitated, and then");
    resumed.kill();
}

#[test]
fn whatever_is_wrong_with_a_file_is_one_clear_sentence() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(40));
    for study in ["a.relata", "b.relata"] {
        place.feed(&["interview", "counted.toml", "--plain", "--study", study], &"1\n".repeat(41));
    }
    place.write("letter.relata", &"Dear all, ".repeat(40));
    let whole = std::fs::read(place.path("a.relata")).unwrap();
    std::fs::write(place.path("damaged.relata"), &whole[..whole.len() / 2]).unwrap();
    std::fs::write(place.path("newer.relata"), &whole).unwrap();
    let newer = rusqlite::Connection::open(place.path("newer.relata")).unwrap();
    newer.pragma_update(None, "user_version", 99).unwrap();
    drop(newer);
    let before = files_of(&place);
    let merge = |args: &[&str]| {
        let sentence = place.run(&[&["merge"], args].concat()).refused();
        assert!(files_of(&place) == before, "{args:?}: {sentence}");
        assert!(sentence.lines().count() <= 2 && sentence.starts_with("relata: `"), "{sentence}");
        sentence
    };
    let out = ["--out", "out.relata"];
    let refused = |one: &str, two: &str| merge(&[&[one, two], &out[..]].concat());
    assert!(refused("a.relata", "./a.relata").contains("is named twice"));
    assert!(refused("a.relata", "letter.relata").contains("is not a relata study"));
    assert!(refused("a.relata", "newer.relata").contains("was written by a newer relata"));
    assert!(refused("a.relata", "damaged.relata").contains("is damaged"));
    assert!(refused("a.relata", "nowhere.relata").contains("does not exist"));
    assert!(merge(&["a.relata", "b.relata", "--out", "letter.relata"]).contains("is there already"));
    // One that is damaged does not spoil the one that takes it in.
    assert!(merge(&["a.relata", "damaged.relata", "--out", "a.relata"]).contains("is damaged"));
    assert_eq!(place.run(&["merge", "a.relata", "--out", "c.relata"]).code, 2);
    for command in [&["audit"][..], &["study", "info"], &["erase", "--respondent", "R001", "--yes"]] {
        for (study, sentence) in [
            ("letter.relata", "is not a relata study"),
            ("newer.relata", "was written by a newer relata"),
            ("damaged.relata", "is damaged"),
            ("nowhere.relata", "there is no study"),
        ] {
            let refused = place.run(&[command, &["--study", study]].concat()).refused();
            assert!(refused.contains(sentence), "{command:?} {study}: {refused}");
        }
    }
    // SQLite's files beside a damaged study may change; the studies themselves are unchanged.
    let after = files_of(&place);
    let changed: Vec<_> = before.iter().filter(|file| !after.contains(file)).map(|(path, _)| path).collect();
    assert!(changed.is_empty(), "{changed:?}");
}

/// The system limits the size of written files, as a full disk does in the middle of a merge.
#[cfg(target_os = "linux")]
#[test]
fn a_merge_that_runs_out_of_room_leaves_nothing_behind() {
    let place = Place::new();
    for (study, seed) in [("a.relata", "1"), ("b.relata", "2")] {
        place.run(&["simulate", "workshop-pulse", "--n", "30", "--seed", seed, "--study", study]).ok();
    }
    let before = files_of(&place);
    let relata = env!("CARGO_BIN_EXE_relata");
    for (blocks, out) in [(100, "out.relata"), (100, "a.relata"), (0, "out.relata")] {
        let script =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec {relata} merge a.relata b.relata --out {out}");
        let mut limited = std::process::Command::new("/bin/sh");
        let output =
            limited.args(["-c", &script]).current_dir(place.study().parent().unwrap()).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{blocks} {out}: {said}");
        assert!(said.contains("`") && said.contains(out), "{said}");
        assert!(files_of(&place) == before, "{blocks} {out}: {said}");
    }
    place.run(&["merge", "a.relata", "b.relata", "--out", "out.relata"]).ok();
}
