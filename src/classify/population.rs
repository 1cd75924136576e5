//! What a study's answers show about its respondents as a whole, without any codes: how the four norms are distributed, and how
//! easy the items of each scale are to agree with.
//!
//! Owns the estimate. A scale with easy items looks like a widely held norm, and the scales alone can't distinguish the two.
//! Choices between the models can, because in a choice one model's ease is another's difficulty: they fix the norms relative to
//! each other, and the rest of what the scales show is ease. The estimate maximises a composite marginal likelihood (Varin,
//! Reid and Firth 2011): scale means are normal with the mean and covariance that the response model gives, choice shares are
//! normal about the probabilities that it gives. Its errors come from Godambe's sandwich over respondents, so that answers of
//! one person need not be independent, in one session or in several. Refuses fewer than thirty sessions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::features::{BEST_WORST, FeatureSet, VIGNETTE};
use super::reference::shares::{means_for, shares_of};
use super::reference::{BASE_RATES, EVEN, FeaturePlan, Generator, Offsets};
use crate::instrument::RelationalModel;
use crate::psychometrics::Interval;
use crate::rng::Rng;

mod expected;
mod matrix;

use expected::Expected;
use matrix::Matrix;

/// Fewest sessions for an estimate.
pub const FEWEST: usize = 30;
/// Prior SD of the ease of a scale, in SD of a response, around the assumed value. (assumed)
const EASE_SD: f64 = 0.5;
/// Prior SD of the logarithm of the spread of norms between people. (assumed)
const SPREAD_SD: f64 = 0.3;
/// Prior SD of a norm's mean relative to the others: wide enough to be uninformative. (assumed)
const MEAN_SD: f64 = 3.0;
/// Draws of the parameters behind the interval of a share.
const DRAWS: usize = 2_000;
const SEED: u64 = 2_012;
/// Steps of the search; it needs about six.
const STEPS: usize = 40;
/// Width of the differences behind slopes and curvatures, in SD.
const H: f64 = 1e-3;
/// A shift of the answer scale that an estimate must survive, in points of seven: half a point on −1…+1.
pub const HALF_POINT: f64 = 1.0 / 6.0;
/// A share that moves by more than this under such a shift does not survive it.
pub const STEADY: f64 = 0.07;

/// The largest remaining share of the prior uncertainty about a scale's ease at which something counts as learnt. Thirty
/// sessions with two situations leave .56 to .70 of it, ratings alone always .99. (assumed)
const LEARNT: f64 = 0.75;

/// Three contrasts of the means (they sum to zero), four eases, the logarithm of the spread.
const PARAMETERS: usize = 8;
type Theta = [f64; PARAMETERS];

/// What a study's answers show about its respondents.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Population {
    /// Sessions behind it.
    pub n: usize,
    /// Share of people whose strongest norm is each of CS, AR, EM, MP.
    pub shares: [f64; 4],
    /// 95 % intervals of the shares.
    pub intervals: [(f64, f64); 4],
    /// How much easier than assumed the items of each scale are, with their errors; nothing without scales.
    pub offsets: Offsets,
    /// SD of a norm between people, 1 as assumed.
    pub spread: f64,
    /// The most that any share moves when one model's items are taken to be half a point of seven easier or harder.
    pub moves: f64,
    /// The remaining uncertainty about a scale's ease relative to the others, as a share of the prior one: SD by SD, of the
    /// least certain scale. At 1 the answers have shown nothing.
    pub ease_left: f64,
}

impl Population {
    /// Whether the shares survive a shift of half a point in the items of one model.
    pub fn is_steady(&self) -> bool {
        self.moves <= STEADY
    }

    /// Whether the answers separate ease from strength, so that profiles can take it into account. Where everyone uses one
    /// model the shares are steady whatever is assumed about its items, and yet nothing was learnt about them.
    pub fn teaches(&self) -> bool {
        self.is_steady() && self.ease_left <= LEARNT
    }

    /// The interval of the share of a model.
    pub fn interval(&self, model: RelationalModel) -> Interval {
        let (low, high) = self.intervals[model.index()];
        Interval { low, high }
    }

    /// `generator` with the learnt ease and spread; its shares stay its own.
    pub fn of(&self, generator: Generator) -> Generator {
        generator.observed(self.spread, self.offsets)
    }

    /// The estimate from the sessions of a plan that have all of its blocks and did not rate every statement alike; `None` for
    /// fewer than [`FEWEST`], for answers without any spread, or where no optimum was found.
    pub fn estimate(plan: &FeaturePlan, sessions: &[&FeatureSet]) -> Option<Self> {
        Self::estimate_of(plan, sessions, &(0..sessions.len()).collect::<Vec<_>>())
    }

    /// [`Self::estimate`] of sessions of which several may be of one respondent; `respondents`: a number for each session.
    pub fn estimate_of(plan: &FeaturePlan, sessions: &[&FeatureSet], respondents: &[usize]) -> Option<Self> {
        let data = Data::of(plan, sessions, respondents)?;
        let theta = data.optimum()?;
        let curvature = data.curvature(&theta)?;
        let covariance = data.covariance(&theta, &curvature)?;
        let root = covariance.root()?;
        Some(Self {
            n: data.rows.len(),
            shares: shares(&theta),
            intervals: intervals(&theta, &root),
            offsets: offsets(&theta, &covariance)?,
            spread: theta[7].exp(),
            moves: data.moves(&theta, &curvature)?,
            ease_left: ease_left(&curvature)?,
        })
    }
}

fn means(theta: &Theta) -> [f64; 4] {
    [theta[0], theta[1], theta[2], -theta[0] - theta[1] - theta[2]]
}

fn shares(theta: &Theta) -> [f64; 4] {
    let spread = theta[7].exp();
    shares_of(means(theta).map(|mean| mean / spread))
}

fn intervals(theta: &Theta, root: &Matrix) -> [(f64, f64); 4] {
    let mut rng = Rng::for_purpose(SEED, "intervals of shares");
    let mut drawn: [Vec<f64>; 4] = Default::default();
    for _ in 0..DRAWS {
        let noise: Vec<f64> = (0..PARAMETERS).map(|_| rng.normal()).collect();
        let moved: Theta = std::array::from_fn(|k| {
            theta[k] + (0..=k).map(|column| root.at(k, column) * noise[column]).sum::<f64>()
        });
        for (values, share) in drawn.iter_mut().zip(shares(&moved)) {
            values.push(share);
        }
    }
    drawn.map(|mut values| {
        values.sort_by(f64::total_cmp);
        let at = |share: f64| values[((DRAWS - 1) as f64 * share).round() as usize];
        (at(0.025), at(0.975))
    })
}

/// See [`Population::ease_left`]. Godambe's errors would not work here, because they are zero where all people answer alike.
fn ease_left(curvature: &Matrix) -> Option<f64> {
    let (inverse, _) = curvature.inverse()?;
    let before = EASE_SD * EASE_SD * 3.0 / 4.0;
    let left = (0..4).map(|scale| {
        let weight = |k: usize| if k == scale { 0.75 } else { -0.25 };
        let pairs = (0..4).flat_map(|a| (0..4).map(move |b| (a, b)));
        let variance: f64 = pairs.map(|(a, b)| 2.0 * weight(a) * weight(b) * inverse.at(a + 3, b + 3)).sum();
        (variance / before).sqrt()
    });
    Some(left.fold(0.0, f64::max))
}

fn offsets(theta: &Theta, covariance: &Matrix) -> Option<Offsets> {
    let eases = Matrix::square(4, |row, column| covariance.at(row + 3, column + 3)).root()?;
    Some(Offsets {
        mean: std::array::from_fn(|k| theta[k + 3]),
        root: std::array::from_fn(|row| std::array::from_fn(|column| eases.at(row, column))),
    })
}

/// One session: scale means, vignette shares and best–worst scores, each where the plan has them. Of the shares that sum to a
/// constant the last is left out.
#[derive(Debug, Clone, Copy, Default)]
struct SessionScores {
    scales: [f64; 4],
    choices: [[f64; 3]; 2],
}

struct Data<'a> {
    plan: &'a FeaturePlan,
    rows: Vec<SessionScores>,
    /// Whose each row is.
    respondents: Vec<usize>,
    /// Mean of the rows.
    mean: SessionScores,
    /// Covariance of the scale means.
    scatter: Matrix,
    /// Inverse of the working covariance of the choice blocks, vignettes and best–worst.
    choices: [Option<Matrix>; 2],
}

/// What the parameters say of the blocks: of the scales mean, inverse covariance and the logarithm of its determinant.
struct Fitted {
    scales: Option<([f64; 4], Matrix, f64)>,
    choices: [[f64; 3]; 2],
}

impl<'a> Data<'a> {
    fn of(plan: &'a FeaturePlan, sessions: &[&FeatureSet], respondents: &[usize]) -> Option<Self> {
        let asked = [!plan.vignettes.is_empty(), !plan.best_worst.is_empty()];
        if plan.scales.is_none() && !asked.contains(&true) {
            return None;
        }
        let row = |(set, respondent): (&&FeatureSet, &usize)| {
            let block = |wanted: bool, names: &[&str; 4]| -> Option<[f64; 3]> {
                let mut values = [0.0; 3];
                if wanted {
                    for (value, name) in values.iter_mut().zip(names) {
                        *value = set.get(name)?;
                    }
                }
                Some(values)
            };
            let scales = if plan.scales.is_some() { set.scale_means()? } else { [0.0; 4] };
            let choices = [block(asked[0], &VIGNETTE)?, block(asked[1], &BEST_WORST)?];
            Some((SessionScores { scales, choices }, *respondent))
        };
        let (rows, respondents): (Vec<SessionScores>, Vec<usize>) =
            sessions.iter().zip(respondents).filter_map(row).unzip();
        if rows.len() < FEWEST {
            return None;
        }
        let n = rows.len() as f64;
        let mean = |part: &dyn Fn(&SessionScores) -> f64| rows.iter().map(part).sum::<f64>() / n;
        let centre = SessionScores {
            scales: std::array::from_fn(|k| mean(&|row| row.scales[k])),
            choices: std::array::from_fn(|block| std::array::from_fn(|k| mean(&|row| row.choices[block][k]))),
        };
        let scatter = Matrix::square(4, |a, b| {
            mean(&|row| (row.scales[a] - centre.scales[a]) * (row.scales[b] - centre.scales[b]))
        });
        let mut choices = [None, None];
        for block in 0..2 {
            if asked[block] {
                let off = |row: &SessionScores, k: usize| row.choices[block][k] - centre.choices[block][k];
                // A small part of a simple count's variance, so that a block in which a model was never chosen can still be
                // inverted: for four counts with a constant sum, so that it does not matter which model is left out.
                let floor = |a: usize, b: usize| (if a == b { 0.75 } else { -0.25 }) / (3.0 * n);
                let covariance =
                    Matrix::square(3, |a, b| mean(&|row| off(row, a) * off(row, b)) + floor(a, b));
                choices[block] = Some(covariance.inverse()?.0);
            }
        }
        Some(Self { plan, rows, respondents, mean: centre, scatter, choices })
    }

    fn fitted(&self, theta: &Theta) -> Option<Fitted> {
        let expected = Expected {
            means: means(theta),
            ease: std::array::from_fn(|k| theta[k + 3]),
            spread: theta[7].exp(),
        };
        let scales = match &self.plan.scales {
            Some(_) => {
                let (mean, covariance) = expected.scales(self.plan);
                let (inverse, log_determinant) = covariance.inverse()?;
                Some((mean, inverse, log_determinant))
            }
            None => None,
        };
        let choices =
            [expected.chosen(&self.plan.vignettes, false), expected.chosen(&self.plan.best_worst, true)];
        Some(Fitted { scales, choices })
    }

    /// Minus twice the logarithm of the likelihood of one row, up to a constant.
    fn deviance(&self, fitted: &Fitted, row: &SessionScores) -> f64 {
        let mut sum = 0.0;
        if let Some((mean, inverse, log_determinant)) = &fitted.scales {
            let off: [f64; 4] = std::array::from_fn(|k| row.scales[k] - mean[k]);
            sum += log_determinant + inverse.quadratic(&off);
        }
        for (block, inverse) in self.choices.iter().enumerate() {
            let off: [f64; 3] = std::array::from_fn(|k| row.choices[block][k] - fitted.choices[block][k]);
            sum += inverse.as_ref().map_or(0.0, |inverse| inverse.quadratic(&off));
        }
        sum
    }

    /// The same over all rows, from their means and covariance, with the penalty; `mean` may be moved.
    fn total(&self, theta: &Theta, mean: &SessionScores) -> Option<f64> {
        let fitted = self.fitted(theta)?;
        let scattered =
            fitted.scales.as_ref().map_or(0.0, |(_, inverse, _)| inverse.times(&self.scatter).trace());
        let sum = self.rows.len() as f64 * (self.deviance(&fitted, mean) + scattered);
        Some(sum + penalty(theta)).filter(|total| total.is_finite())
    }

    /// The parameters with the highest penalised likelihood. A single search can end early or far off; two with different
    /// starting shares seldom both do.
    fn optimum(&self) -> Option<Theta> {
        let found = [BASE_RATES, EVEN].into_iter().filter_map(|shares| self.search(means_for(shares)));
        found.min_by(|one, other| one.1.total_cmp(&other.1)).map(|(theta, _)| theta)
    }

    /// Newton with differences, damped where the curvature is not that of a minimum, each step halved until it helps: where it ends, and
    /// the total there.
    fn search(&self, start: [f64; 4]) -> Option<(Theta, f64)> {
        let mut theta: Theta = std::array::from_fn(|k| if k < 3 { start[k] } else { 0.0 });
        let mut best = self.total(&theta, &self.mean)?;
        for _ in 0..STEPS {
            let slope = self.slope(&theta, &self.mean)?;
            let step = newton(&self.curvature(&theta)?.made_definite(), &slope)?;
            let longest = step.iter().fold(0.0_f64, |most, part| most.max(part.abs()));
            let mut scale = (0.5 / longest).min(1.0);
            let mut moved = false;
            while scale > 1e-3 && !moved {
                let next: Theta = std::array::from_fn(|k| theta[k] + scale * step[k]);
                match self.total(&next, &self.mean) {
                    Some(total) if total < best => (theta, best, moved) = (next, total, true),
                    _ => scale /= 2.0,
                }
            }
            if !moved || longest < 1e-5 {
                break;
            }
        }
        Some((theta, best))
    }

    /// Gradient of the total by central differences.
    fn slope(&self, theta: &Theta, mean: &SessionScores) -> Option<Theta> {
        let mut slope = [0.0; PARAMETERS];
        for (k, slope) in slope.iter_mut().enumerate() {
            let at = |by: f64| self.total(&moved(theta, &[(k, by)]), mean);
            *slope = (at(H)? - at(-H)?) / (2.0 * H);
        }
        Some(slope)
    }

    /// Second derivatives of the total by central differences.
    fn curvature(&self, theta: &Theta) -> Option<Matrix> {
        let at = |moves: &[(usize, f64)]| self.total(&moved(theta, moves), &self.mean);
        let here = at(&[])?;
        let mut curvature = Matrix::square(PARAMETERS, |_, _| 0.0);
        for a in 0..PARAMETERS {
            let (up, down) = (at(&[(a, H)])?, at(&[(a, -H)])?);
            curvature.put(a, a, (up - 2.0 * here + down) / (H * H));
            for b in 0..a {
                let both = at(&[(a, H), (b, H)])? + at(&[(a, -H), (b, -H)])?;
                let mixed = (both - at(&[(a, H), (b, -H)])? - at(&[(a, -H), (b, H)])?) / (4.0 * H * H);
                curvature.put(a, b, mixed);
                curvature.put(b, a, mixed);
            }
        }
        Some(curvature)
    }

    /// Covariance of the estimate: inverse curvature · scatter of the respondents' gradients · inverse curvature. That of a respondent is the
    /// sum of those of their sessions.
    fn covariance(&self, theta: &Theta, curvature: &Matrix) -> Option<Matrix> {
        let mut sides = Vec::with_capacity(PARAMETERS);
        for k in 0..PARAMETERS {
            sides.push((self.fitted(&moved(theta, &[(k, H)]))?, self.fitted(&moved(theta, &[(k, -H)]))?));
        }
        let gradients: Vec<Vec<f64>> = self
            .rows
            .iter()
            .map(|row| {
                let slope = |(up, down): &(Fitted, Fitted)| self.deviance(up, row) - self.deviance(down, row);
                sides.iter().map(|side| slope(side) / (2.0 * H)).collect()
            })
            .collect();
        let n = gradients.len() as f64;
        let mean = |k: usize| gradients.iter().map(|gradient| gradient[k]).sum::<f64>() / n;
        let centre: Vec<f64> = (0..PARAMETERS).map(mean).collect();
        let assumed = penalty_curvature();
        let mut whose: BTreeMap<usize, [f64; PARAMETERS]> = BTreeMap::new();
        for (respondent, gradient) in self.respondents.iter().zip(&gradients) {
            let sum = whose.entry(*respondent).or_insert([0.0; PARAMETERS]);
            (0..PARAMETERS).for_each(|k| sum[k] += gradient[k] - centre[k]);
        }
        if whose.len() < 2 {
            return None;
        }
        let people = whose.len() as f64;
        let scatter = Matrix::square(PARAMETERS, |a, b| {
            // The assumptions are as uncertain as they state: their own gradients scatter by twice their curvature.
            whose.values().map(|sum| sum[a] * sum[b]).sum::<f64>() * people / (people - 1.0)
                + 2.0 * assumed.at(a, b)
        });
        let (inverse, _) = curvature.inverse()?;
        Some(inverse.times(&scatter).times(&inverse))
    }

    /// The most that any share moves when the items of one model are half a point easier or harder than they seem: one more step of
    /// the search, from answers that were shifted.
    fn moves(&self, theta: &Theta, curvature: &Matrix) -> Option<f64> {
        let before = shares(theta);
        let mut most = 0.0_f64;
        for model in 0..4 {
            for by in [HALF_POINT, -HALF_POINT] {
                let mut mean = self.mean;
                mean.scales[model] += by;
                let step = newton(curvature, &self.slope(theta, &mean)?)?;
                let after = shares(&std::array::from_fn(|k| theta[k] + step[k]));
                most = before.iter().zip(after).fold(most, |most, (a, b)| most.max((a - b).abs()));
            }
        }
        Some(if self.plan.scales.is_some() { most } else { 0.0 })
    }
}

fn moved(theta: &Theta, moves: &[(usize, f64)]) -> Theta {
    let mut moved = *theta;
    moves.iter().for_each(|(k, by)| moved[*k] += by);
    moved
}

fn newton(curvature: &Matrix, slope: &Theta) -> Option<Theta> {
    let (inverse, _) = curvature.inverse()?;
    Some(std::array::from_fn(|row| -(0..PARAMETERS).map(|k| inverse.at(row, k) * slope[k]).sum::<f64>()))
}

/// The prior of the parameters, as minus twice its logarithm.
fn penalty(theta: &Theta) -> f64 {
    penalty_curvature().quadratic(theta) / 2.0
}

/// Second derivatives of [`penalty`]. Of the means all four weigh alike, the one that follows from the others too.
fn penalty_curvature() -> Matrix {
    Matrix::square(PARAMETERS, |a, b| match (a, b) {
        (0..3, 0..3) => f64::from(1 + u8::from(a == b)) / (MEAN_SD * MEAN_SD),
        _ if a != b => 0.0,
        (3..7, _) => 2.0 / (EASE_SD * EASE_SD),
        _ => 2.0 / (SPREAD_SD * SPREAD_SD),
    })
}

#[cfg(test)]
mod tests;
