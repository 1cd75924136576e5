//! The 0–10 recommendation answer of one person; promoters and detractors exist only over many.
//!
//! # What it measures
//! Willingness to recommend.
//! # Formula
//! The answer itself. Over a study: NPS = 100(p − d), see `psychometrics::proportion`.
//! # Cautions
//! One item has no reliability of its own; no standard error is given.
//! # Reference
//! Reichheld 2003.

use super::{About, Measure, Norms, Outcome, Score};
use crate::instrument::{Method, Scale};
use crate::interview::Fed;

/// See the head of this file.
#[derive(Debug)]
pub struct Recommendation;

impl Measure for Recommendation {
    fn id(&self) -> &'static str {
        "nps"
    }

    fn about(&self) -> About {
        About {
            name: "recommendation (NPS item)",
            measures: "willingness to recommend, 0–10: 0–6 detractor, 7–8 passive, 9–10 promoter",
            formula: "the answer itself; over a study 100(promoters − detractors) with its 95 % interval",
            cautions: "a single item: no standard error for one person",
            reference: "Reichheld 2003",
        }
    }

    fn applies(&self, scale: &Scale) -> bool {
        scale.method == Method::Nps
    }

    fn score(&self, scale: &Scale, fed: &[Fed], _: &Norms) -> Vec<Score> {
        let outcome = match fed.iter().find_map(Fed::keyed) {
            Some(value) => Outcome::Scored { value, se: None, n: 1 },
            None => Outcome::TooFew { valid: 0, needed: 1 },
        };
        vec![Score { name: scale.name.clone(), model: None, range: (0.0, 10.0), outcome }]
    }
}
