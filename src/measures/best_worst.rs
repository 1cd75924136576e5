//! Best–worst scores: how much more often a relational model is called most than least like it.
//!
//! # What it measures
//! Which norm a person puts first, and which last, when every model stands beside the other three.
//! # Formula
//! (times most − times least) / sets answered, −1…+1; SE = √((b + w − (b − w)²)/n) with the shares b and w of n sets.
//! # Cautions
//! Ipsative: the four sum to zero where every statement stands for a model, so that they say nothing of how strong all
//! norms are together. Where every set says the same of a model (always most, say, or never chosen), the formula's error is
//! zero, which n sets cannot know; then none is given.
//! # Reference
//! Louviere, Flynn and Marley 2015, *Best–worst scaling*, case 1; the error is that of a multinomial. Statements are our own.

use super::{About, Measure, Norms, Outcome, Score};
use crate::instrument::kinds::{Datum, Key};
use crate::instrument::{Method, RelationalModel, Scale};
use crate::interview::Fed;

/// See the head of this file.
#[derive(Debug)]
pub struct BestWorst;

/// How often each model was most and least like it, and in how many sets.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct BestWorstCounts {
    /// Times most like it: CS, AR, EM, MP.
    pub best: [f64; 4],
    /// Times least like it.
    pub worst: [f64; 4],
    /// Sets of which both are known.
    pub sets: f64,
}

impl BestWorstCounts {
    /// What the data of a best–worst scale come to; none while no set has both answers.
    pub fn of<'a>(fed: impl IntoIterator<Item = &'a Fed>) -> Option<Self> {
        let fed: Vec<&Fed> = fed.into_iter().collect();
        let mut counts = Self::default();
        for first in &fed {
            let (Key::Best(tags), Datum::Text(best)) = (&first.key, &first.datum) else { continue };
            let worst = fed.iter().find_map(|other| match (&other.key, &other.datum) {
                (Key::Worst(_), Datum::Text(worst)) if other.item == first.item => Some(worst),
                _ => None,
            });
            let model =
                |chosen: &String| tags.iter().find(|(name, _)| name == chosen).and_then(|(_, model)| *model);
            if let Some(worst) = worst {
                counts.add(model(best), model(worst));
            }
        }
        (counts.sets > 0.0).then_some(counts)
    }

    /// Counts one more set, by the models of the statements chosen; a statement may stand for none.
    pub fn add(&mut self, best: Option<RelationalModel>, worst: Option<RelationalModel>) {
        self.sets += 1.0;
        if let Some(model) = best {
            self.best[model.index()] += 1.0;
        }
        if let Some(model) = worst {
            self.worst[model.index()] += 1.0;
        }
    }

    /// The four scores, −1…+1; none while nothing is counted.
    pub fn scores(&self) -> Option<[f64; 4]> {
        let score =
            |model: RelationalModel| (self.best[model.index()] - self.worst[model.index()]) / self.sets;
        (self.sets > 0.0).then(|| RelationalModel::ALL.map(score))
    }

    /// The standard error of a model's score; none where all sets say the same of it.
    pub fn se(&self, model: RelationalModel) -> Option<f64> {
        let [best, worst] = [self.best, self.worst].map(|times| times[model.index()] / self.sets);
        let variance = best + worst - (best - worst).powi(2);
        // Shares of whole sets: what is left by rounding is far below one set in a thousand.
        (variance > 1e-9).then(|| (variance / self.sets).sqrt())
    }
}

impl Measure for BestWorst {
    fn id(&self) -> &'static str {
        "best_worst"
    }

    fn about(&self) -> About {
        About {
            name: "best–worst scores by relational model",
            measures: "which norm comes first, and which last, when each stands beside the others",
            formula: "(times most − times least) / sets answered, SE = √((b + w − (b − w)²)/n) with the shares b and w of n sets",
            cautions: "ipsative: the four sum to zero, so they say nothing of the strength of all norms together; no error where every set says the same",
            reference: "Louviere, Flynn and Marley 2015, case 1; wording our own",
        }
    }

    fn applies(&self, scale: &Scale) -> bool {
        scale.method == Method::BestWorst
    }

    fn score(&self, scale: &Scale, fed: &[Fed], _: &Norms) -> Vec<Score> {
        let counts = BestWorstCounts::of(fed).unwrap_or_default();
        let answered = counts.sets as usize;
        let scores = counts.scores().filter(|_| answered >= scale.min_valid);
        let score = |model: RelationalModel| {
            let outcome = match scores {
                Some(scores) => {
                    Outcome::Scored { value: scores[model.index()], se: counts.se(model), n: answered }
                }
                None => Outcome::TooFew { valid: answered, needed: scale.min_valid },
            };
            Score { name: scale.name_of(model), model: Some(model), range: (-1.0, 1.0), outcome }
        };
        RelationalModel::ALL.map(score).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instrument::kinds::WhyMissing;
    use RelationalModel::{
        AuthorityRanking as AR, CommunalSharing as CS, EqualityMatching as EM, MarketPricing as MP,
    };

    fn set(item: usize, best: Datum, worst: Datum) -> [Fed; 2] {
        let tags: Vec<_> = [("cs", CS), ("ar", AR), ("em", EM), ("mp", MP)]
            .map(|(name, model)| (name.to_owned(), Some(model)))
            .into_iter()
            .chain([("none".to_owned(), None)])
            .collect();
        let fed = |column, datum, key| Fed { item, column, datum, key, sorted: None };
        [fed(0, best, Key::Best(tags.clone())), fed(1, worst, Key::Worst(tags))]
    }

    fn text(name: &str) -> Datum {
        Datum::Text(name.to_owned())
    }

    #[test]
    fn a_score_is_most_less_least_over_the_sets_that_have_both() {
        let mut fed = Vec::new();
        for (item, (best, worst)) in
            [("cs", "mp"), ("cs", "ar"), ("em", "cs"), ("cs", "none")].into_iter().enumerate()
        {
            fed.extend(set(item, text(best), text(worst)));
        }
        // Half a set is no set.
        fed.extend(set(9, text("mp"), Datum::Missing(WhyMissing::DontKnow)));
        let counts = BestWorstCounts::of(&fed).unwrap();
        assert_eq!(counts.sets, 4.0);
        assert_eq!(counts.best, [3.0, 0.0, 1.0, 0.0]);
        assert_eq!(counts.worst, [1.0, 1.0, 0.0, 1.0]);
        assert_eq!(counts.scores(), Some([0.5, -0.25, 0.25, -0.25]));
        // By hand, from the four numbers +1, +1, −1, +1: mean .5, variance .75, over four sets .1875.
        assert!((counts.se(CS).unwrap() - 0.187_5_f64.sqrt()).abs() < 1e-12);
        // 0, −1, 0, 0: variance .25 − .0625.
        assert!((counts.se(AR).unwrap() - (0.187_5_f64 / 4.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn the_error_is_the_spread_of_the_sets_for_every_table_of_counts() {
        for (plus, minus, zero) in
            (0..6).flat_map(|p| (0..6).flat_map(move |m| (1..6).map(move |z| (p, m, z))))
        {
            let each: Vec<f64> = [(1.0, plus), (-1.0, minus), (0.0, zero)]
                .into_iter()
                .flat_map(|(value, times)| std::iter::repeat_n(value, times))
                .collect();
            let n = each.len() as f64;
            let mean = each.iter().sum::<f64>() / n;
            let variance = each.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / n;
            let mut counts = BestWorstCounts { sets: n, ..Default::default() };
            (counts.best[1], counts.worst[1]) = (plus as f64, minus as f64);
            let expected = (plus + minus > 0).then(|| (variance / n).sqrt());
            match (counts.se(AR), expected) {
                (Some(found), Some(expected)) => assert!((found - expected).abs() < 1e-12),
                (found, expected) => assert_eq!(found, expected, "{plus} {minus} {zero}"),
            }
        }
    }

    #[test]
    fn nothing_answered_is_no_score() {
        let declined = || Datum::Missing(WhyMissing::Declined);
        assert_eq!(BestWorstCounts::of(&set(0, declined(), declined())), None);
        assert_eq!(BestWorstCounts::default().scores(), None);
        let same = BestWorstCounts { best: [2.0, 0.0, 0.0, 0.0], worst: [0.0, 0.0, 0.0, 2.0], sets: 2.0 };
        assert_eq!(same.scores(), Some([1.0, 0.0, 0.0, -1.0]));
        assert_eq!(RelationalModel::ALL.map(|model| same.se(model)), [None; 4]);
    }
}
