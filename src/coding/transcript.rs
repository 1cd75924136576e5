//! Transcripts: what was said aloud in an interview, turn by turn, as coders read it beside the answers.
//!
//! Owns who speaks when, how a turn is called where evidence points to it, and when a transcript is one. Refuses to know from what file it
//! came, and to find anything in it that a person did not mark.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::instrument::content_hash_of;

/// Digits of the name of a transcript.
const DIGITS: usize = 8;
/// What parts the name of a transcript from the number of a turn; no item has it in its name.
const TURN: char = '#';

/// Whose words a turn holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Whoever asks.
    Interviewer,
    /// Whoever answers.
    Respondent,
}

impl Role {
    /// The word in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Interviewer => "interviewer",
            Self::Respondent => "respondent",
        }
    }
}

/// Somebody who speaks: by a role, which leaves no name, or by what the file calls them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaker {
    /// By a role.
    Role(Role),
    /// By a label.
    Label(String),
}

impl fmt::Display for Speaker {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => f.write_str(role.name()),
            Self::Label(label) => f.write_str(label),
        }
    }
}

/// A role by its word; anything else is a label, without spaces at its ends.
impl FromStr for Speaker {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let label = text.trim();
        let role = [Role::Interviewer, Role::Respondent].into_iter().find(|role| role.name() == label);
        match role {
            Some(role) => Ok(Self::Role(role)),
            None if label.is_empty() => Err(()),
            None => Ok(Self::Label(label.to_owned())),
        }
    }
}

/// What somebody said before somebody else did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The place of the speaker in [`Transcript::speakers`], where the file says who it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub speaker: Option<usize>,
    /// Milliseconds from the beginning of the recording.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<u64>,
    /// Likewise, where it ended.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<u64>,
    /// The words; places of passages are counted in these.
    pub text: String,
}

/// A transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// The hash of the file that it came from. Not its name: that is often a person's.
    pub source: String,
    /// Whether a person vouched that no rating and no choice is said aloud in it.
    pub no_ratings: bool,
    /// Who speaks, in the order of their first turns.
    pub speakers: Vec<Speaker>,
    /// What they said.
    pub turns: Vec<Turn>,
}

impl Transcript {
    /// What it is called in a session: the same file is the same transcript, wherever it is attached.
    pub fn id(&self, session: &str) -> String {
        let mut id = content_hash_of(&[session, " ", &self.source]);
        id.truncate(DIGITS);
        id
    }

    /// Whether it holds together.
    pub fn is_sound(&self) -> bool {
        let known = |turn: &Turn| turn.speaker.is_none_or(|speaker| speaker < self.speakers.len());
        !self.turns.is_empty() && self.turns.iter().all(|turn| known(turn) && !turn.text.trim().is_empty())
    }

    /// Whoever speaks in a turn.
    pub fn speaker(&self, turn: &Turn) -> Option<&Speaker> {
        turn.speaker.and_then(|speaker| self.speakers.get(speaker))
    }

    /// Turns and words of every speaker, and of those turns that are nobody's.
    pub fn spoken(&self) -> Vec<(Option<&Speaker>, usize, usize)> {
        let who = self.speakers.iter().enumerate().map(|(at, speaker)| (Some(at), Some(speaker)));
        let counted = who.chain([(None, None)]).map(|(at, speaker)| {
            let turns = || self.turns.iter().filter(move |turn| turn.speaker == at);
            let words = turns().map(|turn| turn.text.split_whitespace().count()).sum();
            (speaker, turns().count(), words)
        });
        counted.filter(|(_, turns, _)| *turns > 0).collect()
    }

    /// From the first word to the last, in milliseconds; none where the file has no times.
    pub fn lasts(&self) -> Option<u64> {
        let starts = self.turns.iter().filter_map(|turn| turn.start).min()?;
        let ends = self.turns.iter().filter_map(|turn| turn.end.or(turn.start)).max()?;
        Some(ends.saturating_sub(starts))
    }

    /// Calls speakers otherwise, all at once, so that two can change places. Two who are called alike are one; returns those who are.
    ///
    /// # Errors
    /// Nobody is called so, or somebody would be called two things; nothing is changed then.
    pub fn name(&mut self, names: &[(String, Speaker)]) -> Result<Vec<Speaker>, String> {
        for (nth, (from, to)) in names.iter().enumerate() {
            let from = from.trim();
            if !self.speakers.iter().any(|speaker| speaker.to_string() == from) {
                return Err(format!("nobody in it is called `{from}`"));
            }
            if let Some((_, other)) =
                names.iter().take(nth).find(|(name, other)| name.trim() == from && other != to)
            {
                return Err(format!("`{from}` cannot be both {other} and {to}"));
            }
        }
        let (mut places, mut alike) = (Vec::new(), Vec::new());
        for speaker in std::mem::take(&mut self.speakers) {
            let old = speaker.to_string();
            let new = names.iter().find(|(from, _)| from.trim() == old);
            let speaker = new.map_or(speaker, |(_, to)| to.clone());
            match self.speakers.iter().position(|known| *known == speaker) {
                Some(place) => {
                    places.push(place);
                    if !alike.contains(&speaker) {
                        alike.push(speaker);
                    }
                }
                None => {
                    places.push(self.speakers.len());
                    self.speakers.push(speaker);
                }
            }
        }
        for turn in &mut self.turns {
            turn.speaker = turn.speaker.and_then(|speaker| places.get(speaker).copied());
        }
        Ok(alike)
    }
}

/// How the turn of a number, from 1, is called where evidence points to it.
pub fn turn_name(transcript: &str, number: usize) -> String {
    format!("{transcript}{TURN}{number}")
}

/// Transcript and number of a turn that is called so; none for the name of an item.
pub fn turn_named(name: &str) -> Option<(&str, usize)> {
    let (transcript, number) = name.split_once(TURN)?;
    Some((transcript, number.parse().ok().filter(|number| *number > 0)?))
}

/// A time of a recording as people write it, `1:02:03` or `2:03`.
pub fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1_000;
    let (hours, minutes, seconds) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    match hours {
        0 => format!("{minutes}:{seconds:02}"),
        _ => format!("{hours}:{minutes:02}:{seconds:02}"),
    }
}

/// The time that [`clock`] wrote, in milliseconds; none for anything else.
pub fn clocked(text: &str) -> Option<u64> {
    let parts: Vec<u64> = text.split(':').map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let seconds = match parts.as_slice() {
        [minutes @ 0..60, seconds @ 0..60] => minutes * 60 + seconds,
        [hours @ 1..=9_999, minutes @ 0..60, seconds @ 0..60] => hours * 3_600 + minutes * 60 + seconds,
        _ => return None,
    };
    let time = seconds * 1_000;
    (clock(time) == text).then_some(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn transcript() -> Transcript {
        let turn = |speaker, start, text: &str| Turn { speaker, start, end: None, text: text.into() };
        Transcript {
            source: "f".repeat(64),
            no_ratings: false,
            speakers: ["Jan", "R", "Jan B."].map(|name| Speaker::Label(name.into())).to_vec(),
            turns: vec![
                turn(Some(0), Some(1_000), "How is it?"),
                turn(Some(1), Some(3_500), "Fine, we help each other."),
                turn(None, None, "(a door)"),
                turn(Some(2), Some(3_661_000), "And then?"),
            ],
        }
    }

    #[test]
    fn who_is_called_alike_is_one_and_a_role_leaves_no_name() {
        let mut named = transcript();
        let (asks, answers) = (Speaker::Role(Role::Interviewer), Speaker::Role(Role::Respondent));
        let names = [("Jan", &asks), ("Jan B.", &asks), ("R", &answers)];
        let names = names.map(|(from, to)| (from.to_owned(), to.clone()));
        assert_eq!(named.name(&names), Ok(vec![asks.clone()]));
        let counted: Vec<_> = named
            .spoken()
            .iter()
            .map(|(who, turns, words)| (who.map(ToString::to_string), *turns, *words))
            .collect();
        let who = |name: &str| Some(name.to_owned());
        assert_eq!(counted, [(who("interviewer"), 2, 5), (who("respondent"), 1, 5), (None, 1, 2)]);
        assert!(named.is_sound() && !serde_json::to_string(&named).unwrap().contains("Jan"));
        assert!(named.name(&names).is_err());
        assert_eq!(
            (named.lasts(), clock(3_660_000).as_str(), clock(62_900).as_str()),
            (Some(3_660_000), "1:01:00", "1:02")
        );
    }

    #[test]
    fn a_time_is_read_as_it_is_written() {
        for time in [0, 59_000, 62_000, 3_600_000, 36_061_000] {
            assert_eq!(clocked(&clock(time)), Some(time));
        }
        for other in ["", "12", "1:60", "01:02", "1:2", "1:02:3", "a:00", "18446744073709551615:00"] {
            assert_eq!(clocked(other), None, "{other}");
        }
    }

    #[test]
    fn two_speakers_change_places_and_nobody_is_two() {
        let mut named = transcript();
        let label = |name: &str| Speaker::Label(name.into());
        let names = [("Jan".to_owned(), label("R")), ("R".to_owned(), label("Jan"))];
        assert_eq!(named.name(&names), Ok(Vec::new()));
        assert_eq!(named.speakers, [label("R"), label("Jan"), label("Jan B.")]);
        assert_eq!(named.turns, transcript().turns);
        let before = named.clone();
        let both = [("Jan".to_owned(), label("C1")), ("Jan".to_owned(), label("C2"))];
        assert!(named.name(&both).is_err() && named == before);
    }

    #[test]
    fn a_turn_has_a_name_that_no_item_has() {
        let id = transcript().id("s");
        assert_eq!((id.len(), id == transcript().id("other")), (DIGITS, false));
        assert_eq!(turn_named(&turn_name(&id, 12)), Some((id.as_str(), 12)));
        for other in ["story_high", "story#", "story#0", "#"] {
            assert_eq!(turn_named(other), None, "{other}");
        }
    }

    #[test]
    fn what_does_not_hold_together_is_none() {
        let mut broken = transcript();
        broken.turns[0].speaker = Some(3);
        assert!(!broken.is_sound());
        broken.turns.clear();
        assert!(!broken.is_sound());
    }
}
