//! What people answer by the model that they use: estimates that are adjusted for misclassification.
//!
//! Owns which answers are estimated by model, and when they cannot be. True models are unknown, and a mean weighted by probabilities mixes
//! them: three-step estimation undoes that (`psychometrics::three_step`), with the error rates of the very classifier behind the
//! probabilities (`classify::misclassification`).

use std::collections::BTreeMap;

use serde::Serialize;

use super::IntervalEstimate;
use super::clusters::robust;
use super::estimate::no_surer_than_counted;
use super::measured::{Member, ModelCall};
use super::models::are_untold;
use super::respondents::numbers;
use crate::classify::misclassification::Misclassification;
use crate::instrument::RelationalModel::{self, CommunalSharing, MarketPricing};
use crate::psychometrics::bounded::{bounded_mean_with, worth};
use crate::psychometrics::normal;
use crate::psychometrics::proportion::wilson_of;
use crate::psychometrics::three_step::{self, Errors};
use crate::psychometrics::{Interval, LEVEL};

/// An outcome by model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OutcomeLine {
    /// What it is.
    pub outcome: DistalOutcome,
    /// The name of its scale; empty where it has none.
    pub name: String,
    /// Its title.
    pub label: String,
    /// The lowest and the highest that can be.
    pub range: (f64, f64),
    /// Those who use CS, AR, EM, MP.
    pub by_model: Vec<Adjusted>,
    /// Those who use communal sharing less those who use market pricing.
    pub personal_minus_business: Adjusted,
    /// The difference by maximum likelihood of answers and assignments together, as a check.
    pub by_likelihood: Option<f64>,
}

/// Answers that are told apart by model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum DistalOutcome {
    /// The Net Promoter Score, −100…+100.
    Nps,
    /// The mean mark, 1–10.
    Satisfaction,
    /// The share of 8, 9 and 10.
    Satisfied,
    /// The mean wish to stay.
    Staying,
    /// The share that leans toward leaving.
    Leaving,
    /// The mean strength of a feeling.
    Feeling,
}

/// An estimate for those who use a model, or why there is none.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Adjusted {
    /// The estimate.
    pub estimate: Option<IntervalEstimate>,
    /// How many people whose model was known would tell as much, whatever sessions each has; of a difference, the fewer of its two.
    pub worth: f64,
    /// Why it cannot be told.
    pub untold: Option<Untold>,
}

/// Why something cannot be told of those who use a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Untold {
    /// No session with an answer has a profile.
    NoProfiles,
    /// The classifier cannot tell the models apart.
    NotSeparated,
    /// Even that there are people who use the model is not told from chance.
    TooFew,
    /// It is not shown, because too few are behind it or because others could be worked out from it.
    Held,
}

impl Adjusted {
    /// Nothing, and why.
    pub fn none(why: Untold) -> Self {
        Self { estimate: None, worth: 0.0, untold: Some(why) }
    }

    /// Without the value, which may not be shown; a reason why there is none stays.
    pub(super) fn held(self) -> Self {
        if self.estimate.is_some() { Self::none(Untold::Held) } else { Self { worth: 0.0, ..self } }
    }
}

/// An outcome that is asked of all respondents, before estimation.
pub(super) struct AskedOutcome<'a> {
    pub outcome: DistalOutcome,
    pub name: String,
    pub label: String,
    pub range: (f64, f64),
    pub answers: Vec<(&'a Member, f64)>,
}

impl AskedOutcome<'_> {
    /// By model.
    pub fn line(self) -> OutcomeLine {
        let cases = Cases::of(&self.answers);
        let adjusted = |of: &dyn Fn(&Cases) -> Adjusted| match &cases {
            Ok(cases) => of(cases),
            Err(why) => Adjusted::none(*why),
        };
        let one = |model| adjusted(&|cases| cases.mean(model, self.range));
        let difference = adjusted(&|cases| cases.difference(self.range));
        let checked = matches!(self.outcome, DistalOutcome::Nps | DistalOutcome::Satisfaction);
        let likeliest = cases.as_ref().ok().filter(|_| checked && difference.estimate.is_some());
        OutcomeLine {
            outcome: self.outcome,
            name: self.name,
            label: self.label,
            range: self.range,
            by_model: RelationalModel::ALL.into_iter().map(one).collect(),
            personal_minus_business: difference,
            by_likelihood: likeliest.and_then(|cases| cases.likeliest(self.outcome)),
        }
    }
}

/// Sessions with an answer, each with what it counts for every model.
struct Cases<'a> {
    members: Vec<&'a Member>,
    values: Vec<f64>,
    assigned: Vec<Vec<f64>>,
    weights: Vec<Vec<f64>>,
    errors: Errors,
    covariance: Vec<Vec<Vec<f64>>>,
}

impl<'a> Cases<'a> {
    fn of(answers: &[(&'a Member, f64)]) -> Result<Self, Untold> {
        let known = || answers.iter().filter_map(|(m, value)| Some((m.assigned.as_ref()?, *value)));
        let members = answers.iter().map(|(member, _)| *member).filter(|m| m.assigned.is_some()).collect();
        let matrix = Misclassification::average(known().map(|(assigned, _)| &*assigned.errors))
            .ok_or(Untold::NoProfiles)?;
        // Uninformative answers have the assumed shares as probabilities; where they are the majority, they would count for every model.
        let calls: Vec<&ModelCall> = answers.iter().filter_map(|(member, _)| member.own.as_ref()).collect();
        if are_untold(&calls) {
            return Err(Untold::NotSeparated);
        }
        let rows: Vec<Vec<f64>> = matrix.rows.iter().map(|row| row.to_vec()).collect();
        let errors = Errors::of(&rows).map_err(|_| Untold::NotSeparated)?;
        let assigned: Vec<Vec<f64>> = known().map(|(found, _)| found.probabilities.to_vec()).collect();
        Ok(Self {
            members,
            values: known().map(|(_, value)| value).collect(),
            weights: assigned.iter().map(|row| errors.weights(row)).collect(),
            assigned,
            errors,
            covariance: matrix.covariance.map(|row| row.map(|cell| cell.to_vec()).to_vec()).to_vec(),
        })
    }

    /// Values with what they count for a model.
    fn weighed(&self, model: usize) -> Vec<(f64, f64)> {
        self.values.iter().zip(&self.weights).map(|(value, weights)| (*value, weights[model])).collect()
    }

    /// How many people of a known model these weights are worth: what one person counts in several sessions is one weight.
    fn worth(&self, weighed: &[(f64, f64)]) -> f64 {
        let mut each: BTreeMap<usize, f64> = BTreeMap::new();
        for (person, (_, weight)) in numbers(self.members.iter().copied()).into_iter().zip(weighed) {
            *each.entry(person).or_default() += weight;
        }
        worth(each.into_values())
    }

    /// What each class pulls at a mean: Σw(y − mean).
    fn pulls(&self, mean: f64) -> Vec<f64> {
        let of = |class| self.weighed(class).iter().map(|(value, weight)| weight * (value - mean)).sum();
        (0..self.errors.classes()).map(of).collect()
    }

    fn mean(&self, model: RelationalModel, ends: (f64, f64)) -> Adjusted {
        let weighed = self.weighed(model.index());
        let total: f64 = weighed.iter().map(|(_, weight)| weight).sum();
        let worth = self.worth(&weighed);
        if total <= 0.0 || !three_step::is_told(worth, LEVEL) {
            let worth = if total > 0.0 { worth } else { 0.0 };
            return Adjusted { worth, ..Adjusted::none(Untold::TooFew) };
        }
        let mean = weighed.iter().map(|(value, weight)| value * weight).sum::<f64>() / total;
        let error = self.errors.carried(&self.covariance, &self.pulls(mean), model.index(), total);
        match bounded_mean_with(&weighed, ends, LEVEL, error) {
            Ok((value, interval)) => {
                let found = IntervalEstimate::of(value, interval);
                let is_share = self.values.iter().all(|value| *value == ends.0 || *value == ends.1);
                let found = if is_share { no_surer_than_counted(found, worth, ends) } else { found };
                let found = self.grouped(found, &weighed, ends, error);
                Adjusted { estimate: Some(found), worth, untold: None }
            }
            Err(_) => Adjusted { worth, ..Adjusted::none(Untold::TooFew) },
        }
    }

    /// No surer than groups allow, with the error of the classifier's errors on top, which no group knows of.
    fn grouped(
        &self,
        found: IntervalEstimate,
        weighed: &[(f64, f64)],
        ends: (f64, f64),
        error: f64,
    ) -> IntervalEstimate {
        let cases =
            self.members.iter().zip(weighed).map(|(member, (value, weight))| (*member, *value, *weight));
        let point = IntervalEstimate { low: found.value, high: found.value, ..found };
        let own = robust(point, cases, ends);
        let carried = normal::critical(LEVEL).powi(2) * error;
        let far = |distance: f64| if distance > 0.0 { (distance * distance + carried).sqrt() } else { 0.0 };
        IntervalEstimate {
            low: found.low.min((found.value - far(found.value - own.low)).max(ends.0)),
            high: found.high.max((found.value + far(own.high - found.value)).min(ends.1)),
            ..found
        }
    }

    /// The difference of two means, with the interval from their two intervals: d − √(a² + b² − 2rab), where a and b are the distances of
    /// the relevant ends from their means and r is the correlation of the means, estimated from the sessions' contributions to them (Zou
    /// 2007, Zou and Donner 2008).
    fn difference(&self, ends: (f64, f64)) -> Adjusted {
        let (one, other) = (self.mean(CommunalSharing, ends), self.mean(MarketPricing, ends));
        let worth = one.worth.min(other.worth);
        let (Some(up), Some(down)) = (one.estimate, other.estimate) else {
            return Adjusted {
                worth,
                ..Adjusted::none(one.untold.or(other.untold).unwrap_or(Untold::TooFew))
            };
        };
        let pulls = |model: RelationalModel, mean: f64| -> Vec<f64> {
            self.weighed(model.index()).iter().map(|(value, weight)| weight * (value - mean)).collect()
        };
        let (ups, downs) = (pulls(CommunalSharing, up.value), pulls(MarketPricing, down.value));
        let product = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let size = (product(&ups, &ups) * product(&downs, &downs)).sqrt();
        // What answers that agree pull by is rounding.
        let rounding = (1e-9 * (ends.1 - ends.0)).powi(2);
        let together = if size > rounding { product(&ups, &downs) / size } else { 0.0 };
        let far = |a: f64, b: f64| (a * a + b * b - 2.0 * together * a * b).max(0.0).sqrt();
        let value = up.value - down.value;
        let low = value - far(up.value - up.low, down.high - down.value);
        let high = value + far(up.high - up.value, down.value - down.low);
        let found = IntervalEstimate::of(value, Interval { low, high });
        // A difference is the mean of what each session pulls at it.
        let n = self.values.len() as f64;
        let total = |model: RelationalModel| {
            self.weighed(model.index()).iter().map(|(_, weight)| weight).sum::<f64>()
        };
        let (of_one, of_other) = (total(CommunalSharing), total(MarketPricing));
        let cases = self
            .members
            .iter()
            .zip(ups.iter().zip(&downs))
            .map(|(member, (up, down))| (*member, value + n * (up / of_one - down / of_other), 1.0));
        let width = ends.1 - ends.0;
        let estimate = Some(robust(found, cases, (-width, width)));
        Adjusted { estimate, worth, untold: None }
    }

    /// The difference by maximum likelihood: multinomial for an NPS, normal for marks.
    fn likeliest(&self, outcome: DistalOutcome) -> Option<f64> {
        let (one, other) = (CommunalSharing.index(), MarketPricing.index());
        if outcome == DistalOutcome::Nps {
            let kind = |value: &f64| if *value > 0.0 { 2 } else { usize::from(*value >= 0.0) };
            let kinds: Vec<usize> = self.values.iter().map(kind).collect();
            let found = three_step::categorical(&kinds, &self.assigned, &self.errors).ok()?;
            let score = |model: usize| {
                let share = |kind: usize| found.classes[model].get(kind).copied().unwrap_or(0.0);
                100.0 * (share(2) - share(0))
            };
            return Some(score(one) - score(other));
        }
        let found = three_step::normal(&self.values, &self.assigned, &self.errors).ok()?;
        Some(found.classes.0[one] - found.classes.0[other])
    }
}

/// How often the two models of a session are the same, against what the rates of both would give by chance. It describes sessions, not
/// people: a strong norm is both classified more surely and projected more onto the other side, which no adjustment for misclassification
/// removes.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct SelfAgreement {
    /// The share of sessions with one model on both sides.
    pub same: IntervalEstimate,
    /// The share that there would be if the one had nothing to do with the other.
    pub by_rates: f64,
    /// The excess over that.
    pub beyond: IntervalEstimate,
}

impl SelfAgreement {
    /// Between the two models of each session.
    pub(super) fn of(pairs: impl Iterator<Item = (RelationalModel, RelationalModel)>) -> Option<Self> {
        let certain =
            |model: RelationalModel| RelationalModel::ALL.map(|of| f64::from(u8::from(of == model)));
        let (said, used): (Vec<[f64; 4]>, Vec<[f64; 4]>) =
            pairs.map(|(said, used)| (certain(said), certain(used))).unzip();
        let n = said.len() as f64;
        if said.len() < 2 {
            return None;
        }
        let mean = |of: &[[f64; 4]], k: usize| of.iter().map(|row| row[k]).sum::<f64>() / n;
        let (p, q): ([f64; 4], [f64; 4]) =
            (std::array::from_fn(|k| mean(&said, k)), std::array::from_fn(|k| mean(&used, k)));
        let dot = |a: &[f64; 4], b: &[f64; 4]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
        let agrees: Vec<f64> = said.iter().zip(&used).map(|(s, u)| dot(s, u)).collect();
        let same = agrees.iter().sum::<f64>() / n;
        let by_rates = dot(&p, &q);
        // What each person moves the difference by: the product of two means moves with both.
        let moves: Vec<f64> =
            said.iter().zip(&used).zip(&agrees).map(|((s, u), a)| a - dot(s, &q) - dot(u, &p)).collect();
        let error = |of: &[f64]| {
            let centre = of.iter().sum::<f64>() / n;
            (of.iter().map(|x| (x - centre).powi(2)).sum::<f64>() / (n * (n - 1.0))).sqrt()
        };
        let z = normal::critical(LEVEL);
        let half = z * error(&moves);
        let beyond = same - by_rates;
        let interval = wilson_of(same.min(1.0), n, LEVEL).ok()?;
        Some(Self {
            same: IntervalEstimate::of(same.min(1.0), interval),
            by_rates,
            beyond: IntervalEstimate {
                value: beyond.clamp(-1.0, 1.0),
                low: (beyond - half).max(-1.0),
                high: (beyond + half).min(1.0),
            },
        })
    }

    /// Whether it is more than the rates alone give.
    pub fn is_more(&self) -> bool {
        self.beyond.low > 0.0
    }
}
