//! A model for other engines: SQL text and ONNX bytes, for tables that lie elsewhere.
//!
//! Owns the translation. What leaves gives the same probabilities as [`Model::predict`](super::model::Model::predict) to nine digits,
//! missing values alike. Refuses a model that does not pass its check.

mod onnx;
mod protobuf;
mod sql;

pub use onnx::onnx;
pub use sql::{Dialect, sql};
