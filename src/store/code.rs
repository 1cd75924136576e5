//! Coders' codes. Owns their table, appended and never edited: a coder who changes their mind adds a code, and the latest
//! counts. Also owns drafts, which are overwritten because a draft is not a code yet. Refuses codes of missing sessions, and
//! incomplete codes.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use uuid::Uuid;

use super::error::{Problem, StoreError};
use super::session::{self, SessionId};
use super::{Study, journal, rows, seal};
use crate::coding::{Coding, Draft};
use crate::interview::Instant;

/// Identifies a code, in this study and in any that it is merged with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CodeId(Uuid);

impl CodeId {
    /// The id of a code given at `at`; `random` must be unique random bits. (UUID version 7, RFC 9562.)
    pub fn new(at: Instant, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }
}

impl fmt::Display for CodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for CodeId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Uuid::parse_str(text).map(Self).map_err(|_| format!("`{text}` is not the id of a code"))
    }
}

impl Serialize for CodeId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A code as it is kept.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Code {
    /// Its id.
    pub id: CodeId,
    /// The session that was read.
    pub session: SessionId,
    /// The coder's code; for a consensus, that of the person who entered it.
    pub coder: String,
    /// When it was saved.
    pub at: Instant,
    /// Whether it is the consensus of all coders.
    pub consensus: bool,
    /// What it says.
    pub coding: Coding,
}

impl Study {
    /// Keeps a code and deletes the coder's draft of it. Durable on return.
    pub fn add_code(&mut self, code: &Code) -> Result<(), StoreError> {
        self.add_codes(std::slice::from_ref(code))
    }

    /// Keeps many codes, all or none; see [`Study::add_code`].
    pub fn add_codes(&mut self, codes: &[Code]) -> Result<(), StoreError> {
        self.write(|transaction| codes.iter().try_for_each(|code| insert(transaction, code)))
    }

    /// The codes that count, by session: the latest of each coder, then the latest consensus.
    pub fn codes(&self) -> Result<BTreeMap<SessionId, Vec<Code>>, StoreError> {
        let mut latest: BTreeMap<SessionId, BTreeMap<(bool, String), Code>> = BTreeMap::new();
        for code in self.all_codes()? {
            // A consensus belongs to the session and not to the person who entered it.
            let who = if code.consensus { String::new() } else { code.coder.clone() };
            latest.entry(code.session).or_default().insert((code.consensus, who), code);
        }
        Ok(latest.into_iter().map(|(session, codes)| (session, codes.into_values().collect())).collect())
    }

    /// Every readable code ever kept, earliest first; codes that were replaced later included.
    pub fn all_codes(&self) -> Result<Vec<Code>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached(
                "SELECT id, session, coder, at, consensus, code, seal FROM codes ORDER BY at, id",
            )?;
            let mut rows = statement.query([])?;
            let mut codes = Vec::new();
            while let Some(row) = rows.next()? {
                codes.extend(read(row)?);
            }
            Ok(codes)
        })
    }

    /// Every readable draft.
    pub fn drafts(&self) -> Result<Vec<Draft>, StoreError> {
        self.read(|connection| {
            let mut statement = connection.prepare_cached("SELECT draft FROM code_drafts")?;
            let rows = statement.query_map([], |row| row.get::<_, String>(0))?;
            let texts = rows.collect::<Result<Vec<_>, _>>()?;
            Ok(texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect())
        })
    }

    /// Keeps a coder's draft, replacing the earlier one. Durable on return.
    pub fn keep_draft(
        &mut self,
        session: &SessionId,
        coder: &str,
        consensus: bool,
        at: Instant,
        draft: &Draft,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            if !journal::is_there(transaction, session)? {
                return Err(session::absent(transaction, session));
            }
            let text = serde_json::to_string(draft).map_err(|why| Problem::Unkeepable(why.to_string()))?;
            transaction
                .prepare_cached(
                    "INSERT OR REPLACE INTO code_drafts (session, coder, consensus, at, draft)
                     VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![session.to_string(), coder, consensus, at, text])?;
            Ok(())
        })
    }

    /// What a coder has entered and not yet saved.
    pub fn draft(
        &self,
        session: &SessionId,
        coder: &str,
        consensus: bool,
    ) -> Result<Option<Draft>, StoreError> {
        self.read(|connection| {
            let text: Option<String> = connection
                .prepare_cached(
                    "SELECT draft FROM code_drafts WHERE session = ?1 AND coder = ?2 AND consensus = ?3",
                )?
                .query_row(params![session.to_string(), coder, consensus], |row| row.get(0))
                .optional()?;
            text.map(|text| serde_json::from_str(&text)).transpose().map_err(|_| {
                Problem::Damaged(format!("the draft of a code of session {session} cannot be read"))
            })
        })
    }
}

/// Parses a row of id, session, coder, at, consensus, code and seal; `None` where it is invalid or was changed.
fn read(row: &Row) -> Result<Option<Code>, Problem> {
    let whole = rows::values(row)?;
    if !is_sound(&whole) || !seal::fits("codes", &whole) {
        return Ok(None);
    }
    let coding = serde_json::from_str(&rows::text(row, 5)?);
    let (id, session) = (rows::text(row, 0)?.parse(), rows::text(row, 1)?.parse());
    let (Ok(id), Ok(session), Ok(coding)) = (id, session, coding) else { return Ok(None) };
    Ok(Some(Code { id, session, coder: row.get(2)?, at: row.get(3)?, consensus: row.get(4)?, coding }))
}

/// Whether a raw row of codes is valid.
pub(super) fn is_sound(row: &[Value]) -> bool {
    let text = |column: usize| match row.get(column) {
        Some(Value::Text(text)) => text.as_str(),
        _ => "",
    };
    let coding: Option<Coding> = serde_json::from_str(text(5)).ok();
    text(0).parse::<CodeId>().is_ok()
        && crate::coding::coder(text(2)).is_ok()
        && coding.is_some_and(|coding| coding.check().is_ok())
}

/// Whether a raw row of drafts is valid.
pub(super) fn is_draft(row: &[Value]) -> bool {
    matches!(row.get(4), Some(Value::Text(text)) if serde_json::from_str::<Draft>(text).is_ok())
}

fn insert(connection: &Connection, code: &Code) -> Result<(), Problem> {
    if !journal::is_there(connection, &code.session)? {
        return Err(session::absent(connection, &code.session));
    }
    code.coding.check().map_err(|fault| Problem::Unkeepable(fault.to_string()))?;
    crate::coding::coder(&code.coder).map_err(|fault| Problem::Unkeepable(fault.to_string()))?;
    let text = serde_json::to_string(&code.coding).map_err(|why| Problem::Unkeepable(why.to_string()))?;
    let session = code.session.to_string();
    let row = vec![
        Value::Text(code.id.to_string()),
        Value::Text(session.clone()),
        Value::Text(code.coder.clone()),
        Value::Integer(code.at),
        Value::Integer(code.consensus.into()),
        Value::Text(text),
    ];
    seal::put(connection, "INSERT", "codes", row)?;
    connection
        .prepare_cached("DELETE FROM code_drafts WHERE session = ?1 AND coder = ?2 AND consensus = ?3")?
        .execute(params![session, code.coder, code.consensus])?;
    Ok(())
}
