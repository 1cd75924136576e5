//! Agreement between coders. Owns the checked table of units × coders, raw agreement and the index of the coefficients;
//! each coefficient is a file. Refuses more categories than somebody could have had in mind, and every empty comparison.
//!
//! A row is a unit (an interview, a text), a column is a coder, `None` is a code that was not given. A unit with fewer than
//! two codes compares nothing: the coefficients say how they treat it.

mod cohen;
mod gwet;
mod krippendorff;

pub use cohen::{Spacing, Weights, cohen_kappa};
pub use gwet::{fleiss_kappa, gwet_ac1};
pub use krippendorff::{ScaleType, krippendorff_alpha, krippendorff_interval};

use super::{Estimate, Interval, Uncomputable, normal};

/// Statistics for categories take at most so many; more are measurements, and compared by distance.
pub const MOST_CATEGORIES: usize = 1_000;

/// Codes of units by coders, checked: as many columns everywhere, at least two, and some unit with two codes.
#[derive(Debug, Clone, PartialEq)]
pub struct Units {
    /// The value of each category, ascending; for names their places.
    values: Vec<f64>,
    rows: Vec<Vec<Option<usize>>>,
    coders: usize,
}

impl Units {
    /// Codes that are numbers; categories are the values that occur.
    ///
    /// # Errors
    /// Ragged rows, fewer than two coders, a value that is not finite, or no unit with two codes.
    pub fn new(rows: &[Vec<Option<f64>>]) -> Result<Self, Uncomputable> {
        if rows.iter().flatten().flatten().any(|value| !value.is_finite()) {
            return Err(Uncomputable::NotFinite);
        }
        // Adding zero turns −0 into 0, which would be a category of its own otherwise.
        let mut values: Vec<f64> = rows.iter().flatten().flatten().map(|value| value + 0.0).collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        let place = |value: f64| values.binary_search_by(|known| known.total_cmp(&(value + 0.0))).ok();
        let placed = rows.iter().map(|row| row.iter().map(|code| code.and_then(place)).collect()).collect();
        Self::checked(values, placed)
    }

    /// Codes that are names. `all` holds categories that count although nobody may have used them: AC1 depends on how many
    /// there were to choose from.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn nominal<T: Ord + Clone>(rows: &[Vec<Option<T>>], all: &[T]) -> Result<Self, Uncomputable> {
        let mut names: Vec<T> = rows.iter().flatten().flatten().chain(all).cloned().collect();
        names.sort();
        names.dedup();
        let place = |name: &T| names.binary_search(name).ok();
        let placed =
            rows.iter().map(|row| row.iter().map(|code| code.as_ref().and_then(place)).collect()).collect();
        Self::checked((0..names.len()).map(|place| place as f64).collect(), placed)
    }

    fn checked(values: Vec<f64>, rows: Vec<Vec<Option<usize>>>) -> Result<Self, Uncomputable> {
        let coders = rows.first().map_or(0, Vec::len);
        if rows.iter().any(|row| row.len() != coders) {
            return Err(Uncomputable::Ragged);
        }
        let units = Self { values, rows, coders };
        if units.paired() == 0 {
            return Err(match coders {
                0 | 1 if !units.rows.is_empty() => Uncomputable::WrongCoders { needed: 2, found: coders },
                _ => Uncomputable::TooFewCases { needed: 1, found: 0 },
            });
        }
        Ok(units)
    }

    /// Number of coders.
    pub fn coders(&self) -> usize {
        self.coders
    }

    /// Number of units with at least one code.
    pub fn coded(&self) -> usize {
        self.rows.iter().filter(|row| row.iter().any(Option::is_some)).count()
    }

    /// Number of units with at least two codes.
    pub fn paired(&self) -> usize {
        self.rows.iter().filter(|row| row.iter().flatten().count() >= 2).count()
    }

    /// Number of categories.
    pub fn categories(&self) -> usize {
        self.values.len()
    }

    /// The codes of two of the coders, by their columns; `None` where there is no such column or no unit that both coded.
    pub fn pair(&self, first: usize, second: usize) -> Option<Self> {
        let rows: Option<Vec<_>> =
            self.rows.iter().map(|row| Some(vec![*row.get(first)?, *row.get(second)?])).collect();
        Self::checked(self.values.clone(), rows?).ok()
    }

    fn for_categories(&self) -> Result<(), Uncomputable> {
        let found = self.values.len();
        match found {
            0..=MOST_CATEGORIES => Ok(()),
            _ => Err(Uncomputable::TooManyCategories { most: MOST_CATEGORIES, found }),
        }
    }
}

/// Raw agreement: of all pairs of codes of a unit the share that is equal, averaged over the units with at least two codes. For
/// two coders that is the share of units on which they agree.
///
/// The interval is Wilson's for that share with the units as cases: for more than two coders it is wider than it need be, but
/// it keeps a width when everybody agrees.
pub fn raw_agreement(units: &Units, level: f64) -> Estimate {
    let shares: Vec<f64> = units.rows.iter().filter_map(|row| equal_pairs(row)).collect();
    let n = shares.len() as f64;
    let share = shares.iter().sum::<f64>() / n;
    let z2 = normal::critical(level).powi(2);
    let centre = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = (z2 * (share * (1.0 - share) / n + z2 / (4.0 * n * n))).sqrt() / (1.0 + z2 / n);
    let interval = Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) };
    Estimate { value: share, se: None, interval: Some(interval) }
}

/// Of the pairs of codes of a unit the share that is equal; `None` without a pair.
fn equal_pairs(row: &[Option<usize>]) -> Option<f64> {
    let given: Vec<usize> = row.iter().copied().flatten().collect();
    let pairs = given.len() * given.len().saturating_sub(1) / 2;
    let later = |(at, code): (usize, &usize)| given[at + 1..].iter().filter(|other| *other == code).count();
    (pairs > 0).then(|| given.iter().enumerate().map(later).sum::<usize>() as f64 / pairs as f64)
}

/// What an interval rests on where nobody ever differed.
struct Unanimous {
    /// Units with at least two codes.
    units: f64,
    /// Agreement by chance.
    chance: f64,
    level: f64,
}

/// An estimate with a standard error and a symmetric interval that ends where the coefficient does, at −1 and 1.
///
/// Where all codes agree, a symmetric interval is a point, however few they are. Then the share that agrees has Wilson's interval,
/// and the coefficient is that share against the same chance. Elsewhere a point is no interval: see [`Interval::between`].
fn with_interval(
    value: f64,
    variance: Option<f64>,
    factor: Option<f64>,
    unanimous: &Unanimous,
) -> Result<Estimate, Uncomputable> {
    let value = super::finite(value)?;
    // Rounding can leave a variance of zero a hair below it.
    let se = variance.map(|variance| variance.max(0.0).sqrt()).filter(|se| se.is_finite());
    let ends = |(se, factor): (f64, f64)| {
        Interval::between((value - factor * se).max(-1.0), (value + factor * se).min(1.0))
    };
    let interval = se.zip(factor).and_then(ends);
    if value > 1.0 - 1e-12 {
        let Unanimous { units, chance, level } = unanimous;
        let z2 = normal::critical(*level).powi(2);
        let share = units / (units + z2);
        let interval = Interval { low: ((share - chance) / (1.0 - chance)).max(-1.0), high: 1.0 };
        return Ok(Estimate { value, se: None, interval: Some(interval) });
    }
    Ok(Estimate { value, se, interval })
}

#[cfg(test)]
mod tests;
