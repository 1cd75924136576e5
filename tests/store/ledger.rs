//! Many sessions over one connection, and one writer for many threads.

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};

use relata::interview::{Begun, Interview, Journal, Live, SavedElsewhere, Stamped};
use relata::store::{Ledger, LedgerEntry, Study};
use relata::study::writer::{AfterLoss, Distant, Request, Writer};

use super::support::{instrument, noted, place, session, walked};

#[test]
fn what_is_kept_together_is_what_would_have_been_kept_one_by_one() {
    let (_folder, path) = place();
    let instrument = instrument();
    let mut ledger = Ledger::new(Study::open(&path).unwrap());
    let sessions: Vec<_> = (1..=4).map(session).collect();
    let events: Vec<Vec<Stamped>> = sessions.iter().map(|session| walked(&instrument, session)).collect();
    for session in &sessions {
        ledger.study().begin(&instrument, session).unwrap();
        ledger.open(session.id, 0).unwrap();
    }
    let longest = events.iter().map(Vec::len).max().unwrap();
    for at in 0..longest {
        let entries: Vec<LedgerEntry> = sessions
            .iter()
            .zip(&events)
            .filter_map(|(session, events)| {
                let stamped = events.get(at)?;
                Some(LedgerEntry { session: session.id, at: stamped.at, event: stamped.event.clone() })
            })
            .collect();
        assert!(ledger.keep(&entries).iter().all(Result::is_ok));
    }
    drop(ledger);
    let study = Study::open(&path).unwrap();
    for (session, events) in sessions.iter().zip(&events) {
        assert_eq!(&study.events(&session.id).unwrap(), events);
    }
}

#[test]
fn who_begins_in_one_moment_under_the_next_free_code_has_one_of_their_own() {
    const PROCESSES: usize = 4;
    let (_folder, path) = place();
    drop(Study::open(&path).unwrap());
    let (together, instrument) = (std::sync::Barrier::new(PROCESSES), instrument());
    std::thread::scope(|scope| {
        for n in 1..=PROCESSES as u64 {
            let (path, together, instrument) = (&path, &together, &instrument);
            scope.spawn(move || {
                let mut study = Study::open_again(path).unwrap();
                let session = relata::store::NewSession { respondent: String::new(), ..session(n) };
                together.wait();
                study.begin(instrument, &session).unwrap();
            });
        }
    });
    let sessions = Study::open_again(&path).unwrap().sessions().unwrap();
    let codes: BTreeSet<_> = sessions.iter().map(|session| &session.respondent).collect();
    assert_eq!((sessions.len(), codes.len()), (PROCESSES, PROCESSES), "{codes:?}");
    assert!(codes.iter().all(|code| code.contains('-')), "{codes:?}");
}

#[test]
fn what_is_refused_of_one_costs_no_other_one_anything() {
    let (_folder, path) = place();
    let instrument = instrument();
    let mut study = Study::open(&path).unwrap();
    let (one, two, unknown) = (session(1), session(2), session(3));
    for session in [&one, &two] {
        study.begin(&instrument, session).unwrap();
    }
    let mut ledger = Ledger::new(study);
    ledger.open(one.id, 0).unwrap();
    ledger.open(two.id, 0).unwrap();
    // Another process has continued the first one in the meantime.
    ledger.study().append(&one.id, 0, 1, &noted("elsewhere")).unwrap();
    let entry = |session, text| LedgerEntry { session, at: 2, event: noted(text) };
    let entries = [entry(one.id, "a"), entry(two.id, "b"), entry(unknown.id, "c")];
    let kept: Vec<bool> = ledger.keep(&entries).iter().map(Result::is_ok).collect();
    assert_eq!(kept, [false, true, false]);
    // The same session twice is kept in its order.
    assert!(ledger.keep(&[entry(two.id, "d"), entry(two.id, "e")]).iter().all(Result::is_ok));
    let events = ledger.study().events(&two.id).unwrap();
    let texts: Vec<_> = events.into_iter().map(|stamped| stamped.event).collect();
    assert_eq!(texts, [noted("b"), noted("d"), noted("e")]);
}

/// A writer in a thread of its own, with these sessions begun, and what it said of another place.
fn writer(
    study: Study,
    sessions: &[relata::store::NewSession],
) -> (mpsc::Sender<Request>, Arc<Mutex<SavedElsewhere>>) {
    let (instrument, mut ledger) = (instrument(), Ledger::new(study));
    for session in sessions {
        ledger.study().begin(&instrument, session).unwrap();
        ledger.open(session.id, 0).unwrap();
    }
    let place = Arc::new(Mutex::new(SavedElsewhere::default()));
    let told = place.clone();
    let (writer, ask) = Writer::new(ledger, None, move |_, after| match after {
        AfterLoss::Elsewhere(saved) => saved.clone_into(&mut told.lock().unwrap()),
        other => panic!("{other:?}"),
    });
    std::thread::spawn(move || writer.run());
    (ask, place)
}

#[test]
fn interviews_in_many_threads_have_one_writer() {
    let (_folder, path) = place();
    let instrument = instrument();
    let sessions: Vec<_> = (1..=8).map(session).collect();
    let (ask, _) = writer(Study::open(&path).unwrap(), &sessions);
    std::thread::scope(|threads| {
        for session in &sessions {
            let (ask, instrument) = (ask.clone(), instrument.clone());
            threads.spawn(move || {
                let events = walked(&instrument, session);
                let interview = Interview::new(instrument, session.start.clone());
                let mut live = Live::new(interview, Box::new(Distant::new(session.id, ask)));
                live.keep_begun(session.start.at, "words", 0, Begun::Typed("half a w".into())).unwrap();
                for stamped in events {
                    live.apply(stamped.at, stamped.event).unwrap();
                }
                live.check().unwrap();
            });
        }
    });
    let study = Study::open_again(&path).unwrap();
    for session in &sessions {
        assert_eq!(study.events(&session.id).unwrap(), walked(&instrument, session));
        assert!(study.begun(&session.id).unwrap().is_empty());
    }
}

#[test]
fn a_lost_file_takes_no_session_with_it() {
    // Deleted, and cut short.
    for cut in [false, true] {
        lose(cut);
    }
}

fn lose(cut: bool) {
    let (_folder, path) = place();
    let sessions: Vec<_> = (1..=3).map(session).collect();
    let mut study = Study::open(&path).unwrap();
    for other in [4, 5] {
        study.begin(&instrument(), &session(other)).unwrap();
    }
    let (ask, moved) = writer(study, &sessions);
    let mut journals: Vec<_> = sessions.iter().map(|session| Distant::new(session.id, ask.clone())).collect();
    for journal in &mut journals {
        journal.keep(1, &noted("before")).unwrap();
    }
    match cut {
        true => drop(std::fs::File::create(&path).unwrap()),
        false => {
            for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
                std::fs::remove_file(entry.unwrap().path()).unwrap();
            }
        }
    }
    for journal in &mut journals {
        journal.keep(2, &noted("after")).unwrap();
    }
    let saved = moved.lock().unwrap().clone();
    assert!(saved.place.ends_with("study-saved.relata"), "{saved:?}");
    assert_eq!((saved.taken, saved.left), if cut { (0, 2) } else { (2, 0) });
    let study = Study::open_again(std::path::Path::new(&saved.place)).unwrap();
    for session in &sessions {
        let texts: Vec<_> = study.events(&session.id).unwrap().into_iter().map(|kept| kept.event).collect();
        assert_eq!(texts, [noted("before"), noted("after")]);
    }
}

#[test]
fn a_lost_file_is_missed_by_any_work_by_a_look_and_at_the_end() {
    for notice in ["work", "look", "end"] {
        let (_folder, path) = place();
        let own = session(1);
        let (ask, moved) = writer(Study::open(&path).unwrap(), std::slice::from_ref(&own));
        let mut journal = Distant::new(own.id, ask.clone());
        journal.keep(1, &noted("before")).unwrap();
        std::fs::rename(&path, path.with_extension("elsewhere")).unwrap();
        let mut asking = Some((journal, ask));
        match notice {
            "work" => asking.as_mut().unwrap().0.check().unwrap(),
            "end" => asking = None,
            _ => {}
        }
        let saved = || {
            std::thread::sleep(std::time::Duration::from_millis(100));
            Some(moved.lock().unwrap().place.clone()).filter(|place| !place.is_empty())
        };
        let saved = (0..200).find_map(|_| saved()).expect(notice);
        let study = Study::open_again(std::path::Path::new(&saved)).unwrap();
        assert_eq!(study.events(&own.id).unwrap().len(), 1, "{notice}");
        drop(asking);
    }
}

fn in_words(after: AfterLoss) -> String {
    match after {
        AfterLoss::Elsewhere(saved) => saved.place.clone(),
        AfterLoss::Adrift(why) => format!("adrift: {why}"),
        AfterLoss::Back => "back".to_owned(),
    }
}

#[test]
fn a_lost_file_that_comes_back_takes_the_next_answer_and_that_is_told() {
    let (folder, _) = place();
    let (inside, away) = (folder.path().join("in"), folder.path().join("away"));
    let own = session(1);
    let mut ledger = Ledger::new(Study::open(&inside.join("study.relata")).unwrap());
    ledger.study().begin(&instrument(), &own).unwrap();
    ledger.open(own.id, 0).unwrap();
    let (tell, told) = mpsc::channel();
    let (writer, ask) = Writer::new(ledger, None, move |_, after| tell.send(in_words(after)).unwrap());
    let writer = std::thread::spawn(move || writer.run());
    let mut journal = Distant::new(own.id, ask.clone());
    // By the writer itself, so that it does not look in between.
    let deed = |deed: Box<dyn FnOnce() + Send>| ask.send(Request::Work(Box::new(|_| deed()))).unwrap();
    let (from, to) = (inside.clone(), away.clone());
    deed(Box::new(move || {
        std::fs::rename(&from, to).unwrap();
        std::fs::write(from, "").unwrap();
    }));
    journal.keep(1, &noted("a")).unwrap_err();
    deed(Box::new(move || {
        std::fs::remove_file(&inside).unwrap();
        std::fs::rename(away, inside).unwrap();
    }));
    journal.keep(1, &noted("a")).unwrap();
    let told: Vec<String> = told.try_iter().collect();
    let (last, before) = told.split_last().unwrap();
    assert!(last == "back" && before.iter().all(|one| one.starts_with("adrift: ")), "{told:?}");
    drop((journal, ask));
    writer.join().unwrap();
}

#[test]
fn where_nothing_can_be_written_beside_it_a_lost_file_is_saved_in_the_refuge() {
    let (folder, _) = place();
    let (inside, refuge) = (folder.path().join("in"), folder.path().join("refuge"));
    for refuge in [None, Some(refuge)] {
        let own = session(1);
        let mut ledger = Ledger::new(Study::open(&inside.join("study.relata")).unwrap());
        ledger.study().begin(&instrument(), &own).unwrap();
        ledger.open(own.id, 0).unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let hears = told.clone();
        let (writer, ask) = Writer::new(ledger, refuge.clone(), move |_, after| {
            hears.lock().unwrap().push(in_words(after));
        });
        let writer = std::thread::spawn(move || writer.run());
        std::fs::rename(&inside, folder.path().join(format!("away-{}", refuge.is_some()))).unwrap();
        // No folder can be made where a file is.
        std::fs::write(&inside, "").unwrap();
        let mut journal = Distant::new(own.id, ask);
        let kept = [journal.keep(1, &noted("a")).is_ok(), journal.check().is_ok()];
        assert_eq!(kept, [refuge.is_some(); 2]);
        drop(journal);
        writer.join().unwrap();
        std::fs::remove_file(&inside).unwrap();
        match (&told.lock().unwrap()[..], refuge) {
            // Every try says why it failed; the last one is that of the end.
            (all, None) if all.len() > 2 => {
                assert!(
                    all.iter().all(|why| why.starts_with("adrift: ") && why.contains("study-saved.relata")),
                    "{all:?}"
                );
            }
            ([saved], Some(refuge)) => {
                assert_eq!(saved, &refuge.join("study-saved.relata").display().to_string());
                let study = Study::open_again(std::path::Path::new(saved)).unwrap();
                assert_eq!(study.events(&own.id).unwrap().len(), 1);
            }
            (told, refuge) => panic!("{told:?} {refuge:?}"),
        }
    }
}

#[test]
fn who_had_finished_before_a_restart_is_not_left_behind() {
    let (_folder, path) = place();
    let instrument = instrument();
    let (over, open) = (session(1), session(2));
    let events = walked(&instrument, &over);
    let mut study = Study::open(&path).unwrap();
    for session in [&over, &open] {
        study.begin(&instrument, session).unwrap();
    }
    for (kept, stamped) in events.iter().enumerate() {
        study.append(&over.id, kept, stamped.at, &stamped.event).unwrap();
    }
    drop(study);
    let mut ledger = Ledger::new(Study::open(&path).unwrap());
    ledger.open(over.id, events.len()).unwrap();
    ledger.open(open.id, 0).unwrap();
    let entry = |session, event| LedgerEntry { session, at: 2, event };
    let entries = [entry(over.id, noted("late")), entry(open.id, noted("in time"))];
    let kept: Vec<bool> = ledger.keep(&entries).iter().map(Result::is_ok).collect();
    assert_eq!(kept, [false, true]);
    // A journal of its own is for sessions that can go on.
    assert!(ledger.study().journal(over.id, events.len()).is_err());
    drop(std::fs::File::create(&path).unwrap());
    let place = ledger.study().free_place("saved");
    let saved = ledger.save_elsewhere(&place.display().to_string()).unwrap();
    assert_eq!((saved.taken, saved.left), (0, 0));
    let study = Study::open_again(&place).unwrap();
    assert_eq!(study.events(&over.id).unwrap(), events);
    assert_eq!(study.events(&open.id).unwrap().len(), 1);
}

#[test]
fn what_a_room_keeps_is_about_this_file() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.room().unwrap(), None);
    study.set_room(Some("{\"secret\":\"x\"}")).unwrap();
    drop(study);
    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.room().unwrap().as_deref(), Some("{\"secret\":\"x\"}"));
    study.set_room(None).unwrap();
    assert_eq!(study.room().unwrap(), None);
    assert_eq!(study.unsound().unwrap(), []);
}
