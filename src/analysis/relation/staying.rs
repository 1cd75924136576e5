//! A side's intention to go on. Owns the cut-off on the wish to stay; its wording beside satisfaction is elsewhere.

use std::cmp::Ordering;

use serde::Serialize;

use super::{Relation, Visit};
use crate::analysis::stays;
use crate::instrument::{Language, Party};
use crate::text;

/// The intention to stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Stays {
    /// Above the middle of the scale.
    Staying,
    /// On it.
    Undecided,
    /// Below it.
    Leaving,
}

impl Stays {
    /// What a wish comes to on a scale with these ends.
    pub fn of(wish: f64, range: (f64, f64)) -> Self {
        match stays(wish, range) {
            Ordering::Greater => Self::Staying,
            Ordering::Equal => Self::Undecided,
            Ordering::Less => Self::Leaving,
        }
    }

    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Staying => "staying",
            Self::Undecided => "undecided",
            Self::Leaving => "leaving",
        }
    }

    /// In words, for people.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::Staying => text!(language, "relation-staying"),
            Self::Undecided => text!(language, "relation-undecided"),
            Self::Leaving => text!(language, "relation-leaving"),
        }
    }
}

impl Visit {
    /// The respondent's intention to stay; none where it was not asked.
    pub fn stays(&self) -> Option<Stays> {
        self.staying.as_ref().map(|wish| Stays::of(wish.value, wish.range))
    }
}

impl Relation {
    /// The latest session of a side in which it says whether it means to go on.
    pub fn wish(&self, party: Party) -> Option<&Visit> {
        self.visits.iter().rfind(|visit| visit.party == party && visit.staying.is_some())
    }

    /// Whether the customer means to stay by their latest answers, or else our side to go on with them, with whose it is.
    pub fn stays(&self) -> Option<(Party, Stays)> {
        let sides = [Party::Customer, Party::Organisation].into_iter();
        sides.filter_map(|party| Some((party, self.wish(party)?.stays()?))).next()
    }

    /// The session of an earlier day of the same side, person and questionnaire in which the wish was asked.
    pub fn wish_before(&self, visit: &Visit) -> Option<&Visit> {
        let earlier = self.visits.iter().take_while(|other| other.session != visit.session);
        let comparable = |other: &&Visit| other.is_comparable(visit) && !other.is_of_one_day_with(visit);
        earlier.filter(|other| other.staying.is_some()).filter(comparable).last()
    }
}
