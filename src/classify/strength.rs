//! How strongly a respondent holds each of the four norms: the scale mean on the answer scale, with a 95 % interval and no
//! prior.
//!
//! Owns the interval. It is a score interval, as Wilson's is for a share: it contains every true score under which the observed
//! mean would not be unusual. The error of a mean depends on the true score (near an end of the scale answers can't scatter
//! much), so an interval of the mean ± 1.96 errors at the mean itself would be a point for a respondent who ticks the last box
//! throughout. Which model is the strongest, and with what certainty, is determined in `model`.

use serde::{Deserialize, Serialize};

use super::features::rescale;
use super::model::Engagement;
use super::reference::CARELESS;
use crate::instrument::construct::RelationalModel;
use crate::instrument::persona::{Rating, ResponseModel, agree_cuts};
use crate::psychometrics::LEVEL;
use crate::psychometrics::normal;

/// The four strengths of one session and perspective.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Strengths {
    /// CS, AR, EM, MP, in points of the answer scale; none of a norm with too few answers.
    pub norms: [Option<Strength>; 4],
    /// Lowest and highest point of the answer scale.
    pub range: (f64, f64),
}

/// How strongly one norm is held.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Strength {
    /// The scale mean.
    pub value: f64,
    /// Half of the width of the interval in units of a normal error.
    pub se: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// How far the steady part of a response goes, in SD, and in which steps true scores are tried.
const REACH: f64 = 5.0;
const STEP: f64 = 0.04;

impl Strengths {
    /// From the scale means that are known (−1…+1) and the ratings behind them, on an answer scale with these ends; none where none is
    /// known.
    pub fn of(means: [Option<f64>; 4], ratings: &[Vec<Rating>; 4], range: (f64, f64)) -> Option<Self> {
        let point = |value: f64| range.0 + (value + 1.0) / 2.0 * (range.1 - range.0);
        let z = normal::critical(LEVEL);
        let mut scores: Vec<TrueScores> = Vec::new();
        let mut norms = [None; 4];
        for model in RelationalModel::ALL {
            let (items, mean) = (&ratings[model.index()], means[model.index()]);
            let (Some(first), Some(mean)) = (items.first(), mean) else { continue };
            let shape = (first.points, items.len());
            if scores.iter().all(|known| known.shape != shape) {
                scores.push(TrueScores::of(shape));
            }
            let known = scores.iter().find(|known| known.shape == shape);
            norms[model.index()] = known.map(|known| {
                let (low, high) = known.interval(mean, z);
                let (value, low, high) = (point(mean), point(low), point(high));
                Strength { value, se: (high - low) / (2.0 * z), low, high }
            });
        }
        norms.iter().any(Option::is_some).then_some(Self { norms, range })
    }

    /// How strongly the norm of a model is held.
    pub fn norm(&self, model: RelationalModel) -> Option<Strength> {
        self.norms[model.index()]
    }

    /// Whether a norm is known to stay below the middle of the answer scale.
    pub fn is_weak(&self, model: RelationalModel) -> bool {
        let middle = f64::midpoint(self.range.0, self.range.1);
        self.norm(model).is_some_and(|strength| strength.value < middle)
    }

    /// The strongest norm, where it is clearly stronger than that of `model`: the difference exceeds both errors, or the norm
    /// of `model` is unknown and another one reaches the middle of the scale.
    pub fn above(&self, model: RelationalModel) -> Option<(RelationalModel, Strength)> {
        let known = RelationalModel::ALL.into_iter().filter_map(|other| Some((other, self.norm(other)?)));
        let (strongest, held) = known.max_by(|(_, a), (_, b)| a.value.total_cmp(&b.value))?;
        let middle = f64::midpoint(self.range.0, self.range.1);
        let is_above = match self.norm(model) {
            Some(own) => held.value - own.value > normal::critical(LEVEL) * held.se.hypot(own.se),
            None => held.low >= middle,
        };
        (strongest != model && is_above).then_some((strongest, held))
    }

    /// Whether no norm is held at all, as far as the intervals tell.
    pub fn are_low(&self) -> bool {
        self.engagement() == Some(Engagement::Low)
    }

    /// Whether any norm reaches the middle of the answer scale, as far as the intervals tell; a respondent who holds none sees
    /// a mere supplier. `None` where no known norm is held and one is unknown.
    pub fn engagement(&self) -> Option<Engagement> {
        let middle = f64::midpoint(self.range.0, self.range.1);
        let norms: Vec<Strength> = self.norms.into_iter().flatten().collect();
        let held = norms.iter().any(|strength| strength.low >= middle);
        Some(match () {
            () if held => Engagement::Normal,
            () if norms.len() < self.norms.len() => return None,
            () if norms.iter().all(|strength| strength.high < middle) => Engagement::Low,
            () => Engagement::Unclear,
        })
    }
}

/// True scores that a scale can have, with the error of its mean at each.
struct TrueScores {
    /// Points of an item, and items.
    shape: (usize, usize),
    /// Score (−1…+1) and error, ascending.
    scores: Vec<(f64, f64)>,
}

impl TrueScores {
    fn of((points, items): (usize, usize)) -> Self {
        let unique = ResponseModel::REFERENCE.typical().unique();
        let cuts = agree_cuts(points);
        let at = |step: usize| {
            let (score, variance) = expected(&cuts, -REACH + STEP * step as f64, unique);
            // Careless people answer at random: their mean scatters about the middle, whatever their true score.
            let careless = uniform_variance(points) / items as f64 + score * score;
            (score, ((1.0 - CARELESS) * variance / items as f64 + CARELESS * careless).sqrt())
        };
        let steps = (2.0 * REACH / STEP) as usize;
        Self { shape: (points, items), scores: (0..=steps).map(at).collect() }
    }

    /// The scores under which `mean` is not out of the ordinary.
    fn interval(&self, mean: f64, z: f64) -> (f64, f64) {
        let ordinary = self.scores.iter().filter(|(score, error)| (mean - score).abs() <= z * error);
        ordinary.fold((mean, mean), |(low, high), (score, _)| (low.min(*score), high.max(*score)))
    }
}

/// Mean and variance, on −1…+1, of the answer to an item between these cuts, when the steady part of the response is `steady` and
/// the rest has SD `unique`.
pub(super) fn expected(cuts: &[f64], steady: f64, unique: f64) -> (f64, f64) {
    let top = cuts.len() as f64;
    let (mut mean, mut square, mut below) = (0.0, 0.0, 0.0);
    for place in 0..=cuts.len() {
        let up_to = cuts.get(place).map_or(1.0, |cut| normal::cdf((cut - steady) / unique));
        let value = rescale(place as f64, 0.0, top);
        mean += (up_to - below) * value;
        square += (up_to - below) * value * value;
        below = up_to;
    }
    (mean, square - mean * mean)
}

/// Variance, on −1…+1, of an answer that may be any of so many points.
fn uniform_variance(points: usize) -> f64 {
    // (n² − 1)/12 steps², and a step is 2/(n − 1).
    if points < 2 { 0.0 } else { (points as f64 + 1.0) / (3.0 * (points as f64 - 1.0)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::reference::FeaturePlan;

    fn of(means: [f64; 4]) -> Strengths {
        let ratings = FeaturePlan::customer_interview_like().scales.unwrap();
        Strengths::of(means.map(Some), &ratings, (1.0, 7.0)).unwrap()
    }

    #[test]
    fn values_are_scale_means_and_intervals_hold_them() {
        let found = of([-1.0, -1.0 / 3.0, 0.0, 1.0]);
        let values = found.norms.map(|strength| (strength.unwrap().value * 1e9).round() / 1e9);
        assert_eq!(values, [1.0, 3.0, 4.0, 7.0]);
        for strength in found.norms.into_iter().flatten() {
            assert!(strength.low <= strength.value && strength.value <= strength.high, "{strength:?}");
            assert!(strength.low >= 1.0 && strength.high <= 7.0);
            assert!(strength.se > 0.1, "nobody is measured without an error: {strength:?}");
        }
        // Five items of a seven-point scale in the middle: an SD of some 1.2 points an item, so ± 1.96·1.2/√5.
        let middle = found.norms[2].unwrap();
        assert!((0.8..1.3).contains(&(middle.high - middle.value)), "{middle:?}");
    }

    #[test]
    fn more_items_tell_more() {
        let mut short = FeaturePlan::customer_interview_like().scales.unwrap();
        short.iter_mut().for_each(|items| items.truncate(2));
        let few = Strengths::of([Some(0.2); 4], &short, (1.0, 7.0)).unwrap();
        assert!(few.norms[0].unwrap().se > 1.3 * of([0.2; 4]).norms[0].unwrap().se);
    }

    #[test]
    fn a_norm_without_answers_takes_no_other_along() {
        let ratings = FeaturePlan::customer_interview_like().scales.unwrap();
        let means = [Some(0.2), Some(-0.4), None, Some(0.9)];
        let found = Strengths::of(means, &ratings, (1.0, 7.0)).unwrap();
        let whole = of([0.2, -0.4, 0.0, 0.9]);
        assert_eq!(found.norms.map(|norm| norm.is_some()), [true, true, false, true]);
        assert!([0, 1, 3].iter().all(|at| found.norms[*at] == whole.norms[*at]));
        assert_eq!(Strengths::of([None; 4], &ratings, (1.0, 7.0)), None);
    }

    #[test]
    fn a_norm_stands_above_another_only_by_more_than_both_err() {
        let [cs, ar, mp] = [
            RelationalModel::CommunalSharing,
            RelationalModel::AuthorityRanking,
            RelationalModel::MarketPricing,
        ];
        let above = |found: Strengths, model| found.above(model).map(|(strongest, _)| strongest);
        let clear = of([-1.0, 1.0, -1.0, 0.0]);
        assert_eq!((above(clear, cs), above(clear, ar)), (Some(ar), None));
        assert_eq!(above(of([0.9, 1.0, -1.0, 0.0]), cs), None);
        // Of a norm that was left out nothing is known, but that another one is held.
        let ratings = FeaturePlan::customer_interview_like().scales.unwrap();
        let without = |ar_mean| {
            Strengths::of([Some(-1.0), Some(ar_mean), Some(-1.0), None], &ratings, (1.0, 7.0)).unwrap()
        };
        assert_eq!((above(without(1.0), mp), above(without(-0.9), mp)), (Some(ar), None));
    }

    #[test]
    fn one_norm_is_enough_to_be_engaged() {
        assert_eq!(of([1.0, -1.0, -1.0, -1.0]).engagement(), Some(Engagement::Normal));
        assert_eq!(of([-1.0; 4]).engagement(), Some(Engagement::Low));
        // 3.8 of 1 to 7, and its interval goes beyond the 4: nobody can say.
        let near = of([-0.07, -0.4, -1.0, -0.2]);
        assert!(near.norms[0].unwrap().high > 4.0 && near.norms[0].unwrap().low < 4.0, "{near:?}");
        assert_eq!(near.engagement(), Some(Engagement::Unclear));
        assert_eq!(of([0.05, -0.4, -1.0, -0.2]).engagement(), Some(Engagement::Unclear));
        // One that is held is enough where another is not known; where none is, the unknown one may be.
        let ratings = FeaturePlan::customer_interview_like().scales.unwrap();
        let without = |cs| Strengths::of([Some(cs), None, Some(-1.0), Some(-1.0)], &ratings, (1.0, 7.0));
        let engaged = [1.0, -1.0].map(|cs| without(cs).unwrap().engagement());
        assert_eq!(engaged, [Some(Engagement::Normal), None]);
    }

    #[test]
    fn uniform_answers_scatter_as_they_should() {
        // Seven points from −1 to 1 in steps of a third: squares sum to 2·(1 + 4 + 9)/9.
        assert!((uniform_variance(7) - 28.0 / 63.0).abs() < 1e-12);
        let (mean, variance) = expected(&agree_cuts(7), 0.1, 1e-9);
        assert!((mean - 1.0 / 3.0).abs() < 1e-9 && variance < 1e-9, "agreement is a little easier: {mean}");
    }
}
