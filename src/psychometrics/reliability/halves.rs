//! Split-half reliability: the correlation of the sums of two halves, stepped up by Spearman–Brown to the length of the whole.

use super::spearman_brown;
use crate::dice::Dice;
use crate::psychometrics::Uncomputable;

/// Odd against even items, in their order: the split that other programs can repeat. With an odd number of items one half has an
/// item more; the formula for equal halves is used all the same.
///
/// # Errors
/// Fewer than two items, a half without variance, or halves that run exactly against each other.
pub fn odd_even(covariance: &[Vec<f64>]) -> Result<f64, Uncomputable> {
    let half: Vec<bool> = (0..covariance.len()).map(|item| item % 2 == 0).collect();
    stepped_up(covariance, &half)
}

/// The mean over `splits` random halves. One split is a matter of luck; their mean is not.
///
/// # Errors
/// As [`odd_even`], for any of the splits.
pub fn random_halves(covariance: &[Vec<f64>], splits: usize, dice: &mut Dice) -> Result<f64, Uncomputable> {
    let items = covariance.len();
    if splits == 0 {
        return Err(Uncomputable::OutOfRange);
    }
    let mut sum = 0.0;
    for _ in 0..splits {
        let mut half = vec![false; items];
        dice.order(items).into_iter().take(items / 2).for_each(|item| half[item] = true);
        sum += stepped_up(covariance, &half)?;
    }
    Ok(sum / splits as f64)
}

fn stepped_up(covariance: &[Vec<f64>], half: &[bool]) -> Result<f64, Uncomputable> {
    if half.len() < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: half.len() });
    }
    let (mut one, mut other, mut between) = (0.0, 0.0, 0.0);
    for (row, own) in covariance.iter().zip(half) {
        for (value, theirs) in row.iter().zip(half) {
            match (own, theirs) {
                (true, true) => one += value,
                (false, false) => other += value,
                (true, false) => between += value,
                (false, true) => {}
            }
        }
    }
    // Items that cancel leave rounding instead of zero.
    let own: f64 = covariance.iter().enumerate().map(|(item, row)| row[item]).sum();
    if one.min(other) <= f64::EPSILON * own || own <= 0.0 {
        return Err(Uncomputable::NoVariance);
    }
    spearman_brown((between / (one * other).sqrt()).clamp(-1.0, 1.0), 2.0).ok_or(Uncomputable::OutOfRange)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parallel_items_give_alpha_whatever_the_split() {
        // Four items of variance 1 and covariance .5: α = 4/3·(1 − 4/10) = .8, and every split in equal halves says so.
        let covariance: Vec<Vec<f64>> =
            (0..4).map(|i| (0..4).map(|j| if i == j { 1.0 } else { 0.5 }).collect()).collect();
        assert!((odd_even(&covariance).unwrap() - 0.8).abs() < 1e-15);
        assert!((random_halves(&covariance, 50, &mut Dice::new(1)).unwrap() - 0.8).abs() < 1e-14);
    }

    #[test]
    fn halves_without_a_value_say_why() {
        assert_eq!(odd_even(&[vec![1.0]]), Err(Uncomputable::TooFewItems { needed: 2, found: 1 }));
        assert_eq!(odd_even(&[vec![1.0, 0.0], vec![0.0, 0.0]]), Err(Uncomputable::NoVariance));
        assert_eq!(odd_even(&[vec![1.0, -1.0], vec![-1.0, 1.0]]), Err(Uncomputable::OutOfRange));
    }
}
