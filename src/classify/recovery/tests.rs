//! The tables are complete and repeat, and the goals that were set for the reference world hold on seeds of their own.

use super::*;
use crate::classify::session::plans;
use crate::instrument::{Instrument, Perspective, shipped};
use std::sync::Arc;

const SMALL: RecoveryExtent<'_> =
    RecoveryExtent { worlds: &World::ALL, sessions: 100, drawn: 300, resamples: 20 };

fn scales_alone() -> FeaturePlan {
    FeaturePlan { vignettes: vec![], allocation: None, ..FeaturePlan::customer_interview_like() }
}

#[test]
fn every_world_is_scored_twice_by_everybody_and_repeats() {
    let table = recovery(&scales_alone(), SMALL, 1).unwrap();
    // Scales alone cannot tell ease from strength, so that nothing is learnt from them.
    assert_eq!(table.len(), 6 * 2 * 5);
    assert!(table.iter().all(|row| row.evaluation.n == 100));
    assert_eq!(recovery(&scales_alone(), SMALL, 1).unwrap(), table);
    let text = serde_json::to_string(&table).unwrap();
    assert_eq!(serde_json::from_str::<Vec<ModelPerformance>>(&text).unwrap(), table);
}

#[test]
fn a_plan_without_scales_has_no_scale_rule() {
    let plan = FeaturePlan { scales: None, ..FeaturePlan::customer_interview_like() };
    let table = recovery(&plan, SMALL, 1).unwrap();
    assert!(table.iter().all(|row| row.predictor != Predictor::HighestScale));
}

fn shipped_plan(name: &str, perspective: Perspective) -> FeaturePlan {
    let instrument: Arc<Instrument> = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
    plans(&instrument).into_iter().find(|plan| plan.perspective == perspective).unwrap()
}

/// The reference model's target in its own world, on a seed that was not used to choose anything.
#[test]
fn the_reference_model_tells_simulated_people_apart() {
    let own = Perspective::Own;
    for (name, perspective) in [
        ("customer-interview", own),
        ("account-self-assessment", own),
        ("account-self-assessment", Perspective::Other),
    ] {
        let plan = shipped_plan(name, perspective);
        let extent =
            RecoveryExtent { worlds: &[World::Reference], sessions: 1_500, drawn: 4_000, resamples: 0 };
        let table = recovery(&plan, extent, 20_261_127).unwrap();
        let of = |predictor| {
            let row = table.iter().find(|row| row.against == Criterion::Truth && row.predictor == predictor);
            row.unwrap().evaluation.clone()
        };
        let (found, prior, best) =
            (of(Predictor::ReferenceModel), of(Predictor::Prior), of(Predictor::Ceiling));
        assert!(found.accuracy.value >= Some(0.80), "{name}: {found:?}");
        assert!(found.balanced_accuracy.value >= Some(0.65), "{name}: {found:?}");
        assert!(found.log_loss.value <= Some(0.50), "{name}: {found:?}");
        assert!(found.calibration_error.value <= Some(0.05), "{name}: {found:?}");
        let loss = |evaluation: &Evaluation| evaluation.log_loss.value.unwrap();
        let gain = (loss(&prior) - loss(&found)) / (loss(&prior) - loss(&best));
        assert!(gain >= 0.9, "{name}: {gain} of what the generator itself gains");
        let called: usize = found.confusion.iter().map(|row| row[3]).sum();
        let share = called as f64 / 1_500.0;
        assert!((0.60..=0.80).contains(&share), "{name}: {share}");
    }
}

#[test]
fn intervals_of_strengths_hold_what_was_put_in() {
    let asks_norms =
        |name: &&&str| shipped::read(name).unwrap().instrument.unwrap().asks_norms(Perspective::Own);
    let names: Vec<&&str> = shipped::NAMES.iter().filter(asks_norms).collect();
    assert!(names.len() >= 4);
    for name in names {
        let lines = strengths::strengths(&shipped_plan(name, Perspective::Own), 2_000, 99).unwrap();
        let reference = &lines[0];
        let all = reference.coverage.iter().sum::<f64>() / 4.0;
        assert!((0.93..=0.97).contains(&all), "{name}: {reference:?}");
    }
}

#[test]
fn easier_items_are_found_out() {
    let plan = FeaturePlan::customer_interview_like();
    for line in shares::shares(&plan, 3, 7).unwrap() {
        if line.world.starts_with("easier") || line.world == "reference" {
            assert!((line.estimated - line.truth).abs() <= 0.07, "{line:?}");
            assert!(line.after >= line.before - 0.05, "{line:?}");
        }
        if line.world == "reference" && line.model == RelationalModel::MarketPricing {
            assert!(line.width <= 0.2, "{line:?}");
        }
    }
}
