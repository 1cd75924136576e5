//! Digests of sessions, and the models behind their profiles: cached ones where they belong to the current journals, else made by replay, on all cores.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{Hear, Loader, StudyError, loading};
use crate::analysis::digest::FORM;
use crate::analysis::{Digest, Facts};
use crate::classify::reference::{self, FITTED_FORM};
use crate::instrument::Instrument;
use crate::interview::{Interview, SessionState, Stamped};
use crate::psychometrics::parallel;
use crate::store::{KeptDigest, SessionHeader, SessionId, Study};

/// Sessions whose events are in memory at once while they are replayed.
const AT_ONCE: usize = 512;

/// Sessions with what their own answers say.
#[derive(Debug, Default)]
pub struct Digested {
    /// In the order that was given. Withdrawn sessions have an empty digest: their answers are not looked at.
    pub sessions: Vec<(SessionHeader, Digest)>,
    /// Their instruments by content hash.
    pub instruments: BTreeMap<String, Arc<Instrument>>,
    /// Digests that had to be made, to be kept for the next time.
    pub fresh: Fresh,
}

/// Digests that had to be made.
pub type Fresh = Vec<(SessionId, KeptDigest)>;

/// The key of this program's digests. It holds the version, because scoring may change with it.
fn form() -> String {
    format!("{}/{FORM}", env!("CARGO_PKG_VERSION"))
}

/// The key of this program's fitted models.
fn fitted_form() -> String {
    format!("{}/{FITTED_FORM}", env!("CARGO_PKG_VERSION"))
}

/// Caches digests, and the models that were fitted until now. A failure only costs time later, so that a write-protected study can still be read.
pub fn keep(study: &mut Study, fresh: &[(SessionId, KeptDigest)]) {
    keep_both(study, fresh, reference::fitted_here());
}

fn keep_both(study: &mut Study, fresh: &[(SessionId, KeptDigest)], fitted: BTreeMap<String, String>) {
    if !fresh.is_empty() {
        let _ = study.keep_digests(&form(), fresh);
    }
    if !fitted.is_empty() && study.keep_fitted(&fitted_form(), &fitted).is_ok() {
        reference::recall(fitted);
    }
}

/// Caches digests of a study that is only read. Its log goes into the file at once: the reader is closed last and could not move it, and a log
/// that is left behind belongs to no newer copy of the file.
pub fn keep_beside(study: &Study, fresh: &[(SessionId, KeptDigest)]) {
    let fitted = reference::fitted_here();
    if !(fresh.is_empty() && fitted.is_empty())
        && let Ok(mut study) = Study::open_existing(study.path())
    {
        keep_both(&mut study, fresh, fitted);
        let _ = study.empty_log();
    }
}

/// Forgets the models that were fitted, because somebody whose answers taught them was erased: the study's own are gone with the session.
pub fn forget_fitted() {
    reference::forget_fitted();
}

/// A digest in its stored form, bound to the hash of its journal.
pub fn sealed(digest: &Digest, journal: &str) -> Option<KeptDigest> {
    serde_json::to_string(digest).ok().map(|text| KeptDigest::of(journal, text))
}

/// The digests of these sessions. A session that cannot be read is left out, and heard.
///
/// # Errors
/// A study that cannot be read at all.
pub fn of(study: &Study, headers: Vec<SessionHeader>, hear: Hear) -> Result<Digested, StudyError> {
    among(study, headers, hear, |header| header.state != SessionState::Withdrawn)
}

/// As [`of`], with the answers of withdrawn sessions.
pub(super) fn of_all(study: &Study, headers: Vec<SessionHeader>, hear: Hear) -> Result<Digested, StudyError> {
    among(study, headers, hear, |_| true)
}

fn among(
    study: &Study,
    headers: Vec<SessionHeader>,
    hear: Hear,
    looked: impl Fn(&SessionHeader) -> bool,
) -> Result<Digested, StudyError> {
    let mut loader = Loader::new(study, hear);
    let mut beyond: BTreeSet<String> = BTreeSet::new();
    for header in &headers {
        let hash = &header.instrument.hash;
        if !beyond.contains(hash) && loader.sound_instrument(header).is_none() {
            beyond.insert(hash.clone());
        }
    }
    let mut digests = kept(study.digests(&form())?, &headers);
    reference::recall(study.fitted(&fitted_form())?);
    let lacking: Vec<&SessionHeader> = headers
        .iter()
        .filter(|header| {
            looked(header) && !beyond.contains(&header.instrument.hash) && !digests.contains_key(&header.id)
        })
        .collect();
    let made = replayed(&loader, &lacking)?;
    let finished = |header: &&&SessionHeader| header.state == SessionState::Finished;
    let fresh = lacking
        .iter()
        .filter(finished)
        .filter_map(|header| Some((header.id, sealed(made.get(&header.id)?, &header.journal)?)));
    let fresh = fresh.collect();
    digests.extend(made);
    let instruments = loader.instruments().clone();
    let sessions = headers.into_iter().filter_map(|header| {
        let digest = match looked(&header) {
            _ if beyond.contains(&header.instrument.hash) => None,
            false => Some(Digest::default()),
            // Those that do not replay have been heard.
            true => digests.remove(&header.id),
        };
        Some((header, digest?))
    });
    Ok(Digested { sessions: sessions.collect(), instruments, fresh })
}

/// Sessions of people who would rather not answer.
#[derive(Debug, Default)]
pub struct Unanswered {
    /// Those in which consent stands refused.
    pub refused: BTreeSet<SessionId>,
    /// These, and those in which nothing has an answer.
    pub declined: BTreeSet<SessionId>,
}

/// In which of these sessions the respondent would rather not answer.
///
/// # Errors
/// As [`of`].
pub fn unanswered(study: &Study, headers: &[SessionHeader]) -> Result<Unanswered, StudyError> {
    // Unreadable sessions are reported where the sessions are listed.
    let Digested { sessions, instruments, .. } = of(study, headers.to_vec(), &|_| {})?;
    let mut found = Unanswered::default();
    for (header, digest) in sessions {
        if digest.refused {
            found.refused.insert(header.id);
        }
        if instruments.get(&header.instrument.hash).is_some_and(|instrument| digest.is_declined(instrument)) {
            found.declined.insert(header.id);
        }
    }
    Ok(found)
}

/// In which of these sessions consent stands refused: their state is that of any other, and only the answers tell. A refusal is told
/// from who stopped, and counts as little.
///
/// # Errors
/// As [`of`].
pub fn refused(study: &Study, headers: &[SessionHeader]) -> Result<BTreeSet<SessionId>, StudyError> {
    Ok(unanswered(study, headers)?.refused)
}

/// The facts of a session that need no answers.
pub fn facts(header: &SessionHeader) -> Facts {
    Facts {
        id: header.id.to_string(),
        respondent: header.respondent.clone(),
        interviewer: header.interviewer.clone(),
        instrument: header.instrument.name.clone(),
        version: header.instrument.version.clone(),
        hash: header.instrument.hash.clone(),
        seed: header.start.seed,
        begun: header.start.at,
        language: header.start.language.to_string(),
        mode: header.mode.name().to_owned(),
        state: header.state,
        test: header.test,
        simulated: header.simulated(),
        imported_from: None,
    }
}

/// Digests by replay. One thread reads, because there is one connection to the database.
fn replayed(loader: &Loader, headers: &[&SessionHeader]) -> Result<BTreeMap<SessionId, Digest>, StudyError> {
    let mut made = BTreeMap::new();
    for batch in headers.chunks(AT_ONCE) {
        let mut sessions = Vec::with_capacity(batch.len());
        for header in batch {
            if let Some(events) = loader.sound_events(header)? {
                sessions.push((*header, events));
            }
        }
        let instruments = loader.instruments();
        let one = |(header, events): &(&SessionHeader, Vec<Stamped>)| {
            let instrument = instruments.get(&header.instrument.hash)?.clone();
            let interview = Interview::replay(instrument, header.start.clone(), events.iter().cloned());
            Some(interview.map(|interview| Digest::of(&interview, events)))
        };
        let digests = parallel::map(sessions.iter().collect(), one);
        for ((header, _), digest) in sessions.iter().zip(digests) {
            match digest {
                Some(Ok(digest)) => {
                    made.insert(header.id, digest);
                }
                Some(Err(refusal)) => loader.leave_out(header, loading::does_not_replay(header, &refusal)),
                None => {}
            }
        }
    }
    Ok(made)
}

/// Cached digests of the current journals. Those that cannot be read are made again.
fn kept(mut kept: BTreeMap<SessionId, KeptDigest>, headers: &[SessionHeader]) -> BTreeMap<SessionId, Digest> {
    let kept: Vec<(&SessionHeader, KeptDigest)> =
        headers.iter().filter_map(|header| Some((header, kept.remove(&header.id)?))).collect();
    let one = |(header, kept): &(&SessionHeader, KeptDigest)| {
        let digest = kept.is_of(&header.journal).then(|| serde_json::from_str(&kept.text).ok())?;
        Some((header.id, digest?))
    };
    parallel::map(kept.iter().collect(), one).into_iter().flatten().collect()
}
