//! Scores the single-category implicit association test of every person in a trial file.
//!
//! ```sh
//! cargo run --example score_trials -- trials.csv
//! ```
//!
//! The file has a header and the columns `person`, `block` (`good` or `bad`: what the organisation shared a key with),
//! `ms` (empty where nobody answered in time) and `correct` (1 or 0). `relata score sc-iat` reads whatever other programs
//! write; this shows what a program of your own calls.

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;

use relata::defuse;
use relata::measures::timed::{BlockRef, BlockSide, ErrorMethod, Trial, sc_iat};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: score_trials FILE")?;
    let mut people: BTreeMap<String, [Vec<Trial>; 2]> = BTreeMap::new();
    for row in csv::Reader::from_path(path)?.deserialize() {
        let (person, block, ms, correct): (String, String, Option<f64>, u8) = row?;
        let trial = match ms {
            Some(ms) => Trial::answered(ms, correct == 1),
            None => Trial::unanswered(),
        };
        let [good, bad] = people.entry(person).or_default();
        match block.as_str() {
            "good" => good.push(trial),
            "bad" => bad.push(trial),
            other => return Err(format!("`{other}` is no block: good or bad").into()),
        }
    }
    let mut out = std::io::stdout().lock();
    for (person, [good, bad]) in &people {
        let person = defuse::line(person);
        // Above zero: faster together with pleasant words.
        match sc_iat::clean(good, bad).score(ErrorMethod::Analytic).outcome() {
            Ok(estimate) => {
                let se = estimate.se.map_or("none".to_owned(), |se| format!("{se:.3}"));
                writeln!(out, "{person}: D = {:.3}, standard error {se}", estimate.d)?;
            }
            Err(exclusion) => writeln!(out, "{person}: excluded, {}", exclusion.sentence(block_name))?,
        }
    }
    Ok(())
}

fn block_name(place: BlockRef) -> String {
    match place.side {
        BlockSide::A => "block `good`".to_owned(),
        BlockSide::B => "block `bad`".to_owned(),
    }
}
