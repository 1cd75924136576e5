//! Seeded random numbers. Owns how a seed becomes draws; refuses to seed itself: the seed is always an argument.
//!
//! A session stores only its seed, so the order of its items must come out the same in ten years' time. ChaCha8 is
//! specified, and the few derived draws stand here instead of coming from a sampling crate, because such crates
//! reserve the right to change the values that they draw between versions.

use rand_chacha::ChaCha8Rng;
use rand_core::{RngCore, SeedableRng};

/// A stream of random numbers; equal seeds give equal streams on every machine.
#[derive(Debug, Clone)]
pub struct Rng(ChaCha8Rng);

impl Rng {
    /// The stream that belongs to `seed`.
    pub fn new(seed: u64) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed))
    }

    /// A stream of its own for one purpose under `seed`, so that a draw added in one place moves nothing elsewhere.
    pub fn for_purpose(seed: u64, purpose: &str) -> Self {
        // FNV-1a: any fixed, well-spread hash serves; this one is four lines and never changes.
        let mut hash = 0xcbf2_9ce4_8422_2325_u64;
        for byte in purpose.bytes() {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(hash);
        Self(rng)
    }

    /// The next 64 bits.
    pub fn bits(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// Uniform on [0, 1).
    pub fn uniform(&mut self) -> f64 {
        // 53 bits, the precision of an f64.
        (self.bits() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.uniform() < probability
    }

    /// Uniform on 0..n; 0 for an empty range.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// Standard normal (Box–Muller, one of the pair).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.uniform()).cos()
    }

    /// An index drawn with probabilities proportional to `weights` (non-negative; the last index if they sum to zero).
    pub fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.uniform() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len().saturating_sub(1)
    }

    /// A random order of 0..n (Fisher–Yates).
    pub fn order(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for last in (1..n).rev() {
            order.swap(last, self.below(last + 1));
        }
        order
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_keeps_its_order_for_good() {
        // Stored sessions depend on these very values: if this fails, their item order is lost.
        assert_eq!(Rng::for_purpose(1, "plan").order(6), [1, 4, 2, 3, 5, 0]);
    }

    #[test]
    fn purposes_do_not_share_a_stream() {
        assert_ne!(Rng::for_purpose(1, "a").bits(), Rng::for_purpose(1, "b").bits());
    }

    #[test]
    fn normal_draws_have_mean_zero_and_unit_variance() {
        let mut rng = Rng::new(3);
        let draws: Vec<f64> = (0..20_000).map(|_| rng.normal()).collect();
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        let variance = draws.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 19_999.0;
        assert!(mean.abs() < 0.03 && (variance - 1.0).abs() < 0.05);
    }

    #[test]
    fn weighted_draws_follow_the_weights() {
        let mut rng = Rng::new(4);
        let hits = (0..10_000).filter(|_| rng.weighted(&[0.7, 0.3]) == 1).count();
        assert!((2_800..3_200).contains(&hits));
    }
}
