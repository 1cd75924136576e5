//! The derivation of columns of profiles and gaps, each in one sentence; those of scales are in `results`.

use super::builder::Builder;
use crate::export::{VariableGroup, VariableOrigin};
use crate::instrument::{Language, Perspective, RelationalModel};
use crate::text;

/// What follows `profile_own_` or `profile_other_`; `*` is a model.
fn profile(language: &Language) -> Vec<(&'static str, String)> {
    vec![
        ("*", text!(language, "study-derived-classifier-fitted-exactly-blocks")),
        ("dominant", text!(language, "study-derived-model-highest-four-probabilities")),
        ("second", text!(language, "study-derived-model-second-highest-four")),
        ("margin", text!(language, "study-derived-highest-four-probabilities-less")),
        ("uncertain", text!(language, "study-derived-yes-where-answers-themselves")),
        ("even_*", text!(language, "study-derived-same-classifier-fitted-even")),
        ("dominant_answers", text!(language, "study-derived-model-highest-four-probabilities-under")),
        ("ratio", text!(language, "study-derived-highest-probability-under-even")),
        ("strength_*", text!(language, "study-derived-mean-statements-norm-answered")),
        ("strength_*_se", text!(language, "study-derived-half-width-95-percent")),
        ("engagement", text!(language, "study-derived-low-where-none-four")),
        ("closeness", text!(language, "study-derived-mean-four-scale-means")),
    ]
}

/// What follows `gap_`.
fn gap(language: &Language) -> Vec<(&'static str, String)> {
    vec![
        ("explicit", text!(language, "study-derived-scales-explicit-sentiment-brought")),
        ("explicit_se", text!(language, "study-derived-standard-error-gap-explicit")),
        ("indirect", text!(language, "study-derived-indirect-measure-leads-gap")),
        ("indirect_se", text!(language, "study-derived-standard-error-gap-indirect")),
        ("p", text!(language, "study-derived-larger-two-one-sided")),
        ("z", text!(language, "study-derived-z-score-gap-explicit")),
        ("measure", text!(language, "study-derived-timed-measure-where-valid")),
        ("sign_conflict", text!(language, "study-derived-yes-where-95-percent")),
        ("reliable", text!(language, "study-derived-whether-gap-z-more")),
        ("rare", text!(language, "study-derived-whether-so-large-gap")),
        ("relative", text!(language, "study-derived-direction-gap-z-where")),
        ("verdict", text!(language, "study-derived-signs-gap-explicit-gap")),
        ("reason", text!(language, "study-derived-two-measures-missing-interval")),
    ]
}

/// Tells what profiles and the gap are worked out from.
pub(super) fn tell(builder: &mut Builder, language: &Language) {
    let mut tell = |name: String, derivation: &str| {
        let origin = VariableOrigin { derivation: derivation.to_owned(), ..VariableOrigin::default() };
        builder.tell(VariableGroup::Scores, name, origin);
    };
    let profile = profile(language);
    for perspective in Perspective::ALL.map(Perspective::name) {
        for (what, derivation) in &profile {
            let models = RelationalModel::ALL.map(|model| model.abbreviation().to_lowercase());
            let each = if what.contains('*') { models.as_slice() } else { &models[..1] };
            for model in each {
                tell(format!("profile_{perspective}_{}", what.replace('*', model)), derivation);
            }
        }
    }
    for (what, derivation) in gap(language) {
        tell(format!("gap_{what}"), &derivation);
    }
}
