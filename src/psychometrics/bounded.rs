//! The interval of a mean on a scale that has two ends, as every rating has: of a mark from 1 to 10, or of a probability.
//!
//! Student's interval of such a mean leaves the scale when cases are few, and is a point when all of them agree. This one is the score
//! interval that Wilson gave for shares, for a variance that is a share of the largest one which the mean allows.

use super::distribution::t_critical;
use super::{Interval, Uncomputable};

/// Cases of the largest spread that stand beside those there are, so that a few who agree do not make a certainty. With two
/// of them ratings of many shapes are covered in .93 or more of samples from three cases on, as the test below holds; the worst shape that
/// was tried, twenty answers on four points with most at one end, in .90.
const BESIDE: f64 = 2.0;

/// How many cases of equal weight some with weights are worth, (Σw)²/Σw² (Kish 1965).
pub fn worth(weights: impl Iterator<Item = f64>) -> f64 {
    let (sum, squares) = weights.fold((0.0, 0.0), |(sum, squares), w| (sum + w, squares + w * w));
    sum * sum / squares
}

/// The mean of `values`, each with its weight, on a scale from `ends.0` to `ends.1`, and its interval; values beyond an end move it.
///
/// With x the values brought to 0…1, m their mean, V their variance Σw²(x − m)²/Σw², n the cases that they are worth and k = (Σw²)²/Σw⁴
/// those that V rests on: all μ with (m − μ)² ≤ t²·φ·μ(1 − μ)/n, where φ = (kV/m(1 − m) + 2)/(k + 1), at most 1, and t has k + 1 degrees of
/// freedom. With equal weights k = n; for φ = 1 and z in place of t that is Wilson's interval (Wilson 1927); a variance in proportion to
/// μ(1 − μ) is Wedderburn's (1974). Weights may be negative, as those are that undo misclassification (see [`super::three_step`]): a mean that
/// they throw off the scale is brought back to its end.
///
/// # Errors
/// Fewer than two cases, weights that come to nothing, or a value, a weight or an end that is not finite.
pub fn bounded_mean(
    values: &[(f64, f64)],
    ends: (f64, f64),
    level: f64,
) -> Result<(f64, Interval), Uncomputable> {
    bounded_mean_with(values, ends, level, 0.0)
}

/// The same where the mean has another error too, of variance `error` in squares of the scale's points: φμ(1 − μ)/n grows by it in
/// proportion.
///
/// # Errors
/// As [`bounded_mean`].
pub fn bounded_mean_with(
    values: &[(f64, f64)],
    ends: (f64, f64),
    level: f64,
    error: f64,
) -> Result<(f64, Interval), Uncomputable> {
    if values.len() < 2 {
        return Err(Uncomputable::TooFewCases { needed: 2, found: values.len() });
    }
    let all = || values.iter().map(|(value, _)| *value);
    let (lowest, highest) = (all().fold(ends.0, f64::min), all().fold(ends.1, f64::max));
    let width = highest - lowest;
    let total: f64 = values.iter().map(|(_, weight)| weight).sum();
    if total <= 0.0 {
        return Err(Uncomputable::OutOfRange);
    }
    let n = worth(values.iter().map(|(_, weight)| *weight));
    let behind = worth(values.iter().map(|(_, weight)| weight * weight));
    let mean = values.iter().map(|(value, weight)| value * weight).sum::<f64>() / total;
    if ![width, mean, n].into_iter().all(f64::is_finite) || all().any(f64::is_nan) || width <= 0.0 {
        return Err(Uncomputable::NotFinite);
    }
    let mean = mean.clamp(lowest, highest);
    let m = ((mean - lowest) / width).clamp(0.0, 1.0);
    let most = m * (1.0 - m);
    let squares = || values.iter().map(|(value, weight)| (weight * weight, ((value - mean) / width).powi(2)));
    let spread: f64 = squares().map(|(weight, square)| weight * square).sum::<f64>()
        / squares().map(|(weight, _)| weight).sum::<f64>();
    let own = if most > 1e-12 { behind * spread / most } else { 0.0 };
    let phi = ((own + BESIDE) / (behind - 1.0 + BESIDE)).min(1.0);
    let t = t_critical(level, behind - 1.0 + BESIDE).ok_or(Uncomputable::OutOfRange)?;
    let beside = if most > 1e-12 { error / (width * width) / most } else { 0.0 };
    let (t2, cases) = (t * t, 1.0 / (phi / n + beside));
    let centre = (m + t2 / (2.0 * cases)) / (1.0 + t2 / cases);
    let half = (t2 * (most / cases + t2 / (4.0 * cases * cases))).sqrt() / (1.0 + t2 / cases);
    let back = |share: f64| lowest + width * share;
    // At the ends the two terms are equal in exact arithmetic only.
    let (low, high) = (back((centre - half).clamp(0.0, m)), back((centre + half).clamp(m, 1.0)));
    Ok((mean, Interval { low: low.min(mean), high: high.max(mean) }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::psychometrics::proportion::wilson_of;
    use crate::rng::Rng;

    fn plain(values: &[f64], ends: (f64, f64)) -> (f64, Interval) {
        let values: Vec<(f64, f64)> = values.iter().map(|value| (*value, 1.0)).collect();
        bounded_mean(&values, ends, 0.95).unwrap()
    }

    #[test]
    fn values_of_another_implementation() {
        // By hand in Python, with t of 4, 8, 3 and 4 degrees of freedom: 2.776445, 2.306004, 3.182446 and 2.776445.
        for (values, ends, mean, low, high) in [
            (&[7.0, 8.0, 10.0][..], (1.0, 10.0), 25.0 / 3.0, 3.406_253_6, 9.833_491_6),
            (&[7.0; 7], (1.0, 10.0), 7.0, 5.048_81, 8.472_375_8),
            (&[9.0, 10.0], (1.0, 10.0), 9.5, 2.756_340_6, 9.992_455_5),
            (&[1.0, 2.0, 3.0], (1.0, 4.0), 2.0, 1.135_407_3, 3.522_964_9),
        ] {
            let (found, interval) = plain(values, ends);
            assert!((found - mean).abs() < 1e-9, "{values:?}: {found}");
            assert!((interval.low - low).abs() < 1e-5 && (interval.high - high).abs() < 1e-5, "{interval:?}");
        }
    }

    #[test]
    fn it_is_wilsons_for_answers_at_the_ends_but_for_t() {
        // Half of eight at either end: φ = 1 (it cannot be more).
        let (mean, found) = plain(&[0.0, 0.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0], (0.0, 1.0));
        let t = t_critical(0.95, 9.0).unwrap();
        let z = crate::psychometrics::normal::critical(0.95);
        let wilson = wilson_of(0.5, 8.0 * (z / t).powi(2), 0.95).unwrap();
        assert!(
            mean == 0.5 && (found.low - wilson.low).abs() < 1e-12 && (found.high - wilson.high).abs() < 1e-12
        );
    }

    #[test]
    fn it_never_leaves_the_scale_and_is_never_a_point() {
        let points = [1.0, 2.0, 5.0, 9.0, 10.0];
        for code in 0..5_usize.pow(4) {
            let values: Vec<f64> = (0..4).map(|place| points[code / 5_usize.pow(place) % 5]).collect();
            let (mean, found) = plain(&values, (1.0, 10.0));
            assert!(1.0 <= found.low && found.low <= mean && mean <= found.high && found.high <= 10.0);
            assert!(found.high - found.low > 0.5, "{values:?} {found:?}");
        }
        // A weight that counts twice is worth no more than its cases, and equal weights are none.
        let weighted: Vec<(f64, f64)> = [7.0, 8.0, 10.0].iter().map(|value| (*value, 0.3)).collect();
        let (_, same) = bounded_mean(&weighted, (1.0, 10.0), 0.95).unwrap();
        let (_, without) = plain(&[7.0, 8.0, 10.0], (1.0, 10.0));
        assert!((same.low - without.low).abs() < 1e-9 && (same.high - without.high).abs() < 1e-9);
        assert!(bounded_mean(&[(1.0, 1.0)], (1.0, 10.0), 0.95).is_err());
        assert!(bounded_mean(&[(1.0, 1.0), (f64::NAN, 1.0)], (1.0, 10.0), 0.95).is_err());
    }

    #[test]
    fn it_covers_from_three_cases_on() {
        // Answers of groups from divided to nearly of one mind, on points of equal distance.
        let groups: [&[f64]; 6] = [
            &[25.0, 25.0, 25.0, 25.0],
            &[5.0, 15.0, 30.0, 50.0],
            &[50.0, 0.0, 0.0, 50.0],
            &[0.0, 0.0, 2.0, 3.0, 5.0, 10.0, 20.0, 30.0, 20.0, 10.0],
            &[70.0, 20.0, 10.0],
            &[0.0, 0.0, 10.0, 20.0, 40.0, 20.0, 10.0],
        ];
        let mut rng = Rng::for_purpose(7, "coverage");
        for group in groups {
            let highest = (group.len() - 1) as f64;
            let truth: f64 =
                group.iter().zip(0..).map(|(share, point)| share * f64::from(point)).sum::<f64>() / 100.0;
            for n in [3, 5, 8, 12, 20] {
                let mut covered = 0;
                for _ in 0..800 {
                    let values: Vec<f64> = (0..n).map(|_| rng.weighted(group) as f64).collect();
                    let (_, found) = plain(&values, (0.0, highest));
                    covered += usize::from(found.low <= truth && truth <= found.high);
                }
                // Three standard errors of 800 draws below .95.
                assert!(covered as f64 / 800.0 > 0.927, "{group:?}, {n}: {covered}");
            }
        }
    }
}
