//! What a model says of one row: probabilities, the call, and what spoke for it.

use serde::{Deserialize, Serialize};

use super::{FeatureSet, MIN_LEAD, MIN_TOP, Missing, Model, ModelError};
use crate::classify::features::CLOSENESS;
use crate::instrument::construct::RelationalModel;

/// What a model says of one session and perspective.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// Probabilities of CS, AR, EM, MP; 0 for a model that the classifier does not know.
    pub probabilities: [f64; 4],
    /// The most probable model.
    pub dominant: RelationalModel,
    /// The second.
    pub second: RelationalModel,
    /// Lead of the first over the second.
    pub margin: f64,
    /// Whether the call is open: top below [`MIN_TOP`] or lead below [`MIN_LEAD`]. Both candidates are shown then.
    pub uncertain: bool,
    /// Mean of the four scale means on −1…+1; absent without scales.
    pub closeness: Option<f64>,
    /// Absent without scales.
    pub engagement: Option<Engagement>,
    /// What each answer adds to the dominant model against the second, strongest first.
    pub contributions: Vec<Contribution>,
    /// Log-odds of the dominant model against the second before any answer. With the contributions it sums to
    /// ln(p dominant / p second).
    pub head_start: f64,
    /// What the model rests on.
    pub basis: String,
}

/// How much of a relation there is at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Engagement {
    /// Low closeness on all four: "no relation, only a supplier".
    Low,
    /// Anything else.
    Normal,
}

impl Engagement {
    /// The word in files and rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
        }
    }
}

/// What one feature adds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// The feature.
    pub feature: String,
    /// Its value in this session, not standardised; the training mean where it is missing, 1 or 0 for an indicator.
    pub value: f64,
    /// Log-odds added for the dominant model against the second, compared with an average row; of trees, by its splits on the
    /// way of this row.
    pub weight: f64,
}

/// The call that probabilities lead to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Call {
    /// The most probable model.
    pub dominant: RelationalModel,
    /// The second.
    pub second: RelationalModel,
    /// Lead of the first over the second.
    pub margin: f64,
    /// Whether the call is open, see [`Profile::uncertain`].
    pub uncertain: bool,
}

impl Model {
    /// The profile of a session. Features that the model does not know are ignored.
    ///
    /// # Errors
    /// A feature that is missing (if the model refuses that) or not finite, or a model that does not pass [`Model::check`].
    pub fn predict(&self, features: &FeatureSet) -> Result<Profile, ModelError> {
        self.check()?;
        let values = self.values(features)?;
        Ok(self.profile(&values, features.get(CLOSENESS)))
    }

    /// The call for probabilities of CS, AR, EM, MP. Ties keep the order of the classes, on every machine.
    pub fn call(&self, probabilities: &[f64; 4]) -> Call {
        let mut best = (0, 1);
        let p = |place: usize| probabilities[self.classes[place].index()];
        if p(1) > p(0) {
            best = (1, 0);
        }
        for place in 2..self.classes.len() {
            if p(place) > p(best.0) {
                best = (place, best.0);
            } else if p(place) > p(best.1) {
                best.1 = place;
            }
        }
        let margin = p(best.0) - p(best.1);
        Call {
            dominant: self.classes[best.0],
            second: self.classes[best.1],
            margin,
            uncertain: p(best.0) < MIN_TOP || margin < MIN_LEAD,
        }
    }

    /// The profile of raw values in the order of the features, NaN where one is missing. The model was checked.
    pub(super) fn profile(&self, values: &[f64], closeness: Option<f64>) -> Profile {
        let mut columns = Vec::with_capacity(self.encoding.width());
        self.encoding.encode(values, &mut columns);
        let logits: Vec<f64> = (0..self.classes.len())
            .map(|class| self.form.score(class, &columns) / self.temperature + self.shift(class))
            .collect();
        let shares = softmax(&logits);
        let mut probabilities = [0.0; 4];
        for (class, share) in self.classes.iter().zip(&shares) {
            probabilities[class.index()] = *share;
        }
        let call = self.call(&probabilities);
        let closeness = closeness.filter(|value| value.is_finite());
        Profile {
            probabilities,
            dominant: call.dominant,
            second: call.second,
            margin: call.margin,
            uncertain: call.uncertain,
            closeness,
            engagement: closeness
                .zip(self.low_engagement)
                .map(|(found, cut)| if found < cut { Engagement::Low } else { Engagement::Normal }),
            contributions: self.contributions(values, &columns, call),
            head_start: self.start(call.dominant) - self.start(call.second),
            basis: self.basis.clone(),
        }
    }

    /// Raw values in the order of the features.
    fn values(&self, features: &FeatureSet) -> Result<Vec<f64>, ModelError> {
        let mut values = Vec::with_capacity(self.feature_names.len());
        let mut missing = Vec::new();
        for name in &self.feature_names {
            match features.get(name) {
                Some(value) if value.is_finite() => values.push(value),
                Some(value) if value.is_infinite() || self.missing == Missing::Refuse => {
                    return Err(ModelError::NotFinite(name.clone()));
                }
                None if self.missing == Missing::Refuse => missing.push(name.clone()),
                _ => values.push(f64::NAN),
            }
        }
        if missing.is_empty() { Ok(values) } else { Err(ModelError::MissingFeatures(missing)) }
    }

    /// The prior's part in a logit. It enters after the temperature: it is a share, not a score.
    pub(in crate::classify) fn shift(&self, class: usize) -> f64 {
        (self.prior[class] / self.margins[class]).ln()
    }

    /// The logit of a model before any answer.
    fn start(&self, model: RelationalModel) -> f64 {
        let class = self.place(model);
        self.form.start(class) / self.temperature + self.shift(class)
    }

    fn place(&self, model: RelationalModel) -> usize {
        self.classes.iter().position(|class| *class == model).unwrap_or(0)
    }

    /// Strongest first, equals in the order of the columns.
    fn contributions(&self, values: &[f64], columns: &[f64], call: Call) -> Vec<Contribution> {
        let (first, second) = (self.place(call.dominant), self.place(call.second));
        let raw = |column: usize| match values.get(column) {
            Some(value) if value.is_nan() => self.encoding.means[column],
            Some(value) => *value,
            None => {
                let indicator = self.encoding.indicators.get(column - values.len());
                let missing = indicator.and_then(|found| values.get(found.feature));
                f64::from(missing.is_some_and(|value| value.is_nan()))
            }
        };
        let part = |class: usize, column: usize| self.form.part(class, column, columns);
        let mut contributions: Vec<Contribution> = self
            .encoding
            .names(&self.feature_names)
            .into_iter()
            .enumerate()
            .map(|(column, feature)| Contribution {
                feature,
                value: raw(column),
                weight: (part(first, column) - part(second, column)) / self.temperature,
            })
            .collect();
        contributions.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        contributions
    }
}

/// Shares proportional to the exponentials.
pub(super) fn softmax(logits: &[f64]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raised: Vec<f64> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f64 = raised.iter().sum();
    raised.iter().map(|value| value / sum).collect()
}
