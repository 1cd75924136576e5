//! A full room: two hundred phones that answer everything over loopback, beside two hundred connections that say nothing and two hundred
//! that say half a request; then a server that is killed again and again under phones that go on.
//!
//! `cargo bench --bench room`, or `cargo bench --bench room -- 50` for that many kills (20 if not said).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed"
)]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use relata::interview::Event;
use relata::store::Study;

const PHONES: usize = 200;
const QUESTIONS: usize = 30;

/// A questionnaire of thirty pages, every sixth of which takes a sentence.
fn questionnaire(folder: &Path) -> PathBuf {
    let mut text = String::from(
        "format = 1\nname = \"thirty\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"Thirty\"\nminutes = 5\n\n\
         [choices.agree]\nlabels = [\"no\", \"so so\", \"yes\"]\n\n[[groups]]\nname = \"all\"\nlabel = \"All\"\n",
    );
    for number in 1..=QUESTIONS {
        let kind = if number % 6 == 0 { "text\"" } else { "likert\"\nchoices = \"agree\"" };
        text += &format!(
            "\n[[groups.items]]\nname = \"q{number}\"\nkind = \"{kind}\nlabel = \"Question {number}.\"\n"
        );
    }
    let path = folder.join("thirty.toml");
    std::fs::write(&path, text).unwrap();
    path
}

struct Server {
    child: Child,
    /// Held open: the room runs until this ends.
    _say: ChildStdin,
    port: u16,
    code: String,
}

impl Server {
    fn open(study: &Path, port: u16) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_relata"))
            .arg("workshop")
            .arg(questionnaire(study.parent().unwrap()))
            .args([
                "--address",
                "127.0.0.1",
                "--headless",
                "--lang",
                "en",
                "--joins",
                "100000",
                "--port",
                &port.to_string(),
                "--study",
            ])
            .arg(study)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let (port, code) =
            line.trim().strip_prefix("join: http://127.0.0.1:").unwrap().split_once('/').unwrap();
        let say = child.stdin.take().unwrap();
        Self { port: port.parse().unwrap(), code: code.to_owned(), _say: say, child }
    }

    fn memory(&self) -> String {
        let Ok(status) = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())) else {
            return "unknown here".to_owned();
        };
        let line = status.lines().find(|line| line.starts_with("VmHWM")).expect("the server still runs");
        line.split_whitespace().skip(1).collect::<Vec<_>>().join(" ")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request on a connection of its own: head and body of the answer; none where the server is not there.
fn request(port: u16, line: &str, cookie: &str, body: &str) -> Option<(String, String)> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
    let all = format!(
        "{line} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nConnection: close\r\nCookie: {cookie}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(all.as_bytes()).ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    Some((head.to_owned(), body.to_owned()))
}

struct Phone {
    cookie: String,
    acknowledged: usize,
    /// The session, as the cookie names it.
    session: String,
}

impl Phone {
    /// None where the server is not there, or lets nobody in just now.
    fn join(port: u16, code: &str) -> Option<Self> {
        let (head, _) = request(port, &format!("POST /{code}"), "", "do=join&lang=en")?;
        let cookie = head.split("set-cookie: ").nth(1)?.split(';').next()?.to_owned();
        let session = cookie.split('=').nth(1)?.split('.').next()?.to_owned();
        Some(Self { cookie, acknowledged: 0, session })
    }

    /// The form that answers a page with the first of everything; none at the end.
    fn form(page: &str, number: usize) -> Option<String> {
        let carried = |name: &str| {
            let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
            let value = after.and_then(|rest| rest.split('"').next());
            value.unwrap_or_else(|| panic!("the page carries no `{name}`")).to_owned()
        };
        if !page.contains("action=\"/q\"") {
            return None;
        }
        if page.contains("value=\"finish\"") {
            return Some(format!("kept={}&item=&step=&do=finish", carried("kept")));
        }
        let mut form = format!("kept={}&item={}&step={}", carried("kept"), carried("item"), carried("step"));
        if page.contains("name=\"t\"") {
            form += &format!("&t=word{number}");
        }
        let mut seen = Vec::new();
        for input in page.split("<input type=\"radio\" name=\"").skip(1) {
            let mut parts = input.split('"');
            let (name, value) =
                parts.next().zip(parts.nth(1)).expect("a radio button has a name and a value");
            if !seen.contains(&name) {
                form += &format!("&{name}={value}");
                seen.push(name);
            }
        }
        Some(form + "&do=answer")
    }

    /// Answers everything, and thinks before each answer; how long each took to be acknowledged. A server that is gone for a moment
    /// is waited for.
    fn walk(&mut self, port: u16, thinks: Duration, times: &mut Vec<Duration>) {
        for number in 0.. {
            std::thread::sleep(thinks);
            let page = loop {
                match request(port, "GET /q", &self.cookie, "") {
                    Some((head, page)) if head.contains(" 200 ") => break page,
                    _ => std::thread::sleep(Duration::from_millis(20)),
                }
            };
            let Some(form) = Self::form(&page, number) else { return };
            let begun = Instant::now();
            if let Some((head, _)) = request(port, "POST /q", &self.cookie, &form)
                && head.contains(" 303 ")
                && !head.contains("old=1")
            {
                times.push(begun.elapsed());
                self.acknowledged += 1;
            }
        }
    }
}

/// Every acknowledged answer is in the file; how many answers there are in all.
fn check(study: &Path, phones: &[Phone]) -> usize {
    let study = Study::open(study).unwrap();
    let kept = |phone: &Phone| {
        let id = phone.session.parse().unwrap();
        let events = study.events(&id).unwrap();
        let counts = |event: &Event| matches!(event, Event::Answered { .. } | Event::Finished);
        let kept = events.iter().filter(|stamped| counts(&stamped.event)).count();
        assert!(kept >= phone.acknowledged, "{}: {kept} of {}", phone.session, phone.acknowledged);
        kept
    };
    phones.iter().map(kept).sum()
}

fn full_room(folder: &Path) {
    let study = folder.join("room.relata");
    let server = Server::open(&study, 0);
    let port = server.port;
    let silent: Vec<TcpStream> =
        (0..PHONES).map(|_| TcpStream::connect(("127.0.0.1", port)).unwrap()).collect();
    let half: Vec<TcpStream> = (0..PHONES)
        .map(|_| {
            let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
            stream.write_all(b"GET /q HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ").unwrap();
            stream
        })
        .collect();
    let stalled = Instant::now();
    let mut phones: Vec<Phone> = (0..PHONES).map(|_| Phone::join(port, &server.code).unwrap()).collect();
    let begun = Instant::now();
    let mut times: Vec<Duration> = std::thread::scope(|threads| {
        let walks: Vec<_> = phones
            .iter_mut()
            .map(|phone| {
                threads.spawn(move || {
                    let mut times = Vec::new();
                    phone.walk(port, Duration::ZERO, &mut times);
                    times
                })
            })
            .collect();
        walks.into_iter().flat_map(|walk| walk.join().unwrap()).collect()
    });
    let took = begun.elapsed();
    times.sort();
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{PHONES} phones, {} answers in {took:.1?}; acknowledged after {:.1?} (median), {:.1?} (99 %), {:.1?} (most); memory {}",
        times.len(),
        at(0.5),
        at(0.99),
        at(1.0),
        server.memory()
    );
    for mut stream in silent.into_iter().chain(half) {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).expect("a stalled client is still there");
    }
    println!("{} stalled connections were gone after {:.1?}", 2 * PHONES, stalled.elapsed());
    drop(server);
    println!("kept: {}", check(&study, &phones));
}

fn killed(folder: &Path, kills: usize) {
    let study = folder.join("killed.relata");
    let mut server = Server::open(&study, 0);
    let (port, code) = (server.port, server.code.clone());
    let (over, met) = (&AtomicBool::new(false), &Mutex::new(Vec::new()));
    std::thread::scope(|threads| {
        for _ in 0..20 {
            threads.spawn(|| {
                // Whoever is done makes room for the next, for as long as the server is being killed.
                while !over.load(Ordering::SeqCst) {
                    let Some(mut phone) = Phone::join(port, &code) else {
                        std::thread::sleep(Duration::from_millis(20));
                        continue;
                    };
                    phone.walk(port, Duration::from_millis(40), &mut Vec::new());
                    met.lock().unwrap().push(phone);
                }
            });
        }
        for killed in 0..kills {
            // Instants that share nothing with what the phones do.
            std::thread::sleep(Duration::from_micros(1_000 + 7_919 * killed as u64 % 40_000));
            server.child.kill().unwrap();
            server.child.wait().unwrap();
            server = Server::open(&study, port);
        }
        over.store(true, Ordering::SeqCst);
    });
    drop(server);
    let phones = std::mem::take(&mut *met.lock().unwrap());
    println!(
        "killed {kills} times under {} phones; nothing that was acknowledged was lost; kept: {}",
        phones.len(),
        check(&study, &phones)
    );
}

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let kills = std::env::args().filter_map(|argument| argument.parse().ok()).next().unwrap_or(20);
    let folder = tempfile::TempDir::new().unwrap();
    full_room(folder.path());
    killed(folder.path(), kills);
}
