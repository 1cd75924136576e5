//! One response in several files under ids of their own: a copy that was imported from an export, one download read in two ways, an earlier
//! and a later download, an answer that was edited in between. Owns which of them is the original; what cannot be told is left apart.

use std::collections::{BTreeMap, BTreeSet};

use super::super::origin::{
    Imported, ResponseKey, copied_session, is_called_apart, tells_seconds, told_respondent,
};
use super::super::session::SessionId;
use super::people::File;
use super::tables::{KnownTable, clock_step, may_be_one_instant};
use crate::interview::Instant;

/// What is known of responses that several files have.
#[derive(Debug, Default)]
pub(super) struct KnownCopies {
    /// The copies, each with its original, which may be a tombstone.
    pub originals: BTreeMap<String, String>,
    /// Sessions of tables that another file has in part, at what may be the instant of somebody whom it has erased.
    pub perhaps_erased: BTreeSet<String>,
    /// Responses that are taken for others by what they say and when alone.
    pub inferred: Vec<[SessionId; 2]>,
    /// Sessions of different tables under one id that is made of a running number.
    pub numbered_alike: BTreeSet<SessionId>,
}

/// Whether imported tables whose rows have no ids of their own are downloads of one survey, or of different people. Nothing in them tells for
/// sure: two people may say the same at the same time, and running numbers begin at 1 in every survey.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Surveys {
    /// Nobody has said so yet: a merge on which it depends is refused.
    #[default]
    Unknown,
    /// Downloads of one survey: what says the same at what may be the same time, or has the same number then, is one response.
    One,
    /// Of different people.
    Apart,
}

/// The copies in these files.
pub(super) fn copies(files: &[File], surveys: Surveys) -> KnownCopies {
    let mut found = Responses::of(files, surveys);
    found.of_exports();
    found.of_one_row();
    if surveys != Surveys::Apart {
        found.alike();
        let tables = found.of_one_survey();
        found.edited();
        found.erased();
        tables.iter().for_each(|table| found.note_perhaps_erased(table));
    }
    let numbered_alike = found.numbered_alike();
    let perhaps_erased = found.perhaps_erased.iter().map(ToString::to_string).collect();
    KnownCopies { originals: found.copies(), perhaps_erased, inferred: found.inferred, numbered_alike }
}

/// The farthest that two clocks of one instant are apart, in milliseconds.
pub(super) const FARTHEST_CLOCKS: Instant = 14 * 3_600_000;
/// What that is a multiple of, in milliseconds.
pub(super) const CLOCK_STEP: Instant = 900_000;

/// Imported sessions, and which of them are known to be one.
pub(super) struct Responses<'a> {
    files: &'a [File],
    surveys: Surveys,
    /// Imported sessions that are there, with the place of their file.
    pub all: Vec<(usize, &'a Imported)>,
    /// Hashes of tables whose clock counts seconds.
    precise: BTreeSet<&'a str>,
    dead: BTreeSet<SessionId>,
    /// Sessions of one response lead to one of them.
    leads_to: BTreeMap<SessionId, SessionId>,
    /// The places of the files that have a response, where several sessions are one.
    held: BTreeMap<SessionId, BTreeSet<usize>>,
    /// See [`KnownCopies::perhaps_erased`].
    perhaps_erased: BTreeSet<SessionId>,
    /// See [`KnownCopies::inferred`].
    inferred: Vec<[SessionId; 2]>,
}

impl<'a> Responses<'a> {
    fn of(files: &'a [File], surveys: Surveys) -> Self {
        let all =
            files.iter().enumerate().flat_map(|(at, file)| file.imported.iter().map(move |one| (at, one)));
        let all: Vec<(usize, &Imported)> = all.collect();
        let timed = all.iter().filter(|(_, one)| tells_seconds(one.session.at()));
        Self {
            files,
            surveys,
            precise: timed.map(|(_, one)| one.origin.hash.as_str()).collect(),
            dead: files.iter().flat_map(File::tombstones).collect(),
            leads_to: BTreeMap::new(),
            held: BTreeMap::new(),
            perhaps_erased: BTreeSet::new(),
            inferred: Vec::new(),
            all,
        }
    }

    pub(super) fn response(&self, session: SessionId) -> SessionId {
        let mut at = session;
        while let Some(next) = self.leads_to.get(&at) {
            at = *next;
        }
        at
    }

    fn responses(&self, rows: &[&Imported]) -> BTreeSet<SessionId> {
        rows.iter().map(|one| self.response(one.session)).collect()
    }

    fn join(&mut self, one: SessionId, other: SessionId) {
        let (one, other) = (self.response(one), self.response(other));
        if one != other {
            let held = self.held_in(one).into_iter().chain(self.held_in(other)).collect();
            self.held.insert(other, held);
            self.leads_to.insert(one, other);
        }
    }

    /// Joins what no id tells; not where different people answered.
    pub(super) fn infer(&mut self, one: SessionId, other: SessionId) {
        if self.surveys != Surveys::Apart && self.response(one) != self.response(other) {
            self.inferred.push([one, other]);
            self.join(one, other);
        }
    }

    /// Sessions that are one by a running number alone, in tables that differ: of one survey, or of two that count from 1. At one second, and with
    /// the same answers, they are one.
    fn numbered_alike(&self) -> BTreeSet<SessionId> {
        let mut rows: BTreeMap<SessionId, Vec<&Imported>> = BTreeMap::new();
        for (_, one) in self.all.iter().filter(|(_, one)| !is_called_apart(&one.origin)) {
            rows.entry(one.session).or_default().push(one);
        }
        let may_be_two = |one: &Imported, other: &Imported| {
            one.origin.hash != other.origin.hash
                && (one.origin.content != other.origin.content
                    || !self.is_timed(one)
                    || !self.is_timed(other))
        };
        // Of somebody erased nothing is kept but the id.
        let is_erased = |id: &SessionId, one: &Imported| self.dead.contains(id) && !self.is_timed(one);
        rows.retain(|id, rows| rows.iter().any(|one| may_be_two(rows[0], one) || is_erased(id, one)));
        rows.into_keys().collect()
    }

    /// The places of the files that have a response.
    fn held_in(&self, response: SessionId) -> BTreeSet<usize> {
        let known = self.held.get(&response).cloned();
        let holds = |(at, file): (usize, &File)| file.holds(response).then_some(at);
        known.unwrap_or_else(|| self.files.iter().enumerate().filter_map(holds).collect())
    }

    /// Whether no file has both, as far as it is known by now, so that they are not two people there.
    pub(super) fn are_apart(&self, one: SessionId, other: SessionId) -> bool {
        let [one, other] = [one, other].map(|session| self.held_in(self.response(session)));
        one.is_disjoint(&other)
    }

    fn is_timed(&self, one: &Imported) -> bool {
        self.precise.contains(one.origin.hash.as_str())
    }

    /// Rows of our own exports, and of exports of studies that had them from such exports.
    fn of_exports(&mut self) {
        let mut known: BTreeMap<u128, SessionId> = BTreeMap::new();
        let mut instruments: BTreeMap<SessionId, &str> = BTreeMap::new();
        for (id, instrument) in self.files.iter().flat_map(|file| &file.instruments) {
            known.insert(SessionId::of_row(0, instrument, &id.to_string()).drawn(), *id);
            instruments.insert(*id, instrument);
        }
        // Who erased a copy has erased the original, of which nothing but the id tells that it is one.
        for dead in self.dead.clone() {
            if let Some(original) = known.get(&dead.drawn()) {
                self.join(*original, dead);
            }
        }
        for (_, one) in self.all.clone() {
            let Some(row) = copied_session(&one.origin) else { continue };
            let original = Some(row).filter(|row| instruments.contains_key(row));
            let original = original.or_else(|| known.get(&row.drawn()).copied());
            match original {
                Some(original) if instruments[&original] == one.instrument => {
                    self.join(one.session, original)
                }
                _ if self.dead.contains(&row) => self.join(one.session, row),
                _ => {}
            }
        }
    }

    /// One row whose time or id was read in two ways. A short id may be that of a row in another table too, whose rows are counted from 1 as well.
    fn of_one_row(&mut self) {
        let mut rows: BTreeMap<u128, Vec<&Imported>> = BTreeMap::new();
        for (_, one) in &self.all {
            rows.entry(one.session.drawn()).or_default().push(one);
        }
        for dead in self.dead.clone() {
            for one in rows.get(&dead.drawn()).into_iter().flatten() {
                if is_called_apart(&one.origin) {
                    self.join(one.session, dead);
                } else if may_be_one_instant(one.session, dead) {
                    self.infer(one.session, dead);
                }
            }
        }
        let mut read_again: BTreeMap<(&str, &str, u64, &str), SessionId> = BTreeMap::new();
        for (_, one) in self.all.clone() {
            let row = (
                one.instrument.as_str(),
                one.origin.hash.as_str(),
                one.origin.row,
                one.origin.content.as_str(),
            );
            let first = *read_again.entry(row).or_insert(one.session);
            self.join(one.session, first);
        }
        for rows in rows.into_values() {
            for (place, one) in rows.iter().enumerate() {
                for other in &rows[place + 1..] {
                    if is_called_apart(&one.origin) {
                        self.join(one.session, other.session);
                    } else if may_be_one_instant(one.session, other.session) {
                        self.infer(one.session, other.session);
                    }
                }
            }
        }
    }

    /// Rows that say the same at the same second, or of the same respondent, unless both have an id: one for one.
    fn alike(&mut self) {
        let mut groups: BTreeMap<(&str, ResponseKey), BTreeMap<usize, Vec<&Imported>>> = BTreeMap::new();
        for (file, one) in &self.all {
            let key = ResponseKey::of(&one.origin, one.session, &one.respondent);
            if key.respondent.is_some() || self.is_timed(one) {
                groups.entry((&one.instrument, key)).or_default().entry(*file).or_default().push(one);
            }
        }
        for lists in groups.into_values() {
            self.one_for_one(lists.into_values());
        }
    }

    /// Joins equal rows of several files: each file has a response once.
    fn one_for_one(&mut self, lists: impl Iterator<Item = Vec<&'a Imported>>) {
        let mut known: Vec<&Imported> = Vec::new();
        for list in lists {
            let (here, mut there) = (self.responses(&list), self.responses(&known));
            let mut free = known.clone();
            free.retain(|one| !here.contains(&self.response(one.session)));
            for one in list {
                if !there.insert(self.response(one.session)) {
                    continue;
                }
                let fits = |other: &&Imported| one.origin.id.is_none() || other.origin.id.is_none();
                match free.iter().position(fits) {
                    Some(at) => {
                        self.infer(one.session, free.remove(at).session);
                        there.insert(self.response(one.session));
                    }
                    None => known.push(one),
                }
            }
        }
    }

    /// Notes rows of a table that a file has in part, without these, where it has erased somebody at what may be their instant and nobody is known
    /// to be that one.
    fn note_perhaps_erased(&mut self, table: &KnownTable) {
        let &KnownTable { ref rows, file, clocks } = table;
        let is_unknown = |dead: &SessionId| self.response(*dead) == *dead && !self.held.contains_key(dead);
        let dead: Vec<SessionId> = self.files[file].tombstones().filter(is_unknown).collect();
        let may_be = |one: &SessionId| {
            let is_there = self.held_in(self.response(*one)).contains(&file);
            // Nobody is twice in one file, so that whoever stands there beside the one who was erased is somebody else.
            !is_there && dead.iter().any(|dead| clocks.may_be_one(*one, *dead) && self.are_apart(*one, *dead))
        };
        let unknown: BTreeSet<&str> =
            rows.iter().filter(|one| may_be(&one.session)).map(|one| one.origin.content.as_str()).collect();
        // Of several who say the same then, nothing tells which is there.
        let is_one_of = |one: &&&Imported| {
            unknown.contains(one.origin.content.as_str())
                && dead.iter().any(|dead| clocks.may_be_one(one.session, *dead))
        };
        let found: Vec<SessionId> = rows.iter().filter(is_one_of).map(|one| one.session).collect();
        self.perhaps_erased.extend(found);
    }

    /// Rows of a respondent at one second that were edited in between, and may have got another id by that: the one row of that second that either
    /// of two files has alone, where their tables have others in common.
    fn edited(&mut self) {
        type Key<'a> = (&'a str, Instant, Option<&'a str>, bool);
        let mut at: BTreeMap<Key, BTreeMap<usize, Vec<&Imported>>> = BTreeMap::new();
        for (file, one) in self.all.iter().filter(|(_, one)| self.is_timed(one)) {
            let key =
                (one.instrument.as_str(), one.session.at(), told_respondent(one), one.origin.id.is_some());
            at.entry(key).or_default().entry(*file).or_default().push(one);
        }
        let known = self.known();
        for ((instrument, ..), files) in at {
            let files: Vec<(usize, Vec<&Imported>)> = files.into_iter().collect();
            for (place, (file, list)) in files.iter().enumerate() {
                for (other_file, others) in &files[place + 1..] {
                    let alone = |list: &[&'a Imported], others: &[&Imported]| -> Vec<&'a Imported> {
                        let has = |id: SessionId| others.iter().any(|one| self.response(one.session) == id);
                        list.iter().copied().filter(|one| !has(self.response(one.session))).collect()
                    };
                    if let ([one], [other]) = (&alone(list, others)[..], &alone(others, list)[..])
                        && known.overlap(
                            (*file, &one.origin.hash),
                            (*other_file, Some(&other.origin.hash)),
                            instrument,
                        )
                    {
                        self.infer(one.session, other.session);
                    }
                }
            }
        }
    }

    /// Rows that began at the very second of one that another file has erased, where no more of them did, and their tables have others in common.
    fn erased(&mut self) {
        let mut rows: BTreeMap<Instant, Vec<(usize, &Imported)>> = BTreeMap::new();
        for (file, one) in self.all.iter().filter(|(_, one)| self.is_timed(one)) {
            rows.entry(one.session.at()).or_default().push((*file, one));
        }
        let tables = self.known();
        for (place, file) in self.files.iter().enumerate() {
            let mut dead: BTreeMap<Instant, Vec<SessionId>> = BTreeMap::new();
            for id in file.tombstones().filter(|id| rows.contains_key(&id.at())) {
                dead.entry(id.at()).or_default().push(id);
            }
            // One that the file still has, be it under another id, was not erased there.
            let known: BTreeSet<SessionId> =
                file.instruments.keys().chain(&self.dead).map(|id| self.response(*id)).collect();
            for (at, dead) in dead {
                let may_be = |(other, one): &&(usize, &Imported)| {
                    !known.contains(&self.response(one.session))
                        && tables.overlap((*other, &one.origin.hash), (place, None), &one.instrument)
                };
                let found = rows[&at].iter().filter(may_be).map(|(_, one)| self.response(one.session));
                let found: BTreeSet<SessionId> = found.collect();
                if found.len() <= dead.len() {
                    found.into_iter().zip(dead).for_each(|(one, dead)| self.infer(one, dead));
                }
            }
        }
    }

    fn known(&self) -> KnownResponses {
        let mut known = KnownResponses::default();
        for (file, one) in &self.all {
            let tables = known.0.entry((one.instrument.clone(), *file)).or_default();
            tables.entry(one.origin.hash.clone()).or_default().insert(self.response(one.session));
        }
        known
    }

    /// Each copy with its original: somebody erased, else what the first file has, else what came from no export, else the version of the file that
    /// is named first where one was edited, else the one whose clock tells most, else the smallest id. What the first file has is not replaced by
    /// what tells more: whatever was written of it calls it by its id.
    fn copies(&self) -> BTreeMap<String, String> {
        let mut responses: BTreeMap<SessionId, BTreeSet<SessionId>> = BTreeMap::new();
        for id in self.leads_to.iter().flat_map(|(one, other)| [*one, *other]) {
            responses.entry(self.response(id)).or_default().insert(id);
        }
        let exported = self.all.iter().filter(|(_, one)| copied_session(&one.origin).is_some());
        let exported: BTreeSet<SessionId> = exported.map(|(_, one)| one.session).collect();
        let is_ours = |id: &SessionId| self.files.first().is_some_and(|file| file.holds(*id));
        let contents: BTreeMap<SessionId, &str> =
            self.all.iter().map(|(_, one)| (one.session, one.origin.content.as_str())).collect();
        let steps = self.steps();
        let mut copies = BTreeMap::new();
        for ids in responses.into_values() {
            let said: BTreeSet<&str> = ids.iter().filter_map(|id| contents.get(id).copied()).collect();
            let place = |id: &SessionId| {
                let named_first = self.files.iter().position(|file| file.holds(*id));
                named_first.filter(|_| said.len() > 1)
            };
            let clock = |id: &SessionId| (id.at() == 0, steps.get(id).copied().unwrap_or(1));
            let order = |id: &&SessionId| {
                (!self.dead.contains(*id), !is_ours(id), exported.contains(*id), place(id), clock(id), **id)
            };
            let Some(original) = ids.iter().min_by_key(order) else { continue };
            let others = ids.iter().filter(|id| *id != original);
            copies.extend(others.map(|id| (id.to_string(), original.to_string())));
        }
        copies
    }

    /// What the clock of the table counts that a session came from, in milliseconds.
    fn steps(&self) -> BTreeMap<SessionId, Instant> {
        let mut tables: BTreeMap<(usize, &str), Vec<&Imported>> = BTreeMap::new();
        for (file, one) in &self.all {
            tables.entry((*file, &one.origin.hash)).or_default().push(one);
        }
        let mut steps: BTreeMap<SessionId, Instant> = BTreeMap::new();
        for rows in tables.into_values() {
            let step = clock_step(&rows);
            for one in rows {
                let known = steps.entry(one.session).or_insert(step);
                *known = step.min(*known);
            }
        }
        steps
    }
}

/// The responses to an instrument that each file has, by their tables.
#[derive(Debug, Default)]
struct KnownResponses(BTreeMap<(String, usize), BTreeMap<String, BTreeSet<SessionId>>>);

impl KnownResponses {
    /// Whether a table of a file and that of another, or any table of it, have a response to an instrument in common.
    fn overlap(
        &self,
        (file, table): (usize, &str),
        (other, its): (usize, Option<&str>),
        instrument: &str,
    ) -> bool {
        let of = |file: usize| self.0.get(&(instrument.to_owned(), file));
        let Some((one, others)) = of(file).and_then(|all| all.get(table)).zip(of(other)) else {
            return false;
        };
        let mut others = others.iter().filter(|(hash, _)| its.is_none_or(|its| its == *hash));
        file != other && others.any(|(_, rows)| !rows.is_disjoint(one))
    }
}

#[cfg(test)]
mod tests;
