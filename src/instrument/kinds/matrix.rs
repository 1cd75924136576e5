//! `matrix`: several rows on one scale, on one card; so also one norm asked for both sides.

use super::respond::respond_point;
use super::{
    DataColumn, Datum, DrawnOrder, Feed, ItemDraft, Key, Kind, LabelledPoints, Level, Named, Question,
    Simulated, Step, Voice,
};
use crate::instrument::expression::Value;
use crate::instrument::finding::{Fault, did_you_mean};
use crate::instrument::phrases;
use crate::instrument::prompt::{Ask, Input, Reply, ScaleAsk, ScaleReply};
use crate::instrument::table::{TomlTable, as_string};
use crate::texts;

pub(super) const KIND: Kind = Kind { id: "matrix", about: "several rows on one scale, on one card", read };

#[derive(Debug)]
struct Matrix {
    name: String,
    points: LabelledPoints,
    rows: Vec<Named>,
    /// Whether rows are shown in an order drawn for every session.
    randomize: bool,
    feeds: Vec<Feed>,
}

fn read(draft: &mut ItemDraft) -> Option<Box<dyn Question>> {
    let points = draft.points();
    let randomize = draft.table.bool("randomize", false, draft.out);
    let shared = draft.table.get("rows").is_some_and(|rows| rows.get_ref().is_str());
    // (row, its scale, whether it is reversed)
    let rows: Option<Vec<(Named, Option<usize>, bool)>> = if shared {
        shared_rows(draft)
    } else {
        draft
            .named_list("rows", 1, |table, out, definitions| {
                let reverse = table.bool("reverse", false, out);
                let scale = table.string("scale", out);
                (scale.and_then(|(name, span)| definitions.scale(name, span, out)), reverse)
            })
            .map(|rows| rows.into_iter().map(|(row, (scale, reverse))| (row, scale, reverse)).collect())
    };
    let (points, rows) = (points?, rows?);
    let (min, max) = (points.from as f64, points.to() as f64);
    let feeds = rows.iter().enumerate().filter_map(|(column, (_, scale, reverse))| {
        Some(Feed { scale: (*scale)?, column, key: Key::Points { min, max, reverse: *reverse } })
    });
    let feeds = feeds.collect();
    let rows = rows.into_iter().map(|(row, _, _)| row).collect();
    Some(Box::new(Matrix { name: draft.name.clone(), points, rows, randomize, feeds }))
}

/// Rows from a shared list, with the item's own `scales = { row = "scale" }`.
fn shared_rows(draft: &mut ItemDraft) -> Option<Vec<(Named, Option<usize>, bool)>> {
    let (name, span) = draft.table.require_string("rows", draft.out)?;
    let rows = draft.definitions.rows(name, span, draft.out)?;
    let reverse = draft.reverse("scales");
    let mut scales = vec![None; rows.len()];
    if let Some(value) = draft.table.get("scales") {
        let table = TomlTable::of(draft.table.source(), value, "`scales`", draft.out)?;
        for (row, span, value) in table.named() {
            let Some(at) = rows.iter().position(|known| known.name == row) else {
                let known = rows.iter().map(|row| row.name.as_str());
                let message = format!("`{row}` is not a row of `{name}`");
                draft.out.push(Fault::error("row.unknown", span, message).help(did_you_mean(row, known)));
                continue;
            };
            if let Some((scale, span)) = as_string(value, "a scale", draft.out) {
                scales[at] = draft.definitions.scale(scale, span, draft.out);
            }
        }
    }
    Some(rows.into_iter().zip(scales).map(|(row, scale)| (row, scale, reverse)).collect())
}

/// The datum in one row of a rated prompt.
pub(super) fn cell_datum(given: &[Reply], row: usize) -> Datum {
    super::datum(given, |input| {
        let Input::Rated(cells) = input else { return None };
        cells.get(row).copied().map(Datum::from)
    })
}

impl Question for Matrix {
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step> {
        given.is_empty().then(|| {
            Ask::Scale(ScaleAsk {
                rows: self.rows.iter().map(|row| row.shown(voice)).collect(),
                order: if self.randomize { voice.order(self.rows.len()) } else { Vec::new() },
                from: self.points.from,
                to: self.points.to(),
                step: 1,
                points: self.points.labels.iter().map(|label| voice.say(label)).collect(),
                low: String::new(),
                high: String::new(),
            })
            .into()
        })
    }

    fn drawn(&self) -> Option<DrawnOrder> {
        self.randomize.then_some(DrawnOrder::Rows)
    }

    fn columns(&self) -> Vec<DataColumn> {
        let labels = self.points.labels.iter().zip(self.points.from..);
        let values: Vec<_> = labels.map(|(label, at)| (Datum::Number(at as f64), label.clone())).collect();
        let column = |row: &Named| DataColumn {
            name: format!("{}_{}", self.name, row.name),
            label: Some(row.label.clone()),
            level: Level::Ordinal,
            values: values.clone(),
        };
        self.rows.iter().map(column).collect()
    }

    fn record(&self, given: &[Reply]) -> Vec<Datum> {
        (0..self.rows.len()).map(|row| cell_datum(given, row)).collect()
    }

    fn parts(&self) -> Vec<String> {
        self.rows.iter().map(|row| row.name.clone()).collect()
    }

    fn part(&self, part: &str, given: &[Reply]) -> Value {
        let row = self.rows.iter().position(|row| row.name == part);
        let number = row.and_then(|row| cell_datum(given, row).number());
        number.map_or(Value::Missing, Value::Number)
    }

    fn domain(&self, _: Option<&str>) -> Option<Vec<Value>> {
        Some((self.points.from..=self.points.to()).map(|point| Value::Number(point as f64)).collect())
    }

    fn feeds(&self) -> Vec<Feed> {
        self.feeds.clone()
    }

    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String {
        let shown = |(index, row): (usize, &Named)| {
            let point = cell_datum(given, index).number()?;
            let point = texts::point_from(point as i64, self.points.from);
            Some(format!("{}: {point}", voice.say(&row.label)))
        };
        self.rows.iter().enumerate().filter_map(shown).collect::<Vec<_>>().join("; ")
    }

    fn lists(&self) -> &'static [&'static str] {
        &["marked"]
    }

    fn listed(&self, _: &str, given: &[Reply], voice: &dyn Voice) -> Vec<String> {
        let above =
            |row: usize| cell_datum(given, row).number().is_some_and(|point| point > self.points.from as f64);
        let rows = self.rows.iter().enumerate().filter(|(index, _)| above(*index));
        let names: Vec<String> = rows.map(|(_, row)| voice.say(&row.label)).collect();
        if names.is_empty() { vec![voice.say(&phrases::none_marked())] } else { names }
    }

    fn simulate(&self, ask: &Ask, _: &[Reply], sim: &mut Simulated) -> Reply {
        let Ask::Scale(scale) = ask else { return Reply::DontKnow };
        let cell = |row| {
            let feed = self.feeds.iter().find(|feed| feed.column == row);
            ScaleReply::Point(respond_point(scale, feed, sim))
        };
        Reply::Given(Input::Rated((0..self.rows.len()).map(cell).collect()))
    }
}
