//! An interview in a study: begun under a free code, or picked up where it was left.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Hear, Loader, Preparation, StudyError, digests};
use crate::analysis::metadata::Field;
use crate::analysis::relation::{CUSTOMER, is_same_name, is_spelt_alike};
use crate::instrument::{Instrument, StartField};
use crate::interview::{
    Event, Instant, Interview, Live, Notice, Promise, SessionState, Start, is_fit, is_new_code,
};
use crate::store::{Mode, NewSession, SessionHeader, SessionId, Study};

/// Explains what a code is, after other input.
pub const CODE: &str =
    "a code, never a name: letters, digits, hyphens, underscores and dots, with a letter or digit first";

/// The start form, filled.
#[derive(Debug, Clone, Default)]
pub struct StartForm {
    /// The respondent's code.
    pub respondent: String,
    /// The interviewer's code, where one leads the interview.
    pub interviewer: Option<String>,
    /// The language to begin in; none for the instrument's own.
    pub language: Option<String>,
    /// What the instrument's own fields hold.
    pub fields: BTreeMap<String, String>,
    /// The seed of every random order, where one was given.
    pub seed: Option<u64>,
    /// Whether it is a rehearsal.
    pub test: bool,
}

/// When a session begins, and what makes it unlike any other.
#[derive(Debug, Clone, Copy)]
pub struct StartMoment {
    /// The instant.
    pub at: Instant,
    /// Minutes that the clock on the wall is ahead of UTC then.
    pub offset: i32,
    /// Random bits of its id.
    pub bits: [u8; 10],
    /// The seed of its orders, unless the form has one.
    pub seed: u64,
}

/// An interview that is going on.
#[derive(Debug)]
pub struct Running {
    /// The session's id.
    pub id: SessionId,
    /// The interview, joined with its journal.
    pub live: Live,
    /// What it will be measured against.
    pub preparation: Preparation,
}

/// The header of a session that begins.
pub(super) fn new_session(
    instrument: &Instrument,
    form: &StartForm,
    respondent: String,
    mode: Mode,
    StartMoment { at, offset, bits, seed }: StartMoment,
) -> NewSession {
    let (language, seed) = (instrument.language(form.language.as_deref()), form.seed.unwrap_or(seed));
    NewSession {
        id: SessionId::new(at, bits),
        start: Start { seed, language, fields: form.fields.clone(), at, offset: Some(offset) },
        respondent,
        interviewer: form.interviewer.clone().filter(|code| !code.is_empty()),
        mode,
        test: form.test,
    }
}

/// Begins a session and keeps its header.
///
/// # Errors
/// A code that is none, or a study that cannot be written.
pub fn begin(
    study: &mut Study,
    hear: Hear,
    instrument: &Arc<Instrument>,
    form: &StartForm,
    mode: Mode,
    moment: StartMoment,
) -> Result<Running, StudyError> {
    let interviewer = form.interviewer.as_deref().filter(|code| !code.is_empty());
    if let Some(code) =
        [Some(form.respondent.as_str()), interviewer].into_iter().flatten().find(|code| !is_new_code(code))
    {
        return Err(StudyError::new(format!("`{code}` is not a code")).help(CODE));
    }
    check_codes(instrument, &form.fields)?;
    let at = moment.at;
    let session = new_session(instrument, form, form.respondent.clone(), mode, moment);
    let (id, start) = (session.id, session.start.clone());
    study.begin(instrument, &session)?;
    let journal = study.journal(id, 0)?;
    let mut live = Live::new(Interview::new(instrument.clone(), start), Box::new(journal));
    tell(study, &mut live, at)?;
    Ok(Running { id, live, preparation: prepare(study, hear, instrument, mode)? })
}

/// Refuses a start form in which a name, or anything else that is no code, stands where the code of a person belongs.
///
/// # Errors
/// Which field it is.
pub fn check_codes(instrument: &Instrument, fields: &BTreeMap<String, String>) -> Result<(), StudyError> {
    let fits =
        |field: &&StartField| fields.get(&field.name).is_none_or(|value| is_fit(value, field, instrument));
    match instrument.fields.iter().find(|field| !fits(field)) {
        Some(field) => {
            Err(StudyError::new(format!("`{}` takes a code, and this is none", field.name)).help(CODE))
        }
        None => Ok(()),
    }
}

/// Refuses an instrument that people cannot answer alone one after the other, about what these fields say once for everybody.
///
/// # Errors
/// Questions for an interviewer, or a field that everybody needs and nobody has filled in.
pub fn for_everybody(instrument: &Instrument, fields: &BTreeMap<String, String>) -> Result<(), StudyError> {
    if instrument.has_interviewer() {
        let why =
            format!("{} has questions for an interviewer, and here everybody answers alone", instrument.name);
        return Err(StudyError::new(why).help("take another questionnaire, such as workshop-pulse"));
    }
    let empty = |name: &str| fields.get(name).is_none_or(|value| value.is_empty());
    match instrument.fields.iter().find(|field| field.required && empty(&field.name)) {
        Some(field) => {
            let why = format!("everybody answers about the same `{}`, and nobody has said which", field.name);
            Err(StudyError::new(why).help(format!("add --set {}=…", field.name)))
        }
        None => Ok(()),
    }
}

/// Begins to work out what the interview will be measured against.
fn prepare(
    study: &mut Study,
    hear: Hear,
    instrument: &Arc<Instrument>,
    mode: Mode,
) -> Result<Preparation, StudyError> {
    let (preparation, fresh) = Preparation::begin(study, hear, instrument, mode)?;
    digests::keep(study, &fresh);
    Ok(preparation)
}

/// Replays a session and joins it with its journal; the time since it was left does not count.
///
/// # Errors
/// A session that is over, that cannot be read, or that cannot go on.
pub fn resume(
    study: &mut Study,
    hear: Hear,
    header: &SessionHeader,
    now: Instant,
) -> Result<Running, StudyError> {
    match header.state {
        SessionState::Open if header.mode == Mode::Imported => {
            return Err(StudyError::new(format!("session {} was answered in another program", header.id))
                .help("only what was asked here can go on here"));
        }
        SessionState::Open => {}
        SessionState::Finished => {
            return Err(StudyError::new(format!("session {} is finished", header.id))
                .help(format!("see it with `relata report --session {}`", header.id.short())));
        }
        SessionState::Withdrawn => {
            return Err(StudyError::new(format!("the respondent of session {} withdrew", header.id)));
        }
    }
    let (interview, kept) = Loader::new(study, hear).interview(header)?;
    let preparation = prepare(study, hear, interview.instrument(), header.mode)?;
    let journal = study.journal(header.id, kept)?;
    let mut live = Live::new(interview, Box::new(journal)).with_begun(study.begun(&header.id)?);
    live.apply(now, Event::Resumed)
        .map_err(|why| StudyError::new(format!("session {} cannot go on: {why}", header.id)))?;
    tell(study, &mut live, now)?;
    Ok(Running { id: header.id, live, preparation })
}

/// What a study tells whoever is asked for consent.
///
/// # Errors
/// A study that cannot be read.
pub fn notice(study: &Study) -> Result<Notice, StudyError> {
    let metadata = study.metadata()?;
    let part = |promise: Promise| Some((promise, metadata.get(Field::named(promise.name())?)?.to_owned()));
    Ok(Promise::ALL.into_iter().filter_map(part).collect())
}

/// What is to be told in this interview now, where that is another thing than what was told.
///
/// # Errors
/// A study that cannot be read.
pub fn to_tell(study: &Study, interview: &Interview) -> Result<Option<Event>, StudyError> {
    let notice = notice(study)?;
    let differs = interview.can_be_told() && notice != *interview.notice();
    Ok(differs.then_some(Event::Told(notice)))
}

fn tell(study: &Study, live: &mut Live, at: Instant) -> Result<(), StudyError> {
    let Some(event) = to_tell(study, live.interview())? else { return Ok(()) };
    live.apply(at, event).map_err(|why| StudyError::new(format!("nothing could be kept: {why}")))
}

/// The code under which our side answered about this customer before, through whatever questionnaire: a code is of one customer, and what
/// two of them say must not come under one.
///
/// # Errors
/// A study that cannot be read.
pub fn code_of(
    study: &Study,
    hear: Hear,
    instrument: &Instrument,
    customer: &str,
) -> Result<Option<String>, StudyError> {
    if instrument.has_interviewer() || !instrument.is_of_an_account() || customer.trim().is_empty() {
        return Ok(None);
    }
    let mut loader = Loader::new(study, hear);
    let mut codes = |is_named: fn(&str, &str) -> bool, sessions: &[SessionHeader]| -> Vec<String> {
        let mut about = |header: &&SessionHeader| {
            let named = header.start.fields.get(CUSTOMER).is_some_and(|name| is_named(name, customer));
            named
                && !header.simulated()
                && !header.test
                && loader.sound_instrument(header).is_some_and(|known| known.is_of_an_account())
        };
        sessions.iter().rev().filter(|header| about(header)).map(|header| header.respondent.clone()).collect()
    };
    let sessions = study.sessions()?;
    if let Some(code) = codes(is_spelt_alike, &sessions).into_iter().next() {
        return Ok(Some(code));
    }
    // A name with another legal form, or without one, says which customer is meant where only one can be.
    let codes = codes(is_same_name, &sessions);
    Ok(codes.first().filter(|first| codes.iter().all(|code| code == *first)).cloned())
}
