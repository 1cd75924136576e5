//! Unusable files: each gets a message that names it, and not one of its bytes changes.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use relata::store::{Problem, StoreError, Study};
use rusqlite::Connection;

use super::support::{helper, instrument, noted, place, said, session, study_with_notes, under_test};

/// Opens in every way; each must fail and leave the file as it is.
fn refused(path: &Path) -> Vec<StoreError> {
    let before = fs::read(path).ok();
    // At once, because a file that is held is waited for.
    let errors = std::thread::scope(|scope| {
        [Study::open, Study::open_existing, Study::open_read_only]
            .map(|open| scope.spawn(move || open(path).unwrap_err()))
            .map(|thread| thread.join().unwrap())
    });
    assert_eq!(fs::read(path).ok(), before);
    for error in &errors {
        assert!(error.to_string().starts_with(&format!("`{}` ", path.display())), "{error}");
    }
    errors.into()
}

fn problem(path: &Path) -> Problem {
    let errors = refused(path);
    assert!(errors.iter().all(|error| error.problem == errors[0].problem), "{errors:?}");
    errors[0].problem.clone()
}

#[test]
fn a_study_that_is_not_there() {
    let (folder, path) = place();
    for open in [Study::open_existing, Study::open_read_only] {
        assert_eq!(open(&path).unwrap_err().problem, Problem::Missing);
        assert_eq!(open(&folder.path().join("no/such/folder.relata")).unwrap_err().problem, Problem::Missing);
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn a_folder_in_place_of_the_study() {
    let (folder, _) = place();
    assert_eq!(problem(folder.path()), Problem::Folder);
}

#[test]
fn a_file_in_place_of_a_folder() {
    let (folder, path) = place();
    fs::write(folder.path().join("file"), "text").unwrap();
    let below = path.with_file_name("file").join("study.relata");
    assert!(matches!(Study::open(&below).unwrap_err().problem, Problem::NoPlace(_)));
    assert_eq!(Study::open_existing(&below).unwrap_err().problem, Problem::Missing);
}

#[test]
fn a_file_of_another_kind() {
    let (_folder, path) = place();
    for content in ["a", "name = \"an instrument\"\n", &"long text ".repeat(2_000)] {
        fs::write(&path, content).unwrap();
        assert_eq!(problem(&path), Problem::NotAStudy);
    }
}

#[test]
fn an_empty_file_becomes_a_study_only_where_one_may_begin() {
    let (_folder, path) = place();
    fs::write(&path, "").unwrap();
    assert_eq!(Study::open_existing(&path).unwrap_err().problem, Problem::NotAStudy);
    assert_eq!(Study::open_read_only(&path).unwrap_err().problem, Problem::NotAStudy);
    assert_eq!(fs::metadata(&path).unwrap().len(), 0);
    Study::open(&path).unwrap();
    Study::open_existing(&path).unwrap();
}

#[test]
fn the_database_of_another_program() {
    let (folder, path) = place();
    for mode in ["DELETE", "WAL"] {
        let other = Connection::open(&path).unwrap();
        other.pragma_update_and_check(None, "journal_mode", mode, |_| Ok(())).unwrap();
        other.execute_batch("CREATE TABLE IF NOT EXISTS sessions (id); PRAGMA user_version = 1;").unwrap();
        drop(other);
        assert_eq!(problem(&path), Problem::NotAStudy);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}

#[test]
fn a_study_of_a_newer_relata() {
    let (folder, path) = place();
    study_with_notes(&path, 3);
    let newer = Connection::open(&path).unwrap();
    newer.execute_batch("CREATE TABLE of_tomorrow (x); PRAGMA user_version = 99;").unwrap();
    // Once with the news in the log of a program that died, where only the database sees it; once in the file.
    let crashed = folder.path().join("crashed.relata");
    let log = |path: &Path| path.with_extension("relata-wal");
    fs::copy(&path, &crashed).unwrap();
    fs::copy(log(&path), log(&crashed)).unwrap();
    assert!(matches!(problem(&crashed), Problem::Newer { found: 99, .. }));
    assert!(fs::read(log(&crashed)).unwrap() == fs::read(log(&path)).unwrap());
    drop(newer);
    assert!(matches!(problem(&path), Problem::Newer { found: 99, .. }));
}

#[test]
fn a_study_that_somebody_else_holds() {
    let (_folder, path) = place();
    let id = study_with_notes(&path, 3);
    let holder = Connection::open(&path).unwrap();
    holder.execute_batch("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; CREATE TABLE held (x);").unwrap();
    assert_eq!(problem(&path), Problem::Locked);
    holder.execute_batch("ROLLBACK").unwrap();
    drop(holder);

    // While another program is writing, reading works; writing waits and then reports it.
    let mut study = Study::open(&path).unwrap();
    let writer = Connection::open(&path).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE; CREATE TABLE held (x);").unwrap();
    assert_eq!(study.events(&id).unwrap().len(), 3);
    assert_eq!(study.append(&id, 3, 9, &noted("blocked")).unwrap_err().problem, Problem::Locked);
    writer.execute_batch("ROLLBACK").unwrap();
    study.append(&id, 3, 9, &noted("free again")).unwrap();
    assert_eq!(study.events(&id).unwrap().len(), 4);
}

#[test]
fn a_study_that_was_cut_short() {
    let (_folder, path) = place();
    let id = study_with_notes(&path, 60);
    let whole = fs::read(&path).unwrap();
    for length in [1, 99, 100, 4_096, 10_000, whole.len() / 2, whole.len() - 4_096, whole.len() - 1] {
        fs::write(&path, &whole[..length]).unwrap();
        // Only a missing last page may go unnoticed until it is read.
        let outcome = Study::open(&path).and_then(|study| {
            study.sessions()?;
            study.events(&id)
        });
        let error = outcome.unwrap_err();
        assert!(
            matches!(error.problem, Problem::Damaged(_) | Problem::NotAStudy | Problem::Changed { .. }),
            "{length}: {error:?}"
        );
        assert!(fs::read(&path).unwrap() == whole[..length], "{length}");
    }
}

#[test]
fn a_study_with_a_damaged_page_anywhere() {
    let (_folder, path) = place();
    let id = study_with_notes(&path, 60);
    let whole = fs::read(&path).unwrap();
    let mut found = 0;
    for page in 0..whole.len() / 4_096 {
        let mut broken = whole.clone();
        // The first bytes of a page tell what it is; those of the first page stand behind the file's own header.
        let start = page * 4_096 + if page == 0 { 100 } else { 0 };
        broken[start..start + 64].fill(0xff);
        fs::write(&path, &broken).unwrap();
        let outcome = Study::open(&path).and_then(|study| {
            study.by_respondent("R1")?;
            for header in study.sessions()? {
                study.instrument_text(&header.instrument.hash)?;
            }
            study.truths()?;
            study.codes()?;
            study.tombstones()?;
            study.events(&id)
        });
        match outcome {
            // Damage in a page that is not needed for reading is not reported.
            Ok(events) => assert_eq!(events.len(), 60),
            Err(error) => {
                found += 1;
                assert!(matches!(error.problem, Problem::Damaged(_)), "page {page}: {error:?}");
                assert!(error.to_string().contains("damaged"));
            }
        }
        assert!(fs::read(&path).unwrap() == broken, "page {page}");
    }
    assert!(found > 5, "{found}");
}

#[test]
fn an_event_that_cannot_be_read_hides_no_other_session() {
    let (_folder, path) = place();
    let id = study_with_notes(&path, 2);
    let mut study = Study::open(&path).unwrap();
    let other = study.begin(&instrument(), &session(2)).unwrap();
    drop(study);
    let bytes = fs::read(&path).unwrap();
    let at = bytes.windows(7).position(|window| window == b"{\"noted").unwrap();
    let mut broken = bytes;
    broken[at + 3] = b'_';
    fs::write(&path, broken).unwrap();

    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.sessions().unwrap().len(), 2);
    assert!(
        matches!(study.events(&id).unwrap_err().problem, Problem::Changed { session, .. } if session == id.to_string())
    );
    study.append(&other, 0, 1, &noted("goes on")).unwrap();
}

#[test]
fn a_study_without_one_of_its_tables() {
    let (_folder, path) = place();
    for table in ["truths", "events", "meta"] {
        study_with_notes(&path, 1);
        Connection::open(&path).unwrap().execute(&format!("DROP TABLE {table}"), []).unwrap();
        let outcome = Study::open(&path).and_then(|study| {
            study.sessions()?;
            study.truths()
        });
        let error = outcome.unwrap_err();
        assert_eq!(error.problem, Problem::Damaged(format!("the table `{table}` is missing")));
        fs::remove_file(&path).unwrap();
    }
}

#[test]
fn a_changed_instrument_text_is_noticed() {
    let (_folder, path) = place();
    study_with_notes(&path, 0);
    let database = Connection::open(&path).unwrap();
    database.execute("UPDATE instruments SET text = text || ' '", []).unwrap();
    drop(database);
    let study = Study::open(&path).unwrap();
    assert!(matches!(study.instrument_text(&instrument().hash).unwrap_err().problem, Problem::Damaged(_)));
}

/// Retries until no other process holds the study.
fn when_free<T>(mut tried: impl FnMut() -> Result<T, StoreError>) -> T {
    loop {
        match tried() {
            Err(error) if error.problem == Problem::Locked => {}
            other => return other.unwrap(),
        }
    }
}

#[test]
fn two_programs_may_begin_the_same_study_at_once() {
    let instrument = instrument();
    for _ in 0..5 {
        let (_folder, path) = place();
        let names: Vec<String> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..6)
                .map(|n| {
                    let (path, instrument) = (&path, &instrument);
                    scope.spawn(move || {
                        // On a busy machine five other threads may hold the file for longer than the timeout.
                        let mut study = when_free(|| Study::open(path));
                        let id = when_free(|| study.begin(instrument, &session(n)));
                        for kept in 0..5 {
                            when_free(|| study.append(&id, kept, 1, &noted("at the same time")));
                        }
                        study.study_id().to_owned()
                    })
                })
                .collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        assert!(names.iter().all(|name| *name == names[0]));
        let study = Study::open(&path).unwrap();
        let sessions = study.sessions().unwrap();
        assert_eq!(sessions.iter().map(|header| header.events).collect::<Vec<_>>(), [5; 6]);
    }
}

/// Permissions don't apply to the superuser, so as root the test continues as the user `nobody`.
#[cfg(unix)]
#[test]
fn a_study_that_may_not_be_written() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    if let Some(path) = under_test() {
        return look_but_not_touch(&path);
    }
    let (whole, copied) = (place(), place());
    let id = study_with_notes(&whole.1, 3);
    // A file that was copied with its log and without the log's index, whose last write is in the log alone.
    let log = |path: &Path| path.with_extension("relata-wal");
    let mut study = Study::open(&whole.1).unwrap();
    study.set_room(Some("{}")).unwrap();
    fs::copy(&whole.1, &copied.1).unwrap();
    fs::copy(log(&whole.1), log(&copied.1)).unwrap();
    study.set_room(None).unwrap();
    drop(study);
    for (folder, path) in [whole, copied] {
        let folder = folder.path();
        let files: Vec<PathBuf> =
            [path.clone(), log(&path)].into_iter().filter(|file| file.exists()).collect();
        let read = || files.iter().map(|file| fs::read(file).unwrap()).collect::<Vec<_>>();
        let before = read();
        files.iter().for_each(|file| allow(file, 0o444));
        let root = fs::OpenOptions::new().write(true).open(&path).is_ok();
        // With the folder closed no side file can be made; with it open only the file itself is closed.
        for mode in [0o555, 0o777] {
            allow(folder, mode);
            let mut again = helper("store::files::a_study_that_may_not_be_written", &path);
            if root {
                again.uid(65_534).gid(65_534);
            }
            match again.output() {
                // Where the superuser's own folders hide this program from other users, the test can't run.
                Err(why) if root && why.kind() == std::io::ErrorKind::PermissionDenied => {}
                output => {
                    let output = output.unwrap();
                    assert!(output.status.success(), "{mode:o} {files:?}: {}", said(&output));
                    assert!(said(&output).contains("1 passed"));
                }
            }
            allow(folder, 0o755);
            assert!(read() == before);
            // Side files of somebody who may not write the study would keep its owner from writing it.
            let there = fs::read_dir(folder).unwrap().map(|found| found.unwrap().path());
            let there: BTreeSet<PathBuf> = there.collect();
            assert_eq!(there, files.iter().cloned().collect(), "{mode:o}");
        }
        files.iter().for_each(|file| allow(file, 0o644));
        Study::open(&path).unwrap().erase_session(&id, 0).unwrap();
    }
}

#[cfg(unix)]
fn look_but_not_touch(path: &Path) {
    for open in [Study::open, Study::open_existing] {
        let error = open(path).unwrap_err();
        assert!(matches!(error.problem, Problem::ReadOnly), "{error:?}");
    }
    let mut study = Study::open_read_only(path).unwrap();
    let header = study.sessions().unwrap().remove(0);
    assert_eq!(study.events(&header.id).unwrap().len(), 3);
    assert_eq!(study.room().unwrap().is_some(), path.with_extension("relata-wal").exists());
    let error = study.append(&header.id, 3, 1, &noted("not allowed")).unwrap_err();
    assert_eq!(error.problem, Problem::ReadOnly);
    let beside = path.with_file_name("new folder").join("study.relata");
    if fs::metadata(path.parent().unwrap()).unwrap().permissions().readonly() {
        assert!(matches!(Study::open(&beside).unwrap_err().problem, Problem::NoPlace(_)));
    }
}

#[test]
fn looking_leaves_the_log_of_a_program_that_died_where_it_is() {
    let (folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    let crashed = folder.path().join("crashed.relata");
    let log = crashed.with_extension("relata-wal");
    fs::copy(&path, &crashed).unwrap();
    fs::copy(path.with_extension("relata-wal"), &log).unwrap();
    let before = (fs::read(&crashed).unwrap(), fs::read(&log).unwrap());
    assert_eq!(Study::open_read_only(&crashed).unwrap().events(&id).unwrap(), []);
    assert!((fs::read(&crashed).unwrap(), fs::read(&log).unwrap()) == before);
}

#[test]
fn looking_writes_nothing() {
    let (folder, path) = place();
    let id = study_with_notes(&path, 3);
    let before = fs::read(&path).unwrap();
    let mut study = Study::open_read_only(&path).unwrap();
    assert_eq!(study.append(&id, 3, 1, &noted("not allowed")).unwrap_err().problem, Problem::ReadOnly);
    assert_eq!(study.begin(&instrument(), &session(2)).unwrap_err().problem, Problem::ReadOnly);
    assert_eq!(study.erase_session(&id, 0).unwrap_err().problem, Problem::ReadOnly);
    drop(study);
    assert!(fs::read(&path).unwrap() == before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
