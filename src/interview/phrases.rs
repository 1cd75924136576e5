//! Phrases around an interview: refusals, thanks, and the counter for words.

use super::Refusal;
use crate::instrument::{Address, Language};
use crate::text;

/// Thanks at the end of an interview whose answers are kept.
pub fn thanks(language: &Language, address: Address) -> String {
    text!(language, "interview-phrases-thank-you-all-answers", address)
}

/// The text shown instead of a result if consent was refused.
pub fn refused(language: &Language) -> String {
    text!(language, "interview-phrases-no-consent-given-so")
}

/// The state of an interview, for the head of its report.
pub fn state_of(complete: bool, refused: bool, language: &Language) -> String {
    match (complete, refused) {
        (_, true) => text!(language, "interview-phrases-consent-refused"),
        (true, _) => text!(language, "interview-phrases-finished"),
        (false, _) => text!(language, "interview-phrases-not-finished"),
    }
}

/// The text above the single answer of a respondent who refused consent.
pub fn refused_review(language: &Language) -> String {
    text!(language, "interview-phrases-no-consent-given-so-nothing")
}

/// The text that offers to end the review, depending on whether a result follows.
pub fn at_the_end(shows_result: bool, language: &Language) -> String {
    match shows_result {
        true => text!(language, "interview-phrases-show-result"),
        false => text!(language, "interview-phrases-finish"),
    }
}

/// Replaces a question that was asked because of an answer that this reader may not see.
pub fn further_question(language: &Language) -> String {
    text!(language, "interview-phrases-further-question")
}

/// Explains that consent takes a yes or a no.
pub fn yes_or_no(language: &Language) -> String {
    text!(language, "interview-phrases-takes-yes-no-not")
}

/// Which of how many words comes next, so that the limit is known in advance.
pub fn which_word((number, most): (usize, usize), language: &Language) -> String {
    if number == most {
        return text!(language, "interview-phrases-word-number-last-one", number);
    }
    text!(language, "interview-phrases-word-number-most-most", number, most)
}

/// Says that a word was given before, at this place of the list.
fn word_again(place: usize, language: &Language) -> String {
    text!(language, "interview-phrases-word-place-already-give", place)
}

impl Refusal {
    /// Why something could not be done.
    pub fn in_words(&self, language: &Language) -> String {
        match self {
            Self::Invalid(why) => why.in_words(language),
            Self::Constraint(Some(message)) => message.clone(),
            Self::Constraint(None) => text!(language, "interview-phrases-answer-not-possible-here"),
            Self::WordAgain(place) => word_again(*place, language),
            Self::NotAsked(_) | Self::NotFirst => text!(language, "interview-phrases-not-being-asked-now"),
            Self::NeedsReply => text!(language, "interview-phrases-question-needs-answer-declining"),
            Self::Unanswered(_) => text!(language, "interview-phrases-some-questions-still-open"),
            Self::AtStart => text!(language, "interview-phrases-first-question"),
            Self::AtEnd => text!(language, "interview-phrases-this-is-the-end"),
            Self::Unknown(name) => text!(language, "interview-phrases-name-cannot-reached-here", name),
            Self::NotYours => text!(language, "interview-phrases-only-interviewer-can-do"),
            Self::HandOverFirst => text!(language, "interview-phrases-keyboard-change-hands-first"),
            Self::Paused => text!(language, "interview-phrases-interview-paused"),
            Self::Over => text!(language, "interview-phrases-interview-over"),
        }
    }
}
