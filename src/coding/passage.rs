//! Evidence on passages: which words of an answer, or of the note beside it, speak for a model.
//!
//! Owns the form in which a passage is written in a cell, and when it is one. A passage keeps its words: it can be read where the
//! interview is not at hand, and goes with the code when the session is erased.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::instrument::RelationalModel;

/// Whose words a passage is of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageSource {
    /// The answer: what the respondent said.
    #[default]
    Answer,
    /// The note that the interviewer wrote there.
    Note,
}

impl PassageSource {
    fn is_answer(&self) -> bool {
        *self == Self::Answer
    }
}

/// A passage that speaks for a model.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Passage {
    /// The item's name.
    pub item: String,
    /// Whether it is of the answer or of the note.
    #[serde(default, skip_serializing_if = "PassageSource::is_answer")]
    pub part: PassageSource,
    /// The first character, from 0. A character is one of Unicode.
    pub start: usize,
    /// The character after the last.
    pub end: usize,
    /// The model that it speaks for.
    pub model: RelationalModel,
    /// The words.
    pub quote: String,
}

impl Passage {
    /// The passage from one character to before another of `words`; none where they do not reach that far, and none of nothing.
    pub fn of(
        item: &str,
        part: PassageSource,
        words: &str,
        (start, end): (usize, usize),
        model: RelationalModel,
    ) -> Option<Self> {
        let length = end.checked_sub(start)?;
        let quote: String = words.chars().skip(start).take(length).collect();
        let found = Self { item: item.to_owned(), part, start, end, model, quote };
        found.is_sound().then_some(found)
    }

    /// Whether its words are as long as it says, and not nothing.
    pub fn is_sound(&self) -> bool {
        self.start < self.end
            && self.quote.chars().count() == self.end - self.start
            && !self.quote.trim().is_empty()
    }
}

/// `item@start-end=MODEL`, `item!note@start-end=MODEL` for one of a note.
impl fmt::Display for Passage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let note = if self.part == PassageSource::Note { "!note" } else { "" };
        write!(f, "{}{note}@{}-{}={}", self.item, self.start, self.end, self.model)
    }
}

/// What a cell says of a passage: everything but its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassageRef {
    /// See [`Passage::item`].
    pub item: String,
    /// See [`Passage::part`].
    pub part: PassageSource,
    /// See [`Passage::start`] and [`Passage::end`].
    pub range: (usize, usize),
    /// See [`Passage::model`].
    pub model: RelationalModel,
}

impl PassageRef {
    /// Reads what [`Passage`] writes; none for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let (place, model) = text.rsplit_once('=')?;
        let (item, range) = place.rsplit_once('@')?;
        let (start, end) = range.split_once('-')?;
        let (item, part) = match item.strip_suffix("!note") {
            Some(item) => (item, PassageSource::Note),
            None => (item, PassageSource::Answer),
        };
        let range = (start.parse().ok()?, end.parse().ok()?);
        Some(Self { item: item.to_owned(), part, range, model: model.parse().ok()? })
    }
}

/// The place of `quote` in `words`, in characters; its `nth` one from 1 where it stands there several times.
///
/// # Errors
/// How often it stands there.
pub fn find(words: &str, quote: &str, nth: Option<usize>) -> Result<(usize, usize), usize> {
    let quote = quote.trim();
    if quote.is_empty() {
        return Err(0);
    }
    let found: Vec<usize> = words.match_indices(quote).map(|(at, _)| at).collect();
    let at = match (nth, found.as_slice()) {
        (Some(nth), all) => nth.checked_sub(1).and_then(|nth| all.get(nth)),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let start = words[..*at.ok_or(found.len())?].chars().count();
    Ok((start, start + quote.chars().count()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use RelationalModel::MarketPricing as MP;

    #[test]
    fn characters_are_counted_and_not_bytes() {
        let words = "één prijs, één klant";
        let found = Passage::of("why", PassageSource::Answer, words, (4, 9), MP).unwrap();
        assert_eq!((found.quote.as_str(), found.to_string().as_str()), ("prijs", "why@4-9=MP"));
        assert_eq!(find(words, "prijs", None), Ok((4, 9)));
        assert_eq!(find(words, "één", None), Err(2));
        assert_eq!(find(words, "één", Some(2)), Ok((11, 14)));
        assert_eq!((find(words, "één", Some(3)), find(words, " ", None)), (Err(2), Err(0)));
        // Nothing, and further than the words go.
        for range in [(4, 4), (9, 4), (15, 40), (3, 4)] {
            assert_eq!(Passage::of("why", PassageSource::Answer, words, range, MP), None, "{range:?}");
        }
    }

    #[test]
    fn a_cell_says_where_a_passage_is() {
        for (part, written) in
            [(PassageSource::Answer, "story_high@0-12=MP"), (PassageSource::Note, "nps!note@0-12=MP")]
        {
            let item = written.split(['@', '!']).next().unwrap();
            let passage = Passage::of(item, part, "cheaper here", (0, 12), MP).unwrap();
            assert_eq!(passage.to_string(), written);
            let place = PassageRef { item: item.into(), part, range: (0, 12), model: MP };
            assert_eq!(PassageRef::read(written), Some(place));
        }
        for bad in ["", "story", "story@1=MP", "story@1-2", "story@a-2=MP", "story@1-2=XX"] {
            assert_eq!(PassageRef::read(bad), None, "{bad}");
        }
    }
}
