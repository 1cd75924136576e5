//! From a study file to interviews: its sessions, each with the instrument that it used, replayed.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Hear, StudyError, UnusablePart};
use crate::instrument::{Instrument, Language};
use crate::interview::{Interview, Refusal, Stamped};
use crate::report::SessionFacts;
use crate::store::{Problem, SessionHeader, StoreError, Study, Unreadable};

/// Every session of a study in which anything happened and that can be read and trusted, the earliest first. The others are named and left out: one bad session must
/// not take the whole study with it.
///
/// # Errors
/// A study that cannot be read at all.
pub fn sessions(study: &Study, hear: Hear) -> Result<Vec<SessionHeader>, StudyError> {
    let (mut headers, unreadable) = study.all_sessions()?;
    let changed = study.changed()?;
    headers.retain(|header| header.touched);
    headers.retain(|header| changed.iter().all(|changed| changed.session != header.id.to_string()));
    for bad in unreadable.into_iter().chain(changed) {
        hear(&UnusablePart::Session(bad));
    }
    study.unsound()?.into_iter().for_each(|row| hear(&UnusablePart::Row(row)));
    study.lost()?.into_iter().for_each(|lost| hear(&UnusablePart::Lost(lost)));
    Ok(headers)
}

/// The session that somebody means: by its id or the end of it, or by its respondent's code where that has only one.
///
/// # Errors
/// None of that name, or several.
pub fn session(loader: &Loader, wanted: &str) -> Result<SessionHeader, StudyError> {
    let failure = match loader.study.session(wanted) {
        Ok(header) => return Ok(header),
        Err(failure) => failure,
    };
    let mut of = sessions(loader.study, loader.hear)?;
    of.retain(|header| header.respondent == wanted);
    match of.len() {
        0 => Err(failure.into()),
        1 => Ok(of.remove(0)),
        several => {
            let ids: Vec<String> = of.iter().map(|header| header.id.short()).collect();
            Err(StudyError::new(format!("{wanted} has {several} sessions"))
                .help(format!("name one: {}", ids.join(", "))))
        }
    }
}

/// Refuses a language that an instrument does not have.
///
/// # Errors
/// A language that it does not have.
pub fn check_language(instrument: &Instrument, wanted: Option<&str>) -> Result<(), StudyError> {
    match wanted.map(Language::new).filter(|language| !instrument.languages.contains(language)) {
        None => Ok(()),
        Some(language) => {
            let known: Vec<&str> = instrument.languages.iter().map(Language::as_str).collect();
            Err(StudyError::new(format!("{} does not speak `{language}`", instrument.name))
                .help(format!("its languages are: {}", known.join(", "))))
        }
    }
}

/// Replays sessions and keeps the instruments that it has read.
pub struct Loader<'a> {
    study: &'a Study,
    hear: Hear<'a>,
    instruments: BTreeMap<String, Arc<Instrument>>,
}

impl std::fmt::Debug for Loader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Loader").field("instruments", &self.instruments).finish_non_exhaustive()
    }
}

impl<'a> Loader<'a> {
    /// A loader for a study; `hear` is told of sessions that it leaves out.
    pub fn new(study: &'a Study, hear: Hear<'a>) -> Self {
        Self { study, hear, instruments: BTreeMap::new() }
    }

    /// The study that it reads.
    pub fn study(&self) -> &'a Study {
        self.study
    }

    /// The instruments that were read so far, by content hash.
    pub fn instruments(&self) -> &BTreeMap<String, Arc<Instrument>> {
        &self.instruments
    }

    /// The instrument that a session used, from the study itself.
    ///
    /// # Errors
    /// A text that is not there, or that this relata cannot read.
    pub fn instrument(&mut self, header: &SessionHeader) -> Result<Arc<Instrument>, StudyError> {
        if let Some(known) = self.instruments.get(&header.instrument.hash) {
            return Ok(known.clone());
        }
        let text = self.study.instrument_text(&header.instrument.hash)?;
        let reading = Instrument::read_stored(&text);
        let instrument = reading.instrument.map(Arc::new).ok_or_else(|| {
            let first = reading.findings.first().map(|finding| finding.message.clone()).unwrap_or_default();
            let name = &header.instrument.name;
            StudyError::new(format!("this relata cannot read the stored questionnaire {name}: {first}"))
                .help(format!("the session was made by relata {}", header.relata))
        })?;
        self.instruments.insert(header.instrument.hash.clone(), instrument.clone());
        Ok(instrument)
    }

    /// The instrument of a session among others; none, and heard, where this relata cannot read it.
    pub fn sound_instrument(&mut self, header: &SessionHeader) -> Option<Arc<Instrument>> {
        match self.instrument(header) {
            Ok(instrument) => Some(instrument),
            Err(why) => {
                self.leave_out(header, Problem::Damaged(why.message));
                None
            }
        }
    }

    /// The events of a session among others; none, and heard, where there is something wrong with them.
    ///
    /// # Errors
    /// A study that cannot be read at all.
    pub fn sound_events(&self, header: &SessionHeader) -> Result<Option<Vec<Stamped>>, StudyError> {
        match self.study.events(&header.id) {
            Ok(events) => Ok(Some(events)),
            Err(StoreError { problem, .. }) if problem.is_of_a_session() => {
                self.leave_out(header, problem);
                Ok(None)
            }
            Err(other) => Err(other.into()),
        }
    }

    /// The interview of a session among others, with the number of its events; none, and heard, where there is something wrong
    /// with that session alone.
    ///
    /// # Errors
    /// A study that cannot be read at all.
    pub fn sound(&mut self, header: &SessionHeader) -> Result<Option<(Interview, usize)>, StudyError> {
        let Some(instrument) = self.sound_instrument(header) else { return Ok(None) };
        let Some(events) = self.sound_events(header)? else { return Ok(None) };
        let count = events.len();
        match Interview::replay(instrument, header.start.clone(), events) {
            Ok(interview) => Ok(Some((interview, count))),
            Err(refusal) => {
                self.leave_out(header, does_not_replay(header, &refusal));
                Ok(None)
            }
        }
    }

    /// Says that a session is left out, and why.
    pub(super) fn leave_out(&self, header: &SessionHeader, problem: Problem) {
        let (session, respondent) = (header.id.to_string(), header.respondent.clone());
        let damaged = self.study.damage().is_some();
        (self.hear)(&UnusablePart::Session(Unreadable { session, respondent, problem, damaged }));
    }

    /// The interview of a session, with the number of its events.
    ///
    /// # Errors
    /// A session that is damaged, was changed, or does not replay.
    pub fn interview(&mut self, header: &SessionHeader) -> Result<(Interview, usize), StudyError> {
        self.interview_and_events(header).map(|(interview, events)| (interview, events.len()))
    }

    /// The interview of a session with its texts in `language`, where its questionnaire has it.
    ///
    /// # Errors
    /// A session that is damaged, was changed, or does not replay.
    pub fn spoken(&mut self, header: &SessionHeader, language: &Language) -> Result<Interview, StudyError> {
        let (mut interview, _) = self.interview(header)?;
        interview.speak(&interview.instrument().language(Some(language.as_str())));
        Ok(interview)
    }

    /// The interview of a session, with its events: a journal is read and checked once.
    pub(super) fn interview_and_events(
        &mut self,
        header: &SessionHeader,
    ) -> Result<(Interview, Vec<Stamped>), StudyError> {
        let instrument = self.instrument(header)?;
        let events = self.study.events(&header.id)?;
        let interview = Interview::replay(instrument, header.start.clone(), events.iter().cloned())
            .map_err(|refusal| StudyError::new(cannot_replay(header, &refusal)))?;
        Ok((interview, events))
    }
}

fn cannot_replay(header: &SessionHeader, refusal: &Refusal) -> String {
    format!("the journal of session {} does not replay: {refusal}", header.id)
}

/// A journal that this relata cannot replay.
pub fn does_not_replay(header: &SessionHeader, refusal: &Refusal) -> Problem {
    Problem::Damaged(cannot_replay(header, refusal))
}

/// The facts of a session that a report prints.
pub fn facts(header: &SessionHeader) -> SessionFacts {
    SessionFacts {
        id: header.id.to_string(),
        respondent: header.respondent.clone(),
        simulated: header.simulated(),
        test: header.test,
    }
}
