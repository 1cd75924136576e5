//! How customers relate: the distribution over the four models, beside the published one.

use std::collections::BTreeMap;

use super::estimate::{cell, mean_share, share};
use super::measured::{Call, Member};
use super::sample::counts;
use super::{Estimate, ModelLine, Models};
use crate::classify::population::Population;
use crate::classify::session::{Evidence, population};
use crate::instrument::{Perspective, RelationalModel};

/// What the published study found: "nearly 70 %" businesslike and "1 in 6" personal (The Customer Connection, 2012). It
/// reported nothing of the other two.
pub(super) const PUBLISHED: [Option<f64>; 4] = [Some(0.16), None, None, Some(0.70)];

/// The models of these sessions.
pub(super) fn models(complete: &[&Member]) -> Models {
    let calls: Vec<&Call> = complete.iter().filter_map(|member| member.own.as_ref()).collect();
    let n = calls.len();
    let evidence: Vec<&Evidence> =
        complete.iter().filter_map(|member| member.digest.evidence_for(Perspective::Own)).collect();
    let population = population(&evidence);
    let line = |model: RelationalModel| {
        let leading = || calls.iter().filter(|call| call.dominant == model);
        let weights: Vec<f64> = calls.iter().map(|call| call.probabilities[model.index()]).collect();
        ModelLine {
            model,
            weighted: mean_share(&weights),
            estimated: population.as_ref().map(|found| estimated(found, model)),
            count: cell(leading().count()),
            share: share(leading().count(), n),
            uncertain: cell(leading().filter(|call| call.uncertain).count()),
            published: PUBLISHED[model.index()],
        }
    };
    let mut basis = BTreeMap::new();
    calls.iter().for_each(|call| *basis.entry(call.basis.as_str()).or_insert(0) += 1);
    Models {
        n,
        without: complete.len() - n,
        lines: RelationalModel::ALL.into_iter().map(line).collect(),
        moves: population.as_ref().map(|found| found.moves),
        holds: population.as_ref().is_some_and(Population::is_steady),
        uncertain: Some(cell(calls.iter().filter(|call| call.uncertain).count())),
        low_engagement: Some(cell(calls.iter().filter(|call| call.low).count())),
        basis: counts(basis),
    }
}

/// The share of a model in an estimate.
pub(super) fn estimated(population: &Population, model: RelationalModel) -> Estimate {
    Estimate::of(population.shares[model.index()], population.interval(model))
}
