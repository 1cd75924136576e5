//! The instrument: a questionnaire, parsed, checked and immutable. What exists as an [`Instrument`] is valid: every name
//! resolves, every text is there in every language, every expression has its types checked.
//!
//! Owns the file format (see `questionnaires/README.md`), the kinds of items and what they ask, record and feed into
//! scales. Refuses to know a session, a disk or a screen.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

mod act;
pub mod code;
pub mod construct;
pub mod expression;
pub mod finding;
pub mod kinds;
mod lint;
mod method;
mod names;
pub mod numeral;
pub mod persona;
pub mod phrases;
pub mod prompt;
mod read;
pub mod shipped;
mod source;
mod table;
pub mod text;
mod words;

pub use act::Act;
pub use construct::{Construct, Family, Perspective, RelationalModel};
pub use finding::{Finding, Severity};
pub use lint::LINTS;
pub use method::{Method, Reads};
pub use names::{LENS_NAMES, MEASURES, RESULT_NAMES, ROOM_NAMES, STANDINGS};
pub use read::is_reserved;
pub use source::{Fetch, SourceFile};
pub use text::{Language, Text};

use crate::texts::{Argument, ArgumentValue};
use expression::Expression;
use kinds::Question;

/// The start field of a customer's questionnaire that holds the respondent's code.
pub const PERSON: &str = "person";
/// Kept with the start fields where a customer was renamed: the former name. No questionnaire asks for it.
pub const FORMERLY: &str = "formerly";

/// A questionnaire.
#[derive(Debug)]
pub struct Instrument {
    /// Its identifier, such as `account-self-assessment`.
    pub name: String,
    /// Its version as the author numbers it.
    pub version: String,
    /// SHA-256 of the self-contained text, hexadecimal.
    pub hash: String,
    /// The self-contained text: includes resolved, comments kept.
    pub text: String,
    /// The first is the default.
    pub languages: Vec<Language>,
    /// Title.
    pub label: Text,
    /// One or two sentences about it.
    pub about: Option<Text>,
    /// Planned duration.
    pub minutes: u32,
    /// How its texts address the respondent, so that relata uses the same form.
    pub address: Address,
    /// What a respondent sees at the end.
    pub feedback: Feedback,
    /// Which side of the relation its respondents are.
    pub respondents: Party,
    /// Asked on the start form.
    pub fields: Vec<StartField>,
    /// Items scored together.
    pub scales: Vec<Scale>,
    /// Named expressions, in an order in which each needs only earlier ones.
    pub calculations: Vec<(String, Expression)>,
    /// Sections, in order.
    pub groups: Vec<Group>,
    /// All items, in the order of the file.
    pub items: Vec<Item>,
    /// Rules that choose what is said at the end.
    pub advice: Vec<AdviceRule>,
    /// Questions for a room that has seen what it said together.
    pub discussion: Vec<Discussion>,
    by_name: BTreeMap<String, usize>,
}

/// A side of a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Party {
    /// The organisation, which maintains the relation with a customer.
    Organisation,
    /// The customer.
    Customer,
}

impl Party {
    /// The word in texts.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organisation => "organisation",
            Self::Customer => "customer",
        }
    }
}

/// How a person is addressed, in languages with a formal and an informal form: `u` or `je`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// `u`.
    #[default]
    Formal,
    /// `je`.
    Informal,
}

impl Argument for Address {
    fn said(&self) -> ArgumentValue<'_> {
        ArgumentValue::Text(match self {
            Self::Formal => "formal".into(),
            Self::Informal => "informal".into(),
        })
    }
}

/// What a respondent sees of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Feedback {
    /// Thanks, and nothing else.
    None,
    /// The profile, without the indirect measure.
    Said,
    /// Everything, the indirect measure with its interval and cautions.
    Full,
}

/// Who reads and answers a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    /// The interviewer has the keyboard: probes, guidance and notes show.
    Interviewer,
    /// The respondent has the keyboard: nothing but the question shows.
    Respondent,
}

/// Something asked on the start form.
#[derive(Debug)]
pub struct StartField {
    /// Name, for pipes and expressions.
    pub name: String,
    /// The question.
    pub label: Text,
    /// A help.
    pub hint: Option<Text>,
    /// Whether it must be filled in.
    pub required: bool,
    /// The initial value.
    pub default: Option<String>,
}

/// Items that are scored together.
#[derive(Debug)]
pub struct Scale {
    /// Name.
    pub name: String,
    /// Title for reports.
    pub label: Option<Text>,
    /// What it claims to measure.
    pub construct: Construct,
    /// Whose norms it records.
    pub perspective: Perspective,
    /// How it is scored.
    pub method: Method,
    /// Fewest valid items for a score, at least one.
    pub min_valid: usize,
    /// Whether it counts toward the explicit composite.
    pub composite: bool,
    /// Whether a high value is pleasant; only emotions can be negative.
    pub positive: bool,
    /// The point that is neither pleasant nor unpleasant; `None` means the middle of each question's own scale.
    pub neutral: Option<f64>,
    pub(crate) span: Range<usize>,
}

impl Scale {
    /// Whether so many valid answers are enough for a score.
    pub fn is_scored_by(&self, valid: usize) -> bool {
        valid >= self.min_valid
    }

    /// The name of the score of one model, where the method gives four.
    pub fn name_of(&self, model: RelationalModel) -> String {
        format!("{}.{}", self.name, model.abbreviation().to_lowercase())
    }

    /// Whether it measures a single emotion.
    pub fn is_feeling(&self) -> bool {
        matches!(self.construct, Construct::Family(Family::Emotion, _))
    }

    /// The names of its scores: one, or one for each model.
    pub fn score_names(&self) -> Vec<String> {
        if self.method.by_model() {
            return RelationalModel::ALL.map(|model| self.name_of(model)).into();
        }
        vec![self.name.clone()]
    }
}

/// A section.
#[derive(Debug)]
pub struct Group {
    /// Name.
    pub name: String,
    /// Who answers it.
    pub audience: Audience,
    /// Section title.
    pub label: Text,
    /// For the interviewer.
    pub guidance: Option<Text>,
    /// Shown only if this is true.
    pub relevant: Option<Expression>,
    /// Whether the order of its items is drawn from the seed.
    pub randomize: bool,
    /// Its items: a range of [`Instrument::items`].
    pub items: Range<usize>,
    pub(crate) span: Range<usize>,
}

/// One entry of a group.
#[derive(Debug)]
pub struct Item {
    /// Name; also the stem of its columns.
    pub name: String,
    /// The id of its kind.
    pub kind: &'static str,
    /// Index of its group.
    pub group: usize,
    /// The question.
    pub label: Text,
    /// A help for the respondent.
    pub hint: Option<Text>,
    /// For the interviewer.
    pub guidance: Option<Text>,
    /// Follow-up questions for the interviewer.
    pub probes: Vec<Text>,
    /// Shown only if this is true.
    pub relevant: Option<Expression>,
    /// Whether it must have a reply before the interview can end.
    pub required: bool,
    /// The initial answer.
    pub default: Option<prompt::Input>,
    /// Options that are only offered under a condition, by name.
    pub offered: Vec<(String, Expression)>,
    /// What an answer must satisfy, with `.` for the answer.
    pub constraint: Option<Expression>,
    /// Said when the constraint is not met.
    pub constraint_message: Option<Text>,
    /// What it asks, records and feeds.
    pub question: Box<dyn Question>,
    pub(crate) span: Range<usize>,
}

/// A text that a rule selects at the end.
#[derive(Debug)]
pub struct AdviceRule {
    /// Name.
    pub name: String,
    /// Selected if this is true.
    pub when: Expression,
    /// Who may see it; none means everybody.
    pub audience: Option<Audience>,
    /// How much it matters beside others.
    pub priority: Priority,
    /// The action that it recommends, where another advice may recommend the same.
    pub act: Option<Act>,
    /// Heading.
    pub title: Text,
    /// Body.
    pub text: Text,
    pub(crate) span: Range<usize>,
}

/// How much an advice matters where there is room for a few.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Something is wrong, and waiting makes it worse.
    Urgent,
    /// Something is wrong and can be mended.
    High,
    /// Something can be done.
    #[default]
    Normal,
    /// Nothing is wrong, or nothing could be determined.
    Low,
    /// No action: a remark on the result itself.
    Note,
}

/// A question for a room to talk about.
#[derive(Debug)]
pub struct Discussion {
    /// Name.
    pub name: String,
    /// Asked only if this holds for the room; `None` means always.
    pub when: Option<Expression>,
    /// The question.
    pub text: Text,
    pub(crate) span: Range<usize>,
}

/// The result of reading an instrument: findings, and the instrument if none of them is an error.
#[derive(Debug)]
pub struct Reading {
    /// The instrument, unless there are errors.
    pub instrument: Option<Instrument>,
    /// Everything found, in the order of places.
    pub findings: Vec<Finding>,
    /// The files that findings point into.
    pub files: Vec<SourceFile>,
}

impl Instrument {
    /// Reads and checks an instrument. `name` is the file's name, for findings; `fetch` gets included files.
    pub fn read(name: &str, text: &str, fetch: Fetch) -> Reading {
        read::read(name, text, fetch, false)
    }

    /// Reads a self-contained text, as it is stored with a session.
    pub fn read_stored(text: &str) -> Reading {
        read::read("stored instrument", text, &|_| Err("a stored instrument includes nothing".into()), true)
    }

    /// The position of the item called `name`.
    pub fn item_index(&self, name: &str) -> Option<usize> {
        self.by_name.get(name).copied()
    }

    /// The item called `name`.
    pub fn item(&self, name: &str) -> Option<&Item> {
        self.items.get(self.item_index(name)?)
    }

    /// The scale called `name`.
    pub fn scale(&self, name: &str) -> Option<&Scale> {
        self.scales.iter().find(|scale| scale.name == name)
    }

    /// The group of an item.
    pub fn group_of(&self, item: &Item) -> &Group {
        &self.groups[item.group]
    }

    /// The calculations that conditions read, and those that these read, in the order of the file.
    pub fn calculations_behind<'a>(
        &self,
        conditions: impl IntoIterator<Item = &'a Expression>,
    ) -> Vec<&(String, Expression)> {
        let mut read: BTreeSet<&str> = BTreeSet::new();
        let mut waiting: Vec<&str> = conditions.into_iter().flat_map(Expression::references).collect();
        while let Some(name) = waiting.pop() {
            if let Some((name, calculation)) = self.calculations.iter().find(|(known, _)| known == name)
                && read.insert(name)
            {
                waiting.extend(calculation.references());
            }
        }
        self.calculations.iter().filter(|(name, _)| read.contains(name.as_str())).collect()
    }

    /// The language of the instrument nearest to `wanted`: that one, else the default.
    pub fn language(&self, wanted: Option<&str>) -> Language {
        let wanted = wanted.map(Language::new);
        wanted
            .filter(|language| self.languages.contains(language))
            .or_else(|| self.languages.first().cloned())
            .unwrap_or_else(Language::fallback)
    }

    /// Whether a result is shown at the end: an interviewer always sees it, a respondent without one only if the instrument
    /// gives feedback.
    pub fn shows_result(&self) -> bool {
        self.has_interviewer() || self.feedback != Feedback::None
    }

    /// Whether it asks about relational models, on this side of the relation.
    pub fn asks_norms(&self, perspective: Perspective) -> bool {
        let by_model = |construct: &Construct| matches!(construct, Construct::Model(_) | Construct::Models);
        self.scales.iter().any(|scale| scale.perspective == perspective && by_model(&scale.construct))
    }

    /// Whether an account manager answers it, about a client.
    pub fn is_of_an_account(&self) -> bool {
        self.respondents == Party::Organisation
    }

    /// The start field that holds the respondent's code, in a customer's questionnaire.
    pub fn field_of_person(&self) -> Option<&StartField> {
        self.fields.iter().find(|field| field.name == PERSON).filter(|_| self.respondents == Party::Customer)
    }

    /// Whether an interviewer is present: at least one group is for them.
    pub fn has_interviewer(&self) -> bool {
        self.groups.iter().any(|group| group.audience == Audience::Interviewer)
    }
}

/// SHA-256 of an instrument's self-contained text, hexadecimal.
pub fn content_hash(text: &str) -> String {
    content_hash_of(&[text])
}

/// The same of a text in parts.
pub fn content_hash_of(parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().map(|part| part.as_bytes()).collect();
    hash_of(&parts)
}

/// SHA-256 of bytes in parts.
pub fn hash_bytes(parts: &[&[u8]]) -> [u8; 32] {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().into()
}

/// The same, hexadecimal.
pub fn hash_of(parts: &[&[u8]]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    let mut text = String::with_capacity(64);
    // Formatted by hand, because a study of ten thousand interviews has a million of these hashes.
    for byte in hash_bytes(parts) {
        text.push(DIGITS[usize::from(byte >> 4)]);
        text.push(DIGITS[usize::from(byte & 15)]);
    }
    text
}
