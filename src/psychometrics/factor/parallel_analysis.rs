//! Horn's parallel analysis (1965): how many components are larger than those of data in which nothing belongs together.

use super::{checked, eigen, eigenvalues};
use crate::dice::Dice;
use crate::psychometrics::descriptive::{correlation_matrix, quantile};
use crate::psychometrics::{Uncomputable, parallel};

/// Eigenvalues of the data beside those of chance.
#[derive(Debug, Clone, PartialEq)]
pub struct ParallelAnalysis {
    /// Eigenvalues of the correlation matrix, from the largest down.
    pub observed: Vec<f64>,
    /// Their mean over the random samples.
    pub random_mean: Vec<f64>,
    /// Their 95th percentile over the random samples.
    pub random_95: Vec<f64>,
    /// How many of the first eigenvalues exceed that percentile (Glorfeld 1995), none in between left out.
    pub suggested: usize,
}

/// Compares principal components with those of `samples` samples of as many cases of independent normal variables.
///
/// # Errors
/// No correlation matrix, fewer than two items, fewer than three cases, or no samples.
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
    let observed = eigenvalues(correlation)?;
    let one = |sample: usize| {
        let mut dice = Dice::for_purpose(seed, &format!("parallel analysis {sample}"));
        let rows: Vec<Vec<f64>> = (0..cases).map(|_| (0..items).map(|_| dice.normal()).collect()).collect();
        eigen(checked(&correlation_matrix(&rows)?)?).map(|(values, _)| values)
    };
    let drawn = parallel::map((0..samples).collect(), one).into_iter().collect::<Result<Vec<_>, _>>()?;
    let of_rank = |rank: usize| drawn.iter().map(|values| values[rank]).collect::<Vec<f64>>();
    let random_mean = (0..items).map(|rank| of_rank(rank).iter().sum::<f64>() / samples as f64).collect();
    let random_95 = (0..items).map(|rank| quantile(&of_rank(rank), 0.95)).collect::<Result<Vec<_>, _>>()?;
    let suggested = observed.iter().zip(&random_95).take_while(|(own, chance)| own > chance).count();
    Ok(ParallelAnalysis { observed, random_mean, random_95, suggested })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn noise_has_no_factor_and_one_trait_has_one() {
        let mut dice = Dice::new(5);
        let noise: Vec<Vec<f64>> = (0..300).map(|_| (0..6).map(|_| dice.normal()).collect()).collect();
        let suggested = |rows: &[Vec<f64>]| {
            parallel_analysis(&correlation_matrix(rows).unwrap(), 300, 100, 1).unwrap().suggested
        };
        assert_eq!(suggested(&noise), 0);
        let with_trait: Vec<Vec<f64>> = noise
            .iter()
            .map(|row| {
                let level = dice.normal();
                row.iter().map(|x| x + level).collect()
            })
            .collect();
        assert_eq!(suggested(&with_trait), 1);
    }

    #[test]
    fn equal_seeds_draw_equal_samples() {
        let identity = vec![vec![1.0, 0.0], vec![0.0, 1.0]];
        let run = |seed| parallel_analysis(&identity, 20, 10, seed).unwrap();
        assert_eq!(run(1), run(1));
        assert_ne!(run(1).random_mean, run(2).random_mean);
        assert!(
            parallel_analysis(&identity, 2, 10, 1).is_err() && parallel_analysis(&identity, 9, 0, 1).is_err()
        );
    }
}
