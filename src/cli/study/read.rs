//! From a study file to its measured sessions: kept digests where there are any, replay where there are none.

use std::collections::BTreeMap;

use crate::cli::Failure;
use crate::cli::input::Loader;
use crate::report::Yardstick;
use crate::report::study::digest::FORM;
use crate::report::study::{Digest, Facts, Measured, State};
use crate::store::{self, KeptDigest, SessionHeader, SessionId, Study};

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
pub(in crate::cli) fn kept(digest: &Digest, events: usize) -> Option<KeptDigest> {
    let text = serde_json::to_string(digest).ok()?;
    Some(KeptDigest { events, text })
}

/// Digests that had to be made, to be kept for the next time.
pub(in crate::cli) type Fresh = Vec<(SessionId, KeptDigest)>;

/// Reads and measures every session of a study.
pub(in crate::cli) fn measured(study: &Study) -> Result<(Measured, Fresh), Failure> {
    let headers = study.sessions()?;
    let known = read_all(study.digests(&form())?);
    let mut loader = Loader::new(study);
    let (mut sessions, mut instruments, mut fresh) = (Vec::new(), BTreeMap::new(), Vec::new());
    let mut known = known;
    for header in &headers {
        if !instruments.contains_key(&header.instrument.hash) {
            instruments.insert(header.instrument.hash.clone(), loader.instrument(header)?);
        }
        let digest = match known.remove(&header.id) {
            _ if header.state == store::State::Withdrawn => Digest::default(),
            Some((events, digest)) if events == header.events => digest,
            _ => {
                let digest = replayed(&mut loader, study, header)?;
                if header.state == store::State::Finished {
                    fresh.extend(kept(&digest, header.events).map(|kept| (header.id, kept)));
                }
                digest
            }
        };
        sessions.push((facts(header), digest));
    }
    let mut yardstick = |instrument: &_, _, parts: &[&_]| Yardstick::of_parts(instrument, parts);
    Ok((Measured::of(sessions, instruments, &mut yardstick), fresh))
}

fn replayed(loader: &mut Loader, study: &Study, header: &SessionHeader) -> Result<Digest, Failure> {
    let (interview, _) = loader.interview(header)?;
    Ok(Digest::of(&interview, &study.events(&header.id)?))
}

/// Digests by session with the events that they know. What cannot be read is made again.
fn read_all(kept: BTreeMap<SessionId, KeptDigest>) -> BTreeMap<SessionId, (usize, Digest)> {
    let kept: Vec<(SessionId, KeptDigest)> = kept.into_iter().collect();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let share = kept.len().div_ceil(threads).max(1);
    let read = |part: &[(SessionId, KeptDigest)]| -> Vec<(SessionId, (usize, Digest))> {
        let one = |(id, kept): &(SessionId, KeptDigest)| {
            Some((*id, (kept.events, serde_json::from_str(&kept.text).ok()?)))
        };
        part.iter().filter_map(one).collect()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = kept.chunks(share).map(|part| scope.spawn(move || read(part))).collect();
        // A thread that broke down takes its digests with it, and they are made again.
        parts.into_iter().filter_map(|part| part.join().ok()).flatten().collect()
    })
}
