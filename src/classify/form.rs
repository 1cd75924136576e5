//! The forms that a fitted classifier can take, as plain numbers.
//!
//! Every form gives each class a score, a log-odds up to a constant that all classes share, and can say what each column adds to
//! it. Refuses types of a library: a model must be readable in ten years' time, in a text editor.

mod tree;

use serde::{Deserialize, Serialize};

pub use tree::{Split, Tree, TreeNode};

/// How scores are made from columns z. All outer vectors are by class, inner ones by column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Discriminant {
    /// intercept + Σ coefficient·z.
    Linear {
        /// By class and column.
        coefficients: Vec<Vec<f64>>,
        /// By class; they sum to zero.
        intercepts: Vec<f64>,
    },
    /// ln share + Σ ln N(z; mean, variance).
    Gaussian {
        /// Logarithm of each class's weighted share.
        log_shares: Vec<f64>,
        /// Mean of each column within each class.
        means: Vec<Vec<f64>>,
        /// Variance of each column within each class, smoothed and so above zero.
        variances: Vec<Vec<f64>>,
    },
    /// ln of the class's share in the leaf to which its own tree leads z.
    Trees {
        /// By class.
        trees: Vec<Tree>,
    },
}

impl Discriminant {
    /// The score of a class.
    pub fn score(&self, class: usize, z: &[f64]) -> f64 {
        match self {
            Self::Linear { coefficients, intercepts } => intercepts[class] + dot(&coefficients[class], z),
            Self::Gaussian { log_shares, means, variances } => {
                let columns = z.iter().zip(means[class].iter().zip(&variances[class]));
                log_shares[class]
                    + columns.map(|(z, (mean, variance))| density(*z, *mean, *variance)).sum::<f64>()
            }
            Self::Trees { trees } => trees[class].score(z),
        }
    }

    /// What a class has before anything is known: its score for an average row (every column 0), or at the root of its tree.
    pub fn start(&self, class: usize) -> f64 {
        match self {
            Self::Linear { intercepts, .. } => intercepts[class],
            Self::Gaussian { means, .. } => self.score(class, &vec![0.0; means[class].len()]),
            Self::Trees { trees } => trees[class].start(),
        }
    }

    /// What a column adds to the score of a class for a row z: against an average row, or on the way down its tree. Start and parts
    /// sum to the score.
    pub fn part(&self, class: usize, column: usize, z: &[f64]) -> f64 {
        match self {
            Self::Linear { coefficients, .. } => coefficients[class][column] * z[column],
            Self::Gaussian { means, variances, .. } => {
                let (mean, variance) = (means[class][column], variances[class][column]);
                density(z[column], mean, variance) - density(0.0, mean, variance)
            }
            Self::Trees { trees } => trees[class].part(column, z),
        }
    }

    /// Coefficients and intercepts, of a linear form.
    pub fn linear(&self) -> Option<(&[Vec<f64>], &[f64])> {
        match self {
            Self::Linear { coefficients, intercepts } => Some((coefficients, intercepts)),
            Self::Gaussian { .. } | Self::Trees { .. } => None,
        }
    }

    /// Whether a form from outside fits so many classes and columns and holds only usable numbers.
    pub(super) fn is_sound(&self, classes: usize, columns: usize) -> bool {
        let finite = |value: &f64| value.is_finite();
        let vector = |values: &[f64]| values.len() == classes && values.iter().all(finite);
        let matrix = |rows: &[Vec<f64>]| {
            rows.len() == classes && rows.iter().all(|row| row.len() == columns && row.iter().all(finite))
        };
        match self {
            Self::Linear { coefficients, intercepts } => matrix(coefficients) && vector(intercepts),
            Self::Gaussian { log_shares, means, variances } => {
                vector(log_shares)
                    && matrix(means)
                    && matrix(variances)
                    && variances.iter().flatten().all(|variance| *variance > 0.0)
            }
            Self::Trees { trees } => {
                trees.len() == classes && trees.iter().all(|tree| tree.is_sound(columns))
            }
        }
    }
}

/// ln N(z; mean, variance).
fn density(z: f64, mean: f64, variance: f64) -> f64 {
    -0.5 * ((std::f64::consts::TAU * variance).ln() + (z - mean) * (z - mean) / variance)
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_gaussian_score_by_hand() {
        let form = Discriminant::Gaussian {
            log_shares: vec![0.25_f64.ln(), 0.75_f64.ln()],
            means: vec![vec![1.0], vec![0.0]],
            variances: vec![vec![4.0], vec![1.0]],
        };
        // ln ¼ − ½·ln(8π) − (3 − 1)²/8.
        let expected = 0.25_f64.ln() - 0.5 * (8.0 * std::f64::consts::PI).ln() - 0.5;
        assert!((form.score(0, &[3.0]) - expected).abs() < 1e-15);
        assert!((form.start(0) + form.part(0, 0, &[3.0]) - expected).abs() < 1e-15);
    }

    #[test]
    fn shapes_and_numbers_are_checked() {
        let linear =
            |coefficients: Vec<Vec<f64>>| Discriminant::Linear { coefficients, intercepts: vec![0.0, 0.0] };
        assert!(linear(vec![vec![1.0], vec![2.0]]).is_sound(2, 1));
        assert!(!linear(vec![vec![1.0], vec![]]).is_sound(2, 1));
        assert!(!linear(vec![vec![1.0], vec![f64::NAN]]).is_sound(2, 1));
        let flat = Discriminant::Gaussian {
            log_shares: vec![0.0; 2],
            means: vec![vec![0.0]; 2],
            variances: vec![vec![0.0]; 2],
        };
        assert!(!flat.is_sound(2, 1));
    }
}
