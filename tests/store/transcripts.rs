//! Transcripts in the file: the latest counts in every order of merging, a removed one stays removed and leaves no byte, and
//! rows changed outside relata are ignored.

use std::path::{Path, PathBuf};

use relata::coding::transcript::{Role, Speaker, Turn, turn_name};
use relata::coding::{Draft, Mark, Transcript};
use relata::instrument::RelationalModel;
use relata::store::{LostRows, Problem, SessionId, Study, merge};

use super::support::{all_bytes, holds, place};
use super::trust::{tamper, three};

const SECRET: &str = "zebrafinch";

fn said(source: &str, words: &str) -> Transcript {
    let turn = |start: u64| Turn {
        speaker: Some(0),
        start: Some(start),
        end: None,
        text: format!("{words} {start}"),
    };
    Transcript {
        source: source.repeat(64),
        no_ratings: false,
        speakers: vec![Speaker::Role(Role::Respondent)],
        // Longer than a page, so that some of it lies in pages of its own.
        turns: (0..600).map(turn).collect(),
    }
}

fn attached(path: &Path, session: &SessionId) -> Vec<Transcript> {
    let study = Study::look(path).unwrap();
    study.transcripts(session).unwrap().into_values().map(|(_, transcript)| transcript).collect()
}

#[test]
fn what_is_removed_or_erased_leaves_no_byte() {
    for erase in [false, true] {
        let (_folder, path) = place();
        let ids = three(&path);
        let mut study = Study::open(&path).unwrap();
        let id = study.attach(&ids[0], &said("a", SECRET), 10).unwrap();
        study.attach(&ids[1], &said("a", "kept"), 10).unwrap();
        assert_eq!(study.lost().unwrap(), []);
        let traces = study.traces_of(&ids[..1]).unwrap();
        match erase {
            true => assert_eq!(study.erase_session(&ids[0], 20).unwrap(), 1),
            false => assert!(study.detach(&ids[0], &id, 20).unwrap()),
        }
        assert!(study.transcripts(&ids[0]).unwrap().is_empty());
        assert!(!study.detach(&ids[0], &id, 30).unwrap());
        assert_eq!((study.lost().unwrap(), study.unsound().unwrap()), (vec![], vec![]));
        if erase {
            let gone = study.attach(&ids[0], &said("a", SECRET), 40).unwrap_err().problem;
            assert!(matches!(gone, Problem::Erased { .. }), "{gone:?}");
            let searched = study.search(traces).unwrap();
            assert!(searched.texts > 100 && searched.found == 0, "{searched:?}");
        } else {
            drop(study);
        }
        assert!(!holds(&all_bytes(&path), SECRET) && holds(&all_bytes(&path), "kept 599"), "{erase}");
        assert_eq!(attached(&path, &ids[1]), [said("a", "kept")]);
    }
}

#[test]
fn the_latest_counts_in_every_order_and_what_was_taken_away_stays_away() {
    let (folder, path) = place();
    let ids = three(&path);
    let at = |name: &str| folder.path().join(name);
    let mut study = Study::open(&path).unwrap();
    let removed = study.attach(&ids[0], &said("a", SECRET), 10).unwrap();
    study.attach(&ids[0], &said("b", "both"), 10).unwrap();
    study.attach(&ids[1], &said("c", "first"), 10).unwrap();
    drop(study);
    std::fs::copy(&path, at("other")).unwrap();
    let mut study = Study::open(&path).unwrap();
    study.detach(&ids[0], &removed, 20).unwrap();
    // The clock was set back; what is written last still counts.
    study.attach(&ids[1], &Transcript { no_ratings: true, ..said("c", "first") }, 5).unwrap();
    drop(study);
    Study::open(&at("other")).unwrap().attach(&ids[2], &said("d", "there"), 10).unwrap();
    let orders: [&[PathBuf]; 4] = [
        &[path.clone(), at("other")],
        &[at("other"), path.clone()],
        &[at("0"), at("other")],
        &[at("1"), at("0"), path.clone()],
    ];
    for (number, order) in orders.into_iter().enumerate() {
        let out = at(&number.to_string());
        let merged = merge(order, &out, None).unwrap();
        assert!(merged.left_out.is_empty(), "{merged:?}");
        assert_eq!(attached(&out, &ids[0]), [said("b", "both")], "{number}");
        assert_eq!(attached(&out, &ids[1]), [Transcript { no_ratings: true, ..said("c", "first") }]);
        assert_eq!(attached(&out, &ids[2]), [said("d", "there")]);
        let study = Study::open(&out).unwrap();
        assert_eq!((study.lost().unwrap(), study.unsound().unwrap()), (vec![], vec![]));
        drop(study);
        assert!(!holds(&std::fs::read(&out).unwrap(), SECRET), "{number}");
    }
    // A transcript that is attached again is there again.
    let mut study = Study::open(&path).unwrap();
    study.attach(&ids[0], &said("a", "again"), 1).unwrap();
    assert_eq!(study.transcripts(&ids[0]).unwrap().len(), 2);
}

#[test]
fn what_was_changed_outside_counts_nowhere_and_is_named() {
    let (folder, path) = place();
    let ids = three(&path);
    Study::open(&path).unwrap().attach(&ids[0], &said("a", "price"), 10).unwrap();
    let good = folder.path().join("good");
    std::fs::copy(&path, &good).unwrap();
    tamper(&path, "UPDATE transcripts SET transcript = replace(transcript, 'price 7', 'prize 7')");
    assert!(attached(&path, &ids[0]).is_empty());
    let study = Study::look(&path).unwrap();
    let named: Vec<_> = study.unsound().unwrap().into_iter().map(|row| (row.what, row.name)).collect();
    assert_eq!(named, [("a transcript of session", ids[0].to_string())]);
    drop(study);
    let out = folder.path().join("out");
    let merged = merge(&[path.clone(), good.clone()], &out, None).unwrap();
    assert_eq!(merged.left_out.len(), 1);
    assert_eq!(attached(&out, &ids[0]), [said("a", "price")]);
    // A whole row that was taken out is missed.
    tamper(&good, "DELETE FROM transcripts");
    assert_eq!(
        Study::look(&good).unwrap().lost().unwrap(),
        [LostRows { table: "transcripts", rows: 1, damaged: false }]
    );
}

#[test]
fn what_does_not_hold_together_is_not_kept() {
    let (_folder, path) = place();
    let ids = three(&path);
    let mut study = Study::open(&path).unwrap();
    let empty = Transcript { turns: Vec::new(), ..said("a", "x") };
    assert!(matches!(study.attach(&ids[0], &empty, 1).unwrap_err().problem, Problem::Unkeepable(_)));
    assert!(study.transcripts(&ids[0]).unwrap().is_empty());
}

#[test]
fn who_codes_in_another_file_has_the_transcript_there() {
    let (folder, path) = place();
    let ids = three(&path);
    let mut study = Study::open(&path).unwrap();
    study.attach(&ids[0], &said("a", "price"), 10).unwrap();
    let held = study.hold(&ids[0]).unwrap();
    std::fs::remove_file(&path).unwrap();
    let place = folder.path().join("saved.relata");
    drop(study.save_elsewhere(&place, &held).unwrap());
    assert_eq!(attached(&place, &ids[0]), [said("a", "price")]);
}

#[test]
fn the_same_words_from_two_files_are_one_transcript_after_a_merge() {
    let (folder, path) = place();
    let ids = three(&path);
    let other = folder.path().join("other");
    std::fs::copy(&path, &other).unwrap();
    let mut study = Study::open(&path).unwrap();
    study.attach(&ids[0], &said("a", "same"), 10).unwrap();
    study.attach(&ids[1], &said("a", "same"), 10).unwrap();
    study.attach(&ids[2], &said("a", "one"), 10).unwrap();
    drop(study);
    // Saved anew, so that the file is another one, and in one of them a coder has marked something.
    let mut study = Study::open(&other).unwrap();
    study.attach(&ids[0], &said("b", "same"), 11).unwrap();
    let marked = study.attach(&ids[1], &said("b", "same"), 11).unwrap();
    study.attach(&ids[2], &said("b", "other"), 11).unwrap();
    let item = turn_name(&marked, 7);
    let draft = Draft {
        evidence: vec![Mark { item, model: RelationalModel::MarketPricing, strength: 2 }],
        ..Draft::default()
    };
    study.keep_draft(&ids[1], "C1", false, 12, &draft).unwrap();
    drop(study);
    for (number, order) in [[&path, &other], [&other, &path]].into_iter().enumerate() {
        let out = folder.path().join(number.to_string());
        merge(&order.map(|path| path.clone()), &out, None).unwrap();
        assert_eq!(attached(&out, &ids[0]), [said("a", "same")], "{number}");
        assert_eq!(attached(&out, &ids[1]), [said("b", "same")], "{number}");
        assert_eq!(attached(&out, &ids[2]).len(), 2, "{number}");
        assert_eq!(Study::look(&out).unwrap().lost().unwrap(), [], "{number}");
    }
}

/// Two copies of a study, of which each has the same words of one session from a file of its own.
fn twins(one: &Transcript, other: &Transcript) -> (tempfile::TempDir, [PathBuf; 2], SessionId) {
    let (folder, path) = place();
    let session = three(&path)[0];
    let copy = folder.path().join("other");
    std::fs::copy(&path, &copy).unwrap();
    Study::open(&path).unwrap().attach(&session, one, 10).unwrap();
    Study::open(&copy).unwrap().attach(&session, other, 11).unwrap();
    (folder, [path, copy], session)
}

#[test]
fn words_that_were_removed_stay_away_whatever_file_had_them() {
    let (folder, [one, other], session) = twins(&said("a", "same"), &said("b", "same"));
    let team = folder.path().join("team");
    merge(&[one.clone(), other.clone()], &team, None).unwrap();
    let mut study = Study::open(&team).unwrap();
    assert!(study.detach(&session, &said("a", "same").id(&session.to_string()), 20).unwrap());
    drop(study);
    let orders: [&[&PathBuf]; 5] = [
        &[&team, &other],
        &[&other, &team],
        &[&one, &other, &team],
        &[&team, &other, &one],
        &[&other, &team, &one],
    ];
    for (number, order) in orders.into_iter().enumerate() {
        let out = folder.path().join(number.to_string());
        merge(&order.iter().map(|path| (*path).clone()).collect::<Vec<_>>(), &out, None).unwrap();
        assert!(attached(&out, &session).is_empty(), "{number}");
        assert_eq!(Study::look(&out).unwrap().lost().unwrap(), [], "{number}");
    }
    merge(&[team.clone(), other.clone()], &team, None).unwrap();
    assert!(attached(&team, &session).is_empty());
    // Whoever attaches them once more has them again.
    Study::open(&team).unwrap().attach(&session, &said("b", "same"), 30).unwrap();
    merge(&[team.clone(), other], &team, None).unwrap();
    assert_eq!(attached(&team, &session), [said("b", "same")]);
}

#[test]
fn of_words_that_two_merges_kept_from_different_files_one_transcript_is_left() {
    let (folder, [one, other], session) = twins(&said("a", "same"), &said("b", "same"));
    let [before, after] = ["before", "after"].map(|name| folder.path().join(name));
    merge(&[one.clone(), other.clone()], &before, None).unwrap();
    let item = turn_name(&said("b", "same").id(&session.to_string()), 7);
    let draft = Draft {
        evidence: vec![Mark { item, model: RelationalModel::MarketPricing, strength: 2 }],
        ..Draft::default()
    };
    Study::open(&other).unwrap().keep_draft(&session, "C1", false, 12, &draft).unwrap();
    merge(&[one.clone(), other.clone()], &after, None).unwrap();
    assert_eq!(attached(&before, &session), [said("a", "same")]);
    assert_eq!(attached(&after, &session), [said("b", "same")]);
    let orders: [&[&PathBuf]; 4] =
        [&[&before, &after], &[&after, &before], &[&before, &other], &[&one, &after, &before]];
    for (number, order) in orders.into_iter().enumerate() {
        let out = folder.path().join(number.to_string());
        merge(&order.iter().map(|path| (*path).clone()).collect::<Vec<_>>(), &out, None).unwrap();
        assert_eq!(attached(&out, &session), [said("b", "same")], "{number}");
        assert_eq!(Study::look(&out).unwrap().lost().unwrap(), [], "{number}");
    }
}

#[test]
fn of_the_same_words_those_stay_that_tell_who_speaks_and_when() {
    let named = said("b", "same");
    let turns = |speaker: Option<usize>, is_timed: bool| -> Vec<Turn> {
        let turn = |turn: Turn| Turn { speaker, start: turn.start.filter(|_| is_timed), ..turn };
        named.turns.iter().cloned().map(turn).collect()
    };
    let label = || vec![Speaker::Label("Speaker 1".to_owned())];
    for poorer in [
        Transcript { speakers: Vec::new(), turns: turns(None, true), ..said("a", "same") },
        Transcript { speakers: label(), turns: turns(Some(0), true), ..said("a", "same") },
        Transcript { turns: turns(Some(0), false), ..said("a", "same") },
    ] {
        let (folder, [one, other], session) = twins(&poorer, &named);
        for (number, order) in [[&one, &other], [&other, &one]].into_iter().enumerate() {
            let out = folder.path().join(number.to_string());
            merge(&order.map(|path| path.clone()), &out, None).unwrap();
            assert_eq!(attached(&out, &session), std::slice::from_ref(&named), "{number}");
        }
    }
}
