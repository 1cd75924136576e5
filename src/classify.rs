//! From answers to a profile: which relational model a respondent uses.
//!
//! Owns the features, the learners behind their guard, the fitted [`model::Model`], the simulated reference sample and the
//! evaluation. Refuses sentiment: no feature here contains what a respondent feels, so that a later finding about sentiment and
//! relational model cannot rest on a fit that knew it. Refuses to print and to touch disk.
//!
//! From an answer to a profile: `features` (raw parts → numbers) → `model` (numbers → four probabilities). From data to a
//! model: `reference` and `pooling` with coded sessions → `dataset` → `train` (`learner`, `softmax`, `solver`, `temperature`) →
//! `model`, judged by `evaluate` (`folds`, `metrics`) and, for the reference model, by `recovery`; `misclassification`
//! estimates its errors for each model.

pub mod calibration;
pub mod card;
mod careless;
pub mod ceiling;
pub mod dataset;
pub mod draw;
pub mod encoding;
pub mod evaluate;
pub mod explain;
mod exponential;
pub mod export;
pub mod features;
pub mod folds;
pub mod form;
mod gaussian;
pub mod learner;
pub mod metrics;
pub mod misclassification;
pub mod model;
mod parallel;
pub mod pooling;
pub mod population;
mod rates;
pub mod recovery;
pub mod reference;
pub mod session;
pub mod softmax;
pub mod solver;
pub mod strength;
mod temperature;
pub mod train;
mod tree;
