//! Whether a study's codes improve predictions.
//!
//! Owns the comparison that decides which model profiles use: on held-out codes the model of the codes must predict better than
//! the reference model, and better than the shares of the codes alone, each by more than the error of the difference. Otherwise
//! a guessing coder could replace a model that recovers something by one that recovers nothing. Refuses to compare codes of
//! fewer than twenty respondents, because no difference would exceed chance.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{CodedSession, choice};
use crate::classify::metrics::LEAST_PROBABILITY;
use crate::classify::reference::{BASE_RATES, FeaturePlan};
use crate::classify::session::{Evidence, References};
use crate::instrument::{Language, RelationalModel};
use crate::psychometrics::distribution::t_critical;
use crate::psychometrics::parallel::Remembered;
use crate::psychometrics::{Interval, LEVEL};
use crate::text;
use crate::texts::decimal;

/// Fewest coded respondents for a comparison.
pub const FEWEST_CODED: usize = 20;

/// How well codes predict held-out codes, compared with predictions without them: mean log losses in nats. All three assume the
/// shares of the codes outside the fold, so that none gains from knowing how often coders name each model.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct CodesMerit {
    /// Coded sessions.
    pub sessions: usize,
    /// The model of the codes, beside the reference sample or alone as [`choice`] has it.
    pub codes: f64,
    /// The reference model.
    pub reference: f64,
    /// Those shares alone.
    pub shares: f64,
    /// How much less the codes lose than the reference model, as 95 % interval over respondents.
    pub less_than_reference: Interval,
    /// How much less than the shares.
    pub less_than_shares: Interval,
}

/// Whether the codes are useful for training.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "codes", rename_all = "snake_case")]
pub enum CodesWorth {
    /// They could be compared.
    Compared(CodesMerit),
    /// Too few of them, or codes that cannot be held out.
    TooFew {
        /// Coded respondents.
        people: usize,
    },
}

impl CodesWorth {
    /// Whether profiles use them: they predict better than the reference and than their own shares, by more than chance.
    pub fn teach(self) -> bool {
        match self {
            Self::Compared(found) => found.less_than_reference.low > 0.0 && found.less_than_shares.low > 0.0,
            Self::TooFew { .. } => false,
        }
    }

    /// Why they do not; none where they do.
    pub fn why_not(self, language: &Language) -> Option<String> {
        if self.teach() {
            return None;
        }
        Some(match self {
            Self::TooFew { people } => {
                text!(language, "classify-codes-too-few", people, needed = FEWEST_CODED)
            }
            Self::Compared(found) => {
                let shown = |loss: f64| decimal(loss, 3, language);
                let [codes, reference, base] = [found.codes, found.reference, found.shares].map(shown);
                text!(language, "classify-codes-no-better", codes, reference, base)
            }
        })
    }
}

/// What these codes come to for sessions with the features of `plan`.
pub fn worth(coded: &[&CodedSession], plan: &FeaturePlan, names: &[String], simulated: bool) -> CodesWorth {
    let people: BTreeSet<&String> = coded.iter().map(|session| &session.respondent).collect();
    let few = CodesWorth::TooFew { people: people.len() };
    if people.len() < FEWEST_CODED {
        return few;
    }
    static KNOWN: Remembered<String, Option<CodesMerit>> = Remembered::new(choice::REMEMBERED);
    let key = choice::key(coded, plan, names);
    let found = KNOWN.get(|known| *known == key, || key.clone(), || merit(coded, plan, names, simulated));
    found.map_or(few, CodesWorth::Compared)
}

fn merit(
    coded: &[&CodedSession],
    plan: &FeaturePlan,
    names: &[String],
    simulated: bool,
) -> Option<CodesMerit> {
    let pool = choice::choose(coded, plan, names, simulated);
    let (judgement, taught) = choice::held_out(coded, plan, names, pool, simulated)?;
    let (part, taught) = (judgement.division.part, taught.probabilities?);
    let references = References::default();
    let mut losses: Vec<[f64; 3]> = Vec::with_capacity(coded.len());
    for (row, session) in coded.iter().enumerate() {
        let outside = || (0..coded.len()).filter(|other| part[*other] != part[row]);
        // Half a code of each model, so that none is impossible.
        let mut shares = [0.5; 4];
        outside().for_each(|other| shares[coded[other].label.index()] += 1.0);
        let reference = references.profile(&Evidence {
            perspective: plan.perspective,
            features: session.features.only(names),
            strengths: None,
            plan: plan.clone(),
            heeds: 0.0,
            random: None,
        });
        let loss = |under: [f64; 4]| {
            let weighed = RelationalModel::ALL.map(|model| {
                let at = model.index();
                under[at] * shares[at] / BASE_RATES[at]
            });
            let share = weighed[session.label.index()] / weighed.iter().sum::<f64>();
            -share.clamp(LEAST_PROBABILITY, 1.0).ln()
        };
        losses.push([loss(taught[row]), loss(reference.ok()?.probabilities), loss(BASE_RATES)]);
    }
    let mean = |which: usize| losses.iter().map(|row| row[which]).sum::<f64>() / losses.len() as f64;
    let less = |other: usize| {
        let each = coded.iter().zip(&losses).map(|(session, row)| (&session.respondent, row[other] - row[0]));
        difference(each)
    };
    Some(CodesMerit {
        sessions: coded.len(),
        codes: mean(0),
        reference: mean(1),
        shares: mean(2),
        less_than_reference: less(1)?,
        less_than_shares: less(2)?,
    })
}

/// The interval of the mean of differences, with the sessions of one respondent together: Student's t on the cluster-robust error.
fn difference<'a>(each: impl Iterator<Item = (&'a String, f64)>) -> Option<Interval> {
    let mut people: BTreeMap<&String, (f64, f64)> = BTreeMap::new();
    for (person, difference) in each {
        let of = people.entry(person).or_default();
        *of = (of.0 + difference, of.1 + 1.0);
    }
    let (sum, n) = people.values().fold((0.0, 0.0), |(sum, n), of| (sum + of.0, n + of.1));
    let mean = sum / n;
    let count = people.len() as f64;
    let squares: f64 = people.values().map(|of| (of.0 - mean * of.1).powi(2)).sum();
    let half = t_critical(LEVEL, count - 1.0)? * (count / (count - 1.0) * squares).sqrt() / n;
    Some(Interval { low: mean - half, high: mean + half }).filter(|found| found.low.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::pooling::tests::{allocation, study};
    use crate::classify::reference::{Generator, World};
    use crate::rng::Rng;

    fn of(coded: &[CodedSession]) -> CodesWorth {
        let names = coded[0].features.names();
        worth(&coded.iter().collect::<Vec<_>>(), &allocation(), &names, false)
    }

    #[test]
    fn codes_of_somebody_who_guesses_teach_nothing() {
        let mut coded = study(&allocation(), &Generator::default(), 90, 4);
        let mut rng = Rng::new(8);
        coded.iter_mut().for_each(|session| session.label = RelationalModel::ALL[rng.below(4)]);
        let found = of(&coded);
        assert!(!found.teach(), "{found:?}");
        let CodesWorth::Compared(merit) = found else { panic!("{found:?}") };
        // With shares of a fourth each there is nothing to learn, and no model is better except by chance.
        assert!((merit.shares - 4.0_f64.ln()).abs() < 0.05, "{merit:?}");
        let why = found.why_not(&Language::new("en")).unwrap();
        assert!(why.contains(&decimal(merit.shares, 3, &Language::new("en"))), "{why}");
    }

    #[test]
    fn codes_that_mean_something_else_than_the_reference_teach() {
        let mut coded = study(&allocation(), &Generator::default(), 300, 11);
        coded
            .iter_mut()
            .for_each(|session| session.label = RelationalModel::ALL[(session.label.index() + 1) % 4]);
        let found = of(&coded);
        assert!(found.teach() && found.why_not(&Language::new("en")).is_none(), "{found:?}");
        let CodesWorth::Compared(merit) = found else { panic!("{found:?}") };
        assert!(merit.codes < merit.reference && merit.codes < merit.shares, "{merit:?}");
    }

    #[test]
    fn few_codes_are_not_compared() {
        let coded = study(&allocation(), &World::Mixture.generator(), 19, 11);
        assert_eq!(of(&coded), CodesWorth::TooFew { people: 19 });
        assert!(of(&coded).why_not(&Language::new("nl")).unwrap().contains("19"));
    }

    /// Differences .1, .3, .2 and .4 of four people: mean .25, error √(4/3 · .05)/4 = .064550, t with 3 degrees of freedom 3.182446.
    #[test]
    fn the_error_of_a_difference_by_hand() {
        let people: Vec<String> = ["a", "b", "c", "d"].map(str::to_owned).to_vec();
        let found = difference(people.iter().zip([0.1, 0.3, 0.2, 0.4])).unwrap();
        assert!((found.low - (0.25 - 3.182_446 * 0.064_549_7)).abs() < 1e-6, "{found:?}");
        assert!((found.high - (0.25 + 3.182_446 * 0.064_549_7)).abs() < 1e-6, "{found:?}");
        // A respondent who was interviewed twice with the same answers counts only once.
        let twice = people.iter().chain(&people).zip([0.1, 0.3, 0.2, 0.4, 0.1, 0.3, 0.2, 0.4]);
        let again = difference(twice).unwrap();
        assert!((again.low - found.low).abs() < 1e-12, "{again:?}");
    }
}
