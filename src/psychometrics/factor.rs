//! Factor analysis of a correlation matrix. Owns what its files share: checked matrices, and the sums and signs by which a
//! solution is put in order. Refuses to say what a factor means.
//!
//! Loadings are items × factors. Matrices come in as rows; nalgebra does the linear algebra and shows in no signature.

mod adequacy;
mod minres;
mod parallel_analysis;
mod rotation;

pub use adequacy::{Bartlett, Kmo, bartlett, kmo};
pub(super) use minres::search;
pub use minres::{FactorSolution, minres, most_factors, omega_total};
pub use parallel_analysis::{Eigenvalues, ParallelAnalysis, parallel_analysis};
pub use rotation::{Oblique, oblimin, varimax};

use nalgebra::{Cholesky, DMatrix, Dyn, SymmetricEigen};

use super::Uncomputable;

/// More sweeps than any matrix of finite numbers takes.
const EIGEN_SWEEPS: usize = 10_000;

/// A square, finite, symmetric matrix with units in its diagonal.
fn checked(correlation: &[Vec<f64>]) -> Result<DMatrix<f64>, Uncomputable> {
    let size = correlation.len();
    if correlation.iter().any(|row| row.len() != size) {
        return Err(Uncomputable::Ragged);
    }
    if correlation.iter().flatten().any(|value| !value.is_finite()) {
        return Err(Uncomputable::NotFinite);
    }
    let off = |i: usize, j: usize| (correlation[i][j] - correlation[j][i]).abs();
    let sound = (0..size).all(|i| (correlation[i][i] - 1.0).abs() < 1e-9 && (0..i).all(|j| off(i, j) < 1e-9));
    if !sound || correlation.iter().flatten().any(|value| value.abs() > 1.0 + 1e-9) {
        return Err(Uncomputable::OutOfRange);
    }
    Ok(DMatrix::from_fn(size, size, |i, j| correlation[i][j]))
}

/// The Cholesky factor of a correlation matrix. A pivot is what the items before it leave of an item's variance; one that is
/// nothing but rounding would turn an item that follows from the others into an inverse full of large numbers.
pub(super) fn factored(matrix: DMatrix<f64>) -> Result<Cholesky<f64, Dyn>, Uncomputable> {
    let factored = matrix.cholesky().ok_or(Uncomputable::Singular)?;
    let sound = factored.l_dirty().diagonal().iter().all(|pivot| pivot * pivot > 1e-12);
    if sound { Ok(factored) } else { Err(Uncomputable::Singular) }
}

/// Eigenvalues from the largest down, and their vectors as columns in that order.
fn eigen(matrix: DMatrix<f64>) -> Result<(Vec<f64>, DMatrix<f64>), Uncomputable> {
    let found =
        SymmetricEigen::try_new(matrix, f64::EPSILON, EIGEN_SWEEPS).ok_or(Uncomputable::NotConverged)?;
    let mut order: Vec<usize> = (0..found.eigenvalues.len()).collect();
    order.sort_by(|a, b| found.eigenvalues[*b].total_cmp(&found.eigenvalues[*a]));
    let values = order.iter().map(|at| found.eigenvalues[*at]).collect();
    let vectors = DMatrix::from_fn(found.eigenvectors.nrows(), order.len(), |row, column| {
        found.eigenvectors[(row, order[column])]
    });
    Ok((values, vectors))
}

/// The eigenvalues of a correlation matrix, from the largest down.
///
/// # Errors
/// A matrix that is no correlation matrix.
pub fn eigenvalues(correlation: &[Vec<f64>]) -> Result<Vec<f64>, Uncomputable> {
    eigen(checked(correlation)?).map(|(values, _)| values)
}

fn rows(matrix: &DMatrix<f64>) -> Vec<Vec<f64>> {
    matrix.row_iter().map(|row| row.iter().copied().collect()).collect()
}

/// Factors from the one that explains most down, each turned so that its loadings sum to at least zero. Says where each
/// factor stood before, and its sign.
fn arrangement(loadings: &DMatrix<f64>) -> Vec<(usize, f64)> {
    let mut order: Vec<usize> = (0..loadings.ncols()).collect();
    let explained = |factor: &usize| loadings.column(*factor).norm_squared();
    order.sort_by(|a, b| explained(b).total_cmp(&explained(a)));
    order.into_iter().map(|at| (at, if loadings.column(at).sum() < 0.0 { -1.0 } else { 1.0 })).collect()
}
