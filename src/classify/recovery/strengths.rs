//! How often the 95 % intervals of strengths hold the strength that the simulation put in.

use serde::{Deserialize, Serialize};

use super::RecoveryError;
use crate::classify::reference::{FeaturePlan, Generator, SimulatedSample, World, simulate};
use crate::classify::strength::{Strengths, expected};
use crate::instrument::RelationalModel;
use crate::instrument::persona::{Persona, agree_cuts};
use crate::psychometrics::parallel;

/// What the sessions of one world come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StrengthCoverage {
    /// The world that made the answers.
    pub world: World,
    /// Share of intervals that hold the true strength, CS, AR, EM, MP.
    pub coverage: [f64; 4],
    /// Mean half width of the intervals, in points of the answer scale.
    pub half_width: f64,
}

/// A line for each world; none where the plan has no scales.
///
/// # Errors
/// A plan that cannot be simulated.
pub fn strengths(
    plan: &FeaturePlan,
    sessions: usize,
    seed: u64,
) -> Result<Vec<StrengthCoverage>, RecoveryError> {
    let mut lines = Vec::new();
    for world in World::ALL {
        let generator = world.generator();
        let sample = simulate(plan, &generator, sessions, seed)?;
        lines.extend(line(plan, &generator, &sample).map(|(coverage, half_width)| StrengthCoverage {
            world,
            coverage,
            half_width,
        }));
    }
    Ok(lines)
}

/// Coverage by model and the mean half width.
pub(super) fn line(
    plan: &FeaturePlan,
    generator: &Generator,
    sample: &SimulatedSample,
) -> Option<([f64; 4], f64)> {
    let scales = plan.scales.as_ref()?;
    let points = scales[0].first()?.points;
    let range = (1.0, points as f64);
    let at: Vec<usize> = (0..sample.parts.len()).collect();
    let found = parallel::map(at, |at| {
        let strengths = Strengths::of(sample.parts[at].scale_means?.map(Some), scales, range)?;
        let truth = true_strengths(plan, generator, &sample.people[at]);
        let held = RelationalModel::ALL.map(|model| {
            let point = range.0 + (truth[model.index()] + 1.0) / 2.0 * (range.1 - range.0);
            strengths.norm(model).is_some_and(|found| (found.low..=found.high).contains(&point))
        });
        let width: f64 =
            strengths.norms.iter().flatten().map(|strength| (strength.high - strength.low) / 8.0).sum();
        Some((held, width))
    });
    let found: Vec<([bool; 4], f64)> = found.into_iter().flatten().collect();
    let n = found.len().max(1) as f64;
    let coverage = std::array::from_fn(|k| found.iter().filter(|(held, _)| held[k]).count() as f64 / n);
    Some((coverage, found.iter().map(|(_, width)| width).sum::<f64>() / n))
}

/// The average answers of a respondent, −1…+1, if every statement were asked infinitely often and always read.
fn true_strengths(plan: &FeaturePlan, generator: &Generator, person: &Persona) -> [f64; 4] {
    let loadings = plan.loadings(&generator.response);
    RelationalModel::ALL.map(|model| {
        let items =
            plan.scales.iter().flat_map(|scales| &scales[model.index()]).zip(&loadings[model.index()]);
        let scores: Vec<f64> = items
            .map(|(rating, loadings)| {
                let steady = person.steady((plan.perspective, model), *loadings, *rating);
                let (mean, _) = expected(&agree_cuts(rating.points), steady, loadings.unique());
                if rating.reverse { -mean } else { mean }
            })
            .collect();
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    })
}
