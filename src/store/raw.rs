//! One session as it is in a file, with its instrument and all its journals: what a merge copies, and what a running interview
//! holds in memory so that it can be written elsewhere when its file is lost.
//!
//! Owns the check before a session enters another file: it must be readable, consistent and replayable. Refuses to combine it
//! with another session of the same id, and to restore one that was erased.

use std::collections::BTreeMap;
use std::sync::Arc;

use rusqlite::Connection;
use rusqlite::types::Value;

use super::branch::{self, Log};
use super::error::Problem;
use super::rename;
use super::rows::{self, HeaderRow};
use super::session::{self, SessionId};
use super::{erase, seal};
use crate::instrument::{Instrument, content_hash};
use crate::interview::{Event, Interview, Origin};

/// A session as it lies in a file.
#[derive(Debug, Clone)]
pub(super) struct Raw {
    pub id: String,
    pub header: HeaderRow,
    /// Hash, name, version and text.
    pub instrument: Vec<String>,
    /// All journals, the one that counts first.
    pub logs: Vec<Log>,
    /// Renamings of its respondent.
    renames: Vec<HeaderRow>,
}

/// Instruments that were parsed for checking, by hash.
pub(super) type KnownInstruments = BTreeMap<String, Arc<Instrument>>;

impl Raw {
    /// Reads a session; `None` where there is none with that id.
    pub fn read(connection: &Connection, id: &str) -> Result<Option<Self>, Problem> {
        let Some(header) = rows::header(connection, id)? else { return Ok(None) };
        let hash = text(&header, 1);
        let instrument = rows::instrument(connection, hash)?
            .filter(|row| row.last().is_some_and(|text| content_hash(text) == hash))
            .ok_or_else(|| {
                Problem::Damaged(format!("the text of instrument {hash} of session {id} has changed"))
            })?;
        let logs = branch::logs(connection, id)?;
        let renames = rename::of(connection, id)?;
        Ok(Some(Self { id: id.to_owned(), header, instrument, logs, renames }))
    }

    /// The row that it was imported from.
    pub fn origin(&self) -> Option<Origin> {
        match self.logs.first()?.events(&self.id).ok()?.into_iter().next()?.event {
            Event::Imported(origin) => Some(origin),
            _ => None,
        }
    }

    /// Adds renamings by other programs.
    pub fn hear(&mut self, renames: Vec<HeaderRow>) {
        for row in renames {
            if !self.renames.contains(&row) {
                self.renames.push(row);
            }
        }
    }

    /// Whether every journal of it replays.
    pub fn check(&self, connection: &Connection, known: &mut KnownInstruments) -> Result<(), Problem> {
        let damaged = |what: String| Problem::Damaged(what);
        let id: SessionId =
            self.id.parse().map_err(|_| damaged(format!("`{}` is not the id of a session", self.id)))?;
        if id.to_string() != self.id {
            return Err(damaged(format!("`{}` is not how the id of a session is written", self.id)));
        }
        let start = session::sound(connection, &id.into())?.start;
        let hash = text(&self.header, 1).to_owned();
        let instrument = match known.get(&hash) {
            Some(instrument) => instrument.clone(),
            None => {
                let text = self.instrument.last().map(String::as_str).unwrap_or_default();
                let read = Instrument::read_stored(text).instrument.map(Arc::new);
                let names = |read: &Arc<Instrument>| {
                    Some(&read.name) == self.instrument.get(1)
                        && Some(&read.version) == self.instrument.get(2)
                };
                let read = read
                    .filter(names)
                    .ok_or_else(|| damaged(format!("the questionnaire of session {id} cannot be read")))?;
                known.entry(hash).or_insert(read).clone()
            }
        };
        for log in &self.logs {
            let events = log.events(&self.id)?;
            Interview::replay(instrument.clone(), start.clone(), events)
                .map_err(|why| damaged(format!("the journal of session {id} does not replay: {why}")))?;
        }
        Ok(())
    }

    /// Joins it with what the file has of this session; see [`super::branch`].
    pub fn put(&self, connection: &Connection) -> Result<(), Problem> {
        if let Some(on) = erase::erased_on(connection, &self.id)? {
            return Err(Problem::ErasedThere { session: self.id.clone(), on });
        }
        let before = match rows::header(connection, &self.id)? {
            None => {
                if rows::instrument(connection, text(&self.header, 1))?.is_none() {
                    let [hash, name, version, text] = self.instrument.as_slice() else { return Ok(()) };
                    session::put_instrument(connection, [hash, name, version, text])?;
                }
                seal::put(connection, "INSERT", "sessions", self.header.clone())?;
                Vec::new()
            }
            Some(ours) if ours == self.header => branch::logs(connection, &self.id)?,
            Some(_) => return Err(Problem::OtherSession(self.id.clone())),
        };
        for rename in self.renames.iter().filter(|row| rename::is_sound(row)) {
            rename::put(connection, rename)?;
        }
        if before == self.logs {
            return Ok(());
        }
        let all = branch::maximal([before.clone(), self.logs.clone()].concat());
        if all == before { Ok(()) } else { branch::replace(connection, &self.id, &all) }
    }
}

fn text(header: &HeaderRow, column: usize) -> &str {
    match header.get(column) {
        Some(Value::Text(text)) => text,
        _ => "",
    }
}
