//! Cases that come in groups: people of one organisation, interviews of one interviewer. Whoever is in one group may be more alike than
//! chance, and an interval that counts them one by one is then too narrow.
//!
//! Owns an interval for a weighted mean that leans on the groups alone (the wild cluster bootstrap of t with the null imposed: Cameron,
//! Gelbach and Miller 2008), and how alike the members of a group are (the intraclass correlation of a one-way table with groups of
//! any size). Refuses fewer than six groups: there are then fewer than 2⁵ ways to turn the signs of groups, so that not even the most
//! extreme of them is as rare as one in twenty.

use super::distribution::f_quantile;
use super::{Interval, Uncomputable};
use crate::rng::Rng;

/// Groups from which on an interval can rest on them.
pub const FEWEST: usize = 6;

/// Up to so many groups every way of turning signs is tried; of more, as many as [`DRAWN`].
const ALL_SIGNS: usize = 12;
const DRAWN: usize = 1_999;
/// Equal data give equal intervals.
const SEED: u64 = 1;

/// What a group adds to a weighted mean: Σwy and Σw of its cases.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ClusterSum {
    /// Σwy.
    pub sum: f64,
    /// Σw; may be negative, as weights that undo misclassification are.
    pub weight: f64,
}

impl ClusterSum {
    /// Takes a case in.
    pub fn add(&mut self, value: f64, weight: f64) {
        self.sum += weight * value;
        self.weight += weight;
    }
}

/// The interval of Σwy/Σw between `ends`: all values that the groups do not speak against.
///
/// For a value μ each group has S = Σwy − μΣw, and t = ΣS/√(G/(G − 1)·Σ(S − s̄Σw)²) with s̄ = ΣS/ΣΣw. If μ is the truth, the sign of each S could
/// have been the other one; μ is in the interval as long as |t| is not among the 5 % largest of all |t| that turned signs give.
///
/// # Errors
/// Fewer than six groups, weights that come to nothing, groups that all say the same, or what is no number.
pub fn wild(groups: &[ClusterSum], ends: (f64, f64), level: f64) -> Result<Interval, Uncomputable> {
    let most = groups.len();
    let signs: Vec<Vec<bool>> = if most <= ALL_SIGNS {
        // One group keeps its sign: to turn all changes no |t|.
        (0..1_usize << most.saturating_sub(1))
            .map(|way| (0..most).map(|group| way >> group & 1 == 1).collect())
            .collect()
    } else {
        let mut rng = Rng::new(SEED);
        let as_it_is = std::iter::once(vec![false; most]);
        as_it_is.chain((0..DRAWN).map(|_| (0..most).map(|_| rng.chance(0.5)).collect())).collect()
    };
    wild_with(groups, ends, level, &signs)
}

/// The same with these ways of turning signs.
fn wild_with(
    groups: &[ClusterSum],
    ends: (f64, f64),
    level: f64,
    signs: &[Vec<bool>],
) -> Result<Interval, Uncomputable> {
    if groups.len() < FEWEST {
        return Err(Uncomputable::TooFewCases { needed: FEWEST, found: groups.len() });
    }
    let total = |of: fn(&ClusterSum) -> f64| groups.iter().map(of).sum::<f64>();
    let (sum, weight) = (total(|group| group.sum), total(|group| group.weight));
    let numbers = [sum, weight, ends.0, ends.1];
    if !numbers.into_iter().all(f64::is_finite) || weight <= 0.0 || ends.0 >= ends.1 {
        return Err(Uncomputable::NotFinite);
    }
    let estimate = (sum / weight).clamp(ends.0, ends.1);
    // Groups that all say the same leave no error to estimate, and no certainty either.
    let rounding = 1e-9 * (ends.1 - ends.0);
    if groups.iter().all(|group| (group.sum - estimate * group.weight).abs() <= rounding * group.weight.abs())
    {
        return Err(Uncomputable::NoVariance);
    }
    // With S linear in μ, whatever t takes is a polynomial of μ; its parts are summed once for each way of turning signs.
    let parts: Vec<Parts> = signs.iter().map(|turned| Parts::of(groups, turned)).collect();
    let squares = [total(|g| g.sum * g.sum), total(|g| g.sum * g.weight), total(|g| g.weight * g.weight)];
    let is_in = |mu: f64| {
        let t2 = |parts: &Parts| parts.t2(mu, weight, squares);
        let own = t2(&Parts { sum, weight, sum_weight: squares[1], weight_weight: squares[2] });
        let as_large = parts.iter().filter(|parts| t2(parts) >= own * (1.0 - 1e-9)).count();
        as_large as f64 > (1.0 - level) * parts.len() as f64
    };
    let end = |outer: f64| {
        if outer == estimate || is_in(outer) {
            return outer;
        }
        let (mut inside, mut outside) = (estimate, outer);
        for _ in 0..60 {
            let middle = f64::midpoint(inside, outside);
            if is_in(middle) { inside = middle } else { outside = middle }
        }
        inside
    };
    Interval::between(end(ends.0), end(ends.1)).ok_or(Uncomputable::NoVariance)
}

/// Sums over groups with their signs turned.
#[derive(Clone, Copy)]
struct Parts {
    sum: f64,
    weight: f64,
    sum_weight: f64,
    weight_weight: f64,
}

impl Parts {
    fn of(groups: &[ClusterSum], turned: &[bool]) -> Self {
        let of = |part: fn(&ClusterSum) -> f64| {
            let signed = groups.iter().zip(turned).map(
                |(group, turned)| {
                    if *turned { -part(group) } else { part(group) }
                },
            );
            signed.sum::<f64>()
        };
        Self {
            sum: of(|g| g.sum),
            weight: of(|g| g.weight),
            sum_weight: of(|g| g.sum * g.weight),
            weight_weight: of(|g| g.weight * g.weight),
        }
    }

    /// t², but for a factor that is the same for all.
    fn t2(&self, mu: f64, total: f64, squares: [f64; 3]) -> f64 {
        let mean = (self.sum - mu * self.weight) / total;
        let own = squares[0] - 2.0 * mu * squares[1] + mu * mu * squares[2];
        let across = self.sum_weight - mu * self.weight_weight;
        let error = own - 2.0 * mean * across + mean * mean * squares[2];
        // Groups that all say the same leave no error.
        let rounding = 1e-12 * own.abs().max(f64::MIN_POSITIVE);
        if error > rounding { mean * mean / error } else { f64::INFINITY }
    }
}

/// How alike the members of a group are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Alike {
    /// Cases.
    pub n: usize,
    /// Groups.
    pub groups: usize,
    /// The share of the variance that lies between groups; negative where they differ less than chance would make them.
    pub value: f64,
    /// Its interval.
    pub interval: Option<Interval>,
}

/// The intraclass correlation of a one-way table with groups of any size, (B − W)/(B + (n₀ − 1)W), with B and W the mean squares between and
/// within groups and n₀ = (N − Σn²/N)/(k − 1); its interval turns that of F = B/W round (Donner 1979), which is exact for groups of equal size.
///
/// # Errors
/// Fewer than two groups, no group with two cases, or values that do not differ.
pub fn alike(groups: &[Vec<f64>], level: f64) -> Result<Alike, Uncomputable> {
    let groups: Vec<&Vec<f64>> = groups.iter().filter(|group| !group.is_empty()).collect();
    let (k, n) = (groups.len(), groups.iter().map(|group| group.len()).sum::<usize>());
    if k < 2 || n <= k {
        return Err(Uncomputable::TooFewCases { needed: 3, found: n });
    }
    if groups.iter().any(|group| group.iter().any(|value| !value.is_finite())) {
        return Err(Uncomputable::NotFinite);
    }
    let (cases, count) = (n as f64, k as f64);
    let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
    let grand = groups.iter().map(|group| group.iter().sum::<f64>()).sum::<f64>() / cases;
    let between = groups.iter().map(|group| group.len() as f64 * (mean(group) - grand).powi(2)).sum::<f64>();
    let within: f64 = groups
        .iter()
        .map(|group| {
            let own = mean(group);
            group.iter().map(|value| (value - own).powi(2)).sum::<f64>()
        })
        .sum();
    let (between, within) = (between / (count - 1.0), within / (cases - count));
    let size = (cases - groups.iter().map(|group| (group.len() as f64).powi(2)).sum::<f64>() / cases)
        / (count - 1.0);
    let below = between + (size - 1.0) * within;
    if below <= 1e-12 * grand.abs().max(1e-12) {
        return Err(Uncomputable::NoVariance);
    }
    let tail = 0.5 + level / 2.0;
    let (upper, lower) =
        (f_quantile(tail, count - 1.0, cases - count), f_quantile(1.0 - tail, count - 1.0, cases - count));
    let at = |f: f64| (f - 1.0) / (f + size - 1.0);
    let f = between / within;
    let interval = upper.zip(lower).filter(|_| f.is_finite());
    let interval = interval.and_then(|(upper, lower)| Interval::between(at(f / upper), at(f / lower)));
    Ok(Alike { n, groups: k, value: (between - within) / below, interval })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    struct Case {
        name: String,
        groups: Vec<Vec<(f64, f64)>>,
        ends: (f64, f64),
        /// Ways of turning signs; none where all are tried.
        signs: Option<Vec<Vec<bool>>>,
        interval: (f64, f64),
        icc: Option<(f64, f64, f64)>,
    }

    fn summed(groups: &[Vec<(f64, f64)>]) -> Vec<ClusterSum> {
        let sum = |cases: &Vec<(f64, f64)>| {
            let mut group = ClusterSum::default();
            cases.iter().for_each(|(value, weight)| group.add(*value, *weight));
            group
        };
        groups.iter().map(sum).collect()
    }

    #[test]
    fn intervals_and_likeness_equal_an_independent_computation() {
        let cases = include_str!("../../tests/fixtures/clusters/expected.json");
        let cases: Vec<Case> = serde_json::from_str(cases).unwrap();
        assert!(cases.len() >= 6);
        for case in cases {
            let groups = summed(&case.groups);
            let found = match &case.signs {
                Some(signs) => wild_with(&groups, case.ends, 0.95, signs),
                None => wild(&groups, case.ends, 0.95),
            };
            let (found, (low, high)) = (found.unwrap(), case.interval);
            assert!(
                (found.low - low).abs() < 1e-6 && (found.high - high).abs() < 1e-6,
                "{}: {found:?} and not {low} … {high}",
                case.name
            );
            let Some((value, low, high)) = case.icc else { continue };
            let values: Vec<Vec<f64>> =
                case.groups.iter().map(|cases| cases.iter().map(|(value, _)| *value).collect()).collect();
            let found = alike(&values, 0.95).unwrap();
            let interval = found.interval.unwrap();
            for (found, expected) in [(found.value, value), (interval.low, low), (interval.high, high)] {
                assert!((found - expected).abs() < 1e-6, "{}: {found} and not {expected}", case.name);
            }
        }
    }

    #[test]
    fn few_groups_are_refused_and_groups_that_agree_are_no_certainty() {
        let alike = |n: usize| vec![ClusterSum { sum: 7.0, weight: 1.0 }; n];
        assert!(wild(&alike(5), (1.0, 10.0), 0.95).is_err());
        assert_eq!(wild(&alike(6), (1.0, 10.0), 0.95), Err(Uncomputable::NoVariance));
        assert!(wild(&[ClusterSum { sum: 1.0, weight: -1.0 }; 7], (0.0, 1.0), 0.95).is_err());
        assert!(super::alike(&[vec![1.0, 2.0]], 0.95).is_err());
        assert!(super::alike(&[vec![1.0], vec![2.0]], 0.95).is_err());
        assert_eq!(super::alike(&[vec![1.0, 1.0], vec![1.0, 1.0]], 0.95), Err(Uncomputable::NoVariance));
    }

    /// What ordinary intervals hold where members of a group are alike, and what these hold.
    #[test]
    fn it_holds_the_truth_where_cases_one_by_one_do_not() {
        let mut rng = Rng::new(3);
        let (mut robust, mut ordinary) = (0, 0);
        let studies = 400;
        for _ in 0..studies {
            let mut groups = Vec::new();
            let mut all = Vec::new();
            for size in [10, 20, 30, 20, 25, 40, 15, 20] {
                let common = 0.5 * rng.normal();
                let mut group = ClusterSum::default();
                for _ in 0..size {
                    let value = common + rng.normal();
                    group.add(value, 1.0);
                    all.push((value, 1.0));
                }
                groups.push(group);
            }
            let found = wild(&groups, (-9.0, 9.0), 0.95).unwrap();
            robust += usize::from(found.low <= 0.0 && 0.0 <= found.high);
            let (_, found) = crate::psychometrics::bounded::bounded_mean(&all, (-9.0, 9.0), 0.95).unwrap();
            ordinary += usize::from(found.low <= 0.0 && 0.0 <= found.high);
        }
        let share = |held: usize| held as f64 / f64::from(studies);
        assert!(share(robust) > 0.92 && share(robust) < 0.985, "{}", share(robust));
        assert!(share(ordinary) < 0.80, "{}", share(ordinary));
    }
}
