//! The wording on a sheet: pipes in texts become references to a place, and skip rules are phrased with the texts of the items they
//! refer to.

use std::collections::BTreeMap;

use crate::instrument::expression::{Expression, Spoken, Type};
use crate::instrument::kinds::Voice;
use crate::instrument::prompt::Ask;
use crate::instrument::{Instrument, Item, Language, Text};
use crate::rng::Rng;
use crate::text;

/// Most characters of a question quoted in a rule.
const REPEATED: usize = 70;

/// Resolves texts for a sheet.
pub(super) struct OnSheet<'a> {
    pub instrument: &'a Instrument,
    pub language: &'a Language,
    /// Start form values that are the same on all sheets.
    pub given: &'a BTreeMap<String, String>,
    /// The code of every named item.
    pub codes: &'a BTreeMap<String, String>,
}

impl Voice for OnSheet<'_> {
    fn say(&self, text: &Text) -> String {
        let see = |name: &str| {
            if let Some(value) = self.given.get(name).filter(|value| !value.is_empty()) {
                return Some(value.clone());
            }
            let stem = name.strip_suffix(".marked").unwrap_or(name);
            let code = self.codes.get(name).or_else(|| self.codes.get(stem))?;
            Some(text!(self.language, "paper-see", code))
        };
        text.in_language(self.language).map(|template| template.fill(&see)).unwrap_or_default()
    }

    fn language(&self) -> &Language {
        self.language
    }

    fn rng(&self) -> Rng {
        // Nothing on paper is in random order.
        Rng::new(0)
    }

    fn order(&self, n: usize) -> Vec<usize> {
        (0..n).collect()
    }
}

impl OnSheet<'_> {
    fn item(&self, name: &str) -> Option<&Item> {
        self.instrument.item_index(name).map(|index| &self.instrument.items[index])
    }

    fn choices(&self, item: &Item) -> Vec<(String, String)> {
        let ask = item.question.ask(&[], self).map(|step| step.ask);
        let choices = match ask {
            Some(Ask::Pick { options, .. } | Ask::Rank { options, .. }) => options,
            Some(Ask::Allocate { parts, .. }) => parts,
            Some(Ask::Scale(scale)) => scale.rows,
            _ => Vec::new(),
        };
        choices.into_iter().map(|choice| (choice.name, choice.label)).collect()
    }

    fn at(&self, code: &str, text: &str) -> String {
        match text.trim() {
            "" => code.to_owned(),
            text => text!(self.language, "paper-place", code, text = shortened(text, REPEATED)),
        }
    }
}

impl Spoken for OnSheet<'_> {
    fn language(&self) -> &Language {
        self.language
    }

    fn place(&self, name: &str) -> Option<String> {
        let code = self.codes.get(name)?;
        if let Some(field) = self.instrument.fields.iter().find(|field| field.name == name) {
            return Some(self.at(code, &self.say(&field.label)));
        }
        let Some((stem, part)) = name.split_once('.') else {
            return Some(self.at(code, &self.say(&self.item(name)?.label)));
        };
        let (_, label) = self.choices(self.item(stem)?).into_iter().find(|(known, _)| known == part)?;
        Some(self.at(code, &label))
    }

    fn code(&self, name: &str) -> Option<String> {
        self.codes.get(name).cloned()
    }

    fn option(&self, name: &str, option: &str) -> Option<String> {
        let item = self.item(name)?;
        matches!(item.question.value_type(), Some(Type::Option(_) | Type::Options(_) | Type::Bool))
            .then(|| self.choices(item).into_iter().find(|(known, _)| known == option))
            .flatten()
            .map(|(_, label)| label)
    }

    fn is_day(&self, name: &str) -> bool {
        self.item(name).is_some_and(|item| item.question.value_type() == Some(Type::Date))
    }

    fn calculation(&self, name: &str) -> Option<&Expression> {
        let known = self.instrument.calculations.iter().find(|(known, _)| known == name);
        known.map(|(_, calculation)| calculation)
    }
}

/// The beginning of a text on one line, cut at a word boundary.
pub fn shortened(text: &str, longest: usize) -> String {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if flat.chars().count() <= longest {
        return flat;
    }
    let cut: String = flat.chars().take(longest).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':']))
}
