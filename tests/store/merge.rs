//! Merging: in any order and however often, the result is the same study, and no erased session is in it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use relata::analysis::metadata::Field;
use relata::analysis::plan::Plan;
use relata::coding::Draft;
use relata::instrument::prompt::{Input, Reply, Typed};
use relata::instrument::{Instrument, RelationalModel, shipped};
use relata::interview::{Begun, Event, Journal};
use relata::paper::Entry;
use relata::store::{Code, CodeId, Mode, NewSession, Problem, SheetEntry, Study, Truth, merge};
use rusqlite::Connection;

use super::advised::advised;
use super::support::{all_bytes, holds, instrument, noted, place, session};

/// Allows any number of erasures by other files.
const ALL: Option<usize> = Some(usize::MAX);
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The contents of a study, independent of the file's layout: every row of every table as text.
fn content(path: &Path) -> BTreeMap<&'static str, Vec<String>> {
    let database = Connection::open(path).unwrap();
    let tables = [
        ("meta", "key || iif(key IN ('file', 'writes'), '', ' ' || value)"),
        ("instruments", "hash || name || version || text"),
        (
            "sessions",
            "concat_ws('|', id, instrument, respondent, interviewer, begun_at, seed, language, fields, mode, test, relata, utc_offset)",
        ),
        ("events", "concat_ws('|', session, seq, at, event, link)"),
        ("branches", "concat_ws('|', session, branch, seq, at, event, link)"),
        ("tips", "concat_ws('|', session, events, link, seal)"),
        ("fields", "concat_ws('|', field, at, value, seal)"),
        ("plans", "concat_ws('|', id, at, plan)"),
        ("renames", "concat_ws('|', id, session, at, code, why)"),
        ("truths", "concat_ws('|', session, model, other_model, code)"),
        ("tombstones", "concat_ws('|', session, erased_on)"),
        ("codes", "concat_ws('|', id, session, coder, at, consensus, code)"),
        ("code_drafts", "concat_ws('|', session, coder, consensus, at, draft)"),
        ("answer_drafts", "concat_ws('|', session, item, step, at, draft)"),
        ("transcripts", "concat_ws('|', session, id, at, transcript)"),
        ("advised", "concat_ws('|', session, other_session, id, at, advice)"),
        ("sheets", "concat_ws('|', session, id, begun, at, instrument, sheet, respondent, entry)"),
    ];
    let rows = |(table, columns): (&'static str, &str)| {
        let mut select = database.prepare(&format!("SELECT {columns} FROM {table} ORDER BY 1")).unwrap();
        let rows = select.query_map([], |row| row.get(0)).unwrap().collect::<Result<_, _>>().unwrap();
        (table, rows)
    };
    let content = tables.into_iter().map(rows).collect();
    // Fails if a table is missing here, or in the merge.
    let known = "SELECT count(*) FROM sqlite_master WHERE type = 'table'";
    let known: i64 = database.query_row(known, [], |row| row.get(0)).unwrap();
    assert_eq!(known, tables.len() as i64);
    content
}

fn other_instrument() -> Arc<Instrument> {
    Arc::new(shipped::read("account-self-assessment").unwrap().instrument.unwrap())
}

/// A change to one of the files.
#[derive(Debug, Clone)]
enum Deed {
    /// A session (by number) got these events after a common beginning of this length.
    Session {
        number: u64,
        common: usize,
        own: usize,
        withdrawn: bool,
    },
    Erased {
        number: u64,
        day: i64,
    },
    Truth {
        number: u64,
        model: usize,
    },
    Coded {
        number: u64,
        coder: u8,
        at: i64,
    },
    Drafted {
        number: u64,
        coder: u8,
        at: i64,
    },
    /// A respondent began to answer.
    Began {
        number: u64,
        step: usize,
        at: i64,
    },
    /// A paper sheet was entered, which becomes this session.
    Entered {
        number: u64,
        coder: u8,
        at: i64,
    },
    Keep {
        day: u8,
    },
    /// A field of the study was set or removed.
    Said {
        field: usize,
        at: i64,
        text: Option<u8>,
    },
    Planned {
        at: i64,
        sessions: usize,
    },
    /// Advice on one session, or on two of them, was viewed.
    Advised {
        number: u64,
        other: Option<u64>,
        at: i64,
    },
}

fn deed() -> impl Strategy<Value = Deed> {
    let number = 0..6_u64;
    prop_oneof![
        6 => (number.clone(), 0..4_usize, 0..3_usize, prop::bool::weighted(0.1))
            .prop_map(|(number, common, own, withdrawn)| Deed::Session { number, common, own, withdrawn }),
        1 => (number.clone(), 0..3_i64).prop_map(|(number, day)| Deed::Erased { number, day }),
        1 => (number.clone(), 0..4_usize).prop_map(|(number, model)| Deed::Truth { number, model }),
        2 => (number.clone(), 0..2_u8, 0..4_i64).prop_map(|(number, coder, at)| Deed::Coded { number, coder, at }),
        2 => (number, 0..2_u8, 0..4_i64).prop_map(|(number, coder, at)| Deed::Drafted { number, coder, at }),
        2 => (0..6_u64, 0..2_usize, 0..4_i64).prop_map(|(number, step, at)| Deed::Began { number, step, at }),
        2 => (0..6_u64, 0..2_u8, 0..4_i64).prop_map(|(number, coder, at)| Deed::Entered { number, coder, at }),
        1 => (1..9_u8).prop_map(|day| Deed::Keep { day }),
        2 => (0..3_usize, 0..4_i64, prop::option::of(0..3_u8))
            .prop_map(|(field, at, text)| Deed::Said { field, at, text }),
        1 => (0..3_i64, 0..2_usize).prop_map(|(at, sessions)| Deed::Planned { at, sessions }),
        3 => (0..6_u64, prop::option::of(0..6_u64), 0..3_i64)
            .prop_map(|(number, other, at)| Deed::Advised { number, other, at }),
    ]
}

fn given(item: &str, step: usize, input: Input) -> Event {
    Event::Answered { item: item.to_owned(), step, reply: Reply::Given(input) }
}

fn simulated(number: u64) -> NewSession {
    // Two sessions of one respondent, so that an erased person may still have another session.
    let respondent = format!("R{}", number / 2);
    NewSession { mode: Mode::Simulated, respondent, ..session(number) }
}

/// Applies the changes to the file `which`; impossible ones are skipped.
fn build(path: &Path, which: usize, deeds: &[Deed]) {
    let mut study = Study::open(path).unwrap();
    for deed in deeds {
        match deed {
            Deed::Session { number, common, own, withdrawn } => {
                let new = simulated(*number);
                let instrument = if *number == 5 { other_instrument() } else { instrument() };
                if study.begin(&instrument, &new).is_err() {
                    continue;
                }
                for kept in 0..*common {
                    // Two of them are answers, the second to a question that somebody may have begun to answer.
                    let event = match kept {
                        0 => given("consent", 0, Input::Picked(vec!["yes".into()])),
                        1 => {
                            given("words", 0, Input::Text(Typed { text: "word".into(), ..Typed::default() }))
                        }
                        _ => noted(&format!("common {kept}")),
                    };
                    study.append(&new.id, kept, kept as i64, &event).unwrap();
                }
                for kept in *common..common + own {
                    study.append(&new.id, kept, kept as i64, &noted(&format!("only in {which}"))).unwrap();
                }
                if *withdrawn {
                    let event = Event::Withdrawn;
                    study.append(&new.id, common + own, 99, &event).unwrap();
                }
            }
            Deed::Erased { number, day } => {
                study.erase_session(&simulated(*number).id, day * DAY).unwrap();
            }
            Deed::Truth { number, model } => {
                let model = RelationalModel::ALL[*model];
                let truth = Truth { model, other_model: model, code: model };
                let _ = study.set_truth(&simulated(*number).id, &truth);
            }
            Deed::Coded { number, coder, at } => {
                let id = CodeId::new(*at, [*number as u8, *coder, *at as u8, 0, 0, 0, 0, 0, 0, 0]);
                let draft = Draft {
                    dominant: Some(RelationalModel::MarketPricing),
                    confidence: Some(3),
                    ..Draft::default()
                };
                let (session, coding) = (simulated(*number).id, draft.finish().unwrap());
                let code =
                    Code { id, session, coder: format!("C{coder}"), at: *at, consensus: false, coding };
                // One of that id may be there, and the session may not.
                let _ = study.add_code(&code);
            }
            Deed::Drafted { number, coder, at } => {
                let draft = Draft { note: format!("draft {which}"), ..Draft::default() };
                let draft = serde_json::to_string(&draft).unwrap();
                let row = (simulated(*number).id.to_string(), format!("C{coder}"), at, draft);
                let put = "INSERT OR REPLACE INTO code_drafts SELECT ?1, ?2, 0, ?3, ?4
                           WHERE ?1 IN (SELECT id FROM sessions)
                           AND NOT EXISTS (SELECT 1 FROM codes WHERE session = ?1 AND coder = ?2 AND at >= ?3)";
                Connection::open(path).unwrap().execute(put, row).unwrap();
            }
            Deed::Began { number, step, at } => {
                let id = simulated(*number).id;
                let Ok(header) = study.session(&id.to_string()) else { continue };
                let Ok(mut journal) = study.journal(id, header.events) else { continue };
                let begun = Begun::Typed(format!("half a thought in {which}"));
                journal.keep_begun(*at, "words", *step, &begun).unwrap();
            }
            Deed::Entered { number, coder, at } => {
                let entry = Entry {
                    by: format!("M{coder}"),
                    notes: BTreeMap::from([("A1".into(), format!("in {which}"))]),
                    ..Entry::default()
                };
                let entry = SheetEntry {
                    session: simulated(*number).id,
                    id: format!("entry {coder}"),
                    begun: 1,
                    at: *at,
                    instrument: instrument().hash.clone(),
                    sheet: format!("EN-7KQ4-{number:03}-M"),
                    respondent: format!("R{number}"),
                    entry,
                };
                // The sheet may be a session, or erased.
                let _ = study.keep_entry(&entry);
            }
            Deed::Keep { day } => study.set_keep_until(Some(&format!("2027-01-0{day}"))).unwrap(),
            Deed::Said { field, at, text } => {
                let text = text.map(|text| format!("text {text}"));
                study.describe(&BTreeMap::from([(Field::ALL[*field], text)]), *at).unwrap();
            }
            Deed::Planned { at, sessions } => {
                let plan = Plan { sessions: Some(*sessions), ..Plan::default() };
                study.freeze(&plan, *at).unwrap();
            }
            Deed::Advised { number, other, at } => {
                let id = |number: &u64| simulated(*number).id;
                // Advice on a missing session is not kept.
                let _ =
                    study.keep_advice(vec![advised(id(number), other.as_ref().map(id), *at, "Call them.")]);
            }
        }
    }
}

/// Merges pairs by pairs, in the order of `fold`, every result being merged in again.
fn one_by_one(folder: &Path, files: &[PathBuf], name: &str) -> PathBuf {
    let mut so_far = files[0].clone();
    for (step, file) in files.iter().enumerate().skip(1) {
        let out = folder.join(format!("{name}-{step}.relata"));
        merge(&[so_far, file.clone()], &out, ALL).unwrap();
        so_far = out;
    }
    so_far
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn any_order_any_number_of_times_gives_the_same_study(
        deeds in prop::collection::vec(prop::collection::vec(deed(), 0..10), 2..5),
        shuffle in any::<prop::sample::Index>(),
    ) {
        let (folder, _) = place();
        let folder = folder.path();
        let mut files = Vec::new();
        for (which, deeds) in deeds.iter().enumerate() {
            let path = folder.join(format!("file-{which}.relata"));
            build(&path, which, deeds);
            files.push(path);
        }
        let erased: Vec<String> = files.iter().flat_map(|path| {
            let study = Study::open_read_only(path).unwrap();
            study.tombstones().unwrap().into_iter().map(|(id, _)| id.to_string())
        }).collect();

        // All at once.
        let whole = folder.join("whole.relata");
        let merged = merge(&files, &whole, ALL).unwrap();
        let expected = content(&whole);
        prop_assert_eq!(merged.sessions, expected["sessions"].len());
        for path in files.iter().chain([&whole]) {
            let study = Study::open_read_only(path).unwrap();
            prop_assert_eq!((study.changed().unwrap(), study.lost().unwrap()), (vec![], vec![]));
        }
        // No erased session comes back, not even as a byte.
        for (table, rows) in &expected {
            for id in &erased {
                prop_assert!(*table == "tombstones" || rows.iter().all(|row| !row.contains(id)), "{} in {}", id, table);
            }
        }
        // In another order, and one after the other.
        let mut turned = files.clone();
        turned.rotate_left(shuffle.index(files.len()));
        turned.reverse();
        let out = one_by_one(folder, &turned, "turned");
        prop_assert_eq!(&content(&out), &expected);
        // Grouped the other way.
        let tail = one_by_one(folder, &files[1..], "tail");
        let out = folder.join("brackets.relata");
        merge(&[files[0].clone(), tail], &out, ALL).unwrap();
        prop_assert_eq!(&content(&out), &expected);
        // Again and again: with itself, with a copy, and with what it was made of, into itself.
        let copy = folder.join("copy.relata");
        std::fs::copy(&whole, &copy).unwrap();
        merge(&[whole.clone(), copy], &whole, ALL).unwrap();
        prop_assert_eq!(&content(&whole), &expected);
        merge(&[files.clone(), vec![whole.clone()]].concat(), &whole, ALL).unwrap();
        prop_assert_eq!(&content(&whole), &expected);
        // Each file merges the others into itself.
        let first = files[0].clone();
        merge(&files, &first, ALL).unwrap();
        prop_assert_eq!(&content(&first), &expected);
        // Nothing that was entered is lost, except what was erased.
        for path in &files[1..] {
            let kept: Vec<String> = ["events", "branches"].iter().flat_map(|table| expected[table].clone()).collect();
            let entered = content(path);
            for row in entered["events"].iter().filter(|row| !erased.iter().any(|id| row.starts_with(id.as_str()))) {
                let (id, rest) = row.split_once('|').unwrap();
                prop_assert!(kept.iter().any(|row| row.starts_with(id) && row.ends_with(rest)), "{}", row);
            }
        }
    }
}

#[test]
fn a_session_that_went_on_in_two_places_keeps_both_journals() {
    let (folder, path) = place();
    let there = folder.path().join("there.relata");
    let mut here = Study::open(&path).unwrap();
    let id = here.begin(&instrument(), &session(1)).unwrap();
    here.append(&id, 0, 1, &noted("together")).unwrap();
    drop(here);
    std::fs::copy(&path, &there).unwrap();
    for (path, words) in [(&path, &["one"][..]), (&there, &["two", "three"][..])] {
        let mut study = Study::open(path).unwrap();
        for (at, word) in words.iter().enumerate() {
            study.append(&id, at + 1, 2, &noted(word)).unwrap();
        }
    }
    let out = folder.path().join("out.relata");
    let merged = merge(&[path.clone(), there.clone()], &out, ALL).unwrap();
    assert_eq!(merged.diverged, BTreeMap::from([(id, 1)]));
    let mut study = Study::open(&out).unwrap();
    let [branch] = &study.branches().unwrap()[..] else { panic!("one branch") };
    assert_eq!((branch.session, branch.events, branch.shared), (id, 2, 1));
    let words = |events: Vec<relata::interview::Stamped>| {
        events.into_iter().map(|stamped| stamped.event).collect::<Vec<_>>()
    };
    assert_eq!(words(study.branch_events(branch).unwrap()), [noted("together"), noted("one")]);
    assert_eq!(words(study.events(&id).unwrap()), [noted("together"), noted("two"), noted("three")]);
    // Continuing from there keeps the branch, and erasing removes it.
    study.append(&id, 3, 3, &noted("four")).unwrap();
    drop(study);
    let merged = merge(&[out.clone(), path], &out, ALL).unwrap();
    assert_eq!((merged.sessions, merged.diverged.len()), (1, 1));
    let mut study = Study::open(&out).unwrap();
    assert_eq!(study.events(&id).unwrap().len(), 4);
    study.erase_session(&id, 0).unwrap();
    assert_eq!(study.branches().unwrap(), []);
    drop(study);
    let bytes = std::fs::read(&out).unwrap();
    assert!(!holds(&bytes, "together") && !holds(&bytes, "\"one\""));
}

#[test]
fn an_interview_that_goes_on_while_its_file_takes_others_in_is_told_so() {
    let (folder, path) = place();
    let there = folder.path().join("there.relata");
    let mut here = Study::open(&path).unwrap();
    let id = here.begin(&instrument(), &session(1)).unwrap();
    let mut journal = here.journal(id, 0).unwrap();
    drop(here);
    std::fs::copy(&path, &there).unwrap();
    let _ = std::fs::copy(path.with_extension("relata-wal"), there.with_extension("relata-wal"));
    let mut other = Study::open(&there).unwrap();
    // The same length, so that only the events themselves differ.
    other.append(&id, 0, 1, &noted("there 1")).unwrap();
    drop(other);
    journal.keep(1, &noted("here 1")).unwrap();
    merge(&[path.clone(), there], &path, ALL).unwrap();
    let study = Study::open(&path).unwrap();
    let ours_counts = study.events(&id).unwrap()[0].event == noted("here 1");
    let outcome = journal.keep(2, &noted("here 2"));
    assert_eq!(outcome.is_ok(), ours_counts, "{outcome:?}");
    if let Err(why) = outcome {
        assert!(why.to_string().contains("continued elsewhere") && !why.place_is_gone, "{why}");
    }
    assert_eq!(study.branches().unwrap().len(), 1);
}

#[test]
fn somebody_erased_here_is_erased_from_the_file_that_takes_others_in() {
    const SECRET: &str = "zebrafinch";
    let (folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    for n in 1..4 {
        let id = study.begin(&instrument(), &session(n)).unwrap();
        study
            .append(&id, 0, 1, &noted(&if n == 2 { SECRET.repeat(2_000) } else { "x".repeat(500) }))
            .unwrap();
    }
    drop(study);
    let other = folder.path().join("other.relata");
    std::fs::copy(&path, &other).unwrap();
    let mut study = Study::open(&other).unwrap();
    study.erase_session(&session(2).id, DAY).unwrap();
    drop(study);
    let merged = merge(&[path.clone(), other], &path, ALL).unwrap();
    assert_eq!((merged.sessions, merged.stayed_erased), (2, 1));
    assert!(!holds(&all_bytes(&path), SECRET));
    let mut study = Study::open(&path).unwrap();
    assert!(matches!(study.begin(&instrument(), &session(2)).unwrap_err().problem, Problem::Erased { .. }));
}

#[test]
fn what_a_person_should_know_is_said() {
    let (folder, path) = place();
    let other = folder.path().join("other.relata");
    let begin = |path: &Path, numbers: &[u64]| {
        let mut study = Study::open(path).unwrap();
        for number in numbers {
            study.begin(&instrument(), &simulated(*number)).unwrap();
        }
        study
    };
    // R0 has session 0 here and session 1 there; R1 has session 2 in both and 3 there, and 2 is erased here.
    begin(&path, &[0, 2]).erase_session(&simulated(2).id, 0).unwrap();
    drop(begin(&other, &[1, 2, 3]));
    let merged = merge(&[path.clone(), other.clone()], &folder.path().join("out.relata"), ALL).unwrap();
    assert_eq!(merged.shared_codes.into_iter().collect::<Vec<_>>(), ["R0"]);
    assert_eq!(merged.partly_erased.into_iter().collect::<Vec<_>>(), ["R1"]);
    assert_eq!((merged.sessions, merged.stayed_erased), (3, 1));
    let counts: Vec<(usize, usize)> = merged.files.iter().map(|(_, all, new)| (*all, *new)).collect();
    assert_eq!(counts, [(1, 1), (3, 2)]);
}

#[test]
fn a_merge_that_cannot_be_done_leaves_everything_as_it_was() {
    let (folder, path) = place();
    let at = |name: &str| folder.path().join(name);
    let (other, not_a_study, out) = (at("other.relata"), at("notes.txt"), at("out.relata"));
    for (path, numbers) in [(&path, [0, 1]), (&other, [2, 3])] {
        let mut study = Study::open(path).unwrap();
        for number in numbers {
            study.begin(&instrument(), &session(number)).unwrap();
        }
    }
    std::fs::write(&not_a_study, "text ".repeat(50)).unwrap();
    let before = || {
        let mut files: Vec<(PathBuf, Vec<u8>)> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .map(|path| (path.clone(), std::fs::read(path).unwrap()))
            .collect();
        files.sort();
        files
    };
    let as_it_was = before();
    let problem = |inputs: &[&PathBuf], out: &Path| {
        let inputs: Vec<PathBuf> = inputs.iter().map(|path| (*path).clone()).collect();
        let error = merge(&inputs, out, ALL).unwrap_err();
        assert!(before() == as_it_was, "{error}");
        (error.path, error.problem)
    };
    let real = |path: &Path| std::fs::canonicalize(path).unwrap();
    assert_eq!(problem(&[&path, &path], &out), (path.clone(), Problem::NamedTwice));
    assert_eq!(problem(&[&path, &at("nowhere.relata")], &out), (at("nowhere.relata"), Problem::Missing));
    assert_eq!(problem(&[&path, &not_a_study], &out), (real(&not_a_study), Problem::NotAStudy));
    assert_eq!(problem(&[&path, &other], &not_a_study), (not_a_study.clone(), Problem::Taken));
    assert_eq!(problem(&[&path, &not_a_study], &path), (real(&not_a_study), Problem::NotAStudy));
    let below = not_a_study.join("out.relata");
    assert!(matches!(problem(&[&path, &other], &below), (_, Problem::NoPlace(_) | Problem::Taken)));
    #[cfg(unix)]
    {
        let link = at("link.relata");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert_eq!(merge(&[path.clone(), link.clone()], &out, ALL).unwrap_err().problem, Problem::NamedTwice);
        std::fs::remove_file(link).unwrap();
    }
    // Two simulated studies with the same seed: different sessions under the same ids.
    let mut study = Study::open(&other).unwrap();
    study.begin(&instrument(), &NewSession { respondent: "X".into(), ..session(1) }).unwrap();
    drop(study);
    let error = merge(&[path.clone(), other.clone()], &out, ALL).unwrap_err();
    assert_eq!((error.path, error.problem), (real(&other), Problem::OtherSession(session(1).id.to_string())));
    assert!(!out.exists());
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 3);
}

/// A file with these sessions, all of one respondent.
fn file_of(path: &Path, sessions: &[u64]) -> Study {
    let mut study = Study::open(path).unwrap();
    for n in sessions {
        let new = NewSession { respondent: "R017".into(), ..session(*n) };
        study.begin(&instrument(), &new).unwrap();
        study.append(&new.id, 0, 1, &noted("a note")).unwrap();
    }
    study
}

#[test]
fn nobody_is_warned_of_a_person_who_was_called_the_same_before() {
    let (folder, path) = place();
    let file = |name: &str| folder.path().join(name);
    let [one, two] = [session(1).id, session(2).id];
    drop(file_of(&path, &[1]));
    drop(file_of(&file("b.relata"), &[2]));
    let merged = merge(&[path.clone(), file("b.relata")], &file("team.relata"), ALL).unwrap();
    assert_eq!(merged.shared_codes.into_iter().collect::<Vec<_>>(), ["R017"]);
    // They are two people. Renaming one resolves the warning, however often the study is merged again.
    let mut team = Study::open(&file("team.relata")).unwrap();
    team.rename(&one, "R018", 10, "").unwrap();
    drop(team);
    let all = [file("team.relata"), path.clone(), file("b.relata")];
    let merged = merge(&all, &file("again.relata"), ALL).unwrap();
    assert!(merged.shared_codes.is_empty() && merged.renamed_apart.is_empty(), "{merged:?}");
    // The renamed one is erased: a session with the old code is another person's, and is not in the erasing file.
    let mut team = Study::open(&file("team.relata")).unwrap();
    assert_eq!(team.erase_respondent("R018", 0).unwrap(), 1);
    drop(team);
    let merged = merge(&all, &file("erased.relata"), ALL).unwrap();
    assert_eq!((merged.stayed_erased, merged.sessions), (1, 1));
    assert!(merged.partly_erased.is_empty() && merged.shared_codes.is_empty(), "{merged:?}");
    // A session unknown to the erasing file is reported; one that has another code in the merged study is not.
    drop(file_of(&file("c.relata"), &[3]));
    let more = [file("team.relata"), path.clone(), file("c.relata")];
    let merged = merge(&more, &file("more.relata"), ALL).unwrap();
    assert_eq!(merged.partly_erased.into_iter().collect::<Vec<_>>(), ["R017"]);
    Study::open(&file("c.relata")).unwrap().rename(&session(3).id, "R019", 10, "").unwrap();
    let merged = merge(&more, &file("known.relata"), ALL).unwrap();
    assert!(merged.partly_erased.is_empty(), "{merged:?}");
    assert_eq!(
        Study::open(&file("known.relata")).unwrap().session(&two.to_string()).unwrap().respondent,
        "R017"
    );
}

#[test]
fn what_two_places_called_one_respondent_is_said_once() {
    let (folder, path) = place();
    let file = |name: &str| folder.path().join(name);
    let id = session(1).id;
    drop(file_of(&path, &[1]));
    std::fs::copy(&path, file("b.relata")).unwrap();
    Study::open(&path).unwrap().rename(&id, "EARLY", 10, "").unwrap();
    Study::open(&file("b.relata")).unwrap().rename(&id, "LATE", 20, "").unwrap();
    let both = [path.clone(), file("b.relata")];
    let merged = merge(&both, &file("out.relata"), ALL).unwrap();
    let said = BTreeMap::from([(id, ("LATE".to_owned(), ["EARLY".to_owned()].into()))]);
    assert_eq!(merged.renamed_apart, said);
    let merged =
        merge(&[file("out.relata"), both[0].clone(), both[1].clone()], &file("again.relata"), ALL).unwrap();
    assert!(merged.renamed_apart.is_empty(), "{merged:?}");
}

#[test]
fn the_code_of_somebody_who_was_erased_is_given_to_nobody_else() {
    let (folder, path) = place();
    let file = |name: &str| folder.path().join(name);
    let mut study = Study::open(&path).unwrap();
    let own = study.free_code().unwrap();
    assert!(own.ends_with("-001"), "{own}");
    let begin = |study: &mut Study, n: u64| {
        let respondent = study.free_code().unwrap();
        let new = NewSession { respondent: respondent.clone(), ..session(n) };
        study.begin(&instrument(), &new).unwrap();
        respondent
    };
    let given: Vec<String> = (1..4).map(|n| begin(&mut study, n)).collect();
    assert!(given[2].ends_with("-003"));
    drop(study);
    std::fs::copy(&path, file("before.relata")).unwrap();
    let mut study = Study::open(&path).unwrap();
    for code in &given {
        assert_eq!(study.erase_respondent(code, 0).unwrap(), 1);
        assert!(study.free_code().unwrap().ends_with("-004"));
    }
    assert_eq!(study.unsound().unwrap(), []);
    drop(study);
    // Only the number of erased codes is kept, and not even that for a code that may be a name.
    assert!(given.iter().all(|code| !holds(&std::fs::read(&path).unwrap(), code)));
    let mut named = Study::open(&file("named.relata")).unwrap();
    named.begin(&instrument(), &NewSession { respondent: "anna3".into(), ..session(9) }).unwrap();
    named.erase_respondent("anna3", 0).unwrap();
    drop(named);
    assert!(!holds(&std::fs::read(file("named.relata")).unwrap(), "anna"));
    // A merge takes the number over, whichever file it is in, and when only a tombstone takes the code away.
    let merged = [
        [path.clone(), file("named.relata")],
        [file("before.relata"), path.clone()],
        [file("named.relata"), file("before.relata")],
    ];
    for (round, files) in merged.into_iter().enumerate() {
        let out = file(&format!("out-{round}.relata"));
        merge(&files, &out, ALL).unwrap();
        let given: String = Connection::open(&out)
            .unwrap()
            .query_row("SELECT value FROM meta WHERE key = 'given'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(given, format!("{{\"{}\":3}}", own.trim_end_matches("001")));
    }
}

#[test]
fn the_latest_code_of_a_respondent_counts_whatever_the_order_of_the_files() {
    let (folder, path) = place();
    let other = folder.path().join("other.relata");
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    study.append(&id, 0, 1, &noted("a note")).unwrap();
    drop(study);
    std::fs::copy(&path, &other).unwrap();
    Study::open(&path).unwrap().rename(&id, "EARLY", 10, "").unwrap();
    Study::open(&other).unwrap().rename(&id, "LATE", 20, "two laptops").unwrap();
    let out = |name: &str| folder.path().join(name);
    merge(&[path.clone(), other.clone()], &out("ab.relata"), ALL).unwrap();
    merge(&[other, path], &out("ba.relata"), ALL).unwrap();
    assert_eq!(content(&out("ab.relata"))["renames"], content(&out("ba.relata"))["renames"]);
    for name in ["ab.relata", "ba.relata"] {
        let mut merged = Study::open(&out(name)).unwrap();
        assert_eq!(merged.sessions().unwrap()[0].respondent, "LATE");
        assert_eq!(merged.renames().unwrap().len(), 2);
        assert_eq!(merged.erase_respondent("EARLY", 30).unwrap(), 0);
        assert_eq!(merged.erase_respondent("LATE", 30).unwrap(), 1);
    }
}
