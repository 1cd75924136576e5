//! Shares of the four models in studies of the published size, estimated from uncoded answers.

use serde::{Deserialize, Serialize};

use super::{RecoveryError, STUDY, learnt, share};
use crate::classify::evaluate::held_out;
use crate::classify::metrics::evaluate;
use crate::classify::reference::world::EASIER;
use crate::classify::reference::{
    BASE_RATES, FeaturePlan, Generator, World, fitted, reference_model, simulate,
};
use crate::instrument::RelationalModel;
use crate::rng::Rng;

/// What studies of one world come to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SharePerformance {
    /// The world, or the model whose items are easier in it.
    pub world: String,
    /// The model whose share this is.
    pub model: RelationalModel,
    /// Its share in the population, from a very large sample.
    pub truth: f64,
    /// Mean of the estimates.
    pub estimated: f64,
    /// The largest distance of an estimate from the share in its own study.
    pub furthest: f64,
    /// Share of studies whose 95 % interval holds the truth.
    pub coverage: f64,
    /// Mean width of the intervals.
    pub width: f64,
    /// Share of studies whose estimate survives a shift of half a point.
    pub steady: f64,
    /// Share of sessions called so by the reference model.
    pub called: f64,
    /// Balanced accuracy of the reference model, mean over studies.
    pub before: f64,
    /// The same with the ease and spread learnt from the answers.
    pub after: f64,
}

/// Sessions behind the true shares of a world.
const MANY: usize = 100_000;

/// Every world, and each model's items made easier in turn: `studies` studies of the published size each.
///
/// # Errors
/// A plan for which there is no reference model.
pub fn shares(plan: &FeaturePlan, studies: usize, seed: u64) -> Result<Vec<SharePerformance>, RecoveryError> {
    let worlds = World::ALL.into_iter().filter(|world| *world != World::EasierItems);
    let named = worlds.map(|world| (world.name().to_owned(), world.generator()));
    let easier = RelationalModel::ALL.into_iter().map(|model| {
        let generator = Generator::default().with_easier(model, EASIER);
        (format!("easier {}", model.abbreviation()), generator)
    });
    let mut lines = Vec::new();
    for (world, generator) in named.chain(easier) {
        lines.extend(world_lines(plan, &world, &generator, studies, seed)?);
    }
    Ok(lines)
}

fn world_lines(
    plan: &FeaturePlan,
    world: &str,
    generator: &Generator,
    studies: usize,
    seed: u64,
) -> Result<Vec<SharePerformance>, RecoveryError> {
    let bare = FeaturePlan { scales: None, vignettes: vec![vec![None]], best_worst: vec![], ..plan.clone() };
    let many = simulate(&bare, generator, MANY, seed)?;
    let mut lines: Vec<SharePerformance> = RelationalModel::ALL
        .into_iter()
        .map(|model| SharePerformance {
            world: world.to_owned(),
            model,
            truth: share(&many.truth, model),
            estimated: 0.0,
            furthest: 0.0,
            coverage: 0.0,
            width: 0.0,
            steady: 0.0,
            called: 0.0,
            before: 0.0,
            after: 0.0,
        })
        .collect();
    let part = 1.0 / studies.max(1) as f64;
    for study in 0..studies {
        let own = Rng::for_purpose(seed, &format!("study {study}")).bits();
        let sample = simulate(plan, generator, STUDY, own)?;
        let features = sample.features();
        let plain = held_out(&*fitted(plan, &Generator::default())?, &features, &sample.truth)?;
        let balanced =
            |predicted| evaluate(predicted, 0, &mut Rng::new(own)).balanced_accuracy.value.unwrap_or(0.0);
        let before = balanced(&plain);
        let Some(found) = learnt(plan, &sample) else { continue };
        let reference = Generator::with_shares(BASE_RATES);
        let told = if found.teaches() { found.of(reference) } else { reference };
        let model = reference_model(plan, &told)?;
        let after = balanced(&held_out(&model, &features, &sample.truth)?);
        for line in &mut lines {
            let (own, interval) = (found.shares[line.model.index()], found.interval(line.model));
            line.estimated += part * own;
            line.furthest = line.furthest.max((own - share(&sample.truth, line.model)).abs());
            line.coverage += part * f64::from((interval.low..=interval.high).contains(&line.truth));
            line.width += part * (interval.high - interval.low);
            line.steady += part * f64::from(found.is_steady());
            line.called += part * share(&plain.called, line.model);
            line.before += part * before;
            line.after += part * after;
        }
    }
    Ok(lines)
}
