//! Sessions: their ids, their headers, and finding them. Owns the row of a session; refuses to edit one.

use std::fmt;
use std::str::FromStr;

use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use serde::Serialize;
use uuid::Uuid;

use super::error::{Problem, StoreError};
use super::key::RawId;
use super::rename::{self, LATEST, RESPONDENT};
use super::{Study, chain, journal, rows, seal, series, tip, untouched};
use crate::instrument::{Instrument, Language, content_hash, hash_bytes};
use crate::interview::{Event, Instant, SessionState, Start};

/// Identifies a session, in this study and in any that it is merged with. Ids sort by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SessionId(Uuid);

impl SessionId {
    /// The id of a session that began at `at`; `random` must be unique random bits. (UUID version 7, RFC 9562.)
    pub fn new(at: Instant, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The id of a session that came from a row of a table: the same, but for its time, whenever that row comes in. `named` is what the row is
    /// called: its own id, else its file and number.
    pub fn of_row(at: Instant, instrument: &str, named: &str) -> Self {
        let mut random = [0; 10];
        let bytes = hash_bytes(&[instrument.as_bytes(), b"\n", named.as_bytes()]);
        random.iter_mut().zip(&bytes).for_each(|(bit, byte)| *bit = *byte);
        Self::new(at, random)
    }

    /// The instant encoded in the id.
    pub fn at(&self) -> Instant {
        Instant::try_from(self.0.as_u128() >> 80).unwrap_or(0)
    }

    /// The part that says nothing of the time.
    pub fn drawn(&self) -> u128 {
        self.0.as_u128() & ((1 << 80) - 1)
    }

    /// The id of another session of the same origin and instant.
    pub fn second(&self) -> Self {
        Self(Uuid::from_u128(self.0.as_u128() ^ 1))
    }

    /// The last eight digits: enough for a person to identify a session. The first ones are the time, which sessions of the
    /// same minute share.
    pub fn short(&self) -> String {
        self.to_string().chars().skip(28).collect()
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for SessionId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Uuid::parse_str(text).map(Self).map_err(|_| format!("`{text}` is not the id of a session"))
    }
}

impl Serialize for SessionId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// How the answers came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// On the screens.
    Screen,
    /// Line by line.
    Plain,
    /// From a simulated respondent.
    Simulated,
    /// In a browser.
    Browser,
    /// On paper, entered afterwards.
    Paper,
    /// From a file of another program.
    Imported,
}

impl Mode {
    /// All modes, with their words in the file.
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Screen, "screen"),
        (Self::Plain, "plain"),
        (Self::Simulated, "simulated"),
        (Self::Browser, "browser"),
        (Self::Paper, "paper"),
        (Self::Imported, "imported"),
    ];

    /// The pool whose norms apply: modes that differ in more than the place of answering are compared only among themselves.
    pub fn pool(self) -> &'static str {
        crate::analysis::pool(self.name())
    }

    /// The mode of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(mode, _)| *mode)
    }

    /// The word in the file.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(mode, _)| *mode == self).map_or("", |(_, name)| name)
    }
}

/// A session that is about to begin.
#[derive(Debug, Clone, PartialEq)]
pub struct NewSession {
    /// Its id.
    pub id: SessionId,
    /// What is fixed when it begins.
    pub start: Start,
    /// The respondent's code; empty for the next free one, see [`Study::begin`].
    pub respondent: String,
    /// The interviewer's code, where one leads the interview.
    pub interviewer: Option<String>,
    /// How answers come in.
    pub mode: Mode,
    /// Whether it is a rehearsal that must not count.
    pub test: bool,
}

/// The instrument of a session.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct InstrumentName {
    /// Its identifier.
    pub name: String,
    /// Its version as the author numbers it.
    pub version: String,
    /// SHA-256 of its self-contained text, which the study keeps.
    pub hash: String,
}

/// What is known of a session without replaying it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionHeader {
    /// Its id.
    pub id: SessionId,
    /// What was asked.
    pub instrument: InstrumentName,
    /// The respondent's current code.
    pub respondent: String,
    /// The interviewer's code, where one leads the interview.
    pub interviewer: Option<String>,
    /// What was fixed when it began.
    pub start: Start,
    /// How answers came in.
    pub mode: Mode,
    /// Whether it is a rehearsal that must not count.
    pub test: bool,
    /// The version of relata that began it.
    pub relata: String,
    /// Where it stands.
    pub state: SessionState,
    /// When its last event happened; when it began, if there is none.
    pub last_at: Instant,
    /// How many events its journal has.
    pub events: usize,
    /// Hash of its journal and of the fields above; empty while there are no events.
    pub journal: String,
    /// Whether anything was answered, noted or corrected in it.
    pub touched: bool,
}

impl SessionHeader {
    /// Whether the respondent was simulated.
    pub fn simulated(&self) -> bool {
        self.mode == Mode::Simulated
    }
}

/// A session, or a part of one, that this relata can't read; everything else is unaffected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// The id of the session as it is in the file, valid or not.
    pub session: String,
    /// The respondent's code, where there is one.
    pub respondent: String,
    /// What is wrong, phrased to follow the file's name.
    pub problem: Problem,
    /// Whether pages of the file are damaged, so that nothing can be erased from it or merged with it.
    pub damaged: bool,
}

impl Study {
    /// Begins a session: keeps its header, and the instrument's text if the study lacks it. Durable on return. The next free code of a
    /// respondent is chosen in the same transaction, so that no two processes give one.
    pub fn begin(&mut self, instrument: &Instrument, session: &NewSession) -> Result<SessionId, StoreError> {
        let study = self.study_id().to_owned();
        self.write(|transaction| {
            keep_instrument(transaction, instrument)?;
            if !session.respondent.is_empty() {
                return insert(transaction, instrument, session);
            }
            let respondent = series::free(transaction, &study)?;
            insert(transaction, instrument, &NewSession { respondent, ..session.clone() })
        })?;
        Ok(session.id)
    }

    /// All readable sessions, earliest first.
    pub fn sessions(&self) -> Result<Vec<SessionHeader>, StoreError> {
        Ok(self.all_sessions()?.0)
    }

    /// All sessions, earliest first, and those that can't be read.
    pub fn all_sessions(&self) -> Result<(Vec<SessionHeader>, Vec<Unreadable>), StoreError> {
        let (headers, mut unreadable) = self.read(|connection| select(connection, "true", []))?;
        unreadable.iter_mut().for_each(|bad| bad.damaged = self.damage.is_some());
        Ok((headers, unreadable))
    }

    /// The readable sessions of a respondent, earliest first.
    pub fn by_respondent(&self, code: &str) -> Result<Vec<SessionHeader>, StoreError> {
        let called = format!("{RESPONDENT} = ?1");
        self.read(|connection| Ok(select(connection, &called, [code])?.0))
    }

    /// Raw ids of all sessions of a respondent, readable or not, and of partly entered paper sheets.
    pub fn ids_of(&self, respondent: &str) -> Result<Vec<RawId>, StoreError> {
        self.read(|connection| ids_of(connection, respondent))
    }

    /// The session whose id begins or ends with `part`, with or without its hyphens.
    pub fn session(&self, part: &str) -> Result<SessionHeader, StoreError> {
        let (id, _) = self.find(part)?;
        self.read(|connection| sound(connection, &id))
    }

    /// Raw id and respondent of the session whose id is `part`, or begins or ends with it, readable or not. Where no session
    /// matches, leftover rows without a header are searched too; these have no respondent.
    pub fn find(&self, part: &str) -> Result<(RawId, String), StoreError> {
        self.read(|connection| {
            let part = part.trim();
            let pair = |row: &Row| Ok((row.get(0)?, rows::text(row, 1)?));
            let every = format!("SELECT id, {RESPONDENT} FROM sessions s");
            let exact: Option<(RawId, String)> = connection
                .prepare_cached(&format!("{every} WHERE id = ?1"))?
                .query_row([part], pair)
                .optional()?;
            if let Some(exact) = exact {
                return Ok(exact);
            }
            let digits = part.replace('-', "").to_lowercase();
            let hexadecimal = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            let called = |id: &RawId| {
                let shown = id.to_string();
                let plain = shown.replace('-', "").to_lowercase();
                shown == part || hexadecimal && (plain.starts_with(&digits) || plain.ends_with(&digits))
            };
            let mut statement = connection.prepare_cached(&every)?;
            let all: Vec<(RawId, String)> = statement.query_map([], pair)?.collect::<Result<_, _>>()?;
            let mut found: Vec<(RawId, String)> = all.into_iter().filter(|(id, _)| called(id)).collect();
            if found.is_empty() {
                let orphans = chain::orphans(connection)?.into_iter().map(|(id, _)| (id, String::new()));
                found.extend(orphans.filter(|(id, _)| called(id)));
            }
            // A complete id means that session, and not a longer id that contains it.
            if let Some(at) = found.iter().position(|(id, _)| id.to_string() == part) {
                return Ok(found.swap_remove(at));
            }
            match (found.pop(), found.len()) {
                (Some(only), 0) => Ok(only),
                (Some(_), others) => Err(Problem::Ambiguous { wanted: part.to_owned(), count: others + 1 }),
                (None, _) => match part.parse() {
                    Ok(id) => Err(absent(connection, &id)),
                    Err(_) => Err(Problem::NoSession(part.to_owned())),
                },
            }
        })
    }

    /// The self-contained text of the instrument with this content hash.
    pub fn instrument_text(&self, hash: &str) -> Result<String, StoreError> {
        self.read(|connection| {
            let text: Option<String> = connection
                .prepare_cached("SELECT text FROM instruments WHERE +hash = ?1")?
                .query_row([hash], |row| row.get(0))
                .optional()?;
            let text = text.ok_or_else(|| Problem::NoInstrument(hash.to_owned()))?;
            if content_hash(&text) == hash {
                Ok(text)
            } else {
                Err(Problem::Damaged(format!("the text of instrument {hash} has changed")))
            }
        })
    }
}

/// See [`Study::ids_of`].
pub(super) fn ids_of(connection: &Connection, respondent: &str) -> Result<Vec<RawId>, Problem> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT id FROM sessions s WHERE {RESPONDENT} = ?1
         UNION SELECT session FROM sheets WHERE respondent = ?1 ORDER BY 1"
    ))?;
    let ids = statement.query_map([respondent], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

pub(super) fn keep_instrument(connection: &Connection, instrument: &Instrument) -> Result<(), Problem> {
    put_instrument(connection, [&instrument.hash, &instrument.name, &instrument.version, &instrument.text])
}

/// Keeps hash, name, version and text of an instrument, once.
pub(super) fn put_instrument(connection: &Connection, row: [&String; 4]) -> Result<(), Problem> {
    let [hash, name, version, _] = row;
    let seal = seal::of("instruments", &[hash, name, version].map(|text| Value::Text(text.clone())));
    connection
        .prepare_cached(
            "INSERT OR IGNORE INTO instruments (hash, name, version, text, seal) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params_from_iter(row.into_iter().chain([&seal])))?;
    Ok(())
}

/// Inserts a header, unless its id was ever erased.
pub(super) fn insert(
    connection: &Connection,
    instrument: &Instrument,
    session: &NewSession,
) -> Result<(), Problem> {
    let id = session.id.to_string();
    match absent(connection, &session.id) {
        Problem::NoSession(_) => {}
        erased => return Err(erased),
    }
    if journal::is_there(connection, &session.id)? {
        return Err(Problem::Exists(session.id));
    }
    let fields =
        serde_json::to_string(&session.start.fields).map_err(|why| Problem::Unkeepable(why.to_string()))?;
    let text = |text: &str| Value::Text(text.to_owned());
    let row = vec![
        text(&id),
        text(&instrument.hash),
        text(&session.respondent),
        session.interviewer.as_deref().map_or(Value::Null, text),
        Value::Integer(session.start.at),
        text(&session.start.seed.to_string()),
        text(session.start.language.as_str()),
        text(&fields),
        text(session.mode.name()),
        Value::Integer(session.test.into()),
        text(env!("CARGO_PKG_VERSION")),
        session.start.offset.map_or(Value::Null, |minutes| Value::Integer(minutes.into())),
    ];
    let root = chain::root(&row);
    seal::put(connection, "INSERT", "sessions", row)?;
    tip::set(connection, &(&session.id).into(), 0, &root)
}

/// Why a session is absent: it was erased, or it never existed.
pub(super) fn absent(connection: &Connection, id: &SessionId) -> Problem {
    let session = id.to_string();
    let erased = connection
        .prepare_cached("SELECT erased_on FROM tombstones WHERE session = ?1")
        .and_then(|mut statement| statement.query_row([&session], |row| rows::text(row, 0)).optional());
    match erased {
        Ok(Some(on)) => Problem::Erased { session, on },
        Ok(None) => Problem::NoSession(session),
        Err(error) => error.into(),
    }
}

/// The header of one session, or why it cannot be read.
pub(super) fn sound(connection: &Connection, id: &RawId) -> Result<SessionHeader, Problem> {
    let (mut sound, mut unreadable) = select(connection, "s.id = ?1", [id])?;
    match (sound.pop(), unreadable.pop()) {
        (Some(header), _) => Ok(header),
        (None, Some(unreadable)) => Err(unreadable.problem),
        (None, None) => Err(Problem::NoSession(id.to_string())),
    }
}

/// The headers of the sessions `s` that fulfil `condition`, earliest first, and those that can't be read.
fn select(
    connection: &Connection,
    condition: &str,
    params: impl rusqlite::Params,
) -> Result<(Vec<SessionHeader>, Vec<Unreadable>), Problem> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT s.id, i.name, i.version, s.instrument, s.respondent, s.interviewer, s.begun_at, s.seed, s.language,
                s.fields, s.mode, s.test, s.relata, e.seq, e.at, e.event, e.link, i.seal, s.seal, s.utc_offset,
                r.id, r.at, r.code, r.why
         FROM sessions s
         LEFT JOIN instruments i ON +i.hash = s.instrument
         LEFT JOIN events e ON e.session = s.id
              AND e.seq = (SELECT max(seq) FROM events WHERE session = s.id)
         LEFT JOIN renames r ON r.session = s.id AND r.id = {LATEST}
         WHERE {condition}
         ORDER BY s.begun_at, s.id"
    ))?;
    let mut rows = statement.query(params)?;
    let (mut headers, mut unreadable) = (Vec::new(), Vec::new());
    while let Some(row) = rows.next()? {
        match header(row) {
            Ok(header) => {
                let over = header.state != SessionState::Open;
                let touched = over || untouched::is_touched(connection, &header.id.to_string())?;
                headers.push(SessionHeader { touched, ..header });
            }
            // One unreadable session must not hide the others.
            Err(problem) => {
                let (session, respondent) = (rows::text(row, 0)?, rows::text(row, 4)?);
                unreadable.push(Unreadable { session, respondent, problem, damaged: false });
            }
        }
    }
    Ok((headers, unreadable))
}

fn header(row: &Row) -> Result<SessionHeader, Problem> {
    let raw: RawId = row.get(0)?;
    let id = raw.to_string();
    let damaged = |what: &str| Problem::Damaged(format!("the {what} of session {id} cannot be read"));
    let (seed, fields, mode): (String, String, String) = (row.get(7)?, row.get(9)?, row.get(10)?);
    let begun_at = row.get(6)?;
    let last_seq: Option<u32> = row.get(13)?;
    let name: Option<String> = row.get(1)?;
    let version: Option<String> = row.get(2)?;
    // An unreadable event is reported where the events are read; it must not hide the other sessions.
    let last_event: Option<Event> = serde_json::from_str(&rows::text(row, 15)?).ok();
    let columns = |columns: &[usize]| -> rusqlite::Result<Vec<Value>> {
        columns.iter().map(|column| rows::value(row, *column)).collect()
    };
    if name.is_some() && !seal::fits("instruments", &columns(&[3, 1, 2, 17])?) {
        return Err(damaged("name or the version of the questionnaire"));
    }
    if !seal::fits("sessions", &columns(&[0, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 19, 18])?) {
        return Err(Problem::Changed { session: id, event: 0 });
    }
    Ok(SessionHeader {
        id: raw.session().ok_or_else(|| damaged("id"))?,
        instrument: InstrumentName {
            name: name.ok_or_else(|| damaged("questionnaire"))?,
            version: version.unwrap_or_default(),
            hash: row.get(3)?,
        },
        respondent: rename::respondent(row, &id)?,
        interviewer: row.get(5)?,
        start: Start {
            seed: seed.parse().map_err(|_| damaged("seed"))?,
            language: Language::new(&row.get::<_, String>(8)?),
            fields: serde_json::from_str(&fields).map_err(|_| damaged("start form"))?,
            at: begun_at,
            offset: row.get(19)?,
        },
        mode: Mode::named(&mode).ok_or_else(|| damaged("mode"))?,
        test: row.get(11)?,
        relata: row.get(12)?,
        state: last_event.as_ref().map_or(SessionState::Open, SessionState::after),
        last_at: row.get::<_, Option<Instant>>(14)?.unwrap_or(begun_at),
        events: last_seq.map_or(0, |seq| seq as usize + 1),
        journal: rows::text(row, 16)?,
        touched: true,
    })
}
