//! The interview in browsers: a room of phones, one shared tablet, a projector. The rest of the program is behind [`RoomHost`].
//! Every event goes to the study's single writer, and a request is answered only once its event is in the file.
//!
//! Owns connections and their limits, participants' identity (a secret in a cookie, never an address), pages, and the meaning of
//! form fields. Makes no decision about an interview: it draws the [`crate::interview::View`] and sends events.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
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
pub use guard::public_host;
pub use room::{NotLeft, Phase, RoomCounts};
pub use show::Showing;

use room::Room;

/// What a room needs from outside. Every error is a complete sentence.
pub trait RoomHost: Send + Sync {
    /// Milliseconds since 1970 in UTC.
    fn now(&self) -> Instant;

    /// The instant, clock offset, id bits and seed of a session that begins now.
    fn moment(&self) -> Result<StartMoment, String>;

    /// Random bytes of the operating system.
    fn random(&self) -> Result<[u8; 32], String>;

    /// Receives messages for the facilitator: what is wrong with a session that is left out, where answers are kept after their file
    /// was lost, and why something failed of which a page says only that it did.
    fn hear(&self, sentence: &str);
}

/// The settings of a room.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The instrument.
    pub instrument: Arc<Instrument>,
    /// Values of the start form that apply to every participant.
    pub fields: BTreeMap<String, String>,
    /// The language of a page until the participant chooses one.
    pub language: Language,
    /// The socket address to listen at.
    pub listen: SocketAddr,
    /// Whether one of the next ports will do where another program has that one.
    pub next_port: bool,
    /// The public URL, such as `https://…`, if a proxy is in between.
    pub public: Option<String>,
    /// The smallest groups for which anything is shown.
    pub privacy: Privacy,
    /// Whether one device is passed from person to person.
    pub kiosk: bool,
    /// Whether results are shown only once the whole room may see them.
    pub together: bool,
    /// Number of single-use links; 0 if the code of the room is enough to join.
    pub links: usize,
    /// The respondent's code, if it is fixed beforehand; otherwise every participant gets a new one.
    pub respondent: Option<String>,
    /// Whether it is a rehearsal.
    pub test: bool,
    /// Whether to discard an earlier room that was not ended and start a new one.
    pub anew: bool,
    /// How many sessions may begin per minute.
    pub a_minute: usize,
    /// The folder in which answers are saved if their file is lost and nothing can be written beside it.
    pub refuge: Option<PathBuf>,
}

/// A running room.
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

/// How many ports after the first are tried.
const FURTHER_PORTS: u16 = 20;

/// Opens a room on a study, or continues the one that was not ended.
///
/// # Errors
/// The questionnaire is not for people who answer without an interviewer, the study cannot be used, or the address is taken. Each
/// is a complete sentence.
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
    let further = if room.settings.next_port { FURTHER_PORTS } else { 0 };
    let listener = runtime.block_on(async { connection::listen_near(listen, further) }).map_err(|why| {
        let why = crate::files::in_words(&why);
        let other = listen.port().wrapping_add(1).max(1024);
        format!("relata cannot listen at {listen}: {why}; another port may be free (`--port {other}`), or another `--address`")
    })?;
    let address = listener.local_addr().map_err(|why| why.to_string())?;
    room.listens_at(address.port());
    runtime.spawn(connection::serve(listener, routes::app(room.clone())));
    Ok(Server { room, address, runtime: Some(runtime), writer: Some(writer) })
}

impl Server {
    /// The socket address it listens at.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL that phones open, for this address of the machine.
    pub fn join_url(&self, ip: IpAddr) -> String {
        self.room.join_url(ip)
    }

    /// The single-use links, with their state when this run began.
    pub fn links(&self, ip: IpAddr) -> Vec<(String, LinkUse)> {
        let whole = |(path, used)| (format!("{}{path}", self.room.base(ip)), used);
        self.room.links().into_iter().map(whole).collect()
    }

    /// Whether an earlier link of the same respondent is used up.
    pub fn is_another_link(&self) -> bool {
        self.room.again
    }

    /// The URL of the projector page, which only the facilitator may open.
    pub fn projector_url(&self, ip: IpAddr) -> String {
        self.room.projector_url(ip)
    }

    /// Sets the machine's address that phones use.
    pub fn seen_at(&self, ip: IpAddr) {
        self.room.seen_at(ip);
    }

    /// The QR code of the join URL, black on white.
    pub fn qr(&self, ip: IpAddr) -> Option<QrCode> {
        QrCode::of(&self.room.join_url(ip))
    }

    /// How many people are in the room, and its state.
    pub fn counts(&self) -> RoomCounts {
        self.room.counts()
    }

    /// Locks the room for further participants, or unlocks it.
    ///
    /// # Errors
    /// A study that cannot be written.
    pub fn lock(&self, locked: bool) -> Result<(), String> {
        self.room.lock(locked)
    }

    /// Shows the room its own results, if enough people have finished.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn reveal(&self) -> Result<Showing, String> {
        self.room.reveal()
    }

    /// The word and progress of every participant, for the facilitator.
    pub fn people(&self) -> Vec<(String, Phase)> {
        self.room.people()
    }

    /// Removes the participant with this word and erases their answers; returns whether there was one.
    ///
    /// # Errors
    /// A study that cannot be written.
    pub fn remove(&self, word: &str) -> Result<bool, String> {
        self.room.remove(word)
    }

    /// Makes sure that what was answered lies in a file, before the room is left; [`RoomCounts::moved`] says where, if not in the study.
    ///
    /// # Errors
    /// A study that is lost and could not be saved elsewhere; a room that is closed.
    pub fn leave(&self) -> Result<(), NotLeft> {
        self.room.leave()
    }

    /// Ends the room, so that nobody can join or continue. Returns the page of the room's results in each language that has one.
    ///
    /// # Errors
    /// A study that cannot be written.
    pub fn end(&self) -> Result<Vec<(Language, String)>, String> {
        self.room.end()
    }
}

impl Drop for Server {
    /// Waits up to two seconds for requests under way, and until pending events are written.
    fn drop(&mut self) {
        self.room.close();
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_timeout(std::time::Duration::from_secs(2));
        }
        if let Some(writer) = self.writer.take() {
            // The writer ends once every sender is dropped; waiting callers have already been told of any failure.
            let _ = writer.join();
        }
    }
}
