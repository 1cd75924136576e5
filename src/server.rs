//! The same prompts in browsers: a room of phones, one shared tablet, a projector. Everything that it needs from outside comes through
//! [`RoomHost`]; every event goes to the one writer of the study, and nobody is answered before it is in the file.
//!
//! Owns connections with their limits, who somebody is (a secret in a cookie, never an address), pages, and what a form means. Refuses
//! every decision about an interview: it draws the [`crate::interview::View`] and sends events.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use crate::analysis::Privacy;
use crate::instrument::{Instrument, Language};
use crate::interview::Instant;
use crate::study::Study;
use crate::study::interviews::StartMoment;

mod address;
mod connection;
mod forms;
mod guard;
mod keys;
mod pages;
mod room;
mod routes;
mod seat;
mod show;
mod timed;

pub use crate::qr::QrCode;
pub use crate::study::rooms::LinkUse;
pub use address::{LocalAddress, places};
pub use room::{Phase, RoomCounts};

use room::Room;

/// What a room needs from outside. Every error is a whole sentence.
pub trait RoomHost: Send + Sync {
    /// Milliseconds since 1970 in UTC.
    fn now(&self) -> Instant;

    /// What tells a session that begins now from every other.
    fn moment(&self) -> Result<StartMoment, String>;

    /// Random bytes of the operating system.
    fn random(&self) -> Result<[u8; 32], String>;

    /// Is told what is wrong with a session that is left out, and where answers are kept when their file was lost.
    fn hear(&self, sentence: &str);
}

/// How a room is run.
#[derive(Debug, Clone)]
pub struct Settings {
    /// What is asked.
    pub instrument: Arc<Instrument>,
    /// What the start form holds for everybody.
    pub fields: BTreeMap<String, String>,
    /// The language of a page until the participant chooses one.
    pub language: Language,
    /// The address to listen at.
    pub listen: SocketAddr,
    /// The address under which others see it, where something stands in between: `https://…`.
    pub public: Option<String>,
    /// Groups of which something is shown.
    pub privacy: Privacy,
    /// Whether one device goes from hand to hand.
    pub kiosk: bool,
    /// Whether results wait for the whole room.
    pub together: bool,
    /// How many single-use links are handed out; none where the code of the room is enough to join.
    pub links: usize,
    /// The code of the one who answers, where that is settled beforehand; else everybody gets one.
    pub respondent: Option<String>,
    /// Whether it is a rehearsal.
    pub test: bool,
    /// Whether a room that was left going on is put aside for a new one.
    pub anew: bool,
    /// Sessions that may begin in a minute.
    pub a_minute: usize,
}

/// A room that is going on.
pub struct Server {
    room: Arc<Room>,
    address: SocketAddr,
    runtime: Option<tokio::runtime::Runtime>,
    writer: Option<std::thread::JoinHandle<()>>,
}

impl std::fmt::Debug for Server {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Server").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Opens a room on a study, or goes on with the one that was left going on.
///
/// # Errors
/// A questionnaire that is not for people who answer by themselves, a study that cannot be used, an address that is taken. Each is a
/// whole sentence.
pub fn open(study: Study, settings: Settings, world: Box<dyn RoomHost>) -> Result<Server, String> {
    let (room, writer) = Room::open(study, settings, world)?;
    let room = Arc::new(room);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .thread_name("room")
        .enable_all()
        .build()
        .map_err(|why| format!("the server could not be started: {why}"))?;
    let listen = room.settings.listen;
    let listener = runtime.block_on(async { connection::listen(listen) }).map_err(|why| {
        format!("nobody can be listened to at {listen}: {why}; another --port or --address may be free")
    })?;
    let address = listener.local_addr().map_err(|why| why.to_string())?;
    room.listens_at(address.port());
    runtime.spawn(connection::serve(listener, routes::app(room.clone())));
    Ok(Server { room, address, runtime: Some(runtime), writer: Some(writer) })
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address that phones open, seen from this address of the machine.
    pub fn join_url(&self, ip: IpAddr) -> String {
        self.room.join_url(ip)
    }

    /// The links that let one person in each, with what had become of them when this run began.
    pub fn links(&self, ip: IpAddr) -> Vec<(String, LinkUse)> {
        let whole = |(path, used)| (format!("{}{path}", self.room.base(ip)), used);
        self.room.links().into_iter().map(whole).collect()
    }

    /// Whether the respondent had a link before that is used up.
    pub fn is_another_link(&self) -> bool {
        self.room.again
    }

    /// The page for the projector, which only the facilitator may open.
    pub fn projector_url(&self, ip: IpAddr) -> String {
        self.room.projector_url(ip)
    }

    /// Says under which address of the machine the phones come.
    pub fn seen_at(&self, ip: IpAddr) {
        self.room.seen_at(ip);
    }

    /// The code of an address, black on white.
    pub fn qr(&self, ip: IpAddr) -> Option<QrCode> {
        QrCode::of(&self.room.join_url(ip))
    }

    /// Who is in the room, and where it stands.
    pub fn counts(&self) -> RoomCounts {
        self.room.counts()
    }

    /// Closes the room to further participants, or opens it again.
    ///
    /// # Errors
    /// A study that cannot be written.
    pub fn lock(&self, locked: bool) -> Result<(), String> {
        self.room.lock(locked)
    }

    /// Shows the room to itself; how many people are still wanting, where it cannot be shown again yet.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn reveal(&self) -> Result<usize, String> {
        self.room.reveal()
    }

    /// The words of the participants and how far each is, for the facilitator.
    pub fn people(&self) -> Vec<(String, Phase)> {
        self.room.people()
    }

    /// Takes somebody out of the room again, by their word: their answers are erased. Whether there was anybody.
    ///
    /// # Errors
    /// A study that cannot be written.
    pub fn remove(&self, word: &str) -> Result<bool, String> {
        self.room.remove(word)
    }

    /// Ends the room: nobody can come in or go on any more. Returns the page of the room in each language in which there is one.
    ///
    /// # Errors
    /// A study that cannot be written.
    pub fn end(&self) -> Result<Vec<(Language, String)>, String> {
        self.room.end()
    }
}

impl Drop for Server {
    /// Requests under way are answered, and pending events are written.
    fn drop(&mut self) {
        self.room.close();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        }
        if let Some(writer) = self.writer.take() {
            // The writer ends once every sender is dropped; callers that waited were already told of a failure.
            let _ = writer.join();
        }
    }
}
