//! Who speaks: labels before words, such as `Jan: …`, and pieces that become turns. Owns when a label is a speaker; refuses to make one of
//! a word that stands before a colon once, unless a person says that it is one.

use std::collections::BTreeMap;

use super::{Piece, time};
use crate::coding::transcript::{Speaker, Turn};

/// The longest label, in characters and in words.
const LETTERS: usize = 40;
const WORDS: usize = 4;
/// So short is a label that nobody writes otherwise, such as `I` or `R1`.
const INITIALS: usize = 3;
/// From how many letters on a turn that goes on in further cues ends with the sentence, so that it can be read.
const LONG: usize = 600;

/// A label before words, the time behind it, and the words.
fn label(text: &str) -> Option<(&str, Option<u64>, &str)> {
    // A time behind the name has colons of its own.
    let (head, words) = text.char_indices().filter(|(_, c)| *c == ':').find_map(|(at, _)| {
        let words = &text[at + 1..];
        (words.is_empty() || words.starts_with(char::is_whitespace)).then(|| (&text[..at], words.trim()))
    })?;
    let (start, name) = time::behind(head);
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.' | '’' | '\'' | '(' | ')' | '&');
    let fits = (1..=LETTERS).contains(&name.chars().count()) && name.split_whitespace().count() <= WORDS;
    let sound = fits && name.chars().all(plain) && name.starts_with(char::is_alphanumeric);
    (sound && name.contains(char::is_alphabetic)).then_some((name, start, words))
}

/// The turns of a file and who speaks in it.
pub(super) fn turns(
    pieces: Vec<Piece>,
    cues: bool,
    named: &[String],
    remarks: &mut Vec<String>,
) -> (Vec<Speaker>, Vec<Turn>) {
    let mut times: BTreeMap<String, (usize, String)> = BTreeMap::new();
    for piece in pieces.iter().filter(|piece| piece.speaker.is_none()) {
        if let Some((name, ..)) = label(&piece.text) {
            times.entry(name.to_owned()).or_insert((0, piece.place.clone())).0 += 1;
        }
    }
    let speaks = |name: &str| {
        let times = times.get(name).map_or(0, |(times, _)| *times);
        times > 1
            || times == 1
                && (name.chars().count() <= INITIALS || named.iter().any(|known| known.trim() == name))
    };
    let once: Vec<String> = times
        .iter()
        .filter(|(name, _)| !speaks(name))
        .map(|(name, (_, place))| format!("`{name}:` ({place})"))
        .collect();
    if !once.is_empty() {
        remarks.push(format!(
            "taken for words, because it stands before a colon only once: {} (--speaker says that one is a speaker)",
            once.join(", ")
        ));
    }
    let labelled = times.keys().any(|name| speaks(name));
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut turns: Vec<Turn> = Vec::new();
    let mut empty: Vec<String> = Vec::new();
    let mut before: Option<(Option<usize>, Option<u64>, String)> = None;
    for piece in pieces {
        let found = label(&piece.text).filter(|(name, ..)| piece.speaker.is_none() && speaks(name));
        let is_labelled = found.is_some();
        let (name, start, words) = match (&piece.speaker, found) {
            (Some(name), _) => (Some(name.as_str()), piece.start, piece.text.trim()),
            (None, Some((name, start, words))) => (Some(name), piece.start.or(start), words),
            (None, None) => (None, piece.start, piece.text.trim()),
        };
        let who = name.map(|name| place_of(&mut speakers, name));
        if words.is_empty() {
            // A name on a line of its own says who speaks on the next.
            match is_labelled && !cues {
                true => empty.extend(before.replace((who, start, piece.place)).map(|(.., place)| place)),
                false => empty.push(piece.place),
            }
            continue;
        }
        let goes_on = match (cues, turns.last()) {
            (_, None) => false,
            (true, Some(last)) => {
                let same =
                    if name.is_some() { last.speaker == who } else { labelled && last.speaker.is_some() };
                let long = last.text.chars().count() > LONG && last.text.ends_with(['.', '?', '!', '…']);
                same && (name.is_some() || labelled) && !long
            }
            (false, Some(last)) => name.is_none() && labelled && last.speaker.is_some() && before.is_none(),
        };
        if let (true, Some(last)) = (goes_on, turns.last_mut()) {
            last.text.push(if cues { ' ' } else { '\n' });
            last.text.push_str(words);
            last.end = piece.end.or(last.end);
            continue;
        }
        let (speaker, start) = match (name, before.take()) {
            (None, Some((who, time, _))) => (who, start.or(time)),
            (_, Some((.., place))) => {
                empty.push(place);
                (who, start)
            }
            // The sentence of a long turn goes on with the same speaker.
            (None, None) if cues && labelled => (turns.last().and_then(|last| last.speaker), start),
            _ => (who, start),
        };
        turns.push(Turn { speaker, start, end: piece.end, text: words.to_owned() });
    }
    empty.extend(before.map(|(.., place)| place));
    if !empty.is_empty() {
        let shown = empty.len().min(3);
        let more = if empty.len() > shown { ", …" } else { "" };
        remarks.push(format!("{} without words left out ({}{more})", empty.len(), empty[..shown].join(", ")));
    }
    // Who is named and says nothing is nobody.
    let silent: Vec<String> = (0..speakers.len())
        .filter(|at| turns.iter().all(|turn| turn.speaker != Some(*at)))
        .map(|at| speakers[at].to_string())
        .collect();
    if !silent.is_empty() {
        remarks.push(format!("named, and nothing is said by: {}", silent.join(", ")));
    }
    (speakers, turns)
}

fn place_of(speakers: &mut Vec<Speaker>, name: &str) -> usize {
    let speaker = Speaker::Label(name.trim().to_owned());
    match speakers.iter().position(|known| *known == speaker) {
        Some(at) => at,
        None => {
            speakers.push(speaker);
            speakers.len() - 1
        }
    }
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn labels_and_what_is_none() {
        for (text, name) in
            [("Jan de Vries: ja", "Jan de Vries"), ("I: yes", "I"), ("R1:", "R1"), ("Jan (0:12): ja", "Jan")]
        {
            assert_eq!(label(text).map(|(name, ..)| name), Some(name), "{text}");
        }
        for other in [
            "at 10:30 we left",
            "https://example.org",
            "He said, then: no",
            "What I would like to say: no",
            "12: no",
            "no colon",
            ": nobody",
        ] {
            assert_eq!(label(other), None, "{other}");
        }
    }
}
