//! Raw rows, for copying from one study to another. Refuses to interpret them.

use rusqlite::types::{Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, Row, Transaction};

use super::error::Problem;

/// A raw header, in the order of [`HEADER`].
pub(super) type HeaderRow = Vec<Value>;

pub(super) const HEADER: &str = "id, instrument, respondent, interviewer, begun_at, seed, language, fields, mode, test, relata, utc_offset";

/// The header's columns in a file whose journals are not linked yet.
pub(super) const FORMER_HEADER: &str =
    "id, instrument, respondent, interviewer, begun_at, seed, language, fields, mode, test, relata";

/// A read transaction, so that several queries see the same state while another relata writes.
pub(super) fn snapshot(connection: &Connection) -> Result<Option<Transaction<'_>>, Problem> {
    let free = connection.is_autocommit();
    Ok(free.then(|| connection.unchecked_transaction()).transpose()?)
}

pub(super) fn header(connection: &Connection, id: &str) -> Result<Option<HeaderRow>, Problem> {
    let mut statement = connection.prepare_cached(&format!("SELECT {HEADER} FROM sessions WHERE id = ?1"))?;
    Ok(statement.query_row([id], values).optional()?)
}

/// The row of an instrument: hash, name, version, text.
pub(super) fn instrument(connection: &Connection, hash: &str) -> Result<Option<Vec<String>>, Problem> {
    let select = "SELECT hash, name, version, text FROM instruments WHERE hash = ?1";
    let row = |row: &Row| (0..4).map(|column| row.get(column)).collect();
    Ok(connection.prepare_cached(select)?.query_row([hash], row).optional()?)
}

/// Every row that a query returns.
pub(super) fn all(
    connection: &Connection,
    select: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Vec<Value>>, Problem> {
    let mut statement = connection.prepare_cached(select)?;
    let rows = statement.query_map(params, values)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn values(row: &Row) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| value(row, column)).collect()
}

/// A column of a row. Invalid UTF-8 is returned as bytes, so that one such text doesn't hide all other rows.
pub(super) fn value(row: &Row, column: usize) -> rusqlite::Result<Value> {
    Ok(match row.get_ref(column)? {
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Value::Text(text.to_owned()),
            Err(_) => Value::Blob(bytes.to_vec()),
        },
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    })
}

/// A text for display only, with a replacement character for every invalid byte; empty where there is no text.
pub(super) fn text(row: &Row, column: usize) -> rusqlite::Result<String> {
    Ok(shown(&value(row, column)?))
}

/// A value as text, for display only.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        Value::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
        Value::Integer(number) => number.to_string(),
        _ => String::new(),
    }
}
