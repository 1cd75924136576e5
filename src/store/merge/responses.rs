//! One response in several files under ids of their own: a copy that was imported from an export, one download read in two ways, an earlier
//! and a later download, an answer that was edited in between. Owns which of them is the original; what cannot be told is left apart.

use std::collections::{BTreeMap, BTreeSet};

use super::super::origin::{Imported, ResponseKey, copied_session, tells_seconds};
use super::super::session::SessionId;
use super::people::File;
use crate::interview::Instant;

/// The copies in these files, each with its original, which may be a tombstone. The first file's sessions are originals where either could be.
pub(super) fn copies(files: &[File]) -> BTreeMap<String, String> {
    let mut found = Responses::of(files);
    found.of_exports();
    found.of_one_row();
    found.alike();
    found.edited();
    found.erased();
    found.copies.into_iter().map(|(copy, original)| (copy.to_string(), original.to_string())).collect()
}

struct Responses<'a> {
    files: &'a [File],
    /// Imported sessions that are there, with the place of their file.
    all: Vec<(usize, &'a Imported)>,
    /// Hashes of tables whose clock counts seconds.
    precise: BTreeSet<&'a str>,
    dead: BTreeSet<SessionId>,
    copies: BTreeMap<SessionId, SessionId>,
}

impl<'a> Responses<'a> {
    fn of(files: &'a [File]) -> Self {
        let all =
            files.iter().enumerate().flat_map(|(at, file)| file.imported.iter().map(move |one| (at, one)));
        let all: Vec<(usize, &Imported)> = all.collect();
        let timed = all.iter().filter(|(_, one)| tells_seconds(one.session.at()));
        Self {
            files,
            precise: timed.map(|(_, one)| one.origin.hash.as_str()).collect(),
            dead: files.iter().flat_map(File::tombstones).collect(),
            copies: BTreeMap::new(),
            all,
        }
    }

    /// Two of which either could be the original.
    fn are_one(&mut self, one: SessionId, other: SessionId) {
        let is_ours = |id: SessionId| self.files.first().is_some_and(|file| file.holds(id));
        let (first, second) = (one.min(other), one.max(other));
        let (copy, original) =
            if is_ours(second) && !is_ours(first) { (first, second) } else { (second, first) };
        if copy != original {
            self.copies.entry(copy).or_insert(original);
        }
    }

    /// Rows of our own exports. Who erased a copy has erased the original too, of which only the id tells that it is one.
    fn of_exports(&mut self) {
        for (_, one) in &self.all {
            if let Some(original) = copied_session(&one.origin) {
                self.copies.insert(one.session, original);
            }
        }
        if self.dead.is_empty() {
            return;
        }
        let dead: BTreeMap<u128, SessionId> = self.dead.iter().map(|id| (id.drawn(), *id)).collect();
        for (id, instrument) in self.files.iter().flat_map(|file| &file.instruments) {
            let copy = SessionId::of_row(0, instrument, &id.to_string());
            if let Some(tombstone) = dead.get(&copy.drawn()) {
                self.copies.entry(*id).or_insert(*tombstone);
            }
        }
    }

    /// One row whose time was read in two ways.
    fn of_one_row(&mut self) {
        let mut known: BTreeMap<u128, SessionId> = self.dead.iter().map(|id| (id.drawn(), *id)).collect();
        for (_, one) in self.all.clone() {
            match known.get(&one.session.drawn()) {
                Some(dead) if self.dead.contains(dead) => _ = self.copies.entry(one.session).or_insert(*dead),
                Some(other) => self.are_one(one.session, *other),
                None => _ = known.insert(one.session.drawn(), one.session),
            }
        }
        self.copies.retain(|copy, original| copy != original);
    }

    /// Rows without ids that say the same at the same second, or of the same respondent: one for one.
    fn alike(&mut self) {
        let mut groups: BTreeMap<(&str, ResponseKey), BTreeMap<usize, BTreeSet<SessionId>>> = BTreeMap::new();
        for (file, one) in self.all.iter().filter(|(_, one)| one.origin.id.is_none()) {
            let key = ResponseKey::of(&one.origin, one.session, &one.respondent);
            if key.respondent.is_some() || self.precise.contains(one.origin.hash.as_str()) {
                let group = groups.entry((&one.instrument, key)).or_default();
                group.entry(*file).or_default().insert(one.session);
            }
        }
        for lists in groups.into_values() {
            let mut lists = lists.into_values();
            let mut known = lists.next().unwrap_or_default();
            for list in lists {
                let more: Vec<SessionId> = list.difference(&known).copied().collect();
                let mut free = known.difference(&list).copied().collect::<Vec<_>>().into_iter();
                for one in more {
                    match free.next() {
                        Some(other) => self.are_one(one, other),
                        None => _ = known.insert(one),
                    }
                }
            }
        }
    }

    /// Rows that have another id since they were edited: at the same second, each in a table that has other rows of the other's and not this one.
    fn edited(&mut self) {
        let mut at: BTreeMap<(&str, Instant), Vec<(usize, &Imported)>> = BTreeMap::new();
        for (file, one) in self.all.iter().filter(|(_, one)| one.origin.id.is_some()) {
            if one.session.at() > 0 && self.precise.contains(one.origin.hash.as_str()) {
                at.entry((&one.instrument, one.session.at())).or_default().push((*file, *one));
            }
        }
        for group in at.into_values().filter(|group| group.len() > 1) {
            for (place, (file, one)) in group.iter().enumerate() {
                for (other_file, other) in group.iter().skip(place + 1) {
                    let lacks = |file: usize, one: &Imported| {
                        !self.files[file].ids(&one.instrument).contains(&one.origin.id)
                    };
                    if one.session != other.session
                        && self.share_ids(*file, *other_file, &one.instrument)
                        && lacks(*other_file, one)
                        && lacks(*file, other)
                    {
                        self.are_one(one.session, other.session);
                    }
                }
            }
        }
    }

    /// Rows that began at the very second of one that another file has erased, where no more of them did.
    fn erased(&mut self) {
        for (place, file) in self.files.iter().enumerate() {
            let mut dead: BTreeMap<Instant, Vec<SessionId>> = BTreeMap::new();
            for id in file.tombstones().filter(|id| id.at() > 0) {
                dead.entry(id.at()).or_default().push(id);
            }
            // One that the file still has, be it under another id, was not erased there.
            let pairs =
                || self.copies.iter().flat_map(|(copy, original)| [(copy, original), (original, copy)]);
            let kept: BTreeSet<SessionId> =
                pairs().filter(|(one, _)| file.holds(**one)).map(|(_, other)| *other).collect();
            for (at, dead) in dead {
                let may_be = |(other, one): &&(usize, &Imported)| {
                    one.session.at() == at
                        && self.precise.contains(one.origin.hash.as_str())
                        && !file.holds(one.session)
                        && !kept.contains(&one.session)
                        && !self.copies.contains_key(&one.session)
                        && (one.origin.id.is_none() || self.share_ids(place, *other, &one.instrument))
                };
                let found: BTreeSet<SessionId> =
                    self.all.iter().filter(may_be).map(|(_, one)| one.session).collect();
                if found.len() <= dead.len() {
                    self.copies.extend(found.into_iter().zip(dead));
                }
            }
        }
    }

    fn share_ids(&self, one: usize, other: usize, instrument: &str) -> bool {
        one != other && !self.files[one].ids(instrument).is_disjoint(&self.files[other].ids(instrument))
    }
}
