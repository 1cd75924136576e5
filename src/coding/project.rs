//! A project of a program for qualitative analysis: who coded which places of which texts with which codes of a codebook, as the standard
//! REFI-QDA has it. Owns what such a project is made of, what the codes of our own codebook mean, and that a thing of ours has one GUID wherever it is written. Refuses to
//! know files, and what of a study goes into one.

use std::fmt;
use std::str::FromStr;

use super::{STRONGEST, SUREST};
use crate::instrument::{RelationalModel, content_hash_of};

/// A project; everything that refers to something else does so by its GUID.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Project {
    /// What it is called.
    pub name: String,
    /// Who coded.
    pub users: Vec<User>,
    /// The codes.
    pub codebook: Vec<ProjectCode>,
    /// Those whom sources are of.
    pub cases: Vec<Case>,
    /// The texts.
    pub sources: Vec<ProjectSource>,
    /// What a project of others holds and this does not: what it is, and how many of it.
    pub beyond: Vec<(String, usize)>,
}

/// Somebody who coded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Its GUID.
    pub guid: String,
    /// The name; of ours the code of a coder.
    pub name: String,
}

/// A code, with those below it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProjectCode {
    /// Its GUID.
    pub guid: String,
    /// What it is called.
    pub name: String,
    /// What it means; may be empty.
    pub about: String,
    /// Whether a place can have it, or it only holds others.
    pub codable: bool,
    /// The codes below it.
    pub below: Vec<ProjectCode>,
}

/// A respondent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Its GUID.
    pub guid: String,
    /// What it is called; of ours the code of the respondent.
    pub name: String,
    /// What is known of it, by the name of a variable.
    pub values: Vec<(String, String)>,
    /// The GUIDs of its sources.
    pub sources: Vec<String>,
}

/// A text.
#[derive(Debug, Clone, PartialEq)]
pub struct ProjectSource {
    /// Its GUID.
    pub guid: String,
    /// What it is called.
    pub name: String,
    /// What is said of it; may be empty.
    pub about: String,
    /// The text as it stands in its file, line ends and all; else why it cannot be read.
    pub text: Result<String, String>,
    /// Places of it.
    pub selections: Vec<Selection>,
    /// Codes of all of it.
    pub codings: Vec<Applied>,
}

/// A place of a text. Positions are characters of Unicode from 0, a line end as many as stand in the file; a mark of byte order is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Selection {
    /// Its GUID.
    pub guid: String,
    /// What it is called: of ours its words.
    pub name: String,
    /// The first character, and the one after the last.
    pub range: (usize, usize),
    /// Who chose it.
    pub user: Option<String>,
    /// Its codes.
    pub codings: Vec<Applied>,
}

/// A code that somebody gave to a place or to a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// Its GUID.
    pub guid: String,
    /// The GUID of the code.
    pub code: String,
    /// Who gave it.
    pub user: Option<String>,
    /// When, as UTC to the second; empty where that is not said.
    pub at: String,
    /// What was noted there; may be empty.
    pub note: String,
}

/// What a code of our own codebook means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// A passage that speaks for a model.
    Passage(RelationalModel),
    /// A whole answer or turn that speaks for a model, and how strongly.
    Mark(RelationalModel, u8),
    /// The dominant model of a session.
    Dominant(RelationalModel),
    /// The second model of a session.
    Second(RelationalModel),
    /// How sure the coder is.
    Confidence(u8),
    /// The dominant model on which a session was settled.
    Settled(RelationalModel),
    /// The second model on which it was settled.
    SettledSecond(RelationalModel),
}

impl Meaning {
    /// All of them.
    pub fn all() -> Vec<Self> {
        let of = |meaning: fn(RelationalModel) -> Self| RelationalModel::ALL.map(meaning);
        let marks = RelationalModel::ALL
            .into_iter()
            .flat_map(|model| (0..=STRONGEST).map(move |strength| Self::Mark(model, strength)));
        let whole = [of(Self::Dominant), of(Self::Second), of(Self::Settled), of(Self::SettledSecond)];
        let sure = (1..=SUREST).map(Self::Confidence);
        of(Self::Passage).into_iter().chain(marks).chain(whole.concat()).chain(sure).collect()
    }

    /// The GUID of its code: the same in every project.
    pub fn guid(self) -> String {
        guid(&["code", &self.to_string()])
    }
}

/// `CS` and `CS:2`, as evidence is written elsewhere; `dominant=CS`, `confidence=4`.
impl fmt::Display for Meaning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Passage(model) => write!(f, "{model}"),
            Self::Mark(model, strength) => write!(f, "{model}:{strength}"),
            Self::Dominant(model) => write!(f, "dominant={model}"),
            Self::Second(model) => write!(f, "second={model}"),
            Self::Confidence(sure) => write!(f, "confidence={sure}"),
            Self::Settled(model) => write!(f, "settled={model}"),
            Self::SettledSecond(model) => write!(f, "settled_second={model}"),
        }
    }
}

/// What [`Meaning`] writes, in either case; anything else is none.
impl FromStr for Meaning {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let written = |meaning: &Self| meaning.to_string().eq_ignore_ascii_case(text.trim());
        Self::all().into_iter().find(written).ok_or(())
    }
}

/// The GUID of something of ours, made of what it is.
pub fn guid(what: &[&str]) -> String {
    let mut parts = vec!["relata"];
    parts.extend(what.iter().flat_map(|part| ["\u{0}", part]));
    let hash = content_hash_of(&parts);
    let digits = |from: usize, to: usize| hash.get(from..to).unwrap_or_default();
    // Version 8 of RFC 9562: whoever makes it decides what it is made of.
    format!("{}-{}-8{}-a{}-{}", digits(0, 8), digits(8, 12), digits(12, 15), digits(15, 18), digits(18, 30))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_code_has_one_guid_and_one_way_to_be_written() {
        let all = Meaning::all();
        let guids: BTreeSet<String> = all.iter().map(|meaning| meaning.guid()).collect();
        assert_eq!((all.len(), guids.len()), (4 + 16 + 16 + 5, 41));
        for meaning in all {
            assert_eq!(meaning.to_string().to_lowercase().parse(), Ok(meaning));
        }
        for other in ["", "XX", "CS:4", "confidence=6"] {
            assert_eq!(other.parse::<Meaning>(), Err(()), "{other}");
        }
    }

    #[test]
    fn a_guid_is_one_and_its_parts_do_not_run_together() {
        let one = guid(&["a", "bc"]);
        let lengths: Vec<usize> = one.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12]);
        assert!(one == guid(&["a", "bc"]) && one != guid(&["ab", "c"]));
    }
}
