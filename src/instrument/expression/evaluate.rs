//! The value of a checked expression, in three-valued logic. It never fails: what cannot be computed is missing.

use std::cmp::Ordering;

use super::tree::{Arithmetic, Comparison, Expr};
use super::{Lookup, Value};

mod functions;

pub(super) use functions::in_figures;

/// Share of the larger of two numbers by which they may differ and still count as equal: far above the rounding of
/// decimal fractions, far below any difference that a respondent can type.
const RELATIVE: f64 = 1e-9;
/// Near zero there is no larger number to take a share of: `0.1 + 0.2 - 0.3` is 5.6e-17. Small enough to leave the
/// probabilities of a profile alone.
const ABSOLUTE: f64 = 1e-12;

impl Expr {
    pub(super) fn evaluate(&self, lookup: &dyn Lookup) -> Value {
        match self {
            Self::Number(number) => finite(*number),
            Self::Text(text) => Value::Text(text.clone()),
            Self::Bool(truth) => Value::Bool(*truth),
            Self::Name(name) => match lookup.value(name) {
                Value::Number(number) => finite(number),
                other => other,
            },
            Self::Not(inner) => logical(inner.truth(lookup).map(|truth| !truth)),
            Self::Negate(inner) => inner.number(lookup).map_or(Value::Missing, |number| finite(-number)),
            Self::All(parts) => logical(settle(parts.iter().map(|part| part.truth(lookup)), false)),
            Self::Any(parts) => logical(settle(parts.iter().map(|part| part.truth(lookup)), true)),
            Self::Arithmetic(first, rest) => arithmetic(first, rest, lookup).map_or(Value::Missing, finite),
            Self::Compare(comparison, left, right) => {
                let (left, right) = (left.evaluate(lookup), right.evaluate(lookup));
                logical(compare(*comparison, &left, &right))
            }
            Self::Within(value, list) => {
                let value = value.evaluate(lookup);
                let same = |part: &Self| compare(Comparison::Equal, &value, &part.evaluate(lookup));
                logical(settle(list.iter().map(same), true))
            }
            Self::Count(name) => match lookup.value(name) {
                Value::Set(set) => finite(set.len() as f64),
                _ => Value::Missing,
            },
            Self::Selected(name, option) => match lookup.value(name) {
                Value::Set(set) => Value::Bool(set.contains(option)),
                _ => Value::Missing,
            },
            Self::IsAnswered(name) => Value::Bool(lookup.is_answered(name)),
            Self::Today => lookup.today(),
            Self::ChoiceName(name) => lookup.choice_name(name),
            Self::Regex(text, pattern) => match text.evaluate(lookup) {
                Value::Text(text) => Value::Bool(pattern.fits(&text)),
                Value::Number(number) => Value::Bool(pattern.fits(&number.to_string())),
                _ => Value::Missing,
            },
            Self::Apply(function, arguments) => functions::apply(*function, arguments, lookup),
            Self::DayNumber(day) => {
                functions::day_number(&day.evaluate(lookup)).map_or(Value::Missing, finite)
            }
            Self::Day(number) => number.number(lookup).map_or(Value::Missing, functions::day),
        }
    }

    fn truth(&self, lookup: &dyn Lookup) -> Option<bool> {
        match self.evaluate(lookup) {
            Value::Bool(truth) => Some(truth),
            _ => None,
        }
    }

    fn number(&self, lookup: &dyn Lookup) -> Option<f64> {
        match self.evaluate(lookup) {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }
}

/// Adding zero turns minus zero into zero, which would otherwise be shown as `-0`.
fn finite(number: f64) -> Value {
    if number.is_finite() { Value::Number(number + 0.0) } else { Value::Missing }
}

fn logical(truth: Option<bool>) -> Value {
    truth.map_or(Value::Missing, Value::Bool)
}

/// Kleene's `and` (`decisive` false) and `or` (`decisive` true): one decisive part settles it, a missing part leaves it
/// open, and otherwise it is the opposite.
fn settle(parts: impl Iterator<Item = Option<bool>>, decisive: bool) -> Option<bool> {
    let mut result = Some(!decisive);
    for part in parts {
        match part {
            Some(truth) if truth == decisive => return Some(decisive),
            Some(_) => {}
            None => result = None,
        }
    }
    result
}

fn arithmetic(first: &Expr, rest: &[(Arithmetic, Expr)], lookup: &dyn Lookup) -> Option<f64> {
    let mut total = first.number(lookup)?;
    for (operation, part) in rest {
        let number = part.number(lookup)?;
        total = match operation {
            Arithmetic::Plus => total + number,
            Arithmetic::Minus => total - number,
            Arithmetic::Times => total * number,
            Arithmetic::Over => total / number,
        };
        // At once, because dividing by an infinity would bring back a finite number.
        if !total.is_finite() {
            return None;
        }
    }
    Some(total)
}

fn order(left: f64, right: f64) -> Option<Ordering> {
    let tolerance = (left.abs().max(right.abs()) * RELATIVE).max(ABSOLUTE);
    if (left - right).abs() <= tolerance { Some(Ordering::Equal) } else { left.partial_cmp(&right) }
}

fn compare(comparison: Comparison, left: &Value, right: &Value) -> Option<bool> {
    let order = match (left, right) {
        (Value::Number(left), Value::Number(right)) => order(*left, *right)?,
        // Dates of this form are ordered as texts are; the checker lets no other text come here with `<`.
        (Value::Text(left), Value::Text(right)) => left.cmp(right),
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        _ => return None,
    };
    Some(match comparison {
        Comparison::Equal => order.is_eq(),
        Comparison::NotEqual => order.is_ne(),
        Comparison::Less => order.is_lt(),
        Comparison::LessOrEqual => order.is_le(),
        Comparison::Greater => order.is_gt(),
        Comparison::GreaterOrEqual => order.is_ge(),
    })
}
