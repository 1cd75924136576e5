//! A room that the program opens on loopback, and phones simulated without a browser.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};
use std::time::Duration;

use crate::journeys::support::Place;

/// A running room.
pub struct Room {
    pub child: Child,
    pub say: Option<ChildStdin>,
    pub hear: BufReader<ChildStdout>,
    pub port: u16,
    pub code: String,
    pub wall: String,
}

impl Room {
    pub fn open(place: &Place, more: &[&str]) -> Self {
        let common = [
            "workshop",
            "--address",
            "127.0.0.1",
            "--port",
            "0",
            "--headless",
            "--lang",
            "en",
            "--smallest-group",
            "5",
        ];
        let about = ["--set", "organisation=Acme & <i>Sons</i>"];
        let mut child = place
            .command(&[&common[..], &about[..], more].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let say = child.stdin.take();
        let hear = BufReader::new(child.stdout.take().unwrap());
        let mut room = Self { child, say, hear, port: 0, code: String::new(), wall: String::new() };
        let join = room.line();
        let (address, code) = join.strip_prefix("join: http://127.0.0.1:").unwrap().split_once('/').unwrap();
        (room.port, room.code) = (address.parse().unwrap(), code.to_owned());
        let wall = room.line();
        room.wall = wall[wall.find("/p/").unwrap()..].to_owned();
        room
    }

    /// What is served on loopback, with the path of its first address.
    pub fn serve(place: &Place, questionnaire: &str, more: &[&str]) -> (Self, String) {
        let common = ["serve", questionnaire, "--address", "127.0.0.1", "--port", "0", "--headless"];
        let mut child = place
            .command(&[&common[..], more].concat())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let say = child.stdin.take();
        let hear = BufReader::new(child.stdout.take().unwrap());
        let mut room = Self { child, say, hear, port: 0, code: String::new(), wall: String::new() };
        let first = room.line();
        let (port, path) = first.split_once("http://127.0.0.1:").unwrap().1.split_once('/').unwrap();
        room.port = port.parse().unwrap();
        let path = format!("/{path}");
        (room, path)
    }

    pub fn line(&mut self) -> String {
        let mut line = String::new();
        self.hear.read_line(&mut line).unwrap();
        line.trim().to_owned()
    }

    pub fn ask(&mut self, what: &str) -> String {
        writeln!(self.say.as_mut().unwrap(), "{what}").unwrap();
        self.line()
    }

    /// A phone that has joined.
    pub fn phone(&self) -> Phone {
        let mut phone = Phone { port: self.port, cookie: String::new() };
        let joined = phone.post(&format!("/{}", self.code), &[("lang", "en"), ("do", "join")]);
        assert_eq!(joined.status, 303, "{joined:?}");
        assert!(phone.cookie.contains('='));
        phone
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub struct Phone {
    pub port: u16,
    pub cookie: String,
}

#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = |line: &&str| line.to_lowercase().starts_with(&format!("{name}: "));
        self.head.lines().find(found).and_then(|line| line.split_once(": ")).map(|(_, value)| value)
    }

    /// The value of a hidden field of the form.
    pub fn carried(&self, name: &str) -> String {
        let after = self.body.split(&format!("name=\"{name}\" value=\"")).nth(1);
        after.and_then(|rest| rest.split('"').next()).unwrap_or_default().to_owned()
    }

    pub fn fields(&self) -> Vec<(String, String)> {
        ["kept", "item", "step"].map(|name| (name.to_owned(), self.carried(name))).to_vec()
    }

    /// The first value of every group of radio buttons; consent is given.
    pub fn chosen(&self) -> Vec<(String, String)> {
        let mut chosen: Vec<(String, String)> = Vec::new();
        for input in self.body.split("<input type=\"radio\" name=\"").skip(1) {
            let mut parts = input.split('"');
            let (name, value) = (parts.next().unwrap(), parts.nth(1).unwrap());
            if chosen.iter().all(|(known, _)| known != name) {
                chosen.push((name.to_owned(), value.to_owned()));
            }
        }
        chosen
    }
}

pub fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// Sends these bytes, and reads until the connection closes.
pub fn raw(port: u16, request: &[u8]) -> Answer {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(40))).unwrap();
    // A request that is refused early may find the connection closed before it is sent completely.
    let _ = stream.write_all(request);
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

impl Phone {
    pub fn get(&mut self, path: &str) -> Answer {
        self.send("GET", path, "", "")
    }

    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let pairs: Vec<String> =
            fields.iter().map(|(name, value)| format!("{}={}", encoded(name), encoded(value))).collect();
        let origin = format!("Origin: http://127.0.0.1:{}\r\n", self.port);
        self.send("POST", path, &origin, &pairs.join("&"))
    }

    pub fn send(&mut self, method: &str, path: &str, more: &str, body: &str) -> Answer {
        let Self { port, cookie } = self;
        let form = "Content-Type: application/x-www-form-urlencoded\r\n";
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n{form}{more}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let answer = raw(self.port, request.as_bytes());
        if let Some(set) = answer.header("set-cookie") {
            self.cookie = set.split(';').next().unwrap().to_owned();
        }
        answer
    }

    /// Answers the question on this page; returns the fields that were sent.
    pub fn answer(&mut self, page: &Answer, number: usize) -> Vec<(String, String)> {
        let mut fields = page.fields();
        let what = if page.body.contains("value=\"finish\"") {
            "finish"
        } else if page.body.contains("name=\"t\"") {
            // The same words from everyone, because answers of fewer than three people are not shown.
            let words = ["honest <script>", "dear", "slow", "late", "plain"];
            fields.push(("t".into(), words[number % words.len()].to_owned()));
            "answer"
        } else {
            fields.extend(page.chosen());
            "answer"
        };
        fields.push(("do".into(), what.into()));
        let sent: Vec<(&str, &str)> = fields.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        let answer = self.post("/q", &sent);
        assert_eq!(
            (answer.status, answer.header("location")),
            (303, Some("/q")),
            "{page:?} {fields:?} {answer:?}"
        );
        fields
    }

    /// Answers everything, and returns the number of pages.
    pub fn walk(&mut self) -> usize {
        for number in 0..100 {
            let page = self.get("/q");
            if !page.body.contains("action=\"/q\"") {
                return number;
            }
            // The words come second, third and fourth.
            self.answer(&page, number.saturating_sub(1));
        }
        panic!("no end");
    }
}
