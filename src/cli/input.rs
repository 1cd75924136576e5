//! What commands need from outside: the study, instruments from disk, the clock, dice and the language of the person.

use std::cell::Cell;
use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use etcetera::BaseStrategy;

use super::{Failure, StudyArg, codes, files, plural, remark, retention};
use crate::classify::pooling::CodedSession;
use crate::classify::session::{Evidence, evidence};
use crate::instrument::Perspective;
use crate::instrument::{Instrument, Language, Reading, Severity, shipped};
use crate::interview::{Instant, Interview, Refusal};
use crate::report::{Profiler, SessionFacts, Yardstick};
use crate::store::{Problem, SessionHeader, State, StoreError, Study, Unreadable};

impl StudyArg {
    /// The study's path: as given, else in the data folder of this platform.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        let from_environment =
            || std::env::var_os("RELATA_STUDY").filter(|path| !path.is_empty()).map(PathBuf::from);
        if let Some(path) = self.study.clone().or_else(from_environment) {
            return Ok(path);
        }
        Ok(data_folder()?.join("default.relata"))
    }

    /// The study, to write; begun if there is none.
    pub fn open(&self) -> Result<Study, Failure> {
        Ok(remind(Study::open(&self.path()?)?))
    }

    /// The study, to write; it must be there.
    pub fn existing(&self) -> Result<Study, Failure> {
        Ok(remind(Study::open_existing(&self.there()?)?))
    }

    /// The study, to read.
    pub fn look(&self) -> Result<Study, Failure> {
        Ok(remind(Study::look(&self.there()?)?))
    }

    fn there(&self) -> Result<PathBuf, Failure> {
        let path = self.path()?;
        if path.exists() {
            return Ok(path);
        }
        let help = "name the study with --study FILE, or begin one with `relata interview`";
        Err(Failure::refused(format!("there is no study at {}", path.display())).help(help))
    }
}

/// Says so when the study's time is nearly over. What cannot be read here is said where it is asked for.
fn remind(study: Study) -> Study {
    if let Some(reminder) = retention::reminder(&study) {
        remark(&reminder.en);
    }
    study
}

/// The folder in which studies lie that nobody named a place for.
pub(super) fn data_folder() -> Result<PathBuf, Failure> {
    let folders = etcetera::choose_base_strategy().map_err(|why| {
        Failure::refused(format!("there is no home folder to keep the study in: {why}"))
            .help("name a study file with --study FILE")
    })?;
    Ok(folders.data_dir().join("relata"))
}

/// Milliseconds since 1970, UTC.
pub(super) fn now() -> Instant {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as Instant)
}

/// Minutes that the clock on the wall is ahead of UTC at `at`.
pub(super) fn offset(at: Instant) -> i32 {
    let there = jiff::Timestamp::from_millisecond(at).map(|at| jiff::tz::TimeZone::system().to_offset(at));
    there.map_or(0, |offset| offset.seconds().div_euclid(60))
}

/// Random bytes of the operating system.
pub(super) fn random<const N: usize>() -> Result<[u8; N], Failure> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|why| Failure::refused(format!("the system gives no random numbers: {why}")))?;
    Ok(bytes)
}

/// The language of the person, as the environment tells it: `nl` for `nl_NL.UTF-8`.
pub(super) fn language() -> Option<String> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let first = set.into_iter().find(|value| !value.is_empty())?;
    first.split(['_', '.', '@']).next().map(str::to_lowercase)
}

/// Refuses a language that an instrument does not have.
pub(super) fn check_language(instrument: &Instrument, wanted: Option<&str>) -> Result<(), Failure> {
    match wanted.map(Language::new).filter(|language| !instrument.languages.contains(language)) {
        None => Ok(()),
        Some(language) => {
            let known: Vec<&str> = instrument.languages.iter().map(Language::as_str).collect();
            Err(Failure::refused(format!("{} does not speak `{language}`", instrument.name))
                .help(format!("its languages are: {}", known.join(", "))))
        }
    }
}

/// Reads an instrument file with its includes.
pub(super) fn read_file(path: &Path) -> Result<Reading, Failure> {
    let bytes = files::whole(path, files::QUESTIONNAIRE)
        .map_err(|why| Failure::refused(format!("{} could not be read: {why}", path.display())))?;
    let left = Cell::new(files::QUESTIONNAIRE.saturating_sub(bytes.len() as u64));
    let text = String::from_utf8(bytes).map_err(|why| {
        let at = why.utf8_error().valid_up_to();
        Failure::refused(format!("{} is not UTF-8 text (first at byte {at})", path.display()))
            .help("save the file as UTF-8 in your editor")
    })?;
    let folder = path.parent().unwrap_or(Path::new("")).to_owned();
    let fetch = |part: &str| {
        let bytes = files::whole(&files::included(&folder, part)?, files::QUESTIONNAIRE)?;
        let rest = left.get().checked_sub(bytes.len() as u64);
        left.set(
            rest.ok_or("with it the questionnaire is larger than 16 MB, which is the most that is read")?,
        );
        String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
    };
    Ok(Instrument::read(&path.display().to_string(), &text, &fetch))
}

/// The instrument that somebody named: one that comes with relata, or a file.
pub(super) fn instrument(name: &str) -> Result<Arc<Instrument>, Failure> {
    if let Some(reading) = shipped::read(name) {
        return sound(name, reading);
    }
    let path = Path::new(name);
    let looks_like_file = path.extension().is_some_and(|e| e == "toml") || name.contains(['/', '\\']);
    if !looks_like_file && !path.exists() {
        let help = format!("take one of {}, or a file that ends in .toml", shipped::NAMES.join(", "));
        return Err(Failure::refused(format!("there is no questionnaire called `{name}`")).help(help));
    }
    sound(name, read_file(path)?)
}

fn sound(name: &str, reading: Reading) -> Result<Arc<Instrument>, Failure> {
    let errors = reading.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    reading.instrument.map(Arc::new).ok_or_else(|| {
        Failure::refused(format!("{name} has {}", plural(errors, "fault")))
            .help(format!("see them with `relata check {name}`"))
    })
}

/// Sessions of a study, replayed, with what they are measured against.
pub(super) struct Loaded {
    /// In the order of time.
    pub sessions: Vec<(SessionHeader, Interview)>,
    /// Shares of the four models that profiles assume; none for the published base rates.
    pub prior: Option<[f64; 4]>,
    /// What coders settled on, by questionnaire and by whether respondents are simulated.
    coded: BTreeMap<(String, bool), Vec<CodedSession>>,
    yardsticks: BTreeMap<(String, bool), Yardstick>,
}

/// Every session of a study that can be read and trusted, the earliest first. The others are named, once, and left out: one bad
/// session must not take the whole study with it.
pub(super) fn sessions(study: &Study) -> Result<Vec<SessionHeader>, Failure> {
    let (mut headers, unreadable) = study.all_sessions()?;
    let changed = study.changed()?;
    headers.retain(|header| changed.iter().all(|changed| changed.session != header.id.to_string()));
    unreadable.iter().chain(&changed).for_each(leave_out);
    for (code, session) in study.unreadable_codes()? {
        say_once(&code, &format!("code {code} of session {session} cannot be read and counts nowhere"));
    }
    Ok(headers)
}

/// Says that a session is left out, and why.
pub(super) fn leave_out(unreadable: &Unreadable) {
    let Unreadable { session, respondent, problem } = unreadable;
    let text = format!(
        "session {session} of {respondent} is left out: {}\n  help: merge this file with a good copy into a new one, which takes \
         the good one over, or `relata erase --session {session}`",
        problem.cause()
    );
    say_once(session, &text);
}

/// A remark about something that is made once, however many parts of a command come across its reason.
fn say_once(about: &str, text: &str) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if SAID.lock().is_ok_and(|mut said| said.insert(about.to_owned())) {
        remark(text);
    }
}

/// Replays sessions and keeps the instruments that it has read.
pub(super) struct Loader<'a> {
    study: &'a Study,
    instruments: BTreeMap<String, Arc<Instrument>>,
}

impl<'a> Loader<'a> {
    pub fn new(study: &'a Study) -> Self {
        Self { study, instruments: BTreeMap::new() }
    }

    /// The instrument that a session used, from the study itself.
    pub fn instrument(&mut self, header: &SessionHeader) -> Result<Arc<Instrument>, Failure> {
        if let Some(known) = self.instruments.get(&header.instrument.hash) {
            return Ok(known.clone());
        }
        let text = self.study.instrument_text(&header.instrument.hash)?;
        let reading = Instrument::read_stored(&text);
        let instrument = reading.instrument.map(Arc::new).ok_or_else(|| {
            let first = reading.findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            let name = &header.instrument.name;
            Failure::refused(format!("this relata cannot read the stored questionnaire {name}: {first}"))
                .help(format!("the session was made by relata {}", header.relata))
        })?;
        self.instruments.insert(header.instrument.hash.clone(), instrument.clone());
        Ok(instrument)
    }

    /// The instrument of a session among others; none, and said, where this relata cannot read it.
    pub fn sound_instrument(&mut self, header: &SessionHeader) -> Result<Option<Arc<Instrument>>, Failure> {
        match self.instrument(header) {
            Ok(instrument) => Ok(Some(instrument)),
            Err(Failure::Refused { message, .. }) => {
                self.leave_out(header, Problem::Damaged(message));
                Ok(None)
            }
            Err(other) => Err(other),
        }
    }

    /// The interview of a session among others, with the number of its events; none, and said, where there is something wrong
    /// with that session alone.
    pub fn sound(&mut self, header: &SessionHeader) -> Result<Option<(Interview, usize)>, Failure> {
        let Some(instrument) = self.sound_instrument(header)? else { return Ok(None) };
        let events = match self.study.events(&header.id) {
            Ok(events) => events,
            Err(StoreError {
                problem: problem @ (Problem::Damaged(_) | Problem::Changed { .. }), ..
            }) => {
                self.leave_out(header, problem);
                return Ok(None);
            }
            Err(other) => return Err(other.into()),
        };
        let count = events.len();
        match Interview::replay(instrument, header.start.clone(), events) {
            Ok(interview) => Ok(Some((interview, count))),
            Err(refusal) => {
                self.leave_out(header, does_not_replay(header, &refusal));
                Ok(None)
            }
        }
    }

    fn leave_out(&self, header: &SessionHeader, problem: Problem) {
        let (session, respondent) = (header.id.to_string(), header.respondent.clone());
        leave_out(&Unreadable { session, respondent, problem });
    }

    /// The interview of a session, with the number of its events.
    pub fn interview(&mut self, header: &SessionHeader) -> Result<(Interview, usize), Failure> {
        let instrument = self.instrument(header)?;
        let events = self.study.events(&header.id)?;
        let count = events.len();
        let interview = Interview::replay(instrument, header.start.clone(), events).map_err(|refusal| {
            Failure::refused(format!("the journal of session {} does not replay: {refusal}", header.id))
        })?;
        Ok((interview, count))
    }
}

impl Loaded {
    /// All sessions of a study that `wanted` picks; withdrawn ones and rehearsals never count.
    pub fn read(study: &Study, wanted: impl Fn(&SessionHeader) -> bool) -> Result<Self, Failure> {
        Self::read_with_rehearsals(study, |header| wanted(header) && !header.test)
    }

    /// All sessions of a study that `wanted` picks, rehearsals too; withdrawn ones never count.
    pub fn read_with_rehearsals(
        study: &Study,
        wanted: impl Fn(&SessionHeader) -> bool,
    ) -> Result<Self, Failure> {
        Self::read_with_stopped(study, |header| header.state != State::Withdrawn && wanted(header))
    }

    /// All sessions of a study that `wanted` picks, whatever became of them.
    pub fn read_with_stopped(
        study: &Study,
        wanted: impl Fn(&SessionHeader) -> bool,
    ) -> Result<Self, Failure> {
        let mut loader = Loader::new(study);
        let mut sessions = Vec::new();
        for header in self::sessions(study)? {
            if wanted(&header) {
                let Some((interview, _)) = loader.sound(&header)? else { continue };
                sessions.push((header, interview));
            }
        }
        let coded = codes::by_questionnaire(study, &mut loader, &sessions)?;
        Ok(Self { sessions, prior: None, coded, yardsticks: BTreeMap::new() })
    }

    /// Leaves coders' codes aside: every profile rests on the reference model.
    pub fn without_codes(&mut self) {
        self.coded.clear();
    }

    /// The models for sessions like this one.
    pub fn profiler(&self, header: &SessionHeader) -> Profiler {
        let place = (header.instrument.name.clone(), header.simulated());
        Profiler::with_codes(self.coded.get(&place).cloned().unwrap_or_default(), place.1)
    }

    /// What a session is measured against: finished sessions of the same instrument text, real ones against real ones
    /// and simulated ones against simulated ones; rehearsals never.
    pub fn yardstick(&mut self, at: usize) -> &mut Yardstick {
        let (header, interview) = &self.sessions[at];
        let key = (header.instrument.hash.clone(), header.simulated());
        let peers = || -> Vec<&Interview> {
            self.sessions
                .iter()
                .filter(|(peer, _)| {
                    (&peer.instrument.hash, peer.simulated()) == (&key.0, key.1)
                        && peer.state == State::Finished
                        && !peer.test
                })
                .map(|(_, interview)| interview)
                .collect()
        };
        // Copies codes, so only where a yardstick is made.
        let profiler = (!self.yardsticks.contains_key(&key)).then(|| self.profiler(header));
        let fresh = || {
            let peers = peers();
            let yardstick = Yardstick::new(interview.instrument(), &peers);
            let answers = |peer: &&Interview| Perspective::ALL.map(|perspective| evidence(peer, perspective));
            let known: Vec<Evidence> = peers.iter().flat_map(answers).flatten().collect();
            let yardstick = yardstick
                .with_profiler(profiler.unwrap_or_default())
                .learnt(&known.iter().collect::<Vec<_>>());
            match self.prior {
                Some(shares) => yardstick.under_prior(shares),
                None => yardstick,
            }
        };
        match self.yardsticks.entry(key.clone()) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(empty) => empty.insert(fresh()),
        }
    }
}

/// A journal that this relata cannot replay.
pub(super) fn does_not_replay(header: &SessionHeader, refusal: &Refusal) -> Problem {
    Problem::Damaged(format!("the journal of session {} does not replay: {refusal}", header.id))
}

/// The facts of a session that a report prints.
pub(super) fn facts(header: &SessionHeader) -> SessionFacts {
    SessionFacts {
        id: header.id.to_string(),
        respondent: header.respondent.clone(),
        simulated: header.simulated(),
        test: header.test,
    }
}
