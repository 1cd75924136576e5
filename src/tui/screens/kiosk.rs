//! A shared machine: a card for the next person, and no way to anything else without the supervisor's code.
//!
//! Owns the change from one person to the next. It stays at the bottom of the stack (`app`), so that whatever ends above it returns
//! here.

use std::sync::Arc;

use ratatui::layout::Rect;
use ratatui::text::Span;

use super::message::MessageScreen;
use super::session::SessionScreen;
use crate::instrument::{Address, Instrument, Language};
use crate::text;
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST, inner_width};
use crate::tui::words::Words;
use crate::tui::{Backend, ScreensEnd};

/// What is on the card.
enum Stage {
    /// Asks the supervisor for a code before the machine is handed over.
    Code,
    /// The card for the next person.
    Next,
    /// Asks for the code; `wrong` if a wrong one was typed.
    Asked { editor: Box<Editor>, wrong: bool },
}

pub(crate) struct Kiosk {
    instrument: Arc<Instrument>,
    /// The language that every session begins in.
    first: Language,
    language: Language,
    code: String,
    /// Whether every session is a rehearsal.
    test: bool,
    stage: Stage,
}

impl Kiosk {
    /// A shared machine that this code ends.
    pub fn new(instrument: Arc<Instrument>, code: String, test: bool, language: &Language) -> Self {
        let first = instrument.language(Some(language.as_str()));
        Self { instrument, language: first.clone(), first, code, test, stage: Stage::Code }
    }

    fn begin(&mut self, backend: &mut dyn Backend) -> Next {
        let mut form = backend.prefilled(&self.instrument);
        // Every person is a new respondent.
        form.respondent = form.free.take().unwrap_or(form.respondent);
        (form.language, form.test) = (Some(self.language.clone()), self.test);
        match backend.begin(&self.instrument, &form) {
            Ok((id, live)) => {
                Next::Push(Box::new(SessionScreen::new(id, live).rehearsal(self.test).at_a_kiosk()))
            }
            Err(sentence) => Next::Push(Box::new(MessageScreen::trouble(sentence, &self.language))),
        }
    }

    fn asked(&mut self, act: UserAction, mut editor: Box<Editor>) -> Next {
        match act {
            UserAction::Command(Command::Close) => {
                self.stage = Stage::Next;
                return Next::Stay;
            }
            UserAction::Command(Command::Go) if editor.text().trim() == self.code => {
                return Next::End(ScreensEnd::Closed);
            }
            UserAction::Command(Command::Go) => {
                self.stage = Stage::Asked { editor: Box::new(Editor::new("", false)), wrong: true };
                return Next::Stay;
            }
            UserAction::Key(event) => {
                editor.key(event);
            }
            _ => {}
        }
        self.stage = Stage::Asked { editor, wrong: false };
        Next::Stay
    }

    fn page(&self, width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        let language = &self.language;
        match &self.stage {
            Stage::Code => {
                page.text(&text!(language, "tui-kiosk-code"), width, look.styles.text);
                page.blank();
                page.text(&self.code, width, look.styles.strong);
                page.blank();
                page.text(&text!(language, "tui-kiosk-code-once"), width, look.styles.text);
                page.next(&text!(language, "tui-kiosk-hand-over"), width, look.styles.accent);
            }
            Stage::Next => {
                if self.test {
                    page.text(look.words.form_rehearsal, width, look.styles.warn);
                    page.blank();
                }
                if let Some(about) = &self.instrument.about {
                    page.text(&about.raw(language), width, look.styles.text);
                    page.blank();
                }
                let (minutes, address) = (self.instrument.minutes, self.instrument.address);
                page.text(
                    &text!(language, "server-join-how-long", minutes, address),
                    width,
                    look.styles.text,
                );
                page.next(&text!(language, "tui-kiosk-begin"), width, look.styles.accent);
            }
            Stage::Asked { editor, wrong } => {
                page.text(&text!(language, "tui-kiosk-asked"), width, look.styles.text);
                page.blank();
                page.rows.extend(editor.rows(width.min(12), 1, true, &look.styles));
                if *wrong {
                    let mark = Span::styled("! ", look.styles.warn);
                    page.hanging(vec![mark], &text!(language, "tui-kiosk-wrong"), width, look.styles.warn);
                }
            }
        }
        page
    }
}

impl Screen for Kiosk {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn address(&self) -> Address {
        self.instrument.address
    }

    fn is_kiosk(&self) -> bool {
        true
    }

    fn typing(&self) -> bool {
        matches!(self.stage, Stage::Asked { .. })
    }

    fn handles_help(&self) -> bool {
        true
    }

    fn commands(&self) -> Vec<Command> {
        match &self.stage {
            Stage::Code => vec![Command::Go, Command::Quit],
            Stage::Next if self.instrument.languages.len() > 1 => {
                vec![Command::Go, Command::Language, Command::StopWithCode]
            }
            Stage::Next => vec![Command::Go, Command::StopWithCode],
            Stage::Asked { .. } => vec![Command::Go, Command::Close],
        }
    }

    fn if_ended(&self) -> Option<ScreensEnd> {
        Some(ScreensEnd::Closed)
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let page = self.page(inner_width(area, WIDEST), look);
        let title = self.instrument.label.raw(&self.language);
        Card { title: &title, page: &page, top: None, tall: false, widest: WIDEST }.draw(canvas, area, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        match std::mem::replace(&mut self.stage, Stage::Next) {
            Stage::Asked { editor, .. } => return self.asked(act, editor),
            Stage::Code => match act {
                UserAction::Command(Command::Go) => {}
                UserAction::Command(Command::Quit) => return Next::End(ScreensEnd::Closed),
                _ => self.stage = Stage::Code,
            },
            Stage::Next => match act {
                UserAction::Command(Command::Go) => return self.begin(with.backend),
                UserAction::Command(Command::Language) => {
                    let languages = &self.instrument.languages;
                    let here = languages.iter().position(|language| *language == self.language).unwrap_or(0);
                    self.language = languages[(here + 1) % languages.len()].clone();
                }
                UserAction::Command(Command::StopWithCode) => {
                    self.stage = Stage::Asked { editor: Box::new(Editor::new("", false)), wrong: false };
                }
                _ => {}
            },
        }
        Next::Stay
    }

    /// The previous person has left.
    fn uncovered(&mut self, _: &mut dyn Backend) {
        self.language = self.first.clone();
    }
}

impl MessageScreen {
    /// The last card of a session, which asks to hand the machine on.
    pub fn hand_on(title: &str, said: &str, language: &Language) -> Self {
        let words = Words::of(language);
        Self {
            title: title.to_owned(),
            text: format!("{said} {}", text!(language, "tui-kiosk-next")),
            small: words.any_enter.to_owned(),
            language: language.clone(),
            outcome: None,
            top: None,
        }
    }
}
