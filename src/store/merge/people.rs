//! The respondents of several files, seen together. Owns the respondents' codes after the join, and what the user must be told
//! about them; refuses to report anything under a code that only one of the files still uses.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::error::Problem;
use super::super::key::RawId;
use super::super::origin::Imported;
use super::super::session::SessionId;
use super::super::{erase, origin, rename, rows};
use super::responses::{KnownCopies, Surveys, copies};
use crate::interview::Instant;

/// What one file records of respondents.
#[derive(Debug, Default)]
pub(super) struct File {
    /// The codes in the headers, by session.
    pub sessions: BTreeMap<String, String>,
    /// Renamings by session, as instant, id and code: the last one counts.
    renames: BTreeMap<String, BTreeSet<(Instant, String, String)>>,
    /// Sessions that it has erased, or whose tombstones it received in a merge.
    pub erased: BTreeMap<String, String>,
    /// The same, by tombstones that were changed outside relata.
    changed: BTreeMap<String, String>,
    /// The names of their instruments.
    pub instruments: BTreeMap<SessionId, String>,
    /// Where imported sessions come from.
    pub imported: Vec<Imported>,
    /// Rows whose id is not a valid session id.
    pub no_ids: Vec<String>,
}

impl File {
    pub fn read(connection: &Connection) -> Result<Self, Problem> {
        let mut file = Self::default();
        for laid in erase::tombstones(connection)? {
            let known = if laid.sound { &mut file.erased } else { &mut file.changed };
            known.insert(laid.session, laid.on);
        }
        let mut statement = connection.prepare_cached(
            "SELECT s.id, s.respondent, i.name FROM sessions s LEFT JOIN instruments i ON +i.hash = s.instrument",
        )?;
        let mut found = statement.query([])?;
        while let Some(row) = found.next()? {
            let id: RawId = row.get(0)?;
            match id.session() {
                Some(id) => {
                    file.sessions.insert(id.to_string(), rows::text(row, 1)?);
                    file.instruments.insert(id, rows::text(row, 2).unwrap_or_default());
                }
                None => file.no_ids.push(id.to_string()),
            }
        }
        file.imported = origin::all(connection)?;
        for row in rows::all(connection, rename::ALL, [])? {
            if !rename::is_sound(&row) {
                continue;
            }
            if let [Value::Text(id), Value::Text(session), Value::Integer(at), Value::Text(code), _] =
                row.as_slice()
            {
                file.renames.entry(session.clone()).or_default().insert((*at, id.clone(), code.clone()));
            }
        }
        Ok(file)
    }

    pub fn holds(&self, session: SessionId) -> bool {
        self.instruments.contains_key(&session)
    }

    /// Sessions that it has erased.
    pub fn tombstones(&self) -> impl Iterator<Item = SessionId> {
        self.erased.keys().chain(self.changed.keys()).filter_map(|id| id.parse().ok())
    }
}

/// What all files together record.
#[derive(Debug)]
pub(super) struct People {
    pub files: Vec<File>,
    /// The codes in force, by session.
    codes: BTreeMap<String, String>,
    /// Copies in any of the files, and their originals.
    copies: BTreeMap<String, String>,
    /// See [`KnownCopies::perhaps_erased`].
    pub perhaps_erased: BTreeSet<String>,
    /// See [`KnownCopies::inferred`].
    pub inferred: Vec<[SessionId; 2]>,
    /// See [`KnownCopies::numbered_alike`].
    pub numbered_alike: BTreeSet<SessionId>,
    /// Hashes of what imported sessions say.
    contents: BTreeMap<SessionId, String>,
}

impl People {
    pub fn of(mut files: Vec<File>, surveys: Surveys) -> Self {
        let KnownCopies { originals: copies, perhaps_erased, inferred, numbered_alike } =
            copies(&files, surveys);
        // Who erases a session erases its copies.
        for file in &mut files {
            for tombstones in [&mut file.erased, &mut file.changed] {
                for (copy, original) in &copies {
                    if let (Some(on), false) =
                        (tombstones.get(original).cloned(), tombstones.contains_key(copy))
                    {
                        tombstones.insert(copy.clone(), on);
                    }
                }
            }
        }
        let mut codes = BTreeMap::new();
        let mut latest: BTreeMap<&String, &(Instant, String, String)> = BTreeMap::new();
        for file in &files {
            codes.extend(file.sessions.clone());
            for (session, rename) in file.renames.iter().filter_map(|(id, all)| Some((id, all.last()?))) {
                let known = latest.entry(session).or_insert(rename);
                *known = (*known).max(rename);
            }
        }
        for (session, (_, _, code)) in latest {
            codes.insert(session.clone(), code.clone());
        }
        let imported = files.iter().flat_map(|file| &file.imported);
        let contents = imported.map(|one| (one.session, one.origin.content.clone())).collect();
        Self { files, codes, copies, perhaps_erased, inferred, numbered_alike, contents }
    }

    /// The tables of which somebody has to say whether they are of one survey, by the names of their files, and how many responses that is about.
    pub fn in_question(&self) -> (usize, BTreeSet<&str>) {
        let asked: BTreeSet<SessionId> =
            self.inferred.iter().flatten().chain(&self.numbered_alike).copied().collect();
        let imported = self.files.iter().flat_map(|file| &file.imported);
        let tables = imported.filter(|one| asked.contains(&one.session)).map(|one| one.origin.file.as_str());
        (self.inferred.len() + self.numbered_alike.len(), tables.collect())
    }

    /// Rows of tables without ids that several files have under one id: those of the very same table.
    pub fn of_one_table(&self) -> BTreeMap<&str, BTreeSet<SessionId>> {
        let mut files: BTreeMap<SessionId, usize> = BTreeMap::new();
        let nameless = || {
            let all = self.files.iter().flat_map(|file| &file.imported);
            all.filter(|one| one.origin.id.is_none())
        };
        nameless().for_each(|one| *files.entry(one.session).or_default() += 1);
        let mut tables: BTreeMap<&str, BTreeSet<SessionId>> = BTreeMap::new();
        for one in nameless().filter(|one| files[&one.session] > 1) {
            tables.entry(&one.origin.file).or_default().insert(one.session);
        }
        tables
    }

    /// What a session is a copy of, where a file holds that.
    pub fn original_of(&self, session: &str) -> Option<&String> {
        let held = |id: &&String| self.files.iter().any(|file| file.sessions.contains_key(*id));
        self.copies.get(session).filter(held)
    }

    /// Whether two sessions that are one response say different things.
    pub fn is_edited(&self, one: &str, other: &str) -> bool {
        let content = |session: &str| self.contents.get(&session.parse().ok()?);
        content(one).zip(content(other)).is_some_and(|(one, other)| one != other)
    }

    /// Every code in force.
    pub fn codes(&self) -> BTreeSet<&String> {
        let held = self.files.iter().flat_map(|file| file.sessions.keys());
        held.filter_map(|session| self.codes.get(session)).collect()
    }

    /// The day of every erasing: the earliest in any file.
    pub fn erased(&self) -> BTreeMap<String, String> {
        let mut erased: BTreeMap<String, String> = BTreeMap::new();
        for (session, on) in self.files.iter().flat_map(|file| &file.erased) {
            let day = erased.entry(session.clone()).or_insert_with(|| on.clone());
            *day = on.min(day).clone();
        }
        for (session, on) in self.files.iter().flat_map(|file| &file.changed) {
            erased.entry(session.clone()).or_insert_with(|| on.clone());
        }
        erased
    }

    /// Copies changed tombstones that removed nothing, so that they are reported again.
    pub fn lay_doubted(&self, connection: &Connection, doubted: &BTreeSet<String>) -> Result<(), Problem> {
        let changed = self.files.iter().flat_map(|file| &file.changed);
        let mut changed = changed.filter(|(session, _)| doubted.contains(*session));
        changed.try_for_each(|(session, on)| erase::lay_changed(connection, session, on))
    }

    /// Whether every tombstone of the session, in all files, was changed outside relata.
    pub fn only_changed(&self, session: &str) -> bool {
        self.files.iter().all(|file| !file.erased.contains_key(session))
    }

    /// Sessions that a file still holds although another one has erased them.
    pub fn stayed_erased(&self, erased: &BTreeMap<String, String>) -> BTreeSet<&String> {
        let held = self.files.iter().flat_map(|file| file.sessions.keys());
        held.filter(|session| erased.contains_key(*session)).collect()
    }

    /// Codes with one session erased and another present that the erasing file didn't contain. A session present in the erasing
    /// file was kept on purpose: it belongs to another respondent with the same code, or was begun later.
    pub fn partly_erased(&self, erased: &BTreeMap<String, String>) -> BTreeSet<String> {
        let mut partly = BTreeSet::new();
        for gone in self.stayed_erased(erased) {
            let Some(code) = self.codes.get(gone) else { continue };
            let erased_it = |file: &&File| file.erased.contains_key(gone) || file.changed.contains_key(gone);
            let by: Vec<&File> = self.files.iter().filter(erased_it).collect();
            let unseen = |session: &&String| {
                !erased.contains_key(*session) && by.iter().all(|file| !file.sessions.contains_key(*session))
            };
            let mut held = self.files.iter().flat_map(|file| file.sessions.keys()).filter(unseen);
            if held.any(|session| self.codes.get(session) == Some(code)) {
                partly.insert(code.clone());
            }
        }
        partly
    }

    /// Codes under which two files each have a session that the other lacks.
    pub fn shared(&self, erased: &BTreeMap<String, String>) -> BTreeSet<String> {
        let called = |one: &File, other: &File| -> BTreeSet<&String> {
            let only = one
                .sessions
                .keys()
                .filter(|id| !other.sessions.contains_key(*id) && !erased.contains_key(*id));
            only.filter_map(|id| self.codes.get(id)).collect()
        };
        let mut shared = BTreeSet::new();
        for (at, one) in self.files.iter().enumerate() {
            for other in self.files.iter().skip(at + 1) {
                let (here, there) = (called(one, other), called(other, one));
                shared.extend(here.intersection(&there).map(|code| (*code).clone()));
            }
        }
        shared
    }

    /// Sessions that two places renamed without knowing of each other: the code in force, and the others.
    pub fn renamed_apart(
        &self,
        erased: &BTreeMap<String, String>,
    ) -> BTreeMap<SessionId, (String, BTreeSet<String>)> {
        let mut apart = BTreeMap::new();
        for (session, code) in self.codes.iter().filter(|(id, _)| !erased.contains_key(*id)) {
            let known = || self.files.iter().filter_map(|file| file.renames.get(session));
            let Some(counts) = known().filter_map(|all| all.last()).max() else { continue };
            let lost = known().filter(|all| !all.contains(counts)).filter_map(|all| all.last());
            let unknown = |rename: &&(Instant, String, String)| {
                rename.2 != *code && known().all(|all| !(all.contains(counts) && all.contains(*rename)))
            };
            let others: BTreeSet<String> = lost.filter(unknown).map(|(_, _, code)| code.clone()).collect();
            if let (false, Ok(id)) = (others.is_empty(), session.parse()) {
                apart.insert(id, (code.clone(), others));
            }
        }
        apart
    }
}
