//! Dates that nobody can answer: a question that accepts no future day, with a constraint that accepts nothing else.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::instrument::Instrument;
use crate::instrument::expression::{Lookup, Value};
use crate::instrument::finding::Fault;

/// The day on which the constraint is tried. Any day would do, because only a constraint that reads `today()`, and no other
/// date, is judged.
const TODAY: Date = date(2026, 1, 1);

/// Days before this one lie in the past for every user of this version; later ones may lie in the future.
const MADE: Date = date(2026, 11, 27);

/// Distances in days to try: every day of a year, and then some of each year of a long life.
fn distances() -> impl Iterator<Item = i64> {
    (1..400).chain((400..40_000).step_by(97))
}

/// An answer on a certain day, and nothing else that was answered.
struct Given(Date);

impl Lookup for Given {
    fn value(&self, name: &str) -> Value {
        if name == "." { Value::Text(self.0.to_string()) } else { Value::Missing }
    }

    fn is_answered(&self, name: &str) -> bool {
        name == "."
    }

    fn today(&self) -> Value {
        Value::Text(TODAY.to_string())
    }
}

pub(super) fn only_future(instrument: &Instrument, out: &mut Vec<Fault>) {
    for item in instrument.items.iter().filter(|item| item.question.is_past_day()) {
        let earliest = item.question.bounds().and_then(|bounds| bounds.min?.parse::<Date>().ok());
        if let Some(earliest) = earliest.filter(|earliest| *earliest > MADE) {
            let message = format!(
                "`{}` cannot be answered until {earliest}: it takes no day before that, and none in the future",
                item.name
            );
            let help = "add `future = true`, or an earlier `min`".to_owned();
            out.push(Fault::warning("date.never", item.span.clone(), message).help(help));
        }
        let Some(constraint) = &item.constraint else { continue };
        // What depends on other answers, or on a fixed date, is left undecided.
        let reads_only_today = constraint.source().contains("today()")
            && !constraint.source().contains(['\'', '"'])
            && constraint.references().iter().all(|name| *name == ".");
        let holds = |days: i64| {
            let day = TODAY.checked_add(days.days()).ok();
            day.is_some_and(|day| constraint.evaluate(&Given(day)) == Value::Bool(true))
        };
        let never = !holds(0) && !distances().any(|days| holds(-days)) && distances().any(holds);
        if reads_only_today && never {
            let message = format!(
                "`{}` can never be answered: its constraint takes only days in the future",
                item.name
            );
            let help = "add `future = true`, or turn the constraint round".to_owned();
            out.push(Fault::warning("date.never", item.span.clone(), message).help(help));
        }
    }
}
