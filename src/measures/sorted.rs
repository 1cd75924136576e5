//! Timed sorting as a measure of a scale: hands the two test blocks of an interview to the scoring of the single-category IAT.
//!
//! The score is D in its own units, positive for warm; that the gap halves it is the gap's business.

use super::timed::{ErrorMethod, Trial, sc_iat};
use super::{About, Measure, Norms, Outcome, Score};
use crate::instrument::kinds::{Datum, Key, WhyMissing};
use crate::instrument::prompt::{Pairing, Sorted};
use crate::instrument::{Method, Scale};
use crate::interview::Fed;

/// Both test blocks are needed.
const BLOCKS: usize = 2;
/// Beyond this D cannot go while every answer is right.
const RANGE: (f64, f64) = (-2.0, 2.0);

/// See the head of this file, and [`sc_iat`] for the formula.
#[derive(Debug)]
pub struct ScIat;

/// The trials of a block in the form that the scoring takes.
pub fn trials(block: &Sorted) -> Vec<Trial> {
    let trial = |done: &crate::instrument::prompt::Sorting| match done.ms {
        Some(ms) => Trial::answered(ms, done.correct()),
        None => Trial::unanswered(),
    };
    block.trials.iter().map(trial).collect()
}

pub(super) fn outcome(fed: &[Fed]) -> Outcome {
    let block = |wanted: Pairing| {
        fed.iter().find(|fed| fed.key == Key::Sorted(wanted)).and_then(|fed| fed.sorted.as_ref())
    };
    match (block(Pairing::Good), block(Pairing::Bad)) {
        (Some(good), Some(bad)) => {
            let score = sc_iat::clean(&trials(good), &trials(bad)).score(ErrorMethod::Analytic);
            match score.outcome() {
                Ok(estimate) => Outcome::Scored { value: estimate.d, se: estimate.se, n: score.n_trials },
                Err(why) => Outcome::Excluded(why),
            }
        }
        (good, bad) => {
            let not_timed = |fed: &Fed| fed.datum == Datum::Missing(WhyMissing::NotTimed);
            if fed.iter().any(not_timed) {
                return Outcome::NotTimed;
            }
            Outcome::TooFew {
                valid: usize::from(good.is_some()) + usize::from(bad.is_some()),
                needed: BLOCKS,
            }
        }
    }
}

impl Measure for ScIat {
    fn id(&self) -> &'static str {
        "sc-iat"
    }

    fn about(&self) -> About {
        sc_iat::about()
    }

    fn applies(&self, scale: &Scale) -> bool {
        scale.method == Method::ScIat
    }

    fn score(&self, scale: &Scale, fed: &[Fed], _: &Norms) -> Vec<Score> {
        vec![Score { name: scale.name.clone(), model: None, range: RANGE, outcome: outcome(fed) }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::prompt::{Category, SortBlock, SortKey, SortTrial};
    use crate::measures::timed::{BlockSide as Block, Exclusion};

    /// The 72 trials of a test block; `press` gives what is pressed at each.
    fn fed(press: impl Fn(usize, SortKey) -> Option<(SortKey, f64)>) -> Vec<Fed> {
        let block = |pairing: Pairing| {
            let trial = |at: usize| SortTrial {
                stimulus: at.to_string(),
                category: Category::Good,
                key: if at % 12 < 7 { SortKey::Left } else { SortKey::Right },
            };
            let (left, right) = (vec!["A".into()], vec!["B".into()]);
            let trials: Vec<SortTrial> = (0..72).map(trial).collect();
            let (number, of, test, organisation) = (2, 4, true, SortKey::Left);
            let block = SortBlock { number, of, test, pairing, organisation, left, right, trials };
            let pressed: Vec<_> =
                block.trials.iter().enumerate().map(|(at, trial)| press(at, trial.key)).collect();
            let done = block.sorted(pressed);
            assert_eq!(block.check(&done), Ok(()));
            done
        };
        let fed = |pairing| Fed {
            item: 0,
            column: 0,
            datum: Datum::Number(72.0),
            key: Key::Sorted(pairing),
            sorted: Some(block(pairing)),
        };
        Pairing::ALL.map(fed).to_vec()
    }

    fn pace(at: usize) -> f64 {
        500.0 + (at * 37 % 300) as f64
    }

    #[test]
    fn an_honest_block_is_scored_with_its_error() {
        let Outcome::Scored { value, se: Some(se), n } = outcome(&fed(|at, key| Some((key, pace(at)))))
        else {
            panic!("no score");
        };
        assert_eq!((value, n), (0.0, 144));
        assert!((0.1..0.25).contains(&se), "{se}");
    }

    #[test]
    fn slower_with_unpleasant_words_is_warm() {
        let mut blocks = fed(|at, key| Some((key, pace(at))));
        for trial in blocks[1].sorted.iter_mut().flat_map(|block| &mut block.trials) {
            trial.ms = trial.ms.map(|ms| ms + 60.0);
        }
        assert!(outcome(&blocks).value().is_some_and(|d| d > 0.3));
    }

    #[test]
    fn one_key_throughout_is_excluded_for_its_errors() {
        let why = outcome(&fed(|at, _| Some((SortKey::Left, pace(at)))));
        assert!(
            matches!(why, Outcome::Excluded(Exclusion::TooManyErrors { errors: 30, of: 72, place, .. }) if place.side == Block::A),
            "{why:?}"
        );
    }

    #[test]
    fn never_answering_and_answering_in_150_ms_leave_too_few_trials() {
        let why = outcome(&fed(|_, _| None));
        assert!(
            matches!(why, Outcome::Excluded(Exclusion::TooFewRetained { retained: 0, unanswered: 72, .. })),
            "{why:?}"
        );
        let why = outcome(&fed(|_, key| Some((key, 150.0))));
        assert!(
            matches!(why, Outcome::Excluded(Exclusion::TooFewRetained { retained: 0, fast: 72, .. })),
            "{why:?}"
        );
    }

    #[test]
    fn a_block_that_cannot_be_timed_is_told_from_one_that_was_not_done() {
        let mut blocks = fed(|at, key| Some((key, pace(at))));
        blocks[1].sorted = None;
        blocks[1].datum = Datum::Missing(WhyMissing::Declined);
        assert_eq!(outcome(&blocks), Outcome::TooFew { valid: 1, needed: 2 });
        blocks[1].datum = Datum::Missing(WhyMissing::NotTimed);
        assert_eq!(outcome(&blocks), Outcome::NotTimed);
    }
}
