//! Dividing rows into folds. Owns the division; refuses to fit anything.

use crate::rng::Rng;

/// The fold of each row, 0..`folds`, so that every class is spread as evenly as its size allows and folds differ by few
/// rows. The same labels and random numbers give the same division. 0 everywhere for fewer than two folds.
pub fn stratified(labels: &[usize], folds: usize, rng: &mut Rng) -> Vec<usize> {
    let mut fold = vec![0; labels.len()];
    if folds < 2 {
        return fold;
    }
    let classes = labels.iter().max().map_or(0, |highest| highest + 1);
    // One round of dealing goes on from class to class, so that remainders do not all fall to the first fold.
    let mut next = 0;
    for class in 0..classes {
        let members: Vec<usize> = (0..labels.len()).filter(|&row| labels[row] == class).collect();
        for place in rng.order(members.len()) {
            fold[members[place]] = next;
            next = (next + 1) % folds;
        }
    }
    fold
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;
    use proptest::prelude::*;

    #[test]
    fn a_seed_repeats_and_another_differs() {
        let labels: Vec<usize> = (0..60).map(|row| row % 4).collect();
        let run = |seed| stratified(&labels, 5, &mut Rng::new(seed));
        assert_eq!(run(1), run(1));
        assert_ne!(run(1), run(2));
    }

    proptest! {
        #[test]
        fn classes_and_folds_are_even(labels in prop::collection::vec(0_usize..4, 1..120), folds in 2_usize..11, seed: u64) {
            let fold = stratified(&labels, folds, &mut Rng::new(seed));
            let even = |counts: Vec<usize>| {
                counts.iter().max().zip(counts.iter().min()).is_some_and(|(a, b)| a - b <= 1)
            };
            for class in 0..4 {
                let count = |part| (0..labels.len()).filter(|&r| labels[r] == class && fold[r] == part).count();
                prop_assert!(even((0..folds).map(count).collect()));
            }
            prop_assert!(even((0..folds).map(|part| fold.iter().filter(|&&f| f == part).count()).collect()));
        }
    }
}
