//! Numbers in a form: one place for its parameters, its defaults and the literals of its expressions. Refuses to guess: an
//! ambiguous number is reported.

use super::xpath::shortened;
use crate::instrument::numeral::{Numeral, numeral};

/// The number that a cell or a part of one says, with a point or a comma before its decimals.
///
/// # Errors
/// Why it is not a number, as the end of a sentence.
pub(super) fn number(text: &str) -> Result<f64, String> {
    let text = text.trim();
    match numeral(text) {
        Some(Numeral::Sure { value, .. }) => Ok(value),
        Some(Numeral::Either { decimal, grouped, .. }) => Err(either(text, decimal, grouped)),
        None => Err(format!("`{}` is no number", shortened(text))),
    }
}

fn either(text: &str, decimal: f64, grouped: f64) -> String {
    format!("`{text}` could be {decimal} or {grouped}")
}

/// The value of a parameter, such as `end` in `start=0,5 end=2,5`; none where it is not given. A comma may stand between
/// parameters, and within a number.
pub(super) fn parameter<'a>(parameters: &'a str, wanted: &str) -> Option<&'a str> {
    let between = |c: char| matches!(c, ';' | ',') || c.is_whitespace();
    // Where each key begins and where its value does.
    let mut keys: Vec<(usize, usize)> = Vec::new();
    for (at, _) in parameters.match_indices('=') {
        let key = parameters[..at].trim_end();
        let begins = key
            .rfind(between)
            .map_or(0, |before| before + key[before..].chars().next().map_or(1, char::len_utf8));
        keys.push((begins, at));
    }
    let named =
        |(begins, equals): &(usize, usize)| parameters[*begins..*equals].trim().eq_ignore_ascii_case(wanted);
    let at = keys.iter().position(named)?;
    let (_, equals) = keys.get(at)?;
    let end = keys.get(at + 1).map_or(parameters.len(), |(next, _)| *next);
    Some(parameters[equals + 1..end.max(equals + 1)].trim_matches(between))
}

/// Ambiguous numbers in an expression, with their values: XPath has a point before decimals and no thousands separators, which
/// its author may not have known.
pub(super) fn doubtful(expression: &str) -> Vec<(String, f64)> {
    let mut found = Vec::new();
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        let skipped = match c {
            '\'' | '"' => rest[1..].find(c).map_or(rest.len(), |end| end + 2),
            '$' => rest.find('}').map_or(rest.len(), |end| end + 1),
            '0'..='9' => {
                let word = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
                if let Some(Numeral::Either { decimal, grouped, .. }) = numeral(&rest[..word]) {
                    found.push((either(&rest[..word], decimal, grouped), decimal));
                }
                word
            }
            // A name may hold digits.
            c if c.is_alphabetic() || c == '_' => rest
                .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-')))
                .unwrap_or(rest.len()),
            c => c.len_utf8(),
        };
        rest = &rest[skipped..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_has_a_point_or_a_comma_and_what_could_be_two_is_said() {
        for (text, value) in
            [("0.5", 0.5), ("0,5", 0.5), ("-3", -3.0), ("12,50", 12.5), ("1000", 1000.0), ("0.125", 0.125)]
        {
            assert_eq!(number(text), Ok(value), "{text}");
        }
        for text in ["1.000", "1,204", "12.500"] {
            assert!(number(text).unwrap_err().contains("could be"), "{text}");
        }
        assert_eq!(number("abc").unwrap_err(), "`abc` is no number");
    }

    #[test]
    fn parameters_are_read_with_whatever_stands_between_them() {
        for text in [
            "start=0,5 end=2,5 step=1",
            "start=0,5;end=2,5;step=1",
            "start=0,5, end=2,5, step=1",
            " START = 0,5\nend =2,5 step= 1 ",
            "end=2,5,step=1,start=0,5",
        ] {
            let of = |name: &str| parameter(text, name);
            assert_eq!((of("start"), of("end"), of("step")), (Some("0,5"), Some("2,5"), Some("1")), "{text}");
        }
        assert_eq!(parameter("start=1 end=", "end"), Some(""));
        assert_eq!(parameter("", "end"), None);
        assert_eq!(parameter("=5", "end"), None);
    }

    #[test]
    fn numbers_of_an_expression_that_could_be_two_are_found() {
        let said = |text: &str| doubtful(text).into_iter().map(|(_, number)| number).collect::<Vec<_>>();
        assert_eq!(said(". <= 1.000 and . > 2.5"), [1.0]);
        assert_eq!(said("${v1.000} = '1.204' or regex(., \"3.000\") or a1.000 > 0.125"), Vec::<f64>::new());
        assert_eq!(said("12.500*4.141"), [12.5, 4.141]);
        assert_eq!(said("'open"), Vec::<f64>::new());
    }
}
