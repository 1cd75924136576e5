//! Simulated respondents, who answer through the real interview.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{StudyError, digests};
use crate::analysis::Digest;
use crate::analysis::relation::CLIENT;
use crate::classify::reference::Generator;
use crate::instrument::{Instrument, PERSON};
use crate::interview::{Start, simulate};
use crate::rng::Rng;
use crate::store::{Mode, NewSession, SessionId, Study, Truth, Whole};

/// 2026-01-05, 08:00 UTC: the beginning of the first simulated session. The others follow every two hours, so that equal seeds give equal
/// files whatever the time.
const FIRST_SESSION: i64 = 1_767_600_000_000;
const BETWEEN_SESSIONS: i64 = 2 * 60 * 60 * 1000;
/// The published study had six service providers.
const ORGANISATIONS: usize = 6;

/// Simulated respondents to be made.
#[derive(Debug, Clone, Copy)]
pub struct Crowd<'a> {
    /// How many.
    pub n: u32,
    /// Equal seeds give equal sessions.
    pub seed: u64,
    /// Language of the sessions; none for the instrument's own.
    pub lang: Option<&'a str>,
    /// Codes of those who ask, where the instrument has an interviewer; they take turns.
    pub interviewers: &'a [&'a str],
}

/// Lets a crowd answer an instrument, and keeps what it said.
///
/// # Errors
/// A respondent who gets stuck, or a study that cannot be written.
pub fn keep(study: &mut Study, instrument: &Arc<Instrument>, crowd: &Crowd) -> Result<(), StudyError> {
    let generator = Generator::default();
    let mut people = Rng::for_purpose(crowd.seed, "people");
    let mut batch = Vec::with_capacity(crowd.n as usize);
    let mut made = Vec::with_capacity(crowd.n as usize);
    for number in 1..=crowd.n {
        let (persona, code) = generator.persona(&mut people);
        let at = FIRST_SESSION + BETWEEN_SESSIONS * i64::from(number - 1);
        let start = Start {
            seed: people.bits(),
            language: instrument.language(crowd.lang),
            fields: fields(instrument, &mut people),
            at,
            offset: None,
        };
        let walk = simulate::walk(instrument.clone(), start.clone(), &persona)
            .map_err(|refusal| StudyError::new(format!("a simulated respondent got stuck: {refusal}")))?;
        let mut bits = [0; 10];
        bits.iter_mut().for_each(|byte| *byte = people.bits() as u8);
        let turn = number as usize % crowd.interviewers.len().max(1);
        let interviewer = crowd.interviewers.get(turn).filter(|_| instrument.has_interviewer());
        let session = NewSession {
            id: SessionId::new(at, bits),
            start,
            respondent: format!("S{}-{number:03}", crowd.seed),
            interviewer: interviewer.map(|code| (*code).to_owned()),
            mode: Mode::Simulated,
            test: false,
        };
        let truth = Truth { model: persona.model, other_model: persona.other_model, code };
        made.push((session.id, Digest::of(&walk.interview, &walk.events)));
        batch.push(Whole { session, events: walk.events, truth: Some(truth) });
    }
    study.append_all(instrument, batch)?;
    // Digests are made here, where every interview is at its end, so that opening the study replays none.
    let journals: BTreeMap<_, _> =
        study.sessions()?.into_iter().map(|header| (header.id, header.journal)).collect();
    let sealed =
        |(id, digest): &(SessionId, Digest)| Some((*id, digests::sealed(digest, journals.get(id)?)?));
    digests::keep(study, &made.iter().filter_map(sealed).collect::<Vec<_>>());
    Ok(())
}

fn fields(instrument: &Instrument, rng: &mut Rng) -> BTreeMap<String, String> {
    let value = |name: &str, rng: &mut Rng| match name {
        "organisation" => {
            let letter = (b'A' + rng.below(ORGANISATIONS) as u8) as char;
            format!("Organisation {letter}")
        }
        _ => "(simulated)".to_owned(),
    };
    // Person and client stay empty, so that no two sessions seem to be of one person, and a customer keeps the name that our side uses.
    let asked = instrument.fields.iter().filter(|field| ![PERSON, CLIENT].contains(&field.name.as_str()));
    asked.map(|field| (field.name.clone(), value(&field.name, rng))).collect()
}
