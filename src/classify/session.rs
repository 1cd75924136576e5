//! From an interview to features: the classifier's view of a real session, and the plan by which a reference model for exactly
//! these features is fitted.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::careless::{heeds, scatter_as_random};
use super::features::{ChoiceShares, FeatureSet, RawParts, rescale};
use super::misclassification::{Assignment, Misclassification};
use super::model::{Answers, Call, Model, Profile};
use super::population::{FEWEST, Population};
use super::rates::in_order;
use super::reference::{
    AllocationPlan, BASE_RATES, EVEN, FeaturePlan, Generator, ReferenceError, fitted, fitted_together,
};
use super::strength::Strengths;
use crate::instrument::kinds::{Datum, Key};
use crate::instrument::persona::Rating;
use crate::instrument::{Construct, Instrument, Method, Perspective, RelationalModel, Scale};
use crate::interview::{Fed, Interview, Start, simulate};
use crate::measures::best_worst::BestWorstCounts;
use crate::measures::share::ChoiceCounts;
use crate::measures::{self, Norms};
use crate::psychometrics::parallel::Remembered;
use crate::rng::Rng;

mod against;
mod left_out;

pub use against::Against;

pub use left_out::{TooFew, UncountedAnswers, left_out};

/// Error matrices kept in memory: one for each shape of session.
const MATRICES: usize = 256;
/// Population estimates kept in memory: two perspectives of a few groups.
const POPULATIONS: usize = 8;
/// Sessions whose ratings have a lower weight than this don't contribute to the ease of statements.
const TEACHES: f64 = 0.5;

/// What a session shows of one perspective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// Whose norms.
    pub perspective: Perspective,
    /// The feature vector.
    pub features: FeatureSet,
    /// How strongly each norm is held, on the answer scale, for those that have answers enough; none without any.
    pub strengths: Option<Strengths>,
    /// The shape of the instrument behind it: only the blocks that the session has.
    pub plan: FeaturePlan,
    /// The weight of the study's learnt ease of statements, 0…1: nearly uniform ratings are a habit, and not a preference for
    /// statements that are hard to agree with.
    pub heeds: f64,
    /// Whether its ratings scatter as random ones would; such answers carry no information about any model. `None` where there
    /// are too few to tell.
    pub random: Option<bool>,
}

impl Evidence {
    /// Whether the two, of one study and questionnaire, use the same reference model.
    pub fn fits_alike(&self, other: &Self) -> bool {
        self.heeds == other.heeds && self.plan == other.plan
    }

    /// Whether its ratings show how easy the statements are.
    pub fn teaches(&self) -> bool {
        self.heeds >= TEACHES
    }
}

/// The evidence of an interview for a perspective; none if it has no complete block.
pub fn evidence(interview: &Interview, perspective: Perspective) -> Option<Evidence> {
    evidence_of(interview.instrument(), &interview.fed_by_scale(), perspective)
}

/// The same from what feeds each scale, see [`Interview::fed_by_scale`].
pub fn evidence_of(instrument: &Instrument, fed: &[Vec<Fed>], perspective: Perspective) -> Option<Evidence> {
    let rated = Rated::of(instrument, fed, perspective);
    let strengths = rated.as_ref().and_then(Rated::strengths);
    let (heeds, random) = rated.as_ref().map_or((1.0, None), |rated| (rated.heeds, rated.random));
    let (scale_means, scales) = rated.and_then(Rated::whole).unzip();
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
    // Statements of one norm may vary where norms do not.
    let heeds = if features.is_flat() { 0.0 } else { heeds };
    (!features.values.is_empty()).then_some(Evidence {
        perspective,
        features,
        strengths,
        plan,
        heeds,
        random,
    })
}

/// The strength of each norm with enough answers: with too few there is no profile from ratings, but the other norms are still
/// known.
pub fn strengths(instrument: &Instrument, fed: &[Vec<Fed>], perspective: Perspective) -> Option<Strengths> {
    Rated::of(instrument, fed, perspective)?.strengths()
}

/// The scale of a model with what feeds it.
fn model_scale<'a>(
    instrument: &'a Instrument,
    fed: &'a [Vec<Fed>],
    perspective: Perspective,
    model: RelationalModel,
) -> Option<(&'a Scale, &'a Vec<Fed>)> {
    instrument.scales.iter().zip(fed).find(|(scale, _)| {
        scale.construct == Construct::Model(model)
            && scale.perspective == perspective
            && scale.method == Method::Mean
    })
}

/// The four model scales of a perspective.
struct Rated {
    /// Means on −1…+1; none of a scale with too few answers.
    means: [Option<f64>; 4],
    /// The ratings behind them.
    ratings: [Vec<Rating>; 4],
    /// Ends of the answer scale.
    range: (f64, f64),
    /// See [`Evidence`].
    heeds: f64,
    random: Option<bool>,
}

impl Rated {
    /// None unless all four are asked for.
    fn of(instrument: &Instrument, fed: &[Vec<Fed>], perspective: Perspective) -> Option<Self> {
        let (means, ratings, range) = ([None; 4], Default::default(), (0.0, 0.0));
        let mut rated = Self { means, ratings, range, heeds: 1.0, random: None };
        let mut all: Vec<&Fed> = Vec::new();
        let mut keyed: [Vec<f64>; 4] = Default::default();
        for model in RelationalModel::ALL {
            let (scale, fed) = model_scale(instrument, fed, perspective, model)?;
            let score = measures::score_fed(scale, fed, &Norms::none()).into_iter().next()?;
            let (low, high) = score.range;
            rated.range = score.range;
            rated.means[model.index()] = score.outcome.value().map(|value| rescale(value, low, high));
            rated.ratings[model.index()] =
                fed.iter().filter(|fed| is_answered(fed)).filter_map(rating).collect();
            keyed[model.index()] = fed.iter().filter_map(Fed::keyed).collect();
            all.extend(fed);
        }
        let points = rated.ratings.iter().flatten().map(|rating| rating.points).next().unwrap_or(0);
        rated.heeds = heeds(all.into_iter());
        rated.random = scatter_as_random(&keyed, points);
        Some(rated)
    }

    fn strengths(&self) -> Option<Strengths> {
        Strengths::of(self.means, &self.ratings, self.range)
    }

    /// Means and ratings, where all four can be scored: centring needs them all.
    fn whole(self) -> Option<([f64; 4], [Vec<Rating>; 4])> {
        let [Some(cs), Some(ar), Some(em), Some(mp)] = self.means else { return None };
        Some(([cs, ar, em, mp], self.ratings))
    }
}

/// Whether there is something to count: a skipped question lowers the count, and the plan reflects that.
fn is_answered(fed: &Fed) -> bool {
    !matches!(fed.datum, Datum::Missing(_))
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
) -> Option<(ChoiceShares, Vec<&'a Fed>)> {
    let mut picked = Vec::new();
    for (scale, fed) in instrument.scales.iter().zip(fed) {
        if scale.method == Method::Share && scale.perspective == perspective {
            let scored = measures::score_fed(scale, fed, &Norms::none());
            if scored.iter().any(|score| score.outcome.value().is_some()) {
                let of_kind = |fed: &&Fed| matches!(fed.key, Key::Reaction(_)) == choices && is_answered(fed);
                picked.extend(fed.iter().filter(of_kind));
            }
        }
    }
    let counts = ChoiceCounts::of(picked.iter().copied())?;
    Some((ChoiceShares { by_model: counts.by_model, total: counts.total }, picked))
}

/// How often each model was best less how often worst, with the models of the statements of each set.
fn best_worst_block(
    instrument: &Instrument,
    fed: &[Vec<Fed>],
    perspective: Perspective,
) -> Option<(ChoiceShares, Vec<Vec<Option<RelationalModel>>>)> {
    let mut picked = Vec::new();
    for (scale, fed) in instrument.scales.iter().zip(fed) {
        if scale.method == Method::BestWorst && scale.perspective == perspective {
            let scored = measures::score_fed(scale, fed, &Norms::none());
            if scored.iter().any(|score| score.outcome.value().is_some()) {
                picked.extend(fed.iter());
            }
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
    Some((ChoiceShares { by_model, total: counts.sets }, sets.collect()))
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

/// The features that a complete session of a questionnaire provides, by perspective.
pub fn plans(instrument: &Arc<Instrument>) -> Vec<FeaturePlan> {
    // Any complete session shows which features the questionnaire provides.
    let seed = 1;
    let (persona, _) = Generator::default().persona(&mut Rng::new(seed));
    let start =
        Start { seed, language: instrument.language(None), fields: BTreeMap::default(), at: 0, offset: None };
    let Ok(walk) = simulate::walk(instrument.clone(), start, &persona) else { return Vec::new() };
    let evidence = |perspective| evidence(&walk.interview, perspective);
    Perspective::ALL.into_iter().filter_map(evidence).map(|evidence| evidence.plan).collect()
}

/// The features that an interview provides at present, by perspective: a respondent who skipped some questions needs other
/// models than [`plans`] lists.
pub fn plans_of(interview: &Interview) -> Vec<FeaturePlan> {
    let plan = |perspective| evidence(interview, perspective).map(|evidence| evidence.plan);
    Perspective::ALL.into_iter().filter_map(plan).collect()
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

    /// The same with what a study's answers show about its respondents as a whole, where they are informative. `sessions` are
    /// in order of time; the [`settled`] ones of each perspective contribute.
    pub fn learnt(self, sessions: &[&Evidence]) -> Self {
        let estimate = |perspective: Perspective| {
            let of_it = |evidence: &&Evidence| evidence.perspective == perspective;
            let own: Vec<&Evidence> = sessions.iter().copied().filter(of_it).collect();
            // Uninformative answers would reflect the assumptions more than the study, so the assumptions are used unchanged.
            let found = population(own.get(..settled(own.len()))?).filter(Population::teaches)?;
            Some((perspective, found))
        };
        Self { populations: Perspective::ALL.into_iter().filter_map(estimate).collect(), ..self }
    }

    /// What the study's answers say of its respondents, where there are enough.
    pub fn population(&self, perspective: Perspective) -> Option<&Population> {
        self.populations.iter().find(|(known, _)| *known == perspective).map(|(_, population)| population)
    }

    /// The learnt ease of statements and spread of people: of the perspective itself, else of the other. Both perspectives rate
    /// the same statements by the same people, so two different estimates would create a spurious difference between them.
    fn ruler(&self, perspective: Perspective) -> Option<&Population> {
        self.population(perspective).or_else(|| self.populations.first().map(|(_, population)| population))
    }

    /// A population with these shares that answers as the study's respondents do, where that is known.
    fn world(&self, perspective: Perspective, shares: [f64; 4]) -> Generator {
        let reference = Generator::with_shares(shares);
        self.ruler(perspective).map_or(reference.clone(), |found| found.of(reference))
    }

    /// The population assumed for a session.
    fn world_of(&self, evidence: &Evidence, shares: [f64; 4]) -> Generator {
        match evidence.heeds > 0.0 {
            true => self.world(evidence.perspective, shares).heeding(evidence.heeds),
            false => Generator::with_shares(shares),
        }
    }

    /// The models for a plan in populations of `world`: with the assumed shares, and with even ones.
    fn models(
        &self,
        plan: &FeaturePlan,
        world: impl Fn([f64; 4]) -> Generator,
    ) -> Result<[Arc<Model>; 2], ReferenceError> {
        // The answers alone are not found by dividing out the assumed shares: being businesslike where most people are is
        // stronger evidence than where few are. So a second model is fitted to a population with equal shares.
        let worlds = [self.prior.unwrap_or(BASE_RATES), EVEN].map(world);
        let mut models = fitted_together(plan, worlds);
        let (Some(alone), Some(under)) = (models.pop(), models.pop()) else {
            return Err(ReferenceError::None);
        };
        Ok([under?, alone?])
    }

    /// The model probabilities of a session under the assumed shares, and the typical errors for sessions with its blocks,
    /// among people of the population, and with the shares, that the study's answers indicate.
    ///
    /// # Errors
    /// A plan on which no model can be fitted, or a population that one of the models is not found in.
    pub fn assignment(&self, evidence: &Evidence) -> Result<Assignment, ReferenceError> {
        type Key = (FeaturePlan, Generator, Generator);
        static KNOWN: Remembered<Key, Result<Arc<Misclassification>, ReferenceError>> =
            Remembered::new(MATRICES);
        let plan = &evidence.plan;
        let prior = self.prior.unwrap_or(BASE_RATES);
        let shares = self.population(plan.perspective).map_or(prior, |found| found.shares);
        let [model, _] = self.models(plan, |shares| self.world_of(evidence, shares))?;
        let (assumed, found) = (self.world_of(evidence, prior), self.world(plan.perspective, shares));
        let errors = KNOWN.get(
            |(of, from, among)| of == plan && *from == assumed && *among == found,
            || (plan.clone(), assumed.clone(), found.clone()),
            || Misclassification::of(&model, plan, &found).map(Arc::new),
        )?;
        Ok(Assignment { probabilities: model.probabilities(&evidence.features)?, errors })
    }

    /// The evidence of a session's answers alone, which takes one model instead of the two of [`Self::profile`].
    ///
    /// # Errors
    /// A plan on which no model can be fitted.
    pub fn answers(&self, evidence: &Evidence) -> Result<Answers, ReferenceError> {
        let alone = fitted(&evidence.plan, &self.world_of(evidence, EVEN))?;
        Ok(alone.predict(&evidence.features)?.answers)
    }

    /// Fits the models for these plans in advance, so that a profile need not wait for them.
    pub fn prepare(&self, plans: &[FeaturePlan]) {
        for plan in plans {
            // An error is reported to the next caller that needs the model.
            let _ = self.models(plan, |shares| self.world(plan.perspective, shares));
        }
    }

    /// The profile of a session under the reference models for exactly its features: with the assumed shares, and from the
    /// answers alone.
    ///
    /// # Errors
    /// A plan on which no model can be fitted.
    pub fn profile(&self, evidence: &Evidence) -> Result<Profile, ReferenceError> {
        let [model, alone] = self.models(&evidence.plan, |shares| self.world_of(evidence, shares))?;
        let (under, alone) = (model.predict(&evidence.features)?, alone.predict(&evidence.features)?);
        let rates = self.prior.unwrap_or(BASE_RATES);
        let probabilities = in_order(rates, under.probabilities, alone.answers.probabilities);
        let Call { dominant, second, margin, .. } = model.call(&probabilities);
        let profile = Profile { probabilities, dominant, second, margin, ..under };
        let ruler = self.ruler(evidence.perspective).filter(|_| evidence.heeds > 0.0);
        let learnt = ruler.map(|found| found.n);
        Ok(profile.with_answers_of(alone).learnt_from(learnt))
    }
}

/// How many of `n` sessions contribute to the models behind profiles: all but the last few, in tens from thirty on and in
/// hundreds from three hundred on. Each session changes little, so other respondents' profiles don't change with every finished
/// interview, and the models for a running interview are ready before its last answer.
pub fn settled(n: usize) -> usize {
    let step = if n > 300 { 100 } else { 10 };
    match n {
        ..FEWEST => 0,
        FEWEST => FEWEST,
        // Without the very last one, which is waiting for its result.
        _ => ((n - 1) / step * step).max(FEWEST),
    }
}

/// What the sessions of one questionnaire and perspective show about their respondents as a whole. Uses the sessions with the
/// most frequent blocks, in their most frequent shape; where enough have choices between the models, only these, because
/// ratings alone can't separate ease from strength.
pub fn population(sessions: &[&Evidence]) -> Option<Population> {
    population_of(&sessions.iter().copied().zip(0..).collect::<Vec<_>>())
}

/// [`population`] of sessions that stand beside the numbers of their respondents, who may have several.
pub fn population_of(sessions: &[(&Evidence, usize)]) -> Option<Population> {
    let telling = || sessions.iter().filter(|(evidence, _)| evidence.teaches());
    let mut shapes: Vec<(&FeaturePlan, usize)> = Vec::new();
    for (evidence, _) in telling() {
        match shapes.iter_mut().find(|(plan, _)| **plan == evidence.plan) {
            Some((_, times)) => *times += 1,
            None => shapes.push((&evidence.plan, 1)),
        }
    }
    let chooses = |plan: &FeaturePlan| !(plan.vignettes.is_empty() && plan.best_worst.is_empty());
    let (plan, _) =
        shapes.into_iter().max_by_key(|(plan, times)| (*times >= FEWEST && chooses(plan), *times))?;
    let (features, whose): (Vec<&FeatureSet>, Vec<usize>) =
        telling().map(|(evidence, respondent)| (&evidence.features, *respondent)).unzip();
    static KNOWN: Remembered<(FeaturePlan, Vec<FeatureSet>, Vec<usize>), Option<Population>> =
        Remembered::new(POPULATIONS);
    KNOWN.get(
        |(of, from, known)| of == plan && *known == whose && from.iter().eq(features.iter().copied()),
        || (plan.clone(), features.iter().copied().cloned().collect(), whose.clone()),
        || Population::estimate_of(plan, &features, &whose),
    )
}

#[cfg(test)]
mod tests;
