//! A study with one bad session still works for all others, and reports it; and a study file that disappears during an
//! interview loses no answer.

use relata::store::Study;
use rusqlite::Connection;

use super::support::{Place, Ran, counted_items};
use super::terminal::Terminal;

/// Changes the file despite its triggers.
fn tamper(place: &Place, sql: &str) {
    let database = Connection::open(place.study()).unwrap();
    let mut guards = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let guards: Vec<(String, String)> =
        guards.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    guards.iter().for_each(|(name, _)| database.execute_batch(&format!("DROP TRIGGER {name}")).unwrap());
    database.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    database.execute_batch(sql).unwrap();
    guards.iter().for_each(|(_, guard)| database.execute_batch(guard).unwrap());
}

/// Commands that read every session and should still work.
const ALL: &[&[&str]] = &[
    &["sessions"],
    &["study", "info"],
    &["study"],
    &["classify", "--format", "csv"],
    &["gaps"],
    &["audit", "--all"],
    &["code", "list"],
    &["report"],
    &["export", "--format", "csv", "--out", "out", "--force"],
];

#[test]
fn one_bad_session_is_named_and_everything_else_goes_on() {
    let bad = [
        "UPDATE sessions SET seed = '-1' WHERE id = 'ID'",
        "UPDATE sessions SET fields = '{' WHERE id = 'ID'",
        "UPDATE events SET event = replace(event, '1', '2') WHERE session = 'ID' AND seq > 2",
        "UPDATE events SET event = '\"resumed' WHERE session = 'ID' AND seq = 1",
        "UPDATE sessions SET instrument = 'none' WHERE id = 'ID'",
    ];
    let whole = Place::new();
    whole.run(&["simulate", "workshop-pulse", "--n", "6", "--seed", "4"]).ok();
    // There are digests, which must not hide that the journal has changed.
    whole.run(&["study"]).ok();
    for (round, bad) in bad.into_iter().enumerate() {
        let place = Place::new();
        std::fs::copy(whole.study(), place.study()).unwrap();
        let id = Study::open_read_only(&place.study()).unwrap().sessions().unwrap()[2].id.to_string();
        tamper(&place, &bad.replace("ID", &id));
        // Everything for one header and one answer; the other cases go through the same code.
        let all = [0, 2].contains(&round);
        for args in ALL.iter().filter(|args| all || ["sessions", "classify", "export"].contains(&args[0])) {
            let ran = place.run(args);
            assert_eq!(ran.code, 0, "{round} {args:?}: {}", ran.err);
            assert!(ran.err.contains(&id) || args[0] == "code", "{round} {args:?}: {}\n{}", ran.out, ran.err);
            assert_eq!(ran.err.matches(&format!("session {id} of")).count().max(1), 1, "{}", ran.err);
            assert!(args[0] != "classify" || !ran.out.contains(&id), "{round}: {}", ran.out);
        }
        let exported = std::fs::read_to_string(place.path("out/sessions-workshop-pulse.csv")).unwrap();
        assert_eq!(exported.lines().count(), 6, "{round}");
        // It can be erased by its id, and then nothing is reported any more.
        let erased = place.run(&["erase", "--session", &id, "--yes"]);
        assert_eq!(erased.code, 0, "{round}: {}", erased.err);
        let sessions = place.run(&["sessions", "--format", "csv"]);
        assert!(!sessions.err.contains(&id) && sessions.ok().lines().count() == 6, "{round}");
        assert!(!all || !place.run(&["study"]).err.contains(&id), "{round}");
    }
}

#[test]
fn a_file_that_goes_away_during_an_interview_takes_no_answer_with_it() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(4));
    place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "2\n2\n2\n2\n\n").ok();
    let mut talk = place.talk(&["interview", "counted.toml", "--plain"]);
    talk.say("2\n");
    talk.hear("Question number 2.");
    std::fs::remove_file(place.study()).unwrap();
    talk.say("2\n");
    let said = talk.hear("Question number 3.");
    assert!(
        said.contains("is not there any more") && said.contains("The whole interview is saved in"),
        "{said}"
    );
    let err = talk.end().err;
    // The printed command refers to the new file.
    let command = err.lines().find_map(|line| line.split_once("  relata ")).unwrap().1;
    let args: Vec<&str> = command.split(' ').chain(["--plain"]).collect();
    let resumed = place.feed(&args, "2\n2\n\n").ok();
    assert!(resumed.contains("Question number 3."), "{resumed}");
    let path = std::path::Path::new(args[3]);
    let study = Study::open_read_only(path).unwrap();
    // The other session of the study came along.
    let states: Vec<String> = study.sessions().unwrap().iter().map(|one| one.state.to_string()).collect();
    assert_eq!(states, ["finished", "finished"]);
    assert!(private(path));
}

/// The interview goes well, and the program does not say that all did: other sessions were in the file.
#[test]
fn a_file_that_takes_others_with_it_is_no_success() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(3));
    place.feed(&["interview", "counted.toml", "--plain", "--lang", "en"], "2\n2\n2\n\n").ok();
    let mut talk = place.talk(&["interview", "counted.toml", "--plain", "--lang", "en"]);
    talk.say("2\n");
    talk.hear("Question number 2.");
    std::fs::write(place.study(), "text ".repeat(20_000)).unwrap();
    talk.say("2\n2\n\n");
    let Ran { code, out: said, err } = talk.end();
    assert!(said.contains("The whole interview is saved in"), "{said}{err}");
    assert_eq!(code, 1, "{said}{err}");
    assert!(err.contains("1 other session of the study could not be taken along"), "{err}");
}

/// Whether the owner alone can read a file.
fn private(path: &std::path::Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    std::fs::metadata(path).unwrap().permissions().mode() & 0o077 == 0
}

/// Any change that invalidates the session's own rows while it runs is handled like a file that disappears.
#[test]
fn rows_that_are_changed_during_an_interview_take_no_answer_with_them() {
    let changes = [
        "DELETE FROM tips",
        "UPDATE events SET event = replace(event, '2', '3') WHERE event LIKE '%answered%'",
        "INSERT INTO events SELECT session, 1, at, event, link FROM events WHERE seq = 0",
        "DELETE FROM sessions",
        "UPDATE sessions SET respondent = 'X'",
        "PRAGMA user_version = 99",
        // Only noticed when the rows are checked, which happens before "all is kept" is shown.
        "UPDATE instruments SET text = text || '#'",
    ];
    for change in changes {
        let place = Place::new();
        place.write("counted.toml", &counted_items(3));
        let mut talk = place.talk(&["interview", "counted.toml", "--plain", "--lang", "en"]);
        talk.say("2\n");
        talk.hear("Question number 2.");
        tamper(&place, change);
        talk.say("2\n2\n\n");
        let Ran { code, out: said, err } = talk.end();
        assert_eq!(code, 0, "{change}: {said}{err}");
        let saved = said
            .split("The whole interview is saved in ")
            .nth(1)
            .unwrap_or_else(|| panic!("{change}: {said}"));
        let saved = std::path::Path::new(saved.split(" and goes on there").next().unwrap());
        assert!(err.contains("What was answered is in") && !err.contains("relata resume"), "{change}: {err}");
        let study = Study::open_read_only(saved).unwrap();
        let header = study.sessions().unwrap().pop().unwrap();
        assert_eq!((header.state.to_string().as_str(), header.events), ("finished", 4), "{change}");
    }
}

#[test]
fn on_the_screen_another_file_is_asked_for() {
    let place = Place::new();
    place.write("counted.toml", &counted_items(4));
    let folder = place.study().parent().unwrap().to_owned();
    let args = ["interview", "counted.toml", "--respondent", "R1"];
    let mut terminal = Terminal::start(env!("CARGO_BIN_EXE_relata"), &args, &folder, (80, 24));
    terminal.wait_for("Begin");
    terminal.type_keys("\r\r");
    terminal.wait_for("Question number 1.");
    terminal.type_keys("2");
    terminal.wait_for("Question number 2.");
    std::fs::rename(place.study(), place.path("away.relata")).unwrap();
    terminal.type_keys("3");
    terminal.wait_for("Save in another file");
    // Keys that come at once are taken for the next question.
    std::thread::sleep(std::time::Duration::from_secs(1));
    terminal.type_keys("\r");
    terminal.wait_for("The whole interview is saved in");
    terminal.type_keys("2");
    terminal.wait_for("Question number 3.");
    terminal.type_keys("\u{11}");
    terminal.wait_for("Enter leaves");
    terminal.type_keys("\r");
    assert_eq!(terminal.wait_for_end(), 0);
    let saved: Vec<_> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.file_name().unwrap().to_string_lossy().starts_with("study-"))
        .filter(|path| path.extension().is_some_and(|ending| ending == "relata"))
        .collect();
    let study = Study::open_read_only(&saved[0]).unwrap();
    assert_eq!(study.sessions().unwrap()[0].events, 2);
}

#[cfg(unix)]
#[test]
fn whatever_is_written_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new();
    place.run(&["simulate", "workshop-pulse", "--n", "3", "--seed", "4"]).ok();
    place.run(&["export", "--format", "csv,xlsx", "--out", "out"]).ok();
    place.run(&["report", "--format", "html", "--out", "report.html"]).ok();
    place.run(&["merge", "study.relata", "study.relata", "--out", "x.relata"]).refused();
    let mut waiting = vec![place.study().parent().unwrap().to_owned()];
    let mut seen = 0;
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let mode = std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, if path.is_dir() { 0o700 } else { 0o600 }, "{}", path.display());
            seen += 1;
            if path.is_dir() {
                waiting.push(path);
            }
        }
    }
    assert!(seen > 5, "{seen}");
}
