//! Flags that take one of a few words and stand for a type of the core, which derives no `ValueEnum`.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::analysis::{FLOOR, Privacy};

/// Words, the help of each (may be empty), and the value that each stands for.
pub(super) type Choices<T> = &'static [(&'static str, &'static str, T)];

/// The smallest group that is shown.
pub(super) fn group(typed: &str) -> Result<Privacy, String> {
    match typed.parse() {
        Ok(people) if people >= FLOOR => Ok(Privacy::at_least(people)),
        _ => Err(format!("a group has at least {FLOOR} people, or what is shown of it could point at one")),
    }
}

/// Parses one of the words into its value.
pub(super) fn one_of<T: Copy + Send + Sync>(choices: Choices<T>) -> impl TypedValueParser<Value = T> {
    let words = choices.iter().map(|(word, help, _)| match help.is_empty() {
        true => PossibleValue::new(word),
        false => PossibleValue::new(word).help(*help),
    });
    PossibleValuesParser::new(words).try_map(|typed| {
        let found = choices.iter().find(|(word, ..)| *word == typed);
        found.map(|(.., meant)| *meant).ok_or("it is none of the words")
    })
}
