//! The reference sample: no public data carries labels, so relata ships a generator, not data.
//!
//! Owns the population of simulated respondents and coders, and the model that is fitted on it for just the features that
//! an instrument gives. Refuses to be tuned: every number stands here with its reason, fixed before any fit, and recovery is
//! reported as it comes out. How a latent state becomes answers is `instrument::persona`'s.

use serde::{Deserialize, Serialize};

use super::dataset::{Dataset, DatasetError};
use super::features::{Choices, FeatureSet, RawParts, rescale};
use super::model::{Missing, Model, ModelError};
use super::train::{TrainError, Training, train};
use crate::dice::Dice;
use crate::instrument::construct::{Perspective, RelationalModel};
use crate::instrument::persona::{Loadings, Persona, Rating, ResponseModel};

/// Shares of CS, AR, EM, MP: nearly 70 % businesslike and about one in six personal (The Customer Connection, 2012, 275
/// customers of six service providers); the other two share what is left (assumed).
pub const BASE_RATES: [f64; 4] = [0.16, 0.07, 0.07, 0.70];
/// How far the mean of the norm in use stands above the means of the other three, in SD of a norm between respondents who
/// use the same model. (assumed)
pub const SEPARATION: f64 = 0.8;
/// Share of sessions in which a coder names another model than the one in use. (assumed)
pub const CODER_ERROR: f64 = 0.12;
/// Share of respondents who answer without reading. (assumed)
pub const CARELESS: f64 = 0.05;
/// SD of yes-saying between respondents, in SD of a response. (assumed)
const ACQUIESCENCE_SD: f64 = 0.3;
/// How much closer personal-model customers are, in SD: the study found them more loyal; the size is (assumed).
const PERSONAL_CLOSENESS: f64 = 0.5;
/// How much warmer personal-model customers are, said and associated, in SD: the study found a clearly better
/// experience; the size is (assumed).
const PERSONAL_WARMTH: f64 = 0.5;
/// Correlation of said and associated sentiment over everybody (Hofmann et al. 2005, meta-analytic mean).
pub const EXPLICIT_INDIRECT: f64 = 0.24;
/// Share of respondents who take it that the other side sees the relation as they do; the rest guess by the base
/// rates. (assumed)
const PROJECTION: f64 = 0.5;

/// Size of the reference sample: ten studies of the published size. The rarest models then have some 190 rows each, so
/// that about fifty parameters are well determined, and simulating (8 ms), choosing (20) and fitting (10) together stay
/// below what anybody notices between the last answer and the result.
pub const REFERENCE_ROWS: usize = 2_750;
/// The one seed of the reference sample; any would do, but it must never change within a version.
pub const REFERENCE_SEED: u64 = 2_012;
/// What a result says that it rests on while it rests on this.
pub const REFERENCE_BASIS: &str = "reference model, simulated";

/// A population of simulated respondents and their coders.
#[derive(Debug, Clone, PartialEq)]
pub struct Generator {
    /// See [`SEPARATION`].
    pub separation: f64,
    /// How answers reflect the latent state.
    pub response: ResponseModel,
    /// SD of yes-saying.
    pub acquiescence_sd: f64,
    /// See [`CODER_ERROR`].
    pub coder_error: f64,
    /// See [`CARELESS`].
    pub careless: f64,
}

impl Default for Generator {
    fn default() -> Self {
        Self::with_separation(SEPARATION)
    }
}

impl Generator {
    /// The population of the reference sample, with norms this far apart.
    pub fn with_separation(separation: f64) -> Self {
        Self {
            separation,
            response: ResponseModel::REFERENCE,
            acquiescence_sd: ACQUIESCENCE_SD,
            coder_error: CODER_ERROR,
            careless: CARELESS,
        }
    }

    /// A population in which our assumptions about answers fail: other loadings, no general factor, no yes-saying.
    pub fn misspecified() -> Self {
        Self { response: ResponseModel::MISSPECIFIED, acquiescence_sd: 0.0, ..Self::default() }
    }

    /// A respondent, and the model that a coder names for the respondent's own side.
    pub fn persona(&self, dice: &mut Dice) -> (Persona, RelationalModel) {
        let model = by_base_rates(dice);
        let coded = self.code(model, dice);
        let projects = dice.chance(PROJECTION);
        let guess = by_base_rates(dice);
        let other_model = if projects { model } else { guess };
        let personal = f64::from(model == RelationalModel::CommunalSharing);
        let norms = self.norms(model, dice);
        let other_norms = self.norms(other_model, dice);
        let closeness = PERSONAL_CLOSENESS * personal + dice.normal();
        let acquiescence = self.acquiescence_sd * dice.normal();
        let careless = dice.chance(self.careless);
        let (explicit, association) = sentiment(personal, dice);
        let persona = Persona {
            model,
            other_model,
            norms,
            other_norms,
            closeness,
            acquiescence,
            careless,
            explicit,
            association,
        };
        (persona, coded)
    }

    /// What a coder calls somebody who uses `model`.
    ///
    /// The published base rates are rates of codes. A coder who does not see the model guesses by the base rates; the
    /// share of guesses is set so that codes are wrong in `coder_error` of the sessions (a guess can hit). Truth and
    /// code then both have the base rates as margins, exactly, and κ = 1 − share of guesses = .75.
    pub fn code(&self, model: RelationalModel, dice: &mut Dice) -> RelationalModel {
        let agreement_by_chance: f64 = BASE_RATES.iter().map(|rate| rate * rate).sum();
        let guesses = dice.chance(self.coder_error / (1.0 - agreement_by_chance));
        let guess = by_base_rates(dice);
        if guesses { guess } else { model }
    }

    fn norms(&self, model: RelationalModel, dice: &mut Dice) -> [f64; 4] {
        let mut norms = std::array::from_fn(|_| dice.normal());
        norms[model.index()] += self.separation;
        norms
    }
}

fn by_base_rates(dice: &mut Dice) -> RelationalModel {
    RelationalModel::ALL[dice.weighted(&BASE_RATES)]
}

/// Said and associated sentiment, each with mean 0 and SD 1 over everybody, correlated as published; part of the
/// correlation is that personal-model customers are warmer on both.
fn sentiment(personal: f64, dice: &mut Dice) -> (f64, f64) {
    let share = BASE_RATES[RelationalModel::CommunalSharing.index()];
    let between = PERSONAL_WARMTH.powi(2) * share * (1.0 - share);
    let within_sd = (1.0 - between).sqrt();
    let within_r = (EXPLICIT_INDIRECT - between) / (1.0 - between);
    let warmth = PERSONAL_WARMTH * (personal - share);
    let (a, b) = (dice.normal(), dice.normal());
    let explicit = warmth + within_sd * a;
    let association = warmth + within_sd * (within_r * a + (1.0 - within_r * within_r).sqrt() * b);
    (explicit, association)
}

/// Which features the instrument of a session gives for one perspective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FeaturePlan {
    /// Whose norms.
    pub perspective: Perspective,
    /// The items of the scales of CS, AR, EM, MP; `None` when one of the four scales is absent.
    pub scales: Option<[Vec<Rating>; 4]>,
    /// For each vignette the models of its reactions; may be empty.
    pub vignettes: Vec<Vec<Option<RelationalModel>>>,
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
    /// The prior was refused.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl FeaturePlan {
    /// The shape of the long interview: five items a model on seven points, eight vignettes with four reactions each,
    /// a hundred points over four reasons.
    pub fn customer_interview_like() -> Self {
        let item = |place: usize| Rating {
            points: 7,
            // About half of the items describe a breach; one in five is keyed the other way round.
            reverse: place == 4,
        };
        let all = RelationalModel::ALL.map(Some).to_vec();
        Self {
            perspective: Perspective::Own,
            scales: Some(std::array::from_fn(|_| (0..5).map(item).collect())),
            vignettes: vec![all.clone(); 8],
            allocation: Some(AllocationPlan { total: 100, parts: all }),
        }
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
}

/// Simulated sessions: what the classifier sees, and the two labels, kept apart.
#[derive(Debug, Clone, PartialEq)]
pub struct Sample {
    /// Features of each session.
    pub features: Vec<FeatureSet>,
    /// The model in use, of the side that the plan's perspective is about.
    pub truth: Vec<RelationalModel>,
    /// The model that a coder named for that side.
    pub coded: Vec<RelationalModel>,
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
) -> Result<Sample, ReferenceError> {
    plan.check()?;
    let loadings = loadings(plan, &generator.response);
    let mut people = Dice::for_purpose(seed, "people");
    let mut answers = Dice::for_purpose(seed, "answers");
    let mut other_coder = Dice::for_purpose(seed, "codes of the other side");
    let mut sample = Sample {
        features: Vec::with_capacity(n),
        truth: Vec::with_capacity(n),
        coded: Vec::with_capacity(n),
    };
    for _ in 0..n {
        let (persona, own_code) = generator.persona(&mut people);
        let choice = generator.response.choice_loading;
        let parts = answer(plan, &loadings, choice, &persona, &mut answers);
        sample.features.push(FeatureSet::from_parts(&parts));
        let (truth, coded) = match plan.perspective {
            Perspective::Own => (persona.model, own_code),
            Perspective::Other => {
                let code = generator.code(persona.other_model, &mut other_coder);
                (persona.other_model, code)
            }
        };
        sample.truth.push(truth);
        sample.coded.push(coded);
    }
    Ok(sample)
}

/// The reference sample as a table for the features of a plan, labelled with the simulated codes.
///
/// # Errors
/// A plan without features or with an empty part.
pub fn reference_sample(plan: &FeaturePlan) -> Result<Dataset, ReferenceError> {
    let sample = simulate(plan, &Generator::default(), REFERENCE_ROWS, REFERENCE_SEED)?;
    Ok(Dataset::new(&sample.features, sample.coded, None)?)
}

/// The model for the features of a plan: fitted on the simulated codes, with the published base rates as its prior.
/// Equal plans give equal models, to the bit.
///
/// # Errors
/// A plan without features or with an empty part; a fit that failed.
pub fn reference_model(plan: &FeaturePlan) -> Result<Model, ReferenceError> {
    let data = reference_sample(plan)?;
    let how = Training {
        seed: REFERENCE_SEED,
        basis: REFERENCE_BASIS.to_owned(),
        missing: Missing::Refuse,
        ..Training::default()
    };
    Ok(train(&data, &how)?.with_prior(BASE_RATES)?)
}

/// The loadings of the items of each scale. An instrument's items have names that the sample must not depend on, so here
/// an item is known by its model and place.
fn loadings(plan: &FeaturePlan, response: &ResponseModel) -> [Vec<Loadings>; 4] {
    RelationalModel::ALL.map(|model| {
        let items = plan.scales.iter().flat_map(|scales| &scales[model.index()]);
        items.enumerate().map(|(place, _)| response.loadings(&format!("{model} {place}"))).collect()
    })
}

/// One session of a plan, as raw parts.
fn answer(
    plan: &FeaturePlan,
    loadings: &[Vec<Loadings>; 4],
    choice_loading: f64,
    persona: &Persona,
    dice: &mut Dice,
) -> RawParts {
    let perspective = plan.perspective;
    let scale_means = plan.scales.as_ref().map(|scales| {
        RelationalModel::ALL.map(|model| {
            let items = scales[model.index()].iter().zip(&loadings[model.index()]);
            let keyed = items.map(|(rating, loadings)| {
                let chosen = persona.agree(dice, (perspective, model), *loadings, *rating);
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
            let chosen = persona.choose(dice, perspective, tags, choice_loading);
            if let Some(model) = tags.get(chosen).copied().flatten() {
                by_model[model.index()] += 1.0;
            }
        }
        let total = plan.vignettes.len() as f64;
        Choices { by_model, total }
    });
    let allocation = plan.allocation.as_ref().map(|allocation| {
        let (tags, total) = (&allocation.parts, allocation.total);
        let points = persona.allocate(dice, perspective, tags, total, choice_loading);
        let mut by_model = [0.0; 4];
        for (tag, share) in tags.iter().zip(points) {
            if let Some(model) = tag {
                by_model[model.index()] += f64::from(share);
            }
        }
        let total = f64::from(total);
        Choices { by_model, total }
    });
    RawParts { scale_means, vignettes, allocation }
}

#[cfg(test)]
mod tests;
