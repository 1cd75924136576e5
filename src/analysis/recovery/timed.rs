//! Recovery of timed sorting: does D find the association that the simulation put in, and do its intervals hold it as often as
//! they say? Recovery, not validity: the latencies come from our own assumptions.

use std::sync::Arc;

use crate::classify::reference::Generator;
use crate::instrument::{Instrument, Reads};
use crate::interview::{Refusal, Start, simulate};
use crate::measures::{self, Norms, Outcome};
use crate::psychometrics::descriptive::{correlation, mean, variance};
use crate::rng::Rng;

/// Simulated sessions: enough that a coverage of 95 % is known to about two percent.
pub const SESSIONS: usize = 500;

/// What became of the scores of all sessions.
#[derive(Debug, Clone, PartialEq)]
pub struct TimedPerformance {
    /// Sessions with a score.
    pub scored: usize,
    /// Sessions that the rules of the measure leave out.
    pub excluded: usize,
    /// Sessions without a sorting.
    pub not_done: usize,
    /// Of the scores with what was simulated.
    pub correlation: Option<f64>,
    /// Of the scores, by their errors.
    pub reliability: Option<f64>,
    /// Mean of the standard errors.
    pub mean_se: Option<f64>,
    /// Share of intervals that hold what was simulated.
    pub coverage: Option<f64>,
}

/// The recovery of an instrument's timed task; none where it has none.
///
/// # Errors
/// A simulated respondent who got stuck.
pub fn timed(instrument: &Arc<Instrument>, seed: u64) -> Result<Option<TimedPerformance>, Refusal> {
    let sorts = instrument.scales.iter().position(|scale| scale.method.reads() == Reads::Sorting);
    let Some(scale) = sorts else { return Ok(None) };
    let generator = Generator::default();
    let mut rng = Rng::for_purpose(seed, "timed recovery");
    let (mut truth, mut found, mut errors) = (Vec::new(), Vec::new(), Vec::new());
    let (mut excluded, mut not_done) = (0, 0);
    for _ in 0..SESSIONS {
        let (persona, _) = generator.persona(&mut rng);
        let language = instrument.language(None);
        let start = Start { seed: rng.bits(), language, fields: Default::default(), at: 0, offset: None };
        let walk = simulate::walk(instrument.clone(), start, &persona)?;
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
    Ok(Some(TimedPerformance {
        scored: found.len(),
        excluded,
        not_done,
        correlation: correlation(&truth, &found).ok(),
        reliability,
        mean_se: mean(&errors).ok(),
        coverage: (!found.is_empty()).then(|| held as f64 / found.len() as f64),
    }))
}
