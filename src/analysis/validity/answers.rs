//! The points of every scale by session. A gap is either a question that was not asked, or one without an answer.

use std::collections::BTreeSet;

use super::super::digest::Digest;
use super::super::measured::{Measured, Member};
use super::super::missing::Gone;
use super::super::reliability::{item_columns, same_columns};
use crate::instrument::Instrument;

/// What a session has of a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum PointAnswer {
    /// A keyed point.
    Given(f64),
    /// Asked, and not answered.
    Gone,
    /// Not asked: it did not apply, or the version of the questionnaire has it otherwise.
    NotAsked,
}

impl PointAnswer {
    pub fn value(self) -> Option<f64> {
        match self {
            Self::Given(value) => Some(value),
            Self::Gone | Self::NotAsked => None,
        }
    }
}

/// A column of points.
#[derive(Debug)]
pub(super) struct ItemColumn {
    /// The scale that it feeds.
    pub scale: usize,
    /// Its item, by index.
    pub item: usize,
    pub name: String,
    /// Whether it is put the other way round.
    pub reversed: bool,
    /// By session.
    pub answers: Vec<PointAnswer>,
}

/// Where a version has a scale: its index and its columns.
type ScalePlace = (usize, Vec<(usize, String, bool)>);

/// All columns of points, scale by scale, in the order of [`crate::measures::Parts::points`].
#[derive(Debug)]
pub(super) struct AnswerMatrix {
    pub columns: Vec<ItemColumn>,
}

impl AnswerMatrix {
    pub fn of(measured: &Measured, main: &Instrument, complete: &[&Member]) -> Self {
        let mut found = Vec::new();
        for (scale, about) in main.scales.iter().enumerate() {
            let wanted = item_columns(main, scale);
            // Where a version has a scale with the very same items.
            let place = |member: &Member| {
                let version = measured.instruments.get(&member.facts.hash)?;
                let there = version.scales.iter().position(|known| known.name == about.name)?;
                let own = item_columns(version, there);
                same_columns(&own, &wanted).then_some((there, own))
            };
            let mut answers = vec![Vec::with_capacity(complete.len()); wanted.len()];
            let mut known: Option<(&str, Option<ScalePlace>)> = None;
            for member in complete {
                if known.as_ref().is_none_or(|(hash, _)| *hash != member.facts.hash) {
                    known = Some((&member.facts.hash, place(member)));
                }
                let there = known.as_ref().and_then(|(_, there)| there.as_ref());
                for (at, answers) in answers.iter_mut().enumerate() {
                    answers.push(there.map_or(PointAnswer::NotAsked, |(scale, own)| {
                        answer(&member.digest, *scale, at, own.get(at).map_or(usize::MAX, |column| column.0))
                    }));
                }
            }
            for ((item, name, reversed), mut answers) in wanted.into_iter().zip(answers) {
                not_in_file(complete, &mut answers);
                found.push(ItemColumn { scale, item, name, reversed, answers });
            }
        }
        Self { columns: found }
    }

    /// The columns of a scale, by index.
    pub fn of_scale(&self, scale: usize) -> Vec<usize> {
        (0..self.columns.len()).filter(|at| self.columns[*at].scale == scale).collect()
    }

    /// The sessions among `who` that have all of these columns, with their points.
    pub fn complete(&self, wanted: &[usize], who: &[usize]) -> (Vec<usize>, Vec<Vec<f64>>) {
        let row = |session: &usize| -> Option<(usize, Vec<f64>)> {
            let points = wanted.iter().map(|at| self.columns[*at].answers[*session].value());
            Some((*session, points.collect::<Option<_>>()?))
        };
        who.iter().filter_map(row).unzip()
    }

    /// The score of a session on a scale: the mean of its points, where there are enough.
    pub fn score(&self, main: &Instrument, scale: usize, session: usize) -> Option<f64> {
        let values: Vec<f64> = self
            .of_scale(scale)
            .into_iter()
            .filter_map(|at| self.columns[at].answers[session].value())
            .collect();
        let enough = main.scales[scale].is_scored_by(values.len());
        enough.then(|| values.iter().sum::<f64>() / values.len() as f64)
    }
}

/// Marks questions without any answer in one file, or among sessions asked here, as not asked: an imported table may lack some.
fn not_in_file(complete: &[&Member], answers: &mut [PointAnswer]) {
    let files: BTreeSet<&Option<String>> =
        complete.iter().map(|member| &member.facts.imported_from).collect();
    for file in files {
        let own: Vec<usize> =
            (0..complete.len()).filter(|at| complete[*at].facts.imported_from == *file).collect();
        if own.iter().all(|at| answers[*at].value().is_none()) {
            own.iter().for_each(|at| answers[*at] = PointAnswer::NotAsked);
        }
    }
}

fn answer(digest: &Digest, scale: usize, at: usize, item: usize) -> PointAnswer {
    let not_asked = || digest.missing.iter().any(|(gone, why)| *gone == item && *why == Gone::NotAsked);
    match digest.parts.of_scale(scale).get(at) {
        Some(Some(value)) => PointAnswer::Given(*value),
        Some(None) if !not_asked() => PointAnswer::Gone,
        _ => PointAnswer::NotAsked,
    }
}
