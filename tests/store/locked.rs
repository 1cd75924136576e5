//! Studies that can't be read without their passphrase: the contents of the file, what locking keeps, and that nothing of a
//! locked study is written unencrypted.

use std::fs;
use std::path::Path;

use relata::interview::Journal;
use relata::store::{
    LostRows, Passphrase, Problem, SessionId, Study, begin_locked, is_locked, is_unlocked, merge, relock,
    tidy, unlock,
};
use rusqlite::Connection;
use zeroize::Zeroizing;

use super::support::{all_bytes, holds, instrument, noted, place, session, walked};

/// Words that stand in every answer here and nowhere else.
const SECRET: &str = "zebrafinch";
const DAY: i64 = 1_767_225_600_000;

fn passphrase(text: &str) -> Passphrase {
    Passphrase::new(Zeroizing::new(text.to_owned())).unwrap()
}

/// A closed study with two walked interviews and a note.
fn study(path: &Path) -> SessionId {
    let (mut study, instrument) = (Study::open(path).unwrap(), instrument());
    for n in 1..3 {
        let new = session(n);
        let id = study.begin(&instrument, &new).unwrap();
        for (known, event) in walked(&instrument, &new).iter().enumerate() {
            study.append(&id, known, event.at, &event.event).unwrap();
        }
    }
    noted_in(&mut study, 3)
}

/// One more session with a note that holds the secret.
fn noted_in(study: &mut Study, n: u64) -> SessionId {
    let id = study.begin(&instrument(), &session(n)).unwrap();
    study.append(&id, 0, 1, &noted(&format!("I saw a {SECRET}"))).unwrap();
    id
}

fn locked(path: &Path, text: &str) -> SessionId {
    let id = study(path);
    relock(path, Some(&passphrase(text))).unwrap();
    id
}

/// Every row of a study, table by table.
fn rows(path: &Path) -> Vec<String> {
    let study = Study::open_read_only(path).unwrap();
    let (sessions, bad) = study.all_sessions().unwrap();
    assert!(bad.is_empty() && study.changed().unwrap().is_empty() && study.lost().unwrap().is_empty());
    sessions.iter().map(|header| format!("{header:?} {:?}", study.events(&header.id).unwrap())).collect()
}

/// Names in the folder of a study.
fn names(path: &Path) -> Vec<String> {
    let entries = fs::read_dir(path.parent().unwrap()).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn locking_keeps_every_row_and_leaves_no_word_and_unlocking_brings_all_back() {
    let (_folder, path) = place();
    study(&path);
    let before = rows(&path);
    assert!(holds(&all_bytes(&path), SECRET) && !is_locked(&path));

    assert!(relock(&path, Some(&passphrase("correct horse"))).unwrap().is_empty());
    assert_eq!(names(&path), ["study.relata"]);
    let bytes = all_bytes(&path);
    for word in [SECRET, "SQLite", "workshop-pulse", "Bakkerij", "CREATE TABLE"] {
        assert!(!holds(&bytes, word), "{word}");
    }
    assert!(is_locked(&path) && is_unlocked(&path));
    assert_eq!(rows(&path), before);
    // Written to and closed: nothing of it is readable, in the file or beside it.
    let mut study = Study::open(&path).unwrap();
    noted_in(&mut study, 9);
    assert!(fs::metadata(path.with_extension("relata-wal")).unwrap().len() > 0);
    assert!(!holds(&all_bytes(&path), SECRET));
    drop(study);
    assert!(!holds(&all_bytes(&path), SECRET));
    let after = rows(&path);
    assert_eq!(after.len(), before.len() + 1);

    relock(&path, Some(&passphrase("another one"))).unwrap();
    assert!(unlock(&path, &passphrase("correct horse")).is_err());
    unlock(&path, &passphrase("another one")).unwrap();
    assert_eq!(rows(&path), after);

    relock(&path, None).unwrap();
    assert!(!is_locked(&path) && names(&path) == ["study.relata"]);
    assert_eq!(rows(&path), after);
    assert!(holds(&all_bytes(&path), SECRET));
}

#[test]
fn other_programs_of_the_cipher_open_a_locked_study_with_its_passphrase_alone() {
    let (_folder, path) = place();
    locked(&path, "it's \"quoted\" – zoë");
    let other = Connection::open(&path).unwrap();
    other.pragma_update(None, "key", "it's \"quoted\" – zoë").unwrap();
    let sessions: i64 = other.query_row("SELECT count(*) FROM sessions", [], |row| row.get(0)).unwrap();
    assert_eq!(sessions, 3);
    let stranger = Connection::open(&path).unwrap();
    assert!(stranger.query_row("SELECT count(*) FROM sessions", [], |_| Ok(())).is_err());
}

#[test]
fn a_locked_study_opens_with_its_passphrase_and_in_no_other_way() {
    let (folder, path) = place();
    let id = locked(&path, "correct horse");
    // As another process finds it: this process has no key for that name.
    let found = folder.path().join("found.relata");
    fs::rename(&path, &found).unwrap();
    let before = fs::read(&found).unwrap();
    for problem in [
        Study::open(&found).unwrap_err().problem,
        Study::open_existing(&found).unwrap_err().problem,
        Study::look(&found).unwrap_err().problem,
    ] {
        assert_eq!(problem, Problem::NoPassphrase);
    }
    for wrong in ["correct Horse", "correct horse ", " "] {
        assert_eq!(unlock(&found, &passphrase(wrong)).unwrap_err().problem, Problem::WrongPassphrase);
        assert_eq!(Study::open(&found).unwrap_err().problem, Problem::NoPassphrase);
    }
    assert_eq!(fs::read(&found).unwrap(), before);
    unlock(&found, &passphrase("correct horse")).unwrap();
    let study = Study::open(&found).unwrap();
    assert!(study.is_locked() && study.session(&id.to_string()).is_ok());
    drop(study);
    // An unencrypted file in the place of a locked one is rejected, so that nobody continues in it unnoticed.
    let plain = folder.path().join("plain.relata");
    self::study(&plain);
    fs::copy(&plain, &found).unwrap();
    assert_eq!(Study::open(&found).unwrap_err().problem, Problem::NotAStudy);
}

#[test]
fn a_study_that_begins_locked_was_never_open_to_read() {
    let (_folder, path) = place();
    begin_locked(&path, &passphrase("correct horse")).unwrap();
    assert_eq!(names(&path), ["study.relata"]);
    let mut study = Study::open(&path).unwrap();
    noted_in(&mut study, 1);
    assert!(study.is_locked() && !holds(&all_bytes(&path), SECRET) && !holds(&all_bytes(&path), "SQLite"));
    drop(study);
    // An existing file is never overwritten by a new study.
    assert!(begin_locked(&path, &passphrase("other")).is_err());
    assert_eq!(rows(&path).len(), 1);
    // An empty one has nothing to lose, unless its log is there.
    let empty = path.with_file_name("empty.relata");
    fs::write(&empty, "").unwrap();
    fs::write(path.with_file_name("empty.relata-wal"), "log").unwrap();
    let refused = begin_locked(&empty, &passphrase("other")).unwrap_err();
    assert!(matches!(refused.problem, Problem::LogAlone(_)));
    fs::remove_file(path.with_file_name("empty.relata-wal")).unwrap();
    begin_locked(&empty, &passphrase("other")).unwrap();
    assert!(Study::open(&empty).unwrap().is_locked());
}

#[test]
fn nothing_is_locked_that_somebody_has_open_and_the_file_stays_as_it_was() {
    let (folder, path) = place();
    study(&path);
    let before = rows(&path);
    for open in [Study::open_read_only, Study::open] {
        let reader = open(&path).unwrap();
        let refused = relock(&path, Some(&passphrase("correct horse"))).unwrap_err();
        assert_eq!(refused.problem, Problem::Locked);
        drop(reader);
        assert!(!is_locked(&path));
        assert_eq!((rows(&path), names(&path)), (before.clone(), vec!["study.relata".to_owned()]));
    }
    #[cfg(unix)]
    {
        fs::hard_link(&path, folder.path().join("second name")).unwrap();
        let refused = relock(&path, Some(&passphrase("correct horse"))).unwrap_err();
        assert_eq!(refused.problem, Problem::OtherNames(1));
        fs::remove_file(folder.path().join("second name")).unwrap();
    }
    relock(&path, Some(&passphrase("correct horse"))).unwrap();
    assert_eq!(rows(&path), before);
}

#[cfg(unix)]
#[test]
fn the_rights_of_the_file_stay_and_a_link_leads_to_the_locked_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, path) = place();
    study(&path);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let link = folder.path().join("link.relata");
    symlink(&path, &link).unwrap();
    relock(&link, Some(&passphrase("correct horse"))).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    assert!(is_unlocked(&path) && is_unlocked(&link) && !holds(&all_bytes(&path), SECRET));
}

#[cfg(unix)]
#[test]
fn the_old_content_is_written_over_before_it_is_let_go() {
    let (_folder, path) = place();
    study(&path);
    // Another open handle of the file still sees its former blocks.
    let mut old = fs::File::open(&path).unwrap();
    relock(&path, Some(&passphrase("correct horse"))).unwrap();
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut old, &mut bytes).unwrap();
    assert!(bytes.len() > 4_096 && bytes.iter().all(|byte| *byte == 0));
}

#[test]
fn what_was_locked_is_merged_into_what_is_locked() {
    let (folder, path) = place();
    let [other, plain, out] =
        ["other", "plain", "out"].map(|name| folder.path().join(format!("{name}.relata")));
    locked(&path, "correct horse");
    begin_locked(&other, &passphrase("another one")).unwrap();
    noted_in(&mut Study::open(&other).unwrap(), 21);
    noted_in(&mut Study::open(&plain).unwrap(), 22);
    let open = fs::read(&plain).unwrap();

    let merged = merge(&[plain.clone(), path.clone(), other.clone()], &out, None).unwrap();
    assert_eq!(merged.sessions, 5);
    assert!(!holds(&fs::read(&out).unwrap(), SECRET));
    // With the passphrase of the first locked one, in a process without keys.
    let found = folder.path().join("found.relata");
    fs::rename(&out, &found).unwrap();
    assert_eq!(unlock(&found, &passphrase("another one")).unwrap_err().problem, Problem::WrongPassphrase);
    unlock(&found, &passphrase("correct horse")).unwrap();
    assert_eq!(rows(&found).len(), 5);

    merge(&[path.clone(), other.clone(), plain.clone()], &path, None).unwrap();
    assert_eq!(rows(&path).len(), 5);
    assert!(!holds(&fs::read(&path).unwrap(), SECRET));

    let refused = merge(&[plain.clone(), other], &plain, None).unwrap_err();
    assert_eq!((refused.problem, refused.path), (Problem::PlainPlace, plain.clone()));
    assert_eq!(fs::read(&plain).unwrap(), open);
}

#[test]
fn an_erasing_is_proved_on_what_a_locked_file_says() {
    let (_folder, path) = place();
    let id = locked(&path, "correct horse");
    let mut study = Study::open(&path).unwrap();
    let traces = study.traces_of(&[id]).unwrap();
    assert_eq!(study.erase_session(&id, DAY).unwrap(), 1);
    let searched = study.search(traces).unwrap();
    assert!(searched.texts > 0 && searched.unread.is_empty());
    assert_eq!((searched.found, searched.files), (0, Vec::new()));

    // Content that was released but not wiped is found, although the encrypted file contains no plain word.
    let mut study = Study::open(&path).unwrap();
    let id = noted_in(&mut study, 7);
    let traces = study.traces_of(&[id]).unwrap();
    drop(study);
    let careless = Connection::open(&path).unwrap();
    careless.pragma_update(None, "key", "correct horse").unwrap();
    careless.pragma_update_and_check(None, "secure_delete", false, |_| Ok(())).unwrap();
    careless.pragma_update(None, "foreign_keys", false).unwrap();
    for table in ["events", "tips", "sessions"] {
        let column = if table == "sessions" { "id" } else { "session" };
        careless.execute(&format!("DELETE FROM {table} WHERE {column} = ?1"), [id.to_string()]).unwrap();
    }
    drop(careless);
    assert!(!holds(&all_bytes(&path), SECRET));
    let searched = Study::open_read_only(&path).unwrap().search(traces.clone()).unwrap();
    assert!(searched.found > 0 && searched.files == [fs::canonicalize(&path).unwrap()], "{searched:?}");
    // A log beside it is encrypted as well, so it can't be searched.
    let aside = path.with_extension("relata-wal-lost");
    fs::write(&aside, "anything").unwrap();
    let searched = Study::open_read_only(&path).unwrap().search(traces).unwrap();
    assert_eq!(searched.unread, [fs::canonicalize(&aside).unwrap()]);
}

#[test]
fn what_a_lost_locked_study_held_is_saved_in_a_locked_one() {
    let (folder, path) = place();
    begin_locked(&path, &passphrase("correct horse")).unwrap();
    let [elsewhere, plain] = ["elsewhere", "plain"].map(|name| folder.path().join(format!("{name}.relata")));
    drop(Study::open(&plain).unwrap());
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&instrument(), &session(1)).unwrap();
    let mut journal = study.journal(id, 0).unwrap();
    journal.keep(1, &noted(&format!("a {SECRET}"))).unwrap();
    fs::remove_file(&path).unwrap();
    assert!(journal.keep(2, &noted("two")).is_err());
    let refused = journal.save_elsewhere(plain.to_str().unwrap()).unwrap_err();
    assert!(refused.to_string().contains("is not locked"), "{refused}");
    journal.save_elsewhere(elsewhere.to_str().unwrap()).unwrap();
    journal.keep(2, &noted(&format!("a second {SECRET}"))).unwrap();
    drop(journal);
    assert!(!holds(&all_bytes(&path), SECRET));
    let found = folder.path().join("found.relata");
    fs::rename(&elsewhere, &found).unwrap();
    unlock(&found, &passphrase("correct horse")).unwrap();
    assert_eq!(Study::open(&found).unwrap().events(&id).unwrap().len(), 2);
}

#[test]
fn an_earlier_state_below_a_later_log_is_noticed_in_a_locked_study_too() {
    let (folder, path) = place();
    locked(&path, "correct horse");
    let earlier = fs::read(&path).unwrap();
    let mut study = Study::open(&path).unwrap();
    noted_in(&mut study, 5);
    drop(study);
    let later = fs::read(&path).unwrap();
    let mut study = Study::open(&path).unwrap();
    noted_in(&mut study, 6);
    let log = fs::read(path.with_extension("relata-wal")).unwrap();
    drop(study);
    let laid = |name: &str, file: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, file).unwrap();
        fs::write(path.with_extension("relata-wal"), &log).unwrap();
        unlock(&path, &passphrase("correct horse")).unwrap();
        Study::open(&path)
    };
    assert_eq!(laid("sound.relata", &later).unwrap().sessions().unwrap().len(), 5);
    assert!(matches!(laid("mixed.relata", &earlier).unwrap_err().problem, Problem::OthersLog(_)));
}

/// What can be read of a damaged study, and what is missing; `None` where nothing can.
fn readable(path: &Path) -> Option<(Vec<String>, Vec<String>, Vec<LostRows>)> {
    let study = match Study::look(path) {
        Ok(study) => study,
        Err(error) => {
            assert!(matches!(error.problem, Problem::Damaged(_)), "{error}");
            return None;
        }
    };
    let (headers, unreadable) = study.all_sessions().unwrap();
    let missed = unreadable.into_iter().chain(study.changed().unwrap());
    // An empty page in the place of a text's last one is noticed by the text alone, unless it was locked.
    assert!(study.damage().is_some() || !study.is_locked());
    let lost = study.lost().unwrap().into_iter().map(|lost| LostRows { damaged: true, ..lost });
    Some((
        headers.iter().map(|header| format!("{header:?}")).collect(),
        missed.map(|session| session.session).collect(),
        lost.collect(),
    ))
}

#[test]
fn a_damaged_page_costs_as_much_in_a_locked_study_as_in_any_other() {
    let (folder, path) = place();
    locked(&path, "correct horse");
    let mut study = Study::open(&path).unwrap();
    for n in 10..40 {
        noted_in(&mut study, n);
    }
    drop(study);
    let sound = rows(&path).len();
    // The locked pages, decrypted.
    let plain = folder.path().join("plain.relata");
    let mut cipher = Connection::open(&path).unwrap();
    cipher.pragma_update(None, "key", "correct horse").unwrap();
    let pages = cipher.serialize("main").unwrap().to_vec();
    drop(cipher);
    let bytes = fs::read(&path).unwrap();
    assert_eq!(pages.len(), bytes.len());
    let (mut most, mut fewest) = (0, sound);
    for start in (4_096..bytes.len()).step_by(4_096) {
        let (mut empty, mut changed) = (pages.clone(), bytes.clone());
        empty[start..start + 4_096].fill(0);
        changed[start + 2_000] ^= 1;
        fs::write(&plain, empty).unwrap();
        fs::write(&path, changed).unwrap();
        assert!(matches!(Study::open(&path).unwrap_err().problem, Problem::Damaged(_)));
        let read = readable(&path);
        assert_eq!(read, readable(&plain), "page {}", start / 4_096 + 1);
        let whole = read.map_or(0, |(headers, missed, _)| headers.len().saturating_sub(missed.len()));
        (most, fewest) = (most.max(whole), fewest.min(whole));
    }
    assert!(most == sound && fewest < sound, "{most} {fewest} {sound}");
}

#[test]
fn an_accent_is_the_same_however_it_is_typed() {
    let (folder, path) = place();
    let [one, two] = ["une clé d’été", "une cle\u{301} d’e\u{301}te\u{301}"];
    for (place, with) in [(&path, one), (&folder.path().join("two.relata"), two)] {
        locked(place, with);
        for typed in [two, one] {
            let found = folder.path().join(format!("{}.relata", typed.len() + 100 * with.len()));
            fs::copy(place, &found).unwrap();
            unlock(&found, &passphrase(typed)).unwrap();
            assert_eq!(rows(&found).len(), 3);
        }
    }
    // A study locked with a passphrase that was not normalised still opens.
    let former = folder.path().join("former.relata");
    fs::copy(&path, &former).unwrap();
    let database = Connection::open(&former).unwrap();
    database.pragma_update(None, "key", one).unwrap();
    database.pragma_update(None, "rekey", two).unwrap();
    drop(database);
    for typed in [one, two] {
        let found = folder.path().join(format!("former-{}.relata", typed.len()));
        fs::copy(&former, &found).unwrap();
        unlock(&found, &passphrase(typed)).unwrap();
        assert_eq!(rows(&found).len(), 3);
    }
    assert!(unlock(&former, &passphrase("une cle d’ete")).is_err());
}

#[test]
fn a_copy_that_was_left_goes_only_where_the_study_says_all_that_it_says() {
    let (folder, path) = place();
    study(&path);
    let plain = fs::read(&path).unwrap();
    relock(&path, Some(&passphrase("correct horse"))).unwrap();
    let left = |name: &str, bytes: &[u8]| {
        let file = fs::canonicalize(folder.path()).unwrap().join(format!(".study.relata.{name}.part"));
        fs::write(&file, bytes).unwrap();
        file
    };
    let mut unfinished = plain.clone();
    unfinished[..4_096].fill(0);
    let gone = [left("aaaaaa", &plain), left("bbbbbb", b""), left("bbbbbc", &unfinished)];
    let half = left("cccccc", &plain[..plain.len() / 2 & !4_095]);
    // Another program continued in the unencrypted copy.
    let on = folder.path().join("on.relata");
    fs::write(&on, &plain).unwrap();
    noted_in(&mut Study::open(&on).unwrap(), 50);
    let on = left("dddddd", &fs::read(on).unwrap());
    let locked = left("eeeeee", &fs::read(&path).unwrap());
    let other = left("ffffff", b"SQLite format 3, or so it says");
    let before = rows(&path);
    let told = tidy(&path);
    assert_eq!(
        (&told.gone[..], &told.there),
        (&gone[..], &vec![half.clone(), on.clone(), locked.clone(), other.clone()])
    );
    assert!(
        gone.iter().all(|file| !file.exists()) && [half, on, locked, other].iter().all(|file| file.exists())
    );
    assert_eq!(rows(&path), before);
    assert!(tidy(&path).gone.is_empty());
    // A study that does not open can't be compared.
    let plain = left("gggggg", &plain);
    let found = folder.path().join("found.relata");
    fs::rename(&path, &found).unwrap();
    fs::rename(&plain, folder.path().join(".found.relata.gggggg.part")).unwrap();
    assert_eq!(tidy(&found).there.len(), 1);
}
