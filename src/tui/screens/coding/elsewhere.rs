//! Asks for another file for a code because its own is gone. Owns the file name being typed; the caller decides what is saved.

use ratatui::layout::Rect;

use crate::instrument::Language;
use crate::tui::Backend;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};

pub(super) struct Elsewhere {
    session: String,
    language: Language,
    why: String,
    editor: Editor,
}

impl Elsewhere {
    /// Asks for a new file for the code of `session`; `why` is the reason that it cannot stay in its own.
    pub fn new(session: &str, language: &Language, why: String, backend: &dyn Backend) -> Self {
        let editor = Editor::new(&backend.rescue_place(session), false);
        Self { session: session.to_owned(), language: language.clone(), why, editor }
    }
}

impl Screen for Elsewhere {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        vec![Command::Go, Command::Close, Command::Help]
    }

    fn typing(&self) -> bool {
        true
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = inner_width(area, WIDEST);
        let mut page = Page::default();
        page.warning(&self.why, width, &look.styles);
        page.blank();
        page.text(look.words.coding_elsewhere_words, width, look.styles.text);
        page.blank();
        page.rows.extend(self.editor.rows(width, 1, true, &look.styles));
        page.focus_from(page.rows.len() - 1);
        page.next(look.words.elsewhere_cancel, width, look.styles.dim);
        let title = look.words.elsewhere_title;
        Card { title, page: &page, top: None, tall: false, widest: WIDEST }.draw(canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        match act {
            UserAction::Command(Command::Close) => return Next::Pop(None),
            UserAction::Command(Command::Go) => {
                match with.backend.rescue(&self.session, self.editor.text().trim()) {
                    Ok(_) => return Next::Pop(None),
                    Err(why) => self.why = why,
                }
            }
            act => self.editor.on(act),
        }
        Next::Stay
    }
}
