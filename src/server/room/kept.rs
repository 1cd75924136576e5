//! What the room keeps between two runs, and how it ends.
//!
//! Owns that records reach the file in the order of their changes, and that what could not be written changed nothing: only the writer's
//! thread changes them. Owns that the room goes along where its sessions are saved because their file was lost.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use super::bounds::Attempts;
use super::{Phase, Room, RoomHost, RoomState, held};
use crate::files::Claim;
use crate::instrument::Language;
use crate::interview::SavedElsewhere;
use crate::server::seat::Seat;
use crate::study::rooms::{self, OpenedFor, Record};
use crate::study::{Ledger, SessionId, Study, StudyError, digests};

/// Changes what the room keeps, once the change is in the file. Only for the writer's thread.
pub(super) fn amend<T>(
    state: &Mutex<RoomState>,
    ledger: &mut Ledger,
    whom: &OpenedFor,
    change: impl FnOnce(&mut Record) -> T,
) -> Result<T, StudyError> {
    let record = held(state).record.clone();
    let (record, changed) = rooms::amend(ledger.study(), record, whom, change)?;
    held(state).record = record;
    Ok(changed)
}

/// What the room keeps, with what other processes have kept of the same links since. Who lost their place to somebody whom one of them let
/// in has no seat any more. Only for the writer's thread.
pub(super) fn current(
    state: &Mutex<RoomState>,
    seats: &Mutex<BTreeMap<SessionId, Arc<Seat>>>,
    ledger: &mut Ledger,
    whom: &OpenedFor,
) -> Result<Record, StudyError> {
    let record = held(state).record.clone();
    let record = rooms::current(ledger.study(), record, whom)?;
    held(seats).retain(|session, seat| {
        let stays = seat.phase() != Phase::Joined || !record.replaced.contains(&session.to_string());
        if !stays {
            ledger.close(session);
        }
        stays
    });
    held(state).record = record.clone();
    Ok(record)
}

/// Why a room is not left.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotLeft {
    /// The study is lost, and no other one could be written, and why.
    #[error("the study was lost, and what was answered could not be saved elsewhere: {0}")]
    Adrift(String),
    /// It is closed already; a whole sentence.
    #[error("{0}")]
    Closed(String),
}

impl Room {
    /// What the room keeps between two runs, as it is in the file.
    pub fn record(&self) -> Record {
        self.state().record.clone()
    }

    /// Changes what the room keeps, and waits until that is in the file. A room that has ended keeps nothing any more.
    pub fn change(&self, change: impl FnOnce(&mut Record) + Send + 'static) -> Result<(), String> {
        let (state, whom) = (self.state.clone(), self.whom.clone());
        let changed = self.work_here(move |ledger| {
            let is_ended = held(&state).ended;
            if is_ended {
                return Err("the room has ended already".to_owned());
            }
            amend(&state, ledger, &whom, change).map_err(|why| why.to_string())
        });
        changed?
    }

    pub fn lock(&self, locked: bool) -> Result<(), String> {
        // The facilitator has acted, so words are accepted again.
        self.state().wrong = Attempts::default();
        self.change(move |record| record.locked = locked)?;
        self.moved();
        Ok(())
    }

    /// Erases a session and frees its seat; for the writer's thread.
    fn erasing(&self, session: SessionId) -> impl FnOnce(&mut Ledger) -> Result<(), String> + Send + 'static {
        let (seats, now) = (self.seats.clone(), self.world.now());
        move |ledger| {
            held(&seats).remove(&session);
            ledger.close(&session);
            digests::forget_fitted();
            ledger.study().erase_session(&session, now).map(|_| ()).map_err(|why| why.to_string())
        }
    }

    /// Erases a participant's session and frees the seat.
    pub async fn erase(&self, session: SessionId) -> Result<(), String> {
        let erased = self.work(self.erasing(session)).await;
        self.moved();
        erased.ok_or_else(|| "the room is closed already".to_owned())?
    }

    pub fn remove(&self, word: &str) -> Result<bool, String> {
        let word = word.trim().to_uppercase();
        let Some(seat) = self.all().into_iter().find(|seat| seat.word == word) else { return Ok(false) };
        let erased = self.work_here(self.erasing(seat.id));
        self.moved();
        erased?.map(|()| true)
    }

    /// Makes sure before the program ends that what was answered lies in a file: the study's own, or another one where that was lost.
    pub fn leave(&self) -> Result<(), NotLeft> {
        let state = self.state.clone();
        // Whatever is asked of the writer, it first goes on elsewhere where the file is lost.
        let adrift = self.work_here(move |_| held(&state).adrift.clone()).map_err(NotLeft::Closed)?;
        adrift.map_or(Ok(()), |why| Err(NotLeft::Adrift(why)))
    }

    /// Ends the room for everybody, once the end is in the file. Sessions in which nothing was answered are deleted.
    pub fn end(&self) -> Result<Vec<(Language, String)>, String> {
        let (state, seats, whom) = (self.state.clone(), self.seats.clone(), self.whom.clone());
        let ended = self.work_here(move |ledger| {
            // Links of other respondents stay valid; those of this one are taken back.
            match whom.respondent {
                Some(_) => amend(&state, ledger, &whom, |record| record.take_back(&whom))?,
                None => ledger.study().set_room(None)?,
            }
            held(&state).ended = true;
            let untouched: Vec<SessionId> = held(&seats)
                .values()
                .filter(|seat| seat.phase() == Phase::Joined)
                .map(|seat| seat.id)
                .collect();
            for session in &untouched {
                // What cannot be taken away holds nothing, and is listed and counted nowhere.
                let _ = rooms::forget(ledger, session);
            }
            Ok::<_, StudyError>(())
        });
        ended?.map_err(|why| why.to_string())?;
        self.moved();
        let revealed = self.state().revealed.clone();
        Ok(revealed.map(|shown| shown.files()).unwrap_or_default())
    }
}

/// What goes along when the sessions are saved in another file because their own was lost.
pub(super) struct Companion {
    pub saved: Arc<Mutex<Option<SavedElsewhere>>>,
    pub claim: Arc<Mutex<Option<Claim>>>,
    pub state: Arc<Mutex<RoomState>>,
    pub whom: OpenedFor,
    pub world: Arc<dyn RoomHost>,
}

impl Companion {
    /// Keeps the room in the study in which its sessions go on, so that it can be opened again there, under the same code.
    pub fn goes_on_in(&self, study: &mut Study, to: &SavedElsewhere) {
        held(&self.state).adrift = None;
        let to = {
            let mut saved = held(&self.saved);
            let to = to.clone().after(saved.as_ref());
            *saved = Some(to.clone());
            to
        };
        let (place, others) = (&to.place, to.others_in_words(&Language::fallback()));
        let sentence =
            format!("the study was lost; what is answered is saved in {place} from here on. {others}");
        self.world.hear(sentence.trim_end());
        let (record, is_ended) = {
            let state = held(&self.state);
            (state.record.clone(), state.ended)
        };
        if is_ended {
            return;
        }
        // Where somebody else has a room open in that file, theirs stays what it is.
        let claim = self.whom.respondent.is_none().then(|| rooms::claim(study)).transpose();
        let kept = claim.and_then(|claim| {
            *held(&self.claim) = claim;
            rooms::keep(study, &record, &self.whom)
        });
        if let Err(why) = kept {
            self.world.hear(&format!(
                "{why}; the answers are saved, and the room is not: opened again, it has another code"
            ));
        }
    }

    /// Tells the facilitator that the study is lost, and that what was answered could not be saved elsewhere: once for each reason, and on
    /// the screen as long as it is so.
    pub fn stays_adrift(&self, why: &StudyError) {
        let why = why.to_string();
        let before = held(&self.state).adrift.replace(why.clone());
        if before.as_ref() != Some(&why) {
            let again = "it is tried again with the next answer, and when the room is left";
            self.world.hear(&format!("{}; {again}", NotLeft::Adrift(why)));
        }
    }

    /// Tells the facilitator that the study that was lost is there again.
    pub fn is_back(&self) {
        held(&self.state).adrift = None;
        self.world.hear("the study that was lost is there again, and takes what is answered");
    }
}
