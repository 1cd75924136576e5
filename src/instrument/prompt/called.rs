//! A typed option: its number in the list, its name, or its label as it is read aloud. Refuses to choose where two options are called
//! alike.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::{Choice, Invalid};
use crate::instrument::phrases;
use crate::instrument::text::Language;

/// The name of the option that `word` stands for: of its number, its name or its label as they stand, else of a label in another spelling. At an
/// option that says yes or no in this language, its first letter is enough.
///
/// # Errors
/// No option, or more than one.
pub fn option(word: &str, options: &[Choice], language: &Language) -> Result<String, Invalid> {
    let by_label = || {
        let agreed = [phrases::yes(), phrases::no()].map(|phrase| phrase.raw(language));
        let meant = agreed.iter().find(|phrase| is_first_letter(word, phrase)).map_or(word, String::as_str);
        options.get(called(meant, options.iter().map(|option| option.label.as_str()))?)
    };
    as_it_stands(word, options)
        .or_else(by_label)
        .map(|option| option.name.clone())
        .ok_or_else(|| Invalid::NoSuchOption(word.into()))
}

/// The option whose number in the list, whose name or whose label is written so; numbers come first.
fn as_it_stands<'a>(word: &str, options: &'a [Choice]) -> Option<&'a Choice> {
    let by_number = || options.get(word.parse::<usize>().ok()?.checked_sub(1)?);
    by_number().or_else(|| options.iter().find(|option| option.name == word || option.label == word))
}

/// The names of the options in a line: words apart, labels apart, or one label.
///
/// # Errors
/// The first word that is no option.
pub fn options(line: &str, options: &[Choice], language: &Language) -> Result<Vec<String>, Invalid> {
    let read = |words: &mut dyn Iterator<Item = &str>| {
        let words = words.map(str::trim).filter(|word| !word.is_empty());
        words.map(|word| option(word, options, language)).collect::<Result<Vec<_>, _>>()
    };
    let mut words = line.split([',', ' ', ';']).map(str::trim).filter(|word| !word.is_empty());
    // A label of several words may be made of the labels of others.
    if !words.clone().all(|word| as_it_stands(word, options).is_some())
        && words.nth(1).is_some()
        && let Some(at) = called(line, options.iter().map(|option| option.label.as_str()))
    {
        return Ok(vec![options[at].name.clone()]);
    }
    let words = read(&mut line.split([',', ' ', ';']));
    words.or_else(|why| read(&mut line.split([',', ';'])).map_err(|_| why))
}

/// The place of the only label that is spelt so, whatever its case and accents.
pub(super) fn called<'a>(text: &str, labels: impl Iterator<Item = &'a str>) -> Option<usize> {
    let text = folded(text);
    let mut same = labels.enumerate().filter(|(_, label)| !text.is_empty() && folded(label) == text);
    same.next().filter(|_| same.next().is_none()).map(|(at, _)| at)
}

fn is_first_letter(letter: &str, word: &str) -> bool {
    let letter = folded(letter);
    letter.chars().count() == 1 && folded(word).starts_with(&letter)
}

fn folded(text: &str) -> String {
    text.nfd()
        .filter(|c| !is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .collect::<String>()
        .trim()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(options: &[(&str, &str)]) -> Vec<Choice> {
        options.iter().map(|(name, label)| Choice { name: (*name).into(), label: (*label).into() }).collect()
    }

    #[test]
    fn yes_and_no_are_taken_in_the_language_of_the_interview() {
        let [english, dutch] = ["en", "nl"].map(Language::new);
        let (agree, eens) = (list(&[("yes", "Yes"), ("no", "No")]), list(&[("yes", "Ja"), ("no", "Nee")]));
        for (typed, options, language, name) in [
            ("1", &agree, &english, "yes"),
            ("YES", &agree, &english, "yes"),
            ("n", &agree, &english, "no"),
            ("ja", &eens, &dutch, "yes"),
            ("J", &eens, &dutch, "yes"),
            ("nee", &eens, &dutch, "no"),
            ("N", &eens, &dutch, "no"),
            ("2", &eens, &dutch, "no"),
        ] {
            assert_eq!(option(typed, options, language), Ok(name.to_owned()), "{typed}");
        }
        for (typed, options, language) in
            [("ja", &agree, &english), ("y", &eens, &dutch), ("3", &agree, &english)]
        {
            assert_eq!(option(typed, options, language), Err(Invalid::NoSuchOption(typed.into())));
        }
        // A first letter speaks for yes and no alone.
        let likely = list(&[("likely", "Likely"), ("never", "Never")]);
        assert!(option("n", &likely, &english).is_err() && option("l", &likely, &english).is_err());
    }

    #[test]
    fn a_label_counts_where_one_option_has_it_and_numbers_and_names_come_first() {
        let english = Language::new("en");
        let cafes =
            list(&[("c", "Café"), ("d", "Don't know"), ("e", "café "), ("f", "Yes, easily"), ("g", "1")]);
        assert_eq!(option("CAFE", &cafes, &english), Err(Invalid::NoSuchOption("CAFE".into())));
        assert_eq!(option("Café", &cafes, &english), Ok("c".into()));
        assert_eq!(option("don't KNOW", &cafes, &english), Ok("d".into()));
        assert_eq!(option("1", &cafes, &english), Ok("c".into()));
        assert_eq!(option("d", &cafes, &english), Ok("d".into()));
        assert!(option("", &cafes, &english).is_err());
        let several = |line| options(line, &cafes, &english);
        let names = |names: &[&str]| Ok(names.iter().map(|name| (*name).to_owned()).collect());
        assert_eq!(several("1 4"), names(&["c", "f"]));
        assert_eq!(several("don't know; 2,c"), names(&["d", "d", "c"]));
        assert_eq!(several("yes, easily"), names(&["f"]));
        let sure = list(&[("a", "Not"), ("b", "Sure"), ("c", "Not sure")]);
        assert_eq!(options("not sure", &sure, &english), names(&["c"]));
        assert_eq!(options("Not Sure", &sure, &english), names(&["a", "b"]));
        assert_eq!(several("1 nobody"), Err(Invalid::NoSuchOption("nobody".into())));
    }
}
