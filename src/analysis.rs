//! The findings of a study: plain data, built once from its sessions, and drawn alike by the study screen and the report.
//!
//! Owns what is counted, compared and estimated over many sessions, each with its n and its interval. Refuses two
//! mixtures: real and simulated sessions are never in one table, and neither are different instruments, except where the
//! two sides of a relation are compared and labelled as such. No feature of the classifier behind the tables by model holds
//! sentiment, so that a table of feelings by model is a finding and not an echo.
//!
//! What a room or an exported report may show is [`StudyReport::publishable`]: no small groups, no cell that could be
//! worked out by subtraction. The researcher's own screen shows everything and marks what is small.

use serde::Serialize;

mod build;
pub mod clusters;
mod conflicts;
pub mod digest;
mod estimate;
mod experience;
mod filter;
pub mod lens;
mod lenses;
mod measured;
pub mod metadata;
mod missing;
mod models;
mod outcomes;
mod pairs;
mod paradox;
pub mod plan;
mod privacy;
mod quality;
pub mod recovery;
pub mod relation;
mod reliability;
mod respondents;
mod sample;
mod standards;
pub(crate) mod suppress;
pub mod validity;
pub mod words;

#[cfg(test)]
mod tests;

pub use conflicts::{Conflicts, GapPoint, Gaps, Quadrants, VerdictLine};
pub use digest::{AssociatedWord, Digest, Facts, pool};
pub use estimate::{IntervalEstimate, Uncorrelated};
pub use experience::{
    EmotionLine, Experience, ExperienceLine, Leaving, NpsLine, SatisfactionLine, contentment, intention,
    points, satisfaction, stays,
};
pub use filter::{FieldChoices, Filter, FilterChoices, Source};
pub use lenses::{Correlate, LensFindings, LensScale, Ranked, Related};
pub use measured::{Make, Measured};
pub use metadata::Metadata;
pub use missing::{Gone, MissingLine};
pub use models::{ModelLine, Models};
pub use outcomes::{Adjusted, DistalOutcome, OutcomeLine, SelfAgreement, Untold};
pub use pairs::{Baseline, FEWEST_FOR_BASELINE, Judged, PairFindings};
pub use paradox::{Paradox, ParadoxBasis, PartLine};
pub use privacy::{FLOOR, Privacy, SMALL};
pub use quality::{AnswerCounts, Quality, TimedQuality, ValenceSide, WordLine, WordsValence};
pub(crate) use reliability::{FEWEST_RESAMPLES, MOST_RESAMPLES, SEED};
pub use reliability::{ReliabilityLine, item_columns};
pub use respondents::Respondents;
pub use sample::{Count, GroupCount, Sample};
pub use standards::{Profiler, Standards};

/// A count as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShownCount {
    /// The number itself.
    Count(usize),
    /// One or two: "<3".
    Few,
    /// Not shown, because another cell could be worked out from it.
    Hidden,
}

impl ShownCount {
    /// The count, where it is shown.
    pub fn count(self) -> Option<usize> {
        match self {
            Self::Count(count) => Some(count),
            Self::Few | Self::Hidden => None,
        }
    }
}

impl std::fmt::Display for ShownCount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(count) => f.pad(&count.to_string()),
            Self::Few => f.pad("<3"),
            Self::Hidden => f.pad("·"),
        }
    }
}

impl Serialize for ShownCount {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u64(*count as u64),
            Self::Few => serializer.serialize_str("<3"),
            Self::Hidden => serializer.serialize_str("hidden"),
        }
    }
}

/// Everything that a study has to say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StudyReport {
    /// The language of all labels in it.
    pub language: String,
    /// What the study says of itself.
    #[serde(skip_serializing_if = "Metadata::is_empty")]
    pub metadata: Metadata,
    /// What was decided beforehand, and what of it was kept to.
    pub planned: plan::Planned,
    /// Which sessions it is about.
    pub filter: Filter,
    /// What the filter can be set to.
    pub choices: FilterChoices,
    /// Whether every session in it comes from a simulated respondent.
    pub simulated: bool,
    /// Who is in it, and who is not.
    pub sample: Sample,
    /// How customers relate.
    pub models: Models,
    /// Emotions, the strongest first.
    pub emotions: Vec<EmotionLine>,
    /// Recommendation and satisfaction, all together and by model.
    pub experience: Experience,
    /// Said against associated.
    pub gaps: Gaps,
    /// How the relation is meant against how it is used; one for each way in which that is known, so possibly none.
    pub paradoxes: Vec<Paradox>,
    /// What both sides think of each other, over all relations of which both are known.
    pub pairs: Vec<PairFindings>,
    /// Satisfied but leaving; none where one of the two was not asked.
    pub leaving: Option<Leaving>,
    /// The relation through other frameworks than the four models, where the instrument has scales of them.
    pub lenses: Vec<LensFindings>,
    /// Reliability of every scale.
    pub scales: Vec<ReliabilityLine>,
    /// How well the data were made.
    pub quality: Quality,
    /// How sessions come in groups, and how alike the members of one are.
    pub clusters: clusters::Clusters,
    /// First associations, the most frequent first.
    pub words: Vec<WordLine>,
    /// How pleasant they are taken together; none where nobody placed any.
    pub words_valence: Option<WordsValence>,
    /// Questions that some complete sessions have no answer to, in the order of the instrument.
    pub missing: Vec<MissingLine>,
    /// Whose the complete sessions are.
    #[serde(skip)]
    pub respondents: Respondents,
    /// Whose the sessions with a profile are, of every instrument: both sides of the relation are compared over these.
    #[serde(skip)]
    pub(crate) profiled: Respondents,
    /// Fewest people in a group that may be shown; none where nothing is held back, as on the researcher's own screen.
    pub least: Option<usize>,
}
