//! `allocate`: points divided over parts, each of which may stand for a relational model.

use super::respond::respond_points;
use super::{
    DataColumn, Datum, DrawnOrder, Feed, ItemDraft, Key, Kind, Level, Named, Question, Simulated, Step,
    Voice, datum, model_tag,
};
use crate::instrument::RelationalModel;
use crate::instrument::expression::Value;
use crate::instrument::prompt::{Ask, Input, Reply};

pub(super) const KIND: Kind = Kind { id: "allocate", about: "points divided over parts", read };

#[derive(Debug)]
struct Allocate {
    name: String,
    parts: Vec<(Named, Option<RelationalModel>)>,
    total: i64,
    scale: Option<usize>,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let total = draft.table.integer("total", draft.out).unwrap_or(100);
    if !(1..=100_000).contains(&total) {
        draft.out.error(
            "value.range",
            draft.table.place("total"),
            "`total` should lie between 1 and 100,000",
        );
    }
    let parts = draft.named_list("parts", 2, model_tag);
    let scale = draft.scale();
    Some(Box::new(Allocate { name: draft.name.clone(), parts: parts?, total: total.max(1), scale }))
}

impl Allocate {
    fn points(given: &[Reply], part: &str) -> Option<f64> {
        match given.first()?.input()? {
            Input::Allocated(points) => Some(points.get(part).copied().unwrap_or(0) as f64),
            _ => None,
        }
    }
}

impl Question for Allocate {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        let order = voice.order(self.parts.len());
        let parts = order.into_iter().map(|at| self.parts[at].0.shown(voice)).collect();
        given.is_empty().then(|| Ask::Allocate { parts, total: self.total }.into())
    }

    fn drawn(&self) -> Option<DrawnOrder> {
        Some(DrawnOrder::Parts)
    }

    fn columns(&self) -> Vec<DataColumn> {
        let column = |(part, _): &(Named, _)| DataColumn {
            name: format!("{}_{}", self.name, part.name),
            label: Some(part.label.clone()),
            level: Level::Scale,
            values: vec![],
        };
        self.parts.iter().map(column).collect()
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        let points =
            |(part, _): &(Named, _)| datum(given, |_| Self::points(given, &part.name).map(Datum::Number));
        self.parts.iter().map(points).collect()
    }

    fn parts(&self) -> Vec<String> {
        self.parts.iter().map(|(part, _)| part.name.clone()).collect()
    }

    fn part(&self, part: &str, given: &[Reply]) -> Value {
        Self::points(given, part).map_or(Value::Missing, Value::Number)
    }

    fn feeds(&self) -> Vec<Feed> {
        let Some(scale) = self.scale else { return Vec::new() };
        let feed = |(column, (_, model)): (usize, &(Named, Option<RelationalModel>))| Feed {
            scale,
            column,
            key: Key::Part(*model, self.total as f64),
        };
        self.parts.iter().enumerate().map(feed).collect()
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let shown = |(part, _): &(Named, _)| {
            Some(format!("{}: {}", voice.say(&part.label), Self::points(given, &part.name)?))
        };
        self.parts.iter().filter_map(shown).collect::<Vec<_>>().join("; ")
    }

    fn simulate(&self, _: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        let tags: Vec<_> = self.parts.iter().map(|(_, model)| *model).collect();
        let points = respond_points(&tags, self.total, self.scale, sim);
        let named = self.parts.iter().zip(points).map(|((part, _), points)| (part.name.clone(), points));
        Reply::Given(Input::Allocated(named.collect()))
    }
}
