//! Baselines with their published numbers; predictions that no fit has seen.

use super::*;
use crate::classify::metrics::evaluate;
use RelationalModel::{AuthorityRanking, CommunalSharing, EqualityMatching, MarketPricing};

fn labels() -> Vec<RelationalModel> {
    let counts = [(MarketPricing, 70), (CommunalSharing, 16), (AuthorityRanking, 7), (EqualityMatching, 7)];
    counts.iter().flat_map(|&(model, count)| vec![model; count]).collect()
}

#[test]
fn the_prior_scores_what_70_16_7_7_allows() {
    let found = evaluate(&prior_baseline(&labels()), 0, &mut Rng::new(1));
    for (estimate, number) in [
        (found.accuracy, 0.70),
        (found.balanced_accuracy, 0.25),
        (found.macro_f1, 0.206),
        (found.log_loss, 0.915),
        (found.brier, 0.475),
        (found.calibration_error, 0.0),
    ] {
        assert!((estimate.value.unwrap() - number).abs() < 5e-4);
    }
}

fn rows(truth: &[RelationalModel], noise: f64) -> Vec<FeatureSet> {
    let mut rng = Rng::new(4);
    truth
        .iter()
        .map(|label| {
            let names = ["centred_cs", "centred_ar", "centred_em", "centred_mp"];
            let values = names.iter().enumerate().map(|(place, name)| {
                let signal = if place == label.index() { 1.0 } else { 0.0 };
                ((*name).to_owned(), signal + noise * rng.normal())
            });
            FeatureSet { values: values.collect() }
        })
        .collect()
}

#[test]
fn the_rule_calls_the_highest_scale_and_needs_scales() {
    let truth = labels();
    let found = highest_scale_baseline(&rows(&truth, 0.0), &truth).unwrap();
    assert_eq!(found.called, truth);
    assert_eq!(found.probabilities, None);
    assert!(highest_scale_baseline(&[FeatureSet::default()], &truth[..1]).is_none());
}

#[test]
fn out_of_fold_predictions_repeat_and_beat_the_prior_when_there_is_a_signal() {
    let truth = labels();
    let data = Dataset::new(&rows(&truth, 0.5), truth.clone(), None).unwrap();
    let how = Training::default();
    let found = out_of_fold(&data, 5, &how).unwrap();
    assert_eq!(out_of_fold(&data, 5, &how), Ok(found.clone()));
    let score = evaluate(&found, 0, &mut Rng::new(1));
    assert!(score.log_loss.value.unwrap() < 0.7);
    assert!(score.balanced_accuracy.value.unwrap() > 0.5);
}

#[test]
fn labels_without_a_signal_are_not_learnt() {
    // Were a row predicted by a fit that had seen it, noise would look better than the prior.
    let truth = labels();
    let noise = rows(&vec![MarketPricing; truth.len()], 3.0);
    let data = Dataset::new(&noise, truth, None).unwrap();
    let found = out_of_fold(&data, 5, &Training::default()).unwrap();
    let score = evaluate(&found, 0, &mut Rng::new(1));
    assert!(score.log_loss.value.unwrap() > 0.90);
}

#[test]
fn two_classes_are_enough_and_one_row_of_a_class_is_not() {
    let truth: Vec<_> =
        labels().into_iter().filter(|label| matches!(label, MarketPricing | CommunalSharing)).collect();
    let data = Dataset::new(&rows(&truth, 0.5), truth.clone(), None).unwrap();
    let found = out_of_fold(&data, 5, &Training::default()).unwrap();
    assert!(found.probabilities.unwrap().iter().all(|p| p[1] == 0.0 && p[2] == 0.0));
    let mut lonely = truth;
    lonely.push(EqualityMatching);
    let data = Dataset::new(&rows(&lonely, 0.5), lonely, None).unwrap();
    assert!(matches!(
        out_of_fold(&data, 5, &Training::default()),
        Err(EvaluateError::TooFew { rarest: 1, class: EqualityMatching, .. })
    ));
}
