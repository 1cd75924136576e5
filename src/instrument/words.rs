//! The types of an instrument in words, for screens, plain lines and pages.

use super::kinds::Key;
use super::prompt::{Invalid, Reply, ScaleAsk, Unread, editable};
use super::{Audience, Language, Perspective, RelationalModel};
use crate::text;
use crate::texts::quoted;
use crate::texts::{decimal_sign, number, point_from};

impl RelationalModel {
    /// The name of a relational model for a reader who knows the theory.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::CommunalSharing => text!(language, "instrument-words-communal-sharing"),
            Self::AuthorityRanking => text!(language, "instrument-words-authority-ranking"),
            Self::EqualityMatching => text!(language, "instrument-words-equality-matching"),
            Self::MarketPricing => text!(language, "instrument-words-market-pricing"),
        }
    }

    /// The model in everyday words, for a reader who does not.
    pub fn plainly(self, language: &Language) -> String {
        match self {
            Self::CommunalSharing => text!(language, "instrument-words-one-us"),
            Self::AuthorityRanking => text!(language, "instrument-words-by-rank"),
            Self::EqualityMatching => text!(language, "instrument-words-in-balance"),
            Self::MarketPricing => text!(language, "instrument-words-business-like"),
        }
    }

    /// What a coder takes as evidence of a model (after Fiske 1992), in a line.
    pub fn evidence(self, language: &Language) -> String {
        match self {
            Self::CommunalSharing => text!(language, "instrument-words-communal-sharing-we-care"),
            Self::AuthorityRanking => text!(language, "instrument-words-authority-ranking-decide-permission"),
            Self::EqualityMatching => text!(language, "instrument-words-equality-matching-favour-favour"),
            Self::MarketPricing => text!(language, "instrument-words-market-pricing-price-value"),
        }
    }
}

impl Audience {
    /// Who has the keyboard.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::Interviewer => text!(language, "shared-interviewer"),
            Self::Respondent => text!(language, "instrument-words-respondent"),
        }
    }
}

impl Perspective {
    /// Whose norms a profile is about.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::Own => text!(language, "instrument-words-your-own-answers"),
            Self::Other => text!(language, "instrument-words-your-estimate-other"),
        }
    }
}

impl Reply {
    /// The text shown for an answer that was refused or not known.
    pub fn why_missing(&self, language: &Language) -> String {
        match self {
            Self::Given(_) => String::new(),
            Self::Declined => text!(language, "shared-declined"),
            Self::DontKnow => text!(language, "shared-dont-know"),
            Self::Unread(unread) => unread.in_words(language),
        }
    }
}

impl Unread {
    /// The text for a mark on a sheet that is not an answer.
    pub fn in_words(self, language: &Language) -> String {
        match self {
            Self::Blank => text!(language, "shared-blank"),
            Self::Illegible => text!(language, "shared-illegible"),
            Self::TwoTicked => text!(language, "shared-two-ticked"),
        }
    }
}

impl Key {
    /// How a value counts for the scale called `scale`: reversed, and by which model.
    pub fn counts_for(&self, scale: &str, language: &Language) -> String {
        let how = match self {
            Self::Points { min, max, reverse: true } => {
                let ends = min + max;
                let ends = number(ends, language);
                text!(language, "instrument-words-reversed-ends-minus-value", ends)
            }
            Self::Part(Some(model), _) => model.abbreviation().to_owned(),
            _ => {
                let models = self.models().into_iter().map(|(name, model)| format!("{name} = {model}"));
                models.collect::<Vec<_>>().join(", ")
            }
        };
        if how.is_empty() { scale.to_owned() } else { format!("{scale} ({how})") }
    }
}

impl ScaleAsk {
    /// A point of the scale; with its sign where the scale has two sides.
    pub fn written(&self, point: i64) -> String {
        point_from(point, self.from)
    }
}

impl Invalid {
    /// Why a reply was rejected, and what would be accepted.
    pub fn in_words(&self, language: &Language) -> String {
        let shown = |bound: Option<f64>| bound.map(|bound| number(bound, language));
        let between = |min: Option<f64>, max: Option<f64>| match (shown(min), shown(max)) {
            (Some(min), Some(max)) => text!(language, "instrument-words-between-min-max", min, max),
            (Some(min), None) => text!(language, "instrument-words-min-more", min),
            (None, Some(max)) => text!(language, "instrument-words-max-less", max),
            (None, None) => String::new(),
        };
        match self {
            Self::WrongForm => text!(language, "instrument-words-does-not-answer-question"),
            Self::NoSuchOption(name) => text!(language, "instrument-words-no-name-choose", name),
            Self::Twice(name) => text!(language, "instrument-words-name-twice", name),
            Self::TooFew(least) => text!(language, "instrument-words-choose-least-least", least),
            Self::PlacesLeft(places) => text!(language, "instrument-words-places-left", places),
            Self::Unrated(rows) => {
                let rows = rows.iter().map(|row| quoted(row)).collect::<Vec<_>>().join(", ");
                text!(language, "instrument-words-not-rated", rows)
            }
            Self::TooMany(most) => text!(language, "instrument-words-choose-most-most", most),
            Self::OutOfRange { min, max } => {
                let range = between(*min, *max);
                if range.is_empty() {
                    return text!(language, "instrument-words-give-number");
                }
                text!(language, "instrument-words-give-number-range", range)
            }
            Self::OffScale => text!(language, "instrument-words-not-point-scale"),
            Self::NotWhole => text!(language, "instrument-words-give-whole-number"),
            Self::TwoNumbers { text, grouped, decimal: None } => {
                let grouped = grouped.to_string();
                text!(language, "instrument-words-text-can-read-two", text, grouped)
            }
            Self::TwoNumbers { text, grouped, decimal: Some(decimal) } => {
                let grouped = grouped.to_string();
                let parts = editable(*decimal).replace('.', &decimal_sign(language));
                text!(language, "instrument-words-text-can-read-two-ways", text, grouped, parts)
            }
            Self::ManyDigits { text, value } => {
                let becomes = value.to_string();
                text!(language, "instrument-words-many-digits", text, becomes)
            }
            Self::Empty => text!(language, "instrument-words-type-something-first"),
            Self::TooLong(most) => text!(language, "instrument-words-most-most-characters-fit", most),
            Self::OtherBlock => text!(language, "instrument-words-round-not-complete-begins"),
            Self::NotADate => text!(language, "instrument-words-give-day-such-2026"),
            Self::DateOutOfRange { min, max } => {
                let day = |day: &Option<jiff::civil::Date>| day.map_or("…".into(), |day| day.to_string());
                let (min, max) = (day(min), day(max));
                text!(language, "instrument-words-give-day-min-max", min, max)
            }
            Self::InFuture { today } => text!(language, "instrument-words-day-not-come-yet", today),
            Self::WrongSum { sum, total } => {
                text!(language, "instrument-words-points-add-up-sum", sum, total)
            }
        }
    }
}
