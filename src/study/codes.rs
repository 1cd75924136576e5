//! Codes of a study: who said what of which session, and the coded sessions that a model learns from.

use std::collections::BTreeMap;

use super::{StudyError, digests};
use crate::analysis::Digest;
use crate::classify::features::FeatureSet;
use crate::classify::pooling::CodedSession;
use crate::coding::labels::{self, Verdict};
use crate::instrument::{Perspective, RelationalModel};
use crate::store::{Code, SessionHeader, SessionId, State, Study};

/// The codes of one session that count.
#[derive(Debug, Clone, Default)]
pub struct Standing {
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
///
/// # Errors
/// Codes that cannot be read.
pub fn standings(study: &Study) -> Result<BTreeMap<SessionId, Standing>, StudyError> {
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

/// Takes away what coders said of sessions in which consent stands refused: it counts nowhere. Returns how many sessions that were.
///
/// # Errors
/// A study that cannot be read.
pub fn without_refused(
    study: &Study,
    headers: &[SessionHeader],
    standings: &mut BTreeMap<SessionId, Standing>,
) -> Result<usize, StudyError> {
    let coded = headers.iter().filter(|header| standings.contains_key(&header.id)).cloned();
    let refused = digests::refused(study, &coded.collect::<Vec<_>>())?;
    standings.retain(|session, _| !refused.contains(session));
    Ok(refused.len())
}

/// Whether a session may teach: it came to its end and was no rehearsal.
pub fn teaches(header: &SessionHeader) -> bool {
    header.state == State::Finished && !header.test
}

/// What a model learns from a session with these features and this label.
pub fn coded(header: &SessionHeader, features: FeatureSet, label: RelationalModel) -> CodedSession {
    let key = (header.start.seed, header.start.at);
    CodedSession { key, respondent: header.respondent.clone(), features, label }
}

/// Coded sessions by the name of their questionnaire and by whether their respondents are simulated: real and simulated sessions
/// never teach together.
pub type Taught = BTreeMap<(String, bool), Vec<CodedSession>>;

/// Every coded session among these that may teach, on the respondent's own side.
pub fn by_questionnaire(
    standings: &BTreeMap<SessionId, Standing>,
    sessions: &[(SessionHeader, Digest)],
) -> Taught {
    let mut found = Taught::new();
    for (header, digest) in sessions.iter().filter(|(header, digest)| teaches(header) && !digest.refused) {
        let label = standings.get(&header.id).and_then(|standing| standing.verdict().label());
        let Some((label, evidence)) = label.zip(digest.evidence_for(Perspective::Own)) else { continue };
        let place = (header.instrument.name.clone(), header.simulated());
        found.entry(place).or_default().push(coded(header, evidence.features.clone(), label));
    }
    found
}
