//! Rows as they lie in the file, for whatever copies them from one study to another. Refuses to understand them.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};

use super::error::Problem;

/// A header as it lies in the file, in the order of [`HEADER`].
pub(super) type Header = Vec<Value>;

/// The columns of a header.
pub(super) const HEADER: &str = "id, instrument, respondent, interviewer, begun_at, seed, language, fields, mode, test, relata, utc_offset";

/// Those of a file whose journals are not linked yet.
pub(super) const FORMER_HEADER: &str =
    "id, instrument, respondent, interviewer, begun_at, seed, language, fields, mode, test, relata";

/// The header of a session.
pub(super) fn header(connection: &Connection, id: &str) -> Result<Option<Header>, Problem> {
    let mut statement = connection.prepare_cached(&format!("SELECT {HEADER} FROM sessions WHERE id = ?1"))?;
    Ok(statement.query_row([id], values).optional()?)
}

/// The row of an instrument: hash, name, version, text.
pub(super) fn instrument(connection: &Connection, hash: &str) -> Result<Option<Vec<String>>, Problem> {
    let select = "SELECT hash, name, version, text FROM instruments WHERE hash = ?1";
    let row = |row: &Row| (0..4).map(|column| row.get(column)).collect();
    Ok(connection.prepare_cached(select)?.query_row([hash], row).optional()?)
}

/// Puts a row into `into`, a table with its columns.
pub(super) fn insert<T: rusqlite::ToSql>(
    connection: &Connection,
    into: &str,
    row: &[T],
) -> Result<(), Problem> {
    let places: Vec<String> = (1..=row.len()).map(|place| format!("?{place}")).collect();
    connection
        .prepare_cached(&format!("INSERT INTO {into} VALUES ({})", places.join(", ")))?
        .execute(params_from_iter(row))?;
    Ok(())
}

/// Every row of a statement.
pub(super) fn all(
    connection: &Connection,
    select: &str,
    params: impl rusqlite::Params,
) -> Result<Vec<Vec<Value>>, Problem> {
    let mut statement = connection.prepare_cached(select)?;
    let rows = statement.query_map(params, values)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// All columns of a row.
pub(super) fn values(row: &Row) -> rusqlite::Result<Vec<Value>> {
    (0..row.as_ref().column_count()).map(|column| row.get(column)).collect()
}
