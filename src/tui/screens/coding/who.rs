//! Asks for the coder's code, never a name. It comes before the interview is shown, because codes are saved by coder.

use ratatui::layout::Rect;

use super::begin;
use crate::coding::Seen;
use crate::instrument::Language;
use crate::tui::Backend;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};
use crate::tui::words::Words;

pub(crate) struct Who {
    session: String,
    language: Language,
    editor: Editor,
    seen: Seen,
    trouble: Option<String>,
}

impl Who {
    /// Asks who codes this session, and suggests the coder who last worked here.
    pub fn new(session: String, backend: &dyn Backend, language: Language) -> Self {
        let (editor, seen) = (Editor::new(&backend.coder(), false), backend.shown_to_coders());
        Self { session, language, editor, seen, trouble: None }
    }
}

impl Screen for Who {
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
        page.text(look.words.coding_who, width, look.styles.text);
        for row in self.editor.rows(width.min(44), 1, true, &look.styles) {
            page.push(row);
        }
        page.text(look.words.coding_who_hint, width, look.styles.dim);
        if let Some(sentence) = &self.trouble {
            page.warning(sentence, width, &look.styles);
        }
        page.blank();
        let blind = match self.seen {
            Seen::Narrative => look.words.coding_blind_narrative,
            Seen::Whole => look.words.coding_blind,
        };
        page.text(blind, width, look.styles.dim);
        let title = look.words.coding_title;
        Card { title, page: &page, top: None, tall: false, widest: WIDEST }.draw(canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        match act {
            UserAction::Command(Command::Close) => return Next::Pop(None),
            UserAction::Command(Command::Go) => {
                let Ok(coder) = crate::coding::coder(&self.editor.text()) else {
                    self.trouble = Some(Words::of(&self.language).form_code_only.to_owned());
                    return Next::Stay;
                };
                match begin(with.backend, &self.session, &coder, &self.language) {
                    Ok(screen) => return Next::Replace(screen),
                    Err(sentence) => self.trouble = Some(sentence),
                }
            }
            act => self.editor.on(act),
        }
        Next::Stay
    }
}
