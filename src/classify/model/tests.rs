//! Profiles by hand, priors, and files that read back to the bit.

use super::*;
use crate::classify::encoding::Indicator;
use crate::classify::features::CLOSENESS;
use crate::classify::form::{Split, Tree, TreeNode};
use crate::classify::learner::Solver;
use RelationalModel::{CommunalSharing, MarketPricing};

/// Two classes, one feature: score of CS is +z, of MP −z, with z = (value − 1)/2.
fn small() -> Model {
    Model::assemble(Recipe {
        learner: "softmax".into(),
        feature_names: vec![CLOSENESS.into()],
        encoding: Encoding { means: vec![1.0], scales: vec![2.0], indicators: vec![] },
        missing: MissingPolicy::Refuse,
        classes: vec![CommunalSharing, MarketPricing],
        margins: vec![0.5, 0.5],
        fit: LearnerFit {
            form: Discriminant::Linear {
                coefficients: vec![vec![1.0], vec![-1.0]],
                intercepts: vec![0.0, 0.0],
            },
            report: FitReport {
                solver: Solver::Own,
                iterations: 3,
                gradient: 0.0,
                loss: 1.0,
                converged: true,
            },
        },
        alpha: Some(1.0),
        class_weights: ClassWeights::None,
        temperature: 1.0,
        class_rows: vec![5, 5],
        missing_values: 0,
        seed: 1,
        fingerprint: "00".into(),
        basis: "by hand".into(),
    })
}

fn linear(coefficients: Vec<Vec<f64>>, intercepts: Vec<f64>) -> Discriminant {
    Discriminant::Linear { coefficients, intercepts }
}

fn session(closeness: f64) -> FeatureSet {
    FeatureSet { values: vec![(CLOSENESS.into(), closeness)] }
}

fn sigmoid(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[test]
fn a_profile_by_hand() {
    let profile = small().predict(&session(3.0)).unwrap();
    assert!((profile.probabilities[0] - sigmoid(2.0)).abs() < 1e-15);
    assert_eq!(&profile.probabilities[1..3], [0.0, 0.0]);
    assert_eq!((profile.dominant, profile.second), (CommunalSharing, MarketPricing));
    assert!(!profile.uncertain);
    assert_eq!(profile.closeness, Some(3.0));
    assert_eq!(profile.engagement, None, "closeness alone says nothing of the four norms");
    assert_eq!(profile.answers.probabilities, profile.probabilities, "an even prior assumes nothing");
    assert!((profile.answers.ratio - 2.0_f64.exp()).abs() < 1e-9 && profile.answers.tell_apart());
    assert_eq!(profile.contributions[0].weight, 2.0);
    assert_eq!(profile.head_start, 0.0);
}

#[test]
fn a_small_ratio_tells_nothing_apart_and_that_is_uncertain() {
    let close_call = small().predict(&session(1.1)).unwrap();
    assert!(close_call.uncertain);
    assert!(!close_call.answers.tell_apart(), "{}", close_call.answers.ratio);
    assert_eq!(small().predict(&session(-0.5)).unwrap().dominant, MarketPricing);
}

#[test]
fn one_norm_that_is_held_is_a_relation() {
    let of = |means: [f64; 4]| {
        let parts = crate::classify::features::RawParts { scale_means: Some(means), ..Default::default() };
        small().predict(&FeatureSet::from_parts(&parts)).unwrap().engagement
    };
    for place in 0..4 {
        let mut pure = [-1.0; 4];
        pure[place] = 1.0;
        assert_eq!(of(pure), Some(Engagement::Normal));
    }
    assert_eq!(of([-0.1, -0.2, -0.9, -1.0]), Some(Engagement::Low));
}

#[test]
fn a_prior_multiplies_the_odds_even_under_a_temperature() {
    let mut model = small();
    model.temperature = 2.0;
    let shifted = model.with_prior([0.3, 0.0001, 0.0001, 0.1]).unwrap();
    assert!((shifted.prior[0] - 0.75).abs() < 1e-15 && (shifted.prior[1] - 0.25).abs() < 1e-15);
    let odds = |model: &Model| {
        let p = model.predict(&session(2.0)).unwrap().probabilities;
        p[0] / p[3]
    };
    assert!((odds(&shifted) / odds(&model) - 3.0).abs() < 1e-12);
    // Back to the training margins, and nothing is left of the detour.
    assert_eq!(shifted.with_prior([0.5; 4]).unwrap(), model);
    assert_eq!(model.with_prior([0.5, 0.5, 0.5, 0.0]), Err(ModelError::Prior));
}

#[test]
fn contributions_and_head_start_sum_to_the_log_odds() {
    let mut model = small();
    model.temperature = 1.7;
    model.form =
        Discriminant::Linear { coefficients: vec![vec![1.0], vec![-1.0]], intercepts: vec![0.4, -0.4] };
    let model = model.with_prior([0.2, 0.1, 0.1, 0.6]).unwrap();
    for closeness in [-4.0, 0.0, 2.5, 9.0] {
        let profile = model.predict(&session(closeness)).unwrap();
        let sum: f64 = profile.contributions.iter().map(|c| c.weight).sum();
        let p = profile.probabilities;
        assert!((profile.head_start + sum - profile.answers.ratio.ln()).abs() < 1e-9);
        assert!((p.iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }
}

#[test]
fn a_session_that_lacks_a_feature_has_no_profile() {
    let lacking = FeatureSet::default();
    assert_eq!(small().predict(&lacking), Err(ModelError::MissingFeatures(vec![CLOSENESS.into()])));
    assert_eq!(small().predict(&session(f64::NAN)), Err(ModelError::NotFinite(CLOSENESS.into())));
}

#[test]
fn a_model_reads_back_from_json_to_the_bit() {
    let mut model = small();
    model.encoding.means = vec![0.1 + 0.2];
    model.encoding.indicators = vec![Indicator { feature: 0, mean: 0.1, scale: 1.0 / 3.0 }];
    let coefficients = vec![vec![1.0 / 3.0, 5e-324], vec![-1e-17, 0.1 + 0.7]];
    model.form = Discriminant::Linear { coefficients, intercepts: vec![0.4, -0.4] };
    assert_eq!(Model::read(&model.write().unwrap()).unwrap(), model);
    let (means, variances) = (vec![vec![0.1 + 0.2; 2]; 2], vec![vec![1e-9 / 3.0; 2]; 2]);
    model.form = Discriminant::Gaussian { log_shares: vec![-0.1, -2.0 / 3.0], means, variances };
    assert_eq!(Model::read(&model.write().unwrap()).unwrap(), model);
    model.form = trees([0.1 + 0.2, 1.0 / 3.0]);
    assert_eq!(Model::read(&model.write().unwrap()).unwrap(), model);
}

/// A tree for each class that parts closeness at 0.25; `shares` of the first class below and above.
fn trees(shares: [f64; 2]) -> Discriminant {
    let leaf = |share: f64| TreeNode { log_share: share.ln(), split: None };
    let split = Split { column: 0, threshold: 0.25, below: 1, above: 2 };
    let tree = |root: f64, [below, above]: [f64; 2]| Tree {
        nodes: vec![TreeNode { log_share: root.ln(), split: Some(split) }, leaf(below), leaf(above)],
    };
    Discriminant::Trees { trees: vec![tree(0.4, shares), tree(0.6, shares.map(|share| 1.0 - share))] }
}

#[test]
fn trees_give_the_shares_of_their_leaves_and_say_which_answers_led_there() {
    let mut model = small();
    let margins = model.margins.clone();
    model.form = trees([0.3, 0.9]);
    let mean = model.encoding.means[0];
    let at = |z: f64| session(mean + z * model.encoding.scales[0]);
    let (below, above) = (model.predict(&at(0.2)).unwrap(), model.predict(&at(0.3)).unwrap());
    assert!((below.probabilities[model.classes[0].index()] - 0.3).abs() < 1e-12);
    assert!((above.probabilities[model.classes[0].index()] - 0.9).abs() < 1e-12);
    // ln(.9/.1) from a start of ln(.4/.6), without the margins.
    let margin = (margins[0] / margins[1]).ln();
    assert!((above.head_start - (0.4_f64 / 0.6).ln() + margin).abs() < 1e-12);
    assert!((above.contributions[0].weight - (9.0_f64 / (0.4 / 0.6)).ln()).abs() < 1e-12);
    // Another prior multiplies the shares by prior/margin.
    let mut shares = [0.25; 4];
    (shares[model.classes[0].index()], shares[model.classes[1].index()]) = (0.1, 0.3);
    let moved = model.with_prior(shares).unwrap().predict(&at(0.3)).unwrap();
    let odds = 9.0 * (0.1 / 0.3) / (margins[0] / margins[1]);
    assert!((moved.probabilities[model.classes[0].index()] - odds / (1.0 + odds)).abs() < 1e-12);
    // The road for many rows says the same.
    let scorer = Scorer::new(&model).unwrap();
    let row = [mean + 0.3 * model.encoding.scales[0]];
    assert_eq!(scorer.probabilities(&row).unwrap(), above.probabilities);
}

#[test]
fn broken_files_are_refused_not_followed() {
    type Harm = fn(&mut Model);
    let harms: [Harm; 11] = [
        |m| m.schema = 99,
        |m| m.encoding.scales = vec![],
        |m| m.encoding.means = vec![f64::NAN],
        |m| m.encoding.indicators = vec![Indicator { feature: 1, mean: 0.5, scale: 0.5 }],
        |m| m.form = linear(vec![vec![], vec![1.0]], vec![0.0, 0.0]),
        |m| m.form = linear(vec![vec![1.0], vec![1.0]], vec![0.0]),
        |m| {
            // Back to the root for ever.
            m.form = trees([0.3, 0.9]);
            if let Discriminant::Trees { trees } = &mut m.form {
                trees[0].nodes[0].split = Some(Split { column: 0, threshold: 0.0, below: 0, above: 2 });
            }
        },
        |m| {
            m.form = trees([0.3, 0.9]);
            if let Discriminant::Trees { trees } = &mut m.form {
                trees.pop();
            }
        },
        |m| m.temperature = 0.0,
        |m| m.prior = vec![1.0, 0.0],
        |m| m.classes = vec![CommunalSharing],
    ];
    for harm in harms {
        let mut model = small();
        harm(&mut model);
        assert!(matches!(model.predict(&session(1.0)), Err(ModelError::Unusable(_))));
    }
}

#[test]
fn a_newer_file_and_no_file_at_all_are_told_apart() {
    assert_eq!(Model::read(r#"{"schema": 7, "shape": "unknown"}"#), Err(ModelError::Newer(7)));
    assert!(matches!(Model::read("a,b\n1,2\n"), Err(ModelError::Unreadable(_))));
    assert!(matches!(Model::read(r#"{"schema": 1}"#), Err(ModelError::Unreadable(_))));
}

#[test]
fn the_fast_road_for_many_rows_says_what_the_slow_one_says() {
    let mut model = small();
    model.missing = MissingPolicy::Mean;
    model.feature_names = vec!["a".into(), "b".into(), "c".into()];
    model.encoding = Encoding {
        means: vec![1.0, -3.0, 1e6],
        scales: vec![2.0, 0.1, 1e3],
        indicators: vec![Indicator { feature: 1, mean: 0.25, scale: 0.4 }],
    };
    model.classes = vec![CommunalSharing, RelationalModel::EqualityMatching, MarketPricing];
    (model.margins, model.prior) = (vec![0.2, 0.3, 0.5], vec![0.5, 0.3, 0.2]);
    model.temperature = 1.3;
    let weights = vec![vec![1.0, -2.0, 0.3, 0.7], vec![0.1, 0.4, -0.6, 0.2], vec![-1.1, 1.6, 0.3, -0.9]];
    model.form = linear(weights, vec![0.1, 0.2, -0.3]);
    let scorer = Scorer::new(&model).unwrap();
    let mut rng = crate::rng::Rng::new(3);
    let mut values = Vec::new();
    for _ in 0..10_000 {
        for (mean, scale) in [(1.0, 2.0), (-3.0, 0.1), (1e6, 1e3)] {
            values.push(if rng.chance(0.1) { f64::NAN } else { mean + scale * rng.normal() });
        }
    }
    let mut found = vec![[0.0; 4]; 10_000];
    scorer.table(&values, &mut found).unwrap();
    for (row, shares) in values.chunks_exact(3).zip(&found) {
        let values = model.feature_names.iter().cloned().zip(row.iter().copied()).collect();
        let profile = model.predict(&FeatureSet { values }).unwrap();
        assert!(profile.probabilities.iter().zip(shares).all(|(a, b)| (a - b).abs() < 1e-12));
        assert_eq!(shares[1], 0.0);
        let call = model.call(shares);
        assert_eq!((call.dominant, call.second), (profile.dominant, profile.second));
    }
    // A row has the same bits alone, in a block and in another place of a block.
    for (place, row) in values.chunks_exact(3).enumerate().step_by(97) {
        assert_eq!(scorer.probabilities(row).unwrap(), found[place]);
    }
    let mut later = vec![[0.0; 4]; 9_999];
    scorer.table(&values[3..], &mut later).unwrap();
    assert_eq!(later, found[1..]);
    assert_eq!(scorer.probabilities(&[1.0, f64::INFINITY, 1.0]), Err(ModelError::NotFinite("b".into())));
    // Finite, but too large for the arithmetic: no share is made up. Far out, but within it: all for one class.
    assert_eq!(scorer.probabilities(&[1.0, 1e308, 1.0]), Err(ModelError::NotFinite("b".into())));
    assert_eq!(scorer.probabilities(&[1.0, 1e200, 1.0]).unwrap()[3], 1.0);
    assert!(scorer.probabilities(&[1.0]).is_err());
    model.missing = MissingPolicy::Refuse;
    assert!(Scorer::new(&model).unwrap().probabilities(&[1.0, f64::NAN, 1.0]).is_err());
}
