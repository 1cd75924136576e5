//! What relata itself says, in the languages of its screens. Owns every phrase that two front-ends share, so that a
//! screen and the plain mode never say different things; refuses the instrument's own texts.
//!
//! Plain functions instead of a message catalogue: two languages, and the compiler sees to it that neither lacks one.

use crate::instrument::text::{Language, Template, Text};

fn both(en: &str, nl: &str) -> Text {
    let template = |text: &str| Template::parse(text).unwrap_or_default();
    Text::by_language(vec![(Language::new("en"), template(en)), (Language::new("nl"), template(nl))])
}

/// Agreement.
pub fn yes() -> Text {
    both("Yes", "Ja")
}

/// Refusal.
pub fn no() -> Text {
    both("No", "Nee")
}

/// The low end of valence.
pub fn unpleasant() -> Text {
    both("very unpleasant", "heel onprettig")
}

/// The high end of valence.
pub fn pleasant() -> Text {
    both("very pleasant", "heel prettig")
}

/// The second question of an association.
pub fn placing() -> Text {
    both(
        "How pleasant or unpleasant is each of these to you?",
        "Hoe prettig of onprettig is elk hiervan voor u?",
    )
}
