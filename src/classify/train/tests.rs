//! What training chooses and what it refuses.

use super::*;
use crate::classify::features::FeatureSet;
use crate::classify::model::Scorer;
use RelationalModel::{CommunalSharing, EqualityMatching, MarketPricing};

use crate::instrument::construct::RelationalModel;

/// Rows with one telling feature (`signal` apart), some noise, and a constant.
fn table(n: usize, signal: f64, noise: usize) -> Dataset {
    let mut rng = Rng::new(21);
    let labels: Vec<RelationalModel> =
        (0..n).map(|row| [MarketPricing, CommunalSharing, MarketPricing][row % 3]).collect();
    let rows: Vec<FeatureSet> = labels
        .iter()
        .map(|label| {
            let shift = if *label == CommunalSharing { signal } else { 0.0 };
            let mut values = vec![("telling".to_owned(), shift + rng.normal()), ("constant".to_owned(), 0.1)];
            values.extend((0..noise).map(|place| (format!("noise_{place}"), rng.normal())));
            FeatureSet { values }
        })
        .collect();
    Dataset::new(&rows, labels, None).unwrap()
}

fn coefficients(model: &Model) -> &[Vec<f64>] {
    model.form.linear().unwrap().0
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
    assert_eq!(model.basis, "own table");
}

#[test]
fn a_constant_feature_earns_nothing_and_breaks_nothing() {
    let data = table(90, 2.0, 0);
    let model = train(&data, &Training::default()).unwrap();
    assert_eq!(model.encoding.scales[1], 1.0);
    assert!(coefficients(&model).iter().all(|class| class[1].abs() < 1e-9));
    let odd = FeatureSet { values: vec![("telling".into(), 1.0), ("constant".into(), 40.0)] };
    assert!(model.predict(&odd).is_ok());
}

#[test]
fn the_penalty_grows_where_there_is_nothing_to_learn() {
    let nothing = train(&table(150, 0.0, 20), &Training::default()).unwrap();
    let much = train(&table(600, 1.5, 0), &Training::default()).unwrap();
    assert!(nothing.alpha >= Some(100.0), "{:?}", nothing.alpha);
    assert!(much.alpha <= Some(10.0), "{:?}", much.alpha);
}

#[test]
fn too_few_rows_to_choose_still_fit_with_the_default() {
    let row = |value| FeatureSet { values: vec![("a".into(), value)] };
    let labels = vec![CommunalSharing, MarketPricing, MarketPricing];
    let data = Dataset::new(&[row(1.0), row(0.0), row(0.5)], labels, None).unwrap();
    let model = train(&data, &Training::default()).unwrap();
    assert_eq!((model.alpha, model.temperature), (Some(DEFAULT_ALPHA), 1.0));
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

#[test]
fn balanced_weights_make_the_prior_even_unless_the_tables_own_is_asked_for() {
    let data = table(90, 1.0, 0);
    let how = |prior| Training { class_weights: ClassWeights::Balanced, prior, ..Training::default() };
    let even = train(&data, &how(Prior::AsTrained)).unwrap();
    assert!(even.prior.iter().all(|share| (share - 0.5).abs() < 1e-12));
    let own = train(&data, &how(Prior::Table)).unwrap();
    assert!((own.prior[0] - 1.0 / 3.0).abs() < 1e-12 && (own.margins[0] - 0.5).abs() < 1e-12);
    assert_eq!(own.form, even.form);
}

#[test]
fn a_fixed_strength_and_no_calibration_are_kept_to() {
    let data = table(90, 1.0, 3);
    let how = Training { alpha: Some(3.0), calibrate: Calibrate::Off, ..Training::default() };
    let model = train(&data, &how).unwrap();
    assert_eq!((model.alpha, model.temperature), (Some(3.0), 1.0));
    let on = train(&data, &Training { calibrate: Calibrate::On, ..how }).unwrap();
    assert_ne!(on.temperature, 1.0);
    let bayes = train(&data, &Training { learner: "gaussian".into(), ..Training::default() }).unwrap();
    assert_eq!(bayes.alpha, None);
}

#[test]
fn absence_itself_can_speak() {
    // The value says nothing; whether it is there says everything.
    let mut rng = Rng::new(2);
    let labels: Vec<RelationalModel> =
        (0..200).map(|row| if row % 2 == 0 { MarketPricing } else { CommunalSharing }).collect();
    let values = (0..200).map(|row| if row % 2 == 0 { rng.normal() } else { f64::NAN }).collect();
    let data = Dataset::from_table(vec!["asked".into()], values, labels, None).unwrap();
    let model = train(&data, &Training::default()).unwrap();
    let absent = model.predict(&FeatureSet::default()).unwrap();
    assert_eq!((absent.dominant, absent.uncertain), (CommunalSharing, false));
    assert_eq!(absent.contributions[0].feature, "asked is missing");
    let present = FeatureSet { values: vec![("asked".into(), 0.3)] };
    assert_eq!(model.predict(&present).unwrap().dominant, MarketPricing);
}

#[test]
fn a_feature_twice_and_a_feature_that_separates_have_a_fit() {
    let labels: Vec<RelationalModel> =
        (0..40).map(|row| if row % 2 == 0 { MarketPricing } else { CommunalSharing }).collect();
    let values = (0..40).flat_map(|row| [f64::from(row % 2), f64::from(row % 2)]).collect();
    let data = Dataset::from_table(vec!["a".into(), "b".into()], values, labels, None).unwrap();
    let model = train(&data, &Training::default()).unwrap();
    assert!(model.fit.converged);
    let weights = coefficients(&model);
    assert!((weights[0][0] - weights[0][1]).abs() < 1e-6, "twins share alike");
    let shares = Scorer::new(&model).unwrap().probabilities(&[1.0, 1.0]).unwrap();
    assert!(shares[0] > 0.95 && shares[0] < 1.0);
}
