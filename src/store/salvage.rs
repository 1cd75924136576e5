//! A damaged file of an older relata: it cannot be brought up to date, because that writes into it, and today's relata reads today's
//! layout only. So what can be read of it is copied, row by row, into memory, and the copy is brought up to date.
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
use super::{open, rows};

/// A number that no journal comes to: an event that has it says that others are missing before it.
const NEVER: i64 = 4_000_000_000;
/// So many journals are named.
const NAMED: usize = 12;

/// A copy of what can be read of the study at `path`, and what could not be.
pub(super) fn copy(path: &Path) -> Result<(Connection, Budget, String), Problem> {
    let (old, _budget) = open::as_it_lies(path)?;
    let found = open::look_through(&old).err().map_or_else(|| "a page of it".to_owned(), |why| why.cause());
    let mut copy = Connection::open_in_memory()?;
    let budget = Budget::of(&mut copy, open::size(path))?;
    schema::migrate(&mut copy, MIGRATIONS.get(..schema::version(&old)?).unwrap_or(MIGRATIONS))?;
    copy.pragma_update(None, "foreign_keys", false)?;
    let mut lost = Vec::new();
    let transaction = copy.transaction()?;
    for table in Table::all(&transaction)? {
        if table.copy(&old, &transaction, None)? {
            continue;
        }
        // Whom the file has erased is asked of all of them at once.
        if table.name == "tombstones" {
            lost.insert(0, "`tombstones`, which say who was erased".to_owned());
            continue;
        }
        if !table.columns.iter().any(|column| column == "session") {
            lost.push(format!("rows of `{}`", table.name));
            continue;
        }
        // A look-up by session goes past the damage.
        let listed = format!("SELECT id FROM sessions UNION SELECT session FROM {}", table.name);
        let mut statement = transaction.prepare(&listed)?;
        let sessions: Vec<RawId> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
        let before = lost.len();
        for session in &sessions {
            if !table.copy(&old, &transaction, Some(session))? {
                lost.push(format!("`{}` of session {session}", table.name));
                table.mark(&transaction, session)?;
            }
        }
        if lost.len() == before {
            lost.push(format!("rows of `{}`", table.name));
        }
    }
    transaction.commit()?;
    schema::migrate(&mut copy, MIGRATIONS)?;
    copy.pragma_update(None, "query_only", true)?;
    let more = lost.len().saturating_sub(NAMED);
    lost.truncate(NAMED);
    if more > 0 {
        lost.push(format!("{more} more"));
    }
    let lost = if lost.is_empty() {
        String::new()
    } else {
        format!("; not all could be read of {}", lost.join(", "))
    };
    Ok((copy, budget, format!("{found}{lost}")))
}

/// A table of the copy, which is as the old one was meant to be.
struct Table {
    name: String,
    columns: Vec<String>,
    /// The columns by which its rows lie in the file.
    order: Vec<String>,
}

impl Table {
    fn all(connection: &Connection) -> Result<Vec<Self>, Problem> {
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
