//! Codes: the relational model that a human coder reads out of an interview, with the evidence for it.
//!
//! Owns what a code is made of, when it is whole ([`Draft::finish`]), and what several coders' codes say together
//! ([`labels`]), and how well coders agree ([`agreement`]). Refuses everything that was computed: no score and no classifier comes near a code, and the simulated
//! truth of a session is never one.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::instrument::RelationalModel;
use crate::instrument::code::{LONGEST_CODE, is_code};

pub mod agreement;
pub mod keyword;
pub mod labels;
pub mod passage;
pub mod project;
pub mod row;
mod seen;
pub mod transcript;

pub use passage::{Passage, PassageSource};
pub use seen::Seen;
pub use transcript::Transcript;

/// The strongest evidence; 0 says "looked at, and it speaks for nothing".
pub const STRONGEST: u8 = 3;

/// The highest confidence, "certain"; 1 is "a guess".
pub const SUREST: u8 = 5;

/// Evidence for a model in the answer to one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The item's name.
    pub item: String,
    /// The model that the answer speaks for.
    pub model: RelationalModel,
    /// 0 (looked at, nothing) to [`STRONGEST`].
    pub strength: u8,
}

/// `item=MODEL:2`.
impl fmt::Display for Mark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}={}:{}", self.item, self.model, self.strength)
    }
}

/// What [`Mark`] writes; anything else is none.
impl FromStr for Mark {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (item, rest) = text.rsplit_once('=').ok_or(())?;
        let (model, strength) = rest.split_once(':').ok_or(())?;
        let strength = strength.parse().ok().filter(|strength| *strength <= STRONGEST).ok_or(())?;
        Ok(Self { item: item.to_owned(), model: model.parse()?, strength })
    }
}

/// A whole code: what a coder says of one session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coding {
    /// The model that the respondent uses most.
    pub dominant: RelationalModel,
    /// The one after it, where the coder sees a second one.
    pub second: Option<RelationalModel>,
    /// 1 (a guess) to [`SUREST`], where the coder gave one.
    pub confidence: Option<u8>,
    /// Evidence, at most one mark for an item and a model, in the order in which it was first given.
    #[serde(default)]
    pub evidence: Vec<Mark>,
    /// In the coder's words; may be empty.
    #[serde(default)]
    pub note: String,
    /// Passages of what the respondent said, as evidence, in the order in which they were marked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
    /// What of the interview the coder was shown; none where nobody kept that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
    /// Whether it was given before the coder was shown what others or the classifier say of the session; none where nobody kept that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub blind: Option<bool>,
}

/// A code on its way: everything that a coder has entered so far. It is kept after every key, so that nothing is lost.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// See [`Coding::dominant`].
    pub dominant: Option<RelationalModel>,
    /// See [`Coding::second`].
    pub second: Option<RelationalModel>,
    /// See [`Coding::confidence`].
    pub confidence: Option<u8>,
    /// See [`Coding::evidence`].
    #[serde(default)]
    pub evidence: Vec<Mark>,
    /// See [`Coding::note`].
    #[serde(default)]
    pub note: String,
    /// See [`Coding::passages`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<Passage>,
    /// The most that the coder was shown while this was entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen: Option<Seen>,
}

/// Why a code is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeFault {
    /// No dominant model.
    #[error("a code needs a dominant model")]
    NoDominant,
    /// The second model is the first one again.
    #[error("the second model is {0} again; leave it out, or choose another one")]
    Twice(RelationalModel),
    /// The confidence is off its scale.
    #[error("a confidence runs from 1 (a guess) to {SUREST} (certain), and {0} is none of these")]
    Confidence(u8),
    /// A strength is off its scale.
    #[error("the strength of evidence runs from 0 to {STRONGEST}, and {0} is none of these")]
    Strength(u8),
    /// An item has two marks for one model.
    #[error("`{item}` is marked twice for {model}")]
    MarkedTwice {
        /// The item.
        item: String,
        /// The model.
        model: RelationalModel,
    },
    /// A passage does not fit its words.
    #[error("a passage in `{item}` runs from {start} to {end}, and its words do not")]
    Passage {
        /// The item.
        item: String,
        /// Where it begins.
        start: usize,
        /// Where it ends.
        end: usize,
    },
    /// The coder has no usable code.
    #[error(
        "a coder needs a code of at most {LONGEST_CODE} letters, digits, `-`, `_` and `.`, such as `C1`; never a name"
    )]
    Coder,
}

impl Coding {
    /// A code of a dominant model alone.
    pub fn of(dominant: RelationalModel) -> Self {
        Self {
            dominant,
            second: None,
            confidence: None,
            evidence: Vec::new(),
            note: String::new(),
            passages: Vec::new(),
            seen: None,
            blind: None,
        }
    }

    /// What is wrong with it.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self) -> Result<(), CodeFault> {
        if self.second == Some(self.dominant) {
            return Err(CodeFault::Twice(self.dominant));
        }
        if let Some(off) = self.confidence.filter(|sure| !(1..=SUREST).contains(sure)) {
            return Err(CodeFault::Confidence(off));
        }
        for (place, mark) in self.evidence.iter().enumerate() {
            if mark.strength > STRONGEST {
                return Err(CodeFault::Strength(mark.strength));
            }
            let same = |other: &Mark| (&other.item, other.model) == (&mark.item, mark.model);
            if self.evidence.iter().take(place).any(same) {
                return Err(CodeFault::MarkedTwice { item: mark.item.clone(), model: mark.model });
            }
        }
        match self.passages.iter().find(|passage| !passage.is_sound()) {
            Some(bad) => {
                let (item, start, end) = (bad.item.clone(), bad.start, bad.end);
                Err(CodeFault::Passage { item, start, end })
            }
            None => Ok(()),
        }
    }
}

impl Draft {
    /// The code that this has become.
    ///
    /// # Errors
    /// What is still lacking or wrong.
    pub fn finish(&self) -> Result<Coding, CodeFault> {
        let coding = Coding {
            dominant: self.dominant.ok_or(CodeFault::NoDominant)?,
            second: self.second,
            confidence: self.confidence,
            evidence: self.evidence.clone(),
            note: self.note.trim().to_owned(),
            passages: self.passages.clone(),
            seen: self.seen,
            blind: None,
        };
        coding.check()?;
        Ok(coding)
    }

    /// Whether nothing has been entered.
    pub fn is_empty(&self) -> bool {
        *self == Self { seen: self.seen, ..Self::default() }
    }

    /// The coder is shown this, now; what was shown before stays seen.
    #[must_use]
    pub fn shown(self, seen: Seen) -> Self {
        Self { seen: self.seen.max(Some(seen)), ..self }
    }

    /// Marks a passage, or takes the mark away where the very same one stands.
    pub fn turn_passage(&mut self, passage: Passage) {
        match self.passages.iter().position(|known| *known == passage) {
            Some(at) => drop(self.passages.remove(at)),
            None => self.passages.push(passage),
        }
    }

    /// The passages of what was said at an item, as they come in its words; those of the note after those of the answer.
    pub fn passages_of(&self, item: &str) -> Vec<&Passage> {
        let mut found: Vec<&Passage> = self.passages.iter().filter(|passage| passage.item == item).collect();
        found.sort_by_key(|passage| (passage.part, passage.start, passage.end, passage.model.index()));
        found
    }

    /// Marks an item for a model, in place of what was marked there; `None` takes the mark away.
    pub fn mark(&mut self, item: &str, model: RelationalModel, strength: Option<u8>) {
        let place = self.evidence.iter().position(|mark| mark.item == item && mark.model == model);
        match (place.and_then(|at| self.evidence.get_mut(at)), strength) {
            (Some(mark), Some(strength)) => mark.strength = strength,
            (None, Some(strength)) => self.evidence.push(Mark { item: item.to_owned(), model, strength }),
            (Some(_), None) => self.evidence.retain(|mark| mark.item != item || mark.model != model),
            (None, None) => {}
        }
    }

    /// The marks on an item, in the order of the models.
    pub fn marks(&self, item: &str) -> Vec<&Mark> {
        let mut marks: Vec<&Mark> = self.evidence.iter().filter(|mark| mark.item == item).collect();
        marks.sort_by_key(|mark| mark.model.index());
        marks
    }

    /// The strengths of all evidence summed by model, in the order CS, AR, EM, MP: a help for the coder's eye and no
    /// score; nothing is derived from it.
    pub fn tally(&self) -> [u32; 4] {
        let mut sums = [0; 4];
        for mark in &self.evidence {
            sums[mark.model.index()] += u32::from(mark.strength);
        }
        sums
    }
}

impl From<Coding> for Draft {
    fn from(coding: Coding) -> Self {
        Self {
            dominant: Some(coding.dominant),
            second: coding.second,
            confidence: coding.confidence,
            evidence: coding.evidence,
            note: coding.note,
            passages: coding.passages,
            seen: coding.seen,
        }
    }
}

/// A coder's code, checked and without spaces at its ends.
///
/// # Errors
/// It is empty, too long, or holds more than letters, digits, hyphens, underscores and dots.
pub fn coder(text: &str) -> Result<String, CodeFault> {
    let code = text.trim();
    if is_code(code) { Ok(code.to_owned()) } else { Err(CodeFault::Coder) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationalModel::{CommunalSharing, MarketPricing};

    #[test]
    fn a_draft_becomes_a_code_when_it_is_whole() {
        let mut draft = Draft::default();
        assert!(draft.is_empty());
        assert_eq!(draft.finish(), Err(CodeFault::NoDominant));
        draft.dominant = Some(MarketPricing);
        draft.second = Some(MarketPricing);
        assert_eq!(draft.finish(), Err(CodeFault::Twice(MarketPricing)));
        draft.second = Some(CommunalSharing);
        draft.confidence = Some(6);
        assert_eq!(draft.finish(), Err(CodeFault::Confidence(6)));
        draft.confidence = Some(4);
        draft.note = " price first \n".into();
        let coding = draft.finish().unwrap();
        assert_eq!((coding.dominant, coding.note.as_str()), (MarketPricing, "price first"));
        assert_eq!(Draft::from(coding.clone()).finish().unwrap(), coding);
    }

    #[test]
    fn one_mark_for_an_item_and_a_model() {
        let mut draft = Draft { dominant: Some(MarketPricing), ..Draft::default() };
        draft.mark("price", MarketPricing, Some(2));
        draft.mark("care", CommunalSharing, Some(1));
        draft.mark("price", MarketPricing, Some(3));
        draft.mark("price", CommunalSharing, Some(0));
        let found: Vec<_> = draft.marks("price").iter().map(|mark| (mark.model, mark.strength)).collect();
        assert_eq!(found, [(CommunalSharing, 0), (MarketPricing, 3)]);
        assert_eq!(draft.tally(), [1, 0, 0, 3]);
        draft.mark("price", CommunalSharing, None);
        assert_eq!(draft.evidence.len(), 2);
        draft.evidence.push(Mark { item: "price".into(), model: MarketPricing, strength: 1 });
        let twice = CodeFault::MarkedTwice { item: "price".into(), model: MarketPricing };
        assert_eq!(draft.finish(), Err(twice));
        draft.evidence.pop();
        draft.mark("price", MarketPricing, Some(4));
        assert_eq!(draft.finish(), Err(CodeFault::Strength(4)));
    }

    #[test]
    fn a_coder_has_a_code_that_fits_a_column() {
        assert_eq!(coder(" C1 ").unwrap(), "C1");
        for bad in ["", "  ", "a,b", "a\nb", "\"", "Jan Smit", &"x".repeat(41)] {
            assert_eq!(coder(bad), Err(CodeFault::Coder), "{bad:?}");
        }
    }

    #[test]
    fn its_form_in_the_file() {
        let coding = Coding {
            second: Some(CommunalSharing),
            confidence: Some(3),
            evidence: vec![Mark { item: "care".into(), model: CommunalSharing, strength: 2 }],
            ..Coding::of(MarketPricing)
        };
        let text = serde_json::to_string(&coding).unwrap();
        assert_eq!(
            text,
            r#"{"dominant":"MP","second":"CS","confidence":3,"evidence":[{"item":"care","model":"CS","strength":2}],"note":""}"#
        );
        assert_eq!(serde_json::from_str::<Coding>(&text).unwrap(), coding);
    }
}
