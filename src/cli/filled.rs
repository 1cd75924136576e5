//! Counts features that a row lacks, for which the means of the training data stand in, and remarks on them.

use super::{list, plural, remark};

/// Values that were filled in.
#[derive(Debug, Clone, Default)]
pub(super) struct Filled {
    rows: usize,
    values: usize,
    /// The features that a row lacked.
    lacking: Vec<bool>,
}

impl Filled {
    /// Looks at the features of a row, NaN being missing; how many it lacks.
    pub fn see(&mut self, row: &[f64]) -> usize {
        let lacks = row.iter().filter(|value| value.is_nan()).count();
        if lacks > 0 {
            self.rows += 1;
            self.values += lacks;
            self.lacking.resize(row.len(), false);
            self.lacking.iter_mut().zip(row).for_each(|(lacking, value)| *lacking |= value.is_nan());
        }
        lacks
    }

    /// Adds the counts of other rows.
    pub fn add(&mut self, other: &Self) {
        self.rows += other.rows;
        self.values += other.values;
        self.lacking.resize(self.lacking.len().max(other.lacking.len()), false);
        self.lacking.iter_mut().zip(&other.lacking).for_each(|(own, other)| *own |= other);
    }

    /// Says how many values there are, in how many rows and which features.
    pub fn say(&self, row: &str, names: &[String]) {
        let lacking = names.iter().zip(&self.lacking).filter(|(_, lacking)| **lacking);
        let names: Vec<String> = lacking.map(|(name, _)| name.clone()).collect();
        if self.values > 0 {
            remark(&format!(
                "the means of the training stand in for {}: in {} and {} ({})",
                plural(self.values, "missing value"),
                plural(self.rows, row),
                plural(names.len(), "column"),
                list(&names)
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_table_add_up() {
        let (mut first, mut second) = (Filled::default(), Filled::default());
        assert_eq!([first.see(&[1.0, f64::NAN, 2.0]), first.see(&[1.0, 0.0, 2.0])], [1, 0]);
        assert_eq!(second.see(&[f64::NAN, f64::NAN, 2.0]), 2);
        first.add(&second);
        first.add(&Filled::default());
        assert_eq!((first.rows, first.values, first.lacking), (2, 3, vec![true, true, false]));
    }
}
