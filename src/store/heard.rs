//! Changes that other programs made to a session that is open here: renamings, codes and above all an erasing. Owns the rule
//! that nothing of an erased session is written anywhere else, wherever its file went.
//!
//! Refuses rows whose hash doesn't fit: the pages of a lost file may contain anything, so only rows that verify are believed.

use rusqlite::types::Value;

use super::error::{Problem, StoreError};
use super::raw::Raw;
use super::rows::{self, HeaderRow};
use super::session::{self, SessionId};
use super::{Study, code, erase, rename, seal};

/// Rows that another program may have added to a session.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// Renamings of its respondent.
    pub renames: Vec<HeaderRow>,
    /// Codes that coders gave it, without their seals.
    pub codes: Vec<HeaderRow>,
}

impl Study {
    /// Replaces an error by "erased" where the session is known to be erased, because then nothing may be saved elsewhere.
    /// Where the session is damaged, returns that as the cause: a changed journal looks as if another process had continued it.
    pub fn erased_or(&self, id: &SessionId, error: StoreError) -> StoreError {
        let session = id.to_string();
        let looks_so = |problem: &Problem| {
            matches!(problem, Problem::Overtaken { .. } | Problem::Over { .. } | Problem::Unexpected(_))
        };
        let unsound = if looks_so(&error.problem) { self.is_sound(id).err() } else { None };
        let error = unsound.filter(|why| why.problem.place_is_gone()).unwrap_or(error);
        match &error.problem {
            Problem::Erased { session: gone, on } if *gone == session => {
                self.erased.borrow_mut().insert(session, on.clone());
            }
            problem if problem.place_is_gone() => {}
            _ => return error,
        }
        self.not_erased(id).err().unwrap_or(error)
    }

    /// Fails where the file's copy of a session is not as relata kept it: its header, its instrument or its journal. A session
    /// without a header and without rows is left to other checks.
    pub(super) fn is_sound(&self, id: &SessionId) -> Result<(), StoreError> {
        let session = id.to_string();
        self.read(|open| {
            let _snapshot = rows::snapshot(open)?;
            if Raw::read(open, &session)?.is_some() {
                return session::sound(open, &id.into()).map(|_| ());
            }
            match open.prepare_cached("SELECT 1 FROM events WHERE session = ?1")?.exists([&session])? {
                true => Err(Problem::Damaged(format!("the header of session {session} is missing"))),
                false => Ok(()),
            }
        })
    }

    /// Fails where the session is known to be erased, from earlier or from what the open file still holds.
    pub fn not_erased(&self, id: &SessionId) -> Result<(), StoreError> {
        let session = id.to_string();
        let known = self.erased.borrow().get(&session).cloned();
        let on = known.or_else(|| self.read(|open| erase::erased_on(open, &session)).ok().flatten());
        let Some(on) = on else { return Ok(()) };
        self.erased.borrow_mut().insert(session.clone(), on.clone());
        Err(self.error(Problem::ErasedMeanwhile { session, on }))
    }

    /// What the open file holds of a session, wherever the file is by now.
    pub(super) fn heard(&self, id: &SessionId) -> Heard {
        let session = Value::Text(id.to_string());
        let all = |select: &str, sound: fn(&[Value]) -> bool| {
            let rows = self.read(|open| rows::all(open, select, [&session]));
            let mut rows = rows.unwrap_or_default();
            rows.retain(|row| row.get(1) == Some(&session) && sound(row));
            rows
        };
        let renames =
            all("SELECT id, session, at, code, why FROM renames WHERE session = ?1", rename::is_sound);
        let mut codes = all(
            "SELECT id, session, coder, at, consensus, code, seal FROM codes WHERE session = ?1",
            |row| code::is_sound(row) && seal::fits("codes", row),
        );
        codes.iter_mut().for_each(|row| _ = row.pop());
        Heard { renames, codes }
    }
}
