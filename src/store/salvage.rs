//! Reads a damaged file that can't be read in place: one of an older relata can't be brought up to date, because that writes
//! into it, and in a current one an unreadable page hides a whole table. So whatever can be read is copied row by row into
//! memory, and the copy is brought up to date.
//!
//! Owns which rows could not be read, and that a journal with a missing event is not taken for complete. Refuses to write: the
//! file stays as it is, and no merge takes the copy in.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::budget::Budget;
use super::error::Problem;
use super::key::RawId;
use super::schema::{self, MIGRATIONS};
use super::{cipher, open, rows, tip};

/// An event number that no real journal reaches: a row with it marks a journal as incomplete.
const NEVER: i64 = 4_000_000_000;
/// At most this many sessions are named per table; a session with an incomplete journal is named again where it is left out.
const NAMED: usize = 3;

/// What was read of a study.
pub(super) struct Copy {
    pub connection: Connection,
    pub budget: Budget,
    /// What is wrong with the file, and what could not be read.
    pub damage: String,
    /// The version of the original file.
    pub version: usize,
}

/// Fails where a row of a current file lies in an unreadable page. In a large file without encryption, events and instruments
/// are checked only when they are read. In an encrypted one every table is walked, because the cipher returns no page after one
/// that it can't read.
pub(super) fn is_needed(connection: &Connection, path: &Path, damaged: bool) -> Result<(), Problem> {
    let large = open::size(path) > open::LOOKED_THROUGH;
    if !damaged && !large {
        return Ok(());
    }
    let asked_for = ["events", "branches", "instruments"];
    let all = damaged || cipher::has_key(path);
    let walked = |table: &SalvagedTable| all || !asked_for.contains(&table.name.as_str());
    SalvagedTable::all(connection)?.iter().filter(|table| walked(table)).try_for_each(|table| {
        let mut statement =
            connection.prepare(&format!("SELECT {} FROM {}", table.columns.join(", "), table.name))?;
        let mut rows = statement.query([])?;
        while rows.next()?.is_some() {}
        Ok(())
    })
}

/// Copies what can be read of the study at `path`, and records what can't.
pub(super) fn copy(path: &Path) -> Result<Copy, Problem> {
    let (old, _budget) = open::as_it_lies(path)?;
    let old = old.unchecked_transaction()?;
    let version = schema::version(&old)?;
    cipher::read_on_after_damage(&old, path)?;
    let found = open::look_through(&old).err().map_or_else(|| "a page of it".to_owned(), |why| why.cause());
    let mut copy = Connection::open_in_memory()?;
    let budget = Budget::of(&mut copy, open::size(path))?;
    schema::migrate(&mut copy, MIGRATIONS.get(..version).unwrap_or(MIGRATIONS))?;
    copy.pragma_update(None, "foreign_keys", false)?;
    let mut lost = Vec::new();
    let transaction = copy.transaction()?;
    for table in SalvagedTable::all(&transaction)? {
        if table.copy(&old, &transaction, None)? {
            continue;
        }
        // Tombstones are only read as a whole, because every session needs them.
        if table.name == "tombstones" {
            lost.insert(0, "`tombstones`, which say who was erased".to_owned());
            continue;
        }
        let mut of = Vec::new();
        if table.columns.iter().any(|column| column == "session") {
            // Looking rows up by session skips the damaged part.
            let listed = format!("SELECT id FROM sessions UNION SELECT session FROM {}", table.name);
            let mut statement = transaction.prepare(&listed)?;
            let sessions: Vec<RawId> =
                statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for session in sessions {
                if !table.copy(&old, &transaction, Some(&session))? {
                    table.mark(&transaction, &session)?;
                    of.push(session.to_string());
                }
            }
        }
        lost.push(table.lost(of));
    }
    if lost.iter().any(|what| what.contains("`tips`")) && version == MIGRATIONS.len() {
        // An intact chain is accepted even where its tip can't be read.
        tip::set_missing(&transaction)?;
    }
    transaction.commit()?;
    schema::migrate(&mut copy, MIGRATIONS)?;
    copy.pragma_update(None, "query_only", true)?;
    let damage =
        if lost.is_empty() { found } else { format!("not all could be read of {}", lost.join(", ")) };
    Ok(Copy { connection: copy, budget, damage, version })
}

pub(super) struct SalvagedTable {
    name: String,
    columns: Vec<String>,
    /// The columns that order its rows in the file.
    order: Vec<String>,
}

impl SalvagedTable {
    pub fn all(connection: &Connection) -> Result<Vec<Self>, Problem> {
        let mut names = connection
            .prepare("SELECT name, sql LIKE '%WITHOUT ROWID' FROM sqlite_schema WHERE type = 'table'")?;
        let names = names.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, bool>(1)?)))?;
        let names = names.collect::<Result<Vec<_>, _>>()?;
        let mut columns = connection.prepare("SELECT name, pk FROM pragma_table_info(?1) ORDER BY cid")?;
        let mut tables = Vec::new();
        for (name, by_key) in names {
            let found = columns.query_map([&name], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let found: Vec<(String, i64)> = found.collect::<Result<_, _>>()?;
            let mut keys: Vec<&(String, i64)> = found.iter().filter(|(_, key)| *key > 0).collect();
            keys.sort_by_key(|(_, key)| *key);
            let order = match by_key {
                true => keys.into_iter().map(|(name, _)| name.clone()).collect(),
                false => vec!["rowid".to_owned()],
            };
            tables.push(Self { name, columns: found.into_iter().map(|(name, _)| name).collect(), order });
        }
        Ok(tables)
    }

    /// The query for all of its rows, in order.
    pub fn in_order(&self) -> String {
        let order = self.order.join(", ");
        format!("SELECT {} FROM {} ORDER BY {order}", self.columns.join(", "), self.name)
    }

    /// Copies rows from both ends up to the unreadable part; returns whether that was all of them.
    fn copy(&self, old: &Connection, copy: &Connection, session: Option<&RawId>) -> Result<bool, Problem> {
        let (columns, name) = (self.columns.join(", "), &self.name);
        let which = if session.is_some() { " WHERE session = ?1" } else { "" };
        let mut sound = true;
        for direction in ["", " DESC"] {
            let order: Vec<String> = self.order.iter().map(|column| format!("{column}{direction}")).collect();
            let select = format!("SELECT {columns} FROM {name}{which} ORDER BY {}", order.join(", "));
            let read = || -> Result<bool, Problem> {
                let mut statement = old.prepare_cached(&select)?;
                let mut rows = statement.query(params_from_iter(session))?;
                let mut sound = true;
                while let Some(row) = rows.next()? {
                    sound &= self.put(copy, rows::values(row)?)?;
                }
                Ok(sound)
            };
            match read() {
                Ok(all) => return Ok(sound && all),
                Err(Problem::Damaged(_) | Problem::Disk(_)) => sound = false,
                Err(other) => return Err(other),
            }
        }
        Ok(false)
    }

    /// Inserts a row, and returns whether the table accepted it.
    fn put(&self, copy: &Connection, row: Vec<Value>) -> Result<bool, Problem> {
        // Bytes that are not valid text stay bytes; reading the row later reports them.
        let place = |(at, value): (usize, &Value)| match value {
            Value::Blob(_) => format!("CAST(?{} AS TEXT)", at + 1),
            _ => format!("?{}", at + 1),
        };
        let places: Vec<String> = row.iter().enumerate().map(place).collect();
        let (name, columns, places) = (&self.name, self.columns.join(", "), places.join(", "));
        // The settings of a fresh study give way to those of the damaged one.
        let how = if name == "meta" { "REPLACE" } else { "IGNORE" };
        let insert = format!("INSERT OR {how} INTO {name} ({columns}) VALUES ({places})");
        match copy.prepare_cached(&insert)?.execute(params_from_iter(row)) {
            Ok(_) => Ok(true),
            Err(rusqlite::Error::SqliteFailure(why, _))
                if why.code == rusqlite::ErrorCode::ConstraintViolation =>
            {
                Ok(false)
            }
            Err(other) => Err(other.into()),
        }
    }

    /// A short description of what could not be read.
    fn lost(&self, mut sessions: Vec<String>) -> String {
        let more = sessions.len().saturating_sub(NAMED);
        sessions.truncate(NAMED);
        let of = match (sessions.len(), more) {
            (0, _) => return format!("rows of `{}`", self.name),
            (1, _) => format!("session {}", sessions.join("")),
            (_, 0) => format!("sessions {}", sessions.join(" and ")),
            _ => format!("sessions {} and {more} more", sessions.join(", ")),
        };
        format!("`{}` of {of}", self.name)
    }

    /// Marks a journal as incomplete.
    fn mark(&self, copy: &Connection, session: &RawId) -> Result<(), Problem> {
        let mark = match self.name.as_str() {
            "events" => {
                "INSERT OR IGNORE INTO events (session, seq, at, event)
                 SELECT ?1, ?2, coalesce(max(at), 0), '\"resumed\"' FROM events WHERE session = ?1"
            }
            "branches" => {
                "INSERT OR IGNORE INTO branches (session, branch, seq, at, event)
                 SELECT ?1, branch, ?2, max(at), '\"resumed\"' FROM branches WHERE session = ?1 GROUP BY branch"
            }
            _ => return Ok(()),
        };
        copy.execute(mark, (session, NEVER))?;
        Ok(())
    }
}
