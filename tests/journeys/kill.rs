//! Killing the program at any instant loses nothing that was acknowledged. An answer counts as acknowledged when the next
//! question has been shown.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::mpsc::channel;
use std::time::Duration;

use relata::dice::Dice;
use relata::interview::Event;
use relata::store::Study;

use super::support::{Place, counted_items, last_question};

/// Kills a run that has shown question `question`, `later` after that; returns the number of the last question that had
/// been shown. A few more answers are on their way when the blow falls.
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
                // Nobody listens any more once the question has come.
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
    let mut dice = Dice::new(7);
    for _ in 0..40 {
        let place = Place::new();
        place.write("counted.toml", &counted_items(60));
        let question = 1 + dice.below(50);
        let shown = kill_after(&place, question, Duration::from_micros(dice.below(2_000) as u64));
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

/// A program that reads the study with SQLite and closes it deletes the write-ahead log if it believes itself alone. The
/// lock that tells it otherwise is lost when the process that holds it closes any other handle of the file.
#[cfg(target_os = "linux")]
#[test]
fn a_running_interview_keeps_its_lock_on_the_study() {
    use std::os::unix::fs::MetadataExt;

    let place = Place::new();
    place.write("counted.toml", &counted_items(3));
    let mut child = place
        .command(&["interview", "counted.toml", "--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(b"2\n").unwrap();
    input.flush().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
    lines.find(|line| line.contains("Question number 2.")).unwrap();
    let inode = std::fs::metadata(place.study()).unwrap().ino();
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    let held = locks.lines().any(|line| {
        let words: Vec<&str> = line.split_whitespace().collect();
        words.contains(&child.id().to_string().as_str())
            && words.iter().any(|w| w.ends_with(&format!(":{inode}")))
    });
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(held, "no lock on inode {inode} in\n{locks}");
}
