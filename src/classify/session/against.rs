//! Which answers put another model clearly above one: the rated statements, or the choices. A profile weighs both and may rely
//! more on one of them; its reader must be told that the other points elsewhere.

use super::Evidence;
use crate::classify::features::{ALLOCATION, BEST_WORST, VIGNETTE};
use crate::classify::model::Profile;
use crate::classify::strength::Strength;
use crate::instrument::RelationalModel;
use crate::psychometrics::LEVEL;
use crate::psychometrics::normal;

/// What puts another model above one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Against {
    /// The statements: its norm is held so strongly.
    Rated(RelationalModel, Strength),
    /// The choices between models: this one was chosen more often.
    Chosen(RelationalModel),
    /// The choices between models: several were chosen more often, none of them most, or it was never chosen.
    PassedOver,
}

/// Counts of choices closer than this are equal: the rest is rounding.
const ROUNDING: f64 = 1e-9;
/// From this many situations on, it is meaningful that a model was chosen in none.
const MANY: f64 = 6.0;

impl Evidence {
    /// What speaks against a model by more than chance: the statements first.
    pub fn against(&self, model: RelationalModel) -> Option<Against> {
        let rated = self.strengths.and_then(|strengths| strengths.above(model));
        rated.map(|(other, held)| Against::Rated(other, held)).or_else(|| self.chosen_above(model))
    }

    /// Whether the answers tell the first two models apart while the statements or the choices put another one clearly in front.
    pub fn is_parted(&self, profile: &Profile) -> bool {
        !profile.uncertain && self.against(profile.answers.dominant).is_some()
    }

    /// Whether the answers support a model: some norm is held, and neither statements nor choices put another one clearly above
    /// it.
    pub fn bears_out(&self, model: RelationalModel) -> bool {
        !self.strengths.is_some_and(|strengths| strengths.are_low()) && self.against(model).is_none()
    }

    /// The model chosen more often than `model`, by more than random choices would give, or the finding that `model` was chosen
    /// in none of many situations. Divided points count as one choice, in parts.
    fn chosen_above(&self, model: RelationalModel) -> Option<Against> {
        let (mut lead, mut variance) = ([0.0; 4], 0.0);
        // How often a model was the one chosen, and in how many situations; points count as none where they are fewer than chance gives.
        let (mut taken, mut situations) = (0.0, 0.0);
        // A choice of one of m is ±1 for each of two models with 2/m, a best and a worst of m are ±1 and ±2 with 4/(m − 1) in all.
        let points: Vec<_> = self.plan.allocation.iter().map(|plan| plan.parts.clone()).collect();
        let kinds = [
            (&self.plan.vignettes, VIGNETTE, (|m| 2.0 / m) as fn(f64) -> f64),
            (&points, ALLOCATION, |m| 2.0 / m),
            (&self.plan.best_worst, BEST_WORST, |m| 4.0 / (m - 1.0)),
        ];
        for (sets, names, of) in kinds {
            let Some(shares) =
                names.map(|name| self.features.get(name)).into_iter().collect::<Option<Vec<_>>>()
            else {
                continue;
            };
            lead.iter_mut().zip(&shares).for_each(|(lead, share)| *lead += share * sets.len() as f64);
            variance += sets.iter().map(|set| of(set.len().max(2) as f64)).sum::<f64>();
            let (share, parts) = (shares[model.index()], sets.first().map_or(1, Vec::len) as f64);
            if names == VIGNETTE {
                situations += sets.len() as f64;
                taken += share * sets.len() as f64;
            } else if share * parts >= 1.0 || names == BEST_WORST && share > 0.0 {
                taken += 1.0;
            }
        }
        let highest = lead.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let mut most =
            RelationalModel::ALL.into_iter().filter(|other| highest - lead[other.index()] < ROUNDING);
        let held = lead[model.index()];
        match (most.next(), most.next()) {
            _ if highest - held <= normal::critical(LEVEL) * f64::sqrt(variance) => {
                (situations >= MANY && taken <= 0.0).then_some(Against::PassedOver)
            }
            (Some(one), None) => Some(Against::Chosen(one)),
            _ => Some(Against::PassedOver),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::features::{ChoiceShares, FeatureSet, RawParts};
    use crate::classify::reference::{AllocationPlan, FeaturePlan};
    use crate::instrument::Perspective;
    use RelationalModel::{CommunalSharing, EqualityMatching, MarketPricing};

    fn chosen(best_worst: Option<[f64; 4]>, vignettes: Option<[f64; 4]>) -> Evidence {
        divided(best_worst, vignettes, None)
    }

    fn divided(
        best_worst: Option<[f64; 4]>,
        vignettes: Option<[f64; 4]>,
        points: Option<[f64; 4]>,
    ) -> Evidence {
        let set = RelationalModel::ALL.map(Some).to_vec();
        let choices = |by_model, total| ChoiceShares { by_model, total };
        let parts = RawParts {
            best_worst: best_worst.map(|counts| choices(counts, 6.0)),
            vignettes: vignettes.map(|counts| choices(counts, 6.0)),
            allocation: points.map(|points| choices(points, 100.0)),
            ..RawParts::default()
        };
        let sets = |there: bool| if there { vec![set.clone(); 6] } else { Vec::new() };
        let plan = FeaturePlan {
            perspective: Perspective::Own,
            scales: None,
            vignettes: sets(vignettes.is_some()),
            best_worst: sets(best_worst.is_some()),
            allocation: points.map(|_| AllocationPlan { total: 100, parts: set.clone() }),
        };
        let features = FeatureSet::from_parts(&parts);
        Evidence { perspective: Perspective::Own, features, strengths: None, plan, heeds: 1.0, random: None }
    }

    #[test]
    fn choices_speak_against_a_model_only_beyond_chance() {
        // Twelve apart of six sets, with an SD of √(6 · 4/3).
        let clear = chosen(Some([-6.0, 0.0, 0.0, 6.0]), None);
        assert_eq!(clear.against(CommunalSharing), Some(Against::Chosen(MarketPricing)));
        assert_eq!((clear.against(MarketPricing), clear.bears_out(CommunalSharing)), (None, false));
        // 1.96 · 2.83 is 5.54.
        let five = chosen(Some([-1.0, -2.0, -1.0, 4.0]), None);
        assert!(five.against(CommunalSharing).is_none() && five.bears_out(CommunalSharing));
        // Six choices of one of four: 1.96 · √3 is 3.39.
        assert!(chosen(None, Some([1.0, 1.0, 4.0, 0.0])).against(CommunalSharing).is_none());
        let four = chosen(None, Some([0.0, 1.0, 4.0, 1.0]));
        assert_eq!(four.against(CommunalSharing), Some(Against::Chosen(EqualityMatching)));
        assert!(chosen(None, None).against(CommunalSharing).is_none());
        // All points count as one more choice; 1.96 · √3.5 is 3.67.
        let three = Some([0.0, 1.0, 1.0, 3.0]);
        assert_eq!(chosen(None, three).against(CommunalSharing), Some(Against::PassedOver));
        let all = divided(None, three, Some([0.0, 0.0, 0.0, 100.0]));
        assert_eq!(all.against(CommunalSharing), Some(Against::Chosen(MarketPricing)));
        assert!(divided(None, three, Some([40.0, 0.0, 0.0, 60.0])).against(CommunalSharing).is_none());
        assert!(divided(None, None, Some([0.0, 0.0, 0.0, 100.0])).against(CommunalSharing).is_none());
        // Never in six, and spread over the others; nobody is named of those that lie level.
        let never = chosen(None, Some([0.0, 2.0, 2.0, 2.0]));
        assert_eq!(never.against(CommunalSharing), Some(Against::PassedOver));
        assert!(chosen(None, Some([1.0, 2.0, 2.0, 1.0])).against(CommunalSharing).is_none());
        let level = chosen(Some([-6.0, 3.0, 3.0, 0.0]), None);
        assert_eq!(level.against(CommunalSharing), Some(Against::PassedOver));
    }
}
