//! A text field of one line or several. Owns editing and how the field looks; the caller decides when the text is complete.

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::Span;
use ratatui::widgets::Widget;
use ratatui_textarea::{CursorMove, DataCursor, TextArea, WrapMode};
use unicode_segmentation::UnicodeSegmentation;

use crate::tui::page::PageRow;
use crate::tui::screen::UserAction;
use crate::tui::theme::Styles;

/// Longest paste in characters; anything longer is a mistake and would make every key slow.
const LONGEST_PASTE: usize = 100_000;

#[derive(Debug)]
pub(crate) struct Editor {
    area: TextArea<'static>,
    lines: bool,
}

impl Editor {
    /// A field that contains `text`, with the cursor at its end.
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
            // A tab's width differs between terminals, and no answer needs one.
            KeyCode::Tab => {}
            // Some terminals act on control characters, and answers are printed in many places.
            KeyCode::Char(letter) if letter.is_control() => {}
            // What a terminal without bracketed paste sends for the end of a line, which the editor would delete a line for.
            KeyCode::Char('m') if !self.lines && event.modifiers == KeyModifiers::CONTROL => {}
            KeyCode::Char('m' | 'j') if event.modifiers == KeyModifiers::CONTROL => match self.lines {
                true => self.area.insert_newline(),
                // As in a pasted text, so that its words stay apart.
                false => self.area.insert_char(' '),
            },
            // As in a shell, Ctrl+U deletes the line up to the cursor and Ctrl+Y brings it back.
            KeyCode::Char('u') if event.modifiers == KeyModifiers::CONTROL => {
                self.area.delete_line_by_head();
            }
            _ => self.whole(event),
        }
        self.leave_the_middle();
        (self.area.lines().to_vec(), self.area.cursor()) != before
    }

    /// Handles a key that deletes or moves by one character, in whole graphemes, because half an emoji means nothing. At the ends
    /// of a line the unit is the line break, and a selection counts as one unit.
    fn whole(&mut self, event: KeyEvent) {
        let control = event.modifiers == KeyModifiers::CONTROL;
        let plain = event.modifiers.is_empty() || event.modifiers == KeyModifiers::SHIFT;
        let (before, after) = (self.before_cursor(), self.after_cursor());
        match event.code {
            _ if self.area.is_selecting() => {}
            KeyCode::Backspace if plain && before > 0 => return self.delete(before),
            KeyCode::Char('h') if control && before > 0 => return self.delete(before),
            KeyCode::Delete if plain && after > 0 => return self.delete_next(after),
            KeyCode::Char('d') if control && after > 0 => return self.delete_next(after),
            KeyCode::Left if event.modifiers.is_empty() && before > 0 => return self.jump(|at| at - before),
            KeyCode::Char('b') if control && before > 0 => return self.jump(|at| at - before),
            KeyCode::Right if event.modifiers.is_empty() && after > 0 => return self.jump(|at| at + after),
            KeyCode::Char('f') if control && after > 0 => return self.jump(|at| at + after),
            _ => {}
        }
        self.area.input(event);
    }

    fn delete(&mut self, characters: usize) {
        for _ in 0..characters {
            self.area.delete_char();
        }
    }

    fn delete_next(&mut self, characters: usize) {
        self.jump(|at| at + characters);
        self.delete(characters);
    }

    /// Moves the cursor to another character of the line.
    fn jump(&mut self, to: impl FnOnce(usize) -> usize) {
        let DataCursor(row, column) = self.area.cursor();
        if let (Ok(row), Ok(column)) = (u16::try_from(row), u16::try_from(to(column))) {
            self.area.move_cursor(CursorMove::Jump(row, column));
        }
    }

    fn line_at_cursor(&self) -> (String, usize) {
        let DataCursor(row, column) = self.area.cursor();
        (self.area.lines().get(row).cloned().unwrap_or_default(), column)
    }

    /// How many characters the last grapheme before the cursor has.
    fn before_cursor(&self) -> usize {
        let (line, column) = self.line_at_cursor();
        let before: String = line.chars().take(column).collect();
        before.graphemes(true).next_back().map_or(0, |grapheme| grapheme.chars().count())
    }

    /// How many characters the first grapheme after the cursor has.
    fn after_cursor(&self) -> usize {
        let (line, column) = self.line_at_cursor();
        let after: String = line.chars().skip(column).collect();
        after.graphemes(true).next().map_or(0, |grapheme| grapheme.chars().count())
    }

    /// Moving up, down or by words can end inside a grapheme; this puts the cursor before it.
    fn leave_the_middle(&mut self) {
        let (line, column) = self.line_at_cursor();
        let mut start = 0;
        for grapheme in line.graphemes(true) {
            let end = start + grapheme.chars().count();
            if (start + 1..end).contains(&column) {
                return self.jump(|_| start);
            }
            start = end;
        }
    }

    /// Handles typed and pasted text, and ignores everything else.
    pub fn on(&mut self, act: UserAction) {
        match act {
            UserAction::Key(event) => _ = self.key(event),
            UserAction::Paste(text) => self.paste(&text),
            _ => {}
        }
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

    /// The field in rows of `width` columns: an underlined line, or a box of `height` lines with a bar on its left.
    pub fn rows(&self, width: usize, height: usize, active: bool, styles: &Styles) -> Vec<PageRow> {
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
                PageRow::of(spans)
            })
            .collect()
    }
}

/// Removes characters that would move the cursor of a terminal.
fn clean(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::theme::Theme;

    fn written(rows: &[PageRow]) -> Vec<String> {
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
        for _ in 0..2 {
            editor.key(KeyEvent::new(KeyCode::Char('j'), KeyModifiers::CONTROL));
        }
        assert_eq!(editor.text(), "a\n\n");
        let mut editor = Editor::new("a", true);
        for letter in ['\u{9b}', '\u{85}', '\u{0}', '\u{7f}', '\n', 'b'] {
            editor.key(KeyEvent::new(KeyCode::Char(letter), KeyModifiers::NONE));
        }
        assert_eq!(editor.text(), "ab");
    }

    fn press(editor: &mut Editor, keys: &[(KeyCode, KeyModifiers)]) {
        for (code, modifiers) in keys {
            editor.key(KeyEvent::new(*code, *modifiers));
        }
    }

    #[test]
    fn deleting_takes_what_one_sees_as_one_thing() {
        const NONE: KeyModifiers = KeyModifiers::NONE;
        const CTRL: KeyModifiers = KeyModifiers::CONTROL;
        let family = "👨\u{200d}👩\u{200d}👧";
        for thing in [family, "e\u{301}", "🇳🇱", "👍🏽", "x"] {
            for several_lines in [false, true] {
                let text = format!("ab{thing}");
                for key in [(KeyCode::Backspace, NONE), (KeyCode::Char('h'), CTRL)] {
                    let mut editor = Editor::new(&text, several_lines);
                    press(&mut editor, &[key]);
                    assert_eq!(editor.text(), "ab", "{thing:?}");
                }
                for key in [(KeyCode::Delete, NONE), (KeyCode::Char('d'), CTRL)] {
                    let mut editor = Editor::new(&text, several_lines);
                    press(&mut editor, &[(KeyCode::Left, NONE), key]);
                    assert_eq!(editor.text(), "ab", "{thing:?}");
                }
                let mut editor = Editor::new(&text, several_lines);
                press(
                    &mut editor,
                    &[(KeyCode::Left, NONE), (KeyCode::Char('-'), NONE), (KeyCode::Right, NONE)],
                );
                press(&mut editor, &[(KeyCode::Char('!'), NONE)]);
                assert_eq!(editor.text(), format!("ab-{thing}!"));
            }
        }
        let mut editor = Editor::new(&format!("abc\n{family}"), true);
        press(
            &mut editor,
            &[(KeyCode::Up, NONE), (KeyCode::End, NONE), (KeyCode::Down, NONE), (KeyCode::Char('-'), NONE)],
        );
        assert!(editor.text().contains(family), "{:?}", editor.text());
        let mut editor = Editor::new("abc\ndef", true);
        press(&mut editor, &[(KeyCode::Home, NONE), (KeyCode::Backspace, NONE)]);
        assert_eq!(editor.text(), "abcdef");
    }

    #[test]
    fn ctrl_u_clears_and_ctrl_y_brings_back() {
        let mut editor = Editor::new("some words", false);
        press(&mut editor, &[(KeyCode::Char('u'), KeyModifiers::CONTROL)]);
        assert_eq!(editor.text(), "");
        press(&mut editor, &[(KeyCode::Char('y'), KeyModifiers::CONTROL)]);
        assert_eq!(editor.text(), "some words");
    }

    #[test]
    fn long_words_and_wide_characters_wrap() {
        let editor = Editor::new("日本語日本語 abcdefghijkl", true);
        let rows = editor.rows(10, 5, true, &Theme::NoColour.styles());
        assert!(rows.iter().all(|row| row.line.width() <= 10), "{:?}", written(&rows));
        assert_eq!(rows.len(), 5);
    }
}
