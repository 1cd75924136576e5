//! Blind coding: what coders of a study are shown, which sessions are on a coder's list, and when that list is done.
//!
//! A classifier is trained on codes and evaluated against them, and it reads the ratings. A coder who reads them as well codes the
//! classifier's own input, and the two agree for that reason alone. So coders see the narrative unless the study was set otherwise; a study
//! that was coded before there was such a setting goes on with what its first code was made from. The setting is fixed when coding begins,
//! so that codes which come later from a file or another study do not change what coders see.
//!
//! A transcript may hold ratings that were said aloud, which no program can detect. Coders of a narrative study see one only where a person
//! vouched that it holds neither ratings nor choices.
//!
//! A coder's list are the sessions that were assigned to them; without any, it is every session of the questionnaire that can be coded:
//! finished, no rehearsal, consent given, something to read, and of real respondents where there are any. The classifier's call is shown
//! once the coder has coded the whole list.

use std::collections::{BTreeMap, BTreeSet};

use super::{Loader, StudyError, codes, digests, transcripts};
use crate::coding::{Seen, Transcript};
use crate::interview::{Instant, Interview, ReviewLine};
use crate::store::{Attached, SessionHeader, SessionId, Study};

/// Prefix of the settings on coding.
const SETTLED: &str = "coding.";
const SEEN: &str = "coding.seen";
const LIST: &str = "list.";

/// What the coders of a study may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blinding {
    /// What coders are shown.
    pub seen: Seen,
    /// Whether that is settled, or follows from what was coded before.
    pub settled: bool,
    /// The sessions that were given to a coder, by coder.
    pub lists: BTreeMap<String, BTreeSet<SessionId>>,
}

/// What a coder reads of a session.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Material {
    /// The answers, as far as they are shown.
    pub answers: Vec<ReviewLine>,
    /// The turns of its transcripts, as far as they are shown.
    pub turns: Vec<ReviewLine>,
    /// Transcripts that are not shown, because a rating may be said aloud in them.
    pub held_back: usize,
}

impl Material {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty() && self.turns.is_empty()
    }
}

/// Progress on a coder's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodingProgress {
    /// Sessions that have this coder's code.
    pub coded: usize,
    /// All of them.
    pub of: usize,
}

impl CodingProgress {
    /// Whether nothing is left to code.
    pub fn is_done(self) -> bool {
        self.coded == self.of
    }
}

impl Blinding {
    /// What is settled for a study.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn of(study: &Study) -> Result<Self, StudyError> {
        let settled = study.settled(SETTLED)?;
        let chosen = settled.get("seen").and_then(|word| word.parse().ok());
        let seen = match chosen {
            Some(seen) => seen,
            None => begun_with(study)?.unwrap_or(Seen::Narrative),
        };
        let lists = settled.iter().filter_map(|(name, sessions)| {
            let sessions = sessions.split(' ').filter_map(|session| session.parse().ok()).collect();
            Some((name.strip_prefix(LIST)?.to_owned(), sessions))
        });
        Ok(Self { seen, settled: chosen.is_some(), lists: lists.collect() })
    }

    /// What a coder reads of a session; no answers where nothing was told in words and nothing else may be shown.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn material(
        &self,
        study: &Study,
        session: &SessionId,
        interview: &Interview,
    ) -> Result<Material, StudyError> {
        let answers = match self.seen {
            Seen::Whole => interview.answers(),
            Seen::Narrative if interview.tells_anything() => interview.narrative(),
            Seen::Narrative => Vec::new(),
        };
        // Consent may be refused after a transcript was attached.
        let attached = if interview.is_refused() { Attached::new() } else { study.transcripts(session)? };
        let (shown, hidden): (Vec<_>, Vec<_>) =
            transcripts::in_order(&attached).into_iter().partition(|(_, transcript)| self.shows(transcript));
        let turns = transcripts::lines(shown, interview.language());
        Ok(Material { answers, turns, held_back: hidden.len() })
    }

    /// Whether coders may read a transcript.
    pub fn shows(&self, transcript: &Transcript) -> bool {
        self.seen == Seen::Whole || transcript.no_ratings
    }

    /// How far the list of `coder` is to which `session` belongs; `headers` are those of the study.
    ///
    /// # Errors
    /// A study that cannot be read.
    pub fn progress(
        &self,
        loader: &mut Loader,
        headers: &[SessionHeader],
        coder: &str,
        session: &SessionHeader,
    ) -> Result<CodingProgress, StudyError> {
        let study = loader.study();
        let given = self.lists.get(coder);
        let real = headers.iter().any(|header| codes::teaches(header) && !header.simulated());
        let listed = |header: &&SessionHeader| match given {
            Some(list) => list.contains(&header.id) && codes::teaches(header),
            None => {
                let alike = header.instrument.name == session.instrument.name;
                alike && codes::teaches(header) && header.simulated() != real
            }
        };
        let listed: Vec<SessionHeader> = headers.iter().filter(listed).cloned().collect();
        let all = study.all_codes()?;
        let own = all.into_iter().filter(|code| !code.consensus && code.coder == coder);
        let own: BTreeSet<SessionId> = own.map(|code| code.session).collect();
        let (coded, left): (Vec<_>, Vec<_>) = listed.into_iter().partition(|header| own.contains(&header.id));
        let refused = digests::refused(study, &left)?;
        let mut of = coded.len();
        for header in left.iter().filter(|header| !refused.contains(&header.id)) {
            // Unreadable sessions, and those without anything to show, are on no list.
            let found = loader.sound(header)?;
            let Some((interview, _)) = found else { continue };
            of += usize::from(!self.material(loader.study(), &header.id, &interview)?.is_empty());
        }
        Ok(CodingProgress { coded: coded.len(), of })
    }
}

/// What the first coder of a study had seen, drafts included; everything, where that is not recorded.
fn begun_with(study: &Study) -> Result<Option<Seen>, StudyError> {
    if let Some(first) = study.all_codes()?.into_iter().next() {
        return Ok(Some(first.coding.seen.unwrap_or(Seen::Whole)));
    }
    Ok(study.drafts()?.into_iter().map(|draft| draft.seen.unwrap_or(Seen::Whole)).max())
}

/// What is settled for a study in which coding begins, or goes on: what was not settled yet is from now on. It is kept as older than
/// anything that somebody chooses, so that a study that is merged in does not take a choice away by merely having begun. Of two
/// studies that have merely begun, the one that shows words alone counts: nobody chose to show more.
///
/// # Errors
/// A study that cannot be read, or in which it cannot be kept.
pub fn begin(study: &mut Study) -> Result<Blinding, StudyError> {
    let blinding = Blinding::of(study)?;
    if !blinding.settled {
        choose(study, blinding.seen, Instant::from(blinding.seen == Seen::Narrative))?;
    }
    Ok(Blinding { settled: true, ..blinding })
}

/// Settles what coders are shown from now on.
///
/// # Errors
/// It cannot be kept.
pub fn choose(study: &mut Study, seen: Seen, at: Instant) -> Result<(), StudyError> {
    Ok(study.settle(SEEN, Some(seen.name()), at)?)
}

/// Gives a coder these sessions as their list, in place of the one before; nothing gives them all sessions again.
///
/// # Errors
/// It cannot be kept.
pub fn give(
    study: &mut Study,
    coder: &str,
    sessions: Option<&BTreeSet<SessionId>>,
    at: Instant,
) -> Result<(), StudyError> {
    let list =
        sessions.map(|sessions| sessions.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    Ok(study.settle(&format!("{SETTLED}{LIST}{coder}"), list.as_deref(), at)?)
}
