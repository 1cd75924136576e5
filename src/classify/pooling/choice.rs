//! When a study's own codes replace the reference sample: not from a fixed number of codes on, but when a model of the codes
//! alone predicts held-out codes better, by cross-validated log loss, than one that also uses the reference sample.
//!
//! Owns the comparison, with the same folds and the same training as `relata evaluate`, so that the default is never one that
//! it shows to be worse. Refuses a model of the codes alone where one of the four models was coded in fewer than two
//! respondents: it could not be held out, and would never be predicted.

use std::collections::BTreeSet;

use serde::Serialize;

use super::{CodedSession, Pool, Pooled, divide};
use crate::classify::evaluate::{Judgement, judge_beside};
use crate::classify::metrics::Predictions;
use crate::classify::model::MissingPolicy;
use crate::classify::reference::{BASE_RATES, FeaturePlan};
use crate::classify::train::{Prior, Training};
use crate::instrument::{RelationalModel, hash_of};
use crate::psychometrics::parallel::Remembered;

/// Folds and their seed, as `relata evaluate` has them.
const FOLDS: usize = 10;
const SEED: u64 = 1;
/// How many comparisons are remembered: every profile and report of a study asks for the same few.
pub(super) const REMEMBERED: usize = 32;

/// The mean log loss on held-out codes, in nats.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct PoolingComparison {
    /// With the reference sample beside the codes.
    pub pooled: f64,
    /// With the codes alone.
    pub own: f64,
}

impl PoolingComparison {
    /// Of the same, the one with more behind it.
    fn pool(self) -> Pool {
        if self.own < self.pooled { Pool::Never } else { Pool::Always }
    }
}

/// The automatic choice for these sessions: always or never.
pub(super) fn choose(coded: &[&CodedSession], plan: &FeaturePlan, names: &[String], simulated: bool) -> Pool {
    compared(coded, plan, names, simulated).map_or(Pool::Always, PoolingComparison::pool)
}

/// How both do on held-out codes; none where the codes alone cannot be divided or fitted.
pub fn compared(
    coded: &[&CodedSession],
    plan: &FeaturePlan,
    names: &[String],
    simulated: bool,
) -> Option<PoolingComparison> {
    let people = |model: RelationalModel| {
        let of = coded.iter().filter(|session| session.label == model).map(|session| &session.respondent);
        of.collect::<BTreeSet<_>>().len()
    };
    if RelationalModel::ALL.into_iter().any(|model| people(model) < 2) {
        return None;
    }
    static KNOWN: Remembered<String, Option<PoolingComparison>> = Remembered::new(REMEMBERED);
    let key = key(coded, plan, names);
    let loss = |pool| {
        let (found, _) = held_out(coded, plan, names, pool, simulated)?;
        found.evaluation.log_loss.value.filter(|loss| loss.is_finite())
    };
    let compare =
        || loss(Pool::Never).zip(loss(Pool::Always)).map(|(own, pooled)| PoolingComparison { pooled, own });
    KNOWN.get(|known| *known == key, || key.clone(), compare)
}

/// The cache key of a comparison.
pub(super) fn key(coded: &[&CodedSession], plan: &FeaturePlan, names: &[String]) -> String {
    let mut parts = vec![format!("{plan:?}"), names.join(" ")];
    for session in coded {
        let values: Vec<Option<u64>> =
            names.iter().map(|name| session.features.get(name).map(f64::to_bits)).collect();
        parts.push(format!("{:?} {} {} {values:?}", session.key, session.respondent, session.label));
    }
    hash_of(&parts.iter().map(String::as_bytes).collect::<Vec<_>>())
}

/// What codes teach of each coded session by the sessions of other respondents, under the published base rates.
pub(super) fn held_out(
    coded: &[&CodedSession],
    plan: &FeaturePlan,
    names: &[String],
    pool: Pool,
    simulated: bool,
) -> Option<(Judgement, Predictions)> {
    let pooled = Pooled::of(coded, plan, names, pool, simulated).ok()?;
    let people: Vec<String> = coded.iter().map(|session| session.respondent.clone()).collect();
    let division = divide(&people, pooled.coded.labels(), FOLDS, SEED, pool == Pool::Never).ok()?;
    let how = Training {
        seed: SEED,
        missing: MissingPolicy::Refuse,
        prior: Prior::Shares(BASE_RATES),
        ..Training::default()
    };
    judge_beside(&pooled.coded, pooled.beside.as_ref(), division, None, &how, 0).ok()
}
