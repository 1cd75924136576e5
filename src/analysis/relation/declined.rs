//! Who would rather not answer. Owns when a customer is asked again, and keeps nothing of such a session but who it was and when.

use serde::Serialize;

use super::{Relation, Visit};
use crate::instrument::Party;

/// That somebody would rather not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Declined {
    /// Of which side.
    pub party: Party,
    /// The person's code, where there is one.
    pub person: Option<String>,
    /// When that session began.
    pub begun: i64,
}

impl Declined {
    pub(super) fn of(visit: &Visit) -> Self {
        Self { party: visit.party, person: visit.person.clone(), begun: visit.begun }
    }
}

impl Relation {
    /// That a side would rather not answer, where nobody of it has answered since.
    pub fn has_declined(&self, party: Party) -> Option<&Declined> {
        let last = self.declined.iter().rfind(|one| one.party == party)?;
        let since = |visit: &Visit| visit.party == party && !visit.declined && visit.begun > last.begun;
        (!self.visits.iter().any(since)).then_some(last)
    }

    /// Whether the customer may be asked how they see it; see [`may_be_asked`].
    pub fn may_be_asked(&self) -> bool {
        let answered = self.visits.iter().filter(|visit| visit.party == Party::Customer && !visit.declined);
        let answered = answered.map(|visit| (visit.begun, visit.person.as_deref(), false));
        let declined = self.declined.iter().filter(|one| one.party == Party::Customer);
        may_be_asked(answered.chain(declined.map(|one| (one.begun, one.person.as_deref(), true))))
    }
}

/// Whether a customer may be asked how they see it: unless whoever was asked last would rather not answer, and nobody else is known who did.
/// `sessions` of theirs: when each began, the code of who was asked, and whether they declined.
pub fn may_be_asked<'a>(sessions: impl Iterator<Item = (i64, Option<&'a str>, bool)> + Clone) -> bool {
    let last = sessions.clone().max_by_key(|(begun, _, declined)| (*begun, *declined));
    let Some((_, who, true)) = last else { return true };
    let is_another = |person: Option<&str>| who.zip(person).is_some_and(|(who, person)| who != person);
    sessions.filter(|(.., declined)| !declined).any(|(_, person, _)| is_another(person))
}
