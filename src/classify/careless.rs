//! Two ways to answer without reading that ratings show (Meade and Craig 2012): one point all the way down, and anything.

use crate::interview::Fed;

/// How often two ratings differ up to where nothing of ease is heeded, and from where on all of it is. The first fourth begins at .475. A pure
/// profile, one norm of four at the top and three at the bottom, stays below (.43 of eight ratings) and is told without; of simulated
/// people nine in ten have .7 and more.
const HEEDED: (f64, f64) = (0.4, 0.7);
/// Ease is heeded in so many steps, so that few models serve everybody.
const STEPS: f64 = 4.0;
/// Who scatters by more of what random answers scatter by is taken to answer anything.
const RANDOM: f64 = 0.75;
/// With fewer degrees of freedom too many who read would be taken for people who do not.
const FEWEST: f64 = 8.0;

/// How far the ease of statements can be heeded in these ratings, 0…1: not where few of them differ, and all of it where two differ as
/// often as those of ordinary people.
pub(super) fn heeds<'a>(ratings: impl Iterator<Item = &'a Fed> + Clone) -> f64 {
    // Where statements are reversed, whoever ticks one point all the way down varies, and whoever holds all norms alike does not.
    let as_given = ratings.clone().filter_map(|fed| fed.datum.number());
    let varied = differing(as_given).min(differing(ratings.filter_map(Fed::keyed)));
    let (from, all) = HEEDED;
    (STEPS * (varied - from) / (all - from)).floor().clamp(0.0, STEPS) / STEPS
}

/// How probable it is that two of these values differ, without bias (Simpson 1949); 0 for fewer than two.
fn differing(values: impl Iterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let alike = |alike: &[f64]| (alike.len() * (alike.len() - 1)) as f64;
    let pairs: f64 = sorted.chunk_by(|a, b| a == b).map(alike).sum();
    if sorted.len() < 2 { 0.0 } else { 1.0 - pairs / (n * (n - 1.0)) }
}

/// Whether ratings of the statements of each norm, keyed, on so many points, scatter about their norm as random ones would; none where they
/// are too few to tell.
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
