//! Horn's parallel analysis (1965): how many components, and how many factors, are larger than those of data in which nothing belongs
//! together.
//!
//! Components are eigenvalues of the correlation matrix. Factors are those of the matrix with each item's squared multiple correlation in
//! the diagonal (Humphreys and Montanelli 1975), so that what an item shares with no other is left out. The two answer different
//! questions: correlated factors make one large component, and the components behind it fall below chance too early.

use nalgebra::DMatrix;

use super::{checked, eigen, factored};
use crate::psychometrics::descriptive::{correlation_matrix, quantile};
use crate::psychometrics::{Uncomputable, parallel};
use crate::rng::Rng;

/// Eigenvalues of the data beside those of chance.
#[derive(Debug, Clone, PartialEq)]
pub struct Eigenvalues {
    /// Of the data, from the largest down.
    pub observed: Vec<f64>,
    /// Their mean over the random samples.
    pub random_mean: Vec<f64>,
    /// Their 95th percentile over the random samples.
    pub random_95: Vec<f64>,
    /// How many of the first eigenvalues exceed that percentile (Glorfeld 1995), none in between left out.
    pub suggested: usize,
}

/// Both versions, on the same random samples.
#[derive(Debug, Clone, PartialEq)]
pub struct ParallelAnalysis {
    /// Principal components.
    pub components: Eigenvalues,
    /// Principal factors.
    pub factors: Result<Eigenvalues, Uncomputable>,
}

/// Compares the eigenvalues of a correlation matrix with those of `samples` samples of as many cases of independent normal variables.
///
/// # Errors
/// No correlation matrix, fewer than two items, fewer than three cases, or no samples. Factors have a reason of their own where a matrix
/// has no inverse.
pub fn parallel_analysis(
    correlation: &[Vec<f64>],
    cases: usize,
    samples: usize,
    seed: u64,
) -> Result<ParallelAnalysis, Uncomputable> {
    let items = correlation.len();
    if items < 2 {
        return Err(Uncomputable::TooFewItems { needed: 2, found: items });
    }
    if cases < 3 || samples == 0 {
        return Err(Uncomputable::TooFewCases { needed: 3, found: if samples == 0 { 0 } else { cases } });
    }
    let observed = both(checked(correlation)?)?;
    let one = |sample: usize| {
        let mut rng = Rng::for_purpose(seed, &format!("parallel analysis {sample}"));
        let rows: Vec<Vec<f64>> = (0..cases).map(|_| (0..items).map(|_| rng.normal()).collect()).collect();
        both(checked(&correlation_matrix(&rows)?)?)
    };
    let drawn = parallel::map((0..samples).collect(), one).into_iter().collect::<Result<Vec<_>, _>>()?;
    let (components, factors): (Vec<_>, Vec<_>) = drawn.into_iter().unzip();
    let factors = factors.into_iter().collect::<Result<Vec<_>, Uncomputable>>();
    Ok(ParallelAnalysis {
        components: compare(observed.0, &components)?,
        factors: observed.1.and_then(|observed| compare(observed, &factors?)),
    })
}

/// Eigenvalues of the components and of the factors.
type Both = (Vec<f64>, Result<Vec<f64>, Uncomputable>);

fn both(matrix: DMatrix<f64>) -> Result<Both, Uncomputable> {
    let factors = reduced(&matrix).and_then(eigen).map(|(values, _)| values);
    Ok((eigen(matrix)?.0, factors))
}

/// The matrix with squared multiple correlations in its diagonal.
fn reduced(matrix: &DMatrix<f64>) -> Result<DMatrix<f64>, Uncomputable> {
    let inverse = factored(matrix.clone())?.inverse();
    let mut reduced = matrix.clone();
    (0..matrix.nrows()).for_each(|i| reduced[(i, i)] = 1.0 - 1.0 / inverse[(i, i)]);
    Ok(reduced)
}

fn compare(observed: Vec<f64>, drawn: &[Vec<f64>]) -> Result<Eigenvalues, Uncomputable> {
    let of_rank = |rank: usize| drawn.iter().map(|values| values[rank]).collect::<Vec<f64>>();
    let ranks = 0..observed.len();
    let random_mean =
        ranks.clone().map(|rank| of_rank(rank).iter().sum::<f64>() / drawn.len() as f64).collect();
    let random_95 = ranks.map(|rank| quantile(&of_rank(rank), 0.95)).collect::<Result<Vec<_>, _>>()?;
    let suggested =
        observed.iter().zip(&random_95).take_while(|(own, chance)| own > chance && **own > 0.0).count();
    Ok(Eigenvalues { observed, random_mean, random_95, suggested })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_no_factor_and_one_trait_has_one() {
        let mut rng = Rng::new(5);
        let noise: Vec<Vec<f64>> = (0..300).map(|_| (0..6).map(|_| rng.normal()).collect()).collect();
        let suggested = |rows: &[Vec<f64>]| {
            let found = parallel_analysis(&correlation_matrix(rows).unwrap(), 300, 100, 1).unwrap();
            (found.components.suggested, found.factors.unwrap().suggested)
        };
        assert_eq!(suggested(&noise), (0, 0));
        let with_trait: Vec<Vec<f64>> = noise
            .iter()
            .map(|row| {
                let level = rng.normal();
                row.iter().map(|x| x + level).collect()
            })
            .collect();
        assert_eq!(suggested(&with_trait), (1, 1));
    }

    /// Thurstone and Thurstone's nine tests of mental ability in 213 people, as Bechtoldt (1961) printed them: by psych's `fa.parallel` three
    /// factors and one component. Three factors is how they were built.
    #[test]
    fn nine_mental_tests_have_three_factors_and_one_component() {
        let lower: [&[f64]; 9] = [
            &[1.0],
            &[0.828, 1.0],
            &[0.776, 0.779, 1.0],
            &[0.439, 0.493, 0.460, 1.0],
            &[0.432, 0.464, 0.425, 0.674, 1.0],
            &[0.447, 0.489, 0.443, 0.590, 0.541, 1.0],
            &[0.447, 0.432, 0.401, 0.381, 0.402, 0.288, 1.0],
            &[0.541, 0.537, 0.534, 0.350, 0.367, 0.320, 0.555, 1.0],
            &[0.380, 0.358, 0.359, 0.424, 0.446, 0.325, 0.598, 0.452, 1.0],
        ];
        let matrix: Vec<Vec<f64>> =
            (0..9).map(|i| (0..9).map(|j| lower[i.max(j)][i.min(j)]).collect()).collect();
        let found = parallel_analysis(&matrix, 213, 200, 1).unwrap();
        assert_eq!(found.components.suggested, 1, "{:?}", found.components);
        assert_eq!(found.factors.as_ref().unwrap().suggested, 3, "{:?}", found.factors);
    }

    #[test]
    fn an_item_that_follows_from_others_leaves_the_components() {
        let rows: Vec<Vec<f64>> =
            (0..30).map(f64::from).map(|x| vec![x, x * x % 7.0, x + x * x % 7.0]).collect();
        let found = parallel_analysis(&correlation_matrix(&rows).unwrap(), 30, 20, 1).unwrap();
        assert!(found.components.observed[0] > 1.0 && found.factors == Err(Uncomputable::Singular));
    }

    #[test]
    fn equal_seeds_draw_equal_samples() {
        let identity = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
        let run = |seed| parallel_analysis(&identity, 20, 10, seed).unwrap();
        assert_eq!(run(1), run(1));
        assert_ne!(run(1).components.random_mean, run(2).components.random_mean);
        assert!(
            parallel_analysis(&identity, 2, 10, 1).is_err() && parallel_analysis(&identity, 9, 0, 1).is_err()
        );
    }
}
