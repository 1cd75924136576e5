//! Split-half reliability of a sample: random halves of every block, correlated over persons, stepped up to full length.
//!
//! Owns the splitting; refuses to keep anybody's trials: a person leaves two scores for each split, and of these only the
//! running moments stay.

use super::cleaned::{Cleaned, mean_d};
use super::pair::{Pair, ScoredTrial};
use crate::psychometrics::reliability::spearman_brown;
use crate::psychometrics::{Interval, LEVEL, normal};
use crate::rng::Rng;

/// Splits unless asked otherwise: enough for the mean of their correlations to be steady in the second digit.
pub const SPLITS: usize = 100;

/// Collects persons one by one.
#[derive(Debug, Clone)]
pub struct SplitHalf {
    rng: Rng,
    splits: Vec<Moments>,
    persons: usize,
}

/// The reliability of a score in a sample.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SplitHalfReliability {
    /// Mean correlation between halves.
    pub halves: f64,
    /// The same stepped up to full length by Spearman and Brown's formula.
    pub full: f64,
    /// 95 % interval of `full`: Fisher's z of the mean correlation between halves, its ends stepped up as well. None with three
    /// persons.
    pub interval: Option<Interval>,
    /// Persons in the sample.
    pub persons: usize,
    /// Random splits that the mean is over.
    pub splits: usize,
}

impl SplitHalf {
    /// An empty sample with so many random splits; equal seeds and persons give equal results.
    pub fn new(splits: usize, seed: u64) -> Self {
        let rng = Rng::for_purpose(seed, "split halves");
        Self { rng, splits: vec![Moments::default(); splits], persons: 0 }
    }

    /// Adds a person; an excluded one counts for nothing.
    pub fn add(&mut self, person: &Cleaned) {
        if person.score(super::ErrorMethod::None).outcome().is_err() {
            return;
        }
        self.persons += 1;
        for split in &mut self.splits {
            if let Some((first, second)) = halves(person, &mut self.rng) {
                split.add(first, second);
            }
        }
    }

    /// The reliability; `None` with fewer than three persons or without variance.
    pub fn reliability(&self) -> Option<SplitHalfReliability> {
        let found: Vec<f64> = self.splits.iter().filter_map(Moments::correlation).collect();
        if found.is_empty() {
            return None;
        }
        // The correlations are averaged before they are stepped up: the formula has a pole at −1.
        let halves = found.iter().sum::<f64>() / found.len() as f64;
        let full = spearman_brown(halves, 2.0)?;
        let interval = stepped_up(halves, self.persons);
        Some(SplitHalfReliability { halves, full, interval, persons: self.persons, splits: found.len() })
    }
}

/// The interval of a correlation between halves (Fisher 1921), stepped up to full length. It is that of a single split, and
/// somewhat wide for a mean over many. A reliability below −1 is none: there the lower end stays.
fn stepped_up(halves: f64, persons: usize) -> Option<Interval> {
    let error = 1.0 / (persons.checked_sub(3).filter(|left| *left > 0)? as f64).sqrt();
    let end = |sign: f64| {
        let correlation = (halves.atanh() + sign * normal::critical(LEVEL) * error).tanh();
        spearman_brown(correlation, 2.0).map_or(-1.0, |full| full.max(-1.0))
    };
    Interval::between(end(-1.0), end(1.0))
}

/// The scores of two random halves of every block; `None` when a half has no score.
fn halves(person: &Cleaned, rng: &mut Rng) -> Option<(f64, f64)> {
    let mut scores = [Vec::new(), Vec::new()];
    for (index, [a, b]) in person.pairs.iter().enumerate() {
        let (a, b) = (split(a, rng), split(b, rng));
        for (half, scores) in scores.iter_mut().enumerate() {
            scores.push(Pair::of(&a[half], &b[half], person.rule, index).ok()?.d);
        }
    }
    Some((mean_d(&scores[0]).ok()?, mean_d(&scores[1]).ok()?))
}

fn split(block: &[ScoredTrial], rng: &mut Rng) -> [Vec<ScoredTrial>; 2] {
    let order = rng.order(block.len());
    let (first, second) = order.split_at(block.len() / 2);
    [first, second].map(|half| half.iter().filter_map(|&index| block.get(index).copied()).collect())
}

/// Running means and sums of squares of two variables (Welford's way, which keeps its digits).
#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    n: f64,
    mean: [f64; 2],
    squares: [f64; 2],
    products: f64,
}

impl Moments {
    fn add(&mut self, x: f64, y: f64) {
        self.n += 1.0;
        let before = [x - self.mean[0], y - self.mean[1]];
        self.mean[0] += before[0] / self.n;
        self.mean[1] += before[1] / self.n;
        let after = [x - self.mean[0], y - self.mean[1]];
        self.squares[0] += before[0] * after[0];
        self.squares[1] += before[1] * after[1];
        self.products += before[0] * after[1];
    }

    fn correlation(&self) -> Option<f64> {
        let spread = (self.squares[0] * self.squares[1]).sqrt();
        (self.n >= 3.0 && spread > 0.0).then(|| (self.products / spread).clamp(-1.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair::{Penalty, Rule, Spread};
    use super::*;
    use crate::psychometrics::descriptive::correlation;

    #[test]
    fn running_moments_give_pearsons_correlation() {
        let mut rng = Rng::new(1);
        let x: Vec<f64> = (0..40).map(|_| 1e6 + rng.normal()).collect();
        let y: Vec<f64> = x.iter().map(|x| 0.5 * x + rng.normal()).collect();
        let mut moments = Moments::default();
        x.iter().zip(&y).for_each(|(&x, &y)| moments.add(x, y));
        assert!((moments.correlation().unwrap() - correlation(&x, &y).unwrap()).abs() < 1e-9);
    }

    #[test]
    fn the_interval_of_a_worked_example() {
        // r = .6, n = 28: z = .693147 ± 1.959964/5; r from .292369 to .795097, stepped up .452454 and .885854.
        let interval = stepped_up(0.6, 28).unwrap();
        assert!((interval.low - 0.452_454).abs() < 1e-6, "{interval:?}");
        assert!((interval.high - 0.885_854).abs() < 1e-6, "{interval:?}");
        assert_eq!(stepped_up(0.6, 3), None);
        assert_eq!(stepped_up(-0.5, 10).unwrap().low, -1.0);
        assert_eq!(stepped_up(-0.9, 10), None);
        assert_eq!(stepped_up(1.0, 10), None);
    }

    /// Samples of persons whose scores have a known reliability: how often the interval holds it.
    #[test]
    fn the_interval_holds_the_reliability_about_as_often_as_it_says() {
        let mut rng = Rng::new(5);
        let (persons, trials, samples) = (25, 24, 300);
        let mut held = 0;
        // The error of a difference of two means of `trials` latencies with an SD of 1.
        let error = 2.0 / f64::from(trials);
        let true_variance: f64 = 0.12;
        let truth = true_variance / (true_variance + error);
        for _ in 0..samples {
            let mut sample = SplitHalf::new(10, rng.bits());
            for _ in 0..persons {
                let apart = true_variance.sqrt() * rng.normal();
                let mut block = |mean: f64| -> Vec<ScoredTrial> {
                    (0..trials)
                        .map(|_| ScoredTrial {
                            latency: 10.0 + mean + rng.normal(),
                            correct: true,
                            scored: true,
                        })
                        .collect()
                };
                let rule = Rule { penalty: Penalty::None, spread: Spread::Undivided };
                let blocks = [block(0.0), block(apart)];
                sample.add(&Cleaned::new(vec![blocks], rule, 0, 2 * trials as usize));
            }
            let interval = sample.reliability().unwrap().interval.unwrap();
            held += usize::from(interval.low <= truth && truth <= interval.high);
        }
        let coverage = held as f64 / f64::from(samples);
        assert!((0.92..=1.0).contains(&coverage), "{coverage}");
    }

    #[test]
    fn halves_share_no_trial_and_leave_none_out() {
        let block: Vec<ScoredTrial> =
            (0..11).map(|i| ScoredTrial { latency: f64::from(i), correct: true, scored: true }).collect();
        let halves = split(&block, &mut Rng::new(1));
        let mut all: Vec<f64> = halves.iter().flatten().map(|trial| trial.latency).collect();
        all.sort_by(f64::total_cmp);
        assert_eq!(all, (0..11).map(f64::from).collect::<Vec<_>>());
    }
}
