//! From a study file to its measured sessions: kept digests where there are any, replay where there are none.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::classify::pooling::CodedSession;
use crate::cli::Failure;
use crate::cli::codes;
use crate::cli::input::{self, Loader};
use crate::instrument::{Instrument, Perspective};
use crate::interview::{Interview, Stamped};
use crate::psychometrics::parallel;
use crate::report::study::digest::FORM;
use crate::report::study::{Digest, Facts, Measured, State};
use crate::report::{Profiler, Yardstick};
use crate::store::{self, KeptDigest, Problem, SessionHeader, SessionId, StoreError, Study, Unreadable};

/// The word under which this program's digests are kept. The version is part of it, because scoring may change with it.
pub(in crate::cli) fn form() -> String {
    format!("{}/{FORM}", env!("CARGO_PKG_VERSION"))
}

/// What is known of a session without its answers.
pub(in crate::cli) fn facts(header: &SessionHeader) -> Facts {
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
        state: match header.state {
            store::State::Open => State::Open,
            store::State::Finished => State::Finished,
            store::State::Withdrawn => State::Withdrawn,
        },
        test: header.test,
        simulated: header.simulated(),
    }
}

/// The digest of a session as it is kept.
pub(in crate::cli) fn kept(digest: &Digest, journal: &str) -> Option<KeptDigest> {
    let text = serde_json::to_string(digest).ok()?;
    Some(KeptDigest::of(journal, text))
}

/// Digests that had to be made, to be kept for the next time.
pub(in crate::cli) type Fresh = Vec<(SessionId, KeptDigest)>;

/// Reads and measures every session of a study.
pub(in crate::cli) fn measured(study: &Study) -> Result<(Measured, Fresh), Failure> {
    let mut headers = input::sessions(study)?;
    let mut loader = Loader::new(study);
    let mut instruments = BTreeMap::new();
    let mut sound = Vec::with_capacity(headers.len());
    for header in &headers {
        let known = instruments.contains_key(&header.instrument.hash);
        let instrument = if known { None } else { loader.sound_instrument(header)? };
        sound.push(known || instrument.is_some());
        instruments.extend(instrument.map(|instrument| (header.instrument.hash.clone(), instrument)));
    }
    let mut sound = sound.into_iter();
    headers.retain(|_| sound.next().unwrap_or(false));
    let mut known = read_all(study.digests(&form())?, &headers);
    let is_current =
        |header: &&SessionHeader| header.state == store::State::Withdrawn || known.contains_key(&header.id);
    let lacking: Vec<&SessionHeader> = headers.iter().filter(|header| !is_current(header)).collect();
    let mut made = replay(study, &lacking, &instruments)?;
    let mut fresh = Vec::new();
    for header in lacking.iter().filter(|header| header.state == store::State::Finished) {
        let kept = made.get(&header.id).and_then(|digest| kept(digest, &header.journal));
        fresh.extend(kept.map(|kept| (header.id, kept)));
    }
    // Those that do not replay have been named.
    let is_there = |header: &SessionHeader| {
        header.state == store::State::Withdrawn
            || made.contains_key(&header.id)
            || known.contains_key(&header.id)
    };
    let headers: Vec<SessionHeader> = headers.iter().filter(|header| is_there(header)).cloned().collect();
    let mut sessions = Vec::with_capacity(headers.len());
    for header in &headers {
        let digest = match header.state {
            store::State::Withdrawn => Some(Digest::default()),
            _ => made.remove(&header.id).or_else(|| known.remove(&header.id)),
        };
        let digest = digest
            .ok_or_else(|| Failure::refused(format!("session {} could not be worked out", header.id)))?;
        sessions.push((facts(header), digest));
    }
    let coded = coded(study, &headers, &sessions)?;
    let mut yardstick = |instrument: &Arc<Instrument>, simulated, parts: &[&_]| {
        let taught = coded.get(&(instrument.name.clone(), simulated)).cloned().unwrap_or_default();
        Yardstick::of_parts(instrument, parts).with_profiler(Profiler::with_codes(taught, simulated))
    };
    Ok((Measured::of(sessions, instruments, &mut yardstick), fresh))
}

/// The coded sessions that teach, from digests: what [`codes::by_questionnaire`] reads from interviews. `sessions` stand in the
/// order of `headers`.
fn coded(
    study: &Study,
    headers: &[SessionHeader],
    sessions: &[(Facts, Digest)],
) -> Result<BTreeMap<(String, bool), Vec<CodedSession>>, Failure> {
    let standings = codes::standings(study)?;
    let mut found: BTreeMap<(String, bool), Vec<CodedSession>> = BTreeMap::new();
    for (header, (_, digest)) in headers.iter().zip(sessions).filter(|(header, _)| codes::teaches(header)) {
        let label = standings.get(&header.id).and_then(|standing| standing.verdict().label());
        let Some((label, evidence)) = label.zip(digest.evidence_for(Perspective::Own)) else { continue };
        let place = (header.instrument.name.clone(), header.simulated());
        found.entry(place).or_default().push(codes::coded(header, evidence.features.clone(), label));
    }
    Ok(found)
}

/// Sessions whose events are in memory at once while they are replayed.
const AT_ONCE: usize = 512;

/// Digests of sessions by replay, on all cores. Reading stays in one place, because the database is.
fn replay(
    study: &Study,
    headers: &[&SessionHeader],
    instruments: &BTreeMap<String, Arc<Instrument>>,
) -> Result<BTreeMap<SessionId, Digest>, Failure> {
    let mut made = BTreeMap::new();
    for batch in headers.chunks(AT_ONCE) {
        let mut sessions = Vec::with_capacity(batch.len());
        for header in batch {
            match study.events(&header.id) {
                Ok(events) => sessions.push((*header, events)),
                Err(StoreError {
                    problem: problem @ (Problem::Damaged(_) | Problem::Changed { .. }),
                    ..
                }) => {
                    let (session, respondent) = (header.id.to_string(), header.respondent.clone());
                    input::leave_out(&Unreadable { session, respondent, problem });
                }
                Err(other) => return Err(other.into()),
            }
        }
        let one = |(header, events): &(&SessionHeader, Vec<Stamped>)| {
            let instrument = instruments.get(&header.instrument.hash)?.clone();
            Some(
                Interview::replay(instrument, header.start.clone(), events.iter().cloned())
                    .map(|interview| (header.id, Digest::of(&interview, events)))
                    .map_err(|refusal| Unreadable {
                        session: header.id.to_string(),
                        respondent: header.respondent.clone(),
                        problem: input::does_not_replay(header, &refusal),
                    }),
            )
        };
        for digest in parallel::map(sessions.iter().collect(), one).into_iter().flatten() {
            match digest {
                Ok((id, digest)) => {
                    made.insert(id, digest);
                }
                Err(unreadable) => input::leave_out(&unreadable),
            }
        }
    }
    Ok(made)
}

/// Digests of the journals that these sessions have now. What cannot be read is made again.
fn read_all(
    mut kept: BTreeMap<SessionId, KeptDigest>,
    headers: &[SessionHeader],
) -> BTreeMap<SessionId, Digest> {
    let kept: Vec<(&SessionHeader, KeptDigest)> =
        headers.iter().filter_map(|header| Some((header, kept.remove(&header.id)?))).collect();
    let one = |(header, kept): &(&SessionHeader, KeptDigest)| {
        let digest = kept.is_of(&header.journal).then(|| serde_json::from_str(&kept.text).ok())?;
        Some((header.id, digest?))
    };
    parallel::map(kept.iter().collect(), one).into_iter().flatten().collect()
}
