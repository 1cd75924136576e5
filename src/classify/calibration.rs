//! Does calibrating help a study of ordinary size? Many simulated studies, each calibrated in every way and judged on
//! respondents that it was not trained on.
//!
//! Owns the experiment, not its printing. It decides the default of [`Calibrate`]: a way that loses on average here may not be
//! the default. Like recovery it uses simulated answers, and says nothing about a real study's own calibration.

use serde::{Deserialize, Serialize};

use super::dataset::{Dataset, DatasetError};
use super::evaluate::held_out;
use super::metrics::evaluate;
use super::model::{Model, ModelError};
use super::parallel;
use super::recovery::STUDY;
use super::reference::{FeaturePlan, Generator, ReferenceError, simulate};
use super::train::{Calibrate, TrainError, Training, train};
use crate::rng::Rng;

/// Fresh sessions that judge each study.
pub const HELD_OUT: usize = 2_000;
/// A log loss that grew by more than this share got worse.
const WORSE: f64 = 0.01;

/// What one way of calibrating does, compared with none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CalibrationEffect {
    /// The way.
    pub calibrate: Calibrate,
    /// Mean held-out log loss.
    pub log_loss: f64,
    /// Mean change of it against no calibration; below 0 it helps.
    pub change: f64,
    /// Standard error of that mean over studies.
    pub change_se: f64,
    /// Share of studies in which the log loss got worse by more than 1 %.
    pub worse: f64,
    /// Mean held-out calibration error.
    pub calibration_error: f64,
    /// Mean temperature.
    pub temperature: f64,
    /// Share of studies whose temperature is not 1.
    pub scaled: f64,
}

/// Why there is no table.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum CalibrationError {
    /// Sessions could not be simulated.
    #[error(transparent)]
    Reference(#[from] ReferenceError),
    /// A study is no table to learn from.
    #[error(transparent)]
    Dataset(#[from] DatasetError),
    /// A study could not be trained on.
    #[error(transparent)]
    Train(#[from] TrainError),
    /// A session could not be predicted.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// Log loss, calibration error and temperature of one study under one way.
type Outcome = (f64, f64, f64);

const WAYS: [Calibrate; 3] = [Calibrate::Off, Calibrate::Auto, Calibrate::On];

/// The experiment: `studies` simulated studies of [`STUDY`] sessions each. Equal arguments give equal tables.
///
/// # Errors
/// A plan on which nothing can be simulated or trained.
pub fn calibration(
    plan: &FeaturePlan,
    learner: &str,
    studies: usize,
    seed: u64,
) -> Result<Vec<CalibrationEffect>, CalibrationError> {
    let mut seeds = Rng::for_purpose(seed, "studies of calibration");
    let tasks: Vec<(u64, u64)> = (0..studies).map(|_| (seeds.bits(), seeds.bits())).collect();
    let found = parallel::map(tasks, |(own, other)| study(plan, learner, own, other));
    let outcomes = found.into_iter().collect::<Result<Vec<[Outcome; 3]>, CalibrationError>>()?;
    let n = outcomes.len().max(1) as f64;
    let row = |(way, &calibrate): (usize, &Calibrate)| {
        let mean = |of: &dyn Fn(&[Outcome; 3]) -> f64| outcomes.iter().map(of).sum::<f64>() / n;
        let change = |study: &[Outcome; 3]| study[way].0 - study[0].0;
        let centre = mean(&change);
        let variance = mean(&|study| (change(study) - centre).powi(2));
        CalibrationEffect {
            calibrate,
            log_loss: mean(&|study| study[way].0),
            change: centre,
            change_se: (variance / n).sqrt(),
            worse: mean(&|study| f64::from(study[way].0 > (1.0 + WORSE) * study[0].0)),
            calibration_error: mean(&|study| study[way].1),
            temperature: mean(&|study| study[way].2),
            scaled: mean(&|study| f64::from(study[way].2 != 1.0)),
        }
    };
    Ok(WAYS.iter().enumerate().map(row).collect())
}

fn study(plan: &FeaturePlan, learner: &str, own: u64, other: u64) -> Result<[Outcome; 3], CalibrationError> {
    let sample = simulate(plan, &Generator::default(), STUDY, own)?;
    let fresh = simulate(plan, &Generator::default(), HELD_OUT, other)?;
    let data = Dataset::new(&sample.features(), sample.coded, None)?;
    let how =
        |calibrate| Training { learner: learner.to_owned(), seed: own, calibrate, ..Training::default() };
    let auto = train(&data, &how(Calibrate::Auto))?;
    let on = train(&data, &how(Calibrate::On))?;
    // The strength is chosen before the temperature, so the model without calibration differs only in that one number.
    let off = Model { temperature: 1.0, ..auto.clone() };
    let mut outcomes = [(0.0, 0.0, 1.0); 3];
    for (slot, model) in outcomes.iter_mut().zip([off, auto, on]) {
        let predictions = held_out(&model, &fresh.features(), &fresh.coded)?;
        let found = evaluate(&predictions, 0, &mut Rng::new(0));
        let number = |value: Option<f64>| value.unwrap_or(f64::INFINITY);
        *slot = (number(found.log_loss.value), number(found.calibration_error.value), model.temperature);
    }
    Ok(outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_calibration_changes_nothing_and_the_table_repeats() {
        let plan =
            FeaturePlan { vignettes: vec![], allocation: None, ..FeaturePlan::customer_interview_like() };
        let table = calibration(&plan, "softmax", 3, 5).unwrap();
        assert_eq!(table, calibration(&plan, "softmax", 3, 5).unwrap());
        assert_eq!((table[0].change, table[0].worse, table[0].scaled), (0.0, 0.0, 0.0));
        assert!(table.iter().all(|row| row.log_loss > 0.5 && row.log_loss < 1.2));
        assert!(table[2].scaled == 1.0 && table[2].temperature != 1.0);
    }
}
