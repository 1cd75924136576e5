//! `likert`, `semantic_differential`, `slider` and `nps`: one point on one scale.

use super::matrix::cell_datum;
use super::respond::respond_point;
use super::{
    DataColumn, Datum, Feed, ItemDraft, Kind, LabelledPoints, Level, Question, Simulated, Step, Voice,
};
use crate::instrument::expression::{Type, Value};
use crate::instrument::prompt::{Ask, Choice, Input, Reply, ScaleAsk, ScaleReply};
use crate::instrument::text::Text;
use crate::texts;

pub(super) const LIKERT: Kind = Kind { id: "likert", about: "one of the labelled points", read: likert };
pub(super) const SEMANTIC_DIFFERENTIAL: Kind =
    Kind { id: "semantic_differential", about: "a point between two poles", read: differential };
pub(super) const SLIDER: Kind = Kind { id: "slider", about: "a number on a line", read: slider };
pub(super) const NPS: Kind = Kind { id: "nps", about: "willingness to recommend, 0–10", read: nps };

#[derive(Debug)]
struct Point {
    name: String,
    from: i64,
    to: i64,
    step: i64,
    /// One a point, or none.
    labels: Vec<Text>,
    low: Option<Text>,
    high: Option<Text>,
    level: Level,
    feeds: Vec<Feed>,
}

fn likert(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let points = draft.points();
    let (from, to) = points.as_ref().map_or((1, 2), |points| (points.from, points.to()));
    let feeds = draft.feed_points(from, to);
    let LabelledPoints { from, labels } = points?;
    let name = draft.name.clone();
    Some(Box::new(Point {
        name,
        from,
        to,
        step: 1,
        labels,
        low: None,
        high: None,
        level: Level::Ordinal,
        feeds,
    }))
}

fn differential(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let low = draft.table.require_text("left", draft.out);
    let high = draft.table.require_text("right", draft.out);
    let points = draft.table.integer("points", draft.out).unwrap_or(7);
    if !(3..=11).contains(&points) || points % 2 == 0 {
        draft.out.error(
            "value.range",
            draft.table.place("points"),
            format!("`points` should be odd, from 3 to 11, and it is {points}"),
        );
        return None;
    }
    let feeds = draft.feed_points(1, points);
    let name = draft.name.clone();
    let (low, high) = (Some(low), Some(high));
    Some(Box::new(Point {
        name,
        from: 1,
        to: points,
        step: 1,
        labels: vec![],
        low,
        high,
        level: Level::Ordinal,
        feeds,
    }))
}

fn slider(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let from = draft.table.integer("min", draft.out).unwrap_or(0);
    let to = draft.table.integer("max", draft.out).unwrap_or(100);
    let step = draft.table.integer("step", draft.out).unwrap_or(1);
    let low = draft.table.text("low", draft.out);
    let high = draft.table.text("high", draft.out);
    let feeds = draft.feed_points(from, to);
    let length = to.saturating_sub(from);
    if step < 1 || length < 1 || length % step != 0 || length / step > 1000 {
        let message = format!("a slider from {from} to {to} in steps of {step} does not come out");
        draft.out.error("value.range", draft.table.place("step"), message);
        return None;
    }
    let name = draft.name.clone();
    Some(Box::new(Point { name, from, to, step, labels: vec![], low, high, level: Level::Scale, feeds }))
}

fn nps(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let low = draft.table.text("low", draft.out);
    let high = draft.table.text("high", draft.out);
    let feeds = draft.feed_points(0, 10);
    let name = draft.name.clone();
    Some(Box::new(Point {
        name,
        from: 0,
        to: 10,
        step: 1,
        labels: vec![],
        low,
        high,
        level: Level::Scale,
        feeds,
    }))
}

impl Point {
    fn point(given: &[Reply]) -> Option<f64> {
        cell_datum(given, 0).number()
    }
}

impl Question for Point {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        let end = |text: &Option<Text>| text.as_ref().map(|text| voice.say(text)).unwrap_or_default();
        given.is_empty().then(|| {
            Ask::Scale(ScaleAsk {
                rows: vec![Choice { name: self.name.clone(), label: String::new() }],
                order: vec![],
                from: self.from,
                to: self.to,
                step: self.step,
                points: self.labels.iter().map(|label| voice.say(label)).collect(),
                low: end(&self.low),
                high: end(&self.high),
            })
            .into()
        })
    }

    fn columns(&self) -> Vec<DataColumn> {
        let labelled = self.labels.iter().zip(self.from..);
        let mut values: Vec<_> =
            labelled.map(|(label, at)| (Datum::Number(at as f64), label.clone())).collect();
        for (end, at) in [(&self.low, self.from), (&self.high, self.to)] {
            values.extend(end.clone().map(|label| (Datum::Number(at as f64), label)));
        }
        vec![DataColumn { name: self.name.clone(), label: None, level: self.level, values }]
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        vec![cell_datum(given, 0)]
    }

    fn value_type(&self) -> Option<Type> {
        Some(Type::Number)
    }

    fn value(&self, given: &[Reply]) -> Value {
        Self::point(given).map_or(Value::Missing, Value::Number)
    }

    fn domain(&self, _: Option<&str>) -> Option<Vec<Value>> {
        let step = usize::try_from(self.step).ok()?;
        Some((self.from..=self.to).step_by(step).map(|point| Value::Number(point as f64)).collect())
    }

    fn feeds(&self) -> Vec<Feed> {
        self.feeds.clone()
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let Some(point) = Self::point(given) else { return String::new() };
        let point = point as i64;
        let shown = |point: i64| texts::point_from(point, self.from);
        let label = usize::try_from(point - self.from).ok().and_then(|at| self.labels.get(at));
        let (from, to) = (shown(self.from), shown(self.to));
        match label {
            Some(label) => format!("{} · {}", shown(point), voice.say(label)),
            None => match (&self.low, &self.high, self.level) {
                // Between two poles a number alone says nothing.
                (Some(low), Some(high), Level::Ordinal) => {
                    let (low, high) = (voice.say(low), voice.say(high));
                    format!("{} ({from} {low} – {to} {high})", shown(point))
                }
                _ if self.from < 0 => format!("{} ({from} … {to})", shown(point)),
                _ => format!("{point} ({from}–{to})"),
            },
        }
    }

    fn simulate(&self, ask: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        let Ask::Scale(scale) = ask else { return Reply::DontKnow };
        let point = respond_point(scale, self.feeds.first(), sim);
        Reply::Given(Input::Rated(vec![ScaleReply::Point(point)]))
    }
}
