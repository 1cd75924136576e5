//! Names that a format allows. Owns cutting and telling apart; refuses to change a name that fits.

use std::collections::BTreeSet;

/// What a format demands of a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// Most bytes. Names are ASCII after [`fitting`], so that these are characters too.
    pub longest: usize,
    /// Whether upper and lower case are one.
    pub folds_case: bool,
    /// Words that are taken, in lower case.
    pub reserved: &'static [&'static str],
}

/// The words that SPSS keeps for itself, and its 64 bytes.
pub(super) const SPSS: Rules = Rules {
    longest: 64,
    folds_case: true,
    reserved: &["all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with"],
};

/// The words that Stata keeps for itself, and its 32 characters.
pub(super) const STATA: Rules = Rules {
    longest: 32,
    folds_case: false,
    reserved: &[
        "_all", "_b", "byte", "_coef", "_cons", "double", "float", "if", "in", "int", "long", "_n", "_pi",
        "_pred", "_rc", "_skip", "str", "strl", "using", "with",
    ],
};

/// The words that R keeps for itself.
pub(super) const R: Rules = Rules {
    longest: 10_000,
    folds_case: false,
    reserved: &[
        "if", "else", "repeat", "while", "function", "for", "next", "break", "true", "false", "null", "inf",
        "nan", "na", "in",
    ],
};

/// A name for each of `wanted`, all different, each as it was wanted where that is possible.
pub(super) fn fitting<'a>(wanted: impl IntoIterator<Item = &'a str>, rules: Rules) -> Vec<String> {
    let plain: Vec<String> = wanted.into_iter().map(|name| allowed(name, rules)).collect();
    let key = |name: &str| if rules.folds_case { name.to_lowercase() } else { name.to_owned() };
    let mut taken = BTreeSet::new();
    // Names that fit come first: a name must not lose its own to one that was cut.
    let mut given: Vec<Option<String>> = plain
        .iter()
        .map(|name| (name.len() <= rules.longest && taken.insert(key(name))).then(|| name.clone()))
        .collect();
    for (name, given) in plain.iter().zip(&mut given) {
        if given.is_some() {
            continue;
        }
        let cut = |room: usize| name.chars().take(room).collect::<String>();
        let mut candidate = cut(rules.longest);
        let mut number = 2;
        while !taken.insert(key(&candidate)) {
            let ending = format!("_{number}");
            candidate = cut(rules.longest - ending.len()) + &ending;
            number += 1;
        }
        *given = Some(candidate);
    }
    given.into_iter().flatten().collect()
}

/// ASCII letters, digits and underscores, a letter first, and no reserved word.
fn allowed(name: &str, rules: Rules) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    let mut name: String = name.chars().map(kept).collect();
    if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name.insert_str(0, "v_");
    }
    let lower = name.to_lowercase();
    // Stata also keeps `str1` to `str2045` for itself.
    let is_width = lower.strip_prefix("str").is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    if rules.reserved.contains(&lower.as_str()) || (is_width && rules.reserved.contains(&"str")) {
        name.push('_');
    }
    name
}

/// `text` cut to at most `most` bytes, between characters, with an ellipsis where something was cut.
pub(super) fn cut_bytes(text: &str, most: usize) -> String {
    if text.len() <= most {
        return text.to_owned();
    }
    let mut end = most.saturating_sub('…'.len_utf8());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].to_owned() + "…"
}

/// `text` cut to at most `most` characters, with an ellipsis where something was cut.
pub(super) fn cut_chars(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most.saturating_sub(1)).collect::<String>() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_fit_stay_and_the_others_are_cut_and_told_apart() {
        let long = "a_name_that_is_much_too_long_for_stata";
        let names = ["a_name_that_is_much_too_long_for_s", long, "a_name_that_is_much_too_long_for", "q1"];
        let given = fitting(names, STATA);
        assert_eq!(
            given,
            [
                "a_name_that_is_much_too_long_f_2",
                "a_name_that_is_much_too_long_f_3",
                "a_name_that_is_much_too_long_for",
                "q1"
            ]
        );
        assert!(given.iter().all(|name| name.len() <= 32));
        assert_eq!(fitting(names, SPSS), names);
    }

    #[test]
    fn reserved_words_cases_and_letters_of_other_alphabets() {
        assert_eq!(
            fitting(["all", "Q", "q", "1st", "naïef", "with"], SPSS),
            ["all_", "Q", "q_2", "v_1st", "na_ef", "with_"]
        );
        assert_eq!(fitting(["str20", "strange", "Q", "q"], STATA), ["str20_", "strange", "Q", "q"]);
    }

    #[test]
    fn texts_are_cut_between_characters() {
        assert_eq!(cut_bytes("één", 5), "één");
        assert_eq!(cut_bytes("één en", 7), "éé…");
        assert_eq!(cut_bytes("één en", 6), "é…");
        assert_eq!(cut_chars("één en", 4), "één…");
    }
}
