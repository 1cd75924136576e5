//! The explicit composite: everything that was said about the organisation, in one number.
//!
//! # What it measures
//! Said sentiment: satisfaction, recommendation, trust, emotions.
//! # Formula
//! Each indicator (item) rescaled to −1…+1 around its midpoint, unpleasant ones turned round, averaged; SE = SD·√(1 − α)
//! with SD and α of the composite in the norm group.
//! # Cautions
//! At least four indicators. Intention to stay is left out: being satisfied and leaving is a finding of its own. Zero is the midpoint
//! of the scales, a convention.
//! # Reference
//! Emotions after Richins 1997; recommendation after Reichheld 2003; the composite is our own (assumed).

use super::{About, Norms, Outcome};
use crate::instrument::kinds::Key;
use crate::instrument::{Instrument, Perspective};
use crate::interview::{Fed, Interview};

/// Fewest indicators for a composite.
pub use crate::instrument::construct::FEWEST_INDICATORS as FEWEST;

/// What it tells about itself.
pub const ABOUT: About = About {
    name: "explicit composite",
    measures: "said sentiment: satisfaction, recommendation, trust and emotions together",
    formula: "mean of the indicators, each rescaled to −1…+1 around its midpoint; SE = SD·√(1 − α)",
    cautions: "at least four indicators; intention to stay is left out; zero is the midpoint of the scales, a convention",
    reference: "emotions after Richins 1997, recommendation after Reichheld 2003; the composite is ours (assumed)",
};

/// The indicators of an interview in the order of the file: −1…+1, or none where there is no valid answer.
pub fn indicators(interview: &Interview) -> Vec<Option<f64>> {
    indicators_of(interview.instrument(), &interview.fed_by_scale())
}

/// The same from what feeds each scale.
pub(super) fn indicators_of(instrument: &Instrument, fed: &[Vec<Fed>]) -> Vec<Option<f64>> {
    let mut indicators = Vec::new();
    for (scale, fed) in instrument.scales.iter().zip(fed) {
        // What the other side is thought to feel is not what the respondent says.
        if !scale.composite || scale.perspective != Perspective::Own {
            continue;
        }
        for fed in fed {
            let Key::Points { min, max, .. } = fed.key else { continue };
            let half = (max - min) / 2.0;
            let around_midpoint = fed.keyed().map(|keyed| (keyed - min) / half - 1.0);
            indicators.push(around_midpoint.map(|value| if scale.positive { value } else { -value }));
        }
    }
    indicators
}

/// The composite of an interview.
pub fn score(interview: &Interview, norms: &Norms) -> Outcome {
    outcome(&indicators(interview), norms)
}

/// The composite of these indicators.
pub(super) fn outcome(indicators: &[Option<f64>], norms: &Norms) -> Outcome {
    let valid: Vec<f64> = indicators.iter().copied().flatten().collect();
    if valid.len() < FEWEST {
        return Outcome::TooFew { valid: valid.len(), needed: FEWEST };
    }
    let value = valid.iter().sum::<f64>() / valid.len() as f64;
    Outcome::Scored { value, se: norms.explicit.map(|norm| norm.se()), n: valid.len() }
}
