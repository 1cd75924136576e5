//! Trees that repeat, split best, and hold the shares of their rows.

use super::*;
use crate::rng::Rng;

/// Labels that lean on two columns; `steps` of a column's values, or any number.
struct Table {
    x: Vec<f64>,
    labels: Vec<usize>,
    weights: Vec<f64>,
}

const FEATURES: usize = 6;

fn table(rows: usize, classes: usize, steps: Option<f64>, seed: u64) -> Table {
    let mut rng = Rng::new(seed);
    let mut found = Table { x: Vec::new(), labels: Vec::new(), weights: Vec::new() };
    for row in 0..rows {
        let label = if row < classes { row } else { rng.weighted(&[0.55, 0.2, 0.15, 0.1][..classes]) };
        for column in 0..FEATURES {
            let value = rng.normal() + if column == label { 1.2 } else { 0.0 };
            found.x.push(steps.map_or(value, |steps| (value * steps).round() / steps));
        }
        found.labels.push(label);
        found.weights.push([0.3, 1.0, 2.7][rng.below(3)]);
    }
    found
}

impl Table {
    fn sample(&self, classes: usize, weighted: bool) -> TrainingSet<'_> {
        let weights = weighted.then_some(self.weights.as_slice());
        TrainingSet { x: &self.x, features: FEATURES, labels: &self.labels, classes, weights }
    }
}

fn trees(form: &Discriminant) -> &[Tree] {
    match form {
        Discriminant::Trees { trees } => trees,
        other => panic!("{other:?}"),
    }
}

#[test]
fn repeated_fits_are_equal_to_the_bit_ties_and_weights_or_not() {
    for classes in 2..=4 {
        for steps in [None, Some(1.0)] {
            let table = table(275, classes, steps, 11);
            for weighted in [false, true] {
                let sample = table.sample(classes, weighted);
                let first = DecisionTrees.fit(&sample, 0.5).unwrap();
                assert!(trees(&first.form).iter().any(|tree| tree.nodes.len() > 8), "too small to differ");
                for _ in 0..12 {
                    assert_eq!(
                        DecisionTrees.fit(&sample, 0.5).unwrap(),
                        first,
                        "{classes} {steps:?} {weighted}"
                    );
                }
            }
        }
    }
}

/// The best first split by trying all, in double precision: column, gain, and the value that goes below last.
fn by_hand(sample: &TrainingSet<'_>, class: usize, leaf: f64) -> (usize, f64) {
    let gini = |rows: &[usize]| {
        let all: f64 = rows.iter().map(|&row| sample.weight(row)).sum();
        let own: f64 =
            rows.iter().filter(|&&row| sample.labels[row] == class).map(|&row| sample.weight(row)).sum();
        let share = own / all;
        (all, 1.0 - share * share - (1.0 - share) * (1.0 - share))
    };
    let rows: Vec<usize> = (0..sample.labels.len()).collect();
    let (total, _) = gini(&rows);
    let mut best = (0, 0.0, f64::INFINITY);
    for column in 0..sample.features {
        for &at in &rows {
            let cut = sample.row(at)[column];
            let (below, above): (Vec<usize>, Vec<usize>) =
                rows.iter().partition(|&&row| sample.row(row)[column] <= cut);
            if above.is_empty() {
                continue;
            }
            let ((left, a), (right, b)) = (gini(&below), gini(&above));
            let impurity = (left * a + right * b) / total;
            if left >= leaf && right >= leaf && impurity < best.2 {
                best = (column, cut, impurity);
            }
        }
    }
    (best.0, best.1)
}

#[test]
fn the_first_split_is_the_best_of_all_weights_counted() {
    for (seed, weighted) in [(1, false), (2, true), (3, true), (4, false)] {
        let table = table(275, 3, None, seed);
        let sample = table.sample(3, weighted);
        let fit = DecisionTrees.fit(&sample, 1.0).unwrap();
        for class in 0..3 {
            let (column, cut) = by_hand(&sample, class, LEAF);
            let split = trees(&fit.form)[class].nodes[0].split.unwrap();
            assert_eq!(split.column, column, "seed {seed}, class {class}");
            let next = (0..275)
                .map(|row| sample.row(row)[column])
                .filter(|value| *value > cut)
                .fold(f64::INFINITY, f64::min);
            assert!(cut <= split.threshold && split.threshold < next, "{cut} {split:?} {next}");
        }
    }
}

#[test]
fn every_node_holds_the_smoothed_share_of_the_rows_that_come_through_it() {
    let table = table(275, 4, Some(2.0), 5);
    let sample = table.sample(4, true);
    let fit = DecisionTrees.fit(&sample, 1.0).unwrap();
    let margins = sample.margins();
    for (class, tree) in trees(&fit.form).iter().enumerate() {
        assert!((tree.start() - margins[class].ln()).abs() < 1e-12, "the root has the share of the table");
        for node in &tree.nodes {
            let comes = |row: &usize| tree.path(sample.row(*row)).any(|passed| std::ptr::eq(passed, node));
            let rows: Vec<usize> = (0..275).filter(comes).collect();
            let all: f64 = rows.iter().map(|&row| sample.weight(row)).sum();
            let own: f64 =
                rows.iter().filter(|&&r| sample.labels[r] == class).map(|&r| sample.weight(r)).sum();
            let share = (own + 2.0 * margins[class]) / (all + 2.0);
            assert!((node.log_share - share.ln()).abs() < 1e-12);
            assert!(all >= LEAF * (1.0 - 1e-5), "a leaf of {all}");
        }
    }
}

#[test]
fn a_branch_that_calls_one_class_is_kept() {
    // A class of a tenth has a third above zero and nothing below: the call is the other class on both sides, the shares are not.
    let x: Vec<f64> = (0..300).map(|row| if row < 90 { 1.0 } else { -1.0 }).collect();
    let labels: Vec<usize> = (0..300).map(|row| usize::from(row < 30)).collect();
    let sample = TrainingSet { x: &x, features: 1, labels: &labels, classes: 2, weights: None };
    let form = DecisionTrees.fit(&sample, 1.0).unwrap().form;
    assert!((form.score(1, &[1.0]).exp() - (30.0 + 0.2) / 92.0).abs() < 1e-12);
    assert!((form.score(1, &[-1.0]).exp() - 0.2 / 212.0).abs() < 1e-12);
}

#[test]
fn strength_is_the_size_of_leaves_and_a_weight_of_two_is_a_row_twice() {
    let table = table(275, 3, None, 9);
    let sample = table.sample(3, false);
    let size = |alpha: f64| -> usize {
        trees(&DecisionTrees.fit(&sample, alpha).unwrap().form).iter().map(|tree| tree.nodes.len()).sum()
    };
    let sizes: Vec<usize> = STRENGTHS.iter().map(|&alpha| size(alpha)).collect();
    assert!(sizes.is_sorted_by(|a, b| a >= b) && sizes[0] > sizes[4], "{sizes:?}");
    assert_eq!(size(1_000.0), 3, "nothing but roots");
    let twice: Vec<f64> = table.x.iter().chain(&table.x).copied().collect();
    let labels: Vec<usize> = table.labels.iter().chain(&table.labels).copied().collect();
    let long = TrainingSet { x: &twice, labels: &labels, ..sample };
    let heavy = [2.0; 275];
    let short = TrainingSet { weights: Some(&heavy), ..sample };
    let (long, short) = (DecisionTrees.fit(&long, 2.0).unwrap(), DecisionTrees.fit(&short, 2.0).unwrap());
    for row in 0..275 {
        let score = |fit: &LearnerFit, class| fit.form.score(class, sample.row(row));
        assert!((0..3).all(|class| (score(&long, class) - score(&short, class)).abs() < 1e-12));
    }
}

#[test]
fn weights_of_any_size_and_columns_without_spread_have_a_fit() {
    let table = table(275, 2, None, 3);
    for weight in [1e-300, 1e-3, 1e3, 1e300] {
        let weights: Vec<f64> = table.weights.iter().map(|own| own * weight).collect();
        let sample = TrainingSet { weights: Some(&weights), ..table.sample(2, false) };
        let fit = DecisionTrees.fit(&sample, 1.0).unwrap();
        assert!(fit.report.loss.is_finite());
    }
    let flat = vec![0.0; 275 * FEATURES];
    let form = DecisionTrees.fit(&TrainingSet { x: &flat, ..table.sample(2, false) }, 0.5).unwrap().form;
    assert!(trees(&form).iter().all(|tree| tree.nodes.len() == 1));
}
