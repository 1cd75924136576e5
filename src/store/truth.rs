//! The true state of simulated sessions. Owns a table of its own, so that no simulated label can be taken for a coder's; refuses
//! to say anything about real respondents.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::error::{Problem, StoreError};
use super::session::{self, SessionId};
use super::{Study, journal, rows, seal};
use crate::instrument::RelationalModel;

/// The latent state that a simulated session was drawn from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Truth {
    /// The model that the respondent uses.
    pub model: RelationalModel,
    /// The model that the other side uses.
    pub other_model: RelationalModel,
    /// The label that a fallible coder would have given the respondent.
    pub code: RelationalModel,
}

impl Study {
    /// Keeps the true state of a simulated session, replacing an earlier one.
    pub fn set_truth(&mut self, id: &SessionId, truth: &Truth) -> Result<(), StoreError> {
        self.write(|transaction| {
            if journal::is_there(transaction, id)? {
                insert(transaction, id, truth)
            } else {
                Err(session::absent(transaction, id))
            }
        })
    }

    /// The true state of every simulated session.
    pub fn truths(&self) -> Result<BTreeMap<SessionId, Truth>, StoreError> {
        self.read(|connection| {
            let mut statement =
                connection.prepare_cached("SELECT session, model, other_model, code, seal FROM truths")?;
            let mut rows = statement.query([])?;
            let mut truths = BTreeMap::new();
            while let Some(row) = rows.next()? {
                if !seal::fits("truths", &rows::values(row)?) {
                    continue;
                }
                let id = rows::text(row, 0)?;
                let model = |column| -> Result<Option<RelationalModel>, Problem> {
                    let word = rows::text(row, column)?;
                    Ok(RelationalModel::ALL.into_iter().find(|model| model.abbreviation() == word))
                };
                // Unknown or changed words count as no truth.
                let (Some(model), Some(other_model), Some(code), Ok(id)) =
                    (model(1)?, model(2)?, model(3)?, id.parse())
                else {
                    continue;
                };
                truths.insert(id, Truth { model, other_model, code });
            }
            Ok(truths)
        })
    }
}

pub(super) fn insert(connection: &Connection, id: &SessionId, truth: &Truth) -> Result<(), Problem> {
    let models = [truth.model, truth.other_model, truth.code];
    let row = std::iter::once(id.to_string()).chain(models.map(|model| model.abbreviation().to_owned()));
    seal::put(connection, "INSERT OR REPLACE", "truths", row.map(Value::Text).collect())?;
    Ok(())
}
