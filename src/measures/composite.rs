//! The explicit composite: everything that was said about the organisation, in one number.
//!
//! # What it measures
//! Said sentiment: satisfaction, recommendation, trust, feelings.
//! # Formula
//! Each component on −1…+1 around its neutral point, averaged. A scale of ratings is a component: the mean of its answers, whose
//! neutral point is `neutral` of the scale, or the middle. Feelings are one component together: the mean of the pleasant ones less the
//! mean of the unpleasant ones, each from not at all (0) to the strongest answer (1), because feeling no shame is not warmth.
//! SE = SD·√(1 − α)·√(K/k) with SD and α over K components in the norm group, and k components of the respondent's own.
//! # Cautions
//! At least four answers. Intention to stay is left out: being satisfied and leaving is a finding of its own. Where zero lies is a
//! convention: a verdict that turns when it is moved by [`ZERO_MOVED`] says so.
//! # Reference
//! Feelings after Richins 1997; recommendation after Reichheld 2003; the composite is our own (assumed).

use serde::{Deserialize, Serialize};

use super::{About, Norms, Outcome};
use crate::instrument::kinds::Key;
use crate::instrument::{Instrument, Perspective, Scale};
use crate::interview::{Fed, Interview};

/// Fewest answers for a composite.
pub use crate::instrument::construct::FEWEST_INDICATORS as FEWEST;

/// How far the zero of either side is moved to see whether a verdict rests on it: a tenth of the range −1…+1. (assumed)
pub const ZERO_MOVED: f64 = 0.2;

/// What it tells about itself.
pub const ABOUT: About = About {
    name: "explicit composite",
    measures: "said sentiment: satisfaction, recommendation, trust and feelings together",
    formula: "mean of the components, each on −1…+1 around its neutral point; a scale of ratings is a component, and so are all feelings \
              together: mean of the pleasant less mean of the unpleasant ones, each 0–1; SE = SD·√(1 − α)·√(K/k), α over the K components",
    cautions: "at least four answers; intention to stay is left out; where zero lies is a convention, and a verdict that turns when it \
               moves by a tenth of the range is called leaning",
    reference: "feelings after Richins 1997, recommendation after Reichheld 2003; the composite is ours (assumed)",
};

/// What is said, by component.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ExplicitComponents {
    /// −1…+1, zero being neutral; none where fewer than half of the component's questions have an answer.
    pub components: Vec<Option<f64>>,
    /// Answers behind the components that have a value.
    pub answers: usize,
}

impl ExplicitComponents {
    /// What an interview says.
    pub fn of(interview: &Interview) -> Self {
        Self::from_fed(interview.instrument(), &interview.fed_by_scale())
    }

    /// The same from what feeds each scale.
    pub(super) fn from_fed(instrument: &Instrument, fed: &[Vec<Fed>]) -> Self {
        // What the other side is thought to feel is not what the respondent says.
        let counts = |scale: &Scale| scale.composite && scale.perspective == Perspective::Own;
        let scales = || instrument.scales.iter().zip(fed).filter(|(scale, _)| counts(scale));
        let ratings: Vec<Vec<Option<f64>>> = scales()
            .filter(|(scale, _)| !scale.is_feeling())
            .map(|(scale, fed)| fed.iter().filter_map(|fed| around_neutral(scale, fed)).collect())
            .collect();
        let side = |pleasant: bool| -> Vec<Option<f64>> {
            let of_side = scales().filter(|(scale, _)| scale.is_feeling() && scale.positive == pleasant);
            of_side.flat_map(|(_, fed)| fed).filter_map(strength).collect()
        };
        let mut said = Self::default();
        match (ratings.as_slice(), side(true), side(false)) {
            // Nothing to average a single scale with: its questions are the components, or there would be no α.
            ([only], pleasant, unpleasant) if pleasant.is_empty() || unpleasant.is_empty() => {
                only.iter().for_each(|answer| said.push(*answer, 1));
            }
            (scales, pleasant, unpleasant) => {
                for answers in scales {
                    let (value, n) = half_of(answers).unzip();
                    said.push(value, n.unwrap_or(0));
                }
                if !pleasant.is_empty() && !unpleasant.is_empty() {
                    let balance = half_of(&pleasant).zip(half_of(&unpleasant));
                    let (value, n) = balance.map(|((warm, n), (cold, m))| (warm - cold, n + m)).unzip();
                    said.push(value, n.unwrap_or(0));
                }
            }
        }
        said
    }

    fn push(&mut self, value: Option<f64>, answers: usize) {
        self.components.push(value);
        self.answers += if value.is_some() { answers } else { 0 };
    }

    /// The composite without its error; none of too few answers.
    pub fn value(&self) -> Option<f64> {
        let known: Vec<f64> = self.components.iter().copied().flatten().collect();
        (self.answers >= FEWEST).then(|| known.iter().sum::<f64>() / known.len() as f64)
    }

    /// The composite.
    pub fn outcome(&self, norms: &Norms) -> Outcome {
        let known: Vec<f64> = self.components.iter().copied().flatten().collect();
        let Some(value) = self.value() else {
            return Outcome::TooFew { valid: self.answers, needed: FEWEST };
        };
        let fewer = (self.components.len() as f64 / known.len() as f64).sqrt();
        Outcome::Scored { value, se: norms.explicit.map(|norm| norm.se() * fewer), n: self.answers }
    }
}

/// The composite of an interview.
pub fn score(interview: &Interview, norms: &Norms) -> Outcome {
    ExplicitComponents::of(interview).outcome(norms)
}

/// The mean of answers with their number, where at least half of the questions have one.
fn half_of(answers: &[Option<f64>]) -> Option<(f64, usize)> {
    let known: Vec<f64> = answers.iter().copied().flatten().collect();
    let enough = !known.is_empty() && 2 * known.len() >= answers.len();
    enough.then(|| (known.iter().sum::<f64>() / known.len() as f64, known.len()))
}

/// An answer on −1…+1 around the neutral point of its scale; nothing for what is no rating.
fn around_neutral(scale: &Scale, fed: &Fed) -> Option<Option<f64>> {
    let Key::Points { min, max, .. } = fed.key else { return None };
    let neutral = scale.neutral.unwrap_or(f64::midpoint(min, max));
    let place = |keyed: f64| {
        let room = if keyed > neutral { max - neutral } else { neutral - min };
        (keyed - neutral) / room
    };
    Some(fed.keyed().map(place))
}

/// How strong a feeling is, from not at all (0) to the strongest answer (1); nothing for what is no rating.
fn strength(fed: &Fed) -> Option<Option<f64>> {
    let Key::Points { min, max, .. } = fed.key else { return None };
    Some(fed.keyed().map(|keyed| (keyed - min) / (max - min)))
}
