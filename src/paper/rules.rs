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
    /// The item that `.` means.
    pub own: Option<&'a str>,
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

impl<'a> OnSheet<'a> {
    fn named<'n>(&self, name: &'n str) -> &'n str
    where
        'a: 'n,
    {
        self.own.filter(|_| name == ".").unwrap_or(name)
    }

    fn item(&self, name: &str) -> Option<&Item> {
        self.instrument.item_index(self.named(name)).map(|index| &self.instrument.items[index])
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
        let code = self.codes.get(self.named(name))?;
        if self.own == Some(self.named(name)) {
            return Some(code.clone());
        }
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
        self.codes.get(self.named(name)).cloned()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::paper::Sheet;

    const LIMITS: &str = r#"
format = 1
name = "limits"
version = "1"
languages = ["en", "nl"]
label = "Limits"
minutes = 1
[[choices.reason]]
name = "price"
label = "Price"
[[choices.reason]]
name = "people"
label = "People"
[[choices.reason]]
name = "none"
label = "None"
[[groups]]
name = "all"
label = "All"
[[groups.items]]
name = "worries"
kind = "select_multiple"
choices = "reason"
constraint = "count(.) <= 2"
label = "What worries you?"
[[groups.items]]
name = "years"
kind = "integer"
constraint = ". >= 1 and . < 80"
label = "How many years?"
[[groups.items]]
name = "months"
kind = "integer"
constraint = ". <= years"
label = "How many months?"
[[groups.items]]
name = "others"
kind = "select_multiple"
choices = "reason"
constraint = "count(.) = 1 or count(.) = 3"
label = "And others?"
"#;

    #[test]
    fn limits_of_an_answer_are_said_on_the_sheet() {
        let instrument = Instrument::read_stored(LIMITS).instrument.unwrap();
        let limits = |language: &str| -> Vec<Option<String>> {
            let sheet = Sheet::of(&instrument, &Language::new(language), &BTreeMap::new());
            sheet.parts[0].blocks.iter().map(|block| block.limit.clone()).collect()
        };
        let english = [
            "Valid only if the number of ticks at A1 is 2 or lower.",
            "Valid only if the answer to A2 is 1 or higher and the answer to A2 is lower than 80.",
        ];
        let dutch = [
            "Alleen geldig als het aantal kruisjes bij A1 2 of lager is.",
            "Alleen geldig als het antwoord bij A2 1 of hoger is en het antwoord bij A2 lager is dan 80.",
        ];
        for (language, said) in [("en", english), ("nl", dutch)] {
            let said = said.map(|said| Some(said.to_owned()));
            // What compares answers with one another, or is more than limits, is left to whoever enters the sheet.
            assert_eq!(limits(language), [&said[..], &[None, None]].concat());
        }
    }
}
