//! What commands need from outside: the study, instruments from disk, the clock, random numbers and the user's language.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use etcetera::BaseStrategy;
use jiff::civil::Date;

use super::retention::today;
use super::{Failure, StudyArg, files, plural, remark};
use crate::instrument::{Instrument, Reading, Severity, shipped};
use crate::interview::Instant;
use crate::store::{SessionHeader, Study};
use crate::study::coding::CodeMoment;
use crate::study::interviews::StartMoment;
use crate::study::{Loader, UnusablePart, loading, retention};
use crate::texts::Language;

impl StudyArg {
    /// The study's path: as given, else in the data folder of this platform.
    pub fn path(&self) -> Result<PathBuf, Failure> {
        match self.named() {
            Some(path) => Ok(path),
            None => Ok(data_folder()?.join("default.relata")),
        }
    }

    /// The study that was named, by a flag or by the environment.
    pub fn named(&self) -> Option<PathBuf> {
        let from_environment =
            || std::env::var_os("RELATA_STUDY").filter(|path| !path.is_empty()).map(PathBuf::from);
        self.study.clone().or_else(from_environment)
    }

    /// The study, to write; begun if there is none.
    pub fn open(&self) -> Result<Study, Failure> {
        let path = self.path()?;
        self.unlock(&path, true)?;
        Ok(remind(Study::open(&path)?))
    }

    /// The study, to write; it must be there.
    pub fn existing(&self) -> Result<Study, Failure> {
        Ok(remind(Study::open_existing(&self.there()?)?))
    }

    /// The study, to read.
    pub fn look(&self) -> Result<Study, Failure> {
        let study = remind(Study::look(&self.there()?)?);
        if let Some(damage) = study.damage() {
            remark(&format!(
                "the file is damaged ({damage}): what is shown may not be all that was in it\n  help: keep a copy and go back to your \
                 last backup"
            ));
        }
        Ok(study)
    }

    /// The path of a study that is there, with everything known that opening it takes.
    pub fn there(&self) -> Result<PathBuf, Failure> {
        let path = self.path()?;
        if path.exists() {
            self.unlock(&path, false)?;
            return Ok(path);
        }
        let help = "name the study with --study FILE, or begin one with `relata interview`";
        Err(Failure::refused(format!("there is no study at {}", path.display())).help(help))
    }
}

/// Says so when the study's time is nearly over. What cannot be read here is said where it is asked for.
fn remind(study: Study) -> Study {
    if let Some(reminder) = retention::reminder(&study, today()) {
        remark(&reminder.in_words(&Language::fallback()));
    }
    study
}

/// The folder of studies for which no path was given.
pub(super) fn data_folder() -> Result<PathBuf, Failure> {
    let folders = etcetera::choose_base_strategy().map_err(|why| {
        Failure::refused(format!("there is no home folder to keep the study in: {why}"))
            .help("name a study file with --study FILE")
    })?;
    Ok(folders.data_dir().join("relata"))
}

/// How far the clock of this run is from that of the machine: none but a rehearsal takes place on another day.
static AWAY: AtomicI64 = AtomicI64::new(0);

/// Milliseconds since 1970, UTC.
pub(super) fn now() -> Instant {
    AWAY.load(Ordering::Relaxed) + by_the_machine()
}

fn by_the_machine() -> Instant {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_millis() as Instant)
}

/// Sets the clock of this run back to an earlier day, at the same time of day.
pub(super) fn take_place_on(day: Date) -> Result<(), Failure> {
    let now = jiff::Zoned::now();
    if day > now.date() {
        return Err(Failure::refused(format!("{day} is a day to come"))
            .help("name an earlier day for the first rehearsal, and hold the next one today"));
    }
    let then = now.with().date(day).build().map_err(|why| Failure::refused(format!("{day}: {why}")))?;
    AWAY.store(then.timestamp().as_millisecond() - now.timestamp().as_millisecond(), Ordering::Relaxed);
    Ok(())
}

/// Whether this run takes place on another day.
pub(super) fn is_on_another_day() -> bool {
    AWAY.load(Ordering::Relaxed) != 0
}

/// Instant, clock offset, seed and random bits of a session that begins now.
pub(super) fn moment() -> Result<StartMoment, Failure> {
    let at = now();
    Ok(StartMoment { at, offset: offset(at), bits: random()?, seed: u64::from_le_bytes(random()?) })
}

/// Instant and random bits of a code that is given now.
pub(super) fn code_moment() -> Result<CodeMoment, Failure> {
    Ok((now(), random()?))
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

/// The language of the person, as the environment tells it: `nl` for `nl_NL.UTF-8`; none for `C`, which is no language.
pub(super) fn language() -> Option<String> {
    let set = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| std::env::var(name).ok());
    let first = set.into_iter().find(|value| !value.is_empty())?;
    let tag = first.split(['_', '.', '@']).next().map(str::to_lowercase);
    tag.filter(|tag| !["c", "posix"].contains(&tag.as_str()))
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

/// The instrument of this name: one that comes with relata, or a file.
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

/// Remarks on a part of a study that is left out, once per run.
pub(super) fn hear(notice: &UnusablePart) {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    if SAID.lock().is_ok_and(|mut said| said.insert(notice.about().to_owned())) {
        remark(&notice.to_string());
    }
}

/// Every session of a study that can be read and trusted, the earliest first.
pub(super) fn sessions(study: &Study) -> Result<Vec<SessionHeader>, Failure> {
    Ok(crate::study::sessions(study, &hear)?)
}

/// The session that an argument names.
pub(super) fn session(study: &Study, wanted: &str) -> Result<SessionHeader, Failure> {
    Ok(loading::session(&loader(study), wanted)?)
}

/// Replays sessions of a study.
pub(super) fn loader(study: &Study) -> Loader<'_> {
    Loader::new(study, &hear)
}
