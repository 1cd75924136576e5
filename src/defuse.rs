//! Characters that do something to a reader instead of being read: control characters, which terminals obey, and marks
//! that turn the direction of writing, which make a line read otherwise than it is. Owns which they are and what stands
//! in their place. Whoever puts a text before somebody asks here: standard output and standard error, screens,
//! Markdown, pages, and the check of a questionnaire.

use std::borrow::Cow;

pub mod markdown;
pub mod spreadsheet;

/// Whether a character acts. Line feeds and tabs are layout, and no harm.
pub fn acts(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // Line and paragraph separators forge lines; embeddings, overrides and isolates turn what stands after them.
        '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => true,
        c => c.is_control(),
    }
}

/// The sign that stands for a character that acts: its control picture where there is one.
pub fn sign(c: char) -> char {
    match u32::from(c) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or('␦'),
        0x7f => '␡',
        _ => '␦',
    }
}

/// The text with signs in place of what acts. A carriage return before a line feed is an end of line and stays.
pub fn text(text: &str) -> Cow<'_, str> {
    if first(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let ends_line = c == '\r' && chars.peek() == Some(&'\n');
        safe.push(if acts(c) && !ends_line { sign(c) } else { c });
    }
    Cow::Owned(safe)
}

/// The text on one line, for a cell of a table or a name: lines are joined with slashes, tabs become spaces.
pub fn line(text: &str) -> Cow<'_, str> {
    let text = self::text(text);
    if !text.contains(['\n', '\t']) {
        return text;
    }
    Cow::Owned(text.lines().collect::<Vec<_>>().join(" / ").replace('\t', " "))
}

/// The first character that acts, with its place in bytes.
pub fn first(text: &str) -> Option<(usize, char)> {
    let acting = |&(at, c): &(usize, char)| acts(c) && !(c == '\r' && text[at + 1..].starts_with('\n'));
    text.char_indices().find(acting)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_shown_and_nothing_else_is_touched() {
        assert_eq!(text("a\u{1b}[31mb\u{7}\u{7f}\u{9b}2J"), "a␛[31mb␇␡␦2J");
        assert_eq!(text("a\rb\r\nc\td"), "a␍b\r\nc\td");
        assert_eq!(text("invoice\u{202e}fdp.exe\u{2066}\u{2028}"), "invoice␦fdp.exe␦␦");
        let fine = "Zoë's “1 − 2” 👩‍👩‍👧 שלום\n";
        assert!(matches!(text(fine), Cow::Borrowed(same) if same == fine));
    }

    #[test]
    fn a_line_stays_a_line() {
        assert_eq!(line("one\r\ntwo\tthree\n"), "one / two three");
        assert_eq!(line("one"), "one");
    }
}
