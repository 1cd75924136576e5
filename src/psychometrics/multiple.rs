//! Many tests at once: the false discovery rate, and the chance of any false one.

/// Benjamini–Hochberg adjusted p-values, in the order given (Benjamini and Hochberg 1995).
///
/// A test is a discovery at rate q when its adjusted p is at most q. A NaN counts as 1: no evidence.
pub fn benjamini_hochberg(p: &[f64]) -> Vec<f64> {
    let value = |index: usize| if p[index].is_nan() { 1.0 } else { p[index] };
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| value(a).total_cmp(&value(b)));
    let mut adjusted = vec![1.0; p.len()];
    let mut least = 1.0_f64;
    // From the largest downwards, so that an adjusted value never exceeds that of a larger p.
    for (rank, &index) in order.iter().enumerate().rev() {
        least = least.min(value(index) * p.len() as f64 / (rank + 1) as f64);
        adjusted[index] = least;
    }
    adjusted
}

/// Holm adjusted p-values, in the order given (Holm 1979): at most q of all families of tests have a false discovery when those at most q
/// count. A NaN counts as 1.
pub fn holm(p: &[f64]) -> Vec<f64> {
    let value = |index: usize| if p[index].is_nan() { 1.0 } else { p[index] };
    let mut order: Vec<usize> = (0..p.len()).collect();
    order.sort_by(|&a, &b| value(a).total_cmp(&value(b)));
    let mut adjusted = vec![1.0; p.len()];
    let mut most = 0.0_f64;
    for (rank, &index) in order.iter().enumerate() {
        most = most.max(value(index) * (p.len() - rank) as f64).min(1.0);
        adjusted[index] = most;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_example_of_the_paper_has_four_discoveries() {
        // Benjamini and Hochberg 1995, section 4.1: 15 tests, four rejected at q = .05.
        let p = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
            0.6528, 0.7590, 1.0,
        ];
        let adjusted = benjamini_hochberg(&p);
        assert_eq!(adjusted.iter().filter(|&&a| a <= 0.05).count(), 4);
        assert!((adjusted[0] - 0.0015).abs() < 1e-12);
        assert!((adjusted[4] - 0.0201 * 3.0).abs() < 1e-12);
    }

    #[test]
    fn holm_by_hand() {
        // .01 · 4, .02 · 3, .03 · 2 is less than the one before, .9.
        let adjusted = holm(&[0.02, 0.01, 0.03, 0.9]);
        let wanted = [0.06, 0.04, 0.06, 0.9];
        assert!(
            adjusted.iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 1e-12),
            "{adjusted:?}"
        );
    }

    proptest! {
        #[test]
        fn adjusting_keeps_the_order_and_never_lowers(p in prop::collection::vec(0.0..=1.0_f64, 0..40)) {
            let adjusted = benjamini_hochberg(&p);
            for i in 0..p.len() {
                prop_assert!(adjusted[i] >= p[i] - 1e-15 && adjusted[i] <= 1.0);
                for j in 0..p.len() {
                    prop_assert!(p[i] > p[j] || adjusted[i] <= adjusted[j]);
                }
            }
        }
    }
}
