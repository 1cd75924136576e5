//! Codes as commands use them: who said what of which session, and the coded sessions that a model learns from.

use std::collections::BTreeMap;

use super::Failure;
use super::input::Loader;
use crate::classify::features::FeatureSet;
use crate::classify::pooling::CodedSession;
use crate::classify::session::evidence;
use crate::coding::labels::{self, Verdict};
use crate::instrument::{Perspective, RelationalModel};
use crate::interview::Interview;
use crate::store::{Code, SessionHeader, SessionId, State, Study};

/// The codes of one session that count.
#[derive(Debug, Clone, Default)]
pub(super) struct Standing {
    /// The latest of every coder, in the order of their names.
    pub coders: Vec<Code>,
    /// The latest consensus.
    pub consensus: Option<Code>,
}

impl Standing {
    /// The dominant models of the coders.
    pub fn votes(&self) -> Vec<RelationalModel> {
        self.coders.iter().map(|code| code.coding.dominant).collect()
    }

    /// The settled model.
    pub fn settled(&self) -> Option<RelationalModel> {
        self.consensus.as_ref().map(|code| code.coding.dominant)
    }

    /// What they say together.
    pub fn verdict(&self) -> Verdict {
        labels::verdict(&self.votes(), self.settled())
    }

    /// Whether coders differ and nothing is settled.
    pub fn to_discuss(&self) -> bool {
        labels::to_discuss(&self.votes(), self.settled())
    }
}

/// The codes that count, by session.
pub(super) fn standings(study: &Study) -> Result<BTreeMap<SessionId, Standing>, Failure> {
    let mut found: BTreeMap<SessionId, Standing> = BTreeMap::new();
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

/// Whether a session may teach: it came to its end and was no rehearsal.
pub(super) fn teaches(header: &SessionHeader) -> bool {
    header.state == State::Finished && !header.test
}

/// What a model learns from a session with this label; none if it has no feature of the own perspective.
pub(super) fn coded_session(
    header: &SessionHeader,
    interview: &Interview,
    label: RelationalModel,
) -> Option<CodedSession> {
    Some(coded(header, evidence(interview, Perspective::Own)?.features, label))
}

/// The same from features that are known.
pub(super) fn coded(header: &SessionHeader, features: FeatureSet, label: RelationalModel) -> CodedSession {
    let key = (header.start.seed, header.start.at);
    CodedSession { key, respondent: header.respondent.clone(), features, label }
}

/// Every coded session that may teach, by the name of its questionnaire and by whether its respondent is simulated: real and
/// simulated sessions never teach together. `known` are sessions that need not be replayed again.
pub(super) fn by_questionnaire(
    study: &Study,
    loader: &mut Loader,
    known: &[(SessionHeader, Interview)],
) -> Result<BTreeMap<(String, bool), Vec<CodedSession>>, Failure> {
    let mut found: BTreeMap<(String, bool), Vec<CodedSession>> = BTreeMap::new();
    let standings = standings(study)?;
    if standings.is_empty() {
        return Ok(found);
    }
    let known: BTreeMap<SessionId, &Interview> =
        known.iter().map(|(header, interview)| (header.id, interview)).collect();
    for header in super::input::sessions(study)?.iter().filter(|header| teaches(header)) {
        let Some(label) = standings.get(&header.id).and_then(|standing| standing.verdict().label()) else {
            continue;
        };
        let coded = match known.get(&header.id) {
            Some(interview) => coded_session(header, interview, label),
            None => match loader.sound(header)? {
                Some((interview, _)) => coded_session(header, &interview, label),
                None => continue,
            },
        };
        let place = (header.instrument.name.clone(), header.simulated());
        found.entry(place).or_default().extend(coded);
    }
    Ok(found)
}
