//! What columns are called that no questionnaire names: the parts of an association or a timed task, and options that are
//! relata's own.

use crate::export::ValueLabel;
use crate::instrument::{Item, Language};
use crate::wording::{self, say};

/// What stands in a column of an item that records several, where the questionnaire has no words for it.
pub(super) fn part(item: &Item, column: &str, language: &Language) -> Option<String> {
    let ending = column.strip_prefix(item.name.as_str())?.strip_prefix('_')?;
    let say = |en: &str, nl: &str| Some(say(language, en, nl));
    if item.kind == "consent" {
        return say("version of the consent text", "versie van de toestemmingstekst");
    }
    if item.kind == "association" {
        let digits = ending.trim_start_matches(|c: char| !c.is_ascii_digit());
        return match ending.strip_suffix(digits)? {
            "w" => say(&format!("word {digits}"), &format!("woord {digits}")),
            "v" => say(
                &format!("valence of word {digits}, −3 to +3"),
                &format!("waardering van woord {digits}, −3 tot +3"),
            ),
            "key" => say(
                &format!("milliseconds to the first key of word {digits}"),
                &format!("milliseconden tot de eerste toets van woord {digits}"),
            ),
            "ms" => say(
                &format!("milliseconds to Enter after word {digits}"),
                &format!("milliseconden tot Enter na woord {digits}"),
            ),
            _ => None,
        };
    }
    if let Some(of_block) = ending.strip_prefix("good_").filter(|of_block| *of_block != "key") {
        let what = of_a_block(of_block, language)?;
        return say(
            &format!("paired with pleasant words, {what}"),
            &format!("samen met prettige woorden, {what}"),
        );
    }
    if let Some(of_block) = ending.strip_prefix("bad_") {
        let what = of_a_block(of_block, language)?;
        return say(
            &format!("paired with unpleasant words, {what}"),
            &format!("samen met onprettige woorden, {what}"),
        );
    }
    match ending {
        "first" => say("the pairing that came first", "de koppeling die eerst kwam"),
        "good_key" => say("the key of pleasant words", "de toets van prettige woorden"),
        "timing" => {
            say("what lay between program and keyboard", "wat er tussen programma en toetsenbord lag")
        }
        "flush_us" => {
            say("microseconds to draw a frame, median", "microseconden om een beeld te tekenen, mediaan")
        }
        "wake_us" => say(
            "microseconds by which a waiting thread wakes late, 99th percentile",
            "microseconden waarmee een wachtende draad te laat wakker wordt, 99e percentiel",
        ),
        "reply_us" => say(
            "microseconds in which the terminal answered a question, both ways",
            "microseconden waarin de terminal een vraag beantwoordde, heen en terug",
        ),
        other => Some(other.to_owned()),
    }
}

fn of_a_block(what: &str, language: &Language) -> Option<String> {
    let (en, nl) = match what {
        "n" => ("trials with a key", "beurten met een toets"),
        "errors" => ("share of wrong answers", "aandeel foute antwoorden"),
        "missed" => ("trials without a key", "beurten zonder toets"),
        "ms" => (
            "mean latency of right answers, milliseconds",
            "gemiddelde reactietijd van goede antwoorden, milliseconden",
        ),
        "early" => ("keys that came too early", "toetsen die te vroeg kwamen"),
        "repeats" => ("keys repeated by the keyboard", "toetsen die het toetsenbord herhaalde"),
        _ => return None,
    };
    Some(say(language, en, nl))
}

/// 0 and 1.
pub(super) fn yes_no(language: &Language) -> Vec<ValueLabel> {
    let value =
        |code, text: crate::instrument::Text| ValueLabel { code, name: None, label: text.raw(language) };
    vec![value(0.0, wording::no()), value(1.0, wording::yes())]
}

/// Options with their names, numbered from 1.
pub(super) fn options(of: &[(&str, String)]) -> Vec<ValueLabel> {
    let value = |(at, (name, label)): (usize, &(&str, String))| ValueLabel {
        code: at as f64 + 1.0,
        name: Some((*name).to_owned()),
        label: label.clone(),
    };
    of.iter().enumerate().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::shipped;

    #[test]
    fn every_column_of_a_timed_task_is_said_in_words() {
        let instrument = shipped::read("customer-interview").unwrap().instrument.unwrap();
        let item = instrument.items.iter().find(|item| item.kind == "sc_iat").unwrap();
        for column in item.question.columns() {
            for language in ["en", "nl"].map(Language::new) {
                let words = part(item, &column.name, &language).unwrap();
                assert!(words.contains(' ') && !words.contains('_'), "{}: {words}", column.name);
            }
        }
    }
}
