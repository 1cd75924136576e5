//! The filter panel: one line per criterion, with the number of matching interviews updated at once.

use ratatui::text::Span;

use super::StudyRenderer;
use crate::analysis::{Count, Filter, Source, StudyReport};
use crate::text;
use crate::tui::keys::Command;
use crate::tui::page::{Hit, Page, PageRow, cut, fit};
use crate::tui::screen::UserAction;

/// Days in a step.
const STEP: i64 = 7;
/// Columns for the names of the lines.
const NAMES: usize = 24;

/// A line of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
enum FilterLine {
    Source,
    Instrument,
    Field(String),
    Interviewer,
    From,
    To,
}

/// The filter while it is changed.
pub(super) struct Panel {
    /// The filter when the panel was opened.
    pub before: Filter,
    filter: Filter,
    at: usize,
}

impl Panel {
    /// The panel for the filter of a report.
    pub fn new(report: &StudyReport) -> Self {
        Self { before: report.filter.clone(), filter: report.filter.clone(), at: 0 }
    }

    /// The lines that have something to choose from.
    fn lines(report: &StudyReport) -> Vec<FilterLine> {
        let choices = &report.choices;
        let mut lines = Vec::new();
        if choices.finished.0 > 0 && choices.finished.1 > 0 {
            lines.push(FilterLine::Source);
        }
        if choices.instruments.len() > 1 {
            lines.push(FilterLine::Instrument);
        }
        let fields = choices.fields.iter().filter(|field| field.values.len() > 1);
        lines.extend(fields.map(|field| FilterLine::Field(field.name.clone())));
        if choices.interviewers.len() > 1 {
            lines.push(FilterLine::Interviewer);
        }
        lines.extend([FilterLine::From, FilterLine::To]);
        lines
    }

    /// Handles an act; returns the new filter if it changed.
    pub fn on(&mut self, act: UserAction, report: &StudyReport) -> Option<Filter> {
        let lines = Self::lines(report);
        let last = lines.len().saturating_sub(1);
        match act {
            UserAction::Command(Command::Up) => self.at = self.at.saturating_sub(1),
            UserAction::Command(Command::Down) => self.at = (self.at + 1).min(last),
            UserAction::Hit(Hit::Entry(at)) if at != self.at => self.at = at.min(last),
            UserAction::Hit(Hit::Entry(_)) | UserAction::Command(Command::NextChoice) => {
                self.change(lines.get(self.at)?, true, report);
                return Some(self.filter.clone());
            }
            UserAction::Command(Command::PreviousChoice) => {
                self.change(lines.get(self.at)?, false, report);
                return Some(self.filter.clone());
            }
            UserAction::Command(Command::Clear) => {
                let Filter { source, instrument, .. } = self.filter.clone();
                self.filter = Filter { source, instrument, ..Filter::default() };
                return Some(self.filter.clone());
            }
            _ => {}
        }
        None
    }

    fn change(&mut self, line: &FilterLine, forward: bool, report: &StudyReport) {
        let choices = &report.choices;
        let filter = &mut self.filter;
        match line {
            FilterLine::Source => {
                let other = match filter.source {
                    Some(Source::Real) => Source::Simulated,
                    _ => Source::Real,
                };
                // The other criteria do not carry over to another source.
                *filter = Filter { source: Some(other), ..Filter::default() };
            }
            FilterLine::Instrument => {
                // An instrument is always selected.
                let next = stepped(&choices.instruments, filter.instrument.as_deref(), forward, false);
                *filter = Filter { source: filter.source, instrument: next, ..Filter::default() };
            }
            FilterLine::Field(name) => {
                let Some(field) = choices.fields.iter().find(|field| field.name == *name) else { return };
                match stepped(&field.values, filter.fields.get(name).map(String::as_str), forward, true) {
                    Some(value) => _ = filter.fields.insert(name.clone(), value),
                    None => _ = filter.fields.remove(name),
                }
            }
            FilterLine::Interviewer => {
                filter.interviewer =
                    stepped(&choices.interviewers, filter.interviewer.as_deref(), forward, true);
            }
            FilterLine::From => filter.from = moved(filter.from.as_deref(), forward, true, report),
            FilterLine::To => filter.to = moved(filter.to.as_deref(), forward, false, report),
        }
    }

    pub fn page(&self, sheet: &StudyRenderer) -> Page {
        let (words, styles, report) = (sheet.words, &sheet.look.styles, sheet.report);
        let mut page = Page::default();
        let complete = report.sample.complete;
        let passes = text!(&sheet.look.language, "tui-study-filter-passes", n = complete);
        let style = if complete < 10 { styles.warn } else { styles.accent };
        let mark = if complete < 10 { "! " } else { "  " };
        page.hanging(vec![Span::styled(mark, style)], &passes, sheet.width, style);
        page.blank();
        for (at, line) in Self::lines(report).iter().enumerate() {
            let (name, value) = self.shown(line, sheet);
            let here = at == self.at;
            let start = page.rows.len();
            let style = if here { styles.accent } else { styles.text };
            let room = sheet.width.saturating_sub(NAMES + 8);
            page.push(PageRow::of(vec![
                Span::styled(if here { "▸ " } else { "  " }, styles.accent),
                Span::styled(fit(&name, NAMES), style),
                Span::styled(if here { " ◂ " } else { "   " }, styles.accent),
                Span::styled(cut(&value, room), style),
                Span::styled(if here { " ▸" } else { "" }, styles.accent),
            ]));
            page.hit_from(start, Hit::Entry(at));
            if here {
                page.focus_from(start);
            }
        }
        page.next(words.filter_how, sheet.width, styles.dim);
        page
    }

    fn shown(&self, line: &FilterLine, sheet: &StudyRenderer) -> (String, String) {
        let words = sheet.words;
        let any = || words.filter_any.to_owned();
        let filter = &sheet.report.filter;
        let (name, value) = match line {
            FilterLine::Source => {
                let simulated = filter.source == Some(Source::Simulated);
                let value = if simulated { words.filter_simulated } else { words.filter_real };
                (words.filter_source.to_owned(), Some(value.to_owned()))
            }
            FilterLine::Instrument => (words.filter_instrument.to_owned(), filter.instrument.clone()),
            FilterLine::Field(name) => {
                let field = sheet.report.choices.fields.iter().find(|field| field.name == *name);
                (field.map(|field| field.label.clone()).unwrap_or_default(), filter.fields.get(name).cloned())
            }
            FilterLine::Interviewer => (words.filter_interviewer.to_owned(), filter.interviewer.clone()),
            FilterLine::From => (words.filter_from.to_owned(), filter.from.clone()),
            FilterLine::To => (words.filter_to.to_owned(), filter.to.clone()),
        };
        (name, value.unwrap_or_else(any))
    }
}

/// The next or previous of some values. `None` selects all of them and comes before the first, if that is allowed.
fn stepped(values: &[Count], chosen: Option<&str>, forward: bool, all: bool) -> Option<String> {
    let first = usize::from(all);
    let places = values.len() + first;
    let at = chosen
        .and_then(|chosen| values.iter().position(|value| value.name == chosen))
        .map_or(0, |at| at + first);
    let step = if forward { 1 } else { places.saturating_sub(1) };
    let next = (at + step) % places.max(1);
    next.checked_sub(first).and_then(|at| values.get(at)).map(|value| value.name.clone())
}

/// A date one week later or earlier within the days of the study; `None`, meaning no limit, beyond them.
fn moved(chosen: Option<&str>, forward: bool, is_from: bool, report: &StudyReport) -> Option<String> {
    let (first, last) = report.choices.days.as_ref()?;
    let day = chosen.unwrap_or(if is_from { first } else { last });
    let moved = Filter::day_after(day, if forward { STEP } else { -STEP })?;
    (moved > *first && moved < *last).then_some(moved)
}
