//! How a simulated respondent's latent state becomes the reply to a prompt: picks the latent variable that the item's scale
//! measures, and calls the response model in `persona`.

use super::{Feed, Key, Simulated};
use crate::instrument::persona::{Latency, Rating, ResponseModel};
use crate::instrument::prompt::ScaleAsk;
use crate::instrument::{Construct, Perspective, RelationalModel, Scale};

/// A point on `scale`, which feeds what `feed` says; an item without a scale is answered at random.
pub(super) fn respond_point(scale: &ScaleAsk, feed: Option<&Feed>, sim: &mut Simulated) -> i64 {
    let points = scale.len();
    let reverse = feed.is_some_and(|feed| matches!(feed.key, Key::Points { reverse: true, .. }));
    let place = match feed.and_then(|feed| sim.scales.get(feed.scale)) {
        None => sim.rng.below(points),
        Some(Scale { construct: Construct::Model(model), perspective, .. }) => {
            let loadings = ResponseModel::REFERENCE.loadings(sim.item);
            sim.persona.agree(sim.rng, (*perspective, *model), loadings, Rating { points, reverse })
        }
        // Any other rating (satisfaction, trust, emotions, intention) follows stated sentiment.
        Some(scale) => {
            let reverse = reverse == scale.positive;
            sim.persona.rate_sentiment(sim.rng, Rating { points, reverse })
        }
    };
    scale.values().nth(place).unwrap_or(scale.from)
}

/// Which of the tagged reactions is chosen.
pub(super) fn respond_reaction(
    tags: &[Option<RelationalModel>],
    scale: Option<usize>,
    sim: &mut Simulated,
) -> usize {
    let perspective = perspective(scale, sim);
    sim.persona.choose(sim.rng, perspective, tags, ResponseModel::REFERENCE.choice_loading)
}

/// The tagged statements from the one most to the one least like it: the same order at every prompt of the item.
pub(super) fn respond_by_appeal(
    tags: &[Option<RelationalModel>],
    scale: Option<usize>,
    sim: &Simulated,
) -> Vec<usize> {
    let perspective = perspective(scale, sim);
    let loading = ResponseModel::REFERENCE.choice_loading;
    sim.persona.by_appeal(&mut sim.mind.clone(), perspective, tags, loading)
}

/// How `total` points are divided over the tagged parts.
pub(super) fn respond_points(
    tags: &[Option<RelationalModel>],
    total: i64,
    scale: Option<usize>,
    sim: &mut Simulated,
) -> Vec<i64> {
    let perspective = perspective(scale, sim);
    let total = u32::try_from(total).unwrap_or(u32::MAX);
    let loading = ResponseModel::REFERENCE.choice_loading;
    let points = sim.persona.allocate(sim.rng, perspective, tags, total, loading);
    points.into_iter().map(i64::from).collect()
}

/// Where a free word is placed.
pub(super) fn respond_valence(sim: &mut Simulated) -> i64 {
    i64::from(sim.persona.place_association(sim.rng))
}

/// Milliseconds before the first key of a free word.
pub(super) fn thinking_time(sim: &mut Simulated) -> u64 {
    Latency::FIRST_WORD.draw(sim.rng) as u64
}

fn perspective(scale: Option<usize>, sim: &Simulated) -> Perspective {
    scale.and_then(|scale| sim.scales.get(scale)).map(|scale| scale.perspective).unwrap_or_default()
}
