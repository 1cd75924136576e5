//! Numbers for display: the decimal sign of the language, a real minus, and a plus where a scale has two sides. For display alone: what is
//! computed further is never rounded.

use super::Language;
use crate::text;

/// A number with a real minus and the decimal sign of the language.
pub fn decimal(value: f64, decimals: usize, language: &Language) -> String {
    let text = format!("{value:.decimals$}").replace('-', "−");
    // Rounding must not leave "−0.0".
    let nothing = text.trim_start_matches('−').chars().all(|c| matches!(c, '0' | '.'));
    let text = if nothing { text.replace('−', "") } else { text };
    text.replace('.', &decimal_sign(language))
}

/// The most decimals that are added for the ends of an interval.
const MORE_DECIMALS: usize = 3;

/// The decimals of an interval: one more than these, as often as it takes, where an end that is not zero would read as zero. On which side of
/// zero an interval lies is what is said of it.
pub fn decimals_of_ends(ends: [f64; 2], decimals: usize) -> usize {
    // What lies this near to zero is an error of computing.
    let is_hidden = |end: f64, decimals: usize| {
        let shown = format!("{:.decimals$}", end.abs());
        end.abs() > 1e-9 && shown.chars().all(|c| matches!(c, '0' | '.'))
    };
    let most = decimals + MORE_DECIMALS;
    (decimals..most).find(|decimals| !ends.iter().any(|end| is_hidden(*end, *decimals))).unwrap_or(most)
}

/// With a plus or minus, where the sign says which side of zero a number is on; what rounds to zero has none.
pub fn signed(value: f64, decimals: usize, language: &Language) -> String {
    let text = decimal(value, decimals, language);
    let nothing = text.chars().all(|c| matches!(c, '0' | '.' | ','));
    if nothing || text.starts_with('−') { text } else { format!("+{text}") }
}

/// A number on a scale that begins at `lowest`: with its sign where the scale has two sides.
pub fn on_scale(value: f64, decimals: usize, lowest: f64, language: &Language) -> String {
    if lowest < 0.0 { signed(value, decimals, language) } else { decimal(value, decimals, language) }
}

/// The ends of a scale, in the form of its numbers.
pub fn ends((low, high): (f64, f64), language: &Language) -> String {
    let end = |value: f64| on_scale(value, usize::from(value.fract() != 0.0), low, language);
    format!("{} … {}", end(low), end(high))
}

/// A number as it is, with the signs of the language: `0.5` and `0,5`.
pub fn number(value: f64, language: &Language) -> String {
    value.to_string().replace('-', "−").replace('.', &decimal_sign(language))
}

/// A count, with the sign of the language between thousands: `20,000` and `20.000`.
pub fn whole(count: usize, language: &Language) -> String {
    let sign = text!(language, "number-thousands-sign");
    let digits = count.to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push_str(&sign);
        }
        shown.push(digit);
    }
    shown
}

/// The decimal sign of the language.
pub fn decimal_sign(language: &Language) -> String {
    text!(language, "number-decimal-sign")
}

/// A point of a scale that begins at `from`.
pub fn point_from(point: i64, from: i64) -> String {
    match point {
        ..=-1 => format!("−{}", point.unsigned_abs()),
        1.. if from < 0 => format!("+{point}"),
        _ => point.to_string(),
    }
}

/// A p value, never shown as 0.
pub fn p_value(p: f64, language: &Language) -> String {
    if p < 0.000_5 { format!("< {}", decimal(0.001, 3, language)) } else { decimal(p, 3, language) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_p_is_nothing() {
        let english = Language::new("en");
        let said = [0.000_000_1, 0.000_5, 0.758].map(|p| p_value(p, &english));
        assert_eq!(said, ["< 0.001", "0.001", "0.758"]);
        assert_eq!(p_value(0.000_1, &Language::new("nl")), "< 0,001");
    }

    #[test]
    fn thousands_are_told_apart() {
        let [english, dutch] = ["en", "nl"].map(Language::new);
        let said = [0, 999, 1_000, 20_000, 1_234_567].map(|count| whole(count, &english));
        assert_eq!(said, ["0", "999", "1,000", "20,000", "1,234,567"]);
        assert_eq!(whole(20_000, &dutch), "20.000");
    }

    #[test]
    fn zero_has_no_sign() {
        let dutch = Language::new("nl");
        assert_eq!([-0.04, 0.04, -0.06].map(|value| decimal(value, 1, &dutch)), ["0,0", "0,0", "−0,1"]);
        assert_eq!([-0.04, 0.06].map(|value| signed(value, 1, &dutch)), ["0,0", "+0,1"]);
        assert_eq!(number(-2.5, &dutch), "−2,5");
    }

    #[test]
    fn no_end_of_an_interval_reads_as_zero_that_is_not() {
        let decimals = |low, high| decimals_of_ends([low, high], 1);
        assert_eq!(decimals(0.04, 1.9), 2);
        assert_eq!(decimals(-1.9, -0.004), 3);
        assert_eq!([decimals(0.05, 1.9), decimals(-0.2, 1.9), decimals(0.0, 1.9)], [1; 3]);
        assert_eq!([decimals(1e-12, 1.9), decimals(1e-8, 1.9)], [1, 4]);
    }
}
