//! How often the evidence of validity would speak against measures that are what they claim to be: simulated people of the reference world, in
//! which every norm is a factor of its own, answer a questionnaire, and each of their studies is looked at as `relata validity` does. Printed for
//! each number of interviews: how often χ² and corrected χ² reject the four factors at 5 %, how often usual limits are missed, and how often one
//! factor would pass. `cargo bench --bench validity`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::sync::Arc;

use relata::analysis::Digest;
use relata::classify::reference::Generator;
use relata::instrument::{Construct, Instrument, Perspective, RelationalModel, shipped};
use relata::interview::{Start, simulate};
use relata::psychometrics::confirmatory::{Equal, FitIndices, GroupMoments, confirm};
use relata::rng::Rng;

const FIRST: i64 = 1_767_600_000_000;
const SIZES: [usize; 3] = [100, 200, 400];
/// Simulated once; every study takes its people from here.
const PEOPLE: usize = 8_000;
/// The long form has statements that are put the other way round, which share how readily somebody says yes.
const INSTRUMENTS: [&str; 2] = ["account-self-assessment", "customer-interview"];

fn main() {
    // `cargo test --benches` runs this too, and wants no measurement.
    if std::env::args().any(|arg| arg == "--test") {
        return;
    }
    let level = Generator { acquiescence_sd: 0.0, ..Generator::default() };
    for name in INSTRUMENTS {
        println!("{name}");
        table(name, &Generator::default());
        println!("{name}, where nobody says yes more readily than others");
        table(name, &level);
    }
}

fn table(name: &str, generator: &Generator) {
    let instrument = Arc::new(shipped::read(name).unwrap().instrument.unwrap());
    let (scales, factor_of) = norms(&instrument);
    let mut rng = Rng::new(1);
    let people: Vec<Vec<f64>> =
        (0..PEOPLE).map(|_| person(&instrument, generator, &scales, &mut rng)).collect();
    println!("{} statements; share of studies", factor_of.len());
    println!(
        "n\tstudies\tχ² p<.05\tcorrected p<.05\tCFI<.95\tRMSEA>.06\tSRMR>.08\timproper\tone factor CFI≥.90"
    );
    for n in SIZES {
        let studies: Vec<&[Vec<f64>]> = people.chunks_exact(n).collect();
        let single = vec![0; factor_of.len()];
        let fit = |rows: &[Vec<f64>], of: &[usize]| {
            confirm(&[GroupMoments::of(rows).unwrap()], of, Equal::Nothing).ok()
        };
        let both = |rows: &&[Vec<f64>]| Some((fit(rows, &factor_of)?, fit(rows, &single)?));
        let fits: Vec<(FitIndices, FitIndices)> = studies.iter().filter_map(both).collect();
        let unsettled = studies.len() - fits.len();
        let share = |is: &dyn Fn(&(FitIndices, FitIndices)) -> bool| {
            fits.iter().filter(|fits| is(fits)).count() as f64 / fits.len() as f64
        };
        println!(
            "{n}\t{}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{unsettled}",
            fits.len(),
            share(&|fits| fits.0.p < 0.05),
            share(&|fits| fits.0.corrected.unwrap().p < 0.05),
            share(&|fits| fits.0.indices().cfi < 0.95),
            share(&|fits| fits.0.indices().rmsea > 0.06),
            share(&|fits| fits.0.srmr > 0.08),
            share(&|fits| fits.0.is_improper()),
            share(&|fits| fits.1.indices().cfi >= 0.90)
        );
    }
}

/// Scales of the own norms, and the factor of each of their statements.
fn norms(instrument: &Instrument) -> (Vec<usize>, Vec<usize>) {
    let scale = |model: RelationalModel| {
        let is = |scale: &relata::instrument::Scale| {
            scale.perspective == Perspective::Own && scale.construct == Construct::Model(model)
        };
        instrument.scales.iter().position(is).unwrap()
    };
    let scales: Vec<usize> = RelationalModel::ALL.into_iter().map(scale).collect();
    let items = |scale: &usize| relata::analysis::points(instrument, *scale).unwrap().0;
    let factor_of = scales.iter().enumerate().flat_map(|(at, scale)| vec![at; items(scale)]).collect();
    (scales, factor_of)
}

fn person(instrument: &Arc<Instrument>, generator: &Generator, scales: &[usize], rng: &mut Rng) -> Vec<f64> {
    let (persona, _) = generator.persona(rng);
    let language = instrument.language(None);
    let fields = instrument.fields.iter().map(|field| (field.name.clone(), "Acme".to_owned())).collect();
    let start = Start { seed: rng.bits(), language, fields, at: FIRST, offset: None };
    let walk = simulate::walk(instrument.clone(), start, &persona).unwrap();
    let digest = Digest::of(&walk.interview, &[]);
    scales.iter().flat_map(|scale| digest.parts.of_scale(*scale).iter().map(|point| point.unwrap())).collect()
}
