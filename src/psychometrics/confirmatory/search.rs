//! The search for the estimates: Fisher scoring (Lee and Jennrich 1979). Its matrix, the information that is expected, is what standard errors
//! are made of anyway, so that no optimiser is needed beside it; where scoring creeps, Newton's steps take over. Every derivative of Σ has the form c·(uvᵀ + vuᵀ).

use nalgebra::{DMatrix, DVector};

use super::{Equal, FactorModel, GroupMatrices, log_determinant};
use crate::psychometrics::Uncomputable;

const STEPS: usize = 100;
/// Steps after which curvature takes the place of information: where a model is far from the data the two differ much, and scoring creeps.
const SCORING: usize = 25;
/// What a further step would still gain, in χ².
const FLAT: f64 = 1e-12;
const HALVINGS: usize = 40;
/// Where the variance of a random intercept starts, in the mean variance of the items.
const START_OF_INTERCEPT: f64 = 0.05;

/// Where a parameter stands in a group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum ParameterPlace {
    Loading(usize),
    Own(usize),
    Factors(usize, usize),
    Intercept(usize),
    Mean(usize),
    RandomVariance,
    RandomMean,
}

/// Which parameters there are, and where each stands.
pub(super) struct Parameters<'a> {
    pub model: FactorModel<'a>,
    groups: usize,
    equal: Equal,
    /// By parameter: its places, at most one a group.
    pub places: Vec<Vec<(usize, ParameterPlace)>>,
    start: DVector<f64>,
}

/// What a model says of a group.
pub(super) struct Implied {
    pub covariance: DMatrix<f64>,
    inverse: DMatrix<f64>,
    /// Means of the sample less those of the model.
    pub off: DVector<f64>,
    pub at: Matrices,
}

/// The matrices of a group.
pub(super) struct Matrices {
    pub loadings: DMatrix<f64>,
    pub factors: DMatrix<f64>,
    pub own: DVector<f64>,
    intercepts: DVector<f64>,
    pub means: DVector<f64>,
    pub random_variance: f64,
    random_mean: f64,
}

/// Where the search ended.
pub(super) struct Settled {
    pub discrepancy: f64,
    pub implied: Vec<Implied>,
    /// The inverse of the expected information.
    pub errors: DMatrix<f64>,
}

impl<'a> Parameters<'a> {
    pub fn new(sample: &[GroupMatrices], model: FactorModel<'a>, equal: Equal) -> Self {
        let (factor_of, factors) = (model.factor_of, model.factors());
        let mut found =
            Self { model, groups: sample.len(), equal, places: Vec::new(), start: DVector::zeros(0) };
        let mut start = Vec::new();
        let all: Vec<usize> = (0..sample.len()).collect();
        let mut add = |groups: &[usize], place: ParameterPlace, value: f64| {
            found.places.push(groups.iter().map(|group| (*group, place)).collect());
            start.push(value);
        };
        let first = |equal_from: Equal| if equal >= equal_from { vec![all.clone()] } else { apart(&all) };
        for item in 0..factor_of.len() {
            for groups in first(Equal::Loadings) {
                let each = groups.iter().map(|group| loading(&sample[*group], factor_of, item)).sum::<f64>();
                add(&groups, ParameterPlace::Loading(item), each / groups.len() as f64);
            }
            for group in &all {
                let variance = sample[*group].covariance[(item, item)];
                let explained = loading(&sample[*group], factor_of, item).powi(2);
                add(&[*group], ParameterPlace::Own(item), (variance - explained).max(0.2 * variance));
            }
            if equal == Equal::Intercepts {
                add(
                    &all,
                    ParameterPlace::Intercept(item),
                    sample.first().map_or(0.0, |group| group.means[item]),
                );
            }
        }
        for group in &all {
            for factor in 0..factors {
                for other in 0..factor {
                    let value = between(&sample[*group], factor_of, (factor, other));
                    add(&[*group], ParameterPlace::Factors(factor, other), value);
                }
                if *group > 0 && equal >= Equal::Loadings {
                    add(&[*group], ParameterPlace::Factors(factor, factor), 1.0);
                }
                if *group > 0 && equal == Equal::Intercepts {
                    add(&[*group], ParameterPlace::Mean(factor), 0.0);
                }
            }
            if model.random_intercept.is_some() {
                let mean_variance = sample[*group].covariance.diagonal().mean();
                add(&[*group], ParameterPlace::RandomVariance, START_OF_INTERCEPT * mean_variance);
                if *group > 0 && equal == Equal::Intercepts {
                    add(&[*group], ParameterPlace::RandomMean, 0.0);
                }
            }
        }
        found.start = DVector::from_vec(start);
        found
    }

    pub fn items(&self) -> usize {
        self.model.factor_of.len()
    }

    /// Whether means are part of the model: in several groups they are, free where intercepts are not equal.
    pub fn has_means(&self) -> bool {
        self.groups > 1
    }

    /// Parameters, with intercepts that are free and therefore no matter of the search.
    pub fn parameters(&self) -> usize {
        let free = self.has_means() && self.equal < Equal::Intercepts;
        self.places.len() + if free { self.groups * self.items() } else { 0 }
    }

    pub fn settle(&self, sample: &[GroupMatrices]) -> Result<Settled, Uncomputable> {
        let mut at = self.start.clone();
        let mut here = self.implied(&at, sample).ok_or(Uncomputable::Singular)?;
        let mut discrepancy = self.discrepancy(sample, &here);
        let n: f64 = sample.iter().map(|group| group.n).sum();
        for step_number in 0..STEPS {
            let (slope, information) = self.slope(sample, &here);
            let factored = information.clone().cholesky().ok_or(Uncomputable::Singular)?;
            // Half of N times the slope of F is the slope of the log likelihood, which the information belongs to.
            let mut step = factored.solve(&slope) * (n / 2.0);
            let gain = n * slope.dot(&step);
            if !gain.is_finite() {
                return Err(Uncomputable::NotConverged);
            }
            if gain < FLAT {
                return Ok(Settled { discrepancy, implied: here, errors: factored.inverse() });
            }
            if step_number >= SCORING
                && let Some(curved) = self.curvature(&at, sample).and_then(DMatrix::cholesky)
            {
                step = curved.solve(&slope);
            }
            let mut share = 1.0;
            let better = (0..HALVINGS).find_map(|_| {
                let there = &at - &step * share;
                share /= 2.0;
                let implied = self.implied(&there, sample)?;
                let found = self.discrepancy(sample, &implied);
                // What is left of the gain near the end is below the rounding of F.
                (found < discrepancy || gain < 1e-9 && found <= discrepancy + 1e-13)
                    .then_some((there, implied, found))
            });
            let Some((there, implied, found)) = better else { return Err(Uncomputable::NotConverged) };
            (at, here, discrepancy) = (there, implied, found);
        }
        Err(Uncomputable::NotConverged)
    }

    /// Second derivatives of F by differences of its slope; none where a step leaves what is a covariance matrix.
    fn curvature(&self, at: &DVector<f64>, sample: &[GroupMatrices]) -> Option<DMatrix<f64>> {
        let slope = |at: &DVector<f64>| Some(self.slope(sample, &self.implied(at, sample)?).0);
        let column = |k: usize| {
            let (mut low, mut high) = (at.clone(), at.clone());
            let h = 1e-5 * (1.0 + at[k].abs());
            (low[k], high[k]) = (low[k] - h, high[k] + h);
            Some((slope(&high)? - slope(&low)?) / (2.0 * h))
        };
        let columns: Vec<DVector<f64>> = (0..at.len()).map(column).collect::<Option<_>>()?;
        let raw = DMatrix::from_columns(&columns);
        Some((&raw + raw.transpose()) / 2.0)
    }

    fn matrices(&self, at: &DVector<f64>, group: usize, sample: &GroupMatrices) -> Matrices {
        let (items, factors) = (self.items(), self.model.factors());
        let mut found = Matrices {
            loadings: DMatrix::zeros(items, factors),
            factors: DMatrix::identity(factors, factors),
            own: DVector::zeros(items),
            intercepts: sample.means.clone(),
            means: DVector::zeros(factors),
            random_variance: 0.0,
            random_mean: 0.0,
        };
        for (value, places) in at.iter().zip(&self.places) {
            match places.iter().find(|(of, _)| *of == group).map(|(_, place)| *place) {
                Some(ParameterPlace::Loading(item)) => {
                    found.loadings[(item, self.model.factor_of[item])] = *value;
                }
                Some(ParameterPlace::Own(item)) => found.own[item] = *value,
                Some(ParameterPlace::Factors(one, other)) => {
                    found.factors[(one, other)] = *value;
                    found.factors[(other, one)] = *value;
                }
                Some(ParameterPlace::Intercept(item)) => found.intercepts[item] = *value,
                Some(ParameterPlace::Mean(factor)) => found.means[factor] = *value,
                Some(ParameterPlace::RandomVariance) => found.random_variance = *value,
                Some(ParameterPlace::RandomMean) => found.random_mean = *value,
                None => {}
            }
        }
        found
    }

    /// What the model says of every group; none where that is no covariance matrix.
    fn implied(&self, at: &DVector<f64>, sample: &[GroupMatrices]) -> Option<Vec<Implied>> {
        let weights = self.model.random_intercept.map(DVector::from_column_slice);
        let of_group = |(group, sample): (usize, &GroupMatrices)| {
            let at = self.matrices(at, group, sample);
            let mut covariance = &at.loadings * &at.factors * at.loadings.transpose();
            at.own.iter().enumerate().for_each(|(item, own)| covariance[(item, item)] += own);
            let mut off = &sample.means - &at.intercepts - &at.loadings * &at.means;
            if let Some(weights) = &weights {
                covariance.ger(at.random_variance, weights, weights, 1.0);
                off -= weights * at.random_mean;
            }
            let inverse = covariance.clone().cholesky()?.inverse();
            Some(Implied { covariance, inverse, off, at })
        };
        sample.iter().enumerate().map(of_group).collect()
    }

    fn discrepancy(&self, sample: &[GroupMatrices], implied: &[Implied]) -> f64 {
        let n: f64 = sample.iter().map(|group| group.n).sum();
        let of_group = |(sample, implied): (&GroupMatrices, &Implied)| {
            let Some(factored) = implied.covariance.clone().cholesky() else { return f64::INFINITY };
            let trace = sample.covariance.dot(&implied.inverse);
            let off = implied.off.dot(&(&implied.inverse * &implied.off));
            let apart = log_determinant(&factored) - sample.log_determinant;
            sample.n / n * (apart + trace - self.items() as f64 + off)
        };
        sample.iter().zip(implied).map(of_group).sum()
    }

    /// The slope of F by parameter, and the expected information of all cases.
    fn slope(&self, sample: &[GroupMatrices], implied: &[Implied]) -> (DVector<f64>, DMatrix<f64>) {
        let count = self.places.len();
        let n: f64 = sample.iter().map(|group| group.n).sum();
        let (mut slope, mut information) = (DVector::zeros(count), DMatrix::zeros(count, count));
        for (group, (sample, implied)) in sample.iter().zip(implied).enumerate() {
            let inverse = &implied.inverse;
            let left = &implied.covariance - &sample.covariance - &implied.off * implied.off.transpose();
            let middle = inverse * left * inverse;
            let moves = self.moves(group, implied);
            let [u, v, means] = &moves.directions;
            let (of_u, of_v, of_means) = (inverse * u, inverse * v, inverse * means);
            let (uu, uv, vv) = (u.tr_mul(&of_u), u.tr_mul(&of_v), v.tr_mul(&of_v));
            let mm = means.tr_mul(&of_means);
            let (by_spread, by_mean) = (&middle * v, means.tr_mul(&(inverse * &implied.off)));
            for (k, (at, c)) in moves.of.iter().enumerate() {
                let spread = 2.0 * c * u.column(k).dot(&by_spread.column(k));
                slope[*at] += sample.n / n * (spread - 2.0 * by_mean[k]);
                for (l, (other, d)) in moves.of.iter().enumerate() {
                    let trace = 2.0 * c * d * (uv[(l, k)] * uv[(k, l)] + vv[(k, l)] * uu[(k, l)]);
                    information[(*at, *other)] += sample.n * (trace / 2.0 + mm[(k, l)]);
                }
            }
        }
        (slope, information)
    }

    /// How Σ and μ of a group move with each parameter that stands in it.
    fn moves(&self, group: usize, implied: &Implied) -> Moves {
        let here = |(at, places): (usize, &Vec<(usize, ParameterPlace)>)| {
            places.iter().find(|(of, _)| *of == group).map(|(_, place)| (at, *place))
        };
        let places: Vec<(usize, ParameterPlace)> = self.places.iter().enumerate().filter_map(here).collect();
        let mut moves = Moves {
            of: Vec::with_capacity(places.len()),
            directions: std::array::from_fn(|_| DMatrix::zeros(self.items(), places.len())),
        };
        let at = &implied.at;
        let common = &at.loadings * &at.factors;
        let [u, v, means] = &mut moves.directions;
        let weights = self.model.random_intercept.unwrap_or_default();
        for (k, (parameter, place)) in places.into_iter().enumerate() {
            let mut c = 0.5;
            match place {
                ParameterPlace::Loading(item) => {
                    let factor = self.model.factor_of[item];
                    u[(item, k)] = 1.0;
                    v.set_column(k, &common.column(factor));
                    means[(item, k)] = at.means[factor];
                    c = 1.0;
                }
                ParameterPlace::Own(item) => (u[(item, k)], v[(item, k)]) = (1.0, 1.0),
                ParameterPlace::Factors(one, other) => {
                    u.set_column(k, &at.loadings.column(one));
                    v.set_column(k, &at.loadings.column(other));
                    c = if one == other { 0.5 } else { 1.0 };
                }
                ParameterPlace::Intercept(item) => means[(item, k)] = 1.0,
                ParameterPlace::Mean(factor) => means.set_column(k, &at.loadings.column(factor)),
                ParameterPlace::RandomVariance => {
                    u.column_mut(k).copy_from_slice(weights);
                    v.column_mut(k).copy_from_slice(weights);
                }
                ParameterPlace::RandomMean => means.column_mut(k).copy_from_slice(weights),
            }
            moves.of.push((parameter, c));
        }
        moves
    }

    /// tr(UΓ): what is left of the squares of products of answers, in the weights of χ², once the parameters have taken their part; the mean
    /// over cases, so that Γ is never built.
    pub fn trace(&self, sample: &GroupMatrices, settled: &Settled) -> Option<f64> {
        let implied = settled.implied.first()?;
        let moves = self.moves(0, implied);
        let [u, v, _] = &moves.directions;
        let errors = &settled.errors * sample.n;
        let mut sum = 0.0;
        for case in sample.cases {
            let off = DVector::from_column_slice(case) - &sample.means;
            let product = &off * off.transpose() - &sample.covariance;
            let weighed = &implied.inverse * &product * &implied.inverse;
            let mut slopes = DVector::zeros(self.places.len());
            for (k, (at, c)) in moves.of.iter().enumerate() {
                slopes[*at] = c * u.column(k).dot(&(&weighed * v.column(k)));
            }
            sum += weighed.dot(&product) / 2.0 - slopes.dot(&(&errors * &slopes));
        }
        (!sample.cases.is_empty()).then(|| sum / sample.n).filter(|trace| *trace > 0.0)
    }

    #[cfg(test)]
    pub(super) fn checked_slope(&self, sample: &[GroupMatrices]) -> Vec<(f64, f64)> {
        let f = |at: &DVector<f64>| self.discrepancy(sample, &self.implied(at, sample).unwrap());
        let (slope, _) = self.slope(sample, &self.implied(&self.start, sample).unwrap());
        let by_differences = |k: usize| {
            let (mut low, mut high) = (self.start.clone(), self.start.clone());
            let h = 1e-5 * (1.0 + self.start[k].abs());
            (low[k], high[k]) = (low[k] - h, high[k] + h);
            (f(&high) - f(&low)) / (2.0 * h)
        };
        (0..slope.len()).map(|k| (slope[k], by_differences(k))).collect()
    }
}

/// Directions of Σ and μ: by parameter its place among all and the factor c, and the columns u, v and those of the means.
struct Moves {
    of: Vec<(usize, f64)>,
    directions: [DMatrix<f64>; 3],
}

fn apart(groups: &[usize]) -> Vec<Vec<usize>> {
    groups.iter().map(|group| vec![*group]).collect()
}

/// Where a loading starts: the centroid of its factor.
fn loading(sample: &GroupMatrices, factor_of: &[usize], item: usize) -> f64 {
    let own: Vec<usize> = (0..factor_of.len()).filter(|i| factor_of[*i] == factor_of[item]).collect();
    let shared = |i: usize| own.iter().filter(|j| **j != i).map(|j| sample.covariance[(i, *j)]).sum::<f64>();
    let spread = sample.covariance[(item, item)].sqrt();
    let mean = shared(item) / (own.len() as f64 - 1.0).max(1.0);
    let all = own.iter().map(|i| shared(*i)).sum::<f64>() / (own.len() * (own.len() - 1)).max(1) as f64;
    let found = if all > 0.0 { mean / all.sqrt() } else { 0.5 * spread };
    // Nowhere at zero, where a factor of few items has no slope, and nowhere beyond what the item has.
    found.clamp(-0.9 * spread, 0.9 * spread).abs().max(0.2 * spread) * if found < 0.0 { -1.0 } else { 1.0 }
}

/// Where a correlation of factors starts: that of the sums of their items, held back.
fn between(sample: &GroupMatrices, factor_of: &[usize], (one, other): (usize, usize)) -> f64 {
    let of = |factor: usize| (0..factor_of.len()).filter(move |i| factor_of[*i] == factor);
    let sum = |a: usize, b: usize| -> f64 {
        of(a).flat_map(|i| of(b).map(move |j| (i, j))).map(|(i, j)| sample.covariance[(i, j)]).sum()
    };
    let found = sum(one, other) / (sum(one, one) * sum(other, other)).sqrt();
    if found.is_finite() { found.clamp(-0.6, 0.6) } else { 0.0 }
}
