//! The table behind `CODE_COUNTS`: for populations that the reference sample does and does not describe, the log loss on 2,000 fresh coded
//! sessions of models on n coded sessions, each counted so many times beside the reference sample. `cargo bench --bench pooling`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use relata::classify::dataset::Dataset;
use relata::classify::evaluate::held_out;
use relata::classify::metrics::evaluate;
use relata::classify::model::MissingPolicy;
use relata::classify::reference::{FeaturePlan, Generator, POOLED_ROWS, World, reference_sample, simulate};
use relata::classify::train::{Training, train};
use relata::rng::Rng;

const COUNTS: [f64; 5] = [1.0, 3.0, 10.0, 30.0, 100.0];
const SESSIONS: [usize; 4] = [20, 60, 150, 275];
const STUDIES: u64 = 12;

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let plan = FeaturePlan::customer_interview_like();
    let beside = reference_sample(&plan, &Generator::default(), POOLED_ROWS).unwrap();
    let how = Training { missing: MissingPolicy::Refuse, ..Training::default() };
    println!(
        "population       n   reference  {}  own",
        COUNTS.map(|times| format!("x{times:<5}")).join("  ")
    );
    let (mut means, mut references, mut cells) = ([0.0; COUNTS.len() + 1], 0.0, 0.0);
    for world in World::ALL {
        let generator = world.generator();
        let fresh = simulate(&plan, &generator, 2_000, 77).unwrap();
        let loss = |data: &Dataset| -> f64 {
            let Ok(model) = train(data, &how) else { return f64::NAN };
            let found = held_out(&model, &fresh.features(), &fresh.coded).unwrap();
            evaluate(&found, 0, &mut Rng::new(1)).log_loss.value.unwrap()
        };
        let reference = loss(&beside);
        for n in SESSIONS {
            let mut sums = [0.0; COUNTS.len() + 1];
            for seed in 0..STUDIES {
                let sample = simulate(&plan, &generator, n, 1_000 + seed).unwrap();
                let own = Dataset::new(&sample.features(), sample.coded, None).unwrap();
                let pooled = COUNTS.map(|count| {
                    let weighted = own.clone().with_weights(Some(vec![count; n])).unwrap();
                    loss(&weighted.with_rows_of(&beside).unwrap())
                });
                for (sum, loss) in sums.iter_mut().zip(pooled.into_iter().chain([loss(&own)])) {
                    *sum += loss / STUDIES as f64;
                }
            }
            let shown = sums.map(|sum| format!("{sum:.4}")).join("  ");
            println!("{:<15} {n:>3}   {reference:.4}     {shown}", world.name());
            means.iter_mut().zip(sums).for_each(|(mean, sum)| *mean += sum);
            (references, cells) = (references + reference, cells + 1.0);
        }
    }
    let shown = means.map(|mean| format!("{:.4}", mean / cells)).join("  ");
    println!("{:<15}       {:.4}     {shown}", "mean", references / cells);
}
