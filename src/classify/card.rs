//! The model card: what a reader of a paper, or a colleague who is handed the file, has to know before using a model.
//!
//! Owns the wording, in English, after Mitchell et al. 2019 (Model Cards for Model Reporting). Everything in it is read off the model; what
//! nobody measured is called not measured.

use std::fmt::Write as _;

use super::evaluate::{DividedBy, Judgement};
use super::learner;
use super::metrics::{Estimate, Evaluation};
use super::model::{MIN_LEAD, MIN_TOP, Missing, Model};
use super::pooling::{Basis, CODE_COUNTS};
use super::train::ClassWeights;

/// Fewer rows of a class than this teach little about it.
const FEW: usize = 20;

/// The card in Markdown.
pub fn card(model: &Model) -> String {
    let mut text = String::from("# Model card\n\n");
    what(model, &mut text);
    training(model, &mut text);
    quality(model, &mut text);
    limits(model, &mut text);
    text
}

/// Writing to a text cannot fail.
macro_rules! line {
    ($text:expr, $($rest:tt)*) => {{ let _ = writeln!($text, $($rest)*); }};
}

fn what(model: &Model, text: &mut String) {
    let classes: Vec<&str> = model.classes.iter().map(|class| class.abbreviation()).collect();
    line!(
        text,
        "Gives the probabilities of {} relational models ({}) from {} features.",
        classes.len(),
        classes.join(", "),
        model.feature_names.len()
    );
    line!(
        text,
        "A call is uncertain below a probability of {MIN_TOP} or with a lead of less than {MIN_LEAD}.\n"
    );
    line!(text, "| | |\n|---|---|");
    line!(text, "| rests on | {} |", plain(&model.basis));
    line!(text, "| learner | {} |", model.learner);
    if let Some(alpha) = model.alpha {
        line!(text, "| strength of the penalty | {alpha} (1/C in scikit-learn) |");
    }
    line!(
        text,
        "| temperature | {} |",
        if model.temperature == 1.0 { "1 (off)".into() } else { format!("{:.4}", model.temperature) }
    );
    line!(
        text,
        "| class weights | {} |",
        match model.class_weights {
            ClassWeights::None => "none",
            ClassWeights::Balanced => "balanced",
        }
    );
    line!(
        text,
        "| missing values | {} |",
        match model.missing {
            Missing::Refuse => "refused",
            Missing::Mean => "training mean, with an indicator where training rows lacked the feature",
        }
    );
    line!(text, "| format | {} |", model.schema);
    line!(text, "| training table | SHA-256 {} |\n", model.fingerprint);
    if let Some(learner) = learner::find(&model.learner) {
        line!(text, "{}\n", learner.about());
    }
}

fn training(model: &Model, text: &mut String) {
    line!(text, "## Trained on\n\n{} rows, {} missing values.\n", model.rows, model.missing_values);
    line!(text, "| class | rows | share in training | share that predictions assume |\n|---|---:|---:|---:|");
    for (place, class) in model.classes.iter().enumerate() {
        let rows = model.class_rows.get(place).map_or("–".into(), usize::to_string);
        line!(
            text,
            "| {} | {rows} | {:.3} | {:.3} |",
            class.name(),
            model.margins[place],
            model.prior[place]
        );
    }
    let names: Vec<String> = model.feature_names.iter().map(|name| format!("`{}`", plain(name))).collect();
    line!(text, "\nFeatures: {}.\n", names.join(", "));
}

fn quality(model: &Model, text: &mut String) {
    line!(text, "## How good\n");
    let Some(judged) = &model.evaluation else {
        line!(text, "Not measured. Measure it with `relata evaluate` before believing any of its calls.\n");
        return;
    };
    line!(
        text,
        "{}, seed {}; everything chosen was chosen anew inside each training part. 95 % intervals from {} bootstrap resamples.\n",
        divided(judged),
        judged.seed,
        judged.resamples
    );
    line!(text, "| | model | baseline: prior | baseline: highest mean |\n|---|---|---|---|");
    type Pick = fn(&Evaluation) -> &Estimate;
    let lines: [(&str, Pick); 6] = [
        ("accuracy", |e| &e.accuracy),
        ("balanced accuracy", |e| &e.balanced_accuracy),
        ("macro F1", |e| &e.macro_f1),
        ("log loss", |e| &e.log_loss),
        ("Brier", |e| &e.brier),
        ("calibration error", |e| &e.calibration_error),
    ];
    for (name, pick) in lines {
        let highest = judged.baselines.highest_scale.as_ref().map_or("–".into(), |e| shown(pick(e)));
        line!(
            text,
            "| {name} | {} | {} | {highest} |",
            shown(pick(&judged.evaluation)),
            shown(pick(&judged.baselines.prior))
        );
    }
    line!(text, "\n| class | rows | precision | recall | F1 |\n|---|---:|---|---|---|");
    for class in judged.evaluation.classes.iter().filter(|class| class.support > 0) {
        line!(
            text,
            "| {} | {} | {} | {} | {} |",
            class.class,
            class.support,
            shown(&class.precision),
            shown(&class.recall),
            shown(&class.f1)
        );
    }
    text.push('\n');
}

fn divided(judged: &Judgement) -> String {
    let n = judged.division.names.len();
    match judged.division.by {
        DividedBy::Folds => format!("{n}-fold cross-validation, stratified by label"),
        DividedBy::Group => format!("{n} groups left out one at a time"),
        DividedBy::Given => format!("{n} given folds"),
    }
}

fn limits(model: &Model, text: &mut String) {
    line!(text, "## For whom, and where not\n");
    line!(
        text,
        "- For people like those in the training table, asked with the same instrument in the same way. Nobody has measured it elsewhere."
    );
    line!(text, "- No decision about a person may rest on it. It describes answers, not people.");
    line!(
        text,
        "- Probabilities assume the class shares above. Where other shares hold, another prior is needed."
    );
    let few: Vec<String> = model
        .classes
        .iter()
        .zip(&model.class_rows)
        .filter(|(_, rows)| **rows < FEW)
        .map(|(class, rows)| format!("{class} ({rows})"))
        .collect();
    if !few.is_empty() {
        line!(
            text,
            "- Fewer than {FEW} training rows: {}. Its calls of these models are guesses.",
            few.join(", ")
        );
    }
    if let Some(judged) = &model.evaluation {
        let loss = |evaluation: &Evaluation| evaluation.log_loss.value;
        if let (Some(own), Some(prior)) = (loss(&judged.evaluation), loss(&judged.baselines.prior))
            && own >= prior
        {
            line!(
                text,
                "- **It does not beat the baseline** that knows only how often each label occurs (log loss {own:.3} against {prior:.3}). Do not use it."
            );
        }
    }
    if let Some(Basis::Pooled { coded, .. }) = Basis::parse(&model.basis) {
        line!(
            text,
            "- It was trained on {coded} coded sessions, each counted as {CODE_COUNTS}, beside {} simulated ones: where few were coded, it shows assumptions more than evidence. Only coded sessions were held out and scored.",
            model.rows.saturating_sub(coded)
        );
    } else if matches!(Basis::parse(&model.basis), Some(Basis::Own { simulated: true, .. })) {
        line!(
            text,
            "- Its sessions were coded by people and answered by a program: it says nothing of respondents."
        );
    } else if model.basis.contains("simulated") {
        line!(
            text,
            "- It was trained on simulated sessions: it shows recovery of its own assumptions, not validity."
        );
    }
}

fn shown(estimate: &Estimate) -> String {
    let Some(value) = estimate.value else { return "–".into() };
    match estimate.interval {
        Some(ends) => format!("{value:.3} [{:.3}, {:.3}]", ends.low, ends.high),
        None => format!("{value:.3}"),
    }
}

/// A text from outside, made harmless in a table and in code marks.
fn plain(text: &str) -> String {
    text.replace(['|', '`', '\n', '\r'], " ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::dataset::Dataset;
    use crate::classify::evaluate::{Division, judge};
    use crate::classify::train::{Training, train};
    use crate::dice::Dice;
    use crate::instrument::RelationalModel::{CommunalSharing, MarketPricing};

    #[test]
    fn the_card_says_what_is_not_known_and_what_is_lost() {
        let mut dice = Dice::new(1);
        let labels: Vec<_> =
            (0..60).map(|row| if row % 6 == 0 { CommunalSharing } else { MarketPricing }).collect();
        let noise = (0..60).map(|_| dice.normal()).collect();
        let data = Dataset::from_table(vec!["a|b".into()], noise, labels, None).unwrap();
        let how = Training { alpha: Some(0.1), ..Training::default() };
        let mut model = train(&data, &how).unwrap();
        let without = card(&model);
        assert!(without.contains("Not measured") && without.contains("CS (10)") && without.contains("`a b`"));
        let division = Division::stratified(&data, 5, 1).unwrap();
        model.evaluation = Some(Box::new(judge(&data, division, &how, 50).unwrap().0));
        let with = card(&model);
        assert!(with.contains("5-fold") && with.contains("| accuracy |"));
        assert!(with.contains("does not beat the baseline"), "{with}");
    }
}
