//! What the names of a form refer to while its expressions are converted.

use std::collections::BTreeMap;

/// What a name holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NameKind {
    Number,
    Text,
    Date,
    Bool,
    /// A truth that the form writes as the text `true` or `false`, and only compares with these.
    Truth,
    /// One of the options: their names in the form and here.
    One(Vec<(String, String)>),
    /// Any of them.
    Many(Vec<(String, String)>),
    /// One of the options, recorded as a point of a scale; none where an option stands for no answer.
    Points(Vec<(String, Option<i64>)>),
    /// Nothing that can be named: a note, or a row that could not be imported. It counts as never answered.
    Nothing,
}

/// A name of the form.
#[derive(Debug, Clone)]
pub(super) struct KnownName {
    /// Its name here.
    pub name: String,
    pub kind: NameKind,
    /// Calculated and not asked, so that an empty text is a value.
    pub calculated: bool,
    /// A truth that has a value whatever is open.
    pub settled: bool,
}

/// All names, by their name in the form.
pub(super) type FormNames = BTreeMap<String, KnownName>;

/// A valid, unused name; reserved words and the length limit are the instrument's.
pub(super) fn fitting(name: &str, most: usize, taken: &dyn Fn(&str) -> bool) -> String {
    let good = |c: char| if c.is_ascii_alphanumeric() || c == '_' { c } else { '_' };
    let plain: String = ascii(name).chars().map(good).collect();
    let mut plain = plain.trim_matches('_').to_owned();
    if !plain.starts_with(|c: char| c.is_ascii_alphabetic()) {
        plain = format!("q_{plain}").trim_end_matches('_').to_owned();
    }
    unique(&plain, most, taken)
}

/// The same for the name of an option, which may be a number.
pub(super) fn fitting_option(name: &str, taken: &dyn Fn(&str) -> bool) -> String {
    let good = |c: char| if c.is_ascii_alphanumeric() || c == '_' || c == '-' { c } else { '_' };
    let plain: String = ascii(name).chars().map(good).collect();
    let plain = if plain.chars().all(|c| c == '_') { "option".to_owned() } else { plain };
    unique(&plain, OPTION, taken)
}

/// The longest name of an option: with the item's it makes the name of a variable.
const OPTION: usize = 30;

fn unique(plain: &str, most: usize, taken: &dyn Fn(&str) -> bool) -> String {
    let cut = |length: usize| plain.chars().take(length).collect::<String>().trim_end_matches('_').to_owned();
    let mut name = cut(most);
    let mut number = 2;
    while taken(&name) {
        let tail = format!("_{number}");
        name = format!("{}{tail}", cut(most.saturating_sub(tail.len())));
        number += 1;
    }
    name
}

/// Letters with marks as those without them.
fn ascii(text: &str) -> String {
    let plain = |c: char| match c {
        'à'..='å' => "a".into(),
        'À'..='Å' => "A".into(),
        'è'..='ë' => "e".into(),
        'È'..='Ë' => "E".into(),
        'ì'..='ï' => "i".into(),
        'ò'..='ö' | 'ø' => "o".into(),
        'Ò'..='Ö' | 'Ø' => "O".into(),
        'ù'..='ü' => "u".into(),
        'Ù'..='Ü' => "U".into(),
        'ç' => "c".into(),
        'ñ' => "n".into(),
        'ß' => "ss".into(),
        other => other.to_string(),
    };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_names_here_and_stay_apart() {
        let free = |_: &str| false;
        assert_eq!(fitting("HH_07", 32, &free), "HH_07");
        assert_eq!(fitting("1. größe-neu_", 32, &free), "q_1__grosse_neu");
        assert_eq!(fitting("__", 32, &free), "q");
        assert_eq!(fitting("a_very_long_name_indeed", 10, &|name| name == "a_very_lon"), "a_very_l_2");
        assert_eq!(fitting_option("-666", &free), "-666");
        assert_eq!(fitting_option("très bien", &free), "tres_bien");
    }
}
