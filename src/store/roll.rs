//! The roll: how many sessions, codes, tombstones, renamings, plans, transcripts and pieces of advice a study holds, and the
//! sum of their seals. A seal reveals a changed row and a tip a shortened journal, but only the roll reveals that a whole row
//! was taken away.
//!
//! It is updated with every row kept and every session erased, and never recounted, because that would forget what is missing.

use std::collections::BTreeMap;
use std::fmt;

use rusqlite::Connection;
use serde::{Deserialize, Serialize};

use super::error::{Problem, StoreError};
use super::key::RawId;
use super::{Study, rows, settings};

/// The tables on the roll: name, columns of the sessions that a row is erased with, column of the seal.
const TABLES: [(&str, &str, &str); 7] = [
    ("sessions", "id", "seal"),
    ("codes", "session", "seal"),
    ("renames", "session", "id"),
    ("tombstones", "session", "seal"),
    // A plan belongs to no session.
    ("plans", "", "id"),
    ("transcripts", "session", "seal"),
    ("advised", "session, other_session", "id"),
];

/// Tables younger than the roll: an older file had no rows of them when its roll began.
const YOUNGER: [&str; 3] = ["plans", "transcripts", "advised"];

/// How many rows, and the sum of their seals.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Rows {
    count: i64,
    sum: u128,
}

impl Rows {
    /// Counts a row with this seal in, or off; a row that relata did not seal was never counted.
    fn count(&mut self, seal: &str, less: bool) {
        let Some(number) = number(seal) else { return };
        let (count, sum) = if less { (-1, number.wrapping_neg()) } else { (1, number) };
        self.count += count;
        self.sum = self.sum.wrapping_add(sum);
    }
}

/// The form in the file.
#[derive(Serialize, Deserialize)]
struct Written(BTreeMap<String, (i64, String)>);

/// Rows that are missing from a study, or are not as they were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LostRows {
    /// The table.
    pub table: &'static str,
    /// How many rows are missing; zero or negative where others are in their place.
    pub rows: i64,
    /// Whether pages of the file are damaged, in which case the rows need not have been taken away on purpose.
    pub damaged: bool,
}

impl fmt::Display for LostRows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |one: &'static str, more: &'static str| if self.rows == 1 { one } else { more };
        let (what, then) = match self.table {
            "sessions" => (name("session", "sessions"), "nobody can say which"),
            "codes" => (name("coder's code", "coders' codes"), "nobody can say which"),
            "renames" => (name("renaming", "renamings"), "a respondent may be called by a code of before"),
            "plans" => {
                (name("frozen plan", "frozen plans"), "nobody can say any more what was decided beforehand")
            }
            "transcripts" => (
                name(
                    "transcript or mark of one that was removed",
                    "transcripts or marks of those that were removed",
                ),
                "nobody can say of which session",
            ),
            "advised" => (
                name("piece of advice that was shown", "pieces of advice that were shown"),
                "nobody can say what was advised",
            ),
            _ => (name("tombstone", "tombstones"), "a merge could bring back somebody who was erased"),
        };
        match self.rows {
            1.. => write!(f, "{} {what} that relata kept in this file", self.rows)?,
            _ if self.damaged => {
                return write!(
                    f,
                    "{what} cannot all be read as relata kept them, because pages of this file are damaged"
                );
            }
            _ => write!(f, "{what} that relata did not keep")?,
        }
        match self.rows {
            _ if self.damaged => {
                write!(f, " cannot be read any more, because pages of it are damaged: {then}")
            }
            1 => write!(f, " was taken out of it outside relata: {then}"),
            2.. => write!(f, " were taken out of it outside relata: {then}"),
            _ => write!(f, " are in this file in the place of others"),
        }
    }
}

impl Study {
    /// Whole rows that were taken away outside relata, or lie in unreadable pages.
    pub fn lost(&self) -> Result<Vec<LostRows>, StoreError> {
        let damaged = self.damage.is_some();
        Ok(self.read(lost)?.into_iter().map(|lost| LostRows { damaged, ..lost }).collect())
    }
}

/// Counts a row that was kept.
pub(super) fn add(connection: &Connection, table: &str, seal: &str) -> Result<(), Problem> {
    count(connection, &[(table, seal.to_owned())], false)
}

/// Counts off a row that is about to be replaced.
pub(super) fn replace(connection: &Connection, table: &str, seal: &str) -> Result<(), Problem> {
    count(connection, &[(table, seal.to_owned())], true)
}

/// Counts off the rows of a session; called before it is erased.
pub(super) fn take(connection: &Connection, session: &RawId) -> Result<(), Problem> {
    let mut gone = Vec::new();
    // A tombstone stays.
    let goes = |(table, key, _): &(&str, &str, &str)| *table != "tombstones" && !key.is_empty();
    for (table, key, column) in TABLES.into_iter().filter(goes) {
        let select = format!("SELECT {column} FROM {table} WHERE ?1 IN ({key})");
        for row in rows::all(connection, &select, [session])? {
            gone.extend(row.first().map(|seal| (table, rows::shown(seal))));
        }
    }
    count(connection, &gone, true)
}

/// How many sessions there are by the roll.
pub(super) fn sessions(connection: &Connection) -> Result<usize, Problem> {
    Ok(read(connection)?.get("sessions").map_or(0, |rows| usize::try_from(rows.count).unwrap_or(0)))
}

/// Starts the roll of a new file, or of an older one when it is brought up to date.
pub(super) fn begin(connection: &Connection) -> Result<(), Problem> {
    write(connection, &there(connection, |table| !YOUNGER.contains(&table))?)
}

/// See [`Study::lost`].
pub(super) fn lost(connection: &Connection) -> Result<Vec<LostRows>, Problem> {
    let _snapshot = rows::snapshot(connection)?;
    let (kept, there) = (read(connection)?, there(connection, |_| true)?);
    let of = |roll: &BTreeMap<String, Rows>, table| roll.get(table).copied().unwrap_or_default();
    let tables = TABLES.into_iter().filter_map(|(table, ..)| {
        let (kept, there) = (of(&kept, table), of(&there, table));
        (kept != there).then(|| LostRows { table, rows: kept.count - there.count, damaged: false })
    });
    Ok(tables.collect())
}

fn count(connection: &Connection, seals: &[(&str, String)], less: bool) -> Result<(), Problem> {
    let on_roll = |table: &str| TABLES.iter().any(|(name, ..)| *name == table);
    if !seals.iter().any(|(table, _)| on_roll(table)) {
        return Ok(());
    }
    let mut roll = read(connection)?;
    for (table, seal) in seals.iter().filter(|(table, _)| on_roll(table)) {
        roll.entry((*table).to_owned()).or_default().count(seal, less);
    }
    write(connection, &roll)
}

/// Counts the rows in the file.
fn there(connection: &Connection, wanted: impl Fn(&str) -> bool) -> Result<BTreeMap<String, Rows>, Problem> {
    let mut roll = BTreeMap::new();
    for (table, _, column) in TABLES.into_iter().filter(|(table, ..)| wanted(table)) {
        let mut statement = connection.prepare_cached(&format!("SELECT {column} FROM {table}"))?;
        let mut found = statement.query([])?;
        let mut rows = Rows::default();
        while let Some(row) = found.next()? {
            rows.count(row.get_ref(0)?.as_str().unwrap_or_default(), false);
        }
        roll.insert(table.to_owned(), rows);
    }
    Ok(roll)
}

fn read(connection: &Connection) -> Result<BTreeMap<String, Rows>, Problem> {
    // A roll that was changed outside relata counts as empty, and then no table fits it.
    let text = settings::get(connection, settings::ROLL)?.unwrap_or_default();
    let written = serde_json::from_str(&text).map_or_else(|_| BTreeMap::new(), |Written(roll)| roll);
    let rows = |(count, sum): (i64, String)| Rows { count, sum: number(&sum).unwrap_or_default() };
    Ok(written.into_iter().map(|(table, written)| (table, rows(written))).collect())
}

fn write(connection: &Connection, roll: &BTreeMap<String, Rows>) -> Result<(), Problem> {
    let written = roll
        .iter()
        .filter(|(_, rows)| **rows != Rows::default())
        .map(|(table, rows)| (table.clone(), (rows.count, format!("{:032x}", rows.sum))))
        .collect();
    let text =
        serde_json::to_string(&Written(written)).map_err(|why| Problem::Unkeepable(why.to_string()))?;
    settings::set(connection, settings::ROLL, &text)
}

/// A seal as a number, where it is one.
fn number(seal: &str) -> Option<u128> {
    (seal.len() == 32).then(|| u128::from_str_radix(seal, 16).ok()).flatten()
}
