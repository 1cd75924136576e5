//! Transcripts of sessions. Owns their table, in which the latest version of a transcript counts, and of two with the same instant
//! the greater text. A removed transcript keeps a later instant with an empty text, so that a merge with an older file doesn't
//! bring it back. Two with the same words are one after a merge: the other keeps its own instant with an empty text, and is a
//! removal as soon as the one that stayed was removed. Refuses transcripts of sessions that don't exist, and inconsistent ones.

use std::collections::BTreeMap;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::{Problem, StoreError};
use super::seal::Unsound;
use super::session::{self, SessionId};
use super::{Study, chain, erase, journal, roll, rows};
use crate::coding::Transcript;
use crate::coding::transcript::{Speaker, Turn, turn_name};
use crate::interview::Instant;

/// The columns, the seal last.
const SELECT: &str = "SELECT session, id, at, transcript, seal FROM transcripts";
/// The table's name in seals and on the roll.
const TABLE: &str = "transcripts";

/// Transcripts of a session by name, with the instant at which each was kept.
pub type Attached = BTreeMap<String, (Instant, Transcript)>;

impl Study {
    /// Keeps a transcript of a session, replacing an earlier version of the same file. Durable on return.
    pub fn attach(
        &mut self,
        session: &SessionId,
        transcript: &Transcript,
        at: Instant,
    ) -> Result<String, StoreError> {
        self.write(|transaction| {
            if !journal::is_there(transaction, session)? {
                return Err(session::absent(transaction, session));
            }
            if !transcript.is_sound() {
                return Err(Problem::Unkeepable("the transcript does not hold together".into()));
            }
            let session = session.to_string();
            let id = transcript.id(&session);
            let text =
                serde_json::to_string(transcript).map_err(|why| Problem::Unkeepable(why.to_string()))?;
            change(transaction, &session, &id, at, &text)?;
            Ok(id)
        })
    }

    /// Removes a transcript for good, with every byte of it in the file; returns whether there was one.
    pub fn detach(&mut self, session: &SessionId, id: &str, at: Instant) -> Result<bool, StoreError> {
        let session = session.to_string();
        let gone = self.write(|transaction| {
            let there = kept(transaction, &session, id)?;
            let there =
                there.is_some_and(|row| matches!(row.get(3), Some(Value::Text(text)) if !text.is_empty()));
            if there {
                change(transaction, &session, id, at, "")?;
            }
            Ok(there)
        })?;
        self.clean()?;
        Ok(gone)
    }

    /// The transcripts of a session, without rows that were changed outside relata.
    pub fn transcripts(&self, session: &SessionId) -> Result<Attached, StoreError> {
        let select = format!("{SELECT} WHERE session = ?1 ORDER BY id");
        let found = self.read(|connection| rows::all(connection, &select, [session.to_string()]))?;
        Ok(found.iter().filter_map(|row| read(row)).map(|(_, id, kept)| (id, kept)).collect())
    }

    /// The transcripts of all sessions that have any.
    pub fn all_transcripts(&self) -> Result<BTreeMap<SessionId, Attached>, StoreError> {
        let mut all: BTreeMap<SessionId, Attached> = BTreeMap::new();
        for row in
            self.read(|connection| rows::all(connection, &format!("{SELECT} ORDER BY session, id"), []))?
        {
            if let Some((session, id, kept)) = read(&row) {
                all.entry(session).or_default().insert(id, kept);
            }
        }
        Ok(all)
    }
}

/// Takes over the rows of another file; returns the sessions of which something was left out.
pub(super) fn join(out: &Connection, from: &[Vec<Value>]) -> Result<Vec<String>, Problem> {
    let mut left_out = Vec::new();
    for row in from {
        let session = row.first().map(rows::shown).unwrap_or_default();
        let ([Value::Text(_), Value::Text(id), Value::Integer(at), Value::Text(text), _], true) =
            (row.as_slice(), is_sound(row))
        else {
            left_out.push(session);
            continue;
        };
        if rows::header(out, &session)?.is_none() {
            continue;
        }
        let own = kept(out, &session, id)?.filter(|own| is_sound(own));
        let own = own.as_deref().and_then(|own| match own {
            [_, _, Value::Integer(at), Value::Text(text), _] => Some((*at, text.clone())),
            _ => None,
        });
        let counts = match own {
            Some((own_at, own)) if own_at == *at && own.is_empty() => {
                is_said(&all(out, Some(&session))?, &session, text)
            }
            Some((own_at, own)) if own_at == *at && text.is_empty() => !is_said(from, &session, &own),
            own => own.is_none_or(|own| (*at, text) > (own.0, &own.1)),
        };
        if counts {
            put(out, &session, id, *at, text)?;
        }
    }
    Ok(left_out)
}

/// Whether one of these rows says of a session what `text` says. Then one that is empty at the instant of `text` stepped back for the other, and
/// [`drop_twins`] finds anew which of them stays; else the words were removed.
fn is_said(rows: &[Vec<Value>], session: &str, text: &str) -> bool {
    let Ok(said) = serde_json::from_str::<Transcript>(text) else { return false };
    let of_session = rows.iter().filter_map(|row| read(row)).filter(|(id, ..)| id.to_string() == session);
    of_session.map(|(_, _, (_, other))| words(&other)).any(|other| other == words(&said))
}

/// What is said, turn by turn.
fn words(transcript: &Transcript) -> Vec<String> {
    transcript.turns.iter().map(|turn| turn.text.trim().to_owned()).collect()
}

/// A transcript on its way to another session.
pub(super) struct MovedTranscript {
    /// Its id before.
    pub before: String,
    /// Its id there.
    pub id: String,
    /// Its row there.
    pub row: Vec<Value>,
}

/// A row as one of another session; none for a removed transcript, or a row that was changed outside relata.
pub(super) fn moved(row: &[Value], session: &str) -> Option<MovedTranscript> {
    let (_, before, (at, transcript)) = read(row)?;
    let id = transcript.id(session);
    Some(MovedTranscript { before, row: sealed(session, &id, at, &rows::shown(row.get(3)?)), id })
}

/// Takes out what two files attached to one session with the same words, from files that are not the same: one of them stays, the one in which
/// evidence is marked, else that of which a person says that no rating is told in it, else the one that tells most of who speaks and when, else
/// the earlier one.
pub(super) fn drop_twins(connection: &Connection) -> Result<(), Problem> {
    let mut alike: BTreeMap<(SessionId, Vec<String>), Vec<Twin>> = BTreeMap::new();
    for row in all(connection, None)? {
        let Some((session, id, (at, transcript))) = read(&row) else { continue };
        let turns = |is: &dyn Fn(&Turn) -> bool| transcript.turns.iter().filter(|turn| is(turn)).count();
        let twin = Twin {
            is_unmarked: !is_marked(connection, &session, &id)?,
            may_have_ratings: !transcript.no_ratings,
            nobodys: turns(&|turn| turn.speaker.is_none()),
            without_role: turns(&|turn| !matches!(transcript.speaker(turn), Some(Speaker::Role(_)))),
            without_time: turns(&|turn| turn.start.is_none()),
            at,
            id,
        };
        alike.entry((session, words(&transcript))).or_default().push(twin);
    }
    for ((session, _), mut twins) in alike {
        twins.sort();
        for twin in twins.iter().skip(1).filter(|twin| twin.is_unmarked) {
            put(connection, &session.to_string(), &twin.id, twin.at, "")?;
        }
    }
    Ok(())
}

/// One of several transcripts of a session with the same words; the least one stays.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Twin {
    is_unmarked: bool,
    may_have_ratings: bool,
    /// Turns of whom nothing says who speaks.
    nobodys: usize,
    without_role: usize,
    without_time: usize,
    at: Instant,
    id: String,
}

/// Whether a code or a draft of a session points into a transcript.
fn is_marked(connection: &Connection, session: &SessionId, id: &str) -> Result<bool, Problem> {
    let select = "SELECT code FROM codes WHERE session = ?1 UNION ALL SELECT draft FROM code_drafts WHERE session = ?1";
    let begins = format!("\"{}", turn_name(id, 1).trim_end_matches('1'));
    let texts = rows::all(connection, select, [session.to_string()])?;
    Ok(texts.iter().flatten().any(|text| rows::shown(text).contains(&begins)))
}

/// Every raw row; of one session where one is given.
pub(super) fn all(connection: &Connection, session: Option<&str>) -> Result<Vec<Vec<Value>>, Problem> {
    match session {
        Some(session) => rows::all(connection, &format!("{SELECT} WHERE session = ?1"), [session]),
        None => rows::all(connection, SELECT, []),
    }
}

/// Rows that were changed outside relata.
pub(super) fn unsound(connection: &Connection) -> Result<Vec<Unsound>, Problem> {
    let name = |row: &Vec<Value>| row.first().map(rows::shown).unwrap_or_default();
    let rows = all(connection, None)?;
    let wrong = rows.iter().filter(|row| !is_sound(row));
    Ok(wrong.map(|row| Unsound { what: "a transcript of session", name: name(row), counts: false }).collect())
}

fn kept(connection: &Connection, session: &str, id: &str) -> Result<Option<Vec<Value>>, Problem> {
    Ok(rows::all(connection, &format!("{SELECT} WHERE session = ?1 AND id = ?2"), [session, id])?.pop())
}

/// Keeps a text, or removes it where it is empty. The instant is raised past the latest one, so that a clock that was set back
/// can't leave an earlier text in force.
fn change(connection: &Connection, session: &str, id: &str, at: Instant, text: &str) -> Result<(), Problem> {
    let before = kept(connection, session, id)?.filter(|row| is_sound(row));
    let at = match before.as_deref().and_then(|row| row.get(2)) {
        Some(Value::Integer(before)) => at.max(before.saturating_add(1)),
        _ => at,
    };
    put(connection, session, id, at, text)
}

fn put(connection: &Connection, session: &str, id: &str, at: Instant, text: &str) -> Result<(), Problem> {
    if let Some(before) = kept(connection, session, id)? {
        roll::replace(connection, TABLE, &before.last().map(rows::shown).unwrap_or_default())?;
        // The former text must not survive in a free page.
        erase::ask_to_clean(connection)?;
    }
    let row = sealed(session, id, at, text);
    let seal = row.last().map(rows::shown).unwrap_or_default();
    let put =
        "INSERT OR REPLACE INTO transcripts (session, id, at, transcript, seal) VALUES (?1, ?2, ?3, ?4, ?5)";
    connection.prepare_cached(put)?.execute(params_from_iter(row))?;
    roll::add(connection, TABLE, &seal)
}

fn sealed(session: &str, id: &str, at: Instant, text: &str) -> Vec<Value> {
    let mut row = [session, id].map(|text| Value::Text(text.to_owned())).to_vec();
    row.extend([Value::Integer(at), Value::Text(text.to_owned())]);
    row.push(Value::Text(chain::sealed(TABLE, &row)));
    row
}

/// Whether a row fits its seal and holds a transcript or a removal.
fn is_sound(row: &[Value]) -> bool {
    let [Value::Text(session), Value::Text(id), Value::Integer(_), Value::Text(text), Value::Text(seal)] =
        row
    else {
        return false;
    };
    let read = || {
        serde_json::from_str::<Transcript>(text).is_ok_and(|read| read.is_sound() && read.id(session) == *id)
    };
    *seal == chain::sealed(TABLE, &row[..4]) && (text.is_empty() || read())
}

fn read(row: &[Value]) -> Option<(SessionId, String, (Instant, Transcript))> {
    let [Value::Text(session), Value::Text(id), Value::Integer(at), Value::Text(text), _] = row else {
        return None;
    };
    let transcript = serde_json::from_str(text).ok().filter(|_| is_sound(row))?;
    Some((session.parse().ok()?, id.clone(), (*at, transcript)))
}
