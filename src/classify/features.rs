//! The classifier's view of a session: the names of features, and how they are computed from raw parts.
//!
//! Owns the feature vector; the reference sample and real sessions go through the same function. Refuses a partial block:
//! centring needs all four scale means, so a session that lacks one lacks the block.
//!
//! | block | features |
//! |---|---|
//! | scales | `centred_cs` … `centred_mp`, `closeness` |
//! | vignettes | `vignette_cs` … `vignette_mp` |
//! | best–worst choices | `best_worst_cs` … `best_worst_mp` |
//! | allocation | `allocation_cs` … `allocation_mp` |
//!
//! The centred means sum to zero and so carry one column too many; L2 copes with that, and dropping one would make the
//! penalty treat the models unequally. Vignette shares, best–worst scores and points keep four for the same reason; and where parts of the
//! points belong to no model, what is given to them must not count for the model whose column is missing.

use serde::{Deserialize, Serialize};

use crate::instrument::construct::RelationalModel;

/// The mean of the four scale means: how close the relation is, whichever model.
pub const CLOSENESS: &str = "closeness";
pub(super) const CENTRED: [&str; 4] = ["centred_cs", "centred_ar", "centred_em", "centred_mp"];
pub(super) const VIGNETTE: [&str; 4] = ["vignette_cs", "vignette_ar", "vignette_em", "vignette_mp"];
pub(super) const BEST_WORST: [&str; 4] = ["best_worst_cs", "best_worst_ar", "best_worst_em", "best_worst_mp"];
pub(super) const ALLOCATION: [&str; 4] = ["allocation_cs", "allocation_ar", "allocation_em", "allocation_mp"];

/// Scale means closer than this are equal: the rest is rounding, and one step of an answer is hundreds of times as large.
const FLAT: f64 = 1e-9;

/// Named feature values of one session and perspective, in a fixed order.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct FeatureSet {
    /// Name and value.
    pub values: Vec<(String, f64)>,
}

/// What a session gives, each part in the order CS, AR, EM, MP; any may be absent.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct RawParts {
    /// Scale means on −1…+1 (see [`rescale`]), keyed.
    pub scale_means: Option<[f64; 4]>,
    /// How often a reaction of each model was chosen, out of `answered` vignettes.
    pub vignettes: Option<ChoiceShares>,
    /// How often a statement of each model was called best, less how often worst, out of `total` sets.
    pub best_worst: Option<ChoiceShares>,
    /// Points for each model, out of `total` (parts without a model may hold the rest).
    pub allocation: Option<ChoiceShares>,
}

/// Counts by model out of a total.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChoiceShares {
    /// Counts for CS, AR, EM, MP.
    pub by_model: [f64; 4],
    /// What they are shares of; above zero.
    pub total: f64,
}

/// `value` on a scale from `low` to `high`, brought to −1…+1, so that instruments of 5 and 7 points can be compared.
/// 0 for a scale without length.
pub fn rescale(value: f64, low: f64, high: f64) -> f64 {
    let half = (high - low) / 2.0;
    if half > 0.0 { (value - low) / half - 1.0 } else { 0.0 }
}

/// The four means with the mean of the four taken out, and that mean.
pub fn centre(means: [f64; 4]) -> ([f64; 4], f64) {
    let closeness = means.iter().sum::<f64>() / 4.0;
    (means.map(|mean| mean - closeness), closeness)
}

impl RawParts {
    /// The feature values alone, in the order of [`FeatureSet::from_parts`].
    pub fn values(&self) -> Vec<f64> {
        let mut values = Vec::with_capacity(17);
        if let Some(means) = self.scale_means {
            let (centred, closeness) = centre(means);
            values.extend(centred);
            values.push(closeness);
        }
        for choices in [self.vignettes, self.best_worst, self.allocation].into_iter().flatten() {
            values.extend(choices.shares());
        }
        values
    }

    /// Names of the features in the order of [`RawParts::values`].
    fn names(&self) -> impl Iterator<Item = &'static str> {
        let scales = self.scale_means.iter().flat_map(|_| CENTRED.into_iter().chain([CLOSENESS]));
        let vignettes = self.vignettes.iter().flat_map(|_| VIGNETTE);
        let best_worst = self.best_worst.iter().flat_map(|_| BEST_WORST);
        let allocation = self.allocation.iter().flat_map(|_| ALLOCATION);
        scales.chain(vignettes).chain(best_worst).chain(allocation)
    }
}

impl FeatureSet {
    /// The features of what a session gives.
    pub fn from_parts(parts: &RawParts) -> Self {
        Self { values: parts.names().map(str::to_owned).zip(parts.values()).collect() }
    }

    /// The value of a feature.
    pub fn get(&self, name: &str) -> Option<f64> {
        let found = self.values.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| *value)
    }

    /// The means of the four model scales, −1…+1, if the session has them.
    pub fn scale_means(&self) -> Option<[f64; 4]> {
        let closeness = self.get(CLOSENESS)?;
        let mut means = [closeness; 4];
        for (mean, name) in means.iter_mut().zip(CENTRED) {
            *mean += self.get(name)?;
        }
        Some(means)
    }

    /// Whether every scale was answered alike: such ratings neither distinguish norms nor show how easy statements are.
    pub fn is_flat(&self) -> bool {
        self.scale_means().is_some_and(|means| centre(means).0.iter().all(|off| off.abs() < FLAT))
    }

    /// The features of these names, in that order; one that is not there is left out.
    pub fn only(&self, names: &[String]) -> Self {
        let values = names.iter().filter_map(|name| Some((name.clone(), self.get(name)?)));
        Self { values: values.collect() }
    }

    /// Names in order.
    pub fn names(&self) -> Vec<String> {
        self.values.iter().map(|(name, _)| name.clone()).collect()
    }

    /// The model with the highest centred scale mean, if the session has scales: the rule of thumb that a classifier must beat.
    /// Ties go to the model that comes first in `tie_order`.
    pub fn highest_scale(&self, tie_order: &[RelationalModel]) -> Option<RelationalModel> {
        let mut best: Option<(RelationalModel, f64)> = None;
        for &model in tie_order {
            let value = self.get(CENTRED[model.index()])?;
            if best.is_none_or(|(_, highest)| value > highest) {
                best = Some((model, value));
            }
        }
        best.map(|(model, _)| model)
    }
}

impl ChoiceShares {
    fn shares(&self) -> [f64; 4] {
        // A block without answers must be absent; should one arrive anyway, its shares are zero.
        let total = if self.total > 0.0 { self.total } else { 1.0 };
        self.by_model.map(|count| count / total)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn full() -> RawParts {
        RawParts {
            scale_means: Some([0.5, -0.5, 0.0, 1.0]),
            vignettes: Some(ChoiceShares { by_model: [1.0, 0.0, 2.0, 5.0], total: 8.0 }),
            best_worst: Some(ChoiceShares { by_model: [-2.0, -3.0, 1.0, 4.0], total: 8.0 }),
            allocation: Some(ChoiceShares { by_model: [10.0, 20.0, 30.0, 40.0], total: 100.0 }),
        }
    }

    #[test]
    fn all_blocks_in_their_order() {
        let set = FeatureSet::from_parts(&full());
        let expected = [
            ("centred_cs", 0.25),
            ("centred_ar", -0.75),
            ("centred_em", -0.25),
            ("centred_mp", 0.75),
            ("closeness", 0.25),
            ("vignette_cs", 0.125),
            ("vignette_ar", 0.0),
            ("vignette_em", 0.25),
            ("vignette_mp", 0.625),
            ("best_worst_cs", -0.25),
            ("best_worst_ar", -0.375),
            ("best_worst_em", 0.125),
            ("best_worst_mp", 0.5),
            ("allocation_cs", 0.1),
            ("allocation_ar", 0.2),
            ("allocation_em", 0.3),
            ("allocation_mp", 0.4),
        ];
        let found: Vec<(&str, f64)> = set.values.iter().map(|(n, v)| (n.as_str(), *v)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_absent_block_leaves_no_features() {
        let parts = RawParts { scale_means: None, ..full() };
        let set = FeatureSet::from_parts(&parts);
        assert_eq!(set.values.len(), 12);
        assert_eq!(set.scale_means(), None);
        assert_eq!(FeatureSet::from_parts(&full()).scale_means(), full().scale_means);
        assert_eq!(set.get(CLOSENESS), None);
        assert_eq!(set.highest_scale(&RelationalModel::ALL), None);
    }

    #[test]
    fn ties_follow_the_order_given() {
        let parts = RawParts { scale_means: Some([1.0, 0.0, 0.0, 1.0]), ..RawParts::default() };
        let set = FeatureSet::from_parts(&parts);
        let mut order = RelationalModel::ALL;
        assert_eq!(set.highest_scale(&order), Some(RelationalModel::CommunalSharing));
        order.reverse();
        assert_eq!(set.highest_scale(&order), Some(RelationalModel::MarketPricing));
    }

    #[test]
    fn five_and_seven_points_meet() {
        assert_eq!(rescale(3.0, 1.0, 5.0), rescale(4.0, 1.0, 7.0));
        assert_eq!((rescale(1.0, 1.0, 7.0), rescale(7.0, 1.0, 7.0)), (-1.0, 1.0));
        assert_eq!(rescale(2.0, 2.0, 2.0), 0.0);
    }

    proptest! {
        #[test]
        fn lifting_everything_moves_closeness_alone(means in prop::array::uniform4(-1.0..1.0_f64), lift in -1.0..1.0_f64) {
            let (before, low) = centre(means);
            let (after, high) = centre(means.map(|mean| mean + lift));
            prop_assert!((high - low - lift).abs() < 1e-12);
            prop_assert!(before.iter().zip(after).all(|(a, b)| (a - b).abs() < 1e-12));
        }
    }
}
