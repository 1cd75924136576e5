//! One writer for many sessions: each asks it to keep an event, and is told when the event is in the file.
//!
//! Everything that waits at one moment goes into one transaction, and all sessions go on in another file when this one is lost. Starts no
//! thread: an edge does, and runs [`Writer::run`].

use std::sync::mpsc::{self, Receiver, Sender};

use crate::interview::{Begun, Event, Instant, Journal, NotKept, SavedElsewhere};
use crate::store::{Ledger, LedgerEntry, SessionId, Study};

/// Events that go into one transaction at most: more would keep the first of them waiting.
const TOGETHER: usize = 256;

/// Told when an event is in the file, or why it is not.
pub type Done = Box<dyn FnOnce(Result<(), NotKept>) + Send>;

/// Work that needs the study itself, such as beginning a session.
pub type Work = Box<dyn FnOnce(&mut Ledger) + Send>;

/// See [`Writer::new`].
type Moved = Box<dyn FnMut(&mut Study, &SavedElsewhere) + Send>;

/// What the writer is asked for.
#[expect(
    clippy::large_enum_variant,
    reason = "nearly every request is the large one, and a box would be one more allocation for each"
)]
pub enum Request {
    /// To keep an event.
    Keep(LedgerEntry, Done),
    /// Anything else.
    Work(Work),
}

impl std::fmt::Debug for Request {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Keep(entry, _) => f.debug_tuple("Keep").field(entry).finish(),
            Self::Work(_) => f.write_str("Work"),
        }
    }
}

/// The only one who writes.
pub struct Writer {
    ledger: Ledger,
    requests: Receiver<Request>,
    moved: Moved,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}

impl Writer {
    /// A writer, and the way to ask it. `moved` is told of the study in which the sessions go on when their file was lost, before
    /// anything more is kept in it.
    pub fn new(
        ledger: Ledger,
        moved: impl FnMut(&mut Study, &SavedElsewhere) + Send + 'static,
    ) -> (Self, Sender<Request>) {
        let (ask, requests) = mpsc::channel();
        (Self { ledger, requests, moved: Box::new(moved) }, ask)
    }

    /// Serves requests until every sender is gone.
    pub fn run(mut self) {
        while let Ok(first) = self.requests.recv() {
            let mut waiting = Some(first);
            while let Some(request) = waiting.take() {
                match request {
                    Request::Work(work) => work(&mut self.ledger),
                    Request::Keep(entry, done) => waiting = self.keep(entry, done),
                }
            }
        }
    }

    /// Keeps an event with all others that wait; returns what came between them.
    fn keep(&mut self, entry: LedgerEntry, done: Done) -> Option<Request> {
        let (mut entries, mut told) = (vec![entry], vec![done]);
        let mut next = None;
        while entries.len() < TOGETHER {
            match self.requests.try_recv() {
                Ok(Request::Keep(entry, done)) => {
                    entries.push(entry);
                    told.push(done);
                }
                Ok(work) => {
                    next = Some(work);
                    break;
                }
                Err(_) => break,
            }
        }
        let mut kept = self.ledger.keep(&entries);
        if kept.iter().any(|kept| kept.as_ref().is_err_and(|why| why.place_is_gone)) && self.move_on() {
            kept = self.ledger.keep(&entries);
        }
        told.into_iter().zip(kept).for_each(|(done, kept)| done(kept));
        next
    }

    /// Goes on beside the file that was lost; whether that worked.
    fn move_on(&mut self) -> bool {
        let place = self.ledger.study().free_place("saved");
        match self.ledger.save_elsewhere(&place.display().to_string()) {
            Ok(saved) => {
                (self.moved)(self.ledger.study(), &saved);
                true
            }
            Err(_) => false,
        }
    }
}

/// The journal of one session, kept by a writer in another thread: each event is waited for.
#[derive(Debug)]
pub struct Distant {
    session: SessionId,
    writer: Sender<Request>,
}

impl Distant {
    /// The journal of a session that the writer's ledger has open.
    pub fn new(session: SessionId, writer: Sender<Request>) -> Self {
        Self { session, writer }
    }

    fn ask<T: Send + 'static>(&self, request: impl FnOnce(Sender<T>) -> Request) -> Result<T, NotKept> {
        let gone =
            |_| NotKept::from("what keeps the answers has ended; begin again where you were".to_owned());
        let (answer, waiting) = mpsc::channel();
        self.writer.send(request(answer)).map_err(|_| gone(()))?;
        waiting.recv().map_err(|_| gone(()))
    }

    fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> T + Send + 'static,
    ) -> Result<T, NotKept> {
        self.ask(|answer| Request::Work(Box::new(move |ledger| drop(answer.send(work(ledger))))))
    }
}

impl Journal for Distant {
    fn keep(&mut self, at: Instant, event: &Event) -> Result<(), NotKept> {
        let entry = LedgerEntry { session: self.session, at, event: event.clone() };
        self.ask(|answer| Request::Keep(entry, Box::new(move |kept| drop(answer.send(kept)))))?
    }

    fn keep_begun(&mut self, at: Instant, item: &str, step: usize, begun: &Begun) -> Result<(), NotKept> {
        let (session, item, begun) = (self.session, item.to_owned(), begun.clone());
        self.work(move |ledger| ledger.keep_begun(&session, at, &item, step, &begun))?
    }

    fn check(&mut self) -> Result<(), NotKept> {
        self.work(|ledger| ledger.study().still_there().map_err(NotKept::from))?
    }

    fn suggested_place(&self) -> String {
        let mark = self.session.short();
        self.work(move |ledger| ledger.study().free_place(&mark).display().to_string()).unwrap_or_default()
    }

    /// All sessions of the ledger go along: they had one file, and it is gone for all of them.
    fn save_elsewhere(&mut self, place: &str) -> Result<SavedElsewhere, NotKept> {
        let place = place.to_owned();
        self.work(move |ledger| ledger.save_elsewhere(&place).map_err(NotKept::from))?
    }
}
