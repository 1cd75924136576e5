//! What was estimated, standardised, with errors by the delta method.

use super::ConfirmatorySolution;
use super::search::{Implied, ParameterPlace, Parameters, Settled};
use crate::psychometrics::Estimate;

impl Parameters<'_> {
    pub fn solutions(&self, settled: &Settled) -> Vec<ConfirmatorySolution> {
        settled
            .implied
            .iter()
            .enumerate()
            .map(|(group, found)| self.solution(group, found, settled))
            .collect()
    }

    fn solution(&self, group: usize, implied: &Implied, settled: &Settled) -> ConfirmatorySolution {
        let at = &implied.at;
        let parameter =
            |wanted: ParameterPlace| self.places.iter().position(|all| all.contains(&(group, wanted)));
        let error = |one: usize, other: usize| settled.errors[(one, other)];
        let squared = |item: usize| self.model.random_intercept.map_or(0.0, |weights| weights[item].powi(2));
        // Which way a factor points is nobody's: most of its items go with it.
        let sign = |factor: usize| if at.loadings.column(factor).sum() < 0.0 { -1.0 } else { 1.0 };
        let loading = |item: usize| {
            let factor = self.model.factor_of[item];
            let raw = at.loadings[(item, factor)];
            let spread = implied.covariance[(item, item)].sqrt();
            let of_factor = at.factors[(factor, factor)].max(0.0).sqrt();
            let value = raw * of_factor / spread;
            let left = spread.powi(2) - (raw * of_factor).powi(2);
            // The delta method, in what the standardised loading is made of.
            let cube = spread.powi(3);
            let mut parts = vec![
                (parameter(ParameterPlace::Loading(item)), of_factor * left / cube),
                (parameter(ParameterPlace::Own(item)), -raw * of_factor / (2.0 * cube)),
                (parameter(ParameterPlace::RandomVariance), -raw * of_factor * squared(item) / (2.0 * cube)),
            ];
            if let Some(free) = parameter(ParameterPlace::Factors(factor, factor)) {
                parts.push((Some(free), raw * left / (2.0 * of_factor * cube)));
            }
            estimate(sign(factor) * value, &parts, &error)
        };
        let correlation = |one: usize, other: usize| {
            if one == other {
                return None;
            }
            let (low, high) = (one.min(other), one.max(other));
            let spreads = (at.factors[(low, low)].max(0.0).sqrt(), at.factors[(high, high)].max(0.0).sqrt());
            let value = at.factors[(high, low)] / (spreads.0 * spreads.1);
            let mut parts =
                vec![(parameter(ParameterPlace::Factors(high, low)), 1.0 / (spreads.0 * spreads.1))];
            for (factor, spread) in [(low, spreads.0), (high, spreads.1)] {
                if let Some(free) = parameter(ParameterPlace::Factors(factor, factor)) {
                    parts.push((Some(free), -value / (2.0 * spread * spread)));
                }
            }
            Some(estimate(sign(one) * sign(other) * value, &parts, &error))
        };
        let factors = self.model.factors();
        ConfirmatorySolution {
            loadings: (0..self.items()).map(loading).collect(),
            correlations: (0..factors)
                .map(|one| (0..factors).map(|other| correlation(one, other)).collect())
                .collect(),
            means: (0..factors).map(|factor| sign(factor) * at.means[factor]).collect(),
            heywood: (0..self.items()).filter(|item| at.own[*item] <= 0.0).collect(),
            impossible: at.factors.clone().cholesky().is_none(),
            random_intercept: self
                .model
                .random_intercept
                .map(|weights| self.random_share(group, implied, settled, weights)),
        }
    }

    /// The share of an item's variance that a random intercept makes, in the mean over items.
    fn random_share(&self, group: usize, implied: &Implied, settled: &Settled, weights: &[f64]) -> Estimate {
        let at = &implied.at;
        let items = self.items() as f64;
        let spread = |item: usize| implied.covariance[(item, item)];
        let per_variance = |item: usize| weights[item].powi(2) / (spread(item) * items);
        let by_variance = |item: usize| -at.random_variance * per_variance(item) / spread(item);
        let part = |place: ParameterPlace| match place {
            ParameterPlace::Loading(item) => {
                let factor = self.model.factor_of[item];
                by_variance(item) * 2.0 * at.loadings[(item, factor)] * at.factors[(factor, factor)]
            }
            ParameterPlace::Own(item) => by_variance(item),
            ParameterPlace::Factors(one, other) if one == other => {
                (0..self.items()).map(|item| by_variance(item) * at.loadings[(item, one)].powi(2)).sum()
            }
            ParameterPlace::RandomVariance => (0..self.items())
                .map(|item| per_variance(item) + by_variance(item) * weights[item].powi(2))
                .sum(),
            ParameterPlace::Factors(..)
            | ParameterPlace::Intercept(_)
            | ParameterPlace::Mean(_)
            | ParameterPlace::RandomMean => 0.0,
        };
        let here = |(parameter, places): (usize, &Vec<(usize, ParameterPlace)>)| {
            let (_, place) = places.iter().find(|(of, _)| *of == group)?;
            Some((Some(parameter), part(*place)))
        };
        let parts: Vec<_> = self.places.iter().enumerate().filter_map(here).collect();
        let value = (0..self.items()).map(|item| at.random_variance * per_variance(item)).sum();
        estimate(value, &parts, &|one, other| settled.errors[(one, other)])
    }
}

/// A value with the standard error that its parts give it.
fn estimate(value: f64, parts: &[(Option<usize>, f64)], error: &dyn Fn(usize, usize) -> f64) -> Estimate {
    let known: Vec<(usize, f64)> = parts.iter().filter_map(|(at, by)| Some(((*at)?, *by))).collect();
    let pairs = known.iter().flat_map(|one| known.iter().map(move |other| (one, other)));
    let variance: f64 = pairs.map(|((k, by), (l, also))| by * also * error(*k, *l)).sum();
    let se = Some(variance.sqrt()).filter(|se| se.is_finite());
    Estimate { value, se, interval: None }
}
