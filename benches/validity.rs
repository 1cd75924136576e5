//! How often the evidence of validity would speak against measures that are what they claim to be: simulated people of the reference world, in
//! which every norm is a factor of its own, answer a questionnaire, and each of their studies is looked at as `relata validity` does. Printed for
//! each number of interviews, without yes-saying beside the factors and with it where statements are put the other way round: how often χ² and corrected χ² reject the four factors at 5 %, how often usual limits are missed, and how often one
//! factor would pass. `cargo bench --bench validity`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that cannot go on has failed, and it prints"
)]

use std::sync::Arc;

use relata::analysis::{Digest, item_columns};
use relata::classify::reference::Generator;
use relata::instrument::{Construct, Instrument, Perspective, RelationalModel, shipped};
use relata::interview::{Start, simulate};
use relata::psychometrics::confirmatory::{Equal, FactorModel, FitIndices, GroupMoments, confirm};
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
    let norms = Norms::of(&instrument);
    let mut rng = Rng::new(1);
    let people: Vec<Vec<f64>> =
        (0..PEOPLE).map(|_| person(&instrument, generator, &norms.scales, &mut rng)).collect();
    println!("{} statements; share of studies", norms.factor_of.len());
    println!(
        "n\tyes-saying\tstudies\tχ² p<.05\tcorrected p<.05\tCFI<.95\tRMSEA>.06\tSRMR>.08\timproper\tone factor CFI≥.90\tunsettled"
    );
    let reversed = norms.weights.iter().any(|weight| *weight < 0.0);
    for n in SIZES {
        row(&norms, None, people.chunks_exact(n).collect());
        if reversed {
            row(&norms, Some(&norms.weights), people.chunks_exact(n).collect());
        }
    }
}

/// By a factor for each norm, and by one for all.
type BothFits = (FitIndices, Option<FitIndices>);

/// How often studies of these people reject four factors, with a random intercept beside them or without.
fn row(norms: &Norms, random_intercept: Option<&[f64]>, studies: Vec<&[Vec<f64>]>) {
    let single = vec![0; norms.factor_of.len()];
    let fit = |rows: &[Vec<f64>], factor_of: &[usize]| {
        let model = FactorModel { factor_of, random_intercept };
        confirm(&[GroupMoments::of(rows).unwrap()], model, Equal::Nothing).ok()
    };
    let both = |rows: &&[Vec<f64>]| Some((fit(rows, &norms.factor_of)?, fit(rows, &single)));
    let fits: Vec<BothFits> = studies.iter().filter_map(both).collect();
    let share = |is: &dyn Fn(&BothFits) -> bool| {
        fits.iter().filter(|fits| is(fits)).count() as f64 / fits.len() as f64
    };
    println!(
        "{}\t{}\t{}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{:.2}\t{}",
        studies[0].len(),
        if random_intercept.is_some() { "beside" } else { "-" },
        fits.len(),
        share(&|fits| fits.0.p < 0.05),
        share(&|fits| fits.0.corrected.unwrap().p < 0.05),
        share(&|fits| fits.0.indices().cfi < 0.95),
        share(&|fits| fits.0.indices().rmsea > 0.06),
        share(&|fits| fits.0.srmr > 0.08),
        share(&|fits| fits.0.is_improper()),
        share(&|fits| fits.1.as_ref().is_some_and(|single| single.indices().cfi >= 0.90)),
        studies.len() - fits.len()
    );
}

/// The own norms of a questionnaire: their scales, and by statement its factor and which way it is put.
struct Norms {
    scales: Vec<usize>,
    factor_of: Vec<usize>,
    weights: Vec<f64>,
}

impl Norms {
    fn of(instrument: &Instrument) -> Self {
        let mut norms = Self { scales: Vec::new(), factor_of: Vec::new(), weights: Vec::new() };
        for (at, model) in RelationalModel::ALL.into_iter().enumerate() {
            let is = |scale: &relata::instrument::Scale| {
                scale.perspective == Perspective::Own && scale.construct == Construct::Model(model)
            };
            let scale = instrument.scales.iter().position(is).unwrap();
            norms.scales.push(scale);
            for (_, _, reversed) in item_columns(instrument, scale) {
                norms.factor_of.push(at);
                norms.weights.push(if reversed { -1.0 } else { 1.0 });
            }
        }
        norms
    }
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
