//! The study's settings, in the table `meta`. Refuses to act on them: nothing is ever erased because a date has passed.

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};

use super::error::{Problem, StoreError};
use super::{Study, rows, seal};

/// The key of the day until which the study may be kept.
pub(super) const KEEP_UNTIL: &str = "keep_until";

/// The key of the state of a room; see [`Study::room`].
pub(super) const ROOM: &str = "room";

/// The key of the personal links that were handed out; see [`Study::links`].
pub(super) const LINKS: &str = "links";

/// The key of the last number given in each series of respondents' codes; see [`super::series`].
pub(super) const GIVEN: &str = "given";

/// The key of the roll; see [`super::roll`].
pub(super) const ROLL: &str = "roll";

impl Study {
    /// The day until which the study may be kept, `YYYY-MM-DD`, if one was set.
    pub fn keep_until(&self) -> Result<Option<String>, StoreError> {
        self.read(keep_until)
    }

    /// The state of a room between two runs, as it was stored; `None` where no room is open. It concerns this very file, so
    /// merges do not copy it.
    pub fn room(&self) -> Result<Option<String>, StoreError> {
        self.read(|connection| get(connection, ROOM))
    }

    /// Stores the state that a room needs after a restart, or removes it.
    pub fn set_room(&mut self, room: Option<&str>) -> Result<(), StoreError> {
        self.write(|transaction| match room {
            Some(room) => set(transaction, ROOM, room),
            None => {
                transaction.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([ROOM])?;
                Ok(())
            }
        })
    }

    /// The state of the personal links, as it was stored. It concerns this very file, so merges do not copy it.
    pub fn links(&self) -> Result<Option<String>, StoreError> {
        self.read(|connection| get(connection, LINKS))
    }

    /// Changes the state of the personal links, which outlive every room. `change` is given what is stored, and its text replaces that in
    /// the same transaction, so that no other process changes it in between.
    pub fn change_links<T>(
        &mut self,
        change: impl FnOnce(Option<String>) -> Result<(String, T), serde_json::Error>,
    ) -> Result<T, StoreError> {
        self.write(|transaction| {
            let changed = change(get(transaction, LINKS)?);
            let (text, changed) = changed.map_err(|why| Problem::Unkeepable(why.to_string()))?;
            set(transaction, LINKS, &text)?;
            Ok(changed)
        })
    }

    /// Whether that day was changed outside relata, so that the promised one is unknown.
    pub fn keep_until_changed(&self) -> Result<bool, StoreError> {
        Ok(self.read(changed_keep_until)?.is_some())
    }

    /// Sets the day until which the study may be kept, `YYYY-MM-DD`, or removes it.
    pub fn set_keep_until(&mut self, day: Option<&str>) -> Result<(), StoreError> {
        self.write(|transaction| set_keep_until(transaction, day))
    }
}

pub(super) fn keep_until(connection: &Connection) -> Result<Option<String>, Problem> {
    // An invalid date promises nothing.
    Ok(get(connection, KEEP_UNTIL)?.filter(|day| is_day(day)))
}

/// The row of the day, where it was changed outside relata.
pub(super) fn changed_keep_until(connection: &Connection) -> Result<Option<Vec<Value>>, Problem> {
    let rows = rows::all(connection, "SELECT key, value, seal FROM meta WHERE key = ?1", [KEEP_UNTIL])?;
    let is_day = |row: &Vec<Value>| row.get(1).is_some_and(|day| is_day(&rows::shown(day)));
    Ok(rows.into_iter().find(|row| !seal::fits("meta", row) || !is_day(row)))
}

/// Copies such a row as it lies, where there is none yet.
pub(super) fn put_as_it_lies(connection: &Connection, row: Option<Vec<Value>>) -> Result<(), Problem> {
    let Some(row) = row else { return Ok(()) };
    let put = "INSERT OR IGNORE INTO meta (key, value, seal) VALUES (?1, ?2, ?3)";
    connection.prepare_cached(put)?.execute(params_from_iter(row.iter().map(rows::shown)))?;
    Ok(())
}

pub(super) fn set_keep_until(connection: &Connection, day: Option<&str>) -> Result<(), Problem> {
    match day {
        // Days are compared as text, which is only right if all have this form.
        Some(day) if !is_day(day) => Err(Problem::Unkeepable(format!("`{day}` is not a day as YYYY-MM-DD"))),
        Some(day) => set(connection, KEEP_UNTIL, day),
        None => {
            connection.prepare_cached("DELETE FROM meta WHERE key = ?1")?.execute([KEEP_UNTIL])?;
            Ok(())
        }
    }
}

pub(super) fn is_day(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

pub(super) fn get(connection: &Connection, key: &str) -> Result<Option<String>, Problem> {
    let mut statement = connection.prepare_cached("SELECT key, value, seal FROM meta WHERE key = ?1")?;
    let row = statement.query_row([key], rows::values).optional()?;
    Ok(row.filter(|row| seal::fits("meta", row)).and_then(|row| row.get(1).map(rows::shown)))
}

pub(super) fn set(connection: &Connection, key: &str, value: &str) -> Result<(), Problem> {
    let row = vec![Value::Text(key.to_owned()), Value::Text(value.to_owned())];
    seal::put(connection, "INSERT OR REPLACE", "meta", row)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::is_day;

    #[test]
    fn a_day_has_one_form() {
        assert!(is_day("2027-12-31"));
        for other in ["2027-1-1", "31-12-2027", "2027/12/31", "2027-12-3x", "", "2027-12-311"] {
            assert!(!is_day(other), "{other}");
        }
    }
}
