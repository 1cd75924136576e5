//! Recovery of timed sorting: does D find the association that the simulation put in, and do its intervals hold it as often as
//! they say? Recovery, not validity: the latencies come from our own assumptions.

use std::sync::Arc;

use crate::classify::reference::Generator;
use crate::cli::Failure;
use crate::cli::table::Listing;
use crate::instrument::{Instrument, Reads};
use crate::interview::{Start, simulate};
use crate::measures::{self, Norms, Outcome};
use crate::psychometrics::descriptive::{correlation, mean, variance};
use crate::rng::Rng;

/// Simulated sessions: enough that a coverage of 95 % is known to about two percent.
pub(super) const SESSIONS: usize = 500;

const COLUMNS: &[&str] = &[
    "instrument",
    "sessions",
    "scored",
    "excluded",
    "not_done",
    "correlation",
    "reliability",
    "mean_se",
    "coverage_95",
];

/// The table for an instrument with a timed task.
pub(super) fn table(instrument: &Arc<Instrument>, seed: u64) -> Result<Listing, Failure> {
    let scale = instrument.scales.iter().position(|scale| scale.method.reads() == Reads::Sorting);
    let scale = scale.ok_or_else(|| Failure::refused(format!("{} has no timed sorting", instrument.name)))?;
    let generator = Generator::default();
    let mut rng = Rng::for_purpose(seed, "timed recovery");
    let (mut truth, mut found, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let (mut excluded, mut not_done) = (0, 0);
    for _ in 0..SESSIONS {
        let (persona, _) = generator.persona(&mut rng);
        let language = instrument.language(None);
        let start = Start { seed: rng.bits(), language, fields: Default::default(), at: 0, offset: None };
        let walk = simulate::walk(instrument.clone(), start, &persona)
            .map_err(|refusal| Failure::refused(format!("a simulated respondent got stuck: {refusal}")))?;
        match measures::score(&walk.interview, scale, &Norms::none()).first().map(|score| &score.outcome) {
            Some(Outcome::Scored { value, se: Some(se), .. }) => {
                truth.push(persona.sorting_d());
                found.push(*value);
                errors.push(*se);
            }
            Some(Outcome::Excluded(_)) => excluded += 1,
            _ => not_done += 1,
        }
    }
    let holds = |((truth, found), se): ((&f64, &f64), &f64)| (truth - found).abs() <= 1.96 * se;
    let held = truth.iter().zip(&found).zip(&errors).filter(|all| holds(*all)).count();
    let squares: Vec<f64> = errors.iter().map(|se| se * se).collect();
    let reliability = mean(&squares).ok().zip(variance(&found).ok()).map(|(error, all)| 1.0 - error / all);
    let mut table = Listing::new(COLUMNS);
    table.push(vec![
        instrument.name.clone().into(),
        SESSIONS.into(),
        found.len().into(),
        excluded.into(),
        not_done.into(),
        correlation(&truth, &found).ok().into(),
        reliability.into(),
        mean(&errors).ok().into(),
        (!found.is_empty()).then(|| held as f64 / found.len() as f64).into(),
    ]);
    Ok(table)
}
