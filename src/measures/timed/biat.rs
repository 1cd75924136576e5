//! Brief implicit association test, for data from other programs.
//!
//! # What it measures
//! What the IAT does, in short blocks with one focal category each.
//! # Formula
//! The first four trials of a block, as they were presented, are dropped, and so are latencies over 10,000 ms. Errors are kept as recorded.
//! Latencies under 400 ms become 400 ms, those over 2,000 ms become 2,000 ms. D of each consecutive pair of blocks is (mean of B − mean of A) / SD, the
//! SD (n − 1) over both blocks as one sample; the score is the mean over pairs.
//! # Cautions
//! Excluded: more than 10 % of all trials of the blocks under 300 ms, before any is dropped; a block without a partner.
//! Trials have to stand in the order in which they were presented.
//! # Reference
//! Nosek, Bar-Anan, Sriram, Axt and Greenwald 2014, PLOS ONE 9(12), e110938.

use super::cleaned::Cleaned;
use super::exclusion::{BlockRef, BlockSide, Exclusion};
use super::iat::{FAST_MS, SLOWEST_MS, exclude};
use super::pair::{Penalty, Rule, ScoredTrial, Spread};
use super::{CAUTIONS, Trial};
use crate::measures::About;

/// Trials at the beginning of a block that warm up.
pub const WARM_UP: usize = 4;
/// Latencies are brought into this range, in milliseconds.
pub const RANGE_MS: (f64, f64) = (400.0, 2_000.0);

const RULE: Rule = Rule { penalty: Penalty::None, spread: Spread::BeforeReplacement };

/// What it tells about itself.
pub fn about() -> About {
    About {
        name: "brief implicit association test",
        measures: "the strength of one pairing of a category with an attribute against another, in short blocks",
        formula: "D = mean over consecutive pairs of blocks of (mean of B − mean of A)/SD; the first four trials of a block and > 10,000 ms dropped; \
                  < 400 becomes 400 ms, > 2,000 becomes 2,000 ms; errors kept",
        cautions: CAUTIONS,
        reference: "Nosek, Bar-Anan, Sriram, Axt and Greenwald 2014",
    }
}

/// Applies the rule. `a` and `b`: the blocks of each side in the order in which they were done, their trials in the order in
/// which they were presented; the first of `a` is compared with the first of `b`, and so on.
pub fn clean(a: &[&[Trial]], b: &[&[Trial]]) -> Cleaned {
    const NONE: &[Trial] = &[];
    let count = a.len().max(b.len());
    let block = |side: &[&'_ [Trial]], at: usize| side.get(at).copied().unwrap_or(NONE).to_vec();
    let pairs: Vec<[Vec<Trial>; 2]> = (0..count).map(|at| [block(a, at), block(b, at)]).collect();
    let all = || pairs.iter().flatten().flatten();
    let fast = all().filter(|trial| trial.faster_than(f64::from(FAST_MS))).count();
    let of = all().count();
    let kept = pairs.iter().map(|[a, b]| [kept(a), kept(b)]).collect();
    let mut cleaned = Cleaned::new(kept, RULE, fast, of);
    if count == 0 {
        cleaned.exclude(Exclusion::MissingBlock { place: BlockRef::new(0, BlockSide::A) });
    }
    let borrowed: Vec<[&[Trial]; 2]> = pairs.iter().map(|[a, b]| [a.as_slice(), b.as_slice()]).collect();
    exclude(&mut cleaned, &borrowed, fast, of);
    cleaned
}

fn kept(block: &[Trial]) -> Vec<ScoredTrial> {
    let (least, most) = RANGE_MS;
    let warm = block.iter().skip(WARM_UP);
    warm.filter_map(|trial| {
        let latency = trial.latency_ms().filter(|&latency| latency <= SLOWEST_MS)?.clamp(least, most);
        Some(ScoredTrial { latency, correct: trial.correct(), scored: true })
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::timed::ErrorMethod;

    fn trials(latencies: &[f64]) -> Vec<Trial> {
        // Four slow trials to warm up, which nothing may notice.
        let warm = [9_999.0; 4].into_iter().chain(latencies.iter().copied());
        warm.map(|latency| Trial::answered(latency, true)).collect()
    }

    #[test]
    fn clamped_averaged_and_without_the_first_four() {
        // 400 (from 310), 600 against 800, 2,000 (from 5,000); 12,000 is dropped.
        let (a, b) = (trials(&[310.0, 600.0]), trials(&[800.0, 5_000.0, 12_000.0]));
        let (c, d) = (trials(&[500.0, 700.0]), trials(&[500.0, 700.0]));
        let score = clean(&[&a, &c], &[&b, &d]).score(ErrorMethod::Analytic);
        assert_eq!((score.n_trials, score.fast_rate), (8, Some(0.0)));
        // 400 600 800 2000: mean 950, squares 1,550,000.
        let first = 900.0 / (1_550_000.0_f64 / 3.0).sqrt();
        let estimate = score.outcome().unwrap();
        assert!((estimate.pairs[0] - first).abs() < 1e-15 && estimate.pairs[1] == 0.0);
        assert!((estimate.d - first / 2.0).abs() < 1e-15);
    }

    #[test]
    fn a_block_without_a_partner_is_excluded() {
        let block = trials(&[500.0, 600.0, 700.0]);
        let score = clean(&[&block, &block], &[&block]).score(ErrorMethod::None);
        assert_eq!(
            score.outcome().unwrap_err(),
            Exclusion::MissingBlock { place: BlockRef::new(1, BlockSide::B) }
        );
        assert!(clean(&[], &[]).score(ErrorMethod::None).outcome().is_err());
    }

    #[test]
    fn fast_answers_exclude_although_they_would_be_clamped() {
        let fast = trials(&[150.0; 20]);
        let why = clean(&[&fast], &[&fast]).score(ErrorMethod::None).outcome().unwrap_err();
        assert!(matches!(why, Exclusion::TooFast { fast: 40, of: 48, .. }));
        let silent = vec![Trial::unanswered(); 20];
        let why = clean(&[&silent], &[&silent]).score(ErrorMethod::None).outcome().unwrap_err();
        assert!(matches!(why, Exclusion::NothingLeft { .. }));
    }
}
