//! Maps places in the text of a project to words of a session. Recognises a text that another program has saved: line ends and surrounding
//! text may have changed, the words and their order may not.

use super::{Laid, Span};
use crate::coding::PassageSource;

/// A text with line ends of one kind, and where each of its characters stood.
struct Lines {
    letters: Vec<char>,
    at: Vec<usize>,
}

impl Lines {
    fn of(text: &str) -> Self {
        let (mut letters, mut at) = (Vec::new(), Vec::new());
        let mut before = ' ';
        for (place, letter) in text.chars().enumerate() {
            // The second character of a line end is the first one's.
            if (before, letter) != ('\r', '\n') {
                letters.push(if letter == '\r' { '\n' } else { letter });
                at.push(place);
            }
            before = letter;
        }
        Self { letters, at }
    }

    /// Without line ends and spaces behind everything.
    fn body(&self) -> &[char] {
        let end = self.letters.iter().rposition(|letter| !letter.is_whitespace()).map_or(0, |last| last + 1);
        self.letters.get(..end).unwrap_or_default()
    }

    /// Where a line of words stands behind `from`, as the end of a line and not in the middle of a word.
    fn find(&self, line: &[char], from: usize) -> Option<usize> {
        let ends = |at: usize| {
            let rest = self.letters.get(at..).unwrap_or_default();
            rest.iter().find(|letter| !matches!(letter, ' ' | '\t')).is_none_or(|letter| *letter == '\n')
        };
        let begins =
            |at: usize| at == 0 || self.letters.get(at - 1).is_some_and(|letter| letter.is_whitespace());
        let last = self.letters.len().checked_sub(line.len())?;
        (from..=last).find(|at| self.letters[*at..].starts_with(line) && begins(*at) && ends(at + line.len()))
    }
}

/// A text of a project that contains all words of one of our texts.
pub(super) struct Alignment<'a> {
    ours: &'a Laid,
    /// Every character of our words in the text: its place there, the number of its span, and its place in that span.
    letters: Vec<(usize, usize, usize)>,
}

/// Words of a session on which a place lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Touched<'a> {
    pub item: &'a str,
    pub part: PassageSource,
    /// The characters of the words, from 0.
    pub range: (usize, usize),
    /// Whether passages can be marked in them.
    pub words: bool,
    /// Whether it is all of them.
    pub whole: bool,
}

impl<'a> Alignment<'a> {
    /// Finds our words in `theirs`; none where not all of them stand there in their order.
    pub fn of(ours: &'a Laid, theirs: &str) -> Option<Self> {
        let (own, other) = (Lines::of(&ours.text), Lines::of(theirs));
        let same = own.body() == other.body();
        let (mut letters, mut from) = (Vec::new(), 0);
        for (number, span) in ours.spans.iter().enumerate() {
            let begin = own.at.partition_point(|at| *at < span.range.0);
            let end = own.at.partition_point(|at| *at < span.range.1);
            let mut at = begin;
            for line in own.letters.get(begin..end)?.split_inclusive(|letter| *letter == '\n') {
                let bare = line.strip_suffix(&['\n']).unwrap_or(line);
                let start = if same { at } else { other.find(bare, from)? };
                for offset in 0..line.len() {
                    let Some(there) = other.at.get(start + offset) else { continue };
                    letters.push((*there, number, own.at[at + offset] - span.range.0));
                }
                from = start + line.len();
                at += line.len();
            }
        }
        Some(Self { ours, letters })
    }

    /// Whether it is where words of ours stand, and which; a place over several is a place in each of them.
    pub fn touched(&self, (start, end): (usize, usize)) -> Vec<Touched<'a>> {
        let from = self.letters.partition_point(|(there, ..)| *there < start);
        let to = self.letters.partition_point(|(there, ..)| *there < end);
        let mut found: Vec<Touched> = Vec::new();
        let mut last = None;
        for (_, number, offset) in self.letters.get(from..to).unwrap_or_default() {
            let Some(span) = self.ours.spans.get(*number) else { continue };
            match found.last_mut().filter(|_| last == Some(*number)) {
                Some(touched) => touched.range.1 = offset + 1,
                None => found.push(touched(span, *offset)),
            }
            last = Some(*number);
        }
        for (touched, span) in found.iter_mut().filter_map(|touched| {
            let span = self.ours.span(touched.item, touched.part)?;
            Some((touched, span))
        }) {
            touched.whole = touched.range == (0, span.range.1 - span.range.0);
        }
        found.retain(|touched| !self.said(touched).trim().is_empty());
        found
    }

    /// The words of a place.
    pub fn said(&self, touched: &Touched) -> String {
        let start = self.ours.span(touched.item, touched.part).map_or(0, |span| span.range.0);
        let (from, to) = touched.range;
        self.ours.text.chars().skip(start + from).take(to - from).collect()
    }
}

fn touched(span: &Span, offset: usize) -> Touched<'_> {
    let range = (offset, offset + 1);
    Touched { item: &span.item, part: span.part, range, words: span.words, whole: false }
}

/// Whether the name of a place quotes words that are elsewhere in the text: its positions were counted in another way then.
pub(super) fn is_shifted(text: &str, (start, end): (usize, usize), name: &str) -> bool {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    // A word may be a label; one as long as its place, in whatever its program counts, is what stood there.
    let lengths = [name.chars().count(), name.encode_utf16().count(), name.len()];
    let fills = lengths.contains(&end.saturating_sub(start));
    let name = one_line(name.trim_end_matches(['…', '.']));
    if name.is_empty() || name.split(' ').count() < 2 && !fills {
        return false;
    }
    let there: String = text.chars().skip(start).take(end.saturating_sub(start)).collect();
    !one_line(&there).starts_with(&name) && one_line(text).contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `Q` and `A 😀 b`, then `Q` and `A 😀 b` of two lines.
    fn laid() -> Laid {
        let mut laid = Laid::default();
        for (item, said) in [("one", "A 😀 b"), ("two", "A 😀 b\r\nand c")] {
            laid.add("Q\n");
            let start = laid.length;
            laid.add(said);
            let range = (start, laid.length);
            laid.spans.push(Span { item: item.into(), part: PassageSource::Answer, range, words: true });
            laid.add("\n\n");
        }
        laid
    }

    fn at(found: &Alignment, range: (usize, usize)) -> Vec<(String, (usize, usize), String)> {
        let touched = found.touched(range);
        touched.iter().map(|it| (it.item.to_owned(), it.range, found.said(it))).collect()
    }

    #[test]
    fn characters_are_counted_as_they_stand_in_the_file() {
        let laid = laid();
        let found = Alignment::of(&laid, &laid.text).unwrap();
        assert_eq!(at(&found, (4, 7)), [("one".into(), (2, 5), "😀 b".into())]);
        // The same text with the line ends of Windows: each is two characters there, and what stands behind moves.
        let windows = laid.text.replace("\r\n", "\n").replace('\n', "\r\n");
        let found = Alignment::of(&laid, &windows).unwrap();
        assert_eq!(at(&found, (5, 8)), [("one".into(), (2, 5), "😀 b".into())]);
        let start = windows
            .chars()
            .collect::<Vec<_>>()
            .windows(5)
            .position(|it| it.iter().collect::<String>() == "and c");
        let start = start.unwrap();
        assert_eq!(at(&found, (start, start + 5)), [("two".into(), (7, 12), "and c".into())]);
    }

    #[test]
    fn what_stands_around_the_words_may_have_changed_and_the_words_may_not() {
        let laid = laid();
        let other = "R: A 😀 b  \n\nR1 (0:12): A 😀 b\n   and c";
        let found = Alignment::of(&laid, other).unwrap();
        assert_eq!(at(&found, (0, 8)), [("one".into(), (0, 5), "A 😀 b".into())]);
        let all = at(&found, (3, 200));
        assert_eq!(all.len(), 2, "{all:?}");
        assert_eq!(all[1].2, "A 😀 b\r\nand c");
        assert!(found.touched((0, 3)).is_empty() && found.touched((3, 8))[0].whole);
        for changed in
            ["R: A b\nR: A 😀 b\nand c", "A 😀 b\nand c\nA 😀 b", "A 😀 b and more\nA 😀 b\nand c", ""]
        {
            assert!(Alignment::of(&laid, changed).is_none(), "{changed:?}");
        }
    }

    #[test]
    fn a_place_that_is_called_by_other_words_was_counted_otherwise() {
        let text = "😀😀 they share the risk\nand nobody counts";
        assert!(is_shifted(text, (5, 18), "they share the…"));
        assert!(!is_shifted(text, (3, 22), "they share the…"));
        assert!(is_shifted(text, (10, 15), "share") && !is_shifted(text, (8, 13), "share"));
        let text = "😀 café is dear";
        assert!(is_shifted(text, (5, 10), "café") && !is_shifted(text, (2, 6), "café"));
        // What somebody calls a place is theirs.
        assert!(!is_shifted(text, (5, 18), "Quotation 1:2") && !is_shifted(text, (5, 18), "risk"));
    }
}
