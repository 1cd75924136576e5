//! The sample is what the plan says, and the reference model repeats and says what it is.

use super::*;
use crate::classify::evaluate::{held_out, prior_baseline};
use crate::classify::learner::Solver;
use crate::classify::metrics::evaluate;

fn scales_alone() -> FeaturePlan {
    FeaturePlan { vignettes: vec![], allocation: None, ..FeaturePlan::customer_interview_like() }
}

#[test]
fn features_are_those_of_the_plan() {
    let mut plan = FeaturePlan::customer_interview_like();
    let names =
        |plan: &FeaturePlan| simulate(plan, &Generator::default(), 1, 1).unwrap().features()[0].names();
    assert_eq!(names(&plan).len(), 13);
    plan.best_worst = plan.vignettes.clone();
    assert_eq!(names(&plan).len(), 17);
    plan.vignettes.clear();
    assert!(names(&plan).iter().all(|name| !name.starts_with("vignette")));
    plan.best_worst.clear();
    plan.scales = None;
    assert_eq!(names(&plan), ["allocation_cs", "allocation_ar", "allocation_em", "allocation_mp"]);
}

#[test]
fn impossible_plans_are_refused() {
    let plan = FeaturePlan::customer_interview_like();
    let model = |plan: &FeaturePlan| reference_model(plan, &Generator::default());
    let mut hollow = plan.clone();
    hollow.scales.as_mut().unwrap()[2].clear();
    assert_eq!(model(&hollow), Err(ReferenceError::EmptyScale(RelationalModel::EqualityMatching)));
    let empty = FeaturePlan { scales: None, vignettes: vec![], allocation: None, ..plan.clone() };
    assert_eq!(model(&empty), Err(ReferenceError::Dataset(DatasetError::NoFeatures)));
    let pointless = FeaturePlan { allocation: Some(AllocationPlan { total: 0, parts: vec![None] }), ..plan };
    assert_eq!(model(&pointless), Err(ReferenceError::EmptyAllocation));
}

#[test]
fn the_reference_model_repeats_to_the_bit_and_is_what_linfa_found() {
    let plan = scales_alone();
    let model = reference_model(&plan, &Generator::default()).unwrap();
    assert_eq!(reference_model(&plan, &Generator::default()), Ok(model.clone()));
    assert_eq!(*fitted(&plan, &Generator::default()).unwrap(), model);
    assert_eq!(model.basis, REFERENCE_BASIS);
    assert_eq!(model.rows, REFERENCE_ROWS);
    assert!(matches!(model.fit.solver, Solver::Linfa | Solver::LinfaThenOwn), "{:?}", model.fit);
    assert!(model.fit.converged && model.alpha >= Some(0.1));
    for (share, rate) in model.prior.iter().zip(BASE_RATES) {
        assert!((share - rate).abs() < 0.013, "{share} {rate}");
    }
    assert_eq!(model.check(), Ok(()));
}

#[test]
fn probabilities_mean_what_they_say_on_new_sessions_of_the_same_world() {
    let plan = FeaturePlan::customer_interview_like();
    let model = reference_model(&plan, &Generator::default()).unwrap();
    let fresh = simulate(&plan, &Generator::default(), 6_000, 77).unwrap();
    let predicted = held_out(&model, &fresh.features(), &fresh.truth).unwrap();
    let found = evaluate(&predicted, 0, &mut Rng::new(1));
    let prior = evaluate(&prior_baseline(&fresh.truth), 0, &mut Rng::new(1));
    assert!(found.calibration_error.value.unwrap() < 0.025);
    assert!(found.log_loss.value.unwrap() < prior.log_loss.value.unwrap() / 2.0);
    for (place, rate) in BASE_RATES.iter().enumerate() {
        let probabilities = predicted.probabilities.iter().flatten();
        let mean = probabilities.map(|p| p[place]).sum::<f64>() / 6_000.0;
        assert!((mean - rate).abs() < 0.015, "{mean} is not {rate}");
    }
}

#[test]
fn evidence_points_to_its_own_model() {
    let mut plan = FeaturePlan::customer_interview_like();
    plan.best_worst = plan.vignettes.clone();
    let model = reference_model(&plan, &Generator::default()).unwrap();
    for (class, label) in model.classes.iter().enumerate() {
        let name = label.abbreviation().to_lowercase();
        for feature in ["centred", "vignette", "best_worst"] {
            let named = format!("{feature}_{name}");
            let place = model.feature_names.iter().position(|n| *n == named).unwrap();
            assert!(model.form.linear().unwrap().0[class][place] > 0.0, "{named}");
        }
    }
}

#[test]
fn a_plan_whose_vignettes_never_offer_a_model_still_fits() {
    let personal = Some(RelationalModel::CommunalSharing);
    let plan = FeaturePlan {
        scales: None,
        vignettes: vec![vec![personal, None]; 3],
        allocation: None,
        ..FeaturePlan::customer_interview_like()
    };
    let model = reference_model(&plan, &Generator::default()).unwrap();
    let constant = model.feature_names.iter().position(|n| n == "vignette_em").unwrap();
    assert!(model.form.linear().unwrap().0.iter().all(|class| class[constant] == 0.0));
}

#[test]
fn the_other_side_has_labels_and_answers_of_its_own() {
    let own = FeaturePlan::customer_interview_like();
    let other = FeaturePlan { perspective: Perspective::Other, ..own.clone() };
    let sample = |plan| simulate(plan, &Generator::default(), 1_000, 1).unwrap();
    let (own, other) = (sample(&own), sample(&other));
    assert_ne!(own.truth, other.truth);
    let right = |sample: &SimulatedSample, truth: &[RelationalModel]| {
        let called = sample.features().into_iter().map(|f| f.highest_scale(&RelationalModel::ALL));
        called.zip(truth).filter(|(call, label)| *call == Some(**label)).count()
    };
    assert!(right(&other, &other.truth) > 780);
    assert!(right(&other, &own.truth) < 780);
    let errors = other.truth.iter().zip(&other.coded).filter(|(t, c)| t != c).count();
    assert!((80..160).contains(&errors), "{errors}");
}

#[test]
fn one_thread_and_many_make_the_same_people() {
    let plan = FeaturePlan::customer_interview_like();
    let many = simulate(&plan, &Generator::default(), 2_500, 5).unwrap();
    let few = simulate(&plan, &Generator::default(), 1_000, 5).unwrap();
    assert_eq!(many.parts[..1_000], few.parts);
    assert_eq!(many.raw().count(), 2_500);
}
