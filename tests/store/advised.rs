//! Advice that was shown, in the file: kept once, erased with either of its sessions, and reported where it was changed.

use relata::store::{AdviceShown, Advised, LostRows, SessionId, Study};

use super::support::{all_bytes, holds, place};
use super::trust::{tamper, three};

const SECRET: &str = "Talk about the zebrafinch first";

pub fn advised(session: SessionId, other: Option<SessionId>, at: i64, title: &str) -> Advised {
    let advice = AdviceShown {
        name: "our_picture.mp.higher".into(),
        title: title.into(),
        language: Some("en".into()),
        reader: "account".into(),
        for_account: true,
        quotes: false,
        rests: vec!["norm.other.mp".into()],
        rests_of_other: vec!["norm.own.mp".into()],
    };
    Advised { session, other, at, advice }
}

#[test]
fn what_is_shown_again_stays_where_it_was_shown_first() {
    let (_folder, path) = place();
    let ids = three(&path);
    let study = Study::look(&path).unwrap();
    let first = advised(ids[0], None, 10, "Call them.");
    study.keep_advice(vec![first.clone()]).unwrap();
    // The same in another language and a month later; on another session; and to somebody else.
    let mut to_others = advised(ids[0], None, 20, "Call them.");
    to_others.advice.reader = "researcher".into();
    let shown =
        vec![advised(ids[0], None, 20, "Bel hen."), advised(ids[1], None, 20, "Call them."), to_others];
    study.keep_advice(shown.clone()).unwrap();
    study.keep_advice(shown.clone()).unwrap();
    let mut kept = study.advised().unwrap();
    assert_eq!((kept.remove(0), kept.len()), (first, 2));
    assert!(shown[1..].iter().all(|one| kept.contains(one)));
    assert_eq!((study.lost().unwrap(), study.unsound().unwrap()), (vec![], vec![]));
    // Once closed, the file alone is the whole study.
    drop(study);
    assert!(!path.with_extension("relata-wal").exists());
    assert_eq!(Study::look(&path).unwrap().advised().unwrap().len(), 3);
}

#[test]
fn it_goes_with_either_session_and_leaves_no_byte() {
    for erased in [0, 1] {
        let (_folder, path) = place();
        let ids = three(&path);
        let mut study = Study::open(&path).unwrap();
        study.keep_advice(vec![advised(ids[0], Some(ids[1]), 10, SECRET)]).unwrap();
        study.keep_advice(vec![advised(ids[2], None, 10, "Call them.")]).unwrap();
        let traces = study.traces_of(&ids[erased..=erased]).unwrap();
        assert_eq!(study.erase_session(&ids[erased], 20).unwrap(), 1);
        let kept: Vec<SessionId> = study.advised().unwrap().iter().map(|one| one.session).collect();
        assert_eq!((kept, study.lost().unwrap()), (vec![ids[2]], vec![]));
        assert_eq!(study.search(traces).unwrap().found, 0);
        assert!(!holds(&all_bytes(&path), SECRET) && holds(&all_bytes(&path), "Call them."));
    }
}

#[test]
fn what_was_changed_was_advised_by_nobody_and_what_was_taken_out_is_missed() {
    let (_folder, path) = place();
    let ids = three(&path);
    let study = Study::open(&path).unwrap();
    study.keep_advice(vec![advised(ids[0], Some(ids[1]), 10, SECRET)]).unwrap();
    drop(study);
    tamper(&path, "UPDATE advised SET at = 11");
    let study = Study::look(&path).unwrap();
    let named: Vec<String> =
        study.unsound().unwrap().iter().map(|row| format!("{} {}", row.what, row.name)).collect();
    assert_eq!(named, [format!("an advice on session {}", ids[0])]);
    assert_eq!(study.advised().unwrap(), []);
    drop(study);
    tamper(&path, "DELETE FROM advised");
    assert_eq!(
        Study::look(&path).unwrap().lost().unwrap(),
        [LostRows { table: "advised", rows: 1, damaged: false }]
    );
}

#[test]
fn what_was_kept_without_its_language_is_read_as_it_is() {
    let old = r#"{"name":"n","title":"Call them.","reader":"account","for_account":true,"quotes":false,"rests":[],"rests_of_other":[]}"#;
    let read: AdviceShown = serde_json::from_str(old).unwrap();
    assert_eq!((read.language.as_deref(), read.title.as_str()), (None, "Call them."));
    // Written again it is the same text, so that its seal fits in a copy, too.
    assert_eq!(serde_json::to_string(&read).unwrap(), old);
}
