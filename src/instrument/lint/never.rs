//! Questions that nobody can answer: a constraint that no answer meets, whatever the other answers and the day.
//!
//! The constraint is tried with every value that it compares the answer with, with values next to and between them, and with
//! the bounds of the question; elsewhere its result is the same as at one of these. Refuses to judge a constraint that
//! calculates with the answer, or one that depends on other answers.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::instrument::expression::{Lookup, Type, Value};
use crate::instrument::finding::Fault;
use crate::instrument::{Instrument, Item};

/// No interview of this relata begins earlier.
const EARLIEST: Date = date(2026, 1, 1);

/// An answer and a day, and nothing else that was answered.
struct Tried<'a> {
    item: &'a str,
    answer: Value,
    today: Date,
}

impl Tried<'_> {
    fn is_it(&self, name: &str) -> bool {
        name == "." || name == self.item
    }
}

impl Lookup for Tried<'_> {
    fn value(&self, name: &str) -> Value {
        if self.is_it(name) { self.answer.clone() } else { Value::Missing }
    }

    fn is_answered(&self, name: &str) -> bool {
        self.is_it(name)
    }

    fn today(&self) -> Value {
        Value::Text(self.today.to_string())
    }
}

pub(super) fn never(instrument: &Instrument, out: &mut Vec<Fault>) {
    for item in &instrument.items {
        let said = |fault: &Fault| fault.code == "date.never" && fault.span == item.span;
        if is_never(item) == Some(true) && !out.iter().any(said) {
            let message = format!("`{}` can never be answered: no answer meets its constraint", item.name);
            let help = "mend `constraint`, or what the question takes (such as `min`, `max` and `future`)"
                .to_owned();
            out.push(Fault::warning("constraint.never", item.span.clone(), message).help(help));
        }
    }
}

/// Whether no answer meets the constraint; `None` where that can't be determined.
fn is_never(item: &Item) -> Option<bool> {
    let constraint = item.constraint.as_ref()?;
    let names = [".", item.name.as_str()];
    let met = |answer: Value, today: Date| {
        constraint.evaluate(&Tried { item: &item.name, answer, today }) != Value::Bool(false)
    };
    let compared = |today: Date| {
        constraint.compared_with(&names, &Tried { item: &item.name, answer: Value::Missing, today })
    };
    let kind = item.question.value_type()?;
    if kind == Type::Date {
        for today in days(&compared(EARLIEST)?, item).into_iter().filter(|day| *day >= EARLIEST) {
            let latest = item.question.is_past_day().then_some(today);
            let mut tried = days(&compared(today)?, item);
            tried.extend(around(today));
            tried.retain(|day| within(item, *day) && latest.is_none_or(|latest| *day <= latest));
            // Where the bounds alone exclude every day, the constraint is not to blame.
            if tried.is_empty() || tried.iter().any(|day| met(Value::Text(day.to_string()), today)) {
                return Some(false);
            }
        }
        return Some(true);
    }
    let answers = match (item.question.domain(None), &kind) {
        (Some(domain), _) => domain,
        (None, Type::Number) => numbers(&compared(EARLIEST)?, item),
        (None, Type::Text) => {
            let mut texts = compared(EARLIEST)?;
            // And a text that is none of these.
            texts.push(Value::Text("\u{1}".into()));
            texts
        }
        _ => return None,
    };
    // A constraint that reads the day could give another result tomorrow.
    let dated = constraint.to_string().contains("today()");
    (!dated && !answers.is_empty()).then(|| !answers.into_iter().any(|answer| met(answer, EARLIEST)))
}

/// Days that a constraint names and those at the ends, each with its neighbours; and the first of all.
fn days(compared: &[Value], item: &Item) -> Vec<Date> {
    let named = compared.iter().filter_map(|value| match value {
        Value::Text(day) => day.parse().ok(),
        _ => None,
    });
    let (min, max) = ends(item);
    named.chain([EARLIEST]).chain(min).chain(max).flat_map(around).collect()
}

fn around(day: Date) -> impl Iterator<Item = Date> {
    [day.checked_sub(1.day()).ok(), Some(day), day.checked_add(1.day()).ok()].into_iter().flatten()
}

fn ends<T: std::str::FromStr>(item: &Item) -> (Option<T>, Option<T>) {
    let bounds = item.question.bounds().unwrap_or_default();
    let end = |text: Option<String>| text.and_then(|text| text.parse().ok());
    (end(bounds.min), end(bounds.max))
}

fn within<T: PartialOrd + std::str::FromStr>(item: &Item, value: T) -> bool {
    let (min, max) = ends::<T>(item);
    min.is_none_or(|min| value >= min) && max.is_none_or(|max| value <= max)
}

/// Numbers that speak for all that an item takes.
fn numbers(compared: &[Value], item: &Item) -> Vec<Value> {
    let (min, max) = ends::<f64>(item);
    let named = compared.iter().filter_map(|value| match value {
        Value::Number(number) => Some(*number),
        _ => None,
    });
    let mut marks: Vec<f64> = named.chain([0.0]).chain(min).chain(max).collect();
    marks.sort_by(f64::total_cmp);
    let between = marks.windows(2).map(|pair| f64::midpoint(pair[0], pair[1]));
    let beside = marks.iter().flat_map(|mark| [mark - 1.0, *mark, mark + 1.0]);
    let all: Vec<f64> = between.chain(beside).collect();
    let mut tried: Vec<f64> = match item.kind == "integer" {
        true => all.iter().flat_map(|number| [number.floor(), number.ceil()]).collect(),
        false => all,
    };
    tried.retain(|number| within(item, *number));
    tried.into_iter().map(Value::Number).collect()
}

#[cfg(test)]
mod tests {
    use crate::instrument::Instrument;

    fn warned(kind: &str) -> bool {
        let text = format!(
            "format = 1\nname = \"t\"\nversion = \"1\"\nlanguages = [\"en\"]\nlabel = \"T\"\nminutes = 1\n\
             [[groups]]\nname = \"g\"\nlabel = \"G\"\n\
             [[groups.items]]\nname = \"first\"\nkind = \"integer\"\nlabel = \"First?\"\n\
             [[groups.items]]\nname = \"it\"\nlabel = \"It?\"\n{kind}\n"
        );
        let read = Instrument::read_stored(&text);
        assert!(read.instrument.is_some(), "{kind}: {:?}", read.findings);
        read.findings.iter().any(|finding| finding.code.ends_with(".never"))
    }

    #[test]
    fn what_nobody_can_answer_is_found_and_nothing_else() {
        let integer = "kind = \"integer\"\nconstraint = ";
        let date = "kind = \"date\"\nconstraint = ";
        for (kind, never) in [
            (format!("max = 3\n{integer}\". > 5\""), true),
            (format!("max = 3\n{integer}\"it > 5\""), true),
            (format!("max = 6\n{integer}\". > 5\""), false),
            (format!("{integer}\". > 5 and . < 3\""), true),
            (format!("{integer}\". > 5 or . < 3\""), false),
            (format!("{integer}\". > 5 and . < 6\""), true),
            (format!("{integer}\". > 5 and . < 7\""), false),
            (format!("{integer}\"not (. > 5) and not (. <= 5)\""), true),
            (format!("{integer}\". in [2, 4] and . != 2 and . != 4\""), true),
            (format!("{integer}\". in [2, 4] and . != 2\""), false),
            (format!("{integer}\". = 0.5\""), true),
            ("kind = \"decimal\"\nconstraint = \". > 5 and . < 6\"".into(), false),
            ("kind = \"decimal\"\nconstraint = \". > 5 and . < 5\"".into(), true),
            // What other answers settle, and what is calculated, stays open.
            (format!("{integer}\". > first and . < first\""), false),
            (format!("max = 3\n{integer}\". > 5 and . < first\""), true),
            (format!("max = 3\n{integer}\". * 2 > 5\""), false),
            (format!("{integer}\". - . > 5\""), false),
            ("kind = \"text\"\nconstraint = \". = 'a' and . = 'b'\"".into(), true),
            ("kind = \"text\"\nconstraint = \". != 'a'\"".into(), false),
            ("kind = \"nps\"\nconstraint = \". > 10\"".into(), true),
            ("kind = \"nps\"\nconstraint = \". * 2 > 19\"".into(), false),
            (format!("{date}\". > today()\""), true),
            (format!("{date}\"it > today()\""), true),
            (format!("{date}\". >= today()\""), false),
            (format!("future = true\n{date}\". > today()\""), false),
            (format!("max = 2020-01-01\n{date}\". >= today()\""), true),
            (format!("future = true\nmax = 2020-01-01\n{date}\". >= today()\""), true),
            (format!("future = true\nmax = 2031-01-01\n{date}\". >= today()\""), false),
            (format!("{date}\". >= '2031-01-01'\""), false),
            (format!("{date}\". >= '2031-01-01' and . > today()\""), true),
            (format!("{date}\". < '2020-01-01' and . > '2021-01-01'\""), true),
            (format!("{date}\". < '2021-01-01' and . > '2020-01-01'\""), false),
        ] {
            assert_eq!(warned(&kind), never, "{kind}");
        }
    }
}
