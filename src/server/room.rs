//! The room: its participants, what may be seen of it, and the channel to the writer.

mod bounds;
mod door;
mod kept;

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr};
use std::path::PathBuf;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{oneshot, watch};

pub(super) use door::{Entrant, Shut, TicketState, WordRefused};
pub use kept::NotLeft;

use self::bounds::{Attempts, MINUTE};
use self::kept::Companion;
use super::keys::Keys;
use super::seat::Seat;
use super::show::Revealed;
use super::{RoomHost, Settings};
use crate::files::Claim;
use crate::instrument::Language;
use crate::interview::{Instant, SavedElsewhere};
use crate::study::interviews;
use crate::study::rooms::{self, LinkUse, OpenedFor, Record, RoomRequest};
use crate::study::writer::{AfterLoss, Request, Writer};
use crate::study::{Ledger, SessionId, Study};
use crate::text;

/// A participant's progress.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// Joined, with nothing answered.
    Joined,
    /// Answering.
    Answering,
    /// Finished.
    Finished,
    /// Stopped, or refused consent.
    Stopped,
}

/// The numbers of people in the room, and its state.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct RoomCounts {
    /// People who joined and did not stop.
    pub joined: usize,
    /// Those of them who are answering.
    pub answering: usize,
    /// Those of them who have finished.
    pub finished: usize,
    /// Average progress, between 0 and 1.
    pub progress: f64,
    /// Whether the room is locked for further participants.
    pub locked: bool,
    /// Whether so many wrong words were tried that none is accepted until the facilitator locks or unlocks the room.
    pub guessed: bool,
    /// Devices that came with a place that the study in use does not have, although nobody erased it: it may be an older copy.
    pub missing: usize,
    /// How many people the results shown to the room are based on, if they were shown.
    pub shown: Option<usize>,
    /// Whether results were shown and are withdrawn, because a session in them is gone.
    pub lost: bool,
    /// Whether the results are being computed.
    pub working: bool,
    /// Whether any page was ever requested, so that phones evidently reach this machine.
    pub reached: bool,
    /// Whether it is over.
    pub ended: bool,
    /// Where answers are kept, if their own file was lost.
    pub moved: Option<SavedElsewhere>,
    /// Why nothing that is answered can be saved, as long as the study is lost and no other one could be written; for the facilitator
    /// alone.
    pub adrift: Option<String>,
    /// What went wrong in the last minute; for the facilitator alone.
    pub trouble: Option<String>,
}

impl RoomCounts {
    /// People who joined and have not begun.
    pub fn waiting(&self) -> usize {
        self.joined.saturating_sub(self.answering + self.finished)
    }

    /// The part of the state that requires a different projector page.
    pub(super) fn stage(&self) -> String {
        let Self { shown, locked, ended, working, .. } = self;
        format!("{}:{locked}:{ended}:{working}", shown.map_or_else(String::new, |people| people.to_string()))
    }
}

pub(super) struct Room {
    pub settings: Settings,
    /// Whom this run lets in.
    pub whom: OpenedFor,
    /// The links handed out in this run by number, with their state when it began.
    handed: Vec<(usize, LinkUse)>,
    /// Whether an earlier link of this respondent is used up.
    pub again: bool,
    pub keys: Keys,
    pub world: Arc<dyn RoomHost>,
    writer: Mutex<Option<Sender<Request>>>,
    /// Where answers are kept, if their own file was lost.
    saved: Arc<Mutex<Option<SavedElsewhere>>>,
    /// Prevents another room from being opened in the study meanwhile; rooms for single respondents can coexist.
    _claim: Arc<Mutex<Option<Claim>>>,
    seats: Arc<Mutex<BTreeMap<SessionId, Arc<Seat>>>>,
    state: Arc<Mutex<RoomState>>,
    changed: watch::Sender<u64>,
}

pub(super) struct RoomState {
    /// As it is in the file; only [`kept`] changes it.
    record: Record,
    pub revealed: Option<Arc<Revealed>>,
    pub working: bool,
    ended: bool,
    /// Whether the facilitator was told that advice could not be stored.
    pub unkept: bool,
    port: u16,
    seen: IpAddr,
    reached: bool,
    joins: Attempts,
    /// Attempts with words that no participant has.
    wrong: Attempts,
    /// Sessions by the form of the door that began them in this run.
    forms: BTreeMap<String, SessionId>,
    /// Places of devices that the study in use does not have.
    missing: BTreeSet<SessionId>,
    /// Why nothing that is answered can be saved, as long as the study is lost and no other one could be written.
    adrift: Option<String>,
    /// What went wrong last.
    trouble: Option<Trouble>,
}

/// What went wrong, when it was last seen, and when the facilitator was last told.
struct Trouble {
    why: String,
    seen: Instant,
    told: Instant,
}

/// Locks a mutex and ignores poisoning: every change is a single assignment, so a panic leaves nothing half done.
pub(super) fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl RoomState {
    /// Whether a participant could join now.
    pub fn is_open(&self) -> Result<(), Shut> {
        if self.ended {
            return Err(Shut::Ended);
        }
        if self.record.locked { Err(Shut::Locked) } else { Ok(()) }
    }
}

impl Room {
    pub fn open(
        mut study: Study,
        settings: Settings,
        world: Box<dyn RoomHost>,
    ) -> Result<(Self, std::thread::JoinHandle<()>), String> {
        let world: Arc<dyn RoomHost> = Arc::from(world);
        let instrument = settings.instrument.clone();
        let advised = |why: crate::study::StudyError| {
            [Some(why.message), why.help].into_iter().flatten().collect::<Vec<_>>().join("\n  help: ")
        };
        interviews::for_everybody(&instrument, &settings.fields).map_err(advised)?;
        let sentence = |why: crate::study::StudyError| why.to_string();
        let hear = |notice: &crate::study::UnusablePart| world.hear(&notice.to_string());
        let fresh = Record {
            secret: world.random()?.iter().map(|byte| format!("{byte:02x}")).collect(),
            instrument: instrument.hash.clone(),
            begun: world.now(),
            locked: false,
            shown: None,
            links: BTreeMap::new(),
            closed: BTreeSet::new(),
            replaced: BTreeSet::new(),
            of: None,
            handed: BTreeMap::new(),
        };
        let whom = OpenedFor {
            respondent: settings.respondent.clone(),
            fields: settings.fields.clone(),
            test: settings.test,
        };
        let claim = match whom.respondent {
            None => Some(rooms::claim(&study).map_err(advised)?),
            Some(_) => None,
        };
        let request = RoomRequest { whom: &whom, links: settings.links, anew: settings.anew };
        let record = rooms::opening(&mut study, fresh, &request).map_err(advised)?;
        rooms::keep(&mut study, &record, &whom).map_err(sentence)?;
        let uses = record.uses(&study, &whom).map_err(sentence)?;
        let again =
            whom.respondent.is_some() && uses.iter().rev().skip(1).any(|(_, used)| *used == LinkUse::Over);
        // Of the links of one respondent, only the latest is handed out.
        let skipped = if whom.respondent.is_some() { uses.len().saturating_sub(1) } else { 0 };
        let handed = uses.into_iter().skip(skipped).take(settings.links).collect();
        let revealed = match &record.shown {
            Some(frozen) => Revealed::of(&mut study, &hear, &settings, &whom, frozen)?.map(Arc::new),
            None => None,
        };
        if record.shown.is_some() && revealed.is_none() {
            world.hear(
                "what was shown of this room is not shown any more: somebody who was in it has been erased since, and without them the \
                 rest would tell of them; it can be shown anew when enough others have finished",
            );
        }
        let keys = Keys::new(&record.secret);
        let saved = Arc::new(Mutex::new(None));
        let mut ledger = Ledger::new(study);
        let seated = rooms::seated(&mut ledger, &hear, &record, &whom).map_err(sentence)?;
        let seats = seated.into_iter().map(|seated| (seated.id, Arc::new(Seat::of(seated, &keys, true))));
        let seats = Arc::new(Mutex::new(seats.collect()));
        let state = Arc::new(Mutex::new(RoomState {
            record,
            revealed,
            working: false,
            ended: false,
            unkept: false,
            port: 0,
            seen: Ipv4Addr::LOCALHOST.into(),
            reached: false,
            joins: Attempts::default(),
            wrong: Attempts::default(),
            forms: BTreeMap::new(),
            missing: BTreeSet::new(),
            adrift: None,
            trouble: None,
        }));
        let claim = Arc::new(Mutex::new(claim));
        let companion = Companion {
            saved: saved.clone(),
            claim: claim.clone(),
            state: state.clone(),
            whom: whom.clone(),
            world: world.clone(),
        };
        let (writer, ask) = Writer::new(ledger, settings.refuge.clone(), move |study, after| match after {
            AfterLoss::Elsewhere(to) => companion.goes_on_in(study, to),
            AfterLoss::Adrift(why) => companion.stays_adrift(why),
            AfterLoss::Back => companion.is_back(),
        });
        let thread = std::thread::Builder::new().name("writer".into()).spawn(move || writer.run());
        let thread = thread.map_err(|why| format!("nothing could be written: {why}"))?;
        let (changed, _) = watch::channel(1);
        let room = Self {
            settings,
            whom,
            handed,
            again,
            keys,
            world,
            writer: Mutex::new(Some(ask)),
            saved,
            _claim: claim,
            seats,
            state,
            changed,
        };
        Ok((room, thread))
    }

    pub fn state(&self) -> MutexGuard<'_, RoomState> {
        held(&self.state)
    }

    /// Whether results have been shown. The lock is released before the answer is used.
    pub fn is_shown(&self) -> bool {
        self.state().revealed.is_some()
    }

    pub fn is_ended(&self) -> bool {
        self.state().ended
    }

    pub fn listens_at(&self, port: u16) {
        self.state().port = port;
    }

    pub fn seen_at(&self, ip: IpAddr) {
        self.state().seen = ip;
        self.moved();
    }

    /// Scheme, host and port.
    pub fn base(&self, ip: IpAddr) -> String {
        match &self.settings.public {
            Some(public) => public.trim_end_matches('/').to_owned(),
            None => format!("http://{}", std::net::SocketAddr::new(ip, self.state().port)),
        }
    }

    pub fn join_url(&self, ip: IpAddr) -> String {
        format!("{}/{}", self.base(ip), self.keys.code())
    }

    /// The URL for phones with the last known address.
    pub fn seen_url(&self) -> String {
        let ip = self.state().seen;
        self.join_url(ip)
    }

    pub fn projector_url(&self, ip: IpAddr) -> String {
        format!("{}/p/{}", self.base(ip), self.keys.projector())
    }

    /// Paths of the single-use links, with their state when this run began.
    pub fn links(&self) -> Vec<(String, LinkUse)> {
        let path = |number: &usize| format!("/l/{}", self.keys.link(*number, &self.signed()));
        self.handed.iter().map(|(number, used)| (path(number), *used)).collect()
    }

    /// The signature of links for this respondent and these fields. Links for any participant have none.
    fn signed(&self) -> String {
        match self.whom.respondent {
            Some(_) => self.whom.sign(&self.state().record.secret),
            None => String::new(),
        }
    }

    /// The path of the study in which the sessions are now; blocks the calling thread.
    pub fn place(&self) -> Result<PathBuf, String> {
        self.work_here(|ledger| ledger.study().path().to_owned())
    }

    /// Notifies waiting pages of a change.
    pub fn moved(&self) {
        self.changed.send_modify(|number| *number += 1);
    }

    /// A counter that grows with every change.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Records that a page was requested.
    pub fn reached(&self) {
        let first = !std::mem::replace(&mut self.state().reached, true);
        if first {
            self.moved();
        }
    }

    pub fn ask(&self, request: Request) -> Result<(), ()> {
        match held(&self.writer).as_ref() {
            Some(writer) => writer.send(request).map_err(|_| ()),
            None => Err(()),
        }
    }

    /// Runs a job on the writer's thread and waits for it asynchronously.
    pub async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> T + Send + 'static,
    ) -> Option<T> {
        let (tell, told) = oneshot::channel();
        self.ask(Request::Work(Box::new(move |ledger| drop(tell.send(work(ledger)))))).ok()?;
        told.await.ok()
    }

    /// The same, blocking the calling thread.
    pub fn work_here<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Ledger) -> T + Send + 'static,
    ) -> Result<T, String> {
        let gone = || "the room is closed already".to_owned();
        let (tell, told) = mpsc::channel();
        self.ask(Request::Work(Box::new(move |ledger| drop(tell.send(work(ledger))))))
            .map_err(|()| gone())?;
        told.recv().map_err(|_| gone())
    }

    /// Tells the facilitator what went wrong; returns what a page says of it. Everybody sees pages, so that they name no file of this
    /// machine, and all of them are in the reader's language.
    pub fn failed(&self, why: &str, language: &Language) -> String {
        self.went_wrong(why);
        text!(language, "server-went-wrong")
    }

    /// Tells the facilitator what went wrong, once a minute where it goes on.
    pub fn went_wrong(&self, why: &str) {
        let now = self.world.now();
        let told = {
            let trouble = &mut self.state().trouble;
            let before = trouble.take().filter(|before| before.why == why && now - before.told < MINUTE);
            let told = before.map(|before| before.told);
            *trouble = Some(Trouble { why: why.to_owned(), seen: now, told: told.unwrap_or(now) });
            told
        };
        if told.is_none() {
            self.world.hear(why);
        }
        self.moved();
    }

    pub fn closed_sentence(&self, language: &Language) -> String {
        text!(language, "server-room-closed")
    }

    pub fn seat(&self, session: &SessionId) -> Option<Arc<Seat>> {
        held(&self.seats).get(session).cloned()
    }

    /// Takes the seat of a session away that another program has erased.
    pub fn vacate(&self, session: &SessionId) {
        held(&self.seats).remove(session);
    }

    fn all(&self) -> Vec<Arc<Seat>> {
        held(&self.seats).values().cloned().collect()
    }

    pub fn counts(&self) -> RoomCounts {
        let (mut counts, mut progress) = (RoomCounts::default(), 0.0);
        for seat in self.all() {
            let phase = seat.phase();
            counts.joined += usize::from(phase != Phase::Stopped);
            counts.answering += usize::from(phase == Phase::Answering);
            counts.finished += usize::from(phase == Phase::Finished);
            progress += if phase == Phase::Stopped { 0.0 } else { seat.progress() };
        }
        counts.progress = progress / counts.joined.max(1) as f64;
        counts.guessed = self.is_guessed();
        let (moved, now) = (held(&self.saved).clone(), self.world.now());
        let state = self.state();
        counts.locked = state.record.locked;
        counts.missing = state.missing.len();
        counts.lost = state.record.shown.is_some() && state.revealed.is_none();
        counts.shown = state.revealed.as_ref().map(|shown| shown.people);
        (counts.working, counts.reached, counts.ended) = (state.working, state.reached, state.ended);
        counts.moved = moved;
        counts.adrift = state.adrift.clone();
        let lately = state.trouble.as_ref().filter(|trouble| now - trouble.seen < MINUTE);
        counts.trouble = lately.map(|trouble| trouble.why.clone());
        counts
    }

    pub fn people(&self) -> Vec<(String, Phase)> {
        self.all().iter().map(|seat| (seat.word.clone(), seat.phase())).collect()
    }

    /// Closes the channel to the writer.
    pub fn close(&self) {
        held(&self.writer).take();
        self.moved();
    }
}
