//! The fits and predictions that `benches/against_sklearn.py` holds against scikit-learn. Run the script, not this.
//!
//! Reads tables that the script wrote (standardised features and labels as little-endian doubles), fits, predicts, and writes
//! coefficients, probabilities and median times back beside them.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a bench is read on standard output, and stops at a fault"
)]

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use relata::classify::dataset::Dataset;
use relata::classify::learner::LEARNERS;
use relata::classify::model::Scorer;
use relata::classify::solver::TrainingSet;
use relata::classify::train::{Calibrate, ClassWeights, Training, train};
use relata::instrument::RelationalModel;

const FEATURES: usize = 60;

fn read(path: &Path) -> Vec<f64> {
    let bytes = std::fs::read(path).unwrap();
    bytes.chunks_exact(8).map(|chunk| f64::from_le_bytes(chunk.try_into().unwrap())).collect()
}

fn write<'a>(path: &Path, values: impl Iterator<Item = &'a f64>) {
    std::fs::write(path, values.flat_map(|value| value.to_le_bytes()).collect::<Vec<u8>>()).unwrap();
}

fn median(repeats: usize, mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..repeats)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed().as_secs_f64()
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[repeats / 2]
}

fn main() {
    let Some(folder) = std::env::var_os("RELATA_BENCH_DATA") else {
        println!("run benches/against_sklearn.py, which writes the tables first");
        return;
    };
    let folder = Path::new(&folder);
    let learner = LEARNERS[0];
    for (n, repeats) in [(275_usize, 51), (5_000, 15), (200_000, 3)] {
        let x = read(&folder.join(format!("x_{n}.f64")));
        let labels: Vec<usize> =
            read(&folder.join(format!("y_{n}.f64"))).iter().map(|label| *label as usize).collect();
        let models: Vec<RelationalModel> = labels.iter().map(|&label| RelationalModel::ALL[label]).collect();
        let names = (0..FEATURES).map(|place| format!("f{place}")).collect();
        let data = Dataset::from_table(names, x.clone(), models, None).unwrap();
        for (name, class_weights) in [("none", ClassWeights::None), ("balanced", ClassWeights::Balanced)] {
            let how = Training {
                alpha: Some(1.0),
                calibrate: Calibrate::Off,
                class_weights,
                ..Training::default()
            };
            let model = train(&data, &how).unwrap();
            let (coefficients, intercepts) = model.form.linear().unwrap();
            let scorer = Scorer::new(&model).unwrap();
            let mut shares = vec![[0.0; 4]; n];
            scorer.table(&x, &mut shares).unwrap();
            let stem = format!("{name}_{n}.f64");
            let numbers = coefficients.iter().flatten().chain(intercepts);
            write(&folder.join(format!("coefficients_{stem}")), numbers);
            write(&folder.join(format!("shares_{stem}")), shares.iter().flatten());
            let counts: Vec<f64> =
                (0..4).map(|class| labels.iter().filter(|&&label| label == class).count() as f64).collect();
            let balanced: Vec<f64> = labels.iter().map(|&label| n as f64 / (4.0 * counts[label])).collect();
            let weights = (class_weights == ClassWeights::Balanced).then_some(balanced.as_slice());
            let sample = TrainingSet { x: &x, features: FEATURES, labels: &labels, classes: 4, weights };
            let time = median(repeats, || {
                black_box(learner.fit(&sample, 1.0).unwrap());
            });
            println!("fit {name} {n} {time}");
        }
    }
    let x = read(&folder.join("x_1000000.f64"));
    let table = read(&folder.join("x_5000.f64"));
    let labels = read(&folder.join("y_5000.f64"));
    let models = labels.iter().map(|&label| RelationalModel::ALL[label as usize]).collect();
    let names = (0..FEATURES).map(|place| format!("f{place}")).collect();
    let data = Dataset::from_table(names, table, models, None).unwrap();
    let how = Training { alpha: Some(1.0), calibrate: Calibrate::Off, ..Training::default() };
    let model = train(&data, &how).unwrap();
    let scorer = Scorer::new(&model).unwrap();
    let mut shares = vec![[0.0; 4]; 1_000_000];
    let time = median(7, || scorer.table(black_box(&x), &mut shares).unwrap());
    println!("predict none 1000000 {time}");
}
