//! One coder's marks on one session in a project, merged into the existing code. Keeps everything for which the project has no text.

use std::collections::BTreeSet;

use crate::coding::{Coding, Draft, Mark, Passage};
use crate::instrument::RelationalModel;
use crate::store::Code;

/// What a coder gave to a session in the project.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub dominant: Option<RelationalModel>,
    pub second: Option<RelationalModel>,
    pub confidence: Option<u8>,
    pub note: String,
    pub evidence: Vec<Mark>,
    pub passages: Vec<Passage>,
}

/// The coder's code with earlier marks where the project has no text; the earlier code where nothing is new. None without a dominant model.
pub(super) fn whole(
    gathered: &Gathered,
    before: Option<&Code>,
    covered: &BTreeSet<String>,
) -> Option<Coding> {
    let known = before.map(|code| &code.coding);
    let base = match gathered.dominant {
        Some(dominant) => Coding {
            second: gathered.second,
            confidence: gathered.confidence,
            note: gathered.note.clone(),
            ..Coding::of(dominant)
        },
        None => Coding { seen: None, blind: None, ..known?.clone() },
    };
    let (marks, passages) =
        known.map(|known| (known.evidence.as_slice(), known.passages.as_slice())).unwrap_or_default();
    let evidence = together(marks, &gathered.evidence, |mark| !covered.contains(&mark.item));
    let passages = together(passages, &gathered.passages, |passage| !covered.contains(&passage.item));
    Some(Coding { evidence, passages, ..base })
}

/// Earlier marks that stay, in their order, then new ones.
fn together<T: Clone + PartialEq>(before: &[T], now: &[T], elsewhere: impl Fn(&T) -> bool) -> Vec<T> {
    let mut all: Vec<T> = before.iter().filter(|one| elsewhere(one) || now.contains(one)).cloned().collect();
    all.extend(now.iter().filter(|one| !before.contains(one)).cloned());
    all
}

/// A code that is begun, with what was marked added to it; and marks that stand otherwise in it.
pub(super) fn begun(mut draft: Draft, gathered: Gathered) -> (Draft, Vec<Mark>) {
    let Gathered { second, confidence, note, evidence, passages, .. } = gathered;
    let mut otherwise = Vec::new();
    for mark in evidence {
        match draft.evidence.iter().find(|one| (&one.item, one.model) == (&mark.item, mark.model)) {
            None => draft.evidence.push(mark),
            Some(known) if *known == mark => {}
            Some(_) => otherwise.push(mark),
        }
    }
    for passage in passages {
        let known = draft.passages.contains(&passage);
        draft.passages.extend((!known).then_some(passage));
    }
    draft.second = draft.second.or(second);
    draft.confidence = draft.confidence.or(confidence);
    if draft.note.is_empty() {
        draft.note = note;
    }
    (draft, otherwise)
}
