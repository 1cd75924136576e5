//! The initial answer of an item, which the respondent may accept, change or clear. It doesn't count before that.

use crate::instrument::expression::Type;
use crate::instrument::finding::Fault;
use crate::instrument::kinds::{Question, Voice};
use crate::instrument::prompt::{Ask, Input, ScaleReply, Typed};
use crate::instrument::table::{Findings, Placed, TomlTable};
use crate::instrument::text::{Language, Text};
use crate::rng::Rng;

/// The answer under `default`, if there is one and the item would take it.
pub(super) fn read(table: &TomlTable, question: &dyn Question, out: &mut Findings) -> Option<Input> {
    let value = table.get("default")?;
    let language = out.languages.first().cloned().unwrap_or_else(Language::fallback);
    let ask = question.ask(&[], &Bare(&language)).map(|step| step.ask);
    let input = ask.as_ref().zip(question.value_type()).and_then(|(ask, kind)| input(value, ask, &kind));
    let Some((ask, input)) = ask.zip(input) else {
        let message = "this is no answer that could stand in this item at first";
        let help = "a text or a day in quotes, a number, the name of an option, or a list of them";
        out.push(Fault::error("value.default", value.span(), message).help(help.to_owned()));
        return None;
    };
    if let Err(why) = ask.check(&input) {
        let message = format!("the item would not take this: {}", why.in_words(&Language::fallback()));
        out.push(Fault::error("value.default", value.span(), message));
        return None;
    }
    Some(input)
}

fn input(value: Placed, ask: &Ask, kind: &Type) -> Option<Input> {
    let written = value.get_ref();
    let text = || written.as_str().map(str::to_owned);
    let number = || {
        let float = written.as_float().and_then(|float| float.as_str().parse::<f64>().ok());
        let integer = written.as_integer().and_then(|integer| integer.as_str().parse::<f64>().ok());
        float.or(integer).or_else(|| written.as_str()?.trim().parse().ok())
    };
    match (ask, kind) {
        (Ask::Text(_), Type::Text | Type::Date) => {
            Some(Input::Text(Typed { text: text()?, ..Typed::default() }))
        }
        (Ask::Number { .. }, _) => Some(Input::Number(number()?)),
        (Ask::Scale(scale), _) if scale.rows.len() == 1 => {
            let point = number().filter(|point| point.fract() == 0.0 && point.abs() < 1e9)?;
            Some(Input::Rated(vec![ScaleReply::Point(point as i64)]))
        }
        (Ask::Pick { .. }, Type::Option(_) | Type::Options(_)) => match written.as_array() {
            Some(array) => {
                let names: Option<Vec<String>> =
                    array.iter().map(|name| name.get_ref().as_str().map(str::to_owned)).collect();
                Some(Input::Picked(names?))
            }
            None => Some(Input::Picked(vec![text()?])),
        },
        _ => None,
    }
}

/// Texts with their pipes unfilled, because there are no answers yet.
struct Bare<'a>(&'a Language);

impl Voice for Bare<'_> {
    fn say(&self, text: &Text) -> String {
        text.raw(self.0)
    }

    fn language(&self) -> &Language {
        self.0
    }

    fn rng(&self) -> Rng {
        Rng::new(0)
    }
}
