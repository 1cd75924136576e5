//! Why somebody has no score. Owns the reasons and their sentences; refuses to know what a block is called: whoever prints a
//! reason says that.

use serde::{Deserialize, Serialize};

/// One of the two blocks that a pair compares: D = (mean of B − mean of A) / SD.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockSide {
    /// The block whose mean is subtracted.
    A,
    /// The block that it is subtracted from.
    B,
}

/// Which block of which pair, counted from zero. The IAT has practice as pair 0 and test as pair 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct BlockRef {
    /// The pair.
    pub pair: usize,
    /// The block within it.
    pub side: BlockSide,
}

impl BlockRef {
    /// BlockMoments A or B of pair number `pair`.
    pub fn new(pair: usize, side: BlockSide) -> Self {
        Self { pair, side }
    }
}

/// Why a person is excluded. Rates are given as counts, so that a sentence can say both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Exclusion {
    /// A block that the score needs has no trials.
    MissingBlock {
        /// Which one.
        place: BlockRef,
    },
    /// Too many answers that came too fast to be one to the stimulus.
    TooFast {
        /// Trials below the limit.
        fast: usize,
        /// All trials of the blocks.
        of: usize,
        /// The limit in milliseconds.
        below_ms: u32,
        /// The largest share that is accepted, in percent.
        most_percent: u32,
    },
    /// Too many errors in a block.
    TooManyErrors {
        /// The block.
        place: BlockRef,
        /// Errors among the retained trials.
        errors: usize,
        /// Retained trials.
        of: usize,
        /// The largest share that is accepted, in percent.
        most_percent: u32,
    },
    /// Too few trials of a block are left once unanswered and too fast ones are dropped.
    TooFewRetained {
        /// The block.
        place: BlockRef,
        /// Trials that are left.
        retained: usize,
        /// All trials of the block.
        of: usize,
        /// Trials without an answer.
        unanswered: usize,
        /// Trials below the limit.
        fast: usize,
        /// The limit in milliseconds.
        below_ms: u32,
    },
    /// A block with a single trial, or with fewer than half as many as the block that it is compared with: it was broken off, or rows are
    /// missing (assumed; no published rule foresees such a block).
    ShortBlock {
        /// The block.
        place: BlockRef,
        /// Its trials.
        trials: usize,
        /// Those of the other block.
        partner: usize,
    },
    /// Fewer than half of a block's trials have a latency that the rule takes (assumed, as for [`Exclusion::ShortBlock`]).
    FewLeft {
        /// The block.
        place: BlockRef,
        /// Trials that are left.
        left: usize,
        /// All trials of the block.
        of: usize,
    },
    /// The rule drops every trial of a block.
    NothingLeft {
        /// The block.
        place: BlockRef,
    },
    /// An error's latency is to be replaced, but there are too few correct trials to compute the replacement from.
    TooFewCorrect {
        /// The block.
        place: BlockRef,
        /// Correct trials.
        correct: usize,
        /// How many it takes.
        needed: usize,
    },
    /// The latencies of a pair of blocks do not differ, or there is one only, so that there is no SD to divide by.
    NoSpread {
        /// The pair.
        pair: usize,
    },
    /// The same answer to every trial.
    OneAnswer {
        /// How many trials.
        of: usize,
    },
}

impl Exclusion {
    /// The reason as a sentence; `name` says what a block is called, for example "block `congruent`".
    pub fn sentence(&self, name: impl Fn(BlockRef) -> String) -> String {
        match *self {
            Self::MissingBlock { place } => format!("missing block: {} has no trials", name(place)),
            Self::TooFast { fast, of, below_ms, most_percent } => {
                format!(
                    "too fast: {fast} of {of} trials under {below_ms} ms, at most {most_percent} % are accepted"
                )
            }
            Self::TooManyErrors { place, errors, of, most_percent } => format!(
                "too many errors: {errors} of {of} retained trials of {}, at most {most_percent} % are accepted",
                name(place)
            ),
            Self::TooFewRetained { place, retained, of, unanswered, fast, below_ms } => format!(
                "too few retained trials: {retained} of {of} of {} ({unanswered} without an answer, {fast} under {below_ms} \
                 ms), at least half are needed",
                name(place)
            ),
            Self::ShortBlock { place, trials, partner } => {
                let other = match place.side {
                    BlockSide::A => BlockSide::B,
                    BlockSide::B => BlockSide::A,
                };
                let other = name(BlockRef { side: other, ..place });
                format!(
                    "short block: {trials} trial{} of {} beside {partner} of {other}, at least two and half as many are needed",
                    if trials == 1 { "" } else { "s" },
                    name(place)
                )
            }
            Self::FewLeft { place, left, of } => format!(
                "too few retained trials: {left} of {of} of {} (the others without an answer or too slow), at least half are needed",
                name(place)
            ),
            Self::NothingLeft { place } => {
                format!("too few retained trials: none is left of {}", name(place))
            }
            Self::TooFewCorrect { place, correct, needed } => format!(
                "too many errors: {correct} correct trials in {}, {needed} are needed to replace the latency of an error",
                name(place)
            ),
            Self::NoSpread { pair } => {
                let (a, b) =
                    (name(BlockRef::new(pair, BlockSide::A)), name(BlockRef::new(pair, BlockSide::B)));
                format!("no spread: the latencies of {a} and {b} do not differ")
            }
            Self::OneAnswer { of } => format!("one key: the same answer to all {of} trials"),
        }
    }
}
