//! Cohen's κ for two coders, plain and weighted (Cohen 1960, 1968), with the variance for large samples of Fleiss, Cohen and
//! Everitt 1969.

use super::{Unanimous, Units, with_interval};
use crate::psychometrics::{Estimate, Uncomputable, normal};

/// How much a disagreement counts by the distance of the two categories.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weights {
    /// Every disagreement alike: plain κ.
    Equal,
    /// By the distance.
    Linear,
    /// By the square of the distance.
    Quadratic,
}

/// What the distance of two categories is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// The number of steps among the categories that occur: for ranks.
    Places,
    /// The difference of their values: for measurements.
    Values,
}

/// Cohen's κ over the units that both coders coded: κ = (p_o − p_e)/(1 − p_e), with p_e from each coder's own margins.
///
/// The interval is normal and ends at −1 and 1; where all agree it is Wilson's for the share that agrees.
///
/// # Errors
/// More or fewer than two coders, too many categories, or one category alone, where chance explains everything.
pub fn cohen_kappa(
    units: &Units,
    weights: Weights,
    spacing: Spacing,
    level: f64,
) -> Result<Estimate, Uncomputable> {
    if units.coders != 2 {
        return Err(Uncomputable::WrongCoders { needed: 2, found: units.coders });
    }
    units.for_categories()?;
    let both = |row: &Vec<Option<usize>>| match row.as_slice() {
        [Some(first), Some(second)] => Some((*first, *second)),
        _ => None,
    };
    let pairs: Vec<(usize, usize)> = units.rows.iter().filter_map(both).collect();
    if pairs.is_empty() {
        return Err(Uncomputable::TooFewCases { needed: 1, found: 0 });
    }
    let values = used(units, &pairs, spacing);
    let n = pairs.len() as f64;
    let size = values.len();
    let (mut table, mut first, mut second) = (vec![0.0; size * size], vec![0.0; size], vec![0.0; size]);
    for (one, other) in pairs {
        table[one * size + other] += 1.0 / n;
        first[one] += 1.0 / n;
        second[other] += 1.0 / n;
    }
    let weight = weighing(weights, &values);
    let expected_by = |own: &dyn Fn(usize) -> f64| (0..size).map(own).sum::<f64>();
    let row_mean: Vec<f64> = (0..size)
        .map(|i| expected_by(&|j| if second[j] > 0.0 { second[j] * weight(i, j) } else { 0.0 }))
        .collect();
    let column_mean: Vec<f64> = (0..size)
        .map(|j| expected_by(&|i| if first[i] > 0.0 { first[i] * weight(i, j) } else { 0.0 }))
        .collect();
    let expected: f64 = (0..size).map(|i| first[i] * row_mean[i]).sum();
    let cells = || (0..size).flat_map(|i| (0..size).map(move |j| (i, j)));
    let observed: f64 = cells().map(|(i, j)| table[i * size + j] * weight(i, j)).sum();
    if 1.0 - expected <= f64::EPSILON * size as f64 {
        return Err(Uncomputable::NoVariance);
    }
    let kappa = (observed - expected) / (1.0 - expected);
    let spread: f64 = cells()
        .filter(|(i, j)| table[i * size + j] > 0.0)
        .map(|(i, j)| {
            let deviation = weight(i, j) - (row_mean[i] + column_mean[j]) * (1.0 - kappa);
            table[i * size + j] * deviation.powi(2)
        })
        .sum();
    let variance = (spread - (kappa - expected * (1.0 - kappa)).powi(2)) / (n * (1.0 - expected).powi(2));
    let unanimous = Unanimous { units: n, chance: expected, level };
    with_interval(kappa, Some(variance), Some(normal::critical(level)), &unanimous)
}

/// The value of every category as far as distance goes. Places count only categories that one of the two coders used.
fn used(units: &Units, pairs: &[(usize, usize)], spacing: Spacing) -> Vec<f64> {
    if spacing == Spacing::Values {
        return units.values.clone();
    }
    let mut seen = vec![false; units.values.len()];
    for (first, second) in pairs {
        seen[*first] = true;
        seen[*second] = true;
    }
    let mut before = 0.0;
    let step = |seen: bool| {
        let place = before;
        before += f64::from(u8::from(seen));
        place
    };
    seen.into_iter().map(step).collect()
}

/// The agreement weight of two categories: 1 for the same one, 0 for the two ends of the scale that was used.
fn weighing(weights: Weights, values: &[f64]) -> impl Fn(usize, usize) -> f64 + '_ {
    let ends =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(*v), high.max(*v)));
    let width = if ends.1 > ends.0 { ends.1 - ends.0 } else { 1.0 };
    move |i, j| {
        let distance = (values[i] - values[j]).abs() / width;
        match weights {
            Weights::Equal => f64::from(u8::from(i == j)),
            Weights::Linear => 1.0 - distance,
            Weights::Quadratic => 1.0 - distance * distance,
        }
    }
}
