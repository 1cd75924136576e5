//! A side's intention to go on. Owns the cut-off on the wish to stay; its wording beside satisfaction is elsewhere.

use std::cmp::{Ordering, Reverse};

use serde::Serialize;

use super::{Followed, Relation, Visit};
use crate::analysis::stays;
use crate::instrument::{Language, Party};
use crate::text;

/// The intention to stay, the most willing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
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

    /// Whether the wish to stay is among these measures.
    pub fn rests_on_wish(&self, names: &[String]) -> bool {
        let mut wish = self.staying.iter().map(|wish| Followed::Staying { name: wish.name.clone() }.name());
        wish.any(|name| names.contains(&name))
    }
}

impl Relation {
    /// The latest session of each person of a side in which they say whether they mean to go on, the least willing first: nobody's answer
    /// goes because a colleague answered later. Each without a code may be of another person: an earlier one stays where it is less willing
    /// than all that came later, and says nothing new else.
    pub fn wishes(&self, party: Party) -> Vec<&Visit> {
        let mut found: Vec<&Visit> = Vec::new();
        for visit in self.usable().rev().filter(|visit| visit.party == party && visit.staying.is_some()) {
            let is_beside = |known: &&Visit| {
                known.person != visit.person || (visit.is_codeless() && known.stays() < visit.stays())
            };
            if found.iter().all(is_beside) {
                found.push(visit);
            }
        }
        found.sort_by_key(|visit| Reverse(visit.stays()));
        found
    }

    /// Whether somebody of the customer would rather leave by their latest answer, or else of our side, with whose it is.
    pub fn stays(&self) -> Option<(Party, Stays)> {
        let sides = [Party::Customer, Party::Organisation].into_iter();
        sides.filter_map(|party| Some((party, self.wishes(party).first()?.stays()?))).next()
    }

    /// Whether what rests on these measures of a session rests on a wish that the same person put otherwise later, by whichever questionnaire;
    /// of those without a code, that all who count put otherwise.
    pub fn rests_on_a_past_wish(&self, visit: &Visit, names: &[String]) -> bool {
        let wishes = self.wishes(visit.party);
        let mut same = wishes.into_iter().filter(|one| one.person == visit.person).peekable();
        visit.rests_on_wish(names) && same.peek().is_some() && same.all(|one| one.stays() != visit.stays())
    }

    /// The session of an earlier day of the same side, person and questionnaire in which the wish was asked.
    pub fn wish_before(&self, visit: &Visit) -> Option<&Visit> {
        let earlier = self.visits.iter().take_while(|other| other.session != visit.session);
        let comparable = |other: &&Visit| other.is_comparable(visit) && !other.is_of_one_day_with(visit);
        earlier.filter(|other| other.staying.is_some()).filter(comparable).last()
    }
}
