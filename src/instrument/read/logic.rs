//! The logic of an instrument, read once all names are known: pipes, calculations, relevance, constraints and advice.
//! Expressions may only look back: one that reads a later answer is a fault, so that there are no cycles and the flow never
//! depends on the order of answering.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{check_name, check_unique, check_variable_name, groups, word};
use crate::instrument::expression::{Expression, ExpressionFault, Type};
use crate::instrument::finding::{Fault, did_you_mean};
use crate::instrument::names::NameTable;
use crate::instrument::table::{Findings, Pipe, TomlTable, as_string, content_start};
use crate::instrument::{Act, AdviceRule, Construct, Discussion, Instrument, Priority};

const PRIORITIES: &[(&str, Priority)] = &[
    ("urgent", Priority::Urgent),
    ("high", Priority::High),
    ("normal", Priority::Normal),
    ("low", Priority::Low),
    ("note", Priority::Note),
];

pub(super) fn read(root: &TomlTable, instrument: &mut Instrument, out: &mut Findings) {
    let fields = instrument.fields.iter().map(|field| field.name.clone());
    let items = instrument.items.iter().map(|item| item.name.clone());
    let taken: Vec<String> = fields.chain(items).collect();
    let mut names = base_names(instrument);
    read_calculations(root, instrument, &taken, &mut names, out);
    read_relevance(root, instrument, &names, out);
    read_advice(root, instrument, &names, out);
    read_discussion(root, instrument, out);
    check_pipes(instrument, &names, out);
    let clash = instrument
        .items
        .iter()
        .filter(|item| instrument.fields.iter().any(|f| f.name.eq_ignore_ascii_case(&item.name)));
    for item in clash {
        let message = format!("`{}` is the name of a field already", item.name);
        out.error("name.twice", item.span.clone(), message);
    }
}

fn base_names(instrument: &Instrument) -> NameTable {
    let mut names = NameTable::default();
    for field in &instrument.fields {
        names.add(&field.name, Type::Text);
    }
    for item in &instrument.items {
        if let Some(kind) = item.question.value_type() {
            names.add(&item.name, kind);
        }
        for part in item.question.parts() {
            names.add(format!("{}.{part}", item.name), Type::Number);
        }
    }
    names
}

/// Parses an expression that stands in a quoted text at `span`, and reports its faults there.
fn parse(
    source: &str,
    (text, span): (&str, Range<usize>),
    names: &NameTable,
    out: &mut Findings,
) -> Option<(Expression, Type)> {
    match Expression::parse(text, names) {
        Ok(parsed) => Some(parsed),
        Err(faults) => {
            report(source, (text, span), faults, out);
            None
        }
    }
}

fn report(
    source: &str,
    (text, span): (&str, Range<usize>),
    faults: Vec<ExpressionFault>,
    out: &mut Findings,
) {
    let start = content_start(source, text, &span);
    for fault in faults {
        let word = text.get(fault.span.clone()).unwrap_or_default();
        if fault.code == "expr.unknown-name" && out.excuses(word) {
            continue;
        }
        let place = start.map_or(span.clone(), |start| start + fault.span.start..start + fault.span.end);
        out.push(Fault::error(fault.code, place, fault.message).help(fault.help));
    }
}

/// An expression that must be true or false.
fn parse_condition(
    source: &str,
    (text, span): (&str, Range<usize>),
    names: &NameTable,
    out: &mut Findings,
) -> Option<Expression> {
    let (expression, kind) = parse(source, (text, span.clone()), names, out)?;
    if kind != Type::Bool {
        let message = "this should come out as true or false";
        let help = match kind {
            Type::Number => "compare it with something, as in `… <= 6`",
            Type::Option(_) | Type::Text => "compare it with something, as in `… = 'yes'`",
            Type::Date => "compare it with a day, as in `… >= '2026-01-31'`",
            _ => "ask how many there are, as in `count(…) > 0`",
        };
        let place = content_start(source, text, &span).map_or(span, |start| start..start + text.len());
        out.push(Fault::error("expr.not-a-condition", place, message).help(help.to_owned()));
        return None;
    }
    Some(expression)
}

fn read_calculations(
    root: &TomlTable,
    instrument: &mut Instrument,
    taken: &[String],
    names: &mut NameTable,
    out: &mut Findings,
) {
    let Some(value) = root.get("calculations") else { return };
    let Some(table) = TomlTable::of(root.source(), value, "`calculations`", out) else { return };
    let mut waiting = Vec::new();
    let mut depths: BTreeMap<String, usize> = BTreeMap::new();
    for (name, span, value) in table.named() {
        check_variable_name(name, span.clone(), out);
        if taken.iter().any(|known| known.eq_ignore_ascii_case(name)) {
            out.error("name.twice", span, format!("`{name}` is already the name of a field or an item"));
            continue;
        }
        match as_string(value, &format!("calculation `{name}`"), out) {
            Some(text) => waiting.push((name, text)),
            None => _ = out.broken.insert(name.to_owned()),
        }
    }
    // In rounds, because calculations may use each other in any order of definition.
    loop {
        let pending: Vec<String> = waiting.iter().map(|(name, _)| (*name).to_owned()).collect();
        let mut later = Vec::new();
        for (name, (text, span)) in waiting {
            match Expression::parse(text, names) {
                Ok((expression, kind)) => {
                    names.add(name, kind);
                    let below = expression.references().into_iter().filter_map(|used| depths.get(used));
                    let depth = 1 + below.max().copied().unwrap_or(0);
                    depths.insert(name.to_owned(), depth);
                    if depth == DEEPEST + 1 {
                        let message = format!(
                            "calculation `{name}` builds on {DEEPEST} others, one on top of the other"
                        );
                        let help = "write some of them out where they are used".to_owned();
                        out.push(Fault::error("calculation.deep", span, message).help(help));
                    }
                    instrument.calculations.push((name.to_owned(), expression));
                }
                Err(faults) => later.push((name, (text, span), faults)),
            }
        }
        let stuck = later.len() == pending.len();
        if stuck {
            out.broken.extend(pending.iter().cloned());
            report_stuck(root.source(), &later, out);
            return;
        }
        if later.is_empty() {
            return;
        }
        waiting = later.into_iter().map(|(name, text, _)| (name, text)).collect();
    }
}

/// Calculations are evaluated recursively, so their depth is bounded.
const DEEPEST: usize = 32;

/// A calculation with its text, and what is wrong with it.
type Stuck<'a> = (&'a str, (&'a str, Range<usize>), Vec<ExpressionFault>);

/// Reports calculations that could not be read: for each its own fault, or that it depends on itself. One that only depends on
/// a faulty one is not reported.
fn report_stuck(source: &str, stuck: &[Stuck], out: &mut Findings) {
    let needs = |(_, (text, _), faults): &Stuck| -> Vec<usize> {
        let words = faults.iter().filter_map(|fault| text.get(fault.span.clone()));
        words.filter_map(|word| stuck.iter().position(|(name, ..)| *name == word)).collect()
    };
    let edges: Vec<Vec<usize>> = stuck.iter().map(needs).collect();
    for (at, (name, (text, span), faults)) in stuck.iter().enumerate() {
        let mut reached = vec![false; stuck.len()];
        let mut waiting = edges[at].clone();
        while let Some(next) = waiting.pop() {
            if !std::mem::replace(&mut reached[next], true) {
                waiting.extend(&edges[next]);
            }
        }
        if reached[at] {
            let message = format!("calculation `{name}` needs itself, directly or through another one");
            out.error("calculation.cycle", span.clone(), message);
        }
        report(source, (text, span.clone()), faults.clone(), out);
    }
}

fn read_relevance(root: &TomlTable, instrument: &mut Instrument, names: &NameTable, out: &mut Findings) {
    for table in root.tables("groups", "a group", &mut Findings::default()) {
        let mut quiet = Findings::default();
        let name = table.string("name", &mut quiet).map(|(name, _)| name.to_owned());
        let group = instrument.groups.iter().position(|group| Some(&group.name) == name.as_ref());
        if let Some(text) = table.string("relevant", out) {
            let relevant = parse_condition(root.source(), text.clone(), names, out);
            if let (Some(group), Some(relevant)) = (group, relevant) {
                let first = instrument.groups[group].items.start;
                check_looks_back(instrument, &relevant, first, None, text, root.source(), out);
                instrument.groups[group].relevant = Some(relevant);
            }
        }
        for table in table.tables("items", "an item", &mut quiet) {
            let name = table.string("name", &mut quiet).map(|(name, _)| name.to_owned());
            match name.and_then(|name| instrument.item_index(&name)) {
                Some(index) => read_item_logic(&table, index, instrument, names, out),
                // The item has faults already; those of its condition are reported with them.
                None => {
                    let relevant = table.string("relevant", out);
                    relevant.and_then(|text| parse_condition(table.source(), text, names, out));
                }
            }
        }
    }
}

fn read_item_logic(
    table: &TomlTable,
    index: usize,
    instrument: &mut Instrument,
    names: &NameTable,
    out: &mut Findings,
) {
    if let Some(text) = table.string("relevant", out) {
        let relevant = parse_condition(table.source(), text.clone(), names, out);
        if let Some(relevant) = &relevant {
            let group = &instrument.groups[instrument.items[index].group];
            // In a shuffled group nothing of the group itself is sure to come earlier.
            let (before, shuffled) =
                if group.randomize { (group.items.start, Some(group.items.clone())) } else { (index, None) };
            check_looks_back(instrument, relevant, before, shuffled, text, table.source(), out);
        }
        instrument.items[index].relevant = relevant;
    }
    let conditions: Vec<_> = instrument.items[index]
        .question
        .options()
        .iter()
        .filter_map(|option| {
            let (text, span) = option.relevant.clone()?;
            Some((option.name.clone(), text, span))
        })
        .collect();
    for (option, text, span) in conditions {
        let place = (text.as_str(), span);
        let Some(relevant) = parse_condition(table.source(), place.clone(), names, out) else { continue };
        let group = &instrument.groups[instrument.items[index].group];
        let (before, shuffled) =
            if group.randomize { (group.items.start, Some(group.items.clone())) } else { (index, None) };
        check_looks_back(instrument, &relevant, before, shuffled, place, table.source(), out);
        instrument.items[index].offered.push((option, relevant));
    }
    if let Some(text) = table.string("constraint", out) {
        let item = &instrument.items[index];
        let mut names = names.clone();
        match item.question.value_type() {
            Some(kind) => names.add(".", kind),
            None => {
                let message =
                    format!("an item of kind `{}` has no single value to put a constraint on", item.kind);
                out.error("constraint.kind", text.1, message);
                return;
            }
        }
        let constraint = parse_condition(table.source(), text.clone(), &names, out);
        if let Some(constraint) = &constraint {
            check_looks_back(instrument, constraint, index + 1, None, text, table.source(), out);
        }
        instrument.items[index].constraint = constraint;
    }
}

/// Reports names of items that are asked at or after position `before`.
fn check_looks_back(
    instrument: &Instrument,
    expression: &Expression,
    before: usize,
    shuffled: Option<Range<usize>>,
    (text, span): (&str, Range<usize>),
    source: &str,
    out: &mut Findings,
) {
    let calculations: BTreeMap<&str, &Expression> =
        instrument.calculations.iter().map(|(name, expression)| (name.as_str(), expression)).collect();
    let mut waiting: Vec<String> = expression.references().into_iter().map(str::to_owned).collect();
    let mut seen = BTreeSet::new();
    while let Some(name) = waiting.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        if let Some(calculation) = calculations.get(name.as_str()) {
            waiting.extend(calculation.references().into_iter().map(str::to_owned));
            continue;
        }
        let stem = name.split('.').next().unwrap_or_default();
        let Some(index) = instrument.item_index(stem) else { continue };
        if index < before {
            continue;
        }
        let at = content_start(source, text, &span).zip(find_name(text, &name)).map(|(start, at)| start + at);
        let place = at.map_or(span.clone(), |at| at..at + name.len());
        let (message, help) = if shuffled.as_ref().is_some_and(|range| range.contains(&index)) {
            (
                format!("`{stem}` is in the same shuffled group, so it may not have been asked yet"),
                "move one of the two to another group, or take `randomize` away".to_owned(),
            )
        } else {
            (
                format!("`{stem}` is asked later than here, so it has no answer yet"),
                "move the question that is needed before the one that needs it".to_owned(),
            )
        };
        out.push(Fault::error("flow.looks-ahead", place, message).help(help));
    }
}

/// Where `name` stands in `text` as a whole word; `nps` is not in `nps_2`.
fn find_name(text: &str, name: &str) -> Option<usize> {
    let of_name = |c: char| c.is_alphanumeric() || c == '_' || c == '.';
    let whole = |at: &usize| !text[..*at].ends_with(of_name) && !text[at + name.len()..].starts_with(of_name);
    text.match_indices(name).map(|(at, _)| at).find(whole)
}

fn read_advice(root: &TomlTable, instrument: &mut Instrument, names: &NameTable, out: &mut Findings) {
    let mut names = names.clone();
    // Shares are four numbers, and associations appear as `gap.indirect`; other methods give the one number that a rule reads.
    let scales = instrument.scales.iter().filter(|scale| scale.method.is_of_points());
    names.add_results(scales.map(|scale| scale.name.clone()));
    names.add_lenses(instrument.scales.iter().filter_map(|scale| match &scale.construct {
        Construct::Family(family, member) => Some((*family, member.as_str())),
        _ => None,
    }));
    let mut places = Vec::new();
    for mut table in root.tables("advice", "an advice rule", out) {
        let name = table.require_string("name", out);
        if let Some((name, span)) = &name {
            table.name_it(format!("advice `{name}`"));
            check_name(name, span.clone(), out);
            places.push((*name, span.clone()));
        }
        let when = table.require_string("when", out);
        let when = when.and_then(|text| parse_condition(root.source(), text, &names, out));
        let audience = groups::audience(&table, out);
        let priority = word(&table, "priority", PRIORITIES, out).unwrap_or_default();
        let act = word(&table, "act", Act::ALL, out);
        let title = table.require_text("title", out);
        let text = table.require_text("text", out);
        table.finish(out);
        if let (Some((name, span)), Some(when)) = (name, when) {
            let name = name.into();
            instrument.advice.push(AdviceRule { name, when, audience, priority, act, title, text, span });
        }
    }
    check_unique(places.into_iter(), "advice rules", out);
}

/// Discussion questions for a room: they know its earlier answers and the room's overall results, but no single person's
/// answer.
fn read_discussion(root: &TomlTable, instrument: &mut Instrument, out: &mut Findings) {
    let mut names = NameTable::default();
    for field in &instrument.fields {
        names.add(&field.name, Type::Text);
    }
    let scales = instrument.scales.iter().filter(|scale| scale.method.is_of_points());
    names.add_room(scales.map(|scale| scale.name.clone()));
    let mut places = Vec::new();
    for mut table in root.tables("discussion", "a question for the room", out) {
        let name = table.require_string("name", out);
        if let Some((name, span)) = &name {
            table.name_it(format!("question for the room `{name}`"));
            check_name(name, span.clone(), out);
            places.push((*name, span.clone()));
        }
        let when = table.string("when", out);
        let whole = when.is_none();
        let when = when.and_then(|text| parse_condition(root.source(), text, &names, out));
        let before = out.pipes.len();
        let text = table.require_text("text", out);
        let is_field = |pipe: &Pipe| instrument.fields.iter().any(|field| field.name == pipe.name);
        let foreign: Vec<_> = out.pipes[before..]
            .iter()
            .filter(|pipe| !is_field(pipe))
            .map(|pipe| (pipe.span.clone(), pipe.name.clone()))
            .collect();
        for (span, name) in foreign {
            out.error(
                "pipe.room",
                span,
                format!("`{name}` is nothing that a room knows: a question for it may name fields of the start form"),
            );
        }
        table.finish(out);
        if let (Some((name, span)), true) = (name, whole || when.is_some()) {
            instrument.discussion.push(Discussion { name: name.into(), when, text, span });
        }
    }
    check_unique(places.into_iter(), "questions for the room", out);
}

fn check_pipes(instrument: &Instrument, names: &NameTable, out: &mut Findings) {
    use crate::instrument::expression::Names;
    let all = names.all();
    // Comparing a name with all others is expensive, and few authors read on after so many.
    let mut suggestions = 100;
    for Pipe { name, span, asked_before } in std::mem::take(&mut out.pipes) {
        let stem = name.split('.').next().unwrap_or_default();
        let list = name.split_once('.').map_or("", |(_, list)| list);
        let listed = instrument.item(stem).is_some_and(|item| item.question.lists().contains(&list));
        if !names.contains(&name) && !listed {
            if out.excuses(&name) {
                continue;
            }
            let part =
                all.iter().find(|known| known.strip_prefix(&name).is_some_and(|rest| rest.starts_with('.')));
            let help = match part {
                Some(part) => format!("it has parts: name one of them, such as `{{{part}}}`"),
                None => Some(&name)
                    .filter(|_| suggestions > 0)
                    .and_then(|name| did_you_mean(name, all.iter().map(String::as_str)))
                    .unwrap_or_else(|| "a pipe names a field, an item or a calculation".into()),
            };
            suggestions -= i32::from(suggestions > 0);
            let message = format!("`{{{name}}}` is not the name of anything");
            out.push(Fault::error("text.unknown-pipe", span, message).help(help));
        } else if let (Some(index), Some(before)) = (instrument.item_index(stem), asked_before)
            && index >= before
        {
            let message =
                format!("`{stem}` has no answer yet when this is shown, so an ellipsis stands here");
            let help = "move the question that is needed before the text that needs it".to_owned();
            out.push(Fault::warning("text.looks-ahead", span, message).help(help));
        }
    }
}
