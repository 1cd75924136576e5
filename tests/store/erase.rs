//! No byte of an erased session is left in the file, or in anything beside it.

use std::path::Path;
use std::sync::Arc;

use relata::instrument::RelationalModel::{CommunalSharing, MarketPricing};
use relata::store::{Problem, StoreError, Study, Truth};
use rusqlite::Connection;

use super::support::{all_bytes, holds, instrument, noted, place, session, walked};

const DAY: i64 = 1_767_225_600_000; // 2026-01-01 in UTC
const SECRET: &str = "zebrafinch";

#[test]
fn no_byte_of_an_erased_respondent_stays() {
    let (_folder, path) = place();
    let instrument = instrument();
    let mut study = Study::open(&path).unwrap();
    // Much before, between and after, so that texts lie in the middle of shared pages and in overflow pages too.
    for n in 0..6 {
        let mut new = session(n);
        if n == 2 || n == 4 {
            new.respondent = format!("{SECRET}-code");
            new.start.fields.insert("organisation".into(), format!("{SECRET} limited"));
            new.interviewer = Some(format!("{SECRET}-interviewer"));
        }
        let id = study.begin(&instrument, &new).unwrap();
        for kept in 0..40 {
            let size = [3, 80, 900, 9_000][kept % 4];
            let text = if n == 2 || n == 4 { SECRET.repeat(size / 10 + 1) } else { "x".repeat(size) };
            study.append(&id, kept, 1, &noted(&text)).unwrap();
        }
    }
    study
        .set_truth(
            &session(2).id,
            &Truth { model: MarketPricing, other_model: CommunalSharing, code: MarketPricing },
        )
        .unwrap();
    let kept: Vec<_> = [0, 1, 3, 5].map(|n| study.events(&session(n).id).unwrap()).into();
    assert!(holds(&all_bytes(&path), SECRET));

    // Another program has the study open, as during a workshop, which is no obstacle while it reads nothing.
    let idle = Study::open(&path).unwrap();
    assert_eq!(study.erase_respondent(&format!("{SECRET}-code"), DAY + 5_000).unwrap(), 2);
    assert!(!holds(&all_bytes(&path), SECRET));
    drop((study, idle));
    assert!(!holds(&all_bytes(&path), SECRET));
    assert!(!holds(&all_bytes(&path), "to_clean"));

    let mut study = Study::open(&path).unwrap();
    assert_eq!([0, 1, 3, 5].map(|n| study.events(&session(n).id).unwrap()).to_vec(), kept);
    let day = "2026-01-01".to_owned();
    assert_eq!(study.tombstones().unwrap(), [(session(2).id, day.clone()), (session(4).id, day.clone())]);
    assert!(study.truths().unwrap().is_empty());
    assert_eq!(study.erase_respondent(&format!("{SECRET}-code"), DAY).unwrap(), 0);

    let erased = Problem::Erased { session: session(2).id.to_string(), on: day };
    assert_eq!(study.session(&session(2).id.to_string()).unwrap_err().problem, erased);
    assert_eq!(study.events(&session(2).id).unwrap_err().problem, erased);
    assert_eq!(study.append(&session(2).id, 40, 1, &noted("back")).unwrap_err().problem, erased);
    // An erased session can't be restored.
    assert_eq!(study.begin(&instrument, &session(2)).unwrap_err().problem, erased);
}

#[test]
fn a_single_session_goes_and_the_respondents_other_one_stays() {
    let (_folder, path) = place();
    let instrument = instrument();
    let mut study = Study::open(&path).unwrap();
    let (one, mut two) = (session(1), session(2));
    two.respondent = one.respondent.clone();
    study.begin(&instrument, &one).unwrap();
    study.begin(&instrument, &two).unwrap();
    for (kept, stamped) in walked(&instrument, &one).into_iter().enumerate() {
        study.append(&one.id, kept, stamped.at, &stamped.event).unwrap();
    }
    let mut journal = study.journal(two.id, 0).unwrap();
    assert_eq!(study.erase_session(&one.id, DAY).unwrap(), 1);
    assert_eq!(study.erase_session(&one.id, DAY).unwrap(), 0);
    assert_eq!(study.by_respondent("R1").unwrap().len(), 1);
    // The other interview continues throughout.
    relata::interview::Journal::keep(&mut journal, 1, &noted("goes on")).unwrap();

    assert_eq!(study.erase_session(&two.id, DAY).unwrap(), 1);
    let sentence = relata::interview::Journal::keep(&mut journal, 2, &noted("too late")).unwrap_err();
    assert!(sentence.to_string().contains("was erased on 2026-01-01"), "{sentence}");
}

#[test]
fn nothing_is_erased_while_somebody_reads_an_older_state() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    let id = study.begin(&Arc::clone(&instrument()), &session(1)).unwrap();
    study.append(&id, 0, 1, &noted(SECRET)).unwrap();
    let reader = Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM events;").unwrap();
    study.append(&id, 1, 1, &noted("after the reader began")).unwrap();
    assert_eq!(study.erase_session(&id, DAY).unwrap_err().problem, Problem::Locked);
    assert_eq!(study.events(&id).unwrap().len(), 2);
    reader.execute_batch("COMMIT").unwrap();
    assert_eq!(study.erase_session(&id, DAY).unwrap(), 1);
    assert!(!holds(&all_bytes(&path), SECRET));
}

#[test]
fn a_cleaning_that_was_cut_short_is_done_at_the_next_opening() {
    let openings: [Opening; 2] = [Study::open, Study::look];
    openings.into_iter().for_each(cleans);
}

type Opening = fn(&Path) -> Result<Study, StoreError>;

fn cleans(opening: Opening) {
    let (_folder, path) = place();
    super::support::study_with_notes(&path, 40);
    let database = Connection::open(&path).unwrap();
    // The state between deleting and cleaning, with nothing overwritten, as if the power had failed there.
    database
        .execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF;
             BEGIN; DELETE FROM sessions; INSERT INTO meta (key, value) VALUES ('to_clean', 'yes'); COMMIT;",
        )
        .unwrap();
    drop(database);
    assert!(holds(&all_bytes(&path), "note 39 "));
    let study = opening(&path).unwrap();
    assert!(!holds(&all_bytes(&path), "note 39 "));
    drop(study);
    assert!(!holds(&all_bytes(&path), "to_clean"));
}

#[test]
fn the_search_finds_what_a_careless_erasing_leaves() {
    let (_folder, path) = place();
    let id = super::support::study_with_notes(&path, 30);
    let mut study = Study::open(&path).unwrap();
    let other = study.begin(&instrument(), &session(2)).unwrap();
    study.append(&other, 0, 1, &noted("note 3 is the same in both")).unwrap();
    let traces = study.traces_of(&[id]).unwrap();
    // A check of the search itself: before the erasing, every text that is unique to the session is found.
    let searched = study.search(traces.clone()).unwrap();
    assert_eq!((searched.texts, searched.found), (0, 0));

    // Deleted, but not wiped.
    let database = Connection::open(&path).unwrap();
    database
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA secure_delete = OFF; PRAGMA journal_mode = WAL;")
        .unwrap();
    database.execute("DELETE FROM sessions WHERE id = ?1", [id.to_string()]).unwrap();
    let searched = Study::open(&path).unwrap().search(traces.clone()).unwrap();
    assert!(searched.texts > 60 && searched.found > 50, "{searched:?}");
    database.execute_batch("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);").unwrap();
    let searched = Study::open(&path).unwrap().search(traces).unwrap();
    assert!(searched.texts > 60 && searched.found == 0, "{searched:?}");
}
