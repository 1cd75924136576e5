//! An item's table while its kind reads it, and the pieces that several kinds read alike.

use std::ops::Range;

use super::{Feed, Key, Voice};
use crate::instrument::RelationalModel;
use crate::instrument::finding::{Fault, did_you_mean};
use crate::instrument::prompt::Choice;
use crate::instrument::read::{Definitions, check_name};
use crate::instrument::table::{Findings, TomlTable};
use crate::instrument::text::Text;

/// An item's table while it is read: the table, what the file defines, and where faults go.
pub(crate) struct ItemDraft<'a, 'b> {
    pub name: String,
    pub table: &'b TomlTable<'a>,
    pub definitions: &'b Definitions,
    pub out: &'b mut Findings,
}

/// Points with labels: `choices.agree7`.
#[derive(Debug, Clone, PartialEq)]
pub struct LabelledPoints {
    /// Lowest point.
    pub from: i64,
    /// One label a point.
    pub labels: Vec<Text>,
}

impl LabelledPoints {
    pub(crate) fn to(&self) -> i64 {
        self.from + self.labels.len() as i64 - 1
    }
}

/// A name with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// What is recorded.
    pub name: String,
    /// What is shown.
    pub label: Text,
    /// The relational model that it stands for, where it stands for one.
    pub model: Option<RelationalModel>,
    /// The condition under which it is offered, as it is written, with its place.
    pub(crate) relevant: Option<(String, Range<usize>)>,
}

impl Named {
    /// The column that says of this option alone how it was answered. A sign is no part of a variable's name.
    pub(crate) fn column_of(&self, item: &str) -> String {
        format!("{item}_{}", self.name.replace('-', "_"))
    }

    pub(crate) fn shown(&self, voice: &dyn Voice) -> Choice {
        Choice { name: self.name.clone(), label: voice.say(&self.label) }
    }
}

impl ItemDraft<'_, '_> {
    /// The span of the item, for faults that have no better place.
    pub fn span(&self) -> Range<usize> {
        self.table.span()
    }

    /// The index of the scale that `scale` names.
    pub fn scale(&mut self) -> Option<usize> {
        let (name, span) = self.table.string("scale", self.out)?;
        self.definitions.scale(name, span, self.out)
    }

    /// Whether the item is keyed the other way round in the scale that stands under `key`.
    pub fn reverse(&mut self, key: &'static str) -> bool {
        let reverse = self.table.bool("reverse", false, self.out);
        if reverse && self.table.get(key).is_none() {
            let message = format!("`reverse` says how an item is keyed in its `{key}`, and there is none");
            self.out.error("item.reverse", self.table.place("reverse"), message);
        }
        reverse
    }

    /// A feed of points into the item's own scale, if it has one.
    pub fn feed_points(&mut self, min: i64, max: i64) -> Vec<Feed> {
        let reverse = self.reverse("scale");
        let scale = self.scale();
        let key = Key::Points { min: min as f64, max: max as f64, reverse };
        scale.into_iter().map(|scale| Feed { scale, column: 0, key: key.clone() }).collect()
    }

    /// The labelled points that `choices` names.
    pub fn points(&mut self) -> Option<LabelledPoints> {
        let (name, span) = self.table.require_string("choices", self.out)?;
        self.definitions.points(name, span, self.out)
    }

    /// The named options that `choices` names.
    pub fn options(&mut self) -> Option<Vec<Named>> {
        let (name, span) = self.table.require_string("choices", self.out)?;
        self.definitions.options(name, span, self.out)
    }

    /// The named entries of an own list, such as `reactions`: name, text, and the table for further keys.
    pub fn named_list<T>(
        &mut self,
        key: &'static str,
        least: usize,
        more: impl Fn(&TomlTable, &mut Findings, &Definitions) -> T,
    ) -> Option<Vec<(Named, T)>> {
        let mut list: Vec<(Named, T)> = Vec::new();
        if self.table.get(key).is_none() {
            let message = format!("item `{}` has no `{key}`", self.name);
            let help = format!("add `{key} = [{{ name = \"…\", label = … }}, …]`");
            self.out.push(Fault::error("key.missing", self.span(), message).help(help));
            return None;
        }
        for mut table in self.table.tables(key, &format!("an entry of `{key}`"), self.out) {
            let Some((name, span)) = table.require_string("name", self.out) else { continue };
            table.name_it(format!("`{name}` in `{key}`"));
            check_name(name, span.clone(), self.out);
            if list.iter().any(|(known, _)| known.name == name) {
                self.out.error("name.twice", span, format!("`{name}` stands twice in `{key}`"));
            }
            let label = table.require_text("label", self.out);
            let extra = more(&table, self.out, self.definitions);
            table.finish(self.out);
            list.push((Named { name: name.into(), label, model: None, relevant: None }, extra));
        }
        if list.len() < least {
            let entries = if least == 1 { "entry" } else { "entries" };
            let message = format!("item `{}` needs at least {least} {entries} in `{key}`", self.name);
            self.out.error("list.too-short", self.table.place(key), message);
            return None;
        }
        Some(list)
    }
}

/// The relational model that an entry is tagged with.
pub(crate) fn model_tag(table: &TomlTable, out: &mut Findings, _: &Definitions) -> Option<RelationalModel> {
    model_of(table, out)
}

/// The same where nothing is defined yet.
pub(crate) fn model_of(table: &TomlTable, out: &mut Findings) -> Option<RelationalModel> {
    let (name, span) = table.string("model", out)?;
    let model = RelationalModel::ALL.into_iter().find(|model| model.name() == name);
    if model.is_none() {
        let names = RelationalModel::ALL.map(RelationalModel::name);
        let help = did_you_mean(name, names).unwrap_or_else(|| format!("the four are {}", names.join(", ")));
        let message = format!("`{name}` is not one of the four relational models");
        out.push(Fault::error("model.unknown", span, message).help(help));
    }
    model
}
