//! Probabilities for many rows, fast. Owns the arrangement of the numbers in memory; the results are those of
//! [`Model::predict`], up to the last digits. Rows are independent, so the number of threads changes nothing.

use super::profile::softmax;
use super::{Discriminant, MissingPolicy, Model, ModelError};
use crate::classify::exponential::exp;
use crate::classify::parallel;

/// Rows that one thread takes at a time.
const BLOCK: usize = 4_096;
/// Rows whose scores are turned into shares together: they and their values stay in the nearest cache.
const TILE: usize = 64;
/// Rows processed together, so that no addition waits for the previous one.
const ABREAST: usize = 2;

/// A model made ready for many rows.
#[derive(Debug, Clone)]
pub struct Scorer<'a> {
    model: &'a Model,
    /// The fast path of a linear form.
    linear: Option<Linear>,
}

/// Score = start + Σ (value − mean)·weight, with scale and temperature in the weights.
#[derive(Debug, Clone)]
struct Linear {
    /// For a row that lacks nothing.
    start: [f64; 4],
    features: Vec<Feature>,
    /// Which feature, and what is added where it is missing.
    gaps: Vec<(usize, [f64; 4])>,
}

#[derive(Debug, Clone, Copy)]
struct Feature {
    mean: f64,
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
        let mut out = [[0.0; 4]];
        self.table(values, &mut out)?;
        let [shares] = out;
        Ok(shares)
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
        let done = parallel::map(blocks, |(values, out): (&[f64], &mut [[f64; 4]])| self.block(values, out));
        done.into_iter().collect()
    }

    fn block(&self, values: &[f64], out: &mut [[f64; 4]]) -> Result<(), ModelError> {
        let width = self.model.feature_names.len();
        for (values, out) in values.chunks(TILE * width.max(1)).zip(out.chunks_mut(TILE)) {
            if let Some(linear) = &self.linear {
                linear.scores(values, out);
                shares(out);
            } else {
                out.fill([f64::NAN; 4]);
            }
            for (row, slot) in values.chunks_exact(width).zip(out) {
                // A value that is missing or infinite shows in the shares: asking every value would cost more than the sums do.
                if slot.iter().any(|share| share.is_nan()) {
                    *slot = self.careful(row)?;
                }
            }
        }
        Ok(())
    }

    /// A single row that may have missing values, or a form without the fast path.
    fn careful(&self, values: &[f64]) -> Result<[f64; 4], ModelError> {
        let refused = |value: &f64| {
            value.is_infinite() || (value.is_nan() && self.model.missing == MissingPolicy::Refuse)
        };
        let unusable = |place: usize| ModelError::NotFinite(self.model.feature_names[place].clone());
        if let Some(place) = values.iter().position(refused) {
            return Err(unusable(place));
        }
        if let Some(linear) = &self.linear {
            let mut slot = [linear.with_gaps(values)];
            shares(&mut slot);
            let [found] = slot;
            return match found.iter().any(|share| share.is_nan()) {
                // Finite, but too large to be multiplied.
                true => Err(unusable(largest(values))),
                false => Ok(found),
            };
        }
        let model = self.model;
        let mut columns = Vec::with_capacity(model.encoding.width());
        model.encoding.encode(values, &mut columns);
        let logit = |class| model.form.score(class, &columns) / model.temperature + model.shift(class);
        let logits: Vec<f64> = (0..model.classes.len()).map(logit).collect();
        if logits.iter().any(|logit| !logit.is_finite()) {
            return Err(unusable(largest(values)));
        }
        let mut probabilities = [0.0; 4];
        for (class, share) in model.classes.iter().zip(softmax(&logits)) {
            probabilities[class.index()] = share;
        }
        Ok(probabilities)
    }
}

/// The place of the value that lies furthest from zero.
fn largest(values: &[f64]) -> usize {
    let size = |place: &usize| values[*place].abs();
    (0..values.len()).max_by(|a, b| size(a).total_cmp(&size(b))).unwrap_or(0)
}

impl Linear {
    fn of(model: &Model) -> Option<Self> {
        let Discriminant::Linear { coefficients, intercepts } = &model.form else { return None };
        let encoding = &model.encoding;
        let width = model.feature_names.len();
        // A class that the model does not know never gets a share: exp(−∞) is 0.
        let mut start = [f64::NEG_INFINITY; 4];
        let mut features: Vec<Feature> =
            encoding.means.iter().map(|&mean| Feature { mean, weights: [0.0; 4] }).collect();
        let mut gaps: Vec<(usize, [f64; 4])> =
            encoding.indicators.iter().map(|column| (column.feature, [0.0; 4])).collect();
        for (class, label) in model.classes.iter().enumerate() {
            let slot = label.index();
            let (own, of_gaps) = coefficients[class].split_at(width);
            let present =
                encoding.indicators.iter().zip(of_gaps).map(|(column, c)| c * column.standard(false));
            let score = intercepts[class] + present.sum::<f64>();
            start[slot] = score / model.temperature + model.shift(class);
            for (feature, (coefficient, scale)) in features.iter_mut().zip(own.iter().zip(&encoding.scales)) {
                feature.weights[slot] = coefficient / (scale * model.temperature);
            }
            for ((_, added), (column, c)) in gaps.iter_mut().zip(encoding.indicators.iter().zip(of_gaps)) {
                added[slot] = c * (column.standard(true) - column.standard(false)) / model.temperature;
            }
        }
        Some(Self { start, features, gaps })
    }

    /// Scores of some rows; not a number where a value is missing or infinite.
    fn scores(&self, values: &[f64], scores: &mut [[f64; 4]]) {
        let width = self.features.len();
        let (abreast, rest) = scores.as_chunks_mut::<ABREAST>();
        let (values, last) = values.split_at(abreast.len() * ABREAST * width);
        for (values, scores) in values.chunks_exact(ABREAST * width).zip(abreast) {
            let lines: [&[f64]; ABREAST] = std::array::from_fn(|row| &values[row * width..][..width]);
            let mut sums = [self.start; ABREAST];
            for (at, feature) in self.features.iter().enumerate() {
                for (sums, line) in sums.iter_mut().zip(lines) {
                    feature.add(line[at], sums);
                }
            }
            *scores = sums;
        }
        for (line, score) in last.chunks_exact(width).zip(rest) {
            *score = self.start;
            for (feature, &value) in self.features.iter().zip(line) {
                feature.add(value, score);
            }
        }
    }

    /// The scores of a row in which NaN is missing: the mean is used instead, and the indicators are added.
    fn with_gaps(&self, values: &[f64]) -> [f64; 4] {
        let mut sums = self.start;
        for (feature, &value) in self.features.iter().zip(values) {
            if !value.is_nan() {
                feature.add(value, &mut sums);
            }
        }
        for (feature, added) in &self.gaps {
            if values.get(*feature).is_some_and(|value| value.is_nan()) {
                sums.iter_mut().zip(added).for_each(|(sum, added)| *sum += added);
            }
        }
        sums
    }
}

impl Feature {
    #[inline(always)]
    fn add(&self, value: f64, sums: &mut [f64; 4]) {
        let distance = value - self.mean;
        for (sum, weight) in sums.iter_mut().zip(&self.weights) {
            *sum += distance * weight;
        }
    }
}

/// Turns scores into shares; not a number where a score is not finite or none is.
fn shares(scores: &mut [[f64; 4]]) {
    for score in scores.iter_mut() {
        let higher = |a: f64, b: f64| if a > b { a } else { b };
        let highest = higher(higher(score[0], score[1]), higher(score[2], score[3]));
        score.iter_mut().for_each(|score| *score -= highest);
    }
    scores.as_flattened_mut().iter_mut().for_each(|score| *score = exp(*score));
    for share in scores.iter_mut() {
        let sum = (share[0] + share[1]) + (share[2] + share[3]);
        share.iter_mut().for_each(|share| *share /= sum);
    }
}
