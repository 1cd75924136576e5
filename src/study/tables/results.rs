//! Results as columns: scores, profiles and the gap.

use super::answers::{about, models, yes_no as said};
use super::builder::{Builder, number, text};
use super::words::{options, yes_no};
use crate::classify::model::Profile;
use crate::classify::session::Evidence;
use crate::export::{DataCell, ValueLabel, Variable, VariableGroup, VariableOrigin, Why};
use crate::gap::{Gap, IndirectMeasure, Verdict};
use crate::instrument::kinds::Level;
use crate::instrument::{Instrument, Language, Perspective, RelationalModel};
use crate::interview::Interview;
use crate::measures::{self, Norms, Outcome};
use crate::text;

/// Fills in the score of every scale, with its standard error where one is known.
pub(super) fn scores(builder: &mut Builder, interview: &Interview, norms: &Norms, language: &Language) {
    for (index, scale) in interview.instrument().scales.iter().enumerate() {
        for score in measures::score(interview, index, norms) {
            let title = || {
                let title =
                    scale.label.as_ref().map_or_else(|| scale.name.clone(), |label| label.raw(language));
                match score.model.filter(|_| scale.method.by_model()) {
                    Some(model) => format!("{title}: {}", model.in_words(language)),
                    None => title,
                }
            };
            let name = score_name(&score.name);
            let (low, high) = score.range;
            let (value, se, why) = match &score.outcome {
                Outcome::Scored { value, se, .. } => (Some(*value), *se, Why::NotScored),
                Outcome::TooFew { .. } | Outcome::Excluded(_) => (None, None, Why::NotScored),
                Outcome::NotTimed => (None, None, Why::NotTimed),
            };
            let label = || format!("{} ({low}…{high})", title());
            builder.put_number(VariableGroup::Scores, &name, label, DataCell::number(value, why));
            let label = || about(&text!(language, "study-results-standard-error"), &title());
            builder.put_number(
                VariableGroup::Scores,
                &format!("{name}_se"),
                label,
                DataCell::number(se, why),
            );
        }
    }
}

/// Records the origin of the scores of an instrument: method, minimum of answers, and items.
pub(super) fn tell(builder: &mut Builder, instrument: &Instrument, language: &Language) {
    let least = text!(language, "study-at-least");
    for (index, scale) in instrument.scales.iter().enumerate() {
        let mut items: Vec<String> = Vec::new();
        for item in &instrument.items {
            let columns = item.question.columns();
            for feed in item.question.feeds().iter().filter(|feed| feed.scale == index) {
                let column = columns.get(feed.column);
                items.extend(column.map(|column| feed.key.counts_for(&column.name, language)));
            }
        }
        let (method, construct, fewest) = (scale.method.name(), &scale.construct, scale.min_valid);
        let derivation = format!("{method}, {construct}, {least} {fewest}: {}", items.join("; "));
        for name in scale.score_names() {
            let name = score_name(&name);
            for name in [format!("{name}_se"), name] {
                let origin = VariableOrigin { derivation: derivation.clone(), ..VariableOrigin::default() };
                builder.tell(VariableGroup::Scores, name, origin);
            }
        }
    }
}

/// The column of a score.
fn score_name(name: &str) -> String {
    format!("scale_{}", name.replace('.', "_"))
}

pub(super) fn option(
    name: String,
    label: String,
    values: Vec<ValueLabel>,
    section: VariableGroup,
) -> Variable {
    Variable { values, level: Level::Nominal, ..number(name, label, section) }
}

pub(super) fn model_cell(model: RelationalModel) -> DataCell {
    DataCell::Number(model.index() as f64 + 1.0)
}

/// Fills in the profiles; a perspective that the instrument asks for and that has no profile was not scored.
pub(super) fn profiles(
    builder: &mut Builder,
    interview: &Interview,
    profiles: &[(Evidence, Profile)],
    language: &Language,
) {
    for perspective in Perspective::ALL {
        let scales = &interview.instrument().scales;
        let asked = |scale: &crate::instrument::Scale| {
            scale.perspective == perspective
                && (scale.method.by_model() || scale.construct.to_string().starts_with("relational_model"))
        };
        if !scales.iter().any(asked) {
            continue;
        }
        let pair = profiles.iter().find(|(evidence, _)| evidence.perspective == perspective);
        let found = pair.map(|(_, profile)| profile);
        let strengths = pair.and_then(|(evidence, _)| evidence.strengths);
        let whose = perspective.in_words(language);
        let name = |what: &str| format!("profile_{}_{what}", perspective.name());
        let none = DataCell::Missing(Why::NotScored);
        let mut put =
            |variable: Variable, cell: Option<DataCell>| builder.put(variable, cell.unwrap_or(none.clone()));
        for model in RelationalModel::ALL {
            let what = text!(language, "study-results-probability-of") + &model.in_words(language);
            let variable = number(
                name(&model.abbreviation().to_lowercase()),
                format!("{what} ({whose})"),
                VariableGroup::Scores,
            );
            put(
                variable,
                found.map(|found| DataCell::number(Some(found.probabilities[model.index()]), Why::NotScored)),
            );
        }
        let labelled = |what: &str, label: String, values| {
            option(name(what), format!("{label} ({whose})"), values, VariableGroup::Scores)
        };
        let dominant =
            labelled("dominant", text!(language, "study-results-most-probable-model"), models(language));
        put(dominant, found.map(|found| model_cell(found.dominant)));
        let second = labelled("second", text!(language, "study-results-second-model"), models(language));
        put(second, found.map(|found| model_cell(found.second)));
        let lead = text!(language, "study-results-lead-first-model-over");
        let margin = number(name("margin"), format!("{lead} ({whose})"), VariableGroup::Scores);
        put(margin, found.map(|found| DataCell::number(Some(found.margin), Why::NotScored)));
        let uncertain =
            labelled("uncertain", text!(language, "study-results-answers-do-not-tell"), yes_no(language));
        put(uncertain, found.map(|found| said(found.uncertain)));
        for model in RelationalModel::ALL {
            let what = text!(language, "study-results-probability-being-strongest-answers")
                + &model.in_words(language);
            let of = format!("even_{}", model.abbreviation().to_lowercase());
            let variable = number(name(&of), format!("{what} ({whose})"), VariableGroup::Scores);
            let share = |found: &Profile| found.answers.probabilities[model.index()];
            put(variable, found.map(|found| DataCell::number(Some(share(found)), Why::NotScored)));
        }
        let from = text!(language, "study-results-model-answers-alone-speak");
        let leader = labelled("dominant_answers", from, models(language));
        put(leader, found.map(|found| model_cell(found.answers.dominant)));
        let times = text!(language, "study-results-times-likelier-than-next");
        let ratio = number(name("ratio"), format!("{times} ({whose})"), VariableGroup::Scores);
        put(ratio, found.map(|found| DataCell::number(Some(found.answers.ratio), Why::NotScored)));
        for model in RelationalModel::ALL {
            let short = model.abbreviation().to_lowercase();
            let what = text!(language, "study-results-strength-norm") + &model.in_words(language);
            let error = text!(language, "study-results-standard-error");
            let strength = strengths.and_then(|found| found.norm(model));
            let value = number(
                name(&format!("strength_{short}")),
                format!("{what} ({whose})"),
                VariableGroup::Scores,
            );
            put(value, strength.map(|found| DataCell::number(Some(found.value), Why::NotScored)));
            let label = format!("{what}, {error} ({whose})");
            let se = number(name(&format!("strength_{short}_se")), label, VariableGroup::Scores);
            put(se, strength.map(|found| DataCell::number(Some(found.se), Why::NotScored)));
        }
        let words = options(&[
            ("low", text!(language, "study-results-low")),
            ("normal", text!(language, "study-results-normal")),
            // Younger, so that the codes of the others stay what they are.
            ("unclear", text!(language, "study-results-unclear")),
        ]);
        let engagement = labelled("engagement", text!(language, "study-results-engagement"), words);
        let cell = |found: &Profile| {
            let code = engagement.code_of(found.engagement?.name());
            Some(DataCell::number(code, Why::NotScored))
        };
        let cell = found.and_then(cell);
        put(engagement, cell);
        let near = text!(language, "study-results-mean-four-model-scales");
        let closeness = number(name("closeness"), format!("{near} ({whose})"), VariableGroup::Scores);
        put(closeness, found.map(|found| DataCell::number(found.closeness, Why::NotScored)));
    }
}

/// Fills in said against associated.
pub(super) fn gap(builder: &mut Builder, gap: &Gap, language: &Language) {
    let mut plain = |name: &str, label: String, value: Option<f64>| {
        let variable = number(format!("gap_{name}"), label, VariableGroup::Scores);
        builder.put(variable, DataCell::number(value, Why::NotScored));
    };
    let (said_words, associated) = (
        text!(language, "study-results-said-minus1-1"),
        text!(language, "study-results-associated-minus1-1"),
    );
    let error = text!(language, "study-results-standard-error");
    plain("explicit", said_words.clone(), gap.explicit.map(|estimate| estimate.value));
    plain("explicit_se", format!("{said_words} ({error})"), gap.explicit.map(|estimate| estimate.se));
    plain("indirect", associated.clone(), gap.indirect.map(|estimate| estimate.value));
    plain("indirect_se", format!("{associated} ({error})"), gap.indirect.map(|estimate| estimate.se));
    plain("p", text!(language, "study-results-p-conflict-signs"), gap.p);
    plain("z", text!(language, "study-results-difference-z-scores"), gap.z_gap);
    let measures = [IndirectMeasure::ScIat, IndirectMeasure::Association]
        .map(|measure| (measure.name(), measure.in_words(language)));
    let measure = option(
        "gap_measure".into(),
        text!(language, "study-results-indirect-measure-leads"),
        options(&measures),
        VariableGroup::Scores,
    );
    let code = gap.indirect_measure.and_then(|found| measure.code_of(found.name()));
    builder.put(measure, DataCell::number(code, Why::NotScored));
    let mut flag = |name: &str, label: String, yes: bool, there: bool| {
        let variable = option(format!("gap_{name}"), label, yes_no(language), VariableGroup::Scores);
        builder.put(variable, if there { said(yes) } else { DataCell::Missing(Why::NotScored) });
    };
    let both = gap.explicit.is_some() && gap.indirect.is_some();
    flag(
        "sign_conflict",
        text!(language, "study-results-both-intervals-opposite-sides"),
        gap.sign_conflict,
        both,
    );
    let compared = gap.z_gap.is_some();
    flag("reliable", text!(language, "study-results-more-than-measurement-error"), gap.reliable, compared);
    flag("rare", text!(language, "study-results-rare-among-others"), gap.rare, compared);
    let directions = options(&[
        ("high", text!(language, "study-results-says-warmer-than-others")),
        ("low", text!(language, "study-results-says-colder-than-others")),
    ]);
    let relative = option(
        "gap_relative".into(),
        text!(language, "study-results-reliable-rare-difference-without"),
        directions,
        VariableGroup::Scores,
    );
    let code = gap.relative_gap.and_then(|found| relative.code_of(found.name()));
    builder.put(relative, DataCell::number(code, if compared { Why::NotAsked } else { Why::NotScored }));
    let verdicts = Verdict::ALL.map(|verdict| (verdict.name(), verdict.in_words(None, language).0));
    let verdict = option(
        "gap_verdict".into(),
        text!(language, "study-results-verdict-gap"),
        options(&verdicts),
        VariableGroup::Scores,
    );
    let code = verdict.code_of(gap.verdict.name());
    builder.put(verdict, DataCell::number(code, Why::NotScored));
    let reason =
        text("gap_reason", text!(language, "study-results-why-no-verdict-open"), VariableGroup::Scores);
    builder.put(reason, gap.reason.as_deref().map_or(DataCell::Missing(Why::NotAsked), DataCell::text));
}
