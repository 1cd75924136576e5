//! Key words in context: every place of a word in texts, with what stands before and after it. Owns what counts as the same word, which is
//! upper and lower case and nothing else: it finds what a person looks for, and judges nothing.

use unicode_normalization::UnicodeNormalization;

/// A place of the word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeywordHit {
    /// The text that it stands in.
    pub text: usize,
    /// The first character of it there, from 0.
    pub at: usize,
    /// What stands before it, on one line.
    pub before: String,
    /// The word as it stands there.
    pub word: String,
    /// What stands after it, on one line.
    pub after: String,
}

/// Every place of `word` in `texts`, with at most `around` characters on each side. Nothing stands nowhere.
pub fn in_context<'a>(
    texts: impl IntoIterator<Item = &'a str>,
    word: &str,
    around: usize,
) -> Vec<KeywordHit> {
    // A keyboard may write an accent as a character of its own; transcripts hold composed letters.
    let word: Vec<char> = word.trim().nfc().map(folded).collect();
    let mut hits = Vec::new();
    if word.is_empty() {
        return hits;
    }
    for (text, words) in texts.into_iter().enumerate() {
        let letters: Vec<char> = words.chars().collect();
        let mut at = 0;
        while at + word.len() <= letters.len() {
            let end = at + word.len();
            if !letters[at..end].iter().map(|letter| folded(*letter)).eq(word.iter().copied()) {
                at += 1;
                continue;
            }
            let part =
                |from: usize, to: usize| letters[from..to].iter().map(|c| spaced(*c)).collect::<String>();
            hits.push(KeywordHit {
                text,
                at,
                before: part(at.saturating_sub(around), at),
                word: part(at, end),
                after: part(end, (end + around).min(letters.len())),
            });
            at = end;
        }
    }
    hits
}

fn folded(letter: char) -> char {
    // What becomes several letters stays as long as it was, so that places fit.
    let mut lower = letter.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => spaced(one),
        _ => spaced(letter),
    }
}

fn spaced(letter: char) -> char {
    if letter.is_whitespace() { ' ' } else { letter }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_with_what_stands_around_it() {
        let texts = ["Prijs is prijs,\nzei hij.", "", "De PRIJS", "İprijs"];
        let hits = in_context(texts, " prijs ", 6);
        let shown: Vec<_> =
            hits.iter().map(|hit| (hit.text, format!("{}[{}]{}", hit.before, hit.word, hit.after))).collect();
        let expected = [(0, "[Prijs] is pr"), (0, "js is [prijs], zei "), (2, "De [PRIJS]"), (3, "İ[prijs]")];
        assert_eq!(shown, expected.map(|(at, text)| (at, text.to_owned())));
        assert_eq!(in_context(["één coördinatie"], "coo\u{308}rd", 0).len(), 1);
        // A line end is a space, and nothing is found nowhere.
        assert_eq!(in_context(texts, "prijs, zei", 0).len(), 1);
        assert!(in_context(texts, "  ", 9).is_empty());
    }
}
