//! One relation on one scrollable page, to read before a meeting: the document of `relata relation`, and the way to its next
//! assessment.
//!
//! Owns scrolling; all text comes from the document.

use ratatui::layout::Rect;
use ratatui::text::Line;

use super::form::FormScreen;
use super::message::MessageScreen;
use super::saving::Saving;
use crate::instrument::Language;
use crate::report::document::Shown;
use crate::tui::document::DocumentRenderer;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page, cut};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, WIDEST as NARROW, inner_width};
use crate::tui::widgets::tabs::Tabs;
use crate::tui::words::Words;
use crate::tui::{Backend, FormEntries, RelationLine, ScreensEnd};

/// Widest card: charts and tables may be wider than a text reads well.
const WIDEST: u16 = 104;

/// The page of a relation.
pub(crate) struct RelationScreen {
    relation: RelationLine,
    document: Shown,
    language: Language,
    /// The first visible line; there is only one page.
    place: Tabs,
    saving: Saving,
}

impl RelationScreen {
    fn new(relation: RelationLine, document: Shown, language: Language) -> Self {
        Self { relation, document, language, place: Tabs::default(), saving: Saving::default() }
    }

    fn page(&self, width: usize, height: usize, look: &Look) -> Page {
        let sheet = DocumentRenderer { width, height, unfolded: false, look };
        let mut page = Page::default();
        for section in &self.document.sections {
            if !page.rows.is_empty() {
                page.blank();
            }
            page.text(&section.title, width, look.styles.accent);
            page.append(sheet.body(section));
        }
        page.blank();
        sheet.facts(self.document.facts.iter().map(|part| &part.it), &mut page);
        page
    }

    /// Begins the next assessment of this relation, with everything known about it filled in.
    fn again(&self, backend: &mut dyn Backend) -> Next {
        match backend.next_assessment(&self.relation) {
            Ok((instruments, form)) => {
                let form = FormEntries { language: Some(self.language.clone()), ..form };
                FormScreen::among(instruments, form, &self.language)
                    .map_or(Next::Stay, |form| Next::Push(Box::new(form)))
            }
            Err(sentence) => Next::Push(Box::new(MessageScreen::trouble(sentence, &self.language))),
        }
    }

    fn reload(&mut self, language: Language, backend: &mut dyn Backend) {
        // If there is no page in the other language, the current one stays.
        if let Ok(document) = backend.relation(&self.relation, &language) {
            (self.document, self.language) = (document, language);
        }
    }
}

impl Screen for RelationScreen {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        if self.saving.is_open() {
            return vec![Go, Close, Help];
        }
        vec![Again, SavePage, LineDown, LineUp, PageDown, PageUp, Language, Close, Quit, Help]
    }

    fn typing(&self) -> bool {
        self.saving.is_open()
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn uncovered(&mut self, backend: &mut dyn Backend) {
        self.reload(self.language.clone(), backend);
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = area.width.min(WIDEST).saturating_sub(2);
        let x = area.x + (area.width - width) / 2;
        let mut title = self.document.window();
        if self.document.simulated {
            title = format!("{title} · {}", look.words.home_simulated);
        }
        canvas.line(x, area.y, width, &Line::styled(cut(&title, usize::from(width)), look.styles.strong));
        self.saving.draw_done(canvas, (x, area.y + 1, width), look);
        let body = Rect { y: area.y + 2, height: area.height.saturating_sub(2), ..area };
        if self.saving.is_open() {
            return self.saving.draw(canvas, body, WIDEST, look);
        }
        let page = self.page(inner_width(body, WIDEST), usize::from(body.height.saturating_sub(4)), look);
        let card = Card { title: "", page: &page, top: Some(self.place.top), tall: true, widest: WIDEST };
        card.draw(canvas, body, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        if self.saving.is_open() {
            let (relation, language) = (&self.relation, &self.language);
            self.saving.on(act, |place| with.backend.save_relation(relation, language, place));
            return Next::Stay;
        }
        self.saving.seen();
        match act {
            UserAction::Command(Command::Close) => return Next::Pop(None),
            UserAction::Command(Command::Quit) => return Next::End(ScreensEnd::Closed),
            UserAction::Command(Command::Again) => return self.again(with.backend),
            UserAction::Command(Command::SavePage) => {
                self.saving.begin(&with.backend.relation_place(&self.relation))
            }
            UserAction::Command(Command::Language) => self.reload(self.language.next(), with.backend),
            act => self.place.on(&act, 1, with.drawn),
        }
        Next::Stay
    }
}

/// What is shown while a relation is being read.
pub(crate) struct RelationMoment {
    /// Which.
    pub relation: RelationLine,
    /// In which language.
    pub language: Language,
}

impl Screen for RelationMoment {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let mut page = Page::default();
        page.text(look.words.moment_words, inner_width(area, NARROW), look.styles.text);
        let title = Words::of(&self.language).moment_title;
        Card { title, page: &page, top: None, tall: false, widest: NARROW }.draw(canvas, area, look);
    }

    fn on(&mut self, _: UserAction, _: &mut With) -> Next {
        Next::Stay
    }

    fn work(&mut self, backend: &mut dyn Backend) -> Option<Next> {
        let screen: Box<dyn Screen> = match backend.relation(&self.relation, &self.language) {
            Ok(document) => {
                Box::new(RelationScreen::new(self.relation.clone(), document, self.language.clone()))
            }
            Err(sentence) => Box::new(MessageScreen::trouble(sentence, &self.language)),
        };
        Some(Next::Replace(screen))
    }
}
