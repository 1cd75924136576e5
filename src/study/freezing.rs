//! Freezing a plan: decisions from before the data are looked at, checked against the questionnaire and kept for good.

use super::digests::facts;
use super::{Hear, Study, StudyError, sessions};
use crate::analysis::Filter;
use crate::analysis::plan::Plan;
use crate::instrument::Instrument;
use crate::store::SessionHeader;

/// The plan for a questionnaire: what is expected and who will be left out, in words; scales, finished sessions and the selection that it
/// rests on.
///
/// # Errors
/// It names a scale that is not there: a slip of the pen that could not be mended later.
pub fn plan(
    instrument: &Instrument,
    (hypotheses, exclusions): (Vec<String>, Vec<String>),
    measures: Vec<String>,
    sessions: Option<usize>,
    selection: Filter,
) -> Result<Plan, StudyError> {
    let names: Vec<&str> = instrument.scales.iter().map(|scale| scale.name.as_str()).collect();
    if let Some(other) = measures.iter().find(|measure| !names.contains(&measure.as_str())) {
        return Err(StudyError::new(format!("{} has no scale `{other}`", instrument.name))
            .help(format!("its scales are: {}", names.join(", "))));
    }
    Ok(Plan {
        instrument: instrument.name.clone(),
        version: instrument.version.clone(),
        hash: instrument.hash.clone(),
        relata: env!("CARGO_PKG_VERSION").to_owned(),
        hypotheses,
        measures,
        exclusions,
        sessions,
        // `instrument` above names it.
        selection: Filter { instrument: None, ..selection },
    })
}

/// How many sessions of a plan's questionnaire and selection had begun before it, rehearsals not counted.
///
/// # Errors
/// The study cannot be read.
pub fn begun(study: &Study, hear: Hear<'_>, plan: &Plan) -> Result<usize, StudyError> {
    let headers = sessions(study, hear)?;
    let is_meant = |header: &&SessionHeader| {
        let own = header.instrument.name == plan.instrument && !header.test;
        own && plan.selection.passes(&facts(header), &header.start.fields)
    };
    Ok(headers.iter().filter(is_meant).count())
}
