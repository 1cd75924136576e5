//! A room over loopback, through the program: joining, answering, reloading, seeing the joint results; and what must not
//! happen.

use relata::instrument::Instrument;
use relata::interview::SessionState;
use relata::store::{Mode, Study};

use super::support::{Place, counted_items};
use support::{Answer, Phone, Room};

mod clients;
mod door;
mod links;
mod lost;
pub mod support;

#[test]
fn what_was_shown_goes_with_somebody_who_was_in_it_and_that_is_said() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    for _ in 0..10 {
        room.phone().walk();
    }
    assert_eq!(room.ask("reveal"), "revealed");
    drop(room);
    let sessions = place.run(&["sessions", "--format", "json"]).json();
    for gone in 0..5 {
        place.run(&["erase", "--respondent", sessions[gone]["respondent"].as_str().unwrap(), "--yes"]).ok();
    }
    let again = ["workshop", "--address", "127.0.0.1", "--port", "0", "--headless", "--smallest-group", "5"];
    let ran =
        place.feed(&[&again[..], &["--set", "organisation=Acme & <i>Sons</i>"]].concat(), "status\nreveal\n");
    assert!(ran.out.contains("finished 5 locked false shown no"), "{}", ran.out);
    // Nobody knows any more that the five who are gone were not one person with five sessions.
    assert!(ran.out.contains("wanting: 5"), "{}", ran.out);
    assert!(ran.err.contains("what was shown of this room is not shown any more"), "{}", ran.err);
}

#[test]
fn a_room_answers_and_sees_itself_when_it_is_time_and_not_before() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let mut phones: Vec<Phone> = (0..5).map(|_| room.phone()).collect();
    assert_eq!(room.ask("status"), "joined 5 answering 0 finished 0 locked false shown no");
    // A reload asks the same question, and a piped answer is plain text.
    let (first, again) = (phones[0].get("/q"), phones[0].get("/q"));
    assert_eq!(first.body, again.body);
    assert!(first.body.contains("Acme &amp; &lt;i&gt;Sons&lt;/i&gt;") && !first.body.contains("<i>Sons"));
    for phone in &mut phones[..4] {
        assert!(phone.walk() > 10);
    }
    // Four have finished: the host is told that one is missing, and nothing is shown.
    let mut wall = Phone { port: room.port, cookie: String::new() };
    let wall_path = room.wall.clone();
    let before = wall.get(&wall_path);
    for page in [&before, &phones[0].get("/q"), &phones[0].get("/room"), &phones[0].get("/own")] {
        for id in ["id=\"models\"", "id=\"words\"", "id=\"gaps\"", "href=\"/own\"", "href=\"/room\""] {
            assert!(!page.body.contains(id), "{id} in {}", page.body);
        }
    }
    assert!(before.body.contains("class=\"qr\"") && before.body.contains(&room.code));
    assert!(before.body.contains("It takes 5 people who are done."), "{}", before.body);
    assert_eq!(room.ask("reveal"), "wanting: 1");
    let show = |wall: &mut Phone| {
        let told = wall.post(&wall_path, &[("do", "reveal"), ("lang", "en")]);
        assert_eq!(told.status, 303, "{told:?}");
        told.header("location").unwrap().to_owned()
    };
    // Nothing was shown yet, so that nothing could change.
    let wanting = show(&mut wall);
    let first = wall.get(&wanting).body;
    assert!(first.contains("1 more person has to finish first: of fewer than 5 nothing is shown"), "{first}");
    let small = wall.get(&wall_path);
    assert!(!small.body.contains("id=\"models\"") && small.body.contains("class=\"qr\""), "{}", small.body);
    phones[4].walk();
    assert_eq!(room.ask("reveal"), "revealed");
    assert_eq!(room.ask("status"), "joined 5 answering 0 finished 5 locked false shown 5");
    // Loaded again, as by a wall without a script, the page says nothing that is so no longer.
    assert!(!wall.get(&wanting).body.contains("class=\"alert\""));
    let already = show(&mut wall);
    let sentence = "shown already, and nobody has finished since";
    assert!(wall.get(&already).body.contains(sentence) && wall.get(&already).body.contains(sentence));
    let shown = wall.get(&wall_path);
    for id in ["id=\"models\"", "id=\"words\"", "id=\"gaps\"", "id=\"differing\"", "id=\"discussion\""] {
        assert!(shown.body.contains(id), "{id} is missing in {}", shown.body);
    }
    assert!(shown.body.contains("honest &lt;script&gt;") && !shown.body.contains("<script>"));
    // Everyone can see it now, and their own result, of which this questionnaire gives back what was said.
    let done = phones[0].get("/q");
    assert!(done.body.contains("href=\"/room\"") && done.body.contains("href=\"/own\""));
    assert!(phones[0].get("/room").body.contains("id=\"models\""));
    let own = phones[0].get("/own");
    assert!(own.status == 200 && !own.body.contains("id=\"gap\""), "{}", own.body);
    // With one more, the shown result stays, because the difference would reveal that person's answers.
    room.phone().walk();
    assert_eq!(room.ask("reveal"), "wanting: 4");
    assert!(!wall.get(&already).body.contains(sentence));
    let again = show(&mut wall);
    let again = wall.get(&again).body;
    assert!(again.contains("4 more people have to finish first: with fewer, what changes"), "{again}");
    assert_eq!(wall.get(&wall_path).body.matches("5 people answered").count(), 1);
    let page = room.ask("end");
    let page = std::fs::read_to_string(page.strip_prefix("page: ").unwrap()).unwrap();
    let year = jiff::Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).year().to_string();
    let day = page.split("Shown on").nth(1).unwrap_or_default();
    assert!(day.chars().take(60).collect::<String>().contains(&year), "{page}");
    assert!(
        page.contains("id=\"models\"") && !page.contains("<script") && !page.contains("http://"),
        "{page}"
    );
    drop(room);
    let study = Study::open(&place.study()).unwrap();
    let sessions = study.sessions().unwrap();
    assert_eq!(sessions.len(), 6);
    assert!(
        sessions
            .iter()
            .all(|session| session.mode == Mode::Browser && session.state == SessionState::Finished)
    );
    assert_eq!(study.room().unwrap(), None);
    drop(study);
    // Whoever is erased afterwards is still in the page, and that is said; who came later, or never was in a room, is not.
    let id = sessions[0].id.to_string();
    let erased = place.run(&["erase", "--session", &id, "--yes"]);
    assert!(erased.code == 0 && erased.err.contains("study-room-en.html"), "{}", erased.err);
    place.write("counted.toml", &counted_items(2));
    place.feed(&["interview", "counted.toml", "--plain", "--lang", "en", "--respondent", "T1"], "2\n");
    let erased = place.run(&["erase", "--respondent", "T1", "--yes"]);
    assert!(erased.code == 0 && erased.err.contains("written before still hold"), "{}", erased.err);
    assert!(!erased.err.contains("study-room-en.html"), "{}", erased.err);
}

#[test]
fn a_rehearsed_room_goes_all_the_way_and_leaves_nothing_behind() {
    let place = Place::new();
    let mut room = Room::open(&place, &["--test"]);
    let mut wall = Phone { port: room.port, cookie: String::new() };
    let wall_path = room.wall.clone();
    let mut early = room.phone();
    let door = Phone { port: room.port, cookie: String::new() }.get(&format!("/{}", room.code)).body;
    let before = wall.get(&wall_path).body;
    for page in [&door, &before] {
        assert!(page.contains("Rehearsal: kept, marked"), "{page}");
    }
    assert!(before.contains("<strong id=\"waiting\">1</strong> not begun"), "{before}");
    early.walk();
    let after = wall.get(&wall_path).body;
    assert!(after.contains("<strong id=\"waiting\">0</strong> not begun"), "{after}");
    for _ in 1..5 {
        room.phone().walk();
    }
    assert_eq!(room.ask("reveal"), "revealed");
    let shown = wall.get(&wall_path).body;
    assert!(shown.contains("id=\"models\"") && shown.contains("REHEARSAL"), "{shown}");
    let page = room.ask("end");
    let page = std::fs::read_to_string(page.strip_prefix("page: ").unwrap()).unwrap();
    assert!(page.contains("REHEARSAL") && page.contains("5 people answered"), "{page}");
    drop(room);
    // None of it is in the results of the study, nor in a room that is not a rehearsal.
    let found = place.run(&["study", "--format", "json"]);
    assert!(found.out.contains("\"complete\": 0"), "{found:?}");
    let mut real = Room::open(&place, &[]);
    assert_eq!(real.ask("status"), "joined 0 answering 0 finished 0 locked false shown no");
    real.phone().walk();
    assert_eq!(real.ask("reveal"), "wanting: 4");
    let mut wall = Phone { port: real.port, cookie: String::new() };
    assert!(!wall.get(&real.wall.clone()).body.contains("Rehearsal"));
}

#[test]
fn killed_at_any_time_it_goes_on_and_nothing_is_kept_twice() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let mut phone = room.phone();
    let (code, mut sent) = (room.code.clone(), 0);
    for number in 0..8 {
        let page = phone.get("/q");
        let fields = phone.answer(&page, number);
        sent += 1;
        // The same again, as from a trembling finger.
        let again: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let twice = phone.post("/q", &again);
        assert_eq!((twice.status, twice.header("location")), (303, Some("/q")));
        if number % 3 == 2 {
            room.child.kill().unwrap();
            room.child.wait().unwrap();
            room = Room::open(&place, &[]);
            assert_eq!(room.code, code, "the room is the one that was left");
            phone.port = room.port;
            // The phone did not hear that its answer was kept, and sends it again; another answer from that page is none.
            let lost = phone.post("/q", &again);
            assert_eq!((lost.status, lost.header("location")), (303, Some("/q")), "{again:?}");
            let [kept, item, step] = [again[0], again[1], again[2]];
            let other = phone.post("/q", &[kept, item, step, ("do", "declined")]);
            assert_eq!(other.header("location"), Some("/q?old=1"), "{again:?}");
        }
    }
    // An outdated page answers nothing, and says so.
    let old =
        phone.post("/q", &[("kept", "1"), ("item", "consent"), ("step", "0"), ("v", "no"), ("do", "answer")]);
    assert_eq!(old.header("location"), Some("/q?old=1"));
    let mut elsewhere = Phone { port: room.port, cookie: String::new() };
    let word = phone.get("/q").body.split("class=\"word\">").nth(1).unwrap()[..4].to_owned();
    assert_eq!(elsewhere.post("/word", &[("word", &word.to_lowercase())]).status, 303);
    assert_eq!(elsewhere.get("/q").body, phone.get("/q").body);
    for _ in 0..10 {
        assert_eq!(elsewhere.post("/word", &[("word", "BCDF")]).status, 403);
    }
    assert_eq!(elsewhere.post("/word", &[("word", &word)]).status, 429, "too many wrong ones");
    // The host has looked.
    assert_eq!(room.ask("unlock"), "unlocked");
    assert_eq!(elsewhere.post("/word", &[("word", &word)]).status, 303);
    drop(room);
    let study = Study::open(&place.study()).unwrap();
    let [session] = &study.sessions().unwrap()[..] else { panic!() };
    let events = study.events(&session.id).unwrap();
    let text = study.instrument_text(&session.instrument.hash).unwrap();
    assert!(Instrument::read_stored(&text).instrument.is_some());
    let answered =
        |event: &relata::interview::Event| matches!(event, relata::interview::Event::Answered { .. });
    assert_eq!(events.iter().filter(|stamped| answered(&stamped.event)).count(), sent);
}

#[test]
fn a_word_that_is_half_typed_is_there_after_a_reload_and_a_kill_and_has_no_times() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let mut phone = room.phone();
    let is_timed = |page: &Answer| page.body.contains("data-timed");
    let mut page = phone.get("/q");
    for number in 0..10 {
        if is_timed(&page) {
            break;
        }
        phone.answer(&page, number);
        page = phone.get("/q");
    }
    assert!(is_timed(&page) && page.body.contains("data-draft") && page.body.contains("name=\"first\""));
    let fields = page.fields();
    let mut begun: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
    begun.push(("t", "half a w"));
    assert_eq!(phone.post("/draft", &begun).status, 204);
    let half = |phone: &mut Phone| {
        let page = phone.get("/q");
        assert!(page.body.contains("value=\"half a w\""), "{}", page.body);
        // Nobody can tell any more how soon this word came to mind.
        assert!(!is_timed(&page) && !page.body.contains("name=\"first\""), "{}", page.body);
        page
    };
    half(&mut phone);
    room.child.kill().unwrap();
    room.child.wait().unwrap();
    room = Room::open(&place, &[]);
    phone.port = room.port;
    let page = half(&mut phone);
    phone.answer(&page, 0);
    let next = phone.get("/q");
    assert!(is_timed(&next) && !next.body.contains("half a w"), "{}", next.body);
}

#[test]
fn who_stops_may_have_everything_erased() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let (mut keeps, mut erases) = (room.phone(), room.phone());
    for phone in [&mut keeps, &mut erases] {
        for number in 0..3 {
            let page = phone.get("/q");
            phone.answer(&page, number);
        }
    }
    assert!(keeps.get("/stop").body.contains("value=\"erase\""));
    assert_eq!(keeps.post("/stop", &[("do", "keep")]).status, 200);
    assert_eq!(erases.post("/stop", &[("do", "erase")]).status, 200);
    assert_eq!(room.ask("status"), "joined 0 answering 0 finished 0 locked false shown no");
    // A removed respondent is told so, once; the page of one who had everything erased leads to the entrance.
    let mut removed = room.phone();
    let word = removed.get("/q").body.split("class=\"word\">").nth(1).unwrap()[..4].to_owned();
    assert_eq!(room.ask(&format!("remove {word}")), "removed");
    assert_eq!(removed.get("/wait?seen=0").body, "{\"reload\":true}");
    let told = removed.get("/q");
    assert!(told.status == 410 && told.body.contains("This place is gone"), "{told:?}");
    assert_eq!([removed.get("/q").status, erases.get("/q").status], [303, 303]);
    assert_eq!(room.ask("lock"), "locked");
    let mut late = Phone { port: room.port, cookie: String::new() };
    let path = format!("/{}", room.code);
    assert_eq!(late.post(&path, &[("do", "join")]).status, 403);
    drop(room);
    let study = Study::open(&place.study()).unwrap();
    let states: Vec<SessionState> = study.sessions().unwrap().iter().map(|session| session.state).collect();
    assert_eq!((states, study.tombstones().unwrap().len()), (vec![SessionState::Withdrawn], 2));
}

#[test]
fn a_question_for_the_room_knows_nobodys_answer() {
    let place = Place::new();
    let question = |when: &str, text: &str| {
        let discussion = format!("\n[[discussion]]\nname = \"x\"\nwhen = \"{when}\"\ntext = \"{text}\"\n");
        place.write("q.toml", &(super::support::counted_items(2) + &discussion));
        let ran = place.run(&["check", "q.toml"]);
        (ran.code, ran.out + &ran.err)
    };
    assert_eq!(question("room.words < 0", "Why?").0, 0);
    for (when, text, said) in [
        ("room.words < 0", "Why {q1}?", "nothing that a room knows"),
        ("q1 = 1", "Why?", "q1"),
        ("room.nothing < 0", "Why?", "room.nothing"),
        ("room.dominant = 'XX'", "Why?", "XX"),
    ] {
        let (code, found) = question(when, text);
        assert!(code == 1 && found.contains(said), "{when} {text}: {found}");
    }
}
