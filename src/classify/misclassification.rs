//! How a profiler's probabilities are distributed for people whose model is known: the matrix of errors used for outcomes by
//! model.
//!
//! Owns the matrix of a plan: mean probabilities, and their errors, of simulated people who use each model, under the same
//! model that gives the plan's sessions their probabilities. It is estimated and not assumed: from new people of the population
//! that the study's answers indicate, because a matrix from the study's own probabilities is only right if the shares that they
//! assume are. (Under equal shares of the four models it assigned a third of the businesslike row to other people.) Refuses to
//! know any outcome.

use super::model::Model;
use super::reference::{FeaturePlan, Generator, REFERENCE_ROWS, ReferenceError, simulate};
use crate::instrument::RelationalModel;
use crate::psychometrics::parallel;

/// The people of the matrix must differ from those that the model was fitted on.
const SEED: u64 = 2_010;

/// Mean probabilities of CS, AR, EM, MP over people who use CS, AR, EM, MP.
#[derive(Debug, Clone, PartialEq)]
pub struct Misclassification {
    /// Row s: people who use s.
    pub rows: [[f64; 4]; 4],
    /// Covariance of the errors of each row.
    pub covariance: [[[f64; 4]; 4]; 4],
}

/// The model probabilities of a session, and their typical errors.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Probabilities of CS, AR, EM, MP.
    pub probabilities: [f64; 4],
    /// Of all sessions with the same blocks.
    pub errors: std::sync::Arc<Misclassification>,
}

impl Misclassification {
    /// The matrix of a model for a plan, over the people of a population whose ratings do not scatter randomly: random
    /// answerers also choose at random, which would be attributed to the models that they are assigned to.
    ///
    /// # Errors
    /// A plan without features, or a population in which somebody uses three of the models only.
    pub fn of(model: &Model, plan: &FeaturePlan, world: &Generator) -> Result<Self, ReferenceError> {
        let sample = simulate(plan, world, REFERENCE_ROWS, SEED)?;
        let features = sample.features();
        let blocks: Vec<&[_]> = features.chunks(1_000).collect();
        let predicted = parallel::map(blocks, |block| {
            block.iter().map(|set| model.probabilities(set)).collect::<Result<Vec<_>, _>>()
        });
        let mut by_model: [Vec<[f64; 4]>; 4] = Default::default();
        let mut people = sample.truth.iter().zip(sample.scatter_as_random(plan));
        for block in predicted {
            for probabilities in block? {
                if let Some((model, false)) = people.next() {
                    by_model[model.index()].push(probabilities);
                }
            }
        }
        if by_model.iter().any(|rows| rows.len() < 2) {
            return Err(ReferenceError::None);
        }
        let rows = RelationalModel::ALL.map(|model| mean(&by_model[model.index()]));
        let covariance = RelationalModel::ALL.map(|model| {
            let (of, mean) = (&by_model[model.index()], rows[model.index()]);
            let n = of.len() as f64;
            let cell = |a: usize, b: usize| {
                of.iter().map(|p| (p[a] - mean[a]) * (p[b] - mean[b])).sum::<f64>() / (n * (n - 1.0))
            };
            std::array::from_fn(|a| std::array::from_fn(|b| cell(a, b)))
        });
        Ok(Self { rows, covariance })
    }

    /// The mean over sessions, each with the matrix of its blocks: the average assignment of sessions of a true model, provided
    /// that which blocks were asked is unrelated to the model. Their errors are treated as fully correlated. `None` without
    /// sessions.
    pub fn average<'a>(of: impl Iterator<Item = &'a Self>) -> Option<Self> {
        let mut sum = Self { rows: [[0.0; 4]; 4], covariance: [[[0.0; 4]; 4]; 4] };
        let mut n = 0.0;
        for one in of {
            n += 1.0;
            let cells = sum.rows.iter_mut().flatten().zip(one.rows.iter().flatten());
            cells.for_each(|(sum, cell)| *sum += cell);
            let cells = one.covariance.iter().flatten().flatten();
            sum.covariance.iter_mut().flatten().flatten().zip(cells).for_each(|(sum, cell)| *sum += cell);
        }
        sum.rows.iter_mut().flatten().for_each(|cell| *cell /= n);
        sum.covariance.iter_mut().flatten().flatten().for_each(|cell| *cell /= n);
        (n > 0.0).then_some(sum)
    }
}

fn mean(of: &[[f64; 4]]) -> [f64; 4] {
    std::array::from_fn(|k| of.iter().map(|p| p[k]).sum::<f64>() / of.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::reference::{EVEN, fitted};

    #[test]
    fn rows_are_those_of_other_people_and_hang_little_on_how_many_use_a_model() {
        let plan = FeaturePlan::customer_interview_like();
        let model = fitted(&plan, &Generator::default()).unwrap();
        let found = Misclassification::of(&model, &plan, &Generator::default()).unwrap();
        for (s, row) in found.rows.iter().enumerate() {
            assert!((row.iter().sum::<f64>() - 1.0).abs() < 1e-9);
            assert!(row.iter().enumerate().all(|(t, cell)| t == s || *cell < row[s]), "{row:?}");
            let error = found.covariance[s][s][s].sqrt();
            assert!(error > 1e-4 && error < 0.015, "{error}");
        }
        // Other people of the same population, counted here.
        let sample = simulate(&plan, &Generator::default(), 4_000, 77).unwrap();
        for (s, model_in_use) in RelationalModel::ALL.into_iter().enumerate() {
            let own: Vec<[f64; 4]> = sample
                .features()
                .iter()
                .zip(&sample.truth)
                .filter(|(_, truth)| **truth == model_in_use)
                .map(|(set, _)| model.predict(set).unwrap().probabilities)
                .collect();
            let (mean, n) = (mean(&own), own.len() as f64);
            for (mean, cell) in mean.iter().zip(found.rows[s]) {
                // Four standard errors: no probability here has an SD above .4.
                assert!((mean - cell).abs() < 4.0 * 0.4 / n.sqrt(), "{s}: {mean} {cell}");
            }
        }
        let even = Misclassification::of(&model, &plan, &Generator::with_shares(EVEN)).unwrap();
        assert!((even.rows[3][3] - found.rows[3][3]).abs() < 0.1, "{:?}", even.rows);
        let both = Misclassification::average([&found, &even].into_iter()).unwrap();
        assert!((both.rows[0][1] - (found.rows[0][1] + even.rows[0][1]) / 2.0).abs() < 1e-12);
        assert_eq!(Misclassification::average(std::iter::empty()), None);
    }
}
