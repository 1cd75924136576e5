//! A number, typed.

use crossterm::event::{KeyCode, KeyModifiers};
use ratatui::text::Span;

use super::editor::Editor;
use super::{Did, given};
use crate::instrument::prompt::{Ask, Input, Invalid, Reply, editable, number};
use crate::text;
use crate::texts;
use crate::tui::keys::Command;
use crate::tui::page::Page;
use crate::tui::screen::{Look, UserAction};

/// A number being typed.
pub(crate) struct NumberEntry {
    editor: Editor,
}

impl NumberEntry {
    pub fn new(reply: Option<&Reply>) -> Self {
        let text = match reply {
            Some(Reply::Given(Input::Number(number))) => editable(*number),
            _ => String::new(),
        };
        Self { editor: Editor::new(&text, false) }
    }

    pub fn resumed(text: &str) -> Self {
        Self { editor: Editor::new(text, false) }
    }

    pub fn begun(&self) -> String {
        self.editor.text()
    }

    pub fn on(&mut self, act: &UserAction, ask: &Ask, look: &Look) -> Did {
        match act {
            UserAction::Command(Command::Go) => self.answer(ask, look),
            UserAction::Key(event) => {
                // Letters are neither typed nor commands here: a word begun by mistake must not decline the question.
                let fits = match event.code {
                    // Some keyboards need Shift for a digit, and some terminals say so.
                    KeyCode::Char(c) if (event.modifiers - KeyModifiers::SHIFT).is_empty() => {
                        c.is_ascii_digit() || "+-.,".contains(c)
                    }
                    KeyCode::Backspace | KeyCode::Delete => true,
                    KeyCode::Left | KeyCode::Right | KeyCode::Home | KeyCode::End => true,
                    _ => event.modifiers == KeyModifiers::CONTROL,
                };
                if fits && self.editor.key(*event) { Did::Changed } else { Did::Nothing }
            }
            UserAction::Paste(text) => {
                self.editor.paste(text.trim());
                Did::Changed
            }
            _ => Did::Nothing,
        }
    }

    fn answer(&self, ask: &Ask, look: &Look) -> Did {
        let text = self.editor.text();
        let text = text.trim();
        if text.is_empty() {
            return Did::Stuck(look.words.number_here.to_owned());
        }
        match number(text, ask, &look.language) {
            Ok(number) => given(Input::Number(number)),
            Err(Invalid::OutOfRange { min: None, max: None }) => {
                Did::Stuck(look.words.number_here.to_owned())
            }
            Err(why) => Did::Stuck(why.in_words(&look.language)),
        }
    }

    pub fn page(
        &self,
        bounds: (Option<f64>, Option<f64>),
        whole: bool,
        unit: Option<&str>,
        width: usize,
        look: &Look,
    ) -> Page {
        let mut page = Page::default();
        let mut rows = self.editor.rows(18.min(width), 1, true, &look.styles);
        if let (Some(row), Some(unit)) = (rows.first_mut(), unit) {
            row.line.push_span(Span::styled(format!(" {unit}"), look.styles.text));
        }
        page.rows.extend(rows);
        page.focus_from(0);
        let shown = |bound: f64| texts::number(bound, &look.language);
        let range = match bounds {
            (Some(min), Some(max)) => {
                Some(text!(&look.language, "tui-between-points", from = shown(min), to = shown(max)))
            }
            (Some(min), None) => Some(text!(&look.language, "tui-at-least", least = shown(min))),
            (None, Some(max)) => Some(text!(&look.language, "tui-at-most", most = shown(max))),
            (None, None) => None,
        };
        let hints: Vec<String> = match (whole, bounds) {
            (true, (Some(min), Some(max))) => {
                vec![text!(&look.language, "tui-whole-between", from = shown(min), to = shown(max))]
            }
            (true, _) => [look.words.whole_number.to_owned()].into_iter().chain(range).collect(),
            (false, _) => range.into_iter().collect(),
        };
        if !hints.is_empty() {
            page.blank();
            page.text(&hints.join(", "), width, look.styles.dim);
        }
        page
    }
}
