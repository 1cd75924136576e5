//! Where imported sessions come from. Owns the question which of them are there; refuses to know what a table is.

use rusqlite::Connection;

use super::error::{Problem, StoreError};
use super::session::SessionId;
use super::{Study, rows};
use crate::instrument::code::is_made_code;
use crate::interview::{Event, Instant, Origin};

/// An imported session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Imported {
    /// Its id.
    pub session: SessionId,
    /// The name of its instrument.
    pub instrument: String,
    /// The code of whoever answered.
    pub respondent: String,
    /// Where its answers come from.
    pub origin: Origin,
}

/// What tells a response from others where it has no name of its own: what it says, when, and of whom, as far as its table tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResponseKey {
    /// Hash of what it says.
    pub content: String,
    /// When it began.
    pub at: Instant,
    /// The respondent's code, if the table has one.
    pub respondent: Option<String>,
}

impl ResponseKey {
    /// Of the row that a session of a respondent came from.
    pub fn of(origin: &Origin, session: SessionId, respondent: &str) -> Self {
        let respondent = Some(respondent).filter(|code| is_told(code, origin)).map(str::to_owned);
        Self { content: origin.content.clone(), at: session.at(), respondent }
    }
}

/// Whether a row's table has this respondent's code: one that was made here, or from the row's id as long ones are, says nothing of anybody.
fn is_told(code: &str, origin: &Origin) -> bool {
    let ends_so = || origin.id.as_deref().is_some_and(|id| id.rsplit('/').next() == Some(code));
    let is_id = code.len() >= 8 && ends_so();
    !is_made_code(code) && !is_id
}

/// The respondent's code, if the table has one.
pub(super) fn told_respondent(one: &Imported) -> Option<&str> {
    Some(one.respondent.as_str()).filter(|code| is_told(code, &one.origin))
}

/// Whether no other table can have a row that is called so: a short id or a running number may be that of another survey's row, too.
pub fn is_called_apart(origin: &Origin) -> bool {
    match origin.id.as_deref() {
        Some(id) => id.len() >= 8 && !id.bytes().all(|byte| byte.is_ascii_digit()),
        None => true,
    }
}

/// Whether a clock that shows this time counts seconds. A second tells responses apart, where a minute or a day is that of several people.
pub fn tells_seconds(at: Instant) -> bool {
    at % 60_000 != 0
}

/// The session that a row is a copy of, where its table is an export of a study.
pub fn copied_session(origin: &Origin) -> Option<SessionId> {
    origin.id.as_deref()?.parse().ok()
}

impl Study {
    /// Every imported session. One whose origin cannot be read is none of them; a list of sessions says what is wrong with it.
    pub fn imported(&self) -> Result<Vec<Imported>, StoreError> {
        self.read(all)
    }
}

/// See [`Study::imported`].
pub(super) fn all(connection: &Connection) -> Result<Vec<Imported>, Problem> {
    let mut statement = connection.prepare_cached(
        "SELECT s.id, i.name, e.event, s.respondent FROM sessions s
         JOIN instruments i ON +i.hash = s.instrument
         JOIN events e ON e.session = s.id AND e.seq = 0
         WHERE s.mode = 'imported' ORDER BY s.begun_at, s.id",
    )?;
    let mut found = Vec::new();
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (session, instrument) = (rows::text(row, 0)?.parse(), rows::text(row, 1)?);
        if let (Ok(session), Ok(Event::Imported(origin))) =
            (session, serde_json::from_str(&rows::text(row, 2)?))
        {
            found.push(Imported { session, instrument, respondent: rows::text(row, 3)?, origin });
        }
    }
    Ok(found)
}
