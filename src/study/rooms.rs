//! A room: people who answer the same questionnaire at the same time, each on their own device, and see the result of the group afterwards.
//!
//! Owns what a room keeps between two runs and which sessions are in it. What it shows reveals no single person, neither by itself nor by
//! comparison with what it showed before. Knows no browser.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::interviews::{self, StartForm, StartMoment};
use super::{Hear, Loader, StudyError, digests, measuring, sessions};
mod links;

pub use links::{LinkUse, OpenedFor, RoomRequest, opening};

use crate::analysis::{Filter, Privacy, Respondents, StudyReport};
use crate::files::{self, Claim};
use crate::instrument::{Instrument, Language};
use crate::interview::{Beginnings, Instant, Interview, SessionState};
use crate::report::document::Shown;
use crate::report::findings;
use crate::store::{Ledger, LedgerEntry, Mode, SessionHeader, SessionId, Study};

/// What a room keeps between two runs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The secret key of its links, words and codes.
    pub secret: String,
    /// Content hash of what is asked.
    pub instrument: String,
    /// When it was opened.
    pub begun: Instant,
    /// Whether it is closed to newcomers.
    #[serde(default)]
    pub locked: bool,
    /// What was shown last.
    #[serde(default)]
    pub shown: Option<RoomSnapshot>,
    /// Sessions by the number of the link that began them; nothing where a link was taken back before there was `closed`.
    #[serde(default)]
    pub links: BTreeMap<usize, String>,
    /// Links that were taken back.
    #[serde(default)]
    pub closed: BTreeSet<usize>,
    /// Sessions in whose place the same link began another one, before anything was answered in them.
    #[serde(default)]
    pub replaced: BTreeSet<String>,
    /// What it was opened for; none before the first person came in by the code.
    #[serde(default)]
    pub of: Option<OpenedFor>,
    /// For what each link was handed out, as [`OpenedFor::sign`] writes it.
    #[serde(default)]
    pub handed: BTreeMap<usize, String>,
}

/// What was shown of a room: its sessions and the instant. After a restart, it is computed again with the same outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomSnapshot {
    /// Whose answers are in it.
    pub sessions: BTreeSet<String>,
    /// When it was shown.
    pub at: Instant,
    /// Fewest people in a group that was shown then; 0 in files of before it was kept.
    #[serde(default)]
    pub least: usize,
    /// Whose answers were in what was shown earlier: whoever saw that can subtract it.
    #[serde(default)]
    pub earlier: Vec<BTreeSet<String>>,
}

impl RoomSnapshot {
    /// What a room is shown of these sessions after what it was shown `before`.
    pub fn after(before: Option<&Self>, sessions: BTreeSet<String>, at: Instant, privacy: Privacy) -> Self {
        let mut earlier = before.map(Self::all).unwrap_or_default();
        earlier.retain(|shown| *shown != sessions);
        Self { sessions, at, least: privacy.least(), earlier }
    }

    /// Whose answers were in anything that was shown. A page that says that there are too few shows nothing.
    pub fn all(&self) -> Vec<BTreeSet<String>> {
        let is_shown = self.sessions.len() >= Privacy::at_least(self.least).least();
        self.earlier.iter().chain(is_shown.then_some(&self.sessions)).cloned().collect()
    }

    /// The rule under which it was shown, which stays its own whatever the next run sets.
    pub fn privacy(&self) -> Privacy {
        if self.least == 0 { Privacy::default() } else { Privacy::at_least(self.least) }
    }
}

/// Takes a study for one room: two that did not know of each other could show, lock or end what the other one goes on with.
///
/// # Errors
/// A room that another program has opened in it; a folder in which nothing can be written.
pub fn claim(study: &Study) -> Result<Claim, StudyError> {
    // A link to the file is the same study.
    let path = study.path().canonicalize().unwrap_or_else(|_| study.path().to_owned());
    let mut place = path.into_os_string();
    place.push("-room");
    match Claim::take(Path::new(&place)) {
        Ok(Some(claim)) => Ok(claim),
        Ok(None) => Err(StudyError::new("another relata has opened a room, or has links out, in this study")
            .help("end that one first, or take another study")),
        Err(why) => Err(StudyError::new(format!(
            "whether a room is open in this study cannot be told: {}",
            files::in_words(&why)
        ))),
    }
}

/// Keeps what a room, or the links of single respondents, need after a restart.
///
/// # Errors
/// A study that cannot be written.
pub fn keep(study: &mut Study, record: &Record, whom: &OpenedFor) -> Result<(), StudyError> {
    amend(study, record.clone(), whom, |_| ()).map(|_| ())
}

/// The same after a change. Nobody else changes what a room keeps; the links of a single respondent other processes may have used or
/// taken back since, and the change comes after that. Returns what is in the file now, and what the change returned.
///
/// # Errors
/// A study that cannot be written.
pub fn amend<T>(
    study: &mut Study,
    mut record: Record,
    whom: &OpenedFor,
    change: impl FnOnce(&mut Record) -> T,
) -> Result<(Record, T), StudyError> {
    if whom.respondent.is_some() {
        return links::amend(study, record, change);
    }
    let changed = change(&mut record);
    let text = serde_json::to_string(&record).map_err(|why| StudyError::new(why.to_string()))?;
    study.set_room(Some(&text))?;
    Ok((record, changed))
}

/// What a run knows, with what other processes have kept of the same since; see [`amend`].
///
/// # Errors
/// A study that cannot be read.
pub fn current(study: &Study, record: Record, whom: &OpenedFor) -> Result<Record, StudyError> {
    if whom.respondent.is_some() { links::current(study, record) } else { Ok(record) }
}

/// A respondent in a room.
#[derive(Debug)]
pub struct Seated {
    /// Their session.
    pub id: SessionId,
    /// Where they are.
    pub interview: Interview,
    /// How many events their journal has.
    pub kept: usize,
    /// What they have entered and not answered.
    pub begun: Beginnings,
}

/// Whether a session began in a room: in a browser, since it was opened, and by no link of a single respondent.
fn is_since(header: &SessionHeader, record: &Record, linked: &BTreeSet<String>) -> bool {
    header.mode == Mode::Browser
        && header.instrument.hash == record.instrument
        && header.start.at >= record.begun
        && !linked.contains(&header.id.to_string())
}

/// Leaves those who came in for this.
fn only_in(
    study: &Study,
    headers: &mut Vec<SessionHeader>,
    record: &Record,
    whom: &OpenedFor,
) -> Result<(), StudyError> {
    if whom.respondent.is_some() {
        let own: BTreeSet<&String> =
            record.numbers(whom).iter().filter_map(|number| record.links.get(number)).collect();
        // Something was answered in one that was replaced only where two processes let in by the same link in the same moment.
        let is_theirs = |header: &SessionHeader| {
            header.touched && Some(&header.respondent) == whom.respondent.as_ref() && whom.covers(header)
        };
        headers.retain(|header| {
            let id = header.id.to_string();
            own.contains(&id) || record.replaced.contains(&id) && is_theirs(header)
        });
    } else {
        let linked = links::sessions(study)?;
        headers.retain(|header| is_since(header, record, &linked) && whom.covers(header));
    }
    Ok(())
}

/// Everybody who is in a room already, as after a restart. Those that are over are in it, too.
///
/// # Errors
/// A study that cannot be read.
pub fn seated(
    ledger: &mut Ledger,
    hear: Hear,
    record: &Record,
    whom: &OpenedFor,
) -> Result<Vec<Seated>, StudyError> {
    let mut headers = ledger.study().sessions()?;
    headers.retain(|header| header.touched || !record.replaced.contains(&header.id.to_string()));
    only_in(ledger.study(), &mut headers, record, whom)?;
    let mut found = Vec::new();
    {
        let study = &*ledger.study();
        let mut loader = Loader::new(study, hear);
        for header in &headers {
            if let Some((interview, kept)) = loader.sound(header)? {
                let begun = study.begun(&header.id)?;
                found.push(Seated { id: header.id, interview, kept, begun });
            }
        }
    }
    // Those that are over as well: they go along when the file is lost.
    for seated in &found {
        ledger.open(seated.id, seated.kept)?;
    }
    Ok(found)
}

/// Lets somebody in under the code of the form, or the next free one.
///
/// # Errors
/// A study that cannot be written.
pub fn join(
    ledger: &mut Ledger,
    instrument: &Arc<Instrument>,
    form: &StartForm,
    moment: StartMoment,
) -> Result<Seated, StudyError> {
    let respondent = form.respondent.clone();
    let session = interviews::new_session(instrument, form, respondent, Mode::Browser, moment);
    ledger.study().begin(instrument, &session)?;
    let (id, at) = (session.id, session.start.at);
    ledger.open(id, 0)?;
    let mut interview = Interview::new(instrument.clone(), session.start);
    let mut kept = 0;
    if let Some(event) = interviews::to_tell(ledger.study(), &interview)? {
        let told = LedgerEntry { session: id, at, event: event.clone() };
        for one in ledger.keep(&[told]) {
            one.map_err(|why| StudyError::new(why.to_string()))?;
        }
        interview.apply(at, event).map_err(|why| StudyError::new(why.to_string()))?;
        kept = 1;
    }
    Ok(Seated { id, interview, kept, begun: Beginnings::new() })
}

/// Takes a session away again in which nothing was answered.
///
/// # Errors
/// A study that cannot be written.
pub fn forget(ledger: &mut Ledger, session: &SessionId) -> Result<(), StudyError> {
    ledger.close(session);
    ledger.study().forget_untouched(session)?;
    Ok(())
}

/// The finished sessions of a room with consent, each with its respondent: those of whom it can tell. In a rehearsal these are rehearsed
/// ones, else never.
///
/// # Errors
/// A study that cannot be read.
pub fn finished(
    study: &Study,
    hear: Hear,
    record: &Record,
    whom: &OpenedFor,
) -> Result<BTreeMap<String, String>, StudyError> {
    let mut headers = sessions(study, hear)?;
    only_in(study, &mut headers, record, whom)?;
    headers.retain(|header| header.state == SessionState::Finished && header.test == whom.test);
    let refused = digests::refused(study, &headers)?;
    let counts = headers.into_iter().filter(|header| !refused.contains(&header.id));
    Ok(counts.map(|header| (header.id.to_string(), header.respondent)).collect())
}

/// What a room is shown of itself.
#[derive(Debug)]
pub struct RoomPages {
    /// How many people it is about.
    pub people: usize,
    /// The page in each language of the questionnaire.
    pub pages: BTreeMap<Language, Shown>,
}

/// What a room may be shown of itself, in each language of the questionnaire: of the sessions in `frozen`, measured against what the study
/// held at that time, so that it is the same whenever it is asked for. None where one of them is gone since: without it, what is left
/// would tell of whoever went.
///
/// # Errors
/// A study that cannot be read.
pub fn told(
    study: &mut Study,
    hear: Hear,
    instrument: &Arc<Instrument>,
    whom: &OpenedFor,
    frozen: &RoomSnapshot,
) -> Result<Option<RoomPages>, StudyError> {
    let mut headers = sessions(study, hear)?;
    headers.retain(|header| header.state == SessionState::Finished && header.last_at <= frozen.at);
    let (mut whose, mut offset) = (Vec::new(), None);
    for header in headers.iter_mut().filter(|header| frozen.sessions.contains(&header.id.to_string())) {
        whose.push(header.respondent.clone());
        offset = header.start.offset.or(offset);
        // Rehearsed sessions count in the rehearsal's own result alone.
        header.test = false;
    }
    if whose.len() < frozen.sessions.len() {
        return Ok(None);
    }
    let (measured, fresh) = measuring::measured_of(study, hear, headers)?;
    digests::keep(study, &fresh);
    let only = |sessions: &BTreeSet<String>| measured.clone().only(|facts| sessions.contains(&facts.id));
    // Whose answers were in an earlier page and are gone stands between the two as well, and nothing is known of them any more.
    let came = |before: &BTreeSet<String>| match before.is_subset(&frozen.sessions) {
        true => only(&frozen.sessions.difference(before).cloned().collect()),
        false => only(&BTreeSet::new()),
    };
    let apart: Vec<_> = frozen.earlier.iter().map(came).collect();
    let whole = only(&frozen.sessions);
    let wall = frozen.at + 60_000 * Instant::from(offset.unwrap_or(0));
    let in_language = |language: &Language| {
        let build = |measured| StudyReport::build(measured, &Filter::default(), language);
        let mut report = findings::publishable(&build(&whole), frozen.privacy());
        for group in &apart {
            report.hide_beside(&build(group), frozen.privacy());
        }
        let again = !frozen.earlier.is_empty();
        (
            language.clone(),
            findings::room::document(&report, instrument, &whom.fields, (whom.test, again), wall),
        )
    };
    let pages = instrument.languages.iter().map(in_language).collect();
    Ok(Some(RoomPages { people: Respondents::of(whose).people(), pages }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_shown_by_another_rule_was_shown_all_the_same() {
        let people = |n: usize| -> BTreeSet<String> { (0..n).map(|number| number.to_string()).collect() };
        let (five, ten) = (Privacy::at_least(5), Privacy::default());
        assert!(RoomSnapshot::after(None, people(9), 1, ten).all().is_empty());
        let first = RoomSnapshot::after(None, people(9), 1, five);
        assert_eq!((first.all(), first.privacy()), (vec![people(9)], five));
        let second = RoomSnapshot::after(Some(&first), people(19), 2, ten);
        assert_eq!((second.earlier.clone(), second.all()), (vec![people(9)], vec![people(9), people(19)]));
        // Shown once more with nobody in between, there is nothing to subtract.
        assert_eq!(RoomSnapshot::after(Some(&second), people(19), 3, ten).earlier, [people(9)]);
    }
}
