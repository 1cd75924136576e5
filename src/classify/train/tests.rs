//! What training chooses and what it refuses.

use super::*;
use crate::classify::features::FeatureSet;
use RelationalModel::{CommunalSharing, EqualityMatching, MarketPricing};

use crate::instrument::construct::RelationalModel;

/// Rows with one telling feature (`signal` apart), some noise, and a constant.
fn table(n: usize, signal: f64, noise: usize) -> Dataset {
    let mut dice = Dice::new(21);
    let labels: Vec<RelationalModel> =
        (0..n).map(|row| [MarketPricing, CommunalSharing, MarketPricing][row % 3]).collect();
    let rows: Vec<FeatureSet> = labels
        .iter()
        .map(|label| {
            let shift = if *label == CommunalSharing { signal } else { 0.0 };
            let mut values =
                vec![("telling".to_owned(), shift + dice.normal()), ("constant".to_owned(), 0.1)];
            values.extend((0..noise).map(|place| (format!("noise_{place}"), dice.normal())));
            FeatureSet { values }
        })
        .collect();
    Dataset::new(&rows, labels, None).unwrap()
}

#[test]
fn a_model_carries_what_it_was_made_of() {
    let data = table(90, 2.0, 2);
    let model = train(&data, &Training::default()).unwrap();
    assert_eq!(model.feature_names, data.names());
    assert_eq!(model.classes, [CommunalSharing, MarketPricing]);
    assert_eq!(model.fingerprint, data.fingerprint());
    assert!((model.margins[0] - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(model.prior, model.margins);
    assert_eq!(model.low_engagement, None);
    assert_eq!(model.basis, "own table");
}

#[test]
fn a_constant_feature_earns_nothing_and_breaks_nothing() {
    let data = table(90, 2.0, 0);
    let model = train(&data, &Training::default()).unwrap();
    assert_eq!(model.scales[1], 1.0);
    assert!(model.coefficients.iter().all(|class| class[1].abs() < 1e-9));
    let odd = FeatureSet { values: vec![("telling".into(), 1.0), ("constant".into(), 40.0)] };
    assert!(model.predict(&odd).is_ok());
}

#[test]
fn the_penalty_grows_where_there_is_nothing_to_learn() {
    let nothing = train(&table(150, 0.0, 20), &Training::default()).unwrap();
    let much = train(&table(600, 1.5, 0), &Training::default()).unwrap();
    assert!(nothing.alpha >= 100.0, "{}", nothing.alpha);
    assert!(much.alpha <= 10.0, "{}", much.alpha);
}

#[test]
fn too_few_rows_to_choose_still_fit_with_the_default() {
    let row = |value| FeatureSet { values: vec![("a".into(), value)] };
    let labels = vec![CommunalSharing, MarketPricing, MarketPricing];
    let data = Dataset::new(&[row(1.0), row(0.0), row(0.5)], labels, None).unwrap();
    let model = train(&data, &Training::default()).unwrap();
    assert_eq!((model.alpha, model.temperature), (DEFAULT_ALPHA, 1.0));
}

#[test]
fn one_class_and_unknown_learners_are_refused() {
    let row = FeatureSet { values: vec![("a".into(), 1.0)] };
    let data = Dataset::new(&[row.clone(), row], vec![EqualityMatching; 2], None).unwrap();
    assert_eq!(train(&data, &Training::default()), Err(TrainError::Fit(FitError::OneClass)));
    let how = Training { learner: "oracle".into(), ..Training::default() };
    assert_eq!(train(&table(30, 1.0, 0), &how), Err(TrainError::UnknownLearner("oracle".into())));
}

#[test]
fn weights_move_the_margins_and_the_fit() {
    let data = table(90, 1.0, 0);
    let rows: Vec<FeatureSet> = (0..data.len()).map(|row| data.features(row)).collect();
    let weight = |label: &RelationalModel| if *label == CommunalSharing { 4.0 } else { 1.0 };
    let weights: Vec<f64> = data.labels().iter().map(weight).collect();
    let heavy = Dataset::new(&rows, data.labels().to_vec(), Some(weights)).unwrap();
    let model = train(&heavy, &Training::default()).unwrap();
    assert!((model.margins[0] - 2.0 / 3.0).abs() < 1e-12);
    assert_eq!(model.fit.solver, crate::classify::learner::Solver::Own);
}

#[test]
fn the_seed_decides_the_folds_and_equal_seeds_agree() {
    let data = table(120, 1.0, 3);
    let how = |seed| Training { seed, ..Training::default() };
    assert_eq!(train(&data, &how(1)), train(&data, &how(1)));
}
