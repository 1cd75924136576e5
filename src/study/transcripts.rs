//! Transcripts as coders read them: turn by turn, as lines like those of answers, so that evidence is marked in both alike. Owns how a turn is
//! headed; refuses to decide who may read it ([`super::blind`] does).

use crate::coding::transcript::{Role, Speaker, Turn, clock, turn_name};
use crate::coding::{Passage, Transcript};
use crate::instrument::Language;
use crate::interview::ReviewLine;
use crate::store::Attached;
use crate::text;

/// Every turn of the transcripts of a session, in `language`, in the order of what was attached first.
pub fn lines<'a>(
    attached: impl IntoIterator<Item = (&'a String, &'a Transcript)>,
    language: &Language,
) -> Vec<ReviewLine> {
    let attached: Vec<_> = attached.into_iter().collect();
    let mut lines = Vec::new();
    for (number, (id, transcript)) in (1..).zip(&attached) {
        let section = match attached.len() {
            1 => text!(language, "study-transcripts-transcript"),
            _ => text!(language, "study-transcripts-transcript-of-several", number),
        };
        for (number, turn) in (1..).zip(&transcript.turns) {
            lines.push(ReviewLine {
                item: turn_name(id, number),
                section: section.clone(),
                question: heading(transcript, turn, language),
                answer: turn.text.clone(),
                missing: None,
                open: false,
                note: None,
                words: Some(turn.text.clone()),
                withheld: false,
            });
        }
    }
    lines
}

/// Transcripts in the order in which they were kept.
pub fn in_order(attached: &Attached) -> Vec<(&String, &Transcript)> {
    let mut all: Vec<_> = attached.iter().collect();
    all.sort_by_key(|(id, (at, _))| (*at, *id));
    all.into_iter().map(|(id, (_, transcript))| (id, transcript)).collect()
}

/// Who speaks in a turn, and when.
pub fn heading(transcript: &Transcript, turn: &Turn, language: &Language) -> String {
    let who = match transcript.speaker(turn) {
        Some(Speaker::Role(Role::Interviewer)) => text!(language, "study-transcripts-interviewer"),
        Some(Speaker::Role(Role::Respondent)) => text!(language, "study-transcripts-respondent"),
        Some(Speaker::Label(label)) => label.clone(),
        None => text!(language, "study-transcripts-somebody"),
    };
    match turn.start {
        Some(start) => format!("{who} · {}", clock(start)),
        None => who,
    }
}

/// Those of these passages that are of a transcript, with their words.
pub fn quoted<'a>(passages: impl IntoIterator<Item = &'a Passage>, id: &str) -> Vec<&'a Passage> {
    let of = |passage: &&Passage| {
        crate::coding::transcript::turn_named(&passage.item).is_some_and(|(transcript, _)| transcript == id)
    };
    passages.into_iter().filter(of).collect()
}
