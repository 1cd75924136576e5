//! A table to learn from: rows of features with a label each, checked once.
//!
//! Refuses ragged rows, infinite values, duplicate names and labels without rows, so that later code need not check again. A
//! missing value is NaN, which only a table may hold ([`Dataset::from_table`]): sessions are always complete.

use std::collections::BTreeSet;

use sha2::{Digest, Sha256};

use super::features::FeatureSet;
use crate::instrument::construct::RelationalModel;

/// A checked table: `len()` rows of `names().len()` features, a label each, and optionally a weight each.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    names: Vec<String>,
    /// Row after row; NaN is missing, and always the same NaN, so that fingerprints agree.
    values: Vec<f64>,
    labels: Vec<RelationalModel>,
    weights: Option<Vec<f64>>,
}

/// Values beyond this in either direction cannot be squared and summed over the rows of any table that fits in memory.
const LARGEST: f64 = 1e150;

/// What is wrong with a table.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DatasetError {
    /// There are no rows.
    #[error("there are no rows to learn from")]
    Empty,
    /// There are no features.
    #[error("there are no features to learn from")]
    NoFeatures,
    /// Two features share a name.
    #[error("the feature `{0}` occurs twice")]
    DuplicateFeature(String),
    /// A row has other features than the first.
    #[error("row {row} has other features than the first row")]
    Ragged {
        /// Counted from 1.
        row: usize,
    },
    /// Not as many labels or weights as rows.
    #[error("{rows} rows, but {found} {what}")]
    Length {
        /// Number of rows.
        rows: usize,
        /// Number of labels or weights.
        found: usize,
        /// "labels" or "weights".
        what: &'static str,
    },
    /// A value is not a finite number.
    #[error("`{feature}` in row {row} is not a finite number")]
    NotFinite {
        /// Counted from 1.
        row: usize,
        /// The feature.
        feature: String,
    },
    /// A value is so large that its square, or the sum of such squares, is no number any more.
    #[error("`{feature}` in row {row} is beyond ±1e150, too large to be standardised; use another unit")]
    TooLarge {
        /// Counted from 1.
        row: usize,
        /// The feature.
        feature: String,
    },
    /// A weight is not a positive finite number.
    #[error("the weight of row {row} is not a positive number")]
    Weight {
        /// Counted from 1.
        row: usize,
    },
}

impl Dataset {
    /// Checks and takes over a table. `weights`, where given, are positive, one per row.
    ///
    /// # Errors
    /// The first fault found.
    pub fn new(
        rows: &[FeatureSet],
        labels: Vec<RelationalModel>,
        weights: Option<Vec<f64>>,
    ) -> Result<Self, DatasetError> {
        let first = rows.first().ok_or(DatasetError::Empty)?;
        let names = first.names();
        let mut values = Vec::with_capacity(rows.len() * names.len());
        for (place, row) in rows.iter().enumerate() {
            let same =
                row.values.len() == names.len() && row.values.iter().zip(&names).all(|((a, _), b)| a == b);
            if !same {
                return Err(DatasetError::Ragged { row: place + 1 });
            }
            if let Some((feature, _)) = row.values.iter().find(|(_, v)| !v.is_finite()) {
                return Err(DatasetError::NotFinite { row: place + 1, feature: feature.clone() });
            }
            values.extend(row.values.iter().map(|(_, value)| *value));
        }
        Self::checked(names, values, rows.len(), labels, weights)
    }

    /// A table as it is read from a file: `values` row after row, NaN where one is missing.
    ///
    /// # Errors
    /// The first fault found; an infinite value is one.
    pub fn from_table(
        names: Vec<String>,
        values: Vec<f64>,
        labels: Vec<RelationalModel>,
        weights: Option<Vec<f64>>,
    ) -> Result<Self, DatasetError> {
        let width = names.len();
        if width > 0 && !values.len().is_multiple_of(width) {
            return Err(DatasetError::Ragged { row: values.len() / width + 1 });
        }
        if let Some(place) = values.iter().position(|value| value.is_infinite()) {
            let feature = names[place % width].clone();
            return Err(DatasetError::NotFinite { row: place / width + 1, feature });
        }
        let rows = values.len().checked_div(width).unwrap_or(labels.len());
        let values = values.into_iter().map(|value| if value.is_nan() { f64::NAN } else { value }).collect();
        Self::checked(names, values, rows, labels, weights)
    }

    fn checked(
        names: Vec<String>,
        values: Vec<f64>,
        rows: usize,
        labels: Vec<RelationalModel>,
        weights: Option<Vec<f64>>,
    ) -> Result<Self, DatasetError> {
        if rows == 0 {
            return Err(DatasetError::Empty);
        }
        if names.is_empty() {
            return Err(DatasetError::NoFeatures);
        }
        let mut seen = BTreeSet::new();
        if let Some(twice) = names.iter().find(|name| !seen.insert(name.as_str())) {
            return Err(DatasetError::DuplicateFeature(twice.clone()));
        }
        let length = |found: usize, what: &'static str| {
            (found != rows).then_some(DatasetError::Length { rows, found, what })
        };
        if let Some(fault) = length(labels.len(), "labels") {
            return Err(fault);
        }
        if let Some(place) = values.iter().position(|value| value.abs() > LARGEST) {
            let (row, column) = (place / names.len() + 1, place % names.len());
            let feature = names.get(column).cloned().unwrap_or_default();
            return Err(DatasetError::TooLarge { row, feature });
        }
        if let Some(weights) = &weights {
            if let Some(fault) = length(weights.len(), "weights") {
                return Err(fault);
            }
            let sound = |weight: &f64| weight.is_finite() && *weight > 0.0;
            if let Some(place) = weights.iter().position(|weight| !sound(weight)) {
                return Err(DatasetError::Weight { row: place + 1 });
            }
        }
        Ok(Self { names, values, labels, weights })
    }

    /// The same rows and labels with other weights.
    ///
    /// # Errors
    /// Not as many weights as rows, or one that is not a positive number.
    pub fn with_weights(self, weights: Option<Vec<f64>>) -> Result<Self, DatasetError> {
        let rows = self.len();
        Self::checked(self.names, self.values, rows, self.labels, weights)
    }

    /// These rows, and all of another table with the same features behind them. A table without weights counts 1 a row.
    ///
    /// # Errors
    /// The other table has other features.
    pub fn with_rows_of(self, other: &Self) -> Result<Self, DatasetError> {
        if self.names != other.names {
            return Err(DatasetError::Ragged { row: self.len() + 1 });
        }
        let weighted = self.weights.is_some() || other.weights.is_some();
        let weights_of = |data: &Self| data.weights.clone().unwrap_or_else(|| vec![1.0; data.labels.len()]);
        let weights = weighted.then(|| [weights_of(&self), weights_of(other)].concat());
        Ok(Self {
            values: [self.values, other.values.clone()].concat(),
            labels: [self.labels, other.labels.clone()].concat(),
            names: self.names,
            weights,
        })
    }

    /// How many values are missing.
    pub fn missing(&self) -> usize {
        self.values.iter().filter(|value| value.is_nan()).count()
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Never true: an empty table is refused.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// Names of the features.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The labels, one per row.
    pub fn labels(&self) -> &[RelationalModel] {
        &self.labels
    }

    /// The weights, if the rows have any.
    pub fn weights(&self) -> Option<&[f64]> {
        self.weights.as_deref()
    }

    /// The features of one row; empty beyond the last.
    pub fn row(&self, index: usize) -> &[f64] {
        let width = self.names.len();
        self.values.get(index * width..(index + 1) * width).unwrap_or_default()
    }

    /// One row as a named set, missing values as NaN.
    pub fn features(&self, index: usize) -> FeatureSet {
        let pairs = self.names.iter().cloned();
        FeatureSet { values: pairs.zip(self.row(index).iter().copied()).collect() }
    }

    /// The labels that occur, in the order of [`RelationalModel::ALL`].
    pub fn classes(&self) -> Vec<RelationalModel> {
        let present = |model: &RelationalModel| self.labels.contains(model);
        RelationalModel::ALL.into_iter().filter(present).collect()
    }

    /// The rows at `indices`, in that order. Indices beyond the last row are left out.
    ///
    /// # Errors
    /// Nothing is left.
    pub fn subset(&self, indices: &[usize]) -> Result<Self, DatasetError> {
        let kept: Vec<usize> = indices.iter().copied().filter(|&i| i < self.len()).collect();
        if kept.is_empty() {
            return Err(DatasetError::Empty);
        }
        Ok(Self {
            names: self.names.clone(),
            values: kept.iter().flat_map(|&i| self.row(i).to_vec()).collect(),
            labels: kept.iter().map(|&i| self.labels[i]).collect(),
            weights: self.weights.as_ref().map(|weights| kept.iter().map(|&i| weights[i]).collect()),
        })
    }

    /// SHA-256 over names, values, labels and weights, in hexadecimal: two models with equal fingerprints learnt from
    /// the same table.
    pub fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for name in &self.names {
            // The length keeps `ab`, `c` apart from `a`, `bc`.
            hash.update((name.len() as u64).to_le_bytes());
            hash.update(name.as_bytes());
        }
        for value in &self.values {
            hash.update(value.to_le_bytes());
        }
        for label in &self.labels {
            hash.update(label.abbreviation().as_bytes());
        }
        for weight in self.weights.iter().flatten() {
            hash.update(weight.to_le_bytes());
        }
        hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationalModel::{CommunalSharing, MarketPricing};

    fn row(pairs: &[(&str, f64)]) -> FeatureSet {
        FeatureSet { values: pairs.iter().map(|(n, v)| ((*n).to_owned(), *v)).collect() }
    }

    #[test]
    fn faults_are_named() {
        let good = row(&[("a", 1.0), ("b", 2.0)]);
        let make =
            |rows: &[FeatureSet], weights| Dataset::new(rows, vec![MarketPricing; rows.len()], weights);
        assert_eq!(make(&[], None), Err(DatasetError::Empty));
        assert_eq!(make(&[row(&[])], None), Err(DatasetError::NoFeatures));
        assert_eq!(
            make(&[row(&[("a", 1.0), ("a", 2.0)])], None),
            Err(DatasetError::DuplicateFeature("a".into()))
        );
        assert_eq!(
            make(&[good.clone(), row(&[("a", 1.0), ("c", 2.0)])], None),
            Err(DatasetError::Ragged { row: 2 })
        );
        let nan = row(&[("a", 1.0), ("b", f64::NAN)]);
        assert!(matches!(make(&[nan], None), Err(DatasetError::NotFinite { row: 1, .. })));
        assert_eq!(make(std::slice::from_ref(&good), Some(vec![0.0])), Err(DatasetError::Weight { row: 1 }));
        assert!(matches!(Dataset::new(&[good], vec![], None), Err(DatasetError::Length { .. })));
    }

    #[test]
    fn a_table_may_lack_values_but_not_hold_infinite_ones() {
        let names = || vec!["a".to_owned(), "b".to_owned()];
        let labels = vec![CommunalSharing, MarketPricing];
        let make = |values: Vec<f64>| Dataset::from_table(names(), values, labels.clone(), None);
        let data = make(vec![1.0, -f64::NAN, 3.0, 4.0]).unwrap();
        let lacks: Vec<bool> = (0..2).map(|row| data.row(row).iter().any(|value| value.is_nan())).collect();
        assert_eq!((data.missing(), lacks), (1, vec![true, false]));
        assert_eq!(data.fingerprint(), make(vec![1.0, f64::NAN, 3.0, 4.0]).unwrap().fingerprint());
        assert!(matches!(
            make(vec![1.0, 2.0, 3.0, f64::INFINITY]),
            Err(DatasetError::NotFinite { row: 2, .. })
        ));
        let large = DatasetError::TooLarge { row: 2, feature: "a".to_owned() };
        assert_eq!(make(vec![1.0, 2.0, -1e300, 4.0]), Err(large));
        assert_eq!(make(vec![1.0, 2.0, 3.0]), Err(DatasetError::Ragged { row: 2 }));
        assert!(matches!(make(vec![1.0; 6]), Err(DatasetError::Length { .. })));
    }

    #[test]
    fn the_fingerprint_sees_every_part() {
        let rows = [row(&[("a", 1.0)]), row(&[("a", 2.0)])];
        let labels = vec![CommunalSharing, MarketPricing];
        let print = |rows: &[FeatureSet], labels: &[RelationalModel], weights| {
            Dataset::new(rows, labels.to_vec(), weights).unwrap().fingerprint()
        };
        let base = print(&rows, &labels, None);
        assert_eq!(base, print(&rows, &labels, None));
        assert_eq!(base.len(), 64);
        let swapped = [rows[1].clone(), rows[0].clone()];
        let renamed = [row(&[("b", 1.0)]), row(&[("b", 2.0)])];
        for other in [
            print(&swapped, &labels, None),
            print(&renamed, &labels, None),
            print(&rows, &[MarketPricing, CommunalSharing], None),
            print(&rows, &labels, Some(vec![1.0, 2.0])),
        ] {
            assert_ne!(base, other);
        }
    }

    #[test]
    fn a_subset_keeps_rows_and_labels_together() {
        let rows = [row(&[("a", 1.0)]), row(&[("a", 2.0)])];
        let labels = vec![CommunalSharing, MarketPricing];
        let data = Dataset::new(&rows, labels, Some(vec![1.0, 3.0])).unwrap();
        let part = data.subset(&[1]).unwrap();
        assert_eq!((part.row(0), part.labels()), (&[2.0][..], &[MarketPricing][..]));
        assert_eq!(part.weights(), Some(&[3.0][..]));
        assert_eq!(data.subset(&[7]), Err(DatasetError::Empty));
    }
}
