//! The relations of a study: sessions of both sides under one code.

use std::collections::BTreeMap;

use super::measuring::Sessions;
use super::{Hear, StudyError};
use crate::analysis::relation::{Relation, Side, Visit};
use crate::instrument::{Party, Perspective};
use crate::store::{SessionHeader, State, Study};

/// The field of a start form in which the organisation's side names the customer.
const CUSTOMER: &str = "organisation";

/// Every relation of a study by its code, with the sessions that had to be read anew. Finished sessions count, rehearsals and refusals do not; real
/// and simulated ones are never in one relation.
///
/// # Errors
/// A study that cannot be read at all.
pub fn relations(
    study: &Study,
    hear: Hear,
    wanted: impl Fn(&SessionHeader) -> bool,
) -> Result<(Vec<Relation>, Sessions), StudyError> {
    let counts = |header: &SessionHeader| header.state == State::Finished && !header.test && wanted(header);
    let mut sessions = Sessions::read(study, hear, counts)?;
    let mut found: BTreeMap<(String, bool), (Option<String>, Vec<Visit>)> = BTreeMap::new();
    for at in 0..sessions.members.len() {
        if sessions.members[at].1.refused {
            continue;
        }
        let profiles = sessions.profiles(at);
        let gap = sessions.gap(at);
        let party = sessions.instrument(at).respondents;
        let (header, digest) = &sessions.members[at];
        let side = |perspective: Perspective| Side {
            strengths: digest.evidence_for(perspective).and_then(|evidence| evidence.strengths),
            answers: profiles
                .iter()
                .find(|(evidence, _)| evidence.perspective == perspective)
                .map(|(_, profile)| profile.answers),
        };
        let visit = Visit {
            session: header.id.to_string(),
            begun: header.start.at,
            party,
            interviewer: header.interviewer.clone(),
            instrument: header.instrument.name.clone(),
            pool: header.mode.pool(),
            own: side(Perspective::Own),
            other: side(Perspective::Other),
            gap: Some(gap),
        };
        let name =
            digest.fields.get(CUSTOMER).filter(|name| party == Party::Organisation && !name.is_empty());
        let entry = found.entry((header.respondent.clone(), header.simulated())).or_default();
        // Sessions come in the order of time, and the latest name counts.
        entry.0 = name.cloned().or(entry.0.take());
        entry.1.push(visit);
    }
    let relations = found
        .into_iter()
        .map(|((code, simulated), (name, visits))| Relation::new(code, name, simulated, visits))
        .collect();
    Ok((relations, sessions))
}
