//! The turns of a transcript from the text that `Laid::out` made of them. Owns what such a text looks like; refuses the texts of others, which
//! are read as the files that they are.

use super::Laid;
use crate::coding::Transcript;
use crate::coding::transcript::{Speaker, Turn};
use crate::instrument::{Language, hash_of};
use crate::study::transcripts::{headed, lines};
use crate::text;

/// What we call the text of a transcript of somebody.
pub(super) fn name(transcript: &str, language: &Language) -> String {
    format!("{} {transcript}", text!(language, "study-transcripts-transcript"))
}

/// Whether a text is called as we call that of a transcript, in any language.
fn is_name(source: &str) -> bool {
    let source = source.strip_suffix(".txt").unwrap_or(source);
    let id = source.rsplit(' ').next().unwrap_or_default();
    id.bytes().all(|b| b.is_ascii_hexdigit())
        && Language::all().any(|language| source.ends_with(&name(id, &language)))
}

/// The transcript that a text of our own projects was written from, by what the text is called; times are whole seconds.
pub fn written_from(source: &str, text: &str) -> Option<Transcript> {
    let plain = text.replace("\r\n", "\n");
    let plain = plain.trim_end();
    if !is_name(source) {
        return None;
    }
    let (mut speakers, mut turns) = (Vec::<Speaker>::new(), Vec::<Turn>::new());
    for block in plain.split("\n\n") {
        match block.split_once('\n') {
            Some((heading, words)) => {
                let (speaker, start) = headed(heading);
                let speaker = speaker.map(|speaker| {
                    speakers.iter().position(|known| *known == speaker).unwrap_or_else(|| {
                        speakers.push(speaker);
                        speakers.len() - 1
                    })
                });
                turns.push(Turn { speaker, start, end: None, text: words.to_owned() });
            }
            // Words behind an empty line of a turn.
            None => turns.last_mut()?.text.push_str(&format!("\n\n{block}")),
        }
    }
    let transcript = Transcript { source: hash_of(&[text.as_bytes()]), no_ratings: false, speakers, turns };
    let is_ours = |language: &Language| {
        let id = String::new();
        Laid::out(&lines([(&id, &transcript)], language), language).text.trim_end() == plain
    };
    (transcript.is_sound() && Language::all().any(|language| is_ours(&language))).then_some(transcript)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::coding::transcript::Role;

    fn transcript() -> Transcript {
        let turn = |speaker, start: Option<u64>, text: &str| Turn {
            speaker,
            start: start.map(|start| start * 1_000),
            end: None,
            text: text.into(),
        };
        let role = |role| Speaker::Role(role);
        Transcript {
            source: String::new(),
            no_ratings: false,
            speakers: vec![
                role(Role::Interviewer),
                role(Role::Respondent),
                Speaker::Label("Klant · 2".into()),
            ],
            turns: vec![
                turn(Some(0), Some(1), "How is it going?"),
                turn(Some(1), Some(3_662), "We share.\nNobody counts: never."),
                turn(None, None, "(a door)"),
                turn(Some(2), None, "One.\n\nTwo."),
                turn(Some(0), Some(90), "At 0:02?"),
            ],
        }
    }

    #[test]
    fn turns_come_back_as_they_were_written() {
        let id = "12345678".to_owned();
        for language in Language::all() {
            let transcript = transcript();
            let text = Laid::out(&lines([(&id, &transcript)], &language), &language).text;
            let source = format!("R1 1a2b3c4d {}", name(&id, &language));
            for text in [text.replace('\n', "\r\n"), text] {
                let found = written_from(&source, &text).unwrap();
                assert_eq!(
                    (&found.speakers, &found.turns),
                    (&transcript.speakers, &transcript.turns),
                    "{text}"
                );
            }
        }
    }

    #[test]
    fn texts_of_others_are_none() {
        let (name, text) =
            ("R1 1a2b3c4d Transcript 12345678", "Interviewer\nHello\n\nRespondent · 0:05\nYes\n");
        assert!(written_from(name, text).is_some() && written_from(&format!("{name}.txt"), text).is_some());
        for other in ["Transcript", "Transcript of Jan", "R1 1a2b3c4d answers", ""] {
            assert_eq!(written_from(other, text), None, "{other}");
        }
        for other in ["", "One line.\n", "Hello.\n\nInterviewer\nHello\n", "Interviewer · 0:05\n\n\nHello\n"]
        {
            assert_eq!(written_from(name, other), None, "{other:?}");
        }
    }
}
