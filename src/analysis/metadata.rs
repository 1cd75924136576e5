//! The metadata of a study: title, authors, population, ethics approval, funding, and promises to respondents. Owns which fields there are
//! and what each can hold. No field triggers anything: nothing is published or erased because of one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::defuse;
use crate::instrument::Language;
use crate::text;

/// A field, in the order of display. The last five must be shown before consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What the study is called.
    Title,
    /// Who made it.
    Authors,
    /// How respondents were found.
    Sampling,
    /// The population that respondents represent.
    Universe,
    /// The number under which it was approved.
    Ethics,
    /// Who paid.
    Funding,
    /// Who answers for the data.
    Controller,
    /// The contact for questions and for withdrawing consent.
    Contact,
    /// What the data are for.
    Purpose,
    /// How long they are kept.
    Retention,
    /// What is published of them.
    Publication,
}

/// Letters of a field at most: a page.
const LONGEST: usize = 4_000;

impl Field {
    /// All, in their order.
    pub const ALL: [Self; 11] = [
        Self::Title,
        Self::Authors,
        Self::Sampling,
        Self::Universe,
        Self::Ethics,
        Self::Funding,
        Self::Controller,
        Self::Contact,
        Self::Purpose,
        Self::Retention,
        Self::Publication,
    ];

    /// The word in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Sampling => "sampling",
            Self::Universe => "universe",
            Self::Ethics => "ethics",
            Self::Funding => "funding",
            Self::Controller => "controller",
            Self::Contact => "contact",
            Self::Purpose => "purpose",
            Self::Retention => "retention",
            Self::Publication => "publication",
        }
    }

    /// The field called so.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }

    /// What it is called in a report.
    pub fn label(self, language: &Language) -> String {
        match self {
            Self::Title => text!(language, "analysis-metadata-title"),
            Self::Authors => text!(language, "analysis-metadata-authors"),
            Self::Sampling => text!(language, "analysis-metadata-sampling"),
            Self::Universe => text!(language, "analysis-metadata-universe"),
            Self::Ethics => text!(language, "analysis-metadata-ethics"),
            Self::Funding => text!(language, "analysis-metadata-funding"),
            Self::Controller => text!(language, "analysis-metadata-controller"),
            Self::Contact => text!(language, "analysis-metadata-contact"),
            Self::Purpose => text!(language, "analysis-metadata-purpose"),
            Self::Retention => text!(language, "analysis-metadata-retention"),
            Self::Publication => text!(language, "analysis-metadata-publication"),
        }
    }

    /// A text as the field takes it.
    ///
    /// # Errors
    /// What is wrong with it, in English.
    pub fn checked(self, text: &str) -> Result<String, String> {
        let text = page(text).map_err(|why| format!("`{}` {why}", self.name()))?;
        if matches!(self, Self::Title | Self::Authors) && text.contains(['\n', '\t']) {
            return Err(format!("`{}` is one line", self.name()));
        }
        if self == Self::Authors {
            authors(&text)?;
        }
        Ok(text)
    }
}

/// A text of a page at most, as a report can print it.
///
/// # Errors
/// What is wrong with it, in English, as the rest of a sentence.
pub fn page(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("would be empty".to_owned());
    }
    let letters = text.chars().count();
    if letters > LONGEST {
        return Err(format!("has {letters} letters, and {LONGEST} are the most: a page is for a report"));
    }
    match defuse::first(text) {
        Some((_, c)) => Err(format!("holds a character that acts on a terminal (U+{:04X})", u32::from(c))),
        None => Ok(text.to_owned()),
    }
}

/// What a study says of itself: fields without a text are not there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Metadata(BTreeMap<Field, String>);

impl Metadata {
    /// A field, where it is set.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// The fields that are set, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        self.0.iter().map(|(field, text)| (*field, text.as_str()))
    }

    /// Whether nothing is set.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The authors; empty where none are given.
    pub fn authors(&self) -> Vec<Author> {
        self.get(Field::Authors).and_then(|text| authors(text).ok()).unwrap_or_default()
    }
}

impl FromIterator<(Field, String)> for Metadata {
    fn from_iter<T: IntoIterator<Item = (Field, String)>>(fields: T) -> Self {
        Self(fields.into_iter().collect())
    }
}

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// Family name of a person; the whole name of an organisation.
    pub name: String,
    /// Given names; none of an organisation.
    pub given: Option<String>,
    /// ORCID, sixteen digits with hyphens.
    pub orcid: Option<String>,
}

impl Author {
    /// "Given Family".
    pub fn in_full(&self) -> String {
        match &self.given {
            Some(given) => format!("{given} {}", self.name),
            None => self.name.clone(),
        }
    }
}

/// `Family, Given (0000-0002-1825-0097); Organisation`.
fn authors(text: &str) -> Result<Vec<Author>, String> {
    let one = |written: &str| {
        let written = written.trim();
        let (name, orcid) = match written.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
            Some((name, orcid)) if is_orcid(orcid.trim()) => (name.trim(), Some(orcid.trim().to_owned())),
            Some((_, orcid)) if orcid.chars().filter(char::is_ascii_digit).count() > 8 => {
                return Err(format!(
                    "`{}` is no ORCID: its last digit does not fit the others",
                    orcid.trim()
                ));
            }
            _ => (written, None),
        };
        let (name, given) = match name.split_once(',') {
            Some((family, given)) => (family.trim(), Some(given.trim().to_owned())),
            None => (name, None),
        };
        if name.is_empty() || given.as_deref() == Some("") {
            return Err(format!(
                "`{written}` is no name: write `Family, Given` or an organisation, with `;` between"
            ));
        }
        Ok(Author { name: name.to_owned(), given, orcid })
    };
    text.split(';').map(one).collect()
}

/// Whether a text is an ORCID, by its check digit (ISO 7064, MOD 11-2).
fn is_orcid(text: &str) -> bool {
    let shape = |(at, c): (usize, char)| match at {
        4 | 9 | 14 => c == '-',
        18 => c.is_ascii_digit() || c == 'X',
        _ => c.is_ascii_digit(),
    };
    if text.len() != 19 || !text.chars().enumerate().all(shape) {
        return false;
    }
    let digits = text.chars().filter_map(|c| if c == 'X' { Some(10) } else { c.to_digit(10) });
    let digits: Vec<u32> = digits.collect();
    let total = digits[..15].iter().fold(0, |total, digit| (total + digit) * 2 % 11);
    (12 - total) % 11 == digits[15]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_found_by_its_name_and_called_something_in_each_language() {
        for field in Field::ALL {
            assert_eq!(Field::named(field.name()), Some(field));
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
            for language in Language::all() {
                assert!(!field.label(&language).is_empty());
            }
        }
    }

    #[test]
    fn authors_are_people_with_two_names_or_organisations_with_one() {
        let found = authors("Carberry, Josiah (0000-0002-1825-0097); Acme Research (Utrecht)").unwrap();
        assert_eq!(found[0].in_full(), "Josiah Carberry");
        assert_eq!(found[0].orcid.as_deref(), Some("0000-0002-1825-0097"));
        assert_eq!((found[1].in_full().as_str(), &found[1].given), ("Acme Research (Utrecht)", &None));
        // A wrong last digit, nobody between two signs, and half a name.
        for wrong in ["Carberry, Josiah (0000-0002-1825-0098)", "A, B; ; C", "Carberry,", ", Josiah"] {
            assert!(Field::Authors.checked(wrong).is_err(), "{wrong}");
        }
        // The examples of the ORCID documentation, one of them with an X.
        for known in ["0000-0001-5109-3700", "0000-0002-1694-233X", "0000-0003-1415-9269"] {
            assert!(is_orcid(known), "{known}");
        }
    }

    #[test]
    fn a_field_takes_what_can_be_read_and_nothing_else() {
        assert_eq!(
            Field::Universe.checked("  All customers\nsince 2020 ").unwrap(),
            "All customers\nsince 2020"
        );
        assert!(Field::Title.checked("One\ntwo").is_err());
        assert!(Field::Funding.checked(" ").is_err());
        assert!(Field::Funding.checked("a\u{1b}[31m").is_err());
        assert!(Field::Purpose.checked(&"a".repeat(4_001)).is_err());
    }
}
