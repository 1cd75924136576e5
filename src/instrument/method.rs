//! How a scale turns answers into numbers: what each method reads, and what follows from that for a questionnaire. Refuses to
//! compute one: formulas are in `measures`.

use serde::{Deserialize, Serialize};

use super::kinds::Key;

/// How a scale turns answers into a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// Mean of the points.
    Mean,
    /// Sum of the points, missing ones replaced by the person's mean.
    Sum,
    /// The 0–10 recommendation answer.
    Nps,
    /// Shares of choices or points by relational model.
    Share,
    /// How much more often a model is most than least like it.
    BestWorst,
    /// Valence of free associations, weighted by rank.
    Association,
    /// Speed of timed sorting.
    ScIat,
}

/// What a method reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reads {
    /// The points of any number of items.
    Points,
    /// The points of the one question about recommending.
    Recommendation,
    /// Choices, or points to divide, each of which stands for a model.
    Choices,
    /// Statements that are most and least like somebody.
    Extremes,
    /// Words with a valence.
    Words,
    /// A timed block.
    Sorting,
}

impl Method {
    /// All, with the word in instrument files and what it reads.
    pub const ALL: [(Self, &'static str, Reads); 7] = [
        (Self::Mean, "mean", Reads::Points),
        (Self::Sum, "sum", Reads::Points),
        (Self::Nps, "nps", Reads::Recommendation),
        (Self::Share, "share", Reads::Choices),
        (Self::BestWorst, "best_worst", Reads::Extremes),
        (Self::Association, "association", Reads::Words),
        (Self::ScIat, "sc_iat", Reads::Sorting),
    ];

    /// The word in instrument files.
    pub fn name(self) -> &'static str {
        self.row().1
    }

    /// What it reads.
    pub fn reads(self) -> Reads {
        self.row().2
    }

    /// Whether it gives four scores, one for each relational model.
    pub fn by_model(self) -> bool {
        matches!(self.reads(), Reads::Choices | Reads::Extremes)
    }

    /// Whether it measures what is associated rather than what is said.
    pub fn is_indirect(self) -> bool {
        matches!(self.reads(), Reads::Words | Reads::Sorting)
    }

    /// Whether it reads points and gives one number.
    pub fn is_of_points(self) -> bool {
        matches!(self.reads(), Reads::Points | Reads::Recommendation)
    }

    fn row(self) -> (Self, &'static str, Reads) {
        Self::ALL.into_iter().find(|(method, ..)| *method == self).unwrap_or(Self::ALL[0])
    }
}

impl Reads {
    /// Whether a scale takes one item and no more.
    pub(crate) fn one_item(self) -> bool {
        matches!(self, Self::Recommendation | Self::Words | Self::Sorting)
    }

    /// Whether what an item of this kind gives can be used.
    pub(super) fn takes(self, kind: &str, key: &Key) -> bool {
        match key {
            Key::Points { .. } => self == Self::Points || self == Self::Recommendation && kind == "nps",
            Key::Reaction(_) | Key::Part(..) => self == Self::Choices,
            Key::Best(_) | Key::Worst(_) => self == Self::Extremes,
            Key::Valence(_) => self == Self::Words,
            Key::Sorted(_) => self == Self::Sorting,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_has_its_own_row() {
        for (method, name, reads) in Method::ALL {
            assert_eq!((method.name(), method.reads()), (name, reads));
            let says = [method.by_model(), method.is_indirect(), method.is_of_points()];
            assert_eq!(says.iter().filter(|holds| **holds).count(), 1, "{name}");
        }
    }
}
