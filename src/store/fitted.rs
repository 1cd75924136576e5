//! Reference models that the profiles of a study rest on, cached so that viewing it does not fit them again.
//!
//! No part of the file's format, like the digests: the table is created when first needed, and deleting it costs only time. A model
//! counts only while its seal fits and the program asks for the same form. Erasing anybody deletes all of them, because what a model
//! was fitted to was learnt from everybody's answers.

use std::collections::BTreeMap;

use rusqlite::{Connection, params};

use super::error::{Problem, StoreError};
use super::{Study, rows};
use crate::instrument::content_hash;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS fitted (
    fitted_to TEXT PRIMARY KEY,
    form      TEXT NOT NULL,
    seal      TEXT NOT NULL,
    model     TEXT NOT NULL
) STRICT, WITHOUT ROWID";

/// Models that a study keeps. Where there would be more, those of the program's run at hand are kept.
const MOST: usize = 256;

/// Whether an entry of the schema is the table of models.
pub(super) fn is_table(name: &str, sql: &str) -> bool {
    name == "fitted" && sql == TABLE.replacen("IF NOT EXISTS ", "", 1)
}

impl Study {
    /// All models of a form, by what they were fitted to.
    pub fn fitted(&self, form: &str) -> Result<BTreeMap<String, String>, StoreError> {
        self.read(|connection| {
            let mut found = BTreeMap::new();
            if !is_there(connection)? {
                return Ok(found);
            }
            let mut statement =
                connection.prepare_cached("SELECT fitted_to, seal, model FROM fitted WHERE form = ?1")?;
            let mut rows = statement.query([form])?;
            while let Some(row) = rows.next()? {
                let (to, seal, model) = (rows::text(row, 0)?, rows::text(row, 1)?, rows::text(row, 2)?);
                if seal == sealed(&to, &model) {
                    found.insert(to, model);
                }
            }
            Ok(found)
        })
    }

    /// Keeps models of a form in place of those of others. `used` are those of this program's run; where there are too many, the rest goes.
    pub fn keep_fitted(&mut self, form: &str, used: &BTreeMap<String, String>) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute_batch(TABLE)?;
            transaction.execute("DELETE FROM fitted WHERE form <> ?1", [form])?;
            let mut known = transaction.prepare("SELECT fitted_to FROM fitted")?;
            let known: Vec<String> = known.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            if known.iter().filter(|to| !used.contains_key(*to)).count() + used.len() > MOST {
                forget(transaction)?;
            }
            let mut statement = transaction.prepare_cached(
                "INSERT OR REPLACE INTO fitted (fitted_to, form, seal, model) VALUES (?1, ?2, ?3, ?4)",
            )?;
            for (to, model) in used.iter().take(MOST) {
                statement.execute(params![to, form, sealed(to, model), model])?;
            }
            Ok(())
        })
    }
}

/// Drops all of them.
pub(super) fn forget(connection: &Connection) -> Result<(), Problem> {
    if is_there(connection)? {
        connection.execute("DELETE FROM fitted", [])?;
    }
    Ok(())
}

fn sealed(to: &str, model: &str) -> String {
    content_hash(&format!("{to} {model}"))
}

fn is_there(connection: &Connection) -> Result<bool, Problem> {
    let asked = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'fitted'";
    Ok(connection.prepare_cached(asked)?.exists([])?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::{Language, shipped};
    use crate::interview::Start;
    use crate::store::{Mode, NewSession, SessionId};

    const FORM: &str = "0/1";

    fn models(range: std::ops::Range<usize>) -> BTreeMap<String, String> {
        range.map(|number| (format!("to {number:03}"), format!("model {number}"))).collect()
    }

    #[test]
    fn models_stay_until_somebody_is_erased_or_others_take_their_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("s.relata");
        let mut study = Study::open(&path).unwrap();
        assert_eq!(study.fitted(FORM).unwrap(), BTreeMap::new());
        study.keep_fitted(FORM, &models(0..3)).unwrap();
        study.keep_fitted(FORM, &models(2..5)).unwrap();
        assert_eq!(Study::look(&path).unwrap().fitted(FORM).unwrap(), models(0..5));
        assert_eq!(study.fitted("0/2").unwrap(), BTreeMap::new());
        // What was changed outside does not count.
        let outside = Connection::open(&path).unwrap();
        outside.execute("UPDATE fitted SET model = 'another' WHERE fitted_to = 'to 000'", []).unwrap();
        drop(outside);
        assert_eq!(study.fitted(FORM).unwrap(), models(1..5));
        // Too many: the ones in use stay.
        study.keep_fitted(FORM, &models(5..MOST + 1)).unwrap();
        assert_eq!(study.fitted(FORM).unwrap(), models(5..MOST + 1));
        study.keep_fitted("0/2", &models(0..1)).unwrap();
        assert_eq!(study.fitted(FORM).unwrap(), BTreeMap::new());

        let instrument = shipped::read("workshop-pulse").unwrap().instrument.unwrap();
        let (id, respondent) = (SessionId::new(1_760_000_000_000, [1; 10]), "R001".to_owned());
        let start = Start {
            seed: 1,
            language: Language::new("en"),
            fields: BTreeMap::new(),
            at: id.at(),
            offset: None,
        };
        let session = NewSession { id, start, respondent, interviewer: None, mode: Mode::Plain, test: false };
        study.begin(&instrument, &session).unwrap();
        study.erase_session(&id, id.at()).unwrap();
        assert_eq!(study.fitted("0/2").unwrap(), BTreeMap::new());
    }
}
