//! Counts what is in a study file. Suppresses nothing: who runs this has the file anyway.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::codes::{standings, without_refused};
use super::{Hear, Loader, StudyError};
use crate::interview::Consent;
use crate::store::{Branch, Study};

/// Sessions by a word.
type Counts = BTreeMap<String, usize>;

/// What is in a study, counted.
#[derive(Debug, Serialize)]
pub struct StudyInfo {
    /// Where it lies.
    pub file: String,
    /// Its id.
    pub study: String,
    /// The version of its form.
    pub file_version: usize,
    /// Its size.
    pub bytes: u64,
    /// Whether the file is encrypted.
    pub locked: bool,
    /// The last day on which it may be kept.
    pub keep_until: Option<String>,
    /// Whether that day was changed outside relata, so that it is not known.
    pub keep_until_changed: bool,
    /// Sessions.
    pub sessions: usize,
    /// Respondents.
    pub respondents: usize,
    /// Sessions by where they stand.
    pub state: Counts,
    /// Sessions by where they were answered.
    pub mode: Counts,
    /// Sessions by the language in which they began.
    pub language: Counts,
    /// Sessions by who led them.
    pub interviewer: Counts,
    /// Rehearsals among them.
    pub rehearsals: usize,
    /// Simulated ones among them.
    pub simulated: usize,
    /// Sessions by the version that made them.
    pub relata: Counts,
    /// Questionnaires that were used.
    pub instruments: Vec<InstrumentCount>,
    /// What was consented to.
    pub consents: Vec<ConsentCount>,
    /// What was coded.
    pub codes: CodedCounts,
    /// Transcripts.
    pub transcripts: usize,
    /// Sheets of paper that were entered and are no sessions yet.
    pub sheets_waiting: usize,
    /// Journals beside those that count.
    pub branches: Vec<Branch>,
    /// Erased sessions by the day on which they were erased.
    pub erased: Counts,
    /// Sessions whose journal cannot be replayed; their consent is not counted.
    pub unreadable: Vec<String>,
}

/// A questionnaire that was used.
#[derive(Debug, Serialize)]
pub struct InstrumentCount {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Its content hash.
    pub hash: String,
    /// Sessions with it.
    pub sessions: usize,
}

/// An answer to a question of consent.
#[derive(Debug, Serialize)]
pub struct ConsentCount {
    /// What, and the answer.
    #[serde(flatten)]
    pub consent: Consent,
    /// Sessions with it.
    pub sessions: usize,
}

/// What was coded.
#[derive(Debug, Serialize)]
pub struct CodedCounts {
    /// Coded sessions.
    pub coded_sessions: usize,
    /// Coded sessions that count nowhere, because consent was refused in them.
    pub refused_sessions: usize,
    /// Codes that count.
    pub codes: usize,
    /// Codes by coder.
    pub coders: Counts,
    /// Sessions that are settled.
    pub settled_sessions: usize,
}

fn sheets_waiting(study: &Study) -> Result<usize, StudyError> {
    let entries = study.sheet_entries()?;
    Ok(entries.iter().map(|entry| entry.session).collect::<BTreeSet<_>>().len())
}

impl StudyInfo {
    /// Of a study.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn of(study: &Study, hear: Hear) -> Result<Self, StudyError> {
        let headers = super::sessions(study, hear)?;
        let count = |words: &mut dyn Iterator<Item = String>| {
            words.fold(Counts::new(), |mut counts, word| {
                *counts.entry(word).or_default() += 1;
                counts
            })
        };
        let mut instruments = BTreeMap::new();
        let mut consents: BTreeMap<Consent, usize> = BTreeMap::new();
        let mut unreadable = Vec::new();
        let mut loader = Loader::new(study, hear);
        for header in &headers {
            *instruments.entry(header.instrument.clone()).or_default() += 1;
            match loader.interview(header) {
                Ok((interview, _)) => {
                    for consent in interview.consents() {
                        *consents.entry(consent).or_default() += 1;
                    }
                }
                Err(_) => unreadable.push(header.id.to_string()),
            }
        }
        let mut standings = standings(study)?;
        let refused = without_refused(study, &headers, &mut standings)?;
        let mut all = study.all_codes()?;
        all.retain(|code| standings.contains_key(&code.session));
        Ok(Self {
            file: study.path().display().to_string(),
            study: study.study_id().to_owned(),
            file_version: study.file_version()?,
            bytes: study.size(),
            locked: study.is_locked(),
            keep_until: study.keep_until()?,
            keep_until_changed: study.keep_until_changed()?,
            sessions: headers.len(),
            respondents: count(&mut headers.iter().map(|header| header.respondent.clone())).len(),
            state: count(&mut headers.iter().map(|header| header.state.to_string())),
            mode: count(&mut headers.iter().map(|header| header.mode.name().to_owned())),
            language: count(&mut headers.iter().map(|header| header.start.language.to_string())),
            interviewer: count(&mut headers.iter().filter_map(|header| header.interviewer.clone())),
            rehearsals: headers.iter().filter(|header| header.test).count(),
            simulated: headers.iter().filter(|header| header.simulated()).count(),
            relata: count(&mut headers.iter().map(|header| header.relata.clone())),
            instruments: instruments
                .into_iter()
                .map(|(instrument, sessions)| InstrumentCount {
                    name: instrument.name,
                    version: instrument.version,
                    hash: instrument.hash,
                    sessions,
                })
                .collect(),
            consents: consents
                .into_iter()
                .map(|(consent, sessions)| ConsentCount { consent, sessions })
                .collect(),
            codes: CodedCounts {
                coded_sessions: standings.len(),
                refused_sessions: refused,
                codes: all.len(),
                coders: count(&mut all.iter().filter(|code| !code.consensus).map(|code| code.coder.clone())),
                settled_sessions: standings.values().filter(|standing| standing.consensus.is_some()).count(),
            },
            transcripts: study.all_transcripts()?.values().map(BTreeMap::len).sum(),
            sheets_waiting: sheets_waiting(study)?,
            branches: study.branches()?,
            erased: count(&mut study.tombstones()?.into_iter().map(|(_, day)| day)),
            unreadable,
        })
    }
}
