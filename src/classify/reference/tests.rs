//! The population is what it says it is, and the reference model repeats.

use super::*;
use crate::classify::evaluate::{held_out, prior_baseline};
use crate::classify::metrics::evaluate;
use crate::psychometrics::descriptive::correlation;

fn people(n: usize, seed: u64) -> Vec<(Persona, RelationalModel)> {
    let mut dice = Dice::new(seed);
    let generator = Generator::default();
    (0..n).map(|_| generator.persona(&mut dice)).collect()
}

#[test]
fn truth_and_code_keep_the_base_rates_and_coders_err_in_12_percent() {
    let n = 40_000;
    let people = people(n, 1);
    let share = |hits: usize| hits as f64 / n as f64;
    for (model, rate) in RelationalModel::ALL.into_iter().zip(BASE_RATES) {
        let coded = people.iter().filter(|(_, code)| *code == model).count();
        let true_ones = people.iter().filter(|(p, _)| p.model == model).count();
        // Four standard errors of a share at n = 40,000 are at most .0092.
        assert!((share(coded) - rate).abs() < 0.0092, "{model} coded");
        assert!((share(true_ones) - rate).abs() < 0.0092, "{model} true");
    }
    let errors = people.iter().filter(|(p, code)| p.model != *code).count();
    assert!((share(errors) - CODER_ERROR).abs() < 0.0066, "{errors}");
    let careless = people.iter().filter(|(p, _)| p.careless).count();
    assert!((share(careless) - CARELESS).abs() < 0.0044);
}

#[test]
fn sentiments_correlate_as_published_and_personal_customers_are_warmer() {
    let people = people(30_000, 2);
    let said: Vec<f64> = people.iter().map(|(p, _)| p.explicit).collect();
    let meant: Vec<f64> = people.iter().map(|(p, _)| p.association).collect();
    assert!((correlation(&said, &meant).unwrap() - EXPLICIT_INDIRECT).abs() < 0.02);
    for latent in [&said, &meant] {
        let mean = |personal: bool| {
            let of = people
                .iter()
                .zip(latent)
                .filter(|((p, _), _)| (p.model == RelationalModel::CommunalSharing) == personal);
            let values: Vec<f64> = of.map(|(_, value)| *value).collect();
            values.iter().sum::<f64>() / values.len() as f64
        };
        assert!((mean(true) - mean(false) - PERSONAL_WARMTH).abs() < 0.07);
        let sd = crate::psychometrics::descriptive::sd(latent).unwrap();
        assert!((sd - 1.0).abs() < 0.02);
    }
}

#[test]
fn the_model_in_use_stands_out_by_the_separation() {
    let people = people(20_000, 3);
    let mut own = Vec::new();
    let mut rest = Vec::new();
    for (persona, _) in &people {
        for (place, norm) in persona.norms.iter().enumerate() {
            if place == persona.model.index() { own.push(*norm) } else { rest.push(*norm) }
        }
    }
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    assert!((mean(&own) - mean(&rest) - SEPARATION).abs() < 0.03);
}

#[test]
fn features_are_those_of_the_plan() {
    let mut plan = FeaturePlan::customer_interview_like();
    let names = |plan: &FeaturePlan| simulate(plan, &Generator::default(), 1, 1).unwrap().features[0].names();
    assert_eq!(names(&plan).len(), 12);
    plan.vignettes.clear();
    assert!(names(&plan).iter().all(|name| !name.starts_with("vignette")));
    plan.scales = None;
    assert_eq!(names(&plan), ["allocation_cs", "allocation_ar", "allocation_em"]);
}

#[test]
fn impossible_plans_are_refused() {
    let plan = FeaturePlan::customer_interview_like();
    let mut hollow = plan.clone();
    hollow.scales.as_mut().unwrap()[2].clear();
    assert_eq!(reference_model(&hollow), Err(ReferenceError::EmptyScale(RelationalModel::EqualityMatching)));
    let empty = FeaturePlan { scales: None, vignettes: vec![], allocation: None, ..plan.clone() };
    assert_eq!(reference_model(&empty), Err(ReferenceError::Dataset(DatasetError::NoFeatures)));
    let pointless = FeaturePlan { allocation: Some(AllocationPlan { total: 0, parts: vec![None] }), ..plan };
    assert_eq!(reference_model(&pointless), Err(ReferenceError::EmptyAllocation));
}

#[test]
fn the_reference_model_repeats_to_the_bit_and_says_what_it_is() {
    let plan = FeaturePlan { vignettes: vec![], allocation: None, ..FeaturePlan::customer_interview_like() };
    let model = reference_model(&plan).unwrap();
    assert_eq!(reference_model(&plan), Ok(model.clone()));
    assert_eq!(model.basis, REFERENCE_BASIS);
    assert_eq!(model.prior, BASE_RATES);
    assert_eq!(model.rows, REFERENCE_ROWS);
    assert!(model.fit.converged && model.alpha >= Some(0.1));
    assert_eq!(model.check(), Ok(()));
}

#[test]
fn probabilities_mean_what_they_say_on_new_sessions_of_the_same_world() {
    let plan = FeaturePlan::customer_interview_like();
    let model = reference_model(&plan).unwrap();
    let fresh = simulate(&plan, &Generator::default(), 6_000, 77).unwrap();
    let predicted = held_out(&model, &fresh.features, &fresh.coded).unwrap();
    let found = evaluate(&predicted, 0, &mut Dice::new(1));
    let prior = evaluate(&prior_baseline(&fresh.coded), 0, &mut Dice::new(1));
    assert!(found.calibration_error.value.unwrap() < 0.025);
    assert!(found.log_loss.value.unwrap() < prior.log_loss.value.unwrap() - 0.02);
    // On average the probabilities are the base rates of the codes.
    for (place, rate) in BASE_RATES.iter().enumerate() {
        let probabilities = predicted.probabilities.iter().flatten();
        let mean = probabilities.map(|p| p[place]).sum::<f64>() / 6_000.0;
        assert!((mean - rate).abs() < 0.015, "{mean} is not {rate}");
    }
}

#[test]
fn evidence_points_to_its_own_model() {
    let model = reference_model(&FeaturePlan::customer_interview_like()).unwrap();
    for (class, label) in model.classes.iter().enumerate() {
        let name = label.abbreviation().to_lowercase();
        for feature in ["centred", "vignette"] {
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
    let model = reference_model(&plan).unwrap();
    let constant = model.feature_names.iter().position(|n| n == "vignette_em").unwrap();
    assert!(model.form.linear().unwrap().0.iter().all(|class| class[constant] == 0.0));
}

#[test]
fn the_other_side_has_labels_and_answers_of_its_own() {
    let own = FeaturePlan::customer_interview_like();
    let other = FeaturePlan { perspective: Perspective::Other, ..own.clone() };
    let generator = Generator::with_separation(3.0);
    let sample = |plan| simulate(plan, &generator, 1_000, 1).unwrap();
    let (own, other) = (sample(&own), sample(&other));
    assert_ne!(own.truth, other.truth);
    let right = |sample: &Sample, truth: &[RelationalModel]| {
        let called = sample.features.iter().map(|f| f.highest_scale(&RelationalModel::ALL));
        called.zip(truth).filter(|(call, label)| *call == Some(**label)).count()
    };
    // At such a separation the highest scale is nearly always right, for the side that was asked about.
    assert!(right(&other, &other.truth) > 800);
    assert!(right(&other, &own.truth) < 800);
    let errors = other.truth.iter().zip(&other.coded).filter(|(t, c)| t != c).count();
    assert!((80..160).contains(&errors), "{errors}");
}
