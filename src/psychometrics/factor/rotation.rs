//! Rotation of loadings: varimax (Kaiser 1958, with his normalisation of rows) and oblimin with γ = 0 (Jennrich and Sampson
//! 1966), by the gradient projection of Jennrich 2001 and 2002.
//!
//! Both start from the loadings as they are and go downhill from there; another start may end in another valley.

use nalgebra::DMatrix;

use super::{arrangement, rows};
use crate::psychometrics::Uncomputable;

const STEPS: usize = 5_000;
const FLAT: f64 = 1e-9;

/// Loadings on correlated factors.
#[derive(Debug, Clone, PartialEq)]
pub struct Oblique {
    /// The pattern: weights of the factors in the items.
    pub loadings: Vec<Vec<f64>>,
    /// Correlations of the factors.
    pub factor_correlations: Vec<Vec<f64>>,
}

/// Varimax with Kaiser normalisation.
///
/// # Errors
/// Ragged or empty loadings, or a search that did not settle.
pub fn varimax(loadings: &[Vec<f64>]) -> Result<Vec<Vec<f64>>, Uncomputable> {
    let matrix = matrix(loadings)?;
    let lengths: Vec<f64> = matrix.row_iter().map(|row| row.norm()).collect();
    // An item without communality has no direction to normalise.
    let scale = |i: usize| if lengths[i] > 0.0 { lengths[i] } else { 1.0 };
    let normal = DMatrix::from_fn(matrix.nrows(), matrix.ncols(), |i, j| matrix[(i, j)] / scale(i));
    let turn = descend(&normal, RotationKind::Orthogonal)?;
    let turned = &matrix * turn;
    let order = arrangement(&turned);
    Ok(rows(&DMatrix::from_fn(turned.nrows(), turned.ncols(), |i, j| turned[(i, order[j].0)] * order[j].1)))
}

/// Oblimin with γ = 0 (also called quartimin), without normalisation of rows.
///
/// # Errors
/// As [`varimax`], and `Singular` when factors collapse into one another.
pub fn oblimin(loadings: &[Vec<f64>]) -> Result<Oblique, Uncomputable> {
    let matrix = matrix(loadings)?;
    let turn = descend(&matrix, RotationKind::Oblique)?;
    let inverse = turn.clone().try_inverse().ok_or(Uncomputable::Singular)?;
    let pattern = &matrix * inverse.transpose();
    let phi = turn.transpose() * &turn;
    let order = arrangement(&pattern);
    let size = order.len();
    let arranged = DMatrix::from_fn(pattern.nrows(), size, |i, j| pattern[(i, order[j].0)] * order[j].1);
    let between =
        DMatrix::from_fn(size, size, |i, j| phi[(order[i].0, order[j].0)] * order[i].1 * order[j].1);
    Ok(Oblique { loadings: rows(&arranged), factor_correlations: rows(&between) })
}

#[derive(Clone, Copy, PartialEq)]
enum RotationKind {
    Orthogonal,
    Oblique,
}

fn matrix(loadings: &[Vec<f64>]) -> Result<DMatrix<f64>, Uncomputable> {
    let width = loadings.first().map_or(0, Vec::len);
    if width == 0 || loadings.iter().any(|row| row.len() != width) {
        return Err(Uncomputable::Ragged);
    }
    if loadings.iter().flatten().any(|value| !value.is_finite()) {
        return Err(Uncomputable::NotFinite);
    }
    Ok(DMatrix::from_fn(loadings.len(), width, |i, j| loadings[i][j]))
}

/// The criterion to make small, and its slope in the rotated loadings.
fn criterion(rotated: &DMatrix<f64>, kind: RotationKind) -> (f64, DMatrix<f64>) {
    let squares = rotated.component_mul(rotated);
    match kind {
        RotationKind::Orthogonal => {
            let mut centred = squares;
            for mut column in centred.column_iter_mut() {
                let mean = column.mean();
                column.add_scalar_mut(-mean);
            }
            (-centred.norm_squared() / 4.0, -rotated.component_mul(&centred))
        }
        RotationKind::Oblique => {
            let width = rotated.ncols();
            let others = DMatrix::from_fn(width, width, |i, j| if i == j { 0.0 } else { 1.0 });
            let mixed = &squares * others;
            (squares.dot(&mixed) / 4.0, rotated.component_mul(&mixed))
        }
    }
}

/// The loadings under a turn.
fn turned(loadings: &DMatrix<f64>, turn: &DMatrix<f64>, kind: RotationKind) -> Option<DMatrix<f64>> {
    match kind {
        RotationKind::Orthogonal => Some(loadings * turn),
        RotationKind::Oblique => Some(loadings * turn.clone().try_inverse()?.transpose()),
    }
}

/// The turn nearest to an arbitrary matrix: orthogonal, or with columns of length one.
fn projected(mut matrix: DMatrix<f64>, kind: RotationKind) -> Option<DMatrix<f64>> {
    match kind {
        RotationKind::Orthogonal => {
            let parts = matrix.try_svd(true, true, f64::EPSILON, STEPS)?;
            Some(parts.u? * parts.v_t?)
        }
        RotationKind::Oblique => {
            for mut column in matrix.column_iter_mut() {
                let length = column.norm();
                if length <= 0.0 {
                    return None;
                }
                column /= length;
            }
            Some(matrix)
        }
    }
}

fn descend(loadings: &DMatrix<f64>, kind: RotationKind) -> Result<DMatrix<f64>, Uncomputable> {
    let width = loadings.ncols();
    let mut turn = DMatrix::identity(width, width);
    if width < 2 {
        return Ok(turn);
    }
    let mut length = 1.0;
    let mut now = criterion(loadings, kind);
    for _ in 0..STEPS {
        let slope = match kind {
            RotationKind::Orthogonal => loadings.transpose() * &now.1,
            RotationKind::Oblique => {
                let inverse = turn.clone().try_inverse().ok_or(Uncomputable::Singular)?;
                let rotated = loadings * inverse.transpose();
                -(rotated.transpose() * &now.1 * inverse).transpose()
            }
        };
        // What of the slope leaves the set of turns is of no use.
        let along = match kind {
            RotationKind::Orthogonal => {
                let inner = turn.transpose() * &slope;
                &slope - &turn * ((&inner + inner.transpose()) * 0.5)
            }
            RotationKind::Oblique => {
                let inner = DMatrix::from_fn(width, width, |i, j| {
                    if i == j { turn.column(i).dot(&slope.column(i)) } else { 0.0 }
                });
                &slope - &turn * inner
            }
        };
        let steepness = along.norm();
        if steepness < FLAT {
            return Ok(turn);
        }
        length *= 2.0;
        let mut moved = false;
        for _ in 0..60 {
            let tried = projected(&turn - &along * length, kind);
            let there = tried.and_then(|tried| Some((turned(loadings, &tried, kind)?, tried)));
            if let Some((rotated, tried)) = there {
                let found = criterion(&rotated, kind);
                if now.0 - found.0 > 0.5 * steepness * steepness * length {
                    (turn, now, moved) = (tried, found, true);
                    break;
                }
            }
            length /= 2.0;
        }
        if !moved {
            // Rounding hides any further gain; whether that is the bottom, the slope says.
            return if steepness < 1e-6 { Ok(turn) } else { Err(Uncomputable::NotConverged) };
        }
    }
    Err(Uncomputable::NotConverged)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Simple structure, turned by some angle.
    fn hidden() -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let simple: Vec<Vec<f64>> = [[0.8, 0.0], [0.7, 0.0], [0.6, 0.0], [0.0, 0.7], [0.0, 0.5]]
            .iter()
            .map(|row| row.to_vec())
            .collect();
        let (sin, cos) = 0.6_f64.sin_cos();
        let turned = simple.iter().map(|r| vec![r[0] * cos - r[1] * sin, r[0] * sin + r[1] * cos]).collect();
        (simple, turned)
    }

    #[test]
    fn simple_structure_is_found_again() {
        let (simple, turned) = hidden();
        let oblique = oblimin(&turned).unwrap();
        for found in [varimax(&turned).unwrap(), oblique.loadings] {
            for (one, other) in found.iter().flatten().zip(simple.iter().flatten()) {
                assert!((one - other).abs() < 1e-7, "{found:?}");
            }
        }
        assert!(oblique.factor_correlations[0][1].abs() < 1e-7);
    }

    #[test]
    fn one_factor_has_nowhere_to_turn_and_nothing_no_direction() {
        let one = vec![vec![0.5], vec![0.4]];
        assert_eq!(varimax(&one).unwrap(), one);
        assert_eq!(oblimin(&one).unwrap().factor_correlations, [[1.0]]);
        assert_eq!(varimax(&[]), Err(Uncomputable::Ragged));
        assert_eq!(oblimin(&[vec![f64::NAN, 1.0]]), Err(Uncomputable::NotFinite));
        let empty = vec![vec![0.0, 0.0]; 3];
        assert_eq!(varimax(&empty).unwrap(), empty);
    }
}
