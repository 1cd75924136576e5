//! The model card: what a reader of a paper, or a colleague who receives the file, has to know before using a model.
//!
//! Owns the wording, in English, after Mitchell et al. 2019 (Model Cards for Model Reporting). Everything in it is read off the
//! model; what was not measured is reported as not measured.

use std::fmt::Write as _;

use super::draw::reliability;
use super::evaluate::{DividedBy, Division};
use super::learner;
use super::metrics::{Evaluation, Metric};
use super::model::{MIN_LEAD, MIN_TOP, MissingPolicy, Model};
use super::pooling::{CODE_COUNTS, TrainingBasis};
use super::train::ClassWeights;
use crate::defuse::{self, markdown::escape};
use crate::instrument::construct::RelationalModel;

/// Fewer rows of a class than this teach little about it.
const FEW: usize = 20;

/// The card in Markdown.
pub fn card(model: &Model) -> String {
    let mut text = String::from("# Model card\n\n");
    what(model, &mut text);
    training(model, &mut text);
    quality(model, &mut text);
    explained(model, &mut text);
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
    line!(text, "| rests on | {} |", escape(&model.basis));
    line!(text, "| learner | {} |", model.learner);
    if let Some(alpha) = model.alpha {
        let strength = learner::find(&model.learner)
            .map_or_else(|| alpha.to_string(), |learner| learner.strength(alpha));
        line!(text, "| strength | {strength} |");
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
            MissingPolicy::Refuse => "refused",
            MissingPolicy::Mean => "training mean, with an indicator where training rows lacked the feature",
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
    let names: Vec<String> = model.feature_names.iter().map(|name| code(name)).collect();
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
        "{}, seed {}; everything chosen was chosen anew inside each training part. 95 % intervals: Wilson's for shares, else from {} bootstrap resamples.\n",
        divided(&judged.division),
        judged.seed,
        judged.resamples
    );
    line!(text, "| | model | baseline: prior | baseline: highest mean |\n|---|---|---|---|");
    for (name, pick) in Evaluation::NAMED {
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
    line!(text, "\n| label | called CS | AR | EM | MP |\n|---|---:|---:|---:|---:|");
    for (label, counts) in RelationalModel::ALL.iter().zip(&judged.evaluation.confusion) {
        if counts.iter().sum::<usize>() > 0 {
            let cells: Vec<String> = counts.iter().map(usize::to_string).collect();
            line!(text, "| {label} | {} |", cells.join(" | "));
        }
    }
    line!(text, "\nReliability: the confidence of calls against the share of them that is right.\n");
    line!(text, "```text\n{}```\n", reliability(&judged.reliability));
}

fn explained(model: &Model, text: &mut String) {
    let Some(found) = &model.explanation else { return };
    let worth = &found.importance;
    line!(text, "## What it rests on\n");
    line!(
        text,
        "Log loss lost when a group of features is permuted together, on held-out rows ({}, {} permutations, log loss with all of them \
         {:.3}); 95 % intervals from {} resamples.\n",
        divided(&worth.division),
        worth.repeats,
        worth.log_loss,
        worth.resamples
    );
    line!(text, "| features | columns | log loss lost |\n|---|---|---|");
    for group in &worth.groups {
        let columns: Vec<String> = group.columns.iter().map(|name| escape(name)).collect();
        line!(text, "| {} | {} | {} |", escape(&group.group), columns.join(", "), shown(&group.change));
    }
    let Some(coefficients) = &found.coefficients else {
        text.push('\n');
        return;
    };
    line!(
        text,
        "\nLog-odds for each SD of a column, against the average of the classes, with 95 % percentile intervals from {} refits at the \
         model's strength ({}). They are penalised, and so nearer to zero than unpenalised ones.\n",
        coefficients.fitted,
        if coefficients.by_group { "whole groups of rows drawn" } else { "rows drawn within each label" }
    );
    let classes: Vec<&str> = model.classes.iter().map(|class| class.abbreviation()).collect();
    line!(text, "| column | {} |\n|---|{}", classes.join(" | "), "---|".repeat(classes.len()));
    for column in model.encoding.names(&model.feature_names) {
        let cells: Vec<String> = coefficients
            .terms
            .iter()
            .filter(|term| term.column == column)
            .map(|term| shown(&term.log_odds))
            .collect();
        line!(text, "| {} | {} |", escape(&column), cells.join(" | "));
    }
    text.push('\n');
}

fn divided(division: &Division) -> String {
    let n = division.names.len();
    match division.by {
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
    if let Some(TrainingBasis::Pooled { coded, .. }) = TrainingBasis::parse(&model.basis) {
        line!(
            text,
            "- It was trained on {coded} coded sessions, each counted as {CODE_COUNTS}, beside {} simulated ones: where few were coded, it shows assumptions more than evidence. Only coded sessions were held out and scored.",
            model.rows.saturating_sub(coded)
        );
    } else if matches!(TrainingBasis::parse(&model.basis), Some(TrainingBasis::Own { simulated: true, .. })) {
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

fn shown(estimate: &Metric) -> String {
    let Some(value) = estimate.value else { return "–".into() };
    match estimate.interval {
        Some(ends) => format!("{value:.3} [{:.3}, {:.3}]", ends.low, ends.high),
        None => format!("{value:.3}"),
    }
}

/// A user's name in code marks, inside which Markdown needs no escapes.
fn code(name: &str) -> String {
    format!("`{}`", defuse::line(name).replace(['|', '`'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::dataset::Dataset;
    use crate::classify::evaluate::judge;
    use crate::classify::explain::{ExplainOptions, explain};
    use crate::classify::train::{Training, train};
    use crate::instrument::RelationalModel::{CommunalSharing, MarketPricing};
    use crate::rng::Rng;

    #[test]
    fn the_card_says_what_is_not_known_and_what_is_lost() {
        let mut rng = Rng::new(1);
        let labels: Vec<_> =
            (0..60).map(|row| if row % 6 == 0 { CommunalSharing } else { MarketPricing }).collect();
        let noise = (0..60).map(|_| rng.normal()).collect();
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
        assert!(
            with.contains("| label | called CS |")
                && with.contains("| MP | ")
                && !with.contains("| AR | 0 |")
        );
        assert!(with.contains("```text\nconfidence") && !with.contains("What it rests on"));
        let together = crate::classify::explain::together::FeatureGroup {
            name: "all|of it".into(),
            columns: data.names().to_vec(),
        };
        let plan = ExplainOptions {
            together: vec![together],
            groups: None,
            resamples: 20,
            folds: 3,
            repeats: 2,
            seed: 1,
        };
        model.explanation = Some(Box::new(explain(&data, &model, &plan).unwrap()));
        let with = card(&model);
        assert!(with.contains("## What it rests on") && with.contains("| all\\|of it | a\\|b | "), "{with}");
        assert!(with.contains("| column | CS | MP |\n|---|---|---|\n| a\\|b | "), "{with}");
        let back = Model::read(&model.write().unwrap()).unwrap();
        assert_eq!(card(&back), with, "what is kept in the file is all that the card needs");
    }
}
