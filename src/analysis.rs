//! The findings of a study: plain data, built once from its sessions, and drawn alike by the study screen and the report.
//!
//! Owns what is counted, compared and estimated over many sessions, each with its n and its interval. Refuses two
//! mixtures: real and simulated sessions are never in one table, and neither are different instruments, except where the
//! two sides of a relation are compared and said to be. The classifier behind the tables by model was never told what
//! anybody feels, so a table of feelings by model is a finding and not an echo.
//!
//! What a room or an exported report may show is [`StudyReport::publishable`]: no small groups, no cell that could be
//! worked out by subtraction. The researcher's own screen shows everything and marks what is small.

use serde::{Deserialize, Serialize};

use crate::gap::{IndirectMeasure, Verdict};
use crate::instrument::{Perspective, RelationalModel};
use crate::psychometrics::Interval;

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
mod sample;
mod standards;
pub(crate) mod suppress;
pub mod validity;
pub mod words;

#[cfg(test)]
mod tests;

pub use digest::{Digest, Facts, State, Word, pool};
pub use experience::{contentment, intention, points, satisfaction, stays};
pub use filter::{Filter, Source};
pub use lenses::{LensFindings, LensScale, Ranked, Related, With};
pub use measured::{Make, Measured};
pub use metadata::Metadata;
pub use missing::{Gone, MissingLine};
pub use outcomes::{Adjusted, Agreement, Outcome, OutcomeLine, Untold};
pub use pairs::{Baseline, FEWEST_FOR_BASELINE, Judged, PairFindings};
pub use paradox::{Paradox, ParadoxBasis, PartLine};
pub use privacy::{Privacy, SMALL};
pub(crate) use reliability::{FEWEST_RESAMPLES, MOST_RESAMPLES, SEED};
pub use standards::{Profiler, Standards};

/// A count as it may be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cell {
    /// So many.
    Count(usize),
    /// One or two: "<3".
    Few,
    /// Not shown, because another cell could be worked out from it.
    Hidden,
}

impl Cell {
    /// The count, where it is shown.
    pub fn count(self) -> Option<usize> {
        match self {
            Self::Count(count) => Some(count),
            Self::Few | Self::Hidden => None,
        }
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Count(count) => f.pad(&count.to_string()),
            Self::Few => f.pad("<3"),
            Self::Hidden => f.pad("·"),
        }
    }
}

impl Serialize for Cell {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Count(count) => serializer.serialize_u64(*count as u64),
            Self::Few => serializer.serialize_str("<3"),
            Self::Hidden => serializer.serialize_str("hidden"),
        }
    }
}

/// A number with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Estimate {
    /// The number.
    pub value: f64,
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Estimate {
    /// A value with its interval.
    pub fn of(value: f64, interval: Interval) -> Self {
        Self { value, low: interval.low, high: interval.high }
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
    pub choices: Choices,
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
    pub scales: Vec<ScaleLine>,
    /// How well the data were made.
    pub quality: Quality,
    /// How sessions come in groups, and how alike the members of one are.
    pub clusters: clusters::Clusters,
    /// First associations, the most frequent first.
    pub words: Vec<WordLine>,
    /// Questions that some complete sessions have no answer to, in the order of the instrument.
    pub missing: Vec<MissingLine>,
    /// Fewest people in a group that may be shown; none where nothing is held back, as on the researcher's own screen.
    pub least: Option<usize>,
}

/// What a filter can be set to, over the whole study.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Choices {
    /// Instruments by name with the number of their sessions, the most frequent first.
    pub instruments: Vec<Count>,
    /// Fields of the start form, each with the values that occur.
    pub fields: Vec<FieldChoices>,
    /// Codes of interviewers.
    pub interviewers: Vec<Count>,
    /// First and last day, UTC, `YYYY-MM-DD`.
    pub days: Option<(String, String)>,
    /// Finished sessions of real and of simulated respondents.
    pub finished: (usize, usize),
}

/// The values of a field.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChoices {
    /// Its name in the instrument.
    pub name: String,
    /// Its label.
    pub label: String,
    /// Values that occur.
    pub values: Vec<Count>,
}

/// How many sessions have something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Count {
    /// What they have.
    pub name: String,
    /// How many.
    pub n: Cell,
}

/// Who is in the study. All counts are of sessions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sample {
    /// The instrument that the findings are about: name, version of most sessions, and title.
    pub instrument: Option<(String, String, String)>,
    /// Finished sessions that pass the filter: what all tables rest on.
    pub complete: usize,
    /// Sessions that pass the filter and are still open.
    pub open: usize,
    /// Sessions whose respondent withdrew. They are in no table.
    pub withdrawn: usize,
    /// Finished sessions in which consent was refused. They are in no table.
    pub refused: usize,
    /// Rehearsals. They are in no table.
    pub tests: usize,
    /// Sessions of the other kind, simulated beside real or real beside simulated. They are in no table.
    pub other_source: usize,
    /// Sessions of other instruments. They are in no table but the one that compares the two sides.
    pub other_instruments: usize,
    /// Sessions of this kind and instrument that the rest of the filter leaves out.
    pub filtered_out: usize,
    /// What the first field of the start form asks: mostly the organisation.
    pub grouped_by: Option<String>,
    /// Complete and open sessions by the first field.
    pub organisations: Vec<Group>,
    /// Complete and open sessions by interviewer.
    pub interviewers: Vec<Group>,
    /// Complete and open sessions by version of the instrument.
    pub versions: Vec<Group>,
    /// First and last day on which a complete session began, UTC.
    pub days: Option<(String, String)>,
    /// Languages with the number of complete sessions.
    pub languages: Vec<Count>,
    /// How answers came in, with the number of complete sessions.
    pub modes: Vec<Count>,
    /// Files of other programs that complete sessions come from, with their number.
    pub imported: Vec<Count>,
}

/// Sessions of one group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Its name; empty where nothing was filled in.
    pub name: String,
    /// Complete ones.
    pub complete: Cell,
    /// Open ones.
    pub open: Cell,
    /// Fewer than a group should have to be spoken about.
    pub small: bool,
}

/// How customers relate: their own perspective over the four models.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Models {
    /// Whether the instrument asks for norms at all; where it does not, nothing is said of models.
    pub asked: bool,
    /// Sessions with a profile.
    pub n: usize,
    /// Complete sessions without one.
    pub without: usize,
    /// One line a model, in the order CS, AR, EM, MP.
    pub lines: Vec<ModelLine>,
    /// The most that an estimated share moves when one model's items are taken to be half a point of seven easier or harder.
    pub moves: Option<f64>,
    /// Whether the estimated shares survive that, so that they are the ones to go by.
    pub holds: bool,
    /// Whether too many sessions would be left out of an estimate for there to be one of the study.
    pub partial: bool,
    /// Sessions whose answers tell none of the four apart. No line counts them.
    pub nothing: Option<Cell>,
    /// Sessions whose answers do not tell their first two models apart, but tell something. They are counted in the lines all the same.
    pub uncertain: Option<Cell>,
    /// Sessions whose answers speak for one model where the assumed shares put another in front.
    pub by_rate: Option<Cell>,
    /// Whether the answers of more than half tell nothing apart: no shares can be told.
    pub untold: bool,
    /// Whether single sessions are read with an ease of the statements that the study's own answers taught, and not with the assumed one.
    pub learnt: bool,
    /// Sessions whose statements or choices put another model clearly above the one that all answers together speak for.
    pub parted: Option<Cell>,
    /// Sessions with little of a relation at all.
    pub low_engagement: Option<Cell>,
    /// Sessions whose ratings count in no profile, because a norm has too few of them.
    pub unrated: Option<Cell>,
    /// The norms that have too few somewhere.
    pub unrated_norms: Vec<RelationalModel>,
    /// Whether those who answered speak for the organisation, all of them, so that their relation is one to a client.
    pub managers: bool,
    /// What the profiles rest on, with the number of sessions.
    pub basis: Vec<Count>,
    /// Lowest and highest strength of a norm, where strengths are there.
    pub range: Option<(f64, f64)>,
}

/// A model's part in the study.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ModelLine {
    /// The model.
    pub model: RelationalModel,
    /// Mean probability under the published rates; none where no session's answers tell anything.
    pub weighted: Option<Estimate>,
    /// The share under which the answers of all sessions together are likeliest, whatever was published; none of fewer than thirty.
    pub estimated: Option<Estimate>,
    /// Sessions in which it leads under the published rates.
    pub count: Cell,
    /// Share of sessions in which it leads, with Wilson's interval.
    pub share: Option<Estimate>,
    /// Sessions whose answers alone speak most for it.
    pub answers: Cell,
    /// Of these, those whose answers do not tell their first two models apart.
    pub uncertain: Cell,
    /// Share of these sessions, with Wilson's interval.
    pub answers_share: Option<Estimate>,
    /// How strongly its norm is held on average, on the answer scale; none without scales, or where they differ.
    pub strength: Option<Estimate>,
    /// Sessions behind that.
    pub rated: Cell,
    /// What the published study found, where it said so: .16 for communal sharing, .70 for market pricing.
    pub published: Option<f64>,
}

/// An emotion.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EmotionLine {
    /// The scale's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// Whether it is a pleasant one.
    pub positive: bool,
    /// Respondents with an answer.
    pub n: Cell,
    /// Mean in the points of the scale.
    pub mean: Option<Estimate>,
    /// Lowest and highest point.
    pub range: (f64, f64),
    /// Among the three strongest of the published study: satisfied, peaceful, optimistic.
    pub published_top: bool,
}

/// Recommendation and satisfaction.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Experience {
    /// Everybody.
    pub all: ExperienceLine,
    /// By model, adjusted for misclassification: also staying and feelings.
    pub outcomes: Vec<OutcomeLine>,
}

/// Recommendation and satisfaction of everybody.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ExperienceLine {
    /// Fewer than a group should have to be spoken about.
    pub small: bool,
    /// Recommendation; none where it was not asked or may not be shown.
    pub nps: Option<NpsLine>,
    /// Satisfaction; none where it was not asked or may not be shown.
    pub satisfaction: Option<SatisfactionLine>,
}

/// A Net Promoter Score.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NpsLine {
    /// Answers.
    pub n: usize,
    /// −100…+100.
    pub score: Estimate,
    /// Answers of 9 or 10.
    pub promoters: Cell,
    /// Answers of 7 or 8.
    pub passives: Cell,
    /// Answers of 0 to 6.
    pub detractors: Cell,
}

/// Satisfaction on 1–10.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SatisfactionLine {
    /// Answers.
    pub n: usize,
    /// The mean; none of a single answer.
    pub mean: Option<Estimate>,
    /// Share of 8, 9 and 10, with Wilson's interval.
    pub satisfied: Option<Estimate>,
}

/// Said against associated.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Gaps {
    /// Sessions with both sides.
    pub n: usize,
    /// Every session with both sides; in a published report the middle of each square with three or more.
    pub points: Vec<Point>,
    /// Points by the signs of their two values, whatever their intervals: warm or cold said × warm or cold associated.
    pub quadrants: Quadrants,
    /// Verdicts, in which the intervals count.
    pub verdicts: Vec<VerdictLine>,
    /// Why sessions have no verdict, with how many.
    pub no_verdict: Vec<Count>,
    /// Which indirect measure led, with how many.
    pub measures: Vec<(IndirectMeasure, Cell)>,
    /// Conflicts: says warm and associates cold.
    pub masked: Conflicts,
    /// Conflicts: says cold and associates warm.
    pub latent: Conflicts,
    /// Correlation of the two sides, with Fisher's interval.
    pub correlation: Option<Estimate>,
    /// What studies of this kind find on average: .24 (Hofmann and others 2005).
    pub published_correlation: f64,
}

/// A session on the two axes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// The session's id; empty where it may not be shown.
    pub session: String,
    /// The respondent's code; empty where it may not be shown.
    pub respondent: String,
    /// Said, −1…+1.
    pub said: f64,
    /// Associated, −1…+1.
    pub associated: f64,
    /// The verdict; none where it may not be shown.
    pub verdict: Option<Verdict>,
    /// The leading model; none without a profile, or where it may not be shown.
    pub model: Option<RelationalModel>,
    /// How many sessions it stands for: one, or as many as share its square of a published chart.
    pub weight: usize,
}

/// Points by the signs of their values; zero counts as cold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Quadrants {
    /// Both warm.
    pub both_warm: Cell,
    /// Says warm, associates cold.
    pub says_warm: Cell,
    /// Says cold, associates warm.
    pub associates_warm: Cell,
    /// Both cold.
    pub both_cold: Cell,
}

/// How many sessions have a verdict.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VerdictLine {
    /// The verdict.
    pub verdict: Verdict,
    /// How many.
    pub n: Cell,
    /// Their share of the sessions with both sides.
    pub share: Option<Estimate>,
}

/// Conflicts of one direction.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Conflicts {
    /// Sessions whose two 95 % intervals lie on opposite sides of zero in this direction.
    pub found: Cell,
    /// Their share of the sessions with both sides.
    pub share: Option<Estimate>,
    /// How many of them stay when the share of false ones is held at 5 % (Benjamini and Hochberg 1995).
    pub discoveries: Cell,
    /// How many measurement error alone would give at most, if nobody had a conflict: .025 of all who speak in this
    /// direction.
    pub by_error: Option<f64>,
    /// How many there would be if what people say had nothing to do with what they associate.
    pub if_unrelated: Option<f64>,
}

/// Satisfied but leaving: satisfaction by intention to stay.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Leaving {
    /// Sessions with both.
    pub n: usize,
    /// Rows: satisfied (8–10), in between (6–7), dissatisfied (1–5). Columns: staying (above the midpoint of the scale),
    /// undecided (at it), leaving (below it).
    pub table: Vec<Vec<Cell>>,
    /// Satisfied and leaving.
    pub satisfied_leaving: Cell,
    /// Their share of all satisfied, with Wilson's interval.
    pub share: Option<Estimate>,
    /// The title of the scale of staying.
    pub staying: String,
}

/// Reliability of a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleLine {
    /// The scale's name.
    pub name: String,
    /// Its title.
    pub label: String,
    /// Whose norms.
    pub perspective: Perspective,
    /// Items.
    pub items: usize,
    /// Respondents with all items.
    pub n: usize,
    /// Respondents with some.
    pub incomplete: usize,
    /// Mean of the scores in the points of the scale.
    pub mean: Option<f64>,
    /// Their standard deviation.
    pub sd: Option<f64>,
    /// Cronbach's α over complete cases, with a bootstrap interval where one was worked out.
    pub alpha: Option<f64>,
    /// Interval of α.
    pub alpha_interval: Option<(f64, f64)>,
    /// ω_total of a one-factor solution.
    pub omega: Option<f64>,
    /// Reliability of an indirect measure, from its own standard errors: 1 − mean(SE²)/variance.
    pub indirect: Option<f64>,
    /// Why there is no coefficient, where there is none.
    pub reason: Option<String>,
}

/// How well the data were made.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Quality {
    /// Complete sessions.
    pub n: usize,
    /// Minutes without pauses: least, lower quartile, median, upper quartile, most.
    pub minutes: Option<[f64; 5]>,
    /// Minutes that the instrument plans.
    pub planned: Option<u32>,
    /// Sessions in which a page of six or more ratings got one and the same answer throughout.
    pub straight: Cell,
    /// Sessions that had such a page at all.
    pub straight_of: usize,
    /// Sessions whose ratings of a norm's statements contradict each other as random ones do: they have no part in findings by model.
    pub random: Cell,
    /// Sessions with ratings enough to tell.
    pub random_of: usize,
    /// Sessions in which more than half of the ratings came within [`Quality::TOO_FAST_MS`].
    pub fast: Cell,
    /// Sessions with ratings that were timed.
    pub fast_of: usize,
    /// Answers that were declined, don't know, and all that were asked.
    pub answers: Answers,
    /// Timed tasks.
    pub timed: TimedQuality,
}

impl Quality {
    /// Milliseconds in which nobody reads a statement and answers it (Huang and others 2012: two seconds an item).
    pub const TOO_FAST_MS: i64 = 2_000;
    /// Ratings on one page from which on the same answer throughout says that nobody read them. Assumed.
    pub const STRAIGHT_FROM: usize = 6;
}

/// What became of the questions that were asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answers {
    /// All that were asked, over all complete sessions.
    pub asked: usize,
    /// Declined.
    pub declined: usize,
    /// Don't know.
    pub dont_know: usize,
    /// Passed over.
    pub passed: usize,
}

/// How the timed tasks went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TimedQuality {
    /// Complete sessions whose instrument has a timed task.
    pub of: usize,
    /// Scored.
    pub scored: Cell,
    /// Excluded by a rule of scoring, with the reason.
    pub excluded: Vec<Count>,
    /// Not done, or not to its end.
    pub not_done: Cell,
    /// Could not be timed, as line by line.
    pub not_timed: Cell,
    /// Sessions with a block that was timed over a connection that adds delays of its own.
    pub remote: Cell,
    /// Blocks of which a calibration is on record, and all blocks.
    pub calibrated: (usize, usize),
}

/// A word that came to mind.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WordLine {
    /// The word as it was written first; lower and upper case are the same.
    pub word: String,
    /// Respondents who named it.
    pub n: Cell,
    /// Its mean valence, −3…+3; none where nobody placed it.
    pub valence: Option<f64>,
    /// Its mean rank: 1 is what came first.
    pub rank: f64,
}
