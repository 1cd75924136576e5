//! Answers as columns: what an instrument's items record, with their questions, options and reasons.

use std::collections::BTreeSet;

use jiff::civil::Date;

use super::builder::Builder;
use super::words::part;
use crate::export::{DataCell, ValueLabel, ValueType, Variable, VariableGroup, VariableOrigin, Why};
use crate::instrument::expression::Expression;
use crate::instrument::kinds::{AsWritten, DataColumn, Datum, Key, Level};
use crate::instrument::prompt::Reply;
use crate::instrument::{Instrument, Item, Language, Text};
use crate::interview::{Event, Interview, Stamped};
use crate::text;

/// The columns of an instrument: for each item, one for each datum that it records; none for a text that is left out.
pub(super) type AnswerColumns = Vec<Vec<Option<usize>>>;

/// Finds or makes the columns of an instrument.
pub(super) fn columns(
    builder: &mut Builder,
    instrument: &Instrument,
    language: &Language,
    without_text: bool,
) -> AnswerColumns {
    let of_item = |item: &Item| {
        let columns = item.question.columns();
        let several = columns.len() > 1;
        let of_column = |(at, column): (usize, &DataColumn)| {
            let variable = Variable {
                origin: origin(instrument, item, at, language),
                ..variable(item, (at, column), several, language)
            };
            (!(without_text && variable.free)).then(|| builder.column(variable))
        };
        columns.iter().enumerate().map(of_column).collect()
    };
    instrument.items.iter().map(of_item).collect()
}

/// Fills in the answers of an interview.
pub(super) fn fill(builder: &mut Builder, interview: &Interview, columns: &AnswerColumns) {
    for (index, places) in columns.iter().enumerate() {
        for (datum, place) in interview.data(index).into_iter().zip(places) {
            if let Some(place) = *place {
                let cell = builder.variable(place).map(|variable| cell(datum, variable));
                builder.set(place, cell.unwrap_or(DataCell::Missing(Why::NotAsked)));
            }
        }
    }
}

/// The row of an interview without consent: which questions were not asked, and nothing of the others. After consent was withdrawn, only
/// the journal tells which were asked.
pub(super) fn withhold(
    builder: &mut Builder,
    interview: &Interview,
    journal: &[Stamped],
    columns: &AnswerColumns,
) {
    builder.lacks(Why::NoConsent);
    let answered = journal.iter().filter_map(|stamped| match &stamped.event {
        Event::Answered { item, .. } => Some(item.as_str()),
        _ => None,
    });
    let answered: BTreeSet<&str> = answered.collect();
    for (item, places) in interview.instrument().items.iter().zip(columns) {
        for place in places.iter().flatten().filter(|_| !answered.contains(item.name.as_str())) {
            builder.set(*place, DataCell::Missing(Why::NotAsked));
        }
    }
}

fn variable(item: &Item, (at, column): (usize, &DataColumn), several: bool, language: &Language) -> Variable {
    let question = item.label.raw(language);
    let own = column.label.as_ref().map(|own| own.raw(language));
    let part = own.or_else(|| part(item, &column.name, language).filter(|_| several));
    let label = part.map_or_else(|| question.clone(), |part| about(&part, &question));
    // The usual mark, in front because programs cut labels at the end: values are those that were ticked.
    let reversed = item
        .question
        .feeds()
        .iter()
        .any(|feed| feed.column == at && matches!(feed.key, Key::Points { reverse: true, .. }));
    let label = if reversed { format!("(R) {label}") } else { label };
    let values = values(item, column, language);
    let kind = match column.level {
        Level::Text => ValueType::Text,
        Level::Date => ValueType::Day,
        Level::Ordinal | Level::Scale => ValueType::Number,
        Level::Nominal if values.is_empty() => ValueType::Text,
        Level::Nominal => ValueType::Number,
    };
    // The version of a consent is not typed by the respondent.
    let free = column.level == Level::Text && item.kind != "consent";
    Variable {
        values,
        level: column.level,
        free,
        ..Variable::new(column.name.clone(), label, kind, VariableGroup::Answers)
    }
}

/// How a column of an item came about.
fn origin(instrument: &Instrument, item: &Item, column: usize, language: &Language) -> VariableOrigin {
    let raw = |text: &Text| text.raw(language);
    let group = instrument.group_of(item);
    let own = item.question.question_of(column);
    // A hint stands below the item's own question and below no other.
    let hint = item.hint.as_ref().filter(|_| own.is_none()).map(raw).unwrap_or_default();
    let told = group.guidance.iter().chain(&item.guidance).chain(&item.probes).map(raw);
    let name = item.question.columns().get(column).map(|column| column.name.clone()).unwrap_or_default();
    let options = item.question.options();
    let offered = item.offered.iter().find(|(offered, _)| {
        options.iter().any(|option| option.name == *offered && option.column_of(&item.name) == name)
    });
    let conditions: Vec<&Expression> = [&group.relevant, &item.relevant]
        .into_iter()
        .flatten()
        .chain(offered.map(|(_, condition)| condition))
        .collect();
    let universe = match conditions.as_slice() {
        [] => text!(language, "study-answers-everyone"),
        [one] => format!("{} {}", text!(language, "shared-if"), one.source()),
        several => {
            let several: Vec<String> = several.iter().map(|one| format!("({})", one.source())).collect();
            format!("{} {}", text!(language, "shared-if"), several.join(" and "))
        }
    };
    let read = instrument.calculations_behind(conditions);
    let read = read.into_iter().map(|(name, calculation)| format!("; {name} = {}", calculation.source()));
    let universe = universe + &read.collect::<String>();
    let scales = item.question.feeds().into_iter().filter(|feed| feed.column == column).filter_map(|feed| {
        let scale = instrument.scales.get(feed.scale)?;
        Some((scale.name.clone(), feed.key.counts_for(&scale.name, language)))
    });
    VariableOrigin {
        question: raw(own.as_ref().unwrap_or(&item.label)),
        hint,
        instruction: told.collect::<Vec<_>>().join(" "),
        audience: group.audience.in_words(language),
        universe,
        scales: scales.collect(),
        allowed: allowed(item, column, language),
        ..VariableOrigin::default()
    }
}

/// What an answer may be: its ends, its unit, and what it must satisfy.
fn allowed(item: &Item, column: usize, language: &Language) -> String {
    let mut parts = Vec::new();
    if let Some(bounds) = item.question.bounds() {
        let unit = bounds.unit.map(|unit| format!(" {}", unit.raw(language))).unwrap_or_default();
        parts.extend(match (bounds.min, bounds.max) {
            (Some(min), Some(max)) => {
                Some(format!("{min} {} {max}{unit}", text!(language, "study-answers-to")))
            }
            (Some(min), None) => Some(format!("{} {min}{unit}", text!(language, "study-at-least"))),
            (None, Some(max)) => Some(format!("{} {max}{unit}", text!(language, "study-answers-at-most"))),
            (None, None) if !unit.is_empty() => {
                Some(format!("{}{unit}", text!(language, "study-answers-in")))
            }
            (None, None) => None,
        });
        parts.extend(
            bounds.longest.map(|longest| text!(language, "study-answers-most-longest-characters", longest)),
        );
    }
    // What is told of an item holds for its answer, and columns beside it have questions of their own.
    if let Some(constraint) = item.constraint.as_ref().filter(|_| item.question.question_of(column).is_none())
    {
        parts.push(format!("{} {}", text!(language, "study-answers-must-satisfy"), constraint.source()));
    }
    if item.question.columns().len() == 1 {
        let options = item.question.options();
        for (name, condition) in &item.offered {
            let label =
                options.iter().find(|option| option.name == *name).map(|option| option.label.raw(language));
            let (label, condition) = (label.unwrap_or_default(), condition.source());
            parts.push(text!(language, "study-answers-offered-if", label, condition));
        }
    }
    if let Some(default) = &item.default {
        let shown = item.question.summary(&[Reply::Given(default.clone())], &AsWritten(language));
        parts.push(text!(language, "study-answers-default", shown));
    }
    parts.join("; ")
}

/// A label of two parts. What tells it from its neighbours comes first, because programs cut labels at the end.
pub(super) fn about(part: &str, question: &str) -> String {
    format!("{part} – {question}")
}

fn values(item: &Item, column: &DataColumn, language: &Language) -> Vec<ValueLabel> {
    if column.values.is_empty() && item.kind == "select_multiple" {
        return super::words::yes_no(language);
    }
    let mut values: Vec<ValueLabel> = Vec::new();
    for (datum, label) in &column.values {
        let (code, name) = match datum {
            Datum::Number(number) => (*number, None),
            Datum::Text(name) => (values.len() as f64 + 1.0, Some(name.clone())),
            Datum::Missing(_) => continue,
        };
        // The ends of a scale may be named beside its points; the point's own words come first.
        if values.iter().all(|value| value.code != code) {
            values.push(ValueLabel { code, name, label: label.raw(language) });
        }
    }
    values
}

fn cell(datum: Datum, variable: &Variable) -> DataCell {
    match (datum, variable.kind) {
        (Datum::Missing(why), _) => DataCell::Missing(why.into()),
        (Datum::Number(number), _) => DataCell::number(Some(number), Why::NotAnswered),
        (Datum::Text(text), ValueType::Day) => {
            day(&text).map_or(DataCell::Missing(Why::NotAnswered), DataCell::Day)
        }
        (Datum::Text(name), ValueType::Number) => DataCell::number(variable.code_of(&name), Why::NotAnswered),
        (Datum::Text(text), _) => DataCell::text(&text),
    }
}

/// Days since 1970-01-01.
fn day(text: &str) -> Option<i32> {
    let day: Date = text.parse().ok()?;
    let since = day.since((jiff::Unit::Day, jiff::civil::date(1970, 1, 1))).ok()?;
    Some(since.get_days())
}

/// The version of the consent that was given, where the instrument asks for one.
/// The item records it, too; under that very name if it is called `consent`, and then once is enough.
pub(super) fn consent_version(interview: &Interview) -> Option<String> {
    let instrument = interview.instrument();
    let index = instrument.items.iter().position(|item| item.kind == "consent")?;
    interview.data(index).into_iter().find_map(|datum| match datum {
        Datum::Text(version) => Some(version),
        _ => None,
    })
}

/// Yes or no as a cell.
pub(super) fn yes_no(yes: bool) -> DataCell {
    DataCell::Number(f64::from(u8::from(yes)))
}

/// The label of a field of the start form.
pub(super) fn field_label(instrument: &Instrument, name: &str, language: &Language) -> String {
    let field = instrument.fields.iter().find(|field| field.name == name);
    field.map_or_else(|| name.to_owned(), |field| field.label.raw(language))
}

/// The four models as options.
pub(super) fn models(language: &Language) -> Vec<ValueLabel> {
    let model = |model: crate::instrument::RelationalModel| ValueLabel {
        code: model.index() as f64 + 1.0,
        name: Some(model.abbreviation().to_owned()),
        label: model.in_words(language),
    };
    crate::instrument::RelationalModel::ALL.map(model).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-02"), Some(1));
        assert_eq!(day("0001-01-01"), Some(-719_162));
        assert_eq!(day("2026-02-30"), None);
    }
}
