//! What kinds of items say where an instrument leaves it to relata, in every language.

use super::text::Text;
use crate::text;

/// Agreement.
pub fn yes() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-yes"))
}

/// Refusal.
pub fn no() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-no"))
}

/// The low end of valence.
pub fn unpleasant() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-very-unpleasant"))
}

/// The high end of valence.
pub fn pleasant() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-very-pleasant"))
}

/// What stands for the rows of a table where none is marked.
pub fn none_marked() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-none-of-them"))
}

/// The second question of an association.
pub fn placing() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-how-pleasant-unpleasant-each"))
}

/// The second question of a best–worst item.
pub fn least_like() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-these-least-like"))
}

/// Before what was chosen at the first question.
pub fn chosen() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-chosen"))
}

/// What was chosen as most like it.
pub fn most() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-most"))
}

/// What was chosen as least like it.
pub fn least() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-least"))
}

/// The name of pleasant words in timed sorting.
pub fn good() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-good"))
}

/// The name of unpleasant words.
pub fn bad() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-bad"))
}

/// Before a test block.
pub fn now_it_counts() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-practice-same-once-more"))
}

/// Before the practice of the second stage.
pub fn sides_change() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-halfway-look-closely-sides"))
}

/// What timed sorting reads like in a review.
pub fn sorted() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-done"))
}

/// What it reads like where it was left out.
pub fn not_timed() -> Text {
    Text::said(|language| text!(language, "instrument-phrases-left-out-cannot-timed"))
}
