//! Probabilities for many rows, fast. Owns the arrangement of the numbers in memory; what it returns is what
//! [`Model::predict`] returns, up to the last digits. Rows do not touch each other, so the number of threads changes nothing.

use super::profile::softmax;
use super::{Form, Missing, Model, ModelError};
use crate::classify::parallel;

/// Rows that one thread takes at a time.
const BLOCK: usize = 4_096;

/// A model made ready for many rows.
#[derive(Debug, Clone)]
pub struct Scorer<'a> {
    model: &'a Model,
    /// For a linear form without indicators' help: mean and 1/scale of a feature, then its four weights.
    linear: Option<Linear>,
}

#[derive(Debug, Clone)]
struct Linear {
    start: [f64; 4],
    features: Vec<Feature>,
}

#[derive(Debug, Clone, Copy)]
struct Feature {
    mean: f64,
    inverse: f64,
    weights: [f64; 4],
}

impl<'a> Scorer<'a> {
    /// Checks the model and arranges it.
    ///
    /// # Errors
    /// A model that does not pass [`Model::check`].
    pub fn new(model: &'a Model) -> Result<Self, ModelError> {
        model.check()?;
        Ok(Self { model, linear: Linear::of(model) })
    }

    /// The probabilities of CS, AR, EM, MP for a row of raw values in the order of the features, NaN where one is missing.
    ///
    /// # Errors
    /// Another number of values than features, an infinite value, or a missing one that the model refuses.
    pub fn probabilities(&self, values: &[f64]) -> Result<[f64; 4], ModelError> {
        if values.len() != self.model.feature_names.len() {
            return Err(ModelError::Unusable(
                "a row has another number of values than the model has features",
            ));
        }
        match self.linear.as_ref().and_then(|linear| linear.probabilities(values)) {
            Some(shares) => Ok(shares),
            None => self.slow(values),
        }
    }

    /// The same for many rows, one after the other; `out` has one entry for each.
    ///
    /// # Errors
    /// The first row that [`Scorer::probabilities`] refuses, or lengths that do not match.
    pub fn table(&self, values: &[f64], out: &mut [[f64; 4]]) -> Result<(), ModelError> {
        let width = self.model.feature_names.len();
        if values.len() != width * out.len() {
            return Err(ModelError::Unusable(
                "a row has another number of values than the model has features",
            ));
        }
        let blocks = values.chunks(BLOCK * width.max(1)).zip(out.chunks_mut(BLOCK)).collect();
        let done = parallel::map(blocks, |(values, out): (&[f64], &mut [[f64; 4]])| {
            for (row, slot) in values.chunks_exact(width).zip(out) {
                *slot = self.probabilities(row)?;
            }
            Ok(())
        });
        done.into_iter().collect()
    }

    fn slow(&self, values: &[f64]) -> Result<[f64; 4], ModelError> {
        let unusable =
            |value: &f64| value.is_infinite() || (value.is_nan() && self.model.missing == Missing::Refuse);
        if let Some(place) = values.iter().position(unusable) {
            return Err(ModelError::NotFinite(self.model.feature_names[place].clone()));
        }
        let model = self.model;
        let mut columns = Vec::with_capacity(model.encoding.width());
        model.encoding.encode(values, &mut columns);
        let logit = |class| model.form.score(class, &columns) / model.temperature + model.shift(class);
        let shares = softmax(&(0..model.classes.len()).map(logit).collect::<Vec<f64>>());
        let mut probabilities = [0.0; 4];
        for (class, share) in model.classes.iter().zip(shares) {
            probabilities[class.index()] = share;
        }
        Ok(probabilities)
    }
}

impl Linear {
    fn of(model: &Model) -> Option<Self> {
        let Form::Linear { coefficients, intercepts } = &model.form else { return None };
        // A class that the model does not know never gets a share: exp(−∞) is 0.
        let mut start = [f64::NEG_INFINITY; 4];
        let width = model.feature_names.len();
        let mut features: Vec<Feature> = (0..width)
            .map(|place| Feature {
                mean: model.encoding.means[place],
                inverse: 1.0 / model.encoding.scales[place],
                weights: [0.0; 4],
            })
            .collect();
        for (class, label) in model.classes.iter().enumerate() {
            let slot = label.index();
            // Nothing is missing on this road, so the indicators are constants.
            let present = model
                .encoding
                .indicators
                .iter()
                .enumerate()
                .map(|(place, column)| coefficients[class][width + place] * column.standard(false));
            let score = intercepts[class] + present.sum::<f64>();
            start[slot] = score / model.temperature + model.shift(class);
            for (feature, coefficient) in features.iter_mut().zip(&coefficients[class]) {
                feature.weights[slot] = coefficient / model.temperature;
            }
        }
        Some(Self { start, features })
    }

    /// `None` if a value is missing or infinite, which shows in the sum: checking every value would cost more than the sum does.
    fn probabilities(&self, values: &[f64]) -> Option<[f64; 4]> {
        // Two sums for the even and the odd features, so that additions need not wait for each other.
        let (mut even, mut odd) = (self.start, [0.0; 4]);
        let add = |sums: &mut [f64; 4], value: &f64, feature: &Feature| {
            let z = (value - feature.mean) * feature.inverse;
            for (sum, weight) in sums.iter_mut().zip(&feature.weights) {
                *sum += z * weight;
            }
        };
        let (mut value_pairs, mut feature_pairs) = (values.chunks_exact(2), self.features.chunks_exact(2));
        for (values, features) in value_pairs.by_ref().zip(feature_pairs.by_ref()) {
            if let ([a, b], [first, second]) = (values, features) {
                add(&mut even, a, first);
                add(&mut odd, b, second);
            }
        }
        for (value, feature) in value_pairs.remainder().iter().zip(feature_pairs.remainder()) {
            add(&mut even, value, feature);
        }
        let logits: [f64; 4] = std::array::from_fn(|class| even[class] + odd[class]);
        if logits.iter().any(|logit| logit.is_nan() || *logit == f64::INFINITY) {
            return None;
        }
        let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if highest == f64::NEG_INFINITY {
            return None;
        }
        let raised = logits.map(|logit| (logit - highest).exp());
        let sum: f64 = raised.iter().sum();
        Some(raised.map(|value| value / sum))
    }
}
