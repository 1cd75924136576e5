//! Numbers as people and programs write them: which sign begins the decimals, which one groups thousands, and when that is
//! ambiguous.
//!
//! Owns that one question for typed answers and for tables. Refuses to guess: `1.204` may be 1204 or 1.204, and the caller must
//! know more (a language, the rest of a column) or report the ambiguity.

/// A sign inside a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `.`
    Point,
    /// `,`
    Comma,
}

impl Sign {
    /// The other one.
    pub fn other(self) -> Self {
        match self {
            Self::Point => Self::Comma,
            Self::Comma => Self::Point,
        }
    }

    fn of(sign: char) -> Self {
        if sign == ',' { Self::Comma } else { Self::Point }
    }
}

/// A text read as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Numeral {
    /// It can be read in one way only.
    Sure {
        /// Always finite.
        value: f64,
        /// The sign that begins the decimals, if there are any.
        decimal: Option<Sign>,
        /// The sign between thousands, if there is one and it could also begin decimals.
        grouping: Option<Sign>,
        /// Whether a space or an apostrophe stands between thousands.
        gaps: bool,
    },
    /// One sign with three digits behind it and one to three before it, such as `1.204`.
    Either {
        /// The sign.
        sign: Sign,
        /// The number if the sign begins the decimals.
        decimal: f64,
        /// The number if it stands between thousands.
        grouped: f64,
    },
}

impl Numeral {
    /// Whether all digits of `text` before its decimals are kept. Beyond 2^53 neighbouring whole numbers are no longer
    /// distinct, and a long identifier would turn into another.
    pub fn keeps(&self, text: &str) -> bool {
        const FIRST_LOST: f64 = (1_u64 << 53) as f64;
        let Self::Sure { value, decimal, .. } = self else { return true };
        if value.abs() < FIRST_LOST || text.contains(['e', 'E']) {
            return true;
        }
        let end = decimal.and_then(|_| text.rfind(['.', ','])).unwrap_or(text.len());
        let digits: String = text[..end].chars().filter(char::is_ascii_digit).collect();
        digits.trim_start_matches('0') == format!("{:.0}", value.abs())
    }
}

/// Between thousands and never anything else: spaces of three widths and two apostrophes.
const GAPS: [char; 6] = [' ', '\u{a0}', '\u{202f}', '\u{2009}', '\'', '’'];

/// Reads a number; `None` if the text is not one.
pub fn numeral(text: &str) -> Option<Numeral> {
    let mut points = 0;
    let plain = text.bytes().all(|byte| {
        points += usize::from(byte == b'.');
        matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E')
    });
    // Fast path: most cells of most tables look like this.
    if plain && points < 2 {
        return one_sign(text, b'.');
    }
    let text = text.trim().replace('\u{2212}', "-");
    if text.contains(GAPS) {
        return with_gaps(&text);
    }
    match (text.matches('.').count(), text.matches(',').count()) {
        (0 | 1, 0) => one_sign(&text, b'.'),
        (0, 1) => one_sign(&text, b','),
        (0, _) => sure(finite(&grouped(&text, ',')?)?, None, Some(Sign::Comma)),
        (_, 0) => sure(finite(&grouped(&text, '.')?)?, None, Some(Sign::Point)),
        _ => with_both(&text),
    }
}

/// A number with at most one sign in it.
fn one_sign(text: &str, sign: u8) -> Option<Numeral> {
    let Some(at) = text.bytes().position(|byte| byte == sign) else {
        return sure(finite(text)?, None, None);
    };
    let (before, after) = (&text[..at], &text[at + 1..]);
    let decimal = if sign == b'.' { finite(text)? } else { finite(&format!("{before}.{after}"))? };
    // A number with grouped thousands doesn't begin with zero.
    let digits = before.strip_prefix(['-', '+']).unwrap_or(before);
    if is_first_group(digits) && after.len() == 3 && all_digits(after) {
        let grouped = finite(&format!("{before}{after}"))?;
        return Some(Numeral::Either { sign: Sign::of(sign.into()), decimal, grouped });
    }
    sure(decimal, Some(Sign::of(sign.into())), None)
}

/// Both signs: the last one begins the decimals, and the other one must group the digits before it.
fn with_both(text: &str) -> Option<Numeral> {
    let at = text.rfind(['.', ','])?;
    let (last, group) = if text[at..].starts_with(',') { (',', '.') } else { ('.', ',') };
    let digits = Some(&text[at + 1..]).filter(|digits| all_digits(digits))?;
    let whole = grouped(&text[..at], group)?;
    sure(finite(&format!("{whole}.{digits}"))?, Some(Sign::of(last)), Some(Sign::of(group)))
}

/// Gaps, all of one kind, between the thousands, and at most one other sign.
fn with_gaps(text: &str) -> Option<Numeral> {
    let gap = text.chars().find(|c| GAPS.contains(c))?;
    let Some(at) = text.find(['.', ',']) else {
        let value = finite(&grouped(text, gap)?)?;
        return Some(Numeral::Sure { value, decimal: None, grouping: None, gaps: true });
    };
    let digits = Some(&text[at + 1..]).filter(|digits| all_digits(digits))?;
    let sign = if text[at..].starts_with(',') { Sign::Comma } else { Sign::Point };
    let whole = grouped(&text[..at], gap)?;
    let value = finite(&format!("{whole}.{digits}"))?;
    Some(Numeral::Sure { value, decimal: Some(sign), grouping: None, gaps: true })
}

fn sure(value: f64, decimal: Option<Sign>, grouping: Option<Sign>) -> Option<Numeral> {
    Some(Numeral::Sure { value, decimal, grouping, gaps: false })
}

fn finite(text: &str) -> Option<f64> {
    // Words such as `inf` parse as numbers, too; and zero has no sign.
    text.parse().ok().filter(|value: &f64| value.is_finite()).map(|value| value + 0.0)
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_first_group(text: &str) -> bool {
    text.len() <= 3 && all_digits(text) && !text.starts_with('0')
}

/// A whole number in groups of three, without the separators.
fn grouped(text: &str, between: char) -> Option<String> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let mut groups = digits.split(between);
    let sound = is_first_group(groups.next()?) && groups.all(|group| group.len() == 3 && all_digits(group));
    sound.then(|| text.replace(between, ""))
}

/// Texts by which programs mark a missing value, or a failed computation, as spreadsheets do in various languages. They count
/// as a code of their own only on request.
pub fn looks_missing(text: &str) -> bool {
    const WORDS: [&str; 16] = [
        "na", "nvt", "nan", "null", "none", "nil", "nat", "missing", "<na>", "<null>", "<none>", "(null)",
        "#na", "#nb", "#nv", "ka",
    ];
    let word = text.replace(['.', '/', ' '], "");
    let marks = matches!(text, "." | "-" | "?" | "--" | "..");
    let error = text.len() > 2 && text.starts_with('#') && text.ends_with(['!', '?']);
    marks || error || WORDS.iter().any(|known| word.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;
    use Sign::{Comma, Point};

    fn read(text: &str) -> (f64, Option<Sign>, Option<Sign>) {
        match numeral(text) {
            Some(Numeral::Sure { value, decimal, grouping, .. }) => (value, decimal, grouping),
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn what_programs_write_for_nothing_is_no_code() {
        for text in [
            "NA", "n/a", "None", "none", "NULL", "Missing", "<NA>", "#N/A", "#REF!", "#DIV/0!", "#NAME?",
            "#VALUE!", "#NUM!", "#NULL!", "#DEEL/0!", "#VERW!", "#WAARDE!", "#NAAM?", "#N/B", ".", "n.v.t.",
            "nvt", "N.V.T", "n. v. t.", "n.a.", "k.A.",
        ] {
            assert!(looks_missing(text), "{text}");
        }
        for text in ["CS", "no", "#1", "0", "nana", "nobody", "!", "no answer?"] {
            assert!(!looks_missing(text), "{text}");
        }
    }

    #[test]
    fn numbers_that_can_be_read_in_one_way() {
        for (text, value, decimal, grouping) in [
            ("812", 812.0, None, None),
            ("-7", -7.0, None, None),
            ("\u{2212}7", -7.0, None, None),
            ("+7", 7.0, None, None),
            ("812,5", 812.5, Some(Comma), None),
            ("812.5", 812.5, Some(Point), None),
            ("-0,125", -0.125, Some(Comma), None),
            ("0.125", 0.125, Some(Point), None),
            (",5", 0.5, Some(Comma), None),
            (".5", 0.5, Some(Point), None),
            ("1234,567", 1234.567, Some(Comma), None),
            ("1.2045", 1.2045, Some(Point), None),
            ("1.204.500", 1_204_500.0, None, Some(Point)),
            ("-1,204,500", -1_204_500.0, None, Some(Comma)),
            ("1.204,50", 1204.5, Some(Comma), Some(Point)),
            ("1,204.500", 1204.5, Some(Point), Some(Comma)),
            ("1 204", 1204.0, None, None),
            ("1\u{202f}204,5", 1204.5, Some(Comma), None),
            ("1'204.50", 1204.5, Some(Point), None),
            ("1e3", 1000.0, None, None),
            ("1.5E-3", 0.0015, Some(Point), None),
            ("1,5e3", 1500.0, Some(Comma), None),
        ] {
            assert_eq!(read(text), (value, decimal, grouping), "{text}");
        }
    }

    #[test]
    fn one_sign_before_three_digits_can_be_read_in_two_ways() {
        for (text, sign, decimal, grouped) in [
            ("1.204", Point, 1.204, 1204.0),
            ("-12,500", Comma, -12.5, -12_500.0),
            ("999.000", Point, 999.0, 999_000.0),
            ("\u{2212}1.000", Point, -1.0, -1000.0),
        ] {
            assert_eq!(numeral(text), Some(Numeral::Either { sign, decimal, grouped }), "{text}");
        }
    }

    #[test]
    fn whole_numbers_beyond_what_a_number_keeps_are_found() {
        for (text, keeps) in [
            ("9007199254740991", true),
            ("9007199254740992", true),
            ("9007199254740993", false),
            ("-9007199254740993", false),
            ("9.007.199.254.740.993", false),
            ("9 007 199 254 740 993", false),
            ("9,007,199,254,740,993.0", false),
            ("009007199254740994", true),
            ("12345678901234567,5", false),
            ("12345678901234567890", false),
            ("10000000000000000000000", true),
            ("0.3333333333333333148", true),
            ("9.007199254740993e15", true),
        ] {
            assert_eq!(numeral(text).unwrap().keeps(text), keeps, "{text}");
        }
    }

    #[test]
    fn zero_has_no_sign() {
        for text in ["-0", "-0.0", "-0,00", "\u{2212}0", "-1e-400"] {
            assert!(read(text).0.is_sign_positive(), "{text}");
        }
    }

    #[test]
    fn what_is_no_number() {
        for text in [
            "",
            "-",
            ".",
            ",",
            "NA",
            "NaN",
            "inf",
            "-Infinity",
            "1e999",
            "yes",
            "1.2.3",
            "1,2,3",
            "12.04.500",
            "0.123.456",
            "1.204,5,0",
            "1,20.5",
            "1.204,500.5",
            "1 2",
            "12 34",
            "1 2345",
            "1' 204",
            "--5",
            "-+5",
            "5 %",
            "1.204,",
            "€ 5",
            "01.02.2024",
        ] {
            assert_eq!(numeral(text), None, "{text}");
        }
    }
}
