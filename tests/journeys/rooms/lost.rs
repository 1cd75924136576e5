//! A room whose file is lost or held while it is open: what goes along, by whatever comes first, and what browsers are told of it.

use std::time::Duration;

use relata::interview::SessionState;
use relata::store::Study;

use super::support::Room;
use crate::journeys::support::Place;

/// The state of each session in a file beside the study.
fn states(place: &Place, name: &str) -> Vec<SessionState> {
    let study = Study::open(&place.path(name)).unwrap();
    study.sessions().unwrap().iter().map(|session| session.state).collect()
}

#[test]
fn who_had_finished_goes_along_when_the_study_is_lost_and_so_does_the_room() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let (mut done, mut late) = (room.phone(), room.phone());
    done.walk();
    let code = room.code.clone();
    drop(room);
    room = Room::open(&place, &[]);
    late.port = room.port;
    drop(std::fs::File::create(place.study()).unwrap());
    let page = late.get("/q");
    late.answer(&page, 0);
    assert_eq!(room.ask("status"), "joined 2 answering 1 finished 1 locked false shown no");
    assert_eq!(room.ask("lock"), "locked");
    drop(room);
    let saved = place.path("study-saved.relata");
    let states: Vec<SessionState> =
        Study::open(&saved).unwrap().sessions().unwrap().iter().map(|session| session.state).collect();
    assert_eq!(states, [SessionState::Finished, SessionState::Open]);
    // The room is in the new file: opened there, everybody goes on by the same code.
    let mut room = Room::open(&place, &["--study", saved.to_str().unwrap()]);
    assert_eq!(room.code, code);
    assert_eq!(room.ask("status"), "joined 2 answering 1 finished 1 locked true shown no");
    (done.port, late.port) = (room.port, room.port);
    // After consent come three words, which may not be the same.
    for number in 0..3 {
        let page = late.get("/q");
        late.answer(&page, number);
    }
    late.walk();
    assert_eq!(room.ask("status"), "joined 2 answering 0 finished 2 locked true shown no");
    assert_eq!(done.get("/q").status, 200);
}

#[test]
fn whatever_comes_first_after_the_study_is_lost_finds_it_saved() {
    // Leaving and ending say where the answers are by how they end; nothing at all is noticed as well.
    for (is_deleted, what, said) in [
        (false, "leave", ""),
        (true, "leave", ""),
        (false, "end", "ended"),
        (true, "lock", "locked"),
        (false, "reveal", "wanting: 4"),
        (false, "", ""),
    ] {
        let place = Place::new();
        let mut room = Room::open(&place, &[]);
        room.phone().walk();
        match is_deleted {
            true => std::fs::remove_file(place.study()).unwrap(),
            false => std::fs::rename(place.study(), place.path("elsewhere.relata")).unwrap(),
        }
        match what {
            "" => {
                let is_saved = |_: &i32| {
                    std::thread::sleep(Duration::from_millis(200));
                    place.path("study-saved.relata").exists()
                };
                assert!((0..100).any(|at| is_saved(&at)), "nobody noticed");
                // The file is there before what is in it.
                assert_eq!(room.ask("lock"), "locked");
            }
            what => assert_eq!(room.ask(what), said, "{what}"),
        }
        if ["leave", "end"].contains(&what) {
            assert_eq!(room.child.wait().unwrap().code(), Some(0), "{what}");
        } else {
            // The room goes on, and lets others in unless that was forbidden.
            let status = room.ask("status");
            assert!(status.starts_with("joined 1 answering 0 finished 1"), "{what}: {status}");
        }
        drop(room);
        assert_eq!(states(&place, "study-saved.relata"), [SessionState::Finished], "{is_deleted} {what}");
    }
}

#[test]
fn who_comes_first_after_the_study_is_lost_is_let_in() {
    let place = Place::new();
    let study = place.path("in/study.relata");
    let mut room = Room::open(&place, &["--study", study.to_str().unwrap()]);
    room.phone().walk();
    // With the folder that it lies in.
    std::fs::rename(place.path("in"), place.path("away")).unwrap();
    let mut late = room.phone();
    late.walk();
    assert_eq!(room.ask("status"), "joined 2 answering 0 finished 2 locked false shown no");
    drop(room);
    assert_eq!(states(&place, "in/study-saved.relata"), [SessionState::Finished; 2]);
}

#[test]
fn a_room_is_not_left_as_long_as_nothing_can_be_saved_anywhere() {
    let place = Place::new();
    let study = place.path("in/study.relata");
    let mut room = Room::open(&place, &["--study", study.to_str().unwrap()]);
    room.phone().walk();
    std::fs::rename(place.path("in"), place.path("away")).unwrap();
    // No folder can be made where a file is, neither beside the study nor where others lie.
    let [beside, others] = ["in", ".local"].map(|name| place.write(name, ""));
    let failed = room.ask("leave");
    // Why nothing could be saved, and not only that the study is gone.
    let told = "failed: the study was lost, and what was answered could not be saved elsewhere: ";
    assert!(failed.starts_with(told) && failed.contains("study-saved.relata"), "{failed}");
    assert_eq!(room.ask("status"), "joined 1 answering 0 finished 1 locked false shown no");
    std::fs::remove_file(others).unwrap();
    assert_eq!(room.ask("leave"), "");
    assert_eq!(room.child.wait().unwrap().code(), Some(0));
    std::fs::remove_file(beside).unwrap();
    assert_eq!(states(&place, ".local/share/relata/study-saved.relata"), [SessionState::Finished]);
}

#[test]
fn what_fails_names_no_file_to_a_browser_and_says_so_in_its_language() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let mut phone = room.phone();
    let page = phone.get("/q");
    let kept = page.carried("kept");
    assert_eq!(phone.post("/q", &[("kept", &kept), ("do", "lang:nl")]).status, 303);
    let page = phone.get("/q");
    assert!(page.body.contains("<html lang=\"nl\""), "{}", page.body);
    let mut fields = page.fields();
    fields.extend(page.chosen());
    fields.push(("do".into(), "answer".into()));
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let holder = rusqlite::Connection::open(place.study()).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    let (join, wall) = (format!("/{}", room.code), room.wall.clone());
    let mut other = super::Phone { port: room.port, cookie: String::new() };
    let refused = [
        phone.post("/q", &fields),
        phone.post("/stop", &[("do", "erase")]),
        other.post(&join, &[("lang", "nl"), ("do", "join")]),
        other.post(&wall, &[("lang", "nl"), ("do", "lock")]),
    ];
    for refused in refused {
        assert_eq!(refused.status, 503, "{refused:?}");
        assert!(refused.body.contains("Wie de sessie leidt, kan zien waarom"), "{refused:?}");
        for told in ["relata`", "study.relata", "held by", "in gebruik", "could not"] {
            assert!(!refused.body.contains(told), "{told} in {refused:?}");
        }
    }
    // Whoever leads the room hears it whole, and goes on.
    let failed = room.ask("lock");
    assert!(failed.starts_with("failed: `") && failed.contains("study.relata"), "{failed}");
    let failed = room.ask("end");
    assert!(failed.starts_with("failed: `") && failed.contains("study.relata"), "{failed}");
    holder.execute_batch("ROLLBACK").unwrap();
    assert_eq!(room.ask("lock"), "locked");
    assert_eq!(phone.post("/q", &fields).status, 303);
    // An end that failed is no failure of who leaves after it.
    assert_eq!(room.ask("leave"), "");
    assert_eq!(room.child.wait().unwrap().code(), Some(0));
}
