//! Both sides over many relations: agreement beyond knowledge of customers in general, and what judgements follow.
//!
//! Agreement of profiles after Cronbach and Gleser 1953 and McCrae 2008; stereotyped and distinctive agreement after Furr 2008, with
//! pairs that were put together at random as the baseline; truth and bias after West and Kenny 2011. One pair gets a description, in
//! [`super::relation`]; from ten on there is a baseline, from twenty on a regression.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::IntervalEstimate;
use super::estimate::mean;
use super::measured::Member;
use super::relation::{Contrast, NamedCustomer, Relation, Side, Visit, by_customer};
use crate::instrument::{Party, Perspective, RelationalModel};
use crate::psychometrics::descriptive::correlation;
use crate::psychometrics::pair::{Coefficient, nearness, truth_and_bias};
use crate::rng::Rng;

/// Fewest pairs that have pairs at random as their baseline.
pub const FEWEST_FOR_BASELINE: usize = 10;
/// Draws for each pair of the distance under identical norms: a mean over many pairs needs few.
const DRAWS: usize = 100;
/// Where a correlation lies.
const ENDS: (f64, f64) = (-1.0, 1.0);

/// What one pairing comes to over all relations of which both sides are known.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PairFindings {
    /// What is held against what.
    pub pairing: Contrast,
    /// Relations behind it.
    pub n: usize,
    /// Codes of respondents behind these.
    #[serde(skip)]
    pub(super) people: usize,
    /// Intraclass correlation of the two profiles, mean over relations.
    pub icc: Option<IntervalEstimate>,
    /// Jensen–Shannon distance of the shares, 0–1, mean over relations, and its expectation under identical norms.
    pub distance: Option<(IntervalEstimate, f64)>,
    /// How far agreement goes beyond that of pairs at random; none of fewer than ten relations.
    pub baseline: Option<Baseline>,
    /// What judgements follow, norm by norm; none of fewer than twenty relations.
    pub judged: Vec<Judged>,
}

/// Agreement of pairs, against that of people who are no pair.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Baseline {
    /// Correlation of judgements with the average of the other side: knowledge of customers in general.
    pub stereotyped: Option<IntervalEstimate>,
    /// Correlation after the average profiles are removed on both sides: knowledge of this customer.
    pub distinctive: Option<IntervalEstimate>,
    /// Mean intraclass correlation of pairs that were put together at random.
    pub pseudo_icc: f64,
    /// Share of the pairs at random that a true pair lies above: one half where nothing is known of this one.
    pub percentile: IntervalEstimate,
}

/// What the judgements of a norm follow.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Judged {
    /// The norm.
    pub model: RelationalModel,
    /// Relations behind it.
    pub n: usize,
    /// How much higher judgements are than the truth, in points.
    pub bias: IntervalEstimate,
    /// How far they follow the truth.
    pub truth: IntervalEstimate,
    /// How far they follow the judge's own position.
    pub own: IntervalEstimate,
}

/// One relation: what is judged or meant, what it is held against, and the judge's own norms.
struct Pair {
    left: [f64; 4],
    right: [f64; 4],
    own: Option<[f64; 4]>,
    distance: Option<(f64, f64)>,
}

/// The pairs among these sessions, of every questionnaire that asks for norms.
pub(super) fn pairs(members: &[&Member]) -> Vec<PairFindings> {
    let mut by_code: BTreeMap<&str, Vec<(NamedCustomer, Visit)>> = BTreeMap::new();
    for member in members {
        let named = NamedCustomer::of(member.party, &member.digest.fields);
        by_code.entry(&member.facts.respondent).or_default().push((named, visit(member)));
    }
    let relations: Vec<Relation> = by_code
        .into_iter()
        .flat_map(|(code, mut visits)| {
            visits.sort_by_key(|(_, visit)| visit.begun);
            let customers = by_customer(visits).into_iter();
            customers.map(move |customer| Relation::of(code.to_owned(), customer, false))
        })
        .collect();
    let all = [Contrast::OurPicture, Contrast::TheirPicture, Contrast::MeantAndUsed];
    all.into_iter()
        .filter_map(|pairing| {
            let of = |relation| Some((relation, pair_of(relation, pairing)?));
            let (known, found): (Vec<&Relation>, Vec<Pair>) = relations.iter().filter_map(of).unzip();
            let people = known.iter().map(|relation| &relation.code).collect::<BTreeSet<_>>().len();
            (!found.is_empty()).then(|| PairFindings { people, ..findings(pairing, &found) })
        })
        .collect()
}

/// A session as far as its norms go.
fn visit(member: &Member) -> Visit {
    let side = |perspective: Perspective| Side::of(member.digest.evidence_for(perspective), None);
    Visit {
        session: member.facts.id.clone(),
        begun: member.facts.begun,
        party: member.party,
        person: None,
        instrument: member.facts.instrument.clone(),
        title: String::new(),
        led: false,
        pool: "",
        test: false,
        own: side(Perspective::Own),
        other: side(Perspective::Other),
        lenses: Vec::new(),
        satisfaction: None,
        staying: None,
        gap: None,
        declined: false,
        asked: std::sync::Arc::default(),
    }
}

fn pair_of(relation: &Relation, pairing: Contrast) -> Option<Pair> {
    let values = |side: &Side| -> Option<[f64; 4]> {
        let strengths = side.strengths?;
        let known: Option<Vec<f64>> =
            RelationalModel::ALL.iter().map(|model| Some(strengths.norm(*model)?.value)).collect();
        known?.try_into().ok()
    };
    let compared = relation.both_sides().into_iter().find(|compared| compared.pairing == pairing)?;
    let judge = match pairing {
        Contrast::OurPicture => Some(Party::Organisation),
        Contrast::TheirPicture => Some(Party::Customer),
        Contrast::MeantAndUsed => None,
    };
    let distance = compared.together.and_then(|together| together.distance);
    let same = compared.if_same(DRAWS).map(|same| same.mean_distance);
    Some(Pair {
        left: values(&compared.left)?,
        right: values(&compared.right)?,
        own: judge.and_then(|party| values(&relation.latest(party)?.own)),
        distance: distance.zip(same),
    })
}

fn findings(pairing: Contrast, pairs: &[Pair]) -> PairFindings {
    let iccs: Vec<f64> = pairs.iter().filter_map(|pair| icc(&pair.left, &pair.right)).collect();
    let (distances, same): (Vec<f64>, Vec<f64>) = pairs.iter().filter_map(|pair| pair.distance).unzip();
    let same = same.iter().sum::<f64>() / same.len().max(1) as f64;
    PairFindings {
        pairing,
        n: pairs.len(),
        people: pairs.len(),
        icc: mean(&iccs, ENDS),
        distance: mean(&distances, (0.0, 1.0)).map(|found| (found, same)),
        baseline: (pairs.len() >= FEWEST_FOR_BASELINE).then(|| baseline(pairs)).flatten(),
        judged: RelationalModel::ALL.into_iter().filter_map(|model| judged(pairs, model)).collect(),
    }
}

fn icc(left: &[f64; 4], right: &[f64; 4]) -> Option<f64> {
    nearness(left, right).ok().map(|found| found.icc)
}

fn baseline(pairs: &[Pair]) -> Option<Baseline> {
    let average = |side: fn(&Pair) -> &[f64; 4]| -> [f64; 4] {
        std::array::from_fn(|at| pairs.iter().map(|pair| side(pair)[at]).sum::<f64>() / pairs.len() as f64)
    };
    let (lefts, rights) = (average(|pair| &pair.left), average(|pair| &pair.right));
    let without = |values: &[f64; 4], average: &[f64; 4]| -> Vec<f64> {
        values.iter().zip(average).map(|(value, average)| value - average).collect()
    };
    let stereotyped: Vec<f64> =
        pairs.iter().filter_map(|pair| correlation(&pair.left, &rights).ok()).collect();
    let distinctive: Vec<f64> = pairs
        .iter()
        .filter_map(|pair| correlation(&without(&pair.left, &lefts), &without(&pair.right, &rights)).ok())
        .collect();
    let (mut pseudo, mut above) = (Vec::new(), Vec::new());
    for (at, judge) in pairs.iter().enumerate() {
        let Some(found) = icc(&judge.left, &judge.right) else { continue };
        let others = pairs.iter().enumerate().filter(|(other, _)| *other != at);
        let others: Vec<f64> = others.filter_map(|(_, other)| icc(&judge.left, &other.right)).collect();
        if others.is_empty() {
            continue;
        }
        // Who lies level with it lies half above.
        let below: f64 = others
            .iter()
            .map(|other| {
                if *other < found {
                    1.0
                } else if *other > found {
                    0.0
                } else {
                    0.5
                }
            })
            .sum();
        above.push(below / others.len() as f64);
        pseudo.extend(others);
    }
    Some(Baseline {
        stereotyped: mean(&stereotyped, ENDS),
        distinctive: mean(&distinctive, ENDS),
        pseudo_icc: pseudo.iter().sum::<f64>() / pseudo.len().max(1) as f64,
        percentile: mean(&above, (0.0, 1.0))?,
    })
}

fn judged(pairs: &[Pair], model: RelationalModel) -> Option<Judged> {
    let at = model.index();
    let known: Vec<[f64; 3]> =
        pairs.iter().filter_map(|pair| Some([pair.left[at], pair.right[at], pair.own?[at]])).collect();
    let column = |place: usize| known.iter().map(|row| row[place]).collect::<Vec<f64>>();
    let found = truth_and_bias(&column(0), &column(1), &column(2)).ok()?;
    let estimate = |found: Coefficient| IntervalEstimate::of(found.value, found.interval);
    Some(Judged {
        model,
        n: found.n,
        bias: estimate(found.bias),
        truth: estimate(found.truth),
        own: estimate(found.own),
    })
}

/// The findings of `n` simulated pairs: judgements follow the truth by `knows` and the judge's own position by `own_position`, and
/// otherwise the average customer.
pub(super) fn simulated(n: usize, knows: f64, own_position: f64, rng: &mut Rng) -> PairFindings {
    let common = [3.0, 2.5, 4.0, 5.5];
    let mut pair = || {
        let right: [f64; 4] = common.map(|value| value + rng.normal());
        let own: [f64; 4] = common.map(|value| value + rng.normal());
        let left: [f64; 4] = std::array::from_fn(|at| {
            let known = knows * (right[at] - common[at]) + own_position * (own[at] - common[at]);
            common[at] + known + 0.4 * rng.normal()
        });
        Pair { left, right, own: Some(own), distance: None }
    };
    let pairs: Vec<Pair> = (0..n).map(|_| pair()).collect();
    findings(Contrast::OurPicture, &pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs in which judges know this one by so much, and themselves a little.
    fn made(n: usize, knows: f64, seed: u64) -> PairFindings {
        simulated(n, knows, 0.3, &mut Rng::new(seed))
    }

    #[test]
    fn knowing_all_is_told_from_knowing_one() {
        let of = |knows, seed| made(60, knows, seed).baseline.unwrap();
        let (one, all) = (of(0.8, 3), of(0.0, 4));
        assert!(one.distinctive.unwrap().low > 0.3 && one.percentile.low > 0.6, "{one:?}");
        // Who knows customers in general agrees with each, and with others just as much.
        assert!(all.stereotyped.unwrap().low > 0.4 && all.pseudo_icc > 0.2, "{all:?}");
        let (r, percentile) = (all.distinctive.unwrap(), all.percentile);
        assert!(r.low < 0.0 && r.high > 0.0 && percentile.low < 0.5 && percentile.high > 0.5, "{all:?}");
    }

    #[test]
    fn truth_and_own_position_come_out_as_they_were_put_in() {
        let found = made(400, 0.6, 9);
        assert_eq!(found.judged.len(), 4);
        for judged in &found.judged {
            assert!(
                (judged.truth.value - 0.6).abs() < 0.1 && (judged.own.value - 0.3).abs() < 0.1,
                "{judged:?}"
            );
            assert!(judged.bias.low < 0.0 && judged.bias.high > 0.0 || judged.bias.value.abs() < 0.1);
        }
    }

    #[test]
    fn few_pairs_have_no_baseline_and_fewer_than_twenty_no_regression() {
        let found = made(9, 0.6, 9);
        assert!(found.baseline.is_none() && found.judged.is_empty() && found.icc.is_some());
        let found = made(19, 0.6, 9);
        assert!(found.baseline.is_some() && found.judged.is_empty());
        assert_eq!(made(20, 0.6, 9).judged.len(), 4);
    }
}
