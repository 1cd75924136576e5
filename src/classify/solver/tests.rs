//! The gradient is right, and the optimum is the same from everywhere.

use super::*;
use crate::rng::Rng;

/// Random rows with classes that depend on the first features.
fn random(n: usize, features: usize, classes: usize, seed: u64) -> (Vec<f64>, Vec<usize>) {
    let mut rng = Rng::new(seed);
    let mut x = Vec::new();
    let mut labels = Vec::new();
    for row in 0..n {
        let values: Vec<f64> = (0..features).map(|_| rng.normal()).collect();
        let scores: Vec<f64> = (0..classes)
            .map(|k| values[k % features] + if k == 0 { 1.0 } else { 0.0 } + rng.normal())
            .collect();
        let best = (0..classes).max_by(|&a, &b| scores[a].total_cmp(&scores[b]));
        labels.push(if row < classes { row } else { best.unwrap() });
        x.extend(values);
    }
    (x, labels)
}

#[test]
fn the_gradient_is_the_slope_of_the_loss() {
    for classes in [2, 3, 4] {
        let (x, labels) = random(40, 3, classes, 1);
        let weights: Vec<f64> = (0..40).map(|row| 0.5 + f64::from(row % 3)).collect();
        let sample = TrainingSet { x: &x, features: 3, labels: &labels, classes, weights: Some(&weights) };
        let mut rng = Rng::new(2);
        let theta: Vec<f64> = (0..sample.parameters()).map(|_| rng.normal()).collect();
        let mut gradient = vec![0.0; theta.len()];
        objective(&sample, 0.7, &theta, &mut gradient);
        let mut scratch = vec![0.0; theta.len()];
        for place in 0..theta.len() {
            let mut at = |change: f64| {
                let mut moved = theta.clone();
                moved[place] += change;
                objective(&sample, 0.7, &moved, &mut scratch)
            };
            let slope = (at(1e-5) - at(-1e-5)) / 2e-5;
            assert!((slope - gradient[place]).abs() < 1e-6);
        }
    }
}

#[test]
fn the_start_does_not_matter() {
    let (x, labels) = random(300, 5, 4, 3);
    let sample = TrainingSet { x: &x, features: 5, labels: &labels, classes: 4, weights: None };
    let near = minimise(&sample, 1.0, sample.null_model(), TOLERANCE).unwrap();
    let mut rng = Rng::new(4);
    let mut far: Vec<f64> = (0..sample.parameters()).map(|_| 3.0 * rng.normal()).collect();
    // The sum of the intercepts is the one thing that the start decides.
    let centre = far[20..].iter().sum::<f64>() / 4.0;
    far[20..].iter_mut().for_each(|b| *b -= centre);
    let other = minimise(&sample, 1.0, far, TOLERANCE).unwrap();
    assert!(near.iterations < 40, "{}", near.iterations);
    for (a, b) in near.theta.iter().zip(&other.theta) {
        assert!((a - b).abs() < 1e-6);
    }
}

#[test]
fn a_weight_of_two_is_a_row_twice() {
    let (x, labels) = random(60, 2, 3, 5);
    let weights: Vec<f64> = (0..60).map(|row| if row < 20 { 2.0 } else { 1.0 }).collect();
    let weighted = TrainingSet { x: &x, features: 2, labels: &labels, classes: 3, weights: Some(&weights) };
    let long_x = [&x[..], &x[..40]].concat();
    let long_labels = [&labels[..], &labels[..20]].concat();
    let doubled = TrainingSet { x: &long_x, labels: &long_labels, weights: None, ..weighted };
    let a = minimise(&weighted, 0.5, weighted.null_model(), TOLERANCE).unwrap();
    let b = minimise(&doubled, 0.5, doubled.null_model(), TOLERANCE).unwrap();
    for (left, right) in a.theta.iter().zip(&b.theta) {
        assert!((left - right).abs() < 1e-6);
    }
}

#[test]
fn some_rows_first_lead_to_the_optimum_of_all() {
    let n = 48_000;
    let (mut x, mut labels) = random(n, 2, 3, 6);
    // Every third row, which is what is fitted first, is of a kind of its own.
    for row in (0..n).step_by(3) {
        labels[row] = row / 3 % 3;
        x[row * 2] += 2.0;
    }
    let sample = TrainingSet { x: &x, features: 2, labels: &labels, classes: 3, weights: None };
    assert!(Thinned::of(&sample).is_some());
    let thinned = minimise(&sample, 1.0, sample.null_model(), TOLERANCE).unwrap();
    let direct = descend(&sample, 1.0, sample.null_model(), None, TOLERANCE).unwrap();
    for (a, b) in thinned.theta.iter().zip(&direct.theta) {
        assert!((a - b).abs() < 1e-7, "{a} {b}");
    }
    // A class that the few rows lack: no head start, and the same optimum as ever.
    let mut lost = labels.clone();
    (0..n).step_by(3).for_each(|row| lost[row] = 0);
    let sample = TrainingSet { labels: &lost, ..sample };
    assert!(Thinned::of(&sample).is_none());
    assert!(minimise(&sample, 1.0, sample.null_model(), TOLERANCE).is_ok());
}

#[test]
fn a_fit_has_the_same_bits_wherever_its_blocks_are_summed() {
    // Blocks are summed in their order: the sum of two halves, block by block, is the sum of the whole.
    let (x, labels) = random(3 * BLOCK, 2, 2, 7);
    let sample = TrainingSet { x: &x, features: 2, labels: &labels, classes: 2, weights: None };
    let theta = [0.3, -0.3, -0.2, 0.2, 0.1, -0.1];
    let mut whole = vec![0.0; 6];
    objective(&sample, 0.0, &theta, &mut whole);
    let mut sum = vec![0.0; 6];
    for block in 0..3 {
        let rows = block * BLOCK..(block + 1) * BLOCK;
        let part = TrainingSet { x: &x[rows.start * 2..rows.end * 2], labels: &labels[rows], ..sample };
        let mut gradient = vec![0.0; 6];
        objective(&part, 0.0, &theta, &mut gradient);
        add(&mut sum, 1.0, &gradient);
    }
    assert_eq!(whole, sum);
}

#[test]
fn the_curvature_is_the_slope_of_the_gradient() {
    for classes in [2, 3, 4] {
        let (x, labels) = random(70, 3, classes, 8);
        let weights: Vec<f64> = (0..70).map(|row| 0.5 + f64::from(row % 3)).collect();
        let sample = TrainingSet { x: &x, features: 3, labels: &labels, classes, weights: Some(&weights) };
        let mut rng = Rng::new(9);
        let theta: Vec<f64> = (0..sample.parameters()).map(|_| rng.normal()).collect();
        // A direction that leaves the sum of the intercepts alone, where the curvature is not a true one.
        let mut direction: Vec<f64> = (0..theta.len()).map(|_| rng.normal()).collect();
        let centre = direction[3 * classes..].iter().sum::<f64>() / classes as f64;
        direction[3 * classes..].iter_mut().for_each(|part| *part -= centre);
        let gradient = |step: f64| {
            let mut moved = theta.clone();
            add(&mut moved, step, &direction);
            let mut gradient = vec![0.0; theta.len()];
            objective(&sample, 0.7, &moved, &mut gradient);
            gradient
        };
        let mut slope: Vec<f64> =
            gradient(1e-5).iter().zip(gradient(-1e-5)).map(|(a, b)| (a - b) / 2e-5).collect();
        // The curvature times the direction is that slope; so the slope solved for is the direction.
        curvature::at(&sample, 0.7, &theta).unwrap().solve(&mut slope);
        for (found, known) in slope.iter().zip(&direction) {
            assert!((found - known).abs() < 1e-6, "{found} {known}");
        }
    }
}
