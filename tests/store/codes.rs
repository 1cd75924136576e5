//! Codes: appended, never edited, gone with their session; drafts: kept at once, gone when the code is saved.

use relata::coding::{Coding, Draft, Mark};
use relata::instrument::RelationalModel::{self, CommunalSharing, MarketPricing};
use relata::store::{Code, CodeId, Problem, SessionId, Study};
use rusqlite::Connection;

use super::support::{all_bytes, holds, instrument, place, session, study_with_notes, version_4};

fn code(session: SessionId, coder: &str, at: i64, dominant: RelationalModel, consensus: bool) -> Code {
    let mut random = [0; 10];
    random[..8].copy_from_slice(&at.to_be_bytes());
    random[8] = coder.len() as u8;
    random[9] = coder.bytes().last().unwrap_or(0) ^ u8::from(consensus);
    let id = CodeId::new(at, random);
    Code { id, session, coder: coder.into(), at, consensus, coding: Coding::of(dominant) }
}

#[test]
fn the_latest_of_every_coder_counts_and_one_consensus() {
    let (_folder, path) = place();
    let mut study = Study::open(&path).unwrap();
    let (one, two) = (session(1), session(2));
    study.begin(&instrument(), &one).unwrap();
    study.begin(&instrument(), &two).unwrap();
    // Kept in another order than given: the instant decides, not the order of arrival, because merged files have none.
    study
        .add_codes(&[
            code(one.id, "C1", 20, CommunalSharing, false),
            code(one.id, "C1", 10, MarketPricing, false),
            code(one.id, "C2", 5, MarketPricing, false),
            code(one.id, "C2", 30, CommunalSharing, true),
            code(one.id, "C1", 40, MarketPricing, true),
        ])
        .unwrap();
    let codes = study.codes().unwrap();
    let seen: Vec<_> = codes[&one.id]
        .iter()
        .map(|code| (code.coder.as_str(), code.coding.dominant, code.consensus))
        .collect();
    assert_eq!(
        seen,
        [("C1", CommunalSharing, false), ("C2", MarketPricing, false), ("C1", MarketPricing, true)]
    );
    assert!(!codes.contains_key(&two.id));
    assert_eq!(study.all_codes().unwrap().len(), 5);
}

#[test]
fn a_code_is_never_edited_and_needs_its_session() {
    let (_folder, path) = place();
    let id = study_with_notes(&path, 1);
    let mut study = Study::open(&path).unwrap();
    study.add_code(&code(id, "C1", 1, MarketPricing, false)).unwrap();
    // A repeated id is the caller's error, and nothing of the batch is kept.
    let batch = [code(id, "C2", 2, MarketPricing, false), code(id, "C1", 1, MarketPricing, false)];
    study.add_codes(&batch).unwrap_err();
    assert_eq!(study.all_codes().unwrap().len(), 1);
    let nowhere = code(session(9).id, "C1", 3, MarketPricing, false);
    assert!(matches!(study.add_code(&nowhere).unwrap_err().problem, Problem::NoSession(_)));
    let nobody = code(id, " ", 4, MarketPricing, false);
    assert!(matches!(study.add_code(&nobody).unwrap_err().problem, Problem::Unkeepable(_)));
    let mut twice = code(id, "C1", 5, MarketPricing, false);
    twice.coding.second = Some(MarketPricing);
    assert!(matches!(study.add_code(&twice).unwrap_err().problem, Problem::Unkeepable(_)));
    drop(study);
    let database = Connection::open(&path).unwrap();
    let refusal = database.execute("UPDATE codes SET coder = 'C9'", []).unwrap_err();
    assert!(refusal.to_string().contains("never edited"), "{refusal}");
}

#[test]
fn erasing_takes_codes_and_drafts_along() {
    const SECRET: &str = "zebrafinch";
    let (_folder, path) = place();
    let id = study_with_notes(&path, 1);
    let mut study = Study::open(&path).unwrap();
    let mut spoken = code(id, &format!("{SECRET}-coder"), 1, MarketPricing, false);
    spoken.coding.note = format!("{SECRET} said so");
    spoken.coding.evidence =
        vec![Mark { item: format!("{SECRET}_item"), model: CommunalSharing, strength: 2 }];
    study.add_code(&spoken).unwrap();
    let draft = Draft { note: format!("{SECRET} again"), ..Draft::default() };
    study.keep_draft(&id, "C2", false, 2, &draft).unwrap();
    assert!(holds(&all_bytes(&path), SECRET));
    assert_eq!(study.erase_session(&id, 1_767_225_600_000).unwrap(), 1);
    assert!(!holds(&all_bytes(&path), SECRET));
    assert!(study.codes().unwrap().is_empty());
    let gone = study.keep_draft(&id, "C2", false, 3, &draft).unwrap_err();
    assert!(matches!(gone.problem, Problem::Erased { .. }));
    let back = study.add_code(&code(id, "C1", 9, MarketPricing, false)).unwrap_err();
    assert!(matches!(back.problem, Problem::Erased { .. }));
}

#[test]
fn a_draft_is_there_until_the_code_is_saved() {
    let (_folder, path) = place();
    let id = study_with_notes(&path, 1);
    let mut study = Study::open(&path).unwrap();
    let mut draft = Draft::default();
    draft.mark("remark", CommunalSharing, Some(3));
    study.keep_draft(&id, "C1", false, 1, &draft).unwrap();
    draft.dominant = Some(CommunalSharing);
    study.keep_draft(&id, "C1", false, 2, &draft).unwrap();
    study.keep_draft(&id, "C1", true, 2, &Draft::default()).unwrap();
    drop(study);
    let mut study = Study::open(&path).unwrap();
    assert_eq!(study.draft(&id, "C1", false).unwrap(), Some(draft.clone()));
    assert_eq!(study.draft(&id, "C2", false).unwrap(), None);
    let mut saved = code(id, "C1", 3, CommunalSharing, false);
    saved.coding = draft.finish().unwrap();
    study.add_code(&saved).unwrap();
    assert_eq!(study.draft(&id, "C1", false).unwrap(), None);
    assert_eq!(study.draft(&id, "C1", true).unwrap(), Some(Draft::default()));
}

#[test]
fn a_study_from_before_codes_is_brought_up_to_date() {
    let (_folder, path) = place();
    let old = version_4(&path);
    // What file version 2 looked like.
    let tables = "DROP TABLE codes; DROP TABLE code_drafts; DROP TABLE branches; DROP TABLE digests;
                  PRAGMA user_version = 2;";
    old.execute_batch(tables).unwrap();
    drop(old);
    assert_eq!(Study::open_read_only(&path).unwrap_err().problem, Problem::Older);
    let mut study = Study::open(&path).unwrap();
    let id = study.sessions().unwrap().pop().unwrap().id;
    assert_eq!(study.events(&id).unwrap().len(), 5);
    assert!(study.codes().unwrap().is_empty());
    study.add_code(&code(id, "C1", 1, MarketPricing, false)).unwrap();
    assert_eq!(Study::open_read_only(&path).unwrap().codes().unwrap().len(), 1);
}
