//! Imported answers on their way into a study. Finds out which rows are there already, and never replaces one: a row that changed since is
//! named, and the user decides.

use std::collections::{BTreeMap, BTreeSet};

use super::StudyError;
use crate::instrument::Instrument;
use crate::instrument::code::is_made_code;
use crate::interview::{Event, Instant, Origin, SessionState, Stamped};
use crate::store::{Imported, SessionHeader, SessionId, Study, Whole};

/// Sessions of a file, by what the study has of them.
#[derive(Debug, Default)]
pub struct SortedImport {
    /// Not in the study yet.
    pub fresh: Vec<Whole>,
    /// There already, unchanged.
    pub same: usize,
    /// There already, and finished since: the session, how many events it has, and those that follow.
    pub completed: Vec<(SessionId, usize, Vec<Stamped>)>,
    /// There already with other answers: the row and the session.
    pub changed: Vec<(u64, SessionId)>,
    /// Erased from the study, and not brought back.
    pub erased: usize,
    /// Rows with the time of a session that was erased, where nothing tells whether they are that one.
    pub perhaps_erased: Vec<u64>,
    /// Pairs of rows of the file with the same id.
    pub twice: Vec<(u64, u64)>,
    /// Earlier files of which nearly all rows are here again under other times or ids, and how many of them.
    pub reread: Vec<(String, usize)>,
    /// Rows identical to a row of another file, where either has no id and no time tells them apart: the row and that file.
    pub alike: Vec<(u64, String)>,
    /// Rows that say the same as an earlier one of the file, of the same respondent or the same instant.
    pub repeated: Vec<(u64, u64)>,
    /// Respondents who have other answers of theirs in the study already.
    pub known: BTreeSet<String>,
}

/// What tells a response from others where it has no name of its own: what it says, when, and of whom, as far as its table tells.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct ResponseKey {
    content: String,
    at: Instant,
    respondent: Option<String>,
}

impl ResponseKey {
    fn of(origin: &Origin, session: SessionId, respondent: &str) -> Self {
        // A code that was made here says nothing of anybody.
        let respondent = Some(respondent).filter(|code| !is_made_code(code)).map(str::to_owned);
        Self { content: origin.content.clone(), at: session.at(), respondent }
    }
}

/// Rows of earlier files, as far as they have no name of their own.
struct EarlierRows<'a> {
    by_content: BTreeMap<ResponseKey, &'a Imported>,
    /// How many rows of each key the new file has not shown again yet.
    left: BTreeMap<ResponseKey, usize>,
    /// Rows that are not in the new file as they were, by time and respondent, where these tell rows apart.
    by_time: BTreeMap<(Instant, Option<String>), &'a Imported>,
    /// Hashes of the files whose clock counts seconds: some response began within a minute. A second tells responses apart, where a minute or
    /// a day is that of several people.
    precise: BTreeSet<String>,
    /// Hashes of the files of which the new one is a later download: it has more than half of their rows, each at the same time.
    grown: BTreeSet<&'a str>,
}

impl<'a> EarlierRows<'a> {
    fn of(known: &[&'a Imported], batch: &[Whole]) -> Self {
        let key_of = |known: &Imported| ResponseKey::of(&known.origin, known.session, &known.respondent);
        let rows = || batch.iter().filter_map(|whole| Some((origin_of(whole)?, &whole.session)));
        let now: BTreeSet<ResponseKey> = rows()
            .map(|(origin, session)| ResponseKey::of(origin, session.id, &session.respondent))
            .collect();
        let within_minute = |session: &SessionId| session.at() % 60_000 != 0;
        let precise: BTreeSet<String> = known
            .iter()
            .map(|known| (&known.origin, &known.session))
            .chain(rows().map(|(origin, session)| (origin, &session.id)))
            .filter(|(_, session)| within_minute(session))
            .map(|(origin, _)| origin.hash.clone())
            .collect();
        let mut files: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        // Without a time, people who answer alike cannot be told from one who is there twice.
        for row in known.iter().filter(|row| row.origin.id.is_none() && row.session.at() > 0) {
            let (found, all) = files.entry(&row.origin.hash).or_default();
            *found += usize::from(now.contains(&key_of(row)));
            *all += 1;
        }
        let grown: BTreeSet<&str> =
            files.into_iter().filter(|(_, (found, all))| 2 * found > *all).map(|(hash, _)| hash).collect();
        let by_time = known
            .iter()
            .filter(|row| {
                let hash = row.origin.hash.as_str();
                row.origin.id.is_none() && (precise.contains(hash) || grown.contains(hash))
            })
            .map(|row| (key_of(row), *row))
            .filter(|(key, _)| !now.contains(key))
            .map(|(key, row)| ((key.at, key.respondent), row))
            .collect();
        let by_content = known.iter().map(|row| (key_of(row), *row)).collect();
        let mut left: BTreeMap<ResponseKey, usize> = BTreeMap::new();
        known.iter().for_each(|row| *left.entry(key_of(row)).or_default() += 1);
        Self { by_content, left, by_time, precise, grown }
    }

    /// A row that says the same at the same time.
    fn alike(&self, key: &ResponseKey) -> Option<&'a Imported> {
        self.by_content.get(key).copied()
    }

    /// Whether a row of a grown file is the known one again, and not one more that says the same.
    fn is_again(&mut self, other: &Imported, key: &ResponseKey) -> bool {
        let Some(left) = self.left.get_mut(key).filter(|left| **left > 0) else { return false };
        *left -= 1;
        self.grown.contains(other.origin.hash.as_str())
    }

    /// The row that stood at this time and stands there no more.
    fn at_its_time(&self, key: &ResponseKey) -> Option<&'a Imported> {
        self.by_time.get(&(key.at, key.respondent.clone())).copied()
    }
}

/// Sessions that were erased. A row with an id is known by the part of the session's id that comes from it, whatever its time is taken for
/// now. Of a row without one nothing is left but its time, because its tombstone was called by a file and a row.
struct ErasedSessions {
    ids: BTreeSet<SessionId>,
    drawn: BTreeSet<u128>,
    /// How many began at each time, without those that the file at hand names.
    by_time: BTreeMap<Instant, usize>,
}

impl ErasedSessions {
    fn of(study: Option<&Study>, batch: &[Whole]) -> Result<Self, StudyError> {
        let tombstones = study.map(Study::tombstones).transpose()?.unwrap_or_default();
        let ids: BTreeSet<SessionId> = tombstones.into_iter().map(|(session, _)| session).collect();
        let named: BTreeSet<u128> = batch.iter().map(|whole| whole.session.id.drawn()).collect();
        let mut by_time: BTreeMap<Instant, usize> = BTreeMap::new();
        for session in ids.iter().filter(|session| session.at() > 0 && !named.contains(&session.drawn())) {
            *by_time.entry(session.at()).or_default() += 1;
        }
        Ok(Self { drawn: ids.iter().map(SessionId::drawn).collect(), ids, by_time })
    }

    /// Whether a row is one of them: of another program, or of this very study in an export of ours.
    fn has(&self, session: &SessionId, origin: &Origin) -> bool {
        self.drawn.contains(&session.drawn())
            || own_session(origin).is_some_and(|own| self.ids.contains(&own))
    }

    /// Takes what may be one of them out of the sessions that are fresh. A second tells whose row it is; a day or a minute does not, nor a
    /// second where the row has an id, which may be of somebody else.
    fn hold_back(&self, earlier: &EarlierRows<'_>, sorted: &mut SortedImport) {
        let of_row = |whole: &Whole| {
            let origin = origin_of(whole)?;
            let count = *self.by_time.get(&whole.session.id.at())?;
            Some((origin.row, count, origin.id.is_none() && earlier.precise.contains(&origin.hash)))
        };
        let mut at_time: BTreeMap<Instant, usize> = BTreeMap::new();
        for whole in sorted.fresh.iter().filter(|whole| of_row(whole).is_some()) {
            *at_time.entry(whole.session.id.at()).or_default() += 1;
        }
        let (mut erased, mut perhaps) = (0, Vec::new());
        sorted.fresh.retain(|whole| match of_row(whole) {
            Some((_, count, true)) if at_time[&whole.session.id.at()] <= count => {
                erased += 1;
                false
            }
            Some((row, ..)) => {
                perhaps.push(row);
                true
            }
            None => true,
        });
        sorted.erased += erased;
        sorted.perhaps_erased = perhaps;
    }
}

/// The row of a file that a session came from.
fn origin_of(whole: &Whole) -> Option<&Origin> {
    match whole.events.first().map(|stamped| &stamped.event) {
        Some(Event::Imported(origin)) => Some(origin),
        _ => None,
    }
}

/// The session that a row is a copy of, in an export of ours.
fn own_session(origin: &Origin) -> Option<SessionId> {
    origin.id.as_deref()?.parse().ok()
}

/// Earlier files of which nine rows in ten are among `fresh` with other times or ids, most of them unlike one another: the same download
/// read otherwise, or without its ids.
fn reread(known: &[&Imported], fresh: &[Whole]) -> Vec<(String, usize)> {
    let mut files: BTreeMap<&str, Vec<&Origin>> = BTreeMap::new();
    known.iter().for_each(|row| files.entry(&row.origin.hash).or_default().push(&row.origin));
    let found = files.into_values().filter_map(|rows| {
        let mut said: BTreeMap<&str, usize> = BTreeMap::new();
        fresh.iter().filter_map(origin_of).for_each(|row| *said.entry(&row.content).or_default() += 1);
        let again: Vec<&str> = rows
            .iter()
            .filter_map(|row| {
                let left = said.get_mut(row.content.as_str()).filter(|left| **left > 0)?;
                *left -= 1;
                Some(row.content.as_str())
            })
            .collect();
        let different: BTreeSet<&str> = again.iter().copied().collect();
        let is_same =
            again.len() > 1 && 10 * again.len() >= 9 * rows.len() && 2 * different.len() > again.len();
        is_same.then(|| (rows[0].file.clone(), again.len()))
    });
    found.collect()
}

/// The identity of a row: the platform's id, else file and row.
fn called(origin: &Origin) -> String {
    origin.id.clone().unwrap_or_else(|| format!("{}:{}", origin.hash, origin.row))
}

/// What follows in a finished row behind the events of the same one when it was open; none where it is not finished, or says other things.
fn rest_of(
    study: &Study,
    header: &SessionHeader,
    whole: &Whole,
) -> Result<Option<(SessionId, usize, Vec<Stamped>)>, StudyError> {
    let before = study.events(&header.id)?;
    let ends = whole.events.last().is_some_and(|last| last.event == Event::Finished);
    // The first event is the row itself, which may stand elsewhere in another file by now.
    let pairs = before.iter().zip(&whole.events).skip(1);
    let goes_on =
        pairs.fold(before.len() < whole.events.len(), |same, (one, other)| same && one.event == other.event);
    let rest = (ends && goes_on).then(|| whole.events.get(before.len()..).unwrap_or_default().to_vec());
    Ok(rest.map(|rest| (header.id, before.len(), rest)))
}

/// Sorts the sessions of a file by what the study has of them; without a study, all are fresh.
///
/// # Errors
/// A study that cannot be read.
pub fn sort(
    study: Option<&Study>,
    instrument: &Instrument,
    batch: Vec<Whole>,
) -> Result<SortedImport, StudyError> {
    let known = study.map(Study::imported).transpose()?.unwrap_or_default();
    let known: Vec<&Imported> = known.iter().filter(|known| known.instrument == instrument.name).collect();
    let by_name: BTreeMap<String, &Imported> =
        known.iter().map(|known| (called(&known.origin), *known)).collect();
    let mut earlier = EarlierRows::of(&known, &batch);
    let people: BTreeSet<&str> = known.iter().map(|known| known.respondent.as_str()).collect();
    let mut seen: BTreeMap<ResponseKey, u64> = BTreeMap::new();
    let erased = ErasedSessions::of(study, &batch)?;
    let there = study.map(Study::all_sessions).transpose()?.unwrap_or_default().0;
    let there: BTreeMap<SessionId, SessionHeader> =
        there.into_iter().map(|header| (header.id, header)).collect();
    let mut sorted = SortedImport::default();
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    for whole in batch {
        let Some(origin) = origin_of(&whole) else { continue };
        let name = called(origin);
        if let Some(first) = rows.insert(name.clone(), origin.row) {
            sorted.twice.push((first, origin.row));
            continue;
        }
        match by_name.get(&name) {
            Some(known) if known.origin.content == origin.content => {
                let open = there.get(&known.session).filter(|header| header.state == SessionState::Open);
                let rest =
                    open.zip(study).map(|(header, study)| rest_of(study, header, &whole)).transpose()?;
                match rest.flatten() {
                    Some(rest) => sorted.completed.push(rest),
                    None => sorted.same += 1,
                }
            }
            Some(known) => sorted.changed.push((origin.row, known.session)),
            None if own_session(origin).is_some_and(|session| there.contains_key(&session)) => {
                sorted.same += 1
            }
            None if erased.has(&whole.session.id, origin) => sorted.erased += 1,
            None => {
                // An id tells two people apart only where both have one.
                let (id, respondent) = (whole.session.id, whole.session.respondent.as_str());
                let nameless = origin.id.is_none();
                let key = ResponseKey::of(origin, id, respondent);
                let is_timed = earlier.precise.contains(&origin.hash);
                let alike = earlier.alike(&key).filter(|other| nameless || other.origin.id.is_none());
                if alike.is_some_and(|other| is_timed || earlier.is_again(other, &key)) {
                    sorted.same += 1;
                    continue;
                }
                if let (None, Some(before)) = (alike, earlier.at_its_time(&key).filter(|_| nameless)) {
                    sorted.changed.push((origin.row, before.session));
                    continue;
                }
                if let Some(other) = alike {
                    sorted.alike.push((origin.row, other.origin.file.clone()));
                }
                if nameless && (is_timed || key.respondent.is_some()) {
                    let first = *seen.entry(key).or_insert(origin.row);
                    if first != origin.row {
                        sorted.repeated.push((first, origin.row));
                    }
                }
                if alike.is_none() && people.contains(respondent) {
                    sorted.known.insert(respondent.to_owned());
                }
                sorted.fresh.push(whole);
            }
        }
    }
    erased.hold_back(&earlier, &mut sorted);
    sorted.reread = reread(&known, &sorted.fresh);
    Ok(sorted)
}

/// Keeps the fresh sessions, all or none, and ends those that were finished since.
///
/// # Errors
/// A study that cannot be written.
pub fn keep(study: &mut Study, instrument: &Instrument, sorted: SortedImport) -> Result<(), StudyError> {
    study.append_all(instrument, sorted.fresh)?;
    for (session, kept, rest) in sorted.completed {
        for (at, stamped) in rest.iter().enumerate() {
            study.append(&session, kept + at, stamped.at, &stamped.event)?;
        }
    }
    Ok(())
}
