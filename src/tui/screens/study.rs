//! The findings of the study, in pages: in short, who was asked, models, feelings, loyalty, the gap, the paradox, and how
//! the data were made.
//!
//! Owns the pages and the filter; refuses to compute: the report holds every number and sentence. This is the screen of
//! whoever keeps the study, so nothing is held back on it and small groups are marked.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use super::message::Message;
use crate::analysis::{Filter, StudyReport};
use crate::instrument::Language;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Hit, Page, cut};
use crate::tui::screen::{Act, Look, Next, Screen, With};
use crate::tui::widgets::card::{Card, inner_width};
use crate::tui::words::fill;
use crate::tui::words::study::Words;
use crate::tui::{Desk, Outcome};

mod feelings;
mod filter;
mod gap;
mod models;
mod paradox;
mod quality;
mod short;

use filter::Panel;

/// Widest card: charts and tables may be wider than a text reads well.
const WIDEST: u16 = 104;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Short,
    Who,
    Models,
    Feelings,
    Loyalty,
    Gap,
    Paradox,
    Quality,
}

impl Tab {
    const ALL: [Self; 8] = [
        Self::Short,
        Self::Who,
        Self::Models,
        Self::Feelings,
        Self::Loyalty,
        Self::Gap,
        Self::Paradox,
        Self::Quality,
    ];

    fn label(self, words: &Words) -> &'static str {
        match self {
            Self::Short => words.tab_short,
            Self::Who => words.tab_who,
            Self::Models => words.tab_models,
            Self::Feelings => words.tab_feelings,
            Self::Loyalty => words.tab_loyalty,
            Self::Gap => words.tab_gap,
            Self::Paradox => words.tab_paradox,
            Self::Quality => words.tab_quality,
        }
    }
}

/// The findings of the study.
pub(crate) struct StudyScreen {
    name: String,
    report: StudyReport,
    language: Language,
    tab: usize,
    top: usize,
    /// The filter while it is being changed.
    panel: Option<Panel>,
}

/// What a page is drawn with.
struct Sheet<'a> {
    report: &'a StudyReport,
    words: &'static Words,
    look: &'a Look,
    /// Columns.
    width: usize,
    /// Rows that can be seen at once.
    height: usize,
}

impl StudyScreen {
    fn new(name: String, report: StudyReport, language: Language) -> Self {
        Self { name, report, language, tab: 0, top: 0, panel: None }
    }

    fn words(&self) -> &'static Words {
        Words::of(&self.language)
    }

    fn page(&self, width: usize, height: usize, look: &Look) -> Page {
        let sheet = Sheet { report: &self.report, words: self.words(), look, width, height };
        if let Some(panel) = &self.panel {
            return panel.page(&sheet);
        }
        let tab = Tab::ALL.get(self.tab).copied().unwrap_or(Tab::Short);
        // Who is in the study can be said of an empty one as well; everything else needs somebody.
        if self.report.sample.complete == 0 && !matches!(tab, Tab::Who) {
            return short::empty(&sheet);
        }
        match tab {
            Tab::Short => short::page(&sheet),
            Tab::Who => short::who(&sheet),
            Tab::Models => models::page(&sheet),
            Tab::Feelings => feelings::page(&sheet),
            Tab::Loyalty => feelings::loyalty(&sheet),
            Tab::Gap => gap::page(&sheet),
            Tab::Paradox => paradox::page(&sheet),
            Tab::Quality => quality::page(&sheet),
        }
    }

    fn header(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = area.width.min(WIDEST).saturating_sub(2);
        let x = area.x + (area.width - width) / 2;
        let words = self.words();
        let mut title = vec![Span::styled(self.name.clone(), look.styles.strong)];
        if let Some((_, _, label)) = &self.report.sample.instrument {
            title.push(Span::styled(format!(" · {label}"), look.styles.dim));
        }
        if self.report.simulated {
            title.push(Span::styled(format!(" · ! {}", words.simulated), look.styles.warn));
        }
        canvas.line(x, area.y, width, &Line::from(title));
        let about = cut(&self.about(), usize::from(width));
        canvas.line(x, area.y + 1, width, &Line::styled(about, look.styles.dim));
        if self.panel.is_some() {
            return;
        }
        let mut at = x;
        for (index, tab) in Tab::ALL.into_iter().enumerate() {
            let style = if index == self.tab { look.styles.accent } else { look.styles.dim };
            // The page that is open is marked by a sign, too.
            let mark = if index == self.tab { "▸" } else { " " };
            let text = format!("{mark}{} {}", index + 1, tab.label(words));
            let columns = text.width() as u16;
            if at + columns > x + width {
                break;
            }
            canvas.line(at, area.y + 2, columns, &Line::styled(text, style));
            canvas.drawn.hits.push((Rect::new(at, area.y + 2, columns, 1), Hit::Entry(index)));
            at += columns + 1;
        }
    }

    /// Which interviews the page is about, in a line.
    fn about(&self) -> String {
        let words = self.words();
        let sample = &self.report.sample;
        let filter = &self.report.filter;
        if !filter.is_narrow() {
            return match sample.complete {
                0 => words.none_of.to_owned(),
                1 => words.one_of.to_owned(),
                complete => fill(words.all_of, &[&complete.to_string()]),
            };
        }
        let mut parts: Vec<String> = filter.fields.values().cloned().collect();
        parts.extend(filter.interviewer.clone());
        parts.extend(filter.from.as_ref().map(|day| fill(words.from_day, &[day])));
        parts.extend(filter.to.as_ref().map(|day| fill(words.to_day, &[day])));
        let all = match self.report.filter.source {
            Some(crate::analysis::Source::Simulated) => self.report.choices.finished.1,
            _ => self.report.choices.finished.0,
        };
        let counts = [parts.join(", "), sample.complete.to_string(), all.to_string()];
        fill(words.some_of, &[&counts[0], &counts[1], &counts[2]])
    }

    fn turn(&mut self, to: usize) {
        self.tab = to.min(Tab::ALL.len() - 1);
        self.top = 0;
    }

    /// Shows the findings under another filter or in another language; what cannot be had leaves everything as it is.
    fn reload(&mut self, filter: &Filter, desk: &mut dyn Desk) {
        if let Ok(report) = desk.findings(filter, &self.language, false) {
            self.report = report;
            self.top = 0;
        }
    }

    fn on_panel(&mut self, act: Act, with: &mut With) -> Next {
        let Some(panel) = &mut self.panel else { return Next::Same };
        match act {
            Act::Command(Command::Show) => self.panel = None,
            Act::Command(Command::Close) => {
                let before = panel.before.clone();
                self.panel = None;
                self.reload(&before, with.desk);
            }
            Act::Command(Command::Quit) => return Next::End(Outcome::Closed),
            act => {
                if let Some(filter) = panel.on(act, &self.report) {
                    self.reload(&filter, with.desk);
                }
            }
        }
        Next::Stay
    }
}

impl Screen for StudyScreen {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        if self.panel.is_some() {
            return vec![Show, Up, Down, NextChoice, PreviousChoice, Clear, Close, Quit, Help];
        }
        vec![NextTab, PreviousTab, Filter, LineDown, LineUp, PageDown, PageUp, Language, Close, Quit, Help]
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        self.header(canvas, area, look);
        let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
        let page = self.page(inner_width(body, WIDEST), usize::from(body.height.saturating_sub(4)), look);
        let top = self.panel.is_none().then_some(self.top);
        let title = self.panel.as_ref().map_or("", |_| self.words().filter_title);
        Card { title, page: &page, top, tall: true, widest: WIDEST }.draw(canvas, body, look);
    }

    fn on(&mut self, act: Act, with: &mut With) -> Next {
        if self.panel.is_some() {
            return self.on_panel(act, with);
        }
        let rows = match act {
            Act::Command(Command::Close) => return Next::Pop(None),
            Act::Command(Command::Quit) => return Next::End(Outcome::Closed),
            Act::Command(Command::NextTab) => {
                self.turn(self.tab + 1);
                return Next::Stay;
            }
            Act::Command(Command::PreviousTab) => {
                self.turn(self.tab.saturating_sub(1));
                return Next::Stay;
            }
            Act::Hit(Hit::Entry(tab)) => {
                self.turn(tab);
                return Next::Stay;
            }
            Act::Key(event) => {
                if let crossterm::event::KeyCode::Char(digit @ '1'..='8') = event.code {
                    self.turn(digit as usize - '1' as usize);
                }
                return Next::Stay;
            }
            Act::Command(Command::Filter) => {
                self.panel = Some(Panel::new(&self.report));
                return Next::Stay;
            }
            Act::Command(Command::Language) => {
                let other = Language::new(if self.language.as_str() == "nl" { "en" } else { "nl" });
                let filter = self.report.filter.clone();
                self.language = other;
                self.reload(&filter, with.desk);
                return Next::Stay;
            }
            Act::Command(Command::LineUp) => -1,
            Act::Command(Command::LineDown) => 1,
            Act::Command(Command::PageUp) => -with.drawn.leap(),
            Act::Command(Command::PageDown) => with.drawn.leap(),
            _ => return Next::Stay,
        };
        self.top = with.drawn.scrolled(rows);
        Next::Stay
    }
}

/// What is shown while the study is being read.
pub(crate) struct StudyMoment {
    language: Language,
}

impl StudyMoment {
    /// The moment before the findings.
    pub fn new(language: Language) -> Self {
        Self { language }
    }
}

impl Screen for StudyMoment {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let mut page = Page::default();
        page.text(look.words.moment_study, inner_width(area, WIDEST), look.styles.text);
        let title = look.words.moment_title;
        Card { title, page: &page, top: None, tall: false, widest: WIDEST }.draw(canvas, area, look);
    }

    fn on(&mut self, _: Act, _: &mut With) -> Next {
        Next::Stay
    }

    fn work(&mut self, desk: &mut dyn Desk) -> Option<Next> {
        let name = desk.study().name;
        let screen: Box<dyn Screen> = match desk.findings(&Filter::default(), &self.language, true) {
            Ok(report) => Box::new(StudyScreen::new(name, report, self.language.clone())),
            Err(sentence) => Box::new(Message::trouble(sentence, &self.language)),
        };
        Some(Next::Replace(screen))
    }
}
