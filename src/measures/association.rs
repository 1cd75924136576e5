//! Free association: valence of the words that come to mind first, the first ones counting most.
//!
//! # What it measures
//! Spontaneous sentiment toward the organisation: what comes to mind unprompted, as the person then values it.
//! # Formula
//! Score = Σwᵢvᵢ/(3Σwᵢ) with wᵢ = 1/log2(1 + rank), on −1…+1. SE = (s_w/3)·√(Σw²)/Σw, with s_w the within-person SD of
//! valences pooled over the norm group, so that three equal words never look certain.
//! # Cautions
//! Spontaneous rather than implicit: there is time to think, and the words are valued afterwards.
//! # Reference
//! Free association with self-rated valence, discounted by rank as in Järvelin and Kekäläinen 2002 (weights assumed).

use super::{About, Measure, Norms, Outcome, Score};
use crate::instrument::kinds::Key;
use crate::instrument::{Method, Scale};
use crate::interview::Fed;

/// Valences run from minus to plus this.
pub const VALENCE: f64 = 3.0;

/// See the head of this file.
#[derive(Debug)]
pub struct Association;

/// Ranks (1 = first) and valences of the words that have one.
pub fn valences(fed: &[Fed]) -> Vec<(usize, f64)> {
    let word = |fed: &Fed| match fed.key {
        Key::Valence(rank) => Some((rank, fed.datum.number()?)),
        _ => None,
    };
    fed.iter().filter_map(word).collect()
}

/// The score of ranked valences, −1…+1; none without words.
pub fn score_of(words: &[(usize, f64)]) -> Option<f64> {
    let total: f64 = words.iter().map(|(rank, _)| weight(*rank)).sum();
    let weighted: f64 = words.iter().map(|(rank, valence)| weight(*rank) * valence).sum();
    (total > 0.0).then(|| weighted / (VALENCE * total))
}

/// The standard error of a score over words of these ranks; `within_sd` in points of valence.
pub fn se_of(words: &[(usize, f64)], within_sd: f64) -> f64 {
    let total: f64 = words.iter().map(|(rank, _)| weight(*rank)).sum();
    let squares: f64 = words.iter().map(|(rank, _)| weight(*rank).powi(2)).sum();
    within_sd / VALENCE * squares.sqrt() / total
}

fn weight(rank: usize) -> f64 {
    1.0 / (1.0 + rank as f64).log2()
}

/// The outcome of ranked valences, of which at least `needed` must be there.
pub fn outcome(words: &[(usize, f64)], needed: usize, norms: &Norms) -> Outcome {
    let needed = needed.max(1);
    match score_of(words).filter(|_| words.len() >= needed) {
        Some(value) => {
            let se = norms.within_sd.map(|within| se_of(words, within));
            Outcome::Scored { value, se, n: words.len() }
        }
        None => Outcome::TooFew { valid: words.len(), needed },
    }
}

impl Measure for Association {
    fn id(&self) -> &'static str {
        "association"
    }

    fn about(&self) -> About {
        About {
            name: "free association",
            measures: "spontaneous sentiment: what comes to mind first, as the person then values it",
            formula: "Σwᵢvᵢ/(3Σwᵢ), wᵢ = 1/log2(1 + rank), −1…+1; SE = (s_w/3)·√(Σw²)/Σw, s_w the pooled within-person SD of valences",
            cautions: "spontaneous rather than implicit; its zero is the neutral point of the rating, a convention; fewer than three valued words give no score",
            reference: "self-rated free association; weights by rank are ours (assumed), after Järvelin and Kekäläinen 2002",
        }
    }

    fn applies(&self, scale: &Scale) -> bool {
        scale.method == Method::Association
    }

    fn score(&self, scale: &Scale, fed: &[Fed], norms: &Norms) -> Vec<Score> {
        let outcome = outcome(&valences(fed), scale.min_valid, norms);
        vec![Score { name: scale.name.clone(), model: None, range: (-1.0, 1.0), outcome }]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_word_counts_most() {
        // By hand: weights 1, 1/log2(3) = .63093, 1/2; Σ = 2.13093.
        let score = score_of(&[(1, 3.0), (2, 0.0), (3, -3.0)]).unwrap();
        assert!((score - (3.0 - 1.5) / (3.0 * 2.130_929_753_571_457)).abs() < 1e-12);
        assert_eq!(score_of(&[(1, 3.0), (2, 3.0)]), Some(1.0));
        assert_eq!(score_of(&[]), None);
    }

    #[test]
    fn equal_words_are_not_certain() {
        let words = [(1, 2.0), (2, 2.0), (3, 2.0)];
        let expected =
            1.2 / 3.0 * (1.0_f64 + 0.630_929_753_571_457_f64.powi(2) + 0.25).sqrt() / 2.130_929_753_571_457;
        assert!((se_of(&words, 1.2) - expected).abs() < 1e-12);
    }
}
