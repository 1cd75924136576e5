//! Shown while a result is being computed, so that nobody presses the key again.

use ratatui::layout::Rect;

use super::message::MessageScreen;
use super::result::ResultScreen;
use crate::instrument::{Audience, Feedback, Language};
use crate::interview::phrases;
use crate::report::Report;
use crate::texts;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};
use crate::tui::words::Words;
use crate::tui::{Backend, ScreensEnd};

/// A result that is about to be shown.
pub(crate) struct ResultMoment {
    /// Of which session.
    pub session: String,
    /// In which language.
    pub language: Language,
    /// Who reads it; `None` for the person who keeps the study.
    pub reader: Option<Audience>,
    /// The stack's outcome when the result is closed.
    pub outcome: Option<ScreensEnd>,
}

impl Screen for ResultMoment {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        Vec::new()
    }

    fn if_ended(&self) -> Option<ScreensEnd> {
        self.outcome.clone()
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let mut page = Page::default();
        page.text(look.words.moment_words, inner_width(area, WIDEST), look.styles.text);
        let title = look.words.moment_title;
        Card { title, page: &page, top: None, tall: false, widest: WIDEST }.draw(canvas, area, look);
    }

    fn on(&mut self, _: UserAction, _: &mut With) -> Next {
        Next::Stay
    }

    fn work(&mut self, backend: &mut dyn Backend) -> Option<Next> {
        let words = Words::of(&self.language);
        let says = |title: &str, text: String, small: String| MessageScreen {
            title: title.to_owned(),
            text,
            small,
            language: self.language.clone(),
            outcome: self.outcome.clone(),
            top: None,
        };
        let hidden =
            |report: &Report| self.reader == Some(Audience::Respondent) && report.feedback == Feedback::None;
        let screen: Box<dyn Screen> = match backend.report(&self.session, &self.language) {
            Ok(report) if report.refused => {
                let text = phrases::refused(&self.language);
                Box::new(says(words.refused_title, text, words.any_enter.to_owned()))
            }
            Ok(report) if hidden(&report) => {
                let command = backend.report_command(&self.session);
                Box::new(says(&texts::capital(words.state_finished), words.not_shown.to_owned(), command))
            }
            Ok(report) => {
                backend.was_shown(&report, self.reader);
                let result = ResultScreen::new(report, self.language.clone(), self.reader)
                    .rehearsal(backend.is_rehearsal(&self.session));
                Box::new(result.with_outcome(self.outcome.clone()))
            }
            Err(sentence) => {
                let trouble = MessageScreen::trouble(sentence, &self.language);
                Box::new(MessageScreen { outcome: self.outcome.clone(), ..trouble })
            }
        };
        Some(Next::Replace(screen))
    }
}
