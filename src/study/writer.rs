//! One writer for many sessions: each asks it to keep an event, and is told when the event is in the file.
//!
//! Everything that waits at one moment goes into one transaction. Owns noticing that the file is lost: whatever is asked for then, and at the
//! latest the next look, makes all sessions go on in another file. Starts no thread: an edge does, and runs [`Writer::run`].

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::StudyError;
use crate::files::folder_of;
use crate::interview::{Begun, Event, Instant, Journal, NotKept, SavedElsewhere};
use crate::store::{Ledger, LedgerEntry, SessionId, Study};

/// Events that go into one transaction at most: more would keep the first of them waiting.
const TOGETHER: usize = 256;

/// How often it is looked whether the file still has its name while nothing is asked for: what lost it is gone with the process.
const LOOK: Duration = Duration::from_secs(2);

/// Told when an event is in the file, or why it is not.
pub type Done = Box<dyn FnOnce(Result<(), NotKept>) + Send>;

/// Work that needs the study itself, such as beginning a session.
pub type Work = Box<dyn FnOnce(&mut Ledger) + Send>;

/// What became of sessions whose file was lost.
#[derive(Debug, Clone, Copy)]
pub enum AfterLoss<'a> {
    /// They go on in another study.
    Elsewhere(&'a SavedElsewhere),
    /// No other study could be written, and why.
    Adrift(&'a StudyError),
    /// Their own file takes them again.
    Back,
}

/// See [`Writer::new`].
type Told = Box<dyn FnMut(&mut Study, AfterLoss<'_>) + Send>;

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
    refuge: Option<PathBuf>,
    told: Told,
    /// Whether the file is lost and no other one could be written.
    is_adrift: bool,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("ledger", &self.ledger).finish_non_exhaustive()
    }
}

impl Writer {
    /// A writer, and the way to ask it. `refuge` is a folder for what is saved where nothing can be written beside the lost file. `told` hears
    /// what became of the sessions when their file was lost, with the study in which they are then: before anything more is kept in another
    /// one, at every try that fails, and once when their own is back.
    pub fn new(
        ledger: Ledger,
        refuge: Option<PathBuf>,
        told: impl FnMut(&mut Study, AfterLoss<'_>) + Send + 'static,
    ) -> (Self, Sender<Request>) {
        let (ask, requests) = mpsc::channel();
        (Self { ledger, requests, refuge, told: Box::new(told), is_adrift: false }, ask)
    }

    /// Serves requests until every sender is gone.
    pub fn run(mut self) {
        let mut waiting = None;
        loop {
            let request = match waiting.take() {
                Some(request) => request,
                None => match self.requests.recv_timeout(LOOK) {
                    Ok(request) => request,
                    Err(RecvTimeoutError::Timeout) => {
                        self.look();
                        continue;
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                },
            };
            match request {
                Request::Work(work) => {
                    self.stay();
                    work(&mut self.ledger);
                }
                Request::Keep(entry, done) => waiting = self.keep(entry, done),
            }
        }
        self.stay();
    }

    /// Goes on in another file where this one only has its name no more. Reads no page: another program may be at work in the file at
    /// this very moment, of which nothing else would have come. What failed is tried again when something is asked for.
    fn look(&mut self) {
        if !self.is_adrift && self.ledger.study().is_nameless() {
            self.move_on();
        }
    }

    /// Goes on in another file where this one is lost.
    fn stay(&mut self) {
        match self.ledger.study().still_there() {
            Err(why) if why.problem.place_is_gone() => _ = self.move_on(),
            Err(_) => {}
            Ok(()) => self.is_back(),
        }
    }

    /// Notes that the file is as it was.
    fn is_back(&mut self) {
        if std::mem::take(&mut self.is_adrift) {
            (self.told)(self.ledger.study(), AfterLoss::Back);
        }
    }

    /// Keeps an event with all others that wait; returns what came between them.
    fn keep(&mut self, entry: LedgerEntry, done: Done) -> Option<Request> {
        let (mut entries, mut waiting) = (vec![entry], vec![done]);
        let mut next = None;
        while entries.len() < TOGETHER {
            match self.requests.try_recv() {
                Ok(Request::Keep(entry, done)) => {
                    entries.push(entry);
                    waiting.push(done);
                }
                Ok(work) => {
                    next = Some(work);
                    break;
                }
                Err(_) => break,
            }
        }
        let mut kept = self.ledger.keep(&entries);
        if kept.iter().any(|kept| kept.as_ref().is_err_and(|why| why.place_is_gone)) {
            if self.move_on() {
                kept = self.ledger.keep(&entries);
            }
        } else if kept.iter().any(Result::is_ok) {
            self.is_back();
        }
        waiting.into_iter().zip(kept).for_each(|(done, kept)| done(kept));
        next
    }

    /// Goes on beside the file that was lost, or in the refuge; whether that worked.
    fn move_on(&mut self) -> bool {
        let beside = folder_of(self.ledger.study().path()).to_owned();
        let mut first = None;
        for folder in [Some(beside), self.refuge.clone()].into_iter().flatten() {
            let place = self.ledger.study().free_place_in(&folder, "saved");
            match self.ledger.save_elsewhere(&place.display().to_string()) {
                Ok(saved) => {
                    self.is_adrift = false;
                    (self.told)(self.ledger.study(), AfterLoss::Elsewhere(&saved));
                    return true;
                }
                Err(why) => _ = first.get_or_insert(StudyError::from(why)),
            }
        }
        self.is_adrift = true;
        if let Some(why) = first {
            (self.told)(self.ledger.study(), AfterLoss::Adrift(&why));
        }
        false
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
