//! Shared by the tests of the study file: a temporary folder, an instrument, sessions with real events.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::Arc;

use relata::instrument::prompt::{Input, Reply};
use relata::instrument::{Instrument, Language, shipped};
use relata::interview::simulate::walk;
use relata::interview::{Event, Stamped, Start};
use relata::store::{Mode, NewSession, SessionId, Study};
use tempfile::TempDir;

use crate::journeys::support::somebody;

/// A folder with a place for a study in it.
pub fn place() -> (TempDir, PathBuf) {
    let folder = crate::folder::folder();
    let path = folder.path().join("study.relata");
    (folder, path)
}

pub fn instrument() -> Arc<Instrument> {
    Arc::new(shipped::read("workshop-pulse").unwrap().instrument.unwrap())
}

/// The session number `n`; the respondent's code is `R` and the number.
pub fn session(n: u64) -> NewSession {
    let at = 1_760_000_000_000 + n as i64 * 1_000;
    let mut random = [7; 10];
    random[2..].copy_from_slice(&n.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes());
    NewSession {
        id: SessionId::new(at, random),
        start: Start {
            seed: u64::MAX - n,
            language: Language::new("nl"),
            fields: BTreeMap::from([("organisation".to_owned(), "Bakkerij ’t Hoekje".to_owned())]),
            at,
            offset: None,
        },
        respondent: format!("R{n}"),
        interviewer: Some("INT-1".to_owned()),
        mode: Mode::Screen,
        test: n.is_multiple_of(2),
    }
}

/// A whole real interview.
pub fn walked(instrument: &Arc<Instrument>, session: &NewSession) -> Vec<Stamped> {
    let persona = somebody();
    walk(instrument.clone(), session.start.clone(), &persona).unwrap().events
}

/// A note: an event that can carry any text.
pub fn noted(text: &str) -> Event {
    Event::Noted { item: "words".to_owned(), text: text.to_owned() }
}

pub fn answered(number: f64) -> Event {
    Event::Answered { item: "age".to_owned(), step: 0, reply: Reply::Given(Input::Number(number)) }
}

/// A closed study at `path` with session 1 and this many notes in it.
pub fn study_with_notes(path: &Path, notes: usize) -> SessionId {
    let mut study = Study::open(path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    for n in 0..notes {
        study.append(&id, n, n as i64, &noted(&format!("note {n} {}", "-".repeat(300)))).unwrap();
    }
    id
}

/// A study of file version 4, open in a database of its own.
pub fn version_4(path: &Path) -> rusqlite::Connection {
    let old = rusqlite::Connection::open(path).unwrap();
    old.pragma_update(None, "foreign_keys", false).unwrap();
    old.execute_batch(include_str!("../fixtures/store/version-4.sql")).unwrap();
    old
}

/// Every byte of the study: the file and everything beside it.
pub fn all_bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    for entry in std::fs::read_dir(path.parent().unwrap()).unwrap() {
        bytes.extend(std::fs::read(entry.unwrap().path()).unwrap());
    }
    bytes
}

pub fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// This test program again, to run one test in a separate process with `RELATA_STUDY_UNDER_TEST` set to `path`.
pub fn helper(test: &str, path: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--nocapture"]).env(UNDER_TEST, path);
    command
}

/// The study that [`helper`] started this process for, if any.
pub fn under_test() -> Option<PathBuf> {
    std::env::var_os(UNDER_TEST).map(PathBuf::from)
}

pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

const UNDER_TEST: &str = "RELATA_STUDY_UNDER_TEST";
