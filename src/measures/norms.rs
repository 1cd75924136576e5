//! Norms of comparison: what errors and z scores of one session need to know of others. They come from the study itself
//! once it has thirty sessions of the instrument, before that from a simulated reference sample, and say which.

use std::collections::BTreeMap;

use super::association::{score_of, se_of};
use super::{Parts, Timed};
use crate::instrument::{Instrument, Reads};
use crate::interview::Interview;
use crate::psychometrics::descriptive::{correlation, mean, sd, variance};
use crate::psychometrics::reliability::cronbach_alpha;

/// Sessions from which on a study serves as its own norm.
pub const OWN_NORMS_FROM: usize = 30;
/// An indicator that fewer than this share of sessions have is left out of α, which needs complete cases.
const MOSTLY_ASKED: f64 = 0.8;

/// Equal values differ by rounding alone, some 1e-16; a real spread on scales of this size is never below this.
const NO_SPREAD: f64 = 1e-9;

/// Where norms come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    /// Simulated respondents of this instrument.
    Reference,
    /// So many sessions of the study.
    Study(usize),
    /// Nothing to compare with.
    None,
}

/// Mean, spread and reliability of a score in the norm group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Norm {
    /// Mean.
    pub mean: f64,
    /// Standard deviation, n − 1.
    pub sd: f64,
    /// Reliability, 0–1.
    pub reliability: f64,
}

impl Norm {
    /// The standard error of measurement, SD·√(1 − reliability).
    pub fn se(self) -> f64 {
        self.sd * (1.0 - self.reliability).sqrt()
    }
}

/// The norms of an instrument.
#[derive(Debug, Clone, PartialEq)]
pub struct Norms {
    /// Where they come from.
    pub basis: Basis,
    scales: BTreeMap<String, Norm>,
    /// The explicit composite.
    pub explicit: Option<Norm>,
    /// The association score.
    pub association: Option<IndirectNorm>,
    /// D of timed sorting.
    pub sorting: Option<IndirectNorm>,
    /// Pooled within-person SD of valences, in points.
    pub within_sd: Option<f64>,
}

/// The norm of an indirect measure, and what said and associated have in common by it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IndirectNorm {
    /// Mean, spread and reliability.
    pub norm: Norm,
    /// Correlation with the explicit composite; none where it cannot be computed.
    pub correlation: Option<f64>,
}

impl Norms {
    /// No norms: scores without errors.
    pub fn none() -> Self {
        Self {
            basis: Basis::None,
            scales: BTreeMap::new(),
            explicit: None,
            association: None,
            sorting: None,
            within_sd: None,
        }
    }

    /// The norms that these sessions of one instrument make.
    pub fn of<'a>(sessions: impl IntoIterator<Item = &'a Interview>, basis: Basis) -> Self {
        let mut sessions = sessions.into_iter().peekable();
        let Some(first) = sessions.peek() else { return Self { basis, ..Self::none() } };
        let instrument = first.instrument().clone();
        let parts: Vec<Parts> = sessions.map(Parts::of).collect();
        Self::of_parts(&instrument, &parts.iter().collect::<Vec<_>>(), basis)
    }

    /// The same from the parts of the sessions.
    pub fn of_parts(instrument: &Instrument, sessions: &[&Parts], basis: Basis) -> Self {
        let mut norms = Self { basis, ..Self::none() };
        for (index, scale) in instrument.scales.iter().enumerate() {
            if scale.method.reads() == Reads::Points {
                let rows: Vec<&[Option<f64>]> = sessions.iter().map(|parts| parts.of_scale(index)).collect();
                norms
                    .scales
                    .extend(norm_of_items(&rows, scale.min_valid).map(|norm| (scale.name.clone(), norm)));
            }
        }
        let components: Vec<&[Option<f64>]> =
            sessions.iter().map(|parts| parts.said.components.as_slice()).collect();
        let mut said: Vec<Option<f64>> =
            sessions.iter().map(|parts| parts.said.outcome(&Self::none()).value()).collect();
        norms.explicit = norm_of(&components, said.iter().copied().flatten().collect());
        if norms.explicit.is_none() {
            // A correlation with something that does not vary is rounding divided by rounding.
            said.fill(None);
        }
        norms.add_association(instrument, sessions, &said);
        norms.add_sorting(sessions, &said);
        norms
    }

    /// The standard error of a mean scale.
    pub fn scale_se(&self, scale: &str) -> Option<f64> {
        self.scales.get(scale).map(|norm| norm.se())
    }

    fn add_association(&mut self, instrument: &Instrument, sessions: &[&Parts], said: &[Option<f64>]) {
        let Some(scale) = instrument.scales.iter().find(|scale| scale.method.reads() == Reads::Words) else {
            return;
        };
        let words: Vec<&[(usize, f64)]> =
            sessions.iter().map(|parts| parts.words.as_deref().unwrap_or_default()).collect();
        // Pooled over persons: squared deviations from each person's own mean over the degrees of freedom.
        let (mut squares, mut freedom) = (0.0, 0.0);
        for words in words.iter().filter(|words| words.len() >= 2) {
            let values: Vec<f64> = words.iter().map(|(_, valence)| *valence).collect();
            let degrees = (values.len() - 1) as f64;
            squares += variance(&values).unwrap_or(0.0) * degrees;
            freedom += degrees;
        }
        // Where nobody's words differ there is no error to estimate; zero would make three equal words look certain.
        if freedom == 0.0 || (squares / freedom).sqrt() < NO_SPREAD {
            return;
        }
        let within = (squares / freedom).sqrt();
        self.within_sd = Some(within);
        let scored = |words: &&[(usize, f64)]| {
            score_of(words)
                .filter(|_| words.len() >= scale.min_valid)
                .map(|score| (score, se_of(words, within)))
        };
        let scores: Vec<Option<(f64, f64)>> = words.iter().map(scored).collect();
        self.association = indirect_norm(&scores, said);
    }

    fn add_sorting(&mut self, sessions: &[&Parts], said: &[Option<f64>]) {
        let scored = |parts: &&Parts| match parts.timed {
            Some(Timed::Scored(value, Some(se), _)) => Some((value, se)),
            _ => None,
        };
        let scores: Vec<Option<(f64, f64)>> = sessions.iter().map(scored).collect();
        self.sorting = indirect_norm(&scores, said);
    }
}

/// The norm of scores with their standard errors; reliability is what of the variance is not error.
fn indirect_norm(scores: &[Option<(f64, f64)>], said: &[Option<f64>]) -> Option<IndirectNorm> {
    let values: Vec<f64> = scores.iter().flatten().map(|(score, _)| *score).collect();
    let squared_errors: Vec<f64> = scores.iter().flatten().map(|(_, se)| se * se).collect();
    let (average, spread) =
        (mean(&values).ok()?, variance(&values).ok().filter(|spread| spread.sqrt() >= NO_SPREAD)?);
    let reliability = (1.0 - mean(&squared_errors).ok()? / spread).clamp(0.0, 1.0);
    let pairs = said.iter().zip(scores).filter_map(|(e, i)| Some(((*e)?, i.as_ref()?.0)));
    let (said, associated): (Vec<f64>, Vec<f64>) = pairs.unzip();
    let correlation = correlation(&said, &associated).ok();
    Some(IndirectNorm { norm: Norm { mean: average, sd: spread.sqrt(), reliability }, correlation })
}

/// The norm of a scale: the mean of the answers of all who have enough of them.
fn norm_of_items(rows: &[&[Option<f64>]], needed: usize) -> Option<Norm> {
    let person_mean = |row: &&[Option<f64>]| {
        let valid: Vec<f64> = row.iter().copied().flatten().collect();
        if valid.len() < needed { None } else { mean(&valid).ok() }
    };
    norm_of(rows, rows.iter().filter_map(person_mean).collect())
}

/// Mean and SD of these scores, and α over the complete cases of what they are means of.
fn norm_of(rows: &[&[Option<f64>]], scores: Vec<f64>) -> Option<Norm> {
    // A scale that is asked of some alone has its reliability among them.
    let rows: Vec<&[Option<f64>]> =
        rows.iter().copied().filter(|row| row.iter().any(Option::is_some)).collect();
    let width = rows.first()?.len();
    let asked = |column: &usize| {
        let answered = rows.iter().filter(|row| row.get(*column).is_some_and(Option::is_some)).count();
        answered as f64 >= MOSTLY_ASKED * rows.len() as f64
    };
    let columns: Vec<usize> = (0..width).filter(asked).collect();
    let picked: Vec<Vec<Option<f64>>> =
        rows.iter().map(|row| columns.iter().map(|column| row[*column]).collect()).collect();
    let alpha = cronbach_alpha(&picked).ok()?;
    let spread = sd(&scores).ok().filter(|spread| *spread >= NO_SPREAD)?;
    // A negative α says that the items do not belong together; as a reliability it is none at all.
    Some(Norm { mean: mean(&scores).ok()?, sd: spread, reliability: alpha.value.clamp(0.0, 1.0) })
}
