//! Split-half reliability: the correlation of the sums of two halves, stepped up by Spearman–Brown to the length of the whole.

use super::spearman_brown;
use crate::psychometrics::Uncomputable;
use crate::rng::Rng;

/// Odd against even items, in their order: the split that other programs can repeat. With an odd number of items one half has an
/// item more; the formula for equal halves is used all the same.
///
/// # Errors
/// Fewer than two items, a half without variance, or halves that run so far against each other that the formula leaves its range.
pub fn odd_even(covariance: &[Vec<f64>]) -> Result<f64, Uncomputable> {
    let half: Vec<bool> = (0..covariance.len()).map(|item| item % 2 == 0).collect();
    stepped_up(covariance, &half)
}

/// Items up to which every way of halving is taken: 6,435 of them at fifteen and sixteen.
pub const MOST_ENUMERATED: usize = 16;

/// The mean over halves, with how many there were. One split is a matter of luck; their mean is not: up to [`MOST_ENUMERATED`] items it is
/// taken over all halves there are, beyond over `splits` random ones.
///
/// # Errors
/// As [`odd_even`], for any of the splits.
pub fn random_halves(
    covariance: &[Vec<f64>],
    splits: usize,
    rng: &mut Rng,
) -> Result<(f64, usize), Uncomputable> {
    let items = covariance.len();
    if splits == 0 {
        return Err(Uncomputable::OutOfRange);
    }
    let (mut sum, mut count) = (0.0, 0);
    let mut add = |half: &[bool]| -> Result<(), Uncomputable> {
        sum += stepped_up(covariance, half)?;
        count += 1;
        Ok(())
    };
    if items > MOST_ENUMERATED {
        for _ in 0..splits {
            let mut half = vec![false; items];
            rng.order(items).into_iter().take(items / 2).for_each(|item| half[item] = true);
            add(&half)?;
        }
    } else {
        // With as many items on both sides every split comes twice; the first item decides which is taken.
        let even = items.is_multiple_of(2);
        for set in 0_u32..1 << items {
            if set.count_ones() as usize == items / 2 && !(even && set & 1 == 0) {
                add(&(0..items).map(|item| set >> item & 1 == 1).collect::<Vec<bool>>())?;
            }
        }
        if count == 0 {
            return Err(Uncomputable::TooFewItems { needed: 2, found: items });
        }
    }
    Ok((sum / count as f64, count))
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
    // Halves that run against each other send the formula towards its pole, and what it says is no correlation any more.
    let full = spearman_brown((between / (one * other).sqrt()).clamp(-1.0, 1.0), 2.0);
    full.filter(|full| *full >= -1.0).ok_or(Uncomputable::OutOfRange)
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
        let (mean, halves) = random_halves(&covariance, 50, &mut Rng::new(1)).unwrap();
        assert!((mean - 0.8).abs() < 1e-14 && halves == 3);
    }

    #[test]
    fn few_items_are_halved_in_every_way_and_many_by_lot() {
        let of = |items: usize| -> Vec<Vec<f64>> {
            let value = |i: usize, j: usize| if i == j { 1.0 } else { 0.2 + ((i * j) % 5) as f64 / 20.0 };
            (0..items).map(|i| (0..items).map(|j| value(i, j)).collect()).collect()
        };
        for (items, halves) in [(2, 1), (3, 3), (4, 3), (5, 10), (6, 10), (15, 6435), (16, 6435)] {
            let run = |seed| random_halves(&of(items), 50, &mut Rng::new(seed)).unwrap();
            assert_eq!(run(1), run(2), "no luck is left");
            assert_eq!(run(1).1, halves, "{items}");
        }
        // By hand: 3 ways to halve four items.
        let matrix = of(4);
        let by_hand = [[true, true, false, false], [true, false, true, false], [true, false, false, true]]
            .map(|half| stepped_up(&matrix, &half).unwrap());
        let mean = by_hand.iter().sum::<f64>() / 3.0;
        assert!((random_halves(&matrix, 1, &mut Rng::new(1)).unwrap().0 - mean).abs() < 1e-14);
        let run = |seed| random_halves(&of(17), 50, &mut Rng::new(seed)).unwrap();
        assert!(run(1) != run(2) && run(1).1 == 50);
        assert!(random_halves(&[vec![1.0]], 9, &mut Rng::new(1)).is_err());
    }

    #[test]
    fn halves_without_a_value_say_why() {
        assert_eq!(odd_even(&[vec![1.0]]), Err(Uncomputable::TooFewItems { needed: 2, found: 1 }));
        assert_eq!(odd_even(&[vec![1.0, 0.0], vec![0.0, 0.0]]), Err(Uncomputable::NoVariance));
        assert_eq!(odd_even(&[vec![1.0, -1.0], vec![-1.0, 1.0]]), Err(Uncomputable::OutOfRange));
        // Spearman-Brown would say -198 here, and -2/3 there.
        assert_eq!(odd_even(&[vec![1.0, -0.99], vec![-0.99, 1.0]]), Err(Uncomputable::OutOfRange));
        assert!((odd_even(&[vec![1.0, -0.25], vec![-0.25, 1.0]]).unwrap() + 2.0 / 3.0).abs() < 1e-12);
    }
}
