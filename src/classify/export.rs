//! A model for other engines: SQL text and ONNX bytes, for tables stored elsewhere.
//!
//! Owns the translation. An exported model gives the same probabilities as [`Model::predict`](super::model::Model::predict) to
//! nine digits, with missing values handled alike. Refuses a model that does not pass its check.

mod onnx;
mod protobuf;
mod sql;

pub use onnx::onnx;
pub use sql::{Dialect, sql};

use super::form::Discriminant;
use super::model::Model;

/// The part of a class's logit that does not depend on the row.
fn constant(model: &Model, class: usize) -> f64 {
    let constant = match &model.form {
        Discriminant::Linear { intercepts, .. } => intercepts[class],
        Discriminant::Gaussian { log_shares, variances, .. } => {
            let spread = |variance: &f64| 0.5 * (std::f64::consts::TAU * variance).ln();
            log_shares[class] - variances[class].iter().map(spread).sum::<f64>()
        }
        // The starting value is contained in every leaf.
        Discriminant::Trees { .. } => 0.0,
    };
    constant / model.temperature + model.shift(class)
}
