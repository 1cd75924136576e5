//! Nothing is lost unnoticed: the end of a journal, a whole session, a code, a tombstone; and one unreadable page only affects
//! its own rows.

use std::path::Path;

use relata::analysis::plan::Plan;
use relata::coding::transcript::Turn;
use relata::coding::{Coding, Transcript};
use relata::instrument::RelationalModel;
use relata::interview::{Event, SessionState};
use relata::store::{Code, CodeId, LostRows, Problem, SessionId, Study, merge};
use relata::study::UnusablePart;
use rusqlite::Connection;

use super::support::{instrument, noted, place, session};
use super::trust::{tamper, three};

#[test]
fn an_end_that_was_cut_off_is_named_and_can_be_restored_or_erased() {
    for left in 0..3 {
        let (folder, path) = place();
        let ids = three(&path);
        let good = folder.path().join("good.relata");
        std::fs::copy(&path, &good).unwrap();
        tamper(&path, &format!("DELETE FROM events WHERE session = '{}' AND seq >= {left}", ids[1]));
        let mut study = Study::open(&path).unwrap();
        let cut = Problem::Cut { session: ids[1].to_string(), kept: 3, there: left };
        assert_eq!(study.events(&ids[1]).unwrap_err().problem, cut);
        let changed = study.changed().unwrap();
        assert_eq!((changed.len(), &changed[0].problem), (1, &cut));
        // Nothing can be appended to it, neither an answer nor an end.
        assert_eq!(study.append(&ids[1], left, 9, &noted("goes on")).unwrap_err().problem, cut);
        assert!(study.journal(ids[1], left).is_err());
        study.append(&ids[2], 3, 9, &noted("goes on")).unwrap();
        drop(study);
        // A merge leaves it out, and takes the complete one from any other file.
        let alone = folder.path().join("alone.relata");
        let merged = merge(std::slice::from_ref(&path), &alone, None).unwrap();
        assert_eq!((merged.sessions, merged.left_out.len()), (2, 1));
        let both = folder.path().join("both.relata");
        merge(&[path.clone(), good], &both, None).unwrap();
        let restored = Study::look(&both).unwrap();
        assert_eq!(restored.events(&ids[1]).unwrap().len(), 3);
        assert_eq!((restored.changed().unwrap(), restored.lost().unwrap()), (vec![], vec![]));
        let mut study = Study::open(&path).unwrap();
        assert_eq!(study.erase_session(&ids[1], 0).unwrap(), 1);
        assert_eq!((study.changed().unwrap(), study.lost().unwrap()), (vec![], vec![]));
    }
}

#[test]
fn a_withdrawal_cannot_be_cut_off() {
    let (_folder, path) = place();
    let ids = three(&path);
    Study::open(&path).unwrap().append(&ids[0], 3, 9, &Event::Withdrawn).unwrap();
    tamper(&path, "DELETE FROM events WHERE event = '\"withdrawn\"'");
    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.session(&ids[0].to_string()).unwrap().state, SessionState::Open);
    assert!(matches!(
        study.append(&ids[0], 3, 9, &noted("goes on")).unwrap_err().problem,
        Problem::Cut { kept: 4, there: 3, .. }
    ));
}

#[test]
fn a_tip_that_was_changed_or_taken_away_is_as_good_as_a_cut() {
    let (_folder, path) = place();
    let ids = three(&path);
    let tip = |path: &Path| -> (i64, String, String) {
        let select = format!("SELECT events, link, seal FROM tips WHERE session = '{}'", ids[0]);
        let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
        Connection::open(path).unwrap().query_row(&select, [], row).unwrap()
    };
    let before = tip(&path);
    Study::open(&path).unwrap().append(&ids[0], 3, 9, &noted("one more")).unwrap();
    let (events, link, seal) = &before;
    let earlier = format!("UPDATE tips SET events = {events}, link = '{link}', seal = '{seal}'");
    for change in ["DELETE FROM tips", "UPDATE tips SET events = 2", "UPDATE tips SET link = 'x'", &earlier] {
        let other = path.with_extension("other");
        std::fs::copy(&path, &other).unwrap();
        tamper(&other, &format!("{change} WHERE session = '{}'", ids[0]));
        let study = Study::look(&other).unwrap();
        let changed = study.changed().unwrap();
        assert_eq!(changed.len(), 1, "{change}");
        assert!(study.events(&ids[0]).is_err() && study.events(&ids[1]).is_ok(), "{change}");
    }
}

fn transcript() -> Transcript {
    let turn = Turn { speaker: None, start: None, end: None, text: "Nobody counts.".into() };
    Transcript { source: "a".repeat(64), no_ratings: false, speakers: Vec::new(), turns: vec![turn] }
}

/// Three sessions, of which one is erased, one has a code and a transcript, and another one has another code of its respondent.
fn full(path: &Path) -> Vec<SessionId> {
    let ids = three(path);
    let mut study = Study::open(path).unwrap();
    let coding = Coding::of(RelationalModel::MarketPricing);
    let id = CodeId::new(1, [3; 10]);
    let code = Code { id, session: ids[0], coder: "C1".into(), at: 1, consensus: false, coding };
    study.add_code(&code).unwrap();
    study.rename(&ids[1], "R9", 5, "").unwrap();
    study.erase_session(&ids[2], 0).unwrap();
    study.freeze(&Plan::default(), 5).unwrap();
    study.attach(&ids[0], &transcript(), 5).unwrap();
    assert_eq!(study.lost().unwrap(), []);
    ids
}

#[test]
fn whole_rows_that_were_taken_away_are_missed() {
    let cases = [
        ("PRAGMA foreign_keys = ON; DELETE FROM sessions WHERE respondent = 'R2'", "sessions"),
        ("DELETE FROM codes", "codes"),
        ("DELETE FROM renames", "renames"),
        ("DELETE FROM tombstones", "tombstones"),
        ("DELETE FROM plans", "plans"),
        ("DELETE FROM transcripts", "transcripts"),
    ];
    for (change, table) in cases {
        let (folder, path) = place();
        full(&path);
        tamper(&path, change);
        let missed = |study: &Study| {
            let lost = study.lost().unwrap();
            lost.contains(&LostRows { table, rows: 1, damaged: false })
        };
        let mut study = Study::look(&path).unwrap();
        assert!(missed(&study), "{change}: {:?}", study.lost().unwrap());
        assert_eq!(study.changed().unwrap(), []);
        drop(study);
        // Later additions and erasings do not hide it.
        study = Study::open(&path).unwrap();
        let id = study.begin(&instrument(), &session(7)).unwrap();
        assert!(missed(&study), "{change}");
        study.erase_session(&id, 0).unwrap();
        study.begin(&instrument(), &session(8)).unwrap();
        assert!(missed(&study), "{change}");
        drop(study);
        // A merge reports it, and the merged file starts without it.
        let out = folder.path().join("out.relata");
        let merged = merge(std::slice::from_ref(&path), &out, None).unwrap();
        assert!(merged.lost.iter().any(|(_, lost)| lost.table == table), "{change}");
        assert_eq!(Study::look(&out).unwrap().lost().unwrap(), []);
        // A file that others are merged into keeps reporting it.
        merge(&[out.clone(), path.clone()], &path, None).unwrap();
        assert!(missed(&Study::look(&path).unwrap()), "{change}");
    }
    // A forged row in place of another, and a changed roll.
    let (_folder, path) = place();
    full(&path);
    tamper(&path, "UPDATE sessions SET seal = '0123456789abcdef0123456789abcdef' WHERE respondent = 'R1'");
    assert_eq!(
        Study::look(&path).unwrap().lost().unwrap(),
        [LostRows { table: "sessions", rows: 0, damaged: false }]
    );
    let (_folder, path) = place();
    full(&path);
    tamper(&path, "DELETE FROM meta WHERE key = 'roll'");
    assert_eq!(Study::look(&path).unwrap().lost().unwrap().len(), 6);
}

#[test]
fn a_file_of_version_8_gets_its_tips_and_keeps_everything() {
    let (_folder, path) = place();
    let ids = full(&path);
    let events = Study::look(&path).unwrap().events(&ids[0]).unwrap();
    tamper(
        &path,
        "DROP TABLE tips; DROP TABLE sheets; DROP TABLE fields; DROP TABLE plans; DROP TABLE transcripts; DROP TABLE advised; DELETE FROM meta WHERE key = 'roll'; PRAGMA user_version = 8",
    );
    assert_eq!(Study::open_read_only(&path).unwrap_err().problem, Problem::Older);
    let study = Study::look(&path).unwrap();
    assert_eq!(study.file_version().unwrap(), 15);
    assert_eq!((study.changed().unwrap(), study.lost().unwrap()), (vec![], vec![]));
    assert_eq!((study.unsound().unwrap(), study.events(&ids[0]).unwrap()), (vec![], events));
    drop(study);
    tamper(&path, &format!("DELETE FROM events WHERE session = '{}' AND seq = 2", ids[0]));
    assert_eq!(Study::look(&path).unwrap().changed().unwrap().len(), 1);
}

/// Overwrites the page that holds `text` most often, of those whose first byte says that rows lie in it.
fn overwrite(path: &Path, text: &str) {
    let mut bytes = std::fs::read(path).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let holds = |page: &[u8]| page.windows(text.len()).filter(|part| *part == text.as_bytes()).count();
    let page = (1..bytes.len() / size).max_by_key(|page| holds(&bytes[page * size..][..size])).unwrap();
    assert!(holds(&bytes[page * size..][..size]) > 5);
    bytes[page * size..][..size].fill(0);
    std::fs::write(path, bytes).unwrap();
}

#[test]
fn a_damaged_page_of_sessions_costs_the_sessions_in_it() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    for number in 0..60 {
        let id = study.begin(&instrument(), &session(number)).unwrap();
        study.append(&id, 0, 1, &noted(&format!("note of {number}"))).unwrap();
    }
    drop(study);
    let sound = path.with_extension("sound");
    std::fs::copy(&path, &sound).unwrap();
    // This text is in headers only.
    overwrite(&path, "INT-1");
    let before = std::fs::read(&path).unwrap();
    let study = Study::look(&path).unwrap();
    let damage = study.damage().unwrap();
    assert!(damage.contains("not all could be read of rows of `sessions`") && damage.len() < 200, "{damage}");
    assert_eq!(study.file_version().unwrap(), 15);
    let (headers, _) = study.all_sessions().unwrap();
    assert!((20..60).contains(&headers.len()), "{}", headers.len());
    for header in &headers {
        assert_eq!(study.events(&header.id).unwrap().len(), 1);
    }
    // The number of missing ones is reported, and what is left of them is named.
    let missing = 60 - headers.len();
    let lost = study.lost().unwrap();
    assert_eq!(lost, [LostRows { table: "sessions", rows: missing as i64, damaged: true }]);
    // They were not taken out on purpose, and neither a merge nor an erasing, which this file refuses, restores them.
    let told = UnusablePart::Lost(lost[0]).to_string();
    assert!(told.contains("pages of it are damaged") && told.contains("a backup"), "{told}");
    assert!(!told.contains("taken out") && !told.contains("merge"), "{told}");
    let told = UnusablePart::Session(study.changed().unwrap().remove(0)).to_string();
    assert!(told.contains("a backup") && !told.contains("merge") && !told.contains("erase"), "{told}");
    assert_eq!(study.changed().unwrap().len(), missing);
    drop(study);
    let out = path.with_extension("out");
    let error = merge(&[sound, path.clone()], &out, None).unwrap_err();
    assert!(matches!(error.problem, Problem::NotWhole(_)), "{error}");
    assert!(std::fs::read(&path).unwrap() == before);
}

#[test]
fn tombstones_that_cannot_be_read_are_named_in_a_file_of_today_too() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    study.begin(&instrument(), &session(500)).unwrap();
    drop(study);
    let day = "2026-03-01";
    let database = Connection::open(&path).unwrap();
    for n in 0..300 {
        let id = format!("019b8d2b-8c00-717d-8907-6fe0e74c{n:04x}");
        database.execute("INSERT INTO tombstones VALUES (?1, ?2, '')", (id, day)).unwrap();
    }
    drop(database);
    overwrite(&path, day);
    let study = Study::look(&path).unwrap();
    let damage = study.damage().unwrap();
    assert!(damage.contains("`tombstones`, which say who was erased"), "{damage}");
    assert_eq!(study.sessions().unwrap().len(), 1);
    drop(study);
    let out = path.with_extension("out");
    let error = merge(std::slice::from_ref(&path), &out, None).unwrap_err();
    assert!(matches!(error.problem, Problem::NotWhole(_)), "{error}");
    assert!(!out.exists());
}
