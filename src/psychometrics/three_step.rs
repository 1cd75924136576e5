//! Outcomes by class where nobody's class is known, only what a classifier says of it: bias-adjusted three-step estimation.
//!
//! Owns the weights that undo misclassification (Bolck, Croon and Hagenaars 2004; Vermunt 2010; Bakk and Vermunt 2016) and, as their
//! check, the likelihood of outcome and assignment together (Vermunt 2010). Both take what each case was assigned to, in whole or in
//! shares, and the matrix of errors: rows are true classes, columns what cases of that class are assigned to on average. Both rest on one
//! assumption: within a true class the outcome says nothing more of the assignment. Refuses to estimate the matrix.

use nalgebra::DMatrix;

use super::Uncomputable;
use super::distribution::t_critical;

/// A matrix whose inverse may blow its errors up by more than this tells classes apart by its errors: cells are known to about .01, so
/// that a weight would be wrong by a fifth of a person.
const MOST_BLOWN_UP: f64 = 20.0;
/// Steps of the search for the highest likelihood, and the change of a parameter that ends it.
const STEPS: usize = 100_000;
const STILL: f64 = 1e-13;

/// The matrix of errors, checked and turned round.
#[derive(Debug, Clone, PartialEq)]
pub struct Errors {
    rows: DMatrix<f64>,
    inverse: DMatrix<f64>,
}

impl Errors {
    /// From rows that each sum to 1.
    ///
    /// # Errors
    /// A matrix that is no such one, or one so near to singular that classes cannot be told apart.
    pub fn of(rows: &[Vec<f64>]) -> Result<Self, Uncomputable> {
        let size = rows.len();
        if size == 0 || rows.iter().any(|row| row.len() != size) {
            return Err(Uncomputable::Ragged);
        }
        if rows.iter().flatten().any(|cell| !cell.is_finite()) {
            return Err(Uncomputable::NotFinite);
        }
        let is_share = |cell: &f64| (-1e-9..=1.0 + 1e-9).contains(cell);
        let sound = rows.iter().all(|row| (row.iter().sum::<f64>() - 1.0).abs() < 1e-6);
        if !sound || !rows.iter().flatten().all(is_share) {
            return Err(Uncomputable::OutOfRange);
        }
        let matrix = DMatrix::from_fn(size, size, |row, column| rows[row][column]);
        let singular = matrix.singular_values();
        let (most, least) = (singular.max(), singular.min());
        if least <= 0.0 || most / least > MOST_BLOWN_UP {
            return Err(Uncomputable::Singular);
        }
        let inverse = matrix.clone().try_inverse().ok_or(Uncomputable::Singular)?;
        Ok(Self { rows: matrix, inverse })
    }

    /// How many classes.
    pub fn classes(&self) -> usize {
        self.rows.nrows()
    }

    /// What a case counts for each class: its assignment times the inverse. The weights of a case sum to 1, some may be negative, and over
    /// all cases of a true class those of that class come to their number and those of the others to nothing.
    pub fn weights(&self, assigned: &[f64]) -> Vec<f64> {
        let of = |class: usize| assigned.iter().enumerate().map(|(s, a)| a * self.inverse[(s, class)]).sum();
        (0..self.classes()).map(of).collect()
    }

    /// The variance that the matrix's own error adds to the mean of a class, to first order: `covariance[s]` is that of row s, `pulls[s]` is
    /// Σ w_s(y − mean) over the cases, `total` the sum of the class's weights.
    pub fn carried(&self, covariance: &[Vec<Vec<f64>>], pulls: &[f64], class: usize, total: f64) -> f64 {
        let size = self.classes();
        let column = |s: usize| self.inverse[(s, class)];
        let of = |row: &Vec<Vec<f64>>| -> f64 {
            let cells = (0..size).flat_map(|a| (0..size).map(move |b| (a, b)));
            cells.map(|(a, b)| column(a) * row[a][b] * column(b)).sum()
        };
        covariance.iter().zip(pulls).map(|(row, pull)| pull * pull * of(row)).sum::<f64>() / (total * total)
    }
}

/// Whether cases that are worth so many are enough for a mean: the sum of their weights, by which it is divided, is told from nothing.
/// The mean is a quotient; where its lower part may be nothing, Fieller's interval (1954) has no end. That is from about six on.
pub fn is_told(worth: f64, level: f64) -> bool {
    t_critical(level, worth + 1.0).is_some_and(|t| worth > t * t)
}

/// What the likelihood is highest for.
#[derive(Debug, Clone, PartialEq)]
pub struct Likeliest<T> {
    /// Shares of the classes.
    pub shares: Vec<f64>,
    /// What the outcome is like in each.
    pub classes: T,
    /// The logarithm of the likelihood there.
    pub log_likelihood: f64,
}

/// Means of an outcome that is normal in each class about a mean of its own, all with one variance: the means, and the variance.
///
/// # Errors
/// Fewer cases than parameters, cases and assignments that differ in number, an outcome without variance, or a search without an end.
pub fn normal(
    outcome: &[f64],
    assigned: &[Vec<f64>],
    errors: &Errors,
) -> Result<Likeliest<(Vec<f64>, f64)>, Uncomputable> {
    if outcome.iter().any(|value| !value.is_finite()) {
        return Err(Uncomputable::NotFinite);
    }
    let n = outcome.len() as f64;
    let centre = outcome.iter().sum::<f64>() / n;
    if outcome.iter().all(|value| (value - centre).abs() < 1e-12) {
        return Err(Uncomputable::NoVariance);
    }
    let fit = |belongs: &[Vec<f64>]| {
        let means: Vec<f64> = (0..errors.classes())
            .map(|t| {
                let weighed = belongs.iter().zip(outcome).map(|(r, y)| (r[t], r[t] * y));
                let (people, sum) = weighed.fold((0.0, 0.0), |(n, sum), (r, y)| (n + r, sum + y));
                if people > 0.0 { sum / people } else { centre }
            })
            .collect();
        let square = |r: &Vec<f64>, y: f64| -> f64 {
            r.iter().zip(&means).map(|(r, mean)| r * (y - mean).powi(2)).sum()
        };
        let variance = belongs.iter().zip(outcome).map(|(r, y)| square(r, *y)).sum::<f64>() / n;
        means.into_iter().chain([variance]).collect()
    };
    let density = |parameters: &[f64], case: usize, class: usize| {
        let variance = parameters[errors.classes()].max(f64::MIN_POSITIVE);
        let off = outcome[case] - parameters[class];
        (-off * off / (2.0 * variance)).exp() / (std::f64::consts::TAU * variance).sqrt()
    };
    let Likeliest { shares, classes: mut means, log_likelihood } =
        search(outcome.len(), assigned, errors, fit, density)?;
    let variance = means.pop().unwrap_or_default();
    Ok(Likeliest { shares, classes: (means, variance), log_likelihood })
}

/// Shares of the categories 0, 1, … in each class.
///
/// # Errors
/// As [`normal`], but for the variance.
pub fn categorical(
    outcome: &[usize],
    assigned: &[Vec<f64>],
    errors: &Errors,
) -> Result<Likeliest<Vec<Vec<f64>>>, Uncomputable> {
    let many = outcome.iter().max().map_or(0, |most| most + 1);
    let fit = |belongs: &[Vec<f64>]| {
        let mut shares = vec![0.0; errors.classes() * many];
        for (r, y) in belongs.iter().zip(outcome) {
            r.iter().enumerate().for_each(|(t, r)| shares[t * many + y] += r);
        }
        for row in shares.chunks_mut(many) {
            let people: f64 = row.iter().sum();
            row.iter_mut().for_each(|share| *share /= people.max(f64::MIN_POSITIVE));
        }
        shares
    };
    let density = |parameters: &[f64], case: usize, class: usize| parameters[class * many + outcome[case]];
    let found = search(outcome.len(), assigned, errors, fit, density)?;
    let classes = found.classes.chunks(many.max(1)).map(<[f64]>::to_vec).collect();
    Ok(Likeliest { shares: found.shares, classes, log_likelihood: found.log_likelihood })
}

/// Expectation and maximisation, until no parameter moves. `fit` gives parameters from how far each case belongs to each class.
fn search(
    cases: usize,
    assigned: &[Vec<f64>],
    errors: &Errors,
    fit: impl Fn(&[Vec<f64>]) -> Vec<f64>,
    density: impl Fn(&[f64], usize, usize) -> f64,
) -> Result<Likeliest<Vec<f64>>, Uncomputable> {
    let size = errors.classes();
    if cases != assigned.len() || assigned.iter().any(|row| row.len() != size) {
        return Err(Uncomputable::Ragged);
    }
    if cases <= 2 * size {
        return Err(Uncomputable::TooFewCases { needed: 2 * size + 1, found: cases });
    }
    let share = |belongs: &[Vec<f64>]| -> Vec<f64> {
        (0..size).map(|t| belongs.iter().map(|r| r[t]).sum::<f64>() / cases as f64).collect()
    };
    let mut belongs = assigned.to_vec();
    let (mut shares, mut parameters) = (share(&belongs), fit(&belongs));
    for _ in 0..STEPS {
        let mut log_likelihood = 0.0;
        for (case, row) in belongs.iter_mut().enumerate() {
            let dense: Vec<f64> = (0..size).map(|t| shares[t] * density(&parameters, case, t)).collect();
            row.fill(0.0);
            for (s, part) in assigned[case].iter().enumerate().filter(|(_, part)| **part > 0.0) {
                let joint = |t: usize| dense[t] * errors.rows[(t, s)];
                let sum: f64 = (0..size).map(joint).sum::<f64>().max(f64::MIN_POSITIVE);
                log_likelihood += part * sum.ln();
                row.iter_mut().enumerate().for_each(|(t, r)| *r += part * joint(t) / sum);
            }
        }
        let (next, fitted) = (share(&belongs), fit(&belongs));
        let moved = |new: &[f64], old: &[f64]| {
            new.iter().zip(old).fold(0.0_f64, |most, (new, old)| most.max((new - old).abs()))
        };
        let still = moved(&next, &shares).max(moved(&fitted, &parameters));
        (shares, parameters) = (next, fitted);
        if !still.is_finite() {
            return Err(Uncomputable::NotFinite);
        }
        if still < STILL {
            return Ok(Likeliest { shares, classes: parameters, log_likelihood });
        }
    }
    Err(Uncomputable::NotConverged)
}

#[cfg(test)]
mod tests;
