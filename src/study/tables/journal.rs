//! Trials and events as tables: one row a timed trial, one row an event.

use super::answers::yes_no as said;
use super::builder::{Builder, number, text};
use super::results::option;
use super::words::{options, yes_no};
use crate::export::{DataCell, ValueLabel, ValueType, Variable, VariableGroup, Why};
use crate::instrument::kinds::WhyMissing;
use crate::instrument::phrases;
use crate::instrument::prompt::{Category, Input, Reply, SortKey, Sorted};
use crate::instrument::{Audience, Language};
use crate::interview::{Event, Interview, Stamped};
use crate::text;

fn sides(language: &Language) -> Vec<ValueLabel> {
    options(&[
        ("left", text!(language, "study-journal-left")),
        ("right", text!(language, "study-journal-right")),
    ])
}

/// Adds a row for every timed trial of a session.
pub(super) fn trials(
    builder: &mut Builder,
    identity: &dyn Fn(&mut Builder),
    interview: &Interview,
    language: &Language,
) {
    for (index, item) in interview.instrument().items.iter().enumerate() {
        for reply in interview.replies(index).unwrap_or_default() {
            if let Some(Input::Sorted(sorted)) = reply.input() {
                block(builder, identity, &item.name, sorted, language);
            }
        }
    }
}

fn block(
    builder: &mut Builder,
    identity: &dyn Fn(&mut Builder),
    item: &str,
    sorted: &Sorted,
    language: &Language,
) {
    let section = VariableGroup::Answers;
    let (good, bad) = (phrases::good().raw(language), phrases::bad().raw(language));
    let item = DataCell::text(item);
    for (place, trial) in sorted.trials.iter().enumerate() {
        builder.begin();
        identity(builder);
        builder.put(text("item", text!(language, "shared-item"), section), item.clone());
        builder.put(
            number("block", text!(language, "study-journal-block-1"), section),
            DataCell::Number(sorted.number as f64),
        );
        let label = text!(language, "study-journal-whether-block-counts-practice");
        builder.put(option("counts".into(), label, yes_no(language), section), said(sorted.test));
        let pairings = options(&[("good", good.clone()), ("bad", bad.clone())]);
        let label = text!(language, "study-journal-what-shares-key-organisation");
        let pairing = option("pairing".into(), label, pairings, section);
        let code = pairing.code_of(sorted.pairing.name());
        builder.put(pairing, DataCell::number(code, Why::NotAsked));
        let side = |name: &str, label: String, side: Option<SortKey>| {
            let variable = option(name.into(), label, sides(language), section);
            let code = side.and_then(|side| variable.code_of(side.name()));
            (variable, DataCell::number(code, Why::NotAnswered))
        };
        builder.put(
            number("trial", text!(language, "study-journal-trial-1"), section),
            DataCell::Number(place as f64 + 1.0),
        );
        builder.put(
            text("stimulus", text!(language, "study-journal-what-shown"), section),
            DataCell::text(&trial.stimulus),
        );
        let categories = options(&[
            ("organisation", text!(language, "study-journal-organisation")),
            ("good", good.clone()),
            ("bad", bad.clone()),
        ]);
        let category =
            option("category".into(), text!(language, "study-journal-what-belongs"), categories, section);
        let word = match trial.category {
            Category::Organisation => "organisation",
            Category::Good => "good",
            Category::Bad => "bad",
        };
        let code = category.code_of(word);
        builder.put(category, DataCell::number(code, Why::NotAsked));
        let (variable, cell) =
            side("right_key", text!(language, "study-journal-right-key"), Some(trial.right));
        builder.put(variable, cell);
        let (variable, cell) = side("key", text!(language, "study-journal-first-key"), trial.key);
        builder.put(variable, cell);
        let label = text!(language, "study-journal-whether-first-key-right");
        let correct = option("correct".into(), label, yes_no(language), section);
        builder
            .put(correct, trial.key.map_or(DataCell::Missing(Why::NotAnswered), |_| said(trial.correct())));
        let label = text!(language, "study-journal-milliseconds-stimulus-first-key");
        builder.put(number("latency", label, section), DataCell::number(trial.ms, Why::NotAnswered));
    }
}

/// Adds a row for every event of a session.
pub(super) fn events(
    builder: &mut Builder,
    identity: &dyn Fn(&mut Builder),
    events: &[Stamped],
    language: &Language,
    without_text: bool,
) {
    let section = VariableGroup::Paradata;
    for (seq, Stamped { at, event }) in events.iter().enumerate() {
        builder.begin();
        identity(builder);
        builder.put(
            number("seq", text!(language, "study-journal-number-session-0"), section),
            DataCell::Number(seq as f64),
        );
        let instant =
            Variable::new("at", text!(language, "study-journal-when-utc"), ValueType::Instant, section);
        builder.put(instant, DataCell::Instant(*at));
        let told = EventRow::of(event, without_text);
        let kinds = kinds(language);
        let kind =
            option("event".into(), text!(language, "study-journal-what-happened"), options(&kinds), section);
        let code = kind.code_of(told.kind);
        builder.put(kind, DataCell::number(code, Why::NotAsked));
        let words = |word: Option<&str>| word.map_or(DataCell::Missing(Why::NotAsked), DataCell::text);
        let label = text!(language, "study-journal-item-section-field-about");
        builder.put(text("about", label, section), words(told.about));
        let label = text!(language, "study-journal-prompt-item-0");
        builder.put(
            number("step", label, section),
            DataCell::number(told.step.map(|step| step as f64), Why::NotAsked),
        );
        let label = text!(language, "study-journal-what-entered-json");
        let value = Variable { free: !without_text, ..text("value", label, section) };
        let value_cell = match (told.value, told.why) {
            (Some(value), _) => DataCell::text(&value),
            (None, why) => DataCell::Missing(why),
        };
        builder.put(value, value_cell);
    }
}

fn kinds(language: &Language) -> [(&'static str, String); 14] {
    [
        ("answered", text!(language, "shared-answered")),
        ("back", text!(language, "study-journal-went-back")),
        ("forward", text!(language, "study-journal-went-without-new-answer")),
        ("jumped", text!(language, "study-journal-jumped-section")),
        ("opened", text!(language, "study-journal-opened-item-review")),
        ("noted", text!(language, "study-journal-made-note")),
        ("field", text!(language, "study-journal-corrected-field")),
        ("language", text!(language, "study-journal-changed-language")),
        ("paused", text!(language, "study-journal-paused")),
        ("resumed", text!(language, "study-journal-went-on")),
        ("handed_over", text!(language, "study-journal-handed-keyboard-over")),
        ("ended", text!(language, "study-journal-ended")),
        ("imported", text!(language, "study-journal-imported")),
        ("sheet", text!(language, "study-journal-sheet")),
    ]
}

/// An event in the words of the table.
struct EventRow<'a> {
    kind: &'static str,
    about: Option<&'a str>,
    step: Option<usize>,
    value: Option<String>,
    why: Why,
}

impl<'a> EventRow<'a> {
    fn of(event: &'a Event, without_text: bool) -> Self {
        let told = |kind, about, value| Self { kind, about, step: None, value, why: Why::NotAsked };
        let free = |text: &str| (!without_text).then(|| json(&text));
        match event {
            Event::Answered { item, step, reply } => {
                let why = match reply {
                    Reply::Given(_) => Why::NotAsked,
                    Reply::Declined => Why::Declined,
                    Reply::DontKnow => Why::DontKnow,
                    Reply::Unread(unread) => WhyMissing::from(*unread).into(),
                };
                let value = reply.input().map(|input| entered(input, without_text));
                Self { kind: "answered", about: Some(item), step: Some(*step), value, why }
            }
            Event::Imported(origin) => told("imported", None, Some(json(origin))),
            Event::Sheet(sheet) => told("sheet", None, Some(json(sheet))),
            Event::Told(notice) => told("told", None, Some(json(notice))),
            Event::Back => told("back", None, None),
            Event::Forward => told("forward", None, None),
            Event::Jumped { group } => told("jumped", Some(group), None),
            Event::Opened { item } => told("opened", Some(item), None),
            Event::Noted { item, text } => told("noted", Some(item), free(text)),
            Event::Field { name, value } => told("field", Some(name), Some(json(value))),
            Event::Language { language } => told("language", None, Some(json(language))),
            Event::Paused => told("paused", None, None),
            Event::Resumed => told("resumed", None, None),
            Event::HandedOver { to } => {
                let to = match to {
                    Audience::Interviewer => "interviewer",
                    Audience::Respondent => "respondent",
                };
                told("handed_over", None, Some(json(&to)))
            }
            Event::Withdrawn => told("ended", None, Some(json(&"withdrawn"))),
            Event::Finished => told("ended", None, Some(json(&"finished"))),
        }
    }
}

/// The input as JSON, without trials, which have a table of their own, and on request without free text.
fn entered(input: &Input, without_text: bool) -> String {
    let mut value = serde_json::to_value(input).unwrap_or_default();
    if let Some(sorted) = value.get_mut("sorted").and_then(serde_json::Value::as_object_mut) {
        sorted.remove("trials");
    }
    if without_text && let Some(typed) = value.get_mut("text").and_then(serde_json::Value::as_object_mut) {
        typed.remove("text");
    }
    value.to_string()
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::prompt::Typed;

    #[test]
    fn free_text_can_be_left_out_and_its_times_stay() {
        let typed = Typed { text: "call me on 06".into(), first_key_ms: Some(3), enter_ms: None };
        let input = Input::Text(typed);
        assert!(entered(&input, false).contains("call me"));
        assert_eq!(entered(&input, true), r#"{"text":{"first_key_ms":3}}"#);
        let note = Event::Noted { item: "q".into(), text: "his name is".into() };
        assert_eq!(EventRow::of(&note, true).value, None);
    }
}
