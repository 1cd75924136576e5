//! A small square matrix: inverse and root by Cholesky's factors.

/// Row after row.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Matrix {
    n: usize,
    cells: Vec<f64>,
}

impl Matrix {
    pub fn square(n: usize, cell: impl Fn(usize, usize) -> f64) -> Self {
        Self { n, cells: (0..n * n).map(|at| cell(at / n, at % n)).collect() }
    }

    pub fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.n + column]
    }

    pub fn put(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * self.n + column] = value;
    }

    pub fn trace(&self) -> f64 {
        (0..self.n).map(|k| self.at(k, k)).sum()
    }

    pub fn times(&self, other: &Self) -> Self {
        Self::square(self.n, |row, column| (0..self.n).map(|k| self.at(row, k) * other.at(k, column)).sum())
    }

    /// xᵀ·self·x.
    pub fn quadratic(&self, x: &[f64]) -> f64 {
        let mut sum = 0.0;
        for (row, a) in x.iter().enumerate() {
            for (column, b) in x.iter().enumerate() {
                sum += self.at(row, column) * a * b;
            }
        }
        sum
    }

    /// The lower triangle whose product with its transpose is this matrix; none unless it is positive definite.
    pub fn root(&self) -> Option<Self> {
        let mut root = Self::square(self.n, |_, _| 0.0);
        for row in 0..self.n {
            for column in 0..=row {
                let known: f64 = (0..column).map(|k| root.at(row, k) * root.at(column, k)).sum();
                let left = self.at(row, column) - known;
                if row == column {
                    // A pivot that is nothing beside its diagonal is rounding.
                    if left <= 1e-12 * self.at(row, row).abs() || !left.is_finite() {
                        return None;
                    }
                    root.put(row, row, left.sqrt());
                } else {
                    root.put(row, column, left / root.at(column, column));
                }
            }
        }
        Some(root)
    }

    /// The matrix itself where it is positive definite, else with as much added to its diagonal as makes it so.
    pub fn made_definite(&self) -> Self {
        let size = (0..self.n).map(|k| self.at(k, k).abs()).fold(f64::MIN_POSITIVE, f64::max);
        let with = |more: f64| {
            Self::square(self.n, |row, column| self.at(row, column) + if row == column { more } else { 0.0 })
        };
        let mut more = 1e-6 * size;
        let mut made = self.clone();
        while made.root().is_none() && more < 1e3 * size {
            made = with(more);
            more *= 10.0;
        }
        made
    }

    /// The inverse, and the logarithm of the determinant; none unless it is positive definite.
    pub fn inverse(&self) -> Option<(Self, f64)> {
        let root = self.root()?;
        let mut upside = Self::square(self.n, |_, _| 0.0);
        for column in 0..self.n {
            for row in column..self.n {
                let unit = if row == column { 1.0 } else { 0.0 };
                let known: f64 = (column..row).map(|k| root.at(row, k) * upside.at(k, column)).sum();
                upside.put(row, column, (unit - known) / root.at(row, row));
            }
        }
        let inverse = Self::square(self.n, |row, column| {
            (row.max(column)..self.n).map(|k| upside.at(k, row) * upside.at(k, column)).sum()
        });
        Some((inverse, 2.0 * (0..self.n).map(|k| root.at(k, k).ln()).sum::<f64>()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverse_determinant_and_root() {
        let cells = [[4.0, 2.0, 0.6], [2.0, 5.0, 1.0], [0.6, 1.0, 3.0]];
        let matrix = Matrix::square(3, |row, column| cells[row][column]);
        let (inverse, log_determinant) = matrix.inverse().unwrap();
        let product = matrix.times(&inverse);
        for row in 0..3 {
            for column in 0..3 {
                let unit = if row == column { 1.0 } else { 0.0 };
                assert!((product.at(row, column) - unit).abs() < 1e-12);
            }
        }
        // 4·(15 − 1) − 2·(6 − .6) + .6·(2 − 3) = 44.6
        assert!((log_determinant - 44.6_f64.ln()).abs() < 1e-12);
        assert!((matrix.quadratic(&[1.0, 0.0, -1.0]) - 5.8).abs() < 1e-12);
        assert_eq!(Matrix::square(2, |_, _| 1.0).inverse(), None, "singular");
        assert_eq!(Matrix::square(1, |_, _| -1.0).root(), None);
    }
}
