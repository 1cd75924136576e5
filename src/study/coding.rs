//! Coding a session: which sessions can be coded, what the coder reads, drafts, saved codes, and the comparison of all coders.
//!
//! The rules are the same for screens, lines and files; [`super::blind`] decides what coders see. The caller supplies the instant and the
//! random bits of a code.

use super::blind::{self, Blinding};
use super::codes::{Spellings, standings};
use super::transcripts::marked_before;
use super::{Hear, Loader, Sessions, StudyError, loading};
use crate::classify::model::Profile;
use crate::classify::session::Evidence;
use crate::coding::{self, Coding, Draft, Seen};
use crate::instrument::{Language, Perspective};
use crate::interview::{Instant, NotKept, ReviewLine, SessionState};
use crate::store::{Code, CodeId, SessionHeader, SessionId, Study};
use crate::text;

pub mod said;

/// A session as a coder reads it: nothing that was computed is in it.
#[derive(Debug, Clone, PartialEq)]
pub struct CodingMaterial {
    /// Its id.
    pub session: String,
    /// The respondent's code.
    pub respondent: String,
    /// Whom it is about: the first field of the start form.
    pub about: String,
    /// Whether the respondent is simulated.
    pub simulated: bool,
    /// The answers with their notes, as far as coders of this study are shown them.
    pub answers: Vec<ReviewLine>,
    /// The turns of its transcripts, as far as coders of this study are shown them.
    pub turns: Vec<ReviewLine>,
    /// Transcripts that they are not shown.
    pub held_back: usize,
    /// How much coders of this study are shown.
    pub seen: Seen,
    /// What this coder entered and has not saved.
    pub draft: Option<Draft>,
    /// The code that this coder has saved of it.
    pub saved: Option<Coding>,
}

/// A code as it is shown to other coders.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenCode {
    /// Who gave it.
    pub coder: String,
    /// What it says.
    pub coding: Coding,
}

/// All codes of a session, side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeComparison {
    /// The respondent's code.
    pub respondent: String,
    /// Whom it is about.
    pub about: String,
    /// Whether the respondent is simulated.
    pub simulated: bool,
    /// Every coder's code.
    pub codes: Vec<GivenCode>,
    /// The code that settles it.
    pub consensus: Option<GivenCode>,
    /// What the classifier says of the respondent's own side.
    pub call: ShownCall,
    /// Items and their questions, in the order of the interview.
    pub questions: Vec<(String, String)>,
}

/// What a coder is shown of the classifier.
#[derive(Debug, Clone, PartialEq)]
pub enum ShownCall {
    /// Nothing, until the coder's list is done.
    Waits {
        /// Sessions of the list that have this coder's code.
        coded: usize,
        /// All of them.
        of: usize,
    },
    /// What it says; none where there is no profile.
    Made(Option<Box<Profile>>),
}

/// When a code is given, and random bits for its id.
pub type CodeMoment = (Instant, [u8; 10]);

/// The session that somebody wants to code, if it can be.
///
/// # Errors
/// None of that name; one that is not finished, was withdrawn, or in which consent was refused.
pub fn to_code(loader: &mut Loader, wanted: &str) -> Result<SessionHeader, StudyError> {
    let header = loading::session(loader, wanted)?;
    match header.state {
        SessionState::Finished
            if loader.interview(&header).is_ok_and(|(interview, _)| interview.is_refused()) =>
        {
            Err(StudyError::new(format!("consent was refused in session {}", header.id.short()))
                .help("without consent there is nothing to code"))
        }
        SessionState::Finished => Ok(header),
        SessionState::Open => Err(StudyError::new(format!("session {} is not finished", header.id.short()))
            .help("a code is about a whole interview; finish it with `relata resume` first")),
        SessionState::Withdrawn => {
            Err(StudyError::new(format!("the respondent of session {} withdrew", header.id.short()))
                .help("what was withdrawn is not coded"))
        }
    }
}

/// A coder's code as somebody typed it.
///
/// # Errors
/// What is no code.
pub fn coder(text: &str) -> Result<String, StudyError> {
    coding::coder(text).map_err(|fault| StudyError::new(fault.to_string()))
}

/// Refuses a coder whom another one's letters would be taken for.
///
/// # Errors
/// Such a coder.
pub fn one_spelling(study: &Study, coder: &str, language: &Language) -> Result<(), StudyError> {
    let alike = |known: String| StudyError::new(text!(language, "study-coding-other-case", coder, known));
    Spellings::of(study)?.take(coder).map_err(alike)
}

/// What a coder reads of a session that can be coded ([`to_code`]), with texts in `language`; `consensus` asks for the draft of the code
/// that settles it. With that, coding of the study begins ([`blind::begin`]).
///
/// # Errors
/// A coder who is spelt like another one, and a session in which coders are shown nothing.
pub fn reading(
    study: &mut Study,
    hear: Hear,
    header: &SessionHeader,
    (coder, consensus): (&str, bool),
    language: &Language,
) -> Result<CodingMaterial, StudyError> {
    one_spelling(study, coder, language)?;
    let blinding = blind::begin(study)?;
    let interview = Loader::new(study, hear).spoken(header, language)?;
    let material = blinding.material(study, &header.id, &interview)?;
    if material.is_empty() && blinding.seen == Seen::Narrative {
        return Err(StudyError::new(text!(language, "study-coding-nothing-told"))
            .help("`relata study coding --blind whole` shows coders every answer of this study"));
    }
    let draft = study.draft(&header.id, coder, consensus)?;
    let mut standing = standings(study)?.remove(&header.id).unwrap_or_default();
    standing.coders.retain(|code| code.coder == coder);
    let saved = standing.coders.pop().map(|code| code.coding);
    let marked = draft.clone().or_else(|| saved.clone().map(Draft::from)).unwrap_or_default();
    let mut turns = material.turns;
    turns.extend(marked_before(&marked, &turns, language));
    Ok(CodingMaterial {
        session: header.id.to_string(),
        respondent: header.respondent.clone(),
        about: header.start.about(interview.instrument()).unwrap_or_default().to_owned(),
        simulated: header.simulated(),
        answers: material.answers,
        turns,
        held_back: material.held_back,
        seen: blinding.seen,
        draft,
        saved,
    })
}

/// Keeps what a coder has entered so far.
///
/// # Errors
/// It cannot be kept, or the session was erased.
pub fn keep_draft(
    study: &mut Study,
    session: &SessionId,
    (coder, consensus): (&str, bool),
    draft: &Draft,
    at: Instant,
) -> Result<(), NotKept> {
    let kept = study.keep_draft(session, coder, consensus, at, draft);
    Ok(kept.map_err(|error| study.erased_or(session, error))?)
}

/// Keeps a code for good that a coder gave, with whether its coder had been shown what others or the classifier say of the session: both
/// come with the coder's own code, and whoever settles a session has talked about it.
///
/// # Errors
/// What is no whole code; it cannot be kept, or the session was erased.
pub fn keep_code(
    study: &mut Study,
    session: &SessionId,
    (coder, consensus): (&str, bool),
    coding: Coding,
    moment: CodeMoment,
) -> Result<(), NotKept> {
    let all = study.all_codes().map_err(|error| error.to_string())?;
    let before = all.iter().any(|code| code.session == *session && code.coder == coder);
    let coding = Coding { blind: Some(!consensus && !before), ..coding };
    let code = code_of(*session, coder, consensus, coding, moment).map_err(|error| error.message)?;
    let kept = study.add_code(&code);
    Ok(kept.map_err(|error| study.erased_or(session, error))?)
}

/// Settles a session for all of its coders.
///
/// # Errors
/// A session that nobody has coded, who settles it is no coder or spelt like another one, and what is no whole code.
pub fn settle(
    study: &mut Study,
    session: &SessionId,
    coder: &str,
    coding: Coding,
    language: &Language,
    moment: CodeMoment,
) -> Result<(), StudyError> {
    if standings(study)?.get(session).is_none_or(|standing| standing.coders.is_empty()) {
        return Err(StudyError::new(format!("nobody has coded session {} yet", session.short()))
            .help("a consensus settles what coders said each for themselves; code it first"));
    }
    one_spelling(study, coder.trim(), language)?;
    let code = code_of(*session, coder, true, coding, moment)?;
    blind::begin(study)?;
    Ok(study.add_code(&code)?)
}

fn code_of(
    session: SessionId,
    typed: &str,
    consensus: bool,
    coding: Coding,
    (at, bits): CodeMoment,
) -> Result<Code, StudyError> {
    coding.check().map_err(|fault| StudyError::new(fault.to_string()))?;
    Ok(Code { id: CodeId::new(at, bits), session, coder: coder(typed)?, at, consensus, coding })
}

/// What everybody said of a session; nobody sees it before their own code is saved.
///
/// # Errors
/// A coder who has not saved a code of it, and a session that cannot be read.
pub fn compared(
    study: &Study,
    hear: Hear,
    session: &str,
    coder: &str,
    language: &Language,
) -> Result<CodeComparison, StudyError> {
    let header = study.session(session)?;
    let standing = standings(study)?.remove(&header.id).unwrap_or_default();
    if standing.coders.iter().all(|code| code.coder != coder) {
        return Err(StudyError::new(format!("{coder} has not saved a code of this session yet")));
    }
    let mut loader = Loader::new(study, hear);
    let interview = loader.spoken(&header, language)?;
    let own = |(evidence, profile): (Evidence, Profile)| {
        (evidence.perspective == Perspective::Own).then_some(profile)
    };
    let blinding = Blinding::of(study)?;
    let headers = super::sessions(study, hear)?;
    let progress = blinding.progress(&mut loader, &headers, coder, &header)?;
    let profile = match progress.is_done() {
        true => Sessions::one(study, hear, &header)?.profiles(0).into_iter().find_map(own),
        false => None,
    };
    let material = blinding.material(study, &header.id, &interview)?;
    let given = |code: Code| GivenCode { coder: code.coder, coding: code.coding };
    Ok(CodeComparison {
        respondent: header.respondent.clone(),
        about: header.start.about(interview.instrument()).unwrap_or_default().to_owned(),
        simulated: header.simulated(),
        codes: standing.coders.into_iter().map(given).collect(),
        consensus: standing.consensus.map(given),
        call: match progress.is_done() {
            true => ShownCall::Made(profile.map(Box::new)),
            false => ShownCall::Waits { coded: progress.coded, of: progress.of },
        },
        questions: [material.answers, material.turns]
            .concat()
            .into_iter()
            .map(|line| (line.item, line.question))
            .collect(),
    })
}
