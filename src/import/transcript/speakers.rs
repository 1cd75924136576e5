//! Turns from pieces. Owns where a turn ends, and who speaks where there is no label; refuses to guess the speaker where a dash
//! only marks a change.

use super::Piece;
use super::labels::{SpeakerLabels, found};
use crate::coding::transcript::{Speaker, Turn};
use crate::texts::remarks::plural;

/// Letters after which a turn that continues over several cues ends with its sentence, for readability.
const LONG: usize = 600;

/// Splits a cue before every line that begins something new.
fn parted(piece: Piece, begins: impl Fn(&str) -> bool) -> Vec<Piece> {
    let mut parts: Vec<Piece> = Vec::new();
    for line in piece.text.lines() {
        match parts.last_mut() {
            Some(last) if !begins(line) => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            _ => parts.push(Piece {
                place: piece.place.clone(),
                speaker: None,
                start: piece.start,
                end: piece.end,
                text: line.to_owned(),
                changes: piece.changes,
            }),
        }
    }
    if parts.is_empty() { vec![piece] } else { parts }
}

/// What stands behind a dash.
fn behind_dash(line: &str) -> Option<&str> {
    line.strip_prefix(['-', '–', '—']).map(str::trim_start)
}

/// A cue in which several lines begin with a dash has as many speakers; a single dash is plain text.
fn dashed(piece: Piece) -> Vec<Piece> {
    let dashes = piece.text.lines().filter(|line| behind_dash(line).is_some()).count();
    if piece.speaker.is_some() || dashes < 2 {
        return vec![piece];
    }
    let mut parts = parted(piece, |line| behind_dash(line).is_some());
    for part in &mut parts {
        if let Some(words) = behind_dash(&part.text).map(str::to_owned) {
            (part.text, part.changes) = (words, true);
        }
    }
    parts
}

/// Pieces in which only the first line has a label that speaks, and the labels of the file.
fn labelled(pieces: Vec<Piece>, cues: bool, named: &[String]) -> (Vec<Piece>, SpeakerLabels) {
    if !cues {
        let labels = SpeakerLabels::of(&pieces, named, cues);
        return (pieces, labels);
    }
    let pieces: Vec<Piece> = pieces.into_iter().flat_map(dashed).collect();
    let labels = SpeakerLabels::of(&pieces, named, cues);
    let begins = |line: &str| found(line, named, cues).is_some_and(|label| labels.speaks(label.name, named));
    let parts = |piece: Piece| if piece.speaker.is_some() { vec![piece] } else { parted(piece, begins) };
    let pieces = pieces.into_iter().flat_map(parts).collect();
    (pieces, labels)
}

/// The turns of a file and who speaks in it.
pub(super) fn turns(
    pieces: Vec<Piece>,
    cues: bool,
    named: &[String],
    remarks: &mut Vec<String>,
) -> (Vec<Speaker>, Vec<Turn>) {
    let (pieces, labels) = labelled(pieces, cues, named);
    remarks.extend(labels.remarks(named));
    let labelled = labels.any(named);
    let mut dashes = 0;
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut turns: Vec<Turn> = Vec::new();
    let mut empty: Vec<String> = Vec::new();
    let mut before: Option<(Option<usize>, Option<u64>, String)> = None;
    let mut clock: Option<Piece> = None;
    for mut piece in pieces {
        if !cues && piece.start.is_some() && piece.text.is_empty() {
            // A time on a line of its own belongs to the text below it.
            empty.extend(clock.replace(piece).map(|before| before.place));
            continue;
        }
        if let Some(time) = clock.take() {
            (piece.start, piece.end) = (piece.start.or(time.start), piece.end.or(time.end));
        }
        let label = found(&piece.text, named, cues)
            .filter(|label| piece.speaker.is_none() && labels.speaks(label.name, named));
        let is_labelled = label.is_some();
        let (name, start, words) = match (&piece.speaker, label) {
            (Some(name), _) => (Some(name.as_str()), piece.start, piece.text.trim()),
            (None, Some(label)) => (Some(label.name), piece.start.or(label.start), label.words),
            (None, None) => (None, piece.start, piece.text.trim()),
        };
        let words = match cues {
            true => words.split_whitespace().collect::<Vec<_>>().join(" "),
            false => words.replace('\t', " "),
        };
        let elsewhere = piece.changes && name.is_none();
        let who = name.map(|name| place_of(&mut speakers, name));
        if words.is_empty() {
            // A name on a line of its own is the speaker of the next.
            match is_labelled && !cues {
                true => empty.extend(before.replace((who, start, piece.place)).map(|(.., place)| place)),
                false => empty.push(piece.place),
            }
            continue;
        }
        dashes += usize::from(elsewhere);
        let goes_on = match (cues, turns.last()) {
            (_, None) => false,
            _ if elsewhere => false,
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
            last.text.push_str(&words);
            last.end = piece.end.or(last.end);
            continue;
        }
        let (speaker, start) = match (name, before.take()) {
            (None, Some((who, time, _))) => (who, start.or(time)),
            (_, Some((.., place))) => {
                empty.push(place);
                (who, start)
            }
            // A long turn's sentence continues with the same speaker.
            (None, None) if cues && labelled && !elsewhere => {
                (turns.last().and_then(|last| last.speaker), start)
            }
            _ => (who, start),
        };
        turns.push(Turn { speaker, start, end: piece.end, text: words });
    }
    empty.extend(before.map(|(.., place)| place));
    empty.extend(clock.map(|time| time.place));
    if dashes > 0 {
        remarks.push(format!(
            "{} behind a dash: somebody else speaks there, and it is not said who",
            plural(dashes, "turn")
        ));
    }
    if speakers.is_empty() && turns.len() > 1 {
        remarks.insert(
            0,
            format!(
                "NOBODY IS NAMED: none of the {} turns says who speaks (`relata study transcript add` takes with --speaker NAME=WHO for a speaker what a line is, or begins with before a colon, a time or a tab)",
                turns.len()
            ),
        );
    }
    if !empty.is_empty() {
        let shown = empty.len().min(3);
        let more = if empty.len() > shown { ", …" } else { "" };
        remarks.push(format!("{} without words left out ({}{more})", empty.len(), empty[..shown].join(", ")));
    }
    // A speaker without words is dropped.
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
