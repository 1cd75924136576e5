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

/// Stands for tabs to the left that have no room.
const LEFT_OUT: &str = "…";

impl Tabs {
    /// The row with their names, `gap` columns apart, in the first line of `area`. Where not all fit, the first ones are left out until
    /// the open one does.
    pub fn draw<'a>(
        self,
        names: impl Iterator<Item = &'a str>,
        gap: u16,
        canvas: &mut Canvas,
        area: Rect,
        look: &Look,
    ) {
        // The open page is marked by a sign as well as by its style.
        let tab =
            |(index, name)| format!("{}{} {name}", if index == self.open { "▸" } else { " " }, index + 1);
        let tabs: Vec<String> = names.enumerate().map(tab).collect();
        let room = usize::from(area.width);
        let fits = |first: usize| {
            let shown = tabs.get(first..=self.open).unwrap_or_default();
            let widths: usize = shown.iter().map(|tab| tab.width() + usize::from(gap)).sum();
            let lead = if first > 0 { LEFT_OUT.width() } else { 0 };
            lead + widths <= room + usize::from(gap)
        };
        let first = (0..self.open).find(|first| fits(*first)).unwrap_or(self.open);
        let mut at = area.x;
        if first > 0 {
            let columns = LEFT_OUT.width() as u16;
            canvas.line(at, area.y, columns, &Line::styled(LEFT_OUT, look.styles.dim));
            at += columns;
        }
        for (index, text) in tabs.iter().enumerate().skip(first) {
            let style = if index == self.open { look.styles.accent } else { look.styles.dim };
            let columns = text.width() as u16;
            if at + columns > area.right() {
                break;
            }
            canvas.line(at, area.y, columns, &Line::styled(text.as_str(), style));
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

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::instrument::Language;
    use crate::tui::theme::Theme;
    use crate::tui::words::Words;

    #[test]
    fn the_open_page_is_always_in_the_row() {
        let names = ["Building blocks", "Profile", "What to do", "Scales", "Basis"];
        let language = Language::new("en");
        let styles = Theme::NoColour.styles();
        let look = Look { styles, words: Words::of(&language), language, now: 0, height: 24 };
        for width in 20..80 {
            for open in 0..names.len() {
                let area = Rect::new(0, 0, width, 1);
                let mut buffer = Buffer::empty(area);
                let mut canvas = Canvas { buffer: &mut buffer, drawn: Drawn::default() };
                Tabs { open, top: 0 }.draw(names.into_iter(), 2, &mut canvas, area, &look);
                let hits: Vec<Hit> = canvas.drawn.hits.iter().map(|(_, hit)| *hit).collect();
                let row: String = (0..width).map(|x| buffer[(x, 0)].symbol().to_owned()).collect();
                let mark = format!("▸{} {}", open + 1, names[open]);
                assert!(row.contains(&mark), "{width}: {row}");
                assert!(hits.contains(&Hit::Entry(open)), "{width}: {row}");
                assert_eq!(row.starts_with('…'), !hits.contains(&Hit::Entry(0)), "{width}: {row}");
            }
        }
    }
}
