//! `integer` and `decimal`: a number, within bounds.

use super::{
    Bounds, DataColumn, Datum, Feed, ItemDraft, Key, Kind, Level, Question, Simulated, Step, Voice, datum,
};
use crate::instrument::expression::{Type, Value};
use crate::instrument::prompt::{Ask, Input, Reply};
use crate::instrument::text::Text;
use crate::texts;

pub(super) const INTEGER: Kind =
    Kind { id: "integer", about: "a whole number", read: |draft| read(draft, true) };
pub(super) const DECIMAL: Kind = Kind { id: "decimal", about: "a number", read: |draft| read(draft, false) };

/// Beyond this, neighbouring whole numbers are no longer distinct.
const GREATEST: f64 = 1e15;

#[derive(Debug)]
struct Number {
    name: String,
    min: Option<f64>,
    max: Option<f64>,
    whole: bool,
    unit: Option<Text>,
    feeds: Vec<Feed>,
}

fn read(draft: &mut ItemDraft, whole: bool) -> Option<Box<dyn Question>> {
    let min = draft.table.number("min", draft.out);
    let max = draft.table.number("max", draft.out);
    let unit = draft.table.text("unit", draft.out);
    for (key, bound) in [("min", min), ("max", max)] {
        if bound.is_some_and(|bound| bound.abs() > GREATEST) {
            let message = format!("`{key}` should lie between -{GREATEST:e} and {GREATEST:e}");
            draft.out.error("value.range", draft.table.place(key), message);
        }
    }
    if let (Some(min), Some(max)) = (min, max) {
        let place = draft.table.place("max");
        if min >= max {
            let message = format!("`min` is {min} and `max` is {max}: nothing fits between");
            draft.out.error("value.range", place, message);
        } else if whole && min.ceil() > max.floor() {
            let message = format!("no whole number lies between {min} and {max}");
            draft.out.error("value.range", place, message);
        }
    }
    let reverse = draft.reverse("scale");
    let mut feeds = Vec::new();
    if let Some(scale) = draft.scale() {
        match (min, max) {
            (Some(min), Some(max)) => {
                feeds.push(Feed { scale, column: 0, key: Key::Points { min, max, reverse } });
            }
            _ => draft.out.error(
                "item.unbounded",
                draft.table.place("scale"),
                format!("item `{}` feeds a scale, so it needs `min` and `max`", draft.name),
            ),
        }
    }
    Some(Box::new(Number { name: draft.name.clone(), min, max, whole, unit, feeds }))
}

impl Number {
    fn answer(given: &[Reply]) -> Option<f64> {
        match given.first()?.input()? {
            // Normalises minus zero, which an older relata may have stored.
            Input::Number(number) => Some(*number + 0.0),
            _ => None,
        }
    }
}

impl Question for Number {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        let unit = self.unit.as_ref().map(|unit| voice.say(unit));
        given.is_empty().then(|| Ask::Number { min: self.min, max: self.max, whole: self.whole, unit }.into())
    }

    fn columns(&self) -> Vec<DataColumn> {
        vec![DataColumn { name: self.name.clone(), label: None, level: Level::Scale, values: vec![] }]
    }

    fn bounds(&self) -> Option<Bounds> {
        let end = |end: Option<f64>| end.map(|end| end.to_string());
        let bounds =
            Bounds { min: end(self.min), max: end(self.max), unit: self.unit.clone(), longest: None };
        (bounds != Bounds::default()).then_some(bounds)
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        vec![datum(given, |_| Self::answer(given).map(Datum::Number))]
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Number)
    }

    fn value(&self, given: &[Reply]) -> Value {
        Self::answer(given).map_or(Value::Missing, Value::Number)
    }

    fn feeds(&self) -> Vec<Feed> {
        self.feeds.clone()
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let unit = self.unit.as_ref().map(|unit| format!(" {}", voice.say(unit))).unwrap_or_default();
        let number = |number| format!("{}{unit}", texts::number(number, voice.language()));
        Self::answer(given).map(number).unwrap_or_default()
    }

    fn simulate(&self, _: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        let low = self.min.unwrap_or_else(|| self.max.map_or(0.0, |max| max - 10.0));
        let high = self.max.unwrap_or(low + 10.0);
        let drawn = low + (high - low) * sim.rng.uniform();
        let number = if self.whole {
            drawn.round().clamp(low.ceil(), high.floor())
        } else {
            (drawn * 10.0).round() / 10.0
        };
        Reply::Given(Input::Number(number.clamp(low, high)))
    }
}
