//! The result of a session, one section per page: the profile, the gap, the advice, the scores, and what it is all based on.
//!
//! Owns paging and scrolling. Every number and word, and what the reader may see of them, comes from the report's document.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::saving::Saving;
use crate::instrument::{Audience, Language};
use crate::report::Report;
use crate::report::document::{Block, Part, Reader, Section, Shown};
use crate::tui::document::DocumentRenderer;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page, cut};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, inner_width};
use crate::tui::widgets::tabs::Tabs;
use crate::tui::words::Words;
use crate::tui::{Backend, ScreensEnd};

/// Widest card of a result: charts and tables may be wider than a text reads well.
const WIDEST: u16 = 104;

/// The result of a session.
pub(crate) struct ResultScreen {
    session: String,
    document: Shown,
    language: Language,
    /// The respondent or interviewer who reads the result; `None` for the person who keeps the study.
    reader: Option<Audience>,
    /// Whether the session is a rehearsal.
    rehearsal: bool,
    tabs: Tabs,
    /// Whether all answers behind the evidence are shown.
    expanded: bool,
    saving: Saving,
    outcome: Option<ScreensEnd>,
}

impl ResultScreen {
    /// The result of a session as the backend reports it.
    pub fn of(
        backend: &mut dyn Backend,
        session: &str,
        language: &Language,
        reader: Option<Audience>,
    ) -> Result<Self, String> {
        let report = backend.report(session, language)?;
        backend.was_shown(&report, reader);
        let rehearsal = backend.is_rehearsal(session);
        Ok(Self::new(report, language.clone(), reader).rehearsal(rehearsal))
    }

    /// The result that a report holds.
    pub fn new(report: Report, language: Language, reader: Option<Audience>) -> Self {
        Self {
            document: shown(&report, reader),
            session: report.session,
            language,
            reader,
            rehearsal: false,
            tabs: Tabs::default(),
            expanded: false,
            saving: Saving::default(),
            outcome: None,
        }
    }

    /// The same, marked as that of a rehearsal if it is one.
    pub fn rehearsal(self, rehearsal: bool) -> Self {
        Self { rehearsal, ..self }
    }

    /// Sets the stack's outcome when it is closed.
    pub fn with_outcome(mut self, outcome: Option<ScreensEnd>) -> Self {
        self.outcome = outcome;
        self
    }

    fn current(&self) -> Option<&Section> {
        self.document.sections.get(self.tabs.open)
    }

    fn page(&self, width: usize, height: usize, look: &Look) -> Page {
        let sheet = DocumentRenderer { width, height, unfolded: self.expanded, look };
        let Some(section) = self.current() else { return Page::default() };
        let mut page = sheet.section(section);
        // What a printed page has in its heading is on the last page here.
        if self.tabs.open + 1 == self.document.sections.len() {
            page.blank();
            sheet.facts(self.document.facts.iter().map(|part| &part.it), &mut page);
        }
        page
    }

    fn header(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = area.width.min(WIDEST).saturating_sub(2);
        let x = area.x + (area.width - width) / 2;
        let mut title = self.document.window();
        if self.document.simulated {
            title = format!("{title} · {}", look.words.home_simulated);
        }
        let mark = if self.rehearsal { format!("{} · ", look.words.rehearsal_mark) } else { String::new() };
        let title = cut(&title, usize::from(width).saturating_sub(mark.width()));
        let title = vec![Span::styled(mark, look.styles.warn), Span::styled(title, look.styles.dim)];
        canvas.line(x, area.y, width, &Line::from(title));
        self.saving.draw_done(canvas, (x, area.y + 1, width), look);
        let names = self.document.sections.iter().map(|section| label(section, look.words));
        self.tabs.draw(names, 2, canvas, Rect { x, y: area.y + 2, width, height: 1 }, look);
    }
}

/// What `reader` sees of a report; the person who keeps the study sees it as a researcher.
fn shown(report: &Report, reader: Option<Audience>) -> Shown {
    report.shown_to(reader.map_or(Reader::Researcher, Reader::from))
}

/// A heading shortened for the row of tabs.
fn label<'a>(section: &'a Section, words: &Words) -> &'a str {
    match section.id {
        "models" => words.tab_profile,
        "gap" => words.tab_gap,
        "advice" => words.tab_advice,
        "scales" => words.tab_scales,
        "basis" => words.tab_about,
        _ => &section.title,
    }
}

impl Screen for ResultScreen {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        if self.saving.is_open() {
            return vec![Go, Close, Help];
        }
        let mut commands = vec![NextTab, PreviousTab];
        let folds = |part: &Part<Block>| matches!(part.it, Block::Reasons(_));
        if self.current().is_some_and(|section| section.blocks.iter().any(folds)) {
            commands.push(Expand);
        }
        commands.extend([SavePage, LineDown, LineUp, PageDown, PageUp, Language, Close, Quit, Help]);
        commands
    }

    fn typing(&self) -> bool {
        self.saving.is_open()
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn if_ended(&self) -> Option<ScreensEnd> {
        self.outcome.clone()
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        self.header(canvas, area, look);
        if self.saving.is_open() {
            let body = Rect { y: area.y + 4, height: area.height.saturating_sub(4), ..area };
            return self.saving.draw(canvas, body, WIDEST, look);
        }
        let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
        let page = self.page(inner_width(body, WIDEST), usize::from(body.height.saturating_sub(4)), look);
        let card = Card { title: "", page: &page, top: Some(self.tabs.top), tall: true, widest: WIDEST };
        card.draw(canvas, body, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        if self.saving.is_open() {
            let reader = self.reader.unwrap_or(Audience::Interviewer);
            let (session, language) = (&self.session, &self.language);
            self.saving.on(act, |place| with.backend.save_page(session, language, reader, place));
            return Next::Stay;
        }
        self.saving.seen();
        match act {
            UserAction::Command(Command::Close) => return Next::Pop(self.outcome.clone()),
            UserAction::Command(Command::Quit) => {
                return Next::End(self.outcome.clone().unwrap_or(ScreensEnd::Closed));
            }
            UserAction::Command(Command::SavePage) => {
                self.saving.begin(&with.backend.page_place(&self.session));
            }
            UserAction::Command(Command::Expand) => self.expanded = !self.expanded,
            UserAction::Command(Command::Language) => {
                let other = self.language.next();
                // If there is no report in the other language, the current one stays.
                if let Ok(report) = with.backend.report(&self.session, &other) {
                    (self.document, self.language) = (shown(&report, self.reader), other);
                }
            }
            act => self.tabs.on(&act, self.document.sections.len(), with.drawn),
        }
        Next::Stay
    }
}
