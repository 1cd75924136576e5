//! From an interview to features: what the classifier sees of a real session, and the plan that a reference model for just
//! these features is fitted on.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::features::{Choices, FeatureSet, RawParts, rescale};
use super::model::{Model, Profile};
use super::reference::{AllocationPlan, FeaturePlan, ReferenceError, reference_model};
use crate::instrument::kinds::Key;
use crate::instrument::persona::Rating;
use crate::instrument::{Construct, Instrument, Method, Perspective, RelationalModel};
use crate::interview::{Fed, Interview};
use crate::measures::share::Counts;
use crate::measures::{self, Norms};

/// What a session shows of one perspective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Whose norms.
    pub perspective: Perspective,
    /// The feature vector.
    pub features: FeatureSet,
    /// The shape of the instrument behind it: only the blocks that the session has.
    pub plan: FeaturePlan,
}

/// The evidence of an interview for a perspective; none if it has no complete block.
pub fn evidence(interview: &Interview, perspective: Perspective) -> Option<Evidence> {
    evidence_of(interview.instrument(), &interview.fed_by_scale(), perspective)
}

/// The same from what feeds each scale, see [`Interview::fed_by_scale`].
pub fn evidence_of(instrument: &Instrument, fed: &[Vec<Fed>], perspective: Perspective) -> Option<Evidence> {
    let (scale_means, scales) = scale_block(instrument, fed, perspective).unzip();
    let vignettes = share_block(instrument, fed, perspective, true);
    let allocation = share_block(instrument, fed, perspective, false);
    let parts = RawParts {
        scale_means,
        vignettes: vignettes.as_ref().map(|(choices, _)| *choices),
        allocation: allocation.as_ref().map(|(choices, _)| *choices),
    };
    let plan = FeaturePlan {
        perspective,
        scales,
        vignettes: vignettes
            .map(|(_, fed)| fed.into_iter().filter_map(reactions).collect())
            .unwrap_or_default(),
        allocation: allocation.map(|(_, fed)| allocation_plan(&fed)),
    };
    let features = FeatureSet::from_parts(&parts);
    (!features.values.is_empty()).then_some(Evidence { perspective, features, plan })
}

/// The means of the four model scales, −1…+1, with the ratings behind them; none unless all four can be scored.
fn scale_block(
    instrument: &Instrument,
    fed: &[Vec<Fed>],
    perspective: Perspective,
) -> Option<([f64; 4], [Vec<Rating>; 4])> {
    let mut means = [0.0; 4];
    let mut ratings: [Vec<Rating>; 4] = Default::default();
    for model in RelationalModel::ALL {
        let (scale, fed) = instrument.scales.iter().zip(fed).find(|(scale, _)| {
            scale.construct == Construct::Model(model)
                && scale.perspective == perspective
                && scale.method == Method::Mean
        })?;
        let score = measures::score_fed(scale, fed, &Norms::none()).into_iter().next()?;
        let (low, high) = score.range;
        means[model.index()] = rescale(score.outcome.value()?, low, high);
        ratings[model.index()] = fed.iter().filter_map(rating).collect();
    }
    Some((means, ratings))
}

fn rating(fed: &Fed) -> Option<Rating> {
    match fed.key {
        Key::Points { min, max, reverse } => Some(Rating { points: (max - min) as usize + 1, reverse }),
        _ => None,
    }
}

/// Counts over all share scales of a perspective that are made of choices, or of points.
fn share_block<'a>(
    instrument: &Instrument,
    fed: &'a [Vec<Fed>],
    perspective: Perspective,
    choices: bool,
) -> Option<(Choices, Vec<&'a Fed>)> {
    let mut picked = Vec::new();
    for (scale, fed) in instrument.scales.iter().zip(fed) {
        if scale.method == Method::Share && scale.perspective == perspective {
            let scored = measures::score_fed(scale, fed, &Norms::none());
            if scored.iter().any(|score| score.outcome.value().is_some()) {
                let of_kind = |fed: &&Fed| matches!(fed.key, Key::Reaction(_)) == choices;
                picked.extend(fed.iter().filter(of_kind));
            }
        }
    }
    let counts = Counts::of(picked.iter().copied())?;
    Some((Choices { by_model: counts.by_model, total: counts.total }, picked))
}

fn reactions(fed: &Fed) -> Option<Vec<Option<RelationalModel>>> {
    match &fed.key {
        Key::Reaction(tags) => Some(tags.iter().map(|(_, model)| *model).collect()),
        _ => None,
    }
}

/// Several allocations count as one with all their parts, as their shares do: of all points.
fn allocation_plan(fed: &[&Fed]) -> AllocationPlan {
    let part = |fed: &Fed| match fed.key {
        Key::Part(model, total) => Some((model, total)),
        _ => None,
    };
    let parts: Vec<_> = fed.iter().copied().filter_map(part).collect();
    let total = |fed: &Fed| part(fed).map(|(_, total)| (fed.item, total as u32));
    let totals: BTreeMap<usize, u32> = fed.iter().copied().filter_map(total).collect();
    AllocationPlan {
        total: totals.values().sum(),
        parts: parts.into_iter().map(|(model, _)| model).collect(),
    }
}

/// Fitted reference models by plan. A study has one or two plans and hundreds of sessions.
#[derive(Debug, Default)]
pub struct References {
    fitted: Vec<(FeaturePlan, Model)>,
    /// Shares of CS, AR, EM, MP that predictions assume; none for the published base rates.
    prior: Option<[f64; 4]>,
}

impl References {
    /// Models under another prior than the published base rates.
    pub fn under(prior: [f64; 4]) -> Self {
        Self { prior: Some(prior), ..Self::default() }
    }

    /// The profile of a session under the reference model for exactly its features.
    ///
    /// # Errors
    /// A plan on which no model can be fitted.
    pub fn profile(&mut self, evidence: &Evidence) -> Result<Profile, ReferenceError> {
        Ok(self.model(&evidence.plan)?.predict(&evidence.features)?)
    }

    fn model(&mut self, plan: &FeaturePlan) -> Result<&Model, ReferenceError> {
        let at = match self.fitted.iter().position(|(known, _)| known == plan) {
            Some(at) => at,
            None => {
                let model = reference_model(plan)?;
                let model = match self.prior {
                    Some(shares) => model.with_prior(shares)?,
                    None => model,
                };
                self.fitted.push((plan.clone(), model));
                self.fitted.len() - 1
            }
        };
        Ok(&self.fitted[at].1)
    }
}
