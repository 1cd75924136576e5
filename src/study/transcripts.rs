//! Transcripts as coders read them: turns as lines like those of answers, so that evidence is marked in both alike. Who may read them is
//! decided by [`super::blind`].

use std::collections::BTreeSet;

use super::{StudyError, digests};
use crate::coding::transcript::{Role, Speaker, Turn, clock, clocked, turn_name, turn_named};
use crate::coding::{Draft, Passage, Transcript};
use crate::instrument::Language;
use crate::interview::{ReviewLine, SessionState};
use crate::store::{Attached, SessionHeader, SessionId, Study};
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

/// A coder's marks in turns that are not shown any more, because the transcript was removed or is held back: a line for each with the
/// marked words, so that a mark can be removed. Nothing new can be marked in it.
pub fn marked_before(draft: &Draft, lines: &[ReviewLine], language: &Language) -> Vec<ReviewLine> {
    let marks = draft.evidence.iter().map(|mark| &mark.item);
    let items: BTreeSet<&String> = marks.chain(draft.passages.iter().map(|passage| &passage.item)).collect();
    let gone = |item: &&String| turn_named(item).is_some() && lines.iter().all(|line| line.item != **item);
    let line = |item: &String| {
        let passages = draft.passages_of(item);
        let quotes: Vec<&str> = passages.iter().map(|passage| passage.quote.as_str()).collect();
        ReviewLine {
            item: item.clone(),
            section: text!(language, "study-transcripts-marked-before"),
            question: item.clone(),
            answer: quotes.join(" … "),
            missing: None,
            open: false,
            note: None,
            words: None,
            withheld: quotes.is_empty(),
        }
    };
    items.into_iter().filter(gone).map(line).collect()
}

/// Those of these sessions whose respondents withdrew or refused consent.
///
/// # Errors
/// A study that cannot be read.
pub fn without_consent(study: &Study, headers: &[SessionHeader]) -> Result<BTreeSet<SessionId>, StudyError> {
    let mut found = digests::refused(study, headers)?;
    found.extend(
        headers.iter().filter(|header| header.state == SessionState::Withdrawn).map(|header| header.id),
    );
    Ok(found)
}

/// A transcript of a session with its id: the one that is `wanted`, or the only one.
///
/// # Errors
/// There is none, or no such one, or several to choose from.
pub fn one(
    study: &Study,
    session: &SessionId,
    wanted: Option<&str>,
) -> Result<(SessionId, String, Transcript), StudyError> {
    let attached = study.transcripts(session)?;
    let ids = || attached.keys().cloned().collect::<Vec<_>>().join(", ");
    let found = match (wanted, attached.len()) {
        (Some(wanted), _) => attached.get_key_value(wanted),
        (None, 0) => {
            return Err(StudyError::new(format!("session {} has no transcript", session.short()))
                .help("`relata study transcript add FILE SESSION` attaches one"));
        }
        (None, 1) => attached.first_key_value(),
        (None, count) => {
            return Err(StudyError::new(format!("session {} has {count} transcripts", session.short()))
                .help(format!("name one with --transcript: {}", ids())));
        }
    };
    match found {
        Some((id, (_, transcript))) => Ok((*session, id.clone(), transcript.clone())),
        None => Err(StudyError::new(format!("session {} has no such transcript", session.short()))
            .help(format!("it has: {}", ids()))),
    }
}

/// Transcripts in the order in which they were kept.
pub fn in_order(attached: &Attached) -> Vec<(&String, &Transcript)> {
    let mut all: Vec<_> = attached.iter().collect();
    all.sort_by_key(|(id, (at, _))| (*at, *id));
    all.into_iter().map(|(id, (_, transcript))| (id, transcript)).collect()
}

/// Who speaks in a turn, and when, by what [`heading`] wrote in any language.
pub fn headed(heading: &str) -> (Option<Speaker>, Option<u64>) {
    let (who, start) = match heading.rsplit_once(BESIDE).and_then(|(who, at)| Some((who, clocked(at)?))) {
        Some((who, start)) => (who, Some(start)),
        None => (heading, None),
    };
    let roles = [Role::Interviewer, Role::Respondent].map(|role| Some(Speaker::Role(role)));
    let mut known = roles.into_iter().chain([None]);
    let is = |speaker: &Option<Speaker>| {
        Language::all().any(|language| called(speaker.as_ref(), &language) == who)
    };
    let speaker = known.find(is).unwrap_or_else(|| who.parse().ok());
    (speaker, start)
}

/// What stands between a speaker and a time.
const BESIDE: &str = " · ";

/// Who speaks in a turn, and when.
pub fn heading(transcript: &Transcript, turn: &Turn, language: &Language) -> String {
    let who = called(transcript.speaker(turn), language);
    match turn.start {
        Some(start) => format!("{who}{BESIDE}{}", clock(start)),
        None => who,
    }
}

fn called(speaker: Option<&Speaker>, language: &Language) -> String {
    match speaker {
        Some(Speaker::Role(Role::Interviewer)) => text!(language, "study-transcripts-interviewer"),
        Some(Speaker::Role(Role::Respondent)) => text!(language, "study-transcripts-respondent"),
        Some(Speaker::Label(label)) => label.clone(),
        None => text!(language, "study-transcripts-somebody"),
    }
}

/// Those of these passages that are of a transcript, with their words.
pub fn quoted<'a>(passages: impl IntoIterator<Item = &'a Passage>, id: &str) -> Vec<&'a Passage> {
    let of = |passage: &&Passage| turn_named(&passage.item).is_some_and(|(transcript, _)| transcript == id);
    passages.into_iter().filter(of).collect()
}
