//! What the rest of a file refers to by name: choices, rows and scales. Records what is used, so that an unused or misspelt
//! definition is reported too.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;

use super::{check_name, check_option_name, check_unique, word};
use crate::instrument::finding::{Fault, did_you_mean};
use crate::instrument::kinds::{LabelledPoints, Named, model_of};
use crate::instrument::table::{
    Findings, Placed, TomlTable, as_string, read_template, read_text, wrong_type,
};
use crate::instrument::text::{Language, Template, Text};
use crate::instrument::{Construct, Family, Method, Perspective, Scale};

/// Everything that items can name.
#[derive(Debug, Default)]
pub(crate) struct Definitions {
    points: Vec<(String, LabelledPoints)>,
    options: Vec<(String, Vec<Named>)>,
    rows: Vec<(String, Vec<Named>)>,
    scales: Vec<Scale>,
    /// (what, name, place) of each list, for those that nothing uses.
    places: Vec<(&'static str, String, Range<usize>)>,
    used: RefCell<BTreeSet<(&'static str, String)>>,
}

impl Definitions {
    pub fn read(root: &TomlTable, out: &mut Findings) -> Self {
        let mut definitions = Self::default();
        definitions.read_choices(root, out);
        if let Some(table) =
            root.get("rows").and_then(|value| TomlTable::of(root.source(), value, "`rows`", out))
        {
            for (name, span, value) in table.named() {
                check_name(name, span.clone(), out);
                let rows = named_options(&table, value, &format!("rows `{name}`"), (1, false), out);
                definitions.rows.push((name.into(), rows));
                definitions.places.push(("rows", name.into(), span));
            }
        }
        if let Some(table) =
            root.get("scales").and_then(|value| TomlTable::of(root.source(), value, "`scales`", out))
        {
            for (name, span, value) in table.named() {
                check_name(name, span.clone(), out);
                let table = TomlTable::of(table.source(), value, &format!("scale `{name}`"), out);
                match table.and_then(|table| read_scale(name, span, table, out)) {
                    Some(scale) => definitions.scales.push(scale),
                    None => _ = out.broken.insert(name.to_owned()),
                }
            }
        }
        definitions
    }

    fn read_choices(&mut self, root: &TomlTable, out: &mut Findings) {
        let Some(table) =
            root.get("choices").and_then(|value| TomlTable::of(root.source(), value, "`choices`", out))
        else {
            return;
        };
        for (name, span, value) in table.named() {
            check_name(name, span.clone(), out);
            self.places.push(("choices", name.into(), span));
            if let Some(array) = value.get_ref().as_array() {
                let options = named_options(&table, value, &format!("choices `{name}`"), (1, true), out);
                if array.len() == 1 {
                    let message = format!("choices `{name}` have one entry, so there is nothing to choose");
                    out.push(Fault::warning("list.too-short", value.span(), message));
                }
                self.options.push((name.into(), options));
                continue;
            }
            let points = TomlTable::of(table.source(), value, &format!("choices `{name}`"), out);
            match points.and_then(|points| read_points(name, points, out)) {
                Some(points) => self.points.push(points),
                None => _ = out.broken.insert(name.to_owned()),
            }
        }
    }

    /// The index of the scale called `name`.
    pub fn scale(&self, name: &str, span: Range<usize>, out: &mut Findings) -> Option<usize> {
        let found = self.scales.iter().position(|scale| scale.name == name);
        if found.is_none() && !out.excuses(name) {
            let known = self.scales.iter().map(|scale| scale.name.as_str());
            let help = did_you_mean(name, known);
            out.push(Fault::error("scale.unknown", span, format!("there is no scale `{name}`")).help(help));
        }
        found
    }

    /// The labelled points called `name`.
    pub fn points(&self, name: &str, span: Range<usize>, out: &mut Findings) -> Option<LabelledPoints> {
        self.used.borrow_mut().insert(("choices", name.to_owned()));
        let found = self.points.iter().find(|(known, _)| known == name);
        if found.is_none() && !out.excuses(name) {
            let wanted = "labelled points (`labels = …`)";
            let other = self.options.iter().any(|(known, _)| known == name);
            out.push(self.no_choices(name, span, other, wanted));
        }
        found.map(|(_, points)| points.clone())
    }

    /// The named options called `name`.
    pub fn options(&self, name: &str, span: Range<usize>, out: &mut Findings) -> Option<Vec<Named>> {
        self.used.borrow_mut().insert(("choices", name.to_owned()));
        let found = self.options.iter().find(|(known, _)| known == name);
        if found.is_none() && !out.excuses(name) {
            let other = self.points.iter().any(|(known, _)| known == name);
            out.push(self.no_choices(name, span, other, "named options (`[[choices.…]]`)"));
        }
        found.map(|(_, options)| options.clone())
    }

    fn no_choices(&self, name: &str, span: Range<usize>, other_form: bool, wanted: &str) -> Fault {
        if other_form {
            let message = format!("`{name}` has another form: this kind needs {wanted}");
            return Fault::error("choices.form", span, message);
        }
        let known = self.points.iter().map(|(n, _)| n).chain(self.options.iter().map(|(n, _)| n));
        let help = did_you_mean(name, known.map(String::as_str));
        Fault::error("choices.unknown", span, format!("there are no choices `{name}`")).help(help)
    }

    /// The shared rows called `name`.
    pub fn rows(&self, name: &str, span: Range<usize>, out: &mut Findings) -> Option<Vec<Named>> {
        self.used.borrow_mut().insert(("rows", name.to_owned()));
        let found = self.rows.iter().find(|(known, _)| known == name);
        if found.is_none() && !out.excuses(name) {
            let help = did_you_mean(name, self.rows.iter().map(|(known, _)| known.as_str()));
            out.push(Fault::error("rows.unknown", span, format!("there are no rows `{name}`")).help(help));
        }
        found.map(|(_, rows)| rows.clone())
    }

    /// Warnings of lists that no item uses.
    pub fn unused(&self) -> Vec<Fault> {
        let used = self.used.borrow();
        let unused = self.places.iter().filter(|(what, name, _)| !used.contains(&(*what, name.clone())));
        let warning = |(what, name, span): &(&str, String, Range<usize>)| {
            let message = format!("no item uses the {what} `{name}`");
            Fault::warning("definition.unused", span.clone(), message)
        };
        unused.map(warning).collect()
    }

    pub fn into_scales(self) -> Vec<Scale> {
        self.scales
    }
}

/// An array of `{ name, label }`, of which there must be so many; entries may be `tagged` with a model.
fn named_options(
    table: &TomlTable,
    value: Placed,
    what: &str,
    (least, tagged): (usize, bool),
    out: &mut Findings,
) -> Vec<Named> {
    let Some(array) = value.get_ref().as_array() else {
        wrong_type(value, what, "a list of names with labels", out);
        return Vec::new();
    };
    if array.len() < least {
        let message =
            format!("{what} need at least {least} {}", if least == 1 { "entry" } else { "entries" });
        out.error("list.too-short", value.span(), message);
    }
    let mut options = Vec::new();
    let mut places = Vec::new();
    for entry in array.iter() {
        let Some(entry) = TomlTable::of(table.source(), entry, &format!("an entry of {what}"), out) else {
            continue;
        };
        let name = entry.require_string("name", out);
        let label = entry.require_text("label", out);
        let model = if tagged { model_of(&entry, out) } else { None };
        let relevant = if tagged { entry.string("relevant", out) } else { None };
        entry.finish(out);
        if let Some((name, span)) = name {
            match tagged {
                true => check_option_name(name, span.clone(), out),
                false => check_name(name, span.clone(), out),
            }
            places.push((name, span));
            let relevant = relevant.map(|(text, span)| (text.to_owned(), span));
            options.push(Named { name: name.into(), label, model, relevant });
        }
    }
    if tagged {
        // Values may differ in their letters' size alone.
        let mut seen = BTreeSet::new();
        for (name, span) in places {
            if !seen.insert(name) {
                out.error("name.twice", span, format!("there are two entries in {what} called `{name}`"));
            }
        }
    } else {
        check_unique(places.into_iter(), &format!("entries in {what}"), out);
    }
    options
}

fn read_points(name: &str, table: TomlTable, out: &mut Findings) -> Option<(String, LabelledPoints)> {
    let from = table.integer("from", out).unwrap_or(1);
    let value = table.get("labels");
    let labels = match value {
        Some(value) => point_labels(&table, value, name, out),
        None => {
            let help = "write `labels = { en = [\"…\", \"…\"], nl = [\"…\", \"…\"] }`".to_owned();
            let message = format!("choices `{name}` have no `labels`");
            out.push(Fault::error("key.missing", table.span(), message).help(help));
            None
        }
    };
    let place = table.place("labels");
    let from_place = table.place("from");
    table.finish(out);
    let labels = labels?;
    if !(-1000..=1000).contains(&from) {
        out.error("value.range", from_place, "`from` should lie between -1000 and 1000");
        return None;
    }
    if labels.len() < 2 {
        out.error("list.too-short", place, format!("choices `{name}` need at least two labels"));
        return None;
    }
    if labels.len() > 21 {
        let message = format!("choices `{name}` have more than 21 points; a slider serves better");
        out.error("list.too-long", place, message);
        return None;
    }
    Some((name.into(), LabelledPoints { from, labels }))
}

/// `{ en = [..], nl = [..] }` or a list of texts.
fn point_labels(table: &TomlTable, value: Placed, name: &str, out: &mut Findings) -> Option<Vec<Text>> {
    if let Some(array) = value.get_ref().as_array() {
        // An invalid label keeps its place, so that the number of points stays the same.
        let label = |text| read_text(table.source(), text, "a label", out).unwrap_or_default();
        return Some(array.iter().map(label).collect());
    }
    let Some(by_language) = value.get_ref().as_table() else {
        wrong_type(value, "`labels`", "lists by language", out);
        return None;
    };
    let mut lists: Vec<(Language, Vec<Template>)> = Vec::new();
    for (key, list) in by_language {
        let language = Language::new(key.get_ref());
        if !out.languages.is_empty() && !out.languages.contains(&language) {
            let message = format!("`{}` is not among the languages of this instrument", key.get_ref());
            let help = did_you_mean(language.as_str(), out.languages.iter().map(Language::as_str))
                .unwrap_or_else(|| "add it to `languages` at the top, or take it out here".into());
            out.push(Fault::error("text.unknown-language", key.span(), message).help(help));
            continue;
        }
        let Some(list) = list.get_ref().as_array() else {
            wrong_type(list, "labels", "a list", out);
            continue;
        };
        let mut template = |text| match as_string(text, "a label", out) {
            Some((text, span)) => {
                if text.trim().is_empty() {
                    out.error("text.empty", span.clone(), format!("a label is empty in `{language}`"));
                }
                read_template(table.source(), text, span, out)
            }
            None => Template::default(),
        };
        let templates = list.iter().map(&mut template).collect();
        lists.push((language, templates));
    }
    for language in out.languages.clone() {
        if !lists.iter().any(|(known, _)| *known == language) && lists.len() == by_language.len() {
            let message = format!("choices `{name}` have no labels in `{language}`");
            out.error("text.missing-language", value.span(), message);
        }
    }
    // In the order of the instrument, so that the default language comes first.
    lists.sort_by_key(|(tag, _)| out.languages.iter().position(|known| known == tag));
    let lengths: BTreeSet<usize> = lists.iter().map(|(_, labels)| labels.len()).collect();
    if lengths.len() > 1 {
        let counts = lists.iter().map(|(language, labels)| format!("{language} has {}", labels.len()));
        let message = format!("the labels differ in number: {}", counts.collect::<Vec<_>>().join(", "));
        out.error("choices.uneven", value.span(), message);
        return None;
    }
    let count = lengths.first().copied()?;
    let label = |at| {
        let of_language = |(language, labels): &(Language, Vec<Template>)| {
            (language.clone(), labels.get(at).cloned().unwrap_or_default())
        };
        Text::by_language(lists.iter().map(of_language).collect())
    };
    Some((0..count).map(label).collect())
}

fn read_scale(name: &str, span: Range<usize>, table: TomlTable, out: &mut Findings) -> Option<Scale> {
    let label = table.text("label", out);
    let construct = table.require_string("construct", out).and_then(|(text, span)| {
        text.parse::<Construct>()
            .map_err(|message| {
                let known = Construct::spellings();
                let help = did_you_mean(text, known.iter().map(String::as_str))
                    .unwrap_or_else(|| format!("the constructs are {}", known.join(", ")));
                out.push(Fault::error("construct.unknown", span, message).help(help));
            })
            .ok()
    });
    let perspectives = [("own", Perspective::Own), ("other", Perspective::Other)];
    let perspective = word(&table, "perspective", &perspectives, out).unwrap_or_default();
    let methods = Method::ALL.map(|(method, name, _)| (name, method));
    if table.get("method").is_none() {
        let help = format!("add `method = \"mean\"`, or one of {}", methods.map(|(name, _)| name).join(", "));
        out.push(
            Fault::error("key.missing", table.span(), format!("scale `{name}` has no `method`")).help(help),
        );
    }
    let method = word(&table, "method", &methods, out);
    let min_valid = table.integer("min_valid", out);
    if min_valid.is_some_and(|least| !(1..=1000).contains(&least)) {
        out.error("value.range", table.place("min_valid"), "`min_valid` should lie between 1 and 1000");
    }
    let said =
        matches!(construct, Some(Construct::ExplicitSentiment | Construct::Family(Family::Emotion, _)));
    let composite = table.bool("composite", said, out);
    let polarity = word(&table, "polarity", &[("positive", true), ("negative", false)], out);
    let emotion = matches!(construct, Some(Construct::Family(Family::Emotion, _)));
    let neutral = table.number("neutral", out);
    if neutral.is_some() && (emotion || !composite) {
        let message = "a neutral point belongs to a scale of ratings that counts as said sentiment; feelings are weighed against each other";
        out.error("scale.neutral", table.place("neutral"), message);
    }
    if emotion && polarity.is_none() && table.get("polarity").is_none() {
        let message =
            format!("scale `{name}` measures an emotion and does not say whether it is a pleasant one");
        let help = "add `polarity = \"positive\"` or `\"negative\"`".to_owned();
        out.push(Fault::error("scale.polarity", table.span(), message).help(help));
    }
    if !emotion && construct.is_some() && polarity.is_some() {
        let message =
            "only an emotion has a polarity; items that are keyed the other way round are `reverse`";
        out.error("scale.polarity", table.place("polarity"), message);
    }
    table.finish(out);
    let (construct, method) = (construct?, method?);
    if method.by_model() != (construct == Construct::Models) {
        let message = format!("method `{}` and construct `{construct}` do not go together", method.name());
        let help =
            "`share` and `best_worst` score all four models at once: construct `relational_model`".to_owned();
        out.push(Fault::error("scale.method", span, message).help(help));
        return None;
    }
    if method.is_indirect() != (construct == Construct::IndirectSentiment) {
        let message = format!("method `{}` and construct `{construct}` do not go together", method.name());
        let help =
            "`association` and `sc_iat` measure `indirect_sentiment`, and nothing else does".to_owned();
        out.push(Fault::error("scale.method", span, message).help(help));
        return None;
    }
    Some(Scale {
        name: name.into(),
        label,
        construct,
        perspective,
        method,
        // 0 stands for "half of the items", which are not known yet; the lint room fills it in.
        min_valid: min_valid.unwrap_or(0).max(0) as usize,
        composite,
        positive: polarity.unwrap_or(true),
        neutral,
        span,
    })
}
