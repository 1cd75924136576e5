//! Selects and orders the few things to do on a page that is read in two minutes.
//!
//! In this order: urgent advice; what a side says of itself before what the other guesses; problems before strengths; the customer before
//! both sides together, and these before ours; the first of each session before the second of any; then by distance from the neutral point,
//! in standard errors. Of several with one act only the first is shown, and never two contrary ones.

use std::cmp::Reverse;

use super::Thing;
use crate::instrument::{Act, Priority};

/// How many pieces of advice a page for two minutes has.
pub(super) const THINGS: usize = 3;

/// Whose word something to do rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Word {
    /// The customer's.
    Theirs,
    /// A comparison of both sides.
    Both,
    /// Ours, of ourselves.
    Ours,
    /// What one side guesses of the other.
    Guess,
}

/// Something that could be done.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub thing: Thing,
    pub word: Word,
    pub priority: Priority,
    pub act: Option<Act>,
    /// How far what it rests on lies from what would need no advice, in units of its error.
    pub size: f64,
}

/// The things to do, the first one first.
pub(super) fn chosen(candidates: Vec<Candidate>) -> Vec<Thing> {
    let place = |at: usize| {
        let of = |one: &Candidate| (one.thing.session().to_owned(), one.priority);
        candidates[..at].iter().filter(|one| of(one) == of(&candidates[at])).count()
    };
    let mut order: Vec<(usize, usize)> = (0..candidates.len()).map(|at| (place(at), at)).collect();
    order.sort_by_key(|&(place, at)| {
        let one = &candidates[at];
        // The bits of finite, non-negative floats sort like their values.
        (one.word == Word::Guess, one.priority, one.word, place, Reverse(one.size.max(0.0).to_bits()))
    });
    let mut found: Vec<&Candidate> = Vec::new();
    for one in order.into_iter().filter_map(|(_, at)| candidates.get(at)) {
        let clashes = |known: &&Candidate| {
            let acts = known.act.zip(one.act);
            known.thing.title == one.thing.title
                || acts.is_some_and(|(known, act)| known == act || known.contradicts(act))
        };
        if found.len() < THINGS && !found.iter().any(clashes) {
            found.push(one);
        }
    }
    found.into_iter().map(|one| one.thing.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::Party;

    fn candidate(session: &str, title: &str) -> Candidate {
        let thing = Thing {
            title: title.into(),
            text: String::new(),
            rests: Vec::new(),
            from: String::new(),
            name: title.into(),
            party: Party::Customer,
            quotes: false,
            follows: vec![(session.into(), Vec::new())],
        };
        Candidate { thing, word: Word::Theirs, priority: Priority::Normal, act: None, size: 0.0 }
    }

    fn titles(all: Vec<Candidate>) -> Vec<String> {
        chosen(all).into_iter().map(|thing| thing.title).collect()
    }

    #[test]
    fn one_questionnaire_does_not_speak_for_all() {
        let all = [("a", "1"), ("a", "2"), ("a", "3"), ("b", "4"), ("c", "1"), ("c", "5")];
        let all: Vec<Candidate> = all.map(|(session, title)| candidate(session, title)).into();
        assert_eq!(titles(all.clone()), ["1", "4", "2"]);
        assert_eq!(titles(all[..2].to_vec()), ["1", "2"]);
        assert!(titles(Vec::new()).is_empty());
        // Problems go before strengths, regardless of the side.
        let mut ranked = all;
        ranked[5].priority = Priority::High;
        ranked[0].priority = Priority::Low;
        assert_eq!(titles(ranked), ["5", "2", "4"]);
    }

    #[test]
    fn no_guess_pushes_out_what_the_customer_said() {
        let guessed = |session: &str, title: &str| Candidate {
            word: Word::Guess,
            priority: Priority::Urgent,
            ..candidate(session, title)
        };
        let all =
            vec![guessed("ours", "1"), guessed("ours", "2"), guessed("ours", "3"), candidate("theirs", "4")];
        assert_eq!(titles(all), ["4", "1", "2"]);
    }

    #[test]
    fn what_cannot_wait_is_first_and_the_customer_before_us() {
        let of = |title: &str, word: Word, priority: Priority, size: f64| Candidate {
            word,
            priority,
            size,
            ..candidate(title, title)
        };
        let all = vec![
            of("ours", Word::Ours, Priority::High, 9.0),
            of("both", Word::Both, Priority::High, 2.0),
            of("near the middle", Word::Theirs, Priority::High, 2.0),
            of("far from it", Word::Theirs, Priority::High, 5.0),
            of("angry", Word::Theirs, Priority::Urgent, 0.0),
        ];
        assert_eq!(titles(all.clone()), ["angry", "far from it", "near the middle"]);
        assert_eq!(titles(all[..3].to_vec()), ["near the middle", "both", "ours"]);
    }

    #[test]
    fn nothing_is_asked_for_twice_nor_beside_its_contrary() {
        let of = |title: &str, act: Act| Candidate { act: Some(act), ..candidate(title, title) };
        let all = vec![
            of("ask one thing", Act::Ask),
            of("ask another", Act::Ask),
            of("come closer", Act::Nearness),
            of("leave room", Act::Room),
            of("show the price", Act::Yield),
            of("decide together", Act::Share),
        ];
        assert_eq!(titles(all), ["ask one thing", "come closer", "decide together"]);
        for (_, one) in Act::ALL {
            assert!(!one.contradicts(*one));
            assert!(Act::ALL.iter().all(|(_, other)| one.contradicts(*other) == other.contradicts(*one)));
        }
    }
}
