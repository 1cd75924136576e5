//! `date`: a day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Bounds, DataColumn, Datum, ItemDraft, Kind, Level, Question, Simulated, Step, Voice, datum};
use crate::instrument::expression::{Type, Value};
use crate::instrument::prompt::{Ask, Input, Reply, TextAsk, TextForm, Typed};

pub(super) const KIND: Kind =
    Kind { id: "date", about: "a day, written YYYY-MM-DD; none in the future unless `future = true`", read };

#[derive(Debug)]
struct Day {
    name: String,
    min: Option<Date>,
    max: Option<Date>,
    future: bool,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let min = bound(draft, "min");
    let max = bound(draft, "max");
    let future = draft.table.bool("future", false, draft.out);
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        draft.out.error(
            "value.range",
            draft.table.place("max"),
            format!("`min` is {min} and `max` is {max}: no day lies between"),
        );
    }
    Some(Box::new(Day { name: draft.name.clone(), min, max, future }))
}

fn bound(draft: &mut ItemDraft, key: &'static str) -> Option<Date> {
    let value = draft.table.get(key)?;
    let written = match value.get_ref().as_datetime() {
        Some(datetime) => datetime.to_string(),
        None => value.get_ref().as_str().unwrap_or_default().to_owned(),
    };
    // Years of four digits only: that is how answers are written, and compared as texts.
    let day = written.parse().ok().filter(|day: &Date| day.year() >= 1);
    if day.is_none() {
        draft.out.error("value.date", value.span(), format!("`{key}` should be a day such as 2026-01-31"));
    }
    day
}

impl Day {
    fn answer(given: &[Reply]) -> Option<Date> {
        match given.first()?.input()? {
            Input::Text(typed) => typed.text.trim().parse().ok(),
            _ => None,
        }
    }
}

impl Question for Day {
    fn ask(&self, given: &[Reply], _: &dyn Voice) -> Option<Step> {
        let form = TextForm::Date { min: self.min, max: self.max, future: self.future };
        given
            .is_empty()
            .then(|| Ask::Text(TextAsk { form, max_length: 10, may_be_empty: false, word: None }).into())
    }

    fn columns(&self) -> Vec<DataColumn> {
        vec![DataColumn { name: self.name.clone(), label: None, level: Level::Date, values: vec![] }]
    }

    fn is_past_day(&self) -> bool {
        !self.future
    }

    fn bounds(&self) -> Option<Bounds> {
        let end = |end: &Option<Date>| end.as_ref().map(ToString::to_string);
        let bounds = Bounds { min: end(&self.min), max: end(&self.max), ..Bounds::default() };
        (bounds != Bounds::default()).then_some(bounds)
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        vec![datum(given, |_| Self::answer(given).map(|day| Datum::Text(day.to_string())))]
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Date)
    }

    fn value(&self, given: &[Reply]) -> Value {
        Self::answer(given).map_or(Value::Missing, |day| Value::Text(day.to_string()))
    }

    fn summary(&self, given: &[Reply], _: &dyn Voice) -> String {
        Self::answer(given).map(|day| day.to_string()).unwrap_or_default()
    }

    fn simulate(&self, _: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        // Any day of the decade before the last day allowed; 2020 is as good an end as another where none is set.
        let last = self.max.or_else(|| self.min.and_then(|min| min.checked_add(3650.days()).ok()));
        let last = last.unwrap_or(jiff::civil::date(2020, 1, 1));
        let back = i64::try_from(sim.rng.below(3650)).unwrap_or(0);
        let day = last.checked_sub(back.days()).unwrap_or(last);
        let day = day.max(self.min.unwrap_or(jiff::civil::date(1, 1, 1)));
        Reply::Given(Input::Text(Typed { text: day.to_string(), ..Typed::default() }))
    }
}
