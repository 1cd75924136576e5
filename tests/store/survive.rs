//! Acknowledged events survive the death of the process at any moment.

use relata::interview::Journal;
use relata::store::Study;

use super::support::{helper, instrument, noted, place, said, session, under_test};

#[test]
fn events_survive_a_study_that_is_never_closed() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    let mut journal = study.journal(id, 0).unwrap();
    for n in 0..50 {
        journal.keep(n, &noted(&format!("note {n}"))).unwrap();
    }
    std::mem::forget((study, journal));
    let events = Study::open(&path).unwrap().events(&id).unwrap();
    assert_eq!(events.len(), 50);
    assert_eq!(events[49].event, noted("note 49"));
}

#[test]
fn events_survive_an_abort_right_after_they_were_kept() {
    if let Some(path) = under_test() {
        let mut study = Study::open(&path).unwrap();
        let kept = match study.sessions().unwrap().first() {
            Some(header) => header.events,
            None => study.begin(&instrument(), &session(1)).map(|_| 0).unwrap(),
        };
        let mut journal = study.journal(session(1).id, kept).unwrap();
        for n in kept..kept + 3 {
            journal.keep(n as i64, &noted(&format!("note {n}"))).unwrap();
        }
        std::process::abort();
    }
    let (_folder, path) = place();
    for round in 1..=4 {
        let output = helper("store::survive::events_survive_an_abort_right_after_they_were_kept", &path)
            .output()
            .unwrap();
        assert!(!output.status.success() && !said(&output).contains("panicked"), "{}", said(&output));
        // Read first without recovery, and then by the next round, which recovers.
        let study = Study::open_read_only(&path).unwrap();
        let events = study.events(&session(1).id).unwrap();
        assert_eq!(events.len(), round * 3);
        assert!(events.iter().enumerate().all(|(n, stamped)| stamped.event == noted(&format!("note {n}"))));
    }
}

#[test]
fn any_moment_of_a_study_can_be_its_last() {
    // The files after each step are what a process that dies there leaves behind.
    let (folder, path) = place();
    let copies = crate::folder::folder();
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    for n in 0..30 {
        study.append(&id, n, 1, &noted(&"long ".repeat(n * 40))).unwrap();
        let copy = copies.path().join(n.to_string());
        std::fs::create_dir(&copy).unwrap();
        for entry in std::fs::read_dir(folder.path()).unwrap() {
            let entry = entry.unwrap();
            std::fs::copy(entry.path(), copy.join(entry.file_name())).unwrap();
        }
        let copy = Study::open(&copy.join("study.relata")).unwrap();
        assert_eq!(copy.events(&id).unwrap().len(), n + 1);
    }
}
