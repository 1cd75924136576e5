//! The guarded learner against scikit-learn, and on input that breaks learners.

use proptest::prelude::*;
use serde::Deserialize;

use super::*;
use crate::rng::Rng;

#[derive(Deserialize)]
struct Case {
    alpha: f64,
    weighted: bool,
    classes: usize,
    coefficients: Vec<Vec<f64>>,
    intercepts: Vec<f64>,
    probabilities: Vec<Vec<f64>>,
}

const INPUT: &str = include_str!("../../../tests/fixtures/classify/softmax_input.csv");
const EXPECTED: &str = include_str!("../../../tests/fixtures/classify/softmax_expected.json");

/// Label, weight and features of each row.
fn input() -> Vec<(usize, f64, Vec<f64>)> {
    csv::Reader::from_reader(INPUT.as_bytes())
        .records()
        .map(|record| {
            let record = record.unwrap();
            let numbers: Vec<f64> = record.iter().map(|field| field.parse().unwrap()).collect();
            (numbers[0] as usize, numbers[1], numbers[2..].to_vec())
        })
        .collect()
}

fn probabilities(fit: &LearnerFit, x: &[f64]) -> Vec<f64> {
    let scores = fit.form.linear().unwrap().0.iter().zip(fit.form.linear().unwrap().1);
    let raised: Vec<f64> =
        scores.map(|(c, b)| (b + c.iter().zip(x).map(|(w, v)| w * v).sum::<f64>()).exp()).collect();
    let sum: f64 = raised.iter().sum();
    raised.iter().map(|value| value / sum).collect()
}

fn assert_near(found: &[f64], expected: &[f64], tolerance: f64) {
    assert_eq!(found.len(), expected.len());
    for (a, b) in found.iter().zip(expected) {
        assert!((a - b).abs() < tolerance, "{a} is not {b}");
    }
}

#[test]
fn coefficients_and_probabilities_are_scikit_learns() {
    let cases: Vec<Case> = serde_json::from_str(EXPECTED).unwrap();
    assert_eq!(cases.len(), 18);
    for case in cases {
        let lowest = 4 - case.classes;
        let rows: Vec<_> = input().into_iter().filter(|row| row.0 >= lowest).collect();
        let x: Vec<f64> = rows.iter().flat_map(|row| row.2.clone()).collect();
        let labels: Vec<usize> = rows.iter().map(|row| row.0 - lowest).collect();
        let weights: Vec<f64> = rows.iter().map(|row| row.1).collect();
        let sample = TrainingSet {
            x: &x,
            features: 6,
            labels: &labels,
            classes: case.classes,
            weights: case.weighted.then_some(&weights),
        };
        let alone = finish(&sample, case.alpha, None).unwrap();
        let fit = Softmax.fit(&sample, case.alpha).unwrap();
        // Whichever way the optimum was reached.
        for fit in [&fit, &alone] {
            for (found, expected) in fit.form.linear().unwrap().0.iter().zip(&case.coefficients) {
                assert_near(found, expected, 1e-4);
            }
            assert_near(fit.form.linear().unwrap().1, &case.intercepts, 1e-4);
            for (row, expected) in rows.iter().zip(&case.probabilities) {
                assert_near(&probabilities(fit, &row.2), expected, 1e-5);
            }
            assert!(fit.report.converged && fit.report.gradient <= TOLERANCE);
        }
        assert_eq!(fit.report.solver == Solver::Own, case.weighted);
    }
}

/// Two classes apart by a wide gap on the first feature; the second is constant.
fn separated() -> (Vec<f64>, Vec<usize>) {
    let mut rng = Rng::new(1);
    let mut x = Vec::new();
    let mut labels = Vec::new();
    for row in 0..80 {
        let label = row % 2;
        x.extend([(label as f64 - 0.5) * 20.0 + rng.normal(), 0.0]);
        labels.push(label);
    }
    (x, labels)
}

#[test]
fn perfect_separation_and_a_constant_feature_have_an_optimum() {
    let (x, labels) = separated();
    let sample = TrainingSet { x: &x, features: 2, labels: &labels, classes: 2, weights: None };
    let fit = Softmax.fit(&sample, 0.1).unwrap();
    assert!(fit.report.converged);
    for class in fit.form.linear().unwrap().0 {
        assert!(class[0].is_finite() && class[0].abs() > 0.1);
        assert_eq!(class[1], 0.0);
    }
}

#[test]
fn scales_that_mislead_linfa_still_reach_the_optimum() {
    // One feature in milliseconds: linfa returns a wrong model as a success here.
    let mut rng = Rng::new(2);
    let mut x = Vec::new();
    let mut labels = Vec::new();
    for row in 0..300 {
        let label = row % 3;
        x.extend([rng.normal() + label as f64, 10_000.0 + 2_000.0 * rng.normal()]);
        labels.push(label);
    }
    let sample = TrainingSet { x: &x, features: 2, labels: &labels, classes: 3, weights: None };
    let fit = Softmax.fit(&sample, 1.0).unwrap();
    assert!(fit.report.gradient <= TOLERANCE);
    // The telling feature earns its coefficient; the milliseconds earn next to none.
    assert!(fit.form.linear().unwrap().0[2][0] > 0.5 && fit.form.linear().unwrap().0[2][1].abs() < 1e-3);
}

#[test]
fn sixty_features_at_the_weakest_penalty_always_converge() {
    for seed in 0..4 {
        let mut rng = Rng::new(seed);
        let labels: Vec<usize> =
            (0..275).map(|row| if row < 4 { row } else { rng.weighted(&[0.16, 0.07, 0.07, 0.7]) }).collect();
        let mut x = Vec::new();
        for label in &labels {
            x.extend((0..60).map(|place| {
                let signal = if place == *label { 0.8 } else { 0.0 };
                signal + rng.normal()
            }));
        }
        let sample = TrainingSet { x: &x, features: 60, labels: &labels, classes: 4, weights: None };
        assert!(Softmax.fit(&sample, 0.1).unwrap().report.converged);
    }
}

#[test]
fn a_bad_proposal_does_no_harm() {
    let (x, labels) = separated();
    let sample = TrainingSet { x: &x, features: 2, labels: &labels, classes: 2, weights: None };
    let good = finish(&sample, 1.0, None).unwrap();
    let led_astray = finish(&sample, 1.0, Some(vec![50.0, -50.0, 3.0, 9.0, -40.0, 40.0])).unwrap();
    for (a, b) in good.form.linear().unwrap().0.iter().zip(led_astray.form.linear().unwrap().0) {
        assert_near(a, b, 1e-6);
    }
    assert_near(good.form.linear().unwrap().1, led_astray.form.linear().unwrap().1, 1e-6);
    assert_ne!(led_astray.report.solver, Solver::Linfa);
}

#[test]
fn a_fit_repeats_to_the_bit() {
    let rows = input();
    let x: Vec<f64> = rows.iter().flat_map(|row| row.2.clone()).collect();
    let labels: Vec<usize> = rows.iter().map(|row| row.0).collect();
    let sample = TrainingSet { x: &x, features: 6, labels: &labels, classes: 4, weights: None };
    assert_eq!(Softmax.fit(&sample, 1.0), Softmax.fit(&sample, 1.0));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn whatever_is_accepted_reaches_the_optimum(
        rows in 4_usize..50,
        features in 1_usize..6,
        classes in 2_usize..5,
        strength in -1.0..3.0_f64,
        // Up to ten times what standardising leaves. At a hundred times, on a handful of separated rows, rounding can keep
        // the gradient just above the tolerance; that is an error, never a wrong fit.
        spread in -2.0..1.0_f64,
        weighted: bool,
        seed: u64,
    ) {
        let mut rng = Rng::new(seed);
        let x: Vec<f64> = (0..rows * features).map(|_| 10_f64.powf(spread) * rng.normal()).collect();
        let labels: Vec<usize> = (0..rows)
            .map(|row| if row < classes { row } else { rng.below(classes) })
            .collect();
        let weights: Vec<f64> = (0..rows).map(|_| 0.01 + 5.0 * rng.uniform()).collect();
        let sample = TrainingSet {
            x: &x,
            features,
            labels: &labels,
            classes,
            weights: weighted.then_some(&weights[..]),
        };
        let fit = Softmax.fit(&sample, 10_f64.powf(strength).max(0.1));
        prop_assert!(fit.is_ok(), "{:?}", fit);
        let fit = fit.unwrap();
        prop_assert!(fit.form.linear().unwrap().1.iter().sum::<f64>().abs() < 1e-9);
        // The penalty makes the coefficients of each feature sum to zero over the classes.
        for feature in 0..features {
            let sum: f64 = fit.form.linear().unwrap().0.iter().map(|class| class[feature]).sum();
            prop_assert!(sum.abs() < 1e-5, "{}", sum);
        }
    }
}

/// scikit-learn fits two classes with one set of coefficients: the optimum of Σ −ln p + ‖w‖²/(2C) has Σ(p − y)·x + w/C = 0. Ours has two
/// sets, ±w/2, and so the same optimum at α = 2/C.
#[test]
fn with_two_classes_the_strength_is_two_over_c() {
    let mut rng = Rng::new(4);
    let labels: Vec<usize> = (0..60).map(|row| row % 2).collect();
    let x: Vec<f64> = (0..120).map(|at| rng.normal() + if at / 2 % 2 == 0 { 0.5 } else { 0.0 }).collect();
    let sample = TrainingSet { x: &x, features: 2, labels: &labels, classes: 2, weights: None };
    let alpha = 10.0;
    let fit = Softmax.fit(&sample, alpha).unwrap();
    let (coefficients, _) = fit.form.linear().unwrap();
    let c = 2.0 / alpha;
    for (feature, (one, other)) in coefficients[1].iter().zip(&coefficients[0]).enumerate() {
        let w = one - other;
        let pull: f64 = (0..60)
            .map(|row| {
                (probabilities(&fit, sample.row(row))[1] - labels[row] as f64) * sample.row(row)[feature]
            })
            .sum();
        assert!((pull + w / c).abs() < 1e-5 && w.abs() > 0.05, "{pull} {w}");
    }
}
