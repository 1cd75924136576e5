//! Answers follow the latent state, stay on their scales and sum.

use super::*;
use crate::rng::Rng;
use proptest::prelude::*;

fn persona(norms: [f64; 4]) -> Persona {
    Persona {
        model: RelationalModel::MarketPricing,
        other_model: RelationalModel::MarketPricing,
        norms,
        other_norms: [0.0; 4],
        ease: [0.0; 4],
        closeness: 0.0,
        acquiescence: 0.0,
        careless: false,
        explicit: 0.0,
        association: 0.0,
    }
}

const CS_OWN: (Perspective, RelationalModel) = (Perspective::Own, RelationalModel::CommunalSharing);
const SEVEN: Rating = Rating { points: 7, reverse: false };

fn mean_agree(persona: &Persona, rating: Rating) -> f64 {
    let loadings = ResponseModel::REFERENCE.loadings("item");
    let mut rng = Rng::new(8);
    let sum: usize = (0..4_000).map(|_| persona.agree(&mut rng, CS_OWN, loadings, rating)).sum();
    sum as f64 / 4_000.0
}

#[test]
fn loadings_belong_to_the_item_and_stay_in_range() {
    let model = ResponseModel::REFERENCE;
    assert_eq!(model.loadings("a"), model.loadings("a"));
    assert_ne!(model.loadings("a"), model.loadings("b"));
    for item in 0..200 {
        let found = model.loadings(&item.to_string());
        assert!((0.6..=0.8).contains(&found.norm));
        assert!((0.3..=0.5).contains(&found.closeness));
    }
}

#[test]
fn marginals_look_like_an_agree_scale() {
    let loadings = ResponseModel::REFERENCE.loadings("item");
    let mut rng = Rng::new(2);
    let mut counts = [0_usize; 7];
    for _ in 0..20_000 {
        let mut respondent = persona([rng.normal(), 0.0, 0.0, 0.0]);
        respondent.closeness = rng.normal();
        counts[respondent.agree(&mut rng, CS_OWN, loadings, SEVEN)] += 1;
    }
    // Every category is used, the middle most, and the upper half more than the lower.
    assert!(counts.iter().all(|&count| count > 400), "{counts:?}");
    assert!(counts.iter().all(|&count| count < 7_000), "{counts:?}");
    assert!(counts[4..].iter().sum::<usize>() > counts[..3].iter().sum());
}

#[test]
fn a_strong_norm_agrees_and_disagrees_when_reversed() {
    let (weak, strong) = (persona([-1.0; 4]), persona([1.0; 4]));
    let reversed = Rating { reverse: true, ..SEVEN };
    assert!(mean_agree(&strong, SEVEN) > mean_agree(&weak, SEVEN) + 1.0);
    assert!(mean_agree(&strong, reversed) < mean_agree(&weak, reversed) - 1.0);
}

#[test]
fn yes_saying_lifts_both_keys() {
    let mut yes = persona([0.0; 4]);
    yes.acquiescence = 1.0;
    for reverse in [false, true] {
        let rating = Rating { points: 7, reverse };
        assert!(mean_agree(&yes, rating) > mean_agree(&persona([0.0; 4]), rating) + 0.5);
    }
}

#[test]
fn careless_answers_are_uniform() {
    let mut careless = persona([3.0; 4]);
    careless.careless = true;
    assert!((mean_agree(&careless, SEVEN) - 3.0).abs() < 0.15);
}

#[test]
fn the_strongest_norm_is_chosen_most() {
    let respondent = persona([1.0, 0.0, 0.0, 0.0]);
    let tags = RelationalModel::ALL.map(Some);
    let mut rng = Rng::new(9);
    let mut counts = [0_usize; 4];
    for _ in 0..4_000 {
        counts[respondent.choose(&mut rng, Perspective::Own, &tags, 0.7)] += 1;
    }
    assert!(counts[0] > 1_800 && counts[1..].iter().all(|&c| c < 900), "{counts:?}");
}

#[test]
fn negative_emotions_mirror_positive_ones() {
    let mut warm = persona([0.0; 4]);
    warm.explicit = 1.0;
    let mean = |reverse: bool| {
        let mut rng = Rng::new(10);
        let rating = Rating { points: 4, reverse };
        (0..2_000).map(|_| warm.rate_sentiment(&mut rng, rating)).sum::<usize>() as f64 / 2_000.0
    };
    assert!((mean(false) + mean(true) - 3.0).abs() < 1e-9 && mean(false) > 2.0);
}

#[test]
fn associations_follow_their_own_latent() {
    let mut cold = persona([0.0; 4]);
    cold.explicit = 2.0;
    cold.association = -2.0;
    let mut rng = Rng::new(11);
    let sum: i32 = (0..500).map(|_| i32::from(cold.place_association(&mut rng))).sum();
    assert!(sum < -500);
}

#[test]
fn latencies_have_the_mean_of_their_shape() {
    let mut rng = Rng::new(12);
    let mean = (0..20_000).map(|_| Latency::SORTING.draw(&mut rng)).sum::<f64>() / 20_000.0;
    assert!((mean - 700.0).abs() < 5.0, "{mean}");
}

proptest! {
    #[test]
    fn points_sum_exactly(seed: u64, total in 0_u32..500, parts in 1_usize..7, careless: bool) {
        let mut respondent = persona([0.5, -0.5, 1.0, 0.0]);
        respondent.careless = careless;
        let tags: Vec<_> = (0..parts).map(|part| RelationalModel::ALL.get(part).copied()).collect();
        let shares = respondent.allocate(&mut Rng::new(seed), Perspective::Own, &tags, total, 0.7);
        prop_assert_eq!(shares.len(), parts);
        prop_assert_eq!(shares.iter().sum::<u32>(), total);
    }

    #[test]
    fn categories_exist(response in -1e6..1e6_f64, points in 1_usize..102) {
        prop_assert!(category(response, points, AGREE_SHIFT) < points);
    }

    #[test]
    fn associations_stay_on_their_scale(seed: u64, latent in -9.0..9.0_f64) {
        let mut respondent = persona([0.0; 4]);
        respondent.association = latent;
        prop_assert!((-3..=3).contains(&respondent.place_association(&mut Rng::new(seed))));
    }
}

#[test]
fn most_and_least_come_from_one_look_at_the_statements() {
    let tags = RelationalModel::ALL.map(Some);
    let respondent = persona([1.5, 0.5, -0.5, -1.5]);
    let mut rng = Rng::new(5);
    let (mut best, mut worst) = ([0_usize; 4], [0_usize; 4]);
    for _ in 0..4_000 {
        let order = respondent.by_appeal(&mut rng, Perspective::Own, &tags, 0.7);
        best[order[0]] += 1;
        worst[order[3]] += 1;
    }
    assert!(best.is_sorted_by(|a, b| a > b), "{best:?}");
    assert!(worst.is_sorted_by(|a, b| a < b), "{worst:?}");
    // The same noise stands behind both: by symmetry the first model is most as often as the last is least.
    assert!(best[0].abs_diff(worst[3]) < 150, "{best:?} {worst:?}");
    let chosen = |respondent: &Persona| {
        let mut rng = Rng::new(6);
        let mut draw = || respondent.by_appeal(&mut rng, Perspective::Own, &tags, 0.7);
        (0..3_000).map(|_| draw()).filter(|order| (order[0], order[3]) == (0, 3)).count()
    };
    let careless = Persona { careless: true, ..respondent.clone() };
    // One of twelve pairs.
    assert!((200..300).contains(&chosen(&careless)));
    assert!(chosen(&respondent) > 700);
    // The other side's statements follow the other side's norms, which are equal here.
    let mut rng = Rng::new(7);
    let other = (0..4_000).filter(|_| respondent.by_appeal(&mut rng, Perspective::Other, &tags, 0.7)[0] == 0);
    assert!((900..1_100).contains(&other.count()));
}

#[test]
fn without_chance_statements_come_in_the_order_of_their_norms() {
    let tags = RelationalModel::ALL.map(Some);
    let respondent = persona([0.3, 2.0, -1.0, 0.0]);
    let found = respondent.by_appeal(&mut Rng::new(1), Perspective::Own, &tags, 1.0);
    assert_eq!(found, [1, 0, 3, 2]);
}
