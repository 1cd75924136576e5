//! Two blocks and the D between them: replacing errors, means, the SD that both share. Owns the one formula that all rules
//! are settings of; refuses to drop a trial, which is the rule's business.

use super::exclusion::{BlockRef, BlockSide, Exclusion};

/// A trial that enters the formula.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredTrial {
    /// Milliseconds, as recorded (or clamped, where the rule says so).
    pub latency: f64,
    /// Whether the answer was right.
    pub correct: bool,
    /// False for a trial that is deleted from the score and still counts for the replacement of errors.
    pub scored: bool,
}

/// What stands in for the latency of an error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Penalty {
    /// The latency as recorded.
    None,
    /// Mean of the block's correct latencies plus so many of their SDs (n − 1).
    CorrectMeanPlusSds(f64),
    /// Mean of the block's correct latencies plus so many milliseconds.
    CorrectMeanPlus(f64),
    /// Mean of all latencies of the block, errors as recorded, plus so many milliseconds.
    BlockMeanPlus(f64),
}

/// Which latencies of both blocks, as one sample, give the SD (n − 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spread {
    /// All, after errors are replaced.
    AfterReplacement,
    /// All, as recorded.
    BeforeReplacement,
    /// Those of correct answers.
    CorrectOnly,
    /// None: the difference of means is not divided by anything.
    Undivided,
}

/// How two blocks become one number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// What stands in for the latency of an error.
    pub penalty: Penalty,
    /// What the difference is divided by.
    pub spread: Spread,
}

/// What a block's trials are replaced by and come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct BlockMoments {
    /// Scored trials.
    pub n: f64,
    /// Scored errors whose latency is replaced.
    pub replaced: f64,
    /// By what.
    pub replacement: f64,
    /// Number, mean and SD (n − 1) of the latencies that the replacement is computed from.
    pub base: (f64, f64, f64),
    /// Mean latency once errors are replaced.
    pub mean: f64,
}

impl BlockMoments {
    fn of(trials: &[ScoredTrial], penalty: Penalty, place: BlockRef) -> Result<Self, Exclusion> {
        let scored = trials.iter().filter(|trial| trial.scored).count();
        if scored == 0 {
            return Err(Exclusion::NothingLeft { place });
        }
        let errors = trials.iter().filter(|trial| trial.scored && !trial.correct).count();
        let replaced = if penalty == Penalty::None { 0 } else { errors };
        let mut block = Self {
            n: scored as f64,
            replaced: replaced as f64,
            replacement: 0.0,
            base: (0.0, 0.0, 0.0),
            mean: 0.0,
        };
        if replaced > 0 {
            block.replace(trials, penalty, place)?;
        }
        let sum: f64 = trials.iter().filter(|trial| trial.scored).map(|trial| block.value(trial)).sum();
        block.mean = sum / block.n;
        Ok(block)
    }

    fn replace(
        &mut self,
        trials: &[ScoredTrial],
        penalty: Penalty,
        place: BlockRef,
    ) -> Result<(), Exclusion> {
        let base = || trials.iter().filter(|trial| penalty.rests_on(trial)).map(|trial| trial.latency);
        let correct = base().count();
        let needed = if matches!(penalty, Penalty::CorrectMeanPlusSds(_)) { 2 } else { 1 };
        if correct < needed {
            return Err(Exclusion::TooFewCorrect { place, correct, needed });
        }
        let n = correct as f64;
        let mean = base().sum::<f64>() / n;
        let sd = if correct < 2 { 0.0 } else { (squares(base(), mean) / (n - 1.0)).sqrt() };
        self.base = (n, mean, sd);
        self.replacement = mean
            + match penalty {
                Penalty::None => 0.0,
                Penalty::CorrectMeanPlusSds(sds) => sds * sd,
                Penalty::CorrectMeanPlus(ms) | Penalty::BlockMeanPlus(ms) => ms,
            };
        Ok(())
    }

    /// The latency that enters the block's mean.
    pub fn value(&self, trial: &ScoredTrial) -> f64 {
        if self.replaced > 0.0 && !trial.correct { self.replacement } else { trial.latency }
    }
}

impl Penalty {
    /// Whether the replacement is computed from this trial, too.
    pub(super) fn rests_on(self, trial: &ScoredTrial) -> bool {
        match self {
            Self::None => false,
            Self::CorrectMeanPlusSds(_) | Self::CorrectMeanPlus(_) => trial.correct,
            Self::BlockMeanPlus(_) => trial.scored,
        }
    }
}

impl Spread {
    /// The latency that enters the SD, if the trial does.
    pub(super) fn value(self, block: &BlockMoments, trial: &ScoredTrial) -> Option<f64> {
        match self {
            _ if !trial.scored => None,
            Self::AfterReplacement => Some(block.value(trial)),
            Self::BeforeReplacement => Some(trial.latency),
            Self::CorrectOnly => trial.correct.then_some(trial.latency),
            Self::Undivided => None,
        }
    }
}

/// Two blocks compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    pub a: BlockMoments,
    pub b: BlockMoments,
    /// Number of latencies behind the SD.
    pub n: f64,
    /// Their mean.
    pub centre: f64,
    /// Their SD; 1 where nothing is divided.
    pub sd: f64,
    /// (mean of B − mean of A) / SD.
    pub d: f64,
}

impl Pair {
    /// Compares two blocks; `index` is the number of the pair, for reasons.
    pub fn of(a: &[ScoredTrial], b: &[ScoredTrial], rule: Rule, index: usize) -> Result<Self, Exclusion> {
        let block_a = BlockMoments::of(a, rule.penalty, BlockRef::new(index, BlockSide::A))?;
        let block_b = BlockMoments::of(b, rule.penalty, BlockRef::new(index, BlockSide::B))?;
        let difference = block_b.mean - block_a.mean;
        if rule.spread == Spread::Undivided {
            return Ok(Self { a: block_a, b: block_b, n: 0.0, centre: 0.0, sd: 1.0, d: difference });
        }
        let sample = || {
            let of_a = a.iter().filter_map(move |trial| rule.spread.value(&block_a, trial));
            of_a.chain(b.iter().filter_map(move |trial| rule.spread.value(&block_b, trial)))
        };
        let (mut n, mut sum) = (0.0, 0.0);
        let (mut least, mut most) = (f64::INFINITY, f64::NEG_INFINITY);
        for value in sample() {
            n += 1.0;
            sum += value;
            least = least.min(value);
            most = most.max(value);
        }
        // Asked of the values and not of the sum of squares, which rounding keeps from zero when all are alike.
        if least >= most {
            return Err(Exclusion::NoSpread { pair: index });
        }
        let centre = sum / n;
        let sd = (squares(sample(), centre) / (n - 1.0)).sqrt();
        Ok(Self { a: block_a, b: block_b, n, centre, sd, d: difference / sd })
    }
}

fn squares(values: impl Iterator<Item = f64>, centre: f64) -> f64 {
    values.map(|value| (value - centre).powi(2)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(latency: f64, correct: bool) -> ScoredTrial {
        ScoredTrial { latency, correct, scored: true }
    }

    #[test]
    fn by_hand() {
        // A: 500, 700, error 900 → mean of correct 600, replaced by 1,200, mean 800. B: 800, 1,000, mean 900.
        // After replacement 500 700 1200 800 1000: mean 840, squares 292,000, SD = √73,000.
        let a = [kept(500.0, true), kept(700.0, true), kept(900.0, false)];
        let b = [kept(800.0, true), kept(1_000.0, true)];
        let d = |penalty, spread| Pair::of(&a, &b, Rule { penalty, spread }, 0).unwrap().d;
        let d4 = Penalty::CorrectMeanPlus(600.0);
        assert!((d(d4, Spread::AfterReplacement) - 100.0 / 73_000.0_f64.sqrt()).abs() < 1e-15);
        // As recorded 500 700 900 800 1000: mean 780, squares 148,000, SD = √37,000.
        assert!((d(d4, Spread::BeforeReplacement) - 100.0 / 37_000.0_f64.sqrt()).abs() < 1e-15);
        // Two SDs of 500 and 700 are 2·√20,000: replaced by 882.84.
        let replaced = 600.0 + 2.0 * 20_000.0_f64.sqrt();
        let expected = 900.0 - (1_200.0 + replaced) / 3.0;
        assert!((d(Penalty::CorrectMeanPlusSds(2.0), Spread::Undivided) - expected).abs() < 1e-12);
        // BlockMoments mean of all 700 + 400 = 1,100; correct only 500 700 800 1000: mean 750, squares 130,000.
        let expected = (900.0 - 2_300.0 / 3.0) / (130_000.0_f64 / 3.0).sqrt();
        assert!((d(Penalty::BlockMeanPlus(400.0), Spread::CorrectOnly) - expected).abs() < 1e-15);
    }

    #[test]
    fn what_cannot_be_computed_says_why() {
        let rule = Rule { penalty: Penalty::CorrectMeanPlusSds(2.0), spread: Spread::AfterReplacement };
        let same = [kept(500.1, true), kept(500.1, true), kept(500.1, true)];
        assert_eq!(Pair::of(&same, &same, rule, 1).unwrap_err(), Exclusion::NoSpread { pair: 1 });
        let wrong = [kept(500.0, false), kept(400.0, true)];
        let place = BlockRef::new(0, BlockSide::B);
        let expected = Exclusion::TooFewCorrect { place, correct: 1, needed: 2 };
        assert_eq!(Pair::of(&same, &wrong, rule, 0).unwrap_err(), expected);
        assert_eq!(Pair::of(&same, &[], rule, 0).unwrap_err(), Exclusion::NothingLeft { place });
    }
}
