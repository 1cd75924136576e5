//! From an interview to features: what the classifier sees of a real session, and the plan that a reference model for just
//! these features is fitted on.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::features::{Choices, FeatureSet, RawParts, rescale};
use super::model::Profile;
use super::population::Population;
use super::reference::{AllocationPlan, BASE_RATES, EVEN, FeaturePlan, Generator, ReferenceError, fitted};
use super::strength::Strengths;
use crate::dice::Dice;
use crate::instrument::kinds::{Datum, Key};
use crate::instrument::persona::Rating;
use crate::instrument::{Construct, Instrument, Method, Perspective, RelationalModel};
use crate::interview::{Fed, Interview, Start, simulate};
use crate::measures::best_worst::BestWorstCounts;
use crate::measures::share::Counts;
use crate::measures::{self, Norms};
use crate::psychometrics::parallel;

/// What a session shows of one perspective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Whose norms.
    pub perspective: Perspective,
    /// The feature vector.
    pub features: FeatureSet,
    /// How strongly each norm is held, on the answer scale; none without scales.
    pub strengths: Option<Strengths>,
    /// The shape of the instrument behind it: only the blocks that the session has.
    pub plan: FeaturePlan,
}

/// The evidence of an interview for a perspective; none if it has no complete block.
pub fn evidence(interview: &Interview, perspective: Perspective) -> Option<Evidence> {
    evidence_of(interview.instrument(), &interview.fed_by_scale(), perspective)
}

/// The same from what feeds each scale, see [`Interview::fed_by_scale`].
pub fn evidence_of(instrument: &Instrument, fed: &[Vec<Fed>], perspective: Perspective) -> Option<Evidence> {
    let block = scale_block(instrument, fed, perspective);
    let range = block.as_ref().map(|(.., range)| *range);
    let (scale_means, scales) = block.map(|(means, ratings, _)| (means, ratings)).unzip();
    let vignettes = share_block(instrument, fed, perspective, true);
    let allocation = share_block(instrument, fed, perspective, false);
    let best_worst = best_worst_block(instrument, fed, perspective);
    let parts = RawParts {
        scale_means,
        vignettes: vignettes.as_ref().map(|(choices, _)| *choices),
        best_worst: best_worst.as_ref().map(|(choices, _)| *choices),
        allocation: allocation.as_ref().map(|(choices, _)| *choices),
    };
    let plan = FeaturePlan {
        perspective,
        scales,
        vignettes: vignettes
            .map(|(_, fed)| fed.into_iter().filter_map(reactions).collect())
            .unwrap_or_default(),
        best_worst: best_worst.map(|(_, sets)| sets).unwrap_or_default(),
        allocation: allocation.map(|(_, fed)| allocation_plan(&fed)),
    };
    let features = FeatureSet::from_parts(&parts);
    let strengths = scale_means.zip(range).and_then(|(means, range)| Strengths::of(means, &plan, range));
    (!features.values.is_empty()).then_some(Evidence { perspective, features, strengths, plan })
}

type ScaleBlock = ([f64; 4], [Vec<Rating>; 4], (f64, f64));

/// The means of the four model scales, −1…+1, with the ratings behind them and the ends of the answer scale; none unless all four
/// can be scored.
fn scale_block(instrument: &Instrument, fed: &[Vec<Fed>], perspective: Perspective) -> Option<ScaleBlock> {
    let mut range = (0.0, 0.0);
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
        range = score.range;
        means[model.index()] = rescale(score.outcome.value()?, low, high);
        ratings[model.index()] = fed.iter().filter_map(rating).collect();
    }
    Some((means, ratings, range))
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

/// How often each model was best less how often worst, with the models of the statements of each set.
fn best_worst_block(
    instrument: &Instrument,
    fed: &[Vec<Fed>],
    perspective: Perspective,
) -> Option<(Choices, Vec<Vec<Option<RelationalModel>>>)> {
    let mut picked = Vec::new();
    for (scale, fed) in instrument.scales.iter().zip(fed) {
        if scale.method == Method::BestWorst && scale.perspective == perspective {
            picked.extend(fed.iter());
        }
    }
    let counts = BestWorstCounts::of(picked.iter().copied())?;
    let whole = |item: usize| {
        picked
            .iter()
            .any(|fed| fed.item == item && matches!((&fed.key, &fed.datum), (Key::Worst(_), Datum::Text(_))))
    };
    let sets = picked.iter().filter_map(|fed| match (&fed.key, &fed.datum) {
        (Key::Best(tags), Datum::Text(_)) if whole(fed.item) => {
            Some(tags.iter().map(|(_, model)| *model).collect())
        }
        _ => None,
    });
    let by_model = std::array::from_fn(|k| counts.best[k] - counts.worst[k]);
    Some((Choices { by_model, total: counts.sets }, sets.collect()))
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

/// What a questionnaire gives the classifier to see of somebody who answers all of it, by perspective.
pub fn plans(instrument: &Arc<Instrument>) -> Vec<FeaturePlan> {
    // Anybody's complete session shows which features the questionnaire gives.
    let seed = 1;
    let (persona, _) = Generator::default().persona(&mut Dice::new(seed));
    let start =
        Start { seed, language: instrument.language(None), fields: BTreeMap::default(), at: 0, offset: None };
    let Ok(walk) = simulate::walk(instrument.clone(), start, &persona) else { return Vec::new() };
    let evidence = |perspective| evidence(&walk.interview, perspective);
    Perspective::ALL.into_iter().filter_map(evidence).map(|evidence| evidence.plan).collect()
}

/// Fits the reference models of a questionnaire behind the scenes, so that the result does not wait for them.
pub fn warm_up(instrument: &Arc<Instrument>) {
    let instrument = instrument.clone();
    parallel::behind(move || fit_all(plans(&instrument)));
}

/// The same for the questions that somebody has answered, once all are behind them: who passed over some needs other models.
pub fn warm_up_for(interview: &Interview) {
    let plan = |perspective| evidence(interview, perspective).map(|evidence| evidence.plan);
    let plans: Vec<FeaturePlan> = Perspective::ALL.into_iter().filter_map(plan).collect();
    parallel::behind(move || fit_all(plans));
}

fn fit_all(plans: Vec<FeaturePlan>) {
    for plan in plans {
        for shares in [BASE_RATES, EVEN] {
            // Whoever asks for the model next is told what went wrong.
            let _ = fitted(&plan, &Generator::with_shares(shares));
        }
    }
}

/// The reference models that profiles come from, with what a study's own answers add to them.
#[derive(Debug, Default)]
pub struct References {
    /// Shares of CS, AR, EM, MP that predictions assume; none for the published base rates.
    prior: Option<[f64; 4]>,
    populations: Vec<(Perspective, Population)>,
}

impl References {
    /// The same under another prior than the published base rates.
    pub fn under(self, prior: [f64; 4]) -> Self {
        Self { prior: Some(prior), ..self }
    }

    /// The same with what the answers of a study say of its respondents as a whole, where they can tell.
    pub fn learnt(self, sessions: &[&Evidence]) -> Self {
        let estimate = |perspective: Perspective| {
            let own: Vec<&Evidence> =
                sessions.iter().copied().filter(|evidence| evidence.perspective == perspective).collect();
            // What does not survive a shift of half a point says more of the assumptions than of the study: then these stand alone.
            Some((perspective, population(&own).filter(Population::is_steady)?))
        };
        Self { populations: Perspective::ALL.into_iter().filter_map(estimate).collect(), ..self }
    }

    /// What the study's answers say of its respondents, where there are enough.
    pub fn population(&self, perspective: Perspective) -> Option<&Population> {
        self.populations.iter().find(|(known, _)| *known == perspective).map(|(_, population)| population)
    }

    /// The profile of a session under the reference models for exactly its features: with the assumed shares, and from the
    /// answers alone.
    ///
    /// # Errors
    /// A plan on which no model can be fitted.
    pub fn profile(&self, evidence: &Evidence) -> Result<Profile, ReferenceError> {
        let assumed = self.prior.unwrap_or(BASE_RATES);
        let population = self.population(evidence.perspective);
        let world = |shares: [f64; 4]| {
            let reference = Generator::with_shares(shares);
            population.map_or(reference.clone(), |found| found.of(reference))
        };
        // The answers alone are not what is left when the assumed shares are divided out: whoever is businesslike where
        // most people are, is so by more than whoever is where few are. They are what a population says that has no shares
        // to begin with.
        let mut models = parallel::map(vec![assumed, EVEN], |shares| fitted(&evidence.plan, &world(shares)));
        let (Some(alone), Some(under)) = (models.pop(), models.pop()) else {
            return Err(ReferenceError::None);
        };
        let under = under?.predict(&evidence.features)?;
        Ok(under.with_answers_of(alone?.predict(&evidence.features)?))
    }
}

/// What the answers of sessions of one questionnaire and perspective say of their respondents as a whole: of those that have the
/// blocks that most have, in the shape that most have.
pub fn population(sessions: &[&Evidence]) -> Option<Population> {
    let mut shapes: Vec<(&FeaturePlan, usize)> = Vec::new();
    for evidence in sessions {
        match shapes.iter_mut().find(|(plan, _)| **plan == evidence.plan) {
            Some((_, times)) => *times += 1,
            None => shapes.push((&evidence.plan, 1)),
        }
    }
    let (plan, _) = shapes.into_iter().max_by_key(|(_, times)| *times)?;
    let features: Vec<&FeatureSet> = sessions.iter().map(|evidence| &evidence.features).collect();
    Population::estimate(plan, &features)
}

#[cfg(test)]
mod tests;
