//! What a relation waits for. Owns whom it is asked of, and for how long an answer counts as new.

use serde::Serialize;

use super::{DAY, Relation};
use crate::instrument::{Language, Party};
use crate::text;

/// A session as far as it tells whom to ask next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approach {
    /// Of which side.
    pub party: Party,
    /// The person's code, where there is one.
    pub person: Option<String>,
    /// When it began.
    pub begun: i64,
    /// Whether that person would rather not answer.
    pub declined: bool,
}

impl Approach {
    /// Whether both may be sessions of one person.
    fn may_be_of_one(&self, other: &Self) -> bool {
        self.person.as_ref().zip(other.person.as_ref()).is_none_or(|(one, other)| one == other)
    }
}

/// What a relation waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// The last assessment is long ago.
    Again,
    /// The customer has not said how they see it, or so long ago that it says little of today.
    TheirSide,
    /// Our own side has not assessed it, or so long ago.
    OurSide,
}

impl Due {
    /// Days after which a relation should be looked at again. (assumed)
    pub const DAYS: u32 = 180;

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Again => "again",
            Self::TheirSide => "their_side",
            Self::OurSide => "our_side",
        }
    }

    /// What is to be done.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::Again => text!(language, "relation-due-again"),
            Self::TheirSide => text!(language, "relation-due-theirs"),
            Self::OurSide => text!(language, "relation-due-ours"),
        }
    }

    /// What a relation with these sessions waits for; the oldest debt first. Whoever would rather not answer has not answered.
    pub fn of(sessions: &[Approach], now: i64, days: u32) -> Option<Self> {
        let answered = || sessions.iter().filter(|one| !one.declined);
        let is_fresh = |one: &Approach| now.saturating_sub(one.begun) <= i64::from(days) * DAY;
        let lately = |wanted| answered().any(|one| one.party == wanted && is_fresh(one));
        match (lately(Party::Customer), lately(Party::Organisation)) {
            (true, true) => None,
            (false, true) => may_be_asked(sessions).then_some(Self::TheirSide),
            (true, false) => Some(Self::OurSide),
            (false, false) if answered().next().is_some() => Some(Self::Again),
            (false, false) => (!sessions.is_empty()).then_some(Self::OurSide),
        }
    }
}

/// Whether a customer may be asked how they see it: unless they were asked, and everybody who may be known to answer would rather not since.
fn may_be_asked(sessions: &[Approach]) -> bool {
    let theirs = || sessions.iter().filter(|one| one.party == Party::Customer);
    let has_declined = |one: &Approach| {
        theirs().any(|later| later.declined && later.begun >= one.begun && later.may_be_of_one(one))
    };
    theirs().next().is_none() || theirs().any(|one| !one.declined && !has_declined(one))
}

impl Relation {
    /// What it waits for.
    pub fn due(&self, now: i64, days: u32) -> Option<Due> {
        Due::of(&self.approaches(), now, days)
    }

    /// Whether anybody of the customer's side may be asked how they see it.
    pub fn may_ask_customer(&self) -> bool {
        may_be_asked(&self.approaches())
    }

    fn approaches(&self) -> Vec<Approach> {
        let visits = self.visits.iter().filter(|visit| !visit.declined);
        let answered = visits.map(|visit| (visit.party, &visit.person, visit.begun, false));
        let declined = self.declined.iter().map(|one| (one.party, &one.person, one.begun, true));
        let approach = |(party, person, begun, declined): (Party, &Option<String>, i64, bool)| Approach {
            party,
            person: person.clone(),
            begun,
            declined,
        };
        answered.chain(declined).map(approach).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn approach(party: Party, day: i64, person: Option<&str>, declined: bool) -> Approach {
        Approach { party, person: person.map(str::to_owned), begun: day * DAY, declined }
    }

    #[test]
    fn whoever_declined_is_not_asked_again_and_a_colleague_may_be() {
        let asked = |sessions: &[(i64, Option<&str>, bool)]| {
            let theirs =
                sessions.iter().map(|(at, who, declined)| approach(Party::Customer, *at, *who, *declined));
            may_be_asked(&theirs.collect::<Vec<_>>())
        };
        let (p1, p2) = (Some("p1"), Some("p2"));
        assert!(asked(&[]) && asked(&[(1, p1, false)]) && !asked(&[(1, None, true)]));
        assert!(!asked(&[(1, p1, false), (2, p1, true)]));
        assert!(!asked(&[(1, p1, false), (2, None, true)]));
        assert!(asked(&[(1, p1, false), (2, p2, true)]));
        assert!(asked(&[(1, p1, true), (2, p1, false)]));
        // Both have declined since, be it without a code.
        assert!(!asked(&[(1, p1, false), (2, p2, false), (3, p1, true), (4, p2, true)]));
        assert!(!asked(&[(1, p1, false), (2, None, true), (3, p2, true)]));
        assert!(asked(&[(1, p1, false), (2, p2, false), (3, p1, true)]));
    }

    #[test]
    fn whoever_would_rather_not_answer_has_not_answered() {
        use Party::{Customer, Organisation};
        let due = |sessions: &[Approach]| Due::of(sessions, 300 * DAY, Due::DAYS);
        let ours = approach(Organisation, 290, None, false);
        let before = approach(Customer, 0, Some("p1"), false);
        let declined = |who| approach(Customer, 299, Some(who), true);
        assert_eq!(due(&[ours.clone(), before.clone()]), Some(Due::TheirSide));
        // The colleague who answered long ago is still to be asked.
        assert_eq!(due(&[ours.clone(), before.clone(), declined("p2")]), Some(Due::TheirSide));
        assert_eq!(due(&[ours.clone(), before, declined("p1")]), None);
        assert_eq!(due(&[ours, approach(Customer, 299, Some("p2"), false)]), None);
        assert_eq!(due(&[declined("p1")]), Some(Due::OurSide));
    }
}
