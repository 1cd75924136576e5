//! From a study file to measured sessions.

use std::collections::BTreeMap;

use super::super::Failure;
use super::super::input::Loader;
use super::study::{LoadedStudy, noting};
use crate::report::Yardstick;
use crate::report::study::{Digest, Facts, Measured, State};
use crate::store::{self, SessionHeader, Study};

fn facts(header: &SessionHeader) -> Facts {
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

/// Reads and measures every session of a study.
pub(super) fn measured(study: &Study, headers: &[SessionHeader]) -> Result<LoadedStudy, Failure> {
    let mut loader = Loader::new(study);
    let (mut sessions, mut instruments) = (Vec::new(), BTreeMap::new());
    for header in headers {
        if !instruments.contains_key(&header.instrument.hash) {
            instruments.insert(header.instrument.hash.clone(), loader.instrument(header)?);
        }
        let digest = if header.state == store::State::Withdrawn {
            Digest::default()
        } else {
            let (interview, _) = loader.interview(header)?;
            Digest::of(&interview, &study.events(&header.id)?)
        };
        sessions.push((facts(header), digest));
    }
    let mut norms = BTreeMap::new();
    let mut yardstick = noting(&mut norms, |instrument, parts| Yardstick::of_parts(instrument, parts));
    let measured = Measured::of(sessions, instruments.clone(), &mut yardstick);
    drop(yardstick);
    Ok(LoadedStudy { measured, instruments, norms })
}
