//! What functions are worth. Like everything else they never fail: what cannot be computed is missing.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Value, finite};
use crate::instrument::expression::Lookup;
use crate::instrument::expression::functions::Function;
use crate::instrument::expression::tree::Expr;
use crate::instrument::expression::xpath::single_spaced;

pub(super) fn apply(function: Function, arguments: &[Expr], lookup: &dyn Lookup) -> Value {
    let text = |at: usize| arguments.get(at).and_then(|argument| as_text(&argument.evaluate(lookup)));
    let number = |at: usize| arguments.get(at).and_then(|argument| argument.number(lookup));
    let numbers = || arguments.iter().map(|argument| argument.number(lookup)).collect::<Option<Vec<f64>>>();
    let of_two = |holds: fn(&str, &str) -> bool| Some(Value::Bool(holds(&text(0)?, &text(1)?)));
    let value = match function {
        Function::If => {
            // A condition without a value does not hold, as everywhere.
            let branch = if arguments.first().and_then(|c| c.truth(lookup)) == Some(true) { 1 } else { 2 };
            arguments.get(branch).map(|branch| branch.evaluate(lookup))
        }
        Function::Coalesce => {
            arguments.iter().map(|argument| argument.evaluate(lookup)).find(|value| *value != Value::Missing)
        }
        Function::Number => {
            arguments.first().and_then(|argument| spelt(&argument.evaluate(lookup))).map(finite)
        }
        Function::Round => number(0).and_then(|x| {
            let decimals = if arguments.len() > 1 { number(1)? } else { 0.0 };
            let scale = 10_f64.powi(decimals.clamp(-15.0, 15.0) as i32);
            Some(finite((x * scale).round() / scale))
        }),
        Function::Int => number(0).map(|x| finite(x.trunc())),
        Function::Abs => number(0).map(|x| finite(x.abs())),
        Function::Min => numbers().and_then(|all| all.into_iter().reduce(f64::min)).map(finite),
        Function::Max => numbers().and_then(|all| all.into_iter().reduce(f64::max)).map(finite),
        Function::Power => number(0).zip(number(1)).map(|(x, y)| finite(x.powf(y))),
        Function::Modulo => number(0).zip(number(1)).map(|(x, y)| finite(x % y)),
        Function::StringLength => text(0).map(|text| finite(text.chars().count() as f64)),
        Function::NormalizeSpace => text(0).map(|text| Value::Text(single_spaced(&text))),
        Function::Concat => Some(Value::Text((0..arguments.len()).filter_map(text).collect())),
        Function::Contains => of_two(|text, part| text.contains(part)),
        Function::StartsWith => of_two(|text, part| text.starts_with(part)),
        Function::EndsWith => of_two(|text, part| text.ends_with(part)),
        Function::Substr => text(0).zip(number(1)).and_then(|(text, from)| {
            let to = if arguments.len() > 2 { number(2)? } else { f64::MAX };
            let (from, to) = (from.max(0.0) as usize, to.max(0.0) as usize);
            Some(Value::Text(text.chars().take(to).skip(from).collect()))
        }),
        Function::FormatDate => text(0)
            .and_then(|day| day.parse::<Date>().ok())
            .zip(text(1))
            .and_then(|(day, pattern)| in_figures(day, &pattern).map(Value::Text)),
    };
    value.unwrap_or(Value::Missing)
}

/// A value as it is written in one line.
fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::Missing => None,
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Text(text) => Some(text.clone()),
        Value::Set(set) => Some(set.join(" ")),
    }
}

fn spelt(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        Value::Bool(truth) => Some(f64::from(u8::from(*truth))),
        Value::Text(text) => text.trim().parse().ok(),
        Value::Missing | Value::Set(_) => None,
    }
}

/// A day written by a pattern of `%Y %y %m %n %d %e`; `None` where the pattern holds something else.
pub(in crate::instrument::expression) fn in_figures(day: Date, pattern: &str) -> Option<String> {
    let mut written = String::new();
    let mut rest = pattern.chars();
    while let Some(c) = rest.next() {
        if c != '%' {
            written.push(c);
            continue;
        }
        written.push_str(&match rest.next()? {
            'Y' => format!("{:04}", day.year()),
            'y' => format!("{:02}", day.year().rem_euclid(100)),
            'm' => format!("{:02}", day.month()),
            'n' => day.month().to_string(),
            'd' => format!("{:02}", day.day()),
            'e' => day.day().to_string(),
            '%' => "%".to_owned(),
            _ => return None,
        });
    }
    Some(written)
}

/// How many days after the first of January 1970 a day is.
pub(super) fn day_number(value: &Value) -> Option<f64> {
    let Value::Text(text) = value else { return None };
    let day: Date = text.parse().ok()?;
    let since = day.since(EPOCH).ok()?;
    Some(f64::from(since.get_days()))
}

/// The day with this number, written `YYYY-MM-DD`; missing beyond the years of four digits.
pub(super) fn day(number: f64) -> Value {
    // More days than this leave the calendar anyway.
    const FAR: f64 = 4_000_000.0;
    let days = number.floor();
    let found = (days.abs() < FAR).then(|| EPOCH.checked_add((days as i64).days()).ok()).flatten();
    found.filter(|day| day.year() >= 1).map_or(Value::Missing, |day| Value::Text(day.to_string()))
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);
