//! The ceiling: the best predictions that are possible from the answers, given the generator itself.
//!
//! Owns the posterior over the model in use given every single answer, by importance sampling from the population: people are
//! drawn, and each is weighted by the likelihood of the answers. No learner can do better on average in that world. Two parts
//! are approximate: points are treated as the shares behind them, without the effect of rounding, and the sampling leaves an
//! error of a few hundredths in a single probability.

use super::metrics::Predictions;
use super::reference::shares::highest;
use super::reference::{FeaturePlan, Generator, SimulatedSample};
use crate::instrument::construct::{Perspective, RelationalModel};
use crate::instrument::persona::{Persona, agree_cuts};
use crate::psychometrics::{normal, parallel};
use crate::rng::Rng;

/// Grid over the appeal of a statement, in SD: half of its range and its steps.
const RANGE: f64 = 6.0;
const STEPS: usize = 48;

/// The models of the options of one question.
type Tags = Vec<Option<RelationalModel>>;

/// The ceiling's predictions for the sessions of a sample of `generator`, from this many drawn people, beside the simulated
/// truth.
pub fn ceiling(
    plan: &FeaturePlan,
    generator: &Generator,
    sample: &SimulatedSample,
    drawn: usize,
    seed: u64,
) -> Predictions {
    let people: Vec<Persona> = {
        let mut rng = Rng::for_purpose(seed, "people of the ceiling");
        (0..drawn).map(|_| Persona { careless: false, ..generator.persona(&mut rng).0 }).collect()
    };
    let tables = parallel::map(people, |person| {
        let model = match plan.perspective {
            Perspective::Own => person.model,
            Perspective::Other => person.other_model,
        };
        (model, LogProbabilities::of(plan, generator, &person))
    });
    let blind = LogProbabilities::careless(plan);
    let mut base = [0.0; 4];
    tables.iter().for_each(|(model, _)| base[model.index()] += 1.0 / tables.len() as f64);
    let sessions: Vec<&[u16]> = sample.raw().collect();
    let probabilities: Vec<[f64; 4]> = parallel::map(sessions, |answers| {
        let logs: Vec<f64> = tables.iter().map(|(_, table)| table.log_likelihood(answers)).collect();
        let careless = blind.log_likelihood(answers);
        let highest = logs.iter().copied().fold(careless, f64::max);
        let guess = generator.careless * (careless - highest).exp();
        let mut shares = base.map(|share| share * guess);
        for ((model, _), log) in tables.iter().zip(&logs) {
            let each = (1.0 - generator.careless) / tables.len() as f64;
            shares[model.index()] += each * (log - highest).exp();
        }
        let sum: f64 = shares.iter().sum();
        shares.map(|share| share / sum)
    });
    let called = probabilities.iter().map(most).collect();
    Predictions { truth: sample.truth.clone(), called, probabilities: Some(probabilities) }
}

fn most(shares: &[f64; 4]) -> RelationalModel {
    let better =
        |a: RelationalModel, b: RelationalModel| if shares[b.index()] > shares[a.index()] { b } else { a };
    RelationalModel::ALL.into_iter().reduce(better).unwrap_or(RelationalModel::MarketPricing)
}

/// Logarithms of the probabilities of every answer that one person may give.
struct LogProbabilities {
    /// Each choice in the order of the answers: one for each option. A best–worst set has one for each pair.
    choices: Vec<Vec<f64>>,
    allocation: Option<PointShares>,
}

/// Shares of points as appeals made them.
struct PointShares {
    /// Mean appeal of each part; none for careless people.
    appeals: Option<Vec<f64>>,
    /// Variance of an appeal about its mean.
    variance: f64,
    total: f64,
}

impl LogProbabilities {
    fn of(plan: &FeaturePlan, generator: &Generator, person: &Persona) -> Self {
        let mut choices = Vec::new();
        let loadings = plan.loadings(&generator.response);
        for model in RelationalModel::ALL {
            let items = plan.scales.iter().flat_map(|scales| &scales[model.index()]);
            for (rating, loadings) in items.zip(&loadings[model.index()]) {
                let steady = person.steady((plan.perspective, model), *loadings, *rating);
                choices.push(rated(&agree_cuts(rating.points), steady, loadings.unique()));
            }
        }
        let norms = person.norms_of(plan.perspective);
        let loading = generator.response.choice_loading;
        let unique = (1.0 - loading * loading).sqrt();
        let appeal = |tags: &Tags| -> Vec<f64> {
            tags.iter().map(|tag| tag.map_or(0.0, |model| loading * norms[model.index()])).collect()
        };
        // Sets of the same statements in another order have the same probabilities in another order.
        let mut known: Vec<(Vec<f64>, Vec<f64>)> = Vec::new();
        for tags in &plan.vignettes {
            let found = looked_up(&mut known, appeal(tags), |appeals| chosen(appeals, unique));
            choices.push(found);
        }
        known.clear();
        for tags in &plan.best_worst {
            choices.push(looked_up(&mut known, appeal(tags), |appeals| pairs(appeals, unique)));
        }
        let allocation = plan.allocation.as_ref().map(|allocation| PointShares {
            appeals: Some(appeal(&allocation.parts)),
            variance: unique * unique,
            total: f64::from(allocation.total),
        });
        Self { choices, allocation }
    }

    fn careless(plan: &FeaturePlan) -> Self {
        let even = |n: usize| vec![-(n.max(1) as f64).ln(); n];
        let scales = plan.scales.iter().flatten().flatten().map(|rating| even(rating.points));
        let vignettes = plan.vignettes.iter().map(|tags| even(tags.len()));
        let pair = |tags: &Tags| {
            let n = tags.len();
            vec![-((n * n.saturating_sub(1)).max(1) as f64).ln(); n * n]
        };
        let choices = scales.chain(vignettes).chain(plan.best_worst.iter().map(pair)).collect();
        let points = |total: u32| PointShares { appeals: None, variance: 1.0, total: f64::from(total) };
        Self { choices, allocation: plan.allocation.as_ref().map(|plan| points(plan.total)) }
    }

    fn log_likelihood(&self, answers: &[u16]) -> f64 {
        let (choices, points) = answers.split_at(self.choices.len().min(answers.len()));
        let log =
            |(table, answer): (&Vec<f64>, &u16)| table.get(usize::from(*answer)).copied().unwrap_or(0.0);
        let chosen: f64 = self.choices.iter().zip(choices).map(log).sum();
        chosen + self.allocation.as_ref().map_or(0.0, |plan| plan.log_density(points))
    }
}

impl PointShares {
    /// Density of log ratios to the last part, up to a constant that is the same for everybody.
    fn log_density(&self, points: &[u16]) -> f64 {
        // A share is never zero; half of the smallest step stands in for it.
        let step = self.total / 40.0;
        let smoothed: Vec<f64> = points.iter().map(|&given| f64::from(given).max(step)).collect();
        let sum: f64 = smoothed.iter().sum();
        let k = smoothed.len() as f64;
        match &self.appeals {
            // Every division is equally likely: (k − 1)! over the simplex, times the product of shares in log ratios.
            None => {
                let factorial: f64 = (1..smoothed.len()).map(|n| (n as f64).ln()).sum();
                factorial + smoothed.iter().map(|given| (given / sum).ln()).sum::<f64>()
            }
            // Log ratios are normal with covariance variance·(I + 1): quadratic form and determinant of centred logarithms.
            Some(appeals) => {
                let deviations: Vec<f64> =
                    smoothed.iter().zip(appeals).map(|(given, appeal)| given.ln() - appeal).collect();
                let mean = deviations.iter().sum::<f64>() / k;
                let squares: f64 = deviations.iter().map(|value| (value - mean).powi(2)).sum();
                let scale = 2.0 * std::f64::consts::PI * self.variance;
                -0.5 * (squares / self.variance + (k - 1.0) * scale.ln() + k.ln())
            }
        }
    }
}

/// Logarithms of the probabilities of the categories between the cuts.
fn rated(cuts: &[f64], steady: f64, unique: f64) -> Vec<f64> {
    let mut below = 0.0;
    let mut logs = Vec::with_capacity(cuts.len() + 1);
    for place in 0..=cuts.len() {
        let up_to = cuts.get(place).map_or(1.0, |cut| normal::cdf((cut - steady) / unique));
        logs.push((up_to - below).max(1e-12).ln());
        below = up_to;
    }
    logs
}

/// The results of `make` for these appeals, computed once for every order of them. Pairs are laid out row by row.
fn looked_up(
    known: &mut Vec<(Vec<f64>, Vec<f64>)>,
    appeals: Vec<f64>,
    make: impl Fn(&[f64]) -> Vec<f64>,
) -> Vec<f64> {
    let mut sorted = appeals.clone();
    sorted.sort_by(f64::total_cmp);
    if known.iter().all(|(of, _)| *of != sorted) {
        let made = make(&sorted);
        known.push((sorted.clone(), made));
    }
    let n = appeals.len();
    let place = |appeal: f64| sorted.iter().position(|known| *known == appeal).unwrap_or(0);
    let places: Vec<usize> = appeals.iter().map(|appeal| place(*appeal)).collect();
    let made = known.iter().find(|(of, _)| *of == sorted).map_or(&[][..], |(_, made)| made);
    match made.len() == n {
        true => places.iter().map(|&at| made[at]).collect(),
        false => places.iter().flat_map(|&a| places.iter().map(move |&b| made[a * n + b])).collect(),
    }
}

fn grid() -> impl Iterator<Item = f64> {
    (0..=STEPS).map(|step| -RANGE + 2.0 * RANGE / STEPS as f64 * step as f64)
}

/// Logarithms of the probabilities that each of several statements appeals most.
fn chosen(appeals: &[f64], unique: f64) -> Vec<f64> {
    let scaled: Vec<f64> = appeals.iter().map(|appeal| appeal / unique).collect();
    (0..scaled.len()).map(|place| highest(&scaled, place).max(1e-12).ln()).collect()
}

/// Logarithms of the probabilities of every pair of most and least appealing, row after row; a pair of one and the same statement
/// has none.
fn pairs(appeals: &[f64], unique: f64) -> Vec<f64> {
    let n = appeals.len();
    let points: Vec<f64> = grid().collect();
    let width = 2.0 * RANGE / STEPS as f64;
    // Appeals in units of their own scatter, on one grid that reaches all of them.
    let centre = appeals.iter().sum::<f64>() / n as f64;
    let means: Vec<f64> = appeals.iter().map(|appeal| (appeal - centre) / unique).collect();
    let below: Vec<Vec<f64>> =
        means.iter().map(|mean| points.iter().map(|point| normal::cdf(point - mean)).collect()).collect();
    let mut logs = vec![f64::NEG_INFINITY; n * n];
    for best in 0..n {
        for worst in (0..n).filter(|&worst| worst != best) {
            let between: Vec<usize> = (0..n).filter(|&k| k != best && k != worst).collect();
            let mut sum = 0.0;
            for (top, high) in points.iter().enumerate() {
                let inner: f64 = (0..=top)
                    .map(|bottom| {
                        let half = if bottom == top { 0.5 } else { 1.0 };
                        let rest: f64 = between.iter().map(|&k| below[k][top] - below[k][bottom]).product();
                        half * normal::density(points[bottom] - means[worst]) * rest
                    })
                    .sum();
                sum += normal::density(high - means[best]) * inner;
            }
            logs[best * n + worst] = (sum * width * width).max(1e-12).ln();
        }
    }
    logs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::metrics::evaluate;
    use crate::classify::reference::simulate;

    #[test]
    fn probabilities_of_answers_sum_to_one() {
        let sum = |logs: Vec<f64>| logs.iter().map(|log| log.exp()).sum::<f64>();
        assert!((sum(rated(&agree_cuts(7), 0.7, 0.6)) - 1.0).abs() < 1e-9);
        assert!((sum(chosen(&[0.8, -0.2, 0.0, 0.4], 0.7)) - 1.0).abs() < 1e-8);
        assert!((sum(pairs(&[0.8, -0.2, 0.0, 0.4], 0.7)) - 1.0).abs() < 0.01);
    }

    #[test]
    fn pairs_agree_with_drawn_appeals() {
        let (appeals, unique) = ([0.9, -0.3, 0.0, 0.4], 0.7);
        let mut rng = Rng::new(4);
        let mut counts = [0.0; 16];
        for _ in 0..40_000 {
            let drawn: Vec<f64> = appeals.iter().map(|appeal| appeal + unique * rng.normal()).collect();
            let place = |wanted: f64| drawn.iter().position(|value| *value == wanted).unwrap();
            let best = place(drawn.iter().copied().fold(f64::MIN, f64::max));
            let worst = place(drawn.iter().copied().fold(f64::MAX, f64::min));
            counts[best * 4 + worst] += 1.0 / 40_000.0;
        }
        for (log, count) in pairs(&appeals, unique).iter().zip(counts) {
            assert!((log.exp() - count).abs() < 0.012, "{} {count}", log.exp());
        }
    }

    #[test]
    fn another_order_of_the_same_statements_is_the_same() {
        let mut known = Vec::new();
        let first = looked_up(&mut known, vec![0.5, -0.1, 0.2], |appeals| pairs(appeals, 0.7));
        let second = looked_up(&mut known, vec![-0.1, 0.2, 0.5], |appeals| pairs(appeals, 0.7));
        assert_eq!(known.len(), 1);
        assert_eq!(first[1], second[2 * 3], "best .5 and worst −.1");
    }

    #[test]
    fn what_knows_the_generator_beats_the_shares() {
        let plan = FeaturePlan::customer_interview_like();
        let generator = Generator::default();
        let sample = simulate(&plan, &generator, 60, 3).unwrap();
        let found = ceiling(&plan, &generator, &sample, 2_000, 1);
        let judged = evaluate(&found, 0, &mut Rng::new(1));
        assert!(judged.accuracy.value > Some(0.75), "{:?}", judged.accuracy.value);
    }
}
