//! Sessions of one respondent. Owns who is one person, that of what one said about an organisation several times the last counts, and how
//! many sessions a few people may have between them: a group that is shown is counted in people, whatever its sessions are.

use std::collections::{BTreeMap, BTreeSet};

use super::measured::Member;
use super::relation::{NamedCustomer, answered_by, by_customer, comparable};
use super::suppress::Smallest;
use super::{Privacy, StudyReport};
use crate::instrument::Party;

/// How many sessions each respondent has, most first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Respondents(Vec<usize>);

impl Respondents {
    /// Of these sessions, each with what tells its respondent from the others.
    pub fn of<T: Ord>(sessions: impl IntoIterator<Item = T>) -> Self {
        let mut each: BTreeMap<T, usize> = BTreeMap::new();
        sessions.into_iter().for_each(|person| *each.entry(person).or_default() += 1);
        let mut each: Vec<usize> = each.into_values().collect();
        each.sort_unstable_by(|a, b| b.cmp(a));
        Self(each)
    }

    pub(super) fn of_members(members: &[&Member]) -> Self {
        Self::of(members.iter().map(|member| member.person()))
    }

    /// How many people.
    pub fn people(&self) -> usize {
        self.0.len()
    }

    /// Whether somebody has more than one session.
    pub fn come_back(&self) -> bool {
        self.0.first().is_some_and(|most| *most > 1)
    }

    /// How many people they are where that is not how many sessions there are.
    pub fn fewer(&self) -> Option<usize> {
        self.come_back().then_some(self.people())
    }

    /// What numbers of sessions count: `people` where everybody has one, else `sessions`.
    pub fn counted(&self) -> &'static str {
        if self.come_back() { "sessions" } else { "people" }
    }

    /// The most sessions that so many people have between them; strangers have one each.
    fn most_of(&self, people: usize) -> usize {
        self.0.iter().copied().chain(std::iter::repeat(1)).take(people).sum()
    }

    /// The smallest group under a rule, in sessions: whatever sessions a group of this size has, enough people are behind them.
    pub(crate) fn smallest(&self, privacy: Privacy) -> Smallest {
        Smallest { group: self.most_of(privacy.least() - 1) + 1, few: self.most_of(2) }
    }
}

/// How many people these sessions come from.
pub(super) fn people<'a>(members: impl IntoIterator<Item = &'a Member>) -> usize {
    members.into_iter().map(Member::person).collect::<BTreeSet<_>>().len()
}

/// A number for the respondent of each of these sessions, in the order in which they come first.
pub(super) fn numbers<'a>(members: impl IntoIterator<Item = &'a Member>) -> Vec<usize> {
    let mut known = BTreeMap::new();
    let number = |member: &'a Member| {
        let next = known.len();
        *known.entry(member.person()).or_insert(next)
    };
    members.into_iter().map(number).collect()
}

/// The sessions that one person had with one questionnaire about one organisation, each list in the order of time. A customer is told from others
/// by the rule for relations.
pub(super) fn by_subject<'a>(members: &[&'a Member]) -> Vec<Vec<&'a Member>> {
    let mut by_code: BTreeMap<&str, Vec<(NamedCustomer, &'a Member)>> = BTreeMap::new();
    for member in members {
        let named = NamedCustomer::of(member.party, &member.digest.fields);
        by_code.entry(&member.facts.respondent).or_default().push((named, member));
    }
    let mut told: BTreeMap<_, Vec<&'a Member>> = BTreeMap::new();
    for mut visits in by_code.into_values() {
        visits.sort_by_key(|(_, member)| member.moment());
        for (customer, of) in by_customer(visits).into_iter().enumerate() {
            for member in of.sessions {
                // A customer also says which organisation it is a customer of.
                let named = NamedCustomer::of(member.party, &member.digest.fields).name;
                let about = member.organisation.as_ref().filter(|about| Some(*about) != named.as_ref());
                let about = about.and_then(|about| comparable(about));
                let key = (member.facts.instrument.as_str(), member.who(), customer, about);
                told.entry(key).or_default().push(member);
            }
        }
    }
    told.into_values().collect()
}

/// Of what one person says about one organisation several times, the last session: a table tells how things are now, of everybody once. Whoever
/// tells of several organisations is in it with each.
pub(super) fn latest<'a>(members: &[&'a Member]) -> Vec<&'a Member> {
    let last =
        by_subject(members).into_iter().filter_map(|all| all.last().map(|last| last.facts.id.as_str()));
    let last: BTreeSet<&str> = last.collect();
    members.iter().filter(|member| last.contains(member.facts.id.as_str())).copied().collect()
}

/// The last session of each person, whatever it is about: cases that are independent as far as the study shows.
pub(super) fn last_of_each<'a>(members: &[&'a Member]) -> Vec<&'a Member> {
    let mut last: BTreeMap<_, &'a Member> = BTreeMap::new();
    for member in members {
        let kept = last.entry(member.who()).or_insert(member);
        if kept.moment() < member.moment() {
            *kept = member;
        }
    }
    let last: BTreeSet<&str> = last.into_values().map(|member| member.facts.id.as_str()).collect();
    members.iter().filter(|member| last.contains(member.facts.id.as_str())).copied().collect()
}

impl Member {
    /// Who answered. Of several people behind one code, those are told apart who have a code of their own.
    pub(super) fn who(&self) -> ((&str, bool), Option<String>) {
        let own = answered_by(self.party, self.facts.interviewer.as_deref(), &self.digest.fields);
        (self.person(), own)
    }

    /// By what later sessions are told from earlier ones.
    pub(super) fn moment(&self) -> (i64, &str) {
        (self.facts.begun, &self.facts.id)
    }

    /// Who answered: both sides of a relation have the code that it goes by.
    pub(super) fn person(&self) -> (&str, bool) {
        (&self.facts.respondent, self.party == Party::Customer)
    }
}

impl StudyReport {
    /// The fewest people of whom anything is shown, where these are not so many.
    pub fn too_few(&self) -> Option<usize> {
        self.least.filter(|least| self.respondents.people() < *least)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_as_large_as_its_people() {
        let of = |sessions: &str| Respondents::of(sessions.chars());
        let smallest = |sessions: &str, least: usize| {
            let found = of(sessions).smallest(Privacy::at_least(least));
            (found.group, found.few)
        };
        // Everybody once: sessions are people, however few there are.
        assert_eq!(
            [smallest("", 10), smallest("abcdefghijkl", 10), smallest("ab", 5)],
            [(10, 2), (10, 2), (5, 2)]
        );
        assert_eq!((of("abc").come_back(), of("abc").fewer()), (false, None));
        // Two people five times: no number of their sessions is ten people.
        assert_eq!((smallest("aaaaabbbbb", 10), of("aaaaabbbbb").fewer()), ((18, 10), Some(2)));
        // One of six comes back twice: six sessions could be those of four people, seven cannot.
        assert_eq!(smallest("aaabcdef", 5), (7, 4));
    }
}
