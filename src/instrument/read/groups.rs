//! Groups and items: the common keys of an item here, the others in its kind.

use std::ops::Range;

use super::{Definitions, check_name, check_unique, check_variable_name, default, word};
use crate::instrument::finding::{Fault, did_you_mean, nearest};
use crate::instrument::kinds::{self, ItemDraft, KINDS};
use crate::instrument::table::{Findings, TomlTable, read_text};
use crate::instrument::{Audience, Group, Item};

const AUDIENCES: &[(&str, Audience)] =
    &[("interviewer", Audience::Interviewer), ("respondent", Audience::Respondent)];

/// The audience under `audience`, if there is one.
pub(super) fn audience(table: &TomlTable, out: &mut Findings) -> Option<Audience> {
    word(table, "audience", AUDIENCES, out)
}

pub(super) fn read(
    root: &TomlTable,
    definitions: &Definitions,
    out: &mut Findings,
) -> (Vec<Group>, Vec<Item>) {
    let mut groups = Vec::new();
    let mut items = Vec::new();
    let mut names = Vec::new();
    for table in root.tables("groups", "a group", out) {
        read_group(table, definitions, &mut groups, (&mut items, &mut names), out);
    }
    if groups.is_empty() && !out.incomplete {
        let help = "a group starts with `[[groups]]`".to_owned();
        out.push(Fault::error("groups.none", root.span(), "the instrument has no groups").help(help));
    }
    let named = groups.iter().map(|group: &Group| (group.name.as_str(), group.span.clone()));
    check_unique(named.filter(|(name, _)| !name.is_empty()), "groups", out);
    check_unique(names.iter().map(|(name, span)| (name.as_str(), span.clone())), "items", out);
    (groups, items)
}

fn read_group(
    mut table: TomlTable,
    definitions: &Definitions,
    groups: &mut Vec<Group>,
    (items, names): (&mut Vec<Item>, &mut Vec<ItemName>),
    out: &mut Findings,
) {
    if table.get("include").is_some() {
        // A group with only an include has been replaced by the file, or the reason why not has been reported.
        if table.named().len() > 1 {
            let message = "a group that includes a file has no other keys";
            let help = "put the include into a `[[groups]]` of its own".to_owned();
            out.push(Fault::error("include.company", table.place("include"), message).help(help));
            out.incomplete = true;
        }
        return;
    }
    let named = table.require_string("name", out);
    let (name, span) =
        named.map(|(name, span)| (name.to_owned(), span)).unwrap_or((String::new(), table.span()));
    if !name.is_empty() {
        table.name_it(format!("group `{name}`"));
        check_name(&name, span.clone(), out);
    }
    let first = items.len();
    let randomize = table.bool("randomize", false, out);
    for item in table.tables("items", "an item", out) {
        // In a shuffled group no item of the group is certain to come earlier.
        out.asked_before = Some(if randomize { first } else { items.len() });
        items.extend(read_item(item, (groups.len(), names), definitions, out));
    }
    out.asked_before = Some(first);
    if table.list("items").is_empty() {
        let fault = Fault::error("group.empty", span.clone(), "this group has no items");
        out.push(fault.help("an item starts with `[[groups.items]]`".to_owned()));
    }
    let group = Group {
        name,
        audience: audience(&table, out).unwrap_or(Audience::Respondent),
        label: table.require_text("label", out),
        guidance: table.text("guidance_hint", out),
        // The logic comes later, when all names are known.
        relevant: None,
        randomize,
        items: first..items.len(),
        span,
    };
    table.get("relevant");
    table.finish(out);
    out.asked_before = None;
    groups.push(group);
}

/// The name of an item that may have nothing else that can be read, and where it stands.
type ItemName = (String, Range<usize>);

fn read_item(
    mut table: TomlTable,
    (group, names): (usize, &mut Vec<ItemName>),
    definitions: &Definitions,
    out: &mut Findings,
) -> Option<Item> {
    let named = table.require_string("name", out);
    let (name, span) =
        named.map(|(name, span)| (name.to_owned(), span)).unwrap_or((String::new(), table.span()));
    if !name.is_empty() {
        table.name_it(format!("item `{name}`"));
        check_variable_name(&name, span.clone(), out);
        names.push((name.clone(), span.clone()));
    }
    let label = table.require_text("label", out);
    let hint = table.text("hint", out);
    let guidance = table.text("guidance_hint", out);
    let mut probes = Vec::new();
    for probe in table.list("probe") {
        probes.extend(read_text(table.source(), probe, "a probe", out));
    }
    let constraint_message = table.text("constraint_message", out);
    table.get("relevant");
    if table.get("constraint").is_none() && constraint_message.is_some() {
        let message = "there is no `constraint` that this could speak about";
        out.push(Fault::warning("constraint.none", table.place("constraint_message"), message));
    }
    let Some((id, place)) = table.require_string("kind", out) else {
        out.broken.insert(name);
        return None;
    };
    let required = table.bool("required", id != "note", out);
    let Some(kind) = kinds::kind(id) else {
        let message = format!("there is no kind `{id}`");
        let known: Vec<&str> = KINDS.iter().map(|kind| kind.id).collect();
        let help = did_you_mean(id, known.iter().copied())
            .unwrap_or_else(|| format!("the kinds are {}", known.join(", ")));
        out.push(Fault::error("kind.unknown", place, message).help(help));
        // Further faults are reported now, if the intended kind is clear.
        if let Some(meant) = nearest(id, known).and_then(kinds::kind) {
            let question =
                (meant.read)(&mut ItemDraft { name: name.clone(), table: &table, definitions, out });
            question.as_deref().and_then(|question| default::read(&table, question, out));
            table.get("default");
            table.finish(out);
        }
        out.broken.insert(name);
        return None;
    };
    let question = (kind.read)(&mut ItemDraft { name: name.clone(), table: &table, definitions, out });
    let default = question.as_deref().and_then(|question| default::read(&table, question, out));
    table.get("default");
    table.finish(out);
    let columns: Vec<String> = question.iter().flat_map(|q| q.columns()).map(|column| column.name).collect();
    if let Some(long) = columns.iter().find(|column| column.len() > COLUMN_BYTES) {
        let message =
            format!("the column `{long}` would have {} characters; {COLUMN_BYTES} are the most", long.len());
        let help = "shorten the item's name or its rows, parts or options".to_owned();
        out.push(Fault::error("name.column", span.clone(), message).help(help));
    }
    let Some(question) = question else {
        out.broken.insert(name);
        return None;
    };
    Some(Item {
        name,
        kind: kind.id,
        group,
        label,
        hint,
        guidance,
        probes,
        relevant: None,
        required,
        default,
        offered: Vec::new(),
        constraint: None,
        constraint_message,
        question,
        span,
    })
}

/// SPSS takes names of up to 64 bytes.
const COLUMN_BYTES: usize = 64;
