//! Every number against scikit-learn, and the conventions where it has none.

use serde::Deserialize;

use super::*;
use RelationalModel::{CommunalSharing, MarketPricing};

#[derive(Deserialize)]
struct Expected {
    truth: Vec<usize>,
    probabilities: Vec<[f64; 4]>,
    confusion: [[usize; 4]; 4],
    precision: [f64; 4],
    recall: [f64; 4],
    f1: [f64; 4],
    accuracy: f64,
    balanced_accuracy: f64,
    macro_f1: f64,
    log_loss: f64,
    brier: f64,
    calibration_error: f64,
}

fn fixture() -> (Expected, Predictions) {
    let text = include_str!("../../../tests/fixtures/classify/metrics_expected.json");
    let expected: Expected = serde_json::from_str(text).unwrap();
    let model = |index: &usize| RelationalModel::ALL[*index];
    let best = |p: &[f64; 4]| (0..4).max_by(|&a, &b| p[a].total_cmp(&p[b])).unwrap();
    let predictions = Predictions {
        truth: expected.truth.iter().map(model).collect(),
        called: expected.probabilities.iter().map(|p| model(&best(p))).collect(),
        probabilities: Some(expected.probabilities.clone()),
    };
    (expected, predictions)
}

#[test]
fn numbers_are_scikit_learns() {
    let (expected, predictions) = fixture();
    let found = evaluate(&predictions, 200, &mut Rng::new(1));
    assert_eq!(found.confusion, expected.confusion);
    for (estimate, number) in [
        (found.accuracy, expected.accuracy),
        (found.balanced_accuracy, expected.balanced_accuracy),
        (found.macro_f1, expected.macro_f1),
        (found.log_loss, expected.log_loss),
        (found.brier, expected.brier),
        (found.calibration_error, expected.calibration_error),
    ] {
        let value = estimate.value.unwrap();
        assert!((value - number).abs() < 1e-9, "{value} is not {number}");
        let interval = estimate.interval.unwrap();
        assert!(interval.low <= value && value <= interval.high && interval.low < interval.high);
    }
    for (class, found) in found.classes.iter().enumerate() {
        // scikit-learn prints 0 for the precision of a class that was never called; here it has no value.
        let zero = |estimate: Metric| estimate.value.unwrap_or(0.0);
        assert!((zero(found.precision) - expected.precision[class]).abs() < 1e-12);
        assert!((zero(found.recall) - expected.recall[class]).abs() < 1e-12);
        assert!((zero(found.f1) - expected.f1[class]).abs() < 1e-12);
    }
    assert_eq!(found.classes[1].precision.value, None);
    assert_eq!(found.classes[1].precision.interval, None);
}

#[test]
fn a_rule_without_probabilities_has_no_probability_numbers() {
    let (_, mut predictions) = fixture();
    predictions.probabilities = None;
    let found = evaluate(&predictions, 50, &mut Rng::new(1));
    assert!(found.accuracy.value.is_some());
    for estimate in [found.log_loss, found.brier, found.calibration_error] {
        assert_eq!((estimate.value, estimate.interval), (None, None));
    }
}

#[test]
fn nothing_to_judge_gives_no_numbers() {
    let nothing = Predictions { truth: vec![], called: vec![], probabilities: None };
    let found = evaluate(&nothing, 10, &mut Rng::new(1));
    assert_eq!((found.n, found.accuracy.value), (0, None));
}

#[test]
fn a_certain_error_costs_much_but_not_everything() {
    let predictions = Predictions {
        truth: vec![RelationalModel::CommunalSharing],
        called: vec![RelationalModel::MarketPricing],
        probabilities: Some(vec![[0.0, 0.0, 0.0, 1.0]]),
    };
    let found = evaluate(&predictions, 0, &mut Rng::new(1));
    assert!((found.log_loss.value.unwrap() - 34.538_776_394).abs() < 1e-6);
    assert_eq!(found.brier.value, Some(2.0));
    assert_eq!(found.calibration_error.value, Some(1.0));
    assert_eq!(found.accuracy.interval, None);
}

#[test]
fn clusters_that_repeat_a_row_widen_nothing_but_the_truth() {
    // Twenty rows, four times each: treated as independent, the interval would be half as wide.
    let mut rng = Rng::new(3);
    let right: Vec<bool> = (0..20).map(|_| rng.chance(0.6)).collect();
    let of = |row: usize| if right[row / 4] { MarketPricing } else { CommunalSharing };
    let predictions = Predictions {
        truth: vec![MarketPricing; 80],
        called: (0..80).map(of).collect(),
        probabilities: None,
    };
    let clusters: Vec<usize> = (0..80).map(|row| row / 4).collect();
    let width = |clusters: Option<&[usize]>| {
        let found = evaluate_clusters(&predictions, clusters, 2_000, &mut Rng::new(1));
        let ends = found.accuracy.interval.unwrap();
        ends.high - ends.low
    };
    let (rows, whole) = (width(None), width(Some(&clusters)));
    assert!((whole / rows - 2.0).abs() < 0.3, "{rows} {whole}");
}

#[test]
fn the_reliability_bins_hold_every_call_once_and_make_up_the_calibration_error() {
    let shares = |top: f64| [1.0 - top, 0.0, 0.0, top];
    let predictions = Predictions {
        truth: vec![MarketPricing, CommunalSharing, MarketPricing, MarketPricing],
        called: vec![MarketPricing; 4],
        probabilities: Some(vec![shares(0.62), shares(0.66), shares(0.95), shares(1.0)]),
    };
    let bins = reliability(&predictions);
    assert_eq!(bins.iter().map(|bin| bin.n).sum::<usize>(), 4);
    assert_eq!((bins[6].n, bins[6].accuracy, bins[0].accuracy), (2, Some(0.5), None));
    assert!((bins[6].confidence.unwrap() - 0.64).abs() < 1e-12);
    assert_eq!((bins[9].n, bins[9].accuracy), (2, Some(1.0)));
    let gap = |bin: &Bin| bin.n as f64 * (bin.confidence.unwrap_or(0.0) - bin.accuracy.unwrap_or(0.0)).abs();
    let error = evaluate(&predictions, 0, &mut Rng::new(1)).calibration_error.value.unwrap();
    assert!((bins.iter().map(gap).sum::<f64>() / 4.0 - error).abs() < 1e-12);
}

/// Three rows of a class that is never called: a bootstrap says 0 to 0.
#[test]
fn no_interval_is_a_point_and_all_hold_their_value() {
    let mut truth = vec![MarketPricing; 17];
    truth.extend(vec![CommunalSharing; 3]);
    let shares = vec![[0.2, 0.0, 0.0, 0.8]; 20];
    let predictions = Predictions { truth, called: vec![MarketPricing; 20], probabilities: Some(shares) };
    let clusters: Vec<usize> = (0..20).map(|row| row / 2).collect();
    for clusters in [None, Some(clusters.as_slice())] {
        let found = evaluate_clusters(&predictions, clusters, 500, &mut Rng::new(1));
        let recall = found.classes[0].recall;
        assert_eq!(recall.value, Some(0.0));
        let ends = recall.interval.unwrap();
        // Wilson for none of three: 3.8415/(3 + 3.8415); in clusters of two they are worth two.
        let n = if clusters.is_some() { 2.0 } else { 3.0 };
        assert!(ends.low == 0.0 && (ends.high - 3.841_459 / (n + 3.841_459)).abs() < 1e-6, "{ends:?}");
        for estimate in [
            found.accuracy,
            found.balanced_accuracy,
            found.macro_f1,
            found.log_loss,
            found.calibration_error,
            found.classes[0].f1,
            found.classes[3].precision,
            found.classes[3].recall,
            found.classes[3].f1,
        ] {
            let (value, ends) = (estimate.value.unwrap(), estimate.interval.unwrap());
            assert!(
                ends.low <= value && value <= ends.high && ends.high - ends.low > 0.05,
                "{value} {ends:?}"
            );
            assert!(ends.low >= 0.0, "{ends:?}");
        }
    }
}

#[test]
fn chance_alone_makes_a_calibration_error() {
    let mut rng = Rng::new(9);
    let of = |n: usize, rng: &mut Rng| {
        let right: Vec<bool> = (0..n).map(|_| rng.chance(0.7)).collect();
        let truth = right.iter().map(|right| if *right { MarketPricing } else { CommunalSharing }).collect();
        let shares = Some(vec![[0.3, 0.0, 0.0, 0.7]; n]);
        let predictions = Predictions { truth, called: vec![MarketPricing; n], probabilities: shares };
        evaluate(&predictions, 400, rng).calibration_error_by_chance.unwrap()
    };
    // One bin: the mean of |k/n − .7| is about √(2·.21/(πn)).
    for n in [40, 1_000] {
        let expected = (2.0 * 0.21 / (std::f64::consts::PI * n as f64)).sqrt();
        let found = of(n, &mut rng);
        assert!((found / expected - 1.0).abs() < 0.2, "{n}: {found} {expected}");
    }
}
