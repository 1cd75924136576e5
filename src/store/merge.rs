//! Merging study files: a set union by session. Owns the join of every table, so that neither the order of the files nor
//! repeated merging makes a difference. Refuses to bring an erased session back: what one file erased is gone from all.
//!
//! - Sessions, instruments, codes, renamings and advice that was shown: the union. They are never edited, so equal ids are
//!   equal rows.
//! - Journals of one session: see [`super::branch`].
//! - Tombstones: the union, the earlier day where two differ; a changed one is kept as it lies where there is no sound one. A
//!   session with a sound tombstone is in no merged file, nor is anything that came from it. A tombstone that was changed
//!   outside relata removes a session only where the user explicitly allowed that many erasures.
//! - The study's id: the smallest. The day until which the study may be kept: the earliest, because a promise made to some
//!   respondents may not be extended by joining them with others. The last number given in a series of codes: the highest.
//! - Transcripts: of each the latest, and of those with the same words one, see [`super::transcripts`].
//! - Codes and transcripts of copies that are left out: see [`work`].
//! - Fields: the latest text of each, see [`super::about`]. Frozen plans: the union.
//! - Truths of simulated sessions: the greatest in alphabetical order; a coder's draft: the latest, unless the coder has saved
//!   a code since; unanswered entries: the latest, unless answered since; entries of paper sheets: the latest of each, unless
//!   the sheet is a session.
//!
//! Whatever cannot be read, was changed outside relata or does not replay is left where it is and named: one bad session of one
//! file must not make the study of a whole team unreadable.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::{Problem, StoreError};
use super::origin::is_called_apart;
use super::raw::{KnownInstruments, Raw};
use super::rename;
use super::roll::LostRows;
use super::session::SessionId;
use super::{
    Study, Unsound, about, advised, chain, code, erase, fitted, journal, roll, rows, seal, series, settings,
    sheets, transcripts,
};

mod files;
mod people;
mod responses;
mod tables;
mod work;

pub use files::merge;
use people::{File, People};
pub use responses::Surveys;
use work::{CopiedWork, take_along};

/// The result of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many sessions the merged study has.
    pub sessions: usize,
    /// For each file, in the order given: its path, its sessions, and how many of these no earlier file had.
    pub files: Vec<(PathBuf, usize, usize)>,
    /// Sessions that a file still held although another one has erased them; the merged study doesn't hold them.
    pub stayed_erased: usize,
    /// Sessions that were continued in two places, with the number of journals that don't count.
    pub diverged: BTreeMap<SessionId, usize>,
    /// Sessions for which another file has a tombstone that was changed outside relata: they stay.
    pub doubted: BTreeSet<String>,
    /// Respondents' codes under which two files each hold sessions that the other has not: one person with two
    /// interviewers, or two people who were given one code.
    pub shared_codes: BTreeSet<String>,
    /// Sessions of a table that another file has in part, at what may be the instant of somebody whom it has erased: nothing tells whether
    /// one of them is that one.
    pub perhaps_erased: BTreeSet<String>,
    /// Respondents' codes with one session erased and another still present, which the file that erased the first doesn't hold.
    pub partly_erased: BTreeSet<String>,
    /// Sessions whose respondents were renamed differently in two places: the code that counts, and the others.
    pub renamed_apart: BTreeMap<SessionId, (String, BTreeSet<String>)>,
    /// Tables without ids of which several files have the same rows, which count once although the tables are of different people, and how many
    /// rows.
    pub one_table: BTreeMap<String, usize>,
    /// The day until which the merged study may be kept.
    pub keep_until: Option<String>,
    /// Tombstones, settings, fields and plans that were changed outside relata, with the file that has them.
    pub unsound: Vec<(PathBuf, Unsound)>,
    /// What was left out because it can't be read or trusted: the file, the session's id in it, and what is wrong.
    pub left_out: Vec<(PathBuf, String, Problem)>,
    /// Those of them that the merged study still has, from another file.
    pub from_elsewhere: BTreeSet<String>,
    /// Sessions of the merged study that are copies of others in it, with those: they were there before the original came.
    pub doubled: BTreeMap<String, String>,
    /// Sessions that were left out as copies, with the session that their codes and transcripts in that file went along to.
    pub taken_along: Vec<(PathBuf, String, String)>,
    /// Sessions that were left out as copies although a code or a transcript of them stays in that file alone.
    pub coded_copies: Vec<(PathBuf, String)>,
    /// Whole rows that were removed from a file, so that their content is unknown.
    pub lost: Vec<(PathBuf, LostRows)>,
}

/// Sessions that other files' tombstones may remove without the user's explicit consent.
pub const FEW_ERASURES: usize = 3;

/// What the user has said about a merge beforehand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MergeTerms {
    /// How many sessions other files' tombstones may remove; without it, at most [`FEW_ERASURES`], and none by a tombstone that was changed
    /// outside relata.
    pub erasures: Option<usize>,
    /// Of whom imported tables without ids are.
    pub surveys: Surveys,
}

impl From<Option<usize>> for MergeTerms {
    fn from(erasures: Option<usize>) -> Self {
        Self { erasures, ..Self::default() }
    }
}

/// Joins `others` into the study that `out` writes. All are in a transaction, so that each file is read at one moment.
fn join(out: &Study, others: &[Study], terms: MergeTerms) -> Result<Merged, StoreError> {
    let MergeTerms { erasures, surveys } = terms;
    let mut merged = Merged::default();
    let files: Vec<&Study> = std::iter::once(out).chain(others).collect();
    let mut known = Vec::new();
    let mut given = series::Given::new();
    for file in &files {
        let people = file.read(File::read)?;
        merged.lost.extend(file.lost()?.into_iter().map(|lost| (file.path.clone(), lost)));
        series::join(&mut given, file.read(series::given)?);
        let mut unsound = file.read(|connection| seal::unsound_in(connection, &["tombstones", "meta"]))?;
        unsound.extend(file.read(about::unsound)?);
        merged.unsound.extend(unsound.into_iter().map(|row| (file.path.clone(), row)));
        if !std::ptr::eq(*file, out) {
            let nobodys = file
                .read(chain::orphans)?
                .into_iter()
                .map(|(id, _)| (id.to_string(), "the header of it is missing"));
            let no_ids = people.no_ids.iter().cloned();
            let no_ids = no_ids.map(|id| (id, "that is not how the id of a session is written"));
            let wrong = |(id, what): (String, &str)| (file.path.clone(), id, Problem::Damaged(what.into()));
            merged.left_out.extend(no_ids.chain(nobodys).map(wrong));
        }
        known.push(people);
    }
    let people = People::of(known, surveys);
    let (alike, tables) = people.in_question();
    match (surveys, people.numbered_alike.first()) {
        (Surveys::Unknown, _) if alike > 0 => {
            let tables = tables.into_iter().map(str::to_owned).collect();
            return Err(out.error(Problem::UnknownSurveys(alike, tables)));
        }
        (Surveys::Apart, Some(session)) => {
            let holder = files.iter().zip(&people.files).skip(1).find(|(_, file)| file.holds(*session));
            let problem = Problem::OtherSession(session.to_string());
            return Err(holder.map_or(out, |(study, _)| *study).error(problem));
        }
        (Surveys::Apart, None) => {
            let tables = people.of_one_table().into_iter();
            merged.one_table = tables.map(|(table, rows)| (table.to_owned(), rows.len())).collect();
        }
        _ => {}
    }
    let mut erased = people.erased();
    let doubted: BTreeSet<String> =
        people.stayed_erased(&erased).into_iter().filter(|id| people.only_changed(id)).cloned().collect();
    let would_go = people.stayed_erased(&erased).len();
    if erasures.is_none_or(|accepted| would_go > accepted) {
        erased.retain(|session, _| !doubted.contains(session));
        merged.doubted = doubted;
    }
    merged.stayed_erased = people.stayed_erased(&erased).len();
    if merged.stayed_erased > erasures.unwrap_or(FEW_ERASURES) {
        return Err(out.error(Problem::ManyErasures(merged.stayed_erased)));
    }
    merged.partly_erased = people.partly_erased(&erased);
    merged.shared_codes = people.shared(&erased);
    merged.renamed_apart = people.renamed_apart(&erased);
    write(out, |connection| bury(connection, &erased, &people))?;
    write(out, |connection| people.lay_doubted(connection, &merged.doubted))?;
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    let mut instruments = KnownInstruments::new();
    let mut copies: BTreeMap<String, Vec<(&Study, String)>> = BTreeMap::new();
    for (file, known) in files.iter().zip(&people.files) {
        let sessions: BTreeSet<&String> = known.sessions.keys().collect();
        let mut new = 0;
        for id in sessions.iter().filter(|id| !erased.contains_key(**id)) {
            if std::ptr::eq(*file, out) {
                new += usize::from(seen.insert(id));
                continue;
            }
            let held =
                |original: &&String| files.iter().any(|file| is_sound(file, original, &mut instruments));
            if let Some(original) = people.original_of(id).filter(held) {
                let why = match people.is_edited(id, original) {
                    true => Problem::Edited(original.clone()),
                    false => Problem::Copy(original.clone()),
                };
                merged.left_out.push((file.path.clone(), (*id).clone(), why));
                copies.entry(original.clone()).or_default().push((*file, (*id).clone()));
                continue;
            }
            match session(out, file, id, surveys, &mut instruments)? {
                None => new += usize::from(seen.insert(id)),
                Some(wrong) => merged.left_out.push((wrong.path, (*id).clone(), wrong.problem)),
            }
        }
        // A file that was created for this merge is not one of the merged ones.
        if std::ptr::eq(*file, out) {
            if settled(out).is_some() {
                merged.files.push((out.path.clone(), sessions.len(), new));
            }
            continue;
        }
        merged.files.push((file.path.clone(), sessions.len(), new));
        let entered = file.read(sheets::all)?;
        write(out, |connection| sheets::join(connection, &entered))?;
        for (session, problem) in rows_beside(out, file)? {
            merged.left_out.push((file.path.clone(), session, problem));
        }
        let said = file.read(|connection| transcripts::all(connection, None))?;
        for session in write(out, |connection| transcripts::join(connection, &said))? {
            let what = "a transcript of it was changed outside relata, or cannot be read";
            merged.left_out.push((file.path.clone(), session, Problem::Damaged(what.into())));
        }
        let [fields, plans] = file.read(about::all)?;
        write(out, |connection| about::join(connection, &fields, &plans))?;
        let earliest = [out.read(settings::keep_until)?, file.read(settings::keep_until)?];
        match earliest.into_iter().flatten().min() {
            Some(day) => write(out, |connection| settings::set_keep_until(connection, Some(&day)))?,
            // A changed tombstone is kept as it lies, so that the merged study reports it too.
            None => {
                let changed = file.read(settings::changed_keep_until)?;
                write(out, |connection| settings::put_as_it_lies(connection, changed))?;
            }
        }
    }
    for (original, copies) in copies {
        let done = take_along(out, &copies, &original)?;
        for ((file, copy), work) in copies.into_iter().zip(done) {
            let file = file.path.clone();
            match work {
                CopiedWork::None => {}
                CopiedWork::TakenAlong => merged.taken_along.push((file, copy, original.clone())),
                CopiedWork::Stays => merged.coded_copies.push((file, copy)),
            }
        }
    }
    write(out, transcripts::drop_twins)?;
    write(out, erase::drop_unused_instruments)?;
    write(out, drop_stale_drafts)?;
    write(out, sheets::drop_settled)?;
    write(out, journal::drop_settled)?;
    if let Some(id) = others.iter().map(|study| study.id.as_str()).chain(settled(out)).min() {
        write(out, |connection| settings::set(connection, "study", id))?;
    }
    write(out, |connection| series::keep(connection, &given))?;
    let left = People::of(vec![out.read(File::read)?], surveys);
    merged.partly_erased.retain(|code| left.codes().contains(code));
    let there = |id: &String| left.files.iter().any(|file| file.sessions.contains_key(id));
    merged.from_elsewhere =
        merged.left_out.iter().map(|(_, id, _)| id.clone()).filter(|id| there(id)).collect();
    merged.perhaps_erased = people.perhaps_erased.iter().filter(|id| there(id)).cloned().collect();
    let ours = left.files.iter().flat_map(|file| file.sessions.keys());
    merged.doubled = ours.filter_map(|id| Some((id.clone(), left.original_of(id)?.clone()))).collect();
    merged.sessions = left.files.iter().map(|file| file.sessions.len()).sum();
    merged.keep_until = out.read(settings::keep_until)?;
    for branch in out.branches()? {
        *merged.diverged.entry(branch.session).or_default() += 1;
    }
    Ok(merged)
}

/// Runs in the open transaction of `out`.
fn write<T>(out: &Study, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Result<T, StoreError> {
    out.read(work)
}

/// The id of a study that existed before the merge; the id of a fresh file is unknown to anyone.
fn settled(out: &Study) -> Option<&str> {
    (!out.id.is_empty()).then_some(out.id.as_str())
}

/// Joins one session of `from` into `out`. Where it is left out, returns which of the two is wrong, and why.
fn session(
    out: &Study,
    from: &Study,
    id: &str,
    surveys: Surveys,
    known: &mut KnownInstruments,
) -> Result<Option<StoreError>, StoreError> {
    let read = from.read(|connection| Raw::read(connection, id));
    let raw = match read {
        Ok(Some(raw)) => raw,
        Ok(None) => return Ok(None),
        Err(error) if error.problem.is_of_a_session() => return Ok(Some(error)),
        Err(other) => return Err(other),
    };
    // A session that `out` already has, identical to the last letter, was checked when it arrived.
    let ours = out.read(|connection| Raw::read(connection, id));
    if let Ok(Some(ours)) = &ours {
        if ours.header == raw.header && ours.logs == raw.logs {
            return Ok(None);
        }
        // One row that came in twice: what was there first counts.
        if let (Some(known), Some(other)) = (ours.origin(), raw.origin())
            && (known != other || ours.header != raw.header)
            && (known.content == other.content || is_called_apart(&other) || surveys == Surveys::One)
        {
            let is_edited = known.content != other.content;
            return Ok(is_edited.then(|| from.error(Problem::Edited(id.to_owned()))));
        }
    }
    if let Err(error) = from.read(|connection| raw.check(connection, known)) {
        return Ok(Some(error));
    }
    match ours {
        Ok(_) => {
            write(out, |connection| raw.put(connection)).map(|()| None).map_err(|error| match error.problem {
                Problem::OtherSession(_) => from.error(error.problem),
                _ => error,
            })
        }
        // The session in `out` can't be trusted, and nothing can be joined with it.
        Err(error) => Ok(Some(error)),
    }
}

/// Whether a file has a session that can be read and replayed.
fn is_sound(file: &Study, id: &str, known: &mut KnownInstruments) -> bool {
    let raw = file.read(|connection| Raw::read(connection, id));
    raw.is_ok_and(|raw| raw.is_some_and(|raw| file.read(|connection| raw.check(connection, known)).is_ok()))
}

/// Joins truths, codes and drafts of the sessions that both now have, and returns what was left out.
fn rows_beside(out: &Study, from: &Study) -> Result<Vec<(String, Problem)>, StoreError> {
    type Sound = fn(&[Value]) -> bool;
    let tables: [(&str, &str, &str, usize, Sound); 6] = [
        ("renames", rename::ALL, rename::PUT, 1, rename::is_sound),
        ("advised", advised::ALL, advised::PUT, 1, advised::is_sound),
        (
            "truths",
            "SELECT session, model, other_model, code, seal FROM truths",
            "INSERT INTO truths (session, model, other_model, code, seal) SELECT ?1, ?2, ?3, ?4, ?5
             WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?1)
             ON CONFLICT (session) DO UPDATE
             SET model = excluded.model, other_model = excluded.other_model, code = excluded.code, seal = excluded.seal
             WHERE (excluded.model, excluded.other_model, excluded.code) > (model, other_model, code)",
            0,
            |row| seal::fits("truths", row),
        ),
        (
            "codes",
            "SELECT id, session, coder, at, consensus, code, seal FROM codes",
            "INSERT OR IGNORE INTO codes (id, session, coder, at, consensus, code, seal)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?2)",
            1,
            |row| code::is_sound(row) && seal::fits("codes", row),
        ),
        (
            "code_drafts",
            "SELECT session, coder, consensus, at, draft FROM code_drafts",
            "INSERT INTO code_drafts (session, coder, consensus, at, draft) SELECT ?1, ?2, ?3, ?4, ?5
             WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?1)
             ON CONFLICT (session, coder, consensus) DO UPDATE SET at = excluded.at, draft = excluded.draft
             WHERE (excluded.at, excluded.draft) > (at, draft)",
            0,
            code::is_draft,
        ),
        (
            "answer_drafts",
            "SELECT session, item, step, at, draft FROM answer_drafts",
            "INSERT INTO answer_drafts (session, item, step, at, draft) SELECT ?1, ?2, ?3, ?4, ?5
             WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?1)
             ON CONFLICT (session, item, step) DO UPDATE SET at = excluded.at, draft = excluded.draft
             WHERE (excluded.at, excluded.draft) > (at, draft)",
            0,
            journal::is_begun,
        ),
    ];
    let mut left_out = Vec::new();
    for (table, select, put, session, sound) in tables {
        for row in from.read(|connection| rows::all(connection, select, []))? {
            if !sound(&row) {
                let what = "a code, a draft, a truth, a renaming or an advice of it was changed outside relata, or cannot be read";
                let session = row.get(session).map(rows::shown).unwrap_or_default();
                left_out.push((session, Problem::Damaged(what.into())));
                continue;
            }
            write(out, |connection| {
                // The id of a renaming or an advice is its seal.
                let seal = if ["renames", "advised"].contains(&table) { row.first() } else { row.last() };
                let seal = seal.map(rows::shown).unwrap_or_default();
                if connection.prepare_cached(put)?.execute(params_from_iter(row))? > 0 {
                    roll::add(connection, table, &seal)?;
                }
                Ok(())
            })?;
        }
    }
    Ok(left_out)
}

/// Deletes a draft where the same coder has saved a code since.
fn drop_stale_drafts(connection: &Connection) -> Result<(), Problem> {
    connection.execute(
        "DELETE FROM code_drafts AS d WHERE EXISTS (SELECT 1 FROM codes AS c
         WHERE (c.session, c.coder, c.consensus) = (d.session, d.coder, d.consensus) AND c.at >= d.at)",
        [],
    )?;
    Ok(())
}

/// Writes the tombstones, and deletes the sessions that they name.
fn bury(connection: &Connection, erased: &BTreeMap<String, String>, people: &People) -> Result<(), Problem> {
    let mut gone = 0;
    for (session, on) in erased {
        match people.only_changed(session) {
            true => erase::lay_changed(connection, session, on)?,
            false => erase::lay_tombstone(connection, session, on)?,
        }
        roll::take(connection, &session.as_str().into())?;
        gone += connection.prepare_cached("DELETE FROM sessions WHERE id = ?1")?.execute([session])?;
    }
    if gone > 0 {
        fitted::forget(connection)?;
        erase::ask_to_clean(connection)?;
    }
    Ok(())
}
