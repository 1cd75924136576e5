//! Commands of the plain mode: a colon and a word, English or Dutch.

/// What a line that starts with `:` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Back,
    Forward,
    Declined,
    DontKnow,
    Note(String),
    Language(String),
    Sections,
    Jump(String),
    Pause,
    Withdraw,
    Clear,
    Quit,
    Unknown(String),
}

/// Words, and what each does in English and Dutch; the help prints this very table.
pub(super) const WORDS: &[(&[&str], &str, &str)] = &[
    (&["back", "terug"], "to the question before", "naar de vorige vraag"),
    (&["forward", "verder"], "on without changing the answer", "verder zonder het antwoord te veranderen"),
    (&["declined", "geen"], "would rather not say", "wil ik liever niet zeggen"),
    (&["dontknow", "weetniet"], "don't know", "weet ik niet"),
    (&["note TEXT", "notitie TEKST"], "a note with this question", "een notitie bij deze vraag"),
    (&["lang TAG", "taal TAG"], "another language, such as :lang nl", "een andere taal, zoals :taal en"),
    (&["sections", "delen"], "the sections with their names", "de delen met hun namen"),
    (&["jump NAME", "naar NAAM"], "to a section (interviewer)", "naar een deel (interviewer)"),
    (&["pause", "pauze"], "stop the clock", "de klok stilzetten"),
    (&["withdraw", "terugtrekken"], "withdraw from the interview", "terugtrekken uit het interview"),
    (&["clear", "leeg"], "drop a text that was begun", "een begonnen tekst weggooien"),
    (&["quit", "stop"], "leave; everything is kept", "weggaan; alles is bewaard"),
    (&["help"], "this list", "deze lijst"),
];

impl Command {
    /// Whether it leaves the prompt where it is.
    pub fn stays(&self) -> bool {
        matches!(self, Self::Help | Self::Sections | Self::Note(_) | Self::Unknown(_))
    }

    /// The command in a line; none if the line is no command. Two colons make a text that starts with one.
    pub fn read(line: &str) -> Option<Self> {
        let command = line.trim().strip_prefix(':')?;
        if command.starts_with(':') {
            return None;
        }
        let (word, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim().to_owned();
        Some(match word.to_lowercase().as_str() {
            "help" | "?" | "" => Self::Help,
            "back" | "terug" => Self::Back,
            "forward" | "verder" => Self::Forward,
            "declined" | "geen" => Self::Declined,
            "dontknow" | "weetniet" => Self::DontKnow,
            "note" | "notitie" => Self::Note(rest),
            "lang" | "taal" => Self::Language(rest),
            "sections" | "delen" => Self::Sections,
            "jump" | "naar" => Self::Jump(rest),
            "pause" | "pauze" => Self::Pause,
            "withdraw" | "terugtrekken" => Self::Withdraw,
            "clear" | "leeg" => Self::Clear,
            "quit" | "stop" => Self::Quit,
            other => Self::Unknown(other.to_owned()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_help_is_understood() {
        for (words, _, _) in WORDS {
            for word in *words {
                let line = format!(":{}", word.to_lowercase());
                assert!(!matches!(Command::read(&line), None | Some(Command::Unknown(_))), "{word}");
            }
        }
    }

    #[test]
    fn two_colons_are_a_text() {
        assert_eq!(Command::read("::-)"), None);
        assert_eq!(Command::read("price: high"), None);
        assert_eq!(Command::read(":note he sighed "), Some(Command::Note("he sighed".into())));
    }
}
