//! What items record: columns with their labels and levels, data with the reasons why some are missing, and which column
//! feeds which scale.

use serde::Serialize;

use crate::instrument::RelationalModel;
use crate::instrument::prompt::{Input, Missing, Pairing, Reply, ScaleReply, Unread};
use crate::instrument::text::Text;

/// A column of a data file.
#[derive(Debug, Clone, PartialEq)]
pub struct DataColumn {
    /// Name, unique in the instrument.
    pub name: String,
    /// What is shown in it beside the item's question: a row, a part.
    pub label: Option<Text>,
    /// Measurement level.
    pub level: Level,
    /// Labels of its values.
    pub values: Vec<(Datum, Text)>,
}

/// Measurement level, in the words of statistics packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Names without order.
    Nominal,
    /// Ordered.
    Ordinal,
    /// Distances mean something.
    Scale,
    /// Free words.
    Text,
    /// A day.
    Date,
}

/// One recorded value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Datum {
    /// A number.
    Number(f64),
    /// A name or words.
    Text(String),
    /// No value, and why.
    Missing(WhyMissing),
}

impl From<ScaleReply> for Datum {
    fn from(cell: ScaleReply) -> Self {
        match cell {
            ScaleReply::Point(point) => Self::Number(point as f64),
            ScaleReply::Missing(Missing::Declined) => Self::Missing(WhyMissing::Declined),
            ScaleReply::Missing(Missing::DontKnow) => Self::Missing(WhyMissing::DontKnow),
            ScaleReply::Missing(Missing::NotAnswered) => Self::Missing(WhyMissing::NotAnswered),
            ScaleReply::Missing(Missing::Illegible) => Self::Missing(WhyMissing::Illegible),
            ScaleReply::Missing(Missing::TwoTicked) => Self::Missing(WhyMissing::TwoTicked),
        }
    }
}

impl Datum {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) | Self::Missing(_) => None,
        }
    }
}

/// Why a recorded value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyMissing {
    /// The respondent would rather not say.
    Declined,
    /// The respondent does not know.
    DontKnow,
    /// Asked and passed over, or not yet reached.
    NotAnswered,
    /// The item was not relevant.
    NotAsked,
    /// It has to be timed, and the front-end cannot time it.
    NotTimed,
    /// Nobody can read what stands on the sheet.
    Illegible,
    /// More is ticked on the sheet than may be.
    TwoTicked,
}

impl From<Unread> for WhyMissing {
    fn from(unread: Unread) -> Self {
        match unread {
            Unread::Blank => Self::NotAnswered,
            Unread::Illegible => Self::Illegible,
            Unread::TwoTicked => Self::TwoTicked,
        }
    }
}

/// A column that feeds a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Index of the scale.
    pub scale: usize,
    /// Index into the question's columns.
    pub column: usize,
    /// What the column's value means to the scale.
    pub key: Key,
}

/// How a column's value counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A point between two bounds.
    Points {
        /// Lowest point.
        min: f64,
        /// Highest point.
        max: f64,
        /// Whether the item is keyed the other way round.
        reverse: bool,
    },
    /// The name of a reaction: which model each name stands for.
    Reaction(Vec<(String, Option<RelationalModel>)>),
    /// The name of the statement that is most like it: which model each name stands for.
    Best(Vec<(String, Option<RelationalModel>)>),
    /// The same of the statement that is least like it.
    Worst(Vec<(String, Option<RelationalModel>)>),
    /// Points given to a part that stands for a model, out of a total.
    Part(Option<RelationalModel>, f64),
    /// The valence of the free word of this rank (1 = first), −3…+3.
    Valence(usize),
    /// The timed block in which the organisation shared a key with this.
    Sorted(Pairing),
}

impl Key {
    /// The value counted in the scale's direction: reversed where the item is.
    pub fn keyed(&self, value: f64) -> f64 {
        match self {
            Self::Points { min, max, reverse: true } => min + max - value,
            _ => value,
        }
    }

    /// The options whose names count for a relational model.
    pub fn models(&self) -> Vec<(&str, RelationalModel)> {
        let (Self::Reaction(tags) | Self::Best(tags) | Self::Worst(tags)) = self else { return Vec::new() };
        tags.iter().filter_map(|(name, model)| Some((name.as_str(), (*model)?))).collect()
    }
}

/// The datum of a single-prompt item that has no answer, or what `read` makes of its answer.
pub(crate) fn datum(given: &[Reply], read: impl Fn(&Input) -> Option<Datum>) -> Datum {
    match given.first() {
        None => Datum::Missing(WhyMissing::NotAnswered),
        Some(Reply::Declined) => Datum::Missing(WhyMissing::Declined),
        Some(Reply::DontKnow) => Datum::Missing(WhyMissing::DontKnow),
        Some(Reply::Unread(unread)) => Datum::Missing((*unread).into()),
        Some(Reply::Given(input)) => read(input).unwrap_or(Datum::Missing(WhyMissing::NotAnswered)),
    }
}
