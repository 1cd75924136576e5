//! Saves what a screen shows as a page: asks for the path and reports the result.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::text;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page, cut};
use crate::tui::screen::{Look, UserAction};
use crate::tui::widgets::card::{Card, inner_width};

#[derive(Default)]
pub(crate) struct Saving {
    /// The path while it is being typed.
    editor: Option<Editor>,
    /// The result of saving.
    saved: Option<Result<String, String>>,
}

impl Saving {
    /// Asks for the path, with a suggestion.
    pub fn begin(&mut self, place: &str) {
        self.editor = Some(Editor::new(place, false));
    }

    /// Whether the path is being asked for.
    pub fn is_open(&self) -> bool {
        self.editor.is_some()
    }

    /// Clears the last result, which has been read.
    pub fn seen(&mut self) {
        self.saved = None;
    }

    /// Handles an act while the path is typed; `keep` saves the page and returns its path.
    pub fn on(&mut self, act: UserAction, keep: impl FnOnce(&str) -> Result<String, String>) {
        let Some(mut editor) = self.editor.take() else { return };
        match act {
            UserAction::Command(Command::Close) => {
                self.saved = None;
                return;
            }
            UserAction::Command(Command::Go) => {
                let saved = keep(editor.text().trim());
                let done = saved.is_ok();
                self.saved = Some(saved);
                if done {
                    return;
                }
            }
            UserAction::Key(event) => {
                editor.key(event);
            }
            UserAction::Paste(text) => editor.paste(text.trim()),
            _ => {}
        }
        self.editor = Some(editor);
    }

    /// Draws a line with the path, once the page is saved.
    pub fn draw_done(&self, canvas: &mut Canvas, (x, y, width): (u16, u16, u16), look: &Look) {
        if let Some(Ok(place)) = &self.saved {
            let text = text!(&look.language, "tui-save-done", place);
            canvas.line(x, y, width, &Line::styled(cut(&text, usize::from(width)), look.styles.good));
        }
    }

    /// Draws the card that asks for the path, if it is open.
    pub fn draw(&self, canvas: &mut Canvas, area: Rect, widest: u16, look: &Look) {
        let Some(editor) = &self.editor else { return };
        let width = inner_width(area, widest);
        let mut page = Page::default();
        page.text(look.words.save_words, width, look.styles.text);
        page.blank();
        page.rows.extend(editor.rows(width, 1, true, &look.styles));
        page.focus_from(page.rows.len() - 1);
        if let Some(Err(sentence)) = &self.saved {
            page.blank();
            page.warning(sentence, width, &look.styles);
        }
        let title = look.words.save_title;
        Card { title, page: &page, top: None, tall: false, widest }.draw(canvas, area, look);
    }
}
