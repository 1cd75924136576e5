//! Labels as other programs export them: with another case, other spaces, mark-up, and piped texts filled in. Refuses to match
//! similar texts: a label is the same text or a different one.

use unicode_normalization::UnicodeNormalization;

/// A label to be recognised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LabelPattern {
    /// What stands between the pipes.
    pieces: Vec<String>,
}

/// Fewest letters that a label with a pipe needs besides the pipe, to be recognisable.
const FEWEST: usize = 4;

impl LabelPattern {
    /// The pattern of a label whose pipes are written `{name}`; `None` where too little of it is fixed.
    pub fn of(label: &str) -> Option<Self> {
        let mut pieces = Vec::new();
        let mut rest = label;
        while let Some((before, after)) = rest.split_once('{') {
            pieces.push(before);
            rest = after.split_once('}').map_or("", |(_, after)| after);
        }
        pieces.push(rest);
        let last = pieces.len() - 1;
        let pieces: Vec<String> = pieces
            .into_iter()
            .enumerate()
            .map(|(at, piece)| {
                let plain = squeezed(piece);
                let plain = if at == 0 { plain.trim_start() } else { &plain };
                if at == last { trimmed_end(plain).to_owned() } else { plain.to_owned() }
            })
            .collect();
        let letters: usize = pieces.iter().map(|piece| piece.trim().chars().count()).sum();
        let certain = if last == 0 { letters > 0 } else { letters >= FEWEST };
        certain.then_some(Self { pieces })
    }

    /// Whether a text, normalised by [`plain`], is this label.
    pub fn is(&self, plain: &str) -> bool {
        let [first, middle @ .., last] = self.pieces.as_slice() else {
            return self.pieces.first().is_some_and(|only| only == plain);
        };
        let Some(mut rest) = plain.strip_prefix(first.as_str()) else { return false };
        for piece in middle {
            match rest.find(piece.as_str()) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => return false,
            }
        }
        rest.ends_with(last.as_str())
    }

    /// The label where nothing is piped into it.
    pub fn fixed(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [only] => Some(only),
            _ => None,
        }
    }
}

/// A text in the form in which labels are compared.
pub(super) fn plain(text: &str) -> String {
    let plain = squeezed(text);
    trimmed_end(plain.trim_start()).to_owned()
}

/// Programs append a colon, or the star of a required question, to a label.
fn trimmed_end(text: &str) -> &str {
    text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '*' | ':'))
}

/// In small letters, without tags, with composed accents, one space wherever there are several and plain quotes.
fn squeezed(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let text: String = text.nfc().collect();
    let mut rest = text.as_str();
    while let Some(c) = rest.chars().next() {
        let tag = (c == '<').then(|| tag(rest)).flatten();
        if let Some(length) = tag {
            rest = &rest[length..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match c {
            '\u{2018}' | '\u{2019}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' => plain.push('"'),
            c if c.is_whitespace() => {
                if !plain.ends_with(' ') {
                    plain.push(' ');
                }
            }
            c => plain.extend(c.to_lowercase()),
        }
    }
    plain
}

/// The length of the tag that a text begins with.
fn tag(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('<')?;
    let is_tag = inside.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
    inside.find('>').filter(|end| is_tag && *end < 80).map(|end| end + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_found_as_programs_write_it() {
        let is =
            |label: &str, text: &str| LabelPattern::of(label).is_some_and(|label| label.is(&plain(text)));
        for (label, text) in [
            ("How old are you?", "how old  are you?"),
            ("How old are you?", "<b>How old</b> are you? *"),
            ("We’d do it again", "We'd do it again"),
            ("I count on {organisation}.", "I count on Acme B.V.."),
            ("{organisation}, as I know them", "Acme, as I know them"),
            ("What do you do if {organisation} calls?", "What do you do if Acme calls?"),
            ("a < b", "A < B"),
            ("Eén keer", "Ee\u{301}n keer"),
        ] {
            assert!(is(label, text), "{label}: {text}");
        }
        for (label, text) in [
            ("How old are you?", "How old are they?"),
            ("I count on {organisation}.", "I count on"),
            ("{organisation}", "anything"),
            ("Yes", ""),
        ] {
            assert!(!is(label, text), "{label}: {text}");
        }
    }
}
