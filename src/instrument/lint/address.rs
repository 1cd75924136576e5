//! Whether Dutch texts address people as the head of the file says: `u` and `je` in one conversation sound like two people.

use super::super::finding::Fault;
use super::super::text::{Language, Text};
use super::super::{Address, Audience, Instrument};

const FORMAL: &[&str] = &["u", "uw", "uzelf"];
const INFORMAL: &[&str] = &["je", "jij", "jou", "jouw", "jezelf"];

pub(super) fn address(instrument: &Instrument, out: &mut Vec<Fault>) {
    let dutch = Language::new("nl");
    if !instrument.languages.contains(&dutch) {
        return;
    }
    let (other, said, key) = match instrument.address {
        Address::Formal => (INFORMAL, "je", "informal"),
        Address::Informal => (FORMAL, "u", "formal"),
    };
    let mut check = |what: String, texts: &[Option<&Text>], span: &std::ops::Range<usize>| {
        if texts.iter().flatten().any(|text| says(&text.raw(&dutch), other)) {
            let message = format!("{what} says `{said}`, and this instrument addresses people otherwise");
            let help = format!("change the text, or write `address = \"{key}\"` at the top");
            out.push(Fault::warning("text.address", span.clone(), message).help(help));
        }
    };
    for item in &instrument.items {
        let texts = [Some(&item.label), item.hint.as_ref(), item.constraint_message.as_ref()];
        check(format!("the question `{}`", item.name), &texts, &item.span);
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
