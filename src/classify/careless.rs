//! Two ways of answering without reading that ratings reveal (Meade and Craig 2012): the same point everywhere, and random
//! points.

use crate::interview::Fed;

/// The probability that two ratings differ, below which the learnt ease is ignored, and above which it is fully applied. The
/// first step begins at .475. A pure profile, one norm of four at the top and three at the bottom, stays below (.43 of eight
/// ratings) and is read without it; of simulated people nine in ten have .7 and more.
const HEEDED: (f64, f64) = (0.4, 0.7);
/// The weight of ease has this many steps, so that few models serve all sessions.
const STEPS: f64 = 4.0;
/// Ratings that scatter by more than this share of a random answerer's scatter count as random.
const RANDOM: f64 = 0.75;
/// With fewer degrees of freedom, too many careful respondents would be taken for random ones.
const FEWEST: f64 = 8.0;

/// How far the learnt ease of statements applies to these ratings, 0…1: 0 where few of them differ, 1 where two differ as often
/// as for ordinary people.
pub(super) fn heeds<'a>(ratings: impl Iterator<Item = &'a Fed> + Clone) -> f64 {
    // Unreversed, because with reversed statements one point everywhere would vary, and holding all norms alike would not.
    let as_given = ratings.clone().filter_map(|fed| fed.datum.number());
    let varied = differing(as_given).min(differing(ratings.filter_map(Fed::keyed)));
    let (from, all) = HEEDED;
    (STEPS * (varied - from) / (all - from)).floor().clamp(0.0, STEPS) / STEPS
}

/// The unbiased probability that two of these values differ (Simpson 1949); 0 for fewer than two.
fn differing(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let alike = |alike: &[f64]| (alike.len() * (alike.len() - 1)) as f64;
    let pairs: f64 = sorted.chunk_by(|a, b| a == b).map(alike).sum();
    if sorted.len() < 2 { 0.0 } else { 1.0 - pairs / (n * (n - 1.0)) }
}

/// Whether the keyed ratings of each norm's statements, on `points` points, scatter about their norm as random ones would;
/// `None` where there are too few to tell.
pub(super) fn scatter_as_random(norms: &[Vec<f64>; 4], points: usize) -> Option<bool> {
    let squares = |values: &Vec<f64>| {
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        values.iter().map(|value| (value - mean).powi(2)).sum::<f64>()
    };
    let freedom: usize = norms.iter().map(|values| values.len().saturating_sub(1)).sum();
    let freedom = freedom as f64;
    let random = (points as f64).mul_add(points as f64, -1.0) / 12.0;
    (freedom >= FEWEST).then(|| norms.iter().map(squares).sum::<f64>() > RANDOM * random * freedom)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::classify::reference::{FeaturePlan, Generator, simulate};
    use crate::instrument::kinds::{Datum, Key};

    /// Ratings of four norms with five statements each, the last of each reversed.
    fn heeded(points: impl Fn(usize) -> f64) -> f64 {
        let rated = |item: usize| Fed {
            item,
            column: 0,
            datum: Datum::Number(points(item)),
            key: Key::Points { min: 1.0, max: 7.0, reverse: item % 5 == 4 },
            sorted: None,
        };
        let all: Vec<Fed> = (0..20).map(rated).collect();
        heeds(all.iter())
    }

    #[test]
    fn ease_is_heeded_as_far_as_ratings_vary() {
        let one_point_all_the_way_down = heeded(|_| 6.0);
        let all_norms_alike = heeded(|item| if item % 5 == 4 { 2.0 } else { 6.0 });
        assert_eq!((one_point_all_the_way_down, all_norms_alike), (0.0, 0.0));
        let but_for = |n: usize| heeded(move |item| if item < n { 3.0 } else { 6.0 });
        assert_eq!([1, 2, 4].map(but_for), [0.0, 0.0, 0.0]);
        let some = heeded(|item| if item < 8 { 3.0 + (item % 2) as f64 } else { 6.0 });
        assert_eq!(some, 0.5);
        let pure = heeded(|item| if (item < 5) == (item % 5 == 4) { 1.0 } else { 7.0 });
        let varied = heeded(|item| (item % 7 + 1) as f64);
        assert_eq!((pure, varied), (0.0, 1.0));
        assert_eq!(heeds([].iter()), 0.0);
    }

    #[test]
    fn random_answers_are_told_from_read_ones_in_simulated_people() {
        let mut plan = FeaturePlan::customer_interview_like();
        plan.scales.iter_mut().flatten().for_each(|items| items[4].reverse = true);
        let sample = simulate(&plan, &Generator::default(), 4_000, 9).unwrap();
        let mut found = [[0.0_f64; 2]; 2];
        for (person, random) in sample.people.iter().zip(sample.scatter_as_random(&plan)) {
            found[usize::from(person.careless)][usize::from(random)] += 1.0;
        }
        let [of_read, of_random] = found.map(|[no, yes]| yes / (no + yes));
        assert!(of_read < 0.02 && of_random > 0.8, "{of_read} {of_random}");
        let few = [const { Vec::new() }; 4].map(|_: Vec<f64>| vec![1.0, 7.0]);
        assert_eq!(scatter_as_random(&few, 7), None);
    }
}
