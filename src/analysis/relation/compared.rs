//! One set of norms held against another: norm by norm, and all four together.

use serde::Serialize;

use super::{SIGNIFICANT, Side};
use crate::classify::strength::{Strength, Strengths};
use crate::instrument::RelationalModel;
use crate::psychometrics::descriptive::{mean, quantile};
use crate::psychometrics::distribution::chi_squared_above;
use crate::psychometrics::multiple::holm;
use crate::psychometrics::pair::{jensen_shannon, nearness};
use crate::psychometrics::{Interval, LEVEL, normal};
use crate::rng::Rng;

/// At most so large a part of the answer scale lies between two that count as near: one point of seven. (assumed)
const NEAR: f64 = 1.0 / 6.0;
/// Any fixed number serves: equal answers give equal intervals.
const DRAWS_SEED: u64 = 0x7061_6972;

/// What is held against what.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Contrast {
    /// What the organisation's side thinks of the customer, against what the customer says.
    OurPicture,
    /// What the customer thinks of the organisation, against what its side says.
    TheirPicture,
    /// How the organisation's side means the relation, against how the customer uses it.
    MeantAndUsed,
}

impl Contrast {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::OurPicture => "our_picture",
            Self::TheirPicture => "their_picture",
            Self::MeantAndUsed => "meant_and_used",
        }
    }
}

/// One set of norms held against another.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Compared {
    /// Which.
    pub pairing: Contrast,
    /// The judgement, or how it is meant.
    pub left: Side,
    /// What is judged, or how it is used.
    pub right: Side,
    /// Norm by norm: CS, AR, EM, MP.
    pub norms: [Option<Difference>; 4],
    /// All four together; none where one of them is missing.
    pub together: Option<Together>,
}

/// A difference of a norm.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Difference {
    /// The left less the right, in points of the answer scale.
    pub value: f64,
    /// The 95 % interval.
    pub interval: Interval,
    /// Two-sided p, corrected for all norms that are compared (Holm).
    pub p: f64,
    /// What it comes to.
    pub reading: DifferenceReading,
}

impl Difference {
    /// Its standard error.
    pub fn error(&self) -> f64 {
        ((self.interval.high - self.interval.low) / 2.0 / normal::critical(LEVEL)).max(f64::MIN_POSITIVE)
    }
}

/// What a difference comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DifferenceReading {
    /// The left is higher.
    Higher,
    /// The left is lower.
    Lower,
    /// The two lie near each other: the whole interval does.
    Near,
    /// The two lie near each other, and a difference of more than that could be there without showing.
    Close,
    /// The answers do not tell.
    Open,
}

impl DifferenceReading {
    /// The word in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Higher => "higher",
            Self::Lower => "lower",
            Self::Near => "near",
            Self::Close => "close",
            Self::Open => "open",
        }
    }
}

/// How near two profiles of four norms are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Together {
    /// Sum of the squared differences (Cronbach and Gleser 1953), in its three parts.
    pub squared: f64,
    /// The part that comes from one being higher throughout.
    pub elevation: f64,
    /// The part that comes from one being more pronounced.
    pub scatter: f64,
    /// The part that comes from peaks in other places.
    pub shape: f64,
    /// Intraclass correlation of the two profiles, −1…+1.
    pub icc: f64,
    /// p of the two profiles being the same (χ² over the four differences in units of their errors).
    pub p_same: f64,
    /// Jensen–Shannon distance of the norms as shares of their sum (points above the lowest answer), 0–1; none where a side holds no norm
    /// at all. Errors alone make it larger than zero, so that it is read beside [`IfSame`].
    pub distance: Option<f64>,
}

/// The agreement to be expected of two identical profiles, measured with the errors of these eight means.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct IfSame {
    /// The intraclass correlation, for 95 of 100 such pairs.
    pub icc: Interval,
    /// The mean distance of the shares.
    pub mean_distance: f64,
    /// The distance below which 95 of 100 such pairs lie.
    pub most_distance: f64,
    /// Share of such pairs whose shares lie as far apart, or further; none where there is no distance.
    pub p_distance: Option<f64>,
}

/// One held against the other; none where neither can be.
pub(super) fn compared(pairing: Contrast, left: Side, right: Side) -> Option<Compared> {
    let (judged, truth) = (left.strengths?, right.strengths?);
    if judged.range != truth.range {
        return None;
    }
    // Means of steps are what they are but for the last digit of a float.
    let near = NEAR * (judged.range.1 - judged.range.0) + 1e-9;
    let pairs: Vec<(RelationalModel, Strength, Strength)> = RelationalModel::ALL
        .into_iter()
        .filter_map(|model| Some((model, judged.norm(model)?, truth.norm(model)?)))
        .collect();
    let p = |(_, left, right): &(RelationalModel, Strength, Strength)| {
        let error = left.se.hypot(right.se).max(f64::MIN_POSITIVE);
        2.0 * normal::cdf(-((left.value - right.value) / error).abs())
    };
    let adjusted = holm(&pairs.iter().map(p).collect::<Vec<_>>());
    let mut norms = [None; 4];
    for ((model, left, right), p) in pairs.iter().zip(adjusted) {
        let (value, reach) = (left.value - right.value, normal::critical(LEVEL) * left.se.hypot(right.se));
        let interval = Interval { low: value - reach, high: value + reach };
        let reading = match value {
            _ if p <= SIGNIFICANT && value > 0.0 => DifferenceReading::Higher,
            _ if p <= SIGNIFICANT => DifferenceReading::Lower,
            _ if interval.low >= -near && interval.high <= near => DifferenceReading::Near,
            _ if value.abs() <= near => DifferenceReading::Close,
            _ => DifferenceReading::Open,
        };
        norms[model.index()] = Some(Difference { value, interval, p, reading });
    }
    let values = |side: fn(&(RelationalModel, Strength, Strength)) -> Strength| -> Vec<Strength> {
        pairs.iter().map(side).collect()
    };
    let together = together(&values(|pair| pair.1), &values(|pair| pair.2), judged.range.0);
    (!pairs.is_empty()).then_some(Compared { pairing, left, right, norms, together })
}

/// `floor`: the lowest answer, above which points count as shares.
fn together(left: &[Strength], right: &[Strength], floor: f64) -> Option<Together> {
    if left.len() < RelationalModel::ALL.len() {
        return None;
    }
    let values = |side: &[Strength]| side.iter().map(|found| found.value).collect::<Vec<f64>>();
    let found = nearness(&values(left), &values(right)).ok()?;
    let error = |at: usize| left[at].se.hypot(right[at].se).max(f64::MIN_POSITIVE);
    let squares = (0..left.len()).map(|at| ((left[at].value - right[at].value) / error(at)).powi(2));
    let p_same = chi_squared_above(squares.sum(), left.len() as f64)?;
    Some(Together {
        squared: found.squared,
        elevation: found.elevation,
        scatter: found.scatter,
        shape: found.shape,
        icc: found.icc,
        p_same,
        distance: apart(&values(left), &values(right), floor),
    })
}

impl Compared {
    /// The agreement of two sides with identical norms, simulated in `draws` draws; none unless all four norms are known on both sides.
    pub fn if_same(&self, draws: usize) -> Option<IfSame> {
        let together = self.together?;
        let (left, right) = (self.left.strengths?, self.right.strengths?);
        let known = |strengths: Strengths| strengths.norms.into_iter().collect::<Option<Vec<Strength>>>();
        let (floor, left, right) = (left.range.0, known(left)?, known(right)?);
        // The norms of both, if identical: the mean weighted by precision.
        let same: Vec<f64> = left
            .iter()
            .zip(&right)
            .map(|(left, right)| {
                let [a, b] = [left.se, right.se].map(|se| 1.0 / se.max(f64::MIN_POSITIVE).powi(2));
                (a * left.value + b * right.value) / (a + b)
            })
            .collect();
        let mut rng = Rng::for_purpose(DRAWS_SEED, "icc");
        let mut drawn = |side: &[Strength]| -> Vec<f64> {
            same.iter().zip(side).map(|(value, found)| value + found.se * rng.normal()).collect()
        };
        let (mut iccs, mut distances) = (Vec::with_capacity(draws), Vec::with_capacity(draws));
        for _ in 0..draws {
            let (left, right) = (drawn(&left), drawn(&right));
            iccs.extend(nearness(&left, &right).ok().map(|found| found.icc));
            distances.extend(apart(&left, &right, floor));
        }
        let end = |share: f64| quantile(&iccs, share).ok();
        let as_far = |value: f64| distances.iter().filter(|drawn| **drawn >= value).count();
        Some(IfSame {
            icc: Interval { low: end(0.025)?, high: end(0.975)? },
            mean_distance: mean(&distances).ok()?,
            most_distance: quantile(&distances, 0.95).ok()?,
            p_distance: together
                .distance
                .map(|value| (as_far(value) + 1) as f64 / (distances.len() + 1) as f64),
        })
    }
}

/// The distance of the shares; none where a side has no point above the lowest answer.
fn apart(left: &[f64], right: &[f64], floor: f64) -> Option<f64> {
    let shares = |values: &[f64]| {
        let points: Vec<f64> = values.iter().map(|value| (value - floor).max(0.0)).collect();
        let all: f64 = points.iter().sum();
        (all > 0.0).then(|| points.iter().map(|point| point / all).collect::<Vec<f64>>())
    };
    Some(jensen_shannon(&shares(left)?, &shares(right)?))
}
