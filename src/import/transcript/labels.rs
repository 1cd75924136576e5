//! Lines that name the speaker: `Jan: …`, `Jan  0:03`, and any other form that the user declares. Owns what a label looks like,
//! which labels are speakers, and that rejected candidates are reported. Refuses to make a speaker of a word that comes before
//! a colon only once.

use std::collections::BTreeMap;

use super::{Piece, time};
use crate::texts::remarks::some;

/// The longest label, in characters and in words.
const LETTERS: usize = 40;
const WORDS: usize = 4;
/// A label this short has no other spelling, such as `I` or `R1`.
const INITIALS: usize = 3;
/// From this many characters on, the text before a colon is a sentence.
const SENTENCE: usize = 60;
/// How many lines that are no label are named.
const NAMED: usize = 5;

/// Who speaks, the time beside the name, and the words behind it.
#[derive(Debug, PartialEq)]
pub(super) struct Label<'a> {
    pub name: &'a str,
    pub start: Option<u64>,
    pub words: &'a str,
}

/// The label of a line: one that a person named, whatever its shape, else what looks like one.
pub(super) fn found<'a>(text: &'a str, named: &[String], cues: bool) -> Option<Label<'a>> {
    let by_person = named.iter().filter_map(|name| called(text, name.trim())).max_by_key(|it| it.name.len());
    by_person.or_else(|| before_colon(text)).or_else(|| if cues { None } else { beside_time(text) })
}

/// A line that is this name, or begins with it and a colon, a time, a tab or two spaces. One space is not enough, because a
/// sentence about a person begins that way.
fn called<'a>(text: &'a str, name: &str) -> Option<Label<'a>> {
    if name.is_empty() {
        return None;
    }
    let (at, rest) = match text.strip_prefix(name) {
        Some(rest) => (0, rest),
        None => (1, text.strip_prefix('[')?.strip_prefix(name)?.strip_prefix(']')?),
    };
    let (start, words) = match time::read(rest.trim()) {
        Some(time) => (Some(time), ""),
        None => time::before(rest),
    };
    let parted = start.is_some() || words.is_empty() || words.starts_with(':');
    let parted = parted || ["\t", "\n", "  "].iter().any(|space| rest.starts_with(space));
    let name = text.get(at..at + name.len())?;
    parted.then(|| Label { name, start, words: words.strip_prefix(':').unwrap_or(words).trim() })
}

/// The text before the first colon that is followed by words or nothing, and those words. A time after a name has colons of its
/// own.
fn head(text: &str) -> Option<(&str, &str)> {
    text.char_indices().filter(|(_, c)| *c == ':').find_map(|(at, _)| {
        let words = &text[at + 1..];
        (words.is_empty() || words.starts_with(char::is_whitespace)).then(|| (&text[..at], words.trim()))
    })
}

fn before_colon(text: &str) -> Option<Label<'_>> {
    let (head, words) = head(text)?;
    let (start, name) = time::behind(head);
    let name = bare(name);
    is_name(name).then_some(Label { name, start, words })
}

/// A name and a time on a line of their own.
fn beside_time(text: &str) -> Option<Label<'_>> {
    let (name, time) = text.trim().rsplit_once(char::is_whitespace)?;
    let start = Some(time::read(time)?);
    let name = bare(name.trim_end());
    let long = name.chars().count() > INITIALS && name.starts_with(char::is_uppercase);
    (long && is_name(name)).then_some(Label { name, start, words: "" })
}

/// Without the brackets that some programs write around a name.
fn bare(name: &str) -> &str {
    name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).map_or(name, str::trim)
}

fn is_name(name: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '’' | '\'' | '(' | ')' | '&');
    let fits = (1..=LETTERS).contains(&name.chars().count()) && name.split_whitespace().count() <= WORDS;
    let sound = fits && name.chars().all(plain) && name.starts_with(char::is_alphanumeric);
    sound && name.contains(char::is_alphabetic)
}

/// How often something stands in a file, and where first.
type Seen = BTreeMap<String, (usize, String)>;

fn count(seen: &mut Seen, name: &str, place: &str) {
    seen.entry(name.to_owned()).or_insert_with(|| (0, place.to_owned())).0 += 1;
}

/// Everything in a file that appears in the place of a name.
#[derive(Debug, Default)]
pub(super) struct SpeakerLabels {
    names: Seen,
    /// Before a colon, but not shaped like a name.
    unlike: Seen,
    /// Alone on a line, or before a tab.
    alone: Seen,
}

impl SpeakerLabels {
    pub fn of(pieces: &[Piece], named: &[String], cues: bool) -> Self {
        let mut all = Self::default();
        for piece in pieces.iter().filter(|piece| piece.speaker.is_none()) {
            let lines: Vec<&str> = if cues { piece.text.lines().collect() } else { vec![&piece.text] };
            for line in lines {
                if let Some(label) = found(line, named, cues) {
                    count(&mut all.names, label.name, &piece.place);
                    continue;
                }
                if let Some((head, _)) = head(line)
                    && head.chars().count() <= SENTENCE
                    && head.contains(char::is_alphabetic)
                {
                    count(&mut all.unlike, head, &piece.place);
                }
                let name = line.split('\t').next().unwrap_or_default().trim();
                if !cues && is_name(name) && name.starts_with(char::is_uppercase) && !name.ends_with('.') {
                    count(&mut all.alone, name, &piece.place);
                }
            }
        }
        all
    }

    /// Whether a label names a speaker.
    pub fn speaks(&self, name: &str, named: &[String]) -> bool {
        let times = self.names.get(name).map_or(0, |(times, _)| *times);
        let known = || named.iter().any(|known| known.trim() == name);
        times > 1 || times == 1 && (name.chars().count() <= INITIALS || known())
    }

    /// Whether any label names a speaker.
    pub fn any(&self, named: &[String]) -> bool {
        self.names.keys().any(|name| self.speaks(name, named))
    }

    /// Candidates that looked like speakers and were taken for words.
    pub fn remarks(&self, named: &[String]) -> Vec<String> {
        let once = self.names.iter().filter(|(name, _)| !self.speaks(name, named));
        let unlike = self.unlike.iter().filter(|(head, (times, _))| {
            *times > 1 || head.starts_with(|first: char| first.is_uppercase() || first == '[')
        });
        let alone = self.alone.iter().filter(|(_, (times, _))| *times > 1);
        let said = [
            ("it stands before a colon or a time only once", listed(once)),
            ("what stands before the colon has not the shape of a name", listed(unlike)),
            ("nothing but its line says that it is a name", listed(alone)),
        ];
        let said = said.into_iter().filter(|(_, names)| !names.is_empty());
        said.map(|(why, names)| {
            format!(
                "taken for words, because {why}: {names} (--speaker NAME=WHO of `relata study transcript add` says that one is a speaker)"
            )
        })
        .collect()
    }
}

/// Some of them with their places, the most frequent first.
fn listed<'a>(seen: impl Iterator<Item = (&'a String, &'a (usize, String))>) -> String {
    let mut all: Vec<_> = seen.collect();
    all.sort_by_key(|(_, (times, _))| std::cmp::Reverse(*times));
    let shown = all.iter().map(|(name, (times, place))| match times {
        1 => format!("`{name}` ({place})"),
        _ => format!("`{name}` ({times} times, first {place})"),
    });
    some(shown, NAMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_and_what_is_none() {
        for (text, name) in [
            ("Jan de Vries: ja", "Jan de Vries"),
            ("I: yes", "I"),
            ("R1:", "R1"),
            ("Jan (0:12): ja", "Jan"),
            ("[SPEAKER_01]: ja", "SPEAKER_01"),
            ("Jan de Vries  0:03", "Jan de Vries"),
            ("[Jan B.] 10:31:22", "Jan B."),
        ] {
            assert_eq!(found(text, &[], false).map(|label| label.name), Some(name), "{text}");
        }
        for other in [
            "at 10:30 we left",
            "om 10:30",
            "https://example.org",
            "He said, then: no",
            "What I would like to say: no",
            "12: no",
            "no colon",
            ": nobody",
        ] {
            assert_eq!(found(other, &[], false), None, "{other}");
        }
        // A cue has its times elsewhere.
        assert_eq!(found("Jan de Vries  0:03", &[], true), None);
    }

    #[test]
    fn a_name_that_a_person_gives_is_one_in_every_shape() {
        let named = ["Vries, Jan de", "Jan", "Mevrouw Anna van der Berg"].map(str::to_owned);
        for (text, name, start, words) in [
            ("Vries, Jan de: ja: nee", "Vries, Jan de", None, "ja: nee"),
            ("Mevrouw Anna van der Berg: ja", "Mevrouw Anna van der Berg", None, "ja"),
            ("Jan", "Jan", None, ""),
            ("Jan\tja", "Jan", None, "ja"),
            ("Jan   0:03", "Jan", Some(3_000), ""),
            ("[Jan] 0:00:03", "Jan", Some(3_000), ""),
            ("Jan (0:03): ja", "Jan", Some(3_000), "ja"),
        ] {
            assert_eq!(found(text, &named, false), Some(Label { name, start, words }), "{text}");
        }
        for other in ["Jan said so", "Janneke", "and Jan"] {
            assert_eq!(found(other, &named, false), None, "{other}");
        }
    }
}
