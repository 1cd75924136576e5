//! Tabs: which page is open, and its scroll position.

use crossterm::event::KeyCode;
use ratatui::layout::Rect;
use ratatui::text::Line;
use unicode_width::UnicodeWidthStr;

use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Drawn, Hit};
use crate::tui::screen::{Look, UserAction};

/// The open page among its neighbours.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tabs {
    /// Which one.
    pub open: usize,
    /// Its first line to show.
    pub top: usize,
}

impl Tabs {
    /// The row with their names, `gap` columns apart, in the first line of `area`.
    pub fn draw<'a>(
        self,
        names: impl Iterator<Item = &'a str>,
        gap: u16,
        canvas: &mut Canvas,
        area: Rect,
        look: &Look,
    ) {
        let mut at = area.x;
        for (index, name) in names.enumerate() {
            // The open page is marked by a sign as well as by its style.
            let (mark, style) =
                if index == self.open { ("▸", look.styles.accent) } else { (" ", look.styles.dim) };
            let text = format!("{mark}{} {name}", index + 1);
            let columns = text.width() as u16;
            if at + columns > area.right() {
                break;
            }
            canvas.line(at, area.y, columns, &Line::styled(text, style));
            canvas.drawn.hits.push((Rect::new(at, area.y, columns, 1), Hit::Entry(index)));
            at += columns + gap;
        }
    }

    /// Switches to another of `count` pages, or scrolls, if the act asks for that.
    pub fn on(&mut self, act: &UserAction, count: usize, drawn: &Drawn) {
        match act {
            UserAction::Command(Command::NextTab) => self.turn(self.open + 1, count),
            UserAction::Command(Command::PreviousTab) => self.turn(self.open.saturating_sub(1), count),
            UserAction::Hit(Hit::Entry(tab)) => self.turn(*tab, count),
            UserAction::Key(event) => {
                if let KeyCode::Char(digit @ '1'..='9') = event.code {
                    self.turn(digit as usize - '1' as usize, count);
                }
            }
            act => self.top = act.scrolls(drawn).unwrap_or(self.top),
        }
    }

    fn turn(&mut self, to: usize, count: usize) {
        *self = Self { open: to.min(count.saturating_sub(1)), top: 0 };
    }
}
