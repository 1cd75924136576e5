//! A coded session held whole in memory, so that it can be written to another file when its own is lost. Refuses to hold a
//! session that fails its checks.

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::Value;

use super::error::StoreError;
use super::raw::Raw;
use super::session::{self, SessionId};
use super::{Problem, Study, about, rows, seal, transcripts};
use crate::files::{folder_of, from_home};

/// A session with all its journals, codes and transcripts.
#[derive(Debug, Clone)]
pub struct Held {
    raw: Raw,
    codes: Vec<Vec<Value>>,
    transcripts: Vec<Vec<Value>>,
    /// The study's settings: in the other file, a coder may be shown no more than in this one.
    fields: Vec<Vec<Value>>,
}

impl Study {
    /// A free file name beside the study, containing `mark`, for what is saved when the study is lost.
    pub fn free_place(&self, mark: &str) -> PathBuf {
        self.free_place_in(folder_of(self.path()), mark)
    }

    /// The same in another folder.
    pub fn free_place_in(&self, folder: &Path, mark: &str) -> PathBuf {
        let name = self.path().file_stem().unwrap_or_default().to_string_lossy();
        let free = |number: usize| {
            let number = if number == 1 { String::new() } else { format!("-{number}") };
            folder.join(format!("{name}-{mark}{number}.relata"))
        };
        let free = (1..100).map(free).find(|path| std::fs::symlink_metadata(path).is_err());
        free.unwrap_or_else(|| folder.join(format!("{name}.saved.relata")))
    }

    /// Takes a session into memory. Called again after every write, because other processes write too.
    pub fn hold(&self, id: &SessionId) -> Result<Held, StoreError> {
        self.read(|connection| held(connection, id))
    }

    /// Writes the held session to the study at `place`, creating that where there is none.
    pub fn save_elsewhere(&self, place: &Path, held: &Held) -> Result<Self, StoreError> {
        let place = from_home(place);
        if std::path::absolute(&place).is_ok_and(|place| place == self.path) {
            return Err(self.error(Problem::SamePlace));
        }
        let id: SessionId =
            held.raw.id.parse().map_err(|_| self.error(Problem::NoSession(held.raw.id.clone())))?;
        self.not_erased(&id)?;
        let mut held = self.while_gone(|lost| self::held(lost, &id)).unwrap_or_else(|| held.clone());
        let heard = self.heard(&id);
        held.raw.hear(heard.renames);
        held.codes.extend(heard.codes);
        let (mut study, _) = self.open_for_this(&place)?;
        study.write(|connection| {
            held.raw.put(connection)?;
            seal::put_all(connection, "codes", &held.codes)?;
            transcripts::join(connection, &held.transcripts)?;
            about::join(connection, &held.fields, &[])
        })?;
        Ok(study)
    }
}

fn held(connection: &Connection, id: &SessionId) -> Result<Held, Problem> {
    let raw = Raw::read(connection, &id.to_string())?;
    let raw = raw.ok_or_else(|| session::absent(connection, id))?;
    let select = "SELECT id, session, coder, at, consensus, code FROM codes WHERE session = ?1";
    let [fields, _] = about::all(connection)?;
    let transcripts = transcripts::all(connection, Some(&id.to_string()))?;
    Ok(Held { raw, codes: rows::all(connection, select, [id.to_string()])?, transcripts, fields })
}
