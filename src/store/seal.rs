//! Seals: a hash in every row that is not part of a chain. Owns what goes into one and which tables have them; refuses to judge
//! what a row says.
//!
//! A changed letter in a code, a tombstone, a header or a promise is found when the row is read. Drafts have none: half-typed
//! text is better shown with a wrong letter than not at all.

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use super::error::{Problem, StoreError};
use super::key::RawId;
use super::session::SessionId;
use super::{Study, about, advised, chain, code, rename, roll, rows, settings, transcripts};

/// Tables with seals, and the columns that go into them; the first column is the key.
pub(super) const SEALED: [(&str, &str); 6] = [
    ("meta", "key, value"),
    ("instruments", "hash, name, version"),
    ("sessions", rows::HEADER),
    ("truths", "session, model, other_model, code"),
    ("tombstones", "session, erased_on"),
    ("codes", "id, session, coder, at, consensus, code"),
];

/// Settings that are sealed; counters that change with every write are not.
const SETTLED: [&str; 7] =
    ["study", "file", settings::KEEP_UNTIL, settings::GIVEN, settings::ROOM, settings::LINKS, settings::ROLL];

pub(super) fn of(table: &str, row: &[Value]) -> String {
    chain::sealed(table, row)
}

/// Whether a row's last column is the seal of the others.
pub(super) fn fits(table: &str, row: &[Value]) -> bool {
    row.split_last().is_some_and(|(seal, row)| *seal == Value::Text(of(table, row)))
}

/// Seals a row, puts it into a table and counts it on the roll; `how` is the statement, such as `INSERT`.
pub(super) fn put(
    connection: &Connection,
    how: &str,
    table: &str,
    row: Vec<Value>,
) -> Result<usize, Problem> {
    let columns = SEALED.iter().find(|(name, _)| *name == table).map_or("", |(_, columns)| columns);
    let places: Vec<String> = (1..=row.len() + 1).map(|place| format!("?{place}")).collect();
    let insert = format!("{how} INTO {table} ({columns}, seal) VALUES ({})", places.join(", "));
    let seal = of(table, &row);
    let row = row.into_iter().chain([Value::Text(seal.clone())]);
    let kept = connection.prepare_cached(&insert)?.execute(params_from_iter(row))?;
    if kept > 0 {
        roll::add(connection, table, &seal)?;
    }
    Ok(kept)
}

/// Copies sealed rows, each once.
pub(super) fn put_all(connection: &Connection, table: &str, rows: &[Vec<Value>]) -> Result<(), Problem> {
    rows.iter().try_for_each(|row| put(connection, "INSERT OR IGNORE", table, row.clone()).map(|_| ()))
}

/// Seals every row of an older file when it is brought up to date.
pub(super) fn seal_all(connection: &Connection) -> Result<(), Problem> {
    for (table, columns) in SEALED {
        // Columns added to the header later did not exist in this version.
        let columns = if table == "sessions" { rows::FORMER_HEADER } else { columns };
        let mut select = connection.prepare(&format!("SELECT {columns} FROM {table}"))?;
        let mut rows = select.query([])?;
        let mut seals = Vec::new();
        while let Some(row) = rows.next()? {
            let key: RawId = row.get(0)?;
            if table != "meta" || SETTLED.contains(&key.to_string().as_str()) {
                seals.push((key, of(table, &rows::values(row)?)));
            }
        }
        let key = columns.split(',').next().unwrap_or(columns);
        let mut put = connection.prepare(&format!("UPDATE {table} SET seal = ?2 WHERE {key} = ?1"))?;
        for (key, seal) in &seals {
            put.execute((key, seal))?;
        }
    }
    Ok(())
}

/// A row that was changed outside relata, or that this relata cannot read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsound {
    /// The kind of row, with its article.
    pub what: &'static str,
    /// Its name.
    pub name: String,
    /// Whether the row still counts, as a tombstone does; other changed rows are ignored.
    pub counts: bool,
}

impl Study {
    /// Rows beside the sessions that were changed outside relata or can't be read.
    pub fn unsound(&self) -> Result<Vec<Unsound>, StoreError> {
        self.read(|connection| {
            let mut found = unsound_in(connection, &["codes", "truths", "tombstones", "meta"])?;
            // The id of these rows is their seal.
            for row in rows::all(connection, rename::ALL, [])?.iter().filter(|row| !rename::is_sound(row)) {
                let name = row.get(1).map(rows::shown).unwrap_or_default();
                found.push(Unsound { what: "a renaming of session", name, counts: false });
            }
            found.extend(about::unsound(connection)?);
            found.extend(transcripts::unsound(connection)?);
            found.extend(advised::unsound(connection)?);
            Ok(found)
        })
    }
}

/// Rows of these tables whose seals do not fit.
pub(super) fn unsound_in(connection: &Connection, tables: &[&str]) -> Result<Vec<Unsound>, Problem> {
    let mut found = Vec::new();
    for table in tables {
        let what = match *table {
            "codes" => "the code",
            "truths" => "the simulated truth of session",
            "tombstones" => "the tombstone of session",
            _ => "the setting",
        };
        let columns = SEALED.iter().find(|(name, _)| name == table).map_or("", |(_, columns)| columns);
        for row in rows::all(connection, &format!("SELECT {columns}, seal FROM {table}"), [])? {
            let name = row.first().map(rows::shown).unwrap_or_default();
            let matters = *table != "meta" || SETTLED.contains(&name.as_str());
            if !matters || (fits(table, &row) && (*table != "codes" || code::is_sound(&row))) {
                continue;
            }
            let counts = *table == "tombstones" && name.parse::<SessionId>().is_ok();
            let name = match (*table, row.get(1)) {
                ("codes", Some(session)) => format!("{name} of session {}", rows::shown(session)),
                _ => name,
            };
            found.push(Unsound { what, name, counts });
        }
    }
    Ok(found)
}
