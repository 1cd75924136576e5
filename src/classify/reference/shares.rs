//! From mean strengths of norms to shares of models and back, where the strongest of four independent normal norms is the
//! model in use.

use crate::psychometrics::normal;
use crate::psychometrics::parallel::Remembered;

/// Half of the range that is integrated over, in SD, and its steps. The trapezoid rule on a smooth function that dies out like
/// a normal density is exact to ten digits at this width of step.
const RANGE: f64 = 8.0;
const STEPS: usize = 32;
/// A share is solved when it is this close to the wanted one.
const NEAR: f64 = 1e-12;
/// Solutions kept in memory.
const REMEMBERED: usize = 16;

/// The share of people whose strongest norm is each of the four: norm k is normal with mean `means[k]` and SD 1, independent of
/// the others. The shares sum to 1.
pub fn shares_of(means: [f64; 4]) -> [f64; 4] {
    std::array::from_fn(|k| highest(&means, k))
}

/// The probability that the value at `place` is the highest of several independent normal ones with these means and SD 1.
pub fn highest(means: &[f64], place: usize) -> f64 {
    let width = 2.0 * RANGE / STEPS as f64;
    let at = |step: usize| {
        let z = -RANGE + width * step as f64;
        let others = (0..means.len()).filter(|&other| other != place);
        normal::density(z) * others.map(|other| normal::cdf(z + means[place] - means[other])).product::<f64>()
    };
    width * (0..=STEPS).map(at).sum::<f64>()
}

/// The mean strengths, summing to zero, under which the strongest norms have these shares (positive; scaled to a sum of 1).
/// Every profile needs them, nearly always for one of two sets of shares, and the search takes longer than the profile, so the
/// last solutions are kept.
pub fn means_for(shares: [f64; 4]) -> [f64; 4] {
    static KNOWN: Remembered<[f64; 4], [f64; 4]> = Remembered::new(REMEMBERED);
    KNOWN.get(|known| *known == shares, || shares, || solve(shares))
}

fn solve(shares: [f64; 4]) -> [f64; 4] {
    let sum: f64 = shares.iter().sum();
    let wanted = shares.map(|share| share / sum);
    let mut means = [0.0; 4];
    for _ in 0..200 {
        let found = shares_of(means);
        if found.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < NEAR) {
            break;
        }
        // The logarithm of a share rises nearly linearly with its mean, a little less than one and a half times as fast.
        let next: [f64; 4] = std::array::from_fn(|k| means[k] + 0.7 * (wanted[k] / found[k]).ln());
        let centre = next.iter().sum::<f64>() / 4.0;
        means = next.map(|mean| mean - centre);
    }
    means
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    #[test]
    fn the_published_shares_have_the_means_that_they_should() {
        let means = means_for([0.16, 0.07, 0.07, 0.70]);
        // Solved with scipy (fsolve over a Gauss–Hermite rule of 60 nodes).
        let scipy = [-0.035_945, -0.558_422, -0.558_422, 1.152_789];
        for (own, other) in means.iter().zip(scipy) {
            assert!((own - other).abs() < 1e-5, "{means:?}");
        }
        assert!(means.iter().sum::<f64>().abs() < 1e-12);
    }

    #[test]
    fn there_and_back() {
        for shares in [[0.25; 4], [0.1, 0.2, 0.3, 0.4], [0.01, 0.01, 0.01, 0.97], [0.002, 0.9, 0.05, 0.048]] {
            assert_eq!(means_for(shares), solve(shares));
            let found = shares_of(means_for(shares));
            assert!(found.iter().zip(shares).all(|(a, b)| (a - b).abs() < 1e-9), "{found:?}");
        }
    }

    #[test]
    fn shares_are_those_of_drawn_people() {
        let means = [0.3, -0.4, 0.0, 0.8];
        let mut rng = Rng::new(9);
        let mut hits = [0.0; 4];
        for _ in 0..40_000 {
            let drawn: [f64; 4] = std::array::from_fn(|k| means[k] + rng.normal());
            let best = (0..4).max_by(|&a, &b| drawn[a].total_cmp(&drawn[b])).unwrap();
            hits[best] += 1.0 / 40_000.0;
        }
        let computed = shares_of(means);
        assert!((computed.iter().sum::<f64>() - 1.0).abs() < 1e-10);
        assert!(computed.iter().zip(hits).all(|(a, b)| (a - b).abs() < 0.01), "{computed:?} {hits:?}");
    }
}
