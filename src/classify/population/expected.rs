//! The average answers of a population: means and covariances of scale means, shares of choices, in closed form.

use super::Matrix;
use crate::classify::features::rescale;
use crate::classify::reference::shares::highest;
use crate::classify::reference::{ACQUIESCENCE_SD, CARELESS, FeaturePlan};
use crate::instrument::RelationalModel;
use crate::instrument::persona::{Loadings, Rating, ResponseModel, agree_cuts};
use crate::psychometrics::normal;

/// Terms of the series that turns correlations of responses into covariances of categories; the sixth is below 1e-4.
const TERMS: usize = 5;

/// A population by its parameters.
pub(super) struct Expected {
    /// Mean strengths of the four norms.
    pub means: [f64; 4],
    /// How much easier the items of each scale are than assumed.
    pub ease: [f64; 4],
    /// SD of a norm between people.
    pub spread: f64,
}

/// One item of a scale: what its answer is on average and what it shares with others.
struct Item {
    model: usize,
    loadings: Loadings,
    /// −1 for an item that is keyed the other way round.
    key: f64,
    /// SD of the response.
    sd: f64,
    /// Mean and variance of the keyed answer, −1…+1, of a respondent who reads the item.
    mean: f64,
    variance: f64,
    /// Coefficients of the answer in Hermite polynomials of the standardised response.
    series: [f64; TERMS],
    /// Variance of a random answer.
    uniform: f64,
}

impl Expected {
    /// Means and covariance of the four scale means, −1…+1.
    pub fn scales(&self, plan: &FeaturePlan) -> ([f64; 4], Matrix) {
        let loadings = plan.loadings(&ResponseModel::REFERENCE);
        let mut items = Vec::new();
        let mut counts = [0.0; 4];
        for model in RelationalModel::ALL.map(RelationalModel::index) {
            let ratings = plan.scales.iter().flat_map(|scales| &scales[model]);
            for (rating, loadings) in ratings.zip(&loadings[model]) {
                items.push(self.item(model, *rating, *loadings));
                counts[model] += 1.0;
            }
        }
        let mut means = [0.0; 4];
        for item in &items {
            means[item.model] += (1.0 - CARELESS) * item.mean / counts[item.model];
        }
        let mut covariance = Matrix::square(4, |_, _| 0.0);
        for (place, a) in items.iter().enumerate() {
            for (other, b) in items.iter().enumerate() {
                let product = if place == other {
                    (1.0 - CARELESS) * (a.variance + a.mean * a.mean) + CARELESS * a.uniform
                } else {
                    (1.0 - CARELESS) * (self.covariance(a, b) + a.mean * b.mean)
                };
                let own = product - (1.0 - CARELESS).powi(2) * a.mean * b.mean;
                let at = covariance.at(a.model, b.model) + own / (counts[a.model] * counts[b.model]);
                covariance.put(a.model, b.model, at);
            }
        }
        (means, covariance)
    }

    fn item(&self, model: usize, rating: Rating, loadings: Loadings) -> Item {
        let key = if rating.reverse { -1.0 } else { 1.0 };
        let variance = (loadings.norm * self.spread).powi(2)
            + loadings.closeness.powi(2)
            + ACQUIESCENCE_SD.powi(2)
            + loadings.unique().powi(2);
        let sd = variance.sqrt();
        let response = key * (loadings.norm * self.means[model] + self.ease[model]);
        let cuts = agree_cuts(rating.points);
        let (mean, variance) = super::super::strength::expected(&cuts, response, sd);
        let step = rescale(1.0, 0.0, cuts.len() as f64) + 1.0;
        let mut series = [0.0; TERMS];
        for cut in &cuts {
            let t = (cut - response) / sd;
            // Hermite polynomials of the statistician: He₀ = 1, He₁ = t, Heₖ₊₁ = t·Heₖ − k·Heₖ₋₁.
            let (mut before, mut here) = (0.0, 1.0);
            for (order, term) in series.iter_mut().enumerate() {
                *term += step * normal::density(t) * here;
                (before, here) = (here, t * here - order as f64 * before);
            }
        }
        let points = rating.points as f64;
        let uniform = if rating.points < 2 { 0.0 } else { (points + 1.0) / (3.0 * (points - 1.0)) };
        Item { model, loadings, key, sd, mean: key * mean, variance, series, uniform }
    }

    /// Covariance of the keyed answers to two items: the tetrachoric series.
    fn covariance(&self, a: &Item, b: &Item) -> f64 {
        let norms =
            if a.model == b.model { a.loadings.norm * b.loadings.norm * self.spread.powi(2) } else { 0.0 };
        let content = a.key * b.key * (norms + a.loadings.closeness * b.loadings.closeness);
        let r = (content + ACQUIESCENCE_SD.powi(2)) / (a.sd * b.sd);
        let mut weight = 1.0;
        let mut sum = 0.0;
        for (order, (one, other)) in a.series.iter().zip(&b.series).enumerate() {
            weight *= r / (order + 1) as f64;
            sum += weight * one * other;
        }
        a.key * b.key * sum
    }

    /// Shares of the reactions of CS, AR and EM, or of best–worst sets how often each is best less how often it is worst.
    pub fn chosen(&self, sets: &[Vec<Option<RelationalModel>>], both_ends: bool) -> [f64; 3] {
        let loading = ResponseModel::REFERENCE.choice_loading;
        let sd = (1.0 - loading * loading + (loading * self.spread).powi(2)).sqrt();
        let mut sums = [0.0; 4];
        let mut known: Vec<(Vec<Option<RelationalModel>>, f64)> = Vec::new();
        for tags in sets {
            let mut sorted = tags.clone();
            sorted.sort();
            match known.iter_mut().find(|(of, _)| *of == sorted) {
                Some((_, times)) => *times += 1.0,
                None => known.push((sorted, 1.0)),
            }
        }
        for (tags, times) in &known {
            let appeals: Vec<f64> = tags
                .iter()
                .map(|tag| tag.map_or(0.0, |model| loading * self.means[model.index()] / sd))
                .collect();
            let turned: Vec<f64> = appeals.iter().map(|appeal| -appeal).collect();
            let even = if both_ends { 0.0 } else { 1.0 / tags.len().max(1) as f64 };
            for (place, tag) in tags.iter().enumerate() {
                let worst = if both_ends { highest(&turned, place) } else { 0.0 };
                let read = highest(&appeals, place) - worst;
                if let Some(model) = tag {
                    sums[model.index()] += times * ((1.0 - CARELESS) * read + CARELESS * even);
                }
            }
        }
        std::array::from_fn(|k| sums[k] / sets.len().max(1) as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::reference::{Generator, Offsets, simulate};
    use crate::instrument::Perspective;

    /// The closed forms against a simulated population: means, covariances and shares.
    #[test]
    fn a_simulated_population_answers_as_expected() {
        let all = RelationalModel::ALL.map(Some).to_vec();
        let mut plan = FeaturePlan::customer_interview_like();
        plan.best_worst = vec![all; 6];
        plan.scales.as_mut().unwrap().iter_mut().for_each(|items| items[4].reverse = true);
        assert_eq!(plan.perspective, Perspective::Own);
        let offsets = Offsets { mean: [0.4, 0.0, -0.2, 0.0], ..Offsets::default() };
        let generator = Generator::default().observed(0.8, offsets);
        let expected = Expected { means: generator.means, ease: offsets.mean, spread: 0.8 };
        let n = 20_000;
        let sample = simulate(&plan, &generator, n, 11).unwrap();
        let (means, covariance) = expected.scales(&plan);
        let scale = |row: usize, k: usize| sample.parts[row].scale_means.unwrap()[k];
        let mean = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
        for k in 0..4 {
            let found = mean(&|row| scale(row, k));
            assert!((found - means[k]).abs() < 0.01, "{k}: {found} {}", means[k]);
            for other in 0..4 {
                let found = mean(&|row| (scale(row, k) - means[k]) * (scale(row, other) - means[other]));
                let worked_out = covariance.at(k, other);
                assert!((found - worked_out).abs() < 0.005, "{k} {other}: {found} {worked_out}");
            }
        }
        let vignettes = expected.chosen(&plan.vignettes, false);
        let best_worst = expected.chosen(&plan.best_worst, true);
        for k in 0..3 {
            let found = mean(&|row| sample.parts[row].vignettes.unwrap().by_model[k] / 8.0);
            assert!((found - vignettes[k]).abs() < 0.008, "{k}: {found} {}", vignettes[k]);
            let found = mean(&|row| sample.parts[row].best_worst.unwrap().by_model[k] / 6.0);
            assert!((found - best_worst[k]).abs() < 0.012, "{k}: {found} {}", best_worst[k]);
        }
    }
}
