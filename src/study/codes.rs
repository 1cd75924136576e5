//! Codes of a study by session and coder, and the coded sessions that a model learns from.

pub mod rows;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{StudyError, blind, digests};
use crate::analysis::Digest;
use crate::classify::features::FeatureSet;
use crate::classify::pooling::CodedSession;
use crate::coding::labels::{self, CodersVerdict};
use crate::coding::{Coding, Seen};
use crate::instrument::{Perspective, RelationalModel};
use crate::interview::{Instant, SessionState};
use crate::store::{Code, CodeId, SessionHeader, SessionId, Study};

/// The coders of a study as they are written. `c1` beside `C1` is refused: if both are one person, agreement would be of a coder with
/// themselves.
#[derive(Debug)]
pub struct Spellings(BTreeSet<String>);

impl Spellings {
    /// Of a study.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn of(study: &Study) -> Result<Self, StudyError> {
        Ok(Self(study.all_codes()?.into_iter().map(|code| code.coder).collect()))
    }

    /// Whether a coder is one of them.
    pub fn knows(&self, coder: &str) -> bool {
        self.0.contains(coder)
    }

    /// Takes a coder in.
    ///
    /// # Errors
    /// The coder who is there and differs by upper and lower case alone.
    pub fn take(&mut self, coder: &str) -> Result<(), String> {
        if self.0.contains(coder) {
            return Ok(());
        }
        let folded = coder.to_lowercase();
        match self.0.iter().find(|known| known.to_lowercase() == folded) {
            Some(known) => Err(known.clone()),
            None => {
                self.0.insert(coder.to_owned());
                Ok(())
            }
        }
    }
}

/// The codes of one session that count.
#[derive(Debug, Clone, Default)]
pub struct SessionCodes {
    /// The latest of every coder, in the order of their names.
    pub coders: Vec<Code>,
    /// The latest consensus.
    pub consensus: Option<Code>,
}

impl SessionCodes {
    /// The dominant models of the coders.
    pub fn votes(&self) -> Vec<RelationalModel> {
        self.coders.iter().map(|code| code.coding.dominant).collect()
    }

    /// The settled model.
    pub fn settled(&self) -> Option<RelationalModel> {
        self.consensus.as_ref().map(|code| code.coding.dominant)
    }

    /// What they amount to together.
    pub fn verdict(&self) -> CodersVerdict {
        labels::verdict(&self.votes(), self.settled())
    }

    /// Whether there is any code.
    pub fn is_coded(&self) -> bool {
        !self.coders.is_empty() || self.consensus.is_some()
    }

    /// Whether coders differ and nothing is settled.
    pub fn to_discuss(&self) -> bool {
        labels::to_discuss(&self.votes(), self.settled())
    }
}

/// The codes that count, by session.
///
/// # Errors
/// Codes that cannot be read.
pub fn standings(study: &Study) -> Result<BTreeMap<SessionId, SessionCodes>, StudyError> {
    let mut found: BTreeMap<SessionId, SessionCodes> = BTreeMap::new();
    for (session, codes) in study.codes()? {
        let standing = found.entry(session).or_default();
        for code in codes {
            if code.consensus {
                standing.consensus = Some(code);
            } else {
                standing.coders.push(code);
            }
        }
    }
    Ok(found)
}

/// The first codes in place of the latest: those that coders gave before they could have seen what others or the classifier said. A code that
/// somebody gave after they had settled the session for all is none of them, and one that says itself that it was not blind is none
/// either: such a coder has no independent code of the session.
///
/// # Errors
/// Codes that cannot be read.
pub fn independent(study: &Study) -> Result<BTreeMap<SessionId, SessionCodes>, StudyError> {
    let mut found: BTreeMap<SessionId, SessionCodes> = BTreeMap::new();
    let mut spoken: BTreeSet<(SessionId, String)> = BTreeSet::new();
    for code in study.all_codes()? {
        let first = spoken.insert((code.session, code.coder.clone()));
        let standing = found.entry(code.session).or_default();
        if code.consensus {
            standing.consensus = Some(code);
        } else if first && code.coding.blind != Some(false) {
            standing.coders.push(code);
        }
    }
    for standing in found.values_mut() {
        standing.coders.sort_by(|one, other| one.coder.cmp(&other.coder));
    }
    Ok(found)
}

/// A code from a file.
#[derive(Debug, Clone, PartialEq)]
pub struct FileCode {
    /// Its session.
    pub session: SessionId,
    /// Who gave it.
    pub coder: String,
    /// Whether it settles its session.
    pub consensus: bool,
    /// What it says.
    pub coding: Coding,
    /// Whether the file holds all marks. A table may lack evidence; a code with marks from the screen then still counts as the same.
    pub marks_all: bool,
}

impl FileCode {
    /// Whether an earlier code has everything that this one has.
    fn is_in(&self, known: &Coding) -> bool {
        let own = &self.coding;
        (known.dominant, known.second) == (own.dominant, own.second)
            && (own.confidence.is_none() || known.confidence == own.confidence)
            && (own.note.is_empty() || known.note == own.note)
            && (own.evidence.is_empty() && !self.marks_all || alike(&known.evidence, &own.evidence))
            && (own.passages.is_empty() && !self.marks_all || alike(&known.passages, &own.passages))
            && (own.seen.is_none() || known.seen == own.seen)
            && (own.blind.is_none() || known.blind == own.blind)
    }
}

/// Whether two lists of marks are equal, regardless of order.
fn alike<T: PartialEq>(some: &[T], others: &[T]) -> bool {
    some.len() == others.len() && some.iter().all(|one| others.contains(one))
}

/// What became of codes from a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TakenOver {
    /// Those that were new, and are kept.
    pub fresh: usize,
    /// Of these, those that settle their session.
    pub settled: usize,
    /// Those that the study has already.
    pub same: usize,
    /// Those that the study had before, and that were changed since.
    pub replaced: usize,
}

/// Keeps what is new of codes from a file; what was there before and was changed since counts `again` where that is asked for. An old file must not
/// undo a later code.
///
/// # Errors
/// Codes that cannot be read or kept, and no random bits for an id.
pub fn take_over<E: From<StudyError>>(
    study: &mut Study,
    given: Vec<FileCode>,
    again: bool,
    at: Instant,
    bits: impl Fn() -> Result<[u8; 10], E>,
) -> Result<TakenOver, E> {
    let (fresh, same, replaced) = news(study, given, again)?;
    // Which of several counts is decided by their instants, so that each is a little later than the one before.
    let mut before: BTreeMap<(SessionId, String), Instant> = BTreeMap::new();
    let code = |FileCode { session, coder, consensus, coding, .. }: FileCode| -> Result<Code, E> {
        let later = before.entry((session, coder.clone())).or_default();
        let at = at + *later;
        *later += 1;
        Ok(Code { id: CodeId::new(at, bits()?), session, coder, at, consensus, coding })
    };
    let codes: Vec<Code> = fresh.into_iter().map(code).collect::<Result<_, E>>()?;
    blind::begin(study)?;
    study.add_codes(&codes).map_err(StudyError::from)?;
    let settled = codes.iter().filter(|code| code.consensus).count();
    Ok(TakenOver { fresh: codes.len(), settled, same, replaced })
}

/// What would become of codes from a file.
///
/// # Errors
/// Codes that cannot be read.
pub fn preview(study: &Study, given: Vec<FileCode>, again: bool) -> Result<TakenOver, StudyError> {
    let (fresh, same, replaced) = news(study, given, again)?;
    let settled = fresh.iter().filter(|code| code.consensus).count();
    Ok(TakenOver { fresh: fresh.len(), settled, same, replaced })
}

/// The new ones among codes from a file, how many the study has already, and how many it had before and that were changed since; with
/// `again`, the latter are new.
fn news(
    study: &Study,
    given: Vec<FileCode>,
    again: bool,
) -> Result<(Vec<FileCode>, usize, usize), StudyError> {
    let mut kept: BTreeMap<(SessionId, bool, String), Vec<Coding>> = BTreeMap::new();
    // A consensus belongs to the session, regardless of the coder who entered it.
    let who = |session: SessionId, consensus: bool, coder: &str| {
        (session, consensus, if consensus { String::new() } else { coder.to_owned() })
    };
    for code in study.all_codes()? {
        kept.entry(who(code.session, code.consensus, &code.coder)).or_default().push(code.coding);
    }
    let (mut fresh, mut same, mut replaced) = (Vec::new(), 0, 0);
    for code in given {
        let before = kept.get(&who(code.session, code.consensus, &code.coder)).map_or(&[][..], Vec::as_slice);
        if before.last().is_some_and(|known| code.is_in(known)) {
            same += 1;
        } else if before.iter().any(|known| code.is_in(known)) && !again {
            replaced += 1;
        } else {
            fresh.push(code);
        }
    }
    Ok((fresh, same, replaced))
}

/// How codes were made.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CodeCounts {
    /// From answers in words alone.
    pub narrative: usize,
    /// From every answer.
    pub whole: usize,
    /// Unknown: codes from files, and those from before relata recorded it.
    pub not_kept: usize,
    /// Of all of these, those that were given before the coder saw other codes or the classifier's call.
    pub blind: usize,
    /// Those that were given afterwards.
    pub informed: usize,
}

impl CodeCounts {
    /// Counts codes.
    pub fn of<'a>(codes: impl Iterator<Item = &'a Code>) -> Self {
        codes.fold(Self::default(), |made, code| made.with(&code.coding))
    }

    fn with(self, coding: &Coding) -> Self {
        let is = |seen| usize::from(coding.seen == seen);
        Self {
            narrative: self.narrative + is(Some(Seen::Narrative)),
            whole: self.whole + is(Some(Seen::Whole)),
            not_kept: self.not_kept + is(None),
            blind: self.blind + usize::from(coding.blind == Some(true)),
            informed: self.informed + usize::from(coding.blind == Some(false)),
        }
    }

    /// Whether coders had seen different material.
    pub fn is_mixed(self) -> bool {
        [self.narrative, self.whole, self.not_kept].iter().filter(|count| **count > 0).count() > 1
    }
}

/// Takes away what coders said of sessions in which consent stands refused: it counts nowhere. Returns how many sessions that were.
///
/// # Errors
/// A study that cannot be read.
pub fn without_refused(
    study: &Study,
    headers: &[SessionHeader],
    standings: &mut BTreeMap<SessionId, SessionCodes>,
) -> Result<usize, StudyError> {
    let coded = headers.iter().filter(|header| standings.contains_key(&header.id)).cloned();
    let refused = digests::refused(study, &coded.collect::<Vec<_>>())?;
    standings.retain(|session, _| !refused.contains(session));
    Ok(refused.len())
}

/// Whether a session may teach: it came to its end and was no rehearsal.
pub fn teaches(header: &SessionHeader) -> bool {
    header.state == SessionState::Finished && !header.test
}

/// What a model learns from a session with these features and this label.
pub fn coded(header: &SessionHeader, features: FeatureSet, label: RelationalModel) -> CodedSession {
    let key = (header.start.seed, header.start.at);
    CodedSession { key, respondent: header.respondent.clone(), features, label }
}

/// Coded sessions by the name of their questionnaire and by whether their respondents are simulated: real and simulated sessions
/// never teach together.
pub type TeachingSessions = BTreeMap<(String, bool), Vec<CodedSession>>;

/// Every coded session among these that may teach, on the respondent's own side.
pub fn by_questionnaire(
    standings: &BTreeMap<SessionId, SessionCodes>,
    sessions: &[(SessionHeader, Digest)],
) -> TeachingSessions {
    let mut found = TeachingSessions::new();
    for (header, digest) in sessions.iter().filter(|(header, digest)| teaches(header) && !digest.refused) {
        let label = standings.get(&header.id).and_then(|standing| standing.verdict().label());
        let Some((label, evidence)) = label.zip(digest.evidence_for(Perspective::Own)) else { continue };
        let place = (header.instrument.name.clone(), header.simulated());
        found.entry(place).or_default().push(coded(header, evidence.features.clone(), label));
    }
    found
}
