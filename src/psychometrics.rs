//! Statistics: a matrix in, a number out.
//!
//! Owns the formulas that every other room shares and the reasons why a number can't be computed. Refuses to know what
//! the numbers mean: it names no other room (only `rng`, for resampling), prints nothing and rounds nothing.
//!
//! Rows are cases (respondents), columns are variables (items). Cronbach's alpha uses complete cases and says how many.
//! For agreement, rows are units (what was coded) and columns are coders.

pub mod agreement;
pub mod bootstrap;
pub mod bounded;
pub mod change;
pub mod clusters;
pub mod confirmatory;
pub mod correlation;
pub mod descriptive;
pub mod distribution;
pub mod factor;
pub mod icc;
pub mod imputation;
pub mod multiple;
pub mod normal;
pub mod pair;
pub(crate) mod parallel;
pub mod proportion;
pub mod reliability;
pub mod three_step;

use serde::{Deserialize, Serialize};

/// "1 item", "2 items".
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// "1 is needed", "2 are needed".
fn are_needed(count: usize) -> String {
    format!("{count} {} needed", if count == 1 { "is" } else { "are" })
}

/// Why a statistic has no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Uncomputable {
    /// Fewer cases than the formula needs.
    #[error("{}, but at least {}", counted(*found, "usable case"), are_needed(*needed))]
    TooFewCases {
        /// How many the formula needs.
        needed: usize,
        /// How many there were.
        found: usize,
    },
    /// Fewer items than the formula needs.
    #[error("{}, but at least {}", counted(*found, "item"), are_needed(*needed))]
    TooFewItems {
        /// How many the formula needs.
        needed: usize,
        /// How many there were.
        found: usize,
    },
    /// More distinct values than a statistic for categories makes sense for.
    #[error("{found} different values, but at most {most} can be taken for categories")]
    TooManyCategories {
        /// How many are taken.
        most: usize,
        /// How many there were.
        found: usize,
    },
    /// A statistic for a certain number of coders met another number.
    #[error("{}, but {needed} are needed", counted(*found, "coder"))]
    WrongCoders {
        /// How many the formula takes.
        needed: usize,
        /// How many there were.
        found: usize,
    },
    /// Everybody has the same value, so that there is nothing to divide by.
    #[error("there is no variance")]
    NoVariance,
    /// The rows, or the two variables, differ in length.
    #[error("rows or variables differ in length")]
    Ragged,
    /// A value is not a finite number.
    #[error("a value is not a finite number")]
    NotFinite,
    /// Values that differ by so little, or by so much, that their squares lose their digits.
    #[error("the values differ by less than 1e-70 or more than 1e70: count them in another unit")]
    Unit,
    /// A matrix that cannot be inverted: an item is the sum of others, or there are fewer cases than items.
    #[error(
        "the correlation matrix cannot be inverted: an item follows from the others, or cases are too few"
    )]
    Singular,
    /// A search that did not settle.
    #[error("the solution did not settle")]
    NotConverged,
    /// A value that the scale or the count does not have.
    #[error("a value is outside of its range")]
    OutOfRange,
}

/// What is said of a value without an interval where nobody says more.
pub const NO_INTERVAL: &str = "no interval: there is too little to estimate an error from";

/// The confidence of every interval for which nobody asks for another one.
pub const LEVEL: f64 = 0.95;

/// An interval with its lower and upper end, in the unit of the statistic.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Interval {
    /// The interval between two ends; none where they are no numbers or meet, because a method that says a point has found
    /// nothing to estimate an error from. That is no certainty.
    pub fn between(low: f64, high: f64) -> Option<Self> {
        let size = low.abs().max(high.abs()).max(1.0);
        (low.is_finite() && high.is_finite() && high - low > 1e-9 * size).then_some(Self { low, high })
    }
}

/// A statistic with its uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The statistic.
    pub value: f64,
    /// Its standard error, where the method gives one.
    pub se: Option<f64>,
    /// Its interval; none where the method gives none, see [`Interval::between`].
    pub interval: Option<Interval>,
}

/// A result that arithmetic has carried out of the range of numbers has no value.
fn finite(value: f64) -> Result<f64, Uncomputable> {
    if value.is_finite() { Ok(value) } else { Err(Uncomputable::NotFinite) }
}
