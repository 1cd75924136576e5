//! Training on a study's own codes: which coded sessions, together with what, and with which weight.
//!
//! Owns the step from the simulated reference sample to a study's own evidence: the reference alone while nothing is coded,
//! both pooled with the coded sessions weighted up, the study's own alone once they predict held-out codes better ([`choice`]);
//! and that profiles stay with the reference until codes are shown to improve them ([`merit`]). Owns the rule that only coded
//! sessions are held out and scored; the reference sample only trains. Refuses simulated truth as a label: every row here was
//! coded by a person.

use super::dataset::{Dataset, DatasetError};
use super::evaluate::{DividedBy, Division, EvaluateError};
use super::features::FeatureSet;
use super::folds;
use super::reference::{FeaturePlan, Generator, POOLED_ROWS, ReferenceError, reference_sample};
use crate::instrument::RelationalModel;
use crate::rng::Rng;

mod basis;
pub mod choice;
pub mod merit;
mod models;

pub use basis::TrainingBasis;
pub use models::StudyModels;

/// How many sessions of the reference sample one coded session counts as while the two are pooled.
///
/// A code is evidence about these very respondents, the reference sample is an assumption about people in general; but the
/// reference is two thousand rows and a code is noisy, so that a large weight gives back the study's own few rows with their
/// luck. On fresh coded sessions 3 and 10 have the lowest log loss of 1, 3, 10, 30 and 100, over simulated studies of 20, 60, 150 and 275
/// sessions; between the two the difference is in the third decimal. `cargo bench --bench pooling` prints the table.
pub const CODE_COUNTS: f64 = 3.0;

/// A coded session as a study's model learns from it.
#[derive(Debug, Clone, PartialEq)]
pub struct CodedSession {
    /// Tells it from other sessions of the study: its seed and the instant of its beginning.
    pub key: (u64, i64),
    /// The respondent's code: sessions of one respondent are held out together.
    pub respondent: String,
    /// What the classifier sees of it, own perspective.
    pub features: FeatureSet,
    /// What the coders settled on, or what most of them say.
    pub label: RelationalModel,
}

/// Whether the reference sample is there beside the codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Pool {
    /// Unless the codes alone predict held-out codes better, see [`choice`].
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never: the study's own codes alone.
    Never,
}

/// What a study's model is trained on.
#[derive(Debug, Clone, PartialEq)]
pub struct Pooled {
    /// The coded sessions, weighted up where they are pooled. Only these are ever held out and scored.
    pub coded: Dataset,
    /// The reference sample, where it is pooled.
    pub beside: Option<Dataset>,
    /// What a model on this rests on.
    pub basis: TrainingBasis,
}

impl Pooled {
    /// The rows to train on for sessions with the features of `plan`: the `coded` sessions, which must all have these features
    /// and may have more, and the reference sample of that plan where it is pooled. `simulated` says that the coded
    /// sessions come from simulated respondents.
    ///
    /// # Errors
    /// No coded sessions, a session that lacks a feature, or a plan that cannot be simulated.
    pub fn of(
        coded: &[&CodedSession],
        plan: &FeaturePlan,
        names: &[String],
        pool: Pool,
        simulated: bool,
    ) -> Result<Self, ReferenceError> {
        Self::beside(coded, &Generator::default(), plan, names, pool, simulated)
    }

    /// The same beside a sample of another population than the reference.
    ///
    /// # Errors
    /// As [`Pooled::of`].
    pub fn beside(
        coded: &[&CodedSession],
        generator: &Generator,
        plan: &FeaturePlan,
        names: &[String],
        pool: Pool,
        simulated: bool,
    ) -> Result<Self, ReferenceError> {
        let rows: Vec<FeatureSet> = coded.iter().map(|session| session.features.only(names)).collect();
        let labels: Vec<RelationalModel> = coded.iter().map(|session| session.label).collect();
        let pool = if pool == Pool::Auto { choice::choose(coded, plan, names, simulated) } else { pool };
        let pools = pool != Pool::Never;
        let weights = pools.then(|| vec![CODE_COUNTS; rows.len()]);
        let coded = Dataset::new(&rows, labels, weights)?;
        let beside = if pools { Some(reference_sample(plan, generator, POOLED_ROWS)?) } else { None };
        let basis = TrainingBasis::of(coded.len(), pools, simulated);
        Ok(Self { coded, beside, basis })
    }

    /// Everything to train on: the coded rows at `places`, then the reference sample.
    ///
    /// # Errors
    /// No rows at all.
    pub fn training(&self, places: &[usize]) -> Result<Dataset, DatasetError> {
        joined(&self.coded, places, self.beside.as_ref())
    }

    /// Everything to train on.
    ///
    /// # Errors
    /// No rows at all.
    pub fn all(&self) -> Result<Dataset, DatasetError> {
        let places: Vec<usize> = (0..self.coded.len()).collect();
        self.training(&places)
    }
}

/// Rows of a table with all of another one beside them.
pub(super) fn joined(
    data: &Dataset,
    places: &[usize],
    beside: Option<&Dataset>,
) -> Result<Dataset, DatasetError> {
    match beside {
        None => data.subset(places),
        Some(beside) if places.is_empty() => Ok(beside.clone()),
        Some(beside) => data.subset(places)?.with_rows_of(beside),
    }
}

/// Folds over coded sessions, stratified by label, the sessions of one respondent together. Where nothing but coded
/// sessions trains (`alone`), a label of few respondents lowers the number of folds, so that no training part lacks it.
///
/// # Errors
/// Fewer than two respondents; alone, also one label only, or a label of a single respondent.
pub fn divide(
    respondents: &[String],
    labels: &[RelationalModel],
    folds: usize,
    seed: u64,
    alone: bool,
) -> Result<Division, EvaluateError> {
    let mut people: Vec<(&String, RelationalModel)> = Vec::new();
    for (respondent, label) in respondents.iter().zip(labels) {
        if people.iter().all(|(known, _)| *known != respondent) {
            people.push((respondent, *label));
        }
    }
    // By code and not by the order in which interviews were held: the folds of a study do not change when it is merged.
    people.sort_by_key(|(respondent, _)| *respondent);
    let mut used = folds.min(people.len());
    if alone {
        let size = |model: RelationalModel| people.iter().filter(|(_, label)| *label == model).count();
        let present = RelationalModel::ALL.into_iter().filter(|model| labels.contains(model));
        let (rarest, class) = present.map(|model| (size(model), model)).min().ok_or(DatasetError::Empty)?;
        if labels.iter().all(|label| Some(label) == labels.first()) {
            return Err(EvaluateError::OneClass);
        }
        used = used.min(rarest);
        if used < 2 {
            return Err(EvaluateError::TooFew { folds, rarest, class });
        }
    }
    if used < 2 {
        return Err(EvaluateError::OnePart);
    }
    let classes: Vec<usize> = people.iter().map(|(_, label)| label.index()).collect();
    let of_person = folds::stratified(&classes, used, &mut Rng::for_purpose(seed, "folds of evaluation"));
    let fold = |respondent: &String| {
        let place = people.iter().position(|(known, _)| *known == respondent);
        place.and_then(|place| of_person.get(place)).copied().unwrap_or(0)
    };
    let part = respondents.iter().map(fold).collect();
    let names = (1..=used).map(|fold| format!("fold {fold}")).collect();
    Ok(Division { by: DividedBy::Folds, part, names })
}

#[cfg(test)]
mod tests;
