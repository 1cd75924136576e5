//! The relations of a study: sessions of both sides under one code.

use std::collections::BTreeMap;

use super::loading::{Loader, facts};
use super::measuring::Sessions;
use super::{Hear, StudyError};
use crate::analysis::lens::Lens;
use crate::analysis::relation::{Relation, Side, Visit};
use crate::instrument::{Audience, Language, Party, Perspective};
use crate::report::Report;
use crate::report::relation::{Counsel, Earlier, Known, is_for_the_account};
use crate::store::{SessionHeader, State, Study};

/// The field of a start form in which the organisation's side names the customer.
const CUSTOMER: &str = "organisation";

/// Every relation of a study by its code, with names of scales in `language`, and the sessions that had to be read anew. Finished sessions count, rehearsals and refusals do not; real
/// and simulated ones are never in one relation.
///
/// # Errors
/// A study that cannot be read at all.
pub fn relations(
    study: &Study,
    hear: Hear,
    language: &Language,
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
        let instrument = sessions.instrument(at).clone();
        let party = instrument.respondents;
        let norms = sessions.standards(at).norms().clone();
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
            lenses: Lens::of_parts(&instrument, &digest.parts, &norms, language),
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

/// One relation with what its latest sessions advise; none where no finished session stands under the code. Real answers come before
/// simulated ones.
///
/// # Errors
/// A study that cannot be read at all, or a session of the relation that cannot.
pub fn known(
    study: &Study,
    hear: Hear,
    code: &str,
    language: &Language,
) -> Result<(Option<Known>, Sessions), StudyError> {
    let (found, mut sessions) = relations(study, hear, language, |header| header.respondent == code)?;
    let Some(relation) = found.into_iter().min_by_key(|relation| relation.simulated) else {
        return Ok((None, sessions));
    };
    let mut loader = Loader::new(study, hear);
    let (mut counsel, mut before) = (Vec::new(), Vec::new());
    for visits in by_questionnaire(&relation) {
        let mut advised = visits.iter().take(2).map(|visit| {
            let at = sessions.members.iter().position(|(header, _)| header.id.to_string() == visit.session);
            let at = at.ok_or_else(|| StudyError::new(format!("session {} is gone", visit.session)))?;
            let header = sessions.members[at].0.clone();
            let (mut interview, _) = loader.interview(&header)?;
            interview.speak(&interview.instrument().language(Some(language.as_str())));
            let report = Report::build(&interview, &facts(&header), sessions.standards(at));
            let apart =
                interview.instrument().advice.iter().any(|one| one.audience == Some(Audience::Interviewer));
            Ok::<_, StudyError>(counsel_of(visit, report, apart))
        });
        let latest = advised.next().transpose()?.unwrap_or_default();
        let earlier = advised.next().transpose()?.unwrap_or_default();
        before.extend(earlier.into_iter().map(|one| Earlier {
            again: latest.iter().any(|now: &Counsel| now.advice.name == one.advice.name),
            title: one.advice.title,
            begun: one.begun,
        }));
        counsel.extend(latest);
    }
    Ok((Some(Known { relation, counsel, before }), sessions))
}

/// The sessions of a relation by side and questionnaire, the latest first; our side comes first, and the one about models before others.
fn by_questionnaire(relation: &Relation) -> Vec<Vec<&Visit>> {
    let mut groups: Vec<Vec<&Visit>> = Vec::new();
    for visit in relation.visits.iter().rev() {
        let same = |group: &&mut Vec<&Visit>| {
            group.first().is_some_and(|one| one.party == visit.party && one.instrument == visit.instrument)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(visit),
            None => groups.push(vec![visit]),
        }
    }
    groups.sort_by_key(|group| group.first().map(|one| (one.party == Party::Customer, !one.has_norms())));
    groups
}

fn counsel_of(visit: &Visit, report: Report, apart: bool) -> Vec<Counsel> {
    let ours = visit.party == Party::Organisation;
    let questionnaire = report.instrument.label;
    let mine = report.advice.into_iter().filter(|line| is_for_the_account(line.audience, ours, apart));
    mine.map(|advice| Counsel {
        advice,
        questionnaire: questionnaire.clone(),
        party: visit.party,
        begun: visit.begun,
        session: visit.session.clone(),
    })
    .collect()
}
