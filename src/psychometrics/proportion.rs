//! Shares and what is built from them: the Wilson interval and the Net Promoter Score.

use super::{Interval, Uncomputable, normal};

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
    let (n, share) = (n as f64, hits as f64 / n as f64);
    let z2 = normal::critical(level).powi(2);
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (share * (1.0 - share) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
    // At the ends the two terms are equal in exact arithmetic only.
    Ok(Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) })
}

/// A Net Promoter Score with what it is made of.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Nps {
    /// 100·(promoters − detractors), from −100 to +100.
    pub score: f64,
    /// 95 % normal interval: ±1.96·√Var, Var = 100²·[p + d − (p − d)²]/n.
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
    let n = answers.len() as f64;
    let (p, d) = (promoters as f64 / n, detractors as f64 / n);
    let score = 100.0 * (p - d);
    let half = normal::critical(0.95) * 100.0 * ((p + d - (p - d).powi(2)) / n).sqrt();
    Ok(Nps {
        score,
        interval: Interval { low: score - half, high: score + half },
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
        assert!((found.interval.high - found.score - 8.1).abs() < 0.05);
        assert_eq!((found.promoters, found.passives, found.detractors), (162, 108, 54));
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
