//! The card: a framed page in the middle of the screen, no wider than reads well.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Padding, Widget};

use crate::tui::page::{Canvas, Page, cut};
use crate::tui::screen::Look;

/// Widest card, frame included.
pub(crate) const WIDEST: u16 = 80;

/// Minimum height of a card with several pages, frame included. A taller minimum would only add empty space in large windows.
const TALL: u16 = 24;

/// A framed page.
pub(crate) struct Card<'a> {
    /// Shown in the upper edge of the frame.
    pub title: &'a str,
    /// What it holds.
    pub page: &'a Page,
    /// First row to show, if the card was scrolled.
    pub top: Option<usize>,
    /// Whether it is one of several pages, whose height should not vary from page to page.
    pub tall: bool,
    /// Widest card, frame included.
    pub widest: u16,
}

/// Columns for text in a card that is drawn in `area`.
pub(crate) fn inner_width(area: Rect, widest: u16) -> usize {
    usize::from(area.width.min(widest).saturating_sub(6))
}

impl Card<'_> {
    /// Draws the card at the top of `area`, in the middle of its width.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = area.width.min(self.widest);
        let wanted = u16::try_from(self.page.rows.len()).unwrap_or(u16::MAX).saturating_add(4);
        let least = if self.tall { TALL } else { 0 };
        let height = wanted.max(least).min(area.height);
        // Cards of all heights start on the same line, so that they do not jump from question to question.
        let place = Rect { x: area.x + (area.width - width) / 2, y: area.y, width, height };
        canvas.drawn.card = Some(place);
        Clear.render(place, canvas.buffer);
        let mut block = Block::bordered()
            .border_type(BorderType::Rounded)
            .border_style(look.styles.frame)
            .padding(Padding::new(2, 2, 1, 1));
        let room = usize::from(width.saturating_sub(8));
        if !self.title.is_empty() {
            let title = Span::styled(format!(" {} ", cut(self.title, room)), look.styles.strong);
            block = block.title(Line::from(title));
        }
        let inside = block.inner(place);
        block.render(place, canvas.buffer);
        canvas.page(inside, self.page, self.top, look.styles.accent);
    }
}
