//! Who would rather not answer. Keeps nothing of such a session but who it was and when.

use serde::Serialize;

use super::{Relation, Says, Visit};
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

    /// How a side relates, for a list: nothing is said in place of somebody who has declined since.
    pub fn relates(&self, party: Party) -> Option<Relates<'_>> {
        let says = || self.latest(party).and_then(|visit| visit.own.says()).map(Relates::Says);
        self.has_declined(party).map(Relates::Declined).or_else(says)
    }
}

/// What a list says of how a side relates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Relates<'a> {
    /// Somebody would rather not answer, and nobody has answered since.
    Declined(&'a Declined),
    /// This, by the latest answers that tell it.
    Says(Says),
}

impl Relates<'_> {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Declined(_) => "declined",
            Self::Says(says) => says.name(),
        }
    }
}
