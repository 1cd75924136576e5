//! Merging study files: a set union by session. Owns the join of every table, so that the order of the files and how
//! often each is merged make no difference. Refuses to bring anybody back: what one file erased is gone from all.
//!
//! - Sessions, instruments and codes: the union. Nothing of them is ever edited, so equal ids are equal rows.
//! - Journals of one session: see [`super::branch`].
//! - Tombstones: the union, the earlier day where two differ. A session with a tombstone is in no merged file, nor is
//!   anything that came from it.
//! - The study's id: the smallest. The day until which the study may be kept: the earliest, because a promise that was
//!   made to some respondents may not be stretched by joining them with others.
//! - Truths of simulated sessions: the greatest in the order of their words; a coder's draft: the latest, as long as the
//!   coder has not saved a code since.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};

use super::error::{Problem, StoreError};
use super::session::SessionId;
use super::{Study, branch, erase, settings};
use crate::instrument::content_hash;

mod files;

pub use files::merge;

/// What came of a merge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Merged {
    /// How many sessions the merged study has.
    pub sessions: usize,
    /// For each file, in the order given: its path, its sessions, and how many of these no earlier file had.
    pub files: Vec<(PathBuf, usize, usize)>,
    /// Sessions that a file still held although another one has erased them; they are in the merged study no more.
    pub stayed_erased: usize,
    /// Sessions that were continued in two places, with the number of journals that do not count.
    pub diverged: BTreeMap<SessionId, usize>,
    /// Respondents' codes under which two files each hold sessions that the other has not: one person with two
    /// interviewers, or two people who were given one code.
    pub shared_codes: BTreeSet<String>,
    /// Respondents' codes of which a session is erased and another one is still there.
    pub partly_erased: BTreeSet<String>,
    /// The day until which the merged study may be kept.
    pub keep_until: Option<String>,
}

/// A header as it lies in the file: id, instrument, respondent, interviewer, begun_at, seed, language, fields, mode,
/// test, relata.
type Header = Vec<Value>;

const HEADER: &str =
    "id, instrument, respondent, interviewer, begun_at, seed, language, fields, mode, test, relata";

/// Takes `others` into the study that `out` writes. All are in a transaction, so that each file is of one moment.
fn join(out: &Study, others: &[Study]) -> Result<Merged, StoreError> {
    let mut merged = Merged::default();
    let files: Vec<&Study> = std::iter::once(out).chain(others).collect();
    let mut erased: BTreeMap<String, String> = BTreeMap::new();
    let mut codes: Vec<BTreeMap<String, BTreeSet<String>>> = Vec::new();
    for file in &files {
        for (session, on) in file.read(tombstones)? {
            let day = erased.entry(session).or_insert_with(|| on.clone());
            *day = on.min(day.clone());
        }
        codes.push(file.read(respondents)?);
    }
    let mut stayed_erased = BTreeSet::new();
    for (code, sessions) in codes.iter().flatten() {
        let gone: Vec<&String> = sessions.iter().filter(|session| erased.contains_key(*session)).collect();
        if !gone.is_empty() {
            merged.partly_erased.insert(code.clone());
        }
        stayed_erased.extend(gone);
    }
    merged.stayed_erased = stayed_erased.len();
    merged.shared_codes = shared_codes(&codes, &erased);
    write(out, |connection| bury(connection, &erased))?;
    let mut seen: BTreeSet<&String> = BTreeSet::new();
    for (file, known) in files.iter().zip(&codes) {
        let sessions: BTreeSet<&String> = known.values().flatten().collect();
        let mut new = 0;
        for id in sessions.iter().filter(|id| !erased.contains_key(**id)) {
            new += usize::from(seen.insert(id));
            if !std::ptr::eq(*file, out) {
                session(out, file, id)?;
            }
        }
        // A file that was begun for this merge is none of those that were merged.
        if std::ptr::eq(*file, out) {
            if settled(out).is_some() {
                merged.files.push((out.path.clone(), sessions.len(), new));
            }
            continue;
        }
        merged.files.push((file.path.clone(), sessions.len(), new));
        rows_beside(out, file)?;
        let earliest = [out.read(settings::keep_until)?, file.read(settings::keep_until)?];
        let earliest = earliest.into_iter().flatten().min();
        write(out, |connection| settings::set_keep_until(connection, earliest.as_deref()))?;
    }
    write(out, erase::drop_unused_instruments)?;
    write(out, drop_stale_drafts)?;
    if let Some(id) = others.iter().map(|study| study.id.as_str()).chain(settled(out)).min() {
        write(out, |connection| settings::set(connection, "study", id))?;
    }
    let left = out.read(respondents)?;
    merged.partly_erased.retain(|code| left.contains_key(code));
    merged.sessions = left.values().map(BTreeSet::len).sum();
    merged.keep_until = out.read(settings::keep_until)?;
    for branch in out.branches()? {
        *merged.diverged.entry(branch.session).or_default() += 1;
    }
    Ok(merged)
}

/// Writes in the transaction that `out` is in.
fn write<T>(out: &Study, work: impl FnOnce(&Connection) -> Result<T, Problem>) -> Result<T, StoreError> {
    out.read(work)
}

/// The id of a study that existed before the merge; a fresh file has none that anybody knows.
fn settled(out: &Study) -> Option<&str> {
    (!out.id.is_empty()).then_some(out.id.as_str())
}

/// Joins one session of `from` into `out`.
fn session(out: &Study, from: &Study, id: &str) -> Result<(), StoreError> {
    let header = from.read(|connection| header(connection, id))?;
    let Some(header) = header else { return Ok(()) };
    match out.read(|connection| self::header(connection, id))? {
        None => {
            let hash = match header.get(1) {
                Some(Value::Text(hash)) => hash.clone(),
                _ => return Err(from.error(Problem::Damaged(format!("session {id} has no instrument")))),
            };
            let known = out.read(|connection| instrument(connection, &hash))?;
            if known.is_none() {
                let row = from.read(|connection| instrument(connection, &hash))?;
                let sound = row.filter(|row| row.last().is_some_and(|text| content_hash(text) == hash));
                let row = sound.ok_or_else(|| {
                    from.error(Problem::Damaged(format!("the text of instrument {hash} has changed")))
                })?;
                write(out, |connection| insert(connection, "instruments (hash, name, version, text)", &row))?;
            }
            let logs = from.read(|connection| branch::logs(connection, id))?;
            write(out, |connection| {
                insert(connection, &format!("sessions ({HEADER})"), &header)?;
                branch::replace(connection, id, &branch::maximal(logs))
            })
        }
        Some(ours) if ours == header => {
            let here = out.read(|connection| branch::logs(connection, id))?;
            let there = from.read(|connection| branch::logs(connection, id))?;
            if here == there {
                return Ok(());
            }
            let all = branch::maximal([here.clone(), there].concat());
            if all == here {
                return Ok(());
            }
            write(out, |connection| branch::replace(connection, id, &all))
        }
        Some(_) => Err(from.error(Problem::OtherSession(id.to_owned()))),
    }
}

/// Truths, codes and drafts of the sessions that both have by now.
fn rows_beside(out: &Study, from: &Study) -> Result<(), StoreError> {
    let tables = [
        (
            "SELECT session, model, other_model, code FROM truths",
            "INSERT INTO truths (session, model, other_model, code) SELECT ?1, ?2, ?3, ?4
             WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?1)
             ON CONFLICT (session) DO UPDATE
             SET model = excluded.model, other_model = excluded.other_model, code = excluded.code
             WHERE (excluded.model, excluded.other_model, excluded.code) > (model, other_model, code)",
        ),
        (
            "SELECT id, session, coder, at, consensus, code FROM codes",
            "INSERT OR IGNORE INTO codes (id, session, coder, at, consensus, code)
             SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?2)",
        ),
        (
            "SELECT session, coder, consensus, at, draft FROM code_drafts",
            "INSERT INTO code_drafts (session, coder, consensus, at, draft) SELECT ?1, ?2, ?3, ?4, ?5
             WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?1)
             ON CONFLICT (session, coder, consensus) DO UPDATE SET at = excluded.at, draft = excluded.draft
             WHERE (excluded.at, excluded.draft) > (at, draft)",
        ),
    ];
    for (select, put) in tables {
        for row in from.read(|connection| rows(connection, select, []))? {
            write(out, |connection| {
                connection.prepare_cached(put)?.execute(params_from_iter(row))?;
                Ok(())
            })?;
        }
    }
    Ok(())
}

/// What a coder saved since replaces what the same coder had begun to enter.
fn drop_stale_drafts(connection: &Connection) -> Result<(), Problem> {
    connection.execute(
        "DELETE FROM code_drafts AS d WHERE EXISTS (SELECT 1 FROM codes AS c
         WHERE (c.session, c.coder, c.consensus) = (d.session, d.coder, d.consensus) AND c.at >= d.at)",
        [],
    )?;
    Ok(())
}

/// Lays the tombstones and takes away what lies under them.
fn bury(connection: &Connection, erased: &BTreeMap<String, String>) -> Result<(), Problem> {
    let mut gone = 0;
    for (session, on) in erased {
        connection
            .prepare_cached("INSERT OR REPLACE INTO tombstones (session, erased_on) VALUES (?1, ?2)")?
            .execute([session, on])?;
        gone += connection.prepare_cached("DELETE FROM sessions WHERE id = ?1")?.execute([session])?;
    }
    if gone > 0 {
        erase::ask_to_clean(connection)?;
    }
    Ok(())
}

/// Codes under which two files each have a session that the other lacks.
fn shared_codes(
    files: &[BTreeMap<String, BTreeSet<String>>],
    erased: &BTreeMap<String, String>,
) -> BTreeSet<String> {
    let none = BTreeSet::new();
    let mut shared = BTreeSet::new();
    for (at, one) in files.iter().enumerate() {
        for other in files.iter().skip(at + 1) {
            for (code, here) in one {
                let there = other.get(code).unwrap_or(&none);
                let only = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
                    a.difference(b).any(|session| !erased.contains_key(session))
                };
                if only(here, there) && only(there, here) {
                    shared.insert(code.clone());
                }
            }
        }
    }
    shared
}

fn tombstones(connection: &Connection) -> Result<Vec<(String, String)>, Problem> {
    let mut statement = connection.prepare_cached("SELECT session, erased_on FROM tombstones")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Sessions by respondent.
fn respondents(connection: &Connection) -> Result<BTreeMap<String, BTreeSet<String>>, Problem> {
    let mut statement = connection.prepare_cached("SELECT respondent, id FROM sessions")?;
    let mut rows = statement.query([])?;
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().insert(row.get(1)?);
    }
    Ok(found)
}

fn header(connection: &Connection, id: &str) -> Result<Option<Header>, Problem> {
    let found = rows(connection, &format!("SELECT {HEADER} FROM sessions WHERE id = ?1"), params![id])?;
    Ok(found.into_iter().next())
}

fn instrument(connection: &Connection, hash: &str) -> Result<Option<Vec<String>>, Problem> {
    let select = "SELECT hash, name, version, text FROM instruments WHERE hash = ?1";
    let row = |row: &rusqlite::Row| (0..4).map(|column| row.get(column)).collect();
    Ok(connection.prepare_cached(select)?.query_row([hash], row).optional()?)
}

fn insert<T: rusqlite::ToSql>(connection: &Connection, into: &str, row: &[T]) -> Result<(), Problem> {
    let places: Vec<String> = (1..=row.len()).map(|place| format!("?{place}")).collect();
    connection
        .prepare_cached(&format!("INSERT INTO {into} VALUES ({})", places.join(", ")))?
        .execute(params_from_iter(row))?;
    Ok(())
}

fn rows(
    connection: &Connection,
    select: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Vec<Value>>, Problem> {
    let mut statement = connection.prepare_cached(select)?;
    let columns = statement.column_count();
    let mut rows = statement.query(params)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push((0..columns).map(|column| row.get(column)).collect::<Result<_, _>>()?);
    }
    Ok(found)
}
