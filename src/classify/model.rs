//! A fitted model and what it says of a session.
//!
//! Owns the file format of models (plain, versioned, no type of linfa's) and the profile. Refuses a session that lacks a
//! feature: imputing would pass off the average respondent's answers as this one's.

use serde::{Deserialize, Serialize};

use super::features::{CLOSENESS, FeatureSet};
use super::learner::{Fit, FitReport};
use crate::instrument::construct::RelationalModel;

/// Version of the format of [`Model`].
pub const SCHEMA: u32 = 1;
/// A profile whose highest probability is below this is uncertain.
pub const MIN_TOP: f64 = 0.50;
/// A profile whose highest probability leads the second by less than this is uncertain.
pub const MIN_LEAD: f64 = 0.15;

/// A fitted classifier: p ∝ exp(score/T)·prior/margin, score = intercept + Σ coefficient·(value − mean)/scale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Model {
    /// Format version, [`SCHEMA`].
    pub schema: u32,
    /// Id of the learner.
    pub learner: String,
    /// What the model rests on, such as "reference model, simulated".
    pub basis: String,
    /// Features in the order of all vectors below.
    pub feature_names: Vec<String>,
    /// Training mean of each feature.
    pub means: Vec<f64>,
    /// Training SD of each feature; 1 for one without spread.
    pub scales: Vec<f64>,
    /// Classes in the order of all vectors below; two to four.
    pub classes: Vec<RelationalModel>,
    /// For each class the coefficient of each standardised feature.
    pub coefficients: Vec<Vec<f64>>,
    /// For each class.
    pub intercepts: Vec<f64>,
    /// Weighted share of each class in the training table.
    pub margins: Vec<f64>,
    /// Share of each class that predictions assume.
    pub prior: Vec<f64>,
    /// Scores are divided by this; 1 is off.
    pub temperature: f64,
    /// L2 strength.
    pub alpha: f64,
    /// Closeness below this is low engagement; absent without the feature.
    pub low_engagement: Option<f64>,
    /// Rows trained on.
    pub rows: usize,
    /// SHA-256 of the training table.
    pub fingerprint: String,
    /// How the optimum was reached.
    pub fit: FitReport,
}

/// What [`Model::assemble`] puts together.
pub(super) struct Recipe {
    pub learner: String,
    pub feature_names: Vec<String>,
    pub means: Vec<f64>,
    pub scales: Vec<f64>,
    pub classes: Vec<RelationalModel>,
    pub margins: Vec<f64>,
    pub fit: Fit,
    pub alpha: f64,
    pub temperature: f64,
    pub rows: usize,
    pub fingerprint: String,
    pub basis: String,
    pub low_engagement: Option<f64>,
}

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
    /// Its value in this session, not standardised.
    pub value: f64,
    /// Log-odds added for the dominant model against the second: coefficient difference × standardised value.
    pub weight: f64,
}

/// Why there is no profile, or no such model.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// The session lacks features.
    #[error("the session lacks {}", .0.join(", "))]
    MissingFeatures(Vec<String>),
    /// A feature is not a finite number.
    #[error("`{0}` is not a finite number")]
    NotFinite(String),
    /// A prior that is not four positive shares.
    #[error("a prior needs a positive share for every model")]
    Prior,
    /// A file that is not a model of this version.
    #[error("this is no model that this version of relata can use: {0}")]
    Unusable(&'static str),
}

impl Model {
    pub(super) fn assemble(recipe: Recipe) -> Self {
        Self {
            schema: SCHEMA,
            learner: recipe.learner,
            basis: recipe.basis,
            feature_names: recipe.feature_names,
            means: recipe.means,
            scales: recipe.scales,
            classes: recipe.classes,
            coefficients: recipe.fit.coefficients,
            intercepts: recipe.fit.intercepts,
            prior: recipe.margins.clone(),
            margins: recipe.margins,
            temperature: recipe.temperature,
            alpha: recipe.alpha,
            low_engagement: recipe.low_engagement,
            rows: recipe.rows,
            fingerprint: recipe.fingerprint,
            fit: recipe.fit.report,
        }
    }

    /// Whether a model that came from outside (a file, a study) can be used: version and shapes.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self) -> Result<(), ModelError> {
        let (width, classes) = (self.feature_names.len(), self.classes.len());
        let wide = |vector: &Vec<f64>| vector.len() == width;
        let by_class = [&self.intercepts, &self.margins, &self.prior];
        let positive = |value: &f64| value.is_finite() && *value > 0.0;
        if self.schema != SCHEMA {
            Err(ModelError::Unusable("another version of the format"))
        } else if !(2..=4).contains(&classes) || by_class.iter().any(|v| v.len() != classes) {
            Err(ModelError::Unusable("classes and their numbers differ"))
        } else if !wide(&self.means)
            || !wide(&self.scales)
            || self.coefficients.len() != classes
            || !self.coefficients.iter().all(wide)
        {
            Err(ModelError::Unusable("features and their numbers differ"))
        } else if !positive(&self.temperature)
            || !self.scales.iter().all(positive)
            || !self.prior.iter().chain(&self.margins).all(positive)
        {
            Err(ModelError::Unusable("a number that must be positive is not"))
        } else if !self
            .coefficients
            .iter()
            .chain([&self.means, &self.intercepts])
            .flatten()
            .all(|value| value.is_finite())
        {
            Err(ModelError::Unusable("a number is not finite"))
        } else {
            Ok(())
        }
    }

    /// The same model under another prior: shares of CS, AR, EM, MP, of which those of its classes count and are brought
    /// to a sum of 1. Scores move by the log ratio of prior to training margin.
    ///
    /// # Errors
    /// A share that is not positive.
    pub fn with_prior(&self, shares: [f64; 4]) -> Result<Self, ModelError> {
        let own: Vec<f64> = self.classes.iter().map(|class| shares[class.index()]).collect();
        if own.iter().any(|share| !share.is_finite() || *share <= 0.0) {
            return Err(ModelError::Prior);
        }
        let sum: f64 = own.iter().sum();
        Ok(Self { prior: own.iter().map(|share| share / sum).collect(), ..self.clone() })
    }

    /// The profile of a session. Features that the model does not know are ignored.
    ///
    /// # Errors
    /// A feature that is missing or not finite, or a model from outside that does not pass [`Model::check`].
    pub fn predict(&self, features: &FeatureSet) -> Result<Profile, ModelError> {
        self.check()?;
        let values = self.values(features)?;
        let standard: Vec<f64> = values
            .iter()
            .zip(self.means.iter().zip(&self.scales))
            .map(|(value, (mean, scale))| (value - mean) / scale)
            .collect();
        let logits: Vec<f64> = (0..self.classes.len())
            .map(|class| {
                let answers = self.coefficients[class].iter().zip(&standard);
                self.start(class) + answers.map(|(c, z)| c * z / self.temperature).sum::<f64>()
            })
            .collect();
        let shares = softmax(&logits);
        let mut order: Vec<usize> = (0..shares.len()).collect();
        // A stable sort: ties keep the order of the classes, on every machine.
        order.sort_by(|&a, &b| shares[b].total_cmp(&shares[a]));
        let (first, second) = (order[0], order[1]);
        let mut probabilities = [0.0; 4];
        for (class, share) in self.classes.iter().zip(&shares) {
            probabilities[class.index()] = *share;
        }
        let margin = shares[first] - shares[second];
        let closeness = features.get(CLOSENESS);
        Ok(Profile {
            probabilities,
            dominant: self.classes[first],
            second: self.classes[second],
            margin,
            uncertain: shares[first] < MIN_TOP || margin < MIN_LEAD,
            closeness,
            engagement: closeness
                .zip(self.low_engagement)
                .map(|(found, cut)| if found < cut { Engagement::Low } else { Engagement::Normal }),
            contributions: self.contributions(&values, &standard, (first, second)),
            head_start: self.start(first) - self.start(second),
            basis: self.basis.clone(),
        })
    }

    fn values(&self, features: &FeatureSet) -> Result<Vec<f64>, ModelError> {
        let mut values = Vec::with_capacity(self.feature_names.len());
        let mut missing = Vec::new();
        for name in &self.feature_names {
            match features.get(name) {
                Some(value) if value.is_finite() => values.push(value),
                Some(_) => return Err(ModelError::NotFinite(name.clone())),
                None => missing.push(name.clone()),
            }
        }
        if missing.is_empty() { Ok(values) } else { Err(ModelError::MissingFeatures(missing)) }
    }

    /// The score of a class before any answer. The prior enters after the temperature: it is a share, not a score.
    fn start(&self, class: usize) -> f64 {
        self.intercepts[class] / self.temperature + (self.prior[class] / self.margins[class]).ln()
    }

    fn contributions(
        &self,
        values: &[f64],
        standard: &[f64],
        (first, second): (usize, usize),
    ) -> Vec<Contribution> {
        let weight = |feature: usize| {
            let difference = self.coefficients[first][feature] - self.coefficients[second][feature];
            difference * standard[feature] / self.temperature
        };
        let mut contributions: Vec<Contribution> = self
            .feature_names
            .iter()
            .enumerate()
            .map(|(place, name)| Contribution {
                feature: name.clone(),
                value: values[place],
                weight: weight(place),
            })
            .collect();
        contributions.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        contributions
    }
}

/// Shares proportional to the exponentials.
fn softmax(logits: &[f64]) -> Vec<f64> {
    let highest = logits.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raised: Vec<f64> = logits.iter().map(|logit| (logit - highest).exp()).collect();
    let sum: f64 = raised.iter().sum();
    raised.iter().map(|value| value / sum).collect()
}

#[cfg(test)]
mod tests;
