//! The reference sample: no public data carries labels, so relata ships a generator, not data.
//!
//! Owns the plan of what an instrument gives, simulated sessions of a plan, and the models that are fitted on them for just the
//! features of a plan. Refuses to be tuned: the population is [`world`]'s, its numbers are fixed before any fit, and recovery is
//! reported as it comes out. How a latent state becomes answers is `instrument::persona`'s.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::careless::scatter_as_random;
use super::dataset::{Dataset, DatasetError};
use super::features::{ChoiceShares, FeatureSet, RawParts, rescale};
use super::model::{MissingPolicy, Model, ModelError};
use super::train::{Calibrate, TrainError, Training, train};
use crate::instrument::construct::{Perspective, RelationalModel};
use crate::instrument::persona::{Loadings, Persona, Rating, ResponseModel};
use crate::psychometrics::parallel::{self, Remembered};
use crate::rng::Rng;

mod kept;
pub mod shares;
pub mod world;

pub use kept::{FITTED_FORM, fitted_here, forget_fitted, recall};
pub use world::{ACQUIESCENCE_SD, BASE_RATES, CARELESS, CODER_ERROR, EVEN, Generator, Offsets, World};

/// Size of the reference sample: the rarest models have some 1,400 rows each, and what is left of chance in the coefficients moves
/// a probability by less than .01.
pub const REFERENCE_ROWS: usize = 20_000;
/// Rows of the reference sample that stand beside a study's codes: ten studies of the published size.
pub const POOLED_ROWS: usize = 2_750;
/// The one seed of the reference sample; any would do, but it must never change within a version.
pub const REFERENCE_SEED: u64 = 2_012;
/// The basis that a result states while it uses the reference model.
pub const REFERENCE_BASIS: &str = "reference model, simulated";
/// The strength of the penalty: with this many rows, the choice of strength has no visible effect.
const REFERENCE_ALPHA: f64 = 1.0;
/// Sessions simulated in one go, with their own random stream, so that several threads make the same sample as one.
const CHUNK: usize = 1_000;
/// Fitted models kept in memory: a study with gaps in its answers has a few dozen shapes, with two models each.
const REMEMBERED: usize = 256;

/// Which features the instrument of a session gives for one perspective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeaturePlan {
    /// Whose norms.
    pub perspective: Perspective,
    /// The items of the scales of CS, AR, EM, MP; `None` when one of the four scales is absent.
    pub scales: Option<[Vec<Rating>; 4]>,
    /// For each vignette the models of its reactions; may be empty.
    pub vignettes: Vec<Vec<Option<RelationalModel>>>,
    /// For each set of a best–worst choice the models of its statements; may be empty.
    #[serde(default)]
    pub best_worst: Vec<Vec<Option<RelationalModel>>>,
    /// Points over parts.
    pub allocation: Option<AllocationPlan>,
}

/// Points over tagged parts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct AllocationPlan {
    /// The points to hand out.
    pub total: u32,
    /// The model of each part.
    pub parts: Vec<Option<RelationalModel>>,
}

/// Why there is no reference model for a plan.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ReferenceError {
    /// A scale has no items.
    #[error("the scale of {0} has no items")]
    EmptyScale(RelationalModel),
    /// An allocation without points or parts.
    #[error("the allocation has no points or no parts")]
    EmptyAllocation,
    /// The sample is no table to learn from, for example because the plan gives no features.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// The training failed.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// A session does not fit the model.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// Nothing was fitted.
    #[error("no model was fitted")]
    None,
}

impl FeaturePlan {
    /// The shape of the long interview: five items a model on seven points, eight vignettes with four reactions each,
    /// a hundred points over four reasons.
    pub fn customer_interview_like() -> Self {
        let all = RelationalModel::ALL.map(Some).to_vec();
        Self {
            perspective: Perspective::Own,
            scales: Some(std::array::from_fn(|_| vec![Rating { points: 7, reverse: false }; 5])),
            vignettes: vec![all.clone(); 8],
            best_worst: Vec::new(),
            allocation: Some(AllocationPlan { total: 100, parts: all }),
        }
    }

    /// Whether the same questions are asked, of whichever side.
    fn asks_as(&self, other: &Self) -> bool {
        self.scales == other.scales
            && self.vignettes == other.vignettes
            && self.best_worst == other.best_worst
            && self.allocation == other.allocation
    }

    fn check(&self) -> Result<(), ReferenceError> {
        for (model, items) in RelationalModel::ALL.iter().zip(self.scales.iter().flatten()) {
            if items.is_empty() {
                return Err(ReferenceError::EmptyScale(*model));
            }
        }
        let empty = |plan: &AllocationPlan| plan.total == 0 || plan.parts.is_empty();
        if self.allocation.as_ref().is_some_and(empty) {
            return Err(ReferenceError::EmptyAllocation);
        }
        Ok(())
    }

    /// The loadings of the items of each scale. An instrument's items have names that the sample must not depend on, so here
    /// an item is known by its model and place.
    pub(super) fn loadings(&self, response: &ResponseModel) -> [Vec<Loadings>; 4] {
        RelationalModel::ALL.map(|model| {
            let items = self.scales.iter().flat_map(|scales| &scales[model.index()]);
            items.enumerate().map(|(place, _)| response.loadings(&format!("{model} {place}"))).collect()
        })
    }
}

/// Simulated sessions: what they answered, who did, and the two labels, kept apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SimulatedSample {
    /// What each session gives.
    pub parts: Vec<RawParts>,
    /// Who gave it.
    pub people: Vec<Persona>,
    /// The model in use, of the side that the plan's perspective is about.
    pub truth: Vec<RelationalModel>,
    /// The model that a coder named for that side.
    pub coded: Vec<RelationalModel>,
    /// Every single answer, session after session: see [`SimulatedSample::raw`].
    answers: Vec<u16>,
}

impl SimulatedSample {
    /// Every single answer of each session: the categories of the ratings, model after model; the reaction chosen in each
    /// vignette; for each best–worst set of n statements best·n + worst; the points of each part.
    pub fn raw(&self) -> impl Iterator<Item = &[u16]> {
        let each = self.answers.len() / self.parts.len().max(1);
        self.answers.chunks_exact(each.max(1))
    }

    /// Of each session whether its ratings scatter as random ones would.
    pub(super) fn scatter_as_random(&self, plan: &FeaturePlan) -> impl Iterator<Item = bool> {
        self.raw().map(|answers| {
            let mut answers = answers.iter();
            let mut points = 0;
            let mut keyed: [Vec<f64>; 4] = Default::default();
            for (norm, items) in keyed.iter_mut().zip(plan.scales.iter().flatten()) {
                for (rating, chosen) in items.iter().zip(&mut answers) {
                    let chosen = f64::from(*chosen);
                    points = rating.points;
                    norm.push(if rating.reverse { (points - 1) as f64 - chosen } else { chosen });
                }
            }
            scatter_as_random(&keyed, points) == Some(true)
        })
    }

    /// Features of each session.
    pub fn features(&self) -> Vec<FeatureSet> {
        self.parts.iter().map(FeatureSet::from_parts).collect()
    }

    /// The sample as a table, labelled with the simulated truth.
    fn table(self) -> Result<Dataset, DatasetError> {
        let Some(first) = self.parts.first() else { return Err(DatasetError::Empty) };
        let names = FeatureSet::from_parts(first).names();
        let values = self.parts.iter().flat_map(RawParts::values).collect();
        Dataset::from_table(names, values, self.truth, None)
    }
}

/// `n` simulated sessions of a plan.
///
/// # Errors
/// A plan with an empty scale or allocation.
pub fn simulate(
    plan: &FeaturePlan,
    generator: &Generator,
    n: usize,
    seed: u64,
) -> Result<SimulatedSample, ReferenceError> {
    plan.check()?;
    let loadings = plan.loadings(&generator.response);
    let chunks: Vec<usize> = (0..n.div_ceil(CHUNK)).collect();
    let simulated = parallel::map(chunks, |chunk| {
        let rows = CHUNK.min(n - chunk * CHUNK);
        let rng = |purpose: &str| Rng::for_purpose(seed, &format!("{purpose} {chunk}"));
        let (mut people, mut answers, mut coder) = (rng("people"), rng("answers"), rng("coder"));
        let mut sample = SimulatedSample::default();
        for _ in 0..rows {
            let (persona, own_code) = generator.persona(&mut people);
            let choice = generator.response.choice_loading;
            let raw = &mut sample.answers;
            sample.parts.push(answer(plan, &loadings, choice, &persona, &mut answers, raw));
            let (truth, coded) = match plan.perspective {
                Perspective::Own => (persona.model, own_code),
                Perspective::Other => {
                    let model = persona.other_model;
                    (model, generator.code_of(&persona.other_norms, model, &mut coder))
                }
            };
            sample.truth.push(truth);
            sample.coded.push(coded);
            sample.people.push(persona);
        }
        sample
    });
    let mut whole = SimulatedSample::default();
    for part in simulated {
        whole.parts.extend(part.parts);
        whole.people.extend(part.people);
        whole.truth.extend(part.truth);
        whole.coded.extend(part.coded);
        whole.answers.extend(part.answers);
    }
    Ok(whole)
}

/// So many sessions of the reference sample as a table for the features of a plan, labelled with the simulated truth.
///
/// # Errors
/// A plan without features or with an empty part.
pub fn reference_sample(
    plan: &FeaturePlan,
    generator: &Generator,
    rows: usize,
) -> Result<Dataset, ReferenceError> {
    Ok(simulate(plan, generator, rows, REFERENCE_SEED)?.table()?)
}

/// The model for the features of a plan in a population: fitted on what its simulated people really use. Equal arguments give
/// equal models, to the bit on one machine.
///
/// # Errors
/// A plan without features or with an empty part; a fit that failed.
pub fn reference_model(plan: &FeaturePlan, generator: &Generator) -> Result<Model, ReferenceError> {
    let data = reference_sample(plan, generator, REFERENCE_ROWS)?;
    let how = Training {
        seed: REFERENCE_SEED,
        basis: REFERENCE_BASIS.to_owned(),
        alpha: Some(REFERENCE_ALPHA),
        calibrate: Calibrate::Off,
        missing: MissingPolicy::Refuse,
        ..Training::default()
    };
    Ok(train(&data, &how)?)
}

/// [`reference_model`], fitted once in a process: who comes second waits for the first. A fit is a pure function of its arguments,
/// so remembering it changes nothing but the time that it takes.
///
/// # Errors
/// As [`reference_model`].
pub fn fitted(plan: &FeaturePlan, generator: &Generator) -> Result<Arc<Model>, ReferenceError> {
    // Nothing is expected of the other side that is not expected of one's own, and two samples of one population differ by chance.
    let own = || FeaturePlan { perspective: Perspective::Own, ..plan.clone() };
    known_models().get(
        |(of, from)| of.asks_as(plan) && from == generator,
        || (own(), generator.clone()),
        || match kept::recalled(&own(), generator) {
            Some(model) => Ok(Arc::new(model)),
            None => reference_model(&own(), generator).map(Arc::new),
        },
    )
}

type Fitted = Result<Arc<Model>, ReferenceError>;

fn known_models() -> &'static Remembered<(FeaturePlan, Generator), Fitted> {
    static KNOWN: Remembered<(FeaturePlan, Generator), Fitted> = Remembered::new(REMEMBERED);
    &KNOWN
}

/// The same of several populations, at once where they have to be fitted yet.
pub fn fitted_together<const N: usize>(plan: &FeaturePlan, generators: [Generator; N]) -> Vec<Fitted> {
    // To start a thread takes longer than to look up what is known, and every session of a study asks.
    let known: Option<Vec<Fitted>> = generators
        .iter()
        .map(|generator| known_models().peek(|(of, from)| of.asks_as(plan) && from == generator))
        .collect();
    known.unwrap_or_else(|| parallel::map(generators.into(), |generator| fitted(plan, &generator)))
}

/// One session of a plan, as raw parts and, behind those of the sessions before, as single answers.
fn answer(
    plan: &FeaturePlan,
    loadings: &[Vec<Loadings>; 4],
    choice_loading: f64,
    persona: &Persona,
    rng: &mut Rng,
    raw: &mut Vec<u16>,
) -> RawParts {
    let perspective = plan.perspective;
    let scale_means = plan.scales.as_ref().map(|scales| {
        RelationalModel::ALL.map(|model| {
            let items = scales[model.index()].iter().zip(&loadings[model.index()]);
            let keyed = items.map(|(rating, loadings)| {
                let chosen = persona.agree(rng, (perspective, model), *loadings, *rating);
                raw.push(chosen as u16);
                let top = rating.points.saturating_sub(1) as f64;
                let value = rescale(chosen as f64, 0.0, top);
                if rating.reverse { -value } else { value }
            });
            keyed.sum::<f64>() / scales[model.index()].len() as f64
        })
    });
    let vignettes = (!plan.vignettes.is_empty()).then(|| {
        let mut by_model = [0.0; 4];
        for tags in &plan.vignettes {
            let chosen = persona.choose(rng, perspective, tags, choice_loading);
            raw.push(chosen as u16);
            if let Some(model) = tags.get(chosen).copied().flatten() {
                by_model[model.index()] += 1.0;
            }
        }
        let total = plan.vignettes.len() as f64;
        ChoiceShares { by_model, total }
    });
    let best_worst = (!plan.best_worst.is_empty()).then(|| {
        let mut by_model = [0.0; 4];
        for tags in &plan.best_worst {
            let order = persona.by_appeal(rng, perspective, tags, choice_loading);
            let (best, worst) = (order.first().copied().unwrap_or(0), order.last().copied().unwrap_or(0));
            raw.push((best * tags.len() + worst) as u16);
            for (place, by) in [(best, 1.0), (worst, -1.0)] {
                if let Some(model) = tags.get(place).copied().flatten() {
                    by_model[model.index()] += by;
                }
            }
        }
        ChoiceShares { by_model, total: plan.best_worst.len() as f64 }
    });
    let allocation = plan.allocation.as_ref().map(|allocation| {
        let (tags, total) = (&allocation.parts, allocation.total);
        let points = persona.allocate(rng, perspective, tags, total, choice_loading);
        let mut by_model = [0.0; 4];
        raw.extend(points.iter().map(|&share| share as u16));
        for (tag, share) in tags.iter().zip(points) {
            if let Some(model) = tag {
                by_model[model.index()] += f64::from(share);
            }
        }
        let total = f64::from(total);
        ChoiceShares { by_model, total }
    });
    RawParts { scale_means, vignettes, best_worst, allocation }
}

#[cfg(test)]
mod tests;
