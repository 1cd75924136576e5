//! Fleiss' κ and Gwet's AC1 for any number of coders. The two differ in what they call chance; the rest is one computation.
//!
//! Missing codes follow Gwet (Handbook of Inter-Rater Reliability, 4th ed. 2014, chapter 2 and 5): observed agreement is the mean
//! over units with at least two codes, the share of a category is the mean over units with at least one. With all codes given,
//! Fleiss' κ is that of Fleiss 1971. The variance is Gwet's linearisation over units, and the interval takes Student's t with one
//! degree of freedom less than there are units.

use super::{Unanimous, Units, equal_pairs, with_interval};
use crate::psychometrics::distribution::t_critical;
use crate::psychometrics::{Estimate, Uncomputable};

/// Fleiss' κ (Fleiss 1971): chance is Σπ², with π the share of each category over all coders.
///
/// # Errors
/// Too many categories, or one category alone, where chance explains everything.
pub fn fleiss_kappa(units: &Units, level: f64) -> Result<Estimate, Uncomputable> {
    let shares = shares(units)?;
    let chance = shares.iter().map(|share| share * share).sum();
    against_chance(units, chance, &|category| shares[category], level)
}

/// Gwet's AC1 (Gwet 2008): chance is Σπ(1 − π)/(q − 1) for q categories, which stays small when one category is
/// common. How many categories there were to choose from matters; see [`Units::nominal`].
///
/// # Errors
/// Too many categories, or one category alone.
pub fn gwet_ac1(units: &Units, level: f64) -> Result<Estimate, Uncomputable> {
    let shares = shares(units)?;
    if shares.len() < 2 {
        return Err(Uncomputable::NoVariance);
    }
    let others = (shares.len() - 1) as f64;
    let chance = shares.iter().map(|share| share * (1.0 - share)).sum::<f64>() / others;
    against_chance(units, chance, &|category| (1.0 - shares[category]) / others, level)
}

/// The share of each category: the mean over the coded units of its share among their codes.
fn shares(units: &Units) -> Result<Vec<f64>, Uncomputable> {
    units.for_categories()?;
    let mut shares = vec![0.0; units.values.len()];
    for row in &units.rows {
        let given = row.iter().flatten().count() as f64;
        for code in row.iter().flatten() {
            shares[*code] += 1.0 / given;
        }
    }
    let coded = units.coded() as f64;
    Ok(shares.into_iter().map(|share| share / coded).collect())
}

/// (p_o − p_e)/(1 − p_e) and its variance; `of_code` is what a code of a category adds to the chance of its unit.
fn against_chance(
    units: &Units,
    chance: f64,
    of_code: &dyn Fn(usize) -> f64,
    level: f64,
) -> Result<Estimate, Uncomputable> {
    let (coded, paired) = (units.coded() as f64, units.paired() as f64);
    let observed = units.rows.iter().filter_map(|row| equal_pairs(row)).sum::<f64>() / paired;
    if 1.0 - chance <= 1e-12 {
        return Err(Uncomputable::NoVariance);
    }
    let value = (observed - chance) / (1.0 - chance);
    let deviations = units.rows.iter().filter_map(|row| {
        let given: Vec<usize> = row.iter().copied().flatten().collect();
        if given.is_empty() {
            return None;
        }
        let own = equal_pairs(row).map_or(0.0, |equal| coded / paired * (equal - chance) / (1.0 - chance));
        let own_chance = given.iter().map(|code| of_code(*code)).sum::<f64>() / given.len() as f64;
        Some(own - 2.0 * (1.0 - value) * (own_chance - chance) / (1.0 - chance) - value)
    });
    let variance = (coded > 1.0).then(|| deviations.map(|d| d * d).sum::<f64>() / (coded * (coded - 1.0)));
    let unanimous = Unanimous { units: paired, chance, level };
    with_interval(value, variance, t_critical(level, coded - 1.0), &unanimous)
}
