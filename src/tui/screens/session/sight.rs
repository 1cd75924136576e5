//! Tracks which part of a card has been visible: nobody can consent to a text they could not have read.

use super::SessionScreen;
use crate::instrument::kinds::Question;
use crate::instrument::prompt::Reply;
use crate::interview::Stage;
use crate::text;
use crate::tui::page::Drawn;
use crate::tui::screen::With;

/// How much of a prompt's card has been visible, counted from its first row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sight {
    /// Whether the prompt has been drawn at all; a key can arrive earlier.
    pub drawn: bool,
    /// The width and height of the card in the current window.
    place: (u16, usize),
    /// Rows of the card.
    rows: usize,
    /// The first row that has not been visible.
    to: usize,
}

impl Sight {
    fn see(&mut self, drawn: &Drawn, hurried: bool) {
        let place = (drawn.card.map_or(0, |card| card.width), drawn.height);
        // A new window size wraps the rows differently; messages below the prompt do not move them.
        if self.place != place {
            (self.place, self.to) = (place, 0);
        }
        self.rows = drawn.last_top + drawn.height;
        // A key held down turns pages faster than anybody reads.
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
    /// Records what was visible before an act.
    pub(super) fn see(&mut self, with: &With) {
        self.sight.see(with.drawn, self.hurried);
    }

    /// The consent question, if its text has not been visible to the end.
    fn unread(&self) -> Option<&dyn Question> {
        let Stage::Ask(asked) = &self.view.stage else { return None };
        let item = self.live.interview().instrument().item(&asked.item)?;
        (item.question.consent().is_some() && !self.sight.has_all()).then_some(&*item.question)
    }

    /// The first row to show: the top, until a text that must be read has been visible to the end.
    pub(super) fn first_row(&self) -> Option<usize> {
        self.top.or_else(|| self.unread().map(|_| 0))
    }

    /// Whether this reply consents to a text that has not been visible to the end. If so, scrolls to the next part of it.
    pub(super) fn agrees_unread(&mut self, reply: &Reply, with: &With) -> bool {
        if self.unread().is_none_or(|question| question.ends(std::slice::from_ref(reply))) {
            return false;
        }
        self.top = Some(self.sight.to.saturating_sub(2).min(with.drawn.last_top));
        self.trouble = Some(text!(&self.view.language, "tui-consent-more"));
        true
    }
}
