//! A model for other engines: SQL text and ONNX bytes, for tables that lie elsewhere.
//!
//! Owns the translation. What leaves gives the same probabilities as [`Model::predict`](super::model::Model::predict) to nine digits,
//! missing values alike. Refuses a model that does not pass its check.

mod onnx;
mod protobuf;
mod sql;

pub use onnx::onnx;
pub use sql::{Dialect, sql};

use super::form::Discriminant;
use super::model::Model;

/// What a class has in its logit whatever the row.
fn constant(model: &Model, class: usize) -> f64 {
    let constant = match &model.form {
        Discriminant::Linear { intercepts, .. } => intercepts[class],
        Discriminant::Gaussian { log_shares, variances, .. } => {
            let spread = |variance: &f64| 0.5 * (std::f64::consts::TAU * variance).ln();
            log_shares[class] - variances[class].iter().map(spread).sum::<f64>()
        }
        // What it has before anything is known stands in every leaf.
        Discriminant::Trees { .. } => 0.0,
    };
    constant / model.temperature + model.shift(class)
}
