//! The table is complete and repeats; what stands in it is for the reader, not for a test to like.

use super::*;

#[test]
fn every_world_is_scored_twice_by_everybody_and_repeats() {
    let plan = FeaturePlan { vignettes: vec![], allocation: None, ..FeaturePlan::customer_interview_like() };
    let table = recovery(&plan, 1, 20).unwrap();
    assert_eq!(table.len(), 4 * 2 * 4);
    assert!(table.iter().all(|row| row.evaluation.n == SESSIONS));
    assert_eq!(recovery(&plan, 1, 20).unwrap(), table);
    let text = serde_json::to_string(&table).unwrap();
    assert_eq!(serde_json::from_str::<Vec<Row>>(&text).unwrap(), table);
}

#[test]
fn wider_separation_is_easier() {
    let plan = FeaturePlan::customer_interview_like();
    let table = recovery(&plan, 1, 0).unwrap();
    let loss = |separation: f64| {
        let row = table.iter().find(|row| {
            row.world == World::Reference
                && row.separation == separation
                && row.against == Against::Truth
                && row.predictor == Predictor::ReferenceModel
        });
        row.and_then(|row| row.evaluation.log_loss.value).unwrap()
    };
    assert!(loss(0.5) > loss(0.8) && loss(0.8) > loss(1.2));
}

#[test]
fn a_plan_without_scales_has_no_scale_rule() {
    let plan = FeaturePlan { scales: None, ..FeaturePlan::customer_interview_like() };
    let table = recovery(&plan, 1, 0).unwrap();
    assert!(table.iter().all(|row| row.predictor != Predictor::HighestScale));
}
