//! Many running sessions over one connection: events that arrive at the same moment share one transaction, so that a room of
//! two hundred phones waits for one flush of the disk and not for two hundred.
//!
//! Owns that a fault in one session costs no other session its event, and that all of them move elsewhere when the file is
//! lost. Does not arbitrate between writers: the owner of the ledger is the only writer of its sessions.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::error::{Problem, StoreError};
use super::journal::Book;
use super::{SessionId, Study};
use crate::interview::{Begun, Event, Instant, NotKept, SavedElsewhere};

/// An event on its way into a journal.
#[derive(Debug, Clone)]
pub struct LedgerEntry {
    /// The session.
    pub session: SessionId,
    /// When it happened.
    pub at: Instant,
    /// What happened.
    pub event: Event,
}

/// The journals of running sessions.
#[derive(Debug)]
pub struct Ledger {
    study: Study,
    books: BTreeMap<SessionId, Book>,
}

impl Ledger {
    /// A ledger without a session.
    pub fn new(study: Study) -> Self {
        Self { study, books: BTreeMap::new() }
    }

    /// The study, for everything but the journals of running sessions.
    pub fn study(&mut self) -> &mut Study {
        &mut self.study
    }

    /// Adds a session, to continue after its first `kept` events, which the caller has replayed. One that is over takes no further
    /// event, and is saved with the others when the file is lost.
    pub fn open(&mut self, session: SessionId, kept: usize) -> Result<(), StoreError> {
        let book = self.study.book(session, kept)?;
        self.books.insert(session, book);
        Ok(())
    }

    /// Removes a session from the ledger; the study keeps it.
    pub fn close(&mut self, session: &SessionId) {
        self.books.remove(session);
    }

    /// Keeps events, at most one of each session, in one transaction: durable on return. A refused event does not affect the
    /// other sessions.
    pub fn keep(&mut self, entries: &[LedgerEntry]) -> Vec<Result<(), NotKept>> {
        let mut sessions = BTreeSet::new();
        let again = entries.iter().any(|entry| !sessions.insert(entry.session));
        if again || entries.len() == 1 {
            return entries.iter().map(|entry| self.keep_one(entry)).collect();
        }
        let Self { study, books } = self;
        let written = study.write(|connection| {
            let one = |entry: &LedgerEntry| match books.get(&entry.session) {
                Some(book) => book.write(connection, entry.at, &entry.event),
                None => Err(Problem::NoSession(entry.session.to_string())),
            };
            entries.iter().map(one).collect::<Result<Vec<_>, _>>()
        });
        // One bad event failed the whole transaction, so each is now kept by itself.
        let Ok(written) = written else {
            return entries.iter().map(|entry| self.keep_one(entry)).collect();
        };
        for (entry, kept) in entries.iter().zip(written) {
            if let Some(book) = self.books.get_mut(&entry.session) {
                book.accept(kept);
                self.study.witness = book.witness();
            }
        }
        vec![Ok(()); entries.len()]
    }

    fn keep_one(&mut self, entry: &LedgerEntry) -> Result<(), NotKept> {
        let Self { study, books } = self;
        let Some(book) = books.get_mut(&entry.session) else {
            return Err(study.error(Problem::NoSession(entry.session.to_string())).into());
        };
        let kept = study.write(|connection| book.write(connection, entry.at, &entry.event));
        let kept = kept.map_err(|error| study.erased_or(&entry.session, error))?;
        book.accept(kept);
        study.witness = book.witness();
        Ok(())
    }

    /// Keeps what has been entered at a prompt so far, replacing what was kept for it before.
    pub fn keep_begun(
        &mut self,
        session: &SessionId,
        at: Instant,
        item: &str,
        step: usize,
        begun: &Begun,
    ) -> Result<(), NotKept> {
        let Self { study, books } = self;
        let Some(book) = books.get_mut(session) else {
            return Err(study.error(Problem::NoSession(session.to_string())).into());
        };
        Ok(study.keep_begun(book, at, item, step, begun)?)
    }

    /// Saves every session whole in another study, because this one is lost, and continues there.
    pub fn save_elsewhere(&mut self, place: &str) -> Result<SavedElsewhere, StoreError> {
        let (mut study, whole) = self.study.elsewhere(Path::new(place))?;
        let mut own = 0;
        for (id, book) in &mut self.books {
            // Erased sessions are left behind, which must not stop the others.
            if self.study.not_erased(id).is_err() {
                continue;
            }
            book.move_to(&self.study, &mut study)?;
            study.witness = book.witness();
            own += 1;
        }
        let lost = std::mem::replace(&mut self.study, study);
        Ok(self.study.saved_for(&lost, own, whole))
    }
}
