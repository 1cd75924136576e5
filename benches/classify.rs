//! What the classifier costs: medians over repeats, in milliseconds. Run with `cargo bench --bench classify`.
//!
//! The reference model is fitted anew for every set of features, between the last answer and the result screen, so it has to stay in
//! tens of milliseconds at most.

#![allow(clippy::print_stdout, reason = "a bench is read on standard output")]

use std::hint::black_box;
use std::time::Instant;

use relata::classify::learner::LEARNERS;
use relata::classify::recovery::{RecoveryExtent, recovery};
use relata::classify::reference::{FeaturePlan, Generator, REFERENCE_ROWS, World, reference_model, simulate};
use relata::classify::solver::TrainingSet;
use relata::rng::Rng;

fn median(name: &str, repeats: usize, mut work: impl FnMut()) {
    let mut times: Vec<f64> = (0..repeats)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name:<48} {:>10.2} ms", times[repeats / 2]);
}

/// Standardised noise with four classes that lean on the first four features.
fn table(rows: usize, features: usize) -> (Vec<f64>, Vec<usize>) {
    let mut rng = Rng::new(1);
    let mut x = Vec::with_capacity(rows * features);
    let mut labels = Vec::with_capacity(rows);
    for _ in 0..rows {
        let label = rng.weighted(&[0.16, 0.07, 0.07, 0.70]);
        let at = x.len();
        x.extend((0..features).map(|_| rng.normal()));
        x[at + label] += 0.8;
        labels.push(label);
    }
    (x, labels)
}

fn main() {
    let plan = FeaturePlan::customer_interview_like();
    let short = FeaturePlan { vignettes: vec![], allocation: None, ..plan.clone() };
    median("simulate the reference sample", 15, || {
        let _ = black_box(simulate(&plan, &Generator::default(), REFERENCE_ROWS, 1));
    });
    median("reference model, all blocks (12 features)", 15, || {
        let _ = black_box(reference_model(&plan, &Generator::default()));
    });
    median("reference model, scales only (5 features)", 15, || {
        let _ = black_box(reference_model(&short, &Generator::default()));
    });
    for (rows, features) in [(275, 60), (REFERENCE_ROWS, 12), (5_000, 60), (200_000, 60)] {
        let (x, labels) = table(rows, features);
        let weights = vec![1.0; rows];
        let sample = |weights| TrainingSet { x: &x, features, labels: &labels, classes: 4, weights };
        for learner in LEARNERS {
            // Weights of one change nothing but the road: linfa is not asked where there are weights.
            for (road, weights) in [("", None), (", weighted", Some(&weights[..]))] {
                let name = format!("{} {rows} × {features}{road}", learner.id());
                median(&name, 5, || {
                    let _ = black_box(learner.fit(&sample(weights), 1.0));
                });
            }
        }
    }
    median("recovery table, 1,000 resamples", 3, || {
        let _ = black_box(recovery(
            &plan,
            RecoveryExtent { worlds: &World::ALL, sessions: 275, drawn: 0, resamples: 1_000 },
            1,
        ));
    });
}
