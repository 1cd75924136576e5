//! Shares and what is built from them: the Wilson interval and the Net Promoter Score.

use super::{Interval, LEVEL, Uncomputable, normal};

/// Wilson's score interval for `hits` of `n` (Wilson 1927): unlike the simple one it never leaves 0…1 and still has a
/// width when nobody or everybody is a hit.
///
/// # Errors
/// No cases, or more hits than cases.
pub fn wilson(hits: usize, n: usize, level: f64) -> Result<Interval, Uncomputable> {
    if n == 0 {
        return Err(Uncomputable::TooFewCases { needed: 1, found: 0 });
    }
    if hits > n {
        return Err(Uncomputable::OutOfRange);
    }
    wilson_of(hits as f64 / n as f64, n as f64, level)
}

/// The same for a share of `n` cases that need not be a whole number, such as the cases that clustered ones are worth.
///
/// # Errors
/// No cases, or what is no share.
pub fn wilson_of(share: f64, n: f64, level: f64) -> Result<Interval, Uncomputable> {
    if n.is_nan() || n <= 0.0 || !(0.0..=1.0).contains(&share) {
        return Err(Uncomputable::OutOfRange);
    }
    let z2 = normal::critical(level).powi(2);
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (share * (1.0 - share) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
    // At the ends the two terms are equal in exact arithmetic only.
    Ok(Interval { low: (centre - half).clamp(0.0, share), high: (centre + half).clamp(share, 1.0) })
}

/// The score interval of the difference between two shares of the same `n` cases, of which `more` count for the one and `less` for the
/// other (Tango 1998): all differences that the counts do not speak against.
///
/// # Errors
/// No cases, or more counts than cases.
pub fn difference(more: usize, less: usize, n: usize, level: f64) -> Result<Interval, Uncomputable> {
    if n == 0 {
        return Err(Uncomputable::TooFewCases { needed: 1, found: 0 });
    }
    if more + less > n {
        return Err(Uncomputable::OutOfRange);
    }
    Ok(score_interval(more as f64, less as f64, n as f64, level))
}

/// Tango's interval of (b − c)/n.
fn score_interval(b: f64, c: f64, n: f64, level: f64) -> Interval {
    let critical = normal::critical(level);
    // How far the counts are from a difference, in standard errors under it; the nuisance share at its most likely value.
    let z = |delta: f64| {
        let (p, q) = (2.0 * n, -b - c + (2.0 * n - b + c) * delta);
        let share = ((q * q + 4.0 * p * c * delta * (1.0 - delta)).max(0.0).sqrt() - q) / (2.0 * p);
        let variance = n * (2.0 * share + delta * (1.0 - delta));
        let distance = b - c - n * delta;
        if variance > 0.0 { distance / variance.sqrt() } else { distance.signum() * f64::INFINITY }
    };
    let estimate = (b - c) / n;
    let end = |outer: f64| {
        let (mut inside, mut outside) = (estimate, outer);
        if z(outer).abs() <= critical {
            return outer;
        }
        for _ in 0..200 {
            let middle = f64::midpoint(inside, outside);
            if z(middle).abs() <= critical { inside = middle } else { outside = middle }
        }
        inside
    };
    Interval { low: end(-1.0), high: end(1.0) }
}

/// A Net Promoter Score with what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nps {
    /// 100·(promoters − detractors), from −100 to +100.
    pub score: f64,
    /// 95 % score interval of p − d (Tango 1998): never outside of −100 to +100, and with a width where all answers agree.
    pub interval: Interval,
    /// Answers of 9 or 10.
    pub promoters: usize,
    /// Answers of 7 or 8.
    pub passives: usize,
    /// Answers of 0 to 6.
    pub detractors: usize,
}

/// The Net Promoter Score of answers 0–10 (Reichheld 2003).
///
/// # Errors
/// No answers, or one above ten.
pub fn nps(answers: &[u8]) -> Result<Nps, Uncomputable> {
    if answers.is_empty() {
        return Err(Uncomputable::TooFewCases { needed: 1, found: 0 });
    }
    if answers.iter().any(|&answer| answer > 10) {
        return Err(Uncomputable::OutOfRange);
    }
    let promoters = answers.iter().filter(|&&a| a >= 9).count();
    let detractors = answers.iter().filter(|&&a| a <= 6).count();
    let Interval { low, high } = difference(promoters, detractors, answers.len(), LEVEL)?;
    let score = 100.0 * (promoters as f64 - detractors as f64) / answers.len() as f64;
    Ok(Nps {
        score,
        interval: Interval { low: 100.0 * low, high: 100.0 * high },
        promoters,
        passives: answers.len() - promoters - detractors,
        detractors,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nps_of_half_promoters_and_a_sixth_detractors() {
        let mut answers = vec![10; 162];
        answers.extend([3; 54]);
        answers.extend([8; 108]);
        let found = nps(&answers).unwrap();
        assert!((found.score - 33.3).abs() < 0.05);
        // ±8.1 by the normal approximation; the score interval leans towards the middle.
        assert!((found.interval.high - found.score - 7.83).abs() < 0.01, "{found:?}");
        assert!((found.score - found.interval.low - 8.38).abs() < 0.01, "{found:?}");
        assert_eq!((found.promoters, found.passives, found.detractors), (162, 108, 54));
    }

    #[test]
    fn the_interval_of_a_difference_holds_it_and_stays_where_it_can_be() {
        for n in 1..12 {
            for more in 0..=n {
                for less in 0..=n - more {
                    let found = difference(more, less, n, 0.95).unwrap();
                    let value = (more as f64 - less as f64) / n as f64;
                    assert!(
                        -1.0 <= found.low && found.low <= value && value <= found.high && found.high <= 1.0
                    );
                    assert!(found.high - found.low > 0.05, "{more} {less} {n} {found:?}");
                    let turned = difference(less, more, n, 0.95).unwrap();
                    assert!((turned.low + found.high).abs() < 1e-9 && (turned.high + found.low).abs() < 1e-9);
                }
            }
        }
        assert!(difference(2, 2, 3, 0.95).is_err() && difference(0, 0, 0, 0.95).is_err());
    }

    #[test]
    fn the_interval_of_a_difference_by_another_road() {
        // Found by maximising the trinomial likelihood under each difference with a golden-section search (Python).
        for (counts, low, high) in [
            ((2, 1, 3), -0.584_680_8, 0.877_016_1),
            ((5, 3, 20), -0.187_898_1, 0.372_340_7),
            ((10, 0, 10), 0.444_934_4, 1.0),
            ((0, 0, 8), -0.324_407_6, 0.324_407_6),
        ] {
            let found = difference(counts.0, counts.1, counts.2, 0.95).unwrap();
            assert!(
                (found.low - low).abs() < 1e-6 && (found.high - high).abs() < 1e-6,
                "{counts:?} {found:?}"
            );
        }
    }

    #[test]
    fn nps_counts_the_borders_as_published() {
        assert_eq!(nps(&[9, 6]).unwrap().score, 0.0);
        assert_eq!(nps(&[7, 8]).unwrap().passives, 2);
        assert!(nps(&[]).is_err() && nps(&[11]).is_err());
    }

    #[test]
    fn wilson_of_ten_in_twenty_and_of_none() {
        // Worked by hand with z² = 3.841459: half-width z·√(.0125 + z²/1600)/(1 + z²/20) = .2007.
        let half = wilson(10, 20, 0.95).unwrap();
        assert!((half.low - 0.2993).abs() < 1e-4 && (half.high - 0.7007).abs() < 1e-4);
        // For no hits the upper end is z²/(n + z²).
        let none = wilson(0, 10, 0.95).unwrap();
        assert_eq!(none.low, 0.0);
        assert!((none.high - 3.841_459 / 13.841_459).abs() < 1e-6);
        assert!(wilson(0, 0, 0.95).is_err());
        assert_eq!(wilson(3, 2, 0.95), Err(Uncomputable::OutOfRange));
    }

    proptest! {
        #[test]
        fn wilson_holds_its_share_and_stays_inside(n in 1_usize..500, part in 0.0..=1.0_f64) {
            let hits = (part * n as f64) as usize;
            let found = wilson(hits, n, 0.95).unwrap();
            let share = hits as f64 / n as f64;
            prop_assert!(0.0 <= found.low && found.low <= share + 1e-12);
            prop_assert!(share - 1e-12 <= found.high && found.high <= 1.0);
        }
    }
}
