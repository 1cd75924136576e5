//! Kinds of items: how each reads its own table, what it asks, records and feeds into scales, and how a simulated
//! respondent answers it. To add one: one new file, and two lines here.

use std::fmt;

use super::construct::RelationalModel;
use super::expression::{Type, Value};
use super::persona::Persona;
use super::prompt::{Ask, Pairing, Prompt, Reply, Sorted};
use super::text::{Language, Text};
use crate::rng::Rng;

mod allocate;
mod association;
mod best_worst;
mod choice;
mod column;
mod consent;
mod date;
mod draft;
mod matrix;
mod note;
mod number;
mod point;
mod rank;
mod respond;
mod sc_iat;
mod vignette;
mod words;

pub(crate) use column::datum;
pub use column::{DataColumn, Datum, Feed, Key, Level, WhyMissing};
pub(crate) use draft::{ItemDraft, model_of, model_tag};
pub use draft::{LabelledPoints, Named};

/// Every kind of item, in the order of the manual.
pub static KINDS: &[Kind] = &[
    note::KIND,
    consent::KIND,
    words::KIND,
    number::INTEGER,
    number::DECIMAL,
    date::KIND,
    choice::SELECT_ONE,
    choice::SELECT_MULTIPLE,
    point::LIKERT,
    point::SEMANTIC_DIFFERENTIAL,
    point::SLIDER,
    point::NPS,
    rank::KIND,
    allocate::KIND,
    matrix::KIND,
    vignette::KIND,
    best_worst::KIND,
    association::KIND,
    sc_iat::KIND,
];

/// An entry of the registry.
pub struct Kind {
    /// The word in instrument files.
    pub id: &'static str,
    /// What it asks, in one line.
    pub about: &'static str,
    /// Reads the keys of its own from an item's table; `None` if faults make it unusable.
    pub(crate) read: fn(&mut ItemDraft) -> Option<Box<dyn Question>>,
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Kind({})", self.id)
    }
}

/// The kind called `id`.
pub fn kind(id: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.id == id)
}

/// How texts are shown at the moment: in the respondent's language, with names filled in.
pub trait Voice {
    /// `text` as it should be shown.
    fn say(&self, text: &Text) -> String;

    /// The language in which it is shown, with its numbers.
    fn language(&self) -> &Language;

    /// Random numbers that belong to this item in this session.
    fn rng(&self) -> Rng;

    /// The order in which `n` options are shown, drawn from the session's seed. A printed questionnaire keeps the order of the
    /// file.
    fn order(&self, n: usize) -> Vec<usize> {
        self.rng().order(n)
    }
}

/// Shows texts as they are written, with `{names}` unfilled, in the order of the file.
pub struct AsWritten<'a>(pub &'a Language);

impl Voice for AsWritten<'_> {
    fn say(&self, text: &Text) -> String {
        text.raw(self.0)
    }

    fn language(&self) -> &Language {
        self.0
    }

    fn rng(&self) -> Rng {
        // Only the words of timed sorting are drawn from these, and nobody is asked those.
        Rng::new(0)
    }

    fn order(&self, n: usize) -> Vec<usize> {
        (0..n).collect()
    }
}

/// Which part of an item is shown in a random order, drawn for every session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DrawnOrder {
    /// Options to be ranked.
    Ranks,
    /// Parts that get points.
    Parts,
    /// Reactions to a situation.
    Reactions,
    /// Statements of which one is most and one least like it.
    Statements,
    /// Rows of one card.
    Rows,
    /// Stages, keys and words of timed sorting.
    Sorting,
}

/// The limits of an answer, and its unit.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bounds {
    /// The least.
    pub min: Option<String>,
    /// The greatest.
    pub max: Option<String>,
    /// The unit.
    pub unit: Option<Text>,
    /// Longest text, in characters.
    pub longest: Option<usize>,
}

/// The working side of a kind, for one item.
pub trait Question: fmt::Debug + Send + Sync {
    /// What to ask after the replies in `given`; `None` when the item is complete.
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step>;

    /// Which part of it is drawn for every session, through [`Voice::order`] or [`Voice::rng`].
    fn drawn(&self) -> Option<DrawnOrder> {
        None
    }

    /// The columns that it records.
    fn columns(&self) -> Vec<DataColumn>;

    /// The question whose answer a column holds, where it is not the item's own.
    fn question_of(&self, column: usize) -> Option<Text> {
        let _ = column;
        None
    }

    /// Whether an answer is a day that may not lie in the future.
    fn is_past_day(&self) -> bool {
        false
    }

    /// The limits of an answer, where its values do not show them.
    fn bounds(&self) -> Option<Bounds> {
        None
    }

    /// One datum for each column.
    fn record(&self, given: &[Reply]) -> Vec<Datum>;

    /// Its type in expressions; `None` if it cannot be named there.
    fn value_type(&self) -> Option<Type> {
        None
    }

    /// The options of a shared list, of which each may have a condition.
    fn options(&self) -> &[Named] {
        &[]
    }

    /// Its value in expressions, where it has a type there.
    fn value(&self, given: &[Reply]) -> Value {
        let _ = given;
        Value::Missing
    }

    /// Names of its numeric parts, which expressions write `item.part`.
    fn parts(&self) -> Vec<String> {
        Vec::new()
    }

    /// The value of one part.
    fn part(&self, part: &str, given: &[Reply]) -> Value {
        let _ = (part, given);
        Value::Missing
    }

    /// Every value that it (or one of its parts) can take in expressions; `None` if there are too many to list.
    fn domain(&self, part: Option<&str>) -> Option<Vec<Value>> {
        let _ = part;
        None
    }

    /// Which columns feed which scale, and how.
    fn feeds(&self) -> Vec<Feed> {
        Vec::new()
    }

    /// The timed test block in which the organisation shared a key with `pairing`, if it was done.
    fn sorted<'a>(&self, pairing: Pairing, given: &'a [Reply]) -> Option<&'a Sorted> {
        let _ = (pairing, given);
        None
    }

    /// The relational model that comes first in this answer, where its options stand for models: how the other side
    /// sees the respondent, say. It feeds no scale.
    fn leading_model(&self, given: &[Reply]) -> Option<RelationalModel> {
        let _ = given;
        None
    }

    /// Whether `later` still answers the prompt after `given`, although a change of an earlier reply has changed that prompt. A
    /// reply whose prompt is unchanged always stays.
    fn keeps(&self, given: &[Reply], later: &Reply) -> bool {
        let _ = (given, later);
        false
    }

    /// What the answer reads like, for the review; one line.
    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String;

    /// The answer as it is inserted into another question, without further details.
    fn mentioned(&self, given: &[Reply], voice: &dyn Voice) -> String {
        self.summary(given, voice)
    }

    /// What the respondent wrote in their own words, without an accompanying number: empty where nothing was written, `None`
    /// for kinds that ask for no words.
    fn told(&self, given: &[Reply]) -> Option<String> {
        let _ = given;
        None
    }

    /// Lists in an answer that texts can pipe in, as `{item.list}`, besides its parts.
    fn lists(&self) -> &'static [&'static str] {
        &[]
    }

    /// The entries of one of the lists.
    fn listed(&self, list: &str, given: &[Reply], voice: &dyn Voice) -> Vec<String> {
        let _ = (list, given, voice);
        Vec::new()
    }

    /// Whether these replies end the interview, as a refused consent does.
    fn ends(&self, given: &[Reply]) -> bool {
        let _ = given;
        false
    }

    /// Whether "don't know" answers it; consent is a yes or a no.
    fn takes_dont_know(&self) -> bool {
        true
    }

    /// The version of the words that this asks consent to, if it asks for consent.
    fn consent(&self) -> Option<&str> {
        None
    }

    /// The reply of a simulated respondent to the prompt that follows `given`.
    fn simulate(&self, ask: &Ask, given: &[Reply], respondent: &mut Simulated) -> Reply;
}

/// One prompt of an item: what to ask, and a text where it is another than the item's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Replaces the item's question, as the second question of an association does.
    pub text: Option<String>,
    /// What stands below such a text. The item's hint belongs to its own question and not to one that replaces it.
    pub hint: Option<String>,
    /// What reply is wanted.
    pub ask: Ask,
}

impl From<Ask> for Step {
    fn from(ask: Ask) -> Self {
        Self { text: None, hint: None, ask }
    }
}

impl Step {
    /// The prompt, with the item's own question and hint unless the step has a text of its own.
    pub fn into_prompt(self, text: String, hint: Option<String>) -> Prompt {
        match self.text {
            Some(own) => Prompt { text: own, hint: self.hint, ask: self.ask },
            None => Prompt { text, hint, ask: self.ask },
        }
    }
}

/// The respondent of a simulation.
#[derive(Debug)]
pub struct Simulated<'a> {
    /// The latent state.
    pub persona: &'a Persona,
    /// The item's name: its loadings are a property of it.
    pub item: &'a str,
    /// What scales the item feeds, so that a kind knows which latent variable speaks.
    pub scales: &'a [super::Scale],
    /// Random numbers.
    pub rng: &'a mut Rng,
    /// Random numbers that are the same at every prompt of this item in this session, for decisions that span two prompts.
    pub mind: Rng,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_is_documented_and_has_an_id_of_its_own() {
        let manual = include_str!("../../questionnaires/README.md");
        for (index, kind) in KINDS.iter().enumerate() {
            assert!(!kind.about.is_empty());
            assert!(manual.contains(&format!("`{}`", kind.id)), "{} is not in the manual", kind.id);
            assert!(KINDS[..index].iter().all(|other| other.id != kind.id));
        }
    }
}
