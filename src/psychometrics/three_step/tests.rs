//! Weights and likelihoods against an independent computation, and what cannot be told apart.

use serde::Deserialize;

use super::*;
use crate::psychometrics::bounded::{bounded_mean, bounded_mean_with, worth};

/// Written by `expect.py` beside it, which shares nothing with the program.
const EXPECTED: &str = include_str!("../../../tests/fixtures/three_step/expected.json");

#[derive(Deserialize)]
struct Expected {
    marks: Vec<f64>,
    kinds: Vec<usize>,
    cases: std::collections::BTreeMap<String, Case>,
}

#[derive(Deserialize)]
struct Case {
    assigned: Vec<Vec<f64>>,
    errors: Vec<Vec<f64>>,
    weights: Vec<Vec<f64>>,
    means: Vec<f64>,
    worth: Vec<f64>,
    normal: Normal,
    categorical: Categorical,
}

#[derive(Deserialize)]
struct Normal {
    shares: Vec<f64>,
    means: Vec<f64>,
    variance: f64,
    log_likelihood: f64,
}

#[derive(Deserialize)]
struct Categorical {
    shares: Vec<f64>,
    classes: Vec<Vec<f64>>,
    log_likelihood: f64,
}

fn near(found: &[f64], expected: &[f64]) {
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(expected) {
        assert!((found - expected).abs() < 1e-8, "{found} {expected}");
    }
}

#[test]
fn weights_and_likelihoods_are_those_of_an_independent_computation() {
    let expected: Expected = serde_json::from_str(EXPECTED).unwrap();
    assert_eq!(expected.cases.len(), 2);
    for case in expected.cases.values() {
        let errors = Errors::of(&case.errors).unwrap();
        let weights: Vec<Vec<f64>> = case.assigned.iter().map(|row| errors.weights(row)).collect();
        for (found, expected) in weights.iter().zip(&case.weights) {
            near(found, expected);
        }
        for class in 0..4 {
            let values: Vec<(f64, f64)> =
                expected.marks.iter().zip(&weights).map(|(y, w)| (*y, w[class])).collect();
            let (mean, _) = bounded_mean(&values, (1.0, 10.0), 0.95).unwrap();
            near(&[mean], &case.means[class..=class]);
            near(&[worth(values.iter().map(|(_, w)| *w))], &case.worth[class..=class]);
        }
        let found = normal(&expected.marks, &case.assigned, &errors).unwrap();
        near(&found.shares, &case.normal.shares);
        near(&found.classes.0, &case.normal.means);
        near(&[found.classes.1, found.log_likelihood], &[case.normal.variance, case.normal.log_likelihood]);
        let found = categorical(&expected.kinds, &case.assigned, &errors).unwrap();
        near(&found.shares, &case.categorical.shares);
        near(&found.classes.concat(), &case.categorical.classes.concat());
        near(&[found.log_likelihood], &[case.categorical.log_likelihood]);
    }
}

#[test]
fn without_errors_each_case_counts_for_its_class_alone() {
    let certain = Errors::of(&[vec![1.0, 0.0], vec![0.0, 1.0]]).unwrap();
    assert_eq!(certain.weights(&[0.0, 1.0]), [0.0, 1.0]);
    // Half of the second class is assigned to the first: a case there counts for one of the first and, once in two, against.
    let half = Errors::of(&[vec![1.0, 0.0], vec![0.5, 0.5]]).unwrap();
    assert_eq!(half.weights(&[1.0, 0.0]), [1.0, 0.0]);
    assert_eq!(half.weights(&[0.0, 1.0]), [-1.0, 2.0]);
}

#[test]
fn classes_that_nothing_tells_apart_are_refused() {
    let refused = |rows: &[Vec<f64>]| Errors::of(rows).unwrap_err();
    assert_eq!(refused(&[vec![0.5, 0.5], vec![0.5, 0.5]]), Uncomputable::Singular);
    assert_eq!(refused(&[vec![0.52, 0.48], vec![0.48, 0.52]]), Uncomputable::Singular);
    assert_eq!(refused(&[vec![0.9, 0.2], vec![0.1, 0.9]]), Uncomputable::OutOfRange);
    assert_eq!(refused(&[vec![0.9, 0.1]]), Uncomputable::Ragged);
    assert_eq!(refused(&[vec![f64::NAN, 0.1], vec![0.1, 0.9]]), Uncomputable::NotFinite);
    let errors = Errors::of(&[vec![0.9, 0.1], vec![0.2, 0.8]]).unwrap();
    let assigned = vec![vec![1.0, 0.0]; 9];
    assert_eq!(normal(&[7.0; 9], &assigned, &errors), Err(Uncomputable::NoVariance));
    assert_eq!(
        normal(&[7.0, 8.0], &assigned[..2], &errors),
        Err(Uncomputable::TooFewCases { needed: 5, found: 2 })
    );
    assert_eq!(normal(&[7.0, 8.0], &assigned, &errors), Err(Uncomputable::Ragged));
}

#[test]
fn a_matrix_that_is_not_known_exactly_widens_an_interval() {
    let errors = Errors::of(&[vec![0.8, 0.2], vec![0.2, 0.8]]).unwrap();
    // The inverse is [4 −1; −1 4]/3. Variance .01 in one cell of the second row, which sums to one.
    let none = vec![vec![0.0; 2]; 2];
    let covariance = vec![none, vec![vec![0.01, -0.01], vec![-0.01, 0.01]]];
    // What row s turns out to be moves the weight of class 0 by row · (4/3, −1/3): variance .01·(5/3)².
    let carried = errors.carried(&covariance, &[7.0, 30.0], 0, 50.0);
    assert!((carried - 0.01 * 25.0 / 9.0 * 900.0 / 2500.0).abs() < 1e-12, "{carried}");
    let values: Vec<(f64, f64)> = (0..40).map(|k| (f64::from(1 + k % 9), 1.0)).collect();
    let (_, plain) = bounded_mean(&values, (1.0, 10.0), 0.95).unwrap();
    let with = |error: f64| bounded_mean_with(&values, (1.0, 10.0), 0.95, error).unwrap().1;
    let wider = with(carried);
    assert!(wider.low < plain.low && wider.high > plain.high, "{plain:?} {wider:?}");
    // The mean's own variance is 6.64/40 = .17: one of .2 beside it makes the interval half as wide again.
    let wide = with(20.0 * carried);
    let growth = (wide.high - wide.low) / (plain.high - plain.low);
    assert!((growth - (1.0_f64 + 0.2 / 0.17).sqrt()).abs() < 0.1, "{growth}");
}

#[test]
fn a_mean_takes_about_six() {
    assert!(!is_told(5.0, 0.95) && is_told(6.0, 0.95));
    assert!(!is_told(f64::NAN, 0.95));
}
