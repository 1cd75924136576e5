//! How customers relate: the distribution over the four models, beside the published one.

use std::collections::BTreeMap;

use super::estimate::{cell, mean_share, share};
use super::measured::{Call, Member};
use super::prevalence;
use super::sample::counts;
use super::{ModelLine, Models};
use crate::instrument::RelationalModel;

/// What the published study found: "nearly 70 %" businesslike and "1 in 6" personal (The Customer Connection, 2012). It
/// reported nothing of the other two.
pub(super) const PUBLISHED: [Option<f64>; 4] = [Some(0.16), None, None, Some(0.70)];

/// The models of these sessions, whose profiles assumed these shares beforehand.
pub(super) fn models(complete: &[&Member], assumed: [f64; 4]) -> Models {
    let calls: Vec<&Call> = complete.iter().filter_map(|member| member.own.as_ref()).collect();
    let n = calls.len();
    let probabilities: Vec<[f64; 4]> = calls.iter().map(|call| call.probabilities).collect();
    let estimated = prevalence::shares(&probabilities, assumed);
    let line = |model: RelationalModel| {
        let leading = || calls.iter().filter(|call| call.dominant == model);
        let weights: Vec<f64> = calls.iter().map(|call| call.probabilities[model.index()]).collect();
        ModelLine {
            model,
            weighted: mean_share(&weights),
            estimated: estimated.map(|shares| shares[model.index()]),
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
        uncertain: Some(cell(calls.iter().filter(|call| call.uncertain).count())),
        low_engagement: Some(cell(calls.iter().filter(|call| call.low).count())),
        basis: counts(basis),
    }
}
