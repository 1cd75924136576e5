//! Who comes into a room, and what keeps everybody else out.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::support::{Phone, Room, raw};
use crate::journeys::support::Place;

#[test]
fn whose_entry_was_lost_on_its_way_comes_in_by_the_same_form_though_the_room_is_locked() {
    let place = Place::new();
    let mut room = Room::open(&place, &[]);
    let door = format!("/{}", room.code);
    let mut lost = Phone { port: room.port, cookie: String::new() };
    let once = lost.get(&door).carried("once");
    assert!(once.len() == 32 && once != lost.get(&door).carried("once"), "{once}");
    let form = [("lang", "en"), ("once", once.as_str()), ("do", "join")];
    let join = |lost: &mut Phone, form: &[(&str, &str)]| {
        lost.cookie.clear();
        let status = lost.post(&door, form).status;
        (status, lost.cookie.clone())
    };
    let first = join(&mut lost, &form);
    assert_eq!((first.0, join(&mut lost, &form)), (303, first.clone()));
    assert_eq!(room.ask("lock"), "locked");
    assert_eq!(join(&mut lost, &form), first);
    assert_eq!(room.ask("status"), "joined 1 answering 0 finished 0 locked true shown no");
    // By another form nobody comes in, nor by this one when something is answered.
    for other in ["", "0".repeat(32).as_str()] {
        assert_eq!(join(&mut lost, &[("once", other), ("do", "join")]).0, 403);
    }
    lost.cookie = first.1;
    let page = lost.get("/q");
    lost.answer(&page, 0);
    assert_eq!(join(&mut lost, &form).0, 403);
}

#[test]
fn nobody_gets_in_by_a_trick() {
    let place = Place::new();
    let mut room = Room::open(&place, &["--joins", "3"]);
    let mut phone = room.phone();
    let port = room.port;
    let code = room.code.clone();
    let own = phone.cookie.clone();
    let status = |method: &str, path: &str, head: &str, body: &str| {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nConnection: close\r\n{head}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        raw(port, request.as_bytes()).status
    };
    let host = format!("Host: 127.0.0.1:{port}\r\n");
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let here = format!("{host}Origin: http://127.0.0.1:{port}\r\nCookie: {own}\r\n");
    // Another site's page, another site's name, and a request without an origin.
    assert_eq!(
        status(
            "POST",
            "/q",
            &format!("{host}Origin: http://evil.example\r\nCookie: {own}\r\n{form}"),
            "do=back"
        ),
        403
    );
    assert_eq!(status("POST", "/q", &format!("{here}Sec-Fetch-Site: cross-site\r\n{form}"), "do=back"), 403);
    assert_eq!(status("POST", "/q", &format!("{host}Cookie: {own}\r\n{form}"), "do=back"), 403);
    assert_eq!(status("GET", "/q", "Host: evil.example\r\n", ""), 421);
    // Invalid bodies.
    let large =
        format!("POST /q HTTP/1.1\r\nConnection: close\r\n{here}{form}Content-Length: 200000\r\n\r\n");
    assert_eq!(raw(port, large.as_bytes()).status, 413);
    assert_eq!(status("POST", "/q", &format!("{here}Content-Type: application/json\r\n"), "{}"), 415);
    assert_eq!(status("POST", "/q", &format!("{here}{form}"), "do=%FF%FE"), 400);
    // Forged cookies, and those of another room.
    let forged = own.replace(&own[own.len() - 6..], "000000");
    for cookie in ["", "relata_WRONG=1", &forged, &format!("relata_{code}=../../etc/passwd")] {
        assert_eq!(status("GET", "/q", &format!("{host}Cookie: {cookie}\r\n"), ""), 303, "{cookie}");
    }
    for path in [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/p/",
        "/p/0000",
        "/p/0000/wait",
        "/l/1-0",
        "/WRONG",
        "/q/../p/x",
    ] {
        assert_eq!(status("GET", path, &host, ""), 404, "{path}");
    }
    assert_eq!(status("PUT", "/q", &here, ""), 405);
    // An entry request without fields, or with wrong ones.
    let door = format!("{host}Origin: http://127.0.0.1:{port}\r\n{form}");
    for body in ["", "do=joinx", "lang=en", "do=answer"] {
        assert_eq!(status("POST", &format!("/{code}"), &door, body), 422, "{body}");
    }
    // Nothing of all this was an answer.
    assert_eq!(room.ask("status"), "joined 1 answering 0 finished 0 locked false shown no");
    // An item that is not asked, an invalid value, and a number that is not the page's.
    let page = phone.get("/q");
    let kept = page.carried("kept");
    let refused =
        phone.post("/q", &[("kept", &kept), ("item", "words"), ("step", "0"), ("t", "x"), ("do", "answer")]);
    assert_eq!(refused.status, 422);
    let refused = phone.post(
        "/q",
        &[("kept", &kept), ("item", "consent"), ("step", "0"), ("v", "<b>maybe</b>"), ("do", "answer")],
    );
    assert!(refused.status == 422 && !refused.body.contains("<b>maybe"), "{}", refused.body);
    // What no button of the page sends is no answer, whatever else the form holds.
    let consents = [("kept", kept.as_str()), ("item", "consent"), ("step", "0"), ("v", "yes")];
    for what in [None, Some("nonsense"), Some("reveal"), Some("dont_know"), Some("")] {
        let fields: Vec<_> = consents.into_iter().chain(what.map(|what| ("do", what))).collect();
        let refused = phone.post("/q", &fields);
        assert!(
            refused.status == 422 && refused.body.contains("none of the buttons"),
            "{what:?} {refused:?}"
        );
    }
    assert_eq!(phone.get("/q").carried("kept"), kept);
    // Every response forbids foreign scripts, framing and caching.
    let policy = page.header("content-security-policy").unwrap();
    assert!(
        policy.contains("default-src 'none'")
            && policy.contains("frame-ancestors 'none'")
            && !policy.contains("unsafe")
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("cache-control", "no-store"),
        ("referrer-policy", "same-origin"),
    ] {
        assert_eq!(page.header(name), Some(value));
    }
    // A flood is refused.
    let flood: Vec<u16> = (0..4)
        .map(|_| Phone { port, cookie: String::new() }.post(&format!("/{code}"), &[("do", "join")]).status)
        .collect();
    assert_eq!(flood, [303, 303, 429, 429]);
}

#[test]
fn who_stalls_is_sent_away() {
    let place = Place::new();
    let room = Room::open(&place, &[]);
    let port = room.port;
    let body = format!(
        "POST /{} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 50\r\n\r\ndo=jo",
        room.code
    );
    let stalls = [
        String::new(),
        "GET / HT".to_owned(),
        format!("GET / HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nX: "),
        body,
    ];
    let begun = Instant::now();
    let open: Vec<TcpStream> = stalls
        .iter()
        .map(|said| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
            stream.write_all(said.as_bytes()).unwrap();
            stream
        })
        .collect();
    for (mut stream, said) in open.into_iter().zip(&stalls) {
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap_or_else(|_| panic!("still open after {said:?}"));
    }
    assert!(begun.elapsed() < Duration::from_secs(15), "{:?}", begun.elapsed());
    // Meanwhile and afterwards all others are answered.
    assert_eq!(Phone { port, cookie: String::new() }.get("/").status, 200);
}
