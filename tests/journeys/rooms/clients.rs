//! A relation whose answers come through a served link: which of the customer's people answered, and the advice at the end.

use relata::store::Study;

use super::support::{Phone, Room};
use crate::journeys::support::Place;

const THEIRS: [&str; 6] = ["--respondent", "R001", "--set", "organisation=Us", "--set", "client=Acme"];

fn phone(room: &Room) -> Phone {
    Phone { port: room.port, cookie: String::new() }
}

/// The codes of the customer's respondents, in order of time.
fn people(place: &Place) -> Vec<Option<String>> {
    let study = Study::open(&place.study()).unwrap();
    study.sessions().unwrap().iter().map(|session| session.start.fields.get("person").cloned()).collect()
}

#[test]
fn who_of_the_customer_answers_is_asked_and_may_stay_open() {
    let place = Place::new();
    for (lang, label, why) in [
        ("en", "A code for yourself (may stay empty)", "show a change"),
        ("nl", "Een code voor uzelf (mag leeg blijven)", "een verandering zien"),
    ] {
        let (room, link) = Room::serve(&place, "client-view", &[&THEIRS[..], &["--new"]].concat());
        let page = phone(&room).get(&format!("{link}?lang={lang}")).body;
        assert!(page.contains(label) && page.contains(why) && page.contains("name=\"person\""), "{page}");
        let mut phone = phone(&room);
        // A name is not accepted as a code, however it is typed, and gives no entry.
        for name in ["Anna Bakker", "A. Bakker ", &"x".repeat(41)] {
            let refused = phone.post(&link, &[("lang", lang), ("person", name), ("do", "join")]);
            let why = if lang == "en" { "a code and no name" } else { "een code en geen naam" };
            assert!(refused.status == 422 && refused.body.contains(why), "{refused:?}");
            assert!(!refused.body.contains("Bakker"), "{refused:?}");
        }
        let person = if lang == "en" { " P1\u{7} " } else { "" };
        assert_eq!(phone.post(&link, &[("lang", lang), ("person", person), ("do", "join")]).status, 303);
    }
    // What is typed is normalised; an empty text is not a code.
    assert_eq!(people(&place), [Some("P1".to_owned()), None]);
    let named =
        place.run(&["serve", "client-view", "--set", "organisation=Us", "--set", "person=Anna Bakker"]);
    assert!(named.refused().contains("`person` takes a code"));
}

#[test]
fn a_link_that_says_who_answers_asks_nobody_and_a_tablet_asks_everybody() {
    let place = Place::new();
    let (room, link) = Room::serve(&place, "client-view", &[&THEIRS[..], &["--set", "person=P7"]].concat());
    let mut one = phone(&room);
    assert!(!one.get(&link).body.contains("name=\"person\""));
    // The code in the link can't be replaced by another one.
    assert_eq!(one.post(&link, &[("person", "P9"), ("do", "join")]).status, 303);
    drop(room);
    let (room, join) =
        Room::serve(&place, "client-view", &["--kiosk", "--new", "--set", "organisation=Us", "--lang", "en"]);
    for person in ["P1", "P2"] {
        let mut tablet = phone(&room);
        assert!(tablet.get(&join).body.contains("name=\"person\""));
        assert_eq!(tablet.post(&join, &[("person", person), ("do", "join")]).status, 303);
    }
    drop(room);
    let (room, join) = Room::serve(&place, "workshop-pulse", &["--new", "--set", "organisation=Us"]);
    assert!(!phone(&room).get(&join).body.contains("name=\"person\""), "only a customer's form asks");
    drop(room);
    let code = |code: &str| Some(code.to_owned());
    assert_eq!(people(&place), [code("P7"), code("P1"), code("P2")]);
}

#[test]
fn what_somebody_reads_at_the_end_of_a_link_is_kept_as_advised() {
    let place = Place::new();
    for wave in 1..=2 {
        let more = ["--respondent", "R001", "--set", "organisation=Acme", "--new"];
        let (room, link) = Room::serve(&place, "building-blocks-account", &more);
        let mut phone = phone(&room);
        assert_eq!(phone.post(&link, &[("lang", "nl"), ("do", "join")]).status, 303);
        phone.walk();
        // Viewing it again is not another advice.
        let page = [phone.get("/own"), phone.get("/own")];
        assert!(page.iter().all(|page| page.status == 200), "{page:?}");
        drop(room);
        let kept = Study::open(&place.study()).unwrap().advised().unwrap();
        let of_session = kept.len() / wave;
        assert!(of_session > 0 && kept.len() == of_session * wave, "{kept:?}");
        for one in &kept {
            assert_eq!(
                (one.advice.reader.as_str(), one.advice.language.as_deref()),
                ("respondent", Some("nl"))
            );
            assert!(page[0].body.contains(&one.advice.title.replace('&', "&amp;")), "{one:?}");
        }
    }
    let page = place.run(&["relation", "R001", "--lang", "en"]).ok();
    assert!(
        page.contains("Advised before:") && page.contains("to whoever answered for our side: “"),
        "{page}"
    );
}

#[test]
fn a_link_is_of_one_respondent_with_these_fields_and_of_one_time() {
    let place = Place::new();
    let serve = |code: &str, client: &str, more: &[&str]| {
        let client = format!("client={client}");
        let whom = ["--respondent", code, "--set", "organisation=Us", "--set", &client];
        let (room, link) = Room::serve(&place, "client-view", &[&whom[..], more].concat());
        (phone(&room), room, link)
    };
    let (.., acme) = serve("R001", "Acme", &[]);
    let (mut beta_phone, beta_room, beta) = serve("R002", "Beta", &[]);
    assert_ne!(acme, beta);
    // Acme's link does not work while Beta is admitted, and answers nothing for Beta.
    assert_eq!((beta_phone.get(&acme).status, beta_phone.post(&acme, &[("do", "join")]).status), (403, 403));
    assert_eq!(beta_phone.get(&acme.replace("1-", "2-")).status, 404);
    drop(beta_room);
    let others = [serve("R001", "Gamma", &[]).2, serve("R001", "Acme", &["--test"]).2];
    assert!(others.iter().all(|other| ![&acme, &beta].contains(&other)) && others[0] != others[1]);
    let (mut client, room, again) = serve("R001", "Acme", &[]);
    assert_eq!(again, acme, "a link that nobody used stays what it is");
    assert_eq!(client.post(&acme, &[("lang", "en"), ("do", "join")]).status, 303);
    let page = client.get("/q");
    client.answer(&page, 0);
    drop(room);
    // Begun and not finished: the same link, with which the same device continues.
    let (_, room, same) = serve("R001", "Acme", &[]);
    assert_eq!(same, acme);
    client.port = room.port;
    assert_eq!(client.get(&acme).header("location"), Some("/q"));
    assert_eq!(client.post("/stop", &[("do", "keep")]).status, 200);
    drop(room);
    // Finished: the next time is another link, on the same device too.
    let (_, room, second) = serve("R001", "Acme", &[]);
    assert_ne!(second, acme);
    client.port = room.port;
    assert_eq!(phone(&room).get(&acme).status, 410);
    assert_eq!(client.post(&second, &[("lang", "en"), ("do", "join")]).status, 303);
    drop(room);
    let asked = serve("R001", "Acme", &["--new"]).2;
    assert!(![&acme, &second].contains(&&asked));
    let study = Study::open(&place.study()).unwrap();
    let whose: Vec<(String, Option<String>)> = study
        .sessions()
        .unwrap()
        .iter()
        .map(|session| (session.respondent.clone(), session.start.fields.get("client").cloned()))
        .collect();
    assert_eq!(whose, vec![("R001".to_owned(), Some("Acme".to_owned())); 2]);
    assert!(!study.links().unwrap().unwrap().contains("R001"), "no second place holds a code");
}

#[test]
fn a_room_is_of_its_fields() {
    let place = Place::new();
    let open = |organisation: &str, more: &[&str]| {
        let about = format!("organisation={organisation}");
        let more = [&["--kiosk", "--set", &about][..], more].concat();
        Room::serve(&place, "workshop-pulse", &more).1
    };
    let acme = open("Acme", &[]);
    assert_eq!(open("Acme", &[]), acme);
    let other = ["serve", "workshop-pulse", "--address", "127.0.0.1", "--port", "0", "--headless", "--kiosk"];
    let ran = place.run(&[&other[..], &["--set", "organisation=Zeta"]].concat());
    assert!(
        ran.code != 0 && ran.err.contains("--set organisation=Acme") && ran.err.contains("--new"),
        "{}",
        ran.err
    );
    // Nor does another questionnaire replace the one that people have joined.
    let ran =
        place.run(&[&["serve", "building-blocks"], &other[2..], &["--set", "organisation=Acme"]].concat());
    assert!(ran.code != 0 && ran.err.contains("another questionnaire"), "{}", ran.err);
    assert_eq!(open("Acme", &[]), acme);
    assert_ne!(open("Zeta", &["--new"]), acme);
}

#[test]
fn a_study_has_one_room_at_a_time() {
    let place = Place::new();
    let about = ["--set", "organisation=Acme"];
    let (room, _) = Room::serve(&place, "workshop-pulse", &[&about[..], &["--kiosk"]].concat());
    let again = ["serve", "workshop-pulse", "--address", "127.0.0.1", "--port", "0", "--headless", "--new"];
    let ran = place.run(&[&again[..], &about].concat());
    assert!(ran.code != 0 && ran.err.contains("another relata has opened a room"), "{}", ran.err);
    // Links for one respondent go beside it.
    let client = [&about[..], &["--respondent", "R001", "--set", "client=Acme"]].concat();
    let (link, _) = Room::serve(&place, "client-view", &client);
    drop((room, link));
    Room::serve(&place, "workshop-pulse", &[&about[..], &["--kiosk"]].concat());
}
