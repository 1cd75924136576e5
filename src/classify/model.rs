//! A fitted model and its predictions for a session.
//!
//! Owns the file format of models (plain, versioned, without any library's types). A model for sessions rejects one that lacks
//! a feature: imputing would present the average respondent's answers as this one's. A model trained on a table with gaps has
//! learnt to handle them, declares it in [`Model::missing`], and does so.

mod profile;
mod scorer;

use serde::{Deserialize, Serialize};

use super::encoding::Encoding;
use super::evaluate::Judgement;
use super::explain::Explanation;
use super::features::FeatureSet;
use super::form::Discriminant;
use super::learner::{FitReport, LearnerFit};
use super::train::ClassWeights;
use crate::instrument::construct::RelationalModel;

pub use profile::{Answers, Call, Contribution, Engagement, MIN_RATIO, Profile, is_clear};
pub use scorer::Scorer;

/// Version of the format of [`Model`].
pub const SCHEMA: u32 = 1;
/// A profile whose highest probability is below this is uncertain.
pub const MIN_TOP: f64 = 0.50;
/// A profile whose highest probability leads the second by less than this is uncertain.
pub const MIN_LEAD: f64 = 0.15;

/// What a model does about a feature that a row lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MissingPolicy {
    /// There is no prediction.
    Refuse,
    /// The training mean stands in, with an indicator where training rows lacked the feature too (see [`Encoding`]).
    Mean,
}

/// A fitted classifier: p ∝ exp(score/T)·prior/margin, the score by class from [`Discriminant`], its columns from [`Encoding`].
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
    /// From features to columns: training means, SDs (after imputing, divided by n), indicators of what is missing.
    #[serde(flatten)]
    pub encoding: Encoding,
    /// What happens to a row that lacks a feature.
    pub missing: MissingPolicy,
    /// Classes in the order of all vectors below; two to four.
    pub classes: Vec<RelationalModel>,
    /// From columns to a score for each class.
    pub form: Discriminant,
    /// Weighted share of each class in the training table.
    pub margins: Vec<f64>,
    /// Share of each class that predictions assume.
    pub prior: Vec<f64>,
    /// Scores are divided by this; 1 is off.
    pub temperature: f64,
    /// Strength of the penalty; absent for a learner that has none.
    pub alpha: Option<f64>,
    /// How classes were weighted in training.
    pub class_weights: ClassWeights,
    /// Rows trained on.
    pub rows: usize,
    /// Rows of each class.
    pub class_rows: Vec<usize>,
    /// Values that the training table lacked.
    pub missing_values: usize,
    /// SHA-256 of the training table.
    pub fingerprint: String,
    /// Seed of the folds behind strength and temperature.
    pub seed: u64,
    /// How the optimum was reached.
    pub fit: FitReport,
    /// Its performance on rows that it was not trained on, if that was measured.
    #[serde(default)]
    pub evaluation: Option<Box<Judgement>>,
    /// What its predictions are based on, if that was computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Box<Explanation>>,
}

/// What [`Model::assemble`] puts together.
pub(super) struct Recipe {
    pub learner: String,
    pub feature_names: Vec<String>,
    pub encoding: Encoding,
    pub missing: MissingPolicy,
    pub classes: Vec<RelationalModel>,
    pub margins: Vec<f64>,
    pub fit: LearnerFit,
    pub alpha: Option<f64>,
    pub class_weights: ClassWeights,
    pub temperature: f64,
    pub class_rows: Vec<usize>,
    pub missing_values: usize,
    pub fingerprint: String,
    pub seed: u64,
    pub basis: String,
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
    /// The text is not a model file.
    #[error("this is no model file: {0}")]
    Unreadable(String),
    /// A file of a later relata.
    #[error("the model has format {0}, and this relata knows {SCHEMA} and before; a newer relata made it")]
    Newer(u32),
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
            encoding: recipe.encoding,
            missing: recipe.missing,
            classes: recipe.classes,
            form: recipe.fit.form,
            prior: recipe.margins.clone(),
            margins: recipe.margins,
            temperature: recipe.temperature,
            alpha: recipe.alpha,
            class_weights: recipe.class_weights,
            rows: recipe.class_rows.iter().sum(),
            class_rows: recipe.class_rows,
            missing_values: recipe.missing_values,
            fingerprint: recipe.fingerprint,
            seed: recipe.seed,
            fit: recipe.fit.report,
            evaluation: None,
            explanation: None,
        }
    }

    /// Reads a model file and checks it.
    ///
    /// # Errors
    /// Text that is no model, one of a newer format, or one whose parts do not fit together.
    pub fn read(text: &str) -> Result<Self, ModelError> {
        #[derive(Deserialize)]
        struct Peek {
            schema: u32,
        }
        // The version first, because a newer file may contain fields that this version can't parse.
        let peek: Peek = serde_json::from_str(text).map_err(|why| ModelError::Unreadable(why.to_string()))?;
        if peek.schema > SCHEMA {
            return Err(ModelError::Newer(peek.schema));
        }
        let model: Self =
            serde_json::from_str(text).map_err(|why| ModelError::Unreadable(why.to_string()))?;
        model.check()?;
        Ok(model)
    }

    /// The text of a model file.
    ///
    /// # Errors
    /// A number that JSON cannot hold.
    pub fn write(&self) -> Result<String, ModelError> {
        self.check()?;
        let text =
            serde_json::to_string_pretty(self).map_err(|why| ModelError::Unreadable(why.to_string()))?;
        Ok(text + "\n")
    }

    /// Whether a model that came from outside (a file, a study) can be used: version and shapes.
    ///
    /// # Errors
    /// What does not fit.
    pub fn check(&self) -> Result<(), ModelError> {
        let (width, classes) = (self.feature_names.len(), self.classes.len());
        let positive = |value: &f64| value.is_finite() && *value > 0.0;
        let distinct = |place: usize| !self.classes[..place].contains(&self.classes[place]);
        if self.schema != SCHEMA {
            Err(ModelError::Unusable("another version of the format"))
        } else if !(2..=4).contains(&classes)
            || !(0..classes).all(distinct)
            || self.margins.len() != classes
            || self.prior.len() != classes
        {
            Err(ModelError::Unusable("classes and their numbers differ"))
        } else if !self.encoding.is_sound(width) {
            Err(ModelError::Unusable("features and their numbers differ"))
        } else if !positive(&self.temperature) || !self.prior.iter().chain(&self.margins).all(positive) {
            Err(ModelError::Unusable("a number that must be positive is not"))
        } else if !self.form.is_sound(classes, self.encoding.width()) {
            Err(ModelError::Unusable("the fitted numbers do not match classes and features"))
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
}

#[cfg(test)]
mod tests;
