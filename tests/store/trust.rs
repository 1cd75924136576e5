//! A study file is trusted only as far as its contents verify: foreign content is refused, a changed letter is found and
//! reported, and one bad session does not affect the others.

use std::path::{Path, PathBuf};

use relata::interview::{Event, Journal};
use relata::store::{Problem, SessionId, Study, merge};
use rusqlite::Connection;

use super::support::{all_bytes, holds, instrument, noted, place, session, study_with_notes, version_4};

/// Three sessions with three notes each, closed.
pub fn three(path: &Path) -> Vec<SessionId> {
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

/// Changes the file despite its triggers, as a deliberate attacker would.
pub fn tamper(path: &Path, sql: &str) {
    let database = Connection::open(path).unwrap();
    let mut guards = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let guards: Vec<(String, String)> =
        guards.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &guards {
        database.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    database.execute_batch("PRAGMA foreign_keys = OFF").unwrap();
    database.execute_batch(sql).unwrap();
    // A guard goes with its table.
    let there =
        "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND ?1 LIKE '% ON ' || name || char(10) || '%'";
    for (_, guard) in &guards {
        if database.prepare(there).unwrap().exists([guard]).unwrap() {
            database.execute_batch(guard).unwrap();
        }
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
        // A view in place of a table that never finishes.
        (
            "ALTER TABLE truths RENAME TO elsewhere;
             CREATE VIEW truths AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)
             SELECT x AS session, x AS model, x AS other_model, x AS code FROM n",
            "the view `truths`",
        ),
        // A column that no erasing would wipe.
        ("ALTER TABLE truths ADD COLUMN note TEXT", "a change to the table `truths`"),
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
        dump += &format!(
            "INSERT INTO meta (key, value) VALUES ('study', 'x'), ('file', 'x'), ('writes', '0');
             PRAGMA application_id = {}; PRAGMA user_version = {version};",
            0x726c_7461
        );
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
    // Once linked, a later change of a letter is found.
    tamper(&path, "UPDATE events SET event = replace(event, 'again', 'never')");
    assert_eq!(Study::look(&path).unwrap().changed().unwrap().len(), 1);
    tamper(&path, "UPDATE branches SET event = replace(event, 'here', 'nowhere')");
    let study = Study::look(&path).unwrap();
    assert!(study.branches().unwrap().iter().all(|branch| study.branch_events(branch).is_err()));
}

/// Sessions that relata did not write.
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
        // The bad session is one that the team's file lacks.
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
            for table in ["events", "tips"] {
                let rows =
                    format!("UPDATE {table} SET session = 'no id at all' WHERE session = '{stranger}'");
                tamper(&path, &rows);
            }
        }
        let merged = merge(&[team.clone(), path.clone()], &team, None).unwrap();
        assert_eq!((merged.sessions, merged.left_out.len()), (3, 1), "{bad}: {:?}", merged.left_out);
        let (file, name, _) = &merged.left_out[0];
        assert_eq!(file.file_name(), path.file_name());
        assert!(name == &stranger.to_string() || name == "no id at all", "{name}");
        // The team's file works.
        let study = Study::open(&team).unwrap();
        assert_eq!(study.all_sessions().unwrap().1, []);
        assert!(ids.iter().all(|id| study.events(id).unwrap().len() == 3));
        // And so does the other one, in which the session can be erased by its id, whatever that is.
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
fn what_has_no_header_is_named_and_can_be_erased() {
    let (folder, path) = place();
    let ids = three(&path);
    let other = ids[1].to_string().replace('7', "8");
    tamper(&path, &format!("UPDATE sessions SET id = '{other}' WHERE id = '{}'", ids[1]));
    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.sessions().unwrap().len(), 2, "one with a changed id is no session that is open");
    let changed: Vec<String> = study.changed().unwrap().into_iter().map(|bad| bad.session).collect();
    assert_eq!(changed, [other.clone(), ids[1].to_string()]);
    // No merge accepts it.
    let out = folder.path().join("out.relata");
    let merged = merge(std::slice::from_ref(&path), &out, None).unwrap();
    assert_eq!(merged.sessions, 2);
    assert!(
        merged.left_out.iter().any(|(_, session, _)| *session == ids[1].to_string()),
        "{:?}",
        merged.left_out
    );
    // Erasing the respondent leaves it, and it is still listed; then it is erased by its own id, with all its traces.
    assert_eq!(study.erase_respondent("R2", 0).unwrap(), 1);
    assert_eq!(study.orphans().unwrap(), [((&ids[1]).into(), 4)]);
    let (id, respondent) = study.find(&ids[1].to_string()).unwrap();
    assert_eq!(respondent, "");
    let traces = study.traces_of(&[&id]).unwrap();
    assert_eq!(study.erase_session(&id, 0).unwrap(), 1);
    assert_eq!(study.orphans().unwrap(), []);
    assert_eq!(study.search(traces).unwrap().found, 0);
    assert!(!holds(&all_bytes(&path), "note 1 of 2"));
}

/// Invalid UTF-8, wherever there can be a text.
const NO_TEXT: &[&str] = &[
    "UPDATE sessions SET respondent = CAST(x'52ff' AS TEXT) WHERE id = 'ID'",
    "UPDATE sessions SET interviewer = CAST(x'ff' AS TEXT) WHERE id = 'ID'",
    "UPDATE sessions SET language = CAST(x'ff' AS TEXT) WHERE id = 'ID'",
    "UPDATE sessions SET fields = CAST(x'7b22ff227d' AS TEXT) WHERE id = 'ID'",
    "UPDATE sessions SET id = CAST(x'6162ff6364' AS TEXT) WHERE id = 'ID';
     UPDATE events SET session = CAST(x'6162ff6364' AS TEXT) WHERE session = 'ID'",
    "UPDATE sessions SET id = upper(id) WHERE id = 'ID'; UPDATE events SET session = upper(session) WHERE session = 'ID'",
    "UPDATE events SET event = CAST(x'ff' AS TEXT) WHERE session = 'ID' AND seq = 2",
    "UPDATE events SET session = CAST(x'ff' AS TEXT) WHERE session = 'ID'",
    "INSERT INTO codes (id, session, coder, at, consensus, code)
     VALUES (CAST(x'ff' AS TEXT), 'ID', CAST(x'ff' AS TEXT), 1, 0, CAST(x'ff' AS TEXT))",
    "INSERT INTO truths (session, model, other_model, code) VALUES ('ID', CAST(x'ff' AS TEXT), 'MP', 'MP')",
    "INSERT INTO branches (session, branch, seq, at, event) VALUES ('ID', CAST(x'ff' AS TEXT), 0, 1, CAST(x'ff' AS TEXT))",
    "INSERT INTO tombstones (session, erased_on) VALUES (CAST(x'ff' AS TEXT), CAST(x'ff' AS TEXT))",
    "INSERT INTO answer_drafts VALUES ('ID', CAST(x'ff' AS TEXT), -5, 1, CAST(x'ff' AS TEXT))",
    "INSERT INTO code_drafts VALUES ('ID', CAST(x'ff' AS TEXT), 0, 1, CAST(x'ff' AS TEXT))",
    "INSERT INTO sheets VALUES ('ID', CAST(x'ff' AS TEXT), 1, 1, CAST(x'ff' AS TEXT), CAST(x'ff' AS TEXT), CAST(x'ff' AS TEXT), CAST(x'ff' AS TEXT))",
    "INSERT INTO sheets VALUES (CAST(x'ff' AS TEXT), 'e', 1, 1, 'h', 'EN-7KQ4-001-M', 'R1', '{\"by\":\"M1\",\"marks\":{},\"done\":true}')",
    "INSERT INTO meta (key, value) VALUES ('keep_until', CAST(x'ff' AS TEXT))",
    "UPDATE meta SET value = CAST(x'ff' AS TEXT) WHERE key = 'study'",
    "UPDATE meta SET value = 'abc' WHERE key = 'writes'",
    "UPDATE instruments SET name = CAST(x'ff' AS TEXT) WHERE 'ID' = 'ID'",
];

#[test]
fn a_byte_that_is_no_text_hides_nothing_else() {
    for bad in NO_TEXT {
        let (folder, path) = place();
        let ids = three(&path);
        tamper(&path, &bad.replace("ID", &ids[1].to_string()));
        let study = Study::look(&path).unwrap();
        let (headers, _) = study.all_sessions().unwrap();
        let all = bad.contains("instruments");
        assert!(all || headers.iter().any(|header| header.id == ids[0]), "{bad}");
        if !all {
            assert_eq!(study.events(&ids[0]).unwrap().len(), 3, "{bad}");
        }
        study.changed().unwrap();
        study.unsound().unwrap();
        study.codes().unwrap();
        study.truths().unwrap();
        study.branches().unwrap();
        study.tombstones().unwrap();
        study.keep_until().unwrap();
        study.begun(&ids[1]).unwrap();
        assert_eq!(study.sheet_entries().unwrap(), []);
        drop(study);
        // A merge accepts the sound rows.
        let out = folder.path().join("out.relata");
        let merged = merge(std::slice::from_ref(&path), &out, None).unwrap();
        assert!(all || merged.sessions >= 2, "{bad}");
        std::fs::remove_file(&out).unwrap();
        // And it can be erased, whatever its id is.
        let mut study = Study::open(&path).unwrap();
        let names: Vec<String> = study.changed().unwrap().into_iter().map(|bad| bad.session).collect();
        for name in names.iter().cloned().chain([ids[1].to_string()]) {
            if let Ok((id, _)) = study.find(&name) {
                let traces = study.traces_of(&[&id]).unwrap();
                assert_eq!(study.erase_session(&id, 0).unwrap(), 1, "{bad}");
                drop(traces);
            }
        }
        assert_eq!(study.changed().unwrap().len(), 0, "{bad}");
        assert!(!holds(&all_bytes(&path), "note 1 of 2"), "{bad}");
    }
}

#[test]
fn a_changed_code_truth_tombstone_or_promise_is_named_and_counts_nowhere() {
    use relata::coding::Coding;
    use relata::instrument::RelationalModel::{CommunalSharing, MarketPricing};
    use relata::store::{Code, CodeId, Truth};

    let changes: [(&str, &str); 6] = [
        ("UPDATE codes SET coder = 'C2'", "the code"),
        ("UPDATE codes SET code = code || ' '", "the code"),
        ("UPDATE truths SET model = 'CS'", "the simulated truth"),
        ("UPDATE tombstones SET session = replace(session, '7', '8')", "the tombstone"),
        ("UPDATE meta SET value = '2097-12-31' WHERE key = 'keep_until'", "the setting"),
        ("UPDATE meta SET value = 'x' WHERE key = 'study'", "the setting"),
    ];
    for (change, what) in changes {
        let (folder, path) = place();
        let ids = three(&path);
        let mut study = Study::open(&path).unwrap();
        let coding = Coding::of(MarketPricing);
        let code = Code {
            id: CodeId::new(1, [3; 10]),
            session: ids[0],
            coder: "C1".into(),
            at: 1,
            consensus: false,
            coding,
        };
        study.add_code(&code).unwrap();
        let truth = Truth { model: MarketPricing, other_model: CommunalSharing, code: MarketPricing };
        study.set_truth(&ids[0], &truth).unwrap();
        study.erase_session(&ids[2], 0).unwrap();
        study.set_keep_until(Some("2027-12-31")).unwrap();
        assert_eq!(study.unsound().unwrap(), []);
        drop(study);
        tamper(&path, change);
        let study = Study::look(&path).unwrap();
        let unsound = study.unsound().unwrap();
        assert_eq!(unsound.len(), 1, "{change}: {unsound:?}");
        assert!(unsound[0].what.starts_with(what), "{change}: {unsound:?}");
        let counts = (
            study.all_codes().unwrap().len(),
            study.truths().unwrap().len(),
            study.tombstones().unwrap().len(),
            study.keep_until().unwrap().is_some(),
        );
        let expected = match what {
            "the code" => (0, 1, 1, true),
            "the simulated truth" => (1, 0, 1, true),
            "the tombstone" => (1, 1, 1, true),
            _ => (1, 1, 1, !change.contains("keep_until")),
        };
        assert_eq!(counts, expected, "{change}");
        drop(study);
        let out = folder.path().join("out.relata");
        let merged = merge(std::slice::from_ref(&path), &out, None).unwrap();
        // A changed tombstone or promise is not dropped: it continues to be reported.
        let stays = what == "the tombstone" || change.contains("keep_until");
        assert_eq!(Study::look(&out).unwrap().unsound().unwrap().len(), usize::from(stays), "{change}");
        assert_eq!(merged.unsound.len(), usize::from(stays || what == "the setting"), "{change}");
    }
    // The version under which a questionnaire is listed.
    let (_folder, path) = place();
    three(&path);
    tamper(&path, "UPDATE instruments SET version = '9'");
    assert_eq!(Study::look(&path).unwrap().all_sessions().unwrap().1.len(), 3);
}

#[test]
fn whoever_only_looks_is_told_that_a_page_is_damaged() {
    let (_folder, path) = place();
    study_with_notes(&path, 60);
    assert_eq!(Study::look(&path).unwrap().damage(), None);
    // One cell less in a leaf of a table: the row exists but is not counted.
    let mut bytes = std::fs::read(&path).unwrap();
    let leaf = (1..bytes.len() / 4096)
        .map(|page| page * 4096)
        .rfind(|at| bytes[*at] == 10 && bytes[at + 4] > 2)
        .unwrap();
    bytes[leaf + 4] -= 1;
    std::fs::write(&path, bytes).unwrap();
    assert!(Study::look(&path).unwrap().damage().is_some());
    // It is unknown what is missing, so no merge accepts the file.
    let sound = path.with_extension("sound");
    study_with_notes(&sound, 3);
    for out in [path.with_extension("out"), sound.clone()] {
        let error = merge(&[sound.clone(), path.clone()], &out, None).unwrap_err();
        assert!(matches!(error.problem, Problem::NotWhole(_)), "{error}");
    }
    assert!(!path.with_extension("out").exists());
}

#[test]
fn a_session_with_a_tombstone_can_be_erased_again() {
    let (_folder, path) = place();
    let ids = three(&path);
    tamper(
        &path,
        &format!("INSERT INTO tombstones (session, erased_on) VALUES ('{}', '2020-01-01')", ids[0]),
    );
    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.erase_session(&ids[0], 1_760_000_000_000).unwrap(), 1);
    // The day of an unsealed tombstone is not trusted.
    assert_eq!(study.tombstones().unwrap(), [(ids[0], "2025-10-09".to_owned())]);
    assert_eq!(study.sessions().unwrap().len(), 2);
}

#[test]
fn a_changed_tombstone_takes_nobody_along_by_itself_and_a_changed_day_to_keep_until_is_no_missing_day() {
    let (folder, path) = place();
    let ids = three(&path);
    let copy = folder.path().join("copy.relata");
    std::fs::copy(&path, &copy).unwrap();
    let mut study = Study::open(&path).unwrap();
    study.erase_session(&ids[0], 1_760_000_000_000).unwrap();
    study.set_keep_until(Some("2027-12-31")).unwrap();
    drop(study);
    let good = folder.path().join("good.relata");
    std::fs::copy(&path, &good).unwrap();
    tamper(&path, "UPDATE tombstones SET erased_on = '2024-01-01'");
    tamper(&path, "UPDATE meta SET value = '2097-12-31' WHERE key = 'keep_until'");
    let study = Study::look(&path).unwrap();
    assert!(study.keep_until_changed().unwrap() && study.keep_until().unwrap().is_none());
    drop(study);
    for (inputs, target) in [([&path, &copy], "a"), ([&copy, &path], "b")] {
        let out = folder.path().join(target);
        let merged = merge(&inputs.map(Clone::clone), &out, None).unwrap();
        // Anyone could have written it: the session in the other file stays, and both are reported.
        assert_eq!((merged.stayed_erased, merged.sessions, merged.unsound.len()), (0, 3, 2), "{target}");
        assert_eq!(merged.doubted.iter().collect::<Vec<_>>(), [&ids[0].to_string()], "{target}");
        let study = Study::look(&out).unwrap();
        assert!(study.events(&ids[0]).is_ok());
        assert!(study.keep_until_changed().unwrap());
        assert_eq!((study.unsound().unwrap().len(), study.tombstones().unwrap().len()), (2, 1));
        drop(study);
        // With the user's permission the session is removed, and the tombstone is still reported.
        let gone = folder.path().join(format!("{target}-gone"));
        let merged = merge(&inputs.map(Clone::clone), &gone, Some(1)).unwrap();
        assert_eq!((merged.stayed_erased, merged.sessions, merged.doubted.len()), (1, 2, 0), "{target}");
        let study = Study::look(&gone).unwrap();
        assert!(study.sessions().unwrap().iter().all(|header| header.id != ids[0]));
        assert_eq!((study.unsound().unwrap().len(), study.tombstones().unwrap().len()), (2, 1));
    }
    // A forged tombstone does not remove a session from the target of the merge either.
    let team = folder.path().join("team");
    std::fs::copy(&copy, &team).unwrap();
    tamper(
        &team,
        &format!("INSERT INTO tombstones (session, erased_on) VALUES ('{}', '2020-01-01')", ids[1]),
    );
    let merged = merge(&[team.clone(), copy.clone()], &team, None).unwrap();
    assert_eq!((merged.stayed_erased, merged.sessions, merged.doubted.len()), (0, 3, 1));
    // An unchanged copy repairs both.
    let mended = folder.path().join("mended");
    merge(&[path, copy, good], &mended, None).unwrap();
    let study = Study::look(&mended).unwrap();
    assert_eq!(study.unsound().unwrap(), []);
    assert_eq!(study.tombstones().unwrap(), [(ids[0], "2025-10-09".to_owned())]);
    assert_eq!(study.keep_until().unwrap().as_deref(), Some("2027-12-31"));
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
        let error = merge(&files, target, None).unwrap_err();
        assert_eq!(error.problem, Problem::ManyErasures(5), "{error}");
    }
    assert!(!out.exists());
    assert_eq!(Study::open(&path).unwrap().sessions().unwrap().len(), 6);
    assert_eq!(merge(&files, &out, Some(5)).unwrap().stayed_erased, 5);
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
        let merged = merge(&files, &out, None).unwrap();
        assert_eq!((merged.sessions, merged.left_out.len()), (3, 1));
        let study = Study::open_read_only(&out).unwrap();
        assert_eq!(study.events(&ids[1]).unwrap(), good);
        assert_eq!(study.changed().unwrap(), []);
    }
    // A file that has the bad session itself keeps it unchanged, and the report says which file has it.
    let merged = merge(&[bad.clone(), path], &bad, None).unwrap();
    assert_eq!(merged.left_out.len(), 1);
    assert_eq!(merged.left_out[0].0.file_name(), bad.file_name());
    assert_eq!(Study::open_read_only(&bad).unwrap().changed().unwrap().len(), 1);
}

#[test]
fn what_can_be_read_of_a_damaged_file_of_an_older_relata_is_shown_and_the_rest_named() {
    let (_folder, path) = place();
    let old = version_4(&path);
    let first = "019b8d2b-8c00-717d-8907-6fe0e74cb2bb";
    let id_of = |n: usize| format!("019b8d2b-8c00-717d-8907-6fe0e74c{n:04x}");
    for n in 0..60 {
        old.execute(
            "INSERT INTO sessions SELECT ?1, instrument, respondent || ?2, interviewer, begun_at, seed, language, fields, mode, test, relata
             FROM sessions WHERE id = ?3",
            (id_of(n), n.to_string(), first),
        )
        .unwrap();
        let copied = "INSERT INTO events SELECT ?1, seq, at, event FROM events WHERE session = ?2";
        old.execute(copied, (id_of(n), first)).unwrap();
    }
    drop(old);
    // Undamaged, it is brought up to date with all of them.
    let sound = path.with_extension("sound");
    std::fs::copy(&path, &sound).unwrap();
    assert_eq!(Study::look(&sound).unwrap().sessions().unwrap().len(), 62);
    // One page is overwritten, of those in which the events of one session lie.
    let mut bytes = std::fs::read(&path).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let holds = |page: &[u8]| page.windows(36).filter(|window| *window == id_of(30).as_bytes()).count();
    let page = (1..bytes.len() / size).max_by_key(|page| holds(&bytes[page * size..][..size])).unwrap();
    assert!(holds(&bytes[page * size..][..size]) > 5);
    bytes[page * size..][..size].fill(0);
    std::fs::write(&path, &bytes).unwrap();

    assert!(matches!(Study::open_existing(&path).unwrap_err().problem, Problem::Damaged(_)));
    let mut study = Study::look(&path).unwrap();
    let damage = study.damage().unwrap().to_owned();
    assert!(damage.contains("not all could be read of `events` of session"), "{damage}");
    let changed: Vec<String> = study.changed().unwrap().into_iter().map(|found| found.session).collect();
    assert!(changed.contains(&id_of(30)) && changed.len() < 4, "{changed:?}");
    assert!(changed.iter().all(|session| damage.contains(session)), "{damage}");
    let (headers, unreadable) = study.all_sessions().unwrap();
    assert_eq!(headers.len() + unreadable.len(), 62);
    let all = Study::look(&sound).unwrap();
    for header in headers.iter().filter(|header| !changed.contains(&header.id.to_string())) {
        assert_eq!(study.events(&header.id).unwrap(), all.events(&header.id).unwrap());
    }
    for header in headers.iter().filter(|header| changed.contains(&header.id.to_string())) {
        assert!(study.events(&header.id).is_err());
    }
    // The file stays unchanged, whatever is requested.
    assert!(study.erase_session(&headers[0].id, 0).is_err());
    drop(study);
    // Unreadable codes and tombstones would be missing from a merge without notice.
    let (out, before) = (path.with_extension("out"), Study::look(&sound).unwrap().sessions().unwrap());
    for (files, out) in [([&path, &sound], &out), ([&sound, &path], &out), ([&path, &sound], &sound)] {
        let error = merge(&files.map(Clone::clone), out, Some(usize::MAX)).unwrap_err();
        assert!(matches!(error.problem, Problem::NotWhole(_)), "{error}");
        assert!(
            error.path.ends_with("study.relata") && error.to_string().contains("relata export"),
            "{error}"
        );
    }
    assert!(matches!(
        merge(&[sound.clone(), path.clone()], &path, Some(9)).unwrap_err().problem,
        Problem::Damaged(_)
    ));
    assert!(!out.exists());
    assert_eq!(Study::look(&sound).unwrap().sessions().unwrap(), before);
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
}

#[test]
fn tombstones_that_cannot_be_read_are_named_before_everything_else() {
    let (_folder, path) = place();
    let old = version_4(&path);
    for n in 0..400 {
        let id = format!("019b8d2b-8c00-717d-8907-6fe0e74c{n:04x}");
        old.execute("INSERT INTO tombstones VALUES (?1, '2026-03-01')", [id]).unwrap();
    }
    drop(old);
    let mut bytes = std::fs::read(&path).unwrap();
    let size = usize::from(u16::from_be_bytes([bytes[16], bytes[17]]));
    let holds = |page: &[u8]| page.windows(10).filter(|window| *window == b"2026-03-01").count();
    let page = (1..bytes.len() / size).max_by_key(|page| holds(&bytes[page * size..][..size])).unwrap();
    assert!(holds(&bytes[page * size..][..size]) > 20);
    bytes[page * size..][..size].fill(0);
    std::fs::write(&path, &bytes).unwrap();
    let study = Study::look(&path).unwrap();
    let damage = study.damage().unwrap();
    assert!(damage.contains("not all could be read of `tombstones`, which say who was erased"), "{damage}");
    assert!(study.tombstones().unwrap().len() < 400);
    assert_eq!(study.sessions().unwrap().len(), 2);
}
