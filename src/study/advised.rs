//! Advice is kept when it is shown, so that a later page quotes what was read then.

use std::collections::BTreeMap;

use super::StudyError;
use crate::analysis::relation::{Relation, Rests, Visit};
use crate::instrument::{Language, Priority};
use crate::interview::Instant;
use crate::report::Report;
use crate::report::document::Reader;
use crate::report::relation::{Earlier, Thing};
use crate::store::{AdviceShown, Advised, SessionHeader, SessionId, Study};

/// The advice of a result as this reader gets it.
pub fn of_result(header: &SessionHeader, report: &Report, reader: Reader, at: Instant) -> Vec<Advised> {
    let advised = report.advice_for(reader).into_iter().map(|line| Advised {
        session: header.id,
        other: None,
        at,
        advice: AdviceShown {
            name: line.name.clone(),
            title: line.title.clone(),
            language: Some(report.language.clone()),
            reader: reader.name().to_owned(),
            // A word on the result itself is no thing to do.
            for_account: line.for_account && line.priority != Priority::Note,
            quotes: line.quotes,
            rests: line.follows.clone(),
            rests_of_other: Vec::new(),
        },
    });
    advised.collect()
}

/// The things to do on the page of a relation, in the language in which they were read.
pub fn of_relation(things: &[Thing], reader: Reader, language: &Language, at: Instant) -> Vec<Advised> {
    let advised = things.iter().filter_map(|thing| {
        let ((session, rests), other) = thing.follows.split_first()?;
        let other = other.first();
        Some(Advised {
            session: session.parse().ok()?,
            other: other.and_then(|(session, _)| session.parse().ok()),
            at,
            advice: AdviceShown {
                name: thing.name.clone(),
                title: thing.title.clone(),
                language: Some(language.to_string()),
                reader: reader.name().to_owned(),
                for_account: true,
                quotes: thing.quotes,
                rests: rests.clone(),
                rests_of_other: other.map(|(_, rests)| rests.clone()).unwrap_or_default(),
            },
        })
    });
    advised.collect()
}

/// Advice to the account manager on answers that were given again since, and whether none was kept. `word` gives the heading of an advice
/// on a session in the language of the page.
pub(super) fn before(
    study: &Study,
    relation: &Relation,
    language: &Language,
    mut word: impl FnMut(&str, &str) -> Option<String>,
) -> Result<(Vec<Earlier>, bool), StudyError> {
    let visits: BTreeMap<SessionId, &Visit> =
        relation.usable().filter_map(|visit| Some((visit.session.parse().ok()?, visit))).collect();
    let is_older = |id: &SessionId| relation.is_answered_again(&id.to_string());
    let mut before = Vec::new();
    for Advised { session, other, at, advice } in study.advised()? {
        let Some(visit) = visits.get(&session).filter(|_| advice.for_account) else { continue };
        if other.is_some_and(|other| !visits.contains_key(&other))
            || ![Some(session), other].iter().flatten().any(is_older)
        {
            continue;
        }
        let (session, other) = (session.to_string(), other.map(|other| other.to_string()));
        let own: Rests = (&session, &advice.rests);
        let rests: Vec<Rests> =
            [own].into_iter().chain(other.as_deref().map(|other| (other, &*advice.rests_of_other))).collect();
        // Shown in the reader's language; verbatim where it was in that language or no translation exists.
        let is_read_so = advice.language.as_deref() == Some(language.as_str());
        let title = if is_read_so { None } else { word(&session, &advice.name) };
        before.push(Earlier {
            since: relation.since(&rests),
            party: visit.party,
            quotes_led: advice.quotes && visit.led,
            name: advice.name,
            title: title.unwrap_or(advice.title),
            reader: advice.reader,
            at,
            again: false,
        });
    }
    let older = visits.keys().any(is_older);
    let nothing_kept = older && before.is_empty();
    Ok((before, nothing_kept))
}
