//! What a map and the start form say of columns. Owns what is wrong with a map; refuses a name that two columns have, and a column
//! that tells who somebody is.

use std::collections::BTreeMap;

use super::{Holds, How, ImportPlan, Match};
use crate::import::answers::headers::{named, readings};
use crate::import::answers::map::{Map, OneOrMore, Scalar};
use crate::import::answers::platform;
use crate::import::answers::targets::{AnswerKind, in_all};
use crate::instrument::Instrument;

impl ImportPlan {
    pub(super) fn column(&mut self, name: &str, key: &str) -> Option<usize> {
        let mut found = self.head.names.iter().enumerate().filter(|(_, known)| *known == name.trim());
        match (found.next(), found.next()) {
            (Some((at, _)), None) => Some(at),
            (Some(_), Some(_)) => {
                self.faults
                    .push(format!("the map names `{name}` for `{key}`, and two columns are called so"));
                None
            }
            _ => {
                self.faults.push(format!("the map names `{name}` for `{key}`, and no column is called so"));
                None
            }
        }
    }

    /// The question or the part of one that a key of the map names.
    fn place(&self, key: &str) -> Option<(usize, Holds)> {
        if let Some(at) = self.targets.iter().position(|target| target.name == key) {
            return Some((at, Holds::Whole));
        }
        self.targets.iter().enumerate().find_map(|(at, target)| {
            let part = target.parts.iter().position(|part| part.key == key)?;
            Some((at, Holds::Part(part)))
        })
    }

    pub(super) fn take_map(&mut self, instrument: &Instrument, map: &Map) {
        let is_field = |name: &String| instrument.fields.iter().any(|field| field.name == *name);
        let unknown = |what: &str, key: &str| {
            format!("the map has `{key}` under `{what}`, and the questionnaire has no such question")
        };
        for (key, columns) in &map.columns {
            let Some((target, holds)) = self.place(key) else {
                self.faults.push(unknown("columns", key));
                continue;
            };
            let is_rank = matches!(self.targets[target].form, AnswerKind::Rank(..));
            let several: Vec<(Holds, &String)> = match columns {
                OneOrMore::One(name) => vec![(holds, name)],
                OneOrMore::More(names) if is_rank && holds == Holds::Whole => {
                    names.iter().enumerate().map(|(place, name)| (Holds::Place(place), name)).collect()
                }
                OneOrMore::More(_) => {
                    self.faults.push(format!(
                        "the map lists several columns for `{key}`, and only a rank has one for each place"
                    ));
                    continue;
                }
            };
            for (holds, name) in several {
                if name.is_empty() {
                    continue;
                }
                if holds == Holds::Whole && !self.targets[target].has_whole() {
                    let parts: Vec<&str> =
                        self.targets[target].parts.iter().map(|part| part.key.as_str()).collect();
                    let help = if parts.is_empty() {
                        "it has to be timed".to_owned()
                    } else {
                        format!("name {}", parts.join(", "))
                    };
                    self.faults.push(format!(
                        "the map names a column for `{key}`, which no single column can hold: {help}"
                    ));
                } else if platform::is_personal(name) {
                    self.faults.push(format!(
                        "`{name}`, which the map names for `{key}`, tells who somebody is and is never read"
                    ));
                } else if let Some(column) = self.column(name, key) {
                    self.matches.push(Match { target, holds, column, how: How::Map });
                }
            }
        }
        for name in &map.left_out {
            match self.targets.iter().position(|target| target.name == *name) {
                Some(at) => self.left_out.push(at),
                None => self.faults.push(unknown("left_out", name)),
            }
        }
        for (name, value) in &map.constants {
            match self.place(name) {
                Some((target, Holds::Whole)) if self.targets[target].has_whole() => {
                    self.constants.insert(target, value.text());
                }
                _ if is_field(name) => {}
                _ => self.faults.push(unknown("constants", name)),
            }
        }
        let moved = map.offset.keys().map(|key| ("offset", key));
        for (what, key) in moved.chain(map.reversed.iter().map(|key| ("reversed", key))) {
            let form = self.place(key).map(|(target, _)| &self.targets[target].form);
            let takes_points = |form: &&AnswerKind| {
                matches!(form, AnswerKind::Point(_) | AnswerKind::Grid(_) | AnswerKind::Words(..))
            };
            if form.is_some_and(|form| !takes_points(&form)) {
                self.faults.push(format!(
                    "the map has `{key}` under `{what}`, and its answers are no points of a scale: say under [values.{key}] what each stands for"
                ));
            }
        }
        let keys = map.values.keys().map(|key| ("values", key));
        let keys = keys.chain(map.offset.keys().map(|key| ("offset", key)));
        for (what, key) in keys.chain(map.reversed.iter().map(|key| ("reversed", key))) {
            if self.place(key).is_none() {
                self.faults.push(unknown(what, key));
            }
        }
    }

    pub(super) fn take_fields(
        &mut self,
        instrument: &Instrument,
        map: &Map,
        set: &BTreeMap<String, String>,
        taken: &mut [bool],
    ) {
        for name in
            map.fields.keys().filter(|name| instrument.fields.iter().all(|field| field.name != **name))
        {
            self.faults
                .push(format!("the map has `{name}` under `fields`, and the start form has no such field"));
        }
        for field in &instrument.fields {
            let fixed = set.get(&field.name).cloned();
            let fixed = fixed.or_else(|| map.constants.get(&field.name).map(Scalar::text));
            let column = match map.fields.get(&field.name).filter(|name| !name.is_empty()) {
                _ if fixed.is_some() => None,
                Some(name) => self.column(name, &format!("fields.{}", field.name)),
                None => {
                    let labels = in_all(&instrument.languages, &field.label);
                    let cost = |at: usize| {
                        let text = self.head.texts.get(at).map(String::as_str);
                        let readings = readings(&self.head.names[at], text).into_iter();
                        let whole = readings.filter(|(reading, _)| reading.part.is_none());
                        let costs = whole.filter_map(|(reading, penalty)| {
                            Some(named(&reading.stem, &field.name, &labels)?.0 + penalty)
                        });
                        costs.min()
                    };
                    let free = (0..taken.len()).filter(|at| !taken[*at]);
                    free.filter_map(|at| Some((cost(at)?, at))).min().map(|(_, at)| at)
                }
            };
            if let Some(column) = column {
                taken[column] = true;
            }
            if column.is_none() && fixed.is_none() && field.required {
                self.faults.push(format!(
                    "no column fills `{0}` of the start form: name one under [fields], or say --set {0}=… where it is the same for all",
                    field.name
                ));
            }
            self.fields.push((field.name.clone(), column, fixed));
        }
    }
}
