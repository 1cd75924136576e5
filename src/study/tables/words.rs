//! Labels of columns that no questionnaire names: the parts of an association or a timed task, and relata's own options.

use crate::export::ValueLabel;
use crate::instrument::phrases;
use crate::instrument::{Item, Language};
use crate::text;

/// The label of one of several columns of an item, where the questionnaire has none.
pub(super) fn part(item: &Item, column: &str, language: &Language) -> Option<String> {
    let ending = column.strip_prefix(item.name.as_str())?.strip_prefix('_')?;
    if item.kind == "consent" {
        return Some(text!(language, "study-words-version-consent-text"));
    }
    if item.kind == "association" {
        let digits = ending.trim_start_matches(|c: char| !c.is_ascii_digit());
        return match ending.strip_suffix(digits)? {
            "w" => Some(text!(language, "study-words-word-digits", digits)),
            "v" => Some(text!(language, "study-words-valence-word-digits-minus3", digits)),
            "key" => Some(text!(language, "study-words-milliseconds-first-key-word", digits)),
            "ms" => Some(text!(language, "study-words-milliseconds-enter-after-word", digits)),
            _ => None,
        };
    }
    if let Some(of_block) = ending.strip_prefix("good_").filter(|of_block| *of_block != "key") {
        let what = of_a_block(of_block, language)?;
        return Some(text!(language, "study-words-paired-pleasant-words-what", what));
    }
    if let Some(of_block) = ending.strip_prefix("bad_") {
        let what = of_a_block(of_block, language)?;
        return Some(text!(language, "study-words-paired-unpleasant-words-what", what));
    }
    match ending {
        "first" => Some(text!(language, "study-words-pairing-came-first")),
        "good_key" => Some(text!(language, "study-words-key-pleasant-words")),
        "timing" => Some(text!(language, "study-words-what-lay-between-program")),
        "flush_us" => Some(text!(language, "study-words-microseconds-draw-frame-median")),
        "wake_us" => Some(text!(language, "study-words-microseconds-waiting-thread-wakes")),
        "reply_us" => Some(text!(language, "study-words-microseconds-terminal-answered-question")),
        other => Some(other.to_owned()),
    }
}

fn of_a_block(what: &str, language: &Language) -> Option<String> {
    Some(match what {
        "n" => text!(language, "study-words-trials-key"),
        "errors" => text!(language, "study-words-share-wrong-answers"),
        "missed" => text!(language, "study-words-trials-without-key"),
        "ms" => text!(language, "study-words-mean-latency-right-answers"),
        "early" => text!(language, "study-words-keys-came-too-early"),
        "repeats" => text!(language, "study-words-keys-repeated-keyboard"),
        _ => return None,
    })
}

/// 0 and 1.
pub(super) fn yes_no(language: &Language) -> Vec<ValueLabel> {
    let value =
        |code, text: crate::instrument::Text| ValueLabel { code, name: None, label: text.raw(language) };
    vec![value(0.0, phrases::no()), value(1.0, phrases::yes())]
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
