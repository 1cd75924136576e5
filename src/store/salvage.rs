//! A damaged file that cannot be read as it lies: one of an older relata cannot be brought up to date, because that writes into it,
//! and in one of today a page that cannot be read hides a whole table. So what can be read of it is copied, row by row, into memory,
//! and the copy is brought up to date.
//!
//! Owns which rows could not be read, and that no journal of which one is missing is taken for whole. Refuses to write: the file stays
//! as it lies, and no merge takes the copy in.

use std::path::Path;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::budget::Budget;
use super::error::Problem;
use super::key::RawId;
use super::schema::{self, MIGRATIONS};
use super::{cipher, open, rows, tip};

/// A number that no journal comes to: an event that has it says that others are missing before it.
const NEVER: i64 = 4_000_000_000;
/// So many sessions are named of a table; whose journal is not whole is named once more where it is left out.
const NAMED: usize = 3;

/// What could be read of a study.
pub(super) struct Copy {
    pub connection: Connection,
    pub budget: Budget,
    /// What is wrong with the file, and what could not be read of it.
    pub damage: String,
    /// The version of the file as it lies.
    pub version: usize,
}

/// Fails where a row of a file of today's version lies in a page that cannot be read. Answers and questionnaires are left to whoever
/// asks for them, in a file that is too large to be looked through whenever it is opened and is not locked: the cipher reads no page
/// after one that it could not.
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

/// A copy of what can be read of the study at `path`, and what could not be.
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
        // Whom the file has erased is asked of all of them at once.
        if table.name == "tombstones" {
            lost.insert(0, "`tombstones`, which say who was erased".to_owned());
            continue;
        }
        let mut of = Vec::new();
        if table.columns.iter().any(|column| column == "session") {
            // A look-up by session goes past the damage.
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
        // A journal that hangs together is worth more than a tip that cannot be read.
        tip::set_missing(&transaction)?;
    }
    transaction.commit()?;
    schema::migrate(&mut copy, MIGRATIONS)?;
    copy.pragma_update(None, "query_only", true)?;
    let damage =
        if lost.is_empty() { found } else { format!("not all could be read of {}", lost.join(", ")) };
    Ok(Copy { connection: copy, budget, damage, version })
}

/// A table of a study.
pub(super) struct SalvagedTable {
    name: String,
    columns: Vec<String>,
    /// The columns by which its rows lie in the file.
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

    /// The statement that reads all of its rows.
    pub fn in_order(&self) -> String {
        let order = self.order.join(", ");
        format!("SELECT {} FROM {} ORDER BY {order}", self.columns.join(", "), self.name)
    }

    /// Copies rows from both ends up to where they cannot be read; whether that were all of them.
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

    /// Whether a row can be what the table takes.
    fn put(&self, copy: &Connection, row: Vec<Value>) -> Result<bool, Problem> {
        // Bytes in the place of a text stay what they are: whoever reads the row names it.
        let place = |(at, value): (usize, &Value)| match value {
            Value::Blob(_) => format!("CAST(?{} AS TEXT)", at + 1),
            _ => format!("?{}", at + 1),
        };
        let places: Vec<String> = row.iter().enumerate().map(place).collect();
        let (name, columns, places) = (&self.name, self.columns.join(", "), places.join(", "));
        // What a fresh study says of itself gives way to what this one says.
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

    /// What could not be read of it, in a few words.
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

    /// Makes a journal say that it is not whole.
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
