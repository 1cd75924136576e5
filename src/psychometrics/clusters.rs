//! Cases that come in groups: people of one organisation, interviews of one interviewer. Whoever is in one group may be more alike than
//! chance, and an interval that counts them one by one is then too narrow.
//!
//! Owns an interval for a weighted mean that leans on the groups alone (Student's t on the cluster-robust standard error, corrected for few
//! groups: Bell and McCaffrey 2002), and how alike the members of a group are (the intraclass correlation of a one-way table with groups of
//! any size). Refuses fewer than six groups: of so few, how far groups differ is hardly known.
//!
//! Not the wild cluster bootstrap: with six groups it refuses a mean only where all of them lie on one side of it, so that its interval is
//! the range of the groups' means, and with more its ends are means of some of them. Such an end is needlessly far away, and would publish
//! what a group that is held back said.

use super::distribution::{f_quantile, t_critical};
use super::{Interval, Uncomputable};

/// Groups from which on an interval can rest on them.
pub const FEWEST: usize = 6;

/// What a group adds to a weighted mean: sums over its cases.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct ClusterSum {
    /// Σwy.
    pub sum: f64,
    /// Σw; may be negative, as weights that undo misclassification are.
    pub weight: f64,
    /// Σw².
    pub squares: f64,
}

impl ClusterSum {
    /// Takes a case in.
    pub fn add(&mut self, value: f64, weight: f64) {
        self.sum += weight * value;
        self.weight += weight;
        self.squares += weight * weight;
    }
}

/// The interval of m = Σwy/Σw on a scale between `ends` (brought to 0…1), as far as the groups tell.
///
/// With h the share of the weights and v the Σw² of a group, V = Σv, and e = v(1 − 2h) + h²V what cases that are not alike would make of the
/// square of its S = Σw(y − m), the variance of m is Σ(v/e)S²/(Σw)² (CR2), and t has the degrees of freedom of that sum of squares,
/// (ΣA)²/ΣA²C² with A = v/e and C the covariances of the S: G − 1 for groups of equal size, fewer for others (Bell and McCaffrey 2002). In
/// the interval are all μ with (m − μ)² ≤ t²·ψ·μ(1 − μ), as in [`super::bounded`]; ψ is the variance over m(1 − m), and at most what it
/// would be if each group were of one mind, at one of the ends.
///
/// # Errors
/// Fewer than six groups, weights that come to nothing, groups that all say the same, or what is no number.
pub fn clustered(groups: &[ClusterSum], ends: (f64, f64), level: f64) -> Result<Interval, Uncomputable> {
    if groups.len() < FEWEST {
        return Err(Uncomputable::TooFewCases { needed: FEWEST, found: groups.len() });
    }
    let total = |of: fn(&ClusterSum) -> f64| groups.iter().map(of).sum::<f64>();
    let (sum, weight, squares) = (total(|g| g.sum), total(|g| g.weight), total(|g| g.squares));
    let (low, width) = (ends.0, ends.1 - ends.0);
    if ![sum, weight, squares, low, width].into_iter().all(f64::is_finite) || weight <= 0.0 || width <= 0.0 {
        return Err(Uncomputable::NotFinite);
    }
    let mean = sum / weight;
    // Groups that all say the same leave no error to estimate, and no certainty either.
    let rounding = 1e-9 * width;
    let off = |group: &ClusterSum| group.sum - mean * group.weight;
    if groups.iter().all(|group| off(group).abs() <= rounding * group.weight.abs()) {
        return Err(Uncomputable::NoVariance);
    }
    let corrected: Vec<Corrected> = groups
        .iter()
        .map(|group| Corrected::of(group, off(group) / (weight * width), weight, squares))
        .collect::<Option<_>>()
        .ok_or(Uncomputable::NoVariance)?;
    let t = t_critical(level, freedom(&corrected, squares)).ok_or(Uncomputable::OutOfRange)?;
    let variance: f64 = corrected.iter().map(|group| group.factor * group.off * group.off).sum();
    let most: f64 = corrected.iter().map(|group| group.factor * group.share * group.share).sum();
    let m = ((mean - low) / width).clamp(0.0, 1.0);
    let room = m * (1.0 - m);
    let psi = if variance < most * room { variance / room } else { most };
    let t2 = t * t * psi;
    let centre = (m + t2 / 2.0) / (1.0 + t2);
    let half = (t2 * (room + t2 / 4.0)).sqrt() / (1.0 + t2);
    let back = |share: f64| low + width * share;
    Interval::between(back((centre - half).clamp(0.0, m)), back((centre + half).clamp(m, 1.0)))
        .ok_or(Uncomputable::NoVariance)
}

/// A group with what its square has to be multiplied by.
struct Corrected {
    /// Σw(y − m)/Σw over all, on a scale of 0…1.
    off: f64,
    /// Its share of the weights.
    share: f64,
    squares: f64,
    factor: f64,
}

impl Corrected {
    fn of(group: &ClusterSum, off: f64, weight: f64, squares: f64) -> Option<Self> {
        let share = group.weight / weight;
        let expected = group.squares * (1.0 - 2.0 * share) + share * share * squares;
        // All but nothing is in this group: nothing is left to hold it against.
        (expected > 1e-9 * squares || group.squares == 0.0).then(|| Self {
            off,
            share,
            squares: group.squares,
            factor: if group.squares > 0.0 { group.squares / expected } else { 0.0 },
        })
    }
}

/// (ΣA·C)²/Σᵢⱼ AᵢAⱼCᵢⱼ² with Cᵢⱼ = [i = j]vᵢ − hⱼvᵢ − hᵢvⱼ + hᵢhⱼV, in sums over single groups, for a study has thousands of pairs.
fn freedom(groups: &[Corrected], squares: f64) -> f64 {
    let total = |of: fn(&Corrected) -> f64| groups.iter().map(|group| group.factor * of(group)).sum::<f64>();
    let (vv, hh) = (total(|g| g.squares * g.squares), total(|g| g.share * g.share));
    let hv = total(|g| g.share * g.squares);
    let between = 2.0 * vv * hh + squares * squares * hh * hh + 2.0 * hv * hv - 4.0 * squares * hv * hh;
    let own = |group: &Corrected| {
        let shared = group.share * (group.share * squares - 2.0 * group.squares);
        let whole = group.squares + shared;
        (group.factor * whole, group.factor * group.factor * (whole * whole - shared * shared))
    };
    let (trace, diagonal) =
        groups.iter().map(own).fold((0.0, 0.0), |(sum, more), (one, other)| (sum + one, more + other));
    trace * trace / (between + diagonal)
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
/// within groups and n₀ = (N − Σn²/N)/(k − 1); its interval turns that of F = B/W round (Donner 1979), which is exact for groups of equal size; all three no lower than −1.
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
    // Groups of fewer than two on average take the formula beyond what a correlation can be.
    let possible = |value: f64| value.clamp(-1.0, 1.0);
    let at = |f: f64| possible((f - 1.0) / (f + size - 1.0));
    let f = between / within;
    let interval = upper.zip(lower).filter(|_| f.is_finite());
    let interval = interval.and_then(|(upper, lower)| Interval::between(at(f / upper), at(f / lower)));
    Ok(Alike { n, groups: k, value: possible((between - within) / below), interval })
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::rng::Rng;

    #[derive(Deserialize)]
    struct Case {
        name: String,
        groups: Vec<Vec<(f64, f64)>>,
        ends: (f64, f64),
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
            let found = clustered(&summed(&case.groups), case.ends, 0.95);
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

    /// Of seven cases in five groups n₀ is 1.35, and the formula would give −1/.35 where groups do not differ.
    #[test]
    fn no_likeness_is_below_what_a_correlation_can_be() {
        let groups = [vec![1.0, 3.0], vec![2.5], vec![0.0, 4.0], vec![1.5], vec![2.0]];
        let found = alike(&groups, 0.95).unwrap();
        assert_eq!(found.value, -1.0);
        assert!(found.interval.is_none_or(|ends| ends.low >= -1.0 && ends.high <= 1.0), "{found:?}");
    }

    /// Six groups of ten with the means 4, 5, 6, 6, 7 and 8 on a scale of 0 to 10: m = 6; each S is 10 times −2 … 2, ΣS² = 1000, v/e = 6/5, so
    /// that the variance is 1.2 · 1000/60² = 1/3 and, on 0…1, 1/300; ψ = (1/300)/0.24 = 1/72; t with 5 degrees of freedom is 2.570582.
    #[test]
    fn six_equal_groups_by_hand() {
        let groups = [4.0, 5.0, 6.0, 6.0, 7.0, 8.0].map(|mean| {
            let mut group = ClusterSum::default();
            [-1.0, 1.0].repeat(5).iter().for_each(|apart| group.add(mean + apart, 1.0));
            group
        });
        let found = clustered(&groups, (0.0, 10.0), 0.95).unwrap();
        let t2 = 2.570_581_835_6_f64.powi(2) / 72.0;
        let middle = (0.6 + t2 / 2.0) / (1.0 + t2);
        let half = (t2 * (0.24 + t2 / 4.0)).sqrt() / (1.0 + t2);
        assert!((found.low - 10.0 * (middle - half)).abs() < 1e-6, "{found:?}");
        assert!((found.high - 10.0 * (middle + half)).abs() < 1e-6, "{found:?}");
        assert!(found.low > 4.0 && found.high < 8.0, "the means of the groups reach further: {found:?}");
    }

    #[test]
    fn few_groups_are_refused_and_groups_that_agree_are_no_certainty() {
        let of = |sum: f64, weight: f64| ClusterSum { sum, weight, squares: weight * weight };
        assert!(clustered(&[of(7.0, 1.0); 5], (1.0, 10.0), 0.95).is_err());
        assert_eq!(clustered(&[of(7.0, 1.0); 6], (1.0, 10.0), 0.95), Err(Uncomputable::NoVariance));
        assert!(clustered(&[of(1.0, -1.0); 7], (0.0, 1.0), 0.95).is_err());
        // One group with all but nothing of the weight tells nothing.
        let mut one = vec![of(0.0, 1e-9); 6];
        one.push(of(70.0, 100.0));
        assert!(clustered(&one, (0.0, 1.0), 0.95).is_err());
        assert!(super::alike(&[vec![1.0, 2.0]], 0.95).is_err());
        assert!(super::alike(&[vec![1.0], vec![2.0]], 0.95).is_err());
        assert_eq!(super::alike(&[vec![1.0, 1.0], vec![1.0, 1.0]], 0.95), Err(Uncomputable::NoVariance));
    }

    #[test]
    fn an_interval_stays_on_its_scale_and_holds_its_mean() {
        let mut rng = Rng::new(7);
        let mut checked = 0;
        for _ in 0..2_000 {
            let groups: Vec<Vec<(f64, f64)>> = (0..6 + rng.below(8))
                .map(|_| (0..1 + rng.below(5)).map(|_| (f64::from(u8::from(rng.chance(0.1))), 1.0)).collect())
                .collect();
            // Groups in which nobody has it have no interval.
            let Ok(found) = clustered(&summed(&groups), (0.0, 1.0), 0.95) else { continue };
            checked += 1;
            let all: Vec<f64> = groups.iter().flatten().map(|(value, _)| *value).collect();
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            assert!(0.0 <= found.low && found.low <= mean && mean <= found.high && found.high < 1.0);
        }
        assert!(checked > 1_700, "{checked}");
    }

    /// Six organisations of ten who are not alike at all: hardly wider than cases one by one, where the range of the groups' means would be
    /// half as wide again.
    #[test]
    fn six_groups_that_are_not_alike_widen_little() {
        let mut rng = Rng::new(5);
        let (mut held, mut width, mut plain) = (0, 0.0, 0.0);
        let studies = 1_000;
        for _ in 0..studies {
            let groups: Vec<Vec<(f64, f64)>> =
                (0..6).map(|_| (0..10).map(|_| (rng.normal(), 1.0)).collect()).collect();
            let found = clustered(&summed(&groups), (-9.0, 9.0), 0.95).unwrap();
            let all: Vec<(f64, f64)> = groups.into_iter().flatten().collect();
            let (_, own) = crate::psychometrics::bounded::bounded_mean(&all, (-9.0, 9.0), 0.95).unwrap();
            held += usize::from(found.low <= 0.0 && 0.0 <= found.high);
            width += found.high - found.low;
            plain += own.high - own.low;
        }
        let share = held as f64 / f64::from(studies);
        assert!((0.93..0.97).contains(&share), "{share}");
        assert!(width / plain < 1.35, "{}", width / plain);
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
            let found = clustered(&groups, (-9.0, 9.0), 0.95).unwrap();
            robust += usize::from(found.low <= 0.0 && 0.0 <= found.high);
            let (_, found) = crate::psychometrics::bounded::bounded_mean(&all, (-9.0, 9.0), 0.95).unwrap();
            ordinary += usize::from(found.low <= 0.0 && 0.0 <= found.high);
        }
        let share = |held: usize| held as f64 / f64::from(studies);
        assert!(share(robust) > 0.92 && share(robust) < 0.985, "{}", share(robust));
        assert!(share(ordinary) < 0.80, "{}", share(ordinary));
    }
}
