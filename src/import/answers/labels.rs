//! Labels that a file declares for the values of its columns. Owns what they reveal about a question's answers, and that a
//! label and its number never mean two different options.

use std::collections::BTreeMap;

use super::map::{Map, Scalar};
use super::matching::{Holds, ImportPlan};
use super::targets::AnswerKind;
use super::values::{ticked, whole};

impl ImportPlan {
    /// The map, extended by the labels of each column: a value that is not an option itself gets the option that its label
    /// names. Entries of the map take precedence. A number whose meaning here contradicts its label is a fault.
    pub fn with_labels(&mut self, map: &Map, labels: &[BTreeMap<String, String>]) -> Map {
        let mut more = map.clone();
        let mut faults = Vec::new();
        for found in &self.matches {
            let target = &self.targets[found.target];
            for (value, label) in labels.get(found.column).into_iter().flatten() {
                if self.is_mapped(map, found.column, value) {
                    continue;
                }
                let other = |here: String| {
                    format!(
                        "column `{}`: {value} is labelled “{label}”, which is {here} here; say in the map what it stands for (`values`, or `reversed`)",
                        self.head.names[found.column]
                    )
                };
                let stands = match (&target.form, found.holds) {
                    (
                        AnswerKind::One(options)
                        | AnswerKind::BestWorst(options)
                        | AnswerKind::Rank(options, _),
                        _,
                    )
                    | (AnswerKind::Many(options, _), Holds::Whole) => {
                        match (options.find(value), options.find(label)) {
                            (None, Some(at)) => Some(Scalar::Text(options.names[at].clone())),
                            (Some(one), Some(at)) if one != at => {
                                faults.push(other(format!("`{}`", options.names[at])));
                                None
                            }
                            _ => None,
                        }
                    }
                    (AnswerKind::Many(..), Holds::Part(part)) => {
                        let part = &target.parts[part];
                        let says = |cell: &str| ticked(cell, &part.name, &part.labels);
                        match (says(value), says(label)) {
                            (None, Some(ticked)) => Some(Scalar::Bool(ticked)),
                            (Some(one), Some(ticked)) if one != ticked => {
                                faults.push(other(if ticked { "chosen" } else { "not chosen" }.to_owned()));
                                None
                            }
                            _ => None,
                        }
                    }
                    (AnswerKind::Point(points) | AnswerKind::Grid(points), _) => {
                        match (whole(value).filter(|point| points.has(*point)), points.labelled(label)) {
                            (None, Some(point)) => Some(Scalar::Whole(point)),
                            (Some(number), Some(point)) if number != point => {
                                faults.push(other(point.to_string()));
                                None
                            }
                            _ => None,
                        }
                    }
                    _ => None,
                };
                if let Some(stands) = stands {
                    more.values
                        .entry(self.key(found.target, found.holds))
                        .or_default()
                        .insert(value.clone(), stands);
                }
            }
        }
        self.faults.extend(faults);
        more
    }
}
