//! Who is let in, and what the room then keeps in its file.

use std::collections::BTreeSet;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicI64, AtomicU8, Ordering};
use std::sync::mpsc;
use std::thread::JoinHandle;

use super::*;
use crate::analysis::Privacy;
use crate::instrument::shipped;
use crate::interview::SavedElsewhere;
use crate::interview::{Event, Instant};
use crate::server::room::bounds::MINUTE;
use crate::server::room::kept::{Companion, NotLeft};
use crate::server::{RoomHost, Settings};
use crate::study::Study;
use crate::study::writer::Request;

/// A machine on which everything happens at once unless a test moves its clock, and what makes ids of sessions differ: where it stands
/// still, a session has the id of another and cannot begin.
#[derive(Clone, Default)]
struct Stopped {
    bits: Arc<AtomicU8>,
    stands_still: bool,
    /// Milliseconds since the beginning.
    later: Arc<AtomicI64>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Stopped {
    /// How often something was heard that holds this.
    fn heard(&self, what: &str) -> usize {
        held(&self.heard).iter().filter(|heard| heard.contains(what)).count()
    }
}

impl RoomHost for Stopped {
    fn now(&self) -> Instant {
        1_000 + self.later.load(Ordering::Relaxed)
    }

    fn moment(&self) -> Result<StartMoment, String> {
        let bits = self.bits.fetch_add(u8::from(!self.stands_still), Ordering::Relaxed);
        Ok(StartMoment { at: 1_000, offset: 0, bits: [bits; 10], seed: 1 })
    }

    fn random(&self) -> Result<[u8; 32], String> {
        Ok([1; 32])
    }

    fn hear(&self, sentence: &str) {
        held(&self.heard).push(sentence.to_owned());
    }
}

/// A room with so many links on this machine, its writer, and the folder above that of its study.
fn room(links: usize, world: &Stopped) -> (Arc<Room>, JoinHandle<()>, tempfile::TempDir) {
    let folder = tempfile::TempDir::new().unwrap();
    let study = Study::open(&folder.path().join("in/study.relata")).unwrap();
    let settings = Settings {
        instrument: Arc::new(shipped::read("workshop-pulse").unwrap().instrument.unwrap()),
        language: Language::new("en"),
        fields: [("organisation".to_owned(), "Acme".to_owned())].into(),
        listen: SocketAddr::new(Ipv4Addr::LOCALHOST.into(), 0),
        public: None,
        privacy: Privacy::default(),
        kiosk: false,
        together: false,
        links,
        respondent: None,
        test: false,
        next_port: false,
        anew: false,
        a_minute: 100,
        refuge: None,
    };
    let (room, writer) = Room::open(study, settings, Box::new(world.clone())).unwrap();
    (Arc::new(room), writer, folder)
}

fn links(room: &Room) -> Vec<String> {
    room.links().iter().map(|(path, _)| path.trim_start_matches("/l/").to_owned()).collect()
}

async fn join(room: &Room, link: &str) -> Result<SessionId, Shut> {
    come(room, Some(link), "").await
}

async fn come(room: &Room, link: Option<&str>, once: &str) -> Result<SessionId, Shut> {
    let from = Ipv4Addr::LOCALHOST.into();
    room.join(Entrant { language: None, link, person: None, from, once }).await.map(|seat| seat.id)
}

/// What is in the file of what the room keeps.
fn kept(room: &Room) -> rooms::Record {
    let kept = room.work_here(|ledger| ledger.study().room()).unwrap().unwrap().unwrap();
    serde_json::from_str(&kept).unwrap()
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().build().unwrap()
}

#[test]
fn a_link_is_used_once_its_session_exists_and_not_where_joining_fails() {
    let world = Stopped { stands_still: true, ..Stopped::default() };
    let (room, writer, _folder) = room(2, &world);
    let (links, runtime) = (links(&room), runtime());
    let join = |link: &str| runtime.block_on(join(&room, link));
    let first = join(&links[0]).unwrap();
    assert!(matches!(join(&links[1]), Err(Shut::Failed(_))));
    assert!(room.is_used(1) && !room.is_used(2));
    // Nor does whoever came in lose the place where another one fails to take it.
    assert!(matches!(join(&links[0]), Err(Shut::Failed(_))));
    assert_eq!(room.by_link(1).map(|seat| seat.id), Some(first));
    assert_eq!(kept(&room).links, [(1, first.to_string())].into());
    // Nor is the other one lost: it may be tried again.
    world.bits.store(9, Ordering::Relaxed);
    let second = join(&links[1]).unwrap();
    assert_eq!(kept(&room).links, [(1, first.to_string()), (2, second.to_string())].into());
    room.close();
    writer.join().unwrap();
}

#[test]
fn the_last_who_opens_a_link_has_it_until_something_is_answered() {
    let (room, writer, _folder) = room(1, &Stopped::default());
    let (link, runtime) = (links(&room).remove(0), runtime());
    let join = || runtime.block_on(join(&room, &link));
    let (first, second) = (join().unwrap(), join().unwrap());
    assert!(first != second && room.seat(&first).is_none() && room.is_replaced(&first));
    assert_eq!((room.by_link(1).map(|seat| seat.id), room.counts().joined), (Some(second), 1));
    let (record, sessions) =
        (kept(&room), room.work_here(|ledger| ledger.study().sessions()).unwrap().unwrap());
    assert_eq!(
        (&record.links, &record.replaced),
        (&[(1, second.to_string())].into(), &[first.to_string()].into())
    );
    assert_eq!(sessions.iter().map(|header| header.id).collect::<Vec<_>>(), [second]);
    // Turning a page is no answer.
    let seat = room.seat(&second).unwrap();
    let apply = |event| {
        runtime.block_on(async { seat.apply(&room, &mut *seat.take().await, event).await }).unwrap();
    };
    apply(Event::Language { language: Language::new("nl") });
    assert_eq!(runtime.block_on(room.lets_in(1)), Ok(true));
    apply(Event::Noted { item: "consent".into(), text: "x".into() });
    assert_eq!(runtime.block_on(room.lets_in(1)), Ok(false));
    assert_eq!((join(), room.seat(&second).is_some()), (Err(Shut::NoLink), true));
    room.close();
    writer.join().unwrap();
}

#[test]
fn a_room_whose_file_is_lost_twice_still_says_what_the_first_loss_left() {
    let (room, writer, folder) = room(0, &Stopped::default());
    let companion = Companion {
        saved: room.saved.clone(),
        claim: room._claim.clone(),
        state: room.state.clone(),
        whom: room.whom.clone(),
        world: room.world.clone(),
    };
    let go_on = |name: &str, left: usize| {
        let place = folder.path().join(name);
        let mut study = Study::open(&place).unwrap();
        let theirs = name.starts_with("claimed").then(|| rooms::claim(&study).unwrap());
        companion
            .goes_on_in(&mut study, &SavedElsewhere { place: place.display().to_string(), taken: 0, left });
        drop(theirs);
        (room.counts().moved.unwrap().left, study.room().unwrap().is_some())
    };
    assert_eq!(go_on("first.relata", 5), (5, true));
    assert_eq!(go_on("second.relata", 0), (5, true));
    // Where somebody else has a room open in that file, it stays theirs.
    assert_eq!(go_on("claimed.relata", 2), (7, false));
    assert!(held(&room._claim).is_some());
    room.close();
    writer.join().unwrap();
}

#[test]
fn what_is_in_the_file_is_what_changed_last() {
    let (room, writer, _folder) = room(40, &Stopped::default());
    let runtime = runtime();
    let joins: Vec<_> = links(&room)
        .into_iter()
        .map(|link| {
            let room = room.clone();
            runtime.spawn(async move { join(&room, &link).await })
        })
        .collect();
    let joined = joins.into_iter().map(|join| runtime.block_on(join).unwrap());
    assert_eq!(joined.filter(Result::is_ok).count(), 40);
    assert_eq!((kept(&room), kept(&room).links.len()), (room.record(), 40));
    room.lock(true).unwrap();
    assert!(kept(&room).locked);
    // What comes after the end is not kept: the room would be opened again.
    room.end().unwrap();
    assert!(room.lock(false).is_err());
    assert_eq!(room.work_here(|ledger| ledger.study().room()).unwrap().unwrap(), None);
    room.close();
    writer.join().unwrap();
}

#[test]
fn what_goes_on_going_wrong_is_heard_once_a_minute_and_shown_as_long_as_it_goes_on() {
    let world = Stopped::default();
    let (room, writer, _folder) = room(0, &world);
    let at = |seconds: i64, why: &str| {
        world.later.store(1_000 * seconds, Ordering::Relaxed);
        room.went_wrong(why);
        (world.heard("disk"), world.heard("net"))
    };
    // However close one failure follows the other.
    assert_eq!([at(0, "disk"), at(40, "disk"), at(59, "disk")], [(1, 0); 3]);
    assert_eq!([at(60, "disk"), at(100, "disk"), at(120, "disk")], [(2, 0), (2, 0), (3, 0)]);
    assert_eq!([at(121, "net"), at(170, "net")], [(3, 1); 2]);
    // It is shown for a minute since it was seen, which is longer than since it was heard.
    let shown = |seconds: i64| {
        world.later.store(1_000 * seconds, Ordering::Relaxed);
        room.counts().trouble
    };
    assert_eq!([shown(229), shown(230)], [Some("net".to_owned()), None]);
    room.close();
    writer.join().unwrap();
}

#[test]
fn that_nothing_can_be_saved_is_shown_until_something_can() {
    for is_moved_back in [true, false] {
        let world = Stopped::default();
        let (room, writer, folder) = room(0, &world);
        let [inside, away] = ["in", "away"].map(|name| folder.path().join(name));
        assert_eq!((room.counts().adrift, room.leave()), (None, Ok(())));
        // By the writer itself, so that it does not look in between. No folder can be made where a file is.
        let (from, to) = (inside.clone(), away.clone());
        room.work_here(move |_| {
            std::fs::rename(&from, to).unwrap();
            std::fs::write(from, "").unwrap();
        })
        .unwrap();
        let Err(NotLeft::Adrift(why)) = room.leave() else { panic!("left") };
        assert!(why.contains("study-saved.relata"), "{why}");
        world.later.store(10 * MINUTE, Ordering::Relaxed);
        assert_eq!(room.leave(), Err(NotLeft::Adrift(why.clone())));
        assert_eq!((room.counts().adrift, room.counts().trouble), (Some(why.clone()), None));
        // Heard once, however often it is tried.
        assert_eq!(world.heard(&why), 1);
        room.work_here(move |_| {
            std::fs::remove_file(&inside).unwrap();
            if is_moved_back {
                std::fs::rename(away, inside).unwrap();
            }
        })
        .unwrap();
        assert_eq!((room.leave(), room.counts().adrift), (Ok(()), None));
        assert_eq!(room.counts().moved.is_some(), !is_moved_back);
        room.close();
        assert!(matches!(room.leave(), Err(NotLeft::Closed(_))));
        writer.join().unwrap();
    }
}

#[test]
fn a_room_that_could_not_be_ended_goes_on_with_everybody_in_it() {
    let (room, writer, folder) = room(2, &Stopped::default());
    let runtime = runtime();
    let ids: Vec<SessionId> =
        links(&room).iter().map(|link| runtime.block_on(join(&room, link)).unwrap()).collect();
    let is_whole = || {
        let study = Study::open_again(&folder.path().join("in/study.relata")).unwrap();
        let kept = study.sessions().unwrap().len();
        assert!(study.room().unwrap().is_some() && !room.is_ended() && room.is_open().is_ok());
        assert_eq!((kept, ids.iter().filter(|id| room.seat(id).is_some()).count()), (2, 2));
    };
    let holder = rusqlite::Connection::open(folder.path().join("in/study.relata")).unwrap();
    holder.execute_batch("BEGIN IMMEDIATE").unwrap();
    room.end().unwrap_err();
    holder.execute_batch("ROLLBACK").unwrap();
    is_whole();
    // Nor is it over where nobody is left who could write it.
    room.close();
    room.end().unwrap_err();
    is_whole();
    writer.join().unwrap();
}

#[test]
fn a_form_that_is_sent_twice_in_the_same_moment_lets_one_person_in() {
    let world = Stopped::default();
    let (room, writer, _folder) = room(0, &world);
    let (runtime, once) = (runtime(), "a".repeat(ONCE));
    let (release, held_up) = mpsc::channel::<()>();
    room.ask(Request::Work(Box::new(move |_| held_up.recv().unwrap()))).unwrap();
    let both: Vec<SessionId> = std::thread::scope(|threads| {
        let join = || threads.spawn(|| runtime.block_on(come(&room, None, &once)).unwrap());
        let both = [join(), join()];
        // Each has its moment only once it has passed the door, where neither finds the other one's seat.
        while world.bits.load(Ordering::Relaxed) < 2 {
            std::thread::yield_now();
        }
        release.send(()).unwrap();
        both.map(|join| join.join().unwrap()).into()
    });
    assert_eq!((both[0], room.counts().joined), (both[1], 1));
    // Also when nobody else is let in; another form, or none, is another person.
    room.lock(true).unwrap();
    assert_eq!(runtime.block_on(come(&room, None, &once)), Ok(both[0]));
    assert_eq!(runtime.block_on(come(&room, None, "")), Err(Shut::Locked));
    room.lock(false).unwrap();
    let others = ["", "", &"b".repeat(ONCE)].map(|once| runtime.block_on(come(&room, None, once)).unwrap());
    assert_eq!((others.into_iter().collect::<BTreeSet<_>>().len(), room.counts().joined), (3, 4));
    room.close();
    writer.join().unwrap();
}
