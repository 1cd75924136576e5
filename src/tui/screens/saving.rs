//! Keeping what a screen shows as a page: where to, while that is being typed, and what came of it.

use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::text;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page, cut};
use crate::tui::screen::{Look, UserAction};
use crate::tui::widgets::card::{Card, inner_width};

/// A page on its way into a file.
#[derive(Default)]
pub(crate) struct Saving {
    /// Where it is to be kept, while that is being typed.
    editor: Option<Editor>,
    /// What came of keeping it.
    saved: Option<Result<String, String>>,
}

impl Saving {
    /// Asks where, with a place that is suggested.
    pub fn begin(&mut self, place: &str) {
        self.editor = Some(Editor::new(place, false));
    }

    /// Whether somebody is saying where.
    pub fn is_open(&self) -> bool {
        self.editor.is_some()
    }

    /// What was said before is read.
    pub fn seen(&mut self) {
        self.saved = None;
    }

    /// Somebody says where; `keep` keeps it there and says where it is.
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

    /// A line that says where it is, once it is kept.
    pub fn draw_done(&self, canvas: &mut Canvas, (x, y, width): (u16, u16, u16), look: &Look) {
        if let Some(Ok(place)) = &self.saved {
            let text = text!(&look.language, "tui-save-done", place);
            canvas.line(x, y, width, &Line::styled(cut(&text, usize::from(width)), look.styles.good));
        }
    }

    /// The card that asks where; nothing while nobody is asked.
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
