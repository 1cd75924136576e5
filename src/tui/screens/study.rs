//! The findings of the study in pages: a summary, the sample, models, feelings, loyalty, the gap, the paradox, and data quality.
//!
//! Owns the pages and the filter. Computes nothing: every number and sentence comes from the report. This screen is for the person
//! who keeps the study, so nothing is withheld and small groups are marked.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};

use super::message::MessageScreen;
use crate::analysis::{Filter, StudyReport};
use crate::instrument::{Family, Language};
use crate::report::document::Reader;
use crate::report::findings::findings;
use crate::report::lens_title;
use crate::tui::document;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Page, cut};
use crate::tui::screen::{Look, Next, Screen, UserAction, With};
use crate::tui::widgets::card::{Card, inner_width};
use crate::tui::widgets::tabs::Tabs;
use crate::tui::words::study::Words;
use crate::tui::{Backend, ScreensEnd};

mod feelings;
mod filter;
mod gap;
mod models;
mod paradox;
mod quality;
mod short;

use crate::text;
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
    /// A framework beside the models.
    Lens(Family),
}

impl Tab {
    /// The pages that have content.
    fn all(report: &StudyReport) -> Vec<Self> {
        let mut tabs = vec![Self::Short, Self::Who];
        tabs.extend(report.models.asked.then_some(Self::Models));
        tabs.extend(report.lenses.iter().map(|lens| Self::Lens(lens.family)));
        tabs.extend((report.models.asked || !report.emotions.is_empty()).then_some(Self::Feelings));
        tabs.extend([Self::Loyalty, Self::Gap]);
        tabs.extend(report.models.asked.then_some(Self::Paradox));
        tabs.push(Self::Quality);
        tabs
    }

    fn label(self, words: &Words, language: &Language) -> String {
        if let Self::Lens(family) = self {
            return lens_title(family, language);
        }
        self.named(words).to_owned()
    }

    fn named(self, words: &Words) -> &'static str {
        match self {
            Self::Lens(_) => "",
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
    tabs: Tabs,
    /// The filter panel, if it is open.
    panel: Option<Panel>,
}

/// What a page is drawn with.
struct StudyRenderer<'a> {
    report: &'a StudyReport,
    words: &'static Words,
    look: &'a Look,
    /// Columns.
    width: usize,
    /// Rows that can be seen at once.
    height: usize,
}

impl StudyRenderer<'_> {
    /// A section of the report as the person who keeps the study sees it; empty if there is none.
    fn told(&self, id: &str) -> Page {
        let shown = findings(self.report).shown_to(Reader::Researcher);
        let sheet = document::DocumentRenderer {
            width: self.width,
            height: self.height,
            unfolded: true,
            look: self.look,
        };
        let section = shown.sections.iter().find(|section| section.id == id);
        section.map(|section| sheet.section(section)).unwrap_or_default()
    }
}

impl StudyScreen {
    fn new(name: String, report: StudyReport, language: Language) -> Self {
        Self { name, report, language, tabs: Tabs::default(), panel: None }
    }

    fn words(&self) -> &'static Words {
        Words::of(&self.language)
    }

    fn page(&self, width: usize, height: usize, look: &Look) -> Page {
        let sheet = StudyRenderer { report: &self.report, words: self.words(), look, width, height };
        if let Some(panel) = &self.panel {
            return panel.page(&sheet);
        }
        let tab = Tab::all(&self.report).get(self.tabs.open).copied().unwrap_or(Tab::Short);
        // The sample page also works for an empty study; all others need a completed interview.
        if self.report.sample.complete == 0 && !matches!(tab, Tab::Who) {
            return short::empty(&sheet);
        }
        match tab {
            Tab::Short => short::page(&sheet),
            Tab::Who => short::who(&sheet),
            Tab::Models => models::page(&sheet),
            Tab::Lens(family) => sheet.told(family.prefix()),
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
        let names: Vec<String> =
            Tab::all(&self.report).into_iter().map(|tab| tab.label(words, &self.language)).collect();
        self.tabs.draw(
            names.iter().map(String::as_str),
            1,
            canvas,
            Rect { x, y: area.y + 2, width, height: 1 },
            look,
        );
    }

    /// The interviews that the page is based on, in one line.
    fn about(&self) -> String {
        let words = self.words();
        let sample = &self.report.sample;
        let filter = &self.report.filter;
        if !filter.is_narrow() {
            return match sample.complete {
                0 => words.none_of.to_owned(),
                complete => text!(&self.language, "tui-study-all-of", n = complete),
            };
        }
        let mut parts: Vec<String> = filter.fields.values().cloned().collect();
        parts.extend(filter.interviewer.clone());
        parts.extend(filter.from.as_ref().map(|day| text!(&self.language, "tui-study-from-day", day)));
        parts.extend(filter.to.as_ref().map(|day| text!(&self.language, "tui-study-to-day", day)));
        let all = match self.report.filter.source {
            Some(crate::analysis::Source::Simulated) => self.report.choices.finished.1,
            _ => self.report.choices.finished.0,
        };
        text!(&self.language, "tui-study-some-of", filter = parts.join(", "), n = sample.complete, of = all)
    }

    /// Reloads the findings with another filter or language; if that fails, nothing changes.
    fn reload(&mut self, filter: &Filter, backend: &mut dyn Backend) {
        if let Ok(report) = backend.findings(filter, &self.language, false) {
            let open = Tab::all(&self.report).get(self.tabs.open).copied();
            self.report = report;
            // Another questionnaire may have other pages.
            let place = Tab::all(&self.report).iter().position(|tab| Some(*tab) == open);
            self.tabs = Tabs { open: place.unwrap_or(0), top: 0 };
        }
    }

    fn on_panel(&mut self, act: UserAction, with: &mut With) -> Next {
        let Some(panel) = &mut self.panel else { return Next::Same };
        match act {
            UserAction::Command(Command::Show) => self.panel = None,
            UserAction::Command(Command::Close) => {
                let before = panel.before.clone();
                self.panel = None;
                self.reload(&before, with.backend);
            }
            UserAction::Command(Command::Quit) => return Next::End(ScreensEnd::Closed),
            act => {
                if let Some(filter) = panel.on(act, &self.report) {
                    self.reload(&filter, with.backend);
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
        let top = self.panel.is_none().then_some(self.tabs.top);
        let title = self.panel.as_ref().map_or("", |_| self.words().filter_title);
        Card { title, page: &page, top, tall: true, widest: WIDEST }.draw(canvas, body, look);
    }

    fn on(&mut self, act: UserAction, with: &mut With) -> Next {
        if self.panel.is_some() {
            return self.on_panel(act, with);
        }
        match act {
            UserAction::Command(Command::Close) => return Next::Pop(None),
            UserAction::Command(Command::Quit) => return Next::End(ScreensEnd::Closed),
            UserAction::Command(Command::Filter) => self.panel = Some(Panel::new(&self.report)),
            UserAction::Command(Command::Language) => {
                let other = self.language.next();
                let filter = self.report.filter.clone();
                self.language = other;
                self.reload(&filter, with.backend);
            }
            act => self.tabs.on(&act, Tab::all(&self.report).len(), with.drawn),
        }
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

    fn on(&mut self, _: UserAction, _: &mut With) -> Next {
        Next::Stay
    }

    fn work(&mut self, backend: &mut dyn Backend) -> Option<Next> {
        let name = backend.study().name;
        let screen: Box<dyn Screen> = match backend.findings(&Filter::default(), &self.language, true) {
            Ok(report) => Box::new(StudyScreen::new(name, report, self.language.clone())),
            Err(sentence) => Box::new(MessageScreen::trouble(sentence, &self.language)),
        };
        Some(Next::Replace(screen))
    }
}
