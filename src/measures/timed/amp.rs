//! Affect misattribution procedure, for data from other programs.
//!
//! # What it measures
//! Whether a prime lends its pleasantness to a neutral figure that follows it.
//! # Formula
//! Share of "pleasant" after the prime minus share of "pleasant" after the neutral prime. SE = √[p(1 − p)/(n − 1) + q(1 − q)/(m − 1)],
//! which is what the delta method leaves when nothing is divided by.
//! # Cautions
//! Latency is not scored. Excluded: a prime with one answer, or with fewer than half as many as the other (assumed). Who gives the same answer to every trial is excluded (assumed): the difference would be zero without any
//! error, and says nothing.
//! # Reference
//! Payne, Cheng, Govorun and Stewart 2005, Journal of Personality and Social Psychology 89, 277–293.

use super::cleaned::Cleaned;
use super::exclusion::{BlockRef, BlockSide, Exclusion};
use super::pair::{Penalty, Rule, ScoredTrial, Spread};
use crate::measures::About;

const RULE: Rule = Rule { penalty: Penalty::None, spread: Spread::Undivided };

/// What it tells about itself.
pub fn about() -> About {
    About {
        name: "affect misattribution procedure",
        measures: "how far a prime makes a neutral figure look pleasant",
        formula: "share of pleasant after the prime − share of pleasant after the neutral prime",
        cautions: "measures the strength of associations, not truth; latency is not scored; people who rate the prime on purpose score \
                   higher; no error where each prime has one answer throughout; not for decisions about one person",
        reference: "Payne, Cheng, Govorun and Stewart 2005",
    }
}

/// Applies the rule: whether each trial was called pleasant, after the neutral prime and after the prime. The neutral
/// prime is side A.
pub fn clean(neutral: &[bool], prime: &[bool]) -> Cleaned {
    let kept = |answers: &[bool]| -> Vec<ScoredTrial> {
        let value = |pleasant: bool| if pleasant { 1.0 } else { 0.0 };
        answers.iter().map(|&p| ScoredTrial { latency: value(p), correct: true, scored: true }).collect()
    };
    let mut cleaned = Cleaned::new(vec![[kept(neutral), kept(prime)]], RULE, 0, 0);
    // No answer is right or wrong.
    cleaned.error_rate = None;
    for (side, answers) in [(BlockSide::A, neutral), (BlockSide::B, prime)] {
        if answers.is_empty() {
            cleaned.exclude(Exclusion::MissingBlock { place: BlockRef::new(0, side) });
        }
    }
    cleaned.exclude_short([[neutral.len(), prime.len()]].into_iter());
    let all = || neutral.iter().chain(prime);
    if all().all(|&pleasant| pleasant) || !all().any(|&pleasant| pleasant) {
        cleaned.exclude(Exclusion::OneAnswer { of: all().count() });
    }
    cleaned
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::timed::ErrorMethod;

    #[test]
    fn a_difference_of_shares_with_its_error() {
        let prime = [true, true, true, false];
        let neutral = [true, false, false, false, false];
        let score = clean(&neutral, &prime).score(ErrorMethod::Analytic);
        let estimate = score.outcome().unwrap();
        assert!((estimate.d - 0.55).abs() < 1e-15);
        let expected = (0.75_f64 * 0.25 / 3.0 + 0.2 * 0.8 / 4.0).sqrt();
        assert!((estimate.se.unwrap() - expected).abs() < 1e-15);
        assert_eq!((score.n_trials, score.error_rate, score.fast_rate), (9, None, None));
    }

    #[test]
    fn one_answer_to_each_prime_has_no_error() {
        for error in [ErrorMethod::Analytic, ErrorMethod::Bootstrap { resamples: 50, seed: 1 }] {
            let score = clean(&[false; 3], &[true; 3]).score(error);
            let estimate = score.outcome().unwrap();
            assert_eq!((estimate.d, estimate.se), (1.0, None));
        }
    }

    #[test]
    fn one_key_and_a_missing_prime_are_excluded() {
        let why = clean(&[true; 5], &[true; 6]).score(ErrorMethod::None).outcome().unwrap_err();
        assert_eq!(why, Exclusion::OneAnswer { of: 11 });
        let why = clean(&[], &[true, false]).score(ErrorMethod::None).outcome().unwrap_err();
        assert_eq!(why, Exclusion::MissingBlock { place: BlockRef::new(0, BlockSide::A) });
    }
}
