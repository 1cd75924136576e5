//! Advice as it was shown. Owns its table: one row per advice, with the session that it rests on, or both sessions where it
//! comes from comparing two sides; it is erased with either. A row is appended and never edited, and its id is a hash of its
//! content, so that a merge is the union. Refuses to say what is advised today.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};
use serde::{Deserialize, Serialize};

use super::error::{Problem, StoreError};
use super::seal::Unsound;
use super::session::SessionId;
use super::{Study, chain, roll, rows};
use crate::interview::Instant;

/// All columns, in the order of [`PUT`].
pub(super) const ALL: &str = "SELECT id, session, other_session, at, advice FROM advised";

pub(super) const PUT: &str = "INSERT OR IGNORE INTO advised (id, session, other_session, at, advice)
     SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM sessions WHERE id = ?2)
     AND (?3 IS NULL OR EXISTS (SELECT 1 FROM sessions WHERE id = ?3))";

/// The table's name in seals and on the roll.
const TABLE: &str = "advised";

/// An advice that was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advised {
    /// The session that it rests on.
    pub session: SessionId,
    /// The session of the other side, where it rests on both.
    pub other: Option<SessionId>,
    /// When it was shown for the first time.
    pub at: Instant,
    /// What was shown.
    pub advice: AdviceShown,
}

/// What was shown of an advice, and to whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdviceShown {
    /// Its name, the same in every language.
    pub name: String,
    /// Its heading, as it was read.
    pub title: String,
    /// The language it was read in; `None` in rows kept before this was recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// Who read it.
    pub reader: String,
    /// Whether it addresses the account side, which looks after the relation.
    pub for_account: bool,
    /// Whether it repeats an answer.
    pub quotes: bool,
    /// What it rests on in the session that can be measured again.
    pub rests: Vec<String>,
    /// The same in the session of the other side.
    pub rests_of_other: Vec<String>,
}

impl Advised {
    /// Whether both are the same advice on the same sessions, to the same reader.
    fn is_again(&self, other: &Self) -> bool {
        let of = |one: &Self| (one.session, one.other);
        of(self) == of(other)
            && (&self.advice.name, &self.advice.reader) == (&other.advice.name, &other.advice.reader)
    }
}

impl Study {
    /// Advice on sessions, earliest first, without rows that were changed outside relata.
    pub fn advised(&self) -> Result<Vec<Advised>, StoreError> {
        let rows = self.read(|connection| rows::all(connection, &format!("{ALL} ORDER BY at, id"), []))?;
        Ok(rows.iter().filter_map(|row| read(row)).collect())
    }

    /// Keeps advice that was not shown before; durable on return. The study may be open read-only, so this opens it once more,
    /// but only where there is something new: most pages are viewed many times.
    pub fn keep_advice(&self, shown: Vec<Advised>) -> Result<(), StoreError> {
        let known = self.advised()?;
        let new: Vec<_> =
            shown.into_iter().filter(|one| !known.iter().any(|known| known.is_again(one))).collect();
        if new.is_empty() {
            return Ok(());
        }
        let mut writer = self.writer.borrow_mut();
        let writer = match &mut *writer {
            Some(open) => open,
            none => none.insert(Box::new(Self::open_again(&self.path)?)),
        };
        writer.write(|transaction| {
            for one in &new {
                let advice = serde_json::to_string(&one.advice);
                let advice = advice.map_err(|why| Problem::Unkeepable(why.to_string()))?;
                let other = one.other.map_or(Value::Null, |other| Value::Text(other.to_string()));
                let mut row = vec![Value::Text(one.session.to_string()), other, Value::Integer(one.at)];
                row.push(Value::Text(advice));
                row.insert(0, Value::Text(chain::sealed(TABLE, &row)));
                put(transaction, &row)?;
            }
            Ok(())
        })
    }
}

/// Keeps a row, once, and adds it to the roll.
fn put(connection: &Connection, row: &[Value]) -> Result<(), Problem> {
    let kept = connection.prepare_cached(PUT)?.execute(params_from_iter(row))?;
    match row.first().filter(|_| kept > 0) {
        Some(id) => roll::add(connection, TABLE, &rows::shown(id)),
        None => Ok(()),
    }
}

/// Rows that were changed outside relata.
pub(super) fn unsound(connection: &Connection) -> Result<Vec<Unsound>, Problem> {
    let rows = rows::all(connection, ALL, [])?;
    let name = |row: &Vec<Value>| row.get(1).map(rows::shown).unwrap_or_default();
    let wrong = rows.iter().filter(|row| !is_sound(row));
    Ok(wrong.map(|row| Unsound { what: "an advice on session", name: name(row), counts: false }).collect())
}

/// Whether a row is as it was kept.
pub(super) fn is_sound(row: &[Value]) -> bool {
    read(row).is_some()
}

fn read(row: &[Value]) -> Option<Advised> {
    let [Value::Text(id), Value::Text(session), other, Value::Integer(at), Value::Text(advice)] = row else {
        return None;
    };
    let other = match other {
        Value::Null => None,
        Value::Text(other) => Some(other.parse().ok()?),
        _ => return None,
    };
    let (session, advice) = (session.parse().ok()?, serde_json::from_str(advice).ok()?);
    (*id == chain::sealed(TABLE, &row[1..])).then_some(Advised { session, other, at: *at, advice })
}
