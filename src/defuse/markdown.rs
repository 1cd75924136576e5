//! The one way from a text into Markdown: what people wrote is read there as they wrote it.

use std::borrow::Cow;

use crate::defuse;

/// Keeps a text from being read as Markdown, and on one line.
pub fn escape(text: &str) -> String {
    let text = one_line(text);
    let mut safe = String::with_capacity(text.len() + 8);
    let special = |c: char| "\\`*_{}[]<>#|~&".contains(c);
    let marker = marker(&text);
    for (at, c) in text.char_indices() {
        let before = text[..at].chars().next_back();
        let after = text[at + c.len_utf8()..].chars().next();
        let both = |is: fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
        // A name such as `cs_need` or `Zeta & Sons` and a sum such as `p < 0.001` are no marks, and many read this as it is written.
        let no_mark = match c {
            '_' => both(char::is_alphanumeric),
            '>' => both(|beside| beside == ' '),
            '<' => !after.is_some_and(|after| after.is_ascii_alphabetic() || "/!?".contains(after)),
            '&' => !begins_entity(&text[at + 1..]),
            _ => false,
        };
        if special(c) && !no_mark || Some(at) == marker {
            safe.push('\\');
        }
        safe.push(c);
    }
    safe
}

/// Whether what follows an ampersand makes it a sign by its name or number, such as `lt;`.
fn begins_entity(rest: &str) -> bool {
    let after = rest.trim_start_matches(|c: char| c == '#' || c.is_ascii_alphanumeric());
    after.len() < rest.len() && after.starts_with(';')
}

/// Where a text begins with what begins a list or underlines a heading: a dash, a plus, a number with a dot, a line.
fn marker(text: &str) -> Option<usize> {
    let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let at = text.len() - after.len();
    let mut chars = after.chars();
    let first = chars.next()?;
    let begins = if at > 0 { matches!(first, '.' | ')') } else { matches!(first, '-' | '+' | '=') };
    let ends = chars.next().is_none_or(|next| next.is_whitespace() || next == first);
    (begins && ends).then_some(at)
}

/// The same for a text of several paragraphs.
pub fn paragraphs(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    let paragraphs = text.split("\n\n").map(|paragraph| escape(paragraph.trim()));
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect::<Vec<_>>().join("\n\n")
}

fn one_line(text: &str) -> Cow<'_, str> {
    let text = defuse::text(text);
    if text.contains(['\n', '\t']) {
        return Cow::Owned(text.replace("\r\n", " ").replace(['\n', '\t'], " "));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_read_as_markdown() {
        assert_eq!(
            escape("# <b>*x*</b> | [a](b) ~~c~~ &lt;"),
            "\\# \\<b\\>\\*x\\*\\</b\\> \\| \\[a\\](b) \\~\\~c\\~\\~ \\&lt;"
        );
        assert_eq!(escape("cs_need, p < 0.001 > x"), "cs_need, p < 0.001 > x");
        assert_eq!(escape("> a _b_ <i> 2 <3"), "\\> a \\_b\\_ \\<i\\> 2 <3");
        assert_eq!(escape("Zeta & Sons, R&D, <5 %, &"), "Zeta & Sons, R&D, <5 %, &");
        assert_eq!(escape("&#60; &amp; <!-- <?x </b"), "\\&\\#60; \\&amp; \\<!-- \\<?x \\</b");
        assert_eq!(escape("- one"), "\\- one");
        assert_eq!(escape("12. twelve"), "12\\. twelve");
        assert_eq!(escape("---"), "\\---");
        for fine in ["a - b 1. c", "0.45", "-0.45", "1.0.0", "-"] {
            assert_eq!(escape(fine).replace("\\-", "-"), fine);
        }
        assert_eq!(escape("two\r\nlines\u{1b}[2J"), "two lines␛\\[2J");
        assert_eq!(paragraphs("one\nline\n\n- two\n\n"), "one line\n\n\\- two");
    }
}
