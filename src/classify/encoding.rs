//! From raw features to the columns that a fit sees: standardised, and with what is missing made harmless.
//!
//! A missing value takes the training mean of its feature. Where the training rows lacked values of a feature, a further column says
//! for each row whether it is missing, so that absence itself can speak. A feature that was never missing in training has no
//! such column: missing later on, it says nothing, neither for nor against. Means, scales and indicators are what
//! scikit-learn's `SimpleImputer(add_indicator=True)` followed by `StandardScaler` learns from the same rows (so an SD
//! divides by n, and is taken after imputing). Refuses to know labels.

use serde::{Deserialize, Serialize};

use super::dataset::Dataset;

/// How raw features become columns: the features in their order, then the indicators in theirs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Encoding {
    /// Training mean of each feature over the rows that have it; stands in for a missing value.
    pub means: Vec<f64>,
    /// Training SD of each feature; 1 for one without spread.
    pub scales: Vec<f64>,
    /// Features that were missing in some training rows.
    #[serde(default)]
    pub indicators: Vec<Indicator>,
}

/// A column that is 1 where a feature is missing, else 0, standardised.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Indicator {
    /// Which feature, counted from 0.
    pub feature: usize,
    /// Share of training rows that lack it.
    pub mean: f64,
    /// SD of the column in training.
    pub scale: f64,
}

impl Indicator {
    /// The standardised column for a row that lacks the feature or has it.
    pub fn standard(&self, missing: bool) -> f64 {
        (f64::from(missing) - self.mean) / self.scale
    }
}

impl Encoding {
    /// Learns from some rows of a table. A feature that none of them has gets mean 0.
    pub(super) fn learn(data: &Dataset, rows: &[usize]) -> Self {
        let width = data.names().len();
        let n = rows.len().max(1) as f64;
        let (mut sums, mut known) = (vec![0.0; width], vec![0_usize; width]);
        for &row in rows {
            for ((sum, known), value) in sums.iter_mut().zip(&mut known).zip(data.row(row)) {
                if !value.is_nan() {
                    *sum += value;
                    *known += 1;
                }
            }
        }
        let means: Vec<f64> =
            sums.iter().zip(&known).map(|(sum, &known)| sum / known.max(1) as f64).collect();
        // The squares of what is very small, or very large, lose their digits: they are taken of shares of the largest distance.
        let mut farthest = vec![0.0_f64; width];
        for &row in rows {
            for ((far, mean), value) in farthest.iter_mut().zip(&means).zip(data.row(row)) {
                // The maximum ignores NaN.
                *far = far.max((value - mean).abs());
            }
        }
        let usual = 1e-100..=1e100;
        farthest.iter_mut().filter(|far| **far == 0.0 || usual.contains(*far)).for_each(|far| *far = 1.0);
        let mut squares = vec![0.0; width];
        for &row in rows {
            let columns = squares.iter_mut().zip(&means).zip(&farthest);
            for (((square, mean), far), value) in columns.zip(data.row(row)) {
                if !value.is_nan() {
                    *square += ((value - mean) / far).powi(2);
                }
            }
        }
        // Whether a column varies is decided as scikit-learn does, relative to the rounding of its own mean: equal values are off it by that
        // much, and dividing by it would blow rounding up to ±1, while a column in a very small unit is as good as any other.
        let spread = |((square, mean), far): ((&f64, &f64), &f64)| {
            let variance = square / n;
            let rounding = n * f64::EPSILON * variance + (n * (mean / far) * f64::EPSILON).powi(2);
            if variance > rounding { variance.sqrt() * far } else { 1.0 }
        };
        let scales = squares.iter().zip(&means).zip(&farthest).map(spread).collect();
        let indicator = |(feature, &known): (usize, &usize)| {
            let mean = 1.0 - known as f64 / n;
            let sd = (mean * (1.0 - mean)).sqrt();
            (known < rows.len()).then_some(Indicator {
                feature,
                mean,
                scale: if sd > 0.0 { sd } else { 1.0 },
            })
        };
        let indicators = known.iter().enumerate().filter_map(indicator).collect();
        Self { means, scales, indicators }
    }

    /// Number of columns.
    pub fn width(&self) -> usize {
        self.means.len() + self.indicators.len()
    }

    /// The columns of a row of raw values, in which NaN means missing; `columns` is overwritten.
    pub fn encode(&self, values: &[f64], columns: &mut Vec<f64>) {
        columns.clear();
        self.append(values, columns);
    }

    /// The columns of many rows, one after the other.
    pub(super) fn table<'a>(&self, rows: impl Iterator<Item = &'a [f64]>) -> Vec<f64> {
        let mut columns = Vec::with_capacity(rows.size_hint().0 * self.width());
        rows.for_each(|values| self.append(values, &mut columns));
        columns
    }

    fn append(&self, values: &[f64], columns: &mut Vec<f64>) {
        columns.extend(values.iter().zip(self.means.iter().zip(&self.scales)).map(
            |(value, (mean, scale))| {
                if value.is_nan() { 0.0 } else { (value - mean) / scale }
            },
        ));
        let missing = |feature: usize| values.get(feature).is_some_and(|value| value.is_nan());
        columns.extend(self.indicators.iter().map(|column| column.standard(missing(column.feature))));
    }

    /// The names of the columns.
    pub fn names(&self, features: &[String]) -> Vec<String> {
        let name = |column: &Indicator| features.get(column.feature).map(|name| format!("{name} is missing"));
        features.iter().cloned().chain(self.indicators.iter().filter_map(name)).collect()
    }

    /// Whether an encoding from outside can be used for so many features.
    pub(super) fn is_sound(&self, features: usize) -> bool {
        let positive = |value: &f64| value.is_finite() && *value > 0.0;
        self.means.len() == features
            && self.scales.len() == features
            && self.means.iter().all(|mean| mean.is_finite())
            && self.scales.iter().all(positive)
            && self
                .indicators
                .iter()
                .all(|column| column.feature < features && column.mean.is_finite() && positive(&column.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::construct::RelationalModel::MarketPricing;

    fn data(values: &[f64], width: usize) -> Dataset {
        let names = (0..width).map(|place| format!("f{place}")).collect();
        Dataset::from_table(names, values.to_vec(), vec![MarketPricing; values.len() / width], None).unwrap()
    }

    #[test]
    fn the_same_as_imputing_and_scaling_in_scikit_learn() {
        // make_pipeline(SimpleImputer(add_indicator=True), StandardScaler()).fit_transform([[1, 5], [nan, 5], [4, 5], [7, 5]]),
        // where imputed [1, 4, 4, 7] has SD √4.5 and the indicator [0, 1, 0, 0] has mean ¼ and SD √3/4.
        let data = data(&[1.0, 5.0, f64::NAN, 5.0, 4.0, 5.0, 7.0, 5.0], 2);
        let encoding = Encoding::learn(&data, &[0, 1, 2, 3]);
        let mut columns = Vec::new();
        encoding.encode(data.row(1), &mut columns);
        assert_eq!(columns[..2], [0.0, 0.0]);
        assert!((columns[2] - 3.0_f64.sqrt()).abs() < 1e-15);
        encoding.encode(data.row(3), &mut columns);
        assert!((columns[0] - 2.0_f64.sqrt()).abs() < 1e-15 && columns[1] == 0.0);
        assert!((columns[2] + 1.0 / 3.0_f64.sqrt()).abs() < 1e-15);
        assert_eq!(encoding.names(data.names()), ["f0", "f1", "f0 is missing"]);
    }

    #[test]
    fn a_small_unit_is_scaled_like_any_other_and_rounding_is_not() {
        for unit in [1.0, 5e-13, 1e-30] {
            let data = data(&[unit, -unit, unit, -unit], 1);
            let found = Encoding::learn(&data, &[0, 1, 2, 3]);
            assert!((found.scales[0] / unit - 1.0).abs() < 1e-12, "{unit}: {}", found.scales[0]);
        }
        // A hundred equal values whose mean is off by rounding, and values that differ by rounding alone.
        let equal = data(&[0.1; 100], 1);
        let rounded = data(&[0.3, 0.1 + 0.2, 0.3, 0.1 + 0.2], 1);
        assert_eq!(Encoding::learn(&equal, &(0..100).collect::<Vec<_>>()).scales, [1.0]);
        assert_eq!(Encoding::learn(&rounded, &[0, 1, 2, 3]).scales, [1.0]);
    }

    #[test]
    fn a_feature_that_nobody_has_and_one_first_missing_later_say_nothing() {
        let data = data(&[f64::NAN, 1.0, f64::NAN, 3.0], 2);
        let encoding = Encoding::learn(&data, &[0, 1]);
        let mut columns = Vec::new();
        encoding.encode(data.row(0), &mut columns);
        assert_eq!(columns, [0.0, -1.0, 0.0]);
        encoding.encode(&[5.0, f64::NAN], &mut columns);
        assert_eq!(columns[1], 0.0);
        assert!(encoding.is_sound(2) && !encoding.is_sound(3));
    }
}
