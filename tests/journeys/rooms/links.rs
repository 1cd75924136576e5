//! What a single-use link lets in.

use relata::store::{SessionHeader, Study};

use super::support::{Phone, Room};
use crate::journeys::support::Place;

const JOIN: [(&str, &str); 2] = [("lang", "en"), ("do", "join")];

fn phone(room: &Room) -> Phone {
    Phone { port: room.port, cookie: String::new() }
}

/// Whether a device is told that its link was opened again, in plain words.
fn is_replaced(phone: &mut Phone) -> bool {
    let told = phone.get("/q");
    told.status == 410
        && told.body.contains("opened again")
        && told.body.contains("ask for a link of your own")
}

/// The sessions in which something was answered.
fn answered(place: &Place) -> Vec<SessionHeader> {
    let mut sessions = Study::open(&place.study()).unwrap().sessions().unwrap();
    sessions.retain(|session| session.touched);
    sessions
}

#[test]
fn a_link_lets_in_again_until_something_is_answered_by_it() {
    let place = Place::new();
    let serve = || Room::serve(&place, "workshop-pulse", &["--set", "organisation=Acme", "--links", "1"]);
    let (mut room, link) = serve();
    // Programs that look where a link leads use nothing up.
    for method in ["GET", "HEAD", "GET"] {
        let looked = phone(&room).send(method, &link, "", "");
        assert!(looked.status == 200 && looked.header("set-cookie").is_none(), "{method} {looked:?}");
    }
    assert!(!phone(&room).get(&link).body.contains("opened before"));
    // The reply never came, and with it no cookie.
    let mut lost = phone(&room);
    assert_eq!(lost.post(&link, &JOIN).status, 303);
    lost.cookie.clear();
    let again = lost.get(&link);
    assert!(again.status == 200 && again.body.contains("This link was opened before"), "{again:?}");
    assert!(again.body.contains("value=\"join\""), "{again:?}");
    assert_eq!(lost.post(&link, &JOIN).status, 303);
    assert_eq!(room.ask("status"), "joined 1 answering 0 finished 0 locked false shown no");
    let page = lost.get("/q");
    let first = lost.cookie.clone();
    // Somebody else opens it. What the one before them sends is not taken.
    let mut other = phone(&room);
    assert_eq!(other.post(&link, &JOIN).status, 303);
    assert_eq!(room.ask("status"), "joined 1 answering 0 finished 0 locked false shown no");
    let fields = [page.fields(), page.chosen(), vec![("do".to_owned(), "answer".to_owned())]].concat();
    let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let refused = lost.post("/q", &sent);
    assert!(refused.status == 410 && refused.body.contains("opened again"), "{refused:?}");
    assert!(is_replaced(&mut lost), "it is said after a reload, too");
    drop(room);
    // The file knows it after a restart, also where the one who was replaced comes first.
    let (room, same) = serve();
    assert_eq!(same, link);
    (lost.port, lost.cookie, other.port) = (room.port, first.clone(), room.port);
    assert!(is_replaced(&mut lost));
    assert_eq!(other.get("/q").status, 200);
    let mut last = phone(&room);
    assert_eq!(last.post(&link, &JOIN).status, 303);
    let second = other.cookie.clone();
    assert!(is_replaced(&mut other));
    let page = last.get("/q");
    last.answer(&page, 0);
    // From the first answer on it is used up, and whoever had it before is told why.
    assert_eq!((phone(&room).get(&link).status, phone(&room).post(&link, &JOIN).status), (410, 410));
    other.cookie.clone_from(&second);
    assert!(other.get(&link).body.contains("opened again"));
    drop(room);
    let (mut room, _) = serve();
    (lost.port, lost.cookie) = (room.port, first);
    (other.port, other.cookie, last.port) = (room.port, second, room.port);
    assert!(is_replaced(&mut lost) && is_replaced(&mut other));
    assert_eq!((last.get("/q").status, last.get(&link).header("location")), (200, Some("/q")));
    assert_eq!(phone(&room).get(&link).status, 410);
    assert_eq!(room.ask("status"), "joined 1 answering 1 finished 0 locked false shown no");
    drop(room);
    assert_eq!(answered(&place).len(), 1);
}

#[test]
fn a_clients_link_is_of_whoever_opened_it_last_and_of_nobody_once_another_is_out() {
    let place = Place::new();
    let serve = |more: &[&str]| {
        let whom = ["--respondent", "R001", "--set", "organisation=Us", "--set", "client=Acme"];
        Room::serve(&place, "client-view", &[&whom[..], more].concat())
    };
    let (room, link) = serve(&[]);
    let (mut one, mut two) = (phone(&room), phone(&room));
    for (phone, person) in [(&mut one, "P1"), (&mut two, "P2")] {
        assert_eq!(phone.post(&link, &[&JOIN[..], &[("person", person)]].concat()).status, 303);
    }
    drop(room);
    let (room, same) = serve(&[]);
    assert_eq!(same, link);
    (one.port, two.port) = (room.port, room.port);
    assert!(is_replaced(&mut one));
    assert_eq!(two.get(&link).header("location"), Some("/q"));
    drop(room);
    // Another one was asked for: the first lets nobody in any more, and who has it goes on.
    let (room, another) = serve(&["--new"]);
    assert_ne!(another, link);
    two.port = room.port;
    assert_eq!((phone(&room).get(&link).status, phone(&room).post(&link, &JOIN).status), (410, 410));
    let page = two.get("/q");
    two.answer(&page, 0);
    drop(room);
    let [session] = &answered(&place)[..] else { panic!("one session") };
    assert_eq!(session.start.fields.get("person").map(String::as_str), Some("P2"));
}

#[test]
fn two_runs_with_the_same_link_know_whom_the_other_let_in() {
    let place = Place::new();
    let serve = |more: &[&str]| {
        let whom = ["--respondent", "R001", "--set", "organisation=Us", "--set", "client=Acme"];
        Room::serve(&place, "client-view", &[&whom[..], more].concat())
    };
    let join = |room: &Room, link: &str, person: &str| {
        let mut phone = phone(room);
        (phone.post(link, &[&JOIN[..], &[("person", person)]].concat()).status, phone)
    };
    let ((first, link), (second, same)) = (serve(&[]), serve(&[]));
    assert_eq!(same, link);
    // P2 opens it at the other run before P1 has answered: what P1 sends then is not taken.
    let (status, mut one) = join(&first, &link, "P1");
    assert_eq!(status, 303);
    let page = one.get("/q");
    let (status, mut two) = join(&second, &link, "P2");
    assert_eq!(status, 303);
    let fields = [page.fields(), page.chosen(), vec![("do".to_owned(), "answer".to_owned())]].concat();
    let sent: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    let refused = one.post("/q", &sent);
    assert!(refused.status == 410 && refused.body.contains("opened again"), "{refused:?}");
    // From the answer of P2 on it is used up at both.
    let page = two.get("/q");
    two.answer(&page, 0);
    for room in [&first, &second] {
        assert_eq!((phone(room).get(&link).status, join(room, &link, "P3").0), (410, 410));
    }
    drop(second);
    // What is handed out now lets in at one of them; taken back at the other, it does so no more.
    let (second, another) = serve(&["--new"]);
    let (third, same) = serve(&[]);
    assert!(another != link && same == another);
    let (last, latest) = serve(&["--new"]);
    assert_ne!(latest, another);
    for room in [&second, &third, &last] {
        assert_eq!((phone(room).get(&another).status, join(room, &another, "P3").0), (410, 410));
    }
    drop((first, second, third, last));
    let [session] = &answered(&place)[..] else { panic!("one session") };
    assert_eq!(session.start.fields.get("person").map(String::as_str), Some("P2"));
    let (mut room, _) = serve(&[]);
    two.port = room.port;
    assert_eq!(two.get("/q").status, 200);
    assert_eq!(room.ask("status"), "joined 1 answering 1 finished 0 locked false shown no");
}

#[test]
fn links_let_one_person_in_each_and_a_tablet_goes_from_hand_to_hand() {
    let place = Place::new();
    let open = |more: &[&str]| {
        Room::serve(&place, "workshop-pulse", &[&["--set", "organisation=Acme"], more].concat())
    };
    let (room, link) = open(&["--links", "2"]);
    let (mut one, mut two) =
        (Phone { port: room.port, cookie: String::new() }, Phone { port: room.port, cookie: String::new() });
    assert!(one.get(&link).body.contains("value=\"join\""), "looking does not use it up");
    assert_eq!(one.post(&link, &[("do", "join")]).status, 303);
    one.walk();
    assert_eq!((two.get(&link).status, two.post(&link, &[("do", "join")]).status), (410, 410));
    let done = one.get("/q");
    assert!(done.body.contains("href=\"/own\"") && one.get("/own").status == 200, "{}", done.body);
    drop(room);
    let (room, join) = open(&["--kiosk", "--new"]);
    let mut tablet = Phone { port: room.port, cookie: String::new() };
    assert_eq!(tablet.post(&join, &[("do", "join")]).status, 303);
    tablet.walk();
    let done = tablet.get("/q");
    assert!(done.body.contains("action=\"/next\"") && !done.body.contains("href=\"/own\""));
    assert_eq!(tablet.get("/own").status, 303);
    tablet.post("/next", &[]);
    assert_eq!(tablet.get("/q").header("location"), Some("/"), "the next person finds nothing");
}
