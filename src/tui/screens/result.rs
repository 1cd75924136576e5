//! The result of a session, in pages: the profile, the gap, what to do, the scales, and what it all rests on.
//!
//! Owns what a reader may see of it; refuses to compute or to interpret: the report holds every number and word.

use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use unicode_width::UnicodeWidthStr;

use crate::instrument::{Audience, Feedback, Language};
use crate::report::{AdviceLine, Report};
use crate::tui::entry::editor::Editor;
use crate::tui::keys::Command;
use crate::tui::page::{Canvas, Hit, Page, cut};
use crate::tui::screen::{Act, Look, Next, Screen, With};
use crate::tui::widgets::card::{Card, inner_width};
use crate::tui::words::{Words, fill};
use crate::tui::{Desk, Outcome};

mod gap;
mod profile;
mod tables;

/// Widest card of a result: charts and tables may be wider than a text reads well.
const WIDEST: u16 = 104;

/// A page of the result.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Profile,
    Gap,
    Advice,
    Scales,
    About,
}

/// The result of a session.
pub(crate) struct ResultScreen {
    report: Report,
    language: Language,
    /// Who reads it; none for whoever keeps the study, who may see everything.
    reader: Option<Audience>,
    tab: usize,
    top: usize,
    /// Whether all answers behind the evidence are shown.
    expanded: bool,
    /// Where a page is to be kept, while that is being typed.
    saving: Option<Editor>,
    /// What came of keeping it.
    saved: Option<Result<String, String>>,
    outcome: Option<Outcome>,
}

impl ResultScreen {
    /// The result of a session as the desk reports it.
    pub fn of(
        desk: &mut dyn Desk,
        session: &str,
        language: &Language,
        reader: Option<Audience>,
    ) -> Result<Self, String> {
        let report = desk.report(session, language)?;
        Ok(Self::new(report, language.clone(), reader))
    }

    /// The result that a report holds.
    pub fn new(report: Report, language: Language, reader: Option<Audience>) -> Self {
        Self {
            report,
            language,
            reader,
            tab: 0,
            top: 0,
            expanded: false,
            saving: None,
            saved: None,
            outcome: None,
        }
    }

    /// What the stack comes to when it is closed.
    pub fn with_outcome(mut self, outcome: Option<Outcome>) -> Self {
        self.outcome = outcome;
        self
    }

    /// Whether the indirect part may be seen.
    fn sees_indirect(&self) -> bool {
        self.reader != Some(Audience::Respondent) || self.report.feedback == Feedback::Full
    }

    fn tabs(&self) -> Vec<Tab> {
        let all = [Tab::Profile, Tab::Gap, Tab::Advice, Tab::Scales, Tab::About];
        all.into_iter().filter(|tab| *tab != Tab::Gap || self.sees_indirect()).collect()
    }

    fn current(&self) -> Tab {
        self.tabs().get(self.tab).copied().unwrap_or(Tab::Profile)
    }

    fn advice(&self) -> impl Iterator<Item = &AdviceLine> {
        let may = |line: &&AdviceLine| match (self.reader, line.audience) {
            (Some(reader), Some(audience)) => reader == audience,
            _ => true,
        };
        self.report.advice.iter().filter(may)
    }

    fn title(&self, look: &Look) -> String {
        let about = self.report.fields.first().map(|(_, value)| value.as_str()).unwrap_or_default();
        let simulated = if self.report.simulated { look.words.home_simulated } else { "" };
        let parts =
            [self.report.instrument.label.as_str(), about, self.report.respondent.as_str(), simulated];
        parts.iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>().join(" · ")
    }

    fn page(&self, width: usize, height: usize, look: &Look) -> Page {
        match self.current() {
            Tab::Profile => {
                profile::page(&self.report, (self.expanded, self.sees_indirect()), (width, height), look)
            }
            Tab::Gap => gap::page(&self.report, (width, height), look),
            Tab::Advice => self.advice_page(width, look),
            Tab::Scales => tables::scales(&self.report, self.sees_indirect(), width, look),
            Tab::About => tables::about(&self.report, self.sees_indirect(), width, look),
        }
    }

    fn advice_page(&self, width: usize, look: &Look) -> Page {
        let mut page = Page::default();
        // Longer lines than these are hard to read back from.
        let width = width.min(76);
        for advice in self.advice() {
            if !page.rows.is_empty() {
                page.blank();
            }
            page.hanging(
                vec![Span::styled("▸ ", look.styles.accent)],
                &advice.title,
                width,
                look.styles.strong,
            );
            page.hanging(vec![Span::raw("  ")], &advice.text, width, look.styles.text);
        }
        if page.rows.is_empty() {
            page.text(look.words.no_advice, width, look.styles.dim);
        }
        page
    }

    fn header(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = area.width.min(WIDEST).saturating_sub(2);
        let x = area.x + (area.width - width) / 2;
        let title = Line::styled(cut(&self.title(look), usize::from(width)), look.styles.dim);
        canvas.line(x, area.y, width, &title);
        if let Some(Ok(place)) = &self.saved {
            let text = fill(look.words.save_done, &[place]);
            canvas.line(
                x,
                area.y + 1,
                width,
                &Line::styled(cut(&text, usize::from(width)), look.styles.good),
            );
        }
        let mut at = x;
        for (index, tab) in self.tabs().into_iter().enumerate() {
            let label = label(tab, look.words);
            let style = if index == self.tab { look.styles.accent } else { look.styles.dim };
            // The page that is open is marked by a sign, too.
            let mark = if index == self.tab { "▸" } else { " " };
            let text = format!("{mark}{} {label}", index + 1);
            let columns = text.width() as u16;
            if at + columns > x + width {
                break;
            }
            canvas.line(at, area.y + 2, columns, &Line::styled(text, style));
            canvas.drawn.hits.push((Rect::new(at, area.y + 2, columns, 1), Hit::Entry(index)));
            at += columns + 2;
        }
    }

    /// Somebody says where the page is to be kept.
    fn save(&mut self, act: Act, mut editor: Editor, desk: &mut dyn Desk) {
        match act {
            Act::Command(Command::Close) => {
                self.saved = None;
                return;
            }
            Act::Command(Command::Go) => {
                let reader = self.reader.unwrap_or(Audience::Interviewer);
                let place = editor.text().trim().to_owned();
                let saved = desk.save_page(&self.report.session, &self.language, reader, &place);
                let done = saved.is_ok();
                self.saved = Some(saved);
                if done {
                    return;
                }
            }
            Act::Key(event) => {
                editor.key(event);
            }
            Act::Paste(text) => editor.paste(text.trim()),
            _ => {}
        }
        self.saving = Some(editor);
    }

    fn draw_saving(&self, editor: &Editor, canvas: &mut Canvas, area: Rect, look: &Look) {
        let width = inner_width(area, WIDEST);
        let mut page = Page::default();
        page.text(look.words.save_words, width, look.styles.text);
        page.blank();
        page.rows.extend(editor.rows(width, 1, true, &look.styles));
        page.focus_from(page.rows.len() - 1);
        if let Some(Err(sentence)) = &self.saved {
            page.blank();
            page.hanging(vec![Span::styled("! ", look.styles.warn)], sentence, width, look.styles.warn);
        }
        let title = look.words.save_title;
        Card { title, page: &page, top: None, tall: false, widest: WIDEST }.draw(canvas, area, look);
    }

    fn turn(&mut self, to: usize) {
        self.tab = to.min(self.tabs().len().saturating_sub(1));
        self.top = 0;
    }
}

fn label(tab: Tab, words: &Words) -> &'static str {
    match tab {
        Tab::Profile => words.tab_profile,
        Tab::Gap => words.tab_gap,
        Tab::Advice => words.tab_advice,
        Tab::Scales => words.tab_scales,
        Tab::About => words.tab_about,
    }
}

impl Screen for ResultScreen {
    fn language(&self) -> Language {
        self.language.clone()
    }

    fn commands(&self) -> Vec<Command> {
        use Command::*;
        if self.saving.is_some() {
            return vec![Go, Close, Help];
        }
        let mut commands = vec![NextTab, PreviousTab];
        if self.current() == Tab::Profile && !self.report.profiles.is_empty() {
            commands.push(Expand);
        }
        commands.extend([SavePage, LineDown, LineUp, PageDown, PageUp, Language, Close, Quit, Help]);
        commands
    }

    fn typing(&self) -> bool {
        self.saving.is_some()
    }

    fn wheel_moves_lines(&self) -> bool {
        true
    }

    fn if_ended(&self) -> Option<Outcome> {
        self.outcome.clone()
    }

    fn draw(&self, canvas: &mut Canvas, area: Rect, look: &Look) {
        self.header(canvas, area, look);
        if let Some(editor) = &self.saving {
            let body = Rect { y: area.y + 4, height: area.height.saturating_sub(4), ..area };
            return self.draw_saving(editor, canvas, body, look);
        }
        let body = Rect { y: area.y + 3, height: area.height.saturating_sub(3), ..area };
        let page = self.page(inner_width(body, WIDEST), usize::from(body.height.saturating_sub(4)), look);
        let card = Card { title: "", page: &page, top: Some(self.top), tall: true, widest: WIDEST };
        card.draw(canvas, body, look);
    }

    fn on(&mut self, act: Act, with: &mut With) -> Next {
        if let Some(editor) = self.saving.take() {
            self.save(act, editor, with.desk);
            return Next::Stay;
        }
        self.saved = None;
        let rows = match act {
            Act::Command(Command::Close) => return Next::Pop(self.outcome.clone()),
            Act::Command(Command::Quit) => {
                return Next::End(self.outcome.clone().unwrap_or(Outcome::Closed));
            }
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
                if let crossterm::event::KeyCode::Char(digit @ '1'..='5') = event.code {
                    self.turn(digit as usize - '1' as usize);
                }
                return Next::Stay;
            }
            Act::Command(Command::SavePage) => {
                self.saving = Some(Editor::new(&with.desk.page_place(&self.report.session), false));
                return Next::Stay;
            }
            Act::Command(Command::Expand) => {
                self.expanded = !self.expanded;
                return Next::Stay;
            }
            Act::Command(Command::Language) => {
                let other = Language::new(if self.language.as_str() == "nl" { "en" } else { "nl" });
                // Without a report in the other language, the one that is there stays.
                if let Ok(report) = with.desk.report(&self.report.session, &other) {
                    (self.report, self.language) = (report, other);
                }
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
