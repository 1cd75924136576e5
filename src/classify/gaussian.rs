//! Gaussian naive Bayes: linfa's fit, converted to plain numbers.
//!
//! Owns the smoothing and weighted fits. linfa accepts weights and ignores them, and fails on a table in which nothing varies;
//! in both cases the same closed form is computed here. A fit is exact: there is nothing to converge.

use linfa::Dataset;
use linfa::traits::Fit as _;
use linfa_bayes::GaussianNb;
use ndarray::{Array1, Array2};
use serde_json::Value;

use super::form::Discriminant;
use super::learner::{FitError, FitReport, Learner, LearnerFit, Solver, check, loss};
use super::solver::TrainingSet;

/// Added to every variance, as a share of the largest variance of a column (scikit-learn's default as well).
const SMOOTHING: f64 = 1e-9;

/// Naive Bayes with a normal distribution for each class and column.
pub struct Gaussian;

impl Learner for Gaussian {
    fn id(&self) -> &'static str {
        "gaussian"
    }

    fn about(&self) -> &'static str {
        "Gaussian naive Bayes (linfa's). Each feature is normal within each class, features are taken as independent \
         given the class; variances are smoothed by 1e-9 of the largest. Fits in one pass and has no strength \
         to choose. An indicator of a missing value, which is one of two numbers, is taken for normal as well: where no row of a class lacks \
         the feature, one that lacks it is as good as impossible in that class. With gaps, prefer the default. Features that say the same thing are counted twice, so its probabilities are overconfident: calibrate, and \
         compare with the default. Columns are standardised first, and the smoothing is a share of their variances then: equals GaussianNB behind StandardScaler in \
         scikit-learn, and GaussianNB alone only where no variance within a class comes near the smoothing. Reference: Hastie, Tibshirani and Friedman 2009, The \
         Elements of Statistical Learning, section 6.6.3."
    }

    fn strengths(&self) -> &'static [f64] {
        &[]
    }

    fn fit(&self, sample: &TrainingSet<'_>, alpha: f64) -> Result<LearnerFit, FitError> {
        check(sample, alpha)?;
        let log_shares: Vec<f64> = sample.margins().iter().map(|share| share.ln()).collect();
        let proposal = if sample.weights.is_none() { linfa(sample) } else { None };
        let solver = if proposal.is_some() { Solver::Linfa } else { Solver::Own };
        let (means, variances) = proposal.unwrap_or_else(|| closed_form(sample));
        let form = Discriminant::Gaussian { log_shares, means, variances };
        if !form.is_sound(sample.classes, sample.features) {
            return Err(FitError::NotConverged { iterations: 0, gradient: f64::NAN });
        }
        let loss = loss(&form, sample);
        Ok(LearnerFit {
            form,
            report: FitReport { solver, iterations: 0, gradient: 0.0, loss, converged: true },
        })
    }
}

type Moments = (Vec<Vec<f64>>, Vec<Vec<f64>>);

/// Means and variances as linfa finds them, if they are usable. Its fields are private; its serialised form is public.
fn linfa(sample: &TrainingSet<'_>) -> Option<Moments> {
    let rows = sample.labels.len();
    let x = Array2::from_shape_vec((rows, sample.features), sample.x.to_vec()).ok()?;
    let dataset = Dataset::new(x, Array1::from(sample.labels.to_vec()));
    let fitted = GaussianNb::<f64, usize>::params().var_smoothing(SMOOTHING).fit(&dataset).ok()?;
    let written = serde_json::to_value(&fitted).ok()?;
    let by_class = |field: &str| -> Option<Vec<Vec<f64>>> {
        (0..sample.classes)
            .map(|class| numbers(written.get("class_info")?.get(class.to_string())?.get(field)?.get("data")?))
            .collect()
    };
    let (means, variances) = (by_class("theta")?, by_class("sigma")?);
    let usable = |matrix: &[Vec<f64>]| matrix.iter().all(|row| row.len() == sample.features);
    let positive = variances.iter().flatten().all(|variance| *variance > 0.0);
    (usable(&means) && usable(&variances) && positive).then_some((means, variances))
}

fn numbers(value: &Value) -> Option<Vec<f64>> {
    value.as_array()?.iter().map(Value::as_f64).collect()
}

/// Weighted means and variances by class.
fn closed_form(sample: &TrainingSet<'_>) -> Moments {
    let all = moments(sample, |_| true);
    let largest = all.1.iter().copied().fold(0.0, f64::max);
    // Where nothing varies, a share of the largest variance is zero; any positive number then treats all classes equally.
    let added = SMOOTHING * if largest > 0.0 { largest } else { 1.0 };
    let by_class = (0..sample.classes).map(|class| {
        let (means, mut variances) = moments(sample, |label| label == class);
        variances.iter_mut().for_each(|variance| *variance += added);
        (means, variances)
    });
    by_class.unzip()
}

fn moments(sample: &TrainingSet<'_>, wanted: impl Fn(usize) -> bool) -> (Vec<f64>, Vec<f64>) {
    let rows: Vec<usize> = (0..sample.labels.len()).filter(|&row| wanted(sample.labels[row])).collect();
    let total: f64 = rows.iter().map(|&row| sample.weight(row)).sum();
    let mut means = vec![0.0; sample.features];
    for &row in &rows {
        for (mean, value) in means.iter_mut().zip(sample.row(row)) {
            *mean += sample.weight(row) * value / total;
        }
    }
    let mut variances = vec![0.0; sample.features];
    for &row in &rows {
        for ((variance, mean), value) in variances.iter_mut().zip(&means).zip(sample.row(row)) {
            *variance += sample.weight(row) * (value - mean) * (value - mean) / total;
        }
    }
    (means, variances)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    #[test]
    fn linfa_and_the_closed_form_agree() {
        let mut rng = Rng::new(8);
        let labels: Vec<usize> = (0..200).map(|row| row % 4).collect();
        let x: Vec<f64> = (0..600).map(|_| rng.normal()).collect();
        let sample = TrainingSet { x: &x, features: 3, labels: &labels, classes: 4, weights: None };
        let ones = vec![1.0; 200];
        let plain = Gaussian.fit(&sample, 1.0).unwrap();
        let weighted = Gaussian.fit(&TrainingSet { weights: Some(&ones), ..sample }, 1.0).unwrap();
        assert_eq!((plain.report.solver, weighted.report.solver), (Solver::Linfa, Solver::Own));
        for class in 0..4 {
            for row in 0..20 {
                let z = &x[row * 3..row * 3 + 3];
                assert!((plain.form.score(class, z) - weighted.form.score(class, z)).abs() < 1e-10);
            }
        }
    }

    #[test]
    fn the_probabilities_of_scikit_learn() {
        // GaussianNB().fit([[0, 1], [2, 1], [4, 3], [6, 7]], [0, 0, 1, 1]).predict_joint_log_proba([[1, 2]]), worked by hand:
        // class 0 has means 1, 1 and variances 1, 0; class 1 means 5, 5 and variances 1, 4; 6·10⁻⁹ is added (6 is the largest
        // variance of a column).
        let x = [0.0, 1.0, 2.0, 1.0, 4.0, 3.0, 6.0, 7.0];
        let sample = TrainingSet { x: &x, features: 2, labels: &[0, 0, 1, 1], classes: 2, weights: None };
        let form = Gaussian.fit(&sample, 1.0).unwrap().form;
        let ln = |variance: f64| -0.5 * (std::f64::consts::TAU * variance).ln();
        let second = 0.5_f64.ln() + ln(1.0) - 8.0 + ln(4.0) - 9.0 / 8.0;
        assert!((form.score(1, &[1.0, 2.0]) - second).abs() < 1e-6);
        assert!(
            form.score(0, &[1.0, 2.0]) < -1e7,
            "a column without spread in a class is near-certain evidence"
        );
    }

    #[test]
    fn a_weight_of_two_is_a_row_twice_and_a_table_without_spread_has_a_fit() {
        let long = TrainingSet {
            x: &[0.0, 0.0, 1.0, 3.0, 4.0],
            features: 1,
            labels: &[0, 0, 0, 1, 1],
            classes: 2,
            weights: None,
        };
        let short = TrainingSet {
            x: &[0.0, 1.0, 3.0, 4.0],
            labels: &[0, 0, 1, 1],
            weights: Some(&[2.0, 1.0, 1.0, 1.0]),
            ..long
        };
        let (a, b) = (Gaussian.fit(&long, 1.0).unwrap().form, Gaussian.fit(&short, 1.0).unwrap().form);
        assert!((a.score(0, &[2.0]) - b.score(0, &[2.0])).abs() < 1e-6);
        let flat = TrainingSet { x: &[0.0; 4], ..short };
        assert!(Gaussian.fit(&TrainingSet { weights: None, ..flat }, 1.0).is_ok());
    }
}
