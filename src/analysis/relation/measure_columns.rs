//! What each measure of a questionnaire asked. Two versions under one name may ask other statements, and what was asked otherwise is no change of
//! anybody's mind.

use std::collections::{BTreeMap, BTreeSet};

use super::Followed;
use crate::instrument::{Construct, Family, Instrument, Scale, Text};

/// The columns behind everything that is followed, by its name, each with its keying, its words and those of its answers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureColumns(BTreeMap<String, BTreeSet<String>>);

impl MeasureColumns {
    /// What this version asks, in its first language: a translation may come later.
    pub fn of(instrument: &Instrument) -> Self {
        let mut asked: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let language = instrument.language(None);
        // A comma or a capital that was mended is no other question.
        let words = |text: &Text| -> String {
            text.raw(&language).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
        };
        for item in &instrument.items {
            let columns = item.question.columns();
            for feed in item.question.feeds() {
                let (Some(scale), Some(column)) =
                    (instrument.scales.get(feed.scale), columns.get(feed.column))
                else {
                    continue;
                };
                let values: Vec<String> = column.values.iter().map(|(_, label)| words(label)).collect();
                let label = column.label.as_ref().map(words);
                let (name, key, of) = (&column.name, &feed.key, columns.len());
                let told = format!("{name} {of} {key:?} {} {label:?} {values:?}", words(&item.label));
                for name in names(scale) {
                    asked.entry(name).or_default().insert(told.clone());
                }
            }
        }
        Self(asked)
    }

    /// Whether both asked this alike.
    pub(super) fn is_alike(&self, other: &Self, what: &Followed) -> bool {
        let name = what.name();
        self.0.get(&name) == other.0.get(&name)
    }
}

/// What rests on a scale of points. The composite of what is said takes feelings in; choices and shares are in no strength of a norm.
fn names(scale: &Scale) -> Vec<String> {
    match &scale.construct {
        Construct::Models => Vec::new(),
        Construct::Family(Family::Emotion, _) => {
            let mut names = Followed::names_of(scale);
            names.push(Followed::Said.name());
            names
        }
        _ => Followed::names_of(scale),
    }
}
