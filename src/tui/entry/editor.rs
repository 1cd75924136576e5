//! A field for text: one line or several. Owns editing and how the field looks; refuses to say when the text is done.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use crate::tui::page::Row;
use crate::tui::theme::Styles;

/// Most characters that a paste may add; more is a mistake and would make every key slow.
const LONGEST_PASTE: usize = 100_000;

/// A text being edited.
#[derive(Debug)]
pub(crate) struct Editor {
    area: TextArea<'static>,
    lines: bool,
}

impl Editor {
    /// A field with `text` in it, the cursor behind it.
    pub fn new(text: &str, several_lines: bool) -> Self {
        let lines: Vec<String> =
            if several_lines { text.lines().map(clean).collect() } else { vec![clean(text)] };
        let mut area = TextArea::new(lines);
        area.set_cursor_line_style(Style::default());
        area.set_cursor_style(Style::default().add_modifier(Modifier::REVERSED));
        area.set_wrap_mode(if several_lines { WrapMode::WordOrGlyph } else { WrapMode::None });
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, lines: several_lines }
    }

    /// The text.
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Takes a key; whether the text or the cursor changed.
    pub fn key(&mut self, event: KeyEvent) -> bool {
        let before = (self.area.lines().to_vec(), self.area.cursor());
        match event.code {
            KeyCode::Enter if !self.lines => {}
            // A tab is a column of its own width in every terminal; nobody wants one in an answer.
            KeyCode::Tab => {}
            // Some terminals take these for orders, and an answer is printed in many places.
            KeyCode::Char(letter) if letter.is_control() => {}
            KeyCode::Char('m' | 'j') if !self.lines && event.modifiers == KeyModifiers::CONTROL => {}
            _ => {
                self.area.input(event);
            }
        }
        (self.area.lines().to_vec(), self.area.cursor()) != before
    }

    /// Takes a pasted text.
    pub fn paste(&mut self, text: &str) {
        let text: String = text.chars().take(LONGEST_PASTE).collect();
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if self.lines {
            let lines: Vec<String> = text.split('\n').map(clean).collect();
            self.area.insert_str(lines.join("\n"));
        } else {
            self.area.insert_str(clean(&text));
        }
    }

    /// The field in rows of `width` columns: an underlined line, or a box of `height` lines with a bar at its left.
    pub fn rows(&self, width: usize, height: usize, active: bool, styles: &Styles) -> Vec<Row> {
        let columns = u16::try_from(width.saturating_sub(2).max(1)).unwrap_or(u16::MAX).min(400);
        let place = Rect::new(0, 0, columns, height.clamp(1, 100) as u16);
        let mut buffer = Buffer::empty(place);
        let mut area = self.area.clone();
        if !active {
            area.set_cursor_style(Style::default());
        }
        Widget::render(&area, place, &mut buffer);
        let bar = if active { styles.accent } else { styles.frame };
        (0..place.height)
            .map(|y| {
                let mut spans = vec![Span::styled("▎ ", bar)];
                let mut skip = 0;
                for x in 0..place.width {
                    let cell = &buffer[(x, y)];
                    // The second half of a wide character is a cell of its own, which must not be drawn again.
                    if skip > 0 {
                        skip -= 1;
                        continue;
                    }
                    let style = cell.style();
                    let reversed = style.add_modifier.contains(Modifier::REVERSED);
                    let style =
                        if reversed { Style::new().add_modifier(Modifier::REVERSED) } else { Style::new() };
                    let span = Span::styled(cell.symbol().to_owned(), style);
                    skip = span.width().saturating_sub(1);
                    spans.push(span);
                }
                Row::of(spans)
            })
            .collect()
    }
}

/// Without characters that would move the cursor of a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;

    fn written(rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| row.line.to_string().trim_end().to_owned()).collect()
    }

    #[test]
    fn a_line_stays_a_line_whatever_is_pasted() {
        let mut editor = Editor::new("a", false);
        editor.paste("b\r\nc\u{1b}[2J");
        assert_eq!(editor.text(), "ab c [2J");
        assert!(!editor.key(KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE)));
    }

    #[test]
    fn characters_that_terminals_obey_cannot_be_typed() {
        let mut editor = Editor::new("a", true);
        for letter in ['\u{9b}', '\u{85}', '\u{0}', '\u{7f}', '\n', 'b'] {
            editor.key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
        }
        assert_eq!(editor.text(), "ab");
    }

    #[test]
    fn long_words_and_wide_characters_wrap() {
        let editor = Editor::new("日本語日本語 abcdefghijkl", true);
        let rows = editor.rows(10, 5, true, &Theme::NoColour.styles());
        assert!(rows.iter().all(|row| row.line.width() <= 10), "{:?}", written(&rows));
        assert_eq!(rows.len(), 5);
    }
}
