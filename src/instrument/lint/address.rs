//! Checks that texts address people in the form that the head of the file declares, in languages with two: mixing `u` and `je`
//! sounds like two speakers.

use super::super::finding::Fault;
use super::super::text::{Language, Text};
use super::super::{Address, Audience, Instrument};
use crate::text;

pub(super) fn address(instrument: &Instrument, out: &mut Vec<Fault>) {
    for language in Language::all().filter(|language| instrument.languages.contains(language)) {
        in_language(instrument, &language, out);
    }
}

fn in_language(instrument: &Instrument, language: &Language, out: &mut Vec<Fault>) {
    let (other, key) = match instrument.address {
        Address::Formal => (text!(language, "language-informal"), "informal"),
        Address::Informal => (text!(language, "language-formal"), "formal"),
    };
    // A language with one way to address people names none.
    let other: Vec<&str> = other.split_whitespace().collect();
    let Some(said) = other.first() else { return };
    let mut check = |what: String, texts: &[Option<&Text>], span: &std::ops::Range<usize>| {
        if texts.iter().flatten().any(|text| says(&text.raw(language), &other)) {
            let message = format!("{what} says `{said}`, and this instrument addresses people otherwise");
            let help = format!("change the text, or write `address = \"{key}\"` at the top");
            out.push(Fault::warning("text.address", span.clone(), message).help(help));
        }
    };
    for item in &instrument.items {
        let texts = [Some(&item.label), item.hint.as_ref(), item.constraint_message.as_ref()];
        check(format!("the question `{}`", item.name), &texts, &item.span);
    }
    for question in &instrument.discussion {
        check(
            format!("the question for the room `{}`", question.name),
            &[Some(&question.text)],
            &question.span,
        );
    }
    for advice in instrument.advice.iter().filter(|advice| advice.audience != Some(Audience::Interviewer)) {
        check(
            format!("the advice `{}`", advice.name),
            &[Some(&advice.title), Some(&advice.text)],
            &advice.span,
        );
    }
}

fn says(text: &str, words: &[&str]) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|word| words.contains(&word.to_lowercase().as_str()))
}
