//! Commands of the plain mode: a colon and a word, in any language that relata speaks.

use crate::text;
use crate::texts::Language;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LineCommand {
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

/// The commands in the order of the help, each with its name and description in `language`.
pub(super) fn commands(language: &Language) -> Vec<(LineCommand, String, String)> {
    vec![
        (
            LineCommand::Back,
            text!(language, "plain-command-back"),
            text!(language, "plain-command-question-before"),
        ),
        (
            LineCommand::Forward,
            text!(language, "plain-command-forward"),
            text!(language, "plain-command-without-changing-answer"),
        ),
        (
            LineCommand::Declined,
            text!(language, "plain-command-declined"),
            text!(language, "plain-command-would-rather-not-say"),
        ),
        (
            LineCommand::DontKnow,
            text!(language, "plain-command-dontknow"),
            text!(language, "plain-command-dont-know"),
        ),
        (
            LineCommand::Note(String::new()),
            text!(language, "plain-command-note"),
            text!(language, "plain-command-note-question"),
        ),
        (
            LineCommand::Language(String::new()),
            text!(language, "plain-command-lang"),
            text!(language, "plain-command-another-language-such-lang"),
        ),
        (
            LineCommand::Sections,
            text!(language, "plain-command-sections"),
            text!(language, "plain-command-sections-their-names"),
        ),
        (
            LineCommand::Jump(String::new()),
            text!(language, "plain-command-jump"),
            text!(language, "plain-command-section-interviewer"),
        ),
        (
            LineCommand::Pause,
            text!(language, "plain-command-pause"),
            text!(language, "plain-command-stop-clock"),
        ),
        (
            LineCommand::Withdraw,
            text!(language, "plain-command-withdraw"),
            text!(language, "plain-command-withdraw-interview"),
        ),
        (
            LineCommand::Clear,
            text!(language, "plain-command-clear"),
            text!(language, "plain-command-drop-text-begun"),
        ),
        (
            LineCommand::Quit,
            text!(language, "plain-command-quit"),
            text!(language, "plain-command-leave-everything-kept"),
        ),
        (
            LineCommand::Help,
            text!(language, "plain-command-help"),
            text!(language, "plain-command-this-list"),
        ),
    ]
}

impl LineCommand {
    /// Whether the prompt stays where it is.
    pub fn stays(&self) -> bool {
        matches!(self, Self::Help | Self::Sections | Self::Note(_) | Self::Unknown(_))
    }

    /// The command in a line; `None` if the line is not a command. Two colons start a text that begins with one.
    pub fn read(line: &str) -> Option<Self> {
        let command = line.trim().strip_prefix(':')?;
        if command.starts_with(':') {
            return None;
        }
        let (word, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        let rest = rest.trim().to_owned();
        let word = word.to_lowercase();
        if ["", "?"].contains(&word.as_str()) {
            return Some(Self::Help);
        }
        let called = |name: &str| name.split(' ').next() == Some(word.as_str());
        let mut all = Language::all().flat_map(|language| commands(&language));
        Some(match all.find(|(_, name, _)| called(name)) {
            Some((Self::Note(_), ..)) => Self::Note(rest),
            Some((Self::Language(_), ..)) => Self::Language(rest),
            Some((Self::Jump(_), ..)) => Self::Jump(rest),
            Some((command, ..)) => command,
            None => Self::Unknown(word),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_the_help_is_understood() {
        for language in Language::all() {
            for (_, word, _) in commands(&language) {
                let line = format!(":{}", word.to_lowercase());
                assert!(!matches!(LineCommand::read(&line), None | Some(LineCommand::Unknown(_))), "{word}");
            }
        }
    }

    #[test]
    fn two_colons_are_a_text() {
        assert_eq!(LineCommand::read("::-)"), None);
        assert_eq!(LineCommand::read("price: high"), None);
        assert_eq!(LineCommand::read(":note he sighed "), Some(LineCommand::Note("he sighed".into())));
    }
}
