//! Killing the program at any moment loses no acknowledged answer. An answer counts as acknowledged when the next question has
//! been shown.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use relata::interview::{Begun, Event};
use relata::rng::Rng;
use relata::store::Study;

use super::support::{Place, Ran, counted_items, last_question};
use super::terminal::Terminal;

/// Kills a run `later` after it has shown question `question`; returns the number of the last question shown. A few more
/// answers are on their way at that moment.
fn kill_after(place: &Place, question: usize, later: Duration) -> usize {
    let mut child = place
        .command(&["interview", "counted.toml", "--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all("2\n".repeat(question + 3).as_bytes()).unwrap();
    input.flush().unwrap();
    let (shown, reached) = channel();
    let out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        let mut last = 0;
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if let Some(number) = last_question(&line) {
                last = number;
                // The receiver is gone once the question has come.
                let _ = shown.send(number);
            }
        }
        last
    });
    while reached.recv().unwrap() < question {}
    std::thread::sleep(later);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap()
}

#[test]
fn a_kill_at_any_instant_loses_nothing_acknowledged() {
    let mut rng = Rng::new(7);
    for _ in 0..40 {
        let place = Place::new();
        place.write("counted.toml", &counted_items(60));
        let question = 1 + rng.below(50);
        let shown = kill_after(&place, question, Duration::from_micros(rng.below(2_000) as u64));
        let study = Study::open(&place.study()).unwrap();
        let header = study.sessions().unwrap().pop().unwrap();
        let answered = study
            .events(&header.id)
            .unwrap()
            .iter()
            .filter(|stamped| matches!(stamped.event, Event::Answered { .. }))
            .count();
        drop(study);
        // The question on the screen is number k + 1 only if k answers are on the disk.
        assert!(answered + 1 >= shown, "{shown} was shown and {answered} answers are kept");
        let resumed = place.feed(&["resume", "--plain"], "");
        assert_eq!(resumed.code, 1);
        assert_eq!(last_question(&resumed.out), Some(answered + 1), "{}", resumed.out);
    }
}

/// A questionnaire of one long story.
const STORY: &str = "format = 1
name = \"story\"
version = \"1\"
languages = [\"en\"]
label = \"Story\"
minutes = 1

[[groups]]
name = \"all\"
label = \"All\"

[[groups.items]]
name = \"story\"
kind = \"text\"
multiline = true
label = \"What happened?\"
";

/// The kept part of an answer that is being typed.
fn typed_so_far(path: &std::path::Path) -> Option<String> {
    let study = Study::open_read_only(path).unwrap();
    let header = study.sessions().unwrap().pop()?;
    assert!(
        study
            .events(&header.id)
            .unwrap()
            .iter()
            .all(|stamped| !matches!(stamped.event, Event::Answered { .. }))
    );
    match study.begun(&header.id).unwrap().into_values().next()? {
        Begun::Typed(text) => Some(text),
        other => panic!("{other:?}"),
    }
}

fn wait_until(what: &str, mut done: impl FnMut() -> bool) {
    let give_up = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < give_up, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn a_kill_in_the_middle_of_a_story_loses_nothing_that_was_kept() {
    let mut rng = Rng::new(11);
    let place = Place::new();
    place.write("story.toml", STORY);
    let folder = place.study().parent().unwrap().to_owned();
    let relata = env!("CARGO_BIN_EXE_relata");
    let mut terminal =
        Terminal::start(relata, &["interview", "story.toml", "--respondent", "R1"], &folder, (80, 24));
    terminal.wait_for("Begin");
    terminal.type_keys("\r");
    terminal.wait_for("What happened?");
    let mut story = String::new();
    for round in 0..8 {
        let words = format!("In round {round} they came back. ");
        terminal.type_keys(&words);
        story.push_str(&words);
        // The kept text is what was typed up to some key, and finally all of it.
        let path = place.study();
        let complete = |kept: &Option<String>| kept.as_deref() == Some(story.as_str());
        let mut kept = None;
        wait_until("the words", || {
            kept = typed_so_far(&path);
            assert!(kept.as_ref().is_none_or(|kept| story.starts_with(kept.as_str())), "{kept:?}");
            complete(&kept)
        });
        // More words are on their way when the program is killed.
        terminal.type_keys("And then");
        std::thread::sleep(Duration::from_millis(rng.below(900) as u64));
        match round % 3 {
            0 => terminal.kill(),
            1 => {
                let hang_up = std::process::Command::new("kill")
                    .args(["-HUP", &terminal.process().to_string()])
                    .status();
                assert!(hang_up.unwrap().success());
                terminal.wait_for_end();
            }
            _ => {
                terminal.type_keys("\u{11}");
                terminal.wait_for("Enter leaves");
                terminal.type_keys("\r");
                terminal.wait_for_end();
            }
        }
        let end = format!("{story}And then");
        let kept = typed_so_far(&path).unwrap();
        assert!(kept.starts_with(&story) && end.starts_with(&kept), "{kept:?}");
        // A program that exits regularly has time to keep the rest.
        if round % 3 == 2 {
            assert_eq!(kept, end);
        }
        terminal = Terminal::start(relata, &["resume"], &folder, (80, 24));
        terminal.wait_for("What happened?");
        // The restored text is in the box, and further words are appended to it.
        let now = typed_so_far(&path).unwrap();
        story = now + " ";
        terminal.type_keys(" ");
    }
    terminal.type_keys("\u{13}");
    terminal.wait_for("All answers");
    let study = Study::open_read_only(&place.study()).unwrap();
    let id = study.sessions().unwrap()[0].id;
    assert!(study.begun(&id).unwrap().is_empty());
    let answered = study.events(&id).unwrap().into_iter().any(|stamped| {
        matches!(stamped.event, Event::Answered { reply, .. } if format!("{reply:?}").contains("In round 7"))
    });
    assert!(answered);
    terminal.kill();
}

#[test]
fn lines_of_a_plain_answer_survive_a_kill() {
    let place = Place::new();
    place.write("story.toml", STORY);
    let mut talk = place.talk(&["interview", "story.toml", "--plain"]);
    talk.say(b"first line\\\nsecond line\\\n");
    let path = place.study();
    wait_until("two lines", || {
        path.exists()
            && Study::open_read_only(&path).is_ok_and(|study| {
                let header = study.sessions().unwrap().pop();
                header.is_some_and(|header| {
                    let begun = study.begun(&header.id).unwrap().into_values().next();
                    begun == Some(Begun::Typed("first line\nsecond line\n".into()))
                })
            })
    });
    talk.kill();
    // The end of the input does not complete half an answer.
    let left = place.feed(&["resume", "--plain"], "");
    assert!(left.code == 1 && left.out.contains("second line"), "{}", left.out);
    assert!(typed_so_far(&path).is_some());
    let done = place.feed(&["resume", "--plain"], "and the last\n\n").ok();
    assert!(done.contains("second line"), "{done}");
    let study = Study::open_read_only(&path).unwrap();
    let header = study.sessions().unwrap().pop().unwrap();
    let text = format!("{:?}", study.events(&header.id).unwrap());
    assert!(text.contains(r"first line\nsecond line\nand the last"), "{text}");
    assert!(study.begun(&header.id).unwrap().is_empty());
}

/// A signal is handled like the end of the input: unanswered entries are kept, and the command to resume is printed.
#[cfg(unix)]
#[test]
fn a_signal_ends_a_plain_interview_as_the_end_of_its_input_does() {
    for signal in ["-TERM", "-INT"] {
        let place = Place::new();
        place.write("story.toml", STORY);
        let mut talk = place.talk(&["interview", "story.toml", "--plain", "--lang", "en"]);
        talk.say(b"first line\\\nsecond line\\\n");
        let path = place.study();
        let typed = "first line\nsecond line\n";
        let is_there = || path.exists() && Study::open_read_only(&path).is_ok();
        wait_until("two lines", || is_there() && typed_so_far(&path).as_deref() == Some(typed));
        let sent = std::process::Command::new("kill").args([signal, &talk.process().to_string()]).status();
        assert!(sent.unwrap().success());
        let Ran { code, err, .. } = talk.ended();
        assert!(code == 1 && err.contains("relata resume "), "{signal}: {err}");
        assert_eq!(typed_so_far(&path).as_deref(), Some(typed), "{signal}");
    }
}

/// A terminal silently passes on no more than 4,095 bytes of a line.
#[cfg(target_os = "linux")]
#[test]
fn a_paragraph_that_a_terminal_cuts_is_no_whole_answer() {
    let place = Place::new();
    place.write("story.toml", STORY);
    let folder = place.study().parent().unwrap().to_owned();
    let args = ["interview", "story.toml", "--plain", "--respondent", "R1", "--lang", "en"];
    let mut terminal = Terminal::start(env!("CARGO_BIN_EXE_relata"), &args, &folder, (80, 24));
    terminal.wait_for("What happened?");
    // In parts, so that the terminal has read one before the next one comes.
    for _ in 0..12 {
        terminal.type_keys(&"story ".repeat(75));
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.type_keys("\r");
    terminal.wait_for("A terminal hands over at most");
    terminal.type_keys("the rest\r");
    let text = || {
        let study = Study::open_read_only(&place.study()).unwrap();
        let header = study.sessions().unwrap().pop().unwrap();
        format!("{:?}", study.events(&header.id).unwrap())
    };
    wait_until("the answer", || text().contains("Answered"));
    let text = text();
    assert!(text.contains(r"\nthe rest") && text.matches("story ").count() > 600, "{text}");
    terminal.kill();
}

/// A program that reads the study with SQLite and closes it deletes the write-ahead log if it believes itself alone. The lock
/// that prevents this is lost when the process that holds it closes any other handle of the file.
#[cfg(target_os = "linux")]
#[test]
fn a_running_interview_keeps_its_lock_on_the_study() {
    use std::os::unix::fs::MetadataExt;

    let place = Place::new();
    place.write("counted.toml", &counted_items(3));
    let mut talk = place.talk(&["interview", "counted.toml", "--plain"]);
    talk.say("2\n");
    talk.hear("Question number 2.");
    let inode = std::fs::metadata(place.study()).unwrap().ino();
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    let held = locks.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.contains(&talk.process().to_string().as_str())
            && words.iter().any(|w| w.ends_with(&format!(":{inode}")))
    });
    talk.kill();
    assert!(held, "no lock on inode {inode} in\n{locks}");
}
