//! What of an interview norms and the gap are made of: the numbers that feed its scales, and nothing that depends on others.
//!
//! Owns the one pass over the answers that many sessions are compared by; refuses to compare. Thousands of sessions are
//! kept in this form, because whole interviews are a hundred times as large.

use serde::{Deserialize, Serialize};

use super::Outcome;
use super::association::valences;
use super::composite::ExplicitComponents;
use super::sorted;
use super::timed::Exclusion;
use crate::instrument::kinds::{Datum, Feed, Key, WhyMissing};
use crate::instrument::{Instrument, Reads};
use crate::interview::{Fed, Interview};

/// The numbers that feed the scales of one interview.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Parts {
    /// By scale of the instrument, in its order: the keyed points of its items; empty where a scale is made of
    /// something else.
    pub points: Vec<Vec<Option<f64>>>,
    /// What is said, by component.
    pub said: ExplicitComponents,
    /// Ranks and valences of the first association scale; none where the instrument has no such scale.
    pub words: Option<Vec<(usize, f64)>>,
    /// The first timed scale; none where the instrument has no such scale.
    pub timed: Option<Timed>,
}

/// The outcome of timed sorting: one that needs nobody else to be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timed {
    /// D with its standard error, and the trials behind it.
    Scored(f64, Option<f64>, usize),
    /// Too few test blocks: those that are there, and those that it takes.
    TooFew(usize, usize),
    /// A rule of scoring excludes it.
    Excluded(Exclusion),
    /// It could not be timed.
    NotTimed,
}

impl Timed {
    fn of(outcome: &Outcome) -> Self {
        match *outcome {
            Outcome::Scored { value, se, n } => Self::Scored(value, se, n),
            Outcome::TooFew { valid, needed } => Self::TooFew(valid, needed),
            Outcome::Excluded(why) => Self::Excluded(why),
            Outcome::NotTimed => Self::NotTimed,
        }
    }

    /// The same as the outcome of a measure.
    pub fn outcome(self) -> Outcome {
        match self {
            Self::Scored(value, se, n) => Outcome::Scored { value, se, n },
            Self::TooFew(valid, needed) => Outcome::TooFew { valid, needed },
            Self::Excluded(why) => Outcome::Excluded(why),
            Self::NotTimed => Outcome::NotTimed,
        }
    }
}

impl Parts {
    /// The parts of an interview.
    pub fn of(interview: &Interview) -> Self {
        Self::from_fed(interview.instrument(), &interview.fed_by_scale())
    }

    /// The same from what feeds each scale.
    pub fn from_fed(instrument: &Instrument, fed: &[Vec<Fed>]) -> Self {
        let mut parts = Self { said: ExplicitComponents::from_fed(instrument, fed), ..Self::default() };
        for (scale, fed) in instrument.scales.iter().zip(fed) {
            let mut points = Vec::new();
            match scale.method.reads() {
                Reads::Points | Reads::Recommendation => points = fed.iter().map(Fed::keyed).collect(),
                Reads::Words if parts.words.is_none() => parts.words = Some(valences(fed)),
                Reads::Sorting if parts.timed.is_none() => {
                    parts.timed = Some(Timed::of(&sorted::outcome(fed)));
                }
                Reads::Choices | Reads::Extremes | Reads::Words | Reads::Sorting => {}
            }
            parts.points.push(points);
        }
        parts
    }

    /// The points of the scale at this index.
    pub fn of_scale(&self, index: usize) -> &[Option<f64>] {
        self.points.get(index).map(Vec::as_slice).unwrap_or_default()
    }
}

/// What is said by points that were put together anew: by scale, in the order of [`Parts::points`].
pub fn said_of(instrument: &Instrument, points: &[Vec<Option<f64>>]) -> ExplicitComponents {
    let mut fed: Vec<Vec<Fed>> = vec![Vec::new(); instrument.scales.len()];
    for (index, item) in instrument.items.iter().enumerate() {
        for Feed { scale, column, key } in item.question.feeds() {
            let Some(fed) = fed.get_mut(scale).filter(|_| matches!(key, Key::Points { .. })) else {
                continue;
            };
            let keyed = points.get(scale).and_then(|points| points.get(fed.len())).copied().flatten();
            // Turned round twice, a reversed point is itself.
            let datum =
                keyed.map_or(Datum::Missing(WhyMissing::NotAsked), |value| Datum::Number(key.keyed(value)));
            fed.push(Fed { item: index, column, datum, key, sorted: None });
        }
    }
    ExplicitComponents::from_fed(instrument, &fed)
}
