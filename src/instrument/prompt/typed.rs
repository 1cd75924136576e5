//! A typed number: what it means in the language of the screen. Refuses to guess where it is ambiguous.

use super::{Ask, Invalid};
use crate::instrument::numeral::{Numeral, Sign, numeral};
use crate::instrument::text::Language;
use crate::texts::decimal_sign;

/// The number that `text` is as an answer to `ask`, which still has to check it.
///
/// Whole numbers may be grouped as the language groups them (`1.000` in Dutch, `1,000` in English), and decimals may begin with its sign.
/// The other way round three digits behind one sign are refused: half the world writes them so, and means something else.
///
/// # Errors
/// No number, one that can be read in two ways, or one with more digits than are kept.
pub fn number(text: &str, ask: &Ask, language: &Language) -> Result<f64, Invalid> {
    let (min, max, whole) = match ask {
        Ask::Number { min, max, whole, .. } => (*min, *max, *whole),
        _ => return Err(Invalid::WrongForm),
    };
    let begins_decimals = language.is_spoken().then(|| match decimal_sign(language).as_str() {
        "," => Sign::Comma,
        _ => Sign::Point,
    });
    let read = numeral(text).ok_or(Invalid::OutOfRange { min, max })?;
    match read {
        Numeral::Sure { value, .. } if !read.keeps(text) => {
            Err(Invalid::ManyDigits { text: text.trim().to_owned(), value })
        }
        Numeral::Sure { value, .. } => Ok(value),
        Numeral::Either { sign, decimal, .. } if !whole && begins_decimals == Some(sign) => Ok(decimal),
        Numeral::Either { sign, grouped, .. } if whole && begins_decimals == Some(sign.other()) => {
            Ok(grouped)
        }
        Numeral::Either { decimal, grouped, .. } => Err(Invalid::TwoNumbers {
            text: text.trim().to_owned(),
            grouped,
            decimal: (!whole).then_some(decimal),
        }),
    }
}

/// A number as text for editing, in a form that every language reads the same way.
pub fn editable(number: f64) -> String {
    let text = number.to_string();
    // `1.204` would be ambiguous, `1.2040` is not.
    if matches!(numeral(&text), Some(Numeral::Either { .. })) { text + "0" } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, whole: bool, language: &str) -> Result<f64, Invalid> {
        let ask = Ask::Number { min: Some(0.0), max: Some(5000.0), whole, unit: None };
        number(text, &ask, &Language::new(language))
    }

    #[test]
    fn thousands_and_decimals_in_the_language() {
        for (text, whole, language, value) in [
            ("1.000", true, "nl", 1000.0),
            ("1.200", true, "nl", 1200.0),
            ("1,000", true, "en", 1000.0),
            ("1 000", true, "de", 1000.0),
            ("1000", true, "nl", 1000.0),
            ("5,0", true, "nl", 5.0),
            ("812,5", false, "nl", 812.5),
            ("812,5", false, "en", 812.5),
            ("812.5", false, "nl", 812.5),
            ("1,204", false, "nl", 1.204),
            ("1.204", false, "en", 1.204),
            ("1.204,50", false, "nl", 1204.5),
            ("1,204.50", false, "nl", 1204.5),
            ("0.125", false, "nl", 0.125),
        ] {
            assert_eq!(read(text, whole, language), Ok(value), "{text} {language}");
        }
    }

    #[test]
    fn what_could_be_two_numbers_is_refused() {
        for (text, whole, language) in [
            ("1.000", true, "en"),
            ("1,000", true, "nl"),
            ("1.000", true, "de"),
            ("1.204", false, "nl"),
            ("1,204", false, "en"),
            ("1,204", false, "de"),
        ] {
            assert!(
                matches!(read(text, whole, language), Err(Invalid::TwoNumbers { .. })),
                "{text} {language}"
            );
        }
        for (text, whole) in [("9007199254740993", true), ("9 007 199 254 740 993", false)] {
            let ask = Ask::Number { min: None, max: None, whole, unit: None };
            let refused = number(text, &ask, &Language::new("en"));
            assert!(matches!(refused, Err(Invalid::ManyDigits { .. })), "{text}: {refused:?}");
        }
        assert!(matches!(read("twelve", true, "en"), Err(Invalid::OutOfRange { .. })));
    }

    #[test]
    fn what_is_put_into_a_field_comes_back_in_every_language() {
        for value in [0.0, 7.0, 1204.0, 1.204, -12.345, 812.5, 0.125, 1e-7, 123_456.789] {
            for language in ["en", "nl", "de"] {
                assert_eq!(read(&editable(value), false, language), Ok(value), "{value} {language}");
            }
        }
    }
}
