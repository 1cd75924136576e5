//! How customers relate: the distribution over the four models, beside the published one.

use std::collections::BTreeMap;

use super::estimate::{LEVEL, cell, mean_of_measured, mean_share, share};
use super::measured::{Call, Member};
use super::sample::counts;
use super::{Estimate, ModelLine, Models};
use crate::classify::population::Population;
use crate::classify::session::{Evidence, population};
use crate::classify::strength::{Strength, Strengths};
use crate::instrument::{Perspective, RelationalModel};
use crate::psychometrics::Interval;
use crate::psychometrics::proportion::wilson_of;

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
    let strengths: Vec<Strengths> = evidence.iter().filter_map(|evidence| evidence.strengths).collect();
    let first = strengths.first().map(|found| found.range);
    let range = first.filter(|range| strengths.iter().all(|found| found.range == *range));
    let untold = n > 0 && calls.iter().all(|call| call.nothing);
    let line = |model: RelationalModel| {
        let speaking = calls.iter().filter(|call| call.answers == model).count();
        let held: Vec<Estimate> =
            strengths.iter().filter_map(|found| found.norm(model)).map(measured).collect();
        let leading = || calls.iter().filter(|call| call.dominant == model);
        let weights: Vec<f64> = calls.iter().map(|call| call.probabilities[model.index()]).collect();
        ModelLine {
            model,
            weighted: mean_share(&weights).filter(|_| !untold).map(|found| no_surer_than_counted(found, n)),
            estimated: population.as_ref().map(|found| estimated(found, model)),
            count: cell(leading().count()),
            share: share(leading().count(), n),
            uncertain: cell(calls.iter().filter(|call| call.answers == model && call.uncertain).count()),
            answers: cell(speaking),
            answers_share: share(speaking, n).filter(|_| !untold),
            strength: range.and_then(|range| mean_of_measured(&held, range)),
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
        holds: !untold && population.as_ref().is_some_and(Population::is_steady),
        uncertain: Some(cell(calls.iter().filter(|call| call.uncertain).count())),
        by_rate: Some(cell(
            calls.iter().filter(|call| call.uncertain || call.answers != call.dominant).count(),
        )),
        untold,
        low_engagement: Some(cell(calls.iter().filter(|call| call.low).count())),
        basis: counts(basis),
        range,
    }
}

fn measured(strength: Strength) -> Estimate {
    Estimate::of(strength.value, Interval { low: strength.low, high: strength.high })
}

/// The share of a model in an estimate.
pub(super) fn estimated(population: &Population, model: RelationalModel) -> Estimate {
    let found = Estimate::of(population.shares[model.index()], population.interval(model));
    no_surer_than_counted(found, population.n)
}

/// A share of so many people is never known better than if each of them had been counted without any doubt.
fn no_surer_than_counted(found: Estimate, n: usize) -> Estimate {
    match wilson_of(found.value.clamp(0.0, 1.0), n as f64, LEVEL) {
        Ok(counted) => {
            Estimate { low: found.low.min(counted.low), high: found.high.max(counted.high), ..found }
        }
        Err(_) => found,
    }
}
