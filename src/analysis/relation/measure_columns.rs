//! What each measure of a questionnaire asked. Two versions under one name may ask other statements, and what was asked otherwise is no change of
//! anybody's mind.

use std::collections::BTreeMap;

use super::Followed;
use crate::analysis::points;
use crate::analysis::reliability::columns;
use crate::instrument::{Construct, Family, Instrument, Scale};

/// The columns behind everything that is followed, by its name, each with its keying and the ends of its scale.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeasureColumns(BTreeMap<String, Vec<String>>);

impl MeasureColumns {
    /// What this version asks.
    pub fn of(instrument: &Instrument) -> Self {
        let mut asked: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (at, scale) in instrument.scales.iter().enumerate() {
            let ends = points(instrument, at).map(|(_, ends)| ends);
            let columns = columns(instrument, at).into_iter();
            let mut of_scale: Vec<String> =
                columns.map(|(_, name, reversed)| format!("{name} {reversed} {ends:?}")).collect();
            of_scale.sort();
            for name in names(scale) {
                asked.entry(name).or_default().extend(of_scale.iter().cloned());
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
