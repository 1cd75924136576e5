//! Killing the program at any instant loses nothing that was acknowledged. An answer counts as acknowledged when the next
//! question has been shown.

use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use relata::dice::Dice;
use relata::interview::Event;
use relata::store::Study;

use super::support::{Place, counted_items, last_question};

/// Kills a run of 60 questions after `delay`; returns the number of the last question that had been shown.
fn kill_after(place: &Place, delay: Duration) -> usize {
    let mut child = place
        .command(&["interview", "counted.toml", "--plain"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let shown = Arc::new(AtomicUsize::new(0));
    let seen = shown.clone();
    let out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            if let Some(number) = last_question(&line) {
                seen.store(number, Ordering::SeqCst);
            }
        }
    });
    let mut input = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || {
        for _ in 0..60 {
            // The pipe breaks when the program is killed.
            if input.write_all(b"2\n").and_then(|()| input.flush()).is_err() {
                return;
            }
            std::thread::sleep(Duration::from_micros(700));
        }
        std::thread::sleep(Duration::from_secs(2));
    });
    std::thread::sleep(delay);
    child.kill().unwrap();
    child.wait().unwrap();
    reader.join().unwrap();
    drop(writer);
    shown.load(Ordering::SeqCst)
}

#[test]
fn a_kill_at_any_instant_loses_nothing_acknowledged() {
    let mut dice = Dice::new(7);
    let mut cut_short = 0;
    for _ in 0..40 {
        let place = Place::new();
        place.write("counted.toml", &counted_items(60));
        let delay = Duration::from_micros(3_000 + dice.below(120_000) as u64);
        let shown = kill_after(&place, delay);
        if !place.study().exists() {
            continue;
        }
        let study = Study::open(&place.study()).unwrap();
        let Some(header) = study.sessions().unwrap().pop() else { continue };
        let answered = study
            .events(&header.id)
            .unwrap()
            .iter()
            .filter(|stamped| matches!(stamped.event, Event::Answered { .. }))
            .count();
        drop(study);
        // The question on the screen is number k + 1 only if k answers are on the disk.
        assert!(answered + 1 >= shown, "{shown} was shown and {answered} answers are kept");
        if answered == 60 {
            continue;
        }
        cut_short += 1;
        let resumed = place.feed(&["resume", "--plain"], "");
        assert_eq!(resumed.code, 1);
        assert_eq!(last_question(&resumed.out), Some(answered + 1), "{}", resumed.out);
    }
    // Otherwise nothing has been tested.
    assert!(cut_short >= 10, "only {cut_short} runs were cut short");
}
