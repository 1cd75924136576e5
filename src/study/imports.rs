//! Imported answers on their way into a study. Finds out which rows are there already, and never replaces one: a row that changed since is
//! named, and the user decides.

mod copies;
mod erased;
mod reread;

use std::collections::{BTreeMap, BTreeSet};

use copies::OwnSessions;
use erased::ErasedSessions;
use reread::reread;

use super::StudyError;
use crate::instrument::Instrument;
use crate::instrument::prompt::{Input, Reply};
use crate::interview::{Event, Instant, Origin, SessionState, Stamped};
use crate::store::{
    Imported, NewSession, ResponseKey, SessionHeader, SessionId, Study, Whole, is_called_apart, tells_seconds,
};

/// Sessions of a file, by what the study has of them.
#[derive(Debug, Default)]
pub struct SortedImport {
    /// Not in the study yet.
    pub fresh: Vec<Whole>,
    /// There already, unchanged.
    pub same: usize,
    /// There already, and finished since: the session, how many events it has, and those that follow.
    pub completed: Vec<(SessionId, usize, Vec<Stamped>)>,
    /// There already as not finished, and among the fresh as a session of its own with more answers: the row and the open session.
    pub beside_open: Vec<(u64, SessionId)>,
    /// There already with other answers: the row and the session.
    pub changed: Vec<(u64, SessionId)>,
    /// Those of them that may be responses of another survey, which counts from 1 as well.
    pub perhaps_of_another: Vec<u64>,
    /// The same, where the clock counts days or minutes alone, so that the row may be of somebody else. They are fresh as well.
    pub perhaps_changed: Vec<(u64, SessionId)>,
    /// Sessions of the study itself, in an export of it. What the file says of them now is not read.
    pub own: usize,
    /// There already as copies, by way of an export of another study. What the file says of them now is not read.
    pub copied: usize,
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

impl SortedImport {
    /// Names a row that is there already with other answers, as `known`: that of another survey, perhaps, where no time tells that it is the same.
    fn name_changed(&mut self, origin: &Origin, session: SessionId, known: SessionId) {
        let is_another_time = known.at() != session.at() || known.at() == 0;
        if is_another_time && !is_called_apart(origin) {
            self.perhaps_of_another.push(origin.row);
        }
        self.changed.push((origin.row, known));
    }
}

/// Whether all that a session says is said by these events: an export may have left texts out, and more may have been answered since. One that
/// cannot be read says nothing.
fn says_the_same(study: &Study, session: &SessionId, events: &[Stamped]) -> bool {
    let given = |events: &[Stamped]| -> Vec<Event> {
        let all = events.iter().filter_map(|stamped| match stamped.event.clone() {
            // A column for each option does not tell in what order they were chosen.
            Event::Answered { item, step, reply: Reply::Given(Input::Picked(mut names)) } => {
                names.sort();
                Some(Event::Answered { item, step, reply: Reply::Given(Input::Picked(names)) })
            }
            answer @ Event::Answered { reply: Reply::Given(_), .. } => Some(answer),
            _ => None,
        });
        all.collect()
    };
    let (kept, now) = (given(&study.events(session).unwrap_or_default()), given(events));
    !kept.is_empty() && kept.iter().all(|answer| now.contains(answer))
}

/// Rows of earlier files, as far as they have no name of their own.
struct EarlierRows<'a> {
    by_content: BTreeMap<ResponseKey, &'a Imported>,
    /// How many rows of each key the new file has not shown again yet.
    left: BTreeMap<ResponseKey, usize>,
    /// Rows that are not in the new file as they were, nor by their id, by time and respondent, where these tell rows apart.
    by_time: BTreeMap<(Instant, Option<String>), &'a Imported>,
    /// Hashes of the files whose clock counts seconds: some response began within a minute.
    precise: BTreeSet<String>,
    /// Hashes of the files of which the new one is a later download: it has more than half of their rows, each at the same time.
    grown: BTreeSet<&'a str>,
    /// Whether every row that came in so far has an id, and there is one.
    are_named: bool,
}

impl<'a> EarlierRows<'a> {
    fn of(known: &[&'a Imported], batch: &[Whole]) -> Self {
        let key_of = |known: &Imported| ResponseKey::of(&known.origin, known.session, &known.respondent);
        let rows = || batch.iter().filter_map(|whole| Some((origin_of(whole)?, &whole.session)));
        let mut now: BTreeMap<ResponseKey, usize> = BTreeMap::new();
        for (origin, session) in rows() {
            *now.entry(ResponseKey::of(origin, session.id, &session.respondent)).or_default() += 1;
        }
        let precise: BTreeSet<String> = known
            .iter()
            .map(|known| (&known.origin, &known.session))
            .chain(rows().map(|(origin, session)| (origin, &session.id)))
            .filter(|(_, session)| tells_seconds(session.at()))
            .map(|(origin, _)| origin.hash.clone())
            .collect();
        let ids: BTreeSet<&str> = rows().filter_map(|(origin, _)| origin.id.as_deref()).collect();
        // Of equal rows as many are here again as the new file has.
        let mut is_here = |row: &Imported| match row.origin.id.as_deref() {
            Some(id) => ids.contains(id),
            None => now.get_mut(&key_of(row)).filter(|left| **left > 0).map(|left| *left -= 1).is_some(),
        };
        let here: BTreeSet<SessionId> =
            known.iter().filter(|row| is_here(row)).map(|row| row.session).collect();
        let is_here = |row: &Imported| here.contains(&row.session);
        let mut files: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        // Without a time, people who answer alike cannot be told from one who is there twice.
        for row in known.iter().filter(|row| row.origin.id.is_none() && row.session.at() > 0) {
            let (found, all) = files.entry(&row.origin.hash).or_default();
            *found += usize::from(is_here(row));
            *all += 1;
        }
        let with_ids = known.iter().filter(|row| row.origin.id.is_some());
        let same_ids: BTreeSet<&str> =
            with_ids.filter(|row| is_here(row)).map(|row| row.origin.hash.as_str()).collect();
        let with = |enough: fn(usize, usize) -> bool| -> BTreeSet<&str> {
            files.iter().filter(|(_, (found, all))| enough(*found, *all)).map(|(hash, _)| *hash).collect()
        };
        let grown = with(|found, all| 2 * found > all);
        let in_common = with(|found, _| found > 0);
        // Where nothing says the same, times tell that it is the table: more than one or two people of another room began at its seconds.
        let times: Vec<Instant> =
            rows().filter(|(origin, _)| origin.id.is_none()).map(|(_, session)| session.id.at()).collect();
        let is_at_its_times = |hash: &str| {
            let own: BTreeSet<Instant> =
                known.iter().filter(|row| row.origin.hash == hash).map(|row| row.session.at()).collect();
            2 * times.iter().filter(|at| own.contains(at)).count() > times.len()
        };
        let same_times: BTreeSet<&str> = files.keys().copied().filter(|hash| is_at_its_times(hash)).collect();
        let by_time = known
            .iter()
            .filter(|row| {
                let hash = row.origin.hash.as_str();
                let is_timed = precise.contains(hash);
                // A respondent does not begin two responses in one second, whatever they are called.
                let is_somebodys = is_timed && key_of(row).respondent.is_some();
                // Some platforms give a response another id when it is edited.
                let by_time = match row.origin.id {
                    Some(_) => is_timed && same_ids.contains(hash),
                    None => {
                        is_timed && (in_common.contains(hash) || same_times.contains(hash))
                            || grown.contains(hash)
                    }
                };
                (by_time || is_somebodys) && !is_here(row)
            })
            .map(|row| (key_of(row), *row))
            .map(|(key, row)| ((key.at, key.respondent), row))
            .collect();
        let by_content = known.iter().map(|row| (key_of(row), *row)).collect();
        let mut left: BTreeMap<ResponseKey, usize> = BTreeMap::new();
        known.iter().for_each(|row| *left.entry(key_of(row)).or_default() += 1);
        let are_named = !known.is_empty() && known.iter().all(|row| row.origin.id.is_some());
        Self { by_content, left, by_time, precise, grown, are_named }
    }

    /// A row that says the same at the same time.
    fn alike(&self, key: &ResponseKey) -> Option<&'a Imported> {
        self.by_content.get(key).copied()
    }

    /// Whether a row at a second of its own (`is_timed`) or of a grown file is the known one again, and not one more that says the same.
    fn is_again(&mut self, other: &Imported, key: &ResponseKey, is_timed: bool) -> bool {
        let Some(left) = self.left.get_mut(key).filter(|left| **left > 0) else { return false };
        *left -= 1;
        is_timed || self.grown.contains(other.origin.hash.as_str())
    }

    /// The row that stood at this time and stands there no more.
    fn at_its_time(&self, key: &ResponseKey, nameless: bool) -> Option<&'a Imported> {
        let before = self.by_time.get(&(key.at, key.respondent.clone())).copied();
        before.filter(|before| before.origin.id.is_none() == nameless || key.respondent.is_some())
    }
}

/// The row of a file that a session came from.
fn origin_of(whole: &Whole) -> Option<&Origin> {
    match whole.events.first().map(|stamped| &stamped.event) {
        Some(Event::Imported(origin)) => Some(origin),
        _ => None,
    }
}

/// The identity of a row: the platform's id, else file and row.
fn called(origin: &Origin) -> String {
    origin.id.clone().unwrap_or_else(|| format!("{}:{}", origin.hash, origin.row))
}

fn is_finished(whole: &Whole) -> bool {
    whole.events.last().is_some_and(|last| last.event == Event::Finished)
}

/// What follows in a finished row behind the events of the same one when it was open; none where it is not finished, or says other things.
fn rest_of(
    study: &Study,
    header: &SessionHeader,
    whole: &Whole,
) -> Result<Option<(SessionId, usize, Vec<Stamped>)>, StudyError> {
    let before = study.events(&header.id)?;
    // The first event is the row itself, which may stand elsewhere in another file by now.
    let pairs = before.iter().zip(&whole.events).skip(1);
    let goes_on =
        pairs.fold(before.len() < whole.events.len(), |same, (one, other)| same && one.event == other.event);
    let rest = (is_finished(whole) && goes_on)
        .then(|| whole.events.get(before.len()..).unwrap_or_default().to_vec());
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
    let mut by_name: BTreeMap<String, Vec<&Imported>> = BTreeMap::new();
    known.iter().for_each(|known| by_name.entry(called(&known.origin)).or_default().push(*known));
    let mut earlier = EarlierRows::of(&known, &batch);
    let people: BTreeSet<&str> = known.iter().map(|known| known.respondent.as_str()).collect();
    let mut seen: BTreeMap<ResponseKey, u64> = BTreeMap::new();
    let erased = ErasedSessions::of(study, &instrument.name, &batch)?;
    let there = study.map(Study::all_sessions).transpose()?.unwrap_or_default().0;
    let there: BTreeMap<SessionId, SessionHeader> =
        there.into_iter().map(|header| (header.id, header)).collect();
    let own = OwnSessions::of(there.keys().copied(), &instrument.name);
    let mut sorted = SortedImport::default();
    let mut rows: BTreeMap<String, u64> = BTreeMap::new();
    for whole in batch {
        let Some(origin) = origin_of(&whole) else { continue };
        let name = called(origin);
        if let Some(first) = rows.insert(name.clone(), origin.row) {
            sorted.twice.push((first, origin.row));
            continue;
        }
        let open =
            |session: &SessionId| there.get(session).filter(|header| header.state == SessionState::Open);
        let named = by_name.get(&name).map_or(&[][..], Vec::as_slice);
        let copy = own.copy_of(&whole.session.id);
        match (named.iter().find(|known| known.origin.content == origin.content), named.last(), copy) {
            (Some(known), ..) => {
                let rest = open(&known.session).zip(study);
                let rest = rest.map(|(header, study)| rest_of(study, header, &whole)).transpose()?;
                match rest.flatten() {
                    Some(rest) => sorted.completed.push(rest),
                    None => sorted.same += 1,
                }
            }
            // What was begun counts nowhere and cannot go on here.
            (None, Some(known), _)
                if is_finished(&whole) && named.iter().all(|one| open(&one.session).is_some()) =>
            {
                let id = whole.session.id.second();
                if erased.has(&id, origin) {
                    sorted.erased += 1;
                } else {
                    sorted.beside_open.push((origin.row, known.session));
                    sorted.fresh.push(Whole { session: NewSession { id, ..whole.session }, ..whole });
                }
            }
            (None, Some(known), _) => sorted.name_changed(origin, whole.session.id, known.session),
            _ if own.has(origin) => sorted.own += 1,
            (.., Some(copy)) => {
                // A short id may be that of a row of another survey, too.
                let is_same = || study.is_some_and(|study| says_the_same(study, &copy, &whole.events));
                match is_called_apart(origin) || is_same() {
                    true => sorted.copied += 1,
                    false => sorted.name_changed(origin, whole.session.id, copy),
                }
            }
            _ if erased.has(&whole.session.id, origin) => sorted.erased += 1,
            _ => {
                // An id tells two people apart only where both have one.
                let (id, respondent) = (whole.session.id, whole.session.respondent.as_str());
                let nameless = origin.id.is_none();
                let key = ResponseKey::of(origin, id, respondent);
                let is_timed = earlier.precise.contains(&origin.hash);
                let alike = earlier.alike(&key).filter(|other| nameless || other.origin.id.is_none());
                if alike.is_some_and(|other| earlier.is_again(other, &key, is_timed)) {
                    sorted.same += 1;
                    continue;
                }
                if let (None, Some(before)) = (alike, earlier.at_its_time(&key, nameless)) {
                    let is_sure = key.respondent.is_some() || earlier.precise.contains(&before.origin.hash);
                    match before.origin.content == origin.content {
                        true => sorted.same += 1,
                        false if is_sure => sorted.changed.push((origin.row, before.session)),
                        false => sorted.perhaps_changed.push((origin.row, before.session)),
                    }
                    if sorted.perhaps_changed.last().is_none_or(|(row, _)| *row != origin.row) {
                        continue;
                    }
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
    // What is named already need not be named twice.
    if sorted.alike.is_empty() {
        sorted.reread = reread(&known, &sorted.fresh);
    }
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
