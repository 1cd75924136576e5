//! Characters that no text of a questionnaire may hold: those that a terminal obeys, and those that turn the direction of
//! writing, which make a question read otherwise than it is. They are found as they are, in comments too, and as escapes
//! of TOML inside quotes.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::defuse;
use crate::instrument::finding::Fault;

/// Every place in `source` where such a character stands.
pub(super) fn faults(source: &str, root: &DeTable) -> Vec<Fault> {
    let mut found = BTreeSet::new();
    // Control characters are faults of TOML already, where they stand as they are.
    let raw = source.char_indices().filter(|(_, c)| defuse::acts(*c) && !c.is_control());
    found.extend(raw.map(|(at, c)| (at, at + c.len_utf8(), c)));
    table(source, root, &mut found);
    let fault = |(start, end, c): (usize, usize, char)| {
        let what = if c.is_control() { "a control character" } else { "a mark that turns or breaks lines" };
        let message = format!("{what}, U+{:04X}, which nobody sees and terminals obey", u32::from(c));
        Fault::error("text.character", start..end, message).help("take it out".to_owned())
    };
    found.into_iter().map(fault).collect()
}

type Found = BTreeSet<(usize, usize, char)>;

fn table(source: &str, table: &DeTable, found: &mut Found) {
    for (key, value) in table {
        text(source, key.get_ref(), key.span(), found);
        values(source, value, found);
    }
}

fn values(source: &str, value: &Spanned<DeValue>, found: &mut Found) {
    match value.get_ref() {
        DeValue::String(read) => text(source, read, value.span(), found),
        DeValue::Array(array) => array.iter().for_each(|value| values(source, value, found)),
        DeValue::Table(inner) => table(source, inner, found),
        _ => {}
    }
}

/// Adds the escapes in the quoted text at `span` that stand for such characters, if what was read holds any.
fn text(source: &str, read: &str, span: Range<usize>, found: &mut Found) {
    let Some(quoted) = source.get(span.clone()).filter(|_| defuse::first(read).is_some()) else { return };
    let mut at = 0;
    while let Some(slash) = quoted[at..].find('\\').map(|offset| at + offset) {
        let (c, length) = escape(&quoted[slash + 1..]);
        let end = slash + 1 + length;
        let ends_line = c == Some('\r') && quoted[end..].starts_with("\\n");
        if let Some(c) = c.filter(|&c| defuse::acts(c) && !ends_line) {
            found.insert((span.start + slash, span.start + end, c));
        }
        at = end;
    }
}

/// The character that an escape stands for, and how many bytes of it follow the backslash.
fn escape(rest: &str) -> (Option<char>, usize) {
    let Some(letter) = rest.chars().next() else { return (None, 0) };
    let digits = match letter {
        'b' => return (Some('\u{8}'), 1),
        'f' => return (Some('\u{c}'), 1),
        'r' => return (Some('\r'), 1),
        'e' => return (Some('\u{1b}'), 1),
        'x' => 2,
        'u' => 4,
        'U' => 8,
        other => return (None, other.len_utf8()),
    };
    let code = rest.get(1..=digits).and_then(|code| u32::from_str_radix(code, 16).ok());
    (code.and_then(char::from_u32), if code.is_some() { 1 + digits } else { 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(source: &str) -> Vec<(String, String)> {
        let (root, _) = DeTable::parse_recoverable(source);
        let shown = |fault: Fault| (source[fault.span.clone()].to_owned(), fault.message);
        faults(source, root.get_ref()).into_iter().map(shown).collect()
    }

    #[test]
    fn each_has_its_place() {
        let found = places(
            "a = \"x\\u001B[2J \\\\u001b\"\nb = { en = [\"\\e\", \"\u{202e}y\"] } # \u{2066}\n\"k\\u0007\" = 1\n",
        );
        let texts: Vec<&str> = found.iter().map(|(text, _)| text.as_str()).collect();
        assert_eq!(texts, ["\\u001B", "\\e", "\u{202e}", "\u{2066}", "\\u0007"]);
        assert!(found[0].1.contains("U+001B") && found[2].1.contains("turns"), "{found:?}");
    }

    #[test]
    fn layout_and_other_scripts_are_no_fault() {
        assert_eq!(
            places(
                "a = \"one\\ntwo\\tthree\\r\\n\"\r\nb = '\\u001b שלום 👩‍👩‍👧'\r\nc = \"\"\"\r\nx\r\n\"\"\"\r\n"
            ),
            []
        );
    }
}
