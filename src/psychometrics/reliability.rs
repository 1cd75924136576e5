//! Reliability of a scale. Owns Cronbach's alpha, the Spearman–Brown formula and, in `table`, everything that is asked of a scale
//! at once; `resample` holds the bootstrap, `halves` the split halves. Refuses to reverse items: they come keyed.

mod halves;
mod resample;
mod table;

pub use halves::{MOST_ENUMERATED, odd_even, random_halves};
pub use resample::{alpha_interval, alpha_interval_of, omega_interval};
pub use table::{ItemStatistics, OMEGA_KIND, Resampling, ScaleReliability, reliability};

use super::Uncomputable;
use super::descriptive::covariance_matrix;

/// Cronbach's alpha with the cases that it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alpha {
    /// The coefficient; can be negative when items run against each other.
    pub value: f64,
    /// Complete cases used.
    pub cases: usize,
    /// Cases left out because an item was missing.
    pub dropped: usize,
    /// Number of items.
    pub items: usize,
}

/// Cronbach's alpha over complete cases: α = k/(k−1)·(1 − Σσ²ᵢ/σ²ₓ) (Cronbach 1951).
///
/// `rows`: one respondent each, one entry per item in the keyed direction, `None` where an answer is missing.
///
/// # Errors
/// Fewer than two items or complete cases, ragged rows, or a total score without variance.
pub fn cronbach_alpha(rows: &[Vec<Option<f64>>]) -> Result<Alpha, Uncomputable> {
    let items = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != items) {
        return Err(Uncomputable::Ragged);
    }
    let complete: Vec<Vec<f64>> = rows.iter().filter_map(|row| row.iter().copied().collect()).collect();
    if complete.len() < 2 {
        return Err(Uncomputable::TooFewCases { needed: 2, found: complete.len() });
    }
    let value = alpha_from_covariance(&covariance_matrix(&complete)?)?;
    Ok(Alpha { value, cases: complete.len(), dropped: rows.len() - complete.len(), items })
}

/// Cronbach's alpha of a square covariance matrix of items.
///
/// # Errors
/// Fewer than two items, a matrix that is not square, or a sum without variance.
pub fn alpha_from_covariance(matrix: &[Vec<f64>]) -> Result<f64, Uncomputable> {
    let items = matrix.len();
    if items < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: items });
    }
    if matrix.iter().any(|row| row.len() != items) {
        return Err(Uncomputable::Ragged);
    }
    let total: f64 = matrix.iter().flatten().sum();
    let own: f64 = (0..items).map(|i| matrix[i][i]).sum();
    // Items that cancel exactly leave a sum of rounding errors instead of zero.
    if total <= f64::EPSILON * own || own <= 0.0 {
        return Err(Uncomputable::NoVariance);
    }
    let k = items as f64;
    Ok(k / (k - 1.0) * (1.0 - own / total))
}

/// Reliability of a test lengthened `factor` times, from the reliability of one part (Spearman 1910, Brown 1910).
///
/// `None` where the formula has a pole: a correlation at or below −1/(factor − 1).
pub fn spearman_brown(part: f64, factor: f64) -> Option<f64> {
    let divisor = 1.0 + (factor - 1.0) * part;
    (divisor > 0.0).then(|| factor * part / divisor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_factor_with_loadings_8_7_6_5() {
        // Worked by hand from the implied correlation matrix; the same example gives omega .74945.
        let loadings = [0.8, 0.7, 0.6, 0.5];
        let matrix: Vec<Vec<f64>> = (0..4)
            .map(|i| (0..4).map(|j| if i == j { 1.0 } else { loadings[i] * loadings[j] }).collect())
            .collect();
        assert!((alpha_from_covariance(&matrix).unwrap() - 0.742_05).abs() < 5e-6);
    }

    #[test]
    fn only_complete_cases_count_and_are_counted() {
        let full = |a: f64, b: f64| vec![Some(a), Some(b)];
        let rows = vec![full(1.0, 2.0), full(2.0, 2.0), full(4.0, 5.0), vec![Some(9.0), None]];
        let alpha = cronbach_alpha(&rows).unwrap();
        assert_eq!((alpha.cases, alpha.dropped, alpha.items), (3, 1, 2));
        // Variances 7/3 and 3, covariance 5/2: total 31/3, alpha = 2(1 − (16/3)/(31/3)).
        assert!((alpha.value - 30.0 / 31.0).abs() < 1e-14);
    }

    #[test]
    fn alpha_without_a_value_says_why() {
        let rows = vec![vec![Some(1.0), Some(-1.0)], vec![Some(2.0), Some(-2.0)]];
        assert_eq!(cronbach_alpha(&rows), Err(Uncomputable::NoVariance));
        let single = vec![vec![Some(1.0)], vec![Some(2.0)]];
        assert!(matches!(cronbach_alpha(&single), Err(Uncomputable::TooFewItems { .. })));
        assert!(matches!(cronbach_alpha(&[]), Err(Uncomputable::TooFewCases { .. })));
    }

    #[test]
    fn two_halves_correlating_6_make_75() {
        assert!((spearman_brown(0.6, 2.0).unwrap() - 0.75).abs() < 1e-15);
        assert_eq!(spearman_brown(-1.0, 2.0), None);
    }

    proptest! {
        #[test]
        fn alpha_ignores_a_common_unit(
            rows in prop::collection::vec(prop::collection::vec(1.0..7.0_f64, 4), 5..20),
            unit in 0.1..20.0_f64,
        ) {
            let keep = |scale: f64| -> Vec<Vec<Option<f64>>> {
                rows.iter().map(|row| row.iter().map(|v| Some(v * scale)).collect()).collect()
            };
            if let (Ok(before), Ok(after)) = (cronbach_alpha(&keep(1.0)), cronbach_alpha(&keep(unit))) {
                prop_assert!((before.value - after.value).abs() < 1e-7 * (1.0 + before.value.abs()));
                prop_assert!(before.value <= 1.0 + 1e-12);
            }
        }
    }
}
