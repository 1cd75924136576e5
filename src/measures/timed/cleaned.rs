//! What a rule leaves of a person's trials, and the score of it. Refuses to hand out the number of an excluded person by
//! the way: that takes a call whose name says so.

use super::error::{ErrorMethod, analytic_variance, bootstrap_error};
use super::exclusion::{BlockRef, BlockSide, Exclusion};
use super::pair::{Pair, Rule, ScoredTrial};

/// A person's trials after counting, excluding and dropping.
#[derive(Debug, Clone)]
pub struct Cleaned {
    pub(super) pairs: Vec<[Vec<ScoredTrial>; 2]>,
    pub(super) rule: Rule,
    pub(super) fast_rate: Option<f64>,
    pub(super) error_rate: Option<f64>,
    pub(super) excluded: Option<Exclusion>,
}

impl Cleaned {
    pub(super) fn new(pairs: Vec<[Vec<ScoredTrial>; 2]>, rule: Rule, fast: usize, of: usize) -> Self {
        let scored = || pairs.iter().flatten().flatten().filter(|trial| trial.scored);
        let error_rate = share(scored().filter(|trial| !trial.correct).count(), scored().count());
        Self { pairs, rule, fast_rate: share(fast, of), error_rate, excluded: None }
    }

    /// Excludes the person unless an earlier reason did.
    pub(super) fn exclude(&mut self, why: Exclusion) {
        self.excluded.get_or_insert(why);
    }

    /// Excludes a person one of whose blocks was broken off: `counts` are the trials of A and B in each pair.
    pub(super) fn exclude_short(&mut self, counts: impl Iterator<Item = [usize; 2]>) {
        for (pair, [a, b]) in counts.enumerate() {
            for (side, trials, partner) in [(BlockSide::A, a, b), (BlockSide::B, b, a)] {
                if trials > 0 && (trials < 2 || trials * 2 < partner) {
                    self.exclude(Exclusion::ShortBlock { place: BlockRef::new(pair, side), trials, partner });
                }
            }
        }
    }

    /// Why the person is excluded, as far as that is known before scoring.
    pub fn excluded(&self) -> Option<&Exclusion> {
        self.excluded.as_ref()
    }

    /// The score with its standard error.
    pub fn score(&self, error: ErrorMethod) -> TimedScore {
        let n_trials = self.pairs.iter().flatten().flatten().filter(|trial| trial.scored).count();
        let (estimate, excluded) = match self.estimate(error) {
            Ok(estimate) => (Some(estimate), self.excluded),
            Err(why) => (None, Some(self.excluded.unwrap_or(why))),
        };
        TimedScore { n_trials, error_rate: self.error_rate, fast_rate: self.fast_rate, estimate, excluded }
    }

    fn estimate(&self, error: ErrorMethod) -> Result<DScore, Exclusion> {
        let mut pairs = Vec::with_capacity(self.pairs.len());
        let mut variance = Some(0.0);
        for (index, [a, b]) in self.pairs.iter().enumerate() {
            let pair = Pair::of(a, b, self.rule, index)?;
            if error == ErrorMethod::Analytic {
                let own = analytic_variance(a, b, self.rule, &pair);
                variance = variance.zip(own).map(|(sum, own)| sum + own);
            }
            pairs.push(pair.d);
        }
        let d = mean_d(&pairs)?;
        let se = match error {
            ErrorMethod::None => None,
            ErrorMethod::Analytic => variance.map(|variance| variance.sqrt() / pairs.len() as f64),
            ErrorMethod::Bootstrap { resamples, seed } => {
                bootstrap_error(&self.pairs, self.rule, resamples, seed)
            }
        };
        // Answers that do not differ at all tell nothing of the error: that is no certainty.
        Ok(DScore { d, se: se.filter(|se| *se > 0.0), pairs })
    }
}

/// The mean of the pairs' scores.
pub(super) fn mean_d(pairs: &[f64]) -> Result<f64, Exclusion> {
    if pairs.is_empty() {
        return Err(Exclusion::MissingBlock { place: BlockRef::new(0, BlockSide::A) });
    }
    Ok(pairs.iter().sum::<f64>() / pairs.len() as f64)
}

/// A rate, unless it is one of nothing.
pub(super) fn share(part: usize, of: usize) -> Option<f64> {
    (of > 0).then(|| part as f64 / of as f64)
}

/// A score with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedScore {
    /// Trials that entered the score.
    pub n_trials: usize,
    /// Errors among them, 0–1; `None` where answers are neither right nor wrong, or there are none.
    pub error_rate: Option<f64>,
    /// Trials below the rule's limit among all trials of the blocks, before any was dropped, 0–1.
    pub fast_rate: Option<f64>,
    estimate: Option<DScore>,
    excluded: Option<Exclusion>,
}

impl TimedScore {
    /// The estimate.
    ///
    /// # Errors
    /// Why the person is excluded.
    pub fn outcome(&self) -> Result<&DScore, Exclusion> {
        match (&self.estimate, self.excluded) {
            (Some(estimate), None) => Ok(estimate),
            // A score without an estimate has its reason; this one only completes the pattern.
            (_, why) => Err(why.unwrap_or(Exclusion::NoSpread { pair: 0 })),
        }
    }

    /// What the formula gives for a person whether excluded or not, to compare with programs that leave the excluding to
    /// their user.
    pub fn despite_exclusion(&self) -> Option<&DScore> {
        self.estimate.as_ref()
    }
}

/// D with its error.
#[derive(Debug, Clone, PartialEq)]
pub struct DScore {
    /// The mean of the pairs.
    pub d: f64,
    /// Standard error, where one was asked for and can be computed.
    pub se: Option<f64>,
    /// D of each pair of blocks: practice and test for the IAT.
    pub pairs: Vec<f64>,
}
