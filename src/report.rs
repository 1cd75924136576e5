//! The report of a session: plain data, built once from the answers, and shown alike by every edge.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::analysis::lens::{Lens, LensScore};
use crate::classify::model::Answers;
use crate::classify::strength::Strengths;
use crate::gap::Gap;
use crate::instrument::{
    Act, Audience, Construct, Family, Feedback, Party, Perspective, Priority, RelationalModel,
};

mod advice;
pub mod build;
mod dates;
pub mod document;
mod evidence;
pub mod findings;
pub mod html;
mod indirect;
mod lens;
pub mod methods;
pub mod plan;
pub mod relation;
pub mod said;
mod session;
pub mod validity;

use document::Reader;

pub use advice::titled;
pub use build::SessionFacts;
pub use lens::title as lens_title;

/// Everything that a session has to say.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// What was asked.
    pub instrument: InstrumentLine,
    /// The session's id.
    pub session: String,
    /// The respondent's code.
    pub respondent: String,
    /// The fields of the start form, in the order of the instrument: label and value.
    pub fields: Vec<(String, String)>,
    /// The file of another program that the answers come from, and the row in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imported: Option<String>,
    /// The number of the sheet of paper that the answers stand on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Begin, in UTC, ISO 8601.
    pub begun: String,
    /// The language of all texts in it.
    pub language: String,
    /// Minutes that it took, pauses left out.
    pub minutes: f64,
    /// Whether it was finished.
    pub complete: bool,
    /// Whether consent was refused, so that there is nothing to say.
    pub refused: bool,
    /// Whether the answers come from a simulated respondent.
    pub simulated: bool,
    /// One for each perspective that could be classified, own first.
    pub profiles: Vec<ProfileLine>,
    /// Why there is no profile, or none of the other side, where it is so.
    pub no_profile: Option<InWords>,
    /// Strengths of sides that have no profile.
    pub strengths: Vec<StrengthsLine>,
    /// Every scale with its outcome.
    pub scales: Vec<ScaleScore>,
    /// The relation through other frameworks than the four models, where the questionnaire has scales of them.
    pub lenses: Vec<Lens>,
    /// Satisfaction and the wish to stay, where both have a score.
    pub standing: Option<Loyalty>,
    /// Said against associated.
    pub gap: Gap,
    /// The gap's verdict as a title and a sentence.
    pub gap_words: (String, String),
    /// Which indirect measure leads and what the other one gives, one sentence each.
    pub gap_measures: Vec<String>,
    /// What the instrument's rules selected.
    pub advice: Vec<AdviceLine>,
    /// What all this rests on, one sentence each.
    pub small_print: Vec<String>,
    /// What was noted during the interview: question and note.
    pub notes: Vec<(String, String)>,
    /// Whether there was an interviewer, to whom the notes belong then.
    pub led: bool,
    /// What the indirect measure rests on; only for those who see it.
    pub indirect_print: Vec<String>,
    /// What a respondent may see.
    pub feedback: Feedback,
}

/// What was asked.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct InstrumentLine {
    /// Its identifier.
    pub name: String,
    /// Its version.
    pub version: String,
    /// SHA-256 of its text.
    pub hash: String,
    /// Its title.
    pub label: String,
}

/// A text about the respondent's side or the other. It is written as those who run the study read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(transparent)]
pub struct InWords {
    /// To those who run the study.
    pub kept: String,
    /// To the respondent.
    #[serde(skip)]
    pub told: String,
}

impl InWords {
    /// What `of` says to each reader.
    fn each(of: impl Fn(Reader) -> String) -> Self {
        Self { kept: of(Reader::Researcher), told: of(Reader::Respondent) }
    }

    /// To this reader.
    pub fn to(&self, reader: Reader) -> &String {
        if reader == Reader::Respondent { &self.told } else { &self.kept }
    }
}

impl<T: Into<String>> From<T> for InWords {
    /// The same to all.
    fn from(text: T) -> Self {
        let text = text.into();
        Self { kept: text.clone(), told: text }
    }
}

/// How strongly norms are held on a side that has no profile.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct StrengthsLine {
    /// Whose norms.
    pub perspective: Perspective,
    /// Heading in words.
    pub title: InWords,
    /// Those that are known.
    pub strengths: Strengths,
}

/// A profile with its evidence.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProfileLine {
    /// Whose norms.
    pub perspective: Perspective,
    /// Heading in words.
    pub title: InWords,
    /// The conclusion in a sentence.
    pub headline: String,
    /// How strongly each norm is held, on the answer scale, without any prior; none of a norm with too few answers.
    pub strengths: Option<Strengths>,
    /// Which norm is the strongest, from the answers alone.
    pub answers: Answers,
    /// What the published rates make of it, in a sentence, where they put another model in front.
    pub rates: Option<String>,
    /// CS, AR, EM, MP under the published rates; they sum to 1.
    pub probabilities: [f64; 4],
    /// The most probable model under the published rates.
    pub dominant: RelationalModel,
    /// The next.
    pub second: RelationalModel,
    /// Difference of their probabilities.
    pub margin: f64,
    /// Whether the answers do not tell their first two models apart.
    pub uncertain: bool,
    /// Mean of the four model scales, −1…+1.
    pub closeness: Option<f64>,
    /// `low` or `normal`; none without scales.
    pub engagement: Option<&'static str>,
    /// That no norm is held, in a sentence, where it is so.
    pub hardly_engaged: Option<String>,
    /// Where ratings put another norm clearly above that of the leading model: a sentence that says so.
    pub parted: Option<String>,
    /// That the ratings of a norm's statements contradict each other as random ones do, where it is so.
    pub random: Option<String>,
    /// Which answers count for nothing in it, and why, one sentence each.
    pub left_out: Vec<String>,
    /// What the model was trained on.
    pub basis: String,
    /// Sessions of the study from whose answers the model knows how easily people agree with the statements.
    pub learnt: Option<usize>,
    /// Evidence for the leading model against the next one, or for tied models against the rest, strongest first; empty where the answers
    /// favour no model.
    pub evidence: Vec<EvidenceLine>,
}

/// A reason, with the respondent's own answers.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EvidenceLine {
    /// The feature's name.
    pub feature: String,
    /// What it says, in words.
    pub words: String,
    /// Positive for the models that lead, negative for the others; log odds.
    pub weight: f64,
    /// The answers behind it: question and answer.
    pub answers: Vec<(String, String)>,
}

/// A scale and its outcome.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleScore {
    /// The scale's name.
    pub name: String,
    /// Its title, or its name.
    pub label: String,
    /// What it claims to measure.
    pub construct: Construct,
    /// Whose norms.
    pub perspective: Perspective,
    /// The score in the scale's own units, if there is one.
    pub value: Option<f64>,
    /// Its standard error, where one is known.
    pub se: Option<f64>,
    /// Valid answers.
    pub n: usize,
    /// Lowest and highest possible score.
    pub range: (f64, f64),
    /// Why there is no score.
    pub reason: Option<String>,
}

/// Satisfaction beside the wish to stay: one can be satisfied and still want to leave.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Loyalty {
    /// The mark.
    pub satisfaction: LensScore,
    /// The wish to stay.
    pub staying: LensScore,
    /// Whose both are.
    #[serde(skip)]
    pub party: Party,
}

/// What one side can only guess, until the other side says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Guess {
    /// What matters to the other side in dealing with each other.
    Norms,
    /// What the relation is like through a framework, where our side answers for the customer as well.
    Lens(Family),
}

/// An advice that was selected.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AdviceLine {
    /// The rule's name.
    pub name: String,
    /// Heading.
    pub title: String,
    /// Body.
    pub text: String,
    /// Who may see it; none means all readers.
    pub audience: Option<Audience>,
    /// How much it matters beside others.
    pub priority: Priority,
    /// The act that it advises.
    #[serde(skip)]
    pub act: Option<Act>,
    /// What of it the respondent can only guess, because it is the other side's to say.
    pub guesses: BTreeSet<Guess>,
    /// Whether its own words repeat an answer.
    pub quotes: bool,
    /// The body without any sentence that repeats an answer; none where the heading repeats one.
    #[serde(skip)]
    pub unquoted: Option<String>,
    /// The answers that its condition reads first: question and answer.
    pub rests: Vec<(String, String)>,
    /// What its condition reads that is followed over time.
    #[serde(skip)]
    pub follows: Vec<String>,
    /// Whether it addresses the account manager.
    #[serde(skip)]
    pub for_account: bool,
}
