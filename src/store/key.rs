//! Session ids as raw bytes. Owns that a session can be named, searched for and erased even where its id is malformed or not
//! even text; refuses to repair one.

use std::fmt;

use rusqlite::ToSql;
use rusqlite::types::{FromSql, FromSqlResult, ToSqlOutput, ValueRef};

use super::session::SessionId;

/// The id of a session, byte for byte as in the file. Displayed with a replacement character for every invalid byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RawId(Vec<u8>);

impl RawId {
    /// The session id, if these bytes are a valid one.
    pub fn session(&self) -> Option<SessionId> {
        let text = std::str::from_utf8(&self.0).ok()?;
        text.parse().ok().filter(|id: &SessionId| id.to_string() == text)
    }
}

impl fmt::Display for RawId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        String::from_utf8_lossy(&self.0).fmt(f)
    }
}

impl From<&SessionId> for RawId {
    fn from(id: &SessionId) -> Self {
        Self(id.to_string().into_bytes())
    }
}

impl From<SessionId> for RawId {
    fn from(id: SessionId) -> Self {
        (&id).into()
    }
}

impl From<&RawId> for RawId {
    fn from(id: &RawId) -> Self {
        id.clone()
    }
}

impl From<&str> for RawId {
    fn from(id: &str) -> Self {
        Self(id.as_bytes().to_vec())
    }
}

impl ToSql for RawId {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(&self.0)))
    }
}

impl FromSql for RawId {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Ok(Self(value.as_bytes()?.to_vec()))
    }
}
