//! The minimum residual solution (Harman and Jones 1966): loadings whose products come nearest, by least squares, to the
//! correlations off the diagonal.
//!
//! As a function of the uniquenesses ψ alone the criterion is half the sum of squares of the eigenvalues of R − Ψ that the
//! factors leave over (Jöreskog 1977), whose gradient and second derivatives follow from the eigenvectors. A damped Newton
//! search on them settles in a handful of steps. Uniquenesses stay between .005 and 1, as is usual: an item at the lower bound
//! is a Heywood case and is counted.

use nalgebra::{DMatrix, DVector};

use super::{arrangement, checked, eigen, rows};
use crate::psychometrics::Uncomputable;

const LEAST: f64 = 0.005;
const STEPS: usize = 500;
/// The steepest slope that counts as flat.
const FLAT: f64 = 1e-9;

/// A solution without rotation.
#[derive(Debug, Clone, PartialEq)]
pub struct FactorSolution {
    /// Items × factors.
    pub loadings: Vec<Vec<f64>>,
    /// The part of each item's variance that no factor explains.
    pub uniqueness: Vec<f64>,
    /// Items whose uniqueness ended at the lower bound of .005.
    pub heywood: usize,
}

/// The most factors that so many items can carry with at least as many correlations as free loadings.
pub fn most_factors(items: usize) -> usize {
    let fits = |factors: &usize| (items - factors).pow(2) >= items + factors;
    (1..items).take_while(fits).last().unwrap_or(0)
}

/// The minimum residual solution with so many factors.
///
/// # Errors
/// No correlation matrix, fewer items than the factors need, or a search that did not settle.
pub fn minres(correlation: &[Vec<f64>], factors: usize) -> Result<FactorSolution, Uncomputable> {
    let matrix = checked(correlation)?;
    search(&matrix, factors, &start(&matrix))
}

/// ω_total of one factor, (Σλ)²/[(Σλ)² + Σθ], from loadings and uniquenesses (McDonald 1999).
pub fn omega_total(loadings: &[f64], uniqueness: &[f64]) -> f64 {
    let common = loadings.iter().sum::<f64>().powi(2);
    common / (common + uniqueness.iter().sum::<f64>())
}

/// One over the diagonal of the inverse: what the other items leave of each. One half where there is no inverse.
fn start(matrix: &DMatrix<f64>) -> Vec<f64> {
    let inverse = matrix.clone().cholesky().map(|factored| factored.inverse());
    let unique = |i: usize| inverse.as_ref().map_or(0.5, |inverse| 1.0 / inverse[(i, i)]);
    (0..matrix.nrows()).map(|i| unique(i).clamp(LEAST, 1.0)).collect()
}

/// Where the search stands: the criterion with its slope and curvature.
struct SearchState {
    values: Vec<f64>,
    vectors: DMatrix<f64>,
    /// Eigenvalues that the factors keep.
    kept: usize,
    criterion: f64,
    gradient: DVector<f64>,
}

impl SearchState {
    fn at(matrix: &DMatrix<f64>, psi: &[f64], factors: usize) -> Result<Self, Uncomputable> {
        let mut reduced = matrix.clone();
        psi.iter().enumerate().for_each(|(i, psi)| reduced[(i, i)] -= psi);
        let (values, vectors) = eigen(reduced)?;
        // A factor cannot explain less than nothing.
        let kept = values.iter().take(factors).take_while(|value| **value > 0.0).count();
        let criterion = values[kept..].iter().map(|value| value * value).sum::<f64>() / 2.0;
        let slope =
            |i: usize| -> f64 { (kept..values.len()).map(|m| -values[m] * vectors[(i, m)].powi(2)).sum() };
        let gradient = DVector::from_fn(psi.len(), |i, _| slope(i));
        Ok(Self { values, vectors, kept, criterion, gradient })
    }

    fn curvature(&self) -> DMatrix<f64> {
        let size = self.values.len();
        let left = self.vectors.columns(self.kept, size - self.kept);
        let projection = left * left.transpose();
        let mut curvature = projection.component_mul(&projection);
        for n in 0..self.kept {
            let mut mixed = DMatrix::zeros(size, size);
            for m in self.kept..size {
                let factor = self.values[m] / (self.values[m] - self.values[n]);
                if factor.is_finite() {
                    let vector = self.vectors.column(m);
                    mixed += vector * vector.transpose() * factor;
                }
            }
            let own = self.vectors.column(n);
            curvature += (own * own.transpose()).component_mul(&mixed) * 2.0;
        }
        curvature
    }
}

/// The search from given uniquenesses.
pub(in crate::psychometrics) fn search(
    matrix: &DMatrix<f64>,
    factors: usize,
    start: &[f64],
) -> Result<FactorSolution, Uncomputable> {
    let size = matrix.nrows();
    if factors == 0 || factors > most_factors(size) {
        let needed = (size..).find(|items| most_factors(*items) >= factors.max(1)).unwrap_or(size);
        return Err(Uncomputable::TooFewItems { needed, found: size });
    }
    let mut psi = start.to_vec();
    let mut place = SearchState::at(matrix, &psi, factors)?;
    let mut damping = 1e-3;
    for _ in 0..STEPS {
        // An item that sits at a bound and leans against it has no say in this step.
        let free: Vec<usize> = (0..size)
            .filter(|&i| {
                let slope = place.gradient[i];
                !(psi[i] <= LEAST && slope >= 0.0 || psi[i] >= 1.0 && slope <= 0.0)
            })
            .collect();
        if free.iter().all(|&i| place.gradient[i].abs() < FLAT) {
            return Ok(solution(&place, factors, psi));
        }
        let curvature = place.curvature();
        let mut moved = false;
        while damping < 1e12 {
            let damped = DMatrix::from_fn(free.len(), free.len(), |a, b| {
                curvature[(free[a], free[b])] + if a == b { damping } else { 0.0 }
            });
            let slope = DVector::from_fn(free.len(), |a, _| place.gradient[free[a]]);
            if let Some(factored) = damped.cholesky() {
                let step = factored.solve(&slope);
                let mut tried = psi.clone();
                free.iter()
                    .zip(step.iter())
                    .for_each(|(&i, step)| tried[i] = (psi[i] - step).clamp(LEAST, 1.0));
                let there = SearchState::at(matrix, &tried, factors)?;
                if there.criterion <= place.criterion {
                    moved = tried != psi;
                    (psi, place) = (tried, there);
                    damping = (damping / 10.0).max(1e-12);
                    break;
                }
            }
            damping *= 10.0;
        }
        if !moved {
            break;
        }
    }
    // A slope that rounding keeps from vanishing is still flat to six digits of every loading.
    let settled = (0..size).all(|i| {
        let slope = place.gradient[i];
        slope.abs() < 1e-7 || psi[i] <= LEAST && slope > 0.0 || psi[i] >= 1.0 && slope < 0.0
    });
    if settled { Ok(solution(&place, factors, psi)) } else { Err(Uncomputable::NotConverged) }
}

fn solution(place: &SearchState, factors: usize, psi: Vec<f64>) -> FactorSolution {
    let scale = |n: usize| if n < place.kept { place.values[n].max(0.0).sqrt() } else { 0.0 };
    let loadings = DMatrix::from_fn(psi.len(), factors, |i, n| place.vectors[(i, n)] * scale(n));
    let order = arrangement(&loadings);
    let arranged = DMatrix::from_fn(psi.len(), factors, |i, n| loadings[(i, order[n].0)] * order[n].1);
    let heywood = psi.iter().filter(|psi| **psi <= LEAST).count();
    FactorSolution { loadings: rows(&arranged), uniqueness: psi, heywood }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn implied(loadings: &[Vec<f64>]) -> Vec<Vec<f64>> {
        let product = |i: usize, j: usize| loadings[i].iter().zip(&loadings[j]).map(|(a, b)| a * b).sum();
        let size = loadings.len();
        (0..size).map(|i| (0..size).map(|j| if i == j { 1.0 } else { product(i, j) }).collect()).collect()
    }

    #[test]
    fn one_factor_comes_back_with_its_omega() {
        let loadings = [0.8, 0.7, 0.6, 0.5];
        let matrix = implied(&loadings.map(|loading| vec![loading]));
        let found = minres(&matrix, 1).unwrap();
        for (found, known) in found.loadings.iter().zip(loadings) {
            assert!((found[0] - known).abs() < 1e-8, "{found:?}");
        }
        let flat: Vec<f64> = found.loadings.iter().map(|row| row[0]).collect();
        assert!((omega_total(&flat, &found.uniqueness) - 0.749_45).abs() < 5e-6);
    }

    #[test]
    fn too_few_items_are_refused() {
        assert_eq!([2, 3, 4, 5, 6, 20].map(most_factors), [0, 1, 1, 2, 3, 14]);
        let two = vec![vec![1.0, 0.5], vec![0.5, 1.0]];
        assert_eq!(minres(&two, 1), Err(Uncomputable::TooFewItems { needed: 3, found: 2 }));
        assert!(minres(&[vec![1.0, 2.0], vec![2.0, 1.0]], 1).is_err());
    }

    #[test]
    fn a_heywood_case_ends_at_the_bound_and_is_counted() {
        // The first item would need a loading of √(.9·.9/.5) > 1.
        let matrix = vec![vec![1.0, 0.9, 0.9], vec![0.9, 1.0, 0.5], vec![0.9, 0.5, 1.0]];
        let found = minres(&matrix, 1).unwrap();
        assert_eq!(found.heywood, 1);
        assert_eq!(found.uniqueness[0], LEAST);
    }

    proptest! {
        #[test]
        fn an_exact_structure_leaves_no_residual(
            flat in prop::collection::vec(-0.65..0.65_f64, 16),
        ) {
            let loadings: Vec<Vec<f64>> = flat.chunks(2).map(<[f64]>::to_vec).collect();
            let matrix = implied(&loadings);
            let found = minres(&matrix, 2).unwrap();
            let again = implied(&found.loadings);
            for (one, other) in matrix.iter().flatten().zip(again.iter().flatten()) {
                prop_assert!((one - other).abs() < 1e-3, "{one} {other}");
            }
        }
    }
}
