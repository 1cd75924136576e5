//! WebVTT and SubRip: cues with times. Owns which parts of a cue are words; refuses to lose words because of an unreadable
//! time.

use super::{Piece, Pieces, time};
use crate::texts::remarks::plural;

const ARROW: &str = "-->";

/// Which of the two a text is, if it is one.
pub(super) fn kind(text: &str) -> Option<&'static str> {
    let first = text.lines().next().unwrap_or_default();
    if first == "WEBVTT" || first.starts_with("WEBVTT ") || first.starts_with("WEBVTT\t") {
        return Some("WebVTT");
    }
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let (one, two) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let numbered = is_number(one);
    (times(one).is_some() || numbered && two.contains(ARROW)).then_some("SubRip")
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// The two times of a line; anything after the second one, such as the position on the screen, is ignored.
pub(super) fn times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once(ARROW)?;
    let end = end.split_whitespace().next()?;
    Some((time::read(start.trim())?, time::read(end)?))
}

pub(super) fn read(text: &str) -> Pieces {
    let mut out = Pieces { cues: true, ..Pieces::default() };
    let (mut asides, mut overlapping, mut last) = (0, 0, 0);
    let lines: Vec<&str> = text.lines().collect();
    let mut at = usize::from(kind(text) == Some("WebVTT"));
    if at == 1 {
        // The lines below the first, up to an empty one, describe the file.
        while lines.get(at).is_some_and(|line| !line.trim().is_empty()) {
            at += 1;
        }
    }
    while at < lines.len() {
        if lines[at].trim().is_empty() {
            at += 1;
            continue;
        }
        let first = at;
        while at < lines.len() && !lines[at].trim().is_empty() {
            at += 1;
        }
        let block = &lines[first..at];
        let word = block[0].split_whitespace().next().unwrap_or_default();
        if matches!(word, "NOTE" | "STYLE" | "REGION") && !block[0].contains(ARROW) {
            asides += 1;
            continue;
        }
        // The name of a cue comes before its times; without times everything is words.
        let timed = block.iter().take(2).position(|line| line.contains(ARROW));
        let place = format!("line {}", first + timed.unwrap_or(0) + 1);
        let found = timed.and_then(|timed| times(block[timed]));
        let (start, end) = match found {
            Some((start, end)) if start <= end => (Some(start), Some(end)),
            _ => {
                let what = match (timed, found) {
                    (None, _) => "no times stand above its words".to_owned(),
                    (Some(timed), None) => format!("`{}` is not two times", block[timed].trim()),
                    (Some(timed), Some(_)) => format!("`{}` ends before it begins", block[timed].trim()),
                };
                out.remarks.push(format!("{place}: {what}; the words were kept without a time"));
                (None, None)
            }
        };
        overlapping += usize::from(start.is_some_and(|start| start < last));
        last = last.max(end.unwrap_or(0));
        // A number that stands above words is the cue's, also where its times are gone.
        let numbered = usize::from(block.len() > 1 && is_number(block[0]));
        let words = block[timed.map_or(numbered, |timed| timed + 1)..].join("\n");
        let said = voices(&words);
        if said.is_empty() {
            out.pieces.push(Piece { place, ..Piece::default() });
            continue;
        }
        for (speaker, text) in said {
            out.pieces.push(Piece { place: place.clone(), speaker, start, end, text, changes: false });
        }
    }
    if asides > 0 {
        out.remarks.push(format!(
            "{} (NOTE, STYLE, REGION) left out: no words of the interview",
            plural(asides, "block")
        ));
    }
    if overlapping > 0 {
        let verb = if overlapping == 1 { "begins" } else { "begin" };
        out.remarks.push(format!(
            "{} {verb} before the one before has ended; the order of the file was kept",
            plural(overlapping, "cue")
        ));
    }
    out
}

/// What each voice of a cue says, without marks of layout.
fn voices(words: &str) -> Vec<(Option<String>, String)> {
    let mut said: Vec<(Option<String>, String)> = vec![(None, String::new())];
    let words = without_overrides(words);
    let mut rest = words.as_str();
    while let Some(open) = rest.find('<') {
        push(&mut said, &rest[..open]);
        let inside = &rest[open + 1..];
        // A `<` that opens no known tag is plain text.
        let known = |tag: &str| {
            let name = tag.trim_start_matches('/').split(['.', ' ', '\t', '\n']).next().unwrap_or_default();
            matches!(name, "v" | "c" | "i" | "b" | "u" | "ruby" | "rt" | "lang" | "font")
                || time::read(name).is_some()
        };
        match inside.find('>').filter(|close| known(&inside[..*close])) {
            Some(close) => {
                let tag = &inside[..close];
                let voice = tag.strip_prefix('v').filter(|rest| rest.starts_with([' ', '\t', '\n', '.']));
                if let Some(voice) = voice {
                    let name = voice.split_once(char::is_whitespace).map_or("", |(_, name)| name);
                    let name = unescaped(name).split_whitespace().collect::<Vec<_>>().join(" ");
                    said.push((Some(name).filter(|name| !name.is_empty()), String::new()));
                } else if tag == "/v" {
                    said.push((None, String::new()));
                }
                rest = &inside[close + 1..];
            }
            None => {
                push(&mut said, "<");
                rest = inside;
            }
        }
    }
    push(&mut said, rest);
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = said.into_iter().map(|(speaker, text)| {
        let text = unescaped(&text);
        // Where the cue names no speaker, every line may begin with a name, followed by a tab.
        let text = match speaker {
            Some(_) => tidy(&text),
            None => {
                text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
            }
        };
        (speaker, text)
    });
    said.filter(|(_, text)| !text.is_empty()).collect()
}

/// Without the places and styles that some programs write into SubRip files, as in `{\an8}`.
fn without_overrides(words: &str) -> String {
    let mut kept = String::new();
    let mut rest = words;
    while let Some((before, inside)) = rest.split_once("{\\") {
        let Some((_, after)) = inside.split_once('}').filter(|(code, _)| !code.contains('\n')) else { break };
        kept.push_str(before);
        rest = after;
    }
    kept + rest
}

fn push(said: &mut [(Option<String>, String)], text: &str) {
    if let Some((_, last)) = said.last_mut() {
        last.push_str(text);
    }
}

fn unescaped(text: &str) -> String {
    let signs = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " "), ("&lrm;", ""), ("&rlm;", ""), ("&amp;", "&")];
    signs.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}
