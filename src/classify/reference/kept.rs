//! Fitted models from one run of the program to the next. Owns what a model is known by; refuses to know where it is kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::{FeaturePlan, Generator, known_models};
use crate::classify::model::Model;
use crate::instrument::content_hash;

/// The form of what is kept. To be raised whenever the same plan and population give another model than before.
pub const FITTED_FORM: u32 = 1;

/// Models of earlier runs, by what they were fitted to.
static RECALLED: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());

/// What a model is known by: everything that it depends on.
fn fitted_to(plan: &FeaturePlan, generator: &Generator) -> Option<String> {
    serde_json::to_string(&(plan, generator)).ok().map(|text| content_hash(&text))
}

/// Models of an earlier run, as [`fitted_here`] gave them: they are read instead of being fitted again.
pub fn recall(models: BTreeMap<String, String>) {
    RECALLED.lock().unwrap_or_else(PoisonError::into_inner).extend(models);
}

/// Forgets all models, those of this run too: somebody whose answers taught them was erased.
pub fn forget_fitted() {
    RECALLED.lock().unwrap_or_else(PoisonError::into_inner).clear();
    known_models().clear();
}

/// The models that this run has used, in writing; nothing where all of them were recalled.
pub fn fitted_here() -> BTreeMap<String, String> {
    let recalled = RECALLED.lock().unwrap_or_else(PoisonError::into_inner);
    let known = known_models()
        .all()
        .into_iter()
        .filter_map(|((plan, generator), model)| Some((fitted_to(&plan, &generator)?, model.ok()?)));
    let known: BTreeMap<String, Arc<Model>> = known.collect();
    if known.keys().all(|to| recalled.contains_key(to)) {
        return BTreeMap::new();
    }
    known.into_iter().filter_map(|(to, model)| Some((to, serde_json::to_string(&*model).ok()?))).collect()
}

/// The model of an earlier run for a plan in a population.
pub(super) fn recalled(plan: &FeaturePlan, generator: &Generator) -> Option<Model> {
    let recalled = RECALLED.lock().unwrap_or_else(PoisonError::into_inner);
    if recalled.is_empty() {
        return None;
    }
    Model::read(recalled.get(&fitted_to(plan, generator)?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::super::reference_model;
    use super::*;

    /// What follows from a plan and a population under [`FITTED_FORM`]: where another model comes out, studies hold stale ones until the form
    /// is raised. The numbers are those that came out when it was.
    #[test]
    fn a_model_is_read_as_it_was_fitted_and_its_form_says_which_it_is() {
        let plan =
            FeaturePlan { vignettes: vec![], allocation: None, ..FeaturePlan::customer_interview_like() };
        let model = reference_model(&plan, &Generator::default()).unwrap();
        let text = serde_json::to_string(&model).unwrap();
        assert_eq!(Model::read(&text), Ok(model.clone()));
        let set = [[0.5, 0.2, -0.1, 0.6], [-0.6, -0.2, 0.0, 0.7]].map(|means| {
            let parts =
                crate::classify::features::RawParts { scale_means: Some(means), ..Default::default() };
            model.probabilities(&crate::classify::features::FeatureSet::from_parts(&parts)).unwrap()
        });
        let expected = [
            [0.193_897_320, 0.014_822_329, 0.001_365_539, 0.789_914_812],
            [0.000_045_881, 0.000_723_527, 0.002_580_423, 0.996_650_169],
        ];
        assert_eq!(FITTED_FORM, 1);
        for (found, expected) in set.iter().flatten().zip(expected.iter().flatten()) {
            assert!((found - expected).abs() < 1e-6, "{set:?}");
        }
        // Equal arguments have one name, others another.
        let other = Generator { spread: 1.1, ..Generator::default() };
        assert_eq!(fitted_to(&plan, &Generator::default()), fitted_to(&plan.clone(), &Generator::default()));
        assert_ne!(fitted_to(&plan, &other), fitted_to(&plan, &Generator::default()));
    }
}
