//! The estimate finds what was put in, also where the items of one model are easier, and says when it cannot know.

use super::*;
use crate::classify::features::{ChoiceShares, RawParts};
use crate::classify::reference::{World, simulate};

fn plan(vignettes: bool) -> FeaturePlan {
    let mut plan = FeaturePlan::customer_interview_like();
    if !vignettes {
        plan.vignettes.clear();
    }
    plan
}

fn estimate(plan: &FeaturePlan, generator: &Generator, n: usize, seed: u64) -> (Population, [f64; 4]) {
    let sample = simulate(plan, generator, n, seed).unwrap();
    let features = sample.features();
    let sets: Vec<&FeatureSet> = features.iter().collect();
    let share = |model| sample.truth.iter().filter(|&&label| label == model).count() as f64 / n as f64;
    (Population::estimate(plan, &sets).unwrap(), RelationalModel::ALL.map(share))
}

#[test]
fn shares_are_found_in_the_worlds_that_have_them() {
    // Not where items are weaker than assumed: the table of recovery shows by how much that estimate is off.
    for world in [World::Reference, World::EasierItems, World::EvenShares, World::Correlated] {
        let (found, truth) = estimate(&plan(true), &world.generator(), 1_000, 3);
        for (k, share) in truth.into_iter().enumerate() {
            assert!((found.shares[k] - share).abs() < 0.07, "{}: {found:?} {truth:?}", world.name());
        }
        assert!(found.is_steady(), "{}: {}", world.name(), found.moves);
    }
}

#[test]
fn ease_and_spread_are_found() {
    let offsets = Offsets { mean: [0.5, 0.0, -0.3, 0.0], ..Offsets::default() };
    let (found, _) = estimate(&plan(true), &Generator::default().observed(0.7, offsets), 4_000, 5);
    for (own, put_in) in found.offsets.mean.iter().zip(offsets.mean) {
        assert!((own - put_in).abs() < 0.1, "{found:?}");
    }
    assert!((found.spread - 0.7).abs() < 0.07, "{}", found.spread);
}

#[test]
fn scales_alone_cannot_tell_ease_from_strength_and_say_so() {
    let (found, _) = estimate(&plan(false), &Generator::default(), 275, 3);
    assert!(!found.is_steady(), "{found:?}");
    let (low, high) = found.intervals[3];
    assert!(high - low > 0.3, "{found:?}");
}

#[test]
fn too_few_sessions_give_no_estimate() {
    let sample = simulate(&plan(true), &Generator::default(), FEWEST - 1, 1).unwrap();
    let features = sample.features();
    assert_eq!(Population::estimate(&plan(true), &features.iter().collect::<Vec<_>>()), None);
}

/// Coverage and width over many studies; the table of recovery prints them for all worlds.
#[test]
fn intervals_hold_the_share_of_the_population_and_are_narrow_enough() {
    let plan = plan(true);
    let (mut held, mut widest) = (0, 0.0_f64);
    for seed in 0..40 {
        let (found, _) = estimate(&plan, &Generator::default(), 275, 100 + seed);
        let (low, high) = found.intervals[3];
        held += usize::from((low..=high).contains(&0.7));
        widest = widest.max(high - low);
    }
    assert!(held >= 35, "{held} of 40");
    assert!(widest <= 0.2, "{widest}");
}

/// Where everyone uses one model the shares don't depend on the assumptions; but nothing was learnt about the ease of the
/// items.
#[test]
fn ratings_alone_teach_nothing_however_alike_people_are() {
    for shares in [BASE_RATES, [0.94, 0.02, 0.02, 0.02], [0.02, 0.94, 0.02, 0.02]] {
        let generator = Generator::with_shares(shares);
        let (chosen, _) = estimate(&plan(true), &generator, 40, 3);
        assert!(chosen.teaches() && chosen.ease_left < 0.7, "{chosen:?}");
        let (rated, _) = estimate(&plan(false), &generator, 275, 3);
        assert!(!rated.teaches() && rated.ease_left > 0.95, "{rated:?}");
    }
    // All but the same: steady, and yet not learnt.
    let set = |n: usize| {
        let means = [5.4, 3.0, 2.9, 2.8].map(|mean| (mean + 0.1 * (n % 3) as f64 - 4.0) / 3.0);
        FeatureSet::from_parts(&RawParts { scale_means: Some(means), ..RawParts::default() })
    };
    let sets: Vec<FeatureSet> = (0..200).map(set).collect();
    let mut rated = plan(false);
    rated.allocation = None;
    let found = Population::estimate(&rated, &sets.iter().collect::<Vec<_>>()).unwrap();
    assert!(found.is_steady() && !found.teaches(), "{found:?}");
}

/// Answers that are the same for two models but for their names give both the same share, market pricing among them: of the four it is
/// the one that is left out of the counts of choices.
#[test]
fn two_models_that_answers_treat_alike_have_one_share() {
    let half = |model: usize| {
        let mut by_model = [0.0; 4];
        by_model[model] = 8.0;
        let vignettes = Some(ChoiceShares { by_model, total: 8.0 });
        FeatureSet::from_parts(&RawParts { vignettes, ..RawParts::default() })
    };
    let mut plan = plan(true);
    plan.allocation = None;
    // Statements differ in how much they tell, from model to model; choices do not.
    plan.scales = None;
    for other in 0..3 {
        let sets: Vec<FeatureSet> = (0..60).map(|n| half(if n % 2 == 0 { 3 } else { other })).collect();
        let found = Population::estimate(&plan, &sets.iter().collect::<Vec<_>>()).unwrap();
        assert!((found.shares[3] - found.shares[other]).abs() < 1e-3, "{other}: {:?}", found.shares);
    }
}
