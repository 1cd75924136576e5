//! Kinds of items: how each reads its own table, what it asks, records and feeds into scales, and how a simulated
//! respondent answers it. To add one: one new file, and two lines here.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::RelationalModel;
use super::expression::{Type, Value};
use super::finding::{Fault, did_you_mean};
use super::persona::Persona;
use super::prompt::{Ask, Choice, Prompt, Reply};
use super::read::Definitions;
use super::table::{Findings, Table};
use super::text::Text;
use crate::dice::Dice;

mod allocate;
mod association;
mod choice;
mod consent;
mod date;
mod matrix;
mod note;
mod number;
mod point;
mod rank;
mod respond;
mod vignette;
mod words;

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
    association::KIND,
];

/// An entry of the registry.
pub struct Kind {
    /// The word in instrument files.
    pub id: &'static str,
    /// What it asks, in one line.
    pub about: &'static str,
    /// Reads the keys of its own from an item's table; `None` if faults make it unusable.
    pub(crate) read: fn(&mut Draft) -> Option<Box<dyn Question>>,
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

/// How texts are said right now: in the respondent's language, with names filled in.
pub trait Voice {
    /// `text` as it should be shown.
    fn say(&self, text: &Text) -> String;

    /// Random numbers that belong to this item in this session.
    fn dice(&self) -> Dice;
}

/// The working side of a kind, for one item.
pub trait Question: fmt::Debug + Send + Sync {
    /// What to ask after the replies in `given`; `None` when the item is complete.
    fn ask(&self, given: &[Reply], voice: &dyn Voice) -> Option<Step>;

    /// The columns that it records.
    fn columns(&self) -> Vec<Column>;

    /// One datum for each column.
    fn record(&self, given: &[Reply]) -> Vec<Datum>;

    /// Its type in expressions; `None` if it cannot be named there.
    fn value_type(&self) -> Option<Type>;

    /// Its value in expressions.
    fn value(&self, given: &[Reply]) -> Value;

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

    /// What the answer reads like, for the review; one line.
    fn summary(&self, given: &[Reply], voice: &dyn Voice) -> String;

    /// Whether these replies end the interview, as a refused consent does.
    fn ends(&self, given: &[Reply]) -> bool {
        let _ = given;
        false
    }

    /// The reply of a simulated respondent to the prompt that follows `given`.
    fn simulate(&self, ask: &Ask, given: &[Reply], respondent: &mut Simulated) -> Reply;
}

/// One prompt of an item: what to ask, and a text where it is another than the item's own.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Replaces the item's question, as the second question of an association does.
    pub text: Option<String>,
    /// What reply is wanted.
    pub ask: Ask,
}

impl From<Ask> for Step {
    fn from(ask: Ask) -> Self {
        Self { text: None, ask }
    }
}

impl Step {
    /// The prompt with the item's own question and hint.
    pub fn into_prompt(self, text: String, hint: Option<String>) -> Prompt {
        Prompt { text: self.text.unwrap_or(text), hint, ask: self.ask }
    }
}

/// Who answers in a simulation.
#[derive(Debug)]
pub struct Simulated<'a> {
    /// The latent state.
    pub persona: &'a Persona,
    /// The item's name: its loadings are a property of it.
    pub item: &'a str,
    /// What scales the item feeds, so that a kind knows which latent variable speaks.
    pub scales: &'a [super::Scale],
    /// Random numbers.
    pub dice: &'a mut Dice,
}

/// A column of a data file.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Name, unique in the instrument.
    pub name: String,
    /// What is shown in it beside the item's question: a row, a part.
    pub label: Option<Text>,
    /// Measurement level.
    pub level: Level,
    /// Labels of its values.
    pub values: Vec<(Datum, Text)>,
}

/// Measurement level, in the words of statistics packages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Names without order.
    Nominal,
    /// Ordered.
    Ordinal,
    /// Distances mean something.
    Scale,
    /// Free words.
    Text,
    /// A day.
    Date,
}

/// One recorded value.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Datum {
    /// A number.
    Number(f64),
    /// A name or words.
    Text(String),
    /// No value, and why.
    Missing(WhyMissing),
}

impl Datum {
    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(*number),
            Self::Text(_) | Self::Missing(_) => None,
        }
    }
}

/// Why a recorded value is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyMissing {
    /// The respondent would rather not say.
    Declined,
    /// The respondent does not know.
    DontKnow,
    /// Asked and passed over, or not yet reached.
    NotAnswered,
    /// The item was not relevant.
    NotAsked,
}

/// A column that feeds a scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Feed {
    /// Index of the scale.
    pub scale: usize,
    /// Index into the question's columns.
    pub column: usize,
    /// What the column's value means to the scale.
    pub key: Key,
}

/// How a column's value counts.
#[derive(Debug, Clone, PartialEq)]
pub enum Key {
    /// A point between two bounds.
    Points {
        /// Lowest point.
        min: f64,
        /// Highest point.
        max: f64,
        /// Whether the item is keyed the other way round.
        reverse: bool,
    },
    /// The name of a reaction: which model each name stands for.
    Reaction(Vec<(String, Option<RelationalModel>)>),
    /// Points given to a part that stands for a model, out of a total.
    Part(Option<RelationalModel>, f64),
    /// The valence of the free word of this rank (1 = first), −3…+3.
    Valence(usize),
}

impl Key {
    /// The value counted in the scale's direction: reversed where the item is.
    pub fn keyed(&self, value: f64) -> f64 {
        match self {
            Self::Points { min, max, reverse: true } => min + max - value,
            _ => value,
        }
    }
}

/// An item's table while it is read: the table, what the file defines, and where faults go.
pub(crate) struct Draft<'a, 'b> {
    pub name: String,
    pub table: &'b Table<'a>,
    pub definitions: &'b Definitions,
    pub out: &'b mut Findings,
}

/// Points with labels: `choices.agree7`.
#[derive(Debug, Clone, PartialEq)]
pub struct Points {
    /// Lowest point.
    pub from: i64,
    /// One label a point.
    pub labels: Vec<Text>,
}

impl Points {
    pub(crate) fn to(&self) -> i64 {
        self.from + self.labels.len() as i64 - 1
    }
}

/// A name with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Named {
    /// What is recorded.
    pub name: String,
    /// What is shown.
    pub label: Text,
}

impl Named {
    pub(crate) fn shown(&self, voice: &dyn Voice) -> Choice {
        Choice { name: self.name.clone(), label: voice.say(&self.label) }
    }
}

impl Draft<'_, '_> {
    /// The span of the item, for faults that have no better place.
    pub fn span(&self) -> Range<usize> {
        self.table.span()
    }

    /// The index of the scale that `scale` names.
    pub fn scale(&mut self) -> Option<usize> {
        let (name, span) = self.table.string("scale", self.out)?;
        self.definitions.scale(name, span, self.out)
    }

    /// Whether the item is keyed the other way round in the scale that stands under `key`.
    pub fn reverse(&mut self, key: &'static str) -> bool {
        let reverse = self.table.bool("reverse", false, self.out);
        if reverse && self.table.get(key).is_none() {
            let message = format!("`reverse` says how an item is keyed in its `{key}`, and there is none");
            self.out.error("item.reverse", self.table.place("reverse"), message);
        }
        reverse
    }

    /// A feed of points into the item's own scale, if it has one.
    pub fn feed_points(&mut self, min: i64, max: i64) -> Vec<Feed> {
        let reverse = self.reverse("scale");
        let scale = self.scale();
        let key = Key::Points { min: min as f64, max: max as f64, reverse };
        scale.into_iter().map(|scale| Feed { scale, column: 0, key: key.clone() }).collect()
    }

    /// The labelled points that `choices` names.
    pub fn points(&mut self) -> Option<Points> {
        let (name, span) = self.table.require_string("choices", self.out)?;
        self.definitions.points(name, span, self.out)
    }

    /// The named options that `choices` names.
    pub fn options(&mut self) -> Option<Vec<Named>> {
        let (name, span) = self.table.require_string("choices", self.out)?;
        self.definitions.options(name, span, self.out)
    }

    /// The named entries of an own list, such as `reactions`: name, text, and the table for further keys.
    pub fn named_list<T>(
        &mut self,
        key: &'static str,
        least: usize,
        more: impl Fn(&Table, &mut Findings, &Definitions) -> T,
    ) -> Option<Vec<(Named, T)>> {
        let mut list: Vec<(Named, T)> = Vec::new();
        if self.table.get(key).is_none() {
            let message = format!("item `{}` has no `{key}`", self.name);
            let help = format!("add `{key} = [{{ name = \"…\", label = … }}, …]`");
            self.out.push(Fault::error("key.missing", self.span(), message).help(help));
            return None;
        }
        for mut table in self.table.tables(key, &format!("an entry of `{key}`"), self.out) {
            let Some((name, span)) = table.require_string("name", self.out) else { continue };
            table.name_it(format!("`{name}` in `{key}`"));
            super::read::check_name(name, span.clone(), self.out);
            if list.iter().any(|(known, _)| known.name == name) {
                self.out.error("name.twice", span, format!("`{name}` stands twice in `{key}`"));
            }
            let label = table.require_text("label", self.out);
            let extra = more(&table, self.out, self.definitions);
            table.finish(self.out);
            list.push((Named { name: name.into(), label }, extra));
        }
        if list.len() < least {
            let entries = if least == 1 { "entry" } else { "entries" };
            let message = format!("item `{}` needs at least {least} {entries} in `{key}`", self.name);
            self.out.error("list.too-short", self.table.place(key), message);
            return None;
        }
        Some(list)
    }
}

/// The relational model that an entry is tagged with.
pub(crate) fn model_tag(table: &Table, out: &mut Findings, _: &Definitions) -> Option<RelationalModel> {
    let (name, span) = table.string("model", out)?;
    let model = RelationalModel::ALL.into_iter().find(|model| model.name() == name);
    if model.is_none() {
        let names = RelationalModel::ALL.map(RelationalModel::name);
        let help = did_you_mean(name, names).unwrap_or_else(|| format!("the four are {}", names.join(", ")));
        let message = format!("`{name}` is not one of the four relational models");
        out.push(Fault::error("model.unknown", span, message).help(help));
    }
    model
}

/// The datum of a single-prompt item that has no answer, or what `read` makes of its answer.
pub(crate) fn datum(given: &[Reply], read: impl Fn(&super::prompt::Input) -> Option<Datum>) -> Datum {
    match given.first() {
        None => Datum::Missing(WhyMissing::NotAnswered),
        Some(Reply::Declined) => Datum::Missing(WhyMissing::Declined),
        Some(Reply::DontKnow) => Datum::Missing(WhyMissing::DontKnow),
        Some(Reply::Given(input)) => read(input).unwrap_or(Datum::Missing(WhyMissing::NotAnswered)),
    }
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
