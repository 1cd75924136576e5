//! Implicit association test, the improved scoring in its six variants, for data from other programs.
//!
//! # What it measures
//! How much faster somebody sorts two categories with two attributes in one pairing than in the other.
//! # Formula
//! D = ½[(mean of practice B − mean of practice A)/SD + (mean of test B − mean of test A)/SD], each SD (n − 1) over both blocks as one
//! sample. Latencies over 10,000 ms are dropped.
//!
//! | | latency of an error | lower cut |
//! |---|---|---|
//! | D1 | as recorded, until the right key | none |
//! | D2 | as recorded | < 400 ms deleted |
//! | D3 | mean of correct in the block + 2 SD of correct | none |
//! | D4 | mean of correct in the block + 600 ms | none |
//! | D5 | as D3 | < 400 ms deleted |
//! | D6 | as D4 | < 400 ms deleted |
//!
//! Programs disagree in two places, so both are options. The SD is taken after or before errors are replaced. For D5 and D6 the replacement is
//! computed from the correct trials that the deletion leaves, or from those before it; what is deleted is decided by the
//! latency as recorded in both cases.
//! # Cautions
//! Excluded: more than 10 % of all trials of the four blocks under 300 ms, before any deletion; a missing block; a block with too few
//! correct trials to compute a replacement from. Also, by no published rule (assumed): a block with one trial, or with fewer than half as
//! many as the block that it is compared with, or of which fewer than half have an answer within 10,000 ms.
//! # Reference
//! Greenwald, Nosek and Banaji 2003, Journal of Personality and Social Psychology 85, 197–216.

use super::cleaned::Cleaned;
use super::exclusion::{BlockRef, BlockSide, Exclusion};
use super::pair::{Penalty, Rule, ScoredTrial, Spread};
use super::{CAUTIONS, Trial};
use crate::measures::About;

/// Answers slower than this are dropped, in milliseconds.
pub const SLOWEST_MS: f64 = 10_000.0;
/// Answers faster than this are deleted by D2, D5 and D6, in milliseconds.
pub const LOWER_CUT_MS: f64 = 400.0;
/// Answers faster than this count as fast, in milliseconds.
pub const FAST_MS: u32 = 300;
/// The largest share of fast answers that is accepted, in percent.
pub const MOST_FAST_PERCENT: u32 = 10;

/// Which of the six variants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IatAlgorithm {
    /// As recorded.
    D1,
    /// As recorded, without latencies under 400 ms.
    D2,
    /// Errors become the mean of correct plus two SDs.
    D3,
    /// Errors become the mean of correct plus 600 ms.
    D4,
    /// As D3, without latencies under 400 ms.
    D5,
    /// As D4, without latencies under 400 ms.
    D6,
}

impl IatAlgorithm {
    /// All six.
    pub const ALL: [Self; 6] = [Self::D1, Self::D2, Self::D3, Self::D4, Self::D5, Self::D6];

    /// What stands in for the latency of an error.
    pub fn penalty(self) -> Penalty {
        match self {
            Self::D1 | Self::D2 => Penalty::None,
            Self::D3 | Self::D5 => Penalty::CorrectMeanPlusSds(2.0),
            Self::D4 | Self::D6 => Penalty::CorrectMeanPlus(600.0),
        }
    }

    /// Whether latencies under 400 ms are deleted.
    pub fn deletes(self) -> bool {
        matches!(self, Self::D2 | Self::D5 | Self::D6)
    }
}

/// When the SD is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SdTaken {
    /// After errors are replaced.
    #[default]
    After,
    /// Before: of all latencies as recorded.
    Before,
}

/// What the replacement of D5 and D6 is computed from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PenaltyFrom {
    /// The correct trials that are left once latencies under 400 ms are deleted.
    #[default]
    AfterDeletion,
    /// All correct trials up to 10,000 ms.
    BeforeDeletion,
}

/// The variant with both options.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IatOptions {
    /// Which of the six.
    pub method: IatAlgorithm,
    /// When the SD is taken.
    pub sd: SdTaken,
    /// What the replacement of D5 and D6 is computed from.
    pub penalty: PenaltyFrom,
}

/// The trials of the four scored blocks, in any order within a block.
#[derive(Debug, Clone, Copy)]
pub struct IatBlocks<'a> {
    /// Practice of the first pairing.
    pub practice_a: &'a [Trial],
    /// Practice of the second pairing.
    pub practice_b: &'a [Trial],
    /// Test of the first pairing.
    pub test_a: &'a [Trial],
    /// Test of the second pairing.
    pub test_b: &'a [Trial],
}

/// What it tells about itself.
pub fn about() -> About {
    About {
        name: "implicit association test",
        measures: "the strength of one pairing of two categories with two attributes against the other pairing",
        formula: "D = ½[(mean of practice B − mean of practice A)/SD + (mean of test B − mean of test A)/SD]; > 10,000 ms dropped; D1–D6 differ in \
                  the latency of errors and in deleting < 400 ms",
        cautions: CAUTIONS,
        reference: "Greenwald, Nosek and Banaji 2003",
    }
}

/// Applies a variant to the four blocks. The score's pairs are practice and test, in this order.
pub fn clean(blocks: IatBlocks, options: IatOptions) -> Cleaned {
    let pairs = [[blocks.practice_a, blocks.practice_b], [blocks.test_a, blocks.test_b]];
    let spread = match options.sd {
        SdTaken::After => Spread::AfterReplacement,
        SdTaken::Before => Spread::BeforeReplacement,
    };
    let rule = Rule { penalty: options.method.penalty(), spread };
    let all = || pairs.iter().flatten().flat_map(|block| block.iter());
    let fast = all().filter(|trial| trial.faster_than(f64::from(FAST_MS))).count();
    let of = all().count();
    let kept = pairs.iter().map(|pair| pair.map(|block| kept(block, options))).collect();
    let mut cleaned = Cleaned::new(kept, rule, fast, of);
    exclude(&mut cleaned, &pairs, fast, of);
    cleaned
}

/// The reasons that the IAT and its brief form share: a missing block or one that was broken off, too many fast answers, too few trials left.
pub(super) fn exclude(cleaned: &mut Cleaned, pairs: &[[&[Trial]; 2]], fast: usize, of: usize) {
    for (index, pair) in pairs.iter().enumerate() {
        for (side, block) in [BlockSide::A, BlockSide::B].into_iter().zip(pair) {
            if block.is_empty() {
                cleaned.exclude(Exclusion::MissingBlock { place: BlockRef::new(index, side) });
            }
        }
    }
    cleaned.exclude_short(pairs.iter().map(|pair| pair.map(<[Trial]>::len)));
    if fast * 100 > of * MOST_FAST_PERCENT as usize {
        let (below_ms, most_percent) = (FAST_MS, MOST_FAST_PERCENT);
        cleaned.exclude(Exclusion::TooFast { fast, of, below_ms, most_percent });
    }
    for (index, pair) in pairs.iter().enumerate() {
        for (side, block) in [BlockSide::A, BlockSide::B].into_iter().zip(pair) {
            let taken = |trial: &&Trial| trial.latency_ms().is_some_and(|latency| latency <= SLOWEST_MS);
            let (left, of) = (block.iter().filter(taken).count(), block.len());
            let scored = |kept: &&ScoredTrial| kept.scored;
            let one = cleaned
                .pairs
                .get(index)
                .is_some_and(|pair| pair[side as usize].iter().filter(scored).count() == 1);
            let left = if one { 1 } else { left };
            if left > 0 && (left * 2 < of || one && of > 1) {
                cleaned.exclude(Exclusion::FewLeft { place: BlockRef::new(index, side), left, of });
            }
        }
    }
}

fn kept(block: &[Trial], options: IatOptions) -> Vec<ScoredTrial> {
    let before = options.penalty == PenaltyFrom::BeforeDeletion;
    block
        .iter()
        .filter_map(|trial| {
            let latency = trial.latency_ms().filter(|&latency| latency <= SLOWEST_MS)?;
            let scored = !options.method.deletes() || latency >= LOWER_CUT_MS;
            // A deleted trial still moves the replacement where that is computed before the deletion.
            let counts = scored || (before && trial.correct() && options.method.penalty() != Penalty::None);
            counts.then_some(ScoredTrial { latency, correct: trial.correct(), scored })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measures::timed::ErrorMethod;

    fn options(method: IatAlgorithm) -> IatOptions {
        IatOptions { method, sd: SdTaken::After, penalty: PenaltyFrom::AfterDeletion }
    }

    fn block(shift: f64, n: usize) -> Vec<Trial> {
        (0..n).map(|i| Trial::answered(600.0 + shift + (i * 53 % 240) as f64, i % 9 != 3)).collect()
    }

    fn score(blocks: [&[Trial]; 4], options: IatOptions) -> super::super::TimedScore {
        let [practice_a, practice_b, test_a, test_b] = blocks;
        clean(IatBlocks { practice_a, practice_b, test_a, test_b }, options).score(ErrorMethod::Analytic)
    }

    #[test]
    fn d_is_the_mean_of_practice_and_test() {
        let (a, b, c, d) = (block(0.0, 20), block(80.0, 20), block(0.0, 40), block(30.0, 40));
        for method in IatAlgorithm::ALL {
            let score = score([&a, &b, &c, &d], options(method));
            let estimate = score.outcome().unwrap();
            assert_eq!(estimate.d, (estimate.pairs[0] + estimate.pairs[1]) / 2.0);
            assert!(estimate.pairs[0] > estimate.pairs[1] && estimate.pairs[1] > 0.0);
            assert_eq!(score.n_trials, 120);
        }
    }

    #[test]
    fn a_missing_block_is_excluded_and_never_a_number() {
        let full = block(0.0, 20);
        for missing in 0..4 {
            let mut blocks: [&[Trial]; 4] = [&full; 4];
            blocks[missing] = &[];
            let score = score(blocks, options(IatAlgorithm::D4));
            let side = if missing % 2 == 0 { BlockSide::A } else { BlockSide::B };
            let place = BlockRef::new(missing / 2, side);
            assert_eq!(score.outcome().unwrap_err(), Exclusion::MissingBlock { place });
            assert!(score.despite_exclusion().is_none());
        }
    }

    #[test]
    fn more_than_a_tenth_of_fast_answers_excludes() {
        let with_fast = |fast: usize| {
            let mut trials = block(0.0, 40);
            trials[..fast].fill(Trial::answered(150.0, true));
            trials
        };
        let rest = block(20.0, 40);
        let outcome = |fast| score([&with_fast(fast), &rest, &rest, &rest], options(IatAlgorithm::D2));
        assert!(outcome(16).outcome().is_ok());
        let excluded = outcome(17);
        let why = Exclusion::TooFast { fast: 17, of: 160, below_ms: 300, most_percent: 10 };
        assert_eq!(excluded.outcome().unwrap_err(), why);
        assert!(excluded.despite_exclusion().is_some());
    }

    #[test]
    fn everything_in_150_ms_a_held_key_and_no_answer_are_excluded() {
        let each = |trial: Trial| {
            let block = vec![trial; 20];
            score([&block; 4], options(IatAlgorithm::D4)).outcome().unwrap_err()
        };
        assert!(matches!(each(Trial::answered(150.0, true)), Exclusion::TooFast { fast: 80, of: 80, .. }));
        assert!(matches!(each(Trial::answered(33.0, false)), Exclusion::TooFast { .. }));
        assert!(matches!(each(Trial::unanswered()), Exclusion::NothingLeft { .. }));
    }

    #[test]
    fn ten_seconds_are_kept_and_400_ms_are_not_deleted() {
        let n = |ms: f64, method| {
            let mut trials = block(0.0, 20);
            trials.push(Trial::answered(ms, true));
            score([&trials, &block(0.0, 20), &block(0.0, 20), &block(0.0, 20)], options(method)).n_trials
        };
        assert_eq!((n(10_000.0, IatAlgorithm::D1), n(10_000.5, IatAlgorithm::D1)), (81, 80));
        assert_eq!(
            (n(400.0, IatAlgorithm::D5), n(399.5, IatAlgorithm::D5), n(399.5, IatAlgorithm::D3)),
            (81, 80, 81)
        );
    }

    #[test]
    fn both_options_move_what_they_are_about_and_nothing_else() {
        let mut quick = block(0.0, 40);
        quick[..3].fill(Trial::answered(350.0, true));
        let rest = block(40.0, 40);
        let d = |method, sd, penalty| {
            score([&quick, &rest, &quick, &rest], IatOptions { method, sd, penalty }).outcome().unwrap().d
        };
        use PenaltyFrom::{AfterDeletion, BeforeDeletion};
        for method in IatAlgorithm::ALL {
            let moved = d(method, SdTaken::After, AfterDeletion) != d(method, SdTaken::Before, AfterDeletion);
            assert_eq!(moved, method.penalty() != Penalty::None, "{method:?}");
            let moved = d(method, SdTaken::After, AfterDeletion) != d(method, SdTaken::After, BeforeDeletion);
            assert_eq!(moved, matches!(method, IatAlgorithm::D5 | IatAlgorithm::D6), "{method:?}");
        }
    }
}
