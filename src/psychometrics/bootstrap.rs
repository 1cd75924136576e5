//! Percentile bootstrap. Owns the resampling; refuses to know what is computed on a resample.

use super::Interval;
use super::descriptive::quantile;
use crate::rng::Rng;

/// Percentile intervals of several statistics at once, from resamples of 0..`n` with replacement.
///
/// `statistics` gets the indices of one resample and returns as many entries every time, `None` where a statistic has no
/// value on that resample (a class that was not drawn, say). A statistic that has a value on fewer than half of the
/// resamples has no interval: what is left of it would describe the lucky half. Nor has one that is the same on all of them; see
/// [`Interval::between`]. `level` is for example .95.
pub fn percentile_intervals<const M: usize>(
    n: usize,
    resamples: usize,
    level: f64,
    rng: &mut Rng,
    mut statistics: impl FnMut(&[usize]) -> [Option<f64>; M],
) -> [Option<Interval>; M] {
    let mut values: [Vec<f64>; M] = std::array::from_fn(|_| Vec::with_capacity(resamples));
    if n > 0 {
        let mut drawn = vec![0; n];
        for _ in 0..resamples {
            drawn.iter_mut().for_each(|index| *index = rng.below(n));
            for (kept, value) in values.iter_mut().zip(statistics(&drawn)) {
                kept.extend(value.filter(|v| v.is_finite()));
            }
        }
    }
    let tail = (1.0 - level) / 2.0;
    values.map(|kept| {
        if kept.is_empty() || kept.len() * 2 < resamples {
            return None;
        }
        let low = quantile(&kept, tail).ok()?;
        let high = quantile(&kept, 1.0 - tail).ok()?;
        Interval::between(low, high)
    })
}

/// Percentile interval of one statistic; see [`percentile_intervals`].
pub fn percentile_interval(
    n: usize,
    resamples: usize,
    level: f64,
    rng: &mut Rng,
    mut statistic: impl FnMut(&[usize]) -> Option<f64>,
) -> Option<Interval> {
    let [interval] = percentile_intervals(n, resamples, level, rng, |drawn| [statistic(drawn)]);
    interval
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_near_the_normal_one() {
        let mut rng = Rng::new(5);
        let values: Vec<f64> = (0..400).map(|_| rng.normal()).collect();
        let mean = |drawn: &[usize]| drawn.iter().map(|&i| values[i]).sum::<f64>() / 400.0;
        let found = percentile_interval(400, 2_000, 0.95, &mut Rng::new(6), |d| Some(mean(d)));
        let half = (found.unwrap().high - found.unwrap().low) / 2.0;
        assert!((half - 1.96 / 20.0).abs() < 0.01, "{half}");
    }

    #[test]
    fn equal_seeds_give_equal_intervals() {
        let run = |seed| {
            percentile_interval(9, 100, 0.9, &mut Rng::new(seed), |d| Some(d.iter().sum::<usize>() as f64))
        };
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }

    #[test]
    fn no_cases_or_no_values_give_no_interval() {
        assert_eq!(percentile_interval(0, 10, 0.95, &mut Rng::new(1), |_| Some(1.0)), None);
        assert_eq!(percentile_interval(5, 10, 0.95, &mut Rng::new(1), |_| None), None);
        assert_eq!(percentile_interval(5, 10, 0.95, &mut Rng::new(1), |_| Some(0.0)), None);
    }
}
