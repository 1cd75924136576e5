//! Codes as columns and as a table of their own, and the truth of simulated respondents.

use std::collections::BTreeSet;

use super::answers::models;
use super::builder::{Builder, number, text};
use super::results::{model_cell, option};
use super::words::{options, yes_no};
use crate::coding::labels::{CodersVerdict, verdict};
use crate::coding::{Passage, Seen};
use crate::export::{DataCell, ValueType, Variable, VariableGroup, Why};
use crate::instrument::kinds::Level;
use crate::instrument::{Language, RelationalModel};
use crate::store::{Code, Truth};
use crate::text;
use crate::texts::quoted;

/// Fills in what the coders of a session say together, by the rule that training uses.
pub(super) fn together(builder: &mut Builder, codes: &[Code], language: &Language) {
    let own: Vec<&Code> = codes.iter().filter(|code| !code.consensus).collect();
    let settled = codes.iter().rfind(|code| code.consensus);
    let votes: Vec<RelationalModel> = own.iter().map(|code| code.coding.dominant).collect();
    let verdict = verdict(&votes, settled.map(|code| code.coding.dominant));
    let (word, none) = match verdict {
        CodersVerdict::Consensus(_) => (Some("consensus"), Why::NotScored),
        CodersVerdict::Majority { .. } => (Some("majority"), Why::NotScored),
        CodersVerdict::Disputed => (Some("disputed"), Why::NotScored),
        CodersVerdict::Uncoded => (None, Why::NotAsked),
    };
    let cell = |model: Option<RelationalModel>| model.map_or(DataCell::Missing(none), model_cell);
    let label = text!(language, "study-codes-model-coders-give");
    builder.put(option("code".into(), label, models(language), VariableGroup::Codes), cell(verdict.label()));
    // Only one code has a second model that is beyond dispute: the settled one, or that of a single coder.
    let alone = settled.or(if let [only] = own.as_slice() { Some(*only) } else { None });
    let label = text!(language, "study-codes-second-model-code");
    let second = option("code_second".into(), label, models(language), VariableGroup::Codes);
    builder.put(second, cell(alone.and_then(|code| code.coding.second)));
    let basis = option(
        "code_basis".into(),
        text!(language, "study-codes-what-code-rests"),
        options(&[
            ("consensus", text!(language, "study-codes-settled-coders-together")),
            ("majority", text!(language, "study-codes-more-than-half-coders")),
            ("disputed", text!(language, "study-codes-no-code-coders-differ")),
        ]),
        VariableGroup::Codes,
    );
    let code = word.and_then(|word| basis.code_of(word));
    builder.put(basis, DataCell::number(code, none));
    // A label that rests on codes of both kinds says so.
    let kinds: BTreeSet<Option<Seen>> = match settled {
        Some(code) => BTreeSet::from([code.coding.seen]),
        None => own.iter().map(|code| code.coding.seen).collect(),
    };
    let word = match kinds.iter().collect::<Vec<_>>().as_slice() {
        [] | [None] => None,
        [Some(one)] => Some(one.name()),
        _ => Some("mixed"),
    };
    let variable = seen("code_seen", text!(language, "study-codes-seen"), language);
    let code = word.and_then(|word| variable.code_of(word));
    builder.put(
        variable,
        DataCell::number(code, if codes.is_empty() { Why::NotAsked } else { Why::NotAnswered }),
    );
    let label = text!(language, "study-codes-number-coders");
    builder.put(number("code_coders", label, VariableGroup::Codes), DataCell::Number(own.len() as f64));
}

/// What a code was made from.
fn seen(name: &str, label: String, language: &Language) -> Variable {
    let values = options(&[
        (Seen::Narrative.name(), text!(language, "study-codes-seen-narrative")),
        (Seen::Whole.name(), text!(language, "study-codes-seen-whole")),
        ("mixed", text!(language, "study-codes-seen-mixed")),
    ]);
    option(name.into(), label, values, VariableGroup::Codes)
}

/// Adds a row for every code of a session to the table of codes, also for those that a later one replaced.
pub(super) fn each(
    builder: &mut Builder,
    identity: &dyn Fn(&mut Builder),
    codes: &[Code],
    language: &Language,
    without_text: bool,
) {
    let mut spoken = BTreeSet::new();
    for (place, code) in codes.iter().enumerate() {
        builder.begin();
        identity(builder);
        let coder = text("coder", text!(language, "study-codes-code-coder"), VariableGroup::Codes);
        builder.put(coder, DataCell::text(&code.coder));
        let at = Variable::new(
            "at",
            text!(language, "study-codes-when-saved-utc"),
            ValueType::Instant,
            VariableGroup::Codes,
        );
        builder.put(at, DataCell::Instant(code.at));
        let label = text!(language, "study-codes-whether-settles-session-all");
        let consensus = option("consensus".into(), label, yes_no(language), VariableGroup::Codes);
        builder.put(consensus, super::answers::yes_no(code.consensus));
        // Marks the codes that agreement compares (the first of every coder, unless others were seen before) and those that training uses.
        let first = spoken.insert(&code.coder) && !code.consensus && code.coding.blind != Some(false);
        let variable = option(
            "first".into(),
            text!(language, "study-codes-first"),
            yes_no(language),
            VariableGroup::Codes,
        );
        builder.put(variable, super::answers::yes_no(first));
        let replaces =
            |later: &Code| later.consensus == code.consensus && (code.consensus || later.coder == code.coder);
        let latest = !codes[place + 1..].iter().any(replaces);
        let variable = option(
            "latest".into(),
            text!(language, "study-codes-latest"),
            yes_no(language),
            VariableGroup::Codes,
        );
        builder.put(variable, super::answers::yes_no(latest));
        let variable = seen("seen", text!(language, "study-codes-seen"), language);
        let word = code.coding.seen.and_then(|seen| variable.code_of(seen.name()));
        builder.put(variable, DataCell::number(word, Why::NotAnswered));
        let variable = option(
            "blind".into(),
            text!(language, "study-codes-blind"),
            yes_no(language),
            VariableGroup::Codes,
        );
        builder.put(
            variable,
            code.coding.blind.map_or(DataCell::Missing(Why::NotAnswered), super::answers::yes_no),
        );
        let label = text!(language, "study-codes-model-respondent-uses-most");
        let dominant = option("dominant".into(), label, models(language), VariableGroup::Codes);
        builder.put(dominant, model_cell(code.coding.dominant));
        let second = option(
            "second".into(),
            text!(language, "study-codes-second-model"),
            models(language),
            VariableGroup::Codes,
        );
        builder.put(second, code.coding.second.map_or(DataCell::Missing(Why::NotAnswered), model_cell));
        let label = text!(language, "study-codes-confidence-1-guess-5");
        let confidence =
            Variable { level: Level::Ordinal, ..number("confidence", label, VariableGroup::Codes) };
        builder.put(confidence, DataCell::number(code.coding.confidence.map(f64::from), Why::NotAnswered));
        let label = text!(language, "study-codes-marks-evidence-item-model");
        let marks =
            code.coding.evidence.iter().map(|mark| format!("{}={}:{}", mark.item, mark.model, mark.strength));
        let marks = marks.collect::<Vec<_>>().join(" ");
        let cell =
            if marks.is_empty() { DataCell::Missing(Why::NotAnswered) } else { DataCell::text(&marks) };
        builder.put(text("evidence", label, VariableGroup::Codes), cell);
        let said = |of: &dyn Fn(&Passage) -> String, between: &str| {
            let passages: Vec<String> = code.coding.passages.iter().map(of).collect();
            match passages.is_empty() {
                true => DataCell::Missing(Why::NotAnswered),
                false => DataCell::text(&passages.join(between)),
            }
        };
        let label = text!(language, "study-codes-passages");
        builder.put(text("passages", label, VariableGroup::Codes), said(&ToString::to_string, " "));
        if !without_text {
            let label = text!(language, "study-codes-passage-words");
            let words = Variable { free: true, ..text("passage_words", label, VariableGroup::Codes) };
            builder
                .put(words, said(&|passage| format!("{}: {}", passage.model, quoted(&passage.quote)), " | "));
            let label = text!(language, "study-codes-note-coder");
            let note = Variable { free: true, ..text("note", label, VariableGroup::Codes) };
            let said = code.coding.note.as_str();
            builder.put(
                note,
                if said.is_empty() { DataCell::Missing(Why::NotAnswered) } else { DataCell::text(said) },
            );
        }
    }
}

/// Fills in the truth of a simulated session.
pub(super) fn truth(builder: &mut Builder, truth: &Truth, language: &Language) {
    let of = [
        ("simulated_model", text!(language, "study-codes-simulated-model-respondent"), truth.model),
        (
            "simulated_other_model",
            text!(language, "study-codes-simulated-model-other-side"),
            truth.other_model,
        ),
        ("simulated_code", text!(language, "study-codes-simulated-what-fallible-coder"), truth.code),
    ];
    for (name, label, model) in of {
        builder.put(option(name.into(), label, models(language), VariableGroup::Codes), model_cell(model));
    }
}
