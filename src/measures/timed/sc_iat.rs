//! Single-category implicit association test, the primary measure of associated sentiment.
//!
//! # What it measures
//! How much faster somebody sorts the organisation together with good than together with bad.
//! # Formula
//! Test trials only. No answer and latencies under 350 ms are dropped. The latency of an error becomes the mean of all retained trials of its
//! block, errors as recorded, plus 400 ms. D = (mean of B − mean of A) / SD, the SD (n − 1) of the retained *correct* latencies of both
//! blocks as one sample. With A = organisation and good on one key, B = organisation and bad, D > 0 is warm.
//! # Cautions
//! Excluded: more than 25 % errors among the retained trials of a block (the original paper has 20 %), or fewer than half of a block's
//! trials retained (assumed). There is no rule about fast answers; their share of all trials is reported.
//! # Reference
//! Karpinski and Steinman 2006, Journal of Personality and Social Psychology 91, 16–32.

use super::cleaned::Cleaned;
use super::exclusion::{BlockRef, BlockSide, Exclusion};
use super::pair::{Penalty, Rule, ScoredTrial, Spread};
use super::{CAUTIONS, Trial};
use crate::measures::About;

/// Answers faster than this are dropped, in milliseconds.
pub const FASTEST_MS: u32 = 350;
/// What an error costs on top of the block's mean, in milliseconds.
pub const PENALTY_MS: f64 = 400.0;
/// The largest share of errors in a block that is accepted, in percent.
pub const MOST_ERRORS_PERCENT: u32 = 25;

const RULE: Rule = Rule { penalty: Penalty::BlockMeanPlus(PENALTY_MS), spread: Spread::CorrectOnly };

/// What it tells about itself.
pub fn about() -> About {
    About {
        name: "single-category implicit association test",
        measures: "the strength of an association of one organisation with good against bad",
        formula: "D = (mean of B − mean of A) / SD; no answer and < 350 ms dropped; an error becomes the mean of its block + 400 ms; SD (n − 1) \
                  of the correct latencies of both blocks as one sample",
        cautions: CAUTIONS,
        reference: "Karpinski and Steinman 2006 (more than 25 % errors excluded here, 20 % there)",
    }
}

/// Applies the rule to the test trials of both blocks, in any order within a block.
pub fn clean(a: &[Trial], b: &[Trial]) -> Cleaned {
    let sides = [(BlockSide::A, a), (BlockSide::B, b)];
    let fast = |trials: &[Trial]| trials.iter().filter(|t| t.faster_than(f64::from(FASTEST_MS))).count();
    let mut cleaned =
        Cleaned::new(vec![[retained(a), retained(b)]], RULE, fast(a) + fast(b), a.len() + b.len());
    for (side, _) in sides.iter().filter(|(_, trials)| trials.is_empty()) {
        cleaned.exclude(Exclusion::MissingBlock { place: BlockRef::new(0, *side) });
    }
    cleaned.exclude_short([[a.len(), b.len()]].into_iter());
    for (side, trials) in sides {
        let (retained, of) = (retained(trials).len(), trials.len());
        if retained * 2 < of {
            let unanswered = trials.iter().filter(|trial| trial.latency_ms().is_none()).count();
            cleaned.exclude(Exclusion::TooFewRetained {
                place: BlockRef::new(0, side),
                retained,
                of,
                unanswered,
                fast: fast(trials),
                below_ms: FASTEST_MS,
            });
        }
    }
    for (side, trials) in sides {
        let retained = retained(trials);
        let errors = retained.iter().filter(|trial| !trial.correct).count();
        if errors * 100 > retained.len() * MOST_ERRORS_PERCENT as usize {
            cleaned.exclude(Exclusion::TooManyErrors {
                place: BlockRef::new(0, side),
                errors,
                of: retained.len(),
                most_percent: MOST_ERRORS_PERCENT,
            });
        }
    }
    cleaned
}

fn retained(trials: &[Trial]) -> Vec<ScoredTrial> {
    let slow_enough = trials.iter().filter(|trial| !trial.faster_than(f64::from(FASTEST_MS)));
    slow_enough
        .filter_map(|trial| {
            trial.latency_ms().map(|latency| ScoredTrial { latency, correct: trial.correct(), scored: true })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::timed::ErrorMethod;

    /// A long block in which every third answer is expected on the other key; `press` gives latency and the key.
    fn block(press: impl Fn(usize) -> Option<(f64, bool)>) -> Vec<Trial> {
        (0..72)
            .map(|at| {
                let expected = at % 12 < 5;
                press(at).map_or(Trial::unanswered(), |(ms, key)| Trial::answered(ms, key == expected))
            })
            .collect()
    }

    fn why(press: impl Fn(usize) -> Option<(f64, bool)> + Copy) -> Exclusion {
        clean(&block(press), &block(press)).score(ErrorMethod::Analytic).outcome().unwrap_err()
    }

    fn honest(at: usize) -> Option<(f64, bool)> {
        Some((500.0 + (at * 37 % 300) as f64, at % 12 < 5))
    }

    #[test]
    fn an_honest_person_is_scored() {
        let slower = |at| honest(at).map(|(ms, key)| (ms + 50.0, key));
        let score = clean(&block(honest), &block(slower)).score(ErrorMethod::Analytic);
        assert_eq!(score.n_trials, 144);
        let estimate = score.outcome().unwrap();
        assert!(estimate.d > 0.4 && estimate.se.is_some_and(|se| (0.1..0.2).contains(&se)), "{estimate:?}");
    }

    #[test]
    fn one_key_throughout_is_too_many_errors() {
        // Seven of twelve answers belong on the other key.
        let why = why(|at| honest(at).map(|(ms, _)| (ms, true)));
        assert_eq!(
            why,
            Exclusion::TooManyErrors {
                place: BlockRef::new(0, BlockSide::A),
                errors: 42,
                of: 72,
                most_percent: 25
            }
        );
    }

    #[test]
    fn never_answering_is_too_few_trials() {
        let reason = why(|_| None);
        assert!(matches!(reason, Exclusion::TooFewRetained { retained: 0, of: 72, unanswered: 72, .. }));
        let text = reason.sentence(|_| "block x".into());
        assert!(
            text.starts_with("too few retained trials: 0 of 72 of block x (72 without an answer"),
            "{text}"
        );
    }

    #[test]
    fn everything_in_150_ms_is_too_few_trials() {
        let reason = why(|at| honest(at).map(|(_, key)| (150.0, key)));
        assert!(matches!(reason, Exclusion::TooFewRetained { retained: 0, fast: 72, .. }));
    }

    #[test]
    fn a_key_held_down_is_too_few_trials() {
        // The first press is slow, then the keyboard repeats every 33 ms, always the same key.
        let reason = why(|at| Some((if at == 0 { 500.0 } else { 33.0 }, true)));
        assert!(matches!(reason, Exclusion::TooFewRetained { retained: 1, fast: 71, .. }));
    }

    #[test]
    fn limits_are_accepted_and_one_more_is_not() {
        let with_errors = |errors: usize| {
            block(move |at| honest(at).map(|(ms, key)| (ms, if at < errors { !key } else { key })))
        };
        let outcome = |a: &[Trial]| clean(a, &block(honest)).score(ErrorMethod::None).outcome().is_ok();
        assert!(outcome(&with_errors(18)) && !outcome(&with_errors(19)));
        let with_gaps = |gaps: usize| block(move |at| if at < gaps { None } else { honest(at) });
        assert!(outcome(&with_gaps(36)) && !outcome(&with_gaps(37)));
        let at = |ms: f64| clean(&[Trial::answered(ms, true)], &[]).score(ErrorMethod::None).n_trials;
        assert_eq!((at(350.0), at(349.99)), (1, 0));
    }

    #[test]
    fn a_missing_block_is_no_number() {
        let score = clean(&block(honest), &[]).score(ErrorMethod::Analytic);
        assert_eq!(
            score.outcome().unwrap_err(),
            Exclusion::MissingBlock { place: BlockRef::new(0, BlockSide::B) }
        );
        assert!(score.despite_exclusion().is_none());
    }

    #[test]
    fn fast_answers_are_a_share_of_all_trials() {
        let fast = block(|at| if at < 9 { Some((200.0, true)) } else { honest(at) });
        assert_eq!(clean(&fast, &block(honest)).score(ErrorMethod::None).fast_rate, Some(9.0 / 144.0));
    }
}
