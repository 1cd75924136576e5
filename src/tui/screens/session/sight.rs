//! What of a card has been in sight: nobody agrees to what they could not have read.

use super::SessionScreen;
use crate::instrument::kinds::Question;
use crate::instrument::prompt::Reply;
use crate::interview::Stage;
use crate::text;
use crate::tui::page::Drawn;
use crate::tui::screen::With;

/// How far the card of a prompt has been in sight, from its first row on.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sight {
    /// Whether the prompt has been drawn at all: a key can come before.
    pub drawn: bool,
    /// How wide and high the card is in the window as it is.
    place: (u16, usize),
    /// Rows of the card.
    rows: usize,
    /// The first row that nobody can have seen.
    to: usize,
}

impl Sight {
    fn see(&mut self, drawn: &Drawn, hurried: bool) {
        let place = (drawn.card.map_or(0, |card| card.width), drawn.height);
        // In another window the rows are others. What is said below the prompt moves none of them.
        if self.place != place {
            (self.place, self.to) = (place, 0);
        }
        self.rows = drawn.last_top + drawn.height;
        // A key held down turns pages that nobody has read.
        let read = !hurried || drawn.last_top == 0;
        if self.drawn && read && drawn.top <= self.to {
            self.to = self.to.max(drawn.top + drawn.height);
        }
    }

    fn has_all(self) -> bool {
        self.drawn && self.to >= self.rows
    }
}

impl SessionScreen {
    /// What was in sight before an act.
    pub(super) fn see(&mut self, with: &With) {
        self.sight.see(with.drawn, self.hurried);
    }

    /// The question for consent whose text has not been in sight to its end.
    fn unread(&self) -> Option<&dyn Question> {
        let Stage::Ask(asked) = &self.view.stage else { return None };
        let item = self.live.interview().instrument().item(&asked.item)?;
        (item.question.consent().is_some() && !self.sight.has_all()).then_some(&*item.question)
    }

    /// The first row to show: that of the text, as long as somebody is to read it first.
    pub(super) fn first_row(&self) -> Option<usize> {
        self.top.or_else(|| self.unread().map(|_| 0))
    }

    /// Whether this is a yes to a text that has not been in sight to its end. Then the next part of it is shown instead.
    pub(super) fn agrees_unread(&mut self, reply: &Reply, with: &With) -> bool {
        if self.unread().is_none_or(|question| question.ends(std::slice::from_ref(reply))) {
            return false;
        }
        self.top = Some(self.sight.to.saturating_sub(2).min(with.drawn.last_top));
        self.trouble = Some(text!(&self.view.language, "tui-consent-more"));
        true
    }
}
