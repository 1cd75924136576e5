//! What coders did with responses that a merge leaves out as copies: codes and transcripts go along to the response that stays. Owns when they
//! may; refuses where the answers are not the same to the last letter, and to put one code of a coder beside another of theirs.
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

/// Takes codes and transcripts of `copy` in `from` along to `original` in `out`, as far as they may.
pub(super) fn take_along(
    out: &Study,
    from: &Study,
    copy: &str,
    original: &str,
) -> Result<CopiedWork, StoreError> {
    let codes = from.read(|connection| rows::all(connection, CODES, [copy]))?;
    let said = from.read(|connection| transcripts::all(connection, Some(copy)))?;
    let said: Vec<_> = said.iter().filter_map(|row| transcripts::moved(row, original)).collect();
    if codes.is_empty() && said.is_empty() {
        return Ok(CopiedWork::None);
    }
    let of = |study: &Study, session: &str| study.read(|connection| asked_and_answered(connection, session));
    let (here, there) = (of(out, original)?, of(from, copy)?);
    if here.is_none() || here != there {
        return Ok(CopiedWork::Stays);
    }
    let names: BTreeMap<String, String> =
        said.iter().map(|moved| (moved.before.clone(), moved.id.clone())).collect();
    let said: Vec<Vec<Value>> = said.into_iter().map(|moved| moved.row).collect();
    let all_transcripts = write(out, |connection| transcripts::join(connection, &said))?.is_empty();
    let all_codes = write(out, |connection| move_codes(connection, &codes, original, &names))?;
    Ok(if all_transcripts && all_codes { CopiedWork::TakenAlong } else { CopiedWork::Stays })
}

/// The questionnaire of a session and its events, without the first, which says where an imported one came from. Each question is answered once
/// there, in an order that follows from what the row was called.
fn asked_and_answered(connection: &Connection, session: &str) -> Result<Option<Vec<Vec<Value>>>, Problem> {
    let instrument = rows::all(connection, "SELECT instrument FROM sessions WHERE id = ?1", [session])?;
    let events = "SELECT event FROM events WHERE session = ?1 AND seq > 0 ORDER BY event";
    let events = rows::all(connection, events, [session])?;
    Ok((!instrument.is_empty()).then(|| instrument.into_iter().chain(events).collect()))
}

/// Writes codes anew for another session; returns whether all could be.
fn move_codes(
    connection: &Connection,
    codes: &[Vec<Value>],
    session: &str,
    transcripts: &BTreeMap<String, String>,
) -> Result<bool, Problem> {
    let moved: Vec<Option<Vec<Value>>> =
        codes.iter().map(|row| moved_code(row, session, transcripts)).collect();
    let ids: BTreeSet<String> =
        moved.iter().flatten().filter_map(|row| row.first().map(rows::shown)).collect();
    let own = rows::all(connection, CODES, [session])?;
    let own = own.iter().filter(|row| row.first().is_some_and(|id| !ids.contains(&rows::shown(id))));
    let taken: BTreeSet<Option<String>> = own.map(|row| whose(row)).collect();
    let mut are_all = true;
    for row in moved {
        match row.filter(|row| !taken.contains(&whose(row))) {
            Some(row) => seal::put(connection, "INSERT OR IGNORE", "codes", row).map(|_| ())?,
            None => are_all = false,
        }
    }
    Ok(are_all)
}

/// Whose code a row is: a coder's; none for a consensus, which is the session's.
fn whose(row: &[Value]) -> Option<String> {
    let is_consensus = row.get(4).is_some_and(|consensus| *consensus == Value::Integer(1));
    row.get(2).filter(|_| !is_consensus).map(rows::shown)
}

/// The row of a code, without its seal, as one of another session; none for one that was changed outside relata.
fn moved_code(row: &[Value], session: &str, transcripts: &BTreeMap<String, String>) -> Option<Vec<Value>> {
    let [Value::Text(id), _, coder, Value::Integer(at), consensus, Value::Text(text), _] = row else {
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
    Some(vec![
        Value::Text(CodeId::new(*at, random).to_string()),
        Value::Text(session.to_owned()),
        coder.clone(),
        Value::Integer(*at),
        consensus.clone(),
        Value::Text(serde_json::to_string(&coding).ok()?),
    ])
}
