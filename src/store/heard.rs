//! What other programs did to a session that is open here: what it was renamed to, how it was coded, and above all whether it was
//! erased. Owns the rule that nothing of a session which is known to be erased is written anywhere else, wherever its file went.
//!
//! Refuses rows whose hash does not fit: the pages of a file that was lost may be anything by now, and only what proves itself is
//! believed of them.

use rusqlite::types::Value;

use super::error::{Problem, StoreError};
use super::raw::Raw;
use super::rows::{self, HeaderRow};
use super::session::{self, SessionId};
use super::{Study, code, erase, rename, seal};

/// Rows beside a session that another program may have written.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    /// Other codes of its respondent.
    pub renames: Vec<HeaderRow>,
    /// Codes that coders gave it, without their seals.
    pub codes: Vec<HeaderRow>,
}

impl Study {
    /// What an error comes to once it is known whether the session was erased: then nothing may be saved elsewhere either.
    /// And what it comes from, where the session is not sound any more: a journal that was changed looks as if somebody had gone on in it.
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

    /// Fails where what the file has of a session is not as relata kept it: its header, its questionnaire or its journal. What
    /// has no header at all, and no row, is for others to say.
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

    /// Fails where it is known that somebody erased the session: from before, or from what the open file still says.
    pub fn not_erased(&self, id: &SessionId) -> Result<(), StoreError> {
        let session = id.to_string();
        let known = self.erased.borrow().get(&session).cloned();
        let on = known.or_else(|| self.read(|open| erase::erased_on(open, &session)).ok().flatten());
        let Some(on) = on else { return Ok(()) };
        self.erased.borrow_mut().insert(session.clone(), on.clone());
        Err(self.error(Problem::ErasedMeanwhile { session, on }))
    }

    /// What the open file says of a session, wherever it is by now.
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
