//! The file disappears while an interview is running: by a synchronisation program, a restore or a mistake. Nothing is
//! acknowledged any more, the cause is reported, and the whole interview can be saved in another file.

use std::fs;
use std::path::Path;

use relata::coding::Coding;
use relata::instrument::{Language, RelationalModel};
use relata::interview::{Begun, Event, Journal, NotKept};
use relata::store::{Code, CodeId, Problem, SessionId, SessionJournal, Study};

use super::support::{instrument, noted, place, session};

/// A running interview with two events and a text that was begun.
fn running(path: &Path) -> (Study, SessionId, SessionJournal) {
    let mut study = Study::open(path).unwrap();
    let other = study.begin(&instrument(), &session(5)).unwrap();
    for kept in 0..30 {
        study.append(&other, kept, 1, &noted(&"long ".repeat(200))).unwrap();
    }
    let id = study.begin(&instrument(), &session(1)).unwrap();
    let mut journal = study.journal(id, 0).unwrap();
    // A backup from before the interview.
    drop(study);
    let study = Study::open_again(path).unwrap();
    let all = rusqlite::Connection::open(path).unwrap();
    all.execute("VACUUM INTO ?1", [path.with_extension("older").to_str().unwrap()]).unwrap();
    drop(all);
    journal.keep(1, &noted("one")).unwrap();
    journal.keep(2, &noted("two")).unwrap();
    journal.keep_begun(3, "words", 0, &Begun::Typed("half a thought".into())).unwrap();
    (study, id, journal)
}

/// What another program does to the open file, and whether only the place can be lost.
type Deed = fn(&Path);

const DEEDS: &[(&str, Deed)] = &[
    ("deleted", |path| fs::remove_file(path).unwrap()),
    ("moved", |path| fs::rename(path, path.with_extension("moved")).unwrap()),
    ("replaced by a copy", |path| {
        let copy = path.with_extension("copy");
        fs::copy(path, &copy).unwrap();
        fs::rename(copy, path).unwrap();
    }),
    ("cut to nothing", |path| {
        fs::OpenOptions::new().write(true).truncate(true).open(path).unwrap();
    }),
    ("cut short", |path| {
        let file = fs::OpenOptions::new().write(true).open(path).unwrap();
        file.set_len(file.metadata().unwrap().len() / 2).unwrap();
    }),
    ("written over", |path| fs::write(path, "text ".repeat(20_000)).unwrap()),
    ("written over with an older copy", |path| {
        // As long as the file itself, and in order; but the last answers are not in it, nor in the log any more.
        let log = path.with_extension("relata-wal");
        fs::copy(path.with_extension("older"), path).unwrap();
        fs::OpenOptions::new().write(true).truncate(true).open(log).unwrap();
    }),
    ("without its log", |path| fs::remove_file(path.with_extension("relata-wal")).unwrap()),
    ("with an empty log", |path| fs::write(path.with_extension("relata-wal"), "").unwrap()),
    ("without the index of its log", |path| fs::remove_file(path.with_extension("relata-shm")).unwrap()),
    ("a folder now", |path| {
        fs::remove_file(path).unwrap();
        fs::create_dir(path).unwrap();
    }),
];

#[test]
fn nothing_is_acknowledged_in_a_file_that_went_away_and_everything_can_be_saved_elsewhere() {
    for (what, deed) in DEEDS {
        let (folder, path) = place();
        let (study, id, mut journal) = running(&path);
        // Everything in the file itself, so that it can be cut.
        drop(study);
        let checkpoint = rusqlite::Connection::open(&path).unwrap();
        checkpoint.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
        drop(checkpoint);
        journal.check().unwrap();
        journal.keep(4, &noted("three")).unwrap();
        deed(&path);
        assert!(journal.check().is_err(), "{what}");
        let lost: NotKept = journal.keep(5, &noted("four")).unwrap_err();
        assert!(lost.place_is_gone, "{what}: {lost}");
        assert!(lost.to_string().contains("save elsewhere"), "{what}: {lost}");
        let begun = Begun::Typed("a whole thought".into());
        assert!(journal.keep_begun(5, "words", 0, &begun).unwrap_err().place_is_gone, "{what}");
        // Not back into the lost file.
        assert!(journal.save_elsewhere(&path.display().to_string()).is_err(), "{what}");

        let suggested = journal.suggested_place();
        assert!(!Path::new(&suggested).exists());
        let saved = journal.save_elsewhere(&suggested).unwrap();
        journal.keep(5, &noted("four")).unwrap();
        journal.keep_begun(6, "words", 0, &begun).unwrap();
        drop(journal);
        let study = Study::open(Path::new(&saved.place)).unwrap();
        let events: Vec<Event> =
            study.events(&id).unwrap().into_iter().map(|stamped| stamped.event).collect();
        assert_eq!(events, ["one", "two", "three", "four"].map(noted), "{what}");
        assert_eq!(study.begun(&id).unwrap()[&("words".to_owned(), 0)], begun, "{what}");
        // A file that only lost its name is copied with its other session.
        let whole = ["deleted", "moved", "replaced by a copy", "a folder now"].contains(what);
        assert_eq!(study.sessions().unwrap().len(), if whole { 2 } else { 1 }, "{what}");
        assert_eq!((saved.taken, saved.left), if whole { (1, 0) } else { (0, 1) }, "{what}");
        let told = saved.in_words(&Language::new("en"));
        let without = told.contains("1 other session of the study could not be taken along");
        assert_eq!((without, told.contains("is in it, too")), (!whole, whole), "{what}: {told}");
        study.look_through().unwrap();
        drop(folder);
    }
}

#[test]
fn the_code_that_another_process_gave_the_respondent_is_saved_with_the_rest() {
    // Before the last answer was kept, and after it.
    for answers_after in [1, 0] {
        for (what, deed) in DEEDS {
            let (_folder, path) = place();
            let (study, id, mut journal) = running(&path);
            drop(study);
            let held = Study::open_again(&path).unwrap();
            let before = held.hold(&id).unwrap();
            let mut other = Study::open_again(&path).unwrap();
            other.rename(&id, "OTHER", 10, "two laptops").unwrap();
            other.add_code(&code_of(id)).unwrap();
            drop(other);
            for n in 0..answers_after {
                journal.keep(4 + n, &noted("after")).unwrap();
            }
            deed(&path);
            let lost = journal.keep(9, &noted("lost")).unwrap_err().to_string();
            let saved = journal.save_elsewhere(&journal.suggested_place()).unwrap();
            let saved = Study::open_again(Path::new(&saved.place)).unwrap();
            // And a coder's held session, with nothing kept since.
            let gone = held.still_there().err().map(|error| error.to_string());
            let coded = held.save_elsewhere(&path.with_extension("coded"), &before).unwrap();
            let mut all = vec![(saved, answers_after > 0, &lost)];
            // Without a write since, an emptied log can't be told from one that was moved into its file.
            all.extend(gone.as_ref().map(|gone| (coded, false, gone)));
            for (study, heard, said) in all {
                let called = &study.sessions().unwrap()[0].respondent;
                // Where the open file can't be read any more, that is reported.
                let may_miss = !heard && said.contains("missing from what you save");
                assert!(called == "OTHER" || may_miss, "{what}: {called}: {said}");
                if ["moved", "deleted", "replaced by a copy", "a folder now"].contains(what) {
                    assert_eq!((called.as_str(), study.all_codes().unwrap().len()), ("OTHER", 1), "{what}");
                }
            }
        }
    }
}

fn code_of(session: SessionId) -> Code {
    let coding = Coding::of(RelationalModel::MarketPricing);
    Code { id: CodeId::new(1, [3; 10]), session, coder: "C1".into(), at: 1, consensus: false, coding }
}

#[test]
fn nothing_of_somebody_whom_another_process_erased_is_saved_anywhere() {
    for (what, deed) in DEEDS {
        for noticed in [true, false] {
            let (_folder, path) = place();
            let (study, id, mut journal) = running(&path);
            drop(study);
            let held = Study::open_again(&path).unwrap();
            let coded = held.hold(&id).unwrap();
            let mut other = Study::open_again(&path).unwrap();
            assert_eq!(other.erase_session(&id, 0).unwrap(), 1);
            drop(other);
            if noticed {
                let why = journal.keep(4, &noted("three")).unwrap_err();
                assert!(why.erased && why.to_string().contains("erased on 1970-01-01"), "{what}: {why}");
                assert!(journal.check().unwrap_err().erased, "{what}");
                held.not_erased(&id).unwrap_err();
            }
            deed(&path);
            let lost = journal.keep(5, &noted("four")).unwrap_err();
            let place = journal.suggested_place();
            let readable = ["moved", "deleted", "replaced by a copy", "a folder now"].contains(what);
            if lost.erased {
                assert!(
                    journal.save_elsewhere(&place).unwrap_err().to_string().contains("nothing of it is kept"),
                    "{what}"
                );
                assert!(!Path::new(&place).exists(), "{what}");
            } else {
                assert!(!noticed && !readable, "{what}");
                assert!(lost.to_string().contains("missing from what you save"), "{what}: {lost}");
            }
            if noticed || readable {
                let error = held.save_elsewhere(Path::new(&place), &coded).unwrap_err();
                assert!(matches!(error.problem, Problem::ErasedMeanwhile { .. }), "{what}: {error}");
                assert!(!Path::new(&place).exists(), "{what}");
            }
        }
    }
}

#[test]
fn nothing_is_saved_where_it_was_erased() {
    let (folder, path) = place();
    let (study, id, mut journal) = running(&path);
    drop(study);
    let team = folder.path().join("team.relata");
    fs::copy(&path, &team).unwrap();
    fs::copy(path.with_extension("relata-wal"), team.with_extension("relata-wal")).unwrap();
    let mut other = Study::open(&team).unwrap();
    assert_eq!(other.erase_session(&id, 0).unwrap(), 1);
    drop(other);
    let held = Study::open_again(&path).unwrap();
    let coded = held.hold(&id).unwrap();
    fs::remove_file(&path).unwrap();
    let sentence = journal.save_elsewhere(&team.display().to_string()).unwrap_err().to_string();
    assert!(sentence.contains("has erased session") && sentence.contains("name another file"), "{sentence}");
    let error = held.save_elsewhere(&team, &coded).unwrap_err();
    assert!(matches!(error.problem, Problem::ErasedThere { .. }), "{error}");
    assert_eq!(Study::open(&team).unwrap().sessions().unwrap().len(), 1);
    // Nothing is lost by that.
    let saved = journal.save_elsewhere(&journal.suggested_place()).unwrap();
    journal.keep(4, &noted("three")).unwrap();
    assert_eq!(Study::open_again(Path::new(&saved.place)).unwrap().events(&id).unwrap().len(), 3);
}

#[test]
fn a_file_that_comes_back_is_gone_on_with() {
    let (_folder, path) = place();
    let (_study, id, mut journal) = running(&path);
    let away = path.with_extension("away");
    fs::rename(&path, &away).unwrap();
    assert!(journal.keep(4, &noted("three")).unwrap_err().to_string().contains("not there any more"));
    fs::rename(&away, &path).unwrap();
    journal.keep(4, &noted("three")).unwrap();
    drop(journal);
    assert_eq!(Study::open(&path).unwrap().events(&id).unwrap().len(), 3);
}

#[test]
fn what_another_relata_does_is_no_loss() {
    let (_folder, path) = place();
    let (study, id, mut journal) = running(&path);
    drop(study);
    // Another relata erases, which makes the file smaller and empties the log, and closes it.
    let mut other = Study::open(&path).unwrap();
    let gone = other.sessions().unwrap().into_iter().find(|header| header.id != id).unwrap();
    other.erase_session(&gone.id, 0).unwrap();
    drop(other);
    for kept in 0..5 {
        journal.keep(10 + kept, &noted("goes on")).unwrap();
    }
    assert_eq!(Study::open(&path).unwrap().events(&id).unwrap().len(), 7);
}

#[test]
fn an_interview_can_be_saved_into_a_study_that_is_there() {
    let (folder, path) = place();
    let (_study, id, mut journal) = running(&path);
    let team = folder.path().join("team.relata");
    let mut study = Study::open(&team).unwrap();
    study.begin(&instrument(), &session(7)).unwrap();
    fs::remove_file(&path).unwrap();
    // The session that it holds already is none of those that were left behind.
    let saved = journal.save_elsewhere(&team.display().to_string()).unwrap();
    assert_eq!((saved.taken, saved.left), (0, 1));
    journal.keep(4, &noted("three")).unwrap();
    assert_eq!(study.sessions().unwrap().len(), 2);
    assert_eq!(study.events(&id).unwrap().len(), 3);
    // A folder, or a file that is not a study, is refused.
    assert!(journal.save_elsewhere(&folder.path().display().to_string()).is_err());
}

#[cfg(unix)]
#[test]
fn a_link_is_followed_once_and_the_log_lies_beside_its_target() {
    let (folder, path) = place();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let target = inner.join("target.relata");
    std::os::unix::fs::symlink(&target, &path).unwrap();
    let (_study, id, mut journal) = running(&path);
    assert!(inner.join("target.relata-wal").exists() && !folder.path().join("study.relata-wal").exists());
    assert_eq!(Study::open_read_only(&path).unwrap().events(&id).unwrap().len(), 2);
    // The link leads elsewhere now.
    let other = inner.join("other.relata");
    drop(Study::open(&other).unwrap());
    fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&other, &path).unwrap();
    assert!(journal.keep(4, &noted("three")).unwrap_err().place_is_gone);
}

#[test]
fn a_log_of_another_file_is_not_taken_for_its_own() {
    let (folder, path) = place();
    let (study, _, journal) = running(&path);
    let log = fs::read(path.with_extension("relata-wal")).unwrap();
    drop((study, journal));
    // Another study takes the name, and the first one's log is left beside it.
    let restored = folder.path().join("restored.relata");
    drop(running(&restored));
    let mut study = Study::open(&restored).unwrap();
    for number in 20..40 {
        study.begin(&instrument(), &session(number)).unwrap();
    }
    drop(study);
    fs::write(restored.with_extension("relata-wal"), &log).unwrap();
    let before = fs::read(&restored).unwrap();
    for open in [Study::open, Study::open_existing, Study::look] {
        let error = open(&restored).unwrap_err();
        assert!(matches!(error.problem, Problem::OthersLog(_)), "{error}");
        assert!(error.to_string().contains("move that log"), "{error}");
    }
    assert!(fs::read(&restored).unwrap() == before);
}

/// Files that take the place of an open study: another one, and an earlier state of the same one.
fn stand_ins(path: &Path) -> [std::path::PathBuf; 2] {
    let other = path.with_file_name("other.relata");
    let mut study = Study::open(&other).unwrap();
    for number in 20..60 {
        study.begin(&instrument(), &session(number)).unwrap();
    }
    [other, path.with_extension("older")]
}

#[test]
fn a_file_that_was_restored_is_never_written_into_and_opens_at_once() {
    type Restore = fn(&Path, &Path);
    let ways: [(&str, Restore); 3] = [
        ("by its name", |from, to| {
            let copy = to.with_extension("copy");
            fs::copy(from, &copy).unwrap();
            fs::rename(copy, to).unwrap();
        }),
        ("in place", |from, to| fs::write(to, fs::read(from).unwrap()).unwrap()),
        ("in place, with its time set back", |from, to| {
            let times = fs::metadata(to).unwrap().modified().unwrap();
            fs::write(to, fs::read(from).unwrap()).unwrap();
            fs::File::options().write(true).open(to).unwrap().set_modified(times).unwrap();
        }),
    ];
    for (how, restore) in ways {
        for which in 0..2 {
            for moved_before in [false, true] {
                let (_folder, path) = place();
                let restored = stand_ins(&path)[which].clone();
                let (study, _, mut journal) = running(&path);
                let restored = if which == 1 { path.with_extension("older") } else { restored };
                // A part of what was written since lies in the file itself.
                let moves = rusqlite::Connection::open(&path).unwrap();
                moves.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
                drop(moves);
                journal.check().unwrap();
                let sessions = Study::look(&restored).unwrap().sessions().unwrap().len();
                let bytes = fs::read(&restored).unwrap();
                restore(&restored, &path);
                let what = format!("{how}, {which}, {moved_before}");
                if moved_before {
                    let lost = journal.keep(4, &noted("three")).unwrap_err();
                    assert!(lost.place_is_gone && lost.to_string().contains("-wal-lost"), "{what}: {lost}");
                    let place = journal.suggested_place();
                    journal.save_elsewhere(&place).unwrap();
                    journal.keep(4, &noted("three")).unwrap();
                }
                drop((study, journal));
                assert!(fs::read(&path).unwrap() == bytes, "{what}");
                let again = Study::open(&path).unwrap();
                assert_eq!(again.sessions().unwrap().len(), sessions, "{what}");
                again.look_through().unwrap();
                // The lost file's log is kept, and the search after an erasing includes it.
                assert!(path.with_file_name("study.relata-wal-lost").exists(), "{what}");
                let traces = again.traces_of(&[session(1).id]).unwrap();
                again.search(traces).unwrap();
            }
        }
    }
}

#[test]
fn a_log_that_was_left_beside_an_earlier_state_of_its_own_file_is_refused() {
    let (_folder, path) = place();
    let (study, _, mut journal) = running(&path);
    let moves = rusqlite::Connection::open(&path).unwrap();
    moves.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(())).unwrap();
    drop(moves);
    journal.keep(4, &noted("three")).unwrap();
    // As after a kill and a restore.
    let (log, older) = (path.with_extension("relata-wal"), path.with_extension("older"));
    let there = path.with_file_name("there.relata");
    fs::copy(older, &there).unwrap();
    fs::copy(log, there.with_extension("relata-wal")).unwrap();
    for open in [Study::open, Study::look] {
        let error = open(&there).unwrap_err();
        assert!(matches!(error.problem, Problem::OthersLog(_)), "{error}");
    }
    // Beside its own file, the same log is taken.
    let own = path.with_file_name("own.relata");
    fs::copy(&path, &own).unwrap();
    fs::copy(path.with_extension("relata-wal"), own.with_extension("relata-wal")).unwrap();
    assert_eq!(Study::look(&own).unwrap().sessions().unwrap().len(), 2);
    drop((study, journal));
}

#[test]
fn a_trigger_that_somebody_adds_to_an_open_study_is_not_obeyed() {
    let (_folder, path) = place();
    let (study, id, mut journal) = running(&path);
    let stranger = rusqlite::Connection::open(&path).unwrap();
    stranger
        .execute_batch("CREATE TRIGGER x AFTER INSERT ON events BEGIN DELETE FROM events WHERE seq = 0; END")
        .unwrap();
    let lost = journal.keep(4, &noted("three")).unwrap_err();
    assert!(lost.place_is_gone && lost.to_string().contains("the trigger `x`"), "{lost}");
    assert_eq!(study.events(&id).unwrap().len(), 2);
    stranger.execute_batch("DROP TRIGGER x").unwrap();
    journal.keep(4, &noted("three")).unwrap();
    assert_eq!(study.events(&id).unwrap().len(), 3);
}

#[test]
fn a_home_folder_is_meant_by_its_sign() {
    let home = std::env::var("HOME").unwrap();
    assert_eq!(relata::files::from_home(Path::new("~/a/b")), Path::new(&home).join("a/b"));
    assert_eq!(relata::files::from_home(Path::new("a~/b")), Path::new("a~/b"));
}

#[cfg(unix)]
#[test]
fn a_study_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, _) = place();
    let path = folder.path().join("new/folder/study.relata");
    let (_study, ..) = running(&path);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    for ending in ["relata", "relata-wal", "relata-shm"] {
        assert_eq!(mode(&path.with_extension(ending)), 0o600, "{ending}");
    }
    assert_eq!((mode(path.parent().unwrap()), mode(&folder.path().join("new"))), (0o700, 0o700));
}
