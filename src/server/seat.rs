//! A participant's seat: their place in the questions, with one event at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering};

use tokio::sync::{Mutex, OwnedMutexGuard, oneshot};

use super::keys::Keys;
use super::room::{Phase, Room};
use crate::interview::{Beginnings, Event, Interview, NotDone, NotKept};
use crate::study::rooms::Seated;
use crate::study::writer::Request;
use crate::study::{LedgerEntry, SessionId};
use crate::text;

/// A participant's seat in the room.
pub(super) struct Seat {
    pub id: SessionId,
    /// The word for continuing on another device.
    pub word: String,
    sat: Arc<Mutex<Sat>>,
    phase: AtomicU8,
    /// Progress in thousandths.
    progress: AtomicU32,
}

/// The state of a seat.
pub(super) struct Sat {
    pub interview: Interview,
    /// Number of events in the journal. Every page carries it, so that a form is not accepted twice.
    pub kept: usize,
    pub begun: Beginnings,
    /// Whether the room was closed since their last event, so that the time in between does not count.
    pub away: bool,
    /// The number of the last page that was accepted.
    pub taken: Option<usize>,
    /// Their own result as a page, once computed.
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

    /// Locks the state of the seat until the guard is dropped.
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

    /// Progress between 0 and 1.
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

    /// Applies the event to a copy, waits until it is in the file, and only then replaces the interview.
    pub async fn apply(&self, room: &Room, sat: &mut Sat, event: Event) -> Result<(), NotDone> {
        if !room.is_still_seated(self).await {
            let (_, why) = room.seatless(&self.id, sat.interview.language()).await;
            return Err(NotDone::NotKept(NotKept::from(why)));
        }
        let at = room.world.now();
        let next = sat.interview.after(at, &event).map_err(NotDone::Refused)?;
        let (tell, told) = oneshot::channel();
        let entry = LedgerEntry { session: self.id, at, event: event.clone() };
        let closed = || NotDone::NotKept(NotKept::from(room.closed_sentence(sat.interview.language())));
        room.ask(Request::Keep(entry, Box::new(move |kept| drop(tell.send(kept))))).map_err(|()| closed())?;
        let kept = told.await.map_err(|_| closed())?;
        kept.map_err(|why| {
            let language = sat.interview.language();
            NotDone::NotKept(NotKept::from(match why.erased {
                true => {
                    room.vacate(&self.id);
                    text!(language, "server-removed-what")
                }
                false => {
                    room.went_wrong(&why.to_string());
                    text!(language, "server-leader-sees")
                }
            }))
        })?;
        sat.begun.retain(|(item, step), _| !event.settles(item, *step));
        sat.interview = next;
        sat.kept += 1;
        self.stands(&sat.interview);
        room.moved();
        Ok(())
    }

    /// Records that the participant is back, if the room was closed in between.
    pub async fn back(&self, room: &Room, sat: &mut Sat) -> Result<(), NotDone> {
        let over = sat.interview.is_finished() || sat.interview.is_withdrawn();
        if std::mem::take(&mut sat.away) && !over {
            self.apply(room, sat, Event::Resumed).await?;
        }
        Ok(())
    }
}
