//! Trials and events as tables: one row a timed trial, one row an event.

use super::answers::yes_no as said;
use super::builder::{Builder, number, text};
use super::results::option;
use super::words::{options, yes_no};
use crate::export::{Cell, Kind, Section, ValueLabel, Variable, Why};
use crate::instrument::prompt::{Category, Input, Reply, Side, Sorted};
use crate::instrument::{Audience, Language};
use crate::interview::{Event, Interview, Stamped};
use crate::wording::{self, say};

fn sides(language: &Language) -> Vec<ValueLabel> {
    options(&[("left", say(language, "left", "links")), ("right", say(language, "right", "rechts"))])
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
    let say = |en: &str, nl: &str| say(language, en, nl);
    let section = Section::Answers;
    let (good, bad) = (wording::good().raw(language), wording::bad().raw(language));
    let item = Cell::text(item);
    for (place, trial) in sorted.trials.iter().enumerate() {
        builder.begin();
        identity(builder);
        builder.put(text("item", say("item", "vraag"), section), item.clone());
        builder.put(
            number("block", say("block, from 1", "blok, vanaf 1"), section),
            Cell::Number(sorted.number as f64),
        );
        let label = say("whether the block counts; practice does not", "of het blok telt; oefenen telt niet");
        builder.put(option("counts".into(), label, yes_no(language), section), said(sorted.test));
        let pairings = options(&[("good", good.clone()), ("bad", bad.clone())]);
        let label = say("what shares a key with the organisation", "wat een toets deelt met de organisatie");
        let pairing = option("pairing".into(), label, pairings, section);
        let code = pairing.code_of(sorted.pairing.name());
        builder.put(pairing, Cell::number(code, Why::NotAsked));
        let side = |name: &str, label: String, side: Option<Side>| {
            let variable = option(name.into(), label, sides(language), section);
            let code = side.and_then(|side| variable.code_of(side.name()));
            (variable, Cell::number(code, Why::NotAnswered))
        };
        builder.put(
            number("trial", say("trial, from 1", "beurt, vanaf 1"), section),
            Cell::Number(place as f64 + 1.0),
        );
        builder.put(
            text("stimulus", say("what was shown", "wat er stond"), section),
            Cell::text(&trial.stimulus),
        );
        let categories = options(&[
            ("organisation", say("organisation", "organisatie")),
            ("good", good.clone()),
            ("bad", bad.clone()),
        ]);
        let category =
            option("category".into(), say("what it belongs to", "waar het bij hoort"), categories, section);
        let word = match trial.category {
            Category::Organisation => "organisation",
            Category::Good => "good",
            Category::Bad => "bad",
        };
        let code = category.code_of(word);
        builder.put(category, Cell::number(code, Why::NotAsked));
        let (variable, cell) = side("right_key", say("the right key", "de goede toets"), Some(trial.right));
        builder.put(variable, cell);
        let (variable, cell) = side("key", say("the first key", "de eerste toets"), trial.key);
        builder.put(variable, cell);
        let label = say("whether the first key was right", "of de eerste toets goed was");
        let correct = option("correct".into(), label, yes_no(language), section);
        builder.put(correct, trial.key.map_or(Cell::Missing(Why::NotAnswered), |_| said(trial.correct())));
        let label = say(
            "milliseconds from the stimulus to the first key",
            "milliseconden van het woord tot de eerste toets",
        );
        builder.put(number("latency", label, section), Cell::number(trial.ms, Why::NotAnswered));
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
    let say = |en: &str, nl: &str| say(language, en, nl);
    let section = Section::Paradata;
    for (seq, Stamped { at, event }) in events.iter().enumerate() {
        builder.begin();
        identity(builder);
        builder.put(
            number("seq", say("number in the session, from 0", "nummer in de sessie, vanaf 0"), section),
            Cell::Number(seq as f64),
        );
        let instant = Variable::new("at", say("when (UTC)", "wanneer (UTC)"), Kind::Instant, section);
        builder.put(instant, Cell::Instant(*at));
        let told = Told::of(event, without_text);
        let kinds = KINDS.map(|(name, en, nl)| (name, say(en, nl)));
        let kind = option("event".into(), say("what happened", "wat er gebeurde"), options(&kinds), section);
        let code = kind.code_of(told.kind);
        builder.put(kind, Cell::number(code, Why::NotAsked));
        let words = |word: Option<&str>| word.map_or(Cell::Missing(Why::NotAsked), Cell::text);
        let label =
            say("item, section or field that it is about", "vraag, onderdeel of veld waar het over gaat");
        builder.put(text("about", label, section), words(told.about));
        let label = say("prompt of the item, from 0", "deelvraag, vanaf 0");
        builder.put(
            number("step", label, section),
            Cell::number(told.step.map(|step| step as f64), Why::NotAsked),
        );
        let label = say("what was entered, as JSON", "wat er is ingevoerd, als JSON");
        let value = Variable { free: !without_text, ..text("value", label, section) };
        let value_cell = match (told.value, told.why) {
            (Some(value), _) => Cell::text(&value),
            (None, why) => Cell::Missing(why),
        };
        builder.put(value, value_cell);
    }
}

const KINDS: [(&str, &str, &str); 12] = [
    ("answered", "answered", "beantwoord"),
    ("back", "went back", "ging terug"),
    ("forward", "went on without a new answer", "ging verder zonder nieuw antwoord"),
    ("jumped", "jumped to a section", "sprong naar een onderdeel"),
    ("opened", "opened an item from the review", "opende een vraag vanuit het overzicht"),
    ("noted", "made a note", "maakte een notitie"),
    ("field", "corrected a field", "verbeterde een veld"),
    ("language", "changed the language", "wisselde van taal"),
    ("paused", "paused", "pauzeerde"),
    ("resumed", "went on", "ging door"),
    ("handed_over", "handed the keyboard over", "gaf het toetsenbord door"),
    ("ended", "ended", "eindigde"),
];

/// An event in the words of the table.
struct Told<'a> {
    kind: &'static str,
    about: Option<&'a str>,
    step: Option<usize>,
    value: Option<String>,
    why: Why,
}

impl<'a> Told<'a> {
    fn of(event: &'a Event, without_text: bool) -> Self {
        let told = |kind, about, value| Self { kind, about, step: None, value, why: Why::NotAsked };
        let free = |text: &str| (!without_text).then(|| json(&text));
        match event {
            Event::Answered { item, step, reply } => {
                let why = match reply {
                    Reply::Given(_) => Why::NotAsked,
                    Reply::Declined => Why::Declined,
                    Reply::DontKnow => Why::DontKnow,
                };
                let value = reply.input().map(|input| entered(input, without_text));
                Self { kind: "answered", about: Some(item), step: Some(*step), value, why }
            }
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

/// What was entered, as JSON. The trials of a timed block have a table of their own; free text is left out if asked for.
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
        assert_eq!(Told::of(&note, true).value, None);
    }
}
