//! The shares of the four models in a study, estimated so that the shares which the classifier assumes do not come back as a
//! finding.
//!
//! A classifier that assumes 70 % of one model calls nearly every doubtful case by that model, and the mean of its
//! probabilities lies between the truth and what it assumed. Dividing the assumption out of every probability leaves how well
//! each model explains the answers, and the shares that explain all answers together best are found by
//! expectation–maximisation (Saerens, Latinne and Decaestecker 2002). The interval comes from the curvature of that
//! likelihood; it is as wide as the classifier is unsure, and it trusts the classifier's probabilities to be calibrated.

use super::Estimate;
use crate::psychometrics::{Interval, normal};

/// Sessions times steps that are spent at most. Answers that say little take thousands of steps: with 500 of them shares of a
/// hundred sessions were still up to .004 off. Large studies need fewer, because they say more together.
const WORK: usize = 3_000_000;
/// Fewest steps that may be taken, however large the study.
const STEPS: usize = 500;
/// A change of all shares together that is nothing.
const STILL: f64 = 1e-10;
/// Fewest sessions for an estimate.
const FEWEST: usize = 30;

/// The share of each model; none with too few sessions, or where the answers do not tell the models apart.
///
/// `probabilities` are those of CS, AR, EM, MP of every session, `assumed` the shares that the classifier took for granted.
pub(super) fn shares(probabilities: &[[f64; 4]], assumed: [f64; 4]) -> Option<[Estimate; 4]> {
    if probabilities.len() < FEWEST || assumed.iter().any(|share| *share <= 0.0) {
        return None;
    }
    let weigh = |p: &[f64; 4]| std::array::from_fn(|k| p[k] / assumed[k]);
    let explains: Vec<[f64; 4]> = probabilities.iter().map(weigh).collect();
    let shares = likeliest(&explains);
    let errors = errors(&explains, &shares)?;
    let z = normal::critical(0.95);
    Some(std::array::from_fn(|k| {
        let half = z * errors[k];
        let interval = Interval { low: (shares[k] - half).max(0.0), high: (shares[k] + half).min(1.0) };
        Estimate::of(shares[k], interval)
    }))
}

/// The shares under which all sessions together are likeliest, from how well each model explains each of them.
fn likeliest(explains: &[[f64; 4]]) -> [f64; 4] {
    let mut shares = [0.25; 4];
    for _ in 0..STEPS.max(WORK / explains.len().max(1)) {
        let mut next = [0.0; 4];
        for session in explains {
            let all = whole(&shares, session);
            for k in 0..4 {
                next[k] += shares[k] * session[k] / all;
            }
        }
        let next = next.map(|sum| sum / explains.len() as f64);
        let moved: f64 = next.iter().zip(&shares).map(|(a, b)| (a - b).abs()).sum();
        shares = next;
        if moved < STILL {
            break;
        }
    }
    shares
}

fn whole(shares: &[f64; 4], session: &[f64; 4]) -> f64 {
    shares.iter().zip(session).map(|(share, explains)| share * explains).sum::<f64>().max(f64::MIN_POSITIVE)
}

/// Standard errors from the information about three of the shares; the fourth is what is left.
fn errors(explains: &[[f64; 4]], shares: &[f64; 4]) -> Option<[f64; 4]> {
    let mut information = [[0.0; 3]; 3];
    for session in explains {
        let all = whole(shares, session);
        let slope: [f64; 3] = std::array::from_fn(|k| (session[k] - session[3]) / all);
        for (row, of_row) in information.iter_mut().zip(slope) {
            for (cell, of_column) in row.iter_mut().zip(slope) {
                *cell += of_row * of_column;
            }
        }
    }
    let covariance = inverse(information)?;
    let last: f64 = covariance.iter().flatten().sum();
    let variances = [covariance[0][0], covariance[1][1], covariance[2][2], last];
    variances.iter().all(|v| v.is_finite() && *v >= 0.0).then(|| variances.map(f64::sqrt))
}

/// The inverse of a symmetric matrix of three by its cofactors; none where it is as good as singular.
fn inverse(m: [[f64; 3]; 3]) -> Option<[[f64; 3]; 3]> {
    let minor = |r: usize, c: usize| {
        let (r1, r2, c1, c2) = ((r + 1) % 3, (r + 2) % 3, (c + 1) % 3, (c + 2) % 3);
        m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
    };
    let determinant: f64 = (0..3).map(|c| m[0][c] * minor(0, c)).sum();
    let size: f64 = (0..3).map(|k| m[k][k].abs()).product();
    if determinant.abs() <= 1e-12 * size || size <= 0.0 {
        return None;
    }
    Some(std::array::from_fn(|r| std::array::from_fn(|c| minor(c, r) / determinant)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sessions_that_are_certain_are_counted() {
        // 40 of one and 60 of another: shares .4 and .6, with the errors of a plain count, √(.4·.6/100).
        let certain = |k: usize| std::array::from_fn(|at| if at == k { 0.9997 } else { 0.0001 });
        let sessions: Vec<[f64; 4]> = (0..100)
            .map(|at| {
                certain(if at < 40 {
                    0
                } else if at < 50 {
                    1
                } else if at < 60 {
                    2
                } else {
                    3
                })
            })
            .collect();
        let found = shares(&sessions, [0.25; 4]).unwrap();
        assert!((found[0].value - 0.4).abs() < 2e-3 && (found[3].value - 0.4).abs() < 2e-3, "{found:?}");
        let half = 1.959_964 * (0.4_f64 * 0.6 / 100.0).sqrt();
        assert!((found[0].high - found[0].value - half).abs() < 2e-3, "{found:?}");
    }

    #[test]
    fn what_was_assumed_does_not_come_back() {
        // Two kinds of answers, each three times as likely under one of two models; 30 and 70 of them. With shares s and 1 − s
        // the first kind is seen with s·.75 + (1 − s)·.25 = .3, so s = .1, whatever the classifier assumed.
        for assumed in [0.1, 0.5, 0.9] {
            let tiny = 1e-9;
            let prior = [assumed, tiny, tiny, 1.0 - assumed];
            let posterior = |likely: [f64; 4]| {
                let joint: [f64; 4] = std::array::from_fn(|k| prior[k] * likely[k]);
                let all: f64 = joint.iter().sum();
                joint.map(|p| p / all)
            };
            let (a, b) = (posterior([0.75, 0.01, 0.01, 0.25]), posterior([0.25, 0.01, 0.01, 0.75]));
            let sessions: Vec<[f64; 4]> = (0..100).map(|at| if at < 30 { a } else { b }).collect();
            let explains: Vec<[f64; 4]> =
                sessions.iter().map(|p| std::array::from_fn(|k| p[k] / prior[k])).collect();
            let shares = likeliest(&explains);
            assert!((shares[0] - 0.1).abs() < 1e-3, "{assumed}: {shares:?}");
        }
    }

    #[test]
    fn slow_answers_are_followed_to_the_end() {
        // As above, with kinds that are hardly likelier under one model than under the other, so that every step is short:
        // s·.52 + (1 − s)·.48 = .51, so s = .75. Five hundred steps end well before it.
        let kinds = [[0.48, 0.001, 0.001, 0.52], [0.52, 0.001, 0.001, 0.48]];
        let sessions: Vec<[f64; 4]> = (0..100).map(|at| kinds[usize::from(at < 51)]).collect();
        let found = likeliest(&sessions);
        assert!((found[0] - 0.75).abs() < 1e-6, "{found:?}");
    }

    #[test]
    fn answers_that_tell_nothing_give_no_estimate() {
        assert_eq!(shares(&vec![[0.16, 0.07, 0.07, 0.7]; 100], [0.16, 0.07, 0.07, 0.7]), None);
        assert_eq!(shares(&[[0.25; 4]; 3], [0.25; 4]), None);
    }
}
