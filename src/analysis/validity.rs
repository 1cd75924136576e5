//! Evidence for the validity of a study's measures: factor structure of the norms, invariance across languages, retest reliability,
//! correlations without common method variance, and sensitivity to missing answers.
//!
//! Owns the sessions and answers behind each, and the minimum numbers. Reports numbers and never calls a measure valid. Everything is about
//! groups, of twenty people at least.

use std::sync::Arc;

use serde::Serialize;

use super::build::{finished, main_instrument};
use super::experience::title;
use super::filter::Filter;
use super::measured::{Measured, Member};
use super::respondents::{last_of_each, latest};
use crate::instrument::{Instrument, Language};
use crate::psychometrics::Uncomputable;

mod answers;
mod common;
mod missing;
mod retest;
mod structure;
#[cfg(test)]
mod tests;

pub use common::{Common, CommonLine};
pub use missing::{Sensitivity, SensitivityFigure, SensitivityLine};
pub use retest::{Retest, RetestLine, RetestValue};
pub use structure::{Invariance, ModelComparison, NormItems, Structure, Tongues, YesSaying};

use answers::AnswerMatrix;

/// Complete cases from which on a confirmatory model is fitted, in one group or in each of two: with fewer, χ² and the indices made of it reject
/// true models too often (Boomsma 1982; Hu and Bentler 1999). A rule of thumb.
pub const FEWEST_FOR_STRUCTURE: usize = 100;
/// Fewest pairs of sessions for a retest: with fewer, the interval of a coefficient of .8 is wider than .4. (assumed)
pub const FEWEST_FOR_RETEST: usize = 20;
/// Sessions from which on relations without a general factor are told. (assumed)
pub const FEWEST_FOR_COMMON: usize = 50;
/// Sessions from which on missing answers are imputed. (assumed)
pub const FEWEST_FOR_IMPUTATION: usize = 30;

/// The evidence of validity of a study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Validity {
    /// The language of all labels in it.
    pub language: String,
    /// Whether its respondents are simulated.
    pub simulated: bool,
    /// Name, version and title of the questionnaire; none of a study without sessions.
    pub instrument: Option<(String, String, String)>,
    /// Finished sessions that it rests on.
    pub sessions: usize,
    /// Different people among them, each with the last session, where cases have to be independent.
    pub cases: usize,
    /// The norms by confirmatory factor analysis, one for each perspective that is asked.
    pub structures: Vec<Structure>,
    /// Who came twice.
    pub retest: Retest,
    /// Relations before and after a general factor is taken out.
    pub common: Common,
    /// Figures with and without imputed answers.
    pub sensitivity: Sensitivity,
}

/// Why something cannot be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Unavailable {
    /// The questionnaire has no scales of points for it.
    NotAsked,
    /// Too few cases.
    TooFew {
        /// How many there are.
        found: usize,
        /// How many it takes.
        needed: usize,
    },
    /// A norm has too few items to be a factor.
    TooFewItems,
    /// An item has the same answer throughout.
    NoVariance,
    /// An item follows from the others.
    Singular,
    /// The search for the estimates did not settle.
    NotConverged,
}

impl From<Uncomputable> for Unavailable {
    fn from(why: Uncomputable) -> Self {
        match why {
            Uncomputable::TooFewCases { needed, found } => Self::TooFew { found, needed },
            Uncomputable::TooFewItems { .. } => Self::TooFewItems,
            Uncomputable::NoVariance => Self::NoVariance,
            Uncomputable::Singular => Self::Singular,
            _ => Self::NotConverged,
        }
    }
}

/// The sessions that everything rests on.
struct Ground<'a> {
    measured: &'a Measured,
    main: &'a Arc<Instrument>,
    complete: Vec<&'a Member>,
    language: &'a Language,
    answers: AnswerMatrix,
}

impl Validity {
    /// The evidence from the sessions under a filter, with labels in `language`, and with imputed answers where a seed is given.
    pub fn of(measured: &Measured, filter: &Filter, language: &Language, seed: Option<u64>) -> Self {
        let (source, name, all) = finished(measured, filter);
        let complete = last_of_each(&all);
        let main = main_instrument(measured, name.as_deref(), &complete);
        let mut found = Self {
            language: language.to_string(),
            simulated: source == super::Source::Simulated,
            instrument: main
                .as_ref()
                .map(|main| (main.name.clone(), main.version.clone(), main.label.raw(language))),
            sessions: all.len(),
            cases: complete.len(),
            structures: Vec::new(),
            retest: Retest::default(),
            common: Common::default(),
            sensitivity: Sensitivity::default(),
        };
        let Some(main) = main else { return found };
        let ground = |complete: Vec<_>| {
            let answers = AnswerMatrix::of(measured, &main, &complete);
            Ground { measured, main: &main, complete, language, answers }
        };
        if let Some(seed) = seed {
            found.sensitivity = missing::sensitivity(&ground(latest(&all)), seed);
        }
        found.retest = retest::retest(&ground(all));
        let ground = ground(complete);
        found.structures = structure::structures(&ground);
        found.common = common::common(&ground);
        found
    }
}

impl Ground<'_> {
    /// The sessions by index.
    fn everybody(&self) -> Vec<usize> {
        (0..self.complete.len()).collect()
    }

    fn label(&self, scale: usize) -> String {
        title(self.main, &self.main.scales[scale], self.language)
    }
}
