//! A card that shows one message until it is closed.

use ratatui::layout::Rect;

use crate::instrument::Language;
use crate::tui::ScreensEnd;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};

/// A title, a text, and what closing it comes to.
pub(crate) struct MessageScreen {
    /// Shown in the frame.
    pub title: String,
    /// What it says.
    pub text: String,
    /// Less important text below it.
    pub small: String,
    /// In which language.
    pub language: Language,
    /// The stack's outcome when it closes.
    pub outcome: Option<ScreensEnd>,
    /// First row to show, if the card was scrolled.
    pub top: Option<usize>,
}

impl MessageScreen {
    /// Reports a problem in a complete sentence.
    pub fn trouble(sentence: String, language: &Language) -> Self {
        let words = crate::tui::words::Words::of(language);
        Self {
            title: format!("! {}", words.trouble_title),
            text: sentence,
            small: words.any_enter.to_owned(),
            language: language.clone(),
            outcome: None,
            top: None,
        }
    }
}

impl Screen for MessageScreen {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        vec![Command::Go, Command::Close, Command::PageDown, Command::PageUp]
    }

    fn if_ended(&self) -> Option<ScreensEnd> {
        self.outcome.clone()
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = inner_width(area, WIDEST);
        let mut page = Page::default();
        page.text(&self.text, width, look.styles.text);
        page.next(&self.small, width, look.styles.dim);
        let card = Card { title: &self.title, page: &page, top: self.top, tall: false, widest: WIDEST };
        card.draw(canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        let rows = match act {
            UserAction::Command(Command::Go | Command::Close) => return Next::Pop(self.outcome.clone()),
            UserAction::Command(Command::PageUp) => -with.drawn.leap(),
            UserAction::Command(Command::PageDown) => with.drawn.leap(),
            _ => return Next::Stay,
        };
        self.top = Some(with.drawn.scrolled(rows));
        Next::Stay
    }
}
