//! Somebody in the room: where they are in their questions, and one event at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::keys::Keys;
use super::room::{Phase, Room};
use crate::interview::{Beginnings, Event, Interview, NotDone, NotKept};
use crate::study::rooms::Seated;
use crate::study::writer::Request;
use crate::study::{LedgerEntry, SessionId};

/// A place in the room.
pub(super) struct Seat {
    pub id: SessionId,
    /// By which they go on at another device.
    pub word: String,
    sat: Arc<Mutex<Sat>>,
    phase: AtomicU8,
    /// How far they have come, in thousandths.
    progress: AtomicU32,
}

/// Who sits there.
pub(super) struct Sat {
    pub interview: Interview,
    /// How many events the journal has: pages carry this number, so that none is sent twice.
    pub kept: usize,
    pub begun: Beginnings,
    /// Whether the room was closed since they did anything: the time in between is nobody's.
    pub away: bool,
    /// The number that the last page which was taken had.
    pub taken: Option<usize>,
    /// Their own result as a page, once it was worked out.
    pub result: Option<Arc<str>>,
}

impl Seat {
    pub fn of(seated: Seated, keys: &Keys, away: bool) -> Self {
        let Seated { id, interview, kept, begun } = seated;
        let seat = Self {
            id,
            word: keys.word(&id),
            phase: AtomicU8::default(),
            progress: AtomicU32::default(),
            sat: Arc::new(Mutex::new(Sat {
                interview: interview.clone(),
                kept,
                begun,
                away,
                taken: None,
                result: None,
            })),
        };
        seat.stands(&interview);
        seat
    }

    /// Where they are, alone with it until it is given back.
    pub async fn take(&self) -> OwnedMutexGuard<Sat> {
        self.sat.clone().lock_owned().await
    }

    pub fn phase(&self) -> Phase {
        match self.phase.load(Ordering::Relaxed) {
            0 => Phase::Joined,
            1 => Phase::Answering,
            2 => Phase::Finished,
            _ => Phase::Stopped,
        }
    }

    /// Between 0 and 1.
    pub fn progress(&self) -> f64 {
        f64::from(self.progress.load(Ordering::Relaxed)) / 1000.0
    }

    fn stands(&self, interview: &Interview) {
        let phase = if interview.is_finished() && !interview.is_refused() {
            2
        } else if interview.is_finished() || interview.is_withdrawn() {
            3
        } else {
            u8::from(!interview.is_untouched())
        };
        self.phase.store(phase, Ordering::Relaxed);
        self.progress.store((1000.0 * interview.view().progress.share()) as u32, Ordering::Relaxed);
    }

    /// Tries an event, waits until the file has it, and only then lets it happen.
    pub async fn apply(&self, room: &Room, sat: &mut Sat, event: Event) -> Result<(), NotDone> {
        let at = room.world.now();
        let next = sat.interview.after(at, &event).map_err(NotDone::Refused)?;
        let (tell, told) = oneshot::channel();
        let entry = LedgerEntry { session: self.id, at, event: event.clone() };
        let closed = || NotDone::NotKept(NotKept::from(room.closed_sentence(sat.interview.language())));
        room.ask(Request::Keep(entry, Box::new(move |kept| drop(tell.send(kept))))).map_err(|()| closed())?;
        told.await.map_err(|_| closed())?.map_err(NotDone::NotKept)?;
        sat.begun.retain(|(item, step), _| !event.settles(item, *step));
        sat.interview = next;
        sat.kept += 1;
        self.stands(&sat.interview);
        room.moved();
        Ok(())
    }

    /// Says that they are back, where the room was closed since.
    pub async fn back(&self, room: &Room, sat: &mut Sat) -> Result<(), NotDone> {
        let over = sat.interview.is_finished() || sat.interview.is_withdrawn();
        if std::mem::take(&mut sat.away) && !over {
            self.apply(room, sat, Event::Resumed).await?;
        }
        Ok(())
    }
}
