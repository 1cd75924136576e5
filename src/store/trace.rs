//! The proof of an erasing: texts are collected before it, and the bytes of the file are searched for them afterwards. Owns
//! what is searched for and where; refuses to search while this process has the study open, because closing the file would drop
//! the locks of its own connections.
//!
//! The search covers the texts of the erased sessions: every journal entry as a whole, and every word, code and note in it.
//! Left out are texts that another session still has too, such as the name of a question, and texts of fewer than four bytes,
//! which any file holds by chance. Long texts are searched in pieces, because SQLite splits them at the end of a page.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::Study;
use super::anchor::put_aside_for;
use super::error::{Problem, StoreError};
use super::key::RawId;
use super::open::beside;
use crate::files::leftovers;

/// Bytes. Shorter texts occur in any file by chance.
const SHORTEST: usize = 4;
/// Bytes of the longest piece searched for: with two cells on the smallest page, at least one piece is never split.
const PIECE: usize = 48;

/// The texts of sessions that are to be erased.
#[derive(Debug, Clone, Default)]
pub struct Traces {
    texts: BTreeSet<Vec<u8>>,
}

/// The result of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    /// How many texts were searched for.
    pub texts: usize,
    /// How many of them were found.
    pub found: usize,
    /// The files in which they were found.
    pub files: Vec<PathBuf>,
    /// Files beside a locked study that cannot be searched, because they are locked too.
    pub unread: Vec<PathBuf>,
}

impl Study {
    /// Collects the texts of these sessions, to be searched for once they are erased.
    pub fn traces_of(&self, sessions: &[impl Into<RawId> + Clone]) -> Result<Traces, StoreError> {
        self.read(|connection| {
            let mut traces = Traces::default();
            for (table, key) in tables(connection, true)? {
                let select = format!("SELECT * FROM {table} WHERE ?1 IN ({key})");
                let mut statement = connection.prepare(&select)?;
                let columns = statement.column_count();
                for session in sessions {
                    let mut rows = statement.query([&session.clone().into()])?;
                    while let Some(row) = rows.next()? {
                        for column in 0..columns {
                            if let ValueRef::Text(text) = row.get_ref(column)? {
                                traces.take(&String::from_utf8_lossy(text));
                            }
                        }
                    }
                }
            }
            Ok(traces)
        })
    }

    /// Closes the study and searches, byte by byte, its file and whatever SQLite or a merge left beside it. Texts that the
    /// study still holds are not counted as traces.
    pub fn search(mut self, traces: Traces) -> Result<Searched, StoreError> {
        let mut finder = Finder::new(traces);
        self.read(|connection| everything(connection, |text| finder.exclude(text)))?;
        let (path, file, locked) = (self.path.clone(), self.file.clone(), self.is_locked());
        let (mut files, mut unread) = (Vec::new(), Vec::new());
        if locked {
            // The bytes of a locked file are encrypted, so its decrypted pages are searched.
            let unread = |why: rusqlite::Error| StoreError { path: path.clone(), problem: why.into() };
            let pages = self.connection.serialize("main").map_err(unread)?;
            files.extend(finder.search(&pages).then(|| file.clone()));
        }
        drop(self);
        let wrong = |why: std::io::Error| StoreError {
            path: path.clone(),
            problem: Problem::Disk(crate::files::in_words(&why)),
        };
        let sides = ["", "-wal", "-shm", "-journal"].map(|ending| beside(&file, ending));
        // Temporary files of an interrupted merge, under today's and former names.
        let former = [".merging", ".merging-wal"].map(|ending| beside(&path, ending));
        let aside = put_aside_for(&file);
        for beside in sides.into_iter().chain(former).chain(leftovers(&path)).chain(aside) {
            match fs::read(&beside) {
                Ok(bytes) if finder.search(&bytes) => files.push(beside),
                // The index of a log holds no content of its pages.
                Ok(bytes) if locked && beside != file && !bytes.is_empty() && !is_index(&beside) => {
                    unread.push(beside);
                }
                Ok(_) => {}
                Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
                Err(why) => return Err(wrong(why)),
            }
        }
        Ok(Searched { texts: finder.texts(), found: finder.found(), files, unread })
    }
}

fn is_index(file: &Path) -> bool {
    file.to_string_lossy().ends_with("-shm")
}

impl Traces {
    fn take(&mut self, text: &str) {
        self.keep(text);
        // Fields, replies, notes and codes are kept as JSON, so the texts inside count as well.
        if let Ok(value) = serde_json::from_str(text) {
            self.leaves(&value);
        }
    }

    fn leaves(&mut self, value: &serde_json::Value) {
        match value {
            serde_json::Value::String(text) => {
                self.keep(text);
                // Also as JSON writes it, with quotation marks and line ends escaped.
                let written = value.to_string();
                self.keep(written.trim_matches('"'));
            }
            serde_json::Value::Array(values) => values.iter().for_each(|value| self.leaves(value)),
            serde_json::Value::Object(values) => values.values().for_each(|value| self.leaves(value)),
            _ => {}
        }
    }

    fn keep(&mut self, text: &str) {
        if text.len() >= SHORTEST {
            self.texts.insert(text.as_bytes().to_vec());
        }
    }
}

/// Every table of the file with its columns that name a session; with `of_sessions`, only tables whose rows are erased with a
/// session.
fn tables(connection: &Connection, of_sessions: bool) -> Result<Vec<(String, String)>, Problem> {
    let mut statement = connection.prepare(
        "SELECT name, coalesce((SELECT group_concat(c.name, ', ') FROM pragma_table_info(t.name) AS c
                WHERE c.name IN ('session', 'other_session') OR (c.name, t.name) = ('id', 'sessions')), '') AS key
         FROM sqlite_schema AS t WHERE type = 'table' AND (NOT ?1 OR name <> 'tombstones' AND key <> '')",
    )?;
    let rows = statement.query_map([of_sessions], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every row of the study, as the bytes of its columns in order, which is how they lie in the file.
fn everything(connection: &Connection, mut see: impl FnMut(&[u8])) -> Result<(), Problem> {
    for (table, _) in tables(connection, false)? {
        let mut statement = connection.prepare(&format!("SELECT * FROM {table}"))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let mut text = Vec::new();
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Text(part) => text.extend_from_slice(part),
                    _ => text.push(0),
                }
            }
            see(&text);
        }
    }
    let mut statement = connection.prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        see(row.get_ref(0)?.as_bytes().unwrap_or_default());
    }
    Ok(())
}

/// Searches for many pieces at once: by their first bytes, and then in full.
struct Finder {
    /// Each piece with the index of its text.
    pieces: Vec<(Vec<u8>, usize)>,
    by_start: BTreeMap<[u8; SHORTEST], Vec<usize>>,
    /// Whether any piece begins with these two bytes: this alone rules out nearly every place in a file.
    begins: Vec<bool>,
    /// Pieces that the study still holds.
    excluded: Vec<bool>,
    found: Vec<bool>,
}

impl Finder {
    fn new(traces: Traces) -> Self {
        let mut pieces = Vec::new();
        for (number, text) in traces.texts.iter().enumerate() {
            for piece in text.chunks(PIECE).filter(|piece| piece.len() >= SHORTEST) {
                pieces.push((piece.to_vec(), number));
            }
        }
        let mut by_start: BTreeMap<[u8; SHORTEST], Vec<usize>> = BTreeMap::new();
        let mut begins = vec![false; 1 << 16];
        for (index, (piece, _)) in pieces.iter().enumerate() {
            if let Some(start) = piece.first_chunk() {
                by_start.entry(*start).or_default().push(index);
                begins[usize::from(u16::from_be_bytes([start[0], start[1]]))] = true;
            }
        }
        let none = vec![false; pieces.len()];
        Self { pieces, by_start, begins, excluded: none.clone(), found: none }
    }

    fn look(&self, bytes: &[u8], mut hit: impl FnMut(usize)) {
        for (at, window) in bytes.windows(SHORTEST).enumerate() {
            if !self.begins[usize::from(u16::from_be_bytes([window[0], window[1]]))] {
                continue;
            }
            let start = window.first_chunk().and_then(|start| self.by_start.get(start));
            for &index in start.into_iter().flatten() {
                if bytes[at..].starts_with(&self.pieces[index].0) {
                    hit(index);
                }
            }
        }
    }

    fn exclude(&mut self, bytes: &[u8]) {
        let mut hits = Vec::new();
        self.look(bytes, |index| hits.push(index));
        hits.into_iter().for_each(|index| self.excluded[index] = true);
    }

    /// Whether these bytes hold a piece of any text.
    fn search(&mut self, bytes: &[u8]) -> bool {
        let mut hits = Vec::new();
        self.look(bytes, |index| hits.push(index));
        hits.retain(|index| !self.excluded[*index]);
        hits.iter().for_each(|index| self.found[*index] = true);
        !hits.is_empty()
    }

    /// Number of texts with at least one piece that could be searched for.
    fn texts(&self) -> usize {
        self.count(|_| true)
    }

    /// Number of texts of which a piece was found.
    fn found(&self) -> usize {
        self.count(|index| self.found[index])
    }

    fn count(&self, counts: impl Fn(usize) -> bool) -> usize {
        let pieces =
            self.pieces.iter().enumerate().filter(|(index, _)| !self.excluded[*index] && counts(*index));
        pieces.map(|(_, (_, text))| text).collect::<BTreeSet<_>>().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(texts: &[&str]) -> Finder {
        let mut traces = Traces::default();
        texts.iter().for_each(|text| traces.take(text));
        Finder::new(traces)
    }

    #[test]
    fn texts_are_found_wherever_they_lie_and_whatever_was_cut_off() {
        let long = "Long ago, in a galaxy far away, ".to_owned() + &"there was no interview. ".repeat(400);
        let mut finder = finder(&["R017", "{\"text\":\"he said \\\"no\\\"\"}", &long, "abc"]);
        // The code, the whole entry, its content plain and as JSON, and the long text; a text of three letters is left out.
        assert_eq!(finder.texts(), 5);
        finder.search(b"nothing of it, R01 and 7");
        assert_eq!(finder.found(), 0);
        finder.search(b"\0\x05R017\x01");
        assert_eq!(finder.found(), 1);
        finder.search(b"...he said \\\"no\\\"...");
        finder.search(&long.as_bytes()[1_000..1_200]);
        assert_eq!(finder.found(), 3);
    }

    #[test]
    fn what_others_say_too_proves_nothing() {
        let mut finder = finder(&["the same answer", "something of one's own"]);
        finder.exclude(b"they gave the same answer, too");
        assert_eq!(finder.texts(), 1);
        finder.search(b"the same answer");
        assert_eq!(finder.found(), 0);
    }
}
