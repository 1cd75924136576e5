//! The footer: the keys that work now, read from the key table and laid out on one line if they fit, else on two lines of similar
//! length.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::tui::keys::{self, Command};
use crate::tui::page::{Canvas, Hit};
use crate::tui::screen::Look;

/// Lines of the footer.
pub(crate) const HEIGHT: u16 = 2;
/// Columns between two keys.
const GAP: u16 = 3;

/// A command, its key and what the footer calls it.
type Hint<'a> = (Command, String, &'a str);

/// Draws the keys of `commands` in the lines of `area`, with help always last. Scrolling keys are shown only if there is something
/// to scroll, and then take precedence over the last commands if space is short.
pub(crate) fn draw(canvas: &mut Canvas, area: Rect, look: &Look, commands: &[Command], typing: bool) {
    let scrolls = canvas.drawn.last_top > 0;
    let hint = |command: &Command| {
        if matches!(command, Command::PageDown | Command::LineDown) && !scrolls {
            return None;
        }
        let binding = keys::binding(*command)?;
        let label = (binding.label)(look.words);
        let key = binding.names(typing, commands, look.words).into_iter().next()?;
        (!label.is_empty()).then_some((*command, key, label))
    };
    let (help, mut others): (Vec<Hint>, Vec<Hint>) =
        commands.iter().filter_map(hint).partition(|(command, ..)| *command == Command::Help);
    let room = area.width.saturating_sub(2);
    let lines = loop {
        if let Some(lines) = broken(&others, &help, room) {
            break lines;
        }
        // Scrolling keys are needed if not everything is visible.
        let last = others.iter().rposition(|(command, ..)| !SCROLLING.contains(command));
        match last.or(others.len().checked_sub(1)) {
            Some(last) => drop(others.remove(last)),
            None => break 0,
        }
    };
    let (above, below) = others.split_at_checked(lines).unwrap_or((&others, &[]));
    let end = area.right().saturating_sub(1);
    for (y, line) in (area.y..).zip([above, below]) {
        let mut x = area.x + 1;
        for item in line {
            put(canvas, x, y, item, look);
            x += width(item) + GAP;
        }
    }
    let last = area.y + u16::from(!below.is_empty());
    for item in &help {
        put(canvas, end.saturating_sub(width(item)).max(area.x + 1), last, item, look);
    }
}

const SCROLLING: [Command; 2] = [Command::PageDown, Command::LineDown];

fn width((_, key, label): &Hint) -> u16 {
    u16::try_from(key.width() + 1 + label.width()).unwrap_or(u16::MAX)
}

/// How many of `others` go on the first of two lines of `room` columns, so that the longer line, with help at the end of the
/// second, is as short as possible; all of them if everything fits on one line, `None` if they do not fit on two.
fn broken(others: &[Hint], help: &[Hint], room: u16) -> Option<usize> {
    let length = |items: &[Hint]| {
        let gaps = GAP * u16::try_from(items.len().saturating_sub(1)).unwrap_or(0);
        items.iter().map(width).fold(gaps, u16::saturating_add)
    };
    let with_help = |items: &[Hint]| {
        let both = if items.is_empty() || help.is_empty() { 0 } else { 2 };
        length(items).saturating_add(both).saturating_add(length(help))
    };
    if with_help(others) <= room {
        return Some(others.len());
    }
    (1..others.len())
        .map(|at| (length(&others[..at]).max(with_help(&others[at..])), at))
        .min()
        .filter(|(longer, _)| *longer <= room)
        .map(|(_, at)| at)
}

fn put(canvas: &mut Canvas, x: u16, y: u16, item: &Hint, look: &Look) {
    let (command, key, label) = item;
    let spans = vec![
        Span::styled(key.clone(), look.styles.accent),
        Span::raw(" "),
        Span::styled((*label).to_owned(), look.styles.dim),
    ];
    let line = Line::from(spans);
    let width = line.width() as u16;
    canvas.line(x, y, width, &line);
    // Handing the keyboard back needs a key press, because it is unknown who clicked.
    if *command != Command::Keyboard {
        canvas.drawn.hits.push((Rect::new(x, y, width, 1), Hit::Command(*command)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hints(widths: &[usize]) -> Vec<(Command, String, &'static str)> {
        widths.iter().map(|width| (Command::Go, "k".repeat(width - 2), "l")).collect()
    }

    #[test]
    fn lines_break_evenly_and_only_where_they_must() {
        let help = hints(&[5]);
        // 10 + 3 + 10 + 2 + 5
        assert_eq!(broken(&hints(&[10, 10]), &help, 30), Some(2));
        // All but help would fit on one line; help must not be alone on the second.
        assert_eq!(broken(&hints(&[10, 10]), &help, 29), Some(1));
        assert_eq!(broken(&hints(&[10, 10, 10, 10]), &help, 49), Some(2));
        assert_eq!(broken(&hints(&[6, 6, 6, 20]), &help, 40), Some(3));
        // 23 and 12 against 10 and 25.
        assert_eq!(broken(&hints(&[10, 10, 5]), &help, 30), Some(2));
        assert_eq!(broken(&hints(&[20, 20, 20]), &help, 30), None);
        assert_eq!(broken(&hints(&[]), &help, 30), Some(0));
    }
}
