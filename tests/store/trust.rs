//! A study file is believed only as far as it proves itself: what relata did not put there is refused, a changed letter is
//! found and named, and one bad session takes nothing else with it.

use std::path::{Path, PathBuf};

use relata::interview::{Event, Journal};
use relata::store::{FEW_ERASURES, Problem, SessionId, Study, merge};
use rusqlite::Connection;

use super::support::{all_bytes, holds, instrument, noted, place, session, study_with_notes, version_4};

/// Three sessions with three notes each, closed.
fn three(path: &Path) -> Vec<SessionId> {
    let mut study = Study::open(path).unwrap();
    (1..4)
        .map(|number| {
            let id = study.begin(&instrument(), &session(number)).unwrap();
            for kept in 0..3 {
                study.append(&id, kept, kept as i64, &noted(&format!("note {kept} of {number}"))).unwrap();
            }
            id
        })
        .collect()
}

/// Writes past every guard, as somebody does who means it.
fn tamper(path: &Path, sql: &str) {
    let database = Connection::open(path).unwrap();
    let mut guards = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let guards: Vec<(String, String)> =
        guards.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &guards {
        database.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    database.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    database.execute_batch(sql).unwrap();
    for (_, guard) in &guards {
        database.execute_batch(guard).unwrap();
    }
}

#[test]
fn whatever_relata_did_not_make_is_refused_and_left_as_it_was() {
    let foreign = [
        ("CREATE TABLE mine (x)", "the table `mine`"),
        ("CREATE VIEW mine AS SELECT 1", "the view `mine`"),
        ("CREATE INDEX mine ON events (at)", "the index `mine`"),
        (
            "CREATE TRIGGER mine AFTER INSERT ON events BEGIN DELETE FROM tombstones; END",
            "the trigger `mine`",
        ),
        // A view in the place of a table that never comes to an end.
        (
            "ALTER TABLE truths RENAME TO elsewhere;
             CREATE VIEW truths AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
             SELECT x AS session, x AS model, x AS other_model, x AS code FROM n",
            "the view `truths`",
        ),
        // A column that nobody would wipe.
        ("ALTER TABLE truths ADD COLUMN note TEXT", "the table `truths`"),
        ("ANALYZE", "the table `sqlite_stat1`"),
    ];
    for (sql, what) in foreign {
        let (_folder, path) = place();
        study_with_notes(&path, 3);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        let before = std::fs::read(&path).unwrap();
        for open in [Study::open, Study::open_existing, Study::open_read_only, Study::look] {
            let error = open(&path).unwrap_err();
            assert_eq!(error.problem, Problem::Foreign(what.into()), "{sql}: {error}");
        }
        assert!(std::fs::read(&path).unwrap() == before, "{sql}");
    }
}

#[test]
fn texts_in_another_encoding_are_refused() {
    let (_folder, path) = place();
    let mut dump = String::new();
    {
        let fresh = Study::open(&path).unwrap();
        let database = Connection::open(&path).unwrap();
        let mut entries = database.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL").unwrap();
        for sql in entries.query_map([], |row| row.get::<_, String>(0)).unwrap() {
            dump += &(sql.unwrap() + ";\n");
        }
        let version = fresh.file_version().unwrap();
        dump += &format!("INSERT INTO meta (key, value) VALUES ('study', 'x'), ('file', 'x'), ('writes', '0');
             PRAGMA application_id = {}; PRAGMA user_version = {version};", 0x726c_7461);
    }
    std::fs::remove_file(&path).unwrap();
    Connection::open(&path).unwrap().execute_batch(&format!("PRAGMA encoding = 'UTF-16';\n{dump}")).unwrap();
    for open in [Study::open, Study::look] {
        let error = open(&path).unwrap_err();
        assert!(matches!(&error.problem, Problem::Foreign(what) if what.contains("UTF-16")), "{error}");
    }
}

#[test]
fn a_changed_letter_anywhere_is_found_and_named() {
    let changes = [
        ("UPDATE events SET event = replace(event, 'note 1', 'note 7') WHERE seq = 1", 1),
        ("UPDATE events SET at = at + 1 WHERE seq = 2", 2),
        ("UPDATE events SET link = 'x' WHERE seq = 0", 0),
        ("UPDATE sessions SET seed = '7'", 0),
        ("UPDATE sessions SET respondent = 'R9'", 0),
        ("UPDATE sessions SET begun_at = begun_at + 1", 0),
    ];
    for (change, event) in changes {
        let (_folder, path) = place();
        let ids = three(&path);
        let column = if change.contains("sessions") { "id" } else { "session" };
        let and = if change.contains("WHERE") { "AND" } else { "WHERE" };
        tamper(&path, &format!("{change} {and} {column} = '{}'", ids[1]));
        let mut study = Study::open(&path).unwrap();
        let expected = Problem::Changed { session: ids[1].to_string(), event };
        assert_eq!(study.events(&ids[1]).unwrap_err().problem, expected, "{change}");
        let changed = study.changed().unwrap();
        assert_eq!(changed.len(), 1, "{change}");
        assert_eq!((&changed[0].session, &changed[0].problem), (&ids[1].to_string(), &expected));
        // The others are as they were, and the bad one can go.
        assert_eq!(study.events(&ids[0]).unwrap().len(), 3);
        study.append(&ids[2], 3, 9, &noted("goes on")).unwrap();
        assert_eq!(study.erase_session(&ids[1], 0).unwrap(), 1);
        assert!(study.changed().unwrap().is_empty());
    }
}

#[test]
fn an_older_file_gets_its_links_and_keeps_everything() {
    let (_folder, path) = place();
    drop(version_4(&path));
    assert_eq!(Study::open_read_only(&path).unwrap_err().problem, Problem::Older);
    let study = Study::look(&path).unwrap();
    let headers = study.sessions().unwrap();
    assert_eq!(headers.iter().map(|header| header.events).collect::<Vec<_>>(), [headers[0].events, 5]);
    for header in &headers {
        assert_eq!(study.events(&header.id).unwrap().len(), header.events);
        assert_eq!(header.journal.len(), 32);
    }
    assert_eq!(study.changed().unwrap(), []);
    let branches = study.branches().unwrap();
    assert_eq!(study.branch_events(&branches[0]).unwrap().len(), 4);
    drop(study);
    // Linked is linked: a letter that changes afterwards is found.
    tamper(&path, "UPDATE events SET event = replace(event, 'again', 'never')");
    assert_eq!(Study::look(&path).unwrap().changed().unwrap().len(), 1);
    tamper(&path, "UPDATE branches SET event = replace(event, 'here', 'nowhere')");
    let study = Study::look(&path).unwrap();
    assert!(study.branches().unwrap().iter().all(|branch| study.branch_events(branch).is_err()));
}

/// Sessions that no relata wrote.
const BAD: &[&str] = &[
    "UPDATE sessions SET seed = '-1'",
    "UPDATE sessions SET fields = '{'",
    "UPDATE sessions SET mode = 'dreamt'",
    "UPDATE sessions SET id = 'no id at all'",
    "UPDATE sessions SET instrument = 'nothing'",
    "UPDATE events SET event = '{\"noted\":{\"item\":\"words\"}}' WHERE seq = 0",
    "DELETE FROM events WHERE seq = 1",
];

#[test]
fn a_bad_session_is_named_and_left_out_of_a_merge_and_can_be_erased_at_home() {
    for bad in BAD {
        let (folder, path) = place();
        let team = folder.path().join("team.relata");
        three(&path);
        let ids = three(&team);
        // The stranger's session is one that the team has not got.
        let mut study = Study::open(&path).unwrap();
        let stranger = study.begin(&instrument(), &session(9)).unwrap();
        for kept in 0..3 {
            study.append(&stranger, kept, 1, &noted("from elsewhere")).unwrap();
        }
        drop(study);
        let column = if bad.contains(" sessions ") { "id" } else { "session" };
        let and = if bad.contains("WHERE") { "AND" } else { "WHERE" };
        tamper(&path, &format!("{bad} {and} {column} = '{stranger}'"));
        if bad.contains("no id") {
            tamper(
                &path,
                &format!("UPDATE events SET session = 'no id at all' WHERE session = '{stranger}'"),
            );
        }
        let merged = merge(&[team.clone(), path.clone()], &team, FEW_ERASURES).unwrap();
        assert_eq!((merged.sessions, merged.left_out.len()), (3, 1), "{bad}: {:?}", merged.left_out);
        let (file, name, _) = &merged.left_out[0];
        assert_eq!(file.file_name(), path.file_name());
        assert!(name == &stranger.to_string() || name == "no id at all", "{name}");
        // The team's file works.
        let study = Study::open(&team).unwrap();
        assert_eq!(study.all_sessions().unwrap().1, []);
        assert!(ids.iter().all(|id| study.events(id).unwrap().len() == 3));
        // And so does the other one, in which it can be erased by its name, whatever that is.
        let mut study = Study::open(&path).unwrap();
        assert!(study.sessions().unwrap().len() >= 3, "{bad}");
        let (id, _) = study.find(name).unwrap();
        let traces = study.traces_of(&[&id]).unwrap();
        assert_eq!(study.erase_session(&id, 0).unwrap(), 1, "{bad}");
        assert_eq!(study.all_sessions().unwrap().1, []);
        assert_eq!(study.search(traces).unwrap().found, 0, "{bad}");
        assert!(!holds(&all_bytes(&path), "from elsewhere"));
    }
}

#[test]
fn a_session_with_a_tombstone_can_be_erased_again() {
    let (_folder, path) = place();
    let ids = three(&path);
    tamper(&path, &format!("INSERT INTO tombstones VALUES ('{}', '2020-01-01')", ids[0]));
    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.erase_session(&ids[0], 1_760_000_000_000).unwrap(), 1);
    assert_eq!(study.tombstones().unwrap(), [(ids[0], "2020-01-01".to_owned())]);
    assert_eq!(study.sessions().unwrap().len(), 2);
}

#[test]
fn a_merge_that_would_erase_many_asks_first() {
    let (folder, path) = place();
    let other = folder.path().join("other.relata");
    let out = folder.path().join("out.relata");
    let mut study = Study::open(&path).unwrap();
    let ids: Vec<SessionId> =
        (0..6).map(|number| study.begin(&instrument(), &session(number)).unwrap()).collect();
    drop(study);
    std::fs::copy(&path, &other).unwrap();
    let mut study = Study::open(&other).unwrap();
    for id in &ids[..5] {
        study.erase_session(id, 0).unwrap();
    }
    drop(study);
    let files: [PathBuf; 2] = [path.clone(), other];
    for target in [&out, &path] {
        let error = merge(&files, target, FEW_ERASURES).unwrap_err();
        assert_eq!(error.problem, Problem::ManyErasures(5), "{error}");
    }
    assert!(!out.exists());
    assert_eq!(Study::open(&path).unwrap().sessions().unwrap().len(), 6);
    assert_eq!(merge(&files, &out, 5).unwrap().stayed_erased, 5);
    assert_eq!(Study::open(&out).unwrap().sessions().unwrap().len(), 1);
}

#[test]
fn what_was_begun_goes_with_its_session_and_with_its_answer() {
    use relata::instrument::prompt::{Input, Reply, Typed};
    use relata::interview::Begun;

    const HALF: &str = "half a zebrafinch";
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    let mut journal = study.journal(id, 0).unwrap();
    let begun = Begun::Typed(HALF.repeat(500));
    for step in 0..2 {
        journal.keep_begun(1, "words", step, &begun).unwrap();
    }
    assert_eq!(study.begun(&id).unwrap().len(), 2);
    assert_eq!(study.events(&id).unwrap(), []);
    let words = Input::Text(Typed { text: "whole".into(), ..Typed::default() });
    let answer = Event::Answered { item: "words".into(), step: 1, reply: Reply::Given(words) };
    journal.keep(2, &answer).unwrap();
    assert_eq!(study.begun(&id).unwrap().into_keys().collect::<Vec<_>>(), [("words".to_owned(), 0)]);
    journal.keep(3, &Event::Withdrawn).unwrap();
    assert!(study.begun(&id).unwrap().is_empty());

    let id = study.begin(&instrument(), &session(2)).unwrap();
    study.journal(id, 0).unwrap().keep_begun(1, "words", 0, &begun).unwrap();
    let traces = study.traces_of(&[id]).unwrap();
    drop(journal);
    study.erase_session(&id, 0).unwrap();
    assert_eq!(study.search(traces).unwrap().found, 0);
    assert!(!holds(&all_bytes(&path), HALF));
}

#[test]
fn the_good_one_of_two_copies_is_taken_whatever_their_order() {
    let (folder, path) = place();
    let bad = folder.path().join("bad.relata");
    let ids = three(&path);
    std::fs::copy(&path, &bad).unwrap();
    tamper(
        &bad,
        &format!("UPDATE events SET event = replace(event, 'note 1', 'note 7') WHERE session = '{}'", ids[1]),
    );
    let good = Study::open_read_only(&path).unwrap().events(&ids[1]).unwrap();
    for (round, files) in [[path.clone(), bad.clone()], [bad.clone(), path.clone()]].into_iter().enumerate() {
        let out = folder.path().join(format!("out-{round}.relata"));
        let merged = merge(&files, &out, FEW_ERASURES).unwrap();
        assert_eq!((merged.sessions, merged.left_out.len()), (3, 1));
        let study = Study::open_read_only(&out).unwrap();
        assert_eq!(study.events(&ids[1]).unwrap(), good);
        assert_eq!(study.changed().unwrap(), []);
    }
    // A file that has the bad one itself keeps it as it is, and it is said whose it is.
    let merged = merge(&[bad.clone(), path], &bad, FEW_ERASURES).unwrap();
    assert_eq!(merged.left_out.len(), 1);
    assert_eq!(merged.left_out[0].0.file_name(), bad.file_name());
    assert_eq!(Study::open_read_only(&bad).unwrap().changed().unwrap().len(), 1);
}
