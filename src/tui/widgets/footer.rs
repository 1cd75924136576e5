//! The footer: the keys that work now, as many as fit in two lines, read from the key table.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::tui::keys::{self, Command};
use crate::tui::page::{Canvas, Hit};
use crate::tui::screen::Look;

/// Lines of the footer.
pub(crate) const HEIGHT: u16 = 2;

/// Draws the keys of `commands` in the lines of `area`; help always has its place at the end of the last.
/// Scrolling is shown only where there is something to scroll.
pub(crate) fn draw(canvas: &mut Canvas, area: Rect, look: &Look, commands: &[Command], typing: bool) {
    let scrolls = canvas.drawn.last_top > 0;
    let hint = |command: &Command| {
        if matches!(command, Command::PageDown | Command::LineDown) && !scrolls {
            return None;
        }
        let binding = keys::binding(*command)?;
        let label = (binding.label)(look.words);
        let key = binding.names(typing, commands).into_iter().next()?;
        (!label.is_empty()).then_some((*command, key, label))
    };
    let (help, others): (Vec<_>, Vec<_>) =
        commands.iter().filter_map(hint).partition(|(command, ..)| *command == Command::Help);
    let width = |(_, key, label): &(Command, String, &str)| (key.width() + 1 + label.width()) as u16;
    let reserved: u16 = help.iter().map(|help| width(help) + 2).sum();
    let (start, end) = (area.x + 1, area.right().saturating_sub(1));
    let last = area.bottom().saturating_sub(1);
    let (mut x, mut y) = (start, area.y);
    for item in &others {
        if y < last && x > start && x + width(item) > end {
            (x, y) = (start, y + 1);
        }
        let end = if y == last { end.saturating_sub(reserved) } else { end };
        if x + width(item) > end {
            break;
        }
        put(canvas, x, y, item, look);
        x += width(item) + 3;
    }
    for item in &help {
        put(canvas, end.saturating_sub(width(item)), last, item, look);
    }
}

fn put(canvas: &mut Canvas, x: u16, y: u16, item: &(Command, String, &str), look: &Look) {
    let (command, key, label) = item;
    let spans = vec![
        Span::styled(key.clone(), look.styles.accent),
        Span::raw(" "),
        Span::styled((*label).to_owned(), look.styles.dim),
    ];
    let line = Line::from(spans);
    let width = line.width() as u16;
    canvas.line(x, y, width, &line);
    // Who clicks on the footer of a hand-back card is not known; that key stays a key.
    if *command != Command::Keyboard {
        canvas.drawn.hits.push((Rect::new(x, y, width, 1), Hit::Command(*command)));
    }
}
