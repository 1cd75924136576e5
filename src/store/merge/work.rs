//! What coders did with responses that a merge leaves out as copies: codes and transcripts go along to the response that stays. Owns when they
//! may; refuses where the answers are not the same to the last letter, and to put one code of a coder beside another of theirs. Of what one coder
//! said of several copies, the latest goes along, whatever the order of the files.
//!
//! A code is a row of its own with a seal over its session, so it cannot change hands: it is written anew, under an id that follows from its own
//! and from the session that it goes to, so that merging again writes the same row. Journals are chained to their header and stay what they are.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::super::code::{self, CodeId};
use super::super::error::{Problem, StoreError};
use super::super::{Study, rows, seal, transcripts};
use super::write;
use crate::coding::Coding;
use crate::coding::transcript::{turn_name, turn_named};
use crate::instrument::hash_bytes;
use crate::interview::Instant;

/// The columns of a code, the seal last.
const CODES: &str =
    "SELECT id, session, coder, at, consensus, code, seal FROM codes WHERE session = ?1 ORDER BY at, id";

/// What became of the codes and transcripts of a copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CopiedWork {
    /// There are none.
    None,
    /// All of them are with the response that stays.
    TakenAlong,
    /// Some stay in the file of the copy.
    Stays,
}

/// Takes codes and transcripts of copies of `original` along to it in `out`, as far as they may; returns what became of each. A copy is a file and
/// the id of a session in it.
pub(super) fn take_along(
    out: &Study,
    copies: &[(&Study, String)],
    original: &str,
) -> Result<Vec<CopiedWork>, StoreError> {
    let mut done = vec![CopiedWork::None; copies.len()];
    let mut moved: Vec<MovedCode> = Vec::new();
    let of = |study: &Study, session: &str| study.read(|connection| asked_and_answered(connection, session));
    for ((from, copy), done) in copies.iter().zip(&mut done) {
        let codes = from.read(|connection| rows::all(connection, CODES, [copy]))?;
        let said = from.read(|connection| transcripts::all(connection, Some(copy)))?;
        let said: Vec<_> = said.iter().filter_map(|row| transcripts::moved(row, original)).collect();
        if codes.is_empty() && said.is_empty() {
            continue;
        }
        let here = of(out, original)?;
        *done = CopiedWork::Stays;
        if here.is_none() || here != of(from, copy)? {
            continue;
        }
        let names: BTreeMap<String, String> =
            said.iter().map(|moved| (moved.before.clone(), moved.id.clone())).collect();
        let said: Vec<Vec<Value>> = said.into_iter().map(|moved| moved.row).collect();
        write(out, |connection| transcripts::join(connection, &said))?;
        let all = codes.iter().map(|row| moved_code(row, original, &names)).collect::<Vec<_>>();
        if all.iter().all(Option::is_some) {
            *done = CopiedWork::TakenAlong;
        }
        moved.extend(all.into_iter().flatten());
    }
    if moved.is_empty() {
        return Ok(done);
    }
    let there = write(out, |connection| move_codes(connection, &moved, original))?;
    let left: BTreeSet<&str> =
        moved.iter().filter(|code| !there.contains(&code.id)).map(|code| code.copy.as_str()).collect();
    for ((_, copy), done) in copies.iter().zip(&mut done) {
        if left.contains(copy.as_str()) && *done == CopiedWork::TakenAlong {
            *done = CopiedWork::Stays;
        }
    }
    Ok(done)
}

/// The questionnaire of a session and its events, without the first, which says where an imported one came from. Each question is answered once
/// there, in an order that follows from what the row was called.
fn asked_and_answered(connection: &Connection, session: &str) -> Result<Option<Vec<Vec<Value>>>, Problem> {
    let instrument = rows::all(connection, "SELECT instrument FROM sessions WHERE id = ?1", [session])?;
    let events = "SELECT event FROM events WHERE session = ?1 AND seq > 0 ORDER BY event";
    let events = rows::all(connection, events, [session])?;
    Ok((!instrument.is_empty()).then(|| instrument.into_iter().chain(events).collect()))
}

/// A code of a copy as one of another session.
struct MovedCode {
    /// The session that it was of.
    copy: String,
    at: Instant,
    /// Its id now.
    id: String,
    /// Its row now, without the seal.
    row: Vec<Value>,
}

/// Writes codes for a session; returns the ids of all that it has then. Whoever has coded the session itself keeps that, as does whoever has codes
/// of one of the copies there; of several copies, the one goes whose last code is the latest.
fn move_codes(
    connection: &Connection,
    moved: &[MovedCode],
    session: &str,
) -> Result<BTreeSet<String>, Problem> {
    let own = rows::all(connection, CODES, [session])?;
    let id = |row: &[Value]| row.first().map(rows::shown).unwrap_or_default();
    let is_free = |one: &MovedCode| {
        let mut own = own.iter().filter(|row| whose(row) == whose(&one.row));
        own.all(|row| moved.iter().any(|code| code.copy == one.copy && code.id == id(row)))
    };
    let free: Vec<&MovedCode> = moved.iter().filter(|code| is_free(code)).collect();
    let mut latest: BTreeMap<Option<String>, &MovedCode> = BTreeMap::new();
    for code in &free {
        let known = latest.entry(whose(&code.row)).or_insert(code);
        if (code.at, &code.id) > (known.at, &known.id) {
            *known = code;
        }
    }
    let mut there: BTreeSet<String> = own.iter().map(|row| id(row)).collect();
    for code in free.into_iter().filter(|code| latest[&whose(&code.row)].copy == code.copy) {
        seal::put(connection, "INSERT OR IGNORE", "codes", code.row.clone())?;
        there.insert(code.id.clone());
    }
    Ok(there)
}

/// Whose code a row is: a coder's; none for a consensus, which is the session's.
fn whose(row: &[Value]) -> Option<String> {
    let is_consensus = row.get(4).is_some_and(|consensus| *consensus == Value::Integer(1));
    row.get(2).filter(|_| !is_consensus).map(rows::shown)
}

/// A code as one of another session; none for one that was changed outside relata.
fn moved_code(row: &[Value], session: &str, transcripts: &BTreeMap<String, String>) -> Option<MovedCode> {
    let [Value::Text(id), Value::Text(copy), coder, Value::Integer(at), consensus, Value::Text(text), _] =
        row
    else {
        return None;
    };
    if !code::is_sound(row) || !seal::fits("codes", row) {
        return None;
    }
    let mut coding: Coding = serde_json::from_str(text).ok()?;
    let items = coding.evidence.iter_mut().map(|mark| &mut mark.item);
    for item in items.chain(coding.passages.iter_mut().map(|passage| &mut passage.item)) {
        if let Some((transcript, number)) = turn_named(item)
            && let Some(now) = transcripts.get(transcript)
        {
            *item = turn_name(now, number);
        }
    }
    let mut random = [0; 10];
    let bytes = hash_bytes(&[id.as_bytes(), b" ", session.as_bytes()]);
    random.iter_mut().zip(&bytes).for_each(|(bit, byte)| *bit = *byte);
    let id = CodeId::new(*at, random).to_string();
    let row = vec![
        Value::Text(id.clone()),
        Value::Text(session.to_owned()),
        coder.clone(),
        Value::Integer(*at),
        consensus.clone(),
        Value::Text(serde_json::to_string(&coding).ok()?),
    ];
    Some(MovedCode { copy: copy.clone(), at: *at, id, row })
}
