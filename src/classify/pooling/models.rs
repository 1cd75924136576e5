//! The models of a study that has codes: fitted when a session asks, one for each set of features.
//!
//! Owns that a coded session is never classified by a model that was trained on its own code: coded sessions are divided into
//! folds of respondents, and each is classified by the model of the other folds. All other sessions get the model of all codes.

use super::merit::{self, CodesWorth};
use super::{CodedSession, Pool, Pooled, TrainingBasis, divide};
use crate::classify::model::{MissingPolicy, Model, Profile};
use crate::classify::reference::{BASE_RATES, EVEN, FeaturePlan, Generator, REFERENCE_SEED};
use crate::classify::session::Evidence;
use crate::classify::train::{Training, train};
use crate::instrument::Perspective;

/// Folds of coded sessions: nine tenths of the codes classify the last tenth.
const FOLDS: usize = 10;

/// Models of one questionnaire in one study.
#[derive(Debug, Default)]
pub struct StudyModels {
    coded: Vec<CodedSession>,
    simulated: bool,
    prior: Option<[f64; 4]>,
    pools: Vec<PlanModels>,
}

/// What was worked out for one plan.
#[derive(Debug)]
struct PlanModels {
    plan: FeaturePlan,
    /// Shares of CS, AR, EM, MP that the models assume, and that the reference sample beside the codes has where these are the
    /// published ones or even ones.
    assumed: [f64; 4],
    simulated: bool,
    /// What the codes come to as a teacher.
    worth: CodesWorth,
    /// None where they do not teach, or nothing can be pooled.
    pool: Option<Pooled>,
    /// The key and the fold of every coded session in the pool, in its order.
    folds: Vec<((u64, i64), usize)>,
    /// By fold that was left out; the last is the model of all. `None` until asked for.
    fitted: Vec<Option<Option<Model>>>,
}

impl StudyModels {
    /// Models on the coded sessions of one questionnaire; all of simulated respondents or none.
    pub fn new(coded: Vec<CodedSession>, simulated: bool) -> Self {
        Self { coded, simulated, ..Self::default() }
    }

    /// The same under another prior than the published base rates: shares of CS, AR, EM, MP.
    pub fn under(self, prior: [f64; 4]) -> Self {
        Self { prior: Some(prior), ..self }
    }

    /// The profile of the session with this key (its seed and beginning). `None` where the codes don't apply to such a session:
    /// too few with its features are coded, they don't improve predictions, it is the other side's perspective, or no fit was
    /// found. The caller then uses the reference model.
    pub fn profile(&mut self, evidence: &Evidence, key: (u64, i64)) -> Option<Profile> {
        // Coders read the respondent's own model; the model attributed to the other side is never coded.
        if evidence.plan.perspective != Perspective::Own || self.coded.is_empty() {
            return None;
        }
        let under =
            self.model(evidence, key, self.prior.unwrap_or(BASE_RATES))?.predict(&evidence.features).ok()?;
        let alone = self.model(evidence, key, EVEN)?.predict(&evidence.features).ok()?;
        Some(under.with_answers_of(alone))
    }

    /// Codes that were not used, as far as requested so far; of several sets of features the one with most of them.
    pub fn unused(&self) -> Option<CodesWorth> {
        let most = self.pools.iter().max_by_key(|pool| pool.folds.len())?;
        Some(most.worth).filter(|worth| !worth.teach())
    }

    fn model(&mut self, evidence: &Evidence, key: (u64, i64), assumed: [f64; 4]) -> Option<&Model> {
        let is = |kept: &PlanModels| kept.plan == evidence.plan && kept.assumed == assumed;
        let at = match self.pools.iter().position(is) {
            Some(at) => at,
            None => {
                self.pools.push(self.prepare(evidence, assumed));
                self.pools.len() - 1
            }
        };
        self.pools.get_mut(at)?.model(key)
    }

    fn prepare(&self, evidence: &Evidence, assumed: [f64; 4]) -> PlanModels {
        let names = evidence.features.names();
        let has_all = |session: &&CodedSession| {
            names.iter().all(|name| session.features.get(name).is_some_and(f64::is_finite))
        };
        let coded: Vec<&CodedSession> = self.coded.iter().filter(has_all).collect();
        let worth = merit::worth(&coded, &evidence.plan, &names, self.simulated);
        let world = if assumed == EVEN { Generator::with_shares(EVEN) } else { Generator::default() };
        let pool = || Pooled::beside(&coded, &world, &evidence.plan, &names, Pool::Auto, self.simulated).ok();
        let pool = if worth.teach() { pool() } else { None };
        let respondents: Vec<String> = coded.iter().map(|session| session.respondent.clone()).collect();
        let labels: Vec<_> = coded.iter().map(|session| session.label).collect();
        let alone = pool.as_ref().is_some_and(|pool| pool.beside.is_none());
        let division = divide(&respondents, &labels, FOLDS, REFERENCE_SEED, alone).ok();
        let folds = division.as_ref().map_or(1, |division| division.names.len());
        // One respondent alone is a fold of its own: left out, the reference sample is all there is.
        let part = division.map_or_else(|| vec![0; coded.len()], |division| division.part);
        let keys = coded.iter().map(|session| session.key).zip(part).collect();
        PlanModels {
            plan: evidence.plan.clone(),
            assumed,
            simulated: self.simulated,
            worth,
            pool,
            folds: keys,
            fitted: vec![None; folds + 1],
        }
    }
}

impl PlanModels {
    fn model(&mut self, key: (u64, i64)) -> Option<&Model> {
        let last = self.fitted.len().saturating_sub(1);
        let out = self.folds.iter().find(|(known, _)| *known == key).map_or(last, |(_, fold)| *fold);
        if self.fitted.get(out)?.is_none() {
            let fitted = self.fit(out);
            *self.fitted.get_mut(out)? = Some(fitted);
        }
        self.fitted.get(out)?.as_ref()?.as_ref()
    }

    /// The model of all folds but `out`; of all for a fold that there is not.
    fn fit(&self, out: usize) -> Option<Model> {
        let pool = self.pool.as_ref()?;
        let inside: Vec<usize> = (0..self.folds.len()).filter(|&place| self.folds[place].1 != out).collect();
        if inside.is_empty() {
            return None;
        }
        let how = Training {
            seed: REFERENCE_SEED,
            basis: TrainingBasis::of(inside.len(), pool.beside.is_some(), self.simulated).to_string(),
            missing: MissingPolicy::Refuse,
            ..Training::default()
        };
        let model = train(&pool.training(&inside).ok()?, &how).ok()?;
        // Coded sessions were selected, so their shares say nothing about the others. Every profile assumes the same prior,
        // which is also the one that the study's estimated shares remove again.
        model.with_prior(self.assumed).ok()
    }
}
