//! Means, spreads and correlations. Refuses to guess: what has no value is an [`Uncomputable`], never NaN.

use super::{Uncomputable, finite};

/// Arithmetic mean.
///
/// # Errors
/// No values, or one that is not finite.
pub fn mean(values: &[f64]) -> Result<f64, Uncomputable> {
    enough(values, 1)?;
    Ok(values.iter().sum::<f64>() / values.len() as f64)
}

/// Sample variance, with n − 1.
///
/// # Errors
/// Fewer than two values, or one that is not finite.
pub fn variance(values: &[f64]) -> Result<f64, Uncomputable> {
    enough(values, 2)?;
    if is_constant(values) {
        return Ok(0.0);
    }
    let centre = mean(values)?;
    // Two passes: the one-pass formula loses every digit when the mean is large against the spread.
    in_reach(values, centre)?;
    let squares = values.iter().map(|v| (v - centre).powi(2)).sum::<f64>();
    Ok(squares / (values.len() - 1) as f64)
}

/// Whether all values are one. Their mean can be a hair away from them, which would pass for a spread.
fn is_constant(values: &[f64]) -> bool {
    values.iter().all(|value| Some(value) == values.first())
}

/// Whether what spread there is is rounding: means of equal answers, summed in another order, differ in their last digits.
fn is_flat(values: &[f64], variance: f64) -> bool {
    const ROUNDING: f64 = 1e-14;
    let largest = values.iter().fold(0.0_f64, |most, value| most.max(value.abs()));
    variance.sqrt() <= ROUNDING * largest
}

/// Refuses values whose squares, and the products of these, would lose their digits without a word.
fn in_reach(values: &[f64], centre: f64) -> Result<(), Uncomputable> {
    let most = values.iter().map(|value| (value - centre).abs()).fold(0.0, f64::max);
    if most == 0.0 || (1e-70..=1e70).contains(&most) { Ok(()) } else { Err(Uncomputable::Unit) }
}

/// Sample standard deviation, with n − 1.
///
/// # Errors
/// As [`variance`].
pub fn sd(values: &[f64]) -> Result<f64, Uncomputable> {
    variance(values).map(f64::sqrt)
}

/// Sample covariance of two variables of equal length, with n − 1.
///
/// # Errors
/// Unequal lengths, fewer than two cases, or a value that is not finite.
pub fn covariance(x: &[f64], y: &[f64]) -> Result<f64, Uncomputable> {
    if x.len() != y.len() {
        return Err(Uncomputable::Ragged);
    }
    enough(x, 2)?;
    enough(y, 2)?;
    if is_constant(x) || is_constant(y) {
        return Ok(0.0);
    }
    let (centre_x, centre_y) = (mean(x)?, mean(y)?);
    let products = x.iter().zip(y).map(|(a, b)| (a - centre_x) * (b - centre_y));
    Ok(products.sum::<f64>() / (x.len() - 1) as f64)
}

/// Pearson's correlation.
///
/// # Errors
/// As [`covariance`], and when a variable has no variance.
pub fn correlation(x: &[f64], y: &[f64]) -> Result<f64, Uncomputable> {
    let (of_x, of_y) = (variance(x)?, variance(y)?);
    if is_flat(x, of_x) || is_flat(y, of_y) {
        return Err(Uncomputable::NoVariance);
    }
    // One root of the product: two roots would leave a perfect correlation a hair below one.
    let spread = (of_x * of_y).sqrt();
    if spread <= 0.0 {
        return Err(Uncomputable::NoVariance);
    }
    // Rounding can carry a perfect correlation a hair past one, and an arcus function over the edge.
    Ok((covariance(x, y)? / spread).clamp(-1.0, 1.0))
}

/// Skewness as G1, the adjusted Fisher–Pearson coefficient that SPSS, SAS, Excel and pandas print: √(n(n−1))/(n−2)·m₃/m₂^1.5.
///
/// # Errors
/// Fewer than three values, one that is not finite, or no variance.
pub fn skewness(values: &[f64]) -> Result<f64, Uncomputable> {
    enough(values, 3)?;
    let (centre, n) = (mean(values)?, values.len() as f64);
    let moment = |power: i32| values.iter().map(|v| (v - centre).powi(power)).sum::<f64>() / n;
    let second = moment(2);
    if second <= 0.0 || is_constant(values) {
        return Err(Uncomputable::NoVariance);
    }
    finite((n * (n - 1.0)).sqrt() / (n - 2.0) * moment(3) / second.powf(1.5))
}

/// Covariance matrix of the columns of `rows`.
///
/// # Errors
/// Rows of unequal length, and as [`covariance`].
pub fn covariance_matrix(rows: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Uncomputable> {
    let mut columns = columns(rows)?;
    for column in &mut columns {
        enough(column, 2)?;
        let centre = if is_constant(column) { column[0] } else { mean(column)? };
        in_reach(column, centre)?;
        column.iter_mut().for_each(|value| *value -= centre);
    }
    let product = |x: &Vec<f64>, y: &Vec<f64>| x.iter().zip(y).map(|(a, b)| a * b).sum::<f64>();
    let divisor = rows.len().saturating_sub(1) as f64;
    let mut matrix = vec![vec![0.0; columns.len()]; columns.len()];
    for i in 0..columns.len() {
        for j in 0..=i {
            let value = finite(product(&columns[i], &columns[j]) / divisor)?;
            matrix[i][j] = value;
            matrix[j][i] = value;
        }
    }
    Ok(matrix)
}

/// Correlation matrix of the columns of `rows`.
///
/// # Errors
/// As [`covariance_matrix`], and when a column has no variance.
pub fn correlation_matrix(rows: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Uncomputable> {
    correlations(&covariance_matrix(rows)?)
}

/// The correlations that belong to a covariance matrix.
///
/// # Errors
/// A variable without variance, or a matrix that is not square.
pub fn correlations(covariance: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Uncomputable> {
    if covariance.iter().any(|row| row.len() != covariance.len()) {
        return Err(Uncomputable::Ragged);
    }
    let spreads: Vec<f64> = covariance.iter().enumerate().map(|(i, row)| row[i].sqrt()).collect();
    if !spreads.iter().all(|spread| *spread > 0.0) {
        return Err(Uncomputable::NoVariance);
    }
    let one = |i: usize, j: usize| match i == j {
        true => 1.0,
        false => (covariance[i][j] / (spreads[i] * spreads[j])).clamp(-1.0, 1.0),
    };
    Ok((0..spreads.len()).map(|i| (0..spreads.len()).map(|j| one(i, j)).collect()).collect())
}

/// The value below which the share `p` lies, interpolated linearly between order statistics (Hyndman and Fan's type 7).
///
/// # Errors
/// No values, or one that is not finite.
pub fn quantile(values: &[f64], p: f64) -> Result<f64, Uncomputable> {
    enough(values, 1)?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let place = p.clamp(0.0, 1.0) * (sorted.len() - 1) as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    Ok(sorted[below] + (place - place.floor()) * (sorted[above] - sorted[below]))
}

/// Ranks from 1; equal values share the mean of their ranks.
pub fn ranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
    let mut ranks = vec![0.0; values.len()];
    let mut from = 0;
    while from < order.len() {
        let equal = order[from..].iter().take_while(|at| values[**at] == values[order[from]]).count().max(1);
        let shared = from as f64 + (equal + 1) as f64 / 2.0;
        order[from..from + equal].iter().for_each(|at| ranks[*at] = shared);
        from += equal;
    }
    ranks
}

/// Rows turned into columns.
fn columns(rows: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Uncomputable> {
    let width = rows.first().map_or(0, Vec::len);
    if rows.iter().any(|row| row.len() != width) {
        return Err(Uncomputable::Ragged);
    }
    Ok((0..width).map(|column| rows.iter().map(|row| row[column]).collect()).collect())
}

/// At least `needed` values, all of them finite.
fn enough(values: &[f64], needed: usize) -> Result<(), Uncomputable> {
    if values.len() < needed {
        let found = values.len();
        return Err(Uncomputable::TooFewCases { needed, found });
    }
    if values.iter().any(|value| !value.is_finite()) {
        return Err(Uncomputable::NotFinite);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spread_divides_by_n_minus_one() {
        // 2 4 4 4 5 5 7 9: sum of squares around 5 is 32.
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert_eq!(mean(&values), Ok(5.0));
        assert!((sd(&values).unwrap() - (32.0_f64 / 7.0).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn spread_survives_a_large_mean() {
        let values = [1e9 + 4.0, 1e9 + 7.0, 1e9 + 13.0, 1e9 + 16.0];
        assert_eq!(variance(&values), Ok(30.0));
    }

    #[test]
    fn equal_values_share_a_rank() {
        assert_eq!(ranks(&[3.0, 1.0, 3.0, 2.0, 3.0]), [4.0, 1.0, 4.0, 2.0, 4.0]);
        assert_eq!(ranks(&[0.0, -0.0]), [1.5, 1.5]);
        assert!(ranks(&[]).is_empty());
    }

    #[test]
    fn skewness_is_the_adjusted_one() {
        // pandas 2.3: Series([2, 4, 4, 4, 5, 5, 7, 9]).skew().
        let values = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert!((skewness(&values).unwrap() - 0.8184875533567997).abs() < 1e-12);
        assert_eq!(skewness(&[3.0; 4]), Err(Uncomputable::NoVariance));
        assert_eq!(skewness(&[3.0; 2]), Err(Uncomputable::TooFewCases { needed: 3, found: 2 }));
    }

    #[test]
    fn what_is_the_same_everywhere_has_no_correlation() {
        let (same, other) = ([0.1; 6], [1.0, 2.0, 4.0, 3.0, 6.0, 5.0]);
        assert_eq!(variance(&same), Ok(0.0));
        assert_eq!(correlation(&same, &other), Err(Uncomputable::NoVariance));
        assert_eq!(correlation(&other, &same), Err(Uncomputable::NoVariance));
    }

    #[test]
    fn correlation_of_anscombes_first_set() {
        // Anscombe 1973, The American Statistician 27, 17–21: r = .816.
        let x = [10.0, 8.0, 13.0, 9.0, 11.0, 14.0, 6.0, 4.0, 12.0, 7.0, 5.0];
        let y = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
        assert!((correlation(&x, &y).unwrap() - 0.816_420_516_3).abs() < 1e-9);
    }

    #[test]
    fn what_has_no_value_says_why() {
        assert_eq!(mean(&[]), Err(Uncomputable::TooFewCases { needed: 1, found: 0 }));
        assert_eq!(sd(&[1.0, f64::NAN]), Err(Uncomputable::NotFinite));
        assert_eq!(correlation(&[1.0, 1.0], &[1.0, 2.0]), Err(Uncomputable::NoVariance));
        // The same three answers, summed in another order.
        let (one, other) = (0.1 + 0.2 + 0.3, 0.3 + 0.2 + 0.1);
        assert!(one != other, "an example that shows nothing");
        assert_eq!(correlation(&[one, other, one], &[1.0, 2.0, 4.0]), Err(Uncomputable::NoVariance));
        assert_eq!(covariance(&[1.0], &[1.0, 2.0]), Err(Uncomputable::Ragged));
    }

    #[test]
    fn quantiles_interpolate() {
        assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 0.5), Ok(2.5));
        assert_eq!(quantile(&[4.0, 1.0, 3.0, 2.0], 1.0), Ok(4.0));
    }

    proptest! {
        #[test]
        fn correlation_ignores_shift_and_positive_scale(
            pairs in prop::collection::vec((-100.0..100.0_f64, -100.0..100.0_f64), 3..30),
            shift in -50.0..50.0_f64,
            scale in 0.1..10.0_f64,
        ) {
            let (x, y): (Vec<f64>, Vec<f64>) = pairs.into_iter().unzip();
            let moved: Vec<f64> = x.iter().map(|v| shift + scale * v).collect();
            if let (Ok(before), Ok(after)) = (correlation(&x, &y), correlation(&moved, &y)) {
                prop_assert!((before - after).abs() < 1e-7);
                prop_assert!(before.abs() <= 1.0);
            }
        }
    }
}
